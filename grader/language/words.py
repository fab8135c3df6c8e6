"""Words run together: `xy` is x·y, `2pix`, `sinxcosx`, `ln2`."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from grader.language.lexer import canonical_name
from grader.language.primitives import CONSTANTS, FUNCTIONS, PRIMITIVES

LONGEST = 40
_SIZED_IDENTITY = re.compile(r"[IE](?:_[a-z0-9]|_\{[a-z0-9]\}|[₀-₉ₐ-ₜ])")


def function_row(word: str) -> str | None:
    """The row of a function that students may use, by any of its spellings; None for other words."""
    row = FUNCTIONS.get(word) or FUNCTIONS.get(canonical_name(word))
    return None if row is None or PRIMITIVES[row].spec_only else row


def capital_function(word: str) -> str | None:
    """The row of a function written with a capital letter or in capitals: `Sin`, `LN`; None for other words."""
    return function_row(word.lower()) if len(word) > 1 and (word.isupper() or word.istitle()) else None


def is_identity(word: str, names: Collection[str]) -> bool:
    """`I_n`, `E_m` among named matrices."""
    return "I" in names and _SIZED_IDENTITY.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def segments(word: str, names: frozenset[str]) -> tuple[str, ...] | None:
    """A word as known names, constants and functions (a function may be followed by digits); None if it is not."""
    if not word:
        return ()
    if len(word) > LONGEST:
        return None
    for length in range(len(word), 0, -1):
        head, tail = word[:length], word[length:]
        if head[-1] == "_":
            continue
        known = canonical_name(head) in names or canonical_name(head) in CONSTANTS
        if known or (head[:1] in "IE" and is_identity(head, names)):
            rest = segments(tail, names)
            if rest is not None:
                return (head, *rest)
        elif len(head) > 1 and (function_row(head) or (len(head) > 2 and capital_function(head))):
            digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
            rest = None if digits and head == "log" else segments(tail[len(digits) :], names)  # log3: which base?
            if rest is not None:
                return (head, digits, *rest) if digits else (head, *rest)
    return None


@lru_cache(maxsize=4096)
def also_a_product(word: str, names: frozenset[str]) -> tuple[str, ...] | None:
    """A second spelling of a function that is a product of declared names as well: `asin` where a is declared, `th`."""
    if word == FUNCTIONS.get(word):
        return None
    for length in range(1, len(word)):
        head, tail = word[:length], word[length:]
        if head in names and (tail in names or (head == "a" and function_row(tail))):
            return head, tail
    return None
