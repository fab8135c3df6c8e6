"""Drafts: one try at a variant's numbers, solved and put to the conditions; many students and tries as one batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.arrays import Floats
from grader.chance.streams import stream
from grader.draws.discriminating import PATIENCE, SAMPLE, is_known, learn, telling
from grader.errors import AuthorError, StudentError
from grader.language.evaluate import evaluate
from grader.language.nodes import Node
from grader.language.parser import parse
from grader.language.shapes import in_words
from grader.plan.group import Group
from grader.plan.plan import Plan
from grader.plan.planner import plan_of
from grader.plan.solve import Values, defined, solve, value_of
from grader.spec.problem import Form, Problem
from grader.spec.source import Path

MAX_TRIES = 200
SAMPLE_KEYS = 2**41
"""Beyond every student's seed."""


class Drafts(NamedTuple):
    """Drafts of the students of one form, `ahead` tries of each: (n * ahead) rows, a student's tries together.

    `fit` meet the conditions, `telling` keep slips apart too; `causes` are the rows rejected, by why.
    """

    group: Group
    ahead: int
    fit: NDArray[np.bool_]
    telling: NDArray[np.bool_]
    causes: Mapping[str, NDArray[np.bool_]]


def drafts_of(
    problem: Problem, form: Form, keys: NDArray[Any], tries: NDArray[np.int64], ahead: int, fixed: Mapping[str, str]
) -> Drafts:
    """The tries of each of the `keys` (n,) from the numbers `tries` (n,) on."""
    plan = plan_of(problem, form)
    keys, at = np.repeat(keys, ahead), (tries[:, None] + np.arange(ahead)).ravel()
    given, picks, good = _givens(plan, keys, at, fixed)
    causes = {"given": ~good}
    there = np.resize(defined(given), len(keys)) if given else good
    causes["given"] = causes["given"] | ~there
    good = good & there
    solution = {name: _spread(value, len(keys)) for name, value in solve(plan, given).items()}
    there = _spread(defined(solution), len(keys))
    causes["undefined"] = good & ~there
    good = good & there
    for number, met in _conditions(plan, {**given, **solution}, good):
        causes[str(number)] = good & ~met
        good = good & met
    if fixed and not good.all() and not _random(plan, fixed):
        good = np.ones(len(keys), bool)  # numbers set by hand are taken as they are
    good = good & (at < MAX_TRIES)
    whole = Group(plan, np.arange(len(keys)), keys, given, solution, picks)
    by_hand = any(given.name in fixed for given in plan.givens)  # a form that is fixed leaves the numbers to choose
    clear = good if by_hand else good & _telling(problem, form, whole, np.flatnonzero(good & (at < PATIENCE)))
    return Drafts(whole, ahead, good, clear, {**causes, "telling": good & ~clear})


def _conditions(plan: Plan, values: Values, good: NDArray[np.bool_]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Each condition with the rows that meet it and those before; a costly one is looked at only where it matters."""
    rows = np.arange(len(good))
    for number, (tree, path) in enumerate(plan.require):
        alive = np.flatnonzero(good[rows])
        if len(alive) < len(rows):
            rows, values = rows[alive], {name: value[alive] for name, value in values.items()}
        good = np.zeros(len(good), bool)
        if len(rows):
            good[rows] = _truth(plan, tree, path, values, len(rows))
        yield number, good


def _telling(problem: Problem, form: Form, whole: Group, some: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which rows tell slips apart, of the rows `some`; the others are taken as they are."""
    good = np.ones(len(whole.places), bool)
    if len(some):
        if not is_known(whole.plan):
            learn(sample_of(problem, form))
        good[some] = telling(whole.taking(some))
    return good


def sample_of(problem: Problem, form: Form) -> Group:
    """Drafts of a form that belong to nobody, on which its list of slips to keep apart is made."""
    keys = np.arange(SAMPLE_KEYS, SAMPLE_KEYS + 6 * SAMPLE, dtype=np.uint64)
    drafts = drafts_of(problem, form, keys, np.full(len(keys), PATIENCE), 1, {})
    return drafts.group.taking(np.flatnonzero(drafts.fit)[:SAMPLE])


def _spread(value: Any, size: int) -> Any:
    """A value that all share, for each of them."""
    return value if len(value) == size else np.broadcast_to(value, (size, *value.shape[1:]))


def _truth(plan: Plan, tree: Node, path: Path, values: Values, size: int) -> Any:
    """A condition for each student; one per entry of an array is the author's slip."""
    truth = value_of(plan, tree, values, path) > 0.5
    if truth.ndim > 1:
        plan.problem.source.fail("spec-require-shape", path, shape=in_words(truth.shape[1:]))
    return _spread(truth, size)


def _random(plan: Plan, fixed: Mapping[str, str]) -> bool:
    return any(given.draw is not None and given.name not in fixed for given in plan.givens)


def _givens(
    plan: Plan, keys: NDArray[Any], tries: NDArray[np.int64], fixed: Mapping[str, str]
) -> tuple[Values, dict[str, NDArray[np.int64]], NDArray[np.bool_]]:
    values: Values = {}
    picks: dict[str, NDArray[np.int64]] = {}
    good = np.ones(len(keys), bool)
    for given in plan.givens:
        if given.name in fixed:
            value = fixed_value(plan, given.name, fixed[given.name])
        elif given.draw is None and given.tree is not None:
            value = value_of(plan, given.tree, values, given.path)
        elif given.draw is not None:
            value, valid = given.draw.draw(stream(keys, given.name, tries), len(keys))
            if given.options:
                picks[given.name] = value.astype(np.int64).ravel()
                options = [value_of(plan, option, values, given.path) for option in given.options]
                if len({option.shape[1:] for option in options}) > 1:
                    plan.problem.source.fail("spec-choose-shapes", given.path)
                value = _chosen(options, picks[given.name], len(keys))
            if valid is not None:
                good &= valid
        values[given.name] = np.asarray(np.broadcast_to(value, (len(keys), *np.shape(value)[1:])), dtype=float)
    return values, picks, good


def _chosen(options: list[Floats], picks: NDArray[np.int64], size: int) -> Floats:
    table = np.stack([np.broadcast_to(option, (size, *option.shape[1:])) for option in options])
    return np.asarray(table[picks, np.arange(size)], dtype=float)


def fixed_value(plan: Plan, name: str, text: str) -> Floats:
    """A given set by text; raises AuthorError naming it where the text cannot be read."""
    try:
        return np.asarray(evaluate(parse(text, (), spec=True), {}), dtype=float)
    except (StudentError, KeyError) as fault:
        reason: Any = fault.message if isinstance(fault, StudentError) else str(fault)
        raise AuthorError(
            "spec-set-value", file=plan.problem.source.file, name=name, text=text, reason=reason
        ) from fault
