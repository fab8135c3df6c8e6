"""High precision: the same table of primitives, with care for what has no value."""

from __future__ import annotations

import numpy as np
import pytest
from counted import calls

from grader.equality.precise import TooLarge, Undefined, precise_value, vanishes
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name
from grader.language.parser import parse
from grader.language.primitives import PRIMITIVES

SCALAR = [name for name, row in PRIMITIVES.items() if row.entrywise]


@pytest.mark.parametrize("name", SCALAR)
def test_it_agrees_with_doubles(name):
    point = {"x": 1.37 if name == "arccosh" else 0.62, "y": 1.9}
    node = Call(name, (Name("x"), Name("y"))[: PRIMITIVES[name].arity[0]])
    doubles = evaluate(node, {key: np.array([value]) for key, value in point.items()})[0]
    assert float(precise_value(node, point)) == pytest.approx(doubles, rel=1e-13)


@pytest.mark.parametrize(
    "text",
    [
        "A*v",
        "v'*A*v",
        "A^-1*v",
        "A^2",
        "det(A)",
        "tr(A)",
        "diag(v)",
        "softmax(v)",
        "norm(v)",
        "A'",
        "[v, v]",
        "max(v)",
        "dot(v, v)",
        "norm2(v)",
        "norm2(v')",
        "vec(A)",
        "vec(v)",
        "vec(2)",
        "kron(A, A')",
        "kron(v, A)",
        "kron(v, v)",
        "kron(2, A)",
        "kron(v', v)",
    ],
)
def test_arrays_agree_with_doubles(text):
    point = {"A": np.array([[2.0, 1], [0.5, 3]]), "v": np.array([1.0, -2])}
    node = parse(text, "Av")
    doubles = evaluate(node, {name: value[None] for name, value in point.items()})[0]
    np.testing.assert_allclose(np.asarray(precise_value(node, point), dtype=float), doubles, rtol=1e-13)


@pytest.mark.parametrize("text", ["1/0", "0^-1", "ln(0)", "ln(-1)", "sqrt(-2)", "(-8)^(1/3)", "arcsin(2)", "1/(1-1)"])
def test_no_value(text):
    with pytest.raises(Undefined):
        precise_value(parse(text), {})


@pytest.mark.parametrize(
    "text",
    [
        "5^(5^(5^(5^5)))",
        "10.0^10.0^10.0^10",
        "((9^9)^9999)^9999^9",
        "exp(exp(exp(exp(9))))",
        "sin(7^(exp(exp(exp(10e))))+1)",
    ],
)
def test_towers_are_refused_at_once(text):
    def refused():
        with pytest.raises(TooLarge):
            precise_value(parse(text), {})

    refused()  # imports mpmath
    assert calls(refused) < 5000


@pytest.mark.parametrize(("text", "zero"), [("sin(pi)", True), ("1/3*3-1", True), ("1e-99", False), ("1/2^400", False)])
def test_a_true_zero_shrinks_with_the_precision(text, zero):
    node = parse(text)
    assert vanishes(node, {}, precise_value(node, {})) is zero
