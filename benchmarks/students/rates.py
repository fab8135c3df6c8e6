"""Gradient descent in one dimension: when it stops, where it ends, which learning rates it bears."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import number, put


def small_derivative(given: Given, sheet: Sheet) -> None:
    """Updates until |L'(w)| < ε on a(w - c)² + d."""
    a, c, d, rate, eps, w0 = (given[name] for name in ("a", "c", "d", "lambda", "eps", "w0"))
    g = 2 * a * (w0 - c)
    for name, wrong in (
        ("two lost in the derivative", a * (w0 - c)),
        ("square kept", 2 * a * (w0 - c) ** 2),
        ("plus in the bracket", 2 * a * (w0 + c)),
        ("loss for the derivative", a * (w0 - c) ** 2 + d),
        ("a lost in the derivative", 2 * (w0 - c)),
        ("d kept", 2 * a * (w0 - c) + d),
        ("size of the derivative", abs(g)),
    ):
        g = wrong if sheet(name) else g
    g = sheet.write("g0", g)
    q = 1 - 2 * a * rate
    for name, wrong in (
        ("two lost in the factor", 1 - a * rate),
        ("one lost", -2 * a * rate),
        ("one and minus lost", 2 * a * rate),
        ("a lost in the factor", 1 - 2 * rate),
        ("plus in the factor", 1 + 2 * a * rate),
        ("rate lost", 1 - 2 * a),
    ):
        q = wrong if sheet(name) else q
    q = sheet.write("q", q)
    if not 0 < abs(q) < 1 or not g:
        sheet.write("N", np.nan)
        return
    updates, slope, away = 0, g, g / (2 * a)
    while abs(slope) >= eps and updates < 5000:
        updates, slope = updates + 1, slope * q
    power = np.log(eps / abs(g)) / np.log(abs(q))
    for name, wrong in (
        ("rounded down", np.floor(power)),
        ("one update too many", updates + 1),
        ("change of w tested", np.floor(np.log(eps / abs(away * (1 - q))) / np.log(abs(q))) + 2),
        ("change of the loss tested", np.floor(np.log(eps / abs(a * away**2 * (1 - q**2))) / np.log(q * q)) + 2),
        ("distance tested", np.ceil(np.log(eps / abs(away)) / np.log(abs(q)))),
        ("loss above the least one tested", np.ceil(np.log(eps / (a * away**2)) / np.log(q * q))),
        ("never started", 0),
        ("start left out", np.ceil(np.log(eps) / np.log(abs(q)))),
        ("ten times the tolerance", np.ceil(np.log(10 * eps / abs(g)) / np.log(abs(q)))),
        ("exponent doubled", np.ceil(power / 2)),
    ):
        updates = wrong if sheet(name) else updates
    sheet.write("N", updates)


SMALL_DERIVATIVE = Family(
    "gd-1d-stop-grad-norm",
    small_derivative,
    (
        slip("two lost in the derivative", "factor-two factor-dropped", "g0"),
        slip("square kept", "power-kept exponent-off", "g0"),
        slip("plus in the bracket", "sign", "g0"),
        slip("loss for the derivative", "function-for-derivative", "g0"),
        slip("a lost in the derivative", "factor-dropped factor-two", "g0"),
        slip("d kept", "constant-kept", "g0"),
        slip("size of the derivative", "sign whole-sign", "g0"),
        slip("two lost in the factor", "two-lost factor-two factor-dropped", "q"),
        slip("one lost", "term-dropped", "q"),
        slip("one and minus lost", "one-lost term-dropped sign complement", "q"),
        slip("a lost in the factor", "factor-dropped factor-two", "q"),
        slip("plus in the factor", "sign", "q"),
        slip("rate lost", "factor-dropped", "q"),
        slip("rounded down", "rounded-down one-off", "N t"),
        slip("one update too many", "one-off", "N t"),
        slip("change of w tested", "change-of-w-tested", "N t"),
        slip("change of the loss tested", "change-of-loss-tested", "N t"),
        slip("distance tested", "distance-tested", "N t"),
        slip("loss above the least one tested", "loss-tested", "N t"),
        slip("never started", "never-started", "N t"),
        slip("start left out", "start-left-out", "N t"),
        slip("ten times the tolerance", "other-tolerance", "N t"),
        slip("exponent doubled", "power-doubled", "N t"),
    ),
)


# ----- Any function --------------------------------------------------------------------------------------------------

# The function, its derivative, what people write instead.
ANY = {
    "quartic": ("k*x^4 - p*x^2", "4*k*x^3 - 2*p*x", {
        "exponent kept": "4*k*x^4 - 2*p*x", "factor lost": "k*x^3 - 2*p*x", "second factor lost": "4*k*x^3 - p*x",
        "sign": "4*k*x^3 + 2*p*x"}),
    "exponential": ("k*exp(x) - p*x", "k*exp(x) - p", {
        "letter kept": "k*exp(x) - p*x", "factor lost": "exp(x) - p", "wrong row": "k*x*exp(x - 1) - p",
        "sign": "k*exp(x) + p", "term left out": "k*exp(x)"}),
    "logarithm": ("k*x - p*ln(x)", "k - p/x", {
        "letter kept": "k*x - p/x", "factor lost": "k - 1/x", "sign": "k + p/x", "wrong row": "k - p*x",
        "term left out": "-p/x"}),
    "soft": ("k*ln(1 + exp(x)) - p*x", "k*exp(x)/(1 + exp(x)) - p", {
        "inner derivative lost": "k/(1 + exp(x)) - p", "letter kept": "k*exp(x)/(1 + exp(x)) - p*x",
        "factor lost": "exp(x)/(1 + exp(x)) - p", "sign": "k*exp(x)/(1 + exp(x)) + p"}),
}  # fmt: skip


def any_function(given: Given, sheet: Sheet) -> None:
    """The derivative, then two steps."""
    k, p, rate = given["k"], given["p"], given["alpha"]
    start = x = given["x[0]"]
    formula, slope, wrong = ANY[str(given["kind"])]
    for name, other in wrong.items():
        slope = other if sheet(f"{name} in the derivative") else slope
    slope = sheet.write("df", put(slope, k=k, p=p))
    for t in (1, 2):
        g = _at(slope, start if sheet("derivative at the start", t - 1) else x)
        if sheet("function for the derivative", t, 2):
            g = _at(put(formula, k=k, p=p), x)
        if sheet("minus of the point lost", t, 2):
            g = _at(slope, -x)
        if sheet("derivative without its sign", t, 2):
            g = abs(g)
        g = sheet.write(f"g[{t}]", g)
        base = start if sheet("from the start again", t - 1) else x
        moved = base - rate * g
        for name, other in (
            ("uphill", base + rate * g),
            ("rate lost", base - g),
            ("divided by the rate", base - g / rate),
            ("old point left out", -rate * g),
            ("whole difference multiplied", rate * (base - g)),
            ("rate alone", base - rate),
        ):
            moved = other if sheet(name, t, 2) else moved
        x = sheet.write(f"x[{t}]", moved)


def _at(formula: str, x: float) -> float:
    with np.errstate(all="ignore"):
        return float(eval(formula.replace("^", "**"), {"exp": np.exp, "ln": np.log, "x": np.float64(x)}))


ANY_FUNCTION = Family(
    "gd-1d-general-function",
    any_function,
    (
        slip("exponent kept in the derivative", "power-kept exponent-off", "df"),
        slip("factor lost in the derivative", "factor-dropped factor-two table-slip", "df"),
        slip("second factor lost in the derivative", "factor-dropped factor-two table-slip", "df"),
        slip("sign in the derivative", "sign", "df"),
        slip("letter kept in the derivative", "power-kept function-for-derivative constant-kept exponent-off", "df"),
        slip("wrong row in the derivative", "table-slip inverted", "df"),
        slip("term left out in the derivative", "term-dropped constant-taken", "df"),
        slip("inner derivative lost in the derivative", "inner-lost", "df"),
        slip("derivative at the start", "derivative-at-start wrong-point old-for-new", "g"),
        slip("function for the derivative", "function-for-derivative", "g"),
        slip("minus of the point lost", "sign factor-dropped", "g"),
        slip("derivative without its sign", "whole-sign sign", "g"),
        slip("from the start again", "old-for-new wrong-point", "x"),
        slip("uphill", "ascent sign", "x"),
        slip("rate lost", "factor-dropped", "x"),
        slip("divided by the rate", "inverted", "x"),
        slip("old point left out", "term-dropped", "x"),
        slip("whole difference multiplied", "other-convention names-swapped factor-dropped", "x"),
        slip("rate alone", "factor-dropped", "x"),
        pen("digit", "g[1] x[1] g[2] x[2]"),
        pen("rounding", "g[2] x[2]"),
    ),
    (("uphill", "sign in the derivative"),),
)


# ----- A program -----------------------------------------------------------------------------------------------------


def program(given: Given, sheet: Sheet) -> None:
    """The loop for a quartic: two rounds, n rounds, its end."""
    k, p, r, rate, n = given["k"], given["p"], given["r"], given["alpha"], int(given["n"])
    start = given["x[0]"]
    away = rate

    slope = (0, 4 * k, 0, -2 * p, r)
    if sheet("uphill"):
        away = -rate
    for name, wrong in (
        ("function in the program", (k, 0, -p, r, 0)),
        ("factors lost in the program", (0, k, 0, -p, r)),
        ("slope of the line lost", (0, 4 * k, 0, -2 * p, 0)),
        ("exponents kept", (4 * k, 0, -2 * p, r, 0)),
        ("four lost", (0, k, 0, -2 * p, r)),
        ("sign of the line", (0, 4 * k, 0, -2 * p, -r)),
        ("k lost in the program", (0, 4, 0, -2 * p, r)),
        ("two lost in the program", (0, 4 * k, 0, -p, r)),
        ("frozen derivative", (0, 0, 0, 0, float(np.polyval(slope, start)))),
    ):
        slope = wrong if sheet(name) else slope

    def rounds(x: float, number_of: int) -> float:
        for _ in range(number_of):
            x = x - away * float(np.polyval(slope, x))
            if not abs(x) < 1e6:
                return np.nan
        return x

    x1 = sheet.write("x[1]", rounds(start, 1))
    x2 = sheet.write("x[2]", rounds(x1, 1))
    more = n - 2
    if sheet("round too few"):
        more -= 1
    if sheet("round too many"):
        more += 1
    if sheet("rounds counted from x2"):
        more += 2
    xn = sheet.write("xn", rounds(x2, more))
    end = rounds(xn, 2000)
    if sheet("other minimum"):
        roots = np.roots([4 * k, 0, -2 * p, r]).real
        end = min(roots) if xn > 0 else max(roots)
    if sheet("the maximum"):
        end = sorted(np.roots([4 * k, 0, -2 * p, r]).real)[1]
    if sheet("stopped too early"):
        end = rounds(xn, 20)
    if sheet("value at the minimum"):
        end = k * end**4 - p * end**2 + r * end
    sheet.write("lim", end)


PROGRAM = Family(
    "gd-1d-run-to-convergence",
    program,
    (
        slip("uphill", "ascent sign", "x xn"),
        slip("function in the program", "function-for-derivative", "x g xn next"),
        slip("factors lost in the program", "factors-lost", "x g xn next lim"),
        slip("slope of the line lost", "slope-of-line-lost term-dropped", "x g xn next lim"),
        slip("exponents kept", "exponents-kept power-kept exponent-off", "x g xn next lim"),
        slip("four lost", "factor-dropped", "x g xn next lim"),
        slip("sign of the line", "sign", "x g xn next lim"),
        slip("k lost in the program", "factor-dropped factor-two", "x g xn next lim"),
        slip("two lost in the program", "factor-dropped factor-two", "x g xn next lim"),
        slip("frozen derivative", "frozen", "x g xn"),
        slip("round too few", "round-too-few", "xn"),
        slip("round too many", "round-too-many", "xn"),
        slip("rounds counted from x2", "counted-from-second", "xn"),
        slip("other minimum", "other-well", "lim"),
        slip("the maximum", "at-the-maximum", "lim"),
        slip("stopped too early", "other-blank", "lim"),
        slip("value at the minimum", "function-for-derivative other-quantity value-for-point", "lim"),
        pen("digit", "x[1] x[2] xn lim"),
        pen("rounding", "x[2] xn lim"),
    ),
)


# ----- Two wells -----------------------------------------------------------------------------------------------------


def two_wells(given: Given, sheet: Sheet) -> None:
    """Derivative, minima, first step and limit on a quartic with the zeros 0, `own`, `other` of its derivative."""
    k, own, other, rate, x0 = (given[name] for name in ("k", "own", "other", "alpha", "x0"))
    c3, c2, c1 = 12 * k, -12 * k * (own + other), 12 * k * own * other
    slope = f"{number(c3)}*x^3 + {number(c2)}*x^2 + {number(c1)}*x"
    for name, wrong in (
        ("constant kept", f"{slope} + {number(given['d'])}"),
        ("k lost", f"12*x^3 + {number(c2 / k)}*x^2 + {number(c1 / k)}*x"),
        ("factors of powers lost", f"{number(c3 / 4)}*x^3 + {number(c2 / 3)}*x^2 + {number(c1 / 2)}*x"),
        ("exponents kept in the derivative", f"{number(c3)}*x^4 + {number(c2)}*x^3 + {number(c1)}*x^2"),
        ("last factor two lost", f"{number(c3)}*x^3 + {number(c2)}*x^2 + {number(c1 / 2)}*x"),
    ):
        slope = wrong if sheet(name) else slope
    slope = sheet.write("df", slope)
    minima = np.array(sorted([own, other]))
    if sheet("signs of the roots"):
        minima = -minima
    if sheet("zero for a minimum"):
        minima = np.array([minima[0], 0.0])
    sheet.write("minima", minima)
    g = _at(slope, x0)
    if sheet("start without its sign"):
        g = _at(slope, -x0)
    if sheet("slope without its sign"):
        g = -g
    g = sheet.write("g0", g)
    x1 = x0 - rate * g
    for name, wrong in (
        ("uphill", x0 + rate * g),
        ("rate lost", x0 - g),
        ("start left out", -rate * g),
        ("rate ten times too large", x0 - 10 * rate * g),
    ):
        x1 = wrong if sheet(name) else x1
    sheet.write("x1", x1)
    end = own
    if sheet("the other minimum"):
        end = other
    if sheet("stays at the maximum"):
        end = 0.0
    if sheet("limit with the wrong sign"):
        end = -own
    sheet.write("lim", end)


TWO_WELLS = Family(
    "gd-basin-choice",
    two_wells,
    (
        slip("constant kept", "constant-kept", "df"),
        slip("k lost", "factor-dropped constant-factor factor-two", "df"),
        slip("factors of powers lost", "table-slip factor-dropped factors-lost", "df"),
        slip("exponents kept in the derivative", "power-kept exponent-off exponents-kept", "df"),
        slip("last factor two lost", "factor-two factor-dropped table-slip", "df"),
        slip("signs of the roots", "signs-of-roots sign whole-sign", "minima h"),
        slip("zero for a minimum", "zero-for-minimum zero-for-the-other", "minima"),
        slip("start without its sign", "sign", "g0"),
        slip("slope without its sign", "whole-sign sign", "g0"),
        slip("uphill", "ascent sign", "x1"),
        slip("rate lost", "factor-dropped", "x1"),
        slip("start left out", "term-dropped", "x1"),
        slip("rate ten times too large", "power-of-ten number-off rate-off", "x1"),
        slip("the other minimum", "nearest-minimum deeper-minimum", "lim"),
        slip("stays at the maximum", "at-the-maximum", "lim"),
        slip("limit with the wrong sign", "whole-sign sign", "lim minima"),
        pen("digit", "g0 x1"),
    ),
)

FAMILIES = (SMALL_DERIVATIVE, ANY_FUNCTION, PROGRAM, TWO_WELLS)
