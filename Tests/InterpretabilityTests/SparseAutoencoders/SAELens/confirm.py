"""Loads the folders beside this file with SAELens and keeps what it makes of some samples.

python confirm.py            # says whether SAELens still makes the same of them, to 1e-6
python confirm.py --record   # writes readings.json into each folder

The folders are what `SparseAutoencoder.write` makes of the autoencoders in SAELensTests.swift.
Needs sae-lens (recorded with 6.54.12).
"""

import json
import pathlib
import sys

import sae_lens
import torch

HERE = pathlib.Path(__file__).parent
SAMPLES = torch.tensor([((i * 53 + 17) % 97 - 48) / 32 for i in range(8 * 4)]).view(8, 4)


def main():
    print(f"sae_lens {sae_lens.__version__}")
    failed = False
    for configuration in sorted(HERE.glob("*/cfg.json")):
        folder = configuration.parent
        with torch.no_grad():
            autoencoder = sae_lens.SAE.load_from_disk(folder)
            features = autoencoder.encode(SAMPLES)
            reconstruction = autoencoder.decode(features)
        readings = {
            "samples": SAMPLES.flatten().tolist(), "features": features.flatten().tolist(),
            "reconstruction": reconstruction.flatten().tolist()}
        path = folder / "readings.json"
        if "--record" in sys.argv:
            path.write_text(json.dumps(readings) + "\n")
        kept = json.loads(path.read_text())
        error = max(abs(a - b) for name in readings for a, b in zip(readings[name], kept[name]))
        failed |= error > 1e-6
        print(f"{folder.name:10s} {type(autoencoder).__name__:12s} largest difference {error:.1e}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
