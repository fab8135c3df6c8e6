"""Quadratic forms differentiated twice or inside another function; products of a number and a column."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from benchmarks.students.further import further
from benchmarks.students.matrix_vectors import by_kind, drawn, numbers, own, written
from benchmarks.students.sheet import Family, Given, Sheet, pen

# ----- Hessians --------------------------------------------------------------------------------------------------

_HESSE_G = {"gram": "2*c*B'*B*x", "linear": "c*(A + A')*x + b", "other": "c*(A + A')*x"}
_HESSE_H = {"gram": "2*c*B'*B", "other": "c*(A + A')"}


def _hesse(given: Given, sheet: Sheet) -> None:
    n = drawn(given)
    sheet.write("g", written(given, _HESSE_G))
    right = written(given, _HESSE_H) or ""
    H = sheet.write("H", right)
    H0 = sheet.write("H0", own(H, right, A=n.A0, B=n.B0, b=n.b0, x=n.h0))
    sheet.write("Q", float(n.h0 @ H0 @ n.h0))


HESSIAN = further(
    Family("md-quadratic-hessian", _hesse, (
        pen("entry-sign", "H0"), pen("whole-sign", "g H H0 Q"), pen("digit", "Q"), pen("digits", "Q"),
        pen("permuted", "H0"))),
    ("as if symmetric", "symmetric-only transpose-missing as-symmetric", "g",
     by_kind(plain="2*c*A*x", turned="2*c*A'*x", linear="2*c*A*x + b")),
    ("one term", "one-term term-dropped factor-two factor-dropped", "g",
     by_kind(plain="c*A*x", turned="c*A'*x", linear="c*A*x + b", gram="c*B'*B*x")),
    ("linear part lost", "linear-part-lost term-dropped", "g", by_kind(linear="c*(A + A')*x")),
    ("minus between", "sign", "g", by_kind(plain="c*(A - A')*x", turned="c*(A - A')*x")),
    ("row for a column", "layout transposed product-reversed", "g", by_kind(plain="c*x'*(A + A')", gram="2*c*x'*B'*B")),
    ("number lost", "factor-dropped", "g", by_kind(plain="(A + A')*x", gram="2*B'*B*x")),
    ("order of the factors", "product-reversed transpose-missing transpose-extra", "g", by_kind(gram="2*c*B*B'*x")),
    ("as if symmetric in the second", "symmetric-only transpose-missing as-symmetric", "H",
     by_kind(plain="2*c*A", turned="2*c*A'", linear="2*c*A")),
    ("one term in the second", "one-term term-dropped factor-two factor-dropped", "H",
     by_kind(plain="c*A", turned="c*A'", linear="c*A", gram="c*B'*B")),
    ("gradient again", "gradient-for-hessian factor-extra other-blank", "H",
     by_kind("c*(A + A')*x", gram="2*c*B'*B*x")),
    ("two once more", "factor-two", "H", by_kind("2*c*(A + A')", gram="4*c*B'*B")),
    ("minus in the second", "sign", "H", by_kind(plain="c*(A - A')", turned="c*(A - A')", linear="c*(A - A')")),
    ("number lost in the second", "factor-dropped constant-factor", "H", by_kind("A + A'", gram="2*B'*B")),
    ("order in the second", "product-reversed transpose-missing transpose-extra", "H", by_kind(gram="2*c*B*B'")),
    ("product of both", "other-operation elementwise", "H", by_kind(plain="c*A*A'", turned="c*A*A'")),
    ("as if symmetric in the numbers", "symmetric-only transpose-missing as-symmetric", "H0",
     numbers(lambda n, o: 2 * n.c * n.A0, "plain", "linear")),
    ("diagonal not doubled", "diagonal-once term-dropped factor-two", "H0",
     numbers(lambda n, o: o["now"] - n.c * np.diag(np.diag(n.A0)), "plain", "linear", "turned")),
    ("number lost in the numbers", "factor-dropped", "H0", numbers(lambda n, o: o["now"] / n.c)),
    ("two lost in the numbers", "factor-two factor-dropped one-term", "H0", numbers(lambda n, o: o["now"] / 2, "gram")),
    ("one product left out", "term-dropped", "H0", numbers(
     lambda n, o: 2 * n.c * n.B0[:2].T @ n.B0[:2], "gram")),
    ("halved", "not-halved factor-two", "Q", numbers(lambda n, o: float(n.h0 @ o["H0"] @ n.h0 / 2))),
    ("squares alone", "squares-alone term-dropped", "Q",
     numbers(lambda n, o: float(np.diag(o["H0"]) @ n.h0**2))),
    ("mixed product once", "mixed-once term-dropped", "Q",
     numbers(lambda n, o: float(np.diag(o["H0"]) @ n.h0**2 + o["H0"][0, 1] * n.h0[0] * n.h0[1]))),
    ("signs of h lost", "sign", "Q", numbers(lambda n, o: float(np.abs(n.h0) @ o["H0"] @ np.abs(n.h0)))),
    ("entries of the product added", "factor-dropped", "Q", numbers(lambda n, o: float((o["H0"] @ n.h0).sum()))),
    ("h swapped on one side", "permuted names-swapped index-off", "Q",
     numbers(lambda n, o: float(n.h0[::-1] @ o["H0"] @ n.h0))),
)  # fmt: skip


# ----- Functions of a form ---------------------------------------------------------------------------------------

_LOG_G = {"logarithm": "c*(A + A')*x/(x'*A*x)", "raised": "c*(A + A')*x/(k + x'*A*x)",
          "square": "2*c*(x'*A*x)*((A + A')*x)"}  # fmt: skip


def _log(given: Given, sheet: Sheet) -> None:
    n = drawn(given)
    sheet.write("d", "x'*(A + A')*dx")
    right = written(given, _LOG_G) or ""
    g = sheet.write("g", right)
    q0 = sheet.write("q0", float(n.x0 @ n.A0 @ n.x0))
    value = own(g, right, A=n.A0, x=n.x0, dx=n.x0)
    sheet.write("g0", _of_form(n, q0) * ((n.A0 + n.A0.T) @ n.x0) if g == right else value)


def _of_form(n: SimpleNamespace, q: float) -> float:
    return float({"logarithm": n.c / q, "raised": n.c / (n.k + q), "square": 2 * n.c * q}[n.kind]) if q else np.nan


LOG_FORM = further(
    Family("md-log-quadratic", _log, (
        pen("entry-sign", "g0"), pen("whole-sign", "g g0"), pen("permuted", "g0"))),
    ("as if symmetric", "symmetric-only transpose-missing as-symmetric", "d", by_kind("2*x'*A*dx")),
    ("one term", "one-term term-dropped", "d", by_kind("x'*A*dx")),
    ("x for its change", "argument-for-change names-swapped other-quantity", "d", by_kind("x'*(A + A')*x")),
    ("minus between", "sign", "d", by_kind("x'*(A - A')*dx")),
    ("change left out", "change-left-out factor-dropped", "d", by_kind("x'*(A + A')")),
    ("as a column", "change-left-out factor-dropped transposed", "d", by_kind("(A + A')*x")),
    ("as if symmetric in the gradient", "symmetric-only transpose-missing as-symmetric", "g", by_kind(
     logarithm="2*c*A*x/(x'*A*x)", raised="2*c*A*x/(k + x'*A*x)", square="4*c*(x'*A*x)*(A*x)")),
    ("one term in the gradient", "one-term term-dropped", "g", by_kind(
     logarithm="c*A*x/(x'*A*x)", raised="c*A*x/(k + x'*A*x)", square="2*c*(x'*A*x)*(A*x)")),
    ("outer derivative alone", "outer-alone inner-lost factor-dropped", "g",
     by_kind(logarithm="c/(x'*A*x)", raised="c/(k + x'*A*x)", square="2*c*(x'*A*x)")),
    ("x for the inner derivative", "column-for-inner factor-dropped", "g",
     by_kind(logarithm="c*x/(x'*A*x)", raised="c*x/(k + x'*A*x)", square="2*c*(x'*A*x)*x")),
    ("gradient of the form alone", "form-alone divisor-dropped factor-dropped", "g", by_kind("c*(A + A')*x")),
    ("as a row", "layout transposed product-reversed rows-for-columns transpose-missing", "g", by_kind(
     logarithm="c*x'*(A + A')/(x'*A*x)", raised="c*x'*(A + A')/(k + x'*A*x)", square="2*c*(x'*A*x)*(x'*(A + A'))")),
    ("number added lost", "number-added-lost term-dropped", "g", by_kind(raised="c*(A + A')*x/(x'*A*x)")),
    ("logarithm kept", "number-added-lost", "g", by_kind(logarithm="c*ln(x'*A*x)*((A + A')*x)")),
    ("square kept", "number-added-lost power-kept exponent-off", "g", by_kind(square="2*c*(x'*A*x)^2*((A + A')*x)")),
    ("two of the square lost", "factor-two factor-dropped", "g", by_kind(square="c*(x'*A*x)*((A + A')*x)")),
    ("number in front lost", "factor-dropped constant-factor", "g",
     by_kind(logarithm="(A + A')*x/(x'*A*x)", raised="(A + A')*x/(k + x'*A*x)")),
    ("sum below as well", "names-swapped other-quantity as-symmetric factor-two term-extra other-operation", "g",
     by_kind(logarithm="c*(A + A')*x/(x'*(A + A')*x)")),
    ("diagonal alone", "diagonal-alone term-dropped", "q0", numbers(lambda n, o: float(np.diag(n.A0) @ n.x0**2))),
    ("mixed product once", "mixed-once term-dropped", "q0", numbers(
     lambda n, o: float(np.diag(n.A0) @ n.x0**2 + n.A0[0, 1] * n.x0[0] * n.x0[1]))),
    ("entries of Ax added", "sum-of-the-column factor-dropped", "q0", numbers(lambda n, o: float((n.A0 @ n.x0).sum()))),
    ("signs of x lost", "sign", "q0", numbers(lambda n, o: float(np.abs(n.x0) @ n.A0 @ np.abs(n.x0)))),
    ("as if symmetric in the numbers", "symmetric-only transpose-missing as-symmetric", "g0 S0",
     numbers(lambda n, o: _of_form(n, o["q0"]) * 2 * n.A0 @ n.x0)),
    ("one term in the numbers", "one-term term-dropped", "g0 S0",
     numbers(lambda n, o: _of_form(n, o["q0"]) * n.A0 @ n.x0)),
    ("outer derivative left out", "form-alone divisor-dropped factor-dropped", "g0",
     numbers(lambda n, o: n.c * (n.A0 + n.A0.T) @ n.x0)),
    ("outer derivative twice", "row-by-row", "g0", numbers(lambda n, o: _of_form(n, o["q0"]) * np.ones(2))),
    ("number in front lost in the numbers", "factor-dropped", "g0", numbers(lambda n, o: o["now"] / n.c)),
    ("number added lost in the numbers", "number-added-lost term-dropped", "g0", numbers(
     lambda n, o: n.c * (n.A0 + n.A0.T) @ n.x0 / o["q0"], "raised")),
    ("minus between in the numbers", "sign", "g0 S0",
     numbers(lambda n, o: _of_form(n, o["q0"]) * (n.A0 - n.A0.T) @ n.x0)),
)  # fmt: skip


# ----- A number times a column -----------------------------------------------------------------------------------

_CUBE_D = {"cube": "p*((x'*x)*dx + 2*x*x'*dx)", "mapped": "p*((x'*x)*(A*dx) + 2*A*x*x'*dx)",
           "unit": "p*(dx/norm(x) - x*x'*dx/norm(x)^3)"}  # fmt: skip
_CUBE_J = {"cube": "p*((x'*x)*I + 2*x*x')", "mapped": "p*((x'*x)*A + 2*A*x*x')",
           "unit": "p*(I/norm(x) - x*x'/norm(x)^3)"}  # fmt: skip


def _cube(given: Given, sheet: Sheet) -> None:
    n = drawn(given)
    sheet.write("d", written(given, _CUBE_D))
    right = written(given, _CUBE_J) or ""
    J = sheet.write("J", right)
    sheet.write("q0", float(np.sqrt(n.x0 @ n.x0) if n.kind == "unit" else n.x0 @ n.x0))
    sheet.write("J0", own(J, right, {"A": (3, 2), "x": (2, 1), "dx": (2, 1)}, A=n.A0, x=n.x0, dx=n.x0))


def _terms(n: SimpleNamespace) -> tuple[np.ndarray, np.ndarray]:
    """What belongs to the column and what to the number."""
    x, q = n.x0, n.x0 @ n.x0
    outer = np.outer(x, x)
    if n.kind == "unit":
        return n.p * np.eye(2) / np.sqrt(q), -n.p * outer / q**1.5
    A = n.A0 if n.kind == "mapped" else np.eye(2)
    return n.p * q * A, 2 * n.p * A @ outer


CUBE = further(
    Family("md-xxx", _cube, (
        pen("entry-sign", "J0"), pen("whole-sign", "d J"), pen("digit", "J0"), pen("permuted", "J0"))),
    ("number taken for constant", "number-taken-for-constant term-dropped", "d",
     by_kind(cube="p*(x'*x)*dx", mapped="p*(x'*x)*(A*dx)", unit="p*dx/norm(x)")),
    ("column taken for constant", "column-taken-for-constant term-dropped", "d",
     by_kind(cube="2*p*x*x'*dx", mapped="2*p*A*x*x'*dx", unit="-p*x*x'*dx/norm(x)^3")),
    ("three alike", "like-a-cube", "d", by_kind(cube="3*p*x*x'*dx")),
    ("three times the number", "three-times-the-number", "d", by_kind(cube="3*p*(x'*x)*dx",
     mapped="3*p*(x'*x)*(A*dx)")),
    ("two lost", "factor-two factor-dropped square-of-the-norm", "d", by_kind(cube="p*((x'*x)*dx + x*x'*dx)",
     mapped="p*((x'*x)*(A*dx) + A*x*x'*dx)")),
    ("sign between", "plus-in-the-quotient sign", "d", by_kind(unit="p*(dx/norm(x) + x*x'*dx/norm(x)^3)",
     cube="p*((x'*x)*dx - 2*x*x'*dx)")),
    ("matrix lost in the second", "matrix-forgotten factor-dropped", "d", by_kind(
     mapped="p*((x'*x)*(A*dx) + 2*x*x'*dx)")),
    ("x for its change", "argument-for-change names-swapped other-quantity", "d",
     by_kind(cube="3*p*(x'*x)*x", mapped="3*p*(x'*x)*(A*x)")),
    ("square of the norm below", "square-of-the-norm exponent-off", "d", by_kind(
     unit="p*(dx/norm(x) - x*x'*dx/norm(x)^2)")),
    ("identity left out", "identity-left-out factor-dropped", "J", by_kind(cube="p*((x'*x) + 2*x*x')",
     unit="p*(1/norm(x) - x*x'/norm(x)^3)")),
    ("like a cube", "like-a-cube", "J", by_kind(cube="3*p*x*x'", mapped="3*p*A*x*x'")),
    ("three times the number in J", "three-times-the-number", "J", by_kind(cube="3*p*(x'*x)*I",
     mapped="3*p*(x'*x)*A")),
    ("number constant in J", "number-taken-for-constant term-dropped", "J",
     by_kind(cube="p*(x'*x)*I", mapped="p*(x'*x)*A", unit="p*I/norm(x)")),
    ("column constant in J", "column-taken-for-constant term-dropped", "J",
     by_kind(cube="2*p*x*x'", mapped="2*p*A*x*x'", unit="-p*x*x'/norm(x)^3")),
    ("row times column in both", "product-reversed", "J", by_kind(cube="p*((x'*x)*I + 2*(x'*x)*I)")),
    ("two lost in J", "factor-two factor-dropped square-of-the-norm", "J", by_kind(cube="p*((x'*x)*I + x*x')",
     mapped="p*((x'*x)*A + A*x*x')")),
    ("matrix behind", "matrix-before-the-second product-reversed", "J", by_kind(mapped="p*((x'*x)*A + 2*x*x'*A)")),
    ("matrix lost in J", "matrix-forgotten factor-dropped", "J", by_kind(mapped="p*((x'*x)*A + 2*x*x')")),
    ("other layout", "layout transposed", "J", by_kind(mapped="p*((x'*x)*A' + 2*x*x'*A')")),
    ("plus in the quotient", "plus-in-the-quotient sign", "J", by_kind(unit="p*(I/norm(x) + x*x'/norm(x)^3)")),
    ("norm squared below", "square-of-the-norm exponent-off", "J", by_kind(unit="p*(I/norm(x) - x*x'/norm(x)^2)")),
    ("number in front lost", "factor-dropped constant-factor", "J", by_kind(cube="(x'*x)*I + 2*x*x'",
     mapped="(x'*x)*A + 2*A*x*x'", unit="I/norm(x) - x*x'/norm(x)^3")),
    ("norm for its square", "root-forgotten root-missing", "q0", numbers(
     lambda n, o: float(n.x0 @ n.x0 if n.kind == "unit" else np.sqrt(n.x0 @ n.x0)))),
    ("sum squared", "sum-squared taken-apart", "q0", numbers(
     lambda n, o: float(abs(n.x0.sum()) if n.kind == "unit" else n.x0.sum() ** 2))),
    ("number on all entries", "identity-left-out", "J0", numbers(lambda n, o: np.where(
     np.eye(2) > 0, sum(_terms(n)), _terms(n)[1] + _terms(n)[0][0, 0]), "cube", "unit")),
    ("column alone in the numbers", "number-taken-for-constant term-dropped", "J0",
     numbers(lambda n, o: _terms(n)[0])),
    ("number alone in the numbers", "column-taken-for-constant term-dropped", "J0",
     numbers(lambda n, o: _terms(n)[1])),
    ("minus between in the numbers", "plus-in-the-quotient sign", "J0",
     numbers(lambda n, o: _terms(n)[0] - _terms(n)[1])),
    ("two lost in the numbers", "factor-two factor-dropped square-of-the-norm", "J0",
     numbers(lambda n, o: _terms(n)[0] + _terms(n)[1] / 2, "cube", "mapped")),
    ("diagonal alone", "diagonal-of-squares", "J0", numbers(
     lambda n, o: np.diag(np.diag(sum(_terms(n)))) * 1.0 if n.kind == "unit" else 3 * n.p * np.diag(n.x0**2),
     "cube", "unit")),
    ("matrix lost in the numbers", "matrix-forgotten factor-dropped", "J0",
     numbers(lambda n, o: _terms(n)[0] + 2 * n.p * np.outer(n.x0, n.x0), "mapped")),
    ("transposed in the numbers", "layout transposed", "J0", numbers(lambda n, o: o["now"].T, "mapped")),
    ("number in front lost in the numbers", "factor-dropped", "J0", numbers(lambda n, o: o["now"] / n.p)),
)  # fmt: skip


FAMILIES = (HESSIAN, LOG_FORM, CUBE)
