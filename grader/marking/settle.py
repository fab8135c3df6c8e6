"""What follows from guesses does not pay: points are settled last, when it is known which wrong lines have a name.

An accident happens to everybody, and costs its own line. Where wrong lines that nothing explains outweigh the work that
is shown, what is computed from them is an exercise in easy numbers, and earns a share of its points.

    guessed    1 for a wrong line that no slip explains, a quarter for one that is near what follows from one's own
               values and, beside easy guesses, for one left blank or unreadable
    shown      1 for a right line, and half for one that follows from wrong ones
    trusted    a sheet on which no more is guessed than shown, or little: an accident, and a near miss or two blanks

A guess is easy, and a slip explains an answer, as far as its digits carry: many a slip gives 2 or 0.5 by chance, and 0
or 1 always does. Nobody who makes numbers up makes up four digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from grader.errors import Message
from grader.internal import looking_at
from grader.language.nodes import Name, Number, names, walk
from grader.marking.column import WRONG, Column
from grader.marking.verdict import Shares, Verdict
from grader.plan.group import Group

ACCIDENT = 1.5
"""So much may be guessed on any sheet: a wrong line, and a near miss or two blanks."""
BLANK = 0.25
FOLLOWING = 0.5
NEAR = 0.75
TELLING = 3.0
"""So many digits of an answer, or names and digits of a formula, are no chance."""
PAIR = 2.0
"""Two slips at once give so many more numbers that it takes these digits besides."""

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)?")
_NUMERALS = re.compile(r"[\s\d.,;()\[\]{}−+-]*")


def settle(group: Group, columns: Sequence[Column], weights: Mapping[str, float], shares: Shares) -> None:
    """Where a sheet is not trusted, lines that follow from unexplained ones keep that share of their points.

    Less than that part of all points is nobody's aim, and stays.
    `weights` are for rows of tables, by ask: together they are one line.
    """
    share = shares.unexplained
    if share >= shares.follow:
        return
    for member in sorted({member for column in columns for member in column.before}):
        followed = sum(column.verdicts[member].points for column in columns if member in column.before)
        if followed <= share * sum(column.verdicts[member].of for column in columns):
            continue
        lines = [_line(group, column, member) for column in columns]
        if not is_trusted(lines, weights):
            roots = frozenset(line.ask for line in lines if line.is_unexplained)
            verdicts = {column.ask.id: column.verdicts[member] for column in columns}
            for column in columns:
                if member in column.before and stands_on(verdicts, column.ask.id, roots):
                    column.verdicts[member] = _cut(column, member, share / shares.follow)


def _line(group: Group, column: Column, member: int) -> _Line:
    with looking_at(column.ask.id):
        return _Line(group, column, member)


class _Line:
    """One student's line: how much of it is right, guessed, and an easy guess, each from 0 to 1."""

    def __init__(self, group: Group, column: Column, member: int) -> None:
        self.ask, verdict = column.ask.id, column.verdicts[member]
        self.status = verdict.status
        self.left_out = verdict.status in ("blank", "invalid")
        self.right = self.guessed = self.easy = 0.0
        self.is_unexplained = False
        if verdict.status not in WRONG:
            self.right = float(verdict.status == "correct")
        elif member in column.undefined or not verdict.guarded:
            told = min(1.0, telling(group, column, member) / TELLING)
            self.right = verdict.points / verdict.of if verdict.of else 0.0
            explained = explanation(verdict, told) if member not in column.undefined else 0.0
            guessed = 1 - max(self.right, explained, NEAR * (member in column.near))
            self.guessed = guessed if column.told else 0.0  # it may well have a name
            self.easy = self.guessed * (1 - told)
            self.is_unexplained = self.guessed >= 0.5


def is_trusted(lines: Sequence[_Line], weights: Mapping[str, float]) -> bool:
    """Whether no more is guessed than work is shown, or only little."""
    weighted = [(line, weights.get(line.ask, 1.0)) for line in lines]
    guessed = sum(weight * line.guessed for line, weight in weighted)
    if not guessed:
        return True
    easy = sum(weight * line.easy for line, weight in weighted) / guessed
    guessed += BLANK * easy * sum(weight for line, weight in weighted if line.left_out)
    shown = sum(weight * (FOLLOWING if line.status == "follows" else line.right) for line, weight in weighted)
    return guessed <= ACCIDENT or shown >= guessed


def explanation(verdict: Verdict, told: float) -> float:
    """How far a wrong answer that tells so much is explained by its slips; it is where only digits are missing."""
    if verdict.status == "coarse":
        return 1.0
    if not verdict.slips:
        return 0.0
    doubled = all(slip.is_pair for slip in verdict.slips)
    return max(0.0, told - PAIR / TELLING) if doubled else told


def telling(group: Group, column: Column, member: int) -> int:
    """How much an answer tells: digits of its different numbers, but for 0 and 1; those and the names of a formula.

    A constant tells nothing where a function is asked for.
    """
    answer, typed = column.formula(member), column.verdicts[member].typed
    if column.kind.traits.formula and answer is not None:
        needed = column.kind.requirement(column.ask, group.at(member))
        if needed is not None and not names(answer) & set(column.ask.variables) and needed[0]:
            return 0
        return sum(_digits(part.text) if isinstance(part, Number) else isinstance(part, Name) for part in walk(answer))
    text = typed if isinstance(typed, str) else "; ".join(typed.values())
    if not _NUMERALS.fullmatch(text):
        return 3  # a fraction, a formula
    numerals = {numeral[0].replace(",", ".") for numeral in _NUMERAL.finditer(text.replace(", ", "; "))}
    return sum(map(_digits, numerals))


def _digits(numeral: str) -> int:
    """How many digits a numeral has without zeros at its ends; 1 is none to speak of."""
    digits = numeral.replace(".", "").strip("0")
    return 0 if digits == "1" else len(digits)


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
