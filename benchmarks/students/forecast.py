"""What a small step along the gradient brings."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen

HEIGHTS = {
    "bowl": (lambda a, b, d, x, y: a * x**2 + b * y**2 + d * x, lambda a, b, d, x, y: (2 * a * x + d, 2 * b * y)),
    "slide": (lambda a, b, d, x, y: a * x**2 + b * y, lambda a, b, d, x, y: (2 * a * x, b)),
    "saddle": (lambda a, b, d, x, y: a * x**2 + b * x * y + d * y,
               lambda a, b, d, x, y: (2 * a * x + b * y, b * x + d)),
}  # fmt: skip


def forecast(given: Given, sheet: Sheet) -> None:
    """The gradient, its square, the forecast, the new point and the value there."""
    height, slope = HEIGHTS[given["kind"]]
    a, b, d, p1, p2, eps = (given[name] for name in ("a", "b", "d", "p1", "p2", "eps"))
    start = np.array([p1, p2])
    f0 = height(a, b, d, p1, p2)
    g = np.array(slope(a, b, d, p1, p2), float)
    if sheet("factors two lost"):
        g = np.array(slope(a / 2, b if given["kind"] != "bowl" else b / 2, d, p1, p2))
    if sheet("coordinates of the point swapped"):
        g = np.array(slope(a, b, d, p2, p1), float)
    if sheet("entries swapped"):
        g = g[::-1]
    if sheet("minus the gradient"):
        g = -g
    if sheet("sign of the second entry"):
        g = g * [1, -1]
    g = sheet.write("g", g)
    n = chosen(
        sheet, g @ g,
        ("root taken", np.sqrt(g @ g)), ("square of the sum", (g[0] + g[1]) ** 2), ("entries added", g[0] + g[1]),
        ("squares subtracted", g[0] ** 2 - g[1] ** 2), ("squares doubled", 2 * g[0] + 2 * g[1]),
        ("first square alone", g[0] ** 2),
    )  # fmt: skip
    n = sheet.write("n", n)
    p = chosen(
        sheet, f0 + eps * n,
        ("length for its square", f0 + eps * np.sqrt(n)), ("minus in the forecast", f0 - eps * n),
        ("start forgotten", eps * n),
        ("rate forgotten", f0 + n), ("rate squared", f0 + eps**2 * n), ("start for the forecast", f0),
        ("half", f0 + eps * n / 2),
        ("square of the square", f0 + eps * n**2), ("point in the gradient's place", f0 + eps * (start @ start)),
        ("gradient's sum for the square", f0 + eps * (g[0] + g[1])), ("start multiplied", eps * (f0 + n)),
        ("divided by the rate", f0 + n / eps),
    )  # fmt: skip
    p = sheet.write("P", p)
    x = chosen(
        sheet, start + eps * g,
        ("downhill", start - eps * g), ("gradient whole", start + g), ("step alone", eps * g),
        ("first entry alone moved", start + eps * g * [1, 0]),
        ("square for the gradient", start + eps * n), ("unit step", start + eps * g / np.sqrt(n)),
        ("step doubled", start + 2 * eps * g),
        ("rate times all", eps * (start + g)), ("rate added", start + eps),
        ("entries of the step crossed", start + eps * g[::-1]),
    )  # fmt: skip
    x = sheet.write("x", x)
    v = chosen(
        sheet, height(a, b, d, *x),
        ("forecast for the value", p), ("start for the value", f0),
        ("coordinates swapped at the end", height(a, b, d, *x[::-1])),
        ("second coordinate old", height(a, b, d, x[0], p2)),
        ("square forgotten", height(a, b, d, *x) - a * x[0] ** 2 + a * x[0]),
        ("a forgotten", height(a, b, d, *x) - (a - 1) * x[0] ** 2), ("last term forgotten", a * x[0] ** 2),
        ("growth alone", height(a, b, d, *x) - f0),
        ("a inside the square", height(a, b, d, *x) + (a**2 - a) * x[0] ** 2),
    )  # fmt: skip
    sheet.write("V", v)


FORECAST = Family(
    "ascent-first-order-check",
    forecast,
    (
        slip("factors two lost", "power-dropped factor-two factor-dropped", "g f1 f2"),
        slip("coordinates of the point swapped", "wrong-point names-swapped", "g"),
        slip("entries swapped", "permuted names-swapped", "g"),
        slip("minus the gradient", "whole-sign sign", "g"),
        slip("sign of the second entry", " sign entry-sign", "g f2"),
        slip("root taken", "root-taken root-taken exponent-off power-dropped", "n"),
        slip("square of the sum", "square-of-sum brackets", "n"),
        slip("entries added", "entries-added power-dropped square-of-sum", "n"),
        slip("squares subtracted", "sign", "n"),
        slip("squares doubled", "doubled-for-squared square-doubled factor-two", "n"),
        slip("first square alone", "term-dropped", "n"),
        slip("length for its square", "length-for-square power-dropped", "P"),
        slip("minus in the forecast", "minus-sign sign", "P"),
        slip("start forgotten", "start-forgotten term-dropped", "P"),
        slip("rate forgotten", "factor-dropped", "P"),
        slip("rate squared", "exponent-off", "P"),
        slip("start for the forecast", "start-for-forecast term-dropped other-quantity", "P"),
        slip("half", "no-half factor-two", "P"),
        slip("square of the square", "exponent-off", "P"),
        slip("gradient's sum for the square", "sum-for-square names-swapped other-quantity sum-for-square", "P"),
        slip("start multiplied", "all-multiplied brackets", "P"),
        slip("divided by the rate", "inverted", "P"),
        slip("downhill", "downhill sign", "x"),
        slip("gradient whole", "rate-forgotten factor-dropped", "x"),
        slip("step alone", "step-alone term-dropped", "x"),
        slip("first entry alone moved", "first-alone entry-left-out term-dropped first-alone", "x"),
        slip("square for the gradient", "square-for-gradient names-swapped other-quantity", "x"),
        slip("unit step", "other-operation other-convention", "x"),
        slip("step doubled", "step-doubled factor-two", "x"),
        slip("rate times all", "point-multiplied brackets", "x"),
        slip("rate added", "factor-dropped", "x"),
        slip("entries of the step crossed", "names-swapped permuted index-off", "x"),
        slip("forecast for the value", "forecast-for-value other-blank names-swapped", "V"),
        slip("start for the value", "start-for-value old-for-new wrong-point", "V"),
        slip("coordinates swapped at the end", "names-swapped permuted wrong-point", "V"),
        slip("second coordinate old", "second-coordinate-old old-for-new wrong-point index-off", "V"),
        slip("square forgotten", "power-dropped", "V"),
        slip("a forgotten", "factor-dropped", "V"),
        slip("last term forgotten", "term-dropped", "V"),
        slip("growth alone", "growth-alone growth-alone term-extra other-convention", "V"),
        slip("a inside the square", "exponent-off brackets", "V"),
        pen("digit", "V P n"),
        pen("entry-sign", "x g"),
        pen("power-of-ten", "P V"),
        pen("rounding", "V"),
    ),
    (("factors two lost", "minus in the forecast"), ("start forgotten", "downhill")),
)  # fmt: skip

FAMILIES = (FORECAST,)
