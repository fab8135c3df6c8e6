"""Where a slip may happen: a node of a formula and what is known around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from grader.language.nodes import Node

Found = Iterator[tuple[Node, Node | None]]
"""What may stand at the place instead, and the part that the slip is about (for its message)."""


class Place(msgspec.Struct, frozen=True):
    """What is known of the formula around a node: ranks of its parts by identity, and the argument of an activation."""

    ranks: Mapping[int, int]
    preactivation: Callable[[Node], tuple[str, Node] | None]

    def rank(self, node: Node) -> int:
        """0 for a number, 1 for a vector, 2 for a matrix."""
        return self.ranks.get(id(node), 0)
