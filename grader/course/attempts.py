"""Attempts: which submissions count, how many are left, and the points they come to. Pure: history comes in as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from grader.blanks.kind import Typed
from grader.course.policy import Lateness, Policy, lateness
from grader.marking.verdict import ProblemVerdict

UNREAD = ("blank", "invalid")


class Try(msgspec.Struct, frozen=True):
    """One problem of one submission: when it came, what it earned before lateness, and what was answered.

    `answers` is "" where nothing could be read; two tries with the same answers are one.
    """

    time: datetime | None
    points: float
    answers: str


class Standing(msgspec.Struct, frozen=True):
    """Where a student stands with a problem after a submission.

    `status` is counted, unread (no answer could be read), same (as in an attempt before), over (no attempts were
    left), closed (too late) or unkept. `used` counts attempts, `points` are those that count by now; None while
    nothing does.
    """

    status: str
    used: int
    left: int | None
    points: float


def answers_key(variant: str, typed: Iterable[tuple[str, str, Typed]]) -> str:
    """One text for what was answered, from (ask, status, typed); "" where nothing could be read."""
    answers = sorted((ask, _bare(text)) for ask, status, text in typed if status not in UNREAD)
    if not answers:
        return ""
    return msgspec.json.encode([variant.replace("-", "").upper(), answers]).decode()


def _bare(text: Typed) -> str | list[tuple[str, str]]:
    """Spaces around an answer, and the order of its fields, make no other answer."""
    return sorted((name, value.strip()) for name, value in text.items()) if isinstance(text, Mapping) else text.strip()


def try_of(problem: ProblemVerdict, time: datetime | None) -> Try:
    """A marked problem as a try."""
    typed = ((verdict.ask, verdict.status, verdict.typed) for verdict in problem.verdicts)
    return Try(time, problem.points, answers_key(problem.variant, typed))


def standings(policy: Policy, tries: Iterable[Try]) -> list[Standing]:
    """The standing after each try, in the order they came."""
    attempts: dict[str, Try] = {}
    after = []
    for item in tries:
        status = _status(policy, attempts, item)
        if status == "counted":
            attempts[item.answers] = item
        elif status == "same":  # the answers given last are the last ones, at the time they first came
            attempts[item.answers] = attempts.pop(item.answers)
        after.append(_standing(policy, attempts, status))
    return after


def standing(policy: Policy, earlier: Iterable[Try], this: Try, *, kept: bool = True) -> Standing:
    """The standing after a submission; one that is not kept changes nothing."""
    if kept:
        return standings(policy, [*earlier, this])[-1]
    before = standings(policy, earlier)
    return replace(before[-1] if before else _standing(policy, {}, ""), status="unkept")


def _status(policy: Policy, attempts: Mapping[str, Try], item: Try) -> str:
    if not item.answers:
        return "unread"
    if item.answers in attempts:
        return "same"
    late = lateness(policy, item.time)
    if late is not None and late.closed:
        return "closed"
    if policy.attempts is not None and len(attempts) >= policy.attempts:
        return "over"
    return "counted"


def _standing(policy: Policy, attempts: Mapping[str, Try], status: str) -> Standing:
    earned = [points_of(policy, item) for item in attempts.values()]
    points = 0.0 if not earned else max(earned) if policy.counts == "best" else earned[-1]
    left = None if policy.attempts is None else max(0, policy.attempts - len(attempts))
    return Standing(status, len(attempts), left, points)


def points_of(policy: Policy, item: Try) -> float:
    """What a try earns, lateness taken off."""
    late: Lateness | None = lateness(policy, item.time)
    return item.points * (late.share if late is not None else 1.0)
