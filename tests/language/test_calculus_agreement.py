"""Derivatives by the rules of the table and by autograd: two ways that must meet."""

from __future__ import annotations

import numpy as np
import pytest

from grader.language.evaluate import by_autograd, by_rules
from grader.language.functions import Function
from grader.language.nodes import Call
from grader.language.parser import parse
from grader.language.scope import Scope

VALUES = {
    "w": np.array([0.3, -1.2, 2.5]),
    "t": np.array([2.0, 1.0, 2.0]),
    "x": np.array([[1.0, 2.0], [3.0, -1.0], [2.0, 2.5]]),
    "y": np.array([[2.0, 5.0], [1.0, 4.0], [6.0, 3.0]]),
    "A": np.arange(12.0).reshape(3, 2, 2) + 1,
}
NAMES = frozenset({*VALUES, "u", "s"})
FUNCTIONS = {
    "L": Function(("w", "t"), parse("mean((y - w*x)^2) + t*w", NAMES)),
    "F": Function(("u",), parse("ln(1 + u^2)*sigmoid(u)", NAMES)),
    "G": Function(("u",), parse("F(2*u) - u/3", NAMES, spec=True, functions={"F"})),
}
SCOPE = Scope(VALUES, FUNCTIONS, {"s": parse("w^2 + 1", NAMES)})


def derivative(text: str) -> Call:
    node = parse(text, NAMES, spec=True, functions=set(FUNCTIONS))
    assert isinstance(node, Call)
    return node


@pytest.mark.parametrize(
    "text",
    [
        "grad(L(w, t), w)",
        "grad(L(w, 2), w)",
        "grad(L(w, t), t)",
        "grad(mean((y - w*x)^2), w)",
        "grad(sum(y - sigmoid(w*x)), w)",
        "grad((entry(y, t) - w*entry(x, t))^2, w)",
        "grad(x'*A*x*w^3, w)",
        "grad(relu(w)*abs(w) + tanh(w)/(1 + exp(w)), w)",
        "grad(if(w > 0, w^2, -w), w)",
        "grad(2^t + 3^(w*t) + t^2.5, t)",
        "grad(F, w)",
        "grad(G, w + 1)",
        "diff(G(w), w)",
    ],
)
def test_rules_and_autograd_meet(text: str) -> None:
    node = derivative(text)
    by_the_rules = by_rules(node, SCOPE)
    assert by_the_rules is not None
    expected = by_autograd(node, SCOPE)
    np.testing.assert_allclose(np.broadcast_to(by_the_rules, expected.shape), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("grad(x'*A*x, x)", "by an array"),
        ("grad(max(w, 1)*w, w)", "no rule for max"),
        ("grad(s*w, w)", "a step lies between"),
        ("grad(iterate(F, w, 2), w)", "repetition"),
        ("grad(w*x, w)", "an array, which is an error"),
    ],
)
def test_rules_leave_to_autograd(text: str, why: str) -> None:
    assert by_rules(derivative(text), SCOPE) is None, why
