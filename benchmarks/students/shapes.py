"""Derivatives by their shape and their layout: sizes that are counted, gradients read off a differential."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, slip
from benchmarks.students.texts import number


def sizes(given: Given, sheet: Sheet) -> None:
    """Rows and columns of three derivatives, then how many numbers a fourth has."""
    n, m, s, q = (given[name] for name in "nmsq")
    straight = given["layer"] == "straight"
    weights = [m, n] if straight else [n, m]
    for name, wrong in (
        ("W the other way round", weights[::-1]),
        ("shape of the output", [m, 1]),
        ("shape of the input", [n, 1]),
    ):
        if sheet(name):
            weights = wrong
    sheet.write("lW", np.array(weights, float))
    jacobian = [s, n]
    for name, wrong in (
        ("inputs for rows", [n, s]),
        ("stopped at z", [s, m]),
        ("layer alone", [m, n]),
        ("transposed layer", [n, m]),
    ):
        if sheet(name):
            jacobian = wrong
    sheet.write("yx", np.array(jacobian, float))
    sheet.write("At", np.array([s, q] if sheet("matrix turned") else [q, 1] if sheet("one column") else [q, s], float))
    count = m * m * n
    for name, wrong in (
        ("weights alone", m * n),
        ("sizes added", m + m * n),
        ("inputs counted for outputs", n * m * n),
        ("bias counted", m * (m * n + m)),
        ("all sizes added", m + m + n),
        ("y for z", s * m * n),
    ):
        if sheet(name):
            count = wrong
    count = sheet.write("zW", float(count))
    zero = m * n * (m - 1)
    for name, wrong in (
        ("those that are not", m * n),
        ("none", 0),
        ("one for each output", count - m),
        ("weights of the inputs left", count - n),
        ("outputs squared", m * m - m),
    ):
        if sheet(name):
            zero = wrong
    sheet.write("zero", float(zero))


SIZES = Family(
    "derivative-type-shapes",
    sizes,
    (
        slip("W the other way round", "weights-swapped permuted transposed rows-for-columns", "lW"),
        slip("shape of the output", "names-swapped output-column", "lW"),
        slip("inputs for rows", "layout-swapped permuted transposed rows-for-columns", "yx"),
        slip("stopped at z", "stopped-at-z names-swapped", "yx"),
        slip("layer alone", "layer-alone names-swapped other-blank", "yx"),
        slip("one column", "other-quantity names-swapped", "At"),
        slip("matrix turned", "matrix-swapped permuted transposed rows-for-columns", "At"),
        slip("weights alone", "only-the-weights factor-dropped", "zW"),
        slip("sizes added", "sizes-added other-operation", "zW"),
        slip("inputs counted for outputs", "inputs-for-outputs names-swapped", "zW"),
        slip("bias counted", "bias-counted", "zW"),
        slip("all sizes added", "all-sizes-added sizes-added other-operation", "zW"),
        slip("y for z", "names-swapped y-for-z", "zW"),
        slip("those that are not", "those-that-are-not term-dropped", "zero"),
        slip("none", "none-is-zero", "zero"),
        slip("one for each output", "factor-dropped", "zero"),
    ),
    (("inputs for rows", "weights alone"),),
)


def differentials(given: Given, sheet: Sheet) -> None:
    """What stands beside dX, brought into its place."""
    c, s, k = (number(given[name]) for name in "csk")
    right, beside, orders = {
        "last": ("B'*A'", "A*B", ("A'*B'", "A*B", "B'*A", "B*A'")),
        "turned": ("A*B", "B'*A'", ("B*A", "A*B", "A*B'", "A'*B")),
        "middle": ("A'*B'", "B*A", ("B'*A'", "A*B", "A'*B", "A*B'")),
        "crossed": ("B*A", "A'*B'", ("A*B", "A*B", "B*A'", "B'*A")),
        "primed": ("A*B'", "B*A'", ("B'*A", "A'*B", "A*B", "A'*B'")),
    }[given["trace"]]
    for name, wrong in zip(
        ("not transposed", "order kept", "read as it stands", "second factor alone", "first factor alone"),
        (beside, *orders),
        strict=True,
    ):
        if sheet(name) and wrong != right:
            right = wrong
    if sheet("number lost in G"):
        c = "1"
    if sheet("sign of G"):
        c = f"(-1)*{c}"
    if sheet("X kept"):
        right += "*X"
    if sheet("factors added"):
        right = right.replace("*", "+")
    sheet.write("G", f"{c}*({right})")
    line = given["line"]
    vector = {"row": "A'*x", "column": "A*x", "pair": "(A + A')*x"}[line]
    if line != "pair" and sheet("row not turned"):
        vector = {"row": "A*x", "column": "A'*x"}[line]
    if line == "pair" and sheet("as if symmetric"):
        vector = "2*A*x"
    if line == "pair" and sheet("one term of two"):
        vector = "A'*x"
    if line == "pair" and sheet("as if symmetric the other way"):
        vector = "2*A'*x"
    if line == "pair" and sheet("minus between"):
        vector = "(A' - A)*x"
    if sheet("number lost in g"):
        s = "1"
    if sheet("two too much"):
        s = f"2*{s}"
    sheet.write("g", f"{s}*{vector}")
    straight = given["map"] == "straight"
    J = "A*B" if straight else "B'*A"
    if sheet("Jacobian transposed"):
        J = "B'*A'" if straight else "A'*B"
    if sheet("Jacobian the other way round"):
        J = "B*A" if straight else "A*B'"
    if not straight and sheet("transpose lost"):
        J = "B*A"
    if sheet("number lost in J"):
        k = "1"
    sheet.write("J", f"{k}*{J}")


DIFFERENTIALS = Family(
    "differential-vs-gradient",
    differentials,
    (
        slip("not transposed", "layout transpose-missing transposed transpose-extra", "G"),
        slip("order kept", "order-not-reversed product-reversed", "G"),
        slip("read as it stands", "read-off-as-it-stands product-reversed", "G"),
        slip("second factor alone", "one-factor-transposed transpose-missing", "G"),
        slip("first factor alone", "other-factor-transposed transpose-missing", "G"),
        slip("number lost in G", "factor-dropped", "G"),
        slip("sign of G", "sign whole-sign", "G"),
        slip("X kept", "factor-extra", "G"),
        slip("factors added", "other-operation", "G"),
        slip("row not turned", "layout row-not-turned transpose-missing transpose-extra", "g"),
        slip("as if symmetric", "as-if-symmetric as-symmetric", "g"),
        slip("as if symmetric the other way", "as-if-symmetric as-symmetric", "g"),
        slip("one term of two", "one-term-of-two term-dropped", "g"),
        slip("minus between", "sign", "g"),
        slip("number lost in g", "factor-dropped", "g"),
        slip("two too much", "factor-two", "g"),
        slip("Jacobian transposed", "layout jacobian-transposed transposed transpose-missing", "J"),
        slip("Jacobian the other way round", "jacobian-reversed product-reversed", "J"),
        slip("transpose lost", "transpose-missing", "J"),
        slip("number lost in J", "factor-dropped", "J"),
    ),
    (("not transposed", "row not turned"),),
)

FAMILIES = (SIZES, DIFFERENTIALS)
