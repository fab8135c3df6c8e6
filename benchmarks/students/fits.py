"""Least squares by hand: a line through the origin, a shrunken mean and its penalty."""

from __future__ import annotations

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import number, worth


def origin(given: Given, sheet: Sheet) -> None:
    """Sum of products, sum of squares, their ratio."""
    x, y = np.array(given["x"], float), np.array(given["y"], float)
    n = len(x)
    a = sheet.write("a", either(sheet, x @ y, (
        ("sums multiplied", x.sum() * y.sum()), ("last product left out", x[:-1] @ y[:-1]),
        ("sign of a product lost", np.abs(x) @ y), ("one product subtracted", x @ y - 2 * x[-1] * y[-1]),
        ("sum of y for the products", y.sum()), ("mean of the products", x @ y / n),
        ("neighbours multiplied", x @ np.roll(y, 1)),
    )))  # fmt: skip
    s = sheet.write("s", either(sheet, x @ x, (
        ("square of the sum", x.sum() ** 2), ("last square left out", x[:-1] @ x[:-1]), ("squares of y", y @ y),
        ("sum without squares", x.sum()), ("minus squared as a minus", np.abs(x) @ x),
        ("doubled for squared", 2 * x.sum()),
        ("root of the sum", np.sqrt(x @ x)), ("mean of the squares", x @ x / n),
    )))  # fmt: skip
    free = np.polyfit(x, y, 1)[0]
    sheet.write("w", either(sheet, a / s, (
        ("mean of the ratios", (y / x).mean()), ("ratio of the sums", y.sum() / x.sum()), ("upside down", s / a),
        ("with a constant term", free), ("not divided", a), ("divided by the number", a / n),
        ("minus in front", -a / s),
        ("two left over", 2 * a / s), ("root below", a / np.sqrt(s)), ("difference for the ratio", a - s),
    )))  # fmt: skip


ORIGIN = Family(
    "ols-no-intercept",
    origin,
    (
        slip("sums multiplied", "product-of-sums other-convention", "a"),
        slip("last product left out", "term-dropped entry-left-out last-left-out", "a"),
        slip("sign of a product lost", "sign size sign-lost", "a"),
        slip("one product subtracted", "sign", "a"),
        slip("sum of y for the products", "factor-dropped", "a"),
        slip("mean of the products", "sum-for-mean mean-for-sum", "a"),
        slip("square of the sum", "square-of-sum other-convention", "s"),
        slip("last square left out", "term-dropped entry-left-out last-left-out", "s"),
        slip("squares of y", "squares-of-y names-swapped", "s"),
        slip("sum without squares", "power-dropped", "s"),
        slip("minus squared as a minus", "sign minus-squared", "s"),
        slip("doubled for squared", "doubled-for-squared power-dropped exponent-off", "s"),
        slip("mean of the squares", "sum-for-mean mean-for-sum", "s"),
        slip("mean of the ratios", "mean-of-ratios", "w"),
        slip("ratio of the sums", "ratio-of-sums", "w"),
        slip("upside down", "inverted reciprocal upside-down", "w"),
        slip("with a constant term", "with-constant", "w"),
        slip("not divided", "divisor-dropped other-blank", "w"),
        slip("divided by the number", "divided-by-number other-convention", "w"),
        slip("minus in front", "sign whole-sign", "w"),
        slip("two left over", "factor-two", "w"),
        pen("digit", "w"),
        pen("digits", "w"),
        pen("rounding", "w"),
        pen("other-blank", "s w"),
    ),
    (("sums multiplied", "upside down"),),
)


def shrunken(given: Given, sheet: Sheet) -> None:
    """The mean, the shrunken mean as a formula, its value at one penalty."""
    y, at = np.array(given["y"], float), float(given["k"])
    n, S = len(y), float(y.sum())
    sheet.write("m", either(sheet, S / n, (
        ("sum for the mean", S), ("divided by one less", S / (n - 1)), ("last value left out", (S - y[-1]) / n),
        ("sizes averaged", np.abs(y).sum() / n), ("upside down", n / S),
        ("number lost", S / (n + 1)),
    )))  # fmt: skip
    total, count = number(S), number(float(n))
    formula = sheet.write("b", either(sheet, f"{total}/({count} + λ)", (
        ("mean over one and the penalty", f"{total}/({count}*(1 + λ))"),
        ("penalty doubled", f"{total}/({count} + 2*λ)"),
        ("penalty subtracted", f"{total}/{count} - λ"), ("minus below", f"{total}/({count} - λ)"),
        ("penalty halved", f"{total}/({count} + λ/2)"), ("number lost below", f"{total}/(1 + λ)"),
        ("mean above", f"{total}/{count}/({count} + λ)"), ("penalty times the number", f"{total}/({count}*λ)"),
        ("penalty alone below", f"{total}/λ"), ("sign of the whole", f"-{total}/({count} + λ)"),
        ("two above", f"2*{total}/({count} + λ)"),
    )))  # fmt: skip
    v = float(worth(formula.replace("λ", "x"), x=np.float64(at)))
    sheet.write("v", either(sheet, v, (
        ("mean divided at the value", S / n / (1 + at)), ("penalty subtracted from the mean", S / n - at),
        ("penalty not put in", S / n), ("one put in", S / (n + 1)), ("penalty doubled at the value", S / (n + 2 * at)),
        ("penalty subtracted below", S / (n - at) if n != at else np.nan),
    )))  # fmt: skip


SHRUNKEN = Family(
    "ridge-constant",
    shrunken,
    (
        slip("sum for the mean", "sum-for-mean divisor-dropped sum-taken", "m"),
        slip("divided by one less", "one-off one-less index-off", "m"),
        slip("last value left out", "term-dropped entry-left-out last-left-out", "m"),
        slip("sizes averaged", "sign sizes", "m"),
        slip("mean over one and the penalty", "mean-over-one", "b"),
        slip("penalty doubled", "penalty-doubled factor-two", "b"),
        slip("penalty subtracted", "penalty-subtracted", "b"),
        slip("minus below", "sign", "b"),
        slip("penalty halved", "penalty-halved factor-two", "b"),
        slip("number lost below", "number-lost", "b"),
        slip("mean above", "mean-above", "b"),
        slip("penalty alone below", "term-dropped number-lost", "b"),
        slip("sign of the whole", "sign whole-sign", "b"),
        slip("two above", "factor-two two-above", "b"),
        slip("mean divided at the value", "mean-over-one", "v"),
        slip("penalty subtracted from the mean", "penalty-subtracted", "v"),
        slip("one put in", "wrong-point number-off one-put-in", "v"),
        slip("penalty doubled at the value", "penalty-doubled factor-two", "v"),
        slip("penalty subtracted below", "sign", "v"),
        pen("digit", "v"),
        pen("digits", "v"),
        pen("rounding", "m v"),
    ),
    (("penalty doubled", "sizes averaged"),),
)


def swapped(means: np.ndarray) -> np.ndarray:
    """The first two in the other order."""
    return means[[1, 0, *range(2, len(means))]]


def left_out(given: Given, sheet: Sheet) -> None:
    """Means of the others, their error, the best factor, its penalty, the mean shrunken by it."""
    y = np.array(given["y"], float)
    n, S = len(y), float(y.sum())
    s = S - y
    B = sheet.write("B", either(sheet, s / (n - 1), (
        ("divided by all", s / n), ("mean of all", np.full(n, S / n)), ("sums of the others", s),
        ("halves of the sum", np.full(n, S / (n - 1))), ("turned over", swapped(s / (n - 1))),
        ("own value kept", y / (n - 1)),
    )))  # fmt: skip
    r = y - B
    sheet.write("C", either(sheet, r @ r, (
        ("mean of the squares", r @ r / n), ("sizes added", np.abs(r).sum()), ("errors added", r.sum()),
        ("about the mean of all", ((y - S / n) ** 2).sum()), ("root of the sum", np.sqrt(r @ r)),
        ("last error left out", r[:-1] @ r[:-1]), ("halved", r @ r / 2), ("squares of the means", B @ B),
    )))  # fmt: skip
    t = sheet.write("t", either(sheet, y @ s / (s @ s), (
        ("upside down", s @ s / (y @ s)), ("squares of y below", y @ s / (y @ y)), ("sum over sum", S / s.sum()),
        ("mean of the ratios", (y / s).mean()), ("squares of y above", y @ y / (s @ s)), ("not divided", y @ s),
        ("two left over", 2 * (y @ s) / (s @ s)), ("minus in front", -(y @ s) / (s @ s)),
    )))  # fmt: skip
    lam = sheet.write("h", either(sheet, 1 / t - (n - 1), (
        ("all for the others", 1 / t - n), ("number forgotten", 1 / t), ("plus the number", 1 / t + (n - 1)),
        ("factor not turned", t - (n - 1)), ("turned round", (n - 1) - 1 / t), ("one less again", 1 / t - (n - 2)),
    )))  # fmt: skip
    sheet.write("beta", either(sheet, S / (n + lam), (
        ("one less at the end", S / (n - 1 + lam)), ("no penalty at the end", S / n),
        ("penalty doubled", S / (n + 2 * lam)),
        ("mean over one and the penalty", S / n / (1 + lam)), ("minus below", S / (n - lam)),
        ("first of the means", s[0] / (n - 1 + lam)),
        ("penalty subtracted", S / n - lam),
    )))  # fmt: skip


LEFT_OUT = Family(
    "ridge-constant-loo",
    left_out,
    (
        slip("divided by all", "divided-by-all one-off", "B"),
        slip("mean of all", "mean-of-all", "B"),
        slip("sums of the others", "divisor-dropped sums-taken", "B"),
        slip("turned over", "permuted names-swapped", "B"),
        slip("own value kept", "own-value", "B"),
        slip("mean of the squares", "sum-for-mean mean-taken", "C"),
        slip("sizes added", "sizes power-dropped", "C"),
        slip("about the mean of all", "about-the-mean", "C"),
        slip("root of the sum", "root-taken other-operation", "C"),
        slip("last error left out", "term-dropped entry-left-out last-left-out", "C"),
        slip("halved", "factor-two", "C"),
        slip("upside down", "inverted reciprocal upside-down", "t"),
        slip("squares of y below", "squares-of-y names-swapped", "t"),
        slip("sum over sum", "sum-over-sum", "t"),
        slip("mean of the ratios", "mean-of-ratios", "t"),
        slip("two left over", "factor-two", "t"),
        slip("all for the others", "all-for-others one-off", "h"),
        slip("number forgotten", "term-dropped", "h"),
        slip("plus the number", "sign", "h"),
        slip("turned round", "sign whole-sign", "h"),
        slip("one less again", "one-off", "h"),
        slip("one less at the end", "one-less-at-end one-off", "beta"),
        slip("no penalty at the end", "term-dropped no-penalty", "beta"),
        slip("penalty doubled", "penalty-doubled factor-two", "beta"),
        slip("mean over one and the penalty", "mean-over-one", "beta"),
        slip("minus below", "sign", "beta"),
        slip("penalty subtracted", "penalty-subtracted", "beta"),
        pen("digit", "C beta"),
        pen("digits", "t beta"),
        pen("rounding", "beta"),
    ),
    (("divided by all", "all for the others"),),
)

FAMILIES = (ORIGIN, SHRUNKEN, LEFT_OUT)
