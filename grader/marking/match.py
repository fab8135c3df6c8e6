"""A candidate that explains an answer, and which of several is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from grader.slips.rank import Detour, Fit, Level, Rank
from grader.slips.table import Row
from grader.suspects.mutants import Mutant

LOST = frozenset({"factor-dropped", "divisor-dropped"})
MOST_TOLD = 3
"""Explanations of equal simplicity that are told; more of them explain nothing."""


class Match(msgspec.Struct, frozen=True):
    """A slip that gives the answer: its rule, its step and how simple it is; a mutant, or a generic slip.

    `second` is the other slip of two at once.
    """

    rule: str
    step: str
    rank: Rank
    mutant: Mutant | None = None
    second: Mutant | None = None

    @property
    def is_whole(self) -> bool:
        """It gives all entries of the answer, with the digits written."""
        return self.mutant is not None and self.mutant.rank == self.rank


def of_mutant(mutant: Mutant, rank: Rank | None = None) -> Match:
    """The match of a mutant, as simple as the mutant if no rank is given."""
    return Match(mutant.rule, mutant.step, rank or mutant.rank, mutant)


def of_row(generic: Row) -> Match:
    """The match of a generic slip, which is in no step."""
    return Match(generic.rule, "", generic.rank)


def is_usual(matches: Sequence[Match]) -> bool:
    """Something usual explains the answer: the rare slips need not be looked for, not even as its rivals."""
    return any(match.rank.level <= Level.USUAL for match in matches)


def is_far_fetched(matches: Sequence[Match]) -> bool:
    """What is far to seek is as likely: it is explained by names alone that do not look alike."""
    return all(match.rank.level == Level.UNLIKELY and match.is_whole for match in matches)


def simplest(matches: Sequence[Match]) -> list[Match]:
    """The simplest explanations and what rivals them, each rule in each step once; none where there are too many."""
    if not matches:
        return []
    least = min(match.rank for match in matches)
    simple = [match for match in matches if match.rank == least]
    reported: dict[tuple[str, str], Match] = {}
    others = [match for match in _rivals(least, matches) if match.rule not in {same.rule for same in simple}]
    for match in [*simple, *others]:
        reported.setdefault((match.rule, match.step), match)
    return list(reported.values()) if len(reported) <= MOST_TOLD else []


def _simplest_in_each_step(matches: Iterable[Match]) -> list[Match]:
    """A pattern of its own comes before the lost factor in the same formula."""
    steps: dict[str, list[Match]] = {}
    for match in matches:
        steps.setdefault(match.step, []).append(match)
    return [match for same in steps.values() for match in same if match.rank == min(other.rank for other in same)]


def _rivals(least: Rank, matches: Sequence[Match]) -> list[Match]:
    """What the simplest explanation does not outdo, though it is less simple.

    Slips that are one formula are one match: what gives the same here does so because of these numbers. Usual slips in
    the asked formula and in a line before it are then as likely, and so are a name done wrong throughout and what is
    known to be done. Twice or half of what is right is met through 1/2 and 2 by many a slip in a line before, and an
    accident of the pen gives the same as a slip that is far to seek.
    """
    if least.level > Level.RARE:
        equal = (Level.FAR, Level.ACCIDENT) if least.level == Level.UNLIKELY else (Level.ACCIDENT,)
        return [match for match in matches if match.rank.level in equal and match.rank.fit == Fit.TIGHT]
    near = [match for match in matches if match.rank.fit == least.fit and match.rank.detour <= Detour.BEFORE]
    if least.level == Level.USUAL:
        usual = _simplest_in_each_step(match for match in near if match.rank.level == Level.USUAL)
        doubled = [match for match in near if match.rule == "factor-two" and match.rank.level == Level.EVERYWHERE]
        told = min((match.rank for match in doubled), default=None) if least.detour == Detour.BEFORE else None
        return usual + [match for match in doubled if match.rank == told][:1]
    if least.level == Level.EVERYWHERE:
        return [match for match in near if match.rank.level == Level.KNOWN]
    return []
