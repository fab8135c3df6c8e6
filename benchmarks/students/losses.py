"""Logistic regression and the cross-entropy of a softmax."""

from __future__ import annotations

from math import exp, log, nan, tanh

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
    if sheet("tanh for the sigmoid"):
        p = tanh(z)
    if sheet("derivative of the sigmoid for it"):
        p = p * (1 - p)
    if sheet("exponential alone"):
        p = exp(z)
    if sheet("minus below"):
        p = 1 / (1 - exp(-z))
    if sheet("two for the number e"):
        p = 1 / (1 + 2.0**-z)
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
    if sheet("squared error for the loss"):
        loss = (y - p) ** 2
    if sheet("half the squared error"):
        loss = (y - p) ** 2 / 2
    if sheet("logarithm left out"):
        loss = -y * p - (1 - y) * (1 - p)
    if sheet("logarithm of p whatever the class"):
        loss = -ln(p)
    if sheet("entropy for the loss"):
        loss = -p * ln(p) - (1 - p) * ln(1 - p)
    loss = sheet.write("l", loss)
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
    if sheet("derivative of the squared error"):
        g = 2 * d * p * (1 - p) * x
    if sheet("input squared"):
        g = d * x**2
    if sheet("loss for the error"):
        g = loss * x
    if sheet("two for a square"):
        g = 2 * d * x
    if sheet("sum for the input"):
        g = d * z
    g = sheet.write("g", g)
    w1 = w0 - gamma * g
    if sheet("uphill"):
        w1 = w0 + gamma * g
    if sheet("rate lost"):
        w1 = w0 - g
    if sheet("old weight left out"):
        w1 = -gamma * g
    if sheet("loss in the step"):
        w1 = w0 - gamma * loss
    if sheet("prediction in the step"):
        w1 = w0 - gamma * p
    if sheet("step times the weight"):
        w1 = w0 * (1 - gamma * g)
    if sheet("input once more in the step"):
        w1 = w0 - gamma * g * x
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
        slip("tanh for the sigmoid", "other-function", "p"),
        slip("derivative of the sigmoid for it", "function-for-derivative activation-for-derivative", "p"),
        slip("exponential alone", "term-dropped inverted other-function", "p"),
        slip("minus below", "sign", "p"),
        slip("two for the number e", "other-function log-base", "p"),
        slip("squared error for the loss", "other-loss", "l"),
        slip("half the squared error", "other-loss", "l"),
        slip("logarithm left out", "activation-missing", "l"),
        slip("logarithm of p whatever the class", "label-flipped other-convention names-swapped", "l"),
        slip("entropy for the loss", "names-swapped", "l"),
        slip(
            "derivative of the squared error",
            "other-loss extra-sigmoid-derivative factor-two+extra-sigmoid-derivative",
            "g",
        ),
        slip("input squared", "exponent-off", "g"),
        slip("loss for the error", "names-swapped function-for-derivative", "g"),
        slip("two for a square", "factor-two", "g"),
        slip("sum for the input", "names-swapped", "g"),
        slip("loss in the step", "names-swapped function-for-derivative", "w1"),
        slip("prediction in the step", "names-swapped", "w1"),
        slip("step times the weight", "other-convention", "w1"),
        slip("input once more in the step", "exponent-off other-convention", "w1"),
        pen("digit", "p l g w1"),
        pen("digits", "p l g w1"),
        pen("missed", "p l g w1"),
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
        slip("exponential of the sum below", "names-swapped other-convention", "p q"),
        slip("exponentials below left out", "activation-missing", "p q"),
        slip("one minus the probability", "complement", "q l"),
        slip("logarithm left out", "activation-missing", "l"),
        slip("squared error for the loss", "other-loss", "l"),
        slip("logarithm of the rest", "complement", "l"),
        slip("probability times its logarithm", "other-loss exponent-off", "l"),
        slip("logarithm of the exponential alone", "divisor-dropped term-dropped", "l"),
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

FAMILIES = (LOGISTIC, SOFTMAX)
