"""LaTeX and text of trees: golden rows, and round trips through the parser."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.errors import SyntaxFault
from grader.language.construct import call
from grader.language.evaluate import evaluate
from grader.language.nodes import Array, Call, Name, Number, walk
from grader.language.parser import parse
from grader.language.primitives import PRIMITIVES
from grader.language.typeset import array_latex, name_latex, number_latex, number_text, to_latex, to_text

NAMES = (*"abchntvxyAB", "alpha", "beta1", "dW1", "epsilon", "eta", "loss", "mhat1", "w1", "x0", "x1",
         "y_true", "yhat")  # fmt: skip

TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables" / "typeset.yaml").read_text(encoding="utf-8"))
ROWS = [(group == "spec", *row) for group, rows in TABLE.items() for row in rows]


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_golden_latex(row):
    spec, text, english, *russian = row
    node = parse(text, NAMES, spec=spec)
    assert to_latex(node) == english
    assert to_latex(node, "ru") == (russian[0] if russian else english)


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("x", "x"),
        ("alpha", r"\alpha"),
        ("beta1", r"\beta_1"),
        ("phi", r"\varphi"),
        ("w[1]", "w_{1}"),
        ("W[1,2]", "W_{1,2}"),
        ("x12", "x_{12}"),
        ("x_n", "x_n"),
        ("w_max", r"w_{\mathrm{max}}"),
        ("sigma_x", r"\sigma_x"),
        ("yhat", r"\hat y"),
        ("mhat[2]", r"\hat m_{2}"),
        ("xbar", r"\bar x"),
        ("alphatilde", r"\tilde \alpha"),
        ("hat", r"\mathrm{hat}"),
        ("loss", r"\mathrm{loss}"),
        ("x1y2", r"\mathrm{x1y2}"),
        ("}\\input{x}", r"\mathrm{inputx}"),
    ],
)
def test_names(name, latex):
    assert name_latex(name) == latex


@pytest.mark.parametrize(
    ("value", "text", "english", "russian"),
    [
        (0.1, "0.1", "0.1", "0{,}1"),
        (0.1 + 0.2, "0.3", "0.3", "0{,}3"),
        (-0.0, "0", "0", "0"),
        (3.0, "3", "3", "3"),
        (-2.5, "-2.5", "-2.5", "-2{,}5"),
        (1 / 3, "0.3333333333", "0.3333333333", "0{,}3333333333"),
        (1e-7, "1e-7", "10^{-7}", "10^{-7}"),
        (-1e-7, "-1e-7", "-10^{-7}", "-10^{-7}"),
        (2.5e-9, "2.5e-9", r"2.5 \cdot 10^{-9}", r"2{,}5 \cdot 10^{-9}"),
        (0.0001, "0.0001", "0.0001", "0{,}0001"),
        (123456789012.0, "123456789012", "123456789012", "123456789012"),
        (1e300, "1e300", "10^{300}", "10^{300}"),
        (float("inf"), "∞", r"\infty", r"\infty"),
        (float("nan"), "—", r"\text{—}", r"\text{—}"),
    ],
)
def test_numbers(value, text, english, russian):
    assert number_text(value) == text
    assert number_text(value, "ru") == text.replace(".", ",")
    assert number_latex(value, "en") == english
    assert number_latex(value, "ru") == russian


@given(st.floats(-1e300, 1e300))
def test_a_number_is_read_back(value):
    for language in ("en", "ru"):
        text = number_text(value, language)
        tree = parse(text, comma="decimal")
        np.testing.assert_allclose(evaluate(tree, {}), value, rtol=1e-9)


@pytest.mark.parametrize(
    ("array", "english", "russian"),
    [
        (0.5, "0.5", "0{,}5"),
        ([1, 2.5], r"(1,\ 2.5)", r"(1;\ 2{,}5)"),
        ([[1, 0], [0.5, -1]], r"\begin{pmatrix} 1 & 0 \\ 0.5 & -1 \end{pmatrix}",
         r"\begin{pmatrix} 1 & 0 \\ 0{,}5 & -1 \end{pmatrix}"),
    ],
)  # fmt: skip
def test_arrays(array, english, russian):
    assert array_latex(np.array(array)) == english
    assert array_latex(np.array(array), "ru") == russian


@pytest.mark.parametrize(
    ("text", "values", "latex"),
    [
        ("w1*x + b", {"w1": 2.0, "x": 3.0, "b": -1.0}, r"2 \cdot 3 + (-1)"),
        ("x^2", {"x": -3.0}, "(-3)^2"),
        ("a - x", {"x": -3.0}, "a - (-3)"),
        ("x^2", {"x": 1e-7}, r"\left(10^{-7}\right)^2"),
        ("A*v", {"v": np.array([1, 2])}, r"A\begin{pmatrix} 1 \\ 2 \end{pmatrix}"),
        ("eta*(x + 1)", {"eta": 0.1}, "0.1(x + 1)"),
        ("cos(x)", {"x": -1.0}, r"\cos(-1)"),
    ],
)
def test_values_put_in(text, values, latex):
    assert to_latex(parse(text, NAMES), values=values) == latex


# ----- Round trips ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_text_of_the_golden_rows_is_read_back(row):
    spec, text = row[0], row[1]
    node = parse(text, NAMES, spec=spec)
    assert parse(to_text(node), NAMES, spec=spec) == node


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Call("neg", (Call("mul", (Name("a"), Name("b"))),)), "-a*b"),
        (Call("mul", (Name("a"), Call("neg", (Name("b"),)))), "a*(-b)"),
        (Array((Array((Number("1"), Number("2"))),)), "[[1, 2]]"),
        (Call("transpose", (Call("pow", (Name("A"), Number("2"))),)), "(A^2)'"),
        (Call("eq", (Call("add", (Name("a"), Name("b"))), Number("3"))), "a + b = 3"),
    ],
)
def test_text(node, text):
    assert to_text(node) == text


_OPERATORS = ["add", "sub", "mul", "div", "pow"]
_FUNCTIONS = [name for name, row in PRIMITIVES.items() if row.entrywise and not row.operator and row.arity[0] == 1]
TREES = st.recursive(
    st.sampled_from([*map(Name, ("x", "y", "alpha", "pi")), *map(Number, ("2", "0.5", "1"))]),
    lambda inner: st.one_of(
        st.builds(lambda op, a, b: Call(op, (a, b)), st.sampled_from(_OPERATORS), inner, inner),
        st.builds(lambda a: Call("neg", (a,)), inner),
        st.builds(lambda op, a: Call(op, (a,)), st.sampled_from(_FUNCTIONS), inner),
    ),
    max_leaves=9,
)
VALUES = {"x": np.array([0.7]), "y": np.array([-1.3]), "alpha": np.array([2.2])}


def modest(node):
    """Every part has a value, and none is so large that sin or exp of it is rounding noise."""
    return all(np.abs(evaluate(part, VALUES)).max() < 1e5 for part in walk(node))


def same_value(left, right):
    np.testing.assert_allclose(evaluate(left, VALUES), evaluate(right, VALUES), rtol=1e-7, atol=1e-12)


@settings(max_examples=400, deadline=None)
@given(TREES)
def test_text_is_read_back(node):
    again = parse(to_text(node), VALUES)
    same_value(again, node)
    assert parse(to_text(again), VALUES) == again


@settings(max_examples=400, deadline=None)
@given(TREES, st.sampled_from(["en", "ru"]))
def test_latex_is_read_back(node, language):
    """What we print and a student copies from the worksheet's source means the same."""
    assume(modest(node))
    assume(not any(isinstance(part, Call) and part.op in ("floor", "ceil") for part in walk(node)))
    latex = to_latex(node, language)
    try:
        again = parse(latex, VALUES)
    except SyntaxFault as fault:
        raise AssertionError(f"{latex}: {fault.message}") from fault
    same_value(again, node)


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_smart_constructors_keep_the_value(node):
    assume(modest(node))  # cot(-0) and cot(0) are different infinities

    def tidy(part):
        return call(part.op, *map(tidy, part.args)) if isinstance(part, Call) else part

    same_value(tidy(node), node)


def test_deep_trees_are_printed_quickly():
    node = parse("-(" * 45 + "x" + ")" * 45, NAMES)
    assert to_text(node).count("-") == 45
    assert to_latex(node).count("-") == 45
