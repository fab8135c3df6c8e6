"""Two axes: how numbers become places, ticks that look well, a lattice, and what is cut off at the frame."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from grader.arrays import Floats
from grader.figures.canvas import Canvas
from grader.figures.lettering import lettered
from grader.figures.numbers import Numbers
from grader.figures.scene import THIN, USUAL, Line, Point, Words

Range = tuple[float, float]
HEIGHT = 170.0
"""Of the frame, where its units need not be alike."""
LARGEST = 210.0
"""The longer side of a frame whose units are alike."""
MOST_TICKS = 40
THINNINGS, UNSEEN = 2, 0.06
"""How often a line is thinned, and how far beside it a point may be that is left out, in points of print."""
SMALL = 8.5
"""The type of the numbers at the axes."""
BESIDE = 3.0
"""Between two numbers at an axis."""


class Axes(msgspec.Struct, frozen=True):
    """The part of the plane that is drawn, and the size of its picture."""

    x: Range
    y: Range
    width: float
    height: float
    ticks_x: tuple[float, ...]
    ticks_y: tuple[float, ...]

    @staticmethod
    def over(x: Range, y: Range, steps: tuple[float | None, float | None], widest: float, *, square: bool) -> Axes:
        """Axes over two ranges in a frame that is not wider; `square` ones have the same unit."""
        width, height = widest, HEIGHT
        if square:
            unit = min(min(LARGEST, widest) / (x[1] - x[0]), LARGEST * 0.9 / (y[1] - y[0]))
            width, height = (x[1] - x[0]) * unit, (y[1] - y[0]) * unit
        ticks = [
            tuple(ticks_of(*span, step or step_of(span[1] - span[0], max(2, int(size / room)))))
            for span, step, size, room in ((x, steps[0], width, 30.0), (y, steps[1], height, 24.0))
        ]
        return Axes(x, y, width, height, ticks[0], ticks[1])

    def zero(self, side: int) -> float:
        """Where the other axis crosses this one: at zero, or else at its beginning."""
        low, high = (self.x, self.y)[side]
        return 0.0 if low <= 0 <= high else low

    def plane(self, place: Point) -> Point:
        """Which point of the plane is at a place."""
        x = self.x[0] + place[0] / self.width * (self.x[1] - self.x[0])
        return x, self.y[1] - place[1] / self.height * (self.y[1] - self.y[0])

    def place(self, x: float, y: float) -> Point:
        """Where a point of the plane is."""
        return (
            (x - self.x[0]) / (self.x[1] - self.x[0]) * self.width,
            (self.y[1] - y) / (self.y[1] - self.y[0]) * self.height,
        )

    def shows(self, x: float, y: float) -> bool:
        """Whether a point is in the frame."""
        wide, high = self.x[1] - self.x[0], self.y[1] - self.y[0]
        inside = -1e-9 * wide <= x - self.x[0] <= (1 + 1e-9) * wide
        return inside and -1e-9 * high <= y - self.y[0] <= (1 + 1e-9) * high

    def pieces(self, xs: Floats, ys: Floats) -> list[tuple[Point, ...]]:
        """A line through points, cut off at the frame and broken where it has no value."""
        across = (xs - self.x[0]) / (self.x[1] - self.x[0]) * self.width
        down = (self.y[1] - ys) / (self.y[1] - self.y[0]) * self.height
        across, down = thinned(across, down)
        points = list(zip(across.tolist(), down.tolist(), strict=True))
        inside = (across >= 0) & (across <= self.width) & (down >= 0) & (down <= self.height)
        if inside.all():
            return [tuple(points)]
        whole = (inside[1:] & inside[:-1]).tolist()
        pieces: list[list[Point]] = [[]]
        for a, b, seen in zip(points, points[1:], whole, strict=False):
            cut = (a, b) if seen else self._clipped(a, b)
            if cut is None:
                pieces.append([])
                continue
            if not pieces[-1] or pieces[-1][-1] != cut[0]:
                pieces.append([cut[0]])
            pieces[-1].append(cut[1])
        return [tuple(piece) for piece in pieces if len(piece) > 1]

    def _clipped(self, a: Point, b: Point) -> tuple[Point, Point] | None:
        """The part of a segment in the frame."""
        enters, leaves = 0.0, 1.0
        for start, end, most in ((a[0], b[0], self.width), (a[1], b[1], self.height)):
            if math.isnan(start) or math.isnan(end):
                return None
            step, edge = end - start, 1e-6
            if abs(step) < 1e-12:
                if not -edge <= start <= most + edge:
                    return None
                continue
            first, last = sorted(((-edge - start) / step, (most + edge - start) / step))
            enters, leaves = max(enters, first), min(leaves, last)
        if enters >= leaves:
            return None
        dx, dy = b[0] - a[0], b[1] - a[1]
        return (a[0] + dx * enters, a[1] + dy * enters), (a[0] + dx * leaves, a[1] + dy * leaves)


def thinned(xs: Floats, ys: Floats) -> tuple[Floats, Floats]:
    """A line without every other point that lies nearly on the way past it, a few times over."""
    for _ in range(THINNINGS):
        if len(xs) < 5:
            break
        ax, ay, bx, by = xs[:-2:2], ys[:-2:2], xs[2::2], ys[2::2]
        px, py = xs[1:-1:2], ys[1:-1:2]
        off = np.abs((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / (np.hypot(bx - ax, by - ay) + 1e-9)
        kept = np.ones(len(xs), bool)
        kept[1:-1:2] = ~(off < UNSEEN)
        xs, ys = xs[kept], ys[kept]
    return xs, ys


def fitted(values: Sequence[float], room: float = 0.08) -> Range:
    """A range with all values, with some room around them, from one round number to another."""
    finite = [value for value in values if math.isfinite(value)]
    low, high = (min(finite), max(finite)) if finite else (-1.0, 1.0)
    if high - low < 1e-12 * max(1.0, abs(high)):
        low, high = low - 1.0, high + 1.0
    spare = (high - low) * room
    unit = step_of(high - low + 2 * spare, 20)
    return math.floor((low - spare) / unit) * unit, math.ceil((high + spare) / unit) * unit


def step_of(span: float, count: int) -> float:
    """The distance of ticks, 1, 2 or 5 of a power of ten, so that there are at most so many."""
    rough = span / count
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)


def ticks_of(low: float, high: float, step: float) -> list[float]:
    """The multiples of a step in a range."""
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]


def label_axes(canvas: Canvas, axes: Axes, numbers: Numbers, names: tuple[Words, Words], *, lattice: bool) -> None:
    """The lattice, the axes where they are zero, and the numbers outside of the frame, where nothing else is."""
    (left, bottom), (right, top) = axes.place(axes.x[0], axes.y[0]), axes.place(axes.x[1], axes.y[1])
    for x, words in _numbered(axes.ticks_x, numbers, axes.width / (axes.x[1] - axes.x[0]), across=True):
        at = axes.place(x, axes.y[0])[0]
        canvas.draw(Line(((at, bottom), (at, top if lattice else bottom - 3)), THIN, quiet=lattice, yields=lattice))
        canvas.write(words, at, bottom + 9)
    for y, words in _numbered(axes.ticks_y, numbers, axes.height / (axes.y[1] - axes.y[0]), across=False):
        at = axes.place(axes.x[0], y)[1]
        canvas.draw(Line(((left, at), (right if lattice else left + 3, at)), THIN, quiet=lattice, yields=lattice))
        canvas.write(words, left - 5 - words.width / 2, at)
    up, across = axes.place(axes.zero(0), axes.zero(1))
    canvas.draw(Line(((left, across), (right + 11, across)), USUAL, arrow=True))
    canvas.draw(Line(((up, bottom), (up, top - 11)), USUAL, arrow=True))
    canvas.write(names[0], right + 14 + names[0].width / 2, across)
    canvas.write(names[1], up, top - 17)


def _numbered(ticks: Sequence[float], numbers: Numbers, unit: float, *, across: bool) -> Iterator[tuple[float, Words]]:
    """Each tick with its number, or with nothing where there would be no room for all: then every second has one, or
    fewer, that of zero among them.
    """
    words = [lettered(numbers.figure(tick), SMALL) for tick in ticks]
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    size = max((each.width for each in words), default=0.0) + BESIDE if across else SMALL + BESIDE
    every = next((stride for stride in (1, 2, 5, 10) if stride * step * unit >= size), 20)
    for tick, each in zip(ticks, words, strict=True):
        yield tick, each if round(tick / step) % every == 0 else lettered("")


def sampled(low: float, high: float, count: int) -> Floats:
    """Points over a range."""
    points: Floats = np.linspace(low, high, count)
    return points
