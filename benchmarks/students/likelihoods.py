"""Likelihoods by hand: derivatives of a normal log-density, its best values, a loss for counts, a soft threshold."""

from __future__ import annotations

import math

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import worth


def scores(given: Given, sheet: Sheet) -> None:
    """Two derivatives as formulas, their sums over a sample."""
    spread = given["by"] == "deviation"
    q, one, two = ("s^2", "1/s", "(x - μ)^2/s^3") if spread else ("s", "1/(2*s)", "(x - μ)^2/(2*s^2)")
    density = f"exp(-(x - μ)^2/(2*{q}))/sqrt(2*3.14159265358979*{q})"
    a = sheet.write("a", either(sheet, f"(x - μ)/{q}", (
        ("turned round", f"(μ - x)/{q}"), ("other power below", "(x - μ)/s" if spread else "(x - μ)/s^2"),
        ("half kept", f"(x - μ)/(2*{q})"), ("two not cancelled", f"2*(x - μ)/{q}"),
        ("density kept", f"(x - μ)/{q}*{density}"),
        ("square kept", f"(x - μ)^2/{q}"), ("term itself", f"-(x - μ)^2/(2*{q})"), ("not divided", "x - μ"),
        ("sum for the difference", f"(x + μ)/{q}"), ("root below", "(x - μ)/sqrt(s)" if not spread else "(x - μ)/s^4"),
    )))  # fmt: skip
    b = sheet.write("b", either(sheet, f"-{one} + {two}", (
        ("logarithm left out", two), ("squares with a minus", f"-{one} - {two}"),
        ("logarithm with a plus", f"{one} + {two}"),
        ("root of the first forgotten", f"-1/(2*s) + {two}" if spread else f"-1/s + {two}"),
        ("power not lowered", f"-{one} + (x - μ)^2/s^2" if spread else f"-{one} + (x - μ)^2/(2*s)"),
        ("two of the square", f"-{one} + (x - μ)^2/(2*s^3)" if spread else f"-{one} + (x - μ)^2/s^2"),
        ("other parameter", "-1/(2*s) + (x - μ)^2/(2*s^2)" if spread else "-1/s + (x - μ)^2/s^3"),
        ("sign of the whole", f"{one} - {two}"),
        ("not squared", f"-{one} + (x - μ)/" + ("s^3" if spread else "(2*s^2)")),
    )))  # fmt: skip
    x, at = np.array(given["X"], float), {"μ": np.float64(given["m0"]), "s": np.float64(given["s0"])}
    for name, formula in (("A", a), ("B", b)):
        each = np.array([float(worth(formula, x=value, **at)) for value in x])
        left = 0.0 if name == "A" else float(worth(one, **at))
        sheet.write(name, either(sheet, each.sum(), (
            ("first alone", each[0]), ("mean of the sample", each.mean()), ("last left out", each[:-1].sum()),
            ("mean put in once", float(worth(formula, x=x.mean(), **at))),
            ("sign of one of them", each.sum() - 2 * each[-1]),
            ("logarithm counted once", each.sum() + 2 * left if name == "B" else each.sum()),
        )))  # fmt: skip


SCORES = Family(
    "gaussian-score",
    scores,
    (
        slip("turned round", "turned-round whole-sign sign constant-factor", "a"),
        slip("other power below", "other-power", "a"),
        slip("half kept", "half-kept factor-two constant-factor", "a"),
        slip("two not cancelled", "factor-two constant-factor", "a"),
        slip("density kept", "density-kept", "a"),
        slip("square kept", "square-kept power-kept", "a"),
        slip("term itself", "not-by-mean function-for-derivative", "a"),
        slip("not divided", "divisor-dropped", "a"),
        slip("sum for the difference", "sign", "a"),
        slip("logarithm left out", "logarithm-not-differentiated term-dropped", "b"),
        slip("squares with a minus", "squares-with-minus sign", "b"),
        slip("logarithm with a plus", "logarithm-with-plus sign", "b"),
        slip("root of the first forgotten", "root-forgotten factor-two", "b"),
        slip("power not lowered", "power-not-lowered power-kept", "b"),
        slip("two of the square", "two-kept-below factor-two", "b"),
        slip("other parameter", "other-parameter", "b"),
        slip("sign of the whole", "whole-sign constant-factor sign", "b"),
        slip("not squared", "power-dropped", "b"),
        slip("first alone", "first-alone term-dropped", "A B"),
        slip("mean of the sample", "mean-taken sum-for-mean", "A B"),
        slip("last left out", "last-left-out term-dropped", "A B"),
        slip("sign of one of them", "sign", "A B"),
        slip("logarithm counted once", "logarithm-counted-once", "B"),
        pen("digit", "B"),
        pen("whole-sign", "A"),
        pen("rounding", "A B"),
    ),
    (("half kept", "squares with a minus"),),
)


def sample(given: Given, sheet: Sheet) -> None:
    """Mean, sum of squares, variance, log-likelihood, what another mean loses."""
    x, c = np.array(given["x"], float), float(given["c"])
    n, mean = len(x), float(np.mean(x))
    m = sheet.write("m", either(sheet, mean, (
        ("sum for the mean", x.sum()), ("one less below the mean", x.sum() / (n - 1)),
        ("sizes averaged", np.abs(x).mean()),
        ("middle of the range", (x.max() + x.min()) / 2), ("last value left out", x[:-1].sum() / n),
    )))  # fmt: skip
    S = sheet.write("S", either(sheet, ((x - m) ** 2).sum(), (
        ("mean not subtracted", x @ x), ("sizes added", np.abs(x - m).sum()),
        ("last square left out", ((x - m) ** 2)[:-1].sum()),
        ("square of the sum", x.sum() ** 2), ("root of the sum", np.sqrt(((x - m) ** 2).sum())),
        ("mean subtracted from the squares", x @ x - m**2),
    )))  # fmt: skip
    v = sheet.write("v", either(sheet, S / n, (
        ("one less below", S / (n - 1)), ("root of the variance", np.sqrt(S / n)), ("not divided", S),
        ("halved", S / (2 * n)),
        ("twice the number", 2 * S / n),
    )))  # fmt: skip
    log, tail = np.log(2 * np.pi * v) if v > 0 else np.nan, S / (2 * v)
    sheet.write("l", either(sheet, -n / 2 * log - tail, (
        ("half lost", -n * log - tail), ("two pi lost", -n / 2 * np.log(v) - tail), ("squares left out", -n / 2 * log),
        ("squares added", -n / 2 * log + tail), ("one observation", -log / 2 - tail),
        ("decimal logarithm", -n / 2 * log / np.log(10) - tail), ("two below lost", -n / 2 * log - 2 * tail),
        ("minus lost", n / 2 * log + tail), ("root under the logarithm", -n / 4 * log - tail),
        ("first minus lost", n / 2 * log - tail),
    )))  # fmt: skip
    loss = n * (m - c) ** 2 / (2 * v)
    sheet.write("d", either(sheet, loss, (
        ("number left out", loss / n), ("shift not squared", n * abs(m - c) / (2 * v)),
        ("two below left out", 2 * loss),
        ("variance left out", loss * v), ("sign of the loss", -loss), ("whole likelihood", n / 2 * log + tail + loss),
    )))  # fmt: skip


SAMPLE = Family(
    "mse-to-ml",
    sample,
    (
        slip("sum for the mean", "sum-taken sum-for-mean", "m"),
        slip("one less below the mean", "one-less-in-mean one-off", "m"),
        slip("sizes averaged", "sizes-averaged sign", "m"),
        slip("middle of the range", "middle", "m"),
        slip("mean not subtracted", "squares-of-values term-dropped", "S"),
        slip("sizes added", "sizes-added power-dropped", "S"),
        slip("last square left out", "last-left-out term-dropped", "S"),
        slip("mean subtracted from the squares", "mean-once factor-dropped", "S"),
        slip("one less below", "one-less one-off", "v"),
        slip("root of the variance", "standard-deviation", "v"),
        slip("not divided", "sum-for-variance divisor-dropped", "v"),
        slip("halved", "factor-two", "v"),
        slip("half lost", "half-lost factor-two divisor-dropped", "l"),
        slip("two pi lost", "two-pi-lost factor-dropped", "l"),
        slip("squares left out", "squares-lost term-dropped", "l"),
        slip("squares added", "squares-added sign", "l"),
        slip("one observation", "one-value factor-dropped", "l"),
        slip("decimal logarithm", "decimal-logarithm log-base", "l"),
        slip("two below lost", "two-below-lost factor-two factor-dropped", "l"),
        slip("minus lost", "whole-sign sign", "l"),
        slip("first minus lost", "sign", "l"),
        slip("number left out", "number-lost factor-dropped", "d"),
        slip("shift not squared", "not-squared power-dropped", "d"),
        slip("two below left out", "two-below-lost factor-two factor-dropped", "d"),
        slip("variance left out", "factor-dropped divisor-dropped", "d"),
        slip("sign of the loss", "whole-sign sign", "d"),
        slip("whole likelihood", "whole-likelihood", "d"),
        pen("digit", "l"),
        pen("rounding", "v d"),
        pen("digits", "l"),
    ),
    (("mean not subtracted", "half lost"),),
)


def counts(given: Given, sheet: Sheet) -> None:
    """Expected count, loss, two derivatives, the most probable count."""
    w, x, b, y = (float(given[name]) for name in ("w", "x", "b", "y"))
    z, fact = w * x + b, float(math.factorial(int(given["y"])))
    rate = sheet.write("lambda", either(sheet, np.exp(z), (
        ("exponential forgotten", z), ("minus in the exponent", np.exp(-z)), ("sigmoid taken", 1 / (1 + np.exp(-z))),
        ("power of two", 2**z), ("constant lost", np.exp(w * x)), ("constant subtracted", np.exp(w * x - b)),
        ("power of ten", 10**z), ("sum of both", np.exp(w + x + b)),
    )))  # fmt: skip
    with np.errstate(all="ignore"):
        log = np.log(rate)
    sheet.write("l", either(sheet, rate - y * log + np.log(fact), (
        ("factorial left out", rate - y * log), ("factorial without its logarithm", rate - y * log + fact),
        ("factorial subtracted", rate - y * log - np.log(fact)), ("y for its factorial", rate - y * log + np.log(y)),
        ("log-likelihood", -(rate - y * log + np.log(fact))), ("y lost", rate - log + np.log(fact)),
        ("plus the logarithm", rate + y * log + np.log(fact)), ("first term left out", -y * log + np.log(fact)),
        ("logarithm lost", rate - y * rate + np.log(fact)), ("squared error", (rate - y) ** 2),
        ("decimal logarithms", rate + (-y * log + np.log(fact)) / np.log(10)),
    )))  # fmt: skip
    d = sheet.write("d", either(sheet, rate - y, (
        ("turned round", y - rate), ("by the rate", 1 - y / rate), ("half by the rate", rate - y / rate),
        ("y forgotten", rate),
        ("sum", rate + y), ("linear part minus y", z - y),
    )))  # fmt: skip
    sheet.write("g", either(sheet, d * x, (
        ("weight for the input", d * w), ("input lost", d), ("sign of the derivative", -d * x),
        ("divided by the input", d / x),
    )))  # fmt: skip
    sheet.write("k", either(sheet, np.floor(rate), (
        ("rounded", np.floor(rate + 0.5)), ("one below", np.floor(rate) - 1), ("observed count", y),
    )))  # fmt: skip


COUNTS = Family(
    "poisson-loss",
    counts,
    (
        slip("exponential forgotten", "exponential-forgotten activation-missing", "lambda"),
        slip("minus in the exponent", "exponent-with-minus sign", "lambda"),
        slip("sigmoid taken", "sigmoid-taken other-function", "lambda"),
        slip("power of two", "power-of-two number-off", "lambda"),
        slip("constant lost", "constant-lost term-dropped", "lambda"),
        slip("constant subtracted", "constant-subtracted sign", "lambda"),
        slip("factorial left out", "factorial-left-out term-dropped", "l"),
        slip("factorial without its logarithm", "factorial-without-logarithm activation-missing", "l"),
        slip("factorial subtracted", "factorial-subtracted sign", "l"),
        slip("y for its factorial", "argument-for-factorial", "l"),
        slip("log-likelihood", "likelihood whole-sign sign", "l"),
        slip("y lost", "count-lost factor-dropped", "l"),
        slip("plus the logarithm", "plus-logarithm sign", "l"),
        slip("first term left out", "expected-left-out term-dropped", "l"),
        slip("logarithm lost", "logarithms-swapped activation-missing", "l"),
        slip("squared error", "squared-error other-loss", "l"),
        slip("decimal logarithms", "decimal-logarithm log-base", "l"),
        slip("turned round", "turned-round whole-sign sign", "d"),
        slip("by the rate", "by-lambda", "d"),
        slip("half by the rate", "logarithm-differentiated-only", "d"),
        slip("y forgotten", "count-forgotten term-dropped", "d"),
        slip("sum", "sign", "d"),
        slip("linear part minus y", "activation-missing other-quantity names-swapped exponential-forgotten", "d"),
        slip("weight for the input", "weight-for-input names-swapped", "g"),
        slip("input lost", "input-lost factor-dropped other-blank", "g"),
        slip("sign of the derivative", "whole-sign sign", "g"),
        slip("divided by the input", "inverted other-operation", "g"),
        slip("rounded", "rounded", "k"),
        slip("one below", "one-below one-off", "k"),
        pen("digit", "l"),
        pen("rounding", "lambda l"),
    ),
    (("exponential forgotten", "input lost"),),
)

FAMILIES = (SCORES, SAMPLE, COUNTS)
