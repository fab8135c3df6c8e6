"""Tree → numbers: a batch is its members one by one."""

from __future__ import annotations

import numpy as np
import pytest

from grader.errors import ShapeFault
from grader.language.evaluate import evaluate, literal_array
from grader.language.functions import Function
from grader.language.nodes import Call, Name
from grader.language.parser import parse
from grader.language.primitives import PRIMITIVES
from grader.language.scope import Scope
from grader.language.shapes import finite

RNG = np.random.default_rng(5)
BATCH = {
    "x": RNG.uniform(0.1, 0.9, 6), "y": RNG.uniform(1.1, 3, 6),
    "v": RNG.normal(size=(6, 3)), "w": RNG.normal(size=(6, 3)),
    "A": RNG.normal(size=(6, 3, 3)) + 3 * np.eye(3), "B": RNG.normal(size=(6, 3, 2)),
}  # fmt: skip
ON_ARRAYS = {"tr", "det", "inv", "diag", "norm", "sum", "mean", "softmax", "transpose", "max", "min", "argmax",
             "vec"}  # fmt: skip


def one_by_one(node):
    rows = [evaluate(node, {name: value[k : k + 1] for name, value in BATCH.items()}) for k in range(6)]
    return np.concatenate(rows)


def arguments(row):
    """Names whose values the row accepts."""
    if row.name in ON_ARRAYS:
        return [("A",)] if row.name in ("tr", "det", "inv") else [("A",), ("v",)]
    if row.name == "dot":
        return [("v", "w")]
    if row.name == "conv2d":
        return [("A", "A")]
    if row.name in ("entry", "maxpool", "avgpool", "pad"):  # their whole numbers are given below
        return []
    return [("y",) if row.name == "arccosh" else ("x", "y", "x")[: row.arity[0]]]


@pytest.mark.parametrize("name", PRIMITIVES)
def test_every_row_works_on_a_batch(name):
    for names in arguments(PRIMITIVES[name]):
        node = Call(name, tuple(map(Name, names)))
        value = evaluate(node, BATCH)
        assert value.shape[0] == 6
        assert np.isfinite(value).all()
        np.testing.assert_allclose(value, one_by_one(node), rtol=1e-13)


@pytest.mark.parametrize(
    "text",
    ["A*v", "v'*A*v", "A*B", "A^2*v", "A^-1*v", "(A + A')*v", "x*A", "v*w'", "v'*w", "v .* w + x", "sum(v^2)/y",
     "diag(v)*A",
     "softmax(v)", "norm(A*v - w)", "norm2(v - w)",
     "norm2(v')", "vec(B)", "kron(A, B)", "kron(v', B)", "kron(v, w)", "kron(x, B)",
     "[x, y; y, x]", "[v, w]*x", "max(v)", "relu(v) .* v", "tr(A*A')", "det(A)",
     "entry(v, 2)", "conv2d(A, B)", "maxpool(A, 2)", "avgpool(A, 2)", "maxpool(A, 2, 1)", "pad(B, 1)",
     "if(x > 0.5, x, y)", "entry(A, 1, 3)"],
)  # fmt: skip
def test_a_batch_is_its_members_one_by_one(text):
    node = parse(text, BATCH, spec=True)
    np.testing.assert_allclose(evaluate(node, BATCH), one_by_one(node), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/3", 1 / 3), ("2^10", 1024), ("-2^2", -4), ("2^1^2", 2), ("1e3", 1000), ("pi", np.pi), ("e^2", np.e**2),
        ("[1, 2; 3, 4]*[1; 1]", [3, 7]), ("[1, 2]'*[3, 4]", 11), ("[1, 2]*[3, 4]'", [[3, 4], [6, 8]]),
        ("[1, 2] .* [3, 4]", [3, 8]),
        ("[1, 2]/[2, 4]", [0.5, 0.5]), ("[1, 2]^2", [1, 4]), ("2^[1, 2; 3, 4]'", None),
        ("[2, 0; 0, 4]^-1", [[0.5, 0], [0, 0.25]]),
        ("[1, 1; 0, 1]^3", [[1, 3], [0, 1]]), ("[1, 2]'", [[1, 2]]), ("[[1, 2]]'", [1, 2]), ("1/0", np.inf),
        ("ln(0)", -np.inf),
        ("sqrt(-1)", np.nan), ("(-8)^(1/3)", np.nan), ("cbrt(-8)", -2), ("[1, 2; 2, 4]^-1", [[np.nan] * 2] * 2),
        ("floor(-0.5)", -1),
        ("step(0)", 0), ("relu(-1)", 0), ("sign(-3)", -1), ("max(1, 3, 2)", 3), ("min([4, 2])", 2),
        ("mean([1, 2; 3, 6])", 3),
        ("log(8, 2)", 3), ("log_3(9)", 2), ("lg(1000)", 3), ("entry([5, 6], 3)", np.nan), ("argmax([1, 7, 3])", 2),
    ],
)  # fmt: skip
def test_values(text, value):
    node = parse(text, spec=True)
    if value is None:
        with pytest.raises(ShapeFault):
            evaluate(node, {})
    else:
        np.testing.assert_allclose(evaluate(node, {})[0], value, rtol=1e-14)


def test_functions_of_a_spec_see_the_scope():
    scope = Scope(BATCH, {"f": Function(("u",), parse("u^2 + x", spec=True))})
    np.testing.assert_allclose(
        evaluate(parse("f(y + 1)", spec=True, functions="f"), scope), (BATCH["y"] + 1) ** 2 + BATCH["x"]
    )


def test_undefined_members_cost_only_themselves():
    value = evaluate(parse("ln(x)", "x"), {"x": np.array([1.0, -1.0, np.e])})
    assert finite(value).tolist() == [True, False, True]
    with pytest.raises(KeyError):
        evaluate(Name("nowhere"), {})


def test_literal_arrays():
    assert literal_array(parse("[1, -2; 3, 4]")).tolist() == [[[1, -2], [3, 4]]]
    assert literal_array(parse("[1, 2 + 1]")) is None
    assert literal_array(parse("[[1, 2], [3]]")) is None
