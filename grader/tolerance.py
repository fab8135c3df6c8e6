"""When two numbers are the same: the only place where that is decided.

    relative      |answer − expected| ≤ r·|expected|        (a value on the border counts as inside)
    absolute      |answer − expected| ≤ a
    decimals      both rounded half away from zero to n decimals, then equal
    significant   the same with n significant figures
    exact         equal up to the noise of doubles

No absolute floor: 1e-10 is not 1e-9. Rounding sees 0.04985 as the decimal it is, not as the double below it.
"""

from __future__ import annotations

import math
import re

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from grader.arrays import Floats, Truths
from grader.errors import Message

EXACT = 1e-12
"""Relative difference below which two doubles are the same number."""
_BORDER = 1e-9

_POWER = r"[-+−–]?\s*[0-9]{1,4}"
_DECIMAL = re.compile(
    r"[\s$]*[-+−–—‐‑]?\s*(?=[.,]?[0-9])([0-9]*)(?:(?:[.,]|\{,\})([0-9]*))?"
    rf"(?:[eE]({_POWER})|\s*(?:[*·×⋅∙•xх]|\\cdot|\\times)\s*10\s*(?:\^|\*\*)\s*[({{]?\s*({_POWER})\s*[)}}]?)?[\s$]*"
)
"""A decimal with the digits before and behind its point, and the power of ten beside it, if there is one."""
_ABOVE = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")


class Tolerance(msgspec.Struct, frozen=True):
    """At most one rule of rounding, or `relative` and/or `absolute` (either suffices); nothing given means exact."""

    relative: float | None = None
    absolute: float | None = None
    decimals: int | None = None
    significant: int | None = None

    @property
    def is_exact(self) -> bool:
        """No tolerance at all."""
        return self == Tolerance()

    @property
    def digits(self) -> bool:
        """It says to how many digits a number is rounded."""
        return self.decimals is not None or self.significant is not None

    def allowance(self, expected: ArrayLike) -> Floats:
        """How far from the value the rule lets an answer be: for digits, half a unit of the last one."""
        value = np.asarray(expected, dtype=float)
        if self.digits:
            return 0.5 * self.unit(value)
        margin: Floats = np.maximum((self.relative or 0.0) * np.abs(value), self.absolute or 0.0)
        return margin

    def accepts(self, answer: ArrayLike, expected: ArrayLike, scale: ArrayLike | None = None) -> Truths:
        """Entry by entry, any equal shapes. `scale` is the size of the whole array, for the noise of its zeros."""
        answer, expected = np.asarray(answer, dtype=float), np.asarray(expected, dtype=float)
        with np.errstate(all="ignore"):
            noise = EXACT * np.maximum(np.abs(expected), 0 if scale is None else 1e-3 * np.asarray(scale))
            difference = np.abs(answer - expected)
            if self.decimals is not None or self.significant is not None:
                alike = (difference <= noise) | self._rounds_alike(answer, expected, difference)
                rounded: Truths = alike & np.isfinite(difference)
                return rounded
            margin = noise
            if self.relative is not None:
                margin = np.maximum(margin, self.relative * np.abs(expected) * (1 + _BORDER))
            if self.absolute is not None:
                ulps = 4e-16 * np.maximum(np.abs(answer), np.abs(expected))
                margin = np.maximum(margin, self.absolute * (1 + _BORDER) + ulps)
            result: Truths = (difference <= margin) & np.isfinite(difference)
            return result

    def accepts_number(self, answer: float, expected: float) -> bool:
        """The same decision for two numbers, without the cost of arrays where it is clear."""
        gap, size = abs(answer - expected), abs(expected)
        if not gap < math.inf:
            return False
        if gap <= EXACT * size:
            return True
        if self.decimals is None and self.significant is None:
            margin = (self.relative or 0.0) * size * (1 + _BORDER)
            if self.absolute is not None:
                margin = max(margin, self.absolute * (1 + _BORDER) + 4e-16 * max(abs(answer), size))
            return gap <= margin
        (rounded, unit), (mine, my_unit) = self._rounded_number(expected), self._rounded_number(answer)
        tie = abs(size / unit % 1.0 - 0.5) < _BORDER
        return abs(mine - rounded) < 0.5 * min(unit, my_unit) or (tie and gap <= 0.5 * unit * (1 + _BORDER))

    def _rounded_number(self, value: float) -> tuple[float, float]:
        if self.decimals is not None:
            unit = 10.0**-self.decimals
        else:
            size = math.floor(math.log10(abs(value or 1.0) * (1 + 1e-15)))
            unit = 10.0 ** (size - (self.significant or 15) + 1) or 5e-324
        if abs(value) / unit > 1e15:  # no digits behind the last one kept
            return value, unit
        return math.copysign(math.floor(abs(value) / unit + 0.5 + _BORDER) * unit, value), unit

    def _rounds_alike(self, answer: Floats, expected: Floats, difference: Floats) -> Truths:
        unit = self.unit(expected)
        alike = np.abs(self.rounded(answer) - self.rounded(expected)) < 0.5 * np.minimum(unit, self.unit(answer))
        # A tie may honestly be rounded either way: the double of the reference does not decide it.
        tie = np.abs(np.abs(np.mod(expected / unit, 1.0)) - 0.5) < _BORDER
        result: Truths = alike | (tie & (difference <= 0.5 * unit * (1 + _BORDER)))
        return result

    def unit(self, value: Floats) -> Floats:
        """The last digit kept: 10^-decimals, or by the size of the value for significant figures."""
        if self.decimals is not None:
            return np.full(np.shape(value), 10.0**-self.decimals)
        size = np.floor(np.log10(np.where(value == 0, 1.0, np.abs(value)) * (1 + 1e-15)))
        result: Floats = 10.0 ** (size - (self.significant or 15) + 1)
        return result

    def rounded(self, value: Floats) -> Floats:
        """The value to the digits kept, half away from zero; as it is under other rules."""
        if self.decimals is None and self.significant is None:
            return value
        with np.errstate(all="ignore"):
            unit = self.unit(value)
            result: Floats = np.sign(value) * np.floor(np.abs(value) / unit + 0.5 + _BORDER) * unit
            return result

    def cut(self, value: Floats) -> Floats:
        """The value with the digits behind the last one kept cut off."""
        with np.errstate(all="ignore"):
            unit = self.unit(value)
            result: Floats = np.sign(value) * np.floor(np.abs(value) / unit + _BORDER) * unit
            return result

    def rule(self) -> Message:
        """The rule in words, for the student: `round to 3 decimals`."""
        if self.decimals is not None:
            return Message("tolerance-decimals", {"count": self.decimals})
        if self.significant is not None:
            return Message("tolerance-significant", {"count": self.significant})
        if self.relative is not None and self.relative > 1e-5:
            return Message("tolerance-relative", {"percent": 100 * self.relative})
        if self.absolute is not None:
            return Message("tolerance-absolute", {"margin": self.absolute})
        return Message("tolerance-exact")


def too_coarse(text: str, answer: float, expected: float, tolerance: Tolerance) -> bool:
    """The right number with too few digits written: it is `expected` rounded to the digits of `text`.

    At least one significant digit must be there, so that 0 is not a coarse 0.3.
    """
    digits, written = _plain_digits(text)
    if not digits or answer == 0:
        return False
    if tolerance.decimals is not None and written >= tolerance.decimals:
        return False
    return bool(Tolerance(decimals=written).accepts(answer, expected)) and abs(answer - expected) < 0.2 * abs(expected)


def too_few_digits(text: str, tolerance: Tolerance) -> bool:
    """A decimal with fewer digits written than the rule asks for; `1/3` and the like have all of theirs."""
    digits, written = _plain_digits(text)
    if not digits:
        return False
    if tolerance.decimals is not None:
        return written < tolerance.decimals
    return tolerance.significant is not None and len(digits.lstrip("0")) < tolerance.significant


def _plain_digits(text: str) -> tuple[str, int]:
    """The digits of a decimal as written and how many of them stand behind the point; ("", 0) for any other text.

    A power of ten beside it says where the point is: `2.53e2` and `2,53·10²` have none behind it.
    """
    written = _DECIMAL.fullmatch(_ABOVE.sub(_raised, text))
    if written is None:
        return "", 0
    whole, behind, *powers = written.groups(default="")
    power = re.sub("[^0-9-]", "", "".join(powers).replace("−", "-").replace("–", "-")) or "0"
    return whole + behind, len(behind) - int(power)


def _raised(match: re.Match[str]) -> str:
    return "^" + match[0].translate(_RAISED)
