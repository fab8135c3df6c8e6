"""Whose a file is and which problems it answers, where it does not say so itself: from its name and its codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from grader.course.answers_file import AnswersFile, Fault, ProblemAnswers
from grader.course.bank import Bank
from grader.course.filenames import safe_filename
from grader.course.spelling import folded
from grader.course.variants import Manifest, normal_code
from grader.errors import InputError, Message
from grader.language.suggestions import nearest
from grader.patterns import pattern
from grader.textfile import decode_any, kind_of_file, read_file

TEXTS = (
    ".yaml",
    ".yml",
    ".txt",
    ".text",
    ".json",
    ".md",
    ".download",
    ".crdownload",
    ".part",
    ".bak",
    ".orig",
    ".yaml~",
)
"""Endings under which an answers file may arrive."""

_COPY = pattern(r"\s*\(\d+\)$|(?:\s+|\s*[-–—_]\s*)(?:copy|копия)(?:\s*\(?\d+\)?)?$", re.IGNORECASE)
_ANSWERS = pattern(r"(?:^|.*[_\s])answers[-_ ](.+)", re.IGNORECASE)
_STUDENT = pattern(r"(?im)^[ \t]*[\"']?student[\"']?[ \t]*:[ \t]*([^\n#]{1,200}?)[ \t]*(?:#.*)?$")
_MOODLE = pattern(r"(.+?)_\d+_assignsubmission")


def identified(sheet: AnswersFile, file: str, bank: Bank, manifest: Manifest) -> AnswersFile:
    """The file with its student as the manifest spells it, or taken from its name, and with problems by their codes."""
    notes: list[Fault] = []
    holders = {h.student: None for p in sheet.problems for h in manifest.holders.get(normal_code(p.variant), ())}
    student = same_name(sheet.student, holders)
    if not student and (student := student_in_name(file, by_file_name(holders))):
        notes.append(Fault(Message("student-from-name", {"student": student}), 0))
    elif not student and len(holders) == 1 and (student := next(iter(holders))):
        notes.append(Fault(Message("student-from-codes", {"student": student}), 0))
    problems = tuple(_renamed(sheet, bank, manifest, notes))
    if (student, problems) == (sheet.student, sheet.problems):
        return sheet
    return replace(sheet, student=student, problems=problems, notes=(*sheet.notes, *notes))


def student_said(path: Path, manifest: Manifest) -> str:
    """The student that the text of a file names which cannot be used otherwise; "" where it names none, or is none."""
    try:
        text, _ = decode_any(read_file(path), path.name)
    except InputError:
        return ""
    said = _STUDENT.search(text)
    known = {holder.student: None for holders in manifest.holders.values() for holder in holders}
    return same_name(said[1].strip().strip("\"'").strip(), known) if said else ""


def _renamed(sheet: AnswersFile, bank: Bank, manifest: Manifest, notes: list[Fault]) -> Iterator[ProblemAnswers]:
    """Problems under the names that their codes were printed for, where what stands there is a slip of the pen."""
    there = {problem.problem for problem in sheet.problems}
    for problem in sheet.problems:
        record = manifest.by_code.get(normal_code(problem.variant), {})
        label = str(record.get("label", ""))
        slip = label and label not in there and problem.problem not in bank.paths
        if slip and nearest(problem.problem, [label]):
            notes.append(Fault(Message("problem-by-code", {"typed": problem.problem, "problem": label}), problem.line))
            yield replace(problem, problem=label)
        else:
            yield problem


def same_name(name: str, known: Iterable[str]) -> str:
    """The known spelling of a name; the name itself where there is none, or more than one."""
    same = [other for other in known if folded(other) == folded(name)]
    return same[0] if len(same) == 1 and name not in same else name


def by_file_name(students: Iterable[str]) -> dict[str, str]:
    """Students by what their files are called."""
    return {safe_filename(student): student for student in students if student}


def student_in_name(file: str, students: Mapping[str, str]) -> str:
    """The student that a file is named after, `answers-ivanova.yaml.txt`, or a folder of Moodle's; else ""."""
    *folders, stem = unicodedata.normalize("NFC", file).split("/")
    stem = _bare(stem)
    match = _ANSWERS.fullmatch(stem)
    if match is not None:
        return _known(match[1].strip(), students) or match[1].strip()
    if student := _known(stem, students):
        return student
    moodle = _MOODLE.match(stem) or (_MOODLE.match(folders[-1]) if folders else None)
    return moodle[1] if moodle is not None else ""


def _known(text: str, students: Mapping[str, str]) -> str:
    """The student whose file has that name, perhaps with an assignment or a number behind it."""
    for start in [len(text), *(place.start() for place in reversed(list(re.finditer("-", text))))]:
        if text[:start] in students:
            return students[text[:start]]
    return ""


def _bare(name: str) -> str:
    """A file's name without what systems, editors and browsers put behind it."""
    while True:
        stem, dot, suffix = name.rpartition(".")
        if stem and (dot + suffix.lower() in TEXTS or kind_of_file(name)):
            name = stem
        elif (shorter := _COPY.sub("", name)) and shorter != name:
            name = shorter
        else:
            return name
