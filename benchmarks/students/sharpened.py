"""Steps that become sigmoids."""

from __future__ import annotations

import numpy as np

from benchmarks.students.gated import numbers, sigma
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def sharpened(given: Given, sheet: Sheet) -> None:
    """The outputs of a net of sharpened sigmoids, and how sharp they have to be."""
    p, b1, q, b2, u, v, d, k, sense = numbers(given, "p b1 q b2 u v d k sense")

    def output(n: float, k: float) -> float:
        return sigma(k * (u * sigma(k * (p * n + b1)) + v * sigma(k * (q * n + b2)) + d))

    inner = 1.0 if sheet("sharp at the output alone") else k
    outer = 1.0 if sheet("sharp inside alone") else k
    h1 = chosen(
        sheet, sigma(inner * (p + b1)),
        ("bias outside of k", sigma(k * p + b1)), ("bias forgotten", sigma(k * p)), ("no sigmoid", k * (p + b1)),
        ("both inputs on", sigma(k * (2 * p + b1))), ("exponent", sigma(-k * (p + b1))),
        ("bias taken off", sigma(k * (p - b1))),
        ("tanh taken", np.tanh(k * (p + b1))), ("divided by k", sigma((p + b1) / k)),
    )  # fmt: skip
    h1 = sheet.write("h1", h1)
    h2 = chosen(
        sheet, sigma(inner * (q + b2)),
        ("bias outside of k in h2", sigma(k * q + b2)), ("bias forgotten in h2", sigma(k * q)),
        ("both inputs on in h2", sigma(k * (2 * q + b2))), ("exponent in h2", sigma(-k * (q + b2))),
    )  # fmt: skip
    h2 = sheet.write("h2", h2)
    total = u * h1 + v * h2 + d
    step1, step2 = float(p + b1 > 0), float(q + b2 > 0)
    sheet.write("y01", chosen(
        sheet, sigma(outer * total),
        ("no sigmoid out", total), ("bias forgotten out", sigma(k * (total - d))),
        ("steps inside", sigma(k * (u * step1 + v * step2 + d))),
        ("edges crossed", sigma(k * (v * h1 + u * h2 + d))), ("bias outside of k out", sigma(k * (total - d) + d)),
        ("exponent out", sigma(-k * total)),
    ))  # fmt: skip
    i1, i2 = sigma(inner * b1), sigma(inner * b2)
    low = u * i1 + v * i2 + d
    sheet.write("y00", chosen(
        sheet, sigma(outer * low),
        ("no sigmoid at zero", low), ("bias forgotten at zero", sigma(k * (low - d))),
        ("other corner at zero", output(2, k)),
        ("steps at zero", sigma(k * (u * (b1 > 0) + v * (b2 > 0) + d))),
    ))  # fmt: skip
    j1, j2 = sigma(inner * (2 * p + b1)), sigma(inner * (2 * q + b2))
    if sheet("one input at the corner"):
        j1, j2 = sigma(k * (p + b1)), sigma(k * (q + b2))
    high = u * j1 + v * j2 + d
    sheet.write("y11", chosen(
        sheet, sigma(outer * high),
        ("no sigmoid at the corner", high), ("bias forgotten at the corner", sigma(k * (high - d))),
        ("other corner", output(0, k)),
    ))  # fmt: skip
    wanted = {0: (1 - sense) / 2, 1: (1 + sense) / 2, 2: (1 - sense) / 2}

    def least(looked: tuple[int, ...], margin: float = 0.1) -> float:
        return next(float(k) for k in range(1, 200) if all(abs(output(n, k) - wanted[n]) < margin for n in looked))

    all_four = least((0, 1, 2))
    sheet.write("K", chosen(
        sheet, all_four,
        ("one too few", all_four - 1), ("one too many", all_four + 1), ("one input looked at", least((1,))),
        ("too strict", least((0, 1, 2), 0.01)),
    ))  # fmt: skip


SHARPENED = Family(
    "unit-step-vs-sigmoid-net",
    sharpened,
    (
        slip("sharp at the output alone", "sharp-at-the-output-alone factor-dropped", "h1 h2 i1 i2 j1 j2 y00 y11"),
        slip("sharp inside alone", "sharp-inside-alone factor-dropped", "y01 y00 y11"),
        slip("bias outside of k", "bias-not-multiplied brackets factor-dropped", "h1"),
        slip("bias forgotten", "bias-forgotten term-dropped", "h1"),
        slip("no sigmoid", "sum-for-sigmoid activation-missing", "h1"),
        slip("both inputs on", "two-inputs-on", "h1"),
        slip("exponent", "sign-of-the-exponent sign complement", "h1"),
        slip("bias taken off", "sign", "h1"),
        slip("tanh taken", "other-function", "h1"),
        slip("divided by k", "inverted other-operation", "h1"),
        slip("bias outside of k in h2", "bias-not-multiplied brackets factor-dropped", "h2"),
        slip("bias forgotten in h2", "bias-forgotten term-dropped", "h2"),
        slip("both inputs on in h2", "two-inputs-on", "h2"),
        slip("exponent in h2", "sign-of-the-exponent sign complement", "h2"),
        slip("no sigmoid out", "no-sigmoid-at-the-output activation-missing", "y01"),
        slip("bias forgotten out", "bias-forgotten term-dropped", "y01"),
        slip("steps inside", "outputs-of-steps", "y01"),
        slip("edges crossed", "names-swapped", "y01"),
        slip("bias outside of k out", "bias-not-multiplied output-bias-not-multiplied brackets factor-dropped", "y01"),
        slip("exponent out", "sign-of-the-exponent sign complement", "y01"),
        slip("no sigmoid at zero", "no-sigmoid-at-the-output activation-missing", "y00"),
        slip("bias forgotten at zero", "bias-forgotten term-dropped", "y00"),
        slip("other corner at zero", "other-corner other-blank", "y00"),
        slip("steps at zero", "outputs-of-steps", "y00"),
        slip("one input at the corner", "one-input-at-the-corner factor-two factor-dropped", "j1 j2 y11"),
        slip("no sigmoid at the corner", "no-sigmoid-at-the-output activation-missing", "y11"),
        slip("bias forgotten at the corner", "bias-forgotten term-dropped", "y11"),
        slip("other corner", "other-corner other-blank", "y11"),
        slip("one too few", "one-too-few one-input-checked outer-inputs-checked one-off", "K"),
        slip("one too many", "one-too-many one-off", "K"),
        slip("one input looked at", "one-input-checked one-too-few", "K"),
        slip("too strict", "too-strict one-too-many", "K"),
        pen("digit", "h1 h2 y01 y00 y11"),
        pen("digits", "h1 h2 y01 y00 y11"),
    ),
    (("bias forgotten", "no sigmoid at the corner"), ("sharp inside alone", "one too few")),
)

FAMILIES = (SHARPENED,)
