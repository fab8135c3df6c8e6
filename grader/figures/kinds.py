"""The kinds of pictures, one row each: the key that says so in a file, and who draws it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from grader.figures.graph import Graph
from grader.figures.grid import Grid
from grader.figures.levels import Levels
from grader.figures.net import Net
from grader.figures.numbers import Numbers
from grader.figures.plot import Plot
from grader.figures.points import Points
from grader.figures.reading import Part
from grader.figures.scene import Scene
from grader.figures.tree import Tree
from grader.figures.unrolled import Unrolled


class Picture(Protocol):
    """A figure as the file has it."""

    def drawn(self, numbers: Numbers) -> tuple[Scene, list[str]]:
        """A student's scene, and the sentences that say what it says."""


class Kind(NamedTuple):
    """A row of the table: the title of a picture, a key of the catalogue, and how it is read."""

    title: str
    read: Callable[[Part], Picture]


KINDS = {
    "plot": Kind("figure-title-plot", Plot.read),
    "levels": Kind("figure-title-levels", Levels.read),
    "points": Kind("figure-title-points", Points.read),
    "graph": Kind("figure-title-graph", Graph.read),
    "net": Kind("figure-title-net", Net.read),
    "unrolled": Kind("figure-title-unrolled", Unrolled.read),
    "tree": Kind("figure-title-tree", Tree.read),
    "grid": Kind("figure-title-grid", Grid.read),
}
