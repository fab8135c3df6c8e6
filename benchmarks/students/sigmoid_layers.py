"""A sigmoid layer forward and back; where the sigmoid is steepest."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import number


def layer(given: Given, sheet: Sheet) -> None:
    """What is stored, the gradient through it and through the input, of a stretched layer too."""
    a, k, s, g, A = given["a"], given["k"], np.array(given["S"]), np.array(given["G"]), given["A"]
    z0 = np.log(k) / a
    sheet.write("s0", chosen(
        sheet, 1 / (1 + np.exp(-a * z0)),
        ("sign of the exponent", 1 / (1 + np.exp(a * z0))), ("factor of z lost", 1 / (1 + np.exp(-z0))),
        ("odds for the value", k), ("minus below", 1 / (1 - np.exp(-a * z0))), ("one over", 1 / k),
    ))  # fmt: skip
    c, top = number(a), number(A)
    lost, alone = sheet("factor of z lost on the way back"), sheet("gradient left out")
    divided = sheet("divided by the factor of z")
    head = ("1" if alone else "g") + ("" if lost else f"/{c}" if divided else f"*{c}")
    back = f"{head}*s*(1 - s)"
    back = chosen(
        sheet, back,
        ("rule of tanh", f"g*{c}*(1 - s^2)"), ("plus inside", f"g*{c}*s*(1 + s)"), ("output for the slope", f"g*{c}*s"),
        ("one factor of two", f"g*{c}*(1 - s)"), ("divided by the slope", f"g/({c}*s*(1 - s))"),
        ("minus in front", f"-g*{c}*s*(1 - s)"), ("gradient added", f"g + {c}*s*(1 - s)"),
    )  # fmt: skip
    sheet.write("back", back)
    r = a * g * s * (1 - s)
    again = 1 / (1 + np.exp(-s))
    r = chosen(
        sheet, r,
        ("factor lost in the numbers", r / a), ("sigmoid of outputs", a * g * again * (1 - again)),
        ("summed up", np.full(3, r.sum())), ("outputs alone", a * g * s), ("slopes alone", a * s * (1 - s)),
        ("tanh in the numbers", a * g * (1 - s**2)),
    )  # fmt: skip
    sheet.write("r", r)
    e = f"exp(-{c}*z)"
    bz = f"{head}*{e}/(1 + {e})^2"
    bz = chosen(
        sheet, bz,
        ("square forgotten", f"g*{c}*{e}/(1 + {e})"), ("minus kept", f"-g*{c}*{e}/(1 + {e})^2"),
        ("one above", f"g*{c}/(1 + {e})^2"), ("factor lost inside", f"g*{c}*exp(-z)/(1 + exp(-z))^2"),
        ("input for the output", f"g*{c}*z*(1 - z)"),
    )  # fmt: skip
    sheet.write("bz", bz)
    by = f"{head}*y*(1 - y/{top})"
    by = chosen(
        sheet, by,
        ("as if not stretched", f"g*{c}*y*(1 - y)"), ("stretched once more", f"g*{c}*{top}*y*(1 - y/{top})"),
        ("not stretched back", f"g*{c}*y*({top} - y)"), ("slope of the sigmoid alone", f"g*{c}*y/{top}*(1 - y/{top})"),
        ("plus in the stretched one", f"g*{c}*y*(1 + y/{top})"), ("slope without the value", f"g*{c}*(1 - y/{top})"),
        ("stretched, but y for the sigmoid", f"g*{c}*{top}*y*(1 - y)"),
    )  # fmt: skip
    sheet.write("by", by)


LAYER = Family(
    "sigmoid-layer-formulas",
    layer,
    (
        slip("sign of the exponent", "mirrored complement sign inverted", "s0"),
        slip("factor of z lost", "factor-outside", "s0"),
        slip("odds for the value", "divisor-dropped", "s0"),
        slip("minus below", "sign", "s0"),
        slip("one over", "factor-dropped term-dropped inverted reciprocal one-over", "s0"),
        slip("factor of z lost on the way back", "inner-factor-lost factor-dropped", "back bz by", every=True),
        slip("gradient left out", "gradient-left-out factor-dropped", "back bz by", every=True),
        slip("divided by the factor of z", "inner-factor-under inverted constant-factor", "back bz by", every=True),
        slip("rule of tanh", "tanh-rule exponent-off", "back"),
        slip("plus inside", "plus-inside sign", "back"),
        slip("output for the slope", "output-for-slope activation-for-derivative factor-dropped", "back"),
        slip("one factor of two", "half-of-the-product factor-dropped", "back"),
        slip("divided by the slope", "divided-by-the-slope inverted", "back"),
        slip("minus in front", "sign whole-sign", "back"),
        slip("gradient added", "other-operation", "back"),
        slip("factor lost in the numbers", "inner-factor-lost factor-dropped", "r"),
        slip("sigmoid of outputs", "sigmoid-of-outputs derivative-at-output", "r"),
        slip("summed up", "summed-up", "r"),
        slip("outputs alone", "output-for-slope factor-dropped activation-for-derivative", "r"),
        slip("slopes alone", "gradient-left-out factor-dropped", "r"),
        slip("tanh in the numbers", "tanh-rule-in-numbers tanh-rule exponent-off other-function", "r"),
        slip("square forgotten", "square-forgotten power-dropped exponent-off quotient-square", "bz"),
        slip("minus kept", "sign-of-the-exponent-kept sign whole-sign", "bz"),
        slip("one above", "factor-dropped", "bz"),
        slip("factor lost inside", "factor-dropped inner-inside factor-inside-lost", "bz"),
        slip("input for the output", "input-for-output", "bz"),
        slip("as if not stretched", "as-if-not-stretched divisor-dropped", "by"),
        slip("stretched, but y for the sigmoid", "stretched-but-not-put-in", "by"),
        slip("stretched once more", "stretched-once-more factor-extra constant-factor", "by"),
        slip("not stretched back", "not-stretched-back stretched-once-more constant-factor", "by"),
        slip("slope of the sigmoid alone", "slope-of-the-sigmoid-alone constant-factor", "by"),
        slip("plus in the stretched one", "sign", "by"),
        slip("slope without the value", "factor-dropped", "by"),
        pen("digit", "r"),
        pen("entry-sign", "r"),
    ),
    (("rule of tanh", "as if not stretched"),),
)


def steepest(given: Given, sheet: Sheet) -> None:
    """The steepest point of a stretched and shifted sigmoid, and another point."""
    A, k, b, C, q = (given[name] for name in "AkbCq")
    sheet.write("t0", chosen(
        sheet, -b / k,
        ("shift's sign", b / k), ("shift not divided", -b), ("at the origin", 0.0), ("upside down", -k / b),
    ))  # fmt: skip
    sheet.write("y0", chosen(
        sheet, A * 0.5 + C,
        ("one for the half", A + C), ("shift up forgotten", A / 2), ("all halved", (A + C) / 2),
        ("minus the shift up", A / 2 - C), ("quarter", A / 4 + C), ("sigmoid alone", 0.5),
    ))  # fmt: skip
    inner, outer, kept = sheet("inner factor lost"), sheet("outer factor lost"), sheet("constant kept")
    scale = (1 if outer else A) * (1 if inner else k)
    more = C if kept else 0
    m = sheet.write("m", chosen(
        sheet, scale / 4 + more,
        ("half for the quarter", A * k / 2), ("one for the quarter", A * k), ("divided by k", A / (4 * k)),
    ))  # fmt: skip
    d = sheet.write("d", chosen(
        sheet, scale * q * (1 - q) + more,
        ("value for the slope", A * q + C), ("sigmoid for its slope", A * k * q), ("rule of tanh", A * k * (1 - q * q)),
        ("plus inside", A * k * q * (1 + q)), ("other factor alone", A * k * (1 - q)),
    ))  # fmt: skip
    sheet.write("part", chosen(
        sheet, d / m,
        ("part upside down", m / d), ("plain slope", q * (1 - q)), ("difference for the part", m - d),
        ("value for the part", q),
    ))  # fmt: skip
    u = np.log(q / (1 - q))
    sheet.write("t1", chosen(
        sheet, (u - b) / k,
        ("odds upside down", (-u - b) / k), ("logarithm of the value", (np.log(q) - b) / k), ("shift left out", u / k),
        ("only the logarithm divided", u / k - b), ("shift added", (u + b) / k), ("k not divided", u - b),
        ("decimal logarithm", (u / np.log(10) - b) / k), ("value for the logarithm", (q - b) / k),
    ))  # fmt: skip


STEEPEST = Family(
    "sigmoid-max-derivative",
    steepest,
    (
        slip("shift's sign", "shift-sign sign whole-sign", "t0"),
        slip("shift not divided", "shift-undivided divisor-dropped", "t0"),
        slip("at the origin", "at-the-origin", "t0"),
        slip("upside down", "inverted reciprocal", "t0"),
        slip("one for the half", "value-of-one factor-two divisor-dropped", "y0"),
        slip("shift up forgotten", "shift-up-forgotten term-dropped", "y0"),
        slip("all halved", "all-halved brackets", "y0"),
        slip("minus the shift up", "sign", "y0"),
        slip("quarter", "number-off factor-two quarter", "y0"),
        slip("sigmoid alone", "sigmoid-alone", "y0"),
        slip("inner factor lost", "inner-factor-lost factor-dropped inner-lost", "m d", every=True),
        slip("outer factor lost", "outer-factor-lost factor-dropped", "m d", every=True),
        slip("constant kept", "constant-kept term-extra", "m d", every=True),
        slip("half for the quarter", "half-for-quarter factor-two", "m"),
        slip("one for the quarter", "slope-of-one divisor-dropped", "m"),
        slip("divided by k", "divided-by-the-factor inverted other-operation", "m"),
        slip("value for the slope", "value-for-slope", "d"),
        slip("sigmoid for its slope", "sigmoid-for-its-slope factor-dropped activation-for-derivative", "d"),
        slip("rule of tanh", "tanh-rule exponent-off", "d"),
        slip("plus inside", "plus-inside sign", "d"),
        slip("other factor alone", "factor-dropped", "d"),
        slip("part upside down", "part-upside-down inverted reciprocal", "part"),
        slip("plain slope", "part-of-the-value", "part"),
        slip("difference for the part", "part-as-difference other-operation", "part"),
        slip("value for the part", "value-for-the-part", "part"),
        slip("odds upside down", "odds-upside-down inverted sign reciprocal", "t1"),
        slip("logarithm of the value", "logarithm-of-the-value divisor-dropped", "t1"),
        slip("shift left out", "shift-left-out term-dropped", "t1"),
        slip("only the logarithm divided", "shift-not-divided brackets", "t1"),
        slip("shift added", "shift-sign sign", "t1"),
        slip("k not divided", "factor-not-divided divisor-dropped", "t1"),
        slip("decimal logarithm", "decimal-logarithm log-base", "t1"),
        slip("value for the logarithm", "value-for-logarithm activation-missing other-function", "t1"),
        pen("digit", "t1"),
        pen("rounding", "t1"),
        pen("power-of-ten", "t1 d"),
    ),
    (("shift's sign", "half for the quarter"),),
)

FAMILIES = (LAYER, STEEPEST)
