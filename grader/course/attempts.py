"""Attempts: which submissions count, how many are left, and the points they come to. Pure: history comes in as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from grader.blanks.kind import Typed
from grader.course.policy import Lateness, Policy, lateness
from grader.marking.verdict import ProblemVerdict

UNREAD = ("blank", "invalid", "internal")


class Try(msgspec.Struct, frozen=True):
    """One problem of one submission: when it came, what it earned before lateness, and what was answered.

    `answers` is "" where nothing could be read; two tries with the same answers are one. `unread` are the blanks in
    which something stood that could not be read.
    """

    time: datetime | None
    points: float
    answers: str
    unread: frozenset[str] = frozenset()


class Standing(msgspec.Struct, frozen=True):
    """Where a student stands with a problem after a submission.

    `status` is counted, unread (no answer could be read), same (as in an attempt before), completed (an attempt before
    with what could not be read in it), over (no attempts were left), closed (too late) or unkept. `used` counts
    attempts, `points` are those that count by now; None while nothing does.
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


def unread_of(typed: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The blanks in which something could not be read, from (ask, status)."""
    return frozenset(ask for ask, status in typed if status in UNREAD and status != "blank")


def _bare(text: Typed) -> str | list[tuple[str, str]]:
    """Spaces around an answer, and the order of its fields, make no other answer."""
    return sorted((name, value.strip()) for name, value in text.items()) if isinstance(text, Mapping) else text.strip()


def try_of(problem: ProblemVerdict, time: datetime | None) -> Try:
    """A marked problem as a try."""
    typed = [(verdict.ask, verdict.status, verdict.typed) for verdict in problem.verdicts]
    unread = unread_of((ask, status) for ask, status, _ in typed)
    return Try(time, problem.points, answers_key(problem.variant, typed), unread)


class _Record:
    """The attempts so far by their answers, and those answers that were completed since."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.attempts: dict[str, Try] = {}
        self.before: dict[str, str] = {}

    def take(self, item: Try) -> str:
        """Put a try on record; what it was."""
        known = self.before.get(item.answers, item.answers)
        status = self._status(item, known)
        if status == "counted":
            self.attempts[item.answers] = item
        elif status == "same":  # the answers given last are the last ones, at the time they first came
            self.attempts[known] = self.attempts.pop(known)
        elif status == "completed":
            self._complete(item)
        return status

    def _status(self, item: Try, known: str) -> str:
        if not item.answers:
            return "unread"
        if known in self.attempts:
            return "same"
        late = lateness(self.policy, item.time)
        if late is not None and late.closed:
            return "closed"
        if self._completed_by(item) is not None:
            return "completed"
        if self.policy.attempts is not None and len(self.attempts) >= self.policy.attempts:
            return "over"
        return "counted"

    def _completed_by(self, item: Try) -> str | None:
        """The answers of the last attempt to which a try adds only what could not be read in it."""
        return next((key for key, earlier in reversed(self.attempts.items()) if _adds_unread(earlier, item)), None)

    def _complete(self, item: Try) -> None:
        key = self._completed_by(item)
        assert key is not None  # noqa: S101 - that is what its status says
        earlier = self.attempts.pop(key)
        better = points_of(self.policy, earlier) > points_of(self.policy, item) and self.policy.counts == "best"
        self.attempts[item.answers] = replace(earlier if better else item, answers=item.answers, unread=item.unread)
        self.before = {old: item.answers if new == key else new for old, new in self.before.items()}
        self.before[key] = item.answers


def _adds_unread(earlier: Try, later: Try) -> bool:
    """Whether a try has all the answers of an earlier one, and others only in blanks that could not be read in it."""
    if not earlier.unread:
        return False
    (variant, before), (other, after) = (msgspec.json.decode(item.answers) for item in (earlier, later))
    added = [ask for ask, text in after if [ask, text] not in before]
    return variant == other and len(after) == len(before) + len(added) and earlier.unread.issuperset(added)


def standings(policy: Policy, tries: Iterable[Try]) -> list[Standing]:
    """The standing after each try, in the order they came."""
    record = _Record(policy)
    after = []
    for item in tries:
        status = record.take(item)
        after.append(_standing(policy, record.attempts, status))
    return after


def standing(policy: Policy, earlier: Iterable[Try], this: Try, *, kept: bool = True) -> Standing:
    """The standing after a submission; one that is not kept changes nothing."""
    if kept:
        return standings(policy, [*earlier, this])[-1]
    before = standings(policy, earlier)
    return replace(before[-1] if before else _standing(policy, {}, ""), status="unkept")


def _standing(policy: Policy, attempts: Mapping[str, Try], status: str) -> Standing:
    earned = [points_of(policy, item) for item in attempts.values()]
    points = 0.0 if not earned else max(earned) if policy.counts == "best" else earned[-1]
    left = None if policy.attempts is None else max(0, policy.attempts - len(attempts))
    return Standing(status, len(attempts), left, points)


def points_of(policy: Policy, item: Try) -> float:
    """What a try earns, lateness taken off."""
    late: Lateness | None = lateness(policy, item.time)
    return item.points * (late.share if late is not None else 1.0)
