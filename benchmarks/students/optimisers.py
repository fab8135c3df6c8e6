"""Gradients of a squared error, and Adam on ŷ = wx."""

from __future__ import annotations

from math import sqrt

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def gradient(given: Given, sheet: Sheet, w: float, t: int) -> float:
    """Derivative of the squared error at w: of the mean over both points, or of point t alone."""
    points = every = list(zip(given["x"], given["y"], strict=True))
    if sheet("gradient at the start", t - 1):
        w = given["w[0]"]
    if given["mode"] == "sgd":
        points = [points[2 - t] if sheet("the other point", t, 2) else points[t - 1]]
        if sheet("both points at once", t, 2):
            points = every
    elif sheet("one point for both", t, 2):
        points = [points[t - 1]]
    if sheet("x and y swapped", t, 2):
        points = [(y, x) for x, y in points]
    count = 1 if given["mode"] == "full" and sheet("sum for the mean", t, 2) else len(points)
    if sheet("sign of the residual", t, 2):
        return sum(2 * x * (y - w * x) for x, y in points) / count
    if sheet("two lost", t, 2):
        return sum(-x * (y - w * x) for x, y in points) / count
    if sheet("x lost", t, 2):
        return sum(-2 * (y - w * x) for x, y in points) / count
    if sheet("x squared", t, 2):
        return sum(-2 * x**2 * (y - w * x) for x, y in points) / count
    if sheet("weight without its input", t - 1):
        return sum(-2 * x * (y - w) for x, y in points) / count
    if sheet("loss for the derivative", t, 2):
        return sum((y - w * x) ** 2 for x, y in points) / count
    if given["mode"] == "full" and sheet("inputs crossed", t, 2):
        return sum(-2 * x * (y - w * z) for (x, _), (z, y) in zip(points[::-1], points, strict=True)) / count
    if sheet("residual squared", t, 2):
        return sum(-2 * x * (y - w * x) ** 2 for x, y in points) / count
    if sheet("answer left out", t - 1):
        return sum(2 * x * w * x for x, y in points) / count
    if given["mode"] == "full" and sheet("means multiplied", t, 2):
        return -2 * sum(x for x, _ in points) / 2 * sum(y - w * x for x, y in points) / 2
    if sheet("forecast left out", t - 1):
        return sum(-2 * x * y for x, y in points) / count
    if sheet("plus in the residual", t - 1):
        return sum(-2 * x * (y + w * x) for x, y in points) / count
    return sum(-2 * x * (y - w * x) for x, y in points) / count


GRADIENT_SLIPS = (
    slip("sign of the residual", "sign whole-sign", "g"),
    slip("two lost", "factor-two factor-dropped", "g"),
    slip("x lost", "factor-dropped", "g"),
    slip("forecast left out", "term-dropped wrong-point old-for-new", "g"),
    slip("plus in the residual", "sign", "g"),
    slip("the other point", "index-off names-swapped", "g"),
    slip("both points at once", "other-convention index-off sum-for-mean", "g"),
    slip("one point for both", "other-convention index-off term-dropped", "g"),
    slip("x and y swapped", "names-swapped", "g"),
    slip("x squared", "exponent-off power-kept", "g"),
    slip("weight without its input", "factor-dropped", "g"),
    slip("loss for the derivative", "function-for-derivative", "g"),
    slip("inputs crossed", "index-off names-swapped permuted", "g"),
    slip("residual squared", "power-kept exponent-off", "g"),
    slip("answer left out", "term-dropped", "g"),
    slip("means multiplied", "taken-apart brackets other-convention sum-for-mean", "g"),
)


def adam(given: Given, sheet: Sheet) -> None:
    """Two steps of Adam."""
    b1, b2, eta = given["beta1"], given["beta2"], given["eta"]
    w, m, v = given["w[0]"], given["m[0]"], given["v[0]"]
    start, mhat, vhat, last = w, m, v, 0.0
    for t in (1, 2):
        before, older = m, v
        g = sheet.write(f"g[{t}]", gradient(given, sheet, w, t))
        if sheet("corrected moments carried on", t - 1):
            m, v = mhat, vhat
        swapped = sheet("rates swapped", t, 2)
        a1, a2 = (b2, b1) if swapped else (b1, b2)
        if sheet("m without 1 - beta", t, 2):
            m = b1 * m + g
        elif sheet("shares of m the other way round", t, 2):
            m = (1 - b1) * m + b1 * g
        elif sheet("old m left out", t - 1):
            m = (1 - b1) * g
        elif sheet("minus in m", t, 2):
            m = b1 * m - (1 - b1) * g
        elif sheet("old m without its share", t - 1):
            m = m + (1 - b1) * g
        elif sheet("squared gradient in m", t, 2):
            m = b1 * m + (1 - b1) * g**2
        elif sheet("old gradient in m", t - 1):
            m = b1 * m + (1 - b1) * last
        elif sheet("power of beta in m", t - 1):
            m = b1**t * m + (1 - b1**t) * g
        else:
            m = a1 * m + (1 - a1) * g
        last = g
        m = sheet.write(f"m[{t}]", m)
        if sheet("gradient not squared", t, 2):
            v = b2 * v + (1 - b2) * g
        elif sheet("old v left out", t - 1):
            v = (1 - b2) * g**2
        elif sheet("old v without its share", t - 1):
            v = v + (1 - b2) * g**2
        elif sheet("v without 1 - beta", t, 2):
            v = b2 * v + g**2
        elif sheet("share squared as well", t, 2):
            v = b2 * v + ((1 - b2) * g) ** 2
        elif sheet("rate of m in v", t, 2):
            v = b1 * v + (1 - b1) * g**2
        elif sheet("shares of v the other way round", t, 2):
            v = (1 - b2) * v + b2 * g**2
        elif sheet("moment squared in v", t, 2):
            v = b2 * v + (1 - b2) * m**2
        else:
            v = a2 * v + (1 - a2) * g**2
        v = sheet.write(f"v[{t}]", v)
        moment = before if sheet("old m in the step", t - 1) else m
        mhat, vhat = moment / (1 - b1**t), v / (1 - b2**t)
        if sheet("no bias correction", t, 2) or sheet("no bias correction at all", t):
            mhat, vhat = moment, v
        if sheet("exponents forgotten", t - 1):
            mhat, vhat = moment / (1 - b1), v / (1 - b2)
        if sheet("second moment not corrected", t, 2):
            vhat = v
        if sheet("first moment not corrected", t, 2):
            mhat = moment
        if sheet("correction multiplied", t, 2):
            mhat, vhat = moment * (1 - b1**t), v * (1 - b2**t)
        if sheet("plus in the correction", t, 2):
            mhat, vhat = moment / (1 + b1**t), v / (1 + b2**t)
        if sheet("betas of the corrections swapped", t, 2):
            mhat, vhat = moment / (1 - b2**t), v / (1 - b1**t)
        if sheet("exponent a step ahead", t, 2):
            mhat, vhat = moment / (1 - b1 ** (t + 1)), v / (1 - b2 ** (t + 1))
        if sheet("beta times t", t - 1):
            mhat, vhat = moment / (1 - b1 * t), v / (1 - b2 * t)
        if sheet("old v in the step", t - 1):
            vhat = older / (1 - b2**t)
        step = eta * mhat / sqrt(vhat)
        if sheet("gradient for the moment", t - 1):
            step = eta * g / sqrt(vhat)
        if sheet("plain gradient descent", t, 2):
            step = eta * g
        if sheet("root before the correction", t, 2):
            step = eta * mhat / (sqrt(v) / (1 - b2**t))
        if sheet("no root", t, 2):
            step = eta * mhat / vhat
        if sheet("multiplied by the root", t, 2):
            step = eta * mhat * sqrt(vhat)
        if sheet("rate lost", t, 2):
            step = mhat / sqrt(vhat)
        if sheet("fraction upside down", t, 2):
            step = eta * sqrt(vhat) / mhat
        base = start if sheet("from the start again", t - 1) else w
        w = sheet.write(f"w[{t}]", base + step if sheet("uphill", t, 2) else base - step)


ADAM = Family(
    "adam-two-steps",
    adam,
    (
        *GRADIENT_SLIPS,
        slip("sum for the mean", "sum-for-mean factor-two divisor-dropped", "g"),
        slip("gradient at the start", "wrong-point old-for-new term-dropped", "g"),
        slip("rates swapped", "rates-swapped names-swapped", "m v"),
        slip("m without 1 - beta", "factor-dropped term-dropped", "m"),
        slip("shares of m the other way round", "names-swapped complement", "m"),
        slip("old m left out", "term-dropped", "m"),
        slip("old v left out", "term-dropped", "v"),
        slip("minus in m", "sign", "m"),
        slip("gradient not squared", "power-dropped", "v"),
        slip("no bias correction", "no-bias-correction divisor-dropped", "mhat vhat w"),
        slip("no bias correction at all", "no-bias-correction divisor-dropped", "mhat vhat w", every=True),
        slip("second moment not corrected", "divisor-dropped", "vhat"),
        slip("first moment not corrected", "divisor-dropped", "mhat"),
        slip("exponents forgotten", "exponent-forgotten exponent-off power-dropped", "mhat vhat"),
        slip("corrected moments carried on", "corrected-carried", "m v"),
        slip("old m without its share", "factor-dropped", "m"),
        slip("squared gradient in m", "exponent-off", "m"),
        slip("old v without its share", "factor-dropped", "v"),
        slip("v without 1 - beta", "factor-dropped term-dropped", "v"),
        slip("share squared as well", "exponent-off", "v"),
        slip("rate of m in v", "names-swapped rates-swapped", "v"),
        slip("shares of v the other way round", "names-swapped complement", "v"),
        slip("correction multiplied", "inverted", "mhat vhat w"),
        slip("plus in the correction", "sign sign+sign", "mhat vhat w"),
        slip("betas of the corrections swapped", "names-swapped", "mhat vhat w"),
        slip("exponent a step ahead", "exponent-off one-off", "mhat vhat w"),
        slip("old v in the step", "old-for-new", "vhat w"),
        slip("gradient for the moment", "names-swapped", "w mhat"),
        slip("plain gradient descent", "other-convention divisor-dropped", "w"),
        slip("root before the correction", "root-missing names-swapped", "vhat w"),
        slip("no root", "no-root root-missing", "w"),
        slip("multiplied by the root", "inverted", "w"),
        slip("rate lost", "factor-dropped", "w"),
        slip("old m in the step", "old-for-new", "mhat w"),
        slip("old gradient in m", "old-for-new", "m"),
        slip("power of beta in m", "exponent-off", "m"),
        slip("moment squared in v", "names-swapped moment-squared", "v"),
        slip("beta times t", "power-dropped exponent-off factor-two", "mhat vhat w"),
        slip("fraction upside down", "inverted reciprocal", "w"),
        slip("from the start again", "old-for-new term-dropped wrong-point", "w"),
        slip("uphill", "sign", "w"),
        pen("rounding", "m[2] v[2] w[1] w[2]"),
        pen("power-of-ten", "m[1] v[1] w[1]"),
        pen("other-blank", "m[1] v[2] w[2]"),
        pen("digit", "m[1] v[1] w[1] g[2] w[2]"),
        pen("digits", "v[1] g[2] m[2] v[2] w[2]"),
        pen("missed", "v[1] g[2] m[2] v[2]"),
    ),
    (("two lost", "uphill"), ("gradient not squared", "rate lost"), ("m without 1 - beta", "no root")),
)

FAMILIES = (ADAM,)
