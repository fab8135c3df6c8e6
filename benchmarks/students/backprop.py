"""Backpropagation: a neuron per layer, a net from zero weights, sums over the paths of a graph."""

from __future__ import annotations

from math import exp, tanh

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put


def sigmoid(h: float) -> float:
    """σ(h)."""
    return 1 / (1 + exp(-h))


def chain(given: Given, sheet: Sheet) -> None:
    """One neuron in each of three layers: forward, back, a step."""
    x, y, eta = given["x"], given["y"], given["eta"]
    w1, w2, w3 = given["w[1]"], given["w[2]"], given["w[3]"]
    logistic = given["act"] == "logsig"
    f = sigmoid if logistic else tanh
    h1 = w1 if sheet("input left out") else w1 * x
    o1 = sheet.write("o1", h1 if sheet("first activation left out") else f(h1))
    h2 = w2 * o1
    if sheet("second weight left out"):
        h2 = o1
    o2 = sheet.write("o2", h2 if sheet("second activation left out") else f(h2))
    yhat = w3 * o2
    if sheet("third weight left out"):
        yhat = o2
    if sheet("second weight for the third"):
        yhat = w2 * o2
    yhat = sheet.write("yhat", yhat)
    d3 = yhat - y
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
    d2 = sheet.write("d2", d2)
    d1 = d2 * w2 * slope(sheet, logistic, h1, o1, 2)
    if sheet("weight forgotten", 2, 2):
        d1 = d2 * slope(sheet, logistic, h1, o1, 2)
    if sheet("not carried on"):
        d1 = d3 * w2 * slope(sheet, logistic, h1, o1, 2)
    d1 = sheet.write("d1", d1)
    g = np.array([d1 * x, d2 * o1, d3 * o2])
    if sheet("outputs for inputs"):
        g = np.array([d1 * o1, d2 * o2, d3 * o2])
    if sheet("sum for the output in the last"):
        g = np.array([d1 * x, d2 * o1, d3 * h2])
    if sheet("input left out of the first"):
        g = np.array([d1, d2 * o1, d3 * o2])
    g = sheet.write("g", g)
    w = np.array([w1, w2, w3])
    new = w - eta * g
    if sheet("uphill"):
        new = w + eta * g
    if sheet("rate lost"):
        new = w - g
    if sheet("old weights left out"):
        new = -eta * g
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
        slip("second weight left out", "factor-dropped", "h2"),
        slip("second activation left out", "activation-missing", "o2"),
        slip("third weight left out", "factor-dropped", "yhat"),
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
        pen("rounding", "o1 o2 yhat d3 d2 d1"),
        pen("permuted", "g wnew"),
        pen("other-blank", "o2 d2 d1"),
    ),
    (("sign of the error", "uphill"), ("derivative forgotten", "rate lost"), ("two kept", "not carried on")),
)


def from_zero(given: Given, sheet: Sheet) -> None:
    """Two steps on two objects, all weights zero at first."""
    eta = given["eta"]
    order = [int(i) - 1 for i in given["order"]]
    if sheet("objects swapped"):
        order = order[::-1]
    W1, W2, W3 = np.zeros((2, 2)), np.zeros((2, 2)), np.zeros(2)
    for t in (1, 2):
        x, target = np.array(given["X"][order[t - 1]]), given["y"][order[t - 1]]
        if sheet("answer of the other object", t, 2):
            target = given["y"][1 - order[t - 1]]
        sums = x @ W1
        o1 = sums if sheet("sigmoid left out", t) else 1 / (1 + np.exp(-sums))
        o2 = o1 @ W2 if sheet("sigmoid left out", t) else 1 / (1 + np.exp(-(o1 @ W2)))
        used = np.zeros(2) if sheet("old weights in the forecast", t - 1) else W3
        yhat = sheet.write(f"yhat[{t}]", float(o2 @ used))
        d = yhat - target
        if sheet("sign of the error", t, 2) or sheet("sign of the error throughout", t):
            d = target - yhat
        if sheet("two kept", t, 2):
            d = 2 * (yhat - target)
        if sheet("forecast left out of the error", t - 1):
            d = -target
        if sheet("plus in the error", t - 1):
            d = yhat + target
        d = sheet.write(f"d[{t}]", d)
        dW3 = d * o2
        if sheet("outputs left out of the gradient", t, 2):
            dW3 = d * np.ones(2)
        back = W3 - eta * dW3 if sheet("upper weights first", t) else W3
        slope = o2 * (1 - o2)
        if sheet("derivative of the sigmoid forgotten", t - 1):
            slope = 1.0
        if sheet("output for the derivative", t - 1):
            slope = o2
        d2 = d * back * slope
        dW2 = np.outer(o1, d2)
        d1 = (W2 @ d2) * o1 * (1 - o1)
        dW1 = np.outer(x, d1)
        start = np.zeros(2) if sheet("from the start again", t - 1) else W3
        new = start - eta * dW3
        if sheet("rate lost", t, 2):
            new = start - dW3
        if sheet("uphill", t, 2):
            new = start + eta * dW3
        step2 = -eta * dW2 if sheet("uphill with the second weights", t - 1) else eta * dW2
        if sheet("rate lost with the second weights", t - 1):
            step2 = dW2
        W3 = sheet.write(f"W3[{t}]", new)
        W2 = sheet.write(f"W2[{t}]", W2 - step2)
        W1 = sheet.write(f"W1[{t}]", W1 - eta * dW1)


FROM_ZERO = Family(
    "backprop-zero-init-two-steps",
    from_zero,
    (
        slip("objects swapped", "objects-swapped index-off", "x target d"),
        slip("answer of the other object", "index-off objects-swapped", "target d"),
        slip("sigmoid left out", "sigmoid-of-zero activation-missing", "o1 o2", every=True),
        slip("old weights in the forecast", "old-for-new", "yhat"),
        slip("sign of the error", "sign-of-the-error sign whole-sign names-swapped", "d"),
        slip("sign of the error throughout", "sign-of-the-error sign whole-sign names-swapped", "d", every=True),
        slip("two kept", "factor-two", "d L"),
        slip("forecast left out of the error", "term-dropped", "d"),
        slip("plus in the error", "sign", "d"),
        slip("outputs left out of the gradient", "factor-dropped", "dW3"),
        slip("upper weights first", "upper-weights-first new-for-old", "d2", every=True),
        slip("derivative of the sigmoid forgotten", "sigmoid-derivative-forgotten factor-dropped", "d2 d1"),
        slip("output for the derivative", "factor-dropped activation-for-derivative", "d2"),
        slip("from the start again", "old-for-new term-dropped", "W3"),
        slip("rate lost", "factor-dropped", "W3"),
        slip("uphill", "sign", "W3"),
        slip("uphill with the second weights", "sign whole-sign", "W2"),
        slip("rate lost with the second weights", "factor-dropped", "W2"),
        pen("whole-sign", "W3[1] yhat[2] W3[2]"),
        pen("power-of-ten", "W3[1] W3[2] W2[2]"),
    ),
    (("two kept", "uphill"), ("sign of the error", "rate lost with the second weights")),
)


def paths(given: Given, sheet: Sheet) -> None:
    """Products along the paths, their sums, the derivatives as formulas."""
    p, q, r, s, x, y, m = (given[name] for name in ("p", "q", "r", "s", "x0", "y0", "m"))
    m = int(m)
    c = r * x + s * y
    if sheet("minus in c"):
        c = r * x - s * y
    de = m * c ** (m - 1)
    if sheet("factor of the power lost"):
        de = c ** (m - 1)
    if sheet("exponent kept"):
        de = m * c**m
    de = sheet.write("de", de)
    via = [2 * p * x, q * y, r * de]
    if sheet("two lost in the first path"):
        via[0] = p * x
    if sheet("x squared kept"):
        via[0] = 2 * p * x**2
    letters = sheet("wrong letter on the edges into b")
    if letters:
        via[1] = q * x
    skipped = sheet("edge into c skipped")
    if skipped:
        via[2] = de
    px = sheet.write("px", np.array(via))
    other = [q * x, s * de]
    if letters:
        other[0] = q * y
    if skipped:
        other[1] = de
    if sheet("weight of the other edge"):
        other[1] = r * de
    py = sheet.write("py", np.array(other))
    by_x, by_y = px.sum(), py.sum()
    b, c_missed = sheet("path through b missed"), sheet("path through c missed")
    if b:
        by_x, by_y = px[0] + px[2], py[1]
    if c_missed:
        by_x, by_y = px[0] + px[1], py[0]
    if sheet("last path subtracted"):
        by_x = px[0] + px[1] - px[2]
    sheet.write("dfdx", float(by_x))
    sheet.write("dfdy", float(by_y))
    formulas(sheet, {"p": p, "q": q, "r": r, "s": s, "m": m, "n": m - 1})


def formulas(sheet: Sheet, numbers: dict[str, float]) -> None:
    """Both derivatives in x and y."""
    fx, fy = ["2*p*x", "q*y", "m*r*(r*x + s*y)^n"], ["q*x", "m*s*(r*x + s*y)^n"]
    if sheet("path through b missed") or sheet("b left out of the formula"):
        fx[1], fy[0] = "0", "0"
    if sheet("path through c missed"):
        fx[2], fy[1] = "0", "0"
    if sheet("factor of the power lost") or sheet("factor of the power lost in the formula"):
        fx[2], fy[1] = "r*(r*x + s*y)^n", "s*(r*x + s*y)^n"
    if sheet("edge into c skipped") or sheet("inner derivative lost in the formula"):
        fx[2], fy[1] = "m*(r*x + s*y)^n", "m*(r*x + s*y)^n"
    if sheet("wrong letter on the edges into b"):
        fx[1], fy[0] = "q*x", "q*y"
    if sheet("exponent kept in the formula"):
        fx[2] = "m*r*(r*x + s*y)^m"
    if sheet("sign in the formula"):
        fy[1] = "m*(-s)*(r*x + s*y)^n"
    if sheet("two lost in the formula"):
        fx[0] = "p*x"
    sheet.write("fx", put(" + ".join(fx), **numbers))
    sheet.write("fy", put(" + ".join(fy), **numbers))


PATHS = Family(
    "graph-path-sum",
    paths,
    (
        slip("minus in c", "sign", "c"),
        slip("factor of the power lost", "power-factor-lost factor-dropped factor-two", "de fx fy", every=True),
        slip("exponent kept", "power-kept exponent-off", "de"),
        slip("two lost in the first path", "factor-two factor-dropped", "ax px"),
        slip("x squared kept", "power-kept exponent-off", "ax px"),
        slip("wrong letter on the edges into b", "wrong-letter-in-product names-swapped", "bx by px fx fy", every=True),
        slip("edge into c skipped", "edge-into-c-skipped inner-lost factor-dropped", "px py fx fy", every=True),
        slip("weight of the other edge", "names-swapped index-off", "py cy"),
        slip("path through b missed", "path-through-b-missed term-dropped", "dfdx dfdy fx fy", every=True),
        slip("path through c missed", "path-through-c-missed term-dropped", "dfdx dfdy fx fy", every=True),
        slip("last path subtracted", "sign", "dfdx"),
        slip("b left out of the formula", "path-through-b-missed term-dropped", "fx fy"),
        slip("factor of the power lost in the formula", "power-factor-lost factor-dropped factor-two", "fx fy"),
        slip("inner derivative lost in the formula", "edge-into-c-skipped inner-lost factor-dropped", "fx fy"),
        slip("exponent kept in the formula", "power-kept exponent-off", "fx"),
        slip("sign in the formula", "sign", "fy"),
        slip("two lost in the formula", "factor-two factor-dropped", "fx"),
        pen("whole-sign", "de dfdx dfdy"),
        pen("permuted", "px py"),
        pen("other-blank", "dfdx dfdy"),
    ),
    (("exponent kept", "last path subtracted"), ("two lost in the first path", "exponent kept in the formula")),
)

FAMILIES = (CHAIN, FROM_ZERO, PATHS)
