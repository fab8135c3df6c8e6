"""Paths through graphs and what is saved by storing derivatives."""

from __future__ import annotations

import itertools

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen

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
        slip("one path to f missed", "path-overlooked one-off term-dropped number-off", "n n_f"),
        slip("arrows out of a node", "arrows-out-counted", "m"),
        slip("one path from a missed", "path-overlooked one-off term-dropped number-off", "m m_a"),
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
        slip("sign of an arrow", "sign", "g_c g"),
        slip("an arrow lost", "term-dropped", "g_b g"),
        slip("arrow of x lost", "term-dropped", "g_x g"),
        slip("sign in the last sum", "sign", "g_x g"),
        pen("entry-sign", "g"),
        pen("permuted", "n m g"),
    ),
    (("each arrow once", "numbers out added"),),
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
        ("inputs for the output", one + two + three + p),
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
        slip("output activation forgotten", "loss-forgotten one-off term-dropped", "F"),
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
        slip("output activation left out", "one-factor-less term-dropped", "S"),
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
        slip("inputs for the output", "inputs-for-the-output", "M"),
        slip("weights stored", "weights-stored", "M"),
        slip("widths multiplied", "widths-multiplied other-operation", "M"),
    ),
    (("loss forgotten", "different factors"),),
)

FAMILIES = (PATHS, SAVINGS)
