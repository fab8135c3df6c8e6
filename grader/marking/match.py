"""A candidate that explains an answer, and which of several is told."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.slips.rank import Rank
from grader.slips.table import Row
from grader.suspects.mutants import Mutant

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


def of_mutant(mutant: Mutant, rank: Rank | None = None) -> Match:
    """The match of a mutant, as simple as the mutant if no rank is given."""
    return Match(mutant.rule, mutant.step, rank or mutant.rank, mutant)


def of_row(generic: Row) -> Match:
    """The match of a generic slip, which is in no step."""
    return Match(generic.rule, "", generic.rank)


def is_usual(matches: Sequence[Match]) -> bool:
    """Something usual explains the answer: the rare slips need not be looked for."""
    return any(match.rank.is_usual for match in matches)


def simplest(matches: Sequence[Match]) -> list[Match]:
    """The simplest explanations, each rule in each step once; none where there are too many."""
    if not matches:
        return []
    least = min(match.rank for match in matches)
    reported: dict[tuple[str, str], Match] = {}
    for match in matches:
        if match.rank == least:
            reported.setdefault((match.rule, match.step), match)
    return list(reported.values()) if len(reported) <= MOST_TOLD else []
