"""Limits of the temperature and an output between two bounds, by hand."""

from __future__ import annotations

from math import exp, log

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.logistic import ln
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def limits(given: Given, sheet: Sheet) -> None:
    """Both limits, a ratio of probabilities, the temperature of a ratio."""
    z, i, j = np.array(given["z"], float), int(given["i"]) - 1, int(given["j"]) - 1
    T0, r, n = float(given["T0"]), float(given["r"]), len(given["z"])
    tops, lows = (z == z.max()) * 1.0, (z == z.min()) * 1.0
    first, last = np.eye(n)[z.argmax()], np.eye(n)[n - 1 - z[::-1].argmax()]
    cold, hot = tops / tops.sum(), np.full(n, 1 / n)
    soft = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    sheet.write("P0", either(sheet, cold, (
        ("limits exchanged", hot), ("first of the largest", first), ("last of the largest", last),
        ("not shared", tops),
        ("smallest wins", lows / lows.sum()), ("all vanish", 0 * z), ("at temperature one", soft),
        ("logits shared", z / z.sum()),
    )))  # fmt: skip
    sheet.write("Ph", either(sheet, hot, (
        ("limits exchanged", cold), ("ones", 0 * z + 1), ("zeros", 0 * z), ("halves", 0 * z + 0.5),
        ("hot is the least", lows / lows.sum()), ("one word forgotten", 0 * z + 1 / (n - 1)),
    )))  # fmt: skip
    D = z[i] - z[j]
    sheet.write("rho", either(sheet, exp(D / T0), (
        ("ratio of the logits", z[i] / z[j]), ("ratio turned over", exp(-D / T0)),
        ("times the temperature", exp(D * T0)),
        ("no temperature", exp(D)), ("divided after the power", exp(D) / T0), ("exponent alone", D / T0),
        ("powers of two", 2 ** (D / T0)), ("logits added", exp((z[i] + z[j]) / T0)),
    )))  # fmt: skip
    sheet.write("T", either(sheet, D / log(r), (
        ("multiplied by the logarithm", D * log(r)), ("upside down", log(r) / D), ("no logarithm", D / r),
        ("decimal logarithm", D / np.log10(r)), ("logarithm of both", ln(D) / log(r)),
        ("larger logit alone", z[i] / log(r)),
        ("binary logarithm", D / np.log2(r)), ("minus", -D / log(r)),
    )))  # fmt: skip


LIMITS = Family(
    "softmax-temperature-limits",
    limits,
    (
        slip("limits exchanged", "limits-swapped other-blank", "P0 Ph"),
        slip("first of the largest", "tie-ignored", "P0"),
        slip("last of the largest", "tie-ignored other-of-the-two", "P0"),
        slip("not shared", "not-shared divisor-dropped", "P0"),
        slip("smallest wins", "smallest-wins sign", "P0"),
        slip("at temperature one", "not-moved", "P0"),
        slip("ones", "ones divisor-dropped", "Ph"),
        slip("zeros", "zeros", "Ph"),
        slip("halves", "halves", "Ph"),
        slip("ratio of the logits", "ratio-of-logits", "rho"),
        slip("ratio turned over", "ratio-turned sign inverted reciprocal", "rho"),
        slip("times the temperature", "multiplied inverted other-operation", "rho"),
        slip("no temperature", "no-temperature divisor-dropped", "rho"),
        slip("divided after the power", "divided-after brackets", "rho"),
        slip("exponent alone", "exponent-alone activation-missing", "rho"),
        slip("powers of two", "other-function log-base", "rho"),
        slip("logits added", "sign", "rho D"),
        slip("multiplied by the logarithm", "logarithm-times other-operation inverted", "T"),
        slip("upside down", "upside-down inverted reciprocal", "T"),
        slip("no logarithm", "logarithm-forgotten activation-missing", "T"),
        slip("decimal logarithm", "decimal-logarithm log-base", "T"),
        slip("logarithm of both", "logarithm-of-difference other-function", "T"),
        slip("larger logit alone", "larger-logit-alone term-dropped", "T"),
        slip("binary logarithm", "log-base", "T"),
        pen("digit", "rho T"),
        pen("digits", "rho"),
    ),
    (("times the temperature", "upside down"),),
)


def scaled(given: Given, sheet: Sheet) -> None:
    """Sigmoid, output, its derivative, that of the squared loss, the sum that gives the target."""
    lo, width, z, y = (float(given[name]) for name in ("lo", "width", "z", "y"))
    hi = lo + width
    s = sheet.write("s", either(sheet, 1 / (1 + exp(-z)), (
        ("sign in the exponent", 1 / (1 + exp(z))), ("exponential alone", exp(z)),
        ("hyperbolic tangent", np.tanh(z)),
        ("turned over", 1 + exp(-z)), ("one lost below", exp(-z)),
    )))  # fmt: skip
    h = sheet.write("h", either(sheet, lo + width * s, (
        ("lower bound lost", width * s), ("upper bound for the width", lo + hi * s), ("upper bound alone", hi * s),
        ("bounds exchanged", hi - width * s), ("bounds added", lo + (hi + lo) * s),
        ("lower bound subtracted", width * s - lo),
    )))  # fmt: skip
    d = sheet.write("d", either(sheet, width * s * (1 - s), (
        ("no width", s * (1 - s)), ("lower bound kept", lo + width * s * (1 - s)),
        ("rule at the output", h * (1 - h)),
        ("argument for the sigmoid", width * z * (1 - z)), ("one factor of two", width * (1 - s)),
        ("tangent rule", width * (1 - s * s)), ("upper bound in the derivative", hi * s * (1 - s)),
        ("sigmoid kept", width * s),
        ("plus in the rule", width * s * (1 + s)),
    )))  # fmt: skip
    sheet.write("g", either(sheet, 2 * (h - y) * d, (
        ("residual turned", 2 * (y - h) * d), ("two lost", (h - y) * d),
        ("derivative of the output left out", 2 * (h - y)),
        ("square kept", (h - y) ** 2 * d), ("sigmoid against the target", 2 * (s - y) * d),
        ("cross-entropy rule", h - y),
        ("target lost", 2 * h * d),
    )))  # fmt: skip
    r, y = (y - lo) / width, np.float64(y)
    with np.errstate(all="ignore"):
        sheet.write("zt", either(sheet, ln(r / (1 - r)), (
            ("logarithm of the share", ln(r)), ("inverse turned", ln((1 - r) / r)),
            ("lower bound not subtracted", ln(y / width / (1 - y / width))),
            ("over the upper bound", ln(y / hi / (1 - y / hi))), ("share itself", r),
            ("sigmoid again", 1 / (1 + exp(-r))),
            ("decimal logarithm", ln(r / (1 - r)) / np.log(10)), ("target put in", ln(y / (1 - y))),
        )))  # fmt: skip


SCALED = Family(
    "scaled-sigmoid-output",
    scaled,
    (
        slip("sign in the exponent", "exponent-sign sign complement", "s"),
        slip("exponential alone", "exponential-alone other-function", "s"),
        slip("hyperbolic tangent", "tanh-taken other-function", "s"),
        slip("turned over", "turned-over inverted reciprocal", "s"),
        slip("lower bound lost", "scaled-only term-dropped", "h"),
        slip("upper bound for the width", "upper-bound-for-width term-dropped", "h"),
        slip("upper bound alone", "upper-bound-alone", "h"),
        slip("bounds exchanged", "bounds-swapped names-swapped", "h"),
        slip("bounds added", "bounds-added sign", "h"),
        slip("lower bound subtracted", "sign", "h"),
        slip("no width", "no-scale factor-dropped", "d"),
        slip("lower bound kept", "bound-kept term-extra", "d"),
        slip("rule at the output", "rule-at-output", "d"),
        slip("argument for the sigmoid", "derivative-at-output activation-missing", "d"),
        slip("one factor of two", "one-factor factor-dropped", "d"),
        slip("tangent rule", "squared-sigmoid activation-for-derivative", "d"),
        slip("upper bound in the derivative", "upper-bound-for-width term-dropped", "d"),
        slip("sigmoid kept", "activation-for-derivative factor-dropped", "d"),
        slip("plus in the rule", "sign", "d"),
        slip("residual turned", "residual-turned sign whole-sign", "g"),
        slip("two lost", "two-lost factor-two factor-dropped", "g"),
        slip("derivative of the output left out", "chain-cut factor-dropped inner-lost", "g"),
        slip("square kept", "square-kept", "g"),
        slip("sigmoid against the target", "sigmoid-against-target names-swapped other-quantity", "g"),
        slip("cross-entropy rule", "cross-entropy-rule", "g"),
        slip("logarithm of the share", "logarithm-of-share divisor-dropped", "zt"),
        slip("inverse turned", "inverse-turned sign whole-sign inverted", "zt"),
        slip("lower bound not subtracted", "lower-bound-forgotten term-dropped", "zt"),
        slip("over the upper bound", "upper-bound-below", "zt"),
        slip("share itself", "straight activation-missing", "zt"),
        slip("sigmoid again", "sigmoid-again other-function", "zt"),
        slip("decimal logarithm", "decimal-logarithm log-base", "zt"),
        pen("digit", "zt"),
    ),
    (("lower bound lost", "two lost"),),
)

FAMILIES = (LIMITS, SCALED)
