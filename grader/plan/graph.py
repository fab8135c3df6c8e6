"""What the formulas of a plan read: the edges between steps, inferred from the names in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from grader.language.nodes import Call, Name, Node, Number, names, substitute, walk
from grader.plan.plan import Ask, Plan

_NOBODY = Number("0")
"""Stands for the parameters of a function, which are nobody's names outside it."""


@lru_cache(maxsize=1024)
def steps_read(plan: Plan) -> Mapping[str, frozenset[str]]:
    """For every step the names it reads: givens and steps, functions among them; `where` functions are looked into."""
    return {step.name: names_read(plan, (step.tree,)) - {*step.parameters} for step in plan.steps}


def names_read(plan: Plan, trees: Iterable[Node]) -> frozenset[str]:
    """Names that formulas read, inside the functions they mention too; a step that is a function is one name."""
    stepped = {step.name for step in plan.steps if not step.has_value}
    found: set[str] = set()
    todo = list(trees)
    while todo:
        tree = todo.pop()
        here = names(tree) | {part.op for part in walk(tree) if isinstance(part, Call)}
        for name in here & plan.functions.keys() - found - stepped:
            function = plan.functions[name]
            todo.append(substitute(function.body, dict.fromkeys(function.parameters, _NOBODY)))
        found |= here
    return frozenset(found)


def trees_of(ask: Ask) -> tuple[Node, ...]:
    """Every formula that decides what is right for an ask."""
    options = [tree for option in ask.options for tree in (option.when, option.tree) if tree is not None]
    conditions = [
        tree for condition in ask.conditions for tree in (condition.holds, condition.rows) if tree is not None
    ]
    return tuple(tree for tree in (ask.tree, *options, *conditions) if tree is not None)


def asked_step(plan: Plan, ask: Ask) -> str | None:
    """The step that an ask asks for; None for an ask with a formula of its own."""
    found = _asked_steps(plan).get(ask.id, "")
    if found == "":  # an ask made for a step on the way
        return ask.id if any(step.name == ask.id for step in plan.steps) else None
    return found


@lru_cache(maxsize=1024)
def _asked_steps(plan: Plan) -> Mapping[str, str | None]:
    """By ask the step it asks for."""
    steps = {step.name: step for step in plan.steps}
    return {
        ask.id: ask.id if ask.id in steps and (ask.tree == Name(ask.id) or ask.tree == steps[ask.id].tree) else None
        for ask in plan.asks
    }


@lru_cache(maxsize=4096)
def nearest(plan: Plan, ask: str, stop: frozenset[str]) -> tuple[str, ...]:
    """The steps among `stop` that an ask is computed from, going back until one is met; in the order of the plan."""
    met, _ = _walked_back(plan, ask, stop)
    return tuple(step.name for step in plan.steps if step.name in met)


@lru_cache(maxsize=4096)
def segment(plan: Plan, ask: str, stop: frozenset[str]) -> tuple[str, ...]:
    """The steps whose formulas lead from those in `stop` (and the givens) to an ask or a step, its own step last."""
    _, seen = _walked_back(plan, ask, stop)
    return tuple(step.name for step in plan.steps if step.name in seen)


def _walked_back(plan: Plan, ask_id: str, stop: frozenset[str]) -> tuple[set[str], set[str]]:
    """The steps at which the way back from an ask stops, and those on the way."""
    ask = next((ask for ask in plan.asks if ask.id == ask_id), None)
    own = asked_step(plan, ask) if ask else ask_id
    reads = steps_read(plan)
    met, seen = set[str](), set[str]() if own is None else {own}
    todo = list(reads[own] if own is not None else names_read(plan, trees_of(ask)) if ask else ())
    while todo:
        name = todo.pop()
        if name in stop and name != own:
            met.add(name)
        elif name not in seen and name in reads:
            seen.add(name)
            todo += reads[name]
    return met, seen


@lru_cache(maxsize=1024)
def index_names(plan: Plan) -> frozenset[str]:
    """Names that say which entry of an array is meant."""
    trees = [*(step.tree for step in plan.steps), *(function.body for function in plan.functions.values())]
    entries = [part for tree in trees for part in walk(tree) if isinstance(part, Call) and part.op == "entry"]
    return frozenset(name for part in entries for index in part.args[1:] for name in names(index))


def depends(plan: Plan, step: str, on: Collection[str]) -> bool:
    """Whether a step is computed from one of the names, directly or through others."""
    reads = steps_read(plan)
    seen, todo = {step}, list(reads.get(step, ()))
    while todo:
        name = todo.pop()
        if name in on:
            return True
        if name not in seen:
            seen.add(name)
            todo += reads.get(name, ())
    return False
