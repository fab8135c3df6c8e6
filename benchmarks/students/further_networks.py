"""Further slips of losses and networks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.students.backprop import CHAIN
from benchmarks.students.further import Wrong, array, further
from benchmarks.students.logistic import LOGISTIC
from benchmarks.students.losses import SOFTMAX
from benchmarks.students.zero_weights import FROM_ZERO


def scores(i: int, make: Callable[[np.ndarray, int], float]) -> Wrong:
    return lambda g, o: make(array(g, "Z")[i], int(g["c"][i]) - 1)


SOFT = further(
    SOFTMAX,
    (
        "scores divided by their sum of powers",
        "activation-missing",
        "q[1] p",
        scores(0, lambda z, c: z[c] / np.exp(z).sum()),
    ),
    (
        "one left out below",
        "term-dropped",
        "q[2] p",
        scores(1, lambda z, c: np.exp(z[c]) / (np.exp(z).sum() - np.exp(z[(c + 1) % 3]))),
    ),
    (
        "another power alone below",
        "term-dropped other-function names-swapped index-off",
        "q[1] p",
        scores(0, lambda z, c: np.exp(z[c]) / np.exp(z[(c + 1) % 3])),
    ),
    ("loss with its own base", "log-base", "l[1]", lambda g, o: -np.log(o["q[1]"]) / np.log(3)),
    (
        "one over the probability",
        "inverted activation-missing other-function logarithm-left-out",
        "l[2]",
        lambda g, o: 1 / o["q[2]"],
    ),
    ("probability taken off one", "activation-missing complement", "l[1]", lambda g, o: 1 - o["q[1]"]),
    ("loss doubled", "factor-two", "loss", lambda g, o: 2 * o["now"]),
    ("minus of the loss lost", "sign whole-sign plus-sign", "l[2]", lambda g, o: np.log(o["q[2]"])),
)
LOGIT = further(
    LOGISTIC,
    ("weight added to the input", "other-operation", "p z", lambda g, o: 1 / (1 + np.exp(-(g["w0"] + g["x"])))),
    ("halved", "factor-two", "g", lambda g, o: o["now"] / 2),
    ("loss for the derivative", "function-for-derivative other-quantity", "g", lambda g, o: o["l"]),
    ("input as a divisor", "other-operation inverted", "g", lambda g, o: o["now"] / g["x"] ** 2),
    ("input added to the derivative", "other-operation", "g", lambda g, o: o["p"] - g["y"] + g["x"]),
    (
        "label times input left out",
        "factor-dropped brackets",
        "g",
        lambda g, o: o["p"] * g["x"] - g["y"] if g["y"] else None,
    ),
    ("rate as a divisor", "other-operation inverted", "w1", lambda g, o: g["w0"] - o["g"] / g["gamma"]),
    ("rate at the weight", "brackets factor-extra", "w1", lambda g, o: g["gamma"] * (g["w0"] - o["g"])),
    ("old weight taken off", "sign", "w1", lambda g, o: -g["w0"] - g["gamma"] * o["g"]),
    ("doubled", "factor-two", "w1", lambda g, o: g["w0"] - 2 * g["gamma"] * o["g"]),
)
NEURONS = further(
    CHAIN,
    ("halved", "factor-two", "yhat", lambda g, o: o["now"] / 2),
    ("weight added", "other-operation", "yhat", lambda g, o: g["w[3]"] + o["o2"]),
    ("answer over the forecast", "other-operation", "d3", lambda g, o: o["yhat"] / g["y"] if g["y"] else None),
    ("rate as well", "factor-extra", "d2", lambda g, o: g["eta"] * o["now"]),
    ("sign lost on the way back", "sign whole-sign", "d1", lambda g, o: -o["now"]),
    (
        "error of the end for all",
        "index-off names-swapped",
        "g",
        lambda g, o: o["d3"] * np.array([g["x"], o["o1"], o["o2"]]),
    ),
    (
        "outputs left out of the last",
        "factor-dropped",
        "g g3",
        lambda g, o: np.array([o["d1"] * g["x"], o["d2"] * o["o1"], o["d3"]]),
    ),
    (
        "rate at the weights",
        "brackets factor-extra",
        "wnew",
        lambda g, o: g["eta"] * (np.array([g["w[1]"], g["w[2]"], g["w[3]"]]) - o["g"]),
    ),
    (
        "rate squared",
        "exponent-off",
        "wnew",
        lambda g, o: np.array([g["w[1]"], g["w[2]"], g["w[3]"]]) - g["eta"] ** 2 * o["g"],
    ),
    (
        "gradient as a divisor",
        "other-operation inverted",
        "wnew",
        lambda g, o: np.array([g["w[1]"], g["w[2]"], g["w[3]"]]) - g["eta"] / o["g"],
    ),
)
ZERO = further(
    FROM_ZERO,
    ("forecast taken off twice", "factor-two", "d[1]", lambda g, o: 2 * o["now"]),
    ("rate lost and outputs kept", "factor-dropped", "W3[1]", lambda g, o: o["now"] / g["eta"]),
    ("doubled", "factor-two", "W3[2]", lambda g, o: 2 * o["now"]),
    ("mean of the outputs", "sum-for-mean factor-two", "yhat[2]", lambda g, o: o["now"] / 2),
    ("answer alone", "term-dropped", "d[2]", lambda g, o: -g["y"][int(g["order"][1]) - 1]),
    ("halved", "factor-two", "W2[2]", lambda g, o: o["now"] / 2),
    ("size of the error", "sign sign-of-the-error", "d[1]", lambda g, o: abs(o["now"])),
    (
        "sum of both weights for the forecast",
        "activation-missing factor-dropped",
        "yhat[2]",
        lambda g, o: float(np.sum(o["W3[1]"])),
    ),
)

FAMILIES = (SOFT, LOGIT, NEURONS, ZERO)
