"""Half-planes, corners, boundaries, segments that cross: slips written down before any was looked at.

Constructed neurons and nets are left to students who find them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.further import Own, Wrong, array, further
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def fires(sums: np.ndarray) -> np.ndarray:
    """1 where a sum is above 0."""
    return (np.asarray(sums) > 1e-9).astype(float)


def always(make: Callable[[Given], Any]) -> Wrong:
    """A slip that reads the sheet alone."""
    return lambda given, _: make(given)


# ----- A neuron read at three points -------------------------------------------------------------------------------


def _half_plane(given: Given, sheet: Sheet) -> None:
    h = sheet.write("h", array(given, "Q") @ array(given, "u") + given["beta"])
    sheet.write("o", fires(h))


def _sums(change: Callable[[np.ndarray, np.ndarray, float], Any]) -> Wrong:
    return always(lambda g: change(array(g, "Q"), array(g, "u"), float(g["beta"])))


def _of_sums(change: Callable[[np.ndarray], Any]) -> Wrong:
    return lambda _, own: change(np.asarray(own["h"], float))


HALF_PLANE = further(
    Family("halfplane-neuron", _half_plane, (pen("entry-sign", "h"),)),
    ("bias forgotten", "bias-forgotten term-dropped", "h", _sums(lambda Q, u, b: Q @ u)),
    ("bias subtracted", "bias-subtracted sign", "h", _sums(lambda Q, u, b: Q @ u - b)),
    ("weights crossed", "weights-crossed names-swapped index-off", "h", _sums(lambda Q, u, b: Q @ u[::-1] + b)),
    ("bias read as a weight", "first-weight-as-bias names-swapped", "h", _sums(lambda Q, u, b: Q @ [b, u[0]] + u[1])),
    ("second input left out", "term-dropped", "h", _sums(lambda Q, u, b: Q[:, 0] * u[0] + b)),
    ("first input left out", "term-dropped", "h", _sums(lambda Q, u, b: Q[:, 1] * u[1] + b)),
    ("sign of the second weight", "sign", "h", _sums(lambda Q, u, b: Q @ [u[0], -u[1]] + b)),
    ("sign of the first weight", "sign", "h", _sums(lambda Q, u, b: Q @ [-u[0], u[1]] + b)),
    ("second weight left out", "second-weight-forgotten factor-dropped", "h", _sums(lambda Q, u, b: Q @ [u[0], 1] + b)),
    ("first weight left out", "first-weight-forgotten factor-dropped", "h", _sums(lambda Q, u, b: Q @ [1, u[1]] + b)),
    ("all signs turned", "whole-sign sign", "h", _sums(lambda Q, u, b: -(Q @ u + b))),
    ("outputs for sums", "other-blank", "h", _sums(lambda Q, u, b: fires(Q @ u + b))),
    ("one on the line", "one-on-the-line", "o", _of_sums(lambda h: (h >= 0).astype(float))),
    ("signs for outputs", "signs-for-outputs other-function", "o", _of_sums(np.sign)),
    ("outputs turned", "outputs-turned complement", "o", _of_sums(lambda h: (h < 0).astype(float))),
    ("ReLU", "relu-for-step other-function", "o", _of_sums(lambda h: np.maximum(h, 0))),
    ("sums again", "activation-missing other-blank", "o", _of_sums(lambda h: h)),
    ("not above for above", "not-above outputs-turned complement", "o", _of_sums(lambda h: 1 - fires(h))),
)


# ----- Codes of four corners ---------------------------------------------------------------------------------------


def corners(given: Given) -> np.ndarray:
    """The points A, B, C, D, row by row."""
    return np.array([array(given, name) for name in "ABCD"])


def heights(given: Given, line: int) -> np.ndarray:
    """How far above their line the four points are."""
    normal = array(given, "nm"[line])
    return corners(given) @ normal - array(given, "e")[line]


def _corner_sums(given: Given, sheet: Sheet) -> None:
    sheet.write("Z1", heights(given, 0))
    sheet.write("Z2", heights(given, 1))


def _sums_of_line(line: int) -> list[tuple[str, str, str, Wrong]]:
    at, letter, other = f"Z{line + 1}", "nm"[line], "mn"[line]

    def of(points: np.ndarray, normal: Any, right: float) -> np.ndarray:
        return points @ np.asarray(normal, float) - right

    def side(given: Given, number: int) -> float:
        return float(array(given, "e")[number])

    rows: tuple[tuple[str, str, Callable[[Given], Any]], ...] = (
        ("right side forgotten", "right-side-forgotten term-dropped", lambda g: corners(g) @ array(g, letter)),
        ("right side added", "right-side-added sign", lambda g: of(corners(g), array(g, letter), -side(g, line))),
        ("other line", "other-line other-blank", lambda g: heights(g, 1 - line)),
        ("right side of the other line", "other-right-side index-off names-swapped",
         lambda g: of(corners(g), array(g, letter), side(g, 1 - line))),
        ("coefficients of the other line", "other-coefficients index-off names-swapped",
         lambda g: of(corners(g), array(g, other), side(g, line))),
        ("coordinates swapped", "coordinates-swapped names-swapped index-off",
         lambda g: of(corners(g)[:, ::-1], array(g, letter), side(g, line))),
        ("sign of the second coefficient", "second-sign sign",
         lambda g: of(corners(g), array(g, letter) * [1, -1], side(g, line))),
        ("sign of the first coefficient", "first-sign sign",
         lambda g: of(corners(g), array(g, letter) * [-1, 1], side(g, line))),
        ("all turned", "turned whole-sign sign", lambda g: -heights(g, line)),
        ("steps for sums", "steps-for-sums", lambda g: fires(heights(g, line))),
        ("factors lost", "factors-lost factor-dropped",
         lambda g: of(corners(g), np.sign(array(g, letter)), side(g, line))),
        ("points from below", "permuted", lambda g: heights(g, line)[::-1]),
    )  # fmt: skip
    return [(f"{words} in {at}", rules, at, always(make)) for words, rules, make in rows]


CORNERS = further(
    Family("two-lines-classifier", _corner_sums, (pen("entry-sign", "Z1 Z2"),)), *_sums_of_line(0), *_sums_of_line(1)
)


# ----- A boundary of two lines -------------------------------------------------------------------------------------


def _boundary(given: Given, sheet: Sheet) -> None:
    b, w1, w2, w3 = (float(given[name]) for name in ("b", "w1", "w2", "w3"))
    pair = (-w2 / w3, -w1 / w3)
    for name, wrong in (
        ("lines swapped", pair[::-1]),
        ("signs of the lines", (w2 / w3, w1 / w3)),
        ("upside down", (-w3 / w2, -w3 / w1)),
        ("not divided", (-w2, -w1)),
        ("bias for the weights", (-b / w3, -b / w3)),
    ):
        pair = wrong if sheet(name) else pair
    a1, a2 = sheet.write("a1", pair[0]), sheet.write("a2", pair[1])
    Q = array(given, "Q")
    sheet.write("s", w3 * (Q[:, 0] - a1) * (Q[:, 1] - a2))


def _outputs(change: Callable[[Given, Own, np.ndarray], Any]) -> Wrong:
    return lambda given, own: change(given, own, array(given, "Q"))


def _sum(g: Given, Q: np.ndarray, bias: float = 1, product: float = 1) -> np.ndarray:
    x, y = Q.T
    return bias * g["b"] + g["w1"] * x + g["w2"] * y + product * g["w3"] * x * y


_SLIPS_OF_BOTH = (
    slip("lines swapped", "lines-swapped names-swapped other-blank", "a1 a2"),
    slip("signs of the lines", "signs-turned sign whole-sign", "a1 a2"),
    slip("upside down", "upside-down inverted reciprocal", "a1 a2"),
    slip("not divided", "not-divided divisor-dropped factor-dropped", "a1 a2"),
    slip("bias for the weights", "bias-divided names-swapped", "a1 a2"),
)
BOUNDARY = further(
    Family(
        "decision-boundary-factor", _boundary, (*_SLIPS_OF_BOTH, pen("whole-sign", "a1 a2"), pen("entry-sign", "s"))
    ),
    ("product left out", "product-left-out term-dropped", "s", _outputs(lambda g, own, Q: _sum(g, Q, 1, 0))),
    ("bias left out", "bias-left-out term-dropped", "s", _outputs(lambda g, own, Q: _sum(g, Q, 0))),
    ("factor left out", "factor-left-out factor-dropped", "s", _outputs(lambda g, own, Q: _sum(g, Q) / g["w3"])),
    ("coordinates swapped", "coordinates-swapped names-swapped", "s", _outputs(lambda g, own, Q: _sum(g, Q[:, ::-1]))),
    ("sign of the product", "product-subtracted sign", "s", _outputs(lambda g, own, Q: _sum(g, Q, 1, -1))),
    ("all turned", "whole-sign sign", "s", _outputs(lambda g, own, Q: -_sum(g, Q))),
    ("outputs for sums", "outputs-for-sums", "s", _outputs(lambda g, own, Q: fires(_sum(g, Q)))),
    ("first bracket alone", "factor-dropped", "s", _outputs(lambda g, own, Q: g["w3"] * (Q[:, 0] - own["a1"]))),
)


# ----- Segments that cross -----------------------------------------------------------------------------------------


def _crossing(given: Given, sheet: Sheet) -> None:
    P, R, U, V = (array(given, name) for name in "PRUV")
    sheet.write("X", meeting(P, R, U, V))


def meeting(P: np.ndarray, R: np.ndarray, U: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Where the line PR meets the line UV, by the two equations of the lines."""
    (a, b), (c, d) = R - P, V - U
    left, right = b * P[0] - a * P[1], d * U[0] - c * U[1]
    return np.linalg.solve([[b, -a], [d, -c]], [left, right])


def _points(change: Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], Any]) -> Wrong:
    def wrong(given: Given, _: Own) -> Any:
        try:
            return change(*(array(given, name) for name in "PRUV"))
        except np.linalg.LinAlgError:
            return None

    return wrong


CROSSING = further(
    Family("linear-separability", _crossing, (pen("entry-sign", "X"), pen("permuted", "X"))),
    ("middle of the first", "middle-of-the-first", "X", _points(lambda P, R, U, V: (P + R) / 2)),
    ("middle of the second", "middle-of-the-second", "X", _points(lambda P, R, U, V: (U + V) / 2)),
    ("mean of the four", "middle-of-all", "X", _points(lambda P, R, U, V: (P + R + U + V) / 4)),
    ("way from the other end", "way-back", "X", _points(lambda P, R, U, V: P + R - meeting(P, R, U, V))),
    ("coordinates swapped", "coordinates-swapped permuted", "X", _points(lambda P, R, U, V: meeting(P, R, U, V)[::-1])),
    ("points of different classes joined", "other-pairs", "X", _points(lambda P, R, U, V: meeting(P, U, V, R))),
    ("joined the third way", "third-pairs", "X", _points(lambda P, R, U, V: meeting(P, V, U, R))),
    ("both signs turned", "whole-sign sign", "X", _points(lambda P, R, U, V: -meeting(P, R, U, V))),
    ("part of the way, start forgotten", "start-forgotten term-dropped", "X",
     _points(lambda P, R, U, V: meeting(P, R, U, V) - P)),
    ("R alone for the direction", "end-for-direction term-dropped", "X",
     _points(lambda P, R, U, V: P + ((meeting(P, R, U, V) - P) / (R - P)) * R)),
)  # fmt: skip

FAMILIES = (HALF_PLANE, CORNERS, BOUNDARY, CROSSING)
