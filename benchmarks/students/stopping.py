"""Gradient descent until the loss hardly changes, and what the learning rate makes of it."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


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
    if sheet("plus in the factor"):
        q = 1 + 2 * a * rate
    if sheet("rate left out of the factor"):
        q = 1 - 2 * a
    if sheet("two doubled"):
        q = 1 - 4 * a * rate
    if sheet("factor squared"):
        q = q**2
    if sheet("factor of the points"):
        q = 1 - 2 * a * rate * away / given["w0"]
    if sheet("one and minus lost"):
        q = 2 * a * rate
    q = sheet.write("q", q)
    updates, distance = 0, away
    while updates < 1000:
        updates, old, distance = updates + 1, distance, q * distance
        change = a * (distance**2 - old**2)
        if sheet("change of w tested"):
            change = distance - old
        if sheet("a left out of the change"):
            change = distance**2 - old**2
        if sheet("loss above the least one tested"):
            change = a * distance**2
        if sheet("distance to the minimum tested"):
            change = distance
        if sheet("derivative tested"):
            change = 2 * a * distance
        if sheet("exponent not doubled"):
            change = a * away**2 * (1 - q**2) * abs(q) ** (updates - 1)
        if sheet("square lost in the change"):
            change = a * away**2 * (1 - q) * q ** (2 * updates - 2)
        if sheet("ten times the tolerance"):
            change /= 10
        if abs(change) < eps:
            break
    else:
        updates = np.nan
    if sheet("last update not counted"):
        updates -= 1
    if sheet("one update too many"):
        updates += 1
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
    if sheet("one power too many"):
        end = c + away * q ** (updates + 1)
    if sheet("factor times the number"):
        end = c + away * q * updates
    if sheet("from the start for the minimum"):
        end = given["w0"] + away * q**updates
    if sheet("distance lost"):
        end = c + q**updates
    if sheet("start plus the minimum"):
        end = c + (given["w0"] + c) * q**updates
    if sheet("start multiplied alone"):
        end = given["w0"] * q**updates
    if sheet("exponent doubled"):
        end = c + away * q ** (2 * updates)
    if sheet("power left out"):
        end = c + away * q
    if sheet("loss for the point"):
        end = a * (away * q**updates) ** 2 + given["d"]
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
        slip("plus in the factor", "sign", "q"),
        slip("rate left out of the factor", "factor-dropped", "q"),
        slip("two doubled", "factor-two", "q"),
        slip("factor squared", "exponent-off", "q"),
        slip("factor of the points", "other-convention points-divided", "q"),
        slip("loss above the least one tested", "factor-dropped other-convention loss-tested", "first updates i"),
        slip("distance to the minimum tested", "change-of-w-tested other-convention distance-tested", "updates i"),
        slip("derivative tested", "other-convention derivative-tested", "updates i"),
        slip("exponent not doubled", "factor-two factor-dropped square-of-factor-forgotten", "updates i"),
        slip("one update too many", "one-off index-off", "updates i"),
        slip("one power too many", "exponent-off index-off", "w_end"),
        slip("factor times the number", "power-dropped exponent-off", "w_end"),
        slip("from the start for the minimum", "names-swapped", "w_end"),
        slip("distance lost", "factor-dropped", "w_end"),
        slip("loss for the point", "other-blank names-swapped function-for-derivative", "w_end"),
        slip("one and minus lost", "one-lost term-dropped sign complement", "q"),
        slip("square lost in the change", "power-dropped exponent-off", "first updates i"),
        slip("ten times the tolerance", "power-of-ten number-off", "updates i"),
        slip("start plus the minimum", "sign", "w_end"),
        slip("start multiplied alone", "brackets term-dropped names-swapped", "w_end"),
        slip("exponent doubled", "factor-two exponent-off", "w_end"),
        slip("power left out", "power-dropped", "w_end"),
        pen("rounding", "w_end"),
        pen("digit", "q w_end"),
        pen("digits", "q w_end"),
        pen("missed", "w_end"),
        pen("power-of-ten", "w_end q"),
    ),
    (("two lost", "minimum left out"), ("last update not counted", "minimum subtracted")),
)


def regime(given: Given, sheet: Sheet) -> None:
    """The factor of a step alone; what the descent does is chosen from a list."""
    a, c, rate, w0 = given["a"], given["c"], given["lambda"], given["w0"]
    q = 1 - 2 * a * rate
    for name, wrong in (
        ("two lost", 1 - a * rate),
        ("one lost", -2 * a * rate),
        ("a lost", 1 - 2 * rate),
        ("rate left out of the factor", 1 - 2 * a),
        ("plus in the factor", 1 + 2 * a * rate),
        ("factor turned round", 2 * a * rate - 1),
        ("two doubled", 1 - 4 * a * rate),
        ("factor squared", q**2),
        ("size of the factor", abs(q)),
        ("one and minus lost", 2 * a * rate),
        ("divided by the rate", 1 - 2 * a / rate),
        ("divided by a", 1 - 2 * rate / a),
        ("factor of the points", 1 - 2 * a * rate * (w0 - c) / w0 if w0 else np.nan),
        ("two for one", 2 - 2 * a * rate),
        ("a squared", 1 - 2 * a**2 * rate),
        ("upside down", 1 / q if q else np.nan),
        ("derivative for the factor", 2 * a * (w0 - c)),
        ("next point for the factor", w0 - rate * 2 * a * (w0 - c)),
        ("change for the factor", -rate * 2 * a * (w0 - c)),
        ("rate and a added", 1 - 2 * (a + rate)),
        ("minus one", -1 - 2 * a * rate),
        ("minimum multiplied in", 1 - 2 * a * rate * c),
        ("half for two", 1 - a * rate / 2),
        ("rate alone", 1 - rate),
        ("rate squared", 1 - 2 * a * rate**2),
        ("distance for the factor", q * (w0 - c)),
        ("difference before the product", (1 - 2) * a * rate),
    ):
        q = wrong if sheet(name) else q
    sheet.write("q", q)


REGIME = Family(
    "lr-regime-choice",
    regime,
    (
        slip("two lost", "two-lost factor-two factor-dropped", "q"),
        slip("one lost", "one-lost term-dropped", "q"),
        slip("a lost", "factor-dropped factor-two", "q"),
        slip("rate left out of the factor", "factor-dropped", "q"),
        slip("plus in the factor", "sign", "q"),
        slip("factor turned round", "whole-sign sign", "q"),
        slip("two doubled", "factor-two", "q"),
        slip("factor squared", "exponent-off", "q"),
        slip("size of the factor", "sign whole-sign", "q"),
        slip("one and minus lost", "sign-and-one-lost term-dropped sign complement", "q"),
        slip("divided by the rate", "inverted", "q"),
        slip("divided by a", "inverted", "q"),
        slip("factor of the points", "other-convention points-divided", "q"),
        slip("two for one", "one-off factor-two other-convention", "q"),
        slip("a squared", "exponent-off", "q"),
        slip("upside down", "inverted reciprocal", "q"),
        slip("derivative for the factor", "function-for-derivative names-swapped derivative-for-factor", "q"),
        slip("next point for the factor", "names-swapped next-point", "q"),
        slip("change for the factor", "names-swapped change-for-factor", "q"),
        slip("rate and a added", "other-operation rate-added", "q"),
        slip("minus one", "sign", "q"),
        slip("minimum multiplied in", "factor-extra", "q"),
        slip("half for two", "factor-two inverted", "q"),
        slip("rate alone", "factor-dropped", "q"),
        slip("rate squared", "exponent-off", "q"),
        slip("distance for the factor", "divisor-dropped factor-extra distance-for-factor", "q"),
        slip("difference before the product", "brackets", "q"),
        pen("whole-sign", "q"),
        pen("power-of-ten", "q"),
        pen("digit", "q"),
    ),
)

FAMILIES = (STOPPING, REGIME)
