"""Arrays whose entries are right as far as they go, but written with too few digits."""

from __future__ import annotations

import numpy as np

from grader.arrays import Floats
from grader.blanks.kind import Judgement
from grader.errors import Message
from grader.tolerance import Tolerance

_NEAR = 0.2
"""Of the value: at least one digit of it must be there, so that 0 is not a coarse 0.3."""
_SHORT = {"answer-entries": "answer-entries-coarse"}
"""How the reasons of an array name entries that are not wrong."""


def too_coarse_entries(answer: Floats, expected: Floats, unit: float, tolerance: Tolerance) -> bool:
    """All entries that are not right are right but for the digits; `unit` is the last digit written of any."""
    if not unit or answer.shape != expected.shape:
        return False
    wrong = ~tolerance.accepts(answer, expected)
    if tolerance.digits and np.any(unit <= 1.001 * tolerance.unit(expected[wrong])):
        return False
    written = Tolerance(decimals=max(0, round(-np.log10(unit))))
    gap, size = np.abs(answer - expected)[wrong], np.abs(expected)[wrong]
    fits = written.accepts(answer[wrong], expected[wrong]) & (gap < _NEAR * size) & (answer[wrong] != 0)
    return bool(wrong.any() and fits.all())


def coarse_array(judgement: Judgement, rule: Message) -> Judgement:
    """The judgement of such an array: its right entries count, and the others are not called wrong."""
    reasons = (Message(_SHORT.get(reason.key, reason.key), reason.values) for reason in judgement.reasons)
    return Judgement("coarse", judgement.share, (*reasons, rule))


def too_few(tolerance: Tolerance) -> Message:
    """What is to be written instead, in words."""
    if tolerance.rule() == Message("tolerance-exact"):
        return Message("answer-coarse-exact")
    return Message("answer-coarse", {"rule": tolerance.rule()})
