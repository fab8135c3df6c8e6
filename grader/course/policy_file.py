"""The `policy` of an assignment file, short forms and full ones; author errors name line and cure.

policy:
  attempts: 3
  counts: best                       # or last
  follow: 50 %                       # or {share: 50 %, unexplained: 1/4}
  reveal: {at once: verdicts, after due: solutions}
  due: 2026-12-01 23:59              # in the course's zone
  late: {per day: 10 %, at most: 50 %, grace: 15 min, closed after: 7 days}
  hints: {slip: 0.25, step: 20 %}
  readings: first                    # of an answer that can be read in several ways; left out: all
  codes: remark                      # of codes that were not given to the student; left out: refuse
  layout: 50 %                       # for a derivative in the other layout; left out: none
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from grader.course.policy import FREE, LEVELS, MOMENTS, NO_POLICY, RUNGS, UNITS, Late, Policy, Price
from grader.course.zones import zone_of
from grader.spec.source import Path, Source
from grader.yamltext import Node

_DURATION = re.compile(r"(\d+(?:[.,]\d+)?)\s*(min|minutes?|h|hours?|d|days?|weeks?)")
_LENGTHS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_LONGEST = timedelta(days=3650)
_NUMBER = re.compile(r"(\d+(?:[.,]\d*)?|[.,]\d+)(?:/(\d+))?\s*(%?)")
_DUE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T]+(\d{1,2}:\d\d(?::\d\d)?))?\s*(\S*)")
_PER = {f"per {unit}": length for unit, length in UNITS.items()}
FOLLOW_WORDS = ("share", "unexplained")
LATE_WORDS = (*_PER, "at most", "grace", "closed after")
_WORDS = {"no": 0.0, "none": 0.0, "full": 1.0}


class PolicyModel(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The part as written."""

    attempts: str = "unlimited"
    counts: str = "best"
    follow: str | dict[str, str] = "1"
    reveal: str | dict[str, str] | None = None
    due: str | None = None
    late: str | dict[str, str] | None = None
    hints: str | dict[str, str] | None = None
    readings: str = "all"
    codes: str = "refuse"
    layout: str = "none"


def read_policy(source: Source, node: Node, timezone: str = "") -> Policy:
    """The policy in a file; raises AuthorError with line and cure."""
    return _Reader(source, timezone).policy(source.model(node, PolicyModel, ("policy",)))


@dataclass(frozen=True)
class _Reader:
    """Texts to values, each fault with its path in the file."""

    source: Source
    timezone: str

    def policy(self, model: PolicyModel) -> Policy:
        reveal = self.reveal(model)
        follow, unexplained = self.follow(model)
        return Policy(
            self.attempts(model.attempts),
            self.choice(model.counts, ("best", "last"), ("policy", "counts")),  # type: ignore[arg-type]
            follow,
            reveal,  # type: ignore[arg-type]
            self.due(model.due) if model.due is not None else None,
            self.late(model),
            self.hints(model, reveal),
            self.choice(model.readings, ("all", "first"), ("policy", "readings")),  # type: ignore[arg-type]
            unexplained,
            self.choice(model.codes, ("refuse", "remark"), ("policy", "codes")),  # type: ignore[arg-type]
            self.share(model.layout, ("policy", "layout")),
        )

    def attempts(self, text: str) -> int | None:
        if text == "unlimited":
            return None
        if not text.isdecimal() or int(text) < 1:
            self.source.fail("policy-attempts", ("policy", "attempts"), text=text)
        return int(text)

    def choice(self, text: str, known: Sequence[str], path: Path) -> str:
        word = re.sub(r"[-_\s]+", " ", text).strip()
        if word not in known:
            self.source.fail("policy-choice", path, text=text, known=tuple(known))
        return word

    def share(self, text: str, path: Path) -> float:
        match = _NUMBER.fullmatch(text)
        value = _WORDS.get(text, _value(match) if match else -1.0)
        if not 0 <= value <= 1:
            self.source.fail("policy-share", path, text=text)
        return value

    def follow(self, model: PolicyModel) -> tuple[float, float]:
        """The share for what follows, and that for what follows from lines that nothing explains."""
        path: Path = ("policy", "follow")
        if isinstance(model.follow, str):
            return self.share(model.follow, path), NO_POLICY.unexplained
        entries = self.entries(model.follow, FOLLOW_WORDS, "follow")
        shares = {key: self.share(text, (*path, key)) for key, text in entries.items()}
        return shares.get("share", NO_POLICY.follow), shares.get("unexplained", NO_POLICY.unexplained)

    def length(self, text: str, path: Path) -> timedelta:
        match = _DURATION.fullmatch(text)
        if match is None:
            self.source.fail("policy-duration", path, text=text)
        number, unit = float(match[1].replace(",", ".")), _LENGTHS[match[2][0]]
        if number > _LONGEST / unit:
            self.source.fail("policy-duration", path, text=text)
        return number * unit

    def entries(self, given: str | dict[str, str] | None, known: Sequence[str], part: str) -> dict[str, str]:
        """The entries of a full form."""
        entries = given if isinstance(given, dict) else {}
        for key in entries:
            if key not in known:
                self.source.unknown_key(key, known, ("policy", part, key))
        return entries

    # ----- What a student sees ------------------------------------------------------------------------------------

    def reveal(self, model: PolicyModel) -> dict[str, str]:
        """Levels by moment. Where a slip has a price and nothing else is said, it is not shown for nothing."""
        path: Path = ("policy", "reveal")
        if model.reveal is None:
            return {"at once": "verdicts" if self._slip_is_sold(model) else "slips"}
        if isinstance(model.reveal, dict):
            known = self.entries(model.reveal, MOMENTS, "reveal")
            levels = {moment: self.choice(text, LEVELS, (*path, moment)) for moment, text in known.items()}
        else:
            later = [f"solutions {moment}" for moment in MOMENTS[1:]]
            word = self.choice(model.reveal, (*LEVELS, *later), path)
            level, _, moment = word.partition(" ")
            first = "verdicts" if self._slip_is_sold(model) else "slips"
            levels = {"at once": first, moment: level} if moment else {"at once": level}
        for moment, needed in (("after due", "due"), ("after last attempt", "attempts")):
            missing = model.due is None if needed == "due" else model.attempts == "unlimited"
            if moment in levels and missing:
                self.source.fail("policy-moment", path, moment=moment, needed=needed)
        return levels

    def _slip_is_sold(self, model: PolicyModel) -> bool:
        text = model.hints.get("slip", "") if isinstance(model.hints, dict) else model.hints or ""
        match = _NUMBER.fullmatch(text)
        return match is not None and _value(match) > 0

    # ----- Late work ----------------------------------------------------------------------------------------------

    def due(self, text: str) -> datetime:
        """A day (to its end) or a minute; in the zone written behind it, or in that of the course."""
        path: Path = ("policy", "due")
        match = _DUE.fullmatch(text)
        if match is None or not "1970" <= match[1][:4] < "9000":
            self.source.fail("policy-due", path, text=text)
        try:
            moment = datetime.fromisoformat(f"{match[1]} {(match[2] or '23:59').zfill(5)}")
        except ValueError:
            self.source.fail("policy-due", path, text=text)
        name = match[3] or self.timezone
        if not name:
            self.source.fail("policy-no-zone", path, text=text)
        zone = zone_of(name)
        if zone is None:
            self.source.fail("policy-zone", path, zone=name)
        return moment.replace(tzinfo=zone)

    def late(self, model: PolicyModel) -> Late:
        path: Path = ("policy", "late")
        if model.late is not None and model.due is None:
            self.source.fail("policy-late-no-due", path)
        if isinstance(model.late, str):
            return self._late_in_short(model.late, path)
        entries = self.entries(model.late, LATE_WORDS, "late")
        rates = [key for key in entries if key in _PER]
        if len(rates) > 1:
            self.source.fail("policy-rates", path, rates=tuple(rates))
        rate = rates[0] if rates else "per day"

        def length(key: str) -> timedelta | None:
            return self.length(entries[key], (*path, key)) if key in entries else None

        return Late(
            self.share(entries[rate], (*path, rate)) if rates else 0.0,
            _PER[rate],
            self.share(entries["at most"], (*path, "at most")) if "at most" in entries else 1.0,
            length("grace") or timedelta(),
            length("closed after"),
        )

    def _late_in_short(self, text: str, path: Path) -> Late:
        """`closed`, `free`, or `10 % per day`."""
        if text in ("closed", "no"):
            return Late(closed_after=timedelta())
        if text == "free":
            return Late()
        share, per, unit = text.partition(" per ")
        if not per or unit.strip() not in UNITS:
            self.source.fail("policy-late", path, text=text)
        return Late(self.share(share.strip(), path), UNITS[unit.strip()])

    # ----- Hints --------------------------------------------------------------------------------------------------

    def hints(self, model: PolicyModel, reveal: dict[str, str]) -> dict[str, Price | None]:
        """Prices by rung. A rung that would tell more than the student sees is there only if the file names it."""
        path: Path = ("policy", "hints")
        level = LEVELS.index(reveal.get("at once", LEVELS[0]))
        prices: dict[str, Price | None] = {
            "authored": FREE,
            "slip": FREE if level >= LEVELS.index("slips") else None,
            "step": FREE if level >= LEVELS.index("verdicts") else None,
        }
        if isinstance(model.hints, str):
            price = self.price(model.hints, path)
            prices = {rung: None if prices[rung] is None and price == FREE else price for rung in RUNGS}
        for rung, text in self.entries(model.hints, RUNGS, "hints").items():
            prices[rung] = self.price(text, (*path, rung))
        if self._slip_is_sold(model) and level >= LEVELS.index("slips"):
            self.source.fail("policy-slip-sold", (*path, "slip"), level=reveal["at once"])
        return prices

    def price(self, text: str, path: Path) -> Price | None:
        """Points, or a share with %; `free`, and `no` for a rung that is not given."""
        if text in ("no", "none"):
            return None
        match = _NUMBER.fullmatch("0" if text == "free" else text)
        if match is None or _value(match) < 0:
            self.source.fail("policy-price", path, text=text)
        if match[3] and _value(match) > 1:
            self.source.fail("policy-share", path, text=text)
        return Price(share=_value(match)) if match[3] else Price(points=_value(match))


def _value(match: re.Match[str]) -> float:
    """The number of a text such as 0.25, 1/4 or 25 %; a zero denominator is no number."""
    number, below, percent = match[1].replace(",", "."), match[2], match[3]
    if below is not None and not int(below):
        return -1.0
    return float(number) / (int(below) if below else 1) / (100 if percent else 1)
