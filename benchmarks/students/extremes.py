"""Stationary points: of a function of one variable, of a quadratic function, of a function of two variables."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import put, worth

# f, f' and f'' of each kind; then f' with a slip.
CURVES: dict[str, dict[str, str]] = {
    "cubic": {
        "f": "2*k*x^3 - 3*k*(p + q)*x^2 + 6*k*p*q*x + h", "d": "6*k*x^2 - 6*k*(p + q)*x + 6*k*p*q",
        "dd": "12*k*x - 6*k*(p + q)",
        "exponent kept": "6*k*x^3 - 6*k*(p + q)*x + 6*k*p*q", "constant kept": "6*k*x^2 - 6*k*(p + q)*x + 6*k*p*q + h",
        "factor lost": "2*k*x^2 - 6*k*(p + q)*x + 6*k*p*q", "letter kept": "6*k*x^2 - 6*k*(p + q)*x + 6*k*p*q*x",
        "linear term lost": "6*k*x^2 - 6*k*(p + q)*x", "sign of a term": "6*k*x^2 + 6*k*(p + q)*x + 6*k*p*q",
    },
    "flat": {
        "f": "3*k*x^4 - 4*k*s*x^3 + h", "d": "12*k*x^3 - 12*k*s*x^2", "dd": "36*k*x^2 - 24*k*s*x",
        "exponent kept": "12*k*x^4 - 12*k*s*x^2", "constant kept": "12*k*x^3 - 12*k*s*x^2 + h",
        "factor lost": "12*k*x^3 - 4*k*s*x^2", "sign of a term": "12*k*x^3 + 12*k*s*x^2",
    },
    "quartic": {
        "f": "k*x^4 - 2*k*r^2*x^2 + h", "d": "4*k*x^3 - 4*k*r^2*x", "dd": "12*k*x^2 - 4*k*r^2",
        "exponent kept": "4*k*x^4 - 4*k*r^2*x", "constant kept": "4*k*x^3 - 4*k*r^2*x + h",
        "factor lost": "4*k*x^3 - 2*k*r^2*x", "sign of a term": "4*k*x^3 + 4*k*r^2*x",
    },
    "exponential": {
        "f": "k*(x - b)*exp(-a*x)", "d": "k*exp(-a*x)*(1 - a*(x - b))", "dd": "k*exp(-a*x)*(a^2*(x - b) - 2*a)",
        "inner derivative lost": "k*exp(-a*x)*(1 + x - b)", "product of derivatives": "-a*k*exp(-a*x)",
        "first term alone": "k*exp(-a*x)", "second term alone": "-a*k*(x - b)*exp(-a*x)",
        "sign of a term": "k*exp(-a*x)*(1 + a*(x - b))",
    },
    "logarithm": {
        "f": "k*x^2 - 2*k*r^2*ln(x) + h", "d": "2*k*x - 2*k*r^2/x", "dd": "2*k + 2*k*r^2/x^2",
        "exponent kept": "2*k*x^2 - 2*k*r^2/x", "constant kept": "2*k*x - 2*k*r^2/x + h",
        "factor lost": "k*x - 2*k*r^2/x",
        "logarithm kept": "2*k*x - 2*k*r^2*ln(x)", "number of the logarithm lost": "2*k*x - 1/x",
        "sign of a term": "2*k*x + 2*k*r^2/x",
    },
}  # fmt: skip


def curve(given: Given, sheet: Sheet) -> None:
    """f', its zeros, then f'' and f at the largest zero."""
    kind = str(given["kind"])
    rows = CURVES[kind]
    k, p, q, r, s, a, b, h = (float(given[name]) for name in ("k", "p", "q", "r", "s", "a", "b", "h"))
    numbers = {"k": k, "p": p, "q": q, "r": r, "s": s, "a": a, "b": b, "h": h}
    d = rows["d"]
    for name, wrong in rows.items():
        if name not in ("f", "d", "dd") and sheet(name):
            d = wrong
    sheet.write("d", put(d, **numbers))
    points = {
        "cubic": [p, q], "flat": [0.0, s], "quartic": [-r, 0.0, r], "exponential": [b + 1 / a], "logarithm": [r],
    }[kind]  # fmt: skip
    if kind in ("flat", "quartic") and sheet("zero overlooked"):
        points = [point for point in points if point]
    if kind in ("quartic", "logarithm") and sheet("square not rooted"):
        points = [point * abs(point) for point in points]
    if kind == "logarithm" and sheet("outside the domain"):
        points = [-r, r]
    if kind == "quartic" and sheet("negative root lost"):
        points = [0.0, r]
    if kind in ("cubic", "exponential") and sheet("signs of the roots"):
        points = [-point for point in points]
    if kind == "cubic" and sheet("one root alone"):
        points = [q]
    if kind == "exponential" and sheet("zero of the function"):
        points = [b]
    if kind == "exponential" and sheet("sign of one part"):
        points = [b - 1 / a]
    if kind == "exponential" and sheet("shift forgotten"):
        points = [1 / a]
    if kind == "exponential" and sheet("not turned over"):
        points = [b + a]
    points = sheet.write("S", np.array(points))
    top = float(np.max(points))
    f, d, dd = (put(rows[name], **numbers) for name in ("f", "d", "dd"))
    second = chosen(
        sheet, at(dd, top),
        ("sign of the second derivative", -at(dd, top)), ("first derivative for the second", at(d, top)),
        ("function for the second derivative", at(f, top)),
        ("second derivative at the least point", at(dd, float(np.min(points)))),
        ("second derivative at minus the point", at(dd, -top)), ("half of the second derivative", at(dd, top) / 2),
    )  # fmt: skip
    sheet.write("c", second)
    value = at(f, top)
    value = chosen(
        sheet, value,
        ("point for the value", top), ("constant forgotten", value - h if kind != "exponential" else value),
        ("constant subtracted", value - 2 * h if kind != "exponential" else value),
        ("value at minus the point", at(f, -top)), ("value at the least point", at(f, float(np.min(points)))),
        ("second derivative for the value", second), ("sign of the value", -value),
    )  # fmt: skip
    sheet.write("v", value)


def at(text: str, x: float) -> float:
    """A formula in x at a number."""
    return float(worth(text, x=x))


CURVE = Family(
    "critical-points-1d",
    curve,
    (
        slip("exponent kept", "power-kept exponent-off", "d"),
        slip("constant kept", "constant-kept", "d"),
        slip("factor lost", "factor-dropped factor-two table-slip", "d"),
        slip("letter kept", "constant-kept power-kept exponent-off function-for-derivative", "d"),
        slip("linear term lost", "term-dropped", "d"),
        slip("sign of a term", "sign product-sign", "d"),
        slip("inner derivative lost", "inner-lost", "d"),
        slip("product of derivatives", "product-rule", "d"),
        slip("first term alone", "product-rule term-dropped", "d"),
        slip("second term alone", "product-rule term-dropped", "d"),
        slip("logarithm kept", "table-slip function-for-derivative", "d"),
        slip("number of the logarithm lost", "factor-dropped", "d"),
        slip("zero overlooked", "zero-overlooked entry-left-out line-missing term-dropped", "S"),
        slip("square not rooted", "square-not-rooted exponent-off", "S"),
        slip("outside the domain", "outside-domain", "S"),
        slip("negative root lost", "negative-root-lost line-missing entry-left-out term-dropped", "S"),
        slip("signs of the roots", "signs-of-roots sign whole-sign", "S"),
        slip("one root alone", "one-root line-missing entry-left-out", "S"),
        slip("zero of the function", "term-dropped", "S"),
        slip("sign of one part", "sign", "S"),
        slip("shift forgotten", "term-dropped", "S"),
        slip("not turned over", "inverted", "S"),
        slip("sign of the second derivative", "sign whole-sign", "c dd"),
        slip("first derivative for the second", "value-of-derivative other-quantity function-for-derivative", "c dd"),
        slip("function for the second derivative", "function-for-second-derivative other-quantity other-blank", "c dd"),
        slip("second derivative at the least point", "wrong-point names-swapped other-point", "c"),
        slip("second derivative at minus the point", " sign wrong-point", "c dd z"),
        slip("half of the second derivative", "term-dropped power-dropped factor-two factor-dropped", "c dd"),
        slip("point for the value", "value-for-argument other-quantity names-swapped", "v"),
        slip("constant forgotten", "constant-lost term-dropped", "v"),
        slip("constant subtracted", "sign", "v"),
        slip("value at minus the point", " sign wrong-point", "v z"),
        slip("value at the least point", "wrong-point names-swapped other-point", "v"),
        slip("second derivative for the value", "second-derivative-for-value other-blank other-quantity", "v"),
        slip("sign of the value", "sign whole-sign", "v"),
        pen("digit", "v c"),
        pen("power-of-ten", "v"),
        pen("rounding", "v"),
    ),
    (("exponent kept", "constant forgotten"),),
)  # fmt: skip


def quadratic(given: Given, sheet: Sheet) -> None:
    """The system, its solution, the least value."""
    n = int(given["n"])
    a, b, c, k, h, e = (float(given[name]) for name in ("a", "b", "c", "k", "h", "s"))
    d = np.array([given["d1"], given["d2"], given["d3"]][:n], float)
    half = np.array([[a, b / 2, 0], [b / 2, c, k / 2], [0, k / 2, h]])[:n, :n]  # f = x'(half)x + d'x + e
    squares = np.diag(np.diag(half))
    mixed = half - squares
    matrix: Any = chosen(
        sheet, 2 * half,
        ("two lost", squares + 2 * mixed), ("mixed doubled", 2 * squares + 4 * mixed),
        ("mixed halved", 2 * squares + mixed),
        ("matrix of the form", half), ("mixed lost", 2 * squares), ("sign of the mixed terms", 2 * squares - 2 * mixed),
        ("squares for twice", 2 * mixed + squares**2), ("upper half alone", 2 * squares + np.triu(2 * mixed)),
        ("constants on the diagonal", 2 * half + np.diag(d)),
    )  # fmt: skip
    matrix = sheet.write("A", matrix)
    right = chosen(
        sheet, -d,
        ("sign of the right side", d), ("order of the right side", -d[::-1]), ("right side halved", -d / 2),
        ("right side of zeros", 0 * d),
        ("sign of the last", -d * [1] * n if n < 2 else -d * np.array([1.0] * (n - 1) + [-1.0])),
        ("constant added to the right side", -d - e),
    )  # fmt: skip
    right = sheet.write("r", right)
    x = np.linalg.solve(matrix, right)
    det = np.linalg.det(matrix)
    x = chosen(
        sheet, x,
        ("sign of the solution", -x), ("solution doubled", 2 * x), ("not divided by the determinant", x * det),
        ("order of the solution", x[::-1]),
        ("multiplied instead of solved", matrix @ right), ("diagonal alone solved", right / np.diag(matrix)),
        ("one sign", x * np.array([-1.0] + [1.0] * (n - 1))), ("right side for the solution", right),
    )  # fmt: skip
    x = sheet.write("x", x)
    value = x @ half @ x + d @ x + e
    value = chosen(
        sheet, value,
        ("constant forgotten", value - e), ("constant alone", e), ("linear terms forgotten", value - d @ x),
        ("linear terms alone", d @ x + e), ("mixed terms forgotten", value - x @ mixed @ x),
        ("signs of the linear terms", value - 2 * (d @ x)), ("half forgotten", e + x @ matrix @ x + d @ x),
        ("value with another sign", -value), ("constant subtracted", value - 2 * e), ("zero at the minimum", 0.0),
    )  # fmt: skip
    sheet.write("v", value)


QUADRATIC = Family(
    "optimum-nd",
    quadratic,
    (
        slip("two lost", "two-lost factor-two factor-dropped", "A"),
        slip("mixed doubled", "mixed-doubled factor-two", "A"),
        slip("mixed halved", "mixed-halved factor-two", "A"),
        slip("matrix of the form", "matrix-of-the-form factor-two", "A"),
        slip("mixed lost", "mixed-lost term-dropped", "A"),
        slip("sign of the mixed terms", "sign", "A"),
        slip("squares for twice", "exponent-off", "A"),
        slip("upper half alone", "upper-half term-dropped entry-left-out", "A"),
        slip("sign of the right side", "sign-of-right-side sign whole-sign", "r"),
        slip("order of the right side", "permuted names-swapped", "r"),
        slip("right side halved", "factor-two", "r"),
        slip("right side of zeros", "right-side-zero term-dropped factor-dropped", "r"),
        slip("sign of the last", "sign entry-sign", "r"),
        slip("constant added to the right side", "constant-in-system term-extra", "r"),
        slip("sign of the solution", "sign whole-sign", "x"),
        slip("solution doubled", "factor-two", "x"),
        slip("not divided by the determinant", "divisor-dropped inverse-missing", "x"),
        slip("order of the solution", "permuted names-swapped", "x"),
        slip("multiplied instead of solved", "inverse-missing", "x"),
        slip("diagonal alone solved", "diagonal-alone term-dropped elementwise", "x"),
        slip("one sign", "sign entry-sign", "x"),
        slip("right side for the solution", "factor-dropped other-quantity other-blank names-swapped", "x"),
        slip("constant forgotten", "constant-lost term-dropped", "v"),
        slip("constant alone", "constant-alone term-dropped", "v"),
        slip("linear terms forgotten", "linear-terms-lost term-dropped sign", "v"),
        slip("linear terms alone", "linear-terms-alone factor-two divisor-dropped", "v"),
        slip("mixed terms forgotten", "mixed-term-lost-in-value term-dropped", "v"),
        slip("signs of the linear terms", "sign-of-linear-terms sign", "v"),
        slip("half forgotten", "constant-alone term-dropped", "v"),
        slip("value with another sign", "sign whole-sign", "v"),
        slip("constant subtracted", "constant-subtracted sign", "v"),
        pen("digit", "v x r"),
        pen("entry-sign", "x r"),
        pen("whole-sign", "v"),
    ),
    (("two lost", "constant forgotten"), ("sign of the right side", "mixed terms forgotten")),
)  # fmt: skip

FAMILIES = (CURVE, QUADRATIC)
