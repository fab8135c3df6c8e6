"""Differentials and gradients of what is linear and of squares: formulas in columns, then their values."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.students.further import Own, Wrong, further
from benchmarks.students.sheet import Family, Given, Sheet, pen
from benchmarks.students.texts import matrix, put, worth

_NUMBERS = ("c", "k", "s", "p")
Make = Callable[[SimpleNamespace, Own], Any]


def written(given: Given, texts: dict[str, str]) -> str | None:
    """The formula of this kind of variant (or of any) with its numbers put in; None where there is none or ""."""
    text = texts.get(given["kind"], texts.get("other"))
    return None if not text else put(text, **{name: given[name] for name in _NUMBERS if name in given})


def by_kind(other: str | None = None, **texts: str) -> Wrong:
    """A wrong formula by the kind of the variant; `other` for the rest."""
    table = texts if other is None else {"other": other, **texts}
    return lambda g, o: written(g, table)


def numbers(make: Make, *kinds: str) -> Wrong:
    """A wrong value from the drawn numbers and what is written already; in these kinds alone, if some are named."""
    return lambda g, o: make(drawn(g), o) if not kinds or g["kind"] in kinds else None


def drawn(given: Given) -> SimpleNamespace:
    """What is drawn, by name."""
    return SimpleNamespace(
        **{name: value if isinstance(value, str) else np.array(value, float) for name, value in given.items()}
    )


def own(text: Any, right: str, sizes: dict[str, tuple[int, int]] | None = None, **named: Any) -> Any:
    """What the student's own formula gives for the numbers, or the right one where its shape is another.

    So too where the formula does not fit the sizes of the statement: nobody goes on with it.
    """
    if sizes:
        oblong = {name: matrix(np.arange(1.0, rows * columns + 1).reshape(rows, columns) % 5 + 0.3)
                  for name, (rows, columns) in sizes.items()}  # fmt: skip
        text = text if np.shape(worth(text, **oblong)) == np.shape(worth(right, **oblong)) else right
    values = {name: matrix(np.array(value, float)) for name, value in named.items()}
    columns = {name: value[:, None] if value.ndim == 1 else value for name, value in values.items()}
    one, other = (np.asarray(worth(each, **columns), float) for each in (text, right))
    found = one if one.shape == other.shape else other
    if found.size == 1:
        return float(found.ravel()[0])
    return found[:, 0] if found.ndim == 2 and found.shape[1] == 1 else found


# ----- The square of a number ------------------------------------------------------------------------------------

_INCREMENT = {
    "multiple": "2*c*x*dx + c*dx^2", "shifted": "2*c*(x - s)*dx + c*dx^2", "binomial": "2*c*x*dx + s*dx + c*dx^2"
}  # fmt: skip
_LINEAR = {"multiple": "2*c*x*dx", "shifted": "2*c*(x - s)*dx", "binomial": "(2*c*x + s)*dx"}
_SLOPE = {"multiple": "2*c*x", "shifted": "2*c*(x - s)", "binomial": "2*c*x + s"}


def _square(given: Given, sheet: Sheet) -> None:
    D = sheet.write("D", written(given, _INCREMENT))
    L = sheet.write("L", written(given, _LINEAR))
    sheet.write("m", written(given, _SLOPE))
    at = {"x": float(given["x0"]), "dx": float(given["h"])}
    D0 = sheet.write("D0", float(worth(D, **at)))
    L0 = sheet.write("L0", float(worth(L, **at)))
    sheet.write("R", D0 - L0)


def _f(n: SimpleNamespace, x: Any) -> float:
    return float({"multiple": n.c * x**2, "shifted": n.c * (x - n.s) ** 2, "binomial": n.c * x**2 + n.s * x}[n.kind])


def _m(n: SimpleNamespace, x: Any) -> float:
    return float({"multiple": 2 * n.c * x, "shifted": 2 * n.c * (x - n.s), "binomial": 2 * n.c * x + n.s}[n.kind])


SQUARE = further(
    Family("md-scalar-square", _square, (
        pen("whole-sign", "D0 L0"), pen("digit", "D0"), pen("power-of-ten", "L0 R"), pen("digits", "D0 L0"))),
    ("squares apart", "squares-apart term-dropped", "D",
     by_kind("c*dx^2", binomial="c*dx^2 + s*dx")),
    ("mixed product once", "mixed-term-once factor-two factor-dropped", "D",
     by_kind(multiple="c*x*dx + c*dx^2", shifted="c*(x - s)*dx + c*dx^2", binomial="c*x*dx + s*dx + c*dx^2")),
    ("square of the change left out", "square-left-out term-dropped other-blank", "D",
     by_kind(**_LINEAR)),
    ("old value not taken off", "value-not-taken-off term-dropped", "D",
     by_kind(multiple="c*(x + dx)^2", shifted="c*(x + dx - s)^2", binomial="c*(x + dx)^2 + s*(x + dx)")),
    ("minus before the square", "sign", "D",
     by_kind(multiple="2*c*x*dx - c*dx^2", shifted="2*c*(x - s)*dx - c*dx^2", binomial="2*c*x*dx + s*dx - c*dx^2")),
    ("number lost in the increment", "factor-dropped", "D", by_kind(multiple="2*x*dx + dx^2",
     shifted="2*(x - s)*dx + dx^2")),
    ("whole increment", "square-kept term-extra other-blank", "L", by_kind(**_INCREMENT)),
    ("square of the change alone", "square-alone", "L", by_kind("c*dx^2")),
    ("change left out", "dx-missing factor-dropped other-blank", "L", by_kind(**_SLOPE)),
    ("two lost", "factor-two factor-dropped", "L",
     by_kind(multiple="c*x*dx", shifted="c*(x - s)*dx", binomial="(c*x + s)*dx")),
    ("number lost", "factor-dropped constant-factor", "L", by_kind(multiple="2*x*dx", shifted="2*(x - s)*dx")),
    ("bracket lost", "brackets factor-dropped", "L", by_kind(binomial="2*c*x + s*dx")),
    ("function times the change", "square-not-differentiated function-for-derivative power-kept", "L",
     by_kind(multiple="c*x^2*dx", shifted="c*(x - s)^2*dx")),
    ("two lost in the derivative", "factor-two factor-dropped", "m",
     by_kind(multiple="c*x", shifted="c*(x - s)", binomial="c*x + s")),
    ("x lost in the derivative", "dx-with-the-derivative factor-dropped", "m",
     by_kind("2*c", binomial="2*c + s")),
    ("exponent kept", "power-kept exponent-off", "m", by_kind(multiple="2*c*x^2", shifted="2*c*(x - s)^2")),
    ("linear term lost", "term-dropped constant-term", "m", by_kind(binomial="2*c*x")),
    ("new value for the increment", "value-not-taken-off term-dropped", "D0",
     numbers(lambda n, o: _f(n, n.x0 + n.h))),
    ("square left out in the numbers", "square-left-out term-dropped other-blank", "D0",
     numbers(lambda n, o: _m(n, n.x0) * float(n.h))),
    ("increment backwards", "whole-sign sign", "D0", numbers(lambda n, o: _f(n, n.x0) - _f(n, n.x0 + n.h))),
    ("difference of the other side", "sign", "D0", numbers(lambda n, o: _f(n, n.x0 - n.h) - _f(n, n.x0))),
    ("derivative at the new point", "new-point wrong-point", "L0",
     numbers(lambda n, o: _m(n, n.x0 + n.h) * float(n.h))),
    ("derivative alone", "step-added factor-dropped", "L0", numbers(lambda n, o: _m(n, n.x0))),
    ("two lost in the numbers", "factor-two factor-dropped", "L0",
     numbers(lambda n, o: _m(n, n.x0) * float(n.h) / 2, "multiple", "shifted")),
    ("added to the value", "value-added term-extra other-convention", "L0",
     numbers(lambda n, o: _f(n, n.x0) + _m(n, n.x0) * float(n.h))),
    ("difference backwards", "difference-turned sign whole-sign", "R", numbers(lambda n, o: o["L0"] - o["D0"])),
    ("both added", "sign", "R", numbers(lambda n, o: o["D0"] + o["L0"])),
)  # fmt: skip


# ----- Linear forms ----------------------------------------------------------------------------------------------

_FORM_D = {"added": "c*a'*dx + k*b'*dx", "other": "c*a'*dx"}
_FORM_G = {"added": "c*a + k*b", "other": "c*a"}


def _form(given: Given, sheet: Sheet) -> None:
    n = drawn(given)
    sheet.write("d", written(given, _FORM_D))
    right = written(given, _FORM_G) or ""
    g = sheet.write("g", right)
    g0 = sheet.write("g0", own(g, right, a=n.a0, b=n.b0, x=n.h0, dx=n.h0))
    sheet.write("D0", float(g0 @ n.h0))


LINEAR_FORM = further(
    Family("md-linear-form", _form, (
        pen("entry-sign", "g0"), pen("whole-sign", "d g g0 D0"), pen("permuted", "g0"))),
    ("number lost", "factor-dropped constant-factor", "d", by_kind("a'*dx", added="a'*dx + k*b'*dx")),
    ("x for its change", "argument-for-change names-swapped other-quantity", "d",
     by_kind("c*a'*x", added="c*a'*x + k*b'*x")),
    ("change left out", "factor-dropped transposed", "d", by_kind("c*a'", added="c*a' + k*b'")),
    ("constant differentiated", "constant-differentiated constant-kept term-extra", "d",
     by_kind(shifted="c*a'*(dx - b)")),
    ("second term lost", "term-dropped", "d", by_kind(added="c*a'*dx")),
    ("outer product", "outer-product product-reversed transpose-missing transpose-extra rows-for-columns", "d",
     by_kind("c*a*dx'", added="c*a*dx' + k*b*dx'")),
    ("x with the change", "names-swapped other-quantity", "d", by_kind(row="c*x'*dx", turned="c*x'*dx")),
    ("as a row", "layout transposed transpose-extra rows-for-columns", "g", by_kind("c*a'", added="c*a' + k*b'")),
    ("number lost in the gradient", "factor-dropped constant-factor", "g", by_kind("a", added="a + k*b")),
    ("derivative by the other vector", "other-vector names-swapped other-quantity", "g", by_kind("c*x",
     added="c*x + k*x", shifted="c*(x - b)")),
    ("function for its gradient", "function-kept function-for-derivative factor-extra", "g",
     by_kind("c*a'*x", added="c*a'*x + k*x'*b", shifted="c*a'*(x - b)")),
    ("constant kept", "constant-differentiated constant-kept constant-term term-extra", "g",
     by_kind(shifted="c*(a - b)")),
    ("second term lost in the gradient", "term-dropped", "g", by_kind(added="c*a")),
    ("numbers swapped", "names-swapped", "g", by_kind(added="k*a + c*b")),
    ("minus between the terms", "sign", "g", by_kind(added="c*a - k*b")),
    ("doubled", "factor-two", "g", by_kind("2*c*a", added="")),
    ("number lost in the numbers", "factor-dropped", "g0", numbers(lambda n, o: n.a0, "row", "turned", "shifted")),
    ("first term alone in the numbers", "term-dropped", "g0", numbers(lambda n, o: n.c * n.a0, "added")),
    ("b taken off", "constant-differentiated term-extra", "g0", numbers(lambda n, o: n.c * (n.a0 - n.b0), "shifted")),
    ("entries added", "entries-added factor-dropped", "D0", numbers(lambda n, o: float(o["g0"].sum()))),
    ("sums multiplied", "sums-multiplied taken-apart", "D0",
     numbers(lambda n, o: float(o["g0"].sum() * n.h0.sum()))),
    ("last product left out", "term-dropped", "D0", numbers(lambda n, o: float(o["g0"][:2] @ n.h0[:2]))),
    ("sign of a product lost", "sign", "D0",
     numbers(lambda n, o: float(o["g0"] @ (n.h0 * np.array([1, -1, 1]))))),
    ("value for the change", "value-for-change", "D0",
     numbers(lambda n, o: float(n.c * (n.a0 @ (n.h0 - n.b0))), "shifted")),
    ("number lost in the change", "number-lost factor-dropped", "D0",
     numbers(lambda n, o: float(n.a0 @ n.h0), "row", "turned")),
)  # fmt: skip


# ----- Linear maps -----------------------------------------------------------------------------------------------

_MAP_D = {"turned": "c*B'*dx", "both": "c*A*dx + k*B'*dx", "other": "c*A*dx"}
_MAP_J = {"turned": "c*B'", "both": "c*A + k*B'", "other": "c*A"}
_MAP_G = {"turned": "c*B", "both": "c*A' + k*B", "other": "c*A'"}
_MAP_V = {"turned": "c*B*u", "both": "(c*A' + k*B)*u", "other": "c*A'*u"}


def _map(given: Given, sheet: Sheet) -> None:
    n = drawn(given)
    sheet.write("d", written(given, _MAP_D))
    right = written(given, _MAP_J) or ""
    J = sheet.write("J", right)
    sheet.write("G", written(given, _MAP_G))
    sheet.write("v", written(given, _MAP_V))
    J0 = sheet.write("J0", own(J, right, A=n.A0, B=n.B0, b=n.u0, u=n.u0, x=n.A0[0], dx=n.A0[0]))
    sheet.write("v0", J0.T @ n.u0)


LINEAR_MAP = further(
    Family("md-linear-map", _map, (
        pen("entry-sign", "J0 v0"), pen("whole-sign", "J v v0"), pen("permuted", "v0"))),
    ("x for its change", "argument-for-change names-swapped other-quantity", "d",
     by_kind("c*A*x", turned="c*B'*x", both="c*A*x + k*B'*x")),
    ("number lost", "factor-dropped constant-factor", "d", by_kind("A*dx", turned="B'*dx", both="")),
    ("constant kept", "constant-kept term-extra", "d", by_kind(shifted="c*A*dx + b")),
    ("matrix transposed", "matrix-turned transpose-extra transpose-missing rows-for-columns", "d",
     by_kind("c*A'*dx", turned="c*B*dx", both="")),
    ("change left out", "factor-dropped other-blank", "d",
     by_kind(**_MAP_J)),
    ("second term lost", "term-dropped", "d", by_kind(both="c*A*dx")),
    ("change before the matrix", "product-reversed", "d", by_kind("c*dx*A", turned="c*dx*B'", both="")),
    ("other layout", "layout transposed transpose-extra transpose-missing other-blank rows-for-columns", "J",
     by_kind(**_MAP_G)),
    ("number lost in the Jacobian", "factor-dropped constant-factor", "J", by_kind("A", turned="B'", both="")),
    ("vector kept", "vector-kept factor-extra", "J", by_kind("c*A*x", turned="c*B'*x", both="")),
    ("not transposed in the sum", "transpose-missing", "J", by_kind(both="c*A + k*B")),
    ("not transposed", "transpose-missing transposed other-blank transpose-extra", "G", by_kind(**_MAP_J)),
    ("number lost beside it", "factor-dropped constant-factor", "G", by_kind("A'", turned="B", both="")),
    ("number not carried", "factor-dropped", "G", by_kind(both="A' + k*B")),
    ("matrix as on the way forward", "transpose-missing transpose-extra rows-for-columns", "v",
     by_kind("c*A*u", turned="c*B'*u", both="(c*A + k*B')*u")),
    ("as a row", "layout transposed product-reversed", "v",
     by_kind("c*u'*A", turned="c*u'*B'", both="u'*(c*A + k*B')")),
    ("factors swapped", "product-reversed", "v", by_kind("c*u*A'", turned="c*u*B", both="")),
    ("u left out", "factor-dropped other-blank", "v", by_kind(**_MAP_G)),
    ("number lost on the way", "factor-dropped constant-factor", "v", by_kind("A'*u", turned="B*u", both="")),
    ("transposed in the numbers", "layout transposed transpose-missing transpose-extra", "J0",
     numbers(lambda n, o: o["now"].T)),
    ("number lost in the numbers", "factor-dropped", "J0",
     numbers(lambda n, o: o["now"] / n.c, "plain", "shifted", "turned")),
    ("one term in the numbers", "term-dropped", "J0", numbers(lambda n, o: n.c * n.A0, "both")),
    ("rows added", "columns-added factor-dropped", "v0", numbers(lambda n, o: o["J0"].sum(axis=0))),
    ("first row alone", "term-dropped", "v0", numbers(lambda n, o: o["J0"][0] * n.u0[0])),
    ("minus between the products", "sign", "v0",
     numbers(lambda n, o: o["J0"][0] * n.u0[0] - o["J0"][1] * n.u0[1])),
    ("u swapped", "permuted names-swapped index-off", "v0", numbers(lambda n, o: o["J0"].T @ n.u0[::-1])),
    ("number once more", "factor-extra exponent-off", "v0",
     numbers(lambda n, o: n.c * (o["J0"].T @ n.u0), "plain", "shifted", "turned")),
    ("number lost on the way in the numbers", "number-lost-on-the-way factor-dropped", "v0",
     numbers(lambda n, o: o["J0"].T @ n.u0 / n.c, "plain", "shifted", "turned")),
    ("number of the first matrix lost in the numbers", "first-number-lost factor-dropped", "v0",
     numbers(lambda n, o: n.A0.T @ n.u0 + n.k * (n.B0 @ n.u0), "both")),
    ("number of the second matrix lost in the numbers", "second-number-lost factor-dropped", "v0",
     numbers(lambda n, o: n.c * (n.A0.T @ n.u0) + n.B0 @ n.u0, "both")),
)  # fmt: skip

FAMILIES = (SQUARE, LINEAR_FORM, LINEAR_MAP)
