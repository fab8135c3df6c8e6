"""Exclusive or: hidden layers that are given, and a neuron with a product; slips written down before any was looked at.

Constructed neurons and nets are left to students who find them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.further import Wrong, array, further
from benchmarks.students.half_planes import always, fires
from benchmarks.students.sheet import Family, Given, Sheet, pen

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)


def sums(given: Given, neuron: int, bias: float = 1) -> np.ndarray:
    """What comes into a hidden neuron at the four inputs."""
    return INPUTS @ array(given, "W")[neuron] + bias * array(given, "beta")[neuron]


def _hidden(given: Given, sheet: Sheet) -> None:
    sheet.write("Z1", sums(given, 0))
    sheet.write("Z2", sums(given, 1))


def _rows(neuron: int) -> list[tuple[str, str, str, Wrong]]:
    at, other = f"Z{neuron + 1}", 1 - neuron

    def edges(given: Given, number: int) -> np.ndarray:
        return array(given, "W")[number]

    def bias(given: Given, number: int) -> float:
        return float(array(given, "beta")[number])

    rows: tuple[tuple[str, str, Callable[[Given], Any]], ...] = (
        ("bias forgotten", "bias-forgotten term-dropped", lambda g: sums(g, neuron, 0)),
        ("bias subtracted", "bias-subtracted sign", lambda g: sums(g, neuron, -1)),
        ("weights crossed", "inputs-crossed names-swapped index-off permuted",
         lambda g: INPUTS[:, ::-1] @ edges(g, neuron) + bias(g, neuron)),
        ("other neuron", "other-neuron other-blank index-off", lambda g: sums(g, other)),
        ("steps for sums", "steps-for-sums", lambda g: fires(sums(g, neuron))),
        ("edge from x2 left out", "second-edge-missing term-dropped",
         lambda g: INPUTS[:, 0] * edges(g, neuron)[0] + bias(g, neuron)),
        ("edge from x1 left out", "first-edge-missing term-dropped",
         lambda g: INPUTS[:, 1] * edges(g, neuron)[1] + bias(g, neuron)),
        ("bias of the other", "other-bias index-off names-swapped",
         lambda g: INPUTS @ edges(g, neuron) + bias(g, other)),
        ("edges that leave an input", "edges-down-the-column transposed transpose-missing index-off",
         lambda g: INPUTS @ array(g, "W")[:, neuron] + bias(g, neuron)),
        ("rows from below", "permuted", lambda g: sums(g, neuron)[::-1]),
        ("sign of the second weight", "second-sign sign",
         lambda g: INPUTS @ (edges(g, neuron) * [1, -1]) + bias(g, neuron)),
        ("sign of the first weight", "first-sign sign",
         lambda g: INPUTS @ (edges(g, neuron) * [-1, 1]) + bias(g, neuron)),
        ("bias at the first input alone", "bias-once term-dropped",
         lambda g: sums(g, neuron, 0) + np.array([bias(g, neuron), 0, 0, 0])),
    )  # fmt: skip
    return [(f"{words} in {at}", rules, at, always(make)) for words, rules, make in rows]


HIDDEN = further(Family("xor-two-layer", _hidden, (pen("entry-sign", "Z1 Z2"),)), *_rows(0), *_rows(1))


# ----- A neuron with a product -------------------------------------------------------------------------------------


def _product(given: Given, sheet: Sheet) -> None:
    b, w1, w2 = (float(given[name]) for name in ("b", "w1", "w2"))
    sheet.write("s", np.array([b, b + w2, b + w1]))
    sheet.write("M", -(b + w1 + w2))


def _numbers(change: Callable[[float, float, float], Any]) -> Wrong:
    return always(lambda g: change(float(g["b"]), float(g["w1"]), float(g["w2"])))


_ENDS = "M s4"
PRODUCT = further(
    Family("xor-product-feature", _product, (pen("entry-sign", "s"),)),
    ("weights crossed", "weights-crossed permuted names-swapped", "s", _numbers(lambda b, v, w: [b, b + v, b + w])),
    ("bias forgotten", "bias-forgotten term-dropped", "s", _numbers(lambda b, v, w: [0, w, v])),
    ("outputs for sums", "outputs-for-sums", "s", _numbers(lambda b, v, w: [0, 1, 1])),
    ("bias subtracted", "bias-subtracted sign", "s", _numbers(lambda b, v, w: [-b, w - b, v - b])),
    ("sum at the last input as well", "last-input-already index-off names-swapped", "s",
     _numbers(lambda b, v, w: [b, b + w, b + v + w])),
    ("both weights at one input", "both-weights-too-early term-extra", "s",
     _numbers(lambda b, v, w: [b, b + v + w, b + v])),
    ("bias once", "bias-forgotten term-dropped", "s", _numbers(lambda b, v, w: [b, w, v])),
    ("bias forgotten at the last", "bias-forgotten-at-one-one halfway term-dropped", _ENDS,
     _numbers(lambda b, v, w: -v - w)),
    ("sum for the bound", "sign-of-the-range sign whole-sign", _ENDS, _numbers(lambda b, v, w: b + v + w)),
    ("bias with the other sign", "bias-with-other-sign sign", _ENDS, _numbers(lambda b, v, w: b - v - w)),
    ("first weight alone", "one-weight-alone term-dropped", _ENDS, _numbers(lambda b, v, w: -b - v)),
    ("second weight alone", "other-weight-alone term-dropped", _ENDS, _numbers(lambda b, v, w: -b - w)),
    ("bias alone", "weights-left-out term-dropped", _ENDS, _numbers(lambda b, v, w: -b)),
)  # fmt: skip

FAMILIES = (HIDDEN, PRODUCT)
