"""The way back from a blank: the steps it is computed from, to where a student's own values stand."""

from __future__ import annotations

from collections.abc import Set

from grader.facts import fact
from grader.language.graph import Behind
from grader.language.nodes import Node
from grader.plan.plan import STRUCTURE, Ask, Plan, asks_of


def trees_of(ask: Ask) -> tuple[Node, ...]:
    """Every formula that decides what is right for an ask."""
    options = [tree for option in ask.options for tree in (option.when, option.tree) if tree is not None]
    conditions = [
        tree for condition in ask.conditions for tree in (condition.holds, condition.rows) if tree is not None
    ]
    return tuple(tree for tree in (ask.tree, *options, *conditions) if tree is not None)


@fact(needs=(*STRUCTURE,))
def nearest(plan: Plan, ask: str, stop: frozenset[str]) -> tuple[str, ...]:
    """The steps among `stop` that an ask is computed from, going back until one is met; in the order of the plan."""
    met = _behind(plan, ask, stop).met
    return tuple(step.name for step in plan.steps if step.name in met)


@fact(needs=(*STRUCTURE,))
def segment(plan: Plan, ask: str, stop: frozenset[str]) -> tuple[str, ...]:
    """The steps whose formulas lead from those in `stop` (and the givens) to an ask or a step, its own step last."""
    passed = _behind(plan, ask, stop).passed
    return tuple(step.name for step in plan.steps if step.name in passed)


def _behind(plan: Plan, name: str, stop: Set[str]) -> Behind:
    """The way back from an ask, or from a step that nobody asks for."""
    asks = asks_of(plan)
    own = plan.asked_step(asks[name]) if name in asks else name
    if own is not None:
        return plan.graph.behind({own}, stop - {own})
    return plan.graph.behind(plan.names_read(trees_of(asks[name])), stop)
