"""Which column of a roster is which: our own headers, those of Canvas and Moodle, or what a teacher says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from grader.errors import InputError, Message
from grader.language.suggestions import nearest
from grader.textfile import shorten

FIELDS = ("student", "name", "language")
"""What a column may be said to be."""

_STUDENT = ("student", "студент")
_IDS = (
    ("student id", "studentid", "student number", "student no", "sid", "id number", "org defined id", "orgdefinedid",
     "matriculation number", "id студента", "номер студента", "индивидуальный номер", "идентификационный номер",
     "студенческий билет", "студенческого билета", "номер студенческого билета", "зачетная книжка", "зачетной книжки",
     "номер зачетки", "номер зачетной книжки", "табельный номер"),
    ("id", "ид"),
    ("sis user id",),
    ("login", "логин", "username", "user name", "userid", "user id", "login id", "sis login id", "netid", "uid",
     "имя пользователя", "учетная запись"),
    ("email", "e mail", "mail", "email address", "e mail address", "почта", "эл почта", "электронная почта",
     "адрес электронной почты", "адрес эл почты", "e mail адрес"),
)  # fmt: skip
"""Spellings of an id, the best kind first; a student is known by the best one that is there."""
_FULL = ("name", "full name", "fullname", "student name", "display name", "фио", "ф и о", "полное имя", "имя и фамилия",
         "фамилия и имя", "имя студента", "фамилия имя", "фамилия имя отчество")  # fmt: skip
_FIRST = ("first name", "firstname", "given name", "имя")
_LAST = ("last name", "lastname", "surname", "family name", "фамилия")
_MIDDLE = ("middle name", "patronymic", "отчество")
_LANGUAGE = ("language", "lang", "preferred language", "язык")


class Columns(msgspec.Struct, frozen=True):
    """Places of the columns: of the id, of the parts of the name in their order, of the language; the rest is `extra`.

    An id of -1 is the whole name. In a gradebook of Canvas there are rows between those of the students.
    """

    id: int
    name: tuple[int, ...] = ()
    language: int | None = None
    extra: tuple[int, ...] = ()
    canvas: bool = False


class _Header:
    """The words of a header; `filled` says which columns have anything in them."""

    def __init__(self, header: Sequence[str], filled: Sequence[bool], name: str, line: int) -> None:
        self.cells, self.filled, self.name, self.line = header, filled, name, line
        self.words = [re.sub(r"[\s_\-./:№#*]+", " ", cell.casefold().replace("ё", "е")).strip() for cell in header]

    def among(self, spellings: Sequence[str]) -> list[int]:
        return [place for place, word in enumerate(self.words) if word in spellings]

    def one(self, places: Sequence[int], field: str) -> int | None:
        """The only one of these columns; which of several is for the teacher to say."""
        places = [place for place in places if self.filled[place]] or list(places)
        if len(places) > 1:
            names = [shorten(self.cells[place]) for place in places]
            raise InputError(
                "roster-ambiguous", file=self.name, line=self.line, field=field, columns=names, first=names[0]
            )
        return places[0] if places else None


def columns_of(header: Sequence[str], filled: Sequence[bool], said: Mapping[str, str], name: str, line: int) -> Columns:
    """The columns of a header; `said` maps fields to headers and goes before everything that is recognised."""
    head = _Header(header, filled, name, line)
    given = {field: _said(head, field, column) for field, column in said.items()}
    full, student = head.among(_FULL), head.among(_STUDENT)
    better = any(filled[place] for rank in _IDS[:-1] for place in head.among(rank))
    named = not full and bool(student) and better and given.get("student") not in student  # Canvas: it is the name
    names = (given["name"],) if "name" in given else _names(head, student if named else full)
    place = given["student"] if "student" in given else _identity(head, [] if named else student, names)
    language = given["language"] if "language" in given else head.one(head.among(_LANGUAGE), "language")
    used = {place, *names, language}
    extra = tuple(each for each, cell in enumerate(header) if each not in used and cell)
    return Columns(place, names, language, extra, named)


def _identity(head: _Header, student: Sequence[int], names: Sequence[int]) -> int:
    """The column of the best id that there is; the name where there is no other, -1 for one in parts."""
    ranks = [list(student), *(head.among(rank) for rank in _IDS)]
    there = [rank for rank in ranks if rank]
    best = next((rank for rank in there if any(head.filled[place] for place in rank)), there[0] if there else [])
    place = head.one(best, "student")
    if place is not None:
        return place
    if not names:
        found = [shorten(cell) for cell in head.cells[:10]]
        raise InputError("roster-header", file=head.name, line=head.line, found=found)
    return names[0] if len(names) == 1 else -1


def _names(head: _Header, full: Sequence[int]) -> tuple[int, ...]:
    """The column of the whole name, or those of its parts."""
    first, last = head.among(_FIRST), head.among(_LAST)
    if full:
        whole = head.one(full, "name")
        return () if whole is None else (whole,)
    return tuple(sorted([*first[:1], *last[:1], *(head.among(_MIDDLE)[:1] if last else [])]))


def _said(head: _Header, field: str, column: str) -> int:
    """The place of a column that the teacher names."""
    if field not in FIELDS:
        raise InputError("roster-field", field=field, known=FIELDS)
    exact = [place for place, cell in enumerate(head.cells) if cell == column]
    alike = [place for place, cell in enumerate(head.cells) if cell.casefold() == column.casefold()]
    found = exact or alike
    if found:
        return found[0]
    meant = nearest(column, [cell for cell in head.cells if cell])
    hint = Message("syntax-did-you-mean", {"word": meant}) if meant else ""
    there = [shorten(cell) for cell in head.cells[:20]]
    raise InputError("roster-no-column", file=head.name, line=head.line, column=column, found=there, hint=hint)
