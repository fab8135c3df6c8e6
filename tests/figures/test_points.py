"""Points of classes: every label can be read, all points are told, and the grey side is the right one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.api import Problem
from grader.check.figures import figure_findings
from grader.draws.draw import draw
from grader.figures.axes import Axes
from grader.figures.borders import _corners, _half, _meets, _on_lattice
from grader.figures.scene import Disc, Line
from grader.messages import translate
from grader.plan.load import problem_from

FAMILY = r"""
id: made-up-points
title: {en: Two classes, ru: Два класса}
topic: pictures
given:
  X: {ints: [-4, 4], shape: 7x2}
  y: {ints: [0, 1], shape: 7}
  w: {ints: [-3, 3], shape: 2}
  b: {ints: [-2, 2]}
require:
  - abs(w[1]) + abs(w[2]) > 0
  - sum(y) > 1 and sum(y) < 6
steps: {s: "w[1]*X[1, 1] + w[2]*X[1, 2] + b"}
ask: {s: 1}
text: {en: "Look:\n\n{{ figure }}\n\nCompute.", ru: "Смотрите:\n\n{{ figure }}\n\nВычислите."}
figure:
  points:
    in: [x1, x2]
    axes: [$x_1$, $x_2$]
    x: [-5, 5]
    y: [-5, 5]
    classes:
      - {at: X, rows: y, label: {en: class 1, ru: класс 1}, names: [$A$, $B$, $C$, $D$, $E$, $F$, $G$]}
      - {at: X, rows: 1 - y, label: {en: class 0, ru: класс 0}, names: [$A$, $B$, $C$, $D$, $E$, $F$, $G$]}
      - {at: [[0, 0]], label: {en: "{{ b }} new", ru: новый}}
    lines:
      - {of: "w[1]*x1 + w[2]*x2 + b > 0", label: $l$}
      - {of: "x2 < 1/2*x1 + b", side: arrow, dashed: true, label: "$m_{12}$"}
"""
SEEDS = range(1, 61)
AXES = Axes.over((-3.0, 5.0), (-2.0, 4.0), (None, None), 250.0, square=True)


def test_every_variant_of_a_family_can_be_read() -> None:
    spec = problem_from(FAMILY.encode(), "made-up.yaml")
    assert [translate(finding.message, "en") for finding in figure_findings(spec, draw(spec, SEEDS))] == []


def test_all_points_are_drawn_and_told_with_their_class() -> None:
    problem = Problem(problem_from(FAMILY.encode(), "made-up.yaml"))
    for seed in SEEDS:
        variant = problem.variant(seed)
        values = variant.group.values
        drawing = variant.figure("en")
        assert drawing is not None
        said = {name: drawing.alternative.split(name)[1].split(". ")[0] for name in ("Filled discs", "Rings")}
        for (x, y), letter, ours in zip(values["X"][0], "ABCDEFG", values["y"][0], strict=True):
            point = f"{letter} ({x:g}, {y:g})"
            assert (point in said["Filled discs"], point in said["Rings"]) == (ours == 1, ours == 0)
        discs = [mark for mark in drawing.scene.marks if isinstance(mark, Disc)]
        assert sum(mark.full for mark in discs) == values["y"][0].sum() + 1  # and one in the legend
        assert len(discs) == len(values["y"][0]) + 2
        assert sum(isinstance(mark, Line) and mark.shade > 0 for mark in drawing.scene.marks) == 1


@given(*[st.integers(-4, 4)] * 3, st.floats(-3, 5), st.floats(-2, 4))
@settings(deadline=None)
def test_grey_is_where_the_inequality_holds(a: int, b: int, c: int, x: float, y: float) -> None:
    assume((a, b) != (0, 0) and abs(a * x + b * y - c) > 1e-6)
    kept = _half(_corners(AXES), (a, b, c))
    turns = [(q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0]) for p, q in pairwise([*kept, *kept[:1]])]
    assert (len(kept) > 2 and min(turns) >= -1e-6) == (a * x + b * y > c)
    for px, py in [*_meets(_corners(AXES), (a, b, c)), *_on_lattice(AXES, (a, b, c))]:
        assert abs(a * px + b * py - c) < 1e-9
