"""`compare`: which names there are, what the options mean, what is said."""

from __future__ import annotations

import pytest

from grader.equality.compare import compare, explain_difference
from grader.equality.expressions import Difference
from grader.equality.options import tolerance_of
from grader.errors import AuthorError
from grader.language.reading import second_reading
from grader.messages import LANGUAGES, translate
from grader.tolerance import Tolerance


@pytest.mark.parametrize(
    ("student", "reference", "verdict"),
    [
        ("y x", "xy", "correct"), ("α x", "alpha*x", "correct"), ("x1 + x2", "x_1 + x₂", "correct"),
        ("2 ln x", "2*ln(x)", "correct"),
        ("th x", "tanh(x)", "correct"), ("tg x", "sin(x)/cos(x)", "correct"), ("sigma(x)", "σ(x)", "correct"),
        ("2^T", "2^T", "correct"),
        ("x + z", "x + y", "invalid"), ("e^x", "exp(x)", "correct"), ("t x", "x t", "correct"), ("1", "1", "correct"),
    ],
)  # fmt: skip
def test_without_declared_names_the_reference_declares_them(student, reference, verdict):
    assert compare(student, reference).verdict == verdict


@pytest.mark.parametrize(
    ("student", "options", "verdict"),
    [
        ("0.333", {"decimals": 3}, "correct"), ("0.334", {"decimals": 3}, "wrong"), ("0,33", {"sigfigs": 2}, "correct"),
        ("0.35", {"rel": 0.05}, "correct"), ("0.351", {"rel": 0.05}, "wrong"), ("0.34", {"abs": 0.01}, "correct"),
        ("0.35", {"abs": 0.01}, "wrong"), ("1/3", {}, "correct"), ("0.333333333333", {}, "correct"),
        ("0.3333333", {}, "wrong"),
    ],
)  # fmt: skip
def test_tolerances(student, options, verdict):
    assert compare(student, "1/3", "number", options=options).verdict == verdict


@pytest.mark.parametrize(
    ("options", "key"),
    [({"relative": 1}, "compare-option"), ({"domain": {"x": 3}}, "compare-option-value"),
     ({"domain": {"x": [2, 1]}}, "compare-option-value"), ({"rel": "x"}, "compare-option-value"),
     ({"decimals": [1]}, "compare-option-value")],
)  # fmt: skip
def test_options_that_cannot_be_used(options, key):
    with pytest.raises(AuthorError) as caught:
        compare("x", "2*x", options=options)
    assert caught.value.message.key == key


def test_the_rule_of_the_options():
    assert tolerance_of({}) is None
    assert tolerance_of({"rel": 0.1, "abs": 1}) == Tolerance(relative=0.1, absolute=1)
    assert tolerance_of({"decimals": 2, "domain": {}}) == Tolerance(decimals=2)


def test_a_reference_that_cannot_be_read_is_the_authors_fault():
    with pytest.raises(AuthorError) as caught:
        compare("1", "1 +", "number")
    assert caught.value.message.key == "compare-reference"
    assert "missing" in translate(caught.value.message, "en")


@pytest.mark.parametrize(
    ("student", "reference", "domain", "key"),
    [("ln(-x)", "ln(-x) + 1", "positive", "compare-undefined"), ("[1, 2]", "[1, 1/0]", "positive", "compare-undefined"),
     ("[1, 2]", "[1, ln(-x)]", "positive", "compare-undefined"),
     ("1*exp(-exp(exp(x)))", "exp(-exp(exp(x)))", [8, 13], "compare-too-large")],
)  # fmt: skip
def test_a_reference_without_values_decides_nothing(student, reference, domain, key):
    result = compare(student, reference, variables=["x"], options={"domain": {"x": domain}})
    assert (result.verdict, result.message.key) == ("invalid", key)


@pytest.mark.parametrize(
    ("text", "second"),
    [("1,234", "1234"), (" -12,345 ", "-12345"), ("1,23", None), ("0,234", None), ("1,2345", None), ("1,234x", None),
     (r"1\frac{1}{2}", r"(1+\frac{1}{2})"), (r"-1\frac12", r"-(1+\frac12)"), (r"2\frac{x}{2}", None),
     (r"x\frac12", None)],
)  # fmt: skip
def test_numbers_with_two_readings(text, second):
    assert second_reading(text) == second


@pytest.mark.parametrize(
    ("student", "reference", "key"),
    [("2", "3", "compare-wrong"), ("x^2", "x^3", "compare-differs"), ("2 ln x", "ln(x^2)", "compare-undefined-at"),
     ("[1, 2, 4]", "[1, 2, 3]", "compare-entries"), ("[1, 2]", "[1, 2, 3]", "shape-answer"),
     ("1/0", "3", "value-undefined"),
     ("9^9^9^9^9", "3", "value-too-large"), ("x", "x", "compare-correct")],
)  # fmt: skip
def test_every_verdict_has_its_words(student, reference, key):
    message = compare(student, reference, "expression", ["x"]).message
    assert message.key == key
    assert all(translate(message, language).endswith(".") for language in LANGUAGES)


def test_an_explanation_names_the_point_and_no_formula():
    said = translate(explain_difference(Difference({"x": 1.5}, 2.25, 3.375)), "en")
    assert said == "At x = 1.5 the answer is 2.25, but expected is 3.375."


LAID_OUT = [
    ("[1 -2; 3 -4]", "[-1,-1]", "invalid"), ("[1 - 2; 3 - 4]", "[-1,-1]", "correct"),
    ("[1 -2; 3 -4]", "[1,-2;3,-4]", "correct"),
    ("(−10,−2)ᵀ", "[-10,-2]", "correct"), ("3 -7", "[3,-7]", "correct"), ("[0,5 -3]", "[0.5,-3]", "correct"),
    ("[0,5 -3]", "[0,2]", "correct"), ("[0,5 -3]", "[0.5,3]", "wrong"), ("[[1],[2]]", "[1,2]", "correct"),
    ("12 -4", "[8]", "correct"),
    ("12 -4", "[1,2,3]", "invalid"), ("1,5,2", "[1.5,2]", "invalid"), ("[1, 2, 3]", "[[1, 2, 3]]", "wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("student", "reference", "verdict"), LAID_OUT, ids=[f"{row[0]}-{row[1]}" for row in LAID_OUT])
def test_lists_of_numbers_by_the_shape_of_the_reference(student: str, reference: str, verdict: str) -> None:
    assert compare(student, reference, kind="vector").verdict == verdict


@pytest.mark.parametrize("kind", ["number", "expression", "latex"])
@pytest.mark.parametrize("typed", ["diag0", "diag(2)", "2[1]", "ln(min([1,2],3))"])
def test_an_array_inside_an_answer_in_numbers_gets_a_verdict(typed: str, kind: str) -> None:
    assert compare(typed, "2*x", kind=kind, variables=["x"]).verdict in ("invalid", "wrong")
