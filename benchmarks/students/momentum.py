"""Momentum and stochastic gradient descent on ŷ = wx."""

from __future__ import annotations

from benchmarks.students.optimisers import GRADIENT_SLIPS, gradient
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def momentum(given: Given, sheet: Sheet) -> None:
    """Two steps with momentum, the rate inside the velocity or outside."""
    eta, alpha, inside = given["eta"], given["alpha"], given["rate"] == "inside"
    w, v = given["w[0]"], given["v[0]"]
    start, last = w, 0.0
    for t in (1, 2):
        before, kept = v, v
        at = w - (1.0 if inside else eta) * alpha * v if sheet("gradient looked ahead", t - 1) else w
        g = sheet.write(f"g[{t}]", gradient(given, sheet, at, t))
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
        if sheet("the other convention", t):
            push, rate = (g, eta) if inside else (eta * g, 1.0)
        if not inside and sheet("rate in the velocity as well", t, 2):
            push = eta * g
        if inside and sheet("rate in the step as well", t, 2):
            rate = eta
        if sheet("momentum on the gradient", t, 2):
            keep, push = v, alpha * push
        if sheet("shares the other way round", t, 2):
            keep, push = (1 - alpha) * v, alpha * push
        if sheet("momentum of the weight", t - 1):
            keep = alpha * w
        if sheet("momentum squared", t - 1):
            keep = alpha**2 * v
        if sheet("momentum complemented", t - 1):
            keep = (1 - alpha) * v
        if inside and sheet("old gradient for the velocity", t - 1):
            keep = alpha * last
        last = g
        if sheet("averaged", t, 2):
            push = (1 - alpha) * push
        if sheet("momentum on both", t, 2):
            push = alpha * push
        if inside and sheet("divided by the rate", t, 2):
            push = g / eta
        if sheet("momentum without its factor", t - 1):
            keep = v
        if sheet("no momentum", t - 1):
            keep = 0.0
        if sheet("momentum subtracted", t - 1):
            keep = -keep
        v = sheet.write(f"v[{t}]", keep - push if sheet("gradient subtracted", t, 2) else keep + push)
        step = rate * (before if sheet("old velocity", t, 2) else v)
        if sheet("velocity not used", t - 1):
            step = eta * g
        if sheet("old and new velocity", t - 1):
            step = rate * (v + kept)
        if sheet("looked ahead in the step", t, 2):
            step = rate * (alpha * v + push)
        if sheet("momentum in the step as well", t, 2):
            step = alpha * rate * v
        if not inside and sheet("divided by the rate in the step", t, 2):
            step = v / eta
        base = start if sheet("from the start again", t - 1) else w
        if sheet("old weight left out", t - 1):
            base = 0.0
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
        slip("gradient looked ahead", "other-convention wrong-point", "g"),
        slip("the other convention", "rate-inside other-convention factor-dropped", "v", every=True),
        slip("rate in the velocity as well", "rate-inside other-convention", "v"),
        slip("rate in the step as well", "rate-inside other-convention", "w"),
        slip("momentum on the gradient", "names-swapped factor-extra", "v"),
        slip("shares the other way round", "averaged moving-average factor-extra", "v"),
        slip("momentum of the weight", "names-swapped", "v"),
        slip("momentum squared", "exponent-off", "v"),
        slip("momentum complemented", "complement averaged moving-average", "v"),
        slip("old gradient for the velocity", "names-swapped factor-dropped", "v"),
        slip("velocity not used", "no-momentum names-swapped", "w"),
        slip("old and new velocity", "other-convention", "w"),
        slip("momentum on both", "factor-extra brackets", "v"),
        slip("divided by the rate", "inverted", "v"),
        slip("divided by the rate in the step", "inverted", "w"),
        slip("looked ahead in the step", "other-convention looked-ahead", "w"),
        slip("momentum in the step as well", "factor-extra names-swapped", "w"),
        slip("old weight left out", "term-dropped", "w"),
        pen("digit", "v[1] w[1] g[2] v[2] w[2]"),
        pen("digits", "w[1] g[2] v[2] w[2]"),
        pen("missed", "w[1] g[2] v[2]"),
        pen("power-of-ten", "v[1] w[1]"),
        pen("other-blank", "v[2] w[2]"),
    ),
    (("two lost", "uphill"), ("averaged", "old velocity"), ("x lost", "no momentum")),
)


def sgd(given: Given, sheet: Sheet) -> None:
    """One object a step."""
    n, eta = int(given["n"]), given["eta"]
    old = start = w = given["w[0]"]
    last = 0.0
    order = [int(i) - 1 for i in given["order"]]
    if sheet("objects in the reverse order"):
        order = order[::-1]
    for t in range(1, n + 1):
        i = order[t - 2 if sheet("the same object again", t - 1, n - 1) else t - 1]
        other = (i + 1) % len(given["x"])
        x, y = given["x"][i], given["y"][i]
        if sheet("answer of another object", t, n):
            y = given["y"][other]
        if sheet("another object", t, n):
            x, y = given["x"][other], given["y"][other]
        if sheet("input of another object", t, n):
            x = given["x"][other]
        if sheet("input and answer swapped", t, n):
            x, y = y, x
        at = start if sheet("gradient at the start", t - 1, n - 1) or sheet("all gradients at the start", t) else w
        if sheet("always a weight behind", t - 1):
            at = old
        old = w
        r = y - at * x
        if sheet("weight without its input", t - 1, n - 1):
            r = y - at
        if sheet("plus in the residual", t - 1, n - 1):
            r = y + at * x
        if sheet("forecast left out", t - 1, n - 1):
            r = y
        if sheet("answer left out", t - 1, n - 1):
            r = -at * x
        if sheet("input of another object in the forecast", t - 1, n - 1):
            r = y - at * given["x"][other]
        g = -2 * x * r
        if sheet("two on the answer alone", t - 1, n - 1):
            g = x * (-2 * y + at * x)
        if sheet("weight in front", t - 1, n - 1):
            g = -2 * at * r
        if sheet("input lost", t, n):
            g = -2 * r
        if sheet("two lost", t, n):
            g = -x * r
        if sheet("input squared", t, n):
            g = -2 * x**2 * r
        if sheet("loss for the derivative", t, n):
            g = r**2
        if sheet("residual squared", t, n):
            g = -2 * x * r**2
        if sheet("two for the power of the loss", t, n):
            g = -4 * x * r
        if sheet("another object in front", t, n):
            g = -2 * given["x"][other] * r
        everybody = sum(-2 * u * (v - at * u) for u, v in zip(given["x"], given["y"], strict=True))
        if sheet("sum over all objects", t, n):
            g = everybody
        if sheet("mean over all objects", t, n):
            g = everybody / len(given["x"])
        if sheet("divided by the objects", t, n) or sheet("always divided by the objects", t):
            g = -2 * x * r / len(given["x"])
        if sheet("sign of the gradient", t, n):
            g = 2 * x * r
        g = sheet.write(f"g[{t}]", g)
        step = g if sheet("rate lost", t, n) else eta * g
        if sheet("two in the step as well", t, n):
            step = 2 * eta * g
        if sheet("divided by the rate", t, n):
            step = g / eta
        if sheet("old gradient in the step", t - 1, n - 1):
            step = eta * last
        if sheet("gradients added up", t - 1, n - 1):
            step = eta * (last + g)
        last = g
        if sheet("rate divided by the objects", t, n):
            step = eta * g / len(given["x"])
        base = start if sheet("from the start again", t - 1, n - 1) else w
        if sheet("old weight left out", t - 1, n - 1):
            base = 0.0
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
        slip("input of another object", "index-off names-swapped", "r g"),
        slip("input and answer swapped", "names-swapped", "g r"),
        slip("always a weight behind", "old-for-new wrong-point", "r g", every=True),
        slip("weight without its input", "factor-dropped", "r"),
        slip("input squared", "exponent-off", "g"),
        slip("loss for the derivative", "function-for-derivative", "g"),
        slip("residual squared", "power-kept exponent-off", "g"),
        slip("two for the power of the loss", "factor-two", "g"),
        slip("another object in front", "index-off names-swapped", "g"),
        slip("sum over all objects", "other-convention term-dropped", "g"),
        slip("mean over all objects", "other-convention divided-by-objects", "g"),
        slip("two in the step as well", "factor-two", "w"),
        slip("rate divided by the objects", "divided-by-objects sum-for-mean factor-two", "w"),
        slip("the same object again", "index-off old-for-new names-swapped order-reversed", "i r g"),
        slip("answer left out", "term-dropped", "r"),
        slip("input of another object in the forecast", "index-off names-swapped", "r"),
        slip("two on the answer alone", "factor-dropped brackets factor-two", "g"),
        slip("weight in front", "names-swapped", "g"),
        slip("divided by the rate", "inverted", "w"),
        slip("old gradient in the step", "old-for-new", "w"),
        slip("gradients added up", "term-extra other-convention", "w"),
        slip("old weight left out", "term-dropped", "w"),
        pen("digit", "g[1] w[1] g[2] w[2]"),
        pen("digits", "g[1] w[1] g[2] w[2]"),
        pen("missed", "g[2] w[2]"),
        pen("power-of-ten", "g[1] w[1]"),
    ),
    (("two lost", "uphill"), ("input lost", "rate lost"), ("sign of the gradient", "uphill")),
)

FAMILIES = (MOMENTUM, SGD)
