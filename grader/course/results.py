"""Verdicts as data and as tables: `results.jsonl`, `gradebook.csv`, and the JSON of `grade submit`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from grader.course.attempts import Standing
from grader.course.policy import Lateness
from grader.course.sheets import Note, SheetVerdict
from grader.marking.verdict import ProblemVerdict, Verdict
from grader.messages import translate


def as_dict(sheet: SheetVerdict, language: str) -> dict[str, Any]:
    """One file's verdict as JSON."""
    told = sheet.language or language
    result: dict[str, Any] = {
        "file": sheet.file,
        "student": sheet.student,
        "assignment": sheet.assignment,
        "language": told,
        "points": _rounded(sheet.points),
        "of": _rounded(sheet.of),
        "counts": _rounded(sum(sheet.counts)) if sheet.standings else None,
        "late": _late(sheet.late),
        "problems": [_problem(problem, found, told) for problem, found in zip_longest(sheet.problems, sheet.standings)],
        "faults": [_note(note, told) for note in sheet.faults],
        "notes": [_note(note, told) for note in sheet.notes],
    }
    if sheet.refused is not None:
        result["error"] = {
            "message": translate(sheet.refused.message, told),
            "line": getattr(sheet.refused, "line", None),
        }
    return result


def _rounded(points: float) -> float:
    value = round(points, 4)
    return int(value) if value == int(value) else value


def _note(note: Note, language: str) -> dict[str, Any]:
    return {"line": note.line, "message": translate(note.message, language)}


def _late(late: Lateness | None) -> dict[str, Any] | None:
    if late is None:
        return None
    return {"minutes": int(late.by.total_seconds() // 60), "share": _rounded(late.share), "closed": late.closed}


def _problem(problem: ProblemVerdict, found: Standing | None, language: str) -> dict[str, Any]:
    return {
        "problem": problem.problem,
        "variant": problem.variant,
        "points": _rounded(problem.points),
        "of": _rounded(problem.of),
        "attempt": found.used if found else None,
        "attempts_left": found.left if found else None,
        "attempt_status": found.status if found else None,
        "counts": _rounded(found.points) if found else None,
        "first_wrong": problem.first_wrong or None,
        "asks": [_verdict(verdict, language) for verdict in problem.verdicts],
        "faults": [translate(fault, language) for fault in problem.faults],
    }


def _verdict(verdict: Verdict, language: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "id": verdict.ask,
        "kind": verdict.kind,
        "status": verdict.status,
        "points": _rounded(verdict.points) if verdict.status != "received" else None,
        "of": _rounded(verdict.of),
        "typed": verdict.typed if isinstance(verdict.typed, str) else dict(verdict.typed),
        "messages": [translate(reason, language) for reason in verdict.reasons],
    }
    if verdict.follows:
        result["follows"] = list(verdict.follows)
    if verdict.slips:
        result["slips"] = [
            {"rule": slip.rule, "step": slip.step, "message": translate(slip.message, language)}
            for slip in verdict.slips
        ]
    if language in verdict.echo:
        result["read_as"] = verdict.echo[language]
    if verdict.span is not None:
        result["span"] = list(verdict.span)
    return result


def results_jsonl(sheets: Iterable[SheetVerdict], language: str) -> str:
    """A line of JSON per file."""
    return "".join(json.dumps(as_dict(sheet, language), ensure_ascii=False) + "\n" for sheet in sheets)


def gradebook_csv(sheets: Sequence[SheetVerdict]) -> str:
    """A row per file: student, points of every problem, total. Safe to open in a spreadsheet.

    Where attempts are counted, a row per student with the points that count.
    """
    sheets = [sheet for sheet in sheets if not sheet.superseded]
    problems = list(dict.fromkeys(problem.problem for sheet in sheets for problem in sheet.problems))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["student", "assignment", *(safe_cell(problem) for problem in problems), "points", "of", "file", "remarks"]
    )
    for sheet in sheets:
        earned = {problem.problem: points for problem, points in zip(sheet.problems, sheet.counts, strict=True)}
        cells = [_rounded(earned[problem]) if problem in earned else "" for problem in problems]
        remarks = (
            "refused" if sheet.refused else str(len(sheet.faults) + sum(len(p.faults) for p in sheet.problems) or "")
        )
        writer.writerow(
            [
                safe_cell(sheet.student),
                safe_cell(sheet.assignment),
                *cells,
                _rounded(sum(sheet.counts)),
                _rounded(sheet.of),
                safe_cell(sheet.file),
                remarks,
            ]
        )
    return out.getvalue()


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    text = text.replace("\r", " ").replace("\n", " ")
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "|", "%") else text
