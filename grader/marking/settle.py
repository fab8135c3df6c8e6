"""What follows from guesses does not pay: points are settled last, when it is known which wrong lines have a name.

An accident happens to everybody, and costs its own line. Where wrong lines that nothing explains outweigh the work that
is shown, what is computed from them is an exercise in easy numbers, and earns a share of its points.

    guessed    1 for a wrong line that no slip explains, and half for one that is blank or cannot be read
    shown      1 for a right line, and half for one that follows from wrong ones
    trusted    a sheet on which more is shown than guessed; always one with no more than an accident and a blank line

A slip explains an answer as far as its digits carry. Many a slip gives 2 or 0.5 by chance, and 0 or 1 always does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from grader.errors import Message
from grader.language.nodes import LEAVES, names, walk
from grader.marking.column import WRONG, Column
from grader.marking.verdict import Verdict

ACCIDENT = 1.5
"""So much may be guessed on any sheet: a wrong line, and a blank one."""
BLANK = 0.5
FOLLOWING = 0.5
TELLING = 3
"""So many digits of an answer, or names and numbers in a formula, are no chance."""
PAIR = 2
"""Two slips at once give so many more numbers that it takes these digits besides."""

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)?")
_NUMERALS = re.compile(r"[\s\d.,;()\[\]{}−+-]*")


def settle(columns: Sequence[Column], weights: Mapping[str, float], follow_share: float, share: float) -> None:
    """Where a sheet is not trusted, lines that follow from unexplained ones keep `share` of their points.

    `weights` are for rows of tables, by ask: together they are one line.
    """
    if share >= follow_share:
        return
    for member in sorted({member for column in columns for member in column.before}):
        if not is_trusted(columns, member, weights):
            roots = unexplained(columns, member)
            verdicts = {column.ask.id: column.verdicts[member] for column in columns}
            for column in columns:
                if member in column.before and stands_on(verdicts, column.ask.id, roots):
                    column.verdicts[member] = _cut(column, member, share / follow_share)


def is_trusted(columns: Sequence[Column], member: int, weights: Mapping[str, float]) -> bool:
    """Whether more work is shown than guessed."""
    shown = guessed = 0.0
    for column in columns:
        weight, verdict = weights.get(column.ask.id, 1.0), column.verdicts[member]
        if verdict.status in ("blank", "invalid"):
            guessed += BLANK * weight
        elif verdict.status == "follows":
            shown += FOLLOWING * weight
        elif member in column.undefined:
            guessed += weight
        elif not verdict.guarded:
            right = _right_part(verdict)
            shown += right * weight
            guessed += (1 - max(right, explanation(column, member))) * weight
    return guessed <= ACCIDENT or shown > guessed


def explanation(column: Column, member: int) -> float:
    """How far an answer is explained by its slips, 0 to 1; it is where only digits are missing."""
    verdict = column.verdicts[member]
    if verdict.status == "coarse":
        return 1.0
    if not verdict.slips:
        return 0.0
    doubled = all("+" in slip.rule for slip in verdict.slips)
    return min(1.0, max(0.0, (telling(column, member) - PAIR * doubled) / TELLING))


def _right_part(verdict: Verdict) -> float:
    if verdict.status not in WRONG:
        return 1.0
    return verdict.points / verdict.of if verdict.of else 0.0


def telling(column: Column, member: int) -> int:
    """How much an answer tells: digits of its different numbers, but for 0 and 1; names and numbers of a formula."""
    answer, typed = column.values[member], column.verdicts[member].typed
    if column.kind.traits.formula:
        constant = column.ask.variables and names(answer).isdisjoint(column.ask.variables)
        return 0 if constant else sum(isinstance(part, LEAVES) for part in walk(answer))
    text = typed if isinstance(typed, str) else "; ".join(typed.values())
    if not _NUMERALS.fullmatch(text):
        return TELLING  # a fraction, a formula
    numerals = {numeral[0].replace(",", ".") for numeral in _NUMERAL.finditer(text.replace(", ", "; "))}
    return sum(len(digits) for digits in map(_significant, numerals) if digits != "1")


def _significant(numeral: str) -> str:
    """The digits of a numeral without zeros at its ends."""
    return numeral.replace(".", "").strip("0")


def unexplained(columns: Sequence[Column], member: int) -> frozenset[str]:
    """The wrong answers of a student that are more guessed than explained."""
    return frozenset(
        column.ask.id
        for column in columns
        if column.verdicts[member].status in WRONG
        and not column.verdicts[member].guarded
        and max(_right_part(column.verdicts[member]), explanation(column, member)) <= 0.5
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


def _cut(column: Column, member: int, share: float) -> Verdict:
    """The share of the points, and never less than the answer earned by itself."""
    verdict = column.verdicts[member]
    points = max(verdict.points * share, column.before[member].points)
    if points >= verdict.points:
        return verdict
    reason = Message("follow-unexplained", {"percent": round(100 * points / verdict.of)})
    return replace(verdict, points=points, reasons=(*verdict.reasons, reason))
