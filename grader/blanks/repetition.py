"""A repetition done by hand: `iterate(next, x0, n)` with every round rounded."""

from __future__ import annotations

import numpy as np

from grader.arrays import Floats
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name
from grader.plan.group import Group
from grader.plan.plan import Step
from grader.plan.solve import scope_of
from grader.tolerance import Tolerance

MOST_ROUNDS = 200
"""Nobody does more by hand."""


def spread_by_hand(step: Step, group: Group, rule: Tolerance) -> Floats:
    """How far from the exact value the last round may end before it is rounded, (N, *shape).

    From round to round: the error so far and half a unit go through the function once more, entry by entry.
    """
    size, scope = len(group.positions), scope_of(group.plan, group.values)
    call = next(tree for tree in (step.tree, step.check) if isinstance(tree, Call) and tree.op == "iterate")
    assert isinstance(call.args[0], Name)  # noqa: S101 - the check of the file saw to it
    function = group.plan.functions[call.args[0].name]

    def after(point: Floats) -> Floats:
        value = evaluate(function.body, scope.having({function.parameters[0]: point}))
        return np.asarray(np.broadcast_to(value, point.shape), dtype=float)

    start = np.asarray(evaluate(call.args[1], scope), dtype=float)
    point = np.array(np.broadcast_to(start, (size, *start.shape[1:])))
    times = np.broadcast_to(evaluate(call.args[2], scope), (size,))
    spread = np.zeros(point.shape)
    for made in range(int(min(MOST_ROUNDS, np.nanmax(times, initial=0)))):
        running = (made < times).reshape((-1,) + (1,) * (point.ndim - 1))
        off = spread + (rule.allowance(point) if made else 0.0)
        reached = after(point)
        moved = np.zeros(point.shape)
        for place in np.ndindex(point.shape[1:]):
            move = np.zeros(point.shape)
            move[(slice(None), *place)] = off[(slice(None), *place)]
            moved += np.fmax(np.abs(after(point + move) - reached), np.abs(after(point - move) - reached))
        spread, point = np.where(running, moved, spread), np.where(running, reached, point)
    return spread
