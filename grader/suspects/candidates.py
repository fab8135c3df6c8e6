"""Candidates for a wrong answer: programs that compute what every slip on the way to an ask would have given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from msgspec.structs import replace

from grader.blanks.expressions import sizes
from grader.equality.arrays import instances_of
from grader.language.lexer import canonical_name
from grader.language.nodes import Call, Name, Node, walk
from grader.plan.graph import asked_step, index_names, segment
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan
from grader.suspects.mutants import Mutant, Sizes, authored, is_shared, mutants_of, pairs_of
from grader.suspects.program import Program

_PROGRAMS: dict[tuple[int, str, frozenset[str], str], tuple[Plan, Program]] = {}


def program_for(group: Group, ask: Ask, stop: frozenset[str], which: str = "usual") -> Program:
    """The program of an ask for sheets on which the steps in `stop` are filled in; made once per plan.

    `usual` slips have one, `rare` ones another, the `hasty` ones that are made two at a time a third, their `pairs` in
    one formula a fourth.
    """
    key = (id(group.plan), ask.id, stop, which)
    found = _PROGRAMS.get(key)
    if found is None or found[0] is not group.plan:
        program = _made(group, ask, stop, which)
        if not is_shared(group.plan):
            return program
        if len(_PROGRAMS) > 2048:
            _PROGRAMS.clear()
        found = _PROGRAMS[key] = (group.plan, program)
    return found[1]


def step_ask(step: str, ask: Ask) -> Ask:
    """An ask for a step on the way to another ask, to have a program for it."""
    return replace(ask, id=step, kind="", tree=Name(step), variables=(), options=(), conditions=())


def slot(parameter: str) -> str:
    """The name under which a program takes the argument of a function: no given is called that."""
    return f"·{parameter}"


def target_of(plan: Plan, ask: Ask) -> Node:
    """The formula whose value is asked for."""
    step = asked_step(plan, ask)
    if step is None:
        assert ask.tree is not None  # noqa: S101 - asks without a formula have no program
        return ask.tree
    parameters = next(found.parameters for found in plan.steps if found.name == step)
    return Call(_function(plan, step), tuple(Name(slot(name)) for name in parameters)) if parameters else Name(step)


def _function(plan: Plan, step: str) -> str:
    return next(name for name in plan.functions if canonical_name(name) == step)


def _made(group: Group, ask: Ask, stop: frozenset[str], which: str) -> Program:
    plan = group.plan
    inputs = stop | {given.name for given in plan.givens} | set(plan.symbols)
    program = Program(plan, target_of(plan, ask), inputs, [slot(name) for name in ask.variables])
    for mutant in _chosen(plan, ask, stop, Sizes(_first(group)), which):
        program.add(mutant)
    program.trial(_trial_values(group, ask))
    return program


def _chosen(plan: Plan, ask: Ask, stop: frozenset[str], sizes_: Sizes, which: str) -> Iterator[Mutant]:
    """The candidates of one look."""
    if which == "pairs":
        own = asked_step(plan, ask)
        yield from pairs_of(plan, own, sizes_) if own else ()
        return
    for mutant in candidates(plan, ask, stop, sizes_):
        if mutant.hasty if which == "hasty" else mutant.rank.is_usual == (which == "usual"):
            yield mutant


def _first(group: Group) -> dict[str, Any]:
    values: dict[str, Any] = {name: value[:1] for name, value in group.values.items()}
    if group.plan.symbols:
        values |= {name: value[:1] for name, value in symbol_values(group).items()}
    return values


def symbol_values(group: Group) -> dict[str, Any]:
    """Instances of the named arrays, none of them symmetric; `I` is the identity of the first square one."""
    shapes = next(iter(sizes(group)))
    values: dict[str, Any] = dict(instances_of(shapes))
    square = next((shape[0] for shape in shapes.values() if len(shape) == 2 and shape[0] == shape[1]), 1)
    return {**values, "I": np.eye(square)[None]}


def _trial_values(group: Group, ask: Ask) -> dict[str, Any]:
    return _first(group) | {slot(name): np.array([0.7 + 0.1 * place]) for place, name in enumerate(ask.variables)}


def candidates(plan: Plan, ask: Ask, stop: frozenset[str], sizes_: Sizes) -> Iterator[Mutant]:
    """Authored mistakes, then the mutants of every formula on the way, in all rounds of a loop and in one."""
    way = segment(plan, ask.id, stop)
    on_the_way = set(way)
    for mutant in authored(plan):
        if on_the_way & mutant.trees.keys():
            yield mutant
    own = asked_step(plan, ask)
    rounds: dict[tuple[str | int, ...], list[str]] = {}
    paths = {step.name: step.path for step in plan.steps}
    for name in way:
        rounds.setdefault(paths[name], []).append(name)
    coarse = ask.kind == "integer" and any(_is_floor(plan, name) for name in way)
    for name in way:
        if coarse:
            continue  # cut down to a whole number, slips can hardly be told apart
        same = rounds[paths[name]]
        tables = [_by_rule(mutants_of(plan, other, sizes_)) for other in same]
        before = name != own
        for rule, own_mutants in _by_rule(mutants_of(plan, name, sizes_)).items():
            alike = len(same) > 1 and all(len(table.get(rule, ())) == len(own_mutants) for table in tables)
            if name in index_names(plan) and rule != "index-off":
                continue  # the number of an object has no sign and no factor
            for number, mutant in enumerate(own_mutants):
                if alike and name == same[-1]:
                    trees = {other: table[rule][number].trees[other] for other, table in zip(same, tables, strict=True)}
                    yield replace(mutant, trees=trees, rank=mutant.rank.made(before, one_round=False))
                yield replace(mutant, rank=mutant.rank.made(before, one_round=len(same) > 1))


def _is_floor(plan: Plan, name: str) -> bool:
    tree = next(step.tree for step in plan.steps if step.name == name)
    return any(isinstance(part, Call) and part.op in ("floor", "ceil", "count_until") for part in walk(tree))


def _by_rule(found: Iterable[Mutant]) -> dict[str, list[Mutant]]:
    """The mutants of each rule; rounds of a loop have the same slips where they have as many of a rule."""
    table: dict[str, list[Mutant]] = {}
    for mutant in found:
        table.setdefault(mutant.rule, []).append(mutant)
    return table
