"""`compare` at its edges: decimals of every form, lists, options, undeclared names, what a verdict says."""

from __future__ import annotations

import pytest

from grader.equality.compare import compare, explain_difference
from grader.equality.expressions import Difference
from grader.equality.options import domain_of, tolerance_of
from grader.errors import AuthorError
from grader.tolerance import Tolerance


@pytest.mark.parametrize(
    ("student", "reference", "options", "verdict"),
    [
        # plain decimals are compared as such, with whatever sign, comma, exponent and spaces they are typed
        ("0.5", "1/2", {}, "correct"), (" 0,5 ", "0.5", {}, "correct"), ("−0.5", "-0.5", {}, "correct"),
        ("+.5", "0.5", {}, "correct"),
        ("5.", "5", {}, "correct"), ("5e-1", "0.5", {}, "correct"), ("5E-1", "0.5", {}, "correct"),
        ("−0,5", "0.5", {}, "wrong"),
        ("0.5 0.5", "0.25", {}, "invalid"), ("1.0000000000001", "1", {}, "correct"),
        ("1.00000000002", "1", {}, "wrong"),
        ("1.000000000005", "1", {}, "correct"),
        # what doubles cannot hold is not zero, nor infinite
        ("1e-301", "1e-301", {}, "correct"), ("1e-301", "2e-301", {}, "wrong"), ("1e-400", "0", {}, "wrong"),
        ("0", "1e-400", {}, "wrong"),
        ("1e301", "1e301", {}, "correct"), ("2e400", "1e400", {}, "wrong"), ("0.000", "0", {}, "correct"),
        ("0e5", "0", {}, "correct"),
        ("-0", "0", {}, "correct"), ("1e400", "1e400", {}, "correct"),
        # a comma may be that of thousands, if the number is right then
        ("1,234", "1234", {}, "correct"), ("1,234", "1.234", {}, "correct"), ("1,234", "1235", {}, "wrong"),
        ("0,234", "234", {}, "wrong"),
        ("-12,345", "-12345", {}, "correct"), ("1,234", "1200", {"rel": 0.05}, "correct"),
        ("1,234", "1.2", {"rel": 0.05}, "correct"),
        (r"1\frac{1}{2}", "3/2", {}, "correct"), (r"1\frac{1}{2}", "1/2", {}, "correct"),
        (r"1\frac{1}{2}", "2/3", {}, "wrong"),
        # a rule of the options
        ("0.33", "1/3", {"decimals": 2}, "correct"), ("0.33", "1/3", {"decimals": "2"}, "correct"),
        ("0.3", "1/3", {"decimals": 2}, "wrong"),
        ("333", "1000/3", {"sigfigs": 3}, "correct"), ("330", "1000/3", {"sigfigs": 3}, "wrong"),
        ("3", "3.4", {"decimals": 0}, "correct"),
        ("1.05", "1", {"rel": "0.05"}, "correct"), ("1.2", "1", {"rel": 0.05, "abs": 0.3}, "correct"),
        ("1.2", "1", {"rel": None}, "wrong"),
        ("1.04", "1", {"rel": 0.05, "abs": None}, "correct"),
    ],
)  # fmt: skip
def test_numbers(student, reference, options, verdict):
    assert compare(student, reference, "number", options=options).verdict == verdict


@pytest.mark.parametrize(
    ("student", "reference", "kind", "verdict", "count"),
    [
        ("[1, 2]", "[1, 2]", "vector", "correct", None), ("[1, 2.1, 3.1]", "[1, 2, 3]", "vector", "wrong", 2),
        ("[[1, 2], [3, 5]]", "[[1, 2], [3, 4]]", "matrix", "wrong", 1),
        ("[1, 2; 3, 5]", "[[1, 2], [3, 4]]", "matrix", "wrong", 1),
        ("[1, 2]", "[1, 2, 3]", "vector", "wrong", None), ("[[1, 2]]", "[1, 2]", "matrix", "correct", None),
        ("1", "[1]", "vector", "correct", None),
        ("[1, x]", "[1, 2]", "vector", "invalid", None), ("[1, [2]]", "[1, 2]", "vector", "invalid", None),
        ("[[1, 2], [3]]", "[[1, 2], [3, 4]]", "matrix", "invalid", None),
        ("[9e-16, 1]", "[0, 1]", "vector", "correct", None), ("[2e-15, 1]", "[0, 1]", "vector", "wrong", 1),
        ("[1/2, 2]", "[0.5, 2]", "vector", "correct", None), ("[0.5, 2]", "[1/2, 2]", "vector", "correct", None),
        ("[1/2, 2]", "[0.6, 3]", "vector", "wrong", 2), (" [ 1 , 2 ] ", " [1, 2]", "vector", "correct", None),
        # without brackets, with semicolons, with decimal commas, where a list is wanted
        ("1; 2", "[1, 2]", "vector", "correct", None), ("1, 2, 3", "[1, 2, 3]", "vector", "correct", None),
        ("0,5; 1,5", "[0.5, 1.5]", "vector", "correct", None),
        ("[0,5; 1,5]", "[0.5, 1.5]", "vector", "correct", None),
        ("[0,5; 1,5]", "[0, 5; 1, 5]", "matrix", "correct", None),
        ("1, 2", "[1.2]", "vector", "wrong", None), ("0,5, 1,5", "[0.5, 1.5]", "vector", "correct", None),
        ("1, 2", "[1, 2]", "number", "invalid", None),
        ("1,5; 2", "[1.5, 2]", "vector", "correct", None),
        ("1 +", "[1, 2]", "vector", "invalid", None),
        ("", "[1, 2]", "vector", "invalid", None), ("[1, 2)", "[1, 2]", "vector", "invalid", None),
        ("1,2 +", "[1, 2]", "vector", "invalid", None),
    ],
)  # fmt: skip
def test_lists(student, reference, kind, verdict, count):
    comparison = compare(student, reference, kind)
    assert comparison.verdict == verdict
    if count is not None:
        assert comparison.message.values["count"] == count


@pytest.mark.parametrize(
    ("student", "reference", "verdict"),
    [
        # two letters are a product, more are not; a function needs a bracket or a longer name
        ("y*x", "xy", "correct"), ("x*y", "x y", "correct"), ("e*x", "ex", "correct"), ("x", "ex", "wrong"),
        ("w*x", "w x", "correct"),
        ("t", "t", "correct"), ("sin(x)", "sin x", "correct"), ("x_1 + w12", "x_1 + w12", "correct"),
        ("β*x", "β x", "correct"),
        ("2*pi*r", "2πr", "correct"), ("2*pi*r", "2*pi*r", "correct"), ("x + q", "x", "invalid"),
        ("l + ln(x) - l", "ln x", "invalid"),
        ("i*x", "x*i", "correct"),
        ("σ(x)", "sigmoid(x)", "correct"), ("ln x", "ln(x)", "correct"), ("abs(x)", "|x|", "correct"),
        ("n^2", "n^2", "correct"),
        ("e", "exp(1)", "correct"), ("pi", "4*arctan(1)", "correct"), ("f + 1", "1 + f", "correct"),
        ("th x", "th(x)", "correct"),
    ],
)  # fmt: skip
def test_a_reference_declares_its_names(student, reference, verdict):
    assert compare(student, reference).verdict == verdict


@pytest.mark.parametrize("reference", ["abcd*2", "x1y", "sinx1 + q("])
def test_a_reference_with_words_of_no_meaning_is_refused(reference):
    with pytest.raises(AuthorError) as caught:
        compare("1", reference)
    assert caught.value.message.key == "compare-reference"
    assert caught.value.message.values["text"] == reference


@pytest.mark.parametrize(
    ("student", "reference", "variables", "options", "verdict"),
    [
        ("x + y - y", "x", ["x", "y"], {}, "correct"), ("x + y - y", "x", ["x"], {}, "invalid"),
        ("x₁", "x_1", ["x_1"], {}, "correct"),
        ("x", "x", [], {}, None), ("A x", "A*x", None, {"shapes": {"A": [2, 2], "x": [2]}}, "correct"),
        ("A x + y - y", "A*x", ["A", "x", "y"], {"shapes": {"A": [2, 2], "x": [2], "y": [2]}}, "correct"),
        ("c*A*x", "A*x*c", None, {"shapes": {"A": [2, 2], "x": [2]}}, "correct"),
        ("k*x", "k*x", ["k", "x"], {"shapes": {"x": [2]}}, "correct"),
        ("A^T x", "A^T*x", None, {"shapes": {"A": [2, 3], "x": [2]}}, "correct"),
        ("A.T x", "A'*x", None, {"shapes": {"A": [2, 3], "x": [2]}}, "correct"),
        ("A + I", "I + A", None, {"shapes": {"A": [2, 2]}}, "correct"),
        ("I", "I", None, {"shapes": {"A": [2, 2]}}, "correct"),
        ("I*c", "c", None, {"shapes": {"c": []}}, "invalid"),
        ("2c", "c + c", None, {"shapes": {"c": []}}, "correct"),
        ("c", "sqrt(c^2)", None, {"shapes": {"c": []}, "domain": {"c": "positive"}}, "correct"),
        ("c", "sqrt(c^2)", None, {"shapes": {"c": []}, "domain": {"c": [-3, -1]}}, "wrong"),
        ("x_1", "sqrt(x₁^2)", None, {"domain": {"x_1": "positive"}}, "correct"),
        ("x_1", "sqrt(x₁^2)", None, {"domain": {"x₁": [1, 2]}}, "correct"),
        ("A*1.04", "A", None, {"shapes": {"A": [2, 2]}, "rel": 0.05}, "correct"),
        ("A*1.06", "A", None, {"shapes": {"A": [2, 2]}, "rel": 0.05}, "wrong"),
        ("1.04*x", "x", None, {"rel": 0.05}, "correct"), ("[x, 2*x]", "[x, x + x]", ["x"], {}, "correct"),
        ("[x, 2*x]", "[x, 3*x]", ["x"], {}, "wrong"), ("[x, x]", "x", ["x"], {}, "wrong"),
        ("x", "[x, x]", ["x"], {}, "wrong"),
    ],
)  # fmt: skip
def test_declared_names_shapes_and_domains(student, reference, variables, options, verdict):
    if verdict is None:
        with pytest.raises(AuthorError):
            compare(student, reference, variables=variables, options=options)
        return
    assert compare(student, reference, "expression", variables, options).verdict == verdict


@pytest.mark.parametrize(
    ("student", "verdict"),
    [(r"\frac{x}{2}", "correct"), (r"\dfrac12 x", "correct"), (r"x\cdot 0{,}5", "correct"), (r"\frac{x}{3}", "wrong"),
    (r"\frac{x}{", "invalid")],
)  # fmt: skip
def test_latex(student, verdict):
    assert compare(student, "x/2", "latex", ["x"]).verdict == verdict


@pytest.mark.parametrize(
    ("student", "reference", "key", "values"),
    [
        ("2", "3", "compare-wrong", {}), ("x", "x", "compare-correct", {}), ("[1, 2]", "[1, 2]", "compare-correct", {}),
        ("ln(x - 1e9)", "x", "compare-undefined-at", None), ("1/0", "3", "value-undefined", {}),
        ("ln(0)", "3", "value-undefined", {}),
        ("9^9^9^9^9", "3", "value-too-large", {}),
        ("1e400/1e400", "1", "compare-correct", {}),
        ("x/0", "x", "compare-undefined-at", None), ("x", "ln(-x^2)", "compare-undefined", {}),
        ("x", "5^(5^(5^(5^5)))", "compare-undefined", {}),
        ("[1, 2, 4]", "[1, 2, 3]", "compare-entries", {"count": 1}),
        ("[x, 1]", "[x, 2]", "compare-entries", {"count": 1}),
        ("0/0 + x", "x", "compare-undefined-at", None),
    ],
)  # fmt: skip
def test_what_is_said(student, reference, key, values):
    comparison = compare(student, reference, "expression", ["x"])
    assert comparison.message.key == key
    assert values is None or comparison.message.values == values


def test_a_wrong_function_comes_with_a_point():
    comparison = compare("x^2*y", "x^3*y", variables=["x", "y"])
    x, y = comparison.counterexample["x"], comparison.counterexample["y"]
    assert x**2 * y != pytest.approx(x**3 * y)
    assert comparison.message.values["place"]["en"] == f"x = {x:.4g}, y = {y:.4g}".replace("-", "−")
    told = compare("ln(x - 1e9)", "x", variables=["x"])
    assert told.message.values["expected"] == told.counterexample["x"]
    arrays = compare("2*A", "A", options={"shapes": {"A": [2, 2]}})
    assert arrays.message.values == {"count": 4}
    assert [len(row) for row in arrays.counterexample["A"]] == [2, 2]


@pytest.mark.parametrize(
    ("difference", "key", "values"),
    [
        (Difference({}, 2.0, 3.0), "compare-wrong", {}), (Difference({}, None, 3.0), "compare-wrong", {}),
        (Difference({"x": 1.23456}, None, 3.0), "compare-undefined-at",
         {"place": {"en": "x = 1.235", "ru": "x = 1,235"}, "expected": 3.0}),
        (Difference({"x": 1.5, "lambda": -2.0}, 2.0, 3.0), "compare-differs",
         {"place": {"en": "x = 1.5, λ = −2", "ru": "x = 1,5; λ = −2"}, "answer": 2.0, "expected": 3.0}),
    ],
)  # fmt: skip
def test_a_point_in_words(difference, key, values):
    message = explain_difference(difference)
    told = {name: getattr(value, "value", value) for name, value in message.values.items()}
    assert (message.key, told) == (key, values)


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ({}, None), ({"rel": None, "abs": None}, None), ({"domain": {"x": "positive"}, "shapes": {}}, None),
        ({"rel": 0.1}, Tolerance(relative=0.1)), ({"abs": "0.5"}, Tolerance(absolute=0.5)),
        ({"rel": 0}, Tolerance(relative=0.0)),
        ({"decimals": 0}, Tolerance(decimals=0)), ({"sigfigs": 3.0}, Tolerance(significant=3)),
        ({"decimals": "2"}, Tolerance(decimals=2)),
    ],
)  # fmt: skip
def test_the_rule_of_the_options(options, rule):
    assert tolerance_of(options) == rule


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"zeta": 1, "alpha": 1}, "compare-option"), ({"rel": "much"}, "compare-option-value"),
        ({"rel": [1]}, "compare-option-value"),
        ({"domain": {"x": "negative"}}, "compare-option-value"), ({"domain": {"x": [1]}}, "compare-option-value"),
        ({"domain": {"x": [1, 2, 3]}}, "compare-option-value"), ({"domain": {"x": [2, 2]}}, "compare-option-value"),
        ({"domain": {"x": [2, 1]}}, "compare-option-value"), ({"domain": {"x": [1, "inf"]}}, "compare-option-value"),
        ({"domain": {"x": ["-inf", 1]}}, "compare-option-value"), ({"domain": {"x": 7}}, "compare-option-value"),
    ],
)  # fmt: skip
def test_options_without_a_meaning(options, key):
    with pytest.raises(AuthorError) as caught:
        compare("x", "x*2", options=options)
    assert caught.value.message.key == key
    assert caught.value.message.values == ({"option": "alpha"} if key == "compare-option" else {})


@pytest.mark.parametrize(
    ("domain", "read"),
    [({"x": "positive"}, {"x": "positive"}), ({"x": [1, 2]}, {"x": (1.0, 2.0)}),
    ({"x": ["-1", 0]}, {"x": (-1.0, 0.0)}), (None, {}),
     ({"x_1": [0, 1e300]}, {"x1": (0.0, 1e300)}), ({"β": "positive"}, {"beta": "positive"})],
)  # fmt: skip
def test_domains(domain, read):
    assert domain_of({"domain": domain}) == read
