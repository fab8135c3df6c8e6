"""A picture on its way: lines first, then labels, each at the best of the places that are proposed for it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from grader.arrays import Floats
from grader.figures.geometry import lengths_inside, shared_areas
from grader.figures.scene import Box, Disc, Label, Line, Mark, Point, Scene, Words

MARGIN = 2.0
AIR = 1.6
"""What a label keeps free around it."""
GROWN = np.array([-AIR, -AIR, AIR, AIR])
_CROSSING, _COVERING, _LATER, _OUTSIDE = 3.0, 6.0, 0.35, 0.6
"""What these weigh: a point of a line through a label, a square point of a label or disc below it, a later proposal,
a point out of the frame.
"""


class _Proposal(NamedTuple):
    """A label that looks for a place, and the mark that it may lie on and is cut for it."""

    words: Words
    middles: Sequence[Point]
    on: int | None = None


class Canvas:
    """Marks and labels on the way to a scene."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.labels: list[Label] = []
        self.frame: Box | None = None  # where labels that look for a place should be
        self._proposed: list[_Proposal] = []

    def draw(self, *marks: Mark) -> None:
        """Add marks above those that are there."""
        self.marks += marks

    def write(self, words: Words, x: float, y: float) -> None:
        """A label with its middle at a point."""
        if words.runs:
            self.labels.append(centred(words, x, y))

    def propose(self, words: Words, middles: Sequence[Point]) -> None:
        """A label that takes the best of these middles, the first of equally good ones."""
        if words.runs:
            self._proposed.append(_Proposal(words, middles))

    def edge(self, line: Line, words: Words, shares: Sequence[float]) -> None:
        """A line with a label in a gap of it, at the best of these shares of its length."""
        self.marks.append(line)
        if words.runs:
            self._proposed.append(
                _Proposal(words, [along(line.points, share) for share in shares], len(self.marks) - 1)
            )

    def finished(self) -> Scene:
        """The scene, as large as what is on it."""
        self._place()
        boxes = [*map(extent, self.marks), *(label.box for label in self.labels)]
        left, top = (min(box[side] for box in boxes) - MARGIN for side in (0, 1))
        right, bottom = (max(box[side] for box in boxes) + MARGIN for side in (2, 3))
        marks = tuple([_moved(mark, -left, -top) for mark in self.marks])
        labels = tuple([Label(label.words, label.x - left, label.y - top) for label in self.labels])
        return Scene(right - left, bottom - top, marks, labels)

    def _place(self) -> None:
        if not self._proposed:
            return
        segments, owners = segments_of(self.marks)
        discs = [extent(mark) for mark in self.marks if isinstance(mark, Disc)]
        cuts: dict[int, Box] = {}
        for words, middles, on in self._proposed:
            labels = [centred(words, x, y) for x, y in middles]
            boxes = np.array([label.box for label in labels]) + GROWN
            cost = np.arange(len(labels)) * _LATER
            if len(segments):
                crossed = lengths_inside(boxes, segments)
                cost = cost + _CROSSING * (crossed.sum(axis=1) if on is None else crossed[:, owners != on].sum(axis=1))
            if self.frame is not None and on is None:
                cost = cost + _OUTSIDE * np.maximum(self.frame[:2] - boxes[:, :2], 0.0).sum(axis=1)
                cost = cost + _OUTSIDE * np.maximum(boxes[:, 2:] - self.frame[2:], 0.0).sum(axis=1)
            taken = [label.box for label in self.labels] + discs
            if taken:
                cost = cost + _COVERING * shared_areas(boxes, np.array(taken)).sum(axis=1)
            best = int(cost.argmin())
            self.labels.append(labels[best])
            if on is not None:
                left, top, right, bottom = (float(side) for side in boxes[best])
                cuts[on] = (left, top, right, bottom)
        self.marks = [
            piece for place, mark in enumerate(self.marks)
            for piece in (_cut(mark, cuts[place]) if place in cuts and isinstance(mark, Line) else (mark,))
        ]  # fmt: skip
        self._proposed = []


def centred(words: Words, x: float, y: float) -> Label:
    """The label with its middle at a point."""
    return Label(words, x - words.width / 2, y + (words.up - words.down) / 2)


def along(points: Sequence[Point], share: float) -> Point:
    """The point at a share of a line's length."""
    lengths = [math.dist(a, b) for a, b in itertools.pairwise(points)]
    rest = share * sum(lengths)
    for (ax, ay), (bx, by), length in zip(points, points[1:], lengths, strict=False):
        if rest <= length and length:
            return ax + (bx - ax) * rest / length, ay + (by - ay) * rest / length
        rest -= length
    return points[-1]


def segments_of(marks: Iterable[Mark]) -> tuple[Floats, Floats]:
    """The segments (s, 4) of all lines that a label must not lie on, and which mark each belongs to."""
    parts = [
        (*a, *b, float(place)) for place, mark in enumerate(marks)
        if isinstance(mark, Line) and not (mark.quiet or mark.shade)
        for a, b in zip(mark.points, mark.points[1:], strict=False)
    ]  # fmt: skip
    table = np.array(parts, dtype=float).reshape(-1, 5)
    return table[:, :4], table[:, 4]


def around(x: float, y: float, words: Words, gap: float) -> list[Point]:
    """Middles of a label around a point: beside it, above and below, then a little further."""
    places = []
    for far in (gap, gap + 5.0, gap + 11.0):
        across, high = words.width / 2 + far, (words.up + words.down) / 2 + far
        slant = far * 0.35
        places += [(x + dx, y + dy) for dx, dy in (
            (across - slant, -high + slant), (across - slant, high - slant), (slant - across, slant - high),
            (slant - across, high - slant), (across, 0.0), (-across, 0.0), (0.0, -high), (0.0, high),
        )]  # fmt: skip
    return places


def extent(mark: Mark) -> Box:
    """The smallest box around a mark."""
    if isinstance(mark, Disc):
        return mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius
    xs, ys = zip(*mark.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _cut(line: Line, box: Box) -> tuple[Line, ...]:
    """The line without what lies in a box; the piece at its end keeps the arrow."""
    pieces: list[list[Point]] = [[line.points[0]]]
    for (ax, ay), (bx, by) in zip(line.points, line.points[1:], strict=False):
        enters, leaves = _inside((ax, ay, bx, by), box)
        if enters < leaves:
            if enters > 0:
                pieces[-1].append((ax + (bx - ax) * enters, ay + (by - ay) * enters))
            pieces.append([(ax + (bx - ax) * leaves, ay + (by - ay) * leaves)])
        if leaves < 1 or enters >= leaves:
            pieces[-1].append((bx, by))
    kept = [tuple(piece) for piece in pieces if len(piece) > 1]
    last = len(kept) - 1
    return tuple(
        Line(piece, line.width, line.dash, arrow=line.arrow and place == last) for place, piece in enumerate(kept)
    )


def _inside(segment: tuple[float, float, float, float], box: Box) -> tuple[float, float]:
    """From which to which share of a segment it is in a box; (1, 0) where it never is."""
    ax, ay, bx, by = segment
    enters, leaves = 0.0, 1.0
    for start, step, low, high in ((ax, bx - ax, box[0], box[2]), (ay, by - ay, box[1], box[3])):
        if step == 0:
            if not low < start < high:
                return 1.0, 0.0
            continue
        first, last = sorted(((low - start) / step, (high - start) / step))
        enters, leaves = max(enters, first), min(leaves, last)
    return (enters, leaves) if enters < leaves else (1.0, 0.0)


def _moved(mark: Mark, dx: float, dy: float) -> Mark:
    if isinstance(mark, Disc):
        return Disc(mark.x + dx, mark.y + dy, mark.radius, mark.full, mark.dash)
    points = tuple([(x + dx, y + dy) for x, y in mark.points])
    return Line(points, mark.width, mark.dash, mark.shade, mark.arrow, mark.quiet)
