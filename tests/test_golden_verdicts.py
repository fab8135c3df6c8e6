"""Nobody is judged otherwise unseen: what was said of the sheets when they were recorded is said today."""

from __future__ import annotations

from families import each_family
from golden_verdicts import FOLDER, marked, recorded, sheet_of

import grader
from grader.marking.verdict import STATUSES


def test_every_problem_is_recorded() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(grader.bank())


@each_family
def test_the_same_is_said(family: str) -> None:
    records = recorded(family)
    for record, today in zip(records, marked(grader.bank()[family], list(map(sheet_of, records))), strict=True):
        assert today == record


@each_family
def test_every_blank_is_met_right_wrong_unread_and_empty(family: str) -> None:
    lines = [line for record in recorded(family) for line in record["answers"]]
    asks = {line["ask"] for line in lines}
    assert {line["status"] for line in lines} <= set(STATUSES)
    for status in ("correct", "wrong", "invalid", "blank"):
        assert {line["ask"] for line in lines if line["status"] == status} >= asks, status
