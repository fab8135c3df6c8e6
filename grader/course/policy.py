"""The policy of an assignment: attempts, lateness, what a student sees, the price of hints. Data and its rules.

Time and history come in as arguments; nothing here reads a clock or a file. `policy_file` reads it from YAML.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

from grader.marking.verdict import UNEXPLAINED, Shares

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
    of the wrong answers are no slips, `layout` that of a derivative in the other layout. `reveal` maps moments to
    levels; `hints` maps rungs to prices, None where the rung is not given. `readings` says which natural readings of an
    answer count: all, or the first one alone. `codes` says what becomes of a code that was not given to the student:
    refused, or marked with a remark for the teacher.
    """

    attempts: int | None = None
    counts: Literal["best", "last"] = "best"
    follow: float = 1.0
    reveal: Mapping[Moment, str] = msgspec.field(default_factory=lambda: {"at once": "slips"})
    due: datetime | None = None
    late: Late = Late()
    hints: Mapping[str, Price | None] = msgspec.field(default_factory=lambda: dict.fromkeys(RUNGS, FREE))
    readings: Literal["all", "first"] = "all"
    unexplained: float = UNEXPLAINED
    codes: Literal["refuse", "remark"] = "refuse"
    layout: float = 0.0

    @property
    def shares(self) -> Shares:
        """What marking needs of it."""
        return Shares(self.follow, self.unexplained, self.layout)


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

    Times are compared to the minute: a due date of 23:59 lasts until midnight. Days and weeks are those of the calendar
    in the zone of the due date, also where the clock is changed in between; hours and minutes are hours and minutes.
    """
    if policy.due is None or time is None:
        return None
    late, moment = policy.late, _minute(time)
    if moment <= _after(policy.due, late.grace):
        return None
    days, rest = _since(policy.due, moment)
    by = timedelta(days) + rest
    if late.closed_after is not None and moment > max(
        _after(policy.due, each) for each in (late.closed_after, late.grace)
    ):
        return Lateness(by, 0.0, closed=True)
    if late.unit < _DAY:
        begun = math.ceil((moment - policy.due.astimezone(UTC)) / late.unit)
    else:
        begun = math.ceil((days + (rest > timedelta())) / late.unit.days)
    return Lateness(by, 1 - min(late.at_most, late.share * begun, 1.0))


_DAY = UNITS["day"]


def _minute(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(second=0, microsecond=0)


def _after(due: datetime, length: timedelta) -> datetime:
    """So much later than the due date: its whole days by the calendar there, then what is left by the clock."""
    return (due + timedelta(length.days)).astimezone(UTC) + (length - timedelta(length.days))


def _since(due: datetime, moment: datetime) -> tuple[int, timedelta]:
    """Whole days of the calendar since the due date, and what has passed of the next: less than a day by the clock."""
    days = max(0, (moment - due.astimezone(UTC)).days - 1)
    while _after(due, timedelta(days + 1)) <= moment:
        days += 1
    rest = moment - _after(due, timedelta(days))
    if rest >= _DAY:  # a day of 25 hours: as the clocks on the wall have it
        rest = moment.astimezone(due.tzinfo).replace(tzinfo=None) - (due + timedelta(days)).replace(tzinfo=None)
    return days, rest


def closing(policy: Policy) -> datetime | None:
    """When work stops earning points: the due date, or, where late work is taken for a time, the end of that."""
    if policy.due is None:
        return None
    return max(_after(policy.due, length) for length in (policy.late.grace, policy.late.closed_after or timedelta()))


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
