"""Arrays of shapes with ones in them, of zeros, and with several readings: what is right, and what is said."""

from __future__ import annotations

import numpy as np
import pytest

import grader
from grader.blanks.arrays import judge_entries
from grader.blanks.kinds import kind_of
from grader.draws.draw import draw
from grader.marking.mark import mark_ask
from grader.marking.verdict import Verdict
from grader.messages import translate
from grader.plan.group import Group
from grader.plan.load import problem_from

SPEC = """\
id: s
title: {en: S, ru: С}
topic: t
text: {en: a, ru: а}
given: {a: {choose: [2]}}
steps:
  row: "[[1, 2, 3]]"
  one: "[[5*a]]"
  zeros: "[a - 2, 0, 0]"
  nothing: "[0, 0; 0, a - 2]"
  pair: "[0.5, -3]"
  wide: "[1.5, 2; 3, 4]"
ask:
  row: {exact: true}
  one: {exact: true}
  zeros: {exact: true}
  nothing: {exact: true}
  pair: {points: 2, exact: true}
  wide: {exact: true}
"""

ROWS = [
    ("row", "[1, 2, 3]", "correct"), ("row", "[[1, 2, 3]]", "correct"), ("row", "1 2 3", "correct"),
    ("row", "(1; 2; 3)^T", "correct"),
    ("row", "[[1], [2], [3]]", "correct"), ("row", "1\n2\n3", "correct"), ("row", "[1, 2, 4]", "partly"),
    ("row", "[1, 2]", "wrong"),
    ("row", r"\begin{pmatrix}1 & 2 & 3\end{pmatrix}", "correct"),
    ("row", r"\begin{pmatrix}1 \\ 2 \\ 3\end{pmatrix}", "correct"),
    ("row", "[1, 2; 3, 4]", "wrong"), ("row", "0", "wrong"),
    ("one", "10", "correct"), ("one", "[10]", "correct"), ("one", "[[10]]", "correct"), ("one", "20/2", "correct"),
    ("one", "1", "wrong"),
    ("one", "0", "wrong"), ("one", "[10, 10]", "wrong"), ("one", "12 -2", "correct"),
    ("zeros", "0", "correct"), ("zeros", "0.0", "correct"), ("zeros", "1 - 1", "correct"),
    ("zeros", "[0, 0, 0]", "correct"),
    ("zeros", "1", "wrong"), ("zeros", "[0, 0]", "wrong"), ("zeros", "[0, 0, 1]", "partly"),
    ("zeros", "0 0 0", "correct"),
    ("nothing", "0", "correct"), ("nothing", "[0, 0]", "wrong"), ("nothing", "0 0\n0 0", "correct"),
    ("nothing", "O", "invalid"),
    ("pair", "[0,5 -3]", "correct"), ("pair", "[0.5 -3]", "correct"), ("pair", "0,5 -3", "correct"),
    ("pair", "0,5,-3", "correct"),
    ("pair", "0,5; -3", "correct"), ("pair", "[0,5 - 3]", "wrong"), ("pair", "[0.5 - 3]", "wrong"),
    ("pair", "0", "wrong"),
    ("pair", "[0.5, -3.0001]", "partly"), ("pair", "5,-3", "partly"),
    ("wide", "1,5 2; 3 4", "correct"), ("wide", "1,5; 2\n3; 4", "correct"), ("wide", "[[1,5; 2]; [3; 4]]", "correct"),
    ("wide", "1,5, 2\n3, 4", "correct"), ("wide", "1,5,2\n3,4", "invalid"), ("wide", "[1.5 2; 3 5]", "partly"),
]  # fmt: skip


@pytest.fixture(scope="module")
def group() -> Group:
    return draw(problem_from(SPEC.encode(), "s.yaml"), [1])[0]


def verdict(group: Group, name: str, text: str) -> Verdict:
    return mark_ask(group, group.plan.ask(name), [text])[0]


@pytest.mark.parametrize(("name", "text", "status"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_verdicts(group: Group, name: str, text: str, status: str) -> None:
    assert verdict(group, name, text).status == status


def test_a_later_reading_that_counts_is_shown_with_the_way_to_write_it(group: Group) -> None:
    found = verdict(group, "pair", "[0,5 -3]")
    assert [reason.key for reason in found.reasons] == ["reading-list"]
    assert found.echo == {"en": "[0.5, −3]", "ru": "[0,5; −3]"}
    assert verdict(group, "pair", "[0,5 -4]").echo["en"] == "[0, 5 − 4]"
    assert verdict(group, "pair", "[0.5, -3]").reasons == ()


def test_where_only_first_readings_count_a_later_one_does_not(group: Group) -> None:
    from grader.marking.mark import mark

    asked = [{"pair": "[0,5 -3]"}], [{"pair": "0.5 -3"}]
    assert [mark(group, sheet, strict=True)[0][4].status for sheet in asked] == ["wrong", "correct"]


def test_a_batch_is_read_like_each_alone(group: Group) -> None:
    """Answers with another shape, another reading and none among right ones, all students in one column."""
    texts = ["[0.5, -3]", "[0,5 -3]", "[1, 2, 3]", "0", "x", "0,5 -3", "[0, 5 - 3]"]
    many = draw(problem_from(SPEC.encode(), "s.yaml"), range(len(texts)))[0]
    together = mark_ask(many, many.plan.ask("pair"), texts)
    assert [found.status for found in together] == [verdict(group, "pair", text).status for text in texts]


@pytest.mark.parametrize(("typed", "key"), [("(1 2", "syntax-missing-operator"), ("[1 2 3]", "answer-array-numbers")])
def test_numbers_are_counted_where_the_brackets_are_closed(typed: str, key: str) -> None:
    verdict = grader.bank()["relu-forward-picture"].variant(5).mark({"z": typed})[0]
    assert (verdict.status, verdict.reasons[0].key) == ("invalid", key)


@pytest.mark.parametrize(
    ("name", "like"),
    [("row", "a row, like [1, 2, 3]"), ("zeros", "a vector, like"), ("wide", "a matrix row by row, like")],
)
def test_a_blank_says_how_its_shape_is_written(name: str, like: str) -> None:
    group = draw(problem_from(SPEC.encode(), "s.yaml"), [1])[0]
    ask = next(ask for ask in group.plan.asks if ask.id == name)
    assert translate(kind_of(ask, group).blank(ask, group)[1], "en").startswith(like)


@pytest.mark.parametrize(("wrong", "named"), [(9, 9), (10, 9)])
def test_more_wrong_entries_than_are_named_end_in_dots(wrong: int, named: int) -> None:
    places = judge_entries(np.arange(12) >= wrong).reasons[0].values["places"]
    assert places[:named] == tuple(str(number) for number in range(1, named + 1))
    assert places[named:] == (("…",) if wrong > named else ())
