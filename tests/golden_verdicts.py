"""The golden verdicts, tests/golden/verdicts/<family>.json: sheets as they were typed and what was said of them.

What is right, what is said of a wrong answer and what it earns is on record for every family, so that a change of it
is seen in the diff. The texts are kept and not the students who typed them: replaying simulates nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

import grader

FOLDER = Path(__file__).parent / "golden" / "verdicts"


class Sheet(msgspec.Struct, frozen=True):
    """A filled-in sheet: whose numbers, what its student did, and the text in every blank that was filled in."""

    seed: int
    student: str
    typed: dict[str, str]


def lines_of(verdicts: Sequence[grader.Verdict]) -> list[dict[str, Any]]:
    """What is on record of every answer; what is empty is left out."""
    return [{name: said for name, said in _line(verdict).items() if said not in ([], "")} for verdict in verdicts]


def _line(verdict: grader.Verdict) -> dict[str, Any]:
    return {
        "ask": verdict.ask,
        "typed": verdict.typed,
        "status": verdict.status,
        "points": round(verdict.points, 6),
        "slips": [f"{slip.rule} in {slip.step}" for slip in verdict.slips],
        "follows": list(verdict.follows),
        "reasons": [reason.key for reason in verdict.reasons],
    }


def marked(problem: grader.Problem, sheets: Sequence[Sheet]) -> Iterator[dict[str, Any]]:
    """The record of every sheet, all marked as one batch."""
    verdicts = problem.variants([sheet.seed for sheet in sheets]).mark([sheet.typed for sheet in sheets])
    for sheet, marks in zip(sheets, verdicts, strict=True):
        yield {"seed": sheet.seed, "student": sheet.student, "answers": lines_of(marks)}


def recorded(name: str) -> list[dict[str, Any]]:
    """The records of a family."""
    records: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return records


def sheet_of(record: dict[str, Any]) -> Sheet:
    """The sheet that a record was made from."""
    typed = {line["ask"]: line["typed"] for line in record["answers"] if "typed" in line}
    return Sheet(record["seed"], record["student"], typed)


def write(name: str, records: Sequence[dict[str, Any]]) -> None:
    """The file of a family, a line an answer."""
    texts = []
    for record in records:
        head = f'"seed": {record["seed"]}, "student": {json.dumps(record["student"], ensure_ascii=False)}'
        answers = ",\n  ".join(json.dumps(line, ensure_ascii=False) for line in record["answers"])
        texts.append(f'{{{head}, "answers": [\n  {answers}]}}')
    (FOLDER / f"{name}.json").write_text("[\n" + ",\n".join(texts) + "\n]\n", "utf-8")
