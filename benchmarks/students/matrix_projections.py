"""Nearest matrices, Lagrangians by a matrix, definite Hessians."""

from __future__ import annotations

import numpy as np

from benchmarks.students.matrix_calculus import value
from benchmarks.students.matrix_statistics import arrays
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import number, put

SIGN = "sign whole-sign"

# ----- The nearest matrix --------------------------------------------------------------------------------------------

_NEAREST = {
    "symmetric": ("(A + A')/2", "norm(A - A')^2/4", {
        "not halved": "A + A'", "other part": "(A - A')/2", "A itself": "A",
        "transposed alone": "A'", "diagonal": "diag(diag(A))",
    }, {
        "square not halved": "norm(A - A')^2/2", "factor lost": "norm(A - A')^2",
        "norm of the other": "norm(A + A')^2/4", "root": "norm(A - A')/2", "norm of X": "norm((A + A')/2)^2",
    }),
    "antisymmetric": ("(A - A')/2", "norm(A + A')^2/4", {
        "not halved": "A - A'", "other part": "(A + A')/2", "turned": "(A' - A)/2", "A itself": "A",
        "diagonal": "A - diag(diag(A))",
    }, {
        "square not halved": "norm(A + A')^2/2", "factor lost": "norm(A + A')^2",
        "norm of the other": "norm(A - A')^2/4", "root": "norm(A + A')/2", "norm of X": "norm((A - A')/2)^2",
    }),
    "traceless": ("A - tr(A)/2*I", "tr(A)^2/2", {
        "not halved": "A - tr(A)*I", "other part": "tr(A)/2*I", "added": "A + tr(A)/2*I", "A itself": "A",
        "transposed alone": "A' - tr(A)/2*I", "quarter": "A - tr(A)/4*I",
        "diagonal": "A - diag(diag(A))",
    }, {
        "square not halved": "tr(A)^2", "factor lost": "tr(A)^2/4", "norm of the other": "norm(A)^2 - tr(A)^2/2",
        "root": "tr(A)/2", "trace of the square": "tr(A*A)/2",
    }),
    "multiple": ("tr(A)/2*I", "norm(A)^2 - tr(A)^2/2", {
        "not halved": "tr(A)*I", "other part": "A - tr(A)/2*I", "A itself": "A", "quarter": "tr(A)/4*I",
        "diagonal": "diag(diag(A))",
    }, {
        "square not halved": "norm(A)^2 - tr(A)^2", "factor lost": "norm(A)^2 - tr(A)^2/4",
        "norm of the other": "tr(A)^2/2", "plus": "norm(A)^2 + tr(A)^2/2", "norm of A": "norm(A)^2",
    }),
}  # fmt: skip


def nearest(given: Given, sheet: Sheet) -> None:
    """The nearest matrix of a kind and the square of the distance, as formulas and in numbers."""
    kind = given["kind"]
    formula, distance, wrong, wrong_distance = _NEAREST[kind]
    own = sheet.write("X", chosen(sheet, formula, *wrong.items()))
    sheet.write("d", chosen(sheet, distance, *wrong_distance.items()))
    A = arrays(given, "A0")[0]
    near = value(own, formula, A=A)
    upper, lower = A[0, 1], A[1, 0]
    half, apart, own_trace = (upper + lower) / 2, (upper - lower) / 2, A.trace()
    mirrored = {
        "symmetric": (
            [[A[0, 0], upper], [upper, A[1, 1]]], [[A[0, 0], lower], [lower, A[1, 1]]],
            [[2 * A[0, 0], half], [half, 2 * A[1, 1]]],
        ),
        "antisymmetric": (
            [[0, upper], [-upper, 0]], [[0, -lower], [lower, 0]], [[A[0, 0], apart], [-apart, A[1, 1]]],
        ),
        "traceless": ([[0, upper], [lower, 0]], [[-A[1, 1], upper], [lower, A[1, 1]]], A - own_trace / 2),
        "multiple": (
            np.eye(2) * A[0, 0], np.eye(2) * A[1, 1], [[own_trace / 2, upper], [lower, own_trace / 2]],
        ),
    }[kind]  # fmt: skip
    rest = A - near
    near = sheet.write("X0", chosen(
        sheet, near,
        ("one triangle", np.array(mirrored[0])), ("other triangle", np.array(mirrored[1])),
        ("diagonal wrong", np.array(mirrored[2], float)),
        ("other part in numbers", rest),
        ("not halved in numbers", 2 * near if kind != "traceless" else A - A.trace() * np.eye(2)),
        ("signs lost", np.abs(near)),
    ))  # fmt: skip
    gap = near - A
    sheet.write("d0", chosen(
        sheet, (gap**2).sum(),
        ("root taken", np.sqrt((gap**2).sum())), ("of the matrix itself", (near**2).sum()),
        ("sizes added", np.abs(gap).sum()), ("one of the equal ones", (gap**2).sum() / 2),
        ("square of the sum", gap.sum() ** 2), ("of A", (A**2).sum()),
        ("sum for the difference", ((near + A) ** 2).sum()),
    ))  # fmt: skip


NEAREST = Family(
    "md-nearest-symmetric",
    nearest,
    (
        slip("not halved", "not-halved factor-two factor-dropped divisor-dropped constant-factor", "X"),
        slip("other part", "other-part sign", "X"),
        slip("A itself", "term-dropped other-quantity matrix-itself", "X"),
        slip("transposed alone", "rows-for-columns term-dropped transpose-missing transpose-extra transposed", "X"),
        slip("diagonal", "diagonal-of-the-matrix", "X"),
        slip("turned", f"{SIGN} part-the-other-way-round", "X"),
        slip("added", "sign added-back", "X"),
        slip("quarter", "factor-two sum-for-mean", "X"),
        slip("square not halved", "square-not-halved factor-two", "d"),
        slip("factor lost", "quarter-lost factor-two factor-dropped divisor-dropped constant-factor", "d"),
        slip("norm of the other", "sign other-part of-the-matrix-itself", "d"),
        slip("root", "power-dropped root-taken", "d"),
        slip("norm of X", "of-the-matrix-itself term-dropped", "d"),
        slip("trace of the square", "trace-of-the-square other-operation", "d"),
        slip("plus", "sign", "d"),
        slip("norm of A", "term-dropped", "d"),
        slip("one triangle", "one-triangle-mirrored", "X0"),
        slip("other triangle", "other-triangle-mirrored", "X0"),
        slip("diagonal wrong", "diagonal-kept entry-left-out", "X0"),
        slip("other part in numbers", "other-part sign", "X0"),
        slip("not halved in numbers", "not-halved factor-two factor-dropped divisor-dropped", "X0"),
        slip("signs lost", "sign", "X0"),
        slip("root taken", "root-taken power-dropped", "d0"),
        slip("of the matrix itself", "of-the-matrix-itself term-dropped", "d0"),
        slip("sizes added", "sum-of-sizes power-dropped", "d0"),
        slip("one of the equal ones", "one-of-the-equal-entries factor-two", "d0"),
        slip("square of the sum", "square-of-the-sum brackets other-operation", "d0"),
        slip("of A", "term-dropped", "d0"),
        slip("sum for the difference", "sign", "d0"),
        pen("entry-sign", "X0"),
        pen("whole-sign", "X0"),
        pen("entry-point", "X0"),
    ),
    (("not halved", "factor lost"), ("one triangle", "square not halved")),
)


# ----- A Lagrangian --------------------------------------------------------------------------------------------------


def lagrangian(given: Given, sheet: Sheet) -> None:
    """Differential, gradient, stationary point with and without multipliers; gradient in numbers."""
    kind, c = given["condition"], given["c"]
    two, half = number(2 * c), number(1 / (2 * c))
    term, partner, dual = {
        "symmetric": ("tr(Lambda'*(H - H'))", "Lambda - Lambda'", "Lambda + Lambda'"),
        "antisymmetric": ("tr(Lambda'*(H + H'))", "Lambda + Lambda'", "Lambda - Lambda'"),
        "secant": ("tr(s*u'*H)", "u*s'", "s*u'"),
    }[kind]
    square = f"{two}*tr((X - A)'*H)"
    sheet.write("D", chosen(
        sheet, f"{square} + {term}",
        ("two lost", put("c*tr((X - A)'*H)", c=c) + f" + {term}"), ("multiplier forgotten", square),
        ("squares forgotten", term), ("minus before the multiplier", f"{square} - {term}"),
        ("plus A", f"{two}*tr((X + A)'*H) + {term}"), ("A lost", f"{two}*tr(X'*H) + {term}"),
        ("transpose lost", f"{two}*tr((X - A)*H) + {term}"),
        ("number lost", f"2*tr((X - A)'*H) + {term}"),
    ))  # fmt: skip
    right = f"{two}*(X - A) + {partner}"
    G = sheet.write("G", chosen(
        sheet, right,
        ("sign of A", f"{two}*(X + A) + {partner}"), ("squares not doubled", put("c*(X - A)", c=c) + f" + {partner}"),
        ("multiplier alike twice", f"{two}*(X - A) + 2*{'u*s' + chr(39) if kind == 'secant' else 'Lambda'}"),
        ("multiplier once", f"{two}*(X - A) + Lambda" if kind != "secant" else right),
        ("multiplier turned",
         f"{two}*(X - A) + {'s*u' + chr(39)}" if kind == "secant" else f"{two}*(X - A) - ({partner})"),
        ("other condition", f"{two}*(X - A) + {dual}" if kind != "secant" else f"{two}*(X - A) - u*s'"),
        ("multiplier forgotten in the gradient", f"{two}*(X - A)"),
        ("A lost in the gradient", f"{two}*X + {partner}"), ("squares transposed", f"{two}*(X - A)' + {partner}"),
        ("number lost in the gradient", f"2*(X - A) + {partner}"),
        ("all transposed", f"{two}*(X - A)' + ({partner})'"), ("minus of the whole", f"-{two}*(X - A) - ({partner})"),
    ))  # fmt: skip
    sheet.write("S", chosen(
        sheet, f"A - {half}*({partner})",
        ("number forgotten", f"A - ({partner})"), ("plus", f"A + {half}*({partner})"),
        ("multiplied", f"A - {two}*({partner})"), ("A with a minus", f"-A - {half}*({partner})"),
        ("half alone", f"A - 1/2*({partner})"), ("multiplier left out", "A"), ("A left out", f"-{half}*({partner})"),
        ("other multiplier", f"A - {half}*({dual})"),
    ))  # fmt: skip
    best = {"symmetric": "(A + A')/2", "antisymmetric": "(A - A')/2", "secant": "A + (r - A*s)*s'/(s'*s)"}[kind]
    sheet.write("P", chosen(
        sheet, best,
        ("not divided", {"symmetric": "A + A'", "antisymmetric": "A - A'", "secant": "A + (r - A*s)*s'"}[kind]),
        ("other part",
         {"symmetric": "(A - A')/2", "antisymmetric": "(A + A')/2", "secant": "A - (r - A*s)*s'/(s'*s)"}[kind]),
        ("condition not used", "A"),
        ("transposed", {"symmetric": "A'", "antisymmetric": "(A' - A)/2", "secant": "A + s*(r - A*s)'/(s'*s)"}[kind]),
        ("factor two",
         {"symmetric": "(A + A')/4", "antisymmetric": "(A - A')/4", "secant": "A + (r - A*s)*s'/(2*s'*s)"}[kind]),
        ("A lost at the end", "r*s'/(s'*s)" if kind == "secant" else best),
        ("A beside s lost", "A + (r - s)*s'/(s'*s)" if kind == "secant" else best),
    ))  # fmt: skip
    X, A, L, u, s = arrays(given, "X0", "A0", "Lambda0", "u0", "s0")
    extra, wrong = {
        "symmetric": (L - L.T, L + L.T), "antisymmetric": (L + L.T, L - L.T),
        "secant": (np.outer(u, s), np.outer(s, u)),
    }[kind]  # fmt: skip
    g = value(G, right, X=X, A=A, Lambda=L, u=u[:, None], s=s[:, None])
    sheet.write("G0", chosen(
        sheet, g,
        ("two lost in numbers", c * (X - A) + extra), ("sign of A in numbers", 2 * c * (X + A) + extra),
        ("other multiplier in numbers", 2 * c * (X - A) + wrong),
        ("multiplier forgotten in numbers", 2 * c * (X - A)),
        ("multiplier subtracted", 2 * c * (X - A) - extra),
        ("squares transposed in numbers", 2 * c * (X - A).T + extra), ("all transposed in numbers", g.T),
        ("multiplier alone", extra), ("number lost in numbers", 2 * (X - A) + extra),
        ("two at the multiplier", 2 * c * (X - A + extra)),
        ("multiplier twice", 2 * c * (X - A) + 2 * (L if kind != "secant" else extra)),
        ("A minus X", 2 * c * (A - X) + extra),
    ))  # fmt: skip


LAGRANGIAN = Family(
    "md-lagrangian-step",
    lagrangian,
    (
        slip("two lost", "factor-two factor-dropped constant-factor squares-not-doubled", "D"),
        slip("multiplier forgotten", "multiplier-forgotten term-dropped", "D"),
        slip("squares forgotten", "term-dropped", "D"),
        slip("minus before the multiplier", "sign multiplier-turned other-condition", "D"),
        slip("plus A", "sign sign-of-a", "D"),
        slip("A lost", "term-dropped", "D"),
        slip("transpose lost", "transpose-missing", "D"),
        slip("number lost", "factor-dropped factor-two constant-factor", "D"),
        slip("sign of A", "sign-of-a sign", "G"),
        slip("squares not doubled", "squares-not-doubled factor-two factor-dropped", "G"),
        slip("multiplier alike twice", "multiplier-doubled transpose-missing factor-two", "G"),
        slip("multiplier once", "multiplier-once term-dropped factor-dropped", "G"),
        slip("multiplier turned", "multiplier-turned sign product-reversed transposed", "G"),
        slip("other condition", "other-condition sign", "G"),
        slip("multiplier forgotten in the gradient", "multiplier-forgotten term-dropped", "G"),
        slip("A lost in the gradient", "term-dropped", "G"),
        slip("squares transposed", "transpose-extra transpose-missing transposed difference-transposed", "G"),
        slip("number lost in the gradient", "factor-dropped factor-two constant-factor", "G"),
        slip("all transposed", "layout transposed", "G"),
        slip("minus of the whole", SIGN, "G"),
        slip("number forgotten", "factor-of-the-squares-lost factor-dropped divisor-dropped", "S"),
        slip("plus", "stationary-with-plus sign", "S"),
        slip("multiplied", "inverted other-operation constant-factor factor-two", "S"),
        slip("A with a minus", "sign", "S"),
        slip("half alone", "factor-dropped factor-two constant-factor", "S"),
        slip("multiplier left out", "term-dropped multiplier-forgotten", "S"),
        slip("A left out", "term-dropped", "S"),
        slip("other multiplier", "names-swapped sign transposed product-reversed", "S"),
        slip("not divided", "not-halved factor-two factor-dropped divisor-dropped", "P"),
        slip("other part", "other-part sign", "P"),
        slip("condition not used", "condition-not-used term-dropped", "P"),
        slip("transposed", f"transposed transpose-missing transpose-extra term-dropped product-reversed {SIGN}", "P"),
        slip("factor two", "factor-two constant-factor", "P"),
        slip("A lost at the end", "term-dropped", "P"),
        slip("A beside s lost", "factor-dropped", "P"),
        slip("two lost in numbers", "squares-not-doubled factor-two factor-dropped", "G0"),
        slip("sign of A in numbers", "sign-of-a sign", "G0"),
        slip("other multiplier in numbers", "other-condition sign multiplier-turned transposed product-reversed", "G0"),
        slip("multiplier forgotten in numbers", "multiplier-forgotten term-dropped", "G0"),
        slip("multiplier subtracted", "multiplier-turned other-condition sign", "G0"),
        slip("squares transposed in numbers", "transpose-extra transposed difference-transposed", "G0"),
        slip("all transposed in numbers", "layout transposed", "G0"),
        slip("multiplier alone", "term-dropped", "G0"),
        slip("number lost in numbers", "factor-dropped factor-two constant-factor", "G0"),
        slip("two at the multiplier", "brackets factor-two factor-extra bracket-too-wide", "G0"),
        slip("multiplier twice", "multiplier-doubled factor-two transpose-missing", "G0"),
        slip("A minus X", "sign product-reversed", "G0"),
        pen("entry-sign", "G0"),
        pen("transposed", "G0", "layout"),
    ),
    (("two lost", "plus"), ("sign of A", "not divided")),
)


# ----- A definite Hessian --------------------------------------------------------------------------------------------


def definite(given: Given, sheet: Sheet) -> None:
    """XᵀX, its eigenvalues, where the penalty makes F convex, the least eigenvalue of the Hessian."""
    X, lam = arrays(given, "X")[0], given["lambda"]
    M = X.T @ X
    wide = X.shape[0] < X.shape[1]
    off = M * (1 - np.eye(len(M)))
    M = sheet.write("M", chosen(
        sheet, M,
        ("diagonal alone", M - off), ("sign beside the diagonal", M - 2 * off),
        ("sizes multiplied", np.abs(X).T @ np.abs(X)), ("last row left out", X[:-1].T @ X[:-1]),
        ("doubled at once", 2 * M), ("entries squared", (X**2).T @ (X**2)),
        ("sums multiplied", np.outer(X.sum(axis=0), X.sum(axis=0))),
    ))  # fmt: skip
    small = X @ X.T if wide else M
    a, d, b = small[0, 0], small[1, 1], small[0, 1]
    root = np.sqrt((a - d) ** 2 + 4 * b**2)
    zero = [0.0] if wide else []
    L = np.array([*zero, (a + d - root) / 2, (a + d + root) / 2])
    L = sheet.write("L", chosen(
        sheet, L,
        ("diagonal entries", np.diag(M) if len(set(np.diag(M))) == len(M) else L),
        ("not halved", np.array([*zero, a + d - root, a + d + root])),
        ("root lost", np.array([*zero, (a + d - root**2) / 2, (a + d + root**2) / 2])),
        ("signs turned", -L), ("singular values", np.sqrt(np.abs(L))), ("of the Hessian", 2 * L),
        ("four lost",
         np.array([*zero, (a + d - np.sqrt((a - d) ** 2 + b**2)) / 2, (a + d + np.sqrt((a - d) ** 2 + b**2)) / 2])),
    ))  # fmt: skip
    low, high = float(np.min(L)), float(np.max(L))
    sheet.write("t", chosen(
        sheet, 0.0 - low,
        ("sign lost", low), ("doubled", -2 * low), ("halved", -low / 2), ("largest taken", -high),
    ))  # fmt: skip
    sheet.write("b", chosen(
        sheet, 2 * low + 2 * lam,
        ("two lost", low + lam), ("penalty not doubled", 2 * low + lam), ("product not doubled", low + 2 * lam),
        ("largest taken at the end", 2 * high + 2 * lam),
        ("penalty subtracted", 2 * low - 2 * lam), ("penalty left out", 2 * low), ("penalty alone", 2 * lam),
        ("squared penalty", 2 * low + 2 * lam**2),
    ))  # fmt: skip


DEFINITE = Family(
    "md-hessian-definiteness",
    definite,
    (
        slip("diagonal alone", "diagonal-alone entry-left-out term-dropped", "M"),
        slip("sign beside the diagonal", "sign", "M"),
        slip("sizes multiplied", "sign sizes-multiplied", "M"),
        slip("last row left out", "term-dropped last-left-out", "M"),
        slip("doubled at once", "factor-two", "M"),
        slip("entries squared", "square-doubled exponent-off", "M"),
        slip("sums multiplied", "products-of-sums", "M"),
        slip("diagonal entries", "diagonal-taken", "L"),
        slip("not halved", "root-not-halved factor-two divisor-dropped", "L"),
        slip("root lost", "root-missing other-product", "L N"),
        slip("signs turned", SIGN, "L"),
        slip("singular values", "singular-values other-function", "L"),
        slip("of the Hessian", "factor-two of-the-hessian", "L"),
        slip("four lost", "factor-dropped four-lost", "L"),
        slip("sign lost", f"sign-lost {SIGN}", "t"),
        slip("doubled", "threshold-doubled factor-two", "t"),
        slip("halved", "factor-two", "t"),
        slip("largest taken", "largest-taken", "t"),
        slip("two lost", "two-lost factor-two", "b"),
        slip("penalty not doubled", "penalty-not-doubled factor-two factor-dropped", "b"),
        slip("product not doubled", "product-not-doubled factor-two factor-dropped", "b"),
        slip("largest taken at the end", "largest-taken", "b"),
        slip("penalty subtracted", "penalty-subtracted sign", "b"),
        slip("penalty left out", "term-dropped", "b"),
        slip("penalty alone", "term-dropped", "b"),
        slip("squared penalty", "factor-extra square-doubled exponent-off", "b"),
        pen("whole-sign", "b"),
        pen("entry-sign", "M"),
    ),
    (("diagonal alone", "penalty not doubled"), ("not halved", "two lost")),
)

FAMILIES = (NEAREST, LAGRANGIAN, DEFINITE)
