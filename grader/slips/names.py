"""Slips with names: an old value for a new one, a neighbour's name, two names or two coordinates exchanged."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

import msgspec

from grader.arrays import Shape
from grader.language.nodes import Array, Call, Name, Node, Number, names, substitute, transform, walk
from grader.language.plaintext import to_text
from grader.language.primitives import CONSTANTS
from grader.slips.table import Family, Row, row

STEP = re.compile(r"(.+)\[(\d+)\]")
_OLD, _NEW, _POINT = (row(Family.NAMES, rule) for rule in ("old-for-new", "new-for-old", "wrong-point"))
_NEIGHBOUR, _OBJECT = (row(Family.NAMES, "index-off", of) for of in ("neighbour", "object"))
_ALIKE, _UNLIKE, _ENTRIES, _ANOTHER, _ANOTHER_UNLIKE = (
    row(Family.NAMES, "names-swapped", of) for of in ("alike", "unlike", "entries", "another", "another unlike")
)
_NEGATED, _ZERO, _ONE = (row(Family.NAMES, rule, "everywhere") for rule in ("sign", "term-dropped", "factor-dropped"))
_TURNED, _NOT_PUT_IN = row(Family.NAMES, "rows-for-columns"), row(Family.NAMES, "wrong-point", "not put in")
_ENTRY_NEGATED, _ENTRY_ZERO = (row(Family.NAMES, rule, "one entry") for rule in ("sign", "term-dropped"))
_MOST_PAIRS = 12
_MOST_ENTRIES = 9


LETTER = 1000
"""From here on a size of a shape is not a number: it stands for a letter."""


class Named(NamedTuple):
    """A formula with another name in it: the row of the slip, the tree, and the name that is wrong."""

    row: Row
    tree: Node
    part: Node | None


class NamesAround(msgspec.Struct, frozen=True):
    """The names that could stand in a formula: shapes of what is known without it; `parameters` of a function.

    `numbers` are drawn, `iterates` are the bases of names of which each is computed from the one before it, `indices`
    say which entry is meant, `points` stand in functions of the file; `beside` are by name the quantities it is
    computed from and those computed from it, `farther` those that these are computed from.
    """

    shapes: Mapping[str, Shape]
    parameters: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    iterates: frozenset[str] = frozenset()
    indices: frozenset[str] = frozenset()
    beside: Mapping[str, frozenset[str]] = {}
    farther: Mapping[str, frozenset[str]] = {}
    points: frozenset[str] = frozenset()


def name_slips(tree: Node, around: NamesAround) -> Iterator[Named]:
    """Every formula with one slip in its names."""
    read = [name for name in sorted(names(tree)) if name in around.shapes and name not in CONSTANTS]
    yield from _other_steps(tree, read, around)
    yield from _swapped(tree, read, around)
    yield from _entries_swapped(tree)
    yield from _other_index(tree, around)
    yield from _siblings(tree, read, around)
    counted = [name for name in read if name not in around.indices]
    yield from _everywhere(tree, counted, around)
    yield from _one_entry(tree, counted, around)


def _other_steps(tree: Node, read: list[str], around: NamesAround) -> Iterator[Named]:
    """w[t-1] for w[t] and the reverse; w[0] for w[t]."""
    for name in read:
        match = STEP.fullmatch(name)
        if not match:
            continue
        base, index = match[1], int(match[2])
        for slip, other in ((_OLD, index - 1), (_NEW, index + 1), (_POINT, 0)):
            instead = f"{base}[{other}]"
            if other == index or around.shapes.get(instead) != around.shapes[name]:
                continue
            if base not in around.iterates:  # layers, objects: a neighbour is not an older value
                if slip is not _POINT:
                    yield Named(_NEIGHBOUR, substitute(tree, {name: Name(instead)}), Name(instead))
            else:
                for each in _each_and_all(tree, name, Name(instead)):
                    yield Named(slip, each, Name(instead))


def _each_and_all(tree: Node, name: str, instead: Node) -> Iterator[Node]:
    """The tree with the name replaced everywhere, then once at a time (where it occurs a few times)."""
    yield substitute(tree, {name: instead})
    times = sum(isinstance(part, Name) and part.name == name for part in walk(tree))
    if 1 < times <= 3:
        for index in range(times):
            yield _at(tree, name, instead, index)


def _at(tree: Node, name: str, instead: Node, index: int) -> Node:
    seen = -1

    def rule(part: Node) -> Node:
        nonlocal seen
        if isinstance(part, Name) and part.name == name:
            seen += 1
            return instead if seen == index else part
        return part

    return transform(tree, rule)


def _swapped(tree: Node, read: list[str], around: NamesAround) -> Iterator[Named]:
    """Two names of one shape exchanged everywhere."""
    named = [*read, *(name for name in around.parameters if name in names(tree))]
    shapes = {**around.shapes, **dict.fromkeys(around.parameters, ())}
    pairs = [(one, other) for one, other in combinations(named, 2) if shapes[one] == shapes[other]]
    for one, other in pairs[:_MOST_PAIRS]:
        alike = _stem(one) == _stem(other) or {one, other} <= set(around.parameters)
        swapped = substitute(tree, {one: Name(other), other: Name(one)})
        yield Named(_ALIKE if alike else _UNLIKE, swapped, Name(one))


def _entries_swapped(tree: Node) -> Iterator[Named]:
    """x₁ and x₂ exchanged."""
    entries = sorted({part for part in walk(tree) if _plain_entry(part)}, key=to_text)  # not by spans, as repr would
    for one, other in list(combinations(entries, 2))[:_MOST_PAIRS]:
        if isinstance(one, Call) and isinstance(other, Call) and one.args[0] == other.args[0]:
            swap = {one: other, other: one}
            yield Named(_ENTRIES, transform(tree, lambda part, swap=swap: swap.get(part, part)), one)  # type: ignore[misc]


def _other_index(tree: Node, around: NamesAround) -> Iterator[Named]:
    """The numbers of another object: one first index instead of another in all arrays at once."""
    used = {part.args[1] for part in walk(tree) if _plain_entry(part)}  # type: ignore[union-attr]
    arrays = [shape for shape in around.shapes.values() if shape]
    if len(used) != 1 or not arrays:
        return
    (index,) = used
    for other in range(1, min(shape[0] for shape in arrays) + 1):
        if Number(str(other)) != index:
            yield Named(_OBJECT, transform(tree, lambda part, put=other: _moved(part, put)), None)  # type: ignore[misc]


def _everywhere(tree: Node, read: list[str], around: NamesAround) -> Iterator[Named]:
    """A name with the other sign, left out of every sum, or left out of every product."""
    for name in [*read, *(name for name in around.parameters if name in names(tree))]:
        own = Name(name)
        blank = Number("0") if not around.shapes.get(name) else Call("mul", (Number("0"), own))
        ones = Number("1") if not around.shapes.get(name) else Call("epow", (own, Number("0")))
        yield Named(_NEGATED, substitute(tree, {name: Call("neg", (own,))}), own)
        if _in_a_sum(tree, own):
            yield Named(_ZERO, substitute(tree, {name: blank}), own)
        yield Named(
            _NOT_PUT_IN if name in around.points and not around.shapes.get(name) else _ONE,
            substitute(tree, {name: ones}),
            own,
        )
        shape = around.shapes.get(name, ())
        if len(shape) == 2 and shape[0] == shape[1]:
            yield Named(_TURNED, substitute(tree, {name: Call("transpose", (own,))}), own)


def _in_a_sum(tree: Node, own: Node) -> bool:
    """Whether it stands in a term of a sum: left out of a product alone, nothing is left."""
    sums = (part for part in walk(tree) if isinstance(part, Call) and part.op in ("add", "sub"))
    return any(own in walk(part) for part in sums)


def _one_entry(tree: Node, read: list[str], around: NamesAround) -> Iterator[Named]:
    """One entry of an array with the other sign, or left out."""
    for name in read:
        shape = around.shapes[name]
        if not shape or math.prod(shape) > _MOST_ENTRIES:
            continue
        for entry in range(math.prod(shape)):
            for slip, factor in ((_ENTRY_NEGATED, -1), (_ENTRY_ZERO, 0)):
                put = Call("emul", (Name(name), _mask(shape, entry, factor)))
                yield Named(slip, substitute(tree, {name: put}), None)


def _mask(shape: Shape, entry: int, factor: int) -> Node:
    """Ones in this shape but for one entry."""
    number: Node = Number("0") if factor == 0 else Call("neg", (Number("1"),))
    entries: list[Node] = [number if at == entry else Number("1") for at in range(math.prod(shape))]
    if len(shape) == 1:
        return Array(tuple(entries))
    width = shape[1]
    return Array(tuple(Array(tuple(entries[row * width : (row + 1) * width])) for row in range(shape[0])))


def _moved(part: Node, index: int) -> Node:
    if _plain_entry(part):
        return Call("entry", (part.args[0], Number(str(index)), *part.args[2:]))  # type: ignore[union-attr]
    return part


def _plain_entry(part: Node) -> bool:
    return isinstance(part, Call) and part.op == "entry" and all(isinstance(index, Number) for index in part.args[1:])


def _siblings(tree: Node, read: list[str], around: NamesAround) -> Iterator[Named]:
    """Another name that does not occur in the formula: β₂ for β₁, or one number of the statement for another."""
    for one in around.parameters:
        for other in around.parameters:
            if one != other and one in names(tree):
                yield Named(_ANOTHER, substitute(tree, {one: Name(other)}), Name(other))
    for name in read:
        for other in around.shapes:
            if other == name or other in read or around.shapes[other] != around.shapes[name]:
                continue
            alike = _stem(other) == _stem(name) != name
            if alike or (name in around.numbers and other in around.numbers):
                put = substitute(tree, {name: Name(other)})
                yield Named(_ANOTHER if alike else _ANOTHER_UNLIKE, put, Name(other))


def _stem(name: str) -> str:
    """The name without its own digit, with its step: `beta1` → beta#, `W2[1]` → W#[1]."""
    head, bracket, rest = name.partition("[")
    return re.sub(r"\d+$", "#", head) + bracket + rest
