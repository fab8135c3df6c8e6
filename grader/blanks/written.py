"""How a right number is written where it is printed: rounded as asked, as a short fraction where it is one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from grader.language.numerals import plain_number, scientific
from grader.language.typeset import number_latex
from grader.tolerance import Tolerance

LONGEST_DENOMINATOR = 200
SHORT_DECIMALS = 6


def printed(value: float, tolerance: Tolerance, language: str) -> str:
    """The number as an answer is written: rounded as asked, LaTeX."""
    if tolerance.decimals is not None:
        text = f"{float(tolerance.rounded(np.asarray(value))) + 0.0:.{tolerance.decimals}f}"
        return text.replace(".", "{,}") if language == "ru" else text
    rounded = float(tolerance.rounded(np.asarray(value)))
    if tolerance.significant is not None:
        if abs(rounded - value) <= 1e-12 * abs(value):  # nothing was rounded off
            return number_latex(rounded, language)
        digits, exponent = plain_number(rounded)
        return scientific(_padded(digits, tolerance.significant), exponent, language)
    return fraction_latex(rounded) or number_latex(rounded, language)


def _padded(digits: str, significant: int) -> str:
    """A decimal with the zeros that belong to its significant digits: `0.028` to three of them is `0.0280`."""
    missing = significant - len(digits.lstrip("-0.").replace(".", ""))
    if missing <= 0:
        return digits
    return digits + "." * ("." not in digits) + "0" * missing


def short_fraction(value: float) -> Fraction | None:
    """A value that is a short fraction but no short decimal, as the fraction; None for others."""
    fraction = Fraction(value).limit_denominator(LONGEST_DENOMINATOR)
    noise = 1e-12 * abs(value)
    if abs(float(fraction) - value) > noise or abs(round(value, SHORT_DECIMALS) - value) <= noise:
        return None
    return fraction


def fraction_latex(value: float) -> str | None:
    """A short fraction in LaTeX; None for a value that is none."""
    fraction = short_fraction(value)
    if fraction is None:
        return None
    sign = "-" if value < 0 else ""
    return rf"{sign}\tfrac{{{abs(fraction.numerator)}}}{{{fraction.denominator}}}"
