"""The course's own answers: every entry of the bank's families is reproduced with the course's own numbers.

A row of `tests/tables/course/<family>.yaml` sets the numbers of an entry of `tests/data/course_answers.yaml` and says
which steps are which of its values (a dotted path, or a literal):

    entry, set, values {step: value}, expressions {step: text}, accepts {ask: answer},
    mistakes {mistake: {step: the value it gives}}
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from grader.blanks.expressions import reference_tree, same_at_sizes
from grader.blanks.kinds import kind_of
from grader.draws.draw import draw
from grader.equality.expressions import difference
from grader.language.parser import parse
from grader.marking.mark import mark_ask
from grader.plan.group import Group
from grader.plan.load import load_problem
from grader.plan.plan import Ask
from grader.plan.solve import solve
from grader.spec.problem import Problem

TESTS = Path(__file__).parent
FAMILIES = {path.stem: path for path in (TESTS.parent / "problems").rglob("*.yaml") if "assignments" not in path.parts}
ROWS = [
    (path.stem, row)
    for path in sorted((TESTS / "tables" / "course").glob("*.yaml"))
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))
]
KEYS = {"entry", "set", "values", "expressions", "accepts", "mistakes"}


@cache
def entries() -> dict[str, Any]:
    data = yaml.safe_load((TESTS / "data" / "course_answers.yaml").read_text(encoding="utf-8"))
    return {entry["id"]: entry for entry in data["entries"]}


@cache
def problem_of(family: str) -> Problem:
    return load_problem(FAMILIES[family])


def wanted(row: dict[str, Any], place: Any) -> Any:
    """What a dotted path of the row's entry leads to; anything else stands for itself."""
    if not isinstance(place, str) or "entry" not in row:
        return place
    first, *rest = place.split(".")
    value = entries()[row["entry"]]
    if first not in value:
        return place
    value = value[first]
    for part in rest:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def group_of(family: str, row: dict[str, Any]) -> Group:
    (group,) = draw(problem_of(family), [1], {name: str(text) for name, text in row["set"].items()})
    return group


def ask_of(group: Group, name: str) -> Ask:
    return next(ask for ask in group.plan.asks if ask.id == name)


def near(value: Any, expected: Any) -> bool:
    value, expected = np.asarray(value, dtype=float), np.asarray(expected, dtype=float)
    if value.size != expected.size:
        return False
    expected = expected.reshape(value.shape)
    return bool((np.abs(value - expected) <= 1e-9 * np.maximum(1, np.abs(expected))).all())


def cells(part: str) -> list[Any]:
    return [pytest.param(family, row, *cell, id=f"{row.get('entry', family)}-{number}-{'-'.join(map(str, cell[:-1]))}")
            for number, (family, row) in enumerate(ROWS) for cell in _cells(row, part)]  # fmt: skip


def _cells(row: dict[str, Any], part: str) -> list[tuple[Any, ...]]:
    table = row.get(part, {})
    if part == "mistakes":
        return [(mistake, step, place) for mistake, steps in table.items() for step, place in steps.items()]
    return list(table.items())


@pytest.mark.parametrize(("family", "row", "step", "place"), cells("values"))
def test_values(family: str, row: dict[str, Any], step: str, place: Any) -> None:
    value, expected = group_of(family, row).values[step][0], wanted(row, place)
    assert near(value, expected), (value, expected)


@pytest.mark.parametrize(("family", "row", "step", "place"), cells("expressions"))
def test_expressions(family: str, row: dict[str, Any], step: str, place: Any) -> None:
    """The entry's formula is the same function as ours; where it is an ask, it is marked as correct too."""
    group, text = group_of(family, row), str(wanted(row, place))
    ask = ask_of(group, step)
    reference = reference_tree(ask, group, 0)
    if kind_of(ask, group).traits.arrays:
        assert same_at_sizes(parse(text, frozenset({*group.plan.symbols, "I"})), reference, group)
    else:
        assert difference(parse(text, ask.variables), reference, ask.variables, ask.domain) is None
    assert mark_ask(group, ask, [text])[0].status == "correct"


@pytest.mark.parametrize(("family", "row", "ask", "place"), cells("accepts"))
def test_accepted_answers(family: str, row: dict[str, Any], ask: str, place: Any) -> None:
    group = group_of(family, row)
    assert mark_ask(group, ask_of(group, ask), [str(wanted(row, place))])[0].status == "correct"


@pytest.mark.parametrize(("family", "row", "mistake", "step", "place"), cells("mistakes"))
def test_mistakes(family: str, row: dict[str, Any], mistake: str, step: str, place: Any) -> None:
    """The course's wrong answers are what our mistakes give."""
    group = group_of(family, row)
    made = next(found for found in group.plan.mistakes if found.name == mistake)
    value, expected = solve(group.plan, group.given, formulas=made.steps)[step][0], wanted(row, place)
    assert near(value, expected), (value, expected)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_entry_of_a_family_has_a_row(family: str) -> None:
    expected = {name for name, entry in entries().items() if entry["family"] == family}
    covered = {row["entry"] for name, row in ROWS if name == family and "entry" in row}
    assert expected <= covered, expected - covered
    assert covered <= entries().keys()


def test_rows_say_something() -> None:
    for family, row in ROWS:
        assert family in FAMILIES
        assert row.keys() <= KEYS, (family, row.keys() - KEYS)
        assert row.keys() & {"values", "expressions", "accepts", "mistakes"}, (family, row)


def test_a_wrong_row_fails() -> None:
    assert near([1.0, 2.0], [1.0, 2.0 + 1e-10])
    assert not near([1.0, 2.0], [1.0, 2.0 + 1e-8])
    assert not near([1.0], [1.0, 1.0])
