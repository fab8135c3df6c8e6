"""Least squares by hand: a line through the origin, a shrunken mean and its penalty."""

from __future__ import annotations

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


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

FAMILIES = (ORIGIN,)
