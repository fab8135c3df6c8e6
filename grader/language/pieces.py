"""Pieces of a printed line: how strongly each binds, and what may stand next to it without being misread."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from grader.language.lexer import canonical_name
from grader.language.primitives import CONSTANTS, FUNCTIONS
from grader.language.scripts import MINUS, superscript

OR, AND, NOT, RELATION, SUM, SIGN, FRACTION, ENTRYWISE, PRODUCT, ROOT, POWER, ATOM = range(12)

_SIDE_BY_SIDE = {
    "digit": {"letter", "call", "root", "fence", "bracket"},
    "letter": {"letter"},
    "power": {"letter"},
    "bracket": {"letter", "bracket"},
    "transpose": {"letter", "bracket"},
}
"""How the left factor ends, to how the right one may begin without a dot: 2x, 2cos(x), xy, x²y, (x + 1)(x − 1), Aᵀx.

`x(y + 1)` would look like a function, `√xy` like √(xy), `x⁻¹(y)` like an inverse function, `2(−3)` like a difference.
"""
_ONE_LETTER = re.compile(r"[^\W\d_][\u0302-\u0304]?[₀-₉ₐ-ₜᵢⱼ₊₋]*")
_LAST_LETTERS, _FIRST_LETTERS = re.compile(r"[^\W_]{1,8}$"), re.compile(r"[^\W_]{1,8}")
_WORDS = frozenset((*FUNCTIONS, *CONSTANTS))


class Piece(NamedTuple):
    """Printed text; `start` and `end` tell what may stand next to it.

    `body` is what follows a leading minus, `entries` are those of a vector.
    """

    text: str
    strength: int = ATOM
    start: str = ""
    end: str = ""
    body: Piece | None = None
    entries: tuple[str, ...] = ()


Pieces = tuple[Piece, ...]


def at(piece: Piece, least: int) -> Piece:
    """The piece, in brackets if it binds weaker than its place asks."""
    if piece.strength >= least:
        return piece
    signed = piece.text[0] == MINUS or piece.strength == FRACTION  # a factor that needs its dot
    return Piece(f"({piece.text})", ATOM, "signed" if signed else "bracket", "bracket")


def minus(body: Piece) -> Piece:
    """The piece with a minus before it; a product or fraction that it begins takes the minus to its own front."""
    return Piece(MINUS + body.text, SIGN, body=body)


def number_piece(text: str) -> Piece:
    """A printed number, maybe negative or with a power of ten."""
    if text[0] == MINUS:
        return Piece(text, SIGN)
    if text[-1] not in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return Piece(text, ATOM, "digit", "digit")
    return Piece(text, PRODUCT if "·" in text else POWER, "digit", "power")


def name_piece(text: str) -> Piece:
    """A printed name: one letter with marks and indices, or a word, which keeps its distance from its neighbours."""
    kind = "letter" if _ONE_LETTER.fullmatch(text) else "word"
    return Piece(text, POWER if text.endswith("⁾") else ATOM, kind, kind)


def raised(base: Piece, exponent: Piece) -> Piece:
    """A power: x², xⁿ⁻¹, x^a, x^(1/2)."""
    under = at(base, ATOM)
    small = superscript(exponent.text)
    if small is not None:
        return Piece(under.text + small, POWER, under.start, "caret" if small[-1] in "ⁱᵏᵐⁿᵗᵘˣʸ" else "power")
    alone = exponent.strength == ATOM and exponent.start in ("digit", "letter") and exponent.start == exponent.end
    shown = exponent.text if alone else f"({exponent.text})"
    return Piece(f"{under.text}^{shown}", POWER, under.start, "caret")


def side_by_side(left: Piece, right: Piece, known: Callable[[], frozenset[str]]) -> bool:
    """May two factors stand without a dot: yes where nothing else could be read, as `exp` in e·x·p."""
    if right.start not in _SIDE_BY_SIDE.get(left.end, ()) or left.text == "1":
        return False
    if left.end == right.start == "letter":
        before, after = _LAST_LETTERS.search(left.text[-8:]), _FIRST_LETTERS.match(right.text)
        if before and after:
            return not any(word in _WORDS or word in known() for word in _across(before[0], after[0]))
    return True


def _across(before: str, after: str) -> list[str]:
    """The words that end in `after` and begin in `before`."""
    return [
        canonical_name(before[start:] + after[:stop])
        for start in range(len(before))
        for stop in range(1, len(after) + 1)
    ]
