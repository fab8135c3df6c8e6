"""Dropout: what is left of a net, how many neurons live, whether a layer dies, the moments of the parameters."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import put, worth


def thinned(given: Given, sheet: Sheet) -> None:
    """Neurons that stay in every hidden layer, parameters of every layer, their sum."""
    n = [float(given[f"n[{layer}]"]) for layer in range(5)]
    s = given["s"]
    m = list(n)
    for layer in (1, 2, 3):
        stay = n[layer] * (1 - s)
        for name, wrong in (("those that are off", n[layer] * s), ("nobody off", n[layer])):
            stay = wrong if sheet(name, layer, 3) else stay
        if sheet("always those that are off", layer):
            stay = n[layer] * s
        m[layer] = sheet.write(f"m[{layer}]", stay)
    counts = []
    for layer in (1, 2, 3, 4):
        before, size, whole_before, whole = m[layer - 1], m[layer], n[layer - 1], n[layer]
        p = (before + 1) * size
        for name, wrong in (
            ("no biases", before * size),
            ("one bias for the layer", before * size + 1),
            ("biases of the inputs", before * size + before),
            ("sizes added", before + size),
            ("one too many in both factors", (before + 1) * (size + 1)),
            ("biases subtracted", before * size - size),
            ("size squared", size * size + size),
        ):
            p = wrong if sheet(name, layer, 4) else p
        if sheet("never biases", layer):
            p = before * size
        for name, wrong in (
            ("biases of the dead", before * size + whole),
            ("whole layer", (whole_before + 1) * whole),
        ):
            p = wrong if layer < 4 and sheet(name, layer, 3) else p
        if layer > 1 and sheet("layer before is whole", layer - 1, 3):
            p = (whole_before + 1) * size
        if layer == 1 and sheet("inputs thinned"):
            p = (before * (1 - s) + 1) * size
        counts.append(sheet.write(f"p[{layer}]", p))
    whole = sum((n[k] + 1) * n[k + 1] for k in range(4))
    total = sum(counts)
    for name, wrong in (
        ("output layer forgotten", sum(counts[:-1])),
        ("first layer forgotten", sum(counts[1:])),
        ("share of the whole", float(np.floor((1 - s) * whole + 0.5))),
        ("neurons for parameters", sum(m)),
    ):
        total = wrong if sheet(name) else total
    sheet.write("N", total)


THINNED = Family(
    "dropout-half-params",
    thinned,
    (
        slip("those that are off", "off-for-live complement factor-dropped", "m"),
        slip("always those that are off", "off-for-live complement", "m", every=True),
        slip("nobody off", "factor-dropped", "m"),
        slip("no biases", "no-biases term-dropped", "p"),
        slip("never biases", "no-biases term-dropped", "p", every=True),
        slip("one bias for the layer", "one-bias-per-layer factor-dropped", "p"),
        slip("biases of the inputs", "biases-of-inputs names-swapped index-off", "p"),
        slip("biases of the dead", "biases-of-dead other-quantity names-swapped", "p"),
        slip("whole layer", "not-thinned layer-before-whole other-quantity", "p"),
        slip("layer before is whole", "layer-before-whole other-quantity names-swapped not-thinned", "p"),
        slip("inputs thinned", "inputs-thinned other-convention", "p"),
        slip("sizes added", "sizes-added other-convention", "p"),
        slip("one too many in both factors", "one-off one-more-on-both-sides", "p"),
        slip("biases subtracted", "sign", "p"),
        slip("size squared", "index-off names-swapped exponent-off", "p"),
        slip("output layer forgotten", "output-forgotten term-dropped", "N"),
        slip("first layer forgotten", "term-dropped", "N"),
        slip("share of the whole", "share-of-the-whole", "N"),
        pen("digit", "p[1] p[2] N", "one-off"),
        pen("digits", "p[2] p[3] N"),
        pen("missed", "p[1] p[2] N"),
        pen("other-blank", "p[1] p[2]", "factor-dropped"),
    ),
    (("no biases", "output layer forgotten"), ("those that are off", "output layer forgotten")),
)


def survivors(given: Given, sheet: Sheet) -> None:
    """Mean, variance, deviation of a binomial number; the probability for a mean."""
    sizes, p, K = (given["n1"], given["n2"], given["n3"]), given["p"], given["K"]
    n = sum(sizes)
    q = 1 - p
    if sheet("largest layer alone"):
        n = max(sizes)
    mean = chosen(sheet, n * q, ("mean of the dead", n * p), ("share for the mean", q), ("divided by q", n / q))
    sheet.write("EN", mean)
    variance = chosen(
        sheet, n * p * q,
        ("one neuron's variance", p * q), ("mean for variance", n * q), ("p alone", n * p),
        ("n squared", n * n * p * q),
        ("deviation for variance", np.sqrt(n * p * q)), ("p squared", n * p * p), ("q squared", n * q * q),
        ("plus in the variance", n * p * (1 + p)), ("mean for the number", n * q * p * q),
    )  # fmt: skip
    variance = sheet.write("VarN", variance)
    sd = chosen(
        sheet, np.sqrt(variance),
        ("no root", variance), ("halved", variance / 2), ("deviation of the share", np.sqrt(p * q / n)),
        ("layer by layer", sum(np.sqrt(size * p * q) for size in sizes)),
    )  # fmt: skip
    sheet.write("sdN", sd)
    target = chosen(
        sheet, 1 - K / sum(sizes),
        ("live share for p", K / sum(sizes)), ("upside down", sum(sizes) / K), ("of the mean", 1 - K / mean),
    )  # fmt: skip
    target = sheet.write("pK", target)
    rest, N = 1 - target, sum(sizes)
    again = chosen(
        sheet, N * target * rest,
        ("one neuron's variance again", target * rest), ("mean for the second variance", N * rest),
        ("second p alone", N * target), ("old p", N * p * q), ("second p squared", N * target**2),
        ("second n for K", K * target * rest), ("second deviation", np.sqrt(N * target * rest)),
    )  # fmt: skip
    sheet.write("VarK", again)


SURVIVORS = Family(
    "dropout-active-count",
    survivors,
    (
        slip("mean of the dead", "dead-counted complement names-swapped", "EN"),
        slip("share for the mean", "factor-dropped", "EN"),
        slip("divided by q", "inverted other-operation", "EN"),
        slip("one neuron's variance", "variance-of-one factor-dropped", "VarN"),
        slip("mean for variance", "mean-for-variance factor-dropped other-blank", "VarN"),
        slip("p alone", "variance-with-p-alone factor-dropped", "VarN"),
        slip("n squared", "number-squared exponent-off", "VarN"),
        slip("deviation for variance", "deviation-for-variance other-blank", "VarN"),
        slip("p squared", "square-of-p complement exponent-off", "VarN"),
        slip("q squared", "square-of-q complement exponent-off", "VarN"),
        slip("plus in the variance", "sign", "VarN q"),
        slip("mean for the number", "mean-for-number exponent-off other-blank other-quantity", "VarN"),
        slip("no root", "root-missing other-blank", "sdN"),
        slip("halved", "half-the-variance root-missing other-operation", "sdN"),
        slip("deviation of the share", "divided-by-root", "sdN"),
        slip("layer by layer", "deviations-added", "sdN"),
        slip("live share for p", "live-share-for-p complement", "pK"),
        slip("one neuron's variance again", "variance-of-one factor-dropped", "VarK"),
        slip("mean for the second variance", "mean-for-variance factor-dropped", "VarK"),
        slip("second p alone", "variance-with-p-alone factor-dropped", "VarK"),
        slip("old p", "other-blank old-for-new names-swapped other-quantity", "VarK"),
        slip("second p squared", "square-of-p complement exponent-off", "VarK"),
        slip("second deviation", "deviation-for-variance", "VarK"),
        slip("second n for K", "mean-for-number exponent-off", "VarK"),
        slip("largest layer alone", "largest-layer-alone term-dropped other-quantity", "n", every=True),
        pen("digit", "EN VarN VarK"),
        pen("rounding", "sdN"),
        pen("power-of-ten", "EN VarN pK"),
        pen("digits", "VarN sdN"),
    ),
    (("mean of the dead", "no root"), ("live share for p", "one neuron's variance")),
)  # fmt: skip


def dead_layer(given: Given, sheet: Sheet) -> None:
    """At least one layer off, as a formula and in numbers; exactly one."""
    n = {name: int(given[f"n[{k}]"]) for name, k in (("i", 1), ("j", 2), ("k", 3))}
    p = given["p0"]
    formula = chosen(
        sheet, "1 - (1 - p^i)*(1 - p^j)*(1 - p^k)",
        ("sum in the formula", "p^i + p^j + p^k"), ("all layers in the formula", "p^(i + j + k)"),
        ("no layer in the formula", "(1 - p^i)*(1 - p^j)*(1 - p^k)"), ("not all in the formula", "1 - p^(i + j + k)"),
        ("live for dead in the formula", "1 - (1 - (1 - p)^i)*(1 - (1 - p)^j)*(1 - (1 - p)^k)"),
        ("one neuron is enough in the formula", "1 - (1 - p)^(i + j + k)"),
        ("a layer forgotten in the formula", "1 - (1 - p^i)*(1 - p^j)"),
        ("times in the formula", "1 - (1 - i*p)*(1 - j*p)*(1 - k*p)"),
    )  # fmt: skip
    sheet.write("S", put(formula, **n))
    d = []
    for layer, size in enumerate(n.values(), 1):
        off = p**size
        for name, wrong in (
            ("layer lives", (1 - p) ** size), ("any neuron", 1 - (1 - p) ** size), ("something stays", 1 - p**size),
            ("times for power", p * size), ("neuron for the layer", p), ("power one too high", p ** (size + 1)),
        ):  # fmt: skip
            off = wrong if sheet(name, layer, 3) else off
        if sheet("layers always live", layer):
            off = (1 - p) ** size
        d.append(sheet.write(f"d[{layer}]", off))
    a, b, c = d
    none = (1 - a) * (1 - b) * (1 - c)
    some = chosen(
        sheet, 1 - none,
        ("sum", a + b + c), ("all three", a * b * c), ("none", none), ("not all", 1 - a * b * c),
        ("third layer forgotten", 1 - (1 - a) * (1 - b)),
    )  # fmt: skip
    some = sheet.write("some", some)
    one = chosen(
        sheet, a * (1 - b) * (1 - c) + (1 - a) * b * (1 - c) + (1 - a) * (1 - b) * c,
        ("others not minded", a + b + c), ("at least for exactly", some),
        ("two of them", a * b * (1 - c) + a * (1 - b) * c + (1 - a) * b * c),
        ("first alone", a * (1 - b) * (1 - c)), ("last case forgotten", a * (1 - b) * (1 - c) + (1 - a) * b * (1 - c)),
        ("none for one", none),
    )  # fmt: skip
    sheet.write("one", one)


DEAD = Family(
    "dropout-layer-off",
    dead_layer,
    (
        slip("sum in the formula", "sum-of-probabilities", "S"),
        slip("all layers in the formula", "all-layers", "S"),
        slip("no layer in the formula", "no-layer complement", "S"),
        slip("not all in the formula", "not-all-layers", "S"),
        slip("live for dead in the formula", "live-for-dead complement", "S"),
        slip("one neuron is enough in the formula", "one-neuron-enough", "S"),
        slip("a layer forgotten in the formula", "factor-dropped", "S"),
        slip("times in the formula", "other-operation times-for-power", "S"),
        slip("layer lives", "live-for-dead complement", "d"),
        slip("layers always live", "live-for-dead complement", "d", every=True),
        slip("any neuron", "one-neuron-enough", "d"),
        slip("something stays", "not-all-live complement", "d"),
        slip("times for power", "times-for-power other-operation square-doubled", "d"),
        slip("neuron for the layer", "power-dropped", "d"),
        slip("sum", "sum-of-probabilities", "some none"),
        slip("all three", "all-layers", "some none"),
        slip("none", "no-layer complement", "some none"),
        slip("not all", "not-all-layers complement", "some none"),
        slip("third layer forgotten", "factor-dropped", "some none"),
        slip("others not minded", "others-not-minded sum-of-probabilities factor-dropped", "one"),
        slip("at least for exactly", "at-least-for-exactly other-blank", "one"),
        slip("two of them", "two-layers complement", "one"),
        slip("first alone", "first-alone term-dropped", "one"),
        slip("last case forgotten", "term-dropped", "one"),
        slip("none for one", "no-layer", "one"),
        pen("digit", "d[1] some one"),
        pen("rounding", "d[2] some one"),
        pen("power-of-ten", "d[1] some"),
        pen("other-blank", "d[1] d[2]", "index-off power-dropped exponent-off"),
    ),
    (("layer lives", "none"), ("sum", "others not minded")),
)


def moments(given: Given, sheet: Sheet) -> None:
    """The number of parameters through the numbers of neurons, its mean and its variance."""
    a, i, j, k = (int(given[name]) for name in ("a", "n1", "n2", "n3"))
    q = given["q0"]
    numbers = {"a": a, "i": i, "j": j, "k": k}
    P = chosen(
        sheet, "(a + 1)*u + (u + 1)*v + (v + 1)*w + w + 1",
        ("weights alone", "a*u + u*v + v*w + w"), ("output bias forgotten", "(a + 1)*u + (u + 1)*v + (v + 1)*w + w"),
        ("output forgotten", "(a + 1)*u + (u + 1)*v + (v + 1)*w"),
        ("one bias for a layer", "a*u + 1 + u*v + 1 + v*w + 1 + w + 1"),
        ("biases of the inputs", "a*(u + 1) + u*(v + 1) + v*(w + 1) + 2*w"),
        ("biases of the dead", "a*u + i + u*v + j + v*w + k + w + 1"),
        ("inputs left out", "u + (u + 1)*v + (v + 1)*w + w + 1"),
    )  # fmt: skip
    sheet.write("P", put(P, **numbers))
    parts = {
        "right": "(a + 1)*i*q + i*j*q^2 + j*q + j*k*q^2 + 2*k*q + 1",
        "q for every parameter": "q*((a + 1)*i + (i + 1)*j + (j + 1)*k + k + 1)",
        "one q between": "(a + 1)*i*q + i*j*q + j*q + j*k*q + 2*k*q + 1",
        "squares everywhere": "((a + 1)*i + i*j + j + j*k + 2*k)*q^2 + 1",
        "off for on": "(a + 1)*i*(1 - q) + i*j*(1 - q)^2 + j*(1 - q) + j*k*(1 - q)^2 + 2*k*(1 - q) + 1",
        "no biases in the mean": "a*i*q + i*j*q^2 + j*k*q^2 + k*q",
        "bias of the output lost": "(a + 1)*i*q + i*j*q^2 + j*q + j*k*q^2 + 2*k*q",
        "a square lost": "(a + 1)*i*q + i*j*q + j*q + j*k*q^2 + 2*k*q + 1",
    }
    EP = sheet.write("EP", put(chosen(sheet, parts["right"], *list(parts.items())[1:]), **numbers))
    mean = eval_at(EP, q)
    if sheet("the whole count"):
        mean = eval_at(EP, 1.0)
    if sheet("other probability put in"):
        mean = eval_at(EP, 1 - q)
    sheet.write("E", mean)
    n = np.array([i, j, k], float)
    m = q * n
    V = chosen(
        sheet, q * (1 - q) * n,
        ("means for variances", q * n), ("without the number", q * (1 - q) * np.ones(3)), ("squares of q", q * q * n),
        ("n squared", q * (1 - q) * n**2), ("deviations", np.sqrt(q * (1 - q) * n)),
    )  # fmt: skip
    V = sheet.write("V", V)
    v1, v2, v3 = V
    own = put(P, **numbers)
    alone = [worth(own, u=u, v=v, w=1 - u - v) - worth(own, u=0, v=0, w=0) for u, v in ((1, 0), (0, 1), (0, 0))]
    c1, c2, c3 = map(float, alone)
    within = v1 * ((c1 + m[1]) ** 2 + v2) + v3 * ((m[1] + c3) ** 2 + v2)
    between = (m[0] + c2 + m[2]) ** 2 * v2
    simple = c1**2 * v1 + c2**2 * v2 + c3**2 * v3
    products = v1 * v2 + v1 * m[1] ** 2 + v2 * m[0] ** 2 + v2 * v3 + v2 * m[2] ** 2 + v3 * m[1] ** 2
    variance = chosen(
        sheet, within + between,
        ("terms as independent", simple + products), ("variances multiplied", simple + v1 * v2 + v2 * v3),
        ("factors not squared", (a + 1) * v1 + v2 + 2 * v3 + v1 * v2 + v2 * v3),
        ("every parameter by itself",
         ((a + 1) * i + j + 2 * k) * q * (1 - q) + (i * j + j * k) * q**2 * (1 - q**2)),
        ("second layer held fixed", within), ("variance between alone", between),
        ("square of the mean", v1 * (c1 + m[1]) ** 2 + v3 * (m[1] + c3) ** 2 + between),
        ("count times q and 1 - q", ((a + 1) * i + (i + 1) * j + (j + 1) * k + k + 1) * q * (1 - q)),
    )  # fmt: skip
    sheet.write("VarP", variance)


def eval_at(formula: str, q: float) -> float:
    """The mean for a probability."""
    return float(worth(formula, q=q))


MOMENTS = Family(
    "dropout-param-moments",
    moments,
    (
        slip("weights alone", "no-biases term-dropped", "P"),
        slip("output bias forgotten", "output-bias-forgotten term-dropped constant-term", "P"),
        slip("output forgotten", "output-forgotten term-dropped", "P"),
        slip("one bias for a layer", "bias-per-layer", "P"),
        slip("biases of the inputs", "biases-of-inputs", "P"),
        slip("biases of the dead", "all-biases", "P"),
        slip("inputs left out", "term-dropped factor-dropped", "P"),
        slip("q for every parameter", "q-for-every-parameter", "EP"),
        slip("one q between", "one-q-between", "EP"),
        slip("squares everywhere", "squares-everywhere", "EP"),
        slip("off for on", "off-for-on complement", "EP"),
        slip("no biases in the mean", "no-biases-in-mean term-dropped no-biases", "EP"),
        slip("bias of the output lost", "term-dropped constant-term output-bias-forgotten", "EP"),
        slip("a square lost", "power-dropped", "EP"),
        slip("the whole count", "whole-count factor-dropped", "E"),
        slip("other probability put in", "off-put-in off-for-on complement wrong-point", "E"),
        slip("means for variances", "mean-for-variance factor-dropped", "V"),
        slip("without the number", "factor-dropped variance-of-one", "V"),
        slip("squares of q", "complement exponent-off", "V r"),
        slip("n squared", "exponent-off", "V"),
        slip("terms as independent", "terms-as-independent", "VarP"),
        slip("variances multiplied", "product-of-variances", "VarP"),
        slip("factors not squared", "factors-not-squared", "VarP"),
        slip("every parameter by itself", "parameters-as-independent", "VarP"),
        slip("second layer held fixed", "between-forgotten term-dropped", "VarP between within"),
        slip("square of the mean", "constant-variance-within term-dropped", "VarP within"),
        pen("digit", "E VarP"),
        pen("rounding", "VarP"),
        pen("power-of-ten", "E VarP"),
        pen("entry-point", "V"),
        pen("permuted", "V"),
    ),
    (("weights alone", "n squared"), ("q for every parameter", "terms as independent")),
)

FAMILIES = (THINNED, SURVIVORS, DEAD, MOMENTS)
