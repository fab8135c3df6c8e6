"""The roster: a CSV of the students of a course, from any spreadsheet, Canvas or Moodle, in English or Russian.

    student,name,language
    ivanova,Анна Иванова,ru

Names and languages may be left out; a student is known by the id. Other columns are kept beside.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from grader.course.cells import text_of_cell
from grader.course.filenames import safe_filename as safe_filename
from grader.course.roster_columns import Columns, columns_of
from grader.errors import InputError, Message
from grader.textfile import decode_any, shorten
from grader.textfile import encoding_of as encoding_of  # of a roster too

ROSTER_LIMIT = 20_000_000
"""Bytes of a roster."""

_LANGUAGES = {
    **dict.fromkeys(("", "-"), ""),
    **dict.fromkeys(("en", "eng", "english", "английский"), "en"),
    **dict.fromkeys(("ru", "rus", "russian", "русский", "рус"), "ru"),
}
_NO_STUDENTS = ("points possible", "student, test", "test student")
"""What stands among the students in a gradebook of Canvas, besides rows without a name."""


class Student(msgspec.Struct, frozen=True):
    """A row of the roster; `name` is the id where none is given, `language` is "" or one of ours."""

    id: str
    name: str
    language: str


NOBODY = Student("student", "student", "")
"""Whom a sheet is for that is for nobody in particular: anybody may hand in its variants."""


class Roster(msgspec.Struct, frozen=True):
    """The students in their order; `extra` names the other columns, `cells` has them by student.

    `remarks` say how the letters were read where the file is not in UTF-8, and that names serve as ids.
    """

    students: tuple[Student, ...] = ()
    extra: tuple[str, ...] = ()
    cells: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    remarks: tuple[Message, ...] = ()


def read_roster(data: bytes, name: str, columns: Mapping[str, str] | None = None) -> list[Student]:
    """The students of a CSV with a header, in order; raises InputError with line and cure."""
    return list(roster_of(data, name, columns).students)


def roster_of(
    data: bytes, name: str, columns: Mapping[str, str] | None = None, usual: Mapping[str, str] | None = None
) -> Roster:
    """A whole roster; `columns` says which header is the student, the name or the language where that is unclear.

    `usual` says so for rosters that have such headers.
    """
    text, remark = decode_any(data, name, ROSTER_LIMIT)
    rows = list(_rows(re.sub(r"\Asep=.\n", "\n", text, flags=re.IGNORECASE), name))  # a hint for Excel, not a header
    line, header = rows[0] if rows else (1, [])
    filled = [any(len(row) > place and row[place] for _, row in rows[1:]) for place in range(len(header))]
    words = {cell.casefold() for cell in header}
    here = {field: column for field, column in (usual or {}).items() if column.casefold() in words}
    places = columns_of(header, filled, here | dict(columns or {}), name, line)
    students, cells = _students(rows[1:], len(header), places, name)
    if not students:
        raise InputError("roster-empty", file=name, line=rows[-1][0] if rows else 1)
    extra = tuple(header[place] for place in places.extra)
    remarks = [remark] if remark else []
    if extra and places.id in (-1, *places.name):
        remarks.append(Message("roster-by-name", {"columns": [shorten(column) for column in extra[:10]]}))
    return Roster(tuple(students), extra, cells, tuple(remarks))


def _students(
    rows: Sequence[tuple[int, list[str]]], width: int, places: Columns, name: str
) -> tuple[list[Student], dict[str, tuple[str, ...]]]:
    """The students of the rows, and their other cells."""
    students: list[Student] = []
    cells: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    for line, row in rows:
        row += [""] * (width - len(row))
        if any(row[width:]):
            raise InputError("roster-columns", file=name, line=line, count=len(row), expected=width)
        student = _student(row, places, name, line)
        if student is None:
            continue
        first = lines.setdefault(student.id.casefold(), line)
        if first != line:
            known = shorten(student.id)
            raise InputError("roster-twice", file=name, line=line, student=known, first=first, second=line)
        students.append(student)
        cells[student.id] = tuple(row[place] for place in places.extra)
    return students, cells


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with the line each begins on; cells without surrounding or doubled spaces."""
    header = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=header.count), strict=True)
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            key = "roster-cell" if "field larger" in str(error) else "roster-quote"
            raise InputError(key, file=name, line=line) from None
        if row is None:
            return
        cells = [text_of_cell(" ".join(unicodedata.normalize("NFC", cell).split())) for cell in row]
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def _student(row: Sequence[str], columns: Columns, name: str, line: int) -> Student | None:
    """The student of a row; None for the rows of Canvas that are no students."""
    full = " ".join(filter(None, (row[place] for place in columns.name)))
    identity = row[columns.id] if columns.id >= 0 else full
    if columns.canvas and full.casefold() in ("", *_NO_STUDENTS):
        return None
    if not identity:
        raise InputError("roster-no-id", file=name, line=line)
    said = "" if columns.language is None else row[columns.language]
    language = _LANGUAGES.get(said.casefold())
    if language is None:
        raise InputError("roster-language", file=name, line=line, language=shorten(said))
    return Student(identity, full or identity, language)
