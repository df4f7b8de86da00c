"""Laws as formulas of SymPy, their values, and fits of formulas to values."""

import importlib.util

import numpy
import sympy

# erf and its like come from SciPy, if it is there.
MODULES = ["scipy", "numpy"] if importlib.util.find_spec("scipy") else ["numpy"]
POINTS = 2000


class Law:
    """A law with the names and ranges of its variables."""

    def __init__(self, record):
        variables = record["variables"]
        self.symbols = {}
        for variable in variables:
            sign = {"positive": True} if variable["low"] >= 0 else {"real": True}
            self.symbols[variable["name"]] = sympy.Symbol(variable["name"], **sign)
        self.ranges = [widened(variable["low"], variable["high"]) for variable in variables]
        self.narrow = [(variable["low"], variable["high"]) for variable in variables]
        self.formula = without_decimals(self.parse(record["law"]))

    @property
    def arguments(self):
        return list(self.symbols.values())

    def parse(self, text):
        return sympy.sympify(text, locals=self.symbols)

    def columns(self, ranges, seed=0):
        random = numpy.random.default_rng(seed)
        return [random.uniform(low, high, POINTS) for low, high in ranges]

    def values(self, expression, columns):
        function = sympy.lambdify(self.arguments, expression, MODULES)
        with numpy.errstate(all="ignore"):
            result = numpy.asarray(function(*columns))
        if numpy.iscomplexobj(result):
            result = numpy.where(result.imag == 0, result.real, numpy.nan)
        return numpy.broadcast_to(result, columns[0].shape).astype(float)


def widened(low, high):
    """Half the width further to either side, but not across zero."""
    reach = (high - low) / 2
    return (
        max(low - reach, low / 2) if low >= 0 else low - reach,
        min(high + reach, high / 2) if high <= 0 else high + reach,
    )


def agrees(law, expression, ranges, tolerance):
    """Whether the ratio of expression and law is constant on rows of the ranges."""
    columns = law.columns(ranges)
    truth = law.values(law.formula, columns)
    defined = numpy.isfinite(truth) & (truth != 0)
    if defined.sum() < POINTS // 10:
        return False
    with numpy.errstate(all="ignore"):
        ratio = law.values(expression, columns)[defined] / truth[defined]
        finite = ratio[numpy.isfinite(ratio)]
        if len(finite) == 0:
            return False
        factor = numpy.median(finite)
        if factor == 0:
            return False
        # Two rows in a hundred may lose their digits to cancellation.
        return numpy.mean(numpy.abs(ratio / factor - 1) <= tolerance) >= 0.98


def without_decimals(expression):
    """Decimal numbers as the fractions that their digits say."""
    return expression.xreplace(
        {number: sympy.Rational(str(number)) for number in expression.atoms(sympy.Float)}
    )


def fit(family, factors, arguments, columns, target, steps=200):
    """Fits factors, all one at first, so that a family of formulas gives the target.

    Levenberg and Marquardt's method in double precision. Returns the factors and the residuals, or
    None where the family has no value.
    """
    names = list(arguments) + list(factors)
    value = sympy.lambdify(names, family, MODULES)
    slopes = [sympy.lambdify(names, sympy.diff(family, factor), MODULES) for factor in factors]

    def evaluate(function, at):
        with numpy.errstate(all="ignore"):
            result = numpy.asarray(function(*columns, *at))
        return numpy.broadcast_to(numpy.real_if_close(result), target.shape)

    at, damping = numpy.ones(len(factors)), 1e-3
    error = evaluate(value, at) - target
    if numpy.iscomplexobj(error) or not numpy.isfinite(error).all():
        return None
    scale = numpy.std(target)
    for _ in range(steps if len(factors) else 0):
        if numpy.sqrt((error**2).mean()) <= 1e-15 * scale:
            break
        jacobian = numpy.column_stack([evaluate(slope, at) for slope in slopes])
        if numpy.iscomplexobj(jacobian) or not numpy.isfinite(jacobian).all():
            break
        norms = numpy.linalg.norm(jacobian, axis=0) + 1e-300
        system = numpy.vstack([jacobian, numpy.diag(numpy.sqrt(damping) * norms)])
        right = numpy.concatenate([-error, numpy.zeros(len(factors))])
        step = numpy.linalg.lstsq(system, right, rcond=None)[0]
        trial = evaluate(value, at + step) - target
        if numpy.isfinite(trial).all() and (trial**2).sum() < (error**2).sum():
            at, error, damping = at + step, trial, max(damping / 10, 1e-15)
        else:
            damping *= 10
            if damping > 1e12:
                break
    return at, error


def with_factors(expression):
    """The expression with a factor at every number that is not whole, and the factors."""
    numbers = [n for n in expression.atoms(sympy.Number) if not n.is_Integer]
    numbers.sort(key=float)
    factors = [sympy.Symbol(f"factor{i}", real=True) for i in range(len(numbers))]
    return expression.xreplace({n: n * f for n, f in zip(numbers, factors)}), factors
