"""Names of the files of a worksheet that take nothing from what lies in the folder already.

The first assignment printed into a folder has the plain names, `ivanova.pdf` and `answers-ivanova.yaml`; those of every
other carry its name: `ivanova-week-2.pdf`, `answers-ivanova-week-2.yaml`.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.course.answers_file import parse_answers
from grader.course.assignment import Assignment
from grader.course.filenames import safe_filename
from grader.course.printing import Printed
from grader.course.roster import NOBODY, Student
from grader.course.variants import MANIFEST, read_manifest
from grader.errors import InputError, Message
from grader.textfile import read_file

_NAME_BYTES = 190
"""A file system takes 255, and something stands before and behind."""


def records_in(folder: Path) -> list[str]:
    """The lines of a folder's manifest; none where there is no manifest. Raises InputError for a broken one."""
    path = folder / MANIFEST
    if not path.is_file():
        return []
    manifest = read_manifest(path)
    for remark in manifest.remarks:
        raise InputError("manifest-broken", **remark.values)
    if not manifest.by_code:
        return []
    return [line for line in path.read_text("utf-8").split("\n") if line.strip()]


class Owner(NamedTuple):
    """Whose sheet of what; nobody's has no student."""

    student: str
    assignment: str


def names_of(students: Sequence[Student], assignment: Assignment, before: Sequence[str]) -> list[str]:
    """The names of the students' files, without what stands before and behind them: no two owners share a file.

    Whoever is on record in the folder comes first and keeps the name. Where a plain name is another's already, be it
    of a key or where the disk knows no case, a digest stands behind it.
    """
    records = [json.loads(line) for line in before]
    known = [Owner(_exact(record.get("student", "")), str(record.get("assignment", ""))) for record in records]
    ours = [Owner("" if student == NOBODY else _exact(student.id), assignment.name) for student in students]
    first = known[0].assignment if known else ""
    names: dict[Owner, str] = {}
    taken: set[str] = set()
    for owner in (*known, *ours):
        if owner not in names:
            names[owner] = _name(owner, first or assignment.name, taken)
            taken |= _claims(names[owner])
    return [names[owner] for owner in ours]


def _name(owner: Owner, first: str, taken: Collection[str]) -> str:
    name = safe_filename(owner.student or NOBODY.id)
    if owner.assignment != first:
        name = f"{name}-{safe_filename(owner.assignment)}"
    if len(name.encode()) <= _NAME_BYTES and not _claims(name) & set(taken):
        return name
    digest = hashlib.blake2s(json.dumps(owner).encode(), digest_size=4).hexdigest()
    return f"{name.encode()[:_NAME_BYTES].decode(errors='ignore')}-{digest}"


def _claims(name: str) -> set[str]:
    """The sheet and the key, as a disk compares them that knows neither case nor ways of encoding."""
    return {
        unicodedata.normalize("NFD", unicodedata.normalize("NFD", each).casefold()) for each in (name, f"key-{name}")
    }


def _exact(student: object) -> str:
    return unicodedata.normalize("NFC", str(student))


class Target(NamedTuple):
    """Where one student's sheets and answers file go."""

    sheets: Sequence[str]
    answers: str
    printed: Printed


def check_free(folder: Path, targets: Sequence[Target], before: Sequence[str], force: bool) -> None:
    """Raise InputError where something would be lost: a sheet of two students, another sheet, answers filled in.

    The same sheet may be printed again, and an answers file that is still empty written again.
    """
    files = Counter(name.casefold() for target in targets for name in (*target.sheets, target.answers))
    for name in [name for name, count in files.items() if count > 1]:
        raise InputError("worksheet-collision", file=str(folder), name=name)
    if force or not folder.is_dir():
        return
    known = set(before)
    taken: list[str] = []
    filled: list[str] = []
    for target in targets:
        if not known.issuperset(target.printed.records):
            taken += [name for name in target.sheets if (folder / name).exists()]
        state = _answers_at(folder / target.answers, target.printed)
        taken += [target.answers] if state == "another" else []
        filled += [target.answers] if state == "filled" else []
    if filled or taken:
        names = [*filled, *taken]
        more = Message("worksheet-more", {"count": len(names) - 1}) if len(names) > 1 else ""
        raise InputError("worksheet-filled" if filled else "worksheet-exists", file=str(folder / names[0]), more=more)


def _answers_at(path: Path, printed: Printed) -> str:
    """What lies where an answers file is to go: nothing that counts, answers "filled" in, or "another" file."""
    if not path.exists():
        return ""
    try:
        data = read_file(path)
        sheet = parse_answers(data, path.name)
    except InputError:
        return "another"
    if data == printed.answers.encode():
        return ""
    if any(answer.text for problem in sheet.problems for answer in problem.answers.values()):
        return "filled"
    codes = {json.loads(record)["variant"] for record in printed.records}
    return "" if codes == {problem.variant for problem in sheet.problems} else "another"
