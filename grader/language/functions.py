"""Functions of a file, and formulas with their calls written out."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grader.language.nodes import Call, Node, substitute, transform


class Function(msgspec.Struct, frozen=True):
    """A function of the spec, `L(w): mean((y - w*x)^2)`."""

    parameters: tuple[str, ...]
    body: Node


def inlined(node: Node, functions: Mapping[str, Function]) -> Node:
    """The tree with calls of user functions written out."""

    def rule(part: Node) -> Node:
        if isinstance(part, Call) and part.op in functions:
            function = functions[part.op]
            return inlined(substitute(function.body, dict(zip(function.parameters, part.args, strict=True))), functions)
        return part

    return transform(node, rule)
