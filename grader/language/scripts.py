"""Names and numbers in one line of Unicode: indices below, exponents above, accents and Greek letters as characters."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from grader.language.characters import ACCENTS, GREEK, SUBSCRIPTS, SUPERSCRIPTS
from grader.language.numerals import NAME, number_text

MINUS = "−"
LONGEST_POWER = 4
"""Characters that can still be read when they are set small."""

_LETTERS = {name: letter for letter, name in reversed(GREEK.items())}
_MARKS = {word: mark for mark, word in ACCENTS.items()}
_ABOVE = str.maketrans({sign: small for small, sign in SUPERSCRIPTS.items()} | {MINUS: "⁻"})
_BELOW = str.maketrans({sign: small for small, sign in SUBSCRIPTS.items()} | {MINUS: "₋", "+": "₊"})
_SMALL = frozenset("".join((*SUPERSCRIPTS, *SUBSCRIPTS, "₋₊")))
_TIGHT = re.compile(r" ([+−]) ")
_UNSAFE = re.compile(r"[^\w\[\], +−-]")


def superscript(text: str) -> str | None:
    """A printed exponent set small: `2` ², `n − 1` ⁿ⁻¹; None where a character has no small form or it is too long."""
    tight = _TIGHT.sub(r"\1", text)
    if len(tight) > LONGEST_POWER or re.search(r"[a-z]{2}|[()T]|[^\x20-\x7e−]", tight):
        return None
    return _small(tight, _ABOVE)


def subscript(text: str) -> str | None:
    """A printed index set small: `12` ₁₂, `t − 1` ₜ₋₁; None where a character has no small form."""
    tight = _TIGHT.sub(r"\1", text)
    return None if _SMALL.intersection(tight) else _small(tight, _BELOW)  # an index of an index stays as it is


def _small(text: str, table: dict[int, str]) -> str | None:
    small = text.translate(table)
    return small if _SMALL.issuperset(small) else None


# ----- Names -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def name_unicode(name: str, indices: tuple[str, ...] = ()) -> str:
    """A name: `beta1` β₁, `mhat[2]` m̂₂, `W1[0]` W₁⁽⁰⁾, `loss` as it is; printed `indices` join those in brackets."""
    match = NAME.fullmatch(name)
    if match is None:
        return _UNSAFE.sub("", name)
    stem, digits, below, brackets = match.groups()
    steps = [part.strip() for group in re.findall(r"\[(.*?)\]", brackets) for part in group.split(",")]
    text = _stem(stem) + digits.translate(_BELOW)
    if below:
        text += (subscript(below) if len(below) == 1 or below.isdigit() else None) or f"_{_LETTERS.get(below, below)}"
    return indexed(text, (*steps, *indices), bool(digits or below))


def indexed(text: str, indices: tuple[str, ...], taken: bool) -> str:
    """A printed name with indices: below, above in brackets where the place below is `taken`, or else as `x[i, j]`."""
    if not indices:
        return text
    indices = tuple(index.replace("-", MINUS) for index in indices)
    if len(indices) == 1 or all(len(index) == 1 for index in indices):
        tight = _TIGHT.sub(r"\1", "".join(indices))
        if not taken and (small := subscript(tight)) is not None:
            return text + small
        if taken and len(indices) == 1 and (small := _small(tight, _ABOVE)) is not None:
            return f"{text}⁽{small}⁾"
    return f"{text}[{', '.join(indices)}]"


def _stem(stem: str) -> str:
    for word, mark in _MARKS.items():
        inner = stem.removesuffix(word)
        if inner != stem and (len(inner) == 1 or inner in _LETTERS):
            return unicodedata.normalize("NFC", _LETTERS.get(inner, inner) + mark)
    return _LETTERS.get(stem, stem)


# ----- Numbers ---------------------------------------------------------------------------------------------------


def literal_unicode(text: str, language: str = "en") -> str:
    """A decimal with a point, maybe with a power of ten: `1e-3` 10⁻³, `2.5e3` 2.5·10³; a comma in Russian."""
    digits, _, exponent = text.lower().partition("e")
    digits = digits.removesuffix(".").replace("-", MINUS)
    digits = f"0{digits}" if digits.startswith(".") else digits
    if language == "ru":
        digits = digits.replace(".", ",")
    if not int(exponent or 0):
        return digits
    power = f"10{str(int(exponent)).translate(_ABOVE)}"
    return digits[:-1] + power if digits in ("1", f"{MINUS}1") else f"{digits}·{power}"


def number_unicode(value: float, language: str = "en") -> str:
    """The shortest honest decimal: `−0.1`, `10⁻⁷`."""
    return literal_unicode(number_text(value), language) if math.isfinite(value) else _infinite(value)


def _infinite(value: float) -> str:
    return number_text(value).replace("-", MINUS)


def array_unicode(array: ArrayLike, language: str = "en") -> str:
    """A value without its batch axis: a number, `[1, 2]`, `[1, 2; 3, 4]`."""
    array = np.asarray(array, dtype=float)
    if array.ndim == 0:
        return number_unicode(float(array), language)
    if array.ndim == 1:
        return row_unicode([number_unicode(float(entry), language) for entry in array], language)
    return matrix_unicode([[number_unicode(float(entry), language) for entry in row] for row in array], language)


def row_unicode(entries: list[str], language: str) -> str:
    """Printed entries as a list, with semicolons where the comma is a decimal one."""
    return f"[{('; ' if language == 'ru' else ', ').join(entries)}]"


def matrix_unicode(rows: list[list[str]], language: str) -> str:
    """Printed entries as a matrix: `[1, 2; 3, 4]`, in Russian `[[1; 2]; [3; 4]]`; one row or column as rows."""
    if language != "ru" and len(rows) > 1 and len(rows[0]) > 1:
        return f"[{'; '.join(', '.join(row) for row in rows)}]"
    return row_unicode([row_unicode(row, language) for row in rows], language)
