"""The program fails somewhere in `grade batch` or `grade submit`: it says so, and everybody else has their marks."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from grader.blanks.kind import Blank
from grader.cli import batch_table, main
from grader.cli import terminal as terminal_module
from grader.course import assigned, batch, gradebook, one_problem, remarks, results, sheets
from grader.course.bank import Bank
from grader.errors import AuthorError, Message
from grader.internal import CRASH
from grader.marking import mark as marking
from grader.marking import sheets as diagnosing

SET = "{inner: 2, A: '[1, 2; 1, 0]', B: '[2, -2; 1, -1]'}"
RIGHT, HALF, BOOM = "[4, -4; 2, -2]", "[4, -4; 1, 1]", "[77, 1; 1, 1]"
STUDENTS = ("ann", "bob", "cat", "dan", "eve")
PLANNED = f"title: hw\nproblems:\n  - {{problem: matrix-mul, require: no, set: {SET}}}\n  - product-rule\n"


def grade(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADER_LANGUAGE", "en")
        assert grade("init", str(root)).exit_code == 0
        patch.chdir(root)
        (root / "problems" / "assignments" / "hw.yaml").write_text(PLANNED + "policy: {attempts: 2}\n", "utf-8")
        (root / "roster.csv").write_text("student,name\n" + "".join(f"{s},{s}\n" for s in STUDENTS), "utf-8")
        made = grade("worksheet", "hw", "--roster", "roster.csv", "--format", "md", "-o", "printed")
        assert made.exit_code == 0, made.output
    return root


class Class:
    """Five students, who wrote what they wrote."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for student, answer in zip(STUDENTS, (RIGHT, HALF, BOOM, "", RIGHT), strict=True):
            self.write(student, answer)

    def path(self, student: str) -> Path:
        return self.root / "handed-in" / f"answers-{student}.yaml"

    def write(self, student: str, answer: str) -> None:
        text = (self.root / "printed" / f"answers-{student}.yaml").read_text("utf-8")
        self.path(student).parent.mkdir(exist_ok=True)
        self.path(student).write_text(re.sub(r"(?m)^    C:.*$", f"    C: '{answer}'", text), "utf-8")

    def batch(self, code: int) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, str]], dict[str, Any]]:
        """The lines of results and the rows of the gradebook by student, and the summary."""
        made = CliRunner().invoke(main, ["batch", "handed-in", "-o", "results", "--json", "--roster", "roster.csv"])
        assert made.exit_code == code, (made.output, made.exception)
        with (self.root / "results" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = {row["student"]: row for row in csv.DictReader(file)}
        lines = map(json.loads, (self.root / "results" / "results.jsonl").read_text("utf-8").splitlines())
        return {line["student"]: line for line in lines}, rows, json.loads(made.stdout)


@pytest.fixture
def room(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Class:
    shutil.copytree(printed, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    monkeypatch.delenv(CRASH)
    return Class(tmp_path / "course")


def failing(real: Callable[..., Any], meets: Callable[..., bool]) -> Callable[..., Any]:
    def planted(*args: Any, **named: Any) -> Any:
        if meets(*args, **named):
            raise RecursionError("planted")
        return real(*args, **named)

    return planted


def texts_of(work: one_problem.Work) -> list[Any]:
    return [answer.text for answer in work.answers.answers.values()]


# where, whom it strikes, and what becomes of the file: of one answer, of a problem, of all of it, of the words
PLANTS: list[tuple[str, Any, str, Callable[..., bool], str]] = [
    ("reading", Blank, "read", lambda self, typed: typed == BOOM, "answer"),
    ("comparing", marking, "scored", lambda ask, kind, typed, judgement, echo: typed == BOOM, "answer"),
    ("diagnosing", diagnosing, "expected_value", lambda ask, group: ask.id == "C", "name"),
    ("matching asks", one_problem, "_matched", lambda work, asks: BOOM in texts_of(work), "problem"),
    ("drawing", one_problem, "resolve",
     lambda problem, claims, manifest: problem.id == "matrix-mul" and "cat" in {each.student for each in claims},
     "problem"),
    ("parsing", sheets, "parse_answers", lambda data, name: BOOM.encode() in data, "file"),
    ("whose", sheets, "identified", lambda sheet, file, bank, manifest: sheet.student == "cat", "file"),
    ("which assignment", sheets, "assigned", lambda sheet, *rest: sheet.student == "cat", "file"),
    ("which item", sheets, "claim_of", lambda assignment, name, student, *rest: student == "cat", "file"),
    ("words", sheets, "_opened", lambda *rest: False, "words"),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "owner", "name", "meets", "becomes"), PLANTS, ids=[row[0] for row in PLANTS])
def test_it_costs_its_own(room: Class, layer: str, owner: Any, name: str, meets: Callable[..., bool], becomes: str,
                          monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    sound, sound_rows, _ = room.batch(0)
    if becomes == "words":
        real = sheets._gathered

        def gathered(verdict: Any, works: Any) -> Any:
            unsayable = (Message("no-such-text"),) if verdict.student == "cat" else ()
            return replace(real(verdict, works), remarks=unsayable)

        monkeypatch.setattr(sheets, "_gathered", gathered)
    monkeypatch.setattr(owner, name, failing(getattr(owner, name), meets))
    lines, rows, summary = room.batch(1)
    others = [student for student in STUDENTS if student not in (("cat", "bob") if becomes == "name" else ("cat",))]
    for student in others:
        assert lines[student] == sound[student], layer
        assert rows[student] == sound_rows[student]
    struck = lines["cat"]
    (told, *_) = struck["internal"]
    assert told["error"] == ("KeyError: 'no-such-text'" if becomes == "words" else "RecursionError: planted")
    assert ("in translate" if becomes == "words" else "in planted") in told["traceback"]
    assert told["version"]
    assert "program" in rows["cat"]["remarks"]
    first, second = struck["problems"] if becomes != "file" else (None, None)
    if becomes == "answer":
        assert (told["problem"], told["ask"], told["typed"]) == ("matrix-mul", "C", BOOM)
        assert told["variant"] == sound["cat"]["problems"][0]["variant"]
        assert [ask["status"] for ask in first["asks"]] == ["internal"]
        assert second == sound["cat"]["problems"][1]
    elif becomes == "name":
        assert [ask["status"] for ask in first["asks"]] == [
            ask["status"] for ask in sound["cat"]["problems"][0]["asks"]
        ]
        assert struck["points"] == sound["cat"]["points"]
    elif becomes == "problem":
        assert (first["asks"], first["of"]) == ([], sound["cat"]["problems"][0]["of"])
        assert "program failed" in first["faults"][0]
        assert second == sound["cat"]["problems"][1]
    elif becomes == "words":
        assert struck["problems"] == sound["cat"]["problems"]
        assert struck["remarks"] != sound["cat"]["remarks"]
    else:
        assert "program failed" in struck["error"]["message"]
    assert {each["student"] for each in summary["internal"]} <= {"cat", "bob"}


def test_the_terminal_says_it_loudly_at_the_end(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Blank, "read", failing(Blank.read, lambda self, typed: typed == BOOM))
    made = grade("batch", "handed-in", "-o", "results")
    assert made.exit_code == 1
    assert "THE PROGRAM FAILED at 1 place" in made.stderr
    assert "answers-cat.yaml · matrix-mul · C: RecursionError: planted" in made.stderr.splitlines()[-1]
    assert "program failed at matrix-mul C" in " ".join(made.stdout.split())


# Whatever fails beside the marks does not lose them.
BESIDE: list[tuple[str, Any, str, Callable[..., bool]]] = [
    ("remarks on a class", batch, "with_remarks", lambda *rest: True),
    ("a policy", batch, "with_hints", lambda sheet, *rest: sheet.student == "cat"),
    ("a row", gradebook, "_cells", lambda row, *rest: row.student == "cat" and not row.remarks),
    ("a row of the table", batch_table, "_cells", lambda row, *rest: row.student == "cat"),
    ("remarks on a file", remarks, "_all", lambda sheet: sheet.student == "cat"),
    ("slips of the class", batch, "translate", lambda *rest: True),
]


@pytest.mark.parametrize(("where", "owner", "name", "meets"), BESIDE, ids=[row[0] for row in BESIDE])
def test_beside_the_marks(room: Class, where: str, owner: Any, name: str, meets: Callable[..., bool],
                          monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(owner, name, failing(getattr(owner, name), meets))
    made = grade("batch", "handed-in", "-o", "results")
    lines = [json.loads(line) for line in Path("results/results.jsonl").read_text("utf-8").splitlines()]
    assert {line["student"]: line["points"] for line in lines} == {"ann": 4, "bob": 2, "cat": 0, "dan": 0, "eve": 4}
    assert made.exit_code == (0 if where in ("a row of the table", "slips of the class") else 1), made.output


def test_a_problem_that_cannot_be_loaded(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    sound, *_ = room.batch(0)
    monkeypatch.setattr(Bank, "__getitem__", failing(Bank.__getitem__, lambda self, problem: problem == "matrix-mul"))
    lines, *_ = room.batch(1)
    for student in STUDENTS:
        assert lines[student]["problems"][1] == sound[student]["problems"][1]
        assert "program failed" in lines[student]["problems"][0]["faults"][0]


def test_submit_shows_the_rest_and_takes_no_attempt(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Blank, "read", failing(Blank.read, lambda self, typed: typed == BOOM))
        made = grade("submit", str(room.path("cat")))
        assert made.exit_code == 1
        assert "THE PROGRAM FAILED at 1 place" in made.stderr
        assert "It is not your fault" in made.stdout
        data = json.loads(grade("submit", str(room.path("cat")), "--json").stdout)
        assert [ask["status"] for ask in data["problems"][0]["asks"]] == ["internal"]
        assert data["problems"][0]["attempt_status"] == "unread"
        assert data["internal"][0]["typed"] == BOOM
    room.write("cat", RIGHT)
    data = json.loads(grade("submit", str(room.path("cat")), "--json").stdout)
    assert (data["problems"][0]["attempt"], data["problems"][0]["attempts_left"]) == (1, 1)


def test_submit_of_a_file_at_which_it_fails(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "parse_answers", failing(sheets.parse_answers, lambda *rest: True))
    made = grade("submit", str(room.path("cat")))
    assert made.exit_code == 1
    assert "RecursionError: planted" in made.stderr
    assert "Traceback" not in made.output


def test_where_less_is_shown_no_details_are(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    path = room.root / "problems" / "assignments" / "hw.yaml"
    path.write_text(PLANNED + "policy: {reveal: points}\n", "utf-8")
    monkeypatch.setattr(Blank, "read", failing(Blank.read, lambda self, typed: typed == BOOM))
    made = grade("submit", str(room.path("cat")), "--json")
    (told,) = json.loads(made.stdout)["internal"]
    assert (told["error"], told["traceback"]) == ("RecursionError", "")
    assert "planted" not in made.stderr
    (kept,) = (room.root / "submissions" / "cat").glob("*.verdict.json")
    assert "in planted" in json.loads(kept.read_text("utf-8"))["internal"][0]["traceback"]


def test_words_that_fail_in_the_terminal(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    real = results.translate
    meets = lambda message, language: message.key == "answer-entries"  # noqa: E731
    monkeypatch.setattr(results, "translate", failing(real, meets))
    monkeypatch.setattr(terminal_module, "translate", failing(real, meets))
    made = grade("submit", str(room.path("bob")), "--no-keep")
    assert made.exit_code in (0, 1)
    assert "2/4" in made.stdout


def test_under_test_it_crashes(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CRASH, "1")
    monkeypatch.setattr(Blank, "read", failing(Blank.read, lambda self, typed: typed == BOOM))
    with pytest.raises(RecursionError):
        grade("batch", "handed-in", "-o", "results")


def test_an_assignment_that_fails_costs_its_files(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assigned, "load_assignment", failing(assigned.load_assignment, lambda *rest: True))
    lines, *_ = room.batch(1)
    assert all("program failed" in line["error"]["message"] for line in lines.values())


NINE = [".5_2", r"\frac.5", r"\left\leftceil", "inv(0)", "dot(x,x)/0", "max(x)*1e400", "x/.0", "x" + "²" * 4400,
        "1e400x'*A*x", "min 3", "2[1]", "I^1e400", "||||||(" * 5]  # fmt: skip


@pytest.mark.parametrize("text", NINE, ids=[text[:15] for text in NINE])
def test_answers_that_stopped_a_class_once(room: Class, text: str) -> None:
    """They have verdicts now; contained or not, the others are marked."""
    sound, *_ = room.batch(0)
    path = room.path("cat")
    quoted = text.replace("'", "''")
    path.write_text(
        re.sub(r"(?m)^    (df|dg|dy|value|C):.*$", r"    \g<1>: '{}'", path.read_text("utf-8")).replace("{}", quoted),
        "utf-8",
    )
    lines, _, summary = room.batch(0)
    assert summary["internal"] == []
    for student in STUDENTS:
        if student != "cat":
            assert lines[student] == sound[student]
    statuses = {ask["status"] for problem in lines["cat"]["problems"] for ask in problem["asks"]}
    by_chance = {"correct"} if text == "min 3" else set()  # the numbers are another secret's in every run
    assert statuses <= {"wrong", "invalid", "partly", "follows"} | by_chance  # 3 follows from the function 3


def test_numbers_that_cannot_be_drawn_cost_their_own_sheet(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the author's fault, not the program's: nobody is alarmed, and nobody else pays for it."""
    sound, *_ = room.batch(0)
    real = one_problem.resolve

    def drawn(problem: Any, claims: Any, *rest: Any) -> Any:
        if problem.id == "matrix-mul" and "cat" in {claim.student for claim in claims}:
            raise AuthorError("spec-level")
        return real(problem, claims, *rest)

    monkeypatch.setattr(one_problem, "resolve", drawn)
    lines, _, summary = room.batch(0)
    assert summary["internal"] == []
    assert "has a fault" in lines["cat"]["problems"][0]["faults"][0]
    assert lines["cat"]["problems"][1] == sound["cat"]["problems"][1]
    assert [lines[student] for student in STUDENTS if student != "cat"] == [
        sound[student] for student in STUDENTS if student != "cat"
    ]


def test_a_broken_problem_costs_itself_where_no_manifest_is_at_hand(room: Class) -> None:
    shutil.rmtree(room.root / "printed")
    (room.root / "problems" / "matrix-mul.yaml").write_text("id: matrix-mul\nnonsense: 1\n", "utf-8")
    text = room.path("ann").read_text("utf-8")
    room.path("ann").write_text(text.replace("assignment: hw", "assignment: practice"), "utf-8")
    lines, *_ = room.batch(1)
    assert "error" in lines["ann"]
    assert "has a fault" in lines["bob"]["problems"][0]["faults"][0]
    assert [ask["status"] for ask in lines["bob"]["problems"][1]["asks"]]


def test_a_hint_beside_an_answer_at_which_it_fails(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Blank, "read", failing(Blank.read, lambda self, typed: typed == BOOM))
    assert grade("hint", str(room.path("cat")), "matrix-mul", "C", "--yes").exit_code == 0
