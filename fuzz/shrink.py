"""The least input that still shows a fault: delta debugging (Zeller and Hildebrandt 2002) of texts, bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

Piece = TypeVar("Piece", str, bytes)
TRIES, PATIENCE = 600, 20.0


class _Enough(Exception):
    """No more tries."""


def shrink(given: Any, shows: Callable[[Any], bool], tries: int = TRIES, patience: float = PATIENCE) -> Any:
    """A smaller input for which `shows` is still true; `given` itself where none is found in so many tries and seconds.

    Texts and bytes lose characters; tuples and mappings, whose number of parts may matter, have each part shrunk, and
    mappings lose entries.
    """
    end = monotonic() + patience
    left, best = [tries], [given]

    def tried(candidate: Any) -> bool:
        left[0] -= 1
        if left[0] < 0 or monotonic() > end:
            raise _Enough
        if shows(candidate):
            best[0] = candidate
            return True
        return False

    with suppress(_Enough):
        _shrunk(given, tried)
    return best[0]


def _shrunk(given: Any, shows: Callable[[Any], bool]) -> Any:
    match given:
        case str() | bytes():
            return _piece(given, shows)
        case tuple() | list():
            for place in range(len(given)):
                given = _within(given, place, shows)
        case dict():
            for key in list(given):
                without = {name: value for name, value in given.items() if name != key}
                given = without if shows(without) else _within(given, key, shows)
    return given


def _within(holder: Any, key: Any, shows: Callable[[Any], bool]) -> Any:
    """A tuple, list or mapping with one part shrunk."""

    def put(part: Any) -> Any:
        if isinstance(holder, dict):
            return {**holder, key: part}
        parts = [part if place == key else old for place, old in enumerate(holder)]
        return type(holder)(parts)

    return put(_shrunk(holder[key], lambda part: shows(put(part))))


def _piece(text: Piece, shows: Callable[[Any], bool]) -> Piece:
    """Cut ever smaller parts out until no single character can go, then make characters plain."""
    size = max(1, len(text) // 2)
    while text:
        for candidate in _cuts(text, size):
            if shows(candidate):
                text = candidate
                break
        else:
            if size == 1:
                break
            size = max(1, size // 2)
        size = min(size, max(1, len(text)))
    if isinstance(text, str):
        for place in range(len(text)):
            for plain in "x0":
                if text[place] not in "x0" and shows(text[:place] + plain + text[place + 1 :]):
                    text = text[:place] + plain + text[place + 1 :]
    return text


def _cuts(text: Piece, size: int) -> Iterator[Piece]:
    for start in range(0, len(text), size):
        yield text[:start] + text[start + size :]
