"""How many inputs neurons and features go with: the table of this example's README.

    python3 Examples/precipitation/features.py
    python3 Examples/precipitation/features.py --limbeck .build/release/limbeck --runs published-phase published-snowfall

Networks are trained on both tables with three seeds unless runs are given; the hidden layer of each is taken apart
with twice as many features, by an L1 penalty and by TopK, and by a TopK that has seen a single sample.
"""

import argparse
import json
import os
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
AUTOENCODERS = {
    "L1": ["--variant", "l1", "--samples", "500000"],
    "TopK": ["--variant", "topk", "--samples", "500000"],
    "TopK, untrained": ["--variant", "topk", "--samples", "1", "--batch", "1"],
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--limbeck", default="limbeck", help="the command (default: %(default)s)")
    parser.add_argument("--seeds", default="1,2,3", help="of networks and autoencoders (default: %(default)s)")
    parser.add_argument("--runs", nargs="*", help="runs in the place of new ones")
    options = parser.parse_args()

    def limbeck(*arguments):
        return subprocess.run(
            [options.limbeck, *arguments, "--quiet"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

    print("network       autoencoder      active  neurons: inputs, one input  features: inputs, one input  inputs")
    with tempfile.TemporaryDirectory() as folder:
        runs = [(run, "1") for run in options.runs or []]
        if not runs:
            for name in ("phase", "snowfall"):
                for seed in options.seeds.split(","):
                    run = os.path.join(folder, f"{name}-{seed}")
                    limbeck("train", os.path.join(HERE, f"{name}.yaml"), "--seed", seed, "--out", run)
                    runs.append((run, seed))
        for run, seed in runs:
            for index, (name, settings) in enumerate(AUTOENCODERS.items()):
                found = json.loads(limbeck(
                    "sae", run, "--features", "8", "--k", "2", "--seed", seed, "--baselines", "none", "--json",
                    "--out", os.path.join(folder, f"{os.path.basename(run)}-{index}"), *settings))
                neurons, features = found["inputs"]["neurons"], found["inputs"]["features"]
                change = features["mean_inputs"] / neurons["mean_inputs"] - 1 if neurons["mean_inputs"] else float("nan")
                print(
                    f"{os.path.basename(run):12}  {name:15}  {found['l0']:6.2f}  "
                    f"{neurons['mean_inputs']:15.2f}  {neurons['monosemantic']} of {neurons['live']}  "
                    f"{features['mean_inputs']:21.2f}  {features['monosemantic']} of {features['live']}  {change:+9.0%}")


if __name__ == "__main__":
    main()
