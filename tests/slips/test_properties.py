"""What holds of the slips in every formula: each changes something, and a broken derivative is never the right one."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.language.differentiate import differentiate
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name, Node, Number, names, walk
from grader.language.products import merged
from grader.slips.context import Context
from grader.slips.derivatives import broken_derivatives
from grader.slips.names import NamesAround, name_slips
from grader.slips.rank import USUAL
from grader.slips.rules import RULES, axes_in, rewrites

SHAPES = {"a": (), "b": (), "w[0]": (), "w[1]": (), "x": (2,), "y": (2,), "A": (2, 2)}


def values(low: float) -> dict[str, Any]:
    return {
        name: low + np.modf(np.sqrt(3) * np.arange(number + 1, number + 1 + int(np.prod(shape))))[0].reshape(1, *shape)
        for number, (name, shape) in enumerate(SHAPES.items())
    }


def entries() -> st.SearchStrategy[Node]:
    """Formulas that are numbers."""
    leaves = st.sampled_from([Name("a"), Name("b"), Name("w[1]"), Name("w[0]"), Number("1"), Number("2"), Number("3"),
                              Call("sum", (Name("x"),)), Call("mean", (Call("emul", (Name("x"), Name("y"))),)),
                              Call("entry", (Name("x"), Number("1"))),
                              Call("sum", (Call("mul", (Name("A"), Name("x"))),))])  # fmt: skip

    def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        two = st.builds(
            lambda op, one, other: Call(op, (one, other)), st.sampled_from(["add", "sub", "mul", "div"]), inner, inner
        )
        one = st.builds(lambda op, part: Call(op, (part,)),
                        st.sampled_from(["neg", "exp", "sigmoid", "tanh", "relu", "sqrt", "abs"]), inner)  # fmt: skip
        power = st.builds(lambda part, n: Call("pow", (part, Number(str(n)))), inner, st.integers(2, 4))
        return st.one_of(two, one, power)

    return st.recursive(leaves, grown, max_leaves=6)


def context_for(tree: Node) -> Context:
    return Context(axes_in(tree, lambda node: evaluate(node, values(0.4))), lambda part: None)


@given(entries())
def test_a_rewrite_is_another_formula_of_the_same_names(tree: Node) -> None:
    context = context_for(tree)
    mirrored = any(
        isinstance(part, Call) and len(part.args) == 2 and part.args[0] == part.args[1] for part in walk(tree)
    )
    for made in rewrites(tree, RULES, context):
        assert made.tree != tree or mirrored  # a - a the other way round
        assert made.put in set(walk(made.tree))
        assert names(made.tree) <= names(tree)


@given(entries())
def test_a_slip_of_names_is_another_formula(tree: Node) -> None:
    around = NamesAround(SHAPES, (), frozenset({"a", "b"}), frozenset({"w"}))
    for slip in name_slips(tree, around):
        assert slip.tree != tree
        assert names(slip.tree) <= SHAPES.keys()
        assert slip.row.rank >= USUAL
        assert evaluate(slip.tree, values(0.4)).shape[1:] == ()


def curves() -> st.SearchStrategy[Node]:
    """Formulas in x that have a derivative."""
    leaves = st.sampled_from([Name("x"), Name("x"), Number("2"), Number("3"), Number("1")])

    def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        two = st.builds(
            lambda op, one, other: Call(op, (one, other)), st.sampled_from(["add", "sub", "mul", "div"]), inner, inner
        )
        one = st.builds(lambda op, part: Call(op, (part,)),
                        st.sampled_from(["sin", "cos", "tan", "exp", "ln", "sqrt", "sigmoid", "tanh", "arctan", "neg"]),
                        inner)  # fmt: skip
        power = st.builds(lambda part, n: Call("pow", (part, Number(str(n)))), inner, st.integers(2, 4))
        return st.one_of(two, one, power)

    return st.recursive(leaves, grown, max_leaves=4)


POINTS = {"x": np.linspace(0.21, 1.93, 9)}


@given(curves())
def test_a_broken_derivative_is_no_right_one(tree: Node) -> None:
    """Another tree always; and another function unless the slip shows nowhere (then Program drops it)."""
    right = merged(differentiate(tree, "x"))
    found = list(broken_derivatives(tree, "x"))
    assert right not in {broken.tree for broken in found}
    assert len({broken.tree for broken in found}) == len(found)
    for broken in found:
        assert names(broken.tree) <= {"x"}
        assert names(broken.part) <= names(tree)


@given(st.sampled_from(["sin", "cos", "exp", "ln", "sqrt", "sigmoid", "tanh", "arctan"]), st.integers(2, 5))
def test_a_slip_in_a_chain_is_another_function(outer: str, power: int) -> None:
    inner = reduce(lambda part, _: Call("mul", (part, Name("x"))), range(power - 1), Name("x"))
    tree = Call(outer, (Call("add", (inner, Number("1"))),))
    right = evaluate(differentiate(tree, "x"), POINTS)
    for broken in broken_derivatives(tree, "x"):
        with np.errstate(all="ignore"):
            wrong = np.broadcast_to(evaluate(broken.tree, POINTS), right.shape)
        assert not np.allclose(wrong, right, rtol=1e-9, atol=0), broken
