"""What is around a formula: the names that could stand in it, their shapes, and the axes of its parts."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from grader.arrays import Floats
from grader.errors import GraderError
from grader.facts import fact
from grader.language.evaluate import evaluate
from grader.language.nodes import Array, Call, Name, Node, names, walk
from grader.language.primitives import CONSTANTS
from grader.plan.plan import STRUCTURE, Plan, Step
from grader.plan.solve import Values
from grader.slips.names import LETTER, NamesAround
from grader.slips.rules import axes_in


@fact(needs=(*STRUCTURE,))
def iterates(plan: Plan) -> frozenset[str]:
    """The bases of indexed steps of which each is computed from the one before it: w in w[t] = w[t-1] - eta*g[t]."""
    bases = set()
    for step in plan.steps:
        base, _, index = step.name.partition("[")
        number = index.removesuffix("]")
        if number.isdigit() and plan.graph.depends(step.name, {f"{base}[{int(number) - 1}]"}):
            bases.add(base)
    return frozenset(bases)


@fact(needs=(*STRUCTURE,))
def untold(plan: Plan) -> frozenset[str]:
    """Numbers drawn that no student meets: other givens alone are computed from them, and the statement is silent."""
    trees = [tree for step in plan.steps for tree in (step.tree, step.check) if tree is not None]
    trees += [ask.tree for ask in plan.asks if ask.tree is not None]
    trees += [function.body for function in plan.functions.values()]
    read = set[str]().union(*map(names, trees))
    inserted = " ".join(part for text in plan.problem.text.values() for part in _INSERTED.findall(text))
    told = set(_WORD.findall(inserted))
    return frozenset(
        given.name for given in plan.givens if given.draw and given.name not in read and given.name not in told
    )


_INSERTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d]\w*(?:\[\d+\])?")


def names_around(plan: Plan, step: Step, values: Values) -> NamesAround:
    """Names that may stand in the formula: givens and the steps that are not computed from it."""
    free = [other.name for other in plan.steps if other.has_value and other.name != step.name]
    shapes = {
        name: value.shape[1:] for name, value in values.items() if name not in plan.by_name and name not in plan.symbols
    }
    shapes |= {name: values[name].shape[1:] for name in free if not plan.graph.depends(name, {step.name})}
    symbols = {name: shape_of_symbol(shape) for name, shape in plan.symbols.items()}
    # Beside numbers one whose shape has no letter would pass for a number of that shape; it has no value there.
    shapes |= {name: shape for name, shape in symbols.items() if step.symbolic or any(size >= LETTER for size in shape)}
    if plan.symbols and "I" not in names(step.tree):
        shapes.pop("I", None)  # the identity of the named arrays: it has no place among numbers of its size
    unknown = untold(plan)
    numbers = frozenset(
        given.name
        for given in plan.givens
        if given.draw and given.name not in unknown and not _tells_entries(plan, given.name)
    )
    own = {name: shape for name, shape in shapes.items() if name not in step.parameters and name not in unknown}
    beside = {name: frozenset(other) for name, other in beside_of(plan, step).items()}
    farther = {name: frozenset(other) for name, other in farther_of(plan, step).items()}
    points = {arg.name for call in walk(step.tree) if isinstance(call, Call) and call.op in plan.functions
              for arg in call.args if isinstance(arg, Name)}  # fmt: skip
    return NamesAround(
        own, step.parameters, numbers, iterates(plan), plan.index_names, beside, farther, frozenset(points)
    )


def _tells_entries(plan: Plan, name: str) -> bool:
    """Only indices are read from it, such as the order of the objects."""
    readers = plan.graph.read_by(name)
    return bool(readers) and readers <= plan.index_names


def beside_of(plan: Plan, step: Step) -> dict[str, tuple[str, ...]]:
    """By the names in a formula, the steps with a value that each is computed from or that are computed from it."""
    beside = {}
    for name in names(step.tree):
        near = (plan.graph.read_by(name) | plan.graph.reads.get(name, frozenset())) & plan.by_name.keys()
        beside[name] = tuple(sorted(other for other in near if plan.step(other).has_value and other != step.name))
    return {name: near for name, near in beside.items() if near}


def farther_of(plan: Plan, step: Step) -> dict[str, tuple[str, ...]]:
    """By the names in a formula, the steps at two removes before each."""
    farther = {}
    for name in names(step.tree):
        near = plan.graph.reads.get(name, frozenset()) & plan.by_name.keys()
        far = {other for each in near for other in plan.graph.reads[each]} & plan.by_name.keys() - near
        farther[name] = tuple(sorted(other for other in far if plan.step(other).has_value and other != step.name))
    return {name: far for name, far in farther.items() if far}


@lru_cache(maxsize=256)
def shape_of_symbol(shape: tuple[str, ...]) -> tuple[int, ...]:
    """A shape in letters as numbers, different letters different: names may be exchanged where these agree."""
    return tuple(int(size) if size.isdigit() else LETTER + ord(size[0]) for size in shape)


def axes_of_parts(tree: Node, values: Values, step: Step) -> dict[int, int]:
    """The axes of every part by identity; none where all are numbers."""
    values = dict(values)
    read = names(tree) - CONSTANTS.keys()
    has_arrays = any(isinstance(part, Array) for part in walk(tree))
    if not has_arrays and not any(name in values and values[name].ndim > 1 for name in read):
        return {}
    values |= {name: np.ones(1) for name in step.parameters}

    def value(node: Node) -> Floats:
        try:
            return evaluate(node, values)
        except GraderError as fault:
            raise KeyError(str(fault)) from fault

    return axes_in(tree, value)
