"""A gradient held against central differences."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def loss(given: Given, w: float, b: float, v: float) -> float:
    """Half the squared error of v·(wx + b)²."""
    return (v * (w * given["x"] + b) ** 2 - given["y"]) ** 2 / 2


def checked(given: Given, sheet: Sheet) -> None:
    """Losses beside w, quotients for all weights, the derivative by w, what the program has wrong."""
    x, y, w, b, v, h = (given[name] for name in ("x", "y", "w", "b", "v", "h"))
    s = w * x + b
    right = [loss(given, w + h, b, v), loss(given, w - h, b, v)]
    rows = (
        ("sum moved", [loss(given, w, b + h, v), loss(given, w, b - h, v)]),
        ("output weight moved", [loss(given, w, b, v + h), loss(given, w, b, v - h)]),
        ("half lost", [2 * each for each in right]),
        ("square of the neuron lost", [(v * ((w + k) * x + b) - y) ** 2 / 2 for k in (h, -h)]),
        ("bias left out", [(v * ((w + k) * x) ** 2 - y) ** 2 / 2 for k in (h, -h)]),
        ("error not squared", [(v * ((w + k) * x + b) ** 2 - y) / 2 for k in (h, -h)]),
        ("plus in the error", [(v * ((w + k) * x + b) ** 2 + y) ** 2 / 2 for k in (h, -h)]),
        ("tenfold step", [loss(given, w + k, b, v) for k in (10 * h, -10 * h)]),
        ("points swapped", right[::-1]),
        ("step along the input", [loss(given, w + k / x, b, v) for k in (h, -h)]),
        ("output weight squared", [((v * ((w + k) * x + b)) ** 2 - y) ** 2 / 2 for k in (h, -h)]),
    )
    both = right
    for name, wrong in rows:
        both = wrong if sheet(name) else both
    up, down = sheet.write("Lp", both[0]), sheet.write("Lm", both[1])
    middle = loss(given, w, b, v)
    quotient = chosen(
        sheet, (up - down) / (2 * h),
        ("h for two h", (up - down) / h), ("order turned", (down - up) / (2 * h)), ("not divided", up - down),
        ("one side", (up - middle) / h), ("multiplied", (up - down) * 2 * h), ("two above", 2 * (up - down) / h),
        ("added", (up + down) / (2 * h)), ("tenfold h", (up - down) / (20 * h)),
        ("half the difference", (up - down) / 2),
    )  # fmt: skip
    quotient = sheet.write("nw", quotient)
    over, under = (np.array([given[f"Lb{k}"], given[f"Lv{k}"]]) for k in (1, 2))
    others = chosen(
        sheet, (over - under) / (2 * h),
        ("h for two h below", (over - under) / h), ("order turned below", (under - over) / (2 * h)),
        ("not divided below", over - under), ("multiplied below", (over - under) * 2 * h),
        ("added below", (over + under) / (2 * h)), ("lines swapped", ((over - under) / (2 * h))[::-1]),
        ("tenfold h below", (over - under) / (20 * h)),
    )  # fmt: skip
    others = sheet.write("n", others)
    e = v * s**2 - y
    g = chosen(
        sheet, 2 * e * v * s * x,
        ("input left out", 2 * e * v * s), ("two left out", e * v * s * x), ("weight left out", 2 * e * s * x),
        ("sign of the error", -2 * e * v * s * x), ("error left out", 2 * v * s * x),
        ("square kept", 2 * e * v * s**2 * x),
        ("sum left out", 2 * e * v * x), ("one square", e * v * s**2 * x), ("two twice", 4 * e * v * s * x),
        ("weight for the input", 2 * e * v * s * w), ("quotient for the derivative", quotient),
    )  # fmt: skip
    sheet.write("gw", g)
    n = np.array([quotient, *others])
    p = np.array([given["pw"], given["pb"], given["pv"]])
    k = int(given["bad"]) - 1
    one, other = abs(n[k]), abs(p[k])
    right = abs(n[(k + 1) % 3] - p[(k + 1) % 3]) / max(abs(n[(k + 1) % 3]), abs(p[(k + 1) % 3]))
    r = chosen(
        sheet, abs(n[k] - p[k]) / max(one, other),
        ("the smaller below", abs(n[k] - p[k]) / min(one, other)), ("not relative", abs(n[k] - p[k])),
        ("sizes added below", abs(n[k] - p[k]) / (one + other)), ("mean below", 2 * abs(n[k] - p[k]) / (one + other)),
        ("sizes compared", abs(one - other) / max(one, other)),
        ("sum above", abs(n[k] + p[k]) / max(one, other)), ("in per cent", 100 * abs(n[k] - p[k]) / max(one, other)),
        ("a right derivative", right),
    )  # fmt: skip
    sheet.write("r", r)


CHECKED = Family(
    "gradient-check",
    checked,
    (
        slip("sum moved", "step-added-to-the-sum brackets other-convention factor-dropped names-swapped", "Lp Lm"),
        slip("output weight moved", "output-weight-moved names-swapped brackets other-convention", "Lp Lm"),
        slip("half lost", "half-lost factor-two factor-dropped", "Lp Lm"),
        slip("square of the neuron lost", "square-of-the-neuron-lost power-dropped", "Lp Lm"),
        slip("bias left out", "term-dropped", "Lp Lm"),
        slip("error not squared", "power-dropped", "Lp Lm"),
        slip("plus in the error", "sign", "Lp Lm"),
        slip("tenfold step", "greater-step power-of-ten number-off", "Lp Lm"),
        slip("points swapped", "sign other-blank", "Lp Lm"),
        slip("step along the input", "brackets other-convention factor-dropped step-added-to-the-sum", "Lp Lm"),
        slip("output weight squared", "brackets other-convention exponent-off factor-extra", "Lp Lm"),
        slip("h for two h", "h-for-two-h factor-two factor-dropped", "nw"),
        slip("order turned", "order-of-the-points sign whole-sign", "nw"),
        slip("not divided", "not-divided divisor-dropped", "nw"),
        slip("one side", "one-sided", "nw"),
        slip("multiplied", "multiplied-by-h inverted other-operation", "nw"),
        slip("two above", "two-above brackets inverted other-operation number-off", "nw"),
        slip("added", "sign", "nw"),
        slip("tenfold h", "power-of-ten", "nw"),
        slip("half the difference", "factor-dropped divisor-dropped power-of-ten", "nw"),
        slip("h for two h below", "h-for-two-h factor-two factor-dropped", "n"),
        slip("order turned below", "order-of-the-points sign whole-sign", "n"),
        slip("not divided below", "not-divided divisor-dropped", "n"),
        slip("multiplied below", "multiplied-by-h inverted other-operation", "n"),
        slip("added below", "sign", "n"),
        slip("lines swapped", "permuted", "n"),
        slip("tenfold h below", "power-of-ten", "n"),
        slip("input left out", "input-forgotten factor-dropped", "gw"),
        slip("two left out", "two-forgotten factor-two factor-dropped", "gw"),
        slip("weight left out", "weight-forgotten factor-dropped", "gw"),
        slip("sign of the error", "sign-of-the-error sign whole-sign", "gw"),
        slip("error left out", "factor-dropped", "gw"),
        slip("square kept", "square-kept exponent-off factor-extra power-kept", "gw"),
        slip("sum left out", "factor-dropped", "gw"),
        slip("one square", "names-swapped exponent-off other-convention number-off", "gw"),
        slip("two twice", "factor-two", "gw"),
        slip("weight for the input", "names-swapped", "gw"),
        slip("quotient for the derivative", "other-blank", "gw"),
        slip("the smaller below", "quotient-below other-function", "r"),
        slip("not relative", "not-relative divisor-dropped", "r"),
        slip("sizes added below", "sizes-added other-operation other-function other-convention", "r"),
        slip("mean below", "mean-below other-operation other-function other-convention", "r"),
        slip("sizes compared", "brackets other-convention", "r"),
        slip("sum above", "sign", "r"),
        slip("in per cent", "power-of-ten", "r"),
        slip("a right derivative", "right-derivative", "r"),
        pen("digit", "Lp Lm nw n gw"),
        pen("whole-sign", "nw gw"),
        pen("rounding", "Lp Lm nw n"),
        pen("power-of-ten", "nw gw"),
        pen("permuted", "n"),
    ),
    (("h for two h", "two left out"),),
)

FAMILIES = (CHECKED,)
