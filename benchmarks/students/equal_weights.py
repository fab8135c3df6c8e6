"""Weights that start at zero, or all alike."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def alike(given: Given, sheet: Sheet) -> None:
    """A net from zero, trained step by step; the numbers of a net that starts alike are counted after some steps."""
    K, t, p, h = (int(given[name]) for name in ("K", "t", "p", "h"))
    y, eta = given["y"], given["eta"]
    x = np.arange(1, p + 1) / 7
    weights, moved = _trained([0.0] * K, K, p, h, x, y, eta, K + 1)
    w = weights[0][K - 1][0, 0]
    w = chosen(
        sheet, w,
        ("one for the sigmoid", 2 * w), ("wrong way", -w), ("slope of the sigmoid too", w / 2), ("rate lost", w / eta),
        ("two kept", 2 * w), ("half kept", w / 2), ("answer lost", eta / 2), ("divided by the neurons", w / h),
        ("last weights at zero, too", 0.0),
    )  # fmt: skip
    sheet.write("w", float(w))
    low = min(k for k in range(1, K + 1) if moved[t - 1][k - 1])
    low = chosen(
        sheet, low,
        ("one further", low - 1), ("one short", low + 1), ("from below", t), ("all at once", 1), ("the last alone", K),
    )  # fmt: skip
    sheet.write("low", float(low))
    first = next(step for step in range(1, K + 2) if moved[step - 1][0])
    first = chosen(
        sheet, first,
        ("at the first step", 1), ("hidden layers counted", first - 1), ("one step more", first + 1),
        ("at the second step", 2),
    )  # fmt: skip
    sheet.write("first", float(first))
    small, _ = _trained([0.3] * K, K, p, h, x / 20, y / 50, 0.1, 3)
    changes = [W - 0.3 for W in small[-1]]
    different = sum(len(np.unique(np.round(change / np.abs(change).max(), 5))) for change in changes)
    different = chosen(
        sheet, different,
        ("one a matrix", K), ("inputs alone", p), ("one too many", different + 1), ("by neurons", h + K - 1),
        ("one number", 1), ("rows everywhere", p + (K - 1) * h), ("inputs in every matrix", K * p),
    )  # fmt: skip
    sheet.write("alike", float(different))
    every = sum(W.size for W in weights[0])
    every = chosen(
        sheet, every,
        ("one layer too many", every + h * h), ("one layer too few", every - h * h), ("output forgotten", every - h),
        ("biases counted", every + (K - 1) * h + 1), ("widths added", p + (K - 1) * h + 1),
        ("inputs forgotten", every - p * h),
    )  # fmt: skip
    sheet.write("all", float(every))


def _trained(
    start: list[float], K: int, p: int, h: int, x: np.ndarray, y: float, eta: float, steps: int
) -> tuple[list[list[np.ndarray]], list[list[bool]]]:
    """The matrices after each step of backpropagation, and which of them are not zero."""
    sizes = [p, *[h] * (K - 1), 1]
    W = [np.full((sizes[k], sizes[k + 1]), start[k]) for k in range(K)]
    kept, moved = [], []
    for _ in range(steps):
        outputs = [x]
        for k in range(K - 1):
            outputs.append(1 / (1 + np.exp(-outputs[-1] @ W[k])))
        back = np.array([float((outputs[-1] @ W[-1])[0]) - y])
        slopes = []
        for k in range(K - 1, -1, -1):
            slopes.append(np.outer(outputs[k], back))
            back = (W[k] @ back) * outputs[k] * (1 - outputs[k])
        W = [W[k] - eta * slopes[K - 1 - k] for k in range(K)]
        kept.append(W)
        moved.append([bool(np.any(matrix != 0)) for matrix in W])
    return kept, moved


ALIKE = Family(
    "zero-init-symmetry",
    alike,
    (
        slip("one for the sigmoid", "twice-too-much factor-two factor-dropped", "w o"),
        slip("wrong way", "wrong-way sign whole-sign", "w d"),
        slip("slope of the sigmoid too", "half-of-it factor-two", "w"),
        slip("rate lost", "rate-lost factor-dropped", "w"),
        slip("two kept", "twice-too-much factor-two factor-dropped", "w d"),
        slip("half kept", "half-of-it factor-two", "w d"),
        slip("answer lost", "factor-dropped answer-lost", "w d"),
        slip("divided by the neurons", "divided-by-the-neurons", "w"),
        slip("last weights at zero, too", "stays-at-zero", "w"),
        slip("one further", "one-further one-off", "low"),
        slip("one short", "one-short one-off number-off", "low"),
        slip("from below", "from-below", "low"),
        slip("all at once", "at-once", "low"),
        slip("the last alone", "the-last-alone names-swapped term-dropped", "low"),
        slip("at the first step", "at-once", "first"),
        slip("hidden layers counted", "hidden-layers-counted one-off", "first"),
        slip("one step more", "one-step-more one-off number-off", "first"),
        slip("at the second step", "at-the-second-step", "first"),
        slip("one a matrix", "one-a-matrix", "alike"),
        slip("inputs alone", "inputs-alone", "alike"),
        slip("one too many", "one-too-many one-off term-dropped", "alike"),
        slip("by neurons", "by-neurons names-swapped", "alike"),
        slip("one number", "one-number", "alike"),
        slip("rows everywhere", "rows-everywhere", "alike"),
        slip("inputs in every matrix", "inputs-in-every-matrix", "alike"),
        slip("one layer too many", "one-layer-too-many number-off", "all"),
        slip("one layer too few", "one-layer-too-few number-off", "all"),
        slip("output forgotten", "output-forgotten term-dropped", "all"),
        slip("biases counted", "biases-counted", "all"),
        slip("widths added", "sizes-added other-operation", "all"),
        slip("inputs forgotten", "term-dropped inputs-forgotten", "all"),
        pen("digit", "all"),
    ),
    (("wrong way", "one further"),),
)

FAMILIES = (ALIKE,)
