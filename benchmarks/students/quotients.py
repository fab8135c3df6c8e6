"""Quotients of differences: the derivative from its definition, and secants in numbers."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put, worth

# What is written for the change of the function, and what it becomes when it is divided by h.
WRONG_CHANGES = {
    "quadratic": (
        ("middle term of the square lost", "a*h^2 + b*h", "a*h + b"),
        ("two of the middle term lost", "a*(v*h + h^2) + b*h", "a*v + a*h + b"),
        ("linear term unchanged", "2*a*v*h + a*h^2", "2*a*v + a*h"),
        ("number below lost", "2*v*h + h^2 + b*h", "2*v + h + b"),
        ("constant left standing", "a*(v+h)^2 + b*(v+h) + c - a*v^2 - b*v", "2*a*v + a*h + b + c/h"),
        ("last signs not turned", "a*(v+h)^2 + b*(v+h) + c - a*v^2 + b*v + c", "2*a*v + a*h + b + (2*b*v + 2*c)/h"),
    ),
    "reciprocal": (
        ("fractions taken apart", "a/h", "a/h^2"),
        ("h beside the fraction", "h", "1"),
        ("turned", "a/v - a/(v+h)", "a/(v*(v+h))"),
        ("values added", "a/(v+h) + a/v", "(a/(v+h) + a/v)/h"),
    ),
    "root": (
        ("root of the sum apart", "a*sqrt(h)", "a/sqrt(h)"),
        ("number in front lost", "sqrt(v+h) - sqrt(v)", "1/(sqrt(v+h) + sqrt(v))"),
        ("turned", "a*sqrt(v) - a*sqrt(v+h)", "-a/(sqrt(v+h) + sqrt(v))"),
        ("values added", "a*sqrt(v+h) + a*sqrt(v)", "(a*sqrt(v+h) + a*sqrt(v))/h"),
    ),
}
QUOTIENTS = {
    "quadratic": (
        "2*a*v + b + a*h",
        (
            ("square not divided", "2*a*v + b + a*h^2"),
            ("term with h dropped", "2*a*v + b"),
            ("only the first terms divided", "2*a*v + b*h + a*h"),
            ("number with h lost", "2*a*v + b + h"),
        ),
    ),
    "reciprocal": (
        "-a/(v*(v+h))",
        (
            ("minus lost", "a/(v*(v+h))"),
            ("denominators added", "-a/(2*v+h)"),
            ("h left above", "-a*h/(v*(v+h))"),
            ("one denominator lost", "-a/(v+h)"),
        ),
    ),
    "root": (
        "a/(sqrt(v+h) + sqrt(v))",
        (
            ("minus in the sum of roots", "a/(sqrt(v+h) - sqrt(v))"),
            ("number lost by the sum of roots", "1/(sqrt(v+h) + sqrt(v))"),
            ("roots alone multiplied", "a*(sqrt(v+h) + sqrt(v))"),
            ("h left above", "a*h/(sqrt(v+h) + sqrt(v))"),
        ),
    ),
}


def definition(given: Given, sheet: Sheet) -> None:
    """The change, the quotient, the limit."""
    kind, numbers = str(given["kind"]), {name: given[name] for name in ("a", "b", "c")} | {"v": given["x0"]}
    right, wrong = QUOTIENTS[kind]
    change, simplified = f"({right})*h", right
    for name, *texts in (*WRONG_CHANGES[kind], ("h added to the value", "h", "1")):
        change, simplified = texts if sheet(name) else (change, simplified)
    change = put(change, **numbers)
    carried = sheet.write("delta", change)
    quotient = put(simplified, **numbers) if carried == change else f"({carried})/h"
    for name, text in (*wrong, ("multiplied by h", f"({right})*h^2")):
        quotient = put(text, **numbers) if sheet(name) else quotient
    quotient = sheet.write("q", quotient)
    limit = worth(quotient, h=0.0)
    a, b, v = given["a"], given["b"], given["x0"]
    if sheet("one for h"):
        limit = worth(quotient, h=1.0)
    if kind == "quadratic":
        limit = 2 * a * v if sheet("linear term left out of the limit") else limit
        limit = a * v + b if sheet("two lost in the limit") else limit
        limit = 2 * a + b if sheet("point left out of the limit") else limit
        limit = 2 * a * v**2 + b if sheet("square kept in the limit") else limit
        limit = 2 * v + b if sheet("number left out of the limit") else limit
    if kind == "reciprocal":
        limit = -a / v if sheet("denominator not squared") else limit
        limit = a / v**2 if sheet("sign of the limit lost") else limit
        limit = -a / (2 * v) if sheet("denominator doubled") else limit
    if kind == "root":
        limit = a / np.sqrt(v) if sheet("roots not added") else limit
        limit = a / (2 * v) if sheet("root lost in the limit") else limit
        limit = a / np.sqrt(2 * v) if sheet("added below the root") else limit
    if sheet("value for the limit"):
        limit = {"quadratic": a * v**2 + b * v + given["c"], "reciprocal": a / v, "root": a * np.sqrt(v)}[kind]
    sheet.write("limit", limit)


_CHANGES = sorted({name for rows in WRONG_CHANGES.values() for name, *_ in rows})
_CHANGE_RULES = {
    "middle term of the square lost": "square-of-sum term-dropped",
    "two of the middle term lost": "half-of-middle-term factor-two",
    "linear term unchanged": "linear-term-unchanged term-dropped",
    "number below lost": "factor-dropped",
    "constant left standing": "term-dropped constant-term",
    "last signs not turned": "sign constant-term",
    "fractions taken apart": "reciprocal-of-sum term-dropped",
    "h beside the fraction": "h-added other-convention",
    "turned": "sign whole-sign names-swapped",
    "values added": "sign",
    "root of the sum apart": "root-of-sum term-dropped",
    "number in front lost": "factor-dropped constant-factor",
}

DEFINITION = Family(
    "difference-quotient-limit",
    definition,
    (
        *(slip(name, _CHANGE_RULES[name], "delta") for name in _CHANGES),
        slip("h added to the value", "h-added", "delta"),
        slip("square not divided", "square-not-divided exponent-off", "q"),
        slip("term with h dropped", "term-dropped", "q"),
        slip("only the first terms divided", "not-all-divided", "q"),
        slip("number with h lost", "factor-dropped", "q"),
        slip("minus lost", "sign whole-sign", "q"),
        slip("denominators added", "denominators-added", "q"),
        slip("h left above", "divisor-dropped other-blank", "q"),
        slip("one denominator lost", "divisor-dropped factor-dropped", "q"),
        slip("minus in the sum of roots", "minus-in-conjugate sign", "q"),
        slip("number lost by the sum of roots", "factor-dropped constant-factor", "q"),
        slip("roots alone multiplied", "inverted", "q"),
        slip("multiplied by h", "multiplied-by-h inverted", "q"),
        slip("one for h", "one-put-in", "limit"),
        slip("linear term left out of the limit", "term-dropped", "limit q"),
        slip("two lost in the limit", "factor-two factor-dropped", "limit q"),
        slip("point left out of the limit", "factor-dropped", "limit q"),
        slip("square kept in the limit", "exponent-off power-kept", "limit q"),
        slip("number left out of the limit", "factor-dropped", "limit q"),
        slip("denominator not squared", "factor-dropped divisor-dropped power-dropped exponent-off", "limit q"),
        slip("sign of the limit lost", "sign whole-sign", "limit q"),
        slip("denominator doubled", "double-below sign square-doubled", "limit q"),
        slip("roots not added", "term-dropped factor-two divisor-dropped", "limit q"),
        slip("root lost in the limit", "no-root-below root-missing", "limit q"),
        slip("added below the root", "other-convention", "limit q"),
        slip("value for the limit", "function-for-derivative other-convention", "limit q"),
        pen("digit", "delta", "constant-factor constant-term"),
        pen("whole-sign", "limit"),
    ),
    (("two of the middle term lost", "square not divided"),),
)

FUNCTIONS = {
    "cube": (lambda x: x**3, lambda x: 3 * x**2),
    "square": (lambda x: x**2, lambda x: 2 * x),
    "reciprocal": (lambda x: 1 / x, lambda x: -1 / x**2),
    "logarithm": (np.log, lambda x: 1 / x),
    "exponent": (np.exp, np.exp),
}
WRONG_ROWS = {
    "exponent kept": {"cube": lambda x: 3 * x**3, "square": lambda x: 2 * x**2},
    "factor of the power lost": {"cube": lambda x: x**2, "square": lambda x: x},
    "minus of the reciprocal lost": {"reciprocal": lambda x: 1 / x**2},
    "reciprocal not squared": {"reciprocal": lambda x: -1 / x},
    "logarithm of the derivative": {"reciprocal": np.log},
    "logarithm not differentiated": {"logarithm": np.log},
    "exponential as a power": {"exponent": lambda x: x * np.exp(x - 1)},
}


def secant(given: Given, sheet: Sheet) -> None:
    """Three values, two quotients, the derivative, the errors."""
    kind, k, x, d = str(given["kind"]), given["k"], given["x0"], given["d"]
    f, slope = FUNCTIONS[kind]
    values = k * np.array([f(x - d), f(x), f(x + d)])
    if sheet("number left out of the values"):
        values = values / k
    if kind in ("cube", "square") and sheet("number inside the power"):
        values = np.array([f(k * (x - d)), f(k * x), f(k * (x + d))])
    if sheet("change added to the value"):
        values = k * f(x) + np.array([-d, 0, d])
    if kind in ("cube", "square") and sheet("powers of a sum apart"):
        values = k * np.array([f(x) - f(d), f(x), f(x) + f(d)])
    if sheet("values the other way round"):
        values = values[::-1]
    if kind == "logarithm" and sheet("decimal logarithm"):
        values = values / np.log(10)
    y = sheet.write("y", values)
    q = (y[2] - y[1]) / d
    for name, wrong in (
        ("backward quotient", (y[1] - y[0]) / d),
        ("not divided", y[2] - y[1]),
        ("divided by the point", (y[2] - y[1]) / (x + d)),
        ("difference turned", (y[1] - y[2]) / d),
        ("quotient turned over", d / (y[2] - y[1])),
        ("multiplied by the change", (y[2] - y[1]) * d),
        ("forward over twice the change", (y[2] - y[1]) / (2 * d)),
        ("values added", (y[2] + y[1]) / d),
        ("value not subtracted", y[2] / d),
    ):
        q = wrong if sheet(name) else q
    q = sheet.write("q", q)
    m = (y[2] - y[0]) / (2 * d)
    for name, wrong in (
        ("central over one change", (y[2] - y[0]) / d),
        ("central not divided", y[2] - y[0]),
        ("one side over twice the change", (y[2] - y[1]) / (2 * d)),
        ("outer values added", (y[2] + y[0]) / (2 * d)),
        ("outer values turned", (y[0] - y[2]) / (2 * d)),
        ("halved and multiplied", (y[2] - y[0]) / 2 * d),
    ):
        m = wrong if sheet(name) else m
    m = sheet.write("m", m)
    g = k * slope(x)
    for name, rows in WRONG_ROWS.items():
        if kind in rows and sheet(name):
            g = k * rows[kind](x)
    g = slope(x) if sheet("number left out of the derivative") else g
    g = k * slope(x + d) if sheet("derivative at the new point") else g
    g = k * slope(d) if sheet("derivative at the change") else g
    g = sheet.write("g", g)
    err = abs(q - g)
    err = err / abs(g) if sheet("relative error") else err
    err = 100 * err / abs(g) if sheet("percent") else err
    err = -err if sheet("sign of the error kept") else err
    err = abs(m - g) if sheet("error of the central quotient") else err
    err = abs(q) + abs(g) if sheet("values added in the error") else err
    err = abs(q - m) if sheet("quotients compared") else err
    sheet.write("err", err)


SECANT = Family(
    "difference-quotient-numeric",
    secant,
    (
        slip("number left out of the values", "factor-dropped", "y"),
        slip("change added to the value", "wrong-point term-extra brackets", "y"),
        slip("values the other way round", "permuted sign", "y"),
        slip("number inside the power", "number-inside-power other-convention exponent-off", "y"),
        slip("powers of a sum apart", "powers-apart other-convention", "y"),
        slip("decimal logarithm", "decimal-logarithm log-base", "y"),
        slip("backward quotient", "backward index-off", "q"),
        slip("not divided", "not-divided divisor-dropped", "q"),
        slip("divided by the point", "divided-by-point names-swapped", "q"),
        slip("difference turned", "names-swapped sign whole-sign", "q"),
        slip("quotient turned over", "inverted reciprocal", "q"),
        slip("multiplied by the change", "inverted", "q"),
        slip("forward over twice the change", "factor-two", "q"),
        slip("values added", "sign", "q"),
        slip("value not subtracted", "term-dropped", "q"),
        slip("central over one change", "one-step-wide factor-two", "m"),
        slip("central not divided", "divisor-dropped", "m"),
        slip("one side over twice the change", "index-off", "m"),
        slip("outer values added", "sign", "m"),
        slip("outer values turned", "sign names-swapped whole-sign", "m"),
        slip("halved and multiplied", "inverted brackets power-of-ten", "m"),
        slip("exponent kept", "exponent-kept power-kept exponent-off", "g"),
        slip("factor of the power lost", "factor-dropped factor-two table-slip", "g"),
        slip("minus of the reciprocal lost", "sign whole-sign", "g"),
        slip("reciprocal not squared", "power-dropped exponent-off divisor-dropped", "g"),
        slip("logarithm of the derivative", "logarithm-as-derivative table-slip other-function", "g"),
        slip("logarithm not differentiated", "function-for-derivative table-slip", "g"),
        slip("exponential as a power", "exponential-as-power table-slip power-kept", "g"),
        slip("number left out of the derivative", "factor-dropped factor-two", "g"),
        slip("derivative at the new point", "derivative-at-new-point wrong-point", "g"),
        slip("derivative at the change", "power-of-ten inverted wrong-point names-swapped other-quantity", "g"),
        slip("relative error", "relative-error", "err"),
        slip("percent", "percent relative-error", "err"),
        slip("sign of the error kept", "sign whole-sign", "err"),
        slip("error of the central quotient", "central-error", "err"),
        slip("values added in the error", "sign", "err"),
        slip("quotients compared", "quotients-compared", "err"),
        pen("digit", "q m g"),
        pen("power-of-ten", "q m g", "square-doubled"),  # 0.2² is a tenth of twice 0.2
    ),
    (("backward quotient", "central over one change"),),
)

FAMILIES = (DEFINITION, SECANT)
