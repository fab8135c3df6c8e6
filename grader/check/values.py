"""Values a student should not have to write, or could guess: huge, endless, zero, unchanged, twice the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from grader.arrays import Floats
from grader.blanks.kind import expected_value
from grader.blanks.kinds import kind_of
from grader.check.report import Finding, warning
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.spec.problem import Problem

HUGE = 1e6
DIGITS = 8


def value_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """All of them, over the sample."""
    yield from _huge(problem, groups)
    tables = [asked_values(group) for group in groups]
    yield from _digits(problem, groups, tables)
    yield from _guessable(problem, groups, tables)


def asked_values(group: Group) -> dict[str, Floats]:
    """The values of the asks that are numbers or arrays, (n, *shape), by ask."""
    size = len(group.places)
    found = {}
    for ask in group.plan.asks:
        if kind_of(ask, group).traits.numbers:
            value = expected_value(ask, group)
            found[ask.id] = np.broadcast_to(value, (size, *value.shape[1:]))
    return found


def _huge(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    for group in groups:
        for step in group.plan.steps:
            if step.has_value and (largest := float(np.abs(group.solution[step.name]).max(initial=0))) > HUGE:
                yield warning(problem, "check-huge", step.path, name=step.name, value=largest)


def _digits(problem: Problem, groups: Sequence[Group], tables: Sequence[dict[str, Floats]]) -> Iterator[Finding]:
    for group, table in zip(groups, tables, strict=True):
        for ask in group.plan.asks:
            values = np.ravel(table[ask.id]) if ask.id in table and ask.tolerance.is_exact else ()
            long = [value for value in values if abs(float(f"{value:.{DIGITS}g}") - value) > 1e-12 * abs(value)]
            if long:
                yield warning(problem, "check-digits", ask.path, ask=ask.id, digits=DIGITS, value=repr(float(long[0])))


def _guessable(problem: Problem, groups: Sequence[Group], tables: Sequence[dict[str, Floats]]) -> Iterator[Finding]:
    """Counted over all variants in which the asks occur; more than half of them is too many."""
    hits: Counter[tuple[str, ...]] = Counter()
    seen: Counter[tuple[str, ...]] = Counter()
    asks: dict[str, Ask] = {}
    for group, table in zip(groups, tables, strict=True):
        asks |= {ask.id: ask for ask in group.plan.asks}
        for signs, mask in _coincidences(group, table):
            hits[signs] += int(mask.sum())
            seen[signs] += len(mask)
    for signs, count in hits.items():
        if count <= seen[signs] / 2:
            continue
        kind, ask, *others = signs
        values: dict[str, Any] = dict(zip(("start" if kind == "check-unchanged" else "other",), others, strict=False))
        yield warning(problem, kind, asks[ask].path, ask=ask, percent=round(100 * count / seen[signs]), **values)


def _coincidences(group: Group, table: dict[str, Floats]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in table.items():
        yield ("check-zero", name), _all(value == 0)
        start = _start(name, group)
        if start is not None and group.values[start].shape == value.shape:
            yield ("check-unchanged", name, start), _all(value == group.values[start])
    for (one, first), (other, second) in combinations(table.items(), 2):
        if first.shape == second.shape:
            near = np.abs(first - second) <= 1e-9 * np.maximum(np.abs(first), np.abs(second))
            yield ("check-coincide", one, other), _all(near)


def _start(name: str, group: Group) -> str | None:
    """The initial value `w[0]` of a step `w[2]`."""
    base, bracket, _ = name.partition("[")
    return next((given for given in group.given if bracket and given.startswith(f"{base}[")), None)


def _all(mask: Any) -> Any:
    return mask.reshape(len(mask), -1).all(axis=1)
