"""The record of how wide characters are is what Typst measures in its own fonts, and what is missing is told."""

from __future__ import annotations

import json
from functools import cache

import pytest
from record_widths import RECORD, measured_all

from grader.errors import AuthorError
from grader.figures.lettering import SIZE, lettered, width_of

DIFFER = 2
"""Thousandths by which releases of a font may differ."""


@cache
def measured() -> dict[str, dict[str, int]]:
    return measured_all()


@pytest.mark.parametrize("style", ["upright", "italic"])
def test_the_record_is_what_typst_measures(style: str) -> None:
    recorded = json.loads(RECORD.read_text("utf-8"))[style]
    assert {c: w for c, w in recorded.items() if abs(w - measured()[style][c]) > DIFFER} == {}


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("$x_1$", "x1"),
        ("$x^{(0)}$", "x(0)"),
        ("$-2{,}5$", "−2,5"),
        ("$\\hat y$", "ŷ"),
        ("$\\frac{\\partial e}{\\partial c}$", "∂e/∂c"),
        ("$\\frac{1}{a + b}$", "1/(a+b)"),
        ("$\\sqrt{2}$", "√2"),
        ("$f'(x_0)$", "f′(x0)"),
        ("the $k$-th", "the k-th"),
        ("$\\sigma(z) \\le 1$", "σ(z)≤1"),
        ("", ""),
    ],
)
def test_labels_are_set(markdown: str, text: str) -> None:
    words = lettered(markdown)
    assert words.text == text
    assert words.width >= sum(run.width for run in words.runs if run.size == SIZE) - 1e-9
    ends = [run.x + run.width for run in words.runs]
    assert words.width == pytest.approx(max(ends, default=0.0))


def test_scripts_are_small_and_shifted() -> None:
    base, below = lettered("$x_1$").runs
    assert (base.italic, below.italic, base.y) == (True, False, 0.0)
    assert below.y > 0
    assert below.size < base.size
    above = lettered("$x^2$").runs[1]
    assert above.y < 0


@pytest.mark.parametrize("markdown", ["$\\begin{pmatrix} 1 \\end{pmatrix}$", "a" * 200])
def test_what_is_no_label(markdown: str) -> None:
    with pytest.raises(AuthorError):
        lettered(markdown)


def test_a_longer_text_is_wider() -> None:
    assert width_of("ab", SIZE) == width_of("a", SIZE) + width_of("b", SIZE)
    assert width_of("W", SIZE, italic=True) > width_of("i", SIZE, italic=True)
