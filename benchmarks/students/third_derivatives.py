"""A third lot of slips of derivatives, gradients and Jacobians."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.derivatives import numbers
from benchmarks.students.further import Own, Wrong, further
from benchmarks.students.further_derivatives import (
    MAP,
    POINT,
    PRODUCTS,
    QUOTIENTS,
    TABLES,
    THREE,
    TWO,
    at,
    fg,
    fg_value,
    texts,
)
from benchmarks.students.sheet import Given
from benchmarks.students.texts import inside, put, worth


def _composed(text: str) -> Wrong:
    """`dFG` is f′(g(x)), `dFX` f′(x), `dFD` f′(g′(x)), `FG`, `FX` the same of f; `G`, `dG`."""

    def wrong(g: Given, o: Own) -> str:
        inner = texts(g, "g")[0]
        outer = put(g["f"], **numbers(g))
        words = {
            "dFG": inside(o["df"], "u", inner), "dFX": inside(o["df"], "u", "x"), "dFD": inside(o["df"], "u", o["dg"]),
            "FG": inside(outer, "u", inner), "FX": inside(outer, "u", "x"), "G": inner, "dG": o["dg"],
        }  # fmt: skip
        return re.sub(r"\b(dFG|dFX|dFD|FG|FX|dG|G)\b", lambda word: f"({words[word[0]]})", text)

    return wrong


def _composed_value(text: str) -> Wrong:
    return lambda g, o: at(_composed(text)(g, o), g)


CHAIN2 = (
    TWO,
    ("times the inner function", "function-for-derivative other-quantity", "dy", _composed("dFG*G")),
    ("taken for a product", "other-operation outer-at-x", "dy", _composed("dFX*G + FX*dG")),
    ("derivative of the function inside, function outside", "inner-inside derivative-in-derivative names-swapped", "dy",
     _composed("dFD*G")),
    ("function for its derivative in the numbers", "function-for-derivative other-quantity", "value",
     _composed_value("FG")),
    ("inner derivative at the inner value", "wrong-point", "value dy",
     lambda g, o: float(worth(inside(o["df"], "u", texts(g, "g")[0]), x=g["x0"]))
     * float(worth(o["dg"], x=float(worth(texts(g, "g")[0], x=g["x0"]))))),
    ("inner derivative left out in the numbers", "inner-lost no-inner-derivative factor-dropped", "value dy",
     _composed_value("dFG")),
)  # fmt: skip

QUOT = (
    QUOTIENTS,
    ("denominator taken for a number", "term-dropped quotient-numerator constant-taken quotient-rule", "dy",
     fg("dF/G")),
    ("derivative below", "quotient-denominator derivative-for-function", "dy", fg("(dF*G - F*dG)/dG^2")),
    ("doubled below", "quotient-denominator square-doubled", "dy", fg("(dF*G - F*dG)/(2*G)")),
    ("derivatives and functions apart", "quotient-numerator function-for-derivative names-swapped", "dy",
     fg("(dF*dG - F*G)/G^2")),
    ("second derivative not taken", "quotient-numerator function-for-derivative", "dy", fg("(dF*G - F*G)/G^2")),
    ("numerator alone", "quotient-denominator divisor-dropped", "dy", fg("dF*G - F*dG")),
    ("numerator alone in the numbers", "quotient-denominator divisor-dropped other-quantity", "value dy",
     fg_value("dF*G - F*dG")),
    ("square forgotten in the numbers", "quotient-denominator quotient-square no-square power-dropped", "value dy",
     fg_value("(dF*G - F*dG)/G")),
)  # fmt: skip

PROD = (
    PRODUCTS,
    ("derivative of the first in both", "derivative-for-function other-quantity", "dy", fg("dF*G + dF*dG")),
    ("second left undifferentiated", "function-for-derivative", "dy", fg("dF*G + F*G")),
    ("divided by the square", "other-operation factor-extra quotient-rule", "dy", fg("(dF*G + F*dG)/G^2")),
    ("rule for a fraction", "product-sign quotient-rule other-operation", "dy", fg("(dF*G - F*dG)/G^2")),
    ("first lost beside the second derivative", "factor-dropped", "dy", fg("dF*G + dG")),
    ("second lost beside the first derivative", "factor-dropped", "dy", fg("dF + F*dG")),
    ("minus, the other way round", "product-sign sign minus-between", "dy", fg("F*dG - dF*G")),
    ("sum of the derivatives in the numbers", "sum-of-derivatives", "value dy", fg_value("dF + dG")),
    ("second term alone in the numbers", "second-term-only term-dropped", "value dy", fg_value("F*dG")),
    ("minus in the numbers", "product-sign sign minus-between", "value dy", fg_value("dF*G - F*dG")),
)  # fmt: skip


def _row(kind: str, text: str) -> Wrong:
    return lambda g, o: put(text, k=g["k"], **numbers(g)) if g["kind"] == kind else None


def _original(g: Given, _: Own) -> float:
    k, x, kind = g["k"], g["x0"], g["kind"]
    return k * {
        "power": lambda: x ** g["n"], "half": lambda: x ** g["m"], "exponential": lambda: g["a"] ** x,
        "exponent": lambda: np.exp(x), "root": lambda: x**0.5, "logarithm": lambda: np.log(x) / np.log(g["a"]),
        "natural": lambda: np.log(x), "sine": lambda: np.sin(x), "cosine": lambda: np.cos(x),
        "tangent": lambda: np.tan(x),
    }[kind]()  # fmt: skip


TABLE = (
    TABLES,
    ("square of the cosine lost", "power-dropped table-slip", "df dg", _row("tangent", "k/cos(x)")),
    ("sine below", "other-function table-slip", "df dg", _row("tangent", "k/sin(x)^2")),
    ("number below as well", "inverted other-operation table-slip", "df dg", _row("natural", "1/(k*x)")),
    ("logarithm of the base above", "inverted other-operation table-slip", "df dg", _row("logarithm", "k*ln(a)/x")),
    ("divided by the logarithm", "inverted other-operation table-slip", "df dg", _row("exponential", "k*a^x/ln(a)")),
    ("root below lost", "root-missing table-slip", "df dg", _row("root", "k/(2*x)")),
    ("half of the root", "inverted other-operation power-kept table-slip", "df dg", _row("root", "k*sqrt(x)/2")),
    ("exponent raised", "exponent-off table-slip", "df dg", _row("power", "k*n*x^(n+1)")),
    ("function for its derivative in the numbers", "function-for-derivative other-quantity function-itself",
     "value df", _original),
    ("number forgotten in the numbers", "coefficient-lost factor-dropped", "value df", lambda g, o: o["now"] / g["k"]),
)  # fmt: skip


def _given_form(key: str, kind: str, text: str) -> Wrong:
    return lambda g, o: put(text, **numbers(g)) if g[key] == kind else None


def _parts(text: str) -> Wrong:
    """`Oh` is the outer part at h(x), `Ox` at x, `H` the inner function, `dH` its derivative."""

    def wrong(g: Given, o: Own) -> str:
        h = {"sineroot": "sin(a*sqrt(x))", "logarithm": "ln(a*x)", "power": "a*x^m"}[g["inner"]]
        words = {
            "Oh": inside(o["outside"], "u", put(h, **numbers(g))), "Ox": inside(o["outside"], "u", "x"),
            "H": put(h, **numbers(g)), "dH": o["dh"],
        }  # fmt: skip
        return re.sub(r"\b(Oh|Ox|dH|H)\b", lambda word: f"({words[word[0]]})", text)

    return wrong


def _parts_value(text: str) -> Wrong:
    return lambda g, o: at(_parts(text)(g, o), g)


def _divided(g: Given, _: Own) -> str:
    outer = {"logsquare": "2/v", "exponent": "exp(v)", "power": "n*v^(n-1)"}[g["outer"]]
    middle, slope = {"cosine": ("cos(u)", "-sin(u)"), "sine": ("sin(u)", "cos(u)")}[g["middle"]]
    return put(f"({inside(outer, 'v', middle)})/({slope})", **numbers(g))


def _one_less(g: Given, _: Own) -> str | None:
    middle, slope = {"cosine": ("cos(u)", "-sin(u)"), "sine": ("sin(u)", "cos(u)")}[g["middle"]]
    return put(f"(n-1)*({middle})^(n-1)*({slope})", **numbers(g)) if g["outer"] == "power" else None


CHAIN3 = (
    THREE,
    ("outer derivatives divided", "other-operation inverted", "outside", _divided),
    ("lowered exponent as the factor", "number-off one-off factor-two table-slip", "outside df", _one_less),
    ("number kept in front of the logarithm", "factor-extra divisor-dropped table-slip outer-at-x", "dh",
     _given_form("inner", "logarithm", "a/x")),
    ("minus of the cosine", "sign table-slip", "dh", _given_form("inner", "sineroot", "-a*cos(a*sqrt(x))/(2*sqrt(x))")),
    ("exponent raised", "exponent-off table-slip", "dh", _given_form("inner", "power", "a*m*x^(m+1)")),
    ("derivatives of the layers added", "other-operation sum-of-derivatives", "dy", _parts("Oh + dH")),
    ("inner layer as the factor", "function-for-derivative other-quantity", "dy", _parts("Oh*H")),
    ("inner derivative alone in the numbers", "factor-dropped other-quantity", "value dy", _parts_value("dH")),
    ("outer layers at x in the numbers", "outer-at-x wrong-point", "value dy", _parts_value("Ox*dH")),
)  # fmt: skip


def _partial(kind: str, text: str) -> Wrong:
    def wrong(given: Given, _: Own) -> Any:
        known = {name: float(given[name]) for name in ("a", "b", "c", "q", "m", "k")} | {"p": given["p1"]}
        return put(text, **known) if given["kind"] == kind else None

    return wrong


def _sign_lost(g: Given, o: Own) -> np.ndarray | None:
    if g["p1"] > 0:
        return None
    return np.array([float(worth(o[f], x1=-g["p1"], x2=g["p2"])) for f in ("f1", "f2")])


GRAD = (
    POINT,
    ("letter of the mixed term lost in f1", "factor-dropped", "f1", _partial("polynomial", "m*a*x1^(m-1) + c")),
    ("number of the other term kept", "constant-kept other-variable term-extra", "f1",
     _partial("polynomial", "m*a*x1^(m-1) + c*x2 + b")),
    ("mixed term kept whole in f2", "function-for-derivative constant-kept power-kept", "f2",
     _partial("polynomial", "c*x1*x2 + k*b*x2^(k-1)")),
    ("both factors differentiated, added", "other-variable term-extra", "f2",
     _partial("exponential", "a*exp(x1 - p)*x2^k + a*exp(x1 - p)*k*x2^(k-1)")),
    ("derivatives of the factors added", "sum-of-derivatives other-variable", "f1",
     _partial("exponential", "a*exp(x1 - p) + k*x2^(k-1)")),
    ("number lost below", "factor-dropped", "f1", _partial("logarithm", "2*a*x1/(x1^2 + x2^2)")),
    ("derivative below in f2", "inner-inside", "f2", _partial("logarithm", "a/(2*q*x2)")),
    ("root of a sum taken apart", "taken-apart", "f1", _partial("distance", "a*x1/(x1 + x2)")),
    ("normed", "factor-extra other-operation", "G", lambda g, o: o["now"] / np.linalg.norm(o["now"])),
    ("sign of the first coordinate lost", "sign wrong-point", "G f1 f2", _sign_lost),
)  # fmt: skip


def _of_first(kind: str, text: str) -> Wrong:
    def wrong(g: Given, _: Own) -> Any:
        known = {name: g[name] for name in ("a", "b", "c", "d", "k", "p1")}
        return put(text, **known) if g["first"] == kind else None

    return wrong


def _matrix(make: Callable[[np.ndarray, Given], Any]) -> Wrong:
    return lambda g, o: make(np.array(o["now"], float), g)


def _with_signs(rows: list[float]) -> Callable[[np.ndarray, Given], Any]:
    return lambda M, _: M * np.array([*rows, 1.0][: len(M)])[:, None]


JACO = (
    MAP,
    ("other term differentiated by its own letter", "other-variable term-extra", "d11",
     _of_first("a*x1^2 + b*x2", "2*a*x1 + b")),
    ("last term not differentiated", "constant-kept power-kept function-for-derivative factor-extra", "d11",
     _of_first("a*x1*x2 + b*x1", "a*x2 + b*x1")),
    ("term of the other letter differentiated", "other-variable term-extra", "d12",
     _of_first("a*x1*x2 + b*x1", "a*x1 + b")),
    ("square lost", "power-dropped exponent-off", "d12", _of_first("a*x1^2*x2", "a*x1")),
    ("term of the other letter kept", "constant-kept", "d11", _of_first("a*x1^3 + b*x2^2", "3*a*x1^2 + b*x2^2")),
    ("two lost", "factor-dropped factor-two", "d12", _of_first("a*x1^3 + b*x2^2", "b*x2")),
    ("constant kept in the matrix", "constant-kept term-extra", "J row1 table",
     _matrix(lambda M, g: M + np.array([[g["c"]] * 2] + [[0.0] * 2] * (len(M) - 1)))),
    ("sign of the second row", "sign", "J row2 table", _matrix(_with_signs([1.0, -1.0]))),
    ("columns the other way round", "permuted names-swapped", "J table", _matrix(lambda M, g: M[:, ::-1])),
    ("first coordinate's sign lost", "sign wrong-point", "J row1 table",
     lambda g, o: np.vstack([[float(worth(o[f], x1=-g["p1"], x2=g["p2"])) for f in ("d11", "d12")],
                             np.array(o["now"], float)[1:]]) if g["p1"] < 0 else None),
)  # fmt: skip

FAMILIES = tuple(further(family, *rows) for family, *rows in (CHAIN2, QUOT, PROD, TABLE, CHAIN3, GRAD, JACO))
