"""Matrix derivatives of statistics: least squares, ridge, logistic loss, normal likelihoods, nearest matrices."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.students.matrix_calculus import value
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import matrix, put


def arrays(given: Given, *names: str) -> list[np.ndarray]:
    """Givens as arrays."""
    return [np.array(given[name], float) for name in names]


def _column(entries: Any) -> np.ndarray:
    return matrix(np.reshape(entries, (-1, 1)))


# ----- Least squares -------------------------------------------------------------------------------------------------


def least_squares(given: Given, sheet: Sheet) -> None:
    """Gradient, Hessian and minimum of c (y - Xw)ᵀV(y - Xw), as formulas and in numbers."""
    c, v = given["c"], "" if given["sum"] == "plain" else "V*"
    X, y, w, V = arrays(given, "X0", "y0", "w0", "V0")
    V = V if v else np.eye(3)
    at = {"X": X, "y": y[:, None], "w": w[:, None], "V": V}

    def own(text: str) -> str:
        return put(text.replace("V*", v), c=c)

    right = own("-2*c*X'*V*(y - X*w)")
    G = sheet.write("G", chosen(
        sheet, right,
        ("minus lost", own("2*c*X'*V*(y - X*w)")), ("two lost", own("-c*X'*V*(y - X*w)")),
        ("number lost", own("-2*X'*V*(y - X*w)")), ("X not transposed", own("-2*c*X*V*(y - X*w)")),
        ("X lost", own("-2*c*V*(y - X*w)")), ("plus in the residual", own("-2*c*X'*V*(y + X*w)")),
        ("y lost", own("2*c*X'*V*X*w")),
        ("weights lost", own("-2*c*X'*(y - X*w)") if v else right), ("row for a column", own("-2*c*(y - X*w)'*V*X")),
        ("loss itself", own("c*(y - X*w)'*V*(y - X*w)")),
    ))  # fmt: skip
    exact = own("2*c*X'*V*X")
    H = sheet.write("H", chosen(
        sheet, exact,
        ("minus in the Hessian", own("-2*c*X'*V*X")), ("two lost in the Hessian", own("c*X'*V*X")),
        ("number lost in the Hessian", own("2*X'*V*X")), ("products turned", exact if v else own("2*c*X*X'")),
        ("weights lost in the Hessian", own("2*c*X'*X") if v else exact), ("four", own("4*c*X'*V*X")),
    ))  # fmt: skip
    best = own("inv(X'*V*X)*X'*V*y")
    W = sheet.write("W", chosen(
        sheet, best,
        ("other product inverted", own("inv(X*V*X')*X'*V*y") if not v else best),
        ("inverse lost", own("X'*V*X*X'*V*y")),
        ("transpose lost at the end", own("inv(X'*V*X)*X*V*y")), ("factor kept", own("2*c*inv(X'*V*X)*X'*V*y")),
        ("minus at the minimum", own("-inv(X'*V*X)*X'*V*y")),
        ("order turned", own("X'*V*y*inv(X'*V*X)")), ("y alone", own("inv(X'*V*X)*y") if not v else best),
        ("weights on the left only", own("inv(X'*V*X)*X'*y") if v else best),
        ("weights on the right only", own("inv(X'*X)*X'*V*y") if v else best),
        ("weights lost at the minimum", own("inv(X'*X)*X'*y") if v else best),
    ))  # fmt: skip
    r = y - X @ w
    g = value(G, right, **at)
    sheet.write("g0", chosen(
        sheet, g,
        ("minus lost in numbers", -g), ("two lost in numbers", g / 2),
        ("plus in numbers", -2 * c * X.T @ V @ (y + X @ w)),
        ("y lost in numbers", 2 * c * X.T @ V @ X @ w),
        ("weights swapped", -2 * c * X.T @ V @ (y - X @ w[::-1])),
        ("number lost in numbers", -2 * X.T @ V @ r), ("columns swapped", -2 * c * (X.T @ V @ r)[::-1]),
        ("weights V lost in numbers", -2 * c * X.T @ r if v else g),
    ))  # fmt: skip
    A = X.T @ V @ X
    h = value(H, exact, **at)
    h = sheet.write("H0", chosen(
        sheet, h,
        ("two lost in the matrix", h / 2), ("number lost in the matrix", 2 * A),
        ("diagonal alone", np.diag(np.diag(2 * c * A))),
        ("last object left out", 2 * c * X[:2].T @ V[:2, :2] @ X[:2]),
        ("signs lost in the matrix", 2 * c * np.abs(X).T @ V @ np.abs(X)),
        ("V lost in the matrix", 2 * c * X.T @ X if v else h),
    ))  # fmt: skip
    b, D = X.T @ V @ y, np.linalg.det(A)
    z = value(W, best, **at)
    sheet.write("z0", chosen(
        sheet, z,
        ("not divided", D * z), ("diagonal divided", b / np.diag(A)),
        ("minus of the inverse lost", np.array([A[1, 1] * b[0] + A[0, 1] * b[1], A[0, 0] * b[1] + A[0, 1] * b[0]]) / D),
        ("diagonal not swapped", np.array([A[0, 0] * b[0] - A[0, 1] * b[1], A[1, 1] * b[1] - A[0, 1] * b[0]]) / D),
        ("halved", z / 2), ("plus in the determinant", z * D / (A[0, 0] * A[1, 1] + A[0, 1] ** 2)),
        ("sign of the minimum", -z),
        ("V lost in the minimum", np.linalg.solve(X.T @ X, X.T @ y) if v else z),
    ))  # fmt: skip


TWO, SIGN = "two-lost factor-two factor-dropped constant-factor", "sign whole-sign"
LEAST_SQUARES = Family(
    "md-ols-gradient",
    least_squares,
    (
        slip("minus lost", f"sign-of-the-residual {SIGN}", "G"),
        slip("two lost", TWO, "G"),
        slip("number lost", "factor-dropped constant-factor factor-two", "G"),
        slip("X not transposed", "transpose-missing", "G"),
        slip("X lost", "factor-dropped inner-lost", "G"),
        slip("plus in the residual", "sum-for-difference sign", "G"),
        slip("y lost", "answers-lost term-dropped", "G"),
        slip("weights lost", "weights-lost factor-dropped", "G"),
        slip("row for a column", "layout transposed", "G"),
        slip("loss itself", "function-for-derivative", "G"),
        slip("minus in the Hessian", f"hessian-with-minus {SIGN}", "H"),
        slip("two lost in the Hessian", TWO, "H"),
        slip("number lost in the Hessian", "factor-dropped constant-factor factor-two", "H"),
        slip("products turned", "transpose-missing product-reversed transpose-extra", "H"),
        slip("weights lost in the Hessian", "weights-lost factor-dropped", "H"),
        slip("four", "factor-two constant-factor exponent-off", "H"),
        slip("other product inverted", "transpose-missing product-reversed", "W"),
        slip("inverse lost", "inverse-lost inverse-missing", "W"),
        slip("transpose lost at the end", "transpose-missing", "W"),
        slip("factor kept", "factor-kept-at-the-minimum factor-extra constant-factor factor-two", "W"),
        slip("minus at the minimum", SIGN, "W"),
        slip("order turned", "product-reversed", "W"),
        slip("y alone", "factor-dropped", "W"),
        slip("weights on the left only", "weights-on-one-side factor-dropped", "W"),
        slip("weights on the right only", "weights-beside-the-answers factor-dropped", "W"),
        slip("weights lost at the minimum", "weights-lost factor-dropped", "W"),
        slip("minus lost in numbers", f"sign-of-the-residual {SIGN}", "g0"),
        slip("two lost in numbers", TWO, "g0"),
        slip("plus in numbers", "sum-for-difference sign", "g0"),
        slip("y lost in numbers", "answers-lost term-dropped", "g0"),
        slip("weights swapped", "permuted names-swapped", "g0"),
        slip("number lost in numbers", "factor-dropped constant-factor factor-two", "g0"),
        slip("columns swapped", "permuted", "g0"),
        slip("weights V lost in numbers", "weights-lost factor-dropped", "g0"),
        slip("two lost in the matrix", TWO, "H0"),
        slip("number lost in the matrix", "factor-dropped constant-factor factor-two", "H0"),
        slip("diagonal alone", "term-dropped entry-left-out diagonal-alone", "H0"),
        slip("last object left out", "term-dropped last-left-out", "H0"),
        slip("signs lost in the matrix", "sign sizes-multiplied", "H0"),
        slip("V lost in the matrix", "weights-lost factor-dropped", "H0"),
        slip("not divided", "divisor-dropped not-divided", "z0"),
        slip("diagonal divided", "entries-divided elementwise", "z0"),
        slip("minus of the inverse lost", "minus-of-the-inverse sign", "z0"),
        slip("diagonal not swapped", "diagonal-not-swapped", "z0"),
        slip("halved", "factor-two", "z0"),
        slip("plus in the determinant", "determinant-with-plus sign", "z0"),
        slip("sign of the minimum", SIGN, "z0"),
        slip("V lost in the minimum", "weights-lost factor-dropped", "z0"),
        pen("digit", "z0"),
        pen("entry-sign", "g0 z0"),
        pen("permuted", "g0 z0"),
        pen("rounding", "z0"),
    ),
    (("two lost", "inverse lost"), ("minus lost", "number lost in the Hessian")),
)


# ----- A step of descent ---------------------------------------------------------------------------------------------


def step_of_descent(given: Given, sheet: Sheet) -> None:
    """Gradient, step, the step as Tw + s; gradient and step in numbers."""
    c, ridge = given["c"], given["loss"] == "ridge"
    X, y, w = arrays(given, "X0", "y0", "w0")
    rate, lam = given["gamma0"], given["lambda0"] if ridge else 0.0
    tail = " + 2*λ*w" if ridge else ""

    def own(text: str) -> str:
        return put(text, c=c)

    right = own(f"2*c*X'*(X*w - y){tail}")
    lost = own(f"2*c*(X*w - y){tail}")
    untransposed, row = own(f"2*c*X*(X*w - y){tail}"), own("2*c*(X*w - y)'*X" + (" + 2*λ*w'" if ridge else ""))
    G = sheet.write("G", chosen(
        sheet, right,
        ("residual turned", own(f"2*c*X'*(y - X*w){tail}")), ("two lost", own(f"c*X'*(X*w - y){tail}")),
        ("number lost", own(f"2*X'*(X*w - y){tail}")), ("X not transposed", untransposed),
        ("penalty not doubled", own("2*c*X'*(X*w - y) + λ*w") if ridge else right),
        ("penalty forgotten", own("2*c*X'*(X*w - y)") if ridge else right),
        ("penalty with a minus", own("2*c*X'*(X*w - y) - 2*λ*w") if ridge else right),
        ("penalty of ones", own("2*c*X'*(X*w - y) + 2*λ") if ridge else right),
        ("y lost", own(f"2*c*X'*X*w{tail}")), ("plus in the residual", own(f"2*c*X'*(X*w + y){tail}")),
        ("X lost", lost),
        ("row for a column", row),
    ))  # fmt: skip
    if G in (untransposed, row, lost):
        G = right  # of another shape: nobody goes on with it
    sheet.write("U", chosen(
        sheet, f"w - gamma*({G})",
        ("uphill", f"w + gamma*({G})"), ("old weights left out", f"-gamma*({G})"), ("rate lost", f"w - ({G})"),
        ("divided by the rate", f"w - ({G})/gamma"), ("rate at the weights", f"gamma*(w - ({G}))"),
        ("turned", f"gamma*({G}) - w"), ("gradient alone", G),
    ))  # fmt: skip
    product, shrunk = own("2*gamma*c*X'*X"), "(1 - 2*gamma*λ)*I" if ridge else "I"
    exact = f"{shrunk} - {product}"
    sheet.write("T", chosen(
        sheet, exact,
        ("plus before the product", f"{shrunk} + {product}"),
        ("identity lost", f"-2*gamma*λ*I - {product}" if ridge else f"-{product}"),
        ("two lost in T", own(f"{shrunk} - gamma*c*X'*X")), ("products turned", own(f"{shrunk} - 2*gamma*c*X*X'")),
        ("rate lost in T", own("I - 2*λ*I - 2*c*X'*X") if ridge else own("I - 2*c*X'*X")),
        ("plus before the penalty", f"(1 + 2*gamma*λ)*I - {product}" if ridge else exact),
        ("penalty lost in T", f"I - {product}" if ridge else exact),
        ("penalty not doubled in T", f"(1 - gamma*λ)*I - {product}" if ridge else exact),
        ("all the same sign", f"-{shrunk} - {product}"),
        ("number lost in T", f"{shrunk} - 2*gamma*X'*X"), ("transpose lost in T", own(f"{shrunk} - 2*gamma*c*X*X")),
    ))  # fmt: skip
    shift = own("2*gamma*c*X'*y")
    sheet.write("s", chosen(
        sheet, shift,
        ("minus in the shift", f"-{shift}"), ("two lost in the shift", own("gamma*c*X'*y")),
        ("rate lost in the shift", own("2*c*X'*y")),
        ("X not transposed in the shift", own("2*gamma*c*X*y")), ("X lost in the shift", own("2*gamma*c*y")),
        ("number lost in the shift", own("2*gamma*X'*y")), ("row for a column in the shift", own("2*gamma*c*y'*X")),
    ))  # fmt: skip
    g = value(G.replace("λ", f"({lam})"), right.replace("λ", f"({lam})"), X=X, y=y[:, None], w=w[:, None])
    r = X @ w - y
    g = sheet.write("g0", chosen(
        sheet, g,
        ("residual turned in numbers", -2 * c * X.T @ r + 2 * lam * w),
        ("two lost in numbers", c * X.T @ r + 2 * lam * w),
        ("penalty lost in numbers", 2 * c * X.T @ r), ("penalty not doubled in numbers", 2 * c * X.T @ r + lam * w),
        ("y lost in numbers", 2 * c * X.T @ X @ w + 2 * lam * w),
        ("weights swapped", 2 * c * X.T @ (X @ w[::-1] - y) + 2 * lam * w[::-1]),
        ("mean for the sum", 2 * c * X.T @ r / 3 + 2 * lam * w),
        ("entries swapped", g[::-1]), ("plus in numbers", 2 * c * X.T @ (X @ w + y) + 2 * lam * w),
        ("minus in numbers", -g),
    ))  # fmt: skip
    sheet.write("u0", chosen(
        sheet, w - rate * g,
        ("uphill in numbers", w + rate * g), ("weights left out", -rate * g), ("rate lost in numbers", w - g),
        ("rate ten times too large", w - 10 * rate * g), ("rate at the weights in numbers", rate * (w - g)),
        ("divided", w - g / rate),
    ))  # fmt: skip


STEP = Family(
    "md-gd-step-matrix",
    step_of_descent,
    (
        slip("residual turned", f"sign-of-the-residual {SIGN} product-reversed", "G"),
        slip("two lost", TWO, "G"),
        slip("number lost", "factor-dropped factor-two constant-factor", "G"),
        slip("X not transposed", "transpose-missing", "G"),
        slip("penalty not doubled", "penalty-not-doubled factor-two factor-dropped", "G"),
        slip("penalty forgotten", "penalty-forgotten term-dropped", "G"),
        slip("penalty with a minus", "sign penalty-with-minus", "G"),
        slip("penalty of ones", "factor-dropped penalty-of-ones", "G"),
        slip("y lost", "term-dropped", "G"),
        slip("plus in the residual", "sign", "G"),
        slip("X lost", "factor-dropped inner-lost", "G"),
        slip("row for a column", "layout transposed", "G"),
        slip("uphill", "uphill sign", "U"),
        slip("old weights left out", "step-alone term-dropped", "U"),
        slip("rate lost", "rate-lost factor-dropped", "U"),
        slip("divided by the rate", "inverted other-operation", "U"),
        slip("rate at the weights", "rate-inside brackets factor-extra", "U"),
        slip("turned", SIGN, "U"),
        slip("gradient alone", "term-dropped other-blank other-quantity gradient-for-step", "U"),
        slip("plus before the product", "plus-in-the-matrix sign", "T"),
        slip("identity lost", "identity-lost term-dropped", "T"),
        slip("two lost in T", TWO, "T"),
        slip("products turned", "transpose-missing product-reversed transpose-extra", "T"),
        slip("rate lost in T", "rate-lost-in-matrix factor-dropped", "T"),
        slip("plus before the penalty", "penalty-with-plus sign", "T"),
        slip("penalty lost in T", "penalty-forgotten term-dropped", "T"),
        slip("penalty not doubled in T", "penalty-not-doubled factor-two factor-dropped", "T"),
        slip("all the same sign", "sign", "T"),
        slip("number lost in T", "factor-dropped factor-two constant-factor", "T"),
        slip("transpose lost in T", "transpose-missing", "T"),
        slip("minus in the shift", f"shift-with-minus {SIGN}", "s"),
        slip("two lost in the shift", TWO, "s"),
        slip("rate lost in the shift", "rate-lost-in-matrix factor-dropped", "s"),
        slip("X not transposed in the shift", "transpose-missing", "s"),
        slip("X lost in the shift", "factor-dropped", "s"),
        slip("number lost in the shift", "factor-dropped factor-two constant-factor", "s"),
        slip("row for a column in the shift", "transposed", "s"),
        slip("residual turned in numbers", f"sign-of-the-residual {SIGN} product-reversed", "g0"),
        slip("two lost in numbers", TWO, "g0"),
        slip("penalty lost in numbers", "penalty-forgotten term-dropped", "g0"),
        slip("penalty not doubled in numbers", "penalty-not-doubled factor-two factor-dropped", "g0"),
        slip("y lost in numbers", "term-dropped", "g0"),
        slip("weights swapped", "permuted names-swapped", "g0"),
        slip("mean for the sum", "sum-for-mean factor-extra", "g0"),
        slip("entries swapped", "permuted", "g0"),
        slip("plus in numbers", "sign", "g0"),
        slip("minus in numbers", SIGN, "g0"),
        slip("uphill in numbers", "uphill sign", "u0"),
        slip("weights left out", "step-alone term-dropped", "u0"),
        slip("rate lost in numbers", "rate-lost factor-dropped", "u0"),
        slip("rate ten times too large", "power-of-ten rate-tenfold", "u0"),
        slip("rate at the weights in numbers", "rate-inside brackets factor-extra", "u0"),
        slip("divided", "inverted other-operation", "u0"),
        pen("entry-sign", "g0 u0"),
        pen("entry-point", "u0"),
    ),
    (("two lost", "uphill"), ("identity lost", "uphill in numbers")),
)


# ----- Ridge ---------------------------------------------------------------------------------------------------------


def ridge(given: Given, sheet: Sheet) -> None:
    """Gradient, Hessian, minimum of c |y - Xw|² + λ |w - a|²; in numbers."""
    c, point = given["c"], given["toward"] == "point"
    X, y, w, a = arrays(given, "X0", "y0", "w0", "a0")
    a, lam = a if point else 0 * a, given["lambda0"]
    pull, more = ("(w - a)", " + λ*a") if point else ("w", "")

    def own(text: str) -> str:
        return put(text, c=c)

    right = own(f"-2*c*X'*(y - X*w) + 2*λ*{pull}")
    G = sheet.write("G", chosen(
        sheet, right,
        ("residual turned", own(f"2*c*X'*(y - X*w) + 2*λ*{pull}")),
        ("penalty not doubled", own(f"-2*c*X'*(y - X*w) + λ*{pull}")),
        ("squares not doubled", own(f"-c*X'*(y - X*w) + 2*λ*{pull}")), ("penalty forgotten", own("-2*c*X'*(y - X*w)")),
        ("penalty with a minus", own(f"-2*c*X'*(y - X*w) - 2*λ*{pull}")),
        ("X not transposed", own(f"-2*c*X*(y - X*w) + 2*λ*{pull}")),
        ("penalty of ones", own("-2*c*X'*(y - X*w) + 2*λ")), ("number lost", own(f"-2*X'*(y - X*w) + 2*λ*{pull}")),
        ("row for a column", own(f"-2*c*(y - X*w)'*X + 2*λ*{pull}'")),
        ("point forgotten", own("-2*c*X'*(y - X*w) + 2*λ*w") if point else right),
        ("plus before the point", own("-2*c*X'*(y - X*w) + 2*λ*(w + a)") if point else right),
        ("X lost", own(f"-2*c*(y - X*w) + 2*λ*{pull}")),
    ))  # fmt: skip
    sheet.write("H", chosen(
        sheet, own("2*c*X'*X + 2*λ*I"),
        ("penalty not doubled in the Hessian", own("2*c*X'*X + λ*I")),
        ("squares not doubled in the Hessian", own("c*X'*X + 2*λ*I")),
        ("penalty forgotten in the Hessian", own("2*c*X'*X")),
        ("penalty with a minus in the Hessian", own("2*c*X'*X - 2*λ*I")),
        ("minus before the squares", own("-2*c*X'*X + 2*λ*I")), ("products turned", own("2*c*X*X' + 2*λ*I")),
        ("identity left out", own("2*c*X'*X + 2*λ")),
        ("number lost in the Hessian", own("2*X'*X + 2*λ*I")),
        ("both halved", own("c*X'*X + λ*I")),
    ))  # fmt: skip
    left = "inv(c*X'*X + λ*I)"
    best = own(f"{left}*(c*X'*y{more})")
    sheet.write("W", chosen(
        sheet, best,
        ("penalty doubled", own(f"inv(c*X'*X + 2*λ*I)*(c*X'*y{more})")), ("penalty left out", own("inv(X'*X)*X'*y")),
        ("minus in the inverse", own(f"inv(c*X'*X - λ*I)*(c*X'*y{more})")),
        ("inverse lost", own(f"(c*X'*X + λ*I)*(c*X'*y{more})")),
        ("number lost at the minimum", own(f"inv(X'*X + λ*I)*(X'*y{more})")),
        ("number lost on the right", own(f"{left}*(X'*y{more})")),
        ("products turned at the minimum", own(f"inv(c*X*X' + λ*I)*(c*X'*y{more})")),
        ("transpose lost", own(f"{left}*(c*X*y{more})")),
        ("order turned", own(f"(c*X'*y{more})*{left}")), ("minus at the minimum", own(f"-{left}*(c*X'*y{more})")),
        ("point left out", own(f"{left}*(c*X'*y)") if point else best),
        ("point with a minus", own(f"{left}*(c*X'*y - λ*a)") if point else best),
        ("λ left out at the point", own(f"{left}*(c*X'*y + a)") if point else best),
        ("identity alone", own(f"inv(c*X'*X + I)*(c*X'*y{more})")),
    ))  # fmt: skip
    r = y - X @ w
    g = value(G.replace("λ", f"({lam})"), right.replace("λ", f"({lam})"), X=X, y=y[:, None], w=w[:, None], a=a[:, None])
    sheet.write("g0", chosen(
        sheet, g,
        ("residual turned in numbers", 2 * c * X.T @ r + 2 * lam * (w - a)),
        ("penalty lost in numbers", -2 * c * X.T @ r),
        ("penalty not doubled in numbers", -2 * c * X.T @ r + lam * (w - a)),
        ("squares not doubled in numbers", -c * X.T @ r + 2 * lam * (w - a)),
        ("penalty with a minus in numbers", -2 * c * X.T @ r - 2 * lam * (w - a)),
        ("plus in the residual", -2 * c * X.T @ (y + X @ w) + 2 * lam * (w - a)),
        ("weights swapped", -2 * c * X.T @ (y - X @ w[::-1]) + 2 * lam * (w[::-1] - a)),
        ("point forgotten in numbers", -2 * c * X.T @ r + 2 * lam * w if point else g), ("minus in numbers", -g),
    ))  # fmt: skip
    A, eye = X.T @ X, np.eye(2)
    h = 2 * c * A + 2 * lam * eye
    h = sheet.write("H0", chosen(
        sheet, h,
        ("penalty everywhere", 2 * c * A + 2 * lam), ("penalty lost in the matrix", 2 * c * A),
        ("penalty not doubled in the matrix", 2 * c * A + lam * eye),
        ("squares not doubled in the matrix", c * A + 2 * lam * eye), ("both halved in the matrix", h / 2),
        ("penalty subtracted", 2 * c * A - 2 * lam * eye),
        ("one corner", 2 * c * A + 2 * lam * np.diag([1, 0])),
        ("last object left out", 2 * c * X[:2].T @ X[:2] + 2 * lam * eye),
        ("number lost in the matrix", 2 * A + 2 * lam * eye),
    ))  # fmt: skip
    b = 2 * c * X.T @ y + 2 * lam * a
    D = h[0, 0] * h[1, 1] - h[0, 1] * h[1, 0]
    z = np.linalg.solve(h, b)
    sheet.write("z0", chosen(
        sheet, z,
        ("not divided", D * z), ("diagonal divided", b / np.diag(h)),
        ("minus of the inverse lost", np.array([h[1, 1] * b[0] + h[0, 1] * b[1], h[0, 0] * b[1] + h[0, 1] * b[0]]) / D),
        ("diagonal not swapped", np.array([h[0, 0] * b[0] - h[0, 1] * b[1], h[1, 1] * b[1] - h[0, 1] * b[0]]) / D),
        ("two on one side", z / 2), ("plus in the determinant", z * D / (h[0, 0] * h[1, 1] + h[0, 1] ** 2)),
        ("penalty lost in the minimum", np.linalg.solve(A, X.T @ y)), ("sign of the minimum", -z),
        ("two lost on the left", 2 * z),
        ("point left out in numbers", np.linalg.solve(h, 2 * c * X.T @ y) if point else z),
    ))  # fmt: skip


RIDGE = Family(
    "md-ridge-gradient",
    ridge,
    (
        slip("residual turned", f"sign-of-the-residual {SIGN}", "G"),
        slip("penalty not doubled", "penalty-not-doubled factor-two factor-dropped", "G"),
        slip("squares not doubled", "squares-not-doubled factor-two factor-dropped", "G"),
        slip("penalty forgotten", "penalty-forgotten term-dropped", "G"),
        slip("penalty with a minus", "penalty-with-minus sign", "G"),
        slip("X not transposed", "transpose-missing", "G"),
        slip("penalty of ones", "factor-dropped penalty-of-ones", "G"),
        slip("number lost", "factor-dropped factor-two", "G"),
        slip("row for a column", "layout transposed", "G"),
        slip("point forgotten", "point-forgotten term-dropped", "G"),
        slip("plus before the point", "sign", "G"),
        slip("X lost", "factor-dropped inner-lost", "G"),
        slip("penalty not doubled in the Hessian", "penalty-not-doubled factor-two factor-dropped", "H"),
        slip("squares not doubled in the Hessian", "squares-not-doubled factor-two factor-dropped", "H"),
        slip("penalty forgotten in the Hessian", "penalty-forgotten term-dropped", "H"),
        slip("penalty with a minus in the Hessian", "penalty-with-minus sign", "H"),
        slip("minus before the squares", "sign", "H"),
        slip("products turned", "transpose-missing product-reversed transpose-extra", "H"),
        slip("identity left out", "identity-lost factor-dropped", "H"),
        slip("number lost in the Hessian", "factor-dropped factor-two", "H"),
        slip("both halved", "factor-two constant-factor factor-dropped", "H"),
        slip("penalty doubled", "penalty-doubled factor-two", "W"),
        slip("penalty left out", "least-squares term-dropped", "W"),
        slip("minus in the inverse", "sign", "W"),
        slip("inverse lost", "inverse-missing", "W"),
        slip("number lost at the minimum", "factor-of-the-squares-lost factor-dropped", "W"),
        slip("number lost on the right", "right-side-without-factor factor-dropped factor-two", "W"),
        slip("products turned at the minimum", "transpose-missing product-reversed transpose-extra", "W"),
        slip("transpose lost", "transpose-missing", "W"),
        slip("order turned", "product-reversed", "W"),
        slip("minus at the minimum", SIGN, "W"),
        slip("point left out", "point-forgotten term-dropped", "W"),
        slip("point with a minus", "point-with-minus sign", "W"),
        slip("λ left out at the point", "factor-dropped", "W"),
        slip("identity alone", "factor-dropped", "W"),
        slip("residual turned in numbers", f"sign-of-the-residual {SIGN}", "g0"),
        slip("penalty lost in numbers", "penalty-forgotten term-dropped", "g0"),
        slip("penalty not doubled in numbers", "penalty-not-doubled factor-two factor-dropped", "g0"),
        slip("squares not doubled in numbers", "squares-not-doubled factor-two factor-dropped", "g0"),
        slip("penalty with a minus in numbers", "penalty-with-minus sign", "g0"),
        slip("plus in the residual", "sign", "g0"),
        slip("weights swapped", "permuted names-swapped", "g0"),
        slip("point forgotten in numbers", "point-forgotten term-dropped", "g0"),
        slip("minus in numbers", SIGN, "g0"),
        slip("penalty everywhere", "identity-lost", "H0"),
        slip("penalty lost in the matrix", "penalty-forgotten term-dropped", "H0"),
        slip("penalty not doubled in the matrix", "penalty-not-doubled factor-two factor-dropped", "H0"),
        slip("squares not doubled in the matrix", "squares-not-doubled factor-two factor-dropped", "H0"),
        slip("both halved in the matrix", "factor-two constant-factor", "H0"),
        slip("penalty subtracted", "penalty-with-minus sign", "H0"),
        slip("one corner", "term-dropped one-corner", "H0"),
        slip("last object left out", "term-dropped", "H0"),
        slip("number lost in the matrix", "factor-dropped factor-two", "H0"),
        slip("not divided", "divisor-dropped not-divided", "z0"),
        slip("diagonal divided", "entries-divided elementwise", "z0"),
        slip("minus of the inverse lost", "minus-of-the-inverse sign", "z0"),
        slip("diagonal not swapped", "diagonal-not-swapped", "z0"),
        slip("two on one side", "number-on-one-side factor-two factor-dropped", "z0"),
        slip("plus in the determinant", "determinant-with-plus sign", "z0"),
        slip("penalty lost in the minimum", "least-squares term-dropped penalty-forgotten", "z0"),
        slip("sign of the minimum", SIGN, "z0"),
        slip("two lost on the left", "factor-two factor-dropped", "z0"),
        slip("point left out in numbers", "point-forgotten term-dropped", "z0"),
        pen("digit", "z0"),
        pen("entry-sign", "g0 z0"),
        pen("permuted", "g0 z0"),
        pen("rounding", "z0"),
    ),
    (("penalty not doubled", "penalty doubled"), ("residual turned", "one corner")),
)

FAMILIES = (LEAST_SQUARES, STEP, RIDGE)
