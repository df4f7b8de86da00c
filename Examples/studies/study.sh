#!/bin/sh
# Trains the networks of the studies and studies them: sh study.sh LIMBECK DIRECTORY
set -e
limbeck=${1:-limbeck}
runs=${2:-runs/studies}
here=$(dirname "$0")
for seed in 1 2 3; do
  for problem in poisson heat burgers helmholtz; do
    run="$runs/$problem$seed"
    [ -d "$run" ] || "$limbeck" train "$here/$problem.yaml" --seed $seed --out "$run" --quiet
    second=u_xx
    [ $problem = helmholtz ] && second=u_yy
    fields=u_x,$second,boundary_distance
    "$limbeck" probe "$run" --targets $fields --rows 2500 --resamples 100 --quiet --json > "$runs/$problem$seed-probe.json"
    "$limbeck" probe "$run" --neurons --targets u_x,$second --rows 2500 --quiet --json > "$runs/$problem$seed-neurons.json"
    "$limbeck" circuit "$run" --quiet --json > "$runs/$problem$seed-circuit.json"
  done
  for problem in chord chord-fourier; do
    run="$runs/$problem$seed"
    [ -d "$run" ] || "$limbeck" train "$here/$problem.yaml" --seed $seed --snapshots 60 --out "$run" --quiet
    retrain=
    [ $problem = chord ] && retrain=--retrain
    "$limbeck" spectrum "$run" $retrain --quiet --json > "$runs/$problem$seed-spectrum.json"
  done
done
