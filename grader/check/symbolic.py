"""Every `diff(...)` of a file, taken by our rules, against central differences and against SymPy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.arrays import Floats
from grader.blanks.kind import with_numbers
from grader.check.report import Finding, error
from grader.equality import sampling
from grader.errors import AuthorError
from grader.language.evaluate import evaluate
from grader.language.nodes import Name, Node, names
from grader.language.primitives import CONSTANTS
from grader.language.shapes import in_words
from grader.language.sympy_export import to_sympy
from grader.plan.group import Group
from grader.plan.plan import Ask, Derivative
from grader.spec.problem import Problem

SYMPY_POINTS = 3
STEP = 1e-5


def symbolic_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """Each different derivative once, with the numbers of the first student who has it."""
    seen: set[tuple[Node, str, Node]] = set()
    for group in groups:
        for derivative in group.plan.derivatives:
            formula = (derivative.what, derivative.by, derivative.result)
            if formula not in seen:
                seen.add(formula)
                kept = (derivative.by, *derivative.local)
                what, result = (with_numbers(tree, group, 0, kept) for tree in (derivative.what, derivative.result))
                yield from _compare(problem, group, Derivative(what, derivative.by, result, derivative.path))


def _compare(problem: Problem, group: Group, derivative: Derivative) -> Iterator[Finding]:
    points = points_of(derivative, group)
    shape = np.shape(evaluate(derivative.result, points))[1:]
    if shape:
        problem.source.fail("spec-derivative-array", derivative.path, shape=in_words(shape))
    value, expected = np.broadcast_arrays(evaluate(derivative.result, points), _differences(derivative, points))
    usable = np.isfinite(value) & np.isfinite(expected)
    scale = np.maximum(np.abs(expected), 1e-3)
    wrong = usable & (np.abs(value - expected) > 1e-4 * scale * (1 + _roughness(derivative, points) / scale))
    if wrong.sum() > 0.1 * usable.sum():
        yield _finding(problem, "check-diff", derivative, points, value, expected, int(np.argmax(wrong)))
        return
    chosen = np.flatnonzero(usable)[:: max(1, int(usable.sum()) // SYMPY_POINTS)][:SYMPY_POINTS]
    at = [{name: float(column[index]) for name, column in points.items()} for index in chosen]
    for index, exact in zip(chosen, sympy_values(derivative, at), strict=True):
        if exact is not None and abs(exact - value[index]) > 1e-9 * max(abs(exact), 1e-6):
            yield _finding(problem, "check-sympy", derivative, points, value, np.full(len(value), exact), int(index))
            return


def points_of(derivative: Derivative, group: Group) -> dict[str, Floats]:
    """Points of the domain of the ask that shows the variable, (P,) each; anywhere where there is none."""
    variables = tuple(sorted((names(derivative.what) | {derivative.by}) - CONSTANTS.keys()))
    asks: list[Ask] = [ask for ask in group.plan.asks if derivative.by in ask.domain]
    domain = {name: interval for name, interval in (asks[0].domain if asks else {}).items() if name in variables}
    pools = [sampling.points(variables, tuple(sorted(domain.items())), pool) for pool in range(len(sampling.POOLS))]
    return max(pools, key=lambda points: float(np.isfinite(evaluate(derivative.result, points)).mean()))


def _differences(derivative: Derivative, points: Mapping[str, Floats]) -> Floats:
    at = points[derivative.by]
    step = STEP * np.maximum(1.0, np.abs(at))
    above, below = (evaluate(derivative.what, {**points, derivative.by: at + move}) for move in (step, -step))
    return np.asarray((above - below) / (2 * step), dtype=float)


def _roughness(derivative: Derivative, points: Mapping[str, Floats]) -> Floats:
    """How much central differences lose to curvature: the change of the derivative over a step."""
    at = points[derivative.by]
    step = 10 * STEP * np.maximum(1.0, np.abs(at))
    above, here, below = (
        evaluate(derivative.result, {**points, derivative.by: at + move}) for move in (step, 0 * step, -step)
    )
    change = np.abs(above - here) + np.abs(here - below)
    return np.where(np.isfinite(change), 100 * change, np.inf)


def sympy_values(derivative: Derivative, points: Sequence[Mapping[str, float]]) -> list[float | None]:
    """The derivative at some points by SymPy; None where it has no real value, or no word for a part."""
    import sympy

    try:
        what = to_sympy(derivative.what)
    except AuthorError:
        return [None] * len(points)
    slope = sympy.diff(what, to_sympy(Name(derivative.by)))
    return [_real(slope, point) for point in points]


def _real(formula: Any, point: Mapping[str, float]) -> float | None:
    import sympy

    value = formula.subs({to_sympy(Name(name)): sympy.Float(repr(value), 30) for name, value in point.items()}).evalf(
        20
    )
    return float(value) if value.is_real and value.is_number else None


def _finding(
    problem: Problem,
    key: str,
    derivative: Derivative,
    points: Mapping[str, Floats],
    value: Floats,
    expected: Floats,
    index: int,
) -> Finding:
    return error(
        problem,
        key,
        derivative.path,
        variable=derivative.by,
        place=float(points[derivative.by][index]),
        value=float(value[index]),
        expected=float(expected[index]),
    )
