"""Gradients: formulas first, then their value at a point."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put, worth

# Partial derivatives of each kind of function, right and with a slip, as a student writes them down.
PARTIALS = {
    "polynomial": {
        "f1": "m*a*x1^(m-1) + c*x2", "f2": "c*x1 + k*b*x2^(k-1)",
        "exponent of f1 kept": "m*a*x1^m + c*x2", "factor of f1 lost": "a*x1^(m-1) + c*x2",
        "mixed term of f1 lost": "m*a*x1^(m-1)", "sign in f1": "m*a*x1^(m-1) - c*x2",
        "wrong letter in f1": "m*a*x1^(m-1) + c*x1", "number in front lost in f1": "m*x1^(m-1) + c*x2",
        "exponent of f2 kept": "c*x1 + k*b*x2^k", "factor of f2 lost": "c*x1 + b*x2^(k-1)",
        "mixed term of f2 lost": "k*b*x2^(k-1)",
        "other variable not frozen in f1": "m*a*x1^(m-1) + c*x2 + c*x1", "sign in f2": "c*x1 - k*b*x2^(k-1)",
        "wrong letter in f2": "c*x2 + k*b*x2^(k-1)", "number of the mixed term lost in f1": "m*a*x1^(m-1) + x2",
        "term of the other variable kept in f1": "m*a*x1^(m-1) + c*x2 + b*x2^k",
        "mixed term kept whole in f1": "m*a*x1^(m-1) + c*x1*x2", "exponent of f1 lowered twice": "m*a*x1^(m-2) + c*x2",
    },
    "exponential": {
        "f1": "a*exp(x1 - p)*x2^k", "f2": "a*exp(x1 - p)*k*x2^(k-1)",
        "power rule for the exponential in f1": "a*(x1 - p)*exp(x1 - p - 1)*x2^k",
        "number in front lost in f1": "exp(x1 - p)*x2^k",
        "exponent of f2 kept": "a*exp(x1 - p)*k*x2^k", "factor of f2 lost": "a*exp(x1 - p)*x2^(k-1)",
        "sign in f1": "-a*exp(x1 - p)*x2^k", "exponential left out of f1": "a*x2^k",
        "exponential left out of f2": "a*k*x2^(k-1)", "both differentiated in f1": "a*exp(x1 - p)*k*x2^(k-1)",
        "power of f2 left as it is": "a*exp(x1 - p)*x2^k", "second factor left out of f1": "a*exp(x1 - p)",
        "number in front lost in f2": "exp(x1 - p)*k*x2^(k-1)", "point in front in f1": "-p*a*exp(x1 - p)*x2^k",
    },
    "logarithm": {
        "f1": "2*a*x1/(x1^2 + q*x2^2)", "f2": "2*a*q*x2/(x1^2 + q*x2^2)",
        "inner derivative of f1 lost": "a/(x1^2 + q*x2^2)", "inner derivative of f2 lost": "a/(x1^2 + q*x2^2)",
        "factor of f1 lost": "a*x1/(x1^2 + q*x2^2)", "factor of f2 lost": "2*a*x2/(x1^2 + q*x2^2)",
        "number in front lost in f1": "2*x1/(x1^2 + q*x2^2)", "upside down in f1": "2*a*x1*(x1^2 + q*x2^2)",
        "two of f2 lost": "a*q*x2/(x1^2 + q*x2^2)", "number in front lost in f2": "2*q*x2/(x1^2 + q*x2^2)",
        "denominator of f1 squared": "2*a*x1/(x1^2 + q*x2^2)^2", "sign in f1": "-2*a*x1/(x1^2 + q*x2^2)",
        "logarithm kept in f1": "2*a*x1*ln(x1^2 + q*x2^2)", "whole inside differentiated in f1":
        "a*(2*x1 + 2*q*x2)/(x1^2 + q*x2^2)", "only x1 below in f1": "2*a*x1/x1^2",
        "wrong letter in f2": "2*a*q*x1/(x1^2 + q*x2^2)",
    },
    "distance": {
        "f1": "a*x1/sqrt(x1^2 + x2^2)", "f2": "a*x2/sqrt(x1^2 + x2^2)",
        "inner derivative of f1 lost": "a/(2*sqrt(x1^2 + x2^2))",
        "inner derivative of f2 lost": "a/(2*sqrt(x1^2 + x2^2))",
        "half of the root lost in f1": "2*a*x1/sqrt(x1^2 + x2^2)", "number in front lost in f1": "x1/sqrt(x1^2 + x2^2)",
        "root lost in f1": "a*x1/(x1^2 + x2^2)", "root lost in f2": "a*x2/(x1^2 + x2^2)",
        "half of the root kept in f2": "a*x2/(2*sqrt(x1^2 + x2^2))", "root above in f1": "a*x1*sqrt(x1^2 + x2^2)",
        "whole inside differentiated in f1": "a*(x1 + x2)/sqrt(x1^2 + x2^2)", "sign in f1": "-a*x1/sqrt(x1^2 + x2^2)",
        "wrong letter in f1": "a*x2/sqrt(x1^2 + x2^2)", "number in front lost in f2": "x2/sqrt(x1^2 + x2^2)",
    },
}  # fmt: skip
BOTH = {
    "factors lost in both": {
        "polynomial": ("a*x1^(m-1) + c*x2", "c*x1 + b*x2^(k-1)"),
        "exponential": ("a*exp(x1 - p)*x2^k", "a*exp(x1 - p)*x2^(k-1)"),
        "logarithm": ("a/(x1^2 + q*x2^2)", "a/(x1^2 + q*x2^2)"),
        "distance": ("a/(2*sqrt(x1^2 + x2^2))", "a/(2*sqrt(x1^2 + x2^2))"),
    }
}


def gradient(given: Given, sheet: Sheet) -> None:
    """Both partial derivatives, then the gradient at (p1, p2)."""
    rows, both = PARTIALS[given["kind"]], BOTH["factors lost in both"][given["kind"]]
    numbers = {name: float(given[name]) for name in ("a", "b", "c", "q", "m", "k")} | {"p": given["p1"]}
    written = {}
    for place, name in enumerate(("f1", "f2")):
        text = rows[name]
        for row, wrong in rows.items():
            if name in row.split() and row != name and sheet(row):
                text = wrong
        if sheet("factors lost in both"):
            text = both[place]
        if sheet("minus the gradient"):
            text = f"-({text})"
        if sheet("partial derivatives swapped"):
            text = rows["f2" if name == "f1" else "f1"]
        written[name] = sheet.write(name, put(text, **numbers))
    p1, p2 = given["p1"], given["p2"]
    if given["kind"] != "distance" and sheet("coordinates of the point swapped"):
        p1, p2 = p2, p1
    if sheet("sign of a coordinate lost"):
        p2 = -p2
    values = [float(worth(written[name], x1=p1, x2=p2)) for name in ("f1", "f2")]
    if sheet("first coordinate put for both"):
        values = [float(worth(written[name], x1=p1, x2=p1)) for name in ("f1", "f2")]
    if sheet("minus on the second component"):
        values[1] = -values[1]
    if sheet("unit gradient"):
        values = list(np.array(values) / np.hypot(*values))
    if sheet("first component for both"):
        values[1] = values[0]
    sheet.write("G", np.array(values[::-1] if sheet("components swapped") else values))


GRADIENT = Family(
    "grad-at-point",
    gradient,
    (
        slip("exponent of f1 kept", "power-kept exponent-off", "f1"),
        slip("factor of f1 lost", "factor-dropped factor-two factor-lost", "f1"),
        slip("mixed term of f1 lost", "term-dropped", "f1"),
        slip("sign in f1", "sign whole-sign descent", "f1"),
        slip("wrong letter in f1", "names-swapped index-off", "f1"),
        slip("number in front lost in f1", "factor-dropped factor-two", "f1"),
        slip("exponent of f2 kept", "power-kept exponent-off", "f2"),
        slip("factor of f2 lost", "factor-dropped factor-two factor-lost inner-lost", "f2"),
        slip("mixed term of f2 lost", "term-dropped", "f2"),
        slip("power rule for the exponential in f1", "table-slip", "f1"),
        slip("inner derivative of f1 lost", "inner-lost factor-lost", "f1"),
        slip("inner derivative of f2 lost", "inner-lost factor-lost", "f2"),
        slip("upside down in f1", "inverted", "f1"),
        slip("half of the root lost in f1", "table-slip factor-two factor-dropped", "f1"),
        slip("root lost in f1", "root-missing", "f1"),
        slip("factors lost in both", "factor-lost inner-lost factor-dropped factor-two", "f1 f2", every=True),
        slip("minus the gradient", "descent sign whole-sign", "f1 f2", every=True),
        slip("coordinates of the point swapped", "transposed-point wrong-point names-swapped", "G"),
        slip("sign of a coordinate lost", "sign wrong-point", "G"),
        slip("components swapped", "swapped permuted names-swapped", "G"),
        slip("other variable not frozen in f1", "other-variable other-convention term-dropped constant-kept", "f1"),
        slip("sign in f2", "sign", "f2"),
        slip("wrong letter in f2", "names-swapped index-off", "f2"),
        slip("number of the mixed term lost in f1", "factor-dropped", "f1"),
        slip("term of the other variable kept in f1", "constant-kept", "f1"),
        slip("mixed term kept whole in f1", "constant-kept power-kept", "f1"),
        slip("exponent of f1 lowered twice", "exponent-off", "f1"),
        slip("exponential left out of f1", "factor-dropped", "f1"),
        slip("exponential left out of f2", "factor-dropped", "f2"),
        slip("both differentiated in f1", "product-rule other-convention", "f1"),
        slip("power of f2 left as it is", "function-for-derivative factor-dropped power-kept", "f2"),
        slip("second factor left out of f1", "factor-dropped", "f1"),
        slip("number in front lost in f2", "factor-dropped factor-two", "f2"),
        slip("point in front in f1", "constant-factor", "f1"),
        slip("two of f2 lost", "factor-two factor-dropped", "f2"),
        slip("denominator of f1 squared", "exponent-off", "f1"),
        slip("logarithm kept in f1", "table-slip function-for-derivative", "f1"),
        slip("whole inside differentiated in f1", "other-variable constant-kept other-convention", "f1"),
        slip("only x1 below in f1", "term-dropped", "f1"),
        slip("root lost in f2", "root-missing", "f2"),
        slip("half of the root kept in f2", "factor-two factor-dropped", "f2"),
        slip("root above in f1", "inverted table-slip", "f1"),
        slip("partial derivatives swapped", "names-swapped swapped", "f1 f2", every=True),
        slip("first coordinate put for both", "wrong-point names-swapped", "G"),
        slip("minus on the second component", "sign entry-sign", "G"),
        slip("unit gradient", "other-convention divisor-dropped", "G"),
        slip("first component for both", "index-off names-swapped", "G"),
        pen("digit", "G f1 f2", "constant-factor constant-term exponent-off"),
        pen("digits", "G"),
        pen("entry-point", "G"),
        pen("whole-sign", "G", "descent"),
        pen("power-of-ten", "G"),
    ),
    (("factor of f1 lost", "components swapped"), ("exponent of f2 kept", "coordinates of the point swapped")),
)

FAMILIES = (GRADIENT,)
