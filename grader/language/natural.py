"""The natural readings of an answer: what it is read as at first, and what else people mean by the same signs.

The other readings are parsed only when somebody asks for them, which is where the first is not right: a text without
doubts is a tree and costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set

import msgspec

from grader.arrays import Shape
from grader.errors import AuthorError, Message, ShapeFault, SyntaxFault
from grader.language.doubts import DOUBTS
from grader.language.inner import has_columns, marked, products_of
from grader.language.nodes import Array, Call, Name, Node, children, transform, walk
from grader.language.parser import parse_noting
from grader.language.primitives import PRIMITIVES
from grader.language.ranks import Ranks

MOST, TRIED = 5, 8
"""Other readings of one text, and how often it is parsed for them."""


class Formula(msgspec.Struct, frozen=True):
    """One reading of a text with doubts: its tree, and those `settled` in another way than at first."""

    tree: Node
    text: str
    names: Collection[str]
    doubts: Set[str]
    settled: Set[str] = frozenset()
    products: Callable[[Node], Node] | None = None  # settles those of columns

    def others(self) -> Iterator[Formula]:
        """The further readings, the nearest to the first one first."""
        for tree, settled in other_readings(self.text, self.names, self.tree, self.doubts, self.products is not None):
            tree = self.products(tree) if self.products else tree
            yield Formula(tree, self.text, self.names, self.doubts, settled)


def formula_of(answer: Node | Formula) -> Node:
    """The tree of an answer as it is read at first, or as it counted."""
    return answer.tree if isinstance(answer, Formula) else answer


def read_formula(text: str, names: Collection[str], arrays: Mapping[str, Shape] | None = None) -> Node | Formula:
    """A formula in declared names, of which `arrays` are vectors and matrices: a tree where it has one reading.

    Raises SyntaxFault.
    """
    products = None
    if arrays and has_columns(arrays):
        text = marked(text)
        products = products_of(arrays)
    parsed = parse_noting(text, names, dots=products is not None)
    if parsed.transposes:
        noted = map(products, parsed.transposes) if products else parsed.transposes
        refuse_transposed_numbers(noted, arrays or {})
    tree = ungrouped(products(parsed.tree) if products else parsed.tree)
    if arrays and ("|" in text or "vert" in text):
        tree = with_determinants(tree, arrays)
    doubts = parsed.doubts
    if "outer" in doubts and not _of_vectors(tree, arrays or {}):
        doubts -= {"outer"}
    return Formula(tree, text, names, doubts, products=products) if doubts else tree


def other_readings(
    text: str, names: Collection[str], first: Node, doubts: Set[str], dots: bool = False
) -> Iterator[tuple[Node, frozenset[str]]]:
    """Trees other than the `first`, with the doubts that are settled the other way in each: one, then several."""
    seen = [first]
    waiting = [frozenset((doubt,)) for doubt in _in_order(doubts)]
    together = _together(doubts)  # who leaves brackets out does so everywhere
    waiting += [together] if together not in waiting else []
    for count, settled in enumerate(waiting):  # it grows
        if count == TRIED or len(seen) > MOST:
            break
        try:
            parsed = parse_noting(text, names, settled, dots)
        except SyntaxFault:
            continue
        further = parsed.doubts if "outer" in doubts else parsed.doubts - {"outer"}  # of matrices it is none
        waiting += [more for doubt in _in_order(further) if (more := _with(settled, doubt)) not in waiting]
        tree = ungrouped(parsed.tree)
        if tree not in seen:
            seen.append(tree)
            yield tree, settled


def _together(doubts: Set[str]) -> frozenset[str]:
    """The first doubt of every family."""
    families: dict[str, str] = {}
    for name in _in_order(doubts):
        families.setdefault(DOUBTS[name].family, name)
    return frozenset(families.values())


def _in_order(doubts: Set[str]) -> list[str]:
    return [name for name in DOUBTS if name in doubts]


def _with(settled: frozenset[str], doubt: str) -> frozenset[str]:
    """One more doubt settled; of a family only one is."""
    return frozenset({other for other in settled if DOUBTS[other].family != DOUBTS[doubt].family} | {doubt})


def advice(settled: Set[str]) -> tuple[Message, ...]:
    """How to write safely what was right in another reading than the first."""
    rows = {DOUBTS[name].advice: DOUBTS[name] for name in _in_order(settled)}.values()
    return tuple(Message(row.advice, {"example": row.example, "first": row.first, "other": row.other}) for row in rows)


def ungrouped(tree: Node) -> Node:
    """`[x + 1]` alone is a group where one formula is asked for."""
    match tree:
        case Array((Array((inner,)),)) | Array((inner,)) if not isinstance(inner, Array):
            return inner
    return tree


def with_determinants(tree: Node, arrays: Mapping[str, Shape]) -> Node:
    """`|X|` of a square matrix is its determinant."""
    ranks = Ranks(arrays)

    def rule(part: Node) -> Node:
        try:
            if isinstance(part, Call) and part.op == "abs" and len(set(ranks.shape(part))) == 1 == ranks.rank(part) - 1:
                return Call("det", part.args, part.span)
        except (ShapeFault, AuthorError):  # it does not fit, which the comparison says
            pass
        return part

    return transform(tree, rule)


def _of_vectors(tree: Node, arrays: Mapping[str, Shape]) -> bool:
    """Whether every ⊗ stands between two vectors, where people mean their matrix as well."""
    ranks = Ranks(arrays)
    products = [part for part in walk(tree) if isinstance(part, Call) and part.op == "kron"]
    try:
        return all(ranks.rank(factor) == 1 for part in products for factor in part.args)
    except (ShapeFault, AuthorError):  # it does not fit, which the comparison says
        return False


def refuse_transposed_numbers(transposes: Iterable[Node], arrays: Mapping[str, Shape]) -> None:
    """A transpose of a number is dropped, or is a derivative that nobody would see: raises SyntaxFault."""
    for transpose in transposes:
        (inner,) = children(transpose)
        if not (isinstance(inner, Name) and inner.name in arrays) and _is_number(inner, arrays):
            raise SyntaxFault("syntax-transpose-number", span=transpose.span)


def transposes_in(tree: Node) -> list[Node]:
    """All transposes of a tree."""
    return [part for part in walk(tree) if isinstance(part, Call) and part.op == "transpose"]


def _is_number(tree: Node, arrays: Mapping[str, Shape]) -> bool:
    """No array is in it, or it is a function that gives a number; the product x'Ax may well be transposed."""
    known = {*arrays, "I"}
    if not any(isinstance(part, Array) or (isinstance(part, Name) and part.name in known) for part in walk(tree)):
        return True
    if not isinstance(tree, Call) or PRIMITIVES[tree.op].operator:
        return False
    try:
        return Ranks(arrays).rank(tree) == 0
    except (ShapeFault, AuthorError):  # it is refused, or has an identity, whose size is not known yet
        return False
