"""Writing worksheets to a folder: sheets, answer files, the manifest; a chunk of students at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from grader.course.assignment import Assignment
from grader.course.bank import Bank
from grader.course.disk import make_folder, sweep, write_whole
from grader.course.filenames import answers_name
from grader.course.free_names import Target, check_free, names_of, records_in
from grader.course.printing import Printed, print_assignment
from grader.course.roster import Student
from grader.course.variants import MANIFEST
from grader.errors import InputError
from grader.worksheet.document import Sheet
from grader.worksheet.formats import FORMATS, render

CHUNK = 40


class Order(msgspec.Struct, frozen=True):
    """What to print for whom. `seeds` replace the hash of secret and name; `templates` go before ours."""

    assignment: Assignment
    students: Sequence[Student]
    bank: Bank
    secret: str = ""
    seeds: Sequence[int] | None = None
    language: str = "en"
    formats: Sequence[str] = ("pdf",)
    key: bool = False
    templates: Path | None = None


def write_worksheets(order: Order, output: Path, *, force: bool = False) -> list[Path]:
    """Everything for every student; the paths written. Records of earlier worksheets in the folder are kept.

    A file that is there is replaced only where it is the same sheet printed again, and no answers are in it: raises
    InputError before anything is written, unless that is forced. The records come first: a run that is broken off
    leaves no sheet without them.
    """
    for name in order.formats:
        if name not in FORMATS:
            raise InputError("worksheet-format", format=name, known=tuple(FORMATS))
    printed = print_assignment(
        order.assignment, order.students, order.bank, order.secret, order.seeds, order.language, order.key
    )
    before = records_in(output)
    names = names_of([item.student for item in printed], order.assignment, before)
    targets = [
        Target(_sheets_of(name, order), answers_name(name), item) for name, item in zip(names, printed, strict=True)
    ]
    check_free(output, targets, before, force)
    make_folder(output)
    sweep([output])
    manifest = _write_manifest(printed, output, before)
    files: list[Path] = []
    for start in range(0, len(printed), CHUNK):
        files += _write_chunk(printed[start : start + CHUNK], names[start : start + CHUNK], order, output)
    return [*files, manifest]


def _sheets_of(name: str, order: Order) -> list[str]:
    """The files of a student's sheets."""
    prefixes = ("", "key-") if order.key else ("",)
    return [f"{prefix}{name}{FORMATS[each].suffix}" for prefix in prefixes for each in order.formats]


def _write_chunk(printed: Sequence[Printed], names: Sequence[str], order: Order, output: Path) -> list[Path]:
    files = _write_sheets([replace(item.sheet, key=False) for item in printed], names, order, output)
    if order.key:
        keys = [f"key-{name}" for name in names]
        files += _write_sheets([item.sheet for item in printed], keys, order, output, private=True)
    for item, name in zip(printed, names, strict=True):
        files.append(_write(output / answers_name(name), item.answers.encode()))
    return files


def _write_sheets(
    sheets: Sequence[Sheet], names: Sequence[str], order: Order, output: Path, *, private: bool = False
) -> list[Path]:
    files: list[Path] = []
    for stem, rendered in zip(names, render(sheets, order.formats, order.templates), strict=True):
        files += [_write(output / f"{stem}{FORMATS[name].suffix}", data, private) for name, data in rendered.items()]
    return files


def _write(path: Path, content: bytes, private: bool = False) -> Path:
    write_whole(path, content, private=private)
    return path


def _write_manifest(printed: Sequence[Printed], output: Path, before: Sequence[str]) -> Path:
    """The records of this run after those already there; the same variant is recorded once."""
    path = output / MANIFEST
    new = [record for item in printed for record in item.records]
    write_whole(path, ("\n".join(dict.fromkeys([*before, *new])) + "\n").encode(), private=True)
    return path
