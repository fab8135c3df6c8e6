"""A folder of answer files: found, marked together, written as results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from grader.course.apply_policy import apply_in_order, with_hints
from grader.course.bank import Bank
from grader.course.disk import make_folder, sweep, write_together
from grader.course.folder import SUBMISSIONS
from grader.course.gradebook import NO_ROSTER, Row, gradebook_csv, rows_of, sayable_rows
from grader.course.handed_in import GRADEBOOK, RESULTS, handed_in
from grader.course.history import read_hints
from grader.course.manifests import manifest_for
from grader.course.remarks import by_words, with_remarks
from grader.course.results import line_of
from grader.course.roster import Roster
from grader.course.sayable import without_unsayable
from grader.course.sheet_verdict import Failure, SheetVerdict, failures_of
from grader.course.sheets import mark_files
from grader.course.stamps import stamp_of
from grader.course.whose import by_file_name, student_in_name
from grader.errors import InputError, Message
from grader.internal import Internal, contained
from grader.messages import translate


class Batch(msgspec.Struct, frozen=True):
    """What came of a folder: a verdict for everything that was handed in, by name, and what nobody handed in.

    `remarks` are on the manifests.
    """

    sheets: tuple[SheetVerdict, ...]
    ignored: tuple[str, ...]
    roster: Roster = NO_ROSTER
    remarks: tuple[Message, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """The rows of the gradebook, and those of earlier attempts."""
        return rows_of(self.sheets, self.roster)


def mark_folder(folder: Path, bank: Bank) -> list[SheetVerdict]:
    """Verdicts for everything handed in below a folder, under the policies of their assignments."""
    return list(mark_batch(folder, bank).sheets)


def mark_batch(
    folder: Path,
    bank: Bank,
    roster: Roster = NO_ROSTER,
    spare: Sequence[Path] = (),
    course: Path | None = None,
    manifests: Sequence[Path] = (),
) -> Batch:
    """A whole folder beside the roster of the course; `spare` are files in it that nobody handed in.

    What was printed is looked up in the manifests of the course folder and in `manifests`.
    """
    if course is not None and folder.absolute() == course.absolute() / SUBMISSIONS:  # whoever never comes back
        sweep(path for path in folder.glob("*") if path.is_dir() and not path.is_symlink())
    found = handed_in(folder, (*spare, *manifests))
    paths = list(found.files.values())
    manifest = manifest_for([folder], course, manifests)
    sheets = mark_files(paths, bank.opening(), manifest, list(found.files), people=by_words(roster))
    marked = under_policy(sheets, paths)
    refused = [SheetVerdict(name, refused=error) for name, error in found.refused.items()]
    known = {holder.student for holders in manifest.holders.values() for holder in holders}
    students = by_file_name([*known, *(student.id for student in roster.students)])
    named = [
        sheet if sheet.student else replace(sheet, student=student_in_name(sheet.file, students))
        for sheet in sorted([*marked, *refused], key=lambda sheet: sheet.file)
    ]
    remarked = contained(partial(with_remarks, named, roster, manifest))
    if isinstance(remarked, Internal):
        remarked = [_failing(sheet, remarked) for sheet in named]
    return Batch(tuple(remarked), found.ignored, roster, manifest.remarks)


def under_policy(sheets: Sequence[SheetVerdict], paths: Sequence[Path]) -> list[SheetVerdict]:
    """Hints, lateness and attempts, for files named by their time as those in `submissions/`.

    Of other files no time is known: they are never late, and each stands for itself.
    """
    ruled = list(sheets)
    together: dict[tuple[Path, str, str], list[tuple[tuple[datetime, int], int]]] = {}
    hints = {folder: read_hints(folder)[0] for folder in {path.parent for path in paths}}
    for number, (sheet, path) in enumerate(zip(sheets, paths, strict=True)):
        stamp = stamp_of(path.name)
        if sheet.refused is not None:
            continue
        if stamp is None or not sheet.student:
            priced = contained(partial(with_hints, sheet, hints[path.parent], stamp[0] if stamp else None))
            ruled[number] = _failing(sheet, priced) if isinstance(priced, Internal) else priced
        else:
            together.setdefault((path.parent, sheet.student, sheet.assignment), []).append((stamp, number))
    for (parent, _, _), stamped in together.items():
        in_order = [(stamp[0], number) for stamp, number in sorted(stamped)]
        own = [(sheets[number], time) for time, number in in_order]
        applied = contained(partial(apply_in_order, own, hints[parent]))
        if isinstance(applied, Internal):
            applied = [_failing(sheet, applied) for sheet, _ in own]
        for (_, number), sheet in zip(in_order, applied, strict=True):
            ruled[number] = sheet
    return ruled


def _failing(sheet: SheetVerdict, failure: Internal) -> SheetVerdict:
    """The sheet as it was before the program failed on it."""
    return replace(sheet, internal=(*sheet.internal, failure))


MOST_SLIPS = 12


class CommonSlip(msgspec.Struct, frozen=True):
    """A slip that several of a class make: where, how many students, and words for it."""

    problem: str
    ask: str
    rule: str
    students: int
    message: str


class InternalAt(msgspec.Struct, frozen=True):
    """Where the program failed; `results.jsonl` has the rest."""

    file: str
    student: str
    problem: str
    ask: str
    error: str


class Summary(msgspec.Struct, frozen=True):
    """The figures of a run and where its results are, as `grade batch --json` prints them.

    `files` were handed in, `graded` or `refused`; `ignored` are entries that nobody handed in, `absent` students of the
    roster who handed in nothing, `internal` is where the program failed, `remarks` are on the
    manifests.
    """

    files: int
    graded: int
    refused: int
    mean_share: float
    slips: tuple[CommonSlip, ...]
    results: str
    gradebook: str
    ignored: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    internal: tuple[InternalAt, ...] = ()
    remarks: tuple[str, ...] = ()


def slips_of(sheets: Sequence[SheetVerdict], language: str) -> tuple[CommonSlip, ...]:
    """The slips that the class makes, the commonest first.

    Only answers with one named slip count; a tie says nothing for sure.
    """
    students: dict[tuple[str, str, str], set[str]] = {}
    words: dict[tuple[str, str, str], Message] = {}
    for sheet in sheets:
        for problem in sheet.problems:
            for verdict in problem.verdicts:
                if len(verdict.slips) == 1:
                    (slip,) = verdict.slips
                    key = (problem.problem, verdict.ask, slip.rule)
                    students.setdefault(key, set()).add(sheet.student or sheet.file)
                    words.setdefault(key, slip.general)
    common = sorted(students, key=lambda key: (-len(students[key]), key))[:MOST_SLIPS]
    said = [(key, contained(partial(translate, words[key], language))) for key in common]
    return tuple(CommonSlip(*key, len(students[key]), text) for key, text in said if isinstance(text, str))


def write_results(batch: Batch, output: Path, language: str) -> Summary:
    """Write `results.jsonl` and `gradebook.csv` whole, or neither; the figures of the run. Raises NotWritten."""
    sheets, lines = zip(*(_line(sheet, language) for sheet in batch.sheets), strict=True) if batch.sheets else ((), ())
    rows = rows_of(sheets, batch.roster)
    written = contained(partial(gradebook_csv, sheets, language, batch.roster, rows))
    if isinstance(written, Internal):
        rows = sayable_rows(rows, language)
        written = gradebook_csv(sheets, language, batch.roster, rows)
    make_folder(output, private=True)
    sweep([output])
    results = "".join(lines).encode("utf-8", "backslashreplace")
    table = written.encode("utf-8-sig", "backslashreplace")
    write_together({output / RESULTS: results, output / GRADEBOOK: table}, private=True)
    graded = [sheet for sheet in sheets if sheet.refused is None]
    final = [row for row in rows if row.file and not row.refused and not row.superseded]
    share = sum(row.points / row.of for row in final if row.of) / max(1, len(final))
    return Summary(
        len(batch.sheets),
        len(graded),
        len(batch.sheets) - len(graded),
        round(share, 4),
        slips_of(graded, language),
        str(output / RESULTS),
        str(output / GRADEBOOK),
        batch.ignored,
        tuple(dict.fromkeys(row.student for row in rows if not row.file)),
        (*(_internal_at(sheet, failure) for sheet in sheets for failure in failures_of(sheet)), *_failed_rows(rows)),
        tuple(translate(remark, language) for remark in batch.remarks),
    )


def _line(sheet: SheetVerdict, language: str) -> tuple[SheetVerdict, str]:
    """A sheet and its line of results; where the words for something fail, without them."""
    line = contained(partial(line_of, sheet, language))
    if not isinstance(line, Internal):
        return sheet, line
    said = without_unsayable(sheet, (language,))
    again = contained(partial(line_of, said, language))
    if isinstance(again, Internal):  # not even that: its name, and what failed
        said = SheetVerdict(
            sheet.file, sheet.student, refused=InputError("internal-file", file=sheet.file, reason=""), internal=(line,)
        )
    return said, again if isinstance(again, str) else line_of(said, language)


def _failed_rows(rows: Sequence[Row]) -> Iterator[InternalAt]:
    for row in rows:
        for remark in row.remarks:
            if remark.key == "remark-failed":
                yield InternalAt(row.file, row.student, "", "", str(remark.values["error"]))


def _internal_at(sheet: SheetVerdict, failure: Failure) -> InternalAt:
    problem, verdict = failure.problem, failure.verdict
    return InternalAt(
        sheet.file,
        sheet.student,
        problem.problem if problem else "",
        verdict.ask if verdict else "",
        failure.internal.error,
    )
