"""Nobody's numbers change unseen: what was drawn when the file was recorded is drawn today."""

from __future__ import annotations

import json
from typing import Any

from families import FEW, IN_DEPTH, VARIANTS, each_family
from record_draws import BLOCK, BLOCKS, FILE, SHOWN, draws_of, line_of

import grader

RECORDED: dict[str, Any] = json.loads(FILE.read_text("utf-8"))


def test_every_problem_is_recorded() -> None:
    assert set(RECORDED) == set(grader.bank())


BLOCKS_NOW = min(BLOCKS, max(1, VARIANTS // BLOCK))


@each_family
def test_the_same_numbers_are_drawn(family: str) -> None:
    """Of a family that is not taken in depth only those that are shown in full."""
    if family not in IN_DEPTH:
        shown = list(map(line_of, grader.bank()[family].variants(range(FEW))))
        assert json.loads(json.dumps(shown)) == RECORDED[family]["variants"]
        return
    drawn = json.loads(json.dumps(draws_of(grader.bank()[family], BLOCKS_NOW)))
    assert drawn["variants"] == RECORDED[family]["variants"]
    assert len(drawn["variants"]) == SHOWN
    assert drawn["digests"] == RECORDED[family]["digests"][:BLOCKS_NOW]
    assert len(RECORDED[family]["digests"]) == BLOCKS
