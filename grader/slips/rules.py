"""The slips at a node applied to a whole formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from grader.arrays import Floats
from grader.language.nodes import LEAVES, Array, Call, Index, Name, Node, Number, children, rebuild, transform
from grader.slips.context import Context, Rewrite
from grader.slips.table import Row, rows


class Rule(msgspec.Struct, frozen=True):
    """A row of the table with its rewrite."""

    row: Row
    rewrite: Rewrite


RULES = tuple(Rule(row, way.rewrite) for row, way in rows() if way.rewrite is not None)


def rules_of(*tiers: str) -> tuple[Rule, ...]:
    """The rules of these looks."""
    return tuple(rule for rule in RULES if rule.row.rank.tier in tiers)


_OPAQUE = {"entry", "grad", "jacobian", "hessian", "diff", "iterate", "count_until", "eq", "ne", "lt", "le", "gt", "ge"}


class Rewritten(NamedTuple):
    """A formula with a rule applied to one part: the rule, the tree, what was put in, and the part it is about."""

    rule: Rule
    tree: Node
    put: Node
    part: Node | None


def rewrites(tree: Node, rules: Iterable[Rule], context: Context) -> Iterator[Rewritten]:
    """Every single application of every rule, rule by rule, each from the root down."""
    parts = list(_parts(tree, ()))
    for rule in rules:
        for node, above in parts:
            for put, part in rule.rewrite(node, context):
                yield Rewritten(rule, _put(put, above), put, part)


_MOST_ALIKE = 8
"""Places that are done wrong in the same way."""


def alike_rewrites(tree: Node, rules: Iterable[Rule], context: Context) -> Iterator[Rewritten]:
    """Every rule applied to several alike parts at once: who does one entry or term so does the others so."""
    groups: dict[Node, list[tuple[Node, _Above]]] = {}
    for node, above in _parts(tree, ()):
        if not isinstance(node, LEAVES):
            groups.setdefault(skeleton(node), []).append((node, above))
    alike = [group for group in groups.values() if 1 < len(group) <= _MOST_ALIKE]
    for rule in rules:
        for group in alike:
            made = [list(rule.rewrite(node, context)) for node, _ in group]
            if len({len(each) for each in made}) == 1:
                for puts in zip(*made, strict=True):
                    paths = {_path(above): put for (_, above), (put, _) in zip(group, puts, strict=True)}
                    yield Rewritten(rule, _put_all(tree, paths, ()), puts[0][0], None)


def skeleton(node: Node) -> Node:
    """The part without its names and numbers: alike parts differ in these."""
    return transform(node, lambda part: _BLANK if isinstance(part, LEAVES) else part)


_BLANK = Name("·")


def _path(above: _Above) -> tuple[int, ...]:
    return tuple(index for _, index in above)


def _put_all(node: Node, paths: Mapping[tuple[int, ...], Node], here: tuple[int, ...]) -> Node:
    """The tree with other parts at the ends of several ways."""
    if here in paths:
        return paths[here]
    if isinstance(node, LEAVES) or not any(path[: len(here)] == here for path in paths):
        return node
    parts = children(node)
    return rebuild(node, tuple(_put_all(part, paths, (*here, index)) for index, part in enumerate(parts)))


_Above = tuple[tuple[Node, int], ...]
"""The way from the root to a part: the nodes above it, and the index of the child that leads on."""


def _parts(node: Node, above: _Above) -> Iterator[tuple[Node, _Above]]:
    """The parts that rules may be applied to, the root first."""
    yield node, above
    if not isinstance(node, LEAVES) and not _closed(node):
        for index, child in enumerate(children(node)):
            yield from _parts(child, (*above, (node, index)))


def _put(put: Node, above: _Above) -> Node:
    """The tree with another part at the end of the way."""
    for node, index in reversed(above):
        parts = children(node)
        put = rebuild(node, (*parts[:index], put, *parts[index + 1 :]))
    return put


def _closed(tree: Node) -> bool:
    """A part that is not looked into: indices, conditions, derivatives by a name."""
    return isinstance(tree, Index) or (isinstance(tree, Call) and tree.op in _OPAQUE)


def _unpacked(node: Node) -> Iterator[Node]:
    """The part, or the entries of an array."""
    if not isinstance(node, Array):
        yield node
        return
    for entry in children(node):
        yield from _unpacked(entry)


def axes_in(tree: Node, value_of: Callable[[Node], Floats]) -> dict[int, int]:
    """Axes of every part by identity; parts that have no value by themselves count as numbers."""
    axes: dict[int, int] = {}
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, Number):
            continue
        try:
            axes[id(node)] = int(value_of(node).ndim) - 1
        except (KeyError, ValueError, ArithmeticError):
            continue
        if not _closed(node):
            todo += [part for child in children(node) for part in _unpacked(child)]
    return axes
