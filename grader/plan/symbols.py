"""Sizes for named arrays: the letters of their shapes put in, and instances to compute with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from grader.arrays import Floats, Shape
from grader.equality.arrays import instances_of
from grader.facts import fact
from grader.messages import Message
from grader.plan.plan import Plan

_SQUARE = 3
_FIRST, _SECOND = (3, 2, 4, 5, 6, 7), (2, 4, 3, 6, 5, 8)
MOST_LETTERS = len(_FIRST)
"""Letters in the shapes of the named arrays of a problem."""
_LETTERED = {"shape-vector": "shape-vector-of", "shape-matrix": "shape-matrix-of"}
"""Shapes in words, and the same where a size is a letter."""


@fact()
def sizes(plan: Plan) -> tuple[Mapping[str, Shape], ...]:
    """Two assignments of sizes to the letters of the shapes (`n x m`), different letters different; one without any."""
    letters = tuple(sorted({size for shape in plan.symbols.values() for size in shape if not size.isdigit()}))
    return tuple(
        {name: tuple(int(size) if size.isdigit() else table[size] for size in shape)
         for name, shape in plan.symbols.items()}
        for table in _letter_sizes(letters)
    )  # fmt: skip


def with_letters(message: Message, plan: Plan, place: int) -> Message:
    """A message about shapes at one of the assignments of `sizes`, in the letters of the statement.

    A size that a shape also has as a number stays a number.
    """
    written = {size for shape in plan.symbols.values() for size in shape}
    table = _letter_sizes(tuple(sorted(size for size in written if not size.isdigit())))[place]
    return _lettered(message, {size: letter for letter, size in table.items() if str(size) not in written})


def _lettered(message: Message, letters: Mapping[int, str]) -> Message:
    said = message.values
    if message.key in _LETTERED and not letters.keys().isdisjoint(said.values()):
        return Message(_LETTERED[message.key], {key: letters.get(size, size) for key, size in said.items()})
    inner = {key: _lettered(value, letters) if isinstance(value, Message) else value for key, value in said.items()}
    return Message(message.key, inner)


@lru_cache(maxsize=64)
def _letter_sizes(letters: tuple[str, ...]) -> tuple[dict[str, int], ...]:
    first = dict(zip(letters, _FIRST, strict=False))
    second = dict(zip(letters, _SECOND, strict=False))
    return (first, second) if letters else (first,)


@fact(needs=(sizes,))
def square_values(plan: Plan) -> Mapping[str, Floats]:
    """Instances in which all letters are the same size, as whoever does not mind the shapes has them; none without."""
    shapes = {
        name: tuple(int(size) if size.isdigit() else _SQUARE for size in shape) for name, shape in plan.symbols.items()
    }
    return {**instances_of(shapes), "I": np.eye(_SQUARE)[None]}


@fact(needs=(sizes,))
def symbol_values(plan: Plan) -> Mapping[str, Floats]:
    """Instances of the named arrays, none of them symmetric; `I` is the identity of the first square one."""
    shapes = sizes(plan)[0]
    square = next((shape[0] for shape in shapes.values() if len(shape) == 2 and shape[0] == shape[1]), 1)
    return {**instances_of(shapes), "I": np.eye(square)[None]}
