"""Least squares in matrices by hand: normal equations, a step of descent, a ridge."""

from __future__ import annotations

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, Slip, pen, slip


def solved(sheet: Sheet, M: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Two equations with a symmetric matrix, solved by the inverse, with the slips of inverting."""
    (a, b), (c, d) = M
    det = a * d - b * c
    with np.errstate(all="ignore"):
        return np.asarray(either(sheet, np.array([d * v[0] - b * v[1], a * v[1] - c * v[0]]) / det, (
            ("diagonal not exchanged", np.array([a * v[0] - b * v[1], d * v[1] - c * v[0]]) / det),
            ("signs not changed", np.array([d * v[0] + b * v[1], a * v[1] + c * v[0]]) / det),
            ("determinant with a plus", np.array([d * v[0] - b * v[1], a * v[1] - c * v[0]]) / (a * d + b * c)),
            ("not divided by the determinant", np.array([d * v[0] - b * v[1], a * v[1] - c * v[0]])),
            ("multiplied instead of solved", M @ v), ("each by its diagonal", v / np.diag(M)),
            ("unknowns the other way round", (np.array([d * v[0] - b * v[1], a * v[1] - c * v[0]]) / det)[::-1]),
            ("determinant above", np.array([d * v[0] - b * v[1], a * v[1] - c * v[0]]) * det),
        )))  # fmt: skip


def inverting(at: str) -> tuple[Slip, ...]:
    """The rows of `solved`."""
    return (
        slip("diagonal not exchanged", "matrix-not-turned", at),
        slip("signs not changed", "minus-forgotten", at),
        slip("determinant with a plus", "determinant-plus", at),
        slip("not divided by the determinant", "not-divided", at),
        slip("multiplied instead of solved", "inverse-missing", at),
        slip("each by its diagonal", "entries-divided", at),
        slip("unknowns the other way round", "permuted names-swapped", at),
    )


def line(given: Given, sheet: Sheet) -> None:
    """Both sides of the normal equations, the weights, residuals, the loss."""
    x, y = np.array(given["x"], float), np.array(given["y"], float)
    n, X = len(x), np.stack([np.ones(len(x)), x], axis=1)
    corner = np.array([[1.0, 0], [0, 0]])
    last = np.array([[0, 0], [0, 1.0]])
    M = X.T @ X
    M = sheet.write("M", either(sheet, M, (
        ("one for the count", M + (1 - n) * corner), ("square of the sum", M + (x.sum() ** 2 - x @ x) * last),
        ("factors the other way round", X @ X.T), ("sign off the diagonal", M * [[1, -1], [-1, 1]]),
        ("sum for squares", M + (x.sum() - x @ x) * last),
        ("minus squared as a minus", M + (np.abs(x) @ x - x @ x) * last),
        ("mean of the products", M / n), ("off the diagonal lost", M * np.eye(2)),
        ("columns the other way round", M[::-1, ::-1]),
    )))  # fmt: skip
    v = X.T @ y
    v = sheet.write("v", either(sheet, v, (
        ("sums multiplied", np.array([y.sum(), x.sum() * y.sum()])), ("turned over", v[::-1]),
        ("mean for the sum", v / [n, 1]), ("sizes of x", np.array([y.sum(), np.abs(x) @ y])),
        ("last object left out", X[:-1].T @ y[:-1]), ("sum of x above", np.array([x.sum(), x @ y])),
    )))  # fmt: skip
    w = sheet.write("w", either(sheet, solved(sheet, M, v) if M.shape == (2, 2) else np.full(2, np.nan), (
        ("through the origin", np.array([0, x @ y / (x @ x)])),
    )))  # fmt: skip
    r = sheet.write("r", either(sheet, y - X @ w, (
        ("forecast minus value", X @ w - y), ("constant left out", y - w[1] * x), ("weights mixed up", y - X @ w[::-1]),
        ("forecasts", X @ w), ("forecast added", y + X @ w), ("sizes of residuals", np.abs(y - X @ w)),
        ("sign of the slope", y - w[0] + w[1] * x),
    )))  # fmt: skip
    sheet.write("L", either(sheet, r @ r, (
        ("sizes added", np.abs(r).sum()), ("mean of the squares", r @ r / n), ("root of the sum", np.sqrt(r @ r)),
        ("last square left out", r[:-1] @ r[:-1]), ("halved", r @ r / 2), ("squares of y", y @ y),
    )))  # fmt: skip


LINE = Family(
    "ols-matrix",
    line,
    (
        slip("one for the count", "one-for-count", "M"),
        slip("square of the sum", "square-of-sum", "M"),
        slip("factors the other way round", "product-reversed transpose-missing transpose-extra rows-for-columns", "M"),
        slip("sign off the diagonal", "sign", "M"),
        slip("sum for squares", "not-squared power-dropped", "M"),
        slip("minus squared as a minus", "sign minus-squared", "M"),
        slip("mean of the products", "sum-for-mean", "M"),
        slip("off the diagonal lost", "diagonal-alone", "M"),
        slip("sums multiplied", "product-of-sums", "v"),
        slip("columns the other way round", "columns-swapped permuted", "M"),
        slip("turned over", "columns-swapped permuted names-swapped", "v"),
        slip("mean for the sum", "ones-not-counted sum-for-mean", "v"),
        slip("sizes of x", "sizes sign", "v"),
        slip("last object left out", "last-left-out term-dropped entry-left-out", "v"),
        slip("sum of x above", "sum-of-x names-swapped other-quantity", "v"),
        *inverting("w"),
        slip("through the origin", "no-ones", "w"),
        slip("forecast minus value", "other-sign sign whole-sign", "r"),
        slip("constant left out", "constant-left-out", "r"),
        slip("weights mixed up", "weights-the-other-way", "r"),
        slip("forecasts", "forecasts", "r"),
        slip("forecast added", "sign", "r"),
        slip("sizes added", "sizes-added", "L"),
        slip("mean of the squares", "sum-for-mean", "L"),
        slip("root of the sum", "root-taken", "L"),
        slip("last square left out", "last-left-out term-dropped entry-left-out", "L"),
        slip("halved", "factor-two", "L"),
        pen("digit", "L"),
        pen("entry-sign", "v w r"),
    ),
    (("sums multiplied", "forecast minus value"),),
)


def gradient_step(given: Given, sheet: Sheet) -> None:
    """Forecasts, residuals, gradient, step."""
    X, y, w = (np.array(given[name], float) for name in ("X", "y", "w"))
    rate = float(given["gamma"])
    f = sheet.write("f", either(sheet, X @ w, (
        ("weights swapped", X @ w[::-1]), ("second term subtracted", X @ (w * [1, -1])),
        ("second term lost", X[:, 0] * w[0]), ("sizes of the weights", X @ np.abs(w)),
    )))  # fmt: skip
    r = sheet.write("r", either(sheet, y - f, (
        ("forecast minus value", f - y), ("forecast added", y + f), ("forecasts again", f),
        ("residuals squared", (y - f) ** 2),
    )))  # fmt: skip
    g = sheet.write("g", either(sheet, -2 * X.T @ r, (
        ("sign of the gradient", 2 * X.T @ r), ("two lost", -X.T @ r), ("mean for the sum", -2 / 3 * X.T @ r),
        ("two and sign lost", X.T @ r), ("forecasts for residuals", -2 * X.T @ f),
        ("values for residuals", -2 * X.T @ y),
        ("entries swapped", -2 * (X.T @ r)[::-1]), ("last object left out", -2 * X[:-1].T @ r[:-1]),
        ("residuals alone", np.full(2, -2 * r.sum())), ("weights for columns", -2 * r.sum() * w),
    )))  # fmt: skip
    sheet.write("u", either(sheet, w - rate * g, (
        ("uphill", w + rate * g), ("rate forgotten", w - g), ("change alone", -rate * g),
        ("gradient shortened", rate * (w - g)),
        ("rate times ten", w - 10 * rate * g), ("one entry moved", w - rate * g * [1, 0]),
    )))  # fmt: skip


STEP = Family(
    "linreg-gd-vector-step",
    gradient_step,
    (
        slip("weights swapped", "weights-swapped names-swapped", "f"),
        slip("second term subtracted", "second-subtracted sign", "f"),
        slip("second term lost", "second-lost term-dropped", "f"),
        slip("sizes of the weights", "sign", "f"),
        slip("forecast minus value", "other-sign whole-sign sign", "r"),
        slip("forecast added", "sign", "r"),
        slip("residuals squared", "squared", "r"),
        slip("sign of the gradient", "sign-of-gradient whole-sign sign", "g"),
        slip("two lost", "two-lost factor-two", "g"),
        slip("mean for the sum", "mean-taken sum-for-mean", "g"),
        slip("two and sign lost", "two-and-sign-lost", "g"),
        slip("forecasts for residuals", "forecasts-for-residuals names-swapped", "g"),
        slip("values for residuals", "targets-for-residuals names-swapped term-dropped", "g"),
        slip("entries swapped", "permuted names-swapped", "g"),
        slip("last object left out", "term-dropped entry-left-out", "g"),
        slip("residuals alone", "factor-dropped entry-repeated columns-lost", "g"),
        slip("uphill", "uphill sign", "u"),
        slip("rate forgotten", "factor-dropped", "u"),
        slip("change alone", "step-alone term-dropped", "u"),
        slip("gradient shortened", "brackets factor-extra", "u"),
        slip("rate times ten", "rate-tenfold number-off", "u"),
        slip("one entry moved", "entry-left-out term-dropped", "u"),
        pen("digit", "g"),
        pen("entry-sign", "f g u"),
        pen("entry-point", "u"),
    ),
    (("weights swapped", "two lost"), ("forecast added", "uphill")),
)


def ridge(given: Given, sheet: Sheet) -> None:
    """Both sides of the equations, the minimiser, the gradient at the start, a step."""
    X, y, w = (np.array(given[name], float) for name in ("X", "y", "w"))
    lam, rate, one = float(given["lambda"]), float(given["gamma"]), np.eye(2)
    A = X.T @ X
    M = sheet.write("M", either(sheet, A + lam * one, (
        ("penalty doubled", A + 2 * lam * one), ("penalty in all entries", A + lam), ("no penalty", A),
        ("penalty in one corner", A + lam * one * [1, 0]), ("identity without its factor", A + one),
        ("penalty subtracted", A - lam * one), ("sign off the diagonal", (A + lam * one) * [[1, -1], [-1, 1]]),
        ("rows times rows", X @ X.T),
    )))  # fmt: skip
    b = sheet.write("b", either(sheet, X.T @ y, (
        ("turned over", (X.T @ y)[::-1]), ("last object left out", X[:-1].T @ y[:-1]),
        ("sums multiplied", X.sum(axis=0) * y.sum()), ("two put in", 2 * X.T @ y),
    )))  # fmt: skip
    sheet.write("z", either(sheet, solved(sheet, M, b) if M.shape == (2, 2) else np.full(2, np.nan), (
        ("without the penalty", np.linalg.solve(A, b)),
    )))  # fmt: skip
    g = -2 * X.T @ (y - X @ w) + 2 * lam * w
    if M.shape == (2, 2):
        g = 2 * (M @ w - b)
    g = sheet.write("g", either(sheet, g, (
        ("two of the penalty lost", g - lam * w), ("penalty left out", g - 2 * lam * w),
        ("penalty with a minus", g - 4 * lam * w), ("squares with a plus", -(g - 2 * lam * w) + 2 * lam * w),
        ("two lost everywhere", g / 2), ("weight lost in the penalty", g - 2 * lam * w + 2 * lam),
        ("sign of the whole", -g), ("values with a plus", g + 4 * b),
        ("mean of the squares", (g - 2 * lam * w) / 3 + 2 * lam * w),
    )))  # fmt: skip
    sheet.write("u", either(sheet, w - rate * g, (
        ("uphill", w + rate * g), ("rate forgotten", w - g), ("change alone", -rate * g),
        ("rate times ten", w - 10 * rate * g),
    )))  # fmt: skip


RIDGE = Family(
    "ridge-matrix",
    ridge,
    (
        slip("penalty doubled", "penalty-doubled factor-two", "M"),
        slip("penalty in all entries", "added-everywhere", "M"),
        slip("no penalty", "no-penalty term-dropped", "M"),
        slip("penalty in one corner", "one-corner", "M"),
        slip("identity without its factor", "identity-alone factor-dropped", "M"),
        slip("penalty subtracted", "penalty-subtracted sign", "M"),
        slip("sign off the diagonal", "sign", "M"),
        slip("turned over", "permuted names-swapped", "b"),
        slip("last object left out", "term-dropped entry-left-out", "b"),
        slip("sums multiplied", "product-of-sums", "b"),
        slip("two put in", "factor-two", "b"),
        *inverting("z"),
        slip("without the penalty", "least-squares", "z"),
        slip("two of the penalty lost", "penalty-not-differentiated", "g"),
        slip("penalty left out", "penalty-lost-in-gradient", "g"),
        slip("penalty with a minus", "penalty-with-minus", "g"),
        slip("squares with a plus", "residuals-with-plus", "g"),
        slip("two lost everywhere", "two-lost factor-two factor-dropped", "g"),
        slip("values with a plus", "targets-with-plus sign", "g"),
        slip("weight lost in the penalty", "penalty-of-ones", "g"),
        slip("sign of the whole", "sign whole-sign", "g"),
        slip("mean of the squares", "mean-of-squares", "g"),
        slip("uphill", "uphill sign", "u"),
        slip("rate forgotten", "factor-dropped", "u"),
        slip("change alone", "step-alone term-dropped", "u"),
        slip("rate times ten", "rate-tenfold number-off", "u"),
        pen("digit", "g"),
        pen("rounding", "z"),
        pen("entry-sign", "z u"),
    ),
    (("penalty doubled", "uphill"),),
)

FAMILIES = (LINE, STEP, RIDGE)
