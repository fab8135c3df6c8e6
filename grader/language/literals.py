"""Numbers as they are written: the one place that knows which texts are numbers, and that reads them.

Digits are those of ASCII; what other scripts and small signs stand for is decided before (`characters`).
"""

from __future__ import annotations

import re

from grader.errors import Span, SyntaxFault

MAX_DIGITS = 1_000  # of one number; Python converts 4300 at most
MAX_EXPONENT = 15
"""Digits of the power of ten in `1e9`: with more of them even the power is beyond computing."""

_LITERAL = re.compile(r"([0-9]*)(?:\.([0-9]*))?(?:([eE][-+]?)([0-9]+))?")
_SIGNED = re.compile(r"([-+−]?)([0-9]+(?:[.,][0-9]*)?|\.[0-9]+)((?:[eE][-+]?[0-9]+)?)")


def literal(text: str, span: Span) -> str:
    """The digits of a number in their plain form: `.5` is `0.5`, `1.` is `1`.

    Raises SyntaxFault for what is no number, or has more digits than are read.
    """
    match = _LITERAL.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        raise SyntaxFault("syntax-number", span=span, text=text)
    whole, rest, sign, power = match.groups()
    if len(text) > MAX_DIGITS:
        raise too_many_digits(span, len(text))
    if power and len(power.lstrip("0")) > MAX_EXPONENT:
        raise SyntaxFault("syntax-power-of-ten", span=span, text=text, limit=MAX_EXPONENT)
    return (whole or "0") + (f".{rest}" if rest else "") + (f"{sign}{power}" if power else "")


def too_many_digits(span: Span, count: int) -> SyntaxFault:
    """The refusal of a number of so many digits."""
    return SyntaxFault("syntax-too-long", span=span, length=count, limit=MAX_DIGITS)


def numeral(text: str) -> str | None:
    """What `float` takes, of a plain decimal with a sign, a comma or spaces around it; None for anything else."""
    match = _SIGNED.fullmatch(text.strip())
    if match is None:
        return None
    return match[1].replace("−", "-") + match[2].replace(",", ".") + match[3]
