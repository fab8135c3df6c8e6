"""A third lot of slips with matrices, and of softmax."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.further import Wrong, array, further
from benchmarks.students.further_matrices import LNDET, QUADRATIC
from benchmarks.students.further_networks import SOFT, scores
from benchmarks.students.texts import put


def _all_powers(i: int) -> Wrong:
    return lambda g, o: float(np.exp(array(g, "Z")[i, int(g["c"][i]) - 1]) / np.exp(array(g, "Z")).sum())


def _c(text: str, only: str = "") -> Wrong:
    return lambda g, o: put(text, c=g["c"]) if not only or g.get("inside") == only else None


def _squareform(make: Callable[[np.ndarray, np.ndarray, float], Any]) -> Wrong:
    return lambda g, o: make(array(g, "A0"), array(g, "x0"), float(g["c"]))


def _numbers(make: Callable[[np.ndarray, float], Any]) -> Wrong:
    return lambda g, o: make(array(g, "X0"), float(g["c"]) * (2 if g["inside"] == "gram" else 1))


SOFTM = (
    SOFT,
    ("powers above alone", "activation-missing", "q[1] p", scores(0, lambda z, c: np.exp(z[c]) / z.sum())),
    ("sigmoid of the score", "other-function", "q[1] p", scores(0, lambda z, c: 1 / (1 + np.exp(-z[c])))),
    ("all six powers below", "all-objects wrong-axis", "q[2] p", _all_powers(1)),
    ("classes counted from 0", "index-off names-swapped", "q[2] p",
     scores(1, lambda z, c: np.exp(z[(c + 1) % 3]) / np.exp(z).sum())),
    ("weighted with the probability", "factor-extra", "l[1]", lambda g, o: -o["q[1]"] * np.log(o["q[1]"])),
    ("loss of the other classes", "complement", "l[2]", lambda g, o: -np.log(1 - o["q[2]"])),
    ("minus the score", "other-quantity activation-missing divisor-dropped sum-left-out", "l[1]",
     scores(0, lambda z, c: -z[c])),
    ("logarithm of the sum", "taken-apart other-operation brackets", "loss",
     lambda g, o: -np.log(o["q[1]"] + o["q[2]"]) / (2 if g["reduction"] == "average" else 1)),
    ("divided by the classes", "number-off sum-for-mean factor-extra other-reduction", "loss",
     lambda g, o: (o["l[1]"] + o["l[2]"]) / 3),
)  # fmt: skip

QUAD = (
    QUADRATIC,
    ("as a row", "transposed transpose-missing transpose-extra rows-for-columns product-reversed", "g",
     _c("c*x'*(A + A')")),
    ("difference for the sum", "sign other-operation", "g", _c("c*(A - A')*x")),
    ("column lost", "factor-dropped", "g", _c("c*(A + A')")),
    ("two in front as well", "factor-two", "g", _c("2*c*(A + A')*x")),
    ("column lost at one term", "factor-dropped brackets", "g", _c("c*(A*x + A')")),
    ("form not differentiated", "function-for-derivative", "g", _c("c*x'*A*x")),
    ("taken for symmetric in the numbers", "as-symmetric symmetric-only", "g0 g",
     _squareform(lambda A, x, c: 2 * c * A @ x)),
    ("number in front lost in the numbers", "factor-dropped constant-factor", "g0 g",
     _squareform(lambda A, x, c: (A + A.T) @ x)),
    ("diagonal not doubled in the numbers", "factor-dropped factor-two term-dropped", "g0 S",
     _squareform(lambda A, x, c: c * (A + A.T - np.diag(np.diag(A))) @ x)),
    ("number in front twice in the numbers", "factor-extra exponent-off", "g0 g",
     _squareform(lambda A, x, c: c * c * (A + A.T) @ x)),
)  # fmt: skip

DETER = (
    LNDET,
    ("gradient as one over the determinant", "inner-lost scalar-rule inside-not-differentiated", "G", _c("c/det(X)")),
    ("inverse of the whole inside", "inner-lost inside-not-differentiated", "G", _c("c*inv(A*X)'", "left")),
    ("two of the square lost", "factor-two factor-dropped", "G", _c("c*inv(X)'", "gram")),
    ("inverse of the square", "inner-lost inside-not-differentiated", "G", _c("c*inv(X'*X)", "gram")),
    ("divided by the determinant once more", "factor-extra", "G", _c("c*inv(X)'/det(X)")),
    ("matrix for its inverse", "inverse-missing", "G0 G", _numbers(lambda X, c: c * X.T)),
)  # fmt: skip

FAMILIES = tuple(further(family, *rows) for family, *rows in (SOFTM, QUAD, DETER))
