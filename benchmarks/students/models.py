"""A chain of windows that runs out of image, a model with three mistakes, a descent that is stopped early."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def shrinking(given: Given, sheet: Sheet) -> None:
    """Sizes after convolutions and poolings, the first layer that cannot work, the smallest image."""
    size = float(given["s[0]"])
    k, m = ([float(given[f"{name}[{t}]"]) for t in (1, 2, 3, 4)] for name in ("k", "m"))
    c = [0.0] * 4
    s = [0.0] * 4
    for t in range(4):
        last = 2 if t < 2 else 0
        c[t] = size - k[t] + 1
        for name, wrong in (
            ("padding kept the size", size), ("window subtracted", size - k[t]),
            ("half a window", size - (k[t] - 1) / 2),
            ("convolution divides", size // k[t]), ("window twice", size - 2 * (k[t] - 1)),
            ("one added", size - k[t] + 2), ("both windows subtracted", size - k[t] - 1),
        ):  # fmt: skip
            c[t] = wrong if last and sheet(name, t + 1, last) else c[t]
        if sheet("always padded", t + 1):
            c[t] = size
        if t < 2:
            c[t] = sheet.write(f"c[{t + 1}]", c[t])
        s[t] = c[t] // m[t]
        for name, wrong in (
            ("rounded up", -(-c[t] // m[t])), ("pooling by one", c[t] - m[t] + 1), ("strip taken off", c[t] - m[t]),
            ("pooling keeps", c[t]), ("pixels divided", c[t] // m[t] ** 2), ("not cut", c[t] / m[t]),
        ):  # fmt: skip
            s[t] = wrong if t < 2 and sheet(name, t + 1, 2) else s[t]
        if t < 2:
            s[t] = sheet.write(f"s[{t + 1}]", s[t])
        size = s[t]
    dead = 9 if c[2] < m[2] else 10 if s[2] < k[3] else 12
    dead = chosen(
        sheet, float(dead),
        ("one early", dead - 1.0), ("one late", dead + 1.0), ("number of the block", 3.0 if dead == 9 else 4.0),
        ("ones not counted", {9: 6.0, 10: 7.0, 12: 8.0}[dead]),
    )  # fmt: skip
    dead = sheet.write("D", dead)
    enters = c[2] if c[2] < m[2] else s[2] if s[2] < k[3] else c[3]
    before = s[1] if c[2] < m[2] else c[2] if s[2] < k[3] else s[2]
    sheet.write("inside", chosen(sheet, enters, ("size one layer before", before)))
    third = (m[3] + k[3] - 1) * m[2] + k[2] - 1
    second = chosen(
        sheet, third * m[1] + k[1] - 1,
        ("one too much", third * m[1] + k[1]), ("second alone", m[1] + k[1] - 1), ("no convolution", third * m[1]),
        ("added for multiplied", third + m[1] + k[1] - 1), ("order turned", (third + k[1] - 1) * m[1]),
        ("pooling as convolution", third + m[1] + k[1] - 2), ("convolution taken off", third * m[1] - k[1] + 1),
    )  # fmt: skip
    second = sheet.write("b2", second)
    first = chosen(
        sheet, second * m[0] + k[0] - 1,
        ("a block left out", second), ("one too much at last", second * m[0] + k[0]),
        ("no first convolution", second * m[0]), ("added at last", second + m[0] + k[0] - 1),
        ("order turned at last", (second + k[0] - 1) * m[0]), ("this image", float(given["s[0]"])),
        ("all pixels", (second * m[0] + k[0] - 1) ** 2),
    )  # fmt: skip
    sheet.write("need", first)


SHRINKING = Family(
    "arch-shape-chain",
    shrinking,
    (
        slip("padding kept the size", "same-padding term-dropped", "c"),
        slip("always padded", "same-padding term-dropped", "c", every=True),
        slip("window subtracted", "window-subtracted one-by-one-counted term-dropped one-off", "c"),
        slip("both windows subtracted", "both-windows-subtracted", "c"),
        slip("half a window", "half-window", "c"),
        slip("convolution divides", "convolution-divides", "c"),
        slip("window twice", "window-applied-twice factor-extra constant-factor", "c"),
        slip("one added", "one-off number-off", "c"),
        slip("rounded up", "rounded-up other-function one-off", "s"),
        slip("pooling by one", "pooling-as-convolution", "s"),
        slip("strip taken off", "pooling-subtracted other-operation sign", "s"),
        slip("pooling keeps", "pooling-keeps divisor-dropped other-blank", "s"),
        slip("pixels divided", "pooled-by-the-window-squared square-doubled exponent-off", "s"),
        slip("one early", "one-layer-early one-off", "D"),
        slip("one late", "one-off number-off", "D"),
        slip("number of the block", "number-of-the-block", "D"),
        slip("ones not counted", "convolutions-of-one-counted-out", "D"),
        slip("size one layer before", "size-one-layer-before other-blank", "inside"),
        slip("one too much", "one-too-much term-dropped one-off", "b2"),
        slip("second alone", "block-alone factor-dropped", "b2"),
        slip("no convolution", "convolution-forgotten term-dropped", "b2"),
        slip("added for multiplied", "pooling-added other-operation", "b2"),
        slip("order turned", "convolution-first brackets", "b2"),
        slip("pooling as convolution", "pooling-one-less", "b2"),
        slip("convolution taken off", "convolution-taken-off sign", "b2"),
        slip("a block left out", "one-block-less", "need"),
        slip("one too much at last", "one-too-much term-dropped one-off", "need"),
        slip("no first convolution", "convolution-forgotten term-dropped", "need"),
        slip("added at last", "pooling-added other-operation", "need"),
        slip("order turned at last", "convolution-first brackets", "need"),
        slip("this image", "of-this-image", "need"),
        slip("all pixels", "all-pixels", "need"),
        pen("digit", "c s", "one-off number-off"),
        pen("digits", "c s"),
    ),
    (("window subtracted", "order turned"), ("rounded up", "added for multiplied")),
)


def faulty(given: Given, sheet: Sheet) -> None:
    """The lines with a mistake, the parameters of the output layer and of the whole repaired net."""
    order, turn = [int(i) for i in given["order"]], int(given["turn"])
    late = 4 in order[:3]
    where = {1: 8, 2: 3 + turn, 3: 4 - turn, 4: 6, 5: 5 if late else 6, 6: 7}
    lines = np.array([where[flaw] for flaw in order[:3]], float)
    place = sheet.position % 3
    for name, harmless in (("dropout marked", 2.0), ("large layer marked", 1.0), ("training marked", 9.0)):
        if sheet(name):
            lines[place] = harmless
    sheet.write("lines", lines)
    d, h1, h2, h3, r2 = (float(given[name]) for name in ("d", "h1", "h2", "h3", "r2"))
    out = float(given["C"]) if given["task"] == "classes" else 1.0
    last = chosen(
        sheet, (h3 + 1) * out,
        ("no biases", h3 * out), ("one bias", h3 * out + 1), ("biases of inputs", h3 * (out + 1)),
        ("not repaired", (h3 + 1) * (out + given["away"] if out > 1 else 2)), ("neurons added", h3 + out),
        ("dropped out", round((1 - r2) * h3) * out + out), ("one more on both sides", (h3 + 1) * (out + 1)),
        ("layer thrown out", (h2 + 1) * out),
    )  # fmt: skip
    last = sheet.write("p4", last)
    first, second, third = (d + 1) * h1, (h1 + 1) * h2, (h2 + 1) * h3
    sheet.write("N", chosen(
        sheet, first + second + third + last,
        ("weights only", d * h1 + h1 * h2 + h2 * h3 + h3 * out),
        ("a bias for a layer", d * h1 + h1 * h2 + h2 * h3 + h3 * out + 4),
        ("output forgotten", first + second + third), ("first forgotten", second + third + last),
        ("neurons counted", h1 + h2 + h3 + out), ("inputs as neurons", first + second + third + last + d),
        ("biases by inputs", d * h1 + h1 * h2 + h2 * h3 + h3 * out + d + h1 + h2 + h3),
        ("middle forgotten", first + third + last), ("other layer thrown out", first + (h1 + 1) * h3 + last),
    ))  # fmt: skip


FAULTY = Family(
    "arch-errors",
    faulty,
    (
        slip("dropout marked", "line-2-marked line-2-marked-too line-2-marked-as-well", "lines"),
        slip("large layer marked", "line-1-marked line-1-marked-too line-1-marked-as-well", "lines"),
        slip("training marked", "line-9-marked line-9-marked-too line-9-marked-as-well", "lines"),
        slip("no biases", "no-biases term-dropped one-off", "p4"),
        slip("one bias", "one-bias", "p4"),
        slip("biases of inputs", "biases-of-inputs brackets", "p4"),
        slip("not repaired", "not-repaired two-outputs factor-two", "p4 out"),
        slip("neurons added", "sizes-added other-operation", "p4"),
        slip("dropped out", "dropped", "p4"),
        slip("one more on both sides", "one-more-on-both-sides two-outputs one-off", "p4"),
        slip("layer thrown out", "layer-thrown-out", "p4"),
        slip("weights only", "weights-only", "N"),
        slip("a bias for a layer", "a-bias-per-layer", "N"),
        slip("output forgotten", "output-forgotten term-dropped", "N"),
        slip("first forgotten", "term-dropped", "N"),
        slip("middle forgotten", "term-dropped", "N"),
        slip("other layer thrown out", "other-layer-thrown-out", "N"),
        slip("neurons counted", "neurons-counted", "N"),
        slip("biases by inputs", "biases-of-all-inputs", "N"),
        pen("digit", "p4 N", "one-off"),
        pen("digits", "p4 N"),
    ),
    (("no biases", "output forgotten"), ("dropout marked", "first forgotten")),
)


def stopped(given: Given, sheet: Sheet) -> None:
    """A descent stopped early, the penalty with the same solution, the rule of thumb for it."""
    curve, eta, W, tau = given["lambda"], given["eta"], given["W"], int(given["tau"])
    q = 1 - eta * curve
    first = chosen(
        sheet, eta * curve * W,
        ("curvature lost", eta * W), ("two", 2 * eta * curve * W), ("half", eta * curve * W / 2),
        ("uphill", -eta * curve * W), ("rate lost", curve * W), ("what is left after one", q * W),
    )  # fmt: skip
    sheet.write("w1", first)
    w = chosen(
        sheet, (1 - q**tau) * W,
        ("what is left", q**tau * W), ("equal steps", tau * eta * curve * W),
        ("one step less", (1 - q ** (tau - 1)) * W),
        ("one step more", (1 - q ** (tau + 1)) * W), ("curvature lost later", (1 - (1 - eta) ** tau) * W),
        ("to the end", W), ("power of the share", (eta * curve) ** tau * W), ("sign", -(1 - q**tau) * W),
    )  # fmt: skip
    sheet.write("w", w)
    Q = q**tau
    sheet.write("alpha", chosen(
        sheet, curve * Q / (1 - Q),
        ("curvature missing", Q / (1 - Q)), ("turned", curve * (1 - Q) / Q), ("not divided", curve * Q),
        ("share", curve * (1 - Q)), ("both", curve / (1 - Q)), ("penalty without half", curve * Q / (2 * (1 - Q))),
        ("plus below", curve * Q / (1 + Q)),
    ))  # fmt: skip
    rough = chosen(
        sheet, 1 / (tau * eta),
        ("product", tau * eta), ("curvature in the rule", 1 / (tau * eta * curve)), ("steps only", 1 / tau),
        ("rate above", eta / tau), ("rate only", 1 / eta),
    )  # fmt: skip
    rough = sheet.write("rough", rough)
    sheet.write("wr", chosen(
        sheet, curve * W / (curve + rough),
        ("share of the penalty", rough * W / (curve + rough)), ("no curvature", W / (1 + rough)),
        ("fraction turned", (curve + rough) / curve * W), ("minus below", curve * W / (curve - rough)),
        ("above lost", W / (curve + rough)), ("penalty lost", W),
    ))  # fmt: skip


STOPPED = Family(
    "early-stop-l2",
    stopped,
    (
        slip("curvature lost", "curvature-lost factor-dropped", "w1"),
        slip("two", "two-from-the-square factor-two", "w1"),
        slip("half", "half-kept factor-two", "w1"),
        slip("uphill", "uphill sign whole-sign", "w1"),
        slip("rate lost", "factor-dropped", "w1"),
        slip("what is left after one", "share-left complement", "w1"),
        slip("what is left", "what-is-left complement term-dropped", "w"),
        slip("equal steps", "steps-added", "w"),
        slip("one step less", "one-step-less exponent-off one-off", "w"),
        slip("one step more", "one-step-more exponent-off one-off", "w"),
        slip("curvature lost later", "curvature-lost factor-dropped", "w q"),
        slip("to the end", "end-of-descent term-dropped factor-dropped", "w"),
        slip("power of the share", "power-of-the-step complement", "w q"),
        slip("sign", "sign whole-sign", "w"),
        slip("curvature missing", "power-alone factor-dropped", "alpha"),
        slip("turned", "upside-down inverted complement", "alpha"),
        slip("not divided", "not-divided divisor-dropped", "alpha"),
        slip("share", "share-for-coefficient", "alpha"),
        slip("both", "one-over-share factor-dropped", "alpha"),
        slip("penalty without half", "penalty-doubled factor-two", "alpha"),
        slip("plus below", "sign", "alpha"),
        slip("product", "rough-upside-down inverted reciprocal", "rough"),
        slip("curvature in the rule", "rough-with-curvature factor-extra", "rough"),
        slip("steps only", "steps-only factor-dropped", "rough"),
        slip("rate above", "rate-above inverted other-operation", "rough"),
        slip("rate only", "factor-dropped", "rough"),
        slip("share of the penalty", "penalty-share other-quantity complement", "wr"),
        slip("no curvature", "one-for-curvature factor-dropped", "wr"),
        slip("fraction turned", "fraction-turned inverted", "wr"),
        slip("minus below", "penalty-taken-off sign", "wr"),
        slip("above lost", "factor-dropped", "wr"),
        pen("digit", "w alpha"),
        pen("whole-sign", "w wr"),
    ),
    (("curvature lost", "curvature missing"), ("equal steps", "no curvature")),
)

FAMILIES = (SHRINKING, FAULTY, STOPPED)
