"""Products of factors that commute (numbers, entries), as one tidy term.

`times` and `over` merge powers and fractions and put numbers first, then plain variables: `cos(x^2) * (2*x)`
becomes `2*x*cos(x^2)`, `x * (1/x)` becomes 1. A Dialect names the operators that the term is written with.
"""

from __future__ import annotations

from functools import reduce
from typing import NamedTuple

from grader.language.construct import add, call, in_front, peel, power, sub
from grader.language.exact import NOTHING, ONE, UNIT, ZERO, Exact, exact, literal, parts
from grader.language.nodes import Call, Name, Node, children, rebuild, transform


class Dialect(NamedTuple):
    """The operators that products, quotients and powers of commuting factors are written with."""

    mul: str
    div: str
    pow: str


NUMBERS = Dialect("mul", "div", "pow")
VECTORS = Dialect("emul", "div", "pow")
MATRICES = Dialect("emul", "ediv", "epow")


class _Term(NamedTuple):
    """factor * product of base^exponent, in the order of appearance."""

    factor: Exact
    powers: dict[Node, Exact]

    def combine(self, other: _Term, sign: int) -> _Term:
        """self * other^sign, for sign 1 and -1."""
        factor = self.factor * other.factor if sign > 0 else self.factor / other.factor
        powers = dict(self.powers)
        for base, exponent in other.powers.items():
            step = exponent if sign > 0 else -exponent
            powers[base] = powers[base] + step if base in powers else step
        return _Term(factor, powers)


def times(left: Node, right: Node, dialect: Dialect = NUMBERS) -> Node:
    """left * right, merged into one tidy term."""
    term = _term(left, dialect).combine(_term(right, dialect), 1)
    return _joined(term, dialect) if term.factor.small else Call(dialect.mul, (left, right))


def over(left: Node, right: Node, dialect: Dialect = NUMBERS) -> Node:
    """left / right, merged into one tidy term; a division by 0 is left as it is."""
    below = _term(right, dialect)
    if not below.factor.value:
        return Call(dialect.div, (left, right))
    if isinstance(left, Call) and left.op in ("add", "sub"):
        left, below = _cancelled(left, below, dialect)
    term = _term(left, dialect).combine(below, -1)
    return _joined(term, dialect) if term.factor.small else Call(dialect.div, (left, right))


def _cancelled(above: Call, below: _Term, dialect: Dialect) -> tuple[Node, _Term]:
    """A sum of two terms and its denominator without the powers that all three share."""
    terms = [_term(part, dialect) for part in above.args]
    powers = {}
    for base, count in below.powers.items():
        counts = (count, *(term.powers.get(base, NOTHING) for term in terms))
        least = min(counts, key=lambda count: count.value)
        if least.value > 0:
            powers[base] = least
    if not powers:
        return above, below
    shared = _Term(UNIT, powers)
    left, right = (_joined(term.combine(shared, -1), dialect) for term in terms)
    return (add if above.op == "add" else sub)(left, right), below.combine(shared, -1)


def _term(node: Node, dialect: Dialect) -> _Term:
    value = exact(node)
    if value is not None:
        return _Term(value, {})
    match node:
        case Call("neg", (inner,)):
            factor, powers = _term(inner, dialect)
            return _Term(-factor, powers)
        case Call(op, (left, right)) if op == dialect.mul or (op == "mul" and exact(left) is not None):
            return _checked(node, _term(left, dialect), _term(right, dialect), 1)
        case Call(op, (left, right)) if op == dialect.div or (op == "div" and exact(right) is not None):
            return _checked(node, _term(left, dialect), _term(right, dialect), -1)
        case Call(op, (base, exponent)) if op == dialect.pow and (count := exact(exponent)):
            if count.value.denominator == 1 and isinstance(base, Call) and base.op == op:
                inner_count = exact(base.args[1])  # (x^2)^3 is x^6; (x^2)^(1/2) is not x
                if inner_count:
                    return _Term(UNIT, {base.args[0]: inner_count * count})
            return _Term(UNIT, {base: count})
    factor, rest = peel(node)
    return _Term(factor, {rest: UNIT})


def _checked(node: Node, left: _Term, right: _Term, sign: int) -> _Term:
    """The combined term; the node as a single factor where numbers grow too long or the divisor is 0."""
    if sign > 0 or right.factor.value:
        term = left.combine(right, sign)
        if term.factor.small:
            return term
    return _Term(UNIT, {node: UNIT})


def _joined(term: _Term, dialect: Dialect) -> Node:
    if not term.factor.value:
        return ZERO
    above, below = _side(term, dialect, 1), _side(term, dialect, -1)
    upper, lower = parts(abs(term.factor))
    node = in_front(upper, above)
    if below != ONE:
        node = Call(dialect.div, (node, in_front(lower, below)))
    elif lower != ONE:
        node = Call("div", (node, lower))
    return node if term.factor.value > 0 else Call("neg", (node,))


def _side(term: _Term, dialect: Dialect, sign: int) -> Node:
    """The numerator (sign 1) or the denominator (sign -1); plain variables first: `x*cos(x)`."""
    variables: list[Node] = []
    others: list[Node] = []
    for base, count in term.powers.items():
        if count.value * sign > 0:
            times = Exact(count.value * sign, count.decimal)
            factor = base if times.value == 1 else power(base, literal(times), dialect.pow)
            (variables if isinstance(base, Name) else others).append(factor)
    factors = variables + others
    return reduce(lambda left, right: Call(dialect.mul, (left, right)), factors) if factors else ONE


def merged(node: Node, known: dict[Node, Node] | None = None) -> Node:
    """A formula of numbers with its products and fractions merged: `1/cos(x^2)^2*(2*x)` becomes `2*x/cos(x^2)^2`.

    `known` keeps what was made of every part, for many formulas that share most of theirs.
    """
    return transform(node, _merge) if known is None else _merged(node, known)


def _merged(node: Node, known: dict[Node, Node]) -> Node:
    result = known.get(node)
    if result is None:
        parts = tuple([_merged(part, known) for part in children(node)])
        result = known[node] = _merge(rebuild(node, parts))
    return result


def _merge(node: Node) -> Node:
    match node:
        case Call("mul", (left, right)):
            return times(left, right)
        case Call("div", (left, right)):
            return over(left, right)
        case Call(op, args):
            return call(op, *args)
    return node
