"""Lines of maths that fit a page: how wide LaTeX prints, and where an equation is broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from grader.language.boxes import (
    Accent,
    Box,
    Fence,
    Fraction,
    Numeral,
    Root,
    Row,
    Script,
    Sign,
    Space,
    Table,
    Text,
    Unknown,
    Word,
)
from grader.language.plain import plain, plain_maths
from grader.language.tex import boxes, placed

WIDTH = 78
"""Characters of maths and title that fit a line of A4; one is 5.4 to 6.4 pt wide."""
DISPLAY = 74
"""Characters that fit a line of their own."""

Part = tuple[str, str]
"""A relation and what stands after it: `("=", "2x")`."""

SMALL = 0.6
"""How wide a sign of an index or exponent is, beside one of the line."""
_BETWEEN_TERMS = (Sign("+"), Sign("-"))
_NARROW = frozenset("i,;.' ")


@lru_cache(maxsize=4096)
def width(latex: str) -> float:
    """About how many characters wide it prints; a matrix counts its columns, a fraction its longer side."""
    return _width(boxes(latex))


def text_width(markdown: str) -> float:
    """The same for words, which are set narrower than maths."""
    return 0.85 * _letters(plain(markdown))


def _width(box: Box) -> float:
    match box:
        case Row(parts):
            return sum(map(_width, parts))
        case Sign(text) | Numeral(text):
            return _letters(text)
        case Word(text) | Text(text):
            return len(text)
        case Fence(left, body, right):
            return len(left + right) + _width(body)
        case Fraction(upper, lower):
            return max(_width(upper), _width(lower))
        case Root(body):
            return 1 + _width(body)
        case Script(base, where, script):
            return _width(base) + (0.5 if where == "'" else SMALL * _width(script))
        case Accent(body):
            return _width(body)
        case Table(_, rows):
            return 2 + sum(1.5 + max(map(_width, column)) for column in zip_longest(*rows, fillvalue=Row(())))
        case Space():
            return 0.5
        case Unknown():
            return 1


def _letters(text: str) -> float:
    return len(text) - 0.5 * sum(letter in _NARROW for letter in text)


def equation(head: str, parts: Sequence[Part], room: float = WIDTH) -> str:
    """`head = a = b` in the text where there is room, otherwise displayed over several aligned lines."""
    parts = honest(distinct(parts))
    if len(parts) > 1 and bare(parts[0][1]) == bare(head.rpartition(" = ")[2]):
        parts = parts[1:]
    line = " ".join([head, *(f"{sign} {latex}" for sign, latex in parts)])
    if width(line) <= room or not parts:
        return f"${line}$"
    rows: list[str] = []
    used = DISPLAY + 1.0
    for sign, latex in parts:
        first, *rest = broken(latex, DISPLAY - width(head) - 3)
        size = 3 + width(first)
        if rows and used + size <= DISPLAY - width(head) and not rest:
            rows[-1] += f" {sign} {first}"
            used += size
        else:
            rows.append(f"&{sign} {first}")
            used = size
        if rest:
            rows += [rf"&\quad {piece}" for piece in rest]
            used = DISPLAY + 1.0
    if len(rows) == 1:
        return f"$${line}$$"
    body = r" \\ ".join([f"{head} {rows[0]}", *rows[1:]])
    return rf"$$\begin{{aligned}} {body} \end{{aligned}}$$"


def honest(parts: Sequence[Part]) -> list[Part]:
    """Whatever follows an approximate part is near it, not equal to it."""
    rounded = next((index for index, (sign, _) in enumerate(parts) if sign != "="), len(parts))
    return [(r"\approx" if index > rounded else sign, latex) for index, (sign, latex) in enumerate(parts)]


def distinct(parts: Sequence[Part]) -> list[Part]:
    """The parts without one that prints the same as the next; the relation of the first of equals counts."""
    kept: list[Part] = []
    for sign, latex in parts:
        if kept and bare(kept[-1][1]) == bare(latex):
            continue
        kept.append((sign, latex))
    return kept


def bare(latex: str) -> str:
    """What a formula reads as, whatever the sizes of its brackets and its spaces."""
    return plain_maths(latex).replace(" ", "")


def broken(latex: str, room: float) -> list[str]:
    """Pieces of a long sum, each within the room where that can be; they begin with their sign."""
    if width(latex) <= room:
        return [latex]
    lines = [""]
    for term in _terms(latex):
        if lines[-1] and width(lines[-1] + term) > room:
            lines.append("")
        lines[-1] += term
    return [line.strip() for line in lines if line.strip()]


def _terms(latex: str) -> Iterator[str]:
    """Top-level terms with the sign before them, which has spaces around it (a minus without them is a sign)."""
    parts, start = placed(latex), 0
    for (cut, before), (_, sign), (_, after) in zip(parts, parts[1:], parts[2:], strict=False):
        if sign in _BETWEEN_TERMS and isinstance(before, Space) and isinstance(after, Space):
            yield latex[start:cut]
            start = cut
    yield latex[start:]
