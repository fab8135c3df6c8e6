"""Gradient descent with all objects at every step, and rates that decay."""

from __future__ import annotations

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def regression(given: Given, sheet: Sheet) -> None:
    """Steps on the squared error of ŷ = wx, with the factor of the loss."""
    n, rate, loss = int(given["n"]), given["eta"], given["loss"]
    points = list(zip(given["x"], given["y"], strict=True))
    many = len(points)
    start = w = given["w[0]"]
    before = w
    for t in range(1, n + 1):
        factor = {"total": 1.0, "average": 1 / many, "half": 1 / (2 * many)}[loss]
        if sheet("sum and mean confused", t, n):
            factor = {"total": 1 / many, "average": 1.0, "half": 1 / 2}[loss]
        if loss == "half" and sheet("half overlooked", t, n):
            factor = 1 / many
        if sheet("two always lost", t):
            factor /= 2
        at = start if sheet("gradient at the start", t - 1, n - 1) else w
        if sheet("always a weight behind", t - 1):
            at = before
        taken = points[:1] if sheet("one object", t, n) else points
        terms = [-2 * x * (y - at * x) for x, y in taken]
        for name, wrong in (
            ("two lost", [-x * (y - at * x) for x, y in points]),
            ("x lost", [-2 * (y - at * x) for x, y in points]),
            ("x squared", [-2 * x**2 * (y - at * x) for x, y in points]),
            ("plus in the residual", [-2 * x * (y + at * x) for x, y in points]),
            ("sign of the gradient", [2 * x * (y - at * x) for x, y in points]),
            ("weight without its input", [-2 * x * (y - at) for x, y in points]),
            ("answer left out", [2 * x * at * x for x, y in points]),
            ("forecast left out", [-2 * x * y for x, y in points]),
            ("residual squared", [-2 * x * (y - at * x) ** 2 for x, y in points]),
            ("loss for the derivative", [(y - at * x) ** 2 for x, y in points]),
            ("x and y swapped", [-2 * y * (x - at * y) for x, y in points]),
        ):
            if sheet(name, t, n):
                terms = wrong
        g = sum(terms) * factor
        if sheet("sums multiplied", t, n):
            g = -2 * sum(x for x, _ in points) * sum(y - at * x for x, y in points) * factor
        g = sheet.write(f"g[{t}]", g)
        before = w
        step = g if sheet("rate lost", t, n) else rate * g
        if sheet("rate divided by the objects", t, n):
            step = rate * g / many
        base = start if sheet("from the start again", t - 1, n - 1) else w
        if sheet("old weight left out", t, n):
            base = 0.0
        w = sheet.write(f"w[{t}]", base + step if sheet("uphill", t, n) else base - step)


REGRESSION = Family(
    "gd-linreg-steps",
    regression,
    (
        slip("uphill", "ascent sign", "w"),
        slip("two lost", "factor-two-lost factor-two factor-dropped half-overlooked other-reduction", "g"),
        slip("two always lost", "factor-two-lost factor-two factor-dropped", "g", every=True),
        slip("x lost", "input-lost factor-dropped", "g"),
        slip("sum and mean confused", "other-reduction sum-for-mean factor-two", "g"),
        slip("half overlooked", "half-overlooked factor-two", "g"),
        slip("gradient at the start", "gradient-at-start wrong-point old-for-new", "g"),
        slip("always a weight behind", "gradient-at-start wrong-point old-for-new", "g", every=True),
        slip("one object", "one-object term-dropped", "g"),
        slip("plus in the residual", "sign", "g"),
        slip("sign of the gradient", "sign whole-sign", "g"),
        slip("weight without its input", "factor-dropped", "g"),
        slip("answer left out", "term-dropped", "g"),
        slip("forecast left out", "term-dropped", "g"),
        slip("x squared", "exponent-off", "g"),
        slip("residual squared", "power-kept exponent-off", "g"),
        slip("loss for the derivative", "function-for-derivative", "g"),
        slip("x and y swapped", "names-swapped", "g"),
        slip("sums multiplied", "other-convention taken-apart brackets", "g"),
        slip("rate lost", "factor-dropped", "w"),
        slip("rate divided by the objects", "sum-for-mean factor-two other-convention", "w"),
        slip("from the start again", "old-for-new wrong-point", "w"),
        slip("old weight left out", "term-dropped", "w"),
        pen("digit", "g[1] w[1] g[2] w[2]"),
        pen("digits", "g[1] w[2]"),
        pen("power-of-ten", "g[1] w[1]"),
    ),
    (("two lost", "uphill"),),
)


def decaying(given: Given, sheet: Sheet) -> None:
    """Three steps on a(w - c)² with a rate of its own for each: first the rates, then the points."""
    a, c, first, schedule = given["a"], given["c"], given["eta[0]"], given["schedule"]
    k, rho, start = given["k"], given["rho"], int(given["start"])
    rates, last = {}, first
    for t in (1, 2, 3):
        i = t - 1 + start
        if sheet("number one off", t):
            i = t if start == 0 else t - 1
        if schedule == "hyperbolic":
            rate = first / (1 + k * i)
            for name, wrong in (
                ("one left out", first / (k * i) if i else first),
                ("multiplied for divided", first * (1 + k * i)),
                ("minus in the bracket", first / (1 - k * i) if k * i != 1 else first),
                ("bracket forgotten", first / 1 + k * i),
                ("reduced by the constant alone", first / (1 + k)),
                ("number in the power", first / (1 + k) ** i),
            ):
                rate = wrong if sheet(name, t - 1, 2) else rate
        elif schedule == "exponential":
            rate = first * rho**i
            for name, wrong in (
                ("number as a factor", first * rho * i),
                ("number left out of the power", first * rho),
                ("initial rate in the power", (first * rho) ** i),
                ("initial rate left out", rho**i),
                ("sum for the product", first + rho**i),
            ):
                rate = wrong if sheet(name, t - 1, 2) else rate
        else:
            rate = first * rho ** (i // 2)
            if sheet("no stairs", t):
                rate = first * rho**i
            if sheet("rounded up", t):
                rate = first * rho ** ((i + 1) // 2)
            if sheet("half a power", t):
                rate = first * rho ** (i / 2)
        if schedule != "stairs" and sheet("decayed twice", t):
            rate = last * (1 / (1 + k * i) if schedule == "hyperbolic" else rho**i)
        if sheet("rate kept", t):
            rate = first
        last = rates[t] = sheet.write(f"eta[{t}]", rate) if t > 1 else rate
    begin = w = given["w[0]"]
    for t in (1, 2, 3):
        rate = rates[t]
        if sheet("first rate for all", t - 1):
            rate = rates[1]
        if sheet("rate of the step before", t - 1, 2):
            rate = rates[t - 1]
        g = 2 * a * ((begin if sheet("derivative at the start", t - 1) else w) - c)
        for name, wrong in (
            ("two lost", a * (w - c)),
            ("a lost", 2 * (w - c)),
            ("loss for the derivative", a * (w - c) ** 2),
            ("plus in the bracket", 2 * a * (w + c)),
            ("c left out", 2 * a * w),
        ):
            g = wrong if sheet(name, t, 3) else g
        step = g if sheet("rate lost", t, 3) else rate * g
        base = begin if sheet("from the start again", t - 1, 2) else w
        w = sheet.write(f"w[{t}]", base + step if sheet("uphill", t, 3) else base - step)


DECAYING = Family(
    "lr-annealing-schedule",
    decaying,
    (
        slip("rate kept", "constant-rate", "eta", every=True),
        slip("number one off", "index-shifted index-off one-off old-for-new", "eta", every=True),
        slip("decayed twice", "decayed-twice", "eta", every=True),
        slip("one left out", "term-dropped", "eta"),
        slip("multiplied for divided", "inverted other-operation reciprocal", "eta"),
        slip("minus in the bracket", "sign", "eta"),
        slip("bracket forgotten", "brackets other-convention", "eta"),
        slip("reduced by the constant alone", "factor-dropped", "eta"),
        slip("number in the power", "other-operation number-in-the-power", "eta"),
        slip("number as a factor", "multiplied-by-the-number other-operation power-dropped", "eta"),
        slip("number left out of the power", "power-dropped exponent-off", "eta"),
        slip("initial rate in the power", "initial-rate-in-the-power brackets exponent-off other-convention", "eta"),
        slip("initial rate left out", "factor-dropped", "eta"),
        slip("sum for the product", "other-operation", "eta"),
        slip("no stairs", "no-stairs", "eta", every=True),
        slip("rounded up", "rounded-up", "eta", every=True),
        slip("half a power", "whole-part-forgotten other-function", "eta", every=True),
        slip("first rate for all", "first-rate-everywhere constant-rate index-off old-for-new", "w", every=True),
        slip("rate of the step before", "old-for-new index-off first-rate-everywhere", "w"),
        slip("derivative at the start", "gradient-at-start wrong-point old-for-new", "w", every=True),
        slip("two lost", "two-lost factor-two factor-dropped", "w"),
        slip("a lost", "factor-dropped factor-two", "w"),
        slip("loss for the derivative", "function-for-derivative loss-for-derivative", "w"),
        slip("plus in the bracket", "sign", "w"),
        slip("c left out", "term-dropped", "w"),
        slip("rate lost", "factor-dropped", "w"),
        slip("from the start again", "old-for-new wrong-point", "w"),
        slip("uphill", "ascent sign", "w"),
        pen("power-of-ten", "eta[2] w[1]"),
    ),
    (("number one off", "uphill"),),
)


def boundaries(given: Given, sheet: Sheet) -> None:
    """For which p the rates t^-(a p + b) have an infinite sum and a finite sum of squares."""
    a, b = given["a"], given["b"]
    hi, lo = (1 - b) / a, (0.5 - b) / a
    for name, wrong in (
        ("b added", (1 + b) / a),
        ("not divided", 1 - b),
        ("b left out", 1 / a),
        ("nought for one", -b / a),
        ("multiplied", (1 - b) * a),
        ("minus one", (-1 - b) / a),
    ):
        if sheet(name):
            hi = wrong
    for name, wrong in (
        ("exponent not doubled", (1 - b) / a),
        ("exponent halved", (2 - b) / a),
        ("exponent squared", (1 - b**2) / a**2),
        ("b alone doubled", (1 - 2 * b) / a),
        ("a alone doubled", (1 - b) / (2 * a)),
        ("b added below", (0.5 + b) / a),
        ("not divided below", 0.5 - b),
        ("b left out below", 1 / (2 * a)),
        ("nought for one below", -b / (2 * a)),
    ):
        if sheet(name):
            lo = wrong
    sheet.write("first", hi)
    sheet.write("second", lo)


BOUNDARIES = Family(
    "robbins-monro",
    boundaries,
    (
        slip("b added", "sign", "first"),
        slip("not divided", "divisor-dropped factor-dropped", "first"),
        slip("b left out", "constant-overlooked term-dropped", "first"),
        slip("nought for one", "boundary-at-nought term-dropped", "first"),
        slip("multiplied", "inverted other-operation", "first"),
        slip("minus one", "exponent-of-the-power sign", "first"),
        slip("exponent not doubled", "exponent-not-doubled other-blank factor-two", "second"),
        slip("exponent halved", "root-for-square", "second"),
        slip("exponent squared", "exponent-squared", "second"),
        slip("b alone doubled", "constant-doubled-alone", "second"),
        slip("a alone doubled", "factor-doubled-alone factor-two", "second"),
        slip("b added below", "sign", "second"),
        slip("not divided below", "divisor-dropped factor-dropped", "second"),
        slip("b left out below", "constant-overlooked term-dropped", "second"),
        slip("nought for one below", "boundary-at-nought", "second"),
        pen("whole-sign", "first second"),
    ),
    (("b added", "exponent halved"),),
)


def named(given: Given, sheet: Sheet) -> None:
    """One step of the rule A; which line of Adam is wrong is seen rightly."""
    kind, g, q, w = given["kind"], given["g"], given["q"], given["w"]
    eta, gamma = given["eta"], given["gamma"]
    old = q
    if kind == "momentum":
        q = gamma * old + eta * g
        for name, wrong in (
            ("decay lost", old + eta * g),
            ("rate lost", gamma * old + g),
            ("old one left out", eta * g),
            ("minus in q", gamma * old - eta * g),
            ("moving average", gamma * old + (1 - gamma) * g),
            ("decay on both", gamma * (old + eta * g)),
        ):
            q = wrong if sheet(name) else q
    elif kind == "adagrad":
        q = old + g**2
        for name, wrong in (
            ("not squared", old + g),
            ("averaged", gamma * old + (1 - gamma) * g**2),
            ("old one left out", g**2),
            ("old one squared", old**2 + g**2),
            ("whole squared", (old + g) ** 2),
        ):
            q = wrong if sheet(name) else q
    else:
        q = gamma * old + (1 - gamma) * g**2
        for name, wrong in (
            ("not squared", gamma * old + (1 - gamma) * g),
            ("summed", old + g**2),
            ("shares swapped", (1 - gamma) * old + gamma * g**2),
            ("share of the new one lost", gamma * old + g**2),
            ("decay lost", old + (1 - gamma) * g**2),
            ("old one left out", (1 - gamma) * g**2),
            ("share squared too", gamma * old + ((1 - gamma) * g) ** 2),
        ):
            q = wrong if sheet(name) else q
    q = sheet.write("q1", q)
    if kind == "momentum":
        new = w - q
        for name, wrong in (
            ("uphill", w + q),
            ("old q in the step", w - old),
            ("rate once more", w - eta * q),
            ("plain descent", w - eta * g),
        ):
            new = wrong if sheet(name) else new
    else:
        step = eta * g / max(q, 1e-9) ** 0.5
        new = w - step
        for name, wrong in (
            ("uphill", w + step),
            ("no root", w - eta * g / q),
            ("old q in the step", w - eta * g / old**0.5),
            ("rate lost in the step", w - g / max(q, 1e-9) ** 0.5),
            ("gradient lost in the step", w - eta / max(q, 1e-9) ** 0.5),
            ("plain descent", w - eta * g),
            ("size of the gradient alone", w - eta * abs(g) / max(q, 1e-9) ** 0.5),
            ("weight lost", -step),
            ("multiplied by the root", w - eta * g * max(q, 1e-9) ** 0.5),
        ):
            new = wrong if sheet(name) else new
    sheet.write("w1", new)


NAMED = Family(
    "optimizer-formula-match",
    named,
    (
        slip("decay lost", "factor-dropped", "q1"),
        slip("rate lost", "factor-dropped", "q1"),
        slip("old one left out", "term-dropped", "q1"),
        slip("minus in q", "sign", "q1"),
        slip("moving average", "moving-average names-swapped other-convention", "q1"),
        slip("decay on both", "brackets factor-extra other-convention", "q1"),
        slip("not squared", "not-squared power-dropped", "q1"),
        slip("averaged", "average-for-sum", "q1"),
        slip("old one squared", "exponent-off factor-extra", "q1"),
        slip("whole squared", "brackets exponent-off whole-squared", "q1"),
        slip("summed", "sum-for-average", "q1"),
        slip("shares swapped", "shares-swapped names-swapped complement", "q1"),
        slip("share of the new one lost", "factor-dropped", "q1"),
        slip("share squared too", "square-doubled brackets exponent-off", "q1"),
        slip("uphill", "sign", "w1"),
        slip("old q in the step", "old-q old-for-new", "w1"),
        slip("rate once more", "rate-again factor-extra", "w1"),
        slip("plain descent", "plain-descent divisor-dropped", "w1"),
        slip("no root", "no-root root-missing", "w1"),
        slip("rate lost in the step", "factor-dropped", "w1"),
        slip("gradient lost in the step", "factor-dropped", "w1"),
        slip("size of the gradient alone", "sign", "w1"),
        slip("weight lost", "term-dropped", "w1"),
        slip("multiplied by the root", "inverted other-operation", "w1"),
        pen("digit", "q1 w1"),
        pen("power-of-ten", "q1"),
    ),
    (("decay lost", "uphill"),),
)

FAMILIES = (REGRESSION, DECAYING, BOUNDARIES, NAMED)
