"""Figures: what is refused with file, line and cure; what is drawn, said, and safe in every notation."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import yaml
from families import FAMILIES, FEW, IN_DEPTH, drawn_of

from grader.api import Problem
from grader.check.figures import figure_findings, unsound
from grader.course.bank import default_bank
from grader.draws.draw import draw
from grader.errors import AuthorError, Message
from grader.figures.kinds import KINDS
from grader.figures.overlaps import overlaps
from grader.figures.tikz import tikz
from grader.messages import translate
from grader.plan.load import problem_from

TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables" / "figures.yaml").read_text("utf-8"))
REFUSED = [pytest.param(*row, id=f"{part}-{row[0][:60]}") for part, rows in TABLE["refused"].items() for row in rows]
PROBLEM = """\
id: drawn
title: {en: Drawn, ru: Нарисовано}
topic: pictures
given:
  x0: 2
  k: 3
  W: [[1, -2, 3], [0.5, 1, 2]]
  w: [1, 2]
  b: 5
  v: [3, 1, 2]
where: {"f(x)": x^2 - k}
steps: {s: f(x0)}
ask: {s: 1}
text: {en: "Look:\\n\\n{{ figure }}\\n\\nCompute.", ru: "Смотрите:\\n\\n{{ figure }}\\n\\nВычислите."}
figure:
"""
FIRST = PROBLEM.count("\n")


def with_figure(text: str, problem: str = PROBLEM) -> Problem:
    indented = "".join(f"  {line}\n" for line in text.splitlines())
    return Problem(problem_from((problem + indented).encode(), "drawn.yaml"))


@pytest.mark.parametrize(("text", "key", "line"), REFUSED)
def test_what_cannot_be_drawn_is_refused_with_line_and_cure(text: str, key: str, line: int) -> None:
    with pytest.raises(AuthorError) as refused:
        with_figure(text).variant(1).figure("en")
    assert (refused.value.message.key, refused.value.file) == (key, "drawn.yaml")
    assert refused.value.line == FIRST + line
    for language in ("en", "ru"):
        assert translate(refused.value.message, language)


@pytest.mark.parametrize(("text", "english", "russian"), TABLE["told"])
def test_what_is_drawn_is_said_in_words(text: str, english: str, russian: str) -> None:
    variant = with_figure(text).variant(1)
    for language, said in (("en", english), ("ru", russian)):
        drawing = variant.figure(language)
        assert drawing is not None
        assert said in drawing.alternative
        assert list(overlaps(drawing.scene)) == []
        assert unsound(drawing.svg()) == ""
        assert drawing.alternative in " ".join(ElementTree.fromstring(drawing.svg()).itertext())
        assert tikz(drawing.scene).count(r"\node") == sum(len(label.words.runs) for label in drawing.scene.labels)
        assert "<" not in re.sub(r"</?[a-z]+( [a-zA-Z-]+=\"[^\"<]*\")*/?>", "", drawing.svg())


@pytest.mark.parametrize("name", FAMILIES)
def test_every_variant_of_the_bank_draws_well(name: str) -> None:
    findings = list(figure_findings(default_bank()[name], drawn_of(name, 24 if name in IN_DEPTH else FEW)))
    assert [translate(finding.message, "en") for finding in findings] == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("plot: {points: [{at: [1, 2], label: $A$}, {at: [1, 2], label: $B$}]}", ""),
        (
            "plot: {x: [0, 2], y: [0, 2], points: [{for i in 1..40: {at: [1 + i/4000, 1], label: '$a_{10}$'}}]}",
            "check-figure-labels",
        ),
        ("net: {layers: [{nodes: ['$x_1 + x_2 + x_3$', $x$]}, {nodes: [$y$]}]}", "check-figure-covered"),
    ],
)
def test_labels_that_lie_on_one_another_are_found(text: str, key: str) -> None:
    problem = with_figure(text).spec
    found = {finding.message.key for finding in figure_findings(problem, draw(problem, range(3)))}
    assert (key in found) if key else not found


@pytest.mark.parametrize(
    "picture",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"><g href="https://x"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><a/></svg>',
        "<svg>",
        "<html/>",
    ],
)
def test_a_picture_that_does_something_is_found(picture: str) -> None:
    assert unsound(picture)


@pytest.mark.parametrize(
    ("text", "statement", "key"),
    [
        ("A {{ figure }} in a line", "", "figure-place"),
        ("{{ figure }}\n\n{{ figure }}", "", "figure-place"),
        ("Look:\n\n{{ figure }}\n\nCompute.", "Look:\n\n*Figure.* A network", ""),
        ("Compute.", "Compute.\n\n*Figure.* A network", ""),
    ],
)
def test_where_the_figure_stands(text: str, statement: str, key: str) -> None:
    said = yaml.safe_dump({"text": {"en": text, "ru": text}}, allow_unicode=True)
    problem = re.sub(r"text: .*\n", lambda _: said, PROBLEM)
    variant = with_figure("net: {layers: [{nodes: [$a$]}, {nodes: [$b$]}]}", problem).variant(1)
    if key:
        with pytest.raises(AuthorError) as refused:
            variant.statement("en")
        assert refused.value.message.key == key
    else:
        assert variant.statement("en").startswith(statement)


def test_a_figure_for_some_students_only() -> None:
    figure = "{figure}\nnet: {{layers: [{{nodes: [$a$]}}, {{nodes: [$b$]}}]}}"
    assert with_figure(figure.format(figure="when: k > 5")).variant(1).figure("en") is None
    assert with_figure(figure.format(figure="when: k > 2")).variant(1).figure("en") is not None
    assert with_figure(figure.format(figure="when: k > 5")).variant(1).statement("en") == "Look:\n\nCompute."


def test_a_figure_changes_no_numbers() -> None:
    with_it, without = (
        with_figure("net: {layers: [{nodes: [$a$]}, {nodes: [$b$]}]}").spec,
        problem_from(PROBLEM.replace("figure:\n", "").replace("{{ figure }}", "").encode(), "drawn.yaml"),
    )
    assert with_it.digest == without.digest


def test_titles_are_in_both_languages() -> None:
    for key in (kind.title for kind in KINDS.values()):
        assert translate(Message(key), "en") != translate(Message(key), "ru")


def test_numbers_set_by_hand_may_have_no_figure() -> None:
    problem = with_figure("plot: {x: [0, 4], y: [0, 4], points: [{at: [k, 1], label: $A$}]}")
    assert problem.variant(1).figure("en") is not None
    odd = problem.variant(1, {"k": "10^9"})
    with pytest.raises(AuthorError):
        odd.figure("en")
    assert "cannot be drawn" in odd.statement("en")
    assert "figure" not in odd.as_dict("en")
    assert "построить нельзя" in odd.statement("ru")
    assert "cannot be drawn" not in odd.worked("en")
