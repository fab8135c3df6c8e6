"""Generic slips: the right value turned over, moved by a power of ten, in another order, cut short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np

from grader.arrays import Floats
from grader.blanks.kind import expected_value
from grader.blanks.kinds import kind_of
from grader.marking.column import Column
from grader.marking.match import Match, of_row
from grader.plan.group import Group
from grader.slips.table import Family, Row, row
from grader.tolerance import Tolerance

_ROUNDING, _TRANSPOSED, _PERMUTED, _SIGN, _RECIPROCAL, _POWER_OF_TEN, _DEGREES, _OTHER_BLANK = (
    row(Family.VALUE, rule)
    for rule in (
        "rounding", "transposed", "permuted", "sign", "reciprocal", "power-of-ten", "degrees", "other-blank"
    )
)  # fmt: skip
_SHIFTS = (1, -1, 2, -2, 3, -3)


def generic_slips(group: Group, column: Column, member: int) -> list[Match]:
    """The generic slips that give the answer of one student, the first that fits."""
    right = _own(expected_value(column.ask, group), member)
    answer = np.asarray(column.number(member), dtype=float)
    if answer.shape != right.shape:
        turned = answer.ndim == 2 and answer.T.shape == right.shape
        return [of_row(_TRANSPOSED)] if turned and column.ask.tolerance.accepts(answer.T, right).all() else []
    answer = column.aligned(member, right)
    return [of_row(first) for first in islice(_rows(group, column, member, answer, right), 1)]


def _rows(group: Group, column: Column, member: int, answer: Floats, right: Floats) -> Iterator[Row]:
    tolerance = column.ask.tolerance

    def alike(value: Floats) -> bool:
        return bool(np.all(tolerance.accepts(answer, value))) and not bool(np.all(tolerance.accepts(value, right)))

    if rounded(answer, right, tolerance):
        yield _ROUNDING
    if answer.ndim and answer.size > 1 and np.ptp(right):
        if answer.ndim == 2 and right.shape[0] == right.shape[1] and alike(right.T):
            yield _TRANSPOSED
        if alike(_reordered(answer, right)):
            yield _PERMUTED
    if alike(np.where(tolerance.accepts(answer, right), right, -right)):
        yield _SIGN
    with np.errstate(all="ignore"):
        if alike(1.0 / right):
            yield _RECIPROCAL
        if any(alike(right * 10.0**shift) for shift in _SHIFTS):
            yield _POWER_OF_TEN
    if not column.kind.traits.whole and (alike(np.degrees(right)) or alike(np.radians(right))):
        yield _DEGREES
    if _another_blank(group, column, member, alike):
        yield _OTHER_BLANK


def rounded(answer: Floats, right: Floats, tolerance: Tolerance) -> bool:
    """Off by a few units of the last digit asked for: cut instead of rounded, or rounded too early."""
    if tolerance.decimals is None and tolerance.significant is None:
        return False
    unit = tolerance.unit(np.asarray(right, dtype=float))
    gap = np.abs(answer - right)
    size = np.abs(right)
    few = np.all(gap <= np.maximum(3.001 * unit, 0.004 * size)) and np.all(gap <= 0.02 * size + 1e-15)
    return bool(few)


def _reordered(answer: Floats, right: Floats) -> Floats:
    """The right entries in the order of size of the answer's."""
    out = np.empty(right.size)
    out[np.argsort(answer.ravel(), kind="stable")] = np.sort(right.ravel())
    return out.reshape(right.shape)


def _another_blank(group: Group, column: Column, member: int, alike: Callable[[Floats], bool]) -> bool:
    shape = np.shape(column.number(member))
    for ask in group.plan.asks:
        if ask.id != column.ask.id and ask.tree is not None and kind_of(ask, group).traits.numbers:
            value = _own(expected_value(ask, group), member)
            if value.shape == shape and np.any(value) and alike(value):
                return True
    return False


def _own(values: Floats, member: int) -> Floats:
    own: Floats = values[member if len(values) > 1 else 0]
    return own
