"""Diagnosis: which slip gives just this answer.

For every answer that is still wrong the candidates are computed from the values on the student's own sheet: the
author's mistakes, then the mutants of the formulas on the way, then generic slips. The simplest that matches tightly is
named, and only if no rival of equal simplicity does; a tie is told as a tie. A right answer is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from grader.arrays import Floats, Indices, Truths
from grader.blanks.kind import expected_value
from grader.language.nodes import Call, Number
from grader.marking.column import (
    READ,
    WRONG,
    Column,
    function_of,
    half_unit,
    half_units,
    nudged,
    own_values,
    step_of,
)
from grader.marking.generic import generic_slips
from grader.marking.match import Match, is_usual, of_mutant, simplest
from grader.marking.pairs import pair_matches
from grader.marking.solved import own_formulas
from grader.marking.trees import tree_matches
from grader.marking.verdict import Slip
from grader.marking.wording import Words, slip_words
from grader.plan.graph import nearest
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.solve import altered
from grader.suspects.looks import program_for
from grader.suspects.mutants import Mutant

EXPLAINABLE = frozenset({"wrong", "partly"})
TYPED = 10.0
"""A tight match goes by the digits written, though one digit may be missing."""
CHANCE = 0.3
"""Share of the numbers around an answer that candidates may take up; with more, a match says nothing."""
MOST_UNITS = 50.0
"""More than so many units of the last digit cannot have been rounded away."""


def name_slips(group: Group, columns: Sequence[Column]) -> None:
    """Put the slips into the verdicts that are wrong."""
    sheet = _Sheets(group, columns)
    for column in columns:
        members = [member for member in column.members(EXPLAINABLE) if not _guarded(column, member)]
        if not members or not column.kind.traits.diagnosed:
            continue
        alone = sheet.on_own_functions(column, members)
        explained = sheet.explained(column, [member for member in members if member not in alone])
        for member in alone:
            explained[member] = _with_own_functions(group, columns, column, member)
        for member, matches in explained.items():
            reported = [(match, slip_words(group, member, column.ask, match)) for match in simplest(matches)]
            slips = tuple(
                Slip(match.rule, match.step, words.message, words.general) for match, words in distinct(reported)
            )
            if slips:
                column.verdicts[member] = replace(column.verdicts[member], slips=slips)


_TWOS = (Number("2"), Call("div", (Number("1"), Number("2"))))


def distinct(reported: Sequence[tuple[Match, Words]]) -> list[tuple[Match, Words]]:
    """Without what is said twice: a lost factor that is the number 2 is a lost factor 2."""
    twos = any(match.rule == "factor-dropped" and words.part in _TWOS for match, words in reported)
    return [(match, words) for match, words in reported if not (twos and match.rule == "factor-two")]


def _with_own_functions(group: Group, columns: Sequence[Column], column: Column, member: int) -> list[Match]:
    """The candidates for one student whose wrong functions stand in the steps after them."""
    formulas = own_formulas(group, columns, member)
    formulas.pop(function_of(group, column) or "", None)
    one = group.at(member)
    one = replace(one, plan=altered(one.plan, formulas)) if formulas else one
    single = [
        Column(one.plan.ask(other.ask.id), other.kind, [other.values[member]], [other.verdicts[member]])
        for other in columns
    ]
    own = next(other for other in single if other.ask.id == column.ask.id)
    return _Sheets(one, single, hasty=False).explained(own, [0])[0]


def _guarded(column: Column, member: int) -> bool:
    """It does follow from an earlier answer, which left nothing to compute: there is no slip in it."""
    verdict = column.verdicts[member]
    return verdict.status == "wrong" and verdict.guarded


class _Sheets:
    """What stands on the sheets: exact where it is right, and as typed, with half a unit of its last digit.

    Not `hasty`: two slips at once are not looked for, as behind a wrong function of the student's own.
    """

    def __init__(self, group: Group, columns: Sequence[Column], *, hasty: bool = True) -> None:
        self.hasty = hasty
        everybody = range(len(group.positions))
        self.group = group
        self.exact, self.typed = (own_values(group, columns, everybody, mode) for mode in (True, False))
        self.units = {step: half_units(column, everybody) for column in columns if (step := step_of(group, column))}
        self.functions = {step: column for column in columns if (step := function_of(group, column))}

    def on_own_functions(self, column: Column, members: list[int]) -> list[int]:
        """Students of whose wrong functions this ask is computed."""
        if not self.functions:
            return []
        before = set(nearest(self.group.plan, column.ask.id, frozenset(self.functions)))
        return [
            member
            for member in members
            if any(self.functions[step].verdicts[member].status in WRONG for step in before)
        ]

    def explained(self, column: Column, members: list[int]) -> dict[int, list[Match]]:
        """For each member the candidates that give the answer."""
        if not members:
            return {}
        if column.kind.traits.numbers:
            return self.numeric(column, members)
        return {member: tree_matches(self.group, column, member) for member in members}

    def numeric(self, column: Column, members: list[int]) -> dict[int, list[Match]]:
        """Numbers and arrays; students with the same steps filled in go together."""
        matches: dict[int, list[Match]] = {}
        own, shape = step_of(self.group, column), expected_value(column.ask, self.group).shape[1:]
        by_stop: dict[frozenset[str], list[int]] = {}
        for member in members:
            if np.shape(column.number(member)) != shape:
                matches[member] = generic_slips(self.group, column, member)
                continue
            by_stop.setdefault(self.written(column, member) - {own or ""}, []).append(member)
        for stop, some in by_stop.items():
            matches |= self.matched(column, some, stop, "usual")
            left = [member for member in some if not is_usual(matches[member])]
            rare = self.matched(column, left, stop, "rare") if left else {}
            for member in left:
                matches[member] += [*rare[member], *generic_slips(self.group, column, member)]
            for member in left if self.hasty else ():
                if not matches[member]:
                    matches[member] = self.two_slips(column, member, stop)
        return matches

    def two_slips(self, column: Column, member: int, stop: frozenset[str]) -> list[Match]:
        """Two main slips at once, where one alone explains nothing."""
        if column.kind.traits.whole:
            return []  # pairs give nearly every whole number
        if column.kind.traits.unordered:
            return []  # in some order, they give nearly everything
        values = {name: value[member : member + 1] for name, value in self.group.given.items()}
        values |= {step: self.typed[step][member : member + 1] for step in stop - self.functions.keys()}
        (unit,) = half_units(column, [member], TYPED)
        written = half_unit(column.verdicts[member].typed)
        return pair_matches(self.group, column.ask, stop, values, column.number(member), (unit, written))

    def written(self, column: Column, member: int) -> frozenset[str]:
        """The steps nearest before an ask for which the student's sheet has a value or a function."""
        steps = [step for step, values in self.typed.items() if not np.isnan(values[member]).any()]
        steps += [step for step, other in self.functions.items() if other.verdicts[member].status in READ]
        return frozenset(nearest(self.group.plan, column.ask.id, frozenset(steps)))

    def matched(self, column: Column, members: list[int], stop: frozenset[str], which: str) -> dict[int, list[Match]]:
        """Run the program on the exact values, the typed ones, and these moved by what may have been rounded away."""
        group = self.group
        program = program_for(group, column.ask, stop, which)
        if not program.mutants:
            return {member: [] for member in members}
        steps = sorted(stop - self.functions.keys())
        exact, typed = ({step: table[step][members] for step in steps} for table in (self.exact, self.typed))
        scenarios = [exact, typed, *nudged(typed, {step: self.units[step][members] for step in steps})]
        values = {name: np.concatenate([value[members]] * len(scenarios)) for name, value in group.given.items()}
        values |= {step: np.concatenate([scenario[step] for scenario in scenarios]) for step in steps}
        right, table = program.run(values, len(scenarios) * len(members))
        answers = np.stack([np.asarray(column.number(member), dtype=float) for member in members])
        rank = answers.ndim - 1
        answers, right, table = (column.kind.canonical(values, rank) for values in (answers, right, table))
        judged = _Judged(column.ask, answers, right, table, half_units(column, members, TYPED))
        matches = {member: list(judged.matches(index, program.mutants)) for index, member in enumerate(members)}
        if column.kind.traits.whole or (which == "rare" and not answers[0].shape):
            units = np.array([half_unit(column.verdicts[member].typed) for member in members])
            crowded = _crowded(answers, table[:, : len(members)], units)
            for member in np.array(members)[crowded]:
                matches[member] = [match for match in matches[member] if match.rank.stands_out]
        return matches


def _crowded(answers: Floats, table: Floats, units: Floats) -> Truths:
    """Members (n,) around whose answer candidates lie so close that one of them is met by chance.

    `units` are half units of the last digit written: with few digits there are few different answers.
    """
    reach = np.maximum(np.abs(answers), 6 * units)
    with np.errstate(all="ignore"):
        near = np.where(np.abs(table - answers) <= reach, np.round(table / np.maximum(2 * units, 1e-12)), np.nan)
    counts = [len(np.unique(column[np.isfinite(column)])) for column in near.T]
    crowded: Truths = np.array(counts) * units / np.maximum(reach, 1e-300) > CHANCE
    return crowded


class _Judged:
    """Which mutants give which answers: members (n), in the scenarios (w) of their sheets, mutants (M, w·n)."""

    def __init__(self, ask: Ask, answers: Floats, right: Floats, table: Floats, units: Floats) -> None:
        size = len(answers)
        shape = answers.shape[1:]
        self.axes = len(shape)
        scenarios = table.reshape(len(table), -1, size, *shape)
        reference = right.reshape(-1, size, *shape)
        unit = 1.02 * units.reshape((-1,) + (1,) * len(shape))
        with np.errstate(all="ignore"):
            slack = np.abs(scenarios[:, 2:] - scenarios[:, 1:2]).sum(axis=1)
            gaps = np.abs(scenarios[:, :2] - answers)
            tight = np.isfinite(gaps) & (gaps <= unit + 1e-9 * np.abs(scenarios[:, :2]))
            small = slack <= np.minimum(
                MOST_UNITS * ask.tolerance.allowance(answers), 0.1 * np.abs(answers - reference[0])
            )
            near = small & (gaps[:, 1] <= unit + 1.05 * slack + ask.tolerance.allowance(answers))
        entry_right = ask.tolerance.accepts(answers, reference[0])
        idle = self.every(ask.tolerance.accepts(scenarios[:, :2], reference[:2]))  # it does not show here
        whole = np.asarray((self.every(tight) & ~idle).any(axis=1))
        loose = self.every(tight[:, 1] | near) & ~idle[:, 1]
        partly = self.every(tight | entry_right) & (self.count(tight & ~entry_right) > 0) & ~idle
        some = np.asarray(partly.any(axis=1))
        several = self.count(~entry_right) > 1  # one wrong entry is met by many a slip of the whole
        self.whole, self.loose, self.some = whole, loose & ~whole, some & several & ~whole

    def every(self, mask: Truths) -> Truths:
        """Where it holds of all entries of an answer."""
        return np.asarray(self.count(~mask) == 0)

    def count(self, mask: Truths) -> Indices:
        """Of how many entries of an answer it holds."""
        counts: Indices = mask.reshape(*mask.shape[: mask.ndim - self.axes], -1).sum(axis=-1)
        return counts

    def matches(self, index: int, mutants: Sequence[Mutant]) -> Iterator[Match]:
        """The candidates for one member, by its index among these."""
        for mutant in _at(self.whole[:, index], mutants):
            yield of_mutant(mutant)
        for mutant in _at(self.loose[:, index], mutants):
            yield of_mutant(mutant, mutant.rank.loosely())
        for mutant in _at(self.some[:, index], mutants):
            yield of_mutant(mutant, mutant.rank.partly())


def _at(mask: Truths, mutants: Sequence[Mutant]) -> list[Mutant]:
    return [mutants[int(index)] for index in np.flatnonzero(mask)]
