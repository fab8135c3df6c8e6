"""The families of the bank and what is drawn of them, once for all tests that meet in one process.

Every family is in every run; of its variants there are as many as `GRADER_VARIANTS` says. `grade check` takes 200.
Tests that take a family meet in one process (conftest), so that its forms are planned and its slips solved once.
"""

from __future__ import annotations

import os
from functools import cache

import pytest

from grader.course.bank import default_bank
from grader.draws.draw import draw
from grader.plan.group import Group
from grader.spec.problem import Problem

FAMILIES = tuple(default_bank())
VARIANTS = int(os.environ.get("GRADER_VARIANTS", "24"))

each_family = pytest.mark.parametrize("family", FAMILIES)


def problem_of(family: str) -> Problem:
    """The one that everybody shares."""
    return default_bank()[family]


@cache
def groups_of(family: str, variants: int = VARIANTS) -> list[Group]:
    """The groups of the first variants."""
    return draw(problem_of(family), range(variants))
