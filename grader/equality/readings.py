"""Numbers that can honestly be read in two ways: an answer is right if either reading is."""

from __future__ import annotations

import re

_THOUSANDS = re.compile(r"\s*([-+−]?[1-9][0-9]{0,2}),([0-9]{3})\s*")
_FRACTION = r"\\[dtc]?frac\s*(?:[0-9]\s*[0-9]|\{[0-9]{1,6}\}\s*\{[0-9]{1,6}\})"
_MIXED = re.compile(rf"([\s$]*[-+−]?\s*)([0-9]{{1,6}})(\s*{_FRACTION})([\s$]*)")


def second_reading(text: str) -> str | None:
    """`1,234` with the comma of thousands, `1\\frac{1}{2}` as a mixed number; None for every other text."""
    thousands = _THOUSANDS.fullmatch(text)
    if thousands:
        return thousands[1] + thousands[2]
    mixed = _MIXED.fullmatch(text)
    return f"{mixed[1]}({mixed[2]}+{mixed[3]}){mixed[4]}" if mixed else None
