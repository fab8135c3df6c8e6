"""Points, lines from point to point, values by step and shaded parts between two axes."""

from __future__ import annotations

import math

import msgspec
import numpy as np

from grader.figures.axes import Axes
from grader.figures.canvas import Canvas, around
from grader.figures.elements import Range, Trace, label_line, named, pair_told, reading, stroke, style_of
from grader.figures.numbers import Numbers
from grader.figures.reading import Formula, Part, Words
from grader.figures.scene import DASHES, Disc, Line, Point
from grader.language.nodes import Number
from grader.spec import pictures

DOT = 2.2
MOST_POINTS = 200
"""Points of a series."""
SHADE = 0.13
ZERO = Number("0")


class Broken(msgspec.Struct, frozen=True):
    """A line from point to point; a series has one point for each step."""

    through: tuple[Formula, ...]
    start: Formula | None
    arrow: bool
    dots: bool
    dashed: bool
    label: Words | None
    when: Formula | None = None

    @staticmethod
    def read(part: Part) -> Broken:
        """A line through points."""
        part.like(pictures.Polyline)
        points = tuple(item.formula() for item in part.listed("through"))
        if len(points) < 2:
            part.fail("figure-polyline")
        return Broken(points, None, part.flag_of("arrow"), part.flag_of("dots"), *style_of(part))

    @staticmethod
    def series(part: Part) -> Broken:
        """Values by step."""
        part.like(pictures.Series)
        start = part.formula_of("from") or Formula(ZERO, part.path)
        return Broken((part.below("values").formula(),), start, False, True, *style_of(part))

    def points(self, numbers: Numbers) -> list[Point]:
        """The points in their order."""
        if self.start is None:
            return [numbers.pair(point) for point in self.through]
        values = numbers.array(self.through[0]).ravel()
        if not 2 <= len(values) <= MOST_POINTS:
            numbers.fail("figure-series", self.through[0].path, count=len(values), most=MOST_POINTS)
        first = numbers.number(self.start)
        return [(first + step, float(value)) for step, value in enumerate(values)]

    def corners(self, numbers: Numbers) -> list[Point]:
        """All its points."""
        return self.points(numbers)

    def trace(self, numbers: Numbers, x: Range) -> Trace:
        """Its points."""
        del x
        xs, ys = zip(*self.points(numbers), strict=True)
        return Trace(np.array(xs), np.array(ys))

    def draw(self, canvas: Canvas, axes: Axes, trace: Trace, numbers: Numbers) -> None:
        """Draw it; a line with arrows is drawn step by step."""
        steps = range(len(trace.xs) - 1) if self.arrow else ()
        pieces = [
            piece
            for part in [Trace(trace.xs[step : step + 2], trace.ys[step : step + 2]) for step in steps] or [trace]
            for piece in stroke(canvas, axes, part, dashed=self.dashed, arrow=self.arrow)
        ]
        label_line(canvas, pieces, self.label, numbers)
        for x, y in zip(trace.xs, trace.ys, strict=True) if self.dots else ():
            if axes.shows(x, y):
                canvas.draw(Disc(*axes.place(x, y), 1.6, full=True))

    def told(self, axes: Axes, trace: Trace, numbers: Numbers) -> str:
        """Its points, or its values."""
        name = named(self.label, numbers)
        points = list(zip(trace.xs.tolist(), trace.ys.tolist(), strict=True))
        if self.start is None and self.arrow and len(points) == 2:
            ends = [pair_told(point, axes, numbers) for point in points]
            return numbers.say("figure-arrow-said", name=name, one=ends[0], other=ends[1])
        if self.start is None:
            usual = "figure-polyline-dashed" if self.dashed else "figure-polyline-said"
            key = "figure-polyline-arrow" if self.arrow else usual
            return numbers.say(key, name=name, points=", ".join(pair_told(point, axes, numbers) for point in points))
        key = "figure-series-dashed" if self.dashed else "figure-series-said"
        values = "; ".join(reading(y, axes.y, numbers) for _, y in points)
        first, last = (numbers.figure(points[end][0]) for end in (0, -1))
        return numbers.say(key, name=name, first=first, last=last, values=values)


class Spot(msgspec.Struct, frozen=True):
    """A point with a label."""

    at: Formula
    label: Words | None
    hollow: bool
    drop: bool
    when: Formula | None = None

    @staticmethod
    def read(part: Part) -> Spot:
        """A point of the file."""
        part.like(pictures.Spot)
        return Spot(
            part.below("at").formula(), part.words_of("label"), part.flag_of("hollow"), part.flag_of("drop"),
            part.formula_of("when"),
        )  # fmt: skip

    def corners(self, numbers: Numbers) -> list[Point]:
        """Itself."""
        return [numbers.pair(self.at)]

    def trace(self, numbers: Numbers, x: Range) -> Trace:
        """Itself."""
        del x
        x_, y = numbers.pair(self.at)
        return Trace(np.array([x_]), np.array([y]))

    def draw(self, canvas: Canvas, axes: Axes, trace: Trace, numbers: Numbers) -> None:
        """Draw it with its label where there is room."""
        x, y = float(trace.xs[0]), float(trace.ys[0])
        if not axes.shows(x, y):
            numbers.fail("figure-outside", self.at.path, x=x, y=y)
        place = axes.place(x, y)
        if self.drop:
            foot = (
                axes.place(x, min(max(0.0, axes.y[0]), axes.y[1])),
                axes.place(min(max(0.0, axes.x[0]), axes.x[1]), y),
            )
            canvas.draw(Line((foot[0], place), 0.6, DASHES), Line((place, foot[1]), 0.6, DASHES))
        canvas.draw(Disc(*place, DOT, full=not self.hollow))
        words = numbers.letters(self.label)
        canvas.propose(words, around(*place, words, DOT + 2.0))

    def told(self, axes: Axes, trace: Trace, numbers: Numbers) -> str:
        """Where it is."""
        at = pair_told((float(trace.xs[0]), float(trace.ys[0])), axes, numbers)
        key = "figure-point-hollow" if self.hollow else "figure-point"
        return numbers.say(key, name=named(self.label, numbers), at=at)


class Shaded(msgspec.Struct, frozen=True):
    """A part of the x-axis, with all above and below it in grey."""

    over: Formula
    label: Words | None
    when: Formula | None = None

    @staticmethod
    def read(part: Part) -> Shaded:
        """A part of the axis."""
        part.like(pictures.Shaded)
        return Shaded(part.below("over").formula(), part.words_of("label"), part.formula_of("when"))

    def corners(self, numbers: Numbers) -> list[Point]:
        """Its ends."""
        return [(x, math.nan) for x in numbers.interval(self.over)]

    def trace(self, numbers: Numbers, x: Range) -> Trace:
        """Its ends, as far as they are in the frame."""
        ends = np.clip(numbers.interval(self.over), *x)
        return Trace(ends, np.full(2, np.nan))

    def draw(self, canvas: Canvas, axes: Axes, trace: Trace, numbers: Numbers) -> None:
        """Draw it, its label at the top."""
        left, right = (float(x) for x in trace.xs)
        low, high = axes.place(left, axes.y[0]), axes.place(right, axes.y[1])
        canvas.draw(Line((low, (low[0], high[1]), high, (high[0], low[1])), shade=SHADE))
        words = numbers.letters(self.label)
        room = max(0.0, (high[0] - low[0] - words.width) / 2 - 3)
        middles = [(low[0] + high[0]) / 2 + side * room for side in (0.0, -0.5, 0.5, -1.0, 1.0)]
        shares = (0.06, 0.94, 0.16, 0.84)
        canvas.propose(words, [(x, high[1] + share * axes.height) for share in shares for x in middles])

    def told(self, axes: Axes, trace: Trace, numbers: Numbers) -> str:
        """From where to where."""
        low, high = (reading(float(x), axes.x, numbers) for x in trace.xs)
        return numbers.say("figure-shaded", name=named(self.label, numbers), low=low, high=high)
