"""Formulas copied from a printed sheet: a PDF gives the letters, and loses what stood above, below and on two lines.

`e^x` arrives as 𝑒𝑥, `x_1^2` as 𝑥2 1, a fraction as its numerator, a space and its denominator. That cannot be read
back for sure, so that it is told how to write it.
"""

from __future__ import annotations

import re

from grader.errors import Message
from grader.plan.plan import Ask

_PRINTED = re.compile("[\U0001d400-\U0001d7ffℎ]")
"""Letters as mathematics is set in print; nobody types them."""
_RAISED = re.compile(r"\^|\*\*|/|:|\\|[⁰¹²³⁴-⁹⁻ᵀ]")
"""What is only there if it was typed."""


def lost_in_copying(text: object, ask: Ask) -> tuple[Message, ...]:
    """What to say of a formula that is not right and may have lost its exponents and fractions on the way."""
    if not isinstance(text, str) or not ask.traits.formula:
        return ()
    return (Message("copied-flat"),) if _PRINTED.search(text) and not _RAISED.search(text) else ()
