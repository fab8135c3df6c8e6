"""Trees in SymPy: the same values as ours, for every row of the table and for arrays."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import sympy

from grader.errors import AuthorError
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name
from grader.language.parser import parse
from grader.language.primitives import PRIMITIVES
from grader.language.sympy_export import to_sympy

x, y = sympy.symbols("x y", real=True)
p = sympy.Symbol("p", positive=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1", sympy.Rational(1, 10)),
        ("1e-3*x", x / 1000),
        ("x^2 - 2x y + 1/3", x**2 - 2 * x * y + sympy.Rational(1, 3)),
        ("e^x", sympy.exp(x)),
        ("2pi", 2 * sympy.pi),
        ("log(x, 2)", sympy.log(x, 2)),
        ("sqrt(p^2)", p),
        ("sqrt(x^2)", sympy.Abs(x)),
        ("relu(x)", sympy.Max(0, x)),
        ("[1, x]", sympy.Matrix([1, x])),
        ("[1, x; y, 2]", sympy.Matrix([[1, x], [y, 2]])),
        ("[1, x]'*[x, y]", x + x * y),
        ("[x, y]*[x, y]'", sympy.Matrix([[x**2, x * y], [x * y, y**2]])),
        ("max(x, y, 1)", sympy.Max(x, y, 1)),
        ("tr(x)", x),
    ],
)
def test_expressions(text, expected):
    assert to_sympy(parse(text, ("x", "y", "p")), positive={"p"}) == expected


ROWS = [name for name, row in PRIMITIVES.items() if row.entrywise]
POINTS = [(0.37, 1.43), (1.83, 2.21)]


@pytest.mark.parametrize("name", ROWS)
def test_every_entrywise_row_has_our_value(name):
    letters = ("a", "b")[: PRIMITIVES[name].arity[1]]
    node = Call(name, tuple(map(Name, letters)))
    expression = to_sympy(node)
    tested = 0
    for point in POINTS:
        values = dict(zip(letters, point, strict=False))
        ours = evaluate(node, {letter: np.array([value]) for letter, value in values.items()})[0]
        if np.isfinite(ours):
            tested += 1
            symbols = {to_sympy(Name(letter)): value for letter, value in values.items()}
            np.testing.assert_allclose(float(expression.subs(symbols)), ours, rtol=1e-12)
    assert tested


SHAPES = {"A": (2, 2), "B": (2, 2), "C": (2, 3), "u": (2,), "v": (2,), "x": ()}


@pytest.mark.parametrize(
    "text",
    ["A*u", "u'*A*v", "u*v'", "A'*B", "A^2", "A^-1", "inv(A)*u", "det(A)", "tr(A*B)", "A .* B", "A ./ B",
     "A .^ 2", "u^2", "u/v", "u/x", "x*A + 1", "sin(A)", "sum(C)", "mean(C)", "norm(C)", "norm(u)", "diag(u)",
     "diag(A)", "vec(C)", "kron(A, C)",
     "kron(u, v)", "norm2(u)", "softmax(u)", "softmax(C)", "dot(u, v)", "max(C)", "min(u)", "-A", "sigmoid(C'*u)",
     "[x, 1; 2, x]*u"],
)  # fmt: skip
def test_arrays_have_our_values(text):
    node = parse(text, SHAPES)
    random = np.random.default_rng(3)
    values = {name: random.normal(size=(1, *shape)) for name, shape in SHAPES.items()}
    symbols = {}
    for name, shape in SHAPES.items():
        exported = to_sympy(Name(name), shapes={name: shape})
        entries = exported if shape else [exported]
        symbols |= dict(zip(entries, values[name].ravel(), strict=True))
    ours = evaluate(node, values)[0]
    exported = to_sympy(node, shapes=SHAPES).subs(symbols)
    theirs = np.array(exported.tolist() if ours.ndim else exported, dtype=float)
    np.testing.assert_allclose(theirs.reshape(ours.shape), ours, rtol=1e-10)
    assert theirs.shape == ((*ours.shape, 1) if ours.ndim == 1 else ours.shape)


@pytest.mark.parametrize("text", ["argmax(v)", "L(x)", "w[x]", "iterate(f, x, 2)"])
def test_what_has_no_word_in_sympy(text):
    with pytest.raises(AuthorError) as caught:
        to_sympy(parse(text, ("v", "x"), spec=True, functions={"L"}))
    assert caught.value.message.key == "sympy-no-row"


def test_sympy_is_loaded_on_the_first_use_only():
    code = "import sys, grader.language.sympy_export as export; assert 'sympy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
