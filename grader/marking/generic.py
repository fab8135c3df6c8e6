"""Generic slips: the right value turned over, moved by a power of ten, in another order, cut short."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

import numpy as np

from grader.arrays import Floats
from grader.blanks.kind import expected_value
from grader.blanks.kinds import kind_of
from grader.marking.column import Column
from grader.marking.match import Match, of_row
from grader.plan.group import Group
from grader.slips.table import Family, Row, row
from grader.tolerance import Tolerance

_ROUNDING, _TRANSPOSED, _PERMUTED, _SIGN, _RECIPROCAL, _POWER_OF_TEN, _DEGREES, _OTHER_BLANK, _REPEATED, _LEFT_OUT = (
    row(Family.VALUE, rule)
    for rule in (
        "rounding", "transposed", "permuted", "sign", "reciprocal", "power-of-ten", "degrees", "other-blank",
        "entry-repeated", "entry-left-out",
    )
)  # fmt: skip
_MISSING = row(Family.VALUE, "line-missing", "shape")
_ONE_OFF = row(Family.VALUE, "one-off", "whole")
SHIFTS = (1, -1, 2, -2, 3, -3)
"""Places by which a decimal point is off."""
_NEAR_ONE = 0.02
"""A number nearer to one is nearly its own reciprocal."""
_NEXT_TO_NOUGHT = (1.0, 2.0)
"""Numbers from which a sum that is a little off is 0."""
_REACH = 25.0
"""Times what the rule allows around an answer; where the value has a digit more, its unit is ten times as large."""
_NEAR, _HALF = 10.0, 0.51
"""In units of the last digit: what early rounding is looked for at all, and how near it has to come."""


def generic_slips(
    group: Group, column: Column, member: int, own: Iterable[Floats] = (), early: Iterable[Floats] = ()
) -> list[Match]:
    """The generic slips that give the answer of one student, the first that fits.

    `own` are right values for what stands on the student's own sheet, `early` those that rounding on the way leads to.
    """
    right = _own(expected_value(column.ask, group), member)
    answer = np.asarray(column.number(member), dtype=float)
    if answer.shape != right.shape:
        turned = answer.ndim == 2 and answer.T.shape == right.shape
        if turned and column.ask.tolerance.accepts(answer.T, right).all():
            return [of_row(_TRANSPOSED)]
        is_told = column.kind.traits.enclosed  # what an interval or a set lacks is said of it anyway
        return [of_row(_MISSING)] if not is_told and _line_missing(answer, right, column.ask.tolerance) else []
    references = [value for value in (right, *own) if value.shape == right.shape]
    found = chain.from_iterable(_rows(column, column.aligned(member, value), value, early) for value in references)
    alike = _alike(column.ask.tolerance, column.aligned(member, right), right)
    others = (_OTHER_BLANK for _ in range(_another_blank(group, column, member, alike)))
    return [of_row(first) for first in islice(chain(found, others), 1)]


Alike = Callable[[Floats], bool]


def _alike(tolerance: Tolerance, answer: Floats, right: Floats) -> Alike:
    """Whether a value is the answer, and not the right one."""

    reach = _REACH * tolerance.allowance(answer) + 1e-9 * np.abs(answer)

    def alike(value: Floats) -> bool:
        with np.errstate(all="ignore"):
            if not (np.abs(answer - value) <= reach).all():  # nearly always: spare it the rule itself
                return False
        return bool(np.all(tolerance.accepts(answer, value))) and not bool(np.all(tolerance.accepts(value, right)))

    return alike


def _rows(column: Column, answer: Floats, right: Floats, early: Iterable[Floats]) -> Iterator[Row]:
    tolerance = column.ask.tolerance
    alike = _alike(tolerance, answer, right)
    if rounded(answer, right, tolerance, early):
        yield _ROUNDING
    if answer.ndim and answer.size > 1 and np.ptp(right):
        if answer.ndim == 2 and right.shape[0] == right.shape[1] and alike(right.T):
            yield _TRANSPOSED
        if (answer.size == 2 or _is_telling(right)) and alike(_reordered(answer, right)):
            yield _PERMUTED
    if alike(np.where(tolerance.accepts(answer, right), right, -right)):
        yield _SIGN
    if column.kind.traits.whole and not answer.ndim and abs(answer - right) == 1:
        yield _ONE_OFF
    if _is_telling(right) and repeated(answer, right, tolerance):
        yield _REPEATED
    if _left_out(answer, right, tolerance):
        yield _LEFT_OUT
    with np.errstate(all="ignore"):
        if np.any(np.abs(np.log(np.abs(right))) > _NEAR_ONE) and alike(1.0 / right):
            yield _RECIPROCAL
        if any(alike(right * 10.0**shift) for shift in SHIFTS):
            yield _POWER_OF_TEN
        if not column.kind.traits.whole and (alike(np.degrees(right)) or alike(np.radians(right))):
            yield _DEGREES


@np.errstate(over="ignore")  # of answers near the largest double, which are not rounded ones
def rounded(answer: Floats, right: Floats, tolerance: Tolerance, early: Iterable[Floats] = ()) -> bool:
    """Cut instead of rounded, or what rounding on the way leads to: only the last digit asked for is off."""
    if not tolerance.digits:
        return False
    unit = tolerance.unit(np.asarray(right, dtype=float))
    gap = np.abs(answer - right)
    if not np.all(gap <= np.minimum(_NEAR * unit, 0.02 * np.abs(right) + 1e-15)):
        return False
    if np.all(np.minimum(gap, np.abs(answer - tolerance.rounded(right))) <= 1.001 * unit):
        return True
    return any(bool(np.all(np.abs(answer - value) <= _HALF * unit)) for value in early)


def _line_missing(answer: Floats, right: Floats, tolerance: Tolerance) -> bool:
    """The right answer without one entry, one row or one column."""
    if answer.ndim != right.ndim or not answer.size:
        return False
    for axis in range(right.ndim):
        for line in range(right.shape[axis]):
            left = np.delete(right, line, axis)
            if left.shape == answer.shape and tolerance.accepts(answer, left).all():
                return True
    return False


def _is_telling(right: Floats) -> bool:
    """It has several different entries: truths are in any order by chance."""
    with np.errstate(over="ignore"):  # what is too large to be rounded is told apart all the same
        return len(np.unique(np.round(right, 9))) > 2


def repeated(answer: Floats, right: Floats, tolerance: Tolerance) -> bool:
    """Entries, or whole rows, that are right elsewhere stand where others belong."""
    if not answer.ndim or answer.size < 2:
        return False
    if len(right) == 1:  # the entries of a single row
        answer, right = answer[0], right[0]
    fitting = tolerance.accepts(answer, right).reshape(len(right), -1).all(axis=1)
    if not fitting.any() or fitting.all():
        return False
    good = right[fitting]
    return all(any(tolerance.accepts(one, other).all() for other in good) and np.any(one) for one in answer[~fitting])


def _left_out(answer: Floats, right: Floats, tolerance: Tolerance) -> bool:
    """Every wrong entry is 0, and another entry that is not 0 is right; of truths a 0 says nothing, nor next to 0.

    A sum of whole numbers is 0 by chance, so there a single one says nothing either.
    """
    fitting = tolerance.accepts(answer, right)
    wrong = right[~fitting]
    if wrong.size == 1 and right.size > 1 and np.equal(wrong, np.round(wrong)).all():
        return False
    told = not np.isin(right, (0, 1)).all() and bool(np.any(right[fitting]))
    told &= not np.isin(np.abs(right[~fitting]), _NEXT_TO_NOUGHT).all()
    return told and not np.any(answer[~fitting]) and not np.all(fitting)


def _reordered(answer: Floats, right: Floats) -> Floats:
    """The right entries in the order of size of the answer's."""
    out = np.empty(right.size)
    out[np.argsort(answer.ravel(), kind="stable")] = np.sort(right.ravel())
    return out.reshape(right.shape)


def _another_blank(group: Group, column: Column, member: int, alike: Alike) -> bool:
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
