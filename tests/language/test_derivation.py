"""Derivatives rule by rule: the order of work, and every line true by itself."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import AuthorError
from grader.language.derivation import Line, derivation
from grader.language.differentiate import differentiate
from grader.language.evaluate import evaluate
from grader.language.nodes import names
from grader.language.parser import parse
from grader.language.plaintext import to_text
from grader.language.products import merged

NAMES = ("a", "b", "n", "w", "x", "y")
ROWS = [  # expression, the rules in order, the last line before it is tidied
    ("5", ["constant"], "0"),
    ("x", ["power"], "1"),
    ("-3x^2", ["power"], "-6*x"),
    ("4/x", ["power"], "-4/x^2"),
    ("sin(x)", ["table"], "cos(x)"),
    ("a^x", ["table"], "a^x*ln(a)"),
    ("x^x", ["whole"], "x^x*(ln(x) + 1)"),
    ("3x^2 + 5x - 1", ["sum"], "6*x + 5"),
    ("3cos(x)", ["table", "constant-multiple"], "-3*sin(x)"),
    ("2exp(x)y/3", ["table", "constant-multiple"], "2*y*exp(x)/3"),
    ("x^2*sin(x)", ["power", "table", "product"], "2*x*sin(x) + x^2*cos(x)"),
    ("exp(x)/(x^2+3)", ["table", "sum", "quotient", "tidy"], "(exp(x)*(x^2 + 3) - exp(x)*(2*x))/(x^2 + 3)^2"),
    ("ln(2x+1)", ["layer", "sum", "chain", "tidy"], "1/(2*x + 1)*2"),
    (
        "ln(cos(sqrt(x))^2)",
        ["layer", "layer", "layer", "table", "chain", "tidy"],
        "1/cos(sqrt(x))^2*(2*cos(sqrt(x)))*(-sin(sqrt(x)))*(1/(2*sqrt(x)))",
    ),
    ("2/(1+x^2)", ["layer", "sum", "chain", "tidy"], "(-2/(1 + x^2)^2)*(2*x)"),
    ("x + ln(x^2)", ["layer", "power", "chain", "sum"], "1 + 2/x"),
]


@pytest.mark.parametrize(("text", "rules", "last"), ROWS, ids=lambda value: value if isinstance(value, str) else "")
def test_rules_in_their_order(text: str, rules: list[str], last: str) -> None:
    lines = derivation(parse(text, frozenset(NAMES)), "x")
    said = [line for line in lines if line.rule != "tidy"]
    assert [line.rule for line in said] == [rule for rule in rules if rule != "tidy"]
    assert to_text(said[-1].derivative) == last


def test_layers_name_what_is_inside() -> None:
    lines = derivation(parse("ln(cos(u*x)^2)", frozenset({"x", "u"})), "x")
    layers = [
        (to_text(line.what), line.by, [to_text(part) for _, part in line.parts])
        for line in lines
        if line.rule == "layer"
    ]
    assert layers == [("ln(v)", "v", ["cos(u*x)^2"]), ("w^2", "w", ["cos(u*x)"]), ("cos(s)", "s", ["u*x"])]


def test_products_name_both_factors() -> None:
    (line,) = (line for line in derivation(parse("x^2*exp(x)", frozenset("x")), "x") if line.rule == "product")
    assert [(name, to_text(part)) for name, part in line.parts] == [("f", "x^2"), ("g", "exp(x)")]


def test_a_function_without_a_rule() -> None:
    with pytest.raises(AuthorError):
        derivation(parse("max(x, 1)", frozenset("x")), "x")


# ----- Every line is true ----------------------------------------------------------------------------------------


def is_true(line: Line) -> bool:
    """Central differences at points where everything is defined."""
    points = np.linspace(0.31, 1.87, 23)
    values = {name: np.full_like(points, 0.4 + 0.13 * place) for place, name in enumerate(sorted(names(line.what)))}
    step = 1e-5
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ahead, behind = (
            evaluate(line.what, {**values, line.by: points + shift}) + 0 * points for shift in (step, -step)
        )
        slope = (ahead - behind) / (2 * step)
        stated = evaluate(line.derivative, {**values, line.by: points}) + 0 * points
        size = np.abs(evaluate(line.what, {**values, line.by: points}) + 0 * points)
    usable = np.isfinite(slope) & np.isfinite(stated) & (size < 1e4) & (np.abs(stated) < 1e4) & (np.abs(slope) < 1e4)
    close = np.abs(slope - stated) <= 1e-4 * (1 + np.abs(stated) + size)
    return bool((close | ~usable).mean() > 0.9)  # a pole or a corner may lie between two points


@pytest.mark.parametrize("text", [row[0] for row in ROWS])
def test_every_line_of_the_table_is_true(text: str) -> None:
    assert all(is_true(line) for line in derivation(parse(text, frozenset(NAMES)), "x"))


def test_a_false_line_is_seen() -> None:
    node = parse("sin(x)", frozenset("x"))
    assert not is_true(Line("table", node, "x", node))


_LEAVES = st.sampled_from(["x", "x", "y", "2", "3", "0.5", "1/2"])
EXPRESSIONS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/"]), inner),
        st.builds("({})^{}".format, inner, st.sampled_from(["2", "3", "(-1)"])),
        st.builds("-({})".format, inner),
        st.builds("{}({})".format, st.sampled_from(["sin", "exp", "sigmoid", "arctan", "ln", "sqrt"]), inner),
    ),
    max_leaves=6,
)


@given(EXPRESSIONS)
@settings(max_examples=150, deadline=None)
def test_every_line_is_true_and_the_last_is_the_derivative(text: str) -> None:
    node = parse(text, frozenset({"x", "y"}))
    lines = derivation(node, "x")
    assert [to_text(line.what) for line in lines if not is_true(line)] == []
    assert (lines[-1].what, lines[-1].by) == (node, "x")
    assert lines[-1].derivative == merged(differentiate(node, "x"))
