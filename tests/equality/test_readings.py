"""Natural readings: what an answer may mean, what it never means, and that a clear text is read once."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from counted import calls
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.equality.compare import compare
from grader.errors import StudentError
from grader.language.doubts import DOUBTS
from grader.language.natural import MOST, Formula, formula_of, read_formula
from grader.language.nodes import Call, Name
from grader.language.parser import parse, parse_noting
from grader.messages import LANGUAGES, translate

TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables" / "readings.yaml").read_text("utf-8"))
RIGHT = [row for rows in TABLE["right"].values() for row in rows]
NUMBERS = ("x", "y", "t", "n", "u", "x1", "x2")
SHAPES = {"A": (3, 3), "B": (3, 3), "C": (3, 3), "v": (3,), "b": (3,)}


def compared(typed: str, reference: str):
    if re.search(r"(?<![A-Za-z\\])(?:[ABCvb](?![a-z])|𝐴)", f"{typed} {reference}"):
        return compare(typed, reference, variables=[*NUMBERS, *SHAPES], options={"shapes": SHAPES})
    return compare(typed, reference, variables=NUMBERS)


def advised(settled: str) -> list[str]:
    return [DOUBTS[name].advice for name in settled.split()]


@pytest.mark.parametrize(("typed", "reference", "settled"), RIGHT, ids=[f"{row[0]} | {row[1]}" for row in RIGHT])
def test_right_in_one_of_its_readings(typed: str, reference: str, settled: str) -> None:
    found = compared(typed, reference)
    assert found.verdict == "correct", found.message
    if not settled:
        assert found.message.key == "compare-correct"
        return
    assert found.message.values["advice"].key == advised(settled)[0]
    for language in LANGUAGES:
        shown = found.message.values["text"][language]
        assert shown in translate(found.message, language)
        again = compared(shown, reference)  # it has one reading: the one that counted
        assert (again.verdict, again.message.key) == ("correct", "compare-correct")


@pytest.mark.parametrize(("typed", "reference"), TABLE["wrong"])
def test_wrong_in_every_reading(typed: str, reference: str) -> None:
    assert compared(typed, reference).verdict == "wrong"


@pytest.mark.parametrize(("typed", "key"), TABLE["refused"])
def test_refused_with_the_cure(typed: str, key: str) -> None:
    found = compared(typed, "tr(A)" if any(letter in typed for letter in "Av") else "x")
    assert (found.verdict, found.message.key) == ("invalid", key)
    assert all(translate(found.message, language) for language in LANGUAGES)


@pytest.mark.parametrize("doubt", DOUBTS.values(), ids=lambda doubt: doubt.name)
def test_the_table_says_what_the_parser_does(doubt) -> None:
    if doubt.name == "thousands":
        assert compare(doubt.example, doubt.first).message.key == "compare-correct"
        assert compare(doubt.example, doubt.other).message.key == "compare-read-as"
        return
    names = frozenset(("x", "y", "n", "A", "B", *(["I"] if doubt.name == "scalar-product" else [])))
    first = parse_noting(doubt.example, names)
    assert doubt.name in first.doubts
    assert first.tree == parse(doubt.first, names)
    assert parse_noting(doubt.example, names, frozenset((doubt.name,))).tree == parse(doubt.other, names)
    assert (
        isinstance(read_formula(doubt.other, names, {"A": (2, 2), "y": (2,)}), Call | Name) or doubt.name == "diagonal"
    )


CLEAR = ["2*x*cos(x^2)", "2x cos(x^2)", "sin 2x cos 3x", "x^2 + 3x - 1", "e^(-x^2/2)(1 - x)", "(x+1)/(x^2+3x)", "sin x/2",
         r"\frac{2x}{\cos^2 x^2}", "ln(x)·sin(x²)", "e^x sin x", "x^2y", "x^2-1", "x^2/2", "√x", "√(x+1)y", "3x² + e⁻ˣ",
         "1/(2x)", "1/2 x", "x e^x + e^x", "tan x - x"]  # fmt: skip


@pytest.mark.parametrize("text", CLEAR)
def test_a_clear_text_is_a_tree(text: str) -> None:
    names = frozenset(NUMBERS)
    assert read_formula(text, names) == parse(text, names)
    assert calls(lambda: read_formula(text, names)) <= calls(lambda: parse(text, names)) + 6


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("e^2x", ["exponent-product"]),
        ("e^2x/3", ["exponent-product", "exponent-fraction"]),
        ("(x²+1)^-3/2x", ["denominator", "exponent-fraction"]),
        ("1/2√x e^2x", ["denominator", "exponent-product", "denominator exponent-product"]),
        (
            "sin x y e^2x",
            [
                "argument-short",
                "argument-long",
                "exponent-product",
                "argument-short exponent-product",
                "argument-long exponent-product",
            ],
        ),
    ],
)
def test_readings_in_their_order(text: str, settled: list[str]) -> None:
    read = read_formula(text, frozenset(("x", "y")))
    assert isinstance(read, Formula)
    found = [" ".join(name for name in DOUBTS if name in other.settled) for other in read.others()]
    assert found == settled


SIGNS = ["x", "y", "2", "n", "e^", "sin ", "cos", "√", "/", "^", "-", "+", "(", ")", " ", "[", "]", "1/2", "'", r"\frac12", ">",
         "e^2x", "ln 2", ","]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=14).map("".join))
def test_readings_are_few_and_different(text: str) -> None:
    try:
        read = read_formula(text, frozenset(("x", "y", "n")))
    except StudentError:
        return
    others = list(read.others()) if isinstance(read, Formula) else []
    assert len(others) <= MOST
    trees = [formula_of(read), *(other.tree for other in others)]
    assert len(set(trees)) == len(trees)
    assert all(other.settled <= DOUBTS.keys() for other in others)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=30), st.lists(st.sampled_from([*SIGNS, "A", "v", "[1, 2]", "; "]), max_size=14).map("".join)
    ),
    st.sampled_from(["x + 1", "[x, 1]", "[1, 2]", "3", "A*v", "A"]),
    st.sampled_from(["expression", "vector", "number", "latex", "matrix"]),
)
def test_any_text_gets_a_verdict(text: str, reference: str, kind: str) -> None:
    shapes = {"A": (2, 2), "v": (2,)} if "A" in reference else {}
    found = compare(text, reference, kind, ["x", "y", "n", *shapes], {"shapes": shapes})
    assert found.verdict in ("correct", "wrong", "invalid")
    for language in LANGUAGES:
        translate(found.message, language)
