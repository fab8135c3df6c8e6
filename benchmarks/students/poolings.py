"""Pooling forward and backward, moving averages: slips written down before any was looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.further import Own, Wrong, array, further
from benchmarks.students.sheet import Family, Given, Sheet, pen

Matrix = np.ndarray
Of = Callable[[Matrix], float]


def pooled(image: Matrix, side: int, stride: int, of: Of = np.max, rest: bool = False, start: int = 0) -> Matrix:
    """What `of` makes of every window; with the rest at the edge, too."""
    size = len(image) if rest else len(image) - side + 1
    places = range(start, size, stride)
    return np.array([[float(of(image[i : i + side, j : j + side])) for j in places] for i in places])


# ----- Forward -----------------------------------------------------------------------------------------------------


def _pooling(given: Given, sheet: Sheet) -> None:
    X = array(given, "X")
    sheet.write("M", pooled(X, 2, 2))
    sheet.write("A", pooled(X, 2, 2, np.mean))
    sheet.write("O", pooled(X, 3, 2))
    sheet.write("m", X.mean())


def _of(change: Callable[[Matrix], Any]) -> Wrong:
    return lambda given, _: change(array(given, "X"))


def _size(window: Matrix) -> float:
    return float(np.abs(window).max())


def _farthest(window: Matrix) -> float:
    """The number farthest from 0 with its sign; of two the positive one."""
    top, bottom = float(window.max()), float(window.min())
    return top if top >= -bottom else bottom


def _range(window: Matrix) -> float:
    return float(window.max() + window.min()) / 2


def _minus_lost(X: Matrix) -> Matrix | None:
    if X[0, 0] > 0:
        return None
    means = pooled(X, 2, 2, np.mean)
    means[0, 0] -= X[0, 0] / 2
    return means


_LARGEST: tuple[tuple[str, str, Of], ...] = (
    ("smallest", "smallest other-function", np.min),
    ("signs overlooked", "largest-without-sign", _size),
    ("compared without signs", "largest-in-size", _farthest),
    ("mean for the largest", "mean-for-the-largest other-blank other-function", np.mean),
    ("sum for the largest", "sum-for-the-largest other-function", np.sum),
)
POOLING = further(
    Family("pooling-by-hand", _pooling, (pen("transposed", "M A O"), pen("entry-sign", "M A"), pen("whole-sign", "m"))),
    *((f"{name} in M", rules, "M", _of(lambda X, of=of: pooled(X, 2, 2, of))) for name, rules, of in _LARGEST),
    *((f"{name} in O", rules, "O", _of(lambda X, of=of: pooled(X, 3, 2, of))) for name, rules, of in _LARGEST),
    ("a nought wins", "noughts-win", "M", _of(lambda X: pooled(X, 2, 2, lambda w: max(0, w.max())))),
    ("stride 1", "stride-one", "M", _of(lambda X: pooled(X, 2, 1))),
    ("rest kept", "rest-kept", "M", _of(lambda X: pooled(X, 2, 2, rest=True))),
    ("wider window", "other-window other-blank", "M", _of(lambda X: pooled(X, 3, 2))),
    ("from the far edge", "windows-at-the-far-edge", "M", _of(lambda X: pooled(X, 2, 2, start=1))),
    ("not divided", "not-divided divisor-dropped sum-for-mean", "A", _of(lambda X: pooled(X, 2, 2, np.sum))),
    ("halved", "halved factor-two", "A", _of(lambda X: pooled(X, 2, 2, np.sum) / 2)),
    ("largest for the mean", "largest-for-the-mean other-blank other-function", "A", _of(lambda X: pooled(X, 2, 2))),
    ("middle of the range", "middle-of-the-range", "A", _of(lambda X: pooled(X, 2, 2, _range))),
    ("means with stride 1", "stride-one", "A", _of(lambda X: pooled(X, 2, 1, np.mean))),
    ("rest averaged", "rest-kept", "A", _of(lambda X: pooled(X, 2, 2, np.mean, rest=True))),
    ("means from the far edge", "windows-at-the-far-edge", "A", _of(lambda X: pooled(X, 2, 2, np.mean, start=1))),
    ("signs lost", "signs-lost sign", "A", _of(lambda X: pooled(np.abs(X), 2, 2, np.mean))),
    ("one minus lost", "sign entry-sign", "A", _of(_minus_lost)),
    ("stride 1 in O", "stride-one", "O", _of(lambda X: pooled(X, 3, 1))),
    ("smaller window", "other-window other-blank", "O", _of(lambda X: pooled(X, 2, 2))),
    ("windows of two moved by one", "smaller-window-moved-by-one", "O", _of(lambda X: pooled(X, 2, 1))),
    ("sum of all", "not-divided divisor-dropped sum-for-mean", "m", _of(np.sum)),
    ("mean of the means", "mean-of-the-means", "m", _of(lambda X: pooled(X, 2, 2, np.mean).mean())),
    ("divided by the side", "divided-by-the-side", "m", _of(lambda X: X.sum() / 5)),
    ("divided by sixteen", "divided-by-sixteen number-off", "m", _of(lambda X: X.sum() / 16)),
    ("mean of the largest", "mean-of-the-largest", "m", _of(lambda X: pooled(X, 2, 2).mean())),
    ("largest of all", "largest-of-all other-function", "m", _of(np.max)),
    ("signs lost in the mean", "signs-lost sign", "m", _of(lambda X: np.abs(X).mean())),
    ("rows averaged", "middle-of-the-range", "m", _of(_range)),
)  # fmt: skip


# ----- Backward ----------------------------------------------------------------------------------------------------


def routed(image: Matrix, sent: Matrix, stride: int, how: str = "sum", best: Of = np.max) -> Matrix:
    """What every window sends back to where its best number stands; `first` or `last` of several, or their mean."""
    result, counts = np.zeros_like(image), np.zeros_like(image)
    places = [(i, j) for i in range(2) for j in range(2)]
    for i, j in places:
        rows, columns = slice(stride * i, stride * i + 2), slice(stride * j, stride * j + 2)
        window = image[rows, columns]
        there = (window == best(window)) * 1.0
        before = counts[rows, columns]
        share = {"sum": there, "last": there, "first": there * (before == 0), "mean": there}[how]
        if how == "last":
            result[rows, columns] *= 1 - there
        result[rows, columns] += share * sent[i, j]
        counts[rows, columns] += there
    return result / np.maximum(counts, 1) if how == "mean" else result


def spread(sent: Matrix, stride: int = 2) -> Matrix:
    """Every number of G to all numbers of its window, added up where windows overlap."""
    size = 2 + stride
    result = np.zeros((size, size))
    for i in range(2):
        for j in range(2):
            result[stride * i : stride * i + 2, stride * j : stride * j + 2] += sent[i, j]
    return result


def _routing(given: Given, sheet: Sheet) -> None:
    X, Z, G = (array(given, name) for name in "XZG")
    sheet.write("P", pooled(X, 2, 2))
    sheet.write("dX", routed(X, G, 2))
    sheet.write("dA", spread(G) / 4)
    sheet.write("Q", pooled(Z, 2, 1))
    sheet.write("dZ", routed(Z, G, 1))


def _back(change: Callable[[Matrix, Matrix, Matrix], Any]) -> Wrong:
    return lambda given, _: change(*(array(given, name) for name in "XZG"))


def _corner(G: Matrix) -> Matrix:
    result = np.zeros((4, 4))
    result[:2, :2] = G
    return result


ROUTING = further(
    Family("maxpool-backward", _routing,
           (pen("transposed", "P dX dA Q dZ"), pen("entry-sign", "dX dZ"), pen("whole-sign", "dX dA dZ"))),
    ("smallest", "smallest", "P", _back(lambda X, Z, G: pooled(X, 2, 2, np.min))),
    ("mean", "mean-for-the-largest", "P", _back(lambda X, Z, G: pooled(X, 2, 2, np.mean))),
    ("signs overlooked", "to-the-largest-size", "P", _back(lambda X, Z, G: pooled(X, 2, 2, _size))),
    ("compared without signs", "compared-without-signs", "P", _back(lambda X, Z, G: pooled(X, 2, 2, _farthest))),
    ("to all", "to-all", "dX", _back(lambda X, Z, G: spread(G))),
    ("shared out", "shared-out other-blank", "dX", _back(lambda X, Z, G: spread(G) / 4)),
    ("largest put back", "values-for-derivatives", "dX", _back(lambda X, Z, G: routed(X, pooled(X, 2, 2), 2))),
    ("values as factors", "values-as-factors factor-extra", "dX", _back(lambda X, Z, G: routed(X, G, 2) * X)),
    ("places alone", "ones-for-derivatives factor-dropped", "dX", _back(lambda X, Z, G: routed(X, np.ones((2, 2)), 2))),
    ("to the smallest", "to-the-smallest", "dX", _back(lambda X, Z, G: routed(X, G, 2, best=np.min))),
    ("to the first", "to-the-first", "dX", _back(lambda X, Z, G: spread(G) * np.tile([[1, 0], [0, 0]], (2, 2)))),
    ("into a corner", "one-winner", "dX", _back(lambda X, Z, G: _corner(G))),
    ("gradient transposed", "rows-for-columns transpose-extra permuted", "dX",
     _back(lambda X, Z, G: routed(X, G.T, 2))),
    ("quarter of it", "quarter-to-the-largest-with-max factor-extra", "dX", _back(lambda X, Z, G: routed(X, G, 2) / 4)),
    ("not divided", "not-divided divisor-dropped", "dA", _back(lambda X, Z, G: spread(G))),
    ("halved", "halved factor-two number-off", "dA", _back(lambda X, Z, G: spread(G) / 2)),
    ("mean to the largest", "mean-to-the-largest other-blank", "dA", _back(lambda X, Z, G: routed(X, G, 2))),
    ("quarter to the largest", "quarter-to-the-largest", "dA", _back(lambda X, Z, G: routed(X, G, 2) / 4)),
    ("means back", "means-for-derivatives", "dA", _back(lambda X, Z, G: spread(pooled(X, 2, 2, np.mean)) / 4)),
    ("times four", "times-four other-operation", "dA", _back(lambda X, Z, G: 4 * spread(G))),
    ("times the values", "factor-extra", "dA", _back(lambda X, Z, G: spread(G) / 4 * X)),
    ("smallest of overlapping windows", "smallest", "Q", _back(lambda X, Z, G: pooled(Z, 2, 1, np.min))),
    ("mean of overlapping windows", "mean-for-the-largest", "Q", _back(lambda X, Z, G: pooled(Z, 2, 1, np.mean))),
    ("side by side", "side-by-side", "Q", _back(lambda X, Z, G: pooled(Z, 2, 2, rest=True))),
    ("last window alone", "last-window-alone term-dropped", "dZ", _back(lambda X, Z, G: routed(Z, G, 1, "last"))),
    ("first window alone", "first-window-alone term-dropped", "dZ", _back(lambda X, Z, G: routed(Z, G, 1, "first"))),
    ("mean of the windows", "mean-of-the-windows", "dZ", _back(lambda X, Z, G: routed(Z, G, 1, "mean"))),
    ("to all that overlap", "to-all-that-overlap", "dZ", _back(lambda X, Z, G: spread(G, 1))),
    ("shared out with overlap", "shared-out-with-overlap", "dZ", _back(lambda X, Z, G: spread(G, 1) / 4)),
    ("largest put back there", "values-for-derivatives", "dZ", _back(lambda X, Z, G: routed(Z, pooled(Z, 2, 1), 1))),
    ("values as factors there", "values-as-factors factor-extra", "dZ", _back(lambda X, Z, G: routed(Z, G, 1) * Z)),
    ("places alone there", "ones-for-derivatives factor-dropped", "dZ",
     _back(lambda X, Z, G: routed(Z, np.ones((2, 2)), 1))),
)  # fmt: skip


# ----- Moving averages ---------------------------------------------------------------------------------------------


def averages(x: Matrix, width: int, by: float | None = None) -> Matrix:
    """Of all full windows."""
    sums = [x[i : i + width].sum() for i in range(len(x) - width + 1)]
    return np.array(sums) / (width if by is None else by)


def _moving(given: Given, sheet: Sheet) -> None:
    x, w, v = array(given, "x"), int(given["w"]), int(given["v"])
    sheet.write("A", averages(x, w))
    sheet.write("P", np.cumsum(x)[: w - 1] / w)
    sheet.write("B", given["N"] - v + 1)
    L = sheet.write("L", (v - 1) / 2)
    sheet.write("D", given["d"] * L)


def _series(change: Callable[[Matrix, int], Any]) -> Wrong:
    return lambda given, _: change(array(given, "x"), int(given["w"]))


def _window(change: Callable[[float, float, float, Own], Any]) -> Wrong:
    return lambda given, own: change(*(float(given[name]) for name in ("N", "v", "d")), own)


def _going_on(x: Matrix, w: int) -> Matrix:
    found = [x[:w].mean()]
    for number in x[w:]:
        found.append((found[-1] + number) / 2)
    return np.array(found)


def _one_number_left(x: Matrix, w: int) -> Matrix:
    found = averages(x, w)
    found[0] -= x[w - 1] / w
    return found


MOVING = further(
    Family("moving-average-conv", _moving, (pen("permuted", "P"), pen("missed", "B"))),
    ("sums", "not-divided divisor-dropped", "A", _series(lambda x, w: averages(x, w, 1))),
    ("divided by the length", "divided-by-all number-off", "A", _series(lambda x, w: averages(x, w, len(x)))),
    ("window too small", "smaller-window line-missing", "A", _series(lambda x, w: averages(x, w - 1))),
    ("window too large", "larger-window", "A", _series(lambda x, w: averages(x, w + 1))),
    ("side by side", "window-by-window", "A",
     _series(lambda x, w: np.array([x[i : i + w].mean() for i in range(0, 2 * w if w == 3 else 8, w)]))),
    ("all numbers so far", "from-the-start", "A",
     _series(lambda x, w: np.array([x[:i].mean() for i in range(w, len(x) + 1)]))),
    ("average goes on", "average-goes-on", "A", _series(_going_on)),
    ("last window forgotten", "line-missing", "A", _series(lambda x, w: averages(x, w)[:-1])),
    ("divided by one less", "number-off one-off", "A", _series(lambda x, w: averages(x, w, w - 1))),
    ("one number left out", "term-dropped", "A", _series(_one_number_left)),
    ("fewer terms", "fewer-terms", "P", _series(lambda x, w: np.array([x[:i].mean() for i in range(1, w)]))),
    ("sums at the start", "not-divided divisor-dropped", "P", _series(lambda x, w: np.cumsum(x)[: w - 1])),
    ("first number repeated", "first-number-repeated", "P",
     _series(lambda x, w: averages(np.concatenate([np.full(w - 1, x[0]), x]), w)[: w - 1])),
    ("zeros behind", "zeros-behind", "P",
     _series(lambda x, w: averages(np.concatenate([x, np.zeros(w - 1)]), w)[-w + 1 :])),
    ("numbers alone", "numbers-alone term-dropped", "P", _series(lambda x, w: x[: w - 1] / w)),
    ("one zero less", "one-zero-less", "P",
     _series(lambda x, w: averages(np.concatenate([np.zeros(w - 2), x]), w)[: w - 1])),
    ("one window lost", "counted-without-the-first one-off term-dropped", "B", _window(lambda N, v, d, own: N - v)),
    ("windows side by side", "side-by-side", "B", _window(lambda N, v, d, own: N // v)),
    ("as many as numbers", "with-zeros", "B", _window(lambda N, v, d, own: N)),
    ("beyond the ends", "zeros-on-both-sides sign", "B", _window(lambda N, v, d, own: N + v - 1)),
    ("two windows lost", "counted-twice-off sign", "B", _window(lambda N, v, d, own: N - v - 1)),
    ("room at both ends", "both-edges factor-two", "B", _window(lambda N, v, d, own: N - 2 * (v - 1))),
    ("half the window", "half-a-window one-off term-dropped", "L", _window(lambda N, v, d, own: v / 2)),
    ("whole window", "whole-window", "L", _window(lambda N, v, d, own: v)),
    ("oldest number", "oldest-number factor-two divisor-dropped", "L", _window(lambda N, v, d, own: v - 1)),
    ("ages from one", "ages-from-one sign one-off", "L", _window(lambda N, v, d, own: (v + 1) / 2)),
    ("ages added", "ages-added factor-extra", "L", _window(lambda N, v, d, own: v * (v - 1) / 2)),
    ("divided by the slope", "divided-by-the-slope other-operation inverted", "D",
     _window(lambda N, v, d, own: own["L"] / d)),
    ("slope alone", "slope-alone factor-dropped", "D", _window(lambda N, v, d, own: d)),
    ("slope times the window", "slope-times-window names-swapped", "D", _window(lambda N, v, d, own: d * v)),
    ("slope times the oldest", "factor-two", "D", _window(lambda N, v, d, own: 2 * d * own["L"])),
    ("slope forgotten", "factor-dropped other-blank", "D", _window(lambda N, v, d, own: own["L"])),
)  # fmt: skip

FAMILIES = (POOLING, ROUTING, MOVING)
