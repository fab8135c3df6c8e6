"""What a picture must not have: labels on one another, on the rim of a node or on a line, and labels out of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.figures.geometry import lengths_inside, shared_areas
from grader.figures.placing import Obstacles
from grader.figures.scene import Box, Disc, Label, Scene

TOUCH = 0.6
"""Points that a label's space may be entered from each side: letters seldom fill it."""
CROSSED = 3.0
"""How much of a line may run through what is left of a label's space."""


def overlaps(scene: Scene) -> Iterator[tuple[str, str]]:
    """The text of each label that is covered, and what covers it: another label's text, nothing for a line or node."""
    if not scene.labels:
        return
    boxes = np.array([_inner(label) for label in scene.labels])
    shared = shared_areas(boxes, boxes) > 0
    for one, other in zip(*np.nonzero(np.triu(shared, 1)), strict=True):
        yield scene.labels[one].text, scene.labels[other].text
    segments = Obstacles.of(scene.marks).segments
    crossed = lengths_inside(boxes, segments).max(axis=1, initial=0.0) > CROSSED
    yield from ((label.text, "") for label, hit in zip(scene.labels, crossed, strict=True) if hit)
    for mark in scene.marks:
        if isinstance(mark, Disc):
            yield from ((label.text, "") for label in scene.labels if _on_the_rim(mark, _inner(label)))
    for label in scene.labels:
        left, top, right, bottom = label.box
        if left < -TOUCH or top < -TOUCH or right > scene.width + TOUCH or bottom > scene.height + TOUCH:
            yield label.text, ""


def _inner(label: Label) -> Box:
    left, top, right, bottom = label.box
    return left + TOUCH, top + TOUCH, right - TOUCH, bottom - TOUCH


def _on_the_rim(disc: Disc, box: Box) -> bool:
    """Whether a box meets a circle; one that is inside an open circle does not."""
    left, top, right, bottom = box
    nearest = np.hypot(disc.x - min(max(disc.x, left), right), disc.y - min(max(disc.y, top), bottom))
    furthest = np.hypot(max(disc.x - left, right - disc.x), max(disc.y - top, bottom - disc.y))
    return bool(nearest < disc.radius and (disc.full or furthest > disc.radius))
