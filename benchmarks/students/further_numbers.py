"""Further slips with plain numbers and tables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.students.further import Wrong, further
from benchmarks.students.gates import GATES, PAIRS, TABLES, TRIPLES
from benchmarks.students.momentum import MOMENTUM, SGD
from benchmarks.students.networks import PARAMETERS
from benchmarks.students.sheet import Given
from benchmarks.students.stopping import REGIME, STOPPING


def _table(make: Callable[[str, list[int], int, int], int]) -> Wrong:
    return lambda g, o: np.array([make(str(g["gate"]), [int(s) for s in g["s"]], x, y) for x, y in PAIRS], float)


def _count(make: Callable[[list[int], list[int], int], int]) -> Wrong:
    return lambda g, o: np.array([make(list(row), [int(r) for r in g["r"]], int(g["k"])) for row in TRIPLES], float)


def _seen(row: list[int], bars: list[int]) -> list[int]:
    return [value ^ bar for value, bar in zip(row, bars, strict=True)]


_NEGATION = {"AND": "NAND", "NAND": "AND", "OR": "NOR", "NOR": "OR"}

GATES_MORE = further(
    TABLES,
    (
        "bar over the whole left out or put",
        "complement whole-sign bars-overlooked sign whole-bar",
        "t",
        lambda g, o: 1 - o["now"] if str(g["gate"]) in _NEGATION else None,
    ),
    (
        "nor for nand, bars overlooked",
        "other-gate other-function",
        "t",
        _table(lambda gate, s, x, y: GATES["NOR"](x ^ s[0], y ^ s[1]) if gate == "NAND" else GATES["AND"](x, y)),
    ),
    (
        "odd one for the gate",
        "other-gate other-function either-not-both neither-or-both equal-for-arrow odd-one",
        "t",
        _table(lambda gate, s, x, y: x ^ s[0] ^ y ^ s[1]),
    ),
    ("last row wrong", "one-digit entry-sign", "t", lambda g, o: np.array([*o["now"][:3], 1 - o["now"][3]])),
    ("first row wrong", "one-digit entry-sign", "t", lambda g, o: np.array([1 - o["now"][0], *o["now"][1:]])),
    ("middle rows swapped", "permuted index-off", "t", lambda g, o: o["now"][[0, 2, 1, 3]]),
    ("all ones", "other-function other-gate", "t", _table(lambda gate, s, x, y: 1)),
    ("strictly more, bars overlooked", "more-than-k bars-overlooked", "u", _count(lambda v, r, k: int(sum(v) > k))),
    ("any of them", "one-off other-function any-of-them", "u", _count(lambda v, r, k: int(sum(_seen(v, r)) >= 1))),
    (
        "first input left out",
        "term-dropped first-input-left-out",
        "u",
        _count(lambda v, r, k: int(sum(_seen(v, r)[1:]) >= k)),
    ),
    (
        "middle input left out",
        "term-dropped second-input-left-out",
        "u",
        _count(lambda v, r, k: int(sum(_seen(v, r)[::2]) >= k)),
    ),
    (
        "noughts counted",
        "complement bars-overlooked sign noughts-counted",
        "u",
        _count(lambda v, r, k: int(3 - sum(_seen(v, r)) >= k)),
    ),
    ("last row of B wrong", "one-digit entry-sign", "u", lambda g, o: np.array([*o["now"][:7], 1 - o["now"][7]])),
    ("one more", "one-off more-than-k", "u", _count(lambda v, r, k: int(sum(_seen(v, r)) >= k + 1))),
)

REGIME_MORE = further(
    REGIME,
    (
        "next point over the first",
        "other-convention names-swapped points-divided",
        "q",
        lambda g, o: o["now"] + (1 - o["now"]) * g["c"] / g["w0"] if g["w0"] else None,
    ),
    ("second derivative", "term-dropped names-swapped factor-dropped second-derivative", "q", lambda g, o: 2 * g["a"]),
    ("three for two", "other-convention number-off factor-extra", "q", lambda g, o: 1 - 3 * g["a"] * g["lambda"]),
    (
        "two taken off",
        "sign other-operation brackets rate-on-the-point",
        "q",
        lambda g, o: (1 - 2 * g["a"]) * g["lambda"],
    ),
    ("rate for the factor", "names-swapped rate-for-factor", "q", lambda g, o: g["lambda"]),
    (
        "one taken off the product",
        "sign whole-sign",
        "q",
        lambda g, o: 2 * g["a"] * g["lambda"] - 1,
    ),
    ("two at the one as well", "factor-two brackets", "q", lambda g, o: 2 * (1 - g["a"] * g["lambda"])),
    ("added for multiplied", "other-operation rate-added-to-slope", "q", lambda g, o: 1 - (2 * g["a"] + g["lambda"])),
    ("one tenth", "power-of-ten", "q", lambda g, o: o["now"] / 10),
    ("loss constant in", "term-extra factor-extra", "q", lambda g, o: 1 - 2 * g["a"] * g["lambda"] + g["d"]),
)


def _until(g: Given, q: float, test: Callable[[float, float], float]) -> float:
    distance = g["w0"] - g["c"]
    for number in range(1, 1000):
        old, distance = distance, q * distance
        if abs(test(old, distance)) < g["eps"]:
            return float(number)
    return float("nan")


STOPPING_MORE = further(
    STOPPING,
    (
        "loss itself tested",
        "term-dropped other-convention names-swapped loss-tested",
        "updates i first",
        lambda g, o: _until(g, o["q"], lambda u, v: g["a"] * v**2),
    ),
    ("two too few", "index-off number-off", "updates i", lambda g, o: o["now"] - 2),
    (
        "next point for the factor",
        "names-swapped function-for-derivative",
        "q",
        lambda g, o: g["w0"] - g["lambda"] * 2 * g["a"] * (g["w0"] - g["c"]),
    ),
    ("a squared", "exponent-off", "q", lambda g, o: 1 - 2 * g["a"] ** 2 * g["lambda"]),
    ("rate and a added", "other-operation rate-added", "q", lambda g, o: 1 - 2 * (g["a"] + g["lambda"])),
    (
        "sign of the minimum in the distance",
        "sign",
        "w_end",
        lambda g, o: -g["c"] + (g["w0"] - g["c"]) * o["q"] ** o["updates"],
    ),
    ("distance turned round", "sign", "w_end", lambda g, o: g["c"] + (g["c"] - g["w0"]) * o["q"] ** o["updates"]),
    (
        "factor without its sign",
        "sign",
        "w_end",
        lambda g, o: g["c"] - (g["w0"] - g["c"]) * abs(o["q"]) ** o["updates"],
    ),
    (
        "factor multiplied by the number",
        "power-dropped other-operation",
        "w_end",
        lambda g, o: g["c"] + (g["w0"] - g["c"]) * o["q"] * o["updates"],
    ),
    ("minimum itself", "term-dropped factor-dropped", "w_end", lambda g, o: g["c"]),
)

COUNTS_MORE = further(
    PARAMETERS,
    ("weights of the next layer", "index-off", "p[1]", lambda g, o: g["n[1]"] * g["n[2]"] + g["n[2]"]),
    ("bias for each weight", "factor-two other-quantity names-swapped", "p[1]", lambda g, o: 2 * g["n[0]"] * g["n[1]"]),
    ("one more in both sizes", "one-off", "p[1]", lambda g, o: g["n[0]"] + g["n[1]"] + g["n[0]"] * g["n[1]"] + 1),
    (
        "biases on both sides",
        "term-extra one-off other-convention",
        "p[2]",
        lambda g, o: (g["n[1]"] + 1) * (g["n[2]"] + 1),
    ),
    ("a nought lost", "power-of-ten one-digit", "p[1]", lambda g, o: o["now"] / 10),
    ("last layer twice", "factor-two index-off", "N", lambda g, o: o["now"] + o["p[2]"] if g["hidden"] == 1 else None),
    ("inputs in the sum", "term-extra one-off", "N", lambda g, o: o["now"] + g["n[0]"]),
    ("second layer left out", "term-dropped old-for-new index-off", "N params", lambda g, o: o["now"] - o["p[2]"]),
    ("total for the weights", "other-blank names-swapped term-dropped", "W", lambda g, o: o["N"]),
)


def _object(g: Given, t: int) -> int:
    return int(g["order"][t - 1]) - 1


SGD_MORE = further(
    SGD,
    ("minus lost", "sign whole-sign", "g[1]", lambda g, o: -o["now"]),
    (
        "answer alone squared",
        "exponent-off names-swapped other-convention",
        "g[1]",
        lambda g, o: -2 * g["y"][_object(g, 1)] ** 2,
    ),
    (
        "first object once more",
        "index-off old-for-new names-swapped other-quantity",
        "g[2] r i",
        lambda g, o: -2 * g["x"][_object(g, 1)] * (g["y"][_object(g, 1)] - o["w[1]"] * g["x"][_object(g, 1)]),
    ),
    (
        "weight not put in",
        "factor-dropped",
        "g[2] r",
        lambda g, o: -2 * g["x"][_object(g, 2)] * (g["y"][_object(g, 2)] - g["x"][_object(g, 2)]),
    ),
    (
        "brackets lost",
        "brackets factor-dropped",
        "g[2] r",
        lambda g, o: -2 * g["x"][_object(g, 2)] * g["y"][_object(g, 2)] - o["w[1]"] * g["x"][_object(g, 2)],
    ),
    ("rate at the weight", "brackets factor-extra", "w[2]", lambda g, o: g["eta"] * (o["w[1]"] - o["g[2]"])),
    (
        "gradient of the first",
        "old-for-new index-off names-swapped other-quantity",
        "w[2]",
        lambda g, o: o["w[1]"] - g["eta"] * o["g[1]"],
    ),
    ("doubled", "factor-two", "w[2]", lambda g, o: o["w[1]"] - 2 * g["eta"] * o["g[2]"]),
    ("ten times the rate", "power-of-ten", "w[1]", lambda g, o: -10 * g["eta"] * o["g[1]"]),
    ("weight doubled", "factor-two", "w[2]", lambda g, o: 2 * o["w[1]"] - g["eta"] * o["g[2]"]),
)

MOMENTUM_MORE = further(
    MOMENTUM,
    (
        "momentum at both",
        "factor-extra brackets",
        "v[2]",
        lambda g, o: g["alpha"] * (o["v[1]"] + (g["eta"] if g["rate"] == "inside" else 1) * o["g[2]"]),
    ),
    (
        "momentum for the rate",
        "names-swapped",
        "v[2]",
        lambda g, o: g["eta"] * o["v[1]"] + (g["eta"] if g["rate"] == "inside" else 1) * o["g[2]"],
    ),
    (
        "gradient of the first step",
        "old-for-new index-off",
        "v[2]",
        lambda g, o: g["alpha"] * o["v[1]"] + (g["eta"] if g["rate"] == "inside" else 1) * o["g[1]"],
    ),
    ("velocity doubled", "factor-two", "v[2]", lambda g, o: o["now"] + g["alpha"] * o["v[1]"]),
    ("one plus the momentum", "term-extra one-off", "v[2]", lambda g, o: o["now"] + o["v[1]"]),
    (
        "velocities added",
        "term-extra other-convention new-for-old",
        "w[2]",
        lambda g, o: o["now"] - (1 if g["rate"] == "inside" else g["eta"]) * o["v[1]"],
    ),
    (
        "gradient in the step",
        "names-swapped activation-missing term-dropped no-momentum other-quantity",
        "w[2]",
        lambda g, o: o["w[1]"] - g["eta"] * o["g[2]"],
    ),
    ("half the error", "factor-two factor-dropped", "g[1]", lambda g, o: o["now"] / 2),
    ("weight times momentum", "factor-extra", "w[2]", lambda g, o: o["now"] + (g["alpha"] - 1) * o["w[1]"]),
    ("sign of the step", "sign ascent", "w[1]", lambda g, o: -o["now"]),
)

FAMILIES = (GATES_MORE, REGIME_MORE, STOPPING_MORE, COUNTS_MORE, SGD_MORE, MOMENTUM_MORE)
