#!/usr/bin/env python3
"""The tables of README.md from what study.sh left: python3 tables.py DIRECTORY"""
import json, pathlib, statistics, sys

runs = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "runs/studies")
problems, seeds = ["poisson", "heat", "burgers", "helmholtz"], [1, 2, 3]


def load(problem, seed, study):
    path = runs / f"{problem}{seed}-{study}.json"
    return json.loads(path.read_text()) if path.exists() and path.stat().st_size else None


def spread(values, form="{:.2f}"):
    values = [v for v in values if v is not None]
    if not values:
        return "–"
    low, middle, high = min(values), statistics.median(values), max(values)
    return form.format(middle) + (
        "" if form.format(low) == form.format(high) else f" ({form.format(low)} … {form.format(high)})")


print("## Probes: log10(1 − R²), blocks held out; median (range) of seeds\n")
print("| problem | layer | target | trained | untrained R² | control R² | gain | selectivity |")
print("|---|---|---|---|---|---|---|---|")
for problem in problems:
    tables = [t["rows"] for s in seeds if (t := load(problem, s, "probe"))]
    second = {"poisson": "u_xx", "heat": "u_xx", "burgers": "u_xx", "helmholtz": "u_yy"}[problem]
    for layer in ["layer0", "layer1", "layer2"]:
        for target in ["u_x", second, "boundary_distance"]:
            rows = [r for t in tables for r in t
                    if (r["layer"], r["target"], r["split"]) == (layer, target, "blocked")]
            if rows:
                cell = lambda key, form="{:.2f}": spread([r[key] for r in rows], form)
                print(f"| {problem} | {layer} | {target} | {cell('log10_unexplained', '{:.1f}')} | "
                      f"{cell('untrained_r2', '{:.3f}')} | {cell('control_r2', '{:.3f}')} | "
                      f"{cell('gain', '{:.1f}')} | {cell('selectivity')} |")

print("\n## Differences like stencils: squared correlation of the best, trained against untrained\n")
print("| problem | layer | u_x: neuron | pair | untrained | control | second: neuron | triplet | untrained | control |")
print("|---|---|---|---|---|---|---|---|---|---|")
for problem in problems:
    tables = [t["rows"] for s in seeds if (t := load(problem, s, "neurons"))]
    second = {"poisson": "u_xx", "heat": "u_xx", "burgers": "u_xx", "helmholtz": "u_yy"}[problem]
    for layer in ["layer0", "layer1", "layer2"]:
        def cell(target, kind, key):
            return spread([r[key] for t in tables for r in t
                           if (r["layer"], r["target"], r["kind"]) == (layer, target, kind)])
        if tables:
            cells = [cell(target, kind, key) for target, kinds in
                     [("u_x", ["sparse1", "pair"]), (second, ["sparse1", "triplet"])]
                     for kind, keys in zip(kinds, [["r2"], ["r2", "untrained_r2", "control_r2"]])
                     for key in keys]
            print(f"| {problem} | {layer} | " + " | ".join(cells) + " |")

print("\n## Circuits at a damage of 0.05\n")
print("| problem | edges of all | random circuit's damage | damage without it | minimality | parts |")
print("|---|---|---|---|---|---|")
for problem in problems:
    found = [c for s in seeds if (c := load(problem, s, "circuit"))]
    if found:
        print(f"| {problem} | {spread([c['edges'] / c['total'] for c in found])} | "
              f"{spread([c['random_damage'] for c in found])} | "
              f"{spread([c['complement_damage'] for c in found])} | "
              f"{spread([c['minimality'] for c in found])} | "
              f"{spread([len(c['components']) for c in found], '{:.0f}')} |")

print("\n## Edges for the conditions against edges for the equations, a tenth of all each\n")
print("| problem | overlap | by chance | ceiling | conditions cut: c, e | equations cut: c, e | "
      "dissociation | by chance | verdicts |")
print("|---|---|---|---|---|---|---|---|---|")
for problem in problems:
    found = [c["subnetworks"][1] for s in seeds if (c := load(problem, s, "circuit"))]
    if found:
        pick = lambda f: spread([f(x) for x in found])
        print(f"| {problem} | {pick(lambda x: x['overlap'])} | {pick(lambda x: x['chance'])} | "
              f"{pick(lambda x: x['ceiling'])} | "
              f"{pick(lambda x: x['cut_conditions']['conditions'])}, "
              f"{pick(lambda x: x['cut_conditions']['equations'])} | "
              f"{pick(lambda x: x['cut_equations']['conditions'])}, "
              f"{pick(lambda x: x['cut_equations']['equations'])} | "
              f"{pick(lambda x: x['dissociation'])} | up to {pick(lambda x: x['dissociation95'][1])} | "
              f"{', '.join(x['verdict'] for x in found)} |")

print("\n## The order of learning\n")
print("| network | seed | steps by frequency | bias | loss's prediction | a fit's | first ten eigenvectors |")
print("|---|---|---|---|---|---|---|")
for problem in ["chord", "chord-fourier"]:
    for seed in seeds:
        if s := load(problem, seed, "spectrum"):
            number = lambda v: "–" if v is None else f"{v:.2f}"
            steps = ", ".join(f"{e['frequency']}: {e['step'] if e['step'] is not None else 'never'}"
                              for e in s["order"])
            print(f"| {problem} | {seed} | {steps} | {number(s['bias'])} | {number(s['agreement'])} | "
                  f"{number(s['fit_agreement'])} | {number(s['alignment'])} |")

print("\n## The first layer's weights multiplied before training\n")
print("| seed | times | mean frequency by layer | learned at step, by frequency | error left | "
      "predicted by a fit | agreement: loss, fit |")
print("|---|---|---|---|---|---|---|")
for seed in seeds:
    if s := load("chord", seed, "spectrum"):
        agreement = f"{number(s['rescaling_agreement'])}, {number(s['rescaling_fit_agreement'])}"
        for r in s["rescalings"]:
            if r.get("steps"):
                row = lambda values, form: ", ".join("never" if v is None else form(v) for v in values)
                print(f"| {seed} | {r['factor']:g} | {row(r['layer_frequencies'], '{:.1f}'.format)} | "
                      f"{row(r['steps'], str)} | {row(r['errors'], '{:.0e}'.format)} | "
                      f"{row(r['fit_predicted'], '{:.0e}'.format)} | {agreement} |")
                agreement = ""
