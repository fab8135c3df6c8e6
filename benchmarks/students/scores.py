"""Softmax by hand: probabilities of logits, with a temperature, and their gradient."""

from __future__ import annotations

from math import exp

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def forward(given: Given, sheet: Sheet) -> None:
    """Exponentials, their sum, probabilities, the likeliest class."""
    z = np.array(given["z"], float)
    n = len(z)
    left_out, turned = np.exp(z), np.exp(z)
    turned[z.argmin()] = np.exp(-z.min())
    left_out[z < 0] = -np.exp(-z[z < 0])
    E = sheet.write("a", either(sheet, np.exp(z), (
        ("powers of two", 2**z), ("sizes of the logits", np.exp(np.abs(z))), ("minus in the exponents", np.exp(-z)),
        ("minus lost in one exponent", turned), ("minus before the power", left_out), ("powers of ten", 10**z),
        ("squares for powers", z**2), ("e times the logit", np.e * z),
        ("sigmoids for exponentials", 1 / (1 + np.exp(-z))),
    )))  # fmt: skip
    S = sheet.write("S", either(sheet, E.sum(), (
        ("last one left out", E[:-1].sum()), ("exponential of the sum", exp(z.sum())), ("mean for the sum", E.mean()),
        ("exponentials multiplied", E.prod()), ("first one left out", E[1:].sum()), ("logits added", z.sum()),
    )))  # fmt: skip
    p = sheet.write("p", either(sheet, E / S, (
        ("ratio of the logits", z / z.sum()), ("sigmoids", 1 / (1 + np.exp(-z))),
        ("divided by the others", E / (S - E)),
        ("divided by the largest", E / E.max()), ("not divided", E), ("divided by the number", E / n),
        ("complements", 1 - E / S), ("upside down", S / E), ("sorted", np.sort(E / S)),
    )))  # fmt: skip
    sheet.write("k", either(sheet, int(p.argmax()) + 1, (
        ("least likely class", int(p.argmin()) + 1), ("largest size", int(np.abs(z).argmax()) + 1),
    )))  # fmt: skip


FORWARD = Family(
    "softmax-forward",
    forward,
    (
        slip("powers of two", "powers-of-two other-function log-base", "a"),
        slip("sizes of the logits", "sizes sign", "a"),
        slip("minus in the exponents", "minus-in-exponent sign", "a"),
        slip("minus lost in one exponent", "sign entry-sign", "a"),
        slip("minus before the power", "minus-before sign", "a"),
        slip("e times the logit", "times-e other-function", "a"),
        slip("sigmoids for exponentials", "other-function sigmoids sigmoids-first", "a"),
        slip("last one left out", "term-dropped entry-left-out", "S"),
        slip("exponential of the sum", "exponential-of-the-sum other-convention", "S"),
        slip("mean for the sum", "sum-for-mean mean-for-sum", "S"),
        slip("exponentials multiplied", "exponential-of-the-sum other-convention", "S"),
        slip("first one left out", "term-dropped entry-left-out", "S"),
        slip("ratio of the logits", "ratio-of-logits activation-missing", "p"),
        slip("sigmoids", "sigmoids other-function", "p"),
        slip("divided by the others", "divided-by-the-others term-dropped", "p"),
        slip("divided by the largest", "divided-by-the-largest", "p"),
        slip("divided by the number", "divided-by-number other-convention", "p"),
        slip("complements", "complement", "p"),
        slip("upside down", "inverted reciprocal", "p"),
        slip("sorted", "permuted", "p"),
        pen("digit", "S"),
        pen("digits", "S"),
        pen("rounding", "S"),
        pen("permuted", "a p"),
    ),
    (("minus in the exponents", "divided by the largest"),),
)


def temperature(given: Given, sheet: Sheet) -> None:
    """Scaled logits, probabilities, the largest one without a temperature, what the temperature did."""
    z, T = np.array(given["z"], float), float(given["T"])
    u = sheet.write("u", either(sheet, z / T, (
        ("multiplied by T", z * T), ("T subtracted", z - T), ("logits as they are", z), ("T over the logit", T / z),
        ("minus in front", -z / T), ("T added", z + T),
    )))  # fmt: skip
    E = np.exp(u)
    plain = np.exp(z) / np.exp(z).sum()
    p = sheet.write("p", either(sheet, E / E.sum(), (
        ("probabilities divided by T", plain / T), ("no temperature", plain), ("ratio of the logits", u / u.sum()),
        ("divided by the others", E / (E.sum() - E)), ("not normalised", E), ("sigmoids", 1 / (1 + np.exp(-u))),
        ("powers of two", 2**u / (2**u).sum()), ("minus in the exponents", (1 / E) / (1 / E).sum()),
        ("divided by the largest", E / E.max()), ("probabilities divided and added up again", E / E.sum() / T),
    )))  # fmt: skip
    sheet.write("q", either(sheet, plain.max(), (
        ("largest with temperature", p.max()), ("smallest probability", plain.min()), ("multiplied back", p.max() * T),
        ("complement of the largest", 1 - plain.max()), ("others below", plain.max() / (1 - plain.max())),
    )))  # fmt: skip


TEMPERATURE = Family(
    "softmax-temperature",
    temperature,
    (
        slip("multiplied by T", "multiplied inverted other-operation", "u"),
        slip("T subtracted", "subtracted other-operation other-convention", "u"),
        slip("logits as they are", "divisor-dropped", "u"),
        slip("T over the logit", "inverted reciprocal upside-down", "u"),
        slip("minus in front", "sign whole-sign", "u"),
        slip("probabilities divided by T", "probabilities-divided", "p"),
        slip("no temperature", "no-temperature divisor-dropped", "p"),
        slip("ratio of the logits", "ratio-of-logits activation-missing", "p"),
        slip("divided by the others", "divided-by-the-others term-dropped", "p"),
        slip("not normalised", "divisor-dropped", "p"),
        slip("sigmoids", "sigmoids other-function", "p"),
        slip("powers of two", "powers-of-two other-function log-base", "p"),
        slip("minus in the exponents", "minus-in-exponent sign", "p"),
        slip("divided by the largest", "divided-by-the-largest", "p"),
        slip("probabilities divided and added up again", "divided-again probabilities-divided other-convention", "p"),
        slip("largest with temperature", "largest-with-temperature", "q"),
        slip("smallest probability", "smallest index-off", "q"),
        slip("complement of the largest", "complement", "q"),
        slip("others below", "others-below divided-by-the-others", "q"),
        pen("digit", "q"),
        pen("digits", "q"),
        pen("rounding", "q"),
        pen("permuted", "u p"),
    ),
    (("multiplied by T", "smallest probability"),),
)


def gradient(given: Given, sheet: Sheet) -> None:
    """Probabilities, and the gradient of the loss in the logits."""
    z, c = np.array(given["z"], float), int(given["c"]) - 1
    E = np.exp(z)
    p = sheet.write("p", either(sheet, E / E.sum(), (
        ("powers of two", 2**z / (2**z).sum()), ("divided by the others", E / (E.sum() - E)), ("not normalised", E),
        ("ratio of the logits", z / z.sum()), ("sigmoids", 1 / (1 + np.exp(-z))),
        ("minus in the exponents", (1 / E) / (1 / E).sum()), ("divided by the largest", E / E.max()),
    )))  # fmt: skip
    hot = np.eye(3)[c]
    other = np.eye(3)[(c + 1) % 3]
    sheet.write("g", either(sheet, p - hot, (
        ("turned round", hot - p), ("probabilities alone", p), ("times p(1 - p)", (p - hot) * p * (1 - p)),
        ("true entry alone", (p - hot) * hot), ("derivative by p", -hot / p[c]), ("one class off", p - other),
        ("p(1 - p)", p * (1 - p)), ("one added", p + hot), ("ones everywhere", p - 1),
        ("true entry as it is", p * (1 - 2 * hot)),
        ("logits for probabilities", z - hot), ("others are zero, likeliest", p - np.eye(3)[p.argmax()]),
    )))  # fmt: skip


GRADIENT = Family(
    "softmax-gradient",
    gradient,
    (
        slip("powers of two", "powers-of-two other-function log-base", "p"),
        slip("divided by the others", "divided-by-the-others term-dropped", "p"),
        slip("not normalised", "divisor-dropped not-divided", "p"),
        slip("ratio of the logits", "ratio-of-logits activation-missing", "p"),
        slip("sigmoids", "sigmoids other-function", "p"),
        slip("minus in the exponents", "minus-in-exponent sign", "p"),
        slip("divided by the largest", "divided-by-the-largest", "p"),
        slip("turned round", "turned-round sign whole-sign", "g"),
        slip("probabilities alone", "probabilities-alone term-dropped other-blank", "g"),
        slip("times p(1 - p)", "extra-derivative factor-extra", "g"),
        slip("true entry alone", "true-entry-alone term-dropped", "g"),
        slip("derivative by p", "derivative-by-p inner-lost", "g"),
        slip("one class off", "index-off one-class-off", "g"),
        slip("p(1 - p)", "diagonal-of-jacobian", "g"),
        slip("one added", "sign one-added", "g"),
        slip("ones everywhere", "ones-everywhere", "g"),
        slip("logits for probabilities", "logits-taken names-swapped", "g"),
        slip("others are zero, likeliest", "likeliest-class index-off", "g"),
        pen("permuted", "p"),
        pen("entry-sign", "p g"),
        pen("entry-point", "p g"),
    ),
    (("divided by the others", "turned round"),),
)

FAMILIES = (FORWARD, TEMPERATURE, GRADIENT)
