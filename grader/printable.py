"""Texts of strangers as they may stand in a line: nothing that moves a cursor, hides, or turns the reading round.

Letters of every alphabet stay, the joiners that some of them need too.
"""

from __future__ import annotations

import json
import re

_CURSOR = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = "\xad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
_UNPRINTABLE = re.compile(f"[{_CURSOR}{_DIRECTION}{_UNSEEN}]")
_UNPRINTABLE_IN_LINES = re.compile(f"(?!\n)[{_CURSOR}{_DIRECTION}{_UNSEEN}]")


def printable(text: str) -> str:
    """A text in one line, a space for everything else; bytes that were no text as `\\xff`."""
    return text if text.isascii() and text.isprintable() else _UNPRINTABLE.sub(_instead, text)


def printable_lines(text: str) -> str:
    """A text whose lines are its own."""
    return text if text.isascii() and text.isprintable() else _UNPRINTABLE_IN_LINES.sub(_instead, text)


def json_of(value: object, indent: int | None = None, *, ascii_only: bool = False) -> str:
    """JSON with the letters of every alphabet as they are, and escapes for what is not printable."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    return _UNPRINTABLE_IN_LINES.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def _instead(found: re.Match[str]) -> str:
    letter = found[0]
    if "\udc80" <= letter <= "\udcff":  # how the system says a byte of a name that is no text
        return f"\\x{ord(letter) - 0xDC00:02x}"
    return "\ufffd" if "\ud800" <= letter <= "\udfff" else " "
