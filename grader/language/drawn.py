"""Brackets drawn by hand: bars down both sides of a column, the pieces of a tall bracket, the rules of a table.

    |27|⏎|-4|    | 1 2 |⏎| 3 4 |    | 1 | 2 |⏎|---|---|⏎| 3 | 4 |    ⎡1 2⎤⏎⎣3 4⎦    |1, 2|    1 | 2

A bar at both ends of every one of several lines is the side of a bracket: nobody writes a column of absolute values
like that. In one line it is one only where an absolute value cannot stand, around entries.
"""

from __future__ import annotations

import re

_PIECES = re.compile("[⎛-⎭⎰⎱│┃┌┐└┘├┤╭╮╰╯]")
_DOUBLE = re.compile(r"[‖∥]|\|\|")
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*")
_RULES = re.compile(r"(?<=[\w.)])(?:\|(?=[-+−\w.(])|\s+\|\s+(?=[-+−\w.(]))")
"""A bar between two entries, with a space on both sides or on none: `1 |-2| 3` has an absolute value in it."""
_PARTS = re.compile(r"[;,&]|[\w.)][ \t]+[-+−\w.(]")
"""What parts entries, between the bars of one line."""


def may_be_drawn(text: str) -> bool:
    """Whether any sign of the text could be a piece of a bracket."""
    return "|" in text or (not text.isascii() and bool(_PIECES.search(text) or _DOUBLE.search(text)))


def undrawn(text: str, columns: int) -> str:
    """The text of an array with so many columns (a vector has one, or all its entries in a row) without drawn brackets.

    Spaces stand where sides stood and semicolons where a rule parted entries, everything in its place.
    """
    plain = _PIECES.sub(_side, text)
    bars = _DOUBLE.sub(lambda sign: "|".ljust(len(sign[0])), plain)
    lines = [line if not _RULE.fullmatch(line) or "-" not in line else " " * len(line) for line in bars.split("\n")]
    written = [line.strip() for line in lines if line.strip()]
    enclosed = all(len(line) > 1 and line[0] == line[-1] == "|" for line in written)
    if enclosed and (len(written) > 1 or _is_row(written[0] if written else "")):
        return "\n".join(_parted(_without_sides(line)) for line in lines)
    if not enclosed and all(len(_RULES.findall(line)) == line.count("|") == columns - 1 for line in written):
        return "\n".join(map(_parted, lines))
    return plain


def _side(piece: re.Match[str]) -> str:
    return "|" if piece[0] in "│┃" else " "


def _is_row(line: str) -> bool:
    """Whether one line between bars is no absolute value: an odd number of bars, or entries between two."""
    return line.count("|") % 2 == 1 or (line.count("|") == 2 and bool(_PARTS.search(line[1:-1])))


def _without_sides(line: str) -> str:
    if "|" not in line:
        return line
    first, last = line.index("|"), line.rindex("|")
    return f"{line[:first]} {line[first + 1 : last]} {line[last + 1 :]}"


def _parted(line: str) -> str:
    return line.replace("|", ";")
