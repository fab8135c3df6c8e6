"""One student's numbers, drawn before those of a class: how much they weigh, and which shapes the values have."""

from __future__ import annotations

import numpy as np

from grader.facts import fact
from grader.plan.candidates import candidates
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Plan
from grader.spec.limits import MOST_SOLVED


@fact(needs=STRUCTURE)
def specimen(plan: Plan) -> Group:
    """A group of one, fit or not; raises AuthorError where the givens and steps of a student are too large."""
    group = candidates(plan, np.zeros(1, np.uint64), np.zeros(1, np.int64), {}, require=False).group
    sizes = {name: int(value[0].size) for name, value in group.values.items()}
    if sum(sizes.values()) > MOST_SOLVED:
        largest = max(sizes, key=lambda name: sizes[name])
        paths = {part.name: part.path for part in plan.givens} | {part.name: part.path for part in plan.steps}
        count = sum(sizes.values())
        plan.problem.source.fail("spec-solved-large", paths[largest], count=count, most=MOST_SOLVED, name=largest)
    return group
