"""The families of the bank and what is drawn of them, once for all tests that meet in one process.

Every family is in every run. `each_family` are all: they are loaded, drawn, printed and marked as is on record.
`in_depth` are those whose forms, slips and answers are gone through one by one: every file that is not on record as
proved, and as many others as a run has time for, whose turn the code decides; of all others only a FEW variants are
drawn. A short run takes VARIANTS of a family in depth and the two forms that most of them have. With GRADER_VARIANTS of
DEEP or more every family is taken in depth, in all forms of so many variants, and with GRADER_FAMILIES only so many
families, other ones with every GRADER_TURN. Tests that take a family meet in one process (conftest), so that its forms
are planned and its slips solved once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

import pytest
from proofs import digest_of, proved

import grader
from grader.blanks.kinds import kind_of
from grader.course.bank import default_bank
from grader.draws.draw import draw
from grader.plan.group import Group
from grader.spec.problem import Problem

DEEP = 200
"""As many variants as `grade check` takes."""
FORMS, FEW = 2, 3
DEPTH = 6
"""So many families a short run takes in depth, and all that are not on record."""
VARIANTS = int(os.environ.get("GRADER_VARIANTS", "12"))
SHORT = VARIANTS < DEEP


def turned(names: Iterable[str], most: int, turn: str) -> tuple[str, ...]:
    """So many of the names, all if there are no more; which ones only the turn decides."""
    order = sorted(names, key=lambda name: blake2b(f"{turn} {name}".encode()).digest())
    return tuple(sorted(order[:most]))


def _code() -> str:
    """What the package says: the same code has the same turn, whoever runs it, and changed code another."""
    files = Path(grader.__file__).parent.rglob("*.py")
    return blake2b(b"".join(path.read_bytes() for path in sorted(files)), digest_size=12).hexdigest()


_BANK = tuple(default_bank())
TURN = os.environ.setdefault(
    "GRADER_TURN", _code()
)  # for the other processes of a run: what is collected must be the same
FAMILIES = turned(_BANK, int(os.environ.get("GRADER_FAMILIES", len(_BANK))), TURN)


@cache
def unproved() -> frozenset[str]:
    """The families whose files are not on record as they stand."""
    known = proved()
    return frozenset(name for name, path in default_bank().paths.items() if digest_of(path) not in known)


def with_turn(names: Iterable[str], changed: frozenset[str], turn: str) -> tuple[str, ...]:
    """All that have changed and DEPTH of all."""
    names = frozenset(names)
    return tuple(sorted({*turned(names, DEPTH, turn), *(names & changed)}))


def deep_among(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the families that are taken in depth."""
    return with_turn(names, unproved(), TURN) if SHORT else tuple(sorted(names))


IN_DEPTH = deep_among(FAMILIES)
each_family = pytest.mark.parametrize("family", FAMILIES)
in_depth = pytest.mark.parametrize("family", IN_DEPTH)


def variants_of(family: str) -> int:
    """How many of a family are drawn in this run."""
    return VARIANTS if family in IN_DEPTH else FEW


def problem_of(family: str) -> Problem:
    """The one that everybody shares."""
    return default_bank()[family]


@cache
def drawn_of(family: str, variants: int | None = None) -> list[Group]:
    """The groups of the first variants."""
    return draw(problem_of(family), range(variants or variants_of(family)))


@cache
def groups_of(family: str) -> list[Group]:
    """Of the groups of the first variants those that are looked at: all, in a short run the largest."""
    groups = drawn_of(family)
    return sorted(groups, key=lambda group: -len(group.positions))[:FORMS] if SHORT else groups


def has_numbers(family: str) -> bool:
    """Is a number asked for, or are formulas and choices all there is?"""
    return any(kind_of(ask, group).traits.numbers for group in groups_of(family) for ask in group.plan.asks)
