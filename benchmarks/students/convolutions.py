"""Convolutions by hand, forward, backward and as a matrix; a detector: slips written down before any was looked at.

Constructed kernels are left to students who find them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.further import Own, Wrong, array, further
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip

Matrix = np.ndarray


def slide(image: Matrix, kernel: Matrix) -> Matrix:
    """The kernel laid on every place of the image, as it is."""
    high, wide = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    places = [[image[i : i + kernel.shape[0], j : j + kernel.shape[1]] for j in range(wide)] for i in range(high)]
    return np.array([[float((window * kernel).sum()) for window in row] for row in places])


def framed(image: Matrix, value: float = 0) -> Matrix:
    """With a frame one cell wide."""
    return np.pad(image, 1, constant_values=value)


def turned(kernel: Matrix) -> Matrix:
    """By 180 degrees."""
    return kernel[::-1, ::-1]


Change = Callable[[Matrix, Matrix], Any]


def _of_both(change: Change) -> Wrong:
    """A slip that reads the image and the kernel alone."""
    return lambda given, _: change(array(given, "X"), array(given, "K"))


def less(result: Matrix, at: tuple[int, ...], amount: float) -> Matrix | None:
    """The result with less in one entry; None where there is nothing to lose."""
    spoiled = result.copy()
    spoiled[at] -= amount
    return spoiled if amount else None


# ----- Forward -----------------------------------------------------------------------------------------------------


def _forward(given: Given, sheet: Sheet) -> None:
    X, K = array(given, "X"), array(given, "K")
    Y = sheet.write("Y", slide(X, K))
    sheet.write("Y2", np.asarray(Y)[::2, ::2] if np.shape(Y) == slide(X, K).shape else slide(X, K)[::2, ::2])
    sheet.write("P", slide(framed(X), K)[0])


_KERNELS: tuple[tuple[str, str, Callable[[Matrix], Matrix]], ...] = (
    ("kernel flipped", "kernel-flipped", turned),
    ("kernel transposed", "kernel-transposed rows-for-columns transpose-extra", np.transpose),
    ("kernel mirrored", "kernel-mirrored", lambda K: K[:, ::-1]),
    ("kernel upside down", "kernel-upside-down", lambda K: K[::-1]),
    ("minus of the kernel lost", "signs-of-the-kernel-lost sign", np.abs),
    ("kernel left out", "kernel-left-out factor-dropped", np.ones_like),
    ("signs of the kernel alone", "signs-alone", np.sign),
)


def _in_first_row(kernel: Callable[[Matrix], Matrix]) -> Wrong:
    return _of_both(lambda X, K: slide(framed(X), kernel(K))[0])


def _slipped(X: Matrix, K: Matrix) -> Matrix:
    sides = np.pad(X, ((0, 0), (1, 1)))
    return slide(sides[: len(K) - 1], K[:-1])[0]


_LOST = "term-dropped entry-left-out factor-dropped number-off one-digit"
FORWARD = further(
    Family("conv2d-by-hand", _forward, (pen("transposed", "Y Y2", "names-swapped"), pen("entry-sign", "Y P"))),
    *((name, rules, "Y", _of_both(lambda X, K, change=change: slide(X, change(K))))
      for name, rules, change in _KERNELS),
    ("window averaged", "averaged", "Y", _of_both(lambda X, K: slide(X, K) / K.size)),
    ("one product left out", _LOST, "Y",
     _of_both(lambda X, K: less(slide(X, K), (0, 0), X[0, 0] * K[0, 0]))),
    ("one product subtracted", f"{_LOST} sign", "Y",
     _of_both(lambda X, K: less(slide(X, K), (1, 1), 2 * X[1, 1] * K[0, 0]))),
    ("last column forgotten", "line-missing", "Y", _of_both(lambda X, K: slide(X, K)[:, :-1])),
    ("all signs turned", "whole-sign sign", "Y", _of_both(lambda X, K: -slide(X, K))),
    ("stride 2 at once", "stride-2-at-once other-blank line-missing", "Y",
     _of_both(lambda X, K: slide(X, K)[::2, ::2])),
    ("stride in the columns alone", "stride-in-the-columns-alone", "Y2",
     _of_both(lambda X, K: slide(X, K)[:, ::2])),
    ("stride in the rows alone", "stride-in-the-rows-alone", "Y2", _of_both(lambda X, K: slide(X, K)[::2])),
    ("neighbours", "neighbours index-off", "Y2", _of_both(lambda X, K: slide(X, K)[:2, :2])),
    ("started later", "started-later index-off", "Y2", _of_both(lambda X, K: slide(X, K)[1:3, 1:3])),
    ("every second row, first two columns", "rows-skipped-alone index-off", "Y2",
     _of_both(lambda X, K: slide(X, K)[::2, :2])),
    ("every second column, first two rows", "columns-skipped-alone index-off", "Y2",
     _of_both(lambda X, K: slide(X, K)[:2, :3:2])),
    ("edge repeated", "copies-at-the-edge", "P", _of_both(lambda X, K: slide(np.pad(X, 1, mode="edge"), K)[0])),
    ("frame of ones", "ones-at-the-edge", "P", _of_both(lambda X, K: slide(framed(X, 1), K)[0])),
    ("frame above alone", "padded-above-alone line-missing", "P", _of_both(lambda X, K: slide(framed(X), K)[0, 1:-1])),
    ("frame beside alone", "padded-beside-alone index-off", "P", _of_both(lambda X, K: slide(framed(X), K)[1])),
    ("last row", "last-row index-off", "P", _of_both(lambda X, K: slide(framed(X), K)[-1])),
    ("first column", "first-column", "P", _of_both(lambda X, K: slide(framed(X), K)[:, 0])),
    ("zeros round the result", "zeros-round-the-result", "P",
     _of_both(lambda X, K: np.pad(slide(X, K)[0], 1))),
    ("rows of the kernel slipped", "rows-of-the-kernel-slipped", "P", _of_both(_slipped)),
    ("kernel flipped there", "kernel-flipped", "P", _in_first_row(turned)),
    ("kernel transposed there", "kernel-transposed rows-for-columns transpose-extra", "P", _in_first_row(np.transpose)),
    ("corner left out", f"{_LOST} other-blank", "P",
     _of_both(lambda X, K: less(slide(framed(X), K)[0], (0,), X[0, 0] * K[1, 1]))),
)  # fmt: skip


# ----- Backward ----------------------------------------------------------------------------------------------------

Back = Callable[[Matrix, Matrix, Matrix], Any]


def _backward(given: Given, sheet: Sheet) -> None:
    X, K, G = (array(given, name) for name in "XKG")
    sheet.write("dK", slide(X, G))
    sheet.write("dX", slide(framed(G), turned(K)))
    sheet.write("db", G.sum())


def _back(change: Back) -> Wrong:
    return lambda given, _: change(*(array(given, name) for name in "XKG"))


def _overlaid(X: Matrix, K: Matrix, G: Matrix, backwards: bool = False) -> Matrix:
    """Each window writes over what lies there."""
    result = np.zeros_like(X)
    places = [(i, j) for i in range(2) for j in range(2)]
    for i, j in places[::-1] if backwards else places:
        result[i : i + 2, j : j + 2] = G[i, j] * K
    return result


_COUNTS = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
_VALUES = "values-for-derivatives names-swapped other-quantity"
BACKWARD = further(
    Family("conv-backward", _backward,
           (pen("transposed", "dK dX"), pen("entry-sign", "dK dX"), pen("whole-sign", "dK dX db"))),
    ("gradient turned", "gradient-turned", "dK", _back(lambda X, K, G: slide(X, turned(G)))),
    ("gradient transposed", "gradient-transposed transpose-extra rows-for-columns", "dK",
     _back(lambda X, K, G: slide(X, G.T))),
    ("first window alone", "one-window", "dK", _back(lambda X, K, G: G[0, 0] * X[:2, :2])),
    ("averaged over the outputs", "middle-of-the-outputs", "dK", _back(lambda X, K, G: slide(X, G) / 4)),
    ("entry by entry", "all-of-one-part elementwise", "dK", _back(lambda X, K, G: X[:2, :2] * G)),
    ("kernel for the gradient", "kernel-for-the-gradient names-swapped other-quantity", "dK",
     _back(lambda X, K, G: slide(X, K))),
    ("outputs for derivatives", _VALUES, "dK", _back(lambda X, K, G: slide(X, slide(X, K)))),
    ("gradient left out", "factor-dropped", "dK", _back(lambda X, K, G: slide(X, np.ones((2, 2))))),
    ("times the kernel", "factor-extra", "dK", _back(lambda X, K, G: slide(X, G) * K)),
    ("step made", "step-made", "dK", _back(lambda X, K, G: K - slide(X, G))),
    ("one product left out", _LOST, "dK", _back(lambda X, K, G: less(slide(X, G), (0, 0), X[1, 1] * G[1, 1]))),
    ("image transposed", "transpose-extra rows-for-columns", "dK", _back(lambda X, K, G: slide(X.T, G))),
    ("kernel not turned", "kernel-not-turned", "dX", _back(lambda X, K, G: slide(framed(G), K))),
    ("kernel turned and transposed", "kernel-turned-and-transposed transpose-extra rows-for-columns", "dX",
     _back(lambda X, K, G: slide(framed(G), turned(K).T))),
    ("kernel transposed alone", "kernel-transposed", "dX", _back(lambda X, K, G: slide(framed(G), K.T))),
    ("kernel mirrored", "kernel-mirrored-once", "dX", _back(lambda X, K, G: slide(framed(G), K[:, ::-1]))),
    ("kernel upside down", "kernel-turned-over-once", "dX", _back(lambda X, K, G: slide(framed(G), K[::-1]))),
    ("last window wins", "last-window-alone", "dX", _back(_overlaid)),
    ("first window wins", "first-window-alone", "dX", _back(lambda X, K, G: _overlaid(X, K, G, True))),
    ("divided by the windows", "shared-out", "dX", _back(lambda X, K, G: slide(framed(G), turned(K)) / _COUNTS)),
    ("times the pixels", "times-the-inputs factor-extra", "dX", _back(lambda X, K, G: slide(framed(G), turned(K)) * X)),
    ("pixels under the gradient", "inputs-not-summed", "dX",
     _back(lambda X, K, G: X * np.pad(G, ((0, 1), (0, 1))))),
    ("outputs sent back", _VALUES, "dX", _back(lambda X, K, G: slide(framed(slide(X, K)), turned(K)))),
    ("step made there", "step-made", "dX", _back(lambda X, K, G: X - slide(framed(G), turned(K)))),
    ("gradient left out there", "factor-dropped", "dX",
     _back(lambda X, K, G: slide(framed(np.ones((2, 2))), turned(K)))),
    ("middle misses a window", _LOST, "dX",
     _back(lambda X, K, G: less(slide(framed(G), turned(K)), (1, 1), G[1, 1] * K[0, 0]))),
    ("mean for the bias", "middle-of-the-outputs sum-for-mean", "db", _back(lambda X, K, G: G.mean())),
    ("one output for the bias", "one-output term-dropped", "db", _back(lambda X, K, G: G[0, 0])),
    ("number of outputs", "number-of-outputs", "db", _back(lambda X, K, G: 4)),
    ("outputs added up", _VALUES, "db", _back(lambda X, K, G: slide(X, K).sum())),
    ("one derivative left out", "term-dropped line-missing entry-left-out", "db",
     _back(lambda X, K, G: G.sum() - G[1, 1])),
    ("minus lost in the sum", "signs-lost sign", "db", _back(lambda X, K, G: np.abs(G).sum())),
)  # fmt: skip


# ----- As a matrix -------------------------------------------------------------------------------------------------


def dense(kernel: Matrix, places: tuple[int, ...] = (0, 1, 3, 4), gap: int = 1) -> Matrix:
    """The matrix 9 x 4: in each column the kernel from a place of the list of pixels on, a gap between its rows."""
    W = np.zeros((9, 4))
    for column, place in enumerate(places):
        for number, weight in enumerate(kernel.ravel()):
            row = place + number + gap * (number // 2)
            if row < 9:
                W[row, column] = weight
    return W


_BY_COLUMNS = [0, 3, 6, 1, 4, 7, 2, 5, 8]


def _as_matrix(given: Given, sheet: Sheet) -> None:
    side, k = given["side"], given["k"]
    sheet.write("W", dense(array(given, "K")))
    m = sheet.write("m", side**2)
    n = sheet.write("n", (side - k + 1) ** 2)
    q = sheet.write("q", k**2)
    sheet.write("z", n * m - n * q)


def _dense(change: Callable[[Matrix], Any]) -> Wrong:
    return lambda given, _: change(array(given, "K"))


def _counted(change: Callable[[int, int, Own], Any]) -> Wrong:
    return lambda given, own: change(int(given["side"]), int(given["k"]), own)


AS_MATRIX = further(
    Family("conv-as-matrix", _as_matrix, (pen("transposed", "W"), pen("entry-sign", "W"))),
    ("kernel flipped", "kernel-flipped", "W", _dense(lambda K: dense(turned(K)))),
    ("all column by column", "columns-first", "W", _dense(lambda K: dense(K.T))),
    ("pixels column by column", "pixels-column-by-column", "W", _dense(lambda K: dense(K)[_BY_COLUMNS])),
    ("outputs column by column", "outputs-column-by-column permuted", "W", _dense(lambda K: dense(K)[:, [0, 2, 1, 3]])),
    ("shifted by one each time", "shifted-by-one-each-time", "W", _dense(lambda K: dense(K, (0, 1, 2, 3)))),
    ("no gap", "no-gap", "W", _dense(lambda K: dense(K, gap=0))),
    ("all columns alike", "same-columns", "W", _dense(lambda K: dense(K, (0, 0, 0, 0)))),
    ("signs lost", "sign", "W", _dense(lambda K: dense(np.abs(K)) if (K < 0).any() else None)),
    ("all signs turned", "whole-sign sign", "W", _dense(lambda K: -dense(K))),
    ("last pixel forgotten", "line-missing", "W", _dense(lambda K: dense(K)[:8])),
    ("one weight forgotten", "entry-left-out term-dropped factor-dropped", "W",
     _dense(lambda K: less(dense(K), (4, 3), K[0, 0]))),
    ("side for the pixels", "side-for-pixels power-dropped", "m", _counted(lambda s, k, own: s)),
    ("outputs for the pixels", "names-swapped other-blank", "m", _counted(lambda s, k, own: (s - k + 1) ** 2)),
    ("side of the outputs", "side-for-pixels power-dropped", "n", _counted(lambda s, k, own: s - k + 1)),
    ("one place lost", "places-without-the-first term-dropped one-off", "n", _counted(lambda s, k, own: (s - k) ** 2)),
    ("two places lost", "places-one-too-few sign", "n", _counted(lambda s, k, own: (s - k - 1) ** 2)),
    ("as many as pixels", "as-many-outputs-as-pixels other-blank", "n", _counted(lambda s, k, own: s**2)),
    ("squares subtracted", "squares-subtracted", "n", _counted(lambda s, k, own: s**2 - k**2)),
    ("size of the kernel", "size-of-the-kernel other-blank", "n", _counted(lambda s, k, own: k**2)),
    ("padded", "sign", "n", _counted(lambda s, k, own: (s + k - 1) ** 2)),
    ("weights of every place", "weights-of-every-place", "q", _counted(lambda s, k, own: own["n"] * k**2)),
    ("weights of a dense layer", "weights-of-a-dense-layer", "q", _counted(lambda s, k, own: own["n"] * own["m"])),
    ("side of the kernel", "side-of-the-kernel power-dropped", "q", _counted(lambda s, k, own: k)),
    ("zero counted", "zero-counted one-off", "q", _counted(lambda s, k, own: k**2 + 1)),
    ("zeros of one column", "zeros-of-one-column factor-dropped", "z", _counted(lambda s, k, own: own["m"] - own["q"])),
    ("weights taken off once", "weights-taken-off-once brackets factor-dropped", "z",
     _counted(lambda s, k, own: own["m"] * own["n"] - own["q"])),
    ("entries that are not zero", "entries-that-are-not-zero", "z", _counted(lambda s, k, own: own["n"] * own["q"])),
    ("weights off the rows", "weights-taken-off-the-rows names-swapped", "z",
     _counted(lambda s, k, own: own["m"] * (own["n"] - own["q"]))),
    ("all entries", "all-entries term-dropped", "z", _counted(lambda s, k, own: own["m"] * own["n"])),
    ("side of the kernel off", "power-dropped other-quantity number-off", "z",
     _counted(lambda s, k, own: own["n"] * (own["m"] - k))),
)  # fmt: skip


# ----- A detector --------------------------------------------------------------------------------------------------


def images(given: Given) -> list[Matrix]:
    """The three crosses and the three noughts."""
    return [array(given, f"S[{number}]") for number in range(1, 7)]


_WRONG_DRAFTS: tuple[tuple[str, str, Callable[[Matrix], Matrix]], ...] = (
    ("kernel flipped throughout", "kernel-flipped", turned),
    ("kernel transposed throughout", "kernel-transposed rows-for-columns transpose-extra", np.transpose),
    ("signs lost throughout", "signs-lost sign", np.abs),
    ("cells counted throughout", "cells-counted factor-dropped", np.ones_like),
)


def _detect(given: Given, sheet: Sheet) -> None:
    D = array(given, "D")
    for name, _, change in _WRONG_DRAFTS:
        D = change(D) if sheet(name) else D
    responses = [slide(image, D) for image in images(given)]
    first = sheet.write("V[1]", responses[0])
    sheet.write("R", np.array([np.max(first), *(response.max() for response in responses[1:])]))


def _first(change: Change) -> Wrong:
    return lambda given, _: change(images(given)[0], array(given, "D"))


def _each(change: Callable[[Matrix], float]) -> Wrong:
    return lambda given, _: np.array([change(slide(image, array(given, "D"))) for image in images(given)])


DETECTOR = further(
    Family("cross-or-nought", _detect,
           (*(slip(name, rules, "V") for name, rules, _ in _WRONG_DRAFTS),
            pen("transposed", "V[1]"), pen("entry-sign", "V[1] R"))),
    ("empty cells", "empty-cells complement", "V[1]", _first(lambda S, D: slide(1 - S, D))),
    ("all signs turned", "whole-sign sign", "V[1]", _first(lambda S, D: -slide(S, D))),
    ("smallest", "smallest-response other-function", "R", _each(np.min)),
    ("added up", "responses-added other-function", "R", _each(np.sum)),
    ("first place alone", "first-place-alone", "R", _each(lambda V: V[0, 0])),
    ("mean", "mean-response other-function", "R", _each(np.mean)),
    ("largest size", "largest-size sign", "R", _each(lambda V: np.abs(V).max())),
    ("images in another order", "permuted", "R",
     lambda given, own: np.asarray(own["now"])[[1, 0, 2, 3, 4, 5]]),
)  # fmt: skip

FAMILIES = (FORWARD, BACKWARD, AS_MATRIX, DETECTOR)
