"""High precision at its limits: operations with arrays of every shape, and where a value stops being one."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

from grader.equality.precise import TooLarge, Undefined, precise_value, vanishes
from grader.language.evaluate import evaluate
from grader.language.parser import parse

ARRAYS = {
    "A": np.array([[2.0, 1], [0.5, 3]]), "B": np.array([[1.0, -2, 4], [0.25, 8, 5]]), "R": np.array([[3.0, 7]]),
    "v": np.array([1.0, -2]), "u": np.array([4.0, 0.5, 2]), "c": np.array(3.0), "W": np.array([[5.0, -1], [2, 1]]),
    "S": np.array([[1.0, 2], [2, 4]]),
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        # products: numbers, vectors as columns, rows, results of one entry
        "c*A", "A*c", "c*v", "v*c", "A*v", "A*B", "B*u", "v'*v", "v*v'", "v*u'", "R*v", "R*A", "v'*B*u", "A.*W", "c*c",
        "A + W", "A - W", "-A", "A./W",
        # transposes of columns, rows, matrices and numbers
        "A'", "B'", "R'", "v'", "c'", "(v')'", "R'*R",
        # powers and inverses
        "A^0", "S^0", "A^1", "A^3", "A^-1", "A^-2", "A.^2", "v.^2", "v^2", "v^-1", "u^c", "inv(A)", "A^-1*v", "c^2",
        "inv(c)", "A^(3 - 1)",
        # everything else there is for arrays
        "diag(v)", "diag(A)", "softmax(v)", "softmax(A)", "softmax(u)", "det(A)", "det(W)", "tr(A)", "tr(W)",
        "norm(v)", "norm(A)", "norm(-c)", "sum(v)", "sum(A)", "mean(u)", "mean(A)", "dot(v, v)", "max(u)", "min(u)",
        "diag(c)", "dot(c, 2)", "max(c)", "max(v, -v)", "min(v, -v, c)", "max(A, W)", "max(c, v)",
        "max(c, 5)", "min(c, 5)", "max(c, 1)", "max(1, c, 7)", "min(4, c, 7)", "exp(v)", "ln(u)", "sin(A)", "relu(v)",
        "[v, 2*v]", "[c, 1; 2, c]",
    ],
)  # fmt: skip
def test_it_computes_what_doubles_compute(text):
    node = parse(text, ARRAYS)
    doubles = evaluate(node, {name: value[None] for name, value in ARRAYS.items()})[0]
    value = np.asarray(precise_value(node, ARRAYS))
    assert value.shape == doubles.shape
    np.testing.assert_allclose(value.astype(float), doubles, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("text", ["A^-1", "A^-2", "A^2*A^-2", "A*3^-1", "softmax(v)", "mean(u)", "norm(v)", "det(A)/7"])
def test_all_digits_are_there(text):
    node = parse(text, ARRAYS)
    fine, finer = (np.asarray(precise_value(node, ARRAYS, digits)) for digits in (50, 90))
    with mpmath.workdps(90):
        assert np.max(np.abs(fine - finer)) < mpmath.mpf(10) ** -48


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # small arguments keep their digits, large ones do not overflow
        ("sinh(1e-40)", "1e-40"), ("sinh(-1e-40)", "-1e-40"), ("tanh(1e-40)", "1e-40"), ("tanh(2000)", "1"),
        ("tanh(-2000)", "-1"), ("sinh(2) + cosh(2)", "7.3890560989306502272304274605750078131803155705518"),
        ("cosh(2) - sinh(2)", "0.13533528323661269189399949497248440340763154590958"),
        ("sinh(-2) - cosh(-2)", "-7.3890560989306502272304274605750078131803155705518"),
        ("tanh(999)/(1 - 1e-45)", "1.000000000000000000000000000000000000000000001"),
        ("sigmoid(100)*(1 + exp(-100))", "1"), ("sigmoid(-2)*(1 + exp(2))", "1"),
        # logarithms to any base, above and below one
        ("ln(8, 2)", "3"), ("ln(8, 0.5)", "-3"), ("log2(8)", "3"), ("ln(exp(3))", "3"),
        # powers: whole exponents of any base, also where they are whole up to the precision
        ("0^0", "1"), ("0^2", "0"), ("0^0.5", "0"), ("(-2)^3", "-8"), ("(-2)^-2", "0.25"), ("(-2)^(1/3*3)", "-2"),
        ("(-2)^(2 + 1e-45)", "4"), ("4^0.5", "2"), ("(-1)^1000001", "-1"), ("2^-1", "0.5"), ("1.5^1e3/1.5^999", "1.5"),
        # quotients of what is small
        ("1/1e-39", "1e39"), ("1e-41/1e-41", "1"), ("0/1e-60", "0"),
    ],
)  # fmt: skip
def test_values(text, value):
    with mpmath.workdps(50):
        expected = mpmath.mpf(value)
        assert abs(precise_value(parse(text), {}) - expected) <= abs(expected) * mpmath.mpf("1e-44")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        # a divisor of fewer digits than are computed with is a zero; of a dividend as small it is not
        ("1/1e-41", Undefined), ("1e-41/0", Undefined), ("0/0", Undefined), ("[1, 2]./[1, 0]", Undefined),
        ("0^-2", Undefined), ("0^-0.5", Undefined), ("(-2)^0.5", Undefined), ("(-2)^(2 + 1e-30)", Undefined),
        ("ln(0)", Undefined), ("ln(-2)", Undefined), ("ln(2, 0)", Undefined), ("ln(2, 1)", Undefined),
        ("ln(2, -2)", Undefined), ("ln(-2, 2)", Undefined), ("ln(-2, -2)", Undefined), ("arccosh(0.5)", Undefined),
        ("[1, 2; 2, 4]^-1", Undefined), ("tan(1/0)", Undefined),
        # beyond a million millions in an exponent, or two thousand bits of an angle, nothing is computed
        ("exp(2^40 + 1)", TooLarge), ("exp(-2^40 - 1)", TooLarge), ("sinh(2^41)", TooLarge), ("cosh(2^41)", TooLarge),
        ("sigmoid(2^41)", TooLarge), ("sin(2^2001)", TooLarge), ("cos(-2^2001)", TooLarge), ("sin(2^-2001)", None),
        ("2^(2^40)", TooLarge), ("2^-(2^40)", TooLarge), ("2^(2^38)", None), ("0.5^(2^38)", None), ("1^(2^39)", None),
        ("1^(2^41)", TooLarge), ("exp(2^40)", None), ("exp(-2^40)", None), ("sin(2^1998)", None), ("tanh(2^50)", None),
        ("3^1e31", TooLarge), ("ln(2, 0.5)", None), ("sqrt(0)", None), ("[1, 2; 2, 5]^-1", None),
    ],
)  # fmt: skip
def test_where_there_is_no_value(text, fault):
    if fault is None:
        precise_value(parse(text), {})
        return
    with pytest.raises(fault):
        precise_value(parse(text), {})


@pytest.mark.parametrize(
    ("text", "value", "zero"),
    [
        ("0", 0, True), ("1", 0, True), ("sin(pi)", "1e-50", True), ("sin(pi)", "2e-25", False),
        ("1e-30", "1e-30", False), ("sin(pi)", "-1e-50", True), ("sin(pi)", "-2e-25", False), ("2e-50", "1e-30", False),
        ("9e-51", "1e-30", True), ("-2e-50", "1e-30", False), ("-9e-51", "1e-30", True),
    ],
)  # fmt: skip
def test_a_zero_is_one_if_it_shrinks(text, value, zero):
    assert vanishes(parse(text), {}, mpmath.mpf(value)) is zero


def test_a_point_is_taken_exactly():
    with mpmath.workdps(60):
        assert precise_value(parse("x", "x"), {"x": 0.1}, 60) == mpmath.mpf(0.1)
        assert abs(precise_value(parse("x - 1/10", "x"), {"x": 0.1}, 60) - mpmath.mpf("5.5511151231257827e-18")) < 1e-33
