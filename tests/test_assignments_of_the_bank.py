"""The assignments that come with the bank: one a lecture, one a topic, a placement test, a final; a lesson each."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from grader.course.bank import Bank

FOLDER = Path(__file__).parents[1] / "problems" / "assignments"
BANK = Bank(FOLDER.parent)
NAMES = sorted(
    path.stem for path in FOLDER.glob("*.yaml") if path.stem.split("-")[0] in ("lecture", "topic", "placement", "final")
)
LEAST, MOST = 60, 90
"""Minutes."""
FIRST, LECTURES = 1, 12


def families(name: str) -> list[str]:
    return list(yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))["problems"])


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_of_rising_levels(name: str) -> None:
    problems = [BANK[family] for family in families(name)]
    levels = [problem.level for problem in problems]
    assert levels == sorted(levels)
    assert LEAST <= sum(problem.minutes for problem in problems) <= MOST
    assert len(set(families(name))) == len(problems) >= 5


def test_there_is_one_for_every_lecture_and_every_topic() -> None:
    lectures = sorted(int(name.split("-")[1]) for name in NAMES if name.startswith("lecture-"))
    assert lectures == list(range(FIRST, LECTURES + 1))
    most_of = {name: [BANK[family].topic for family in families(name)] for name in NAMES if name.startswith("topic-")}
    assert {max(set(topics), key=topics.count) for topics in most_of.values()} == {
        BANK[family].topic for family in BANK
    }
    assert {"placement", "final"} <= set(NAMES)
