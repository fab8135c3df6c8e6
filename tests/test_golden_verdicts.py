"""Nobody is judged otherwise unseen: what was said of the sheets when they were recorded is said today."""

from __future__ import annotations

from typing import Any

from families import IN_DEPTH, TURN, each_family, turned
from golden_verdicts import FOLDER, marked, recorded, sheet_of

import grader
from grader.marking.verdict import STATUSES


def test_every_problem_is_recorded() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(grader.bank())


SOME = 10
"""So many sheets of a family that is not taken in depth; which ones is its turn."""


def records_of(family: str) -> list[dict[str, Any]]:
    records = recorded(family)
    if family in IN_DEPTH:
        return records
    return [records[int(number)] for number in turned(map(str, range(len(records))), SOME, f"{TURN} {family}")]


@each_family
def test_the_same_is_said(family: str) -> None:
    records = records_of(family)
    for record, today in zip(records, marked(grader.bank()[family], list(map(sheet_of, records))), strict=True):
        assert today == record


@each_family
def test_every_blank_is_met_right_wrong_unread_and_empty(family: str) -> None:
    lines = [line for record in recorded(family) for line in record["answers"]]
    asks = {line["ask"] for line in lines}
    assert {line["status"] for line in lines} <= set(STATUSES)
    for status in ("correct", "wrong", "invalid", "blank"):
        assert {line["ask"] for line in lines if line["status"] == status} >= asks, status
