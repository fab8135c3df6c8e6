"""Gradients of quadratic forms, traces and log determinants: a formula in named matrices, then its value."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import matrix, put, worth


def value(text: str, **named: Any) -> np.ndarray:
    """What the student's own formula gives for the numbers; a column comes as a vector."""
    found = np.asarray(worth(text, **{name: matrix(entries) for name, entries in named.items()}), float)
    return found[:, 0] if found.ndim == 2 and found.shape[1] == 1 else found


def quadratic_form(given: Given, sheet: Sheet) -> None:
    """c xᵀAx; the transposed A gives the same."""
    g = "c*(A + A')*x"
    one = "A" if given["flip"] == "plain" else "A'"
    for name, text in (
        ("as if symmetric", f"2*c*{one}*x"),
        ("one term", f"c*{one}*x"),
        ("factor lost", "(A + A')*x"),
        ("minus between", "c*(A - A')*x"),
        ("two once more", "2*c*(A + A')*x"),
    ):
        g = text if sheet(name) else g
    g = sheet.write("g", put(g, c=given["c"]))
    A, x = np.array(given["A0"]), np.array(given["x0"])
    g0 = value(g, A=A, x=x[:, None])
    if sheet("A for both"):
        g0 = 2 * given["c"] * (A @ x)
    if sheet("factor lost in the numbers"):
        g0 = g0 / given["c"]
    if sheet("minus in the numbers"):
        g0 = given["c"] * (A - A.T) @ x
    sheet.write("g0", g0)


QUADRATIC_FORM = Family(
    "md-quadratic-form",
    quadratic_form,
    (
        slip("as if symmetric", "symmetric-only transpose-missing names-swapped", "g"),
        slip("one term", "one-term term-dropped", "g"),
        slip("factor lost", "factor-dropped factor-two", "g"),
        slip("minus between", "sign", "g"),
        slip("two once more", "factor-two", "g"),
        slip("A for both", "symmetric-only transpose-missing", "g0 S"),
        slip("factor lost in the numbers", "factor-dropped factor-two", "g0"),
        slip("minus in the numbers", "sign", "S g0"),
        pen("whole-sign", "g g0"),
        pen("permuted", "g0"),
        pen("power-of-ten", "g0"),
    ),
    (("factor lost", "minus in the numbers"),),
)


def trace(given: Given, sheet: Sheet) -> None:
    """c tr(AXB) and the same with the factors in another order."""
    G = "c*A'*B'"
    for name, text in (
        ("not transposed", "c*B*A"),
        ("factor lost", "A'*B'"),
        ("minus", "-c*A'*B'"),
    ):
        G = text if sheet(name) else G
    G = sheet.write("G", put(G, c=given["c"]))
    A, B, c = np.array(given["A0"]), np.array(given["B0"]), given["c"]
    G0 = value(G, A=A, B=B)
    for name, wrong in (
        ("not transposed in the numbers", c * B @ A),
        ("order not reversed in the numbers", c * B.T @ A.T),
        ("not shifted in the numbers", c * A @ B),
        ("entry by entry in the numbers", c * A.T * B.T),
        ("one transpose left out in the numbers", c * A.T @ B),
        ("factor lost in the numbers", A.T @ B.T),
    ):
        G0 = wrong if sheet(name) else G0
    sheet.write("G0", G0)


TRACE = Family(
    "md-tr-axb",
    trace,
    (
        slip("not transposed", "transposed-layout transposed transpose-missing", "G"),
        slip("factor lost", "factor-dropped factor-two", "G"),
        slip("minus", "sign whole-sign", "G"),
        slip("not transposed in the numbers", "transposed-layout transposed transpose-missing", "G0"),
        slip("order not reversed in the numbers", "order-not-reversed product-reversed", "G0"),
        slip("not shifted in the numbers", "not-shifted transpose-missing", "G0"),
        slip("entry by entry in the numbers", "elementwise", "G0"),
        slip("one transpose left out in the numbers", "transpose-missing", "G0"),
        slip("factor lost in the numbers", "factor-dropped factor-two", "G0"),
        pen("whole-sign", "G G0"),
        pen("permuted", "G0"),
        pen("power-of-ten", "G0"),
    ),
    (("factor lost", "order not reversed in the numbers"),),
)


def log_determinant(given: Given, sheet: Sheet) -> None:
    """c ln det X, perhaps with a constant factor inside, which changes nothing; of XᵀX it is twice that."""
    gram = given["inside"] == "gram"
    G = "2*c*inv(X)'" if gram else "c*inv(X)'"
    two = "2*" if gram else ""
    for name, text in (
        ("not transposed", f"{two}c*inv(X)"),
        ("rule of a number", f"{two}c*I/det(X)"),
        ("determinant for its logarithm", f"{two}c*det(X)*inv(X)'"),
        ("factor lost", f"{two}inv(X)'"),
        ("inverse left out", f"{two}c*X'"),
        ("minus", f"-{two}c*inv(X)'"),
    ):
        G = text if sheet(name) else G
    if gram and sheet("two lost"):
        G = "c*inv(X)'"
    G = sheet.write("G", put(G, c=given["c"]))
    X, c = np.array(given["X0"]), 2 * given["c"] if gram else given["c"]
    D = X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0]
    if sheet("plus in the determinant"):
        D = X[0, 0] * X[1, 1] + X[0, 1] * X[1, 0]
    if sheet("diagonal only"):
        D = X[0, 0] * X[1, 1]
    sheet.write("D", float(D))
    G0 = value(G, X=X)
    adjoint = np.array([[X[1, 1], -X[1, 0]], [-X[0, 1], X[0, 0]]])
    true = float(np.linalg.det(X))
    for name, wrong in (
        ("not transposed in the numbers", c * adjoint.T / true),
        ("rule of a number in the numbers", c * np.eye(2) / true),
        ("not divided by the determinant", c * adjoint),
        ("inverse left out in the numbers", c * X.T),
        ("factor lost in the numbers", adjoint / true),
        ("minus lost beside the diagonal", c * np.array([[1, -1], [-1, 1]]) * adjoint / true),
    ):
        G0 = wrong if sheet(name) else G0
    sheet.write("G0", G0)


LOG_DETERMINANT = Family(
    "md-lndet",
    log_determinant,
    (
        slip("not transposed", "transposed-layout transposed transpose-missing", "G"),
        slip("rule of a number", "scalar-rule inverse-missing", "G"),
        slip("determinant for its logarithm", "derivative-of-determinant", "G"),
        slip("factor lost", "factor-dropped factor-two", "G"),
        slip("inverse left out", "inverse-missing", "G"),
        slip("minus", "sign whole-sign", "G"),
        slip("two lost", "factor-two factor-dropped", "G"),
        slip("plus in the determinant", "sign", "D"),
        slip("diagonal only", "term-dropped", "D"),
        slip("not transposed in the numbers", "transposed-layout transposed transpose-missing", "G0"),
        slip("rule of a number in the numbers", "scalar-rule inverse-missing", "G0"),
        slip("not divided by the determinant", "derivative-of-determinant divisor-dropped", "G0 V"),
        slip("inverse left out in the numbers", "inverse-missing", "G0 V"),
        slip("factor lost in the numbers", "factor-dropped factor-two", "G0"),
        slip("minus lost beside the diagonal", "sign", "G0 V"),
        pen("whole-sign", "G D G0"),
        pen("permuted", "G0"),
        pen("power-of-ten", "D G0"),
    ),
    (("not transposed", "plus in the determinant"), ("factor lost", "diagonal only")),
)

FAMILIES = (QUADRATIC_FORM, TRACE, LOG_DETERMINANT)
