"""Nobody's numbers change unseen: what was drawn when the file was recorded is drawn today."""

from __future__ import annotations

import json
from typing import Any

import pytest
from record_draws import FILE, SHOWN, draws_of

import grader

RECORDED: dict[str, Any] = json.loads(FILE.read_text("utf-8"))


def test_every_problem_is_recorded() -> None:
    assert set(RECORDED) == set(grader.bank())


@pytest.mark.parametrize("name", RECORDED)
def test_the_same_numbers_are_drawn(name: str) -> None:
    found = json.loads(json.dumps(draws_of(grader.bank()[name])))
    assert found["variants"] == RECORDED[name]["variants"]
    assert len(found["variants"]) == SHOWN
    assert found["digest"] == RECORDED[name]["digest"]
