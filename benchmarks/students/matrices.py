"""Sums and products of matrices."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def product(given: Given, sheet: Sheet) -> None:
    """AB."""
    A, B = np.array(given["A"]), np.array(given["B"])
    square = A.shape == B.shape
    C = A @ B
    if sheet("other order"):
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
    if sheet("rows swapped"):
        C = C[::-1]
    if square and sheet("added"):
        C = A + B
    if square and sheet("entrywise and transposed"):
        C = A.T * B
    if sheet("last term left out"):
        C = A[:, :-1] @ B[:-1]
    if sheet("minus between the products"):
        C = A[:, :1] @ B[:1] - A[:, 1:] @ B[1:]
    if sheet("signs lost"):
        C = np.abs(A) @ np.abs(B)
    if sheet("one column of B for another"):
        C = np.column_stack([C[:, 0], A @ B[:, 0]])
    if sheet("one row of A for another"):
        C = np.vstack([C[0], A[0] @ B])
    if sheet("row read backwards"):
        C = np.vstack([A[0, ::-1] @ B, C[1]])
    if square and sheet("columns by rows"):
        C = A.T @ B.T
    if square and sheet("first factor by itself"):
        C = A @ A
    if sheet("rows of B in the other order"):
        C = A @ B[::-1]
    if sheet("added in every product"):
        C = A.sum(axis=1)[:, None] + B.sum(axis=0)
    if sheet("sign of an entry of A lost"):
        place = tuple(np.argwhere(A < 0)[0]) if (A < 0).any() else (0, 0)
        signs = np.ones(A.shape)
        signs[place] = -1
        C = (A * signs) @ B
    if sheet("last term alone"):
        C = A[:, -1:] @ B[-1:]
    if sheet("sums multiplied"):
        C = np.outer(A.sum(axis=1), B.sum(axis=0))
    if sheet("column read backwards"):
        C = np.column_stack([C[:, 0], A @ B[::-1, 1]])
    if sheet("sign of an entry misread"):
        C = A @ B - 2 * np.outer([0, A[1, 0]], B[0])
    if sheet("two minus signs make a minus"):
        C = C - 2 * np.minimum(A, 0) @ np.minimum(B, 0)
    wrong = C.copy()
    if square and sheet("second row entry by entry"):
        wrong[1] = A[1] * B[1]
    if sheet("sign of the last product in an entry"):
        wrong[1, 0] -= 2 * A[1, -1] * B[-1, 0]
    if sheet("row of A mistaken in an entry"):
        wrong[1, 0] = C[0, 0]
    if sheet("entry written twice"):
        wrong[0, 1] = wrong[0, 0]
    if sheet("entries of the diagonal swapped"):
        wrong[0, 0], wrong[1, 1] = wrong[1, 1], wrong[0, 0]
    if sheet("off by one"):
        wrong[1, 0] += 1
    if sheet("sign of one product"):
        wrong[0, 0] -= 2 * A[0, 0] * B[0, 0]
    if sheet("one product left out of an entry"):
        wrong[1, 1] -= A[1, 1] * B[1, 1]
    if sheet("nought times a number is the number"):
        wrong += np.where(A == 0, 1, 0) @ B
    if sheet("sum for a product in an entry"):
        wrong[0, 1] += A[0, 0] + B[0, 1] - A[0, 0] * B[0, 1]
    if sheet("off the diagonal alone"):
        wrong = C - np.diag(np.diag(C))
    sheet.write("C", wrong)


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
        slip("rows swapped", "permuted", "C"),
        slip("added", "elementwise other-convention", "C"),
        slip("entrywise and transposed", "elementwise", "C"),
        slip("last term left out", "term-dropped", "C"),
        slip("minus between the products", "sign", "C"),
        slip("signs lost", "sign", "C"),
        slip("one column of B for another", "index-off names-swapped", "C"),
        slip("one row of A for another", "index-off names-swapped", "C"),
        slip("row read backwards", "index-off names-swapped permuted", "C"),
        slip("sign of one product", "sign entry-sign", "C"),
        slip("one product left out of an entry", "term-dropped", "C"),
        slip("nought times a number is the number", "factor-dropped", "C"),
        slip("sum for a product in an entry", "other-convention", "C"),
        slip("off the diagonal alone", "term-dropped entry-left-out", "C"),
        slip("columns by rows", "other-order transposed transpose-extra rows-for-columns product-reversed", "C"),
        slip("first factor by itself", "names-swapped", "C"),
        slip("rows of B in the other order", "permuted index-off names-swapped", "C"),
        slip("added in every product", "other-operation", "C"),
        slip("sign of an entry of A lost", "sign", "C"),
        slip("second row entry by entry", "entrywise elementwise", "C"),
        slip("sign of the last product in an entry", "sign entry-sign", "C"),
        slip("row of A mistaken in an entry", "index-off names-swapped entry-repeated", "C"),
        slip("last term alone", "term-dropped first-term-only", "C"),
        slip("sums multiplied", "taken-apart other-convention", "C"),
        slip("column read backwards", "index-off names-swapped permuted", "C"),
        slip("sign of an entry misread", "sign", "C"),
        slip("two minus signs make a minus", "sign", "C"),
        slip("entry written twice", "index-off", "C"),
        slip("entries of the diagonal swapped", "permuted", "C"),
        slip("off by one", "one-digit one-off number-off", "C"),
        pen("whole-sign", "C"),
        pen("permuted", "C"),
        pen("power-of-ten", "C"),
        pen("entry-sign", "C"),
        pen("digit", "C"),
        pen("digits", "C"),
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
    if sheet("coefficient on one row"):
        P = np.vstack([alpha * A[:1], A[1:]])
    if sheet("coefficient added"):
        P = A + alpha
    if sheet("divided by the coefficient"):
        P = A / alpha
    if sheet("sum for the first matrix"):
        P = alpha * (A + B)
    if sheet("coefficient on one column"):
        P = np.column_stack([alpha * A[:, 0], A[:, 1:]])
    if sheet("nought times the coefficient is the coefficient"):
        P = np.where(A == 0, alpha, alpha * A)
    P = sheet.write("P", P)
    Q = beta * B
    if sheet("coefficient of B lost"):
        Q = B
    if sheet("other coefficient for B"):
        Q = alpha * B
    if sheet("sign of B lost"):
        Q = -beta * B
    if sheet("coefficient on one entry of B"):
        Q = B.copy()
        Q[0, 0] *= beta
    if sheet("coefficient added to B"):
        Q = B + beta
    if sheet("A for B"):
        Q = beta * A
    if sheet("coefficient on one row of B"):
        Q = np.vstack([beta * B[:1], B[1:]])
    if sheet("sign lost in an entry of Q"):
        Q = beta * B
        Q[-1, 0] = -Q[-1, 0]
    Q = sheet.write("Q", Q)
    C = P + Q
    if sheet("subtracted"):
        C = P - Q
    if sheet("coefficients forgotten"):
        C = A + B
    if sheet("second matrix left out"):
        C = P
    if sheet("turned round"):
        C = Q - P
    if sheet("first coefficient forgotten in the sum"):
        C = A + Q
    if sheet("second coefficient forgotten in the sum"):
        C = P + B
    if sheet("coefficients multiplied"):
        C = alpha * beta * (A + B)
    if sheet("coefficients added"):
        C = (alpha + beta) * (A + B)
    if sheet("coefficients swapped in the sum"):
        C = beta * A + alpha * B
    if sheet("entries multiplied"):
        C = P * Q
    if sheet("sign in one column"):
        C = np.column_stack([P[:, 0] - Q[:, 0], C[:, 1:]])
    if P.shape[0] == P.shape[1] and sheet("second matrix transposed"):
        C = P + Q.T
    if sheet("rows of the second matrix swapped"):
        C = P + Q[::-1]
    if sheet("subtracted in the last row"):
        C = np.vstack([C[:-1], P[-1:] - Q[-1:]])
    if sheet("first coefficient twice"):
        C = alpha * P + Q
    if sheet("second coefficient for both"):
        C = beta * (A + B)
    if sheet("second matrix left out of an entry"):
        C = C.copy()
        C[0, -1] = P[0, -1]
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
        slip("coefficient on one row", "coefficient-on-one-entry factor-dropped", "P"),
        slip("coefficient added", "other-convention", "P"),
        slip("divided by the coefficient", "inverted", "P"),
        slip("sum for the first matrix", "names-swapped other-convention sum-multiplied", "P"),
        slip("coefficient on one entry of B", "coefficient-on-one-entry factor-dropped", "Q"),
        slip("coefficient added to B", "other-convention", "Q"),
        slip("A for B", "names-swapped", "Q"),
        slip("turned round", "sign subtracted", "C"),
        slip("first coefficient forgotten in the sum", "factor-dropped names-swapped", "C"),
        slip("second coefficient forgotten in the sum", "factor-dropped names-swapped", "C"),
        slip("coefficients multiplied", "other-convention coefficients-multiplied", "C"),
        slip("coefficients added", "other-convention coefficients-added", "C"),
        slip("coefficients swapped in the sum", "names-swapped", "C"),
        slip("entries multiplied", "elementwise other-convention", "C"),
        slip("sign in one column", "sign entry-sign subtracted", "C"),
        slip("second matrix transposed", "transpose-extra rows-for-columns", "C"),
        slip("rows of the second matrix swapped", "permuted index-off", "C"),
        slip("coefficient on one column", "coefficient-on-one-entry factor-dropped", "P"),
        slip("nought times the coefficient is the coefficient", "factor-dropped", "P"),
        slip("coefficient on one row of B", "coefficient-on-one-entry factor-dropped", "Q"),
        slip("sign lost in an entry of Q", "sign entry-sign", "Q"),
        slip("subtracted in the last row", "subtracted sign", "C"),
        slip("first coefficient twice", "factor-extra exponent-off", "C"),
        slip("second coefficient for both", "names-swapped", "C"),
        slip("second matrix left out of an entry", "term-dropped", "C"),
        pen("entry-sign", "P Q C"),
        pen("entry-point", "P Q C"),
        pen("digit", "P Q C"),
        pen("digits", "P Q C"),
        pen("permuted", "P Q C"),
        pen("transposed", "P Q C"),
        pen("power-of-ten", "P Q C"),
        pen("other-blank", "P Q C"),
    ),
    (("coefficient of A lost", "subtracted"), ("sign of A lost", "coefficient of B lost")),
)

FAMILIES = (PRODUCT, COMBINATION)
