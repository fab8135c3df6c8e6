"""A fourth lot of slips, of plain numbers, tables and matrices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.students.further import Own, Wrong, array, further
from benchmarks.students.further_entries import COMBINATION_MORE, PATHS_MORE, PRODUCT_MORE
from benchmarks.students.further_networks import ZERO
from benchmarks.students.further_numbers import (
    COUNTS_MORE,
    GATES_MORE,
    MOMENTUM_MORE,
    REGIME_MORE,
    SGD_MORE,
    STOPPING_MORE,
)
from benchmarks.students.sheet import Given


def _regime(make: Callable[[float, float, float, float], float]) -> Wrong:
    return lambda g, o: make(g["a"], g["lambda"], g["c"], g["w0"])


REGIMES = (
    REGIME_MORE,
    ("brackets dropped at the rate", "brackets other-operation", "q", _regime(lambda a, r, c, w: 1 - 2 * a + r)),
    ("minimum kept in the slope", "factor-extra", "q", _regime(lambda a, r, c, w: 1 - 2 * a * r * c)),
    ("start as a factor", "factor-extra", "q", _regime(lambda a, r, c, w: 1 - 2 * a * r * w)),
    ("inverse of the factor", "inverted reciprocal", "q", _regime(lambda a, r, c, w: 1 / (1 - 2 * a * r))),
    ("square of the two", "number-off exponent-off square-doubled factor-two", "q",
     _regime(lambda a, r, c, w: 1 - 4 * a * r)),
    ("step taken off the point", "term-dropped other-quantity", "q", _regime(lambda a, r, c, w: w - 2 * a * r)),
)  # fmt: skip


def _last(make: Callable[[Given, float, float], float]) -> Wrong:
    return lambda g, o: make(g, o["q"], o["updates"])


STOPS = (
    STOPPING_MORE,
    ("minimum over the rate", "inverted other-operation", "q", lambda g, o: 1 - 2 * g["a"] / g["lambda"]),
    ("minus lost in front of the factor's product", "term-dropped sign complement", "q",
     lambda g, o: 2 * g["a"] * g["lambda"]),
    ("power of the distance", "brackets other-operation", "w_end",
     _last(lambda g, q, n: g["c"] + ((g["w0"] - g["c"]) * q) ** n)),
    ("start and minimum swapped", "names-swapped", "w_end",
     _last(lambda g, q, n: g["w0"] + (g["c"] - g["w0"]) * q**n)),
    ("minimum in the power", "brackets term-dropped", "w_end",
     _last(lambda g, q, n: (g["c"] + g["w0"] - g["c"]) * q**n)),
    ("two updates short", "exponent-off index-off number-off one-off", "w_end",
     _last(lambda g, q, n: g["c"] + (g["w0"] - g["c"]) * q ** (n - 2))),
)  # fmt: skip


def _at(g: Given, t: int) -> tuple[float, float]:
    i = int(g["order"][t - 1]) - 1
    return g["x"][i], g["y"][i]


SGDS = (
    SGD_MORE,
    ("input on the forecast alone", "brackets factor-dropped", "g[2] r",
     lambda g, o: -2 * (_at(g, 2)[1] - o["w[1]"] * _at(g, 2)[0] ** 2)),
    ("input divided out", "other-operation inverted", "g[1]", lambda g, o: -2 * _at(g, 1)[1] / _at(g, 1)[0]),
    ("half in front", "factor-two inverted number-off", "g[1]", lambda g, o: o["now"] / 4),
    ("answer squared in the residual", "exponent-off factor-extra other-operation power-kept", "g[2] r",
     lambda g, o: -2 * _at(g, 2)[0] * (_at(g, 2)[1] ** 2 - o["w[1]"] * _at(g, 2)[0])),
    ("step without the weight, uphill", "term-dropped", "w[2]", lambda g, o: -g["eta"] * o["g[2]"]),
    ("rate tenfold less", "power-of-ten", "w[1]", lambda g, o: o["now"] / 10),
)  # fmt: skip

MOMENTA = (
    MOMENTUM_MORE,
    ("momentum on the weight in the step", "factor-extra", "w[2]",
     lambda g, o: o["now"] + (g["alpha"] - 1) * o["w[1]"]),
    ("velocity of the step before, uphill", "sign+sign old-for-new old-velocity", "w[2]",
     lambda g, o: o["w[1]"] - (1 if g["rate"] == "inside" else g["eta"]) * o["v[1]"]),
    ("momentum twice", "factor-two", "v[2]", lambda g, o: o["now"] + g["alpha"] * o["v[1]"]),
    ("rate and momentum multiplied", "factor-extra", "v[2]",
     lambda g, o: g["eta"] * g["alpha"] * o["v[1]"] + (g["eta"] if g["rate"] == "inside" else 1) * o["g[2]"]),
    ("velocity divided by the momentum", "other-operation inverted", "v[2]",
     lambda g, o: o["v[1]"] / g["alpha"] + (g["eta"] if g["rate"] == "inside" else 1) * o["g[2]"]),
    ("step is the new weight", "term-dropped", "w[2]",
     lambda g, o: (1 if g["rate"] == "inside" else g["eta"]) * -o["v[2]"]),
)  # fmt: skip


def _ab(make: Callable[[np.ndarray, np.ndarray], Any]) -> Wrong:
    return lambda g, o: make(array(g, "A"), array(g, "B"))


def _cell(i: int, j: int, make: Callable[[np.ndarray, np.ndarray], float]) -> Wrong:
    def wrong(g: Given, o: Own) -> np.ndarray:
        C = np.array(o["now"], float)
        C[i, j] = make(array(g, "A")[i], array(g, "B")[:, j])
        return C

    return wrong


MULS = (
    PRODUCT_MORE,
    ("sign of a product lost below", "sign entry-sign", "C",
     _cell(1, 1, lambda a, b: a @ b - 2 * a[-1] * b[-1])),
    ("sizes of the products in an entry", "sign", "C", _cell(0, 1, lambda a, b: np.abs(a * b).sum())),
    ("factors added in an entry", "other-operation", "C", _cell(1, 0, lambda a, b: (a + b).sum())),
    ("column of A for the row in an entry",
     "rows-for-columns index-off names-swapped transpose-missing transpose-extra",
     "C", lambda g, o: _cell(1, 1, lambda a, b: array(g, "A")[:, 1] @ b)(g, o) if len(g["A"][0]) == 2 else None),
    ("columns swapped in the result", "permuted index-off names-swapped", "C",
     lambda g, o: np.array(o["now"])[:, ::-1]),
    ("second row left as in A", "factor-dropped other-quantity", "C",
     _ab(lambda A, B: np.array([A[0] @ B, A[1]]) if A.shape[1] == 2 else None)),
)  # fmt: skip


def _sum(make: Callable[[np.ndarray, np.ndarray, float, float], Any]) -> Wrong:
    return lambda g, o: make(array(g, "A"), array(g, "B"), g["alpha"], g["beta"])


def _spot(name: str, make: Callable[[float, float], float]) -> Wrong:
    """The first entry, made otherwise from the coefficient and the entry."""

    def wrong(g: Given, o: Own) -> np.ndarray:
        P = np.array(o["now"], float)
        P[0, 0] = make(g["alpha" if name == "A" else "beta"], array(g, name)[0, 0])
        return P

    return wrong


ADDS = (
    COMBINATION_MORE,
    ("coefficient added in an entry", "other-operation", "P", _spot("A", lambda k, e: k + e)),
    ("entry squared in place of scaled", "other-operation exponent-off other-quantity", "Q",
     _spot("B", lambda k, e: e * e)),
    ("sign of the first entry of P", "sign entry-sign", "P", _spot("A", lambda k, e: -k * e)),
    ("both coefficients on the first", "factor-extra other-operation", "P", _sum(lambda A, B, a, b: a * b * A)),
    ("minus of the second coefficient lost", "sign subtracted", "C",
     lambda g, o: o["P"] - o["Q"] if g["beta"] < 0 else None),
    ("first entry of the second left out", "term-dropped", "C",
     lambda g, o: np.array(o["now"]) - np.pad([[o["Q"][0][0]]], [(0, np.shape(o["Q"])[0] - 1),
                                                                 (0, np.shape(o["Q"])[1] - 1)])),
)  # fmt: skip


def _c(g: Given) -> float:
    return g["r"] * g["x0"] + g["s"] * g["y0"]


GRAPHS = (
    PATHS_MORE,
    ("power of the first term alone", "taken-apart term-dropped", "de c",
     lambda g, o: g["m"] * (g["r"] * g["x0"]) ** (g["m"] - 1)),
    ("exponent added", "other-operation", "de", lambda g, o: g["m"] + _c(g) ** (g["m"] - 1)),
    ("edge into c added to the power", "other-operation edges-added", "py",
     lambda g, o: np.array([o["now"][0], g["s"] + o["de"]])),
    ("number on the edge into c of the other", "names-swapped index-off other-edge", "px",
     lambda g, o: np.array([*o["now"][:2], g["s"] * o["de"]])),
    ("second path twice", "factor-two entry-repeated index-off", "dfdy", lambda g, o: 2 * o["py"][1]),
    ("largest path alone", "term-dropped", "dfdx", lambda g, o: o["px"][2]),
)  # fmt: skip

COUNTS = (
    COUNTS_MORE,
    ("sizes of the first layer added", "other-operation sizes-added", "p[1]", lambda g, o: g["n[0]"] + g["n[1]"]),
    ("two biases per neuron", "number-off factor-two one-off", "p[1]", lambda g, o: (g["n[0]"] + 2) * g["n[1]"]),
    ("biases taken off", "sign", "p[2]", lambda g, o: g["n[1]"] * g["n[2]"] - g["n[2]"]),
    ("weights for the total", "no-biases term-dropped other-blank other-quantity", "N",
     lambda g, o: sum(g[f"n[{i}]"] * g[f"n[{i + 1}]"] for i in range(int(g["hidden"]) + 1))),
    ("first layer left out of the total", "term-dropped", "N", lambda g, o: o["now"] - o["p[1]"]),
    ("first layer's weights alone", "term-dropped output-forgotten", "W", lambda g, o: g["n[0]"] * g["n[1]"]),
)  # fmt: skip

ZEROS = (
    ZERO,
    ("answer for the error", "sign term-dropped sign-of-the-error", "d[1]",
     lambda g, o: g["y"][int(g["order"][0]) - 1]),
    ("outputs as ones in the first step", "factor-dropped factor-two other-function", "W3[1]",
     lambda g, o: 2 * o["now"]),
    ("sign of the second step", "sign", "W3[2]",
     lambda g, o: 2 * np.array(o["W3[1]"]) - np.array(o["now"])),
    ("step alone", "term-dropped", "W3[2]", lambda g, o: np.array(o["now"]) - np.array(o["W3[1]"])),
    ("first weights added to the forecast", "term-extra other-operation", "yhat[2]", lambda g, o: 1 + o["now"]),
    ("error squared halved", "function-for-derivative factor-dropped other-quantity", "d[2]",
     lambda g, o: o["now"] ** 2 / 2),
)  # fmt: skip


def _gate(make: Callable[[list[float]], list[float]]) -> Wrong:
    return lambda g, o: np.array(make(list(o["now"])), float)


GATES = (
    GATES_MORE,
    ("rows by the second input first", "permuted index-off", "t", _gate(lambda t: [t[0], t[2], t[1], t[3]])),
    ("nothing but noughts", "other-function other-gate", "t", _gate(lambda t: [0, 0, 0, 0])),
    ("third row wrong", "one-digit entry-sign", "t", _gate(lambda t: [*t[:2], 1 - t[2], t[3]])),
    ("turned round throughout", "complement whole-sign sign fewer-than-k", "u", _gate(lambda u: [1 - v for v in u])),
    ("two of them exactly", "exactly-k other-function", "u",
     lambda g, o: np.array([float(sum(v ^ int(r) for v, r in zip(((i >> 2) & 1, (i >> 1) & 1, i & 1), g["r"],
                                                              strict=True)) == int(g["k"])) for i in range(8)])),
    ("first input decides", "term-dropped other-function", "u",
     lambda g, o: np.array([float(((i >> 2) & 1) ^ int(g["r"][0])) for i in range(8)])),
)  # fmt: skip

FAMILIES = tuple(further(family, *rows) for family, *rows in (
    REGIMES, STOPS, SGDS, MOMENTA, MULS, ADDS, GRAPHS, COUNTS, ZEROS, GATES))  # fmt: skip
