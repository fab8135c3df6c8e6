"""Authored mistakes that cannot be seen: their answers are right, or those of another mistake."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from grader.blanks.carried import expected_values
from grader.blanks.digits import lines_of
from grader.blanks.kind import expected_value
from grader.blanks.kinds import kind_of
from grader.blanks.rounding import accepts
from grader.check.report import Finding, error, warning
from grader.equality.sampling import POINTS, uniforms
from grader.language.calculus import inlined
from grader.language.evaluate import Scope, evaluate
from grader.language.nodes import Call, Node, names, walk
from grader.language.primitives import CONSTANTS
from grader.plan.group import Group
from grader.plan.plan import Ask, Mistake, Plan, Step
from grader.plan.solve import altered, solve
from grader.spec.problem import Problem

HIDDEN_WARN, HIDDEN_MOST = 0.05, 0.5


def mistake_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """Mistakes that hide behind right answers or in a margin, and pairs that give the same."""
    hidden: Counter[str] = Counter()
    same: Counter[tuple[str, str]] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    inside: Counter[tuple[str, str]] = Counter()
    asks: dict[str, Ask] = {}
    for group in groups:
        worlds = {mistake.name: made(group, mistake) for mistake in group.plan.mistakes if applies(mistake, group)}
        for name, world in worlds.items():
            agreement = agrees(group, world)
            hidden[name] += int(agreement.sum())
            seen[name] += len(agreement)
            for ask, count in covered(group, world):
                inside[name, ask.id] += count
                asks[ask.id] = ask
        for one, other in combinations(worlds, 2):
            same[one, other] += int(agrees(worlds[one], worlds[other], everywhere=True).all())
            together[one, other] += 1
    for name, count in hidden.items():
        share = count / max(1, seen[name])
        if share > HIDDEN_WARN:
            report = error if share > HIDDEN_MOST else warning
            yield report(problem, "check-mistake-hides", ("mistakes", name), mistake=name, percent=round(100 * share))
    for (name, covering), count in inside.items():
        if (share := count / max(1, seen[name])) > HIDDEN_WARN:
            path, percent = asks[covering].path, round(100 * share)
            yield warning(problem, "check-margin-hides", path, ask=covering, other=name, percent=percent)
    for (one, other), count in same.items():
        if count == together[one, other] and hidden[one] < seen[one]:
            yield warning(problem, "check-mistake-same", ("mistakes", other), mistake=other, other=one)


def made(group: Group, mistake: Mistake) -> Group:
    """The group as it would be solved with the mistake."""
    plan = altered(group.plan, mistake.steps)
    solution = solve(plan, group.given)
    return Group(plan, group.places, group.seeds, group.given, solution, group.picks)


def applies(mistake: Mistake, group: Group) -> bool:
    """Is some formula another one in this form: `x^(n+1)` for `x^n` is none where the function is a sine."""
    return any(
        _another(step, mistake.steps[step.name], group) for step in group.plan.steps if step.name in mistake.steps
    )


def _another(step: Step, formula: Node, group: Group) -> bool:
    """Whether two formulas differ as functions of everything they read, at points that no draw decides."""
    mine, other = (inlined(tree, dict(group.plan.functions)) for tree in (step.tree, formula))
    repeated = any(isinstance(part, Call) and part.op in ("iterate", "count_until") for part in walk(other))
    if mine == other or step.symbolic or repeated:
        return mine != other
    read = sorted((names(mine) | names(other)) - CONSTANTS.keys())
    shapes = {name: value.shape[1:] for name, value in group.values.items() if name not in step.parameters}
    for low in (-3.0, 0.1):
        spread = {name: _spread(place, shapes.get(name, ()), low) for place, name in enumerate(read)}
        scope = Scope({**group.at(0).values, **spread}, group.plan.functions)
        value, expected = (np.asarray(evaluate(tree, scope), dtype=float) for tree in (other, mine))
        if value.shape[1:] != expected.shape[1:]:
            return True
        gap = np.abs(value - expected) > 1e-9 * np.maximum(np.abs(expected), 1e-9)
        if np.any(gap & np.isfinite(expected)):
            return True
    return False


def _spread(place: int, shape: tuple[int, ...], low: float) -> Any:
    """Irrational numbers from `low` to 3, (POINTS, *shape)."""
    size = math.prod(shape)
    return (low + (3 - low) * uniforms(place, POINTS * size)).reshape((POINTS, *shape))


def agrees(group: Group, other: Group, *, everywhere: bool = False) -> Any:
    """Members (n,) for whom the second group's answers to every ask are right answers of the first.

    With `everywhere` it may stop at the first for whom they are not.
    """
    right = np.ones(len(group.places), bool)
    kinds = [(ask, kind_of(ask, group)) for ask in group.plan.asks]
    for ask, kind in sorted(kinds, key=lambda pair: not pair[1].traits.numbers):  # numbers are quick
        if not (right.all() if everywhere else right.any()):
            break
        right &= kind.agrees(ask, group, _in(other.plan, ask), other)
    return right


def _in(plan: Plan, ask: Ask) -> Ask:
    return next(same for same in plan.asks if same.id == ask.id)


def covered(group: Group, other: Group) -> Iterator[tuple[Ask, int]]:
    """For how many members an ask has a wrong value in the second group that only honest rounding makes right."""
    size = len(group.places)
    for ask in group.plan.asks:
        if kind_of(ask, group).traits.rounded and lines_of(group.plan).get(ask.id) is not None:
            expected, answer = expected_values(ask, group), expected_value(ask, other)
            if expected.shape[1:] == answer.shape[1:]:
                answer = np.broadcast_to(answer, expected.shape)
                plain = ask.tolerance.accepts(answer, expected).reshape(size, -1).all(axis=1)
                right = accepts(ask, group, np.arange(size), answer).reshape(size, -1).all(axis=1)
                yield ask, int((right & ~plain).sum())
