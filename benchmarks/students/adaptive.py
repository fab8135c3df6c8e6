"""Adagrad, RMSprop and Adadelta on ŷ = wx."""

from __future__ import annotations

from math import sqrt

from benchmarks.students.lookahead import REGRESSION_SLIPS
from benchmarks.students.optimisers import gradient
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def squares(given: Given, sheet: Sheet) -> None:
    """Adagrad, which has no γ, or RMSprop."""
    eta, gamma = given["eta"], given.get("gamma")
    name = "G" if gamma is None else "E"
    w, s = given["w[0]"], given[f"{name}[0]"]
    last = 0.0
    for t in (1, 2):
        before = s
        g = sheet.write(f"g[{t}]", gradient(given, sheet, w, t))
        new = g**2
        if sheet("gradient not squared", t, 2):
            new = g
        if sheet("doubled for squared", t, 2):
            new = 2 * g
        if sheet("old gradient squared", t - 1):
            new = last**2
        if gamma is None:
            s = before + new
            if sheet("averaged", t - 1):
                s = (before + new) / 2
            if sheet("new square alone", t - 1):
                s = new
            if sheet("square of the sum", t - 1):
                s = (last + g) ** 2
            if sheet("moduli added", t, 2):
                s = before + abs(g)
            if sheet("squares subtracted", t - 1):
                s = abs(before - new)
        else:
            s = gamma * before + (1 - gamma) * new
            if sheet("shares swapped", t, 2):
                s = (1 - gamma) * before + gamma * new
            if sheet("squares added up", t, 2):
                s = before + new
            if sheet("old mean left out", t - 1):
                s = (1 - gamma) * new
            if sheet("new square without its share", t, 2):
                s = gamma * before + new
            if sheet("old mean without its share", t - 1):
                s = before + (1 - gamma) * new
            if sheet("share squared as well", t, 2):
                s = gamma * before + ((1 - gamma) * g) ** 2
            if sheet("share of the old on both", t, 2):
                s = gamma * before + gamma * new
            if sheet("minus in the mean", t - 1):
                s = gamma * before - (1 - gamma) * new
        last = g
        s = sheet.write(f"{name}[{t}]", s)
        below = sqrt(s)
        if sheet("no root", t, 2):
            below = s
        if sheet("sum of the step before", t - 1):
            below = sqrt(before)
        if sheet("newest gradient below", t - 1):
            below = abs(g)
        if gamma is not None and sheet("corrected as in Adam", t, 2):
            below = sqrt(s / (1 - gamma**t))
        if sheet("root taken apart", t - 1):
            below = sqrt(before) + abs(g) if gamma is None else sqrt(gamma * before) + sqrt(1 - gamma) * abs(g)
        step = eta * g / below
        if sheet("rate lost", t, 2):
            step = g / below
        if sheet("gradient lost", t, 2):
            step = eta / below
        if sheet("modulus of the gradient", t, 2):
            step = eta * abs(g) / below
        if sheet("upside down", t, 2):
            step = eta * below / g
        if sheet("multiplied by the root", t, 2):
            step = eta * g * below
        if sheet("plain gradient descent", t, 2):
            step = eta * g
        if sheet("gradient squared above", t, 2):
            step = eta * g**2 / below
        base = given["w[0]"] if sheet("from the start again", t - 1) else w
        w = sheet.write(f"w[{t}]", base + step if sheet("uphill", t, 2) else base - step)


def adadelta(given: Given, sheet: Sheet) -> None:
    """Two rounds with both means."""
    rho, eps = given["rho"], given["eps"]
    w, e, s = given["w[0]"], given["E[0]"], given["D[0]"]
    for t in (1, 2):
        e_old, s_old = e, s
        g = sheet.write(f"g[{t}]", gradient(given, sheet, w, t))
        e = rho * e + (1 - rho) * g**2
        if sheet("gradient not squared", t, 2):
            e = rho * e_old + (1 - rho) * g
        if sheet("shares of the gradients swapped", t, 2):
            e = (1 - rho) * e_old + rho * g**2
        if sheet("old gradients left out", t - 1):
            e = (1 - rho) * g**2
        if sheet("squares added up", t, 2):
            e = e_old + g**2
        if sheet("new square without its share", t, 2):
            e = rho * e_old + g**2
        e = sheet.write(f"E[{t}]", e)
        above, below = sqrt(s + eps), sqrt(e + eps)
        if sheet("epsilon outside", t, 2):
            above, below = sqrt(s) + eps, sqrt(e) + eps
        if sheet("no epsilon below", t, 2):
            below = sqrt(e)
        if sheet("no epsilon above", t - 1):
            above = sqrt(s)
        if sheet("old changes left out", t - 1):
            above = sqrt(eps)
        if sheet("new mean of the changes", t - 1):
            above = sqrt(rho * s + (1 - rho) * (above / below * g) ** 2 + eps)
        if sheet("old mean of the gradients", t, 2):
            below = sqrt(e_old + eps)
        if sheet("no roots", t, 2):
            above, below = above**2, below**2
        if sheet("upper root missing", t, 2):
            above = s + eps
        if sheet("lower root missing", t, 2):
            below = e + eps
        if sheet("upside down", t, 2):
            above, below = below, above
        d = -above / below * g
        if sheet("gradient lost", t, 2):
            d = -above / below
        if sheet("uphill", t, 2):
            d = -d
        d = sheet.write(f"d[{t}]", d)
        s = rho * s + (1 - rho) * d**2
        if sheet("gradients for the changes", t):
            s = rho * s_old + (1 - rho) * g**2
        if sheet("change not squared", t):
            s = rho * s_old + (1 - rho) * d
        if sheet("shares of the changes swapped", t):
            s = (1 - rho) * s_old + rho * d**2
        if sheet("change without its share", t):
            s = rho * s_old + d**2
        s = sheet.write(f"D[{t}]", s) if t == 1 else s
        base = 0.0 if sheet("from the start again", t - 1) else w
        w = base - d if sheet("change subtracted", t - 1) else base + d
    sheet.write("w[2]", w)


_STEP = (
    slip("doubled for squared", "square-doubled", "G E"),
    slip("old gradient squared", "old-for-new", "G E"),
    slip("no root", "no-root root-missing", "w"),
    slip("newest gradient below", "newest-alone other-quantity names-swapped", "w"),
    slip("root taken apart", "root-taken-apart taken-apart", "w"),
    slip("rate lost", "factor-dropped", "w"),
    slip("gradient lost", "factor-dropped gradient-lost", "w"),
    slip("modulus of the gradient", "sign", "w"),
    slip("upside down", "upside-down inverted reciprocal", "w"),
    slip("multiplied by the root", "inverted", "w"),
    slip("plain gradient descent", "plain-descent divisor-dropped", "w"),
    slip("gradient squared above", "exponent-off factor-extra", "w"),
    slip("from the start again", "old-for-new term-dropped wrong-point", "w"),
    slip("uphill", "sign", "w"),
    pen("digit", "w[1] g[2] w[2]"),
    pen("digits", "g[2] w[2]"),
    pen("missed", "g[2]"),
    pen("power-of-ten", "w[1] w[2]"),
)

ADAGRAD = Family(
    "adagrad-two-steps",
    squares,
    (
        *REGRESSION_SLIPS,
        slip("gradient not squared", "power-dropped", "G"),
        slip("sum of the step before", "old-sum old-for-new", "w"),
        slip("averaged", "mean-of-squares sum-for-mean factor-two", "G"),
        slip("new square alone", "new-square-alone term-dropped", "G"),
        slip("square of the sum", "square-of-sum taken-apart", "G"),
        slip("moduli added", "moduli-added power-dropped", "G"),
        slip("squares subtracted", "sign", "G"),
        *_STEP,
    ),
    (("two lost", "uphill"), ("gradient not squared", "rate lost")),
)

RMSPROP = Family(
    "rmsprop-two-steps",
    squares,
    (
        *REGRESSION_SLIPS,
        slip("gradient not squared", "not-squared power-dropped", "E"),
        slip("sum of the step before", "old-mean old-for-new", "w"),
        slip("shares swapped", "shares-swapped complement names-swapped", "E"),
        slip("squares added up", "sum-of-squares factor-dropped", "E"),
        slip("old mean left out", "term-dropped", "E"),
        slip("new square without its share", "factor-dropped term-dropped", "E"),
        slip("old mean without its share", "factor-dropped", "E"),
        slip("share squared as well", "exponent-off", "E"),
        slip("share of the old on both", "complement", "E"),
        slip("minus in the mean", "sign", "E"),
        slip("corrected as in Adam", "corrected", "w"),
        *_STEP,
    ),
    (("two lost", "uphill"), ("shares swapped", "rate lost")),
)

ADADELTA = Family(
    "adadelta-two-steps",
    adadelta,
    (
        *REGRESSION_SLIPS,
        slip("gradient not squared", "power-dropped", "E"),
        slip("shares of the gradients swapped", "shares-swapped complement", "E"),
        slip("old gradients left out", "term-dropped", "E"),
        slip("squares added up", "sum-of-squares factor-dropped", "E"),
        slip("new square without its share", "factor-dropped term-dropped", "E"),
        slip("epsilon outside", "epsilon-outside brackets taken-apart", "d"),
        slip("no epsilon below", "no-epsilon-below term-dropped", "d"),
        slip("no epsilon above", "term-dropped", "d"),
        slip("old changes left out", "term-dropped", "d"),
        slip("new mean of the changes", "new-changes-too-early new-for-old other-quantity", "d"),
        slip("old mean of the gradients", "old-gradients old-for-new", "d"),
        slip("no roots", "no-roots root-missing", "d"),
        slip("upper root missing", "root-missing", "d"),
        slip("lower root missing", "root-missing", "d"),
        slip("upside down", "upside-down inverted", "d"),
        slip("gradient lost", "factor-dropped", "d"),
        slip("uphill", "sign", "d"),
        slip("gradients for the changes", "gradients-for-changes names-swapped other-quantity", "D"),
        slip("change not squared", "power-dropped", "D"),
        slip("shares of the changes swapped", "shares-swapped complement", "D E"),
        slip("change without its share", "sum-of-squares factor-dropped term-dropped", "D E"),
        slip("from the start again", "old-for-new term-dropped wrong-point", "w"),
        slip("change subtracted", "sign", "w"),
        pen("digit", "E[1] d[1] g[2] d[2] w[2]"),
        pen("digits", "E[1] d[1] g[2] d[2]"),
        pen("missed", "E[1] g[2] w[2]"),
        pen("power-of-ten", "d[1] D[1]", "sum-of-squares"),
    ),
    (("two lost", "uphill"), ("squares added up", "change subtracted")),
)

FAMILIES = (ADAGRAD, RMSPROP, ADADELTA)
