"""Does a value count as right: under the rule of its ask, or within what honest rounding on the way allows.

The margin is the rule's own half unit and what the lines before it carry on, added up in absolute value; nobody has to
author it. The only place where a number is held against a solved value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.arrays import Floats, Truths
from grader.blanks.digits import is_rounded, lines_of
from grader.blanks.obedient import obedient_values
from grader.blanks.propagation import expected_values, propagated_to
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.tolerance import Tolerance

WIDEST = 25.0
"""An answer further than so many units of its last digit is never honest rounding: it is refused without a look."""
_TOGETHER = 1.05
"""Lines are moved one at a time; where the formulas are curved, all together may do a little more than their sum."""


def accepts(ask: Ask, group: Group, members: Sequence[int] | NDArray[np.int64], values: Any) -> Truths:
    """Which entries count as right for an ask of numbers: under its rule, or within the derived margin.

    `values` (..., n, *shape) are for the `members` (n,) of the group; leading axes are so many answers of each.
    """
    places = np.asarray(members, dtype=np.int64)
    expected = expected_values(ask, group)[places]
    values = np.asarray(values, dtype=float)
    if ask.traits.whole:
        whole: Truths = np.abs(values - np.round(expected)) <= 1e-9
        return whole
    scale = np.abs(expected).reshape(len(expected), -1).max(axis=1, initial=0)
    right = ask.tolerance.accepts(values, expected, scale.reshape((-1,) + (1,) * (expected.ndim - 1)))
    if ask.id not in lines_of(group.plan):
        return right
    with np.errstate(all="ignore"):
        gap = np.abs(values - expected)
        near = ~right & (gap <= 2 * WIDEST * ask.tolerance.allowance(expected))
    student = near.ndim - expected.ndim
    concerned = np.flatnonzero(near.any(axis=tuple(axis for axis in range(near.ndim) if axis != student)))
    if len(concerned):
        part = group.taking(places[concerned])
        propagated = total(propagated_to(ask, part), expected[concerned])
        margin = np.zeros(expected.shape)
        margin[concerned] = np.where(propagated > 0, _with_own(ask.tolerance, expected[concerned], propagated), 0.0)
        right = right | (near & (gap <= margin * (1 + 1e-9)))
        if not right[near].all():
            right = right | (near & _obeys(ask, part, values, concerned))
    return right


def _obeys(ask: Ask, part: Group, values: Floats, concerned: NDArray[np.intp]) -> Truths:
    """Whether answers are what all of the rounding that the sheet asks for leads to, within formulas as well.

    `part` are the members `concerned` of those who gave the `values`.
    """
    found = np.zeros(values.shape, bool)
    for obedient in obedient_values(ask, part):
        student = values.ndim - obedient.ndim
        gap = np.abs(np.take(values, concerned, student) - obedient)
        obeyed = gap <= ask.tolerance.allowance(obedient) * (1 + 1e-9)
        np.moveaxis(found, student, 0)[concerned] |= np.moveaxis(obeyed, student, 0)
    return found


def margin_of(ask: Ask, group: Group) -> Floats:
    """The most by which an honest answer may differ from the exact value, (N, *shape); NaN where nothing is honest."""
    expected = expected_values(ask, group)
    return _with_own(ask.tolerance, expected, total(propagated_to(ask, group), expected))


def refused_beyond(ask: Ask, group: Group) -> Floats:
    """The distance from the exact value beyond which no answer is right, (N, *shape); NaN where nothing is honest."""
    expected = expected_values(ask, group)
    farthest = margin_of(ask, group)
    for value in obedient_values(ask, group):
        farthest = np.fmax(farthest, np.abs(value - expected) + ask.tolerance.allowance(value))
    return farthest


def total(parts: Mapping[str, Floats], expected: Floats) -> Floats:
    """What all lines carry on together, (N, *shape)."""
    return _TOGETHER * sum(parts.values(), np.zeros(expected.shape))


def _with_own(tolerance: Tolerance, expected: Floats, propagated: Floats) -> Floats:
    """What is propagated and what the rule itself allows.

    A value with few digits stays as it is when it is rounded, unless it inherits half a unit.
    """
    own = tolerance.allowance(expected)
    margin = own + propagated
    if tolerance.digits:
        margin = np.where(is_rounded(tolerance, expected, propagated), margin, np.maximum(own, propagated))
    return np.where(np.isfinite(margin), margin, np.nan)
