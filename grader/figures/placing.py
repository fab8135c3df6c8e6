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
CROSSING, YIELDING, COVERING, LATER, OUTSIDE = 3.0, 0.12, 6.0, 0.2, 0.6
"""What these weigh: a point of a line through a label, of a line that is cut there, a square point of a label or disc
below it, a later proposal, a point out of the frame.
"""
TRIES, TROUBLE = 4, 3.0
"""How often all labels are placed anew, the troubled ones earlier, and from which weight on one is troubled."""
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


class Proposal(NamedTuple):
    """A label that looks for a place, the middles that it may have, and the mark that it may lie on."""

    words: Words
    middles: Sequence[Point]
    on: int | None = None


class Placed(NamedTuple):
    """Where a label goes: its middle, the space that it keeps free, and what is wrong there."""

    middle: Point
    free: Box
    cost: float

    def space(self, words: Words) -> Box:
        """What the label itself takes."""
        (x, y), across, high = self.middle, words.width / 2, (words.up + words.down) / 2
        return x - across, y - high, x + across, y + high


def placed(
    proposals: Sequence[Proposal], obstacles: Obstacles, taken: Sequence[Box], frame: Box | None
) -> list[Placed]:
    """A place for each label, one after the other; where one finds no good place, it is asked earlier next time."""
    order = list(range(len(proposals)))
    best: dict[int, Placed] = {}
    for _ in range(TRIES):
        found: dict[int, Placed] = {}
        occupied = list(taken)
        for number in order:
            found[number] = best_place(proposals[number], obstacles, occupied, frame)
            occupied.append(found[number].space(proposals[number].words))
        if not best or sum(each.cost for each in found.values()) < sum(each.cost for each in best.values()):
            best = found
        troubled = [number for number in order if found[number].cost > TROUBLE]
        if not troubled:
            break
        order = [*troubled, *(number for number in order if number not in troubled)]
    return [best[number] for number in range(len(proposals))]


def best_place(proposal: Proposal, obstacles: Obstacles, taken: Sequence[Box], frame: Box | None = None) -> Placed:
    """The best of the places of a label, the first of equally good ones."""
    words, middles, on = proposal
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
        if frame is not None and on is None:
            out = np.maximum(frame[:2] - some[:, :2], 0.0) + np.maximum(some[:, 2:] - frame[2:], 0.0)
            cost += OUTSIDE * out.sum(axis=1)
        place = int(cost.argmin())
        if cost[place] < least:
            best, least = begin + place, float(cost[place])
    left, top, right, bottom = boxes[best].tolist()
    return Placed(middles[best], (left, top, right, bottom), least - best * LATER)
