"""Slips that put a quantity in where it does not belong: one factor or one term too many."""

from __future__ import annotations

from collections.abc import Iterator

from grader.arrays import Shape
from grader.language.nodes import Call, Name, Node, Number, names, replaced, walk
from grader.slips.names import LETTER, Named, NamesAround
from grader.slips.table import Family, row

_EXTRA, _TERM = (row(Family.NAMES, rule) for rule in ("factor-extra", "term-extra"))
_ENTRIES, _MATRIX = (row(Family.NAMES, "factor-extra", of) for of in ("entries", "matrix"))


def more_put_in(tree: Node, around: NamesAround) -> Iterator[Named]:
    """Every formula with one term or one array too many in it."""
    yield from _one_term_more(tree, around)
    yield from _array_more(tree, around)


def once_more(tree: Node, around: NamesAround) -> Iterator[Named]:
    """A number of the statement as a factor of the whole or of a term, though it does not stand there or once only."""
    for number in sorted(around.numbers - around.indices):
        if around.shapes.get(number) == ():
            for put in scaled(tree, Name(number)):
                yield Named(_EXTRA, put, Name(number))


def scaled(tree: Node, factor: Node, product: str = "mul") -> Iterator[Node]:
    """The tree, or one term of it, times the factor; a number alone is another number then."""
    if not isinstance(tree, Number):
        yield Call(product, (factor, tree))
    if isinstance(tree, Call) and tree.op in ("add", "sub"):
        left, right = tree.args
        yield from (Call(tree.op, (put, right)) for put in scaled(left, factor, product))
        yield from (Call(tree.op, (left, put)) for put in scaled(right, factor, product))


def _one_term_more(tree: Node, around: NamesAround) -> Iterator[Named]:
    """A number added to the formula or taken off."""
    if isinstance(tree, Name | Number):
        return
    for name, shape in around.shapes.items():
        if not shape and name not in around.indices:
            for op in ("add", "sub"):
                yield Named(_TERM, Call(op, (tree, Name(name))), Name(name))


def _array_more(tree: Node, around: NamesAround) -> Iterator[Named]:
    """A vector or matrix as one more factor: by entries of the whole or of a term, or in a product."""
    if isinstance(tree, Name | Number):
        return
    symbolic = any(_is_symbolic(around.shapes.get(name, ())) for name in names(tree))
    arrays = {
        name: shape
        for name, shape in around.shapes.items()
        if shape and _is_symbolic(shape) == symbolic and name not in {"I", *around.indices}
    }
    for name in arrays if not symbolic else ():
        for put in scaled(tree, Name(name), "emul"):
            yield Named(_ENTRIES, put, Name(name))
    for matrix in (Name(name) for name, shape in arrays.items() if len(shape) == 2):
        for factor in (matrix, Call("transpose", (matrix,))):
            for put in _among_factors(tree, factor):
                yield Named(_MATRIX, put, factor)


def _is_symbolic(shape: Shape) -> bool:
    """The sizes are letters: nobody has numbers for it."""
    return max(shape, default=0) >= LETTER


def _among_factors(tree: Node, factor: Node) -> Iterator[Node]:
    """The tree with the factor before it, after it, and between two factors of a product in it."""
    yield Call("mul", (factor, tree))
    yield Call("mul", (tree, factor))
    for part in dict.fromkeys(walk(tree)):
        if isinstance(part, Call) and part.op == "mul":
            left, right = part.args
            yield replaced(tree, part, Call("mul", (Call("mul", (left, factor)), right)))
