"""A candidate that explains an answer, and which of several is told."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.suspects.looks import USUAL
from grader.suspects.mutants import Mutant

MOST_TOLD = 3
"""Explanations of equal simplicity that are told; more of them explain nothing."""


class Match(msgspec.Struct, frozen=True):
    """A slip that gives the answer: its rule, its step and what it takes to explain; a mutant, or a generic slip.

    `second` is the other slip of two at once.
    """

    rule: str
    step: str
    cost: float
    mutant: Mutant | None = None
    second: Mutant | None = None


def of_mutant(mutant: Mutant, extra: float = 0.0) -> Match:
    """The match of a mutant; `extra` makes it less simple."""
    return Match(mutant.rule, mutant.step, mutant.cost + extra, mutant)


def is_usual(matches: Sequence[Match]) -> bool:
    """Something usual explains the answer: the rare slips need not be looked for."""
    return any(match.cost <= USUAL + 0.02 for match in matches)


def simplest(matches: Sequence[Match]) -> list[Match]:
    """The explanations of least cost, each rule in each step once; none where there are too many."""
    if not matches:
        return []
    least = min(match.cost for match in matches)
    told: dict[tuple[str, str], Match] = {}
    for match in matches:
        if match.cost <= least:
            told.setdefault((match.rule, match.step), match)
    return list(told.values()) if len(told) <= MOST_TOLD else []
