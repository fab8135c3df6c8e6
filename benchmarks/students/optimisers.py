"""Adam, momentum and stochastic gradient descent on ŷ = wx."""

from __future__ import annotations

from math import sqrt

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def gradient(given: Given, sheet: Sheet, w: float, t: int) -> float:
    """Derivative of the squared error at w: of the mean over both points, or of point t alone."""
    points = list(zip(given["x"], given["y"], strict=True))
    if sheet("gradient at the start", t - 1):
        w = given["w[0]"]
    if given["mode"] == "sgd":
        points = [points[2 - t] if sheet("the other point", t, 2) else points[t - 1]]
    count = 1 if given["mode"] == "full" and sheet("sum for the mean", t, 2) else len(points)
    if sheet("sign of the residual", t, 2):
        return sum(2 * x * (y - w * x) for x, y in points) / count
    if sheet("two lost", t, 2):
        return sum(-x * (y - w * x) for x, y in points) / count
    if sheet("x lost", t, 2):
        return sum(-2 * (y - w * x) for x, y in points) / count
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
)


def adam(given: Given, sheet: Sheet) -> None:
    """Two steps of Adam."""
    b1, b2, eta = given["beta1"], given["beta2"], given["eta"]
    w, m, v = given["w[0]"], given["m[0]"], given["v[0]"]
    start = w
    for t in (1, 2):
        before = m
        g = sheet.write(f"g[{t}]", gradient(given, sheet, w, t))
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
        else:
            m = a1 * m + (1 - a1) * g
        m = sheet.write(f"m[{t}]", m)
        if sheet("gradient not squared", t, 2):
            v = b2 * v + (1 - b2) * g
        elif sheet("old v left out", t - 1):
            v = (1 - b2) * g**2
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
        step = eta * mhat / sqrt(vhat)
        if sheet("no root", t, 2):
            step = eta * mhat / vhat
        if sheet("multiplied by the root", t, 2):
            step = eta * mhat * sqrt(vhat)
        if sheet("rate lost", t, 2):
            step = mhat / sqrt(vhat)
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
        slip("no root", "no-root root-missing", "w"),
        slip("multiplied by the root", "inverted", "w"),
        slip("rate lost", "factor-dropped", "w"),
        slip("old m in the step", "old-for-new", "mhat w"),
        slip("from the start again", "old-for-new term-dropped wrong-point", "w"),
        slip("uphill", "sign", "w"),
        pen("rounding", "m[2] v[2] w[1] w[2]"),
        pen("power-of-ten", "m[1] v[1] w[1]"),
        pen("other-blank", "m[1] v[2] w[2]"),
    ),
    (("two lost", "uphill"), ("gradient not squared", "rate lost"), ("m without 1 - beta", "no root")),
)


def momentum(given: Given, sheet: Sheet) -> None:
    """Two steps with momentum, the rate inside the velocity or outside."""
    eta, alpha, inside = given["eta"], given["alpha"], given["rate"] == "inside"
    w, v = given["w[0]"], given["v[0]"]
    start = w
    for t in (1, 2):
        before = v
        g = sheet.write(f"g[{t}]", gradient(given, sheet, w, t))
        push = eta * g if inside else g
        rate = 1.0 if inside else eta
        if inside and sheet("rate lost in the velocity", t, 2):
            push = g
        keep = alpha * v
        if inside and sheet("rate and momentum swapped", t, 2):
            keep, push = eta * v, alpha * g
        if not inside and sheet("rate and momentum swapped in the step", t, 2):
            rate = alpha
        if not inside and sheet("rate lost in the step", t, 2):
            rate = 1.0
        if sheet("averaged", t, 2):
            push = (1 - alpha) * push
        if sheet("momentum without its factor", t - 1):
            keep = v
        if sheet("no momentum", t - 1):
            keep = 0.0
        if sheet("momentum subtracted", t - 1):
            keep = -keep
        v = sheet.write(f"v[{t}]", keep - push if sheet("gradient subtracted", t, 2) else keep + push)
        step = rate * (before if sheet("old velocity", t, 2) else v)
        base = start if sheet("from the start again", t - 1) else w
        w = sheet.write(f"w[{t}]", base + step if sheet("uphill", t, 2) else base - step)


MOMENTUM = Family(
    "momentum-two-steps",
    momentum,
    (
        *(row for row in GRADIENT_SLIPS if row.name != "forecast left out"),
        slip("forecast left out", "term-dropped gradient-at-start wrong-point old-for-new", "g"),
        slip("sum for the mean", "sum-for-mean factor-two divisor-dropped", "g"),
        slip("gradient at the start", "gradient-at-start wrong-point old-for-new term-dropped", "g"),
        slip("rate lost in the velocity", "factor-dropped", "v"),
        slip("rate lost in the step", "factor-dropped", "w"),
        slip("rate and momentum swapped", "names-swapped", "v"),
        slip("rate and momentum swapped in the step", "names-swapped", "w"),
        slip("averaged", "averaged", "v"),
        slip("momentum without its factor", "factor-dropped", "v"),
        slip("no momentum", "no-momentum term-dropped", "v"),
        slip("momentum subtracted", "sign", "v"),
        slip("gradient subtracted", "sign", "v"),
        slip("old velocity", "old-velocity old-for-new", "w"),
        slip("from the start again", "old-for-new term-dropped wrong-point", "w"),
        slip("uphill", "ascent sign", "w"),
        pen("power-of-ten", "v[1] w[1]"),
        pen("other-blank", "v[2] w[2]"),
    ),
    (("two lost", "uphill"), ("averaged", "old velocity"), ("x lost", "no momentum")),
)


def sgd(given: Given, sheet: Sheet) -> None:
    """One object a step."""
    n, eta, w, start = int(given["n"]), given["eta"], given["w[0]"], given["w[0]"]
    order = [int(i) - 1 for i in given["order"]]
    if sheet("objects in the reverse order"):
        order = order[::-1]
    for t in range(1, n + 1):
        i = order[t - 1]
        other = (i + 1) % len(given["x"])
        x, y = given["x"][i], given["y"][i]
        if sheet("answer of another object", t, n):
            y = given["y"][other]
        if sheet("another object", t, n):
            x, y = given["x"][other], given["y"][other]
        at = start if sheet("gradient at the start", t - 1, n - 1) or sheet("all gradients at the start", t) else w
        r = y - at * x
        if sheet("plus in the residual", t - 1, n - 1):
            r = y + at * x
        if sheet("forecast left out", t - 1, n - 1):
            r = y
        g = -2 * x * r
        if sheet("input lost", t, n):
            g = -2 * r
        if sheet("two lost", t, n):
            g = -x * r
        if sheet("divided by the objects", t, n) or sheet("always divided by the objects", t):
            g = -2 * x * r / len(given["x"])
        if sheet("sign of the gradient", t, n):
            g = 2 * x * r
        g = sheet.write(f"g[{t}]", g)
        step = g if sheet("rate lost", t, n) else eta * g
        base = start if sheet("from the start again", t - 1, n - 1) else w
        w = sheet.write(f"w[{t}]", base + step if sheet("uphill", t, n) else base - step)


SGD = Family(
    "sgd-linreg-steps",
    sgd,
    (
        slip("objects in the reverse order", "order-reversed index-off", "i r g"),
        slip("another object", "index-off order-reversed names-swapped old-for-new new-for-old", "i r g"),
        slip("answer of another object", "index-off names-swapped old-for-new new-for-old", "r"),
        slip("gradient at the start", "gradient-at-start wrong-point old-for-new term-dropped", "r g"),
        slip("all gradients at the start", "gradient-at-start wrong-point old-for-new term-dropped", "r g", every=True),
        slip("plus in the residual", "sign", "r"),
        slip("forecast left out", "term-dropped gradient-at-start wrong-point old-for-new", "r"),
        slip("input lost", "input-lost factor-dropped", "g"),
        slip("two lost", "factor-two-lost factor-two factor-dropped", "g"),
        slip("divided by the objects", "divided-by-objects sum-for-mean factor-two", "g"),
        slip("always divided by the objects", "divided-by-objects sum-for-mean factor-two", "g", every=True),
        slip("sign of the gradient", "sign whole-sign", "g r"),
        slip("rate lost", "factor-dropped", "w"),
        slip("uphill", "ascent sign", "w"),
        slip("from the start again", "old-for-new term-dropped wrong-point", "w"),
        pen("power-of-ten", "g[1] w[1]"),
    ),
    (("two lost", "uphill"), ("input lost", "rate lost"), ("sign of the gradient", "uphill")),
)

FAMILIES = (ADAM, MOMENTUM, SGD)
