"""Authored mistakes that cannot be seen: their answers are right, or those of another mistake."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

import numpy as np

from grader.arrays import Floats, Shape, Truths
from grader.blanks.digits import lines_of
from grader.blanks.kind import expected_value
from grader.blanks.kinds import kind_of
from grader.blanks.propagation import expected_values
from grader.blanks.rounding import accepts
from grader.check.forms import forms
from grader.check.report import Finding, error, warning
from grader.draws.draw import draw
from grader.equality.sampling import POINTS, uniforms
from grader.errors import AuthorError
from grader.language.evaluate import evaluate
from grader.language.functions import inlined
from grader.language.nodes import Call, Node, names, walk
from grader.language.primitives import CONSTANTS, REPETITIONS
from grader.language.scope import Scope
from grader.plan.group import Group
from grader.plan.plan import Ask, Mistake, Plan, Step
from grader.plan.solve import altered, solve
from grader.spec.problem import Form, Problem

HIDDEN_WARN, HIDDEN_MOST = 0.05, 0.5


def mistake_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """Mistakes that hide behind right answers or in a margin, and pairs that give the same."""
    tally = _Tally()
    for group in groups:
        tally.count(group)
    yield from _no_mistakes(problem, groups, tally)
    for name, count in tally.hidden.items():
        share = count / max(1, tally.seen[name])
        if share > HIDDEN_WARN:
            report = error if share > HIDDEN_MOST else warning
            yield report(problem, "check-mistake-hides", ("mistakes", name), mistake=name, percent=round(100 * share))
    for (name, covering), count in tally.inside.items():
        if (share := count / max(1, tally.seen[name])) > HIDDEN_WARN:
            path, percent = tally.asks[covering].path, round(100 * share)
            yield warning(problem, "check-margin-hides", path, ask=covering, other=name, percent=percent)
    for (one, other), count in tally.same.items():
        if count == tally.together[one, other] and tally.hidden[one] < tally.seen[one]:
            yield warning(problem, "check-mistake-same", ("mistakes", other), mistake=other, other=one)


def _no_mistakes(problem: Problem, groups: Sequence[Group], tally: _Tally) -> Iterator[Finding]:
    """Mistakes whose formulas are those of the steps in every form."""
    for name in problem.mistakes:
        if name in tally.seen:
            continue
        at = [(mistake, group) for group in groups for mistake in group.plan.mistakes if mistake.name == name]
        elsewhere = (pair for form in forms(problem) for pair in _first(problem, form, name))
        if at and not any(_shows(*pair) for pair in chain(at, elsewhere)):
            yield error(problem, "check-mistake-reference", ("mistakes", name), mistake=name)


def _shows(mistake: Mistake, group: Group) -> bool:
    """Is some formula another one: as a function, or on the numbers that were drawn (`>` for `>=` is, on a border)."""
    other = made(group, mistake).solution
    return applies(mistake, group) or any(
        not np.array_equal(group.solution[name], other[name], equal_nan=True)
        for name in mistake.steps
        if name in group.solution
    )


def _first(problem: Problem, form: Form, name: str) -> Iterator[tuple[Mistake, Group]]:
    """The mistake of that name and the first student of a form; nothing where the form cannot be drawn."""
    try:
        group = draw(problem, [1], form)[0]
    except AuthorError:
        return
    yield from ((mistake, group) for mistake in group.plan.mistakes if mistake.name == name)


@dataclass
class _Tally:
    """Members for whom a mistake is `hidden`, of those `seen`, or `inside` a margin; groups in which two agree."""

    hidden: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    inside: Counter[tuple[str, str]] = field(default_factory=Counter)
    same: Counter[tuple[str, str]] = field(default_factory=Counter)
    together: Counter[tuple[str, str]] = field(default_factory=Counter)
    asks: dict[str, Ask] = field(default_factory=dict)

    def count(self, group: Group) -> None:
        """Add the mistakes of a group."""
        drawn = [mistake for mistake in group.plan.mistakes if mistake.drawn and applies(mistake, group)]
        scenarios = {mistake.name: made(group, mistake) for mistake in drawn}
        for name, scenario in scenarios.items():
            agreement = agrees(group, scenario)
            self.hidden[name] += int(agreement.sum())
            self.seen[name] += len(agreement)
            for ask, count in covered(group, scenario):
                self.inside[name, ask.id] += count
                self.asks[ask.id] = ask
        for one, other in combinations(scenarios, 2):
            self.same[one, other] += int(agrees(scenarios[one], scenarios[other], everywhere=True).all())
            self.together[one, other] += 1


def made(group: Group, mistake: Mistake) -> Group:
    """The group as it would be solved with the mistake."""
    plan = altered(group.plan, mistake.steps)
    solution = solve(plan, group.given)
    return Group(plan, group.positions, group.seeds, group.given, solution, group.picks)


def applies(mistake: Mistake, group: Group) -> bool:
    """Is some formula another one in this form: `x^(n+1)` for `x^n` is none where the function is a sine."""
    return any(
        _another(step, mistake.steps[step.name], group) for step in group.plan.steps if step.name in mistake.steps
    )


def _another(step: Step, formula: Node, group: Group) -> bool:
    """Whether two formulas differ as functions of everything they read, at points that no draw decides."""
    mine, other = (inlined(tree, dict(group.plan.functions)) for tree in (step.tree, formula))
    repeated = any(isinstance(part, Call) and part.op in REPETITIONS for part in walk(other))
    if mine == other or step.symbolic or repeated:
        return mine != other
    read = sorted((names(mine) | names(other)) - CONSTANTS.keys())
    shapes = {name: value.shape[1:] for name, value in group.values.items() if name not in step.parameters}
    for low in (-3.0, 0.1):
        spread = {name: _spread(number, shapes.get(name, ()), low) for number, name in enumerate(read)}
        scope = Scope({**group.at(0).values, **spread}, group.plan.functions)
        value, expected = (np.asarray(evaluate(tree, scope), dtype=float) for tree in (other, mine))
        if value.shape[1:] != expected.shape[1:]:
            return True
        gap = np.abs(value - expected) > 1e-9 * np.maximum(np.abs(expected), 1e-9)
        if np.any(gap & np.isfinite(expected)):
            return True
    return False


def _spread(number: int, shape: Shape, low: float) -> Floats:
    """Irrational numbers from `low` to 3, (POINTS, *shape), others for every `number`."""
    size = math.prod(shape)
    spread: Floats = (low + (3 - low) * uniforms(number, POINTS * size)).reshape((POINTS, *shape))
    return spread


def agrees(group: Group, other: Group, *, everywhere: bool = False) -> Truths:
    """Members (n,) for whom the second group's answers to every ask are right answers of the first.

    With `everywhere` it may stop at the first for whom they are not.
    """
    right = np.ones(len(group.positions), bool)
    kinds = [(ask, kind_of(ask, group)) for ask in group.plan.asks]
    for ask, kind in sorted(kinds, key=lambda pair: not pair[1].traits.numbers):  # numbers are quick
        if not (right.all() if everywhere else right.any()):
            break
        right &= kind.agrees(ask, group, _in(other.plan, ask), other)
    return right


def _in(plan: Plan, ask: Ask) -> Ask:
    return plan.ask(ask.id)


def covered(group: Group, other: Group) -> Iterator[tuple[Ask, int]]:
    """For how many members an ask has a wrong value in the second group that only honest rounding makes right."""
    size = len(group.positions)
    for ask in group.plan.asks:
        if kind_of(ask, group).traits.rounded and lines_of(group.plan).get(ask.id) is not None:
            expected, answer = expected_values(ask, group), expected_value(ask, other)
            if expected.shape[1:] == answer.shape[1:]:
                answer = np.broadcast_to(answer, expected.shape)
                plain = ask.tolerance.accepts(answer, expected).reshape(size, -1).all(axis=1)
                right = accepts(ask, group, np.arange(size), answer).reshape(size, -1).all(axis=1)
                yield ask, int((right & ~plain).sum())
