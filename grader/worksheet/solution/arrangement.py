"""Numbers put in: what a formula looks like once arrays are put in and can be taken apart."""

from __future__ import annotations

from functools import reduce

from grader.language.nodes import Array, Call, Name, Node, Number, children, rebuild
from grader.language.primitives import CONSTANTS, PRIMITIVES

LONGEST_SUM = 4
"""Sums and means over so many entries are written out."""
_ENTRYWISE = {"emul": "mul", "ediv": "div", "epow": "pow"}


def arranged(part: Node) -> Node:
    """A transposed literal is turned, an entry of a literal taken, a short sum over entries written out."""
    match part:
        case Call("transpose", (Array(items),)):
            return _transposed(items)
        case Call("entry", (Array(items), Number() as index, *rest)) if not rest:
            return items[int(index.value) - 1]
        case Call("sum" | "mean" as op, (inner,)):
            entries = _entries(inner)
            if entries is None or len(entries) > LONGEST_SUM or (isinstance(inner, Array) and op == "mean"):
                return part
            total = reduce(_plus, entries)
            return total if op == "sum" else Call("div", (total, Number(str(len(entries)))))
    return part


def _plus(left: Node, right: Node) -> Node:
    return Call("add", (left, right))


def _transposed(items: tuple[Node, ...]) -> Node:
    """A vector is a column: its transpose is a matrix of one row, and back."""
    rows = [item.items if isinstance(item, Array) else (item,) for item in items]
    columns = tuple(zip(*rows, strict=True))
    if len(columns) == 1:
        return Array((Array(columns[0]),))
    if len(rows) == 1:
        return Array(tuple(rows[0]))
    return Array(tuple(Array(column) for column in columns))


def _entries(tree: Node) -> list[Node] | None:
    """An entrywise formula of vectors, entry by entry; None for a matrix or another kind of formula."""
    size = _size(tree)
    if not size:
        return None
    return [_at(tree, index) for index in range(size)]


def _size(tree: Node) -> int | None:
    """Entries of a vector formula, 0 for a number, None where it is not entrywise."""
    if isinstance(tree, Array):
        return None if any(isinstance(item, Array) for item in tree.items) else len(tree.items)
    if isinstance(tree, Number) or (isinstance(tree, Name) and tree.name in CONSTANTS):
        return 0
    if not isinstance(tree, Call) or tree.op not in PRIMITIVES:
        return None
    sizes = [_size(part) for part in children(tree)]
    if None in sizes:
        return None
    vectors = [size for size in sizes if size]
    if not vectors:
        return 0
    entrywise = PRIMITIVES[tree.op].entrywise or (tree.op == "mul" and len(vectors) == 1)
    return vectors[0] if entrywise else None


def _at(tree: Node, index: int) -> Node:
    if isinstance(tree, Array):
        return tree.items[index]
    if not isinstance(tree, Call):
        return tree
    parts = tuple(_at(part, index) if _size(part) else part for part in children(tree))
    return rebuild(Call(_ENTRYWISE.get(tree.op, tree.op), tree.args), parts)
