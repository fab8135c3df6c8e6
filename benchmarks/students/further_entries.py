"""Further slips in entries of vectors and matrices."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.students.descent import PLANE
from benchmarks.students.further import Own, Wrong, array, further
from benchmarks.students.graphs import PATHS
from benchmarks.students.matrices import COMBINATION, PRODUCT
from benchmarks.students.networks import PICTURE
from benchmarks.students.sheet import Given


def _ab(make: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Wrong:
    return lambda g, o: make(array(g, "A"), array(g, "B"))


def _entry(i: int, j: int, make: Callable[[np.ndarray, np.ndarray], float]) -> Wrong:
    def wrong(A: np.ndarray, B: np.ndarray) -> np.ndarray:
        C = A @ B
        C[i, j] = make(A, B)
        return C

    return _ab(wrong)


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

PICTURE_MORE = further(
    PICTURE,
    ("minus taken off", "sign-taken-off entry-sign sign", "h", lambda g, o: np.abs(o["z"])),
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
    (
        "output weight of the other neuron",
        "names-swapped index-off output-edges-crossed",
        "yhat s h",
        lambda g, o: (
            max(0.0, g["w"][1] * max(o["h"]) + g["b"]) if o["h"][0] > 0 else max(0.0, g["w"][0] * max(o["h"]) + g["b"])
        ),
    ),
    (
        "sums for the outputs",
        "activation-missing no-relu-hidden names-swapped other-quantity",
        "yhat s h",
        lambda g, o: max(0.0, float(np.dot(g["w"], o["z"]) + g["b"])),
    ),
    ("bias taken off", "sign", "yhat s h", lambda g, o: max(0.0, float(np.dot(g["w"], o["h"]) - g["b"]))),
    ("bias twice", "factor-two", "yhat s h", lambda g, o: o["now"] + g["b"]),
    (
        "bias as a factor",
        "other-operation brackets bias-multiplied",
        "yhat s h",
        lambda g, o: max(0.0, float(np.dot(g["w"], o["h"])) * g["b"]),
    ),
    ("dead neuron kept its size", "sign other-function", "h", lambda g, o: np.abs(o["z"])),
    ("same forecast", "old-for-new other-blank", "yhat2", lambda g, o: o["yhat"]),
)


def _quadratic(make: Callable[[Given, float, float, np.ndarray], list[float]]) -> Wrong:
    def wrong(g: Given, o: Own) -> np.ndarray | None:
        if g["kind"] == "exponential":
            return None
        x = array(g, "x[0]")
        return np.array(make(g, x[0], x[1], np.array(o["now"], float)))

    return wrong


PLANE_MORE = further(
    PLANE,
    (
        "mixed term doubled in the second",
        "factor-two",
        "g[1] f2 g",
        _quadratic(lambda g, x, y, now: [now[0], now[1] + g["b"] * x]),
    ),
    (
        "first square's number lost",
        "factor-dropped factor-two",
        "g[1] f1 g",
        _quadratic(lambda g, x, y, now: [now[0] - 2 * g["a"] * x + 2 * x, now[1]]),
    ),
    (
        "value for the derivative",
        "function-for-derivative power-kept exponent-off",
        "g[1] f1 g",
        _quadratic(lambda g, x, y, now: [now[0] - 2 * g["a"] * x + g["a"] * x**2, now[1]]),
    ),
    (
        "linear terms taken off",
        "sign",
        "g[1] f1 f2 g",
        _quadratic(lambda g, x, y, now: [now[0] - 2 * g["d1"], now[1] - 2 * g["d2"]]),
    ),
    (
        "linear terms left out of both",
        "term-dropped",
        "g[1] f1 f2 g",
        _quadratic(lambda g, x, y, now: [now[0] - g["d1"], now[1] - g["d2"]]),
    ),
    ("sign of the second", "sign entry-sign", "g[1] f2 g", lambda g, o: o["now"] * [1, -1]),
    ("doubled step", "factor-two", "x[1]", lambda g, o: array(g, "x[0]") - 2 * g["eta"] * o["g[1]"]),
    ("rate at the point", "brackets factor-extra", "x[1]", lambda g, o: g["eta"] * (array(g, "x[0]") - o["g[1]"])),
    ("rate added", "other-operation", "x[1]", lambda g, o: array(g, "x[0]") - (g["eta"] + o["g[1]"])),
    ("gradient for the point", "names-swapped term-dropped", "x[1]", lambda g, o: o["g[1]"] - g["eta"] * o["g[1]"]),
    ("point turned round", "sign", "x[1]", lambda g, o: g["eta"] * o["g[1]"] - array(g, "x[0]")),
)

PATHS_MORE = further(
    PATHS,
    (
        "exponent for the power",
        "power-dropped exponent-off function-for-derivative",
        "de",
        lambda g, o: g["m"] * (g["r"] * g["x0"] + g["s"] * g["y0"]) ** (g["m"] - 2),
    ),
    (
        "sum in brackets without a coefficient",
        "factor-dropped",
        "de c",
        lambda g, o: g["m"] * (g["x0"] + g["s"] * g["y0"]) ** (g["m"] - 1),
    ),
    (
        "value of e",
        "function-for-derivative power-kept",
        "de",
        lambda g, o: (g["r"] * g["x0"] + g["s"] * g["y0"]) ** g["m"],
    ),
    ("edge into c alone", "factor-dropped term-dropped", "px", lambda g, o: np.array([*o["now"][:2], g["r"]])),
    ("two lost at a", "factor-two factor-dropped", "px ax", lambda g, o: o["now"] * [0.5, 1, 1]),
    ("sign on the second path", "sign entry-sign", "px bx", lambda g, o: o["now"] * [1, -1, 1]),
    ("edges of y crossed", "permuted names-swapped", "py", lambda g, o: o["now"][::-1]),
    (
        "y on the edge from y",
        "names-swapped wrong-letter-in-product",
        "py",
        lambda g, o: np.array([g["q"] * g["y0"], o["now"][1]]),
    ),
    (
        "one path twice",
        "factor-two index-off entry-repeated names-swapped",
        "dfdx",
        lambda g, o: o["px"][0] + 2 * o["px"][1],
    ),
    ("derivative by the other", "names-swapped other-blank other-quantity", "dfdy", lambda g, o: o["dfdx"]),
    ("first path subtracted", "sign", "dfdx", lambda g, o: o["now"] - 2 * o["px"][0]),
)


def _corner(value: float, shape: tuple[int, ...]) -> np.ndarray:
    corner = np.zeros(shape)
    corner[-1, -1] = value
    return corner


COMBINATION_MORE = further(
    COMBINATION,
    (
        "sign lost in an entry",
        "sign entry-sign",
        "P",
        lambda g, o: o["now"] - _corner(2 * o["now"][-1, -1], o["now"].shape),
    ),
    (
        "coefficient lost in an entry",
        "factor-dropped coefficient-on-one-entry",
        "P",
        lambda g, o: o["now"] + _corner(array(g, "A")[-1, -1] - o["now"][-1, -1], o["now"].shape),
    ),
    (
        "other coefficient in an entry",
        "names-swapped",
        "Q",
        lambda g, o: o["now"] + _corner(g["alpha"] * array(g, "B")[-1, -1] - o["now"][-1, -1], o["now"].shape),
    ),
    ("coefficient squared", "exponent-off factor-extra", "Q", lambda g, o: g["beta"] * o["now"]),
    ("divided by it", "inverted other-operation", "Q", lambda g, o: array(g, "B") / g["beta"]),
    ("subtracted in an entry", "sign", "C", lambda g, o: o["now"] - _corner(2 * o["Q"][-1, -1], o["now"].shape)),
    (
        "one term alone in an entry",
        "term-dropped",
        "C",
        lambda g, o: o["now"] - _corner(o["P"][-1, -1], o["now"].shape),
    ),
    (
        "multiplied in an entry",
        "other-operation elementwise",
        "C",
        lambda g, o: o["now"] + _corner(o["P"][-1, -1] * o["Q"][-1, -1] - o["now"][-1, -1], o["now"].shape),
    ),
    ("size of the coefficient", "sign subtracted", "C", lambda g, o: o["P"] + abs(g["beta"]) * array(g, "B")),
    ("first matrix left out", "term-dropped", "C", lambda g, o: o["Q"]),
    ("first matrix alone scaled", "factor-dropped", "C", lambda g, o: o["P"] + array(g, "B")),
)

FAMILIES = (PRODUCT_MORE, PICTURE_MORE, PLANE_MORE, PATHS_MORE, COMBINATION_MORE)
