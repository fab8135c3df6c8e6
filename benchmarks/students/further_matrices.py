"""Further slips with matrices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.determinants import LOG_DETERMINANT
from benchmarks.students.further import Own, Wrong, array, further
from benchmarks.students.jacobians import SQUARED_LOSS
from benchmarks.students.matrix_calculus import QUADRATIC_FORM, TRACE
from benchmarks.students.sheet import Given
from benchmarks.students.texts import put


def _first(make: Callable[[float, float, str, int], str]) -> Wrong:
    def wrong(given: Given, _: Own) -> str:
        W, t = array(given, "W"), array(given, "t")
        return " + ".join(
            put(make(W[i, 0], t[i], f"y{i + 1}", len(t)), w=W[i, 0], t=t[i], n=float(len(t))) for i in range(len(t))
        )

    return wrong


SQUARED = further(
    SQUARED_LOSS,
    (
        "mean for the sum in the formula",
        "sum-for-mean constant-factor",
        "first",
        _first(lambda w, t, y, n: f"2*w*({y} - t)/n"),
    ),
    (
        "target left beside the product in the formula",
        "brackets factor-dropped",
        "first",
        _first(lambda w, t, y, n: f"2*(w*{y} - t)"),
    ),
    ("inputs left out of the outputs", "factor-dropped", "y", lambda g, o: array(g, "W").sum(axis=1)),
    ("sizes of the weights alone", "sign", "y", lambda g, o: np.abs(array(g, "W")) @ array(g, "x")),
    ("half for two", "factor-two other-operation", "u", lambda g, o: (o["y"] - array(g, "t")) / 2),
    ("mean for the sum", "sum-for-mean constant-factor", "u", lambda g, o: 2 * (o["y"] - array(g, "t")) / len(o["y"])),
    ("size of the differences", "sign", "u", lambda g, o: 2 * np.abs(o["y"] - array(g, "t"))),
    ("first column for both", "index-off", "g", lambda g, o: np.full(2, array(g, "W")[:, 0] @ o["u"])),
    ("divided by the outputs", "sum-for-mean", "g", lambda g, o: array(g, "W").T @ o["u"] / len(o["u"])),
    ("first output alone", "term-dropped", "g", lambda g, o: array(g, "W")[0] * o["u"][0]),
)


def _c(text: str) -> Wrong:
    return lambda g, o: put(text, c=g["c"])


def _quad(make: Callable[[np.ndarray, np.ndarray, float], Any]) -> Wrong:
    return lambda g, o: make(array(g, "A0"), array(g, "x0"), g["c"])


QUADRATIC = further(
    QUADRATIC_FORM,
    ("product for the sum", "other-operation", "g", _c("c*A*A'*x")),
    ("factor squared", "exponent-off constant-factor", "g", _c("c^2*(A + A')*x")),
    ("factor at one term", "brackets factor-dropped", "g", _c("(c*A + A')*x")),
    ("column in front", "product-reversed", "g", _c("c*x*(A + A')")),
    ("halved in the numbers", "factor-two factor-dropped", "g0", _quad(lambda A, x, c: c * (A + A.T) @ x / 2)),
    ("signs of x lost", "sign", "g0", _quad(lambda A, x, c: c * (A + A.T) @ np.abs(x))),
    (
        "sign of an entry of A lost",
        "sign",
        "g0 S",
        _quad(lambda A, x, c: c * (A * [[1, -1], [1, 1]] + (A * [[1, -1], [1, 1]]).T) @ x),
    ),
    ("product for the sum in the numbers", "other-operation", "g0 S", _quad(lambda A, x, c: c * A @ A.T @ x)),
    (
        "factor at one term in the numbers",
        "brackets factor-dropped",
        "g0 S",
        _quad(lambda A, x, c: c * A @ x + A.T @ x),
    ),
)


def _det(make: Callable[[np.ndarray, float, float], Any]) -> Wrong:
    def wrong(g: Given, _: Own) -> Any:
        X = array(g, "X0")
        return make(X, float(np.linalg.det(X)), 2 * g["c"] if g["inside"] == "gram" else g["c"])

    return wrong


def _adj(X: np.ndarray) -> np.ndarray:
    return np.array([[X[1, 1], -X[1, 0]], [-X[0, 1], X[0, 0]]])


LNDET = further(
    LOG_DETERMINANT,
    (
        "matrix over its determinant",
        "inverse-missing other-operation",
        "G",
        lambda g, o: put(("2*" if g["inside"] == "gram" else "") + "c*X'/det(X)", c=g["c"]),
    ),
    (
        "constant matrix as a factor",
        "constant-kept factor-extra inner-lost term-extra",
        "G",
        lambda g, o: (
            put("c*A'*inv(X)'", c=g["c"])
            if g["inside"] == "left"
            else put("c*inv(X)'*A'", c=g["c"])
            if g["inside"] == "right"
            else None
        ),
    ),
    (
        "half of the whole",
        "factor-two factor-dropped constant-factor",
        "G",
        lambda g, o: put(("2*" if g["inside"] == "gram" else "") + "c/2*inv(X)'", c=g["c"]),
    ),
    (
        "columns for the diagonals",
        "index-off names-swapped",
        "D",
        _det(lambda X, D, c: X[0, 0] * X[0, 1] - X[1, 0] * X[1, 1]),
    ),
    ("one factor of the second product lost", "factor-dropped", "D", _det(lambda X, D, c: X[0, 0] * X[1, 1] - X[0, 1])),
    ("sign of an entry lost", "sign", "D", _det(lambda X, D, c: X[0, 0] * X[1, 1] - abs(X[0, 1] * X[1, 0]))),
    ("matrix over its determinant in the numbers", "inverse-missing", "G0 V", _det(lambda X, D, c: c * X.T / D)),
    (
        "logarithm as a factor in the numbers",
        "factor-extra other-operation other-function",
        "G0",
        _det(lambda X, D, c: c * np.log(D) * _adj(X) / D),
    ),
    (
        "divided in the first row only",
        "divisor-dropped derivative-of-determinant",
        "G0 V",
        _det(lambda X, D, c: c * _adj(X) / [[D, D], [1, 1]]),
    ),
    ("half of it in the numbers", "factor-two factor-dropped", "G0", _det(lambda X, D, c: c * _adj(X) / D / 2)),
)


def _ab(make: Callable[[np.ndarray, np.ndarray, float], Any]) -> Wrong:
    return lambda g, o: make(array(g, "A0"), array(g, "B0"), g["c"])


TRACES = further(
    TRACE,
    ("factor squared", "exponent-off constant-factor", "G", _c("c^2*A'*B'")),
    ("factor below", "inverted constant-factor", "G", _c("A'*B'/c")),
    ("halved", "factor-two factor-dropped", "G", _c("c/2*A'*B'")),
    ("sum of the transposes in the numbers", "other-operation", "G0", _ab(lambda A, B, c: c * (A.T + B.T))),
    ("first factor alone in the numbers", "factor-dropped", "G0", _ab(lambda A, B, c: c * A.T)),
    ("second factor alone in the numbers", "factor-dropped", "G0", _ab(lambda A, B, c: c * B.T)),
    ("first factor twice in the numbers", "other-quantity names-swapped", "G0", _ab(lambda A, B, c: c * A.T @ A.T)),
    ("factor below in the numbers", "inverted", "G0", _ab(lambda A, B, c: A.T @ B.T / c)),
    ("second products left out", "term-dropped", "G0", _ab(lambda A, B, c: c * np.outer(A.T[:, 0], B.T[0]))),
)


FAMILIES = (SQUARED, QUADRATIC, LNDET, TRACES)
