"""Gradient descent by hand: on a parabola and in the plane."""

from __future__ import annotations

from math import exp

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def parabola(given: Given, sheet: Sheet) -> None:
    """A few steps on a(w - c)² + d, then the loss."""
    a, c, d, rate, n = given["a"], given["c"], given["d"], given["lambda"], int(given["n"])
    start = w = -given["w[0]"] if sheet("sign of the start lost") else given["w[0]"]
    before = w
    for t in range(1, n + 1):
        at = start if sheet("derivative at the start", t - 1, n - 1) else w
        g = 2 * a * (at - c)
        if sheet("two lost", t, n) or sheet("two always lost", t):
            g = a * (w - c)
        if sheet("loss for the derivative", t, n):
            g = a * (w - c) ** 2 + d
        if sheet("plus in the bracket", t, n):
            g = 2 * a * (w + c)
        if sheet("c left out", t, n):
            g = 2 * a * w
        if sheet("a lost", t, n):
            g = 2 * (w - c)
        if sheet("square kept", t, n):
            g = 2 * a * (w - c) ** 2
        if sheet("d kept", t, n):
            g = 2 * a * (w - c) + d
        if sheet("a squared", t, n):
            g = 2 * a**2 * (w - c)
        if sheet("bracket not multiplied out", t, n):
            g = 2 * a * w - c
        if sheet("a always lost", t):
            g = 2 * (w - c)
        if sheet("always a point behind", t - 1):
            g = 2 * a * (before - c)
        step = g if sheet("rate lost", t, n) else rate * g
        base = start if sheet("from the start again", t - 1, n - 1) else w
        before = w
        if sheet("old point left out", t, n):
            base = 0.0
        moved = base + step if sheet("uphill", t, n) else base - step
        if sheet("point left out of the bracket", t, n):
            moved = base + rate * 2 * a * c
        if sheet("rate taken twice", t, n):
            moved = base - rate**2 * g
        if sheet("divided by the rate", t, n):
            moved = base - g / rate
        if sheet("step times the point", t, n):
            moved = base - rate * g * base
        if sheet("whole difference multiplied", t, n):
            moved = rate * (w - g)
        w = sheet.write(f"w[{t}]", moved)
    loss = a * (w - c) ** 2 + d
    if sheet("loss without the square"):
        loss = a * (w - c) + d
    if sheet("loss without d"):
        loss = a * (w - c) ** 2
    if sheet("d subtracted"):
        loss = a * (w - c) ** 2 - d
    if sheet("loss without a"):
        loss = (w - c) ** 2 + d
    if sheet("plus in the bracket of the loss"):
        loss = a * (w + c) ** 2 + d
    if sheet("a inside the square"):
        loss = (a * (w - c)) ** 2 + d
    if sheet("d multiplied as well"):
        loss = a * ((w - c) ** 2 + d)
    if sheet("squares apart"):
        loss = a * (w**2 - c**2) + d
    if sheet("derivative for the loss"):
        loss = 2 * a * (w - c)
    if sheet("loss a step too early"):
        loss = a * (before - c) ** 2 + d
    if sheet("loss doubled with the derivative's two"):
        loss = 2 * a * (w - c) ** 2 + d
    if sheet("square taken off d"):
        loss = d - a * (w - c) ** 2
    if sheet("sign in the square multiplied out"):
        loss = a * (w**2 - 2 * w * c - c**2) + d
    sheet.write(f"L[{n}]", loss)


PARABOLA = Family(
    "gd-1d-steps",
    parabola,
    (
        slip("uphill", "plus-sign sign", "w g"),
        slip("two lost", "two-lost factor-two factor-dropped", "g"),
        slip("two always lost", "two-lost factor-two factor-dropped", "g", every=True),
        slip("loss for the derivative", "loss-for-derivative", "g"),
        slip("derivative at the start", "derivative-at-start wrong-point old-for-new", "g"),
        slip("plus in the bracket", "sign", "g"),
        slip("c left out", "term-dropped", "g"),
        slip("a lost", "factor-dropped factor-two", "g"),
        slip("rate lost", "factor-dropped", "w"),
        slip("from the start again", "old-for-new wrong-point", "w"),
        slip("loss without the square", "power-dropped", "L loss"),
        slip("loss without d", "term-dropped", "L loss"),
        slip("d subtracted", "sign", "L loss"),
        slip("loss without a", "factor-dropped factor-two", "L loss"),
        slip("loss a step too early", "old-for-new wrong-point index-off", "L loss"),
        slip("square kept", "power-kept exponent-off", "g"),
        slip("d kept", "constant-kept", "g"),
        slip("a squared", "exponent-off", "g"),
        slip("bracket not multiplied out", "factor-dropped", "g"),
        slip("a always lost", "factor-dropped factor-two", "g", every=True),
        slip("always a point behind", "old-for-new wrong-point derivative-at-start", "g", every=True),
        slip("old point left out", "term-dropped", "w"),
        slip("whole difference multiplied", "other-convention names-swapped factor-dropped", "w"),
        slip("plus in the bracket of the loss", "sign", "L loss"),
        slip("a inside the square", "exponent-off", "L loss"),
        slip("d multiplied as well", "other-convention", "L loss"),
        slip("squares apart", "other-convention", "L loss"),
        slip("derivative for the loss", "function-for-derivative", "L loss"),
        slip("sign of the start lost", "sign", "w g"),
        slip("point left out of the bracket", "term-dropped", "g"),
        slip("rate taken twice", "exponent-off factor-extra", "w"),
        slip("divided by the rate", "inverted other-operation", "w"),
        slip("step times the point", "factor-extra", "w"),
        slip("loss doubled with the derivative's two", "factor-two", "L loss"),
        slip("square taken off d", "sign", "L loss"),
        slip("sign in the square multiplied out", "sign", "L loss"),
        pen("digit", "w[1] w[2] L[2] L[3]"),
        pen("digits", "w[2] w[3] L[2] L[3]"),
        pen("missed", "w[2] L[2] L[3]"),
        pen("rounding", "w[1] w[2] L[2] L[3]"),
        pen("power-of-ten", "w[1] w[2]"),
    ),
    (("two lost", "loss without d"), ("uphill", "loss without the square")),
)


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
        pen("entry-sign", "g[1] x[1] x[2]"),
        pen("entry-point", "g[1] x[1] x[2]"),
        pen("digit", "g[1] x[1] g[2] x[2]"),
        pen("digits", "x[1] g[2] x[2]"),
        pen("whole-sign", "g[1] g[2]"),
        pen("power-of-ten", "x[1] x[2]"),
    ),
    (("two lost in the first", "uphill"), ("two lost in the second", "uphill")),
)

FAMILIES = (PARABOLA, PLANE)
