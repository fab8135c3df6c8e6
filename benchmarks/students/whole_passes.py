"""Whole passes through small nets: ReLU on a batch, a logistic head, sigmoids with fractions."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def relu_net(given: Given, sheet: Sheet) -> None:
    """Two objects through 2-2-1 with ReLU, back, a step."""
    X, W1 = np.array(given["X"], float), np.array(given["W1"], float)
    W2, y, eta = np.array(given["W2"], float), np.array(given["y"], float), given["eta"]
    H = chosen(
        sheet, X @ W1,
        ("weights transposed forward", X @ W1.T), ("inputs transposed forward", X.T @ W1),
        ("ReLU in the sums", np.maximum(X @ W1, 0)), ("product reversed", W1 @ X),
    )  # fmt: skip
    H = sheet.write("H", H)
    outs = chosen(sheet, np.maximum(H, 0), ("ReLU left out", H), ("sizes for ReLU", np.abs(H)),
               ("step for ReLU", (H > 0) * 1.0))  # fmt: skip
    yhat = chosen(
        sheet, outs @ W2,
        ("sums in the forecast", H @ W2), ("output weights crossed", outs @ W2[::-1]),
        ("ReLU over the forecast", np.maximum(outs @ W2, 0)), ("outputs transposed", outs.T @ W2),
    )  # fmt: skip
    yhat = sheet.write("yhat", yhat)
    e = yhat - y
    L = chosen(
        sheet, (e**2).sum() / 4,
        ("half alone", (e**2).sum() / 2), ("squares left out", np.abs(e).sum() / 4), ("factor left out", (e**2).sum()),
        ("one object's loss", e[0] ** 2 / 4), ("sum squared", e.sum() ** 2 / 4),
        ("plus in the loss", ((yhat + y) ** 2).sum() / 4),
    )  # fmt: skip
    sheet.write("L", L)
    d = chosen(
        sheet, e / 2,
        ("not averaged", e), ("quarter kept", e / 4), ("sign of the error", -e / 2), ("two kept", 2 * e),
        ("answers left out", yhat / 2), ("plus in the error", (yhat + y) / 2), ("squares for the error", e**2 / 4),
    )  # fmt: skip
    d = sheet.write("d", d)
    dW2 = chosen(
        sheet, outs.T @ d,
        ("outputs not transposed", outs @ d), ("sums for outputs", H.T @ d), ("inputs for outputs", X.T @ d),
        ("one object in the gradient", outs[0] * d[0]), ("minus in the gradient", -outs.T @ d),
        ("forecasts for the error", outs.T @ yhat), ("averaged once more", outs.T @ d / 2),
        ("times the weights", (outs.T @ d) * W2),
    )  # fmt: skip
    dW2 = sheet.write("dW2", dW2)
    mask = (H > 0) * 1.0
    dO = np.outer(d, W2)
    dH = chosen(
        sheet, dO * mask,
        ("mask forgotten", dO), ("mask of the gradient", dO * (dO > 0)), ("mask turned", dO * (H <= 0)),
        ("weights forgotten", np.outer(d, [1, 1]) * mask), ("new weights", np.outer(d, W2 - eta * dW2) * mask),
        ("outputs for the mask", dO * outs), ("error forgotten", np.outer([1, 1], W2) * mask),
        ("weights on the rows", np.outer(W2, d) * mask), ("weights crossed back", np.outer(d, W2[::-1]) * mask),
        ("sums for the mask", dO * H),
    )  # fmt: skip
    dH = sheet.write("dH", dH)
    dW1 = chosen(
        sheet, X.T @ dH,
        ("inputs not transposed", X @ dH), ("outputs for inputs", outs.T @ dH), ("unmasked", X.T @ dO),
        ("first gradient transposed", (X.T @ dH).T), ("one object in the first gradient", np.outer(X[0], dH[0])),
        ("minus in the first gradient", -X.T @ dH), ("product in the other order", dH @ X),
    )  # fmt: skip
    dW1 = sheet.write("dW1", dW1)
    V2 = chosen(
        sheet, W2 - eta * dW2,
        ("uphill", W2 + eta * dW2), ("rate lost", W2 - dW2), ("old weights lost", -eta * dW2),
        ("gradient for the weights", dW2),
    )  # fmt: skip
    sheet.write("V2", V2)
    V1 = chosen(
        sheet, W1 - eta * dW1,
        ("uphill below", W1 + eta * dW1), ("rate lost below", W1 - dW1),
        ("gradient by the sums in the step", W1 - eta * dH),
        ("unmasked in the step", W1 - eta * X.T @ dO), ("gradient transposed in the step", W1 - eta * dW1.T),
    )  # fmt: skip
    sheet.write("V1", V1)


TRANSPOSE = "rows-for-columns transpose-missing transpose-extra"
RELU_NET = Family(
    "backprop-relu-two-layer",
    relu_net,
    (
        slip("weights transposed forward", "transpose-extra", "H"),
        slip("inputs transposed forward", "transpose-extra", "H"),
        slip("ReLU in the sums", "relu-too-early other-function term-extra relu-forgotten", "H O"),
        slip("product reversed", "product-reversed", "H"),
        slip("ReLU left out", "relu-forgotten activation-missing", "O"),
        slip("sizes for ReLU", "other-function sign entry-sign", "O"),
        slip("step for ReLU", "other-function derivative-for-function", "O"),
        slip("sums in the forecast", "relu-forgotten activation-missing names-swapped", "yhat O"),
        slip("output weights crossed", "permuted", "yhat"),
        slip("ReLU over the forecast", "relu-over-the-forecast other-function factor-extra term-extra", "yhat"),
        slip("outputs transposed", "transpose-extra", "yhat"),
        slip("half alone", "half-loss factor-two", "L"),
        slip("squares left out", "loss-not-squared power-dropped", "L"),
        slip("factor left out", "factor-dropped number-off", "L"),
        slip("one object's loss", "term-dropped", "L"),
        slip("sum squared", "other-convention brackets", "L"),
        slip("plus in the loss", "sign", "L"),
        slip("not averaged", "objects-not-averaged factor-two factor-dropped", "d"),
        slip("quarter kept", "factor-left factor-two", "d"),
        slip("sign of the error", "sign-of-the-error sign whole-sign", "d"),
        slip("two kept", "number-off factor-dropped inverted", "d"),
        slip("answers left out", "term-dropped", "d"),
        slip("plus in the error", "sign", "d"),
        slip("squares for the error", "terms-of-the-loss function-for-derivative", "d"),
        slip("outputs not transposed", "outputs-not-transposed transpose-missing", "dW2"),
        slip("sums for outputs", "sums-for-outputs activation-missing names-swapped", "dW2"),
        slip("inputs for outputs", "inputs-for-outputs names-swapped", "dW2"),
        slip("one object in the gradient", "term-dropped line-missing", "dW2"),
        slip("minus in the gradient", "whole-sign sign", "dW2"),
        slip("forecasts for the error", "names-swapped", "dW2"),
        slip("averaged once more", "factor-two", "dW2"),
        slip("times the weights", "factor-extra", "dW2"),
        slip("mask forgotten", "mask-forgotten factor-dropped", "dH"),
        slip("mask of the gradient", "mask-of-the-gradient names-swapped", "dH"),
        slip("mask turned", "complement sign inverted", "dH"),
        slip("weights forgotten", "weights-forgotten factor-dropped", "dO dH"),
        slip("new weights", "new-weights-on-the-way-back new-for-old", "dO dH"),
        slip("outputs for the mask", "activation-for-derivative", "dH"),
        slip("error forgotten", "factor-dropped", "dO dH"),
        slip("weights on the rows", "rows-for-columns product-reversed transposed transpose-extra", "dO dH"),
        slip("weights crossed back", "permuted", "dO dH"),
        slip("sums for the mask", "sums-for-the-mask activation-missing names-swapped factor-dropped", "dH"),
        slip("inputs not transposed", "inputs-not-transposed transpose-missing", "dW1"),
        slip("outputs for inputs", "names-swapped", "dW1"),
        slip("unmasked", "mask-forgotten names-swapped factor-dropped", "dW1 dH"),
        slip("first gradient transposed", "transposed product-reversed", "dW1"),
        slip("one object in the first gradient", "term-dropped line-missing", "dW1"),
        slip("minus in the first gradient", "whole-sign sign", "dW1"),
        slip("product in the other order", "order-turned product-reversed transpose-missing", "dW1"),
        slip("uphill", "step-uphill sign", "V2"),
        slip("rate lost", "factor-dropped", "V2"),
        slip("old weights lost", "term-dropped", "V2"),
        slip("gradient for the weights", "other-blank term-dropped", "V2"),
        slip("uphill below", "step-uphill sign", "V1"),
        slip("rate lost below", "factor-dropped", "V1"),
        slip("gradient by the sums in the step", "names-swapped other-quantity", "V1"),
        slip("unmasked in the step", "unmasked-in-the-step mask-forgotten names-swapped", "V1 dH"),
        slip("gradient transposed in the step", TRANSPOSE, "V1"),
        pen("entry-sign", "H yhat d dW2 dH dW1 V1"),
        pen("digit", "H yhat L d dW2 dH dW1 V2 V1"),
        pen("digits", "L dW2 dW1 V1"),
        pen("transposed", "H dH dW1"),
        pen("permuted", "yhat d dW2"),
        pen("other-blank", "dW2 V2"),
    ),
    (("ReLU left out", "uphill"), ("not averaged", "mask forgotten"), ("sign of the error", "rate lost below")),
)  # fmt: skip


def logistic_head(given: Given, sheet: Sheet) -> None:
    """p = σ(Ow), logloss, the way back and a step."""
    outs, w = np.array(given["O"], float), np.array(given["w"], float)
    y, eta, n = np.array(given["y"], float), given["eta"], 2 if given["loss"] == "average" else 1
    z = chosen(sheet, outs @ w, ("outputs transposed forward", outs.T @ w), ("weights crossed", outs @ w[::-1]),
               ("one product left out", outs[:, 0] * w[0]))  # fmt: skip
    s = 1 / (1 + np.exp(-z))
    p = chosen(
        sheet, s,
        ("exponent turned", 1 - s), ("sigmoid left out", z), ("one below left out", np.exp(z)), ("tanh", np.tanh(z)),
        ("slope for the sigmoid", s * (1 - s)), ("softmax", np.exp(z) / np.exp(z).sum()),
    )  # fmt: skip
    p = sheet.write("p", p)
    terms = y * np.log(p) + (1 - y) * np.log(1 - p)
    swapped = (1 - y) * np.log(p) + y * np.log(1 - p)
    L = chosen(
        sheet, -terms.sum() / n,
        ("minus of the loss lost", terms.sum() / n), ("the other reduction", -terms.sum() / (3 - n)),
        ("classes swapped in the loss", -swapped.sum() / n), ("class 1 alone", -(y * np.log(p)).sum() / n),
        ("decimal logarithm", -terms.sum() / n / np.log(10)), ("squares for logarithms", ((p - y) ** 2).sum() / n),
        ("logarithm of p for both", -np.log(p).sum() / n),
        ("one term's minus lost", -(y * np.log(p) - (1 - y) * np.log(1 - p)).sum() / n),
    )  # fmt: skip
    sheet.write("L", L)
    d = chosen(
        sheet, (p - y) / n,
        ("slope kept", (p - y) * p * (1 - p) / n), ("sign of the error", (y - p) / n),
        ("minus of one term lost", (p * (1 - y) + (1 - p) * y) / n), ("reduction lost", (p - y) / (3 - n)),
        ("classes swapped", (p - 1 + y) / n), ("derivative by p", ((1 - y) / (1 - p) - y / p) / n),
        ("slope alone", p * (1 - p)), ("answers left out", p / n), ("sums for probabilities", (z - y) / n),
        ("two", 2 * (p - y) / n), ("plus", (p + y) / n), ("slope of class 0", (1 - p) * p / n),
    )  # fmt: skip
    d = sheet.write("d", d)
    dw = chosen(
        sheet, outs.T @ d,
        ("outputs not transposed", outs @ d), ("probabilities for d", outs.T @ p), ("one object alone", outs[0] * d[0]),
        ("minus in the gradient", -outs.T @ d), ("times the weights", (outs.T @ d) * w),
        ("column sums left", outs.sum(axis=0) * d),
        ("averaged again", outs.T @ d / 2),
    )  # fmt: skip
    dw = sheet.write("dw", dw)
    dO = chosen(
        sheet, np.outer(d, w),
        ("new weights", np.outer(d, w - eta * dw)), ("weights on the rows", np.outer(w, d)),
        ("outputs in the product", np.outer(d, w) * outs), ("weights left out", np.outer(d, [1, 1])),
        ("error left out", np.outer([1, 1], w)), ("gradient by w in the product", np.outer(d, dw)),
        ("probabilities in the product", np.outer(p, w)), ("minus on the way back", -np.outer(d, w)),
        ("one error for both", d[0] * np.outer([1, 1], w)),
    )  # fmt: skip
    sheet.write("dO", dO)
    v = chosen(
        sheet, w - eta * dw,
        ("uphill", w + eta * dw), ("rate lost", w - dw), ("old weights lost", -eta * dw),
        ("errors in the step", w - eta * d),
        ("rate twice", w - eta**2 * dw),
    )  # fmt: skip
    sheet.write("v", v)


LOGISTIC = Family(
    "backprop-sigmoid-logloss",
    logistic_head,
    (
        slip("outputs transposed forward", "transpose-extra", "z p"),
        slip("weights crossed", "permuted", "z p"),
        slip("one product left out", "term-dropped", "z p"),
        slip("exponent turned", "sign complement", "p"),
        slip("sigmoid left out", "sigmoid-forgotten activation-missing", "p"),
        slip("one below left out", "divisor-dropped other-function term-dropped", "p"),
        slip("tanh", "other-function", "p"),
        slip("slope for the sigmoid", "derivative-for-function other-function", "p"),
        slip("softmax", "softmax-of-the-objects other-function", "p"),
        slip("minus of the loss lost", "minus-of-the-loss-lost sign whole-sign", "L"),
        slip("the other reduction", "factor-two sum-for-mean factor-dropped", "L"),
        slip("classes swapped in the loss", "classes-swapped complement names-swapped", "L"),
        slip("class 1 alone", "term-dropped", "L"),
        slip("decimal logarithm", "decimal-logarithm log-base", "L"),
        slip("squares for logarithms", "squared-errors other-loss", "L"),
        slip("logarithm of p for both", "complement term-dropped other-convention", "L"),
        slip("one term's minus lost", "sign", "L"),
        slip("slope kept", "sigmoid-derivative-kept factor-extra", "d"),
        slip("sign of the error", "sign-of-the-error sign whole-sign", "d"),
        slip("minus of one term lost", "minus-of-one-term-lost entry-sign sign", "d"),
        slip("reduction lost", "objects-not-averaged objects-averaged factor-two factor-dropped", "d"),
        slip("classes swapped", "classes-swapped complement", "d"),
        slip("derivative by p", "derivative-by-p", "d"),
        slip("slope alone", "sigmoid-derivative-alone names-swapped", "d"),
        slip("answers left out", "term-dropped", "d"),
        slip("sums for probabilities", "activation-missing sigmoid-forgotten names-swapped", "d"),
        slip("two", "factor-two", "d"),
        slip("plus", "sign", "d"),
        slip("slope of class 0", "sigmoid-derivative-alone names-swapped factor-two", "d"),
        slip("outputs not transposed", "outputs-not-transposed transpose-missing", "dw"),
        slip("probabilities for d", "probabilities-in-the-gradient names-swapped", "dw"),
        slip("one object alone", "term-dropped line-missing", "dw"),
        slip("minus in the gradient", "whole-sign sign", "dw"),
        slip("times the weights", "factor-extra", "dw"),
        slip("column sums left", "elementwise wrong-axis", "dw"),
        slip("averaged again", "factor-two", "dw"),
        slip("new weights", "new-weights-on-the-way-back new-for-old", "dO"),
        slip("weights on the rows", "rows-for-columns product-reversed transposed transpose-extra", "dO"),
        slip("outputs in the product", "factor-extra", "dO"),
        slip("weights left out", "factor-dropped", "dO"),
        slip("error left out", "factor-dropped", "dO"),
        slip("gradient by w in the product", "names-swapped", "dO"),
        slip("probabilities in the product", "names-swapped", "dO"),
        slip("minus on the way back", "whole-sign sign", "dO"),
        slip("one error for both", "index-off entry-repeated", "dO"),
        slip("uphill", "step-uphill sign", "v"),
        slip("rate lost", "factor-dropped", "v"),
        slip("old weights lost", "term-dropped", "v"),
        slip("errors in the step", "names-swapped other-quantity", "v"),
        slip("rate twice", "exponent-off factor-extra", "v"),
        pen("entry-sign", "d dw dO v"),
        pen("digit", "p L d dw dO v"),
        pen("rounding", "p L d dw dO v"),
        pen("permuted", "p d dw v"),
        pen("transposed", "dO"),
    ),
    (("exponent turned", "rate lost"), ("slope kept", "uphill")),
)

FAMILIES = (RELU_NET, LOGISTIC)
