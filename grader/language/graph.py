"""Which formula reads which name: the edges between named formulas, inferred from the names in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

import msgspec

from grader.language.functions import Function
from grader.language.nodes import Call, Node, Number, names, substitute, walk

_NOBODY = Number("0")
"""Stands for the parameters of a function, which are nobody's names outside it."""


class Behind(NamedTuple):
    """What lies behind a formula: the names at which the way back stopped, and the formulas passed on it."""

    met: frozenset[str]
    passed: frozenset[str]


class Graph(msgspec.Struct, frozen=True, eq=False, dict=True):
    """Named formulas in order, and the names each of them reads.

    h: x*W1          reads     h: {x, W1}    o: {h}    L: {o, y}
    o: sigmoid(h)    read_by("h") is o
    L: (y - o)^2     behind({"L"}, stop={"o"}) met o, passed L      after({"h"}) is h, o, L
    """

    reads: Mapping[str, frozenset[str]]

    def read_by(self, name: str) -> frozenset[str]:
        """The formulas that read a name themselves."""
        return frozenset(reader for reader, read in self.reads.items() if name in read)

    def behind(self, start: Iterable[str], stop: Collection[str] = ()) -> Behind:
        """Go back from the names `start` until a name of `stop` is met; names without a formula lead no further."""
        met, passed = set[str](), set[str]()
        todo = list(start)
        while todo:
            name = todo.pop()
            if name in stop:
                met.add(name)
            elif name not in passed and name in self.reads:
                passed.add(name)
                todo += self.reads[name]
        return Behind(frozenset(met), frozenset(passed))

    def after(self, changed: Iterable[str], kept: Collection[str] = ()) -> frozenset[str]:
        """What a change of these names affects, they among it; the formulas of `kept` names are not looked at."""
        moved = set(changed)
        for name, read in self.reads.items():
            if name not in kept and not read.isdisjoint(moved):
                moved.add(name)
        return frozenset(moved)

    def depends(self, name: str, on: Collection[str]) -> bool:
        """Whether a formula is computed from one of the names, directly or through others."""
        known = self._sources.get(name)
        if known is None:
            start = self.reads.get(name, frozenset())
            passed = self.behind(start).passed
            known = self._sources[name] = start.union(*(self.reads[other] for other in passed))
        return not known.isdisjoint(on)

    @cached_property
    def _sources(self) -> dict[str, frozenset[str]]:
        """What formulas are computed from, of those that were asked for."""
        return {}

    def between(self, start: str, ends: Iterable[str]) -> tuple[str, ...]:
        """The formulas that depend on `start` and that the names `ends` depend on, in order."""
        moved = self.after({start}, {start})
        needed = self.behind(ends, {start}).passed
        return tuple(name for name in self.reads if name in moved and name in needed and name != start)

    def having(self, reads: Mapping[str, frozenset[str]]) -> Graph:
        """The graph with other formulas under some of its names."""
        return Graph({**self.reads, **{name: read for name, read in reads.items() if name in self.reads}})


def graph_of(formulas: Mapping[str, Node], functions: Mapping[str, Function]) -> Graph:
    """The graph of named formulas, with the functions they mention looked into."""
    return Graph({name: names_read((tree,), functions) for name, tree in formulas.items()})


def names_read(
    trees: Iterable[Node], functions: Mapping[str, Function], opaque: Collection[str] = ()
) -> frozenset[str]:
    """Names that formulas read, functions among them, and inside those functions too unless they are `opaque`."""
    read: set[str] = set()
    todo = list(trees)
    while todo:
        tree = todo.pop()
        here = names(tree) | {part.op for part in walk(tree) if isinstance(part, Call)}
        for name in here & functions.keys() - read:
            if name not in opaque:
                function = functions[name]
                todo.append(substitute(function.body, dict.fromkeys(function.parameters, _NOBODY)))
        read |= here
    return frozenset(read)
