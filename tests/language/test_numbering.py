"""Parts of formulas that are the same quantity have one number, whatever names they go through."""

from __future__ import annotations

import numpy as np
import pytest

from grader.language.evaluate import evaluate
from grader.language.functions import Function
from grader.language.nodes import Call, Index, Name, Node, transform
from grader.language.numbering import IDENTITIES, Identity, Numbering, pattern
from grader.language.parser import parse

NAMES = frozenset({"x", "y", "w", "h", "o", "v", "A", "t", "c"})


def tree(text: str) -> Node:
    """A formula as a plan has it: `v[1]` is an entry."""

    def entry(part: Node) -> Node:
        return Call("entry", (Name(part.base), *part.indices)) if isinstance(part, Index) else part

    return transform(parse(text, NAMES, spec=True, functions=("f",)), entry)


DEFINITIONS = {
    "h": tree("w*x"), "o": tree("sigmoid(h)"), "v": tree("[h, o, 3]"), "t": tree("tanh(v)"), "c": tree("f(h)")
}  # fmt: skip
FUNCTIONS = {"f": Function(("z",), parse("z^2 + 1", ("z",)))}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("o", "sigmoid(w*x)", True), ("o", "sigmoid(h)", True), ("o", "sigmoid(x*y)", False), ("h", "o", False),
        ("x + y", "y + x", True), ("x - y", "y - x", False), ("x*y", "y*x", False),  # matrices do not commute
        ("x.*y", "y.*x", True),
        ("f(h)", "h^2 + 1", True), ("c", "1 + (w*x)^2", True), ("f(x)", "f(y)", False),
        ("1/(1 + exp(-h))", "o", True), ("1/(exp(-h) + 1)", "o", True), ("1/(1 + exp(h))", "o", False),
        ("1/(1 - exp(-h))", "o", False),
        ("A^-1", "inv(A)", True), ("A^(2 - 3)", "inv(A)", True), ("x^(3 - 1)", "x^2", True), ("x^(2 - 1)", "x", True),
        ("-x/3", "-(x/3)", True), ("x/(-3)", "-(x/3)", True), ("(-x)*(-y)", "x*y", True), ("-(-x)", "x", True),
        ("-x*y", "x*y", False),
        ("2*3", "6", True), ("1/0", "0/0", False), ("2", "2.0", True), ("-2", "2", False),
        ("v[1]", "h", True), ("v[2]", "o", True), ("v[1]", "v[2]", False), ("t[1]", "tanh(h)", True),
        ("t[2]", "tanh(o)", True), ("t[y]", "tanh(v)", False), ("[x, y]", "[x, y]", True), ("[x, y]", "[y, x]", False),
        ("grad(o, w)", "grad(o, w)", True), ("grad(o, w)", "grad(o, x)", False),
    ],
)  # fmt: skip
def test_the_same_quantity(one: str, other: str, same: bool) -> None:
    numbering = Numbering(DEFINITIONS, FUNCTIONS)
    assert (numbering.of(tree(one)) == numbering.of(tree(other))) is same
    turned = Numbering(DEFINITIONS, FUNCTIONS)  # whichever is met first
    assert (turned.of(tree(other)) == turned.of(tree(one))) is same


def test_a_parameter_is_nobodys_quantity() -> None:
    numbering = Numbering(DEFINITIONS, FUNCTIONS)
    bound = numbering.parameters(("x",))
    assert numbering.of(tree("x^2"), bound) != numbering.of(tree("x^2"))
    assert numbering.of(tree("x^2"), bound) == numbering.of(tree("x^2"), numbering.parameters(("x",)))
    assert numbering.of(tree("y^2"), bound) == numbering.of(tree("y^2"))


def test_a_quantity_is_a_formula_of_what_has_none() -> None:
    numbering = Numbering(DEFINITIONS, FUNCTIONS)
    assert numbering.tree(numbering.of(tree("o"))) == parse("sigmoid(w*x)", NAMES)


@pytest.mark.parametrize("row", IDENTITIES, ids=lambda row: f"{row.part} from {row.of}")
def test_identities_hold(row: Identity) -> None:
    arguments = [np.array([[[2.0, 1.0], [0.5, 3.0]]])] if row.of == "det" else [np.array([[0.7, -1.2, 2.5]])]
    if row.of not in ("det", "sum", "mean"):
        arguments = [np.array([value]) for value in (0.7, 1.9)]
    for argument in arguments:
        known = evaluate(parse(f"{row.of}(a)", ("a",)), {"a": argument})
        values = {"a": argument, "u": known}
        wanted = evaluate(pattern(row.part), values)
        assert np.allclose(evaluate(pattern(row.instead), values), wanted, rtol=1e-12)
        moved = evaluate(pattern(row.instead), {**values, "u": 1.1 * known})
        assert not np.allclose(moved, wanted) or row.of == "relu"  # it does go by what is known
