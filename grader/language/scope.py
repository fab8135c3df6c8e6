"""What names mean where a tree is evaluated: values, the functions of a file, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from grader.arrays import NUMPY, Floats, Numeric
from grader.language.nodes import Call, Node, names, substitute, transform, walk

Values = Mapping[str, Floats]


class Function(msgspec.Struct, frozen=True):
    """A function of the spec, `L(w): mean((y - w*x)^2)`."""

    parameters: tuple[str, ...]
    body: Node


class Scope(msgspec.Struct, frozen=True):
    """What names mean: batched `values`, `functions`, and `definitions` (steps in order) to differentiate through.

    `kept` names steps whose value stands even where their formula gives another (a student's own).
    """

    values: Values
    functions: Mapping[str, Function] = msgspec.field(default_factory=dict)
    definitions: Mapping[str, Node] = msgspec.field(default_factory=dict)
    xp: Numeric = NUMPY
    kept: frozenset[str] = frozenset()

    def having(self, values: Values, xp: Numeric | None = None) -> Scope:
        """The scope with other values on top."""
        return replace(self, values={**self.values, **values}, xp=xp or self.xp)


def inlined(node: Node, functions: Mapping[str, Function]) -> Node:
    """The tree with calls of user functions written out."""

    def rule(part: Node) -> Node:
        if isinstance(part, Call) and part.op in functions:
            function = functions[part.op]
            return inlined(substitute(function.body, dict(zip(function.parameters, part.args, strict=True))), functions)
        return part

    return transform(node, rule)


def names_read(tree: Node, functions: Mapping[str, Function]) -> set[str]:
    """Names a tree reads, those inside the functions it mentions included."""
    read: set[str] = set()
    mentioned: set[str] = set()
    todo = [tree]
    while todo:
        part = todo.pop()
        here = names(part) | {node.op for node in walk(part) if isinstance(node, Call)}
        called = (here & functions.keys()) - mentioned
        mentioned |= called
        read |= here
        todo += [functions[name].body for name in called]
    return read


def dependent_steps(what: Node, by: str, scope: Scope) -> tuple[str, ...]:
    """Steps between `by` and `what`, in order: those that depend on `by` and that `what` depends on."""
    moved, order = {by}, []
    for name, tree in scope.definitions.items():
        if name != by and names_read(tree, scope.functions) & moved:
            moved.add(name)
            order.append(name)
    needed: set[str] = set()
    todo = list(names_read(what, scope.functions))
    while todo:
        name = todo.pop()
        if name not in needed and name != by:
            needed.add(name)
            todo += names_read(scope.definitions[name], scope.functions) if name in scope.definitions else ()
    return tuple(name for name in order if name in needed)
