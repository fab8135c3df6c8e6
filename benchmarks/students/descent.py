"""Gradient descent by hand in the plane."""

from __future__ import annotations

from math import exp

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def plane(given: Given, sheet: Sheet) -> None:
    """One or two steps in the plane."""
    eta, n = given["eta"], int(given["n"])
    start = x = np.array(given["x[0]"])
    for t in range(1, n + 1):
        at = start if sheet("gradient at the start", t - 1) else x
        g = slope(given, sheet, at[0], at[1])
        if sheet("second derivative after the first move", t, n):
            g = np.array([g[0], slope(given, sheet, at[0] - eta * g[0], at[1])[1]])
        if sheet("coordinates of the point swapped", t, n):
            g = slope(given, sheet, at[1], at[0])
        g = sheet.write(f"g[{t}]", g)
        step = g if sheet("rate lost", t, n) else eta * g
        if sheet("one after another", t, n):
            half = x[0] - step[0]
            moved = np.array([half, x[1] - eta * slope(given, sheet, half, x[1])[1]])
        elif sheet("one coordinate", t, n):
            moved = np.array([x[0] - step[0], x[1]])
        elif sheet("uphill", t, n):
            moved = x + step
        elif sheet("from the start again", t - 1):
            moved = start - step
        elif sheet("second coordinate alone", t, n):
            moved = np.array([x[0], x[1] - step[1]])
        elif sheet("rate on one coordinate alone", t, n):
            moved = np.array([x[0] - step[0], x[1] - g[1]])
        elif sheet("unit step", t, n):
            moved = x - eta * g / np.hypot(*g)
        elif sheet("components of the step swapped", t, n):
            moved = x - step[::-1]
        elif sheet("old point left out", t, n):
            moved = -step
        elif sheet("divided by the rate", t, n):
            moved = x - g / eta
        elif sheet("uphill in one coordinate", t, n):
            moved = np.array([x[0] - step[0], x[1] + step[1]])
        else:
            moved = x - step
        x = sheet.write(f"x[{t}]", moved)


def slope(given: Given, sheet: Sheet, x1: float, x2: float) -> np.ndarray:
    """Both partial derivatives; a slip in them is made once for all rounds."""
    if given["kind"] == "exponential":
        s = given["s"]
        first, second = s * exp(x1) * x2**2, 2 * s * exp(x1) * x2
        if sheet("square lost in the first"):
            first = s * exp(x1) * x2
        if sheet("two lost in the second"):
            second = s * exp(x1) * x2
        if sheet("exponent not lowered"):
            second = 2 * s * exp(x1) * x2**2
        if sheet("s lost in the first"):
            first = exp(x1) * x2**2
        if sheet("exponential left out"):
            first = s * x2**2
        if sheet("exponential left out of the second"):
            second = 2 * s * x2
        if sheet("power rule for the exponential"):
            first = s * x1 * exp(x1 - 1) * x2**2
        if sheet("both variables differentiated"):
            first = 2 * s * exp(x1) * x2
        if sheet("square for the double"):
            second = s * exp(x1) * x2**2
        if sheet("s lost in the second"):
            second = 2 * exp(x1) * x2
        if sheet("product rule in the first"):
            first = s * exp(x1) * x2**2 + 2 * s * exp(x1) * x2
    else:
        a, b, c, d1, d2 = (given[name] for name in ("a", "b", "c", "d1", "d2"))
        first, second = 2 * a * x1 + b * x2 + d1, b * x1 + 2 * c * x2 + d2
        if sheet("two lost in the first"):
            first = a * x1 + b * x2 + d1
        if sheet("linear term left out"):
            first = 2 * a * x1 + b * x2
        if sheet("mixed term left out"):
            second = 2 * c * x2 + d2
        if sheet("sign of the mixed term"):
            second = -b * x1 + 2 * c * x2 + d2
        if sheet("two lost at the second square"):
            second = b * x1 + c * x2 + d2
        if sheet("second linear term left out"):
            second = b * x1 + 2 * c * x2
        if sheet("wrong letter in the mixed term"):
            first = 2 * a * x1 + b * x1 + d1
        if sheet("linear terms swapped"):
            first, second = 2 * a * x1 + b * x2 + d2, b * x1 + 2 * c * x2 + d1
        if sheet("square kept in the first"):
            first = 2 * a * x1**2 + b * x2 + d1
        if sheet("linear term kept with its letter"):
            first = 2 * a * x1 + b * x2 + d1 * x1
        if sheet("mixed term doubled"):
            first = 2 * a * x1 + 2 * b * x2 + d1
        if sheet("sign of the linear term"):
            first = 2 * a * x1 + b * x2 - d1
        if sheet("mixed term left out of the first"):
            first = 2 * a * x1 + d1
        if sheet("other linear term in the second"):
            second = b * x1 + 2 * c * x2 + d1
        if sheet("own letter in the mixed term"):
            second = b * x2 + 2 * c * x2 + d2
        if sheet("coefficients of the squares swapped"):
            first, second = 2 * c * x1 + b * x2 + d1, b * x1 + 2 * a * x2 + d2
        if sheet("square kept in the second"):
            second = b * x1 + 2 * c * x2**2 + d2
    return np.array([second, first] if sheet("components swapped") else [first, second])


PLANE = Family(
    "gd-nd-steps",
    plane,
    (
        slip("one after another", "one-after-another new-for-old", "x"),
        slip("one coordinate", "one-coordinate term-dropped", "x"),
        slip("uphill", "ascent sign", "x"),
        slip("gradient at the start", "gradient-at-start wrong-point old-for-new", "g"),
        slip("rate lost", "factor-dropped", "x"),
        slip("from the start again", "old-for-new wrong-point", "x"),
        slip("two lost in the first", "factor-two factor-dropped", "f1 g", every=True),
        slip("linear term left out", "term-dropped", "f1 g", every=True),
        slip("mixed term left out", "term-dropped", "f2 g", every=True),
        slip("sign of the mixed term", "sign", "f2 g", every=True),
        slip("square lost in the first", "power-dropped", "f1 g", every=True),
        slip("two lost in the second", "factor-two factor-dropped", "f2 g", every=True),
        slip("exponent not lowered", "power-kept exponent-off", "f2 g", every=True),
        slip("s lost in the first", "factor-dropped factor-two", "f1 g", every=True),
        slip("components swapped", "permuted names-swapped", "g", every=True),
        slip("second derivative after the first move", "one-after-another simultaneous new-for-old", "g"),
        slip("coordinates of the point swapped", "names-swapped wrong-point permuted", "g"),
        slip("second coordinate alone", "entry-left-out one-coordinate term-dropped", "x"),
        slip("rate on one coordinate alone", "factor-dropped", "x"),
        slip("unit step", "other-convention divisor-dropped", "x"),
        slip("components of the step swapped", "permuted names-swapped", "x"),
        slip("old point left out", "term-dropped", "x"),
        slip("uphill in one coordinate", "sign entry-sign", "x"),
        slip("exponential left out", "factor-dropped", "f1 g", every=True),
        slip("exponential left out of the second", "factor-dropped", "f2 g", every=True),
        slip("power rule for the exponential", "table-slip", "f1 g", every=True),
        slip("both variables differentiated", "other-convention names-swapped square-doubled", "f1 g", every=True),
        slip("square for the double", "exponent-off factor-dropped function-for-derivative", "f2 g", every=True),
        slip("two lost at the second square", "factor-two factor-dropped", "f2 g", every=True),
        slip("second linear term left out", "term-dropped", "f2 g", every=True),
        slip("wrong letter in the mixed term", "names-swapped index-off", "f1 g", every=True),
        slip("linear terms swapped", "names-swapped", "f1 f2 g", every=True),
        slip("square kept in the first", "power-kept exponent-off", "f1 g", every=True),
        slip("linear term kept with its letter", "exponent-off power-kept constant-kept", "f1 g", every=True),
        slip("mixed term doubled", "factor-two", "f1 g", every=True),
        slip("sign of the linear term", "sign", "f1 g", every=True),
        slip("divided by the rate", "inverted", "x"),
        slip("s lost in the second", "factor-dropped factor-two", "f2 g", every=True),
        slip("product rule in the first", "term-extra other-convention other-variable", "f1 g", every=True),
        slip("mixed term left out of the first", "term-dropped", "f1 g", every=True),
        slip("other linear term in the second", "names-swapped index-off", "f2 g", every=True),
        slip("own letter in the mixed term", "names-swapped index-off", "f2 g", every=True),
        slip("coefficients of the squares swapped", "names-swapped", "f1 f2 g", every=True),
        slip("square kept in the second", "power-kept exponent-off", "f2 g", every=True),
        pen("entry-sign", "g[1] x[1] x[2]"),
        pen("entry-point", "g[1] x[1] x[2]"),
        pen("digit", "g[1] x[1] g[2] x[2]"),
        pen("digits", "x[1] g[2] x[2]"),
        pen("whole-sign", "g[1] g[2]"),
        pen("power-of-ten", "x[1] x[2]"),
    ),
    (("two lost in the first", "uphill"), ("two lost in the second", "uphill")),
)

FAMILIES = (PLANE,)
