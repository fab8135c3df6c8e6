"""Given gradients: the shrinking steps of Adagrad, the place of epsilon."""

from __future__ import annotations

from math import copysign, sqrt

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def slowing(given: Given, sheet: Sheet) -> None:
    """Adagrad and RMSprop under a constant gradient."""
    g, eta, n, w0, c, m = given["g"], given["eta"], int(given["n"]), given["w0"], given["gamma"], int(given["m"])
    total = n * g**2
    if sheet("newest square"):
        total = g**2
    if sheet("sum squared"):
        total = (n * g) ** 2
    if sheet("not squared"):
        total = n * abs(g)
    if sheet("a square fewer"):
        total = (n - 1) * g**2
    total = sheet.write("G", total)
    r = eta / sqrt(total)
    if sheet("no root"):
        r = eta / total
    if sheet("rate above lost"):
        r = 1 / sqrt(total)
    if sheet("multiplied by the root"):
        r = eta * sqrt(total)
    r = sheet.write("r", r)
    s = r * abs(g)
    if sheet("gradient left"):
        s = eta * abs(g) / sqrt(n)
    if sheet("over the number"):
        s = eta / n
    if sheet("rate for the length"):
        s = r
    if sheet("sign in a length"):
        s = -r * abs(g)
    sheet.write("s", s)
    sign = copysign(1, g)
    way = eta * sum(1 / sqrt(t) for t in (1, 2, 3))
    if sheet("steps over the number"):
        way = eta * sum(1 / t for t in (1, 2, 3))
    if sheet("all like the last"):
        way = eta * 3 / sqrt(3)
    if sheet("all like the first"):
        way = eta * 3
    if sheet("one step alone"):
        way = eta / sqrt(3)
    if sheet("gradient in the path"):
        way = abs(g) * way
    if sheet("rate lost in the path"):
        way = way / eta
    if sheet("first step forgotten"):
        way -= eta
    if sheet("last step forgotten"):
        way -= eta / sqrt(3)
    w = w0 - sign * way
    if sheet("wrong way"):
        w = w0 + sign * way
    if sheet("path alone"):
        w = -sign * way
    if sheet("sign of the gradient overlooked"):
        w = w0 - way
    sheet.write("w3", w)
    e = (1 - c**m) * g**2
    if sheet("forgotten part"):
        e = c**m * g**2
    if sheet("first mean"):
        e = (1 - c) * g**2
    if sheet("squares added"):
        e = m * g**2
    if sheet("mean not squared"):
        e = (1 - c**m) * g
    if sheet("old mean without its share"):
        e = m * (1 - c) * g**2
    e = sheet.write("E", e)
    q = eta * abs(g) / sqrt(e)
    if sheet("no root below"):
        q = eta * abs(g) / e
    if sheet("gradient forgotten"):
        q = eta / sqrt(e)
    if sheet("rate forgotten"):
        q = abs(g) / sqrt(e)
    sheet.write("q", q)
    limit = eta
    if sheet("limit with the gradient"):
        limit = eta * abs(g)
    if sheet("limit of the first step"):
        limit = eta / sqrt(1 - c)
    if sheet("limit nought"):
        limit = 0.0
    sheet.write("l", limit)


SLOWING = Family(
    "adagrad-effective-lr",
    slowing,
    (
        slip("newest square", "newest-square factor-dropped", "G"),
        slip("sum squared", "sum-squared brackets exponent-off", "G"),
        slip("not squared", "not-squared power-dropped", "G"),
        slip("a square fewer", "a-square-fewer one-off number-off", "G"),
        slip("no root", "no-root root-missing", "r"),
        slip("rate above lost", "factor-dropped", "r"),
        slip("multiplied by the root", "inverted", "r"),
        slip("gradient left", "gradient-left divisor-dropped factor-extra", "s"),
        slip("over the number", "over-number root-missing exponent-off", "s"),
        slip("rate for the length", "factor-dropped other-blank", "s"),
        slip("sign in a length", "sign whole-sign", "s"),
        slip("steps over the number", "steps-over-number root-missing", "w3"),
        slip("all like the last", "all-like-last", "w3"),
        slip("all like the first", "all-like-first", "w3"),
        slip("one step alone", "one-step-alone term-dropped", "w3"),
        slip("gradient in the path", "gradient-in-path", "w3"),
        slip("rate lost in the path", "factor-dropped", "w3"),
        slip("first step forgotten", "term-dropped", "w3"),
        slip("last step forgotten", "term-dropped", "w3"),
        slip("wrong way", "sign factor-dropped", "w3"),
        slip("path alone", "path-alone term-dropped", "w3"),
        slip("sign of the gradient overlooked", "factor-dropped sign", "w3"),
        slip("forgotten part", "forgotten-part complement", "E"),
        slip("first mean", "first-mean power-dropped exponent-off", "E"),
        slip("squares added", "squares-added", "E"),
        slip("mean not squared", "power-dropped", "E"),
        slip("old mean without its share", "share-lost factor-dropped", "E"),
        slip("no root below", "no-root-below root-missing", "q"),
        slip("gradient forgotten", "factor-dropped", "q"),
        slip("rate forgotten", "factor-dropped", "q"),
        slip("limit with the gradient", "limit-with-gradient factor-extra", "l"),
        slip("limit of the first step", "limit-of-first-step", "l"),
        slip("limit nought", "limit-nought", "l"),
        pen("digit", "G w3 E"),
        pen("power-of-ten", "r s q"),
    ),
    (("newest square", "no root below"),),
)


def places(given: Given, sheet: Sheet) -> None:
    """A step with epsilon inside the root and outside."""
    g, c, eps, eta, w0 = given["g"], given["gamma"], given["eps"], given["eta"], given["w0"]
    v = (1 - c) * g**2
    if sheet("other share"):
        v = c * g**2
    if sheet("whole square"):
        v = g**2
    if sheet("mean not squared"):
        v = (1 - c) * g
    if sheet("share squared as well"):
        v = ((1 - c) * g) ** 2
    v = sheet.write("v", v)
    inside, outside = sqrt(v + eps), sqrt(v) + eps
    if sheet("both places swapped"):
        inside, outside = outside, inside
    if sheet("epsilon outside in A"):
        inside = sqrt(v) + eps
    if sheet("roots apart"):
        inside = sqrt(v) + sqrt(eps)
    if sheet("no root in A"):
        inside = v + eps
    if sheet("no epsilon in A"):
        inside = sqrt(v)
    if sheet("epsilon subtracted in A"):
        inside = sqrt(v - eps)
    inside = sheet.write("A", inside)
    if sheet("epsilon inside in B"):
        outside = sqrt(v + eps)
    if sheet("root of epsilon too"):
        outside = sqrt(v) + sqrt(eps)
    if sheet("no root in B"):
        outside = v + eps
    if sheet("no epsilon in B"):
        outside = sqrt(v)
    outside = sheet.write("B", outside)
    for name, below in (("A", inside), ("B", outside)):
        step = eta * g / below
        if sheet(f"uphill in {name}"):
            step = -step
        if sheet(f"gradient lost in {name}"):
            step = eta / below
        if sheet(f"rate lost in {name}"):
            step = g / below
        if sheet(f"multiplied in {name}"):
            step = eta * g * below
        if sheet(f"old weight lost in {name}"):
            step += w0
        if sheet(f"modulus in {name}"):
            step = eta * abs(g) / below
        sheet.write(f"w{name}", w0 - step)
    e = inside - sqrt(v)
    if sheet("same epsilon"):
        e = eps
    if sheet("root of epsilon"):
        e = sqrt(eps)
    if sheet("mean not subtracted"):
        e = inside
    if sheet("mean without its root"):
        e = inside - v
    if sheet("difference of the denominators"):
        e = inside - outside
    if sheet("plus for minus"):
        e = inside + sqrt(v)
    sheet.write("e", e)


_STEPS = {
    "uphill": "sign", "gradient lost": "factor-dropped", "rate lost": "factor-dropped", "multiplied": "inverted",
    "old weight lost": "term-dropped", "modulus": "sign",
}  # fmt: skip

PLACES = Family(
    "epsilon-placement",
    places,
    (
        slip("other share", "other-share complement", "v"),
        slip("whole square", "whole-square factor-dropped", "v"),
        slip("mean not squared", "power-dropped", "v"),
        slip("share squared as well", "exponent-off", "v"),
        slip("both places swapped", "places-swapped places-swapped-back", "A B", every=True),
        slip("epsilon outside in A", "places-swapped brackets", "A"),
        slip("roots apart", "roots-apart taken-apart", "A"),
        slip("no root in A", "no-root root-missing", "A"),
        slip("no epsilon in A", "term-dropped", "A"),
        slip("epsilon subtracted in A", "sign", "A"),
        slip("epsilon inside in B", "places-swapped-back brackets other-blank", "B"),
        slip("root of epsilon too", "root-of-epsilon-too", "B"),
        slip("no root in B", "no-root-outside root-missing", "B"),
        slip("no epsilon in B", "term-dropped", "B"),
        *(slip(f"{name} in {way}", rules, f"w{way}") for name, rules in _STEPS.items() for way in "AB"),
        slip("same epsilon", "same-epsilon", "e"),
        slip("root of epsilon", "root-of-epsilon", "e"),
        slip("mean not subtracted", "mean-not-subtracted term-dropped other-blank", "e"),
        slip("mean without its root", "mean-without-root root-missing", "e"),
        slip("difference of the denominators", "from-the-other names-swapped", "e"),
        slip("plus for minus", "sign", "e"),
        pen("digit", "v A B wA wB e"),
        pen("digits", "A wA wB e"),
        pen("power-of-ten", "v A"),
    ),
    (("whole square", "same epsilon"),),
)

FAMILIES = (SLOWING, PLACES)
