"""Inverses and determinants of matrices: differentials and gradients.

The slips were written down before any was looked at.
"""

from __future__ import annotations

import numpy as np

from benchmarks.students.further import array
from benchmarks.students.matrix_calculus import value
from benchmarks.students.matrix_traces import FACTOR, SIGN, TERM, TURNED, adjoint, chosen
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put

# ----- The inverse ---------------------------------------------------------------------------------------------------


def _inverse(given: Given, sheet: Sheet) -> None:
    c, flipped = given["c"], given["of"] == "flipped"
    V, H, A = ("inv(X)'", "dX'", "A") if flipped else ("inv(X)", "dX", "A'")
    W = "inv(X)'"
    right = f"-c*{V}*{H}*{V}"
    D = chosen(
        sheet, right,
        ("rule of a number", f"-c*{V}*{V}*{H}"), ("rule of a number, change first", f"-c*{H}*{V}*{V}"),
        ("plus", f"c*{V}*{H}*{V}"), ("change inverted", f"-c*{V}*inv({H})*{V}"),
        ("inverse of the change", f"-c*inv({H})"), ("one inverse", f"-c*{V}*{H}"),
        ("other inverse alone", f"-c*{H}*{V}"), ("factor lost", f"-{V}*{H}*{V}"),
        ("X for its inverse", "-c*X'*dX'*X'" if flipped else "-c*X*dX*X"),
        ("change not transposed", f"-c*{V}*dX*{V}" if flipped else f"-c*{V}*dX'*{V}"),
        ("one inverse not transposed", f"-c*{V}*dX'*inv(X)" if flipped else None),
        ("nothing transposed", "-c*inv(X)*dX*inv(X)" if flipped else None), ("change forgotten", f"-c*{V}*{V}"),
    )  # fmt: skip
    D = sheet.write("D", put(D, c=c))
    X, h = array(given, "X0"), array(given, "H0")
    q = float(np.linalg.det(X))
    turn = np.transpose if flipped else np.asarray
    U = chosen(
        sheet, adjoint(X) / q,
        ("not divided by the determinant", adjoint(X)), ("diagonal not swapped", X * [[1, -1], [-1, 1]] / q),
        ("signs left out", np.abs([[1, 0], [0, 1]]) * adjoint(X) / q - np.array([[0, 1], [1, 0]]) * adjoint(X) / q),
        ("inverse transposed", adjoint(X).T / q), ("one over every entry", 1 / X),
        ("determinant with plus", adjoint(X) / (X[0, 0] * X[1, 1] + X[0, 1] * X[1, 0] or np.nan)),
        ("multiplied by the determinant", adjoint(X) * q), ("minus on the diagonal", -adjoint(X) / q),
    )  # fmt: skip
    U = sheet.write("V", U)
    own = put(D, c=c).replace("dX", "Z").replace("inv(X)", "V").replace("inv(Z)", "inv(Z)")
    Vt, Zt = turn(U), turn(h)
    D0 = value(own, put("-c*V'*Z'*V'" if flipped else "-c*V*Z*V", c=c), V=U, Z=h, X=X)
    D0 = chosen(
        sheet, D0,
        ("plus in the numbers", c * Vt @ Zt @ Vt), ("rule of a number in the numbers", -c * Vt @ Vt @ Zt),
        ("change first in the numbers", -c * Zt @ Vt @ Vt), ("one inverse in the numbers", -c * Vt @ Zt),
        ("factor lost in the numbers", -Vt @ Zt @ Vt),
        ("X for its inverse in the numbers", -c * turn(X) @ Zt @ turn(X)),
        ("change inverted in the numbers", -c * Vt @ np.linalg.inv(Zt) @ Vt),
        ("inverse of the change in the numbers", -c * np.linalg.inv(Zt)), ("entry by entry", -c * Vt * Zt * Vt),
        ("transposed in the numbers", -c * (Vt @ Zt @ Vt).T),
        ("change not transposed in the numbers", -c * Vt @ h @ Vt if flipped else None),
    )  # fmt: skip
    sheet.write("D0", D0)
    G = chosen(
        sheet, f"-c*{W}*{A}*{W}",
        ("gradient transposed", "-c*inv(X)*A'*inv(X)" if flipped else "-c*inv(X)*A*inv(X)"),
        ("plus in the gradient", f"c*{W}*{A}*{W}"), ("A not shifted", f"-c*{A}*{W}*{W}"),
        ("A turned round", f"-c*{W}*A'*{W}" if flipped else f"-c*{W}*A*{W}"),
        ("one inverse in the gradient", f"-c*{A}*{W}"), ("factor lost in the gradient", f"-{W}*{A}*{W}"),
        ("as if linear", f"c*{A}"), ("trace kept", f"-c*tr({W}*{A}*{W})"),
        ("rule of a number in the gradient", f"-c*{W}*{W}*{A}"),
    )  # fmt: skip
    sheet.write("G", put(G, c=c))


NUMBER_RULE = "as-a-number as-a-number-right product-reversed names-swapped"
INVERSE = Family(
    "md-inverse-differential",
    _inverse,
    (
        slip("rule of a number", NUMBER_RULE, "D"),
        slip("rule of a number, change first", NUMBER_RULE, "D"),
        slip("plus", SIGN, "D"),
        slip("change inverted", "change-inverted", "D"),
        slip("inverse of the change", "inverse-of-the-change factor-dropped", "D"),
        slip("one inverse", "not-conjugated factor-dropped", "D"),
        slip("other inverse alone", "not-conjugated factor-dropped", "D"),
        slip("factor lost", FACTOR, "D"),
        slip("X for its inverse", "inverse-missing", "D"),
        slip("change not transposed", "transpose-missing transpose-extra", "D"),
        slip("one inverse not transposed", "transpose-missing", "D"),
        slip("nothing transposed", "transpose-missing transposed", "D"),
        slip("change forgotten", "factor-dropped", "D"),
        slip("not divided by the determinant", "divisor-dropped factor-dropped", "V"),
        slip("diagonal not swapped", "permuted index-off", "V"),
        slip("signs left out", "sign", "V"),
        slip("inverse transposed", TURNED, "V"),
        slip("one over every entry", "elementwise inverse-missing inverted reciprocal", "V"),
        slip("determinant with plus", "sign determinant-plus", "V"),
        slip("multiplied by the determinant", "inverted", "V"),
        slip("minus on the diagonal", SIGN, "V"),
        slip("plus in the numbers", SIGN, "D0"),
        slip("rule of a number in the numbers", NUMBER_RULE, "D0"),
        slip("change first in the numbers", NUMBER_RULE, "D0"),
        slip("one inverse in the numbers", "not-conjugated factor-dropped", "D0"),
        slip("factor lost in the numbers", FACTOR, "D0"),
        slip("X for its inverse in the numbers", "inverse-missing other-quantity", "D0"),
        slip("change inverted in the numbers", "change-inverted", "D0"),
        slip("inverse of the change in the numbers", "inverse-of-the-change", "D0"),
        slip("entry by entry", "entry-by-entry elementwise", "D0"),
        slip("transposed in the numbers", TURNED, "D0"),
        slip("change not transposed in the numbers", "transpose-missing", "D0"),
        slip("gradient transposed", TURNED, "G"),
        slip("plus in the gradient", SIGN, "G"),
        slip("A not shifted", "product-reversed names-swapped", "G"),
        slip("A turned round", "transpose-missing transpose-extra", "G"),
        slip("one inverse in the gradient", "factor-dropped not-conjugated", "G"),
        slip("factor lost in the gradient", FACTOR, "G"),
        slip("as if linear", "factor-dropped as-if-linear", "G"),
        slip("trace kept", "other-convention", "G"),
        slip("rule of a number in the gradient", "product-reversed names-swapped", "G"),
        pen("entry-sign", "V D0"),
        pen("permuted", "D0"),
        pen("whole-sign", "D G D0"),
    ),
    (("factor lost", "plus in the gradient"),),
)


# ----- The determinant -----------------------------------------------------------------------------------------------


def _minors(X: np.ndarray) -> np.ndarray:
    n = len(X)
    rest = [[np.delete(np.delete(X, i, 0), j, 1) for j in range(n)] for i in range(n)]
    return np.array([[np.linalg.det(part) for part in row] for row in rest])


def _determinant(given: Given, sheet: Sheet) -> None:
    c, square = given["c"], given["power"] == "two"
    front = "2*c*det(X)^2" if square else "c*det(X)"
    G = chosen(
        sheet, f"{front}*inv(X)'",
        ("not transposed", f"{front}*inv(X)"), ("determinant lost", "2*c*inv(X)'" if square else "c*inv(X)'"),
        ("identity for the inverse", f"{front}*I"), ("factor lost", f"{front}*inv(X)'".replace("c*", "")),
        ("inverse left out", f"{front}*X'"), ("minus", f"-{front}*inv(X)'"),
        ("derivative of the logarithm", None if square else "c/det(X)*inv(X)'"),
        ("inner derivative lost", "2*c*det(X)" if square else None),
        ("two lost", "c*det(X)^2*inv(X)'" if square else None),
        ("power lost", "2*c*det(X)*inv(X)'" if square else None), ("multiplied by X", f"{front}*X"),
        ("square of the inverse", f"{front}*inv(X)'*inv(X)'"),
    )  # fmt: skip
    G = sheet.write("G", put(G, c=c))
    X = array(given, "X0")
    M, n = _minors(X), len(X)
    signs = (-1.0) ** np.add.outer(range(n), range(n))
    C, true = signs * M, float(np.linalg.det(X))
    q = chosen(
        sheet, true,

        ("last product left out", float((X[0] * C[0])[:-1].sum())), ("turned round", -true),

        ("diagonal multiplied", float(np.prod(np.diag(X)))), ("trace for the determinant", float(np.trace(X))),
        ("sign of the second product", float((X[0] * C[0]).sum() - 2 * X[0, 1] * C[0, 1])),
    )  # fmt: skip
    q = sheet.write("q", q)
    times = 2 * c * q if square else c
    # The cofactors come from minors: only what is left of a power of the determinant is the one that was found.
    own = G.replace("det(X)^2", f"({float(q)!r}*{true!r})").replace("det(X)", f"({true!r})")
    V = np.linalg.inv(X)
    G0 = value(own.replace("inv(X)", "V").replace("I", "V*X"), f"({float(times) * true!r})*V'", V=V, X=X)
    flat = [[1, -1], [-1, 1]]
    G0 = chosen(
        sheet, G0,
        ("minors without signs", times * M), ("adjoint", times * C.T),
        ("inverse for the cofactors", times * C.T / true), ("divided by the determinant", times * C / true),
        ("factor lost in the numbers", times / c * C),
        ("one sign forgotten", times * np.where(np.arange(n * n).reshape(n, n) == 1, M, C)),
        ("signs of the other squares", -times * C if n == 3 else times * np.array(flat) * C),
        ("X for the cofactors", times * X),
        ("two lost in the numbers", c * q * C if square else None),
        ("determinant lost in the numbers", 2 * c * C if square else None), ("minus in the numbers", -times * C),

    )  # fmt: skip
    sheet.write("G0", G0)


DETERMINANT = Family(
    "md-det",
    _determinant,
    (
        slip("not transposed", TURNED, "G"),
        slip("determinant lost", "determinant-of-the-rest-lost factor-dropped", "G"),
        slip("identity for the inverse", "diagonal-only inverse-missing factor-dropped", "G"),
        slip("factor lost", FACTOR, "G"),
        slip("inverse left out", "inverse-missing", "G"),
        slip("minus", SIGN, "G"),
        slip("derivative of the logarithm", "inverted", "G"),
        slip("inner derivative lost", "inner-derivative-lost inner-lost factor-dropped", "G"),
        slip("two lost", "square-not-differentiated factor-two factor-dropped", "G"),
        slip("power lost", "power-lost power-dropped exponent-off", "G"),
        slip("multiplied by X", "inverse-missing transpose-missing", "G"),
        slip("square of the inverse", "exponent-off", "G"),
        slip("last product left out", "term-dropped", "q"),
        slip("turned round", SIGN, "q"),
        slip("diagonal multiplied", "term-dropped", "q"),
        slip("trace for the determinant", "trace-for-determinant other-function", "q"),
        slip("sign of the second product", "expansion-without-signs sign", "q"),
        slip("minors without signs", "signs-of-the-minors sign", "G0 C"),
        slip("adjoint", TURNED, "G0 C"),
        slip("inverse for the cofactors", "determinant-of-the-rest-lost factor-dropped inverse-entries", "G0"),
        slip("divided by the determinant", "determinant-of-the-rest-lost factor-dropped", "G0"),
        slip("factor lost in the numbers", FACTOR, "G0"),
        slip("one sign forgotten", "sign entry-sign", "G0 C"),
        slip("signs of the other squares", "sign whole-sign signs-of-the-minors", "G0 C"),
        slip("X for the cofactors", "inverse-missing other-quantity", "G0 C"),
        slip("two lost in the numbers", "square-not-differentiated factor-two factor-dropped", "G0"),
        slip("determinant lost in the numbers", "power-lost factor-dropped power-dropped exponent-off", "G0"),
        slip("minus in the numbers", SIGN, "G0"),
        pen("entry-sign", "G0"),
        pen("digit", "q"),
        pen("whole-sign", "G q G0"),
        pen("permuted", "G0"),
        pen("transposed", "G0", "layout"),
    ),
    (("not transposed", "turned round"), ("factor lost", "turned round")),
)


# ----- det XᵀAX ------------------------------------------------------------------------------------------------------


def _quadratic(given: Given, sheet: Sheet) -> None:
    c, plain = given["c"], given["flip"] == "plain"
    M, N = ("X'*A*X", "X'*A'*X") if plain else ("X'*A'*X", "X'*A*X")
    one, other = ("A", "A'") if plain else ("A'", "A")
    P, Q = f"{one}*X*inv({M})", f"{other}*X*inv({N})"
    G = chosen(
        sheet, f"c*det({M})*({P} + {Q})",
        ("as if symmetric", f"2*c*det({M})*{P}"), ("determinant lost", f"c*({P} + {Q})"),
        ("one term", f"c*det({M})*{P}"), ("other term alone", f"c*det({M})*{Q}"),
        ("inverse not transposed", f"c*det({M})*({one} + {other})*X*inv({M})"),
        ("factor lost", f"det({M})*({P} + {Q})"), ("minus between", f"c*det({M})*({P} - {Q})"),
        ("minus", f"-c*det({M})*({P} + {Q})"), ("inner derivative lost", f"c*det({M})*inv({M})"),
        ("inverse left out", f"c*det({M})*({one} + {other})*X"),
        ("divided by the determinant", f"c*({P} + {Q})/det({M})"),
        ("as if symmetric, transposed", f"2*c*det({M})*{Q}"), ("two once more", f"2*c*det({M})*({P} + {Q})"),
        ("as if X were square", f"2*c*det({M})*inv(X)'"),
    )  # fmt: skip
    sheet.write("G", put(G, c=c))
    A, X = array(given, "A0"), array(given, "X0")
    da, dx = float(np.linalg.det(A)), float(np.linalg.det(X))
    s = chosen(
        sheet, da * dx * dx,
        ("determinant of X once", da * dx), ("A left out", dx * dx),
        ("plus in det A", (A[0, 0] * A[1, 1] + A[0, 1] * A[1, 0]) * dx**2),
        ("plus in det X", da * (X[0, 0] * X[1, 1] + X[0, 1] * X[1, 0]) ** 2),
        ("minus", -da * dx * dx),
        ("factor in the determinant", c * da * dx * dx), ("determinant of X twice", 2 * da * dx),
    )  # fmt: skip
    s = sheet.write("s", s)
    V = adjoint(X).T / dx
    G0 = chosen(
        sheet, 2 * c * s * V,
        ("two lost in the numbers", c * s * V), ("factor lost in the numbers", 2 * s * V),
        ("determinant lost in the numbers", 2 * c * V), ("not transposed in the numbers", 2 * c * s * V.T),
        ("not divided by det X", 2 * c * s * dx * V), ("inverse left out in the numbers", 2 * c * s * X),
        ("minus in the numbers", -2 * c * s * V), ("signs left out", 2 * c * s * V * [[1, -1], [-1, 1]]),
        ("diagonal not swapped", 2 * c * s * X.T * [[1, -1], [-1, 1]] / dx), ("det A for the whole", 2 * c * da * V),

    )  # fmt: skip
    sheet.write("G0", G0)


QUADRATIC = Family(
    "md-det-quadratic",
    _quadratic,
    (
        slip("as if symmetric", "symmetric-only as-symmetric transpose-missing", "G"),
        slip(
            "as if symmetric, transposed",
            "symmetric-only as-symmetric transpose-missing transpose-extra names-swapped",
            "G",
        ),
        slip("determinant lost", "determinant-lost factor-dropped", "G"),
        slip("one term", f"one-term {TERM}", "G"),
        slip("other term alone", f"one-term {TERM}", "G"),
        slip("inverse not transposed", "inverse-not-transposed transpose-missing as-symmetric", "G"),
        slip("factor lost", FACTOR, "G"),
        slip("minus between", "sign", "G"),
        slip("minus", SIGN, "G"),
        slip("inner derivative lost", "inner-lost factor-dropped term-dropped", "G"),
        slip("inverse left out", "inverse-left-out inverse-missing factor-dropped", "G"),
        slip("divided by the determinant", "inverted", "G"),
        slip("two once more", "factor-two", "G"),
        slip("as if X were square", "as-if-square", "G"),
        slip("determinant of X once", "square-of-the-determinant-lost power-dropped factor-dropped", "s"),
        slip("A left out", "constant-left-out factor-dropped", "s"),
        slip("plus in det A", "plus-in-det-a sign", "s da"),
        slip("plus in det X", "plus-in-det-x sign", "s dx"),
        slip("factor in the determinant", "factor-extra other-quantity value-of-f", "s"),
        slip("determinant of X twice", "doubled-for-squared square-doubled", "s"),
        slip("two lost in the numbers", f"one-term {FACTOR}", "G0"),
        slip("factor lost in the numbers", FACTOR, "G0"),
        slip("determinant lost in the numbers", "determinant-lost factor-dropped", "G0"),
        slip("not transposed in the numbers", TURNED, "G0 W"),
        slip("not divided by det X", "not-divided divisor-dropped factor-extra", "G0 W"),
        slip("inverse left out in the numbers", "inverse-missing other-quantity", "G0 W"),
        slip("minus in the numbers", SIGN, "G0"),
        slip("signs left out", "sign", "G0 W"),
        slip("diagonal not swapped", "permuted index-off", "G0 W"),
        slip("det A for the whole", "det-a-alone other-quantity", "G0"),
        pen("digit", "s"),
        pen("whole-sign", "G s G0"),
        pen("permuted", "G0"),
    ),
    (("factor lost", "A left out"),),
)


FAMILIES = (INVERSE, DETERMINANT, QUADRATIC)
