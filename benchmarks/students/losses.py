"""The cross-entropy of a softmax."""

from __future__ import annotations

from math import exp, log

import numpy as np

from benchmarks.students.logistic import ln
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def softmax(given: Given, sheet: Sheet) -> None:
    """Probabilities of the true classes, their losses, the loss of both objects."""
    losses = []
    for i in (1, 2):
        scores, true = np.array(given["Z"][i - 1]), int(given["c"][i - 1]) - 1
        if sheet("scores of the other object", i, 2):
            scores = np.array(given["Z"][2 - i])
        powers = scores if sheet("exponentials left out", i, 2) else np.exp(scores)
        q = powers[true] / powers.sum()
        if sheet("likeliest class", i, 2):
            q = powers.max() / powers.sum()
        if sheet("divided by the others", i, 2):
            q = powers[true] / (powers.sum() - powers[true])
        if sheet("next class", i, 2):
            q = powers[(true + 1) % 3] / powers.sum()
        if sheet("fraction upside down", i, 2):
            q = powers.sum() / powers[true]
        if sheet("not divided", i, 2):
            q = powers[true]
        if sheet("class before", i, 2):
            q = powers[true - 1] / powers.sum()
        if sheet("minus in the exponents", i, 2):
            q = 1 / (np.exp(-scores) / np.exp(-scores[true])).sum()
        if sheet("powers of two", i, 2):
            q = 2 ** scores[true] / (2**scores).sum()
        if sheet("sigmoid for the softmax", i, 2):
            q = 1 / (1 + exp(-scores[true]))
        if sheet("sum over the objects", i, 2):
            q = powers[true] / np.exp(np.array(given["Z"])[:, true]).sum()
        if sheet("sum over everything", i, 2):
            q = powers[true] / np.exp(np.array(given["Z"])).sum()
        if sheet("exponential of the sum below", i, 2):
            q = powers[true] / exp(scores.sum())
        if sheet("exponentials below left out", i, 2):
            q = powers[true] / scores.sum()
        if sheet("one minus the probability", i, 2):
            q = 1 - q
        q = sheet.write(f"q[{i}]", q)
        taken = sheet.digits[f"q[{i}]"].coarser().rounded(q) if sheet("rounded too early", i, 2) else q
        loss = -ln(taken)
        if sheet("minus lost", i, 2):
            loss = ln(q)
        if sheet("binary logarithm", i, 2) or sheet("always the binary logarithm", i):
            loss = -ln(q) / log(2)
        if sheet("decimal logarithm", i, 2):
            loss = -ln(q) / log(10)
        if sheet("other classes added", i, 2):
            loss = -ln(q) - sum(ln(1 - p) for k, p in enumerate(powers / powers.sum()) if k != true)
        if sheet("logarithm left out", i, 2):
            loss = -q
        if sheet("squared error for the loss", i, 2):
            loss = (1 - q) ** 2
        if sheet("logarithm of the rest", i, 2):
            loss = -ln(1 - q)
        if sheet("probability times its logarithm", i, 2):
            loss = -q * ln(q)
        if sheet("logarithm of the exponential alone", i, 2):
            loss = -scores[true]
        losses.append(sheet.write(f"l[{i}]", loss))
    total = losses[0] + losses[1]
    if sheet("second object left out"):
        total = losses[0]
    if sheet("losses subtracted"):
        total = losses[0] - losses[1]
    if sheet("losses multiplied"):
        total = losses[0] * losses[1]
    if sheet("first object left out"):
        total = losses[1]
    mean = given["reduction"] == "average"
    if sheet("sum and mean confused"):
        mean = not mean
    total = total / 2 if mean else total
    if sheet("mean over the classes"):
        total = (losses[0] + losses[1]) / 3
    if sheet("minus at the end"):
        total = -total
    sheet.write("loss", total)


SOFTMAX = Family(
    "softmax-logloss",
    softmax,
    (
        slip("scores of the other object", "index-off", "p q"),
        slip("exponentials left out", "activation-missing", "P p q"),
        slip("likeliest class", "likeliest-class index-off", "q"),
        slip("next class", "index-off", "q p"),
        slip("divided by the others", "divided-by-the-others term-dropped", "p q"),
        slip("fraction upside down", "inverted reciprocal", "p q"),
        slip("not divided", "divisor-dropped", "p q"),
        slip("rounded too early", "rounding", "l"),
        slip("minus lost", "plus-sign sign whole-sign", "l"),
        slip("binary logarithm", "binary-logarithm log-base", "l"),
        slip("always the binary logarithm", "binary-logarithm log-base", "l", every=True),
        slip("decimal logarithm", "log-base", "l"),
        slip("other classes added", "other-classes-added", "l"),
        slip("second object left out", "term-dropped", "loss"),
        slip("losses subtracted", "sign", "loss"),
        slip("sum and mean confused", "other-reduction sum-for-mean factor-two", "loss"),
        slip("class before", "index-off", "q p"),
        slip("minus in the exponents", "sign", "P p q"),
        slip("powers of two", "other-function log-base", "P p q"),
        slip("sigmoid for the softmax", "other-function", "p q"),
        slip("sum over the objects", "wrong-axis", "p q"),
        slip("sum over everything", "wrong-axis index-off", "p q"),
        slip("exponential of the sum below", "names-swapped other-convention exponential-of-the-sum", "p q"),
        slip("exponentials below left out", "activation-missing", "p q"),
        slip("one minus the probability", "complement", "q l"),
        slip("logarithm left out", "activation-missing", "l"),
        slip("squared error for the loss", "other-loss", "l"),
        slip("logarithm of the rest", "complement", "l"),
        slip("probability times its logarithm", "other-loss exponent-off", "l"),
        slip("logarithm of the exponential alone", "divisor-dropped term-dropped sum-left-out", "l"),
        slip("losses multiplied", "other-convention", "loss"),
        slip("first object left out", "term-dropped index-off", "loss"),
        slip("mean over the classes", "other-reduction sum-for-mean", "loss"),
        slip("minus at the end", "sign whole-sign", "loss"),
        pen("digit", "q[1] l[1] q[2] l[2] loss"),
        pen("digits", "q[1] l[1] q[2] l[2] loss"),
        pen("missed", "q[1] l[1] q[2] l[2] loss"),
        pen("rounding", "q[1] l[1] q[2] l[2] loss"),
        pen("other-blank", "q[1] l[1] l[2] loss"),
    ),
    (("likeliest class", "sum and mean confused"), ("minus lost", "second object left out")),
)

FAMILIES = (SOFTMAX,)
