"""Trees in a line of Unicode: golden rows, and what is printed is read back with the same value."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import yaml
from counted import calls
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from grader.errors import SyntaxFault
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name, Number, names, walk
from grader.language.parser import parse
from grader.language.primitives import PRIMITIVES
from grader.language.unicode import array_unicode, name_unicode, number_unicode, to_unicode

NAMES = (*"abchntvxyAB", "alpha", "beta1", "dW1", "eta", "loss", "mhat1", "x0", "x1", "y_true", "yhat")
TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables" / "unicode.yaml").read_text(encoding="utf-8"))
ROWS = [(group == "spec", *row) for group, rows in TABLE.items() for row in rows]


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_golden_rows(row):
    spec, text, english, *russian = row
    node = parse(text, NAMES, spec=spec)
    assert to_unicode(node) == english
    assert to_unicode(node, "ru") == (russian[0] if russian else english)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("x", "x"),
        ("beta1", "β₁"),
        ("eta", "η"),
        ("epsilon", "ε"),
        ("x12", "x₁₂"),
        ("x_1", "x₁"),
        ("x_n", "xₙ"),
        ("sigma_x", "σₓ"),
        ("x_phi", "x_φ"),
        ("w_max", "w_max"),
        ("w[1]", "w₁"),
        ("w[t-1]", "wₜ₋₁"),
        ("mhat[1]", "m̂₁"),
        ("yhat", "ŷ"),
        ("xbar", "x̄"),
        ("alphatilde", "α̃"),
        ("hat", "hat"),
        ("W1[0]", "W₁⁽⁰⁾"),
        ("dW2[1]", "dW₂⁽¹⁾"),
        ("W1[t-1]", "W₁⁽ᵗ⁻¹⁾"),
        ("c[1,2]", "c₁₂"),
        ("c[1][2]", "c₁₂"),
        ("c[10,2]", "c[10, 2]"),
        ("c1[1,2]", "c₁[1, 2]"),
        ("updates", "updates"),
        ("updates[2]", "updates₂"),
        ("x1y2", "x1y2"),
        ("}\\input{\x1b[2J}", "input[2J"),
    ],
)
def test_names(name, printed):
    assert name_unicode(name) == printed


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (0.1 + 0.2, "0.3", "0,3"),
        (-0.0, "0", "0"),
        (-2.5, "−2.5", "−2,5"),
        (1e-7, "10⁻⁷", "10⁻⁷"),
        (-1e-7, "−10⁻⁷", "−10⁻⁷"),
        (2.5e-9, "2.5·10⁻⁹", "2,5·10⁻⁹"),
        (float("-inf"), "−∞", "−∞"),
        (float("nan"), "—", "—"),
        ([1, -2.5], "[1, −2.5]", "[1; −2,5]"),
        ([[1, 0], [0.5, -1]], "[1, 0; 0.5, −1]", "[[1; 0]; [0,5; −1]]"),
        ([[1], [2]], "[[1], [2]]", "[[1]; [2]]"),
    ],
)
def test_numbers_and_arrays(value, english, russian):
    assert array_unicode(value) == english
    assert array_unicode(value, "ru") == russian
    if np.ndim(value) == 0:
        assert number_unicode(value) == english


@pytest.mark.parametrize(
    ("text", "values", "printed"),
    [
        ("beta1*m0 + (1 - beta1)*g1", {"beta1": 0.9, "m0": 0, "g1": -6}, "0.9·0 + (1 − 0.9)·(−6)"),
        ("beta1*m0 + x1*g1", {"beta1": 0.9, "m0": 0, "g1": -6, "x1": 0.1}, "0.9·0 + 0.1·(−6)"),
        ("x^2", {"x": -3.0}, "(−3)²"),
        ("-x", {"x": -3.0}, "−(−3)"),
        ("a - x", {"x": -3.0}, "a − (−3)"),
        ("x/y", {"x": -3.0}, "(−3)/y"),
        ("x*y", {"x": -3.0}, "(−3)y"),
        ("x^2", {"x": 1e-7}, "(10⁻⁷)²"),
        ("A*v", {"v": np.array([1, 2])}, "A·[1, 2]"),
        ("cos(x)", {"x": -1.0}, "cos(−1)"),
    ],
)
def test_values_put_in(text, values, printed):
    assert to_unicode(parse(text, (*NAMES, "m0", "g1")), values=values) == printed


def test_the_documentation_shows_what_is_printed():
    page = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in page.partition("## How a formula is shown")[2].splitlines()]
    shown = [[re.findall("`(.*?)`", cell) for cell in row[:3]] for row in rows if len(row) > 3 and "`" in row[0]]
    assert len(shown) > 5
    for texts, english, russian in shown:
        trees = [parse(text, spec=True) for text in texts]
        assert [to_unicode(tree) for tree in trees] == english
        assert [to_unicode(tree, "ru") for tree in trees] == (russian or english)


def test_a_name_that_looks_like_a_function_takes_its_sign():
    assert to_unicode(parse("sigmoid(x)*sigma", ("x", "sigma"))) == "sigmoid(x)·σ"
    assert to_unicode(parse("sinh(x) + s*h", "xsh"), "ru") == "sinh(x) + s·h"
    assert to_unicode(parse("a b ab", ("a", "b", "ab"))) == "a·b·ab"


# ----- Read back ------------------------------------------------------------------------------------------------------

_FUNCTIONS = [name for name, row in PRIMITIVES.items() if row.entrywise and not row.operator and row.arity[0] == 1]
_LETTERS = ("x", "y", "t", "h", "c", "alpha", "x1", "x_n", "yhat", "mhat1", "alphabar", "y_true", "loss", "pi", "e")
TREES = st.recursive(
    st.sampled_from([*map(Name, _LETTERS), *map(Number, ("2", "0.5", "1", "13", "2e-1", "1e2"))]),
    lambda inner: st.one_of(
        st.builds(
            lambda op, a, b: Call(op, (a, b)), st.sampled_from(["add", "sub", "mul", "div", "pow"]), inner, inner
        ),
        st.builds(
            lambda op, a, b: Call(op, (a, b)), st.sampled_from(["emul", "ediv", "epow", "max", "ln"]), inner, inner
        ),
        st.builds(lambda a: Call("neg", (a,)), inner),
        st.builds(lambda op, a: Call(op, (a,)), st.sampled_from(_FUNCTIONS), inner),
    ),
    max_leaves=9,
)
VALUES = {name: np.array([0.37 + 0.23 * place]) for place, name in enumerate(_LETTERS) if name not in ("pi", "e")}


def modest(node):
    """Every part has a value, and none is so large that sin or exp of it is rounding noise."""
    return all(np.abs(evaluate(part, VALUES)).max() < 1e5 for part in walk(node))


@settings(max_examples=500, deadline=None)
@given(TREES, st.sampled_from(["en", "ru"]))
@example(Call("mul", (Call("mul", (Name("c"), Name("t"))), Name("h"))), "ru")
@example(Call("abs", (Call("mul", (Name("x"), Call("abs", (Name("y"),)))),)), "en")
@example(Call("mul", (Call("mul", (Number("2"), Name("e"))), Number("2"))), "en")
def test_unicode_is_read_back(node, language):
    assume(modest(node))
    assume(not any(isinstance(part, Call) and part.op in ("floor", "ceil", "sign", "step") for part in walk(node)))
    printed = to_unicode(node, language)
    try:
        again = parse(printed, names(node), comma="decimal" if language == "ru" else "list")
    except SyntaxFault as fault:
        raise AssertionError(f"{printed}: {fault.message}") from fault
    np.testing.assert_allclose(evaluate(again, VALUES), evaluate(node, VALUES), rtol=1e-7, atol=1e-12, err_msg=printed)


MATRICES = st.recursive(
    st.sampled_from([*map(Name, ("A", "B", "v")), Number("2")]),
    lambda inner: st.one_of(
        st.builds(lambda op, a, b: Call(op, (a, b)), st.sampled_from(["add", "mul", "emul"]), inner, inner),
        st.builds(lambda op, a: Call(op, (a,)), st.sampled_from(["neg", "transpose", "inv", "tr", "norm"]), inner),
    ),
    max_leaves=7,
)
SQUARES = {"A": np.array([[[2.0, 1.0], [0.5, -3.0]]]), "B": np.array([[[1.0, -1.0], [4.0, 2.0]]]),
           "v": np.array([[3.0, -2.0]])}  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(MATRICES)
def test_products_of_matrices_are_read_back(node):
    assume(not any(isinstance(part, Call) and part.op == "transpose" and isinstance(part.args[0], Number)
                   for part in walk(node)))  # 2ᵀ is read as a power  # fmt: skip
    try:
        value = evaluate(node, SQUARES)
    except Exception:  # shapes that do not fit
        assume(False)
    assume(np.isfinite(value).all() and np.abs(value).max() < 1e8)
    again = evaluate(parse(to_unicode(node), SQUARES), SQUARES)
    np.testing.assert_allclose(again, value, rtol=1e-6, atol=1e-9, err_msg=to_unicode(node))


@pytest.mark.parametrize(
    "text", ["-(" * 45 + "x" + ")" * 45, "+".join(["x"] * 145), "*".join(["a"] * 145), "-" + "/".join(["x"] * 145)]
)
def test_a_tree_is_printed_in_a_walk(text):
    node = parse(text, NAMES)
    assert to_unicode(node)
    assert calls(lambda: to_unicode(node)) < 100 * sum(1 for _ in walk(node))
