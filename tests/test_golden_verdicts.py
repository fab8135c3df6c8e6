"""Nobody is judged otherwise unseen: what was said of the sheets when they were recorded is said today."""

from __future__ import annotations

import pytest
from golden_verdicts import FOLDER, marked, recorded, sheet_of

import grader
from grader.marking.verdict import STATUSES

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


def test_every_problem_is_recorded() -> None:
    assert set(NAMES) == set(grader.bank())


@pytest.mark.parametrize("name", NAMES)
def test_the_same_is_said(name: str) -> None:
    records = recorded(name)
    for record, today in zip(records, marked(grader.bank()[name], list(map(sheet_of, records))), strict=True):
        assert today == record


@pytest.mark.parametrize("name", NAMES)
def test_every_blank_is_met_right_wrong_unread_and_empty(name: str) -> None:
    lines = [line for record in recorded(name) for line in record["answers"]]
    asks = {line["ask"] for line in lines}
    assert {line["status"] for line in lines} <= set(STATUSES)
    for status in ("correct", "wrong", "invalid", "blank"):
        assert {line["ask"] for line in lines if line["status"] == status} >= asks, status
