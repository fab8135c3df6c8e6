"""What stands for open questions: one line, curves told apart, lines in order, noise, a valley, a loss in formulas."""

from __future__ import annotations

from math import exp, floor, log, sqrt, tanh

import numpy as np

from benchmarks.students.further import array
from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import worth


def _sigmoid(t: float) -> float:
    return 1 / (1 + exp(-t))


# ----- One line ----------------------------------------------------------------------------------------------------


def one_line(given: Given, sheet: Sheet) -> None:
    """Sums of a neuron at three of nine points, how often its output is the class."""
    x, y, kind = (array(given, name) for name in ("X", "Y", "K"))
    b, u, v = (float(given[name]) for name in ("c0", "c1", "c2"))
    s = b + u * x + v * y
    sheet.write("Z", either(sheet, s[:3], (
        ("bias forgotten", s[:3] - b), ("bias subtracted", s[:3] - 2 * b),
        ("coordinates swapped", (b + u * y + v * x)[:3]),
        ("sign before x", (b - u * x + v * y)[:3]), ("sign before y", (b + u * x - v * y)[:3]),
        ("outputs for sums", (s > 0)[:3] * 1.0), ("signs alone", np.sign(s)[:3]),
        ("factors lost", (b + np.sign(u) * x + np.sign(v) * y)[:3]), ("first coordinate lost", (b + v * y)[:3]),
        ("second coordinate lost", (b + u * x)[:3]), ("next points", s[1:4]),
    )))  # fmt: skip
    out = s > 0
    sheet.write("good", either(sheet, float((out == kind).sum()), (
        ("wrong ones counted", float((out != kind).sum())), ("ones counted", float(out.sum())),
        ("right ones alone", float((out * kind).sum())), ("right noughts alone", float(((1 - out) * (1 - kind)).sum())),
        ("class counted", kind.sum()), ("one missed", float((out == kind).sum()) - 1),
    )))  # fmt: skip


ONE_LINE = Family(
    "few-lines-classifier",
    one_line,
    (
        slip("bias forgotten", "bias-forgotten term-dropped", "Z"),
        slip("bias subtracted", "bias-subtracted sign", "Z"),
        slip("coordinates swapped", "coordinates-swapped names-swapped index-off permuted", "Z"),
        slip("sign before x", "first-sign sign", "Z"),
        slip("sign before y", "second-sign sign", "Z"),
        slip("outputs for sums", "outputs-for-sums", "Z"),
        slip("signs alone", "signs-alone", "Z"),
        slip("factors lost", "factors-lost factor-dropped", "Z"),
        slip("first coordinate lost", "first-coordinate-lost term-dropped", "Z"),
        slip("second coordinate lost", "second-coordinate-lost term-dropped", "Z"),
        slip("next points", "other-points", "Z"),
        slip("wrong ones counted", "wrong-ones-counted complement", "good"),
        slip("ones counted", "ones-counted", "good"),
        slip("right ones alone", "ones-right-counted", "good"),
        slip("right noughts alone", "zeros-right-counted", "good"),
        slip("class counted", "class-counted one-off", "good"),
        slip("one missed", "one-off number-off", "good"),
        pen("entry-sign", "Z"),
    ),
    (("bias forgotten", "ones counted"),),
)  # fmt: skip


# ----- Curves ------------------------------------------------------------------------------------------------------


def curves(given: Given, sheet: Sheet) -> None:
    """Values of three curves at a logarithm, a slope."""
    k, m = float(given["k"]), float(given["q"])
    s = sheet.write("s", either(sheet, _sigmoid(log(m)), (
        ("sign of the point", _sigmoid(-log(m))), ("number for its logarithm", _sigmoid(m)),
        ("one lost below", m), ("tangent for the sigmoid", tanh(log(m))),
    )))  # fmt: skip
    sheet.write("d", either(sheet, s * (1 - s), (
        ("rule of the tangent", 1 - s**2), ("plus in the rule", s * (1 + s)), ("minus in front", -s * (1 - s)),
        ("complement alone", 1 - s), ("value squared", s * s), ("quarter everywhere", 0.25),
    )))  # fmt: skip
    ratio = np.float64(1 / s - 1)
    sheet.write("G", either(sheet, 1 / (1 + ratio**k), (
        ("factor before", k * s), ("factor times the power", 1 / (1 + k * ratio)), ("value to the power", s**k),
        ("divided inside", 1 / (1 + ratio ** (1 / k))), ("without the factor", s),
        ("exponent turned", 1 / (1 + ratio ** (-k))),
    )))  # fmt: skip
    sheet.write("z", either(sheet, k / 4, (
        ("half for the quarter", k / 2), ("factor alone", k), ("quarter alone", 0.25),
        ("divided by the factor", 1 / (4 * k)),
        ("sign of the factor lost", abs(k) / 4), ("value for the slope", 0.5), ("falling for rising", -k / 4),
    )))  # fmt: skip


CURVES = Family(
    "sigmoid-plots",
    curves,
    (
        slip("sign of the point", "exponent-turned sign complement", "s"),
        slip("number for its logarithm", "logarithm-overlooked activation-missing", "s"),
        slip("one lost below", "term-dropped divisor-dropped activation-missing", "s"),
        slip("tangent for the sigmoid", "other-function tanh-for-sigmoid", "s"),
        slip("rule of the tangent", "tanh-rule", "d"),
        slip("plus in the rule", "plus-for-minus sign", "d"),
        slip("minus in front", "derivative-negative sign whole-sign", "d"),
        slip("complement alone", "complement-for-derivative complement factor-dropped", "d"),
        slip("value squared", "square-for-product term-dropped complement", "d"),
        slip("quarter everywhere", "quarter-everywhere", "d"),
        slip("factor before", "factor-before", "G"),
        slip("factor times the power", "factor-times-power other-operation", "G"),
        slip("value to the power", "value-to-the-power", "G"),
        slip("divided inside", "divided-inside inverted", "G"),
        slip("without the factor", "factor-lost power-dropped other-blank", "G"),
        slip("exponent turned", "turned-with-factor sign complement", "G"),
        slip("half for the quarter", "half-for-quarter factor-two number-off", "z"),
        slip("factor alone", "factor-alone divisor-dropped", "z"),
        slip("quarter alone", "factor-lost factor-dropped", "z"),
        slip("divided by the factor", "factor-below inverted", "z"),
        slip("sign of the factor lost", "modulus-of-factor sign", "z"),
        slip("value for the slope", "value-for-slope", "z"),
        slip("falling for rising", "sign-of-slope sign whole-sign", "z"),
        pen("digit", "s G"),
    ),
    (("sign of the point", "factor alone"),),
)  # fmt: skip


# ----- Lines in order ----------------------------------------------------------------------------------------------


def order(given: Given, sheet: Sheet) -> None:
    """Numbers of lines: forward, back, the rest, what an early change spoils."""
    h, o, y, d, c, s, a1, w1, a2, w2 = array(given, "n")
    places = np.argsort(array(given, "n")) + 1  # which line stands where
    sheet.write("F", either(sheet, np.array([h, o, y]), (
        ("from behind", np.array([y, o, h])), ("output before sum", np.array([o, h, y])),
        ("forecast before output", np.array([h, y, o])), ("sum forgotten, error taken", np.array([o, y, d])),
        ("places", places[:3]),
    )))  # fmt: skip
    sheet.write("B", either(sheet, np.array([d, c, s, a1, w1]), (
        ("back from behind", np.array([w1, a1, s, c, d])), ("slope before weight", np.array([d, s, c, a1, w1])),
        ("derivative of the other weight", np.array([d, a2, s, a1, w1])),
        ("changed before derived", np.array([d, c, s, w1, a1])), ("weight before slope", np.array([d, c, a1, s, w1])),
        ("hidden before error", np.array([c, d, s, a1, w1])), ("both derivatives", np.array([d, a2, c, s, a1])),
    )))  # fmt: skip
    sheet.write("U", either(sheet, np.array([a2, w2]), (("change first", np.array([w2, a2])),)))
    sheet.write("C", either(sheet, np.array([c, s, a1, w1]), (
        ("next line alone", np.array([c])), ("change forgotten", np.array([c, s, a1])),
        ("first forgotten", np.array([s, a1, w1])), ("forecast as well", np.array([y, c, s, a1, w1])),
        ("both lines with the weight", np.array([y, c])), ("change itself too", np.array([c, s, a1, w1, w2])),
        ("last alone", np.array([w1])), ("moved lines", np.array([a2, w2])),
    )))  # fmt: skip
    x, v, u, y, eta = (float(given[name]) for name in ("x", "w1", "w2", "y", "eta"))
    total = v * x
    error = u * total**2 - y
    g = sheet.write("a1", either(sheet, error * u * 2 * total * x, (
        ("second weight changed first", error * (u - eta * error * total**2) * 2 * total * x),
        ("error turned round", -error * u * 2 * total * x), ("value for the slope", error * u * total**2 * x),
        ("slope left out", error * u * x), ("second weight passed over", error * 2 * total * x),
        ("derivative by the second", error * total**2), ("derivative by the sum", error * u * 2 * total),
        ("two lost", error * u * total * x), ("slope at the input", error * u * 2 * x * x),
    )))  # fmt: skip
    sheet.write("p", either(sheet, v - eta * g, (
        ("uphill", v + eta * g), ("change alone", -eta * g), ("rate forgotten", v - g),
        ("other weight changed", u - eta * g),
    )))  # fmt: skip


ORDER = Family(
    "backprop-order",
    order,
    (
        slip("from behind", "from-behind permuted", "F"),
        slip("output before sum", "first-two-swapped permuted", "F"),
        slip("forecast before output", "last-two-swapped permuted", "F"),
        slip("sum forgotten, error taken", "error-in-the-forward-pass", "F"),
        slip("places", "places-for-numbers", "F"),
        slip("back from behind", "from-behind permuted", "B"),
        slip("slope before weight", "slope-before-weight permuted", "B"),
        slip("derivative of the other weight", "gradient-of-the-second index-off", "B"),
        slip("changed before derived", "update-before-gradient permuted", "B"),
        slip("weight before slope", "weight-before-slope permuted", "B"),
        slip("hidden before error", "hidden-before-error permuted", "B"),
        slip("both derivatives", "second-weight-on-the-way", "B"),
        slip("change first", "from-behind update-before-gradient permuted", "U"),
        slip("next line alone", "only-the-next-line", "C"),
        slip("change forgotten", "without-the-update", "C"),
        slip("first forgotten", "first-left-out", "C"),
        slip("forecast as well", "forecast-as-well", "C"),
        slip("both lines with the weight", "forecast-and-hidden", "C"),
        slip("change itself too", "update-itself", "C"),
        slip("last alone", "last-alone", "C"),
        slip("moved lines", "moved-lines", "C"),
        slip("second weight changed first", "new-weight-used new-for-old", "a1 c"),
        slip("error turned round", "error-turned sign whole-sign", "a1 d"),
        slip("value for the slope", "value-for-slope function-for-derivative", "a1 s"),
        slip("slope left out", "slope-left-out factor-dropped", "a1 s"),
        slip("second weight passed over", "weight-passed-over factor-dropped", "a1 c"),
        slip("derivative by the second", "derivative-by-the-second", "a1"),
        slip("derivative by the sum", "derivative-by-the-sum factor-dropped", "a1"),
        slip("two lost", "half-a-slope factor-two factor-dropped number-off", "a1 s"),
        slip("slope at the input", "slope-at-the-input", "a1 s"),
        slip("uphill", "up-the-slope sign", "p"),
        slip("change alone", "change-alone term-dropped", "p"),
        slip("rate forgotten", "factor-dropped", "p"),
        slip("other weight changed", "index-off names-swapped other-quantity", "p"),
        pen("digit", "a1 p"),
    ),
    (("output before sum", "slope before weight"),),
)  # fmt: skip


# ----- Vanishing ---------------------------------------------------------------------------------------------------


def vanishing(given: Given, sheet: Sheet) -> None:
    """Output and slope at a logarithm, products of factors, the weight that keeps them up."""
    q, n, w = (float(given[name]) for name in ("q", "n", "w"))
    net, h = given["kind"] == "net", log(q)
    act, steepest = (_sigmoid, 0.25) if net else (tanh, 1.0)
    o = sheet.write("o", either(sheet, act(h), (
        ("sign of the sum", act(-h)), ("number for its logarithm", act(q)),
        ("other activation", tanh(h) if net else _sigmoid(h)),
        ("argument halved or doubled", act(2 * h) if net else act(h / 2)),
    )))  # fmt: skip
    d = sheet.write("d", either(sheet, o * (1 - o) if net else 1 - o * o, (
        ("rule of the other", 1 - o * o if net else o * (1 - o)), ("output for slope", o),
        ("square alone", (1 - o) ** 2 if net else 1 - abs(o)), ("plus for minus", o * (1 + o) if net else 1 + o * o),
        ("slope at the output", act(o) * (1 - act(o)) if net else 1 - act(o) ** 2),
        ("one lost", -o * o),
    )))  # fmt: skip
    sheet.write("P", either(sheet, (w * d) ** n, (
        ("weight forgotten", d**n), ("weight once", w * d**n), ("factors added", n * w * d),
        ("one factor fewer", (w * d) ** (n - 1)), ("one factor more", (w * d) ** (n + 1)),
        ("outputs multiplied", (w * o) ** n), ("weights alone", w**n), ("one factor alone", w * d),
        ("sign of the weight lost", abs(w * d) ** n), ("slope once", w**n * d),
    )))  # fmt: skip
    sheet.write("S", either(sheet, (w * steepest) ** n, (
        ("slope of the other", w**n if net else (w / 4) ** n), ("half at zero", (w / 2) ** n), ("nothing at zero", 0.0),
        ("one fewer at zero", (w * steepest) ** (n - 1)), ("added at zero", n * w * steepest),
        ("weight forgotten at zero", steepest**n),
    )))  # fmt: skip
    sheet.write("W", either(sheet, 1 / d, (
        ("slope itself", d), ("bound at zero", 1 / steepest), ("from the output", 1 / abs(o)),
        ("what is missing", 1 - d), ("all slopes", 1 / d**n),
        ("how many times", 1 / abs(w * d)),
    )))  # fmt: skip


VANISHING = Family(
    "saturation-statements",
    vanishing,
    (
        slip("sign of the sum", "minus-overlooked sign whole-sign complement", "o"),
        slip("number for its logarithm", "value-of-the-exponential", "o"),
        slip("other activation", "other-function", "o"),
        slip("argument halved or doubled", "square-forgotten power-dropped exponent-off", "o"),
        slip("rule of the other", "rule-of-the-other", "d"),
        slip("output for slope", "output-for-slope other-blank factor-dropped activation-for-derivative", "d"),
        slip("square alone", "square-alone power-dropped", "d"),
        slip("plus for minus", "plus-for-minus sign", "d"),
        slip("slope at the output", "slope-of-slope derivative-at-output", "d"),
        slip("one lost", "term-dropped", "d"),
        slip("weight forgotten", "weight-forgotten factor-dropped", "P"),
        slip("weight once", "weight-once brackets", "P"),
        slip("factors added", "factors-added", "P"),
        slip("one factor fewer", "one-fewer one-off exponent-off", "P"),
        slip("one factor more", "one-more one-off exponent-off", "P"),
        slip("outputs multiplied", "outputs-multiplied activation-for-derivative", "P"),
        slip("weights alone", "weights-alone factor-dropped", "P"),
        slip("one factor alone", "one-alone power-dropped", "P"),
        slip("sign of the weight lost", "modulus-taken sign whole-sign", "P"),
        slip("slope once", "slope-once brackets", "P"),
        slip("slope of the other", "slope-of-the-other factor-dropped", "S"),
        slip("half at zero", "half-for-quarter factor-two number-off", "S"),
        slip("nothing at zero", "nothing-at-zero", "S"),
        slip("one fewer at zero", "one-fewer one-off exponent-off", "S"),
        slip("added at zero", "factors-added", "S"),
        slip("weight forgotten at zero", "weight-forgotten factor-dropped", "S"),
        slip("slope itself", "slope-itself reciprocal inverted other-blank divisor-dropped", "W"),
        slip("bound at zero", "at-zero", "W"),
        slip("from the output", "from-the-output", "W"),
        slip("what is missing", "what-is-missing", "W"),
        slip("all slopes", "all-slopes", "W"),
        slip("how many times", "how-many-times factor-extra", "W"),
        pen("digit", "P W"),
        pen("power-of-ten", "P"),
    ),
    (("rule of the other", "bound at zero"),),
)  # fmt: skip


# ----- Noise -------------------------------------------------------------------------------------------------------


def noise(given: Given, sheet: Sheet) -> None:
    """Mean and variance of SGD on a parabola, their limits, the rates that have any."""
    a, eta, s, c, w = (float(given[name]) for name in ("a", "eta", "s", "c", "w"))
    q = 1 - eta * a
    sheet.write("m2", either(sheet, c + q**2 * (w - c), (
        ("one step", c + q * (w - c)), ("minimum at zero", q**2 * w), ("distance alone", q**2 * (w - c)),
        ("uphill", c + (1 + eta * a) ** 2 * (w - c)), ("curvature lost", c + (1 - eta) ** 2 * (w - c)),
        ("same change twice", w - 2 * eta * a * (w - c)), ("rate lost", c + (1 - a) ** 2 * (w - c)),
    )))  # fmt: skip
    sheet.write("V2", either(sheet, (q**2 + 1) * eta**2 * s**2, (
        ("one noise", eta**2 * s**2), ("noises alike", 2 * eta**2 * s**2),
        ("factor not squared", (q + 1) * eta**2 * s**2),
        ("rate not squared", (q**2 + 1) * eta * s**2), ("deviation for variance", (q**2 + 1) * eta**2 * s),
        ("deviation given", sqrt(q**2 + 1) * eta * s),
        ("start as noise", q**4 * (w - c) ** 2 + (q**2 + 1) * eta**2 * s**2),
        ("noise without rate", (q**2 + 1) * s**2), ("three steps", (q**4 + q**2 + 1) * eta**2 * s**2),
        ("deviations added", (q + 1) ** 2 * eta**2 * s**2),
    )))  # fmt: skip
    top = either(
        sheet,
        2 / a,
        (
            ("bound halved", 1 / a),
            ("bound upside down", a / 2),
            ("bound times the curvature", 2 * a),
            ("bound of the product", 2.0),
        ),
    )
    sheet.write("range", "(-1, 1)" if sheet("bounds of the factor") else f"(0, {top!r})")
    limit = sheet.write("V", either(sheet, eta**2 * s**2 / (1 - q**2), (
        ("factor not squared in the limit", eta**2 * s**2 / (1 - q)),
        ("rate not squared in the limit", eta * s**2 / (1 - q**2)),
        ("deviation for variance in the limit", eta**2 * s / (1 - q**2)),
        ("limit of the deviation", eta * s / sqrt(1 - q**2)),
        ("plus below", eta**2 * s**2 / (1 + q**2)), ("noise alone", eta**2 * s**2),
        ("taken apart", eta**2 * s**2 / (1 - q) ** 2),
        ("multiplied for divided", eta**2 * s**2 * (1 - q**2)), ("noise without rate in the limit", s**2 / (1 - q**2)),
    )))  # fmt: skip
    half = 1 - eta * a / 2
    new = (eta / 2) ** 2 * s**2 / (1 - half**2)
    sheet.write("R", either(sheet, limit / new, (
        ("half", 2.0), ("quarter", 4.0), ("ratio upside down", new / limit), ("new limit", new),
        ("difference", limit - new), ("rate doubled", 2 * eta * s**2 / (a * (2 - 2 * eta * a)) / limit),
    )))  # fmt: skip


NOISE = Family(
    "sgd-stationary-variance",
    noise,
    (
        slip("one step", "one-step-of-the-mean power-dropped", "m2"),
        slip("minimum at zero", "minimum-forgotten term-dropped", "m2"),
        slip("distance alone", "distance-alone term-dropped", "m2"),
        slip("uphill", "uphill sign", "m2"),
        slip("curvature lost", "curvature-lost factor-dropped", "m2"),
        slip("same change twice", "same-change-twice old-for-new", "m2"),
        slip("rate lost", "factor-dropped", "m2"),
        slip("one noise", "one-step-of-noise term-dropped", "V2"),
        slip("noises alike", "noise-added-up factor-dropped", "V2"),
        slip("factor not squared", "factor-not-squared power-dropped", "V2"),
        slip("rate not squared", "rate-not-squared power-dropped", "V2 V1"),
        slip("deviation for variance", "deviation-for-variance power-dropped", "V2 V1"),
        slip("deviation given", "root-taken", "V2"),
        slip("start as noise", "start-as-noise", "V2"),
        slip("noise without rate", "rate-forgotten factor-dropped", "V2 V1"),
        slip("three steps", "three-steps", "V2"),
        slip("deviations added", "deviations-added", "V2"),
        slip("bound halved", "middle-rate factor-two number-off", "range B"),
        slip("bound upside down", "inverted reciprocal", "range B"),
        slip("bound times the curvature", "curvature-for-rate inverted other-operation", "range B"),
        slip("bound of the product", "two-alone divisor-dropped factor-dropped", "range B"),
        slip("bounds of the factor", "factor-for-rate", "range B Z"),
        slip("factor not squared in the limit", "factor-not-squared power-dropped", "V"),
        slip("rate not squared in the limit", "rate-not-squared power-dropped", "V"),
        slip("deviation for variance in the limit", "deviation-for-variance power-dropped", "V"),
        slip("limit of the deviation", "root-taken", "V"),
        slip("plus below", "sum-below sign", "V"),
        slip("noise alone", "noise-alone divisor-dropped", "V"),
        slip("taken apart", "squared-below", "V"),
        slip("multiplied for divided", "limit-of-the-square inverted other-operation", "V"),
        slip("noise without rate in the limit", "rate-forgotten factor-dropped", "V"),
        slip("half", "half", "R"),
        slip("quarter", "quarter", "R"),
        slip("ratio upside down", "ratio-upside-down reciprocal inverted", "R"),
        slip("new limit", "new-limit", "R"),
        slip("difference", "other-operation", "R"),
        slip("rate doubled", "rate-doubled", "R"),
        pen("digit", "V2 V R"),
        pen("power-of-ten", "V2 V"),
    ),
    (("minimum at zero", "plus below"),),
)  # fmt: skip


# ----- A valley ----------------------------------------------------------------------------------------------------


def valley(given: Given, sheet: Sheet) -> None:
    """The best rate and its factor, with momentum and without, and how many steps either takes."""
    p, q, D = (float(given[name]) for name in ("p", "q", "D"))
    eta = sheet.write("eta", either(sheet, 2 / (p + q), (
        ("rate of the steep one", 1 / q), ("rate at the bound", 2 / q), ("rate of the flat one", 1 / p),
        ("half the rate", 1 / (p + q)), ("difference below", 2 / (q - p)), ("mean of the rates", (1 / p + 1 / q) / 2),
        ("geometric mean", 1 / sqrt(p * q)),
    )))  # fmt: skip
    g = sheet.write("g", either(sheet, max(1 - eta * p, eta * q - 1), (
        ("ratio for the factor", p / q), ("factor of the other rate", 1 - p / q),
        ("roots in the factor", (sqrt(q) - sqrt(p)) / (sqrt(q) + sqrt(p))), ("what is moved", eta * p),
        ("modulus forgotten", 1 - eta * q), ("plus in the factor", 1 + eta * p),
    )))  # fmt: skip

    def steps(factor: float, more: int = 1, base: float = 1.0) -> float:
        return floor(base * log(D) / -log(factor)) + more

    n = sheet.write("n", either(sheet, steps(g), (
        ("rounded down", steps(g, 0)), ("one step too many", steps(g, 2)), ("bases mixed", steps(g, 1, 1 / log(10))),
        ("same part every step", floor((1 - 1 / D) / (1 - g)) + 1), ("logarithms lost", floor(D * g) + 1),
    )))  # fmt: skip
    root = (sqrt(q / p) - 1) / (sqrt(q / p) + 1)
    beta = sheet.write("beta", either(sheet, root**2, (
        ("root of the momentum", root), ("roots forgotten", ((q - p) / (q + p)) ** 2),
        ("factor of plain descent", (q - p) / (q + p)), ("rate kept", (1 - sqrt(2 * p / (p + q))) ** 2),
        ("one minus the momentum", 1 - root**2), ("what is moved away", (2 / (sqrt(q / p) + 1)) ** 2),
    )))  # fmt: skip
    s = sqrt(beta)
    sheet.write("alpha", either(sheet, (1 - s) ** 2 / p, (
        ("old rate", 2 / (p + q)), ("square lost", (1 - s) / p), ("momentum for its root", (1 - beta) ** 2 / p),
        ("bounds crossed", (1 + s) ** 2 / p), ("steep with the lower bound", (1 - s) ** 2 / q),
        ("half of it", 2 / (sqrt(p) + sqrt(q)) ** 2), ("roots lost below", 4 / (p + q) ** 2),
        ("sum of the roots not squared", 4 / (p + q)), ("not divided", (1 - s) ** 2),
    )))  # fmt: skip
    sheet.write("N", either(sheet, steps(s), (
        ("momentum as the factor", steps(beta)), ("rounded down with momentum", steps(s, 0)),
        ("one too many with momentum", steps(s, 2)), ("same number", n), ("root of the number", floor(sqrt(n)) + 1),
        ("bases mixed with momentum", steps(s, 1, 1 / log(10))),
        ("one part every step", floor((1 - 1 / D) / (1 - s)) + 1),
    )))  # fmt: skip


VALLEY = Family(
    "momentum-iteration-count",
    valley,
    (
        slip("rate of the steep one", "rate-of-the-steep-one", "eta"),
        slip("rate at the bound", "rate-at-the-bound term-dropped", "eta"),
        slip("rate of the flat one", "rate-of-the-flat-one", "eta"),
        slip("half the rate", "half-rate factor-two number-off factor-dropped", "eta"),
        slip("difference below", "difference-below sign", "eta"),
        slip("mean of the rates", "mean-of-the-rates", "eta"),
        slip("geometric mean", "geometric-mean", "eta"),
        slip("ratio for the factor", "ratio-for-factor", "g"),
        slip("factor of the other rate", "factor-of-the-other-rate", "g"),
        slip("roots in the factor", "factor-with-roots", "g"),
        slip("what is moved", "moved-part complement term-dropped", "g"),
        slip("modulus forgotten", "factor-negative smaller-modulus whole-sign sign names-swapped", "g"),
        slip("plus in the factor", "sign", "g"),
        slip("rounded down", "rounded-down one-off", "n"),
        slip("one step too many", "one-step-too-many one-off", "n"),
        slip("bases mixed", "logarithms-mixed log-base", "n"),
        slip("same part every step", "linear-decrease", "n"),
        slip("logarithms lost", "steps-divided activation-missing", "n"),
        slip("root of the momentum", "momentum-unsquared power-dropped", "beta"),
        slip("roots forgotten", "roots-forgotten root-missing", "beta"),
        slip("factor of plain descent", "roots-and-square-forgotten other-blank", "beta"),
        slip("rate kept", "flat-bound-alone", "beta"),
        slip("one minus the momentum", "one-minus-momentum complement", "beta"),
        slip("what is moved away", "moved-part complement", "beta s"),
        slip("old rate", "old-rate other-blank", "alpha"),
        slip("square lost", "square-of-the-rate-lost power-dropped", "alpha"),
        slip("momentum for its root", "momentum-for-its-root", "alpha"),
        slip("bounds crossed", "bounds-crossed sign", "alpha"),
        slip("steep with the lower bound", "bounds-crossed-back names-swapped", "alpha"),
        slip("half of it", "two-for-four factor-two", "alpha"),
        slip("roots lost below", "roots-lost-below", "alpha"),
        slip("sum of the roots not squared", "sum-of-roots-not-squared", "alpha"),
        slip("not divided", "divisor-dropped", "alpha"),
        slip("momentum as the factor", "momentum-as-factor", "N"),
        slip("rounded down with momentum", "rounded-down one-off", "N"),
        slip("one too many with momentum", "one-step-too-many one-off", "N"),
        slip("same number", "same-steps other-blank", "N"),
        slip("root of the number", "root-of-the-steps", "N"),
        slip("bases mixed with momentum", "logarithms-mixed log-base", "N"),
        slip("one part every step", "linear-decrease", "N"),
        pen("digit", "eta beta alpha"),
        pen("power-of-ten", "eta alpha"),
    ),
    (("rate of the steep one", "momentum as the factor"),),
)  # fmt: skip


# ----- A loss as a formula -----------------------------------------------------------------------------------------


def loss(given: Given, sheet: Sheet) -> None:
    """The log loss of three objects in two coefficients, its derivative and a value of this."""
    lone, rest = (1, 0) if given["lone"] == "one" else (0, 1)
    x = [float(entry) for entry in array(given, "x")]
    objects = [(x[0], lone), (x[1], rest), (x[2], rest)]
    u, v = (x[0], x[1]) if lone else (x[1], x[0])

    def z(at: float, sign: str = "") -> str:
        return f"{sign}(b0 + b1*({at!r}))"

    def cost(at: float, kind: int) -> str:
        return f"ln(1 + exp({z(at, '-' if kind else '')}))"

    def p(at: float, kind: int = 1) -> str:
        return f"1/(1 + exp({z(at, '-' if kind else '')}))"

    first = sheet.write("l1", either(sheet, cost(u, 1), (
        ("minus lost", f"-{cost(u, 1)}"), ("other class", cost(u, 0)), ("probability for the loss", p(u)),
        ("error for the loss", p(u, 0)), ("error squared", f"(1 - {p(u)})^2"),
        ("coefficients swapped", f"ln(1 + exp(-(b1 + b0*({u!r}))))"),
        ("decimal logarithm", f"log10(1 + exp({z(u, '-')}))"),
        ("feature lost", "ln(1 + exp(-(b0 + b1)))"), ("one lost", f"ln(exp({z(u, '-')}))"),
        ("intercept lost", f"ln(1 + exp(-b1*({u!r})))"),
    )))  # fmt: skip
    second = sheet.write("l0", either(sheet, cost(v, 0), (
        ("minus lost in the second", f"-{cost(v, 0)}"), ("second as class 1", cost(v, 1)),
        ("probability of the second", p(v, 0)),
        ("error of the second", p(v)), ("coefficients swapped in the second", f"ln(1 + exp(b1 + b0*({v!r})))"),
        ("intercept lost in the second", f"ln(1 + exp(b1*({v!r})))"),
    )))  # fmt: skip
    total = f"{first} + {second} + {cost(x[2], rest)}"
    plain = [cost(at, kind) for at, kind in objects]
    total = sheet.write("L", either(sheet, total, (
        ("classes swapped", " + ".join(cost(at, 1 - kind) for at, kind in objects)),
        ("all of class 1", " + ".join(cost(at, 1) for at, _ in objects)),
        ("class 1 alone", " + ".join(cost(at, 1) for at, kind in objects if kind)),
        ("class 0 alone", " + ".join(cost(at, 0) for at, kind in objects if not kind)),
        ("mean", f"({' + '.join(plain)})/3"), ("minus before all", f"-({' + '.join(plain)})"),
        ("logarithm of the sum", f"ln({' + '.join(text.removeprefix('ln') for text in plain)})"),
        ("losses multiplied", "*".join(plain)), ("third object forgotten", f"{first} + {second}"),
        ("sign of the last", f"{first} + {second} - {cost(x[2], rest)}"),
    )))  # fmt: skip
    parts = [f"({p(at)} - {kind})" for at, kind in objects]
    slope = " + ".join(f"{part}*({at!r})" for part, (at, _) in zip(parts, objects, strict=True))
    slope = sheet.write("D", either(sheet, slope, (
        ("by the other", " + ".join(parts)), ("descent", f"-({slope})"),
        ("labels lost", " + ".join(f"{p(at)}*({at!r})" for at, _ in objects)),
        ("slope left over", " + ".join(
            f"{part}*({p(at)})*({p(at, 0)})*({at!r})" for part, (at, _) in zip(parts, objects, strict=True))),
        ("outer alone", " + ".join(f"1/(1 + exp({z(at, '-' if kind else '')}))" for at, kind in objects)),
        ("exponential lost", " + ".join(
            f"({(1 - 2 * kind) * at!r})/(1 + exp({z(at, '-' if kind else '')}))" for at, kind in objects)),
        ("averaged", f"({slope})/3"),
        ("sums multiplied", f"({' + '.join(parts)})*({sum(x)!r})"),
        ("last term lost", " + ".join(f"{part}*({at!r})" for part,
        (at, _) in list(zip(parts, objects, strict=True))[:2])),
    )))  # fmt: skip
    c0, c1 = float(given["c0"]), float(given["c1"])

    def there(text: str, b0: float, b1: float) -> float:
        return float(worth(text, b0=b0, b1=b1))

    sheet.write("g", either(sheet, there(slope, c0, c1), (
        ("values swapped", there(slope, c1, c0)), ("at zero", there(slope, 0, 0)),
        ("loss for the derivative", there(total, c0, c1)),
        ("value by the other", there(" + ".join(parts), c0, c1)), ("turned", -there(slope, c0, c1)),
    )))  # fmt: skip


LOSS = Family(
    "logloss-formula",
    loss,
    (
        slip("minus lost", "minus-lost whole-sign sign constant-factor", "l1"),
        slip("other class", "class-swapped sign inner-lost", "l1"),
        slip("probability for the loss", "probability-for-loss activation-missing", "l1"),
        slip("error for the loss", "one-minus-probability", "l1"),
        slip("error squared", "squared-error", "l1"),
        slip("coefficients swapped", "coefficients-swapped names-swapped", "l1"),
        slip("decimal logarithm", "logarithm-to-ten log-base constant-factor", "l1"),
        slip("feature lost", "factor-dropped", "l1"),
        slip("one lost", "term-dropped", "l1"),
        slip("intercept lost", "term-dropped", "l1"),
        slip("minus lost in the second", "minus-lost whole-sign sign constant-factor", "l0"),
        slip("second as class 1", "class-swapped sign inner-lost", "l0"),
        slip("probability of the second", "probability-for-loss activation-missing", "l0"),
        slip("error of the second", "one-minus-probability", "l0"),
        slip("coefficients swapped in the second", "coefficients-swapped names-swapped", "l0"),
        slip("intercept lost in the second", "term-dropped", "l0"),
        slip("classes swapped", "whole-swapped", "L"),
        slip("all of class 1", "all-of-class-one", "L"),
        slip("class 1 alone", "class-one-alone term-dropped", "L"),
        slip("class 0 alone", "class-zero-alone term-dropped", "L"),
        slip("mean", "mean-for-sum constant-factor sum-for-mean", "L"),
        slip("minus before all", "minus-before-all whole-sign sign constant-factor", "L"),
        slip("logarithm of the sum", "logarithm-of-the-sum", "L"),
        slip("losses multiplied", "losses-multiplied other-operation", "L"),
        slip("third object forgotten", "two-objects term-dropped", "L"),
        slip("sign of the last", "sign", "L"),
        slip("by the other", "other-coefficient other-variable factor-dropped", "D"),
        slip("descent", "descent-sign whole-sign sign constant-factor", "D"),
        slip("labels lost", "labels-lost", "D"),
        slip("slope left over", "slope-twice", "D"),
        slip("outer alone", "outer-alone inner-lost", "D"),
        slip("exponential lost", "exponential-kept factor-dropped inner-lost", "D"),
        slip("averaged", "averaged constant-factor sum-for-mean", "D"),
        slip("sums multiplied", "differences-first", "D"),
        slip("last term lost", "term-dropped", "D"),
        slip("values swapped", "point-swapped names-swapped", "g"),
        slip("at zero", "at-zero", "g"),
        slip("loss for the derivative", "loss-for-derivative", "g"),
        slip("value by the other", "by-b0", "g"),
        slip("turned", "sign whole-sign", "g"),
        pen("digit", "g"),
    ),
    (("mean", "values swapped"),),
)  # fmt: skip

FAMILIES = (ONE_LINE, CURVES, ORDER, VANISHING, NOISE, VALLEY, LOSS)
