"""What every answer kind does, and how it judges."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from grader.arrays import Floats
from grader.errors import Message
from grader.language.nodes import Array, Call, Name, Node, Number, names, substitute, transform
from grader.language.primitives import CONSTANTS
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.solve import value_of
from grader.spec.source import number_node

Typed = str | Mapping[str, str]
"""An answer as typed; a mapping for an answer of several fields."""


class Judgement(msgspec.Struct, frozen=True):
    """`status` is correct, partly, coarse (too few digits) or wrong; `share` of the points; `reasons` in words."""

    status: str
    share: float
    reasons: tuple[Message, ...] = ()


CORRECT = Judgement("correct", 1.0)


def wrong(key: str, **values: Any) -> Judgement:
    """A wrong answer with one reason."""
    return Judgement("wrong", 0.0, (Message(key, values),))


class Sample(msgspec.Struct, frozen=True):
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


def with_numbers(tree: Node, group: Group, member: int, variables: Collection[str] = ()) -> Node:
    """A formula with a student's own numbers put in: givens and steps, arrays as literals.

    Names among `variables` stay: there the formula means its argument, not the given of that name.
    """
    own = {
        name: value[member if len(value) > 1 else 0] for name, value in group.values.items() if name not in variables
    }

    def entry(part: Node) -> Node:
        match part:
            case Call("entry", (Name(name), *indices)) if name in own and own[name].ndim == len(indices):
                place = tuple(int(index.value) for index in indices if isinstance(index, Number))
                sizes = own[name].shape
                if len(place) == len(sizes) and all(1 <= at <= size for at, size in zip(place, sizes, strict=True)):
                    return number_node(float(own[name][tuple(at - 1 for at in place)]))
        return part

    numbers = {name: number_node(float(value)) for name, value in own.items() if value.ndim == 0}
    for given in group.plan.givens:  # 1/3 and ln(2) stay as they were listed
        if given.name in numbers and given.name in group.picks:
            option = given.options[int(group.picks[given.name][member])]
            if names(option) <= CONSTANTS.keys():
                numbers[given.name] = option
    arrays = {name: array_node(value) for name, value in own.items() if value.ndim}
    return substitute(transform(substitute(tree, numbers), entry), arrays)


def array_node(value: Floats) -> Node:
    """A vector or a matrix as a literal."""
    return Array(tuple(array_node(entry) if entry.ndim else number_node(float(entry)) for entry in value))
