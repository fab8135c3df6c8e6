"""What a text may see, and nothing else: numbers, strings, tuples, and these four, which print or count themselves.

An author's file may come from a stranger, so a text never meets a value that has methods of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.arrays import Floats
from grader.errors import AuthorError
from grader.language.typeset import array_latex

MOST_PRINTED = 400
"""Entries of an array that a text prints."""

Numbers = float | tuple["Numbers", ...]
"""A number, or the entries of an array."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A given: prints itself in LaTeX, as it was written where `latex` says how; has 1-based entries."""

    numbers: Numbers
    language: str
    latex: str | None = None

    @staticmethod
    def of(value: Floats, language: str, latex: str | None = None) -> Shown:
        """A value of the plan."""
        return Shown(_frozen(value.tolist()), language, latex)

    @property
    def number(self) -> float | None:
        """The number that it is; None for an array."""
        return None if isinstance(self.numbers, tuple) else self.numbers

    @property
    def entries(self) -> tuple[Shown, ...]:
        """The entries of an array, none of a number."""
        numbers = self.numbers if isinstance(self.numbers, tuple) else ()
        return tuple(Shown(entry, self.language) for entry in numbers)

    def print(self) -> str:
        """Its LaTeX; raises AuthorError for an array that fills pages."""
        if self.latex is not None:
            return self.latex
        value = np.asarray(self.numbers, dtype=float)
        if value.size > MOST_PRINTED:
            raise AuthorError("text-array", count=value.size, most=MOST_PRINTED)
        return array_latex(value, self.language)


def _frozen(value: object) -> Numbers:
    return tuple(map(_frozen, value)) if isinstance(value, list) else float(value)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Formula:
    """A function of the file: `{{ f(x) }}` and `{{ f }}` print its formula."""

    latex: str


@dataclass(frozen=True, slots=True)
class Function:
    """What a text may call with values; `cost` is what a call counts for."""

    name: str
    call: Callable[[tuple[object, ...]], object]
    cost: int = 1


@dataclass(frozen=True, slots=True)
class Loop:
    """The round of a `for`."""

    index: int
    length: int

    def part(self, name: str) -> object:
        """A part by name; None where there is none of that name."""
        parts: dict[str, object] = {
            "index": self.index,
            "index0": self.index - 1,
            "first": self.index == 1,
            "last": self.index == self.length,
            "length": self.length,
        }
        return parts.get(name)
