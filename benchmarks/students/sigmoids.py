"""The sigmoid: its values, its symmetry, its inverse, its logarithm, its limits."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import Value, put, worth


def chosen(sheet: Sheet, right: Value, *rows: tuple[str, Value]) -> Value:
    """The right value, or that of the slip that is made."""
    for name, wrong in rows:
        right = wrong if sheet(name) else right
    return right


def values(given: Given, sheet: Sheet) -> None:
    """e^(-t), σ, σ', ln σ at one point; σ and σ' at another."""
    t, u = given["t1"], given["t2"]
    e = chosen(
        sheet, np.exp(-t),
        ("minus of the exponent lost", np.exp(t)), ("minus before the exponential", -np.exp(t)),
        ("exponent for the exponential", -t), ("exponential of the number", np.exp(-np.exp(abs(t)))),
    )  # fmt: skip
    e = sheet.write("E1", e)
    s = chosen(
        sheet, 1 / (1 + e),
        ("minus below", 1 / (1 - e)), ("one below lost", 1 / e), ("exponential above", e / (1 + e)),
        ("not turned over", 1 + e), ("product below", 1 / (1 + e) ** 2),
    )  # fmt: skip
    s = sheet.write("s1", s)
    d = chosen(
        sheet, s * (1 - s),
        ("sigmoid for the slope", s), ("plus in the bracket", s * (1 + s)), ("rule of tanh", 1 - s**2),
        ("one factor alone", 1 - s), ("square of the sigmoid", s**2), ("bracket squared", s * (1 - s) ** 2),
        ("minus before the slope", -s * (1 - s)), ("exponential times sigmoid", e * s), ("two", 2 * s * (1 - s)),
    )  # fmt: skip
    sheet.write("d1", d)
    log = chosen(
        sheet, np.log(s),
        ("sign of the logarithm", -np.log(s)), ("decimal logarithm", np.log10(s)),
        ("logarithm of the rest", np.log(1 - s)),
        ("derivative of the logarithm", 1 / s), ("one minus sigmoid for the logarithm", 1 - s),
    )  # fmt: skip
    sheet.write("l1", log)
    q = chosen(
        sheet, 1 / (1 + np.exp(-u)),
        ("minus of the second exponent lost", 1 / (1 + np.exp(u))), ("second one lost", 1 / np.exp(-u)),
        ("tanh for the sigmoid", np.tanh(u)), ("second minus below", 1 / (1 - np.exp(-u))),
        ("second exponential above", np.exp(-u) / (1 + np.exp(-u))), ("first point again", 1 / (1 + e)),
    )  # fmt: skip
    q = sheet.write("s2", q)
    r = chosen(
        sheet, q * (1 - q),
        ("second sigmoid for the slope", q), ("second plus in the bracket", q * (1 + q)),
        ("second rule of tanh", 1 - q**2),
        ("point times one minus point", u * (1 - u)), ("second square", q**2), ("second minus", -q * (1 - q)),
    )  # fmt: skip
    sheet.write("d2", r)


SLOPE = "activation-for-derivative factor-dropped slope-is-sigmoid"
VALUES = Family(
    "sigmoid-derivative-value",
    values,
    (
        slip("minus of the exponent lost", "exponent-sign sign reciprocal inverted", "E1"),
        slip("minus before the exponential", "minus-in-front sign whole-sign", "E1"),
        slip("exponent for the exponential", "function-for-derivative activation-missing other-function", "E1"),
        slip("minus below", "sign", "s1"),
        slip("one below lost", "term-dropped", "s1"),
        slip("exponential above", "mirrored complement inverted exponent-sign factor-extra other-operation", "s1"),
        slip("not turned over", "reciprocal inverted divisor-dropped", "s1"),
        slip("sigmoid for the slope", SLOPE, "d1"),
        slip("plus in the bracket", "sign", "d1"),
        slip("rule of tanh", "other-function tanh-rule exponent-off other-operation", "d1"),
        slip("one factor alone", "factor-dropped complement", "d1"),
        slip("square of the sigmoid", "complement sign term-dropped names-swapped", "d1"),
        slip("bracket squared", "exponent-off", "d1"),
        slip("minus before the slope", "sign whole-sign", "d1"),
        slip("two", "factor-two", "d1"),
        slip("sign of the logarithm", "sign whole-sign", "l1"),
        slip("decimal logarithm", "log-base", "l1"),
        slip("logarithm of the rest", "complement", "l1"),
        slip("derivative of the logarithm",
             "function-for-derivative derivative-for-function other-function inverted reciprocal activation-missing",
             "l1"),
        slip("minus of the second exponent lost", "mirrored exponent-sign sign complement", "s2"),
        slip("second one lost", "term-dropped", "s2"),
        slip("tanh for the sigmoid", "other-function", "s2"),
        slip("second minus below", "sign", "s2"),
        slip("second sigmoid for the slope", SLOPE, "d2"),
        slip("second plus in the bracket", "sign", "d2"),
        slip("second rule of tanh", "other-function tanh-rule exponent-off other-operation", "d2"),
        slip("point times one minus point", "derivative-at-output activation-missing wrong-point names-swapped", "d2"),
        slip("second square", "complement sign term-dropped names-swapped", "d2"),
        slip("second minus", "sign whole-sign", "d2"),
        pen("digit", "s2 d2 l1"),
        pen("rounding", "s2 d2 l1"),
        pen("reciprocal", "s1 E1"),
        pen("power-of-ten", "s2 d2"),
    ),
    (("minus of the exponent lost", "plus in the bracket"),),
)  # fmt: skip


def symmetry(given: Given, sheet: Sheet) -> None:
    """σ(a) = s and σ(-b) = r: the mirrored value, the slopes at a, -a, b."""
    s, r = given["s"], given["r"]
    mirrored = chosen(
        sheet, 1 - s,
        ("minus the value", -s), ("reciprocal for the mirror", 1 / s), ("the same value", s), ("one plus", 1 + s),
        ("minus turned", s - 1), ("half the middle", 0.5 - s), ("sigmoid of the value", 1 / (1 + np.exp(-s))),
        ("odds", (1 - s) / s),
    )  # fmt: skip
    mirrored = sheet.write("m", mirrored)
    slope = chosen(
        sheet, s * (1 - s),
        ("value for the slope", s), ("plus in the bracket", s * (1 + s)), ("rule of tanh", 1 - s**2),
        ("one factor alone", 1 - s), ("square of the value", s**2), ("minus the slope", -s * (1 - s)),
        ("both squared", (s * (1 - s)) ** 2),
        ("logarithm's slope", 1 / (s * (1 - s))), ("square kept", s - s**3),
    )  # fmt: skip
    slope = sheet.write("d", slope)
    turned = chosen(
        sheet, -slope,
        ("chain forgotten", slope), ("one minus the slope", 1 - slope),
        ("mirrored value for the slope", mirrored), ("minus the mirrored value", -mirrored),
        ("minus the value as slope", -s),
    )  # fmt: skip
    sheet.write("dg", turned)
    last = chosen(
        sheet, r * (1 - r),
        ("second slope turned", -r * (1 - r)), ("second value for the slope", r), ("second rest alone", 1 - r),
        ("second plus", r * (1 + r)), ("second square", (1 - r) ** 2), ("values mixed", r * (1 - s)),
        ("second rule of tanh", 1 - r**2),
    )  # fmt: skip
    sheet.write("db", last)


SYMMETRY = Family(
    "sigmoid-symmetry",
    symmetry,
    (
        slip("minus the value", "odd-function sign whole-sign term-dropped", "m"),
        slip("reciprocal for the mirror", "reciprocal reciprocal-for-mirror inverted other-operation", "m"),
        slip("the same value", "even-function complement", "m"),
        slip("one plus", "sign", "m"),
        slip("minus turned", "whole-sign sign", "m"),
        slip("half the middle", "half-way other-convention number-off factor-two", "m"),
        slip("odds", "odds other-convention factor-extra", "m"),
        slip("value for the slope", SLOPE, "d"),
        slip("plus in the bracket", "sign", "d"),
        slip("rule of tanh", "other-function tanh-rule exponent-off other-operation", "d"),
        slip("one factor alone", "factor-dropped complement other-blank", "d"),
        slip("square of the value", "complement sign term-dropped names-swapped", "d"),
        slip("minus the slope", "sign whole-sign", "d"),
        slip("both squared", "exponent-off", "d"),
        slip("logarithm's slope", "reciprocal inverted", "d"),
        slip("chain forgotten", "chain-forgotten sign whole-sign other-blank", "dg"),
        slip("one minus the slope", "constant-kept complement", "dg"),
        slip("mirrored value for the slope", SLOPE + " value-of-mirrored other-blank names-swapped", "dg"),
        slip("minus the mirrored value", SLOPE + " minus-value-of-mirrored names-swapped other-quantity", "dg"),
        slip("minus the value as slope", SLOPE + " names-swapped factor-dropped other-quantity", "dg"),
        slip("second slope turned", "odd-slope sign whole-sign", "db"),
        slip("second value for the slope", SLOPE, "db"),
        slip("second rest alone", "factor-dropped complement", "db"),
        slip("second plus", "sign", "db"),
        slip("second square", "complement exponent-off names-swapped", "db"),
        slip("values mixed", "values-mixed names-swapped", "db"),
        pen("digit", "d db"),
        pen("digits", "d db"),
        pen("power-of-ten", "d db"),
        pen("other-blank", "db"),
    ),
    (("minus the value", "second slope turned"),),
)  # fmt: skip


def inverse(given: Given, sheet: Sheet) -> None:
    """e^(-z), z and x through p, then x for a given p."""
    a, b, p0 = given["a"], given["b"], given["p0"]
    e = chosen(
        sheet, "(1 - p)/p",
        ("upside down", "p/(1 - p)"), ("plus for minus", "(1 + p)/p"), ("one left out", "1/p"), ("only above", "1 - p"),
        ("minus turned", "(p - 1)/p"), ("logarithm already", "ln((1 - p)/p)"), ("one minus the reciprocal", "1 - 1/p"),
    )  # fmt: skip
    e = sheet.write("E", e)
    z = chosen(
        sheet, f"-ln({e})",
        ("minus lost", f"ln({e})"), ("no logarithm", f"-({e})"), ("logarithms divided", "ln(p)/ln(1 - p)"),
        ("one over the sigmoid", "1 + exp(-p)"), ("logarithm of the odds without below", "ln(p)"),
        ("logarithms added", "ln(p) + ln(1 - p)"), ("exponential for the logarithm", f"exp(-({e}))"),
        ("below outside", "ln(p)/(1 - p)"),
    )  # fmt: skip
    z = sheet.write("z", z)
    text = chosen(
        sheet, f"(({z}) - b)/a",
        ("b added", f"(({z}) + b)/a"), ("a multiplied", f"(({z}) - b)*a"), ("a forgotten", f"({z}) - b"),
        ("b forgotten", f"({z})/a"), ("only the logarithm divided", f"({z})/a - b"), ("straight instead of back",
        f"a*({z}) + b"),
        ("whole sign", f"(b - ({z}))/a"), ("a and b exchanged", f"(({z}) - a)/b"),
    )  # fmt: skip
    text = sheet.write("x", put(text, a=a, b=b))
    odds = np.log(p0 / (1 - p0))
    value = chosen(
        sheet, at(text, p0),
        ("decimal logarithm", (odds / np.log(10) - b) / a), ("minus lost at the number", (-odds - b) / a),
        ("complement put in", at(text, 1 - p0)), ("b added to the number", (odds + b) / a), ("z for x", odds),
        ("number without a", odds - b), ("number without b", odds / a),
        ("sigmoid of the number", 1 / (1 + np.exp(-(a * p0 + b)))),
    )  # fmt: skip
    sheet.write("x0", value)


def at(text: str, p: float) -> float:
    """A formula in p at a number."""
    return float(worth(text, p=p))


INVERSE = Family(
    "sigmoid-inverse",
    inverse,
    (
        slip("upside down", "inverted reciprocal", "E"),
        slip("plus for minus", "sign", "E"),
        slip("one left out", "term-dropped", "E"),
        slip("only above", "divisor-dropped factor-dropped", "E"),
        slip("minus turned", "whole-sign sign", "E"),
        slip("one minus the reciprocal", "whole-sign sign", "E"),
        slip("minus lost", "sign-of-logit sign whole-sign inverted", "z"),
        slip("no logarithm", "activation-missing other-function", "z"),
        slip("logarithms divided", "taken-apart other-operation logarithms-divided", "z"),
        slip("one over the sigmoid", "reciprocal-for-inverse", "z"),
        slip("logarithm of the odds without below", "divisor-dropped factor-dropped term-dropped", "z"),
        slip("logarithms added", "logarithms-added sign other-operation", "z"),
        slip("exponential for the logarithm", "exponential-again other-function", "z"),
        slip("b added", "sign", "x"),
        slip("a multiplied", "inverted other-operation", "x"),
        slip("a forgotten", "divisor-dropped factor-dropped", "x"),
        slip("b forgotten", "term-dropped", "x"),
        slip("only the logarithm divided", "brackets divisor-dropped", "x"),
        slip("straight instead of back", "straight-for-inverse other-operation", "x"),
        slip("whole sign", "whole-sign sign", "x"),
        slip("a and b exchanged", "names-swapped", "x"),
        slip("decimal logarithm", "log-base", "x0"),
        slip("minus lost at the number", "sign sign-of-logit inverted complement", "x0"),
        slip("complement put in", "sign sign-of-logit complement inverted wrong-point", "x0"),
        slip("b added to the number", "sign", "x0"),
        slip("z for x", "z-for-x other-quantity names-swapped term-dropped", "x0"),
        slip("number without a", "divisor-dropped factor-dropped", "x0"),
        slip("number without b", "term-dropped", "x0"),
        slip("sigmoid of the number", "function-for-inverse other-function", "x0"),
        pen("digit", "x0"),
        pen("rounding", "x0"),
        pen("whole-sign", "x0"),
    ),
    (("upside down", "b added"), ("minus lost", "a forgotten")),
)  # fmt: skip

FAMILIES = (VALUES, SYMMETRY, INVERSE)
