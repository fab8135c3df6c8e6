"""What rounding on the way leads to: a program run with its inputs and intermediate values rounded or cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from grader.arrays import Floats
from grader.suspects.program import Program

Rounding = Callable[[Floats], Floats]


def rounded_on_the_way(program: Program, values: Mapping[str, Floats], rounding: Rounding) -> Iterator[Floats]:
    """The right value where every line used and every intermediate value is rounded, and where one of them is."""
    way = _way(program)
    with np.errstate(all="ignore"):
        yield _run(program, values, way, rounding, frozenset(way))
        for register in way[:-1]:
            yield _run(program, values, way, rounding, frozenset({register}))


def _way(program: Program) -> list[int]:
    """The inputs and the operations that the right value needs, in order; its own is the last."""
    needed = {program.right}
    for register in range(program.right, -1, -1):
        operation = program.operations[register]
        if register in needed and operation is not None:
            needed.update(operation[1])
    return sorted(needed - program.literals.keys())


def _run(
    program: Program, values: Mapping[str, Floats], way: list[int], rounding: Rounding, where: frozenset[int]
) -> Floats:
    results: dict[int, Floats] = dict(program.literals)
    names = {register: name for name, register in program.leaves.items()}
    for register in way:
        operation = program.operations[register]
        if operation is None:
            value = values[names[register]]
        else:
            function, parts = operation
            value = function(*[results[part] for part in parts])
        results[register] = rounding(value) if register in where and register != program.right else value
    return results[program.right]
