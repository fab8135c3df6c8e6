"""LaTeX maths as boxes: what stands beside, above and below what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.language.boxes import (
    Accent,
    Box,
    Fence,
    Fraction,
    Numeral,
    Root,
    Row,
    Script,
    Sign,
    Space,
    Table,
    Text,
    Unknown,
    Word,
    inside,
)
from grader.language.plain import plain_maths
from grader.language.tex import boxes, placed

A, B, X, ONE, TWO = Sign("a"), Sign("b"), Sign("x"), Numeral("1"), Numeral("2")
PRIME = Row(())


def row(*parts: Box) -> Row:
    return Row(parts)


ROWS: list[tuple[str, tuple[Box, ...]]] = [
    ("12ab", (Numeral("12"), A, B)),
    ("1{,}5 1.5", (Numeral("1,5"), Space(), Numeral("1.5"))),
    (r"\eta\cdot x", (Sign("η"), Sign("·"), Space(), X)),
    (r"\frac12", (Fraction(row(ONE), row(TWO)),)),
    (r"\frac{a}b", (Fraction(row(A), row(B)),)),
    (r"\sqrt[3]{x}", (Root(row(X), row(Numeral("3"))),)),
    ("x_1^2", (Script(Script(X, "_", row(ONE)), "^", row(TWO)),)),
    ("x'_{ab}", (Script(Script(X, "'", PRIME), "_", row(A, B)),)),
    ("_1", (Script(row(), "_", row(ONE)),)),
    (r"\hat x", (Accent(row(X), "\u0302", "hat"),)),
    (r"\left(a\right)", (Fence("(", row(A), ")"),)),
    ("[1, a)", (Fence("[", row(ONE, Sign(","), Space(), A), ")"),)),
    (r"\left.x\right|_1", (Script(Fence("", row(X), "|"), "_", row(ONE)),)),
    ("(a", (Sign("("), A)),
    ("{(a}b)", (row(Sign("("), A), B, Sign(")"))),
    (r"\bigl(\lvert{x}\rvert\bigr)", (Fence("(", row(Fence("|", row(row(X)), "|")), ")"),)),
    (r"\mathrm{ab}\mathbf{x}", (Word("ab"), row(X))),
    (r"\operatorname{tr}\ln", (Word("tr", function=True), Word("ln", function=True))),
    (r"\text{ if }a", (Text(" if "), A)),
    (r"a\,\!b", (A, Space(wide=True), B)),
    (r"\begin{array}{cc}a&b\\x\end{array}", (Table("array", ((row(A), row(B)), (row(X),))),)),
    (r"\foo a", (Unknown(r"\foo"), Space(), A)),
    ("a}&b", (A, Sign("}"), Sign("&"), B)),
    ("x^", (Script(X, "^", row()),)),
    ("{x^}", (row(Script(X, "^", row())),)),
]


@pytest.mark.parametrize(("latex", "expected"), ROWS, ids=[latex for latex, _ in ROWS])
def test_boxes(latex: str, expected: tuple[Box, ...]) -> None:
    assert boxes(latex) == Row(expected)


def test_the_outermost_boxes_have_their_places() -> None:
    latex = r"\frac{a}{b} + x_1"
    assert [latex[start:] for start, _ in placed(latex)][-3:] == [" + x_1"[1:], " x_1", "x_1"]


def test_inside() -> None:
    formula = boxes(r"\sqrt{\frac{a}{b}} + \begin{pmatrix} \hat x & (y_1) \end{pmatrix}")
    assert {box.text for box in inside(formula) if isinstance(box, Sign | Numeral)} == set("ab+xy1")


PIECES = st.sampled_from([*r"ax12{}()[]&_^'| ,.+-=~$", "\\", r"\frac", r"\left", r"\right", r"\sqrt", r"\hat", r"\text",
                          r"\mathrm", r"\begin{pmatrix}", r"\end{pmatrix}", r"\\", r"\begin", r"\foo "])  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_anything_reads_as_something(latex: str) -> None:
    starts = [start for start, _ in placed(latex)]
    assert starts == sorted(starts)
    assert all(0 <= start < len(latex) for start in starts)
    assert isinstance(plain_maths(latex), str)
