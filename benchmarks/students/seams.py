"""Slopes beside a point: read off lines, at a corner, at a seam; and which function stands inside which."""

from __future__ import annotations

import re

from benchmarks.students.lines import either, numbers
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import in_degrees, inside, put, worth

# ----- Lines -----------------------------------------------------------------------------------------------------


def graph(given: Given, sheet: Sheet) -> None:
    """A tangent by two points, and a broken line."""
    x1, y1, x2, y2, x0, h, v2, v3, v4, v5 = numbers(given, "x1 y1 x2 y2 x0 h v2 v3 v4 v5")
    k = (y2 - y1) / (x2 - x1)
    k = either(sheet, k, (
        ("turned over", 1 / k), ("sign lost", -k), ("height for the slope", y1 + k * (x0 - x1)),
        ("rise alone", y2 - y1), ("run alone", x2 - x1),
        ("second point alone", y2 / x2), ("first point alone", y1 / x1),
        ("axes mixed", (y2 - x2) / (y1 - x1)), ("heights added", (y2 + y1) / (x2 - x1)),
        ("points added", (y2 - y1) / (x2 + x1)), ("all added", (y2 + y1) / (x2 + x1)),
        ("run to the point of contact", (y2 - y1) / (x0 - x1)), ("product", (y2 - y1) * (x2 - x1)),
    ))  # fmt: skip
    k = sheet.write("k", k)
    sheet.write("f0", either(sheet, y1 + k * (x0 - x1), (
        ("slope times the point", k * x0), ("from the origin", y1 + k * x0), ("followed back", y1 - k * (x0 - x1)),
        ("second height with the first way", y2 + k * (x0 - x1)), ("slope once", y1 + k), ("first height", y1),
        ("mean of the heights", (y1 + y2) / 2), ("points added on the way", y1 + k * (x0 + x1)),
        ("way alone", k * (x0 - x1)),
    )))  # fmt: skip
    p = (v3 - v2) / 2
    sheet.write("p", either(sheet, p, (
        ("link turned over", 1 / p), ("sign of the link lost", -p), ("next link", (v4 - v3) / 2),
        ("link before", (v2 - h) / 2), ("height of the link", (v3 + v2) / 2), ("rise of the link", v3 - v2),
        ("first to last", (v5 - h) / 8), ("mean of two links", (v3 - h) / 4), ("product in the link", (v3 - v2) * 2),
    )))  # fmt: skip


GRAPH = Family(
    "derivative-from-graph",
    graph,
    (
        slip("turned over", "turned-over inverted reciprocal", "k"),
        slip("sign lost", "wrong-sign sign whole-sign", "k"),
        slip("height for the slope", "height-for-slope", "k"),
        slip("rise alone", "not-divided divisor-dropped", "k"),
        slip("run alone", "run-alone", "k"),
        slip("second point alone", "one-point-alone term-dropped", "k"),
        slip("first point alone", "first-point-alone term-dropped", "k"),
        slip("axes mixed", "axes-mixed names-swapped", "k"),
        slip("heights added", "sign", "k"),
        slip("points added", "sign", "k"),
        slip("all added", "sign all-added", "k"),
        slip("run to the point of contact", "names-swapped wrong-point", "k"),
        slip("product", "inverted", "k"),
        slip("slope times the point", "through-origin", "f0"),
        slip("from the origin", "term-dropped", "f0"),
        slip("followed back", "sign names-swapped", "f0"),
        slip("second height with the first way", "names-swapped index-off", "f0"),
        slip("slope once", "factor-dropped", "f0"),
        slip("first height", "term-dropped", "f0"),
        slip("mean of the heights", "mean-of-heights", "f0"),
        slip("points added on the way", "sign", "f0"),
        slip("way alone", "term-dropped", "f0"),
        slip("link turned over", "turned-over inverted reciprocal", "p"),
        slip("sign of the link lost", "sign whole-sign", "p"),
        slip("next link", "next-link index-off", "p"),
        slip("link before", "link-before index-off", "p"),
        slip("height of the link", "middle-height sign", "p"),
        slip("rise of the link", "rise-of-link divisor-dropped factor-two", "p"),
        slip("first to last", "chord-of-all", "p"),
        slip("mean of two links", "mean-of-links index-off", "p"),
        slip("product in the link", "inverted", "p"),
    ),
    (("rise alone", "rise of the link"),),
)

# ----- Layers ----------------------------------------------------------------------------------------------------


def layers(given: Given, sheet: Sheet) -> None:
    """Inner value, value, the layers swapped."""
    outer, inner = str(given["F"]), put(str(given["G"]), n=given["n"], b=given["b"], k=given["k"])
    f, g = (outer, inner) if given["place"] == "inside" else (inner, outer)
    x0 = given["x0"]
    trigonometric = bool(re.search("sin|tan", outer))
    u0 = worth(g, x=x0)
    if trigonometric and g == outer:
        u0 = in_degrees(g, x=x0) if sheet("calculator on degrees inside") else u0
    wrong = (("outer first", worth(f, x=x0)), ("value for the inner", worth(f, x=u0)))
    u0 = sheet.write("u0", either(sheet, u0, wrong))
    y0 = worth(f, x=u0)
    if trigonometric and f == outer:
        y0 = in_degrees(f, x=u0) if sheet("calculator on degrees outside") else y0
    sheet.write("y0", either(sheet, y0, (
        ("values multiplied", worth(f, x=x0) * u0), ("outer of the point", worth(f, x=x0)),
        ("inner value left", u0), ("values added", worth(f, x=x0) + u0),
    )))  # fmt: skip
    swapped = inside(g, "x", f)
    others = [
        ("same order", inside(f, "x", g)), ("product of the layers", f"({f})*({g})"),
        ("sum of the layers", f"({f}) + ({g})"),
        ("inner alone", g), ("outer alone", f), ("inner twice", inside(g, "x", g) if g != outer else swapped),
        ("with the point", f"({g})*x"),
    ]  # fmt: skip
    sheet.write("z", either(sheet, swapped, others))


LAYERS = Family(
    "chain-identify-layers",
    layers,
    (
        slip("calculator on degrees inside", "degrees", "u0"),
        slip("outer first", "outer-first names-swapped", "u0"),
        slip("value for the inner", "other-blank", "u0"),
        slip("calculator on degrees outside", "degrees", "y0"),
        slip("values multiplied", "multiplied-values", "y0"),
        slip("outer of the point", "outer-of-point wrong-point", "y0"),
        slip("inner value left", "activation-missing other-blank power-dropped exponent-off", "y0"),
        slip("values added", "values-added", "y0"),
        slip("same order", "same-order names-swapped", "z"),
        slip("product of the layers", "product-of-layers", "z"),
        slip("sum of the layers", "sum-of-layers", "z"),
        slip("inner alone", "only-g", "z"),
        slip("outer alone", "only-f", "z"),
        slip("inner twice", "names-swapped", "z"),
        pen("digit", "u0"),
        pen("power-of-ten", "u0 y0"),
        pen("whole-sign", "u0 y0"),
    ),
    (("calculator on degrees inside", "same order"),),
)

# ----- A corner --------------------------------------------------------------------------------------------------


def corner(given: Given, sheet: Sheet) -> None:
    """Slopes beside a, the value there."""
    a, p, q, d = numbers(given, "a p q d")
    swapped, alone, line = sheet("sides swapped"), sheet("modulus alone"), sheet("linear term alone")
    left = q + p if swapped else -p if alone else q if line else q - p
    right = q - p if swapped else p if alone else q if line else q + p
    left = either(sheet, left, (
        ("modulus dropped on the left", q + p), ("all signs turned", -(q + p)),
        ("sign of the linear term on the left", -q - p),
        ("slope with the constant on the left", q - p + d), ("minus turned", p - q), ("product on the left", -p * q),
        ("value on the left", p + q * (a - 1) + d),
    ))  # fmt: skip
    sheet.write("left", left)
    right = either(sheet, right, (
        ("modulus negative on the right", q - p), ("sign of the linear term on the right", p - q),
        ("slope with the constant on the right", q + p + d), ("product on the right", p * q),
        ("value on the right", p + q * (a + 1) + d),
    ))  # fmt: skip
    sheet.write("right", right)
    sheet.write("f0", either(sheet, q * a + d, (
        ("constant alone", d), ("linear term alone in the value", q * a), ("modulus kept", p * abs(a) + q * a + d),
        ("modulus doubled", p * abs(2 * a) + q * a + d), ("sign of the point lost", -q * a + d), ("nought", 0.0),
        ("constant subtracted", q * a - d), ("modulus as one", p + q * a + d), ("point left out", q + d),
    )))  # fmt: skip


CORNER = Family(
    "min-without-derivative",
    corner,
    (
        slip("sides swapped", "sides-swapped modulus-dropped sign names-swapped", "left right", every=True),
        slip("modulus alone", "slope-of-modulus-alone term-dropped", "left right", every=True),
        slip("linear term alone", "slope-of-line-alone term-dropped", "left right", every=True),
        slip("modulus dropped on the left", "modulus-dropped sign", "left"),
        slip("all signs turned", "all-signs-turned sign", "left"),
        slip("minus turned", "names-swapped whole-sign sign", "left"),
        slip("slope with the constant on the left", "constant-kept term-extra", "left"),
        slip("product on the left", "product-of-slopes other-operation", "left"),
        slip("value on the left", "value-beside", "left"),
        slip("modulus negative on the right", "sign", "right"),
        slip("sign of the linear term on the right", "sign", "right"),
        slip("slope with the constant on the right", "constant-kept term-extra", "right"),
        slip("product on the right", "other-operation product-of-slopes", "right"),
        slip("value on the right", "value-beside", "right"),
        slip("constant alone", "term-dropped", "f0"),
        slip("linear term alone in the value", "term-dropped", "f0"),
        slip("modulus kept", "modulus-kept", "f0"),
        slip("modulus doubled", "modulus-doubled", "f0"),
        slip("sign of the point lost", "sign", "f0"),
        slip("constant subtracted", "sign", "f0"),
        slip("modulus as one", "modulus-as-one names-swapped", "f0"),
        slip("point left out", "factor-dropped", "f0"),
    ),
    (("modulus dropped on the left", "constant alone"),),
)

# ----- A seam ----------------------------------------------------------------------------------------------------


def seam(given: Given, sheet: Sheet) -> None:
    """The value at the seam, the number before x or its square, the constant."""
    c, a, p, b, slope, m = numbers(given, "c A p B K M")
    line = given["unknown"] == "line"
    slope = 2 * c * slope
    v = a * c**2 + p * c + b if line else slope * c + m
    v = either(sheet, v, (
        ("constant lost in the value", v - b if line else v - m),
        ("sign of the point lost", a * c**2 - p * c + b if line else m - slope * c),
        ("square with its sign", v - 2 * a * c**2 if line and c < 0 else v),
        ("linear term lost", a * c**2 + b if line else v), ("slope for the value", 2 * a * c + p if line else slope),
        ("double for the square", 2 * a * c + p * c + b if line else v),
        ("number inside the square", (a * c) ** 2 + p * c + b if line else v),
    ))  # fmt: skip
    v = sheet.write("v", v)
    g = 2 * a * c + p if line else slope
    w = either(sheet, g if line else g / (2 * c), (
        ("two lost", a * c + p if line else g / c), ("value for the slope", v if line else v / (2 * c)),
        ("slope for the number", g), ("multiplied", g if line else g * 2 * c), ("halved alone", g if line else g / 2),
        ("linear term left out", 2 * a * c if line else g / (2 * c)), ("point left out", 2 * a + p if line else g / 2),
        ("exponent kept", 2 * a * c**2 + p if line else g / (2 * c**2)),
        ("constant kept", g + b if line else g / (2 * c)),
        ("by the square", g if line else g / c**2), ("value over the square", g if line else v / c**2),
        ("number taken over", a if line else g / (2 * c)), ("sign of the slope lost", -g if line else -g / (2 * c)),
    ))  # fmt: skip
    w = sheet.write("w", w)
    far = w * c if line else w * c**2
    sheet.write("z", either(sheet, v - far, (
        ("value for the constant", v), ("added", v + far), ("constant of the other piece", b if line else m),
        ("point forgotten", v - w), ("turned", far - v), ("square forgotten", v - far if line else v - w * c),
        ("squared as well", v - w * c**2 if line else v - far), ("value lost", -far),
        ("double of the point", v - 2 * w * c),
        ("number lost", v - far / w), ("divided", v / far),
    )))  # fmt: skip


SEAM = Family(
    "continuity-differentiability-gluing",
    seam,
    (
        slip("constant lost in the value", "term-dropped", "v"),
        slip("sign of the point lost", "sign", "v"),
        slip("square with its sign", "sign", "v"),
        slip("linear term lost", "term-dropped", "v"),
        slip("slope for the value", "derivative-for-function slope-for-value", "v"),
        slip("double for the square", "square-doubled", "v"),
        slip("number inside the square", "exponent-off", "v"),
        slip("two lost", "two-lost factor-two factor-dropped", "w g"),
        slip("value for the slope", "value-for-slope", "w g"),
        slip("slope for the number", "slope-for-coefficient divisor-dropped", "w"),
        slip("multiplied", "multiplied-by-two-c inverted", "w"),
        slip("halved alone", "divisor-dropped factor-dropped", "w"),
        slip("linear term left out", "term-dropped constant-taken", "w g"),
        slip("point left out", "factor-dropped divisor-dropped", "w g"),
        slip("exponent kept", "exponent-kept power-kept exponent-off factor-dropped", "w g"),
        slip("constant kept", "constant-kept term-extra", "w g"),
        slip("by the square", "square-doubled exponent-off", "w"),
        slip("value over the square", "values-alone", "w"),
        slip("number taken over", "number-taken-over factor-dropped", "w g"),
        slip("sign of the slope lost", "sign whole-sign", "w g"),
        slip("value for the constant", "value-for-constant term-dropped", "z"),
        slip("added", "wrong-sign sign", "z"),
        slip("constant of the other piece", "slopes-only slopes-only-of-parabola", "z"),
        slip("point forgotten", "factor-dropped", "z"),
        slip("turned", "names-swapped whole-sign sign", "z"),
        slip("square forgotten", "square-of-point-lost power-dropped", "z"),
        slip("squared as well", "exponent-off factor-extra", "z"),
        slip("value lost", "term-dropped", "z"),
        slip("double of the point", "square-doubled factor-two factor-extra", "z"),
        slip("number lost", "factor-dropped", "z"),
    ),
    (("two lost", "added"),),
)

FAMILIES = (GRAPH, LAYERS, CORNER, SEAM)
