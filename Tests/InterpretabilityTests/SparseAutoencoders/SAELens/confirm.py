"""Loads the folders beside this file with SAELens and keeps what it makes of some samples.

python confirm.py            # says whether SAELens still makes the same of them, to 1e-6
python confirm.py --record   # writes readings.json into each folder
python confirm.py FOLDER ACTIVATIONS.npy
                             # compares metrics.json of `limbeck sae` with NumPy's figures for SAELens's features

The folders are what `SparseAutoencoder.write` makes of the autoencoders in SAELensTests.swift. Those in
other projects' layouts are read by those projects, where they are installed.
Needs sae-lens (recorded with 6.54.12); dictionary-learning (0.1.0) and eai-sparsify (1.3.3) are asked too.
"""

import json
import pathlib
import sys

import numpy as np
import sae_lens
import torch

HERE = pathlib.Path(__file__).parent
SAMPLES = torch.tensor([((i * 53 + 17) % 97 - 48) / 32 for i in range(8 * 4)]).view(8, 4)


def metrics(samples, features, reconstruction, directions):
    """The figures of the documentation, in double precision."""
    x, f, y, d = (np.asarray(a, dtype=np.float64) for a in (
        samples, features, reconstruction, directions))
    error = ((x - y) ** 2).sum()
    spread = ((x - x.mean(axis=0)) ** 2).sum()
    norms = np.linalg.norm(x, axis=1), np.linalg.norm(y, axis=1)
    unit = d / np.linalg.norm(d, axis=1, keepdims=True)
    cosines = np.abs(unit @ unit.T)
    np.fill_diagonal(cosines, 0)
    return {
        "explained_variance": 1 - error / spread, "fvu": error / spread, "mse": error / len(x),
        "l0": (f != 0).sum() / len(x), "dead": int((~(f != 0).any(axis=0)).sum()),
        "cosine": ((x * y).sum(axis=1) / (norms[0] * norms[1])).mean(),
        "shrinkage": (norms[1] / norms[0]).mean(), "collinearity": cosines.max()}


def read(folder, samples):
    """What SAELens makes of samples."""
    with torch.no_grad():
        autoencoder = sae_lens.SAE.load_from_disk(folder)
        features = autoencoder.encode(samples)
        return autoencoder, features, autoencoder.decode(features)


def others(folder, samples):
    """What other projects make of samples, by name: what each feature adds, and all of them together.

    Features as such are no measure: dictionary_learning makes directions unit vectors when it reads them.
    """
    path = folder / "dictionary-learning"
    if path.exists():
        from dictionary_learning import utils
        autoencoder, _ = utils.load_dictionary(str(path), "cpu")
        features = autoencoder.encode(samples)
        directions = autoencoder.decoder.weight.T if hasattr(autoencoder, "decoder") else (
            autoencoder.W_dec)
        yield path.name, features * directions.norm(dim=1), autoencoder.decode(features)
    path = folder / "sparsify"
    if path.exists():
        from sparsify import SparseCoder
        autoencoder = SparseCoder.load_from_disk(path)
        code = autoencoder.encode(samples)
        features = torch.zeros(len(samples), autoencoder.num_latents)
        features.scatter_(1, code.top_indices, code.top_acts)
        yield (path.name, features * autoencoder.W_dec.norm(dim=1),
               autoencoder.decode(code.top_acts, code.top_indices))


def difference(a, b):
    return max(abs(x - y) for x, y in zip(a, b))


def confirm():
    failed = False
    for configuration in sorted(HERE.glob("*/cfg.json")):
        folder = configuration.parent
        autoencoder, features, reconstruction = read(folder, SAMPLES)
        readings = {
            "samples": SAMPLES.flatten().tolist(), "features": features.flatten().tolist(),
            "reconstruction": reconstruction.flatten().tolist()}
        path = folder / "readings.json"
        if "--record" in sys.argv:
            path.write_text(json.dumps(readings) + "\n")
        kept = json.loads(path.read_text())
        error = max(difference(readings[name], kept[name]) for name in readings)
        failed |= error > 1e-6
        print(f"{folder.name:20s} {type(autoencoder).__name__:20s} largest difference {error:.1e}")
        try:
            with torch.no_grad():
                parts = features * autoencoder.W_dec.norm(dim=1)
                for name, found, whole in others(folder, SAMPLES):
                    error = max(
                        (found - parts).abs().max().item(),
                        (whole - reconstruction).abs().max().item())
                    failed |= error > 1e-6
                    print(f"{'':20s} {name:20s} largest difference {error:.1e}")
        except ImportError as missing:
            print(f"{'':20s} not asked: {missing}")
    sys.exit(failed)


def compare(folder, activations):
    samples = torch.from_numpy(np.load(activations).astype(np.float32))
    autoencoder, features, reconstruction = read(folder, samples)
    found = json.loads((pathlib.Path(folder) / "metrics.json").read_text())
    failed = False
    expected = metrics(samples, features, reconstruction, autoencoder.W_dec.detach())
    for name, value in expected.items():
        error = abs(found[name] - value)
        failed |= error > 1e-5 * max(1, abs(value))
        print(f"{name:20s} {found[name]:.9g} {value:.9g} difference {error:.1e}")
    sys.exit(failed)


if __name__ == "__main__":
    print(f"sae_lens {sae_lens.__version__}")
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    compare(*arguments) if arguments else confirm()
