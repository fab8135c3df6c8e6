"""The record of a draw: enough to rebuild a student's group without drawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.errors import AuthorError
from grader.facts import fact
from grader.plan.candidates import candidates
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Plan
from grader.plan.planner import plan_of
from grader.plan.solve import Values, solve, value_of
from grader.spec.problem import Problem


def record_of(group: Group) -> dict[str, object]:
    """The numbers of a group of one, as JSON: enough to rebuild it without drawing."""
    picked = {name: int(pick[0]) for name, pick in group.picks.items()}
    return {
        "form": dict(group.plan.form),
        "given": {name: value[0].tolist() for name, value in group.given.items()},
        **({"picks": picked} if picked else {}),
    }


def from_record(problem: Problem, record: Mapping[str, Any], seed: int = 0) -> Group:
    """The group of one that a record holds. Raises AuthorError when it does not fit the problem any more."""
    try:
        plan = plan_of(problem, {str(name): str(text) for name, text in record["form"].items()})
        given = {given.name: np.asarray([record["given"][given.name]], dtype=float) for given in plan.givens}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise AuthorError("record-unfit", file=problem.source.file, name=str(error)) from error
    for name, rank in ranks_of(plan).items():
        if given[name].ndim - 1 != rank or not np.isfinite(given[name]).all() or not given[name].size:
            raise AuthorError("record-unfit", file=problem.source.file, name=name)
    picks = {
        name: np.asarray([pick]) for name, pick in record.get("picks", {}).items() if _fits(plan, given, name, pick)
    }
    return Group(plan, np.zeros(1, np.int64), np.asarray([seed], np.uint64), given, solve(plan, given), picks)


@fact(needs=(*STRUCTURE,))
def ranks_of(plan: Plan) -> Mapping[str, int]:
    """How many indices each given has."""
    drawn = candidates(plan, np.zeros(1, np.uint64), np.zeros(1, np.int64), {}).group.given
    return {name: value.ndim - 1 for name, value in drawn.items()}


def _fits(plan: Plan, given: Values, name: str, pick: object) -> bool:
    """Does the recorded option still give the recorded number: the list may have been changed since."""
    options = next((item.options for item in plan.givens if item.name == name), ())
    if not isinstance(pick, int) or not 0 <= pick < len(options):
        return False
    return np.array_equal(value_of(plan, options[pick], given, ("given", name)), given[name])
