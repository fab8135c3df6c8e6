"""Sizes for named arrays: the letters of their shapes put in, and instances to compute with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

import numpy as np

from grader.arrays import Floats, Shape
from grader.equality.arrays import instances_of
from grader.errors import Message
from grader.facts import fact
from grader.plan.plan import Plan

_SQUARE = 3
_FIRST, _SECOND = (3, 2, 4, 5, 6, 7), (2, 4, 3, 6, 5, 8)
MOST_LETTERS = len(_FIRST)
"""Letters in the shapes of the named arrays of a problem."""
_IN_LETTERS = {"shape-vector": "shape-vector-letters", "shape-matrix": "shape-matrix-letters"}


@fact()
def sizes(plan: Plan) -> tuple[Mapping[str, Shape], ...]:
    """Two assignments of sizes to the letters of the shapes (`n x m`), different letters different; one without any."""
    letters = tuple(sorted({size for shape in plan.symbols.values() for size in shape if not size.isdigit()}))
    return tuple(
        {name: tuple(int(size) if size.isdigit() else table[size] for size in shape)
         for name, shape in plan.symbols.items()}
        for table in _letter_sizes(letters)
    )  # fmt: skip


@lru_cache(maxsize=64)
def _letter_sizes(letters: tuple[str, ...]) -> tuple[dict[str, int], ...]:
    first = dict(zip(letters, _FIRST, strict=False))
    second = dict(zip(letters, _SECOND, strict=False))
    return (first, second) if letters else (first,)


@fact(needs=(sizes,))
def symbol_instances(plan: Plan) -> tuple[Mapping[str, Floats], ...]:
    """The instances at each of the sizes; matrices are symmetric where that is declared, and else never."""
    return tuple(instances_of(shapes, plan.declared) for shapes in sizes(plan))


@fact(needs=(sizes,))
def square_values(plan: Plan) -> Mapping[str, Floats]:
    """Instances in which all letters are the same size, as whoever does not mind the shapes has them; none without."""
    shapes = {
        name: tuple(int(size) if size.isdigit() else _SQUARE for size in shape) for name, shape in plan.symbols.items()
    }
    return {**instances_of(shapes, plan.declared), "I": np.eye(_SQUARE)[None]}


@fact(needs=(sizes, symbol_instances))
def symbol_values(plan: Plan) -> Mapping[str, Floats]:
    """Instances of the named arrays at the first sizes; `I` is the identity of the first square one."""
    shapes = sizes(plan)[0]
    square = next((shape[0] for shape in shapes.values() if len(shape) == 2 and shape[0] == shape[1]), 1)
    return {**symbol_instances(plan)[0], "I": np.eye(square)[None]}


def in_letters(message: Message, plan: Plan, shapes: Mapping[str, Shape], which: Collection[str]) -> Message:
    """A word about shapes at these sizes with the letters of the statement: its reader has never seen the sizes.

    `which` of the values of the message are meant.
    """
    meant: dict[int, set[str]] = {}
    for name, declared in plan.symbols.items():
        for letter, size in zip(declared, shapes[name], strict=True):
            meant.setdefault(size, set()).add(letter)
    letters = {size: min(told) for size, told in meant.items() if len(told) == 1 and not min(told).isdigit()}
    lettered = {name: _lettered(value, letters) for name, value in message.values.items() if name in which}
    return Message(message.key, {**message.values, **lettered})


def _lettered(value: object, letters: Mapping[int, str]) -> object:
    if not isinstance(value, Message) or value.key not in _IN_LETTERS or not letters.keys() & value.values.values():
        return value
    return Message(_IN_LETTERS[value.key], {name: letters.get(size, size) for name, size in value.values.items()})
