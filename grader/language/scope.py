"""What names mean where a tree is evaluated: values, the functions of a file, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from grader.arrays import NUMPY, Floats, Numeric
from grader.language.functions import Function
from grader.language.graph import Graph, graph_of, names_read
from grader.language.nodes import Node

Values = Mapping[str, Floats]


class Scope(msgspec.Struct, frozen=True):
    """What names mean: batched `values`, `functions`, and `definitions` (steps in order) to differentiate through.

    `kept` names steps whose value stands even where their formula gives another (a student's own). `graph` is that of
    the definitions, where it is known; functions that are steps may be in it too. On `trial` are values or formulas
    that are not the author's: what leads too far has no value then.
    """

    values: Values
    functions: Mapping[str, Function] = msgspec.field(default_factory=dict)
    definitions: Mapping[str, Node] = msgspec.field(default_factory=dict)
    xp: Numeric = NUMPY
    kept: frozenset[str] = frozenset()
    graph: Graph | None = None
    trial: bool = False

    def having(self, values: Values, xp: Numeric | None = None) -> Scope:
        """The scope with other values on top."""
        return replace(self, values={**self.values, **values}, xp=xp or self.xp)


def dependent_steps(what: Node, by: str, scope: Scope) -> tuple[str, ...]:
    """Steps between `by` and `what`, in order: those that depend on `by` and that `what` depends on."""
    graph = scope.graph or graph_of(scope.definitions, scope.functions)
    between = graph.between(by, names_read((what,), scope.functions))
    return tuple(name for name in between if name in scope.definitions)
