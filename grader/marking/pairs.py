"""Two slips at once: both in the asked formula, or one in a line that was not asked for and one after it.

The values that every main slip of the first step gives are one batch for the program of what comes after it, so all
pairs of some students cost two runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from grader.tolerance import Tolerance

MOST_PAIRS = 2000
AT_ONCE = 25
"""Students whose pairs are computed together."""
CHANCE = 0.02
"""Pairs are not told where more than so many of them would meet a random number of this size."""


def pair_matches(
    group: Group, ask: Ask, stop: frozenset[str], values: Mapping[str, Floats], answers: Sequence[WrongAnswer]
) -> list[list[Match]]:
    """The pairs of main slips that give each of the answers; `values` stand on their sheets, (n, *shape)."""
    chunks = (slice(start, start + AT_ONCE) for start in range(0, len(answers), AT_ONCE))
    return [
        matches
        for some in chunks
        for matches in _some(group, ask, stop, {name: value[some] for name, value in values.items()}, answers[some])
    ]


def _some(
    group: Group, ask: Ask, stop: frozenset[str], values: Mapping[str, Floats], answers: Sequence[WrongAnswer]
) -> list[list[Match]]:
    own = group.plan.asked_step(ask)
    if own is None:
        return [[] for _ in answers]
    sheets = _Sheets(group, ask, stop, values, answers)
    before = [name for name in segment(group.plan, ask.id, stop) if name != own and group.plan.step(name).has_value]
    found = [_in_one(sheets), *(_through(sheets, name) for name in before)]
    return [[match for matches in each for match in matches] for each in zip(*found, strict=True)]


class WrongAnswer(NamedTuple):
    """A wrong answer: what may have been rounded away (`unit`), and half a unit of the last digit `written`."""

    answer: Floats
    tolerance: Tolerance
    unit: float
    written: float

    def allowance(self) -> float:
        """How far from it the rule of the ask lets a value be."""
        return float(self.tolerance.allowance(self.answer).min())

    def gaps(self, pairs: Floats) -> Floats:
        """The largest distance of an entry, (second slip, first slip)."""
        return _largest(pairs - self.answer)

    def met(self, gaps: Floats) -> Truths:
        """Which pairs are no farther from it than what may have been rounded away."""
        met: Truths = gaps <= 1.02 * self.unit + 1e-9 * np.abs(self.answer).max()
        return met

    def by_chance(self, gaps: Floats) -> bool:
        """Would a random answer of this size meet one of the pairs: with few digits there are too many of them."""
        size = float(np.abs(self.answer).max()) or 1.0
        return float((gaps <= size).sum()) * max(self.written, self.allowance()) / size > CHANCE


class _Sheets(NamedTuple):
    """The wrong answers of some students to one ask, and what stands on their sheets before it, (n, *shape)."""

    group: Group
    ask: Ask
    stop: frozenset[str]
    values: Mapping[str, Floats]
    answers: Sequence[WrongAnswer]


def _largest(differences: Floats) -> Floats:
    largest: Floats = np.abs(differences).reshape(*differences.shape[:2], -1).max(axis=2)
    return largest


def _in_one(sheets: _Sheets) -> list[list[Match]]:
    """Pairs in the asked formula itself, by student."""
    program = program_for(sheets.group, sheets.ask, sheets.stop, "pairs")
    if not program.mutants:
        return [[] for _ in sheets.answers]
    right, table = program.run(sheets.values, len(sheets.answers))
    found = []
    for index, wrong in enumerate(sheets.answers):
        pairs = table[:, index : index + 1]
        with np.errstate(all="ignore"):
            gaps = wrong.gaps(pairs)
            idle = _largest(pairs - right[index]) <= max(wrong.written, wrong.allowance())
        met = np.flatnonzero(wrong.met(gaps) & ~idle & (not wrong.by_chance(gaps)))
        found.append([of_mutant(program.mutants[int(number)]) for number in met])
    return found


def _through(sheets: _Sheets, name: str) -> list[list[Match]]:
    """Pairs of which the first slip is in the step `name`, by student."""
    group, ask, stop, values, answers = sheets
    first = program_for(group, step_ask(name, ask), stop, "hasty")
    after = program_for(group, ask, stop | {name}, "hasty") if first.mutants else first
    if not after.mutants or len(first.mutants) * len(after.mutants) > MOST_PAIRS:
        return [[] for _ in answers]
    plain, table = first.run(values, len(answers))
    size = 1 + len(first.mutants)
    spread = {other: np.repeat(value, size, axis=0) for other, value in values.items()}
    # Of one student after another: the step without a slip, then what every first slip gives
    slipped = np.swapaxes(np.concatenate([plain[None], table]), 0, 1)
    right, all_pairs = after.run({**spread, name: slipped.reshape(-1, *slipped.shape[2:])}, size * len(answers))
    found = []
    for index, wrong in enumerate(answers):
        start, own = index * size, slice(index * size + 1, (index + 1) * size)
        pairs = all_pairs[:, own]
        with np.errstate(all="ignore"):
            gaps = wrong.gaps(pairs)
            alone = _largest(pairs - right[own]) <= wrong.allowance()
            undone = _largest(pairs - right[start]) <= max(wrong.written, wrong.allowance())  # −(−x) is no slip
        met: Indices = np.argwhere(wrong.met(gaps) & ~alone & ~undone & (not wrong.by_chance(gaps)))
        found.append([_pair(first.mutants[int(one)], after.mutants[int(two)]) for two, one in met.tolist()])
    return found


def _pair(one: Mutant, two: Mutant) -> Match:
    return Match(f"{one.rule}+{two.rule}", two.step, both(one.rank, two.rank), one, two)
