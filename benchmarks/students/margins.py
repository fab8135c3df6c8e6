"""Losses of linear classifiers by hand: the logistic one of three objects, the hinge loss with a penalty."""

from __future__ import annotations

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.logistic import ln
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def objects(given: Given, sheet: Sheet) -> None:
    """Sums, probabilities, loss, gradient."""
    x, y, b0, b1 = np.array(given["x"], float), np.array(given["y"], float), given["b0"], given["b1"]
    mean = given["reduction"] == "average"
    z = sheet.write("z", either(sheet, b0 + b1 * x, (
        ("constant lost", b1 * x), ("coefficients swapped", b1 + b0 * x), ("sign of the constant", b1 * x - b0),
        ("x lost", np.full(3, b0 + b1)), ("sign of the slope", b0 - b1 * x),
    )))  # fmt: skip
    p = sheet.write("p", either(sheet, 1 / (1 + np.exp(-z)), (
        ("plus in the exponent", 1 / (1 + np.exp(z))), ("one lost below", np.exp(z)),
        ("softmax", np.exp(z) / np.exp(z).sum()),
        ("powers of two", 1 / (1 + 2.0 ** (-z))), ("hyperbolic tangent", np.tanh(z)),
        ("exponentials alone", np.exp(-z)),
        ("fraction turned over", 1 + np.exp(-z)),
    )))  # fmt: skip
    hit, miss = np.array([ln(v) for v in p]), np.array([ln(1 - v) for v in p])
    true, false = y * hit, (1 - y) * miss
    terms = true + false
    scale = 3 if mean else 1
    sheet.write("L", either(sheet, -terms.sum() / scale, (
        ("labels swapped", -(y * miss + (1 - y) * hit).sum() / scale),
        ("decimal logarithm", -terms.sum() / scale / np.log(10)),
        ("binary logarithm", -terms.sum() / scale / np.log(2)), ("terms of class 1 alone", -true.sum() / scale),
        ("terms of class 0 alone", -false.sum() / scale), ("minus lost", terms.sum() / scale),
        ("sum and mean confused", -terms.sum() * (1 if mean else 1 / 3)), ("logarithms of all", -hit.sum() / scale),
        ("squared errors", ((p - y) ** 2).sum() / scale), ("last object left out", -terms[:-1].sum() / scale),
    )))  # fmt: skip
    r = p - y
    G = np.array([r.sum(), r @ x]) / scale
    d = p * (1 - p)
    sheet.write("G", either(sheet, G, (
        ("turned round", -G), ("entries swapped", G[::-1]),
        ("extra derivative", np.array([(r * d).sum(), r * d @ x]) / scale),
        ("labels forgotten", np.array([p.sum(), p @ x]) / scale), ("x forgotten", np.full(2, G[0])),
        ("other scale", G * (3 if mean else 1 / 3)),
        ("sums multiplied", np.array([r.sum(), r.sum() * x.sum()]) / scale),
        ("labels swapped in the gradient", np.array([(p - 1 + y).sum(), (p - 1 + y) @ x]) / scale),
        ("labels with a plus", np.array([(p + y).sum(), (p + y) @ x]) / scale),
        ("sums for probabilities", np.array([(z - y).sum(), (z - y) @ x]) / scale),
    )))  # fmt: skip


OBJECTS = Family(
    "logloss-three-points",
    objects,
    (
        slip("constant lost", "term-dropped", "z"),
        slip("coefficients swapped", "coefficients-swapped names-swapped", "z"),
        slip("sign of the constant", "sign", "z"),
        slip("x lost", "factor-dropped", "z"),
        slip("sign of the slope", "sign", "z"),
        slip("plus in the exponent", "sign complement plus-in-exponent", "p"),
        slip("one lost below", "term-dropped", "p"),
        slip("softmax", "softmax-taken other-function", "p"),
        slip("powers of two", "powers-of-two other-function log-base", "p"),
        slip("hyperbolic tangent", "other-function tanh-taken", "p"),
        slip("fraction turned over", "inverted reciprocal", "p"),
        slip("labels swapped", "labels-swapped complement", "L"),
        slip("decimal logarithm", "decimal-logarithm log-base", "L"),
        slip("binary logarithm", "binary-logarithm log-base", "L"),
        slip("terms of class 1 alone", "class-one-alone term-dropped", "L"),
        slip("terms of class 0 alone", "class-zero-alone term-dropped", "L"),
        slip("minus lost", "sign whole-sign", "L"),
        slip("sum and mean confused", "other-reduction sum-for-mean", "L"),
        slip("logarithms of all", "labels-ignored term-dropped", "L"),
        slip("squared errors", "squared-errors other-loss", "L"),
        slip("last object left out", "last-left-out term-dropped entry-left-out", "L"),
        slip("turned round", "turned-round sign whole-sign", "G"),
        slip("entries swapped", "permuted names-swapped", "G"),
        slip("extra derivative", "extra-derivative factor-extra", "G"),
        slip("labels forgotten", "labels-forgotten term-dropped", "G"),
        slip("x forgotten", "x-forgotten factor-dropped entry-repeated", "G"),
        slip("other scale", "other-scale other-reduction sum-for-mean", "G"),
        slip("sums multiplied", "sums-multiplied other-convention", "G"),
        slip("labels swapped in the gradient", "labels-swapped complement", "G"),
        slip("labels with a plus", "sign", "G r"),
        pen("rounding", "L"),
        pen("entry-sign", "p G"),
    ),
    (("coefficients swapped", "turned round"),),
)


def hinge(given: Given, sheet: Sheet) -> None:
    """Outputs, margins, hinge terms, their mean, the penalty, the objective."""
    X, y = np.array(given["X"], float), np.array(given["y"], float)
    w, b, lam = np.array(given["w"], float), float(given["b"]), float(given["lambda"])
    f = sheet.write("f", either(sheet, X @ w + b, (
        ("constant lost", X @ w), ("weights swapped", X @ w[::-1] + b), ("sign of the constant", X @ w - b),
        ("second term lost", X[:, 0] * w[0] + b), ("second term subtracted", X @ (w * [1, -1]) + b),
        ("signs of the outputs", np.sign(X @ w + b)), ("sizes of the weights", X @ np.abs(w) + b),
    )))  # fmt: skip
    m = sheet.write("m", either(sheet, y * f, (
        ("labels ignored", f), ("labels turned round", -y * f), ("sizes for margins", np.abs(f)),
        ("label subtracted", y - f),
        ("label added", y + f), ("one minus the margin", 1 - y * f),
    )))  # fmt: skip
    h = sheet.write("h", either(sheet, np.maximum(0, 1 - m), (
        ("one forgotten", np.maximum(0, -m)), ("margin for the slack", np.maximum(0, m)), ("not cut at zero", 1 - m),
        ("plus the margin", np.maximum(0, 1 + m)), ("cut at one", np.minimum(1, np.maximum(0, 1 - m))),
        ("minus in front", m - 1), ("wrong side counted", np.maximum(0, m - 1)), ("mistakes counted", (m < 0) * 1.0),
        ("squared hinge", np.maximum(0, 1 - m) ** 2),
    )))  # fmt: skip
    R = sheet.write("R", either(sheet, lam * (w @ w + b * b), (
        ("constant not penalised", lam * (w @ w)), ("norm not squared", lam * np.sqrt(w @ w + b * b)),
        ("rate lost", w @ w + b * b), ("halved", lam * (w @ w + b * b) / 2),
        ("sizes added", lam * (np.abs(w).sum() + abs(b))),
        ("square of the sum", lam * (w.sum() + b) ** 2), ("rate squared", lam**2 * (w @ w + b * b)),
    )))  # fmt: skip
    sheet.write("L", either(sheet, R + h.mean(), (
        ("no mean", R + h.sum()), ("penalty left out", h.mean()),
        ("mean of those that count", R + h.sum() / max(1, (h > 0).sum())),
        ("penalty subtracted", h.mean() - R), ("hinge alone summed", h.sum()),
        ("mean of everything", (R + h.sum()) / len(y)),
        ("mean over the weights", R + h.sum() / 3), ("penalty for every object", len(y) * R + h.sum()),
    )))  # fmt: skip


HINGE = Family(
    "hinge-svm-loss",
    hinge,
    (
        slip("constant lost", "term-dropped", "f"),
        slip("weights swapped", "weights-swapped names-swapped", "f"),
        slip("sign of the constant", "sign", "f"),
        slip("second term lost", "term-dropped second-lost", "f"),
        slip("second term subtracted", "sign second-subtracted", "f"),
        slip("sizes of the weights", "sign weights-sizes", "f"),
        slip("labels ignored", "labels-ignored factor-dropped other-blank", "m"),
        slip("labels turned round", "sign whole-sign", "m"),
        slip("sizes for margins", "sizes sign", "m"),
        slip("label subtracted", "label-subtracted other-operation", "m"),
        slip("one forgotten", "one-forgotten term-dropped", "h"),
        slip("margin for the slack", "margin-for-slack", "h"),
        slip("not cut at zero", "not-cut activation-missing", "h"),
        slip("plus the margin", "plus-margin sign", "h"),
        slip("wrong side counted", "wrong-side sign", "h"),
        slip("mistakes counted", "mistakes-counted", "h"),
        slip("squared hinge", "squared-hinge exponent-off", "h"),
        slip("constant not penalised", "constant-not-penalised term-dropped", "R"),
        slip("norm not squared", "norm-not-squared power-dropped other-operation", "R"),
        slip("rate lost", "factor-dropped", "R"),
        slip("halved", "factor-two", "R"),
        slip("sizes added", "sizes-added power-dropped", "R"),
        slip("square of the sum", "square-of-sum other-convention", "R"),
        slip("no mean", "no-mean sum-for-mean divisor-dropped", "L"),
        slip("penalty left out", "term-dropped", "L"),
        slip("mean of those that count", "mean-of-active", "L"),
        slip("penalty subtracted", "sign", "L"),
        slip("mean of everything", "mean-of-all brackets", "L"),
        pen("entry-sign", "f m"),
        pen("other-blank", "L", "term-dropped"),
    ),
    (("labels ignored", "constant not penalised"),),
)

FAMILIES = (OBJECTS, HINGE)
