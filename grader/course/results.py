"""Verdicts as data and as tables: `results.jsonl`, `gradebook.csv`, and the JSON of `grade submit`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import zip_longest

from msgspec.structs import replace

from grader.course.attempts import Standing
from grader.course.policy import Lateness
from grader.course.sheet_verdict import Failure, Note, SheetVerdict, failures_of
from grader.marking.verdict import ProblemVerdict, Verdict
from grader.messages import translate

Json = dict[str, object]


def as_dict(sheet: SheetVerdict, language: str, worked: Mapping[str, str] | None = None) -> Json:
    """One file's verdict as JSON; with `worked`, the solutions by problem, each problem with its own."""
    language = sheet.language or language
    result: Json = {
        "file": sheet.file,
        "student": sheet.student,
        "assignment": sheet.assignment,
        "language": language,
        "points": rounded(sheet.points),
        "of": rounded(sheet.of),
        "counts": rounded(sum(sheet.counts)) if sheet.standings else None,
        "late": _late(sheet.late),
        "problems": [
            _problem(problem, standing, language) | _solution(problem, worked)
            for problem, standing in zip_longest(sheet.problems, sheet.standings)
        ],
        "faults": [_note(note, language) for note in sheet.faults],
        "notes": [_note(note, language) for note in sheet.notes],
    }
    if sheet.refused is not None:
        result["error"] = {
            "message": translate(sheet.refused.message, language),
            "line": getattr(sheet.refused, "line", None),
        }
    if failures := failures_of(sheet):
        result["internal"] = [_failure(failure) for failure in failures]
    return result


def _failure(failure: Failure) -> Json:
    """What failed of the program, with all it takes to have it mended."""
    problem, verdict, internal = failure.problem, failure.verdict, failure.internal
    typed = verdict.typed if verdict else ""
    return {
        "problem": problem.problem if problem else "",
        "variant": problem.variant if problem else "",
        "ask": verdict.ask if verdict else "",
        "typed": typed if isinstance(typed, str) else dict(typed),
        "error": internal.error,
        "traceback": internal.traceback,
        "version": internal.version,
    }


def rounded(points: float) -> float:
    """Points as they are written down: at most four decimals, none where there are none."""
    value = round(points, 4)
    return int(value) if value == int(value) else value


def _note(note: Note, language: str) -> Json:
    return {"line": note.line, "message": translate(note.message, language)}


def _late(late: Lateness | None) -> Json | None:
    if late is None:
        return None
    return {"minutes": int(late.by.total_seconds() // 60), "share": rounded(late.share), "closed": late.closed}


def _problem(problem: ProblemVerdict, standing: Standing | None, language: str) -> Json:
    return {
        "problem": problem.problem,
        "variant": problem.variant,
        "points": rounded(problem.points),
        "of": rounded(problem.of),
        "attempt": standing.used if standing else None,
        "attempts_left": standing.left if standing else None,
        "attempt_status": standing.status if standing else None,
        "counts": rounded(standing.points) if standing else None,
        "first_wrong": problem.first_wrong or None,
        "asks": [verdict_dict(verdict, language) for verdict in problem.verdicts],
        "faults": [translate(fault, language) for fault in problem.faults],
    }


def _solution(problem: ProblemVerdict, worked: Mapping[str, str] | None) -> Json:
    return {} if worked is None else {"worked": worked.get(problem.problem, "")}


def verdict_dict(verdict: Verdict, language: str) -> Json:
    """The verdict on one answer as JSON."""
    result: Json = {
        "id": verdict.ask,
        "kind": verdict.kind,
        "status": verdict.status,
        "points": rounded(verdict.points) if verdict.status != "received" else None,
        "of": rounded(verdict.of),
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
    """A line of JSON per file, with what the teacher should know of it; all words are in the language of the run."""
    return "".join(line_of(sheet, language) for sheet in sheets)


def line_of(sheet: SheetVerdict, language: str) -> str:
    """The line of a file."""
    return json.dumps(_for_teacher(sheet, language), ensure_ascii=False) + "\n"


def _for_teacher(sheet: SheetVerdict, language: str) -> Json:
    from grader.course.remarks import remarks_on  # `grade submit` need not pay for it

    remarks = [translate(remark, language) for remark in remarks_on(sheet)]
    said = as_dict(replace(sheet, language=""), language)  # in the teacher's words, not in the student's
    return said | {"language": sheet.language or language, "remarks": remarks}
