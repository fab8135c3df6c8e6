"""What is said of one file beside the others costs each the same, however many they are."""

from __future__ import annotations

from functools import partial

import pytest
from counted import calls

from grader.course.remarks import with_remarks
from grader.course.roster import Roster, Student
from grader.course.sheet_verdict import SheetVerdict
from grader.course.variants import Manifest
from grader.errors import InputError
from grader.marking.verdict import ProblemVerdict, Verdict
from grader.messages import LANGUAGES, translate

CODE = "7K3M-Q2XA-9FT4E"


def sheet(number: int, student: str, code: str = "", refused: bool = False) -> SheetVerdict:
    verdict = Verdict("C", "matrix", "correct", 4, 4)
    if refused:
        return SheetVerdict(f"{number}.yaml", student, refused=InputError("file-empty", file="x"))
    return SheetVerdict(f"{number}.yaml", student, "hw", problems=(ProblemVerdict("p", code, (verdict,), 4),))


SHEETS = [
    # what each file is: student, code, refused; the keys that are said of each
    ([("a", "1", False), ("b", "2", False)], [[], []]),
    ([("a", "1", False), ("a", "2", False)], [["remark-twice"], ["remark-twice"]]),
    ([("a", "1", False), ("b", "1", False)], [["remark-shared"], ["remark-shared"]]),
    ([("a", "1", False), ("a", "", True)], [["remark-twice"], ["remark-twice"]]),
    ([("", "1", False), ("", "1", False)], [[], []]),
    ([("a", "1", False), ("", "1", True)], [[], []]),
    ([("a", "1", False), ("", "1", False)], [[], ["remark-shared"]]),  # it may well be that student's
    ([("a", "1", False), ("a", "1", False), ("b", "1", False)],
     [["remark-twice", "remark-shared"], ["remark-twice", "remark-shared"], ["remark-shared"]]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "said"), SHEETS)
def test_what_is_said_of_files_beside_each_other(files: list[tuple[str, str, bool]], said: list[list[str]]) -> None:
    sheets = [sheet(number, *each) for number, each in enumerate(files)]
    found = with_remarks(sheets, Roster(), Manifest())
    assert [[remark.key for remark in each.remarks] for each in found] == said


@pytest.mark.parametrize("same", ["code", "student"])
def test_a_file_of_many_costs_what_one_of_few_does(same: str) -> None:
    def class_of(count: int) -> list[SheetVerdict]:
        return [sheet(n, "a" if same == "student" else f"s{n}", CODE if same == "code" else "") for n in range(count)]

    roster = Roster(tuple(Student(f"s{n}", f"S {n}", "") for n in range(400)))
    few, many = (calls(partial(with_remarks, class_of(count), roster, Manifest())) for count in (200, 800))
    assert many < 4.5 * few
    found = with_remarks(class_of(2000), Roster(), Manifest())
    assert all(len(each.remarks) == 1 for each in found)
    (remark,) = found[5].remarks
    assert "0.yaml, 1.yaml, 2.yaml" in translate(remark, "en") or "s0, s1, s2" in translate(remark, "en")
    assert all("1996" in translate(remark, language) for language in LANGUAGES)
