#!/usr/bin/env python3
"""The evaluator beside Operon's: the same formulas, one thread, single precision, 10,000 rows.

    swift build -c release --product LimbeckBenchmarks
    python3 Sources/LimbeckBenchmarks/operon.py

The two programs run in turn, so that both meet the same disturbances; each run is the median of
seven passes over 200 formulas in processor time, compiling ours included. Printed are the medians
over the rounds of both rates and of their ratio. Needs `pip install pyoperon`; without it nothing is
compared.
"""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

try:
    import numpy
    import pyoperon
except ImportError:
    print("skipped: this comparison needs Operon (pip install pyoperon)")
    sys.exit()

NODE = pyoperon.Node
BINARY = {"+": NODE.Add, "-": NODE.Sub, "*": NODE.Mul, "/": NODE.Div, "^": NODE.Pow}
UNARY = {"sin": NODE.Sin, "cos": NODE.Cos, "exp": NODE.Exp, "log": NODE.Log, "sqrt": NODE.Sqrt,
         "tanh": NODE.Tanh}
VARIABLES = "abcd"
ROWS, PASSES = 10_000, 7


def operon_tree(postfix, hashes):
    """Our postfix order as Operon's, whose first operand stands next to its operator."""
    stack = []
    for word in postfix.split():
        if word in BINARY:
            right, left = stack.pop(), stack.pop()
            stack.append(right + left + [BINARY[word]()])
        elif word in UNARY:
            stack.append(stack.pop() + [UNARY[word]()])
        elif word in VARIABLES:
            node = NODE.Variable(1.0)
            node.HashValue = node.CalculatedHashValue = hashes[VARIABLES.index(word)]
            stack.append([node])
        else:
            stack.append([NODE.Constant(float(word))])
    tree = pyoperon.Tree(stack[0])
    tree.UpdateNodes()
    return tree


def operon_rate(trees, nodes, dataset):
    """Node evaluations per second of processor time."""
    result = numpy.zeros(len(trees) * ROWS, dtype=numpy.float32)
    pyoperon.EvaluateTrees(trees, dataset, pyoperon.Range(0, ROWS), result, 1)
    times = []
    for _ in range(PASSES):
        start = time.process_time()
        pyoperon.EvaluateTrees(trees, dataset, pyoperon.Range(0, ROWS), result, 1)
        times.append(time.process_time() - start)
    return nodes * ROWS / statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".build/release/LimbeckBenchmarks")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    columns = numpy.random.default_rng(3).uniform(-2, 2, (ROWS, len(VARIABLES)))
    # Operon reads the array in place, so it has to stay.
    columns = numpy.asfortranarray(columns.astype(numpy.float32))
    dataset = pyoperon.Dataset(columns)
    hashes = [v.Hash for v in sorted(dataset.Variables, key=lambda v: v.Index)]
    sets = {}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([options.program, "--formulas", folder], check=True)
        for file in sorted(pathlib.Path(folder).glob("*.txt")):
            lines = file.read_text().splitlines()
            trees = [operon_tree(line, hashes) for line in lines]
            sets[file.stem] = (trees, sum(len(line.split()) for line in lines))

    rates = {name: [] for name in sets}
    for _ in range(options.rounds):
        ours = subprocess.run(
            [options.program, "--evaluator"], check=True, capture_output=True, text=True).stdout
        for line in ours.splitlines():
            name, rate = line.split()
            rates[name].append((float(rate), operon_rate(*sets[name], dataset)))
    print("operators    ours, 1e9 nodes/s    Operon    ratio")
    for name, pairs in rates.items():
        ours, theirs, ratio = (
            statistics.median(values)
            for values in zip(*((a / 1e9, b / 1e9, a / b) for a, b in pairs)))
        print(f"{name:12} {ours:19.2f} {theirs:9.2f} {ratio:7.1f}x")


if __name__ == "__main__":
    main()
