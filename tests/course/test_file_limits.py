"""What is too long, too much or nobody's is refused in words, and never becomes a column."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from grader.course.answers_file import NAME_LIMIT, PROBLEM_LIMIT, parse_answers
from grader.course.bank import default_bank
from grader.course.gradebook import gradebook_csv
from grader.course.remarks import remarks_on
from grader.course.results import results_jsonl
from grader.course.sheets import MOST_STRANGERS, mark_files
from grader.course.variants import Manifest
from grader.errors import InputError
from grader.messages import LANGUAGES, translate

HEAD = "student: ann\nassignment: practice\nanswers:\n"
CODE = "  matrix-mul:\n    variant: {code}\n    C: '[1, 2; 3, 4]'\n"
LONG = "x" * 300


def made_up(count: int, text: str = "    x: 1\n") -> str:
    return "".join(f"  made-up-{number}:\n{text}" for number in range(count))


@pytest.mark.parametrize("count", [PROBLEM_LIMIT + 1, 20_000])
def test_too_many_problems_are_refused(count: int) -> None:
    with pytest.raises(InputError) as refused:
        parse_answers((HEAD + made_up(count)).encode(), "a.yaml")
    assert refused.value.message.key == "answers-many"

    assert str(PROBLEM_LIMIT) in str(refused.value)


def test_as_many_as_there_may_be_are_read() -> None:
    assert len(parse_answers((HEAD + made_up(PROBLEM_LIMIT)).encode(), "a.yaml").problems) == PROBLEM_LIMIT


@pytest.mark.parametrize("count", [MOST_STRANGERS, MOST_STRANGERS + 1, PROBLEM_LIMIT - 1])
def test_problems_of_nobody_are_told_shortly_and_are_no_columns(count: int, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + made_up(count, "    variant: A\n    x: 1\n") + CODE.format(code="no"), "utf-8")
    (sheet,) = mark_files([path], default_bank(), Manifest())
    told = [problem.problem for problem in sheet.problems]
    assert told == [*(f"made-up-{number}" for number in range(MOST_STRANGERS)), "matrix-mul"]
    more = [fault.message for fault in sheet.faults if fault.message.key == "problems-unknown-more"]
    assert [message.values["count"] for message in more] == ([count - MOST_STRANGERS] if count > MOST_STRANGERS else [])
    assert len(results_jsonl([sheet], "en")) < 10_000
    (head, _) = csv.reader(io.StringIO(gradebook_csv([sheet])))
    assert head == ["student", "assignment", "matrix-mul", "points", "of", "late", "file", "remarks"]
    assert all(translate(remark, language) for remark in remarks_on(sheet) for language in LANGUAGES)


def test_a_student_whose_name_is_too_long() -> None:
    text = f"student: {LONG}\nassignment: practice\nanswers:\n  matrix-mul:\n    C: 1\n"
    with pytest.raises(InputError) as refused:
        parse_answers(text.encode(), "a.yaml")
    assert refused.value.message.key == "answers-name-long"
    for language in LANGUAGES:
        said = translate(refused.value.message, language)
        assert "300" in said
        assert str(NAME_LIMIT) in said
        assert len(said) < 200


def test_an_assignment_whose_name_is_too_long() -> None:
    text = f"student: ann\nassignment: {LONG}\nanswers:\n  matrix-mul:\n    C: 1\n"
    sheet = parse_answers(text.encode(), "a.yaml")
    assert [(fault.message.key, fault.line) for fault in sheet.faults] == [("answers-name-long", 2)]


@pytest.mark.parametrize("name", ["x" * NAME_LIMIT, "ж" * NAME_LIMIT])
def test_a_name_that_is_just_short_enough(name: str) -> None:
    sheet = parse_answers(HEAD.replace("ann", name).encode() + b"  matrix-mul:\n    C: 1\n", "a.yaml")
    assert (sheet.student, sheet.faults) == (name, ())


def test_a_problem_and_a_blank_that_are_too_long_cost_themselves() -> None:
    text = f"{HEAD}  {LONG}:\n    x: 1\n  matrix-mul:\n    {LONG}: 1\n    C: 2\n"
    sheet = parse_answers(text.encode(), "a.yaml")
    assert [(fault.message.key, fault.line) for fault in sheet.faults] == [
        ("answers-name-long", 4),
        ("answers-name-long", 7),
    ]
    assert [(problem.problem, list(problem.answers)) for problem in sheet.problems] == [("matrix-mul", ["C"])]


def test_a_code_that_is_too_long_is_told_shortly(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + CODE.format(code=LONG), "utf-8")
    (sheet,) = mark_files([path], default_bank(), Manifest())
    (problem,) = sheet.problems
    assert [fault.key for fault in problem.faults] == ["code-length"]
