"""Where a label goes: of the places that are proposed for it the one with the least below it and around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from grader.arrays import Floats
from grader.figures.geometry import lengths_inside, shared_areas
from grader.figures.scene import Box, Line, Mark, Point, Words

AIR = 1.6
"""What a label keeps free around it."""
CROSSING, YIELDING, COVERING, LATER, OUTSIDE = 3.0, 0.12, 6.0, 0.35, 0.6
"""What these weigh: a point of a line through a label, of a line that is cut there, a square point of a label or disc
below it, a later proposal, a point out of the frame.
"""
TOGETHER = 6
"""Proposals that are looked at before it is asked whether a later one can still be better."""


class Obstacles(NamedTuple):
    """The segments (s, 4) of all lines, which mark each belongs to and what it weighs (s,), and their bounds."""

    segments: Floats
    owners: Floats
    weights: Floats
    low: Floats
    high: Floats

    @staticmethod
    def of(marks: Sequence[Mark]) -> Obstacles:
        """Those of a picture."""
        parts, owners, weights = [], [], []
        for place, mark in enumerate(marks):
            if isinstance(mark, Line) and not (mark.quiet or mark.shade):
                points = np.array(mark.points)
                parts.append(np.concatenate([points[:-1], points[1:]], axis=1))
                owners.append(np.full(len(points) - 1, place))
                weights.append(np.full(len(points) - 1, YIELDING if mark.yields else CROSSING))
        segments = np.concatenate(parts) if parts else np.zeros((0, 4))
        owned, weighed = (np.concatenate(each) if each else np.zeros(0) for each in (owners, weights))
        ends = segments.reshape(-1, 2, 2)
        return Obstacles(segments, owned, weighed, ends.min(axis=1), ends.max(axis=1))

    def below(self, boxes: Floats, but: int | None) -> Floats:
        """What the lines in each box weigh, but for those of one mark."""
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        meets = ((self.high >= low) & (self.low <= high)).all(axis=1)
        near = np.flatnonzero(meets if but is None else meets & (self.owners != but))
        if not len(near):
            return np.zeros(len(boxes))
        weight: Floats = lengths_inside(boxes, self.segments[near]) @ self.weights[near]
        return weight


def best_place(
    words: Words,
    middles: Sequence[Point],
    obstacles: Obstacles,
    taken: Sequence[Box],
    frame: Box | None = None,
    on: int | None = None,
) -> tuple[int, Box]:
    """The best of some middles of a label, the first of equally good ones, and the box that it keeps free.

    `on` is a mark that it may lie on.
    """
    reach = np.array([words.width / 2 + AIR, (words.up + words.down) / 2 + AIR])
    centres = np.array(middles)
    boxes = np.concatenate([centres - reach, centres + reach], axis=1)
    occupied = np.array(taken, dtype=float).reshape(-1, 4)
    best, least = 0, np.inf
    for begin in range(0, len(boxes), TOGETHER):
        if least <= begin * LATER:  # what a later one weighs at least
            break
        some = boxes[begin : begin + TOGETHER]
        cost = (begin + np.arange(len(some))) * LATER
        cost += obstacles.below(some, on)
        if len(occupied):
            cost += COVERING * shared_areas(some, occupied).sum(axis=1)
        if frame is not None:
            out = np.maximum(frame[:2] - some[:, :2], 0.0) + np.maximum(some[:, 2:] - frame[2:], 0.0)
            cost += OUTSIDE * out.sum(axis=1)
        place = int(cost.argmin())
        if cost[place] < least:
            best, least = begin + place, float(cost[place])
    left, top, right, bottom = boxes[best].tolist()
    return best, (left, top, right, bottom)
