"""Other ways to an answer: a step computed from another quantity that the sheet asks for than its formula names.

    o: sigmoid(h)    d: e*df(h)       with o asked, d may be computed as e*o*(1 - o)
    D: det(X)        G: inv(X)'       with D asked, G may be computed with 1/D
    N: a sum         check: W + b     a check says another way by itself

Nothing is authored for it: parts of the formulas that are an asked quantity, or that an identity gives from one, are
read from the sheet. With the right values on the sheet every way leads to the right answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np
from msgspec.structs import replace

from grader.arrays import Shape
from grader.errors import AuthorError, GraderError, ShapeFault
from grader.facts import fact
from grader.language.construct import add, mul
from grader.language.differentiate import differentiate
from grader.language.functions import inlined
from grader.language.nodes import Array, Call, Name, Node, Number, children, names, rebuild, substitute
from grader.language.numbering import IDENTITIES, Numbering, pattern
from grader.language.primitives import SPECIAL_FORMS
from grader.plan.graph import nearest, segment
from grader.plan.plan import STRUCTURE, Plan, Step
from grader.plan.sample import AS_DRAWN, exemplar
from grader.plan.solve import altered, solve

MOST_ENTRIES = 6
"""Larger arrays are read as a whole."""


@fact(needs=(*STRUCTURE,))
def numbering_of(plan: Plan) -> Numbering:
    """The quantities of a plan, as far as anybody has met them; only the facts of the plan go on with it."""
    return Numbering(plan.definitions, plan.functions)


@fact(needs=(*STRUCTURE, exemplar))
def shapes_of(plan: Plan) -> Mapping[str, Shape]:
    """The shapes of givens and steps."""
    return {name: value.shape[1:] for name, value in exemplar(plan, AS_DRAWN).items()}


@fact(needs=(*STRUCTURE, shapes_of, numbering_of))
def through_asked(plan: Plan, name: str, check: bool) -> Node:
    """The formula of a step (or that of its check), its parts read from the sheet; itself where there are none."""
    step = plan.step(name)
    tree = step.check if check and step.check is not None else step.tree
    return _Rewriting(plan, numbering_of(plan), step, shapes_of(plan)).of(unfolded(tree, plan, shapes_of(plan)))


@fact(needs=(*STRUCTURE, nearest, segment, exemplar, through_asked))
def ways_to(plan: Plan, name: str) -> tuple[Plan, ...]:
    """The plan with other formulas for a step and those before it; each reads an asked step that comes before it."""
    step = plan.step(name)
    behind = [before for before in segment(plan, name, frozenset()) if plan.step(before).has_value and before != name]
    formulas = {before: through_asked(plan, before, False) for before in behind}
    found: list[Plan] = []
    for check in (False, True) if step.check is not None else (False,):
        if step.symbolic:
            continue
        formulas[name] = through_asked(plan, name, check)
        changed = {each: tree for each, tree in formulas.items() if tree is not plan.step(each).tree}
        way = altered(plan, changed) if changed else plan
        before = frozenset(other.name for other in asked_before(plan, name))
        if way is plan or not nearest(way, name, before):
            continue
        way = _moved_behind(way, name)
        if not _reads_later(way, name) and (not step.has_value or _comes_right(plan, changed, name)):
            found.append(way)
    return tuple(found)


def _comes_right(plan: Plan, changed: Mapping[str, Node], name: str) -> bool:
    """A way leads where the formula does, by a student's own functions or by the right ones."""
    return any(_leads_there(each, changed, name) for each in dict.fromkeys((plan, plan.base or plan)))


def _leads_there(plan: Plan, changed: Mapping[str, Node], name: str) -> bool:
    """With numbers that belong to nobody, a way comes to the value of the formula."""
    values = exemplar(plan, AS_DRAWN)
    try:
        found, wanted = solve(altered(plan, changed) if changed else plan, values)[name], values[name]
    except GraderError:  # the shapes do not fit what was worked out for numbers
        return False
    scale = float(np.nanmax(np.abs(wanted), initial=0.0))
    if not np.isfinite(scale):  # formulas of a student's own may do that
        return False
    return found.shape == wanted.shape and np.allclose(found, wanted, rtol=1e-9, atol=1e-11 * scale, equal_nan=True)


def asked_before(plan: Plan, name: str) -> list[Step]:
    """Steps that come before one: on the sheet, where it asks for both, and else in the order of the steps."""
    asked = [step for step in map(plan.asked_step, plan.asks) if step is not None]
    names = [step.name for step in plan.steps]
    before = set(asked[: asked.index(name)] if name in asked else names[: names.index(name)])
    return [step for step in plan.steps if step.name in before.intersection(asked)]


def _moved_behind(way: Plan, name: str) -> Plan:
    """The way with its step behind those that it reads now, where none of them needs it and they came after it."""
    places = {step.name: place for place, step in enumerate(way.steps)}
    last = max((places[read] for read in way.graph.reads[name] if read in places), default=0)
    between = way.steps[places[name] + 1 : last + 1]
    if not between or any(way.graph.depends(step.name, {name}) for step in between):
        return way
    before, step = way.steps[: places[name]], way.steps[places[name]]
    return replace(way, steps=(*before, *between, step, *way.steps[last + 1 :]))


def _reads_later(plan: Plan, name: str) -> bool:
    """A step that is computed from itself, or from one that is only computed after it, is no way."""
    places = {step.name: place for place, step in enumerate(plan.steps)}
    passed = plan.graph.behind({name}).passed
    return any(places[read] >= places[step] for step in passed for read in plan.graph.reads[step] & places.keys())


class _Rewriting:
    """A formula of a step, its parts read from the sheet; `known` says how, by the number of the quantity."""

    def __init__(self, plan: Plan, numbering: Numbering, step: Step, shapes: Mapping[str, Shape]) -> None:
        self.plan, self.numbering = plan, numbering
        asked = asked_before(plan, step.name)
        self.asked = frozenset(other.name for other in asked)
        self.bound = numbering.parameters(step.parameters)
        self.printed = self.numbers_on_the_sheet(step.parameters)
        self.known: dict[int, Node] = {}
        self.done: dict[Node, Node] = {}
        learnt = [entry for other in asked for entry in self.on_sheet(other, step, shapes)]
        own = numbering.of(step.tree, self.bound)
        self.learn({number: mine for number, mine in reversed(learnt) if number != own})
        for number, mine in learnt:
            self.learn(dict(self.by_identities(number, mine)))
        self.done.clear()  # made while less was known

    def on_sheet(self, other: Step, step: Step, shapes: Mapping[str, Shape]) -> Iterator[tuple[int, Node]]:
        """The quantities of an asked step, and how they are read: itself, and its entries."""
        if other.symbolic or other.parameters not in ((), step.parameters):
            return
        mine = Call(other.name, tuple(map(Name, other.parameters))) if other.parameters else Name(other.name)
        tree = (self.plan.base or self.plan).step(other.name).tree  # what is asked for, whatever the student's is
        yield self.numbering.of(tree, self.bound), mine
        for place in _places(() if other.parameters else shapes.get(other.name, ())):
            yield self.numbering.of(Call("entry", (tree, *place))), Call("entry", (mine, *place))

    def by_identities(self, number: int, mine: Node) -> Iterator[tuple[int, Node]]:
        """What can be computed from a quantity that is read so."""
        for row in IDENTITIES:
            argument = self.numbering.argument(number, row.of)
            if argument is not None:
                values = {"a": self.of(self.numbering.tree(argument)), "u": mine}
                part = self.numbering.of(pattern(row.part), {"a": argument})
                yield part, substitute(pattern(row.instead), values)

    def learn(self, found: Mapping[int, Node]) -> None:
        """Keep how quantities are read; what the statement prints is taken from nowhere else."""
        for part, tree in found.items():
            if not self.numbering.is_printed(part, self.printed):
                self.known.setdefault(part, tree)

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

    def of(self, tree: Node) -> Node:
        """The formula with all that the sheet has, the largest parts first; the same where there is none."""
        done = self.done.get(tree)
        if done is None:
            done = self.done[tree] = self.rewritten(tree)
        return done

    def rewritten(self, tree: Node) -> Node:
        """As `of`, for the first time."""
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
        return tree if done == body else done  # what was met before comes back as it was then


def _places(shape: Shape) -> Iterator[tuple[Node, ...]]:
    """The entries of an array by their indices, as far as they are few."""
    if shape and math.prod(shape) <= MOST_ENTRIES:
        for place in np.ndindex(shape):
            yield tuple(Number(str(index + 1)) for index in place)


def unfolded(tree: Node, plan: Plan, shapes: Mapping[str, Shape]) -> Node:
    """The formula with its derivatives through the steps worked out, as far as these are numbers."""
    if isinstance(tree, Call) and tree.op == "grad" and isinstance(tree.args[1], Name):
        return derivative_through(tree.args[0], tree.args[1].name, plan, shapes) or tree
    if not isinstance(tree, Call | Array):
        return tree
    parts = children(tree)
    done = tuple(unfolded(part, plan, shapes) for part in parts)
    return tree if all(new is old for new, old in zip(done, parts, strict=True)) else rebuild(tree, done)


def derivative_through(what: Node, by: str, plan: Plan, shapes: Mapping[str, Shape]) -> Node | None:
    """d what / d by by the chain rule, the values of the steps between left as names; None where no rule does it."""
    functions = plan.functions
    between = [name for name in plan.graph.between(by, plan.names_read((what,))) if name in plan.definitions]
    if not between or names(what) & functions.keys() or any(shapes.get(name) != () for name in (by, *between)):
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
