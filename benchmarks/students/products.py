"""Products of matrices and vectors: slips written down before any was looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.further import Own, Wrong, array, further
from benchmarks.students.sheet import Family, Given, Sheet, pen

PENS = ("whole-sign", "entry-sign")


# ----- AB and BA ---------------------------------------------------------------------------------------------------


def _order(given: Given, sheet: Sheet) -> None:
    A, B = array(given, "A"), array(given, "B")
    P = sheet.write("P", A @ B)
    Q = sheet.write("Q", B @ A)
    sheet.write("D", P - Q)


def _ab(make: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Wrong:
    return lambda g, o: make(array(g, "A"), array(g, "B"))


def _one_left_out(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    C = A @ B
    C[1, 0] -= A[1, 1] * B[1, 0]
    return C


def _one_sign(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    C = A @ B
    C[0, 1] -= 2 * A[0, 1] * B[1, 1]
    return C


ORDER = further(
    Family(
        "matrix-noncommute",
        _order,
        (pen("whole-sign", "D", "reversed"), pen("transposed", "P Q", "transposed-product")),
    ),
    ("subtracted the other way", "reversed whole-sign sign names-swapped", "D", lambda g, o: o["Q"] - o["P"]),
    ("nothing left", "nothing-left", "D", lambda g, o: 0 * o["P"]),
    ("BA copied from AB", "commuting product-reversed names-swapped other-blank", "Q", lambda g, o: o["P"]),
    ("BA for AB", "orders-swapped product-reversed other-blank", "P", _ab(lambda A, B: B @ A)),
    ("AB entry by entry", "entrywise elementwise", "P", _ab(lambda A, B: A * B)),
    ("BA entry by entry", "entrywise elementwise", "Q", _ab(lambda A, B: A * B)),
    ("rows by rows", "rows-by-rows transpose-extra", "P", _ab(lambda A, B: A @ B.T)),
    ("rows by rows in BA", "rows-by-rows transpose-extra", "Q", _ab(lambda A, B: B @ A.T)),
    ("columns by columns", "transpose-extra rows-for-columns", "P", _ab(lambda A, B: A.T @ B)),
    ("BA as AB transposed", "transposed-product", "Q", _ab(lambda A, B: (A @ B).T)),
    ("columns by rows", "transposed orders-swapped product-reversed transpose-extra", "Q", _ab(lambda A, B: A.T @ B.T)),
    ("added", "sign", "D", lambda g, o: o["P"] + o["Q"]),
    ("one product left out", "term-dropped", "P", _ab(_one_left_out)),
    ("one product left out of BA", "term-dropped", "Q", _ab(lambda A, B: _one_left_out(B, A))),
    ("sign of one product", "sign entry-sign", "Q", _ab(lambda A, B: _one_sign(B, A))),
    ("first products alone", "term-dropped", "P", _ab(lambda A, B: A[:, :1] @ B[:1])),
    (
        "sign lost in subtracting one entry",
        "sign entry-sign",
        "D",
        lambda g, o: (o["P"] - o["Q"]) + np.array([[0, 0], [2 * o["Q"][1, 0], 0]]),
    ),
    ("products multiplied", "multiplied other-operation elementwise other-quantity", "D", lambda g, o: o["P"] * o["Q"]),
)


# ----- Gaps --------------------------------------------------------------------------------------------------------


def _places(g: Given) -> tuple[np.ndarray, np.ndarray, int, int, int, list[int]]:
    """A, B, the row of the gaps, the column of that in C, the known column, and the places beside the gap in A."""
    n, i, j = int(g["n"]), int(g["i"]) - 1, int(g["j"]) - 1
    return array(g, "A"), array(g, "B"), i, j, 1 - j, [q for q in range(n) if q != j]


def _gaps(given: Given, sheet: Sheet) -> None:
    A, B, i, j, h, others = _places(given)
    known = A[i] @ B[:, h]
    x = sheet.write("x", (known - sum(A[i, q] * B[q, h] for q in others)) / B[j, h])
    sheet.write("c", x * B[j, j] + sum(A[i, q] * B[q, j] for q in others))


Gap = Callable[[np.ndarray, np.ndarray, int, int, int, list[int], Own], Any]


def _gap(make: Gap) -> Wrong:
    return lambda g, o: make(*_places(g), o)


def _s(A: np.ndarray, B: np.ndarray, i: int, h: int, others: list[int]) -> float:
    return float(sum(A[i, q] * B[q, h] for q in others))


GAPS = further(
    Family("matrix-mul-fill", _gaps, (pen("whole-sign", "x c"),)),
    (
        "known products added",
        "known-products-added sign",
        "x s",
        _gap(lambda A, B, i, j, h, q, o: (A[i] @ B[:, h] + _s(A, B, i, h, q)) / B[j, h]),
    ),
    ("not divided", "not-divided divisor-dropped", "x", _gap(lambda A, B, i, j, h, q, o: A[i, j] * B[j, h])),
    (
        "divided by the entry across",
        "index-off other-quantity row-of-b names-swapped rows-for-columns",
        "x",
        _gap(lambda A, B, i, j, h, q, o: A[i, j] * B[j, h] / B[h, j]),
    ),
    (
        "divided by the entry of the other column",
        "index-off other-quantity names-swapped",
        "x",
        _gap(lambda A, B, i, j, h, q, o: A[i, j] * B[j, h] / B[j, j]),
    ),
    (
        "a known product forgotten",
        "term-dropped",
        "x s",
        _gap(lambda A, B, i, j, h, q, o: (A[i] @ B[:, h] - A[i, q[0]] * B[q[0], h]) / B[j, h] if len(q) > 1 else None),
    ),
    (
        "the other row of C",
        "index-off other-quantity names-swapped",
        "x",
        _gap(lambda A, B, i, j, h, q, o: (A[1 - i] @ B[:, h] - _s(A, B, i, h, q)) / B[j, h]),
    ),
    (
        "rows by rows for the gap",
        "row-of-b",
        "x s",
        _gap(lambda A, B, i, j, h, q, o: (A[i] @ B[:, h] - sum(A[i, p] * B[h, p] for p in q)) / B[h, j]),
    ),
    (
        "sign of the divisor",
        "whole-sign sign",
        "x",
        _gap(lambda A, B, i, j, h, q, o: -A[i, j]),
    ),
    (
        "sign of a known product",
        "sign known-products-added",
        "x s",
        _gap(lambda A, B, i, j, h, q, o: (A[i] @ B[:, h] - _s(A, B, i, h, q) + 2 * A[i, q[0]] * B[q[0], h]) / B[j, h]),
    ),
    ("gap left out", "gap-left-out term-dropped", "c", _gap(lambda A, B, i, j, h, q, o: _s(A, B, i, j, q))),
    (
        "column by row",
        "indices-swapped",
        "c",
        _gap(lambda A, B, i, j, h, q, o: A[j] @ B[:, i] if i != j else None),
    ),
    (
        "rows by rows",
        "row-of-b rows-for-columns",
        "c",
        _gap(lambda A, B, i, j, h, q, o: o["x"] * B[j, j] + sum(A[i, p] * B[j, p] for p in q)),
    ),
    (
        "known column again",
        "other-column index-off",
        "c",
        _gap(lambda A, B, i, j, h, q, o: o["x"] * B[j, h] + _s(A, B, i, h, q)),
    ),
    (
        "one product left out",
        "term-dropped",
        "c",
        _gap(lambda A, B, i, j, h, q, o: o["x"] * B[j, j] + _s(A, B, i, j, q[1:])),
    ),
    (
        "sign of the last product",
        "sign",
        "c",
        _gap(lambda A, B, i, j, h, q, o: o["x"] * B[j, j] + _s(A, B, i, j, q) - 2 * A[i, q[-1]] * B[q[-1], j]),
    ),
    (
        "sign of the product with the gap",
        "sign",
        "c",
        _gap(lambda A, B, i, j, h, q, o: -o["x"] * B[j, j] + _s(A, B, i, j, q)),
    ),
    (
        "gap added and not multiplied",
        "factor-dropped",
        "c",
        _gap(lambda A, B, i, j, h, q, o: o["x"] + _s(A, B, i, j, q)),
    ),
)


# ----- Matrix and vector -------------------------------------------------------------------------------------------


def _matvec(given: Given, sheet: Sheet) -> None:
    sheet.write("y", array(given, "A") @ array(given, "v"))


def _vecmat(given: Given, sheet: Sheet) -> None:
    sheet.write("r", (array(given, "v") @ array(given, "A"))[None])


def _av(make: Callable[[np.ndarray, np.ndarray], Any], square: bool = False) -> Wrong:
    def wrong(g: Given, _: Own) -> Any:
        A, v = array(g, "A"), array(g, "v")
        return None if square and A.shape[0] != A.shape[1] else make(A, v)

    return wrong


def _of_rows(make: Callable[[np.ndarray, np.ndarray], Any], square: bool = False) -> Wrong:
    """The same with the matrix turned, for a row times a matrix."""

    def wrong(g: Given, _: Own) -> Any:
        A, v = array(g, "A").T, array(g, "v")
        return None if square and A.shape[0] != A.shape[1] else np.atleast_2d(make(A, v))

    return wrong


def _changed(y: np.ndarray, place: int, by: float) -> np.ndarray:
    y = y.copy()
    y[place] += by
    return y


def _unsigned(A: np.ndarray) -> np.ndarray:
    """The matrix with the sign of its first negative entry lost."""
    found = np.argwhere(A < 0)
    B = A.copy()
    if len(found):
        B[tuple(found[0])] *= -1
    return B


def _vector_rows(blank: str, of: Callable[..., Wrong], turned: str, diagonal: str, scaled: str, first: str, plain: str):
    return (
        ("the matrix turned", turned, blank, of(lambda A, v: A.T @ v, square=True)),
        ("diagonal alone", diagonal, blank, of(lambda A, v: np.diag(A) * v, square=True)),
        ("whole rows multiplied", scaled, blank, of(lambda A, v: A.sum(axis=1) * v, square=True)),
        ("first product alone", first, blank, of(lambda A, v: A[:, 0] * v[0])),
        ("vector forgotten", plain, blank, of(lambda A, v: A.sum(axis=1))),
        ("last product left out", "term-dropped " + first, blank, of(lambda A, v: A[:, :-1] @ v[:-1])),
        ("minus between the products", "subtracted sign", blank, of(lambda A, v: 2 * A[:, 0] * v[0] - A @ v)),
        ("signs lost", "signs-lost sign", blank, of(lambda A, v: np.abs(A) @ np.abs(v))),
        ("sign of an entry lost", "sign", blank, of(lambda A, v: _unsigned(A) @ v)),
        ("signs of the vector lost", "sign", blank, of(lambda A, v: A @ np.abs(v))),
        ("vector read backwards", "permuted index-off", blank, of(lambda A, v: A @ v[::-1])),
        ("entries backwards", "permuted", blank, of(lambda A, v: (A @ v)[::-1])),
        (
            "one product left out",
            "term-dropped",
            blank,
            of(lambda A, v: _changed(A @ v, -1, -A[-1, 0] * v[0])),
        ),
        (
            "sign of one product",
            "sign entry-sign",
            blank,
            of(lambda A, v: _changed(A @ v, 0, -2 * A[0, -1] * v[-1])),
        ),
        ("added instead", "added other-operation", blank, of(lambda A, v: A.sum(axis=1) + v.sum())),
        ("row written twice", "entry-repeated index-off", blank, of(lambda A, v: np.r_[(A @ v)[:-1], (A @ v)[0]])),
        (
            "sums multiplied",
            "sums-multiplied taken-apart other-operation",
            blank,
            of(lambda A, v: A.sum(axis=1) * v.sum()),
        ),
    )


MATVEC = further(
    Family("matvec", _matvec, tuple(pen(kind, "y") for kind in PENS)),
    *_vector_rows(
        "y",
        _av,
        "columns-for-rows transpose-extra rows-for-columns",
        "diagonal-only",
        "rows-scaled",
        "first-product-only term-dropped",
        "vector-forgotten factor-dropped",
    ),
)
VECMAT = further(
    Family("vecmat", _vecmat, tuple(pen(kind, "r") for kind in PENS)),
    *_vector_rows(
        "r",
        _of_rows,
        "matrix-first transpose-extra rows-for-columns product-reversed",
        "diagonal-only",
        "columns-scaled",
        "first-product-only term-dropped",
        "vector-forgotten factor-dropped",
    ),
)

FAMILIES = (ORDER, GAPS, MATVEC, VECMAT)
