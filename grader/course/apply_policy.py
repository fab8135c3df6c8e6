"""A marked sheet under the policy of its assignment: prices of hints, lateness, attempts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from grader.course.attempts import Standing, standing, standings, try_of
from grader.course.history import Hint, History
from grader.course.policy import NO_POLICY, lateness
from grader.course.sheet_verdict import Note, SheetVerdict
from grader.errors import Message
from grader.marking.verdict import ProblemVerdict, Verdict


def apply_policy(sheet: SheetVerdict, history: History, time: datetime, *, kept: bool = True) -> SheetVerdict:
    """One submission after the student's earlier ones."""
    policy = sheet.policy or NO_POLICY
    priced = with_hints(sheet, history.hints, time)
    standing_of_each = tuple(
        standing(policy, history.tries.get(problem.problem, ()), try_of(problem, time), kept=kept)
        for problem in priced.problems
    )
    notes = tuple(Note(note) for note in history.notes)
    return replace(priced, late=lateness(policy, time), standings=standing_of_each, notes=(*sheet.notes, *notes))


def apply_in_order(submissions: Sequence[tuple[SheetVerdict, datetime]], hints: Iterable[Hint]) -> list[SheetVerdict]:
    """All submissions of one student for one assignment, in their order; all but the last are superseded."""
    hints = tuple(hints)
    priced = [with_hints(sheet, hints, time) for sheet, time in submissions]
    policy = priced[-1].policy or NO_POLICY
    labels = dict.fromkeys(problem.problem for sheet in priced for problem in sheet.problems)
    after: dict[tuple[int, str], Standing] = {}  # by number of the submission and label
    for label in labels:
        numbers, tries = [], []
        for number, (sheet, (_, time)) in enumerate(zip(priced, submissions, strict=True)):
            for problem in sheet.problems:
                if problem.problem == label:
                    numbers.append(number)
                    tries.append(try_of(problem, time))
        after |= {(number, label): each for number, each in zip(numbers, standings(policy, tries), strict=True)}
    return [
        replace(
            sheet,
            late=lateness(policy, time),
            standings=tuple(after[number, problem.problem] for problem in sheet.problems),
            superseded=policy != NO_POLICY and number < len(priced) - 1,
        )
        for number, (sheet, (_, time)) in enumerate(zip(priced, submissions, strict=True))
    ]


def with_hints(sheet: SheetVerdict, hints: Iterable[Hint], time: datetime | None) -> SheetVerdict:
    """The prices of the hints taken before that time, off the points of their asks."""
    prices: dict[tuple[str, str], float] = {}
    for hint in hints:
        if (hint.student, hint.assignment) == (sheet.student, sheet.assignment) and (time is None or hint.time <= time):
            prices[hint.problem, hint.ask] = prices.get((hint.problem, hint.ask), 0.0) + hint.price
    if not any(prices.values()):
        return sheet
    return replace(sheet, problems=tuple(_priced(problem, prices) for problem in sheet.problems))


def _priced(problem: ProblemVerdict, prices: dict[tuple[str, str], float]) -> ProblemVerdict:
    verdicts = (_cheaper(verdict, prices.get((problem.problem, verdict.ask), 0.0)) for verdict in problem.verdicts)
    return replace(problem, verdicts=tuple(verdicts))


def _cheaper(verdict: Verdict, price: float) -> Verdict:
    """Never below nothing; an answer that earned nothing has nothing to say of it."""
    lost = min(price, verdict.points)
    if lost <= 0:
        return verdict
    taken = Message("hint-taken", {"points": round(lost, 2), "count": round(lost, 2)})
    return replace(verdict, points=verdict.points - lost, reasons=(*verdict.reasons, taken))
