"""Recurrent layers: a vector state, a state for each direction, and factors that shrink and grow over time."""

from __future__ import annotations

from math import floor, log, log10, prod, tanh

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, slip


def layer(given: Given, sheet: Sheet) -> None:
    """Two steps of a layer of two cells with an output."""
    W, V, U, b, c, h, x = (np.array(given[name]) for name in ("W", "V", "U", "b", "c", "h[0]", "x[1]"))
    start = h
    for t in (1, 2):
        x = x if sheet("first input again", t - 1, 1) else np.array(given[f"x[{t}]"])
        before = start if sheet("start again", t - 1, 1) else h
        a = b + W @ before + V @ x
        for name, wrong in (
            ("matrices crossed", b + V @ before + W @ x),
            ("W transposed", b + W.T @ before + V @ x),
            ("V transposed", b + W @ before + V.T @ x),
            ("both transposed", b + W.T @ before + V.T @ x),
            ("no recurrence", b + V @ x),
            ("no bias", W @ before + V @ x),
            ("bias of the output", c + W @ before + V @ x),
            ("entry by entry", b + np.diag(W) * before + np.diag(V) * x),
            ("minus between", b + W @ before - V @ x),
        ):
            a = wrong if sheet(name, t, 2) else a
        a = sheet.write(f"a[{t}]", a)
        new = a if sheet("no ReLU", t, 2) else np.abs(a) if sheet("absolute value", t, 2) else np.maximum(a, 0)
        new = np.minimum(a, 0) if sheet("negative part", t, 2) else new
        new = sheet.write(f"h[{t}]", new)
        y = c + U @ new
        for name, wrong in (
            ("ReLU over the output", np.maximum(c + U @ new, 0)),
            ("U transposed", c + U.T @ new),
            ("output of sums", c + U @ a),
            ("output of the state before", c + U @ h),
            ("no bias at the output", U @ new),
            ("bias of the cells", b + U @ new),
            ("W at the output", c + W @ new),
        ):
            y = wrong if sheet(name, t, 2) else y
        h = new
        sheet.write(f"y[{t}]", y)


LAYER = Family(
    "rnn-equations-forward",
    layer,
    (
        slip("matrices crossed", "matrices-crossed names-swapped", "a"),
        slip("W transposed", "state-matrix-transposed rows-for-columns transpose-extra", "a"),
        slip("V transposed", "input-matrix-transposed rows-for-columns transpose-extra", "a"),
        slip("both transposed", "both-transposed rows-for-columns transpose-extra", "a"),
        slip("no recurrence", "nothing-remembered term-dropped", "a"),
        slip("no bias", "bias-forgotten term-dropped", "a"),
        slip("bias of the output", "bias-of-the-output names-swapped", "a"),
        slip("entry by entry", "entries-times-columns elementwise", "a"),
        slip("minus between", "sign", "a"),
        slip("first input again", "first-input-again index-off old-for-new wrong-point", "a"),
        slip("start again", "start-state-again old-for-new index-off", "a"),
        slip("no ReLU", "relu-left-out activation-missing other-blank", "h"),
        slip("negative part", "negative-part other-function", "h"),
        slip("absolute value", "sign-taken-off other-function sign", "h"),
        slip("ReLU over the output", "relu-over-the-output", "y"),
        slip("U transposed", "output-matrix-transposed rows-for-columns transpose-extra", "y"),
        slip("output of sums", "output-of-the-sums activation-missing names-swapped", "y"),
        slip("output of the state before", "output-of-the-state-before old-for-new", "y"),
        slip("no bias at the output", "output-bias-forgotten term-dropped", "y"),
        slip("bias of the cells", "bias-of-the-cells names-swapped", "y"),
        slip("W at the output", "recurrent-matrix-for-the-output names-swapped", "y"),
    ),
    (("no bias", "U transposed"), ("W transposed", "bias of the cells")),
)


def both_ways(given: Given, sheet: Sheet) -> None:
    """States from the front, states from the back, outputs."""
    v, w, p, q, k, m, b, c = (given[name] for name in "vwpqkmbc")
    x = [given[f"x[{t}]"] for t in (1, 2, 3)]

    def active(a: float, number: int, of: int) -> float:
        if sheet("no activation", number, of):
            return a
        if sheet("plain ReLU", number, of):
            return max(0.0, a)
        if sheet("branches turned", number, of):
            return min(a, c * a)
        if sheet("slope for all", number, of):
            return c * a
        return max(a, c * a)

    def total(read: float, near: float, weights: tuple[float, float], other: tuple[float, float], t: int) -> float:
        one, two = weights
        if t > 1 and sheet("nothing remembered", t - 1, 2):
            return one * read
        if sheet("weights crossed", t, 3):
            return two * read + one * near
        if sheet("weights of the other direction", t, 3):
            return other[0] * read + other[1] * near
        if t > 1 and sheet("recurrent weight of the other direction", t - 1, 2):
            return one * read + other[1] * near
        if t > 1 and sheet("minus before the state", t - 1, 2):
            return one * read - two * near
        if t > 1 and sheet("state not weighted", t - 1, 2):
            return one * read + near
        return one * read + two * near

    h, s, sums, back = [0.0], [0.0], [], []
    for t in (1, 2, 3):
        a = total(x[t - 1], sums[-1] if sums and sheet("sum carried on", t - 1, 2) else h[-1], (v, w), (p, q), t)
        sums.append(a)
        h.append(sheet.write(f"h[{t}]", active(a, t, 3)))
    order = [1, 2, 3] if sheet("from the front") else [3, 2, 1]
    first = h[3] if sheet("begins with h") else 0.0
    found: dict[int, float] = {}
    near = first
    for number, t in enumerate(order, 1):
        read = x[3 - t] if sheet("inputs from the front") else x[t - 1]
        if number > 1 and sheet("state of the other direction", number - 1, 2):
            near = h[t + 1]
        a = total(read, near, (p, q), (v, w), number)
        back.append(a)
        near = active(a, number, 3)
        found[t] = near
        if order == [3, 2, 1]:
            near = found[t] = sheet.write(f"s{t}", near)
    if order == [1, 2, 3]:
        for t in (3, 2, 1):
            found[t] = sheet.write(f"s{t}", found[t])
    s = np.array([found[1], found[2], found[3]])
    f = np.array(h[1:])
    o = k * f + m * s + b
    for name, wrong in (
        ("paired by turn", k * f + m * s[::-1] + b),
        ("output weights crossed", m * f + k * s + b),
        ("forward alone", k * f + b),
        ("backward alone", m * s + b),
        ("no bias", k * f + m * s),
        ("activation over the output", np.maximum(o, c * o)),
        ("in the reverse order", o[::-1]),
        ("sums for states", k * np.array(sums) + m * np.array(back[::-1]) + b),
        ("minus between", k * f - m * s + b),
    ):
        o = wrong if sheet(name) else o
    sheet.write("o", o)


BOTH_WAYS = Family(
    "birnn-forward",
    both_ways,
    (
        slip("from the front", "backward-read-forward", "g3 g2 g1 s3 s2 s1"),
        slip("begins with h", "forward-state-for-the-start", "g3 s3"),
        slip("inputs from the front", "inputs-from-the-front index-off", "g3 g1 s3 s1"),
        slip(
            "state of the other direction",
            "forward-neighbour-remembered forward-state-remembered names-swapped",
            "g2 g1 s2 s1",
        ),
        slip("no activation", "activation-left-out activation-missing", "h a g3 g2 g1 s3 s2 s1"),
        slip("plain ReLU", "plain-relu", "h a g3 g2 g1 s3 s2 s1"),
        slip("branches turned", "slope-for-the-positive", "h a g3 g2 g1 s3 s2 s1"),
        slip("slope for all", "slope-for-all", "h a g3 g2 g1 s3 s2 s1"),
        slip("nothing remembered", "nothing-remembered term-dropped", "h a g2 g1 s2 s1"),
        slip("weights crossed", "weights-crossed names-swapped", "h a g3 g2 g1 s3 s2 s1"),
        slip("weights of the other direction", "weights-of-the-other-direction names-swapped", "h a g3 g2 g1 s3 s2 s1"),
        slip(
            "recurrent weight of the other direction",
            "recurrent-weight-of-the-other-direction names-swapped",
            "h a g2 g1 s2 s1",
        ),
        slip("minus before the state", "sign", "h a g2 g1 s2 s1"),
        slip("state not weighted", "factor-dropped", "h a g2 g1 s2 s1"),
        slip("sum carried on", "sum-remembered activation-missing other-quantity", "h a g2 g1 s2 s1"),
        slip("paired by turn", "paired-in-order-of-work index-off names-swapped", "o"),
        slip("output weights crossed", "output-weights-crossed names-swapped", "o"),
        slip("forward alone", "forward-alone term-dropped", "o"),
        slip("backward alone", "backward-alone term-dropped", "o"),
        slip("no bias", "constant-forgotten term-dropped", "o"),
        slip("activation over the output", "activation-over-the-output", "o"),
        slip("in the reverse order", "output-reversed permuted", "o"),
        slip("sums for states", "sums-for-states activation-missing", "o"),
        slip("minus between", "sign", "o"),
    ),
    (("nothing remembered", "no bias"), ("plain ReLU", "output weights crossed")),
)


def factors(given: Given, sheet: Sheet) -> None:
    """How much is left after so many steps, after how many steps little or much is."""
    w, T, k, delta, W, M, c, s = (given[name] for name in ("w", "T", "k", "delta", "W", "M", "c", "s"))
    far = w**T
    for name, value in (
        ("steps times weight", T * w),
        ("one step less", w ** (T - 1)),
        ("one step more", w ** (T + 1)),
        ("sign lost", abs(w) ** T),
    ):
        far = value if sheet(name) else far
    sheet.write("F", far)
    near = w ** (T - k)
    for name, value in (
        ("steps before", w**k),
        ("all the way", w**T),
        ("one step less on the part", w ** (T - k - 1)),
        ("one step more on the part", w ** (T - k + 1)),
        ("numbers added", w ** (T + k)),
        ("part times weight", (T - k) * w),
        ("powers subtracted", w**T - w**k),
    ):
        near = value if sheet(name) else near
    sheet.write("B", near)

    def steps(border: float, factor: float, number: int) -> float:
        exact = log(border) / log(factor)
        for name, value in (
            ("bases mixed", log10(border) / log(factor)),
            ("numbers divided", border / factor),
            ("logarithm of the quotient", abs(log(border / factor))),
            ("steps added up", (1 - border) / (1 - factor)),
        ):
            exact = value if sheet(name, number, 2) else exact
        if sheet("weight of the first question", number - 1):
            exact = log(border) / abs(log(abs(w)))
        if sheet("rounded down", number, 2):
            return floor(exact)
        if sheet("one too many", number, 2):
            return floor(exact) + 2
        return floor(exact) + 1

    sheet.write("N", steps(delta, abs(w), 1))
    sheet.write("G", steps(M, W, 2))
    ends = np.array(s[:3] if sheet("states before") else s[1:])
    g = 1 - ends**2
    for name, wrong in (
        ("states for slopes", ends),
        ("not squared", 1 - ends),
        ("plus in the slope", 1 + ends**2),
        ("slope of the sigmoid", ends * (1 - ends)),
        ("tanh once more", 1 - np.array([tanh(v) for v in ends]) ** 2),
        ("no slopes", np.ones(3)),
        ("squares alone", ends**2),
    ):
        g = wrong if sheet(name) else g
    one = c * g[2]
    if sheet("weight lost in one step"):
        one = g[2]
    one = sheet.write("one", one)
    far = c**3 * prod(g)
    for name, value in (
        ("weight lost", prod(g)),
        ("weight once", c * prod(g)),
        ("weights added", 3 * c * prod(g)),
        ("steps added", c * g.sum()),
        ("last step alone", one),
        ("last step each time", one**3),
        ("one step lost", c**2 * g[1] * g[2]),
        ("four slopes", c**3 * prod(g) * (1 - s[0] ** 2)),
        ("four steps", c**4 * prod(g) * (1 - s[0] ** 2)),
    ):
        far = value if sheet(name) else far
    sheet.write("D", far)


FACTORS = Family(
    "rnn-vanishing-factor",
    factors,
    (
        slip("steps times weight", "steps-multiplied other-operation", "F"),
        slip("one step less", "one-step-less exponent-off", "F"),
        slip("one step more", "one-step-more exponent-off", "F"),
        slip("sign lost", "sign-lost sign whole-sign", "F"),
        slip("steps before", "steps-from-the-start term-dropped", "B"),
        slip("all the way", "all-the-way term-dropped other-blank", "B"),
        slip("one step less on the part", "one-step-less exponent-off one-off", "B"),
        slip("one step more on the part", "one-step-more exponent-off one-off", "B"),
        slip("numbers added", "numbers-added sign", "B"),
        slip("part times weight", "steps-multiplied other-operation", "B"),
        slip("powers subtracted", "times-subtracted-as-powers", "B"),
        slip("bases mixed", "mixed-bases log-base", "N G r z"),
        slip("numbers divided", "numbers-divided", "N G r z"),
        slip("logarithm of the quotient", "logarithm-of-the-quotient", "N G r z"),
        slip("steps added up", "steps-taken-off", "N G r z"),
        slip("weight of the first question", "other-weight names-swapped", "G z"),
        slip("rounded down", "rounded-down term-dropped one-off", "N G"),
        slip("one too many", "one-too-many one-off", "N G"),
        slip("states before", "states-before index-off step-before", "one D g"),
        slip("states for slopes", "state-for-slope function-for-derivative activation-for-derivative", "one D g"),
        slip("not squared", "not-squared power-dropped", "one D g"),
        slip("plus in the slope", "plus-in-the-slope sign", "one D g"),
        slip("slope of the sigmoid", "slope-of-the-sigmoid", "one D g"),
        slip("tanh once more", "tanh-once-more derivative-at-output", "one D g"),
        slip("no slopes", "no-slopes factor-dropped", "one D g"),
        slip("squares alone", "term-dropped complement", "one D g"),
        slip("weight lost in one step", "weight-lost factor-dropped", "one"),
        slip("weight lost", "weight-lost factor-dropped", "D"),
        slip("weight once", "weight-once power-dropped", "D"),
        slip("weights added", "weight-multiplied square-doubled", "D"),
        slip("steps added", "steps-added other-operation", "D"),
        slip("last step alone", "last-step-alone other-blank", "D"),
        slip("last step each time", "last-step-each-time", "D"),
        slip("one step lost", "one-step-lost factor-dropped", "D"),
        slip("four slopes", "all-states", "D"),
        slip("four steps", "all-states-and-weights", "D"),
    ),
    (("one step less", "weight once"), ("rounded down", "not squared")),
)

FAMILIES = (LAYER, BOTH_WAYS, FACTORS)
