"""The equation of a noisy oracle: noise is added to a trained network's values before the search sees them.

    limbeck train Examples/heat/heat.yaml --out runs/heat
    python3 Examples/heat/noise.py runs/heat
"""

import argparse
import csv
import json
import os
import random
import subprocess
import tempfile

LEVELS = [0.0, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0]
SIDE = 40


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("run", help="a run directory of the heat example")
    parser.add_argument("--limbeck", default="limbeck", help="the command (default: %(default)s)")
    parser.add_argument("--time", default="10", help="seconds for each level (default: %(default)s)")
    parser.add_argument("--recipe", help="let the equation of this recipe judge formulas while they are searched")
    options = parser.parse_args()
    draw = random.Random(1)
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
        print("noise  R^2       equation")
        for level in LEVELS:
            with open(noisy, "w") as file:
                file.write("x,t,u\n")
                for row in rows:
                    value = float(row["u"]) + draw.gauss(0, level * deviation)
                    file.write(f"{row['x']},{row['t']},{value!r}\n")
            found = json.loads(subprocess.run(
                [options.limbeck, "distill", noisy, "--grammar", "separable", "--time", options.time, "--json", "--quiet"]
                + (["--recipe", options.recipe] if options.recipe else []),
                check=True, stdout=subprocess.PIPE).stdout)
            best = found["front"][found["best"]]
            print(f"{level:5.0%}  {best['r2']:.6f}  {best['equation']}")


if __name__ == "__main__":
    main()
