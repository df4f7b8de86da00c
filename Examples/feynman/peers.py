#!/usr/bin/env python3
"""Lets pyoperon search the tables of `feynman --tables`, and writes what `feynman --json` writes.

    feynman --problems nguyen --tables tables
    python3 Examples/feynman/peers.py tables --json operon.jsonl
    python3 Examples/feynman/check.py operon.jsonl

Operon (Burlacu et al. 2020, doi:10.1145/3377929.3398099) searches in single precision, so its numbers
are fitted once more to all rows in double precision before they are judged: what it found in form is
not held against it for its digits. The equation to believe is chosen as ours: the highest score, the
gain in log loss for each unit of length, among those with at most 1.5 times the least loss.
"""

import argparse
import json
import math
import os
import sys
import time

import numpy
import sympy

# The package's folders stay free of compiled Python.
sys.dont_write_bytecode = True
from laws import fit, with_factors  # noqa: E402

OPERATORS = "add,sub,mul,div,sin,cos,exp,log,sqrt,square,constant,variable"
FUNCTIONS = {"square": lambda x: x**2, "sqrt": sympy.sqrt, "log": sympy.log, "exp": sympy.exp,
             "sin": sympy.sin, "cos": sympy.cos}
# Below this fraction of the variance the rows are explained to rounding.
EXACT_LOSS = 1e-22
# Below this fraction of the variance two losses differ by rounding only.
ROUNDING = 1e-26


def regressor(options, seed):
    from pyoperon.sklearn import SymbolicRegressor

    return SymbolicRegressor(
        allowed_symbols=OPERATORS,
        objectives=["r2", "length"],
        optimizer_iterations=options.iterations,
        max_length=options.length,
        epsilon=1e-9,
        generations=10**8,
        max_evaluations=2**40,
        n_threads=options.threads,
        max_time=options.slice,
        random_state=seed,
    )


def with_whole_exponents(expression):
    """The expression with 2 for the exponent 2.0, which is an operator and was never fitted."""
    return expression.replace(
        lambda node: node.is_Pow and node.exp.is_Float and node.exp == int(node.exp),
        lambda node: node.base ** int(node.exp),
    )


def polished(text, symbols, columns, target):
    """The formula with its numbers fitted in double precision, and its loss; None if undefined."""
    expression = sympy.sympify(text.replace("^", "**"), locals={**FUNCTIONS, **symbols})
    family, factors = with_factors(with_whole_exponents(expression))
    fitted = fit(family, factors, list(symbols.values()), columns, target, steps=60)
    if fitted is None:
        return None
    factor_values, error = fitted
    values = {f: sympy.Float(repr(float(v)), 17) for f, v in zip(factors, factor_values)}
    loss = (error**2).mean() / numpy.var(target)
    return family.xreplace(values), float(loss)


def front_of(model, symbols, columns, target):
    """The front, shortest first, without what is dominated once all numbers are fitted."""
    entries = []
    for member in sorted(model.pareto_front_, key=lambda m: m["length"]):
        text = model.get_model_string(member["tree"], precision=12, names=list(symbols))
        try:
            result = polished(text, symbols, columns, target)
        except (TypeError, sympy.SympifyError, OverflowError):
            continue
        if result is None or any(entry["loss"] <= max(result[1], ROUNDING) for entry in entries):
            continue
        entries.append({
            "equation": text, "sympy": str(result[0]), "loss": result[1],
            "complexity": member["length"], "nodes": member["length"],
            "constants": [{"value": float(n), "snapped": None}
                          for n in result[0].atoms(sympy.Float)],
        })
    return entries


def best_of(front):
    """The index of the equation to believe; None if there is none."""
    if not front:
        return None
    least = max(min(entry["loss"] for entry in front), ROUNDING)
    scores = [0.0]
    for before, after in zip(front, front[1:]):
        gain = math.log(max(before["loss"], ROUNDING)) - math.log(max(after["loss"], ROUNDING))
        scores.append(gain / max(1, after["complexity"] - before["complexity"]))
    plausible = [i for i, entry in enumerate(front) if entry["loss"] <= 1.5 * least]
    return max(plausible, key=lambda i: (scores[i], -i))


def search(task, folder, options):
    """One line of results for one line of tasks."""
    table = numpy.load(os.path.join(folder, task["table"]))
    columns, target = list(table[:, :-1].T), table[:, -1]
    symbols = {name: sympy.Symbol(name, real=True) for name in task["columns"][:-1]}
    rows = min(options.rows, len(target))
    model = regressor(options, task["seed"])
    # In slices, so that a search that found the law need not wait for the end of its time.
    start = time.perf_counter()
    polishing = 0.0
    while True:
        model.fit(table[:rows, :-1], target[:rows])
        elapsed = time.perf_counter() - start - polishing
        begin = time.perf_counter()
        front = front_of(model, symbols, columns, target)
        polishing += time.perf_counter() - begin
        least = min((entry["loss"] for entry in front), default=1.0)
        remaining = options.seconds - elapsed
        if least <= EXACT_LOSS or remaining < 0.5:
            break
        model.set_params(warm_start=True, max_time=max(1, math.ceil(min(options.slice, remaining))))
    kept = {key: value for key, value in task.items() if key not in ("table", "columns")}
    kept["conditions"] = {"searched rows": rows, "limit": options.seconds,
                          "threads": options.threads}
    return {**kept, "seconds": elapsed, "best": best_of(front), "front": front}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tables", help="directory that `feynman --tables` wrote")
    parser.add_argument("--json", required=True, help="where to write the results")
    parser.add_argument("--only", help="ids, separated by commas")
    parser.add_argument("--seconds", type=float, default=60, help="limit on each search")
    parser.add_argument("--slice", type=int, default=10, help="seconds between looks at the front")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rows", type=int, default=1000, help="rows that the search looks at")
    parser.add_argument("--length", type=int, default=30, help="nodes of a formula at most")
    parser.add_argument("--iterations", type=int, default=5, help="steps of its local fits")
    options = parser.parse_args()
    options.slice = min(options.slice, math.ceil(options.seconds))
    chosen = options.only.split(",") if options.only else None
    with open(os.path.join(options.tables, "tasks.jsonl")) as file:
        tasks = [json.loads(line) for line in file]
    with open(options.json, "w") as results:
        for task in tasks:
            if chosen is not None and task["id"] not in chosen:
                continue
            result = search(task, options.tables, options)
            results.write(json.dumps(result) + "\n")
            results.flush()
            best = result["best"]
            shown = "none" if best is None else result["front"][best]["sympy"]
            print(f"{task['id']:24} {task['seed']:4} {result['seconds']:8.2f}  {shown}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
