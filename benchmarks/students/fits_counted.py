"""Fits of a cross-validation, objects that a net wants."""

from __future__ import annotations

from math import ceil, floor, sqrt

import numpy as np

from benchmarks.students.further import array
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen

# ----- Fits of a cross-validation ----------------------------------------------------------------------------------


def folds(given: Given, sheet: Sheet) -> None:
    """Fits and sizes of their training sets, fits altogether, two errors on objects that were left out."""
    n, k, g = (int(given[name]) for name in ("n", "k", "g"))
    part = n // k

    def pair(a: float, b: float) -> np.ndarray:
        return np.array([a, b], float)

    sheet.write("one", chosen(
        sheet, pair(n, n - 1),
        ("one fit less", pair(n - 1, n - 1)), ("nothing left out", pair(n, n)), ("test part", pair(n, 1)),
        ("single fit", pair(1, n - 1)), ("swapped", pair(n - 1, n)), ("two left out", pair(n, n - 2)),
        ("folds here", pair(k, n - part)),
    ))  # fmt: skip
    sheet.write("folds", chosen(
        sheet, pair(k, n - part),
        ("one fold less", pair(k - 1, n - part)), ("no fold left out", pair(k, n)), ("test fold", pair(k, part)),
        ("single fold", pair(1, n - part)), ("folds swapped", pair(n - part, k)),
        ("sizes for folds", pair(part, n - part)), ("number taken off", pair(k, n - k)),
        ("one object", pair(k, n - 1)), ("two folds", pair(k, n - 2 * part)), ("all fits", pair(n, n - part)),
        ("both the other way", pair(part, n - k)),
    ))  # fmt: skip
    sheet.write("G", chosen(
        sheet, float(g * k + 1),
        ("last forgotten", float(g * k)), ("last for each", float(g * (k + 1))), ("added", float(g + k)),
        ("added with the last", float(g + k + 1)), ("once for each", float(g + 1)), ("by objects", float(g * n + 1)),
        ("a fold less", float(g * (k - 1) + 1)), ("one candidate", float(k + 1)),
        ("objects times values", float(g * n)), ("last with all folds", float(g * k + k)),
        ("by the size", float(g * part + 1)), ("power", float(k**g + 1)),
    ))  # fmt: skip
    y = array(given, "y")
    for name, left, seen in (("V1", "A1", "A2"), ("V2", "B1", "B2")):
        error, fit = y - array(given, left), y - array(given, seen)
        value = float((error**2).mean())
        last = 2 if name == "V2" else 1
        for words, wrong in (
            ("seen objects", (fit**2).mean()), ("sum", (error**2).sum()), ("absolute errors", np.abs(error).mean()),
            ("plain errors", error.mean()), ("plain errors turned", -error.mean()), ("mean squared", error.mean() ** 2),
            ("divided by four", (error**2).sum() / 4), ("root", sqrt(value)), ("half", value / 2),
            ("between the forecasts", ((fit - error) ** 2).mean()), ("last left out", (error[:4] ** 2).sum() / 5),
            ("sum of sizes", np.abs(error).sum()),
        ):  # fmt: skip
            value = float(wrong) if sheet(words, last, 2) else value
        sheet.write(name, value)


FOLDS = Family(
    "loo-fold-count",
    folds,
    (
        slip("one fit less", "one-fit-less one-off", "one"),
        slip("nothing left out", "nothing-left-out term-dropped one-off", "one"),
        slip("test part", "test-part", "one"),
        slip("single fit", "single-fit", "one"),
        slip("swapped", "pairs-swapped permuted names-swapped", "one"),
        slip("two left out", "one-off number-off", "one"),
        slip("folds here", "other-blank", "one"),
        slip("one fold less", "one-fit-less one-off", "folds"),
        slip("no fold left out", "nothing-left-out term-dropped", "folds"),
        slip("test fold", "test-part", "folds"),
        slip("single fold", "single-fit", "folds"),
        slip("folds swapped", "pairs-swapped permuted", "folds"),
        slip("sizes for folds", "folds-for-sizes", "folds"),
        slip("number taken off", "folds-taken-off", "folds"),
        slip("one object", "one-object-left-out", "folds"),
        slip("two folds", "two-folds-left-out factor-two", "folds"),
        slip("all fits", "fits-of-leave-one-out names-swapped", "folds"),
        slip("both the other way", "sizes-for-folds", "folds"),
        slip("last forgotten", "last-fit-forgotten term-dropped one-off", "G"),
        slip("last for each", "last-fit-for-each brackets", "G"),
        slip("added", "added other-operation", "G"),
        slip("added with the last", "added-with-the-last other-operation", "G"),
        slip("once for each", "one-fit-for-each factor-dropped", "G"),
        slip("by objects", "leave-one-out-counted names-swapped other-quantity", "G"),
        slip("a fold less", "fold-less one-off brackets", "G"),
        slip("one candidate", "candidates-forgotten factor-dropped", "G"),
        slip("objects times values", "leave-one-out-counted objects-times-values", "G"),
        slip("last with all folds", "last-with-all-folds names-swapped", "G"),
        slip("by the size", "fold-size-for-folds names-swapped other-quantity", "G"),
        slip("power", "power-for-product other-operation", "G"),
        slip("seen objects", "seen-objects names-swapped index-off other-quantity", "V1 V2"),
        slip("sum", "sum-taken sum-for-mean", "V1 V2"),
        slip("absolute errors", "absolute-errors power-dropped other-function", "V1 V2"),
        slip("plain errors", "plain-errors plain-errors-turned power-dropped", "V1 V2"),
        slip("plain errors turned", "plain-errors plain-errors-turned power-dropped", "V1 V2"),
        slip("mean squared", "mean-squared-later brackets", "V1 V2"),
        slip("divided by four", "divided-by-others", "V1 V2"),
        slip("root", "root-taken", "V1 V2"),
        slip("half", "half-of-the-squares factor-two", "V1 V2"),
        slip("between the forecasts", "between-the-forecasts names-swapped other-quantity", "V1 V2"),
        slip("last left out", "last-left-out term-dropped entry-left-out", "V1 V2"),
        slip("sum of sizes", "sum-of-absolute-errors", "V1 V2"),
        pen("digits", "V1 V2"),
        pen("power-of-ten", "V1"),
    ),
    (("test part", "last forgotten"), ("seen objects", "last for each")),
)

# ----- Objects that a net wants ------------------------------------------------------------------------------------


def wanted(given: Given, sheet: Sheet) -> None:
    """Parameters of a net, objects by the rule, parameters that the objects allow, the largest width."""
    c, d, h1, h2, o, N = (int(given[name]) for name in ("c", "d", "h1", "h2", "o", "N"))
    weights = d * h1 + h1 * h2 + h2 * o
    p1 = int(sheet.write("p1", chosen(
        sheet, float((d + 1) * h1),
        ("no biases", float(d * h1)), ("one bias", float(d * h1 + 1)), ("biases of the inputs", float(d * (h1 + 1))),
        ("sizes added", float(d + h1)), ("one on both sides", float((d + 1) * (h1 + 1))),
        ("second layer", float((h1 + 1) * h2)), ("bias subtracted", float((d - 1) * h1)),
    )))  # fmt: skip
    p2, p3 = (h1 + 1) * h2, (h2 + 1) * o
    P = sheet.write("P", chosen(
        sheet, float(p1 + p2 + p3),
        ("weights alone", float(weights)), ("a bias for each layer", float(weights + 3)),
        ("output forgotten", float(p1 + p2)), ("second forgotten", float(p1 + p3)), ("first forgotten", float(p2 + p3)),
        ("neurons", float(h1 + h2 + o)), ("all sizes", float(d + h1 + h2 + o)), ("one output", float(p1 + p2 + h2 + 1)),
        ("inputs biased", float(p1 + p2 + p3 + d)), ("biases by inputs", float(weights + d + h1 + h2)),
        ("biases twice", float(p1 + p2 + p3 + h1 + h2 + o)), ("layers multiplied", float(d * h1 * h2 * o)),
    ))  # fmt: skip
    sheet.write("n", chosen(
        sheet, c * P,
        ("neurons for parameters", float(c * (h1 + h2 + o))), ("inputs for parameters", float(c * d)),
        ("rule turned", P / c), ("one object each", P), ("rule added", P + c), ("weights only", float(c * weights)),
        ("first layer only", float(c * p1)), ("turned and up", float(ceil(P / c))), ("turned and down", float(P // c)),
    ))  # fmt: skip
    M = int(sheet.write("M", chosen(
        sheet, float(N // c),
        ("allowed rounded up", float(ceil(N / c))), ("not rounded", N / c), ("multiplied", float(N * c)),
        ("rest", N - P), ("all of them", float(N)), ("one below", float(N // c - 1)),
    )))  # fmt: skip
    room, each = M - o, d + o + 1
    sheet.write("H", chosen(
        sheet, float(room // each),
        ("width rounded up", float(ceil(room / each))), ("hidden biases forgotten", float(room // (d + o))),
        ("all biases forgotten", float(M // (d + o))), ("output layer forgotten", float(M // (d + 1))),
        ("weights of the hidden layer", float(M // d)), ("output weights left out", float(room // (d + 1))),
        ("rule forgotten", float((N - o) // each)), ("one output only", float((M - 1) // (d + 2))),
        ("sizes multiplied", float(M // (d * o))), ("root", float(floor(sqrt(M)))),
        ("output biases added", float((M + o) // each)), ("width not rounded", room / each),
        ("biases of outputs in each", float(M // (d + 2 * o + 1))),
    ))  # fmt: skip


WANTED = Family(
    "sample-size-rule",
    wanted,
    (
        slip("no biases", "no-biases term-dropped", "p1"),
        slip("one bias", "one-bias-per-layer brackets", "p1"),
        slip("biases of the inputs", "biases-by-inputs brackets", "p1"),
        slip("sizes added", "sizes-added other-operation", "p1"),
        slip("one on both sides", "one-on-both-sides one-off", "p1"),
        slip("second layer", "other-quantity index-off second-layer", "p1"),
        slip("bias subtracted", "sign", "p1"),
        slip("weights alone", "no-biases", "P"),
        slip("a bias for each layer", "one-bias-per-layer", "P"),
        slip("output forgotten", "output-layer-forgotten term-dropped", "P"),
        slip("second forgotten", "second-layer-forgotten term-dropped", "P"),
        slip("first forgotten", "term-dropped", "P"),
        slip("neurons", "neurons-counted", "P"),
        slip("all sizes", "all-sizes-added", "P"),
        slip("one output", "one-neuron-out factor-dropped", "P p3"),
        slip("inputs biased", "inputs-biased term-extra", "P"),
        slip("biases by inputs", "biases-by-inputs", "P"),
        slip("biases twice", "biases-twice", "P"),
        slip("layers multiplied", "sizes-multiplied-through", "P"),
        slip("neurons for parameters", "neurons-for-parameters", "n"),
        slip("inputs for parameters", "inputs-for-parameters", "n"),
        slip("rule turned", "rule-turned other-operation inverted", "n"),
        slip("turned and up", "rule-turned-and-rounded-up rule-turned", "n"),
        slip("turned and down", "rule-turned-and-rounded-down rule-turned", "n"),
        slip("one object each", "one-object-each factor-dropped other-blank", "n"),
        slip("rule added", "other-operation", "n"),
        slip("weights only", "weights-for-parameters no-biases", "n P"),
        slip("first layer only", "first-layer-for-the-net other-quantity", "n"),
        slip("allowed rounded up", "rounded-up other-function one-off", "M"),
        slip("not rounded", "not-rounded activation-missing", "M"),
        slip("multiplied", "multiplied other-operation inverted", "M"),
        slip("rest", "what-is-left", "M"),
        slip("all of them", "all-objects-as-parameters divisor-dropped", "M"),
        slip("one below", "one-less one-off", "M"),
        slip("width rounded up", "width-rounded-up other-function one-off", "H"),
        slip("hidden biases forgotten", "hidden-biases-forgotten term-dropped", "H"),
        slip("all biases forgotten", "all-biases-forgotten", "H"),
        slip("output layer forgotten", "output-weights-forgotten output-weights-left-out", "H"),
        slip("weights of the hidden layer", "hidden-weights-alone", "H"),
        slip("output weights left out", "output-weights-left-out output-weights-forgotten term-dropped", "H"),
        slip("rule forgotten", "rule-forgotten other-quantity", "H"),
        slip("one output only", "one-output", "H"),
        slip("sizes multiplied", "sizes-multiplied", "H"),
        slip("root", "two-hidden-layers", "H"),
        slip("output biases added", "sign", "H"),
        slip("width not rounded", "width-not-rounded activation-missing", "H"),
        slip("biases of outputs in each", "output-biases-in-each", "H"),
        pen("digit", "P n"),
        pen("digits", "P"),
    ),
    (("no biases", "multiplied"), ("output forgotten", "hidden biases forgotten")),
)

FAMILIES = (FOLDS, WANTED)
