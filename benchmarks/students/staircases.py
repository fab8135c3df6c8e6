"""Staircases for functions: heights and errors, how many steps are enough, the net of one step."""

from __future__ import annotations

import math

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def height(given: Given, x: float) -> float:
    """The function that is imitated."""
    c = given["c"]
    return {"square": c * x * x, "hyperbola": c / x, "root": c * math.sqrt(x)}[str(given["kind"])]


def inside(given: Given, x: float) -> float:
    """The same with the coefficient put together with x first."""
    product = given["c"] * x
    return {"square": product * product, "hyperbola": 1 / product, "root": math.sqrt(product)}[str(given["kind"])]


def staircase(given: Given, sheet: Sheet) -> None:
    """Midpoints, heights, the step that is on, value and error."""
    a, b, x, j = given["a"], given["b"], given["x0"], int(given["j"])
    parts = 5 if sheet("five parts") else 3 if sheet("three parts") else 4
    h = (b - a) / parts
    m = sheet.write("m", either(sheet, a + h * (np.arange(4) + 0.5), (
        ("left ends for midpoints", a + h * np.arange(4)), ("right ends for midpoints", a + h * np.arange(1, 5)),
        ("counted from zero", h * (np.arange(4) + 0.5)),
        ("whole width added to the start", a + h * (np.arange(4) + 1.5)),
    )))  # fmt: skip
    h = (b - a) / 4
    ends = a + h * np.arange(5)
    on_ends = np.array([height(given, end) for end in ends])
    first = height(given, m[0])
    high = np.array([height(given, middle) for middle in m])
    B = sheet.write("B", either(sheet, high[1:], (
        ("left heights", on_ends[1:4]), ("right heights", on_ends[2:]),
        ("mean of both ends", (on_ends[1:4] + on_ends[2:]) / 2),
        ("first three heights", high[:3]), ("factor of the function lost", high[1:] / given["c"]),
        ("midpoints as heights", m[1:]),
        ("coefficient put inside", np.array([inside(given, middle) for middle in m[1:]])),
    )))  # fmt: skip
    s = np.eye(4)[j - 1]
    s = sheet.write("s", either(sheet, s, (
        ("next step on", np.eye(4)[j] if j < 4 else np.full(4, np.nan)), ("step before on", np.eye(4)[j - 2]),
        ("all steps to the left on", (np.arange(4) < j) * 1.0), ("own step off", 1 - s),
    )))  # fmt: skip
    v = sheet.write("v", either(sheet, float(np.array([first, *B]) @ s), (
        ("function for the staircase", height(given, x)), ("all heights added", first + B.sum()),
        ("height of the step before", [first, *B][j - 2]), ("height of the next step", [first, *B, np.nan][j]),
    )))  # fmt: skip
    fx = height(given, x)
    sheet.write("err", either(sheet, abs(fx - v), (
        ("relative error", abs(fx - v) / fx), ("distance along x", abs(x - (a + h * (j - 0.5)))),
        ("sign kept", -abs(fx - v)), ("value of the function for the error", fx),
    )))  # fmt: skip


STAIRCASE = Family(
    "step-approximation",
    staircase,
    (
        slip("five parts", "ends-counted one-off", "h m"),
        slip("three parts", "one-part-too-few one-off", "h m"),
        slip("left ends for midpoints", "left-ends-for-midpoints term-dropped", "m"),
        slip("right ends for midpoints", "right-ends-for-midpoints factor-dropped factor-two", "m"),
        slip("counted from zero", "from-zero term-dropped", "m"),
        slip("left heights", "left-ends", "B"),
        slip("right heights", "right-ends", "B"),
        slip("mean of both ends", "mean-of-ends", "B"),
        slip("first three heights", "one-step-back index-off", "B"),
        slip("factor of the function lost", "factor-dropped", "B"),
        slip("midpoints as heights", "midpoints-as-heights", "B"),
        slip("coefficient put inside", "coefficient-inside factor-dropped", "B"),
        slip("next step on", "next-step permuted index-off", "s"),
        slip("step before on", "step-before permuted index-off", "s"),
        slip("all steps to the left on", "all-to-the-left", "s"),
        slip("own step off", "all-but-one complement", "s"),
        slip("function for the staircase", "function-for-staircase other-blank", "v fx"),
        slip("all heights added", "heights-added", "v"),
        slip("height of the step before", "step-before index-off", "v"),
        slip("height of the next step", "next-step index-off", "v"),
        slip("relative error", "relative-error", "err"),
        slip("distance along x", "distance-along-x", "err"),
        slip("sign kept", "sign whole-sign", "err"),
        slip("value of the function for the error", "term-dropped", "err"),
        pen("rounding", "B"),
        pen("digit", "B v"),
        pen("permuted", "B"),
    ),
    (("left heights", "relative error"), ("next step on", "distance along x")),
)


def enough(given: Given, sheet: Sheet) -> None:
    """The steepest slope, the width, the number of steps, the error that is left, the neurons."""
    a, b, c, delta, kind = given["a"], given["b"], given["c"], given["delta"], str(given["kind"])
    p = given["p"]
    if kind == "parabola":
        slopes, values = [2 * c * (a - p), 2 * c * (b - p)], [c * (a - p) ** 2, c * (b - p) ** 2]
    elif kind == "logarithm":
        slopes, values = [c / a, c / b], [c * math.log(a), c * math.log(b)]
    else:
        slopes, values = [-c / a**2, -c / b**2], [c / a, c / b]
    sizes = np.abs(slopes)
    M = sheet.write("M", either(sheet, float(sizes.max()), (
        ("flatter end", float(sizes.min())), ("value for the slope", float(np.abs(values).max())),
        ("mean slope", abs(values[1] - values[0]) / (b - a)), ("slopes of both ends added", float(sizes.sum())),
        ("minus kept", -float(sizes.max())), ("factor of f lost", float(sizes.max()) / c),
    )))  # fmt: skip
    whole = sheet("whole step")
    h = sheet.write("h", either(sheet, (1 if whole else 2) * delta / M, (
        ("upside down", M / (2 * delta)), ("slope left out", 2 * delta), ("four for two", 4 * delta / M),
        ("accuracy left out", 2 / M), ("product for quotient", 2 * delta * M),
    )))  # fmt: skip
    n = sheet.write("n", either(sheet, math.ceil((b - a) / h - 1e-9), (
        ("rounded down", math.floor((b - a) / h)), ("ends counted", math.ceil((b - a) / h) + 1),
        ("length left out", math.ceil(1 / h)), ("right end for the length", math.ceil(abs(b) / h)),
        ("sum of the ends", math.ceil((b + a) / h)),
    )))  # fmt: skip
    sheet.write("e", either(sheet, M * (b - a) / (2 * n), (
        ("whole step in the error", M * (b - a) / n), ("accuracy itself", delta),
        ("length left out of the error", M / (2 * n)),
        ("slope left out of the error", (b - a) / (2 * n)), ("width for the error", (b - a) / n),
        ("width of before", M * h / 2),
    )))  # fmt: skip
    sheet.write("N", either(sheet, 3 * n + 1, (
        ("one comparator", 2 * n + 1), ("output forgotten", 3 * n), ("bumps alone", n + 1), ("an output each", 4 * n),
        ("input counted", 3 * n + 2), ("comparators alone", 2 * n),
    )))  # fmt: skip


ENOUGH = Family(
    "step-count-for-accuracy",
    enough,
    (
        slip("flatter end", "other-end wrong-point", "M"),
        slip("value for the slope", "value-for-slope function-for-derivative", "M"),
        slip("mean slope", "chord-for-slope", "M"),
        slip("slopes of both ends added", "slopes-added", "M"),
        slip("minus kept", "negative-slope sign whole-sign", "M"),
        slip("factor of f lost", "factor-dropped", "M D"),
        slip("whole step", "whole-step factor-two factor-dropped", "h"),
        slip("upside down", "upside-down reciprocal inverted", "h"),
        slip("slope left out", "slope-left-out divisor-dropped factor-dropped", "h"),
        slip("four for two", "factor-two", "h"),
        slip("accuracy left out", "factor-dropped", "h"),
        slip("product for quotient", "inverted other-operation", "h"),
        slip("rounded down", "rounded-down one-off", "n"),
        slip("ends counted", "ends-for-steps one-off term-extra", "n"),
        slip("length left out", "length-left-out", "n"),
        slip("right end for the length", "right-end-for-length term-dropped", "n"),
        slip("sum of the ends", "ends-added sign", "n"),
        slip("whole step in the error", "whole-step factor-two factor-dropped", "e"),
        slip("accuracy itself", "accuracy-itself", "e"),
        slip("length left out of the error", "factor-dropped", "e"),
        slip("slope left out of the error", "factor-dropped", "e"),
        slip("width for the error", "width-alone", "e"),
        slip("width of before", "accuracy-itself", "e"),
        slip("one comparator", "one-comparator", "N"),
        slip("output forgotten", "no-output term-dropped", "N"),
        slip("bumps alone", "steps-alone factor-dropped", "N"),
        slip("an output each", "output-for-every-step", "N"),
        slip("input counted", "input-counted one-off", "N"),
        slip("comparators alone", "comparators-alone", "N"),
        pen("digit", "M"),
        pen("rounding", "e"),
    ),
    (("flatter end", "rounded down"), ("whole step", "one comparator")),
)


def between(low: float, high: float, brackets: str = "(]") -> str:
    """An interval as it is typed; an infinite end without a bracket of its own."""
    ends = ["-inf" if low == -math.inf else f"{low:.12g}", "inf" if high == math.inf else f"{high:.12g}"]
    return f"{brackets[0]}{ends[0]}, {ends[1]}{brackets[1]}"


def one_step(given: Given, sheet: Sheet) -> None:
    """Where a wrong draft is on; the biases with which two outputs do."""
    a, b, p, r, m, n = (given[name] for name in ("a", "b", "p", "r", "m", "n"))
    sheet.write("W", either(sheet, -b, (
        ("first neuron alone", -a), ("signs of the ends lost", b), ("width for the end", a - b),
        ("sign of the width", b - 2 * a),
    )))  # fmt: skip
    sheet.write("first", either(sheet, between(-p - r, -max(p, r)), (
        ("smaller weight", between(-p - r, -min(p, r))), ("one neuron inside", between(-max(p, r), -min(p, r))),
        ("weights of one", between(-2, -1)), ("sign turned in A", between(max(p, r), p + r)),
    )))  # fmt: skip
    sheet.write("second", either(sheet, between(-m, n - m), (
        ("right side overlooked", between(-m, 0)), ("weight of the second as it is", between(-m, -n)),
        ("sign turned in B", between(m - n, m)),
    )))  # fmt: skip


ONE_STEP = Family(
    "bump-neurons",
    one_step,
    (
        slip("first neuron alone", "first-end-alone term-dropped", "W"),
        slip("signs of the ends lost", "signs-lost sign whole-sign", "W"),
        slip("width for the end", "term-dropped", "W"),
        slip("sign of the width", "sign", "W"),
        slip("smaller weight", "smaller-weight", "first one"),
        slip("one neuron inside", "one-neuron-inside", "first base one"),
        slip("weights of one", "weights-of-one", "first base one"),
        slip("sign turned in A", "sign-of-bias-in-a sign whole-sign", "first base one"),
        slip("right side overlooked", "one-side-overlooked term-dropped", "second two"),
        slip("weight of the second as it is", "second-weight-alone sign term-dropped", "second two"),
        slip("sign turned in B", "sign-of-bias sign whole-sign", "second"),
    ),
)

FAMILIES = (STAIRCASE, ENOUGH, ONE_STEP)
