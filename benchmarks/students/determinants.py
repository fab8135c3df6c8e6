"""The gradient of a log determinant: a formula in X, then its value."""

from __future__ import annotations

import numpy as np

from benchmarks.students.matrix_calculus import value
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put


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
    for name, text in (
        ("added to the determinant", f"{two}c*(inv(X)' + I)"),
        ("divided by the determinant as well", f"{two}c*inv(X)'/det(X)"),
        ("inverse of the inverse", f"{two}c*X"),
        ("factor below", f"{two}inv(X)'/c"),
        ("factor squared", f"{two}c^2*inv(X)'"),
        ("logarithm kept", f"{two}c*ln(det(X))*inv(X)'"),
        ("square of the inverse", f"{two}c*inv(X)'*inv(X)'"),
    ):
        G = text if sheet(name) else G
    if given["inside"] in ("left", "right") and sheet("inner derivative lost"):
        G = "c*inv(A*X)'" if given["inside"] == "left" else "c*inv(X*A)'"
    if gram and sheet("inner derivative lost"):
        G = "c*inv(X'*X)"
    if gram and sheet("two lost"):
        G = "c*inv(X)'"
    G = sheet.write("G", put(G, c=given["c"]))
    X, c = np.array(given["X0"]), 2 * given["c"] if gram else given["c"]
    D = X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0]
    if sheet("plus in the determinant"):
        D = X[0, 0] * X[1, 1] + X[0, 1] * X[1, 0]
    for name, wrong in (
        ("rows for the diagonals", X[0, 0] * X[1, 0] - X[0, 1] * X[1, 1]),
        ("second product left out", X[0, 0] * X[1, 1]),
        ("diagonals swapped", X[0, 1] * X[1, 0] - X[0, 0] * X[1, 1]),
        ("trace for the determinant", X[0, 0] + X[1, 1]),
        ("one over the determinant", 1 / D if D else np.nan),
    ):
        D = wrong if sheet(name) else D
    sheet.write("D", float(D))
    G0 = value(G, put("c*inv(X)'", c=c), X=X)
    adjoint = np.array([[X[1, 1], -X[1, 0]], [-X[0, 1], X[0, 0]]])
    true = float(np.linalg.det(X))
    for name, wrong in (
        ("not transposed in the numbers", c * adjoint.T / true),
        ("rule of a number in the numbers", c * np.eye(2) / true),
        ("not divided by the determinant", c * adjoint),
        ("inverse left out in the numbers", c * X.T),
        ("factor lost in the numbers", adjoint / true),
        ("minus lost beside the diagonal", c * np.array([[1, -1], [-1, 1]]) * adjoint / true),
        ("diagonal not swapped", c * np.array([[X[0, 0], -X[1, 0]], [-X[0, 1], X[1, 1]]]) / true),
        ("one over every entry", c / np.where(X == 0, np.nan, X)),
        ("multiplied by the determinant", c * adjoint * true),
        ("minus in the numbers", -c * adjoint / true),
        ("divided twice", c * adjoint / true**2),
        ("minus on the diagonal", -c * np.array([[1, -1], [-1, 1]]) * adjoint / true),
    ):
        G0 = wrong if sheet(name) else G0
    sheet.write("G0", G0)


LOG_DETERMINANT = Family(
    "md-lndet",
    log_determinant,
    (
        slip("not transposed", "layout transposed-layout transposed transpose-missing", "G"),
        slip("rule of a number", "scalar-rule inverse-missing", "G"),
        slip("determinant for its logarithm", "derivative-of-determinant", "G"),
        slip("factor lost", "factor-dropped factor-two", "G"),
        slip("inverse left out", "inverse-missing", "G"),
        slip("minus", "sign whole-sign", "G"),
        slip("two lost", "factor-two factor-dropped", "G"),
        slip("plus in the determinant", "sign", "D"),
        slip("not transposed in the numbers", "layout transposed-layout transposed transpose-missing", "G0"),
        slip("rule of a number in the numbers", "scalar-rule inverse-missing", "G0"),
        slip("not divided by the determinant", "derivative-of-determinant divisor-dropped", "G0 V"),
        slip("inverse left out in the numbers", "inverse-missing", "G0 V"),
        slip("factor lost in the numbers", "factor-dropped factor-two", "G0"),
        slip("minus lost beside the diagonal", "sign", "G0 V"),
        slip("added to the determinant", "other-convention", "G"),
        slip("divided by the determinant as well", "scalar-rule other-convention", "G"),
        slip("inverse of the inverse", "inverse-missing", "G"),
        slip("factor below", "inverted", "G"),
        slip("factor squared", "exponent-off constant-factor", "G"),
        slip("logarithm kept", "argument-kept other-convention", "G"),
        slip("square of the inverse", "exponent-off", "G"),
        slip("inner derivative lost", "inner-lost inside-not-differentiated", "G"),
        slip("rows for the diagonals", "index-off names-swapped rows-for-columns", "D"),
        slip("second product left out", "term-dropped", "D"),
        slip("diagonals swapped", "sign whole-sign", "D"),
        slip("trace for the determinant", "other-function", "D"),
        slip("one over the determinant", "inverted reciprocal", "D"),
        slip("diagonal not swapped", "permuted index-off", "G0 V"),
        slip("one over every entry", "elementwise inverse-missing", "G0 V"),
        slip("multiplied by the determinant", "inverted derivative-of-determinant", "G0 V"),
        slip("minus in the numbers", "sign whole-sign", "G0"),
        slip("divided twice", "exponent-off", "G0 V"),
        slip("minus on the diagonal", "sign", "G0 V"),
        pen("entry-sign", "G0"),
        pen("digit", "D G0"),
        pen("whole-sign", "G D G0"),
        pen("permuted", "G0"),
        pen("power-of-ten", "D G0"),
    ),
    (("not transposed", "plus in the determinant"), ("factor lost", "plus in the determinant")),
)

FAMILIES = (LOG_DETERMINANT,)
