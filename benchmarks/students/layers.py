"""Layers one by one: a batch normalised, a silent neuron, tanh, ReLU and PReLU forward and back."""

from __future__ import annotations

import math

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import put, worth


def normalised(given: Given, sheet: Sheet) -> None:
    """Mean, variance, normalised batch, scale and shift."""
    x, gamma, beta = np.array(given["x"], float), given["gamma"], given["beta"]
    mean = chosen(
        sheet, x.sum() / 4,
        ("not divided by four", x.sum()), ("median", float(np.median(x))), ("divided by three", x.sum() / 3),
    )  # fmt: skip
    mean = sheet.write("mu", mean)
    d = x - mean
    v = chosen(
        sheet, (d**2).mean(),
        ("three below", (d**2).sum() / 3), ("squares not averaged", (d**2).sum()), ("squares of x", (x**2).mean()),
        ("sizes averaged", np.abs(d).mean()), ("root taken", np.sqrt((d**2).mean())),
        ("mean not squared", (x**2).mean() - mean),
    )  # fmt: skip
    v = sheet.write("v", v)
    z = chosen(
        sheet, d / np.sqrt(v),
        ("divided by the variance", d / v), ("mean kept", x / np.sqrt(v)), ("deviations alone", d),
        ("sign turned", -d / np.sqrt(v)), ("plus the mean", (x + mean) / np.sqrt(v)),
        ("multiplied by the root", d * np.sqrt(v)), ("mean taken off afterwards", x / np.sqrt(v) - mean),
    )  # fmt: skip
    z = sheet.write("z", z)
    y = chosen(
        sheet, gamma * z + beta,
        ("shift first", gamma * (z + beta)), ("swapped", beta * z + gamma), ("x scaled", gamma * x + beta),
        ("deviations scaled", gamma * d + beta), ("no shift", gamma * z), ("no scale", z + beta),
        ("shift subtracted", gamma * z - beta),
    )  # fmt: skip
    sheet.write("y", y)


NORMALISED = Family(
    "batchnorm-forward",
    normalised,
    (
        slip("not divided by four", "sum-for-mean divisor-dropped", "mu"),
        slip("three below", "unbiased one-off", "v"),
        slip("squares not averaged", "not-divided sum-for-mean", "v"),
        slip("squares of x", "mean-not-taken-off term-dropped other-quantity", "v"),
        slip("sizes averaged", "sizes-for-squares other-function", "v"),
        slip("root taken", "root-as-variance", "v"),
        slip("divided by the variance", "variance-below root-missing", "z"),
        slip("mean kept", "not-centred term-dropped other-quantity", "z"),
        slip("deviations alone", "not-scaled divisor-dropped", "z"),
        slip("sign turned", "sign whole-sign", "z"),
        slip("plus the mean", "sign", "z d"),
        slip("multiplied by the root", "inverted other-operation", "z"),
        slip("shift first", "shift-first brackets", "y"),
        slip("swapped", "scale-and-shift-swapped names-swapped", "y"),
        slip("x scaled", "not-normalised other-quantity", "y"),
        slip("deviations scaled", "of-deviations other-quantity", "y"),
        slip("no shift", "term-dropped", "y"),
        slip("no scale", "factor-dropped", "y"),
        slip("shift subtracted", "sign", "y"),
        pen("rounding", "z y"),
        pen("entry-sign", "z y"),
        pen("permuted", "z y"),
        pen("entry-point", "z y"),
    ),
    (("three below", "shift first"), ("not divided by four", "no shift")),
)


def normal(z: float) -> float:
    """The distribution function of the normal law, to the four decimals of the table."""
    return round(0.5 * (1 + math.erf(z / math.sqrt(2))), 4)


def silent(given: Given, sheet: Sheet) -> None:
    """The deviation of the sum, the chances of silence, the mean of the weights."""
    x, b, m = np.array(given["x"], float), given["b"], int(given["m"])
    size, total, zb, zt = float(np.sqrt((x**2).sum())), float(x.sum()), given["zb"], given["zt"]
    target = 1 - normal(zt) if zt > 0 else normal(-zt)
    deviation = chosen(
        sheet, size,
        ("variance for deviation", size**2), ("sizes added", float(np.abs(x).sum())), ("inputs forgotten", np.sqrt(3)),
        ("inputs summed", total), ("mean of squares", size / np.sqrt(3)),
    )  # fmt: skip
    sheet.write("sd", deviation)
    sheet.write("P0", chosen(sheet, 0.5, ("every weight negative", 1 / 8), ("never zero", 0.0), ("always", 1.0)))
    P = chosen(
        sheet, normal(-b / size),
        ("other tail", 1 - normal(-b / size)), ("bias overlooked", 0.5), ("argument for probability", abs(zb)),
        ("one for all weights", normal(-b / size) ** 3),
    )  # fmt: skip
    P = sheet.write("P", P)
    together = chosen(
        sheet, P**m,
        ("times for power", m * P), ("at least one", 1 - (1 - P) ** m), ("none", (1 - P) ** m), ("not all", 1 - P**m),
        ("half for each", 0.5**m), ("one neuron", P), ("one too many", P ** (m + 1)), ("one too few", P ** (m - 1)),
    )  # fmt: skip
    sheet.write("all", together)
    mu = chosen(
        sheet, zt * size / total,
        ("other side", -zt * size / total), ("sum left out", zt * size), ("deviation left out", zt / total),
        ("number for sum", zt * size / 3), ("number of the table", zt), ("probability put in", target * size / total),
        ("upside down", zt * total / size), ("variance in the mean", zt * size**2 / total),
    )  # fmt: skip
    sheet.write("mu", mu)


SILENT = Family(
    "relu-zero-probability",
    silent,
    (
        slip("variance for deviation", "variance-for-deviation root-missing square-doubled exponent-off", "sd"),
        slip("sizes added", "inputs-added", "sd"),
        slip("inputs forgotten", "number-of-inputs-alone", "sd"),
        slip("inputs summed", "inputs-summed inputs-added other-quantity other-blank other-function", "sd"),
        slip("every weight negative", "every-weight-negative", "P0"),
        slip("never zero", "never-zero", "P0"),
        slip("other tail", "other-tail complement sign", "P u"),
        slip("bias overlooked", "bias-overlooked other-blank", "P"),
        slip("argument for probability", "argument-for-probability", "P"),
        slip("times for power", "times-for-power other-operation square-doubled", "all"),
        slip("at least one", "at-least-one", "all"),
        slip("none", "none-silent complement", "all"),
        slip("not all", "not-all complement", "all"),
        slip("half for each", "half-for-each", "all"),
        slip("one neuron", "power-dropped other-blank", "all"),
        slip("other side", "mean-of-the-wrong-side sign whole-sign", "mu"),
        slip("sum left out", "sum-left-out divisor-dropped factor-dropped", "mu"),
        slip("deviation left out", "deviation-left-out factor-dropped", "mu"),
        slip("number for sum", "number-for-sum sum-for-mean", "mu"),
        slip("number of the table", "table-number-alone factor-dropped", "mu"),
        slip("probability put in", "probability-for-number", "mu"),
        slip("upside down", "inverted names-swapped", "mu"),
        slip("variance in the mean", "exponent-off root-missing variance-for-deviation", "mu"),
        pen("digit", "P mu"),
        pen("power-of-ten", "P all"),
        pen("rounding", "mu"),
    ),
    (("variance for deviation", "times for power"), ("other tail", "number for sum")),
)


def hyperbolic(given: Given, sheet: Sheet) -> None:
    """The value of tanh, the derivative through it, a layer backwards."""
    a, e = given["a"], given["k"]
    h, g = np.array(given["h"], float), np.array(given["g"], float)
    y = chosen(
        sheet, (e - 1) / (e + 1),
        ("half the argument", (math.sqrt(e) - 1) / (math.sqrt(e) + 1)), ("sigmoid", e / (1 + e)),
        ("numerator turned", (1 - e) / (1 + e)), ("upside down", (e + 1) / (e - 1)),
        ("logarithm kept", (math.log(e) - 1) / (math.log(e) + 1)), ("one below lost", (e - 1) / e),
    )  # fmt: skip
    y = sheet.write("y0", y)
    D = chosen(
        sheet, "a*(1 - y^2)",
        ("inner factor lost", "1 - y^2"), ("rule of the sigmoid", "a*y*(1 - y)"), ("plus", "a*(1 + y^2)"),
        ("rule of the sigmoid alone", "y*(1 - y)"), ("square lost", "a*(1 - y)"), ("factor on one term", "a - y^2"),
        ("factor squared", "a^2*(1 - y^2)"), ("divided by the factor", "(1 - y^2)/a"), ("turned", "a*(y^2 - 1)"),
        ("factor inside", "1 - (a*y)^2"),
    )  # fmt: skip
    D = sheet.write("D", put(D, a=a))
    slopes = np.array([float(worth(D, y=value)) for value in h])
    d = float(worth(D, y=y))
    d = chosen(sheet, d, ("value for the derivative", y), ("factor lost at the point", d / a))
    sheet.write("d0", d)
    back = chosen(
        sheet, g * slopes,
        ("slopes alone", slopes), ("outputs for slopes", g * h), ("added up", np.full(3, float((g * slopes).sum()))),
        ("tanh once more", g * a * (1 - np.tanh(a * h) ** 2)), ("divided by slopes", g / slopes),
        ("layer without the factor", g * (1 - h**2)), ("sum of both", g + slopes), ("gradient for h", 1.0 * g),
    )  # fmt: skip
    sheet.write("r", back)


HYPERBOLIC = Family(
    "tanh-derivative",
    hyperbolic,
    (
        slip("half the argument", "half-argument", "y0"),
        slip("sigmoid", "sigmoid-for-tanh term-dropped", "y0"),
        slip("numerator turned", "mirrored sign whole-sign", "y0"),
        slip("upside down", "inverted reciprocal", "y0"),
        slip("one below lost", "term-dropped", "y0"),
        slip("inner factor lost", "inner-factor-lost factor-dropped constant-factor inner-lost", "D"),
        slip("rule of the sigmoid", "sigmoid-rule", "D"),
        slip("rule of the sigmoid alone", "sigmoid-rule-alone", "D"),
        slip("plus", "plus-inside sign", "D"),
        slip("square lost", "square-lost power-dropped", "D"),
        slip("factor on one term", "brackets factor-dropped", "D"),
        slip("factor squared", "exponent-off constant-factor", "D"),
        slip("divided by the factor", "inverted constant-factor other-operation", "D"),
        slip("turned", "sign whole-sign", "D"),
        slip("value for the derivative", "other-blank function-for-derivative", "d0"),
        slip("factor lost at the point", "inner-factor-lost factor-dropped", "d0"),
        slip("slopes alone", "slopes-alone factor-dropped", "r"),
        slip("outputs for slopes", "outputs-for-slopes other-quantity", "r"),
        slip("added up", "summed-up", "r"),
        slip("tanh once more", "tanh-of-outputs", "r"),
        slip("divided by slopes", "inverted other-operation", "r"),
        slip("layer without the factor", "inner-factor-lost factor-dropped", "r s"),
        slip("gradient for h", "factor-dropped", "r"),
        pen("digit", "d0"),
        pen("entry-sign", "r"),
        pen("permuted", "r"),
        pen("entry-point", "r"),
    ),
    (("plus", "half the argument"), ("numerator turned", "slopes alone")),
)


def rectified(given: Given, sheet: Sheet) -> None:
    """ReLU and PReLU: outputs, gradients by the inputs, by the parameter."""
    z, g, alpha = np.array(given["z"], float), np.array(given["g"], float), given["alpha"]
    up, low, on, off = np.maximum(z, 0), np.minimum(z, 0), 1.0 * (z > 0), 1.0 * (z < 0)
    sheet.write("y0", chosen(sheet, up, ("negatives kept", low), ("size", np.abs(z)), ("step", on), ("sign lost", -up)))
    back = chosen(
        sheet, g * on,
        ("output for slope", g * up), ("slope alone", on), ("mask by the gradient", np.maximum(g, 0)),
        ("let through", g), ("other side let through", g * off), ("positive part of the product", np.maximum(g * z, 0)),
    )  # fmt: skip
    sheet.write("r0", back)
    y = chosen(
        sheet, up + alpha * low,
        ("alpha on positives", alpha * up + low), ("alpha everywhere", alpha * z), ("alpha for negatives",
        up + alpha * off),
        ("minus alpha", up - alpha * low), ("as ReLU", up), ("exponential", up + alpha * (np.exp(low) - 1)),
        ("divided by alpha", up + low / alpha),
    )  # fmt: skip
    sheet.write("y", y)
    r = chosen(
        sheet, g * (on + alpha * off),
        ("alpha on positive slopes", g * (alpha * on + off)), ("alpha at every slope", alpha * g),
        ("minus alpha at slopes", g * (on - alpha * off)), ("back as ReLU", g * on), ("slopes alone", on + alpha * off),
        ("outputs for slopes", g * (up + alpha * low)), ("one minus alpha", g * (on + (1 - alpha) * off)),
    )  # fmt: skip
    sheet.write("r", r)
    by_alpha = chosen(
        sheet, float(g @ low),
        ("all numbers by alpha", float(g @ z)), ("alpha left in", alpha * float(g @ low)),
        ("gradient left out", float(low.sum())), ("count of negatives", float(g @ off)),
        ("mean by alpha", float(g @ low) / 4), ("positives by alpha", float(g @ up)),
        ("signs of z lost", float(g @ np.abs(low))), ("one negative left out", float((g * low)[np.argmin(z)])),
    )  # fmt: skip
    sheet.write("dalpha", by_alpha)


RECTIFIED = Family(
    "relu-forward-backward",
    rectified,
    (
        slip("negatives kept", "side-turned-round sign other-quantity other-function", "y0"),
        slip("size", "size-for-relu other-function sign", "y0"),
        slip("step", "other-function activation-for-derivative", "y0"),
        slip("output for slope", "output-for-slope other-function activation-for-derivative", "r0"),
        slip("slope alone", "slope-alone factor-dropped", "r0"),
        slip("mask by the gradient", "mask-by-gradient", "r0"),
        slip("let through", "gradient-let-through factor-dropped", "r0"),
        slip("other side let through", "side-turned-round sign complement", "r0"),
        slip("alpha on positives", "alpha-on-positives sign", "y"),
        slip("alpha everywhere", "alpha-everywhere term-dropped other-quantity factor-dropped", "y"),
        slip("alpha for negatives", "alpha-for-negatives", "y"),
        slip("minus alpha", "minus-alpha sign", "y"),
        slip("as ReLU", "as-relu term-dropped other-blank", "y"),
        slip("exponential", "exponential-unit", "y"),
        slip("divided by alpha", "inverted other-operation", "y"),
        slip("alpha on positive slopes", "alpha-on-positives sign", "r s"),
        slip("alpha at every slope", "alpha-everywhere factor-dropped term-dropped", "r s"),
        slip("minus alpha at slopes", "minus-alpha sign", "r s"),
        slip("back as ReLU", "as-relu term-dropped other-blank", "r s"),
        slip("slopes alone", "slope-alone factor-dropped", "r"),
        slip("all numbers by alpha", "all-objects-by-alpha term-dropped other-quantity", "dalpha low"),
        slip("alpha left in", "alpha-left-in factor-extra", "dalpha"),
        slip("gradient left out", "gradient-left-out factor-dropped", "dalpha"),
        slip("count of negatives", "count-of-negatives", "dalpha"),
        slip("mean by alpha", "mean-by-alpha sum-for-mean", "dalpha"),
        slip("positives by alpha", "positives-by-alpha other-blank other-quantity", "dalpha"),
        slip("signs of z lost", "sign whole-sign", "dalpha low"),
        slip("one negative left out", "term-dropped", "dalpha"),
        pen("entry-sign", "y r r0"),
        pen("permuted", "y r"),
        pen("entry-point", "y r"),
    ),
    (("alpha on positives", "all numbers by alpha"), ("let through", "count of negatives")),
)

FAMILIES = (NORMALISED, SILENT, HYPERBOLIC, RECTIFIED)
