"""Derivatives as formulas: from the table, of products and fractions."""

from __future__ import annotations

import re

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.table import derivative, table_rows
from benchmarks.students.texts import in_degrees, put, worth

LETTERS = ("a", "b", "c", "d", "n", "m")


def numbers(given: Given) -> dict[str, float]:
    """The letters of the formulas."""
    return {name: given[name] for name in LETTERS if name in given}


def at_point(text: str, given: Given, sheet: Sheet) -> float:
    """The student's own derivative at the point."""
    x0 = given["x0"]
    if re.search("sin|cos|tan", text) and sheet("calculator on degrees"):
        return float(in_degrees(text, x=x0))
    if sheet("one put in for the point"):
        x0 = 1.0
    if sheet("sign of the point lost"):
        x0 = -x0
    if "exp(" in text and sheet("two digits of e"):
        return float(worth(text.replace("exp(", "2.7^("), x=x0))
    if sheet("point squared"):
        x0 = x0**2
    if sheet("one over the point"):
        x0 = 1 / x0
    return float(worth(text, x=x0))


VALUE_SLIPS = (
    slip("calculator on degrees", "degrees", "value"),
    slip("one put in for the point", "argument-kept wrong-point factor-dropped", "value"),
    slip("sign of the point lost", "sign wrong-point", "value"),
    slip("two digits of e", "rounding", "value"),
    slip("point squared", "wrong-point exponent-off", "value"),
    slip("one over the point", "inverted wrong-point", "value"),
    pen("digit", "value"),
    pen("digits", "value"),
    pen("missed", "value"),
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
    if sheet("number as a term"):
        text = f"k + ({text.removeprefix('k*')})"
    if sheet("number differentiated as well"):
        text = "0"
    if sheet("number squared"):
        text = f"k*{text}"
    df = sheet.write("df", put(text, k=given["k"], **numbers(given)))
    sheet.write("value", at_point(df, given, sheet))


TABLE_DERIVATIVE = Family(
    "table-derivative",
    table,
    (
        *table_rows("dg df", "the row", "exponent kept", "exponent-kept"),
        *table_rows(
            "dg df", "the row", "factor lost, upside down, root lost, exponent raised, integrated, lowered factor"
        ),
        *table_rows("dg df", "the row", "letter as a factor, other logarithm, sign, square below, function kept"),
        *table_rows("dg df", "the row", "letter lost, root above, other function, rule of arctan, square kept above"),
        slip("number as a term", "other-convention constant-kept", "df"),
        slip("number squared", "exponent-off constant-factor factor-two", "df"),
        slip("number differentiated as well", "other-convention term-dropped", "df"),
        pen("digit", "df", "constant-factor constant-term exponent-off"),
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
    for name, wrong in (
        ("sum of the derivatives", f"({df}) + ({dg})"),
        ("second factor not differentiated", f"{first} + ({f})*({g})"),
        ("first factor not differentiated", f"({f})*({g}) + {second}"),
        ("each with its own derivative", f"({df})*({f}) + ({dg})*({g})"),
        ("derivatives and functions multiplied", f"({df})*({g})*({f})*({dg})"),
        ("terms divided by the square", f"({first} - {second})/({g})^2"),
        ("product of the derivatives added", f"{first} + ({df})*({dg})"),
        ("product for its derivative", f"({f})*({g})"),
        ("sum left without brackets", f"({df})*({g}) + ({dg})"),
        ("second function left out", f"({df}) + {second}"),
        ("two in front", f"2*(({df})*({g}) + ({f})*({dg}))"),
    ):
        text = wrong if sheet(name) else text
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
        slip("sum of the derivatives", "sum-of-derivatives", "dy"),
        slip("second factor not differentiated", "function-for-derivative names-swapped", "dy"),
        slip("first factor not differentiated", "function-for-derivative names-swapped", "dy"),
        slip("each with its own derivative", "names-swapped", "dy"),
        slip("derivatives and functions multiplied", "other-convention", "dy"),
        slip("terms divided by the square", "quotient-rule other-convention product-sign", "dy"),
        slip("product of the derivatives added", "function-for-derivative names-swapped", "dy"),
        slip("product for its derivative", "function-for-derivative", "dy"),
        slip("sum left without brackets", "factor-dropped", "dy"),
        slip("second function left out", "factor-dropped", "dy"),
        slip("two in front", "factor-two constant-factor", "dy"),
        *table_rows(
            "df", "the first factor", "letter kept, constant for the slope, letter as a factor, lowered factor"
        ),
        *table_rows(
            "dg", "the second factor", "letter as a factor, exponent raised, sign, function kept, other function"
        ),
        pen("digit", "df dg dy", "constant-factor constant-term exponent-off"),
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
    for name, wrong in (
        ("second term only", f"-({second})/({g})^2"),
        ("fourth power below", f"({first} - {second})/({g})^4"),
        ("cube below", f"({first} - {second})/({g})^3"),
        ("square of the derivative below", f"({first} - {second})/({dg})^2"),
        ("square of the numerator below", f"({first} - {second})/({f})^2"),
        ("denominator doubled", f"({first} - {second})/(2*({g}))"),
        ("numerator not differentiated", f"(({f})*({g}) - {second})/({g})^2"),
        ("denominator not differentiated", f"({first} - ({f})*({g}))/({g})^2"),
        ("derivatives subtracted", f"(({df}) - ({dg}))/({g})^2"),
        ("product rule", f"{first} + {second}"),
        ("each with its own derivative", f"(({df})*({f}) - ({dg})*({g}))/({g})^2"),
        ("multiplied by the square", f"({first} - {second})*({g})^2"),
        ("numerator alone differentiated", f"({df})/({g})"),
        ("denominator alone differentiated", f"({f})/({dg})"),
        ("fraction for its derivative", f"({f})/({g})"),
    ):
        text = wrong if sheet(name) else text
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
        slip("second term only", "term-dropped", "top dy"),
        slip("fourth power below", "square-doubled exponent-off", "dy"),
        slip("cube below", "exponent-off", "dy"),
        slip("square of the derivative below", "names-swapped function-for-derivative", "dy"),
        slip("square of the numerator below", "names-swapped", "dy"),
        slip("denominator doubled", "power-dropped factor-two other-function exponent-off", "dy"),
        slip("numerator not differentiated", "function-for-derivative names-swapped", "top dy"),
        slip("denominator not differentiated", "function-for-derivative names-swapped", "top dy"),
        slip("derivatives subtracted", "factor-dropped other-convention", "top dy"),
        slip("product rule", "product-rule other-convention", "dy"),
        slip("each with its own derivative", "names-swapped", "top dy"),
        slip("multiplied by the square", "inverted", "dy"),
        slip("numerator alone differentiated", "term-dropped", "dy"),
        slip("denominator alone differentiated", "other-convention quotient-rule function-for-derivative", "dy"),
        slip("fraction for its derivative", "function-for-derivative", "dy"),
        pen("digit", "df dg", "constant-factor constant-term exponent-off"),
        *(row for row in VALUE_SLIPS if row.name != "calculator on degrees" and row.pen != "whole-sign"),
        pen("whole-sign", "value", "numerator-swapped quotient-sign"),  # the numerator may have been worked out again
    ),
    (("constant kept in the numerator", "no square"), ("factor lost in the denominator", "plus between")),
)


FAMILIES = (TABLE_DERIVATIVE, PRODUCT, QUOTIENT)
