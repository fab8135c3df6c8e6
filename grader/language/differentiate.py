"""Tree → its derivative by a number, by the rules in the table of primitives.

    numbers    the chain rule over the column `derivatives`; factors are merged into one tidy term
    arrays     the same, entry by entry, with the shapes that are given; products keep their order, linear
               functions commute with the derivative, and a few array functions have a rule here

A derivative of an array that is the same number in every entry is kept as that number.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, reduce
from typing import NamedTuple

import numpy as np

from grader.arrays import NUMPY, Floats, Shape
from grader.errors import AuthorError, ShapeFault
from grader.language import construct
from grader.language.exact import ONE, ZERO, exact
from grader.language.nodes import Array, Call, Name, Node, Number, children, transform, walk
from grader.language.parser import parse
from grader.language.primitives import PRIMITIVES, SPECIAL_FORMS, bound_primitives
from grader.language.products import MATRICES, NUMBERS, VECTORS, Dialect, over, times
from grader.language.shapes import stack

MAX_NODES = 20_000

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
    "dot": "sum(da.*b) + sum(a.*db)",
    "softmax": "softmax(a).*(da - sum(softmax(a).*da))",
}
"""Rules for arrays, in order; `da` and `db` are the derivatives of the arguments."""

_OF_EQUAL_ENTRIES = {"sum": "b*da", "mean": "da"}
"""Linear functions of an array whose b entries all have the derivative da."""

_ONLY_VECTORS = {"softmax"}
_WHOLE = {"mul", "inv", "det"}
"""Functions whose rule needs every entry of the derivative, even if all are equal."""
_LARGEST_POWER = 8


def differentiate(
    node: Node, name: str, shapes: Mapping[str, Shape] | None = None, *, instead: tuple[Node, Node] | None = None
) -> Node:
    """The derivative of the tree by the number `name`; names missing from `shapes` are numbers.

    `instead` is a part of this very tree, and what stands for its derivative whatever the rules say.

    Raises AuthorError `diff-no-rule` for a function without a rule, `diff-too-long` for a result too long to
    print, and ShapeFault where sizes do not fit.
    """
    result = _Derivative(name, shapes or {}, instead).of(node)
    if sum(1 for _ in zip(walk(result), range(MAX_NODES + 1), strict=False)) > MAX_NODES:
        raise AuthorError("diff-too-long", limit=MAX_NODES)
    return result


@cache
def _rule(text: str) -> Node:
    return parse(text, frozenset({"a", "b", "da", "db"}))


class _Sample(NamedTuple):
    """A part of the tree tried on ones: its value, and whether no part is an array (factors commute)."""

    node: Node
    value: Floats
    numeric: bool


class _Derivative:
    """One differentiation: the variable, and what is known about the shape of every part."""

    def __init__(self, name: str, shapes: Mapping[str, Shape], instead: tuple[Node, Node] | None) -> None:
        self.name = name
        self.shapes = shapes
        self.part: Node | None = instead[0] if instead else None
        self.given = instead[1] if instead else ZERO
        self.samples: dict[int, _Sample] = {}

    def of(self, node: Node) -> Node:
        if node is self.part:
            return self.given
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
        if node.op == "pow" and self.rank(node) == 2:
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
        if self.rank(node):
            return VECTORS if self.rank(node) == 1 else MATRICES
        return NUMBERS if self.sample(node).numeric else None

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
        if node.op not in _ARRAYS or (node.op in _ONLY_VECTORS and self.rank(node) != 1):
            raise AuthorError("diff-no-rule", function=node.op)
        if node.op in _WHOLE and all(self.rank(arg) for arg in node.args):
            pairs = zip(parts, node.args, strict=True)
            parts = tuple(part if part == ZERO else self.filled(part, arg) for part, arg in pairs)
        return self.instantiate(_ARRAYS[node.op], node, parts, NUMBERS if self.sample(node).numeric else None)

    def linear(self, node: Call, part: Node) -> Node:
        (argument,) = node.args
        if node.op in _OF_EQUAL_ENTRIES and self.rank(argument) and not self.rank(part):
            count = Number(str(self.sample(argument).value.size))
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
        shape = self.sample(argument).value.shape[1:]
        if not shape or self.rank(part):
            return part
        row = Array((part,) * shape[-1])
        return row if len(shape) == 1 else Array((row,) * shape[0])

    # ----- Shapes -------------------------------------------------------------------------------------------

    def rank(self, node: Node) -> int:
        """0 for a number, 1 for a vector, 2 for a matrix."""
        return self.sample(node).value.ndim - 1

    def sample(self, node: Node) -> _Sample:
        sample = self.samples.get(id(node))
        if sample is None:
            sample = self.samples[id(node)] = self.tried(node)  # keeps the node, so that its id stays taken
        return sample

    def tried(self, node: Node) -> _Sample:
        if isinstance(node, Number):
            return _Sample(node, np.array([node.value]), True)
        if isinstance(node, Name):
            value = np.ones((1, *self.shapes.get(node.name, ())))
            return _Sample(node, value, value.ndim == 1)
        parts = [self.sample(part) for part in children(node)]
        with np.errstate(all="ignore"):
            value = self.combined(node, [part.value for part in parts])
        return _Sample(node, value, value.ndim == 1 and all(part.numeric for part in parts))

    def combined(self, node: Node, values: list[Floats]) -> Floats:
        """The value of a node from those of its children; raises ShapeFault where they do not fit."""
        try:
            if not isinstance(node, Call):
                return stack(NUMPY, values)
            if node.op in PRIMITIVES:
                return bound_primitives()[node.op](*values)
        except ShapeFault as fault:
            fault.span = fault.span or node.span
            raise
        if node.op in SPECIAL_FORMS and all(value.ndim == 1 for value in values):
            return np.ones(1)  # a derivative or a repetition of numbers is a number
        raise AuthorError("diff-no-rule", function=node.op)
