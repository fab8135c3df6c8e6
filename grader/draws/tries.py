"""Several tries at each student's numbers at once, and which of them keep apart what a slip would give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from grader.arrays import Indices, Seeds, Truths
from grader.draws.answerable import answerable, unclear, with_options
from grader.draws.discriminating import discriminating
from grader.plan.candidates import candidates
from grader.plan.group import Group
from grader.plan.plan import Plan

MAX_TRIES = 200
PATIENCE = 60
"""Tries after which a candidate is taken even if it hides a slip."""


class Tries(NamedTuple):
    """`ahead` tries of each student of a plan: (n * ahead) members, a student's tries together.

    `fit` meet the conditions and can be answered, `taken` keep slips apart too; `causes` are those rejected, by why.
    """

    group: Group
    ahead: int
    fit: Truths
    taken: Truths
    causes: Mapping[str, Truths]


def tries_of(
    plan: Plan, seeds: Seeds, first: Indices, ahead: int, fixed: Mapping[str, str], *, require: bool = True
) -> Tries:
    """The tries of each of the `seeds` (n,) from the numbers `first` (n,) on.

    Without `require` the conditions of the problem are left out.
    """
    seeds, at = np.repeat(seeds, ahead), (first[:, None] + np.arange(ahead)).ravel()
    group, fit, causes = candidates(plan, seeds, at, fixed, require=require)
    answered = answerable(group)
    causes = {**causes, "answer": fit & ~answered}
    fit = fit & answered & (at < MAX_TRIES)
    taken = fit
    if not any(given.name in fixed for given in plan.givens):  # a form that is fixed leaves the numbers to choose
        taken = fit & _apart(group, np.flatnonzero(fit & (at < PATIENCE)))
    unclear = _unclear(group, taken, ahead)
    return Tries(
        group, ahead, fit & ~unclear, taken & ~unclear, {**causes, "options": unclear, "telling": fit & ~taken}
    )


def _unclear(group: Group, taken: Truths, ahead: int) -> Truths:
    """Which members have options that are not clear, of those that would be taken: comparing is costly."""
    found = np.zeros(len(taken), bool)
    if not any(with_options(group.plan)):
        return found
    while True:
        left = (taken & ~found).reshape(-1, ahead)
        first = np.flatnonzero(left.any(axis=1)) * ahead + left.argmax(axis=1)[left.any(axis=1)]
        masks = unclear(group.taking(first)).values() if len(first) else ()
        if not masks:
            return found
        found[first] = np.logical_or.reduce([*masks])


def _apart(group: Group, members: Indices) -> Truths:
    """Which members tell slips apart, of those looked at; the others are taken as they are."""
    good = np.ones(len(group.positions), bool)
    if len(members):
        good[members] = discriminating(group.taking(members))
    return good
