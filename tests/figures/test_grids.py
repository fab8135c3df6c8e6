"""Grids: every number stands in its own cell, zeros around, frames where the words say; every variant can be read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.api import Problem
from grader.check.figures import figure_findings
from grader.draws.draw import draw
from grader.figures.grid import Table, _cell, _scene, _whole
from grader.figures.lettering import lettered
from grader.figures.overlaps import overlaps
from grader.figures.scene import DASHES, Line
from grader.figures.windows import THICK, Block, Run
from grader.messages import translate
from grader.plan.load import problem_from

FAMILY = r"""
id: made-up-grids
title: {en: Convolution, ru: Свёртка}
topic: pictures
form: {p: [0, 1, 2], s: [1, 2], d: [1, 2]}
given:
  X: {ints: [-9, 9], shape: 8x8}
  K: {reals: [-2.5, 2.5], step: 0.25, shape: 3x3}
steps: {y: "sum(X) + sum(K)"}
ask: {y: 1}
text: {en: "Look:\n\n{{ figure }}\n\nCompute.", ru: "Смотрите:\n\n{{ figure }}\n\nВычислите."}
figure:
  - grid:
      values: X
      padding: p
      windows:
        - {at: [1, 1], size: 3, dilation: d, shaded: true}
        - {at: [1, 1 + s], size: 3, dilation: d, dashed: true}
      rows: [{for i in 1..8: "${{ i }}$"}]
    caption: {en: "input, {{ p }} around", ru: "вход, {{ p }} вокруг"}
    sign: $*$
  - grid: {values: K, columns: [$k_1$, "$k^{(2)}$", $q$]}
    caption: {en: kernel, ru: ядро}
    sign: $=$
  - grid: {size: "[8 + 2*p - 2*d, 2]", windows: [{at: [1, 1]}, {at: [1, 2], dashed: true}]}
"""


def test_every_variant_of_a_family_can_be_read() -> None:
    spec = problem_from(FAMILY.encode(), "made-up.yaml")
    assert [translate(finding.message, "en") for finding in figure_findings(spec, draw(spec, range(1, 201)))] == []


def test_all_numbers_are_told_row_by_row() -> None:
    problem = Problem(problem_from(FAMILY.encode(), "made-up.yaml"))
    for seed in range(1, 20):
        variant = problem.variant(seed)
        drawing = variant.figure("ru")
        assert drawing is not None
        for name in ("X", "K"):
            for number, row in enumerate(variant.group.values[name][0], 1):
                told = "; ".join(f"{entry:g}".replace(".", ",") for entry in row)
                assert f"Строка {number}: {told}." in drawing.alternative


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    texts = st.sampled_from(["$0$", "$-12{,}25$", "$7$", "", "$w_{12}^{(3)}$", "?"])
    cells = [[draw(texts) for _ in range(columns)] for _ in range(rows)]
    padding = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    blocks = []
    for dashed in (False, True):
        first, gap = [draw(st.integers(1, count + 2 * p)) for count, p in zip((rows, columns), padding, strict=True)], 2
        size = [draw(st.integers(0, (count + 2 * p - at) // gap)) * gap
                for count, p, at in zip((rows, columns), padding, first, strict=True)]  # fmt: skip
        gap = draw(st.sampled_from([1, 2]))
        spans = [range(at, at + reach + 1, gap) for at, reach in zip(first, size, strict=True)]
        blocks.append(Run([Block(spans[0], spans[1], dashed, draw(st.booleans()))], (1, 1)))
    labelled = draw(st.booleans())
    return Table(cells, padding, blocks, ["$h_2$"] * rows * labelled, ["$x^{(2)}$", "$p$", "Q"] * columns * labelled)


@given(tables())
@settings(max_examples=150, deadline=None)
def test_what_is_in_a_cell_is_within_its_lines_and_frames(table: Table) -> None:
    if len(table.columns) > len(table.cells[0]):
        table = table._replace(columns=table.columns[: len(table.cells[0])])
    scene = _scene(table)
    assert list(overlaps(scene)) == []
    words = [[lettered(text) for text in row] for row in _whole(table)]
    wide, high = _cell(table, words, [lettered(text, 9.0) for text in table.columns])
    lines = [mark for mark in scene.marks if isinstance(mark, Line)]
    left, top = min(x for line in lines for x, _ in line.points), min(y for line in lines for _, y in line.points)
    inside = {}
    for label in scene.labels:
        (x0, y0, x1, y1) = label.box
        row, column = (y0 + y1) / 2 - top, (x0 + x1) / 2 - left
        if row > 0 and column > 0:
            inside[int(row // high), int(column // wide)] = label
    for i, row_of_texts in enumerate(words):
        for j, text in enumerate(row_of_texts):
            assert (inside[i, j].text if (i, j) in inside else "") == text.text
    for dashed in (False, True):
        frames = [line for line in lines if line.width == THICK and (line.dash == DASHES) is dashed]
        framed = set()
        for frame in frames:
            (x0, y0), (x1, y1) = frame.points[0], frame.points[2]
            framed |= {(i + 1, j + 1) for i in range(table.sides[0]) for j in range(table.sides[1])
                       if x0 < left + (j + 0.5) * wide < x1 and y0 < top + (i + 0.5) * high < y1}  # fmt: skip
            # no number is touched by a frame, its stroke being as thick as it is
            for label in inside.values():
                bx0, by0, bx1, by1 = label.box
                near = min(abs(bx0 - x0), abs(bx1 - x1), abs(bx1 - x0), abs(bx0 - x1))
                assert near >= THICK / 2 or not (y0 < by1 and by0 < y1)
        assert framed == {cell for block in table.blocks if block.dashed is dashed for cell in block.cells}


def test_zeros_are_around_in_dashed_cells() -> None:
    scene = _scene(Table([["$5$"]], (1, 0), [], [], []))
    assert [label.text for label in scene.labels] == ["0", "5", "0"]
    solid = [line.points for line in scene.marks if isinstance(line, Line) and not line.dash]
    assert {(abs(a[0] - b[0]), abs(a[1] - b[1])) for a, b in solid} == {(18.0, 0.0), (0.0, 18.0)}
    assert len(solid) == 4
