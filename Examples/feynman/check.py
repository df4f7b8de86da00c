#!/usr/bin/env python3
"""Judges the results of `feynman --json` and of peers.py by SymPy.

An equation is *exact* if, after the numbers in it that lie within 1e-6 of a closed form have been
replaced by it, equation - law is zero or equation / law is a constant (SRBench's rule, La Cava et al.
2021, arXiv:2107.14351). Closed forms are (p/q) * pi^k with small integers, and within 1e-9 phases
p/q + k * pi/2 and decimal numbers of six digits, chosen without knowledge of the law. With noise
nothing is replaced: the equation counts as it is printed.

First the equation is compared with the law on rows that reach half as far again as the data; what
differs there is not exact. What agrees there is compared in 60 digits and proved by `simplify`; where
the proof does not end in time, the 60 digits decide, and such verdicts are counted apart.

*Form* is weaker and looks at the law: whether the equation becomes the law when its numbers are
changed by at most a fifth each. A superfluous term does not pass, since its factor would become zero.
"""

import argparse
import collections
import fractions
import json
import multiprocessing
import signal
import statistics
import sys

import mpmath
import numpy
import sympy

# The package's folders stay free of compiled Python.
sys.dont_write_bytecode = True
from laws import Law, agrees, fit, with_factors, without_decimals  # noqa: E402

EXACT_LOSS = 1e-22
MAX_INTEGER = 128
POWERS_OF_PI = [sympy.Rational(k, 2) for k in range(-6, 7)]


def closed_form(number, tolerance):
    """The cheapest (p/q) * pi^k within a relative tolerance, or a decimal number of six digits
    within a thousandth of it; None if there is neither."""
    if number.is_Rational:
        return number
    size = abs(float(number))
    if size == 0:
        return sympy.Integer(0)
    best = None
    for power in POWERS_OF_PI:
        value = size / float(sympy.pi**power)
        for denominator in range(1, MAX_INTEGER + 1):
            numerator = round(value * denominator)
            if not 0 < numerator <= MAX_INTEGER:
                continue
            if abs(numerator / denominator - value) <= tolerance * value:
                cost = numerator * denominator * (1 if power == 0 else 4)
                if best is None or cost < best[0]:
                    best = (cost, sympy.Rational(numerator, denominator) * sympy.pi**power)
                break
    if best is not None:
        return best[1] * (1 if number > 0 else -1)
    # Products of such forms, to nearly all digits.
    fraction = fractions.Fraction(float(number)).limit_denominator(10_000)
    if fraction and abs(fraction - fractions.Fraction(float(number))) <= 1e-6 * tolerance * size:
        return sympy.Rational(fraction.numerator, fraction.denominator)
    # A phase that was turned by a quarter: 1 - pi/2.
    for quarters in (-4, -3, -2, -1, 1, 2, 3, 4):
        rest = fractions.Fraction(float(number) - quarters * float(sympy.pi) / 2)
        plain = rest.limit_denominator(12)
        if plain and abs(rest - plain) <= 1e-3 * tolerance * max(size, 1) and abs(plain) <= 12:
            return sympy.Rational(plain.numerator, plain.denominator) + quarters * sympy.pi / 2
    # A law may have been stated with a decimal number, such as 14.9.
    decimal = sympy.Rational(f"{float(number):.6g}")
    return decimal if abs(float(number) - float(decimal)) <= 1e-3 * tolerance * size else None


def snapped(expression, tolerance=1e-6):
    """The expression with closed forms in the place of decimal numbers."""
    forms = {}
    for number in expression.atoms(sympy.Float):
        form = closed_form(number, tolerance)
        if form is not None:
            forms[number] = form
    return expression.xreplace(forms)


def without_rounding(law, expression):
    """The expression without the constants that only rounding keeps from zero.

    A constant goes if the values in the range of the data stay the same to 1e-9 of their spread.
    """
    columns = law.columns(law.narrow, seed=3)
    values = law.values(expression, columns)
    for number in sorted(expression.atoms(sympy.Float), key=abs):
        if abs(number) > 1e-8:
            break
        trial = expression.xreplace({number: sympy.Integer(0)})
        change = numpy.abs(law.values(trial, columns) - values)
        if trial.is_finite is not False and numpy.nanmax(change) <= 1e-9 * numpy.nanstd(values):
            expression = trial
    return expression


def normalised(expression):
    """Numerator and denominator, each up to a factor, so that one of its numbers becomes one."""
    parts = []
    for part in sympy.fraction(sympy.together(expression)):
        part = sympy.expand(part)
        numbers = [t.as_coeff_Mul()[0] for t in sympy.Add.make_args(part)]
        floats = [n for n in numbers if n.is_Float]
        parts.append(sympy.expand(part / max(floats, key=abs)) if floats else part)
    return parts[0] / parts[1]


class Timeout(Exception):
    pass


class limit:
    """A limit of seconds on a block."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __enter__(self):
        def stop(*_):
            raise Timeout()

        self.previous = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def __exit__(self, *_):
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.previous)


def is_constant(expression):
    return not expression.free_symbols and expression.is_finite is not False and expression != 0


def proved(law, expression, seconds):
    """Whether SymPy proves that the expression is the law, up to a factor."""
    steps = [
        lambda: sympy.simplify(expression - law.formula) == 0,
        lambda: is_constant(sympy.simplify(expression / law.formula)),
        # Roots: sqrt(a)*sqrt(b) against sqrt(a*b), for variables of unknown sign.
        lambda: is_constant(sympy.simplify(sympy.expand((expression / law.formula) ** 2))),
        # Hyperbolic against exponential functions.
        lambda: is_constant(sympy.simplify((expression / law.formula).rewrite(sympy.exp))),
    ]
    for step in steps:
        try:
            with limit(seconds / len(steps)):
                if step():
                    return True
        except Timeout:
            pass
        except (ValueError, TypeError, AttributeError, NotImplementedError, RecursionError):
            pass
    return False


def agrees_in_all_digits(law, expression, digits=60, count=12):
    """Whether the ratio is one constant in many digits at random points of the wider range."""
    random = numpy.random.default_rng(1)
    with mpmath.workdps(digits + 20):
        left = sympy.lambdify(law.arguments, expression, "mpmath")
        right = sympy.lambdify(law.arguments, law.formula, "mpmath")
        ratios = []
        for _ in range(20 * count):
            point = [mpmath.mpf(random.uniform(low, high)) for low, high in law.ranges]
            try:
                truth = right(*point)
                if mpmath.im(truth) != 0 or truth == 0:
                    continue
                ratios.append(left(*point) / truth)
            except (ZeroDivisionError, ValueError, OverflowError):
                continue
            if len(ratios) == count:
                break
        if len(ratios) < count or ratios[0] == 0:
            return False
        bound = mpmath.mpf(10) ** -digits
        return all(abs(ratio / ratios[0] - 1) <= bound for ratio in ratios)


def verdict(law, text, noise, seconds):
    """`proved`, `digits` (agrees in 60 digits), `narrow` (only within the data) or `no`."""
    expression = law.parse(text)
    if not expression.free_symbols <= set(law.arguments):
        return "no"
    # Constants that were fitted carry the rounding of the fit.
    if noise == 0:
        expression = without_rounding(law, expression)
    if not agrees(law, expression, law.ranges, 1e-6):
        return "narrow" if agrees(law, expression, law.narrow, 1e-6) else "no"
    if noise > 0:
        candidates = [expression]
    else:
        candidates = [snapped(expression)]
        if candidates[0].atoms(sympy.Float):
            expanded = without_rounding(law, sympy.expand(expression))
            candidates += [snapped(expanded), snapped(normalised(expression))]
    for candidate in map(without_decimals, candidates):
        # Digits first: they tell at once what no proof will find.
        if agrees_in_all_digits(law, candidate):
            return "proved" if proved(law, candidate, seconds) else "digits"
    return "no"


def has_form(law, text):
    """Whether numbers within a fifth of the printed ones make the equation the law."""
    expression = law.parse(text)
    if not expression.free_symbols <= set(law.arguments):
        return False
    columns = law.columns(law.narrow, seed=2)
    truth = law.values(law.formula, columns)
    keep = numpy.isfinite(truth)
    columns, truth = [column[keep] for column in columns], truth[keep]
    family, factors = with_factors(expression)
    fitted = fit(family, factors, law.arguments, columns, truth)
    if fitted is None:
        return False
    at, error = fitted
    fits = numpy.sqrt((error**2).mean()) <= 1e-8 * numpy.std(truth)
    return bool(fits and (numpy.abs(at - 1) <= 0.2).all())


def judge(task):
    """The verdict on one record: on its best equation, and on the others of its front."""
    file, line, seconds, noise_free_form = task
    record = json.loads(line)
    law = Law(record)
    front, best = record["front"], record["best"]
    kept = ("group", "id", "seed", "noise", "law_nodes", "seconds", "seconds_to_fit",
            "conditions")
    result = {key: record.get(key) for key in kept}
    result.update(file=file, best="no", any=False, form=False, claims=0, false_claims=[])
    result.update(equation=None, nodes=None, snapped=False)

    def decide(entry):
        try:
            with limit(4 * seconds):
                return verdict(law, entry["sympy"], record["noise"], seconds)
        except (Timeout, Exception) as error:  # a front may hold what SymPy cannot read
            return f"error: {type(error).__name__}: {error}"[:120]

    # The equation to believe, whatever claims to be exact, and the closest.
    order = sorted(range(len(front)), key=lambda i: (i != best, front[i]["loss"]))
    for rank, index in enumerate(order):
        entry = front[index]
        claims = entry["loss"] is not None and entry["loss"] <= EXACT_LOSS and record["noise"] == 0
        if not (index == best or claims or (not result["any"] and rank <= 4)):
            continue
        outcome = decide(entry)
        exact = outcome in ("proved", "digits")
        result["any"] = result["any"] or exact
        if index == best:
            constants = entry.get("constants", [])
            result.update(best=outcome, equation=entry["equation"], nodes=entry.get("nodes"))
            result["snapped"] = all(c["snapped"] is not None for c in constants)
            if exact:
                result["form"] = True
            elif record["noise"] > 0 or noise_free_form:
                try:
                    with limit(seconds):
                        result["form"] = has_form(law, entry["sympy"])
                except (Timeout, Exception):
                    pass
        result["claims"] += claims
        if claims and not exact:
            result["false_claims"].append({"equation": entry["equation"], "verdict": outcome})
    return result


def percentage(part, whole):
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f} %)" if whole else "")


def report(results, quiet):
    if not quiet:
        for r in results:
            if r["best"] not in ("proved",) or r["false_claims"]:
                mark = "form" if r["form"] and r["best"] == "no" else r["best"]
                front = " (exact on the front)" if r["any"] and r["best"] == "no" else ""
                print(f"{r['id']:24} seed {r['seed']}  {mark}{front}: {r['equation']}")
            for claim in r["false_claims"]:
                print(f"{r['id']:24} seed {r['seed']}  FALSE CLAIM ({claim['verdict']}): "
                      f"{claim['equation']}")
    groups = collections.OrderedDict()
    for r in results:
        groups.setdefault((r["file"], r["group"]), []).append(r)
    for (_, group), members in groups.items():
        exact = [r for r in members if r["best"] in ("proved", "digits")]
        noise = sorted({r["noise"] for r in members})
        noise = f"{noise[0]:g}" if len(noise) == 1 else f"{noise[0]:g} to {noise[-1]:g}"
        conditions = members[0]["conditions"] or {}
        stated = "".join(f", {name} {value}" for name, value in conditions.items())
        print(f"\n{group}, noise {noise}{stated}: {len(members)} searches")
        for seed in sorted({r["seed"] for r in members}):
            of_seed = [r for r in members if r["seed"] == seed]
            counts = [
                sum(r["best"] in ("proved", "digits") for r in of_seed),
                sum(r["any"] for r in of_seed),
                sum(r["form"] for r in of_seed),
            ]
            print(f"  seed {seed}: best exact {counts[0]}, any exact {counts[1]}, "
                  f"best right in form {counts[2]}, of {len(of_seed)}")
        print(f"  best exact            {percentage(len(exact), len(members))}, "
              f"{sum(r['best'] == 'digits' for r in exact)} of them by 60 digits")
        print(f"  any of front exact    {percentage(sum(r['any'] for r in members), len(members))}")
        print(f"  best right in form    {percentage(sum(r['form'] for r in members), len(members))}")
        print(f"  claims of exactness   {sum(r['claims'] for r in members)}, "
              f"false {sum(len(r['false_claims']) for r in members)}")
        print(f"  errors                {sum(r['best'].startswith('error') for r in members)}")
        if exact:
            times = [r["seconds"] for r in exact]
            print(f"  seconds of the exact  median {statistics.median(times):.2f}, "
                  f"slowest {max(times):.2f}")
            times = [r["seconds_to_fit"] for r in exact if r["seconds_to_fit"] is not None]
            if times:
                print(f"  seconds to the fit    median {statistics.median(times):.2f}, "
                      f"slowest {max(times):.2f}")
        printed = [r for r in exact if r["nodes"] is not None]
        if printed:
            short = [r for r in printed if r["nodes"] <= r["law_nodes"] + 2]
            closed = [r for r in printed if r["snapped"]]
            both = [r for r in short if r["snapped"]]
            print(f"  of these: nodes ≤ textbook + 2  {percentage(len(short), len(printed))}; "
                  f"all constants closed forms  {percentage(len(closed), len(printed))}; "
                  f"both  {percentage(len(both), len(printed))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("results", nargs="+", help="files of results, one JSON a line")
    parser.add_argument("--seconds", type=float, default=20, help="limit on one proof")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--form", action="store_true", help="judge the form without noise, too")
    parser.add_argument("--quiet", action="store_true", help="counts only")
    parser.add_argument("--json", help="where to write the verdicts, one JSON a line")
    options = parser.parse_args()
    tasks = []
    for path in options.results:
        with open(path) as file:
            tasks += [(path, line, options.seconds, options.form) for line in file if line.strip()]
    with multiprocessing.Pool(options.processes) as pool:
        results = pool.map(judge, tasks, chunksize=1)
    if options.json:
        with open(options.json, "w") as file:
            for result in results:
                file.write(json.dumps(result) + "\n")
    report(results, options.quiet)
    return 0


if __name__ == "__main__":
    sys.exit(main())
