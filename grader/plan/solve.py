"""The reference solver: the steps of a plan for a whole batch, in order."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace

from grader.arrays import Floats, Truths
from grader.errors import AuthorError, StudentError
from grader.language.evaluate import evaluate
from grader.language.lexer import canonical_name
from grader.language.nodes import Node
from grader.language.scope import Scope
from grader.language.shapes import finite
from grader.plan.plan import Plan, sized, through_calls
from grader.spec.source import Path

Values = dict[str, Floats]


def scope_of(plan: Plan, values: Mapping[str, Floats], kept: frozenset[str] = frozenset()) -> Scope:
    """What names mean while the steps are solved: derivatives go through the steps' definitions, past kept values."""
    return Scope(values, plan.functions, plan.definitions, kept=kept, graph=plan.graph, trial=bool(kept))


def value_of(
    plan: Plan, tree: Node, values: Mapping[str, Floats], path: Path, kept: frozenset[str] = frozenset()
) -> Floats:
    """A formula's value over the batch; a fault in it is the author's, with file and line."""
    try:
        return np.asarray(evaluate(tree, scope_of(plan, values, kept)), dtype=float)
    except StudentError as fault:
        plan.problem.source.fail("spec-evaluation", path, reason=fault.message)
    except AuthorError as fault:
        plan.problem.source.fail(fault.message.key, path, **fault.message.values)


def solve(
    plan: Plan,
    given: Mapping[str, Floats],
    instead: Mapping[str, Floats] | None = None,
    formulas: Mapping[str, Node] | None = None,
) -> Values:
    """Values of every step (functions and formulas in named arrays have none), (N, *shape); undefined ones are NaN.

    `instead` puts values in for steps (what a student found), `formulas` other formulas for steps (a slip).
    """
    return solve_sheet(altered(plan, formulas) if formulas else plan, given, instead or {})[1]


def solve_sheet(plan: Plan, given: Mapping[str, Floats], own: Mapping[str, Floats]) -> tuple[Values, Values]:
    """Every step from the values that stand before it on a sheet: what its formula gives, and what stands there.

    `own` holds a student's values, (N, *shape); where one is NaN the formula's value stands.
    """
    size = batch_size(given)
    stands: Values = dict(given)
    following: Values = {}
    kept = frozenset(own)
    for step in plan.steps:
        if not step.has_value:
            continue
        value = value_of(plan, step.tree, stands, step.path, kept)
        value = value if len(value) == size else np.broadcast_to(value, (size, *value.shape[1:]))
        mine = own.get(step.name)
        following[step.name] = value
        stands[step.name] = value if mine is None else np.where(np.isnan(mine), value, mine)
    return following, {name: stands[name] for name in following}


def altered(plan: Plan, formulas: Mapping[str, Node]) -> Plan:
    """The plan with other formulas for some steps; functions, derivatives through the steps and asks follow them."""
    steps = tuple(replace(step, tree=formulas.get(step.name, step.tree)) for step in plan.steps)
    symbolic = [step.name for step in plan.steps if step.symbolic]
    bodies = {name: through_calls(sized(tree, plan.symbols), symbolic, plan.symbols) for name, tree in formulas.items()}
    functions = {
        name: replace(function, body=bodies.get(canonical_name(name), function.body))
        for name, function in plan.functions.items()
    }
    changed = {(step.name, step.tree): formulas[step.name] for step in plan.steps if step.name in formulas}
    asks = tuple(replace(ask, tree=changed.get((ask.id, ask.tree), ask.tree)) for ask in plan.asks)  # type: ignore[arg-type]
    return replace(plan, steps=steps, functions=functions, asks=asks, base=plan.base or plan)


def batch_size(given: Mapping[str, Floats]) -> int:
    """N, the number of students in the batch."""
    return max((len(value) for value in given.values()), default=1)


def defined(solution: Mapping[str, Floats]) -> Truths:
    """Which students' solutions have a value at every step, (N,)."""
    masks = [finite(value) for value in solution.values()]
    together: Truths = np.logical_and.reduce(masks) if masks else np.ones(1, bool)
    return together
