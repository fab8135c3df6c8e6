"""How long a formula is with the functions of a file written out in it, found without writing anything out.

`f(x): x*x` and `g(x): f(f(f(x)))` make eight of one x, and thirty such lines more than fits any machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from grader.language.functions import Function
from grader.language.nodes import Call, Name, Node, children

PARTS = ""
"""Counts the parts that are none of the names counted."""
BEYOND = 10**12
"""Counts stop here."""


class Written:
    """Lengths of formulas; `functions` may grow, but those that were there stay."""

    def __init__(self, functions: Mapping[str, Function]) -> None:
        self.functions = functions
        self._known: dict[str, Counter[str]] = {}
        self._depths: dict[str, int] = {}

    def parts(self, tree: Node) -> int:
        """The nodes of a formula written out."""
        return self._count(tree, frozenset())[PARTS]

    def depth(self, tree: Node, known: Mapping[str, int]) -> int:
        """How deep a formula is, the functions written out, behind names that are as deep as `known` says."""
        if isinstance(tree, Name):
            return known.get(tree.name, 0) + 1
        below = max([self.depth(part, known) for part in children(tree)], default=0)
        function = self.functions.get(tree.op) if isinstance(tree, Call) else None
        if function is None or not isinstance(tree, Call):
            return below + 1
        if tree.op not in self._depths:
            self._depths[tree.op] = BEYOND  # one that comes back to itself is refused elsewhere
            self._depths[tree.op] = self.depth(function.body, known)
        return below + self._depths[tree.op]

    def forget(self, name: str) -> None:
        """A function was defined anew."""
        self._known.pop(name, None)

    def _count(self, node: Node, local: frozenset[str]) -> Counter[str]:
        """How often each of the local names stands in the formula written out, and how many other parts."""
        if isinstance(node, Name):
            return Counter({node.name if node.name in local else PARTS: 1})
        function = self.functions.get(node.op) if isinstance(node, Call) else None
        below = [self._count(part, local) for part in children(node)]
        if function is None or len(function.parameters) != len(below):
            return _sum([Counter({PARTS: 1}), *below])
        body = self._body(node.op, function) if isinstance(node, Call) else Counter()
        return _sum([
            Counter({PARTS: body[PARTS]}),
            *(Counter({name: count * body[parameter] for name, count in part.items()})
              for parameter, part in zip(function.parameters, below, strict=True)),
        ])  # fmt: skip

    def _body(self, name: str, function: Function) -> Counter[str]:
        if name not in self._known:
            self._known[name] = Counter({PARTS: BEYOND})  # one that comes back to itself is refused elsewhere
            self._known[name] = self._count(function.body, frozenset(function.parameters))
        return self._known[name]


def _sum(counts: list[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return Counter({name: min(number, BEYOND) for name, number in total.items()})
