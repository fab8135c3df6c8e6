"""Transposes, traces and sizes of matrices: slips written down before any was looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.further import Own, Wrong, array, further
from benchmarks.students.sheet import Family, Given, Sheet, pen

# ----- Transposes --------------------------------------------------------------------------------------------------


def _transposes(given: Given, sheet: Sheet) -> None:
    A, B, C = array(given, "A"), array(given, "B"), array(given, "C")
    T = sheet.write("T", A.T)
    sheet.write("N", (A @ B).T)
    sheet.write("U", T @ C)


def _abc(make: Callable[[np.ndarray, np.ndarray, np.ndarray], Any]) -> Wrong:
    def wrong(g: Given, _: Own) -> Any:
        return make(array(g, "A"), array(g, "B"), array(g, "C"))

    return wrong


def _entry(M: np.ndarray, row: int, column: int, by: float) -> np.ndarray:
    M = M.copy()
    M[row, column] += by
    return M


TRANSPOSES = further(
    Family("transpose", _transposes, (pen("entry-sign", "T N U"), pen("permuted", "T"))),
    ("written in the other shape", "refilled", "T", _abc(lambda A, B, C: A.reshape(A.T.shape))),
    ("the other diagonal", "other-diagonal permuted", "T", _abc(lambda A, B, C: A[::-1, ::-1].T)),
    ("copied as it was", "transposed transpose-missing line-missing", "T", _abc(lambda A, B, C: A)),
    ("rows upside down", "permuted", "T", _abc(lambda A, B, C: A.T[::-1])),
    ("sides mirrored", "permuted", "T", _abc(lambda A, B, C: A.T[:, ::-1])),
    ("not transposed", "product-not-transposed transposed transpose-missing", "N", _abc(lambda A, B, C: A @ B)),
    (
        "transposed in the old order",
        "product-reversed",
        "N M",
        _abc(lambda A, B, C: A.T @ B.T),
    ),
    ("one product left out", "term-dropped", "N M", _abc(lambda A, B, C: _entry((A @ B).T, 1, 0, -A[0, 1] * B[1, 1]))),
    (
        "sign of one product",
        "sign entry-sign",
        "N M",
        _abc(lambda A, B, C: _entry((A @ B).T, 0, 0, -2 * A[0, 1] * B[1, 0])),
    ),
    ("first products alone", "term-dropped", "N M", _abc(lambda A, B, C: (A[:, :1] @ B[:1]).T)),
    ("columns mirrored in the product", "permuted", "N", _abc(lambda A, B, C: (A @ B).T[:, ::-1])),
    (
        "transposed at the end",
        "product-transposed-at-the-end transposed transpose-missing",
        "U",
        _abc(lambda A, B, C: C.T @ A if A.shape[1] == 2 else None),
    ),
    (
        "C with A for A with C",
        "product-transposed-at-the-end transposed transpose-missing product-reversed",
        "U",
        _abc(lambda A, B, C: C.T @ A if A.shape[1] == 3 else None),
    ),
    ("last products left out", "term-dropped", "U", _abc(lambda A, B, C: A[:-1].T @ C[:-1])),
    (
        "one product left out of it",
        "term-dropped",
        "U",
        _abc(lambda A, B, C: _entry(A.T @ C, 1, 1, -A[0, 1] * C[0, 1])),
    ),
    (
        "sign of one product in it",
        "sign entry-sign",
        "U",
        _abc(lambda A, B, C: _entry(A.T @ C, 0, 1, -2 * A[1, 0] * C[1, 1])),
    ),
    ("rows of C backwards", "permuted index-off", "U", _abc(lambda A, B, C: A.T @ C[::-1])),
)


# ----- Traces ------------------------------------------------------------------------------------------------------


def _factors(g: Given) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    A, B, C = array(g, "A"), array(g, "B"), array(g, "C")
    return {"ABC": (A, B, C), "ACB": (A, C, B), "flipped": (A, B.T, C)}[g["order"]]


def _traces(given: Given, sheet: Sheet) -> None:
    A, M, L = _factors(given)
    F = sheet.write("F", A @ M)
    sheet.write("T", float(np.trace(F @ L)))
    sheet.write("N", float(((array(given, "X") - A) ** 2).sum()))


def _aml(make: Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], Any]) -> Wrong:
    return lambda g, o: make(*_factors(g), o["now"] if "F" not in o else o["F"])


def _number(make: Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], Any]) -> Wrong:
    """The same for a number: of A, the middle and the last factor, and the product of the first two."""
    of = _aml(make)
    return lambda g, o: float(of(g, o))


def _xa(make: Callable[[np.ndarray], float]) -> Wrong:
    return lambda g, o: float(make(array(g, "X") - array(g, "A")))


def _both(make: Callable[[np.ndarray, np.ndarray], float]) -> Wrong:
    return lambda g, o: float(make(array(g, "X"), array(g, "A")))


TRACES = further(
    Family("trace-cyclic", _traces, (pen("whole-sign", "T"), pen("transposed", "F"))),
    ("factors swapped", "product-reversed names-swapped", "F", _aml(lambda A, M, L, F: M @ A)),
    ("entry by entry", "elementwise", "F", _aml(lambda A, M, L, F: A * M)),
    ("rows by rows", "transpose-extra transpose-missing as-symmetric", "F", _aml(lambda A, M, L, F: A @ M.T)),
    ("one product left out", "term-dropped", "F", _aml(lambda A, M, L, F: _entry(A @ M, 1, 0, -A[1, 0] * M[0, 0]))),
    (
        "sign of one product",
        "sign entry-sign",
        "F",
        _aml(lambda A, M, L, F: _entry(A @ M, 0, 1, -2 * A[0, 0] * M[0, 1])),
    ),
    ("the other two orders", "other-order product-reversed", "T", _number(lambda A, M, L, F: np.trace(A @ L @ M))),
    (
        "traces multiplied",
        "traces-multiplied taken-apart",
        "T",
        _number(lambda A, M, L, F: np.trace(A) * np.trace(M) * np.trace(L)),
    ),
    (
        "last trace multiplied",
        "last-trace-multiplied traces-multiplied taken-apart",
        "T",
        _number(lambda A, M, L, F: np.trace(F) * np.trace(L)),
    ),
    ("all entries added", "all-entries", "T", _number(lambda A, M, L, F: (F @ L).sum())),
    ("the other diagonal", "other-diagonal index-off", "T", _number(lambda A, M, L, F: (F @ L)[0, 1] + (F @ L)[1, 0])),
    ("two factors alone", "two-factors factor-dropped term-dropped", "T", _number(lambda A, M, L, F: np.trace(F))),
    ("diagonals multiplied", "elementwise", "T G", _number(lambda A, M, L, F: (np.diag(F) * np.diag(L)).sum())),
    ("rows by rows at the end", "elementwise transpose-extra", "T G", _number(lambda A, M, L, F: (F * L).sum())),
    (
        "diagonal multiplied",
        "diagonal-multiplied other-operation",
        "T",
        _number(lambda A, M, L, F: (F @ L)[0, 0] * (F @ L)[1, 1]),
    ),
    ("diagonal subtracted", "diagonal-subtracted sign", "T", _number(lambda A, M, L, F: (F @ L)[0, 0] - (F @ L)[1, 1])),
    ("first entry alone", "one-entry term-dropped", "T", _number(lambda A, M, L, F: (F @ L)[0, 0])),
    ("root taken", "root-taken other-function", "N D", _xa(lambda D: np.sqrt((D**2).sum()))),
    ("not transposed", "not-transposed transpose-missing as-symmetric", "N", _xa(lambda D: np.trace(D @ D))),
    ("squares of the diagonal", "diagonal-only", "N", _xa(lambda D: D[0, 0] ** 2 + D[1, 1] ** 2)),
    ("sum squared", "sum-squared taken-apart", "N", _xa(lambda D: D.sum() ** 2)),
    ("sum of sizes", "power-dropped sizes-added", "N", _xa(lambda D: np.abs(D).sum())),
    ("added matrices", "sign", "N D", _both(lambda X, A: ((X + A) ** 2).sum())),
    (
        "difference of the squares",
        "taken-apart squares-apart other-convention",
        "N",
        _both(lambda X, A: (X**2).sum() - (A**2).sum()),
    ),
    ("one square left out", "term-dropped", "N", _xa(lambda D: (D**2).sum() - D[1, 1] ** 2)),
    ("one entry subtracted wrongly", "sign", "N D", _both(lambda X, A: ((X - A) ** 2).sum() + 4 * X[0, 1] * A[0, 1])),
)


# ----- Sizes -------------------------------------------------------------------------------------------------------


def _sizes(given: Given, sheet: Sheet) -> None:
    n, d, h, k = (int(size) for size in array(given, "dims"))
    rows = given["objects"] == "rows"
    H = sheet.write("H", np.array([n, h] if rows else [h, n]))
    sheet.write("O", np.array([n, k] if rows else [k, n]))
    sheet.write("r", np.array([n, 1]))
    sheet.write("g", np.array([d, 1]))
    sheet.write("q", np.array([1, 1]))
    sheet.write("outer", np.array([d, d]))
    sheet.write("work", float(H[0] * H[1] * d))


def _size(make: Callable[..., Any]) -> Wrong:
    return lambda g, o: np.array(make(g["objects"] == "rows", *(int(size) for size in array(g, "dims"))))


SIZES = further(
    Family("matrix-shapes", _sizes, ()),
    ("turned round", "sides-swapped permuted", "H", _size(lambda r, n, d, h, k: [h, n] if r else [n, h])),
    ("output turned round", "sides-swapped permuted", "O", _size(lambda r, n, d, h, k: [k, n] if r else [n, k])),
    ("inner sizes", "inner-sizes-kept", "H", _size(lambda r, n, d, h, k: [d, d])),
    ("inner sizes of the output", "inner-sizes-kept", "O", _size(lambda r, n, d, h, k: [h, h])),
    ("size of X", "input-kept", "H", _size(lambda r, n, d, h, k: [n, d] if r else [d, n])),
    ("size of W", "weights-kept weights-turned", "H", _size(lambda r, n, d, h, k: [d, h] if r else [h, d])),
    (
        "third factor forgotten",
        "one-factor-short other-blank",
        "O",
        _size(lambda r, n, d, h, k: [n, h] if r else [h, n]),
    ),
    ("first factor forgotten", "last-factors-alone", "O", _size(lambda r, n, d, h, k: [d, k] if r else [k, d])),
    ("difference lying", "sides-swapped permuted", "r", _size(lambda r, n, d, h, k: [1, n])),
    ("difference as long as u", "length-of-u", "r", _size(lambda r, n, d, h, k: [d, 1])),
    ("difference a matrix", "input-kept", "r", _size(lambda r, n, d, h, k: [n, d])),
    ("product lying", "sides-swapped permuted", "g", _size(lambda r, n, d, h, k: [1, d])),
    ("size of the bracket", "residual-for-gradient other-blank", "g", _size(lambda r, n, d, h, k: [n, 1])),
    ("square matrix", "square-for-column", "g", _size(lambda r, n, d, h, k: [d, d])),
    ("matrix for the number", "matrix-for-number", "q", _size(lambda r, n, d, h, k: [d, d])),
    ("column for the number", "column-for-number", "q", _size(lambda r, n, d, h, k: [d, 1])),
    ("row for the number", "row-for-number", "q", _size(lambda r, n, d, h, k: [1, d])),
    ("one number as the size of a number", "single-number", "q", lambda g, o: 1.0),
    ("number for the matrix", "number-for-matrix other-blank", "outer", _size(lambda r, n, d, h, k: [1, 1])),
    ("entries counted", "entries-counted factor-dropped", "work", _size(lambda r, n, d, h, k: n * h)),
    ("factors counted", "both-factors-counted", "work", _size(lambda r, n, d, h, k: n * d + d * h)),
    ("a multiplication less in each", "one-less-in-each one-off", "work", _size(lambda r, n, d, h, k: n * h * (d - 1))),
    ("sizes added", "sizes-added other-operation", "work", _size(lambda r, n, d, h, k: n + d + h)),
    ("column for the matrix", "column-for-matrix", "outer", _size(lambda r, n, d, h, k: [d, 1])),
)

FAMILIES = (TRANSPOSES, TRACES, SIZES)
