"""Writes readings.tsv: what scikit-learn's probes read from an ill-conditioned layer.

    python3 readings.py > readings.tsv        (scikit-learn 1.9 or later, NumPy)

Columns: the activations, the target, and the readings of LinearRegression (whose cut-off is 1e-6) and
of Ridge with three penalties; then the target with noise, and the readings of RidgeCV, which finds its
penalty by leaving one out. All are fitted to the first 40 rows.
"""
import sys

import numpy as np
from sklearn.linear_model import LinearRegression, Ridge, RidgeCV

position = np.linspace(0, 1, 60)
layer = np.stack([np.tanh((0.5 + 0.3 * k) * position - 0.2 * k) for k in range(9)], axis=1)
target = np.exp(-position) * np.sin(4 * position)
rows = np.random.default_rng(0).permutation(60)
layer, target = layer[rows], target[rows]

noisy = target + 0.1 * np.random.default_rng(1).standard_normal(60)

columns = [f"a{k}" for k in range(9)] + ["y", "linear", "1e-06", "0.001", "1", "noisy", "cross-validated"]
readings = [LinearRegression().fit(layer[:40], target[:40]).predict(layer)]
for penalty in (1e-6, 1e-3, 1.0):
    ridge = Ridge(penalty, solver="svd").fit(layer[:40], target[:40])
    readings.append(ridge.predict(layer))
chosen = RidgeCV(10.0 ** np.arange(-14, 2), gcv_mode="svd").fit(layer[:40], noisy[:40])
readings += [noisy, chosen.predict(layer)]
print("\t".join(columns))
for row in np.column_stack([layer, target, *readings]):
    print("\t".join(repr(float(value)) for value in row))
centred = layer[:40] - layer[:40].mean(0)
print(f"penalty {chosen.alpha_:.0e}", file=sys.stderr)
print(f"condition {np.linalg.cond(centred):.1e}", file=sys.stderr)
