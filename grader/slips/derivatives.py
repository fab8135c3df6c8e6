"""The rules of differentiation broken, one at a time at one place: the derivatives that students produce.

The table of wrong derivatives is written in the language, as the right ones are in the table of primitives; `a` is the
argument and `da` its derivative.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from grader.errors import AuthorError, ShapeFault
from grader.language import construct
from grader.language.differentiate import differentiate
from grader.language.exact import ONE, ZERO
from grader.language.nodes import Call, Name, Node, names, substitute, transform, walk
from grader.language.parser import parse
from grader.language.products import merged


class Broken(NamedTuple):
    """A wrong derivative: the rule that was broken, the whole tree, and the part where it happened."""

    rule: str
    tree: Node
    part: Node


# id, and what stands instead of the derivative of the node; the first column is the operation.
_ROWS: dict[str, tuple[tuple[str, str], ...]] = {
    "mul": (("product-rule", "da*db"), ("product-sign", "da*b - a*db"),
            ("term-dropped", "da*b"), ("term-dropped", "a*db")),
    "div": (("quotient-sign", "(a*db - da*b)/b^2"), ("quotient-sign", "(da*b + a*db)/b^2"),
            ("quotient-square", "(da*b - a*db)/b"), ("quotient-rule", "da/db")),
    "sin": (("table-slip", "-cos(a)*da"),),
    "cos": (("table-slip", "sin(a)*da"),),
    "tan": (("table-slip", "1/sin(a)^2*da"), ("table-slip", "-1/cos(a)^2*da"), ("table-slip", "1/cos(a)*da"),
            ("table-slip", "cot(a)*da")),
    "exp": (("table-slip", "a*exp(a-1)*da"),),
    "ln": (("table-slip", "1/ln(a)*da"), ("table-slip", "-1/a^2*da")),
    "log2": (("table-slip", "1/a*da"), ("table-slip", "ln(2)/a*da")),
    "log10": (("table-slip", "1/a*da"), ("table-slip", "ln(10)/a*da")),
    "sqrt": (("table-slip", "1/sqrt(a)*da"), ("table-slip", "1/2*sqrt(a)*da"), ("table-slip", "-1/(2*sqrt(a))*da"),
             ("table-slip", "2/sqrt(a)*da")),
    "sigmoid": (("table-slip", "sigmoid(a)*(1+sigmoid(a))*da"), ("activation-for-derivative", "sigmoid(a)*da"),
                ("table-slip", "(1-sigmoid(a)^2)*da"), ("table-slip", "-sigmoid(a)*(1-sigmoid(a))*da")),
    "tanh": (("table-slip", "(1-tanh(a))*da"), ("activation-for-derivative", "tanh(a)*da"),
             ("table-slip", "tanh(a)*(1-tanh(a))*da")),
    "arctan": (("table-slip", "1/(1-a^2)*da"), ("table-slip", "1/cos(a)^2*da")),
}  # fmt: skip
_ONE_SIDED: dict[str, tuple[tuple[str, str], ...]] = {
    "constant over": (("quotient-sign", "a*db/b^2"), ("quotient-square", "-a*db/b"), ("quotient-rule", "a/db")),
    "power": (("power-kept", "b*a^b*da"), ("factor-dropped", "a^(b-1)*da"), ("exponent-off", "b*a^(b+1)*da"),
              ("exponent-off", "b*a^(b-2)*da"), ("sign", "-b*a^(b-1)*da")),
    "exponential": (("table-slip", "b*a^(b-1)*db"), ("table-slip", "a^b*db"), ("table-slip", "a^b/ln(a)*db")),
    "logarithm": (("table-slip", "1/a*da"), ("table-slip", "ln(b)/a*da"), ("table-slip", "1/(a*b)*da")),
}  # fmt: skip


def broken_derivatives(what: Node, by: str) -> Iterator[Broken]:
    """Every derivative of the tree by `by` with one rule broken at one place; the right one is never among them."""
    right = differentiate(what, by)
    seen = {merged(right)}
    for place in walk(what):
        if not isinstance(place, Call) or by not in names(place):
            continue
        for rule, wrong in _wrong_at(place, by):
            try:
                tree = differentiate(what, by, instead=(place, wrong))
            except (AuthorError, ShapeFault):
                continue
            tidy = merged(tree)
            if tidy not in seen:
                seen.add(tidy)
                yield Broken(rule, tidy, place.args[0] if rule == "inner-lost" else place)


def _wrong_at(place: Call, by: str) -> Iterator[tuple[str, Node]]:
    """What a student may write for the derivative of this part."""
    first, last = place.args[0], place.args[-1]
    inner, other = differentiate(first, by), differentiate(last, by)
    for rule, text in _rows_for(place, inner, other):
        yield rule, _filled(text, first, last, inner, other)
    if inner not in (ONE, ZERO) and (len(place.args) == 1 or place.op == "pow") and place.op != "neg":
        yield from _chain(place, by, inner)
    if place.op in ("add", "sub") and ZERO in (inner, other) and (inner, other) != (ZERO, ZERO):
        kept = Call(place.op, (first if inner == ZERO else inner, last if other == ZERO else other))
        yield "constant-kept", kept
    if place.op in ("mul", "emul") and (inner == ZERO) != (other == ZERO):
        yield "factor-dropped", other if inner == ZERO else inner


def _chain(place: Call, by: str, inner: Node) -> Iterator[tuple[str, Node]]:
    """The inner derivative lost, put inside, or the outer derivative taken at x."""
    first = place.args[0]
    slot = Name("·")
    outer = differentiate(Call(place.op, (slot, *place.args[1:])), slot.name)
    yield "inner-lost", substitute(outer, {slot.name: first})
    yield "inner-inside", substitute(outer, {slot.name: inner})
    yield "outer-at-x", construct.mul(substitute(outer, {slot.name: Name(by)}), inner)


def _rows_for(place: Call, inner: Node, other: Node) -> tuple[tuple[str, str], ...]:
    both = inner != ZERO and other != ZERO
    match place.op:
        case "mul" | "div" if both:
            return _ROWS[place.op]
        case "div" if inner == ZERO:
            return _ONE_SIDED["constant over"]
        case "pow" if other == ZERO:
            return _ONE_SIDED["power"]
        case "pow" if inner == ZERO:
            return _ONE_SIDED["exponential"]
        case "ln" if len(place.args) == 2:
            return _ONE_SIDED["logarithm"]
        case "mul" | "div" | "pow":
            return ()
    return _ROWS.get(place.op, ())


def _filled(text: str, first: Node, last: Node, inner: Node, other: Node) -> Node:
    """A row with the arguments put in, tidied."""
    values = {"a": first, "b": last, "da": inner, "db": other}

    def tidy(part: Node) -> Node:
        if isinstance(part, Name):
            return values.get(part.name, part)
        return construct.call(part.op, *part.args) if isinstance(part, Call) else part

    return transform(_row(text), tidy)


def _row(text: str) -> Node:
    return parse(text, frozenset({"a", "b", "da", "db"}))
