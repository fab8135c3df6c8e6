"""Nodes: equal where they say the same, wherever they stood; the hash that is kept is theirs alone."""

from __future__ import annotations

import pickle
from operator import is_

import pytest

from grader.language.nodes import Array, Call, Index, Name, Node, Number, substitute, transform
from grader.language.parser import parse

X, ONE = Name("x", (3, 4)), Number("1", (5, 6))


@pytest.mark.parametrize(
    ("node", "elsewhere", "others"),
    [
        (X, Name("x"), [Name("y"), Number("1"), "x"]),
        (ONE, Number("1"), [Number("1.0"), Name("x"), "1"]),
        (Array((X, ONE), (0, 9)), Array((Name("x"), Number("1"))), [Array((ONE, X)), Array((X,)), (X, ONE)]),
        (Call("add", (X, ONE), (0, 9)), Call("add", (Name("x"), Number("1"))),
         [Call("sub", (X, ONE)), Call("add", (ONE, X)), Array((X, ONE))]),
        (Index("w", (ONE,), (0, 4)), Index("w", (Number("1"),)), [Index("v", (ONE,)), Index("w", (X,)), Name("w")]),
    ],
)  # fmt: skip
def test_equal_by_what_they_say(node: Node, elsewhere: Node, others: list[object]) -> None:
    for _ in range(2):  # before and after the hash is kept
        assert node == elsewhere
        assert not node != elsewhere  # noqa: SIM202 - the operator is what is tested
        assert hash(node) == hash(elsewhere)
        assert {node: 1}[elsewhere] == 1
    for other in others:
        assert node != other
        assert not node == other  # noqa: SIM201 - the operator is what is tested


def test_a_kept_hash_stays_at_home() -> None:
    """Texts have other hashes in another process, so no node takes its own there; nor does it print it."""
    node = parse("sin(x) + 1", {"x"})
    before = repr(node)
    assert hash(node) == hash(parse("sin(x)+1", {"x"}))
    assert repr(node) == before
    copy = pickle.loads(pickle.dumps(node))
    assert copy == node
    assert copy.span == node.span
    assert copy.hashed == 0


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("x + y", {"x": "y", "y": "x"}, "y + x"),
        ("sin(x)*[x, 2]", {"x": "3"}, "sin(3)*[3, 2]"),
        ("y^2", {"x": "3"}, "y^2"),
    ],
)
def test_trees_put_in_for_names(text: str, values: dict[str, str], expected: str) -> None:
    tree = parse(text, {"x", "y"})
    trees = {name: parse(value, {"x", "y"}) for name, value in values.items()}
    assert substitute(tree, trees) == parse(expected, {"x", "y"})


@pytest.mark.parametrize(
    "rewrite", [lambda tree: substitute(tree, {"z": X}), lambda tree: transform(tree, lambda part: part)]
)
def test_what_does_not_change_is_the_same_tree(rewrite) -> None:
    tree = parse("sin(x) + [1, x]*2", {"x"})
    assert is_(rewrite(tree), tree)
