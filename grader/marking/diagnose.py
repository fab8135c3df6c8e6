"""Diagnosis: which slip gives just this answer.

For every answer that is still wrong the candidates are computed from the values on the student's own sheet: the
author's mistakes, then the mutants of the formulas on the way, then generic slips. The simplest that matches tightly is
named, and only if no rival of equal simplicity does; a tie is told as a tie. A right answer is never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec.structs import replace

from grader.language.evaluate import Floats
from grader.marking.candidates import program_for
from grader.marking.column import NUMERIC, Column, own_values, step_of
from grader.marking.generic import generic_slips
from grader.marking.match import Match, of_mutant, simplest
from grader.marking.trees import tree_matches
from grader.marking.verdict import Slip
from grader.marking.wording import slip_message
from grader.problem.group import Group
from grader.problem.kinds.kind import expected_value
from grader.problem.mutants import Mutant
from grader.problem.problem import Ask
from grader.problem.program import Program
from grader.problem.reading import nearest
from grader.tolerance import Tolerance

EXPLAINABLE = frozenset({"wrong", "partly"})
PARTIAL = 1.0
"""What a slip in some entries only costs more than one in the whole array."""
CHANCE = 0.35
"""Expected number of candidates that would match a random answer of this size, above which none is named."""


def name_slips(group: Group, columns: Sequence[Column]) -> None:
    """Put the slips into the verdicts that are wrong."""
    exact, typed = (own_values(group, columns, range(len(group.places)), mode) for mode in (True, False))
    for column in columns:
        members = column.members(EXPLAINABLE)
        if not members or column.kind in ("choice", "choices", "construct"):
            continue
        if column.kind in NUMERIC:
            found = _numeric(group, column, members, exact, typed)
        else:
            found = {member: tree_matches(group, column, member) for member in members}
        for member, matches in found.items():
            told = simplest(matches)
            if told:
                slips = tuple(
                    Slip(match.rule, match.step, slip_message(group, member, column.ask, match)) for match in told
                )
                column.verdicts[member] = replace(column.verdicts[member], slips=slips)


# ----- Numbers and arrays ----------------------------------------------------------------------------------------


def _numeric(
    group: Group, column: Column, members: list[int], exact: Mapping[str, Floats], typed: Mapping[str, Floats]
) -> dict[int, list[Match]]:
    """For each member the candidates that give the answer; students with the same steps filled in go together."""
    found: dict[int, list[Match]] = {}
    own = step_of(group, column)
    by_stop: dict[frozenset[str], list[int]] = {}
    for member in members:
        written = frozenset(
            step for step, values in typed.items() if step != own and not np.isnan(values[member]).any()
        )
        by_stop.setdefault(frozenset(nearest(group.plan, column.ask.id, written)), []).append(member)
    for stop, some in by_stop.items():
        fitting = [member for member in some if np.shape(column.number(member)) == _shape(group, column)]
        for member in set(some) - set(fitting):
            found[member] = []
        if fitting:
            worlds = [{step: values[step][fitting] for step in stop} for values in (exact, typed)]
            found |= _matched(group, column, fitting, program_for(group, column.ask, stop), worlds)
    return found


def _stands(value: Floats) -> bool:
    return not np.isnan(value).any()


def _shape(group: Group, column: Column) -> tuple[int, ...]:
    return expected_value(column.ask, group).shape[1:]


def _matched(
    group: Group, column: Column, members: list[int], program: Program, worlds: Sequence[Mapping[str, Floats]]
) -> dict[int, list[Match]]:
    """Run the program on both worlds: the right values where the student was right, and the values as typed."""
    size = len(members)
    values = {name: np.concatenate([value[members]] * 2) for name, value in group.given.items()}
    values |= {step: np.concatenate([world[step] for world in worlds]) for step in worlds[0]}
    right, table = program.run(values, 2 * size)
    answers = np.stack([np.asarray(column.number(member), dtype=float) for member in members])
    judged = _Judged(column.ask, answers, right, table, _units(column, members, answers))
    return {member: list(judged.matches(row, program.mutants)) or generic_slips(group, column, member)
            for row, member in enumerate(members)}  # fmt: skip


def _units(column: Column, members: list[int], answers: Floats) -> Floats:
    """Half a unit of the last digit each student wrote: a tight match is one that rounds to what was written."""
    units = [half_unit(column.verdicts[member].typed) for member in members]
    return np.array(units).reshape((-1,) + (1,) * (answers.ndim - 1))


_NUMERAL = re.compile(r"\d+(?:[.,](\d+))?")


def half_unit(typed: Any) -> float:
    """Half a unit of the last digit of the most exact numeral in a text; 0 for a fraction or a formula."""
    text = typed if isinstance(typed, str) else ""
    if not re.fullmatch(r"[\s\d.,;()\[\]{}−+-]*", text):
        return 0.0
    decimals = [len(found[1] or "") for found in _NUMERAL.finditer(text.replace(", ", "; "))]
    return 0.5 * 10.0 ** -max(decimals, default=0)


class _Judged:
    """Which mutants give which answers: members (n), in two worlds (2n), mutants (M, 2n), each with the ask's shape."""

    def __init__(self, ask: Ask, answers: Floats, right: Floats, table: Floats, units: Floats) -> None:
        self.size = size = len(answers)
        tolerance = ask.tolerance
        twice = np.concatenate([answers] * 2)
        unit = np.concatenate([units] * 2)
        self.flat = (len(table), 2, size, -1)
        near = same(tolerance, twice, table)
        tight = near & (np.abs(table - twice) <= 1.02 * unit + 1e-9 * np.abs(table))
        entry_right = same(tolerance, twice, right)
        idle = _all(same(tolerance, table, right), 2)  # a slip that does not show here
        finite = np.isfinite(table)
        whole = _all(tight & finite, 2) & ~idle
        partial = _all((tight | entry_right) & finite, 2) & _any(tight & ~entry_right, 2) & ~idle
        loose = _all(near & finite, 2) & ~idle
        self.whole, self.partial, self.loose = (
            mask.reshape(len(table), 2, size).any(axis=1) for mask in (whole, partial, loose)
        )
        self.chance = _chance(tolerance, answers, right[:size], table[:, :size])

    def matches(self, row: int, mutants: Sequence[Mutant]) -> Iterator[Match]:
        """The candidates for one member."""
        for mask, extra in ((self.whole, 0.0), (self.partial, PARTIAL), (self.loose, 1.5)):
            for place in np.flatnonzero(mask[:, row]):
                yield of_mutant(mutants[int(place)], extra)


def same(tolerance: Tolerance, answer: Floats, expected: Floats) -> Any:
    """Entry by entry, by the rule of the ask, exact ones to the noise of doubles."""
    return tolerance.accepts(answer, expected)


def _all(mask: Any, kept: int) -> Any:
    return mask.reshape(*mask.shape[:kept], -1).all(axis=-1)


def _any(mask: Any, kept: int) -> Any:
    return mask.reshape(*mask.shape[:kept], -1).any(axis=-1)


def _chance(tolerance: Tolerance, answers: Floats, right: Floats, table: Floats) -> Any:
    """How many candidates a random answer of this size would match, (n,)."""
    del tolerance, right, table
    return np.zeros(len(answers))
