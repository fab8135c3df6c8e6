"""How well the numbers tell slips apart: the authored mistakes and main mutants of every ask, over all variants.

A slip is distinguishable on a variant if its value is no right answer under the derived tolerance, and no answer can be
both its value and that of a rival of equal simplicity. Two that agree exactly whatever is drawn agree by structure: a
slip that never shows is left out, and rivals that are one value count as one and are told as a tie.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np

from grader.arrays import Floats, Truths
from grader.blanks.kind import expected_value
from grader.blanks.kinds import kind_name
from grader.blanks.rounding import accepts
from grader.check.report import Finding, error
from grader.draws.discriminating import answers_of, are_rivals, asked_programs, watched
from grader.equality.arrays import instances_of
from grader.errors import Message
from grader.language.unicode import name_unicode
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.sample import sample_of
from grader.plan.symbols import sizes, symbol_values
from grader.slips.table import SLIP_KINDS
from grader.spec.problem import Problem
from grader.suspects.looks import program_for
from grader.suspects.program import Program

LEAST = 0.95
WORST = 3
SAME = 1e-9
"""Relative difference below which two values are one."""
TOGETHER = 2.0
"""One answer can be two slips if their values are within both their half units of the last digit."""

Slip = tuple[str, str]
"""Rule and step."""


class Pair(msgspec.Struct, frozen=True):
    """A slip of an ask and what it may be taken for: another slip, or None for the right answer."""

    ask: str
    slip: Slip
    other: Slip | None

    @property
    def key(self) -> tuple[str, str, str]:
        """The ask and both slips, for a lasting order."""
        return self.ask, at(self.slip), at(self.other)


def at(slip: Slip | None) -> str:
    """A slip by its ids, `rule @ step`; the right answer is "right"."""
    return "right" if slip is None else f"{slip[0]} @ {slip[1]}" if slip[1] else slip[0]


def slip_of(name: str) -> Slip | None:
    """The slip that `at` gave this name."""
    rule, _, step = name.partition(" @ ")
    return None if name == at(None) else (rule, step)


@dataclass
class Measured:
    """Counted over (slip, variant): `told` of `seen` are distinguishable; confusions and structural ones by pair."""

    variants: int = 0
    seen: int = 0
    told: int = 0
    hidden: int = 0
    confused: Counter[Pair] = field(default_factory=Counter)
    of: Counter[Pair] = field(default_factory=Counter)
    structural: Counter[Pair] = field(default_factory=Counter)
    asks: dict[str, Ask] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The share of slips that are distinguishable; None where there are none."""
        return self.told / self.seen if self.seen else None

    def worst(self) -> list[Pair]:
        """The pairs that some variants confuse, the most frequent first."""
        return sorted(self.confused, key=lambda pair: (-self.confused[pair], pair.key))

    def rate(self, pair: Pair) -> float:
        """How often a pair is confused; there may be several slips of one rule in a step."""
        return self.confused[pair] / self.of[pair]

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        each = max(1, self.variants)
        return {
            "share": None if self.share is None else round(self.share, 4),
            "slips": round(self.seen / each, 1),
            "hidden": round(self.hidden / each, 1),
            "pairs": [
                {"ask": pair.ask, "slip": at(pair.slip), "other": at(pair.other), "rate": round(self.rate(pair), 4)}
                for pair in self.worst()
            ],
            "structural": [
                {"ask": pair.ask, "slip": at(pair.slip), "other": at(pair.other)}
                for pair in sorted(self.structural, key=lambda pair: pair.key)
            ],
        }


def measured(groups: Sequence[Group]) -> Measured:
    """The slips of all asks, over all groups."""
    found = Measured(variants=sum(len(group.places) for group in groups))
    for group in groups:
        sample = sample_of(group.plan)
        for ask, program in asked_programs(group):
            _Compared(ask, program, group, sample).count(found)
        for ask in group.plan.asks:
            if kind_name(ask, group) == "matrix expression":
                _count_symbolic(ask, group, found)
    return found


class _Compared:
    """The slips of one ask in one group: (slips, n) right, and (pairs, n) the same, by the tolerance and exactly."""

    def __init__(self, ask: Ask, program: Program, group: Group, sample: Group) -> None:
        self.ask, self.program = ask, program
        self.places = watched(program)
        mutants = [program.mutants[place] for place in self.places]
        self.slips: list[Slip] = [(mutant.rule, mutant.step) for mutant in mutants]
        right, table = answers_of(program, ask, group)
        table = table[self.places]
        self.valued: Truths = np.asarray(np.isfinite(table).all(axis=2))
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
        rights, tables = np.concatenate([right, other_right]), np.concatenate([table, other_table[self.places]], axis=1)
        self.always_right: Truths = _always(tables, rights[None])
        self.always_same: Truths = _always(tables[self.first], tables[self.second])

    def _right(self, group: Group, right: Floats, table: Floats) -> Any:
        if self.ask.variables:
            return _exactly(table, right[None])
        size = len(group.places)
        values = table.reshape(len(table), size, *expected_value(self.ask, group).shape[1:])
        return accepts(self.ask, group, np.arange(size), values).reshape(table.shape).all(axis=2)

    def _same(self, right: Floats, table: Floats) -> Any:
        one, other = table[self.first], table[self.second]
        if self.ask.variables:
            return _exactly(one, other)
        with np.errstate(all="ignore"):
            reach = TOGETHER * self.ask.tolerance.allowance(right)
            return (np.abs(one - other) <= np.maximum(reach, SAME * np.abs(other))).all(axis=2)

    def count(self, found: Measured) -> None:
        """Add to what was measured."""
        bad = self.right.copy()
        for place in np.flatnonzero(self.always_right):
            pair = Pair(self.ask.id, self.slips[place], None)
            found.structural[pair] += self.right.shape[1]
        for row, (one, other) in enumerate(self.pairs):
            pair = Pair(self.ask.id, *sorted((self.slips[one], self.slips[other])))
            if self.always_right[one] or self.always_right[other]:
                continue
            if self.always_same[row]:
                found.structural[pair] += self.same.shape[1]
                continue
            bad[one] |= self.same[row]
            bad[other] |= self.same[row]
            self._note(found, pair, self.same[row] & self.valued[one] & self.valued[other])
        for place in np.flatnonzero(~self.always_right):
            self._note(found, Pair(self.ask.id, self.slips[place], None), self.right[place] & self.valued[place])
            found.seen += int(self.valued[place].sum())
            found.told += int((self.valued[place] & ~bad[place]).sum())
        found.hidden += int(self.always_right.sum()) * self.right.shape[1]

    def _note(self, found: Measured, pair: Pair, confused: Any) -> None:
        found.asks[self.ask.id] = self.ask
        found.of[pair] += len(confused)
        if confused.any():
            found.confused[pair] += int(confused.sum())


def _exactly(one: Floats, other: Floats) -> Any:
    with np.errstate(all="ignore"):
        size = np.maximum(np.abs(one), np.abs(other)).max(axis=2, keepdims=True)
        return (np.abs(one - other) <= SAME * size).all(axis=2)


def _always(one: Floats, other: Floats) -> Any:
    """Whether two are the same on every draft on which both have a value."""
    both = np.isfinite(one + other).all(axis=2)
    return (_exactly(one, other) | ~both).all(axis=1)


def _count_symbolic(ask: Ask, group: Group, found: Measured) -> None:
    """Slips in a formula of named arrays: one that differs on the instances differs for everybody."""
    program = program_for(group, ask, frozenset())
    instances = instances_of(sizes(group.plan)[0])
    values = {**group.at(0).values, **symbol_values(group.plan), **instances}
    right, table = program.run(values, len(next(iter(instances.values()))))
    places = watched(program)
    same = _exactly(table[places].reshape(len(places), 1, -1), right.reshape(1, 1, -1))[:, 0]
    found.seen += int((~same).sum()) * len(group.places)
    found.told += int((~same).sum()) * len(group.places)


def slip_findings(problem: Problem, slips: Measured) -> Iterator[Finding]:
    """A family whose numbers tell too few slips apart."""
    share = slips.share
    if share is None or share >= LEAST:
        return
    worst = slips.worst()[:WORST]
    told = [
        Message(
            "check-slips-pair",
            {"ask": pair.ask, "slip": words(pair.slip), "other": words(pair.other), "percent": _percent(slips, pair)},
        )
        for pair in worst
    ]
    path = slips.asks[worst[0].ask].path
    values = {"percent": math.floor(1000 * share) / 10, "least": round(100 * LEAST), "pairs": told}
    yield error(problem, "check-slips", path, **values)


def _percent(slips: Measured, pair: Pair) -> int:
    return max(1, round(100 * slips.rate(pair)))


def words(slip: Slip | None) -> Message:
    """A slip in the words in which a student is told; a mistake by the name that its author gave it."""
    if slip is None:
        return Message("check-slip-right")
    rule, step = slip
    if rule not in SLIP_KINDS:
        return Message("check-slip-authored", {"name": rule})
    return Message(SLIP_KINDS[rule].key, {"where": Message("slip-where", {"name": name_unicode(step)})})
