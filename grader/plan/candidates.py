"""Candidates: one try at the numbers of each of some students, solved and put to the conditions, as one batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from grader.arrays import Floats, Indices, Seeds, Truths
from grader.chance.streams import stream
from grader.errors import AuthorError, StudentError
from grader.language.evaluate import evaluate
from grader.language.nodes import Node
from grader.language.parser import parse
from grader.language.shapes import finite, in_words
from grader.messages import Message
from grader.plan.group import Group
from grader.plan.plan import Given, Plan
from grader.plan.solve import Values, defined, solve, value_of
from grader.spec.source import Path

UNDEFINED = "undefined "
"""Before the name of a step in the causes: it has no value."""
Number = TypeVar("Number", bound=np.generic)


class Candidates(NamedTuple):
    """Tries at the numbers of a plan (n,): those that are `fit` meet the conditions; `causes` are rejected, by why."""

    group: Group
    fit: Truths
    causes: Mapping[str, Truths]


def candidates(
    plan: Plan, seeds: Seeds, tries: Indices, fixed: Mapping[str, str], *, require: bool = True
) -> Candidates:
    """The try of each number in `tries` (n,) for each of the `seeds` (n,); `fixed` sets givens by text.

    Without `require` every try is fit for which all steps have a value.
    """
    size = len(seeds)
    given, picks, good = numbers_of(plan, seeds, tries, fixed)
    there = np.resize(defined(given), size) if given else good
    causes = {"given": ~(good & there)}
    good = good & there
    solution = {name: _spread(value, size) for name, value in solve(plan, given).items()}
    for name, value in solution.items():
        there = finite(value)
        if not there.all():
            causes[f"{UNDEFINED}{name}"] = good & ~there
            good = good & there
    for number, met in _conditions(plan, {**given, **solution}, good) if require else ():
        causes[str(number)] = good & ~met
        good = good & met
    return Candidates(Group(plan, np.arange(size), seeds, given, solution, picks), good, causes)


def _conditions(plan: Plan, values: Values, good: Truths) -> Iterator[tuple[int, Truths]]:
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


def _spread(value: NDArray[Number], size: int) -> NDArray[Number]:
    """A value that all share, for each of them."""
    return value if len(value) == size else np.broadcast_to(value, (size, *value.shape[1:]))


def _truth(plan: Plan, tree: Node, path: Path, values: Values, size: int) -> Truths:
    """A condition for each student; one per entry of an array is the author's slip."""
    truth: Truths = value_of(plan, tree, values, path) > 0.5
    if truth.ndim > 1:
        plan.problem.source.fail("spec-require-shape", path, shape=in_words(truth.shape[1:]))
    return _spread(truth, size)


def numbers_of(
    plan: Plan, seeds: Seeds, tries: Indices, fixed: Mapping[str, str]
) -> tuple[Values, dict[str, Indices], Truths]:
    """The givens (n, *shape), which option was picked (n,), and which draws are as asked (n,)."""
    values: Values = {}
    picks: dict[str, Indices] = {}
    good = np.ones(len(seeds), bool)
    for given in plan.givens:
        if given.name in fixed:
            value = fixed_value(plan, given, fixed[given.name], values)
        else:
            value, pick, valid = _own_value(plan, given, values, seeds, tries)
            if pick is not None:
                picks[given.name] = pick
            if valid is not None:
                good &= valid
        values[given.name] = np.asarray(np.broadcast_to(value, (len(seeds), *np.shape(value)[1:])), dtype=float)
    return values, picks, good


def _own_value(
    plan: Plan, given: Given, values: Values, seeds: Seeds, tries: Indices
) -> tuple[Floats, Indices | None, Truths | None]:
    """A given as the file has it, computed or drawn: its value, the option picked, and which draws are as asked."""
    if given.draw is None:
        assert given.tree is not None  # noqa: S101 - a given is one or the other
        return value_of(plan, given.tree, values, given.path), None, None
    value, valid = given.draw.draw(stream(seeds, given.name, tries), len(seeds))
    if not given.options:
        return value, None, valid
    pick = value.astype(np.int64).ravel()
    options = [value_of(plan, option, values, given.path) for option in given.options]
    if len({option.shape[1:] for option in options}) > 1:
        plan.problem.source.fail("spec-choose-shapes", given.path)
    return _chosen(options, pick, len(seeds)), pick, valid


def _chosen(options: Sequence[Floats], picks: Indices, size: int) -> Floats:
    table = np.stack([np.broadcast_to(option, (size, *option.shape[1:])) for option in options])
    return np.asarray(table[picks, np.arange(size)], dtype=float)


def fixed_value(plan: Plan, given: Given, text: str, values: Values) -> Floats:
    """A given set by text; raises AuthorError naming it where the text cannot be read, or is of another kind of array.

    There may be more or fewer entries than are drawn.
    """
    file, name = plan.problem.source.file, given.name
    try:
        value = np.asarray(evaluate(parse(text, (), spec=True), {}), dtype=float)
    except (StudentError, KeyError) as fault:
        reason: Message | str = fault.message if isinstance(fault, StudentError) else str(fault)
        raise AuthorError("spec-set-value", file=file, name=name, text=text, reason=reason) from fault
    first = {known: one[:1] for known, one in values.items()}
    usual, _, _ = _own_value(plan, given, first, np.zeros(1, np.uint64), np.zeros(1, np.int64))
    if np.ndim(usual) != value.ndim:
        shape, wanted = in_words(value.shape[1:]), in_words(np.shape(usual)[1:])
        raise AuthorError("spec-set-shape", file=file, name=name, text=text, shape=shape, usual=wanted)
    return value
