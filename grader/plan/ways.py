"""Other ways to an answer: a step computed from another quantity that the sheet asks for than its formula names.

    o: sigmoid(h)    d: e*df(h)       with o asked, d may be computed as e*o*(1 - o)
    D: det(X)        G: inv(X)'       with D asked, G may be computed with 1/D
    N: a sum         check: W + b     a check says another way by itself

Nothing is authored for it: parts of the formulas that are an asked quantity, or that an identity gives from one, are
read from the sheet. With the right values on the sheet every way leads to the right answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.errors import AuthorError, ShapeFault
from grader.facts import fact
from grader.language.construct import add, mul
from grader.language.differentiate import differentiate
from grader.language.functions import inlined
from grader.language.nodes import Array, Call, Name, Node, children, names, rebuild, substitute
from grader.language.numbering import IDENTITIES, Numbering, pattern
from grader.language.primitives import SPECIAL_FORMS
from grader.plan.graph import nearest, segment
from grader.plan.plan import STRUCTURE, Plan, Step
from grader.plan.solve import altered


@fact(needs=(*STRUCTURE, nearest, segment))
def ways_to(plan: Plan, name: str) -> tuple[Plan, ...]:
    """The plan with other formulas for a step and those before it; each reads an asked step that comes before it."""
    step = plan.step(name)
    before = frozenset(other.name for other in _asked_before(plan, name))
    found: list[Plan] = []
    for tree in (step.tree, step.check):
        if tree is None or not (step.has_value or tree is step.tree):
            continue
        other = tree is not step.tree
        way = altered(plan, {name: tree}) if other else plan
        formulas = _through_asked(way, name)
        way = altered(way, formulas) if formulas else way
        if way is not plan and nearest(way, name, before) and not _reads_later(way, name, before):
            found.append(way)
    return tuple(found)


def _asked_before(plan: Plan, name: str) -> list[Step]:
    """Steps that the sheet asks for and that come before one."""
    asked = {plan.asked_step(ask) for ask in plan.asks}
    steps = list(plan.steps)
    place = next(place for place, step in enumerate(steps) if step.name == name)
    return [step for step in steps[:place] if step.name in asked]


def _reads_later(plan: Plan, name: str, before: frozenset[str]) -> bool:
    """A step that is computed from itself, or from one that is only computed after it, is no way."""
    places = {step.name: place for place, step in enumerate(plan.steps)}
    passed = plan.graph.behind({name}, before).passed
    return any(places[read] >= places[step] for step in passed for read in plan.graph.reads[step] & places.keys())


def _through_asked(plan: Plan, name: str) -> dict[str, Node]:
    """Formulas of a step and of those before it, as far as an asked one, where they can be read from the sheet."""
    asked = _asked_before(plan, name)
    numbering = Numbering(plan.definitions, plan.functions)
    formulas: dict[str, Node] = {}
    for passed in segment(plan, name, frozenset(step.name for step in asked)):
        step = plan.step(passed)
        if not step.symbolic:
            rewriting = _Rewriting(plan, numbering, step, [other for other in asked if other.name != passed])
            tree = rewriting.of(rewriting.unfolded(step.tree))
            if tree is not step.tree:
                formulas[passed] = tree
    return formulas


class _Rewriting:
    """A formula of a step, its parts read from the sheet; `known` says how, by the number of the quantity."""

    def __init__(self, plan: Plan, numbering: Numbering, step: Step, asked: Sequence[Step]) -> None:
        self.plan, self.numbering = plan, numbering
        self.asked = frozenset(other.name for other in asked)
        self.bound = numbering.parameters(step.parameters)
        self.printed = self.numbers_on_the_sheet(step.parameters)
        self.known: dict[int, Node] = {}
        for other in asked:
            if not other.symbolic and other.parameters in ((), step.parameters):
                self.learn(other)
        self.known.pop(numbering.of(step.tree, self.bound), None)

    def numbers_on_the_sheet(self, parameters: tuple[str, ...]) -> set[int]:
        """Quantities that the statement gives: nobody takes them from a blank."""
        arguments = tuple(map(Name, parameters))
        printed: list[Node] = [*arguments, *(Name(given.name) for given in self.plan.givens)]
        printed += [
            Call(name, arguments)
            for name, function in self.plan.functions.items()
            if name not in self.plan.by_name and parameters and function.parameters == parameters
        ]
        return {self.numbering.of(tree, self.bound) for tree in printed}

    def learn(self, other: Step) -> None:
        """What can be computed from an asked step."""
        number = self.numbering.of(other.tree, self.bound)
        mine: Node = Name(other.name)
        if other.parameters:
            mine = Call(other.name, tuple(map(Name, other.parameters)))
        found = {number: mine}
        for row in IDENTITIES:
            argument = self.numbering.argument(number, row.of)
            if argument is not None:
                values = {"a": self.numbering.trees[argument], "u": mine}
                part = self.numbering.of(pattern(row.part), {"a": argument})
                found.setdefault(part, substitute(pattern(row.instead), values))
        for part, tree in found.items():
            if part not in self.printed and self.numbering.constant(part) is None:
                self.known.setdefault(part, tree)

    def of(self, tree: Node) -> Node:
        """The formula with all that the sheet has, the largest parts first; the same where there is none."""
        if isinstance(tree, Name) and tree.name in self.asked:
            return tree
        known = self.known.get(self.numbering.of(tree, self.bound))
        if known is not None:
            return known
        if not isinstance(tree, Call | Array) or (isinstance(tree, Call) and tree.op in SPECIAL_FORMS):
            return tree
        if isinstance(tree, Call) and tree.op in self.plan.functions:
            return self.of_called(tree)
        parts = children(tree)
        done = tuple(self.of(part) for part in parts)
        return tree if all(new is old for new, old in zip(done, parts, strict=True)) else rebuild(tree, done)

    def of_called(self, tree: Call) -> Node:
        """A function of the file is looked into."""
        if self.numbering.of(tree, self.bound) in self.printed:
            return tree
        function = self.plan.functions[tree.op]
        body = substitute(function.body, dict(zip(function.parameters, tree.args, strict=True)))
        done = self.of(body)
        return tree if done is body else done

    def unfolded(self, tree: Node) -> Node:
        """The formula with its derivatives through the steps worked out, as far as these are numbers."""
        if isinstance(tree, Call) and tree.op == "grad" and isinstance(tree.args[1], Name):
            return derivative_through(tree.args[0], tree.args[1].name, self.plan) or tree
        if not isinstance(tree, Call | Array):
            return tree
        parts = children(tree)
        done = tuple(self.unfolded(part) for part in parts)
        return tree if all(new is old for new, old in zip(done, parts, strict=True)) else rebuild(tree, done)


def derivative_through(what: Node, by: str, plan: Plan) -> Node | None:
    """d what / d by by the chain rule, the values of the steps between left as names; None where no rule does it."""
    functions = plan.functions
    if names(what) & functions.keys():
        return None
    between = [name for name in plan.graph.between(by, plan.names_read((what,))) if name in plan.definitions]
    if not between:
        return None
    slopes: dict[str, Node] = {}

    def slope(tree: Node) -> Node:
        whole = inlined(tree, functions)
        read = names(whole)
        terms = [mul(differentiate(whole, name), slopes[name]) for name in slopes if name in read]
        if by in read:
            terms.append(differentiate(whole, by))
        total, *more = terms
        for term in more:
            total = add(total, term)
        return total

    try:
        for name in between:
            slopes[name] = slope(plan.definitions[name])
        return slope(what)
    except (AuthorError, ShapeFault, ValueError):  # a function without a rule, an array between, nothing to go by
        return None
