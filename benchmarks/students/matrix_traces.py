"""Gradients of traces by matrices: formulas, then their values.

The slips were written down before any was looked at.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.students.further import array
from benchmarks.students.matrix_calculus import value
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put

TURNED = "layout transposed transpose-missing transpose-extra rows-for-columns"
SIGN = "sign whole-sign"
FACTOR = "factor-dropped factor-two"
TERM = "term-dropped"
SYMMETRIC = "symmetric-only symmetric-transposed as-symmetric transpose-missing transpose-extra names-swapped"
ONE_TERM = "one-term one-term-transposed term-dropped"


def chosen(sheet: Sheet, right: Any, *rows: tuple[str, Any]) -> Any:
    """The right value, or that of the slip that is made; a slip without a value cannot be made here."""
    for name, wrong in rows:
        right = wrong if wrong is not None and sheet(name) else right
    return right


def column(entries: np.ndarray) -> np.ndarray:
    """As it stands in a formula."""
    return entries[:, None]


def adjoint(X: np.ndarray) -> np.ndarray:
    """The inverse times the determinant, of 2 x 2."""
    return np.array([[X[1, 1], -X[0, 1]], [-X[1, 0], X[0, 0]]])


# ----- aᵀXAXa --------------------------------------------------------------------------------------------------------

_TWO_PLACES = {
    "plain": ("a*a'*X'*A'", "A'*X'*a*a'", "A'*X*a*a'", "a*a'*X'*A", "a'*a*(X'*A' + A'*X')"),
    "first": ("A*X*a*a'", "A'*X*a*a'", "A'*X'*a*a'", "A'*X*a*a'", "a'*a*(A*X + A'*X)"),
    "last": ("a*a'*X*A'", "a*a'*X*A", "a*a'*X'*A", "a*a'*X*A", "a'*a*(X*A' + X*A)"),
}
"""Both terms; the second with X turned round; the first with A turned round; both with a number for the matrix."""


def _twice(given: Given, sheet: Sheet) -> None:
    c, form = given["c"], given["order"]
    P, Q, misprint, turned, inner = _TWO_PLACES[form]
    right = f"c*({P} + {Q})"
    G = chosen(
        sheet, right,
        ("X turned round in one term", f"c*({P} + {misprint})"), ("nothing transposed", f"c*({P} + {Q})'"),
        ("first place alone", f"c*{P}"), ("second place alone", f"c*{Q}"), ("one term doubled", f"2*c*{P}"),
        ("other term doubled", f"2*c*{Q}"), ("factor lost", f"{P} + {Q}"), ("minus between", f"c*({P} - {Q})"),
        ("minus", f"-c*({P} + {Q})"), ("halved", f"1/2*c*({P} + {Q})"),
        ("number for the matrix", f"c*{inner}"),
        ("A turned round in one term", None if turned == Q else f"c*({turned} + {Q})"),
    )  # fmt: skip
    G = sheet.write("G", put(G, c=c))
    a, A, X = column(array(given, "a0")), array(given, "A0"), array(given, "X0")
    G0 = value(G, put(right, c=c), a=a, A=A, X=X)

    def at(text: str) -> np.ndarray:
        return value(put(f"c*({text})", c=c), put(right, c=c), a=a, A=A, X=X)

    outer, rest = a @ a.T, {"plain": X.T @ A.T + A.T @ X.T, "first": (A + A.T) @ X, "last": X @ (A + A.T)}[form]
    G0 = chosen(
        sheet, G0,
        ("X turned round in the numbers", at(f"{P} + {misprint}")),
        ("transposed in the numbers", at(f"({P} + {Q})'")), ("first place alone in the numbers", at(P)),
        ("second place alone in the numbers", at(Q)), ("one term doubled in the numbers", at(f"2*{P}")),
        ("factor lost in the numbers", at(f"{P} + {Q}") / c), ("minus between in the numbers", at(f"{P} - {Q}")),
        ("minus in the numbers", -at(f"{P} + {Q}")),
        ("entry by entry", c * (outer * (X.T @ A.T) + (A.T @ X.T) * outer) if form == "plain" else None),
        ("factor twice in the numbers", c * at(f"{P} + {Q}")),
        ("number for the matrix in the numbers", c * float(a[:, 0] @ a[:, 0]) * rest),
    )  # fmt: skip
    sheet.write("G0", G0)


TWICE = Family(
    "md-axaxa",
    _twice,
    (
        slip("X turned round in one term", "second-not-transposed transpose-missing transpose-extra", "G"),
        slip("nothing transposed", TURNED, "G"),
        slip("first place alone", f"first-place-only {TERM}", "G"),
        slip("second place alone", f"second-place-only {TERM}", "G"),
        slip("one term doubled", "one-term-doubled as-symmetric names-swapped", "G"),
        slip(
            "other term doubled", "other-term-doubled as-symmetric names-swapped transpose-missing transpose-extra", "G"
        ),
        slip("factor lost", FACTOR, "G"),
        slip("minus between", "sign", "G"),
        slip("minus", SIGN, "G"),
        slip("halved", "factor-two", "G"),
        slip("number for the matrix", "number-for-the-matrix", "G"),
        slip("A turned round in one term", "transpose-missing transpose-extra as-symmetric", "G"),
        slip("X turned round in the numbers", "second-not-transposed transpose-missing transpose-extra", "G0"),
        slip("transposed in the numbers", TURNED, "G0"),
        slip("first place alone in the numbers", f"first-place-only {TERM}", "G0 G1 G2"),
        slip("second place alone in the numbers", f"second-place-only {TERM}", "G0 G1 G2"),
        slip("one term doubled in the numbers", "one-term-doubled as-symmetric", "G0"),
        slip("factor lost in the numbers", FACTOR, "G0"),
        slip("minus between in the numbers", "sign", "G0"),
        slip("minus in the numbers", SIGN, "G0"),
        slip("entry by entry", "entry-by-entry elementwise", "G0"),
        slip("factor twice in the numbers", "exponent-off", "G0"),
        slip("number for the matrix in the numbers", "number-for-the-matrix", "G0"),
        pen("entry-sign", "G0"),
        pen("permuted", "G0"),
        pen("whole-sign", "G G0"),
        pen("transposed", "G0", "layout"),
    ),
    (("factor lost", "minus between in the numbers"),),
)


# ----- Plain traces --------------------------------------------------------------------------------------------------


def _plain_traces(given: Given, sheet: Sheet) -> None:
    k, c, power = given["k"], given["c"], given["power"]
    F = chosen(
        sheet, "k*I",
        ("number for the identity", "k"), ("X kept", "k*X"), ("constant kept", "k*I + B"), ("factor lost", "I"),
        ("trace of the identity", "k*tr(I)"), ("minus", "-k*I"),
        ("number of traces", "k*I*X"),
    )  # fmt: skip
    sheet.write("F", put(F, k=k))
    right = {"square": "2*c*X'", "cube": "3*c*X'*X'", "gram": "2*c*X"}[power]
    lost = {"square": "c*X'", "cube": "c*X'*X'", "gram": "c*X"}[power]
    other = {"square": "2*c*X", "cube": "3*c*X*X", "gram": "2*c*X'"}[power]
    G = chosen(
        sheet, right,
        ("not transposed", other), ("power not in front", lost), ("factor of g lost", right.replace("c*", "")),
        ("minus in g", f"-{right}"),
        ("identity in g", right.replace("X'*X'", "I").replace("X'", "I").replace("X", "I")),
        ("trace for the matrix", {"square": "2*c*tr(X)*I", "cube": "3*c*tr(X)^2*I", "gram": "2*c*tr(X)*I"}[power]),
        ("exponent kept", {"square": "2*c*X'*X'", "cube": "3*c*X'*X'*X'", "gram": "2*c*X'*X"}[power]),
        ("exponent lowered twice", "3*c*X'" if power == "cube" else None),
        ("two for three", "2*c*X'*X'" if power == "cube" else None),
        ("sum of X and its transpose", "c*(X + X')" if power != "cube" else None),
    )  # fmt: skip
    G = sheet.write("G", put(G, c=c))
    X = array(given, "X0")
    exact = value(put(right, c=c), put(right, c=c), X=X)
    N = value(G, put(right, c=c), X=X)
    N = chosen(
        sheet, N,
        ("transposed in the numbers", exact.T),
        ("power not in front in the numbers", exact / (3 if power == "cube" else 2)),
        ("factor lost in the numbers", exact / c), ("minus in the numbers", -exact),
        ("diagonal alone", np.diag(np.diag(exact))),
        ("squared by entries", 3 * c * X.T**2 if power == "cube" else None),
        ("X for its square", 3 * c * X.T if power == "cube" else None), ("factor twice", c * exact),
        ("symmetric", (exact + exact.T) / 2),
        ("one product left out", exact - [[3 * c * X[0, 1] * X[1, 0], 0], [0, 0]] if power == "cube" else None),

    )  # fmt: skip
    sheet.write("N", N)


PLAIN = Family(
    "md-trace",
    _plain_traces,
    (
        slip("number for the identity", "factor-dropped", "F"),
        slip("X kept", "matrix-for-the-unit factor-extra argument-kept", "F"),
        slip("constant kept", "constant-kept term-extra", "F"),
        slip("factor lost", FACTOR, "F"),
        slip("trace of the identity", "other-convention", "F"),
        slip("minus", SIGN, "F"),
        slip("not transposed", TURNED, "G"),
        slip("power not in front", "factor-dropped factor-two constant-factor", "G"),
        slip("factor of g lost", FACTOR, "G"),
        slip("minus in g", SIGN, "G"),
        slip("identity in g", "x-lost factor-dropped", "G"),
        slip("trace for the matrix", "trace-kept", "G"),
        slip("exponent kept", "power-kept exponent-off", "G"),
        slip("exponent lowered twice", "exponent-off power-dropped", "G"),
        slip("two for three", "number-off one-off", "G"),
        slip("sum of X and its transpose", "both-added transpose-missing transpose-extra", "G"),
        slip("transposed in the numbers", TURNED, "N"),
        slip("power not in front in the numbers", "factor-dropped factor-two", "N"),
        slip("factor lost in the numbers", FACTOR, "N"),
        slip("minus in the numbers", SIGN, "N"),
        slip("diagonal alone", "diagonal-only entry-left-out", "N"),
        slip("squared by entries", "squared-by-entries elementwise", "N"),
        slip("X for its square", "power-dropped exponent-off", "N"),
        slip("factor twice", "exponent-off", "N"),
        slip("symmetric", "both-added", "N"),
        slip("one product left out", "term-dropped", "N"),
        pen("entry-sign", "N"),
        pen("whole-sign", "F G N"),
        pen("permuted", "N"),
        pen("transposed", "N", "layout"),
    ),
    (("factor lost", "minus in g"),),
)


# ----- tr AXᵀX -------------------------------------------------------------------------------------------------------


def _gram_trace(given: Given, sheet: Sheet) -> None:
    c, k = given["c"], given["k"]
    right = "c*X*(A + A')"
    G = chosen(
        sheet, right,
        ("as if symmetric", "2*c*X*A"), ("as if symmetric, transposed", "2*c*X*A'"), ("one term", "c*X*A"),
        ("other term", "c*X*A'"), ("wrong side", "c*(A + A')*X"), ("factor lost", "X*(A + A')"),
        ("minus between", "c*X*(A - A')"), ("minus", "-c*X*(A + A')"), ("X transposed", "c*X'*(A + A')"),
        ("two once more", "2*c*X*(A + A')"), ("halved", "1/2*c*X*(A + A')"), ("X left out", "c*(A + A')"),
        ("transposed", "c*(A + A')*X'"),
    )  # fmt: skip
    G = sheet.write("G", put(G, c=c))
    A, X = array(given, "A0"), array(given, "X0")
    S, exact = A + A.T, c * X @ (A + A.T)
    G0 = value(G, put(right, c=c), A=A, X=X)
    G0 = chosen(
        sheet, G0,
        ("as if symmetric in the numbers", 2 * c * X @ A), ("with the transposed alone", 2 * c * X @ A.T),
        ("one term in the numbers", c * X @ A), ("other term in the numbers", c * X @ A.T),
        ("factor lost in the numbers", exact / c), ("minus between in the numbers", c * X @ (A - A.T)),
        ("minus in the numbers", -exact), ("diagonal not doubled", c * X @ (S - np.diag(np.diag(A)))),
        ("twice in the numbers", 2 * exact), ("factor twice", c * exact),
        ("one product left out", exact - c * X[0, 1] * S[1, 0] * np.eye(3, 2) * [1, 0]),
        ("columns of S swapped", c * X @ S[:, ::-1]),
    )  # fmt: skip
    sheet.write("G0", G0)
    K = chosen(
        sheet, "k*(B + B')*X",
        ("as if symmetric between", "2*k*B*X"), ("one term between", "k*B*X"), ("other term between", "k*B'*X"),
        ("wrong side between", "k*X*(B + B')"), ("factor lost between", "(B + B')*X"),
        ("minus in g", "-k*(B + B')*X"), ("X transposed between", "k*X'*(B + B')"), ("A for B", "k*(A + A')*X"),
        ("factor of f", "c*(B + B')*X"), ("minus between the terms", "k*(B - B')*X"),
    )  # fmt: skip
    sheet.write("K", put(K, k=k, c=c))


GRAM = Family(
    "md-tr-axtx",
    _gram_trace,
    (
        slip("as if symmetric", SYMMETRIC, "G"),
        slip("as if symmetric, transposed", SYMMETRIC, "G"),
        slip("one term", ONE_TERM, "G"),
        slip("other term", ONE_TERM, "G"),
        slip("wrong side", "product-reversed", "G"),
        slip("factor lost", FACTOR, "G"),
        slip("minus between", "sign", "G"),
        slip("minus", SIGN, "G"),
        slip("X transposed", "transpose-extra", "G"),
        slip("two once more", "factor-two", "G"),
        slip("halved", "factor-two", "G"),
        slip("X left out", "factor-dropped", "G"),
        slip("transposed", TURNED, "G"),
        slip("as if symmetric in the numbers", SYMMETRIC, "G0 S"),
        slip("with the transposed alone", SYMMETRIC, "G0 S"),
        slip("one term in the numbers", ONE_TERM, "G0 S"),
        slip("other term in the numbers", ONE_TERM, "G0 S"),
        slip("factor lost in the numbers", FACTOR, "G0"),
        slip("minus between in the numbers", "sign", "G0 S"),
        slip("minus in the numbers", SIGN, "G0"),
        slip("diagonal not doubled", "term-dropped", "G0 S"),
        slip("twice in the numbers", "factor-two", "G0"),
        slip("factor twice", "exponent-off", "G0"),
        slip("one product left out", "term-dropped", "G0"),
        slip("columns of S swapped", "permuted index-off", "G0 S"),
        slip("as if symmetric between", SYMMETRIC, "K"),
        slip("one term between", ONE_TERM, "K"),
        slip("other term between", ONE_TERM, "K"),
        slip("wrong side between", "product-reversed", "K"),
        slip("factor lost between", FACTOR, "K"),
        slip("minus in g", SIGN, "K"),
        slip("X transposed between", TURNED, "K"),
        slip("A for B", "names-swapped", "K"),
        slip("factor of f", "names-swapped other-quantity", "K"),
        slip("minus between the terms", "sign", "K"),
        pen("entry-sign", "G0"),
        pen("whole-sign", "G K G0"),
        pen("permuted", "G0"),
    ),
    (("factor lost", "one term between"),),
)


# ----- A long trace --------------------------------------------------------------------------------------------------


def _long(given: Given, sheet: Sheet) -> None:
    c, flipped = given["c"], given["last"] == "flipped"
    R, T = ("inv(X)'", "inv(X)") if flipped else ("inv(X)", "inv(X)'")
    W = "inv(X)'"
    G1 = chosen(
        sheet, f"c*X*B*{R}*A",
        ("first transposed", f"c*A'*{T}*B'*X'"), ("first not shifted", f"c*A*X*B*{R}"), ("factor lost", f"X*B*{R}*A"),
        ("minus", f"-c*X*B*{R}*A"), ("X lost in the first", f"c*B*{R}*A"), ("inverse turned round", f"c*X*B*{T}*A"),
        ("A turned round", f"c*X*B*{R}*A'"),
    )  # fmt: skip
    sheet.write("G1", put(G1, c=c))
    G2 = chosen(
        sheet, f"c*X*A'*{T}*B'",
        ("second transposed", f"c*B*{R}*A*X'"), ("order not reversed", f"c*B'*{T}*A'*X"),
        ("factor lost in G2", f"X*A'*{T}*B'"), ("A not transposed", f"c*X*A*{T}*B'"),
        ("B not transposed", f"c*X*A'*{T}*B"), ("inverse not transposed", f"c*X*A'*{R}*B'"),
        ("first for the second", f"c*X*B*{R}*A"), ("minus in G2", f"-c*X*A'*{T}*B'"),
    )  # fmt: skip
    sheet.write("G2", put(G2, c=c))
    right = f"{W}*A*X'*X*B*{W}" if flipped else f"{W}*B'*X'*X*A'*{W}"
    other = "inv(X)*B'*X'*X*A'*inv(X)" if flipped else "inv(X)*A*X'*X*B*inv(X)"
    G3 = chosen(
        sheet, f"-c*{right}",
        ("plus", f"c*{right}"), ("third transposed", f"-c*{other}"), ("factor lost in G3", f"-{right}"),
        ("inverses not transposed", f"-c*{right}".replace("inv(X)'", "inv(X)")),
        ("first inverse lost", "-c*A*X'*X*B*inv(X)'" if flipped else "-c*B'*X'*X*A'*inv(X)'"),
        ("last inverse lost", "-c*inv(X)'*A*X'*X*B" if flipped else "-c*inv(X)'*B'*X'*X*A'"),
        ("inverse as a number", "-c*A*X'*X*B*inv(X)'*inv(X)'" if flipped else "-c*inv(X)'*inv(X)'*B'*X'*X*A'"),
        ("X turned round inside", f"-c*{right}".replace("X'*X", "X*X'")),
        ("A and B swapped", f"-c*{right}".translate(str.maketrans("AB", "BA"))),
    )  # fmt: skip
    sheet.write("G3", put(G3, c=c))
    X, A, B = array(given, "X0"), array(given, "A0"), array(given, "B0")
    d = float(round(np.linalg.det(X)))
    V = chosen(
        sheet, adjoint(X) / d,
        ("determinant with plus", adjoint(X) / (X[0, 0] * X[1, 1] + X[0, 1] * X[1, 0] or np.nan)),
        ("sign of the determinant lost", -adjoint(X) / d), ("diagonal not swapped", X * [[1, -1], [-1, 1]] / d),
        ("inverse transposed", adjoint(X).T / d), ("signs left out", np.array([[1, -1], [-1, 1]]) * adjoint(X) / d),
        ("one over every entry", 1 / X),
    )  # fmt: skip
    V = sheet.write("V", V)
    r, t, w = (V.T, V, V.T) if flipped else (V, V.T, V.T)
    P1, P2 = c * X @ B @ r @ A, c * X @ A.T @ t @ B.T
    P3 = -c * (w @ A @ X.T @ X @ B @ w if flipped else w @ B.T @ X.T @ X @ A.T @ w)
    G0 = chosen(
        sheet, P1 + P2 + P3,
        ("third part added", P1 + P2 - P3), ("third part left out", P1 + P2), ("second part left out", P1 + P3),
        ("first part left out", P2 + P3), ("first part twice", 2 * P1 + P3),
        ("factor lost in the numbers", (P1 + P2 + P3) / c), ("minus in the numbers", -(P1 + P2 + P3)),
        ("transposed in the numbers", (P1 + P2 + P3).T), ("second part transposed", P1 + P2.T + P3),
        ("third part transposed", P1 + P2 + P3.T), ("third part alone", P3), ("second part subtracted", P1 - P2 + P3),
        ("first part transposed", P1.T + P2 + P3),
    )  # fmt: skip
    sheet.write("G0", G0)


LONG = Family(
    "md-tr-long",
    _long,
    (
        slip("first transposed", TURNED, "G1"),
        slip("first not shifted", "product-reversed", "G1"),
        slip("factor lost", FACTOR, "G1"),
        slip("minus", SIGN, "G1"),
        slip("X lost in the first", "factor-dropped", "G1"),
        slip("inverse turned round", "transpose-extra transpose-missing", "G1"),
        slip("A turned round", "transpose-extra transpose-missing", "G1"),
        slip("second transposed", TURNED, "G2"),
        slip("order not reversed", "product-reversed order-not-reversed", "G2"),
        slip("factor lost in G2", FACTOR, "G2"),
        slip("A not transposed", "transpose-missing", "G2"),
        slip("B not transposed", "transpose-missing", "G2"),
        slip("inverse not transposed", "transpose-missing transpose-extra", "G2"),
        slip("first for the second", "parts-confused other-blank", "G2"),
        slip("minus in G2", SIGN, "G2"),
        slip("plus", f"sign-of-the-inverse {SIGN}", "G3"),
        slip("third transposed", TURNED, "G3"),
        slip("factor lost in G3", FACTOR, "G3"),
        slip("inverses not transposed", "inverse-not-transposed inner-inverses-not-transposed transpose-missing", "G3"),
        slip("first inverse lost", "one-inverse-lost factor-dropped", "G3"),
        slip("last inverse lost", "one-inverse-lost factor-dropped", "G3"),
        slip("inverse as a number", "inverse-as-a-number product-reversed", "G3"),
        slip("X turned round inside", "gram-turned product-reversed transpose-missing transpose-extra", "G3"),
        slip("A and B swapped", "names-swapped", "G3"),
        slip("determinant with plus", "determinant-plus sign", "V"),
        slip("sign of the determinant lost", SIGN, "V"),
        slip("diagonal not swapped", "permuted index-off", "V"),
        slip("inverse transposed", TURNED, "V"),
        slip("signs left out", "sign", "V"),
        slip("one over every entry", "elementwise inverse-missing inverted reciprocal", "V"),
        slip("third part added", "third-part-added sign sign-of-the-inverse", "G0 P3"),
        slip("third part left out", "third-part-lost term-dropped", "G0"),
        slip("second part left out", "term-dropped", "G0"),
        slip("first part left out", "term-dropped", "G0"),
        slip("first part twice", "first-two-alike names-swapped", "G0"),
        slip("factor lost in the numbers", FACTOR, "G0 P1 P2 P3"),
        slip("minus in the numbers", SIGN, "G0"),
        slip("transposed in the numbers", TURNED, "G0"),
        slip("second part transposed", TURNED, "G0 P2"),
        slip("third part transposed", TURNED, "G0 P3"),
        slip("third part alone", "term-dropped", "G0"),
        slip("second part subtracted", "sign", "G0"),
        slip("first part transposed", TURNED, "G0 P1"),
        pen("entry-sign", "V G0"),
        pen("whole-sign", "G1 G2 G3 G0"),
        pen("permuted", "G0"),
        pen("transposed", "V G0", "layout"),
    ),
    (("factor lost", "plus"),),
)


FAMILIES = (TWICE, PLAIN, GRAM, LONG)
