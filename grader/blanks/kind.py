"""What every answer kind does, and how it judges."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec
import numpy as np

from grader.arrays import Floats, Shape, Truths
from grader.blanks.taking import Taking
from grader.errors import Message, SyntaxFault
from grader.language.nodes import Array, Call, Name, Node, Number, names, substitute, transform
from grader.language.primitives import CONSTANTS
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan
from grader.plan.solve import value_of
from grader.spec.kinds import Traits
from grader.spec.problem import Texts
from grader.spec.source import number_node

Answer = Any
"""What a kind reads of a text and explains: a number, entries, a tree, option numbers; only the kind looks into it."""
Typed = str | Mapping[str, str]
"""An answer as typed; a mapping for an answer of several fields."""


class Judgement(msgspec.Struct, frozen=True):
    """`status` is correct, partly, coarse (too few digits) or wrong; `share` of the points; `reasons` in words.

    `read_as` is the answer in the reading that counted, where that is not the one it was given in.
    """

    status: str
    share: float
    reasons: tuple[Message, ...] = ()
    read_as: Answer = None


CORRECT = Judgement("correct", 1.0)


def wrong(key: str, **values: Any) -> Judgement:
    """A wrong answer with one reason."""
    return Judgement("wrong", 0.0, (Message(key, values),))


class Sample(msgspec.Struct, frozen=True):
    """A text for the bank's self-test and the status it must get."""

    text: Typed
    status: str


class AnswerKind(ABC):
    """What every kind does; `traits` say what it can do. `group` holds the students of one plan, `members` index it.

    `answers` are what `read` returned; a value for `latex` is what `explain` returned.
    """

    def __init__(self, traits: Traits) -> None:
        self.traits = traits

    @property
    def name(self) -> str:
        """The name in a file."""
        return self.traits.name

    # ----- The answers of students -----

    @abstractmethod
    def read(self, typed: Typed, blank: Blank) -> Answer:
        """What a text means; raises StudentError with span and cure."""

    def with_echo(self, answer: Answer) -> Answer:
        """An answer that was read from a part of a text, so that its echo shows which."""
        return answer

    def read_chain(self, texts: Sequence[str], blank: Blank) -> Answer:
        """What `2*3 = 6` means, given as its parts: the last one counts. Raises StudentError."""
        return self.read(texts[-1], blank)

    @abstractmethod
    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """A judgement for each answer that was read."""

    def compare_in(
        self, scenario: Scenario, ask: Ask, members: Sequence[int], answers: Sequence[Answer]
    ) -> list[Judgement]:
        """A judgement for each answer by what follows from other values; `members` index the scenario."""
        return self.compare(ask, scenario.group, members, answers)

    def transposed(self, answer: Answer) -> Answer | None:
        """The answer in the other layout of a derivative; None where there is no other."""
        del answer
        return None

    def fits(self, answer: Answer, step: str, ask: Ask, group: Group) -> bool:
        """Whether a formula has the rank of the right one, so that the steps after its own can be computed with it.

        Raises GraderError or KeyError where that cannot be told.
        """
        del answer, step, ask, group
        return False

    def echo(self, answer: Answer, language: str) -> str:
        """How an answer was read, in a line of Unicode; "" where what was typed cannot be misread."""
        del answer, language
        return ""

    def vocabulary(self, ask: Ask, group: Group) -> Collection[str]:
        """The names that an answer may use."""
        del ask, group
        return ()

    def arrays(self, ask: Ask, group: Group) -> Mapping[str, Shape]:
        """Those of them that are vectors or matrices, with a size."""
        del ask, group
        return {}

    # ----- The right answer -----

    @abstractmethod
    def explain(self, ask: Ask, group: Group) -> Answer:
        """The right answer of a group of one: a number, an array, a tree, numbers of options; None where none is."""

    @abstractmethod
    def latex(self, value: Answer, ask: Ask, language: str) -> str:
        """The right answer as it is written, in LaTeX without dollars."""

    def markdown(self, value: Answer, ask: Ask, language: str) -> str:
        """The right answer for a key, as Markdown with maths."""
        return "" if value is None else f"${self.latex(value, ask, language)}$"

    @abstractmethod
    def export(self, ask: Ask, group: Group) -> object:
        """The right answer of a group of one for machines, as JSON has it: unrounded numbers, lists, texts."""

    def requirement(self, ask: Ask, group: Group) -> Sequence[Any] | Floats | None:
        """By member what an answer is judged by, where an answer that follows can be trivial; None where it cannot.

        Values (n, *shape), or the sets of variables that a formula depends on.
        """
        del ask, group
        return None

    def agrees(self, ask: Ask, group: Group, other_ask: Ask, other: Group) -> Truths:
        """Members (n,) for whom the right answers of another group of the same size are right answers of this one."""
        del ask, other_ask, other
        return np.ones(len(group.positions), bool)

    # ----- On paper, and for the self-test -----

    @abstractmethod
    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """The shape of the empty grid on paper, () for a line, and how to write the answer."""

    @abstractmethod
    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """Texts for a group of one: right, just wrong and unreadable."""

    def notations(self, ask: Ask, group: Group, most: int) -> Iterator[list[Typed]]:
        """The right answers of the members as they may be typed, a list for each notation.

        A kind that judges answers one by one gives those of the first `most`.
        """
        del ask, group, most
        return iter(())

    def authored(self, answer: Answer, ask: Ask, group: Group, member: int) -> list[tuple[str, Texts]]:
        """What the author says of parts of a wrong answer, by their names: why an option is none."""
        del answer, ask, group, member
        return []

    # ----- Numbers, for kinds that have some -----

    def number(self, answer: Answer) -> Any:
        """The number or the array in an answer."""
        return answer

    def canonical(self, values: Floats, rank: int) -> Floats:
        """Values (..., *shape) with `rank` axes of a shape, in an order in which equal answers are equal arrays."""
        del rank
        return values

    def aligned(self, answer: Answer, like: Floats) -> Floats:
        """The entries of an answer in the order of the values `like`; nothing but NaN where they do not fit."""
        value = np.asarray(self.number(answer), dtype=float)
        return value if value.shape == like.shape else np.full(like.shape, np.nan)

    def leaves_over(self, answer: Answer, like: Floats) -> bool:
        """Whether an answer has entries that stand beside none of the values `like`; only a set may have more."""
        del answer, like
        return False


NO_ARRAYS: Mapping[str, Shape] = MappingProxyType({})


class Blank(msgspec.Struct, frozen=True):
    """An ask with what reading its answers needs, found once for all students: shape, names, rows (`parts`).

    The plan has the names of the other blanks; `arrays` are the shapes of names that stand for vectors and matrices.
    `strict`: only the first reading of an answer counts.
    """

    ask: Ask
    kind: AnswerKind
    plan: Plan
    shape: Shape = ()
    names: Collection[str] = ()
    parts: tuple[Blank, ...] = ()
    arrays: Mapping[str, Shape] = NO_ARRAYS
    strict: bool = False

    def read(self, typed: Typed) -> Answer:
        """What a text means, the blank's own name before it or not; raises StudentError."""
        if not isinstance(typed, str):
            if self.ask.fields or self.ask.rows:
                return self.kind.read(typed, self)
            typed = "; ".join(f"{name} = {value}" for name, value in typed.items())
        taking = Taking(self.ask, self.plan, self.shape, self.kind.traits.single)
        return taking.take(typed, self._read, self.kind.with_echo)

    def _read(self, values: Sequence[str]) -> Answer:
        return self.kind.read(values[0], self) if len(values) == 1 else self.kind.read_chain(values, self)


class Scenario(msgspec.Struct, frozen=True, eq=False):
    """Students solved with the values on their own sheets (`group`) beside the same with the right ones (`right`)."""

    group: Group
    right: Group


def one_text(typed: Typed, ask: Ask) -> str:
    """The text of an answer that has no fields."""
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
    read = names(tree).difference(variables)
    own = {name: value[member if len(value) > 1 else 0] for name, value in group.values.items() if name in read}

    def with_entry(part: Node) -> Node:
        match part:
            case Call("entry", (Name(name), *indices)) if name in own and own[name].ndim == len(indices):
                entry = tuple(int(index.value) for index in indices if isinstance(index, Number))
                sizes = own[name].shape
                if len(entry) == len(sizes) and all(1 <= at <= size for at, size in zip(entry, sizes, strict=True)):
                    return number_node(float(own[name][tuple(at - 1 for at in entry)]))
        return part

    numbers = {name: number_node(float(value)) for name, value in own.items() if value.ndim == 0}
    for given in group.plan.givens:  # 1/3 and ln(2) stay as they were listed
        if given.name in numbers and given.name in group.picks:
            option = given.options[int(group.picks[given.name][member])]
            if names(option) <= CONSTANTS.keys():
                numbers[given.name] = option
    arrays = {name: array_node(value) for name, value in own.items() if value.ndim}
    return substitute(transform(substitute(tree, numbers), with_entry), arrays)


def array_node(value: Floats) -> Node:
    """A vector or a matrix as a literal."""
    return Array(tuple(array_node(entry) if entry.ndim else number_node(float(entry)) for entry in value))
