"""Real functions at the border of equality: where doubles doubt, where they overflow, how small a difference shows."""

from __future__ import annotations

import numpy as np
import pytest

from grader.equality import sampling
from grader.equality.expressions import UNDECIDED, difference, reference_sample, sample
from grader.errors import AuthorError
from grader.language.parser import parse
from grader.tolerance import Tolerance


def between(answer, reference, variables=("x",), domain=None, **tolerance):
    rule = {"tolerance": Tolerance(**tolerance)} if tolerance else {}
    return difference(parse(answer, variables), parse(reference, variables), variables, domain, **rule)


@pytest.mark.parametrize(
    ("text", "values", "peaks"),
    [
        # the largest value on the way, of names, numerals and results
        ("x - 3", [-5, -2, 2], [5, 3, 5]), ("100 + x - 100", [-2, 1, 5], [100, 101, 105]), ("x", [-2, 1, 5], [2, 1, 5]),
        ("x^2 - x^2", [0, 0, 0], [4, 2, 25]), ("7", [7, 7, 7], [7, 7, 7]), ("2*3 - 1", [5, 5, 5], [6, 6, 6]),
        ("pi - 3", [np.pi - 3] * 3, [np.pi] * 3), ("0*x", [0, 0, 0], [2, 1, 5]),
        ("sin(x) - 9", None, [9.9092974, 9, 9.9589243]),
        # what sinks below the smallest doubles is in doubt, a true zero is not
        ("x*1e-200*1e-200", [0, 0, 0], [np.inf] * 3), ("exp(-800) + x", [-2, 1, 5], [np.inf] * 3),
        ("1e-400 + x", [-2, 1, 5], [np.inf] * 3), ("0.000 + x", [-2, 1, 5], [2, 1, 5]), ("exp(-200*x)", None, None),
        ("(x - 1)*1e-200*1e-200", [0, 0, 0], [np.inf, 1, np.inf]), ("1e-200^2*x", [0, 0, 0], [np.inf] * 3),
        ("sigmoid(-800) + x", [-2, 1, 5], [np.inf] * 3), ("1e-200/1e200 + x", [-2, 1, 5], [np.inf] * 3),
        ("x*1e-200*1e-95", None, [np.inf] * 3), ("x*1e-200*1e-85", None, [2, 1, 5]),
        ("(x - x)*5", [0, 0, 0], [5, 5, 5]), ("sin(0) + x", [-2, 1, 5], [2, 1, 5]), ("x - 1", [-3, 0, 4], [3, 1, 5]),
    ],
)  # fmt: skip
def test_values_and_what_they_were_computed_from(text, values, peaks):
    seen = sample(parse(text, "x"), {"x": np.array([-2.0, 1, 5])})
    if values is not None:
        np.testing.assert_allclose(seen.values, values)
    if peaks is not None:
        np.testing.assert_allclose(seen.peaks, peaks, rtol=1e-6)
        np.testing.assert_allclose(seen.doubt, UNDECIDED * seen.peaks)


def test_only_what_sank_is_in_doubt():
    seen = sample(parse("exp(-200*x)", "x"), {"x": np.array([-1.0, 1, 5])})
    assert np.isfinite(seen.peaks).tolist() == [True, True, False]


def test_a_constant_is_one_value():
    seen = sample(parse("2*3 - 10"), {})
    assert (seen.values.tolist(), seen.peaks.tolist()) == ([-4], [10])
    with pytest.raises(AuthorError) as caught:
        sample(parse("[1, 2]"), {})
    assert caught.value.message.key == "compare-not-scalar"


@pytest.mark.parametrize(
    ("text", "pools"),
    [("x", [0]), ("sqrt(x)", [0]), ("sqrt(x - 9)", [0, 1, 4]), ("ln(1 - x^2)", [0]), ("sqrt(-5 - x)", [0, 3, 5]),
    ("sqrt(-4 - x)", [0, 3]),
     ("sqrt(0.999 - abs(x - 30))", None), ("ln(-x^2)", None), ("3", [0])],
)  # fmt: skip
def test_points_come_from_as_many_pools_as_are_needed(text, pools):
    node = parse(text, "x")
    seen = reference_sample(node, ("x",), ())
    if pools is None:
        assert seen is None
        return
    expected = []
    for pool in pools:
        values = sampling.points(("x",), (), pool)["x"]
        expected += list(values[np.isfinite(sample(node, {"x": values}).values)])
    np.testing.assert_array_equal(seen.points["x"], expected)
    again = sample(node, seen.points)
    np.testing.assert_allclose(seen.values, again.values)
    np.testing.assert_allclose(seen.peaks, again.peaks)
    assert len(seen.values) >= sampling.ENOUGH


@pytest.mark.parametrize(
    ("answer", "reference", "same"),
    [
        ("x*(1 + 9e-12)", "x", True), ("x*(1 + 1.2e-11)", "x", False), ("x*(1 - 1.2e-11)", "x", False),
        ("x + 1e-20", "x", True), ("x + 1e-9", "x", False), ("x + max(x - 12.5, 0)", "x", False),
        ("x + max(x - 12.9, 0)", "x", True),
        ("x + max(-x - 10.5, 0)", "x", False), ("x + max(-x - 10.8, 0)", "x", True), ("max(x, -1.3)", "x", False),
        # cancellation: what doubles cannot tell is told by high precision
        ("(1e15 + x) - 1e15", "x", True), ("(1e15 + x*(1 + 1e-9)) - 1e15", "x", False),
        ("(1e40 + x) - 1e40", "x", True),
        ("(x + 1)^3 - x^3 - 3*x^2 - 3*x", "1", True), ("(x + 1)^3 - x^3 - 3*x^2 - 3*x", "1 + 1e-9", False),
        ("(1e15 + x) - 1e15", "x + 1e-7", False), ("1e-13*(1e13 + x)", "1 + 1e-13*x", True), ("x - x", "0", True),
        ("(1e60 + x) - 1e60", "x", True), ("(1e60 + x) - 1e60", "2*x", False), ("(1e60 + 1e-3) - 1e60", "1e-3", True),
        ("1e-60*x", "0", False), ("1e-60*(x - x)", "0", True), ("sin(x)^2 + cos(x)^2", "1 + 1e-40", True),
        # overflow and underflow
        ("exp(800 + x)/exp(800)", "exp(x)", True), ("exp(800 + x)/exp(800)", "exp(x)*(1 + 1e-8)", False),
        ("exp(x - 800)/exp(-800)", "exp(x)", True), ("exp(-800)*x", "0", False),
        ("exp(-800)*x", "exp(-800)*x*2", False),
        ("exp(-800)*x", "x*exp(-799)/e", True), ("1e-400*x", "x*1e-200*1e-200", True),
        ("1e-400*x", "x*1e-200*2e-200", False),
    ],
)  # fmt: skip
def test_the_same_function(answer, reference, same):
    assert (between(answer, reference) is None) is same


@pytest.mark.parametrize(
    ("answer", "reference", "tolerance", "same"),
    [
        ("x*1.009", "x", {"relative": 0.01}, True), ("x*1.011", "x", {"relative": 0.01}, False),
        ("x*0.989", "x", {"relative": 0.01}, False),
        ("x + 0.09", "x", {"absolute": 0.1}, True), ("x + 0.11", "x", {"absolute": 0.1}, False),
        ("x - 0.11", "x", {"absolute": 0.1}, False),
        ("pi", "3.14", {"decimals": 2}, True), ("pi", "3.13", {"decimals": 2}, False),
        ("pi", "3.142", {"significant": 4}, True),
        # in doubt, the rule holds in high precision
        ("(1e15 + x) - 1e15", "x", {"relative": 0.01}, True),
        ("(1e15 + 1.009*x) - 1e15", "x", {"relative": 0.01}, True),
        ("(1e15 + 1.011*x) - 1e15", "x", {"relative": 0.01}, False),
        ("(1e15 + 0.989*x) - 1e15", "x", {"relative": 0.01}, False),
        ("(1e17 + x) - 1e17 + 0.09", "x", {"absolute": 0.1}, True),
        ("(1e17 + x) - 1e17 + 0.11", "x", {"absolute": 0.1}, False),
        ("(1e17 + pi) - 1e17", "3.14", {"decimals": 2}, True), ("(1e17 + pi) - 1e17", "3.15", {"decimals": 2}, False),
        ("(1e17 + pi) - 1e17", "3.142", {"significant": 4}, True),
        ("(1e17 + pi) - 1e17", "3.141", {"significant": 4}, False),
        ("(1e17 + 2) - 1e17", "1", {"relative": 0.01, "absolute": 1.5}, True),
        ("(1e17 + 8) - 1e17", "10", {"relative": 0.3, "absolute": 1}, True),
    ],
)  # fmt: skip
def test_a_rule_of_rounding(answer, reference, tolerance, same):
    variables = ("x",) if "x" in answer else ()
    assert (between(answer, reference, variables, **tolerance) is None) is same


@pytest.mark.parametrize(
    ("answer", "reference"),
    [("x^2", "x^3"), ("x + 1e-8*x^3", "x"), ("x + max(x - 12.5, 0)", "x"), ("sqrt(x)", "sqrt(abs(x))"),
    ("(1e15 + 2*x) - 1e15", "x"),
     ("ln(x - 1)", "ln(x)")],
)  # fmt: skip
def test_a_difference_is_told_at_one_of_the_points(answer, reference):
    told = between(answer, reference)
    point = {"x": np.array([told.point["x"]])}
    assert told.point["x"] in reference_sample(parse(reference, "x"), ("x",), ()).points["x"]
    assert told.expected == pytest.approx(sample(parse(reference, "x"), point).values[0])
    value = sample(parse(answer, "x"), point).values[0]
    assert told.answer is None if np.isnan(value) else told.answer == pytest.approx(value)


@pytest.mark.parametrize(
    ("answer", "reference", "clearest"),
    [("x*(1 + 1e-8*x^2)", "x", max), ("2*x", "x*(2 - 1e-6*x^2)", max)],
)
def test_the_clearest_difference_is_told(answer, reference, clearest):
    sizes = np.abs(sampling.points(("x",), (), 0)["x"])
    assert abs(between(answer, reference).point["x"]) == clearest(sizes)


def test_a_constant_differs_at_no_point():
    told = between("2", "3", ())
    assert (told.point, told.answer, told.expected) == ({}, 2, 3)
    assert between("1e400", "1e400*(1 + 1e-30)", ()) is None
    told = between("1e400", "2e400", ())
    assert (told.point, told.answer, told.expected) == ({}, None, np.inf)


@pytest.mark.parametrize(
    ("answer", "reference", "same"),
    [("e^1000*exp(x^2)", "exp(x^2 + 1000)", True), ("exp(x^2 + 1001)", "exp(x^2 + 1000)", False),
     ("exp(x^2 + 1000)*(1 + 1e-9)", "exp(x^2 + 1000)", False), ("0", "exp(x^2 + 1000)", False),
     ("ln(x)*e^1000", "x*e^1000", False), ("(-1)^n*2^n*e^1000", "(-2)^n*e^1000", None)],
)  # fmt: skip
def test_values_beyond_doubles(answer, reference, same):
    if same is None:
        with pytest.raises(AuthorError):
            between(answer, reference, ("n",))
        return
    told = between(answer, reference)
    assert (told is None) is same
    if told is not None:
        assert told.point["x"] in sampling.points(("x",), (), 0)["x"]
        assert (told.answer, abs(told.expected)) == (None, np.inf)


@pytest.mark.parametrize(("usable", "enough"), [(3, False), (4, True), (5, True)])
def test_beyond_doubles_four_points_are_enough(usable, enough):
    values = np.sort(sampling.points(("x",), (), 0)["x"][: sampling.POINTS // 2])[::-1]
    least = float(values[usable - 1] + values[usable]) / 2
    answer, reference = f"e^1000*(x - {least!r})^0.5", f"e^1000*sqrt(x - {least!r})"
    if enough:
        assert between(answer, reference) is None
        assert between(f"2*{answer}", reference) is not None
        return
    with pytest.raises(AuthorError) as caught:
        between(answer, reference)
    assert caught.value.message.key == "compare-undefined"


@pytest.mark.parametrize(
    ("answer", "reference", "key"),
    [("x", "ln(-x^2)", "compare-undefined"), ("[x, x]", "ln(-x^2)", "compare-not-scalar"),
    ("[x, x]", "x", "compare-not-scalar"),
     ("1", "5^(5^(5^(5^5)))*x", "compare-undefined"),
     ("x*(2^(2^41)/2^(2^41))", "x*(2^(2^41)/2^(2^41))*1", "compare-undefined")],
)  # fmt: skip
def test_what_cannot_be_compared(answer, reference, key):
    with pytest.raises(AuthorError) as caught:
        between(answer, reference)
    assert caught.value.message.key == key
