"""Recurrent nets unrolled in time: labels can be read, no arrow goes through a state, every variant is drawn."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.check.figures import figure_findings
from grader.draws.draw import draw
from grader.figures.lettering import lettered
from grader.figures.overlaps import overlaps
from grader.figures.scene import Line
from grader.figures.timeline import Bare, Chain, Timeline, _between, _layout, _states, _upwards, scene
from grader.messages import translate
from grader.plan.load import problem_from

FAMILY = r"""
id: made-up-recurrence
title: {en: Recurrence, ru: Рекуррентная сеть}
topic: pictures
form: {n: [2, 3, 4]}
given:
  x: {reals: [-2, 2], step: 0.25, shape: 4}
  w: {reals: [-1.5, 1.5], step: 0.25}
  u: {ints: [-12, 12]}
steps: {y: "w*x[1] + u*x[n]"}
ask: {y: 1}
text: {en: "Look:\n\n{{ figure }}\n\nCompute.", ru: "Смотрите:\n\n{{ figure }}\n\nВычислите."}
figure:
  - unrolled:
      states: h
      steps: n
      initial: $0$
      inputs: [{for t in 1..n: "${{ x[t] }}$"}]
      outputs: y
      weights: {state: "${{ w }}$", input: "${{ u }}$", output: $v$}
  - unrolled:
      states: h
      inputs: [{for t in 1..n: "$x_{{ t }}$"}]
      outputs: y
      losses: L
      weights: {state: "${{ w }}$", input: "${{ u }}$", output: $v$}
      backward: {states: g, weights: {state: "${{ u }}$", input: "${{ w }}$", output: "$v_g$"}}
"""


def test_every_variant_of_a_family_can_be_read() -> None:
    spec = problem_from(FAMILY.encode(), "made-up.yaml")
    assert [translate(finding.message, "en") for finding in figure_findings(spec, draw(spec, range(1, 201)))] == []


LABELS = st.sampled_from(["", "$w$", "$-0{,}25$", "$W_{hh}^{(2)}$", "$x_1 = -12{,}5$"])


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    steps = draw(st.integers(1, 6))

    def texts(count: int = steps) -> list[str]:
        same = draw(LABELS)
        return [draw(LABELS) if draw(st.integers(0, 3)) == 0 else same for _ in range(count)]

    chains, bare = [], draw(st.booleans())
    for _ in range(draw(st.integers(1, 2))):
        states = [text or "$h$" for text in texts()]
        initial = draw(LABELS)
        marks = [[""] * steps, [""] * steps] if bare else [texts(), texts()]
        chains.append(Chain(states, initial, texts(steps if initial else steps - 1), *marks))
    rows = [texts() if draw(st.booleans()) else [] for _ in range(3)]
    return Timeline(chains, *rows, texts())


@given(timelines())
@settings(max_examples=120, deadline=None)
def test_labels_can_be_read_and_arrows_pass_states(line: Timeline) -> None:
    readable(line)


@pytest.mark.parametrize("wide", list(product([False, True], repeat=4)))
def test_wide_labels_pass_each_other(wide: tuple[bool, ...]) -> None:
    marks = [["$x_1 = -12{,}5$" if each else ""] * 2 for each in wide]
    chains = [Chain(["$h$", "$g$"], "", ["$w$"], *pair) for pair in (marks[:2], marks[2:])]
    readable(Timeline(chains, ["$x$"] * 2, ["$y$"] * 2, [], ["", ""]))


def readable(line: Timeline) -> None:
    assert list(overlaps(scene(line))) == []
    layout = _layout(line)
    chains = [_states(line, row, layout) for row in range(len(line.chains))]
    texts = [
        {step: Bare(lettered(text), step * layout.apart, *where) for step, text in enumerate(row, 1) if text}
        for row, where in zip((line.inputs, line.outputs, line.losses), layout.texts, strict=True)
    ]
    arrows = [*_between(line, chains, texts, layout), *_upwards(line, chains, texts, layout)]
    for arrow in arrows:
        shaft, share = arrow.line()
        (ax, ay), (bx, by) = shaft.points
        assert not arrow.text or min(share, 1 - share) * math.dist(*shaft.points) > 12
        for oval in (oval for chain in chains for oval in chain.values()):
            for step in range(21):
                point = ax + (bx - ax) * step / 20, ay + (by - ay) * step / 20
                assert math.dist(point, oval.rim(point)) > 1.5 or oval in (arrow.start, arrow.end)
                assert math.dist(point, oval.middle) >= oval.high - 1e-3
    assert sum(isinstance(mark, Line) and mark.arrow for mark in scene(line).marks) == len(arrows)
