"""ReLU neurons chosen for a table, and neurons to spare: slips written down before any was looked at.

Constructed neurons are left to students who find them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.further import Own, Wrong, array, further
from benchmarks.students.half_planes import always
from benchmarks.students.sheet import Family, Given, Sheet, pen

# ----- NOT ---------------------------------------------------------------------------------------------------------


def _negation(given: Given, sheet: Sheet) -> None:
    bias = sheet.write("w1", float(given["p"]))
    sheet.write("M", -bias / float(given["q"]))


def _pq(change: Callable[[float, float], Any]) -> Wrong:
    return always(lambda g: change(float(g["p"]), float(g["q"])))


def _own(change: Callable[[float, float], Any]) -> Wrong:
    return lambda given, own: change(float(own["w1"]), float(given["q"]))


_ENDS = "M"
NEGATION = further(
    Family("perceptron-not", _negation, (pen("whole-sign", "w1"),)),
    ("bias 1", "bias-is-one", "w1", _pq(lambda p, q: 1.0)),
    ("second point for the bias", "second-point-for-the-first names-swapped", "w1", _pq(lambda p, q: q)),
    ("bias with a minus", "sign whole-sign", "w1", _pq(lambda p, q: -p)),
    ("slope for the bias", "slope-for-bias factor-extra", "w1", _pq(lambda p, q: p / q)),
    ("nothing for the bias", "no-bias line-missing", "w1", _pq(lambda p, q: 0.0)),
    ("sign of the bound", "sign-of-the-boundary sign whole-sign", _ENDS, _own(lambda p, q: p / q)),
    ("upside down", "upside-down inverted reciprocal", _ENDS, _own(lambda p, q: -q / p)),
    ("as for plain NOT", "as-for-plain-not factor-dropped", _ENDS, _own(lambda p, q: -1 / q)),
    ("multiplied", "multiplied inverted other-operation", _ENDS, _own(lambda p, q: -p * q)),
    ("input forgotten", "input-forgotten divisor-dropped", _ENDS, _own(lambda p, q: -p)),
    ("bias forgotten", "bias-forgotten term-dropped", _ENDS, _own(lambda p, q: 0.0)),
    ("input moved over", "input-subtracted other-operation", _ENDS, _own(lambda p, q: -p - q)),
)


# ----- A table of two rows -----------------------------------------------------------------------------------------


def _table(given: Given, sheet: Sheet) -> None:
    X, start = array(given, "X"), np.array([float(given["c"]), float(given["d"])])
    w3 = sheet.write("w3", (float(given["t"]) - X[0, :2] @ start) / X[0, 2])
    sheet.write("s2", X[1] @ [*start, w3])


def _third(change: Callable[[np.ndarray, float, float, float], Any]) -> Wrong:
    return always(lambda g: change(array(g, "X"), float(g["t"]), float(g["c"]), float(g["d"])))


def _second(change: Callable[[np.ndarray, float, float, float], Any]) -> Wrong:
    return lambda g, own: change(array(g, "X"), float(g["c"]), float(g["d"]), float(own["w3"]))


_W3 = "w3 known"
TABLE = further(
    Family("perceptron-table", _table, (pen("whole-sign", "w3 s2"),)),
    ("known part added", "known-added sign", _W3, _third(lambda X, t, c, d: (t + X[0, :2] @ [c, d]) / X[0, 2])),
    ("second row solved", "row-two-solved index-off", _W3,
     _third(lambda X, t, c, d: (t - X[1, :2] @ [c, d]) / X[1, 2])),
    ("made nought", "made-zero term-dropped", _W3, _third(lambda X, t, c, d: -(X[0, :2] @ [c, d]) / X[0, 2])),
    ("second weight left out", "one-known-term term-dropped", _W3,
     _third(lambda X, t, c, d: (t - X[0, 0] * c) / X[0, 2])),
    ("first weight left out", "first-known-term-lost term-dropped", _W3,
     _third(lambda X, t, c, d: (t - X[0, 1] * d) / X[0, 2])),
    ("not divided", "divisor-dropped", _W3, _third(lambda X, t, c, d: t - X[0, :2] @ [c, d])),
    ("multiplied", "inverted other-operation", _W3, _third(lambda X, t, c, d: (t - X[0, :2] @ [c, d]) * X[0, 2])),
    ("sign of the second term", "sign", _W3, _third(lambda X, t, c, d: (t - X[0, 0] * c + X[0, 1] * d) / X[0, 2])),
    ("sign of the first term", "sign", _W3, _third(lambda X, t, c, d: (t + X[0, 0] * c - X[0, 1] * d) / X[0, 2])),
    ("weights crossed", "names-swapped index-off", _W3, _third(lambda X, t, c, d: (t - X[0, :2] @ [d, c]) / X[0, 2])),
    ("first row again", "first-row-again index-off", "s2", _second(lambda X, c, d, w: X[0] @ [c, d, w])),
    ("ReLU already", "relu-already activation-missing", "s2", _second(lambda X, c, d, w: max(0, X[1] @ [c, d, w]))),
    ("third weight left out", "term-dropped", "s2", _second(lambda X, c, d, w: X[1, :2] @ [c, d])),
    ("third input left out", "factor-dropped", "s2", _second(lambda X, c, d, w: X[1] @ [c, d, 0] + w)),
    ("sign of the third term", "sign", "s2", _second(lambda X, c, d, w: X[1] @ [c, d, -w])),
    ("sign of the second term of the sum", "sign", "s2", _second(lambda X, c, d, w: X[1] @ [c, -d, w])),
)  # fmt: skip


# ----- Neurons to spare --------------------------------------------------------------------------------------------


def _spare(given: Given, sheet: Sheet) -> None:
    v = array(given, "q")
    sheet.write("w", v[0] + v[1] + (v[3] if given["triple"] else 0))
    sheet.write("c2", float(given["c"]) + v[2] * float(given["d"]))
    sheet.write("k", 3.0 - given["triple"] - given["mute"])
    sheet.write("y", whole(given))


def whole(given: Given, x: np.ndarray | None = None, dead: float = 0.0) -> float:
    """The output of the net as it is printed; `dead` is the slope of its ReLU below 0."""
    x = array(given, "x") if x is None else x
    z = array(given, "b") + array(given, "U") * x[0] + array(given, "V") * x[1]
    return float(given["c"]) + float(array(given, "v") @ np.where(z > 0, z, dead * z))


def _weights(change: Callable[[np.ndarray, float], Any]) -> Wrong:
    return always(lambda g: change(array(g, "q"), float(g["triple"])))


def _bias(change: Callable[[float, float, float], Any]) -> Wrong:
    return always(lambda g: change(float(g["c"]), float(array(g, "q")[2]), float(g["d"])))


def _count(change: Callable[[float, float], Any]) -> Wrong:
    return always(lambda g: change(float(g["triple"]), float(g["mute"])))


def _merged(g: Given) -> float:
    u, x = array(g, "t"), array(g, "x")
    return float(u[0] + u[1] * x[0] + u[2] * x[1])


def _output(change: Callable[[Given, Own], Any]) -> Wrong:
    return change


def _without_third(v: np.ndarray, triple: float) -> Any:
    return v[0] + v[1] if triple else None


SPARE = further(
    Family("redundant-neurons", _spare, (pen("whole-sign", "w c2 y"), pen("power-of-ten", "w y"))),
    ("averaged", "averaged sum-for-mean", "w", _weights(lambda v, n: (v[0] + v[1] + n * v[3]) / (2 + n))),
    ("first of them", "one-of-the-weights term-dropped", "w", _weights(lambda v, n: v[0])),
    ("second of them", "other-of-the-weights term-dropped", "w", _weights(lambda v, n: v[1])),
    ("third twin not seen", "two-of-three term-dropped", "w", _weights(_without_third)),
    ("second twin not seen", "first-and-third term-dropped", "w", _weights(lambda v, n: v[0] + v[3] if n else None)),
    ("first twin not seen", "second-and-third term-dropped", "w", _weights(lambda v, n: v[1] + v[3] if n else None)),
    ("multiplied", "weights-multiplied other-operation", "w", _weights(lambda v, n: v[0] * v[1] * (v[3] if n else 1))),
    ("subtracted", "weights-subtracted sign", "w", _weights(lambda v, n: v[0] - v[1] + n * v[3])),
    ("constant lost", "constant-lost term-dropped", "c2", _bias(lambda c, v, d: c)),
    ("constant without its weight", "bias-alone factor-dropped", "c2", _bias(lambda c, v, d: c + d)),
    ("weight without the constant", "weight-alone factor-dropped", "c2", _bias(lambda c, v, d: c + v)),
    ("constant alone", "constant-alone term-dropped", "c2", _bias(lambda c, v, d: v * d)),
    ("constant subtracted", "sign", "c2", _bias(lambda c, v, d: c - v * d)),
    ("output counted", "output-counted one-off", "k", _count(lambda n, m: 4 - n - m)),
    ("all equal ones gone", "all-equal-ones-gone one-off", "k", _count(lambda n, m: 2 - n - m)),
    ("those that go", "gone-for-left complement", "k", _count(lambda n, m: 2 + n + m)),
    ("merged with one weight", "merged-once factor-dropped sign", "y",
     _output(lambda g, own: whole(g) + (array(g, "q")[0] - own["w"]) * _merged(g))),
    ("old bias", "old-bias names-swapped", "y", _output(lambda g, own: whole(g) + float(g["c"]) - own["c2"])),
    ("no ReLU", "no-relu activation-missing", "y", _output(lambda g, own: whole(g, dead=1.0))),
    ("inputs swapped", "inputs-swapped names-swapped", "y", _output(lambda g, own: whole(g, array(g, "x")[::-1]))),
    ("no bias in the output", "term-dropped", "y", _output(lambda g, own: whole(g) - own["c2"])),
)  # fmt: skip

FAMILIES = (NEGATION, TABLE, SPARE)
