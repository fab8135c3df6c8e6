"""The way back as formulas in named matrices, and a net of sigmoids with fractions."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import put


def in_matrices(given: Given, sheet: Sheet) -> None:
    """Every level of the way back in letters, one of them in numbers."""
    logistic, c = given["act"] == "logsig", given["c"]
    own = "{0} .* (1 - {0})" if logistic else "(1 - {0}.^2)"
    other = "(1 - {0}.^2)" if logistic else "{0} .* (1 - {0})"
    plus = "{0} .* (1 + {0})" if logistic else "(1 + {0}.^2)"
    part = "(1 - {0})"
    again = "sigmoid({0}) .* (1 - sigmoid({0}))" if logistic else "(1 - tanh({0}).^2)"
    start = chosen(
        sheet, "2*c*(P - Y)",
        ("two lost", "c*(P - Y)"), ("sign of the error", "2*c*(Y - P)"), ("plus in the error", "2*c*(P + Y)"),
        ("squares kept", "c*(P - Y).^2"), ("answers left out", "2*c*P"), ("factor of the loss lost", "2*(P - Y)"),
    )  # fmt: skip
    sheet.write("e3", put(start, c=c))
    G3 = chosen(
        sheet, "O2'*d3",
        ("upper gradient transposed", "d3'*O2"), ("outputs of the layer below", "O1'*d3"),
        ("nothing transposed above", "O2*d3"), ("forecasts for d3", "O2'*P"), ("minus above", "-O2'*d3"),
        ("order turned above", "d3*O2'"),
    )  # fmt: skip
    sheet.write("G3", G3)
    e2 = chosen(
        sheet, f"d3*W3' .* {own.format('O2')}",
        ("derivative forgotten", "d3*W3'"), ("output for the derivative", "d3*W3' .* O2"),
        ("other activation", f"d3*W3' .* {other.format('O2')}"), ("other layer", f"d3*W3' .* {own.format('O1')}"),
        ("derivative at the output", f"d3*W3' .* {again.format('O2')}"), ("plus", f"d3*W3' .* {plus.format('O2')}"),
        ("part of the rule", f"d3*W3' .* {part.format('O2')}"), ("W3 not transposed", f"d3*W3 .* {own.format('O2')}"),
        ("weights turned round", f"W3*d3' .* {own.format('O2')}"), ("minus", f"-d3*W3' .* {own.format('O2')}"),
    )  # fmt: skip
    sheet.write("e2", e2)
    G2 = chosen(
        sheet, "O1'*d2",
        ("outputs of the layer itself", "O2'*d2"), ("lower d", "O1'*d1"), ("gradient transposed", "d2'*O1"),
        ("upper d", "O1'*d3"), ("inputs of the net", "X'*d2"), ("nothing transposed", "O1*d2"),
        ("minus in W2", "-O1'*d2"),
    )  # fmt: skip
    sheet.write("G2", G2)
    e1 = chosen(
        sheet, f"d2*W2' .* {own.format('O1')}",
        ("W2 not transposed", f"d2*W2 .* {own.format('O1')}"), ("derivative forgotten below", "d2*W2'"),
        ("output for the derivative below", "d2*W2' .* O1"),
        ("other activation below", f"d2*W2' .* {other.format('O1')}"),
        ("other layer below", f"d2*W2' .* {own.format('O2')}"),
        ("upper weights once more", f"d3*W3' .* {own.format('O1')}"),
        ("part of the rule below", f"d2*W2' .* {part.format('O1')}"), ("plus below", f"d2*W2' .* {plus.format('O1')}"),
        ("other weights below", f"d2*W1' .* {own.format('O1')}"),
        ("weights left out below", f"d2 .* {own.format('O1')}"),
        ("at the output below", f"d2*W2' .* {again.format('O1')}"),
    )  # fmt: skip
    sheet.write("e1", e1)
    G1 = chosen(
        sheet, "X'*d1",
        ("first gradient transposed", "d1'*X"), ("outputs for inputs", "O1'*d1"), ("d2 below", "X'*d2"),
        ("nothing transposed below", "X*d1"), ("minus in W1", "-X'*d1"),
    )  # fmt: skip
    sheet.write("G1", G1)
    g, v, S = np.array(given["g"], float), np.array(given["v"], float), np.array(given["S"], float)
    slope, sigma = (S * (1 - S) if logistic else 1 - S**2), 1 / (1 + np.exp(-S))
    back = np.outer(g, v)
    B = chosen(
        sheet, back * slope,
        ("derivative forgotten in numbers", back), ("output in numbers", back * S),
        ("matrix product", back @ slope), ("factors swapped", np.outer(v, g) * slope),
        ("other activation in numbers", back * (1 - S**2 if logistic else S * (1 - S))),
        ("at the output in numbers", back * (sigma * (1 - sigma) if logistic else 1 - np.tanh(S) ** 2)),
        ("part of the rule in numbers", back * (1 - S)), ("minus in numbers", -back * slope),
        ("plus in numbers", back * (S * (1 + S) if logistic else 1 + S**2)), ("weights left out", g[:, None] * slope),
        ("error left out", v * slope), ("outputs transposed", back * slope.T),
    )  # fmt: skip
    sheet.write("B", B)


RULE = "other-activation other-function"
LAYER = "other-layer index-off names-swapped"
MATRICES = Family(
    "backprop-layer-formulas",
    in_matrices,
    (
        slip("two lost", "two-lost factor-two factor-dropped", "e3"),
        slip("sign of the error", "sign-of-the-error sign whole-sign product-reversed", "e3"),
        slip("plus in the error", "sign", "e3"),
        slip("squares kept", "squares-kept function-for-derivative other-convention", "e3"),
        slip("answers left out", "term-dropped", "e3"),
        slip("factor of the loss lost", "factor-dropped factor-two", "e3"),
        slip("upper gradient transposed", "transposed product-reversed", "G3"),
        slip("outputs of the layer below", "index-off names-swapped", "G3"),
        slip("nothing transposed above", "transpose-missing", "G3"),
        slip("forecasts for d3", "names-swapped", "G3"),
        slip("minus above", "whole-sign sign", "G3"),
        slip("order turned above", "product-reversed", "G3"),
        slip("derivative forgotten", "derivative-forgotten factor-dropped", "e2"),
        slip("output for the derivative", "output-for-the-derivative activation-for-derivative factor-dropped", "e2"),
        slip("other activation", RULE, "e2"),
        slip("other layer", LAYER, "e2"),
        slip("derivative at the output", "derivative-at-the-output derivative-at-output", "e2"),
        slip("plus", "sign", "e2"),
        slip("part of the rule", "factor-dropped power-dropped", "e2"),
        slip("W3 not transposed", "transpose-missing", "e2"),
        slip("weights turned round", "product-reversed transposed", "e2"),
        slip("minus", "whole-sign sign", "e2"),
        slip("outputs of the layer itself", "inputs-of-another-layer index-off names-swapped", "G2"),
        slip("lower d", "derivatives-of-another-layer index-off names-swapped", "G2"),
        slip("gradient transposed", "transposed-layout transposed product-reversed", "G2"),
        slip("upper d", "index-off names-swapped", "G2"),
        slip("inputs of the net", "inputs-of-the-net names-swapped", "G2"),
        slip("nothing transposed", "transpose-missing", "G2"),
        slip("minus in W2", "whole-sign sign", "G2"),
        slip("W2 not transposed", "weights-not-transposed transpose-missing", "e1"),
        slip("derivative forgotten below", "derivative-forgotten factor-dropped", "e1"),
        slip(
            "output for the derivative below",
            "output-for-the-derivative activation-for-derivative factor-dropped",
            "e1",
        ),
        slip("other activation below", RULE, "e1"),
        slip("other layer below", LAYER, "e1"),
        slip("upper weights once more", "upper-weights index-off names-swapped", "e1"),
        slip("other weights below", "weights-of-another-layer index-off names-swapped", "e1"),
        slip("part of the rule below", "factor-dropped power-dropped", "e1"),
        slip("plus below", "sign", "e1"),
        slip("weights left out below", "factor-dropped", "e1"),
        slip("at the output below", "derivative-at-the-output derivative-at-output", "e1"),
        slip("first gradient transposed", "transposed-layout transposed product-reversed", "G1"),
        slip("outputs for inputs", "outputs-for-the-inputs names-swapped", "G1"),
        slip("d2 below", "derivatives-of-another-layer index-off names-swapped", "G1"),
        slip("nothing transposed below", "transpose-missing", "G1"),
        slip("minus in W1", "whole-sign sign", "G1"),
        slip("derivative forgotten in numbers", "derivative-forgotten factor-dropped", "B"),
        slip("output in numbers", "output-for-the-derivative activation-for-derivative factor-dropped", "B"),
        slip("matrix product", "matrix-product elementwise", "B"),
        slip("factors swapped", "factors-swapped product-reversed", "B"),
        slip("other activation in numbers", RULE, "B"),
        slip("at the output in numbers", "derivative-at-the-output derivative-at-output", "B"),
        slip("part of the rule in numbers", "factor-dropped power-dropped", "B"),
        slip("minus in numbers", "whole-sign sign", "B"),
        slip("plus in numbers", "sign", "B"),
        slip("weights left out", "factor-dropped", "B"),
        slip("error left out", "factor-dropped", "B"),
        slip("outputs transposed", "transpose-extra rows-for-columns", "B"),
        pen("entry-sign", "B"),
        pen("digit", "B"),
        pen("transposed", "B"),
    ),
    (("two lost", "derivative forgotten"),),
)


def of_fractions(given: Given, sheet: Sheet) -> None:
    """A net of sigmoids, 2-2-1, one object: forward and all gradients."""
    x, W1, y = np.array(given["x"], float), np.array(given["W1"], float), given["y"]
    w, b = np.array(given["w2"], float), given["b2"]
    h = chosen(sheet, x @ W1, ("weights transposed forward", W1 @ x), ("inputs crossed", x[::-1] @ W1),
               ("one product left out", x[0] * W1[0]))  # fmt: skip
    s = 1 / (1 + np.exp(-h))
    o = chosen(
        sheet, s,
        ("exponent turned", 1 - s), ("sigmoid left out", h), ("one below left out", np.exp(h)), ("tanh", np.tanh(h)),
        ("slope for the sigmoid", s * (1 - s)), ("outputs crossed", s[::-1]),
    )  # fmt: skip
    o = sheet.write("o", o)
    yhat = chosen(
        sheet, o @ w + b,
        ("bias left out", o @ w), ("output weights crossed", o @ w[::-1] + b), ("bias subtracted", o @ w - b),
        ("sums for outputs", h @ w + b), ("sigmoid over the forecast", 1 / (1 + np.exp(-(o @ w + b)))),
        ("one neuron alone", o[0] * w[0] + b),
    )  # fmt: skip
    yhat = sheet.write("yhat", yhat)
    d = chosen(
        sheet, yhat - y,
        ("sign of the error", y - yhat), ("two kept", 2 * (yhat - y)), ("half kept", (yhat - y) / 2),
        ("loss for its derivative", (yhat - y) ** 2 / 2), ("plus in the error", yhat + y), ("answer left out", yhat),
    )  # fmt: skip
    d = sheet.write("d", d)
    dw = chosen(
        sheet, d * o,
        ("inputs for outputs", d * x), ("error left out", o), ("weights for outputs", d * w),
        ("slope in the upper gradient", d * o * (1 - o)), ("sums in the gradient", d * h), ("minus above", -d * o),
    )  # fmt: skip
    dw = sheet.write("dw2", dw)
    dh = chosen(
        sheet, d * w * o * (1 - o),
        ("slope forgotten", d * w), ("weights forgotten", d * o * (1 - o)), ("error forgotten", w * o * (1 - o)),
        ("output for the slope", d * w * o), ("plus in the slope", d * w * o * (1 + o)),
        ("at the output", d * w / (1 + np.exp(-o)) / (1 + np.exp(o))), ("rule of tanh", d * w * (1 - o**2)),
        ("new weights", d * (w - dw) * o * (1 - o)), ("bracket alone", d * w * (1 - o)),
        ("outputs taken twice", d * w * o**2 * (1 - o)), ("gradient for the weights", d * dw * o * (1 - o)),
        ("weights crossed back", d * w[::-1] * o * (1 - o)), ("minus below", -d * w * o * (1 - o)),
    )  # fmt: skip
    dh = sheet.write("dh", dh)
    dW = chosen(
        sheet, np.outer(x, dh),
        ("rows for columns", np.outer(dh, x)), ("outputs for inputs", np.outer(o, dh)),
        ("error of the output", np.outer(x, [d, d])), ("times the weights", np.outer(x, dh) * W1),
        ("inputs left out", np.outer([1, 1], dh)), ("minus in the end", -np.outer(x, dh)),
        ("first input for both", x[0] * np.outer([1, 1], dh)), ("inputs swapped", np.outer(x[::-1], dh)),
    )  # fmt: skip
    sheet.write("dW1", dW)


FRACTIONS = Family(
    "backprop-two-layer-sigmoid",
    of_fractions,
    (
        slip("weights transposed forward", "transpose-extra transpose-missing", "h o"),
        slip("inputs crossed", "permuted", "h o"),
        slip("one product left out", "term-dropped", "h o"),
        slip("exponent turned", "other-sign-of-the-sum sign complement", "o"),
        slip("sigmoid left out", "sigmoid-forgotten activation-missing", "o"),
        slip("one below left out", "divisor-dropped other-function term-dropped", "o"),
        slip("tanh", "other-function", "o"),
        slip("slope for the sigmoid", "derivative-for-function other-function", "o"),
        slip("outputs crossed", "permuted", "o"),
        slip("bias left out", "bias-forgotten term-dropped", "yhat"),
        slip("output weights crossed", "permuted", "yhat"),
        slip("bias subtracted", "sign", "yhat"),
        slip("sums for outputs", "activation-missing names-swapped sigmoid-forgotten", "yhat"),
        slip("sigmoid over the forecast", "other-function term-extra", "yhat"),
        slip("one neuron alone", "term-dropped", "yhat"),
        slip("sign of the error", "sign-of-the-error sign whole-sign", "d"),
        slip("two kept", "factor-two", "d"),
        slip("half kept", "factor-two", "d"),
        slip("loss for its derivative", "function-for-derivative", "d"),
        slip("plus in the error", "sign", "d"),
        slip("answer left out", "term-dropped", "d"),
        slip("inputs for outputs", "names-swapped", "dw2"),
        slip("error left out", "factor-dropped other-blank", "dw2"),
        slip("weights for outputs", "names-swapped", "dw2"),
        slip(
            "slope in the upper gradient",
            "slope-in-the-upper-gradient factor-extra derivative-for-function",
            "dw2",
        ),
        slip("sums in the gradient", "activation-missing names-swapped", "dw2"),
        slip("minus above", "whole-sign sign", "dw2"),
        slip("slope forgotten", "derivative-forgotten factor-dropped", "dh"),
        slip("weights forgotten", "weights-forgotten factor-dropped", "dh"),
        slip("error forgotten", "error-forgotten factor-dropped", "dh"),
        slip("output for the slope", "output-for-the-derivative activation-for-derivative factor-dropped", "dh"),
        slip("plus in the slope", "sign", "dh"),
        slip("at the output", "derivative-at-the-output derivative-at-output", "dh"),
        slip("rule of tanh", "other-function power-dropped exponent-off", "dh"),
        slip("new weights", "new-weights-on-the-way-back new-for-old", "dh"),
        slip("bracket alone", "factor-dropped", "dh"),
        slip("outputs taken twice", "factor-extra exponent-off", "dh"),
        slip("gradient for the weights", "names-swapped other-quantity", "dh"),
        slip("weights crossed back", "permuted", "dh"),
        slip("minus below", "whole-sign sign", "dh"),
        slip("rows for columns", "transposed product-reversed", "dW1"),
        slip("outputs for inputs", "outputs-for-inputs names-swapped", "dW1"),
        slip("error of the output", "error-of-the-output names-swapped", "dW1"),
        slip("times the weights", "factor-extra", "dW1"),
        slip("inputs left out", "factor-dropped", "dW1"),
        slip("minus in the end", "whole-sign sign", "dW1"),
        slip("first input for both", "index-off entry-repeated", "dW1"),
        slip("inputs swapped", "permuted", "dW1"),
        pen("entry-sign", "dw2 dh dW1"),
        pen("digit", "o yhat dw2 dh dW1"),
        pen("permuted", "o dw2 dh"),
        pen("transposed", "dW1"),
        pen("other-blank", "dw2 dh"),
    ),
    (("exponent turned", "slope forgotten"), ("bias left out", "rows for columns")),
)

FAMILIES = (MATRICES, FRACTIONS)
