"""How the numbers of a solution are shown: answers as asked, everything else with a few digits more."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from grader.arrays import Floats
from grader.blanks.written import short_fraction
from grader.language.nodes import Array, Call, Node, Number
from grader.plan.plan import Ask
from grader.spec.source import number_node
from grader.tolerance import Tolerance

GUARD = 2
"""Digits kept beyond those that are asked for, so that the next line can be worked out from what is printed."""
EXACT_DIGITS = 7
_NOISE = 1e-12


class Rounding:
    """The digits of a problem's working: two more than its most exacting question asks for."""

    def __init__(self, asks: Sequence[Ask]) -> None:
        rules = [ask.tolerance for ask in asks]
        decimals = [rule.decimals for rule in rules if rule.decimals is not None]
        significant = [rule.significant for rule in rules if rule.significant is not None]
        self.exact = not decimals and not significant
        self.decimals = max(decimals) + GUARD if decimals else -99
        self.significant = max(significant) + GUARD if significant else EXACT_DIGITS if self.exact else 3

    def rounded(self, value: float) -> float:
        """The value with the digits of the working."""
        if not value or not math.isfinite(value):
            return value
        size = math.floor(math.log10(abs(value)))
        return round(value, max(self.decimals, self.significant - 1 - size))

    def node(self, value: Floats | float) -> Node:
        """A number or an array as a tree, as it is put into a formula."""
        if isinstance(value, np.ndarray) and value.ndim:
            scale = float(np.abs(value).max())
            return Array(tuple(self.node(np.where(np.abs(entry) < _NOISE * scale, 0.0, entry)) for entry in value))
        value = float(value)
        fraction = short_fraction(value) if self.exact else None
        if fraction is None:
            return number_node(self.rounded(value) + 0.0)
        node: Node = Call("div", (Number(str(abs(fraction.numerator))), Number(str(fraction.denominator))))
        return Call("neg", (node,)) if value < 0 else node

    def keeps(self, value: Floats | float) -> bool:
        """Is the value shown in full, so that `=` is honest and not `≈`."""
        entries = np.ravel(np.asarray(value, dtype=float))
        noise = _NOISE * np.abs(entries).max(initial=0.0)
        return all(
            abs(self.rounded(float(entry)) - entry) <= max(noise, _NOISE * abs(entry))
            or (self.exact and short_fraction(float(entry)) is not None)
            for entry in entries
        )


def shown_in_full(value: Floats | float, tolerance: Tolerance) -> bool:
    """Does the answer, printed as asked, say the whole value."""
    entries = np.ravel(np.asarray(value, dtype=float))
    rounded = np.ravel(tolerance.rounded(entries))
    margin = _NOISE * np.maximum(np.abs(entries), 1e-3 * np.abs(entries).max(initial=0.0))
    if np.any(np.abs(rounded - entries) > margin):
        return False
    return all(
        tolerance.decimals is not None
        or abs(float(f"{entry:.10g}") - entry) <= _NOISE * abs(entry)
        or short_fraction(float(entry)) is not None
        for entry in entries
    )
