"""Values a student should not have to write, or could guess: huge, endless, zero, unchanged, twice the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from grader.arrays import Floats, Truths
from grader.blanks.kind import expected_value
from grader.blanks.kinds import kind_of
from grader.check.report import Finding, error, warning
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
    size = len(group.positions)
    table = {}
    for ask in group.plan.asks:
        if kind_of(ask, group).traits.numbers:
            value = expected_value(ask, group)
            table[ask.id] = np.broadcast_to(value, (size, *value.shape[1:]))
    return table


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
    hits: Counter[Coincidence] = Counter()
    seen: Counter[Coincidence] = Counter()
    asks: dict[str, Ask] = {}
    for group, table in zip(groups, tables, strict=True):
        asks |= {ask.id: ask for ask in group.plan.asks}
        for coincidence, mask in _coincidences(group, table):
            hits[coincidence] += int(mask.sum())
            seen[coincidence] += len(mask)
    for name in sorted(problem.on_purpose - asks.keys()):
        yield error(problem, "check-on-purpose", ("on purpose",), ask=name, known=tuple(asks))
    for coincidence, count in hits.items():
        if problem.on_purpose.isdisjoint((coincidence.ask, coincidence.other)) and count > seen[coincidence] / 2:
            percent, path = round(100 * count / seen[coincidence]), asks[coincidence.ask].path
            values = {role: name for role, name in zip(("start", "other"), coincidence[2:], strict=True) if name}
            yield warning(problem, coincidence.key, path, ask=coincidence.ask, percent=percent, **values)


class Coincidence(NamedTuple):
    """What makes a value easy to guess, the key of its text: an ask is 0, what it was at the start, or another ask."""

    key: str
    ask: str
    start: str = ""
    other: str = ""


def _coincidences(group: Group, table: dict[str, Floats]) -> Iterator[tuple[Coincidence, Truths]]:
    for name, value in table.items():
        yield Coincidence("check-zero", name), _all(value == 0)
        start = _start(name, group)
        if start is not None and group.values[start].shape == value.shape:
            yield Coincidence("check-unchanged", name, start=start), _all(value == group.values[start])
    for (one, first), (other, second) in combinations(table.items(), 2):
        if first.shape == second.shape:
            near = np.abs(first - second) <= 1e-9 * np.maximum(np.abs(first), np.abs(second))
            yield Coincidence("check-coincide", one, other=other), _all(near)


def _start(name: str, group: Group) -> str | None:
    """The initial value `w[0]` of a step `w[2]`."""
    base, bracket, _ = name.partition("[")
    return next((given for given in group.given if bracket and given.startswith(f"{base}[")), None)


def _all(mask: Truths) -> Truths:
    """Members (n,) for whom every entry holds."""
    members: Truths = np.all(mask.reshape(len(mask), -1), axis=1)
    return members
