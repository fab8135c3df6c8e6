"""A folder of answer files: found, marked together, written as results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.course.bank import Bank
from grader.course.folder import write_whole
from grader.course.results import gradebook_csv, results_jsonl
from grader.course.sheets import SheetVerdict, mark_files
from grader.errors import InputError


def answer_files(folder: Path) -> list[Path]:
    """All answer files below a folder, in order; raises InputError for no folder or an empty one."""
    if not folder.exists():
        raise InputError("batch-missing", file=str(folder))
    if not folder.is_dir():
        raise InputError("batch-not-folder", file=str(folder))
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in (".yaml", ".yml")
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        raise InputError("batch-empty", file=str(folder))
    return found


def mark_folder(folder: Path, bank: Bank) -> list[SheetVerdict]:
    """Verdicts for all answer files below a folder."""
    return mark_files(answer_files(folder), bank)


def write_results(sheets: Sequence[SheetVerdict], output: Path, language: str) -> dict[str, Any]:
    """Write `results.jsonl` and `gradebook.csv` whole; the figures of the run."""
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("batch-output", file=str(output), reason=error.strerror) from error
    write_whole(output / "results.jsonl", results_jsonl(sheets, language).encode())
    write_whole(output / "gradebook.csv", gradebook_csv(sheets).encode("utf-8-sig"))
    graded = [sheet for sheet in sheets if sheet.refused is None]
    return {
        "files": len(sheets),
        "graded": len(graded),
        "refused": len(sheets) - len(graded),
        "mean_share": round(sum(sheet.points / sheet.of for sheet in graded if sheet.of) / max(1, len(graded)), 4),
        "results": str(output / "results.jsonl"),
        "gradebook": str(output / "gradebook.csv"),
    }
