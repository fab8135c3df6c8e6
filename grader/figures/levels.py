"""Level lines of a function of two variables, with points, paths and lines over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import msgspec
import numpy as np

from grader.arrays import Floats
from grader.figures.axes import Axes, fitted, label_axes, sampled
from grader.figures.canvas import Canvas
from grader.figures.elements import Element, pair_told
from grader.figures.lettering import lettered
from grader.figures.numbers import Numbers
from grader.figures.plot import Frame, elements_of
from grader.figures.reading import Formula, Part
from grader.figures.scene import Line, Scene
from grader.spec import pictures

GRID = 41
"""Points along each side at which the function is computed."""
MOST_LEVELS = 20
WITHIN = 3
"""Which line from the lowest point outwards goes through the point that one has to go through."""
SMALL = 8.0
STROKE = 0.6
ELEMENTS = ("lines", "polylines", "points")
SHARES = (0.1, 0.3, 0.5, 0.7, 0.9, 0.2, 0.4, 0.6, 0.8)


class Contour(NamedTuple):
    """One line of a level, in the plane."""

    level: float
    xs: Floats
    ys: Floats


class Levels(msgspec.Struct, frozen=True):
    """Level lines as the file has them."""

    part: Part
    frame: Frame
    of: Formula
    variables: tuple[str, str]
    values: Formula | None
    through: Formula | None
    count: Formula | None
    numbered: bool
    elements: tuple[Element, ...]

    @staticmethod
    def read(part: Part) -> Levels:
        """The level lines of a file."""
        part.like(pictures.Levels)
        names = [item.name() for item in part.listed("in")] or ["x", "y"]
        if len(names) != 2 or names[0] == names[1]:
            part.below("in").fail("figure-in")
        return Levels(
            part,
            Frame.read(part, lattice=False, square=True, variables=(names[0], names[1])),
            part.below("of").formula(*names),
            (names[0], names[1]),
            part.formula_of("values"),
            part.formula_of("through"),
            part.formula_of("count"),
            part.flag_of("numbers"),
            elements_of(part, ELEMENTS),
        )

    def drawn(self, numbers: Numbers) -> tuple[Scene, list[str]]:
        """A student's level lines, and what is to be said of them."""
        elements = [element for element in self.elements if numbers.holds(element.when)]
        corners = [corner for element in elements for corner in element.corners(numbers)]
        ranges = [
            numbers.interval(given) if given else fitted([point[side] for point in corners], 0.25)
            for side, given in enumerate(self.frame.ranges)
        ]
        axes = self.frame.axes(ranges[0], ranges[1], numbers)
        contours = self._contours(axes, numbers)
        canvas = Canvas()
        canvas.frame = (0.0, 0.0, axes.width, axes.height)
        label_axes(canvas, axes, numbers, self.frame.letters(numbers), lattice=self.frame.lattice)
        self._draw(canvas, axes, contours, numbers)
        traces = [element.trace(numbers, axes.x) for element in elements]
        for element, trace in zip(elements, traces, strict=True):
            element.draw(canvas, axes, trace, numbers)
        told = [element.told(axes, trace, numbers) for element, trace in zip(elements, traces, strict=True)]
        return canvas.finished(), [self.frame.told(axes, numbers), self._told(contours, axes, numbers), *told]

    def _contours(self, axes: Axes, numbers: Numbers) -> list[Contour]:
        """The lines of all levels; a level that is nowhere in the frame has none."""
        from contourpy import LineType, contour_generator

        xs, ys = sampled(*axes.x, GRID), sampled(*axes.y, GRID)
        places = {self.variables[0]: np.tile(xs, GRID), self.variables[1]: np.repeat(ys, GRID)}
        heights = numbers.curve(self.of, places).reshape(GRID, GRID)
        if np.isnan(heights).all():
            numbers.fail("figure-not-finite", self.of.path)
        known = heights if np.isfinite(heights).all() else np.ma.masked_invalid(heights)
        generator = contour_generator(xs, ys, known, name="serial", line_type=LineType.Separate)
        return [
            Contour(level, line[:, 0], line[:, 1])
            for level in self._levels(heights, numbers)
            for line in cast("list[Floats]", generator.lines(level))
            if len(line) > 2
        ]

    def _levels(self, heights: Floats, numbers: Numbers) -> list[float]:
        """The values of the file; else so many, by the share of the picture that is below: evenly spaced for a bowl."""
        if self.values is not None:
            levels = sorted(set(numbers.array(self.values).ravel().tolist()))
            if not 1 <= len(levels) <= MOST_LEVELS:
                numbers.fail("figure-levels-count", self.values.path, most=MOST_LEVELS)
            return levels
        count = round(numbers.number(self.count)) if self.count else 7
        if not 1 <= count <= MOST_LEVELS:
            numbers.fail("figure-levels-count", self.count.path if self.count else self.of.path, most=MOST_LEVELS)
        low, high = float(np.nanmin(heights)), float(np.nanmax(heights))
        if high - low <= 1e-9 * max(1.0, abs(high)):
            numbers.fail("figure-flat", self.of.path)
        if self.through is not None:
            place = dict(zip(self.variables, map(np.atleast_1d, numbers.pair(self.through)), strict=True))
            height = float(numbers.curve(self.of, place)[0])
            if not low < height < high:
                numbers.fail("figure-through", self.through.path)
            steps = (low + (height - low) * (step / WITHIN) ** 2 for step in range(1, count + 1))
            return [level for level in steps if level < high]
        shares = (np.arange(1, count + 1) / (count + 1)) ** 2
        quantiles: list[float] = np.nanquantile(heights, shares).tolist()
        return quantiles

    def _draw(self, canvas: Canvas, axes: Axes, contours: Sequence[Contour], numbers: Numbers) -> None:
        """All lines, thin, with their values in gaps where the file wants them."""
        for contour in contours:
            text = numbers.figure(_rounded(contour.level)) if self.numbered else ""
            for piece in axes.pieces(contour.xs, contour.ys):
                canvas.edge(Line(piece, STROKE, yields=True), lettered(text, SMALL), SHARES)

    def _told(self, contours: Sequence[Contour], axes: Axes, numbers: Numbers) -> str:
        """Each line by its ends from left to right."""
        lines = []
        for level, xs, ys in contours:
            ends = [pair_told((float(xs[at]), float(ys[at])), axes, numbers) for at in (xs.argmin(), xs.argmax())]
            value = numbers.figure(_rounded(level))
            key = "figure-level-numbered" if self.numbered else "figure-level-bare"
            lines.append(numbers.say(key, value=value, one=ends[0], other=ends[1]))
        return numbers.say("figure-level", lines="; ".join(lines))


def _rounded(level: float) -> float:
    """A level as it is printed: three digits."""
    return float(f"{level:.3g}")
