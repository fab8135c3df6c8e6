"""Activations turned into one another: tanh and sigmoid, corners made of ReLUs, a ReLU that dies."""

from __future__ import annotations

import math

import numpy as np

from benchmarks.students.lines import either
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put


def conversion(given: Given, sheet: Sheet) -> None:
    """A curve, a net and the way back."""
    A, k, B, P, d, R, c = (float(given[name]) for name in ("A", "k", "B", "P", "d", "R", "c"))
    w, b, v = (np.array(given[name], float) for name in ("w", "b", "v"))
    sheet.write("abc", either(sheet, np.array([2 * A, 2 * k, B - A]), (
        ("inner two lost", np.array([2 * A, k, B - A])), ("shift lost", np.array([2 * A, 2 * k, B])),
        ("shift by one", np.array([2 * A, 2 * k, B - 1])), ("shift with a plus", np.array([2 * A, 2 * k, B + A])),
        ("outer two lost", np.array([A, 2 * k, B - A])), ("shift doubled", np.array([2 * A, 2 * k, B - 2 * A])),
        ("everything halved", np.array([A / 2, k / 2, B - A])), ("nothing changed", np.array([A, k, B])),
        ("argument halved", np.array([2 * A, k / 2, B - A])),
    )))  # fmt: skip
    sheet.write("w2", either(sheet, 2 * w, (("weights kept", w), ("weights halved", w / 2))))
    sheet.write(
        "b2", either(sheet, 2 * b, (("biases kept", b), ("biases halved", b / 2), ("one off the biases", 2 * b - 1)))
    )
    sheet.write("v2", either(sheet, 2 * v, (("outer weights kept", v), ("outer weights halved", v / 2))))
    sheet.write("c2", either(sheet, c - v.sum(), (
        ("bias kept", c), ("bias less one", c - 1), ("bias less two", c - 2),
        ("weights added to the bias", c + v.sum()),
        ("bias less the doubled weights", c - 2 * v.sum()), ("bias doubled too", 2 * c - v.sum()),
        ("bias doubled alone", 2 * c),
        ("one weight alone", c - v[0]), ("sign of one weight", c - v[0] + v[1]), ("weights for the bias", -v.sum()),
    )))  # fmt: skip
    sheet.write("uvw", either(sheet, np.array([P / 2, d / 2, R + P / 2]), (
        ("the same way again", np.array([2 * P, 2 * d, R - P])), ("middle not moved", np.array([P / 2, d / 2, R])),
        ("middle moved by a half", np.array([P / 2, d / 2, R + 0.5])),
        ("inner half lost", np.array([P / 2, d, R + P / 2])),
        ("middle moved down", np.array([P / 2, d / 2, R - P / 2])),
        ("outer half lost", np.array([P, d / 2, R + P / 2])), ("argument doubled", np.array([P / 2, 2 * d, R + P / 2])),
    )))  # fmt: skip


CONVERSION = Family(
    "tanh-sigmoid-relation",
    conversion,
    (
        slip("inner two lost", "inner-two-lost factor-two factor-dropped", "abc"),
        slip("shift lost", "shift-lost term-dropped", "abc"),
        slip("shift by one", "shift-by-one", "abc"),
        slip("shift with a plus", "shift-with-plus sign", "abc"),
        slip("outer two lost", "scale-lost factor-two factor-dropped", "abc"),
        slip("shift doubled", "shift-doubled factor-two", "abc"),
        slip("everything halved", "halved-weights factor-two inverted", "abc"),
        slip("nothing changed", "nothing-changed", "abc"),
        slip("argument halved", "argument-halved factor-dropped", "abc"),
        slip("weights kept", "inner-two-lost factor-two factor-dropped", "w2"),
        slip("weights halved", "halved-weights inverted factor-two", "w2"),
        slip("biases kept", "inner-two-lost factor-two factor-dropped", "b2"),
        slip("biases halved", "halved-weights inverted factor-two", "b2"),
        slip("one off the biases", "one-off-biases", "b2"),
        slip("outer weights kept", "scale-lost factor-two factor-dropped", "v2"),
        slip("outer weights halved", "halved-weights inverted factor-two", "v2"),
        slip("bias kept", "shift-lost term-dropped", "c2"),
        slip("bias less one", "shift-by-one", "c2"),
        slip("bias less two", "shift-by-two", "c2"),
        slip("weights added to the bias", "shift-with-plus sign", "c2"),
        slip("bias less the doubled weights", "shift-doubled", "c2"),
        slip("bias doubled too", "constant-doubled factor-two", "c2"),
        slip("bias doubled alone", "constant-only-doubled", "c2"),
        slip("one weight alone", "term-dropped", "c2"),
        slip("sign of one weight", "sign", "c2"),
        slip("weights for the bias", "term-dropped", "c2"),
        slip("the same way again", "doubled-instead", "uvw"),
        slip("middle not moved", "middle-not-moved term-dropped", "uvw"),
        slip("middle moved by a half", "middle-moved-by-half factor-dropped", "uvw"),
        slip("inner half lost", "inner-half-lost factor-two divisor-dropped", "uvw"),
        slip("middle moved down", "bottom-for-middle sign", "uvw"),
        slip("outer half lost", "outer-half-lost factor-two divisor-dropped", "uvw"),
        slip("argument doubled", "argument-doubled", "uvw"),
        pen("entry-sign", "abc w2 v2"),
        pen("permuted", "abc v2"),
    ),
    (("inner two lost", "bias kept"), ("shift by one", "middle not moved")),
)


def corners(given: Given, sheet: Sheet) -> None:
    """Greater and smaller of two lines, a hat, the softplus."""
    m, n = np.array(given["m"], float), np.array(given["n"], float)
    up, down, H, s, e = (float(given[name]) for name in ("up", "down", "H", "s", "e0"))
    above = np.array([n[0] - n[1], m[0] - m[1]])
    sheet.write("g", either(sheet, above, (
        ("lines turned round", -above), ("lines added", np.array([n.sum(), m.sum()])),
        ("first line itself", np.array([n[0], m[0]])),
        ("entries exchanged", above[::-1]), ("sign of the constant", above * [-1, 1]),
    )))  # fmt: skip
    sheet.write("l", either(sheet, -above, (
        ("as for the greater", above), ("second line itself", np.array([n[1], m[1]])),
        ("entries of the smaller exchanged", -above[::-1]),
    )))  # fmt: skip
    rise, fall = H / up, H / down
    sheet.write("a", either(sheet, np.array([rise, -rise - fall, fall]), (
        ("slopes for changes", np.array([rise, -fall, 0])), ("middle once", np.array([rise, -fall, fall])),
        ("heights for weights", np.array([H, -2 * H, H])), ("last corner forgotten", np.array([rise, -rise - fall, 0])),
        ("last sign", np.array([rise, -rise - fall, -fall])), ("sides exchanged", np.array([fall, -rise - fall, rise])),
        ("lengths for slopes", np.array([up / H, -up / H - down / H, down / H])),
        ("middle with a plus", np.array([rise, rise + fall, fall])),
        ("middle subtracted", np.array([rise, fall - rise, fall])),
        ("middle less the other way", np.array([rise, rise - fall, fall])),
    )))  # fmt: skip
    D = either(sheet, "s*exp(s*x)/(1 + exp(s*x))", (
        ("inner factor lost", "exp(s*x)/(1 + exp(s*x))"), ("numerator lost", "s/(1 + exp(s*x))"),
        ("inside not differentiated", "1/(1 + exp(s*x))"), ("differentiated twice", "s*exp(s*x)/(1 + exp(s*x))^2"),
        ("minus", "-s*exp(s*x)/(1 + exp(s*x))"), ("one lost below", "s*exp(s*x)/exp(s*x)"),
        ("logarithm kept", "s*exp(s*x)*ln(1 + exp(s*x))"), ("factor in the exponent lost", "s*exp(x)/(1 + exp(x))"),
    ))  # fmt: skip
    sheet.write("D", put(D, s=s))
    sheet.write("y0", either(sheet, s * e / (1 + e), (
        ("factor lost at the point", e / (1 + e)), ("other power at the point", s / (1 + e)),
        ("value of g", math.log(1 + e)),
        ("exponent for the power", s * math.log(e) / (1 + math.log(e))), ("one lost at the point", s),
    )))  # fmt: skip


CORNERS = Family(
    "relu-as-difference",
    corners,
    (
        slip("lines turned round", "lines-turned whole-sign sign", "g"),
        slip("lines added", "lines-added sign", "g"),
        slip("first line itself", "line-itself term-dropped", "g"),
        slip("entries exchanged", "permuted names-swapped", "g"),
        slip("sign of the constant", "sign entry-sign names-swapped", "g"),
        slip("as for the greater", "as-for-the-greater whole-sign sign other-blank", "l"),
        slip("second line itself", "other-line-itself term-dropped", "l"),
        slip("entries of the smaller exchanged", "permuted names-swapped", "l"),
        slip("slopes for changes", "slopes-for-changes", "a"),
        slip("middle once", "middle-once term-dropped", "a"),
        slip("heights for weights", "heights-for-weights divisor-dropped", "a"),
        slip("last corner forgotten", "last-corner-forgotten", "a"),
        slip("last sign", "last-sign sign entry-sign", "a"),
        slip("sides exchanged", "first-slope-turned names-swapped permuted", "a"),
        slip("lengths for slopes", "lengths-for-slopes inverted", "a"),
        slip("middle with a plus", "sign entry-sign", "a"),
        slip("middle subtracted", "sign", "a"),
        slip("middle less the other way", "sign", "a"),
        slip("inner factor lost", "inner-factor-lost inner-lost factor-dropped constant-factor", "D"),
        slip("numerator lost", "numerator-lost factor-dropped inner-lost", "D"),
        slip("inside not differentiated", "inside-not-differentiated inner-lost", "D"),
        slip("differentiated twice", "sigmoid-slope exponent-off", "D"),
        slip("minus", "sign whole-sign", "D"),
        slip("one lost below", "term-dropped", "D"),
        slip("logarithm kept", "function-for-derivative inverted other-operation", "D"),
        slip("factor in the exponent lost", "factor-dropped", "D"),
        slip("factor lost at the point", "inner-factor-lost factor-dropped", "y0"),
        slip("other power at the point", "numerator-lost factor-dropped", "y0"),
        slip("value of g", "function-for-derivative", "y0"),
        slip("exponent for the power", "activation-missing", "y0"),
        slip("one lost at the point", "term-dropped", "y0"),
        pen("entry-sign", "a"),
    ),
    (("middle once", "minus"),),
)


def dying(given: Given, sheet: Sheet) -> None:
    """Sums, derivatives, one step, the sums after it, the slope of a sigmoid."""
    x, y = np.array(given["x"], float), np.array(given["y"], float)
    w, b, eta = given["w"], given["b"], given["eta"]
    z = sheet.write("z", either(sheet, w * x + b, (
        ("bias lost", w * x), ("outputs for sums", np.maximum(0, w * x + b)), ("parameters exchanged", b * x + w),
        ("sign of the bias", w * x - b),
    )))  # fmt: skip
    h, on = np.maximum(0, z), (z > 0) * 1.0
    delta = sheet.write("delta", either(sheet, (h - y) * on, (
        ("mask forgotten", h - y), ("sums for the outputs", z - y), ("error turned round", (y - h) * on),
        ("two kept", 2 * (h - y) * on),
        ("mask alone", on), ("output for the slope", (h - y) * h), ("targets forgotten", h * on),
        ("loss for its derivative", (h - y) ** 2 / 2),
    )))  # fmt: skip
    G = np.array([delta @ x, delta.sum()])
    G = sheet.write("G", either(sheet, G, (
        ("inputs forgotten", np.full(2, G[1])), ("mean taken", G / 3), ("derivatives exchanged", G[::-1]),
        ("sums multiplied", np.array([delta.sum() * x.sum(), G[1]])), ("turned", -G),
    )))  # fmt: skip
    uphill, no_rate, alone = sheet("uphill"), sheet("rate lost"), sheet("step alone")
    rate = (-1 if uphill else 1) * (1 if no_rate else eta)
    w2 = sheet.write("w2", (0 if alone else w) - rate * G[0])
    b2 = sheet.write("b2", (0 if alone else b) - rate * G[1])
    u = sheet.write("u", either(sheet, w2 * x + b2, (
        ("old bias", w2 * x + b), ("old weight", w * x + b2), ("outputs after the step", np.maximum(0, w2 * x + b2)),
        ("new bias lost", w2 * x), ("new parameters exchanged", b2 * x + w2),
    )))  # fmt: skip
    top = float(u.max())
    if sheet("another sum"):
        top = float(u.min())
    s = 1 / (1 + math.exp(-top))
    sheet.write("d", either(sheet, s * (1 - s), (
        ("sigmoid itself", s), ("sum in the rule", top * (1 - top)), ("rule of tanh", 1 - s * s), ("one factor", 1 - s),
        ("plus in the rule", s * (1 + s)),
    )))  # fmt: skip


DYING = Family(
    "dead-relu",
    dying,
    (
        slip("bias lost", "term-dropped", "z"),
        slip("outputs for sums", "outputs-before-the-step", "z"),
        slip("parameters exchanged", "names-swapped", "z"),
        slip("sign of the bias", "sign", "z"),
        slip("mask forgotten", "mask-forgotten factor-dropped activation-missing", "delta"),
        slip("sums for the outputs", "activation-missing mask-forgotten", "delta h r"),
        slip("error turned round", "error-turned whole-sign sign", "delta r"),
        slip("two kept", "two-kept factor-two", "delta"),
        slip("mask alone", "factor-dropped", "delta"),
        slip("output for the slope", "outputs-for-mask activation-for-derivative", "delta"),
        slip("targets forgotten", "term-dropped", "delta r"),
        slip("loss for its derivative", "loss-for-derivative function-for-derivative", "delta"),
        slip("inputs forgotten", "inputs-forgotten", "G"),
        slip("mean taken", "mean-taken sum-for-mean", "G"),
        slip("derivatives exchanged", "entries-swapped permuted names-swapped", "G"),
        slip("sums multiplied", "inputs-summed", "G"),
        slip("turned", "whole-sign sign", "G"),
        slip("uphill", "uphill sign", "w2 b2"),
        slip("rate lost", "rate-left-out factor-dropped", "w2 b2"),
        slip("step alone", "step-alone term-dropped", "w2 b2"),
        slip("old bias", "old-bias old-for-new", "u"),
        slip("old weight", "old-weight old-for-new", "u"),
        slip("outputs after the step", "outputs-after-the-step", "u"),
        slip("new bias lost", "term-dropped", "u"),
        slip("new parameters exchanged", "names-swapped", "u"),
        slip("another sum", "smallest-sum", "d m"),
        slip("sigmoid itself", "sigmoid-itself factor-dropped activation-for-derivative", "d"),
        slip("sum in the rule", "sum-for-sigmoid", "d"),
        slip("rule of tanh", "tanh-rule", "d"),
        slip("one factor", "one-minus-sigmoid factor-dropped", "d"),
        slip("plus in the rule", "sign", "d"),
        pen("entry-sign", "z u"),
        pen("rounding", "d"),
    ),
    (("mask forgotten", "old bias"), ("two kept", "sigmoid itself")),
)

FAMILIES = (CONVERSION, CORNERS, DYING)
