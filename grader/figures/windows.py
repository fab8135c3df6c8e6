"""Windows on a grid: a part of its rows and columns in a thick frame, with or without gaps, once or step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import msgspec

from grader.figures.borders import SHADE
from grader.figures.numbers import Numbers
from grader.figures.reading import Formula, Part
from grader.figures.scene import DASHES, Box, Line
from grader.spec import schemes

THICK, INSET = 2.0, 2.6
"""A frame's stroke, and how far inside of the cells a dashed one is: beside one that is not."""
MOST_BLOCKS, MOST_TOLD = 64, 4
KEYS = {
    (False, False): "figure-window", (False, True): "figure-window-shaded",
    (True, False): "figure-window-dashed", (True, True): "figure-window-dashed-shaded",
}  # fmt: skip
"""How windows are told of, by whether they are dashed and shaded."""


class Block(NamedTuple):
    """A window at its place: its rows and columns, counted from 1."""

    rows: range
    columns: range
    dashed: bool
    shaded: bool

    @property
    def cells(self) -> set[tuple[int, int]]:
        """Row and column of each of its cells."""
        return {(row, column) for row in self.rows for column in self.columns}

    def boxes(self, wide: float, high: float) -> list[Box]:
        """What is framed: the window as one, or its rows and columns apart where there are gaps between them."""
        return [
            (left * wide, top * high, right * wide, bottom * high)
            for top, bottom in _runs(self.rows)
            for left, right in _runs(self.columns)
        ]

    def shading(self, wide: float, high: float) -> list[Line]:
        """Its grey, if it is shaded."""
        return [Line(_corners(box, 0.0), shade=SHADE) for box in self.boxes(wide, high)] if self.shaded else []

    def frames(self, wide: float, high: float) -> list[Line]:
        """Its frames."""
        inset, dash = (INSET, DASHES) if self.dashed else (0.0, ())
        return [Line(_corners(box, inset), THICK, dash) for box in self.boxes(wide, high)]


class Run(NamedTuple):
    """A window wherever it is, and its steps from row to row and from column to column."""

    blocks: list[Block]
    steps: tuple[int, int]

    @property
    def key(self) -> str:
        """How it is told."""
        return KEYS[self.blocks[0].dashed, self.blocks[0].shaded]

    def told(self, numbers: Numbers) -> list[str]:
        """Where it is, in words: each place of a few; of many the first and the last, and the steps between."""
        if len(self.blocks) <= MOST_TOLD:
            return [_spot(block, numbers) for block in self.blocks]
        first, last = (_spot(self.blocks[end], numbers) for end in (0, -1))
        rows, columns = self.steps
        return [numbers.say("figure-window-steps", first=first, last=last, rows=rows, columns=columns)]


class Window(msgspec.Struct, frozen=True):
    """A window as the file has it."""

    at: Formula
    size: Formula | None
    stride: Formula | None
    dilation: Formula | None
    dashed: bool
    shaded: bool
    when: Formula | None

    @staticmethod
    def read(part: Part) -> Window:
        """A window of the file."""
        part.like(schemes.Window)
        at, size, stride, dilation = (part.formula_of(key) for key in ("at", "size", "stride", "dilation"))
        if at is None:
            raise KeyError("at")
        flags = part.flag_of("dashed"), part.flag_of("shaded")
        return Window(at, size, stride, dilation, *flags, part.formula_of("when"))

    def run(self, sides: tuple[int, int], numbers: Numbers) -> Run:
        """Where it is on a grid of so many rows and columns; with a stride everywhere as far as it fits in."""
        start = pair_of(self.at, numbers)
        size, step, gap = (
            pair_of(each, numbers) if each else (1, 1) for each in (self.size, self.stride, self.dilation)
        )
        gap = (gap[0] if size[0] > 1 else 1, gap[1] if size[1] > 1 else 1)
        reach = [gap[k] * (size[k] - 1) for k in (0, 1)]
        if any(start[k] + reach[k] > sides[k] for k in (0, 1)):
            numbers.fail("figure-window-outside", self.at.path, rows=sides[0], columns=sides[1])
        places = [range(start[k], (sides[k] - reach[k] if self.stride else start[k]) + 1, step[k]) for k in (0, 1)]
        if len(places[0]) * len(places[1]) > MOST_BLOCKS:
            numbers.fail("figure-windows-many", self.at.path, most=MOST_BLOCKS)
        blocks = [
            Block(
                range(row, row + reach[0] + 1, gap[0]), range(column, column + reach[1] + 1, gap[1]),
                self.dashed, self.shaded,
            )
            for row in places[0]
            for column in places[1]
        ]  # fmt: skip
        return Run(blocks, step)


def pair_of(formula: Formula, numbers: Numbers, least: int = 1) -> tuple[int, int]:
    """Two whole numbers, for rows and for columns; one is for both."""
    values = numbers.array(formula).ravel().tolist()
    if len(values) not in (1, 2) or any(value != int(value) or value < least for value in values):
        numbers.fail("figure-sides", formula.path, least=least)
    return int(values[0]), int(values[-1])


def shared(blocks: Sequence[Block]) -> bool:
    """Whether two windows whose frames look alike have a cell in common: nobody could tell them apart."""
    looks = [[block.cells for block in blocks if block.dashed is dashed] for dashed in (False, True)]
    return any(not one.isdisjoint(other) for alike in looks for one, other in combinations(alike, 2))


def _spot(block: Block, numbers: Numbers) -> str:
    """Where a window is, in words."""
    if block.rows.step > 1 or block.columns.step > 1:
        rows, columns = (", ".join(map(str, each)) for each in (block.rows, block.columns))
        return numbers.say("figure-window-crossings", rows=rows, columns=columns)
    return ", ".join(_spans(block, numbers))


def _spans(block: Block, numbers: Numbers) -> Iterator[str]:
    for one, several, span in (
        ("figure-window-row", "figure-window-rows", block.rows),
        ("figure-window-column", "figure-window-columns", block.columns),
    ):
        yield numbers.say(one if len(span) == 1 else several, first=span[0], last=span[-1])


def _runs(span: range) -> list[tuple[int, int]]:
    """Where the runs of rows begin and end, from 0."""
    return [(span[0] - 1, span[-1])] if span.step == 1 else [(place - 1, place) for place in span]


def _corners(box: Box, inset: float) -> tuple[tuple[float, float], ...]:
    left, top, right, bottom = box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset
    return (left, top), (right, top), (right, bottom), (left, bottom), (left, top)
