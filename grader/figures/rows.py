"""Pictures beside each other: one scene of several, in as many rows as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from grader.figures.canvas import centred, moved
from grader.figures.scene import Scene, Words

APART = 22.0
"""Between two pictures."""
GAP = 9.0
"""On both sides of a sign between two pictures."""
BELOW = 5.0
"""Between a picture and its caption."""


class Standing(NamedTuple):
    """A picture in a row: how far down its middle is, without what stands below it, and the sign behind it."""

    scene: Scene
    middle: float
    sign: Words


def in_rows(pictures: Sequence[Standing], widest: float) -> Scene:
    """One scene of several, beside each other as far as there is room, then below, in rows of like length.

    In a row their lower edges are in line, or their middles where there are signs between them.
    """
    if len(pictures) == 1 and not pictures[0].sign.runs:
        return pictures[0].scene
    rows = _filled(pictures, widest, len(pictures))
    even = _filled(pictures, widest, -(-len(pictures) // len(rows)))
    rows = even if len(even) == len(rows) else rows
    whole = max(map(_width, rows))
    placed: list[Scene] = []
    top = 0.0
    for row in rows:
        above = [picture.middle if _signed(row) else picture.scene.height for picture in row]
        placed += _placed(row, (whole - _width(row)) / 2, [top + max(above) - each for each in above])
        top += max(above) + max(p.scene.height - each for p, each in zip(row, above, strict=True)) + APART
    marks = tuple(mark for scene in placed for mark in scene.marks)
    labels = tuple(label for scene in placed for label in scene.labels)
    return Scene(whole, top - APART, marks, labels)


def _filled(pictures: Sequence[Standing], widest: float, most: int) -> list[list[Standing]]:
    """Rows no wider than that, and of no more pictures."""
    rows: list[list[Standing]] = [[]]
    for picture in pictures:
        if rows[-1] and (len(rows[-1]) == most or _width([*rows[-1], picture]) > widest):
            rows.append([])
        rows[-1].append(picture)
    return rows


def _signed(row: Sequence[Standing]) -> bool:
    return any(picture.sign.runs for picture in row)


def _placed(row: Sequence[Standing], left: float, tops: Sequence[float]) -> Iterator[Scene]:
    """The pictures of a row at their places, and the signs behind them."""
    for place, ((scene, middle, sign), top) in enumerate(zip(row, tops, strict=True)):
        yield shifted(scene, left, top)
        if sign.runs:
            label = centred(sign, left + scene.width + GAP + sign.width / 2, top + middle)
            yield Scene(0.0, 0.0, (), (label,))
        left += scene.width + _behind(row, place)


def _width(row: Sequence[Standing]) -> float:
    return sum(picture.scene.width + _behind(row, place) for place, picture in enumerate(row))


def _behind(row: Sequence[Standing], place: int) -> float:
    """How much room is behind a picture of a row: with its sign in the middle, if it has one; none behind the last."""
    sign, last = row[place].sign, place == len(row) - 1
    if sign.runs:
        return GAP + sign.width + (0.0 if last else GAP)
    return 0.0 if last else APART


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
