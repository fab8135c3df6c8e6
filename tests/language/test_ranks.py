"""What the parts of a formula are, from the shapes of the names."""

from __future__ import annotations

import pytest

from grader.errors import AuthorError, ShapeFault
from grader.language.parser import parse
from grader.language.ranks import Ranks

SHAPES = {"A": (2, 3), "B": (3, 3), "v": (3,), "c": ()}
NAMES = frozenset({*SHAPES, "x"})


@pytest.mark.parametrize(
    ("text", "shape", "numeric", "by_look"),
    [
        ("2", (), True, True),
        ("x", (), True, True),
        ("c", (), True, True),
        ("-sin(x)^2*c/3 + ln(x)", (), True, True),
        ("max(x, 2)", (), True, False),
        ("v", (3,), False, False),
        ("A", (2, 3), False, False),
        ("x*v + 1", (3,), False, False),
        ("A*v", (2,), False, False),
        ("[x, 1]", (2,), False, False),
        ("[x, 1; 2, c]", (2, 2), False, False),
        ("sum(v)", (), False, False),
        ("det(B)*x", (), False, False),
    ],
)
def test_shapes(text: str, shape: tuple[int, ...], numeric: bool, by_look: bool) -> None:
    ranks, node = Ranks(SHAPES), parse(text, NAMES)
    assert ranks.of_numbers(node) == by_look
    assert ranks.rank(node) == len(shape)
    assert ranks.shape(node) == shape
    assert ranks.numeric(node) == numeric


@pytest.mark.parametrize(
    ("text", "fault"), [("A + B", ShapeFault), ("sin(v*A)", ShapeFault), ("iterate(v, x, 3)", AuthorError)]
)
def test_what_has_no_shape(text: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        Ranks(SHAPES).rank(parse(text, NAMES, spec=True))
