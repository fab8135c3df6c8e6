"""How much the numbers of one student weigh, found with one student before they are drawn for a class."""

from __future__ import annotations

import numpy as np

from grader.facts import fact
from grader.plan.candidates import candidates
from grader.plan.plan import STRUCTURE, Plan
from grader.spec.limits import MOST_SOLVED


@fact(needs=STRUCTURE)
def weight(plan: Plan) -> int:
    """The entries of all givens and steps of a student; raises AuthorError where they are too many."""
    values = candidates(plan, np.zeros(1, np.uint64), np.zeros(1, np.int64), {}, require=False).group.values
    sizes = {name: int(value[0].size) for name, value in values.items()}
    total = sum(sizes.values())
    if total > MOST_SOLVED:
        largest = max(sizes, key=lambda name: sizes[name])
        paths = {part.name: part.path for part in plan.givens} | {part.name: part.path for part in plan.steps}
        plan.problem.source.fail("spec-solved-large", paths[largest], count=total, most=MOST_SOLVED, name=largest)
    return total
