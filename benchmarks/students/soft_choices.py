"""Softmax by hand once more: a smooth maximum, large logits, two outputs or one, limits of the temperature, bounds."""

from __future__ import annotations

from math import floor, log

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.logistic import ln
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def smooth(given: Given, sheet: Sheet) -> None:
    """Exponentials, the smooth maximum and its bound, weights and their mean, how large k has to be."""
    z, k, eps = np.array(given["z"], float), float(given["k"]), float(given["eps"])
    a = sheet.write("a", either(sheet, np.exp(k * z), (
        ("k lost", np.exp(z)), ("powers of two", 2 ** (k * z)), ("minus in the exponents", np.exp(-k * z)),
        ("k before the power", k * np.exp(z)), ("divided by k inside", np.exp(z / k)),
    )))  # fmt: skip
    s = a.sum()
    S = sheet.write("S", either(sheet, ln(s) / k, (
        ("not divided by k", ln(s)), ("multiplied by k", ln(s) * k), ("mean inside", ln(s / 3) / k),
        ("decimal logarithm", np.log10(s) / k), ("logarithms added", np.log(a).sum() / k),
        ("last left out", ln(a[:2].sum()) / k),
        ("logarithm of the largest", ln(z.max()) / k),
    )))  # fmt: skip
    top = z.max()
    sheet.write("U", either(sheet, top + log(3) / k, (
        ("bound without k", top + log(3)), ("bound times k", top + log(3) * k),
        ("three for its logarithm", top + 3 / k),
        ("maximum alone", top), ("bound from the sum", S + log(3) / k),
        ("bound from the least", z.min() + log(3) / k),
        ("two numbers in the bound", top + log(2) / k), ("three times the maximum", 3 * top),
        ("k lost in the bound", (top + log(3)) / k),
    )))  # fmt: skip
    p = sheet.write("p", either(sheet, a / s, (
        ("ratio of the numbers", z / z.sum()), ("divided by the others", a / (s - a)),
        ("divided by the largest", a / a.max()),
    )))  # fmt: skip
    sheet.write("A", either(sheet, p @ z, (
        ("plain mean", z.mean()), ("exponentials for weights", a @ z), ("mean of the products", (p * z).mean()),
        ("largest alone", p.max() * z.max()), ("last term lost", (p * z)[:2].sum()),
    )))  # fmt: skip
    sheet.write("K", either(sheet, floor(log(3) / eps) + 1, (
        ("rounded down", floor(log(3) / eps)), ("logarithm lost", floor(3 / eps + 1e-9) + 1),
        ("one over epsilon", floor(1 / eps + 1e-9) + 1),
        ("base ten", floor(np.log10(3) / eps) + 1), ("two numbers", floor(log(2) / eps) + 1),
        ("these numbers", floor(k * (S - top) / eps) + 1),
    )))  # fmt: skip


SMOOTH = Family(
    "softmax-smooth-max",
    smooth,
    (
        slip("k lost", "factor-forgotten factor-dropped", "a"),
        slip("powers of two", "powers-of-two other-function log-base", "a"),
        slip("minus in the exponents", "minus-in-exponent sign", "a"),
        slip("k before the power", "factor-before brackets", "a"),
        slip("divided by k inside", "divided-in-exponent inverted other-operation", "a"),
        slip("not divided by k", "not-divided divisor-dropped", "S"),
        slip("multiplied by k", "multiplied-back inverted other-operation", "S"),
        slip("mean inside", "mean-inside sum-for-mean", "S"),
        slip("decimal logarithm", "decimal-logarithm log-base", "S"),
        slip("logarithms added", "logarithms-added taken-apart", "S"),
        slip("last left out", "term-dropped entry-left-out", "S s"),
        slip("logarithm of the largest", "logarithm-of-maximum", "S"),
        slip("bound without k", "bound-without-k divisor-dropped", "U"),
        slip("bound times k", "inverted other-operation", "U"),
        slip("three for its logarithm", "bound-with-number activation-missing", "U"),
        slip("maximum alone", "maximum-for-bound term-dropped", "U"),
        slip("bound from the sum", "bound-from-sum other-quantity", "U"),
        slip("two numbers in the bound", "number-off", "U"),
        slip("three times the maximum", "bound-times-three", "U"),
        slip("k lost in the bound", "bound-factor-forgotten brackets", "U"),
        slip("ratio of the numbers", "ratio-of-numbers activation-missing", "p"),
        slip("divided by the others", "divided-by-the-others term-dropped", "p"),
        slip("divided by the largest", "divided-by-the-largest", "p"),
        slip("plain mean", "plain-mean", "A"),
        slip("exponentials for weights", "weights-not-normed divisor-dropped", "A"),
        slip("mean of the products", "weighted-and-divided sum-for-mean", "A"),
        slip("largest alone", "most-likely-number", "A"),
        slip("rounded down", "rounded-down one-off", "K"),
        slip("these numbers", "this-excess", "K"),
        slip("logarithm lost", "logarithm-forgotten activation-missing", "K"),
        slip("one over epsilon", "one-for-number", "K"),
        slip("base ten", "other-logarithm log-base", "K"),
        slip("two numbers", "two-numbers number-off", "K"),
        pen("digit", "S U"),
        pen("permuted", "a p"),
    ),
    (("k lost", "bound without k"),),
)


def shifted(given: Given, sheet: Sheet) -> None:
    """Differences to the largest logit, the sum of exponentials, probabilities, a loss."""
    z, k = np.array(given["z"], float), int(given["k"]) - 1
    d = sheet.write("d", either(sheet, z - z.max(), (
        ("turned round", z.max() - z), ("least subtracted", z - z.min()), ("divided by the largest", z / z.max()),
        ("round number subtracted", z - given["c"]), ("mean subtracted", z - z.mean()),
    )))  # fmt: skip
    with np.errstate(all="ignore"):
        a = np.exp(d)
        S = sheet.write("S", either(sheet, a.sum(), (
            ("last left out", a[:2].sum()), ("exponential of the sum", np.exp(d.sum())),
            ("largest forgotten", a.sum() - 1),
            ("numbers added", d.sum()), ("powers of two", (2.0**d).sum()),
        )))  # fmt: skip
        p = sheet.write("p", either(sheet, a / S, (
            ("minus in the exponents", (1 / a) / (1 / a).sum()), ("ratio of the numbers", d / d.sum()),
            ("divided by the others", a / (a.sum() - a)), ("not divided", a), ("sigmoids", 1 / (1 + 1 / a)),
            ("ratio of the logits", z / z.sum()),
        )))  # fmt: skip
        other = (k + 1) % 3
        sheet.write("l", either(sheet, ln(S) - d[k], (
            ("minus lost", d[k] - ln(S)), ("sum alone", ln(S)), ("own number alone", -d[k]),
            ("other class", ln(S) - d[other]),
            ("decimal logarithm", (ln(S) - d[k]) / np.log(10)), ("binary logarithm", (ln(S) - d[k]) / np.log(2)),
            ("likeliest class", -ln(p.max())), ("one minus", 1 - p[k]), ("complement", -ln(1 - p[k])),
            ("large logit kept", ln(S) - z[k]),
        )))  # fmt: skip


SHIFTED = Family(
    "softmax-shift-invariance",
    shifted,
    (
        slip("turned round", "turned-difference sign whole-sign", "d"),
        slip("least subtracted", "smallest-subtracted other-function", "d"),
        slip("divided by the largest", "divided-by-largest other-operation", "d"),
        slip("round number subtracted", "hundreds-only", "d"),
        slip("mean subtracted", "mean-subtracted", "d"),
        slip("last left out", "last-left-out term-dropped entry-left-out", "S"),
        slip("exponential of the sum", "exponential-of-the-sum", "S"),
        slip("largest forgotten", "largest-forgotten", "S"),
        slip("numbers added", "sum-of-numbers activation-missing", "S"),
        slip("powers of two", "powers-of-two other-function log-base", "S"),
        slip("minus in the exponents", "minus-in-exponent sign", "p"),
        slip("ratio of the numbers", "ratio-of-numbers activation-missing", "p"),
        slip("divided by the others", "divided-by-the-others term-dropped", "p"),
        slip("not divided", "not-divided divisor-dropped", "p"),
        slip("sigmoids", "sigmoids other-function", "p"),
        slip("ratio of the logits", "ratio-of-logits activation-missing", "p"),
        slip("minus lost", "minus-lost sign whole-sign", "l"),
        slip("sum alone", "sum-alone term-dropped", "l"),
        slip("own number alone", "own-alone term-dropped", "l"),
        slip("other class", "index-off", "l"),
        slip("decimal logarithm", "decimal-logarithm log-base", "l"),
        slip("binary logarithm", "binary-logarithm log-base", "l"),
        slip("likeliest class", "likeliest-class", "l"),
        slip("one minus", "logarithm-of-probability-lost", "l"),
        slip("complement", "complement", "l"),
        slip("large logit kept", "large-logit-kept other-quantity", "l"),
        pen("digit", "S"),
        pen("digits", "S"),
        pen("permuted", "p"),
    ),
    (("turned round", "sum alone"),),
)


def heads(given: Given, sheet: Sheet) -> None:
    """The single sum as a formula, at a point, its sigmoid, a loss, a point of the border."""
    W, v, P, s = (
        np.array(given["W"], float),
        np.array(given["v"], float),
        np.array(given["P"], float),
        float(given["s"]),
    )
    first, second = np.append(W[0], v[0]), np.append(W[1], v[1])
    w = first - second

    c = sheet.write("c", either(sheet, w, (
        ("first output", first), ("second output", second), ("turned round", -w), ("outputs added", first + second),
        ("biases added", w + np.array([0, 0, 2 * v[1]])), ("biases lost", w * [1, 1, 0]), ("ratio", first / second),
        ("columns for rows", np.array([W[0, 0] - W[0, 1], W[1, 0] - W[1, 1], v[0] - v[1]])),
        ("second weight added", w + np.array([0, 2 * W[1, 1], 0])),
        ("first bias alone", w + np.array([0, 0, v[1]])),
    )))  # fmt: skip
    z = sheet.write("z0", either(sheet, c[0] * P[0] + c[1] * P[1] + c[2], (
        ("inputs exchanged", c[0] * P[1] + c[1] * P[0] + c[2]),
        ("second input left out", c[0] * P[0] + c[2]),
    )))  # fmt: skip
    u = W @ P + v
    p = sheet.write("p0", either(sheet, 1 / (1 + np.exp(-z)), (
        ("sign in the exponent", 1 / (1 + np.exp(z))), ("ratio of the outputs", u[0] / u.sum()),
        ("exponential alone", np.exp(z)),
        ("sigmoid of the first", 1 / (1 + np.exp(-u[0]))), ("hyperbolic tangent", np.tanh(z)),
        ("turned over", 1 + np.exp(-z)),
    )))  # fmt: skip
    sheet.write("l", either(sheet, -ln(1 - p), (
        ("loss of class 1", -ln(p)), ("minus lost", ln(1 - p)), ("both classes", -ln(p) - ln(1 - p)),
        ("decimal logarithm", -ln(1 - p) / np.log(10)), ("no logarithm", 1 - p),
    )))  # fmt: skip
    k, m, c0 = (np.float64(number) for number in c)
    here = k * s + c0
    with np.errstate(all="ignore"):
        sheet.write("t", either(sheet, -here / m, (
            ("border without minus", here / m), ("border without bias", -k * s / m),
            ("half for zero", (0.5 - here) / m), ("not divided", -here),
            ("other input", -(m * s + c0) / k), ("border of the first", -(W[0, 0] * s + v[0]) / W[0, 1]),
            ("sign of the bias", (c0 - k * s) / m),
        )))  # fmt: skip


HEADS = Family(
    "softmax-sigmoid-equivalence",
    heads,
    (
        slip("first output", "first-output term-dropped", "c"),
        slip("second output", "second-output term-dropped", "c"),
        slip("turned round", "difference-turned sign whole-sign", "c"),
        slip("outputs added", "outputs-added sign", "c"),
        slip("biases added", "constants-added sign constant-term", "c"),
        slip("biases lost", "constants-lost term-dropped constant-term", "c"),
        slip("columns for rows", "columns-for-rows index-off", "c"),
        slip("ratio", "ratio-of-outputs other-operation", "c"),
        slip("second weight added", "sign", "c"),
        slip("first bias alone", "term-dropped constant-term", "c"),
        slip("inputs exchanged", "names-swapped index-off permuted", "z0"),
        slip("second input left out", "term-dropped", "z0"),
        slip("sign in the exponent", "exponent-sign sign complement", "p0"),
        slip("ratio of the outputs", "ratio-of-numbers", "p0"),
        slip("exponential alone", "odds other-function", "p0"),
        slip("sigmoid of the first", "sigmoid-of-first index-off other-quantity", "p0"),
        slip("hyperbolic tangent", "tanh-taken other-function", "p0"),
        slip("loss of class 1", "other-class complement", "l"),
        slip("minus lost", "minus-lost sign whole-sign", "l"),
        slip("both classes", "both-classes term-extra", "l"),
        slip("decimal logarithm", "decimal-logarithm log-base", "l"),
        slip("no logarithm", "no-logarithm activation-missing", "l"),
        slip("border without minus", "sign-of-border sign whole-sign", "t"),
        slip("border without bias", "border-without-constant term-dropped", "t"),
        slip("half for zero", "border-at-half", "t"),
        slip("not divided", "border-not-divided divisor-dropped", "t"),
        slip("other input", "border-of-other-input names-swapped", "t"),
        slip("border of the first", "border-of-first term-dropped", "t"),
        slip("sign of the bias", "sign border-sign-of-constant", "t"),
        pen("digit", "p0 t"),
    ),
    (("biases added", "loss of class 1"),),
)

FAMILIES = (SMOOTH, SHIFTED, HEADS)
