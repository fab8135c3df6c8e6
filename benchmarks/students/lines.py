"""Tangents: their equation and their angle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put, worth


def either(sheet: Sheet, right: Any, wrong: Iterable[tuple[str, Any]]) -> Any:
    """What is right, or what stands beside the slip that is made."""
    for name, value in wrong:
        right = value if sheet(name) else right
    return right


def numbers(given: Given, names: str) -> list[Any]:
    """Givens as numbers that may be divided by zero."""
    return [np.float64(given[name]) for name in names.split()]


# ----- The equation ----------------------------------------------------------------------------------------------

CURVES = {
    "quadratic": ("a*x^2 + c*x + d", "2*a*x + c", {
        "exponent kept": "2*a*x^2 + c", "two lost": "a*x + c", "constant kept": "2*a*x + c + d",
        "linear term lost": "2*a*x", "linear term kept": "2*a*x + c*x", "number lost": "2*x + c",
    }),
    "cubic": ("a*x^3 + c*x^2 + d", "3*a*x^2 + 2*c*x", {
        "exponent kept": "3*a*x^3 + 2*c*x", "two lost": "3*a*x^2 + c*x", "constant kept": "3*a*x^2 + 2*c*x + d",
        "three lost": "a*x^2 + 2*c*x", "number lost": "3*x^2 + 2*c*x",
    }),
    "root": ("a*sqrt(x) + d", "a/(2*sqrt(x))", {
        "two lost": "a/sqrt(x)", "constant kept": "a/(2*sqrt(x)) + d", "number lost": "1/(2*sqrt(x))",
        "root lost": "a/(2*x)", "root above": "a*sqrt(x)/2",
    }),
    "exponent": ("a*exp(x - p) + c*x + d", "a*exp(x - p) + c", {
        "linear term lost": "a*exp(x - p)", "constant kept": "a*exp(x - p) + c + d", "number lost": "exp(x - p) + c",
        "linear term kept": "a*exp(x - p) + c*x",
    }),
}  # fmt: skip


def tangent(given: Given, sheet: Sheet) -> None:
    """Derivative, value, slope, height at 0."""
    text, right, wrong = CURVES[str(given["kind"])]
    letters = {name: given[name] for name in ("a", "c", "d", "p")}
    (x0,) = numbers(given, "x0")
    df = sheet.write("df", put(either(sheet, right, wrong.items()), **letters))
    curve = put(text, **letters)
    y0 = worth(curve, x=x0)
    y0 = either(sheet, y0, (
        ("constant lost in the value", y0 - letters["d"]),
        ("minus squared as a minus", worth(curve.replace("x^2", "(-x^2)"), x=x0) if x0 < 0 and "x^2" in curve else y0),
        ("sign of the point lost in the value", worth(curve, x=abs(x0))),
        ("derivative for the value", worth(df, x=x0)),
    ))  # fmt: skip
    y0 = sheet.write("y0", y0)
    k = either(sheet, worth(df, x=x0), (
        ("value for the slope", y0),
        *(() if "exp" in df else (  # in powers of e it would stand as a formula
            ("sign of the point lost in the slope", worth(df, x=abs(x0))),
            ("one put in", worth(df, x=1.0)),
            ("nought put in", worth(df, x=0.0)),
        )),
    ))  # fmt: skip
    k = sheet.write("k", k)
    sheet.write("m", either(sheet, y0 - k * x0, (
        ("value for the height", y0), ("moved the wrong way", y0 + k * x0), ("turned", k * x0 - y0),
        ("point forgotten", y0 - k), ("roles swapped", x0 - k * y0), ("slope forgotten", y0 - x0),
        ("value forgotten", -k * x0), ("divided by the point", y0 / x0 - k), ("slope squared", y0 - k * x0**2),
    )))  # fmt: skip


TANGENT = Family(
    "tangent-line",
    tangent,
    (
        slip("exponent kept", "power-kept exponent-off", "df"),
        slip("two lost", "factor-two factor-dropped table-slip", "df"),
        slip("three lost", "factor-dropped table-slip", "df"),
        slip("constant kept", "constant-kept", "df"),
        slip("linear term lost", "term-dropped constant-taken", "df"),
        slip("linear term kept", "function-for-derivative", "df"),
        slip("number lost", "factor-dropped constant-factor", "df"),
        slip("root lost", "root-missing table-slip", "df"),
        slip("root above", "inverted table-slip", "df"),
        slip("constant lost in the value", "term-dropped", "y0"),
        slip("minus squared as a minus", "sign", "y0"),
        slip("sign of the point lost in the value", "sign wrong-point", "y0"),
        slip("derivative for the value", "derivative-for-function names-swapped", "y0"),
        slip("value for the slope", "value-for-slope", "k"),
        slip("sign of the point lost in the slope", "sign wrong-point whole-sign", "k"),
        slip("one put in", "wrong-point factor-dropped argument-kept", "k"),
        slip("nought put in", "wrong-point term-dropped", "k"),
        slip("value for the height", "value-for-height", "m"),
        slip("moved the wrong way", "moved-wrong-way sign", "m"),
        slip("turned", "subtracted-backwards whole-sign sign", "m"),
        slip("point forgotten", "distance-forgotten factor-dropped", "m"),
        slip("roles swapped", "names-swapped", "m"),
        slip("slope forgotten", "factor-dropped", "m"),
        slip("value forgotten", "term-dropped", "m"),
        slip("divided by the point", "divided-by-point", "m"),
        slip("slope squared", "exponent-off", "m"),
        pen("whole-sign", "y0 k m"),
    ),
    (("constant lost in the value", "moved the wrong way"),),
)

# ----- The angle -------------------------------------------------------------------------------------------------


def angle(given: Given, sheet: Sheet) -> None:
    """Slope, angle, and the point with a given angle."""
    a, b, d, x0, beta = numbers(given, "a b d x0 beta")
    parabola = given["kind"] == "quadratic"
    value = a * x0**2 + b * x0 + d if parabola else a * np.log(x0) + d
    k = either(sheet, 2 * a * x0 + b if parabola else a / x0, (
        ("value for the slope", value),
        ("two lost", a * x0 + b if parabola else a / x0),
        ("linear term left out", 2 * a * x0 if parabola else a / x0),
        ("constant kept", (2 * a * x0 + b if parabola else a / x0) + d),
        ("linear term kept", 2 * a * x0 + b * x0 if parabola else a / x0),
        ("logarithm kept", 2 * a * x0 + b if parabola else a * np.log(x0)),
        ("number lost", 2 * x0 + b if parabola else 1 / x0),
    ))  # fmt: skip
    k = sheet.write("k", k)
    alpha = either(sheet, np.degrees(np.arctan(k)), (
        ("radians", np.arctan(k)), ("angle of the value", np.degrees(np.arctan(value))),
        ("angle with the vertical", np.degrees(np.arctan(1 / k))), ("tangent taken", np.tan(k)),
        ("tangent taken in degrees", np.tan(np.radians(k))), ("in proportion", 45 * k),
        ("half a turn on", np.degrees(np.arctan(k)) + 180), ("never negative", np.degrees(np.arctan(abs(k)))),
        ("slope for the angle", k), ("slope in degrees", np.degrees(k)), ("sine turned back", np.degrees(np.arcsin(k))),
        ("ninety minus", 90 - np.degrees(np.arctan(k))),
    ))  # fmt: skip
    sheet.write("alpha", alpha)
    t = np.tan(np.radians(beta))
    t = either(sheet, t, (
        ("calculator on radians", np.tan(beta)), ("cotangent", 1 / t), ("angle for the slope", beta),
        ("sine for the tangent", np.sin(np.radians(beta))), ("sign of the angle lost", abs(t)),
        ("arctangent", np.arctan(beta)), ("angle in radians", np.radians(beta)),
    ))  # fmt: skip
    x1 = (t - b) / (2 * a) if parabola else a / t
    x1 = either(sheet, x1, (
        ("number carried over with its sign", (t + b) / (2 * a) if parabola else x1),
        ("two not divided by", (t - b) / a if parabola else x1),
        ("number not subtracted", t / (2 * a) if parabola else x1),
        ("multiplied", (t - b) * 2 * a if parabola else a * t),
        ("turned over", x1 if parabola else t / a),
        ("divided before subtracting", t / (2 * a) - b if parabola else x1),
    ))  # fmt: skip
    sheet.write("x1", x1)


ANGLE = Family(
    "tangent-angle",
    angle,
    (
        slip("value for the slope", "function-for-derivative value-for-slope", "k df"),
        slip("two lost", "factor-two factor-dropped", "k df"),
        slip("linear term left out", "term-dropped constant-taken", "k df"),
        slip("constant kept", "constant-kept", "k df"),
        slip("linear term kept", "function-for-derivative", "k df"),
        slip("logarithm kept", "logarithm-kept function-for-derivative table-slip", "k df"),
        slip("number lost", "factor-dropped", "k df"),
        slip("radians", "in-radians factor-dropped", "alpha"),
        slip("angle of the value", "angle-of-value", "alpha"),
        slip("angle with the vertical", "angle-with-vertical", "alpha"),
        slip("ninety minus", "complement-to-90 angle-with-vertical", "alpha"),
        slip("tangent taken", "tangent-for-arctangent other-function", "alpha"),
        slip("tangent taken in degrees", "tangent-in-degrees", "alpha"),
        slip("in proportion", "slope-times-45", "alpha"),
        slip("half a turn on", "other-turn", "alpha"),
        slip("never negative", "acute-only whole-sign sign", "alpha"),
        slip("slope for the angle", "slope-for-angle in-radians", "alpha"),
        slip("slope in degrees", "slope-as-radians activation-missing", "alpha"),
        slip("sine turned back", "arcsine other-function", "alpha"),
        slip("calculator on radians", "calculator-in-radians factor-dropped degrees", "t x1"),
        slip("cotangent", "cotangent inverted", "t x1"),
        slip("angle for the slope", "angle-for-slope", "t x1"),
        slip("sine for the tangent", "sine-for-tangent other-function", "t x1"),
        slip("sign of the angle lost", "sign whole-sign", "t x1"),
        slip("arctangent", "arctangent-for-tangent other-function", "t x1"),
        slip("angle in radians", "radians-for-slope activation-missing", "t x1"),
        slip("number carried over with its sign", "sign", "x1"),
        slip("two not divided by", "divisor-dropped factor-two factor-dropped", "x1"),
        slip("number not subtracted", "term-dropped", "x1"),
        slip("multiplied", "inverted", "x1"),
        slip("turned over", "inverted reciprocal", "x1"),
        slip("divided before subtracting", "brackets divisor-dropped other-convention", "x1"),
        pen("digits", "alpha x1"),
        pen("rounding", "alpha x1"),
    ),
    (("two lost", "radians"),),
)

FAMILIES = (TANGENT, ANGLE)
