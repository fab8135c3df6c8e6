"""What of a plan decides its suspects, so that forms which say a formula alike share what is made of it.

A problem with a drawn function has a plan for every form, but most formulas of most forms have been seen before: the
first component of a vector function does not care which the second one is. What is made of a formula is kept by the
problem under the content it was made from, and never under a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from grader.facts import fact
from grader.language.functions import Function, inlined
from grader.language.graph import names_read
from grader.language.nodes import Node, names
from grader.plan.plan import STRUCTURE, Plan, Step
from grader.plan.solve import Values
from grader.spec.problem import Problem

Made = TypeVar("Made")


class Alike(Generic[Made]):
    """A content, and how to make what it decides: equal to every other of the same content, whoever makes it."""

    __slots__ = ("_hash", "content", "make")

    def __init__(self, content: Hashable, make: Callable[[], Made]) -> None:
        self.content, self.make = content, make
        self._hash = hash(content)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike) and self._hash == other._hash and self.content == other.content

    def shared_by(self, plan: Plan) -> Made:
        """What is made of the content, once for all forms; a student's own formulas leave nothing behind."""
        if plan.base is None:
            return _made(plan.problem, self)
        known = _made.known(plan.problem, self)
        return self.make() if known is None else known


@fact()
def _made(problem: Problem, alike: Alike[Made]) -> Made:
    del problem
    return alike.make()


@fact(needs=(*STRUCTURE,))
def own_steps(plan: Plan) -> frozenset[str]:
    """The steps that have a student's or a slip's formula."""
    if plan.base is None:
        return frozenset()
    return frozenset(step.name for step in plan.steps if step.tree is not plan.base.step(step.name).tree)


def is_own(plan: Plan, steps: Iterable[str]) -> bool:
    """Does a formula of somebody's own stand in one of these steps, or in a function it calls: no form is alike."""
    own = own_steps(plan)
    if not own:
        return False
    named = {step.name for step in plan.steps if step.has_value}
    return any(not own.isdisjoint(plan.graph.behind({name}, named - {name}).passed) for name in steps)


def formula_content(plan: Plan, step: Step, values: Values, iterates: frozenset[str]) -> Hashable:
    """Everything that decides the mutants of a step: its formulas, the functions in them, and the names around.

    `values` (1, *shape) are one variant's; only their shapes count.
    """
    formulas = (step.tree, step.check) if step.check is not None else (step.tree,)
    read = set[str]().union(*(names(inlined(tree, plan.functions)) for tree in formulas))
    return (
        (step.name, step.tree, step.parameters, step.check, step.path, step.symbolic),
        _functions(plan, formulas),
        tuple((other, plan.step(other).tree) for other in sorted(read & plan.by_name.keys())),
        tuple((name, value.shape[1:], plan.graph.depends(name, {step.name})) for name, value in values.items()),
        tuple((given.name, given.draw is not None) for given in plan.givens),
        (tuple(plan.symbols.items()), tuple(plan.declared.items())),
        iterates,
        plan.index_names,
        tuple(one for one in plan.derivatives if one.path[: len(step.path)] == step.path),
    )


def program_content(plan: Plan, trees: Iterable[Node], reads: frozenset[str], inputs: frozenset[str]) -> Hashable:
    """Everything that decides the values of formulas from their inputs; `reads` are what their mutants mention."""
    start = plan.names_read(trees) | reads
    passed = plan.graph.behind(start, inputs).passed
    formulas = {name: plan.step(name) for name in sorted(passed)}
    called = [plan.functions[name].body for name in sorted(start & plan.functions.keys())]
    return (
        inputs,
        tuple((name, step.tree, step.parameters) for name, step in formulas.items()),
        _functions(plan, [*(step.tree for step in formulas.values()), *called, *trees]) + _named(plan, start),
        plan.index_names & (start | inputs),
    )


def _functions(plan: Plan, trees: Iterable[Node]) -> tuple[tuple[str, Function], ...]:
    return _named(plan, names_read(trees, plan.functions))


def _named(plan: Plan, read: frozenset[str]) -> tuple[tuple[str, Function], ...]:
    functions: Mapping[str, Function] = plan.functions
    return tuple((name, functions[name]) for name in sorted(read & functions.keys()))
