"""One step of a GRU; cells whose gates stand still."""

from __future__ import annotations

import numpy as np

from benchmarks.students.gated import numbers, of_functions, of_gates, sigma, sums
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def gru(given: Given, sheet: Sheet) -> None:
    """One step of a GRU, in the convention of the sheet."""
    x, h0, w, v, b = numbers(given, "x h0 Wn Vn bn")
    made = {}
    for gate in "zr":
        a = sums(sheet, gate, *numbers(given, f"W{gate} V{gate} b{gate}"), x, h0, h0)
        value = chosen(
            sheet, sigma(a),
            (f"other function in {gate}", np.tanh(a)), (f"no function in {gate}", a),
            (f"exponent of {gate}", sigma(-a)),
        )  # fmt: skip
        made[gate] = sheet.write(gate, value)
    z, r = made["z"], made["r"]
    s = sheet.write("s", chosen(
        sheet, r * h0, ("reset by the update gate", z * h0), ("complement of the reset gate", (1 - r) * h0),
    ))  # fmt: skip
    a = chosen(
        sheet, w * x + v * s + b,
        ("not reset", w * x + v * h0 + b), ("whole sum reset", r * (w * x + v * h0 + b)),
        ("bias reset", w * x + r * (v * h0 + b)), ("input reset", w * r * x + v * h0 + b),
        ("bias lost in n", w * x + v * s), ("crossed in n", w * s + v * x + b), ("input lost in n", v * s + b),
        ("memory lost in n", w * x + b),
    )  # fmt: skip
    n = sheet.write("n", chosen(sheet, np.tanh(a), ("other function in n", sigma(a)), ("no function in n", a)))
    old, new = (z, 1 - z) if given["mix"] == "keep" else (1 - z, z)
    other, rest = (r, 1 - r) if given["mix"] == "keep" else (1 - r, r)
    sheet.write("h", chosen(
        sheet, new * n + old * h0,
        ("other convention", old * n + new * h0), ("mixed with the reset gate", rest * n + other * h0),
        ("reset state mixed", new * n + old * s), ("same share twice", z * n + z * h0),
        ("one share lost", n + z * h0 if given["mix"] == "keep" else z * n + h0), ("difference", new * n - old * h0),
        ("candidate alone", n),
    ))  # fmt: skip


def frozen(given: Given, sheet: Sheet) -> None:
    """Two steps of an LSTM and of a GRU that are simple recurrent nets."""
    w, v, b, h0, c0 = numbers(given, "w v b h0 c0")
    x1, x2 = (float(x) for x in given["x"])
    a = chosen(
        sheet, w * x1 + v * h0 + b,
        ("state left out", w * x1 + b), ("bias left out", w * x1 + v * h0), ("weights crossed", w * h0 + v * x1 + b),
        ("minus before the state", w * x1 - v * h0 + b),
    )  # fmt: skip
    g1 = np.tanh(a)
    l1 = sheet.write("l1", chosen(
        sheet, np.tanh(g1),
        ("one tanh", g1), ("old cell kept", np.tanh(c0 + g1)), ("sigmoid inside", np.tanh(sigma(a))),
        ("sigmoid outside", sigma(g1)), ("nothing applied", a),
        ("cell in the sum", np.tanh(np.tanh(w * x1 + v * c0 + b))),
    ))  # fmt: skip
    before = chosen(sheet, l1, ("from the start again", h0), ("cell carried", g1), ("other cell carried", g1))
    a2 = chosen(
        sheet, w * x2 + v * before + b,
        ("first input again", w * x1 + v * before + b), ("state left out later", w * x2 + b),
        ("bias left out later", w * x2 + v * before), ("weights crossed later", w * before + v * x2 + b),
    )  # fmt: skip
    sheet.write("l2", chosen(
        sheet, np.tanh(np.tanh(a2)),
        ("one tanh later", np.tanh(a2)), ("first candidate kept", np.tanh(g1 + np.tanh(a2))),
        ("old cell still kept", np.tanh(c0 + g1 + np.tanh(a2))),
    ))  # fmt: skip
    r1 = sheet.write("r1", chosen(
        sheet, np.tanh(a),
        ("two tanhs", np.tanh(np.tanh(a))), ("averaged", (np.tanh(a) + h0) / 2), ("candidate added", np.tanh(a) + h0),
        ("sigmoid in the GRU", sigma(a)),
    ))  # fmt: skip
    before = chosen(sheet, r1, ("GRU from the start again", h0))
    u2 = chosen(sheet, w * x2 + v * before + b, ("first input again in the GRU", w * x1 + v * before + b))
    sheet.write(
        "r2",
        chosen(
            sheet, np.tanh(u2), ("two tanhs later", np.tanh(np.tanh(u2))), ("averaged later", (np.tanh(u2) + r1) / 2)
        ),
    )


GRU = Family(
    "gru-cell-step",
    gru,
    (
        *of_gates("zr"),
        *of_functions("zrn", "not-squashed"),
        *(slip(f"exponent of {gate}", "sign-of-the-exponent sign complement", f"{gate} a{gate}") for gate in "zr"),
        slip("reset by the update gate", "reset-by-the-update-gate names-swapped", "s"),
        slip("complement of the reset gate", "complement", "s"),
        slip("not reset", "not-reset factor-dropped names-swapped", "n an s"),
        slip("whole sum reset", "whole-sum-reset", "n an"),
        slip("bias reset", "bias-reset", "n an"),
        slip("input reset", "input-reset", "n an"),
        slip("bias lost in n", "term-dropped", "n an"),
        slip("crossed in n", "candidate-inputs-crossed names-swapped", "n an"),
        slip("input lost in n", "term-dropped", "n an"),
        slip("memory lost in n", "term-dropped", "n an"),
        slip("other convention", "other-convention-of-the-mix", "h"),
        slip("mixed with the reset gate", "mixed-with-the-reset-gate", "h"),
        slip("reset state mixed", "reset-state-mixed names-swapped factor-extra", "h"),
        slip("same share twice", "same-share-twice complement", "h"),
        slip("one share lost", "added-up factor-dropped", "h"),
        slip("difference", "sign", "h"),
        slip("candidate alone", "candidate-alone term-dropped names-swapped other-blank", "h"),
        pen("digit", "z r s n h"),
        pen("digits", "z r s n h"),
        pen("whole-sign", "s n h"),
    ),
    (("not reset", "other convention"), ("bias lost in z", "other function in n")),
)

FROZEN = Family(
    "gates-to-simple-rnn",
    frozen,
    (
        slip("state left out", "no-memory term-dropped", "a1 l1"),
        slip("bias left out", "term-dropped", "a1 l1"),
        slip("weights crossed", "names-swapped permuted", "a1 l1"),
        slip("minus before the state", "sign", "a1 l1"),
        slip("one tanh", "one-tanh activation-missing", "l1"),
        slip("old cell kept", "old-state-kept term-extra", "l1"),
        slip("sigmoid inside", "sigmoid-for-tanh other-function", "l1"),
        slip("sigmoid outside", "sigmoid-out other-function", "l1"),
        slip("nothing applied", "activation-missing other-quantity", "l1"),
        slip("cell in the sum", "state-in-the-first-sum names-swapped", "l1 a1"),
        slip("from the start again", "not-carried old-for-new wrong-point names-swapped", "l2 a2"),
        slip("cell carried", "state-for-output names-swapped other-cell-carried", "l2 a2"),
        slip("first input again", "same-input-again old-for-new names-swapped", "l2 a2"),
        slip("state left out later", "no-memory term-dropped", "l2 a2"),
        slip("bias left out later", "term-dropped", "l2 a2"),
        slip("weights crossed later", "names-swapped permuted", "l2 a2"),
        slip("one tanh later", "one-tanh activation-missing", "l2"),
        slip("first candidate kept", "previous-candidate-kept term-extra", "l2"),
        slip("old cell still kept", "old-state-kept", "l2"),
        slip("two tanhs", "two-tanhs other-quantity other-blank", "r1"),
        slip("averaged", "averaged", "r1"),
        slip("candidate added", "candidate-added term-extra", "r1"),
        slip("sigmoid in the GRU", "sigmoid-for-tanh other-function", "r1"),
        slip("GRU from the start again", "not-carried old-for-new wrong-point names-swapped", "r2 u2"),
        slip("first input again in the GRU", "same-input-again old-for-new names-swapped", "r2 u2"),
        slip("two tanhs later", "two-tanhs", "r2"),
        slip("averaged later", "averaged", "r2"),
        pen("digit", "l1 l2 r1 r2"),
        pen("digits", "l1 l2 r1 r2"),
        pen("whole-sign", "l2 r2"),
    ),
    (("one tanh", "GRU from the start again"), ("from the start again", "two tanhs later")),
)

FAMILIES = (GRU, FROZEN)
