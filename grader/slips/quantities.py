"""Slips with quantities: one taken for another, a matrix taken for symmetric, a sum taken along the other side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from grader.arrays import Shape
from grader.language.nodes import (
    Array,
    Call,
    Name,
    Node,
    Number,
    children,
    names,
    rebuild,
    replaced,
    substitute,
    transform,
    walk,
)
from grader.language.plaintext import to_text
from grader.language.primitives import CONSTANTS
from grader.slips.extras import more_put_in, once_more, scaled
from grader.slips.names import Named, NamesAround
from grader.slips.table import Family, row

_SYMMETRIC, _TURNED = (row(Family.NAMES, "as-symmetric", of) for of in ("", "turned"))
_FAR, _ORDER, _SQUARED, _SIZE, _COLUMN, _ALL, _OVER, _COUNT, _READ, _LINE_SIGN, _LINE_LOST = (
    row(Family.NAMES, rule, of)
    for rule, of in (
        ("other-quantity", "far"), ("names-swapped", "order"), ("exponent-off", "everywhere"), ("sign", "size"),
        ("index-off", "column"), ("all-objects", ""), ("inverted", "everywhere"),
        ("sum-for-mean", "count"),
        ("rows-for-columns", "read"),
        ("sign", "line"),
        ("term-dropped", "line"),
    )
)  # fmt: skip
_QUANTITY, _AXIS = (row(Family.NAMES, rule) for rule in ("other-quantity", "wrong-axis"))
_UNIT = row(Family.NAMES, "other-operation", "unit")
_ELSEWHERE, _DIAGONAL = row(Family.NAMES, "wrong-point", "elsewhere"), row(Family.NAMES, "term-dropped", "diagonal")
_REDUCED = ("sum", "mean", "max", "min", "norm")
_QUOTIENTS = ("div", "ediv")
_CLOSED = ("entry", "if", "eq", "ne", "lt", "le", "gt", "ge")
_LARGEST = 9
"""Columns that are summed one by one."""


def quantity_slips(tree: Node, around: NamesAround) -> Iterator[Named]:
    """Every formula with one slip in its quantities."""
    yield from _symmetric(tree)
    read = [name for name in sorted(names(tree)) if name in around.shapes and name not in CONSTANTS]
    yield from _beside(tree, read, around)
    yield from once_more(tree, around)
    yield from _other_axis(tree, around)


def far_quantities(tree: Node, around: NamesAround) -> Iterator[Named]:
    """Every formula with a quantity in it that is far to seek."""
    read = [name for name in sorted(names(tree)) if name in around.shapes and name not in CONSTANTS]
    for name in read:
        own, shape = Name(name), around.shapes[name]
        for other, other_shape in around.shapes.items():
            if other_shape == shape and other != name and other not in around.indices and name not in around.indices:
                slip = _ELSEWHERE if name in around.points and not shape else _FAR
                yield Named(slip, substitute(tree, {name: Name(other)}), Name(other))
                for put in _once(tree, name, Name(other)):
                    yield Named(slip, put, Name(other))
        if name not in around.indices:
            yield Named(_SQUARED, substitute(tree, {name: Call("epow", (own, Number("2")))}), own)
            yield Named(_SIZE, substitute(tree, {name: Call("abs", (own,))}), own)
            yield Named(_OVER, substitute(tree, {name: Call("ediv", (Number("1"), own))}), own)
        if len(shape) == 1 and tree != own:
            yield Named(_UNIT, substitute(tree, {name: Call("div", (own, Call("norm", (own,))))}), own)
        for put in _reordered(own, shape):
            for wrong in (substitute(tree, {name: put}), *_once(tree, name, put)):
                yield Named(_ORDER, wrong, own)
        if len(shape) == 1 and 2 < shape[0] <= _LARGEST:
            for entry in range(shape[0]):
                alone = Array(tuple(Number("1" if at == entry else "0") for at in range(shape[0])))
                yield Named(_LINE_LOST, substitute(tree, {name: Call("emul", (own, alone))}), own)
        if len(shape) == 2 and max(shape) <= _LARGEST:
            for slip, number in ((_LINE_SIGN, Call("neg", (Number("1"),))), (_LINE_LOST, Number("0"))):
                for mask in _line_masks(shape, number):
                    yield Named(slip, substitute(tree, {name: Call("emul", (own, mask))}), own)
            yield Named(_READ, substitute(tree, {name: _by_columns(own, shape)}), own)
    for one, other in permutations(around.parameters, 2):
        for put in _once(tree, one, Name(other)):
            yield Named(_FAR, put, Name(other))
    yield from _diagonal_once(tree, around)
    yield from _other_column(tree)
    yield from _all_objects(tree, around)
    yield from _for_a_part(tree, read, around)
    yield from _by_a_count(tree, around)
    yield from more_put_in(tree, around)


def _line_masks(shape: Shape, number: Node) -> Iterator[Node]:
    """Ones in this shape but for one row or one column."""
    one = Number("1")
    for line in range(shape[0]):
        yield Array(tuple(Array((number if row == line else one,) * shape[1]) for row in range(shape[0])))
    for line in range(shape[1]):
        row = Array(tuple(number if column == line else one for column in range(shape[1])))
        yield Array((row,) * shape[0])


def _for_a_part(tree: Node, read: list[str], around: NamesAround) -> Iterator[Named]:
    """A quantity for a part of the formula, where all of them are numbers."""
    entries = [part for part in dict.fromkeys(walk(tree)) if isinstance(part, Call) and part.op == "entry"]
    plain = transform(tree, lambda part: Number("1") if part in entries else part)
    arrays = [name for name in read if around.shapes[name] and name in names(plain)]
    if arrays or any(isinstance(part, Array) for part in walk(tree)):
        return
    numbers = [name for name, shape in around.shapes.items() if not shape and name not in around.indices]
    parts = [part for part in dict.fromkeys(walk(tree)) if isinstance(part, Call) and part.op not in _CLOSED]
    parts += entries
    for part in parts:
        for name in numbers:
            yield Named(_FAR, replaced(tree, part, Name(name)), Name(name))


def _by_a_count(tree: Node, around: NamesAround) -> Iterator[Named]:
    """The formula or one term of it divided by the number of the objects, or times it."""
    counts = sorted({size for shape in around.shapes.values() for size in shape[:1] if 1 < size <= _LARGEST})
    for count in counts:
        number = Number(str(count))
        for factor in (Call("div", (Number("1"), number)), number):
            for put in scaled(tree, factor):
                yield Named(_COUNT, put, None)


def _once(tree: Node, name: str, instead: Node) -> Iterator[Node]:
    """The tree with a name replaced in one of its places."""
    if isinstance(tree, Name) and tree.name == name:
        yield instead
    parts = children(tree)
    for index, part in enumerate(parts):
        for put in _once(part, name, instead):
            yield rebuild(tree, (*parts[:index], put, *parts[index + 1 :]))


def _reordered(array: Name, shape: Shape) -> Iterator[Node]:
    """The entries of a vector, the rows or the columns of a matrix in another order; a matrix read by columns."""
    if not shape or max(shape) > _LARGEST:
        return
    rows = [_entry(array, number) for number in range(1, shape[0] + 1)]
    yield from _orders(rows)
    if len(shape) == 2:
        across = Call("transpose", (array,))
        for put in _orders([_entry(across, number) for number in range(1, shape[1] + 1)]):
            yield Call("transpose", (put,))


def _diagonal_once(tree: Node, around: NamesAround) -> Iterator[Named]:
    """A plus its transpose with the diagonal as it is in A."""
    for part in dict.fromkeys(walk(tree)):
        match part:
            case Call("add", (Name() as matrix, Call("transpose", (other,)))) if matrix == other:
                shape = around.shapes.get(matrix.name, ())
                if len(shape) == 2 and max(shape) <= _LARGEST:
                    lines = range(shape[0])
                    ones = Array(tuple(Array(tuple(Number(str(int(at == line))) for at in lines)) for line in lines))
                    put = Call("sub", (part, Call("emul", (matrix, ones))))
                    yield Named(_DIAGONAL, replaced(tree, part, put), None)


def _by_columns(array: Name, shape: Shape) -> Node:
    """A matrix filled column by column with what stands in it row by row, or the reverse."""
    entries = [_entry(array, row + 1, column + 1) for column in range(shape[1]) for row in range(shape[0])]
    starts = range(0, len(entries), shape[1])
    return Array(tuple(Array(tuple(entries[start : start + shape[1]])) for start in starts))


def _orders(parts: list[Node]) -> Iterator[Node]:
    if len(parts) > 1:
        yield Array(tuple(reversed(parts)))
    if len(parts) > 2:
        yield Array((*parts[1:], parts[0]))
        yield Array((parts[-1], *parts[:-1]))


def _entry(array: Node, *indices: int) -> Node:
    return Call("entry", (array, *(Number(str(index)) for index in indices)))


def _other_column(tree: Node) -> Iterator[Named]:
    """The neighbouring last index in all entries of one matrix at once."""
    entries = [part for part in walk(tree) if isinstance(part, Call) and part.op == "entry" and len(part.args) == 3]
    for matrix in dict.fromkeys(part.args[0] for part in entries):
        used = {part.args[2] for part in entries if part.args[0] == matrix}
        if len(used) != 1 or not isinstance(last := used.pop(), Number):
            continue
        for other in (int(last.text) + 1, int(last.text) - 1):
            if other > 0:
                moved = _last_index(tree, matrix, Number(str(other)))
                yield Named(_COLUMN, moved, None)


def _last_index(tree: Node, matrix: Node, index: Node) -> Node:
    def rule(part: Node) -> Node:
        if isinstance(part, Call) and part.op == "entry" and len(part.args) == 3 and part.args[0] == matrix:
            return Call("entry", (*part.args[:2], index))
        return part

    return transform(tree, rule)


def _all_objects(tree: Node, around: NamesAround) -> Iterator[Named]:
    """The sum or the mean over all objects for the value of one."""
    entries = {part for part in walk(tree) if isinstance(part, Call) and part.op == "entry" and len(part.args) == 2}
    arrays = [around.shapes.get(part.args[0].name, ()) for part in entries if isinstance(part.args[0], Name)]
    used = {part.args[1] for part in entries}
    if len(used) != 1 or not arrays or len(arrays) != len(entries) or not all(arrays):
        return
    count = min(shape[0] for shape in arrays)
    if 1 < count <= _LARGEST:
        (index,) = used
        each = [
            transform(tree, lambda part, put=number: _moved(part, index, put))  # type: ignore[misc]
            for number in range(1, count + 1)
        ]
        total = each[0]
        for other in each[1:]:
            total = Call("add", (total, other))
        yield Named(_ALL, total, None)
        yield Named(_ALL, Call("div", (total, Number(str(count)))), None)


def _moved(part: Node, index: Node, put: int) -> Node:
    if isinstance(part, Call) and part.op == "entry" and len(part.args) == 2 and part.args[1] == index:
        return Call("entry", (part.args[0], Number(str(put))))
    return part


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
                    yield Named(_AXIS, replaced(tree, part, put), matrix)
                    yield Named(_AXIS, replaced(tree, below, Call(reduced, (matrix,))), matrix)


def _columns(reduced: str, matrix: Name, shape: Shape) -> Node:
    """What each column comes to."""
    across = Call("transpose", (matrix,))
    columns = (Call("entry", (across, Number(str(number)))) for number in range(1, shape[1] + 1))
    return Array(tuple(Call(reduced, (column,)) for column in columns))
