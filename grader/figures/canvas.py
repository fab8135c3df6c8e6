"""A picture on its way: lines first, then labels, each at the best of the places that are proposed for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec.structs import replace

from grader.figures.placing import AIR, Obstacles, Proposal, placed
from grader.figures.scene import Box, Disc, Label, Line, Mark, Point, Scene, Words

MARGIN = 2.0


class Canvas:
    """Marks and labels on the way to a scene."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.labels: list[Label] = []
        self.frame: Box | None = None  # where labels that look for a place should be
        self._proposed: list[Proposal] = []

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
            self._proposed.append(Proposal(words, middles))

    def edge(self, line: Line, words: Words, shares: Sequence[float]) -> None:
        """A line with a label in a gap of it, at the best of these shares of its length."""
        self.marks.append(line)
        if words.runs:
            self._proposed.append(Proposal(words, along(line.points, shares), len(self.marks) - 1))

    def gap(self, line: Line, words: Words, share: float) -> None:
        """A straight line with a label in a gap of it at this share of its length, a place known to be free."""
        if not words.runs:
            self.marks.append(line)
            return
        (ax, ay), (bx, by) = line.points
        self.write(words, ax + (bx - ax) * share, ay + (by - ay) * share)
        left, top, right, bottom = self.labels[-1].box
        self.marks += _cut(line, (left - AIR, top - AIR, right + AIR, bottom + AIR))

    def finished(self) -> Scene:
        """The scene, as large as what is on it."""
        self._place()
        boxes = [*map(extent, self.marks), *(label.box for label in self.labels)]
        left, top = (min(box[side] for box in boxes) - MARGIN for side in (0, 1))
        right, bottom = (max(box[side] for box in boxes) + MARGIN for side in (2, 3))
        marks = tuple([moved(mark, -left, -top) for mark in self.marks])
        labels = tuple([Label(label.words, label.x - left, label.y - top) for label in self.labels])
        return Scene(right - left, bottom - top, marks, labels)

    def _place(self) -> None:
        if not self._proposed:
            return
        obstacles = Obstacles.of(self.marks)
        taken = [
            *(label.box for label in self.labels),
            *(extent(mark) for mark in self.marks if isinstance(mark, Disc)),
        ]
        cuts: dict[int, list[Box]] = {}
        soft = [place for place, mark in enumerate(self.marks) if isinstance(mark, Line) and mark.yields]
        found = placed(self._proposed, obstacles, taken, self.frame)
        for (words, _, on), (middle, free, _) in zip(self._proposed, found, strict=True):
            self.write(words, *middle)
            for place in soft if on is None else {*soft, on}:
                cuts.setdefault(place, []).append(free)
        self.marks = [piece for place, mark in enumerate(self.marks) for piece in _without(mark, cuts.get(place, ()))]
        self._proposed = []


def centred(words: Words, x: float, y: float) -> Label:
    """The label with its middle at a point."""
    return Label(words, x - words.width / 2, y + (words.up - words.down) / 2)


def along(points: Sequence[Point], shares: Sequence[float]) -> list[Point]:
    """The points at some shares of a line's length."""
    xs, ys = np.array(points).T
    ends = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(xs), np.diff(ys)))])
    at = np.array(shares) * ends[-1]
    return list(zip(np.interp(at, ends, xs).tolist(), np.interp(at, ends, ys).tolist(), strict=True))


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


def _without(mark: Mark, boxes: Sequence[Box]) -> list[Mark]:
    """A line without what lies in some boxes."""
    pieces: list[Mark] = [mark]
    for left, top, right, bottom in boxes:
        low_x, low_y, high_x, high_y = extent(mark)
        if isinstance(mark, Line) and low_x < right and high_x > left and low_y < bottom and high_y > top:
            pieces = [part for piece in pieces for part in _cut(piece, (left, top, right, bottom))]
    return pieces


def _cut(line: Mark, box: Box) -> tuple[Mark, ...]:
    """The line without what lies in a box; the piece at its end keeps the arrow."""
    if not isinstance(line, Line):
        return (line,)
    left, top, right, bottom = box
    points, pieces, start = line.points, [], 0
    begun: list[Point] = []  # where a piece begins between two points of the line
    for place, ((ax, ay), (bx, by)) in enumerate(pairwise(points)):
        if (ax <= left and bx <= left) or (ax >= right and bx >= right):
            continue
        if (ay <= top and by <= top) or (ay >= bottom and by >= bottom):
            continue
        enters, leaves = _inside((ax, ay, bx, by), box)
        if enters < leaves:
            pieces.append([*begun, *points[start : place + 1], (ax + (bx - ax) * enters, ay + (by - ay) * enters)])
            begun, start = [(ax + (bx - ax) * leaves, ay + (by - ay) * leaves)], place + 1
    if not pieces:
        return (line,)
    pieces.append([*begun, *points[start:]])
    kept = [tuple(piece) for piece in pieces if len(piece) > 1 and (len(piece) > 2 or piece[0] != piece[1])]
    last = len(kept) - 1
    return tuple([replace(line, points=piece, arrow=line.arrow and place == last) for place, piece in enumerate(kept)])


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


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """The same mark elsewhere."""
    if isinstance(mark, Disc):
        return Disc(mark.x + dx, mark.y + dy, mark.radius, mark.full, mark.dash)
    points = tuple([(x + dx, y + dy) for x, y in mark.points])
    return replace(mark, points=points)
