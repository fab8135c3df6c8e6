"""What all kinds of numbers share: the value, what is right in another group, the notations people use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.arrays import Floats, Truths
from grader.blanks.kind import Answer, AnswerKind, Typed, expected_value
from grader.blanks.rounding import accepts
from grader.plan.group import Group
from grader.plan.plan import Ask


class NumericKind(AnswerKind):
    """A kind whose answers are numbers, the entries of an array of solved values."""

    def number(self, answer: Answer) -> Any:
        """The number or the array in an answer."""
        return answer.value

    def explain(self, ask: Ask, group: Group) -> Answer:
        """The value: a number, or an array."""
        return expected_value(ask, group)[0]

    def export(self, ask: Ask, group: Group) -> object:
        """The number, or the entries as lists."""
        return expected_value(ask, group)[0].tolist()

    def requirement(self, ask: Ask, group: Group) -> Floats:
        """The values, (n, *shape)."""
        return all_expected(ask, group)

    def agrees(self, ask: Ask, group: Group, other_ask: Ask, other: Group) -> Truths:
        """By the tolerance, and within what honest rounding allows."""
        size = len(group.positions)
        expected, answer = expected_value(ask, group), expected_value(other_ask, other)
        if expected.shape[1:] != answer.shape[1:]:
            return np.zeros(size, bool)
        answer = np.broadcast_to(answer, (size, *answer.shape[1:]))
        return np.asarray(accepts(ask, group, np.arange(size), answer).reshape(size, -1).all(axis=1))

    def notations(self, ask: Ask, group: Group, most: int) -> Iterator[list[Typed]]:
        """With a decimal point, with a comma, and rounded as asked."""
        del most
        values = all_expected(ask, group)
        yield [typed(value, comma=False) for value in values]
        yield [typed(value, comma=True) for value in values]
        yield [typed(ask.tolerance.rounded(value), comma=False) for value in values]


def all_expected(ask: Ask, group: Group) -> Floats:
    """The reference values of an ask by member, (n, *shape)."""
    value = expected_value(ask, group)
    return np.broadcast_to(value, (len(group.positions), *value.shape[1:]))


def typed(value: Floats, *, comma: bool) -> str:
    """A number or an array as typed: `[0.5, 1]`, or with decimal commas `[0,5; 1]`."""
    if value.ndim:
        separator = "; " if comma else ", "
        return f"[{separator.join(typed(entry, comma=comma) for entry in value)}]"
    text = repr(float(value)).removesuffix(".0")
    return text.replace(".", ",") if comma else text
