"""Intervals and sets as typed: which text is an end, which comma separates, what is no interval."""

from __future__ import annotations

import pytest

from grader.errors import SyntaxFault
from grader.language.enclosed import Piece, element_readings, interval_text, read_piece
from grader.language.parser import parse

INTERVALS = [
    ("[-1, 2)", "-1", "closed", "2", "open"), ("(0, 1)", "0", "open", "1", "open"),
    ("(−∞; 3]", None, "infinite", "3", "closed"), ("(-inf, inf)", None, "infinite", None, "infinite"),
    ("]0;1[", "0", "open", "1", "open"), ("[0;1[", "0", "closed", "1", "open"),
    ("[0,5; 1,5]", "0,5", "closed", "1,5", "closed"), ("[0,5, 1,5]", "0,5", "closed", "1,5", "closed"),
    ("[0,5,1,5]", "0,5", "closed", "1,5", "closed"), ("[0,5, 2]", "0,5", "closed", "2", "closed"),
    ("x ∈ [0, +∞)", "0", "closed", None, "infinite"), ("x in (1, 2]", "1", "open", "2", "closed"),
    (r"$\left[-\frac{1}{2},\ 3\right)$", r"-\frac{1}{2}", "closed", r"\ 3", "open"),
    (r"(-\infty;\ 0{,}5]", None, "infinite", r"\ 0{,}5", "closed"),
    (r"[0,\,1)", "0", "closed", r"\,1", "open"),
    ("[(1+2)/3, 2]", "(1+2)/3", "closed", "2", "closed"), ("ℝ", None, "infinite", None, "infinite"),
    (r"\mathbb{R}", None, "infinite", None, "infinite"),
    ("0 < x <= 2", "0", "open", "2", "closed"), ("0<λ<0,4", "0", "open", "0,4", "open"),
    ("0,4 > x ≥ 0", "0", "closed", "0,4", "open"), ("x > 1/2", "1/2", "open", None, "infinite"),
    ("2 ≥ x", None, "infinite", "2", "closed"), ("λ_3 ≤ 0,2", None, "infinite", "0,2", "closed"),
    (r"$0 < \lambda_{3} \le \frac{1}{5}$", "0", "open", r"\frac{1}{5}", "closed"),
    ("e < x < π", "e", "open", "π", "open"),
    ("-inf < x <= 3", None, "infinite", "3", "closed"), ("0 < x < ∞", "0", "open", None, "infinite"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "left", "high", "right"), INTERVALS, ids=[row[0] for row in INTERVALS])
def test_intervals(text: str, low: str | None, left: str, high: str | None, right: str) -> None:
    parts = interval_text(text)
    assert parts.sides == (left, right)
    for piece, wanted in zip(parts.ends, (low, high), strict=True):
        if wanted is not None:
            assert piece.text.strip() == wanted
            assert text[piece.start : piece.start + len(piece.text)] == piece.text


@pytest.mark.parametrize(
    ("text", "key", "span"),
    [("[1, 2", "syntax-interval", (0, 5)), ("1, 2", "syntax-interval", (0, 4)), ("[1]", "syntax-interval", (0, 3)),
     ("[1; 2; 3]", "syntax-interval", (0, 9)), ("[1,2,3]", "syntax-interval", (0, 7)),
     ("[inf, 3]", "syntax-interval-order", (1, 4)), ("(1, -inf)", "syntax-interval-order", (3, 8)),
     ("[-inf, 3)", "syntax-interval-infinity", (0, 1)), ("(2, ∞]", "syntax-interval-infinity", (5, 6)),
     ("1 < 2", "syntax-interval", (0, 5)), ("0 < x > 2", "syntax-interval", (0, 9)),
     ("1 < 2 < 3", "syntax-interval", (0, 9)), ("0 < x < y < 2", "syntax-interval", (0, 13)),
     ("0 < x ≤ inf", "syntax-interval-infinity", (6, 7)),
     ("", "syntax-interval", (0, 0)), ("{1, 2}", "syntax-interval", (0, 6))],
)  # fmt: skip
def test_what_is_no_interval_is_refused_with_its_place(text: str, key: str, span: tuple[int, int]) -> None:
    with pytest.raises(SyntaxFault) as fault:
        interval_text(text)
    assert (fault.value.message.key, fault.value.span) == (key, span)


SETS = [
    ("{1, 2}", False, [["1", "2"]]), ("1; 2", False, [["1", "2"]]), ("[1; 2]", False, [["1", "2"]]),
    ("(1, 2)", False, [["1", "2"]]), (r"\{1,\ 2\}", False, [["1", r"\ 2"]]), ("∅", False, [[]]), ("{ }", False, [[]]),
    (r"1;\;2", False, [["1", r"\;2"]]), (r"\{1,\,2\}", False, [["1", r"\,2"]]),
    (r"$\varnothing$", False, [[]]), ("x1 = 1; x2 = 2", False, [["1", "2"]]), ("1 and 2", False, [["1", "2"]]),
    ("1 и 2", False, [["1", "2"]]), ("0,5; 1", False, [["0,5", "1"]]), ("5", False, [["5"]]),
    ("{0,5, 1}", False, [["0,5", "1"], ["0", "5", "1"]]), ("0,5", False, [["0", "5"], ["0,5"]]),
    ("0,5,1,5", False, [["0", "5", "1", "5"], ["0,5", "1,5"]]),
    ("1,2,3", False, [["1", "2", "3"]]), ("{1, 2, 3}", False, [["1", "2", "3"]]),
    ("±2", False, [["+2", "-2"]]), (r"1 \pm \sqrt{2}", False, [[r"1 +   \sqrt{2}", r"1 -   \sqrt{2}"]]),
    ("(1)(2); 3", False, [["(1)(2)", "3"]]), ("(1+2)*(3)", False, [["(1+2)*(3)"]]),
    ("{(1, 2), (0, 1)}", True, [["(1, 2)", "(0, 1)"]]), ("(1; 2); (0; 1)", True, [["(1; 2)", "(0; 1)"]]),
    ("[[1, 2], [0, 1]]", True, [["[1, 2]", "[0, 1]"]]), ("[(1; 2); (0; 1)]", True, [["(1; 2)", "(0; 1)"]]),
    ("[(1+2), 3]", True, [["[(1+2), 3]"]]), ("((1), (2)); (0, 1)", True, [["((1), (2))", "(0, 1)"]]),
    ("(1, 2)", True, [["(1, 2)"]]), (r"\{(1,\ 2);\ (3,\ 4)\}", True, [[r"(1,\ 2)", r"\ (3,\ 4)"]]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "points", "wanted"), SETS, ids=[row[0] for row in SETS])
def test_sets(text: str, points: bool, wanted: list[list[str]]) -> None:
    found: list[list[str]] = []
    for pieces in element_readings(text, points=points):
        texts = [" ".join(piece.text.split(" ")).strip() for piece in pieces]
        if texts not in found:
            found.append(texts)
    assert [[" ".join(text.split()) for text in texts] for texts in found] == [
        [" ".join(text.split()) for text in texts] for texts in wanted
    ]


def test_a_fault_in_a_piece_has_its_place_in_the_whole_text() -> None:
    text = "{1, 2..5}"
    pieces = element_readings(text, points=False)[0]
    with pytest.raises(SyntaxFault) as fault:
        read_piece(pieces[1], parse)
    assert fault.value.span is not None
    start, end = fault.value.span
    assert "2." in text[start:end]
    assert read_piece(Piece("7", 3), len) == 1
