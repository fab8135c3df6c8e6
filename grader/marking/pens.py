"""Accidents of the pen: one digit off, two digits swapped, a decimal point lost in one entry of an array.

They fit many a wrong number, so they are looked for where no reason was found, and told only where few numbers fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from grader.arrays import Floats
from grader.blanks.kind import expected_value
from grader.marking.column import Column, half_unit
from grader.marking.generic import SHIFTS, repeated
from grader.marking.match import Match, of_row
from grader.plan.group import Group
from grader.slips.table import Family, Row, row
from grader.tolerance import Tolerance

_SWAPPED, _OFF = (row(Family.VALUE, rule) for rule in ("digits-swapped", "one-digit"))
_POINT = row(Family.VALUE, "power-of-ten", "one entry")
_MISSED, _SAME = row(Family.VALUE, "digit-missed"), row(Family.VALUE, "entry-repeated", "two")
_FEWEST, _FEWEST_IN_ARRAY = 3, 2
"""Digits of a number from which one digit off says something; in an array the other entries speak for it, too."""
_LARGE = 3
"""Entries from which an array speaks for a digit."""
_MOST_PLACES = 12
_TRUTHS = (0.0, 1.0)
"""In a table of these alone any other number was miswritten."""


def accidents(group: Group, column: Column, member: int, own: Iterable[Floats] = ()) -> list[Match]:
    """The accident that gives one student's answer, from the right value or from the one for the own sheet."""
    right = expected_value(column.ask, group)
    first = right[member if len(right) > 1 else 0]
    half = half_unit(column.verdicts[member].typed)
    for value in (first, *own):
        answer = column.aligned(member, value)
        wrong = ~np.atleast_1d(column.ask.tolerance.accepts(answer, value))
        if not half or answer.shape != value.shape or np.count_nonzero(wrong) != 1:
            continue
        typed, meant = (float(np.atleast_1d(values)[wrong][0]) for values in (answer, value))
        no_truth = wrong.size >= _LARGE and bool(np.isin(value, _TRUTHS).all()) and typed not in _TRUTHS
        sums = bool((value == np.round(value)).all())  # of whole numbers, which are easily added up wrongly
        fewest = 1 if no_truth else _FEWEST_IN_ARRAY if wrong.size >= _LARGE and not sums else _FEWEST
        found = accident(typed, meant, _places(half, meant, column.ask.tolerance), wrong.size, fewest)
        if found:
            return [of_row(found)]
        if wrong.size == 2 and not no_truth and _same_twice(answer, value, column.ask.tolerance):
            return [of_row(_SAME)]
    return []


def _same_twice(answer: Floats, value: Floats, tolerance: Tolerance) -> bool:
    """Of two entries that differ one was written twice; of truths that says nothing."""
    differ = bool(np.ptp(value)) and not np.isin(value, _TRUTHS).all()
    return differ and repeated(answer, value, tolerance)


def _places(half: float, meant: float, tolerance: Tolerance) -> list[int]:
    """The decimals to which a number may have been written before the accident: those typed, those asked for."""
    units = [2 * half, float(tolerance.unit(np.array(meant)))] if tolerance.digits else [2 * half]
    places = {max(0, round(-np.log10(unit))) for unit in units if unit > 0}
    return sorted(places | {place + 1 for place in places})


def accident(typed: float, meant: float, places: Iterable[int], size: int, fewest: int = _FEWEST) -> Row | None:
    """The row of the accident that makes the number typed of the number meant; `size` entries are in the answer.

    `fewest` are the digits from which one digit off says something.
    """
    places = list(places)
    if not np.isfinite([typed, meant]).all() or typed * meant < 0:
        return None
    if any(_same(typed, float(f"{abs(meant):.{min(place, _MOST_PLACES)}f}")) for place in places):
        return None  # the very number, with fewer digits
    for place in places:
        text = f"{abs(meant):.{min(place, _MOST_PLACES)}f}"
        if size > 1 and any(_same(typed, float(text) * 10.0**shift) for shift in SHIFTS):
            return _POINT
        if _digits(text) < min(fewest, _FEWEST_IN_ARRAY if size >= _LARGE else _FEWEST):
            continue
        if any(_same(typed, float(other)) for other in _swapped(text)):
            return _SWAPPED
        if _digits(text) < fewest:
            continue
        written = f"{abs(typed):.{place}f}"
        if _same(typed, float(written)) and len(written) == len(text) and _apart(written, text) == 1:
            return _OFF
        if _digits(text) >= _FEWEST and any(_same(typed, float(other)) for other in _shortened(text)):
            return _MISSED
    return None


def _digits(text: str) -> int:
    """How many digits of a decimal say something: no noughts in front, and none behind the point at the end."""
    kept = text.rstrip("0") if "." in text else text
    return len(kept.replace(".", "").lstrip("0"))


def _same(typed: float, value: float) -> bool:
    return value != 0 and abs(abs(typed) - value) <= 1e-9 * value


def _apart(one: str, other: str) -> int:
    return sum(left != right for left, right in zip(one, other, strict=True))


def _swapped(text: str) -> Iterator[str]:
    """With two neighbouring digits exchanged; the point stays where it is, and no number begins with 03."""
    places = [place for place, sign in enumerate(text) if sign != "."]
    for one, other in pairwise(places):
        if text[one] != text[other] and (other > 1 or text[other] != "0"):
            signs = list(text)
            signs[one], signs[other] = signs[other], signs[one]
            yield "".join(signs)


def _shortened(text: str) -> Iterator[str]:
    """With a digit left out."""
    for place, sign in enumerate(text[:-1]):
        left = text[:place] + text[place + 1 :]
        if sign != "." and left.strip("."):
            yield left
