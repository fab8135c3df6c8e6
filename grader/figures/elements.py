"""What may stand between two axes: an element draws itself and tells itself; this is what all kinds have in common.

An element first says what the frame has to hold (`corners`, NaN where one number is free), then gives its `trace` once
the range of x is known, and at last is drawn and told.
"""

from __future__ import annotations

import math
from typing import NamedTuple, Protocol

from grader.arrays import Floats
from grader.figures.axes import Axes
from grader.figures.canvas import Canvas, along
from grader.figures.numbers import Numbers
from grader.figures.reading import Formula, Part, Words
from grader.figures.scene import DASHES, STRONG, Line, Point

Range = tuple[float, float]
_LABEL_AT = (0.93, 0.8, 0.66, 0.5, 0.34, 0.2, 0.07)
"""Shares of a line's length at which its label may stand."""


class Trace(NamedTuple):
    """One element in the plane, for one student: x and y of its points, (n,) each."""

    xs: Floats
    ys: Floats


class Element(Protocol):
    """A part of a plot."""

    @property
    def when(self) -> Formula | None:
        """For which students it is drawn; None for all."""

    def corners(self, numbers: Numbers) -> list[Point]:
        """Points that the frame has to hold."""

    def trace(self, numbers: Numbers, x: Range) -> Trace:
        """Its line, or its point."""

    def draw(self, canvas: Canvas, axes: Axes, trace: Trace, numbers: Numbers) -> None:
        """Draw it."""

    def told(self, axes: Axes, trace: Trace, numbers: Numbers) -> str:
        """What it says, in a sentence."""


def style_of(part: Part) -> tuple[bool, Words | None, Formula | None]:
    """Whether a line is dashed, its label, and for whom it is drawn."""
    return part.flag_of("dashed"), part.words_of("label"), part.formula_of("when")


def stroke(
    canvas: Canvas, axes: Axes, trace: Trace, *, dashed: bool, arrow: bool = False, width: float = STRONG
) -> list[tuple[Point, ...]]:
    """A line as far as it is in the frame, piece by piece."""
    pieces = axes.pieces(trace.xs, trace.ys)
    for place, piece in enumerate(pieces):
        last = arrow and place == len(pieces) - 1
        canvas.draw(Line(piece, width, DASHES if dashed else (), arrow=last))
    return pieces


def label_line(canvas: Canvas, pieces: list[tuple[Point, ...]], label: Words | None, numbers: Numbers) -> None:
    """A label beside the longest piece of a line, as near to its end as there is room."""
    words = numbers.letters(label)
    if not words.runs or not pieces:
        return
    longest = max(pieces, key=len)
    high = (words.up + words.down) / 2
    at = along(longest, [share + step for share in _LABEL_AT for step in (-0.02, 0.0, 0.02)])
    middles = []
    for (ax, ay), (x, y), (bx, by) in zip(at[::3], at[1::3], at[2::3], strict=True):
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / length, (bx - ax) / length  # across the line
        reach = abs(nx) * words.width / 2 + abs(ny) * high + 4.0
        middles += [(x + side * nx * reach, y + side * ny * reach) for side in ((-1, 1) if ny > 0 else (1, -1))]
    canvas.propose(words, middles)


def named(label: Words | None, numbers: Numbers) -> str:
    """A label as it stands in a sentence, with a space before it; nothing where there is none."""
    if label is None:
        return ""
    text = numbers.text(label).strip()
    return f" {text}" if text.startswith("$") and text.endswith("$") else " " + numbers.say("figure-quoted", text=text)


def reading(value: float, span: Range, numbers: Numbers) -> str:
    """A number as exactly as a picture shows it: a hundredth of its axis."""
    digits = max(0, math.ceil(-math.log10((span[1] - span[0]) / 100)))
    return numbers.figure(round(value, digits) + 0.0)


def pair_told(point: Point, axes: Axes, numbers: Numbers) -> str:
    """A point as one reads it."""
    x, y = reading(point[0], axes.x, numbers), reading(point[1], axes.y, numbers)
    return numbers.say("figure-pair-said", x=x, y=y)
