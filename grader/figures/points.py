"""Points of classes in the plane, told apart by their marks in black and white, with lines between them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from grader.figures.axes import Axes, fitted, label_axes
from grader.figures.borders import Border
from grader.figures.canvas import Canvas, around
from grader.figures.elements import Element, named
from grader.figures.numbers import Numbers
from grader.figures.plot import MOST_ELEMENTS, Frame, elements_of
from grader.figures.reading import Formula, Part, Words
from grader.figures.scene import STRONG, Disc, Line, Mark, Point, Scene
from grader.spec import pictures

RADIUS, ARM = 2.7, 2.6
"""Of a disc or ring; of a cross, along each axis."""
MARKS = {
    "disc": ("figure-marks-disc", "figure-marks-disc-none"),
    "ring": ("figure-marks-ring", "figure-marks-ring-none"),
    "cross": ("figure-marks-cross", "figure-marks-cross-none"),
}
"""How points with each mark are told of, and that there are none."""
MOST_POINTS = 60
"""Points of all classes."""
ELEMENTS = ("polylines", "points")
BELOW, BETWEEN, ROW = 27.0, 16.0, 14.0
"""The legend: how far below the frame, between two of its entries, and from row to row."""


class Class(msgspec.Struct, frozen=True):
    """Points with one mark; of a matrix all rows, or those whose entry of `rows` is above 0."""

    at: tuple[Formula, ...]
    listed: bool
    rows: Formula | None
    mark: str
    names: tuple[Words, ...]
    label: Words | None
    when: Formula | None
    part: Part

    @staticmethod
    def read(part: Part, usual: str) -> Class:
        """A class of the file; `usual` is its mark where the file names none."""
        part.like(pictures.Group)
        at = part.below("at")
        points = tuple(item.formula() for item in at.items()) if at.is_list() else (at.formula(),)
        mark = part["mark"]
        if mark and mark.text() not in MARKS:
            mark.fail("figure-mark", known=tuple(MARKS))
        return Class(
            points, at.is_list(), part.formula_of("rows"), mark.text() if mark else usual,
            tuple(item.words() for item in part.listed("names")), part.words_of("label"), part.formula_of("when"), part,
        )  # fmt: skip

    def points(self, numbers: Numbers) -> list[tuple[Point, Words | None]]:
        """Its points with their names."""
        pairs = self._pairs(numbers)
        if self.names and len(self.names) != len(pairs):
            self.part.below("names").fail("figure-names", count=len(self.names), points=len(pairs))
        kept = [1.0] * len(pairs)
        if self.rows is not None:
            kept = numbers.array(self.rows).ravel().tolist()
            if len(kept) != len(pairs):
                numbers.fail("figure-rows", self.rows.path, count=len(kept), points=len(pairs))
        names = self.names or (None,) * len(pairs)
        return [(pair, name) for pair, name, keep in zip(pairs, names, kept, strict=True) if keep > 0]

    def _pairs(self, numbers: Numbers) -> list[Point]:
        if self.listed:
            return [numbers.pair(point) for point in self.at]
        matrix = numbers.array(self.at[0])
        if matrix.ndim != 2 or matrix.shape[1] != 2:
            numbers.fail("figure-two-columns", self.at[0].path)
        return [(float(x), float(y)) for x, y in matrix]

    def drawn(self, x: float, y: float) -> list[Mark]:
        """Its mark at a place."""
        if self.mark == "cross":
            return [
                Line(((x - ARM, y - ARM), (x + ARM, y + ARM)), STRONG),
                Line(((x - ARM, y + ARM), (x + ARM, y - ARM)), STRONG),
            ]
        return [Disc(x, y, RADIUS, full=self.mark == "disc")]

    def told(self, points: Sequence[tuple[Point, Words | None]], numbers: Numbers) -> str:
        """All its points."""
        said = [
            named(name, numbers).lstrip()
            + (" " if name else "")
            + numbers.say("figure-pair-said", x=numbers.figure(round(x, 6) + 0.0), y=numbers.figure(round(y, 6) + 0.0))
            for (x, y), name in points
        ]
        key = MARKS[self.mark][0 if said else 1]
        return numbers.say(key, name=named(self.label, numbers), points=", ".join(said))


class Points(msgspec.Struct, frozen=True):
    """The picture as the file has it."""

    part: Part
    frame: Frame
    classes: tuple[Class, ...]
    borders: tuple[Border, ...]
    elements: tuple[Element, ...]

    @staticmethod
    def read(part: Part) -> Points:
        """The points of a file."""
        part.like(pictures.Points)
        names = [item.name() for item in part.listed("in")] or ["x", "y"]
        if len(names) != 2 or names[0] == names[1]:
            part.below("in").fail("figure-in")
        variables = (names[0], names[1])
        classes = part.listed("classes")
        if not 1 <= len(classes) <= len(MARKS):
            part.below("classes").fail("figure-classes", most=len(MARKS))
        borders = tuple(Border.read(item, variables) for item in part.listed("lines"))
        if len(borders) > MOST_ELEMENTS:
            part.below("lines").fail("figure-elements", count=len(borders), most=MOST_ELEMENTS)
        return Points(
            part,
            Frame.read(part, lattice=True, square=True, variables=variables),
            tuple(Class.read(item, mark) for item, mark in zip(classes, MARKS, strict=False)),
            borders,
            elements_of(part, ELEMENTS),
        )

    def drawn(self, numbers: Numbers) -> tuple[Scene, list[str]]:
        """A student's points, and what is to be said of them."""
        classes = [(each, each.points(numbers)) for each in self.classes if numbers.holds(each.when)]
        if len({each.mark for each, _ in classes}) < len(classes):
            self.part.below("classes").fail("figure-marks-alike")
        borders = [(border, border.plane(numbers)) for border in self.borders if numbers.holds(border.when)]
        elements = [element for element in self.elements if numbers.holds(element.when)]
        axes = self._axes(classes, elements, numbers)
        canvas = Canvas()
        canvas.frame = (0.0, 0.0, axes.width, axes.height)
        for border, plane in borders:
            border.shade(canvas, axes, plane)
        label_axes(canvas, axes, numbers, self.frame.letters(numbers), lattice=self.frame.lattice)
        for border, plane in borders:
            border.draw(canvas, axes, plane, numbers)
        traces = [element.trace(numbers, axes.x) for element in elements]
        for element, trace in zip(elements, traces, strict=True):
            element.draw(canvas, axes, trace, numbers)
        for each, points in classes:
            _draw(canvas, axes, each, points, numbers)
        _legend(canvas, axes, [each for each, _ in classes], numbers)
        said = [each.told(points, numbers) for each, points in classes]
        said += [sentence for border, plane in borders for sentence in border.told(axes, plane, numbers)]
        said += [element.told(axes, trace, numbers) for element, trace in zip(elements, traces, strict=True)]
        return canvas.finished(), [self.frame.told(axes, numbers), *said]

    def _axes(
        self, classes: Sequence[tuple[Class, Sequence[tuple[Point, Words | None]]]], elements: Sequence[Element],
        numbers: Numbers,
    ) -> Axes:  # fmt: skip
        """Axes over the ranges of the file, or over all points with room around them."""
        corners = [point for _, points in classes for point, _ in points]
        if len(corners) > MOST_POINTS:
            self.part.below("classes").fail("figure-many-points", count=len(corners), most=MOST_POINTS)
        corners += [corner for element in elements for corner in element.corners(numbers)]
        x, y = (
            numbers.interval(given) if given else fitted([point[side] for point in corners], 0.15)
            for side, given in enumerate(self.frame.ranges)
        )
        return self.frame.axes(x, y, numbers)


def _draw(
    canvas: Canvas, axes: Axes, each: Class, points: Sequence[tuple[Point, Words | None]], numbers: Numbers
) -> None:
    """The marks of a class; its names look for a place."""
    for (x, y), name in points:
        if not axes.shows(x, y):
            numbers.fail("figure-outside", each.at[0].path, x=x, y=y)
        place = axes.place(x, y)
        canvas.draw(*each.drawn(*place))
        words = numbers.letters(name)
        canvas.propose(words, around(*place, words, RADIUS + 2.0))


def _legend(canvas: Canvas, axes: Axes, classes: Sequence[Class], numbers: Numbers) -> None:
    """Each mark with what it stands for, below the numbers of the axis, in as many rows as it needs."""
    x, y = 0.0, axes.height + BELOW
    for each in classes:
        words = numbers.letters(each.label)
        if not words.runs:
            continue
        wide = 2 * RADIUS + 4.0 + words.width
        if x and x + wide > axes.width:
            x, y = 0.0, y + ROW
        canvas.draw(*each.drawn(x + RADIUS, y))
        canvas.write(words, x + math.fsum((2 * RADIUS, 4.0, words.width / 2)), y)
        x += wide + BETWEEN
