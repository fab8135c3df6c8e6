"""A sheet whose answers have the names of their blanks before them is marked like the sheet without."""

from __future__ import annotations

import pytest
from golden_verdicts import Sheet, marked, recorded, sheet_of

import grader

FAMILIES = ["adam-two-steps", "backprop-scalar-chain", "gd-nd-steps", "md-quadratic-form", "deriv-chain-two-layer"]
SIGNS = "=≈"


def labelled(sheet: Sheet) -> Sheet:
    """Every answer that is no equation itself with the name of its blank."""
    typed = {ask: text if set(text) & set(SIGNS) else f"{ask} = {text}" for ask, text in sheet.typed.items()}
    return Sheet(sheet.seed, sheet.student, typed)


@pytest.mark.parametrize("family", FAMILIES)
def test_names_change_nothing(family: str) -> None:
    problem = grader.bank()[family]
    sheets = [sheet_of(record) for record in recorded(family)]
    bare, named = marked(problem, sheets), marked(problem, list(map(labelled, sheets)))
    for plain, other in zip(bare, named, strict=True):
        assert [{**line, "typed": ""} for line in plain["answers"]] == [
            {**line, "typed": ""} for line in other["answers"]
        ]
