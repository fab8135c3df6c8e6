"""Derivatives that a step takes (`grad(L, w)`): by the rules where they reach, otherwise named only."""

from __future__ import annotations

from grader.language.evaluate import derivative_by_rules
from grader.language.nodes import Call, Node, transform, walk
from grader.language.primitives import SPECIAL_FORMS
from grader.worksheet.solution.writing import Writing

_DERIVATIVES = ("grad", "diff")


def with_gradients(tree: Node, writing: Writing) -> tuple[Node, str]:
    """The formula with its derivatives taken by the rules, and how it printed before; "" if it has none."""
    if not any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(tree)):
        return tree, ""

    def rule(part: Node) -> Node:
        if isinstance(part, Call) and part.op in _DERIVATIVES:
            taken = derivative_by_rules(part, writing.scope)
            return part if taken is None else taken
        return part

    by_rules = transform(tree, rule)
    if any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(by_rules)):
        return tree, ""
    return by_rules, writing.latex(tree)
