"""A directed graph without circles: nodes with formulas, edges with labels, in columns from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from grader.figures.canvas import Canvas
from grader.figures.layered import Layout, layered
from grader.figures.lettering import lettered
from grader.figures.numbers import Numbers
from grader.figures.ovals import Oval
from grader.figures.reading import Formula, Part, Words, unknown
from grader.figures.scene import DASHES, THIN, USUAL, Line, Point, Scene
from grader.figures.scene import Words as Lettered
from grader.language.numerals import name_latex
from grader.spec import pictures

MOST_NODES = 40
MOST_EDGES = 100
ROOM, LABELLED = 44.0, 66.0
"""Between two columns, and between two with labels on their edges."""
WIDEST = 440.0
HIGH, APART = 25.0, 20.0
"""A node, and from node to node in a column."""
PADDING = 7.0
GAP, BLANK_WIDE, BLANK_HIGH = 4.0, 38.0, 18.0
"""Below a node what is to be found there, and an empty box for it."""
SHARES = (0.45, 0.38, 0.52, 0.31, 0.59, 0.66, 0.24, 0.73)
_ARROW = re.compile(r"\s*+(?P<start>.+?)\s*->\s*+(?P<end>.+)")


class Node(msgspec.Struct, frozen=True):
    """A node as the file has it."""

    name: str
    label: Words | None
    when: Formula | None
    back: Words | None = None


class Edge(msgspec.Struct, frozen=True):
    """An edge as the file has it, from one node to another by their places."""

    start: int
    end: int
    label: Words | None
    dashed: bool
    when: Formula | None


class Drawn(NamedTuple):
    """An edge for one student."""

    start: int
    end: int
    label: str
    dashed: bool = False


class Graph(msgspec.Struct, frozen=True):
    """A graph as the file has it; `matrix` has the edges where the file does not list them."""

    part: Part
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    matrix: Formula | None
    weights: bool

    @staticmethod
    def read(part: Part) -> Graph:
        """The graph of a file."""
        part.like(pictures.Graph)
        nodes = tuple(_node(item) for item in part.listed("nodes"))
        names = {node.name: place for place, node in enumerate(nodes)}
        if len(names) < len(nodes):
            part.below("nodes").fail("figure-node-twice")
        edges = tuple(_edge(item, names) for item in part.listed("edges"))
        matrix = part.formula_of("matrix")
        if (matrix is None) is (not edges):
            part.fail("figure-graph-edges")
        return Graph(part, nodes, edges, matrix, part.flag_of("weights"))

    def drawn(self, numbers: Numbers) -> tuple[Scene, list[str]]:
        """A student's graph, and what is to be said of it."""
        edges, count = self._edges(numbers)
        shown = [numbers.holds(node.when) for node in self.nodes] or [True] * count
        labels = [self._label(place, numbers) for place in range(count)]
        kept = [edge for edge in edges if shown[edge.start] and shown[edge.end]]
        if count > MOST_NODES or len(kept) > MOST_EDGES:
            self.part.fail("figure-graph-large", nodes=MOST_NODES, edges=MOST_EDGES)
        layout = layered(count, tuple([(edge.start, edge.end) for edge in kept]))
        if layout is None:
            self.part.fail("figure-circle")
        columns = tuple(tuple(slot for slot in column if slot >= count or shown[slot]) for column in layout.columns)
        backs = {slot: numbers.text(node.back) for slot, node in enumerate(self.nodes) if node.back and shown[slot]}
        under = {slot: lettered(text) for slot, text in backs.items()}
        scene = _scene(Layout(columns, layout.ways), [lettered(label) for label in labels], kept, under)
        short = [_short(node, label) for node, label in zip(self.nodes, labels, strict=True)] if self.nodes else labels
        told = list(_told([x for x, seen in zip(labels, shown, strict=True) if seen], short, kept, numbers))
        if backs:
            boxes = ", ".join(numbers.say("figure-graph-box", node=short[slot], name=backs[slot]) for slot in backs)
            told.append(numbers.say("figure-graph-boxes", boxes=boxes))
        return scene, told

    def _edges(self, numbers: Numbers) -> tuple[list[Drawn], int]:
        """The edges of a student, and how many nodes there are."""
        if self.matrix is None:
            return [
                Drawn(edge.start, edge.end, numbers.text(edge.label) if edge.label else "", edge.dashed)
                for edge in self.edges
                if numbers.holds(edge.when)
            ], len(self.nodes)
        table = numbers.array(self.matrix)
        count = len(self.nodes) or len(table)
        if table.ndim != 2 or table.shape != (count, count):
            numbers.fail("figure-adjacency", self.matrix.path, count=count)
        places = zip(*np.nonzero(table), strict=True)
        return [
            Drawn(int(i), int(j), numbers.figure(float(table[i, j])) if self.weights else "") for i, j in places
        ], count

    def _label(self, place: int, numbers: Numbers) -> str:
        if not self.nodes:
            return numbers.figure(place + 1)
        node = self.nodes[place]
        return numbers.text(node.label) if node.label else f"${name_latex(node.name)}$"


def _node(part: Part) -> Node:
    """A node: its name, or more about it."""
    if part.is_text():
        return Node(part.label(), None, None)
    part.like(pictures.GraphNode)
    return Node(part.below("name").label(), part.words_of("label"), part.formula_of("when"), part.words_of("back"))


def _edge(part: Part, names: dict[str, int]) -> Edge:
    """An edge: `a -> b`, or more about it; its ends are nodes."""
    if part.is_text():
        found = _ARROW.fullmatch(part.text())
        if found is None:
            part.fail("figure-arrow", text=part.text())
        ends = [part.label(found[end].strip()) for end in ("start", "end")]
        more: tuple[Words | None, bool, Formula | None] = (None, False, None)
    else:
        part.like(pictures.GraphEdge)
        ends = [part.below(end).label() for end in ("from", "to")]
        more = part.words_of("label"), part.flag_of("dashed"), part.formula_of("when")
    for end in ends:
        if end not in names:
            unknown(part, end, names)
    return Edge(names[ends[0]], names[ends[1]], *more)


def _short(node: Node, label: str) -> str:
    """What a node is called where edges are told: its name, where its label is a formula."""
    return f"${name_latex(node.name)}$" if "=" in label else label


# ----- The picture -------------------------------------------------------------------------------------------------


def _scene(layout: Layout, labels: Sequence[Lettered], edges: Sequence[Drawn], backs: Mapping[int, Lettered]) -> Scene:
    canvas = Canvas()
    boxes = _boxes(layout, labels, edges, backs)
    for edge, way in zip(edges, layout.ways, strict=True):
        line = Line(_way([boxes[slot] for slot in way]), USUAL, DASHES if edge.dashed else (), arrow=True)
        canvas.edge(line, lettered(edge.label), SHARES)
    for slot, words in enumerate(labels):
        if slot in boxes:
            box = boxes[slot]
            canvas.draw(Line(box.outline(), USUAL))
            canvas.write(words, box.x, box.y)
    for slot, words in backs.items():
        x, top = boxes[slot].x, boxes[slot].y + HIGH / 2 + GAP
        canvas.write(words, x, top + _high(words) / 2)
        left, right, top = x - BLANK_WIDE / 2, x + BLANK_WIDE / 2, top + _high(words) + GAP
        corners = (left, top), (right, top), (right, top + BLANK_HIGH), (left, top + BLANK_HIGH), (left, top)
        canvas.draw(Line(corners, THIN))
    return canvas.finished()


def _high(words: Lettered) -> float:
    return words.up + words.down


def _boxes(
    layout: Layout, labels: Sequence[Lettered], edges: Sequence[Drawn], backs: Mapping[int, Lettered]
) -> dict[int, Oval]:
    """The places of all slots: columns as wide as their widest node and what is below it, each halfway up."""
    halves = [[_half(labels[slot]) if slot < len(labels) else 0.0 for slot in column] for column in layout.columns]
    below = {slot: max(BLANK_WIDE, words.width) / 2 for slot, words in backs.items()}
    wide = [max([*half, *(below.get(slot, 0.0) for slot in column)], default=0.0)
            for column, half in zip(layout.columns, halves, strict=True)]  # fmt: skip
    apart = HIGH + APART + max((_high(words) + BLANK_HIGH + GAP for words in backs.values()), default=0.0)
    written = max((lettered(edge.label).width for edge in edges), default=0.0)
    room = max(LABELLED, written + 40.0) if written else ROOM
    if len(wide) > 1:
        room = min(room, max(written + 20.0, (WIDEST - 2 * sum(wide)) / (len(wide) - 1)))
    boxes = {}
    left = 0.0
    for column, half, each in zip(layout.columns, wide, halves, strict=True):
        top = -(len(column) - 1) / 2
        for rank, (slot, across) in enumerate(zip(column, each, strict=True)):
            boxes[slot] = Oval(left + half, (top + rank) * apart, across, HIGH / 2)
        left += 2 * half + room
    return boxes


def _half(words: Lettered) -> float:
    """Half of a node's width."""
    return max(HIGH / 2, words.width / 2 + PADDING)


def _way(boxes: Sequence[Oval]) -> tuple[Point, ...]:
    """A line from rim to rim, rounded where it goes through the place of another column."""
    middles = [box.middle for box in boxes]
    if len(middles) == 2:
        points = middles
    else:
        padded = [middles[0], *middles, middles[-1]]
        points = [middles[0]]
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
            points += [_spline(a, b, c, d, step / 8) for step in range(1, 9)]
    outside = [point for point in points if not any(box.near(point) for box in (boxes[0], boxes[-1]))]
    after, before = outside[0] if outside else middles[-1], outside[-1] if outside else middles[0]
    return (boxes[0].rim(after), *outside, boxes[-1].rim(before))


def _spline(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    """Catmull and Rom's curve from b to c."""
    x, y = (
        0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3)
        for p, q, r, s in zip(a, b, c, d, strict=True)
    )
    return x, y


# ----- The words ---------------------------------------------------------------------------------------------------


def _told(labels: Sequence[str], short: Sequence[str], edges: Sequence[Drawn], numbers: Numbers) -> Iterator[str]:
    """The nodes, and from each of them where it leads."""
    yield numbers.say("figure-graph", nodes=", ".join(labels))
    ways = []
    for start, name in enumerate(short):
        ends = [_end_told(edge, short, numbers) for edge in edges if edge.start == start]
        if ends:
            ways.append(numbers.say("figure-graph-from", node=name, ends=", ".join(ends)))
    if ways:
        yield numbers.say("figure-graph-ways", ways="; ".join(ways))


def _end_told(edge: Drawn, short: Sequence[str], numbers: Numbers) -> str:
    """Where an edge leads, with what stands on it."""
    key = "figure-graph-labelled" if edge.label else ""
    key = ("figure-graph-labelled-dashed" if key else "figure-graph-dashed") if edge.dashed else key
    return numbers.say(key, end=short[edge.end], label=edge.label) if key else short[edge.end]
