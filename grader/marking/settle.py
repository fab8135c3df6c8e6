"""What follows from nonsense does not pay: points are settled last, when it is known which wrong lines have a name.

An accident happens to everybody, and costs its own line. Where wrong lines that nothing explains are half of all the
work that is shown, what is computed from them is an exercise in easy numbers, and earns a share of its points.

    unexplained   wrong, no slip gives it, and it is not right for the student's own values; half of a line left blank
    shown         right, right for the own values, or wrong by a slip that has a name

A sheet is trusted where more is shown than unexplained, and with one accident always, even if a line is blank besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from grader.errors import Message
from grader.language.nodes import Array, Call, Index, Name, Node, Number, names
from grader.marking.column import WRONG, Column
from grader.marking.verdict import Verdict

ACCIDENT = 1.5
"""So much may be unexplained on any sheet: one wrong line, and a blank one."""
BLANK = 0.5
"""What a line that was left out or cannot be read counts against a sheet."""
_EASY = frozenset({"0", "1", "-1", "−1", "+1"})
"""Guesses that many a slip gives by chance."""


def settle(columns: Sequence[Column], weights: Mapping[str, float], follow_share: float, share: float) -> None:
    """Where a sheet is not trusted, lines that follow from unexplained ones keep `share` of their points.

    `weights` are for rows of tables, by ask: together they are one line.
    """
    if share >= follow_share:
        return
    for member in sorted({member for column in columns for member in _following(column)}):
        if not is_trusted(columns, member, weights):
            roots = unexplained_lines(columns, member)
            verdicts = {column.ask.id: column.verdicts[member] for column in columns}
            for column in columns:
                if column.verdicts[member].follows and stands_on(verdicts, column.ask.id, roots):
                    column.verdicts[member] = _cut(column, member, share, follow_share)


def is_trusted(columns: Sequence[Column], member: int, weights: Mapping[str, float]) -> bool:
    """Whether more work is shown than guessed."""
    shown = guessed = 0.0
    for column in columns:
        weight, verdict = weights.get(column.ask.id, 1.0), column.verdicts[member]
        if verdict.status in ("blank", "invalid"):
            guessed += BLANK * weight
        elif verdict.status not in WRONG or is_explained(column, member):
            shown += weight
        elif not verdict.guarded:
            part = verdict.points / verdict.of if verdict.of else 0.0
            shown, guessed = shown + part * weight, guessed + (1 - part) * weight
    return guessed <= ACCIDENT or shown > guessed


def is_explained(column: Column, member: int) -> bool:
    """Whether a wrong answer shows work: a slip gives it, or only digits are missing. A constant shows none."""
    verdict, answer = column.verdicts[member], column.values[member]
    if verdict.status == "coarse":
        return True
    if column.kind.traits.formula and isinstance(answer, Number | Name | Array | Call | Index):
        return bool(verdict.slips) and not _is_constant(answer, column)
    easy = isinstance(verdict.typed, str) and verdict.typed.strip() in _EASY
    return bool(verdict.slips) and not easy


def _is_constant(answer: Node, column: Column) -> bool:
    variables = column.ask.variables
    return bool(variables) and names(answer).isdisjoint(variables)


def unexplained_lines(columns: Sequence[Column], member: int) -> frozenset[str]:
    """The wrong answers of a student that nothing explains."""
    return frozenset(
        column.ask.id
        for column in columns
        if column.verdicts[member].status in WRONG
        and not column.verdicts[member].guarded
        and not is_explained(column, member)
    )


def stands_on(verdicts: Mapping[str, Verdict], ask: str, roots: frozenset[str]) -> bool:
    """Whether an answer that follows is computed from one of the roots, directly or through others that follow."""
    todo, seen = [*verdicts[ask].follows], {ask}
    while todo:
        source = todo.pop()
        if source in roots:
            return True
        if source not in seen and source in verdicts:
            seen.add(source)
            todo += verdicts[source].follows
    return False


def _following(column: Column) -> Iterator[int]:
    """Students who earn points in a column because it follows."""
    return (m for m, verdict in enumerate(column.verdicts) if verdict.follows and verdict.points)


def _cut(column: Column, member: int, share: float, follow_share: float) -> Verdict:
    """The share of the points, and never less than the answer earned by itself."""
    verdict, before = column.verdicts[member], column.before.get(member)
    points = max(verdict.points * share / follow_share, before.points if before else 0.0)
    if points >= verdict.points:
        return verdict
    reason = Message("follow-unexplained", {"percent": round(100 * points / verdict.of)})
    return replace(verdict, points=points, reasons=(*verdict.reasons, reason))
