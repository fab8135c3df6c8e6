"""Functions of a file, and formulas with their calls written out."""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_not

import msgspec

from grader.language.nodes import LEAVES, Call, Node, children, rebuild, substitute


class Function(msgspec.Struct, frozen=True):
    """A function of the spec, `L(w): mean((y - w*x)^2)`."""

    parameters: tuple[str, ...]
    body: Node


def inlined(node: Node, functions: Mapping[str, Function]) -> Node:
    """The tree with calls of user functions written out."""
    parts = children(node)
    if parts:
        done = tuple([part if type(part) in LEAVES else inlined(part, functions) for part in parts])
        if any(map(is_not, done, parts)):
            node = rebuild(node, done)
    if isinstance(node, Call) and node.op in functions:
        function = functions[node.op]
        return inlined(substitute(function.body, dict(zip(function.parameters, node.args, strict=True))), functions)
    return node
