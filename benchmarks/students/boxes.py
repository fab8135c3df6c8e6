"""Boxes with classes: how many outputs, the loss, how far two boxes agree."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def boxes(given: Given, sheet: Sheet) -> None:
    """Outputs of a detector, its loss, how far two boxes agree."""
    B, C, extra = float(given["B"]), float(given["C"]), float(given["conf"] == "with")
    N = chosen(
        sheet, B * (4 + extra + C),
        ("two coordinates", B * (2 + extra + C)), ("classes shared", B * (4 + extra) + C),
        ("class as one number", B * (4 + extra + 1)),
        ("confidence misread", B * (5 - extra + C)), ("boxes added", B + 4 + extra + C), ("one box", 4 + extra + C),
        ("no classes", B * (4 + extra)),
        ("boxes for the classes", B * 4 + extra + C), ("a box for each class", B * C * (4 + extra)),
        ("confidence once", B * (4 + C) + extra),
        ("coordinates left out", B * (extra + C)), ("one class more", B * (5 + extra + C)),
    )  # fmt: skip
    sheet.write("N", N)
    s, t = np.array(given["s"], float), np.array(given["t"], float)
    d = s - t
    sq = chosen(
        sheet, (d**2).sum(),
        ("no squares", np.abs(d).sum()), ("signed", d.sum()), ("square of the sum", d.sum() ** 2),
        ("averaged", (d**2).mean()),
        ("one corner", (d[:2] ** 2).sum()), ("root", np.sqrt((d**2).sum())),
        ("one deviation forgotten", (d[:3] ** 2).sum()),
        ("deviations doubled", 2 * np.abs(d).sum()), ("sums for differences", ((s + t) ** 2).sum()),
        ("half of it", (d**2).sum() / 2),
        ("squares apart", (s**2 - t**2).sum()),
    )  # fmt: skip
    sq = sheet.write("sq", float(sq))
    w, p, k = given["lambda"], np.array(given["p"], float), int(given["k"]) - 1
    L = chosen(
        sheet, w * sq - np.log(p[k]),
        ("weight lost", sq - np.log(p[k])), ("weight at the logarithm", sq - w * np.log(p[k])),
        ("weight before both", w * (sq - np.log(p[k]))),
        ("plus before the logarithm", w * sq + np.log(p[k])), ("class forgotten", w * sq),
        ("likeliest class", w * sq - np.log(p.max())),
        ("all classes", w * sq - np.log(p).sum()), ("no logarithm", w * sq + 1 - p[k]),
        ("base ten", w * sq - np.log10(p[k])),
        ("base two", w * sq - np.log2(p[k])), ("probability subtracted", w * sq - p[k]),
        ("box forgotten", -np.log(p[k])),
        ("other classes too", w * sq - np.log(p[k]) - np.log(1 - np.delete(p, k)).sum()),
        ("divided by the weight", sq / w - np.log(p[k])),
        ("class before", w * sq - np.log(p[k - 1])), ("weight squared", w**2 * sq - np.log(p[k])),
    )  # fmt: skip
    sheet.write("L", float(L))
    low, high = np.maximum(s[:2], t[:2]), np.minimum(s[2:], t[2:])
    shared = chosen(
        sheet, float((high - low).prod()),
        ("hull for the intersection", float((np.maximum(s[2:], t[2:]) - np.minimum(s[:2], t[:2])).prod())),
        ("sides added", float((high - low).sum())),
        ("ends counted as well", float((high - low + 1).prod())), ("perimeter", 2 * float((high - low).sum())),
        ("one side from the true box", float((t[2] - t[0]) * (high - low)[1])),
        ("other side from the true box", float((high - low)[0] * (t[3] - t[1]))),
        ("half the area", float((high - low).prod()) / 2),
        ("area of the true box", float((t[2:] - t[:2]).prod())),
        ("area of the forecast", float((s[2:] - s[:2]).prod())),
        ("corners of the forecast", float((high - s[:2]).prod())),
        ("one unit short", float((high - low)[0] * ((high - low)[1] - 1))),
    )  # fmt: skip
    shared = sheet.write("I", abs(shared))
    true, found = float((t[2:] - t[:2]).prod()), float((s[2:] - s[:2]).prod())
    U = chosen(
        sheet, true + found - shared,
        ("intersection twice", true + found), ("intersection off twice", true + found - 2 * shared),
        ("hull for the union", float((np.maximum(s[2:], t[2:]) - np.minimum(s[:2], t[:2])).prod())),
        ("true box alone", true), ("forecast alone", found), ("areas multiplied", true * found),
        ("intersection added", true + found + shared),
        ("forecast less the intersection", found - shared), ("true box less the intersection", true - shared),
    )  # fmt: skip
    U = sheet.write("U", U)
    ratio = chosen(
        sheet, shared / U,
        ("over the true box", shared / true), ("over the forecast", shared / found),
        ("over both", shared / (true + found)), ("turned over", U / shared),
        ("rest for the share", 1 - shared / U), ("intersection twice over both", 2 * shared / (true + found)),
        ("difference", U - shared), ("per cent", 100 * shared / U),
        ("over the rest", shared / (U - shared)),
    )  # fmt: skip
    sheet.write("IoU", float(ratio))


BOXES = Family(
    "detection-output",
    boxes,
    (
        slip("two coordinates", "two-coordinates", "N each"),
        slip("classes shared", "classes-shared brackets", "N each"),
        slip("class as one number", "one-class-number", "N each"),
        slip("confidence misread", "confidence-miscounted one-off", "N each"),
        slip("boxes added", "boxes-added other-operation", "N"),
        slip("one box", "one-box factor-dropped", "N"),
        slip("no classes", "classes-left-out term-dropped", "N each"),
        slip("boxes for the classes", "coordinates-by-boxes-alone brackets classes-shared", "N each"),
        slip("a box for each class", "box-for-each-class", "N each"),
        slip("confidence once", "confidence-once brackets", "N each"),
        slip("coordinates left out", "term-dropped coordinates-left-out", "N each"),
        slip("one class more", "one-class-more one-off confidence-miscounted", "N each"),
        slip("no squares", "not-squared power-dropped", "sq"),
        slip("signed", "signed power-dropped", "sq"),
        slip("square of the sum", "square-of-the-sum", "sq"),
        slip("averaged", "averaged", "sq"),
        slip("one corner", "two-deviations term-dropped", "sq"),
        slip("root", "root power-dropped", "sq"),
        slip("one deviation forgotten", "three-deviations term-dropped entry-left-out", "sq"),
        slip("deviations doubled", "doubled-for-squared", "sq"),
        slip("sums for differences", "added-first sign", "sq dev"),
        slip("half of it", "factor-two", "sq"),
        slip("squares apart", "squares-apart taken-apart", "sq"),
        slip("weight lost", "weight-lost factor-dropped", "L"),
        slip("weight at the logarithm", "weight-at-the-wrong-term", "L"),
        slip("weight before both", "weight-before-both brackets", "L"),
        slip("plus before the logarithm", "plus-logarithm sign", "L ce"),
        slip("class forgotten", "class-forgotten term-dropped", "L"),
        slip("likeliest class", "likeliest-class", "L ce"),
        slip("all classes", "all-classes", "L ce"),
        slip("no logarithm", "probability-for-logarithm complement", "L ce"),
        slip("base ten", "decimal-logarithm log-base", "L ce"),
        slip("base two", "binary-logarithm log-base", "L ce"),
        slip("probability subtracted", "activation-missing logarithm-lost sign", "L ce"),
        slip("box forgotten", "term-dropped box-forgotten", "L"),
        slip("other classes too", "other-classes-added term-extra", "L ce"),
        slip("divided by the weight", "divided-by-the-weight inverted other-operation", "L"),
        slip("class before", "index-off other-class", "L ce"),
        slip("weight squared", "factor-extra weight-squared", "L"),
        slip("hull for the intersection", "hull-for-intersection names-swapped", "I"),
        slip("sides added", "sides-added other-operation", "I"),
        slip("ends counted as well", "ends-counted one-off", "I"),
        slip("perimeter", "perimeter", "I"),
        slip("one side from the true box", "width-of-true-box", "I"),
        slip("other side from the true box", "height-of-true-box", "I"),
        slip("half the area", "half-the-area factor-two", "I"),
        slip("area of the true box", "true-box-for-intersection", "I"),
        slip("area of the forecast", "predicted-box-for-intersection", "I"),
        slip("corners of the forecast", "corner-of-predicted-box", "I"),
        slip("one unit short", "one-unit-short one-off", "I"),
        slip("intersection twice", "intersection-twice term-dropped", "U"),
        slip("intersection off twice", "intersection-taken-off-twice factor-two", "U"),
        slip("hull for the union", "hull-for-union", "U"),
        slip("true box alone", "true-box-alone term-dropped", "U"),
        slip("forecast alone", "predicted-box-alone term-dropped", "U"),
        slip("areas multiplied", "other-operation areas-multiplied", "U"),
        slip("intersection added", "intersection-added sign", "U"),
        slip("forecast less the intersection", "rest-of-the-predicted-box term-dropped", "U"),
        slip("true box less the intersection", "rest-of-the-true-box term-dropped", "U"),
        slip("over the true box", "over-the-true-box old-for-new other-quantity", "IoU"),
        slip("over the forecast", "over-the-predicted-box old-for-new other-quantity", "IoU"),
        slip("over both", "over-both old-for-new", "IoU"),
        slip("turned over", "inverted reciprocal", "IoU"),
        slip("rest for the share", "rest-for-the-share complement", "IoU"),
        slip("intersection twice over both", "dice", "IoU"),
        slip("difference", "difference other-operation", "IoU"),
        slip("per cent", "power-of-ten per-cent", "IoU"),
        slip("over the rest", "over-the-rest", "IoU"),
        pen("digit", "N sq L U"),
        pen("digits", "N sq L U"),
        pen("power-of-ten", "L IoU"),
        pen("other-blank", "I U"),
        pen("rounding", "L IoU"),
    ),
    (("classes shared", "intersection twice"), ("no squares", "over the true box")),
)

FAMILIES = (BOXES,)
