"""The outline of a node that is as wide as its label: a circle, drawn long."""

from __future__ import annotations

import math
from typing import NamedTuple

from grader.figures.scene import Point


class Oval(NamedTuple):
    """A node's place: the middle, and half of its width and height."""

    x: float
    y: float
    across: float
    high: float

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.x, self.y

    def near(self, point: Point) -> bool:
        """Whether a point is in it, or nearly."""
        return abs(point[0] - self.x) <= self.across + 2 and abs(point[1] - self.y) <= self.high + 2

    def rim(self, towards: Point) -> Point:
        """Where a line from the middle leaves it."""
        dx, dy = towards[0] - self.x, towards[1] - self.y
        straight = self.across - self.high
        low, high = 0.0, 1.0
        for _ in range(24):
            share = (low + high) / 2
            x, y = abs(dx) * share, abs(dy) * share
            low, high = (share, high) if math.hypot(max(0.0, x - straight), y) < self.high else (low, share)
        return self.x + dx * high, self.y + dy * high

    def outline(self) -> tuple[Point, ...]:
        """All around it."""
        turns = [math.pi * (step / 12 - 0.5) for step in range(13)]
        straight = self.across - self.high
        right = [(self.x + straight + self.high * math.cos(t), self.y + self.high * math.sin(t)) for t in turns]
        left = [(2 * self.x - x, 2 * self.y - y) for x, y in right]
        return (*right, *left, right[0])
