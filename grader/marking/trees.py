"""Diagnosis of expressions: the student's formula and every wrong one as values at the same points."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.blanks.expressions import reference_tree, sizes
from grader.equality.arrays import evaluate_sized, instances_of
from grader.equality.expressions import reference_sample
from grader.errors import GraderError
from grader.language.evaluate import evaluate
from grader.language.nodes import Node
from grader.marking.column import Column
from grader.marking.match import Match, of_mutant
from grader.plan.group import Group
from grader.suspects.candidates import program_for, slot, symbol_values

ENOUGH = 10
"""Points at which a wrong formula must have a value and agree."""
CLOSE = 1e-9
LOOKS = ("usual", "rare")
GENERIC = 3.0


def tree_matches(group: Group, column: Column, member: int) -> list[Match]:
    """The candidates that are the same function as what a student wrote."""
    answer = column.values[member]
    if not isinstance(answer, Node):
        return []
    found = _symbolic if column.kind.traits.arrays else _scalar
    return found(group, column, member, answer)


def _scalar(group: Group, column: Column, member: int, answer: Node) -> list[Match]:
    ask = column.ask
    sampled = reference_sample(reference_tree(ask, group, member), ask.variables, tuple(sorted(ask.domain.items())))
    if sampled is None or not ask.variables:
        return []
    count = len(sampled.values)
    one = group.at(member)
    values = dict(one.values) | {slot(name): sampled.points[name] for name in ask.variables}
    try:
        typed = evaluate(answer, sampled.points)
    except GraderError:
        return []
    if typed.ndim > 1:
        return []
    typed = np.broadcast_to(typed, (count,))
    stop = frozenset(_functions_asked(group, ask.id))
    for which in LOOKS:
        program = program_for(group, ask, stop, which)
        right, table = program.run(values, count)
        matches = [of_mutant(program.mutants[int(place)]) for place in np.flatnonzero(agree(typed, table, right))]
        if matches:
            return matches
    return _generic(typed, right)


def _functions_asked(group: Group, own: str) -> list[str]:
    """Functions that are asked for themselves: a slip in one of them is found there."""
    asked = {ask.id for ask in group.plan.asks}
    return [step.name for step in group.plan.steps if step.parameters and step.name in asked and step.name != own]


def agree(typed: Any, table: Any, right: Any) -> Any:
    """Which rows (M,) of the table (M, P) are the same as the typed values wherever both have one."""
    with np.errstate(all="ignore"):
        both = np.isfinite(typed) & np.isfinite(table)
        gap = np.abs(typed - table) <= CLOSE * np.maximum(np.abs(typed), np.abs(table)) + 1e-300
        holes = np.isfinite(typed) != np.isfinite(table)
        same = np.where(both, gap, True).all(axis=1) & (both.sum(axis=1) >= ENOUGH) & (holes.sum(axis=1) <= 2)
        idle = (np.abs(table - right) <= CLOSE * np.abs(right)).all(axis=1)
    return same & ~idle


def _generic(typed: Any, right: Any) -> list[Match]:
    """A constant factor or term, the reciprocal."""
    with np.errstate(all="ignore"):
        ratio, gap = typed / right, typed - right
        for rule, value in (("reciprocal", typed * right - 1.0), ("sign", ratio + 1.0)):
            if np.isfinite(value).all() and np.abs(value).max() < CLOSE:
                return [Match(rule, "", GENERIC)]
        for rule, value in (("constant-factor", ratio), ("constant-term", gap)):
            if np.isfinite(value).all() and np.ptp(value) <= CLOSE * np.abs(value).max():
                return [Match(rule, "", GENERIC)]
    return []


def _symbolic(group: Group, column: Column, member: int, answer: Node) -> list[Match]:
    instances = instances_of(next(iter(sizes(group))))
    values = {**group.at(member).values, **symbol_values(group), **instances}
    count = len(next(iter(instances.values())))
    try:
        typed = evaluate_sized(answer, instances, None)
    except GraderError:
        return []
    typed = np.broadcast_to(typed, (count, *typed.shape[1:]))
    for which in LOOKS:
        program = program_for(group, column.ask, frozenset(), which)
        right, table = program.run(values, count)
        matches = [of_mutant(program.mutants[int(place)]) for place in np.flatnonzero(_alike(typed, table, right))]
        if matches:
            return matches
    turned = np.swapaxes(typed, 1, -1) if typed.ndim == 3 else typed
    if turned.shape == right.shape and np.abs(turned - right).max() <= 10 * CLOSE * np.abs(right).max():
        return [Match("transposed", "", GENERIC)]
    return _multiple(typed, right) if typed.shape == right.shape else []


def _alike(typed: Any, table: Any, right: Any) -> Any:
    """Which mutants (M,) of the table (M, instances, *shape) are what was typed on every instance."""
    if typed.shape != right.shape:
        return np.zeros(len(table), bool)
    count = len(typed)
    gaps = np.abs(table - typed).reshape(len(table), count, -1).max(axis=2)
    idle = np.abs(table - right).reshape(len(table), count, -1).max(axis=2) <= CLOSE
    scale = np.abs(typed).reshape(count, -1).max(axis=1)
    return (gaps <= 10 * CLOSE * scale).all(axis=1) & ~idle.all(axis=1)


def _multiple(typed: Any, right: Any) -> list[Match]:
    with np.errstate(all="ignore"):
        ratio = typed / right
    if not np.isfinite(ratio).all() or np.ptp(ratio) > 1e-8 * np.abs(ratio).max():
        return []
    return [Match("sign" if abs(ratio.flat[0] + 1) < 1e-8 else "constant-factor", "", GENERIC)]
