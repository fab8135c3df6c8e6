"""Backpropagation through a neuron per layer."""

from __future__ import annotations

from math import exp, tanh

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def sigmoid(h: float) -> float:
    """σ(h)."""
    return 1 / (1 + exp(-h))


def chain(given: Given, sheet: Sheet) -> None:
    """One neuron in each of three layers: forward, back, a step."""
    x, y, eta = given["x"], given["y"], given["eta"]
    w1, w2, w3 = given["w[1]"], given["w[2]"], given["w[3]"]
    logistic = given["act"] == "logsig"
    f = sigmoid if logistic else tanh
    if sheet("the other activation"):
        f = tanh if logistic else sigmoid
    h1 = w1 if sheet("input left out") else w1 * x
    o1 = h1 if sheet("first activation left out") else f(h1)
    if sheet("ReLU for the activation"):
        o1 = max(0.0, h1)
    if sheet("minus in the exponent turned"):
        o1 = f(-h1)
    if sheet("derivative for the activation"):
        o1 = o1 * (1 - o1) if logistic else 1 - o1**2
    if sheet("weight added to the input"):
        o1 = f(w1 + x)
    o1 = sheet.write("o1", o1)
    h2 = w2 * o1
    if sheet("first weight for the second"):
        h2 = w1 * o1
    if sheet("sum for the output in the second layer"):
        h2 = w2 * h1
    if sheet("input for the output in the second layer"):
        h2 = w2 * x
    if sheet("second weight left out"):
        h2 = o1
    o2 = sheet.write("o2", h2 if sheet("second activation left out") else f(h2))
    yhat = w3 * o2
    if sheet("third weight left out"):
        yhat = o2
    if sheet("second weight for the third"):
        yhat = w2 * o2
    if sheet("activation at the end as well"):
        yhat = f(w3 * o2)
    if sheet("first output for the second"):
        yhat = w3 * o1
    if sheet("sum for the output at the end"):
        yhat = w3 * h2
    yhat = sheet.write("yhat", yhat)
    d3 = yhat - y
    if sheet("loss for its derivative"):
        d3 = (yhat - y) ** 2 / 2
    if sheet("answer left out"):
        d3 = yhat
    if sheet("half kept"):
        d3 = (yhat - y) / 2
    if sheet("sign of the error"):
        d3 = y - yhat
    if sheet("two kept"):
        d3 = 2 * (yhat - y)
    if sheet("plus in the error"):
        d3 = yhat + y
    d3 = sheet.write("d3", d3)
    d2 = d3 * w3 * slope(sheet, logistic, h2, o2, 1)
    if sheet("weight forgotten", 1, 2):
        d2 = d3 * slope(sheet, logistic, h2, o2, 1)
    if sheet("new weight on the way back"):
        d2 = d3 * (w3 - eta * d3 * o2) * slope(sheet, logistic, h2, o2, 1)
    if sheet("second weight on the way back"):
        d2 = d3 * w2 * slope(sheet, logistic, h2, o2, 1)
    if sheet("error left out"):
        d2 = w3 * slope(sheet, logistic, h2, o2, 1)
    if sheet("output of the layer before in the derivative"):
        d2 = d3 * w3 * slope(sheet, logistic, h1, o1, 1)
    if sheet("output as a factor as well"):
        d2 = d3 * w3 * o2 * slope(sheet, logistic, h2, o2, 1)
    d2 = sheet.write("d2", d2)
    d1 = d2 * w2 * slope(sheet, logistic, h1, o1, 2)
    if sheet("weight forgotten", 2, 2):
        d1 = d2 * slope(sheet, logistic, h1, o1, 2)
    if sheet("not carried on"):
        d1 = d3 * w2 * slope(sheet, logistic, h1, o1, 2)
    if sheet("first weight on the way back"):
        d1 = d2 * w1 * slope(sheet, logistic, h1, o1, 2)
    if sheet("output of the layer after in the derivative"):
        d1 = d2 * w2 * slope(sheet, logistic, h2, o2, 2)
    if sheet("new weight further back"):
        d1 = d2 * (w2 - eta * d2 * o1) * slope(sheet, logistic, h1, o1, 2)
    d1 = sheet.write("d1", d1)
    g = np.array([d1 * x, d2 * o1, d3 * o2])
    if sheet("outputs for inputs"):
        g = np.array([d1 * o1, d2 * o2, d3 * o2])
    if sheet("sum for the output in the last"):
        g = np.array([d1 * x, d2 * o1, d3 * h2])
    if sheet("input left out of the first"):
        g = np.array([d1, d2 * o1, d3 * o2])
    for name, wrong in (
        ("weights for what they multiply", [d1 * w1, d2 * w2, d3 * w3]),
        ("derivatives alone", [d1, d2, d3]),
        ("in the reverse order", [d3 * o2, d2 * o1, d1 * x]),
        ("first output in the last", [d1 * x, d2 * o1, d3 * o1]),
        ("input everywhere", [d1 * x, d2 * x, d3 * x]),
        ("derivative of the layer after", [d2 * x, d3 * o1, d3 * o2]),
    ):
        g = np.array(wrong) if sheet(name) else g
    g = sheet.write("g", g)
    w = np.array([w1, w2, w3])
    new = w - eta * g
    if sheet("uphill"):
        new = w + eta * g
    if sheet("rate lost"):
        new = w - g
    if sheet("old weights left out"):
        new = -eta * g
    if sheet("derivatives by the sums in the step"):
        new = w - eta * np.array([d1, d2, d3])
    if sheet("last weight alone moved"):
        new = np.array([w1, w2, w3 - eta * g[2]])
    if sheet("step times the weight"):
        new = w * (1 - eta * g)
    if sheet("weight uphill in one entry"):
        new[0] = w1 + eta * g[0]
    sheet.write("wnew", new)


def slope(sheet: Sheet, logistic: bool, h: float, o: float, number: int) -> float:
    """f′ at the sum h, whose output is o."""
    if sheet("derivative forgotten", number, 2):
        return 1.0
    if sheet("output for the derivative", number, 2):
        return o
    if sheet("derivative at the output", number, 2):
        h = o
    value = sigmoid(h) if logistic else tanh(h)
    if sheet("derivative of the other activation", number, 2):
        return value**2 * -1 + 1 if logistic else value * (1 - value)
    if sheet("derivative squared", number, 2):
        return (value * (1 - value)) ** 2 if logistic else (1 - value**2) ** 2
    if not logistic and sheet("plus in the derivative of tanh", number, 2):
        return 1 + value**2
    if not logistic and sheet("square alone in the derivative", number, 2):
        return value**2
    if not logistic and sheet("square lost in the derivative", number, 2):
        return 1 - value
    if logistic and sheet("plus in the derivative", number, 2):
        return value * (1 + value)
    if logistic and sheet("one factor of the derivative lost", number, 2):
        return 1 - value
    return value * (1 - value) if logistic else 1 - value**2


CHAIN = Family(
    "backprop-scalar-chain",
    chain,
    (
        slip("input left out", "factor-dropped", "h1"),
        slip("first activation left out", "activation-missing", "o1"),
        slip("second weight left out", "factor-dropped sign", "h2"),
        slip("second activation left out", "activation-missing", "o2"),
        slip("third weight left out", "factor-dropped sign", "yhat"),
        slip("second weight for the third", "index-off names-swapped", "yhat"),
        slip("sign of the error", "sign-of-the-error sign whole-sign names-swapped", "d3"),
        slip("two kept", "factor-two", "d3 L"),
        slip("plus in the error", "sign", "d3"),
        slip("derivative forgotten", "derivative-forgotten factor-dropped", "d2 d1"),
        slip("output for the derivative", "activation-for-derivative", "d2 d1"),
        slip("derivative at the output", "derivative-at-the-output derivative-at-output", "d2 d1"),
        slip("square lost in the derivative", "power-dropped", "df d2 d1"),
        slip("plus in the derivative", "sign", "df d2 d1"),
        slip("one factor of the derivative lost", "factor-dropped", "df d2 d1"),
        slip("weight forgotten", "weight-forgotten factor-dropped", "d2 d1"),
        slip("new weight on the way back", "new-for-old new-weight-on-the-way-back", "d2"),
        slip("not carried on", "not-carried-on index-off names-swapped", "d1"),
        slip("outputs for inputs", "output-for-input", "g g1 g2"),
        slip("sum for the output in the last", "activation-missing names-swapped", "g3 g"),
        slip("input left out of the first", "factor-dropped", "g1"),
        slip("uphill", "step-uphill sign", "wnew"),
        slip("rate lost", "factor-dropped", "wnew"),
        slip("old weights left out", "term-dropped", "wnew"),
        slip("the other activation", "other-function", "o1 o2"),
        slip("ReLU for the activation", "other-function", "o1"),
        slip("minus in the exponent turned", "sign complement", "o1 h1"),
        slip("derivative for the activation", "derivative-for-function function-for-derivative other-function", "o1"),
        slip("weight added to the input", "other-convention", "h1 o1"),
        slip("first weight for the second", "index-off names-swapped", "h2"),
        slip("sum for the output in the second layer", "activation-missing names-swapped", "h2"),
        slip("input for the output in the second layer", "names-swapped", "h2"),
        slip("activation at the end as well", "other-convention other-function", "yhat"),
        slip("first output for the second", "index-off names-swapped", "yhat"),
        slip("sum for the output at the end", "activation-missing names-swapped", "yhat"),
        slip("loss for its derivative", "function-for-derivative other-blank", "d3"),
        slip("answer left out", "term-dropped", "d3"),
        slip("half kept", "factor-two", "d3 L"),
        slip("second weight on the way back", "index-off names-swapped", "d2"),
        slip("error left out", "factor-dropped", "d2"),
        slip("output of the layer before in the derivative", "index-off names-swapped", "d2 df"),
        slip("output as a factor as well", "exponent-off activation-for-derivative other-quantity", "d2 df"),
        slip("first weight on the way back", "index-off names-swapped", "d1"),
        slip("output of the layer after in the derivative", "index-off names-swapped", "d1 df"),
        slip("new weight further back", "new-for-old new-weight-on-the-way-back", "d1"),
        slip("weights for what they multiply", "names-swapped", "g g1 g2 g3"),
        slip("derivatives alone", "factor-dropped", "g g1 g2 g3"),
        slip("in the reverse order", "permuted names-swapped", "g"),
        slip("first output in the last", "index-off names-swapped", "g g3"),
        slip("input everywhere", "names-swapped", "g g2 g3"),
        slip("derivative of the layer after", "index-off names-swapped", "g g1 g2"),
        slip("derivatives by the sums in the step", "names-swapped", "wnew"),
        slip("last weight alone moved", "term-dropped", "wnew"),
        slip("step times the weight", "other-convention", "wnew"),
        slip("weight uphill in one entry", "sign entry-sign", "wnew"),
        slip("derivative of the other activation", "other-function", "df d2 d1"),
        slip("derivative squared", "exponent-off", "df d2 d1"),
        slip("plus in the derivative of tanh", "sign", "df d2 d1"),
        slip("square alone in the derivative", "complement term-dropped sign", "df d2 d1"),
        pen("digit", "o1 o2 d3 d2 g wnew"),
        pen("digits", "o1 o2 d2 g wnew"),
        pen("missed", "o1 o2 d2 d1"),
        pen("entry-sign", "g wnew"),
        pen("entry-point", "g wnew"),
        pen("rounding", "o1 o2 yhat d3 d2 d1"),
        pen("permuted", "g wnew"),
        pen("other-blank", "o2 d2 d1"),
    ),
    (("sign of the error", "uphill"), ("derivative forgotten", "rate lost"), ("two kept", "not carried on")),
)

FAMILIES = (CHAIN,)
