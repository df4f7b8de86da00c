"""Fills in the last column of sympy.tsv: what SymPy makes of our SymPy text.

A line holds a formula in our text form, the same as we print it for SymPy, the numbers x, y and
alpha, and the value, which this script computes with 30 digits and replaces. To add a formula,
append a line without a value and run

    python3 evaluate_sympy.py
"""

import pathlib

import sympy

table = pathlib.Path(__file__).with_name("sympy.tsv")
lines = []
for line in table.read_text().splitlines():
    if not line.startswith("#"):
        text, form, x, y, alpha = line.split("\t")[:5]
        point = {"x": sympy.Float(x, 30), "y": sympy.Float(y, 30), "alpha": sympy.Float(alpha, 30)}
        # atan2 leaves a trace of its imaginary part behind.
        value = sympy.sympify(form).subs(point).evalf(30)
        lines.append("\t".join([text, form, x, y, alpha, repr(float(sympy.re(value)))]))
    else:
        lines.append(line)
table.write_text("\n".join(lines) + "\n")
