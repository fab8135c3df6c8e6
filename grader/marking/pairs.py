"""Two slips at once: both in the asked formula, or one in a line that was not asked for and one after it.

The values that every main slip of the first step gives are one batch for the program of what comes after it, so all
pairs cost two runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.language.evaluate import Floats
from grader.marking.match import Match, of_mutant
from grader.problem.candidates import program_for, step_ask
from grader.problem.group import Group
from grader.problem.mutants import Mutant
from grader.problem.problem import Ask
from grader.problem.reading import asked_step, segment

MOST_PAIRS = 2000
COST = 3.0
CHANCE = 0.05
"""Pairs are not told where more than so many of them would meet a random number of this size."""


def pair_matches(
    group: Group, ask: Ask, stop: frozenset[str], values: Mapping[str, Floats], answer: Any, units: tuple[float, float]
) -> list[Match]:
    """The pairs of main slips that give one student's answer; `values` stand on the sheet, (1, *shape).

    `units` are what may have been rounded away, and half a unit of the last digit written.
    """
    own = asked_step(group.plan, ask)
    if own is None:
        return []
    found = _in_one(group, ask, stop, values, np.asarray(answer, dtype=float), units)
    for name in segment(group.plan, ask.id, stop):
        step = next(step for step in group.plan.steps if step.name == name)
        if name != own and step.has_value:
            found += _through(group, ask, stop, values, np.asarray(answer, dtype=float), units, name)
    return found


def _in_one(
    group: Group,
    ask: Ask,
    stop: frozenset[str],
    values: Mapping[str, Floats],
    answer: Floats,
    units: tuple[float, float],
) -> list[Match]:
    """Pairs in the asked formula itself."""
    program = program_for(group, ask, stop, "pairs")
    if not program.mutants:
        return []
    right, table = program.run(values, 1)
    width = max(units[1], float(ask.tolerance.allowance(answer).min()))
    if _by_chance(width, table, answer):
        return []
    rows = (len(table), -1)
    with np.errstate(all="ignore"):
        gaps = np.abs(table - answer).reshape(rows).max(axis=1)
        idle = np.abs(table - right).reshape(rows).max(axis=1) <= width
    reach = 1.02 * units[0] + 1e-9 * np.abs(answer).max()
    return [of_mutant(program.mutants[int(place)]) for place in np.flatnonzero((gaps <= reach) & ~idle)]


def _through(
    group: Group,
    ask: Ask,
    stop: frozenset[str],
    values: Mapping[str, Floats],
    answer: Floats,
    units: tuple[float, float],
    name: str,
) -> list[Match]:
    """Pairs of which the first slip is in the step `name`."""
    first = program_for(group, step_ask(name, ask), stop, "hasty")
    after = program_for(group, ask, stop | {name}, "hasty")
    if not first.mutants or not after.mutants or len(first.mutants) * len(after.mutants) > MOST_PAIRS:
        return []
    _, table = first.run(values, 1)
    size = len(first.mutants)
    spread = {other: np.repeat(value, size, axis=0) for other, value in values.items()}
    right, pairs = after.run({**spread, name: table[:, 0]}, size)
    rows = (len(after.mutants), size, -1)
    with np.errstate(all="ignore"):
        gaps = np.abs(pairs - answer).reshape(rows).max(axis=2)
        alone = np.abs(pairs - right).reshape(rows).max(axis=2) <= ask.tolerance.allowance(answer).min()
    if _by_chance(max(units[1], float(ask.tolerance.allowance(answer).min())), pairs, answer):
        return []
    reach = 1.02 * units[0] + 1e-9 * np.abs(answer).max()
    places: NDArray[np.int64] = np.argwhere((gaps <= reach) & ~alone)
    return [_both(first.mutants[int(one)], after.mutants[int(two)]) for two, one in places]


def _both(one: Mutant, two: Mutant) -> Match:
    return Match(f"{one.rule}+{two.rule}", two.step, COST + one.cost + two.cost, one, two)


def _by_chance(width: float, pairs: Floats, answer: Floats) -> bool:
    """Would a random answer of this size meet one of the pairs: with few digits there are too many of them."""
    size = float(np.abs(answer).max()) or 1.0
    with np.errstate(all="ignore"):
        gaps = np.abs(pairs - answer).reshape(*pairs.shape[:2], -1).max(axis=2)
    near = np.isfinite(pairs).reshape(*pairs.shape[:2], -1).all(axis=2) & (gaps <= size)
    return float(near.sum()) * width / size > CHANCE
