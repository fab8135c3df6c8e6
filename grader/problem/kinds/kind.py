"""What every answer kind does, and how it judges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from grader.errors import Message
from grader.language.evaluate import Floats
from grader.language.nodes import Node, substitute
from grader.problem.draw import Group
from grader.problem.problem import Ask
from grader.problem.solve import value_of
from grader.problem.source import number_node

Typed = str | Mapping[str, str]
"""An answer as typed; a mapping for an answer of several fields."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`status` is correct, partly, coarse (too few digits) or wrong; `share` of the points; `reasons` in words."""

    status: str
    share: float
    reasons: tuple[Message, ...] = ()


CORRECT = Judgement("correct", 1.0)


def wrong(key: str, **values: Any) -> Judgement:
    """A wrong answer with one reason."""
    return Judgement("wrong", 0.0, (Message(key, values),))


@dataclass(frozen=True, slots=True)
class Sample:
    """A text for the bank's self-test and the status it must get."""

    text: Typed
    status: str


class AnswerKind(Protocol):
    """The methods of a kind. `group` holds the students of one plan; `members` are places in it."""

    def read(self, typed: Typed, ask: Ask, group: Group, member: int) -> Any:
        """The value that a text means; raises StudentError with place and cure."""

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Any]) -> list[Judgement]:
        """A judgement for each answer that was read."""

    def explain(self, ask: Ask, group: Group, language: str) -> str:
        """The right answer of a group of one, as Markdown with maths, for the key."""

    def blank(self, ask: Ask, group: Group) -> tuple[tuple[int, ...], Message]:
        """The shape of the empty grid on paper, () for a line, and how to write the answer."""

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """Texts for a group of one: right, just wrong and unreadable."""


def one_text(typed: Typed, ask: Ask) -> str:
    """The text of an answer that has no fields."""
    from grader.errors import SyntaxFault

    if not isinstance(typed, str):
        raise SyntaxFault("answer-no-fields", ask=ask.id)
    return typed


def expected_value(ask: Ask, group: Group) -> Floats:
    """The reference values of an ask, (n, *shape) or (1, *shape)."""
    if ask.tree is None:
        raise KeyError(ask.id)
    return value_of(group.plan, ask.tree, group.values, ask.path)


def with_numbers(tree: Node, group: Group, member: int, variables: tuple[str, ...] = ()) -> Node:
    """A formula with a student's own numbers put in for the givens and steps that are numbers; variables stay."""
    numbers = {
        name: number_node(float(value[member if len(value) > 1 else 0]))
        for name, value in group.values.items()
        if value.ndim == 1 and name not in variables
    }
    return substitute(tree, numbers)
