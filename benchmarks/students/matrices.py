"""Sums and products of matrices."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def product(given: Given, sheet: Sheet) -> None:
    """AB."""
    A, B = np.array(given["A"]), np.array(given["B"])
    square = A.shape == B.shape
    C = A @ B
    if square and sheet("other order"):
        C = B @ A
    if square and sheet("entry by entry"):
        C = A * B
    if square and sheet("rows by rows"):
        C = A @ B.T
    if square and sheet("columns by columns"):
        C = A.T @ B
    if sheet("first term only"):
        C = A[:, :1] @ B[:1]
    if sheet("transposed"):
        C = C.T
    if sheet("columns swapped"):
        C = C[:, ::-1]
    sheet.write("C", C)


PRODUCT = Family(
    "matrix-mul",
    product,
    (
        slip("other order", "other-order product-reversed", "C"),
        slip("entry by entry", "entrywise elementwise", "C"),
        slip("rows by rows", "rows-by-rows transpose-extra transpose-missing", "C"),
        slip("columns by columns", "transpose-extra transpose-missing rows-for-columns", "C"),
        slip("first term only", "first-term-only term-dropped", "C"),
        slip("transposed", "transposed transpose-missing", "C"),
        slip("columns swapped", "permuted", "C"),
        pen("whole-sign", "C"),
        pen("permuted", "C"),
        pen("power-of-ten", "C"),
    ),
)


def combination(given: Given, sheet: Sheet) -> None:
    """αA + βB."""
    A, B, alpha, beta = np.array(given["A"]), np.array(given["B"]), given["alpha"], given["beta"]
    P = alpha * A
    if sheet("coefficient on one entry"):
        P = A.copy()
        P[0, 0] *= alpha
    if sheet("coefficient of A lost"):
        P = A
    if sheet("other coefficient for A"):
        P = beta * A
    if sheet("sign of A lost"):
        P = -alpha * A
    if sheet("B for A"):
        P = alpha * B
    P = sheet.write("P", P)
    Q = beta * B
    if sheet("coefficient of B lost"):
        Q = B
    if sheet("other coefficient for B"):
        Q = alpha * B
    if sheet("sign of B lost"):
        Q = -beta * B
    Q = sheet.write("Q", Q)
    C = P + Q
    if sheet("subtracted"):
        C = P - Q
    if sheet("coefficients forgotten"):
        C = A + B
    if sheet("second matrix left out"):
        C = P
    sheet.write("C", C)


COMBINATION = Family(
    "matrix-add",
    combination,
    (
        slip("coefficient on one entry", "coefficient-on-one-entry", "P"),
        slip("coefficient of A lost", "factor-dropped", "P"),
        slip("other coefficient for A", "names-swapped", "P"),
        slip("sign of A lost", "sign whole-sign", "P"),
        slip("B for A", "names-swapped", "P"),
        slip("coefficient of B lost", "factor-dropped", "Q"),
        slip("other coefficient for B", "names-swapped", "Q"),
        slip("sign of B lost", "sign whole-sign", "Q"),
        slip("subtracted", "subtracted sign", "C"),
        slip("coefficients forgotten", "coefficients-forgotten factor-dropped", "C"),
        slip("second matrix left out", "term-dropped", "C"),
        pen("permuted", "P Q C"),
        pen("transposed", "P Q C"),
        pen("power-of-ten", "P Q C"),
        pen("other-blank", "P Q C"),
    ),
    (("coefficient of A lost", "subtracted"), ("sign of A lost", "coefficient of B lost")),
)

FAMILIES = (PRODUCT, COMBINATION)
