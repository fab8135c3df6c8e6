"""The data of a plan: one structure of a problem with everything unrolled.

A plan belongs to one form: how many steps, which function, which mode. All students of one form are drawn, solved and
marked together; their numbers are arrays with a leading batch axis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import msgspec
from msgspec.structs import force_setattr

from grader.chance import givens
from grader.equality.sampling import Domain
from grader.facts import Facts, fact
from grader.language.functions import Function, inlined
from grader.language.graph import Graph, names_read
from grader.language.nodes import Call, Name, Node, names, substitute, transform, walk
from grader.spec.kinds import TRAITS, Traits
from grader.spec.problem import Form, Problem, Texts
from grader.spec.source import Path
from grader.tolerance import Tolerance


def sized(tree: Node, symbols: Mapping[str, tuple[str, ...]]) -> Node:
    """`I` as the identity of a named square matrix: it must have a size once numbers are put in."""
    square = next((name for name, sizes in symbols.items() if len(sizes) == 2 and sizes[0] == sizes[1]), None)
    return substitute(tree, {"I": Call("identity", (Name(square),))}) if square else tree


def through_calls(tree: Node, symbolic: Iterable[str], symbols: Iterable[str]) -> Node:
    """A formula in named arrays that reads other ones, as one that calls them: so it may be called with numbers."""
    arguments = tuple(Name(symbol) for symbol in symbols)
    return substitute(tree, {name: Call(name, arguments) for name in symbolic})


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
    """An option of a choice: right when `when` holds, or when `tree` equals the ask's reference; `why` in words."""

    name: str
    text: Texts
    when: Node | None = None
    tree: Node | None = None
    why: Texts = msgspec.field(default_factory=dict)


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


class WrittenAs(msgspec.Struct, frozen=True):
    """The formula that fields stand in: `tree`, its comparison with 0 (">", ">=", "=" or ""), the letters that are no
    fields, and by field its letter ("" for none, `x1*x2` for a product) with what the two are multiplied by.
    `rectified`: it is the ReLU of this.
    """

    tree: Node
    sign: str
    letters: tuple[str, ...]
    terms: Mapping[str, tuple[str, Fraction]]
    rectified: bool = False


LAYOUTS = ("gradient", "jacobian")
"""Derivatives of which books write the transpose: of the shape of the argument; a row for each output."""


class Ask(msgspec.Struct, frozen=True):
    """A blank. `tree` is its reference value, a function of `variables` for an expression; `hints` in their order.

    `rule_from` tells who gave the tolerance: the `ask` itself, the `problem` (its `rounding`) or `nobody`. `sides` say
    what the ends of an interval are: closed, open or infinite; `rows` are the blanks of a table, `rounds` the values of
    the loops around it. `written` has the formulas of the fields by the label of each, "" where there is one alone.
    `layout` says of a derivative what it is, one of LAYOUTS; "" of all else.
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
    written: Mapping[str, WrittenAs] = msgspec.field(default_factory=dict)
    path: Path = ()
    hints: tuple[Texts, ...] = ()
    sides: tuple[str, ...] = ()
    rows: tuple[Ask, ...] = ()
    rounds: Mapping[str, int] = msgspec.field(default_factory=dict)
    layout: str = ""

    @property
    def traits(self) -> Traits:
        """What its kind can do, as far as that is known before anybody's numbers are."""
        return TRAITS[self.kind]


class Mistake(msgspec.Struct, frozen=True):
    """An authored slip: these steps are done otherwise; whether numbers are drawn so that it shows."""

    name: str
    steps: Mapping[str, Node]
    say: Texts
    drawn: bool = True


class Derivative(msgspec.Struct, frozen=True):
    """A `diff(what, by)` of the file with what the rules made of it, kept so that `grade check` can confirm it.

    `local` names are arguments of the function it stands in, whatever is given under them.
    """

    what: Node
    by: str
    result: Node
    path: Path = ()
    local: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True, eq=False):
    """One structure of a problem, unrolled: givens and steps in order, functions, asks; and the facts that follow.

    A plan with other formulas (`solve.altered`) has facts of its own; `base` is the plan it comes from.
    """

    problem: Problem
    form: Form
    givens: tuple[Given, ...]
    functions: Mapping[str, Function]
    steps: tuple[Step, ...]
    asks: tuple[Ask, ...]
    require: tuple[tuple[Node, Path], ...]
    mistakes: tuple[Mistake, ...]
    symbols: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    declared: Mapping[str, Domain] = msgspec.field(default_factory=dict)  # of symbols: symmetric, positive
    derivatives: tuple[Derivative, ...] = ()
    base: Plan | None = None
    facts: Facts = msgspec.field(default_factory=Facts)

    def __post_init__(self) -> None:  # of `replace` as well, from msgspec 0.21 on
        force_setattr(self, "facts", Facts())

    @property
    def points(self) -> float:
        """The most that can be earned."""
        return sum(ask.points for ask in self.asks)

    @property
    def by_name(self) -> Mapping[str, Step]:
        """The steps by name."""
        return steps_of(self)

    def step(self, name: str) -> Step:
        """The step of a name; KeyError where it is a given's or nobody's."""
        return steps_of(self)[name]

    def ask(self, name: str) -> Ask:
        """The blank of an id; KeyError where there is none."""
        return asks_of(self)[name]

    @property
    def asked(self) -> Mapping[str, Ask]:
        """The blanks by id."""
        return asks_of(self)

    def asked_step(self, ask: Ask) -> str | None:
        """The step that an ask asks for; None for an ask with a formula of its own."""
        step = steps_of(self).get(ask.id)
        return ask.id if step is not None and ask.tree in (Name(ask.id), step.tree) else None

    @property
    def arrays(self) -> tuple[str, ...]:
        """The named arrays that some formula of this form reads."""
        return arrays_of(self)

    @property
    def definitions(self) -> Mapping[str, Node]:
        """The formulas of the steps with a value, in order."""
        return definitions_of(self)

    @property
    def graph(self) -> Graph:
        """What every step reads: givens and steps; a step that is a function is one name, others are looked into."""
        return graph_of(self)

    @property
    def index_names(self) -> frozenset[str]:
        """Names that say which entry of an array is meant."""
        return index_names_of(self)

    def names_read(self, trees: Iterable[Node]) -> frozenset[str]:
        """Names that formulas of this plan read, as the graph has them."""
        return names_read(trees, self.functions, [step.name for step in self.steps if not step.has_value])


@fact()
def steps_of(plan: Plan) -> Mapping[str, Step]:
    """The steps by name."""
    return {step.name: step for step in plan.steps}


@fact()
def asks_of(plan: Plan) -> Mapping[str, Ask]:
    """The blanks by id."""
    return {ask.id: ask for ask in plan.asks}


@fact()
def arrays_of(plan: Plan) -> tuple[str, ...]:
    """The named arrays that some formula of this form reads."""
    trees = [tree for step in plan.steps for tree in (step.tree, step.check) if tree is not None]
    trees += [function.body for function in plan.functions.values()]
    read = {name for tree in trees for name in names(transform(inlined(tree, plan.functions), _unsized))}
    return tuple(name for name in plan.symbols if name in read)


def _unsized(part: Node) -> Node:
    """`I` as it is written; the matrix whose size it has in a call is not read."""
    return Name("I") if isinstance(part, Call) and part.op == "identity" else part


@fact()
def definitions_of(plan: Plan) -> Mapping[str, Node]:
    """The formulas of the steps with a value, in order."""
    return {step.name: step.tree for step in plan.steps if step.has_value}


@fact()
def graph_of(plan: Plan) -> Graph:
    """What every step reads."""
    return Graph({step.name: plan.names_read((step.tree,)) - {*step.parameters} for step in plan.steps})


@fact()
def index_names_of(plan: Plan) -> frozenset[str]:
    """Names that say which entry of an array is meant."""
    trees = [*(step.tree for step in plan.steps), *(function.body for function in plan.functions.values())]
    entries = [part for tree in trees for part in walk(tree) if isinstance(part, Call) and part.op == "entry"]
    return frozenset(name for part in entries for index in part.args[1:] for name in names(index))


STRUCTURE = (steps_of, asks_of, arrays_of, definitions_of, graph_of, index_names_of)
"""The facts that everything computed from a plan may read."""
