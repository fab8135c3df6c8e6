"""Reading a text takes work in proportion to its length, or refuses: families of every sign, grown.

A family is a piece repeated, `((((`, `|x|x|x`, `\\frac\\frac`, or one repeated and then another, `((((x))))`. Pairs of
all pieces are too many for every run: a share is tried, all of them by `python tests/language/test_growth.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice, product

import pytest

from grader.errors import StudentError
from grader.language import characters, latex, layout, lexer
from grader.language.doubts import DOUBTS
from grader.language.enclosed import element_readings, interval_text
from grader.language.natural import Formula, read_formula
from grader.language.primitives import FUNCTIONS
from grader.language.reading import array_readings, plain_value, second_reading

COMMANDS = sorted({
    *latex._OPERATORS, *latex._NOTHING, *latex._TEXT, *latex._FONTS, *latex._FORMS, *latex._ACCENTS, "left", "right",
    "middle", "bigl", "hat", "vec", "operatorname", "alpha", "varphi", "sin", "log",
})  # fmt: skip
PIECES = list(dict.fromkeys([
    *map(chr, range(32, 127)), "\n", *characters.REPLACE.values(), *lexer._OPERATORS, *characters.FRACTIONS,
    *"²⁻ˣᵀ₁ₙαŷ√∛⌊⌋⌈⌉⟨⟩‖⊤⊗±∞∈∅хиб𝑥２", *(f"\\{command}" for command in COMMANDS), *FUNCTIONS,
    r"\left(", r"\right)", r"\left|", r"\right|", r"\left.", r"\right.", r"\frac12", r"\frac{", r"\sqrt[", r"\hat{x}",
    r"\begin{matrix}", r"\end{matrix}", r"\begin{vmatrix}", r"\begin{array}{cc}", r"\text{x}", "||", "|||", "|x|", "|x",
    "x|", "12", "1.5", "1,5", ".5", "1e5", "1_0", "1.2(3)", "0,(3)", "1 000", "1,000", r"\,000", "1 -2 ", " -1", "1 ",
    "x ", "| ", "xy", "pi", "x_1", "x_{1}", "e^", "x^2", "^-", "^T", "^{-T}", ".T", "2^", "/x", "1/2x", "sin x ",
    "ln^2", "sin^-1 ", "log_2", "x(", "(x)", "[1,2]", "[[1,2],[3,4]]", "sin(", "Sin", "Sin(", "sinsin(", "max(", "dot(",
    "inv(", "array(", "0,5,", "1;2;", "x = ", "and ", "x'", *(row.example for row in DOUBTS.values()),
]))  # fmt: skip
LENGTH = 400
DEEPEST = 600
"""Calls within calls: Python allows a thousand, and who marks is some way down already."""
SHARE = 1009
"""Of the pairs every such one, a prime."""


class TooMuch(BaseException):
    """More functions were entered, or deeper ones, than a text of this length may take."""


def bounded(work: Callable[[], object], most: int) -> bool:
    """Whether the work enters no more functions, in Python and in C, nor goes deeper; it is stopped where it does."""
    left, level = most, 0

    def entered(_frame: object, event: str, _argument: object) -> None:
        nonlocal left, level
        left -= event in ("call", "c_call")
        level += (event == "call") - (event == "return")
        if left < 0 or level > DEEPEST:
            raise TooMuch

    before = sys.getprofile()
    sys.setprofile(entered)
    try:
        work()
    except TooMuch:
        return False
    finally:
        sys.setprofile(before)
    return True


def _formula(text: str) -> None:
    """A formula in all of its readings."""
    with suppress(StudentError):
        read = read_formula(text, ("x", "y", "n", "A"), {"A": (2, 2)})
        for _ in read.others() if isinstance(read, Formula) else ():
            pass


def _lists(text: str) -> None:
    """A vector and a matrix."""
    for shape in ((3,), (2, 2)):
        with suppress(StudentError):
            array_readings(text, (), shape)


def _enclosed(text: str) -> None:
    """An interval, a set, plain numbers."""
    second_reading(text), plain_value(text, 0), plain_value(text, 2), layout.loose_entries(text)
    for read in (interval_text, lambda text: element_readings(text, points=True)):
        with suppress(StudentError):
            read(text)


READERS = {_formula: 150, _lists: 400, _enclosed: 60}
"""How many functions each may enter for a character: twice what the dearest family takes."""


def _dear(text: str) -> list[str]:
    return [
        f"{read.__name__}: {text[:40]!r}..."
        for read, most in READERS.items()
        if not bounded(lambda read=read: read(text), most * (len(text) + 40))
    ]


def _pairs() -> Iterator[str]:
    """Two pieces in turn, and the one before the other around a name."""
    for first, second in product(PIECES, repeat=2):
        count = LENGTH // len(first + second)
        yield (first + second) * count
        yield first * count + "x" + second * count


@pytest.mark.parametrize("length", [LENGTH // 4, 2 * LENGTH])
def test_every_sign_repeated(length: int) -> None:
    assert [fault for piece in PIECES for fault in _dear(piece * (length // len(piece)))] == []


def test_a_share_of_all_pairs() -> None:
    assert [fault for text in islice(_pairs(), 0, None, SHARE) for fault in _dear(text)] == []


def test_it_finds_what_grows() -> None:
    """A reader that tries everything twice at every bracket is found out, and one that goes too deep."""

    def twice(text: str) -> None:
        if text:
            twice(text[1:])
            twice(text[1:])

    def deep(text: str) -> None:
        if text:
            deep(text[1:])

    assert not bounded(lambda: twice("(" * LENGTH), 400 * LENGTH)
    assert not bounded(lambda: deep("(" * 700), 400 * LENGTH)
    assert bounded(lambda: twice("((("), 400 * LENGTH)


if __name__ == "__main__":
    for text in _pairs():
        for fault in _dear(text):
            print(fault, flush=True)
