"""Gradient descent by hand: on a parabola, in the plane, until the loss hardly changes."""

from __future__ import annotations

from math import exp

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def parabola(given: Given, sheet: Sheet) -> None:
    """A few steps on a(w - c)² + d, then the loss."""
    a, c, d, rate, n = given["a"], given["c"], given["d"], given["lambda"], int(given["n"])
    start = w = given["w[0]"]
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
        step = g if sheet("rate lost", t, n) else rate * g
        base = start if sheet("from the start again", t - 1, n - 1) else w
        before = w
        w = sheet.write(f"w[{t}]", base + step if sheet("uphill", t, n) else base - step)
    loss = a * (w - c) ** 2 + d
    if sheet("loss without the square"):
        loss = a * (w - c) + d
    if sheet("loss without d"):
        loss = a * (w - c) ** 2
    if sheet("d subtracted"):
        loss = a * (w - c) ** 2 - d
    if sheet("loss without a"):
        loss = (w - c) ** 2 + d
    if sheet("loss a step too early"):
        loss = a * (before - c) ** 2 + d
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
        g = sheet.write(f"g[{t}]", slope(given, sheet, at[0], at[1]))
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
        pen("whole-sign", "g[1] g[2]"),
        pen("power-of-ten", "x[1] x[2]"),
    ),
    (("two lost in the first", "uphill"), ("two lost in the second", "uphill")),
)


def stopping(given: Given, sheet: Sheet) -> None:
    """The factor of a step, the number of updates until |ΔL| < ε, the last point."""
    a, c, rate, eps = given["a"], given["c"], given["lambda"], given["eps"]
    away = given["w0"] - c
    q = 1 - 2 * a * rate
    if sheet("two lost"):
        q = 1 - a * rate
    if sheet("a lost"):
        q = 1 - 2 * rate
    if sheet("one lost"):
        q = -2 * a * rate
    if sheet("factor turned round"):
        q = 2 * a * rate - 1
    q = sheet.write("q", q)
    updates, distance = 0, away
    while updates < 1000:
        updates, old, distance = updates + 1, distance, q * distance
        change = a * (distance**2 - old**2)
        if sheet("change of w tested"):
            change = distance - old
        if sheet("a left out of the change"):
            change = distance**2 - old**2
        if abs(change) < eps:
            break
    else:
        updates = np.nan
    if sheet("last update not counted"):
        updates -= 1
    updates = sheet.write("updates", updates)
    end = c + away * q**updates
    if sheet("minimum left out"):
        end = away * q**updates
    if sheet("start for the distance"):
        end = c + given["w0"] * q**updates
    if sheet("one power too few"):
        end = c + away * q ** (updates - 1)
    if sheet("minimum subtracted"):
        end = away * q**updates - c
    if sheet("distance subtracted"):
        end = c - away * q**updates
    sheet.write("w_end", end)


STOPPING = Family(
    "gd-1d-stop-loss-change",
    stopping,
    (
        slip("two lost", "two-lost factor-two factor-dropped", "q"),
        slip("a lost", "factor-dropped factor-two", "q"),
        slip("one lost", "term-dropped", "q"),
        slip("factor turned round", "whole-sign sign", "q"),
        slip("last update not counted", "last-update-not-counted index-off term-dropped", "updates i"),
        slip("change of w tested", "change-of-w-tested", "updates i"),
        slip("a left out of the change", "factor-dropped factor-two", "first updates i"),
        slip("minimum left out", "term-dropped", "w_end"),
        slip("start for the distance", "term-dropped", "w_end"),
        slip("one power too few", "exponent-off index-off old-for-new", "w_end"),
        slip("minimum subtracted", "sign", "w_end"),
        slip("distance subtracted", "sign", "w_end"),
        pen("rounding", "w_end"),
        pen("power-of-ten", "w_end q"),
    ),
    (("two lost", "minimum left out"), ("last update not counted", "minimum subtracted")),
)

FAMILIES = (PARABOLA, PLANE, STOPPING)
