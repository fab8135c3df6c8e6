"""The sigmoid once more: derivatives of its logarithms, its limits, how steep it has to be."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import put


def logarithms(given: Given, sheet: Sheet) -> None:
    """Derivatives of p, ln p, ln(1 - p) and of a weighted sum, through s = p."""
    numbers = {name: given[name] for name in ("a", "b", "m", "n")}
    dp = chosen(
        sheet, "a*s*(1 - s)",
        ("slope lost", "s*(1 - s)"), ("plus in the bracket", "a*s*(1 + s)"), ("rule of tanh", "a*(1 - s^2)"),
        ("constant for the slope", "b*s*(1 - s)"), ("sigmoid for its derivative", "a*s"),
    )  # fmt: skip
    dp = sheet.write("dp", put(dp, **numbers))
    dl = chosen(
        sheet, f"({dp})/s",
        ("logarithm alone", "1/s"), ("sigmoid not differentiated", "a/s"), ("value for the logarithm's slope", "s"),
        ("slope lost in the logarithm", "1 - s"), ("derivative under the logarithm", dp),
        ("logarithm kept", f"ln(s)*({dp})"), ("derivative below", f"1/({dp})"), ("logarithm of the derivative",
        f"ln({dp})"),
    )  # fmt: skip
    dl = sheet.write("dl", put(dl, **numbers))
    dr = chosen(
        sheet, f"-({dp})/(1 - s)",
        ("inner minus lost", f"({dp})/(1 - s)"), ("logarithm of the rest alone", "1/(1 - s)"),
        ("logarithm of the rest alone with minus", "-1/(1 - s)"), ("slope lost in the rest", "-s"),
        ("one minus the derivative", f"1 - ({dl})"), ("minus the derivative", f"-({dl})"), ("divided by s",
        f"-({dp})/s"),
        ("sigmoid of the rest not differentiated", "-a/(1 - s)"), ("rest under the logarithm", f"-({dp})"),
    )  # fmt: skip
    dr = sheet.write("dr", put(dr, **numbers))
    dh = chosen(
        sheet, f"m*({dl}) + n*({dr})",
        ("weights swapped", f"n*({dl}) + m*({dr})"), ("minus in the sum", f"m*({dl}) - n*({dr})"), ("weights lost",
        f"({dl}) + ({dr})"),
        ("first weight lost", f"({dl}) + n*({dr})"), ("second term lost", f"m*({dl})"),
        ("weights differentiated away", "0*s"),
        ("mean of the two", f"(m*({dl}) + n*({dr}))/(m + n)"), ("first weight for both", f"m*({dl}) + m*({dr})"),
        ("whole sign of the sum", f"-m*({dl}) - n*({dr})"),
    )  # fmt: skip
    sheet.write("dh", put(dh, **numbers))


LOGARITHMS = Family(
    "sigmoid-log-derivative",
    logarithms,
    (
        slip("slope lost", "slope-lost factor-dropped inner-lost", "dp"),
        slip("plus in the bracket", "sign", "dp"),
        slip("rule of tanh", "tanh-rule other-function", "dp"),
        slip("constant for the slope", "names-swapped constant-factor", "dp"),
        slip("sigmoid for its derivative", "activation-for-derivative factor-dropped function-for-derivative", "dp"),
        slip("logarithm alone", "logarithm-alone inner-lost", "dl"),
        slip("sigmoid not differentiated", "slope-inside-logarithm inner-lost factor-dropped", "dl"),
        slip("value for the logarithm's slope",
             "value-for-slope other-quantity activation-missing names-swapped", "dl"),
        slip("slope lost in the logarithm", "factor-dropped slope-lost constant-factor", "dl"),
        slip("derivative under the logarithm", "logarithm-of-derivative divisor-dropped", "dl"),
        slip("logarithm kept", "logarithm-kept inverted other-function table-slip function-for-derivative", "dl"),
        slip("derivative below", "upside-down inverted", "dl"),
        slip("logarithm of the derivative", "logarithm-of-slope other-function function-for-derivative", "dl"),
        slip("inner minus lost", "sign-of-rest sign whole-sign", "dr"),
        slip("logarithm of the rest alone", "logarithm-alone inner-lost", "dr"),
        slip("logarithm of the rest alone with minus", "rest-alone logarithm-alone inner-lost factor-dropped", "dr"),
        slip("slope lost in the rest", "factor-dropped slope-lost constant-factor", "dr"),
        slip("one minus the derivative", "constant-differentiated complement", "dr"),
        slip("minus the derivative", "names-swapped complement sign whole-sign", "dr"),
        slip("divided by s", "complement names-swapped", "dr"),
        slip("sigmoid of the rest not differentiated", "slope-inside-logarithm inner-lost factor-dropped", "dr"),
        slip("rest under the logarithm", "logarithm-of-derivative divisor-dropped", "dr"),
        slip("weights swapped", "names-swapped", "dh"),
        slip("minus in the sum", "sign", "dh"),
        slip("weights lost", "weights-lost factor-dropped", "dh"),
        slip("first weight lost", "factor-dropped", "dh"),
        slip("second term lost", "term-dropped", "dh"),
        slip("mean of the two", "other-convention factor-extra constant-factor", "dh"),
        slip("first weight for both", "names-swapped", "dh"),
        slip("whole sign of the sum", "whole-sign sign", "dh"),
        pen("digit", "dh", "constant-factor constant-term exponent-off number-off"),
    ),
    (("slope lost", "inner minus lost"), ("logarithm alone", "weights swapped")),
)  # fmt: skip


def limits(given: Given, sheet: Sheet) -> None:
    """Limits of A σ(ct) + B, its value at 0; the bound for e^(-kt), the smallest k."""
    a, b, c, t, q = (given[name] for name in ("A", "B", "c", "t0", "q"))
    up, down = (1, 0) if c > 0 else (0, 1)
    if c < 0 and sheet("sign of the factor overlooked"):
        up, down = 1, 0
    if sheet("limits swapped"):
        up, down = down, up
    low = -1 if sheet("down to minus one") else 0
    right, left = (a * (value or low) + b for value in (up, down))
    right = chosen(
        sheet, right,
        ("B left out on the right", right - b), ("B subtracted on the right", right - 2 * b),
        ("factor inside times", a * c * up + b),
        ("limit of the sigmoid alone", float(up)), ("B multiplied too", a * (up + b)),
    )  # fmt: skip
    sheet.write("right", right)
    left = chosen(
        sheet, left,
        ("B left out on the left", left - b), ("minus the limit on the right", -right), ("both limits alike", right),
        ("minus A on the left", b - a * down if down else b - a),
    )  # fmt: skip
    sheet.write("left", left)
    middle = chosen(
        sheet, a / 2 + b,
        ("zero at zero", b), ("one at zero", a + b), ("half of all", (a + b) / 2), ("B left out at zero", a / 2),
        ("quarter", a / 4 + b), ("B subtracted at zero", a / 2 - b), ("half alone", 0.5), ("A alone at zero", a),
        ("c at zero", a * c / 2 + b),
    )  # fmt: skip
    sheet.write("centre", middle)
    e = chosen(
        sheet, (1 - q) / q,
        ("upside down", q / (1 - q)), ("denominator forgotten", 1 - q), ("one forgotten", 1 / q),
        ("plus one", 1 / q + 1),
        ("threshold for the bound", q), ("denominator wrong", (1 - q) / (1 + q)),
    )  # fmt: skip
    e = sheet.write("E", e)
    bound = -np.log(e) / t
    k = chosen(
        sheet, np.floor(bound) + 1,
        ("rounded down", np.floor(bound)), ("decimal logarithm", np.floor(-np.log10(e) / t) + 1),
        ("multiplied by the point", np.floor(-np.log(e) * t) + 1), ("point forgotten", np.floor(-np.log(e)) + 1),
        ("one too many", np.floor(bound) + 2), ("threshold under the logarithm", np.floor(-np.log(1 - q) / t) + 1),
        ("base two", np.floor(-np.log2(e) / t) + 1), ("no logarithm", np.floor(1 / e / t) + 1),
        ("sign kept", -np.floor(bound) - 1),
    )  # fmt: skip
    sheet.write("k", k)


LIMITS = Family(
    "sigmoid-limits",
    limits,
    (
        slip("sign of the factor overlooked",
             "limits-swapped names-swapped other-blank complement", "s1 right left", every=True),
        slip("limits swapped", "limits-swapped names-swapped other-blank complement", "s1 right left", every=True),
        slip("down to minus one", "minus-one sign", "right left"),
        slip("B left out on the right", "sigmoid-alone term-dropped", "right"),
        slip("B subtracted on the right", "sign", "right"),
        slip("factor inside times", "factor-extra", "right"),
        slip("limit of the sigmoid alone",
             "sigmoid-alone other-quantity names-swapped factor-dropped term-dropped", "right"),
        slip("B multiplied too", "shift-multiplied brackets", "right"),
        slip("B left out on the left", "sigmoid-alone term-dropped", "left right"),
        slip("both limits alike", "names-swapped other-blank limits-swapped", "left"),
        slip("minus A on the left", "sign minus-one", "left"),
        slip("zero at zero", "zero-at-zero term-dropped", "centre"),
        slip("one at zero", "one-at-zero factor-two divisor-dropped", "centre"),
        slip("half of all", "all-halved brackets factor-two other-convention", "centre"),
        slip("B left out at zero", "term-dropped", "centre"),
        slip("quarter", "slope-at-zero factor-two exponent-off number-off", "centre"),
        slip("B subtracted at zero", "sign", "centre"),
        slip("A alone at zero", "factor-alone term-dropped divisor-dropped other-quantity", "centre"),
        slip("c at zero", "inner-factor-outside factor-extra", "centre"),
        slip("upside down", "inverted reciprocal", "E"),
        slip("denominator forgotten", "denominator-forgotten divisor-dropped", "E"),
        slip("one forgotten", "term-dropped one-off", "E"),
        slip("plus one", "sign", "E"),
        slip("threshold for the bound", "bound-for-sigmoid names-swapped other-quantity term-dropped", "E"),
        slip("denominator wrong", "both-over one-off sign term-extra", "E"),
        slip("rounded down", "rounded-down one-off term-dropped", "k"),
        slip("decimal logarithm", "decimal-logarithm log-base", "k m"),
        slip("multiplied by the point", "point-as-factor inverted other-operation", "k m"),
        slip("point forgotten", "point-forgotten divisor-dropped factor-dropped", "k m"),
        slip("one too many", "one-off", "k"),
        slip("base two", "base-two log-base", "k m"),
        pen("digit", "E k"),
        pen("digits", "k"),
        pen("power-of-ten", "E"),
    ),
    (("zero at zero", "rounded down"),),
)  # fmt: skip

FAMILIES = (LOGARITHMS, LIMITS)
