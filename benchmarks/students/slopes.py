"""Partial derivatives, the direction of steepest descent."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import put, worth

# Both partial derivatives of each kind of function, right and with a slip.
PARTIALS = {
    "mixed": {
        "zx": "m*a*x^(m-1)*y^n + b*c*exp(c*x)", "zy": "n*a*x^m*y^(n-1) + d/y",
        "inner derivative lost by x": "m*a*x^(m-1)*y^n + b*exp(c*x)",
        "exponent kept by x": "m*a*x^m*y^n + b*c*exp(c*x)", "factor lost by x": "a*x^(m-1)*y^n + b*c*exp(c*x)",
        "both powers differentiated by x": "m*n*a*x^(m-1)*y^(n-1) + b*c*exp(c*x)",
        "other term kept by x": "m*a*x^(m-1)*y^n + b*c*exp(c*x) + d*ln(y)",
        "power rule for the exponential by x": "m*a*x^(m-1)*y^n + b*c*x*exp(c*x - 1)",
        "exponential lost by x": "m*a*x^(m-1)*y^n", "sign by x": "m*a*x^(m-1)*y^n - b*c*exp(c*x)",
        "logarithm kept by y": "n*a*x^m*y^(n-1) + d*ln(y)", "exponent kept by y": "n*a*x^m*y^n + d/y",
        "factor lost by y": "a*x^m*y^(n-1) + d/y", "other term kept by y": "n*a*x^m*y^(n-1) + d/y + b*exp(c*x)",
        "logarithm lost by y": "n*a*x^m*y^(n-1)", "power of x left out by y": "n*a*y^(n-1) + d/y",
        "number in front lost by y": "n*x^m*y^(n-1) + d/y",
    },
    "power": {
        "zx": "a*y*x^(y-1) + b*y", "zy": "a*x^y*ln(x) + b*x",
        "exponential rule by x": "a*x^y*ln(x) + b*y", "exponent kept by x": "a*y*x^y + b*y",
        "factor lost by x": "a*x^(y-1) + b*y", "other term kept by x": "a*y*x^(y-1) + b*x*y",
        "other term lost by x": "a*y*x^(y-1)", "sign by x": "a*y*x^(y-1) - b*y",
        "power rule by y": "a*y*x^(y-1) + b*x", "logarithm lost by y": "a*x^y + b*x",
        "logarithm below by y": "a*x^y/ln(x) + b*x", "other term kept by y": "a*x^y*ln(x) + b*x*y",
        "logarithm of the exponent by y": "a*x^y*ln(y) + b*x", "number in front lost by y": "x^y*ln(x) + b*x",
    },
    "fraction": {
        "zx": "m*a*x^(m-1)/y", "zy": "b - a*x^m/y^2",
        "exponent kept by x": "m*a*x^m/y", "factor lost by x": "a*x^(m-1)/y",
        "other term kept by x": "m*a*x^(m-1)/y + b*y",
        "other term differentiated by x": "m*a*x^(m-1)/y + b", "denominator lost by x": "m*a*x^(m-1)",
        "sign by x": "-m*a*x^(m-1)/y",
        "sign by y": "b + a*x^m/y^2", "square lost by y": "b - a*x^m/y", "logarithm by y": "b + a*x^m*ln(y)",
        "numerator left out by y": "b - a/y^2", "other term kept by y": "b*y - a*x^m/y^2",
        "denominator differentiated alone by y": "b + a*x^m", "both differentiated by y": "b - m*a*x^(m-1)/y^2",
    },
    "sine": {
        "zx": "a*c*y*cos(c*x*y) + m*b*x^(m-1)", "zy": "a*c*x*cos(c*x*y)",
        "inner derivative lost by x": "a*cos(c*x*y) + m*b*x^(m-1)", "sign by x": "-a*c*y*cos(c*x*y) + m*b*x^(m-1)",
        "only the number of the inside by x": "a*c*cos(c*x*y) + m*b*x^(m-1)",
        "only the letter of the inside by x": "a*y*cos(c*x*y) + m*b*x^(m-1)",
        "other letter in front by x": "a*c*x*cos(c*x*y) + m*b*x^(m-1)",
        "exponent kept by x": "a*c*y*cos(c*x*y) + m*b*x^m",
        "inside differentiated inside by x": "a*cos(c*y) + m*b*x^(m-1)",
        "inner derivative lost by y": "a*cos(c*x*y)", "sine kept by y": "a*c*x*sin(c*x*y)",
        "sign by y": "-a*c*x*cos(c*x*y)",
        "other term kept by y": "a*c*x*cos(c*x*y) + b*x^m", "other letter in front by y": "a*c*y*cos(c*x*y)",
    },
    "exponential": {
        "zx": "m*a*x^(m-1)*y + c*y*exp(c*x*y)", "zy": "a*x^m + c*x*exp(c*x*y)",
        "inner derivative lost by x": "m*a*x^(m-1)*y + exp(c*x*y)", "exponent kept by x": "m*a*x^m*y + c*y*exp(c*x*y)",
        "factor lost by x": "a*x^(m-1)*y + c*y*exp(c*x*y)", "other letter lost by x": "m*a*x^(m-1) + c*y*exp(c*x*y)",
        "only the number of the inside by x": "m*a*x^(m-1)*y + c*exp(c*x*y)",
        "only the letter of the inside by x": "m*a*x^(m-1)*y + y*exp(c*x*y)",
        "power rule for the exponential by x": "m*a*x^(m-1)*y + c*x*y*exp(c*x*y - 1)",
        "other letter in front by x": "m*a*x^(m-1)*y + c*x*exp(c*x*y)",
        "inner derivative lost by y": "a*x^m + exp(c*x*y)",
        "both powers differentiated by y": "m*a*x^(m-1) + c*x*exp(c*x*y)",
        "other letter kept by y": "a*x^m*y + c*x*exp(c*x*y)", "sign by y": "a*x^m - c*x*exp(c*x*y)",
        "other letter in front by y": "a*x^m + c*y*exp(c*x*y)",
    },
}  # fmt: skip


def partials(given: Given, sheet: Sheet) -> None:
    """Both partial derivatives, then their values."""
    rows = PARTIALS[given["kind"]]
    numbers = {name: float(given[name]) for name in "abcdmn"}
    right = {name: rows[name] for name in ("zx", "zy")}
    written = {}
    for name, other in (("zx", "zy"), ("zy", "zx")):
        text = right[name]
        for row, wrong in rows.items():
            if row.endswith(f" by {name[1]}") and sheet(row):
                text = wrong
        if sheet("derivatives swapped"):
            text = right[other]
        if sheet(f"derivatives added by {name[1]}"):
            text = f"{right['zx']} + {right['zy']}"
        written[name] = sheet.write(name, put(text, **numbers))
    x, y = given["x0"], given["y0"]
    across = sheet("coordinates of the point swapped")
    a, b = (float(worth(written[name], x=y if across else x, y=x if across else y)) for name in ("zx", "zy"))
    if sheet("first coordinate for both"):
        a = float(worth(written["zx"], x=x, y=x))
    if sheet("sign in the value"):
        b = -b
    if sheet("value of the function"):
        a = float(worth(put(Z[given["kind"]], **numbers), x=x, y=y))
    sheet.write("A", a)
    sheet.write("B", b)


Z = {
    "mixed": "a*x^m*y^n + b*exp(c*x) + d*ln(y)", "power": "a*x^y + b*x*y", "fraction": "a*x^m/y + b*y",
    "sine": "a*sin(c*x*y) + b*x^m", "exponential": "a*x^m*y + exp(c*x*y)",
}  # fmt: skip

LOST = "inner-lost inner-derivative-lost inner-derivative-lost-by-y"
PARTIAL = Family(
    "partial-derivatives",
    partials,
    (
        slip("inner derivative lost by x", f"{LOST} factor-dropped", "zx"),
        slip("exponent kept by x", "power-kept exponent-off", "zx"),
        slip("factor lost by x", "factor-dropped factor-two", "zx"),
        slip("both powers differentiated by x",
             "both-differentiated-by-x not-frozen other-variable other-convention", "zx"),
        slip("other term kept by x", "constant-kept power-kept function-for-derivative", "zx"),
        slip("other term differentiated by x", "not-frozen other-variable constant-kept constant-term", "zx"),
        slip("power rule for the exponential by x", "power-rule-by-x table-slip power-kept", "zx"),
        slip("exponential lost by x", "term-dropped", "zx"),
        slip("other term lost by x", "term-dropped", "zx"),
        slip("sign by x", "table-slip sign whole-sign", "zx"),
        slip("exponential rule by x", "exponential-rule-for-power table-slip other-function", "zx"),
        slip("denominator lost by x", "divisor-dropped factor-dropped", "zx"),
        slip("only the number of the inside by x", "factor-dropped inner-lost", "zx"),
        slip("only the letter of the inside by x", "factor-dropped inner-lost", "zx"),
        slip("other letter in front by x", "names-swapped other-variable", "zx"),
        slip("other letter lost by x", "factor-dropped", "zx"),
        slip("inside differentiated inside by x", "inner-inside", "zx"),
        slip("derivatives added by x", "not-frozen other-variable other-convention", "zx"),
        slip("logarithm kept by y", "table-slip function-for-derivative", "zy"),
        slip("exponent kept by y", "power-kept exponent-off", "zy"),
        slip("factor lost by y", "factor-dropped factor-two", "zy"),
        slip("other term kept by y", "constant-kept power-kept function-for-derivative", "zy"),
        slip("logarithm lost by y", "term-dropped logarithm-lost factor-dropped table-slip", "zy"),
        slip("power of x left out by y", "factor-dropped", "zy"),
        slip("number in front lost by y", "factor-dropped factor-two", "zy"),
        slip("power rule by y", "power-rule-for-exponential table-slip power-kept", "zy"),
        slip("logarithm below by y", "inverted table-slip", "zy"),
        slip("logarithm of the exponent by y", "names-swapped other-variable table-slip", "zy"),
        slip("sign by y", "quotient-sign sign whole-sign table-slip", "zy"),
        slip("square lost by y", "quotient-square power-dropped exponent-off table-slip", "zy"),
        slip("logarithm by y", "logarithm-for-fraction table-slip other-function", "zy"),
        slip("numerator left out by y", "factor-dropped", "zy"),
        slip("denominator differentiated alone by y",
             "quotient-rule quotient-denominator inverted table-slip other-convention divisor-dropped", "zy"),
        slip("both differentiated by y", "both-differentiated-by-y other-variable not-frozen other-convention", "zy"),
        slip("inner derivative lost by y", f"{LOST} factor-dropped", "zy"),
        slip("sine kept by y", "function-for-derivative table-slip", "zy"),
        slip("other letter in front by y", "names-swapped other-variable", "zy"),
        slip("other letter kept by y", "constant-kept power-kept function-for-derivative", "zy"),
        slip("both powers differentiated by y",
             "both-differentiated-by-y not-frozen other-variable other-convention", "zy"),
        slip("derivatives added by y", "not-frozen other-variable other-convention", "zy"),
        slip("derivatives swapped", "swapped names-swapped other-variable", "zx zy", every=True),
        slip("coordinates of the point swapped", "wrong-point names-swapped", "A B", every=True),
        slip("first coordinate for both", "wrong-point names-swapped", "A"),
        slip("sign in the value", "sign whole-sign", "B"),
        slip("value of the function", "function-for-derivative other-quantity", "A"),
        pen("digit", "A B"),
        pen("power-of-ten", "A B"),
        pen("rounding", "A B"),
    ),
    (("derivatives swapped", "sign in the value"),),
)  # fmt: skip


def direction(given: Given, sheet: Sheet) -> None:
    """The gradient, its length, the unit vector downhill, two slopes."""
    a, b, d1, d2, p1, p2 = (given[name] for name in ("a", "b", "d1", "d2", "p1", "p2"))
    v = np.asarray(given["v"], float)
    first = chosen(
        sheet, 2 * a * p1 + b * p2 + d1,
        ("two lost", a * p1 + b * p2 + d1), ("mixed term lost", 2 * a * p1 + d1),
        ("linear term lost", 2 * a * p1 + b * p2),
        ("square kept", 2 * a * p1**2 + b * p2 + d1), ("mixed term by the wrong letter", 2 * a * p1 + b * p1 + d1),
    )  # fmt: skip
    second = chosen(
        sheet, b * p1 + d2,
        ("mixed letter wrong in the second", b * p2 + d2), ("mixed term lost in the second", d2),
        ("linear term kept", b * p1 + d2 * p2), ("sign in the second", b * p1 - d2),
    )  # fmt: skip
    g = np.array([second, first] if sheet("entries swapped") else [first, second])
    g = sheet.write("g", -g if sheet("minus the gradient") else g)
    n = chosen(
        sheet, np.hypot(*g),
        ("root lost", g @ g), ("sizes added", abs(g[0]) + abs(g[1])), ("entries added", g[0] + g[1]),
        ("squares subtracted", np.sqrt(abs(g[0] ** 2 - g[1] ** 2))), ("larger entry", max(abs(g))),
        ("mean square", np.sqrt(g @ g / 2)),
    )  # fmt: skip
    n = sheet.write("N", n)
    u = chosen(
        sheet, -g / n,
        ("uphill", g / n), ("not of length one", -g), ("divided by the square", -g / n**2),
        ("divided by the sum", -g / (g[0] + g[1])),
        ("turned by a right angle", np.array([-g[1], g[0]]) / n), ("one sign turned", np.array([-g[0], g[1]]) / n),
        ("signs alone", -np.sign(g)), ("point for the direction", -np.array([p1, p2]) / np.hypot(p1, p2)),
    )  # fmt: skip
    u = sheet.write("u", u)
    m = chosen(
        sheet, -n,
        ("slope upwards", n), ("length squared", -(n**2)), ("slope of one", -1.0), ("slope zero", 0.0),
        ("entries of u added", u[0] + u[1]),
        ("positive square", n**2),
    )  # fmt: skip
    sheet.write("m", m)
    along, size = g @ v, np.hypot(*v)
    d = chosen(
        sheet, along / size,
        ("length of v forgotten", along), ("square of the length of v", along / size**2),
        ("angle alone", along / (n * size)),
        ("minus along v", -along / size), ("from u", u @ v / size), ("u and v", u @ v),
        ("divided by the wrong length", along / n),
        ("entries crossed", (g[0] * v[1] + g[1] * v[0]) / size), ("difference of products",
        (g[0] * v[0] - g[1] * v[1]) / size),
        ("product of lengths", n * size), ("larger entry for the length of v", along / (abs(v[0]) + abs(v[1]))),
    )  # fmt: skip
    sheet.write("D", d)


DIRECTION = Family(
    "gradient-direction",
    direction,
    (
        slip("two lost", "power-dropped factor-two factor-dropped", "g f1"),
        slip("mixed term lost", " term-dropped", "g f1"),
        slip("linear term lost", " term-dropped", "g f1"),
        slip("square kept", " power-kept exponent-off", "g f1"),
        slip("mixed term by the wrong letter", " names-swapped index-off wrong-point", "g f1"),
        slip("mixed letter wrong in the second", " names-swapped index-off wrong-point", "g f2"),
        slip("mixed term lost in the second", " term-dropped", "g f2"),
        slip("linear term kept",
             "linear-term-kept  constant-kept power-kept function-for-derivative exponent-off factor-extra", "g f2"),
        slip("sign in the second", " sign", "g f2"),
        slip("entries swapped", "permuted names-swapped", "g"),
        slip("minus the gradient", "whole-sign sign", "g"),
        slip("root lost", "root-missing", "N"),
        slip("sizes added", "sum-of-sizes", "N"),
        slip("entries added",
             "entries-added other-operation sum-of-sizes entries-added root-missing power-dropped", "N"),
        slip("squares subtracted", "sign", "N"),
        slip("larger entry", "term-dropped other-convention", "N"),
        slip("uphill", "ascent sign whole-sign", "u"),
        slip("not of length one", "not-normalised divisor-dropped other-operation", "u"),
        slip("divided by the square", "divided-by-square exponent-off root-missing", "u"),
        slip("divided by the sum",
             "divided-by-sum divided-by-square other-convention names-swapped other-operation root-missing", "u"),
        slip("turned by a right angle", "turned turned names-swapped permuted sign", "u"),
        slip("one sign turned", "sign entry-sign", "u"),
        slip("signs alone", "signs-alone signs-alone other-function", "u"),
        slip("slope upwards", "slope-up sign whole-sign", "m"),
        slip("length squared", "square-of-length exponent-off", "m"),
        slip("slope of one", "slope-of-one other-convention slope-of-one", "m"),
        slip("slope zero", "slope-zero other-convention slope-zero", "m"),
        slip("entries of u added", "entries-of-u other-convention other-quantity", "m"),
        slip("length of v forgotten", "length-of-v-forgotten divisor-dropped", "D"),
        slip("square of the length of v", "square-of-v exponent-off root-missing", "D"),
        slip("angle alone", "cosine factor-extra", "D"),
        slip("minus along v", "sign whole-sign", "D"),
        slip("from u", "cosine names-swapped other-quantity sign", "D"),
        slip("u and v", "u-for-gradient names-swapped other-quantity divisor-dropped", "D"),
        slip("divided by the wrong length", "wrong-length names-swapped other-quantity", "D"),
        slip("entries crossed", "names-swapped index-off permuted", "D"),
        slip("difference of products", "sign", "D"),
        slip("larger entry for the length of v", "sizes-of-v sum-of-sizes other-operation other-convention", "D"),
        pen("digit", "D u"),
        pen("entry-sign", "u g"),
        pen("power-of-ten", "D m"),
    ),
    (("two lost", "uphill"), ("not of length one", "length of v forgotten")),
)  # fmt: skip

FAMILIES = (PARTIAL, DIRECTION)
