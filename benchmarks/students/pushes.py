"""Momentum under given gradients: two notations of it, and the velocity it can reach."""

from __future__ import annotations

from math import floor, log

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def notations(given: Given, sheet: Sheet) -> None:
    """Momentum with the rate inside the velocity and outside, before and after the rate changes."""
    beta, r, s, (g1, g2, g3) = given["beta"], given["r"], given["s"], given["g"]
    w0 = given["w[0]"]
    z2 = beta * g1 + g2
    if sheet("averaged"):
        z2 = beta * (1 - beta) * g1 + (1 - beta) * g2
    if sheet("rate in z"):
        z2 = beta * r * g1 + r * g2
    if sheet("gradients added up"):
        z2 = g1 + g2
    if sheet("old velocity left out of z"):
        z2 = g2
    if sheet("beta on the new gradient"):
        z2 = g1 + beta * g2
    z2 = sheet.write("z[2]", z2)
    v1 = r * g1
    v2 = r * z2
    if sheet("same velocity"):
        v2 = z2
    if sheet("divided by the rate"):
        v2 = z2 / r
    if sheet("new rate too early"):
        v2 = s * z2
    if sheet("beta forgotten in v"):
        v2 = v1 + r * g2
    v2 = sheet.write("v[2]", v2)
    w1 = w0 - v1
    w2 = w1 - v2
    if sheet("first step lost"):
        w2 = w0 - v2
    if sheet("uphill"):
        w2 = w0 + v1 + v2
    if sheet("rate once more in the step"):
        w2 = w1 - r * v2
    w2 = sheet.write("w[2]", w2)
    v3 = beta * v2 + s * g3
    if sheet("always alike"):
        v3 = s * (beta * z2 + g3)
    if sheet("old rate kept"):
        v3 = beta * v2 + r * g3
    if sheet("no rate in the last velocity"):
        v3 = beta * v2 + g3
    if sheet("beta lost in the last velocity"):
        v3 = v2 + s * g3
    v3 = sheet.write("v[3]", v3)
    step = v3
    if sheet("rate twice"):
        step = s * v3
    if sheet("uphill in A"):
        step = -v3
    base = w0 if sheet("from the start again in A") else w2
    sheet.write("wA", base - step)
    z3 = beta * z2 + g3
    if sheet("rate in the last z"):
        z3 = beta * z2 + s * g3
    if sheet("old gradient for the old velocity"):
        z3 = beta * g2 + g3
    if sheet("gradients added up at last"):
        z3 = z2 + g3
    z3 = sheet.write("z[3]", z3)
    step = s * z3
    if sheet("rate forgotten"):
        step = z3
    if sheet("old rate in the step"):
        step = r * z3
    if sheet("uphill in B"):
        step = -step
    base = w0 if sheet("from the start again in B") else w2
    sheet.write("wB", base - step)


NOTATIONS = Family(
    "momentum-convention-convert",
    notations,
    (
        slip("averaged", "averaged", "z"),
        slip("rate in z", "rate-in-z rate-inside factor-extra", "z"),
        slip("gradients added up", "factor-dropped", "z"),
        slip("old velocity left out of z", "term-dropped", "z"),
        slip("beta on the new gradient", "names-swapped index-off factor-extra", "z"),
        slip("same velocity", "same-velocity other-blank", "v"),
        slip("divided by the rate", "divided-by-rate inverted", "v"),
        slip("new rate too early", "new-rate-too-early index-off", "v"),
        slip("beta forgotten in v", "factor-dropped", "v"),
        slip("first step lost", "first-step-lost old-for-new wrong-point", "w"),
        slip("uphill", "sign", "w"),
        slip("rate once more in the step", "factor-extra rate-inside", "w"),
        slip("always alike", "always-alike index-off names-swapped", "v"),
        slip("old rate kept", "old-rate-kept index-off", "v"),
        slip("no rate in the last velocity", "factor-dropped", "v"),
        slip("beta lost in the last velocity", "factor-dropped", "v"),
        slip("rate twice", "rate-twice factor-extra", "wA"),
        slip("uphill in A", "sign", "wA"),
        slip("from the start again in A", "old-for-new wrong-point", "wA"),
        slip("rate in the last z", "rate-in-last-z rate-inside factor-extra", "z"),
        slip("old gradient for the old velocity", "names-swapped other-quantity term-dropped", "z"),
        slip("gradients added up at last", "factor-dropped", "z"),
        slip("rate forgotten", "rate-forgotten factor-dropped", "wB"),
        slip("old rate in the step", "old-rate-in-step index-off", "wB"),
        slip("uphill in B", "sign", "wB"),
        slip("from the start again in B", "old-for-new wrong-point", "wB"),
        pen("digit", "z[2] v[2] v[3] wA"),
        pen("power-of-ten", "v[2] v[3]"),
        pen("digits", "z[3] wB"),
    ),
    (("gradients added up", "rate twice"),),
)


def terminal(given: Given, sheet: Sheet) -> None:
    """The velocity under a constant gradient."""
    g, eta, c, n, p = given["g"], given["eta"], given["gamma"], int(given["n"]), given["p"]
    push = eta * g
    if sheet("rate lost"):
        push = g
    if sheet("sign of the gradient lost"):
        push = eta * abs(g)
    if sheet("gradient lost"):
        push = eta
    v = push * sum(c**i for i in range(n))
    if sheet("plain sum"):
        v = push * n
    if sheet("last term alone"):
        v = push * c ** (n - 1)
    if sheet("a term fewer"):
        v = push * sum(c**i for i in range(n - 1))
    if sheet("a term more"):
        v = push * sum(c**i for i in range(n + 1))
    if sheet("what is missing"):
        v = push * c**n / (1 - c)
    if sheet("moving average after n steps"):
        v = push * (1 - c**n)
    sheet.write("vn", v)
    limit = eta * g / (1 - c)
    if sheet("moving average"):
        limit = eta * g
    if sheet("divided by gamma"):
        limit = eta * g / c
    if sheet("multiplied"):
        limit = eta * g * (1 - c)
    if sheet("plus below"):
        limit = eta * g / (1 + c)
    if sheet("rate lost in the limit"):
        limit = g / (1 - c)
    if sheet("gradient lost in the limit"):
        limit = eta / (1 - c)
    sheet.write("vmax", limit)
    k = 1 / (1 - c)
    if sheet("gain upside down"):
        k = 1 - c
    if sheet("gain by gamma"):
        k = 1 / c
    if sheet("gain of one step"):
        k = 1 + c
    sheet.write("k", k)
    exact = log(1 - p) / log(c)
    t = floor(exact) + 1
    if sheet("share for the rest"):
        t = floor(log(p) / log(c)) + 1
    if sheet("rounded down"):
        t = floor(exact)
    if sheet("one more for the start"):
        t += 1
    sheet.write("t", float(t))


TERMINAL = Family(
    "momentum-terminal-velocity",
    terminal,
    (
        slip("rate lost", "factor-dropped", "vn"),
        slip("sign of the gradient lost", "sign whole-sign", "vn"),
        slip("gradient lost", "factor-dropped", "vn"),
        slip("plain sum", "plain-sum", "vn"),
        slip("last term alone", "last-term", "vn"),
        slip("a term fewer", "one-term-fewer one-off", "vn"),
        slip("a term more", "one-term-more one-off exponent-off", "vn"),
        slip("what is missing", "what-is-missing complement", "vn"),
        slip("moving average after n steps", "divisor-dropped", "vn"),
        slip("moving average", "moving-average divisor-dropped", "vmax"),
        slip("divided by gamma", "divided-by-gamma complement", "vmax"),
        slip("multiplied", "multiplied inverted", "vmax"),
        slip("plus below", "sign", "vmax"),
        slip("rate lost in the limit", "factor-dropped", "vmax"),
        slip("gradient lost in the limit", "factor-dropped", "vmax"),
        slip("gain upside down", "gain-upside-down inverted reciprocal", "k"),
        slip("gain by gamma", "complement", "k"),
        slip("gain of one step", "gain-of-one-step other-operation", "k"),
        slip("share for the rest", "share-for-rest complement", "t"),
        slip("rounded down", "rounded-down one-off", "t"),
        slip("one more for the start", "one-off", "t"),
        pen("digit", "vn vmax"),
        pen("power-of-ten", "vn vmax k"),
    ),
)


FAMILIES = (NOTATIONS, TERMINAL)
