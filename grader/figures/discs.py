"""Arrows from disc to disc, straight or in a bow."""

from __future__ import annotations

import math

from grader.figures.scene import DASHES, Disc, Line, Point


def straight(start: Disc, end: Disc, dashed: bool) -> Line:
    """From rim to rim."""
    a, b = (start.x, start.y), (end.x, end.y)
    return Line((_rim(start, b), _rim(end, a)), arrow=True, dash=DASHES if dashed else ())


def bow(start: Disc, end: Disc, peak: float) -> Line:
    """From rim to rim above everything; `peak` is where the bow is drawn to."""
    points = []
    for step in range(17):
        s = step / 16
        a, b, c = (1 - s) ** 2, 2 * s * (1 - s), s * s
        points.append((a * start.x + b * (start.x + end.x) / 2 + c * end.x, a * start.y + b * peak + c * end.y))
    outer = [p for p in points if all(math.dist(p, (disc.x, disc.y)) > disc.radius + 1 for disc in (start, end))]
    return Line((_rim(start, outer[0]), *outer, _rim(end, outer[-1])), arrow=True)


def _rim(disc: Disc, towards: Point) -> Point:
    """Where a line leaves a disc."""
    length = math.dist((disc.x, disc.y), towards) or 1.0
    share = disc.radius / length
    return disc.x + (towards[0] - disc.x) * share, disc.y + (towards[1] - disc.y) * share
