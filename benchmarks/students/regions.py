"""Regions of the plane by step neurons: a polygon, strips, a checkerboard."""

from __future__ import annotations

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.staircases import between


def polygon(given: Given, sheet: Sheet) -> None:
    """The neurons of a polygon, their outputs at a point outside, the biases of the output."""
    k = int(given["k"])
    corners = np.array([[given[f"{corner}x"], given[f"{corner}y"]] for corner in "ABCDE"[:k]], float)
    point = np.array([given["x0"], given["y0"]], float)
    sheet.write("N", either(sheet, k + 1, (
        ("output forgotten", k), ("inputs counted", k + 3), ("two a side", 2 * k + 1), ("two too many", k + 2),
    )))  # fmt: skip
    ways, to_point = np.roll(corners, -1, axis=0) - corners, point - corners
    code = ((ways[:, 0] * to_point[:, 1] - ways[:, 1] * to_point[:, 0]) > 0) * 1.0
    sheet.write("code", either(sheet, code, (
        ("ones and noughts exchanged", 1 - code), ("all off outside", 0 * code),
        ("begun with the last side", np.roll(code, 1)),
        ("signs for outputs", 2 * code - 1),
    )))  # fmt: skip
    sheet.write("inner", either(sheet, between(-k, 1 - k), (
        ("one is enough", between(-1, 0)), ("sign of the bias", between(k - 1, k)),
        ("one side fewer", between(1 - k, 2 - k)), ("noughts alone outside", between(-k, 0)),
    )))  # fmt: skip
    sheet.write("outer", either(sheet, between(k - 1, k), (
        ("sign of the bias outside", between(-k, 1 - k)), ("as for one", between(0, 1)),
        ("outside nothing but noughts", between(0, k)),
    )))  # fmt: skip


POLYGON = Family(
    "min-neurons-convex",
    polygon,
    (
        slip("output forgotten", "output-not-counted term-dropped", "N"),
        slip("inputs counted", "inputs-counted", "N"),
        slip("two a side", "two-a-side factor-two", "N"),
        slip("two too many", "one-off factor-two", "N"),
        slip("ones and noughts exchanged", "turned-round complement", "code"),
        slip("all off outside", "all-noughts", "code"),
        slip("begun with the last side", "order-shifted permuted index-off", "code"),
        slip("signs for outputs", "signs-for-outputs", "code"),
        slip("one is enough", "one-is-enough", "inner lo hi"),
        slip("sign of the bias", "sign-of-bias sign whole-sign other-blank", "inner lo hi"),
        slip("one side fewer", "one-side-fewer one-off", "inner lo hi"),
        slip("sign of the bias outside", "sign-of-bias sign whole-sign other-blank", "outer lo2 hi2"),
        slip("as for one", "one-is-enough", "outer lo2 hi2"),
        slip("noughts alone outside", "all-off-outside", "inner hi"),
        slip("outside nothing but noughts", "all-off-outside", "outer lo2"),
        pen("permuted", "code"),
    ),
)


def strips(given: Given, sheet: Sheet) -> None:
    """Codes of the strips, sums and outputs of a draft."""
    turns, t = np.array(given["o"], float), np.array(given["t"], float)
    b, w = float(given["b0"]), np.array(given["w0"], float)
    right_of = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1]], float)
    codes = np.where(turns > 0, right_of, 1 - right_of)
    C = sheet.write("C", either(sheet, codes, (
        ("directions overlooked", right_of), ("directions turned", 1 - codes), ("from the right", codes[::-1]),
        ("own line alone", np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], float)),
    )))  # fmt: skip
    sums = C @ w
    S = sheet.write("S", either(sheet, b + sums, (
        ("bias left out", sums), ("bias subtracted", sums - b), ("sums from below", (b + sums)[::-1]),
        ("weights in another order", b + C @ w[::-1]), ("last weight left out", b + C[:, :2] @ w[:2]),
    )))  # fmt: skip
    Y = (S > 0) * 1.0
    sheet.write("Y", either(sheet, Y, (
        ("nought gives one", (S >= 0) * 1.0), ("outputs turned", (S < 0) * 1.0), ("signs for outputs", 2 * Y - 1),
        ("one where not positive", 1 - Y),
        ("labels for outputs", t), ("sums for outputs", S),
    )))  # fmt: skip
    sheet.write("N", either(sheet, 4, (("output forgotten", 3), ("inputs counted", 6))))


STRIPS = Family(
    "strip-output-neuron",
    strips,
    (
        slip("directions overlooked", "directions-overlooked", "C"),
        slip("directions turned", "directions-turned complement", "C"),
        slip("from the right", "strips-from-the-right permuted", "C"),
        slip("own line alone", "own-line-alone", "C"),
        slip("bias left out", "bias-left-out term-dropped", "S"),
        slip("bias subtracted", "bias-subtracted sign", "S"),
        slip("sums from below", "permuted", "S"),
        slip("weights in another order", "weights-reversed permuted", "S"),
        slip("last weight left out", "last-weight-left-out term-dropped", "S"),
        slip("nought gives one", "zero-gives-one", "Y"),
        slip("outputs turned", "outputs-turned sign", "Y"),
        slip("one where not positive", "one-where-not-positive complement", "Y"),
        slip("signs for outputs", "signs-for-outputs", "Y"),
        slip("labels for outputs", "labels-for-outputs", "Y"),
        slip("sums for outputs", "sums-for-outputs other-blank activation-missing", "Y"),
        slip("output forgotten", "output-not-counted", "N"),
        slip("inputs counted", "inputs-counted", "N"),
        pen("entry-sign", "S"),
        pen("permuted", "S"),
    ),
)


def board(given: Given, sheet: Sheet) -> None:
    """A slanted neuron at four points of the board, and how many of all it is on at."""
    x = np.array([given[name] for name in ("Ax", "Ax", "Cx", "Dx")], float)
    y = np.array([given[name] for name in ("Ay", "By", "Cy", "Dy")], float)
    K, i = given["K"], int(given["i"])
    S = sheet.write("S", either(sheet, x + y - K, (
        ("bias left out", x + y), ("bias with a plus", x + y + K), ("second coordinate subtracted", x - y - K),
        ("second coordinate lost", x - K), ("first coordinate lost", y - K), ("turned", K - x - y),
    )))  # fmt: skip
    code = (S > 0) * 1.0
    sheet.write("code", either(sheet, code, (
        ("outputs turned", (S < 0) * 1.0), ("signs for outputs", 2 * code - 1), ("sums for outputs", S),
    )))  # fmt: skip
    sheet.write("count", either(sheet, 4 * (4 - i) + 2, (
        ("whole column", 4 * (5 - i)), ("column left out", 4 * (4 - i)), ("other side", 4 * i - 2),
        ("cells counted", 2 * (4 - i) + 1),
        ("counted with a minus", int((np.array(given["P"], float) @ [1, -1] > K).sum())),
    )))  # fmt: skip


BOARD = Family(
    "checkerboard-net",
    board,
    (
        slip("bias left out", "constant-overlooked term-dropped", "S"),
        slip("bias with a plus", "bias-with-plus sign", "S"),
        slip("second coordinate subtracted", "minus-before-y sign", "S"),
        slip("second coordinate lost", "second-coordinate-lost term-dropped", "S"),
        slip("first coordinate lost", "first-coordinate-lost term-dropped", "S"),
        slip("turned", "whole-sign sign", "S"),
        slip("outputs turned", "turned complement", "code"),
        slip("signs for outputs", "signs-for-outputs", "code"),
        slip("sums for outputs", "sums-for-outputs other-blank activation-missing", "code"),
        slip("whole column", "whole-column", "count"),
        slip("column left out", "column-left-out", "count"),
        slip("other side", "other-side", "count"),
        slip("cells counted", "cells-for-points", "count"),
        slip("counted with a minus", "minus-before-y-in-count", "count"),
        pen("entry-sign", "S"),
        pen("permuted", "S", "sign"),
    ),
)

FAMILIES = (POLYGON, STRIPS, BOARD)
