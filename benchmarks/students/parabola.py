"""Gradient descent by hand on a parabola."""

from __future__ import annotations

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
        if sheet("a on one term alone", t, n):
            g = 2 * a * w - 2 * c
        if sheet("second derivative", t, n):
            g = 2 * a
        step = g if sheet("rate lost", t, n) else rate * g
        if sheet("rate alone for the step", t, n):
            step = rate
        if sheet("point for the derivative", t, n):
            step = rate * w
        if sheet("divided by the rate", t, n):
            step = g / rate
        base = start if sheet("from the start again", t - 1, n - 1) else w
        before = w
        if sheet("old point left out", t, n):
            base = 0.0
        moved = base + step if sheet("uphill", t, n) else base - step
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
    if sheet("loss at the start"):
        loss = a * (start - c) ** 2 + d
    if sheet("c left out of the loss"):
        loss = a * w**2 + d
    if sheet("last square not multiplied"):
        loss = a * w**2 - 2 * a * w * c + c**2 + d
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
        slip("derivative for the loss", "derivative-for-function", "L loss"),
        slip("a on one term alone", "factor-dropped brackets", "g"),
        slip("second derivative", "factor-dropped function-for-derivative", "g"),
        slip("rate alone for the step", "factor-dropped", "w"),
        slip("point for the derivative", "names-swapped", "w g"),
        slip("divided by the rate", "inverted", "w"),
        slip("loss at the start", "old-for-new wrong-point index-off", "L loss"),
        slip("c left out of the loss", "term-dropped", "L loss"),
        slip("last square not multiplied", "factor-dropped brackets", "L loss"),
        pen("digit", "w[1] w[2] L[2] L[3]"),
        pen("digits", "w[2] w[3] L[2] L[3]"),
        pen("missed", "w[2] L[2] L[3]"),
        pen("rounding", "w[1] w[2] L[2] L[3]"),
        pen("power-of-ten", "w[1] w[2]"),
    ),
    (("two lost", "loss without d"), ("uphill", "loss without the square")),
)

FAMILIES = (PARABOLA,)
