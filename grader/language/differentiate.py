"""Tree → its derivative by a number, by the rules in the table of primitives.

    numbers    the chain rule over the column `derivatives`; factors are merged into one tidy term
    arrays     the same, entry by entry, with the shapes that are given; products keep their order, linear
               functions commute with the derivative, and a few array functions have a rule here

A derivative of an array that is the same number in every entry is kept as that number.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cache, reduce
from itertools import islice
from math import prod

from grader.arrays import Shape
from grader.errors import AuthorError
from grader.language import construct
from grader.language.exact import ONE, ZERO, exact
from grader.language.nodes import Array, Call, Name, Node, Number, children, depth, transform, walk
from grader.language.parser import parse
from grader.language.primitives import PRIMITIVES
from grader.language.products import MATRICES, NUMBERS, VECTORS, Dialect, over, times
from grader.language.ranks import Ranks

MAX_NODES = 20_000
MAX_DEPTH = 250

_ALL_DEPEND = {
    "div": "(da*b - a*db)/b^2",
    "ediv": "(da*b - a*db)/b^2",
    "pow": "a^b*(db*ln(a) + b*da/a)",
    "epow": "a^b*(db*ln(a) + b*da/a)",
}
"""Rules that read better than the sum over the arguments, where every argument depends on the variable."""

_ARRAYS = {
    "mul": "da*b + a*db",
    "inv": "-inv(a)*da*inv(a)",
    "det": "det(a)*tr(inv(a)*da)",
    "norm": "sum(a.*da)/norm(a)",
    "norm2": "sum(a.*da)/norm2(a)",
    "kron": "kron(da, b) + kron(a, db)",
    "dot": "sum(da.*b) + sum(a.*db)",
    "softmax": "softmax(a).*(da - sum(softmax(a).*da))",
}
"""Rules for arrays, in order; `da` and `db` are the derivatives of the arguments."""

_OF_EQUAL_ENTRIES = {"sum": "b*da", "mean": "da"}
"""Linear functions of an array whose b entries all have the derivative da."""

_ONLY_VECTORS = {"softmax"}
_WHOLE = {"mul", "inv", "det", "kron"}
"""Functions whose rule needs every entry of the derivative, even if all are equal."""
_LARGEST_POWER = 8


def differentiate(node: Node, name: str, shapes: Mapping[str, Shape] | None = None) -> Node:
    """The derivative of the tree by the number `name`; names missing from `shapes` are numbers.

    Raises AuthorError `diff-no-rule` for a function without a rule, `diff-too-long` for a result too long to
    print, and ShapeFault where sizes do not fit.
    """
    return Differentiation(node, name, shapes).result


@cache
def _rule(text: str) -> Node:
    return parse(text, frozenset({"a", "b", "da", "db"}))


class Differentiation:
    """One differentiation: the tree, the variable, and what is known of every part: its derivative, its shape.

    The derivatives of the parts are those of these very nodes, which the tree keeps, so they go by identity.
    """

    def __init__(self, tree: Node, name: str, shapes: Mapping[str, Shape] | None = None) -> None:
        """Raises what `differentiate` raises."""
        self.tree = tree
        self.name = name
        self.ranks = Ranks(shapes or {})
        self.derivatives: dict[int, Node] = {}
        self.result = _printable(self.of(tree))

    def instead(self, part: Node, wrong: Node) -> Node:
        """The derivative of the tree if that of a part were this, whatever the rules say; raises what they raise."""
        other = copy(self)
        above = _above(self.tree, part)
        other.derivatives = {key: value for key, value in self.derivatives.items() if key not in above}
        other.derivatives[id(part)] = wrong
        return _printable(other.of(self.tree))

    def of(self, part: Node) -> Node:
        """The derivative of the tree or of a part of it."""
        derivative = self.derivatives.get(id(part))
        if derivative is None:
            derivative = self.derivatives[id(part)] = self.by_rule(part)
        return derivative

    def by_rule(self, node: Node) -> Node:
        """The derivative of a part from those of its children."""
        match node:
            case Number():
                return ZERO
            case Name(name):
                return ONE if name == self.name else ZERO
            case Array(items):
                parts = tuple(self.of(item) for item in items)
                if all(part == ZERO for part in parts):
                    return ZERO
                return Array(tuple(self.filled(part, item) for part, item in zip(parts, items, strict=True)))
            case Call("if", (condition, *cases)):
                parts = tuple(self.of(part) for part in cases)
                return Call("if", (condition, *parts)) if any(part != ZERO for part in parts) else ZERO
            case Call(_, args):
                parts = tuple(self.of(part) for part in args)
                return self.call(node, parts) if any(part != ZERO for part in parts) else ZERO
        raise AuthorError("diff-no-rule", function=f"{node.base}[ ]")

    def call(self, node: Call, parts: tuple[Node, ...]) -> Node:
        """A primitive of which an argument depends on the variable."""
        row = PRIMITIVES.get(node.op)
        if row is None:
            raise AuthorError("diff-no-rule", function=node.op)
        if row.linear:
            return self.linear(node, parts[0])
        if node.op == "pow" and self.ranks.rank(node) == 2:
            return self.matrix_power(node, parts)
        if row.derivatives:
            return self.entrywise(node, row.derivatives, parts)
        return self.product_or_array(node, parts)

    # ----- Entry by entry -----------------------------------------------------------------------------------

    def entrywise(self, node: Call, rules: tuple[str, ...], parts: tuple[Node, ...]) -> Node:
        """The chain rule: every derivative of the outer function times that of the argument."""
        dialect = self.dialect(node)
        if node.op in _ALL_DEPEND and ZERO not in parts:
            return self.instantiate(_ALL_DEPEND[node.op], node, parts, dialect)
        terms = []
        for rule, part in zip(rules, parts, strict=False):
            if part != ZERO:
                outer = self.instantiate(rule, node, parts, dialect)
                terms.append(times(outer, part, dialect) if dialect else construct.mul(outer, part))
        return reduce(construct.add, terms)

    def dialect(self, node: Node) -> Dialect | None:
        """How commuting factors of the node are written; None for a number made of arrays: order matters."""
        if self.ranks.rank(node):
            return VECTORS if self.ranks.rank(node) == 1 else MATRICES
        return NUMBERS if self.ranks.numeric(node) else None

    def instantiate(self, rule: str, node: Call, parts: tuple[Node, ...], dialect: Dialect | None) -> Node:
        """A rule with the arguments put in; without a dialect factors keep their order."""
        last = node.args[1] if len(node.args) > 1 else Name("e")  # ln(a) is ln(a, e)
        values = {"a": node.args[0], "b": last, "da": parts[0], "db": parts[-1]}

        def tidy(part: Node) -> Node:
            match part:
                case Name(name):
                    return values.get(name, part)
                case Call("mul", (left, right)) if dialect:
                    return times(left, right, dialect)
                case Call("div", (left, right)) if dialect:
                    return over(left, right, dialect)
                case Call("pow", (base, exponent)) if dialect:
                    return construct.power(base, exponent, dialect.pow)
                case Call(op, args):
                    return construct.call(op, *args)
            return part

        return transform(_rule(rule), tidy)

    # ----- Arrays -------------------------------------------------------------------------------------------

    def product_or_array(self, node: Call, parts: tuple[Node, ...]) -> Node:
        """A product, or a function of arrays with a rule of its own."""
        if node.op not in _ARRAYS or (node.op in _ONLY_VECTORS and self.ranks.rank(node) != 1):
            raise AuthorError("diff-no-rule", function=node.op)
        if node.op in _WHOLE and all(self.ranks.rank(arg) for arg in node.args):
            pairs = zip(parts, node.args, strict=True)
            parts = tuple(part if part == ZERO else self.filled(part, arg) for part, arg in pairs)
        return self.instantiate(_ARRAYS[node.op], node, parts, NUMBERS if self.ranks.numeric(node) else None)

    def linear(self, node: Call, part: Node) -> Node:
        """A linear function of arrays: the same of the derivative."""
        (argument,) = node.args
        if node.op in _OF_EQUAL_ENTRIES and self.ranks.rank(argument) and not self.ranks.rank(part):
            count = Number(str(prod(self.ranks.shape(argument))))
            rule = _OF_EQUAL_ENTRIES[node.op]
            return self.instantiate(rule, Call(node.op, (argument, count)), (part,), None)
        return construct.call(node.op, self.filled(part, argument))

    def matrix_power(self, node: Call, parts: tuple[Node, ...]) -> Node:
        """A^-1 by the rule of the inverse; A^3 gives dA*A^2 + A*dA*A + A^2*dA."""
        base, exponent = node.args
        count = exact(exponent)
        if count is None or count.value.denominator != 1 or not -1 <= count.value <= _LARGEST_POWER:
            raise AuthorError("diff-no-rule", function="pow")
        inner = self.filled(parts[0], base)
        if count.value == -1:
            return self.instantiate(_ARRAYS["inv"], Call("inv", (base,)), (inner,), None)
        terms: list[Node] = []
        for before in range(int(count.value)):
            after = int(count.value) - 1 - before
            left = construct.mul(construct.power(base, Number(str(before))), inner)
            terms.append(construct.mul(left, construct.power(base, Number(str(after)))))
        return reduce(construct.add, terms, ZERO)

    def filled(self, part: Node, argument: Node) -> Node:
        """The derivative of the argument with every entry written out, if it was kept as one number."""
        if not self.ranks.rank(argument) or self.ranks.rank(part):
            return part
        shape = self.ranks.shape(argument)
        row = Array((part,) * shape[-1])
        return row if len(shape) == 1 else Array((row,) * shape[0])


def _printable(result: Node) -> Node:
    """The result, if it is short enough to be printed, and no deeper than what walks it can go."""
    if next(islice(walk(result), MAX_NODES, None), None) is not None or depth(result) > MAX_DEPTH:
        raise AuthorError("diff-too-long", limit=MAX_NODES)
    return result


def _above(tree: Node, part: Node) -> set[int]:
    """The identities of the nodes that the part is in, wherever this very node stands."""
    above: set[int] = set()

    def holds(node: Node) -> bool:
        inside = [node is part or holds(node) for node in children(node)]  # all are looked into: it may be in several
        if any(inside):
            above.add(id(node))
        return any(inside)

    holds(tree)
    return above
