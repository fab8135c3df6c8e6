"""Pictures beside each other: one scene of several, in as many rows as they need."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from grader.figures.canvas import centred, moved
from grader.figures.scene import Scene, Words

APART = 22.0
"""Between two pictures."""
BELOW = 5.0
"""Between a picture and its caption."""


def in_rows(scenes: Sequence[Scene], widest: float) -> Scene:
    """One scene of several: beside each other with their lower edges in line as far as there is room, then below."""
    if len(scenes) == 1:
        return scenes[0]
    rows: list[list[Scene]] = [[]]
    for scene in scenes:
        if rows[-1] and _width([*rows[-1], scene]) > widest:
            rows.append([])
        rows[-1].append(scene)
    whole = max(map(_width, rows))
    placed, top = [], 0.0
    for row in rows:
        left, bottom = (whole - _width(row)) / 2, top + max(scene.height for scene in row)
        for scene in row:
            placed.append(shifted(scene, left, bottom - scene.height))
            left += scene.width + APART
        top = bottom + APART
    marks = tuple(mark for scene in placed for mark in scene.marks)
    labels = tuple(label for scene in placed for label in scene.labels)
    return Scene(whole, top - APART, marks, labels)


def _width(row: Sequence[Scene]) -> float:
    return sum(scene.width for scene in row) + APART * (len(row) - 1)


def shifted(scene: Scene, dx: float, dy: float) -> Scene:
    """The same picture elsewhere."""
    marks = tuple([moved(mark, dx, dy) for mark in scene.marks])
    labels = tuple([replace(label, x=label.x + dx, y=label.y + dy) for label in scene.labels])
    return replace(scene, marks=marks, labels=labels)


def with_caption(scene: Scene, words: Words) -> Scene:
    """The picture with a line of text below it."""
    width = max(scene.width, words.width)
    scene = shifted(scene, (width - scene.width) / 2, 0.0)
    high = BELOW + words.up + words.down
    label = centred(words, width / 2, scene.height + BELOW + (words.up + words.down) / 2)
    return Scene(width, scene.height + high, scene.marks, (*scene.labels, label))
