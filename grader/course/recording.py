"""A submission put on record: after the student's earlier ones, counted, kept; one at a time for each student."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from grader.course.apply_policy import apply_policy, with_hints
from grader.course.disk import make_folder, sweep
from grader.course.folder import Course, keep_submission, student_folder
from grader.course.history import History, read_hints, read_history
from grader.course.locks import held
from grader.course.results import as_dict
from grader.course.sheet_verdict import SheetVerdict
from grader.course.stamps import copies_in, time_behind
from grader.errors import NotWritten

Marks = Callable[[Path], SheetVerdict]
"""Marks a file that was kept."""


def recorded(
    course: Course, sheet: SheetVerdict, data: bytes, now: datetime, language: str, marks: Marks
) -> SheetVerdict:
    """The sheet after the student's earlier submissions; itself kept, with everything in it.

    Raises NotWritten where that cannot be; nothing is kept and no attempt spent then.
    """
    folder = student_folder(course, sheet.student)
    make_folder(folder, private=True)
    with held(folder):
        sweep([folder])
        time = time_behind(next(reversed(copies_in(folder)), None), now)
        sheet = _after_earlier(course, sheet, time, marks, kept=True)
        verdict = json.dumps(as_dict(sheet, language), ensure_ascii=False, indent=2)
        keep_submission(course, sheet.student, data, verdict.encode(errors="backslashreplace"), time)
    return sheet


def unrecorded(course: Course, sheet: SheetVerdict, now: datetime, marks: Marks) -> SheetVerdict:
    """The sheet as it would stand, as far as earlier submissions can be read; it changes nothing."""
    try:
        return _after_earlier(course, sheet, now, marks, kept=False)
    except NotWritten:
        return apply_policy(sheet, History(), now, kept=False)


def _after_earlier(course: Course, sheet: SheetVerdict, time: datetime, marks: Marks, *, kept: bool) -> SheetVerdict:
    if not sheet.student:  # whose attempts? Without a name they cannot be told apart
        return sheet
    history = history_of(course, sheet.student, sheet.assignment, marks)
    return apply_policy(sheet, history, time, kept=kept)


def history_of(course: Course, student: str, assignment: str, marks: Marks) -> History:
    """What the course remembers of a student's work; what lost its verdict is marked again."""
    folder = student_folder(course, student)

    def again(path: Path, time: datetime) -> SheetVerdict | None:
        sheet = marks(path)
        return None if sheet.refused is not None else with_hints(sheet, read_hints(folder)[0], time)

    return read_history(folder, student, assignment, again)
