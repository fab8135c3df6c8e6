"""Nobody gets points for another's numbers: codes, manifests and sealed sheets, as they are handed in to a course."""

from __future__ import annotations

import csv
import json
import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

import grader
from grader.chance.codes import decode, encode, read_code
from grader.chance.seal import sealed, unsealed
from grader.chance.streams import seed_in, seed_of
from grader.cli import main
from grader.course.folder import find_course
from grader.errors import StudentError
from grader.plan.record import record_of

SECRET = "c-JtvOujUGYqaK9sbi5liPN60rKDuM3I"
PROBLEM = "matrix-mul"
ASSIGNMENTS = {
    "hw": "title: HW\nproblems: [matrix-mul]\n",
    "quiz": "title: Q\nproblems: [matrix-mul]\n",
    "lax": "title: L\nproblems: [matrix-mul]\npolicy: {codes: remark}\n",
    "twin": "title: T\nproblems: [matrix-mul]\nsame numbers: yes\n",
    "pair": "title: P\nproblems: [matrix-mul, {problem: matrix-mul, as: second}]\n",
    "exam": "title: E\nproblems: [matrix-mul]\nsealed: yes\npolicy: {attempts: 2}\n",
}
ROSTER = "student,name\nivanova,Анна Иванова\npetrov,Пётр Петров\nАлёна,Алёна\n"
STUDENTS = ("ivanova", "petrov", "Алёна")
NOT_YOURS = "variant-not-yours"


def grade(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with the sheets of all its assignments, and practice."""
    root = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADER_LANGUAGE", "en")
        assert grade("init", str(root)).exit_code == 0
        patch.chdir(root)
        (root / "course.yaml").write_text(f"secret: {SECRET}\n", "utf-8")
        (root / "roster.csv").write_text(ROSTER, "utf-8")
        for name, text in ASSIGNMENTS.items():
            (root / "problems" / "assignments" / f"{name}.yaml").write_text(text, "utf-8")
            made = grade("worksheet", name, "--roster", "roster.csv", "--format", "md,html", "-o", f"sheets-{name}")
            assert made.exit_code == 0, made.output
        for what, folder in ((PROBLEM, "sheets-practice"), ("hw", "sheets-all")):
            whose = ("--seed", "77") if what == "hw" else ("--roster", "roster.csv")
            assert grade("worksheet", what, *whose, "--format", "md", "-o", folder).exit_code == 0
    return root


class Course:
    """The course, and what is handed in to it."""

    def __init__(self, root: Path) -> None:
        self.root, self.handed_in = root, root / "handed-in"
        self.handed_in.mkdir()

    def records(self, assignment: str) -> list[dict[str, Any]]:
        text = (self.root / f"sheets-{assignment}" / "manifest.jsonl").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def code(self, assignment: str, student: str, label: str = PROBLEM) -> str:
        return next(
            str(record["variant"])
            for record in self.records(assignment)
            if (record["student"], record["label"]) == (student, label)
        )

    def forget(self) -> None:
        """No manifest any more."""
        for path in self.root.glob("*/manifest.jsonl"):
            path.unlink()

    def put(self, code: str, student: str = "ivanova", assignment: str = "hw", label: str = PROBLEM) -> Path:
        """A file that answers the variant of a code rightly."""
        answer = right(opened(code))
        path = self.handed_in / f"answers-{student}.yaml"
        blocks = f"  {label}:\n    variant: {code}\n    C: '{answer}'\n"
        path.write_text(f"student: '{student}'\nassignment: {assignment}\nanswers:\n{blocks}", "utf-8")
        return path

    def batch(self, *options: str) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
        """Results by file, and the summary."""
        made = grade("batch", "handed-in", "-o", "results", "--json", *options)
        assert made.exit_code in (0, 1), made.output
        lines = (self.root / "results" / "results.jsonl").read_text("utf-8").splitlines()
        return {result["file"]: result for result in map(json.loads, lines)}, json.loads(made.output)

    def points(self, *options: str) -> float:
        (result,) = self.batch(*options)[0].values()
        return float(result["points"])


def opened(code: str) -> int:
    """The seed of a code, as somebody with the secret sees it."""
    found = read_code(code)
    seed = found.seed if found.tag is None else unsealed(SECRET, found)
    assert seed is not None
    return seed


def right(seed: int) -> str:
    return grader.bank()[PROBLEM].variant(seed).right_answer("C")


@pytest.fixture
def course(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    shutil.copytree(printed, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    return Course(tmp_path / "course")


def own(seed: int) -> str:
    return encode(seed, grader.bank()[PROBLEM].spec.code_digest)


HASHED = seed_of(SECRET, "ivanova", PROBLEM)
ATTACKS: list[tuple[str, Callable[[Course], object], bool, bool]] = [
    # what is handed in, and whether it is marked: with the manifest, and with the secret alone
    ("own", lambda c: c.put(c.code("hw", "ivanova")), True, True),
    ("a neighbour's", lambda c: c.put(c.code("hw", "petrov")), False, False),
    ("a neighbour's under the neighbour's name", lambda c: c.put(c.code("hw", "petrov"), "petrov"), True, True),
    ("a seed of one's own", lambda c: c.put(own(5)), False, False),
    ("seed 0", lambda c: c.put(own(0)), False, False),
    ("the largest seed", lambda c: c.put(own(2**40 - 1)), False, False),
    ("own without a secret", lambda c: c.put(own(seed_in("", "ivanova", "hw", PROBLEM))), False, False),
    ("own of another assignment", lambda c: c.put(c.code("quiz", "ivanova")), False, False),
    ("own of practice", lambda c: c.put(c.code("practice", "ivanova")), False, False),
    ("own of a sealed one", lambda c: c.put(c.code("exam", "ivanova")), False, False),
    ("printed for all", lambda c: c.put(c.code("all", "")), True, False),
    ("of an older sheet", lambda c: c.put(own(HASHED)), False, True),
    ("a neighbour's of an older sheet", lambda c: c.put(own(seed_of(SECRET, "petrov", PROBLEM))), False, False),
    ("own in capitals", lambda c: c.put(c.code("hw", "ivanova"), "IVANOVA"), True, True),
    ("own, spelled with е", lambda c: c.put(c.code("hw", "Алёна"), "алена"), True, False),
    ("own, no name but the file's", lambda c: _nameless(c), True, True),
    ("own of the other item", lambda c: c.put(c.code("pair", "ivanova", "second"), assignment="pair"), False, False),
    ("own where any is taken", lambda c: c.put(c.code("lax", "ivanova"), assignment="lax"), True, True),
    ("a neighbour's where any is taken", lambda c: c.put(c.code("lax", "petrov"), assignment="lax"), True, True),
    ("a seed of one's own where any is taken", lambda c: c.put(own(5), assignment="lax"), True, True),
    ("own of assignments with the same numbers", lambda c: c.put(own(HASHED), assignment="twin"), True, True),
    ("practice with other numbers, on record", lambda c: c.put(own(5), assignment="practice"), False, True),
    ("practice of one's own", lambda c: c.put(c.code("practice", "ivanova"), assignment="practice"), True, True),
    ("homework as practice", lambda c: c.put(c.code("quiz", "ivanova"), assignment="practice"), False, True),
    ("sealed", lambda c: c.put(c.code("exam", "ivanova"), assignment="exam"), True, True),
    ("sealed, a neighbour's", lambda c: c.put(c.code("exam", "petrov"), assignment="exam"), False, False),
    ("sealed, as practice", lambda c: c.put(c.code("exam", "ivanova"), assignment="practice"), False, False),
    ("an open code of the sealed seed", lambda c: c.put(own(opened(c.code("exam", "ivanova"))), assignment="exam"),
     False, False),
    ("an open code in a sealed one", lambda c: c.put(own(5), assignment="exam"), False, False),
    ("an older sheet in a sealed one", lambda c: c.put(own(HASHED), assignment="exam"), False, False),
]  # fmt: skip


def _nameless(course: Course) -> None:
    path = course.put(course.code("hw", "ivanova"))
    path.write_text(re.sub(r"student: .*\n", "", path.read_text("utf-8")), "utf-8")


@pytest.mark.parametrize("manifest", [True, False], ids=["manifest", "secret"])
@pytest.mark.parametrize(
    ("hand_in", "recorded", "hashed"), [row[1:] for row in ATTACKS], ids=[row[0] for row in ATTACKS]
)
def test_a_code_counts_for_whom_it_was_given_to(
    course: Course, hand_in: Callable[[Course], object], recorded: bool, hashed: bool, manifest: bool
) -> None:
    hand_in(course)
    if not manifest:
        course.forget()
    assert course.points() == (4 if (recorded if manifest else hashed) else 0)


def test_names_are_known_from_the_roster_too(course: Course) -> None:
    for name, student in (("Иванова, Анна", "ivanova"), ("алена", "Алёна"), ("PETROV", "petrov")):
        course.put(course.code("hw", student), name)
    course.forget()
    results, _ = course.batch("--roster", "roster.csv")
    assert {(result["student"], result["points"]) for result in results.values()} == {(each, 4) for each in STUDENTS}


def test_what_is_refused_says_whose_it_is_to_the_teacher_alone(course: Course) -> None:
    path = course.put(course.code("hw", "petrov"))
    (result,) = course.batch()[0].values()
    assert result["remarks"] == ["Copied? These are the variants of petrov, so they were not marked."]
    assert "petrov" not in " ".join(result["problems"][0]["faults"])
    for command in (("submit", str(path)), ("submit", str(path), "--json"), ("hint", str(path), PROBLEM, "C")):
        said = grade(*command).output
        assert ("not printed for you" in " ".join(said.split()), "petrov" in said) == (True, False)
    kept = max((course.root / "submissions" / "ivanova").glob("*.verdict.json"))
    assert json.loads(kept.read_text("utf-8"))["problems"][0]["attempt_status"] == "unread"


def test_what_is_remarked_is_marked_and_told(course: Course) -> None:
    course.put(own(5), assignment="lax")
    (result,) = course.batch()[0].values()
    assert (result["points"], "was not printed for ivanova" in " ".join(result["remarks"])) == (4, True)


def test_homework_and_exam_have_other_numbers(course: Course) -> None:
    seeds = [opened(course.code(name, "ivanova")) for name in (*ASSIGNMENTS, "practice")]
    assert len(set(seeds)) == len(seeds)
    assert opened(course.code("twin", "ivanova")) == HASHED


def test_at_home_nothing_is_asked(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = course.put(course.code("hw", "petrov"))
    monkeypatch.chdir(tmp_path)
    assert json.loads(grade("submit", str(path), "--json").output)["points"] == 4


PRINTED = yaml.safe_load((Path(__file__).parents[1] / "tables" / "printed_codes.yaml").read_text("utf-8"))


@pytest.mark.parametrize("row", PRINTED["codes"], ids=lambda row: row["label"])
@pytest.mark.parametrize("settings", ["secret: {old}\n", f"secret: {SECRET}\nearlier secrets: [{{old}}]\n"])
def test_sheets_printed_before_are_marked(course: Course, row: dict[str, str], settings: str) -> None:
    (course.root / "course.yaml").write_text(settings.format(old=PRINTED["secret"]), "utf-8")
    for student in (row["student"], "somebody"):
        text = f"student: {student}\nassignment: {row['assignment']}\nanswers:\n  {row['label']}:\n    variant: "
        (course.handed_in / f"{student}.yaml").write_text(text + f"{row['code']}\n", "utf-8")
    found, _ = course.batch()
    own_sheet, other = (
        next(problem for problem in found[f"{student}.yaml"]["problems"] if problem["problem"] == row["label"])
        for student in (row["student"], "somebody")
    )
    assert (bool(own_sheet["asks"]), own_sheet["faults"]) == (True, [])
    assert (bool(other["asks"]), "not printed for you" in other["faults"][0]) == (False, True)


# ----- The manifest is the teacher's ------------------------------------------------------------------------------


def forged(course: Course) -> str:
    """Records that make petrov's own choice his, and everybody's answers zero."""
    lines = []
    for record in course.records("hw"):
        given = {name: zeroed(value) for name, value in record["given"].items()}
        lines.append(json.dumps({**record, "given": given}))
    chosen = record_of(grader.bank()[PROBLEM].variant(5).group)
    lines.append(json.dumps({**course.records("hw")[0], **chosen, "student": "petrov", "variant": own(5)}))
    return "\n".join(lines) + "\n"


def zeroed(value: Any) -> Any:
    return [zeroed(item) for item in value] if isinstance(value, list) else 0


PLACES = ["handed-in", "handed-in/petrov", "handed-in/a/b", "weeks", "submissions", "submissions/petrov"]


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("place", PLACES)
def test_a_manifest_that_is_handed_in_is_not_read(course: Course, place: str, broken: bool) -> None:
    course.put(course.code("hw", "ivanova"))
    course.put(own(5), "petrov")
    (course.root / place).mkdir(parents=True, exist_ok=True)
    text = '"x"\n' + "[" * 200_000 if broken else forged(course)
    (course.root / place / "manifest.jsonl").write_text(text, "utf-8")
    if place == "weeks":  # the folder above
        shutil.move(course.handed_in, course.root / "weeks" / "7")
        (course.root / "handed-in").symlink_to(course.root / "weeks" / "7")
    results, summary = course.batch()
    assert [results[f"answers-{each}.yaml"]["points"] for each in ("ivanova", "petrov")] == [4, 0]
    told = [remark for remark in summary["remarks"] if "--manifest" in remark]
    assert bool(told) is (place == "handed-in")
    single = json.loads(grade("submit", "handed-in/answers-ivanova.yaml", "--json").output)
    assert single["points"] == 4


def test_the_folder_above_is_not_the_teachers_without_a_course(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.put(course.code("hw", "ivanova"))
    (tmp_path / "away").mkdir()
    shutil.copytree(course.handed_in, tmp_path / "away" / "in")
    (tmp_path / "away" / "manifest.jsonl").write_text(forged(course), "utf-8")
    monkeypatch.chdir(tmp_path)
    said = json.loads(grade("batch", "away/in", "-o", "results", "--json").output)
    assert (said["mean_share"], ["--manifest" in remark for remark in said["remarks"]]) == (1, [True])
    named = ("--manifest", str(course.root / "sheets-hw" / "manifest.jsonl"))
    assert json.loads(grade("batch", "away/in", "-o", "results", "--json", *named).output)["mean_share"] == 1


@pytest.mark.parametrize("command", ["batch", "submit"])
def test_a_manifest_is_named(course: Course, command: str) -> None:
    (course.root / "deep" / "er").mkdir(parents=True)
    shutil.move(course.root / "sheets-all" / "manifest.jsonl", course.root / "deep" / "er")
    path = course.put(encode(77, grader.bank()[PROBLEM].spec.code_digest))
    named = ("--manifest", "deep/er/manifest.jsonl")
    if command == "batch":
        assert (course.points(), course.points(*named)) == (0, 4)
    else:
        points = [json.loads(grade("submit", str(path), "--json", *more).output)["points"] for more in ((), named)]
        assert points == [0, 4]
    assert grade("batch", "handed-in", "-o", "r", "--manifest", "nowhere.jsonl").exit_code == 2


def broken(record: dict[str, Any], **changes: object) -> str:
    return json.dumps({**record, **changes})


BROKEN: list[tuple[str, Callable[[dict[str, Any]], str], str]] = [
    # a line of the teacher's manifest, and what is said of it
    ("no record", lambda r: '"x"', "no record"),
    ("nothing", lambda r: "{}", "no record"),
    ("half a line", lambda r: json.dumps(r)[:60], "no record"),
    ("deep", lambda r: "[" * 200_000, "no record"),
    ("deep numbers", lambda r: broken(r, given={"A": 1}).replace("1}", "[" * 50_000 + "]" * 50_000 + "}"), "no record"),
    ("no text", lambda r: "\x00\x01", "no record"),
    ("no picks", lambda r: broken(r, picks=None), "no record"),
    ("picks as a list", lambda r: broken(r, picks=[]), "no record"),
    ("picks that are none", lambda r: broken(r, picks={"x": "y"}), "no record"),
    ("no form", lambda r: broken(r, form=None), "no record"),
    ("no numbers", lambda r: broken(r, given=[]), "no record"),
    ("words for numbers", lambda r: broken(r, given=dict.fromkeys(r["given"], "1")), "no record"),
    ("not a number", lambda r: broken(r, given={name: float("nan") for name in r["given"]}), "no record"),
    ("endless", lambda r: broken(r, given=dict.fromkeys(r["given"], 1)).replace(": 1", ": 1e999"), "no record"),
    ("ragged", lambda r: broken(r, given={name: [[1], [1, 2]] for name in r["given"]}), "no record"),
    ("empty", lambda r: broken(r, given={name: [] for name in r["given"]}), "no record"),
    ("a code that is none", lambda r: broken(r, variant=None), "no record"),
    ("three indices", lambda r: broken(r, given={name: [[[1.0]]] for name in r["given"]}), "do not fit"),
    ("a number for a matrix", lambda r: broken(r, given=dict.fromkeys(r["given"], 1.0)), "do not fit"),
    ("a matrix of another size", lambda r: broken(r, given={**r["given"], "A": [[1.0] * 9]}), "do not fit"),
    ("a given less", lambda r: broken(r, given={}), "do not fit"),
    ("another form", lambda r: broken(r, form={}), "do not fit"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_line_costs_only_itself(course: Course, change: Callable[[dict[str, Any]], str], said: str) -> None:
    path = course.root / "sheets-hw" / "manifest.jsonl"
    lines = path.read_text("utf-8").splitlines()
    course.put(json.loads(lines[0])["variant"])
    course.put(json.loads(lines[1])["variant"], "petrov")
    path.write_text("\n".join([change(json.loads(lines[0])), *lines[1:]]) + "\n", "utf-8")
    results, summary = course.batch()
    assert {result["points"] for result in results.values()} == {4}  # drawn again from the code
    told = [*summary["remarks"], *results["answers-ivanova.yaml"]["remarks"]]
    (remark,) = (remark for remark in told if said in remark)
    assert ("manifest.jsonl" in remark, "line 1" in remark) == (True, True)
    assert not [remark for remark in results["answers-petrov.yaml"]["remarks"] if "manifest" in remark]
    assert json.loads(grade("submit", "handed-in/answers-ivanova.yaml", "--json").output)["points"] == 4


def test_of_many_broken_lines_a_few_are_told(course: Course) -> None:
    (course.root / "sheets-hw" / "manifest.jsonl").write_bytes("\ufeffnonsense\n".encode("utf-16") * 1000)
    course.put(course.code("quiz", "ivanova"), assignment="quiz")
    results, summary = course.batch()
    assert (len(results), len(summary["remarks"])) == (1, 6)


def test_two_files_that_disagree_are_told_and_the_code_decides(course: Course) -> None:
    (course.root / "zz").mkdir()
    (course.root / "zz" / "manifest.jsonl").write_text(forged(course), "utf-8")
    course.put(course.code("hw", "ivanova"))
    results, summary = course.batch()
    assert results["answers-ivanova.yaml"]["points"] == 4
    assert any("different numbers" in remark and "zz/manifest.jsonl:1" in remark for remark in summary["remarks"])


# ----- Sealed -----------------------------------------------------------------------------------------------------


def test_a_sealed_sheet_says_nothing_at_home(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = course.put(course.code("exam", "ivanova"), assignment="exam")
    monkeypatch.chdir(tmp_path)
    said = grade("submit", str(path)).output
    assert ("Hand it in" in said, "✓" in said, "/4" in said) == (True, False, False)
    shown = json.loads(grade("submit", str(path), "--json", "--solutions").output)
    assert (shown["points"], [problem["asks"] for problem in shown["problems"]]) == (0, [[]])
    hinted = grade("hint", str(path), PROBLEM, "C")
    assert (hinted.exit_code, "sealed" in hinted.output) == (2, True)
    made = grade("batch", str(path.parent), "-o", "results", "--json")
    assert json.loads(made.output)["mean_share"] == 0
    with pytest.raises(StudentError, match="sealed"):
        decode(course.code("exam", "ivanova"))


def test_a_sealed_sheet_is_kept_in_the_course_and_costs_nothing(course: Course) -> None:
    path = course.put(course.code("exam", "ivanova"), assignment="exam")
    right_answers = path.read_text("utf-8")
    for text in (right_answers, re.sub("C: .*", "C: 1", right_answers), right_answers):
        path.write_text(text, "utf-8")
        said = json.loads(grade("submit", str(path), "--json").output)
        (problem,) = said["problems"]
        assert (said["points"], problem["asks"], problem["attempt"], problem["attempt_status"]) == (0, [], 0, "unread")
    kept = sorted((course.root / "submissions" / "ivanova").iterdir())
    assert len([file for file in kept if file.suffix == ".yaml"]) == 3
    assert not [file for file in kept if '"correct"' in file.read_text("utf-8", errors="replace")]
    made = grade("batch", "submissions", "-o", "results", "--json")
    assert json.loads(made.output)["mean_share"] == 1  # and there it is opened


@pytest.mark.parametrize("settings", [
    "secret: DH3lLLv1kZQ_mNcRmIuzVd-6kT1pYw8x\n", "title: no secret\n", "secret: word\n",
])  # fmt: skip
def test_without_its_secret_it_is_refused(course: Course, settings: str) -> None:
    course.put(course.code("exam", "ivanova"), assignment="exam")
    (course.root / "course.yaml").write_text(settings, "utf-8")
    for forget in (False, True):
        if forget:
            course.forget()
        (result,) = course.batch()[0].values()
        assert (result["points"], "sealed" in result["problems"][0]["faults"][0]) == (0, True)


def test_a_changed_secret_opens_with_the_earlier_one(course: Course) -> None:
    course.put(course.code("exam", "ivanova"), assignment="exam")
    changed = f"secret: DH3lLLv1kZQ_mNcRmIuzVd-6kT1pYw8x\nearlier secrets: [{SECRET}]\n"
    (course.root / "course.yaml").write_text(changed, "utf-8")
    course.forget()
    assert course.points() == 4


def unpacked(data: bytes) -> bytes:
    """A file with the streams of a PDF unpacked behind it."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    return data + b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")


def test_nothing_that_is_printed_holds_the_seed(course: Course) -> None:
    made = grade("worksheet", "exam", "--roster", "roster.csv", "--format", "md,html,tex,pdf", "--key", "-o", "print")
    assert made.exit_code == 0, made.output
    files = {path.name: unpacked(path.read_bytes()) for path in (course.root / "print").iterdir()}
    assert len(files) == 3 * (4 * 2 + 1) + 1
    for student in STUDENTS:
        seed = seed_in(SECRET, student, "exam", PROBLEM)
        code = own(seed)
        assert decode(code)[0] == seed == opened(course.code("exam", student))
        forms = (code, code[:9], code.replace("-", "")[:8], str(seed), f"{seed:x}", f"{seed:X}", SECRET)
        held = [(name, form) for name, data in files.items() for form in forms if form.encode() in data + name.encode()]
        assert held == []


def test_the_course_here_is_that_of_the_tests(course: Course) -> None:
    found = find_course(course.root)
    assert found is not None
    assert found.secret == SECRET
    assert sealed(SECRET, 1, 2) != sealed("x", 1, 2)


def test_the_gradebook_has_a_row_for_what_was_refused(course: Course) -> None:
    course.put(own(5))
    course.batch("--roster", "roster.csv")
    with (course.root / "results" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["file"])
    assert (row["student"], row["points"], row["of"]) == ("ivanova", "0", "4")
    assert "was not printed for ivanova" in row["remarks"]
