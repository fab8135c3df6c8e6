"""Mutants: what they may read."""

from __future__ import annotations

import pytest
from families import groups_of

from grader.language.nodes import names
from grader.plan.sample import unusual_in
from grader.suspects.mutants import mutants_of
from grader.suspects.places import TIERS

# In the first two a step reads the gradient twice: as itself, and through the squares that are gathered.
BY_TWO_WAYS = ("adadelta-two-steps", "optimizer-2d-step", "adam-two-steps", "momentum-two-steps")


@pytest.mark.parametrize("family", BY_TWO_WAYS)
def test_no_formula_done_wrong_is_computed_from_itself(family: str) -> None:
    for group in groups_of(family):
        plan, unusual = group.plan, unusual_in(group)
        for step in plan.steps:
            for tier in TIERS[:2]:
                for mutant in mutants_of(plan, step.name, unusual, tier).each:
                    graph = plan.graph.having({step.name: frozenset(names(mutant.trees[step.name]))})
                    assert not graph.depends(step.name, {step.name}), (step.name, mutant.rule)
