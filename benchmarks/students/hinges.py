"""The hinge loss by hand: a subgradient step, and the minimum where it is known who counts."""

from __future__ import annotations

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def step(given: Given, sheet: Sheet) -> None:
    """Margins, who counts, the gradient of the mean loss, of the objective, the next point."""
    X, y = np.array(given["X"], float), np.array(given["y"], float)
    theta, lam, rate = np.array(given["theta"], float), float(given["lambda"]), float(given["alpha"])
    w, b, n = theta[:2], theta[2], len(y)
    m = sheet.write("m", either(sheet, y * (X @ w + b), (
        ("labels ignored", X @ w + b), ("weights swapped", y * (X @ w[::-1] + b)), ("constant lost", y * (X @ w)),
        ("sign of the constant", y * (X @ w - b)), ("second term lost", y * (X[:, 0] * w[0] + b)),
        ("constant outside", y * (X @ w) + b),
    )))  # fmt: skip
    c = sheet.write("c", either(sheet, (m < 1) * 1.0, (
        ("wrong side alone", (m < 0) * 1.0), ("those beyond", (m > 1) * 1.0), ("right side", (m > 0) * 1.0),

        ("losses for marks", np.maximum(0, 1 - m)),
    )))  # fmt: skip
    Z = np.c_[X, np.ones(n)]
    d = -(c * y) @ Z / n
    d = sheet.write("d", either(sheet, d, (
        ("no mean", d * n), ("mean of those that count", d * n / max(1, c.sum())), ("labels lost", -c @ Z / n),
        ("everybody", -y @ Z / n),
        ("no constant", d * [1, 1, 0]), ("minus lost", -d),
        ("constant counts objects", np.array([d[0], d[1], -c.sum() / n])),
        ("one in the constant", np.array([d[0], d[1], -1 / n])),
    )))  # fmt: skip
    g = sheet.write("g", either(sheet, d + 2 * lam * theta, (
        ("constant not penalised", d + 2 * lam * theta * [1, 1, 0]), ("two lost", d + lam * theta),
        ("penalty itself", d + lam * theta**2),
        ("penalty averaged", d + 2 * lam * theta / n), ("penalty subtracted", d - 2 * lam * theta),
        ("factor lost", d + 2 * theta),
        ("penalty left out", d),
    )))  # fmt: skip
    sheet.write("t", either(sheet, theta - rate * g, (
        ("uphill", theta + rate * g), ("rate lost", theta - g), ("old point lost", -rate * g),
        ("mean loss alone", theta - rate * d),
        ("penalty twice", theta - rate * (g + lam * theta)),
    )))  # fmt: skip


STEP = Family(
    "hinge-svm-step",
    step,
    (
        slip("labels ignored", "labels-ignored factor-dropped", "m"),
        slip("weights swapped", "weights-swapped names-swapped", "m"),
        slip("constant lost", "constant-lost term-dropped", "m f"),
        slip("sign of the constant", "sign", "m f"),
        slip("second term lost", "second-lost term-dropped", "m"),
        slip("constant outside", "constant-outside brackets", "m"),
        slip("wrong side alone", "wrong-side-alone term-dropped", "c"),
        slip("those beyond", "those-beyond sign complement", "c"),
        slip("right side", "right-side", "c"),
        slip("losses for marks", "losses-for-marks activation-for-derivative other-function", "c"),
        slip("no mean", "no-mean divisor-dropped sum-for-mean", "d"),
        slip("mean of those that count", "mean-of-active", "d"),
        slip("labels lost", "labels-lost factor-dropped", "d"),
        slip("everybody", "everybody factor-dropped", "d"),
        slip("no constant", "no-constant entry-left-out", "d"),
        slip("one in the constant", "constant-one", "d"),
        slip("minus lost", "descent-direction sign whole-sign", "d"),
        slip("constant counts objects", "constant-counted factor-dropped", "d"),
        slip("constant not penalised", "constant-not-penalised", "g"),
        slip("two lost", "two-lost factor-two factor-dropped", "g"),
        slip("penalty itself", "penalty-itself function-for-derivative", "g"),
        slip("penalty averaged", "penalty-averaged", "g"),
        slip("penalty subtracted", "sign", "g"),
        slip("penalty left out", "term-dropped other-blank", "g"),
        slip("uphill", "uphill sign", "t"),
        slip("rate lost", "factor-dropped", "t"),
        slip("old point lost", "term-dropped", "t"),
        slip("mean loss alone", "other-quantity term-dropped", "t"),
        slip("penalty twice", "penalty-twice", "t"),
        pen("entry-sign", "m d g"),
    ),
    (("labels ignored", "two lost"),),
)


def minimum(given: Given, sheet: Sheet) -> None:
    """The part of those within, the number of the one on the margin, the minimum, margins, the value."""
    X, y, lam, e = np.array(given["X"], float), np.array(given["y"], float), float(given["lambda"]), int(given["r"]) - 1
    c, n = np.array(given["c"], float), 5
    out, K = int(given["out"]) - 1, 1 / (2 * lam * n)
    Z = np.c_[X, np.ones(n)] * y[:, None]
    beyond, on = np.eye(n)[out], np.eye(n)[e]
    u = K * c @ Z
    u = sheet.write("u", either(sheet, u, (
        ("labels lost", K * (c * y) @ Z), ("margin counted", K * (c + on) @ Z), ("everybody", K * Z.sum(0)),
        ("no constant", u * [1, 1, 0]),
        ("beyond counted", K * (c + beyond) @ Z), ("factor forgotten", c @ Z), ("factor upside down", c @ Z / K),
        ("objects forgotten", c @ Z / (2 * lam)), ("mean of three", c @ Z / (2 * lam * 3)),
        ("two forgotten", c @ Z / (lam * n)),
        ("all signs", -u),
    )))  # fmt: skip
    g, x = K * Z[e], Z[e]
    a = sheet.write("a", either(sheet, (1 - x @ u) / (x @ g), (
        ("margin zero", -(x @ u) / (x @ g)), ("margin added", (1 + x @ u) / (x @ g)), ("not divided", 1 - x @ u),
        ("constant lost", (1 - x[:2] @ u[:2]) / (x @ g)), ("constant lost below", (1 - x @ u) / (x[:2] @ g[:2])),
        ("factor lost in a", (1 - x @ u) / (x @ x)), ("inverse of a", (x @ g) / (1 - x @ u)),
        ("second coordinate lost", (1 - x[0] * u[0] - u[2]) / (x @ g)), ("taken for 1", 1.0),
    )))  # fmt: skip
    t = sheet.write("theta", either(sheet, u + a * g, (
        ("subtracted", u - a * g), ("number forgotten", u + g), ("factor lost at the end", u + a * x),
        ("constant unchanged", u + a * g * [1, 1, 0]),
        ("part alone", a * g),
    )))  # fmt: skip
    m = sheet.write("m", either(sheet, Z @ t, (
        ("labels ignored", (Z @ t) * y), ("constant left out", Z[:, :2] @ t[:2]),
        ("sign of the constant", Z @ (t * [1, 1, -1])),
        ("weights swapped", Z @ t[[1, 0, 2]]),
    )))  # fmt: skip
    h, R = np.maximum(0, 1 - m), lam * t @ t
    sheet.write("L", either(sheet, h.mean() + R, (
        ("no mean", h.sum() + R), ("mean of those that pay", h.sum() / 3 + R),
        ("constant not penalised", h.mean() + lam * t[:2] @ t[:2]),
        ("not cut", (1 - m).mean() + R), ("norm not squared", h.mean() + lam * np.sqrt(t @ t)),
        ("penalty left out", h.mean()),
        ("factor of the penalty lost", h.mean() + t @ t), ("penalty alone", R),
    )))  # fmt: skip


MINIMUM = Family(
    "hinge-svm-optimum",
    minimum,
    (
        slip("labels lost", "labels-lost factor-dropped", "u"),
        slip("margin counted", "margin-counted", "u"),
        slip("everybody", "everybody factor-dropped", "u"),
        slip("no constant", "no-constant entry-left-out", "u"),
        slip("beyond counted", "beyond-counted", "u"),
        slip("factor forgotten", "factor-forgotten factor-dropped", "u"),
        slip("factor upside down", "factor-upside-down inverted other-operation", "u"),
        slip("objects forgotten", "objects-forgotten factor-dropped divisor-dropped", "u"),
        slip("mean of three", "mean-of-three number-off", "u"),
        slip("two forgotten", "factor-two factor-dropped", "u K"),
        slip("margin zero", "margin-zero term-dropped", "a"),
        slip("margin added", "margin-added sign", "a"),
        slip("not divided", "not-divided divisor-dropped", "a"),
        slip("constant lost", "constant-lost term-dropped", "a"),
        slip("constant lost below", "constant-lost-below term-dropped", "a"),
        slip("factor lost in a", "factor-lost-in-a factor-dropped", "a"),
        slip("inverse of a", "inverse-of-a inverted reciprocal", "a"),
        slip("second coordinate lost", "term-dropped", "a fu"),
        slip("taken for 1", "whole-for-part", "a"),
        slip("subtracted", "subtracted sign", "theta"),
        slip("number forgotten", "number-forgotten factor-dropped", "theta"),
        slip("factor lost at the end", "factor-lost-at-end factor-dropped", "theta"),
        slip("constant unchanged", "constant-unchanged", "theta"),
        slip("labels ignored", "labels-ignored factor-dropped", "m"),
        slip("constant left out", "constant-left-out term-dropped", "m"),
        slip("sign of the constant", "sign", "m"),
        slip("weights swapped", "names-swapped permuted", "m"),
        slip("no mean", "no-mean sum-for-mean", "L"),
        slip("mean of those that pay", "mean-of-active", "L"),
        slip("constant not penalised", "constant-not-penalised term-dropped", "L"),
        slip("not cut", "not-cut activation-missing", "L"),
        slip("norm not squared", "norm-not-squared", "L"),
        slip("penalty left out", "term-dropped", "L"),
        slip("factor of the penalty lost", "factor-dropped", "L"),
        pen("entry-sign", "u theta"),
    ),
    (("factor forgotten", "no mean"),),
)

FAMILIES = (STEP, MINIMUM)
