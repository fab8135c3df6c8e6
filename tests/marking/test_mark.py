"""Marking: a batch is marked like its students one by one, and a bad answer costs only itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from counted import calls

from grader.draws.draw import draw
from grader.marking.mark import is_blank, mark
from grader.marking.verdict import STATUSES, ProblemVerdict, Verdict
from grader.plan.group import Group
from grader.plan.load import load_problem, problem_from

BANK = Path(__file__).parents[2] / "problems"
SPEC = """\
id: s
title: {en: S, ru: С}
topic: t
text: {en: a, ru: а}
given: {a: {ints: [1, 9]}, v: {ints: [-5, 5], shape: 2}}
steps: {b: a/7, w: a*v, "f(x)": a*x + sum(v)}
ask:
  b: {decimals: 3}
  w: {points: 2}
  f: {points: 3, domain: {x: [1, 2]}}
  r: {choice: {small: {when: a < 5, en: small, ru: мало}, large: {when: a >= 5, en: large, ru: много}}}
"""
TEXTS = [
    "",
    "0.143",
    "0,286",
    "x",
    "[1, 2]",
    "[1; 2",
    "a*x",
    "2x + 1",
    "1",
    "2",
    "0.4",
    "[0, 0]",
    "3x - 2",
    "1/0",
    "0.57142857",
]


def group_of(size: int) -> Group:
    (group,) = draw(problem_from(SPEC.encode(), "s.yaml"), range(size))
    return group


def sheets(size: int) -> list[dict[str, str]]:
    """Every text under every ask, in turn."""
    return [
        {ask: TEXTS[(student + 4 * place) % len(TEXTS)] for place, ask in enumerate("bwfr")} for student in range(size)
    ]


def test_a_thousand_together_are_marked_like_each_alone() -> None:
    group, answers = group_of(1000), sheets(1000)
    together = mark(group, answers)
    for place in range(0, 1000, 4):  # of every fifteen, which all differ
        assert together[place] == mark(group.at(place), [answers[place]])[0]
    assert {verdict.status for row in together for verdict in row} >= {
        "correct",
        "wrong",
        "invalid",
        "blank",
        "coarse",
        "partly",
    }


def test_verdicts_stand_in_the_order_of_the_file() -> None:
    rows = mark(group_of(3), sheets(3))
    assert [[verdict.ask for verdict in row] for row in rows] == [["b", "w", "f", "r"]] * 3
    assert all(verdict.status in STATUSES and 0 <= verdict.points <= verdict.of for row in rows for verdict in row)


@pytest.mark.parametrize("bad", ["(", "1/0", "[1, 2", "@", "x" * 5000, "\\frac"])
@pytest.mark.parametrize("ask", ["b", "w", "f"])
def test_a_bad_answer_costs_only_itself(ask: str, bad: str) -> None:
    group = group_of(2)
    good = [{"b": repr(float(group.solution["b"][place])), "w": str(group.solution["w"][place].tolist()),
             "f": f"{group.given['a'][place]}x + ({group.given['v'][place].sum()})"} for place in range(2)]  # fmt: skip
    rows = mark(group, [{**good[0], ask: bad}, good[1]])
    status = {verdict.ask: verdict.status for verdict in rows[0]}
    assert status.pop(ask) in ("invalid", "wrong")
    assert status.pop("r") == "blank"
    assert set(status.values()) == {"correct"}
    assert [verdict.points for verdict in rows[1]] == [1, 2, 3, 0]


def test_a_fault_has_its_place_in_the_text() -> None:
    found = mark(group_of(1), [{"b": "1 + * 2"}])[0][0]
    assert found.status == "invalid"
    assert found.span is not None
    assert found.typed == "1 + * 2"


@pytest.mark.parametrize(
    ("text", "blank"),
    [("", True), ("  \n", True), ("0", False), ({}, True), ({"b": " "}, True), ({"b": " ", "w": "1"}, False)],
)
def test_blank(text: str | dict[str, str], blank: bool) -> None:
    assert is_blank(text) is blank


def test_nobody_and_nothing() -> None:
    assert mark(group_of(2), [{}, {}]) == [[Verdict(ask, kind, "blank", 0.0, of) for ask, kind, of in
                                            (("b", "number", 1), ("w", "vector", 2), ("f", "expression", 3),
                                            ("r", "choice", 1))]] * 2  # fmt: skip


def test_points_add_up() -> None:
    verdicts = tuple(Verdict(str(place), "number", "partly", 0.25, 1.0) for place in range(4))
    assert ProblemVerdict("p", "v", verdicts, 4.0).points == 1.0


def test_a_further_sheet_costs_its_reading_and_its_verdicts() -> None:
    """Right numbers are compared along the batch: what is called for each of them is the reader and the verdict."""
    group = max(
        draw(load_problem(BANK / "optimisers" / "adam-two-steps.yaml"), range(2000)),
        key=lambda group: len(group.positions),
    )
    answers = [
        {ask.id: f"{group.solution[ask.id][member]:.4f}" for ask in group.plan.asks}
        for member in range(len(group.positions))
    ]
    rows = mark(group, answers)
    assert all(verdict.status == "correct" for row in rows for verdict in row)
    few, many = (group.taking(slice(count)) for count in (100, 200))
    further = calls(lambda: mark(many, answers[:200])) - calls(lambda: mark(few, answers[:100]))
    assert further < 55 * 100 * len(group.plan.asks)
