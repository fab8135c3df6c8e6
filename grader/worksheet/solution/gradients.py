"""Derivatives that a step takes (`grad(L, w)`): by the rules where they reach, otherwise named only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.language.evaluate import derivative_by_rules
from grader.language.nodes import Call, Node, transform, walk
from grader.language.primitives import SPECIAL_FORMS

if TYPE_CHECKING:
    from grader.worksheet.solution.formulas import Formulas

_DERIVATIVES = ("grad", "diff")


def with_gradients(tree: Node, formulas: Formulas) -> tuple[Node, str]:
    """The formula with its derivatives taken by the rules, and how it printed before; "" if it has none."""
    if not any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(tree)):
        return tree, ""

    def rule(part: Node) -> Node:
        if isinstance(part, Call) and part.op in _DERIVATIVES:
            found = derivative_by_rules(part, formulas.scope)
            return part if found is None else found
        return part

    taken = transform(tree, rule)
    if any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(taken)):
        return tree, ""
    return taken, formulas.latex(tree)
