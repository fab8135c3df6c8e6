"""Derivatives as formulas: from the table, of products, fractions and functions of functions."""

from __future__ import annotations

import re

from benchmarks.students.sheet import Family, Given, Sheet, Slip, pen, slip
from benchmarks.students.texts import in_degrees, inside, put, worth

LETTERS = ("a", "b", "c", "d", "n", "m")

# The table: the derivative of each function that occurs, and what people write instead.
TABLE = {
    "a*x + b": ("a", {"constant kept": "a + b"}),
    "c*x + d": ("c", {"constant kept": "c + d"}),
    "a*x^2 + b": ("2*a*x", {"exponent kept": "2*a*x^2", "factor lost": "a*x", "constant kept": "2*a*x + b"}),
    "x^2 + d": ("2*x", {"exponent kept": "2*x^2", "factor lost": "x", "constant kept": "2*x + d"}),
    "x^n": ("n*x^(n-1)", {"exponent kept": "n*x^n", "factor lost": "x^(n-1)"}),
    "x^m": ("m*x^(m-1)", {"exponent kept": "m*x^m", "factor lost": "x^(m-1)"}),
    "x^m + b": ("m*x^(m-1)", {"exponent kept": "m*x^m", "factor lost": "x^(m-1)", "constant kept": "m*x^(m-1) + b"}),
    "exp(x)": ("exp(x)", {"wrong row": "x*exp(x - 1)"}),
    "exp(x) + b": ("exp(x)", {"wrong row": "x*exp(x - 1)", "constant kept": "exp(x) + b"}),
    "a^x": ("a^x*ln(a)", {"wrong row": "x*a^(x-1)", "factor lost": "a^x"}),
    "ln(x)": ("1/x", {}),
    "log_a(x)": ("1/(x*ln(a))", {"wrong row": "1/x", "upside down": "ln(a)/x"}),
    "sqrt(x)": ("1/(2*sqrt(x))", {"wrong row": "1/sqrt(x)", "root lost": "1/(2*x)"}),
    "sin(x)": ("cos(x)", {"wrong row": "-cos(x)"}),
    "cos(x)": ("-sin(x)", {"wrong row": "sin(x)"}),
    "tan(x)": ("1/cos(x)^2", {"wrong row": "1/cos(x)"}),
}  # fmt: skip
SLIPS = {
    "exponent kept": "power-kept exponent-off",
    "factor lost": "factor-dropped factor-two table-slip",
    "constant kept": "constant-kept",
    "wrong row": "table-slip sign whole-sign power-dropped factor-two factor-dropped power-kept exponent-off",
    "upside down": "inverted table-slip",
    "root lost": "root-missing table-slip",
}


def table_rows(name: str, words: str, kinds: str, authored: str = "") -> tuple[Slip, ...]:
    """A row for each kind of slip in the derivative called `name`."""
    return tuple(slip(f"{kind} in {words}", f"{SLIPS[kind]} {authored}", name) for kind in kinds.split(", "))


def derivative(function: str, words: str, sheet: Sheet) -> str:
    """The row of the table, or what is written instead."""
    text, wrong = TABLE[function]
    for kind, other in wrong.items():
        text = other if sheet(f"{kind} in {words}") else text
    return text


def numbers(given: Given) -> dict[str, float]:
    """The letters of the formulas."""
    return {name: given[name] for name in LETTERS if name in given}


def at_point(text: str, given: Given, sheet: Sheet) -> float:
    """The student's own derivative at the point."""
    x0 = given["x0"]
    if re.search("sin|cos|tan", text) and sheet("calculator on degrees"):
        return float(in_degrees(text, x=x0))
    return float(worth(text, x=x0))


VALUE_SLIPS = (
    slip("calculator on degrees", "degrees", "value"),
    pen("rounding", "value"),
    pen("power-of-ten", "value"),
    pen("whole-sign", "value"),
)


def table(given: Given, sheet: Sheet) -> None:
    """A number times a function of the table."""
    function = {
        "power": "x^n", "half": "x^m", "exponential": "a^x", "exponent": "exp(x)", "root": "sqrt(x)",
        "logarithm": "log_a(x)", "natural": "ln(x)", "sine": "sin(x)", "cosine": "cos(x)", "tangent": "tan(x)",
    }[given["kind"]]  # fmt: skip
    text = f"k*({derivative(function, 'the row', sheet)})"
    if sheet("number in front lost"):
        text = text.removeprefix("k*")
    if sheet("sign of the number lost"):
        text = f"-{text}"
    df = sheet.write("df", put(text, k=given["k"], **numbers(given)))
    sheet.write("value", at_point(df, given, sheet))


TABLE_DERIVATIVE = Family(
    "table-derivative",
    table,
    (
        *table_rows("dg df", "the row", "exponent kept", "exponent-kept"),
        *table_rows("dg df", "the row", "factor lost, upside down, root lost"),
        *table_rows(
            "dg df", "the row", "wrong row", "exponential-as-power base-of-logarithm half-of-root sign-of-trigonometric"
        ),
        slip("number in front lost", "coefficient-lost factor-dropped factor-two", "df"),
        slip("sign of the number lost", "sign whole-sign sign-of-trigonometric", "df"),
        *VALUE_SLIPS,
    ),
    (("number in front lost", "calculator on degrees"),),
)


def product(given: Given, sheet: Sheet) -> None:
    """Both factors, the rule, the value."""
    put_in = numbers(given)
    f, g = put(given["f"], **put_in), put(given["g"], **put_in)
    df = sheet.write("df", put(derivative(given["f"], "the first factor", sheet), **put_in))
    dg = sheet.write("dg", put(derivative(given["g"], "the second factor", sheet), **put_in))
    first, second, between = f"({df})*({g})", f"({f})*({dg})", "+"
    if sheet("minus between"):
        between = "-"
    text = f"{first} {between} {second}"
    if sheet("product of the derivatives"):
        text = f"({df})*({dg})"
    if sheet("first term only"):
        text = first
    if sheet("second term only"):
        text = second
    dy = sheet.write("dy", text)
    sheet.write("value", at_point(dy, given, sheet))


PRODUCT = Family(
    "product-rule",
    product,
    (
        *table_rows("df", "the first factor", "exponent kept, factor lost, constant kept, wrong row"),
        *table_rows("dg", "the second factor", "exponent kept, factor lost, wrong row"),
        slip("minus between", "minus-between product-sign sign", "dy"),
        slip("product of the derivatives", "product-of-derivatives product-rule", "dy"),
        slip("first term only", "first-term-only term-dropped", "dy"),
        slip("second term only", "second-term-only term-dropped", "dy"),
        *VALUE_SLIPS,
    ),
    (("wrong row in the second factor", "minus between"), ("factor lost in the first factor", "first term only")),
)


def quotient(given: Given, sheet: Sheet) -> None:
    """Numerator and denominator, the rule, the value."""
    put_in = numbers(given)
    f, g = put(given["f"], **put_in), put(given["g"], **put_in)
    df = sheet.write("df", put(derivative(given["f"], "the numerator", sheet), **put_in))
    dg = sheet.write("dg", put(derivative(given["g"], "the denominator", sheet), **put_in))
    first, second = f"({df})*({g})", f"({f})*({dg})"
    text = f"({first} - {second})/({g})^2"
    if sheet("terms swapped"):
        text = f"({second} - {first})/({g})^2"
    if sheet("plus between"):
        text = f"({first} + {second})/({g})^2"
    if sheet("no square"):
        text = f"({first} - {second})/({g})"
    if sheet("not divided"):
        text = f"{first} - {second}"
    if sheet("quotient of the derivatives"):
        text = f"({df})/({dg})"
    if sheet("first term only"):
        text = f"({first})/({g})^2"
    dy = sheet.write("dy", text)
    sheet.write("value", at_point(dy, given, sheet))


QUOTIENT = Family(
    "quotient-rule",
    quotient,
    (
        *table_rows("df", "the numerator", "exponent kept, factor lost, constant kept, wrong row"),
        *table_rows("dg", "the denominator", "exponent kept, factor lost, constant kept, wrong row"),
        slip("terms swapped", "numerator-swapped quotient-sign sign whole-sign", "top dy"),
        slip("plus between", "sign quotient-sign", "top dy"),
        slip("no square", "no-square quotient-square power-dropped", "dy"),
        slip("not divided", "divisor-dropped", "dy"),
        slip("quotient of the derivatives", "quotient-of-derivatives quotient-rule", "dy"),
        slip("first term only", "term-dropped", "top dy"),
        *(row for row in VALUE_SLIPS if row.name != "calculator on degrees" and row.pen != "whole-sign"),
        pen("whole-sign", "value", "numerator-swapped quotient-sign"),  # the numerator may have been worked out again
    ),
    (("constant kept in the numerator", "no square"), ("factor lost in the denominator", "plus between")),
)


def two_layers(given: Given, sheet: Sheet) -> None:
    """Outer and inner function, the chain rule, the value."""
    put_in = numbers(given)
    g = put(given["g"], **put_in)
    outer = re.sub(r"\bu\b", "x", given["f"])
    row = derivative(outer, "the outer function", sheet)
    df = sheet.write("df", put(re.sub(r"\bx\b", "u", row), **put_in))
    dg = sheet.write("dg", put(derivative(given["g"], "the inner function", sheet), **put_in))
    text = f"({inside(df, 'u', g)})*({dg})"
    if sheet("inner derivative lost"):
        text = inside(df, "u", g)
    if sheet("outer derivative at x"):
        text = f"({inside(df, 'u', 'x')})*({dg})"
    if sheet("derivative inside the derivative"):
        text = inside(df, "u", dg)
    if sheet("minus"):
        text = f"-{text}"
    dy = sheet.write("dy", text)
    sheet.write("value", at_point(dy, given, sheet))


TWO_LAYERS = Family(
    "deriv-chain-two-layer",
    two_layers,
    (
        *table_rows("df", "the outer function", "exponent kept, factor lost, wrong row, root lost"),
        *table_rows("dg", "the inner function", "exponent kept, factor lost, constant kept, wrong row"),
        slip("inner derivative lost", "no-inner-derivative inner-lost factor-dropped", "dy"),
        slip("outer derivative at x", "outer-at-x wrong-point", "dy"),
        slip("derivative inside the derivative", "derivative-in-derivative inner-inside", "dy"),
        slip("minus", "sign whole-sign", "dy"),
        *VALUE_SLIPS,
    ),
    (
        ("wrong row in the outer function", "inner derivative lost"),
        ("factor lost in the inner function", "outer derivative at x"),
    ),
)


# The layers of the third family: outer in v, middle in u, inner in x.
OUTER = {
    "logsquare": ("2/v", {"factor lost in the outer layer": "1/v"}),
    "exponent": ("exp(v)", {"wrong row in the outer layer": "v*exp(v - 1)"}),
    "power": ("n*v^(n-1)", {"factor lost in the outer layer": "v^(n-1)", "exponent kept in the outer layer": "n*v^n"}),
}
MIDDLE = {"cosine": ("cos(u)", "-sin(u)", "sin(u)"), "sine": ("sin(u)", "cos(u)", "-cos(u)")}
INNER = {
    "sineroot": ("sin(a*sqrt(x))", "a*cos(a*sqrt(x))/(2*sqrt(x))", {
        "root not differentiated": "cos(a*sqrt(x))", "sine not differentiated": "a/(2*sqrt(x))",
        "half of the root lost": "a*cos(a*sqrt(x))/sqrt(x)",
        "number in the inner layer lost": "cos(a*sqrt(x))/(2*sqrt(x))",
    }),
    "logarithm": ("ln(a*x)", "1/x", {"inside of the logarithm not differentiated": "1/(a*x)"}),
    "power": ("a*x^m", "a*m*x^(m-1)", {
        "factor lost in the inner layer": "a*x^(m-1)", "exponent kept in the inner layer": "a*m*x^m",
        "number in the inner layer lost": "m*x^(m-1)",
    }),
}  # fmt: skip


def three_layers(given: Given, sheet: Sheet) -> None:
    """Both outer layers, the inner one, the chain rule, the value."""
    df, outer_slips = OUTER[given["outer"]]
    g, dg, wrong_sign = MIDDLE[given["middle"]]
    h, dh, inner_slips = INNER[given["inner"]]
    for name, text in outer_slips.items():
        df = text if sheet(name) else df
    if sheet("sign of the middle layer"):
        dg = wrong_sign
    outside = f"({inside(df, 'v', g)})*({dg})"
    if sheet("middle derivative lost"):
        outside = inside(df, "v", g)
    if sheet("outer derivative at u"):
        outside = f"({inside(df, 'v', 'u')})*({dg})"
    for name, text in inner_slips.items():
        dh = text if sheet(name) else dh
    put_in = numbers(given)
    outside = sheet.write("outside", put(outside, **put_in))
    dh = sheet.write("dh", put(dh, **put_in))
    text = f"({inside(outside, 'u', put(h, **put_in))})*({dh})"
    if sheet("inner derivative lost"):
        text = inside(outside, "u", put(h, **put_in))
    if sheet("outer layers at x"):
        text = f"({inside(outside, 'u', 'x')})*({dh})"
    if sheet("minus"):
        text = f"-{text}"
    dy = sheet.write("dy", text)
    sheet.write("value", at_point(dy, given, sheet))


THREE_LAYERS = Family(
    "deriv-chain-three-layer",
    three_layers,
    (
        slip("factor lost in the outer layer", "power-lost factor-dropped factor-two", "df outside"),
        slip("exponent kept in the outer layer", "power-kept exponent-off", "df outside"),
        slip("wrong row in the outer layer", "table-slip power-kept exponent-off", "df outside"),
        slip("sign of the middle layer", "sign-of-middle sign whole-sign table-slip", "dg outside"),
        slip("middle derivative lost", "no-middle-derivative inner-lost factor-dropped", "outside dg"),
        slip("outer derivative at u", "outer-at-x wrong-point", "outside"),
        slip("root not differentiated", "root-not-differentiated inner-lost", "dh"),
        slip("sine not differentiated", "inner-sine-lost factor-dropped", "dh"),
        slip("half of the root lost", "factor-two table-slip", "dh"),
        slip("number in the inner layer lost", "factor-dropped factor-two", "dh"),
        slip("inside of the logarithm not differentiated", "inner-lost", "dh"),
        slip("factor lost in the inner layer", "factor-dropped factor-two", "dh"),
        slip("exponent kept in the inner layer", "power-kept exponent-off", "dh"),
        slip("inner derivative lost", "no-inner-derivative inner-lost factor-dropped", "dy"),
        slip("outer layers at x", "outer-at-x wrong-point", "dy"),
        slip("minus", "sign whole-sign", "dy"),
        *VALUE_SLIPS,
    ),
    (("sign of the middle layer", "inner derivative lost"), ("middle derivative lost", "half of the root lost")),
)

FAMILIES = (TABLE_DERIVATIVE, PRODUCT, QUOTIENT, TWO_LAYERS, THREE_LAYERS)
