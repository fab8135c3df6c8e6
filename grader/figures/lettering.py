"""A label's Markdown with maths → runs of characters with their places: letters of maths italic, scripts small.

Widths are those of Libertinus Serif, which Typst has in it (`tests/record_widths.py`).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from grader.errors import AuthorError
from grader.figures.scene import Run, Words
from grader.language.boxes import Accent, Box, Fence, Fraction, Numeral, Root, Row, Script, Sign, Space, Text, Word
from grader.language.signs import RELATIONS
from grader.language.tex import boxes, split

SIZE = 10.0
"""Points; a sheet is set in 11."""
LONGEST = 120
"""Characters of a label."""
_UP, _DOWN = 0.66, 0.21
"""Of the type size: how high letters and digits are, how deep `p` goes."""
_SMALL, _LOWERED, _RAISED = 0.72, 0.2, 0.36
_MISSING = 600
_SPACED = {**dict.fromkeys(RELATIONS - {"⊙"}, 0.22), **dict.fromkeys("+−-±⊙", 0.18), **dict.fromkeys("·×", 0.1)}
"""The space on both sides of an operator that stands between two things."""


@lru_cache(maxsize=1)
def _widths() -> Mapping[bool, Mapping[str, int]]:
    """Thousandths of the type size by character; by whether it is italic."""
    record = json.loads(Path(__file__).with_name("widths.json").read_text("utf-8"))
    return {False: record["upright"], True: record["italic"]}


def width_of(text: str, size: float, *, italic: bool = False) -> float:
    """How wide a text is in print."""
    widths = _widths()[italic]
    return sum([widths.get(character, _MISSING) for character in text]) * size / 1000


@lru_cache(maxsize=4096)
def lettered(markdown: str, size: float = SIZE) -> Words:
    """The text typeset in one line. Raises AuthorError for one that is too long or has a table in it."""
    words, formulas = split(" ".join(markdown.split()))
    setter = _Setter(size)
    for place, text in enumerate(words):
        setter.put(text.replace("\\$", "$"), size, italic=False)
        if place < len(formulas):
            setter.row(boxes(formulas[place]), size)
    if sum(len(run.text) for run in setter.runs) > LONGEST:
        raise AuthorError("figure-label-long", most=LONGEST)
    up = max([_UP * run.size - run.y for run in setter.runs], default=0.0)
    down = max([_DOWN * run.size + run.y for run in setter.runs], default=0.0)
    return Words(tuple(setter.runs), setter.x, up, down)


class _Setter:
    """One label on its way; `x` is where the next character comes, `shift` how far below the line."""

    def __init__(self, size: float) -> None:
        self.x, self.shift, self.size = 0.0, 0.0, size
        self.runs: list[Run] = []

    def put(self, text: str, size: float, *, italic: bool) -> None:
        """Characters of one style; spaces around them take room and are no characters."""
        bare = text.strip()
        before = text[: len(text) - len(text.lstrip())]
        self.x += width_of(before, size)
        if bare:
            self._run(bare, size, italic=italic)
            self.x += width_of(text[len(before) + len(bare) :], size)

    def _run(self, text: str, size: float, *, italic: bool) -> None:
        width = width_of(text, size, italic=italic)
        last = self.runs[-1] if self.runs else None
        joined = last and (last.size, last.italic, last.y) == (size, italic, self.shift)
        if last and joined and abs(last.x + last.width - self.x) < 1e-6:
            self.runs[-1] = Run(last.text + text, last.x, last.y, size, italic, last.width + width)
        else:
            self.runs.append(Run(text, self.x, self.shift, size, italic, width))
        self.x += width

    def row(self, row: Row, size: float) -> None:
        """Boxes side by side, operators between two of them with a little space."""
        printed = [box for box in row.boxes if not isinstance(box, Space) or box.wide]
        for number, box in enumerate(printed):
            before = printed[number - 1] if number else None
            gap = _SPACED.get(box.text, 0.0) * size if isinstance(box, Sign) and _is_operand(before) else 0.0
            self.x += gap if size == self.size else gap / 2
            self.box(box, size)
            self.x += gap if size == self.size else gap / 2
            if isinstance(box, Sign) and box.text in ",;" and number < len(printed) - 1:
                self.x += 0.16 * size

    def box(self, box: Box, size: float) -> None:
        """One box after what is there."""
        match box:
            case Sign(text):
                self.put("−" if text == "-" else text, size, italic=len(text) == 1 and _is_letter(text))
            case Numeral(text) | Text(text):
                self.put(text, size, italic=False)
            case Word(text, function):
                self.put(text, size, italic=False)
                self.x += 0.16 * size if function else 0.0
            case Space():
                self.x += 0.25 * size
            case Row():
                self.row(box, size)
            case Fence(left, body, right):
                self.put(left, size, italic=False)
                self.row(body, size)
                self.put(right, size, italic=False)
            case Fraction(upper, lower):
                self._bracketed(upper, size)
                self.put("/", size, italic=False)
                self._bracketed(lower, size)
            case Root(body, None):
                self.put("√", size, italic=False)
                self._bracketed(body, size)
            case Script():
                self._script(box, size)
            case Accent(body, mark, _):
                self._accent(body, mark, size)
            case _:
                raise AuthorError("figure-label-flat")

    def _bracketed(self, row: Row, size: float) -> None:
        """A part of a fraction, in brackets where it is not one thing."""
        parts = [box for box in row.boxes if not isinstance(box, Space)]
        whole = len(parts) == 1 or (len(parts) == 2 and parts[0] in (Sign("∂"), Sign("d")))
        self.box(row if whole else Fence("(", row, ")"), size)

    def _script(self, box: Script, size: float) -> None:
        """What stands below or above; both begin at the same place."""
        if box.where == "'":
            self.box(box.base, size)
            self.put("′", size, italic=False)
            return
        inner, start = box.base, 0.0
        if isinstance(inner, Script) and inner.where != box.where and inner.where != "'":
            self.box(inner.base, size)
            start = self.x
            self._small(inner.where, inner.script, size)
            after, self.x = self.x, start
            self._small(box.where, box.script, size)
            self.x = max(self.x, after)
        else:
            self.box(inner, size)
            self._small(box.where, box.script, size)

    def _small(self, where: str, script: Row, size: float) -> None:
        shift = self.shift
        self.shift += (_LOWERED if where == "_" else -_RAISED) * size
        self.row(script, size * _SMALL)
        self.shift = shift

    def _accent(self, body: Row, mark: str, size: float) -> None:
        """A letter with a mark over it, as one character where there is one."""
        before = len(self.runs), self.x
        self.row(body, size)
        if len(self.runs) == before[0] or not self.runs:
            raise AuthorError("figure-label-flat")
        last = self.runs[-1]
        text = unicodedata.normalize("NFC", last.text + mark)
        self.runs[-1] = Run(text, last.x, last.y, last.size, last.italic, last.width)


def _is_letter(text: str) -> bool:
    return text.isalpha() and unicodedata.category(text) != "Lo" and text not in "ΓΔΘΛΞΠΣΦΨΩ"


def _is_operand(box: Box | None) -> bool:
    """Whether an operator after this box is between two things."""
    return box is not None and not (isinstance(box, Sign) and (box.text in _SPACED or box.text in ",;(["))
