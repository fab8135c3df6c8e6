"""Independent confirmation: derivatives against central differences and SymPy, every `check` against its step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeGuard

import numpy as np

from grader.arrays import Floats, Truths
from grader.blanks.expressions import same_at_sizes, written_out
from grader.blanks.kind import with_numbers
from grader.check.report import Finding, error
from grader.equality.expressions import difference
from grader.errors import AuthorError, NotScalar, ShapeFault
from grader.language.differences import check_derivative
from grader.language.evaluate import evaluate
from grader.language.functions import inlined
from grader.language.nodes import Call, Name, Node, substitute, walk
from grader.language.primitives import REPETITIONS
from grader.language.typeset import to_text
from grader.plan.group import Group
from grader.plan.plan import Plan, Step
from grader.plan.solve import scope_of, value_of
from grader.spec.problem import Problem
from grader.spec.source import Path

DERIVATIVES = frozenset({"grad", "jacobian", "hessian"})
CHECK = 1e-9
"""Relative to the largest entry: a check is exact but for rounding."""
DIFFERENCES = 1e-4
"""What central differences can tell, relative to the largest entry (hessians are the worst)."""
KINKS = 0.1
"""Share of variants in which they may disagree: at a kink such as relu(0) the derivative is a convention."""
FUNCTION_MEMBERS = 3


def confirm_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """Disagreements, and a problem that nothing confirms."""
    if not any(_confirmed(group.plan) for group in groups):
        yield error(problem, "check-unconfirmed", ("steps",))
    yield from derivative_findings(problem, groups)
    for group in groups:
        for step in group.plan.steps:
            if step.check is not None:
                yield from _check(problem, group, step, step.check)


def _confirmed(plan: Plan) -> bool:
    """A step has a check, or a derivative, or an example is put to the conditions of a constructed answer."""
    trees = [*(step.tree for step in plan.steps), *(function.body for function in plan.functions.values())]
    derived = plan.derivatives or any(_is_derivative(part) for tree in trees for part in walk(tree))
    return (
        bool(derived) or any(step.check for step in plan.steps) or any(ask.conditions and ask.tree for ask in plan.asks)
    )


def _is_derivative(node: Node) -> TypeGuard[Call]:
    return isinstance(node, Call) and node.op in DERIVATIVES


# ----- Derivatives by autograd ------------------------------------------------------------------------------------


def derivative_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """Every grad, jacobian and hessian of the steps that disagrees with central differences."""
    compared: dict[str, list[tuple[bool, Finding]]] = {}
    for group in groups:
        for name, node, path in derivative_forms(group.plan):
            scope = scope_of(group.plan, group.values)
            value, expected = (
                np.asarray(part, float) for part in (evaluate(node, scope), check_derivative(node, scope))
            )
            near = _near(value, expected, DIFFERENCES)
            worst = int(np.argmin(near))
            finding = error(
                problem,
                "check-derivative",
                path,
                name=name,
                form=to_text(node),
                value=_shown(value, worst),
                expected=_shown(expected, worst),
            )
            compared.setdefault(f"{name} {to_text(node)}", []).extend((bool(ok), finding) for ok in near)
    for results in compared.values():
        wrong = [finding for ok, finding in results if not ok]
        if len(wrong) > KINKS * len(results):
            yield wrong[0]


def derivative_forms(plan: Plan) -> Iterator[tuple[str, Call, Path]]:
    """The derivative forms of steps with values, functions written out and repeated ones taken at their start."""
    for step in plan.steps:
        if step.has_value:
            tree = inlined(step.tree, dict(plan.functions))
            for part in walk(tree):
                if _is_derivative(part):
                    yield step.name, part, step.path
                elif isinstance(part, Call) and part.op in REPETITIONS:
                    yield from ((step.name, form, step.path) for form in _first_round(part, plan))


def _first_round(node: Call, plan: Plan) -> Iterator[Call]:
    next_, start = node.args[:2]
    function = plan.functions.get(next_.name) if isinstance(next_, Name) else None
    if function is None:
        return
    for part in walk(inlined(function.body, dict(plan.functions))):
        if _is_derivative(part):
            what, by = part.args[:2]
            if isinstance(what, Name) and what.name in plan.functions:  # grad(L, w): only the point moves
                yield Call(part.op, (what, substitute(by, {function.parameters[0]: start})))


def _near(value: Floats, expected: Floats, relative: float) -> Truths:
    """Which members agree (N,), relative to the largest entry of each."""
    size = max(len(value), len(expected))
    value, expected = (np.broadcast_to(part, (size, *part.shape[1:])).reshape(size, -1) for part in (value, expected))
    if value.shape != expected.shape:
        return np.zeros(size, bool)
    scale = np.maximum(np.abs(expected).max(axis=1), np.abs(value).max(axis=1))
    noise = 1e-3 * relative * min(1.0, float(scale.max(initial=0))) if relative == CHECK else 1e-7
    near: Truths = np.abs(value - expected).max(axis=1) <= relative * scale + noise
    return near


def _shown(value: Floats, member: int) -> float | str:
    own = value[member if len(value) > 1 else 0]
    return float(own) if not own.ndim else str(np.round(own, 6).tolist())


# ----- Checks -----------------------------------------------------------------------------------------------------


def _check(problem: Problem, group: Group, step: Step, check: Node) -> Iterator[Finding]:
    path = (*step.path, "check")
    if step.symbolic:
        yield from _check_symbolic(problem, group, step, check)
    elif step.parameters:
        yield from _check_function(problem, group, step, check)
    else:
        value, expected = group.solution[step.name], value_of(group.plan, check, group.values, path)
        near = _near(value, expected, CHECK)
        if not near.all():
            worst = int(np.argmin(near))
            shown = {"value": _shown(value, worst), "expected": _shown(expected, worst)}
            yield error(problem, "check-differs", path, name=step.name, **shown)


def _check_symbolic(problem: Problem, group: Group, step: Step, check: Node) -> Iterator[Finding]:
    """As expressions in named arrays, on instances of two sizes, for each different set of numbers."""
    path = (*step.path, "check")
    seen: set[tuple[Node, Node]] = set()
    for member in range(len(group.positions)):
        mine, other = (with_numbers(written_out(tree, group.plan), group, member) for tree in (step.tree, check))
        if (mine, other) in seen:
            continue
        seen.add((mine, other))
        try:
            same = same_at_sizes(other, mine, group)
        except ShapeFault as fault:
            yield error(problem, "spec-evaluation", path, reason=fault.message)
            return
        except AuthorError as fault:
            yield error(problem, fault.message.key, path, **fault.message.values)
            return
        if not same:
            yield error(problem, "check-differs-symbolic", path, name=step.name)
            return


def _check_function(problem: Problem, group: Group, step: Step, check: Node) -> Iterator[Finding]:
    domains = {name: interval for ask in group.plan.asks for name, interval in ask.domain.items()}
    domain = {name: interval for name, interval in domains.items() if name in step.parameters}
    for member in range(min(FUNCTION_MEMBERS, len(group.positions))):
        mine, other = (
            with_numbers(written_out(tree, group.plan), group, member, step.parameters) for tree in (step.tree, check)
        )
        try:
            differing = difference(other, mine, step.parameters, domain)
        except NotScalar:
            yield error(problem, "check-function-array", (*step.path, "check"), name=step.name)
            return
        except AuthorError as fault:
            yield error(problem, fault.message.key, (*step.path, "check"), **fault.message.values)
            return
        if differing is not None:
            yield error(
                problem,
                "check-differs",
                (*step.path, "check"),
                name=step.name,
                value=differing.expected,
                expected=float("nan") if differing.answer is None else differing.answer,
            )
            return
