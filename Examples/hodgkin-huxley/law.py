"""Writes law.csv: voltage, gate and the gate's rate as a trained network has them.

    limbeck train Examples/hodgkin-huxley/hodgkin-huxley.yaml --out runs/gate
    python3 Examples/hodgkin-huxley/law.py runs/gate
    limbeck distill law.csv --grammar Examples/hodgkin-huxley/law.grammar --time 20

The rate is the network's exact derivative; the network knows nothing of the voltage.
"""

import argparse
import csv
import math
import os
import subprocess
import tempfile

ROWS = 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("run", help="a run directory of this example")
    parser.add_argument("--limbeck", default="limbeck", help="the command (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        times, values = os.path.join(folder, "times.csv"), os.path.join(folder, "values.csv")
        with open(times, "w") as file:
            file.write("t\n" + "".join(f"{50 * row / ROWS}\n" for row in range(1, ROWS)))
        subprocess.run(
            [options.limbeck, "evaluate", options.run, "--at", times, "--fields", "m,m_t", "--out", values],
            check=True, stdout=subprocess.DEVNULL)
        with open(values, newline="") as source, open("law.csv", "w") as target:
            target.write("V,m,rate\n")
            for row in csv.DictReader(source):
                voltage = -45 + 30 * math.sin(0.4 * float(row["t"]))
                target.write(f"{voltage!r},{row['m']},{row['m_t']}\n")


if __name__ == "__main__":
    main()
