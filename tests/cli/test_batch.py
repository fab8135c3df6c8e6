"""`grade batch` on a folder with everything in it: nothing handed in is lost, and terminal and gradebook agree."""

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

from grader.cli import main

SET = "{inner: 2, A: '[1, 2; 1, 0]', B: '[2, -2; 1, -1]'}"
RIGHT, HALF = "[4, -4; 2, -2]", "[4, -4; 1, 1]"
ROSTER = "student,name,language,group,e-mail\n" + "".join(
    f"{student},{name},en,{group},{student}@x\n"
    for student, name, group in (("ann", "Ann Lee", "7"), ("bob", "Bob", "8"), ("solovyova", "Анна Соловьёва", "8"),
                                 ("=cmd()", "=1+1", "7"), ("zoe", "Zoe", "8"))
)  # fmt: skip
STUDENTS = ("ann", "bob", "solovyova", "=cmd()", "zoe")


def grade(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with printed sheets of two assignments."""
    root = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADER_LANGUAGE", "en")
        assert grade("init", str(root)).exit_code == 0
        patch.chdir(root)
        for name, more in (
            ("hw", "  - product-rule\npolicy: {due: 2026-12-01 12:00 Z, late: 10 % per day, attempts: 2}\n"),
            ("later", "  - {problem: product-rule, as: again}\n"),
        ):
            (root / "problems" / "assignments" / f"{name}.yaml").write_text(
                f"title: {name}\nproblems:\n  - {{problem: matrix-mul, require: no, set: {SET}}}\n{more}", "utf-8"
            )
        (root / "roster.csv").write_text(ROSTER, "utf-8")
        for name in ("hw", "later"):
            made = grade("worksheet", name, "--roster", "roster.csv", "--format", "md", "-o", f"sheets-{name}")
            assert made.exit_code == 0, made.output
    return root


class Folder:
    """What was handed in to that course."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = root / "handed-in"
        self.path.mkdir()

    def text(self, student: str, answer: str = RIGHT, assignment: str = "hw") -> str:
        (path,) = (
            path for path in (self.root / f"sheets-{assignment}").glob("answers-*.yaml")
            if re.search(rf"(?m)^student: '?{re.escape(student)}'?$", path.read_text("utf-8"))
        )  # fmt: skip
        return re.sub(r"(?m)^    C:.*$", f"    C: '{answer}'", path.read_text("utf-8"))

    def put(self, name: str, data: bytes | str) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    def batch(self, *options: str, code: int = 0) -> tuple[list[dict[str, str]], list[dict[str, Any]], dict[str, Any]]:
        """The gradebook, the results and the summary."""
        made = grade("batch", "handed-in", "-o", "results", "--json", *options)
        assert made.exit_code == code, made.output
        with (self.root / "results" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        lines = (self.root / "results" / "results.jsonl").read_text("utf-8").splitlines()
        return rows, [json.loads(line) for line in lines], json.loads(made.output)

    def row(self, name: str, data: bytes | str, *options: str, code: int = 0) -> dict[str, str]:
        self.put(name, data)
        rows, results, _ = self.batch(*options, code=code)
        (row,) = (row for row in rows if row["file"] == name)
        (result,) = (result for result in results if result["file"] == name)
        assert " ".join(result["remarks"]) == row["remarks"]
        return row


@pytest.fixture
def folder(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    shutil.copytree(printed, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "200")
    return Folder(tmp_path / "course")


# ----- Files under all names and in all letters -------------------------------------------------------------------

SAME = [
    ("answers-ann.yaml.txt", lambda text: text),
    ("answers-ann.txt", lambda text: text),
    ("answers-ann", lambda text: text),
    ("answers-ann.YML", lambda text: text),
    ("answers-ann.download", lambda text: text),
    ("answers-ann (1).yaml", lambda text: text),
    ("Lee Ann_7_assignsubmission_file_/answers.yaml", lambda text: text),
    ("tabs.yaml", lambda text: re.sub(r"(?m)^ +", lambda m: m[0].replace("    ", "\t"), text)),
    ("tab.yaml", lambda text: text.replace("    C:", "\tC:")),
    ("crlf.yaml", lambda text: text.replace("\n", "\r\n")),
    ("bom.yaml", lambda text: "\ufeff" + text),
    ("quoted.yaml", lambda text: text.replace("assignment: hw", "assignment: 'hw '")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change"), SAME, ids=[name for name, _ in SAME])
def test_a_file_is_read_as_submit_reads_it(folder: Folder, name: str, change: Callable[[str], str]) -> None:
    row = folder.row(name, change(folder.text("ann")))
    assert [row[key] for key in ("student", "assignment", "matrix-mul", "points", "of", "late", "remarks")] == [
        "ann", "hw", "4", "4", "9", "", ""
    ]  # fmt: skip
    submitted = json.loads(grade("submit", f"handed-in/{name}", "--json", "--no-keep").output)
    assert (submitted["student"], submitted["points"], submitted["of"]) == ("ann", 4, 9)


TOLD = [
    # what is different in the file, student, points, a word of the remark
    ("utf-16", lambda text: text.encode("utf-16"), "ann", "4", "UTF-16"),
    ("cp1251", lambda text: text.replace("# ", "# Ответы ").encode("cp1251"), "ann", "4", "CP1251"),
    ("no name", lambda text: text.replace("student: ann", "student:"), "ann", "4", "does not say whose"),
    ("other spelling", lambda text: text.replace("student: ann", "student: ANN"), "ann", "4", ""),
    ("no assignment", lambda text: text.replace("assignment: hw\n", ""), "ann", "4", "its variants are those of hw"),
    ("problem mistyped", lambda text: text.replace("  matrix-mul:", "  matrix-mull:"), "ann", "4",
     "that of matrix-mul"),
    ("problem left out", lambda text: re.sub(r"(?s)  matrix-mul:.*?(?=\n\n)", "", text), "ann", "0",
     "matrix-mul: This problem is not in the file."),
    ("unknown blank", lambda text: text.replace("    C:", "    D: 1\n    C:"), "ann", "4", "no blank called D"),
    ("a line that is none", lambda text: text.replace("    C:", "    nonsense\n    C:"), "ann", "4", "has no “: ”"),
    ("no code", lambda text: re.sub(r"    variant: .*\n    # C", "    # C", text, count=1), "ann", "4", ""),
    ("bad code", lambda text: re.sub(r"variant: .", "variant: !", text, count=1), "ann", "0", "cannot contain"),
    ("copied", lambda text: text.replace("student: ann", "student: bob"), "bob", "0", "the variants of ann"),
    ("stranger", lambda text: text.replace("student: ann", "student: solovyeva"), "solovyeva", "0",
     "Did you mean “solovyova”?"),
    ("full name", lambda text: text.replace("student: ann", "student: Lee, Ann"), "ann", "4",
     "The file says “Lee, Ann”, which is ann in the roster."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "student", "points", "told"), [row[1:] for row in TOLD], ids=[row[0] for row in TOLD]
)
def test_what_is_odd_is_told_and_counts(
    folder: Folder, change: Callable[[str], bytes | str], student: str, points: str, told: str
) -> None:
    row = folder.row("answers-ann.yaml", change(folder.text("ann")), "--roster", "roster.csv")
    assert (row["student"], row["points"], row["of"]) == (student, points, "9")
    assert told in row["remarks"]
    assert bool(row["remarks"]) is bool(told)
    assert ("Copied?" in row["remarks"]) is (student != "ann")


REFUSED = [
    ("answers-ann.docx", b"PK\x03\x04word", "ann", "plain text"),
    ("answers-ann.pdf", b"%PDF-1.7", "ann", "PDF"),
    ("answers-ann.zip", b"PK\x03\x04", "ann", "Unpack"),
    ("answers-ann.yaml", b"PK\x03\x04", "ann", "Unpack"),
    ("answers-ann.xlsx", b"PK\x03\x04", "ann", "table"),
    ("answers-ann.yaml", b"", "ann", "empty"),
    ("answers-ann.yaml", b"\0\1\2", "ann", "not a text file"),
    ("answers-ann.yaml", b"hello", "ann", "key: value"),
    ("Lee Ann_7_assignsubmission_file_/scan.jpg", b"\xff\xd8\xff", "ann", "picture"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "student", "told"), REFUSED)
def test_what_cannot_be_read_is_listed_with_the_cure(
    folder: Folder, name: str, data: bytes, student: str, told: str
) -> None:
    folder.put("answers-bob.yaml", folder.text("bob"))
    row = folder.row(name, data, "--roster", "roster.csv", code=1)
    assert (row["student"], row["assignment"], row["points"], row["of"]) == (student, "hw", "0", "9")
    assert told in row["remarks"]
    assert "ann" not in folder.batch("--roster", "roster.csv", code=1)[2]["absent"]  # something came


NAMES = ["HW", "hww", "hw.yaml", "practice", "week-1", "later", "nonsense", "../hw"]


@pytest.mark.parametrize("name", NAMES)
def test_another_assignments_name_is_refused(folder: Folder, name: str) -> None:
    row = folder.row("answers-ann.yaml", folder.text("ann").replace("assignment: hw", f"assignment: {name}"), code=1)
    assert (row["points"], "hw" in row["remarks"]) == ("0", True)
    assert grade("submit", "handed-in/answers-ann.yaml").exit_code == 2


# ----- Many of them -----------------------------------------------------------------------------------------------


def fill(folder: Folder) -> None:
    """Everything at once."""
    for student in ("ann", "bob"):
        folder.put(f"answers-{student}.yaml", folder.text(student))
    folder.put("copy.yaml", folder.text("bob").replace("student: bob", "student: zoe"))
    folder.put("answers-ann (1).yaml", folder.text("ann", HALF))
    folder.put("later.txt", folder.text("ann", HALF, "later"))
    folder.put("answers-cmd.docx", b"PK\x03\x04")
    folder.put("all.zip", b"PK\x03\x04")
    for name in (".DS_Store", "Thumbs.db", "__MACOSX/x", "~$x.docx"):
        folder.put(name, b"x")


def test_a_folder_with_everything_in_it(folder: Folder) -> None:
    fill(folder)
    rows, results, summary = folder.batch("--roster", "roster.csv", code=1)
    assert (summary["files"], summary["graded"], summary["refused"], len(summary["ignored"])) == (7, 5, 2, 4)
    assert [result["file"] for result in results] == [row["file"] for row in rows if row["file"]]
    told = {row["file"]: row["remarks"] for row in rows if row["file"]}
    assert "answers-ann (1).yaml" in told["answers-ann.yaml"]
    assert "answers-ann.yaml" in told["answers-ann (1).yaml"]
    assert (told["later.txt"], "Copied?" in told["copy.yaml"], "zoe" in told["answers-bob.yaml"]) == ("", True, True)
    absent = [(row["student"], row["assignment"], row["points"], row["of"]) for row in rows if not row["file"]]
    assert absent == [
        ("solovyova", "hw", "0", "9"), ("'=cmd()", "hw", "0", "9"),
        *((student, "later", "0", "9") for student in ("bob", "solovyova", "'=cmd()", "zoe")),
    ]  # fmt: skip
    assert {row["remarks"] for row in rows if not row["file"]} == {"Handed in nothing."}
    assert set(summary["absent"]) == {"solovyova", "=cmd()", "bob", "zoe"}


def test_columns_of_the_roster_are_kept(folder: Folder) -> None:
    fill(folder)
    rows, *_ = folder.batch("--roster", "roster.csv", code=1)
    assert list(rows[0]) == [
        "student", "name", "group", "e-mail", "assignment", "matrix-mul", "product-rule", "again", "points", "of",
        "late", "file", "remarks",
    ]  # fmt: skip
    ann = next(row for row in rows if row["file"] == "answers-ann.yaml")
    assert (ann["name"], ann["group"], ann["e-mail"]) == ("Ann Lee", "7", "ann@x")
    cmd = next(row for row in rows if row["student"] == "'=cmd()")
    assert (cmd["name"], cmd["group"]) == ("'=1+1", "7")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_terminal_says_what_the_gradebook_says(folder: Folder, language: str) -> None:
    fill(folder)
    for stamp, answer in (("20261201T100000", HALF), ("20261202T110000", RIGHT)):
        folder.put(f"ann/{stamp}.yaml", folder.text("ann", answer))
    made = grade("batch", "handed-in", "-o", "results", "--roster", "roster.csv", "-l", language)
    assert made.exit_code == 1
    rows, *_ = folder.batch("--roster", "roster.csv", "-l", language, code=1)
    shown = " ".join(made.output.split())
    for row in rows:
        points = f"{row['points']}/{row['of']}".replace(".", "," if language == "ru" else ".")
        student = row["student"].removeprefix("'")
        start = " ".join(filter(None, (row["file"] or "–", student, points if row["of"] else "–")))
        assert start in shown, row
        assert all(part in shown for part in row["remarks"].split(". ") if len(part) < 60), row
    assert all(name in shown for name in (".DS_Store", "Thumbs.db", "__MACOSX/", "~$x.docx"))
    late = next(row for row in rows if row["file"] == "ann/20261202T110000.yaml")
    assert (late["points"], late["late"] != "", late["late"] in late["remarks"]) == ("3.6", True, True)
    assert ("Проверено 7 файлов, не принято 2" if language == "ru" else "7 files graded, 2 refused") in shown


@pytest.mark.parametrize(("name", "late"), [
    ("leeann_LATE_12_345_answers-ann.yaml", True), ("leeann_12_345_answers-ann.yaml", False),
    ("translate_1.yaml", False),
])  # fmt: skip
def test_what_canvas_calls_late_is_told(folder: Folder, name: str, late: bool) -> None:
    row = folder.row(name, folder.text("ann"))
    assert (row["points"], "Canvas" in row["remarks"]) == ("4", late)


def test_closed_work_counts_nothing_anywhere(folder: Folder) -> None:
    path = folder.root / "problems" / "assignments" / "hw.yaml"
    path.write_text(path.read_text("utf-8").replace("late: 10 % per day", "late: closed"), "utf-8")
    folder.put("ann/20261202T110000.yaml", folder.text("ann"))
    (row,), _, summary = folder.batch()
    assert (row["points"], row["of"], summary["mean_share"]) == ("0", "9", 0)
    assert "no longer taken" in row["remarks"]
    assert "0/9" in grade("batch", "handed-in", "-o", "results").output


def test_of_a_copy_one_thing_is_said(folder: Folder) -> None:
    fill(folder)
    folder.put("eve.yaml", folder.text("bob").replace("student: bob", "student: eve"))
    told = {row["file"]: row["remarks"] for row in folder.batch(code=1)[0]}
    assert told["copy.yaml"] == told["eve.yaml"] == "Copied? These are the variants of bob, so they were not marked."
    assert told["answers-bob.yaml"] == "The same variants have been handed in by zoe, eve."


def test_a_scan_beside_a_file_that_was_read_is_told_and_counts_once(folder: Folder) -> None:
    folder.put("answers-ann.yaml", folder.text("ann"))
    folder.put("answers-ann.pdf", b"%PDF")
    folder.put("answers-bob.pdf", b"%PDF")
    rows = {row["file"]: row for row in folder.batch(code=1)[0]}
    assert [(row["points"], row["of"]) for row in rows.values()] == [("0", ""), ("4", "9"), ("0", "9")]
    assert "also answers-ann.pdf" in rows["answers-ann.yaml"]["remarks"]
    assert "also answers-ann.yaml" in rows["answers-ann.pdf"]["remarks"]
    assert "more than one" not in rows["answers-bob.pdf"]["remarks"]


def test_a_file_that_was_refused_is_something_in_any_assignment(folder: Folder) -> None:
    folder.put("answers-bob.yaml", folder.text("bob"))
    folder.put("later.yaml", folder.text("ann", assignment="later"))
    folder.put("answers-zoe.docx", b"PK\x03\x04")
    rows, *_ = folder.batch("--roster", "roster.csv", code=1)
    nothing = {(row["student"], row["assignment"]) for row in rows if not row["file"]}
    both = {(student, name) for student in ("solovyova", "'=cmd()") for name in ("hw", "later")}
    assert nothing == {("ann", "hw"), ("bob", "later")} | both


def test_a_sheet_for_all_is_nobodys_copy(folder: Folder) -> None:
    made = grade("worksheet", "hw", "--seed", "7", "--format", "md", "-o", "exam")
    assert made.exit_code == 0
    text = (folder.root / "exam" / "answers-student.yaml").read_text("utf-8")
    for student in STUDENTS[:3]:
        folder.put(f"{student}.yaml", text.replace("student: student", f"student: {student}"))
    assert [row["remarks"] for row in folder.batch()[0]] == ["", "", ""]


@pytest.mark.parametrize("manifest", [True, False])
def test_every_copy_of_many_is_flagged(folder: Folder, manifest: bool) -> None:
    text = folder.text("ann")
    for number in range(70):
        folder.put(f"answers-s{number}.yaml", text.replace("student: ann", f"student: s{number}"))
    if not manifest:
        for path in folder.root.glob("*/manifest.jsonl"):
            path.unlink()
    rows, *_ = folder.batch()
    assert len(rows) == 70
    words = "the variants of ann" if manifest else "and 66 more"
    assert all(words in row["remarks"] for row in rows)
    assert grade("batch", "handed-in", "-o", "results").output.count("Copied?" if manifest else "66 more") == 70


def test_a_folder_of_archives_and_an_archive(folder: Folder) -> None:
    folder.put("ML-hw3-Moodle.zip", b"PK\x03\x04")
    folder.put("submissions.rar", b"Rar!")
    made = grade("batch", "handed-in", "-o", "results")
    assert (made.exit_code, made.output.count("Unpack it into the folder")) == (1, 2)
    single = grade("batch", "handed-in/ML-hw3-Moodle.zip", "-o", "results")
    assert (single.exit_code, "Unpack it" in single.output) == (2, True)


def test_a_folder_that_holds_its_own_results_and_sheets(folder: Folder) -> None:
    """The folder of the sheets, marked twice over: what we wrote ourselves is nobody's work."""
    for _ in range(2):
        made = grade("batch", "sheets-hw", "-o", "sheets-hw", "--json")
        assert made.exit_code == 0
        assert json.loads(made.output)["graded"] == len(STUDENTS)


def test_columns_may_be_said_on_the_command_and_in_the_course(folder: Folder) -> None:
    folder.put("answers-ann.yaml", folder.text("ann"))
    (folder.root / "odd.csv").write_text("Code,Who\nann,Ann\nzoe,Zoe\n", "utf-8")
    asked = grade("batch", "handed-in", "-o", "results", "--roster", "odd.csv")
    assert (asked.exit_code, "--column" in asked.output, "Code" in asked.output) == (2, True, True)
    assert folder.batch("--roster", "odd.csv", "--column", "student=Code")[2]["absent"] == ["zoe"]
    with (folder.root / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("roster: {student: Code, name: Who}\n")
    assert folder.batch("--roster", "odd.csv")[2]["absent"] == ["zoe"]
    assert "zoe" in folder.batch("--roster", "roster.csv")[2]["absent"]  # a roster without such columns
    wrong = grade("batch", "handed-in", "-o", "results", "--roster", "odd.csv", "--column", "student")
    assert (wrong.exit_code, "--column" in wrong.output) == (2, True)
