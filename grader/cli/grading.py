"""`grade submit`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from grader.cli.terminal import fail, language_option, manifest_option, show_json, show_sheet, spoken
from grader.course.bank import Bank
from grader.course.folder import Course, bank_for, find_course, is_kept, keep_submission, student_folder
from grader.course.manifests import folders_of, manifest_for, wanted_by
from grader.course.results import as_dict
from grader.course.sheet_verdict import SheetVerdict
from grader.course.sheets import mark_files, read_sheet
from grader.course.variants import Manifest
from grader.errors import InputError


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
    course, now = find_course(Path.cwd()), datetime.now(UTC).replace(microsecond=0)
    bank = bank_for(course)
    manifest = _records(answers, course, manifests)
    sheet = mark_files([answers], bank, manifest)[0]
    language = spoken(language, sheet.language, course.language if course else "")
    if sheet.refused is not None:
        fail(sheet.refused, language)
    if course:
        keep = not no_keep and not is_kept(course, answers)
        sheet = _recorded(course, sheet, answers, now, keep, language)
    sheet = _as_seen(sheet, now)
    worked = _worked(sheet, bank, manifest, language, now) if solutions else None
    if as_json:
        show_json(as_dict(sheet, language, worked))
    else:
        show_sheet(sheet, language, worked)


def _records(answers: Path, course: Course | None, named: Sequence[Path]) -> Manifest:
    """What the teacher has on record of the codes in a file."""
    root = course.root if course else None
    try:
        wanted = wanted_by([read_sheet(answers)])
    except InputError:
        wanted = None  # it is refused, with its student if that is known
    return manifest_for(folders_of([answers], root), root, named, wanted)


def _recorded(
    course: Course, sheet: SheetVerdict, answers: Path, now: datetime, keep: bool, language: str
) -> SheetVerdict:
    """The sheet after the student's earlier submissions; itself kept with everything in it."""
    from grader.course.apply_policy import apply_policy
    from grader.course.history import read_history

    if sheet.student:  # whose attempts? Without a name they cannot be told apart
        history = read_history(student_folder(course, sheet.student), sheet.student, sheet.assignment)
        sheet = apply_policy(sheet, history, now, kept=keep)
    if keep:
        verdict = json.dumps(as_dict(sheet, language), ensure_ascii=False, indent=2)
        keep_submission(course, sheet.student, answers.read_bytes(), verdict.encode(), now)
    return sheet


def _as_seen(sheet: SheetVerdict, now: datetime) -> SheetVerdict:
    """The sheet as its student may see it; practice does not pay for the import."""
    if sheet.policy is None:
        return sheet
    from grader.course.reveal import revealed

    return revealed(sheet, now)


def _worked(sheet: SheetVerdict, bank: Bank, manifest: Manifest, language: str, now: datetime) -> dict[str, str]:
    from grader.course.solutions import solutions_for

    return solutions_for(sheet, bank, manifest, language, now)
