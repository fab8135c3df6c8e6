"""Two slips at once: both in the asked formula, or one in a line that was not asked for and one after it.

The values that every main slip of the first step gives are one batch for the program of what comes after it, so all
pairs cost two runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from grader.arrays import Floats, Indices, Truths
from grader.marking.match import Match, of_mutant
from grader.plan.graph import segment
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.slips.rank import both
from grader.suspects.looks import program_for, step_ask
from grader.suspects.mutants import Mutant

MOST_PAIRS = 2000
CHANCE = 0.05
"""Pairs are not told where more than so many of them would meet a random number of this size."""


def pair_matches(
    group: Group,
    ask: Ask,
    stop: frozenset[str],
    values: Mapping[str, Floats],
    answer: Floats,
    units: tuple[float, float],
) -> list[Match]:
    """The pairs of main slips that give one student's answer; `values` stand on the sheet, (1, *shape).

    `units` are what may have been rounded away, and half a unit of the last digit written.
    """
    own = group.plan.asked_step(ask)
    if own is None:
        return []
    wrong = _Wrong(group, ask, stop, values, np.asarray(answer, dtype=float), units)
    matches = _in_one(wrong)
    for name in segment(group.plan, ask.id, stop):
        step = group.plan.step(name)
        if name != own and step.has_value:
            matches += _through(wrong, name)
    return matches


class _Wrong(NamedTuple):
    """A wrong answer, and what it is compared with."""

    group: Group
    ask: Ask
    stop: frozenset[str]
    values: Mapping[str, Floats]
    answer: Floats
    units: tuple[float, float]

    def allowance(self) -> float:
        return float(self.ask.tolerance.allowance(self.answer).min())

    def gaps(self, pairs: Floats) -> Floats:
        """The largest distance of an entry, (second slip, first slip)."""
        return _largest(pairs - self.answer)

    def met(self, gaps: Floats) -> Truths:
        met: Truths = gaps <= 1.02 * self.units[0] + 1e-9 * np.abs(self.answer).max()
        return met

    def by_chance(self, gaps: Floats) -> bool:
        """Would a random answer of this size meet one of the pairs: with few digits there are too many of them."""
        size = float(np.abs(self.answer).max()) or 1.0
        return float((gaps <= size).sum()) * max(self.units[1], self.allowance()) / size > CHANCE


def _largest(differences: Floats) -> Floats:
    largest: Floats = np.abs(differences).reshape(*differences.shape[:2], -1).max(axis=2)
    return largest


def _in_one(wrong: _Wrong) -> list[Match]:
    """Pairs in the asked formula itself."""
    program = program_for(wrong.group, wrong.ask, wrong.stop, "pairs")
    if not program.mutants:
        return []
    right, pairs = program.run(wrong.values, 1)
    with np.errstate(all="ignore"):
        gaps = wrong.gaps(pairs)
        idle = _largest(pairs - right) <= max(wrong.units[1], wrong.allowance())
    if wrong.by_chance(gaps):
        return []
    return [of_mutant(program.mutants[int(index)]) for index in np.flatnonzero(wrong.met(gaps) & ~idle)]


def _through(wrong: _Wrong, name: str) -> list[Match]:
    """Pairs of which the first slip is in the step `name`."""
    first = program_for(wrong.group, step_ask(name, wrong.ask), wrong.stop, "hasty")
    after = program_for(wrong.group, wrong.ask, wrong.stop | {name}, "hasty")
    if not first.mutants or not after.mutants or len(first.mutants) * len(after.mutants) > MOST_PAIRS:
        return []
    _, table = first.run(wrong.values, 1)
    size = len(first.mutants)
    spread = {other: np.repeat(value, size, axis=0) for other, value in wrong.values.items()}
    right, pairs = after.run({**spread, name: table[:, 0]}, size)
    with np.errstate(all="ignore"):
        gaps = wrong.gaps(pairs)
        alone = _largest(pairs - right) <= wrong.allowance()
    if wrong.by_chance(gaps):
        return []
    met: Indices = np.argwhere(wrong.met(gaps) & ~alone)
    return [_pair(first.mutants[int(one)], after.mutants[int(two)]) for two, one in met]


def _pair(one: Mutant, two: Mutant) -> Match:
    return Match(f"{one.rule}+{two.rule}", two.step, both(one.rank, two.rank), one, two)
