"""Back through single layers: a linear one, an activation."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def linear(given: Given, sheet: Sheet) -> None:
    """Z = XW + b forward; G back to X, W and b."""
    X, W = np.array(given["X"], float), np.array(given["W"], float)
    b, G = np.array(given["b"], float), np.array(given["G"], float)
    short = X @ W + b
    short[0, 0] -= X[0, 1] * W[1, 0]
    Z = chosen(
        sheet, X @ W + b,
        ("bias left out", X @ W), ("bias for one object", X @ W + np.array([b, 0 * b])),
        ("bias subtracted", X @ W - b), ("inputs transposed forward", X.T @ W + b),
        ("one product left out", short), ("bias multiplied", (X @ W) * b), ("objects swapped forward", X[::-1] @ W + b),
    )  # fmt: skip
    Z = sheet.write("Z", Z)
    dX = chosen(
        sheet, G @ W.T,
        ("outputs sent back", Z @ W.T), ("inputs' gradient transposed", W @ G.T),
        ("last product left out", G[:, :2] @ W[:, :2].T), ("minus on the way back", -G @ W.T),
        ("times the inputs", (G @ W.T) * X), ("objects swapped on the way back", G[::-1] @ W.T),
        ("bias added to the weights", G @ (W + b).T), ("two on the way back", 2 * G @ W.T),
        ("averaged over the outputs", G @ W.T / 3),
    )  # fmt: skip
    sheet.write("dX", dX)
    dW = chosen(
        sheet, X.T @ G,
        ("inputs not transposed", X @ G), ("averaged over the objects", X.T @ G / 2),
        ("outputs for derivatives", X.T @ Z), ("one object alone", np.outer(X[0], G[0])),
        ("last object alone", np.outer(X[1], G[1])), ("minus before the gradient", -X.T @ G),
        ("times the weights", (X.T @ G) * W), ("objects crossed", X.T @ G[::-1]),
        ("rate and step at once", W - X.T @ G),
    )  # fmt: skip
    sheet.write("dW", dW)
    db = chosen(
        sheet, G.sum(axis=0),
        ("mean of the rows", G.mean(axis=0)), ("first row alone", G[0]), ("last row alone", G[1]),
        ("times the bias", b * G.sum(axis=0)), ("difference of the rows", G[0] - G[1]),
        ("outputs added up", Z.sum(axis=0)), ("minus before the sum", -G.sum(axis=0)),
        ("bias added to the sum", b + G.sum(axis=0)), ("product of the rows", G[0] * G[1]),
    )  # fmt: skip
    sheet.write("db", db)


VALUES = "values-for-derivatives names-swapped other-quantity"
LINEAR = Family(
    "linear-layer-backward",
    linear,
    (
        slip("bias left out", "term-dropped", "Z"),
        slip("bias for one object", "bias-in-one-row term-dropped", "Z"),
        slip("bias subtracted", "sign", "Z"),
        slip("inputs transposed forward", "transpose-extra", "Z"),
        slip("one product left out", "term-dropped", "Z"),
        slip("bias multiplied", "other-operation brackets other-convention", "Z"),
        slip("objects swapped forward", "permuted", "Z"),
        slip("outputs sent back", VALUES, "dX"),
        slip("inputs' gradient transposed", "transposed product-reversed transpose-extra", "dX"),
        slip("last product left out", "term-dropped", "dX"),
        slip("minus on the way back", "whole-sign sign", "dX"),
        slip("times the inputs", "factor-extra", "dX"),
        slip("objects swapped on the way back", "permuted", "dX"),
        slip("bias added to the weights", "bias-in-the-weights term-extra", "dX"),
        slip("two on the way back", "factor-two", "dX"),
        slip("averaged over the outputs", "divided-by-objects number-off sum-for-mean", "dX"),
        slip("inputs not transposed", "inputs-not-transposed transpose-missing", "dW"),
        slip("averaged over the objects", "divided-by-objects factor-two", "dW"),
        slip("outputs for derivatives", VALUES, "dW"),
        slip("one object alone", "term-dropped line-missing", "dW"),
        slip("last object alone", "term-dropped line-missing", "dW"),
        slip("minus before the gradient", "whole-sign sign", "dW"),
        slip("times the weights", "factor-extra", "dW"),
        slip("objects crossed", "permuted index-off names-swapped", "dW"),
        slip("rate and step at once", "step-made term-extra other-convention", "dW"),
        slip("mean of the rows", "mean-for-the-sum factor-two sum-for-mean", "db"),
        slip("first row alone", "one-object term-dropped", "db"),
        slip("last row alone", "other-object term-dropped", "db"),
        slip("times the bias", "times-the-bias factor-extra", "db"),
        slip("difference of the rows", "sign", "db"),
        slip("outputs added up", VALUES, "db"),
        slip("minus before the sum", "whole-sign sign", "db"),
        slip("bias added to the sum", "bias-added term-extra", "db"),
        slip("product of the rows", "rows-multiplied other-operation", "db"),
        pen("entry-sign", "Z dX dW db"),
        pen("transposed", "Z dX dW"),
        pen("permuted", "db"),
        pen("whole-sign", "dX dW db"),
    ),
    (("bias left out", "inputs not transposed"), ("last product left out", "mean of the rows")),
)


def activation(given: Given, sheet: Sheet) -> None:
    """O = f(H), f'(H), G back through it entry by entry."""
    kind, G = given["act"], np.array(given["G"], float)
    H = np.array([given[f"h[{number}]"] for number in (1, 2, 3, 4)], float).reshape(2, 2)
    if kind == "rect":
        H = np.array(given["R"], float)
    sigma, minus = 1 / (1 + np.exp(-H)), 1 / (1 + np.exp(H))
    f = {"logsig": sigma, "tansig": np.tanh(H), "rect": np.maximum(H, 0)}[kind]
    other = {"logsig": np.tanh(H), "tansig": sigma, "rect": np.abs(H)}[kind]
    turned = {"logsig": minus, "tansig": -np.tanh(H), "rect": np.minimum(H, 0)}[kind]
    outs = chosen(
        sheet, f,
        ("other activation", other), ("argument turned", turned), ("activation left out", H),
        ("inputs transposed", f.T),
        ("step for the activation", (H > 0) * 1.0),
    )  # fmt: skip
    outs = sheet.write("O", outs)
    slope = {"logsig": outs * (1 - outs), "tansig": 1 - outs**2, "rect": (H > 0) * 1.0}[kind]
    s = 1 / (1 + np.exp(-outs))
    again = {"logsig": s * (1 - s), "tansig": 1 - np.tanh(outs) ** 2, "rect": np.sign(H)}[kind]
    rule = {"logsig": 1 - outs**2, "tansig": outs * (1 - outs), "rect": (H <= 0) * 1.0}[kind]
    half = {"logsig": 1 - outs, "tansig": 1 - outs, "rect": (G > 0) * 1.0}[kind]
    plus = {"logsig": outs * (1 + outs), "tansig": 1 + outs**2, "rect": np.sign(H)}[kind]
    inputs = {"logsig": H * (1 - H), "tansig": 1 - H**2, "rect": H}[kind]
    D = chosen(
        sheet, slope,
        ("outputs for derivatives", outs), ("derivative at the output", again), ("other rule", rule),
        ("part of the rule", half), ("plus in the rule", plus), ("minus before the slope", -slope),
        ("rule of the inputs", inputs), ("square alone", outs**2),
    )  # fmt: skip
    D = sheet.write("D", D)
    dH = chosen(
        sheet, G * D,
        ("matrix product", G @ D), ("derivatives left out", G), ("gradient left out", D),
        ("outputs for slopes", G * outs),
        ("added", G + D), ("matrix product the other way", D @ G), ("derivatives twice", G * D**2),
        ("minus on the way back", -G * D), ("divided", G / np.where(D == 0, np.nan, D)), ("transposed G", G.T * D),
        ("times the inputs", G * D * H),
        ("both transposed", (G * D).T),
    )  # fmt: skip
    sheet.write("dH", dH)


ACTIVATION = Family(
    "activation-layer-backward",
    activation,
    (
        slip("other activation", "other-function", "O"),
        slip("argument turned", "sign complement whole-sign other-function", "O"),
        slip("activation left out", "activation-missing", "O"),
        slip("inputs transposed", "transposed transpose-extra permuted", "O"),
        slip("step for the activation", "step-for-the-activation other-function derivative-for-function", "O"),
        slip("outputs for derivatives", "outputs-for-derivatives activation-for-derivative factor-dropped", "D"),
        slip("derivative at the output",
             "derivative-at-the-output derivative-at-output mask-by-outputs other-function", "D"),
        slip("other rule", "tanh-rule sigmoid-rule mask-turned other-function", "D"),
        slip("part of the rule", "bracket-alone square-lost factor-dropped power-dropped mask-of-the-gradient", "D"),
        slip("plus in the rule", "sign mask-by-outputs", "D"),
        slip("minus before the slope", "whole-sign sign", "D"),
        slip("rule of the inputs", "derivative-at-output activation-missing wrong-point names-swapped other-function",
             "D"),
        slip("square alone", "complement term-dropped sign exponent-off", "D"),
        slip("matrix product", "matrix-product elementwise", "dH"),
        slip("derivatives left out", "factor-dropped", "dH"),
        slip("gradient left out", "derivatives-alone factor-dropped other-blank", "dH"),
        slip("outputs for slopes", "outputs-in-the-product activation-for-derivative names-swapped", "dH D"),
        slip("added", "added other-operation", "dH"),
        slip("matrix product the other way", "matrix-product-turned matrix-product elementwise product-reversed", "dH"),
        slip("derivatives twice", "exponent-off factor-extra", "dH"),
        slip("minus on the way back", "whole-sign sign", "dH"),
        slip("divided", "inverted other-operation", "dH"),
        slip("transposed G", "rows-for-columns transpose-extra", "dH"),
        slip("times the inputs", "factor-extra", "dH"),
        slip("both transposed", "transposed transpose-extra", "dH"),
        pen("entry-sign", "O D dH"),
        pen("digit", "O D dH"),
        pen("rounding", "O D dH"),
        pen("transposed", "O D dH"),
        pen("other-blank", "D dH"),
    ),
    (("other activation", "derivatives left out"), ("plus in the rule", "minus on the way back")),
)  # fmt: skip

FAMILIES = (LINEAR, ACTIVATION)
