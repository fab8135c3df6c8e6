"""What stands around a list and is no part of it: brackets of any kind, a transpose, a full stop, LaTeX and Python."""

from __future__ import annotations

import re

from grader.language.characters import REPLACE
from grader.language.enclosed import Piece
from grader.patterns import pattern

DEEPEST = 5
"""Brackets around brackets that nothing else stands between."""

OPENING, CLOSING = "([{", ")]}"
_ANGLE_SIGNS = str.maketrans("⟨⟩", "()")
_LATEX = pattern(r"\\(?:left|right)(?![a-zA-Z])|\\(?=[{}])|\\[,;:!\s]")
_PRINTED = pattern(
    r"(?<![\w.])(?:\w{2,5}\.)?(?:array|matrix|Matrix|tensor|(?:float|int)[0-9]*)\s*(?=\()|,\s*dtype\s*=\s*[\w.]+(?=\s*\))"
)
"""What Python prints around numbers: `array([1., 2.])`, `np.float64(1.0)`."""
_NEW_ROW = pattern(r"\\\\")
_BEGIN = pattern(r"\\begin\s*\{\w*matrix\}|\\begin\s*\{array\}\s*\{[lcr|]*\}|\\langle|\\lbrack")
_END = pattern(r"\\end\s*\{\w+\}|\\rangle|\\rbrack")
_ANGLES = pattern(r"\s*<([^<>=]*)>\s*\.?\s*")
_AND = pattern(r"(?<=\s)(?:and|и)(?=\s)")
_LETTER_T = r"(?:[TtТт⊤]|\\top|\\intercal|\\prime|\\(?:math\w\w|text)\s*\{?[TtТт]\}?)"
_TRANSPOSED = pattern(rf"(?:\^\s*\{{?\s*{_LETTER_T}\s*\}}?|[ᵀ⊤]|'|\.T)\s*$")


class _Lines(dict[int, str]):
    """For `str.translate`: every sign in its plain form, but the end of a line."""

    def __missing__(self, code: int) -> str:
        return REPLACE[code]


_LINES = _Lines({ord("\n"): "\n"})


def plain_lines(text: str) -> str:
    """The text in plain characters, its lines as they are."""
    return text.translate(_LINES)


def bare_list(text: str) -> tuple[Piece, bool]:
    """The text in plain characters, each in its place, without what stands around it; and whether it is transposed."""
    plain = plain_lines(text).translate(_ANGLE_SIGNS)
    plain = _NEW_ROW.sub(" \n", plain)
    plain = _END.sub(_closing, _BEGIN.sub(_opening, plain))
    plain = _AND.sub(_comma, _PRINTED.sub(_blanked, _LATEX.sub(_blanked, plain)))
    if _ANGLES.fullmatch(plain):  # <1, 2>
        plain = plain.replace("<", "(").replace(">", ")")
    body = trimmed(Piece(plain, 0))
    if body.text.endswith("."):
        stripped = trimmed(Piece(body.text[:-1], body.start))
        body = stripped if stripped.text[-1:] in CLOSING else body
    sign = _TRANSPOSED.search(body.text)
    bare = trimmed(Piece(body.text[: sign.start()], body.start)) if sign else body
    transposed = sign is not None and _is_bracketed(bare.text)
    return unwrapped(bare if transposed else body), transposed


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _opening(match: re.Match[str]) -> str:
    return "[".ljust(len(match[0]))


def _closing(match: re.Match[str]) -> str:
    return "]".rjust(len(match[0]))


def _comma(match: re.Match[str]) -> str:
    return ",".ljust(len(match[0]))


def trimmed(piece: Piece, trailing: str = "") -> Piece:
    """Without spaces around it, and without separators at its end."""
    left = len(piece.text) - len(piece.text.lstrip())
    return Piece(piece.text.strip().rstrip(trailing + " \t\n") if trailing else piece.text.strip(), piece.start + left)


def _is_bracketed(text: str) -> bool:
    """Does the bracket at the beginning close at the end."""
    if len(text) < 2 or text[0] not in OPENING or CLOSING[OPENING.index(text[0])] != text[-1]:
        return False
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in OPENING) - (letter in CLOSING)
        if depth == 0:
            return place == len(text) - 1
    return False


def unwrapped(piece: Piece) -> Piece:
    """What stands between the brackets around all of it, and no separator after the last entry."""
    piece = trimmed(piece, ",;")
    for _ in range(DEEPEST):
        if not _is_bracketed(piece.text):
            break
        piece = trimmed(Piece(piece.text[1:-1], piece.start + 1), ",;")
    return piece
