#!/usr/bin/env python3
"""Seed 000's probes beside exact ones: python3 adam_probe.py RUN [LIMBECK]

A linear layer fitted by 1000 steps of Adam on all points and scored on the same points, as the seed's probing
classifiers are, beside least squares scored on points that were held out, on the trained network and on one
of the same kind that was never trained. Targets are the network's own derivatives. Needs numpy.
"""
import json, struct, subprocess, sys, tempfile
import numpy as np

run, limbeck = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "limbeck"

with open(f"{run}/model.safetensors", "rb") as file:
    header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    data = file.read()
architecture = json.loads(header.pop("__metadata__")["architecture"])
tensor = lambda name: np.frombuffer(
    data[slice(*header[name]["data_offsets"])], "<f8").reshape(header[name]["shape"])
design, names = architecture["network"], architecture["variables"]
lower, upper = np.array(design["lower"]), np.array(design["upper"])
depth = len(design["hidden"])

side = 50
grid = np.stack(np.meshgrid(*[np.linspace(a, b, side) for a, b in zip(lower, upper)], indexing="ij"))
points = grid.reshape(len(names), -1).T
fields = ["u_" + v for v in names] + ["u_" + v + v for v in names]
with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
    np.savetxt(file, points, delimiter=",", header=",".join(names), comments="")
    file.flush()
    values = json.loads(subprocess.run(
        [limbeck, "evaluate", run, "--at", file.name, "--fields", ",".join(fields), "--json"],
        check=True, capture_output=True).stdout)

def layers(weights):
    a = 2 * (points - lower) / (upper - lower) - 1
    for w, b in weights:
        a = np.tanh(a @ w.T + b)
        yield a

def adam(a, y, random, steps=1000, rate=1e-3):
    bound = 1 / np.sqrt(a.shape[1])
    p = random.uniform(-bound, bound, a.shape[1] + 1)
    design = np.c_[a, np.ones(len(a))]
    m, v = np.zeros_like(p), np.zeros_like(p)
    for t in range(1, steps + 1):
        g = 2 / len(y) * design.T @ (design @ p - y)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        p -= rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return r2(y, design @ p)

def exact(a, y, random):
    held = random.permutation(len(y)) < 0.3 * len(y)
    design = np.c_[a, np.ones(len(a))]
    w = np.linalg.lstsq(design[~held], y[~held], rcond=1e-6)[0]
    return r2(y[held], design[held] @ w)

def r2(y, read):
    return 1 - ((y - read) ** 2).sum() / ((y - y.mean()) ** 2).sum()

random = np.random.default_rng(0)
trained = [(tensor(f"layer{l}.weight"), tensor(f"layer{l}.bias")) for l in range(depth)]
fresh = [(random.normal(0, np.sqrt(2 / sum(w.shape)), w.shape), np.zeros_like(b)) for w, b in trained]
columns = values["columns"] if "columns" in values else values
print("layer   target   Adam, scored on its own points   least squares, held out   the same, untrained")
for l, (a, u) in enumerate(zip(layers(trained), layers(fresh))):
    for field in fields:
        y = np.array(columns[field])
        print(f"layer{l}  {field:7}  {adam(a, y, random):30.4f}  {exact(a, y, random):24.7f}"
              f"  {exact(u, y, random):20.7f}")
