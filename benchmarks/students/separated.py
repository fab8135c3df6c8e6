"""Logistic losses by hand: one without a minimum, one with a penalty and Newton's step."""

from __future__ import annotations

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.logistic import ln
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def ray(given: Given, sheet: Sheet) -> None:
    """The interval between the classes, sums and loss on a ray, share and infimum where both classes meet."""
    x, y, beta, k = (
        np.array(given["x"], float),
        np.array(given["y"], float),
        np.array(given["beta"], float),
        float(given["k"]),
    )
    zeros, ones = x[y == 0], x[y == 1]
    lo, hi = (zeros.max(), ones.min()) if zeros.max() < ones.min() else (ones.max(), zeros.min())
    sheet.write("border", either(sheet, f"({lo:g}, {hi:g})", (
        ("ends belong to it", f"[{lo:g}, {hi:g}]"), ("one end belongs to it", f"({lo:g}, {hi:g}]"),
        ("whole range", f"({x.min():g}, {x.max():g})"), ("places", f"({(x <= lo).sum()}, {(x <= hi).sum()})"),
    )))  # fmt: skip
    z = sheet.write("z", either(sheet, k * (beta[0] + beta[1] * x), (
        ("constant not scaled", beta[0] + k * beta[1] * x), ("k lost", beta[0] + beta[1] * x),
        ("coefficients swapped", k * (beta[1] + beta[0] * x)),
        ("constant lost", k * beta[1] * x), ("sign of the constant", k * (beta[1] * x - beta[0])),
        ("slope not scaled", k * beta[0] + beta[1] * x),
    )))  # fmt: skip
    one, zero = np.log1p(np.exp(-z)), np.log1p(np.exp(z))
    paid = np.where(y > 0, one, zero)
    sheet.write("R", either(sheet, paid.sum(), (
        ("labels swapped", np.where(y > 0, zero, one).sum()), ("mean", paid.mean()),
        ("class 1 alone", (y * one).sum()),
        ("class 0 alone", ((1 - y) * zero).sum()), ("all as class 1", one.sum()), ("all as class 0", zero.sum()),
        ("decimal logarithm", paid.sum() / np.log(10)), ("minus", -paid.sum()),
        ("last object left out", paid[:-1].sum()),
        ("one lost in the logarithm", -(y * z).sum() + z.sum()),
    )))  # fmt: skip
    n1, n0 = float(given["n1"]), float(given["n0"])
    p = sheet.write("p", either(sheet, n1 / (n1 + n0), (
        ("share of class 0", n0 / (n1 + n0)), ("one half", 0.5), ("odds", n1 / n0),
        ("others counted", (n1 + 2) / (n1 + n0 + 4)), ("count", n1),
    )))  # fmt: skip
    sheet.write("I", either(sheet, -n1 * ln(p) - n0 * ln(1 - p), (
        ("class 1 there alone", -n1 * ln(p)), ("class 0 there alone", -n0 * ln(1 - p)),
        ("counts forgotten", -ln(p) - ln(1 - p)),
        ("mean there", -p * ln(p) - (1 - p) * ln(1 - p)), ("halves", (n1 + n0) * np.log(2)),
        ("exchanged", -n1 * ln(1 - p) - n0 * ln(p)),
        ("minus lost", n1 * ln(p) + n0 * ln(1 - p)), ("ten for e", (-n1 * ln(p) - n0 * ln(1 - p)) / np.log(10)),
        ("nothing left", 0.0),
    )))  # fmt: skip


RAY = Family(
    "logloss-separable",
    ray,
    (
        slip("whole range", "whole-range", "border lo hi"),
        slip("places", "places", "border lo hi"),
        slip("constant not scaled", "constant-not-scaled factor-dropped brackets", "z"),
        slip("k lost", "factor-forgotten factor-dropped", "z"),
        slip("coefficients swapped", "coefficients-swapped names-swapped", "z"),
        slip("constant lost", "term-dropped", "z"),
        slip("sign of the constant", "sign", "z"),
        slip("labels swapped", "labels-swapped complement", "R"),
        slip("mean", "mean-for-sum sum-for-mean", "R"),
        slip("class 1 alone", "class-one-alone term-dropped", "R"),
        slip("class 0 alone", "class-zero-alone term-dropped", "R"),
        slip("all as class 1", "all-alike sign", "R"),
        slip("all as class 0", "all-class-zero term-dropped", "R"),
        slip("decimal logarithm", "decimal-logarithm log-base", "R"),
        slip("minus", "minus-all sign whole-sign", "R"),
        slip("last object left out", "term-dropped entry-left-out", "R"),
        slip("share of class 0", "other-share complement names-swapped", "p"),
        slip("one half", "half", "p"),
        slip("odds", "ratio-of-counts term-dropped", "p"),
        slip("others counted", "others-counted", "p"),
        slip("class 1 there alone", "one-class-alone term-dropped", "I"),
        slip("class 0 there alone", "class-zero-there term-dropped", "I"),
        slip("counts forgotten", "counts-forgotten factor-dropped", "I"),
        slip("mean there", "mean-there", "I"),
        slip("halves", "halves-there", "I"),
        slip("exchanged", "probabilities-exchanged complement names-swapped", "I"),
        slip("minus lost", "sign whole-sign", "I"),
        slip("ten for e", "log-base decimal-there", "I"),
        slip("nothing left", "nothing-left", "I"),
        pen("digit", "R I"),
        pen("entry-sign", "z"),
    ),
    (("k lost", "class 1 there alone"),),
)


def newton(given: Given, sheet: Sheet) -> None:
    """Gradient and second derivatives at the start, the step, the value."""
    x, y, lam = np.array(given["x"], float), np.array(given["y"], float), float(given["lambda"])
    Z, r = np.c_[np.ones(3), x], 0.5 - y
    g = sheet.write("g", either(sheet, r @ Z, (
        ("labels swapped", -r @ Z), ("labels forgotten", 0.5 * Z.sum(0)), ("probabilities zero", -y @ Z),
        ("mean", r @ Z / 3),
        ("x forgotten", np.full(2, r.sum())), ("extra derivative", r @ Z / 4),
        ("penalty in the gradient", r @ Z + lam), ("one lost", r @ Z * [1, 0]),
    )))  # fmt: skip
    A, P = Z.T @ Z, lam * np.eye(2)
    square = A / 4 + P
    square[1, 1] = x.sum() ** 2 / 4 + lam
    H = sheet.write("H", either(sheet, A / 4 + P, (
        ("half for a quarter", A / 2 + P), ("no quarter", A + P), ("penalty lost", A / 4),
        ("penalty doubled", A / 4 + 2 * P), ("penalty halved", A / 4 + P / 2),
        ("penalty everywhere", A / 4 + lam), ("intercept free", A / 4 + P * [[0, 0], [0, 1]]),
        ("square of the sum", square),
        ("mean of the second derivatives", A / 12 + P),
    )))  # fmt: skip
    H = np.array(H, float)
    D, flipped = np.linalg.det(H), H * [[1, -1], [-1, 1]]
    adjugate = np.array([[H[1, 1], -H[0, 1]], [-H[1, 0], H[0, 0]]])
    c = sheet.write("c", either(sheet, -adjugate @ g / D, (
        ("uphill", adjugate @ g / D), ("gradient step", -g), ("matrix for its inverse", -H @ g),
        ("diagonal alone", -g / np.diag(H)),
        ("signs off the diagonal", -(adjugate * [[1, -1], [-1, 1]]) @ g / D),
        ("diagonal kept", -flipped @ g / D), ("determinant forgotten", -adjugate @ g),
        ("plus in the determinant", -adjugate @ g / (H[0, 0] * H[1, 1] + H[0, 1] * H[1, 0])),
    )))  # fmt: skip
    z = Z @ c
    E = np.log1p(np.exp(z)).sum() - y @ z
    R = lam / 2 * c @ c
    sheet.write("F", either(sheet, E + R, (
        ("no penalty", E), ("penalty without one half", E + 2 * R),
        ("penalty of the slope alone", E + lam / 2 * c[1] ** 2), ("penalty subtracted", E - R),
        ("labels swapped in the value", np.log1p(np.exp(z)).sum() - (1 - y) @ z + R),
        ("labels lost in the value", np.log1p(np.exp(z)).sum() + R),
        ("mean in the value", E / 3 + R), ("decimal logarithm", E / np.log(10) + R),
    )))  # fmt: skip


NEWTON = Family(
    "logloss-regularized-optimum",
    newton,
    (
        slip("labels swapped", "labels-swapped turned-round complement sign whole-sign", "g"),
        slip("labels forgotten", "labels-forgotten term-dropped", "g"),
        slip("probabilities zero", "zero-probabilities term-dropped", "g"),
        slip("mean", "mean-taken sum-for-mean", "g"),
        slip("x forgotten", "x-forgotten factor-dropped entry-repeated", "g"),
        slip("extra derivative", "extra-derivative factor-extra", "g"),
        slip("penalty in the gradient", "penalty-in-gradient term-extra", "g"),
        slip("half for a quarter", "half-for-quarter factor-dropped factor-two", "H"),
        slip("no quarter", "no-quarter factor-dropped", "H"),
        slip("penalty lost", "penalty-lost term-dropped", "H"),
        slip("penalty doubled", "penalty-doubled factor-two", "H"),
        slip("penalty halved", "penalty-halved factor-two", "H"),
        slip("penalty everywhere", "penalty-everywhere", "H"),
        slip("intercept free", "intercept-free term-dropped", "H"),
        slip("square of the sum", "square-of-sum", "H"),
        slip("uphill", "uphill sign whole-sign", "c"),
        slip("gradient step", "gradient-step factor-dropped", "c"),
        slip("matrix for its inverse", "matrix-for-inverse inverse-missing", "c"),
        slip("diagonal alone", "diagonal-only term-dropped", "c"),
        slip("signs off the diagonal", "signs-off-diagonal sign", "c"),
        slip("diagonal kept", "diagonal-kept index-off", "c"),
        slip("determinant forgotten", "determinant-forgotten divisor-dropped", "c"),
        slip("plus in the determinant", "sign", "c D"),
        slip("no penalty", "no-penalty term-dropped", "F"),
        slip("penalty without one half", "penalty-without-half factor-two", "F"),
        slip("penalty of the slope alone", "penalty-of-slope term-dropped", "F"),
        slip("penalty subtracted", "sign", "F"),
        slip("labels swapped in the value", "labels-swapped-in-value complement labels-swapped", "F"),
        slip("labels lost in the value", "labels-lost-in-value term-dropped", "F"),
        slip("mean in the value", "mean-in-value sum-for-mean", "F"),
        slip("decimal logarithm", "decimal-logarithm log-base", "F"),
        pen("digit", "F"),
        pen("entry-sign", "g c"),
    ),
    (("penalty lost", "no penalty"),),
)

FAMILIES = (RAY, NEWTON)
