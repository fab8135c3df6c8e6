"""Backpropagation through a net whose weights are all zero at first."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def from_zero(given: Given, sheet: Sheet) -> None:
    """Two steps on two objects, all weights zero at first."""
    eta = given["eta"]
    order = [int(i) - 1 for i in given["order"]]
    if sheet("objects swapped"):
        order = order[::-1]
    W1, W2, W3 = np.zeros((2, 2)), np.zeros((2, 2)), np.zeros(2)
    d, dW3 = 0.0, np.zeros(2)
    for t in (1, 2):
        before = d, dW3
        x, target = np.array(given["X"][order[t - 1]]), given["y"][order[t - 1]]
        if sheet("answer of the other object", t, 2):
            target = given["y"][1 - order[t - 1]]
        sums = x @ W1
        o1 = sums if sheet("sigmoid left out", t) else 1 / (1 + np.exp(-sums))
        o2 = o1 @ W2 if sheet("sigmoid left out", t) else 1 / (1 + np.exp(-(o1 @ W2)))
        if sheet("one for the sigmoid of zero", t):
            o1, o2 = np.ones(2), np.ones(2)
        if sheet("tanh for the sigmoid", t):
            o1, o2 = np.tanh(sums), np.tanh(np.tanh(sums) @ W2)
        used = np.zeros(2) if sheet("old weights in the forecast", t - 1) else W3
        if sheet("outputs left out of the forecast", t - 1):
            o2 = np.ones(2)
        if sheet("one output alone in the forecast", t - 1):
            used = np.array([W3[0], 0.0])
        forecast = float(o2 @ used)
        if sheet("sigmoid over the forecast", t, 2):
            forecast = float(1 / (1 + np.exp(-forecast)))
        if sheet("mean for the sum in the forecast", t - 1):
            forecast /= 2
        yhat = sheet.write(f"yhat[{t}]", forecast)
        d = yhat - target
        if sheet("sign of the error", t, 2) or sheet("sign of the error throughout", t):
            d = target - yhat
        if sheet("two kept", t, 2):
            d = 2 * (yhat - target)
        if sheet("forecast left out of the error", t - 1):
            d = -target
        if sheet("plus in the error", t - 1):
            d = yhat + target
        if sheet("loss for its derivative", t, 2):
            d = (yhat - target) ** 2 / 2
        if sheet("half kept", t, 2):
            d = (yhat - target) / 2
        if sheet("error without its sign", t, 2):
            d = abs(yhat - target)
        if t == 2 and sheet("error of the first step again"):
            d = before[0]
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
        if sheet("first input for the outputs", t, 2):
            dW3 = d * x
        if sheet("outputs squared in the gradient", t, 2):
            dW3 = d * o2**2
        if sheet("derivative in the upper gradient", t, 2):
            dW3 = d * o2 * (1 - o2)
        if sheet("plus in the derivative of the sigmoid", t - 1):
            slope = o2 * (1 + o2)
        if sheet("derivative of tanh", t - 1):
            slope = 1 - o2**2
        d2 = d * back * slope
        if sheet("upper weights forgotten on the way back", t - 1):
            d2 = d * slope * np.ones(2)
        if sheet("error forgotten on the way back", t - 1):
            d2 = back * slope
        if sheet("output as a factor on the way back", t - 1):
            d2 = d2 * o2
        dW2 = np.outer(o1, d2)
        if sheet("inputs for the outputs of the first layer", t - 1):
            dW2 = np.outer(x, d2)
        if sheet("outputs of the first layer left out", t - 1):
            dW2 = np.outer(np.ones(2), d2)
        d1 = ((W2 - eta * dW2 if sheet("second weights first", t - 1) else W2) @ d2) * o1 * (1 - o1)
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
        if sheet("old weights left out of the step", t - 1):
            new = -eta * dW3
        if sheet("one weight moved", t, 2):
            new = np.array([start[0] - eta * dW3[0], start[1]])
        if sheet("second weights not moved", t - 1):
            step2 = np.zeros((2, 2))
        if sheet("rate taken twice", t, 2):
            new = start - eta**2 * dW3
        if t == 2 and sheet("gradients of both steps"):
            new = W3 - eta * (dW3 + before[1])
        if t == 2 and sheet("derivative of the sigmoid twice on the way back"):
            step2 = step2 * slope
        if t == 2 and sheet("second layer for the first"):
            dW1 = np.outer(x, d2)
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
        slip("outputs left out of the gradient", "factor-dropped sigmoid-of-zero-is-one", "dW3"),
        slip("upper weights first", "upper-weights-first new-for-old", "d2", every=True),
        slip("second weights first", "middle-weights-first new-for-old", "d1"),
        slip("derivative of the sigmoid forgotten", "sigmoid-derivative-forgotten factor-dropped", "d2 d1"),
        slip("output for the derivative", "factor-dropped activation-for-derivative", "d2"),
        slip("from the start again", "old-for-new term-dropped", "W3"),
        slip("rate lost", "factor-dropped", "W3"),
        slip("uphill", "step-uphill sign", "W3"),
        slip("uphill with the second weights", "step-uphill sign whole-sign", "W2"),
        slip("rate lost with the second weights", "factor-dropped", "W2"),
        slip("one for the sigmoid of zero", "sigmoid-of-zero-is-one other-function", "o1 o2", every=True),
        slip("tanh for the sigmoid", "other-function sigmoid-of-zero", "o1 o2", every=True),
        slip("outputs left out of the forecast", "factor-dropped", "yhat"),
        slip("one output alone in the forecast", "term-dropped", "yhat"),
        slip("loss for its derivative", "function-for-derivative", "d"),
        slip("half kept", "factor-two", "d L"),
        slip("first input for the outputs", "names-swapped inputs-for-outputs", "dW3"),
        slip("outputs squared in the gradient", "exponent-off factor-two", "dW3"),
        slip("derivative in the upper gradient", "other-convention names-swapped", "dW3"),
        slip("plus in the derivative of the sigmoid", "sign", "d2"),
        slip("derivative of tanh", "other-function", "d2"),
        slip("upper weights forgotten on the way back", "factor-dropped", "d2"),
        slip("error forgotten on the way back", "factor-dropped", "d2"),
        slip("output as a factor on the way back", "factor-two exponent-off", "d2"),
        slip("inputs for the outputs of the first layer", "names-swapped inputs-for-outputs", "dW2"),
        slip("outputs of the first layer left out", "factor-dropped factor-two sigmoid-of-zero-is-one", "dW2"),
        slip("old weights left out of the step", "term-dropped", "W3"),
        slip("one weight moved", "term-dropped entry-left-out", "W3"),
        slip("second weights not moved", "term-dropped", "W2 dW2"),
        slip("sigmoid over the forecast", "other-function activation-missing", "yhat"),
        slip("mean for the sum in the forecast", "sum-for-mean factor-two", "yhat"),
        slip("error without its sign", "sign-of-the-error sign whole-sign", "d"),
        slip("error of the first step again", "old-for-new other-blank wrong-point", "d"),
        slip("rate taken twice", "factor-extra exponent-off", "W3"),
        slip("gradients of both steps", "term-extra all-objects", "W3"),
        slip("derivative of the sigmoid twice on the way back", "exponent-off factor-extra", "d2"),
        slip("second layer for the first", "names-swapped factor-dropped", "dW1 W1"),
        pen("digit", "W3[1] yhat[2] d[2] W3[2] W2[2]"),
        pen("digits", "yhat[2] d[2] W3[2] W2[2]"),
        pen("entry-point", "W3[1] W3[2] W2[2]"),
        pen("whole-sign", "W3[1] yhat[2] W3[2]"),
        pen("power-of-ten", "W3[1] W3[2] W2[2]"),
    ),
    (("two kept", "uphill"), ("sign of the error", "rate lost with the second weights")),
)

FAMILIES = (FROM_ZERO,)
