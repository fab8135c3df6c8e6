"""Gradients of norms and of functions of them; differentials of products of matrices."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.students.further import further
from benchmarks.students.matrix_vectors import by_kind, drawn, numbers, own, written
from benchmarks.students.sheet import Family, Given, Sheet, pen

# ----- Squared norms ---------------------------------------------------------------------------------------------

_NORM_G = {"origin": "2*c*x", "shifted": "2*c*(x - b)", "pair": "2*c*(2*x - a - b)", "difference": "2*c*(b - a)"}
_NORM_D = {kind: text.removesuffix("x") + "x'*dx" if kind == "origin" else f"{text}'*dx"
           for kind, text in _NORM_G.items()}  # fmt: skip
_NORM_F = {"origin": "c*x'*x", "shifted": "c*norm(x - b)^2", "pair": "c*(norm(x - a)^2 + norm(x - b)^2)",
           "difference": "c*(norm(x - a)^2 - norm(x - b)^2)"}  # fmt: skip


def _norm(given: Given, sheet: Sheet) -> None:
    n = drawn(given)
    sheet.write("d", written(given, _NORM_D))
    right = written(given, _NORM_G) or ""
    g = sheet.write("g", right)
    g0 = sheet.write("g0", own(g, right, a=n.a0, b=n.b0, x=n.x0, dx=n.h0))
    sheet.write("D0", float(g0 @ n.h0))


def _value(n: SimpleNamespace, x: np.ndarray) -> float:
    a, b = ((x - n.a0) ** 2).sum(), ((x - n.b0) ** 2).sum()
    return float(n.c * {"origin": (x**2).sum(), "shifted": b, "pair": a + b, "difference": a - b}[n.kind])


SQUARED_NORM = further(
    Family("md-squared-norm", _norm, (
        pen("entry-sign", "g0"), pen("whole-sign", "d g g0 D0"), pen("permuted", "g0"))),
    ("two lost", "factor-two factor-dropped", "d", by_kind(origin="c*x'*dx", shifted="c*(x - b)'*dx",
     pair="c*(2*x - a - b)'*dx", difference="c*(b - a)'*dx")),
    ("x for its change", "argument-for-change names-swapped other-quantity", "d",
     by_kind(origin="2*c*x'*x", shifted="2*c*(x - b)'*x", pair="2*c*(2*x - a - b)'*x", difference="2*c*(b - a)'*x")),
    ("change squared", "change-squared names-swapped", "d", by_kind(origin="c*dx'*dx", shifted="c*dx'*dx")),
    ("change left out", "factor-dropped transposed", "d",
     by_kind(origin="2*c*x'", shifted="2*c*(x - b)'", difference="2*c*(b - a)'")),
    ("constant changes too", "constant-kept term-extra", "d", by_kind(shifted="2*c*(x - b)'*(dx - b)")),
    ("number lost", "factor-dropped constant-factor", "d", by_kind(origin="2*x'*dx", shifted="2*(x - b)'*dx")),
    ("as a row", "layout transposed transpose-extra rows-for-columns", "g", by_kind(
     origin="2*c*x'", shifted="2*c*(x - b)'", pair="2*c*(2*x - a - b)'", difference="2*c*(b - a)'")),
    ("two lost in the gradient", "factor-two factor-dropped", "g",
     by_kind(origin="c*x", shifted="c*(x - b)", pair="c*(2*x - a - b)", difference="c*(b - a)")),
    ("norm for the vector", "norm-for-vector", "g", by_kind(origin="2*c*norm(x)", shifted="2*c*norm(x - b)")),
    ("gradient of the norm", "of-the-norm", "g",
     by_kind(origin="c*x/norm(x)", shifted="c*(x - b)/norm(x - b)")),
    ("point lost", "constant-lost term-dropped constant-term", "g", by_kind(shifted="2*c*x", pair="4*c*x")),
    ("one point alone", "one-square-only term-dropped", "g", by_kind(pair="2*c*(x - a)", difference="2*c*(x - a)")),
    ("points the other way", "sign whole-sign", "g", by_kind(difference="2*c*(a - b)", shifted="2*c*(b - x)")),
    ("one x forgotten", "factor-two factor-dropped", "g", by_kind(pair="2*c*(x - a - b)")),
    ("plus for minus", "sign", "g", by_kind(shifted="2*c*(x + b)", pair="2*c*(2*x + a + b)",
     difference="2*c*(a + b)")),
    ("function for its gradient", "function-for-derivative", "g", by_kind(**_NORM_F)),
    ("number lost in the gradient", "factor-dropped constant-factor", "g",
     by_kind(origin="2*x", shifted="2*(x - b)", difference="2*(b - a)")),
    ("x kept in the difference", "sum-and-difference sign", "g", by_kind(difference="2*c*(2*x - a - b)")),
    ("two lost in the numbers", "factor-two factor-dropped", "g0", numbers(lambda n, o: o["now"] / 2)),
    ("number lost in the numbers", "factor-dropped", "g0", numbers(lambda n, o: o["now"] / n.c)),
    ("one point alone in the numbers", "one-square-only term-dropped", "g0",
     numbers(lambda n, o: 2 * n.c * (n.x0 - n.a0), "pair")),
    ("squares kept", "power-kept exponent-off", "g0",
     numbers(lambda n, o: 2 * n.c * (n.x0 - n.b0) ** 2, "shifted")),
    ("entries added", "entries-added factor-dropped", "D0", numbers(lambda n, o: float(o["g0"].sum()))),
    ("sums multiplied", "sums-multiplied taken-apart", "D0",
     numbers(lambda n, o: float(o["g0"].sum() * n.h0.sum()))),
    ("true change", "true-change", "D0", numbers(lambda n, o: _value(n, n.x0 + n.h0) - _value(n, n.x0))),
    ("last product left out", "term-dropped", "D0", numbers(lambda n, o: float(o["g0"][:2] @ n.h0[:2]))),
    ("sign of a product lost", "sign", "D0",
     numbers(lambda n, o: float(o["g0"] @ (n.h0 * np.array([1, -1, 1]))))),
    ("point for the change", "names-swapped other-quantity", "D0", numbers(lambda n, o: float(o["g0"] @ n.x0))),
)  # fmt: skip


# ----- The exponential and the logarithm -------------------------------------------------------------------------

_EXP_G = {"square": "2*s*c*exp(c*x'*x)*x", "line": "s*c*exp(c*a'*x)*a", "logarithm": "2*s*c*x/(k + c*x'*x)"}
_EXP_D = {"square": "2*s*c*exp(c*x'*x)*x'*dx", "line": "s*c*exp(c*a'*x)*a'*dx",
          "logarithm": "2*s*c*x'*dx/(k + c*x'*x)"}  # fmt: skip


def _exp(given: Given, sheet: Sheet) -> None:
    n = drawn(given)
    sheet.write("d", written(given, _EXP_D))
    right = written(given, _EXP_G) or ""
    g = sheet.write("g", right)
    q0 = sheet.write("q0", float(n.a0 @ n.x0 if n.kind == "line" else n.x0 @ n.x0))
    value = own(g, right, a=n.a0, x=n.x0, dx=n.x0)
    if g == right:
        value = _outer(n, q0) * _inner(n)
    sheet.write("g0", value)


def _outer(n: SimpleNamespace, q: float) -> float:
    return float(n.s / (n.k + n.c * q) if n.kind == "logarithm" else n.s * np.exp(n.c * q))


def _inner(n: SimpleNamespace) -> Any:
    return n.c * n.a0 if n.kind == "line" else 2 * n.c * n.x0


EXPONENTIAL = further(
    Family("md-exp-norm", _exp, (
        pen("entry-sign", "g0"), pen("whole-sign", "d g q0 g0"), pen("rounding", "g0"), pen("permuted", "g0"),
        pen("power-of-ten", "g0"))),
    ("two lost", "factor-two factor-dropped", "d", by_kind(square="s*c*exp(c*x'*x)*x'*dx",
     logarithm="s*c*x'*dx/(k + c*x'*x)")),
    ("number inside lost", "number-inside-lost factor-dropped inner-lost", "d",
     by_kind(square="2*s*exp(c*x'*x)*x'*dx", line="s*exp(c*a'*x)*a'*dx", logarithm="2*s*x'*dx/(k + c*x'*x)")),
    ("x for its change", "argument-for-change names-swapped other-quantity", "d",
     by_kind(square="2*s*c*exp(c*x'*x)*x'*x", line="s*c*exp(c*a'*x)*a'*x", logarithm="2*s*c*x'*x/(k + c*x'*x)")),
    ("outer function lost", "logarithm-kept factor-dropped divisor-dropped", "d",
     by_kind(square="2*s*c*x'*dx", line="s*c*a'*dx", logarithm="2*s*c*x'*dx")),
    ("change put into the exponent", "two-for-the-square inner-inside", "d", by_kind(square="s*exp(2*c*x'*dx)",
     line="s*exp(c*a'*dx)")),
    ("as a row", "layout transposed transpose-extra rows-for-columns product-reversed", "g",
     by_kind(square="2*s*c*exp(c*x'*x)*x'", line="s*c*exp(c*a'*x)*a'", logarithm="2*s*c*x'/(k + c*x'*x)")),
    ("outer derivative alone", "outer-alone inner-lost factor-dropped", "g",
     by_kind(square="s*exp(c*x'*x)", line="s*exp(c*a'*x)", logarithm="s/(k + c*x'*x)")),
    ("two lost in the gradient", "factor-two factor-dropped other-vector", "g",
     by_kind(square="s*c*exp(c*x'*x)*x", logarithm="s*c*x/(k + c*x'*x)")),
    ("number inside lost in the gradient", "number-inside-lost factor-dropped", "g",
     by_kind(square="2*s*exp(c*x'*x)*x", line="s*exp(c*a'*x)*a", logarithm="2*s*x/(k + c*x'*x)")),
    ("number in front lost", "factor-dropped constant-factor", "g",
     by_kind(square="2*c*exp(c*x'*x)*x", line="c*exp(c*a'*x)*a", logarithm="2*c*x/(k + c*x'*x)")),
    ("exponent lowered", "exponent-lowered", "g", by_kind(square="2*s*c*(x'*x)*exp(c*x'*x - 1)*x")),
    ("logarithm kept", "logarithm-kept", "g", by_kind(logarithm="2*s*c*x*ln(k + c*x'*x)")),
    ("number added lost", "exponent-lowered term-dropped", "g", by_kind(logarithm="2*s*c*x/(c*x'*x)")),
    ("other vector", "other-vector names-swapped other-quantity", "g", by_kind(line="s*c*exp(c*a'*x)*x")),
    ("sum of entries for the square", "entries-squared-apart taken-apart", "q0",
     numbers(lambda n, o: float(n.a0.sum() * n.x0.sum() if n.kind == "line" else n.x0.sum() ** 2))),
    ("minus between the products", "sign", "q0", numbers(
     lambda n, o: float(n.a0[0] * n.x0[0] - n.a0[1] * n.x0[1] if n.kind == "line" else n.x0[0] ** 2 - n.x0[1] ** 2))),
    ("second product left out", "one-product term-dropped", "q0",
     numbers(lambda n, o: float(n.a0[0] * n.x0[0] if n.kind == "line" else n.x0[0] ** 2))),
    ("root taken", "root-taken root-missing power-dropped other-operation", "q0",
     numbers(lambda n, o: float(np.sqrt(n.x0 @ n.x0)), "square", "logarithm")),
    ("two lost in the numbers", "factor-two factor-dropped other-vector", "g0",
     numbers(lambda n, o: o["now"] / 2, "square", "logarithm")),
    ("number inside lost in the numbers", "number-inside-lost factor-dropped", "g0",
     numbers(lambda n, o: o["now"] / n.c)),
    ("number in front lost in the numbers", "factor-dropped", "g0", numbers(lambda n, o: o["now"] / n.s)),
    ("number in the exponent lost", "factor-dropped", "g0",
     numbers(lambda n, o: n.s * np.exp(o["q0"]) * _inner(n) if abs(o["q0"]) < 12 else None, "square", "line")),
    ("sign of the exponent lost", "sign", "g0", numbers(
     lambda n, o: n.s * np.exp(-n.c * o["q0"]) * _inner(n), "square", "line")),
    ("outer derivative left out", "logarithm-kept factor-dropped divisor-dropped", "g0",
     numbers(lambda n, o: n.s * _inner(n))),
    ("x for the inner derivative", "other-vector factor-dropped names-swapped", "g0",
     numbers(lambda n, o: _outer(n, o["q0"]) * n.c * n.x0, "line")),
    ("entry by entry", "entry-by-entry", "g0", numbers(
     lambda n, o: n.s * np.exp(n.c * (n.a0 if n.kind == "line" else n.x0) * n.x0) * _inner(n), "square", "line")),
)  # fmt: skip

# ----- Rules for differentials -----------------------------------------------------------------------------------

_RULE = {"square": "c*(dX*X + X*dX)", "gram": "c*(dW'*W + W'*dW)", "outer": "c*(dW*W' + W*dW')",
         "middle": "c*(dX*A*X + X*A*dX)"}  # fmt: skip


def _rules(given: Given, sheet: Sheet) -> None:
    n = drawn(given)
    right = written(given, _RULE) or ""
    D = sheet.write("D", right)
    sheet.write(
        "D0",
        own(
            D,
            right,
            {"A": (2, 2), "X": (2, 2), "dX": (2, 2), "W": (3, 2), "dW": (3, 2)},
            A=n.A0,
            X=n.X0,
            dX=n.H0,
            W=n.X0,
            dW=n.H0,
        ),
    )


def _sides(n: SimpleNamespace) -> tuple[np.ndarray, np.ndarray]:
    """The two terms: the first factor changed, and the last."""
    X, H = n.X0, n.H0
    return {"square": (H @ X, X @ H), "gram": (H.T @ X, X.T @ H), "outer": (H @ X.T, X @ H.T),
            "middle": (H @ n.A0 @ X, X @ n.A0 @ H)}[n.kind]  # fmt: skip


RULES = further(
    Family("md-differential-rules", _rules, (
        pen("entry-sign", "D0"), pen("whole-sign", "D D0"), pen("digit", "D0"), pen("permuted", "D0"),
        pen("transposed", "D0"))),
    ("as for numbers", "as-for-numbers product-reversed as-symmetric", "D", by_kind(square="2*c*X*dX",
     gram="2*c*W'*dW", outer="2*c*W*dW'", middle="2*c*X*A*dX")),
    ("as for numbers, change first", "as-for-numbers-first as-for-numbers product-reversed as-symmetric", "D",
     by_kind(square="2*c*dX*X", gram="2*c*dW'*W", outer="2*c*dW*W'", middle="2*c*dX*A*X")),
    ("second order", "second-order names-swapped", "D", by_kind(square="c*dX*dX", gram="c*dW'*dW",
     outer="c*dW*dW'", middle="c*dX*A*dX")),
    ("first term alone", "term-dropped", "D", by_kind(square="c*dX*X", gram="c*dW'*W", outer="c*dW*W'",
     middle="c*dX*A*X")),
    ("last term alone", "term-dropped", "D", by_kind(square="c*X*dX", gram="c*W'*dW", outer="c*W*dW'",
     middle="c*X*A*dX")),
    ("minus between", "sign", "D", by_kind(square="c*(dX*X - X*dX)", gram="c*(dW'*W - W'*dW)",
     outer="c*(dW*W' - W*dW')", middle="c*(dX*A*X - X*A*dX)")),
    ("number lost", "factor-dropped constant-factor", "D", by_kind(square="dX*X + X*dX", gram="dW'*W + W'*dW",
     outer="dW*W' + W*dW'", middle="dX*A*X + X*A*dX")),
    ("transpose lost", "transpose-missing", "D", by_kind(gram="c*(dW*W + W'*dW)", outer="c*(dW*W + W*dW')")),
    ("factors of the second swapped", "product-reversed as-for-numbers-first", "D", by_kind(square="c*(dX*X + dX*X)",
     gram="c*(dW'*W + dW*W')", outer="c*(dW*W' + dW'*W)", middle="c*(dX*A*X + A*X*dX)")),
    ("matrix between lost", "between-lost factor-dropped", "D", by_kind(middle="c*(dX*X + X*dX)")),
    ("matrix in front", "constant-in-front product-reversed", "D", by_kind(middle="2*c*A*X*dX")),
    ("two in front as well", "factor-two", "D", by_kind(square="2*c*(dX*X + X*dX)", gram="2*c*(dW'*W + W'*dW)")),
    ("as for numbers in the numbers", "as-for-numbers product-reversed as-symmetric", "D0",
     numbers(lambda n, o: 2 * n.c * _sides(n)[1])),
    ("as for numbers, change first, in the numbers", "as-for-numbers-first as-for-numbers product-reversed", "D0",
     numbers(lambda n, o: 2 * n.c * _sides(n)[0])),
    ("first term alone in the numbers", "term-dropped", "D0", numbers(lambda n, o: n.c * _sides(n)[0])),
    ("last term alone in the numbers", "term-dropped", "D0", numbers(lambda n, o: n.c * _sides(n)[1])),
    ("minus in the numbers", "sign", "D0", numbers(lambda n, o: n.c * (_sides(n)[0] - _sides(n)[1]))),
    ("number lost in the numbers", "factor-dropped", "D0", numbers(lambda n, o: o["now"] / n.c)),
    ("entry by entry", "entry-by-entry elementwise", "D0",
     numbers(lambda n, o: 2 * n.c * n.X0 * n.H0, "square", "gram", "outer")),
    ("not transposed in the numbers", "transpose-lost transpose-missing", "D0",
     numbers(lambda n, o: n.c * (n.H0 @ n.X0 + n.X0 @ n.H0), "gram", "outer")),
    ("the other product", "sides-swapped product-reversed transpose-missing transpose-extra", "D0", numbers(
     lambda n, o: n.c * (n.H0 @ n.X0.T + n.X0 @ n.H0.T) if n.kind == "gram" else n.c * (n.H0.T @ n.X0 + n.X0.T @ n.H0),
     "gram", "outer")),
    ("whole change", "whole-change", "D0", numbers(
     lambda n, o: n.c * (sum(_sides(n)) + _sides(SimpleNamespace(**{**vars(n), "X0": n.H0}))[0]))),
    ("matrix between lost in the numbers", "between-lost factor-dropped", "D0",
     numbers(lambda n, o: n.c * (n.H0 @ n.X0 + n.X0 @ n.H0), "middle")),
)  # fmt: skip

FAMILIES = (SQUARED_NORM, EXPONENTIAL, RULES)
