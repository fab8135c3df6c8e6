"""Further slips with plain numbers, tables and matrices."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.students.descent import PLANE
from benchmarks.students.further import Wrong, array, further
from benchmarks.students.gates import GATES, PAIRS, TABLES, TRIPLES
from benchmarks.students.graphs import PATHS
from benchmarks.students.matrices import COMBINATION, PRODUCT
from benchmarks.students.momentum import MOMENTUM, SGD
from benchmarks.students.networks import PARAMETERS, PICTURE
from benchmarks.students.sheet import Given
from benchmarks.students.stopping import REGIME, STOPPING


def _table(make: Callable[[str, list[int], int, int], int]) -> Wrong:
    def wrong(given: Given, own: dict[str, object]) -> np.ndarray:
        return np.array([make(str(given["gate"]), [int(s) for s in given["s"]], x, y) for x, y in PAIRS], float)

    return wrong


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
    ("odd one for the gate", "other-gate other-function either-not-both neither-or-both equal-for-arrow", "t", _table(lambda gate, s, x, y: x ^ s[0] ^ y ^ s[1])),
    ("last row wrong", "one-digit entry-sign", "t", lambda g, o: np.array([*o["now"][:3], 1 - o["now"][3]])),
    ("first row wrong", "one-digit entry-sign", "t", lambda g, o: np.array([1 - o["now"][0], *o["now"][1:]])),
    ("middle rows swapped", "permuted index-off", "t", lambda g, o: o["now"][[0, 2, 1, 3]]),
    ("all ones", "other-function other-gate", "t", _table(lambda gate, s, x, y: 1)),
    ("strictly more, bars overlooked", "more-than-k bars-overlooked", "u", _count(lambda v, r, k: int(sum(v) > k))),
    ("any of them", "one-off other-function any-of-them", "u", _count(lambda v, r, k: int(sum(_seen(v, r)) >= 1))),
    ("first input left out", "term-dropped first-input-left-out", "u", _count(lambda v, r, k: int(sum(_seen(v, r)[1:]) >= k))),
    ("middle input left out", "term-dropped second-input-left-out", "u", _count(lambda v, r, k: int(sum(_seen(v, r)[::2]) >= k))),
    ("noughts counted", "complement bars-overlooked sign noughts-counted", "u", _count(lambda v, r, k: int(3 - sum(_seen(v, r)) >= k))),
    ("last row of B wrong", "one-digit entry-sign", "u", lambda g, o: np.array([*o["now"][:7], 1 - o["now"][7]])),
    ("one more", "one-off more-than-k", "u", _count(lambda v, r, k: int(sum(_seen(v, r)) >= k + 1))),
)


def _ab(make: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Wrong:
    return lambda g, o: make(array(g, "A"), array(g, "B"))


def _entry(i: int, j: int, make: Callable[[np.ndarray, np.ndarray], float]) -> Wrong:
    def wrong(g: Given, o: dict[str, object]) -> np.ndarray:
        A, B = array(g, "A"), array(g, "B")
        C = A @ B
        C[i, j] = make(A, B)
        return C

    return wrong


PRODUCT_MORE = further(
    PRODUCT,
    ("last product of an entry lost", "term-dropped", "C", _entry(0, 1, lambda A, B: A[0, :-1] @ B[:-1, 1])),
    ("first product of an entry lost", "term-dropped", "C", _entry(1, 0, lambda A, B: A[1, 1:] @ B[1:, 0])),
    (
        "sign of a middle product",
        "sign entry-sign",
        "C",
        _entry(0, 0, lambda A, B: A[0] @ B[:, 0] - 2 * A[0, 1] * B[1, 0]),
    ),
    (
        "other column in an entry",
        "index-off names-swapped entry-repeated",
        "C",
        _entry(1, 1, lambda A, B: A[1] @ B[:, 0]),
    ),
    (
        "other row in an entry",
        "index-off names-swapped entry-repeated",
        "C",
        _entry(1, 1, lambda A, B: A[0] @ B[:, 1]),
    ),
    (
        "second column with the next row",
        "index-off names-swapped permuted",
        "C",
        _ab(lambda A, B: np.column_stack([A @ B[:, 0], A[::-1] @ B[:, 1]])),
    ),
    (
        "column down in the other order",
        "index-off names-swapped permuted",
        "C",
        _entry(0, 1, lambda A, B: A[0] @ B[::-1, 1]),
    ),
    (
        "factor of another column in one product",
        "index-off names-swapped",
        "C",
        _entry(0, 0, lambda A, B: A[0] @ B[:, 0] + A[0, -1] * (B[-1, 1] - B[-1, 0])),
    ),
    (
        "row of the other matrix in an entry",
        "rows-by-rows transpose-extra transpose-missing index-off names-swapped",
        "C",
        _ab(
            lambda A, B: (
                np.array([[A[0] @ B[0], A[0] @ B[:, 1]], [A[1] @ B[:, 0], A[1] @ B[:, 1]]])
                if A.shape[1] == 2
                else A @ B + [[1, 0], [0, 0]]
            )
        ),
    ),
    ("off by one in the last", "one-off one-digit", "C", lambda g, o: o["now"] - [[0, 0], [0, 1]]),
    (
        "one product counted twice",
        "factor-two term-extra",
        "C",
        _entry(1, 0, lambda A, B: A[1] @ B[:, 0] + A[1, 0] * B[0, 0]),
    ),
)

REGIME_MORE = further(
    REGIME,
    (
        "next point over the first",
        "other-convention names-swapped points-divided",
        "q",
        lambda g, o: o["now"] + (1 - o["now"]) * g["c"] / g["w0"] if g["w0"] else None,
    ),
    ("second derivative", "term-dropped names-swapped factor-dropped", "q", lambda g, o: 2 * g["a"]),
    ("three for two", "other-convention number-off factor-extra", "q", lambda g, o: 1 - 3 * g["a"] * g["lambda"]),
    ("two taken off", "sign other-operation brackets", "q", lambda g, o: (1 - 2 * g["a"]) * g["lambda"]),
    ("rate for the factor", "names-swapped", "q", lambda g, o: g["lambda"]),
    (
        "one taken off the product",
        "sign whole-sign",
        "q",
        lambda g, o: 2 * g["a"] * g["lambda"] - 1,
    ),
    ("two at the one as well", "factor-two brackets", "q", lambda g, o: 2 * (1 - g["a"] * g["lambda"])),
    ("added for multiplied", "other-operation", "q", lambda g, o: 1 - (2 * g["a"] + g["lambda"])),
    ("one tenth", "power-of-ten", "q", lambda g, o: o["now"] / 10),
    ("loss constant in", "term-extra factor-extra", "q", lambda g, o: 1 - 2 * g["a"] * g["lambda"] + g["d"]),
)


def _until(g: Given, q: float, test: Callable[[float, float], float], strict: bool = True) -> float:
    distance = g["w0"] - g["c"]
    for number in range(1, 1000):
        old, distance = distance, q * distance
        if abs(test(old, distance)) < g["eps"]:
            return float(number)
    return float("nan")


STOPPING_MORE = further(
    STOPPING,
    (
        "relative change tested",
        "other-convention inverted",
        "updates i",
        lambda g, o: _until(g, o["q"], lambda u, v: (v**2 - u**2) / u**2),
    ),
    (
        "loss itself tested",
        "term-dropped other-convention names-swapped",
        "updates i first",
        lambda g, o: _until(g, o["q"], lambda u, v: g["a"] * v**2),
    ),
    ("two too few", "index-off number-off", "updates i", lambda g, o: o["now"] - 2),
    ("next point for the factor", "names-swapped function-for-derivative next-point", "q", lambda g, o: g["w0"] - g["lambda"] * 2 * g["a"] * (g["w0"] - g["c"])),
    ("a squared", "exponent-off", "q", lambda g, o: 1 - 2 * g["a"] ** 2 * g["lambda"]),
    ("rate and a added", "other-operation", "q", lambda g, o: 1 - 2 * (g["a"] + g["lambda"])),
    (
        "sign of the minimum in the distance",
        "sign",
        "w_end",
        lambda g, o: -g["c"] + (g["w0"] - g["c"]) * o["q"] ** o["updates"],
    ),
    ("distance turned round", "sign", "w_end", lambda g, o: g["c"] + (g["c"] - g["w0"]) * o["q"] ** o["updates"]),
    ("factor without its sign", "sign", "w_end", lambda g, o: g["c"] - (g["w0"] - g["c"]) * abs(o["q"]) ** o["updates"]),
    (
        "factor multiplied by the number",
        "power-dropped other-operation",
        "w_end",
        lambda g, o: g["c"] + (g["w0"] - g["c"]) * o["q"] * o["updates"],
    ),
    ("minimum itself", "term-dropped factor-dropped", "w_end", lambda g, o: g["c"]),
)

PICTURE_MORE = further(
    PICTURE,
    (
        "second weight row for the first",
        "index-off names-swapped entry-repeated",
        "z",
        lambda g, o: np.array([o["now"][1], o["now"][1]]),
    ),
    (
        "sign of one product",
        "sign entry-sign",
        "z",
        lambda g, o: o["now"] - [2 * g["W"][0][1] * g["x"][1], 0],
    ),
    ("one product left out", "term-dropped", "z", lambda g, o: o["now"] - [0, g["W"][1][2] * g["x"][2]]),
    ("output weight of the other neuron", "names-swapped index-off output-edges-crossed", "yhat s h", lambda g, o: max(0.0, g["w"][1] * max(o["h"]) + g["b"]) if o["h"][0] > 0 else max(0.0, g["w"][0] * max(o["h"]) + g["b"])),
    ("sums for the outputs", "activation-missing no-relu-hidden names-swapped other-quantity", "yhat s h", lambda g, o: max(0.0, float(np.dot(g["w"], o["z"]) + g["b"]))),
    ("bias taken off", "sign", "yhat s h", lambda g, o: max(0.0, float(np.dot(g["w"], o["h"]) - g["b"]))),
    ("bias twice", "factor-two", "yhat s h", lambda g, o: o["now"] + g["b"]),
    ("bias as a factor", "other-operation brackets", "yhat s h", lambda g, o: max(0.0, float(np.dot(g["w"], o["h"])) * g["b"])),
    ("dead neuron kept its size", "sign other-function", "h", lambda g, o: np.abs(o["z"])),
    ("same forecast", "old-for-new other-blank", "yhat2", lambda g, o: o["yhat"]),
)


def _gradient(t: int, make: Callable[[Given, np.ndarray, np.ndarray], np.ndarray | None]) -> Wrong:
    return lambda g, o: make(g, array(g, "x[0]"), np.array(o["now"], float))


def _quadratic(make: Callable[[Given, float, float, np.ndarray], list[float]]) -> Wrong:
    def wrong(g: Given, o: dict[str, object]) -> np.ndarray | None:
        if g["kind"] == "exponential":
            return None
        x = array(g, "x[0]")
        return np.array(make(g, x[0], x[1], np.array(o["now"], float)))

    return wrong


PLANE_MORE = further(
    PLANE,
    ("mixed term doubled in the second", "factor-two", "g[1] f2 g", _quadratic(lambda g, x, y, now: [now[0], now[1] + g["b"] * x])),
    ("first square's number lost", "factor-dropped factor-two", "g[1] f1 g", _quadratic(lambda g, x, y, now: [now[0] - 2 * g["a"] * x + 2 * x, now[1]])),
    ("value for the derivative", "function-for-derivative power-kept exponent-off", "g[1] f1 g", _quadratic(lambda g, x, y, now: [now[0] - 2 * g["a"] * x + g["a"] * x**2, now[1]])),
    ("linear terms taken off", "sign", "g[1] f1 f2 g", _quadratic(lambda g, x, y, now: [now[0] - 2 * g["d1"], now[1] - 2 * g["d2"]])),
    ("linear terms left out of both", "term-dropped", "g[1] f1 f2 g", _quadratic(lambda g, x, y, now: [now[0] - g["d1"], now[1] - g["d2"]])),
    ("sign of the second", "sign entry-sign", "g[1] f2 g", lambda g, o: o["now"] * [1, -1]),
    ("doubled step", "factor-two", "x[1]", lambda g, o: array(g, "x[0]") - 2 * g["eta"] * o["g[1]"]),
    ("rate at the point", "brackets factor-extra", "x[1]", lambda g, o: g["eta"] * (array(g, "x[0]") - o["g[1]"])),
    ("rate added", "other-operation", "x[1]", lambda g, o: array(g, "x[0]") - (g["eta"] + o["g[1]"])),
    ("gradient for the point", "names-swapped term-dropped", "x[1]", lambda g, o: o["g[1]"] - g["eta"] * o["g[1]"]),
    ("point turned round", "sign", "x[1]", lambda g, o: g["eta"] * o["g[1]"] - array(g, "x[0]")),
)

PATHS_MORE = further(
    PATHS,
    ("exponent for the power", "power-dropped exponent-off function-for-derivative", "de", lambda g, o: g["m"] * (g["r"] * g["x0"] + g["s"] * g["y0"]) ** (g["m"] - 2)),
    ("sum in brackets without a coefficient", "factor-dropped", "de c", lambda g, o: g["m"] * (g["x0"] + g["s"] * g["y0"]) ** (g["m"] - 1)),
    ("value of e", "function-for-derivative power-kept", "de", lambda g, o: (g["r"] * g["x0"] + g["s"] * g["y0"]) ** g["m"]),
    ("edge into c alone", "factor-dropped term-dropped", "px", lambda g, o: np.array([*o["now"][:2], g["r"]])),
    ("two lost at a", "factor-two factor-dropped", "px ax", lambda g, o: o["now"] * [0.5, 1, 1]),
    ("sign on the second path", "sign entry-sign", "px bx", lambda g, o: o["now"] * [1, -1, 1]),
    ("edges of y crossed", "permuted names-swapped", "py", lambda g, o: o["now"][::-1]),
    ("y on the edge from y", "names-swapped wrong-letter-in-product", "py", lambda g, o: np.array([g["q"] * g["y0"], o["now"][1]])),
    ("one path twice", "factor-two index-off entry-repeated names-swapped", "dfdx", lambda g, o: o["px"][0] + 2 * o["px"][1]),
    ("derivative by the other", "names-swapped other-blank other-quantity", "dfdy", lambda g, o: o["dfdx"]),
    ("first path subtracted", "sign", "dfdx", lambda g, o: o["now"] - 2 * o["px"][0]),
)


def _last_wrong(make: Callable[[np.ndarray, np.ndarray, Given], np.ndarray], name: str) -> Wrong:
    return lambda g, o: make(array(g, "A"), array(g, "B"), g) if name else None


def _entries(sign: Callable[[Given, dict[str, object]], np.ndarray]) -> Wrong:
    return lambda g, o: sign(g, o)


def _corner(value: float, shape: tuple[int, ...]) -> np.ndarray:
    corner = np.zeros(shape)
    corner[-1, -1] = value
    return corner


COMBINATION_MORE = further(
    COMBINATION,
    ("sign lost in an entry", "sign entry-sign", "P", lambda g, o: o["now"] - _corner(2 * o["now"][-1, -1], o["now"].shape)),
    ("coefficient lost in an entry", "factor-dropped coefficient-on-one-entry", "P", lambda g, o: o["now"] + _corner(array(g, "A")[-1, -1] - o["now"][-1, -1], o["now"].shape)),
    ("other coefficient in an entry", "names-swapped", "Q", lambda g, o: o["now"] + _corner(g["alpha"] * array(g, "B")[-1, -1] - o["now"][-1, -1], o["now"].shape)),
    ("coefficient squared", "exponent-off factor-extra", "Q", lambda g, o: g["beta"] * o["now"]),
    ("divided by it", "inverted other-operation", "Q", lambda g, o: array(g, "B") / g["beta"]),
    ("subtracted in an entry", "sign", "C", lambda g, o: o["now"] - _corner(2 * o["Q"][-1, -1], o["now"].shape)),
    ("one term alone in an entry", "term-dropped", "C", lambda g, o: o["now"] - _corner(o["P"][-1, -1], o["now"].shape)),
    ("multiplied in an entry", "other-operation elementwise", "C", lambda g, o: o["now"] + _corner(o["P"][-1, -1] * o["Q"][-1, -1] - o["now"][-1, -1], o["now"].shape)),
    ("size of the coefficient", "sign subtracted", "C", lambda g, o: o["P"] + abs(g["beta"]) * array(g, "B")),
    ("first matrix alone scaled", "factor-dropped", "C", lambda g, o: o["P"] + array(g, "B")),
)

COUNTS_MORE = further(
    PARAMETERS,
    ("weights of the next layer", "index-off", "p[1]", lambda g, o: g["n[1]"] * g["n[2]"] + g["n[2]"]),
    ("bias for each weight", "factor-two other-quantity names-swapped", "p[1]", lambda g, o: 2 * g["n[0]"] * g["n[1]"]),
    ("one more in both sizes", "one-off", "p[1]", lambda g, o: g["n[0]"] + g["n[1]"] + g["n[0]"] * g["n[1]"] + 1),
    ("biases on both sides", "term-extra one-off other-convention", "p[2]", lambda g, o: (g["n[1]"] + 1) * (g["n[2]"] + 1)),
    ("a nought lost", "power-of-ten one-digit", "p[1]", lambda g, o: o["now"] / 10),
    ("last layer twice", "factor-two index-off", "N", lambda g, o: o["now"] + o["p[2]"] if g["hidden"] == 1 else None),
    ("inputs in the sum", "term-extra one-off", "N", lambda g, o: o["now"] + g["n[0]"]),
    ("second layer left out", "term-dropped old-for-new index-off", "N params", lambda g, o: o["now"] - o["p[2]"]),
    ("all neurons taken off", "names-swapped term-extra index-off one-off other-convention", "W", lambda g, o: o["N"] - sum(v for k, v in g.items() if k.startswith("n["))),
    ("total for the weights", "other-blank names-swapped term-dropped", "W", lambda g, o: o["N"]),
)


def _object(g: Given, t: int) -> int:
    return int(g["order"][t - 1]) - 1


SGD_MORE = further(
    SGD,
    ("minus lost", "sign whole-sign", "g[1]", lambda g, o: -o["now"]),
    ("answer alone squared", "exponent-off names-swapped other-convention", "g[1]", lambda g, o: -2 * g["y"][_object(g, 1)] ** 2),
    ("first object once more", "index-off old-for-new names-swapped other-quantity", "g[2] r i", lambda g, o: -2 * g["x"][_object(g, 1)] * (g["y"][_object(g, 1)] - o["w[1]"] * g["x"][_object(g, 1)])),
    ("weight not put in", "factor-dropped", "g[2] r", lambda g, o: -2 * g["x"][_object(g, 2)] * (g["y"][_object(g, 2)] - g["x"][_object(g, 2)])),
    ("brackets lost", "brackets factor-dropped", "g[2] r", lambda g, o: -2 * g["x"][_object(g, 2)] * g["y"][_object(g, 2)] - o["w[1]"] * g["x"][_object(g, 2)]),
    ("rate at the weight", "brackets factor-extra", "w[2]", lambda g, o: g["eta"] * (o["w[1]"] - o["g[2]"])),
    ("gradient of the first", "old-for-new index-off names-swapped other-quantity", "w[2]", lambda g, o: o["w[1]"] - g["eta"] * o["g[1]"]),
    ("doubled", "factor-two", "w[2]", lambda g, o: o["w[1]"] - 2 * g["eta"] * o["g[2]"]),
    ("ten times the rate", "power-of-ten", "w[1]", lambda g, o: -10 * g["eta"] * o["g[1]"]),
    ("weight doubled", "factor-two", "w[2]", lambda g, o: 2 * o["w[1]"] - g["eta"] * o["g[2]"]),
)

MOMENTUM_MORE = further(
    MOMENTUM,
    ("momentum at both", "factor-extra brackets", "v[2]", lambda g, o: g["alpha"] * (o["v[1]"] + (g["eta"] if g["rate"] == "inside" else 1) * o["g[2]"])),
    ("momentum for the rate", "names-swapped", "v[2]", lambda g, o: g["eta"] * o["v[1]"] + (g["eta"] if g["rate"] == "inside" else 1) * o["g[2]"]),
    ("gradient of the first step", "old-for-new index-off", "v[2]", lambda g, o: g["alpha"] * o["v[1]"] + (g["eta"] if g["rate"] == "inside" else 1) * o["g[1]"]),
    ("velocity doubled", "factor-two", "v[2]", lambda g, o: o["now"] + g["alpha"] * o["v[1]"]),
    ("one plus the momentum", "term-extra one-off", "v[2]", lambda g, o: o["now"] + o["v[1]"]),
    ("velocities added", "term-extra other-convention new-for-old", "w[2]", lambda g, o: o["now"] - (1 if g["rate"] == "inside" else g["eta"]) * o["v[1]"]),
    ("gradient in the step", "names-swapped activation-missing term-dropped no-momentum other-quantity", "w[2]", lambda g, o: o["w[1]"] - g["eta"] * o["g[2]"]),
    ("half the error", "factor-two factor-dropped", "g[1]", lambda g, o: o["now"] / 2),
    ("weight times momentum", "factor-extra", "w[2]", lambda g, o: o["now"] + (g["alpha"] - 1) * o["w[1]"]),
    ("sign of the step", "sign ascent", "w[1]", lambda g, o: -o["now"]),
)

FAMILIES = (
    GATES_MORE, PRODUCT_MORE, REGIME_MORE, STOPPING_MORE, PICTURE_MORE, PLANE_MORE, PATHS_MORE, COMBINATION_MORE,
    COUNTS_MORE, SGD_MORE, MOMENTUM_MORE,
)  # fmt: skip
