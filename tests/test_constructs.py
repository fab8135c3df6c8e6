"""Right constructions of different kinds are accepted, wrong ones refused: `tests/tables/constructs/<family>.yaml`.

A row is one variant, `seed: 3`, or one with numbers set by hand, `set: {name: text}`. Its `right` and its `wrong` are
lists of mappings from a blank to what a student types there.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from grader.draws.draw import draw
from grader.marking.mark import mark_ask
from grader.marking.verdict import Verdict
from grader.plan.group import Group
from grader.plan.load import load_problem

TESTS = Path(__file__).parent
BANK = {path.stem: path for path in (TESTS.parent / "problems").rglob("*.yaml")}
TABLES = {path.stem: path for path in sorted((TESTS / "tables" / "constructs").glob("*.yaml"))}
LEAST = 12
"""So many constructions of either sort a family has in its table."""


class Construction(NamedTuple):
    """What is typed into one blank of a variant."""

    family: str
    variant: tuple[int, tuple[tuple[str, str], ...]]
    ask: str
    text: str


def table_of(family: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(TABLES[family].read_text(encoding="utf-8"))
    return rows


def constructions(sort: str) -> list[Construction]:
    return [
        Construction(family, (row.get("seed", 1), tuple((name, str(value)) for name, value in numbers)), ask, str(text))
        for family in TABLES
        for row in table_of(family)
        for numbers in [row.get("set", {}).items()]
        for entry in row.get(sort, [])
        for ask, text in entry.items()
    ]


@cache
def group_of(family: str, variant: tuple[int, tuple[tuple[str, str], ...]]) -> Group:
    seed, numbers = variant
    (group,) = draw(load_problem(BANK[family]), [seed], dict(numbers))
    return group


def verdict_on(made: Construction) -> Verdict:
    group = group_of(made.family, made.variant)
    ask = next(ask for ask in group.plan.asks if ask.id == made.ask)
    assert ask.conditions, f"{made.ask} is no construction"
    return mark_ask(group, ask, [made.text])[0]


def cells(sort: str) -> list[Any]:
    return [pytest.param(made, id=f"{made.family}-{number}-{made.ask}")
            for number, made in enumerate(constructions(sort))]  # fmt: skip


@pytest.mark.parametrize("made", cells("right"))
def test_a_right_construction_is_accepted(made: Construction) -> None:
    verdict = verdict_on(made)
    assert verdict.status == "correct", (made, verdict.reasons)


@pytest.mark.parametrize("made", cells("wrong"))
def test_a_wrong_construction_is_read_and_refused(made: Construction) -> None:
    """Refused for what it does: a text that could not be read would prove nothing."""
    verdict = verdict_on(made)
    assert verdict.status in ("wrong", "partly"), (made, verdict.status, verdict.reasons)
    assert verdict.points < verdict.of
    assert verdict.reasons


@pytest.mark.parametrize("family", TABLES)
def test_a_table_says_something(family: str) -> None:
    for row in table_of(family):
        assert row.keys() <= {"seed", "set", "right", "wrong"}, row.keys()
    for sort in ("right", "wrong"):
        count = Counter(made.family for made in constructions(sort))[family]
        assert count >= LEAST, (sort, count)
