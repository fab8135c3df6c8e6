"""Bilinear forms by their vectors and by their matrix.

The slips were written down before any was looked at.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.students.further import array
from benchmarks.students.matrix_calculus import value
from benchmarks.students.matrix_traces import FACTOR, SIGN, TURNED, chosen, column
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put

# ----- Bilinear forms ------------------------------------------------------------------------------------------------


def _by_vectors(given: Given, sheet: Sheet) -> None:
    c, square = given["c"], given["of"] == "square"
    front, form = ("2*c", "*(x'*A*b)") if square else ("c", "")
    q: tuple[tuple[str, Any], ...] = (
        ("two lost", "c*A*b*(x'*A*b)" if square else None), ("form lost", "2*c*A*b" if square else None),
        ("inner derivative lost", "2*c*(x'*A*b)" if square else None),
        ("square kept", "2*c*A*b*(x'*A*b)^2" if square else None),
    )  # fmt: skip
    g = chosen(
        sheet, f"{front}*A*b{form}",
        ("A turned round", f"{front}*A'*b{form}"), ("row for a column", f"{front}{form}*b'*A'"),
        ("factor lost", f"{front}*A*b{form}".replace("c*", "", 1)), ("x kept", f"{front}*x'*A*b{form}"),
        ("b left out", None if square else "c*A"), ("minus", f"-{front}*A*b{form}"),
        ("order turned", f"{front}*b*A{form}"), ("the other gradient", f"{front}*A'*x{form}"),
        ("twice", f"2*{front}*A*b{form}"), *q,
    )  # fmt: skip
    g = sheet.write("g", put(g, c=c))
    h = chosen(
        sheet, f"{front}*A'*x{form}",
        ("A not turned round", f"{front}*A*x{form}"), ("row for a column in h", f"{front}{form}*x'*A"),
        ("factor lost in h", f"{front}*A'*x{form}".replace("c*", "", 1)), ("minus in h", f"-{front}*A'*x{form}"),
        ("x left out", None if square else "c*A'"), ("b for x", f"{front}*A'*b{form}"),
        ("order turned in h", f"{front}*x*A'{form}"), ("two lost in h", "c*A'*x*(x'*A*b)" if square else None),
        ("form lost in h", "2*c*A'*x" if square else None),
    )  # fmt: skip
    h = sheet.write("h", put(h, c=c))
    x, A, b = array(given, "x0"), array(given, "A0"), array(given, "b0")
    z = float(x @ A @ b)
    named = {"x": column(x), "A": A, "b": column(b)}
    k = 2 * c * z if square else c
    g0, h0 = value(g, put(f"{front}*A*b{form}", c=c), **named), value(h, put(f"{front}*A'*x{form}", c=c), **named)
    g0 = chosen(
        sheet, g0,
        ("factor lost in g0", k / c * A @ b), ("minus in g0", -k * A @ b),
        ("one product left out", k * np.array([A[0, :2] @ b[:2], A[1] @ b])), ("rows added up", k * A.sum(axis=1)),
        ("sign of one product", k * (A @ b - [2 * A[0, 1] * b[1], 0])), ("b backwards", k * A @ b[::-1]),
        ("two lost in g0", c * z * A @ b if square else None), ("form lost in g0", 2 * c * A @ b if square else None),
        ("entries swapped", (k * A @ b)[::-1]), ("factor twice", k * c * A @ b),
    )  # fmt: skip
    sheet.write("g0", g0)
    h0 = chosen(
        sheet, h0,
        ("factor lost in h0", k / c * A.T @ x), ("minus in h0", -k * A.T @ x),
        ("columns added up", k * A.sum(axis=0)), ("x backwards", k * A.T @ x[::-1]),
        ("one product of h0 left out", k * (A.T @ x - [0, A[1, 1] * x[1], 0])),
        ("sign of one product of h0", k * (A.T @ x - [0, 0, 2 * A[0, 2] * x[0]])),
        ("two lost in h0", c * z * A.T @ x if square else None),
        ("form lost in h0", 2 * c * A.T @ x if square else None), ("first row alone", k * A[0] * x[0]),
        ("multiplied by b", k * (A.T @ x) * b),
    )  # fmt: skip
    sheet.write("h0", h0)


SQUARE = "square-not-differentiated factor-two factor-dropped"
VALUE = "inner-value-lost factor-dropped inner-lost"
VECTORS = Family(
    "md-bilinear-x",
    _by_vectors,
    (
        slip("A turned round", "transpose-extra transpose-missing", "g"),
        slip("row for a column", TURNED, "g"),
        slip("factor lost", FACTOR, "g"),
        slip("x kept", "value-for-gradient argument-kept function-for-derivative factor-extra", "g"),
        slip("b left out", "factor-dropped", "g"),
        slip("minus", SIGN, "g"),
        slip("order turned", "product-reversed", "g"),
        slip("the other gradient", "other-blank names-swapped other-variable", "g"),
        slip("twice", "factor-two", "g"),
        slip("two lost", SQUARE, "g"),
        slip("form lost", VALUE, "g"),
        slip("inner derivative lost", "inner-derivative-lost inner-lost factor-dropped", "g"),
        slip("square kept", "power-kept exponent-off", "g"),
        slip("A not turned round", "transpose-missing", "h"),
        slip("row for a column in h", TURNED, "h"),
        slip("factor lost in h", FACTOR, "h"),
        slip("minus in h", SIGN, "h"),
        slip("x left out", "factor-dropped", "h"),
        slip("b for x", "names-swapped", "h"),
        slip("order turned in h", "product-reversed", "h"),
        slip("two lost in h", SQUARE, "h"),
        slip("form lost in h", VALUE, "h"),
        slip("factor lost in g0", FACTOR, "g0"),
        slip("minus in g0", SIGN, "g0"),
        slip("one product left out", "term-dropped", "g0"),
        slip("rows added up", "factor-dropped wrong-axis", "g0"),
        slip("sign of one product", "sign", "g0"),
        slip("b backwards", "permuted", "g0"),
        slip("two lost in g0", SQUARE, "g0"),
        slip("form lost in g0", VALUE, "g0"),
        slip("entries swapped", "permuted", "g0"),
        slip("factor twice", "exponent-off", "g0"),
        slip("factor lost in h0", FACTOR, "h0"),
        slip("minus in h0", SIGN, "h0"),
        slip("columns added up", "factor-dropped wrong-axis", "h0"),
        slip("x backwards", "permuted", "h0"),
        slip("one product of h0 left out", "term-dropped", "h0"),
        slip("sign of one product of h0", "sign", "h0"),
        slip("two lost in h0", SQUARE, "h0"),
        slip("form lost in h0", VALUE, "h0"),
        slip("first row alone", "term-dropped", "h0"),
        slip("multiplied by b", "factor-extra elementwise", "h0"),
        pen("entry-sign", "g0 h0"),
        pen("whole-sign", "g h g0 h0"),
        pen("permuted", "g0 h0"),
    ),
    (("factor lost", "factor lost in h"),),
)


def _by_matrix(given: Given, sheet: Sheet) -> None:
    c, square = given["c"], given["of"] == "square"
    front, form = ("2*c", "*(x'*A*b)") if square else ("c", "")
    G = chosen(
        sheet, f"{front}*x{form}*b'",
        ("transposed", f"{front}*b{form}*x'"), ("number for the matrix", f"{front}*x'*b{form}"),
        ("factor lost", f"{front}*x{form}*b'".replace("c*", "", 1)),
        ("A kept", f"{front}*x{form}*b'*A"), ("minus", f"-{front}*x{form}*b'"), ("twice", f"2*{front}*x{form}*b'"),
        ("two lost", "c*x*(x'*A*b)*b'" if square else None), ("form lost", "2*c*x*b'" if square else None),
        ("form kept", f"{front}*x'*A*b{form}"),
        ("square kept", "2*c*x*(x'*A*b)^2*b'" if square else None),
        ("inner derivative lost", "2*c*(x'*A*b)" if square else None),
    )  # fmt: skip
    G = sheet.write("G", put(G, c=c))
    x, A, b, H = array(given, "x0"), array(given, "A0"), array(given, "b0"), array(given, "H0")
    z = float(x @ A @ b)
    k, right = 2 * c * z if square else c, put(f"{front}*x{form}*b'", c=c)
    own = (
        value(G, right, x=column(x), A=A, b=column(b))
        if ".*" not in G
        else value(right, right, x=column(x), A=A, b=column(b))
    )
    exact = k * np.outer(x, b)
    G0 = chosen(
        sheet, own,
        ("factor lost in the numbers", exact / c), ("minus in the numbers", -exact), ("b backwards", exact[:, ::-1]),
        ("times A", exact * A),
        ("two lost in the numbers", exact / 2 if square else None),
        ("form lost in the numbers", exact / z if square else None), ("factor twice", exact * c),
        ("x for b", None),
        ("sign of x lost", k * np.outer(np.abs(x), b)),
    )  # fmt: skip
    G0 = sheet.write("G0", G0)
    d = float((G0 * H).sum())
    d = chosen(
        sheet, d,
        ("sums multiplied", float(G0.sum() * H.sum()) or None), ("change left out", float(G0.sum())),
        ("factor once more", c * d), ("last row left out", float((G0[:2] * H[:2]).sum())), ("minus in the end", -d),
        ("value with the change", c * float(x @ (A + H) @ b) ** (2 if square else 1)), ("form of the change", d / c),
        ("first column alone", float((G0[:, 0] * H[:, 0]).sum())), ("A for the change", float((G0 * A).sum())),
        ("half", d / 2),

    )  # fmt: skip
    sheet.write("d", d)


BY_MATRIX = Family(
    "md-bilinear-a",
    _by_matrix,
    (
        slip("transposed", TURNED, "G"),
        slip("number for the matrix", "transpose-missing transpose-extra transposed", "G"),
        slip("factor lost", FACTOR, "G"),
        slip("A kept", "argument-kept factor-extra", "G"),
        slip("minus", SIGN, "G"),
        slip("twice", "factor-two", "G"),
        slip("two lost", SQUARE, "G"),
        slip("form lost", VALUE, "G"),
        slip("form kept", "function-for-derivative", "G"),
        slip("square kept", "power-kept exponent-off", "G"),
        slip("inner derivative lost", "inner-lost factor-dropped", "G"),
        slip("factor lost in the numbers", FACTOR, "G0"),
        slip("minus in the numbers", SIGN, "G0"),
        slip("b backwards", "permuted", "G0"),
        slip("times A", "factor-extra elementwise argument-kept", "G0"),
        slip("two lost in the numbers", SQUARE, "G0"),
        slip("form lost in the numbers", VALUE, "G0"),
        slip("factor twice", "exponent-off", "G0"),
        slip("sign of x lost", "sign", "G0"),
        slip("sums multiplied", "products-not-added taken-apart", "d"),
        slip("change left out", "change-left-out factor-dropped", "d"),
        slip("factor once more", "factor-extra exponent-off", "d"),
        slip("last row left out", "term-dropped index-off", "d"),
        slip("minus in the end", SIGN, "d"),
        slip("value with the change", "value-after-the-change other-quantity", "d"),
        slip("form of the change", "factor-dropped", "d"),
        slip("first column alone", "term-dropped", "d"),
        slip("A for the change", "names-swapped other-quantity", "d"),
        slip("half", "factor-two", "d"),
        pen("entry-sign", "G0"),
        pen("whole-sign", "G G0 d"),
        pen("permuted", "G0"),
    ),
    (("factor lost", "minus in the end"),),
)


FAMILIES = (VECTORS, BY_MATRIX)
