"""A grid of cells with numbers in them: a matrix, with zeros around it and windows on it; or empty, to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from grader.figures.canvas import Canvas
from grader.figures.lettering import lettered
from grader.figures.numbers import Numbers
from grader.figures.reading import Formula, Part, Words
from grader.figures.scene import DASHES, THIN, Line, Scene
from grader.figures.scene import Words as Lettered
from grader.figures.windows import Block, Run, Window, pair_of, shared
from grader.spec import schemes

MOST_CELLS = 200
NOISE = 1e-13
"""Of the largest number: what is left of rounding where there is 0."""
SIDE, SQUARE = 18.0, 25.0
"""Points: of a small cell; cells that have to be wider than the second are no squares any more."""
ROOM, ROOM_FRAMED = 6.0, 10.0
"""Around the number in a cell; with a second frame in it."""
SMALL, BESIDE = 9.0, 4.0
"""Labels of rows and columns: their type size and how far from the cells."""

Sides = tuple[int, int]
"""Rows and columns."""


class Table(NamedTuple):
    """A student's grid: texts row by row, how many rows and columns of zeros are around, windows, labels."""

    cells: list[list[str]]
    padding: Sides
    runs: list[Run]
    rows: list[str]
    columns: list[str]

    @property
    def blocks(self) -> list[Block]:
        """All windows."""
        return [block for run in self.runs for block in run.blocks]

    @property
    def sides(self) -> Sides:
        """Rows and columns, those of zeros too."""
        return len(self.cells) + 2 * self.padding[0], len(self.cells[0]) + 2 * self.padding[1]


class Grid(msgspec.Struct, frozen=True):
    """A grid as the file has it: what is in its cells is `values`, `symbols`, or nothing where only a size is given."""

    part: Part
    values: Formula | None
    symbols: tuple[tuple[Words | None, ...], ...]
    size: Formula | None
    padding: Formula | None
    windows: tuple[Window, ...]
    rows: tuple[Words, ...]
    columns: tuple[Words, ...]

    @staticmethod
    def read(part: Part) -> Grid:
        """The grid of a file."""
        part.like(schemes.Grid)
        if sum(part[key] is not None for key in ("values", "symbols", "size")) != 1:
            part.fail("figure-grid-cells")
        symbols = tuple(tuple(item.words_or_nothing() for item in row.items()) for row in part.listed("symbols"))
        if part["symbols"] and (len({len(row) for row in symbols}) != 1 or not symbols[0]):
            part.below("symbols").fail("figure-grid-symbols")
        return Grid(
            part,
            part.formula_of("values"),
            symbols,
            part.formula_of("size"),
            part.formula_of("padding"),
            tuple(Window.read(item) for item in part.listed("windows")),
            tuple(item.words() for item in part.listed("rows")),
            tuple(item.words() for item in part.listed("columns")),
        )

    def drawn(self, numbers: Numbers) -> tuple[Scene, list[str]]:
        """A student's grid, and what is to be said of it."""
        table = self.table(numbers)
        return _scene(table), list(_told(table, numbers))

    def table(self, numbers: Numbers) -> Table:
        """What is in the grid of a student."""
        padding = pair_of(self.padding, numbers, least=0) if self.padding else (0, 0)
        cells = self._cells(numbers, padding)
        for key, labels, count in (("rows", self.rows, len(cells)), ("columns", self.columns, len(cells[0]))):
            if labels and len(labels) != count:
                self.part.below(key).fail("figure-grid-labels", count=len(labels), wanted=count)
        sides = len(cells) + 2 * padding[0], len(cells[0]) + 2 * padding[1]
        windows = [window for window in self.windows if numbers.holds(window.when)]
        runs = [window.run(sides, numbers) for window in windows]
        if shared([block for run in runs for block in run.blocks]):
            self.part.below("windows").fail("figure-windows-alike")
        rows, columns = ([numbers.label(words) for words in each] for each in (self.rows, self.columns))
        return Table(cells, padding, runs, rows, columns)

    def _cells(self, numbers: Numbers, padding: Sides) -> list[list[str]]:
        """The texts of the cells, row by row; a vector is a column."""
        if self.values is not None:
            value = numbers.array(self.values)
            value = value if value.ndim == 2 else value.reshape(-1, 1)
            sides: Sides = len(value), value.shape[1]
        else:
            sides = pair_of(self.size, numbers) if self.size else (len(self.symbols), len(self.symbols[0]))
        if (sides[0] + 2 * padding[0]) * (sides[1] + 2 * padding[1]) > MOST_CELLS:
            self.part.fail("figure-grid-large", most=MOST_CELLS)
        if self.values is not None:
            noise = NOISE * float(np.abs(value).max())
            return [[numbers.figure(entry if abs(entry) > noise else 0.0) for entry in row] for row in value.tolist()]
        if self.symbols:
            return [[numbers.label(words) for words in row] for row in self.symbols]
        return [[""] * sides[1] for _ in range(sides[0])]


# ----- The picture -------------------------------------------------------------------------------------------------


def _scene(table: Table) -> Scene:
    canvas = Canvas()
    words = [[lettered(text) for text in row] for row in _whole(table)]
    rows, columns = ([lettered(text, SMALL) for text in texts] for texts in (table.rows, table.columns))
    wide, high = _cell(table, words, columns)
    for block in table.blocks:
        canvas.draw(*block.shading(wide, high))
    canvas.draw(*_lines(table, wide, high))
    for block in table.blocks:
        canvas.draw(*block.frames(wide, high))
    for i, row in enumerate(words):
        for j, each in enumerate(row):
            canvas.write(each, (j + 0.5) * wide, (i + 0.5) * high)
    (above, left), down = table.padding, max((each.down for each in columns), default=0.0)
    for i, each in enumerate(rows):
        canvas.write(each, -BESIDE - each.width / 2, (above + i + 0.5) * high)
    for j, each in enumerate(columns):  # all on one line, however deep
        canvas.write(each, (left + j + 0.5) * wide, -BESIDE - down + (each.down - each.up) / 2)
    return canvas.finished()


def _whole(table: Table) -> list[list[str]]:
    """All cells with the zeros around."""
    above, left = table.padding
    zeros = [["$0$"] * table.sides[1] for _ in range(above)]
    return [*zeros, *(["$0$"] * left + row + ["$0$"] * left for row in table.cells), *zeros]


def _cell(table: Table, words: Sequence[Sequence[Lettered]], columns: Sequence[Lettered]) -> tuple[float, float]:
    """How wide and how high every cell is: a square while its numbers are short."""
    room = ROOM_FRAMED if any(block.dashed for block in table.blocks) else ROOM
    inside = [each for row in words for each in row]
    wide = max(SIDE, *(each.width + room for each in inside), *(each.width + BESIDE for each in columns))
    high = max(min(wide, SQUARE), *(each.up + each.down + room for each in inside))
    return max(wide, high), high


def _lines(table: Table, wide: float, high: float) -> Iterator[Line]:
    """The sides of all cells, dashed where they are around the matrix."""
    rows, columns = table.sides
    above, left = table.padding
    for row in range(rows + 1):
        inner = (left, columns - left) if above <= row <= rows - above else None
        for start, end, dashed in _pieces(columns, inner):
            yield _line((start * wide, row * high), (end * wide, row * high), dashed)
    for column in range(columns + 1):
        inner = (above, rows - above) if left <= column <= columns - left else None
        for start, end, dashed in _pieces(rows, inner):
            yield _line((column * wide, start * high), (column * wide, end * high), dashed)


def _pieces(end: int, inner: tuple[int, int] | None) -> list[tuple[int, int, bool]]:
    """A side from 0 to `end` in pieces, those out of the inner part dashed."""
    if inner is None:
        return [(0, end, True)]
    first, last = inner
    return [piece for piece in ((0, first, True), (first, last, False), (last, end, True)) if piece[0] < piece[1]]


def _line(start: tuple[float, float], end: tuple[float, float], dashed: bool) -> Line:
    return Line((start, end), THIN, DASHES if dashed else ())


# ----- The words ---------------------------------------------------------------------------------------------------


def _told(table: Table, numbers: Numbers) -> Iterator[str]:
    """The numbers row by row, then what is around them and what is framed."""
    bare = not any(text for row in table.cells for text in row)
    sides = {"rows": len(table.cells), "columns": len(table.cells[0])}
    yield numbers.say("figure-grid-empty" if bare else "figure-grid", **sides)
    for number, row in enumerate([] if bare else table.cells, 1):
        cells = "; ".join([text or numbers.say("figure-grid-blank") for text in row])
        yield numbers.say("figure-grid-row", number=number, cells=cells)
    for key, labels in (("figure-grid-rows-labelled", table.rows), ("figure-grid-columns-labelled", table.columns)):
        if labels:
            yield numbers.say(key, labels="; ".join(labels))
    if any(table.padding):
        yield numbers.say("figure-grid-padding", rows=table.padding[0], columns=table.padding[1])
        if table.runs:
            yield numbers.say("figure-grid-counted")
    framed: dict[str, list[str]] = {}
    for run in table.runs:
        framed.setdefault(run.key, []).extend(run.told(numbers))
    for key, spots in framed.items():
        yield numbers.say(key, spots="; ".join(spots))
