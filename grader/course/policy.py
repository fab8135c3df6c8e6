"""The policy of an assignment: attempts, lateness, what a student sees, the price of hints. Data and its rules.

Time and history come in as arguments; nothing here reads a clock or a file. `policy_file` reads it from YAML.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from grader.marking.verdict import UNEXPLAINED

LEVELS = ("points", "verdicts", "slips", "solutions")
"""What a student sees, each with all before it: the points of a problem; which answers are right; why not; the key."""
MOMENTS = ("at once", "after due", "after last attempt")
RUNGS = ("authored", "slip", "step")
"""The hint ladder, from the bottom."""

Moment = Literal["at once", "after due", "after last attempt"]
UNITS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


class Price(msgspec.Struct, frozen=True):
    """What a hint costs: points, or a share of the points of its ask."""

    points: float = 0.0
    share: float = 0.0

    def of(self, worth: float) -> float:
        """The price in points for an ask of that worth, at most all of them."""
        return min(worth, self.points + self.share * worth)


FREE = Price()


class Late(msgspec.Struct, frozen=True):
    """What late work loses: a share of its points for every unit begun, up to `at_most`; `closed_after` ends it all."""

    share: float = 0.0
    unit: timedelta = UNITS["day"]
    at_most: float = 1.0
    grace: timedelta = timedelta()
    closed_after: timedelta | None = None


class Policy(msgspec.Struct, frozen=True):
    """The rules of an assignment; the defaults are those of one that says nothing.

    `follow` is the share of its points for an answer that follows from a slip, `unexplained` that on a sheet where most
    of the wrong answers are no slips. `reveal` maps moments to levels; `hints` maps rungs to prices, None where the
    rung is not given.
    """

    attempts: int | None = None
    counts: Literal["best", "last"] = "best"
    follow: float = 1.0
    reveal: Mapping[Moment, str] = msgspec.field(default_factory=lambda: {"at once": "slips"})
    due: datetime | None = None
    late: Late = Late()
    hints: Mapping[str, Price | None] = msgspec.field(default_factory=lambda: dict.fromkeys(RUNGS, FREE))
    unexplained: float = UNEXPLAINED


NO_POLICY = Policy()
"""What holds where an assignment says nothing."""


# ----- Late work --------------------------------------------------------------------------------------------------


class Lateness(msgspec.Struct, frozen=True):
    """How late work is: by how much, the share of its points that stays, and whether it is taken at all."""

    by: timedelta
    share: float = 1.0
    closed: bool = False


def lateness(policy: Policy, time: datetime | None) -> Lateness | None:
    """How late something handed in at that time is; None in time, within the grace, or where a time is not known.

    Times are compared to the minute: a due date of 23:59 lasts until midnight.
    """
    if policy.due is None or time is None:
        return None
    by = _minute(time) - policy.due
    if by <= policy.late.grace:
        return None
    if policy.late.closed_after is not None and by > max(policy.late.closed_after, policy.late.grace):
        return Lateness(by, 0.0, closed=True)
    begun = math.ceil(by / policy.late.unit)
    return Lateness(by, 1 - min(policy.late.at_most, policy.late.share * begun, 1.0))


def _minute(time: datetime) -> datetime:
    return time.replace(second=0, microsecond=0)


def closing(policy: Policy) -> datetime | None:
    """When work stops earning points: the due date, or, where late work is taken for a time, the end of that."""
    if policy.due is None:
        return None
    return policy.due + max(policy.late.grace, policy.late.closed_after or timedelta())


# ----- What a student sees ----------------------------------------------------------------------------------------


def revealed_level(policy: Policy, attempts_used: int, now: datetime) -> str:
    """What a student sees of a problem by now: the highest level of all moments that have come."""
    end = closing(policy)
    come = {
        "at once": True,
        "after due": end is not None and _minute(now) > end,
        "after last attempt": policy.attempts is not None and attempts_used >= policy.attempts,
    }
    return max((level for moment, level in policy.reveal.items() if come[moment]), key=LEVELS.index, default=LEVELS[0])


def solutions_allowed(policy: Policy | None, attempts_used: int, now: datetime) -> bool:
    """Whether a student may see the solution of a problem; without an assignment it is practice, and yes."""
    return policy is None or revealed_level(policy, attempts_used, now) == "solutions"
