"""Answer kinds: the registry. A new kind is a class with the methods of `AnswerKind` and one entry here."""

from __future__ import annotations

from grader.problem.group import Group
from grader.problem.kinds.arrays import ArrayKind
from grader.problem.kinds.choices import ChoiceKind, ChoicesKind
from grader.problem.kinds.construct import ConstructKind
from grader.problem.kinds.expressions import ExpressionKind, MatrixExpressionKind
from grader.problem.kinds.kind import AnswerKind, expected_value
from grader.problem.kinds.numbers import IntegerKind, NumberKind
from grader.problem.problem import Ask

KINDS: dict[str, AnswerKind] = {
    "number": NumberKind(),
    "integer": IntegerKind(),
    "vector": ArrayKind(),
    "matrix": ArrayKind(),
    "expression": ExpressionKind(),
    "matrix expression": MatrixExpressionKind(),
    "choice": ChoiceKind(),
    "choices": ChoicesKind(),
    "construct": ConstructKind(),
}


def kind_name(ask: Ask, group: Group) -> str:
    """The kind of an ask; where the file leaves it open, the shape of the value tells."""
    return ask.kind or ("number", "vector", "matrix")[expected_value(ask, group).ndim - 1]


def kind_of(ask: Ask, group: Group) -> AnswerKind:
    """The answer kind of an ask."""
    return KINDS[kind_name(ask, group)]
