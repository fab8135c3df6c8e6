"""One step of an LSTM, without and with peepholes."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, Slip, pen, slip
from benchmarks.students.sigmoids import chosen


def sigma(t: float) -> float:
    return float(1 / (1 + np.exp(-t)))


def numbers(given: Given, names: str) -> list[float]:
    return [float(given[name]) for name in names.split()]


def sums(sheet: Sheet, gate: str, w: float, v: float, b: float, x: float, h: float, c: float) -> float:
    """The sum of a gate, or what is added up instead."""
    total = chosen(
        sheet, w * x + v * h + b,
        (f"bias lost in {gate}", w * x + v * h), (f"old output lost in {gate}", w * x + b),
        (f"input lost in {gate}", v * h + b), (f"crossed in {gate}", w * h + v * x + b),
        (f"bias taken off in {gate}", w * x + v * h - b), (f"cell for output in {gate}", w * x + v * c + b),
        (f"minus lost in {gate}", w * x - v * h + b),
    )  # fmt: skip
    return float(total)


def lstm(given: Given, sheet: Sheet) -> None:
    """One step of an LSTM."""
    x, h0, c0 = numbers(given, "x h0 c0")
    made = {}
    for gate in "ifog":
        a = sums(sheet, gate, *numbers(given, f"W{gate} V{gate} b{gate}"), x, h0, c0)
        right, wrong = (np.tanh(a), sigma(a)) if gate == "g" else (sigma(a), np.tanh(a))
        value = chosen(
            sheet, right,
            (f"other function in {gate}", wrong), (f"no function in {gate}", a), (f"exponent of {gate}", sigma(-a)),
        )  # fmt: skip
        made[gate] = sheet.write(gate, value)
    i, f, o, g = (made[gate] for gate in "ifog")
    c = chosen(
        sheet, f * c0 + i * g,
        ("gates swapped", i * c0 + f * g), ("coupled", f * c0 + (1 - f) * g), ("candidate not gated", f * c0 + g),
        ("memory not gated", c0 + i * g), ("output gate inside", f * c0 + o * g), ("difference", f * c0 - i * g),
    )  # fmt: skip
    c = sheet.write("c", c)
    sheet.write("h", chosen(
        sheet, o * np.tanh(c),
        ("no squashing", o * c), ("sigmoid out", o * sigma(c)), ("old state out", o * np.tanh(c0)),
        ("candidate out", o * g), ("gate inside", np.tanh(o * c)), ("no output gate", np.tanh(c)),
        ("forget gate out", f * np.tanh(c)),
    ))  # fmt: skip


def peephole(given: Given, sheet: Sheet) -> None:
    """One step with gates that see the cell; the parameters of the peepholes."""
    x, h0, c0, units, inputs = numbers(given, "x h0 c0 m d")
    made, a = {}, {}
    for gate in "ifg":
        w, v, b = numbers(given, f"W{gate} V{gate} b{gate}")
        a[gate] = w * x + v * h0 + b
        if gate != "g":
            u = float(given[f"U{gate}"])
            a[gate] = chosen(
                sheet, a[gate] + u * c0,
                (f"no peephole in {gate}", a[gate]), (f"old output twice in {gate}", a[gate] + u * h0),
                (f"crossed in {gate}", w * x + v * c0 + u * h0 + b), (f"bias lost in {gate}", a[gate] + u * c0 - b),
                (f"sign of the peephole in {gate}", a[gate] - u * c0), (f"weight lost in {gate}", a[gate] + c0),
            )  # fmt: skip
            value = chosen(
                sheet, sigma(a[gate]),
                (f"tanh in {gate}", np.tanh(a[gate])), (f"exponent of {gate}", sigma(-a[gate])),
            )  # fmt: skip
            made[gate] = sheet.write(gate, value)
            continue
        for name, seen in (("i", "Ui"), ("f", "Uf"), ("o", "Uo")):
            a[gate] = a[gate] + float(given[seen]) * c0 if sheet(f"candidate peeps as {name}") else a[gate]
        a[gate] = chosen(sheet, a[gate], ("candidate peeps straight", a[gate] + c0), ("bias lost in g", a[gate] - b))
        made[gate] = sheet.write("g", chosen(sheet, np.tanh(a[gate]), ("sigmoid in g", sigma(a[gate]))))
    i, f, g = (made[gate] for gate in "ifg")
    c = chosen(
        sheet, f * c0 + i * g,
        ("gates swapped", i * c0 + f * g), ("coupled", f * c0 + (1 - f) * g), ("candidate not gated", f * c0 + g),
        ("memory not gated", c0 + i * g),
    )  # fmt: skip
    c = sheet.write("c", c)
    w, v, u, b = numbers(given, "Wo Vo Uo bo")
    now, then = (c0, c) if given["sees"] == "old" else (c, c0)
    bare = w * x + v * h0 + b
    out = chosen(
        sheet, bare + u * now,
        ("no peephole in o", bare), ("other moment", bare + u * then), ("bias lost in o", bare + u * now - b),
        ("crossed in o", w * x + v * now + u * h0 + b),
    )  # fmt: skip
    o = sheet.write("o", chosen(sheet, sigma(out), ("tanh in o", np.tanh(out)), ("exponent of o", sigma(-out))))
    sheet.write("h", chosen(
        sheet, o * np.tanh(c),
        ("no squashing", o * c), ("old state out", o * np.tanh(c0)), ("no output gate", np.tanh(c)),
    ))  # fmt: skip
    sheet.write("N", chosen(
        sheet, 3 * units**2,
        ("four gates", 4 * units**2), ("one gate", units**2), ("diagonal for full", 3 * units),
        ("inputs counted", 3 * units * inputs), ("biases counted", 3 * units * (units + 1)),
    ))  # fmt: skip
    sheet.write("D", chosen(
        sheet, 3 * units,
        ("four diagonals", 4 * units), ("one diagonal", units), ("full for diagonal", 3 * units**2),
        ("biases too", 6 * units),
    ))  # fmt: skip


def of_gates(gates: str) -> list[Slip]:
    """Slips in the sums of gates."""
    rows = []
    for gate in gates:
        at = f"{gate} a{gate}"
        rows += [
            slip(f"bias lost in {gate}", "term-dropped", at),
            slip(f"old output lost in {gate}", "term-dropped", at),
            slip(f"input lost in {gate}", "term-dropped", at),
            slip(f"crossed in {gate}", "inputs-crossed names-swapped", at),
            slip(f"bias taken off in {gate}", "sign", at),
            slip(f"minus lost in {gate}", "sign", at),
        ]
    return rows


def of_functions(gates: str, bare: str) -> list[Slip]:
    rows = []
    for gate in gates:
        rows += [
            slip(f"other function in {gate}", "gate-with-tanh sigmoid-for-candidate other-function", gate),
            slip(f"no function in {gate}", f"{bare} activation-missing", gate),
        ]
    return rows


MIXED = (
    slip("gates swapped", "gates-swapped names-swapped", "c"),
    slip("coupled", "coupled complement names-swapped", "c"),
    slip("candidate not gated", "candidate-not-gated factor-dropped", "c"),
    slip("memory not gated", "memory-not-gated factor-dropped", "c"),
)

LSTM = Family(
    "lstm-cell-step",
    lstm,
    (
        *of_gates("ifog"),
        *(slip(f"cell for output in {gate}", "state-for-output names-swapped", f"{gate} a{gate}") for gate in "ifog"),
        *of_functions("ifog", "gate-not-squashed"),
        *(slip(f"exponent of {gate}", "sign-of-the-exponent sign complement", f"{gate} a{gate}") for gate in "ifo"),
        *MIXED,
        slip("output gate inside", "output-gate-in-the-cell names-swapped", "c"),
        slip("difference", "sign", "c"),
        slip("no squashing", "no-squashing activation-missing", "h"),
        slip("sigmoid out", "sigmoid-at-the-output other-function", "h"),
        slip("old state out", "old-state-out old-for-new names-swapped", "h"),
        slip("candidate out", "candidate-out names-swapped", "h"),
        slip("gate inside", "gate-inside brackets other-convention", "h"),
        slip("no output gate", "factor-dropped", "h"),
        slip("forget gate out", "forget-gate-out names-swapped", "h"),
        pen("digit", "i f o g c h"),
        pen("digits", "i f o g c h"),
        pen("whole-sign", "c h"),
        pen("power-of-ten", "h"),
    ),
    (("gates swapped", "no squashing"), ("bias lost in f", "candidate not gated")),
)

PEEPHOLE = Family(
    "lstm-peephole",
    peephole,
    (
        *(slip(f"no peephole in {gate}", "no-peepholes term-dropped", f"{gate} a{gate}") for gate in "ifo"),
        *(
            slip(f"old output twice in {gate}", "output-in-the-peephole names-swapped", f"{gate} a{gate}")
            for gate in "if"
        ),
        *(slip(f"crossed in {gate}", "state-and-output-crossed names-swapped", f"{gate} a{gate}") for gate in "ifo"),
        *(slip(f"bias lost in {gate}", "term-dropped", f"{gate} a{gate}") for gate in "ifgo"),
        *(slip(f"sign of the peephole in {gate}", "sign", f"{gate} a{gate}") for gate in "if"),
        *(slip(f"weight lost in {gate}", "factor-dropped", f"{gate} a{gate}") for gate in "if"),
        *(slip(f"tanh in {gate}", "gate-with-tanh other-function", gate) for gate in "ifo"),
        *(slip(f"exponent of {gate}", "sign-of-the-exponent sign complement", f"{gate} a{gate}") for gate in "ifo"),
        slip("candidate peeps as i", "candidate-peeps term-extra", "g ag"),
        slip("candidate peeps as f", "candidate-peeps-as-it-forgets term-extra", "g ag"),
        slip("candidate peeps as o", "candidate-peeps-as-the-output term-extra", "g ag"),
        slip("candidate peeps straight", "candidate-peeps-straight term-extra", "g ag"),
        slip("sigmoid in g", "sigmoid-for-candidate other-function", "g"),
        *MIXED,
        slip("other moment", "other-moment old-for-new new-for-old names-swapped", "o ao"),
        slip("no squashing", "no-squashing activation-missing", "h"),
        slip("old state out", "old-state-out old-for-new names-swapped", "h"),
        slip("no output gate", "factor-dropped", "h"),
        slip("four gates", "four-peepholes number-off one-off", "N"),
        slip("one gate", "one-gate factor-dropped", "N"),
        slip("diagonal for full", "diagonal-for-full power-dropped", "N"),
        slip("inputs counted", "inputs-counted names-swapped", "N"),
        slip("biases counted", "biases-counted", "N"),
        slip("four diagonals", "four-peepholes number-off one-off", "D"),
        slip("one diagonal", "one-gate factor-dropped", "D"),
        slip("full for diagonal", "full-for-diagonal exponent-off", "D"),
        slip("biases too", "biases-counted factor-two", "D"),
        pen("digit", "i f o g c h"),
        pen("digits", "c h"),
    ),
    (("gates swapped", "no squashing"), ("no peephole in f", "four gates")),
)

FAMILIES = (LSTM, PEEPHOLE)
