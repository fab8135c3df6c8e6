"""Where a tolerance ends: borders, ties, digits, zeros, the largest and smallest doubles."""

from __future__ import annotations

import numpy as np
import pytest

from grader.tolerance import Tolerance, too_coarse, too_few_digits

RELATIVE, ABSOLUTE = Tolerance(relative=0.05), Tolerance(absolute=0.1)
WHOLE, TENTHS, CENTS = (Tolerance(decimals=count) for count in range(3))
TWO, THREE, FIVE = (Tolerance(significant=count) for count in (2, 3, 5))
EXACT = Tolerance()


@pytest.mark.parametrize(
    ("tolerance", "answer", "expected", "inside"),
    [
        # a border is inside by a billionth of the margin, and no more
        (RELATIVE, 1.05 * (1 + 2e-11), 1, True), (RELATIVE, 1.05 + 2e-10, 1, False),
        (RELATIVE, -0.95, 1, False), (RELATIVE, 20, 21, True), (RELATIVE, 21.001, 20, False),
        (ABSOLUTE, 1.1 + 5e-11, 1, True), (ABSOLUTE, 1.1 + 2e-10, 1, False), (ABSOLUTE, 0.9 - 2e-10, 1, False),
        (ABSOLUTE, -0.1, 0, True), (ABSOLUTE, 0.1001, 0, False), (ABSOLUTE, 1e308, -1e308, False),
        # two margins: the wider one counts, whichever it is
        (Tolerance(0.1, 0.5), 11, 10, True), (Tolerance(0.1, 0.5), 1.5, 1, True), (Tolerance(0.1, 0.5), 1.6, 1, False),
        (Tolerance(0.1, 0.5), 11.1, 10, False), (Tolerance(0.1, 0.5), 0.5, 0, True),
        # large values: half a unit in the last place of a double more
        (ABSOLUTE, 1e6 + 0.1 + 3e-10, 1e6, True), (ABSOLUTE, 1e6 + 0.1 + 8e-10, 1e6, False),
        (ABSOLUTE, 1e6 - 0.1 - 3e-10, 1e6, True), (ABSOLUTE, -1e6 - 0.1 - 8e-10, -1e6, False),
        (ABSOLUTE, 1e13 + 1, 1e13, True), (Tolerance(absolute=1e-7), 1.0000011e-7, 0, False),
        # a tie may be rounded either way, and reaches half a unit to either side
        (WHOLE, 2, 2.5, True), (WHOLE, 3, 2.5, True), (WHOLE, 1.99, 2.5, False), (WHOLE, 1.4, 2.5, False),
        (WHOLE, 3.4, 2.5, True), (WHOLE, 3.5, 2.5, False), (WHOLE, -2, -2.5, True), (WHOLE, -1.99, -2.5, False),
        (WHOLE, 2, 2.5 - 4e-10, True), (WHOLE, 2, 2.5 + 4e-9, False), (WHOLE, 3, 2.5 - 4e-9, False),
        (WHOLE, 2.5, 3.49, True), (WHOLE, 2.5, 2.49, False), (WHOLE, 0, 0.5, True), (WHOLE, 1, -0.5, False),
        (CENTS, 0.12, 0.125, True), (CENTS, 0.119, 0.125, False), (CENTS, 0.136, 0.125, False),
        (TWO, 12, 12.5, True), (TWO, 13, 12.5, True), (TWO, 11.9, 12.5, False),
        # the last digit kept is that of each number by itself
        (TWO, 1000, 995, True), (TWO, 990, 995, True), (TWO, 994, 1000, False), (TWO, 1049, 1000, True),
        (TWO, 1051, 1000, False), (TWO, 9.94, 10, False), (TWO, 9.96, 10, True), (TWO, 100, 99.4, False),
        (TWO, 0.0099, 0.01, False), (THREE, 0, 0.0004, False), (THREE, 1, 1.0004, True), (THREE, 9.996, 9.995, True),
        (TWO, 1, -1, False), (TWO, -1.04, -1, True), (TWO, -1.06, -1, False),
        # next to the smallest and the largest doubles
        (FIVE, 1.2e-320, 1.3e-320, False), (FIVE, 1e-310, 1e-310, True), (FIVE, 1.00001e300, 1e300, True),
        (FIVE, 1.0001e300, 1e300, False), (WHOLE, 1e17, 1e17 + 2e5, False), (WHOLE, 1e17, 1e17, True),
        # exact is up to a part in 10^12 of what is expected
        (EXACT, 1 + 9e-13, 1, True), (EXACT, 1 + 2e-12, 1, False), (EXACT, 1000 + 9e-10, 1000, True),
        (EXACT, 1e-12, 0, False), (EXACT, 1e-3 + 1e-14, 1e-3, False), (EXACT, 1e-3 - 1e-14, 1e-3, False),
    ],
)  # fmt: skip
def test_the_last_value_inside_and_the_first_outside(tolerance, answer, expected, inside):
    assert bool(tolerance.accepts(answer, expected)) is inside
    assert tolerance.accepts_number(answer, expected) is inside
    assert tolerance.accepts([[answer], [answer]], [[expected], [expected]]).tolist() == [[inside], [inside]]


@pytest.mark.parametrize(
    ("tolerance", "answer", "scale", "inside"),
    [
        (EXACT, 0.9e-15, 1, True), (EXACT, 1.1e-15, 1, False), (EXACT, 0.9e-12, 1000, True),
        (ABSOLUTE, 0.11, 1, False), (CENTS, 0.9e-15, 1, True), (CENTS, 0.006, 1, False), (TWO, 0.9e-15, 1, True),
        (TWO, 1.1e-15, 1, False),
    ],
)  # fmt: skip
def test_beside_large_entries_a_zero_may_be_noise(tolerance, answer, scale, inside):
    assert bool(tolerance.accepts(answer, 0, scale)) is inside


@pytest.mark.parametrize(
    ("tolerance", "value", "allowance", "rounded"),
    [
        (RELATIVE, -4, 0.2, -4), (RELATIVE, 0, 0, 0), (ABSOLUTE, 100, 0.1, 100), (EXACT, 7.123, 0, 7.123),
        (Tolerance(0.1, 0.5), 2, 0.5, 2), (Tolerance(0.1, 0.5), -20, 2, -20),
        (WHOLE, 2.5, 0.5, 3), (WHOLE, -2.5, 0.5, -3), (TENTHS, 0, 0.05, 0), (CENTS, 1000.126, 0.005, 1000.13),
        (TWO, 1000, 50, 1000), (TWO, 999, 5, 1000), (TWO, -0.0123, 0.0005, -0.012), (TWO, 0, 0.05, 0),
        (THREE, 0.0012345, 0.000005, 0.00123), (Tolerance(significant=1), 0.96, 0.05, 1),
    ],
)  # fmt: skip
def test_how_far_off_an_answer_may_be_and_what_it_is_rounded_to(tolerance, value, allowance, rounded):
    assert tolerance.allowance(value) == pytest.approx(allowance, rel=1e-12)
    np.testing.assert_allclose(tolerance.allowance([[value], [value]]), [[allowance], [allowance]], rtol=1e-12)
    assert tolerance.rounded(np.asarray(value, dtype=float)) == pytest.approx(rounded, rel=1e-12)


@pytest.mark.parametrize(
    ("tolerance", "digits", "exact"),
    [
        (EXACT, False, True),
        (RELATIVE, False, False),
        (ABSOLUTE, False, False),
        (CENTS, True, False),
        (TWO, True, False),
    ],
)
def test_what_a_rule_is_about(tolerance, digits, exact):
    assert (tolerance.digits, tolerance.is_exact) == (digits, exact)


@pytest.mark.parametrize(
    ("tolerance", "key", "values"),
    [
        (CENTS, "tolerance-decimals", {"count": 2}), (TWO, "tolerance-significant", {"count": 2}),
        (RELATIVE, "tolerance-relative", {"percent": 5.0}), (ABSOLUTE, "tolerance-absolute", {"margin": 0.1}),
        (Tolerance(2e-5), "tolerance-relative", {"percent": 0.002}), (Tolerance(1e-5), "tolerance-exact", {}),
        (Tolerance(1e-6, 0.1), "tolerance-absolute", {"margin": 0.1}), (EXACT, "tolerance-exact", {}),
    ],
)  # fmt: skip
def test_the_rule_that_is_told(tolerance, key, values):
    rule = tolerance.rule()
    assert (rule.key, rule.values) == (key, pytest.approx(values))


@pytest.mark.parametrize(
    ("text", "answer", "expected", "tolerance", "coarse"),
    [
        ("0.3", 0.3, 1 / 3, THREE, True), ("-0.3", -0.3, -1 / 3, THREE, True), ("−0,3", -0.3, -1 / 3, THREE, True),
        ("+0.3", 0.3, 1 / 3, THREE, True), (" 0.3 ", 0.3, 1 / 3, THREE, True), ("0.4", 0.4, 1 / 3, THREE, False),
        ("0.33", 0.33, 1 / 3, CENTS, False), ("0.3", 0.3, 1 / 3, CENTS, True), ("0.3", 0.3, 1 / 3, TENTHS, False),
        ("3", 3, 3.4, TENTHS, True), ("3", 3, 3.4, WHOLE, False), ("3.", 3, 3.4, TENTHS, True),
        # at least one digit has to be there: not more than a fifth is missing
        ("1", 1, 1.24, CENTS, True), ("1", 1, 1.26, CENTS, False), ("0", 0, 0.3, CENTS, False),
        ("0", 0, 0, CENTS, False), ("5", 5, 5.9, CENTS, False),
        # however it is written: a space behind the sign, a dash, a power of ten
        ("- 0,3", -0.3, -1 / 3, THREE, True), ("–0.3", -0.3, -1 / 3, THREE, True), ("$0.3$", 0.3, 1 / 3, THREE, True),
        ("3e-1", 0.3, 1 / 3, THREE, True), ("3·10⁻¹", 0.3, 1 / 3, THREE, True), ("3x10^-1", 0.3, 1 / 3, THREE, True),
        ("3*10^(-1)", 0.3, 1 / 3, THREE, True),
        ("2,5e3", 2500, 2532, TENTHS, True), (r"2{,}5", 2.5, 2.53, CENTS, True), ("25.3e2", 2530, 2532, TENTHS, True),
        ("4e-1", 0.4, 1 / 3, THREE, False), ("3*10", 30, 31, TENTHS, False),
        # only a decimal has digits
        ("1/3", 1 / 3, 0.3333, THREE, False), ("", 0.3, 1 / 3, THREE, False),
        ("1.2.3", 0.3, 1 / 3, THREE, False), ("0.3x", 0.3, 1 / 3, THREE, False),
    ],
)  # fmt: skip
def test_coarse(text, answer, expected, tolerance, coarse):
    assert too_coarse(text, answer, expected, tolerance) is coarse


@pytest.mark.parametrize(
    ("text", "tolerance", "few"),
    [
        ("0.3", CENTS, True), ("0.33", CENTS, False), ("0.333", CENTS, False), ("3", CENTS, True),
        ("-0,3", CENTS, True),
        ("3", WHOLE, False), ("1/3", CENTS, False), ("", CENTS, False), ("1/3", TWO, False),
        ("0.03", TWO, True), ("0.030", TWO, False), ("0.031", TWO, False), ("30", TWO, False), ("3", TWO, True),
        ("100", THREE, False), ("10", THREE, True), ("0.3", RELATIVE, False), ("3", EXACT, False),
        ("3.3e-1", CENTS, False), ("3e-1", CENTS, True), ("3,1·10^2", TWO, False), ("- 3", TWO, True),
    ],
)  # fmt: skip
def test_too_few_digits(text, tolerance, few):
    assert too_few_digits(text, tolerance) is few
