"""Jacobians of linear and of elementwise maps, and forecasts with them: slips written down before any was looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.further import Own, Wrong, array, further
from benchmarks.students.sheet import Family, Given, Sheet, pen
from benchmarks.students.texts import put

# ----- A linear map ------------------------------------------------------------------------------------------------

CHANGE = {"shifted": "c*A*u", "flipped": "c*B'*u", "product": "c*A*D*u", "masked": "c*A*diag(s)*u", "row": "c*u'*B"}
MATRIX = {"shifted": "c*A", "flipped": "c*B'", "product": "c*A*D", "masked": "c*A*diag(s)", "row": "c*B'"}


def _numbers(g: Given) -> np.ndarray:
    A, B, D, s = (array(g, name) for name in ("A0", "B0", "D0", "s0"))
    return g["c"] * {"shifted": A, "flipped": B.T, "product": A @ D, "masked": A * s, "row": B.T}[g["map"]]


def _linear(given: Given, sheet: Sheet) -> None:
    sheet.write("d", put(CHANGE[given["map"]], c=given["c"]))
    sheet.write("J", put(MATRIX[given["map"]], c=given["c"]))
    J = sheet.write("J0", _numbers(given))
    sheet.write("d0", J @ array(given, "u0"))


def _by_map(**texts: str) -> Wrong:
    return lambda g, o: put(texts[g["map"]], c=g["c"]) if g["map"] in texts else None


def _of(make: Callable[..., Any], *maps: str) -> Wrong:
    def wrong(g: Given, _: Own) -> Any:
        A, B, D, s = (array(g, name) for name in ("A0", "B0", "D0", "s0"))
        return make(g["c"], A, B, D, s) if g["map"] in maps else None

    return wrong


LINEAR = further(
    Family("jacobian-linear-map", _linear, (pen("whole-sign", "J0 d0"), pen("entry-sign", "J0 d0"))),
    (
        "value for the change",
        "names-swapped wrong-point",
        "d",
        _by_map(shifted="c*A*x", flipped="c*B'*x", product="c*A*D*x", masked="c*A*diag(s)*x", row="c*x'*B"),
    ),
    ("constant kept", "constant-not-cancelled constant-kept term-extra", "d", _by_map(shifted="c*A*u + b")),
    (
        "factor lost",
        "factor-dropped",
        "d",
        _by_map(shifted="A*u", flipped="B'*u", product="A*D*u", masked="A*diag(s)*u", row="u'*B"),
    ),
    (
        "value at the new point",
        "old-value-not-subtracted term-extra",
        "d",
        _by_map(shifted="c*A*(x + u) + b", flipped="c*B'*(x + u)", product="c*A*D*(x + u)"),
    ),
    ("turned", "layout transposed transpose-extra", "J", _by_map(shifted="c*A'")),
    (
        "not turned",
        "layout transposed transpose-missing",
        "J",
        _by_map(flipped="c*B", row="c*B"),
    ),
    (
        "variable kept",
        "variable-kept term-extra factor-extra",
        "J",
        _by_map(shifted="c*A*x", flipped="c*B'*x", product="c*A*D*x", masked="c*A*diag(s)*x"),
    ),
    (
        "factor lost in the Jacobian",
        "factor-dropped",
        "J",
        _by_map(shifted="A", flipped="B'", product="A*D", masked="A*diag(s)", row="B'"),
    ),
    ("constant kept in the Jacobian", "constant-kept term-extra", "J", _by_map(shifted="c*A + b")),
    ("factors reversed", "product-reversed transposed", "J", _by_map(product="c*D*A")),
    ("both transposed", "layout transposed transpose-extra", "J", _by_map(product="c*D'*A'")),
    ("second factor forgotten", "factor-dropped mask-forgotten", "J", _by_map(product="c*A", masked="c*A")),
    ("mask as a column", "elementwise", "J", _by_map(masked="c*A*s")),
    ("mask on the rows", "product-reversed", "J", _by_map(masked="c*diag(s)*A")),
    ("factor squared", "exponent-off constant-factor", "J", _by_map(shifted="c^2*A", flipped="c^2*B'")),
    ("numbers not multiplied", "factor-dropped", "J0", lambda g, o: _numbers(g) / g["c"]),
    (
        "numbers turned",
        "layout transpose-missing transposed rows-for-columns",
        "J0",
        _of(lambda c, A, B, D, s: c * B, "flipped", "row"),
    ),
    (
        "numbers by rows",
        "transpose-extra rows-for-columns as-symmetric",
        "J0",
        _of(lambda c, A, B, D, s: c * A @ D.T, "product"),
    ),
    ("mask summed up", "mask-on-rows", "J0", _of(lambda c, A, B, D, s: c * np.outer(A @ s, [1, 1]), "masked")),
    ("mask left out of the numbers", "mask-forgotten factor-dropped", "J0", _of(lambda c, A, B, D, s: c * A, "masked")),
    ("second matrix left out", "factor-dropped", "J0", _of(lambda c, A, B, D, s: c * A, "product")),
    ("mask on one column", "names-swapped", "J0", _of(lambda c, A, B, D, s: c * A * [s[0], 1], "masked")),
    ("step left out", "factor-dropped", "d0", lambda g, o: o["J0"].sum(axis=1)),
    ("first product alone", "term-dropped", "d0", lambda g, o: o["J0"][:, 0] * array(g, "u0")[0]),
    ("step backwards", "permuted index-off", "d0", lambda g, o: o["J0"] @ array(g, "u0")[::-1]),
    ("factor once more", "factor-extra", "d0", lambda g, o: g["c"] * o["J0"] @ array(g, "u0")),
)

# ----- A forecast --------------------------------------------------------------------------------------------------


def _pieces(g: Given) -> tuple[Callable[[np.ndarray], np.ndarray], Callable[[np.ndarray], np.ndarray]]:
    """The map and its Jacobian."""
    a, b, c, d, k = (g[name] for name in ("a", "b", "c", "d", "k"))
    first = {
        "a*x1^2 + b*x2": (lambda p, q: a * p * p + b * q, lambda p, q: (2 * a * p, b)),
        "a*x1*x2 + b*x1": (lambda p, q: a * p * q + b * p, lambda p, q: (a * q + b, a * p)),
        "a*x1*x2 + b*x2^2": (lambda p, q: a * p * q + b * q * q, lambda p, q: (a * q, a * p + 2 * b * q)),
    }[g["first"]]
    second = {
        "d*x2": (lambda p, q: d * q, lambda p, q: (0, d)),
        "d*x1*x2": (lambda p, q: d * p * q, lambda p, q: (d * q, d * p)),
        "d*x1 + k*x2^2": (lambda p, q: d * p + k * q * q, lambda p, q: (d, 2 * k * q)),
    }[g["second"]]
    return (
        lambda z: np.array([first[0](*z) + c, second[0](*z)], float),
        lambda z: np.array([first[1](*z), second[1](*z)], float),
    )


def _points(g: Given) -> tuple[np.ndarray, np.ndarray]:
    return np.array([g["p1"], g["p2"]], float), array(g, "u")


def _forecast(given: Given, sheet: Sheet) -> None:
    Y, T = _pieces(given)
    p, u = _points(given)
    y0 = sheet.write("y0", Y(p))
    J = sheet.write("J", T(p))
    dy = sheet.write("dy", J @ u)
    sheet.write("yhat", y0 + dy)
    sheet.write("y", Y(p + u))


def _at(make: Callable[..., Any]) -> Wrong:
    """Of the map, its Jacobian, the point, the step and what is on the sheet."""
    return lambda g, o: make(*_pieces(g), *_points(g), o)


def _constant(g: Given, _: Own) -> np.ndarray:
    return _pieces(g)[0](_points(g)[0]) - [g["c"], 0]


FORECAST = further(
    Family("jacobian-linearise", _forecast, (pen("entry-sign", "dy yhat"), pen("permuted", "y0"))),
    ("constant left out", "term-dropped", "y0", _constant),
    (
        "coordinates swapped",
        "point-swapped wrong-point names-swapped permuted",
        "y0",
        _at(lambda Y, T, p, u, o: Y(p[::-1])),
    ),
    ("transposed", "layout transposed", "J", _at(lambda Y, T, p, u, o: T(p).T)),
    ("at the new point", "new-point wrong-point", "J", _at(lambda Y, T, p, u, o: T(p + u))),
    ("rows swapped", "permuted", "J", _at(lambda Y, T, p, u, o: T(p)[::-1])),
    (
        "Jacobian at swapped coordinates",
        "point-swapped wrong-point names-swapped",
        "J",
        _at(lambda Y, T, p, u, o: T(p[::-1])),
    ),
    (
        "columns for rows",
        "columns-for-rows transpose-extra rows-for-columns",
        "dy",
        _at(lambda Y, T, p, u, o: o["J"].T @ u),
    ),
    (
        "point for the step",
        "point-for-step names-swapped wrong-point other-quantity",
        "dy",
        _at(lambda Y, T, p, u, o: o["J"] @ p),
    ),
    ("new point for the step", "new-point-for-step", "dy", _at(lambda Y, T, p, u, o: o["J"] @ (p + u))),
    ("step left out", "factor-dropped", "dy", _at(lambda Y, T, p, u, o: o["J"].sum(axis=1))),
    ("diagonal alone", "diagonal-only elementwise", "dy", _at(lambda Y, T, p, u, o: np.diag(o["J"]) * u)),
    ("sizes of the step", "sign", "dy", _at(lambda Y, T, p, u, o: o["J"] @ np.abs(u) if (u < 0).any() else None)),
    ("value forgotten", "value-forgotten term-dropped other-blank", "yhat", _at(lambda Y, T, p, u, o: o["dy"])),
    ("subtracted", "subtracted sign", "yhat", _at(lambda Y, T, p, u, o: o["y0"] - o["dy"])),
    (
        "point for the value",
        "names-swapped other-quantity",
        "yhat",
        _at(lambda Y, T, p, u, o: p + o["dy"]),
    ),
    (
        "step added as well",
        "names-swapped other-quantity",
        "yhat",
        _at(lambda Y, T, p, u, o: o["y0"] + u),
    ),
    ("true value for the forecast", "other-blank", "yhat", _at(lambda Y, T, p, u, o: Y(p + u))),
    ("forecast for the true value", "forecast-for-true-value other-blank", "y", _at(lambda Y, T, p, u, o: o["yhat"])),
    ("step the other way", "step-backwards sign", "y", _at(lambda Y, T, p, u, o: Y(p - u))),
    ("value of the step", "wrong-point term-dropped", "y", _at(lambda Y, T, p, u, o: Y(u))),
    ("values added", "values-added taken-apart", "y", _at(lambda Y, T, p, u, o: Y(p) + Y(u))),
    ("constant left out at the end", "term-dropped", "y", lambda g, o: _pieces(g)[0](sum(_points(g))) - [g["c"], 0]),
)

# ----- Entry by entry ----------------------------------------------------------------------------------------------

Function = Callable[[np.ndarray], np.ndarray]
PHI: dict[str, tuple[Function, Function]] = {
    "square": (lambda t: t**2, lambda t: 2 * t),
    "cube": (lambda t: t**3, lambda t: 3 * t**2),
    "rectifier": (lambda t: np.maximum(t, 0), lambda t: (t > 0) * 1.0),
    "sigmoidal": (lambda t: 1 / (1 + np.exp(-t)), lambda t: np.exp(-t) / (1 + np.exp(-t)) ** 2),
    "hyperbolic": (np.tanh, lambda t: 1 - np.tanh(t) ** 2),
}


def _inputs(g: Given) -> np.ndarray:
    k = array(g, "k")
    signs = np.array([-1, 1, 1] if g["negative"] == "first" else [1, -1, 1])
    return signs * (np.log(k) if g["f"] in ("sigmoidal", "hyperbolic") else k)


def _entries(given: Given, sheet: Sheet) -> None:
    phi, slope = PHI[given["f"]]
    x, a = _inputs(given), given["a"]
    sheet.write("y", a * phi(x))
    J = sheet.write("J", np.diag(a * slope(x)))
    v = array(given, "v")
    sheet.write("w", J @ v if J.ndim > 1 else J * v)  # the diagonal alone is multiplied entry by entry


def _xa(make: Callable[..., Any], *kinds: str) -> Wrong:
    def wrong(g: Given, _: Own) -> Any:
        return make(_inputs(g), g["a"], *PHI[g["f"]]) if not kinds or g["f"] in kinds else None

    return wrong


SMOOTH = ("square", "cube", "sigmoidal", "hyperbolic")
ENTRIES = further(
    Family("jacobian-elementwise", _entries, (pen("entry-sign", "y w"), pen("permuted", "y w"))),
    ("factor lost in the values", "factor-dropped", "y", _xa(lambda x, a, f, s: f(x))),
    ("factor inside", "brackets exponent-off", "y", _xa(lambda x, a, f, s: f(a * x), "square", "cube")),
    (
        "sign lost in the values",
        "sign",
        "y",
        _xa(lambda x, a, f, s: a * f(-x), "cube", "sigmoidal", "hyperbolic", "rectifier"),
    ),
    ("negative input left as it is", "activation-missing", "y", _xa(lambda x, a, f, s: a * x, "rectifier")),
    ("full matrix of values", "full-values", "J", _xa(lambda x, a, f, s: np.tile(a * f(x), (3, 1)))),
    ("diagonal alone", "diagonal-alone", "J", _xa(lambda x, a, f, s: a * s(x))),
    ("full matrix", "full-matrix full-columns", "J", _xa(lambda x, a, f, s: np.tile(a * s(x), (3, 1)))),
    ("full matrix by columns", "full-matrix full-columns", "J", _xa(lambda x, a, f, s: np.tile(a * s(x), (3, 1)).T)),
    (
        "values for slopes",
        "value-for-derivative function-for-derivative",
        "J g",
        _xa(lambda x, a, f, s: np.diag(a * f(x))),
    ),
    ("factor lost", "factor-lost factor-dropped", "J g", _xa(lambda x, a, f, s: np.diag(s(x)))),
    ("at the output", "derivative-at-output", "J g", _xa(lambda x, a, f, s: np.diag(a * s(a * f(x))), *SMOOTH)),
    ("one everywhere", "one-everywhere", "J g", _xa(lambda x, a, f, s: np.diag(a + 0 * x), "rectifier")),
    (
        "input for the slope",
        "value-for-derivative function-for-derivative factor-extra",
        "J g",
        _xa(lambda x, a, f, s: np.diag(a * x * (x > 0)), "rectifier"),
    ),
    ("power kept", "power-kept", "J g dphi", _xa(lambda x, a, f, s: np.diag(a * s(x) * x), "square", "cube")),
    (
        "exponent not in front",
        "factor-dropped factor-two",
        "J g dphi",
        _xa(lambda x, a, f, s: np.diag(a * s(x) / (2 if f(2) == 4 else 3)), "square", "cube"),
    ),
    (
        "square of the hyperbolic forgotten",
        "square-forgotten power-dropped",
        "J g dphi",
        _xa(lambda x, a, f, s: np.diag(a * (1 - f(x))), "hyperbolic"),
    ),
    ("plus in the slope", "sign", "J g dphi", _xa(lambda x, a, f, s: np.diag(a * (1 + f(x) ** 2)), "hyperbolic")),
    (
        "one minus left out",
        "factor-dropped complement value-for-derivative",
        "J g dphi",
        _xa(lambda x, a, f, s: np.diag(a * f(x)), "sigmoidal"),
    ),
    (
        "scaled values in the slope",
        "scaled-values",
        "J g",
        _xa(lambda x, a, f, s: np.diag(a * f(x) * (1 - a * f(x))), "sigmoidal"),
    ),
    ("other diagonal", "permuted", "J", _xa(lambda x, a, f, s: np.diag(a * s(x))[::-1])),
    ("ones beside the diagonal", "ones-beside", "J", _xa(lambda x, a, f, s: np.diag(a * s(x)) + 1 - np.eye(3))),
    ("inner product", "summed", "w", lambda g, o: np.full(3, (np.diag(o["J"]) * array(g, "v")).sum())),
    ("slopes again", "factor-dropped", "w", lambda g, o: np.diag(o["J"])),
    ("values times v", "names-swapped other-quantity", "w", lambda g, o: o["y"] * array(g, "v")),
    ("added", "other-operation", "w", lambda g, o: np.diag(o["J"]) + array(g, "v")),
)

FAMILIES = (LINEAR, FORECAST, ENTRIES)
