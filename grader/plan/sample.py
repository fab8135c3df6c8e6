"""Numbers that belong to nobody: a sample of a plan's candidates, from which facts about the plan are taken."""

from __future__ import annotations

from typing import NewType

import numpy as np

from grader.arrays import Shape
from grader.facts import fact
from grader.plan.candidates import candidates
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Plan
from grader.plan.solve import Values, solve
from grader.plan.symbols import symbol_values

SIZE = 64
SEEDS = 2**41
"""Beyond every student's seed."""
TRY = 60
Unusual = NewType("Unusual", tuple[tuple[str, Shape], ...])
"""Givens with their shapes, where these are not those of the sample: set by hand."""
AS_DRAWN = Unusual(())


@fact(needs=(*STRUCTURE,))
def sample_of(plan: Plan) -> Group:
    """Fit candidates of a plan (at most SIZE), the same whoever asks first."""
    seeds = np.arange(SEEDS, SEEDS + 6 * SIZE, dtype=np.uint64)
    drawn = candidates(plan, seeds, np.full(len(seeds), TRY), {})
    return drawn.group.taking(np.flatnonzero(drawn.fit)[:SIZE])


@fact(needs=(*STRUCTURE, sample_of, symbol_values))
def exemplar(plan: Plan, unusual: Unusual) -> Values:
    """The values (1, *shape) of one variant that belongs to nobody: what has which shape, and indices that exist.

    Named arrays are among them.
    """
    if plan.base is not None:
        given = {item.name: exemplar(plan.base, unusual)[item.name] for item in plan.givens}
    else:
        given = _first_given(plan)
    shapes = dict(unusual)
    given = {name: np.resize(value, (1, *shapes[name])) if name in shapes else value for name, value in given.items()}
    symbols = {name: value[:1] for name, value in symbol_values(plan).items()} if plan.symbols else {}
    return {**given, **solve(plan, given), **symbols}


def _first_given(plan: Plan) -> Values:
    sample = sample_of(plan)
    if not len(sample.positions):  # nothing was fit: shapes are all there is
        sample = candidates(plan, np.array([SEEDS], np.uint64), np.zeros(1, np.int64), {}).group
    return {name: value[:1] for name, value in sample.given.items()}


def unusual_in(group: Group) -> Unusual:
    """The givens of a group that were set by hand to other shapes than are drawn."""
    usual = exemplar(group.plan, AS_DRAWN)
    shapes = [(name, value.shape[1:]) for name, value in group.given.items()]
    return Unusual(tuple((name, shape) for name, shape in shapes if shape != usual[name].shape[1:]))
