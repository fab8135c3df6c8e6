"""The families of the bank and what is drawn of them, once for all tests that meet in one process.

Every family is in every run. A short run takes a few variants of each and the forms that most of them have; with
GRADER_VARIANTS of DEEP or more all forms of so many variants are taken, and with GRADER_FAMILIES only so many families,
other ones with every GRADER_TURN. Tests that take a family meet in one process (conftest), so that its forms are
planned and its slips solved once.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b

import pytest

from grader.blanks.kinds import kind_of
from grader.course.bank import default_bank
from grader.draws.draw import draw
from grader.plan.group import Group
from grader.spec.problem import Problem

DEEP = 200
"""As many variants as `grade check` takes."""
FORMS = 3
VARIANTS = int(os.environ.get("GRADER_VARIANTS", "12"))
SHORT = VARIANTS < DEEP


def turned(names: Sequence[str], most: int, turn: str) -> tuple[str, ...]:
    """So many of the names, all if there are no more; which ones only the turn decides."""
    order = sorted(names, key=lambda name: blake2b(f"{turn} {name}".encode()).digest())
    return tuple(sorted(order[:most]))


_BANK = tuple(default_bank())
FAMILIES = turned(_BANK, int(os.environ.get("GRADER_FAMILIES", len(_BANK))), os.environ.get("GRADER_TURN", ""))

each_family = pytest.mark.parametrize("family", FAMILIES)


def problem_of(family: str) -> Problem:
    """The one that everybody shares."""
    return default_bank()[family]


@cache
def drawn_of(family: str, variants: int = VARIANTS) -> list[Group]:
    """The groups of the first variants."""
    return draw(problem_of(family), range(variants))


@cache
def groups_of(family: str) -> list[Group]:
    """Of the groups of the first variants those that are looked at: all, in a short run the largest."""
    groups = drawn_of(family)
    return sorted(groups, key=lambda group: -len(group.positions))[:FORMS] if SHORT else groups


def has_numbers(family: str) -> bool:
    """Is a number asked for, or are formulas and choices all there is?"""
    return any(kind_of(ask, group).traits.numbers for group in groups_of(family) for ask in group.plan.asks)
