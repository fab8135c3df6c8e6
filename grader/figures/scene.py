"""What is drawn, as data: lines, discs and labels in points of print, y downwards, with the space each label takes."""

from __future__ import annotations

import msgspec

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

SPACE = 0.23
"""Of the type size: a gap from which on one reads a space."""
THIN, USUAL, STRONG = 0.5, 0.8, 1.3
"""Widths of strokes."""
DASHES, DOTS = (4.0, 2.5), (0.8, 2.0)


class Run(msgspec.Struct, frozen=True):
    """Characters of one style, `x` and `y` from where their label begins on its line."""

    text: str
    x: float
    y: float
    size: float
    italic: bool
    width: float


class Words(msgspec.Struct, frozen=True):
    """A typeset text that has no place yet: how wide it is, how high above its line and how deep below."""

    runs: tuple[Run, ...]
    width: float
    up: float
    down: float

    @property
    def text(self) -> str:
        """Its characters, with a space where there is room for one."""
        text, end = "", 0.0
        for run in self.runs:
            text += f" {run.text}" if text and run.x - end > SPACE * run.size else run.text
            end = run.x + run.width
        return text


class Label(msgspec.Struct, frozen=True):
    """A text at a place: `x` where it begins, `y` its line."""

    words: Words
    x: float
    y: float

    @property
    def box(self) -> Box:
        """The space that it takes."""
        return self.x, self.y - self.words.up, self.x + self.words.width, self.y + self.words.down

    @property
    def text(self) -> str:
        """Its characters."""
        return self.words.text


class Line(msgspec.Struct, frozen=True):
    """A line through points. `shade` fills it, 0 to 1; one that `yields` is cut where a label lies, `quiet` is grey."""

    points: tuple[Point, ...]
    width: float = USUAL
    dash: tuple[float, ...] = ()
    shade: float = 0.0
    arrow: bool = False
    quiet: bool = False
    yields: bool = False


class Disc(msgspec.Struct, frozen=True):
    """A circle; `full` is black inside."""

    x: float
    y: float
    radius: float
    full: bool = False
    dash: tuple[float, ...] = ()


Mark = Line | Disc


class Scene(msgspec.Struct, frozen=True):
    """A whole picture, from (0, 0) to (width, height); what comes later lies above."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
