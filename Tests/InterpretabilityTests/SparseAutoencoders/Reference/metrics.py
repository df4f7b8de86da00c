"""Writes metrics.tsv: every figure of a sparse autoencoder, by NumPy, SciPy and scikit-learn.

    python3 metrics.py > metrics.tsv

The autoencoder and its samples are small integers over powers of two, so that every program holds the
same numbers. Each line is a name and a value.
"""
import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.stats import pearsonr
from sklearn.linear_model import LinearRegression
from sklearn.metrics import explained_variance_score, f1_score, mean_squared_error


def integers(rows, columns, seed):
    """What the test makes by the same rule: numbers from -128 to 128 over 128."""
    i, j = np.indices((rows, columns))
    return ((i * i * 7 + j * j * 5 + i * j * (seed + 3) + 11 * i + 2 * j + seed) % 257 - 128) / 128


samples = integers(300, 6, 1)
encoder, bias = integers(10, 6, 2), integers(1, 10, 3)[0] / 2 - 0.5
directions, offset = integers(10, 6, 4) / 4, integers(1, 6, 5)[0] / 8
other, truth = integers(10, 6, 6), integers(8, 6, 7)
bias[9] = -100  # a dead feature

features = np.maximum((samples - offset) @ encoder.T + bias, 0)
reconstruction = features @ directions + offset


def report(name, value):
    print(f"{name}\t{float(value)!r}")


def cosines(a, b):
    a, b = (m / np.linalg.norm(m, axis=1, keepdims=True) for m in (a, b))
    return np.abs(a @ b.T)


report(
    "explained_variance",
    explained_variance_score(
        samples - samples.mean(0), reconstruction - samples.mean(0), multioutput="variance_weighted"
    )
    - len(samples) * np.sum((samples - reconstruction).mean(0) ** 2) / np.sum((samples - samples.mean(0)) ** 2),
)
report("mse", 6 * mean_squared_error(samples, reconstruction))
report("l0", np.count_nonzero(features, axis=1).mean())
report("dead", np.sum(~features.any(0)))
for j, density in enumerate((features != 0).mean(0)):
    report(f"density{j}", density)
norms = np.linalg.norm(samples, axis=1), np.linalg.norm(reconstruction, axis=1)
known = (norms[0] > 0) & (norms[1] > 0)
report("cosine", (np.sum(samples * reconstruction, axis=1)[known] / (norms[0] * norms[1])[known]).mean())
report("shrinkage", (norms[1] / norms[0])[norms[0] > 0].mean())
pairs = cosines(directions, directions)
report("collinearity", (pairs - np.diag(np.diag(pairs))).max())
report("seed_stability", cosines(directions, other).max(1).mean())

found = cosines(truth, directions)
report("mmcs", found.max(1).mean())
report("mcc", found[linear_sum_assignment(found, maximize=True)].mean())
report("above0.9", (found.max(1) > 0.9).mean())
active = samples @ truth.T > 0.5
for k, closest in enumerate(found.argmax(1)):
    report(f"f1_{k}", f1_score(active[:, k], features[:, closest] != 0))

field = samples[:, 0] + samples[:, 1] ** 2
for j in range(9):
    report(f"r{j}", pearsonr(features[:, j], field).statistic)
best = max(
    LinearRegression().fit(features[:, [i, j]], field).score(features[:, [i, j]], field)
    for j in range(9)
    for i in range(j)
)
report("pair_r2", best)
