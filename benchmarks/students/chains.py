"""Derivatives of functions of functions, and of the sigmoid through itself."""

from __future__ import annotations

import re

from benchmarks.students.derivatives import VALUE_SLIPS, at_point, numbers
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.table import derivative, table_rows
from benchmarks.students.texts import inside, put


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
    f = put(given["f"], **put_in)
    for name, wrong in (
        ("outer function not differentiated", f"({inside(f, 'u', g)})*({dg})"),
        ("derivatives added", f"({inside(df, 'u', g)}) + ({dg})"),
        ("inner function as a factor", f"({inside(df, 'u', g)})*({g})"),
        ("product rule", f"({inside(df, 'u', 'x')})*({g}) + ({inside(f, 'u', 'x')})*({dg})"),
        ("divided by the inner derivative", f"({inside(df, 'u', g)})/({dg})"),
        ("inner derivative twice", f"({inside(df, 'u', g)})*({dg})^2"),
        ("inner derivative inside and outside", f"({inside(df, 'u', dg)})*({dg})"),
        ("inner derivative alone", dg),
        ("outer function of the derivative", inside(f, "u", dg)),
        ("functions multiplied", f"({inside(f, 'u', 'x')})*({dg})"),
    ):
        text = wrong if sheet(name) else text
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
        slip("outer function not differentiated", "function-for-derivative names-swapped", "dy"),
        slip("derivatives added", "sum-of-derivatives other-convention", "dy"),
        slip("inner function as a factor", "function-for-derivative names-swapped constant-kept", "dy"),
        slip("product rule", "product-rule other-convention", "dy"),
        slip("divided by the inner derivative", "inverted", "dy"),
        slip("inner derivative twice", "exponent-off", "dy"),
        slip("inner derivative inside and outside", "derivative-in-derivative inner-inside names-swapped", "dy"),
        slip("inner derivative alone", "factor-dropped", "dy"),
        slip("outer function of the derivative", "function-for-derivative other-convention inner-inside", "dy"),
        slip("functions multiplied", "function-for-derivative other-convention outer-at-x", "dy"),
        *table_rows("df", "the outer function", "upside down, sign, other function, function kept, exponent raised"),
        *table_rows("dg", "the inner function", "letter kept, letter as a factor, other function, lowered factor"),
        pen("digit", "df dg dy", "constant-factor constant-term exponent-off"),
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
    f, slope = {"logsquare": "ln(v^2)", "exponent": "exp(v)", "power": "v^n"}[given["outer"]], dg
    for name, wrong in (
        ("outer layer not differentiated", f"({inside(f, 'v', g)})*({dg})"),
        ("middle layer inside", inside(df, "v", dg)),
        ("outer derivatives added", f"({inside(df, 'v', g)}) + ({dg})"),
        ("middle function as a factor", f"({inside(df, 'v', g)})*({g})"),
        ("outer derivative lost", slope),
    ):
        outside = wrong if sheet(name) else outside
    for name, text in inner_slips.items():
        dh = text if sheet(name) else dh
    if sheet("inner layer for its derivative"):
        dh = h
    if sheet("sign of the inner layer"):
        dh = f"-({dh})"
    put_in = numbers(given)
    outside = sheet.write("outside", put(outside, **put_in))
    dh = sheet.write("dh", put(dh, **put_in))
    text = f"({inside(outside, 'u', put(h, **put_in))})*({dh})"
    if sheet("inner derivative lost"):
        text = inside(outside, "u", put(h, **put_in))
    if sheet("outer layers at x"):
        text = f"({inside(outside, 'u', 'x')})*({dh})"
    for name, wrong in (
        ("inner derivative inside", inside(outside, "u", dh)),
        ("derivatives added", f"({inside(outside, 'u', put(h, **put_in))}) + ({dh})"),
        ("inner function as a factor", f"({inside(outside, 'u', put(h, **put_in))})*({put(h, **put_in)})"),
        ("inner derivative alone", dh),
        ("inner derivative twice", f"({inside(outside, 'u', put(h, **put_in))})*({dh})^2"),
    ):
        text = wrong if sheet(name) else text
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
        slip("outer layer not differentiated", "function-for-derivative", "outside df"),
        slip("middle layer inside", "inner-inside", "outside"),
        slip("outer derivatives added", "sum-of-derivatives other-convention", "outside"),
        slip("middle function as a factor", "function-for-derivative names-swapped", "outside"),
        slip("outer derivative lost", "factor-dropped", "outside"),
        slip("inner layer for its derivative", "function-for-derivative", "dh"),
        slip("sign of the inner layer", "sign whole-sign", "dh"),
        slip("inner derivative inside", "inner-inside", "dy"),
        slip("derivatives added", "sum-of-derivatives other-convention", "dy"),
        slip("inner function as a factor", "function-for-derivative names-swapped constant-kept", "dy"),
        slip("inner derivative alone", "factor-dropped", "dy"),
        slip("inner derivative twice", "exponent-off", "dy"),
        pen("digit", "outside dh", "constant-factor constant-term exponent-off"),
        slip("minus", "sign whole-sign", "dy"),
        *VALUE_SLIPS,
    ),
    (("sign of the middle layer", "inner derivative lost"), ("middle derivative lost", "half of the root lost")),
)


def sigmoid_form(given: Given, sheet: Sheet) -> None:
    """The derivative of σ(ax + b) through s = σ(ax + b)."""
    a, b = given["a"], given["b"]
    text = "a*s*(1 - s)"
    for name, wrong in (
        ("plus in the bracket", "a*s*(1 + s)"),
        ("rule of tanh", "a*(1 - s^2)"),
        ("inner derivative lost", "s*(1 - s)"),
        ("sign of the slope lost", "-a*s*(1 - s)"),
        ("sigmoid for its derivative", "a*s"),
        ("one factor lost", "a*(1 - s)"),
        ("square alone", "a*s^2"),
        ("slope squared", "a^2*s*(1 - s)"),
        ("constant for the slope", "b*s*(1 - s)"),
        ("bracket not multiplied out", "a*s - s^2"),
        ("bracket left out", "a*s*1 - s"),
        ("divided by the slope", "s*(1 - s)/a"),
        ("slope inside", "a*s*(1 - a*s)"),
        ("slope added", "a + s*(1 - s)"),
        ("second derivative", "a*s*(1 - s)*(1 - 2*s)"),
        ("bracket squared", "a*s*(1 - s)^2"),
        ("both squared", "a*s^2*(1 - s)^2"),
        ("logarithm differentiated", "a*(1 - s)/s"),
        ("rule of the exponential", "a*s*ln(s)"),
        ("two of a square", "2*a*s*(1 - s)"),
        ("square kept in the bracket", "a*s*(1 - s^2)"),
        ("constant added to the slope", "(a + b)*s*(1 - s)"),
    ):
        text = wrong if sheet(name) else text
    sheet.write("through", put(text, a=a, b=b))


SIGMOID_FORM = Family(
    "sigmoid-derivative-form",
    sigmoid_form,
    (
        slip("plus in the bracket", "plus-sign sign", "through"),
        slip("rule of tanh", "tanh-rule other-function", "through"),
        slip("inner derivative lost", "no-inner-factor factor-dropped inner-lost", "through"),
        slip("sign of the slope lost", "minus-sign sign whole-sign", "through"),
        slip(
            "sigmoid for its derivative", "activation-for-derivative factor-dropped function-for-derivative", "through"
        ),
        slip("one factor lost", "factor-dropped", "through"),
        slip("square alone", "complement sign term-dropped names-swapped", "through"),
        slip("slope squared", "exponent-off constant-factor", "through"),
        slip("constant for the slope", "names-swapped constant-factor", "through"),
        slip("bracket not multiplied out", "factor-dropped", "through"),
        slip("bracket left out", "factor-dropped other-convention", "through"),
        slip("divided by the slope", "inverted constant-factor", "through"),
        slip("slope inside", "other-convention factor-dropped", "through"),
        slip("slope added", "other-convention", "through"),
        slip("second derivative", "other-convention", "through"),
        slip("bracket squared", "exponent-off", "through"),
        slip("both squared", "exponent-off", "through"),
        slip("logarithm differentiated", "inverted other-function", "through"),
        slip("rule of the exponential", "table-slip other-function", "through"),
        slip("two of a square", "factor-two constant-factor", "through"),
        slip("square kept in the bracket", "exponent-off power-kept", "through"),
        slip("constant added to the slope", "constant-kept constant-factor", "through"),
        pen("digit", "through", "constant-factor constant-term exponent-off"),
        pen("reciprocal", "through"),
    ),
)

FAMILIES = (TWO_LAYERS, THREE_LAYERS, SIGMOID_FORM)
