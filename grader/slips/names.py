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
from grader.language.primitives import CONSTANTS

_STEP = re.compile(r"(.+)\[(\d+)\]")
_MOST_PAIRS = 12
_MOST_ENTRIES = 9
EVERYWHERE = 1.2
UNLIKE = 1.6
"""What it costs to mix up two names that do not look alike."""


class Named(NamedTuple):
    """A formula with another name in it: the slip, the name that is wrong, its cost, and whether it is a main slip."""

    rule: str
    tree: Node
    part: Node | None
    cost: float = 1.0
    main: bool = False


class Known(msgspec.Struct, frozen=True):
    """The names that could stand in a formula: shapes of what is known without it; `parameters` of a function.

    `numbers` are drawn, `iterates` are the bases of names of which each is computed from the one before it, `places`
    say which entry is meant.
    """

    shapes: Mapping[str, Shape]
    parameters: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    iterates: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def name_slips(tree: Node, known: Known) -> Iterator[Named]:
    """Every formula with one slip in its names."""
    read = [name for name in sorted(names(tree)) if name in known.shapes and name not in CONSTANTS]
    yield from _other_steps(tree, read, known)
    yield from _swapped(tree, read, known)
    yield from _entries_swapped(tree)
    yield from _other_index(tree, known)
    yield from _siblings(tree, read, known)
    counted = [name for name in read if name not in known.places]
    yield from _everywhere(tree, counted, known)
    yield from _one_entry(tree, counted, known)


def _other_steps(tree: Node, read: list[str], known: Known) -> Iterator[Named]:
    """w[t-1] for w[t] and the reverse; w[0] for w[t]."""
    for name in read:
        found = _STEP.fullmatch(name)
        if not found:
            continue
        base, index = found[1], int(found[2])
        for rule, other in (("old-for-new", index - 1), ("new-for-old", index + 1), ("wrong-point", 0)):
            instead = f"{base}[{other}]"
            if other == index or known.shapes.get(instead) != known.shapes[name]:
                continue
            if base not in known.iterates:  # layers, objects: a neighbour is not an older value
                if rule != "wrong-point":
                    yield Named("index-off", substitute(tree, {name: Name(instead)}), Name(instead))
            else:
                for each in _each_and_all(tree, name, Name(instead)):
                    yield Named(rule, each, Name(instead), main=rule != "wrong-point")


def _each_and_all(tree: Node, name: str, instead: Node) -> Iterator[Node]:
    """The tree with the name replaced everywhere, then at one place at a time (few places only)."""
    yield substitute(tree, {name: instead})
    places = sum(isinstance(part, Name) and part.name == name for part in walk(tree))
    if 1 < places <= 3:
        for place in range(places):
            yield _at(tree, name, instead, place)


def _at(tree: Node, name: str, instead: Node, place: int) -> Node:
    seen = -1

    def rule(part: Node) -> Node:
        nonlocal seen
        if isinstance(part, Name) and part.name == name:
            seen += 1
            return instead if seen == place else part
        return part

    return transform(tree, rule)


def _swapped(tree: Node, read: list[str], known: Known) -> Iterator[Named]:
    """Two names of one shape exchanged everywhere."""
    named = [*read, *(name for name in known.parameters if name in names(tree))]
    shapes = {**known.shapes, **dict.fromkeys(known.parameters, ())}
    pairs = [(one, other) for one, other in combinations(named, 2) if shapes[one] == shapes[other]]
    for one, other in pairs[:_MOST_PAIRS]:
        alike = _stem(one) == _stem(other) or {one, other} <= set(known.parameters)
        swapped = substitute(tree, {one: Name(other), other: Name(one)})
        yield Named("names-swapped", swapped, Name(one), 1.0 if alike else UNLIKE, alike)


def _entries_swapped(tree: Node) -> Iterator[Named]:
    """x₁ and x₂ exchanged."""
    entries = sorted({part for part in walk(tree) if _plain_entry(part)}, key=repr)
    for one, other in list(combinations(entries, 2))[:_MOST_PAIRS]:
        if isinstance(one, Call) and isinstance(other, Call) and one.args[0] == other.args[0]:
            swap = {one: other, other: one}
            yield Named("names-swapped", transform(tree, lambda part, swap=swap: swap.get(part, part)), one)  # type: ignore[misc]


def _other_index(tree: Node, known: Known) -> Iterator[Named]:
    """The numbers of another object: one first index instead of another in all arrays at once."""
    used = {part.args[1] for part in walk(tree) if _plain_entry(part)}  # type: ignore[union-attr]
    arrays = [shape for shape in known.shapes.values() if shape]
    if len(used) != 1 or not arrays:
        return
    (index,) = used
    for other in range(1, min(shape[0] for shape in arrays) + 1):
        if Number(str(other)) != index:
            yield Named("index-off", transform(tree, lambda part, put=other: _moved(part, put)), None, main=True)  # type: ignore[misc]


def _everywhere(tree: Node, read: list[str], known: Known) -> Iterator[Named]:
    """A name with the other sign, left out of every sum, or left out of every product."""
    for name in [*read, *(name for name in known.parameters if name in names(tree))]:
        own = Name(name)
        blank = Number("0") if not known.shapes.get(name) else Call("mul", (Number("0"), own))
        ones = Number("1") if not known.shapes.get(name) else Call("epow", (own, Number("0")))
        yield Named("sign", substitute(tree, {name: Call("neg", (own,))}), own, EVERYWHERE)
        yield Named("term-dropped", substitute(tree, {name: blank}), own, EVERYWHERE)
        yield Named("factor-dropped", substitute(tree, {name: ones}), own, EVERYWHERE)
        shape = known.shapes.get(name, ())
        if len(shape) == 2 and shape[0] == shape[1]:
            yield Named("rows-for-columns", substitute(tree, {name: Call("transpose", (own,))}), own, EVERYWHERE)


def _one_entry(tree: Node, read: list[str], known: Known) -> Iterator[Named]:
    """One entry of an array with the other sign, or left out."""
    for name in read:
        shape = known.shapes[name]
        if not shape or math.prod(shape) > _MOST_ENTRIES:
            continue
        for place in range(math.prod(shape)):
            for rule, factor in (("sign", -1), ("term-dropped", 0)):
                put = Call("emul", (Name(name), _mask(shape, place, factor)))
                yield Named(rule, substitute(tree, {name: put}), None, UNLIKE)


def _mask(shape: Shape, place: int, factor: int) -> Node:
    """Ones in this shape but for one entry."""
    number: Node = Number("0") if factor == 0 else Call("neg", (Number("1"),))
    entries: list[Node] = [number if at == place else Number("1") for at in range(math.prod(shape))]
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


def _siblings(tree: Node, read: list[str], known: Known) -> Iterator[Named]:
    """Another name that does not occur in the formula: β₂ for β₁, or one number of the statement for another."""
    for one in known.parameters:
        for other in known.parameters:
            if one != other and one in names(tree):
                yield Named("names-swapped", substitute(tree, {one: Name(other)}), Name(other))
    for name in read:
        for other in known.shapes:
            if other == name or other in read or known.shapes[other] != known.shapes[name]:
                continue
            alike = _stem(other) == _stem(name) != name
            if alike or (name in known.numbers and other in known.numbers):
                put = substitute(tree, {name: Name(other)})
                yield Named("names-swapped", put, Name(other), 1.0 if alike else UNLIKE)


def _stem(name: str) -> str:
    """The name without its own digit, with its step: `beta1` → beta#, `W2[1]` → W#[1]."""
    head, bracket, rest = name.partition("[")
    return re.sub(r"\d+$", "#", head) + bracket + rest
