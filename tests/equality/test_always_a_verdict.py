"""`grader.compare` has a verdict on every text of a student, also where the program fails."""

from __future__ import annotations

import pytest

import grader
from grader.equality import compare as comparing
from grader.errors import AuthorError, ShapeFault
from grader.internal import CRASH

TEXTS = [".5_2", r"\frac.5", r"\left\leftceil", "inv(0)", "dot(x,x)/0", "max(x)*1e400", "min 3", "x/.0", "2[1]",
         "\x1f-320", "x" + "²" * 4400, "1e400x'*A*x", "I^1e400", "[1e400>2]", "", "\0", "\ud800"]  # fmt: skip
KINDS = ["number", "vector", "matrix", "expression", "latex", "no such kind"]


@pytest.mark.parametrize("text", TEXTS, ids=[repr(text[:20]) for text in TEXTS])
def test_nine_kinds_of_answers_and_their_like(text: str) -> None:
    for kind in KINDS:
        for reference, options in (("x", {}), ("x'*A*x", {"shapes": {"A": [3, 3], "x": [3]}}), ("[1, 2]", {})):
            assert grader.compare(text, reference, kind, options=options).verdict in ("correct", "wrong", "invalid")


LAYERS = ["_numerals", "_readings", "_verdict"]


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("error", [RecursionError, MemoryError, ZeroDivisionError, ShapeFault])
def test_where_it_fails(layer: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise error("shape-add")

    monkeypatch.setattr(comparing, layer, fail)
    monkeypatch.delenv(CRASH)
    found = grader.compare("2x", "x + x")
    assert found.verdict == "invalid"
    monkeypatch.setenv(CRASH, "1")
    if error is not ShapeFault or layer == "_numerals":
        with pytest.raises(error):
            grader.compare("2x", "x + x")


def test_the_reference_and_the_options_are_the_callers() -> None:
    for reference, options in (("x +", {}), ("x", {"domain": {"x": 3}}), ("x", {"no": 1}), ("x", {"abs": "a"})):
        with pytest.raises(AuthorError):
            grader.compare("x", reference, options=options)
