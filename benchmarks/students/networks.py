"""Nets: a forecast read off a picture, the number of parameters."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def hidden_sums(given: Given, sheet: Sheet, x: np.ndarray) -> np.ndarray:
    """What comes into both hidden neurons."""
    W = np.array(given["W"])
    if sheet("hidden edges crossed"):
        W = W[::-1]
    if sheet("table read by columns"):
        W = W.T.reshape(2, 3)
    if sheet("third input left out"):
        return W[:, :2] @ x[:2]
    if sheet("first input left out"):
        return W[:, 1:] @ x[1:]
    if sheet("signs of the inputs lost"):
        x = np.abs(x)
    if sheet("signs of the weights lost"):
        W = np.abs(W)
    if sheet("bias in the hidden layer"):
        return W @ x + given["b"]
    if sheet("inputs read backwards"):
        x = x[::-1]
    if sheet("weights added up"):
        return W.sum(axis=1)
    return W @ x


def output(given: Given, sheet: Sheet, h: np.ndarray) -> float:
    """The output neuron."""
    w, b = np.array(given["w"]), given["b"]
    if sheet("output edges crossed"):
        w = w[::-1]
    s = float(w @ h)
    if sheet("output weights left out"):
        s = float(h.sum())
    if sheet("second hidden neuron left out"):
        s = float(w[0] * h[0])
    if sheet("first hidden neuron left out"):
        s = float(w[1] * h[1])
    if sheet("minus between the hidden neurons"):
        s = float(w[0] * h[0] - w[1] * h[1])
    if sheet("bias multiplied"):
        s *= given["b"]
    elif sheet("bias subtracted"):
        s -= b
    elif not sheet("bias forgotten"):
        s += b
    return max(0.0, s)


def activated(sheet: Sheet, z: np.ndarray) -> np.ndarray:
    """What the hidden neurons give out."""
    if sheet("no ReLU in the hidden layer"):
        return z
    if sheet("ReLU turned round"):
        return np.minimum(z, 0)
    if sheet("size for ReLU"):
        return np.abs(z)
    if sheet("step for ReLU"):
        return (z > 0).astype(float)
    if sheet("sigmoid for ReLU"):
        return 1 / (1 + np.exp(-z))
    if sheet("minus for ReLU"):
        return -z
    return np.maximum(z, 0)


def picture(given: Given, sheet: Sheet) -> None:
    """Two forecasts."""
    x = np.array(given["x"])
    z = sheet.write("z", hidden_sums(given, sheet, x))
    h = sheet.write("h", activated(sheet, z))
    sheet.write("yhat", output(given, sheet, h))
    changed = x.copy()
    place = 0 if sheet("another input changed") else 2 if sheet("last input changed") else 1
    changed[place] = given["c"]
    if sheet("change added to the input"):
        changed[1] = x[1] + given["c"]
    z2 = hidden_sums(given, sheet, changed)
    h2 = activated(sheet, z2)
    if sheet("second neuron not worked again"):
        h2 = np.array([h2[0], h[1]])
    if sheet("first neuron not worked again"):
        h2 = np.array([h[0], h2[1]])
    again = output(given, sheet, h2)
    if sheet("bias forgotten the second time"):
        again = max(0.0, float(np.array(given["w"]) @ h2))
    if sheet("change for the new forecast"):
        again -= max(0.0, float(np.array(given["w"]) @ h + given["b"]))
    sheet.write("yhat2", again)


PICTURE = Family(
    "relu-forward-picture",
    picture,
    (
        slip("no ReLU in the hidden layer", "no-relu-hidden activation-missing", "h h2", every=True),
        slip("bias forgotten", "bias-forgotten term-dropped", "s yhat yhat2", every=True),
        slip("bias subtracted", "sign", "s yhat yhat2", every=True),
        slip(
            "output edges crossed", "output-edges-crossed names-swapped permuted index-off", "s yhat yhat2", every=True
        ),
        slip("hidden edges crossed", "hidden-edges-crossed permuted index-off", "z h2", every=True),
        slip("another input changed", "index-off first-input-changed", "x2"),
        slip("last input changed", "index-off last-input-changed", "x2"),
        slip("table read by columns", "rows-for-columns index-off transpose-missing wrong-axis", "z h2", every=True),
        slip("third input left out", "term-dropped", "z h2", every=True),
        slip("first input left out", "term-dropped", "z h2", every=True),
        slip("signs of the inputs lost", "sign", "z h2", every=True),
        slip("signs of the weights lost", "sign", "z h2", every=True),
        slip("bias in the hidden layer", "other-convention term-extra", "z h2", every=True),
        slip("inputs read backwards", "permuted index-off names-swapped", "z h2", every=True),
        slip("weights added up", "factor-dropped", "z h2", every=True),
        slip("output weights left out", "factor-dropped", "s yhat yhat2", every=True),
        slip("second hidden neuron left out", "term-dropped", "s yhat yhat2", every=True),
        slip("first hidden neuron left out", "term-dropped", "s yhat yhat2", every=True),
        slip("minus between the hidden neurons", "sign", "s yhat yhat2", every=True),
        slip("bias multiplied", "other-convention bias-multiplied", "s yhat yhat2", every=True),
        slip("ReLU turned round", "other-function sign", "h h2", every=True),
        slip("size for ReLU", "other-function sign", "h h2", every=True),
        slip("step for ReLU", "other-function", "h h2", every=True),
        slip("sigmoid for ReLU", "other-function", "h h2", every=True),
        slip("minus for ReLU", "sign activation-missing other-function", "h h2", every=True),
        slip("change added to the input", "other-convention term-dropped change-added", "x2"),
        slip("second neuron not worked again", "old-for-new index-off", "h2 yhat2"),
        slip("first neuron not worked again", "old-for-new index-off", "h2 yhat2"),
        slip("bias forgotten the second time", "bias-forgotten term-dropped", "yhat2"),
        slip("change for the new forecast", "other-convention term-extra", "yhat2"),
        pen("permuted", "z h"),
        pen("entry-sign", "z"),
        pen("digit", "z yhat yhat2"),
        pen("digits", "yhat yhat2"),
        pen("whole-sign", "z"),
        pen("other-blank", "yhat yhat2"),
    ),
    (("hidden edges crossed", "bias forgotten"), ("no ReLU in the hidden layer", "bias forgotten")),
)


def parameters(given: Given, sheet: Sheet) -> None:
    """Parameters of every layer, of the net, and the weights among them."""
    layers = int(given["hidden"]) + 1
    n = [int(given[f"n[{layer}]"]) for layer in range(layers + 1)]
    counts, weights = [], []
    for layer in range(1, layers + 1):
        before, size = n[layer - 1], n[layer]
        p = before * size + size
        if sheet("no biases", layer, layers) or sheet("never biases", layer):
            p = before * size
        if sheet("one bias for the layer", layer, layers) or sheet("always one bias for the layer", layer):
            p = before * size + 1
        if sheet("biases of the inputs", layer, layers) or sheet("always biases of the inputs", layer):
            p = before * size + before
        if sheet("layer before that", layer - 1, layers - 1):
            p = n[layer - 2] * size + size
        for name, wrong in (
            ("one too many in both factors", (before + 1) * (size + 1)),
            ("sizes added", before + size),
            ("biases of both layers", before * size + before + size),
            ("size squared", size * size + size),
            ("square of the layer before", before * before + size),
            ("biases alone", size),
            ("one bias too many", before * size + size + 1),
            ("biases subtracted", before * size - size),
            ("every weight twice", 2 * before * size + size),
        ):
            p = wrong if sheet(name, layer, layers) else p
        if layer < layers and sheet("layer after that", layer, layers - 1):
            p = size * n[layer + 1] + n[layer + 1]
        counts.append(sheet.write(f"p[{layer}]", float(p)))
        weights.append(before * size)
    total, all_weights = sum(counts), sum(weights)
    if sheet("output layer forgotten"):
        total, all_weights = sum(counts[:-1]), sum(weights[:-1])
    if sheet("first layer forgotten"):
        total -= counts[0]
    for name, wrong in (
        ("inputs counted as well", total + n[0]),
        ("layers multiplied", float(np.prod(counts))),
        ("first layer twice", total + counts[0]),
        ("biases left out of the total", all_weights),
        ("neurons for parameters", sum(n)),
        ("biases added once more", total + sum(n[1:])),
    ):
        total = wrong if sheet(name) else total
    sheet.write("N", float(total))
    if sheet("output layer forgotten among the weights"):
        all_weights = sum(weights[:-1])
    if sheet("biases among the weights"):
        all_weights = sum(weights) + sum(n[1:])
    for name, wrong in (
        ("biases for weights", sum(n[1:])),
        ("biases taken off once for a layer", sum(counts) - layers),
        ("biases of the inputs taken off", sum(counts) - sum(n[:-1])),
        ("all neurons taken off", sum(counts) - sum(n)),
    ):
        all_weights = wrong if sheet(name) else all_weights
    sheet.write("W", float(all_weights))


PARAMETERS = Family(
    "dense-param-count",
    parameters,
    (
        slip("no biases", "no-biases term-dropped", "p"),
        slip("never biases", "no-biases term-dropped", "p", every=True),
        slip("one bias for the layer", "one-bias-per-layer factor-dropped", "p"),
        slip("always one bias for the layer", "one-bias-per-layer factor-dropped", "p", every=True),
        slip("biases of the inputs", "biases-of-inputs names-swapped index-off", "p"),
        slip("always biases of the inputs", "biases-of-inputs names-swapped index-off", "p", every=True),
        slip("layer before that", "index-off old-for-new names-swapped", "p"),
        slip("output layer forgotten", "output-forgotten term-dropped index-off", "N W params weights"),
        slip("output layer forgotten among the weights", "output-forgotten term-dropped index-off", "W weights"),
        slip("first layer forgotten", "term-dropped", "N params"),
        slip("biases among the weights", "other-blank", "W weights"),
        slip("one too many in both factors", "one-off", "p"),
        slip("sizes added", "other-convention sizes-added", "p"),
        slip("biases of both layers", "other-convention biases-of-inputs one-off term-extra", "p"),
        slip("size squared", "index-off names-swapped exponent-off", "p"),
        slip("square of the layer before", "index-off names-swapped exponent-off layer-with-itself", "p"),
        slip("biases alone", "term-dropped factor-dropped", "p"),
        slip("one bias too many", "one-off", "p"),
        slip("biases subtracted", "sign", "p"),
        slip("every weight twice", "factor-two", "p"),
        slip("layer after that", "index-off names-swapped new-for-old", "p"),
        slip("inputs counted as well", "other-convention", "N params"),
        slip("layers multiplied", "other-convention", "N params"),
        slip("first layer twice", "factor-two index-off", "N params"),
        slip("biases left out of the total", "no-biases term-dropped other-blank", "N params"),
        slip("neurons for parameters", "other-convention names-swapped", "N params"),
        slip("biases added once more", "other-convention", "N params"),
        slip("biases for weights", "names-swapped factor-dropped", "W weights w"),
        slip(
            "biases taken off once for a layer",
            "one-bias-per-layer other-convention factor-dropped one-bias-taken-off",
            "W weights",
        ),
        slip(
            "biases of the inputs taken off",
            "biases-of-inputs index-off names-swapped biases-of-inputs-taken-off",
            "W weights",
        ),
        slip("all neurons taken off", "biases-of-inputs other-convention term-extra", "W weights"),
        pen("digit", "p[1] p[2] N W"),
        pen("digits", "p[1] p[2] N W"),
        pen("missed", "p[1] p[2] N W"),
        pen("power-of-ten", "p[1] N W"),
        pen("other-blank", "p[1] p[2] W"),
    ),
    (("no biases", "output layer forgotten"), ("one bias for the layer", "first layer forgotten")),
)

FAMILIES = (PICTURE, PARAMETERS)
