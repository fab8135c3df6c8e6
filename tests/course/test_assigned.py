"""Which assignment a file belongs to: no spelling of its name is a way around the due date."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from grader.course.answers_file import parse_answers
from grader.course.asked import asked
from grader.course.assigned import Assigned, assigned, assignment_named
from grader.course.assignment import assignment_of, load_assignment
from grader.course.bank import Bank
from grader.course.printing import print_assignment
from grader.course.roster import Student
from grader.course.sheets import mark_files
from grader.course.solutions import solutions_for
from grader.course.variants import MANIFEST, Manifest, read_manifest
from grader.errors import InputError
from grader.messages import LANGUAGES, translate

ANN = Student("ann", "Ann", "en")
SECRET = "s"
FILES = {
    "hw": "title: HW\nproblems: [matrix-mul, product-rule]\n"
    "policy: {due: 2020-01-01 12:00 Z, late: 10 % per day, attempts: 2}\nsame numbers: yes\n",
    "later": "title: Later\nproblems: [matrix-mul, {problem: product-rule, as: again}]\nsame numbers: yes\n"
    "policy: {attempts: 9}\n",
    "easy": "title: Easy\nproblems: [matrix-mul]\nsame numbers: yes\n",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "problems" / "assignments"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def bank_of(course: Path) -> Bank:
    return Bank(course / "problems", timezone="UTC", secret=SECRET)


def printed(course: Path, *assignments: str, bare: bool = False) -> tuple[str, Manifest]:
    """The answers file of the first assignment, and the manifest of all of them."""
    bank, records, answers = bank_of(course), [], []
    for name in assignments:
        given = load_assignment(bank.assignments[name], "UTC")
        given = assignment_of(tuple(item.problem for item in given.items)) if bare else given
        sheet = print_assignment(given, [ANN], bank, SECRET)[0]
        records += sheet.records
        answers.append(sheet.answers)
    (course / MANIFEST).write_text("\n".join(records), "utf-8")
    return answers[0], read_manifest(course / MANIFEST)


def place(course: Path, text: str, manifest: Manifest, bank: Bank | None = None) -> Assigned:
    bank = bank or bank_of(course)
    sheet = parse_answers(text.encode(), "a.yaml")
    return assigned(sheet, "a.yaml", bank, manifest, partial(assignment_named, bank=bank))


def renamed(text: str, line: str) -> str:
    return re.sub(r"(?m)^assignment:.*\n", f"{line}\n" if line else "", text)


ROWS = [
    # what stands in the file, the key of its refusal ("" where it is marked), a word of the cure
    ("assignment: hw", "", ""),
    ("assignment: 'hw '", "", ""),
    ("Assignment: hw", "", ""),
    ("assignment: HW", "assignment", "Did you mean “hw”"),
    ("assignment: hww", "assignment", "Did you mean “hw”"),
    ("assignment: hw.yaml", "assignment", "Did you mean “hw”"),
    ("assignment: hw 1", "assignment", "assignment: hw"),
    ("assignment: ../hw", "assignment", "hw"),
    ("assignment: нечто", "assignment", "assignment: hw"),
    (f"assignment: {'x' * 300}", "assignment", "assignment: hw"),
    ("assignment: practice", "assignment", "assignment: hw"),
    ("assignment: week-1", "assignment", "assignment: hw"),
    ("assignment: easy", "assignment", "assignment: hw"),
    ("assignment: later", "assignment", "assignment: hw"),
]


@pytest.mark.parametrize("on_record", [True, False])
@pytest.mark.parametrize(("line", "key", "cure"), ROWS)
def test_no_name_is_a_way_around(course: Path, line: str, key: str, cure: str, on_record: bool) -> None:
    text, manifest = printed(course, "hw")
    found = place(course, renamed(text, line), manifest if on_record else Manifest())
    assert (found.refused is None) is (key == "")
    if found.refused is None:
        assert found.assignment is not None
        assert (found.name, found.assignment.policy.attempts) == ("hw", 2)
    else:
        assert cure in translate(found.refused.message, "en")
        assert all("{" not in translate(found.refused.message, language) for language in LANGUAGES)


@pytest.mark.parametrize("line", ["", "assignment:", "assignment: [hw]"])
def test_a_missing_line_is_what_was_printed_or_refused(course: Path, line: str) -> None:
    text, manifest = printed(course, "hw")
    known = place(course, renamed(text, line), manifest)
    assert (known.name, known.refused) == ("hw", None)
    assert [note.key for note in known.notes] == ["assignment-from-variants"]
    refused = place(course, renamed(text, line), Manifest()).refused
    assert refused is not None
    assert "assignment: hw" in translate(refused.message, "en")


def test_a_variant_of_two_assignments_may_be_handed_in_for_either(course: Path) -> None:
    text, manifest = printed(course, "easy", "hw")
    assert place(course, text, manifest).name == "easy"
    other = place(course, renamed(text, "assignment: hw"), manifest)
    assert (other.name, other.refused) == ("hw", None)
    unsaid = place(course, renamed(text, ""), manifest).refused
    assert unsaid is not None
    assert "assignment: easy, hw" in translate(unsaid.message, "en")


def test_of_two_assignments_in_one_file_the_named_one_is_marked(course: Path) -> None:
    text, _ = printed(course, "hw")
    block, _ = printed(course, "later")
    _, manifest = printed(course, "hw", "later")
    both = text + block[block.index("  # Derivative of a product") :]
    found = place(course, both, manifest)
    assert (found.refused, list(found.elsewhere)) == (None, ["again"])
    other = place(course, renamed(both, "assignment: later"), manifest)
    assert (other.refused, list(other.elsewhere)) == (None, ["product-rule"])
    assert place(course, renamed(both, "assignment: easy"), manifest).refused is not None
    whole = place(course, renamed(text, "assignment: later"), manifest).refused  # all of it was printed for hw
    assert whole is not None
    assert "assignment: hw" in translate(whole.message, "en")


def test_what_was_printed_as_practice_is_practice(course: Path) -> None:
    text, manifest = printed(course, "hw", bare=True)
    assert place(course, text, manifest) == Assigned("practice")
    wrong = place(course, renamed(text, "assignment: hw"), manifest).refused
    assert wrong is not None
    assert "assignment: practice" in translate(wrong.message, "en")


def test_practice_with_other_numbers_is_free(course: Path) -> None:
    text, _ = printed(course, "hw", bare=True)
    assert place(course, text, Manifest()) == Assigned("practice")
    homework, _ = printed(course, "hw")
    with_these = renamed(homework, "assignment: practice")
    assert place(course, with_these, Manifest()).refused is not None  # those of the assignment


def test_at_home_nothing_is_known_and_a_file_is_just_marked(course: Path) -> None:
    text, manifest = printed(course, "hw")
    for line in ("assignment: hw", "assignment: week-77", "assignment: practice", ""):
        found = place(course, renamed(text, line), Manifest(), Bank())
        assert (found.refused, found.assignment) == (None, None)
    assert place(course, renamed(text, "assignment: hww"), manifest, Bank()).refused is not None


def test_problems_of_another_assignment_are_not_marked_in_this_one(course: Path) -> None:
    text, _ = printed(course, "hw")
    extra, _ = printed(course, "later")
    block = extra[extra.index("  # Derivative of a product") :]
    found = place(course, text + block, Manifest())
    assert list(found.elsewhere) == ["again"]
    (course / "answers.yaml").write_text(text + block, "utf-8")
    sheet = mark_files([course / "answers.yaml"], bank_of(course), Manifest())[0]
    assert [(p.problem, [fault.key for fault in p.faults], p.of > 0) for p in sheet.problems] == [
        ("matrix-mul", [], True), ("product-rule", [], True), ("again", ["problem-not-in-assignment"], False)
    ]  # fmt: skip


def test_a_problem_left_out_makes_no_other_assignment_of_it(course: Path) -> None:
    """What is left of hw are the problems of easy."""
    text, _ = printed(course, "hw")
    left = re.sub(r"(?s)\n  # Derivative of a product.*", "", text)
    assert "matrix-mul:" in left
    assert place(course, left, Manifest()).refused is None


def test_a_hint_goes_by_the_same_rule(course: Path) -> None:
    text, _ = printed(course, "hw")
    (course / "in").mkdir()
    file = course / "in" / "answers.yaml"
    file.write_text(renamed(text, "assignment: hww"), "utf-8")
    with pytest.raises(InputError, match="hw"):
        asked(file, "matrix-mul", "C", bank_of(course), course)
    file.write_text(renamed(text, ""), "utf-8")
    blank = asked(file, "matrix-mul", "C", bank_of(course), course)
    assert (blank.sheet.assignment, blank.policy and blank.policy.attempts) == ("hw", 2)


# ----- Whose and which -------------------------------------------------------------------------------------------


def marked(course: Path, text: str, name: str = "a.yaml", manifest: Manifest | None = None):  # type: ignore[no-untyped-def]
    (course / "in").mkdir(exist_ok=True)
    (course / "in" / name).write_text(text, "utf-8")
    return mark_files([course / "in" / name], bank_of(course), manifest or Manifest())[0]


@pytest.mark.parametrize(("typed", "student", "copied"), [
    ("ann", "ann", ()), ("Ann", "ann", ()), (" ANN ", "ann", ()), ("bob", "bob", ("ann",)), ("annn", "annn", ("ann",)),
])  # fmt: skip
def test_a_variant_tells_whose_it_is(course: Path, typed: str, student: str, copied: tuple[str, ...]) -> None:
    text, manifest = printed(course, "hw")
    sheet = marked(course, text.replace("student: ann", f"student: '{typed}'"), manifest=manifest)
    assert (sheet.student, sheet.owners) == (student, copied)
    faults = {fault.key for problem in sheet.problems for fault in problem.faults}
    assert faults == ({"variant-not-yours"} if copied else set())


@pytest.mark.parametrize(("name", "on_record", "student", "note"), [
    ("answers-bob.yaml", False, "bob", "student-from-name"),
    ("answers-bob.yaml", True, "bob", "student-from-name"),
    ("a.yaml", True, "ann", "student-from-codes"),
    ("a.yaml", False, "", ""),
])  # fmt: skip
def test_a_file_without_a_name(course: Path, name: str, on_record: bool, student: str, note: str) -> None:
    text, manifest = printed(course, "hw")
    sheet = marked(course, text.replace("student: ann", "student:"), name, manifest if on_record else None)
    assert sheet.student == student
    assert [each.message.key for each in sheet.notes if each.message.key.startswith("student")] == [note][: bool(note)]


def test_a_slip_in_the_name_of_a_problem_is_mended_by_its_code(course: Path) -> None:
    text, manifest = printed(course, "hw")
    mistyped = text.replace("  matrix-mul:", "  matrix-mull:")
    sheet = marked(course, mistyped, manifest=manifest)
    assert next((p.problem, len(p.verdicts)) for p in sheet.problems) == ("matrix-mul", 1)
    assert "problem-by-code" in [note.message.key for note in sheet.notes]
    assert [p.of for p in marked(course, mistyped).problems] == [0, 5, 4]  # and without: nothing leaves "of"


def test_what_was_printed_is_marked_where_its_assignment_is_gone(course: Path) -> None:
    text, manifest = printed(course, "later")
    (course / "problems" / "assignments" / "later.yaml").unlink()
    sheet = marked(course, text, manifest=manifest)
    assert [(p.problem, len(p.verdicts), p.of) for p in sheet.problems] == [("matrix-mul", 1, 4), ("again", 4, 5)]
    assert [remark.key for remark in sheet.remarks] == ["assignment-no-file"]
    worked = solutions_for(sheet, bank_of(course), manifest, "en", datetime.now(UTC))
    assert set(worked) == {"matrix-mul", "again"}


def test_a_variant_that_was_never_printed_is_told_to_the_teacher(course: Path) -> None:
    _, manifest = printed(course, "hw")
    own = print_assignment(load_assignment(bank_of(course).assignments["hw"], "UTC"), [ANN], bank_of(course), "", [7])[
        0
    ]
    sheet = marked(course, own.answers, manifest=manifest)
    assert [remark.key for remark in sheet.remarks] == ["variant-not-on-record"] * 2
    assert [fault.key for each in sheet.problems for fault in each.faults] == ["variant-not-yours"] * 2
    without = marked(course, own.answers)
    assert [fault.key for each in without.problems for fault in each.faults] == ["variant-not-yours"] * 2


def test_a_sheet_for_nobody_belongs_to_everybody(course: Path) -> None:
    from grader.course.roster import NOBODY

    sheet = print_assignment(assignment_of(("matrix-mul",)), [NOBODY], bank_of(course), "", [7])[0]
    assert json.loads(sheet.records[0])["student"] == ""
    (course / MANIFEST).write_text(sheet.records[0], "utf-8")
    text = sheet.answers.replace("student: student", "student: bob")
    assert not marked(course, text, manifest=read_manifest(course / MANIFEST)).owners


def test_a_variant_that_several_have_belongs_to_each(course: Path) -> None:
    both = [ANN, Student("bob", "Bob", "")]
    records = [
        sheet.records[0]
        for sheet in print_assignment(assignment_of(("matrix-mul",)), both, bank_of(course), "", [7, 7])
    ]
    (course / MANIFEST).write_text("\n".join(records), "utf-8")
    manifest = read_manifest(course / MANIFEST)
    text = print_assignment(assignment_of(("matrix-mul",)), [ANN], bank_of(course), "", [7])[0].answers
    owners = [
        marked(course, text.replace("student: ann", f"student: {name}"), manifest=manifest).owners
        for name in ("ann", "bob", "eve")
    ]
    assert owners == [(), (), ("ann", "bob")]
