"""From an answers file to a verdict: variants found again, faults that cost only what belongs to them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from grader.blanks.kinds import kind_of
from grader.course.assignment import Assignment, Item, assignment_of, load_assignment
from grader.course.bank import Bank, default_bank
from grader.course.cells import safe_cell
from grader.course.gradebook import gradebook_csv
from grader.course.printing import print_assignment
from grader.course.results import as_dict, results_jsonl
from grader.course.roster import Student
from grader.course.sheet_verdict import SheetVerdict
from grader.course.sheets import mark_files
from grader.course.variants import MANIFEST, Manifest, read_manifest
from grader.errors import AuthorError

PROBLEMS = ("adam-two-steps", "md-quadratic-form")
STUDENTS = [Student("ivanova", "Анна Иванова", "ru"), Student("smith", "Bob", "en"), Student("=1+1", "", "en")]
COURSE_SET = {"x": "[1, 2]", "y": "[2, 3]", "eta": "0.1", "beta1": "0.9", "beta2": "0.9", "mode": "sgd"}


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """Blank answer files and the manifest for three students."""
    records = []
    for number, item in enumerate(print_assignment(assignment_of(PROBLEMS), STUDENTS, default_bank(), "secret")):
        (tmp_path / f"answers-{number}.yaml").write_text(item.answers, "utf-8")
        records += item.records
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / MANIFEST).write_text("\n".join(records), "utf-8")
    return tmp_path


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("answers-*.yaml"))


def fill(path: Path, **answers: str) -> None:
    """Write answers behind their keys (`w_2` for `w[2]`)."""
    lines = path.read_text("utf-8").splitlines()
    for name, text in answers.items():
        key = f"    {name.replace('_', '[') + ']' if '_' in name else name}:"
        lines = [f"{key} {text}" if line == key else line for line in lines]
    path.write_text("\n".join(lines), "utf-8")


def first(folder: Path) -> SheetVerdict:
    return mark_files(files(folder)[:1], default_bank())[0]


def status(sheet: SheetVerdict) -> dict[str, str]:
    return {verdict.ask: verdict.status for problem in sheet.problems for verdict in problem.verdicts}


def test_blank_file_is_graded_as_blank(printed: Path) -> None:
    sheet = first(printed)
    assert set(status(sheet).values()) == {"blank"}
    assert sheet.points == 0 < sheet.of
    assert not sheet.faults


def test_reference_answers_earn_everything(printed: Path) -> None:
    for item in print_assignment(assignment_of(PROBLEMS), [Student("ivanova", "", "ru")], default_bank(), "secret"):
        records = [json.loads(record) for record in item.records]
    solutions = {}
    for record in records:
        from grader.plan.record import from_record

        group = from_record(default_bank()[record["problem"]], record)
        for ask in group.plan.asks:
            right = next(s for s in kind_of(ask, group).samples(ask, group) if s.status == "correct")
            solutions[ask.id.replace("[", "_").rstrip("]")] = json.dumps(str(right.text))
    path = files(printed)[0]
    fill(path, **solutions)
    sheet = first(printed)
    assert set(status(sheet).values()) == {"correct"}
    assert sheet.points == sheet.of > 0


def test_variant_is_the_same_from_code_and_from_manifest(printed: Path) -> None:
    fill(files(printed)[0], w_1="0.1", m_1="-3")
    manifest = read_manifest(printed / "kept" / MANIFEST)
    from_code = mark_files(files(printed), default_bank(), Manifest())
    from_record = mark_files(files(printed), default_bank(), manifest)
    assert [sheet.problems for sheet in from_code] == [sheet.problems for sheet in from_record]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def code_in(path: Path) -> str:
    return path.read_text("utf-8").split("variant: ")[1].split()[0]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda code: "", "variant-missing"),
        (lambda code: code[:-1], "code-length"),
        (lambda code: ("1" if code[0] != "1" else "2") + code[1:], "code-mistyped"),
        (lambda code: code[:2] + "!" + code[3:], "code-letter"),
    ],
)
def test_bad_code_costs_its_problem_only(printed: Path, change, key: str) -> None:  # type: ignore[no-untyped-def]
    path = files(printed)[0]
    code = code_in(path)
    edit(path, f"variant: {code}", f"variant: {change(code)}")
    sheet = first(printed)
    assert [fault.key for fault in sheet.problems[0].faults] == [key]
    assert sheet.problems[1].verdicts


def test_lower_case_and_gaps_in_a_code_do_not_matter(printed: Path) -> None:
    path = files(printed)[0]
    code = code_in(path)
    edit(path, f"variant: {code}", f"variant: {code.lower().replace('-', ' ')}")
    assert not first(printed).problems[0].faults


def test_code_of_a_changed_spec_is_said(printed: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = default_bank().paths["adam-two-steps"].read_text("utf-8")
    (own / "adam-two-steps.yaml").write_text(text.replace("[0.1, 0.2, 0.5]", "[0.1, 0.2]"), "utf-8")
    changed = Bank(own)
    without = mark_files(files(printed)[:1], changed, Manifest())[0]
    assert [fault.key for fault in without.problems[0].faults] == ["variant-changed"]
    manifest = read_manifest(printed / "kept" / MANIFEST)
    recorded = mark_files(files(printed)[:1], changed, manifest)[0]
    assert recorded.problems[0].verdicts
    assert [note.message.key for note in recorded.notes] == ["variant-changed-recorded"]


def test_unknown_problem_and_ask(printed: Path) -> None:
    path = files(printed)[0]
    edit(path, "md-quadratic-form:", "md-quadratic-from:")
    edit(path, "    w[1]:", "    w[7]: 1\n    w[1]:")
    sheet = first(printed)
    assert [fault.key for fault in sheet.problems[1].faults] == ["bank-unknown"]
    assert [note.message.key for note in sheet.faults] == ["answers-unknown-ask"]
    assert len(sheet.problems[0].verdicts) == 8


def test_a_broken_problem_costs_itself(printed: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "adam-two-steps.yaml").write_text("id: adam-two-steps\n", "utf-8")
    sheet = mark_files(files(printed)[:1], Bank(own))[0]
    assert [fault.key for fault in sheet.problems[0].faults] == ["problem-broken"]
    assert sheet.problems[1].verdicts


def test_one_bad_file_costs_only_itself(printed: Path) -> None:
    (printed / "answers-1.yaml").write_bytes(b"\x00\x01binary")
    sheets = mark_files(files(printed), default_bank())
    assert [sheet.refused is None for sheet in sheets] == [True, False, True]


def test_set_numbers_of_an_assignment(tmp_path: Path) -> None:
    item = Item("adam-sgd", "adam-two-steps", COURSE_SET, require=False)
    assignment = Assignment("worked", {"en": "Worked", "ru": "Разбор"}, (item,))
    printed = print_assignment(assignment, [Student("ivanova", "", "ru")], default_bank())[0]
    (tmp_path / "problems" / "assignments").mkdir(parents=True)
    lines = [
        "title: {en: Worked, ru: Разбор}",
        "problems:",
        f"  - {json.dumps({'problem': item.problem, 'as': item.label, 'set': COURSE_SET, 'require': False})}",
    ]
    (tmp_path / "problems" / "assignments" / "worked.yaml").write_text("\n".join(lines), "utf-8")
    path = tmp_path / "answers-ivanova.yaml"
    path.write_text(printed.answers, "utf-8")
    fill(path, w_1="0,1", w_2="0,1908", g_2="-11,2")
    sheet = mark_files([path], Bank(tmp_path / "problems"), Manifest())[0]
    assert {ask: status(sheet)[ask] for ask in ("w[1]", "w[2]", "g[2]")} == dict.fromkeys(
        ("w[1]", "w[2]", "g[2]"), "correct"
    )


def test_results_and_gradebook(printed: Path) -> None:
    (printed / "answers-1.yaml").write_text("", "utf-8")
    sheets = mark_files(files(printed), default_bank())
    lines = [json.loads(line) for line in results_jsonl(sheets, "en").splitlines()]
    assert [line["file"] for line in lines] == [path.name for path in files(printed)]
    assert "error" in lines[1]
    rows = list(csv.reader(io.StringIO(gradebook_csv(sheets))))
    assert rows[0][:4] == ["student", "assignment", *PROBLEMS]
    assert rows[3][0] == "'=1+1"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("ivanova", "ivanova"),
        ("=cmd()", "'=cmd()"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", " x"),
        ("\t=x", "' =x"),
        ("\x1b]0;title\x07", " ]0;title "),
        ("a\x9b2Jb\u202ec\x7f", "a 2Jb c "),
        ("＝1+1", "'＝1+1"),
        ("a\nb", "a b"),
    ],
)
def test_cells_are_never_formulas(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


def test_json_has_messages_in_the_files_language(printed: Path) -> None:
    fill(files(printed)[0], w_1="1/0")
    data = as_dict(first(printed), "en")
    message = next(ask for ask in data["problems"][0]["asks"] if ask["id"] == "w[1]")["messages"][0]
    assert any("а" <= letter <= "я" for letter in message)


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("title: {en: A, ru: Б}\n", "assignment-problems", 1),
        ("problems: [adam-two-steps]\n", "assignment-title", 1),
        ("title: {en: A, ru: Б}\nproblems:\n  - adam-two-steps\n  - adam-two-steps\n", "assignment-twice", 4),
        ("title: {en: A, ru: Б}\nproblms: []\n", "spec-unknown-key", 2),
        ("title: {en: A, ru: Б}\nproblems:\n  - {problem: x, sett: {a: 1}}\n", "spec-unknown-key", 3),
    ],
)
def test_assignment_errors_name_the_line(tmp_path: Path, text: str, key: str, line: int) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(AuthorError) as error:
        load_assignment(path)
    assert (error.value.message.key, error.value.line) == (key, line)


def test_a_problem_left_out_counts_as_nothing_earned(tmp_path: Path) -> None:
    (tmp_path / "problems" / "assignments").mkdir(parents=True)
    lines = ["title: {en: A, ru: А}", "problems:", *(f"  - {name}" for name in PROBLEMS)]
    (tmp_path / "problems" / "assignments" / "both.yaml").write_text("\n".join(lines), "utf-8")
    bank = Bank(tmp_path / "problems")
    one = print_assignment(Assignment("both", {"en": "", "ru": ""}, (Item(*PROBLEMS[:1] * 2),)), STUDENTS[:1], bank)[0]
    (tmp_path / "answers-a.yaml").write_text(one.answers, "utf-8")
    sheet = mark_files([tmp_path / "answers-a.yaml"], bank)[0]
    assert [[fault.key for fault in problem.faults] for problem in sheet.problems] == [[], ["problem-missing"]]
    assert sheet.of == 14


def test_a_copied_sheet_is_noted(printed: Path) -> None:
    edit(files(printed)[0], "student: ivanova", "student: petrov")
    sheet = mark_files(files(printed)[:1], default_bank(), read_manifest(printed / "kept" / MANIFEST))[0]
    assert sheet.owners == ("ivanova",)
    assert [fault.key for problem in sheet.problems for fault in problem.faults] == ["variant-not-yours"] * 2


def test_an_unmarked_problem_still_counts(printed: Path) -> None:
    path = files(printed)[0]
    edit(path, f"variant: {code_in(path)}", "variant:")
    sheet = first(printed)
    assert sheet.problems[0].of == 10
