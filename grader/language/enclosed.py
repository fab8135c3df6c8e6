"""Intervals and sets as people type them: cut into the texts of their ends and elements, which are formulas.

    interval   [-1, 2)   (-inf; 0,5]   ]0; 1[   x ∈ [0, ∞)   ℝ        the ends, and whether each belongs to it
               0 < x <= 2   x ≥ 1                                     as inequalities around one name
    set        {1, 2}    1; 2    [1; 2]    x1 = 1 and x2 = 2    ±3    ∅     the elements, in every honest reading
    points     {(1, 2), (0, 1)}    (1; 2); (0; 1)

A separator counts outside all brackets only. `;` always separates; a comma may be that of a decimal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from grader.errors import StudentError, SyntaxFault
from grader.language.relations import INEQUALITY
from grader.patterns import pattern

Value = TypeVar("Value")

CLOSED, OPEN, INFINITE = "closed", "open", "infinite"

_INTERVAL = pattern(
    r"[\s$]*(?:[^\W\d]\w*\s*(?:∈|\\in\b|in\b)\s*)?(?:\\left\s*)?(?P<open>[\[(\]])(?P<inner>.*?)"
    r"(?:\\right\s*)?(?P<close>[\])\[])[\s$.]*",
    re.DOTALL,
)
_VARIABLE = pattern(r"[\s$]*\\?[^\W\d]\w*(?:_\{\w+\})?[\s$]*")
_LINE = pattern(r"[\s$]*(?:ℝ|R|\\R|\\mathbb\s*\{?\s*R\s*\}?)[\s$.]*")
_INFINITY = pattern(r"(?:\\[ ,;!]|\s)*(?P<sign>[-+−]?)\s*(?:inf(?:ty|inity)?|\\infty|∞|oo)\s*")
_BRACES = pattern(r"([\s$]*(?:\\left\s*)?(?:\\\{|\{))(.*?)(?:\\right\s*)?(?:\\\}|\})[\s$.]*", re.DOTALL)
_BRACKETS = pattern(r"([\s$]*(?:\\left\s*)?[\[(])(.*?)(?:\\right\s*)?[\])][\s$.]*", re.DOTALL)
_EMPTY = pattern(r"[\s$]*(?:∅|\\emptyset|\\varnothing)[\s$.]*")
_SPACE = pattern(r"\s|\\[ ,;]")
_NAMED = pattern(r"\s*[^\W\d]\w*\s*=")
_AND = pattern(r"(?<=\s)(?:and|и)(?=\s)")
_EITHER_SIGN = pattern(r"±|\\pm(?![A-Za-z])")


class Piece(NamedTuple):
    """A part of a text, and where it starts."""

    text: str
    start: int


class IntervalText(NamedTuple):
    """The texts of both ends and what each is: closed, open or infinite."""

    ends: tuple[Piece, Piece]
    sides: tuple[str, str]


def read_piece(piece: Piece, read: Callable[[str], Value]) -> Value:
    """What a piece means to `read`; a fault has its span in the whole text."""
    try:
        return read(piece.text)
    except StudentError as fault:
        start, end = fault.span or (0, len(piece.text))
        fault.span = (piece.start + start, piece.start + end)
        raise


# ----- Intervals ---------------------------------------------------------------------------------------------------


def interval_text(text: str) -> IntervalText:
    """The parts of an interval; raises SyntaxFault with the way to write one."""
    if _LINE.fullmatch(text):
        return IntervalText((Piece("", 0), Piece("", 0)), (INFINITE, INFINITE))
    if INEQUALITY.search(text):
        return _inequality_text(text)
    match = _INTERVAL.fullmatch(text)
    cut = match and _middle(match["inner"])
    if match is None or cut is None:
        raise SyntaxFault("syntax-interval", span=(0, len(text)))
    start = match.start("inner")
    low = Piece(match["inner"][:cut], start)
    high = Piece(match["inner"][cut + 1 :], start + cut + 1)
    sides = (
        _side(low, "-", CLOSED if match["open"] == "[" else OPEN, match.span("open")),
        _side(high, "+", CLOSED if match["close"] == "]" else OPEN, match.span("close")),
    )
    return IntervalText((low, high), sides)


def _inequality_text(text: str) -> IntervalText:
    """The parts of `0 < x <= 2`, of `x > 0`, and of the same read from the right."""
    relations = list(INEQUALITY.finditer(text))
    starts = [0, *(relation.end() for relation in relations)]
    stops = [*(relation.start() for relation in relations), len(text)]
    pieces = [Piece(text[start:stop].strip("$ "), start) for start, stop in zip(starts, stops, strict=True)]
    pieces = [piece._replace(start=text.index(piece.text, piece.start)) for piece in pieces]
    places = range(2) if len(pieces) == 2 else range(1, 2)
    name = next((place for place in places if _is_variable(pieces[place].text)), None)
    directions = {_is_below(relation) for relation in relations}
    if name is None or len(pieces) > 3 or len(directions) > 1:
        raise SyntaxFault("syntax-interval", span=(0, len(text)))
    ends, sides = [Piece("", 0), Piece("", 0)], [INFINITE, INFINITE]
    for index, relation in enumerate(relations):
        high = int((index < name) != _is_below(relation))
        side = OPEN if relation.lastgroup in ("lt", "gt") else CLOSED
        ends[high] = pieces[index + (index >= name)]
        sides[high] = _side(ends[high], "-+"[high], side, relation.span())
    return IntervalText((ends[0], ends[1]), (sides[0], sides[1]))


def _is_below(relation: re.Match[str]) -> bool:
    return relation.lastgroup in ("lt", "le")


def _is_variable(text: str) -> bool:
    return _VARIABLE.fullmatch(text) is not None and _INFINITY.fullmatch(text) is None


def _side(end: Piece, sign: str, side: str, bracket: tuple[int, int]) -> str:
    """What an end is; one at infinity belongs to no interval."""
    match = _INFINITY.fullmatch(end.text)
    if match is None:
        return side
    if (match["sign"] or "+").replace("−", "-") != sign:
        raise SyntaxFault("syntax-interval-order", span=(end.start, end.start + len(end.text)))
    if side == CLOSED:
        raise SyntaxFault("syntax-interval-infinity", span=bracket)
    return INFINITE


def _middle(inner: str) -> int | None:
    """Where the ends of an interval part: at the one `;`, or at the comma that separates; None where none can."""
    separators = list(_separators(inner))
    semicolons = [index for index in separators if inner[index] == ";"]
    if semicolons:
        return semicolons[0] if len(semicolons) == 1 else None
    spaced = _spaced(inner, separators)
    for commas in (separators, spaced):
        if len(commas) == 1:
            return commas[0]
    return separators[1] if len(separators) == 3 else None  # 0,5,1,5


# ----- Sets --------------------------------------------------------------------------------------------------------


def element_readings(text: str, *, points: bool) -> list[list[Piece]]:
    """The texts of the elements of a set, in every reading of its commas, the likeliest first; [[]] is the empty set.

    Numbers may stand in square or round brackets too; of points these are the brackets, but where each has its own.
    """
    if _EMPTY.fullmatch(text):
        return [[]]
    text = _AND.sub(lambda word: ";".ljust(len(word[0])), text)
    match = _BRACES.fullmatch(text) or _whole_brackets(text, of_points=points)
    inner, start = (match[2], match.start(2)) if match else (text, 0)
    if match and not inner.strip():
        return [[]]
    return [_elements(inner, start, cuts) for cuts in _cuts(inner)]


def _cuts(inner: str) -> list[list[int]]:
    """Where the elements part, in every reading: at semicolons; at commas, those with a space after them first."""
    separators = list(_separators(inner))
    semicolons = [index for index in separators if inner[index] == ";"]
    if semicolons:
        return [semicolons]
    spaced = _spaced(inner, separators)
    if spaced == separators:
        return [separators]
    if spaced:
        return [spaced, separators]
    return [separators, separators[1::2]] if len(separators) % 2 else [separators]  # 0,5 and 0,5,1,5: of decimals


def _whole_brackets(text: str, *, of_points: bool = False) -> re.Match[str] | None:
    """The text between brackets that open at its beginning and close at its end; points in it have brackets too."""
    match = _BRACKETS.fullmatch(text)
    if match is None or not _depth_never_negative(match[2]):
        return None
    inner = match[2]
    bounds = pairwise([-1, *_separators(inner), len(inner)]) if of_points else ()
    return match if all(_whole_brackets(inner[left + 1 : right]) for left, right in bounds) else None


def _depth_never_negative(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        if depth < 0:
            return False
    return True


def _elements(inner: str, start: int, cuts: list[int]) -> list[Piece]:
    """The pieces between the separators, without the names before them, `±` as two."""
    bounds = [-1, *cuts, len(inner)]
    elements: list[Piece] = []
    for left, right in pairwise(bounds):
        piece, first = inner[left + 1 : right], start + left + 1
        named = _NAMED.match(piece)
        if named:
            piece, first = piece[named.end() :], first + named.end()
        if _EITHER_SIGN.search(piece):
            elements += [Piece(_with_sign(piece, sign), first) for sign in "+-"]
        else:
            elements.append(Piece(piece, first))
    return elements


def _with_sign(text: str, sign: str) -> str:
    """One of the two values of `±`, of the same length."""
    return _EITHER_SIGN.sub(lambda match: sign.ljust(len(match[0])), text)


def _spaced(text: str, separators: Sequence[int]) -> list[int]:
    """The separators with a space after them."""
    return [index for index in separators if _SPACE.match(text, index + 1)]


def _separators(text: str) -> Iterator[int]:
    """Where `,` and `;` stand outside all brackets; `\\,` and `\\;` are spaces."""
    depth, index = 0, 0
    while index < len(text):
        letter = text[index]
        if letter == "\\":
            index += 1
        elif letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        elif letter in ",;" and depth == 0:
            yield index
        index += 1
