"""Inner products of columns with a dot: `a·x`, `a \\cdot x` for a'x.

Two columns have no other product with a dot between them, so this is no doubt. Which factors are columns is known
only where the shapes of names are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.arrays import Shape
from grader.errors import AuthorError, ShapeFault
from grader.language.characters import DOTTED
from grader.language.nodes import Array, Call, Node, transform
from grader.language.ranks import Ranks
from grader.patterns import pattern

_DOT = pattern(r"[·⋅∙•]|\\cdot(?![A-Za-z])")


def has_columns(arrays: Mapping[str, Shape]) -> bool:
    """Whether there is a column to multiply."""
    return any(len(shape) == 1 for shape in arrays.values())


def marked(text: str) -> str:
    """The text with its dots marked; every sign keeps its place."""
    return _DOT.sub(lambda dot: DOTTED.ljust(len(dot[0])), text)


def products_of(arrays: Mapping[str, Shape]) -> Callable[[Node], Node]:
    """What makes the products of a tree that was read from the marked text inner ones, or plain ones."""
    ranks = Ranks(arrays)

    def column(node: Node) -> bool:
        try:
            return not isinstance(node, Array) and ranks.rank(node) == 1
        except (ShapeFault, AuthorError):  # it does not fit, which the comparison says
            return False

    def rule(node: Node) -> Node:
        if isinstance(node, Call) and node.op == "inner":
            return Call("dot" if all(map(column, node.args)) else "mul", node.args, node.span)
        return node

    return lambda tree: transform(tree, rule)
