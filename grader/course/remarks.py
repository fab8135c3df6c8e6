"""What a teacher should know of a file beside its points: late, copied, by a stranger, one of two, read with care."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from msgspec.structs import replace

from grader.course.rights import NOT_YOURS
from grader.course.roster import Roster
from grader.course.sheet_verdict import Failure, Note, SheetVerdict, failures_of
from grader.course.spelling import words
from grader.course.standing_words import late_message
from grader.course.variants import Manifest, normal_code
from grader.errors import Message
from grader.internal import Internal, contained
from grader.language.suggestions import nearest

MOST = 8
"""Remarks that are told of one file."""
_NAMED = 3
_LATE = re.compile(r"_late_\d", re.IGNORECASE)
"""How Canvas names what came after its own due date: `leeann_LATE_1234_5678_answers.yaml`."""
_STRANGERS = 100
"""So many are told who was meant: of more the roster is another one, and looking takes long."""


def remarks_on(sheet: SheetVerdict) -> tuple[Message, ...]:
    """Everything there is to say of a file, the gravest first."""
    said = contained(partial(_remarks_on, sheet))
    return (failed(said),) if isinstance(said, Internal) else said


def failed(failure: Internal) -> Message:
    """In place of remarks at which the program failed."""
    return Message("remark-failed", {"error": failure.error})


def _remarks_on(sheet: SheetVerdict) -> tuple[Message, ...]:
    told: list[Message] = []
    for message in _all(sheet):
        if message not in told:
            told.append(message)
            if len(told) > 10 * MOST:
                break
    rest = len(told) - MOST
    return (*told[:MOST], Message("remark-more", {"count": rest})) if rest > 0 else tuple(told)


def _all(sheet: SheetVerdict) -> Iterator[Message]:
    if sheet.refused is not None:
        yield sheet.refused.message
    if failures := failures_of(sheet):
        yield _with_names("remark-internal", [_place(failure, sheet) for failure in failures], count=len(failures))
    foreign = any(fault.key == NOT_YOURS for problem in sheet.problems for fault in problem.faults)
    if sheet.owners:
        yield _with_names("remark-owners-refused" if foreign else "remark-owners", sheet.owners)
    if (late := late_message(sheet.late)) is not None:
        yield late
    elif _LATE.search(sheet.file):
        yield Message("remark-late-by-name")
    yield from sheet.remarks
    yield from (_at_line(note) for note in sheet.notes if not note.harmless)
    for problem in sheet.problems:
        for fault in problem.faults:
            if fault.key == NOT_YOURS:  # said to the student; and to the teacher above, where it is known whose it is
                if not sheet.owners:
                    yield Message("variant-not-given", fault.values)
                continue
            yield Message("remark-problem", {"problem": problem.problem, "fault": fault})
    yield from map(_at_line, sheet.faults)


def _at_line(note: Note) -> Message:
    place = Message("submit-line", {"line": note.line})
    return Message("remark-line", {"place": place, "fault": note.message}) if note.line else note.message


def _place(failure: Failure, sheet: SheetVerdict) -> str:
    """Where the program failed."""
    problem, verdict = failure.problem, failure.verdict
    return " ".join([*([problem.problem] if problem else []), *([verdict.ask] if verdict else [])]) or sheet.file


def _with_names(key: str, names: Collection[str], but: str = "", **values: object) -> Message:
    """A message with the first few of many names, all but one's own; each costs the same however many there are."""
    first = list(islice((name for name in names if name != but), _NAMED))
    rest = len(names) - (but in names) - len(first)
    more = Message("remark-names-more", {"count": rest}) if rest > 0 else ""
    return Message(key, {"names": first, "more": more, **values})


def with_remarks(sheets: Sequence[SheetVerdict], roster: Roster, manifest: Manifest) -> list[SheetVerdict]:
    """The sheets of a class with what can only be said of one beside the others."""
    known = _in_roster(sheets, roster) if roster.students else list(sheets)
    return _shared(_twice(known), manifest)


def _said(sheet: SheetVerdict, remark: Message) -> SheetVerdict:
    return replace(sheet, remarks=(*sheet.remarks, remark))


def _in_roster(sheets: Sequence[SheetVerdict], roster: Roster) -> list[SheetVerdict]:
    """Students by the ids of the roster, also where the full name was written; strangers with the name that is near."""
    ids = {student.id for student in roster.students}
    by_name = by_words(roster)
    names = [*ids, *(student.name for student in roster.students)]
    strangers = sum(sheet.student not in ids for sheet in sheets)
    found = []
    for sheet in sheets:
        meant = by_name.get(words(sheet.student), set())
        if sheet.student in ids or not sheet.student:
            found.append(sheet)
        elif len(meant) == 1:
            (one,) = meant
            remark = Message("student-by-name", {"typed": sheet.student, "student": one})
            owners = () if one in sheet.owners else sheet.owners
            found.append(_said(replace(sheet, student=one, owners=owners), remark))
        else:
            near = nearest(sheet.student, names) if strangers <= _STRANGERS else None
            hint = Message("syntax-did-you-mean", {"word": near}) if near else ""
            found.append(_said(sheet, Message("student-not-in-roster", {"student": sheet.student, "hint": hint})))
    return found


def by_words(roster: Roster) -> Mapping[str, set[str]]:
    """The ids of the students that a name may be that of, by its words."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for student in roster.students:
        by_name[words(student.name)].add(student.id)
        by_name[words(student.id)].add(student.id)
    return by_name


def _twice(sheets: Sequence[SheetVerdict]) -> list[SheetVerdict]:
    """Files of one student for one assignment, where they are not attempts that follow one another.

    One that was refused may be for any of them.
    """
    files: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    unread: dict[str, dict[str, None]] = defaultdict(dict)
    everything: dict[str, dict[str, None]] = defaultdict(dict)
    there = [sheet for sheet in sheets if sheet.student and not sheet.superseded]
    for sheet in there:
        group = unread[sheet.student] if sheet.refused is not None else files[sheet.student, sheet.assignment]
        group[sheet.file] = everything[sheet.student][sheet.file] = None
    for (student, _), group in files.items():
        group |= unread.get(student, {})
    return [
        _said(sheet, _with_names("remark-twice", beside, sheet.file))
        if len(beside := _beside(sheet, files, everything)) > 1
        else sheet
        for sheet in sheets
    ]


def _beside(
    sheet: SheetVerdict, files: Mapping[tuple[str, str], dict[str, None]], everything: Mapping[str, dict[str, None]]
) -> dict[str, None]:
    if sheet.superseded:
        return {}
    read = sheet.refused is None
    return files.get((sheet.student, sheet.assignment), {}) if read else everything.get(sheet.student, {})


def _shared(sheets: Sequence[SheetVerdict], manifest: Manifest) -> list[SheetVerdict]:
    """Files with the same variants as those of other students; of a sheet that was printed for all nothing is said."""
    students: dict[str, dict[str, None]] = defaultdict(dict)
    for sheet in sheets:
        for problem in sheet.problems:
            read = problem.verdicts or any(fault.key == NOT_YOURS for fault in problem.faults)
            if problem.variant and read and sheet.student:
                students[normal_code(problem.variant)][sheet.student] = None
    for code in students:
        printed_for = {holder.student for holder in manifest.holders.get(code, ())}
        if "" in printed_for or len(printed_for) > 1:
            students[code] = {}
    return [_with_the_same(sheet, students) for sheet in sheets]


def _with_the_same(sheet: SheetVerdict, students: Mapping[str, dict[str, None]]) -> SheetVerdict:
    codes = {normal_code(problem.variant) for problem in sheet.problems if problem.variant}
    largest = max((students[code] for code in codes if code in students), key=len, default={})
    if sheet.owners or len(largest) - (sheet.student in largest) < 1:
        return sheet
    return _said(sheet, _with_names("remark-shared", largest, sheet.student))
