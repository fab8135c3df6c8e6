"""Convolution and pooling against numbers done by hand, a plain loop, and central differences."""

from __future__ import annotations

import numpy as np
import pytest

from grader.errors import ShapeFault
from grader.language.differences import check_derivative
from grader.language.evaluate import evaluate
from grader.language.nodes import Call
from grader.language.parser import parse
from grader.language.scope import Scope

RANDOM = np.random.default_rng(0)
VALUES = {"X": RANDOM.normal(size=(3, 5, 6)), "K": RANDOM.normal(size=(3, 2, 3)), "v": np.ones((1, 3))}


def value(text: str) -> np.ndarray:
    return np.asarray(evaluate(parse(text, VALUES, spec=True), VALUES))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("conv2d([1, 2, 3; 4, 5, 6; 7, 8, 9], [1, 0; 0, -1])", [[-4, -4], [-4, -4]]),
        ("conv2d([1, 2, 3; 4, 5, 6; 7, 8, 9], [0, 1; 0, 0])", [[2, 3], [5, 6]]),  # no flip: the upper right entry
        ("conv2d([1, 2, 3, 4; 5, 6, 7, 8; 9, 1, 2, 3; 4, 5, 6, 7], [1, 1; 1, 1], 2)", [[14, 22], [19, 18]]),
        ("maxpool([1, 2, 5, 0; 3, 4, 1, 1; -1, -2, 0, 7; -3, -4, 8, 6], 2)", [[4, 5], [-1, 8]]),
        ("avgpool([1, 2, 5, 0; 3, 4, 1, 1; -1, -2, 0, 7; -3, -4, 8, 6], 2)", [[2.5, 1.75], [-2.5, 5.25]]),
        ("maxpool([1, 2, 5; 3, 4, 1; 9, 9, 9], 2)", [[4]]),
        ("maxpool([1, 2, 5; 3, 4, 1; 9, 9, 9], 2, 1)", [[4, 5], [9, 9]]),
        ("avgpool([1, 2, 5; 3, 4, 1; 9, 9, 9], 2, 1)", [[2.5, 3], [6.25, 5.75]]),
        (
            "maxpool([-1, -2, 5, 0, 1; -3, -4, 1, 1, 2; -1, -2, 0, 7, 3; 3, 4, 8, 6, 4; 0, 0, 0, 0, 9], 3, 2)",
            [[5, 7], [8, 9]],
        ),
        ("maxpool([1, 2, 3, 4; 5, 6, 7, 8], 1, 3)", [[1, 4]]),
        ("pad([1, 2, 3; 4, 5, 6], 1)", [[0, 0, 0, 0, 0], [0, 1, 2, 3, 0], [0, 4, 5, 6, 0], [0, 0, 0, 0, 0]]),
    ],
)
def test_by_hand(text: str, expected: list[list[float]]) -> None:
    assert value(text)[0].tolist() == expected


@pytest.mark.parametrize("stride", [1, 2])
def test_batched_convolution_is_the_plain_loop(stride: int) -> None:
    found = value(f"conv2d(X, K, {stride})")
    image, kernel = VALUES["X"], VALUES["K"]
    for n, i, j in np.ndindex(found.shape):
        window = image[n, stride * i : stride * i + 2, stride * j : stride * j + 3]
        assert found[n, i, j] == pytest.approx((window * kernel[n]).sum())


@pytest.mark.parametrize(
    "text",
    [
        "grad(sum(conv2d(X, K) .^ 2), X)",
        "grad(sum(conv2d(X, K, 2) .^ 2), K)",
        "grad(sum(maxpool(X, 2) .^ 2), X)",
        "grad(sum(avgpool(X, 2) .^ 2), X)",
        "grad(sum(maxpool(X, 3, 1) .^ 2), X)",
        "grad(sum(avgpool(X, 2, 1) .^ 2), X)",
        "grad(sum(conv2d(pad(X, 2), K, 2) .^ 2), X)",
    ],
)
def test_derivatives_agree_with_central_differences(text: str) -> None:
    node = parse(text, VALUES, spec=True)
    assert isinstance(node, Call)
    np.testing.assert_allclose(evaluate(node, Scope(VALUES)), check_derivative(node, Scope(VALUES)), atol=1e-6)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("conv2d(K, X)", "shape-window"), ("maxpool(K, 3)", "shape-window"), ("conv2d(X, v)", "shape-matrix-wanted"),
        ("maxpool(X, 1.5)", "shape-window-size"), ("conv2d(X, K, 0)", "shape-window-size"),
        ("maxpool(X, 2, 0)", "shape-window-size"), ("pad(X, 1/2)", "shape-window-size"),
        ("pad(v, 1)", "shape-matrix-wanted"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said(text: str, key: str) -> None:
    with pytest.raises(ShapeFault) as fault:
        value(text)
    assert fault.value.message.key == key
