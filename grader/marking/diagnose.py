"""Diagnosis: which slip gives just this answer.

For every answer that is still wrong the candidates are computed from the values on the student's own sheet: the
author's mistakes, then the mutants of the formulas on the way, then generic slips. The simplest that matches tightly is
named, and only if no rival of equal simplicity does; a tie is told as a tie. A right answer is never looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from grader.errors import GraderError, Message
from grader.internal import looking_at
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Number, names
from grader.marking.column import Column, function_of
from grader.marking.match import LOST, Match, simplest
from grader.marking.sheets import Sheets
from grader.marking.solved import own_formulas
from grader.marking.verdict import Slip
from grader.marking.wording import Words, slip_words
from grader.plan.group import Group
from grader.plan.solve import altered
from grader.slips.rank import Level

_EXTRA = "factor-extra"
_FACTORS = LOST | {_EXTRA}
EXPLAINABLE, COARSE = frozenset({"wrong", "partly"}), frozenset({"coarse"})
_COARSE = "answer-coarse"


def name_slips(group: Group, columns: Sequence[Column]) -> None:
    """Put the slips into the verdicts that are wrong."""
    sheet = Sheets(group, columns)
    found: dict[int, dict[str, list[Match]]] = {}
    for column in columns:
        members = [member for member in column.members(EXPLAINABLE) if not _settled(column, member)]
        if not members or not column.told:
            continue
        if not column.kind.traits.diagnosed:
            _tell_authored(group, column, members)
            continue
        with looking_at(column.ask.id):
            explained = _explained(sheet, columns, column, members)
        for member, matches in explained.items():
            found.setdefault(member, {})[column.ask.id] = [
                told for match in matches for told in by_value(group, member, match)
            ]
    for column in columns:
        for member, matches in _given_as_well(sheet, columns, column).items():
            found.setdefault(member, {})[column.ask.id] = matches
    for member, lines in found.items():
        told = likeliest(lines)
        for column in columns:
            if told.get(column.ask.id):
                with looking_at(column.ask.id):
                    _tell(group, column, member, told[column.ask.id])


def _explained(
    sheet: Sheets, columns: Sequence[Column], column: Column, members: Sequence[int]
) -> dict[int, list[Match]]:
    """The candidates for each member's answer; those with wrong functions of their own before it alone."""
    alone = sheet.on_own_functions(column, list(members))
    explained = sheet.explained(column, [member for member in members if member not in alone])
    for member in alone:
        explained[member] = _with_own_functions(sheet.group, columns, column, member)
    return explained


def _given_as_well(sheet: Sheets, columns: Sequence[Column], column: Column) -> dict[int, list[Match]]:
    """The author's slips that give a number taken for one with too few digits: 0.04 is a coarse 0.0438, and 1/25.

    The verdict does not say that the number is right then.
    """
    if not (column.told and column.kind.traits.numbers and column.kind.traits.diagnosed):
        return {}
    members = [m for m in column.members(COARSE) if [said.key for said in column.verdicts[m].reasons] == [_COARSE]]
    with looking_at(column.ask.id):
        explained = _explained(sheet, columns, column, members) if members else {}
    given = {}
    for member, matches in explained.items():
        authored = [match for match in matches if match.is_whole and match.mutant and match.mutant.say is not None]
        if authored:
            verdict = column.verdicts[member]
            reason = replace(verdict.reasons[0], key="answer-coarse-or-slip")
            column.verdicts[member] = replace(verdict, reasons=(reason,))
            given[member] = authored
    return given


def _tell_authored(group: Group, column: Column, members: Sequence[int]) -> None:
    """The author's words about what was taken, of several the first: an option that is none."""
    for member in members:
        with looking_at(column.ask.id):
            said = column.kind.authored(column.values[member], column.ask, group, member)
        words = [(name, Message("slip-authored", {"say": text})) for name, text in said[:1]]
        slips = tuple(Slip(name, column.ask.id, message, message) for name, message in words)
        column.verdicts[member] = replace(column.verdicts[member], slips=slips)


def _tell(group: Group, column: Column, member: int, matches: Sequence[Match]) -> None:
    reported = [(match, slip_words(group, member, column.ask, match)) for match in matches]
    slips = tuple(Slip(match.rule, match.step, words.message, words.general) for match, words in distinct(reported))
    column.verdicts[member] = replace(column.verdicts[member], slips=slips)


def by_value(group: Group, member: int, match: Match) -> list[Match]:
    """A lost factor that is −1 for this student is a lost sign, and one too many that is 2 or 1/2 may be just that."""
    mutant = match.mutant
    if match.rule not in _FACTORS or mutant is None or mutant.part is None or mutant.say is not None:
        return [match]
    values = group.at(member).values
    if not names(mutant.part) <= values.keys():
        return [match]
    try:
        factor = evaluate(mutant.part, values)
    except GraderError:
        return [match]
    if match.rule in LOST and np.all(factor == -1):
        return [replace(match, rule="sign", mutant=replace(mutant, rule="sign"))]
    if match.rule == _EXTRA and np.isin(factor, (2, 0.5)).all():
        return [match, replace(match, rule="factor-two", mutant=None)]
    return [match]


def likeliest(lines: Mapping[str, Sequence[Match]]) -> dict[str, list[Match]]:
    """For each line of one student the simplest explanations, of several those that explain other lines as well.

    Who takes the old weight in every round is told so in each, though one of the rounds fits something simpler, too.
    """
    support = Counter(key for matches in lines.values() for key in {_habit(match) for match in matches})
    told = {}
    for line, matches in lines.items():
        least = simplest(matches)
        most = max((support[_habit(match)] for match in least), default=0)
        wider = [match for match in matches if support[_habit(match)] > most and match.rank.level < Level.GENERIC]
        told[line] = simplest(wider) if most and wider else _supported(least, support)
    return told


def _supported(tied: Sequence[Match], support: Mapping[tuple[str, str], int]) -> list[Match]:
    """Of what is equally simple that which explains most lines."""
    most = max((support[_habit(match)] for match in tied), default=0)
    return [match for match in tied if support[_habit(match)] == most]


def _habit(match: Match) -> tuple[str, str]:
    """A slip in whatever round it was made."""
    return match.rule, match.step.partition("[")[0]


_TWOS = (Number("2"), Call("div", (Number("1"), Number("2"))))


def distinct(reported: Sequence[tuple[Match, Words]]) -> list[tuple[Match, Words]]:
    """Without what is said twice: a lost factor that is the number 2 is a lost factor 2; an author's words once."""
    twos = any(match.rule == "factor-dropped" and words.part in _TWOS for match, words in reported)
    told = [(match, words) for match, words in reported if not (twos and match.rule == "factor-two")]
    own = [match.mutant.say if match.mutant else None for match, _ in told]
    return [pair for place, pair in enumerate(told) if own[place] is None or own[place] not in own[:place]]


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
    return Sheets(one, single, thorough=False).explained(own, [0])[0]


def _settled(column: Column, member: int) -> bool:
    """It has its name already, or does follow from an earlier answer, which left nothing to compute."""
    verdict = column.verdicts[member]
    return bool(verdict.slips) or (verdict.status == "wrong" and verdict.guarded)
