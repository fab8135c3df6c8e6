"""The data of a plan: one structure of a problem with everything unrolled.

A plan belongs to one form: how many steps, which function, which mode. All students of one form are drawn, solved and
marked together; their numbers are arrays with a leading batch axis.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grader.chance import givens
from grader.equality.sampling import Domain
from grader.language.evaluate import Function
from grader.language.nodes import Node
from grader.spec.problem import Form, Problem, Texts
from grader.spec.source import Path
from grader.tolerance import Tolerance


class Given(msgspec.Struct, frozen=True):
    """A given of a plan: drawn (`draw`, with `options` for a choice of expressions) or computed (`tree`)."""

    name: str
    draw: givens.Given | None = None
    options: tuple[Node, ...] = ()
    tree: Node | None = None
    path: Path = ()


class Step(msgspec.Struct, frozen=True):
    """A named textbook formula; with parameters it is a function. `check` computes the same another way.

    A `symbolic` step is a formula in named arrays without numbers.
    """

    name: str
    tree: Node
    parameters: tuple[str, ...] = ()
    check: Node | None = None
    title: Texts = msgspec.field(default_factory=dict)
    remark: Texts = msgspec.field(default_factory=dict)
    path: Path = ()
    symbolic: bool = False

    @property
    def has_value(self) -> bool:
        """It is neither a function nor a formula in named arrays."""
        return not self.parameters and not self.symbolic


class Option(msgspec.Struct, frozen=True):
    """An option of a choice: right when `when` holds, or when `tree` equals the ask's reference."""

    name: str
    text: Texts
    when: Node | None = None
    tree: Node | None = None


class Condition(msgspec.Struct, frozen=True):
    """What a constructed answer must satisfy, for every row of `rows` if that is given.

    `subject` names the side with the student's values: “your neuron”.
    """

    holds: Node
    rows: Node | None
    row_names: tuple[str, ...]
    text: Texts
    share: float
    subject: Texts = msgspec.field(default_factory=dict)


class Ask(msgspec.Struct, frozen=True):
    """A blank. `tree` is its reference value, a function of `variables` for an expression; `hints` in their order.

    `rule_from` tells who gave the tolerance: the `ask` itself, the `problem` (its `rounding`) or `nobody`. `sides` say
    what the ends of an interval are: closed, open or infinite; `rows` are the blanks of a table.
    """

    id: str
    kind: str
    points: float
    tree: Node | None
    tolerance: Tolerance
    rule_from: str = "ask"
    variables: tuple[str, ...] = ()
    domain: Mapping[str, Domain] = msgspec.field(default_factory=dict)
    prompt: Texts = msgspec.field(default_factory=dict)
    options: tuple[Option, ...] = ()
    pick: int | None = None
    fields: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    path: Path = ()
    hints: tuple[Texts, ...] = ()
    sides: tuple[str, ...] = ()
    rows: tuple[Ask, ...] = ()


class Mistake(msgspec.Struct, frozen=True):
    """An authored slip: these steps are done otherwise."""

    name: str
    steps: Mapping[str, Node]
    say: Texts


class Derivative(msgspec.Struct, frozen=True):
    """A `diff(what, by)` of the file with what the rules made of it, kept so that `grade check` can confirm it."""

    what: Node
    by: str
    result: Node
    path: Path = ()


class Plan(msgspec.Struct, frozen=True, eq=False):
    """One structure of a problem, unrolled: givens and steps in order, functions, asks."""

    problem: Problem
    form: Form
    givens: tuple[Given, ...]
    functions: Mapping[str, Function]
    steps: tuple[Step, ...]
    asks: tuple[Ask, ...]
    require: tuple[tuple[Node, Path], ...]
    mistakes: tuple[Mistake, ...]
    symbols: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    derivatives: tuple[Derivative, ...] = ()

    @property
    def points(self) -> float:
        """The most that can be earned."""
        return sum(ask.points for ask in self.asks)
