"""`grade submit`, `grade hint` and `grade batch` under the policy of an assignment, in a course folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from grader.course.history import stamp_of

SET = "{inner: 2, A: '[1, 2; 1, 0]', B: '[2, -2; 1, -1]'}"
ASSIGNMENT = f"title: {{en: A, ru: А}}\nproblems:\n  - {{problem: matrix-mul, require: no, set: {SET}}}\n"
RIGHT, WRONG, HALF = "[4, -4; 2, -2]", "[1, 1; 1, 1]", "[4, -4; 1, 1]"


def grade(*arguments: str, answer: str = "") -> Result:
    result = CliRunner().invoke(main, list(arguments), input=answer)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


class Course:
    """A course folder with one assignment of one problem, four points."""

    def __init__(self, root: Path) -> None:
        self.root = root
        assert grade("init", str(root)).exit_code == 0

    def policy(self, text: str) -> None:
        lines = "".join(f"  {line}\n" for line in text.splitlines())
        path = self.root / "problems" / "assignments" / "week.yaml"
        path.write_text(ASSIGNMENT + (f"policy:\n{lines}" if text else ""), "utf-8")

    def sheet(self, answer: str, student: str = "ivanova") -> str:
        out = self.root / "out"
        name = f"answers-{student}.yaml"
        if not (out / name).exists():
            grade("worksheet", "problems/assignments/week.yaml", "--student", student, "--format", "md", "-o", str(out))
        text = (out / name).read_text("utf-8")
        (out / name).write_text(re.sub(r"(?m)^    C:.*$", f"    C: '{answer}'", text), "utf-8")
        return str(out / name)

    def submit(self, answer: str, *options: str, student: str = "ivanova") -> dict[str, Any]:
        data: dict[str, Any] = json.loads(grade("submit", self.sheet(answer, student), "--json", *options).output)
        return data

    def problem(self, answer: str, *options: str) -> dict[str, Any]:
        found: dict[str, Any] = self.submit(answer, *options)["problems"][0]
        return found

    def kept(self, student: str = "ivanova") -> list[Path]:
        return sorted((self.root / "submissions" / student).glob("*.yaml"))


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    made = Course(tmp_path / "course")
    monkeypatch.chdir(made.root)
    return made


def test_attempts_run_out_and_everything_is_kept(course: Course) -> None:
    course.policy("attempts: 2")
    rows = [("x+", "unread", 0, 2, 0), (WRONG, "counted", 1, 1, 0), (WRONG, "same", 1, 1, 0),
            (HALF, "counted", 2, 0, 2), (RIGHT, "over", 2, 0, 2)]  # fmt: skip
    for answer, status, used, left, counts in rows:
        found = course.problem(answer)
        told = (found["attempt_status"], found["attempt"], found["attempts_left"], found["counts"])
        assert told == (status, used, left, counts)
    assert len(course.kept()) == len(rows)
    shown = grade("submit", course.sheet(RIGHT)).output
    assert "All 2 attempts are used" in shown
    assert "Counts so far: 2 of 4 points" in shown


def test_the_last_attempt_can_be_the_one_that_counts(course: Course) -> None:
    course.policy("counts: last")
    assert [course.problem(answer)["counts"] for answer in (RIGHT, HALF, RIGHT)] == [4, 2, 4]


def test_without_a_policy_nothing_is_said(course: Course) -> None:
    course.policy("")
    first, second = course.problem(WRONG), course.problem(RIGHT)
    assert [(p["attempt"], p["attempts_left"]) for p in (first, second)] == [(1, None), (2, None)]
    shown = grade("submit", course.sheet(WRONG)).output
    assert "ttempt" not in shown


def test_what_is_not_kept_costs_nothing(course: Course) -> None:
    course.policy("attempts: 1")
    assert course.problem(WRONG, "--no-keep")["attempt_status"] == "unkept"
    assert course.problem(RIGHT)["attempt_status"] == "counted"


def test_outside_a_course_there_are_no_attempts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    grade("worksheet", "matrix-mul", "--student", "a", "--format", "md", "-o", "out")
    data = json.loads(grade("submit", "out/answers-a.yaml", "--json").output)
    assert (data["late"], data["counts"], data["problems"][0]["attempt"]) == (None, None, None)


def test_students_do_not_share_attempts(course: Course) -> None:
    course.policy("attempts: 1\ncodes: remark")
    for student in ("ivanova", "../ivanova", "IVANOVA.", "con", "=1+1"):
        text = Path(course.sheet(WRONG, "z")).read_text("utf-8")
        path = course.root / "out" / "hostile.yaml"
        path.write_text(re.sub(r"(?m)^student:.*$", f"student: '{student}'", text), "utf-8")
        data = json.loads(grade("submit", str(path), "--json").output)
        assert data["problems"][0]["attempt_status"] == "counted"
    inside = course.root / "submissions"
    assert all(inside in path.resolve().parents for path in inside.rglob("*.yaml"))


def test_the_same_second(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    course.policy("attempts: 3")
    for answer in (WRONG, HALF, RIGHT):
        last = course.problem(answer)
    assert (last["attempt"], last["attempts_left"], last["counts"]) == (3, 0, 4)


def test_broken_files_are_skipped_with_a_note(course: Course) -> None:
    course.policy("attempts: 3")
    course.submit(WRONG)
    folder = course.root / "submissions" / "ivanova"
    (folder / "20200101T000000.verdict.json").write_bytes(b"{")
    (folder / "notes.txt").write_text("mine")
    data = course.submit(HALF)
    assert data["problems"][0]["attempt"] == 2
    assert len(data["notes"]) == 2


LATE = [
    ("due: 2999-01-01", None, 4),
    ("due: 2020-01-01 12:00\nlate: closed", (0, True), 0),
    ("due: 2020-01-01 12:00\nlate: {per day: 10 %, at most: 50 %}", (0.5, False), 2),
    ("due: 2020-01-01 12:00", (1, False), 4),
]


@pytest.mark.parametrize(("policy", "late", "counts"), LATE)
def test_late_work(course: Course, policy: str, late: tuple[float, bool] | None, counts: float) -> None:
    with (course.root / "course.yaml").open("a", encoding="utf-8") as settings:
        settings.write("timezone: Europe/Moscow\n")
    course.policy(policy)
    data = course.submit(RIGHT)
    assert ((data["late"]["share"], data["late"]["closed"]) if data["late"] else None) == late
    assert (data["points"], data["counts"]) == (4, counts)
    assert ("Late by" in grade("submit", course.sheet(RIGHT)).output) is (late is not None)


def test_a_due_date_without_a_zone_says_what_to_do(course: Course) -> None:
    course.policy("due: 2999-01-01")
    made = grade("worksheet", "problems/assignments/week.yaml", "--student", "a", "-o", "out")
    assert made.exit_code == 2
    assert "timezone: Europe/Moscow" in made.output


def test_an_unknown_zone_is_the_courses_fault(course: Course) -> None:
    (course.root / "course.yaml").write_text("title: a\ntimezone: Mars\n", "utf-8")
    made = grade("list")
    assert made.exit_code == 2
    assert "course.yaml:2" in made.output


@pytest.mark.parametrize(
    ("policy", "status", "points", "messages"),
    [
        ("reveal: points", "received", None, 0),
        ("reveal: verdicts", "partly", 2, 0),
        ("reveal: slips", "partly", 2, 1),
        ("attempts: 1\nreveal: {at once: points, after last attempt: slips}", "partly", 2, 1),
        ("due: 2020-01-01 12:00 Z\nreveal: {after due: verdicts}", "partly", 2, 0),
    ],
)
def test_what_is_shown_and_what_is_kept(course: Course, policy: str, status: str, points: Any, messages: int) -> None:
    course.policy(policy)
    data = course.submit(HALF)
    (ask,) = data["problems"][0]["asks"]
    assert (ask["status"], ask["points"], len(ask["messages"])) == (status, points, messages)
    assert data["points"] == 2
    kept = json.loads(course.kept()[0].with_suffix(".verdict.json").read_text("utf-8"))
    (ask,) = kept["problems"][0]["asks"]
    assert (ask["status"], ask["points"], len(ask["messages"])) == ("partly", 2, 1)
    shown = grade("submit", course.sheet(HALF)).output
    assert ("?/4" in shown) is (status == "received")


def test_faults_of_a_blank_stand_at_the_blank(course: Course) -> None:
    course.policy("")
    path = Path(course.sheet(RIGHT))
    text = path.read_text("utf-8").replace("answers:\n", "colour: red\nanswers:\n")
    path.write_text(re.sub(r"(?m)^    C:.*$", "    D: 1\n    C: 2\n    C: 3", text), "utf-8")
    lines = [line.strip() for line in grade("submit", str(path)).output.splitlines()]
    words = ("matrix-mul", "no blank called D", "(no answer)", "C is answered twice", "colour", "of 4 points")
    at = {word: next(n for n, line in enumerate(lines) if word in line) for word in words}
    assert list(at) == sorted(at, key=lambda word: at[word])
    assert at["C is answered twice"] == at["(no answer)"] + 1
    faults = json.loads(grade("submit", str(path), "--json").output)["faults"]
    assert len(faults) == 3


# ----- Hints ------------------------------------------------------------------------------------------------------


def hint(course: Course, *options: str, answer: str = "", typed: str = "") -> Result:
    return grade("hint", course.sheet(typed), "matrix-mul", "C", *options, answer=answer)


def test_hints_cost_what_the_policy_says(course: Course) -> None:
    course.policy("hints: {authored: 0.5, step: 50 %}")
    asked = hint(course, answer="n\n")
    assert "costs 0.5 points of 4 (so far: 0)" in asked.output
    assert not (course.root / "submissions" / "ivanova" / "hints.jsonl").exists()
    refused = hint(course, "--json")
    assert (refused.exit_code, "--yes" in refused.output) == (2, True)
    assert "2×2" in hint(course, answer="y\n").output
    found = [json.loads(hint(course, "--json", "--yes").output) for _ in range(3)]
    assert [(h["kind"], h["price"], h["taken"], h["rung"]) for h in found] == [
        ("authored", 0.5, 1, 2), ("authored", 0.5, 1.5, 3), ("step", 2, 3.5, 4)]  # fmt: skip
    assert hint(course, "--json", "--yes").exit_code == 2
    data = course.problem(RIGHT)
    assert (data["points"], data["counts"]) == (0.5, 0.5)
    assert data["asks"][0]["messages"] == ["3.5 points are off for hints."]
    assert course.problem(WRONG)["points"] == 0


@pytest.mark.parametrize(("price", "words"), [("0.25", "cost 0.25 points"), ("1", "cost 1 point;"), ("free", "")])
def test_a_hint_taken_unasked_says_its_price(course: Course, price: str, words: str) -> None:
    course.policy(f"hints: {{authored: {price}}}")
    told = hint(course, "--yes").output
    assert ("2×2" in told, words in told, "cost" in told) == (True, True, bool(words))


def test_a_hint_must_not_test_answers(course: Course) -> None:
    course.policy("attempts: 2\nhints: {authored: no}")
    refused = hint(course, typed=WRONG)
    assert (refused.exit_code, "hand them in first" in refused.output) == (2, True)
    course.submit(WRONG)
    assert hint(course, typed=WRONG).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["adam-two-steps", "w1"], "it has matrix-mul"),
        (["matrix-mul", "D"], "no blank called D"),
        (["matrix-mul", "C", "--rung", "1"], "leave out --rung"),
    ],
)
def test_what_cannot_be_hinted_at_is_said(course: Course, arguments: list[str], said: str) -> None:
    course.policy("")
    made = grade("hint", course.sheet(""), *arguments)
    assert (made.exit_code, said in made.output) == (2, True)


def test_a_file_without_a_name_gets_no_recorded_hints(course: Course) -> None:
    course.policy("")
    path = Path(course.sheet(""))
    path.write_text(path.read_text("utf-8").replace("student: ivanova", "student:"), "utf-8")
    made = grade("hint", str(path), "matrix-mul", "C")
    assert (made.exit_code, "student:" in made.output) == (2, True)


def test_elsewhere_hints_are_free_and_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    grade("worksheet", "matrix-mul", "--student", "a", "--format", "md", "-o", "out")
    ask = ("hint", "out/answers-a.yaml", "matrix-mul", "C")
    shown = [json.loads(grade(*ask, "--json", "--rung", str(number)).output) for number in (1, 2, 3, 4)]
    assert [item["kind"] for item in shown] == ["authored"] * 3 + ["step"]
    assert {item["price"] for item in shown} == {0}
    assert grade(*ask, "--rung", "5").exit_code == 2
    assert "--rung 2" in grade(*ask).output
    assert not list(tmp_path.rglob("hints.jsonl"))


# ----- Batch ------------------------------------------------------------------------------------------------------


def batch(course: Course, folder: str = "submissions") -> tuple[list[dict[str, Any]], list[str]]:
    assert grade("batch", folder, "-o", "results").exit_code == 0
    rows = [json.loads(line) for line in Path("results/results.jsonl").read_text("utf-8").splitlines()]
    return rows, Path("results/gradebook.csv").read_text("utf-8-sig").splitlines()


def stamped(course: Course, stamp: str, answer: str, student: str = "ivanova") -> None:
    folder = course.root / "submissions" / student
    folder.mkdir(exist_ok=True)
    (folder / f"{stamp}.yaml").write_bytes(Path(course.sheet(answer, student)).read_bytes())


def test_batch_over_the_kept_files_follows_the_policy(course: Course) -> None:
    course.policy("attempts: 3\ndue: 2026-12-01 12:00 Z\nlate: {per day: 25 %, closed after: 3 days}\nreveal: points")
    for stamp, answer in (
        ("20261201T100000", "x+"), ("20261201T110000", WRONG), ("20261201T110000-2", HALF),
        ("20261201T110000-10", HALF),
        ("20261202T110000", RIGHT), ("20261202T120000", "[0, 0; 0, 0]"),
    ):  # fmt: skip
        stamped(course, stamp, answer)
    rows, gradebook = batch(course)
    by_file = {Path(row["file"]).stem[6:]: row for row in rows}
    told = {name: (row["problems"][0]["attempt_status"], row["counts"]) for name, row in by_file.items()}
    assert told == {
        "01T100000": ("unread", 0), "01T110000": ("counted", 0), "01T110000-2": ("counted", 2),
        "01T110000-10": ("same", 2), "02T110000": ("counted", 3), "02T120000": ("over", 3),
    }  # fmt: skip
    assert [row["late"]["share"] for row in rows if row["late"]] == [0.75, 0.75]
    assert all(ask["status"] != "received" for row in rows for p in row["problems"] for ask in p["asks"])
    assert len(gradebook) == 2
    assert gradebook[1].startswith("ivanova,week,3,3,4,1 d 0 h 0 min,ivanova/20261202T120000.yaml")


def test_batch_agrees_with_submit(course: Course) -> None:
    course.policy("attempts: 2\nhints: {authored: 0.5}")
    said = [course.problem(WRONG)]
    hint(course, "--yes")
    said += [course.problem(HALF), course.problem(RIGHT)]
    rows, gradebook = batch(course)
    rows.sort(key=lambda row: stamp_of(Path(row["file"]).name))
    again = [row["problems"][0] for row in rows]
    keys = ("points", "attempt", "attempts_left", "attempt_status", "counts")
    assert [[p[key] for key in keys] for p in again] == [[p[key] for key in keys] for p in said]
    assert gradebook[1].startswith("ivanova,week,1.5,1.5,4,")


def test_a_plain_folder_is_never_late_and_a_folder_without_policy_is_as_ever(course: Course) -> None:
    course.policy("attempts: 1\ndue: 2020-01-01 12:00 Z\nlate: closed")
    course.sheet(RIGHT)
    rows, gradebook = batch(course, "out")
    assert (rows[0]["late"], rows[0]["problems"][0]["attempt"]) == (None, None)
    assert gradebook[1].startswith("ivanova,week,4,4,4,")
    course.policy("")
    stamped(course, "20261201T110000", WRONG)
    stamped(course, "20261201T120000", RIGHT)
    assert len(batch(course)[1]) == 3
