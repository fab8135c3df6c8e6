"""When two numbers are the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.messages import LANGUAGES, translate
from grader.tolerance import Tolerance, too_coarse


def rule(text: str) -> Tolerance:
    """`relative 0.05` and so on; `exact`."""
    return Tolerance(**{name: float(value) if name in ("relative", "absolute") else int(value)
                        for name, value in [part.split() for part in text.split(", ") if part != "exact"]})  # fmt: skip


ROWS = [
    # relative: a value on the border is inside; relative to the expected value, not to the larger
    ("relative 0.05", 1.05, 1, True), ("relative 0.05", 0.95, 1, True), ("relative 0.05", 1.0500001, 1, False),
    ("relative 0.1", 4.44, 4.0, False), ("relative 0.1", 4.4, 4.0, True), ("relative 0.05", -1.05, -1, True),
    ("relative 0.05", 1, -1, False), ("relative 0.05", 1.06e-33, 1e-33, False), ("relative 0.05", 0, 0, True),
    ("relative 0.5", 1e-9, 0, False), ("relative 0.01", 1e-10, 1e-9, False),
    # absolute
    ("absolute 0.1", 1.1, 1, True), ("absolute 0.1", 0.9, 1, True), ("absolute 0.1", 1.1000001, 1, False),
    ("absolute 0.01", 100.01, 100, True), ("absolute 0.01", 0.01, 0, True),
    ("relative 0.01, absolute 1", 100.9, 100, True),
    ("relative 0.01, absolute 1", 1019, 1010, True),
    # decimals: both rounded half away from zero; a tie may go either way
    ("decimals 3", 0.333, 1 / 3, True), ("decimals 3", 0.3333, 1 / 3, True), ("decimals 3", 0.334, 1 / 3, False),
    ("decimals 2", 0.13, 0.125, True), ("decimals 2", 0.12, 0.125, True), ("decimals 2", -0.13, -0.125, True),
    ("decimals 2", 2.68, 2.675, True), ("decimals 0", 3, 2.5, True), ("decimals 0", 2, 2.4999, True),
    ("decimals 0", 3, 2.4999, False),
    ("decimals 2", 0, 0.004, True), ("decimals 2", 0, 0.006, False), ("decimals 2", 0.994, 0.99, True),
    # significant figures
    ("significant 3", 0.0499, 0.04985, True), ("significant 3", 0.0498, 0.04975, True),
    ("significant 3", 61300, 61250, True),
    ("significant 2", 1000, 999, True), ("significant 2", 990, 999, False), ("significant 2", 1.0, 0.999, True),
    ("significant 3", -0.0499, -0.04985, True), ("significant 3", 1.235, 1.23, False),
    ("significant 3", 123.4, 123, True),
    ("significant 2", 0, 0, True), ("significant 2", 1e-300, 0, False), ("significant 3", 1.23e-9, 1.234e-9, True),
    # exact: the noise of doubles only
    ("exact", 0.1 + 0.2, 0.3, True), ("exact", 1 + 1e-9, 1, False), ("exact", 0, 0, True), ("exact", 1e-15, 0, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answer", "expected", "inside"), ROWS)
def test_rules(text, answer, expected, inside):
    assert bool(rule(text).accepts(answer, expected)) is inside
    assert rule(text).accepts_number(answer, expected) is inside


@pytest.mark.parametrize("text", ["relative 0.1", "absolute 0.1", "decimals 2", "significant 2", "exact"])
@pytest.mark.parametrize(("answer", "expected"), [(np.nan, 1.0), (1.0, np.nan), (np.nan, np.nan), (np.inf, 1.0)])
def test_what_has_no_value_is_never_right(text, answer, expected):
    assert not rule(text).accepts(answer, expected)
    assert not rule(text).accepts_number(answer, expected)


def test_entry_by_entry_with_the_noise_of_the_whole():
    assert Tolerance().accepts([1, 2], [1, 3]).tolist() == [True, False]
    assert not Tolerance().accepts(1e-16, 0)
    assert Tolerance().accepts(1e-16, 0, scale=1)


RULES = st.one_of(
    st.builds(lambda r: Tolerance(relative=r), st.floats(1e-6, 0.5)),
    st.builds(lambda a: Tolerance(absolute=a), st.floats(1e-6, 10)),
    st.builds(lambda n: Tolerance(decimals=n), st.integers(0, 6)),
    st.builds(lambda n: Tolerance(significant=n), st.integers(1, 8)),
    st.just(Tolerance()),
)
VALUES = st.one_of(
    st.integers(-10_000, 10_000).map(lambda n: n / 100),
    st.floats(-1e6, 1e6).filter(lambda v: v == 0 or abs(v) > 1e-9),
)


@given(RULES, VALUES, VALUES)
def test_one_number_is_decided_as_an_array_is(tolerance, answer, expected):
    for value in (answer, expected, expected * 1.0001, float(tolerance.rounded(np.asarray(expected)))):
        assert tolerance.accepts_number(value, expected) == bool(tolerance.accepts(value, expected))


@given(RULES, VALUES)
def test_the_value_itself_and_its_rounding_are_right(tolerance, expected):
    assert tolerance.accepts(expected, expected)
    assert tolerance.accepts(tolerance.rounded(np.asarray(expected)), expected)


@given(RULES, VALUES, VALUES)
def test_signs_do_not_matter(tolerance, answer, expected):
    assert tolerance.accepts(answer, expected) == tolerance.accepts(-answer, -expected)


@given(st.floats(1e-6, 0.2), st.floats(1, 5), VALUES, VALUES)
def test_a_wider_margin_accepts_no_less(margin, factor, answer, expected):
    for name in ("relative", "absolute"):
        if Tolerance(**{name: margin}).accepts(answer, expected):
            assert Tolerance(**{name: margin * factor}).accepts(answer, expected)


@given(VALUES, st.integers(0, 5))
def test_rounding_is_idempotent(value, digits):
    tolerance = Tolerance(decimals=digits)
    once = tolerance.rounded(np.asarray(value))
    assert np.allclose(tolerance.rounded(once), once, rtol=1e-12, atol=0)


@pytest.mark.parametrize(
    ("text", "expected", "tolerance", "coarse"),
    [
        ("0.3", 1 / 3, Tolerance(decimals=3), True), ("0,33", 1 / 3, Tolerance(decimals=3), True),
        ("0.4", 1 / 3, Tolerance(decimals=3), False),
        ("0", 1 / 3, Tolerance(decimals=3), False), ("0.333", 1 / 3, Tolerance(decimals=3), False),
        ("1/3", 1 / 3, Tolerance(decimals=3), False),
        ("-0.3", -1 / 3, Tolerance(decimals=3), True), ("2.7", 2.71828, Tolerance(relative=1e-3), True),
        ("3", 2.71828, Tolerance(), True),
        ("2", 1.5, Tolerance(decimals=2), False),
    ],
)  # fmt: skip
def test_right_but_rounded_too_coarsely(text, expected, tolerance, coarse):
    value = 1 / 3 if "/" in text else float(text.replace(",", "."))
    assert too_coarse(text, value, expected, tolerance) is coarse


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        ("decimals 1", "round to 1 decimal place", "округлите до 1 знака после запятой"),
        ("decimals 3", "round to 3 decimal places", "округлите до 3 знаков после запятой"),
        ("significant 2", "round to 2 significant figures", "округлите до 2 значащих цифр"),
        ("relative 0.05", "within 5%", "с точностью до 5 %"),
        ("absolute 0.01", "within ±0.01", "с точностью до ±0,01"),
        ("exact", "exactly", "точно"),
    ],
)
def test_the_rule_in_words(text, english, russian):
    assert tuple(translate(rule(text).rule(), language) for language in LANGUAGES) == (english, russian)
