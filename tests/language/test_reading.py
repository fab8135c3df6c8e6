"""Numbers and arrays as typed: what needs no parser, what has two readings, which comma separates."""

from __future__ import annotations

import pytest

from grader.errors import SyntaxFault
from grader.language.reading import is_numeral, plain_number, plain_value, read_array, second_reading
from grader.language.typeset import to_text


@pytest.mark.parametrize(
    ("text", "numeral", "value"),
    [("0.5", True, 0.5), (" −1,5 ", True, -1.5), (".5", True, 0.5), ("2e-3", True, 0.002), ("7.", True, 7.0),
     ("0e-400", True, 0.0), ("1e400", True, None), ("1e-400", True, None), ("1/2", False, None), ("", False, None),
     ("1 2", False, None), ("1.2.3", False, None), ("٣", False, None)],
)  # fmt: skip
def test_plain_decimals(text: str, numeral: bool, value: float | None) -> None:
    assert (is_numeral(text), plain_number(text)) == (numeral, value)


@pytest.mark.parametrize(
    ("text", "rank", "value"),
    [("[1, 2.5]", 1, [1, 2.5]), ("[[1], [2]]", 2, [[1], [2]]), ("[1, 2]", 2, None), ("[[1, 2], [3]]", 2, None),
     ("(1, 2)", 1, None), ("[1/2]", 1, None), ("[1]", 3, None)],
)  # fmt: skip
def test_plain_lists(text: str, rank: int, value: list[float] | None) -> None:
    found = plain_value(text, rank)
    assert (None if found is None else found.tolist()) == value


@pytest.mark.parametrize(
    ("text", "second"),
    [("1,234", "1234"), ("-84,000", "-84000"), (r"1\frac{1}{2}", r"(1+\frac{1}{2})"), ("1,23", None),
     ("0,123", None), ("1234,567", None), ("1.234", None)],
)  # fmt: skip
def test_second_readings(text: str, second: str | None) -> None:
    assert second_reading(text) == second


@pytest.mark.parametrize(
    ("text", "shape", "tree"),
    [("0,5; 1,5", (2,), "[0.5, 1.5]"), ("[0,5; 1,5]", (2, 2), "[0, 5; 1, 5]"), ("1, 2", (2,), "[1, 2]"),
     ("[1,2]", (2,), "[1, 2]"), ("1; 2; 3", (2,), "[1, 2, 3]")],
)  # fmt: skip
def test_a_comma_is_read_by_the_shape_that_is_wanted(text: str, shape: tuple[int, ...], tree: str) -> None:
    assert to_text(read_array(text, (), shape)) == tree


def test_a_list_that_no_reading_takes_has_the_fault_of_the_first() -> None:
    with pytest.raises(SyntaxFault):
        read_array("[1, 2", (), (2,))
