"""Named arrays that are declared to be more than their shape: what is so of all such arrays is no difference."""

from __future__ import annotations

import numpy as np
import pytest

from grader.blanks.expressions import reference_tree, same_at_sizes
from grader.draws.draw import draw
from grader.equality.sampling import DECLARED
from grader.language.parser import parse
from grader.plan.load import problem_from
from grader.plan.symbols import square_values, symbol_instances
from grader.spec.problem import Problem

HEAD = "id: declared\ntitle: {en: D, ru: Д}\ntopic: matrix calculus\ntext: {en: T, ru: Т}\n"


def problem(body: str) -> Problem:
    return problem_from((HEAD + body).encode(), "declared.yaml")


ROWS = [
    # declared, reference, answer, the same
    ("S: n x n symmetric", "S*x", "S'*x", True),
    ("S: n x n", "S*x", "S'*x", False),
    ("S: n x n symmetric", "(S + S')/2*x", "S*x", True),
    ("S: n x n symmetric", "S*x", "S*S*x", False),
    ("S: n x n symmetric", "S*x", "diag(diag(S))*x", False),
    ("S: n x n positive definite", "ln(det(S))*x", "ln(det(S'))*x", True),
    ("S: n x n positive definite", "inv(S)'*x", "S^-1*x", True),
    ("S: n x n positive definite", "S*x", "2*S*x", False),
    ("S: n x n, y: n signs", "y .* x", "y .* y .* y .* x", True),
    ("S: n x n, y: n", "y .* x", "y .* y .* y .* x", False),
    ("S: n x n, y: n signs", "y .* x", "x", False),
    ("S: n x n, y: n signs", "y .* x", "-y .* x", False),
]


@pytest.mark.parametrize(("declared", "reference", "answer", "same"), ROWS)
def test_answers_are_compared_on_arrays_that_are_as_declared(
    declared: str, reference: str, answer: str, same: bool
) -> None:
    text = f'symbols: {{{declared}, x: n}}\nsteps: {{g: "{reference}"}}\nask: {{g: 1}}\n'
    (group,) = draw(problem(text), [1])
    known = frozenset({*group.plan.symbols, "I"})
    assert same_at_sizes(parse(answer, known), reference_tree(group.plan.asks[0], group, 0), group) is same


def test_every_instance_is_as_declared() -> None:
    text = (
        "symbols: {V: n x n symmetric, S: n x n positive definite, y: n signs, A: n x n}\n"
        'steps: {g: "V*S*A*y"}\nask: {g: 1}\n'
    )
    (group,) = draw(problem(text), [1])
    assert set(group.plan.declared.values()) == set(DECLARED)
    for values in (*symbol_instances(group.plan), square_values(group.plan)):
        V, S, A = values["V"], values["S"], values["A"]
        assert np.array_equal(V, V.swapaxes(1, 2))
        assert np.allclose(S, S.swapaxes(1, 2))
        assert (np.linalg.eigvalsh(S) > 0.01).all()
        assert set(np.unique(values["y"])) == {-1.0, 1.0}
        assert (np.abs(A - A.swapaxes(1, 2)).max(axis=(1, 2)) > 0.01).all()
