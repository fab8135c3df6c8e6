"""Whatever net or graph an author draws within reason, no label lies on another, on a node or on a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.figures.canvas import Canvas, along, around
from grader.figures.graph import Drawn
from grader.figures.graph import _scene as graph_scene
from grader.figures.layered import columns_of, layered
from grader.figures.lettering import lettered
from grader.figures.net import Edge, Wiring
from grader.figures.net import _scene as net_scene
from grader.figures.overlaps import overlaps
from grader.figures.rows import APART, Standing, in_rows
from grader.figures.scene import Line, Scene

WEIGHTS = st.sampled_from(["$2$", "$-3$", "$0{,}5$", "$-2{,}5$", "$w_{12}$", "$10$"])


@st.composite
def nets(draw: st.DrawFn) -> Wiring:
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    constants = {layer for layer in range(len(sizes) - 1) if draw(st.booleans())}
    edges = [
        Edge((layer - 1, i), (layer, j), draw(WEIGHTS))
        for layer in range(1, len(sizes))
        for j in range(sizes[layer])
        for i in range(sizes[layer - 1] + (layer - 1 in constants))
    ]
    names = [[f"$x_{i}$" for i in range(size)] for size in sizes]
    return Wiring(names, ["" for _ in sizes], constants, edges)


@given(nets())
@settings(max_examples=60, deadline=None)
def test_nets_of_three_neurons_a_layer_can_be_read(wiring: Wiring) -> None:
    assert list(overlaps(net_scene(wiring))) == []


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[Drawn]]:
    count = draw(st.integers(2, 7))
    pairs = [(i, j) for j in range(count) for i in range(j)]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=9, unique=True))
    return count, [Drawn(i, j, draw(st.sampled_from(["", "$2x$", "$-1$"]))) for i, j in chosen]


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_edges_of_a_graph_lead_to_the_right_and_labels_can_be_read(graph: tuple[int, list[Drawn]]) -> None:
    count, edges = graph
    layout = layered(count, tuple((edge.start, edge.end) for edge in edges))
    assert layout is not None
    column = {slot: place for place, slots in enumerate(layout.columns) for slot in slots}
    assert set(range(count)) <= column.keys()
    for edge, way in zip(edges, layout.ways, strict=True):
        assert (way[0], way[-1]) == (edge.start, edge.end)
        assert [column[slot] for slot in way] == list(range(column[edge.start], column[edge.end] + 1))
    scene = graph_scene(layout, [lettered(f"$a_{node}$") for node in range(count)], edges, {})
    assert [pair for pair in overlaps(scene) if pair[1]] == []


def test_a_circle_has_no_columns() -> None:
    assert columns_of(3, [(0, 1), (1, 2), (2, 0)]) is None
    assert columns_of(3, [(0, 1), (1, 2), (0, 2)]) == [0, 1, 2]


def test_a_label_is_put_beside_what_is_there() -> None:
    canvas = Canvas()
    canvas.draw(Line(((0.0, 0.0), (100.0, 0.0))))
    words = lettered("$A$")
    canvas.propose(words, [(50.0, 0.0), (50.0, 20.0)])
    (label,) = canvas.finished().labels
    assert label.box[1] > 10


def test_a_line_has_a_gap_for_its_label_and_keeps_its_arrow() -> None:
    canvas = Canvas()
    canvas.edge(Line(((0.0, 0.0), (100.0, 0.0)), arrow=True), lettered("$w$"), (0.5,))
    first, second = canvas.finished().marks
    assert isinstance(first, Line)
    assert isinstance(second, Line)
    assert first.points[-1][0] < second.points[0][0]
    assert (first.arrow, second.arrow) == (False, True)
    assert list(overlaps(canvas.finished())) == []


def test_shares_are_of_the_length() -> None:
    assert along(((0.0, 0.0), (3.0, 0.0), (3.0, 1.0)), (0.5, 1.0)) == [(2.0, 0.0), (3.0, 1.0)]
    assert len(around(0.0, 0.0, lettered("$A$"), 3.0)) == 24


@pytest.mark.parametrize(
    ("count", "in_a_row", "rows"), [(1, 1, 1), (3, 3, 1), (4, 4, 1), (5, 3, 2), (6, 3, 2), (7, 4, 2), (9, 3, 3)]
)
def test_pictures_stand_in_rows_of_like_length(count: int, in_a_row: int, rows: int) -> None:
    """Four of them have room beside each other."""
    side = 50.0
    scene = in_rows([Standing(Scene(side, side, (), ()), side / 2, lettered(""))] * count, 4 * side + 3 * APART)
    assert scene.width == in_a_row * side + (in_a_row - 1) * APART
    assert scene.height == rows * side + (rows - 1) * APART
