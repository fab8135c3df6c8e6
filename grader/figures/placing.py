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
CROSSING, COVERING, LATER, OUTSIDE = 3.0, 6.0, 0.35, 0.6
"""What these weigh: a point of a line through a label, a square point of a label or disc below it, a later proposal,
a point out of the frame.
"""
TOGETHER = 6
"""Proposals that are looked at before it is asked whether a later one can still be better."""


class Obstacles(NamedTuple):
    """The segments (s, 4) of all lines that a label must not lie on, which mark each belongs to (s,), their bounds."""

    segments: Floats
    owners: Floats
    low: Floats
    high: Floats

    @staticmethod
    def of(marks: Sequence[Mark]) -> Obstacles:
        """Those of a picture."""
        parts, owners = [], []
        for place, mark in enumerate(marks):
            if isinstance(mark, Line) and not (mark.quiet or mark.shade):
                points = np.array(mark.points)
                parts.append(np.concatenate([points[:-1], points[1:]], axis=1))
                owners.append(np.full(len(points) - 1, place))
        segments = np.concatenate(parts) if parts else np.zeros((0, 4))
        owned = np.concatenate(owners) if owners else np.zeros(0)
        ends = segments.reshape(-1, 2, 2)
        return Obstacles(segments, owned, ends.min(axis=1), ends.max(axis=1))

    def near(self, boxes: Floats, but: int | None) -> Floats:
        """Segments that may meet one of the boxes, but for those of one mark."""
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        meets = ((self.high >= low) & (self.low <= high)).all(axis=1)
        near: Floats = self.segments[meets if but is None else meets & (self.owners != but)]
        return near


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
        near = obstacles.near(some, on)
        if len(near):
            cost += CROSSING * lengths_inside(some, near).sum(axis=1)
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
