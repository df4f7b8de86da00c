"""The equation of a noisy oracle: noise is added to a trained network's values before the search sees them.

    limbeck train Examples/heat/heat.yaml --out runs/heat
    python3 Examples/heat/noise.py runs/heat --recipe Examples/heat/heat.yaml --out noise.csv
    limbeck plot noise.csv --logarithmic --axis "relative error of the equation"
"""

import argparse
import csv
import json
import math
import os
import random
import subprocess
import tempfile

SIDE = 40
ALPHA = 0.01
# On logarithmic axes an exact equation has no place.
LEAST = 1e-10


def distance(equation, rows):
    """Relative L2 distance of a formula from the true solution; None if Python cannot read it."""
    names = {name: getattr(math, name) for name in dir(math) if not name.startswith("_")}
    formula = compile(equation.replace("^", "**"), "equation", "eval")
    difference = norm = 0.0
    for row in rows:
        x, t = float(row["x"]), float(row["t"])
        truth = math.sin(math.pi * x) * math.exp(-ALPHA * math.pi**2 * t)
        try:
            value = eval(formula, {"__builtins__": {}}, names | {"x": x, "t": t, "alpha": ALPHA})
        except (ArithmeticError, NameError, ValueError):
            return None
        difference += (value - truth) ** 2
        norm += truth**2
    return (difference / norm) ** 0.5


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("run", help="a run directory of the heat example")
    parser.add_argument("--limbeck", default="limbeck", help="the command (default: %(default)s)")
    parser.add_argument("--time", default="5", help="seconds for each search (default: %(default)s)")
    parser.add_argument("--levels", default="0,0.01,0.05,0.1,0.2,0.5,1", help="the noise (default: %(default)s)")
    parser.add_argument("--recipe", help="let the equation of this recipe judge formulas as well")
    parser.add_argument("--out", help="a table of the errors, to be plotted")
    options = parser.parse_args()
    draw = random.Random(1)
    kinds = {"values alone": []}
    if options.recipe:
        kinds["with the equation as a judge"] = ["--recipe", options.recipe]
    table = []
    with tempfile.TemporaryDirectory() as folder:
        grid, clean, noisy = (os.path.join(folder, name) for name in ("grid.csv", "clean.csv", "noisy.csv"))
        with open(grid, "w") as file:
            file.write("x,t\n")
            for i in range(SIDE):
                for j in range(SIDE):
                    file.write(f"{i / (SIDE - 1)},{j / (SIDE - 1)}\n")
        subprocess.run(
            [options.limbeck, "evaluate", options.run, "--at", grid, "--out", clean],
            check=True, stdout=subprocess.DEVNULL)
        with open(clean, newline="") as file:
            rows = list(csv.DictReader(file))
        mean = sum(float(row["u"]) for row in rows) / len(rows)
        deviation = (sum((float(row["u"]) - mean) ** 2 for row in rows) / len(rows)) ** 0.5
        print("noise     error  equation")
        for level in map(float, options.levels.split(",")):
            with open(noisy, "w") as file:
                file.write("x,t,u\n")
                for row in rows:
                    value = float(row["u"]) + draw.gauss(0, level * deviation)
                    file.write(f"{row['x']},{row['t']},{value!r}\n")
            errors = []
            for kind, judge in kinds.items():
                found = json.loads(subprocess.run(
                    [options.limbeck, "distill", noisy, "--grammar", "separable", "--time", options.time,
                     "--json", "--quiet"] + judge,
                    stdout=subprocess.PIPE).stdout)
                equation = found["front"][found["best"]]["equation"]
                error = distance(equation, rows)
                errors.append(error)
                print(f"{level:5.0%}  {'?' if error is None else format(error, '8.1e')}  {equation}  ({kind})")
            table.append([level] + ["" if error is None else max(error, LEAST) for error in errors])
    if options.out:
        with open(options.out, "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["noise"] + list(kinds))
            writer.writerows(table)


if __name__ == "__main__":
    main()
