"""Nets as graphs, in matrices and entry by entry; what backpropagation saves; weights that start alike."""

from __future__ import annotations

import itertools

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import number

_ARROWS = {
    "ladder": "xa xb ab ac bc bd cd cf df",
    "fan": "xa xb xc ac bc af cd cf df",
    "braid": "xa xb xc ac ad bc bd cd cf df",
}


def paths(given: Given, sheet: Sheet) -> None:
    """All paths are written down, then counted; the derivatives are sums of their products."""
    arrows = [tuple(arrow) for arrow in _ARROWS[given["graph"]].split()]
    values = dict(zip(arrows, given["k"], strict=False))

    def between(start: str, end: str) -> list[list[tuple[str, ...]]]:
        if start == end:
            return [[]]
        return [[arrow, *rest] for arrow in arrows if arrow[0] == start for rest in between(arrow[1], end)]

    n = np.array([len(between("x", node)) for node in "abcdf"], float)
    last = {node: [arrow for arrow in arrows if arrow[1] == node] for node in "abcdf"}
    if sheet("arrows into a node"):
        n = np.array([len(last[node]) for node in "abcdf"], float)
    if sheet("one path to f missed"):
        n[4] -= 1
    sheet.write("n", n)
    m = np.array([len(between(node, "f")) for node in "abcd"], float)
    if sheet("arrows out of a node"):
        m = np.array([sum(arrow[0] == node for arrow in arrows) for node in "abcd"], float)
    if sheet("one path from a missed"):
        m[0] -= 1
    if sheet("counted from the other end"):
        m = m[::-1]
    sheet.write("m", m)
    through = between("x", "f")
    total = sum(len(path) for path in through)
    total = chosen(
        sheet, total,
        ("each arrow once", len(arrows)), ("paths for factors", len(through)),
        ("multiplications for factors", total - len(through)), ("nodes for arrows", total + len(through)),
        ("longest path for all", len(through) * max(len(path) for path in through)),
        ("arrows times paths", len(through) * len(arrows)),
    )  # fmt: skip
    sheet.write("T", float(total))
    g = {}
    for node in "dcbax":
        parts = [np.prod([values[arrow] for arrow in path]) for path in between(node, "f")]
        g[node] = float(sum(parts))
    if sheet("numbers out added"):
        g = {node: float(sum(values[arrow] for arrow in arrows if arrow[0] == node)) for node in "dcbax"}
    if sheet("added along a path"):
        for node in "cbax":
            out = [arrow for arrow in arrows if arrow[0] == node]
            g[node] = float(sum(values[arrow] + (g[arrow[1]] if arrow[1] != "f" else 0) for arrow in out))
    stored = [g[node] for node in "dcbax"]
    if sheet("derivatives of the nodes"):
        stored = [
            float(sum(np.prod([values[arrow] for arrow in path]) for path in between("x", node))) for node in "dcba"
        ] + [g["x"]]
    if sheet("from x on"):
        stored = stored[::-1]
    for name, arrow in (("sign of an arrow", ("c", "f")), ("an arrow lost", ("b", "c"))):
        if sheet(name):
            kept = {**values, arrow: -values[arrow] if name.startswith("sign") else 0}
            for other in "cbax":
                g[other] = float(sum(kept[a] * (g[a[1]] if a[1] != "f" else 1) for a in arrows if a[0] == other))
            stored = [g[one] for one in "dcbax"]
    if sheet("arrow of x lost"):
        stored[4] -= values["x", "b"] * g["b"]
    if sheet("sign in the last sum"):
        stored[4] -= 2 * values["x", "b"] * g["b"]
    sheet.write("g", np.array(stored))


PATHS = Family(
    "graph-count-paths",
    paths,
    (
        slip("arrows into a node", "arrows-in-counted", "n"),
        slip("one path to f missed", "one-off term-dropped number-off", "n nf"),
        slip("arrows out of a node", "arrows-out-counted", "m"),
        slip("one path from a missed", "one-off term-dropped number-off", "m ma"),
        slip("counted from the other end", "permuted", "m"),
        slip("each arrow once", "each-arrow-once", "T"),
        slip("paths for factors", "paths-for-factors", "T"),
        slip("multiplications for factors", "multiplications-for-factors", "T"),
        slip("nodes for arrows", "nodes-for-arrows", "T"),
        slip("longest path for all", "longest-path-for-all", "T"),
        slip("arrows times paths", "arrows-times-paths", "T"),
        slip("numbers out added", "numbers-out-added", "g"),
        slip("added along a path", "along-a-path-added other-operation", "g"),
        slip("derivatives of the nodes", "from-the-other-end", "g"),
        slip("from x on", "order-from-x permuted", "g"),
        slip("sign of an arrow", "sign", "gc g"),
        slip("an arrow lost", "term-dropped", "gb g"),
        slip("arrow of x lost", "term-dropped", "gx g"),
        slip("sign in the last sum", "sign", "gx g"),
        pen("entry-sign", "g"),
        pen("permuted", "n m g"),
    ),
    (("each arrow once", "numbers out added"),),
)


def matrices(given: Given, sheet: Sheet) -> None:
    """The sizes in a net of two hidden layers."""
    p, a, b, k = (float(size) for size in given["dims"])
    n, rows, what = given["n"], given["layout"] == "rows", int(given["what"])

    def size(name: str, right: tuple[float, float], *slips: tuple[str, tuple[float, float]]) -> None:
        value = chosen(sheet, right, *slips)
        value = value if rows else value[::-1]
        sheet.write(name, np.array(value))

    turned = sheet("weights turned")
    size("W1", (a, p) if turned else (p, a), ("objects in the weights", (n, a)), ("W1 by the next layer", (p, b)))
    size("W2", (b, a) if turned else (a, b), ("W2 from the inputs", (p, b)))
    size(
        "O2", (n, b),
        ("outputs turned", (b, n)), ("layer before", (n, a)), ("layer after", (n, k)),
        ("size of the weights", (a, b)), ("one object alone", (1, b)),
    )  # fmt: skip
    size("dW3", (b, k), ("gradient turned", (k, b)), ("as large as the outputs", (n, k)), ("square", (k, b * k)))
    size("dH1", (n, a), ("sums turned", (a, n)), ("inputs for sums", (n, p)), ("weights for sums", (p, a)))
    count = p * a + a * b + b * k
    sheet.write("N", chosen(
        sheet, count,
        ("biases counted", count + a + b + k), ("widths added", p + a + b + k), ("output forgotten", p * a + a * b),
        ("first matrix forgotten", a * b + b * k), ("all multiplied", p * a * b * k),
    ))  # fmt: skip
    before, after = (p, b) if what == 1 else (a, k)
    sheet.write("more", chosen(
        sheet, before + after,
        ("incoming alone", before), ("outgoing alone", after), ("sides multiplied", before * after),
        ("bias with it", before + after + 1), ("itself", before + after - 1),
    ))  # fmt: skip


MATRICES = Family(
    "net-matrix-form",
    matrices,
    (
        slip("weights turned", "weights-turned permuted names-swapped", "W1 W2", every=True),
        slip("objects in the weights", "objects-in-the-weights names-swapped", "W1"),
        slip("W1 by the next layer", "not-the-neighbours names-swapped", "W1"),
        slip("W2 from the inputs", "not-the-neighbours names-swapped", "W2 W1"),
        slip("outputs turned", "outputs-turned permuted", "O2"),
        slip("layer before", "layer-before names-swapped", "O2"),
        slip("layer after", "layer-after names-swapped", "O2"),
        slip("size of the weights", "size-of-the-matrix names-swapped other-blank", "O2"),
        slip("one object alone", "names-swapped one-object", "O2"),
        slip("gradient turned", "gradient-turned permuted", "dW3"),
        slip("as large as the outputs", "objects-in-the-weights names-swapped", "dW3"),
        slip("square", "square-jacobian", "dW3"),
        slip("sums turned", "outputs-turned permuted", "dH1"),
        slip("inputs for sums", "layer-before names-swapped", "dH1"),
        slip("weights for sums", "size-of-the-matrix names-swapped other-blank", "dH1"),
        slip("biases counted", "biases-counted", "N"),
        slip("widths added", "sizes-added other-operation", "N"),
        slip("output forgotten", "output-forgotten term-dropped", "N"),
        slip("first matrix forgotten", "inputs-forgotten term-dropped", "N"),
        slip("all multiplied", "all-multiplied other-operation", "N"),
        slip("incoming alone", "one-side-alone term-dropped", "more"),
        slip("outgoing alone", "other-side-alone term-dropped", "more"),
        slip("sides multiplied", "sides-multiplied other-operation", "more"),
        slip("bias with it", "one-off number-off bias-with-it", "more"),
    ),
    (("outputs turned", "biases counted"),),
)


def entries(given: Given, sheet: Sheet) -> None:
    """A sum in letters, a sum and the forecast with numbers."""
    rows = given["layout"] == "rows"
    j, i = int(given["j"]), int(given["i"])
    U, V, w = np.array(given["U"], float), np.array(given["V"], float), np.array(given["w"], float)
    if rows:
        U, V = U.T, V.T  # a column is a neuron
    turned = sheet("indices turned")
    name = (lambda k, to: f"v{to}{k}") if rows != turned else (lambda k, to: f"v{k}{to}")
    other = 3 - j if sheet("other neuron") else j
    first, second = ("o2", "o1") if sheet("outputs crossed") else ("o1", "o2")
    h = f"{name(1, other)}*{first} + {name(2, other)}*{second}"
    h = chosen(
        sheet, h,
        ("one output for all", f"({name(1, j)} + {name(2, j)})*o{j}"),
        ("all weights", "(v11 + v12)*o1 + (v21 + v22)*o2"),
        ("minus between", f"{name(1, j)}*o1 - {name(2, j)}*o2"),
        ("one term alone", f"{name(1, j)}*o1"),
        ("sigmoid of the sum", f"1/(1 + exp(-({h})))"),
    )  # fmt: skip
    sheet.write("h", h)
    column = U[:, 2 - i if sheet("other neuron of the first layer") else i - 1]
    terms = [f"{number(weight)}*x{k}" for k, weight in enumerate(column, 1)]
    if sheet("sign lost"):
        terms[1] = f"{number(-column[1])}*x2"
    if sheet("input missed"):
        terms = terms[:2]
    if sheet("weights in another order"):
        terms = [f"{number(weight)}*x{k}" for k, weight in zip((2, 3, 1), column, strict=True)]
    z = " + ".join(terms)
    sheet.write("z", f"1/(1 + exp(-({z})))" if sheet("sigmoid of the first sum") else z)
    sheet.write("e", float(chosen(
        sheet, V[i - 1, j - 1],
        ("index turned", V[j - 1, i - 1]), ("weight of the other neuron", V[i - 1, 2 - j]),
        ("weight of the other output", V[2 - i, j - 1]), ("output weight as well", V[i - 1, j - 1] * w[j - 1]),
    )))  # fmt: skip
    out = np.array(given["out"], float)
    weights = V[:, j - 1]
    value = float(weights @ out)
    value = chosen(
        sheet, value,
        ("row for the column in the value", float(V[j - 1] @ out)),
        ("value of the other neuron", float(V[:, 2 - j] @ out)),
        ("outputs crossed in the value", float(weights @ out[::-1])),
        ("sigmoid of the value", 1 / (1 + np.exp(-value))), ("sign lost in the value", value - 2 * weights[0] * out[0]),
        ("one product alone", weights[0] * out[0]),
    )  # fmt: skip
    sheet.write("value", value)
    if sheet("matrix turned"):
        V = V.T
    sums = [f"({number(V[0, k])}*o1 + {number(V[1, k])}*o2)" for k in (0, 1)]
    if sheet("sigmoids of outputs"):
        sums = [total.replace("o1", "1/(1 + exp(-o1))").replace("o2", "1/(1 + exp(-o2))") for total in sums]
    if sheet("sign inside lost"):
        sums[0] = f"({number(V[0, 0])}*o1 + {number(-V[1, 0])}*o2)"
    first, second = (number(weight) for weight in (w[::-1] if sheet("last weights crossed") else w))
    outs = [f"1/(1 + exp(-{total}))" for total in sums]
    y = f"{first}*{outs[0]} + {second}*{outs[1]}"
    y = chosen(
        sheet, y,
        ("sigmoid left out", f"{first}*{sums[0]} + {second}*{sums[1]}"),
        ("sigmoid over all", f"1/(1 + exp(-({first}*{sums[0]} + {second}*{sums[1]})))"),
        ("sigmoid at the output too", f"1/(1 + exp(-({y})))"),
        ("last weights inside", f"1/(1 + exp(-{first}*{sums[0]})) + 1/(1 + exp(-{second}*{sums[1]}))"),
        ("last weights lost", " + ".join(outs)), ("minus in the forecast", f"{first}*{outs[0]} - {second}*{outs[1]}"),
        ("one neuron alone", f"{first}*{outs[0]}"),
    )  # fmt: skip
    sheet.write("y", y)


ENTRIES = Family(
    "net-entry-formula",
    entries,
    (
        slip("indices turned", "indices-turned names-swapped", "h"),
        slip("other neuron", "other-neuron names-swapped", "h"),
        slip("outputs crossed", "outputs-crossed names-swapped", "h"),
        slip("one output for all", "one-output-for-all names-swapped", "h"),
        slip("all weights", "all-weights term-extra", "h"),
        slip("minus between", "sign", "h"),
        slip("one term alone", "term-dropped", "h"),
        slip("sigmoid of the sum", "sigmoid-in-the-sum other-function", "h"),
        slip("other neuron of the first layer", "other-neuron index-off", "z"),
        slip("sign lost", "sign", "z"),
        slip("input missed", "term-dropped", "z"),
        slip("weights in another order", "index-off names-swapped", "z"),
        slip("sigmoid of the first sum", "sigmoid-in-the-sum other-function", "z"),
        slip("index turned", "indices-turned transposed index-off", "e"),
        slip("weight of the other neuron", "other-neuron index-off", "e"),
        slip("weight of the other output", "weight-of-the-other-output index-off", "e"),
        slip("output weight as well", "factor-extra weight-of-the-output", "e"),
        slip("row for the column in the value", "indices-turned transposed index-off transpose-missing", "value"),
        slip("value of the other neuron", "other-neuron index-off", "value"),
        slip("outputs crossed in the value", "outputs-crossed index-off names-swapped", "value"),
        slip("sigmoid of the value", "sigmoid-in-the-sum other-function", "value"),
        slip("sign lost in the value", "sign", "value"),
        slip("one product alone", "term-dropped", "value"),
        slip("matrix turned", "indices-turned index-off", "y"),
        slip("sigmoids of outputs", "sigmoids-of-outputs", "y"),
        slip("sign inside lost", "sign", "y"),
        slip("last weights crossed", "last-weights-crossed index-off", "y"),
        slip("sigmoid left out", "sigmoid-left-out activation-missing", "y"),
        slip("sigmoid over all", "sigmoid-over-all", "y"),
        slip("sigmoid at the output too", "activation-at-the-output-too", "y"),
        slip("last weights inside", "last-weights-inside", "y"),
        slip("last weights lost", "factor-dropped last-weights-lost", "y"),
        slip("minus in the forecast", "sign", "y"),
        slip("one neuron alone", "term-dropped", "y"),
    ),
    (("indices turned", "sigmoid left out"),),
)


def savings(given: Given, sheet: Sheet) -> None:
    """The arrows of each way are written down as sets."""
    K, i, a, b = (int(given[name]) for name in ("K", "i", "a", "b"))
    linear = given["head"] == "linear"

    def way(k: int) -> set[str]:
        arrows = {f"w{k}>h{k}", "yhat>L"} | ({"last"} if not linear else set())
        return arrows | {f"h{layer}>o{layer}" for layer in range(k, K)} | {f"o{layer}>h" for layer in range(k, K)}

    extra = 0 if linear else 1
    F = len(way(i))
    F = chosen(
        sheet, F,
        ("loss forgotten", F - 1), ("activations forgotten", 2 + K - i), ("one layer too many", F + 2),
        ("from the input", 2 + 2 * (i - 1) + extra), ("output activation forgotten", 2 + 2 * (K - i)),
        ("output activation invented", F + (1 if linear else 0)),
        ("weight's own factor forgotten", F - 1), ("one layer too few", F - 2),
    )  # fmt: skip
    sheet.write("F", float(F))
    C = len(way(a) & way(b))
    C = chosen(
        sheet, C,
        ("common without the loss", C - 1), ("up to the lower weight", 1 + 2 * (K - a) + extra),
        ("own factor common", C + 1), ("common without activations", 1 + K - b),
        ("common from the input", 1 + 2 * (a - 1) + extra), ("common layer too many", C + 2),
    )  # fmt: skip
    sheet.write("C", float(C))
    S = sum(len(way(k)) - 1 for k in range(1, K + 1))
    S = chosen(
        sheet, S,
        ("factors for multiplications", S + K), ("longest for all", K * (len(way(1)) - 1)),
        ("output activation left out", K * K), ("one weight left out", S - len(way(1)) + 1),
        ("first weight alone", len(way(1)) - 1),
    )  # fmt: skip
    sheet.write("S", float(S))
    R = len(set(itertools.chain.from_iterable(way(k) for k in range(1, K + 1)))) - 1
    R = chosen(
        sheet, R,
        ("different factors", R + 1), ("weights' own forgotten", R - K), ("one a layer", R - (K - 1)),
        ("two a weight", R + 2), ("three a layer", 3 * K), ("as in the longest product", len(way(1)) - 1),
    )  # fmt: skip
    sheet.write("R", float(R))
    one, two, three = (float(width) for width in given["width"])
    p = given["p"]
    sheet.write("P", chosen(
        sheet, two * three,
        ("first width too", one * two * three), ("widths added", two + three), ("first two widths", one * two),
        ("inputs too", p * one * two * three),
    ))  # fmt: skip
    sheet.write("M", chosen(
        sheet, one + two + three + 1,
        ("output left out", one + two + three), ("inputs stored", one + two + three + 1 + p),
        ("weights stored", p * one + one * two + two * three + three), ("widths multiplied", one * two * three),
    ))  # fmt: skip


SAVINGS = Family(
    "backprop-reuse-count",
    savings,
    (
        slip("loss forgotten", "loss-forgotten one-off", "F"),
        slip("activations forgotten", "activations-forgotten", "F"),
        slip("one layer too many", "one-layer-too-many number-off", "F"),
        slip("from the input", "from-the-input", "F"),
        slip("output activation forgotten", "head-forgotten term-dropped", "F"),
        slip("weight's own factor forgotten", "loss-forgotten one-off", "F"),
        slip("output activation invented", "head-too-many one-off number-off", "F"),
        slip("one layer too few", "number-off term-dropped one-layer-too-few", "F"),
        slip("common without the loss", "loss-forgotten one-off term-dropped", "C"),
        slip("up to the lower weight", "up-to-the-other names-swapped", "C"),
        slip("own factor common", "weight-itself-common one-off number-off", "C"),
        slip("common without activations", "activations-forgotten factor-two factor-dropped", "C"),
        slip("common from the input", "from-the-input", "C"),
        slip("common layer too many", "one-layer-too-many number-off", "C"),
        slip("factors for multiplications", "factors-for-multiplications", "S"),
        slip("longest for all", "longest-for-all", "S"),
        slip("output activation left out", "head-forgotten term-dropped", "S"),
        slip("one weight left out", "one-weight-left-out", "S"),
        slip("first weight alone", "first-weight-alone", "S"),
        slip("different factors", "every-link-once one-off number-off", "R"),
        slip("weights' own forgotten", "ends-forgotten term-dropped", "R"),
        slip("one a layer", "one-a-layer factor-two factor-dropped", "R"),
        slip("two a weight", "two-a-weight number-off", "R"),
        slip("three a layer", "two-a-weight every-link-once one-off number-off", "R"),
        slip("as in the longest product", "one-a-layer", "R"),
        slip("first width too", "first-width-too factor-extra", "P"),
        slip("widths added", "widths-added other-operation", "P"),
        slip("first two widths", "index-off first-two-widths", "P"),
        slip("inputs too", "inputs-too", "P"),
        slip("output left out", "output-left-out term-dropped", "M"),
        slip("inputs stored", "inputs-stored", "M"),
        slip("weights stored", "weights-stored", "M"),
        slip("widths multiplied", "widths-multiplied other-operation", "M"),
    ),
    (("loss forgotten", "different factors"),),
)


def alike(given: Given, sheet: Sheet) -> None:
    """A net from zero, trained step by step; the numbers of a net that starts alike are counted after some steps."""
    K, t, p, h = (int(given[name]) for name in ("K", "t", "p", "h"))
    y, eta = given["y"], given["eta"]
    x = np.arange(1, p + 1) / 7
    weights, moved = _trained([0.0] * K, K, p, h, x, y, eta, K + 1)
    w = weights[0][K - 1][0, 0]
    w = chosen(
        sheet, w,
        ("one for the sigmoid", 2 * w), ("wrong way", -w), ("slope of the sigmoid too", w / 2), ("rate lost", w / eta),
        ("two kept", 2 * w), ("half kept", w / 2), ("answer lost", eta / 2), ("divided by the neurons", w / h),
    )  # fmt: skip
    sheet.write("w", float(w))
    low = min(k for k in range(1, K + 1) if moved[t - 1][k - 1])
    low = chosen(
        sheet, low,
        ("one further", low - 1), ("one short", low + 1), ("from below", t), ("all at once", 1), ("the last alone", K),
    )  # fmt: skip
    sheet.write("low", float(low))
    first = next(step for step in range(1, K + 2) if moved[step - 1][0])
    first = chosen(
        sheet, first,
        ("at the first step", 1), ("hidden layers counted", first - 1), ("one step more", first + 1),
        ("at the second step", 2),
    )  # fmt: skip
    sheet.write("first", float(first))
    small, _ = _trained([0.3] * K, K, p, h, x / 20, y / 50, 0.1, 3)
    changes = [W - 0.3 for W in small[-1]]
    different = sum(len(np.unique(np.round(change / np.abs(change).max(), 5))) for change in changes)
    different = chosen(
        sheet, different,
        ("one a matrix", K), ("inputs alone", p), ("one too many", different + 1), ("by neurons", h + K - 1),
        ("one number", 1), ("rows everywhere", p + (K - 1) * h), ("inputs in every matrix", K * p),
    )  # fmt: skip
    sheet.write("alike", float(different))
    every = sum(W.size for W in weights[0])
    every = chosen(
        sheet, every,
        ("one layer too many", every + h * h), ("one layer too few", every - h * h), ("output forgotten", every - h),
        ("biases counted", every + (K - 1) * h + 1), ("widths added", p + (K - 1) * h + 1),
        ("inputs forgotten", every - p * h),
    )  # fmt: skip
    sheet.write("all", float(every))


def _trained(
    start: list[float], K: int, p: int, h: int, x: np.ndarray, y: float, eta: float, steps: int
) -> tuple[list[list[np.ndarray]], list[list[bool]]]:
    """The matrices after each step of backpropagation, and which of them are not zero."""
    sizes = [p, *[h] * (K - 1), 1]
    W = [np.full((sizes[k], sizes[k + 1]), start[k]) for k in range(K)]
    kept, moved = [], []
    for _ in range(steps):
        outputs = [x]
        for k in range(K - 1):
            outputs.append(1 / (1 + np.exp(-outputs[-1] @ W[k])))
        back = np.array([float((outputs[-1] @ W[-1])[0]) - y])
        slopes = []
        for k in range(K - 1, -1, -1):
            slopes.append(np.outer(outputs[k], back))
            back = (W[k] @ back) * outputs[k] * (1 - outputs[k])
        W = [W[k] - eta * slopes[K - 1 - k] for k in range(K)]
        kept.append(W)
        moved.append([bool(np.any(matrix != 0)) for matrix in W])
    return kept, moved


ALIKE = Family(
    "zero-init-symmetry",
    alike,
    (
        slip("one for the sigmoid", "twice-too-much factor-two factor-dropped", "w o"),
        slip("wrong way", "wrong-way sign whole-sign", "w d"),
        slip("slope of the sigmoid too", "half-of-it factor-two", "w"),
        slip("rate lost", "rate-lost factor-dropped", "w"),
        slip("two kept", "twice-too-much factor-two factor-dropped", "w d"),
        slip("half kept", "half-of-it factor-two", "w d"),
        slip("answer lost", "factor-dropped answer-lost", "w d"),
        slip("divided by the neurons", "divided-by-the-neurons", "w"),
        slip("one further", "one-further one-off", "low"),
        slip("one short", "one-short one-off number-off", "low"),
        slip("from below", "from-below", "low"),
        slip("all at once", "at-once", "low"),
        slip("the last alone", "the-last-alone names-swapped term-dropped", "low"),
        slip("at the first step", "at-once", "first"),
        slip("hidden layers counted", "hidden-layers-counted one-off", "first"),
        slip("one step more", "one-step-more one-off number-off", "first"),
        slip("at the second step", "at-the-second-step", "first"),
        slip("one a matrix", "one-a-matrix", "alike"),
        slip("inputs alone", "inputs-alone", "alike"),
        slip("one too many", "one-too-many one-off term-dropped", "alike"),
        slip("by neurons", "by-neurons names-swapped", "alike"),
        slip("one number", "one-number", "alike"),
        slip("rows everywhere", "rows-everywhere", "alike"),
        slip("inputs in every matrix", "inputs-in-every-matrix", "alike"),
        slip("one layer too many", "one-layer-too-many number-off", "all"),
        slip("one layer too few", "one-layer-too-few number-off", "all"),
        slip("output forgotten", "output-forgotten term-dropped", "all"),
        slip("biases counted", "biases-counted", "all"),
        slip("widths added", "sizes-added other-operation", "all"),
        slip("inputs forgotten", "term-dropped inputs-forgotten", "all"),
        pen("digit", "all"),
    ),
    (("wrong way", "one further"),),
)

FAMILIES = (PATHS, MATRICES, ENTRIES, SAVINGS, ALIKE)
