"""Learning rates: which converge, which was used, what the plane bears, and the loop they stand in."""

from __future__ import annotations

import re

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import number


def threshold(given: Given, sheet: Sheet) -> None:
    """The factor of a step as a formula, then rates and intervals of rates."""
    a, c, k = given["a"], given["c"], given["k"]
    factor = f"1 - {number(2 * a)}*λ"
    for name, wrong in (
        ("two lost", f"1 - {number(a)}*λ"),
        ("a lost", "1 - 2*λ"),
        ("plus in the factor", f"1 + {number(2 * a)}*λ"),
        ("one lost", f"-{number(2 * a)}*λ"),
        ("minimum multiplied in", f"1 - {number(2 * a * c)}*λ"),
        ("factor turned round", f"{number(2 * a)}*λ - 1"),
        ("divided by the rate", f"1 - {number(2 * a)}/λ"),
    ):
        factor = wrong if sheet(name) else factor
    sheet.write("q", factor)
    best = 1 / (2 * a)
    for name, wrong in (
        ("one step by 1/a", 1 / a),
        ("one step upside down", 2 * a),
        ("one step by 1/2", 0.5),
    ):
        best = wrong if sheet(name) else best
    sheet.write("lambda1", best)
    top = 1 / a
    for name, wrong in (
        ("threshold 2/a", 2 / a),
        ("threshold halved", 1 / (2 * a)),
        ("threshold upside down", a),
    ):
        top = wrong if sheet(name) else top
    of_factors = sheet("intervals of the factor")
    sheet.write("all", "(-1, 1)" if of_factors else f"(0, {top!r})")
    edge = 1 / a if sheet("calm up to the threshold") else 1 / (2 * a)
    calm = "[0, 1)" if of_factors else f"(0, {edge!r}]"
    sheet.write("calm", f"({1 / (2 * a)!r}, {1 / a!r})" if sheet("rates that jump") else calm)
    jump = (1 + 1 / k) / (2 * a)
    for name, wrong in (
        ("no jump", (1 - 1 / k) / (2 * a)),
        ("times for the part", (1 + k) / (2 * a)),
        ("one forgotten", 1 / (2 * a * k)),
        ("two lost in the jump", (1 + 1 / k) / a),
        ("a lost in the jump", (1 + 1 / k) / 2),
        ("not divided", 1 + 1 / k),
    ):
        jump = wrong if sheet(name) else jump
    sheet.write("lambda4", jump)


THRESHOLD = Family(
    "lr-convergence-threshold",
    threshold,
    (
        slip("two lost", "two-lost factor-two factor-dropped", "q"),
        slip("a lost", "factor-dropped factor-two", "q"),
        slip("plus in the factor", "sign", "q"),
        slip("one lost", "term-dropped", "q"),
        slip("minimum multiplied in", "minimum-kept factor-extra", "q"),
        slip("factor turned round", "whole-sign sign", "q"),
        slip("divided by the rate", "inverted other-operation", "q"),
        slip("one step by 1/a", "two-lost factor-two factor-dropped", "lambda1"),
        slip("one step upside down", "inverted reciprocal", "lambda1"),
        slip("one step by 1/2", "factor-dropped", "lambda1"),
        slip("threshold 2/a", "two-lost factor-two", "all T"),
        slip("threshold halved", "threshold-halved factor-two", "all T"),
        slip("threshold upside down", "inverted reciprocal divisor-dropped", "all T"),
        slip("calm up to the threshold", "jumps-forgotten", "calm E"),
        slip("rates that jump", "jumping-rates", "calm Z E"),
        slip("intervals of the factor", "factor-for-rate", "all Z T"),
        slip("no jump", "no-jump sign", "lambda4"),
        slip("times for the part", "times-for-part inverted reciprocal", "lambda4"),
        slip("one forgotten", "one-forgotten term-dropped", "lambda4"),
        slip("two lost in the jump", "factor-two two-lost factor-dropped", "lambda4"),
        slip("a lost in the jump", "factor-dropped", "lambda4"),
        slip("not divided", "divisor-dropped factor-dropped", "lambda4"),
    ),
)


def trajectory(given: Given, sheet: Sheet) -> None:
    """The rate from two points, then the third point."""
    a, b, c, d, w0, w1 = (given[name] for name in ("a", "b", "c", "d", "w0", "w1"))
    bowl = str(given["kind"]) == "parabola"
    slope = f"{number(2 * a)}*(w - {number(c)})" if bowl else f"{number(4 * a)}*w^3 - {number(b)}"
    for name, in_bowl, else_ in (
        ("two lost", f"{number(a)}*(w - {number(c)})", None),
        ("four lost", None, f"{number(a)}*w^3 - {number(b)}"),
        ("exponent kept", f"{number(2 * a)}*(w - {number(c)})^2", f"{number(4 * a)}*w^4 - {number(b)}"),
        ("a lost", f"2*(w - {number(c)})", f"4*w^3 - {number(b)}"),
        ("constant kept", f"{number(2 * a)}*(w - {number(c)}) + {number(d)}", None),
        ("letter kept", None, f"{number(4 * a)}*w^3 - {number(b)}*w"),
        ("sign in the derivative", f"{number(2 * a)}*(w + {number(c)})", f"{number(4 * a)}*w^3 + {number(b)}"),
    ):
        wrong = in_bowl if bowl else else_
        slope = wrong if wrong and sheet(name) else slope
    slope = sheet.write("dL", slope)
    g = at(slope, w0)
    if sheet("loss for the derivative"):
        g = a * (w0 - c) ** 2 + d if bowl else a * w0**4 - b * w0 + d
    if sheet("derivative at the second point"):
        g = at(slope, w1)
    g = sheet.write("g0", g)
    rate = (w0 - w1) / g
    later = at(slope, w1)
    values = [a * (w - c) ** 2 + d if bowl else a * w**4 - b * w + d for w in (w0, w1)]
    for name, wrong in (
        ("way reversed", -rate),
        ("later slope", (w0 - w1) / later),
        ("divided the other way", 1 / rate),
        ("loss for the way", (values[0] - values[1]) / g),
        ("start alone", w0 / g),
        ("second point alone", w1 / g),
        ("points added", (w0 + w1) / g),
        ("points divided", w1 / w0),
    ):
        rate = wrong if sheet(name) else rate
    rate = sheet.write("lambda", rate)
    w2 = w1 - rate * later
    for name, wrong in (
        ("same slope again", w1 - rate * g),
        ("uphill", w1 + rate * later),
        ("from the start again", w0 - rate * later),
        ("rate lost", w1 - later),
        ("point left out", -rate * later),
    ):
        w2 = wrong if sheet(name) else w2
    sheet.write("w2", w2)


def at(formula: str, w: float) -> float:
    """The value of one of our own formulas in w."""
    return float(eval(re.sub(r"\^", "**", formula), {"w": w}))


TRAJECTORY = Family(
    "lr-from-trajectory",
    trajectory,
    (
        slip("two lost", "factor-two factor-dropped table-slip", "dL"),
        slip("four lost", "factor-dropped table-slip", "dL"),
        slip("exponent kept", "power-kept exponent-off", "dL"),
        slip("a lost", "factor-dropped factor-two", "dL"),
        slip("constant kept", "constant-kept", "dL"),
        slip("letter kept", "power-kept function-for-derivative constant-kept", "dL"),
        slip("sign in the derivative", "sign", "dL"),
        slip("loss for the derivative", "loss-for-slope function-for-derivative", "g0"),
        slip("derivative at the second point", "wrong-point new-for-old names-swapped", "g0"),
        slip("way reversed", "way-reversed sign whole-sign", "lambda Delta"),
        slip("later slope", "later-slope wrong-point new-for-old", "lambda"),
        slip("divided the other way", "divided-the-other-way inverted reciprocal", "lambda"),
        slip("loss for the way", "loss-for-way", "lambda Delta"),
        slip("start alone", "term-dropped", "lambda Delta"),
        slip("second point alone", "term-dropped other-quantity", "lambda Delta"),
        slip("points added", "sign", "lambda Delta"),
        slip("points divided", "points-divided", "lambda Delta"),
        slip("same slope again", "same-slope-again old-for-new wrong-point", "w2"),
        slip("uphill", "uphill sign", "w2"),
        slip("from the start again", "old-for-new wrong-point names-swapped", "w2"),
        slip("rate lost", "factor-dropped", "w2"),
        slip("point left out", "term-dropped", "w2"),
        pen("rounding", "w2"),
    ),
)


def plane(given: Given, sheet: Sheet) -> None:
    """Hessian, eigenvalues, rates of a quadratic function of two variables."""
    hessian = np.array(given["A"], float)
    if sheet("coefficients for the Hessian"):
        hessian = hessian / np.array([[2, 1], [1, 2]])
    if sheet("everything halved"):
        hessian = hessian / 2
    if sheet("everything doubled"):
        hessian = hessian * 2
    if sheet("mixed halved"):
        hessian = hessian * np.array([[1, 0.5], [0.5, 1]])
    if sheet("mixed without its sign"):
        hessian = hessian * np.array([[1, -1], [-1, 1]])
    hessian = np.asarray(sheet.write("H", hessian), float)
    (p, q), (_, r) = hessian
    trace, det = p + r, p * r - q * q
    if sheet("determinant added up"):
        det = p * r + q * q
    root = np.sqrt(trace**2 - 4 * det) if trace**2 >= 4 * det else np.nan
    mu = np.array([(trace - root) / 2, (trace + root) / 2])
    if sheet("diagonal for eigenvalues"):
        mu = np.array(sorted([p, r]))
    if sheet("not halved"):
        mu = 2 * mu
    if sheet("eigenvalues with minus"):
        mu = -mu[::-1]
    mu = np.sort(np.asarray(sheet.write("mu", mu), float))
    low, high = mu
    largest = 2 / high
    for name, wrong in (
        ("one for two", 1 / high),
        ("smaller eigenvalue", 2 / low),
        ("trace for the eigenvalue", 2 / (low + high)),
        ("largest upside down", high / 2),
    ):
        largest = wrong if sheet(name) else largest
    largest = sheet.write("alpha1", largest)
    best = 2 / (low + high)
    for name, wrong in (
        ("one over the sum", 1 / (low + high)),
        ("half of the largest", 1 / high),
        ("difference for the sum", 2 / (high - low)),
    ):
        best = wrong if sheet(name) else best
    best = sheet.write("alpha2", best)
    rho = (high - low) / (high + low)
    for name, wrong in (
        ("ratio for the factor", low / high),
        ("factor with minus", -rho),
        ("factor upside down", 1 / rho),
        ("factor squared", rho**2),
    ):
        rho = wrong if sheet(name) else rho
    sheet.write("rho", rho)


PLANE = Family(
    "gd-quadratic-lr-max",
    plane,
    (
        slip("coefficients for the Hessian", "diagonal-halved factor-two", "H"),
        slip("everything halved", "factor-two halved", "H"),
        slip("everything doubled", "factor-two doubled", "H"),
        slip("mixed halved", "mixed-halved factor-two", "H"),
        slip("mixed without its sign", "sign", "H"),
        slip("determinant added up", "sign", "mu D"),
        slip("diagonal for eigenvalues", "diagonal-for-eigenvalues", "mu"),
        slip("not halved", "factor-two divisor-dropped", "mu"),
        slip("eigenvalues with minus", "whole-sign sign", "mu T"),
        slip("one for two", "one-for-two factor-two factor-dropped", "alpha1"),
        slip("smaller eigenvalue", "smaller-for-larger names-swapped", "alpha1"),
        slip("trace for the eigenvalue", "trace-for-largest other-blank other-quantity", "alpha1"),
        slip("largest upside down", "inverted reciprocal", "alpha1"),
        slip("one over the sum", "factor-two factor-dropped", "alpha2"),
        slip("half of the largest", "middle-of-rates term-dropped", "alpha2"),
        slip("difference for the sum", "sign", "alpha2"),
        slip("ratio for the factor", "ratio-for-factor", "rho"),
        slip("factor with minus", "whole-sign sign", "rho"),
        slip("factor upside down", "inverted reciprocal", "rho"),
        slip("factor squared", "exponent-off", "rho"),
        pen("rounding", "alpha1 alpha2 rho"),
        pen("power-of-ten", "alpha1 alpha2"),
    ),
)


def loop(given: Given, sheet: Sheet) -> None:
    """The repaired loop run by hand, on a bowl or a hill."""
    a, c, rate, eps, x0 = (given[name] for name in ("a", "c", "eta", "eps", "x0"))
    way = 1 if str(given["goal"]) == "lowest" else -1
    x1 = x0 - rate * 2 * a * (x0 - c)
    for name, wrong in (
        ("wrong way", x0 + rate * 2 * a * (x0 - c)),
        ("two lost", x0 - rate * a * (x0 - c)),
        ("rate lost", x0 - 2 * a * (x0 - c)),
        ("a lost", x0 - rate * 2 * (x0 - c)),
        ("start left out", -rate * 2 * a * (x0 - c)),
        ("square kept", x0 - way * rate * way * 2 * a * (x0 - c) ** 2),
        ("plus in the bracket", x0 - rate * 2 * a * (x0 + c)),
        ("function for the derivative", x0 - way * rate * (way * a * (x0 - c) ** 2 + given["d"])),
        ("gradient for the point", way * 2 * a * (x0 - c)),
    ):
        x1 = wrong if sheet(name) else x1
    x1 = sheet.write("x1", x1)
    count, x = 1, x1
    while abs(2 * a * (x - c)) >= eps and count < 200:
        count, x = count + 1, x - rate * 2 * a * (x - c)
    for name, other in (
        ("last update not counted", count - 1),
        ("one too many", count + 1),
        ("never started", 0),
    ):
        count = other if sheet(name) else count
    count = int(sheet.write("N", count))
    shrink = 1 - 2 * a * rate
    end = c + (x1 - c) * shrink ** (count - 1)
    for name, wrong in (
        ("a point too early", c + (x1 - c) * shrink ** (count - 2)),
        ("a point too late", c + (x1 - c) * shrink**count),
        ("the optimum itself", c),
        ("gradient at the end", way * 2 * a * (end - c)),
    ):
        end = wrong if sheet(name) else end
    sheet.write("xN", end)


LOOP = Family(
    "gd-loop-condition",
    loop,
    (
        slip("wrong way", "wrong-way sign", "x1"),
        slip("two lost", "factor-two factor-dropped", "x1 g0"),
        slip("rate lost", "rate-lost factor-dropped", "x1"),
        slip("a lost", "factor-dropped factor-two", "x1 g0"),
        slip("start left out", "term-dropped", "x1"),
        slip("square kept", "power-kept exponent-off", "x1 g0"),
        slip("plus in the bracket", "sign", "x1 g0"),
        slip("function for the derivative", "function-for-derivative", "x1 g0"),
        slip("gradient for the point", "other-quantity gradient-for-point", "x1"),
        slip("last update not counted", "last-update-not-counted one-off term-dropped", "N"),
        slip("one too many", "one-too-many one-off", "N"),
        slip("never started", "never-started", "N"),
        slip("a point too early", "a-round-less one-off", "xN"),
        slip("a point too late", "a-round-more one-off term-dropped", "xN"),
        slip("the optimum itself", "stopped-at-the-optimum", "xN"),
        slip("gradient at the end", "gradient-for-point", "xN"),
        pen("rounding", "xN"),
    ),
)

FAMILIES = (THRESHOLD, TRAJECTORY, PLANE, LOOP)
