"""A weight with an absolute penalty; logistic regression with labels of two signs, and as a rule."""

from __future__ import annotations

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import worth


def soft(given: Given, sheet: Sheet) -> None:
    """Two sums, the weight, the penalty from which it is zero."""
    x, y, lam = np.array(given["x"], float), np.array(given["y"], float), float(given["lambda"])
    b = sheet.write("b", either(sheet, x @ y, (
        ("sums multiplied", x.sum() * y.sum()), ("last product left out", x[:-1] @ y[:-1]),
        ("sizes of x", np.abs(x) @ y),
        ("mean of the products", x @ y / 3),
    )))  # fmt: skip
    a = sheet.write("a", either(sheet, x @ x, (
        ("square of the sum", x.sum() ** 2), ("last square left out", x[:-1] @ x[:-1]), ("squares of y", y @ y),
        ("sum without squares", x.sum()), ("minus squared as a minus", np.abs(x) @ x),
    )))  # fmt: skip
    side, size = np.sign(b), abs(b)
    sheet.write("z", either(sheet, side * max(0.0, size - lam / 2) / a, (
        ("whole penalty", side * max(0.0, size - lam) / a), ("no penalty", b / a),
        ("away from zero", side * (size + lam / 2) / a),
        ("squared penalty", b / (a + lam)), ("penalty not divided", side * (size / a - lam / 2)),
        ("not divided", side * (size - lam / 2)), ("penalty doubled", side * max(0.0, size - 2 * lam) / a),
        ("size alone", max(0.0, size - lam / 2) / a), ("squares doubled", side * (size - lam / 2) / (2 * a)),
        ("penalty whatever the sign", (b - lam / 2) / a),
    )))  # fmt: skip
    sheet.write("q", either(sheet, 2 * size, (
        ("half of it", size), ("quarter of it", size / 2), ("with its sign", 2 * b), ("over the squares", 2 * size / a),
        ("best weight", size / a),
    )))  # fmt: skip


SOFT = Family(
    "lasso-constant",
    soft,
    (
        slip("sums multiplied", "product-of-sums", "b"),
        slip("last product left out", "last-left-out term-dropped entry-left-out", "b"),
        slip("sizes of x", "sizes sign", "b"),
        slip("mean of the products", "sum-for-mean", "b"),
        slip("square of the sum", "square-of-sum", "a"),
        slip("last square left out", "last-left-out term-dropped entry-left-out", "a"),
        slip("squares of y", "names-swapped", "a"),
        slip("sum without squares", "power-dropped", "a"),
        slip("minus squared as a minus", "minus-squared sign", "a"),
        slip("whole penalty", "whole-penalty factor-two", "z"),
        slip("no penalty", "no-penalty term-dropped", "z"),
        slip("away from zero", "away-from-zero sign", "z"),
        slip("squared penalty", "squared-penalty", "z"),
        slip("penalty not divided", "not-over-squares brackets", "z"),
        slip("not divided", "not-divided divisor-dropped", "z"),
        slip("penalty doubled", "doubled-penalty inverted", "z"),
        slip("size alone", "size-alone sign factor-dropped", "z"),
        slip("squares doubled", "halved-squares factor-two", "z"),
        slip("penalty whatever the sign", "away-from-zero sign", "z"),
        slip("half of it", "whole-penalty factor-two", "q"),
        slip("quarter of it", "doubled-penalty inverted", "q"),
        slip("with its sign", "threshold-with-sign sign whole-sign", "q"),
        slip("over the squares", "threshold-over-squares", "q"),
        pen("digit", "z"),
        pen("rounding", "z"),
        pen("whole-sign", "b"),
    ),
    (("sizes of x", "half of it"),),
)


def signed(given: Given, sheet: Sheet) -> None:
    """Margins, probabilities of the wrong class, loss, gradient, step."""
    X, y, w = (np.array(given[name], float) for name in ("X", "y", "w"))
    lam, rate = float(given["lambda"]), float(given["gamma"])
    m = sheet.write("m", either(sheet, y * (X @ w), (
        ("labels ignored", X @ w), ("weights swapped", y * (X @ w[::-1])), ("second feature lost", y * X[:, 0] * w[0]),
        ("second feature subtracted", y * (X @ (w * [1, -1]))), ("labels turned round", -y * (X @ w)),
        ("sizes for margins", np.abs(X @ w)),
    )))  # fmt: skip
    right = 1 / (1 + np.exp(m))
    q = sheet.write("q", either(sheet, right, (
        ("right class", 1 - right), ("exponentials", np.exp(-m)), ("slope of the sigmoid", right * (1 - right)),
        ("powers of two", 1 / (1 + 2.0**m)), ("hyperbolic tangent", np.tanh(-m)),
        ("shares", np.exp(-m) / np.exp(-m).sum()),
    )))  # fmt: skip
    each, penalty = np.log(1 + np.exp(-m)), lam * (w @ w)
    sheet.write("L", either(sheet, each.sum() + penalty, (
        ("penalty lost", each.sum()), ("plus in the exponent", np.log(1 + np.exp(m)).sum() + penalty),
        ("norm not squared", each.sum() + lam * np.sqrt(w @ w)), ("mean of the objects", each.mean() + penalty),
        ("sum of the weights squared", each.sum() + lam * w.sum() ** 2),
        ("decimal logarithm", each.sum() / np.log(10) + penalty),
        ("minus in front", -each.sum() + penalty), ("penalty without its rate", each.sum() + w @ w),
        ("penalty halved", each.sum() + penalty / 2), ("penalty subtracted", each.sum() - penalty),
        ("one lost", -m.sum() + penalty),
    )))  # fmt: skip
    fit = -X.T @ (y * q)
    g = sheet.write("g", either(sheet, fit + 2 * lam * w, (
        ("two of the penalty lost", fit + lam * w), ("penalty left out", fit),
        ("objects with a plus", -fit + 2 * lam * w),
        ("other probability", -X.T @ (y * (1 - q)) + 2 * lam * w), ("labels lost", -X.T @ q + 2 * lam * w),
        ("slope for the probability", -X.T @ (y * q * (1 - q)) + 2 * lam * w),
        ("logarithm kept below", -X.T @ (y * q / each) + 2 * lam * w),
        ("exponential alone", -X.T @ (y * np.exp(-m)) + 2 * lam * w),
        ("penalty with a minus", fit - 2 * lam * w), ("sign of the whole", -fit - 2 * lam * w),
        ("first object alone", -X[0] * y[0] * q[0] + 2 * lam * w), ("mean for the sum", fit / 2 + 2 * lam * w),
        ("entries swapped", (fit + 2 * lam * w)[::-1]),
    )))  # fmt: skip
    sheet.write("u", either(sheet, w - rate * g, (
        ("uphill", w + rate * g), ("rate forgotten", w - g), ("change alone", -rate * g),
        ("rate times ten", w - 10 * rate * g),
    )))  # fmt: skip


SIGNED = Family(
    "logreg-l2-gradient",
    signed,
    (
        slip("labels ignored", "labels-ignored factor-dropped", "m"),
        slip("weights swapped", "weights-swapped names-swapped", "m"),
        slip("second feature lost", "second-lost term-dropped", "m"),
        slip("second feature subtracted", "second-subtracted sign", "m"),
        slip("labels turned round", "sign whole-sign", "m"),
        slip("sizes for margins", "sign sizes", "m"),
        slip("right class", "right-class sign complement", "q"),
        slip("exponentials", "exponentials", "q"),
        slip("slope of the sigmoid", "activation-for-derivative factor-extra slope-taken", "q"),
        slip("powers of two", "other-function number-off log-base powers-of-two", "q"),
        slip("hyperbolic tangent", "other-function", "q"),
        slip("penalty lost", "penalty-lost term-dropped", "L"),
        slip("plus in the exponent", "exponent-with-plus sign", "L"),
        slip("norm not squared", "norm-not-squared", "L"),
        slip("mean of the objects", "mean-of-objects sum-for-mean", "L"),
        slip("sum of the weights squared", "square-of-sum", "L"),
        slip("decimal logarithm", "decimal-logarithm log-base", "L"),
        slip("minus in front", "sign", "L"),
        slip("penalty without its rate", "factor-dropped", "L"),
        slip("penalty halved", "penalty-halved factor-two", "L"),
        slip("penalty subtracted", "sign", "L"),
        slip("one lost", "term-dropped", "L"),
        slip("two of the penalty lost", "penalty-not-differentiated factor-two factor-dropped", "g"),
        slip("penalty left out", "no-penalty-in-gradient term-dropped", "g"),
        slip("objects with a plus", "objects-with-plus sign", "g"),
        slip("other probability", "other-probability complement", "g"),
        slip("labels lost", "labels-lost factor-dropped", "g"),
        slip("slope for the probability", "extra-derivative factor-extra", "g"),
        slip("logarithm kept below", "logarithm-kept", "g"),
        slip("exponential alone", "one-over-lost", "g"),
        slip("penalty with a minus", "penalty-with-minus sign", "g"),
        slip("sign of the whole", "whole-sign sign", "g"),
        slip("mean for the sum", "sum-for-mean mean-of-gradients", "g"),
        slip("uphill", "uphill sign", "u"),
        slip("rate forgotten", "factor-dropped", "u"),
        slip("change alone", "step-alone term-dropped", "u"),
        slip("rate times ten", "rate-tenfold number-off", "u"),
        pen("rounding", "q L g"),
        pen("entry-sign", "m u"),
        pen("digit", "g"),
    ),
    (("labels ignored", "uphill"), ("right class", "penalty left out")),
)


def rule(given: Given, sheet: Sheet) -> None:
    """The chain of derivatives as formulas, and a step with numbers."""
    unit = "1" if given["base"] == "natural" else "ln(2)"
    other = "ln(2)" if unit == "1" else "1"
    h = sheet.write("h", either(sheet, f"(-y/p + (1 - y)/(1 - p))/{unit}", (
        ("minus lost", f"(y/p - (1 - y)/(1 - p))/{unit}"), ("inner minus lost", f"(-y/p - (1 - y)/(1 - p))/{unit}"),
        ("base of the logarithm", f"(-y/p + (1 - y)/(1 - p))/{other}"), ("second logarithm lost", f"-y/p/{unit}"),
        ("base upside down", f"(-y/p + (1 - y)/(1 - p))*{unit}"),
        ("logarithms kept", f"(-y*ln(p)/p + (1 - y)*ln(1 - p)/(1 - p))/{unit}"),
        ("classes swapped", f"(-(1 - y)/p + y/(1 - p))/{unit}"), ("difference of the two", "p - y"),
        ("first minus lost", f"(y/p + (1 - y)/(1 - p))/{unit}"),
        ("squares below", f"(-y/p^2 + (1 - y)/(1 - p)^2)/{unit}"),
    )))  # fmt: skip
    k = sheet.write("k", either(sheet, "p*(1 - p)*x", (
        ("input lost", "p*(1 - p)"), ("rule of the tangent", "(1 - p^2)*x"), ("value for the slope", "p*x"),
        ("plus in the slope", "p*(1 + p)*x"), ("minus in the slope", "-p*(1 - p)*x"), ("complement alone", "(1 - p)*x"),
        ("input squared", "p*(1 - p)*x^2"), ("p squared", "p^2*(1 - p)*x"),
    )))  # fmt: skip
    g = sheet.write("g", either(sheet, f"({h})*({k})", (
        ("turned round", f"(y - p)*x/{unit}"), ("input lost at the end", f"(p - y)/{unit}"),
        ("slope left over", f"(p - y)*p*(1 - p)*x/{unit}"), ("sum for the difference", f"(p + y)*x/{unit}"),
        ("added for multiplied", f"({h}) + ({k})"), ("half lost", f"(p - 1)*x/{unit}"),
        ("squared", f"(p - y)^2*x/{unit}"),
        ("label lost", f"p*x/{unit}"),
    )))  # fmt: skip
    at = {"p": np.float64(given["p0"]), "y": np.float64(given["y0"]), "x": np.float64(given["x0"])}
    w, rate, value = float(given["w"]), float(given["gamma"]), float(worth(g, **at))
    sheet.write("u", either(sheet, w - rate * value, (
        ("uphill", w + rate * value), ("rate forgotten", w - value), ("change alone", -rate * value),
        ("rate times ten", w - 10 * rate * value),
        ("other label", w - rate * float(worth(g, **{**at, "y": 1 - at["y"]}))),
    )))  # fmt: skip


RULE = Family(
    "logreg-update-formula",
    rule,
    (
        slip("minus lost", "minus-lost whole-sign sign constant-factor", "h"),
        slip("inner minus lost", "inner-minus-lost sign inner-lost", "h"),
        slip("base of the logarithm", "base-lost log-base factor-dropped constant-factor", "h"),
        slip("base upside down", "base-upside-down", "h"),
        slip("second logarithm lost", "first-class-alone term-dropped", "h"),
        slip("logarithms kept", "logarithms-kept", "h"),
        slip("classes swapped", "classes-swapped complement", "h"),
        slip("first minus lost", "sign", "h"),
        slip("squares below", "exponent-off power-kept factor-extra squares-below", "h"),
        slip("input lost", "input-lost factor-dropped", "k"),
        slip("rule of the tangent", "tanh-rule", "k"),
        slip("value for the slope", "value-for-slope activation-for-derivative factor-dropped", "k"),
        slip("plus in the slope", "plus-in-slope sign", "k"),
        slip("minus in the slope", "minus-in-slope whole-sign constant-factor sign", "k"),
        slip("complement alone", "factor-dropped", "k"),
        slip("input squared", "exponent-off factor-extra", "k"),
        slip("turned round", "turned-round whole-sign constant-factor sign", "g"),
        slip("input lost at the end", "input-lost-at-end factor-dropped", "g"),
        slip("slope left over", "slope-left-over", "g"),
        slip("sum for the difference", "sum-for-difference sign", "g"),
        slip("added for multiplied", "added other-operation", "g"),
        slip("label lost", "term-dropped label-lost", "g"),
        slip("uphill", "uphill sign", "u"),
        slip("rate forgotten", "factor-dropped", "u"),
        slip("change alone", "change-alone term-dropped", "u"),
        slip("rate times ten", "rate-tenfold number-off", "u"),
        slip("other label", "number-off complement other-label", "u"),
        pen("digit", "u"),
        pen("rounding", "u"),
    ),
    (("minus lost", "uphill"),),
)

FAMILIES = (SOFT, SIGNED, RULE)
