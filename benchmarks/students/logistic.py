"""A step of logistic regression."""

from __future__ import annotations

from math import exp, log, nan, tanh

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
    if sheet("input added"):
        p = 1 / (1 + exp(-(w0 + x)))
    if sheet("exponential left out"):
        p = 1 / (1 - z)
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
    if sheet("both classes added"):
        loss = -ln(p) - ln(1 - p)
    if sheet("derivative for the loss"):
        loss = -y / p + (1 - y) / (1 - p)
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
    if sheet("derivative of the logarithm alone"):
        g = d / (p * (1 - p)) * x
    if sheet("weight as well"):
        g = d * x * w0
    if sheet("derivative of the sigmoid alone"):
        g = p * (1 - p) * x
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
    if sheet("difference in the step"):
        w1 = w0 - gamma * (p - y)
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
        slip(
            "derivative of the sigmoid for it",
            "derivative-for-function function-for-derivative activation-for-derivative",
            "p",
        ),
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
        slip("loss for the error", "names-swapped function-for-derivative", "g d"),
        slip("two for a square", "factor-two", "g"),
        slip("sum for the input", "names-swapped", "g"),
        slip("loss in the step", "names-swapped function-for-derivative", "w1"),
        slip("prediction in the step", "names-swapped", "w1"),
        slip("step times the weight", "other-convention", "w1"),
        slip("input added", "other-operation", "z p"),
        slip("exponential left out", "activation-missing", "p"),
        slip("both classes added", "term-extra all-objects other-convention factor-dropped both-classes", "l"),
        slip("derivative for the loss", "derivative-for-function", "l"),
        slip("derivative of the logarithm alone", "inner-lost factor-dropped other-convention", "g d"),
        slip("weight as well", "factor-extra", "g"),
        slip("derivative of the sigmoid alone", "names-swapped other-convention factor-dropped", "g d"),
        slip("difference in the step", "names-swapped factor-dropped", "w1"),
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

FAMILIES = (LOGISTIC,)
