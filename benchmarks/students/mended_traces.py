"""A trace of an optimiser with one wrong line; one derivative in other words."""

from __future__ import annotations

from math import ceil

import numpy as np

from benchmarks.students.gated import numbers
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import put, worth


def trace(given: Given, sheet: Sheet) -> None:
    """The wrong line, its right value, and what comes out in the end."""
    a, c, w0, eta, gamma, spot = numbers(given, "a c w0 eta gamma spot")
    line = int(spot)
    p = [0.0, *numbers(given, "p1 p2 p3 p4 p5 p6 p7 p8 p9")]
    heavy = given["method"] == "momentum"

    def slope(w: float) -> float:
        return 2 * a * (w - c)

    def store(q: float, g: float) -> float:
        return gamma * q + eta * g if heavy else gamma * q + (1 - gamma) * g * g

    def move(w: float, q: float, g: float) -> float:
        return w - q if heavy else w - eta * g / float(np.sqrt(q))

    sheet.write("wrong", chosen(
        sheet, spot,
        ("first consequence", spot + 1), ("second consequence", spot + 2), ("last line", 9.0), ("line above", spot - 1),
        ("step counted", float(ceil(spot / 3))),
    ))  # fmt: skip
    row = line % 3
    w, q, g = (w0, p[2], p[1]) if line == 3 else (p[3], p[5], p[4])
    at, older = (p[3], w0) if line == 4 else (p[6], p[3])
    right = move(w, q, g) if row == 0 else slope(at) if row == 1 else store(p[2], p[4])
    value = chosen(sheet, right, ("as printed", p[line]))
    if row == 1:
        value = chosen(
            sheet, value,
            ("two lost", a * (at - c)), ("loss for the gradient", a * (at - c) ** 2), ("older point", slope(older)),
            ("plus in the bracket", 2 * a * (at + c)), ("a lost", 2 * (at - c)),
        )  # fmt: skip
    elif row == 2:
        q, g = p[2], p[4]
        value = chosen(
            sheet, value,
            ("shares wrong", gamma * q + (1 - gamma) * eta * g if heavy else (1 - gamma) * q + gamma * g * g),
            ("coefficient lost", gamma * q + g if heavy else q + g * g),
            ("old share lost", q + (eta * g if heavy else (1 - gamma) * g * g)),
            ("stored anew", eta * g if heavy else (1 - gamma) * g * g),
            ("old value squared", gamma * q * q + (eta * g if heavy else (1 - gamma) * g * g)),
        )  # fmt: skip
    else:
        value = chosen(
            sheet, value,
            ("step added", w + q if heavy else w + eta * g / np.sqrt(q)),
            ("step not as printed", w - eta * q if heavy else w - eta * g / q),
            ("old weight left out", -q if heavy else -eta * g / np.sqrt(q)),
        )  # fmt: skip
    value = sheet.write("value", value)
    w1 = value if line == 3 else p[3]
    g2 = slope(w1) if line == 3 else value if line == 4 else p[4]
    q2 = store(p[2], g2) if line < 5 else value if line == 5 else p[5]
    earlier = line == 3 or (line == 4 and not heavy)
    q2 = p[5] if sheet("earlier stored value of the trace", 1 if earlier else 0) else q2
    w2 = move(w1, q2, g2) if line < 6 else value if line == 6 else p[6]
    w2 = p[6] if sheet("weight of the trace", 1 if line < 6 else 0) else w2
    g3 = slope(w2) if line < 7 else value
    g3 = p[7] if sheet("gradient of the trace", 1 if line < 7 else 0) else g3
    q3 = store(q2, g3)
    if line < 7:
        g3 = chosen(sheet, g3, ("two lost in the end", a * (w2 - c)), ("plus in the end", 2 * a * (w2 + c)))
        q3 = store(q2, g3)
    q3 = chosen(
        sheet, q3,
        ("stored value of the trace", p[8]), ("old share lost in the end", q3 + (1 - gamma) * q2),
        ("stored from nothing", q3 - gamma * q2),
    )  # fmt: skip
    sheet.write("w3", chosen(
        sheet, move(w2, q3, g3),
        ("trace kept", p[9]), ("last step added", w2 + q3 if heavy else w2 + eta * g3 / np.sqrt(q3)),
        ("last step not as printed", w2 - eta * q3 if heavy else w2 - eta * g3 / q3), ("a step too few", w2),
        ("from the start", move(w0, q3, g3)),
    ))  # fmt: skip


FORMS = {
    "logs": "a/(x + p) - a/(x + q)",
    "decay": "(a - q*(a*x + p))*exp(-q*x)",
    "roots": "a*x/sqrt(a*x^2 + p)",
}

OTHERS = {
    "inner lost": {"logs": "a*(x + q)/(x + p)", "decay": "a*exp(-q*x) + (a*x + p)*exp(-q*x)",
    "roots": "1/(2*sqrt(a*x^2 + p))"},
    "sum for difference": {"logs": "a/(x + p) + a/(x + q)"},
    "turned round": {"logs": "a/(x + q) - a/(x + p)"},
    "fraction alone": {"logs": "a*(q - p)/(x + q)^2"},
    "a lost": {"logs": "1/(x + p) - 1/(x + q)"},
    "derivatives multiplied": {"decay": "-q*a*exp(-q*x)"},
    "first term lost": {"decay": "-q*(a*x + p)*exp(-q*x)"},
    "plus for minus": {"decay": "(a + q*(a*x + p))*exp(-q*x)"},
    "bracket lost": {"decay": "(a - q*a*x - p)*exp(-q*x)"},
    "second term lost": {"decay": "a*exp(-q*x)"},
    "two not cancelled": {"roots": "2*a*x/sqrt(a*x^2 + p)"},
    "two of the square lost": {"roots": "a*x/(2*sqrt(a*x^2 + p))"},
    "root of the derivative": {"roots": "sqrt(2*a*x)"},
    "coefficient lost": {"roots": "x/sqrt(a*x^2 + p)"},
    "root above": {"roots": "a*x*sqrt(a*x^2 + p)"},
}  # fmt: skip


ILL_PUT = {
    "logs": "a*(q - p)/(x + q)",
    "decay": "(a - q*(a*x + p))*exp(q*x)",
    "roots": "a*x/(a*x^2 + p)",
}


def disguised(given: Given, sheet: Sheet) -> None:
    """A derivative and its value; the lists are chosen from."""
    a, p, q, at = numbers(given, "a p q x0")
    text = FORMS[given["kind"]]
    for name, forms in OTHERS.items():
        if given["kind"] in forms and sheet(name):
            text = forms[given["kind"]]
    written = sheet.write("df", put(text, a=a, p=p, q=q))
    right = worth(written, x=at)
    sheet.write("slope", chosen(
        sheet, right,
        ("function for the slope", {"logs": a * np.log((at + p) / (at + q)), "decay": (a * at + p) * np.exp(-q * at),
        "roots": np.sqrt(a * at**2 + p)}[given["kind"]]),
        ("a slip in putting in", worth(ILL_PUT[given["kind"]], a=a, p=p, q=q, x=at)),
    ))  # fmt: skip


TRACE = Family(
    "optimizer-trace-debug",
    trace,
    (
        slip("first consequence", "consequence one-off", "wrong"),
        slip("second consequence", "later-consequence consequence last-line", "wrong"),
        slip("last line", "last-line later-consequence", "wrong"),
        slip("line above", "line-above one-off", "wrong"),
        slip("step counted", "step-counted line-above", "wrong"),
        slip(
            "as printed",
            "as-printed factor-two older-point shares-wrong coefficient-lost step-not-as-printed sign",
            "value",
        ),
        slip("two lost", "as-printed factor-two factor-dropped", "value"),
        slip("loss for the gradient", "loss-for-gradient power-kept exponent-off", "value"),
        slip("older point", "older-point as-printed", "value"),
        slip("plus in the bracket", "sign", "value"),
        slip("a lost", "factor-dropped", "value"),
        slip("shares wrong", "shares-wrong as-printed moving-average names-swapped", "value"),
        slip("coefficient lost", "coefficient-lost as-printed factor-dropped", "value"),
        slip("old share lost", "factor-dropped", "value"),
        slip("stored anew", "term-dropped", "value"),
        slip("old value squared", "exponent-off other-convention", "value"),
        slip("step added", "sign as-printed", "value"),
        slip("step not as printed", "step-not-as-printed as-printed", "value"),
        slip("old weight left out", "term-dropped", "value"),
        slip("weight of the trace", "weight-of-the-trace", "w2 w3"),
        slip("gradient of the trace", "gradient-of-the-trace", "g3 w3"),
        slip("earlier stored value of the trace", "earlier-stored-value-of-the-trace", "q2 w3"),
        slip("stored value of the trace", "stored-value-of-the-trace", "q3 w3"),
        slip("two lost in the end", "factor-two", "g3 w3"),
        slip("plus in the end", "sign", "g3 w3"),
        slip("old share lost in the end", "factor-dropped", "q3 w3"),
        slip("stored from nothing", "term-dropped", "q3 w3"),
        slip("trace kept", "trace-kept", "w3"),
        slip("last step added", "last-step-added sign", "w3"),
        slip("last step not as printed", "last-step-not-as-printed root-missing factor-extra", "w3"),
        slip("a step too few", "a-step-too-few term-dropped old-for-new", "w3"),
        slip("from the start", "old-for-new wrong-point names-swapped", "w3"),
        pen("digit", "value w3"),
        pen("digits", "value w3"),
        pen("whole-sign", "value w3"),
    ),
    (("two lost", "last step added"), ("shares wrong", "a step too few")),
)

DISGUISED = Family(
    "gradient-expression-equivalence",
    disguised,
    (
        slip("inner lost", "only-outer inner-lost", "df"),
        slip("sum for difference", "sum-for-difference sign quotient-sign", "df"),
        slip("turned round", "turned-round sign whole-sign quotient-sign", "df"),
        slip("fraction alone", "fraction-alone", "df"),
        slip("a lost", "factor-dropped constant-factor", "df"),
        slip("derivatives multiplied", "products-of-derivatives product-rule", "df"),
        slip("first term lost", "first-term-lost term-dropped", "df"),
        slip("plus for minus", "plus-for-minus sign product-sign", "df"),
        slip("bracket lost", "bracket-lost brackets", "df"),
        slip("second term lost", "term-dropped", "df"),
        slip("two not cancelled", "two-not-cancelled table-slip factor-two constant-factor", "df"),
        slip("two of the square lost", "inner-two-lost factor-two constant-factor", "df"),
        slip("root of the derivative", "root-of-the-derivative", "df"),
        slip("coefficient lost", "factor-lost factor-dropped constant-factor", "df"),
        slip("root above", "inverted table-slip", "df"),
        slip("function for the slope", "function-for-derivative", "slope"),
        slip("a slip in putting in", "sign root-missing divisor-dropped factor-dropped", "slope"),
        pen("digit", "slope"),
        pen("whole-sign", "slope"),
        pen("power-of-ten", "slope"),
        pen("digits", "slope"),
    ),
    (("inner lost", "function for the slope"),),
)

FAMILIES = (TRACE, DISGUISED)
