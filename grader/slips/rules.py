"""The slips at a node applied to a whole formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from grader.arrays import Floats
from grader.language.nodes import LEAVES, Array, Call, Index, Node, Number, children, rebuild
from grader.slips.context import Context, Rewrite
from grader.slips.table import Row, rows


class Rule(msgspec.Struct, frozen=True):
    """A row of the table with its rewrite."""

    row: Row
    rewrite: Rewrite


RULES = tuple(Rule(row, way.rewrite) for row, way in rows() if way.rewrite is not None)

_OPAQUE = {"entry", "grad", "jacobian", "hessian", "diff", "iterate", "count_until", "eq", "ne", "lt", "le", "gt", "ge"}


def rewrites(tree: Node, rule: Rule, context: Context) -> Iterator[tuple[Node, Node, Node | None]]:
    """Every single application of a rule: the tree, what was put in, and the part it is about."""
    for put, part in rule.rewrite(tree, context):
        yield put, put, part
    if isinstance(tree, LEAVES) or _closed(tree):
        return
    parts = children(tree)
    for number, part_tree in enumerate(parts):
        for inner, put, part in rewrites(part_tree, rule, context):
            yield rebuild(tree, (*parts[:number], inner, *parts[number + 1 :])), put, part


def _closed(tree: Node) -> bool:
    """A part that is not looked into: indices, conditions, derivatives by a name."""
    return isinstance(tree, Index) or (isinstance(tree, Call) and tree.op in _OPAQUE)


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
            todo += [part for part in children(node) if not isinstance(part, Array)]
    return axes
