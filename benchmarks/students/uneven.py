"""First steps of several methods, and steps by coordinate."""

from __future__ import annotations

from math import sqrt

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def first_steps(given: Given, sheet: Sheet) -> None:
    """How long the first step is."""
    g, c, b1, b2 = given["g"], given["gamma"], given["beta1"], given["beta2"]
    eta = given["eta_G"]
    length = eta * abs(g)
    if sheet("rate lost"):
        length = abs(g)
    if sheet("sign in a length"):
        length = -eta * g if g > 0 else eta * g
    if sheet("divided by the rate"):
        length = abs(g) / eta
    sheet.write("gd", length)
    eta = given["eta_A"]
    length = eta
    if sheet("Adagrad like descent"):
        length = eta * abs(g)
    if sheet("effective rate of Adagrad"):
        length = eta / abs(g)
    if sheet("rate of descent in Adagrad"):
        length = given["eta_G"]
    sheet.write("ada", length)
    eta = given["eta_R"]
    length = eta / sqrt(1 - c)
    if sheet("RMSprop like Adagrad"):
        length = eta
    if sheet("RMSprop with the other share"):
        length = eta / sqrt(c)
    if sheet("RMSprop without a root"):
        length = eta / (1 - c)
    if sheet("RMSprop upside down"):
        length = eta * sqrt(1 - c)
    if sheet("RMSprop like descent"):
        length = eta * abs(g)
    sheet.write("rms", length)
    m, v = (1 - b1) * g, (1 - b2) * g**2
    if sheet("old share"):
        m = b1 * g
    if sheet("whole gradient in m"):
        m = g
    if sheet("old share of squares"):
        v = b2 * g**2
    if sheet("v not squared"):
        v = (1 - b2) * g
    if sheet("share squared as well"):
        v = ((1 - b2) * g) ** 2
    if sheet("rate of m in v"):
        v = (1 - b1) * g**2
    m, v = sheet.write("m", m), sheet.write("v", v)
    eta = given["eta_M"]
    length = eta * abs(m / (1 - b1)) / sqrt(v / (1 - b2))
    if sheet("Adam like descent"):
        length = eta * abs(g)
    if sheet("first moment raw"):
        length = eta * (1 - b1)
    if sheet("second moment raw"):
        length = eta / sqrt(1 - b2)
    if sheet("no correction"):
        length = eta * (1 - b1) / sqrt(1 - b2)
    sheet.write("adam", length)
    length = eta * abs(m) / sqrt(v)
    if sheet("corrected after all"):
        length = eta
    if sheet("raw without a root"):
        length = eta * (1 - b1) / (1 - b2)
    if sheet("raw with the first moment corrected"):
        length = eta / sqrt(1 - b2)
    if sheet("raw with the second moment corrected"):
        length = eta * (1 - b1)
    sheet.write("raw", length)


FIRST = Family(
    "adam-first-step",
    first_steps,
    (
        slip("old share", "old-share complement", "m"),
        slip("whole gradient in m", "factor-dropped", "m"),
        slip("old share of squares", "old-share-of-squares complement", "v"),
        slip("v not squared", "power-dropped", "v"),
        slip("share squared as well", "exponent-off", "v"),
        slip("rate of m in v", "names-swapped", "v"),
        slip("rate lost", "factor-dropped", "gd"),
        slip("sign in a length", "sign whole-sign", "gd"),
        slip("divided by the rate", "inverted", "gd"),
        slip("Adagrad like descent", "adagrad-like-descent divisor-dropped", "ada"),
        slip("effective rate of Adagrad", "adagrad-rate factor-dropped", "ada"),
        slip("rate of descent in Adagrad", "names-swapped", "ada"),
        slip("RMSprop like Adagrad", "rmsprop-like-adagrad factor-dropped divisor-dropped", "rms"),
        slip("RMSprop with the other share", "rmsprop-other-share complement", "rms"),
        slip("RMSprop without a root", "rmsprop-no-root root-missing", "rms"),
        slip("RMSprop upside down", "rmsprop-upside-down inverted", "rms"),
        slip("RMSprop like descent", "divisor-dropped", "rms"),
        slip("Adam like descent", "like-descent", "adam"),
        slip("first moment raw", "first-moment-raw divisor-dropped", "adam"),
        slip("second moment raw", "second-moment-raw divisor-dropped", "adam"),
        slip("no correction", "not-corrected divisor-dropped other-blank", "adam"),
        slip("corrected after all", "corrected-after-all other-blank", "raw"),
        slip("raw without a root", "raw-no-root root-missing", "raw"),
        slip("raw with the first moment corrected", "raw-roots-alike", "raw"),
        slip("raw with the second moment corrected", "raw-second-forgotten", "raw"),
        pen("digit", "m v rms raw"),
        pen("power-of-ten", "m v gd rms"),
    ),
)


def coordinates(given: Given, sheet: Sheet) -> None:
    """Two steps of Adagrad or RMSprop in the plane."""
    c, p, s = np.asarray(given["c"]), np.asarray(given["p[0]"]), np.zeros(2)
    eta, gamma, sums = given["eta"], given["gamma"], given["method"] == "adagrad"
    start = p
    for t in (1, 2):
        g = c * p
        if sheet("half kept", t, 2):
            g = c * p / 2
        if sheet("half overlooked", t, 2):
            g = 2 * c * p
        if sheet("coefficients crossed", t, 2):
            g = c[::-1] * p
        if sheet("gradient at the start", t - 1):
            g = c * start
        if sheet("value for the derivative", t, 2):
            g = c * p**2 / 2
        if sheet("coefficients lost", t, 2):
            g = p + 0.0
        g = sheet.write(f"g[{t}]", g)
        old, new = s, g**2
        if sheet("not squared", t, 2):
            new = np.abs(g)
        s = old + new if sums else gamma * old + (1 - gamma) * new
        if sheet("newest squares alone", t - 1):
            s = new if sums else (1 - gamma) * new
        if sums and sheet("squares averaged", t - 1):
            s = (old + new) / 2
        if not sums and sheet("shares swapped", t, 2):
            s = (1 - gamma) * old + gamma * new
        if not sums and sheet("squares added up", t, 2):
            s = old + new
        if not sums and sheet("new square without its share", t, 2):
            s = gamma * old + new
        s = sheet.write(f"s[{t}]", s)
        below = np.sqrt(s)
        if sheet("one common length", t, 2):
            below = np.sqrt(s.sum())
        if sheet("the first root for both", t, 2):
            below = np.sqrt(s[0])
        if sheet("roots crossed", t, 2):
            below = below[::-1]
        if sheet("no root", t, 2):
            below = s
        if sheet("old squares", t - 1):
            below = np.sqrt(old)
        step = eta * g / below
        if sheet("plain gradient descent", t, 2):
            step = eta * g
        if sheet("rate alone", t, 2):
            step = eta / below
        if sheet("rate lost", t, 2):
            step = g / below
        if sheet("upside down", t, 2):
            step = eta * below / g
        if sheet("second coordinate not moved", t, 2):
            step = step * np.array([1.0, 0.0])
        base = start if sheet("from the start again", t - 1) else p
        p = sheet.write(f"p[{t}]", base + step if sheet("uphill", t, 2) else base - step)


COORDINATES = Family(
    "optimizer-2d-step",
    coordinates,
    (
        slip("half kept", "half-kept factor-two", "g"),
        slip("half overlooked", "half-overlooked factor-two", "g"),
        slip("coefficients crossed", "permuted names-swapped index-off", "g"),
        slip("gradient at the start", "wrong-point old-for-new", "g"),
        slip("value for the derivative", "value-for-derivative function-for-derivative", "g"),
        slip("coefficients lost", "factor-dropped", "g"),
        slip("not squared", "not-squared power-dropped", "s"),
        slip("newest squares alone", "newest-alone term-dropped", "s"),
        slip("squares averaged", "mean-of-squares factor-two", "s"),
        slip("shares swapped", "shares-swapped complement", "s"),
        slip("squares added up", "sum-of-squares factor-dropped", "s"),
        slip("new square without its share", "factor-dropped term-dropped", "s"),
        slip("one common length", "common-length", "p"),
        slip("the first root for both", "first-for-both", "p"),
        slip("roots crossed", "roots-crossed permuted", "p"),
        slip("no root", "no-root root-missing", "p"),
        slip("old squares", "old-squares old-for-new", "p"),
        slip("plain gradient descent", "plain-descent divisor-dropped", "p"),
        slip("rate alone", "rate-alone factor-dropped", "p"),
        slip("rate lost", "factor-dropped", "p"),
        slip("upside down", "upside-down inverted", "p"),
        slip("second coordinate not moved", "entry-left-out term-dropped", "p"),
        slip("from the start again", "old-for-new wrong-point", "p"),
        slip("uphill", "sign", "p"),
        pen("entry-sign", "p[1] g[2] p[2]"),
        pen("permuted", "g[1] p[1] p[2]"),
        pen("entry-point", "s[1] s[2]"),
    ),
    (("half kept", "uphill"), ("newest squares alone", "rate lost")),
)


FAMILIES = (FIRST, COORDINATES)
