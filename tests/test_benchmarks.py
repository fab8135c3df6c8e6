"""The benchmarks run on tiny counts; what they time is checked, times are not."""

from __future__ import annotations

import json
import os
from itertools import islice
from pathlib import Path

import pytest

import grader
from benchmarks.__main__ import main
from benchmarks.answers import wrong_sheet
from benchmarks.peers import as_latex
from benchmarks.rows import COURSE, Sizes, all_rows, write_course
from benchmarks.table import lines_of
from benchmarks.texts import FORMULAS, MATRIX_FORMULAS, SHAPES, new_texts
from benchmarks.timing import Entrant, Row, run
from grader.course.bank import default_bank
from grader.course.batch import mark_folder

TINY = Sizes(rounds=1, answers=3, slow=1, batch=4, starts=1, sheets=2, course=2)


@pytest.mark.parametrize("wrong", [False, True])
def test_formulas_are_new_and_mean_what_the_row_says(wrong: bool) -> None:
    for formulas, arguments in ((FORMULAS, {"variables": ["x"]}), (MATRIX_FORMULAS, {"options": {"shapes": SHAPES}})):
        pairs = list(islice(new_texts(formulas, wrong, commute=formulas is FORMULAS), 300))
        assert len({text for text, _ in pairs}) == 300
        verdicts = {grader.compare(text, reference, **arguments).verdict for text, reference in pairs}
        assert verdicts == {"wrong" if wrong else "correct"}


def test_every_row_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.peers.find_spec", lambda _: None)
    works = []
    for row in all_rows(TINY, "/no/such/python"):
        result = run(row, 1)
        works.append(row.work)
        assert result.ours.median > 0
        assert row.ours.right() == 1.0, row.work
        assert lines_of(result)[0].startswith(row.work)
    assert len(works) == len(set(works)) == 16


def test_a_multiple_of_the_peers_time_is_what_is_to_reach() -> None:
    ours, peer = Entrant("ours", lambda _: 5.0), Entrant("peer", lambda _: 2.0)
    assert run(Row("work", "ms", ours, (peer,), 3.0, times_peer=True), 1).met is True
    assert run(Row("work", "ms", ours, (peer,), 2.0, times_peer=True), 1).met is False
    assert run(Row("work", "ms", ours, (Entrant("peer", None),), 2.0, times_peer=True), 1).met is None
    assert run(Row("work", "ms", ours, (), 4.0), 1).met is False


def test_a_peer_that_is_not_there_is_said_to_be_missing() -> None:
    (line,) = lines_of(run(Row("work", "ms", Entrant("ours", lambda _: 0.001), (Entrant("peer", None),)), 1))
    assert "1 ms" in line
    assert "not installed" in line


def test_json(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_setaffinity", lambda *_: None, raising=False)
    assert main(["--quick", "--json", "--only", "3x3"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row["work"] == "3x3 matrix answer"
    assert row["ours"]["right"] == 1.0


@pytest.mark.parametrize(("family", "forms"), [("matrix-mul", 2), ("adam-two-steps", 2)])
def test_the_cost_of_a_form(family: str, forms: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "--students", "6", "--families", family, "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["family"], row["forms"]) == (family, forms)
    assert row["programs"] >= forms
    assert row["plan"] > 0 < row["mark"]


def test_the_table_of_forms_ends_with_the_sums(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "--students", "1", "--families", "matrix-mul", "lr-regime-choice"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert [row[0] for row in rows] == ["matrix-mul", "lr-regime-choice", "all"]
    assert rows[-1][1] == "2"


def test_what_answers_can_be_computed_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ways", "--students", "6", "--families", "md-lndet", "matrix-mul", "--json"]) == 0
    pairs = json.loads(capsys.readouterr().out)["pairs"]
    assert {(pair["answer"], pair["source"], pair["also"]) for pair in pairs} == {("G0", "D", False)}
    assert main(["ways", "--students", "3", "--families", "backprop-scalar-chain"]) == 0
    *lines, sums = capsys.readouterr().out.splitlines()
    assert any(line.split()[1:5] == ["d1", "from", "o1", "only"] for line in lines)
    assert " pairs by another way, " in sums


def test_a_course_has_one_wrong_answer_a_problem(tmp_path: Path) -> None:
    write_course(tmp_path / "answers", 2)
    for sheet in mark_folder(tmp_path / "answers", default_bank()):
        assert not sheet.faults
        assert len(sheet.problems) == len(COURSE)
        for problem in sheet.problems:
            assert [verdict.status == "correct" for verdict in problem.verdicts].count(False) == 1, problem.problem


@pytest.mark.parametrize("problem", [
    "adam-two-steps", "dense-param-count", "logic-gates", "lr-regime-choice", "matrix-mul", "md-quadratic-form",
    "table-derivative",
])  # fmt: skip
def test_answers_of_every_kind_are_wrong(problem: str) -> None:
    variant = grader.bank()[problem].variant(5)
    sheet = wrong_sheet(variant)
    statuses = {verdict.ask: verdict.status for verdict in variant.mark(sheet) if verdict.ask in sheet}
    assert statuses.keys() == sheet.keys()
    assert not {"correct", "invalid", "blank"} & set(statuses.values())


def test_the_notation_of_math_verify() -> None:
    assert as_latex("2*x^(-1)*cos(x**2)") == r"$2 \cdot x^{-1} \cdot \cos(x^2)$"
