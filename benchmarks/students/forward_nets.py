"""Nets of one hidden layer: sigmoids worked by hand, linear layers that are one, a picture as a formula."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import number


def sigmoid_net(given: Given, sheet: Sheet) -> None:
    """Sums, sigmoids, output, and what it tends to."""
    x, a, b, v, c = given["x"], np.array(given["a"]), np.array(given["b"]), np.array(given["v"]), given["c"]
    z = chosen(
        sheet, a * x + b,
        ("hidden biases forgotten", a * x), ("hidden biases subtracted", a * x - b),
        ("edges from x crossed", a[::-1] * x + b),
        ("hidden biases crossed", a * x + b[::-1]), ("bias and weight exchanged", b * x + a),
        ("bias times x as well", (a + b) * x),
        ("sign of x lost", a * abs(x) + b), ("input left out", a + b),
        ("size of the first weight", np.array([abs(a[0]), a[1]]) * x + b),
    )  # fmt: skip
    z = sheet.write("z", z)
    h = chosen(
        sheet, 1 / (1 + np.exp(-z)),
        ("no sigmoid", z), ("minus of the exponent lost", 1 / (1 + np.exp(z))), ("one below lost", np.exp(z)),
        ("rule of tanh", np.tanh(z)), ("ReLU for the sigmoid", np.maximum(z, 0)),
        ("slope of the sigmoid", np.exp(-z) / (1 + np.exp(-z)) ** 2),
        ("not turned over", 1 + np.exp(-z)), ("step for the sigmoid", (z > 0).astype(float)),
        ("minus below", 1 / (1 - np.exp(-z))),
    )  # fmt: skip
    h = sheet.write("h", h)
    y = chosen(
        sheet, float(v @ h) + c,
        ("output bias forgotten", float(v @ h)), ("output bias subtracted", float(v @ h) - c),
        ("outer edges crossed", float(v[::-1] @ h) + c), ("sigmoid at the output", 1 / (1 + np.exp(-float(v @ h) - c))),
        ("outer weights forgotten", float(h.sum()) + c), ("second neuron left out", v[0] * h[0] + c),
        ("minus between the neurons", v[0] * h[0] - v[1] * h[1] + c),
        ("one sigmoid of the whole sum", 1 / (1 + np.exp(-float(v @ z) - c))),
        ("outputs multiplied", v[0] * h[0] * v[1] * h[1] + c), ("bias weighs the sum", float(v @ h) * c),
        ("weights times the sums", float(v @ z) + c),
    )  # fmt: skip
    sheet.write("y", y)
    far = (a > 0).astype(float)
    top = chosen(
        sheet, float(v @ far) + c,
        ("both to one", float(v.sum()) + c), ("both to nought", c), ("the other end", float(v @ (1 - far)) + c),
        ("bias forgotten in the limit", float(v @ far)), ("weights forgotten in the limit", float(far.sum()) + c),
        ("halves", float(v.sum()) / 2 + c), ("weights crossed in the limit", float(v[::-1] @ far) + c),
        ("minus one for nought", float(v @ (2 * far - 1)) + c), ("bias subtracted in the limit", float(v @ far) - c),
    )  # fmt: skip
    sheet.write("top", float(top))


SIGMOIDS = Family(
    "sigmoid-net-forward",
    sigmoid_net,
    (
        slip("hidden biases forgotten", "biases-forgotten term-dropped", "z"),
        slip("hidden biases subtracted", "sign", "z"),
        slip("edges from x crossed", "one-input-for-both names-swapped permuted index-off", "z"),
        slip("hidden biases crossed", "one-input-for-both names-swapped permuted index-off", "z"),
        slip("bias and weight exchanged", "bias-and-weight-exchanged names-swapped", "z"),
        slip("bias times x as well", "bias-times-input brackets", "z"),
        slip("sign of x lost", "sign", "z"),
        slip("input left out", "factor-dropped", "z"),
        slip("size of the first weight", "sign", "z"),
        slip("no sigmoid", "sigmoid-missing activation-missing other-blank", "h"),
        slip("minus of the exponent lost", "exponent-sign sign complement", "h"),
        slip("one below lost", "term-dropped", "h"),
        slip("rule of tanh", "tangent-for-sigmoid other-function", "h"),
        slip("ReLU for the sigmoid", "rectified other-function", "h"),
        slip("slope of the sigmoid", "derivative-for-function other-function", "h"),
        slip("not turned over", "reciprocal inverted", "h"),
        slip("step for the sigmoid", "step-for-sigmoid other-function", "h"),
        slip("minus below", "sign", "h"),
        slip("output bias forgotten", "output-bias-forgotten term-dropped", "y"),
        slip("output bias subtracted", "sign", "y"),
        slip("outer edges crossed", "output-edges-crossed names-swapped permuted", "y"),
        slip("sigmoid at the output", "sigmoid-at-the-output other-function", "y"),
        slip("outer weights forgotten", "factor-dropped", "y"),
        slip("second neuron left out", "term-dropped", "y"),
        slip("minus between the neurons", "sign", "y"),
        slip("one sigmoid of the whole sum", "sigmoid-on-the-sum other-function", "y"),
        slip("outputs multiplied", "other-operation outputs-multiplied", "y"),
        slip("bias weighs the sum", "other-operation bias-multiplied", "y"),
        slip("weights times the sums", "sums-weighed activation-missing old-for-new names-swapped", "y"),
        slip("both to one", "all-go-to-one activation-missing other-function", "top far"),
        slip("both to nought", "all-vanish term-dropped factor-dropped", "top far"),
        slip("the other end", "other-end complement", "top far"),
        slip("bias forgotten in the limit", "output-bias-forgotten term-dropped", "top"),
        slip("weights forgotten in the limit", "factor-dropped", "top"),
        slip("halves", "half-each", "top"),
        slip("weights crossed in the limit", "output-edges-crossed names-swapped permuted other-end complement", "top"),
        slip("minus one for nought", "minus-for-nought other-function", "top"),
        slip("bias subtracted in the limit", "sign", "top"),
        pen("permuted", "z h"),
        pen("entry-sign", "z"),
        pen("digit", "h y"),
        pen("digits", "h y"),
        pen("whole-sign", "y top"),
        pen("rounding", "h y"),
    ),
    (("hidden biases forgotten", "output bias forgotten"), ("no sigmoid", "both to one")),
)


def linear(given: Given, sheet: Sheet) -> None:
    """Constant and slope in letters and in numbers, and the product of two matrices."""
    constant = chosen(
        sheet, "w1*w11 + w2*w12",
        ("second index first", "w1*w11 + w2*w21"), ("outer weights lost in letters", "w11 + w12"),
        ("everything multiplied in letters", "w1*w11*w2*w12"), ("outer letters crossed", "w2*w11 + w1*w12"),
        ("sums of letters multiplied", "(w1 + w2)*(w11 + w12)"), ("second path forgotten", "w1*w11"),
        ("slope for the constant", "w1*w21 + w2*w22"), ("letters added along a path", "w1 + w11 + w2 + w12"),
        ("minus between the paths", "w1*w11 - w2*w12"), ("constant of everything", "w1*w11 + w2*w12 + w1*w21 + w2*w22"),
    )  # fmt: skip
    sheet.write("gamma1", constant)
    slope = chosen(
        sheet, "w1*w21 + w2*w22",
        ("first index first", "w1*w12 + w2*w22"), ("outer weights lost in the slope", "w21 + w22"),
        ("slope with the outer letters crossed", "w2*w21 + w1*w22"), ("constant for the slope", "w1*w11 + w2*w12"),
        ("second path forgotten in the slope", "w1*w21"), ("value at one", "w1*w11 + w2*w12 + w1*w21 + w2*w22"),
        ("first outer weight twice", "w1*w21 + w1*w22"),
    )  # fmt: skip
    sheet.write("gamma2", slope)
    B, S, V = (np.array(given[name], float) for name in "BSV")
    pair = chosen(
        sheet, np.array([V @ B, V @ S]),
        ("numbers mixed across", np.array([V[0] * B[0] + V[1] * S[0], V[0] * B[1] + V[1] * S[1]])),
        ("outer numbers lost", np.array([B.sum(), S.sum()])),
        ("paths multiplied", np.array([V.prod() * B.prod(), V.prod() * S.prod()])),
        ("outer numbers crossed", np.array([V[::-1] @ B, V[::-1] @ S])),
        ("sums multiplied", V.sum() * np.array([B.sum(), S.sum()])),
        ("slope first", np.array([V @ S, V @ B])), ("value at one in numbers", np.array([V @ B, V @ (B + S)])),
        ("numbers added along a path", np.array([V.sum() + B.sum(), V.sum() + S.sum()])),
        ("first path alone", np.array([V[0] * B[0], V[0] * S[0]])),
        ("one product with a wrong sign", np.array([V @ B, V[0] * S[0] - V[1] * S[1]])),
        ("inner biases alone", np.array([B.sum(), V @ S])),
    )  # fmt: skip
    sheet.write("gamma", pair)
    K, M = np.array(given["W1"], float), np.array(given["W2"], float)
    lost = K @ M
    lost[0, 1] = K[0, 0] * M[0, 1]
    sign = K @ M
    sign[1, 0] = K[1, 0] * M[0, 0] - K[1, 1] * M[1, 0]
    W = chosen(
        sheet, K @ M,
        ("other order", M @ K), ("entry by entry", K * M), ("matrices added", K + M), ("second matrix turned", K @ M.T),
        ("first matrix turned", K.T @ M), ("rows with rows", K @ M.T), ("one product left out", lost),
        ("one sign in the product", sign),
    )  # fmt: skip
    sheet.write("W", W)


LINEAR = Family(
    "linear-collapse",
    linear,
    (
        slip("second index first", "indices-mixed names-swapped index-off", "gamma1"),
        slip("outer weights lost in letters", "outer-weights-lost factor-dropped", "gamma1"),
        slip("everything multiplied in letters", "everything-multiplied other-operation", "gamma1"),
        slip("outer letters crossed", "outer-edges-crossed names-swapped", "gamma1"),
        slip("sums of letters multiplied", "sums-multiplied brackets term-extra", "gamma1"),
        slip("second path forgotten", "first-path-alone term-dropped", "gamma1"),
        slip("slope for the constant", "constant-and-slope-swapped other-blank names-swapped", "gamma1"),
        slip("letters added along a path", "outer-weights-added other-operation", "gamma1"),
        slip("minus between the paths", "sign", "gamma1"),
        slip("constant of everything", "everything-in-the-constant term-extra value-at-one", "gamma1"),
        slip("first index first", "indices-mixed names-swapped index-off", "gamma2"),
        slip("outer weights lost in the slope", "outer-weights-lost factor-dropped", "gamma2"),
        slip("slope with the outer letters crossed", "outer-edges-crossed names-swapped", "gamma2"),
        slip("constant for the slope", "constant-and-slope-swapped other-blank names-swapped", "gamma2"),
        slip("second path forgotten in the slope", "first-path-alone term-dropped", "gamma2"),
        slip("value at one", "value-at-one term-extra", "gamma2"),
        slip("first outer weight twice", "names-swapped index-off", "gamma2"),
        slip("numbers mixed across", "indices-mixed names-swapped index-off", "gamma"),
        slip("outer numbers lost", "outer-weights-lost factor-dropped", "gamma"),
        slip("paths multiplied", "everything-multiplied other-operation", "gamma"),
        slip("outer numbers crossed", "outer-edges-crossed names-swapped permuted", "gamma"),
        slip("sums multiplied", "sums-multiplied brackets", "gamma"),
        slip("slope first", "constant-and-slope-swapped permuted names-swapped", "gamma"),
        slip("value at one in numbers", "value-at-one term-extra", "gamma"),
        slip("numbers added along a path", "outer-weights-added other-operation", "gamma"),
        slip("first path alone", "first-path-alone term-dropped", "gamma"),
        slip("one product with a wrong sign", "sign", "gamma"),
        slip("inner biases alone", "biases-without-weights outer-weights-lost factor-dropped", "gamma"),
        slip("other order", "other-order product-reversed", "W"),
        slip("entry by entry", "entry-by-entry elementwise", "W"),
        slip("matrices added", "matrices-added other-operation", "W"),
        slip("second matrix turned", "second-turned transpose-extra transposed rows-for-columns", "W"),
        slip("first matrix turned", "first-turned transpose-extra transposed rows-for-columns", "W"),
        slip("rows with rows", "second-turned transpose-extra transposed rows-for-columns", "W"),
        slip("one product left out", "term-dropped", "W"),
        slip("one sign in the product", "sign", "W"),
        pen("digit", "gamma W"),
        pen("entry-sign", "gamma W"),
        pen("permuted", "gamma"),
        pen("transposed", "W"),
    ),
)


def line(weights: np.ndarray) -> str:
    """What comes into a neuron."""
    return f"{number(weights[1])}*x1 + {number(weights[2])}*x2 + {number(weights[0])}"


def picture(given: Given, sheet: Sheet) -> None:
    """Both hidden neurons and the whole net as formulas."""
    M, v, c = np.array(given["M"], float), [number(k) for k in given["v"]], number(given["c"])
    inside = [line(M[0]), line(M[1])]
    hidden = []
    for row, name in enumerate(("h1", "h2")):
        other, own = 1 - row, M[row]
        crossed = np.array([own[0], *M[:, 1 + row]])
        text = chosen(
            sheet, f"max(0, {inside[row]})",
            ("inner maxima lost", inside[row]), (f"maximum of {name} lost", inside[row]),
            (f"bias of {name} lost", f"max(0, {line(own * [0, 1, 1])})"),
            (f"bias of {name} outside", f"max(0, {line(own * [0, 1, 1])}) + {number(own[0])}"),
            (f"{name} with crossed edges", f"max(0, {line(crossed)})"),
            (f"other neuron for {name}", f"max(0, {inside[other]})"),
            (f"other bias in {name}", f"max(0, {line(np.array([M[other, 0], own[1], own[2]]))})"),
            (f"inputs of {name} exchanged", f"max(0, {line(own[[0, 2, 1]])})"),
            (f"minimum for {name}", f"min(0, {inside[row]})"),
            (f"sign of the bias of {name}", f"max(0, {line(own * [-1, 1, 1])})"),
            (f"sign of a weight of {name}", f"max(0, {line(own * [1, 1, -1])})"),
            (f"second input of {name} left out", f"max(0, {number(own[1])}*x1 + {number(own[0])})"),
        )  # fmt: skip
        hidden.append(sheet.write(name, text))
    h1, h2 = hidden
    inner = f"{v[0]}*({h1}) + {v[1]}*({h2})"
    y = chosen(
        sheet, f"max(0, {inner} + {c})",
        ("outer maximum lost", f"{inner} + {c}"), ("output bias lost", f"max(0, {inner})"),
        ("output bias outside", f"max(0, {inner}) + {c}"),
        ("outer weights lost", f"max(0, {h1} + {h2} + {c})"),
        ("outer edges crossed", f"max(0, {v[1]}*({h1}) + {v[0]}*({h2}) + {c})"),
        ("output bias inside h1", f"max(0, {v[0]}*max(0, {inside[0]} + {c}) + {v[1]}*({h2}))"),
        ("no inner maxima in the whole", f"max(0, {v[0]}*({inside[0]}) + {v[1]}*({inside[1]}) + {c})"),
        ("second neuron left out", f"max(0, {v[0]}*({h1}) + {c})"),
        ("sign of the output bias", f"max(0, {inner} - {c})"),
        ("sign of an outer weight", f"max(0, {v[0]}*({h1}) - {v[1]}*({h2}) + {c})"),
        ("minimum at the output", f"min(0, {inner} + {c})"),
        ("first outer weight before everything", f"max(0, {v[0]}*(({h1}) + {v[1]}*({h2})) + {c})"),
    )  # fmt: skip
    sheet.write("y", y)


_HIDDEN = (
    ("maximum of {} lost", "inner-max-lost activation-missing"),
    ("bias of {} lost", "hidden-biases-lost term-dropped"),
    ("bias of {} outside", "hidden-bias-outside brackets"),
    ("{} with crossed edges", "edges-crossed names-swapped index-off transpose-missing rows-for-columns"),
    ("other neuron for {}", "other-neuron other-blank names-swapped index-off"),
    ("other bias in {}", "biases-exchanged names-swapped index-off"),
    ("inputs of {} exchanged", "inputs-exchanged names-swapped index-off permuted"),
    ("minimum for {}", "min-for-max other-function"),
    ("sign of the bias of {}", "sign"),
    ("sign of a weight of {}", "sign"),
    ("second input of {} left out", "term-dropped"),
)

PICTURES = Family(
    "net-to-formula",
    picture,
    (
        *(slip(name.format(h), rules, h) for h in ("h1", "h2") for name, rules in _HIDDEN),
        slip("inner maxima lost", "inner-max-lost activation-missing", "h1 h2", every=True),
        slip("outer maximum lost", "outer-max-lost activation-missing", "y"),
        slip("output bias lost", "output-bias-lost term-dropped", "y"),
        slip("output bias outside", "bias-outside brackets", "y"),
        slip("outer weights lost", "outer-weights-lost factor-dropped", "y"),
        slip("outer edges crossed", "outer-edges-crossed names-swapped", "y"),
        slip("output bias inside h1", "bias-in-the-hidden-layer brackets", "y"),
        slip("no inner maxima in the whole", "no-inner-max-in-the-whole inner-max-lost activation-missing", "y"),
        slip("second neuron left out", "one-neuron-alone term-dropped", "y"),
        slip("sign of the output bias", "sign", "y"),
        slip("sign of an outer weight", "sign", "y"),
        slip("minimum at the output", "min-at-the-output min-for-max other-function", "y"),
        slip(
            "first outer weight before everything",
            "first-weight-before-both brackets factor-extra",
            "y",
        ),
    ),
)

FAMILIES = (SIGMOIDS, LINEAR, PICTURES)
