"""Dropped neurons and dropped weights: outputs under a mask, means and variances over masks."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def masked(given: Given, sheet: Sheet) -> None:
    """Outputs and gradient under a mask, mean and variance over masks, what plain dropout does in use."""
    h, m, g, p = np.array(given["h"], float), np.array(given["m"], float), np.array(given["g"], float), given["p"]
    q, first = 1 - p, float(h[0])
    y = chosen(
        sheet, m * h / q,
        ("divided by p", m * h / p), ("multiplied by q", m * h * q), ("not scaled", m * h),
        ("mask turned", (1 - m) * h / q), ("mask forgotten", h / q), ("one over the number on", m * h * 4 / m.sum()),
    )  # fmt: skip
    sheet.write("y", y)
    back = chosen(
        sheet, m * g / q,
        ("no mask back", g / q), ("no scale back", m * g), ("gradient let through", g), ("times values", m * g * h / q),
        ("divided by p back", m * g / p), ("slopes alone", m / q), ("multiplied back", m * g * q),
        ("mask turned back", (1 - m) * g / q),
    )  # fmt: skip
    sheet.write("r", back)
    mean = chosen(
        sheet, first,
        ("mean without scale", q * first), ("value when on", first / q), ("this pass", float(m[0] * first / q)),
        ("probability to be off", p * first), ("of all neurons", float(h.mean())),
    )  # fmt: skip
    sheet.write("Ey", mean)
    variance = chosen(
        sheet, p / q * first**2,
        ("variance without scale", p * q * first**2), ("mean of the square", first**2 / q),
        ("shares swapped", q / p * first**2), ("value not squared", p / q * first),
        ("deviation", np.sqrt(p / q) * abs(first)), ("mask alone", p * q), ("scale once", p * first**2),
        ("square of the mean added", first**2 / q + first**2),
    )  # fmt: skip
    sheet.write("V", variance)
    use = chosen(
        sheet, q * h,
        ("scaled up in use", h / q), ("nothing in use", h), ("p in use", p * h), ("mask in use", m * h * q),
        ("mask alone in use", m * h),
    )  # fmt: skip
    sheet.write("T", use)


MASKED = Family(
    "inverted-dropout",
    masked,
    (
        slip("divided by p", "divided-by-p complement", "y r"),
        slip("multiplied by q", "multiplied inverted other-operation", "y"),
        slip("not scaled", "not-scaled divisor-dropped factor-dropped", "y"),
        slip("mask turned", "mask-turned complement", "y"),
        slip("mask forgotten", "mask-forgotten factor-dropped", "y"),
        slip("no mask back", "mask-forgotten factor-dropped", "r"),
        slip("no scale back", "only-scaled-forward divisor-dropped factor-dropped", "r"),
        slip("gradient let through", "gradient-untouched factor-dropped", "r"),
        slip("times values", "values-in-the-gradient factor-extra", "r"),
        slip("divided by p back", "divided-by-p complement", "r"),
        slip("slopes alone", "slopes-alone factor-dropped", "r"),
        slip("multiplied back", "multiplied inverted other-operation", "r"),
        slip("mask turned back", "mask-turned complement", "r"),
        slip("mean without scale", "mean-of-plain factor-dropped divisor-dropped", "Ey"),
        slip("value when on", "value-when-on factor-dropped", "Ey"),
        slip("this pass", "of-this-pass other-blank", "Ey"),
        slip("variance without scale", "variance-of-plain factor-dropped divisor-dropped", "V"),
        slip("mean of the square", "mean-of-the-square term-dropped", "V"),
        slip("shares swapped", "shares-swapped inverted", "V"),
        slip("value not squared", "not-squared power-dropped", "V"),
        slip("deviation", "deviation", "V"),
        slip("mask alone", "variance-of-the-mask factor-dropped", "V"),
        slip("scale once", "scale-once power-dropped", "V"),
        slip("square of the mean added", "sign", "V"),
        slip("scaled up in use", "scaled-in-use inverted other-operation", "T"),
        slip("nothing in use", "as-inverted factor-dropped", "T"),
        slip("p in use", "off-for-on complement", "T"),
        slip("mask in use", "mask-in-use factor-extra", "T"),
        pen("entry-sign", "y r T"),
        pen("permuted", "y r T"),
        pen("entry-point", "y r T"),
        pen("digit", "V"),
    ),
    (("divided by p", "value not squared"), ("no mask back", "variance without scale")),
)


def connected(given: Given, sheet: Sheet) -> None:
    """The sum under a mask of weights, weights that stay, the chance to lose all, mean and variance."""
    w, x, m = (np.array(given[name], float) for name in ("w", "x", "m"))
    p, k = given["p"], given["k"]
    q, t = 1 - p, w * x
    z = chosen(
        sheet, float(m @ t),
        ("all weights", float(t.sum())), ("dropped ones", float((1 - m) @ t)), ("scaled up", float(m @ t) / q),
        ("scaled down", float(m @ t) * q), ("weights alone", float(m @ w)), ("inputs alone", float(m @ x)),
    )  # fmt: skip
    sheet.write("z", z)
    count = chosen(
        sheet, 4 * k * q,
        ("those that go", 4 * k * p), ("as neurons", 4 * k * q * q), ("one neuron", 4 * q), ("nobody goes", 4.0 * k),
        ("with biases", 5 * k * q), ("sizes added", (4 + k) * q), ("inputs forgotten", k * q),
    )  # fmt: skip
    sheet.write("N", count)
    lost = chosen(
        sheet, p**4,
        ("power of neurons", p**k), ("none lost", q**4), ("times four", 4 * p), ("at least one", 1 - q**4),
        ("one weight", p), ("three weights", p**3),
    )  # fmt: skip
    sheet.write("P0", lost)
    mean = chosen(
        sheet, q * float(t.sum()),
        ("p in the mean", p * float(t.sum())), ("sum itself", float(t.sum())), ("mean of this mask", q * float(m @ t)),
        ("mean divided", float(t.sum()) / q), ("quarter", q * float(t.mean())), ("weights in the mean", q * w.sum()),
    )  # fmt: skip
    sheet.write("Ez", mean)
    squares = float((t**2).sum())
    variance = chosen(
        sheet, p * q * squares,
        ("sum squared", p * q * float(t.sum()) ** 2), ("not squared", p * q * float(t.sum())),
        ("second moments", q * squares), ("p alone", p * squares), ("no inputs", p * q * float((w**2).sum())),
        ("no weights", p * q * float((x**2).sum())), ("inputs plain", p * q * float((w**2 * x).sum())),
        ("deviation", np.sqrt(p * q * squares)), ("of this mask", p * q * float(m @ t**2)),
        ("q squared", q * q * squares), ("shares lost", squares),
    )  # fmt: skip
    sheet.write("V", variance)


CONNECTED = Family(
    "dropconnect",
    connected,
    (
        slip("all weights", "all-weights factor-dropped", "z"),
        slip("dropped ones", "the-dropped-ones complement", "z"),
        slip("scaled up", "scaled-up factor-extra", "z"),
        slip("scaled down", "scaled-down factor-extra", "z"),
        slip("weights alone", "weights-alone factor-dropped", "z t"),
        slip("those that go", "those-that-go complement", "N"),
        slip("as neurons", "as-in-dropout exponent-off factor-extra", "N"),
        slip("one neuron", "one-neuron factor-dropped", "N"),
        slip("nobody goes", "factor-dropped", "N"),
        slip("with biases", "with-biases one-off number-off", "N"),
        slip("inputs forgotten", "factor-dropped constant-factor", "N"),
        slip("power of neurons", "neurons-in-the-power other-quantity", "P0"),
        slip("none lost", "none-lost complement", "P0"),
        slip("times four", "times-for-power other-operation", "P0"),
        slip("at least one", "not-all-kept complement", "P0"),
        slip("one weight", "power-dropped", "P0"),
        slip("three weights", "exponent-off one-off", "P0"),
        slip("p in the mean", "mean-of-the-dropped complement", "Ez"),
        slip("sum itself", "factor-dropped", "Ez"),
        slip("mean of this mask", "mean-of-this-pass other-quantity", "Ez"),
        slip("sum squared", "sum-squared", "V"),
        slip("not squared", "not-squared power-dropped", "V"),
        slip("second moments", "mean-of-the-squares factor-dropped term-dropped", "V"),
        slip("p alone", "off-for-variance factor-dropped", "V"),
        slip("no inputs", "weights-squared-alone factor-dropped", "V t"),
        slip("inputs plain", "inputs-not-squared", "V t"),
        slip("deviation", "deviation", "V"),
        slip("of this mask", "kept-in-this-pass factor-extra", "V"),
        pen("digit", "V"),
        pen("whole-sign", "z Ez"),
        pen("power-of-ten", "P0"),
    ),
    (("all weights", "sum squared"), ("those that go", "not squared")),
)


FAMILIES = (MASKED, CONNECTED)
