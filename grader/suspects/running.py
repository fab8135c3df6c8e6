"""The operations of a program done in their order; one repetition or derivative of many variants is done at once.

A wrong formula before a loop gives the loop another start, and a hundred wrong formulas a hundred starts: they stand
beside one another in the batch, and the rounds are gone through once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from grader.arrays import Floats
from grader.errors import GraderError

NOTHING: Floats = np.empty(0)
"""What stands in a register whose value could not be computed."""
TOGETHER = 20_000
"""Members of a batch that are computed at once: more of them cost as much each."""

Function = Callable[..., Floats]
Operation = tuple[Function, tuple[int, ...]]
Step = tuple[int, Function, tuple[int, ...]]
"""A register, and what is computed into it from which ones."""


class Stage(NamedTuple):
    """Operations in their order, and then those of one form, together."""

    in_order: Sequence[Step]
    together: Sequence[Sequence[Step]] = ()


def staged(steps: Iterable[Step], forms: frozenset[Function]) -> list[Stage]:
    """The stages in which steps are done: what one of the `forms` gives is there in the stage after its own."""
    left, stages = list(steps), list[Stage]()
    while left:
        together: dict[Function, list[Step]] = {}
        now, later, unknown = list[Step](), list[Step](), set[int]()
        for step in left:
            register, function, parts = step
            if not unknown.isdisjoint(parts):
                later.append(step)
            elif function in forms:
                together.setdefault(function, []).append(step)
            else:
                now.append(step)
                continue
            unknown.add(register)
        stages.append(Stage(now, list(together.values())))
        left = later
    return stages


def done(stages: Iterable[Stage], results: list[Floats], careful: bool) -> None:
    """Fill in the results of all steps; `careful`: NOTHING stays where one has none."""
    for stage in stages:
        _in_order(stage.in_order, results, careful)
        for some in stage.together:
            if len(some) == 1:
                _in_order(some, results, careful)
                continue
            for chunk in _chunks(some, results):
                _at_once(chunk, results, careful)


def _in_order(steps: Iterable[Step], results: list[Floats], careful: bool) -> None:
    for register, function, parts in steps:
        if not careful:
            results[register] = function(*[results[part] for part in parts])
        elif not any(results[part] is NOTHING for part in parts):
            try:
                results[register] = function(*[results[part] for part in parts])
            except (GraderError, ValueError, IndexError):
                continue


def _members(step: Step, results: list[Floats]) -> int:
    """How many members the inputs of an operation have."""
    return max((len(results[part]) for part in step[2]), default=1)


def _chunks(steps: Sequence[Step], results: list[Floats]) -> list[list[Step]]:
    """Operations of one form that may be done at once: inputs of the same shapes, and not too many members."""
    by_shape: dict[tuple[tuple[int, ...], ...], list[list[Step]]] = {}
    room: dict[tuple[tuple[int, ...], ...], int] = {}
    for step in steps:
        shapes = tuple(results[part].shape[1:] for part in step[2])
        size = _members(step, results)
        if room.get(shapes, 0) < size:
            by_shape.setdefault(shapes, []).append([])
            room[shapes] = TOGETHER
        by_shape[shapes][-1].append(step)
        room[shapes] -= size
    return [chunk for chunks in by_shape.values() for chunk in chunks]


def _at_once(steps: Sequence[Step], results: list[Floats], careful: bool) -> None:
    """One call for all of them; where it says that something is wrong, a call for each."""
    sizes = [_members(step, results) for step in steps]
    places = range(len(steps[0][2]))
    if len(steps) == 1 or not places or any(results[part] is NOTHING for step in steps for part in step[2]):
        _in_order(steps, results, careful)
        return
    parts = [
        np.concatenate([
            np.broadcast_to(value, (size, *value.shape[1:]))
            for size, value in ((size, results[step[2][place]]) for size, step in zip(sizes, steps, strict=True))
        ])
        for place in places
    ]  # fmt: skip
    try:
        values = steps[0][1](*parts)
    except (GraderError, ValueError, IndexError):
        _in_order(steps, results, careful)
        return
    values = np.broadcast_to(values, (sum(sizes), *values.shape[1:]))
    ends = np.cumsum(sizes)
    for (register, _, _), size, end in zip(steps, sizes, ends, strict=True):
        results[register] = values[end - size : end]
