"""Nets: a forecast read off a picture, the number of parameters."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def hidden_sums(given: Given, sheet: Sheet, x: np.ndarray) -> np.ndarray:
    """What comes into both hidden neurons."""
    W = np.array(given["W"])
    if sheet("hidden edges crossed"):
        W = W[::-1]
    return W @ x


def output(given: Given, sheet: Sheet, h: np.ndarray) -> float:
    """The output neuron."""
    w, b = np.array(given["w"]), given["b"]
    if sheet("output edges crossed"):
        w = w[::-1]
    s = float(w @ h)
    if sheet("bias subtracted"):
        s -= b
    elif not sheet("bias forgotten"):
        s += b
    return max(0.0, s)


def activated(sheet: Sheet, z: np.ndarray) -> np.ndarray:
    """What the hidden neurons give out."""
    if sheet("no ReLU in the hidden layer"):
        return z
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
    z2 = hidden_sums(given, sheet, changed)
    sheet.write("yhat2", output(given, sheet, activated(sheet, z2)))


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
        pen("permuted", "z h"),
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
        counts.append(sheet.write(f"p[{layer}]", float(p)))
        weights.append(before * size)
    total, all_weights = sum(counts), sum(weights)
    if sheet("output layer forgotten"):
        total, all_weights = sum(counts[:-1]), sum(weights[:-1])
    if sheet("first layer forgotten"):
        total -= counts[0]
    sheet.write("N", float(total))
    if sheet("output layer forgotten among the weights"):
        all_weights = sum(weights[:-1])
    if sheet("biases among the weights"):
        all_weights = sum(weights) + sum(n[1:])
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
        pen("power-of-ten", "p[1] N W"),
        pen("other-blank", "p[1] p[2] W"),
    ),
    (("no biases", "output layer forgotten"), ("one bias for the layer", "first layer forgotten")),
)

FAMILIES = (PICTURE, PARAMETERS)
