"""Logistic regression and the cross-entropy of a softmax."""

from __future__ import annotations

from math import exp, log, nan

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def ln(number: float) -> float:
    """The natural logarithm; none of a negative number, and the blank stays empty."""
    return log(number) if number > 0 else nan


def logistic(given: Given, sheet: Sheet) -> None:
    """Probability, loss, derivative, step."""
    x, y, w0, gamma = given["x"], float(given["y"]), given["w0"], given["gamma"]
    z = w0 if sheet("x lost in the sum") else w0 * x
    p = 1 / (1 + exp(-z))
    if sheet("sign in the exponent"):
        p = 1 / (1 + exp(z))
    if sheet("one lost below"):
        p = 1 / exp(-z)
    if sheet("sigmoid upside down"):
        p = 1 + exp(-z)
    if sheet("sigmoid left out"):
        p = z
    p = sheet.write("p", p)
    taken = sheet.digits["p"].coarser().rounded(p) if sheet("rounded too early") else p
    loss = -y * ln(taken) - (1 - y) * ln(1 - taken)
    if sheet("minus of the loss lost"):
        loss = -loss
    if sheet("decimal logarithm"):
        loss = loss / log(10)
    if sheet("binary logarithm"):
        loss = loss / log(2)
    other = sheet("other class")
    if other or sheet("other class in the loss"):
        loss = -(1 - y) * ln(p) - y * ln(1 - p)
    sheet.write("l", loss)
    d = p - y
    if other:
        d = p - (1 - y)
    if sheet("sign of the error"):
        d = y - p
    if sheet("plus in the error"):
        d = p + y
    if sheet("label left out"):
        d = p
    g = d * x
    if sheet("extra derivative of the sigmoid"):
        g = d * p * (1 - p) * x
    if sheet("input lost"):
        g = d
    if sheet("weight for input"):
        g = d * w0
    g = sheet.write("g", g)
    w1 = w0 - gamma * g
    if sheet("uphill"):
        w1 = w0 + gamma * g
    if sheet("rate lost"):
        w1 = w0 - g
    if sheet("old weight left out"):
        w1 = -gamma * g
    sheet.write("w1", w1)


LOGISTIC = Family(
    "logreg-gd-step",
    logistic,
    (
        slip("x lost in the sum", "factor-dropped", "z"),
        slip("sign in the exponent", "exponent-sign sign", "p z"),
        slip("one lost below", "term-dropped", "p"),
        slip("sigmoid upside down", "inverted reciprocal", "p"),
        slip("sigmoid left out", "activation-missing", "p"),
        slip("rounded too early", "rounding", "l"),
        slip("minus of the loss lost", "sign whole-sign", "l"),
        slip("decimal logarithm", "log-base", "l"),
        slip("binary logarithm", "log-base", "l"),
        slip("other class", "label-flipped names-swapped", "l d"),
        slip("other class in the loss", "label-flipped names-swapped", "l"),
        slip("sign of the error", "sign whole-sign names-swapped", "d g"),
        slip("plus in the error", "sign", "d"),
        slip("label left out", "term-dropped label-flipped", "d"),
        slip("extra derivative of the sigmoid", "extra-sigmoid-derivative", "g"),
        slip("input lost", "input-lost factor-dropped", "g"),
        slip("weight for input", "names-swapped", "g"),
        slip("uphill", "ascent sign", "w1"),
        slip("rate lost", "factor-dropped", "w1"),
        slip("old weight left out", "term-dropped", "w1"),
        pen("rounding", "p l g w1"),
        pen("power-of-ten", "g w1"),
        pen("other-blank", "l g"),
    ),
    (("sign of the error", "uphill"), ("input lost", "rate lost"), ("decimal logarithm", "sign of the error")),
)


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
        losses.append(sheet.write(f"l[{i}]", loss))
    total = losses[0] + losses[1]
    if sheet("second object left out"):
        total = losses[0]
    if sheet("losses subtracted"):
        total = losses[0] - losses[1]
    mean = given["reduction"] == "average"
    if sheet("sum and mean confused"):
        mean = not mean
    sheet.write("loss", total / 2 if mean else total)


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
        pen("rounding", "q[1] l[1] q[2] l[2] loss"),
        pen("other-blank", "q[1] l[1] l[2] loss"),
    ),
    (("likeliest class", "sum and mean confused"), ("minus lost", "second object left out")),
)

FAMILIES = (LOGISTIC, SOFTMAX)
