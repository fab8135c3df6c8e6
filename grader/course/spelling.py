"""Names that are one student's however they are written."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """A name without what does not tell two students apart: case, doubled spaces, ё, the way of encoding."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("ё", "е").split())


def words(name: str) -> str:
    """The words of a name in any order: “Ivanova, Anna” is “Anna Ivanova”."""
    return " ".join(sorted(folded(name).replace(",", " ").split()))
