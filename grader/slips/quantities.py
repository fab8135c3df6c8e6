"""Slips with quantities: one taken for another, a number put in once more, a matrix taken for symmetric, a sum taken
along the other side."""

from __future__ import annotations

from collections.abc import Iterator

from grader.arrays import Shape
from grader.language.nodes import Array, Call, Name, Node, Number, names, substitute, transform, walk
from grader.language.plaintext import to_text
from grader.language.primitives import CONSTANTS
from grader.slips.names import Named, NamesAround
from grader.slips.table import Family, row

_SYMMETRIC, _TURNED = (row(Family.NAMES, "symmetric", of) for of in ("", "turned"))
_QUANTITY, _EXTRA, _AXIS = (row(Family.NAMES, rule) for rule in ("other-quantity", "factor-extra", "wrong-axis"))
_REDUCED = ("sum", "mean", "max", "min", "norm")
_QUOTIENTS = ("div", "ediv")
_LARGEST = 9
"""Columns that are summed one by one."""


def quantity_slips(tree: Node, around: NamesAround) -> Iterator[Named]:
    """Every formula with one slip in its quantities."""
    yield from _symmetric(tree)
    read = [name for name in sorted(names(tree)) if name in around.shapes and name not in CONSTANTS]
    yield from _beside(tree, read, around)
    yield from _once_more(tree, around)
    yield from _other_axis(tree, around)


def _symmetric(tree: Node) -> Iterator[Named]:
    """A for A′ where both stand in the formula, or A′ for A."""
    turned = {part for part in walk(tree) if isinstance(part, Call) and part.op == "transpose"}
    for across in sorted(turned, key=to_text):
        matrix = across.args[0]
        if not isinstance(matrix, Name) or _times(tree, matrix) == _times(tree, across):
            continue
        plain = transform(tree, lambda part, was=across: was.args[0] if part == was else part)  # type: ignore[misc]
        yield Named(_SYMMETRIC, plain, matrix)
        yield Named(_TURNED, substitute(plain, {matrix.name: across}), matrix)


def _times(tree: Node, what: Node) -> int:
    return sum(part == what for part in walk(tree))


def _beside(tree: Node, read: list[str], around: NamesAround) -> Iterator[Named]:
    """A quantity for the one that it is computed from, or for the one that is computed from it."""
    for name in read:
        for other in sorted(around.beside.get(name, ())):
            if around.shapes.get(other) == around.shapes[name]:
                yield Named(_QUANTITY, substitute(tree, {name: Name(other)}), Name(other))


def _once_more(tree: Node, around: NamesAround) -> Iterator[Named]:
    """A number of the statement as a factor of the whole or of a term, though it does not stand there or once only."""
    for number in sorted(around.numbers - around.indices):
        if around.shapes.get(number) == ():
            for put in _scaled(tree, Name(number)):
                yield Named(_EXTRA, put, Name(number))


def _scaled(tree: Node, factor: Node) -> Iterator[Node]:
    """The tree, or one term of it, times the factor."""
    yield Call("mul", (factor, tree))
    if isinstance(tree, Call) and tree.op in ("add", "sub"):
        left, right = tree.args
        yield from (Call(tree.op, (put, right)) for put in _scaled(left, factor))
        yield from (Call(tree.op, (left, put)) for put in _scaled(right, factor))


def _other_axis(tree: Node, around: NamesAround) -> Iterator[Named]:
    """The sum of every column, or of the whole matrix, for the sum of a row."""
    for part in dict.fromkeys(walk(tree)):
        match part:
            case Call(op, (above, Call(reduced, (Call("entry", (Name() as matrix, _)),)) as below)) if (
                op in _QUOTIENTS and reduced in _REDUCED
            ):
                shape = around.shapes.get(matrix.name, ())
                if len(shape) == 2 and shape[1] <= _LARGEST:
                    put = Call("ediv", (above, _columns(reduced, matrix, shape)))
                    yield Named(_AXIS, _replaced(tree, part, put), matrix)
                    yield Named(_AXIS, _replaced(tree, below, Call(reduced, (matrix,))), matrix)


def _columns(reduced: str, matrix: Name, shape: Shape) -> Node:
    """What each column comes to."""
    across = Call("transpose", (matrix,))
    columns = (Call("entry", (across, Number(str(number)))) for number in range(1, shape[1] + 1))
    return Array(tuple(Call(reduced, (column,)) for column in columns))


def _replaced(tree: Node, was: Node, put: Node) -> Node:
    return transform(tree, lambda part: put if part == was else part)
