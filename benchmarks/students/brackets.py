"""Brackets and steps, linear nets counted, outputs of a formula that is a net."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def brackets(given: Given, sheet: Sheet) -> None:
    """Three brackets at three points, their sum, a staircase."""
    p, k, v = (np.array(given[name], float) for name in ("p", "k", "v"))
    strict = [bool(s) for s in given["strict"]]
    if sheet("every end added"):
        strict = [False, False]
    if sheet("every end lost"):
        strict = [True, True]
    if sheet("ends exchanged"):
        strict = [not s for s in strict]
    if sheet("first end misread"):
        strict[0] = not strict[0]
    if sheet("second end misread"):
        strict[1] = not strict[1]
    left = p > p[0] if strict[0] else p >= p[0]
    right = p < p[1] if strict[1] else p <= p[1]
    if sheet("first bracket turned round"):
        left = p < p[0] if strict[0] else p <= p[0]
    if sheet("second bracket turned round"):
        right = p > p[1] if strict[1] else p >= p[1]
    other = p == p[2] if sheet("equal for unequal") else p != p[2]
    T = np.array([left, right, other], float).T
    if sheet("all brackets negated"):
        T = 1 - T
    e = chosen(
        sheet, T @ k,
        ("brackets counted", T.sum(axis=1)), ("factors all added", np.full(3, k.sum())),
        ("factors in the other order", T @ k[::-1]),
        ("down the columns", T.T @ k), ("last bracket left out", T[:, :2] @ k[:2]),
        ("last bracket subtracted", T @ (k * [1, 1, -1])),
        ("factors of the brackets that are nought", (1 - T) @ k), ("first factor forgotten", T @ [1, k[1], k[2]]),
        ("last factor forgotten", T @ [k[0], k[1], 1]),
    )  # fmt: skip
    sheet.write("e", e)
    u = chosen(
        sheet, np.array([v[0], v[1] - v[0], v[2] - v[1]]),
        ("heights for jumps", v), ("jumps from the start", np.array([v[0], v[1] - v[0], v[2] - v[0]])),
        ("start lost", np.array([0, v[1] - v[0], v[2] - v[1]])),
        ("jumps downwards", np.array([v[0], v[0] - v[1], v[1] - v[2]])),
        ("from the right", np.array([v[2], v[1] - v[2], v[0] - v[1]])),
        ("sizes of jumps", np.array([v[0], abs(v[1] - v[0]), abs(v[2] - v[1])])),
        ("heights added", np.array([v[0], v[1] + v[0], v[2] + v[1]])),
        ("first height added", np.array([v[0], v[1] + v[0], v[2] - v[1]])),
        ("second height for the jump", np.array([v[0], v[1], v[2] - v[1]])),
        ("last height for the jump", np.array([v[0], v[1] - v[0], v[2]])),
        ("first jump downwards", np.array([v[0], v[0] - v[1], v[2] - v[1]])),
        ("second jump downwards", np.array([v[0], v[1] - v[0], v[1] - v[2]])),
        ("first jump added to the second", np.array([v[0], v[1] - v[0], v[2] - v[1] + v[0]])),
    )  # fmt: skip
    sheet.write("u", u)


BRACKETS = Family(
    "iverson-step",
    brackets,
    (
        slip("every end added", "first-end second-end ends-exchanged", "T e"),
        slip("every end lost", "first-end second-end ends-exchanged", "T e"),
        slip("ends exchanged", "ends-exchanged", "T e"),
        slip("first end misread", "ends-exchanged first-end", "T e"),
        slip("second end misread", "ends-exchanged second-end", "T e"),
        slip("first bracket turned round", "first-turned-round sign", "T e"),
        slip("second bracket turned round", "second-turned-round sign", "T e"),
        slip("equal for unequal", "equal-for-unequal complement", "T e"),
        slip("all brackets negated", "noughts-counted complement", "T e"),
        slip("brackets counted", "factors-lost factor-dropped", "e"),
        slip("factors all added", "all-factors factor-dropped", "e"),
        slip("factors in the other order", "factors-backwards permuted names-swapped index-off", "e"),
        slip("down the columns", "down-the-columns rows-for-columns transpose-extra transposed wrong-axis", "e"),
        slip("last bracket left out", "last-bracket-lost term-dropped", "e"),
        slip("last bracket subtracted", "last-bracket-subtracted sign", "e"),
        slip("factors of the brackets that are nought", "complement noughts-counted", "e"),
        slip("first factor forgotten", "first-factor-lost factor-dropped factors-lost", "e"),
        slip("last factor forgotten", "last-factor-lost factor-dropped factors-lost", "e"),
        slip("heights for jumps", "heights-for-jumps term-dropped", "u"),
        slip("jumps from the start", "jumps-from-the-start index-off names-swapped", "u"),
        slip("start lost", "start-lost term-dropped", "u"),
        slip("jumps downwards", "jumps-downwards sign", "u"),
        slip("from the right", "from-the-right permuted", "u"),
        slip("sizes of jumps", "first-jump-downwards last-jump-downwards jumps-downwards sign", "u"),
        slip("heights added", "heights-added sign", "u"),
        slip("first height added", "height-added heights-added sign", "u"),
        slip("second height for the jump", "second-height heights-for-jumps term-dropped", "u"),
        slip("last height for the jump", "last-height heights-for-jumps term-dropped", "u"),
        slip("first jump downwards", "first-jump-downwards jumps-downwards sign", "u"),
        slip("second jump downwards", "last-jump-downwards jumps-downwards sign", "u"),
        slip("first jump added to the second", "start-added-again term-extra", "u"),
        pen("digit", "e u"),
        pen("entry-sign", "u"),
        pen("permuted", "e u"),
    ),
)


def counting(given: Given, sheet: Sheet) -> None:
    """Parameters of a linear net, and how many its function has."""
    d, n1, n2 = (float(given[name]) for name in ("d", "n1", "n2"))
    N = chosen(
        sheet, (d + 1) * n1 + (n1 + 1) * n2 + n2 + 1,
        ("no biases", d * n1 + n1 * n2 + n2), ("output left out", (d + 1) * n1 + (n1 + 1) * n2),
        ("one bias a layer", d * n1 + n1 * n2 + n2 + 3),
        ("neurons counted", d + n1 + n2 + 1), ("biases of the inputs", d * (n1 + 1) + n1 * (n2 + 1) + 2 * n2),
        ("first layer left out", (n1 + 1) * n2 + n2 + 1), ("output without bias", (d + 1) * n1 + (n1 + 1) * n2 + n2),
        ("sizes multiplied throughout", d * n1 * n2),
        ("a bias for the inputs too", (d + 1) * n1 + (n1 + 1) * n2 + n2 + 1 + d),
        ("first bias left out", d * n1 + (n1 + 1) * n2 + n2 + 1),
        ("second layer without bias", (d + 1) * n1 + n1 * n2 + n2 + 1),
        ("sizes added in a layer", (d + 1) + n1 + (n1 + 1) + n2 + n2 + 1),
    )  # fmt: skip
    sheet.write("N", N)
    F = chosen(
        sheet, d + 1,
        ("constant left out", d), ("all of them", N), ("a line", 2), ("hidden neurons", n1 + n2),
        ("first layer alone", (d + 1) * n1),
        ("output alone", n2 + 1), ("a number for each layer", 3), ("inputs and layers", d + 2),
        ("weights without biases", d * n1 + n1 * n2 + n2),
        ("a number for each neuron", n1 + n2 + 1), ("second layer alone", (n1 + 1) * n2),
        ("a constant for each layer", d + 3),
    )  # fmt: skip
    sheet.write("F", float(F))


COUNTS = Family(
    "nonlinearity-choice",
    counting,
    (
        slip("no biases", "no-biases term-dropped", "N w1 w2 w3"),
        slip("output left out", "output-left-out term-dropped", "N w1 w2 w3"),
        slip("one bias a layer", "one-bias-a-layer", "N w1 w2 w3"),
        slip("neurons counted", "neurons", "N w1 w2 w3"),
        slip("biases of the inputs", "biases-of-inputs names-swapped", "N w1 w2 w3"),
        slip("first layer left out", "first-layer-left-out term-dropped", "N w1 w2 w3"),
        slip("output without bias", "output-without-bias term-dropped one-off", "N w1 w2 w3"),
        slip("sizes multiplied throughout", "sizes-multiplied", "N w1 w2 w3"),
        slip("a bias for the inputs too", "term-extra inputs-counted", "N w1 w2 w3"),
        slip("first bias left out", "term-dropped no-biases", "N w1 w2 w3"),
        slip("second layer without bias", "term-dropped no-biases", "N w1 w2 w3"),
        slip("sizes added in a layer", "other-operation sizes-added", "N w1 w2 w3"),
        slip("constant left out", "constant-left-out term-dropped one-off", "F"),
        slip("all of them", "all-of-them other-blank", "F"),
        slip("a line", "a-line", "F"),
        slip("hidden neurons", "hidden-neurons", "F"),
        slip("first layer alone", "first-layer", "F"),
        slip("output alone", "last-layer", "F"),
        slip("a number for each layer", "layers", "F"),
        slip("inputs and layers", "one-off two-constants", "F"),
        slip("weights without biases", "all-of-them weights-alone", "F"),
        slip("a number for each neuron", "all-neurons hidden-neurons", "F"),
        slip("second layer alone", "second-layer", "F"),
        slip("a constant for each layer", "constants-of-all-layers number-off", "F"),
        pen("digit", "N"),
        pen("digits", "N"),
        pen("missed", "N"),
    ),
)


def values(given: Given, sheet: Sheet) -> None:
    """The outputs of a net at three points."""
    X, P = np.array(given["X"], float), np.array(given["W"], float)
    p, v, c = np.array(given["b"], float), np.array(given["v"], float), float(given["c"])
    S = chosen(
        sheet, X @ P.T + p,
        ("inner constants lost", X @ P.T), ("coefficients across the neurons", X @ P + p),
        ("coordinates exchanged", X[:, ::-1] @ P.T + p),
        ("inner constants exchanged", X @ P.T + p[::-1]), ("inner constants subtracted", X @ P.T - p),
        ("signs of the points lost", np.abs(X) @ P.T + p),
        ("second coordinate left out", X[:, :1] @ P[:, :1].T + p),
        ("signs of the coefficients lost", X @ np.abs(P).T + p),
    )  # fmt: skip
    H = chosen(
        sheet, np.maximum(S, 0),
        ("no inner maxima", S), ("sizes for maxima", np.abs(S)), ("minima", np.minimum(S, 0)),
        ("steps for maxima", (S > 0) * 1.0),
    )  # fmt: skip
    out = chosen(
        sheet, H @ v + c,
        ("outer constant lost", H @ v), ("factors lost", H.sum(axis=1) + c), ("factors exchanged", H @ v[::-1] + c),
        ("outer constant subtracted", H @ v - c),
        ("second neuron left out", H[:, 0] * v[0] + c), ("first neuron left out", H[:, 1] * v[1] + c),
        ("signs of the factors lost", H @ np.abs(v) + c), ("outer constant multiplied", (H @ v) * c),
        ("outer constant in both", H @ v + 2 * c),
    )  # fmt: skip
    sheet.write("y", np.maximum(out, 0))


VALUES = Family(
    "formula-to-net",
    values,
    (
        slip("inner constants lost", "biases-lost term-dropped", "S y"),
        slip(
            "coefficients across the neurons", "table-turned transpose-missing rows-for-columns transpose-extra", "S y"
        ),
        slip("coordinates exchanged", "coordinates-exchanged permuted names-swapped", "S y"),
        slip("inner constants exchanged", "constants-exchanged permuted names-swapped", "S y"),
        slip("inner constants subtracted", "constants-subtracted sign", "S y"),
        slip("signs of the points lost", "point-signs-lost sign point-signs-lost", "S y"),
        slip("second coordinate left out", "first-coordinate-alone term-dropped", "S y"),
        slip("signs of the coefficients lost", "weight-signs-lost sign", "S y"),
        slip("no inner maxima", "no-inner-max activation-missing", "H y"),
        slip("sizes for maxima", "sizes-for-max other-function", "H y"),
        slip("minima", "other-function minima", "H y"),
        slip("steps for maxima", "other-function steps", "H y"),
        slip("outer constant lost", "constant-lost term-dropped", "y"),
        slip("factors lost", "factors-lost factor-dropped", "y"),
        slip("factors exchanged", "factors-exchanged permuted names-swapped", "y"),
        slip("outer constant subtracted", "constant-subtracted sign", "y"),
        slip("second neuron left out", "term-dropped second-left-out", "y"),
        slip("first neuron left out", "term-dropped first-left-out", "y"),
        slip("signs of the factors lost", "factor-signs-lost sign", "y"),
        slip("outer constant multiplied", "constant-multiplied other-operation", "y"),
        slip("outer constant in both", "constant-twice factor-two term-extra", "y"),
        pen("digit", "y"),
        pen("digits", "y"),
        pen("permuted", "y"),
    ),
)

FAMILIES = (BRACKETS, COUNTS, VALUES)
