"""What a tangent estimates; and the derivative of a sum, term by term."""

from __future__ import annotations

import numpy as np

from benchmarks.students.derivatives import VALUE_SLIPS, at_point
from benchmarks.students.lines import either, numbers
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.table import derivative, table_rows
from benchmarks.students.texts import put

# ----- The estimate ----------------------------------------------------------------------------------------------

FUNCTIONS = {
    "square": (lambda x: x**2, lambda x: 2 * x),
    "cube": (lambda x: x**3, lambda x: 3 * x**2),
    "root": (np.sqrt, lambda x: 1 / (2 * np.sqrt(x))),
    "logarithm": (np.log, lambda x: 1 / x),
    "reciprocal": (lambda x: 1 / x, lambda x: -1 / x**2),
}
WRONG_ROWS = {
    "exponent kept": {"square": lambda x: 2 * x**2, "cube": lambda x: 3 * x**3},
    "factor lost": {"square": lambda x: x, "cube": lambda x: x**2, "root": lambda x: 1 / np.sqrt(x)},
    "minus lost": {"reciprocal": lambda x: 1 / x**2},
    "not squared": {"reciprocal": lambda x: -1 / x},
    "root lost": {"root": lambda x: 1 / (2 * x)},
    "logarithm not differentiated": {"logarithm": np.log},
}


def estimate(given: Given, sheet: Sheet) -> None:
    """Derivative, differential, estimate, remainder."""
    kind, (k, c, u) = str(given["kind"]), numbers(given, "k c u")
    f, slope = FUNCTIONS[kind]
    wrong = [(name, k * rows[kind](c)) for name, rows in WRONG_ROWS.items() if kind in rows]
    g = either(sheet, k * slope(c), (
        *wrong, ("derivative at the new point", k * slope(c + u)), ("number lost", slope(c)),
        ("value for the derivative", k * f(c)),
    ))  # fmt: skip
    g = sheet.write("g", g)
    v = k * f(c)
    d = either(sheet, u * g, (
        ("step forgotten", g), ("estimate for the differential", v + u * g), ("value times the step", u * v),
        ("step against its sign", -u * g), ("step squared", u**2 * g), ("new point times the slope", (c + u) * g),
        ("divided by the step", g / u), ("step added", g + u),
    ))  # fmt: skip
    d = sheet.write("d", d)
    y = k * f(c + u)
    s = either(sheet, v + d, (
        ("estimate against the sign", v - d), ("true value for the estimate", y), ("slope for the value", g + d),
        ("value lost", d), ("point for the value", c + d), ("number lost in the value", f(c) + d),
        ("multiplied", v * d), ("derivative added", v + g),
    ))  # fmt: skip
    s = sheet.write("s", s)
    sheet.write("r", either(sheet, y - s, (
        ("change for the remainder", y - v), ("remainder turned", s - y), ("differential alone taken away", y - d),
        ("true value for the remainder", y), ("relative remainder", (y - s) / y), ("divided by the step", (y - s) / u),
        ("number lost in the true value", f(c + u) - s), ("old point in the true value", k * f(c - u) - s),
        ("values added", y + s),
    )))  # fmt: skip


ESTIMATE = Family(
    "differential-approximation",
    estimate,
    (
        slip("exponent kept", "exponent-kept power-kept exponent-off", "g"),
        slip("factor lost", "half-of-root factor-dropped factor-two table-slip", "g"),
        slip("minus lost", "sign whole-sign", "g"),
        slip("not squared", "power-dropped exponent-off divisor-dropped", "g"),
        slip("root lost", "root-missing", "g"),
        slip("logarithm not differentiated", "function-for-derivative", "g"),
        slip("derivative at the new point", "derivative-at-new-point wrong-point", "g"),
        slip("number lost", "factor-dropped factor-two", "g"),
        slip("value for the derivative", "function-for-derivative names-swapped", "g"),
        slip("step forgotten", "step-forgotten factor-dropped", "d"),
        slip("estimate for the differential", "estimate-for-differential", "d"),
        slip("value times the step", "value-for-derivative names-swapped", "d"),
        slip("step against its sign", "step-against-sign sign whole-sign", "d"),
        slip("step squared", "step-squared exponent-off", "d"),
        slip("new point times the slope", "new-point-for-step", "d"),
        slip("divided by the step", "inverted power-of-ten", "d r"),
        slip("step added", "step-added", "d"),
        slip("estimate against the sign", "sign", "s"),
        slip("true value for the estimate", "true-for-estimate", "s"),
        slip("slope for the value", "names-swapped square-doubled", "s v"),
        slip("value lost", "term-dropped other-blank", "s"),
        slip("point for the value", "point-for-value", "s"),
        slip("number lost in the value", "factor-dropped", "s v"),
        slip("multiplied", "other-convention", "s"),
        slip("derivative added", "names-swapped factor-dropped", "s"),
        slip("change for the remainder", "change-for-remainder", "r"),
        slip("remainder turned", "remainder-turned names-swapped whole-sign sign", "r"),
        slip("differential alone taken away", "names-swapped term-dropped", "r"),
        slip("true value for the remainder", "term-dropped", "r"),
        slip("relative remainder", "relative-remainder", "r"),
        slip("number lost in the true value", "factor-dropped", "r y"),
        slip("old point in the true value", "sign", "r y"),
        slip("values added", "sign", "r"),
        pen("digit", "g s"),
        pen("power-of-ten", "d r"),
    ),
    (("step forgotten", "remainder turned"),),
)

# ----- The sum ---------------------------------------------------------------------------------------------------


def total(given: Given, sheet: Sheet) -> None:
    """Two terms one by one, the sum, the value."""
    a, b, c, d, n = (given[name] for name in "abcdn")
    row = str(given["g"])
    power = f"a*({derivative('x^n', 'the power', sheet)})"
    power = either(sheet, power, (("number of the power lost", power.removeprefix("a*")),
                                  ("sign of the power lost", f"-{power}"),
                                  ("numbers added", "(a + n)*x^(n-1)")))  # fmt: skip
    dp = sheet.write("dp", put(power, a=a, n=n))
    second = f"b*({_row(row, sheet)})"
    second = either(sheet, second, (("number of the second lost", second.removeprefix("b*")),
                                    ("sign of the second lost", f"-{second}"),
                                    ("number of the second differentiated", second.replace("b*", "0*"))))  # fmt: skip
    dq = sheet.write("dq", put(second, b=b))
    rest = either(sheet, "c", (
        ("constant kept", "c + d"), ("linear term lost", "0"), ("linear term kept", "c*x"), ("sign of the rest", "-c"),
        ("constant for the coefficient", "d"), ("coefficient replaced by one", "1"),
        ("constant turned to one", "c + 1"),
    ))  # fmt: skip
    dy = f"({dp}) + ({dq}) + ({put(rest, c=c, d=d)})"
    dy = either(sheet, dy, (
        ("second term subtracted", f"({dp}) - ({dq}) + ({c})"), ("terms multiplied", f"({dp})*({dq}) + ({c})"),
        ("second term left out", f"({dp}) + ({c})"), ("power not differentiated", f"({a})*x^({n}) + ({dq}) + ({c})"),
    ))  # fmt: skip
    sheet.write("dy", dy)
    sheet.write("value", at_point(dy, given, sheet))


def _row(row: str, sheet: Sheet) -> str:
    if row != "1/x":
        return derivative(row, "the second term", sheet)
    return str(either(sheet, "-1/x^2", (("minus lost", "1/x^2"), ("logarithm", "ln(x)"), ("not squared", "-1/x"))))


SUM = Family(
    "sum-and-multiple-rule",
    total,
    (
        *table_rows("dp", "the power", "exponent kept", "exponent-kept"),
        *table_rows("dp", "the power", "factor lost, exponent raised, integrated, lowered factor"),
        *table_rows("dq", "the second term", "wrong row, sign, square below, root lost, root above, other function"),
        *table_rows("dq", "the second term", "function kept, letter as a factor, upside down", "logarithm-left"),
        slip("minus lost", "sign whole-sign", "dq"),
        slip("logarithm", "logarithm-left", "dq"),
        slip("not squared", "power-dropped exponent-off divisor-dropped quotient-square", "dq"),
        slip("number of the power lost", "coefficient-lost factor-dropped", "dp"),
        slip("sign of the power lost", "sign whole-sign", "dp"),
        slip("numbers added", "other-convention constant-factor term-dropped", "dp"),
        slip("number of the second lost", "coefficient-of-second-lost factor-dropped", "dq"),
        slip("sign of the second lost", "sign whole-sign", "dq"),
        slip("constant kept", "constant-kept", "dy"),
        slip("linear term lost", "linear-term-lost term-dropped", "dy"),
        slip("linear term kept", "linear-term-kept", "dy"),
        slip("sign of the rest", "sign", "dy"),
        slip("constant for the coefficient", "names-swapped constant-term", "dy"),
        slip("coefficient replaced by one", "constant-term number-off factor-dropped", "dy"),
        slip("constant turned to one", "constant-term one-off", "dy"),
        slip("second term subtracted", "second-subtracted sign", "dy"),
        slip("terms multiplied", "other-convention", "dy"),
        slip("second term left out", "term-dropped", "dy"),
        slip("power not differentiated", "names-swapped function-for-derivative", "dy"),
        *(row for row in VALUE_SLIPS if row.pen != "missed"),
        pen("missed", "value", "rounding"),  # 8.18 for 8.188
    ),
    (("number of the second lost", "constant kept"),),
)

FAMILIES = (ESTIMATE, SUM)
