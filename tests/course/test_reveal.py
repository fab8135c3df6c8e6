"""What a student may see, level by level; the record keeps everything."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from grader.course.attempts import Standing
from grader.course.policy import LEVELS, Policy
from grader.course.results import as_dict
from grader.course.reveal import revealed, revealed_problem
from grader.course.sheet_verdict import SheetVerdict
from grader.errors import Message
from grader.marking.verdict import ProblemVerdict, Slip, Verdict

NOW = datetime(2026, 12, 1, tzinfo=UTC)
WRONG = Message("answer-wrong")
VERDICTS = (
    Verdict("a", "number", "correct", 2.0, 2.0, "1"),
    Verdict("b", "number", "wrong", 0.0, 1.0, "2", (WRONG,), slips=(Slip("r", "b", WRONG, WRONG),)),
    Verdict("c", "number", "coarse", 0.0, 1.0, "0.3", (Message("answer-coarse", {"rule": "x"}), WRONG)),
    Verdict("d", "number", "follows", 1.0, 1.0, "4", follows=("b",)),
    Verdict("e", "number", "invalid", 0.0, 1.0, "x+", (Message("answer-wrong"),), (0, 1)),
    Verdict("f", "number", "blank", 0.0, 1.0),
)
PROBLEM = ProblemVerdict("p", "K", VERDICTS, 7.0)
SEEN = ["correct", "wrong", "coarse", "follows", "invalid", "blank"]
ROWS: list[tuple[str, list[str], list[Any], list[int], int]] = [
    ("points", ["received"] * 4 + ["invalid", "blank"], [None] * 4 + [0, 0], [0, 0, 0, 0, 1, 0], 0),
    ("verdicts", SEEN, [2, 0, 0, 1, 0, 0], [0, 0, 1, 0, 1, 0], 0),
    ("slips", SEEN, [2, 0, 0, 1, 0, 0], [0, 1, 2, 0, 1, 0], 1),
    ("solutions", SEEN, [2, 0, 0, 1, 0, 0], [0, 1, 2, 0, 1, 0], 1),
]  # fmt: skip


@pytest.mark.parametrize(("level", "statuses", "points", "messages", "slips"), ROWS)
def test_levels(level: str, statuses: list[str], points: list[Any], messages: list[int], slips: int) -> None:
    sheet = SheetVerdict("f", "a", "w", "en", (PROBLEM,), policy=Policy(reveal={"at once": level}))
    shown = revealed(sheet, NOW)
    data = as_dict(shown, "en")
    assert [ask["status"] for ask in data["problems"][0]["asks"]] == statuses
    assert [ask["points"] for ask in data["problems"][0]["asks"]] == points
    assert [len(ask["messages"]) for ask in data["problems"][0]["asks"]] == messages
    assert sum(len(verdict.slips) for verdict in shown.problems[0].verdicts) == slips
    assert (shown.points, data["points"], data["problems"][0]["points"]) == (3, 3, 3)
    assert [verdict.typed for verdict in shown.problems[0].verdicts] == [verdict.typed for verdict in VERDICTS]


def test_a_level_shows_all_that_those_before_it_show() -> None:
    def known(level: str) -> set[tuple[str, str, int]]:
        problem = revealed_problem(PROBLEM, level)
        found = {(v.ask, "status", 0) for v in problem.verdicts if v.status != "received"}
        found |= {(v.ask, "reason", n) for v in problem.verdicts for n in range(len(v.reasons))}
        return found | {(v.ask, "slip", n) for v in problem.verdicts for n in range(len(v.slips))}

    seen = [known(level) for level in LEVELS]
    assert all(one <= other for one, other in pairwise(seen))


def test_each_problem_by_its_own_attempts() -> None:
    policy = Policy(attempts=1, reveal={"at once": "points", "after last attempt": "slips"})
    found = (Standing("counted", 1, 0, 3.0), Standing("unread", 0, 1, 0.0))
    sheet = SheetVerdict("f", "a", "w", "en", (PROBLEM, PROBLEM), policy=policy, standings=found)
    assert [problem.verdicts[0].status for problem in revealed(sheet, NOW).problems] == ["correct", "received"]


def test_practice_shows_everything() -> None:
    sheet = SheetVerdict("f", "a", "w", "en", (PROBLEM,))
    assert revealed(sheet, NOW) is sheet
