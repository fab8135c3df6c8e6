"""Worked solutions of an answers file: of every problem that was marked, unless the assignment forbids them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.course import solutions
from grader.course.assignment import load_assignment
from grader.course.bank import Bank, default_bank
from grader.course.sheets import mark_files
from grader.course.solutions import solutions_for
from grader.course.variants import Manifest, drawn
from grader.errors import Message
from grader.messages import translate

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SAMPLE = Path(__file__).parents[2] / "submissions" / "samples" / "answers-ivanova.yaml"


def test_every_marked_problem_has_one_for_its_own_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solutions, "solutions_allowed", lambda policy, used, now: True)
    bank, manifest = default_bank(), Manifest()
    sheet = mark_files([SAMPLE], bank, manifest)[0]
    worked = solutions_for(sheet, bank, manifest, "en", NOW)
    assert list(worked) == [problem.problem for problem in sheet.problems if not problem.faults]
    label, typed = next(
        (problem.problem, verdict.typed)
        for problem in sheet.problems
        for verdict in problem.verdicts
        if verdict.status == "correct" and verdict.ask == "g[1]"
    )
    assert f"= {float(str(typed)):.3f}$" in worked[label]


def test_nothing_where_the_teacher_forbids_it(monkeypatch: pytest.MonkeyPatch) -> None:
    bank, manifest = default_bank(), Manifest()
    monkeypatch.setattr(solutions, "solutions_allowed", lambda policy, used, now: False)
    worked = solutions_for(mark_files([SAMPLE], bank, manifest)[0], bank, manifest, "en", NOW)
    assert set(worked.values()) == {translate(Message("solutions-held"), "en")}


def test_a_due_date_in_the_zone_of_the_course_leaves_items_their_names(tmp_path: Path) -> None:
    bank, path = Bank(tmp_path, timezone="UTC"), tmp_path / "assignments" / "week.yaml"
    path.parent.mkdir()
    lines = ["title: Week", "problems: [{problem: matrix-mul, as: again}]"]
    path.write_text("\n".join([*lines, "policy: {due: 2026-12-01 23:59, reveal: solutions}"]), "utf-8")
    (item,) = load_assignment(path, "UTC").items
    (variant,) = drawn(bank["matrix-mul"], item, [3])
    handed_in = tmp_path / "answers.yaml"
    handed_in.write_text(
        f"student: a\nassignment: week\nanswers:\n  again: {{variant: {variant.code}, C: 1}}\n", "utf-8"
    )
    sheet = mark_files([handed_in], bank)[0]
    worked = solutions_for(sheet, bank, Manifest(), "en", NOW)
    assert worked.keys() == {"again"}
    assert worked["again"] != translate(Message("solutions-held"), "en")
