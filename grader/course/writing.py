"""Writing worksheets to a folder: sheets, answer files, the manifest; a chunk of students at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from grader.course.assignment import Assignment
from grader.course.bank import Bank
from grader.course.folder import write_whole
from grader.course.printing import Printed, print_assignment
from grader.course.roster import Student, safe_filename
from grader.course.variants import MANIFEST, read_manifest
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


def write_worksheets(order: Order, output: Path) -> list[Path]:
    """Everything for every student; the paths written. Records of earlier worksheets in the folder are kept."""
    for name in order.formats:
        if name not in FORMATS:
            raise InputError("worksheet-format", format=name, known=tuple(FORMATS))
    printed = print_assignment(
        order.assignment, order.students, order.bank, order.secret, order.seeds, order.language, order.key
    )
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("batch-output", file=str(output), reason=error.strerror) from error
    files: list[Path] = []
    for start in range(0, len(printed), CHUNK):
        files += _write_chunk(printed[start : start + CHUNK], order, output)
    files.append(_write_manifest(printed, output))
    return files


def _write_chunk(printed: Sequence[Printed], order: Order, output: Path) -> list[Path]:
    files = _write_sheets(printed, [replace(item.sheet, key=False) for item in printed], "", order, output)
    if order.key:
        files += _write_sheets(printed, [item.sheet for item in printed], "key-", order, output)
    for item in printed:
        files.append(_write(output / f"answers-{safe_filename(item.student.id)}.yaml", item.answers.encode()))
    return files


def _write_sheets(
    printed: Sequence[Printed], sheets: Sequence[Sheet], prefix: str, order: Order, output: Path
) -> list[Path]:
    files: list[Path] = []
    for item, rendered in zip(printed, render(sheets, order.formats, order.templates), strict=True):
        stem = f"{prefix}{safe_filename(item.student.id)}"
        files += [_write(output / f"{stem}{FORMATS[name].suffix}", data) for name, data in rendered.items()]
    return files


def _write(path: Path, content: bytes) -> Path:
    write_whole(path, content)
    return path


def _write_manifest(printed: Sequence[Printed], output: Path) -> Path:
    """The records of this run after those already there; the same variant is recorded once."""
    path = output / MANIFEST
    old = path.read_text("utf-8").splitlines() if path.is_file() and read_manifest(path) else []
    new = [record for item in printed for record in item.records]
    write_whole(path, ("\n".join(dict.fromkeys([*old, *new])) + "\n").encode())
    return path
