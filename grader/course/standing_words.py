"""What a student is told about attempts and lateness, as messages."""

from __future__ import annotations

from collections.abc import Iterator

from grader.course.attempts import Standing
from grader.course.policy import NO_POLICY, Lateness, Policy
from grader.course.sheet_verdict import SheetVerdict
from grader.errors import Message
from grader.marking.verdict import ProblemVerdict

_ATTEMPT = {
    "counted": "attempt-counted",
    "unread": "attempt-unread",
    "same": "attempt-same",
    "completed": "attempt-completed",
    "closed": "attempt-closed",
    "unkept": "attempt-unkept",
}


def standing_messages(policy: Policy | None, standing: Standing, problem: ProblemVerdict) -> Iterator[Message]:
    """Which attempt of a problem this was, what it cost, and the points that count."""
    if policy is None or policy == NO_POLICY:
        return
    if policy.attempts is not None:
        yield _attempt(standing, policy.attempts)
    if problem.of and abs(standing.points - problem.points) > 1e-9:
        key = "attempt-points-best" if policy.counts == "best" else "attempt-points-last"
        yield Message(key, {"points": round(standing.points, 2), "count": problem.of})


def _attempt(standing: Standing, most: int) -> Message:
    left = standing.left or 0
    values = {"used": standing.used, "most": most, "count": left}
    if standing.status == "over":
        return Message("attempt-over", {"count": most})
    return Message("attempt-last" if standing.status == "counted" and not left else _ATTEMPT[standing.status], values)


def counts_differ(sheet: SheetVerdict) -> bool:
    """Whether other points count than those of this submission, under a policy that says so."""
    return sheet.policy not in (None, NO_POLICY) and abs(sum(sheet.counts) - sheet.points) > 1e-9


def late_by(late: Lateness) -> Message:
    """How late it is."""
    hours, minutes = divmod(late.by.seconds // 60, 60)
    return Message("late-by", {"days": late.by.days, "hours": hours, "minutes": minutes})


def late_message(late: Lateness | None) -> Message | None:
    """How late it is and what that costs."""
    if late is None:
        return None
    by = late_by(late)
    if late.closed:
        return Message("late-closed", {"by": by})
    if late.share == 1:
        return Message("late-free", {"by": by})
    return Message("late-share", {"by": by, "percent": round(100 * late.share, 1)})
