"""The roster: a CSV of the students of a course, from any spreadsheet, with an English or a Russian header.

    student,name,language
    ivanova,Анна Иванова,ru

Names and languages may be left out; a student is known by the id.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence

import msgspec

from grader.errors import InputError
from grader.textfile import decode, looks_cp1251, shorten

ROSTER_LIMIT = 20_000_000
"""Bytes of a roster."""

_COLUMNS = {
    "id": ("student", "студент", "id", "login", "логин", "email", "e-mail", "почта"),
    "name": ("name", "имя", "фио"),
    "language": ("language", "lang", "язык"),
}
_LANGUAGES = {
    **dict.fromkeys(("", "-"), ""),
    **dict.fromkeys(("en", "eng", "english", "английский"), "en"),
    **dict.fromkeys(("ru", "rus", "russian", "русский", "рус"), "ru"),
}
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_DIGEST_LIKE = re.compile(r"-[0-9a-f]{8}$", re.IGNORECASE)
_NAME_BYTES = 120


class Student(msgspec.Struct, frozen=True):
    """A row of the roster; `name` is the id where none is given, `language` is "" or one of ours."""

    id: str
    name: str
    language: str


def encoding_of(data: bytes) -> str:
    """How a roster is encoded: utf-8, utf-16 or, from an older Excel, cp1251 (tell the teacher)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1251" if looks_cp1251(data) else "utf-8"
    return "utf-8"


def read_roster(data: bytes, name: str) -> list[Student]:
    """The students of a CSV with a header, in order; raises InputError with line and cure."""
    rows = _rows(_text(data, name), name)
    line, header = next(rows, (1, []))
    columns = _columns(header, name, line)
    students: list[Student] = []
    lines: dict[str, int] = {}
    for line, row in rows:
        student = _student(row, columns, len(header), name, line)
        first = lines.setdefault(student.id.casefold(), line)
        if first != line:
            raise InputError(
                "roster-twice", file=name, line=line, student=shorten(student.id), first=first, second=line
            )
        students.append(student)
    if not students:
        raise InputError("roster-empty", file=name, line=line)
    return students


def _text(data: bytes, name: str) -> str:
    encoding = encoding_of(data)
    if encoding != "utf-8" and len(data) <= ROSTER_LIMIT:
        data = data.decode(encoding, errors="replace").encode("utf-8", errors="replace")
    text = decode(data, name, ROSTER_LIMIT)
    return re.sub(r"\Asep=.\n", "\n", text, flags=re.IGNORECASE)  # a hint for Excel, not a header


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
        cells = [" ".join(unicodedata.normalize("NFC", cell).split()) for cell in row]
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def _columns(header: Sequence[str], name: str, line: int) -> dict[str, int]:
    """Position of each known column; the names serve as ids where there is no other."""
    words = [cell.casefold() for cell in header]
    columns: dict[str, int] = {}
    for column, spellings in _COLUMNS.items():
        there = [words.index(spelling) for spelling in spellings if spelling in words]
        columns |= {column: there[0]} if there else {}
    if "id" not in columns and "name" in columns:
        columns["id"] = columns["name"]
    if "id" not in columns:
        raise InputError("roster-header", file=name, line=line, found=[shorten(cell) for cell in header[:10]])
    return columns


def _student(row: list[str], columns: dict[str, int], width: int, name: str, line: int) -> Student:
    if any(row[width:]):
        raise InputError("roster-columns", file=name, line=line, count=len(row), expected=width)
    cells = {column: row[index] if index < len(row) else "" for column, index in columns.items()}
    if not cells["id"]:
        raise InputError("roster-no-id", file=name, line=line)
    language = _LANGUAGES.get(cells.get("language", "").casefold())
    if language is None:
        raise InputError("roster-language", file=name, line=line, language=shorten(cells["language"]))
    return Student(cells["id"], cells.get("name") or cells["id"], language)


def safe_filename(student: str) -> str:
    """A student's id as the name of a file or a folder, the same on every system.

    Letters of any alphabet stay. Where anything had to be changed, a digest keeps two students apart.
    """
    exact = unicodedata.normalize("NFC", student)
    text = "".join(c if c.isalnum() or c in "-_.@+" else "_" for c in exact).strip("._-")
    text = text.encode()[:_NAME_BYTES].decode(errors="ignore").rstrip("._-") or "student"
    if text == exact and not _RESERVED.match(text) and not _DIGEST_LIKE.search(text):
        return text
    digest = hashlib.blake2s(exact.encode(errors="surrogatepass"), digest_size=4).hexdigest()
    return f"{'_' if _RESERVED.match(text) else ''}{text}-{digest}"
