"""What is known around the node of a formula at which a slip may happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from grader.language.nodes import Node

Rewrites = Iterator[tuple[Node, Node | None]]
"""What may stand instead of a node, and the part that the slip is about (for its message)."""


class Context(msgspec.Struct, frozen=True):
    """The axes of the parts of a formula by identity, and the activation whose output a part is, with its argument."""

    axes: Mapping[int, int]
    preactivation: Callable[[Node], tuple[str, Node] | None]

    def axes_of(self, node: Node) -> int:
        """0 for a number, 1 for a vector, 2 for a matrix."""
        return self.axes.get(id(node), 0)


Rewrite = Callable[[Node, Context], Rewrites]
"""A slip in trees: it sees one node and yields what may stand there instead."""
