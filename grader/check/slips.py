"""How well the numbers tell slips apart: the authored mistakes and main mutants of every ask, over all variants.

A slip is distinguishable on a variant if its value is no right answer under the derived tolerance, and no answer can be
both its value and that of a rival of equal simplicity. Two that agree exactly whatever is drawn agree by structure: a
slip that never shows is left out, and rivals that are one value count as one and are reported as a tie.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from grader.arrays import Floats, Truths
from grader.blanks.kind import expected_value
from grader.blanks.kinds import kind_of
from grader.blanks.rounding import accepts
from grader.check.confusions import Measured, Pair, Slip, words
from grader.check.report import Finding, error
from grader.draws.discriminating import answers_of, are_rivals, asked_programs, watched
from grader.errors import Message
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.sample import sample_of
from grader.plan.symbols import symbol_instances, symbol_values
from grader.spec.problem import Problem
from grader.suspects.looks import program_for
from grader.suspects.program import Program

LEAST = 0.95
WORST = 3
SAME = 1e-9
"""Relative difference below which two values are one."""
TOGETHER = 2.0
"""One answer can be two slips if their values are within both their half units of the last digit."""


def measured(groups: Sequence[Group]) -> Measured:
    """The slips of all asks, over all groups."""
    tally = Measured(variants=sum(len(group.positions) for group in groups))
    for group in groups:
        sample = sample_of(group.plan)
        for ask, program in asked_programs(group):
            _Compared(ask, program, group, sample).count(tally)
        for ask in group.plan.asks:
            if kind_of(ask, group).traits.arrays:
                _count_symbolic(ask, group, tally)
    return tally


class _Compared:
    """The slips of one ask in one group: (slips, n) right, and (pairs, n) the same, by the tolerance and exactly."""

    def __init__(self, ask: Ask, program: Program, group: Group, sample: Group) -> None:
        self.ask, self.program = ask, program
        self.watched = watched(program)
        mutants = [program.mutants[index] for index in self.watched]
        self.slips: list[Slip] = [(mutant.rule, mutant.step) for mutant in mutants]
        right, table = answers_of(program, ask, group)
        table = table[self.watched]
        self.valued: Truths = np.asarray(np.isfinite(table).all(axis=2), bool)
        self.pairs = [
            (one, other)
            for one in range(len(mutants))
            for other in range(one + 1, len(mutants))
            if are_rivals(mutants[one], mutants[other])
        ]
        self.first, self.second = (np.array([pair[side] for pair in self.pairs], int) for side in (0, 1))
        self.right: Truths = self._right(group, right, table)
        self.same: Truths = self._same(right, table)
        other_right, other_table = answers_of(program, ask, sample)
        rights, tables = (
            np.concatenate([right, other_right]),
            np.concatenate([table, other_table[self.watched]], axis=1),
        )
        self.always_right: Truths = _always(tables, rights[None])
        self.always_same: Truths = _always(tables[self.first], tables[self.second])

    def _right(self, group: Group, right: Floats, table: Floats) -> Truths:
        if self.ask.variables:
            return _exactly(table, right[None])
        size = len(group.positions)
        values = table.reshape(len(table), size, *expected_value(self.ask, group).shape[1:])
        right_entries = accepts(self.ask, group, np.arange(size), values).reshape(table.shape)
        slips_right: Truths = np.all(right_entries, axis=2)
        return slips_right

    def _same(self, right: Floats, table: Floats) -> Truths:
        one, other = table[self.first], table[self.second]
        if self.ask.variables:
            return _exactly(one, other)
        with np.errstate(all="ignore"):
            reach = TOGETHER * self.ask.tolerance.allowance(right)
            near = np.abs(one - other) <= np.maximum(reach, SAME * np.abs(other))
            # of an infinite value everything is near
            together: Truths = (near & np.isfinite(one) & np.isfinite(other)).all(axis=2)
            return together

    def count(self, tally: Measured) -> None:
        """Add to what was measured."""
        bad = self.right.copy()
        for slip in np.flatnonzero(self.always_right):
            pair = Pair(self.ask.id, self.slips[slip], None)
            tally.structural[pair] += self.right.shape[1]
        for row, (one, other) in enumerate(self.pairs):
            pair = Pair(self.ask.id, *sorted((self.slips[one], self.slips[other])))
            if self.always_right[one] or self.always_right[other]:
                continue
            if self.always_same[row]:
                tally.structural[pair] += self.same.shape[1]
                continue
            bad[one] |= self.same[row]
            bad[other] |= self.same[row]
            self._note(tally, pair, self.same[row] & self.valued[one] & self.valued[other])
        for slip in np.flatnonzero(~self.always_right):
            self._note(tally, Pair(self.ask.id, self.slips[slip], None), self.right[slip] & self.valued[slip])
            tally.seen += int(self.valued[slip].sum())
            tally.apart += int((self.valued[slip] & ~bad[slip]).sum())
        tally.hidden += int(self.always_right.sum()) * self.right.shape[1]

    def _note(self, tally: Measured, pair: Pair, confused: Truths) -> None:
        tally.asks[self.ask.id] = self.ask
        tally.of[pair] += len(confused)
        if confused.any():
            tally.confused[pair] += int(confused.sum())


def _exactly(one: Floats, other: Floats) -> Truths:
    with np.errstate(all="ignore"):
        size = np.maximum(np.abs(one), np.abs(other)).max(axis=2, keepdims=True)
        same: Truths = (np.abs(one - other) <= SAME * size).all(axis=2)
        return same


def _always(one: Floats, other: Floats) -> Truths:
    """Whether two are the same on every draft on which both have a value."""
    both = (np.isfinite(one) & np.isfinite(other)).all(axis=2)
    always: Truths = np.all(_exactly(one, other) | ~both, axis=1)
    return always


def _count_symbolic(ask: Ask, group: Group, tally: Measured) -> None:
    """Slips in a formula of named arrays: one that differs on the instances differs for everybody."""
    program = program_for(group, ask, frozenset())
    instances = symbol_instances(group.plan)[0]
    values = {**group.at(0).values, **symbol_values(group.plan), **instances}
    right, table = program.run(values, len(next(iter(instances.values()))))
    chosen = watched(program)
    same = _exactly(table[chosen].reshape(len(chosen), 1, right.size), right.reshape(1, 1, -1))[:, 0]
    tally.seen += int((~same).sum()) * len(group.positions)
    tally.apart += int((~same).sum()) * len(group.positions)


def slip_findings(problem: Problem, slips: Measured) -> Iterator[Finding]:
    """A family whose numbers tell too few slips apart."""
    share = slips.share
    if share is None or share >= LEAST:
        return
    worst = slips.worst()[:WORST]
    said = [
        Message(
            "check-slips-pair",
            {"ask": pair.ask, "slip": words(pair.slip), "other": words(pair.other), "percent": _percent(slips, pair)},
        )
        for pair in worst
    ]
    path = slips.asks[worst[0].ask].path
    values = {"percent": math.floor(1000 * share) / 10, "least": round(100 * LEAST), "pairs": said}
    yield error(problem, "check-slips", path, **values)


def _percent(slips: Measured, pair: Pair) -> int:
    return max(1, round(100 * slips.rate(pair)))
