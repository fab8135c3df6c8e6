"""Further slips of derivatives, gradients and Jacobians."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.chains import THREE_LAYERS, TWO_LAYERS
from benchmarks.students.derivatives import PRODUCT, QUOTIENT, TABLE_DERIVATIVE, numbers
from benchmarks.students.further import Own, Wrong, further
from benchmarks.students.jacobians import JACOBIAN
from benchmarks.students.points import GRADIENT
from benchmarks.students.sheet import Given
from benchmarks.students.texts import inside, put, worth


def at(text: str, given: Given) -> float:
    return float(worth(text, x=given["x0"]))


def texts(given: Given, *names: str) -> tuple[str, ...]:
    return tuple(put(given[name], **numbers(given)) for name in names)


def only(kind: str, text: str) -> Wrong:
    def wrong(given: Given, _: Own) -> Any:
        if given["kind"] != kind:
            return None
        known = {name: float(given[name]) for name in ("a", "b", "c", "q", "m", "k")} | {"p": given["p1"]}
        return put(text, **known)

    return wrong


POINT = further(
    GRADIENT,
    ("terms multiplied", "other-operation", "f1", only("polynomial", "m*a*x1^(m-1)*c*x2")),
    ("letter of the mixed term lost", "factor-dropped", "f2", only("polynomial", "k*b*x2^(k-1) + c")),
    ("term of x1 kept", "constant-kept", "f2", only("polynomial", "c*x1 + k*b*x2^(k-1) + a*x1^m")),
    (
        "exponent as a factor",
        "table-slip other-function power-kept",
        "f1",
        only("exponential", "a*(x1 - p)*exp(x1 - p)*x2^k"),
    ),
    ("plus between the factors", "other-operation", "f1", only("exponential", "a*exp(x1 - p) + x2^k")),
    ("power integrated", "table-slip exponent-off", "f2", only("exponential", "a*exp(x1 - p)*x2^(k+1)/(k+1)")),
    ("derivative inside", "inner-inside", "f1", only("logarithm", "a/(2*x1)")),
    ("minus and square below", "table-slip", "f2", only("logarithm", "-2*a*q*x2/(x1^2 + q*x2^2)^2")),
    ("derivative inside the root", "inner-inside", "f1", only("distance", "a/(2*sqrt(2*x1))")),
    ("root term by term", "taken-apart term-dropped other-operation", "f1", only("distance", "a")),
    ("function of the derivative", "inner-inside", "f2", only("distance", "a*sqrt(2*x2)")),
    ("doubled", "factor-two", "G", lambda g, o: 2 * o["now"]),
    (
        "number in front lost in the numbers",
        "factor-dropped",
        "G",
        lambda g, o: None if g["kind"] == "polynomial" else o["now"] / g["a"],
    ),
    ("second component left out", "term-dropped entry-left-out", "G", lambda g, o: np.array([o["now"][0], 0.0])),
    (
        "signs of the point lost",
        "sign wrong-point",
        "G",
        lambda g, o: np.array([float(worth(o[f], x1=abs(g["p1"]), x2=abs(g["p2"]))) for f in ("f1", "f2")]),
    ),
    (
        "second coordinate put for both",
        "wrong-point names-swapped",
        "G",
        lambda g, o: np.array([float(worth(o[f], x1=g["p2"], x2=g["p2"])) for f in ("f1", "f2")]),
    ),
)


def _jac(make: Callable[[np.ndarray, Given, Own], Any]) -> Wrong:
    return lambda g, o: make(np.array(o["now"], float), g, o)


def _row1(M: np.ndarray, row: Any) -> np.ndarray:
    return np.array([row, *M[1:]], float)


def _letters(g: Given) -> dict[str, float]:
    return {name: g[name] for name in ("a", "b", "c", "d", "k", "p1")}


MAP = further(
    JACOBIAN,
    (
        "function for its derivative",
        "function-for-derivative",
        "d12",
        lambda g, o: put(f"{g['first']} + c", **_letters(g)),
    ),
    ("derivatives multiplied", "other-operation other-quantity", "d12", lambda g, o: f"({o['d11']})*({o['now']})"),
    (
        "constant kept in the numbers",
        "constant-kept term-extra",
        "J row1 table",
        _jac(lambda M, g, o: _row1(M, M[0] + g["c"])),
    ),
    ("columns swapped in row 1", "permuted names-swapped", "J row1 table", _jac(lambda M, g, o: _row1(M, M[0, ::-1]))),
    (
        "row 2 left at nought",
        "term-dropped entry-left-out",
        "J row2 table",
        _jac(lambda M, g, o: np.array([M[0], 0 * M[1], *M[2:]])),
    ),
    ("sizes alone", "sign", "J", _jac(lambda M, g, o: np.abs(M))),
    ("doubled", "factor-two", "J", _jac(lambda M, g, o: 2 * M)),
    (
        "second coordinate put for both",
        "wrong-point names-swapped",
        "J row1 table",
        _jac(lambda M, g, o: _row1(M, [float(worth(o[f], x1=g["p2"], x2=g["p2"])) for f in ("d11", "d12")])),
    ),
    (
        "second coordinate not put in",
        "wrong-point",
        "J row1 table",
        _jac(lambda M, g, o: _row1(M, [float(worth(o[f], x1=g["p1"], x2=1.0)) for f in ("d11", "d12")])),
    ),
    ("last row twice", "entry-repeated index-off", "J table", _jac(lambda M, g, o: np.array([*M[:-2], M[-1], M[-1]]))),
)


def fg(text: str) -> Wrong:
    def wrong(g: Given, o: Own) -> str:
        f, h = texts(g, "f", "g")
        return (
            text.replace("dF", f"({o['df']})")
            .replace("dG", f"({o['dg']})")
            .replace("F", f"({f})")
            .replace("G", f"({h})")
        )

    return wrong


def fg_value(text: str) -> Wrong:
    return lambda g, o: at(fg(text)(g, o), g)


PRODUCTS = further(
    PRODUCT,
    ("functions and derivatives apart", "function-for-derivative names-swapped product-rule", "dy", fg("F*G + dF*dG")),
    ("divided for multiplied", "other-operation quotient-rule", "dy", fg("dF*G/(F*dG)")),
    ("second term without the derivative", "factor-dropped", "dy", fg("dF*G + F")),
    ("product added", "term-extra function-for-derivative", "dy", fg("dF*G + F*dG + F*G")),
    ("twice the product of the derivatives", "product-rule factor-two", "dy", fg("2*dF*dG")),
    ("terms multiplied", "other-operation", "dy", fg("dF*G*F*dG")),
    ("value of the function", "function-for-derivative other-quantity", "value", fg_value("F*G")),
    (
        "product of the derivatives in the numbers",
        "product-rule product-of-derivatives",
        "value dy",
        fg_value("dF*dG"),
    ),
    ("first term alone in the numbers", "term-dropped first-term-only", "value dy", fg_value("dF*G")),
    ("doubled", "factor-two", "value", lambda g, o: 2 * o["now"]),
)
QUOTIENTS = further(
    QUOTIENT,
    ("square of the denominator at one term", "brackets", "dy", fg("dF*G - F*dG/G^2")),
    ("product below", "quotient-denominator names-swapped", "dy", fg("(dF*G - F*dG)/(F*G)")),
    ("second derivative left out", "factor-dropped", "dy", fg("(dF*G - F)/G^2")),
    ("second function left out", "factor-dropped", "dy", fg("(dF*G - dG)/G^2")),
    ("terms divided", "other-operation", "dy", fg("dF*G/(F*dG)")),
    ("derivatives subtracted alone", "factor-dropped other-operation sum-of-derivatives", "dy", fg("dF - dG")),
    ("value of the function", "function-for-derivative other-quantity", "value", fg_value("F/G")),
    ("square lost in the numbers", "quotient-square no-square power-dropped", "value dy", fg_value("(dF*G - F*dG)/G")),
    ("not divided in the numbers", "divisor-dropped", "value dy", fg_value("dF*G - F*dG")),
    ("doubled", "factor-two", "value", lambda g, o: 2 * o["now"]),
)


def _chain(make: Callable[[Given, str, str, str, str], str]) -> Wrong:
    """Of the outer function and its derivative in u, the inner one and its derivative."""

    def wrong(g: Given, o: Own) -> str:
        f, h = texts(g, "f", "g")
        return make(g, f, o["df"], h, o["dg"])

    return wrong


def _chain_value(make: Callable[[Given, str, str, str, str], str]) -> Wrong:
    return lambda g, o: at(_chain(make)(g, o), g)


TWO = further(
    TWO_LAYERS,
    (
        "derivatives subtracted",
        "other-operation",
        "dy",
        _chain(lambda g, f, df, h, dh: f"({inside(df, 'u', h)}) - ({dh})"),
    ),
    (
        "outer derivative alone at x",
        "outer-at-x inner-lost",
        "dy",
        _chain(lambda g, f, df, h, dh: inside(df, "u", "x")),
    ),
    (
        "inner function once more",
        "factor-extra other-quantity",
        "dy",
        _chain(lambda g, f, df, h, dh: f"({inside(df, 'u', h)})*({dh})*({h})"),
    ),
    (
        "outer function kept beside it",
        "factor-extra other-quantity function-for-derivative",
        "dy",
        _chain(lambda g, f, df, h, dh: f"({inside(f, 'u', h)})*({inside(df, 'u', h)})*({dh})"),
    ),
    ("function for its derivative", "function-for-derivative", "dy", _chain(lambda g, f, df, h, dh: inside(f, "u", h))),
    (
        "value of the function",
        "function-for-derivative other-quantity",
        "value",
        _chain_value(lambda g, f, df, h, dh: inside(f, "u", h)),
    ),
    (
        "inner derivative lost in the numbers",
        "inner-lost no-inner-derivative factor-dropped",
        "value dy",
        _chain_value(lambda g, f, df, h, dh: inside(df, "u", h)),
    ),
    (
        "outer derivative at the point",
        "outer-at-x wrong-point",
        "value dy",
        _chain_value(lambda g, f, df, h, dh: f"({inside(df, 'u', 'x')})*({dh})"),
    ),
    ("doubled", "factor-two", "value", lambda g, o: 2 * o["now"]),
)

THREE = further(
    THREE_LAYERS,
    (
        "derivatives divided",
        "inverted other-operation",
        "dy",
        lambda g, o: None if "now" not in o else f"({o['now']})/({o['dh']})^2",
    ),
    ("doubled", "factor-two", "value", lambda g, o: 2 * o["now"]),
    (
        "inner derivative left out of the numbers",
        "inner-lost no-inner-derivative factor-dropped",
        "value dy",
        lambda g, o: o["now"] / at(o["dh"], g),
    ),
    ("sign lost in the formula for the inner layer", "sign whole-sign", "dh", lambda g, o: f"-1*({o['now']})"),
    ("inner derivative squared inside", "exponent-off", "dh", lambda g, o: f"({o['now']})^2"),
    ("one over the inner derivative", "inverted reciprocal", "dh", lambda g, o: f"1/({o['now']})"),
    ("outer part doubled", "factor-two constant-factor", "outside", lambda g, o: f"2*({o['now']})"),
)

_G = {
    "power": "x^n",
    "half": "x^m",
    "exponential": "a^x",
    "exponent": "exp(x)",
    "root": "sqrt(x)",
    "logarithm": "ln(x)/ln(a)",
    "natural": "ln(x)",
    "sine": "sin(x)",
    "cosine": "cos(x)",
    "tangent": "tan(x)",
}
TABLES = further(
    TABLE_DERIVATIVE,
    ("function kept", "function-for-derivative", "df", lambda g, o: put(f"k*{_G[g['kind']]}", k=g["k"], **numbers(g))),
    (
        "function as a factor",
        "function-for-derivative other-quantity factor-extra",
        "df",
        lambda g, o: put(f"({o['now']})*{_G[g['kind']]}", **numbers(g)),
    ),
    ("one over the derivative", "inverted reciprocal table-slip", "df", lambda g, o: f"1/({o['now']})"),
    ("number below", "inverted constant-factor", "df", lambda g, o: put(f"({o['now']})/k^2", k=g["k"])),
    (
        "value of the function",
        "function-for-derivative other-quantity function-itself",
        "value",
        lambda g, o: at(put(f"k*{_G[g['kind']]}", k=g["k"], **numbers(g)), g),
    ),
    ("number left out of the numbers", "factor-dropped coefficient-lost", "value df", lambda g, o: o["now"] / g["k"]),
    ("number added in the numbers", "other-operation", "value df", lambda g, o: o["now"] / g["k"] + g["k"]),
    ("doubled", "factor-two", "value", lambda g, o: 2 * o["now"]),
)


FAMILIES = (POINT, MAP, PRODUCTS, QUOTIENTS, TWO, THREE, TABLES)
