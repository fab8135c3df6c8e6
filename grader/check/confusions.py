"""Which slips numbers cannot tell apart, as counted: pairs, how often, and their words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import msgspec

from grader.errors import Message
from grader.language.unicode import name_unicode
from grader.plan.plan import Ask
from grader.slips.table import SLIP_KINDS

Slip = tuple[str, str]
"""Rule and step."""


class Pair(msgspec.Struct, frozen=True):
    """A slip of an ask and what it may be taken for: another slip, or None for the right answer."""

    ask: str
    slip: Slip
    other: Slip | None

    @property
    def key(self) -> tuple[str, str, str]:
        """The ask and both slips, for a lasting order."""
        return self.ask, at(self.slip), at(self.other)

    def as_dict(self) -> dict[str, object]:
        """As JSON."""
        return {"ask": self.ask, "slip": at(self.slip), "other": at(self.other)}


def at(slip: Slip | None) -> str:
    """A slip by its ids, `rule @ step`; the right answer is "right"."""
    return "right" if slip is None else f"{slip[0]} @ {slip[1]}" if slip[1] else slip[0]


@dataclass
class Measured:
    """Counted over (slip, variant): `apart` of `seen` are distinguishable; confusions and structural ones by pair."""

    variants: int = 0
    seen: int = 0
    apart: int = 0
    hidden: int = 0
    confused: Counter[Pair] = field(default_factory=Counter)
    of: Counter[Pair] = field(default_factory=Counter)
    structural: Counter[Pair] = field(default_factory=Counter)
    asks: dict[str, Ask] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The share of slips that are distinguishable; None where there are none."""
        return self.apart / self.seen if self.seen else None

    def worst(self) -> list[Pair]:
        """The pairs that some variants confuse, the most frequent first."""
        return sorted(self.confused, key=lambda pair: (-self.confused[pair], pair.key))

    def inseparable(self) -> list[Pair]:
        """The pairs that are one by structure."""
        return sorted(self.structural, key=lambda pair: pair.key)

    def rate(self, pair: Pair) -> float:
        """How often a pair is confused; there may be several slips of one rule in a step."""
        return self.confused[pair] / self.of[pair]

    def as_dict(self) -> dict[str, object]:
        """As JSON."""
        each = max(1, self.variants)
        return {
            "share": None if self.share is None else round(self.share, 4),
            "slips": round(self.seen / each, 1),
            "hidden": round(self.hidden / each, 1),
            "pairs": [{**pair.as_dict(), "rate": round(self.rate(pair), 4)} for pair in self.worst()],
            "structural": [pair.as_dict() for pair in self.inseparable()],
        }


def words(slip: Slip | None) -> Message:
    """A slip in the words a student reads; a mistake by the name that its author gave it."""
    if slip is None:
        return Message("check-slip-right")
    rule, step = slip
    if rule not in SLIP_KINDS:
        return Message("check-slip-authored", {"name": rule})
    return Message(SLIP_KINDS[rule].key, {"where": Message("slip-where", {"name": name_unicode(step)})})
