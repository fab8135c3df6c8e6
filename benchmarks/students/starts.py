"""Starting weights and what they do to the variance of a signal."""

from __future__ import annotations

import math

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def spread(given: Given, sheet: Sheet) -> None:
    """Variance of a weight, growth in a layer, after several layers, layers until a given change."""
    n, c, start, K, far = (given[name] for name in ("n", "c", "s2", "K", "far"))
    b = c / math.sqrt(n)
    vw = chosen(
        sheet, b * b / 3,
        ("half width", b * b / 12), ("square of the bound", b * b), ("one over n", 1 / n),
        ("width not squared", 2 * b / 12), ("deviation", b / math.sqrt(3)), ("both halves", 2 * b * b / 3),
        ("n not in the root", c * c / (3 * n * n)), ("bound for variance", b),
    )  # fmt: skip
    vw = sheet.write("vw", vw)
    ratio = chosen(
        sheet, n * vw,
        ("one product", vw), ("mean of products", vw / n), ("root", math.sqrt(n * vw)), ("n squared", n * n * vw),
        ("of h itself", n * vw * start),
    )  # fmt: skip
    ratio = sheet.write("ratio", ratio)
    after = chosen(
        sheet, start * ratio**K,
        ("start forgotten", ratio**K), ("one layer", start * ratio), ("added up", start * ratio * K),
        ("start in the power", (start * ratio) ** K), ("one less", start * ratio ** (K - 1)),
        ("one more", start * ratio ** (K + 1)), ("divided", start / ratio**K),
    )  # fmt: skip
    sheet.write("VK", after)
    powers = math.log(far) / abs(math.log(ratio))
    if abs(powers - round(powers)) < 0.02 * powers:  # a variance that decides nothing with so many digits
        sheet.write("N", math.nan)
        return
    count = math.floor(powers) + 1
    sheet.write("N", float(chosen(
        sheet, count, ("not yet", count - 1), ("of the deviation", math.floor(2 * math.log(far) / abs(math.log(ratio)))
        + 1), ("one too many", count + 1),
        ("start counted", math.floor(abs(math.log(far) + math.log(start)) / abs(math.log(ratio))) + 1),
    )))  # fmt: skip


SPREAD = Family(
    "init-variance-uniform",
    spread,
    (
        slip("half width", "width-halved constant-factor factor-two", "vw"),
        slip("square of the bound", "bound-squared constant-factor divisor-dropped", "vw"),
        slip("one over n", "one-over-n", "vw"),
        slip("width not squared", "width-for-variance power-dropped", "vw"),
        slip("deviation", "deviation", "vw"),
        slip("both halves", "both-sides factor-two", "vw"),
        slip("n not in the root", "root-missing exponent-off", "vw"),
        slip("one product", "one-product factor-dropped other-blank", "ratio"),
        slip("mean of products", "mean-of-products inverted other-operation", "ratio"),
        slip("root", "deviations-compared", "ratio"),
        slip("n squared", "inputs-squared square-doubled exponent-off factor-extra", "ratio"),
        slip("of h itself", "times-inputs-variance factor-extra", "ratio"),
        slip("start forgotten", "start-forgotten factor-dropped", "VK"),
        slip("one layer", "one-layer power-dropped", "VK"),
        slip("added up", "layer-by-layer-added other-operation", "VK"),
        slip("start in the power", "squared-start brackets", "VK"),
        slip("one less", "one-layer-less exponent-off one-off index-off", "VK"),
        slip("one more", "one-layer-more exponent-off one-off index-off", "VK"),
        slip("divided", "inverted other-operation sign", "VK"),
        slip("not yet", "not-yet term-dropped one-off", "N"),
        slip("of the deviation", "deviation-counted factor-two", "N"),
        slip("one too many", "one-off", "N"),
        slip("start counted", "start-counted", "N"),
        pen("digit", "vw VK"),
        pen("power-of-ten", "vw VK"),
    ),
    (("half width", "start forgotten"), ("square of the bound", "one layer")),
)


def keeping(given: Given, sheet: Sheet) -> None:
    """Variances and bounds that keep the signal, the gradient, or something between."""
    i, o = given["nin"], given["nout"]
    vf = chosen(
        sheet, 1 / i,
        ("deviation", 1 / math.sqrt(i)), ("other side", 1 / o), ("three kept", 1 / (3 * i)),
        ("both sizes", 1 / (i + o)), ("doubled", 2 / i),
    )  # fmt: skip
    vf = sheet.write("vF", vf)
    sheet.write("aF", chosen(
        sheet, math.sqrt(3 * vf),
        ("bound is deviation", math.sqrt(vf)), ("whole width", math.sqrt(12 * vf)), ("no root", 3 * vf),
        ("three below", math.sqrt(vf / 3)), ("bound of the other side", math.sqrt(3 / o)), ("variance for bound", vf),
    ))  # fmt: skip
    sheet.write("vB", chosen(
        sheet, 1 / o,
        ("deviation back", 1 / math.sqrt(o)), ("same side", 1 / i), ("three kept back", 1 / (3 * o)),
        ("both sizes back", 1 / (i + o)),
    ))  # fmt: skip
    vg = chosen(
        sheet, 2 / (i + o),
        ("sum of sizes", 1 / (i + o)), ("mean of variances", (1 / i + 1 / o) / 2), ("geometric", 1 / math.sqrt(i * o)),
        ("deviation of Glorot", math.sqrt(2 / (i + o))), ("mean of sizes", (i + o) / 2), ("six", 6 / (i + o)),
        ("difference", 2 / abs(i - o)),
    )  # fmt: skip
    vg = sheet.write("vG", vg)
    sheet.write("aG", chosen(
        sheet, math.sqrt(3 * vg),
        ("bound of Glorot is deviation", math.sqrt(vg)), ("no root in Glorot", 3 * vg),
        ("width of Glorot", math.sqrt(12 * vg)), ("three below in Glorot", math.sqrt(vg / 3)),
    ))  # fmt: skip
    sheet.write("k", chosen(
        sheet, i * vg,
        ("back for forward", o * vg), ("upside down", 1 / (i * vg)), ("one", 1.0),
        ("roots compared", math.sqrt(i * vg)), ("variance alone", vg),
    ))  # fmt: skip


KEEPING = Family(
    "init-keep-variance",
    keeping,
    (
        slip("deviation", "deviation", "vF"),
        slip("other side", "other-side other-quantity", "vF"),
        slip("three kept", "three-kept constant-factor factor-extra", "vF"),
        slip("both sizes", "both-together term-extra", "vF"),
        slip("doubled", "doubled factor-two", "vF"),
        slip("bound is deviation", "bound-is-deviation factor-dropped constant-factor", "aF"),
        slip("whole width", "half-width factor-two", "aF"),
        slip("no root", "root-forgotten root-missing", "aF"),
        slip("three below", "divided-by-three inverted other-operation", "aF"),
        slip("bound of the other side", "bound-of-the-other other-quantity", "aF"),
        slip("variance for bound", "other-blank", "aF"),
        slip("deviation back", "deviation", "vB"),
        slip("same side", "other-side other-blank other-quantity", "vB"),
        slip("three kept back", "three-kept constant-factor factor-extra", "vB"),
        slip("both sizes back", "both-together term-extra", "vB"),
        slip("sum of sizes", "sum-of-sizes factor-dropped factor-two constant-factor", "vG"),
        slip("mean of variances", "mean-of-variances", "vG"),
        slip("geometric", "geometric-mean", "vG"),
        slip("deviation of Glorot", "deviation", "vG"),
        slip("mean of sizes", "half-of-sum inverted reciprocal", "vG"),
        slip("difference", "sign", "vG"),
        slip("bound of Glorot is deviation", "bound-is-deviation factor-dropped constant-factor", "aG"),
        slip("no root in Glorot", "root-forgotten root-missing", "aG"),
        slip("width of Glorot", "half-width factor-two", "aG"),
        slip("back for forward", "backward-growth other-quantity", "k"),
        slip("upside down", "upside-down inverted reciprocal", "k"),
        slip("one", "kept", "k"),
        slip("roots compared", "of-deviations", "k"),
        pen("digit", "vF vB vG"),
        pen("power-of-ten", "vF vB"),
        pen("reciprocal", "vF vB"),
    ),
    (("deviation", "sum of sizes"), ("other side", "back for forward")),
)


def rectified_start(given: Given, sheet: Sheet) -> None:
    """Mean squares behind ReLU and its leaky sister, the weights that keep them, a start that does not."""
    n, s2, alpha, K = (given[name] for name in ("n", "s2", "alpha", "K"))
    sheet.write("M", chosen(
        sheet, s2 / 2,
        ("nothing lost", s2), ("variance", s2 / 2 * (1 - 1 / math.pi)), ("square of the mean", s2 / (2 * math.pi)),
        ("mean", math.sqrt(s2 / (2 * math.pi))), ("quarter", s2 / 4), ("deviation halved", math.sqrt(s2) / 2),
        ("squared again", s2**2 / 2),
    ))  # fmt: skip
    v = chosen(
        sheet, 2 / n,
        ("without ReLU", 1 / n), ("deviation", math.sqrt(2 / n)), ("half", 1 / (2 * n)), ("upside down", n / 2),
        ("with the variance", 2 / (n * (1 - 1 / math.pi))), ("with the signal", 2 / (n * s2)),
    )  # fmt: skip
    v = sheet.write("v", v)
    sheet.write("a", chosen(
        sheet, math.sqrt(3 * v),
        ("bound is deviation", math.sqrt(v)), ("no root", 3 * v), ("whole width", math.sqrt(12 * v)),
        ("bound without ReLU", math.sqrt(3 / n)),
    ))  # fmt: skip
    sheet.write("F", chosen(
        sheet, 0.5**K,
        ("grows", 2.0**K), ("times", K / 2), ("one layer", 0.5), ("one less", 0.5 ** (K - 1)), ("one over K", 1 / K),
        ("one more", 0.5 ** (K + 1)), ("number of inputs", (1 / n) ** K),
    ))  # fmt: skip
    sheet.write("ML", chosen(
        sheet, (1 + alpha**2) * s2 / 2,
        ("slope not squared", (1 + alpha) * s2 / 2), ("bracket squared", (1 + alpha) ** 2 * s2 / 2),
        ("minus", (1 - alpha**2) * s2 / 2), ("slope alone", alpha**2 * s2 / 2), ("slope in full",
        (0.5 + alpha**2) * s2), ("not halved", (1 + alpha**2) * s2), ("as ReLU", s2 / 2),
    ))  # fmt: skip
    sheet.write("vL", chosen(
        sheet, 2 / ((1 + alpha**2) * n),
        ("leaky as ReLU", 2 / n), ("slope not squared in weights", 2 / ((1 + alpha) * n)),
        ("bracket squared in weights", 2 / ((1 + alpha) ** 2 * n)), ("leaky upside down", 2 * (1 + alpha**2) / n),
        ("minus in weights", 2 / ((1 - alpha**2) * n)), ("two lost", 1 / ((1 + alpha**2) * n)),
        ("leaky deviation", math.sqrt(2 / ((1 + alpha**2) * n))),
    ))  # fmt: skip


RECTIFIED_START = Family(
    "init-he",
    rectified_start,
    (
        slip("nothing lost", "nothing-lost divisor-dropped factor-two", "M"),
        slip("variance", "variance-of-relu", "M"),
        slip("square of the mean", "square-of-the-mean", "M"),
        slip("mean", "mean-of-relu", "M"),
        slip("squared again", "squared-again exponent-off", "M"),
        slip("quarter", "quarter factor-two constant-factor", "M"),
        slip("deviation halved", "deviation-halved", "M"),
        slip("without ReLU", "as-without-relu factor-two factor-dropped", "v"),
        slip("deviation", "deviation", "v"),
        slip("half", "half-on-the-wrong-side inverted other-operation", "v"),
        slip("upside down", "inverted reciprocal", "v"),
        slip("with the variance", "with-the-variance", "v"),
        slip("with the signal", "size-of-the-signal factor-extra", "v"),
        slip("bound is deviation", "bound-is-deviation factor-dropped constant-factor", "a"),
        slip("no root", "root-forgotten root-missing", "a"),
        slip("whole width", "width factor-two", "a"),
        slip("bound without ReLU", "bound-without-relu factor-two", "a v"),
        slip("grows", "grows inverted reciprocal", "F"),
        slip("times", "layers-times-half other-operation", "F"),
        slip("one layer", "one-layer power-dropped", "F"),
        slip("one less", "one-less exponent-off one-off", "F"),
        slip("one over K", "one-divided other-operation", "F"),
        slip("number of inputs", "with-the-weights-number other-quantity constant-factor", "F"),
        slip("slope not squared", "slope-not-squared power-dropped", "ML"),
        slip("bracket squared", "slopes-added-first exponent-off brackets", "ML"),
        slip("minus", "minus-slope sign", "ML"),
        slip("slope alone", "slope-alone term-dropped", "ML"),
        slip("slope in full", "slope-in-full brackets", "ML"),
        slip("not halved", "divisor-dropped factor-two", "ML"),
        slip("leaky as ReLU", "leaky-as-relu term-dropped other-blank", "vL"),
        slip("slope not squared in weights", "slope-not-squared power-dropped", "vL"),
        slip("bracket squared in weights", "slopes-added-first exponent-off", "vL"),
        slip("leaky upside down", "leaky-upside-down inverted other-operation", "vL"),
        slip("minus in weights", "minus-slope sign", "vL"),
        slip("two lost", "factor-dropped factor-two", "vL"),
        pen("digit", "M ML"),
        pen("power-of-ten", "v vL F"),
    ),
    (("nothing lost", "without ReLU"), ("deviation halved", "slope not squared")),
)


FAMILIES = (SPREAD, KEEPING, RECTIFIED_START)
