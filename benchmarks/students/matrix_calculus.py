"""Gradients of quadratic forms and traces: a formula in named matrices, then its value."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import matrix, put, worth


def value(text: str, right: str, **named: Any) -> np.ndarray:
    """What the student's own formula gives for the numbers, or the right one where that has another shape."""
    own, exact = (evaluated(each, named) for each in (text, right))
    return own if own.shape == exact.shape else exact


def evaluated(text: str, named: dict[str, Any]) -> np.ndarray:
    """The value of a formula; a column comes as a vector."""
    if not set(re.findall(r"\b[AB]\b", text)) <= named.keys():
        return np.array(np.nan)
    found = np.asarray(worth(text, **{name: matrix(entries) for name, entries in named.items()}), float)
    return found[:, 0] if found.ndim == 2 and found.shape[1] == 1 else found


def quadratic_form(given: Given, sheet: Sheet) -> None:
    """c xᵀAx; the transposed A gives the same."""
    g = "c*(A + A')*x"
    one, other = ("A", "A'") if given["flip"] == "plain" else ("A'", "A")
    for name, text in (
        ("as if symmetric", f"2*c*{one}*x"),
        ("one term", f"c*{one}*x"),
        ("factor lost", "(A + A')*x"),
        ("minus between", "c*(A - A')*x"),
        ("two once more", "2*c*(A + A')*x"),
        ("the other of the two", f"2*c*{other}*x"),
        ("row for a column", "c*x'*(A + A')"),
        ("x lost", "c*(A + A')"),
        ("halved", "1/2*c*(A + A')*x"),
        ("form for its gradient", "c*x'*A*x"),
        ("derivative by A", "c*x*x'"),
        ("product of both", "c*A'*A*x"),
        ("sign of the factor lost", "-c*(A + A')*x"),
    ):
        g = text if sheet(name) else g
    g = sheet.write("g", put(g, c=given["c"]))
    A, x = np.array(given["A0"]), np.array(given["x0"])
    g0 = value(g, put("c*(A + A')*x", c=given["c"]), A=A, x=x[:, None])
    if sheet("A for both"):
        g0 = 2 * given["c"] * (A @ x)
    if sheet("factor lost in the numbers"):
        g0 = g0 / given["c"]
    if sheet("minus in the numbers"):
        g0 = given["c"] * (A - A.T) @ x
    both, c = A + A.T, given["c"]
    for name, wrong in (
        ("transposed A for both", 2 * c * A.T @ x),
        ("one term in the numbers", c * A @ x),
        ("other term in the numbers", c * A.T @ x),
        ("x left out in the numbers", c * both.sum(axis=1)),
        ("diagonal not doubled", c * (both - np.diag(np.diag(A))) @ x),
        ("entries of x swapped", c * both @ x[::-1]),
        ("multiplied along the columns", c * (both * x).sum(axis=0)),
        ("factor twice in the numbers", c**2 * both @ x),
        ("one product left out of an entry", c * np.array([both[0, 0] * x[0], both[1] @ x])),
        ("row sums of A for the product", c * A.sum(axis=1) * x),
    ):
        g0 = wrong if sheet(name) else g0
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
        slip(
            "the other of the two", "symmetric-only transpose-missing transpose-extra names-swapped as-symmetric", "g"
        ),
        slip("row for a column", "transposed", "g"),
        slip("x lost", "factor-dropped", "g"),
        slip("halved", "factor-two", "g"),
        slip("form for its gradient", "function-for-derivative", "g"),
        slip("derivative by A", "other-convention names-swapped", "g"),
        slip("product of both", "other-convention", "g"),
        slip("sign of the factor lost", "sign whole-sign", "g"),
        slip("transposed A for both", "symmetric-only transpose-missing transpose-extra as-symmetric", "g0 S"),
        slip("one term in the numbers", "one-term term-dropped", "g0 S"),
        slip("other term in the numbers", "one-term term-dropped", "g0 S"),
        slip("x left out in the numbers", "factor-dropped wrong-point", "g0"),
        slip("diagonal not doubled", "term-dropped", "g0 S"),
        slip("entries of x swapped", "permuted names-swapped", "g0"),
        slip("multiplied along the columns", "elementwise wrong-axis", "g0"),
        slip("factor twice in the numbers", "exponent-off", "g0"),
        slip("one product left out of an entry", "term-dropped", "g0"),
        slip("row sums of A for the product", "wrong-axis elementwise", "g0"),
        pen("entry-sign", "g0"),
        pen("digit", "g0"),
        pen("digits", "g0"),
        pen("whole-sign", "g g0"),
        pen("permuted", "g0"),
        pen("power-of-ten", "g0"),
    ),
    (("factor lost", "minus in the numbers"),),
)


_OBLONG = {
    "A": matrix([[1.2, -0.5, 0.8], [0.4, 1.1, -0.7]]), "B": matrix([[0.9, 1.4], [-0.6, 0.3], [1.7, -1.3], [0.2, 0.5]]),
    "X": matrix([[0.3, 1.9, -0.4, 0.6], [1.5, -0.8, 0.7, 0.1], [0.5, 1.6, 1.3, -0.9]]),
}  # fmt: skip


def trace(given: Given, sheet: Sheet) -> None:
    """c tr(AXB) and the same with the factors in another order."""
    G = "c*A'*B'"
    for name, text in (
        ("not transposed", "c*B*A"),
        ("factor lost", "A'*B'"),
        ("minus", "-c*A'*B'"),
        ("order not reversed", "c*B'*A'"),
        ("not shifted", "c*A*B"),
        ("first factor alone", "c*A'"),
        ("second factor alone", "c*B'"),
        ("trace kept", "c*tr(B*A)"),
        ("one transpose left out", "c*A*B'"),
        ("other transpose left out", "c*A'*B"),
        ("added", "c*(A' + B')"),
        ("two for the two sides", "2*c*A'*B'"),
        ("inverses for transposes", "c*inv(A)*inv(B)"),
        ("X kept", "c*A'*X*B'"),
    ):
        G = text if sheet(name) else G
    G = sheet.write("G", put(G, c=given["c"]))
    A, B, c = np.array(given["A0"]), np.array(given["B0"]), given["c"]
    right = put("c*A'*B'", c=c)
    fits = np.shape(worth(G, **_OBLONG)) == np.shape(worth(right, **_OBLONG))  # else nobody goes on with it
    G0 = value(G if fits else right, right, A=A, B=B, X=np.array(given["X0"]))
    for name, wrong in (
        ("not transposed in the numbers", c * B @ A),
        ("order not reversed in the numbers", c * B.T @ A.T),
        ("not shifted in the numbers", c * A @ B),
        ("entry by entry in the numbers", c * A.T * B.T),
        ("one transpose left out in the numbers", c * A.T @ B),
        ("factor lost in the numbers", A.T @ B.T),
        ("other transpose left out in the numbers", c * A @ B.T),
        ("trace for the gradient", c * np.trace(B @ A) * np.eye(2)),
        ("X kept in the numbers", c * A.T @ np.array(given["X0"]) @ B.T),
        ("minus in the numbers", -c * A.T @ B.T),
        ("two in the numbers", 2 * c * A.T @ B.T),
        ("factor twice in the numbers", c**2 * A.T @ B.T),
    ):
        G0 = wrong if sheet(name) else G0
    sheet.write("G0", G0)


TRACE = Family(
    "md-tr-axb",
    trace,
    (
        slip("not transposed", "layout transposed-layout transposed transpose-missing", "G"),
        slip("factor lost", "factor-dropped factor-two", "G"),
        slip("minus", "sign whole-sign", "G"),
        slip("not transposed in the numbers", "layout transposed-layout transposed transpose-missing", "G0"),
        slip("order not reversed in the numbers", "order-not-reversed product-reversed", "G0"),
        slip("not shifted in the numbers", "not-shifted transpose-missing", "G0"),
        slip("entry by entry in the numbers", "elementwise", "G0"),
        slip("one transpose left out in the numbers", "transpose-missing", "G0"),
        slip("factor lost in the numbers", "factor-dropped factor-two", "G0"),
        slip("order not reversed", "order-not-reversed product-reversed", "G"),
        slip("not shifted", "not-shifted transpose-missing product-reversed", "G"),
        slip("first factor alone", "factor-dropped", "G"),
        slip("second factor alone", "factor-dropped", "G"),
        slip("trace kept", "other-convention", "G"),
        slip("one transpose left out", "transpose-missing", "G"),
        slip("other transpose left out", "transpose-missing", "G"),
        slip("added", "other-convention", "G"),
        slip("two for the two sides", "factor-two", "G"),
        slip("inverses for transposes", "other-convention", "G"),
        slip("X kept", "argument-kept other-convention", "G"),
        slip("other transpose left out in the numbers", "transpose-missing", "G0"),
        slip("trace for the gradient", "other-convention", "G0"),
        slip("X kept in the numbers", "argument-kept other-convention", "G0"),
        slip("minus in the numbers", "sign whole-sign", "G0"),
        slip("two in the numbers", "factor-two", "G0"),
        slip("factor twice in the numbers", "exponent-off", "G0"),
        pen("entry-sign", "G0"),
        pen("digit", "G0"),
        pen("digits", "G0"),
        pen("whole-sign", "G G0"),
        pen("permuted", "G0"),
        pen("power-of-ten", "G0"),
    ),
    (("factor lost", "order not reversed in the numbers"),),
)

FAMILIES = (QUADRATIC_FORM, TRACE)
