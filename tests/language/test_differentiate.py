"""Derivatives, checked by their text, by central differences, by autograd and by SymPy."""

from __future__ import annotations

import warnings

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad
from counted import calls
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import AuthorError
from grader.language.differentiate import Differentiation, differentiate
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name, names
from grader.language.parser import parse
from grader.language.plaintext import to_text
from grader.language.primitives import PRIMITIVES
from grader.language.scope import Scope
from grader.language.sympy_export import to_sympy

NAMES = ("a", "b", "n", "w", "x", "y")

NUMBERS = [  # expression, derivative by x as it is printed
    ("5", "0"),
    ("y", "0"),
    ("x", "1"),
    ("-x", "-1"),
    ("5x + 3", "5"),
    ("x^2", "2*x"),
    ("x^3", "3*x^2"),
    ("x^n", "n*x^(n - 1)"),
    ("x^-2", "-2/x^3"),
    ("x^2.5", "2.5*x^1.5"),
    ("x^(1/2)", "1/(2*x^(1/2))"),
    ("x^(2/3)", "2/(3*x^(1/3))"),
    ("0.1x^3", "0.3*x^2"),
    ("x^2/2", "x"),
    ("3x^2*y - x/y", "6*x*y - 1/y"),
    ("x*x*x", "3*x^2"),
    ("1/x", "-1/x^2"),
    ("1/x^2", "-2/x^3"),
    ("sqrt(x)", "1/(2*sqrt(x))"),
    ("sqrt(1 - x^2)", "-x/sqrt(1 - x^2)"),
    ("cbrt(x)", "1/(3*cbrt(x)^2)"),
    ("e^x", "e^x"),
    ("exp(-x)", "-exp(-x)"),
    ("e^(-x^2/2)", "-x*e^(-x^2/2)"),
    ("a^x", "a^x*ln(a)"),
    ("2^x", "2^x*ln(2)"),
    ("x^x", "x^x*(ln(x) + 1)"),
    ("ln(x)", "1/x"),
    ("log(x, 2)", "1/(x*ln(2))"),
    ("log2(x)", "1/(x*ln(2))"),
    ("log(2, x)", "-ln(2)/(x*ln(x)^2)"),
    ("sin(x^2)", "2*x*cos(x^2)"),
    ("cos(sqrt(x))", "-sin(sqrt(x))/(2*sqrt(x))"),
    ("ln(cos(x^2))", "-2*x*sin(x^2)/cos(x^2)"),
    ("tan(x)^2", "2*tan(x)/cos(x)^2"),
    ("x sin(x)", "sin(x) + x*cos(x)"),
    ("x ln(x)", "ln(x) + 1"),
    ("sin(x)/x", "(x*cos(x) - sin(x))/x^2"),
    ("ln(x)/x^2", "(1 - 2*ln(x))/x^3"),
    ("x/e^x", "(1 - x)/e^x"),
    ("(1 - x)/(1 + x)", "-2/(1 + x)^2"),
    ("(x^2 + 1)^3", "6*x*(x^2 + 1)^2"),
    ("sigmoid(2x)", "2*sigmoid(2*x)*(1 - sigmoid(2*x))"),
    ("1/(1 + e^(-x))", "e^(-x)/(1 + e^(-x))^2"),
    ("1/2 (y - w*x)^2", "-w*(y - w*x)"),
    ("abs(x - 1)", "sign(x - 1)"),
    ("relu(3x)", "3*step(3*x)"),
    ("floor(x)", "0"),
    ("(x + y)(x - y)", "2*x"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_derivative_of_a_number(text, expected):
    node = parse(text, NAMES)
    derivative = differentiate(node, "x")
    assert to_text(derivative) == expected
    values = {"a": 1.7, "b": 0.6, "n": 2.5, "w": -0.8, "x": 0.61, "y": 1.9}
    assert_close(number(derivative, values), central(node, "x", values))
    if "floor" not in text:  # SymPy leaves the derivative of floor as it is
        assert_close(number(derivative, values), by_sympy(node, "x", values, ("a", "n", "x", "y")))


ROWS = [(name, place) for name, row in PRIMITIVES.items() for place in range(len(row.derivatives or ()))]
POINTS = [(0.37, 1.43), (1.83, 2.21), (-0.62, 3.3), (-0.21, -2.0)]


@pytest.mark.parametrize(("name", "place"), ROWS)
def test_every_row_of_the_table(name, place):
    """Each derivative of each primitive, where it has a value, against three independent computations."""
    names_ = ("a", "b")[: PRIMITIVES[name].arity[1]]
    node = Call(name, tuple(Name(letter) for letter in names_))
    variable = names_[place]
    derivative = differentiate(node, variable)
    tested = 0
    for point in POINTS:
        values = dict(zip(names_, point, strict=False))
        if not np.isfinite([number(node, values), number(derivative, values)]).all():
            continue
        tested += 1
        found = number(derivative, values)
        assert_close(found, central(node, variable, values))
        assert_close(found, by_autograd(node, variable, values))
        if name not in ("floor", "ceil"):
            assert_close(found, by_sympy(node, variable, values))
    assert tested


def number(node, values):
    return float(evaluate(node, {key: np.array([value]) for key, value in values.items()})[0])


def central(node, name, values, step=1e-6):
    above, below = ({**values, name: values[name] + sign * step} for sign in (1, -1))
    return (number(node, above) - number(node, below)) / (2 * step)


def by_autograd(node, name, values):
    arrays = {key: np.array([value]) for key, value in values.items()}
    function = elementwise_grad(lambda value: evaluate(node, Scope({**arrays, name: value}, xp=anp)))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Output seems independent of input")  # sign, floor
        return float(function(arrays[name])[0])


def by_sympy(node, name, values, positive=()):
    symbols = {key: to_sympy(Name(key), positive) for key in values}
    derivative = to_sympy(node, positive).diff(symbols[name])
    return float(derivative.evalf(subs={symbols[key]: value for key, value in values.items()}))


def assert_close(found, expected, tolerance=2e-7):
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance)


# ----- Arrays by a number -----------------------------------------------------------------------------------

SHAPES = {"A": (3, 3), "B": (3, 3), "C": (2, 3), "u": (3,), "v": (3,), "x": ()}

ARRAYS = [  # expression, derivative by x
    ("sum((v - x*u)^2)", "-2*sum(u .* (v - x*u))"),
    ("1/2 sum((v - x*u - 1)^2)", "-sum(u .* (v - x*u - 1))"),
    ("mean((v - x)^2)", "-2*mean(v - x)"),
    ("sum(v + x)", "3"),
    ("mean(v + x)", "1"),
    ("(A + x*B)*v", "B*v"),
    ("A*B*x", "A*B"),
    ("u'*v*x^2", "2*u'*v*x"),
    ("(x*v)'", "v'"),
    ("tr(x*A)", "tr(A)"),
    ("tr((A + x*B)^2)", "tr(B*(A + x*B) + (A + x*B)*B)"),
    ("(A + x*B)^3", None),
    ("(A + x*B)^-1", "-inv(A + x*B)*B*inv(A + x*B)"),
    ("u'*inv(A + x*B)*v", None),
    ("det(A + x*B)", "det(A + x*B)*tr(inv(A + x*B)*B)"),
    ("norm(v - x*u)", "-sum((v - x*u) .* u)/norm(v - x*u)"),
    ("dot(x*v, sin(x)*u)", None),
    ("norm2(v - x*u)", "-sum((v - x*u) .* u)/norm2(v - x*u)"),
    ("vec(x^2*A)", "2*vec(x*A)"),
    ("kron(x*A, x*A)", "kron(A, x*A) + kron(x*A, A)"),
    ("kron(x*A, v)", None),
    ("softmax(x*v)", "softmax(x*v) .* (v - sum(softmax(x*v) .* v))"),
    ("sigmoid(C*v*x)", "sigmoid(C*v*x) .* (1 - sigmoid(C*v*x)) .* (C*v)"),
    ("ln(exp(x*A) + 1)", None),
    ("abs(A) .^ x", "abs(A).^x .* ln(abs(A))"),
    ("(x*v)^2", "2*v .* (x*v)"),
    ("v ./ (x*u)", None),
    ("v/x", "-v/x^2"),
    ("A*(v + x)", "A*[1, 1, 1]"),
    ("diag(x*v)", "diag(v)"),
    ("diag(v + x)", "diag([1, 1, 1])"),
    ("[x, x^2, 7]", "[1, 2*x, 0]"),
    ("[x, 1; x^2, 3]", "[1, 0; 2*x, 0]"),
    ("[1, 2; x^2, 3]", "[0, 0; 2*x, 0]"),
    ("sqrt((v - x*u)'*(v - x*u))", None),
    ("sin(u'*v*x) * (v'*u)", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARRAYS)
def test_derivative_of_an_array(text, expected):
    node = parse(text, SHAPES)
    derivative = differentiate(node, "x", SHAPES)
    if expected is not None:
        assert to_text(derivative) == expected
    random = np.random.default_rng(5)
    values = {name: random.normal(size=(1, *shape)) for name, shape in SHAPES.items()}
    values["x"] = np.array([0.7])
    above, below = ({**values, "x": values["x"] + sign * 1e-6} for sign in (1, -1))
    change = (evaluate(node, above) - evaluate(node, below)) / 2e-6
    found = evaluate(derivative, values)
    if found.ndim < change.ndim:  # the same number in every entry
        found = found.reshape(found.shape + (1,) * (change.ndim - 1)) + 0 * change
    assert found.shape == change.shape
    assert_close(found, change, 1e-6)


# ----- Refusals and size ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "function"),
    [("max(x, y)", "max"), ("x > y", "gt"), ("A^x", "pow"), ("(x*A)^20", "pow"), ("softmax(x*A)", "softmax"),
     ("L(x)", "L"), ("w[x]", "w[ ]")],
)  # fmt: skip
def test_no_rule_is_said(text, function):
    node = parse(text, ("x", "y", "A"), spec=True, functions={"L"})
    with pytest.raises(AuthorError) as caught:
        differentiate(node, "x", {"A": (2, 2)})
    assert caught.value.message.key == "diff-no-rule"
    assert caught.value.message.values == {"function": function}


def test_cases_are_differentiated_one_by_one():
    node = parse("3*if(x > y, x^2, y)", NAMES, spec=True)
    assert to_text(differentiate(node, "x")) == "3*if(x > y, 2*x, 0)"


def test_parts_without_the_variable_need_no_rule():
    assert to_text(differentiate(parse("x*max(y, 1)", NAMES), "x")) == "max(y, 1)"


@pytest.mark.parametrize(
    ("opening", "middle", "closing", "depth"),
    [("(x + 1)*", "x", "", 99), ("sin(", "x", ")", 48), ("sigmoid(", "x", ")", 40), ("x^", "x", "", 40),
     ("(x+", "1", ")^2", 40), ("1/(x+", "1", ")", 30), ("-", "x", "", 80)],
    ids=["product", "sin", "sigmoid", "tower", "squares", "fractions", "minuses"],
)  # fmt: skip
def test_twice_the_depth_costs_no_more_than_its_cube(opening, middle, closing, depth):
    """A derivative of depth n has n² nodes on paper and each rule looks at what is below it; nothing is exponential."""

    def cost(levels):
        node = parse(opening * levels + middle + closing * levels, NAMES)
        return calls(lambda: to_text(differentiate(node, "x")))

    assert cost(depth) < 9 * cost(depth // 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("x*grad(y^2, y)", "grad(y^2, y)"), ("x^2*hessian(y^3, y)", "2*x*hessian(y^3, y)"),
     ("sin(x)/iterate(y, n, 3)", "cos(x)/iterate(y, n, 3)")],
)  # fmt: skip
def test_a_special_form_of_numbers_is_a_number(text, expected):
    assert to_text(differentiate(parse(text, NAMES, spec=True), "x")) == expected


@pytest.mark.parametrize(
    ("text", "part", "wrong", "expected"),
    [("sin(x)*x", 0, "-cos(x)", "-cos(x)*x + sin(x)"), ("sin(x)*x", 1, "0", "x*cos(x)"), ("x*x", 1, "5", "x + x*5")],
)
def test_a_derivative_given_for_one_part(text, part, wrong, expected):
    """At that part only: the second x of x*x has a derivative of its own."""
    tree = parse(text, NAMES)
    result = Differentiation(tree, "x").instead(tree.args[part], parse(wrong, NAMES))
    values = {"x": np.array([0.3, 1.7])}
    np.testing.assert_allclose(evaluate(result, values), evaluate(parse(expected, NAMES), values), rtol=1e-12)


def test_derivatives_of_parts_are_kept():
    tree = parse("sin(x^2)*x + y", NAMES)
    right = Differentiation(tree, "x")
    inner = tree.args[0].args[0].args[0]
    assert to_text(right.of(inner)) == "2*x"
    assert right.of(inner) is right.of(inner)
    assert to_text(right.instead(inner, parse("7", NAMES))) == "7*x*cos(x^2) + sin(x^2)"
    assert to_text(right.result) == "2*x^2*cos(x^2) + sin(x^2)"  # nothing of it is wrong afterwards
    assert right.instead(parse("x^2", NAMES), parse("7", NAMES)) == right.result  # equal, but no part of this tree


def test_a_part_that_stands_in_two_places_is_given_in_both():
    part = parse("sin(x)", NAMES)
    right = Differentiation(Call("mul", (part, Call("add", (part, Name("x"))))), "x")
    assert to_text(right.instead(part, parse("7", NAMES))) == "7*(sin(x) + x) + 8*sin(x)"


def test_a_result_too_long_to_print_is_refused():
    node = parse("(" + "*".join(f"sin({k}x)" for k in range(1, 40)) + ")", ("x",))
    once = differentiate(node, "x")
    with pytest.raises(AuthorError) as caught:
        differentiate(once, "x")
    assert caught.value.message.key == "diff-too-long"


# ----- Properties -------------------------------------------------------------------------------------------

_LEAVES = st.sampled_from(["x", "y", "2", "3", "0.5", "1", "0", "1/2"])
EXPRESSIONS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/"]), inner),
        st.builds("({})^{}".format, inner, st.sampled_from(["2", "3", "(-1)", "1", "0"])),
        st.builds("-({})".format, inner),
        st.builds("{}({})".format, st.sampled_from(["sin", "exp", "sigmoid", "arctan", "tanh"]), inner),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS)
def test_any_expression_against_autograd(text):
    node = parse(text, NAMES)
    values = {"x": 0.73, "y": -1.31}
    derivative = differentiate(node, "x")
    assert names(derivative) <= names(node) | {"e"}
    with np.errstate(all="ignore"):
        reference = by_autograd(node, "x", values) if "x" in names(node) else 0.0
    found = number(derivative, values)
    if np.isfinite(reference) and np.isfinite(number(node, values)) and abs(reference) < 1e6:
        assert_close(found, reference, 1e-6)
