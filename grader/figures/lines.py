"""Curves and straight lines between two axes."""

from __future__ import annotations

import math

import msgspec
import numpy as np

from grader.arrays import Floats
from grader.figures.axes import Axes, sampled
from grader.figures.canvas import Canvas
from grader.figures.elements import Range, Trace, label_line, named, pair_told, stroke, style_of
from grader.figures.numbers import Numbers
from grader.figures.reading import Formula, Part, Words
from grader.figures.scene import USUAL, Point
from grader.spec import pictures

SAMPLES = 65
"""Points of a curve."""
FINER, STEEP, JUMP = 12, 0.07, 0.6
"""How many more points between two that differ by so much of the axis; what no curve climbs between two of these."""
TOLD = {
    ("line", False): "figure-line", ("line", True): "figure-line-dashed",
    ("tangent", False): "figure-tangent", ("tangent", True): "figure-tangent-dashed",
    ("secant", False): "figure-secant", ("secant", True): "figure-secant-dashed",
}  # fmt: skip
"""What a straight line is called, whole or dashed."""


class Curve(msgspec.Struct, frozen=True):
    """A function of one variable."""

    of: Formula
    variable: str
    over: Formula | None
    dashed: bool
    label: Words | None
    when: Formula | None = None

    @staticmethod
    def read(part: Part) -> Curve:
        """A curve of the file: a formula, or one with more about it."""
        if part.is_text():
            return Curve(part.formula("x"), "x", None, False, None)
        part.like(pictures.Curve)
        variable = part.name_of("in", "x")
        return Curve(
            part.below("of").formula(variable), variable, part.formula_of("over"), part.flag_of("dashed"),
            part.words_of("label"), part.formula_of("when"),
        )  # fmt: skip

    def corners(self, numbers: Numbers) -> list[Point]:
        """The ends of the interval."""
        return [(x, math.nan) for x in numbers.interval(self.over)] if self.over else []

    def trace(self, numbers: Numbers, x: Range) -> Trace:
        """Its values over the frame, or over its own interval."""
        low, high = numbers.interval(self.over) if self.over else x
        xs = sampled(low, high, SAMPLES)
        ys = numbers.curve(self.of, {self.variable: xs})
        if np.isnan(ys).all():
            numbers.fail("figure-not-finite", self.of.path)
        return Trace(xs, ys)

    def draw(self, canvas: Canvas, axes: Axes, trace: Trace, numbers: Numbers) -> None:
        """Draw what is in the frame."""
        pieces = stroke(canvas, axes, self._refined(trace, axes, numbers), dashed=self.dashed)
        label_line(canvas, pieces, self.label, numbers)

    def _refined(self, trace: Trace, axes: Axes, numbers: Numbers) -> Trace:
        """With more points where it is steep or ends, and without the line across a jump."""
        high = axes.y[1] - axes.y[0]
        xs, ys = trace
        gaps = np.isnan(ys[1:]) != np.isnan(ys[:-1])
        steep = np.flatnonzero(gaps | (np.abs(np.diff(ys)) > STEEP * high))
        if not len(steep):
            return trace
        shares = np.linspace(0.0, 1.0, FINER + 2)[1:-1]
        more = (xs[steep, None] + (xs[steep + 1] - xs[steep])[:, None] * shares).ravel()
        both = np.concatenate([ys, numbers.curve(self.of, {self.variable: more})])
        order = np.argsort(np.concatenate([xs, more]), kind="stable")
        xs, ys = np.concatenate([xs, more])[order], both[order]
        jumps = np.flatnonzero(np.abs(np.diff(ys)) > JUMP * high) + 1
        return Trace(np.insert(xs, jumps, xs[jumps]), np.insert(ys, jumps, np.nan))

    def told(self, axes: Axes, trace: Trace, numbers: Numbers) -> str:
        """Its values where the ticks are, as exactly as one can read them."""
        low, high = max(axes.x[0], trace.xs[0]), min(axes.x[1], trace.xs[-1])
        xs = np.array([tick for tick in axes.ticks_x if low - 1e-9 <= tick <= high + 1e-9] or [low, high])
        ys = numbers.curve(self.of, {self.variable: xs})
        seen = [(float(x), float(y)) for x, y in zip(xs, ys, strict=True) if not math.isnan(y) and axes.shows(x, y)]
        points = ", ".join(pair_told(point, axes, numbers) for point in seen)
        key = "figure-curve-dashed" if self.dashed else "figure-curve"
        return numbers.say(key, name=named(self.label, numbers), points=points)


class Straight(msgspec.Struct, frozen=True):
    """A straight line over the frame: through two points, at one with a slope, tangent or secant of a function."""

    word: str
    through: tuple[Formula, ...]
    slope: Formula | None
    of: Formula | None
    variable: str
    dashed: bool
    label: Words | None
    when: Formula | None = None

    @staticmethod
    def read(part: Part) -> Straight:
        """A line by its points or by a point and a slope."""
        part.like(pictures.Straight)
        points = tuple(item.formula() for item in part.listed("through"))
        slope, at = part.formula_of("slope"), part.formula_of("at")
        if not (len(points) == 2 and slope is None and at is None) and not (slope and at and not points):
            part.fail("figure-straight")
        through = points or ((at,) if at else ())
        return Straight("line", through, slope, None, "", *style_of(part))

    @staticmethod
    def tangent(part: Part) -> Straight:
        """The tangent of a function at a number."""
        part.like(pictures.Touching)
        variable = part.name_of("in", "x")
        of = part.below("of").formula(variable)
        return Straight("tangent", (part.below("at").formula(),), None, of, variable, *style_of(part))

    @staticmethod
    def secant(part: Part) -> Straight:
        """The line through two points of a function."""
        part.like(pictures.Touching)
        variable = part.name_of("in", "x")
        of = part.below("of").formula(variable)
        return Straight("secant", (part.below("at").formula(),), None, of, variable, *style_of(part))

    def ends(self, numbers: Numbers) -> list[Point]:
        """Two different points of it."""
        if self.of is None:
            points = [numbers.pair(point) for point in self.through]
            if self.slope is not None:
                (x, y), slope = points[0], numbers.number(self.slope)
                points.append((x + 1.0, y + slope))
        elif self.word == "tangent":
            at = numbers.number(self.through[0])
            near = 1e-5 * max(1.0, abs(at))
            before, here, after = self._values(self.of, np.array([at - near, at, at + near]), numbers)
            points = [(at, here), (at + 1.0, here + (after - before) / (2 * near))]
        else:
            both = np.array(numbers.pair(self.through[0]))
            points = list(zip(both.tolist(), self._values(self.of, both, numbers), strict=True))
        if points[0] == points[1]:
            numbers.fail("figure-same-point", self.through[-1].path)
        return points

    def _values(self, of: Formula, xs: Floats, numbers: Numbers) -> list[float]:
        ys = numbers.curve(of, {self.variable: xs})
        if np.isnan(ys).any():
            numbers.fail("figure-not-finite", self.through[0].path)
        values: list[float] = ys.tolist()
        return values

    def corners(self, numbers: Numbers) -> list[Point]:
        """The points that it was given by."""
        points = self.ends(numbers)
        return points[:1] if self.slope is not None or self.word == "tangent" else points

    def trace(self, numbers: Numbers, x: Range) -> Trace:
        """From far left to far right."""
        (ax, ay), (bx, by) = self.ends(numbers)
        if ax == bx:
            return Trace(np.array([ax, ax]), np.array([-1e6, 1e6]) * (1.0 + abs(ay) + abs(by)))
        xs = np.array(x)
        return Trace(xs, ay + (by - ay) / (bx - ax) * (xs - ax))

    def draw(self, canvas: Canvas, axes: Axes, trace: Trace, numbers: Numbers) -> None:
        """Draw what is in the frame."""
        pieces = stroke(canvas, axes, trace, dashed=self.dashed, width=USUAL)
        label_line(canvas, pieces, self.label, numbers)

    def told(self, axes: Axes, trace: Trace, numbers: Numbers) -> str:
        """The points it is given by; those at the frame where it is given otherwise."""
        points = self.ends(numbers)
        if self.slope is not None or self.word == "tangent":
            pieces = axes.pieces(trace.xs, trace.ys)
            points = [axes.plane(pieces[0][0]), axes.plane(pieces[-1][-1])] if pieces else points
        said = [pair_told(point, axes, numbers) for point in points]
        return numbers.say(TOLD[self.word, self.dashed], name=named(self.label, numbers), one=said[0], other=said[1])
