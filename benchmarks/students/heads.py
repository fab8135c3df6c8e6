"""Output layers: several labels at once, how many outputs a task needs."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def labels(given: Given, sheet: Sheet) -> None:
    """Three losses, their sum, the probability of the set, the gradient."""
    p, y = np.array(given["p"], float), np.array(given["y"], float)
    q = np.where(y > 0, p, 1 - p)
    if sheet("labels flipped"):
        q = 1 - q
    if sheet("all labels present"):
        q = p
    losses = chosen(
        sheet, -np.log(q),
        ("present labels alone", -y * np.log(p)), ("plus", np.log(q)), ("base two", -np.log2(q)),
        ("base ten", -np.log10(q)),
        ("squares", (p - y) ** 2), ("one less the probability", 1 - q),
        ("made to add up to one", -np.log(np.where(y > 0, p / p.sum(), 1 - p / p.sum()))),
        ("probabilities for losses", q), ("absent labels alone", -(1 - y) * np.log(1 - p)),
        ("both terms", -np.log(p) - np.log(1 - p)),
        ("divided by the probability", 1 / q), ("entropy", -q * np.log(q)),
        ("plus for the absent", np.where(y > 0, -np.log(p), np.log(1 - p))),
    )  # fmt: skip
    losses = sheet.write("l", losses)
    L = chosen(
        sheet, losses.sum(),
        ("mean", losses.mean()), ("losses multiplied", losses.prod()), ("one label left out", losses[:2].sum()),
        ("minus of the sum", -losses.sum()),
        ("largest loss", losses.max()), ("first label left out", losses[1:].sum()), ("half", losses.sum() / 2),
    )  # fmt: skip
    sheet.write("L", float(L))
    right = np.where(y > 0, p, 1 - p)
    P = chosen(
        sheet, q.prod(),
        ("all three present", p.prod()), ("probabilities added", right.sum()), ("probabilities averaged", right.mean()),
        ("present alone in the product", float(np.where(y > 0, p, 1).prod())), ("not all of them", 1 - p.prod()),
        ("one less the product", 1 - right.prod()),
        ("set of the other labels", (1 - right).prod()), ("least of them", right.min()),
        ("loss for the probability", float(np.exp(L))),
        ("one label left out of the product", right[:2].prod()),
    )  # fmt: skip
    sheet.write("P", float(P))
    target = 1 - y if sheet("labels flipped in the gradient") else y
    g = chosen(
        sheet, p - target,
        ("gradient turned round", y - p), ("by the probability", (p - y) / (p * (1 - p))),
        ("slope of the sigmoid besides", (p - y) * p * (1 - p)),
        ("slope alone", p * (1 - p)), ("absent labels left out", y * (p - 1)), ("gradient averaged", (p - y) / 3),
        ("sizes of the differences", np.abs(p - y)),
        ("probabilities for the gradient", p), ("gradient made to add up", p / p.sum() - y),
        ("reciprocals", -1 / right), ("two before the difference", 2 * (p - y)),
        ("q less the label", right - y),
    )  # fmt: skip
    sheet.write("g", g)


LABELS = Family(
    "multilabel-bce",
    labels,
    (
        slip("labels flipped", "labels-flipped complement", "l q P", every=True),
        slip("all labels present", "all-as-present", "l q P", every=True),
        slip("present labels alone", "present-labels-alone term-dropped", "l"),
        slip("plus", "plus-sign sign whole-sign", "l"),
        slip("base two", "binary-logarithm log-base", "l"),
        slip("base ten", "decimal-logarithm log-base", "l"),
        slip("squares", "squares other-loss", "l"),
        slip("one less the probability", "complement-without-logarithm complement other-function", "l"),
        slip("made to add up to one", "softmax-first", "l"),
        slip("probabilities for losses", "activation-missing other-function logarithm-lost", "l"),
        slip("absent labels alone", "absent-labels-alone term-dropped", "l"),
        slip("both terms", "both-terms term-extra", "l"),
        slip("divided by the probability", "reciprocal inverted other-function logarithm-lost one-over", "l"),
        slip("entropy", "entropy factor-extra", "l"),
        slip("plus for the absent", "sign plus-for-absent", "l"),
        slip("mean", "mean-for-sum sum-for-mean", "L"),
        slip("losses multiplied", "other-operation losses-multiplied", "L"),
        slip("one label left out", "first-two term-dropped entry-left-out", "L"),
        slip("minus of the sum", "whole-sign sign", "L"),
        slip("largest loss", "largest other-function entry-left-out", "L"),
        slip("first label left out", "last-two term-dropped entry-left-out", "L"),
        slip("half", "factor-two", "L"),
        slip("all three present", "all-as-present", "P"),
        slip("probabilities added", "other-operation probabilities-added sum-of-probabilities", "P"),
        slip("probabilities averaged", "probabilities-added", "P"),
        slip("present alone in the product", "present-labels-alone term-dropped factor-dropped", "P"),
        slip("not all of them", "no-label-missed complement", "P"),
        slip("one less the product", "at-least-one-fails complement", "P"),
        slip("set of the other labels", "labels-flipped complement", "P"),
        slip("least of them", "least other-function factor-dropped", "P"),
        slip("loss for the probability", "sign minus-lost reciprocal inverted", "P"),
        slip("one label left out of the product", "two-of-three factor-dropped", "P"),
        slip("labels flipped in the gradient", "labels-flipped complement", "g"),
        slip("gradient turned round", "gradient-reversed sign whole-sign", "g"),
        slip("by the probability", "by-the-probability derivative-at-output", "g"),
        slip("slope of the sigmoid besides", "extra-slope factor-extra", "g"),
        slip("slope alone", "slopes-alone derivative-for-function", "g"),
        slip("absent labels left out", "present-alone-in-gradient term-dropped", "g"),
        slip("gradient averaged", "averaged-gradient sum-for-mean", "g"),
        slip("sizes of the differences", "sizes gradient-reversed sign size", "g"),
        slip("probabilities for the gradient", "probabilities-alone labels-flipped term-dropped", "g"),
        slip("gradient made to add up", "softmax-first", "g"),
        slip("reciprocals", "by-the-probability reciprocals other-quantity", "g"),
        slip("two before the difference", "factor-two", "g"),
        slip("q less the label", "q-for-p old-for-new names-swapped other-quantity", "g"),
        pen("digit", "l L P"),
        pen("digits", "l L"),
        pen("permuted", "l g"),
        pen("entry-sign", "g"),
        pen("rounding", "l L"),
    ),
    (("base ten", "gradient turned round"), ("plus", "all three present")),
)


def tasks(given: Given, sheet: Sheet) -> None:
    """How many outputs each of three tasks needs."""
    K, M, C = (float(given[name]) for name in "KMC")
    counted = []
    for place, letter in enumerate("ABC"):
        task = int(given["order"][place])
        right = {2: K, 4: M, 5: 4 + C}.get(task, 1.0)
        rows: tuple[tuple[str, float], ...] = (
            ("one class fewer", right - 1 if task in (2, 4, 5) else right),
            ("one class more", right + 1 if task in (2, 4, 5) else right),
            ("one output for classes", {2: 1.0, 4: 1.0, 5: 5.0}.get(task, right)),
            ("two for yes or no", {1: 2.0, 4: 2 * M}.get(task, right)),
            ("all sets of labels", 2**M if task == 4 else right),
            ("box alone", 4.0 if task == 5 else right),
            ("classes alone", C if task == 5 else right),
            ("two coordinates", 2 + C if task == 5 else right),
            ("box times classes", 4 * C if task == 5 else right),
            ("an output for each mark", given["top"] + 1.0 if task == 3 else right),
            ("two corners as two numbers", 2 + 1.0 if task == 5 else right),
            ("mean and spread", 2.0 if task in (6, 7) else right),
            ("pairs of labels", M * (M - 1) / 2 if task == 4 else right),
        )
        for name, wrong in rows:
            if wrong != right and sheet(f"{name} in {letter}"):
                right = wrong
        counted.append(right)
    n = sheet.write("n", np.array(counted, float))
    _parameters(float(given["H"]), n, sheet)


def _parameters(H: float, n: np.ndarray, sheet: Sheet) -> None:
    """Weights and biases of the output layers."""
    N, nets = float(n.sum()), len(n)
    W = chosen(
        sheet, (H + 1) * N,
        ("no biases", H * N), ("one bias", H * N + nets), ("biases of the layer before", H * N + nets * H),
        ("sizes added", nets * H + N), ("ones on both sides", (H + 1) * (N + nets)),
        ("sizes and bias added", nets * (H + 1) + N), ("biases subtracted", H * N - N),
        ("biases alone", N), ("weights twice", 2 * H * N + N), ("square of the layer before", nets * H * H + N),
        ("square of the outputs", float((n * n).sum()) + N), ("one bias in all", H * N + 1),
        ("first net alone", (H + 1) * float(n[0])), ("last net forgotten", (H + 1) * float(n[:2].sum())),
    )  # fmt: skip
    sheet.write("W", W)


def _each(rule: str, *places: str) -> str:
    """The names of a mistake made wherever it can be, and in one of the tasks."""
    return " ".join([rule, *(f"{rule}-in-{place}" for place in places)])


_CLASSES = ("one-class", "labels", "the-box")
_TASKS = (
    ("one class fewer", f"{_each('one-class-fewer', *_CLASSES)} one-off"),
    ("one class more", f"{_each('one-class-more', *_CLASSES)} one-off"),
    ("one output for classes", _each("one-output-for-classes", *_CLASSES)),
    ("two for yes or no", f"{_each('two-for-yes-or-no', 'yes-or-no', 'labels')} one-off factor-two"),
    ("all sets of labels", "all-subsets"),
    ("box alone", "box-alone"),
    ("classes alone", "classes-alone"),
    ("two coordinates", "two-coordinates"),
    ("box times classes", "box-times-classes"),
    ("an output for each mark", "an-output-for-each-mark"),
    ("two corners as two numbers", "two-corners"),
    ("mean and spread", f"{_each('mean-and-spread', 'the-count', 'the-number')} one-off factor-two two-for-yes-or-no"),
    ("pairs of labels", "pairs"),
)

TASKS = Family(
    "output-layer-choice",
    tasks,
    (
        *(slip(f"{name} in {letter}", rules, "n") for letter in "ABC" for name, rules in _TASKS),
        slip("no biases", "no-biases term-dropped", "W"),
        slip("one bias", "one-bias", "W"),
        slip("biases of the layer before", "biases-of-inputs names-swapped", "W"),
        slip("sizes added", "sizes-added other-operation", "W"),
        slip("ones on both sides", "ones-on-both-sides one-off brackets", "W"),
        slip("sizes and bias added", "sizes-and-bias-added sizes-added other-operation", "W"),
        slip("biases subtracted", "biases-subtracted sign", "W"),
        slip("biases alone", "biases-alone factor-dropped term-dropped", "W"),
        slip("weights twice", "weights-twice factor-two", "W"),
        slip("square of the layer before", "layer-before-squared names-swapped", "W"),
        slip("square of the outputs", "outputs-squared names-swapped", "W"),
        slip("one bias in all", "one-bias one-bias-in-all", "W"),
        slip("first net alone", "first-layer-alone index-off term-dropped", "W"),
        slip("last net forgotten", "two-nets-alone term-dropped", "W"),
        pen("digit", "W"),
        pen("digits", "W"),
    ),
)

FAMILIES = (LABELS, TASKS)
