"""Limits of the hyperbolic tangent, and gradients that vanish through layers."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def vanishing(given: Given, sheet: Sheet) -> None:
    """Bounds of gradients through layers, a true one, and how many layers it takes."""
    a, w, K, s, delta = (given[name] for name in ("a", "w0", "K", "s", "delta"))
    Q = sheet.write("Q", chosen(
        sheet, a * w / 4,
        ("weight left out", a / 4), ("slope inside left out", w / 4), ("half for the quarter", a * w / 2),
        ("one for the quarter", a * w), ("divided by the weight", a / (4 * w)),
    ))  # fmt: skip
    sheet.write("B", chosen(
        sheet, Q**K,
        ("one layer less", Q ** (K - 1)), ("one layer more", Q ** (K + 1)), ("layers multiplied", K * Q),
        ("weight once", w * (Q / w) ** K), ("one layer alone", Q),
    ))  # fmt: skip
    x = np.log(delta) / np.log(Q)
    n = 1
    while 0 < Q < 1 and Q**n >= delta:
        n += 1
    N = float(n) if 0 < Q < 1 else np.nan
    sheet.write("N", chosen(
        sheet, N,
        ("rounded down", N - 1), ("one too many", N + 1),
        ("bases mixed", float(np.floor(np.log10(delta) / np.log(Q))) + 1),
        ("difference of logarithms", float(np.floor(np.log(delta) - np.log(Q))) + 1),
        ("share divided", float(np.floor(delta / Q)) + 1), ("as for the given layers", K),
    ) if np.isfinite(x) else np.nan)  # fmt: skip
    sheet.write("W", chosen(
        sheet, 4 / a, ("fraction turned", a / 4), ("factor inside left out", 4.0), ("bound of tanh", 1 / a),
        ("half again", 2 / a), ("four times", 4 * a),
    ))  # fmt: skip
    again = 1 / (1 + np.exp(-s))
    step = a * w * s * (1 - s)
    sheet.write("R", chosen(
        sheet, step**K,
        ("sigmoid of the output", (a * w * again * (1 - again)) ** K), ("output for the slope", (a * w * s) ** K),
        ("rule of tanh", (a * w * (1 - s * s)) ** K), ("inner factor lost", (step / a) ** K),
        ("weights lost", (step / w) ** K), ("true one layer alone", step), ("true one layer less", step ** (K - 1)),
        ("true weight once", w * (step / w) ** K),
    ))  # fmt: skip
    sheet.write("T", chosen(
        sheet, w**K,
        ("quarter for tanh", (w / 4) ** K), ("factor for tanh", (a * w) ** K), ("tanh one layer less", w ** (K - 1)),
        ("half for tanh", (w / 2) ** K), ("multiplied by the layers", K * w),
    ))  # fmt: skip


VANISHING = Family(
    "vanishing-bound",
    vanishing,
    (
        slip("weight left out", "weight-left-out factor-dropped", "Q"),
        slip("slope inside left out", "slope-inside-left-out factor-dropped", "Q"),
        slip("half for the quarter", "half-for-quarter factor-two", "Q"),
        slip("one for the quarter", "slope-of-one divisor-dropped", "Q"),
        slip("divided by the weight", "inverted other-operation", "Q"),
        slip("one layer less", "one-layer-less exponent-off", "B"),
        slip("one layer more", "one-layer-more exponent-off", "B"),
        slip("layers multiplied", "layers-multiplied other-operation square-doubled", "B"),
        slip("weight once", "weight-once", "B"),
        slip("one layer alone", "one-layer-alone power-dropped", "B"),
        slip("rounded down", "rounded-down one-off", "N"),
        slip("one too many", "one-too-many-layers one-off number-off", "N"),
        slip("bases mixed", "decimal-for-natural log-base", "N x"),
        slip("difference of logarithms", "share-divided other-operation", "N x"),
        slip("share divided", "numbers-divided activation-missing", "N x"),
        slip("as for the given layers", "layers-given other-blank", "N"),
        slip("fraction turned", "upside-down inverted reciprocal", "W"),
        slip("factor inside left out", "as-for-the-plain-one divisor-dropped", "W"),
        slip("bound of tanh", "bound-of-tanh factor-dropped", "W"),
        slip("half again", "factor-two", "W"),
        slip("four times", "squared-weight-for-W other-operation inverted", "W"),
        slip("sigmoid of the output", "slope-at-the-output", "R"),
        slip("output for the slope", "output-for-slope activation-for-derivative factor-dropped", "R D"),
        slip("rule of tanh", "tanh-rule exponent-off", "R D"),
        slip("inner factor lost", "inner-factor-lost factor-dropped", "R D"),
        slip("weights lost", "weights-lost factor-dropped", "R"),
        slip("true one layer alone", "one-layer-alone power-dropped", "R"),
        slip("true one layer less", "less-than-all exponent-off", "R"),
        slip("true weight once", "weight-once", "R"),
        slip("quarter for tanh", "quarter-for-tanh", "T"),
        slip("factor for tanh", "factor-for-tanh factor-extra", "T"),
        slip("tanh one layer less", "one-layer-less exponent-off", "T"),
        slip("half for tanh", "half-for-tanh", "T"),
        slip("multiplied by the layers", "multiplied-for-tanh other-operation square-doubled", "T"),
        pen("digit", "B R T"),
        pen("power-of-ten", "B R T Q"),
    ),
    (("slope inside left out", "quarter for tanh"),),
)


def limits(given: Given, sheet: Sheet) -> None:
    """Limits, range, symmetry and inverse of a stretched and shifted hyperbolic tangent."""
    A, B, k = given["A"], given["B"], given["k"]
    side = 1 if k > 0 else -1
    forgotten, alone = sheet("shift forgotten"), sheet("tangent alone")
    swapped, outside, low = sheet("limits swapped"), sheet("factor of t outside"), sheet("zero on the one side")
    ends = []
    for sign in (1, -1):
        far = sign * side * (-1 if swapped else 1)
        far = max(far, 0) if low else far
        ends.append(far if alone else far * A * (abs(k) if outside else 1) + (0 if forgotten else B))
    sheet.write("right", float(ends[0]))
    sheet.write("left", float(ends[1]))
    low, high = B - abs(A), B + abs(A)
    text = f"({low!r}, {high!r})"
    text = chosen(
        sheet, text,
        ("plain range", "(-1, 1)"),
        ("from the middle on", f"({B!r}, {high!r})"), ("half as wide", f"({B - abs(A) / 2!r}, {B + abs(A) / 2!r})"),
        ("shift left out of the range", f"({-abs(A)!r}, {abs(A)!r})"),
    )  # fmt: skip
    sheet.write("range", text)
    sheet.write("centre", chosen(
        sheet, float(B), ("half at zero", A / 2 + B), ("one at zero", A + B), ("zero at zero", 0.0),
        ("factor alone", float(A)),
    ))  # fmt: skip
    v = given["v"]
    sheet.write("mirror", chosen(
        sheet, 2 * B - v,
        ("as if odd", -v), ("as if even", v), ("symmetry of the sigmoid", A + 2 * B - v), ("shift once", B - v),
        ("shift the other way", -v - 2 * B), ("one minus", 1 - v),
    ))  # fmt: skip
    r = (given["c"] - B) / A
    if sheet("shift added"):
        r = (given["c"] + B) / A
    if sheet("shift not taken off"):
        r = given["c"] / A
    t2 = np.log((1 + r) / (1 - r)) / (2 * k) if abs(r) < 1 else np.nan
    t2 = chosen(
        sheet, t2,
        ("two in the exponent lost", 2 * t2), ("fraction turned", -t2),
        ("inverse of the sigmoid", np.log(r / (1 - r)) / k),
        ("factor multiplied", t2 * k * k), ("factor left", t2 * k), ("decimal logarithm", t2 / np.log(10)),
        ("tangent once more", np.tanh(r) / k), ("tangent upside down", 1 / np.tanh(r) / k),
    )  # fmt: skip
    sheet.write("t2", t2)


LIMITS = Family(
    "tanh-limits-range",
    limits,
    (
        slip("limits swapped", "limits-swapped sign whole-sign", "right left q", every=True),
        slip("zero on the one side", "zero-on-the-left", "right left", every=True),
        slip("shift forgotten", "shift-forgotten term-dropped", "right left", every=True),
        slip("factor of t outside", "factor-of-t-outside factor-extra", "right left", every=True),
        slip("tangent alone", "tangent-alone", "right left", every=True),
        slip("plain range", "plain-range", "range"),
        slip("from the middle on", "from-the-middle", "range"),
        slip("half as wide", "half-as-wide", "range"),
        slip("shift left out of the range", "range-not-shifted shift-forgotten term-dropped", "range"),
        slip("half at zero", "half-at-zero", "centre"),
        slip("one at zero", "factor-at-zero term-extra", "centre"),
        slip("zero at zero", "shift-forgotten", "centre"),
        slip("factor alone", "names-swapped factor-alone", "centre"),
        slip("as if odd", "as-if-odd term-dropped", "mirror"),
        slip("as if even", "as-if-even", "mirror"),
        slip("symmetry of the sigmoid", "sigmoid-symmetry term-extra", "mirror"),
        slip("shift once", "shift-once factor-two factor-dropped", "mirror"),
        slip("shift the other way", "sign", "mirror"),
        slip("one minus", "one-minus", "mirror"),
        slip("shift added", "sign", "t2 r"),
        slip("shift not taken off", "term-dropped", "t2 r"),
        slip("two in the exponent lost", "two-in-the-exponent-lost factor-two", "t2"),
        slip("fraction turned", "fraction-turned inverted sign whole-sign", "t2"),
        slip("inverse of the sigmoid", "sigmoid-inverse", "t2"),
        slip("factor multiplied", "factor-multiplied inverted other-operation", "t2"),
        slip("factor left", "factor-left divisor-dropped", "t2"),
        slip("decimal logarithm", "decimal-logarithm log-base", "t2"),
        slip("tangent once more", "tangent-for-its-inverse other-function", "t2"),
        slip("tangent upside down", "tangent-for-its-inverse other-function upside-down-tangent", "t2"),
        pen("digit", "t2"),
        pen("rounding", "t2"),
        pen("whole-sign", "t2 mirror"),
    ),
    (("limits swapped", "as if odd"),),
)


def flattening(given: Given, sheet: Sheet) -> None:
    """The largest slopes of both, a smaller one, and what is left after some layers."""
    A, k, b, C, r, n, o = (given[name] for name in ("A", "k", "b", "C", "r", "n", "o"))
    sheet.write("t0", chosen(
        sheet, -b / k,
        ("shift's sign", b / k), ("shift not divided", -b), ("at the origin", 0.0), ("upside down", -k / b),
    ))  # fmt: skip
    inner, outer, kept = sheet("inner factor lost"), sheet("outer factor lost"), sheet("constant kept")
    scale = (1 if outer else A) * (1 if inner else k)
    more = C if kept else 0
    sheet.write("m", chosen(
        sheet, scale + more, ("quarter for tanh", A * k / 4), ("half for tanh", A * k / 2), ("divided by k", A / k),
    ))  # fmt: skip
    sheet.write("ms", chosen(
        sheet, scale / 4 + more, ("half for the sigmoid", A * k / 2), ("one for the sigmoid", A * k),
    ))  # fmt: skip
    sheet.write("d", chosen(
        sheet, scale * (1 - r * r) + more,
        ("rule of the sigmoid", A * k * r * (1 - r)), ("square lost", A * k * (1 - r)),
        ("plus inside", A * k * (1 + r * r)),
        ("square alone", A * k * r * r), ("value for the slope", A * r + C), ("tangent alone", A * k * r),
    ))  # fmt: skip
    sheet.write("P", chosen(
        sheet, (1 - o * o) ** n,
        ("one layer alone", 1 - o * o), ("one layer less", (1 - o * o) ** (n - 1)), ("layers added", n * (1 - o * o)),
        ("power of the output", 1 - o ** (2 * n)), ("outputs multiplied", o**n),
        ("rule of the sigmoid in layers", (o * (1 - o)) ** n), ("tangent of the output", (1 - np.tanh(o) ** 2) ** n),
        ("square lost in layers", (1 - o) ** n), ("plus in layers", (1 + o * o) ** n),
    ))  # fmt: skip
    sheet.write("S", chosen(
        sheet, 0.25**n,
        ("sigmoid one layer less", 0.25 ** (n - 1)), ("half in layers", 0.5**n), ("quarters added", n / 4),
        ("one layer of the sigmoid", 0.25), ("sigmoid at the outputs", (o * (1 - o)) ** n),
    ))  # fmt: skip


FLATTENING = Family(
    "tanh-max-derivative",
    flattening,
    (
        slip("shift's sign", "shift-sign sign whole-sign", "t0"),
        slip("shift not divided", "shift-undivided divisor-dropped", "t0"),
        slip("at the origin", "at-the-origin", "t0"),
        slip("upside down", "turned-over inverted reciprocal", "t0"),
        slip("inner factor lost", "inner-factor-lost factor-dropped", "m ms d", every=True),
        slip("outer factor lost", "outer-factor-lost factor-dropped", "m ms d", every=True),
        slip("constant kept", "constant-kept term-extra", "m ms d", every=True),
        slip("quarter for tanh", "quarter-for-tanh other-blank", "m"),
        slip("half for tanh", "half-for-tanh factor-two", "m"),
        slip("divided by k", "divided-by-the-factor inverted other-operation", "m"),
        slip("half for the sigmoid", "half-for-sigmoid factor-two", "ms"),
        slip("one for the sigmoid", "one-for-sigmoid divisor-dropped other-blank", "ms"),
        slip("rule of the sigmoid", "sigmoid-rule", "d"),
        slip("square lost", "square-lost power-dropped exponent-off", "d"),
        slip("plus inside", "plus-inside sign", "d"),
        slip("square alone", "square-alone term-dropped complement", "d"),
        slip("value for the slope", "value-for-slope", "d"),
        slip("tangent alone", "tangent-alone activation-for-derivative", "d"),
        slip("one layer alone", "one-layer-alone power-dropped", "P"),
        slip("one layer less", "one-layer-less exponent-off", "P"),
        slip("layers added", "layers-added other-operation", "P"),
        slip("power of the output", "power-of-the-square brackets", "P"),
        slip("outputs multiplied", "outputs-multiplied", "P"),
        slip("rule of the sigmoid in layers", "sigmoid-rule-in-layers", "P"),
        slip("tangent of the output", "tanh-of-the-output", "P"),
        slip("square lost in layers", "square-lost-in-layers power-dropped exponent-off", "P"),
        slip("plus in layers", "sign", "P"),
        slip("sigmoid one layer less", "one-layer-less exponent-off", "S"),
        slip("half in layers", "half-in-layers", "S"),
        slip("quarters added", "layers-added other-operation", "S"),
        slip("one layer of the sigmoid", "one-layer-alone power-dropped", "S"),
        slip("sigmoid at the outputs", "sigmoid-at-the-outputs", "S"),
        pen("digit", "P S d"),
        pen("rounding", "P S"),
        pen("power-of-ten", "P S"),
    ),
    (("shift's sign", "quarter for tanh"),),
)

FAMILIES = (VANISHING, LIMITS, FLATTENING)
