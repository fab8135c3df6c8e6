"""What every part of a formula is: a number, a vector, a matrix. Parts of arrays are tried on ones.

ranks = Ranks({"A": (2, 3), "v": (3,)})
ranks.rank(parse("A v"))         1
ranks.shape(parse("A v"))        (2,)
ranks.numeric(parse("2 x"))      True: no part is an array, so factors commute
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from grader.arrays import NUMPY, Floats, Shape
from grader.errors import AuthorError, ShapeFault
from grader.language.nodes import Call, Name, Node, Number, children
from grader.language.primitives import PRIMITIVES, SPECIAL_FORMS, bound_primitives
from grader.language.shapes import stack


class _Sample(NamedTuple):
    """A part tried on ones, with a leading axis of one: its value, and whether no part of it is an array."""

    value: Floats
    numeric: bool


class Ranks:
    """The shapes of trees whose names have these; names without a shape are numbers. Each part is tried once.

    All raise AuthorError `diff-no-rule` for a function that has no value here, and ShapeFault where sizes do not fit.
    """

    def __init__(self, shapes: Mapping[str, Shape]) -> None:
        self.shapes = shapes
        self.samples: dict[Node, _Sample] = {}
        self.plain: dict[Node, bool] = {}

    def rank(self, node: Node) -> int:
        """0 for a number, 1 for a vector, 2 for a matrix."""
        return 0 if self.of_numbers(node) else len(self.shape(node))

    def shape(self, node: Node) -> Shape:
        """The sizes of the axes."""
        return self.sample(node).value.shape[1:]

    def numeric(self, node: Node) -> bool:
        """Whether no part is an array."""
        return self.of_numbers(node) or self.sample(node).numeric

    def of_numbers(self, node: Node) -> bool:
        """Whether a look at names and functions shows that no part is an array: most trees need not be tried."""
        plain = self.plain.get(node)
        if plain is None:
            match node:
                case Number():
                    plain = True
                case Name(name):
                    plain = not self.shapes.get(name)
                case Call(op, args) if op == "mul" or (op in PRIMITIVES and PRIMITIVES[op].entrywise):
                    plain = all(self.of_numbers(arg) for arg in args)
                case _:
                    plain = False
            self.plain[node] = plain
        return plain

    def sample(self, node: Node) -> _Sample:
        """The part tried on ones."""
        if node not in self.samples:
            self.samples[node] = self.tried(node)
        return self.samples[node]

    def tried(self, node: Node) -> _Sample:
        """The part tried on ones, from its children."""
        if isinstance(node, Number):
            return _Sample(np.array([node.value]), True)
        if isinstance(node, Name):
            value = np.ones((1, *self.shapes.get(node.name, ())))
            return _Sample(value, value.ndim == 1)
        parts = [self.sample(part) for part in children(node)]
        with np.errstate(all="ignore"):
            value = self.combined(node, [part.value for part in parts])
        return _Sample(value, value.ndim == 1 and all(part.numeric for part in parts))

    def combined(self, node: Node, values: list[Floats]) -> Floats:
        """The value of a node from those of its children."""
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
