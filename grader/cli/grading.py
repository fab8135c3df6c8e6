"""`grade submit`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from msgspec.structs import replace

from grader.cli.collection import paused
from grader.cli.screen import show_json
from grader.cli.terminal import (
    fail,
    language_option,
    manifest_option,
    show_error,
    show_failures,
    show_loudly,
    show_remarks,
    show_sheet,
    spoken,
)
from grader.course.bank import Bank
from grader.course.folder import Course, bank_for, course_of_cwd, is_kept
from grader.course.results import as_dict
from grader.course.sayable import sayable
from grader.course.sheet_verdict import Note, SheetVerdict, failures_of
from grader.course.sheets import mark_files
from grader.errors import Message, NotWritten
from grader.textfile import read_file

Marks = Callable[[Path], SheetVerdict]


@click.command("submit")
@click.argument("answers", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("--solutions", is_flag=True, help="Show worked solutions too, where the teacher allows it.")
@click.option("--no-keep", is_flag=True, help="Do not keep a copy in the course folder.")
@manifest_option
@language_option
def submit_command(
    answers: Path, as_json: bool, solutions: bool, no_keep: bool, manifests: tuple[Path, ...], language: str | None
) -> None:
    """Grade an answers file and say at once what is right.

    In a course folder (course.yaml and submissions/) a copy and the verdict are kept under submissions/STUDENT/,
    and the policy of the assignment holds: attempts, late work, what is shown.

    \b
    Example:  grade submit submissions/samples/answers-ivanova.yaml
    """
    course, now = course_of_cwd(), datetime.now(UTC).replace(microsecond=0)
    bank = bank_for(course)

    def marks(path: Path) -> SheetVerdict:
        with paused():
            return mark_files([path], bank, course=course.root if course else None, recorded=manifests)[0]

    sheet = marks(answers)
    language = spoken(language, sheet.language, course.language if course else "")
    if sheet.refused is not None and not sheet.internal:
        fail(sheet.refused, language)
    sheet = sayable(sheet, language)
    if sheet.refused is not None:
        show_error(sheet.refused, language)
        show_failures(failures_of(sheet), language)
        sys.exit(1)
    trouble = None
    if course:
        keep = not no_keep and not is_kept(course, answers)
        sheet, trouble = _on_record(course, marks, sheet, answers, now, keep, language)
    sheet = _as_seen(sheet, now)
    worked = _worked(sheet, bank, answers, course, manifests, language, now) if solutions else None
    if as_json:
        show_json(as_dict(sheet, language, worked))
    else:
        show_sheet(sheet, language, worked)
        if any(problem.faults for problem in sheet.problems):
            _show_passed_over(answers, course, manifests, language)
    if trouble is not None:
        show_loudly(trouble, language)
    if failures := failures_of(sheet):
        show_failures(failures, language)
    if trouble is not None or failures:
        sys.exit(1)


def _show_passed_over(answers: Path, course: Course | None, named: Sequence[Path], language: str) -> None:
    """Where something could not be marked: a manifest beside the file, which might have helped."""
    from grader.course.manifests import folders_of, passed_over

    root = course.root if course else None
    show_remarks(passed_over(folders_of([answers], root), root, named), language)


def _on_record(
    course: Course, marks: Marks, sheet: SheetVerdict, answers: Path, now: datetime, keep: bool, language: str
) -> tuple[SheetVerdict, Message | None]:
    """The sheet after the student's earlier submissions, itself kept; why it could not be."""
    from grader.course.recording import recorded, unrecorded

    if not keep:
        return unrecorded(course, sheet, now, marks), None
    try:
        return recorded(course, sheet, read_file(answers), now, language, marks), None
    except NotWritten as error:  # the student sees the verdict all the same
        trouble = Message("submit-not-kept", {"file": error.file, "reason": error.message})
        sheet = unrecorded(course, sheet, now, marks)
        return replace(sheet, notes=(*sheet.notes, Note(trouble))), trouble


def _as_seen(sheet: SheetVerdict, now: datetime) -> SheetVerdict:
    """The sheet as its student may see it; practice does not pay for the import."""
    if sheet.policy is None:
        return sheet
    from grader.course.reveal import revealed

    return revealed(sheet, now)


def _worked(
    sheet: SheetVerdict,
    bank: Bank,
    answers: Path,
    course: Course | None,
    named: Sequence[Path],
    language: str,
    now: datetime,
) -> dict[str, str]:
    from grader.course.manifests import folders_of, manifest_for
    from grader.course.solutions import solutions_for
    from grader.course.variants import Wanted, normal_code

    root = course.root if course else None
    wanted = Wanted({normal_code(problem.variant) for problem in sheet.problems}, {sheet.student})
    manifest = manifest_for(folders_of([answers], root), root, named, wanted)
    return solutions_for(sheet, bank, manifest, language, now)
