"""Smart constructors: trees that come out tidy, so that a derivative reads like a line of a textbook.

`add sub neg mul div power call` change nothing that matters for arrays: zeros and ones vanish, literal
numbers are folded exactly and gather in front, since a number may always be moved. The other factors keep
their places, because the product of matrices does not commute; for factors that do, see `products`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce

from grader.language.exact import ONE, UNIT, ZERO, Exact, exact, literal, parts
from grader.language.nodes import Call, Name, Node, Number, transform
from grader.language.primitives import PRIMITIVES

_MOST_TERMS = 12
"""Longer sums are not searched for like terms."""


def peel(node: Node) -> tuple[Exact, Node]:
    """The literal factor of a tree and the rest (1 where nothing is left)."""
    value = exact(node)
    if value is not None:
        return value, ONE
    match node:
        case Call("neg", (inner,)):
            factor, rest = peel(inner)
            return -factor, rest
        case Call("mul" | "emul" as op, (left, right)):
            factor, rest = peel(left)
            if rest == ONE:
                inner_factor, rest = peel(right)
                return factor * inner_factor, rest
            return factor, Call(op, (rest, right))
        case Call("div", (left, right)) if (value := exact(right)) and value.value:
            factor, rest = peel(left)
            return factor / value, rest
        case Call("div" | "ediv" as op, (left, right)):
            factor, rest = peel(left)
            return factor, Call(op, (rest, right))
    return UNIT, node


def _scaled(factor: Exact, node: Node) -> Node:
    """The tree times a number, the number in front: `2*A*B`, `A*x/2`, `-3/x`."""
    if node == ONE:
        return literal(factor)
    if factor.value < 0:
        return Call("neg", (_scaled(-factor, node),))
    upper, lower = parts(factor)
    if isinstance(node, Call) and node.op in ("div", "ediv"):
        return Call(node.op, (in_front(upper, node.args[0]), in_front(lower, node.args[1])))
    node = in_front(upper, node)
    return node if lower == ONE else Call("div", (node, lower))


def in_front(number: Number, node: Node) -> Node:
    """number * node, the number before the first factor."""
    if number == ONE:
        return node
    if node == ONE:
        return number
    if isinstance(node, Call) and node.op in ("mul", "emul"):
        return Call(node.op, (in_front(number, node.args[0]), node.args[1]))
    return Call("mul", (number, node))


# ----- Order is kept ----------------------------------------------------------------------------------------


def neg(node: Node) -> Node:
    """-node; a minus that is there already goes away."""
    if node == ZERO:
        return ZERO
    factor, rest = peel(node)
    return _scaled(-factor, rest)


def add(left: Node, right: Node) -> Node:
    """left + right; like terms of both become one, `a + (-b)` becomes `a - b`."""
    if ZERO in (left, right):
        return right if left == ZERO else left
    terms = [*_terms(left), *_terms(right)]
    if len(terms) <= _MOST_TERMS:
        totals: dict[Node, Exact] = {}
        for factor, rest in terms:
            totals[rest] = totals[rest] + factor if rest in totals else factor
        if len(totals) < len(terms) and all(total.small for total in totals.values()):
            return reduce(_plus, ((total, rest) for rest, total in totals.items() if total.value), ZERO)
    return _plus(left, peel(right))


def _plus(left: Node, term: tuple[Exact, Node]) -> Node:
    factor, rest = term
    if left == ZERO:
        return _scaled(factor, rest)
    if factor.value < 0:
        return Call("sub", (left, _scaled(-factor, rest)))
    return Call("add", (left, _scaled(factor, rest)))


def _terms(node: Node, sign: int = 1) -> list[tuple[Exact, Node]]:
    """The terms of a sum with their literal factors."""
    match node:
        case Call("add", (left, right)):
            return [*_terms(left, sign), *_terms(right, sign)]
        case Call("sub", (left, right)):
            return [*_terms(left, sign), *_terms(right, -sign)]
        case Call("neg", (Call("add" | "sub") as inner,)):
            return _terms(inner, -sign)
    factor, rest = peel(node)
    return [(factor if sign > 0 else -factor, rest)]


def sub(left: Node, right: Node) -> Node:
    """left - right."""
    return add(left, neg(right))


def mul(left: Node, right: Node, op: str = "mul") -> Node:
    """The product in this order (`op` may be `emul`); literal factors of both gather in front."""
    if ZERO in (left, right):
        return ZERO
    (first, rest), (second, other) = peel(left), peel(right)
    factor = first * second
    if not factor.small:
        return Call(op, (left, right))
    if ONE in (rest, other):
        return _scaled(factor, other if rest == ONE else rest)
    return _scaled(factor, Call(op, (rest, other)))


def div(left: Node, right: Node, op: str = "div") -> Node:
    """left / right, literal factors folded; a division by 0 is left as it is."""
    (first, rest), (second, other) = peel(left), peel(right)
    if not second.value or not (factor := first / second).small:
        return Call(op, (left, right))
    if not factor.value:
        return ZERO
    return _scaled(factor, rest if other == ONE else Call(op, (rest, other)))


def power(base: Node, exponent: Node, op: str = "pow") -> Node:
    """base ^ exponent; whole powers of literal numbers are worked out while they are short."""
    value, times = exact(base), exact(exponent)
    if times is None:
        return Call(op, (base, exponent))
    if times.value == 0:
        return ONE
    if times.value == 1:
        return base
    whole = times.value.denominator == 1 and abs(times).value <= 40
    if value is not None and whole and (value.value or times.value > 0):
        result = Exact(Fraction(value.value) ** int(times.value), value.decimal)
        return literal(result) if result.small else Call(op, (base, exponent))
    return Call(op, (base, literal(times) if times.small else exponent))


def kron(left: Node, right: Node) -> Node:
    """The Kronecker product; with a zero it is zero."""
    return ZERO if ZERO in (left, right) else Call("kron", (left, right))


def emul(left: Node, right: Node) -> Node:
    """left .* right."""
    return mul(left, right, "emul")


def ediv(left: Node, right: Node) -> Node:
    """left ./ right."""
    return div(left, right, "ediv")


def epow(base: Node, exponent: Node) -> Node:
    """base .^ exponent."""
    return power(base, exponent, "epow")


_OPERATORS: dict[str, Callable[..., Node]] = {
    "add": add, "sub": sub, "neg": neg, "mul": mul, "div": div, "pow": power,
    "kron": kron, "emul": emul, "ediv": ediv, "epow": epow,
}  # fmt: skip
_KNOWN: dict[Node, Node] = {
    Call("ln", (Name("e"),)): ONE,
    Call("ln", (ONE,)): ZERO,
    Call("exp", (ZERO,)): ONE,
    Call("transpose", (ZERO,)): ZERO,
}


def call(op: str, *args: Node) -> Node:
    """Any primitive, tidied where there is something to tidy; a linear one lets literal factors out."""
    if op in _OPERATORS:
        return _OPERATORS[op](*args)
    if op in PRIMITIVES and PRIMITIVES[op].linear and args[0] != ONE:
        factor, rest = peel(args[0])
        if not factor.value:
            return ZERO
        return _scaled(factor, Call(op, (rest,)))
    node = Call(op, args)
    return _KNOWN.get(node, node) if len(args) == 1 and not isinstance(args[0], Call) else node


def tidied(node: Node) -> Node:
    """The tree built anew with tidy signs and no idle 0 and 1: what `2*x + (-3)` becomes once numbers are put in."""
    return transform(node, lambda part: call(part.op, *part.args) if isinstance(part, Call) else part)
