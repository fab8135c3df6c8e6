"""Which lines of a calculation are rounded when they are written down, and to how many digits.

an asked step          its own rule (`decimals: 3`)
any other step         the `rounding` of the sheet; without one, the digits of the first blank it is needed for
a given like 1/3       the same (ln 2 is rounded before it is used; 0.125 is not)
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from grader.arrays import Floats, Truths
from grader.facts import fact
from grader.language.nodes import Call, Name
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Ask, Plan
from grader.tolerance import Tolerance

_SHORT = 8
"""A given with more significant digits than this is rounded by whoever writes it down."""


@fact(needs=(*STRUCTURE,))
def digits_of(plan: Plan) -> Mapping[str, Tolerance]:
    """The rule by which each given and step is rounded when it is written down; no entry where it never is."""
    asked = {ask.tree.name: ask for ask in plan.asks if isinstance(ask.tree, Name) and is_number(ask)}
    exact = {name for name, ask in asked.items() if ask.tolerance.is_exact or ask.rule_from == "nobody"}
    rules = {name: ask.tolerance for name, ask in asked.items() if ask.tolerance.digits}
    names = (*(given.name for given in plan.givens), *(step.name for step in plan.steps if step.has_value))
    sheet = plan.problem.rounding
    if sheet is not None:
        return {name: rules.get(name, sheet) for name in names if name not in exact}
    for ask in plan.asks:
        if is_number(ask) and ask.tolerance.digits:
            for name in needed_for(ask, plan):
                rules.setdefault(name, ask.tolerance)
    return {name: rules[name] for name in names if name in rules and name not in exact}


def needed_for(ask: Ask, plan: Plan) -> tuple[str, ...]:
    """The givens and steps an ask is computed from, itself among them, in order."""
    start = plan.names_read(() if ask.tree is None else (ask.tree,))
    passed = plan.graph.behind(start).passed
    read = start.union(*(plan.graph.reads[name] for name in passed))
    return tuple(name for name in (*(given.name for given in plan.givens), *plan.definitions) if name in read)


def is_number(ask: Ask) -> bool:
    """A blank for a number or an array that may be rounded."""
    return ask.traits.rounded and ask.tree is not None


@fact(needs=(digits_of,))
def repeated(plan: Plan) -> frozenset[str]:
    """Steps that are a repetition: whoever does them by hand rounds in every round."""
    rules = digits_of(plan)
    return frozenset(
        step.name
        for step in plan.steps
        if step.name in rules
        and any(isinstance(tree, Call) and tree.op == "iterate" for tree in (step.tree, step.check))
    )


@fact(needs=(*STRUCTURE, digits_of, repeated))
def lines_of(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """For each ask of numbers the givens and steps it is computed from, in order, that are rounded to digits.

    An ask computed from none of them is not here: its rule is all there is. Nor is one without digits of its own where
    it has been declared exact.
    """
    rules = digits_of(plan)
    table: dict[str, tuple[str, ...]] = {}
    for ask in plan.asks:
        own = ask.tree.name if isinstance(ask.tree, Name) else None
        lines = tuple(name for name in needed_for(ask, plan) if name in rules and name != own)
        if is_number(ask) and not ask.tolerance.is_exact and (lines or own in repeated(plan)):
            table[ask.id] = lines
    return table


def is_rounded(rule: Tolerance, value: Floats, inherited: Floats | float) -> Truths:
    """Where rounding changes a value, or what it inherits reaches half a unit."""
    unit = rule.unit(value)
    noise = np.maximum(1e-9 * unit, 1e-12 * np.abs(value))
    with np.errstate(all="ignore"):
        result: Truths = (np.abs(rule.rounded(value) - value) > noise) | (inherited >= 0.5 * unit * (1 - 1e-9))
    return result


def is_long(name: str, group: Group) -> Truths:
    """Where a given has so many digits that it has to be rounded when it is used; steps are whatever they are."""
    value = group.values[name]
    if name not in group.given:
        return np.ones(value.shape, bool)
    short = Tolerance(significant=_SHORT).rounded(value)
    result: Truths = np.abs(short - value) > 1e-12 * np.abs(value)
    return result
