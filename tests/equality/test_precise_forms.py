"""Every primitive has a precise form, or says that it has none; no argument makes it break."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from grader.equality.precise import TooLarge, Undefined, precise_value
from grader.errors import ShapeFault
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name, Node, Number
from grader.language.primitives import PRIMITIVES

SCALARS: dict[str, Node] = {
    text: Number(text) for text in ("0", "1", "2", "0.5", "1e400", "1e-400", "1e999999999", "0.0", "64")
} | {f"-{text}": Call("neg", (Number(text),)) for text in ("0", "1", "1e400")}
POINT = {
    "v": np.array([1.0, -2.0]), "u": np.array([0.0, 0.5, 3.0]), "row": np.array([[3.0, 7.0]]), "one": np.array([4.0]),
    "A": np.array([[2.0, 1.0], [0.5, 3.0]]), "S": np.array([[1.0, 2.0], [2.0, 4.0]]), "Z": np.zeros((2, 2)),
    "B": np.array([[1.0, -2.0, 4.0], [0.25, 8.0, 5.0]]), "L": np.full((2, 2), 1e300),
}  # fmt: skip
ARRAYS: dict[str, Node] = {
    **{name: Name(name) for name in POINT},
    "1e400 v": Call("mul", (Number("1e400"), Name("v"))),
    "A 1e-400": Call("mul", (Name("A"), Number("1e-400"))),
}
ARGUMENTS = {**SCALARS, **ARRAYS}
WITHOUT = {
    "identity",  # of an author's formula, written I
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "and",
    "or",
    "not",
    "if",
    "entry",
    "conv2d",
    "pad",
    "maxpool",
    "avgpool",
    "argmax",
}
"""For files alone: these say that they have none."""


def _calls(name: str):
    least, most = PRIMITIVES[name].arity
    for count in range(least, min(most, 3) + 1):
        few = ARGUMENTS if count < 3 else dict(list(ARGUMENTS.items())[::4])
        for args in product(few, repeat=count):
            yield args, Call(name, tuple(few[arg] for arg in args))


@pytest.mark.parametrize("name", PRIMITIVES)
def test_any_arguments_give_a_value_or_a_word(name: str) -> None:
    """The value of doubles where they have one, in their shape; no other exception than the two."""
    given = 0
    for args, node in _calls(name):
        try:
            doubles = evaluate(node, {key: value[None] for key, value in POINT.items()})
        except ShapeFault:
            continue
        try:
            value = np.asarray(precise_value(node, POINT), dtype=object)
        except (Undefined, TooLarge):
            continue
        given += 1
        assert value.shape == doubles.shape[1:], args
        if np.isfinite(doubles).all() and not any("e" in arg for arg in args):
            np.testing.assert_allclose(value.astype(float), doubles[0], rtol=1e-9, atol=1e-12, err_msg=str(args))
    assert (given == 0) == (name in WITHOUT)
