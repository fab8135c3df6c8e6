"""The gradebook: a row for everything that was handed in, and for everybody who did not; the terminal shows it too."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from grader.course.cells import safe_cell
from grader.course.remarks import failed, remarks_on
from grader.course.results import rounded
from grader.course.roster import Roster
from grader.course.sheet_verdict import SheetVerdict
from grader.course.standing_words import late_by
from grader.errors import Message
from grader.internal import Internal, contained
from grader.messages import translate

NO_ROSTER = Roster()


class Row(msgspec.Struct, frozen=True):
    """A file, or a student without one. `earned` are the points that count, by problem, `of` all there were to earn."""

    file: str
    student: str
    assignment: str
    earned: Mapping[str, float]
    of: float
    late: Message | None = None
    remarks: tuple[Message, ...] = ()
    refused: bool = False
    superseded: bool = False

    @property
    def points(self) -> float:
        """The points that count."""
        return sum(self.earned.values())


def rows_of(sheets: Sequence[SheetVerdict], roster: Roster = NO_ROSTER) -> list[Row]:
    """A row per file in its order, then one per assignment for every student of the roster without a file.

    A file that was refused is worth what the others of its assignment are, unless one of its student was read.
    """
    worth: dict[str, float] = {}
    for sheet in sheets:
        if sheet.refused is None:
            worth[sheet.assignment] = max(sheet.of, worth.get(sheet.assignment, 0.0))
    usual = next(iter(worth)) if len(worth) == 1 else ""
    read = {(sheet.student, sheet.assignment) for sheet in sheets if sheet.refused is None}
    rows = [_row(sheet) if sheet.refused is None else _refused(sheet, worth, usual, read) for sheet in sheets]
    unplaced = {row.student for row in rows if row.refused and row.assignment not in worth}
    there = {(row.student, row.assignment) for row in rows}
    absent = (Message("remark-absent"),)
    for assignment in worth or {"": 0.0}:
        of = worth.get(assignment, 0.0)
        rows += [
            Row("", student.id, assignment, {}, of, remarks=absent)
            for student in roster.students
            if (student.id, assignment) not in there and student.id not in unplaced
        ]
    return rows


def _refused(sheet: SheetVerdict, worth: Mapping[str, float], usual: str, read: Collection[tuple[str, str]]) -> Row:
    """The row of a file that could not be marked; `read` are students and assignments with a file that could."""
    meant = sheet.assignment if sheet.assignment in worth else usual
    of = 0.0 if not sheet.student or (sheet.student, meant) in read else worth.get(meant, 0.0)
    return Row(sheet.file, sheet.student, sheet.assignment or usual, {}, of, remarks=remarks_on(sheet), refused=True)


def _row(sheet: SheetVerdict) -> Row:
    return Row(
        sheet.file,
        sheet.student,
        sheet.assignment,
        {problem.problem: points for problem, points in zip(sheet.problems, sheet.counts, strict=True) if problem.of},
        sheet.of,
        late_by(sheet.late) if sheet.late else None,
        remarks_on(sheet),
        superseded=sheet.superseded,
    )


def gradebook_csv(
    sheets: Sequence[SheetVerdict], language: str = "en", roster: Roster = NO_ROSTER, rows: Sequence[Row] = ()
) -> str:
    """A row per file, and per student of the roster without one. Safe to open in a spreadsheet.

    Where attempts are counted, a row per student with the points that count. Other columns of the roster are kept.
    """
    rows = [row for row in rows or rows_of(sheets, roster) if not row.superseded]
    problems = list(dict.fromkeys(problem for row in rows for problem in row.earned))
    out = io.StringIO()
    writer = csv.writer(out)
    known = ["name", *roster.extra] if roster.students else []
    ours = ["student", "assignment", *problems, "points", "of", "late", "file", "remarks"]
    head = ["student", *(_apart(column, ours) for column in known), *ours[1:]]
    writer.writerow([safe_cell(cell) for cell in head])
    names = {student.id: student.name for student in roster.students}
    for row in rows:
        about = [names.get(row.student, ""), *roster.cells.get(row.student, [""] * len(roster.extra))] if known else []
        writer.writerow([safe_cell(row.student), *map(safe_cell, about), *_cells(row, problems, language)])
    return out.getvalue()


def sayable_rows(rows: Sequence[Row], language: str) -> list[Row]:
    """The rows; one that cannot be written says what failed in place of its remarks."""
    alone = [contained(partial(gradebook_csv, (), language, rows=[row])) for row in rows]
    return [
        Row(row.file, row.student, row.assignment, row.earned, row.of, remarks=(failed(found),), refused=row.refused)
        if isinstance(found, Internal)
        else row
        for row, found in zip(rows, alone, strict=True)
    ]


def _apart(column: str, ours: Sequence[str]) -> str:
    """A column of the roster under a name that none of ours has."""
    return f"{column} (roster)" if column in ours else column


def _cells(row: Row, problems: Sequence[str], language: str) -> Iterator[str | float]:
    yield safe_cell(row.assignment)
    for problem in problems:
        yield rounded(row.earned[problem]) if problem in row.earned else ""
    yield rounded(row.points)
    yield rounded(row.of) if row.of else ""
    yield translate(row.late, language) if row.late else ""
    yield safe_cell(row.file)
    yield safe_cell(" ".join(translate(remark, language) for remark in row.remarks))
