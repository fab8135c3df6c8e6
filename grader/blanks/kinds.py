"""Answer kinds: the registry. A new kind is a class with the methods of `AnswerKind` and one entry here."""

from __future__ import annotations

from grader.blanks.arrays import ArrayKind
from grader.blanks.choices import ChoiceKind, ChoicesKind
from grader.blanks.construct import ConstructKind
from grader.blanks.expressions import ExpressionKind, MatrixExpressionKind
from grader.blanks.kind import AnswerKind, expected_value
from grader.blanks.numbers import IntegerKind, NumberKind
from grader.plan.group import Group
from grader.plan.plan import Ask

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
