"""Several neurons in one blank, products of letters and ReLUs: what a file may declare, and what is read."""

from __future__ import annotations

from typing import Any

import pytest

from grader.api import Problem
from grader.blanks.kinds import kind_of
from grader.errors import AuthorError
from grader.messages import LANGUAGES, translate
from grader.plan.load import problem_from

FAMILY = """\
id: neurons
title: {en: A net, ru: Сеть}
topic: networks
given:
  X: [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
where:
  fires(x): if(x > 0, 1, 0)
steps: {s: 1}
ask:
  net:
    points: 2
    is: "[-0.5, 1, 1, -1.5, 1, 1, -0.5, 1, -1]"
    fields: [b1, u1, u2, b2, v1, v2, c, w1, w2]
    such that:
      - for: "[x1, x2, t] in X"
        holds: "fires(c + w1*fires(b1 + u1*x1 + u2*x2) + w2*fires(b2 + v1*x1 + v2*x2)) = t"
    written as:
      h1: b1 + u1*x1 + u2*x2 > 0
      h2: b2 + v1*x1 + v2*x2 > 0
      y: c + w1*h1 + w2*h2 > 0
  product:
    points: 1
    is: "[-0.5, 1, 1, -2]"
    fields: [b, k1, k2, k3]
    such that:
      - {for: "[x1, x2, t] in X", holds: fires(b + k1*x1 + k2*x2 + k3*x1*x2) = t}
    written as: b + k1*x1 + k2*x2 + k3*x1*x2 > 0
  ramp:
    points: 1
    is: "[1, -1]"
    fields: [d, m]
    such that:
      - {holds: d = 1}
      - {holds: d + m <= 0}
    written as: max(0, d + m*x)
text: {en: Find the net., ru: Найдите сеть.}
"""


def problem(old: str = "", new: str = "") -> Problem:
    assert old in FAMILY
    return Problem(problem_from(FAMILY.replace(old, new, 1).encode(), "neurons.yaml"))


def verdict(ask: str, text: Any) -> Any:
    return next(each for each in problem().variant(1).mark({ask: text}) if each.ask == ask)


RIGHT: list[tuple[str, Any]] = [
    ("net", "[-0.5, 1, 1, -1.5, 1, 1, -0.5, 1, -1]"), ("net", "-0,5; 1; 1; -1,5; 1; 1; -0,5; 1; -1"),
    ("net", "h1 = x1 + x2 > 0.5; h2 = x1 + x2 > 1.5; y = h1 - h2 > 0.5"),
    ("net", "h_1 = [x1 + x2 > 0.5], h_2 = [x1 + x2 > 3/2], y = [h_1 > h_2]"),
    ("net", "y: h1 - h2 > 0.5\nh₁: x₁ + x₂ > 0.5\nh₂: x₁ + x₂ > 1.5"),
    ("net", "h1: [-0.5, 1, 1]; h2: [-1.5, 1, 1]; y: [-0.5, 1, -1]"),
    ("net", "h1 = (-0,5; 1; 1); h2 = (-1,5; 1; 1) и y = h1 - h2 > 0,5"),
    ("net", "{h1: [-0.5, 1, 1], h2: [-1.5, 1, 1], y: [-0.5, 1, -1]}"),
    ("net", "$h_1$ = step(x1 + x2 - 0.5); $h_{2}$ = step(x1 + x2 - 1.5); y(x1, x2) = step(h1 - h2 - 0.5)"),
    ("net", "x1 + x2 > 0.5; x1 + x2 > 1.5; h1 > h2"), ("net", "[-0.5, 1, 1], [-1.5, 1, 1], [-0.5, 1, -1]"),
    ("net", "[[-0.5, 1, 1], [-1.5, 1, 1], [-0.5, 1, -1]]"), ("net", "[-0.5, 1, 1; -1.5, 1, 1; -0.5, 1, -1]"),
    ("net", "-0.5, 1, 1; -1.5, 1, 1; -0.5, 1, -1"), ("net", "-0.5 1 1\n-1.5 1 1\n-0.5 1 -1"),
    ("net", "b1 = -0.5, u1 = 1, u2 = 1, b2 = -1.5, v1 = 1, v2 = 1, c = -0.5, w1 = 1, w2 = -1"),
    ("net", {"h1": "x1 + x2 > 0.5", "h2": "x1 + x2 > 1.5", "y": "h1 > h2"}),
    ("product", "x1 + x2 - 2x1*x2 > 0.5"), ("product", "x1*(1 - x2) + x2*(1 - x1) > 1/2"),
    ("product", "(x1 - x2) + 2*x2*(1 - x1) > 0.3"), ("product", "b = -1/2; k1 = 1; k2 = 1; k3 = -2"),
    ("product", "[x1 + x2 > 2x1 x2]"),
    ("ramp", "max(0, 1 - x)"), ("ramp", "relu(1 - 2x)"), ("ramp", "max(1 - x, 0)"), ("ramp", "1 - 3x"),
    ("ramp", "y = max(0, 1 - x)"), ("ramp", "1, -1"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "text"), RIGHT)
def test_what_is_read(ask: str, text: Any) -> None:
    assert verdict(ask, text).status == "correct", verdict(ask, text)


WRONG = [
    ("net", "h1 = x1 + x2 > 0.5; h2 = x1 + x2 > 1.5; y = h2 - h1 > 0.5"),
    ("net", "x1 + x2 > 1.5; x1 + x2 > 0.5; h1 > h2"),
    ("net", "h1: [-0.5, 1, 1]; h2: [-1.5, 1, 1]; y: [-0.5, 1, 1]"), ("product", "x1 + x2 - x1*x2 > 0.5"),
    ("ramp", "max(0, 1 + x)"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "text"), WRONG)
def test_what_is_read_and_refused(ask: str, text: str) -> None:
    assert verdict(ask, text).status in ("wrong", "partly")


INVALID = [
    ("net", "h1 = x1 > 0.5; h2 = x2 > 0.5", "answer-neuron-missing"),
    ("net", "x1 > 0.5; h1 > 0", "answer-neuron-count"),
    ("net", "h1 = x1 > 0; h1 = x2 > 0; y = h1 > 0", "answer-neuron-twice"), ("net", "1, 2, 3", "answer-field-count"),
    ("net", "h1 = x1 >= 0.5; h2 = x2 > 0; y = h1 > 0", "answer-field"),
    ("net", "h1 = x1 > 0; h2 = h1 > 0; y = h1 > 0", "answer-field"),
    ("net", "h1: [1, 2]; h2: [1, 2, 3]; y: [1, 2, 3]", "answer-field"),
    ("product", "x1^2 + x2 > 0", "answer-written-products"),
    ("product", "x1 x2 (1 + x1) > 0", "answer-written-products"),
    ("ramp", "max(1, 1 - x)", "answer-written-linear"), ("ramp", "1 - x > 0", "answer-written-sign"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "text", "key"), INVALID)
def test_what_cannot_be_read(ask: str, text: str, key: str) -> None:
    found = verdict(ask, text)
    assert (found.status, found.reasons[0].key) == ("invalid", key)
    assert all(translate(found.reasons[0], language) for language in LANGUAGES)


def test_the_blank_says_how_and_the_echo_shows_every_weight() -> None:
    group = problem().variant(1).group
    asked = group.plan.asks[0]
    for language in LANGUAGES:
        assert "h1: " in translate(kind_of(asked, group).blank(asked, group)[1], language)
    echo = verdict("net", "x1 > 0; x2 > 0; h1 > 2h2").echo["en"]
    assert all(f"{weight}" in echo for weight in ("u₁ = 1", "v₂ = 1", "w₂ = −2")), echo


def test_the_self_test_types_the_neurons() -> None:
    group = problem().variant(1).group
    for asked in group.plan.asks:
        samples = [sample for sample in kind_of(asked, group).samples(asked, group) if sample.status == "correct"]
        assert len(samples) > 1
        assert [verdict(asked.id, sample.text).status for sample in samples] == ["correct"] * len(samples)


REFUSED = [
    ("      y: c + w1*h1 + w2*h2 > 0\n", ""),  # fields left over
    ("      h1: b1 + u1*x1 + u2*x2 > 0\n      h2: b2 + v1*x1 + v2*x2 > 0\n", ""),
    ("h1: b1 + u1*x1 + u2*x2 > 0", "h1: b2 + v1*x1 + v2*x2 > 0"),  # out of order
    ("y: c + w1*h1 + w2*h2 > 0", "y: c + w1*h1 + w1*h2 > 0"), ("y: c + w1*h1 + w2*h2 > 0", "y: c + w1*h1 + w2*b1 > 0"),
    ("k2*x2 + k3*x1*x2 > 0", "k2*x3 + k3*x1*x2 > 0"), ("k3*x1*x2 > 0", "k3*x1^2 > 0"),
    ("written as: max(0, d + m*x)", "written as: max(1, d + m*x)"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), REFUSED)
def test_what_a_file_may_not_say(old: str, new: str) -> None:
    start = FAMILY.index("written as")
    assert old in FAMILY[start:]
    text = FAMILY[:start] + FAMILY[start:].replace(old, new, 1)
    with pytest.raises(AuthorError) as refused:
        problem_from(text.encode(), "neurons.yaml")
    assert refused.value.message.key == "spec-written"
