"""`grade worksheet` into a folder that is not empty: nothing is lost. What `grade init` makes, and the examples."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from grader.course import writing

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(main.list_commands(click.Context(main)))


def grade(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    root = tmp_path / "course"
    assert grade("init", str(root)).exit_code == 0
    for name, problems in (("hw1", "[matrix-mul]"), ("hw2", "[matrix-mul, product-rule]")):
        (root / "problems" / "assignments" / f"{name}.yaml").write_text(
            f"title: {name}\nproblems: {problems}\n", "utf-8"
        )
    monkeypatch.chdir(root)
    return root


def sheet(what: str, *options: str, student: str = "ann", code: int = 0) -> Result:
    made = grade("worksheet", *what.split(), "--student", student, "--format", "md", "-o", "out", *options)
    assert made.exit_code == code, made.output
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())}


def fill(course: Path, name: str = "answers-ann.yaml") -> bytes:
    path = course / "out" / name
    path.write_text(path.read_text("utf-8").replace("    C:\n", "    C: 1\n"), "utf-8")
    return path.read_bytes()


def test_the_same_sheet_may_be_printed_again(course: Path) -> None:
    sheet("hw1", "--key")
    before = contents(course)
    sheet("hw1", "--key")
    assert contents(course) == before
    assert set(before) == {"ann.md", "key-ann.md", "answers-ann.yaml", "manifest.jsonl"}
    sheet("hw1", "-l", "ru")  # in other words: nothing is filled in, and the numbers are the same
    assert contents(course)["answers-ann.yaml"] != before["answers-ann.yaml"]
    sheet("hw1", student="bob")
    assert "answers-bob.yaml" in contents(course)


def test_another_assignment_has_names_of_its_own(course: Path) -> None:
    sheet("hw1", "--key")
    filled, before = fill(course), contents(course)
    sheet("hw2", "--key")
    after = contents(course)
    assert {name: after[name] for name in before if name != "manifest.jsonl"} == {
        name: data for name, data in before.items() if name != "manifest.jsonl"
    }
    assert set(after) - set(before) == {"ann-hw2.md", "key-ann-hw2.md", "answers-ann-hw2.yaml"}
    assert after["answers-ann.yaml"] == filled
    sheet("hw2", "--key")
    sheet("hw2", student="bob")
    assert "answers-bob-hw2.yaml" in contents(course)
    summary = json.loads(grade("batch", "out", "-o", "results", "--json").output)
    assert (summary["graded"], summary["refused"]) == (3, 0)


def test_answers_filled_in_are_not_overwritten(course: Path) -> None:
    sheet("hw1")
    filled = fill(course)
    before = contents(course)
    said = sheet("hw1", code=2).output
    assert ("answers-ann.yaml" in said, "--force" in said) == (True, True)
    assert contents(course) == before
    sheet("hw1", "--force")
    assert contents(course)["answers-ann.yaml"] != filled


@pytest.mark.parametrize(("name", "data"), [
    ("ann.md", b"mine"), ("answers-ann.yaml", b"mine"), ("answers-ann.yaml", b"\xff\xfe\0"), ("key-ann.md", b""),
    ("answers-ann.yaml", b"student: ann\nanswers:\n  other: {variant: X, C: }\n"),
])  # fmt: skip
def test_what_was_there_stays(course: Path, name: str, data: bytes) -> None:
    (course / "out").mkdir()
    (course / "out" / name).write_bytes(data)
    assert name in sheet("hw1", "--key", code=2).output
    assert contents(course) == {name: data}
    sheet("hw1", "--key", "--force")
    assert contents(course)[name] != data


def test_practice_of_other_problems_is_another_sheet(course: Path) -> None:
    sheet("matrix-mul")
    before = contents(course)
    assert "ann.md" in sheet("product-rule", code=2).output
    assert contents(course) == before
    sheet("hw1")
    assert {"ann-hw1.md", "answers-ann-hw1.yaml"} < set(contents(course))


def test_many_files_are_said_in_one_line(course: Path) -> None:
    (course / "roster.csv").write_text("student\n" + "".join(f"s{n}\n" for n in range(9)), "utf-8")
    order = ("worksheet", "hw1", "--roster", "roster.csv", "--format", "md", "-o", "out")
    assert grade(*order).exit_code == 0
    for number in range(9):
        fill(course, f"answers-s{number}.yaml")
    made = grade(*order)
    assert made.exit_code == 2
    assert "answers-s0.yaml: Answers are filled in there, and so are 8 more." in made.output


SHARED = [
    ["ivanova", "key-ivanova"],
    ["key-ivanova", "ivanova", "key-key-ivanova"],
    ["Ivanova", "ivanova", "IVANOVA"],
    ["stra\u00dfe", "STRASSE"],
    ["ann", "ann-hw2"],
    ["a" * 150, "a" * 151],
]


def stems(course: Path) -> list[str]:
    return [path.name.casefold() for path in (course / "out").iterdir()]


ONE_STUDENT = {"Ivanova", "STRASSE"}  # to a roster


@pytest.mark.parametrize("students", SHARED)
@pytest.mark.parametrize("together", [True, False])
def test_two_students_never_have_one_file(course: Path, students: list[str], together: bool) -> None:
    (course / "roster.csv").write_text("student\n" + "\n".join(students) + "\n", "utf-8")
    for what in ("hw1", "hw2"):
        if together and not ONE_STUDENT & set(students):
            order = ("worksheet", what, "--roster", "roster.csv", "--format", "md", "-o", "out", "--key")
            assert grade(*order).exit_code == 0
        else:
            for student in students:
                sheet(what, "--key", student=student)
    assert grade("worksheet", "hw1", "--seed", "1", "--format", "md", "-o", "out", "--key").exit_code == 0
    sheets, names = 2 * len(students) + 1, stems(course)
    assert len(set(names)) == len(names) == 3 * sheets + 1
    whose = Counter(re.findall(r"(?m)^student: *(.*)$", path.read_text("utf-8"))[0] for path in out_answers(course))
    assert len(whose) == len(students) + 1
    before = contents(course)
    for student in students:
        sheet("hw1", "--key", student=student)  # printed again, each has the file that it had
    assert contents(course) == before


def out_answers(course: Path) -> list[Path]:
    return sorted((course / "out").glob("answers-*.yaml"))


def test_a_run_that_is_broken_off_leaves_no_sheet_without_its_numbers(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = writing.render
    monkeypatch.setattr(writing, "render", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert grade("worksheet", "hw1", "--student", "ann", "-o", "out").exit_code == 1
    assert set(contents(course)) == {"manifest.jsonl"}
    monkeypatch.setattr(writing, "render", whole)
    sheet("hw1")
    assert set(contents(course)) == {"ann.md", "answers-ann.yaml", "manifest.jsonl"}


@pytest.mark.parametrize("both", [
    ("--student", "a", "--seed", "3"), ("--student", "a", "--roster", "roster.csv"),
    ("--roster", "roster.csv", "--seed", "0"),
])  # fmt: skip
def test_a_sheet_is_for_a_course_a_student_or_nobody(course: Path, both: tuple[str, ...]) -> None:
    made = grade("worksheet", "hw1", *both, "-o", "out")
    assert made.exit_code == 2
    assert all(option in made.output for option in ("--roster", "--student", "--seed"))


@pytest.mark.parametrize("name", ["hw1", "hw1.yaml", "problems/assignments/hw1.yaml"])
def test_an_assignment_is_named_or_pointed_at(course: Path, name: str) -> None:
    sheet(name)
    assert "assignment: hw1" in (course / "out" / "answers-ann.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["hw3.yaml", "other/hw1.yaml"])
def test_an_assignment_that_is_not_there_is_said(course: Path, name: str) -> None:
    assert name in sheet(name, code=2).output


def test_an_assignment_that_marking_will_not_find_is_said(course: Path) -> None:
    (course / "elsewhere.yaml").write_text("title: E\nproblems: [matrix-mul]\npolicy: {attempts: 1}\n", "utf-8")
    assert "problems/assignments" in sheet("elsewhere.yaml").output
    assert "problems/assignments" not in sheet("hw1").output
    (course / "in").mkdir()
    for path in (course / "out").glob("answers-*"):
        (course / "in" / path.name).write_bytes(path.read_bytes())
    made = grade("batch", "in", "-o", "results")
    assert (made.exit_code, "There is no assignment elsewhere here" in made.output.replace("\n", " ")) == (0, True)


def test_a_roster_of_another_system(course: Path) -> None:
    text = 'Student,ID,SIS Login ID,Section\n    Points Possible,,,\n"Ли, Анна",17,ali,S\n'
    (course / "canvas.csv").write_bytes(text.encode("cp1251"))
    order = ("worksheet", "hw1", "--roster", "canvas.csv", "--format", "md", "-o", "out")
    made = grade(*order)
    assert "CP1251" in made.output
    assert "Ли, Анна" in (course / "out" / "17.md").read_text("utf-8")
    assert grade(*order, "--column", "student=SIS Login ID").exit_code == 0
    assert (course / "out" / "ali.md").exists()
    asked = grade(*order, "--column", "student=Login")
    assert (asked.exit_code, "SIS Login ID" in asked.output) == (2, True)


# ----- A new course, and the examples -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_new_course_works_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("GRADER_LANGUAGE", language)
    monkeypatch.chdir(tmp_path)
    told = grade("init", "c", "--title", "Maths {x}", "-l", language).output
    monkeypatch.chdir(tmp_path / "c")
    readme = Path("README.md").read_text("utf-8")
    assert readme.startswith("# Maths {x}\n")
    assert "course.yaml" in Path(".gitignore").read_text("utf-8").splitlines()  # it holds the secret
    commands = [line.strip() for line in readme.splitlines() if line.startswith("    grade ")]
    assert len(commands) == 2
    assert commands[0].split(" --format")[0] in told
    for _ in range(2):  # and again
        made = grade(*shlex.split(commands[0].replace("pdf,html", "md"))[1:])
        assert made.exit_code == 0, made.output
        Path("handed-in").mkdir(exist_ok=True)
        for path in Path("sheets").glob("answers-*"):
            (Path("handed-in") / path.name).write_bytes(path.read_bytes())
        assert grade(*shlex.split(commands[1])[1:]).exit_code == 0


def test_init_leaves_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_text("mine", "utf-8")
    assert grade("init").exit_code == 0
    assert Path("README.md").read_text("utf-8") == "mine"
    assert grade("init").exit_code == 2


def examples() -> list[tuple[str, str]]:
    found = []
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        found += [
            (name, line) for line in re.findall(r"(?m)^.*?(grade [a-z].*)$", (command.help or "").split("Example")[1])
        ]
    return found


@pytest.mark.parametrize(("name", "line"), examples())
def test_the_example_of_every_command_works(
    course: Path, monkeypatch: pytest.MonkeyPatch, name: str, line: str
) -> None:
    """In a course that has the samples of ours."""
    if name == "check":
        pytest.skip("minutes; tests/check does it")
    (course / "submissions" / "samples").symlink_to(ROOT / "submissions" / "samples")
    (course / "course.yaml").write_bytes((ROOT / "course.yaml").read_bytes())  # they are drawn with its secret
    words = shlex.split(line.split(">")[0].replace("pdf,html", "md"))[1:]
    made = grade(*words, *(["--format", "md"] if name == "worksheet" else []))
    assert made.exit_code == 0, made.output


def test_the_commands_of_the_documents_work_in_a_new_course(course: Path) -> None:
    """And when they are given twice."""
    text = (ROOT / "docs" / "commands.md").read_text("utf-8").split("## A course")[1].split("##")[0]
    commands = [line.split("#")[0].strip() for line in text.splitlines() if line.startswith("    grade ")]
    assert len(commands) == 3
    for _ in range(2):
        for line in commands[1:]:
            (course / "handed-in").mkdir(exist_ok=True)
            made = grade(*shlex.split(line.replace("pdf,html", "md"))[1:])
            assert made.exit_code == 0, made.output
            for path in (course / "sheets").glob("answers-*"):
                (course / "handed-in" / path.name).write_bytes(path.read_bytes())
