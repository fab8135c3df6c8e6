"""Generic slips: the right value turned over, moved by a power of ten, in another place, cut short."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.blanks.kind import expected_value
from grader.blanks.kinds import kind_of
from grader.marking.column import Column
from grader.marking.match import Match
from grader.plan.group import Group
from grader.tolerance import Tolerance

_COSTS = {"rounding": -1.0, "reciprocal": 1.45, "degrees": 1.45}
COST = 1.3
"""The simplest generic slips come before the rare slips in a formula; very near to the right answer nothing else is
looked for."""
_SHIFTS = (1, -1, 2, -2, 3, -3)


def generic_slips(group: Group, column: Column, member: int) -> list[Match]:
    """The generic slips that give the answer of one student, the first that fits."""
    right = _own(expected_value(column.ask, group), member)
    answer = np.asarray(column.number(member), dtype=float)
    if answer.shape != right.shape:
        turned = answer.ndim == 2 and answer.T.shape == right.shape
        return [Match("transposed", "", COST)] if turned and column.ask.tolerance.accepts(answer.T, right).all() else []
    answer = column.aligned(member, right)
    for rule in _rules(group, column, member, answer, right):
        return [Match(rule, "", _COSTS.get(rule, COST))]
    return []


def _rules(group: Group, column: Column, member: int, answer: Any, right: Any) -> Iterator[str]:
    tolerance = column.ask.tolerance

    def alike(value: Any) -> bool:
        return bool(np.all(tolerance.accepts(answer, value))) and not bool(np.all(tolerance.accepts(value, right)))

    if rounded(answer, right, tolerance):
        yield "rounding"
    if answer.ndim and answer.size > 1 and np.ptp(right):
        if answer.ndim == 2 and right.shape[0] == right.shape[1] and alike(right.T):
            yield "transposed"
        if alike(_reordered(answer, right)):
            yield "permuted"
    if alike(np.where(tolerance.accepts(answer, right), right, -right)):
        yield "sign"
    with np.errstate(all="ignore"):
        if alike(1.0 / right):
            yield "reciprocal"
        if any(alike(right * 10.0**shift) for shift in _SHIFTS):
            yield "power-of-ten"
    if not column.kind.traits.whole and (alike(np.degrees(right)) or alike(np.radians(right))):
        yield "degrees"
    if _another_blank(group, column, member, alike):
        yield "other-blank"


def rounded(answer: Any, right: Any, tolerance: Tolerance) -> bool:
    """Off by a few units of the last digit asked for: cut instead of rounded, or rounded too early."""
    if tolerance.decimals is None and tolerance.significant is None:
        return False
    unit = tolerance.unit(np.asarray(right, dtype=float))
    gap = np.abs(answer - right)
    size = np.abs(right)
    few = np.all(gap <= np.maximum(3.001 * unit, 0.004 * size)) and np.all(gap <= 0.02 * size + 1e-15)
    return bool(few)


def _reordered(answer: Any, right: Any) -> Any:
    """The right entries in the order of size of the answer's."""
    out = np.empty(right.size)
    out[np.argsort(answer.ravel(), kind="stable")] = np.sort(right.ravel())
    return out.reshape(right.shape)


def _another_blank(group: Group, column: Column, member: int, alike: Any) -> bool:
    shape = np.shape(column.number(member))
    for ask in group.plan.asks:
        if ask.id != column.ask.id and ask.tree is not None and kind_of(ask, group).traits.numbers:
            value = _own(expected_value(ask, group), member)
            if value.shape == shape and np.any(value) and alike(value):
                return True
    return False


def _own(values: Any, member: int) -> Any:
    return values[member if len(values) > 1 else 0]
