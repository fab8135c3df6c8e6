"""Which sizes fit, and what is said where they do not."""

from __future__ import annotations

import numpy as np
import pytest

from grader.errors import ShapeFault
from grader.language.evaluate import evaluate
from grader.language.parser import parse
from grader.messages import LANGUAGES, translate

SHAPES = {"s": (), "x": (3,), "y": (3,), "z": (2,), "A": (3, 3), "B": (3, 2), "C": (2, 3), "r": (1, 3)}
VALUES = {name: np.ones((2, *shape)) + (3 * np.eye(3) if shape == (3, 3) else 0) for name, shape in SHAPES.items()}


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("s*x", (3,)), ("s*A", (3, 3)), ("x + 1", (3,)), ("A + s", (3, 3)), ("A*x", (3,)), ("x'*A", (1, 3)),
        ("x'*A*x", ()),
        ("x'*y", ()), ("x*y'", (3, 3)), ("x*z'", (3, 2)), ("B*z", (3,)), ("B*C", (3, 3)), ("C*B", (2, 2)),
        ("r*x", ()), ("x*r", (3, 3)),
        ("x'", (1, 3)), ("x''", (3,)), ("r'", (3,)), ("B'", (2, 3)), ("A^2", (3, 3)), ("A^-1", (3, 3)),
        ("x^2", (3,)), ("2^s", ()),
        ("x .* y", (3,)), ("x/y", (3,)), ("A ./ A", (3, 3)), ("A/2", (3, 3)), ("sin(A)", (3, 3)), ("sum(B)", ()),
        ("tr(A)", ()),
        ("det(A)", ()), ("inv(A)", (3, 3)), ("diag(x)", (3, 3)), ("diag(A)", (3,)), ("norm(B)", ()),
        ("vec(B)", (6,)), ("vec(x)", (3,)), ("kron(A, B)", (9, 6)),
        ("kron(x, x)", (9,)), ("kron(x', x)", (3, 3)), ("norm2(x)", ()),
        ("softmax(x)", (3,)),
        ("max(A)", ()), ("max(x, y)", (3,)), ("max(x, 0)", (3,)), ("[1, 2]", (2,)), ("[x, y]", (2, 3)),
        ("[[1, 2]]", (1, 2)),
        ("tr(s)", ()), ("det(s)", ()), ("s'", ()), ("log(x, 2)", (3,)), ("dot(A, A)", ()),
    ],
)  # fmt: skip
def test_fits(text, shape):
    assert evaluate(parse(text, SHAPES), VALUES).shape[1:] == shape


@pytest.mark.parametrize(
    ("marked", "key"),
    [
        ("s + («x + z»)", "shape-entrywise"), ("«x + A»", "shape-entrywise"), ("«B .* C»", "shape-entrywise"),
        ("«x*y»", "shape-two-vectors"),
        ("«A*z»", "shape-product"), ("«x*A»", "shape-product"), ("«B*B»", "shape-product"),
        ("1 + «tr(B)»", "shape-square"),
        ("«det(x)»", "shape-square"), ("«B^2»", "shape-square"), ("«B^-1»", "shape-square"),
        ("«x/A»", "shape-divide-matrix"),
        ("«1/A»", "shape-divide-matrix"), ("«2^x»", "shape-exponent"), ("«A^0.5»", "shape-matrix-power"),
        ("«A^100»", "shape-matrix-power"),
        ("«A^s»", "shape-matrix-power"), ("«softmax(s)»", "shape-softmax"), ("«norm2(B)»", "shape-norm2"),
        ("«[x, z]»", "shape-ragged"),
        ("«[[1, 2], [3]]»", "shape-ragged"),
        ("«[1, x]»", "shape-ragged"), ("«[A, A]»", "shape-deep"), ("«max(x, z)»", "shape-entrywise"),
        ("«dot(x, z)»", "shape-entrywise"),
        ("«diag(B)»", "shape-square"),
    ],
)  # fmt: skip
def test_refused_with_both_sizes_and_the_place(marked, key):
    text, span = marked.replace("«", "").replace("»", ""), (marked.index("«"), marked.index("»") - 1)
    values = {**VALUES, "s": np.array([0.5, 2.0])}
    with pytest.raises(ShapeFault) as caught:
        evaluate(parse(text, SHAPES), values)
    assert (caught.value.message.key, caught.value.span) == (key, span)
    assert all(translate(caught.value.message, language).endswith((".", "?")) for language in LANGUAGES)
