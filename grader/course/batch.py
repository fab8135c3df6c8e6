"""A folder of answer files: found, marked together, written as results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from grader.course.apply_policy import apply_in_order, with_hints
from grader.course.bank import Bank
from grader.course.folder import write_whole
from grader.course.history import read_hints, stamp_of
from grader.course.results import gradebook_csv, results_jsonl
from grader.course.sheet_verdict import SheetVerdict
from grader.course.sheets import mark_files
from grader.errors import InputError, Message
from grader.messages import translate


def answer_files(folder: Path) -> list[Path]:
    """All answer files below a folder, in order; raises InputError for no folder or an empty one."""
    if not folder.exists():
        raise InputError("batch-missing", file=str(folder))
    if not folder.is_dir():
        raise InputError("batch-not-folder", file=str(folder))
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in (".yaml", ".yml")
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not files:
        raise InputError("batch-empty", file=str(folder))
    return files


def mark_folder(folder: Path, bank: Bank) -> list[SheetVerdict]:
    """Verdicts for all answer files below a folder, under the policies of their assignments."""
    paths = answer_files(folder)
    return under_policy(mark_files(paths, bank), paths)


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
    """The figures of a run and where its results are, as `grade batch --json` prints them."""

    files: int
    graded: int
    refused: int
    mean_share: float
    slips: tuple[CommonSlip, ...]
    results: str
    gradebook: str


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


def write_results(sheets: Sequence[SheetVerdict], output: Path, language: str) -> Summary:
    """Write `results.jsonl` and `gradebook.csv` whole; the figures of the run."""
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("batch-output", file=str(output), reason=error.strerror) from error
    write_whole(output / "results.jsonl", results_jsonl(sheets, language).encode())
    write_whole(output / "gradebook.csv", gradebook_csv(sheets).encode("utf-8-sig"))
    graded = [sheet for sheet in sheets if sheet.refused is None]
    final = [sheet for sheet in graded if not sheet.superseded]
    share = sum(sum(sheet.counts) / sheet.of for sheet in final if sheet.of) / max(1, len(final))
    return Summary(
        len(sheets),
        len(graded),
        len(sheets) - len(graded),
        round(share, 4),
        slips_of(graded, language),
        str(output / "results.jsonl"),
        str(output / "gradebook.csv"),
    )
