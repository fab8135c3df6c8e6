"""Nesterov's method on ŷ = wx."""

from __future__ import annotations

from benchmarks.students.optimisers import GRADIENT_SLIPS, gradient
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def nesterov(given: Given, sheet: Sheet) -> None:
    """Two steps with a look ahead."""
    eta, alpha, w, v = given["eta"], given["alpha"], given["w[0]"], given["v[0]"]
    for t in (1, 2):
        p = w - alpha * v
        if sheet("velocity added in the look-ahead", t - 1):
            p = w + alpha * v
        if sheet("whole velocity in the look-ahead", t - 1):
            p = w - v
        if sheet("rate in the look-ahead", t - 1):
            p = w - eta * v
        if sheet("no look-ahead at all", t - 1):
            p = w
        if sheet("look-ahead with the share of the rest", t - 1):
            p = w - (1 - alpha) * v
        if sheet("old weight left out of the look-ahead", t - 1):
            p = -alpha * v
        shifted = sheet("shifted form", t)
        if shifted:
            p = w
        p = sheet.write(f"p[{t}]", p) if t == 2 else p
        at = w if sheet("plain momentum", t - 1) else p
        g = sheet.write(f"g[{t}]", gradient(given, sheet, at, t))
        keep, push = alpha * v, eta * g
        if sheet("rate lost", t, 2):
            push = g
        if sheet("averaged", t, 2):
            push = (1 - alpha) * push
        if sheet("no momentum", t - 1):
            keep = 0.0
        if sheet("momentum without its factor", t - 1):
            keep = v
        if sheet("momentum subtracted", t - 1):
            keep = -keep
        if sheet("rate and momentum swapped", t, 2):
            keep, push = eta * v, alpha * g
        v = sheet.write(f"v[{t}]", keep + push)
        base = p if sheet("step from the look-ahead", t - 1) else w
        if sheet("from the start again", t - 1):
            base = given["w[0]"]
        step = eta * v if sheet("rate in the step as well", t, 2) else v
        if sheet("momentum in the step as well", t, 2):
            step = alpha * v
        if shifted:
            step = alpha * v + eta * g
        if sheet("gradient step alone", t - 1):
            step = eta * g
        w = sheet.write(f"w[{t}]", base + step if sheet("uphill", t, 2) else base - step)


REGRESSION_SLIPS = (
    *(row for row in GRADIENT_SLIPS if row.name not in ("forecast left out", "one point for both")),
    slip("forecast left out", "term-dropped wrong-point old-for-new", "g"),
    slip("one point for both", "one-point other-convention index-off term-dropped", "g"),
    slip("sum for the mean", "sum-for-mean factor-two divisor-dropped", "g"),
    slip("gradient at the start", "wrong-point old-for-new term-dropped", "g"),
)

NESTEROV = Family(
    "nesterov-two-steps",
    nesterov,
    (
        *REGRESSION_SLIPS,
        slip("velocity added in the look-ahead", "sign looked-back", "p"),
        slip("whole velocity in the look-ahead", "factor-dropped", "p"),
        slip("rate in the look-ahead", "rate-in-lookahead names-swapped", "p"),
        slip("no look-ahead at all", "term-dropped other-quantity shifted-form", "p"),
        slip("shifted form", "shifted-form term-dropped other-quantity", "p w", every=True),
        slip("look-ahead with the share of the rest", "complement", "p"),
        slip("old weight left out of the look-ahead", "term-dropped", "p"),
        slip("plain momentum", "plain-momentum wrong-point old-for-new names-swapped", "g"),
        slip("rate lost", "factor-dropped", "v"),
        slip("averaged", "averaged", "v"),
        slip("no momentum", "no-momentum term-dropped", "v"),
        slip("momentum without its factor", "factor-dropped", "v"),
        slip("momentum subtracted", "sign", "v"),
        slip("rate and momentum swapped", "names-swapped", "v"),
        slip("step from the look-ahead", "step-from-lookahead names-swapped other-quantity", "w"),
        slip("from the start again", "old-for-new term-dropped wrong-point", "w"),
        slip("rate in the step as well", "rate-inside factor-extra", "w"),
        slip("momentum in the step as well", "factor-extra", "w"),
        slip("gradient step alone", "no-momentum names-swapped term-dropped", "w"),
        slip("uphill", "sign", "w"),
        pen("digit", "v[1] w[1] p[2] g[2] v[2] w[2]"),
        pen("digits", "p[2] g[2] v[2] w[2]"),
        pen("missed", "p[2] g[2] v[2]"),
        pen("power-of-ten", "v[1] p[2]"),
    ),
    (("two lost", "uphill"), ("velocity added in the look-ahead", "rate lost")),
)


FAMILIES = (NESTEROV,)
