"""Accidents of the pen: one digit off, two digits swapped, a decimal point lost in one entry of an array.

They fit many a wrong number, so they are looked for where no reason was found, and told only where few numbers fit.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from grader.arrays import Floats
from grader.blanks.kind import expected_value
from grader.marking.column import Column, half_unit
from grader.marking.generic import SHIFTS
from grader.marking.match import Match, of_row
from grader.plan.group import Group
from grader.slips.table import Family, Row, row

_SWAPPED, _OFF = (row(Family.VALUE, rule) for rule in ("digits-swapped", "one-digit"))
_POINT = row(Family.VALUE, "power-of-ten", "one entry")
_FEWEST, _FEWEST_IN_ARRAY = 3, 2
"""Digits of a number from which one digit off says something; in an array the other entries speak for it, too."""


def accidents(group: Group, column: Column, member: int, own: Iterable[Floats] = ()) -> list[Match]:
    """The accident that gives one student's answer, from the right value or from the one for the own sheet."""
    right = expected_value(column.ask, group)
    first = right[member if len(right) > 1 else 0]
    for value in (first, *own):
        answer = column.aligned(member, value)
        wrong = ~np.atleast_1d(column.ask.tolerance.accepts(answer, value))
        if np.count_nonzero(wrong) != 1:
            continue
        entries = (float(np.atleast_1d(values)[wrong][0]) for values in (answer, value))
        half = half_unit(column.verdicts[member].typed)
        found = accident(*entries, half, wrong.size > 1)
        if found:
            return [of_row(found)]
    return []


def accident(answer: float, right: float, half: float, in_array: bool) -> Row | None:
    """The row of the accident that makes the answer of the right number; `half` a unit of its last digit."""
    if not half or not np.isfinite([answer, right]).all() or answer * right <= 0:
        return None
    if in_array and any(abs(answer - right * 10.0**shift) <= 1.01 * half for shift in SHIFTS):
        return _POINT
    typed, meant = (str(round(abs(value) / (2 * half))) for value in (answer, right))
    fewest = _FEWEST_IN_ARRAY if in_array else _FEWEST
    if len(meant) < fewest:
        return None
    if len(typed) == len(meant):
        places = [place for place, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
        if len(places) == 1:
            return _OFF
        if len(places) == 2 and places[1] == places[0] + 1 and sorted(typed) == sorted(meant):
            return _SWAPPED
    return None
