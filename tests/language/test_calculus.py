"""Derivatives through the steps: autograd against central differences and against SymPy."""

from __future__ import annotations

import numpy as np
import pytest

from grader.errors import AuthorError, ShapeFault
from grader.language.calculus import repeated
from grader.language.differences import check_derivative
from grader.language.evaluate import evaluate
from grader.language.functions import Function
from grader.language.parser import parse
from grader.language.scope import Scope, dependent_steps

RNG = np.random.default_rng(11)
VALUES = {
    "x": RNG.normal(size=(4, 3)), "y": RNG.normal(size=4), "t": RNG.uniform(0.5, 2, 4),
    "W1": RNG.normal(size=(4, 2, 3)), "W2": RNG.normal(size=(4, 2)), "A": RNG.normal(size=(4, 3, 3)) + 3 * np.eye(3),
}  # fmt: skip
STEPS = {"h": "W1*x", "o": "sigmoid(h)", "yhat": "W2'*o", "L": "1/2*(y - yhat)^2", "unused": "ln(L)"}


def scope():
    definitions = {name: parse(text, spec=True) for name, text in STEPS.items()}
    values = dict(VALUES)
    for name, tree in definitions.items():
        values[name] = evaluate(tree, values)
    return Scope(values, {"f": Function(("u",), parse("sum(exp(-u^2) .* u)", spec=True))}, definitions)


FORMS = [
    "grad(L, W2)", "grad(L, W1)", "grad(L, x)", "grad(L, h)", "grad(L, y)", "grad(yhat, o)", "grad(x'*A*x, x)",
    "grad(x'*A*x, A)",
    "grad(ln(det(A)), A)", "grad(tr(A^-1), A)", "grad(norm(x), x)", "grad(sum(relu(x)), x)", "grad(max(x), x)",
    "grad(f, x)",
    "jacobian(o, x)", "jacobian(h, x)", "jacobian(softmax(x), x)", "jacobian(A*x, x)", "hessian(x'*A*x, x)",
    "hessian(L, W2)",
    "hessian(t^3, t)", "diff(t^2*ln(t), t)", "jacobian(x*t, t)",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_against_central_differences(text):
    node = parse(text, spec=True, functions="f")
    ours = evaluate(node, scope())
    known = check_derivative(node, scope()).reshape(ours.shape)
    np.testing.assert_allclose(ours, known, rtol=2e-5, atol=2e-6)
    assert np.abs(ours).max() > 0


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("grad(x'*A*x, x)", "(A + A')*x"), ("grad(x'*A*x, A)", "x*x'"), ("grad(ln(det(A)), A)", "inv(A)'"),
        ("grad(tr(A^-1), A)", "-(A^-2)'"), ("hessian(x'*A*x, x)", "A + A'"), ("jacobian(softmax(x), x)",
         "diag(softmax(x)) - softmax(x)*softmax(x)'"), ("grad(norm(x), x)", "x/norm(x)"),
         ("grad(L, W2)", "(yhat - y)*o"),
        ("grad(L, W1)", "((yhat - y)*(W2 .* o .* (1 - o)))*x'"), ("jacobian(o, x)", "diag(o .* (1 - o))*W1"),
        ("grad(sum(x), x)", "0*x + 1"),
    ],
)  # fmt: skip
def test_against_the_textbook(text, closed):
    ours, known = (evaluate(parse(part, spec=True), scope()) for part in (text, closed))
    np.testing.assert_allclose(ours, known, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("body", ["u^3*sin(u)", "ln(1 + u^2)", "exp(-u)/u", "sqrt(u)*tanh(u)", "u^u", "log(u, 3)"])
def test_against_sympy(body):
    sympy = pytest.importorskip("sympy")
    from grader.language.sympy_export import to_sympy

    tree = parse(body, "u")
    values = Scope({"t": VALUES["t"]}, {"f": Function(("u",), tree)})
    ours = evaluate(parse("grad(f, t)", spec=True, functions="f"), values)
    expression = to_sympy(tree)
    symbol = next(iter(expression.free_symbols))
    derivative = sympy.diff(expression, symbol)
    known = [float(derivative.subs(symbol, point).evalf()) for point in VALUES["t"]]
    np.testing.assert_allclose(ours, known, rtol=1e-12)


def test_only_the_steps_between_are_computed_again():
    assert dependent_steps(parse("L", spec=True), "h", scope()) == ("o", "yhat", "L")
    assert dependent_steps(parse("yhat", spec=True), "L", scope()) == ()


def test_a_gradient_has_the_shape_of_its_argument():
    assert evaluate(parse("grad(L, W1)", spec=True), scope()).shape == (4, 2, 3)
    assert evaluate(parse("hessian(t^3, t)", spec=True), scope()).shape == (4,)


def test_repetition_at_every_members_own_pace():
    functions = {
        "half": Function(("u",), parse("u/2", spec=True)),
        "stop": Function(("u", "v"), parse("v < 1", spec=True)),
        "never": Function(("u", "v"), parse("v < 0", spec=True)),
        "turned": Function(("u",), parse("4 - u", spec=True)),
        "same": Function(("u", "v"), parse("u = v", spec=True)),
    }
    values = Scope({"u0": np.array([3.0, 100.0, 1.0]), "n": np.array([0.0, 2.0, 1.0])}, functions)
    count = parse("count_until(half, u0, stop)", spec=True, functions=functions)
    assert evaluate(count, values).tolist() == [2, 7, 1]
    assert evaluate(parse("iterate(half, u0, n)", spec=True), values).tolist() == [3, 25, 0.5]
    assert np.isnan(evaluate(parse("count_until(half, u0, never)", spec=True), values)).all()
    stepped = Scope({"u0": np.array([3.0, 2.0])}, functions)
    assert np.isnan(evaluate(parse("count_until(turned, u0, never)", spec=True), stepped)).all()
    assert evaluate(parse("count_until(turned, u0, same)", spec=True), stepped).tolist()[1] == 1


@pytest.mark.parametrize("trial", [False, True])
def test_on_trial_a_repetition_ends_before_anybody_would(trial: bool) -> None:
    """A slip that never stops must not cost what the author's own repetition may."""
    functions = {
        "more": Function(("u",), parse("u + 1", ["u"], spec=True)),
        "far": Function(("u", "v"), parse("v > 1500", ["u", "v"], spec=True)),
    }
    scope = Scope({"n": np.array([3.0, 1500.0])}, functions, trial=trial)
    made = evaluate(parse("iterate(more, n, n)", ["n"], spec=True, functions=functions), scope)
    counted = evaluate(parse("count_until(more, n, far)", ["n"], spec=True, functions=functions), scope)
    assert np.array_equal(made, [6.0, np.nan if trial else 3000.0], equal_nan=True)
    assert np.array_equal(counted, [np.nan if trial else 1498.0, 1.0], equal_nan=True)


@pytest.mark.parametrize(("step", "most"), [(lambda u: u / 2, 1_100), (lambda u: 4 - u, 3), (lambda u: u + 1, 20_000)])
def test_what_goes_nowhere_is_not_followed(step, most):
    """Halving ends at the smallest number there is; to and fro is found out at once."""
    rounds = []
    point, made = repeated(
        lambda u: (rounds.append(1), step(u))[1], np.array([3.0, 1.0]), np.full(2, np.inf), lambda _, v: v < -1
    )
    assert np.isnan(point).all()
    assert np.isnan(made).all()
    assert 2 <= len(rounds) <= most


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [("grad(L, 2)", AuthorError, "spec-derivative-by"), ("grad(x, x)", ShapeFault, "shape-gradient"),
     ("diff(L, y, 2)", AuthorError, "spec-diff-twice"), ("iterate(x, y, 2)", AuthorError, "spec-repetition"),
     ("count_until(f, y, x)", AuthorError, "spec-repetition")],
)  # fmt: skip
def test_misuse(text, kind, key):
    with pytest.raises(kind) as caught:
        evaluate(parse(text, spec=True, functions="f"), scope())
    assert caught.value.message.key == key
