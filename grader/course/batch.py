"""A folder of answer files: found, marked together, written as results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from grader.course.apply_policy import apply_in_order, with_hints
from grader.course.bank import Bank
from grader.course.folder import write_whole
from grader.course.gradebook import NO_ROSTER, Row, gradebook_csv, rows_of
from grader.course.handed_in import GRADEBOOK, RESULTS, handed_in
from grader.course.history import read_hints, stamp_of
from grader.course.manifests import manifest_for
from grader.course.remarks import by_words, with_remarks
from grader.course.results import results_jsonl
from grader.course.roster import Roster
from grader.course.sheet_verdict import SheetVerdict
from grader.course.sheets import mark_files
from grader.course.whose import by_file_name, student_in_name
from grader.errors import InputError, Message
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
    found = handed_in(folder, (*spare, *manifests))
    paths = list(found.files.values())
    manifest = manifest_for([folder], course, manifests)
    marked = under_policy(
        mark_files(paths, bank.opening(), manifest, list(found.files), people=by_words(roster)), paths
    )
    refused = [SheetVerdict(name, refused=error) for name, error in found.refused.items()]
    known = {holder.student for holders in manifest.holders.values() for holder in holders}
    students = by_file_name([*known, *(student.id for student in roster.students)])
    named = [
        sheet if sheet.student else replace(sheet, student=student_in_name(sheet.file, students))
        for sheet in sorted([*marked, *refused], key=lambda sheet: sheet.file)
    ]
    return Batch(tuple(with_remarks(named, roster, manifest)), found.ignored, roster, manifest.remarks)


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
            ruled[number] = with_hints(sheet, hints[path.parent], stamp[0] if stamp else None)
        else:
            together.setdefault((path.parent, sheet.student, sheet.assignment), []).append((stamp, number))
    for (parent, _, _), stamped in together.items():
        in_order = [(stamp[0], number) for stamp, number in sorted(stamped)]
        applied = apply_in_order([(sheets[number], time) for time, number in in_order], hints[parent])
        for (_, number), sheet in zip(in_order, applied, strict=True):
            ruled[number] = sheet
    return ruled


MOST_SLIPS = 12


class CommonSlip(msgspec.Struct, frozen=True):
    """A slip that several of a class make: where, how many students, and words for it."""

    problem: str
    ask: str
    rule: str
    students: int
    message: str


class Summary(msgspec.Struct, frozen=True):
    """The figures of a run and where its results are, as `grade batch --json` prints them.

    `files` were handed in, `graded` or `refused`; `ignored` are entries that nobody handed in, `absent` students of the
    roster who handed in nothing, `remarks` are on the manifests.
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
    return tuple(CommonSlip(*key, len(students[key]), translate(words[key], language)) for key in common)


def write_results(batch: Batch, output: Path, language: str) -> Summary:
    """Write `results.jsonl` and `gradebook.csv` whole; the figures of the run."""
    rows = batch.rows
    gradebook = gradebook_csv(batch.sheets, language, batch.roster, rows)
    try:
        output.mkdir(parents=True, exist_ok=True)
        write_whole(output / RESULTS, results_jsonl(batch.sheets, language).encode())
        write_whole(output / GRADEBOOK, gradebook.encode("utf-8-sig"))
    except OSError as error:
        raise InputError("batch-output", file=str(output), reason=error.strerror) from error
    graded = [sheet for sheet in batch.sheets if sheet.refused is None]
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
        tuple(translate(remark, language) for remark in batch.remarks),
    )
