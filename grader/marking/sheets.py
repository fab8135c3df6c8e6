"""What may explain the answers of a column: the candidates that give them from what stands on the students' sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from grader.arrays import Floats, Truths
from grader.blanks.kind import expected_value
from grader.marking.column import READ, WRONG, Column, function_of, half_unit, half_units, nudged, own_values, step_of
from grader.marking.effort import Effort, price_of_far, price_of_pairs
from grader.marking.generic import generic_slips
from grader.marking.judged import (
    CHANCE,
    CHANCE_OF_ENTRY,
    CHANCE_OF_PRODUCT,
    LEAST_OFF,
    Judged,
    apart,
    crowded,
    lonely,
    of_one_product,
)
from grader.marking.match import Match, is_far_fetched, is_usual, of_mutant
from grader.marking.pairs import WrongAnswer, pair_matches
from grader.marking.pens import accidents
from grader.marking.trees import tree_matches
from grader.plan.graph import nearest
from grader.plan.group import Group
from grader.slips.rank import Level
from grader.suspects.early import rounded_on_the_way
from grader.suspects.looks import program_for
from grader.suspects.program import Program
from grader.tolerance import Tolerance

TYPED = 10.0
"""A tight match goes by the digits written, though one digit may be missing."""
_TELLING_NOTHING, _MOVED = (0.0, 1.0, -1.0, 2.0), 0.3719
"""Drawn numbers with which different slips give the same, and how far they are moved to see whether they do."""


class Sheets:
    """What stands on the sheets: exact where it is right, and as typed, with half a unit of its last digit.

    Not `thorough`: what is far to seek is not looked for, nor two slips at once, as behind a wrong function of the
    student's own.
    """

    def __init__(self, group: Group, columns: Sequence[Column], *, thorough: bool = True) -> None:
        self.thorough, self.effort = thorough, Effort()
        self.own_right: dict[tuple[str, int], tuple[Floats, ...]] = {}
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
                matches[member] = self.misshapen(column, member) or generic_slips(self.group, column, member)
                continue
            by_stop.setdefault(self.written(column, member) - {own or ""}, []).append(member)
        for stop, some in by_stop.items():
            matches |= self.matched(column, some, stop, "usual")
            left = [member for member in some if not is_usual(matches[member])]
            rare = self.matched(column, left, stop, "rare") if left else {}
            matches |= self.further(column, left, stop, {member: [*matches[member], *rare[member]] for member in left})
        return matches

    def further(
        self, column: Column, members: list[int], stop: frozenset[str], found: Mapping[int, list[Match]]
    ) -> dict[int, list[Match]]:
        """Beside the rarer slips the generic ones; where nothing fits what is far to seek, two slips, an accident.

        What is far to seek is looked for while the sheet has some of its effort left.
        """
        group, plan, ask = self.group, self.group.plan, column.ask
        rights = {member: self.own_right.get((ask.id, member), ()) for member in members}
        matches = {
            member: [*found[member], *generic_slips(group, column, member, own, self.early(column, member, stop))]
            for member, own in rights.items()
        }

        def unexplained() -> list[int]:
            return [member for member in members if not matches[member]]

        if self.thorough:
            sought = [
                member
                for member in members
                if not matches[member] or (is_far_fetched(matches[member]) and not np.ndim(column.number(member)))
                if not self.of_truths(column, member)
            ]
            sought = self.effort.afforded(ask.id, sought, price_of_far(plan, ask.id, stop))
            far = self.matched(column, sought, stop, "far") if sought else {}
            matches |= {member: [*matches[member], *found_of] for member, found_of in far.items()}
            pairs = self.effort.afforded(ask.id, unexplained(), price_of_pairs(plan, ask.id, stop))
            matches |= self.two_slips(column, pairs, stop) if pairs else {}
        for member, found_of in matches.items():
            if all(match.rank.level > Level.RARE for match in found_of):
                matches[member] = [*found_of, *accidents(group, column, member, rights[member])]
        return matches

    def of_truths(self, column: Column, member: int) -> bool:
        """Of noughts and ones there are so few that anything far to seek fits."""
        right = expected_value(column.ask, self.group)
        both = (right[member if len(right) > 1 else 0], np.asarray(column.number(member)))
        return all(bool(np.isin(values, (0.0, 1.0)).all()) for values in both)

    def says_nothing(self, column: Column, member: int, wrong: int) -> bool:
        """A table of truths filled in with one of them throughout, or wrong in one row: many a slip gives that."""
        answer = np.asarray(column.number(member), dtype=float)
        alike = answer.size > 1 and np.isin(answer, (0.0, 1.0)).all() and np.ptp(answer) == 0
        return bool(alike or wrong == 1 < answer.size) and self.of_truths(column, member)

    def early(self, column: Column, member: int, stop: frozenset[str]) -> Iterator[Floats]:
        """What rounding on the way to an answer leads to, from what stands on the sheet."""
        program, values = program_for(self.group, column.ask, stop), self.on_sheet([member], stop)
        digits = column.ask.tolerance.decimals or column.ask.tolerance.significant or 0
        rules = [Tolerance(decimals=kept) for kept in range(digits, 0, -1)]
        rules += [Tolerance(significant=kept) for kept in range(4, 1, -1)]
        for rule in rules:
            for rounding in (rule.rounded, rule.cut):
                yield from (value[0] for value in rounded_on_the_way(program, values, rounding))

    def on_sheet(self, members: list[int], stop: frozenset[str]) -> dict[str, Floats]:
        """The numbers and the lines of some students, as typed."""
        values = {name: value[members] for name, value in self.group.given.items()}
        return values | {step: self.typed[step][members] for step in stop - self.functions.keys()}

    def misshapen(self, column: Column, member: int) -> list[Match]:
        """Slips that give an array of another shape."""
        own, answer = step_of(self.group, column), np.asarray(column.number(member), dtype=float)
        stop = self.written(column, member) - {own or ""}
        program = program_for(self.group, column.ask, stop, "misshapen")
        values = program.values(self.on_sheet([member], stop))
        return [
            of_mutant(mutant)
            for mutant, value in zip(program.mutants, values, strict=True)
            if value.shape[1:] == answer.shape and column.ask.tolerance.accepts(answer, value[0]).all()
        ]

    def two_slips(self, column: Column, members: list[int], stop: frozenset[str]) -> dict[int, list[Match]]:
        """Two main slips at once, where one alone explains nothing."""
        if column.kind.traits.whole or column.kind.traits.unordered:
            return {}  # pairs give nearly every whole number, and in some order nearly everything
        wrong = [
            WrongAnswer(
                np.asarray(column.number(member), dtype=float),
                column.ask.tolerance,
                float(unit),
                half_unit(column.verdicts[member].typed),
            )
            for member, unit in zip(members, half_units(column, members, TYPED), strict=True)
        ]
        found = pair_matches(self.group, column.ask, stop, self.on_sheet(members, stop), wrong)
        return dict(zip(members, found, strict=True))

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
        if stop and which == "usual":
            own = zip(members, right[len(members) : 2 * len(members)], strict=True)
            self.own_right |= {(column.ask.id, member): (value,) for member, value in own}
        answers = np.stack([np.asarray(column.number(member), dtype=float) for member in members])
        rank = answers.ndim - 1
        answers, right, table = (column.kind.canonical(values, rank) for values in (answers, right, table))
        short = np.array([column.verdicts[member].status == "coarse" for member in members])  # right but for digits
        units = half_units(column, members, np.where(short, 1.0, TYPED), digits_tell=True)
        judged = Judged(column.ask, answers, right, table, units)
        there = (answers, table[:, : len(members)])
        by_chance, telling = self.evidence(column, members, there, judged, which)
        of_product = self.product_tells(column, members, there, judged, program)
        matches = {
            member: list(judged.matches(index, program.mutants, bool(telling[index]), bool(of_product[index])))
            for index, member in enumerate(members)
        }
        for member in np.array(members)[by_chance & ~of_product]:
            matches[member] = [match for match in matches[member] if match.rank.stands_out]
        for member in np.array(members)[by_chance & of_product]:
            matches[member] = [match for match in matches[member] if match.rank.stands_out or _of_one_product(match)]
        for member, wrong in zip(members, judged.count(~judged.entry_right), strict=True):
            if self.says_nothing(column, member, int(wrong)):
                matches[member] = [match for match in matches[member] if match.rank.stands_out]
        for index, member in enumerate(members):
            if matches[member] and not answers[index][~judged.entry_right[index]].any():
                matches[member] = self.noughts(program, column, member, stop, matches[member])
        return matches

    def evidence(
        self, column: Column, members: list[int], answers: tuple[Floats, Floats], judged: Judged, which: str
    ) -> tuple[Truths, Truths]:
        """Whose answer candidates of this look may give by chance, and whose only wrong entry tells of a slip.

        `answers` are theirs, and the candidates' from what stands on their sheets.
        """
        weighed = column.kind.traits.whole or which != "usual"
        if not weighed and not judged.lone.any():
            return np.zeros(len(members), dtype=bool), np.zeros(len(members), dtype=bool)
        units = np.array([half_unit(column.verdicts[member].typed) for member in members])
        typed_there, there, one = lonely(*answers, judged.entry_right)
        by_chance = crowded(typed_there, there, units, CHANCE[which]) & one & weighed
        units = apart(typed_there, there, units)
        telling = ~crowded(typed_there, there, units, CHANCE_OF_ENTRY) & ~np.isin(typed_there, _TELLING_NOTHING)
        return by_chance, telling

    def product_tells(
        self, column: Column, members: list[int], answers: tuple[Floats, Floats], judged: Judged, program: Program
    ) -> Truths:
        """Whose only wrong entry tells of one product of its sum, and not of a sum added up wrongly."""
        some = [index for index, mutant in enumerate(program.mutants) if of_one_product(mutant)]
        if not some or not judged.lone[some].any():
            return np.zeros(len(members), dtype=bool)
        units = np.array([half_unit(column.verdicts[member].typed) for member in members])
        typed_there, there, one = lonely(answers[0], answers[1][some], judged.entry_right)
        right_there = lonely(answers[0], judged.reference[None], judged.entry_right)[1][0]
        units = apart(typed_there, there, units)
        off = np.abs(typed_there - right_there) >= LEAST_OFF * units
        tells: Truths = one & off & ~crowded(typed_there, there, units, CHANCE_OF_PRODUCT, right_there)
        return tells

    def noughts(
        self, program: Program, column: Column, member: int, stop: frozenset[str], matches: list[Match]
    ) -> list[Match]:
        """Of slips that give a nought in an entry those that do so whatever was drawn, if any do.

        A nought that was drawn hides anything, so what holds only because of it is no evidence.
        """
        values = self.on_sheet([member], stop)
        for given in self.group.plan.givens:
            if given.draw and given.name in values and given.name not in self.group.plan.index_names:
                value = values[given.name]
                values[given.name] = np.where(np.isin(value, _TELLING_NOTHING), value + _MOVED, value)
        right, table = program.run(values, 1)
        answer = np.broadcast_to(np.asarray(column.number(member), dtype=float), right[0].shape)
        wrong = ~column.ask.tolerance.accepts(answer, right[0])
        kept = {
            id(mutant)
            for mutant, value in zip(program.mutants, table[:, 0], strict=True)
            if np.allclose(value[wrong & (answer == 0)], 0, atol=1e-9) and value.any()
        }
        sure = [match for match in matches if _has_words(match) or id(match.mutant) in kept]
        return sure or matches


def _of_one_product(match: Match) -> bool:
    return match.mutant is not None and of_one_product(match.mutant)


def _has_words(match: Match) -> bool:
    """The author wrote words for just this, whether or not numbers are drawn for it."""
    return match.mutant is not None and match.mutant.say is not None
