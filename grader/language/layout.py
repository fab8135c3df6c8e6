"""Arrays as people lay them out: a text cut into the texts of its entries, where the shape that is asked says how.

    rows       [1, 2; 3, 4]   [[1, 2], [3, 4]]   (1 2) (3 4)   1 2, 3 4   lines      at ; at line ends, brackets
    entries    1, 2   1; 2   1 2   -0,5, 1,5   -0,464,0,379                          a comma may be that of a decimal
    around     ( )   [ ]   { }   ⟨ ⟩   nothing                                       (1, 2)^T, [[1], [2]]: the vector
    sizes      4×2   4 x 2   4*2   4 by 2                                            where a vector of two is asked

Nothing is read here: the pieces are formulas, and a reading whose pieces are none is no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, product

from grader.language.bare import CLOSING, OPENING, bare_list, trimmed, unwrapped
from grader.language.enclosed import Piece
from grader.patterns import pattern

Grid = tuple[tuple[Piece, ...], ...]
"""Rows of entries; a vector is one row."""

MOST = 4
"""No text has more readings than these."""
MOST_COMMAS = 24
LONGEST = 40
"""Digits before a decimal comma."""

_SPACE = pattern(r"(?<=[\w.)\]}'])[ \t]+(?=[\w.(\[{√\\]|[-+][^\s])")
_SIGNED_SPACE = pattern(r"(?<=[\w.)\]}'])[ \t]+(?=[-+][^\s])")
_MAY_BE_SPACED = pattern(r"[\w.)\]}'][ \t]+[-+][^\s]")
_WHOLE = pattern(r"(?<![0-9.])[0-9]+$")
_DECIMALS = pattern(r",[0-9]+(?![0-9.])")
_SIZE = pattern(r"[1-9][0-9]*(?:[ \t]*(?:[*×xXхХ]|\\times|by|на)[ \t]*[1-9][0-9]*)+")
_OF_SIZE = pattern(r"[0-9]+")
_FIRST_ZERO = pattern(r"(?<![0-9.,])[-+]?0$")


def layouts(text: str, shape: tuple[int, ...]) -> Iterator[Grid]:
    """The readings of a text as an array of this shape (of one or two axes), the likeliest first."""
    body, transposed = bare_list(text)
    if len(shape) == 1:
        yield from _distinct((row,) for row in _vector(body, shape[0]))
    elif transposed:
        yield from _distinct(tuple(zip(*grid, strict=True)) for grid in _matrix(body, shape[1], shape[0]))
    else:
        yield from _distinct(_matrix(body, *shape))


def may_be_spaced(text: str) -> bool:
    """Whether in a text of plain characters a space stands before a sign and none after it: `1 -2` may be two."""
    return _MAY_BE_SPACED.search(text) is not None


def spaced_table(text: str) -> bool:
    """Whether that is so in every entry, of two at least: `[1 -2; 3 -4]` is two differences, or a table of four."""
    body, _ = bare_list(text)
    entries = _entries(body)
    return len(entries) > 1 and all(_cuts(entry, _SIGNED_SPACE) for entry in entries)


def all_spaced(grid: Grid) -> bool:
    """Whether a grid takes a table by spaces for the differences of its rows."""
    entries = [piece for row in grid for piece in row]
    return len(entries) > 1 and all(_cuts(entry, _SIGNED_SPACE) for entry in entries)


def loose_entries(text: str) -> list[Piece]:
    """What stands between any separators, brackets left out: what can be said of a list that fits no shape."""
    body, _ = bare_list(text)
    flat = Piece(re.sub(r"[()\[\]{}]", " ", body.text), body.start)
    pieces = [part for entry in _cut(flat, _places(flat.text, ",;&\n")) for part in _cut(entry, _cuts(entry, _SPACE))]
    return [piece for piece in pieces if piece.text.strip()]


# ----- Rows --------------------------------------------------------------------------------------------------------


def _matrix(body: Piece, rows: int, columns: int) -> Iterator[Grid]:
    """The grids of this size."""
    for lines in _rows(body, rows, columns):
        yield from product(*(tuple(islice(_row(unwrapped(line), columns), MOST)) for line in lines))


def _rows(body: Piece, rows: int, columns: int) -> Iterator[Sequence[Piece]]:
    """Texts of rows, in every way that makes as many as are wanted."""
    groups = _groups(body)
    if groups is not None:
        if len(groups) == rows:
            yield groups
        return
    for sign in "\n;":
        lines = [piece for piece in _cut(body, _places(body.text, sign)) if piece.text.strip(" \t\n,;")]
        if len(lines) == rows > 1:
            yield [trimmed(line, ",;") for line in lines]
    spaces = _cuts(body, _SPACE)
    if columns > 1 and rows > 1:
        commas = _places(body.text, ",")
        if len(commas) == rows - 1 and len(spaces) == rows * (columns - 1):
            yield _cut(body, commas)
        if len(spaces) == rows - 1:  # lines that were joined to one
            yield _cut(body, spaces)


def _groups(body: Piece) -> list[Piece] | None:
    """The brackets that the text is a row of, `[1, 2], [3, 4]`; None where anything stands beside them."""
    groups: list[Piece] = []
    depth, start, end = 0, 0, -1
    for place, letter in enumerate(body.text):
        if letter in OPENING:
            if depth == 0:
                if place == end and letter != "[":  # (1)(2) is a product
                    return None
                start = place
            depth += 1
        elif letter in CLOSING:
            depth -= 1
            if depth == 0:
                groups.append(Piece(body.text[start : place + 1], body.start + start))
                end = place + 1
        elif depth == 0 and letter not in ",; \t\n":
            return None
        if depth < 0:
            return None
    return groups if len(groups) > 1 and depth == 0 else None


# ----- Entries -----------------------------------------------------------------------------------------------------


def _vector(body: Piece, size: int) -> Iterator[tuple[Piece, ...]]:
    """The entries of a vector, in a row or one below the other."""
    groups = _groups(body)
    if groups is not None and len(groups) == size:
        yield tuple(map(unwrapped, groups))
    if _SIZE.fullmatch(body.text):  # whole numbers multiplied are no vector, so these are the sides of a size
        sides = [Piece(found.group(), body.start + found.start()) for found in _OF_SIZE.finditer(body.text)]
        if len(sides) == size:
            yield tuple(sides)
    yield from _row(body, size)


def _row(row: Piece, size: int) -> Iterator[tuple[Piece, ...]]:
    """The entries of one row, in every way that makes as many as are wanted."""
    hard = _places(row.text, ";&\n")
    if hard:
        pieces = [piece for piece in _cut(row, hard) if piece.text.strip()]
        if len(pieces) == size:
            yield tuple(pieces)
        return
    commas = _places(row.text, ",")
    spaces = _cuts(row, _SPACE)
    if spaces and len(spaces) == size - 1 and all(_is_decimal(row.text, comma) for comma in commas):
        yield tuple(_cut(row, spaces))
        return
    for cuts in _comma_cuts(row.text, commas, size):
        yield tuple(_cut(row, cuts))
    both = sorted({*commas, *spaces})
    if commas and spaces and len(both) == size - 1:
        yield tuple(_cut(row, both))


def _comma_cuts(text: str, commas: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Which commas part entries, so that there are as many as are wanted; the others are those of decimals."""
    over = len(commas) - (size - 1)
    if over < 0 or len(commas) > MOST_COMMAS:
        return
    if over == 0:
        yield commas
        return
    spaced = [comma for comma in commas if text[comma + 1 : comma + 2].isspace()]
    if spaced:
        if len(spaced) == size - 1 and all(_is_decimal(text, comma) for comma in commas if comma not in spaced):
            yield spaced
        return
    likely = [_is_decimal(text, comma) for comma in commas]
    zeros = [likely[index] and bool(_FIRST_ZERO.search(text[:comma])) for index, comma in enumerate(commas)]
    joined = [text[left + 1 : right].isdecimal() for left, right in pairwise(commas)]
    for sure in (zeros, [False] * len(commas)):  # nobody writes 0,5 for two entries and 1,5 for one
        ways = list(islice(_decimals(likely, sure, joined, over), 2))
        if ways:
            break
    if len(ways) == 1:  # 1,5,2 could be 1.5 and 2, or 1 and 5.2
        yield [comma for comma, decimal in zip(commas, ways[0], strict=True) if not decimal]


def _is_decimal(text: str, comma: int) -> bool:
    """Whether a comma can be that of a decimal: digits without a point stand on both sides."""
    return bool(_WHOLE.search(text, max(0, comma - LONGEST), comma) and _DECIMALS.match(text, comma))


def _decimals(
    likely: Sequence[bool], sure: Sequence[bool], joined: Sequence[bool], count: int
) -> Iterator[tuple[bool, ...]]:
    """In every way, `count` of the likely commas as those of decimals, all the sure ones among them, no two joined."""
    most = [0, 0]  # of the commas from the last ones on
    for place in reversed(range(len(likely))):
        after = most[-2] if place < len(joined) and joined[place] else most[-1]
        most.append(max(most[-1], after + 1 if likely[place] else 0))
    most.reverse()

    def chosen(place: int, left: int, free: bool) -> Iterator[tuple[bool, ...]]:
        if left > most[place]:
            return
        if place == len(likely):
            yield ()
            return
        free = free or not joined[place - 1]
        for decimal in (True, False):
            if (decimal and left and free and likely[place]) or not (decimal or sure[place]):
                yield from ((decimal, *rest) for rest in chosen(place + 1, left - decimal, not decimal))

    yield from chosen(0, count, True)


def _entries(body: Piece) -> list[Piece]:
    """Everything between separators that are no spaces, whatever brackets it stands in."""
    flat = Piece(re.sub(r"[()\[\]{}]", " ", body.text), body.start)
    return [piece for piece in _cut(flat, _places(flat.text, ",;&\n")) if piece.text.strip()]


# ----- Places ------------------------------------------------------------------------------------------------------


def _cut(piece: Piece, places: Sequence[int]) -> list[Piece]:
    """The pieces between signs at these places."""
    bounds = [-1, *places, len(piece.text)]
    return [trimmed(Piece(piece.text[left + 1 : right], piece.start + left + 1)) for left, right in pairwise(bounds)]


def _places(text: str, signs: str) -> list[int]:
    """Where one of the signs stands outside all brackets."""
    depth, places = 0, []
    for place, letter in enumerate(text):
        if letter in OPENING:
            depth += 1
        elif letter in CLOSING:
            depth -= 1
        elif depth == 0 and letter in signs:
            places.append(place)
    return places


def _cuts(piece: Piece, spaces: re.Pattern[str]) -> list[int]:
    """Where spaces that can part entries begin, outside all brackets."""
    outside = set(_places(piece.text, " \t"))
    return [match.start() for match in spaces.finditer(piece.text) if match.start() in outside]


def _distinct(grids: Iterator[Grid]) -> Iterator[Grid]:
    seen: set[tuple[tuple[str, ...], ...]] = set()
    for grid in grids:
        texts = tuple(tuple(piece.text for piece in row) for row in grid)
        if texts not in seen:
            seen.add(texts)
            yield grid
