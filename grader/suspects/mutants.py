"""Mutants of a plan: its formulas with one slip each, from the tables of slips and the author's list.

A mutant belongs to the step whose formula was done wrong. They depend on the plan alone, not on anybody's numbers, and
are made once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from grader.errors import GraderError
from grader.facts import fact
from grader.language.evaluate import evaluate
from grader.language.functions import inlined
from grader.language.nodes import Array, Call, Name, Node, Number, names, transform, walk
from grader.language.primitives import CONSTANTS, SPECIAL_FORMS
from grader.plan.plan import STRUCTURE, Plan, Step
from grader.plan.sample import Unusual, exemplar
from grader.plan.solve import Values
from grader.slips.activations import ACTIVATIONS
from grader.slips.derivatives import Broken, broken_derivatives
from grader.slips.names import Known, name_slips
from grader.slips.place import Place
from grader.slips.rules import RARE, RULES, SPECIAL, ranks_of, rewrites
from grader.spec.problem import Texts

MOST = 160
"""Mutants of one formula; longer formulas lose the rarer ones."""
MOST_PAIRS = 300
AUTHORED, PAIR = 0, 3
HASTY = frozenset(
    {"sign", "factor-two", "factor-dropped", "divisor-dropped", "term-dropped", "power-dropped", "root-missing"}
)
"""Slips that are looked for two at a time."""


class Mutant(msgspec.Struct, frozen=True, eq=False):
    """Formulas done wrong: `trees` by step. `part` is what the slip is about, `say` the author's words for it.

    `pair` are the two slips of one made twice.
    """

    rule: str
    step: str
    trees: Mapping[str, Node]
    cost: float = 1
    main: bool = False
    part: Node | None = None
    say: Texts | None = None
    pair: tuple[Mutant, ...] = ()


_ORDER = {rule: place for place, rule in enumerate(dict.fromkeys(row.id for row in RULES), 1)}


def rank(mutant: Mutant) -> tuple[float, int]:
    """Of two slips that are one formula the first is told: the simpler one, then the one higher in the table."""
    return mutant.cost, _ORDER.get(mutant.rule, 0)


@fact(needs=(*STRUCTURE,))
def iterates(plan: Plan) -> frozenset[str]:
    """The bases of indexed steps of which each is computed from the one before it: w in w[t] = w[t-1] - eta*g[t]."""
    found = set()
    for step in plan.steps:
        base, _, index = step.name.partition("[")
        number = index.removesuffix("]")
        if number.isdigit() and plan.graph.depends(step.name, {f"{base}[{int(number) - 1}]"}):
            found.add(base)
    return frozenset(found)


@fact(needs=(*STRUCTURE, exemplar, iterates))
def mutants_of(plan: Plan, name: str, unusual: Unusual) -> tuple[Mutant, ...]:
    """The mutants of one step, the more telling rules first, each formula once."""
    return tuple(_made(plan, plan.step(name), exemplar(plan, unusual)))


def _made(plan: Plan, step: Step, values: Values) -> Iterator[Mutant]:
    functions = dict(plan.functions)
    tree = inlined(step.tree, functions)
    seen = {tree}
    count = 0
    whole = [] if isinstance(tree, Name | Number) else [_with_other_sign(tree)]
    rows = (
        *whole,
        *_broken(plan, step, tree),
        *_rewritten(plan, step, tree, values),
        *_second(plan, step, tree, values),
    )
    for rule, other, part, cost, main in sorted(rows, key=lambda row: row[3]):  # of the same formula the simplest
        if other in seen or count >= MOST:
            continue
        seen.add(other)
        count += 1
        yield Mutant(rule, step.name, {step.name: other}, cost, main, part)


def pairs_of(plan: Plan, name: str, unusual: Unusual) -> Iterator[Mutant]:
    """Two slips made in haste in one formula, each formula once."""
    step = plan.step(name)
    seen = {inlined(step.tree, dict(plan.functions))}
    single = [mutant for mutant in mutants_of(plan, name, unusual) if mutant.rule in HASTY and mutant.cost == 1]
    seen |= {mutant.trees[name] for mutant in single}
    place = Place({}, lambda out: None)
    for first in single:
        for row in RULES:
            for other, _, part in rewrites(first.trees[name], row, place) if row.id in HASTY else ():
                if other not in seen and len(seen) < MOST_PAIRS:
                    seen.add(other)
                    second = Mutant(row.id, name, {name: other}, row.cost, part=part)
                    yield Mutant(f"{first.rule}+{row.id}", name, {name: other}, PAIR, pair=(first, second))


_Row = tuple[str, Node, Node | None, float, bool]


def _with_other_sign(tree: Node) -> _Row:
    return "sign", Call("neg", (tree,)), None, SPECIAL, False


def _broken(plan: Plan, step: Step, tree: Node) -> Iterator[_Row]:
    """Derivatives with a rule broken, where the formula or its check is one."""
    for derivative in plan.derivatives:
        whole = derivative.path == (*step.path, "check") and step.check == derivative.result
        inside = derivative.path == step.path and derivative.result in set(walk(tree))
        if not (whole or inside):
            continue
        for found in _broken_derivatives(derivative.what, derivative.by):
            other = found.tree if whole else _replaced(tree, derivative.result, found.tree)
            yield found.rule, other, found.part, 1, True


@lru_cache(maxsize=1024)
def _broken_derivatives(what: Node, by: str) -> tuple[Broken, ...]:
    """Forms of a problem share their derivatives."""
    return tuple(broken_derivatives(what, by))


def _replaced(tree: Node, was: Node, put: Node) -> Node:
    return transform(tree, lambda part: put if part == was else part)


def _rewritten(plan: Plan, step: Step, tree: Node, values: Values) -> Iterator[_Row]:
    """The rows of the tables applied to the formula."""
    known = _known(plan, step, values)
    place = Place(_ranks(tree, values, step), lambda out: preactivation(out, plan))
    for found in name_slips(tree, known):
        yield found.rule, found.tree, found.part, found.cost, found.main
    yield from _calls_at(plan, step)
    for row in RULES:
        for other, _, part in rewrites(tree, row, place):
            yield row.id, other, part, row.cost, row.main
    if not isinstance(tree, Name | Number):
        yield "factor-two", Call("mul", (Number("2"), tree)), None, 1.2, False
        yield "factor-two", Call("div", (tree, Number("2"))), None, 1.2, False
        if any(isinstance(part, Call) and part.op in _TURNS for part in walk(tree)):
            yield "degrees", transform(tree, _in_degrees), None, 1, False


def _calls_at(plan: Plan, step: Step) -> Iterator[_Row]:
    """A function of the file taken at the variable where it belongs at another function: f′(x) for f′(g(x))."""
    if len(step.parameters) != 1:
        return
    variable = Name(step.parameters[0])
    for call in walk(step.tree):
        if isinstance(call, Call) and call.op in plan.functions and len(call.args) == 1 and call.args[0] != variable:
            put = _replaced(step.tree, call, Call(call.op, (variable,)))
            yield "outer-at-x", inlined(put, dict(plan.functions)), call, 1, True


_COMPACT = {"det", "inv", "tr", "norm", "softmax", "dot", "sum", "mean", "iterate", "count_until"}


def _second(plan: Plan, step: Step, tree: Node, values: Values) -> Iterator[_Row]:
    """Slips in the second formula of a step whose first one says in a word what is worked out entry by entry."""
    if step.check is None or step.symbolic or step.parameters:
        return
    compact = any(isinstance(part, Call) and part.op in _COMPACT for part in walk(tree)) or len(
        _ranks(tree, values, step)
    )
    check = inlined(step.check, dict(plan.functions))
    opaque = any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(check))
    known = {*_known(plan, step, values).shapes, *CONSTANTS}
    if compact and not opaque and names(check) <= known:
        for rule, other, part, cost, _ in _rewritten(plan, step, check, values):
            yield rule, other, part, max(cost, RARE), False


_TURNS = {"sin", "cos", "tan", "cot"}


def _in_degrees(part: Node) -> Node:
    if isinstance(part, Call) and part.op in _TURNS:
        return Call(part.op, (Call("div", (Call("mul", (part.args[0], Name("pi"))), Number("180"))),))
    return part


def _known(plan: Plan, step: Step, values: Values) -> Known:
    """Names that may stand in the formula: givens and the steps that are not computed from it."""
    free = [other.name for other in plan.steps if other.has_value and other.name != step.name]
    shapes = {name: value.shape[1:] for name, value in values.items() if name not in plan.by_name}
    shapes |= {name: values[name].shape[1:] for name in free if not plan.graph.depends(name, {step.name})}
    shapes |= {name: shape_of_symbol(shape) for name, shape in plan.symbols.items()}
    numbers = frozenset(given.name for given in plan.givens if given.draw)
    own = {name: shape for name, shape in shapes.items() if name not in step.parameters}
    return Known(own, step.parameters, numbers, iterates(plan), plan.index_names)


@lru_cache(maxsize=256)
def shape_of_symbol(shape: tuple[str, ...]) -> tuple[int, ...]:
    """A shape in letters as numbers, different letters different: names may be exchanged where these agree."""
    return tuple(int(size) if size.isdigit() else 1000 + ord(size[0]) for size in shape)


def _ranks(tree: Node, values: Values, step: Step) -> dict[int, int]:
    values = dict(values)
    read = names(tree) - CONSTANTS.keys()
    has_arrays = any(isinstance(part, Array) for part in walk(tree))
    if not has_arrays and not any(name in values and values[name].ndim > 1 for name in read):
        return {}
    values |= {name: np.ones(1) for name in step.parameters}

    def value(node: Node) -> Any:
        try:
            return evaluate(node, values)
        except GraderError as fault:
            raise KeyError(str(fault)) from fault

    return ranks_of(tree, value)


def preactivation(out: Node, plan: Plan) -> tuple[str, Node] | None:
    """The activation and its argument where a part is the output of one, written out or as a step's name."""
    if isinstance(out, Name):
        step = plan.by_name.get(out.name)
        if step is None:
            return None
        out = inlined(step.tree, dict(plan.functions))
    match out:
        case Call(op, (inner,)) if op in ACTIVATIONS:
            return op, inner
        case Call("div", (Number("1"), Call("add", (Number("1"), Call("exp", (Call("neg", (inner,)),)))))):
            return "sigmoid", inner
    return None


def authored(plan: Plan) -> list[Mutant]:
    """The author's mistakes; each is told in its own words."""
    found = []
    for mistake in plan.mistakes:
        step = next((step.name for step in plan.steps if step.name in mistake.steps), "")
        found.append(Mutant(mistake.name, step, dict(mistake.steps), AUTHORED, True, None, mistake.say))
    return found
