"""Straight lines by an equation or an inequality, which also says which side is meant."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import numpy as np

from grader.figures.axes import Axes
from grader.figures.canvas import Canvas
from grader.figures.elements import Trace, label_line, named, pair_told, stroke, style_of
from grader.figures.numbers import Numbers
from grader.figures.reading import Formula, Part, Words
from grader.figures.scene import USUAL, Line, Point
from grader.language import linear
from grader.language.nodes import Call
from grader.spec import pictures

SHADE = 0.13
ARROW = 17.0
"""How far the arrow reaches that shows a side, in points."""
ARROW_AT = 0.25
"""The share of the line where it begins."""
ABOVE = {op: 0 if sign == "=" else turned for op, (sign, turned) in linear.SIDES.items()}
"""On which side of `left - right = 0` an inequality holds; an equation has none."""
SIDES = {"shaded": "figure-side-shaded", "arrow": "figure-side-arrow", "none": ""}
"""How the side of an inequality is shown, with what is said of it."""
PROBES = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [-2.0, 3.0], [5.0, -1.0]])
"""Three points for a plane, three more where it must hold."""


Plane = tuple[float, float, float]
"""a, b and c of a x + b y = c, with > c on the side that is meant."""


class Border(msgspec.Struct, frozen=True):
    """A line where a linear equation holds, with the side where the inequality does."""

    left: Formula
    right: Formula
    above: int
    side: str
    variables: tuple[str, str]
    dashed: bool
    label: Words | None
    when: Formula | None = None

    @staticmethod
    def read(part: Part, variables: tuple[str, str]) -> Border:
        """A line of the file: `2*x + 3*y = 4`, or one with more about it."""
        short = not part.is_mapping()
        if not short:
            part.like(pictures.Border)
        of = part if short else part.below("of")
        whole = of.formula(*variables)
        tree = whole.tree
        if not isinstance(tree, Call) or tree.op not in ABOVE:
            of.fail("figure-border", x=variables[0], y=variables[1])
        left, right = (Formula(each, whole.path) for each in tree.args)
        side = None if short else part["side"]
        meant = side.text() if side else "shaded" if ABOVE[tree.op] else "none"
        if side and (meant not in SIDES or (meant != "none" and not ABOVE[tree.op])):
            side.fail("figure-side", known=tuple(SIDES))
        style = (False, None, None) if short else style_of(part)
        return Border(left, right, ABOVE[tree.op], meant, variables, *style)

    def plane(self, numbers: Numbers) -> Plane:
        """(a, b, c) with a x + b y = c on the line, and > c on its side; raises AuthorError where it is no line."""
        places = dict(zip(self.variables, PROBES.T, strict=True))
        heights = numbers.curve(self.left, places) - numbers.curve(self.right, places)
        a, b, c = heights[1] - heights[0], heights[2] - heights[0], -heights[0]
        size = float(np.abs(heights).max())
        if not np.isfinite(size) or np.abs(PROBES @ [a, b] - c - heights).max() > 1e-9 * size:
            numbers.fail("figure-border", self.left.path, x=self.variables[0], y=self.variables[1])
        if max(abs(a), abs(b)) <= 1e-12 * size or size == 0:
            numbers.fail("figure-border-flat", self.left.path, x=self.variables[0], y=self.variables[1])
        sign = self.above or 1
        return float(sign * a), float(sign * b), float(sign * c)

    def ends(self, axes: Axes, plane: Plane, numbers: Numbers) -> tuple[Point, Point]:
        """Where it enters the frame and where it leaves it."""
        corners = _corners(axes)
        cut = _meets(corners, plane)
        wide, high = axes.x[1] - axes.x[0], axes.y[1] - axes.y[0]
        far = max(cut, key=lambda p: abs(p[0] - cut[0][0]) / wide + abs(p[1] - cut[0][1]) / high) if cut else None
        if far is None or max(abs(far[0] - cut[0][0]) / wide, abs(far[1] - cut[0][1]) / high) < 1e-6:
            numbers.fail("figure-border-outside", self.left.path)
        one, other = sorted((cut[0], far))
        return one, other

    def shade(self, canvas: Canvas, axes: Axes, plane: Plane) -> None:
        """Its side in grey, below everything else."""
        if self.side == "shaded":
            kept = _half(_corners(axes), plane)
            canvas.draw(Line(tuple(axes.place(*point) for point in kept), shade=SHADE))

    def draw(self, canvas: Canvas, axes: Axes, plane: Plane, numbers: Numbers) -> None:
        """The line with its label, and the arrow to its side."""
        (ax, ay), (bx, by) = self.ends(axes, plane, numbers)
        pieces = stroke(canvas, axes, Trace(np.array([ax, bx]), np.array([ay, by])), dashed=self.dashed)
        if self.side == "arrow":
            start = axes.place(ax + (bx - ax) * ARROW_AT, ay + (by - ay) * ARROW_AT)
            across = np.array(axes.place(bx, by)) - axes.place(ax, ay)
            normal = np.array([-across[1], across[0]]) / np.hypot(*across) * ARROW
            a, b, c = plane
            x, y = axes.plane((start[0] + normal[0], start[1] + normal[1]))
            normal = normal if a * x + b * y > c else -normal
            canvas.draw(Line((start, (start[0] + normal[0], start[1] + normal[1])), USUAL, arrow=True))
        label_line(canvas, pieces, self.label, numbers)

    def told(self, axes: Axes, plane: Plane, numbers: Numbers) -> list[str]:
        """Two points of it, those of the lattice if it has them, and a point on its side."""
        ends = self.ends(axes, plane, numbers)
        crossings = _on_lattice(axes, plane) or ends
        one, other = (pair_told(point, axes, numbers) for point in (crossings[0], crossings[-1]))
        key = "figure-line-dashed" if self.dashed else "figure-line"
        said = [numbers.say(key, name=named(self.label, numbers), one=one, other=other)]
        if self.side != "none":
            a, b, c = plane
            within = [point for point in ((0.0, 0.0), *_corners(axes)) if axes.shows(*point)]
            point = next((p for p in within[:-4] if a * p[0] + b * p[1] - c > 1e-9 * (abs(a) + abs(b) + abs(c))), None)
            point = point or max(_corners(axes), key=lambda p: a * p[0] + b * p[1])
            said.append(numbers.say(SIDES[self.side], point=pair_told(point, axes, numbers)))
        return said


def _corners(axes: Axes) -> list[Point]:
    (left, right), (low, high) = axes.x, axes.y
    return [(left, low), (right, low), (right, high), (left, high)]


def _meets(corners: list[Point], plane: Plane) -> list[Point]:
    """Where a line meets the sides of a polygon."""
    a, b, c = plane
    found = []
    for (ax, ay), (bx, by) in pairwise([*corners, corners[0]]):
        start, end = a * ax + b * ay - c, a * bx + b * by - c
        if start != end and min(start, end) <= 0 <= max(start, end):
            share = start / (start - end)
            found.append((ax + (bx - ax) * share, ay + (by - ay) * share))
    return found


def _half(corners: list[Point], plane: Plane) -> list[Point]:
    """The part of a convex polygon where a x + b y >= c: Sutherland and Hodgman's clipping."""
    a, b, c = plane
    kept: list[Point] = []
    for start, end in pairwise([*corners, corners[0]]):
        if a * start[0] + b * start[1] >= c:
            kept.append(start)
        inner, outer = a * start[0] + b * start[1] - c, a * end[0] + b * end[1] - c
        if inner * outer < 0:
            share = inner / (inner - outer)
            kept.append((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
    return kept


def _on_lattice(axes: Axes, plane: Plane) -> list[Point]:
    """Where the line goes through crossings of the lattice, if it does twice."""
    a, b, c = plane
    size = abs(a) + abs(b) + abs(c)
    found = [(x, y) for x in axes.ticks_x for y in axes.ticks_y if abs(a * x + b * y - c) < 1e-9 * size]
    return found if len(found) > 1 else []
