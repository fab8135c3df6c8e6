"""Suspects for a wrong answer: programs that compute what every slip on the way to an ask would have given."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

import msgspec
import numpy as np
from msgspec.structs import replace

from grader.arrays import Floats
from grader.facts import fact
from grader.language.lexer import canonical_name
from grader.language.nodes import LEAVES, Call, Name, Node, Number, names, walk
from grader.plan.graph import segment
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Ask, Plan
from grader.plan.sample import Unusual, exemplar, unusual_in
from grader.plan.symbols import square_values
from grader.slips.rank import Level
from grader.slips.rules import skeleton
from grader.suspects.alike import Alike, is_own, own_steps, program_content
from grader.suspects.mutants import Mutant, authored, mutants_of, pairs_of
from grader.suspects.program import Program
from grader.suspects.screen import Screen


def program_for(group: Group, ask: Ask, stop: frozenset[str], which: str = "usual") -> Program:
    """The program of an ask for sheets on which the steps in `stop` are filled in; made once per plan.

    `usual` slips have one, `rare` ones another, the `hasty` ones that are made two at a time a third, their `pairs` in
    one formula a fourth, those whose value is `misshapen` a fifth, and all of those that fit where every matrix is
    `square` a sixth.
    """
    return program_of(group.plan, ask.id, ask == step_ask(ask.id, ask), stop, which, unusual_in(group))


@fact(needs=(*STRUCTURE, exemplar, mutants_of, own_steps, segment, square_values))
def program_of(plan: Plan, name: str, on_the_way: bool, stop: frozenset[str], which: str, unusual: Unusual) -> Program:
    """The program of the ask of this name, or of a step `on_the_way` to one; forms share those that they say alike."""
    ask = step_ask(name, next(iter(plan.asks))) if on_the_way else plan.ask(name)
    look = Look(ask, stop, which, unusual)
    if is_own(plan, segment(plan, ask.id, stop)):
        return _made(plan, look)
    return Alike(_content(plan, look), lambda: _made(plan, look)).shared_by(plan)


def program_like(
    group: Group, ask: Ask, stop: frozenset[str], which: str, values: Mapping[str, Floats], typed: Floats
) -> Program:
    """The program of an ask for a function, for what was typed, (points,): of formulas of a student's own, which no
    other student has, only the suspects that may be it.
    """
    plan = group.plan
    if not is_own(plan, segment(plan, ask.id, stop)):
        return program_for(group, ask, stop, which)
    screen = Screen(plan, target_of(plan, ask), _inputs(plan, stop), values, typed)
    return _made(plan, Look(ask, stop, which, unusual_in(group)), screen.lets_through)


class Look(msgspec.Struct, frozen=True, eq=False):
    """What is asked for, the steps that stand on the sheet, and which suspects are looked at."""

    ask: Ask
    stop: frozenset[str]
    which: str
    unusual: Unusual


def _made(plan: Plan, look: Look, wanted: Callable[[Mapping[str, Node]], bool] | None = None) -> Program:
    program = Program(plan, target_of(plan, look.ask), _inputs(plan, look.stop), _slots(look.ask))
    for mutant in _chosen(plan, look.ask, look.stop, look.unusual, look.which):
        if wanted is None or wanted(mutant.trees):
            program.add(mutant)
    values = _trial_values(plan, look.ask, look.unusual)
    if look.which == "square":
        values |= {name: value[:1] for name, value in square_values(plan).items()}
    program.trial(values, of_shape=look.which != "misshapen")
    return program


def _content(plan: Plan, look: Look) -> Hashable:
    """Everything that decides a program: the formulas on the way, their mutants, and what these are computed from."""
    ask, target = look.ask, target_of(plan, look.ask)
    way = segment(plan, ask.id, look.stop)
    mutants = tuple(mutants_of(plan, name, look.unusual, tier) for tier in tiers_of(look.which) for name in way)
    mistakes = tuple(mistake for mistake in authored(plan) if not mistake.trees.keys().isdisjoint(way))
    trees = [target, *(tree for mistake in mistakes for tree in mistake.trees.values())]
    reads = frozenset[str]().union(*(made.reads for made in mutants))
    values = _trial_values(plan, ask, look.unusual)
    return (
        (ask.id, ask.kind, ask.variables, target, plan.asked_step(ask), look.which),
        tuple((name, plan.step(name).path) for name in way),
        mutants,
        tuple((mistake.rule, mistake.step, tuple(mistake.trees.items())) for mistake in mistakes),
        program_content(plan, trees, reads, _inputs(plan, look.stop)),
        tuple((name, value.shape) for name, value in values.items()),
        tuple((name, values[name].tobytes()) for name in sorted(plan.index_names & values.keys())),
    )


def _inputs(plan: Plan, stop: frozenset[str]) -> frozenset[str]:
    return stop | {given.name for given in plan.givens} | set(plan.symbols)


def _slots(ask: Ask) -> list[str]:
    return [slot(parameter) for parameter in ask.variables]


def step_ask(step: str, ask: Ask) -> Ask:
    """An ask for a step on the way to another ask, to have a program for it."""
    return replace(ask, id=step, kind="", tree=Name(step), variables=(), options=(), conditions=())


def slot(parameter: str) -> str:
    """The name under which a program takes the argument of a function: no given is called that."""
    return f"·{parameter}"


def target_of(plan: Plan, ask: Ask) -> Node:
    """The formula whose value is asked for."""
    step = plan.asked_step(ask)
    if step is None:
        assert ask.tree is not None  # noqa: S101 - asks without a formula have no program
        return ask.tree
    parameters = plan.step(step).parameters
    if not parameters:
        return Name(step)
    unread = Number("1")  # an argument that the formula of this form does not have
    return Call(
        _function(plan, step), tuple(Name(slot(name)) if name in ask.variables else unread for name in parameters)
    )


def _function(plan: Plan, step: str) -> str:
    return next(name for name in plan.functions if canonical_name(name) == step)


def _chosen(plan: Plan, ask: Ask, stop: frozenset[str], unusual: Unusual, which: str) -> Iterator[Mutant]:
    """The candidates of one look."""
    if which == "pairs":
        own = plan.asked_step(ask)
        yield from pairs_of(plan, own, unusual) if own else ()
        return
    for tier in tiers_of(which):
        yield from (mutant for mutant in suspects(plan, ask, stop, unusual, tier) if _belongs(mutant, which))


def _belongs(mutant: Mutant, which: str) -> bool:
    match which:
        case "hasty":
            return mutant.hasty
        case "misshapen" | "square":
            return True
    return mutant.rank.is_usual == (which == "usual")


def _trial_values(plan: Plan, ask: Ask, unusual: Unusual) -> dict[str, Floats]:
    """Nobody's values, (1, *shape), and arguments for a function."""
    slots = {slot(name): np.array([0.7 + 0.1 * index]) for index, name in enumerate(ask.variables)}
    return {**exemplar(plan, unusual), **slots}


_TIERS = {
    "usual": ("usual",), "rare": ("usual", "rare"), "far": ("far",), "hasty": ("usual", "rare"), "pairs": ("usual",),
    "misshapen": ("usual", "rare"), "square": ("usual", "rare", "far"),
}  # fmt: skip


def tiers_of(which: str) -> tuple[str, ...]:
    """The mutants that a look has to have made."""
    return _TIERS[which]


def suspects(plan: Plan, ask: Ask, stop: frozenset[str], unusual: Unusual, tier: str = "usual") -> Iterator[Mutant]:
    """Authored mistakes, then the mutants of every formula on the way, in all rounds of a loop and in one."""
    way = segment(plan, ask.id, stop)
    on_the_way = set(way)
    if tier == "usual":
        yield from (mutant for mutant in authored(plan) if on_the_way & mutant.trees.keys())
    if ask.traits.whole and any(_is_floor(plan, name) for name in way):
        return  # cut down to a whole number, slips can hardly be told apart
    own = plan.asked_step(ask)
    rounds: dict[tuple[str | int, ...], list[str]] = {}
    for name in way:
        rounds.setdefault(plan.step(name).path, []).append(name)
    for name in way:
        same = rounds[plan.step(name).path]
        tables = [_by_rule(mutants_of(plan, other, unusual, tier).each) for other in same]
        before = name != own
        for rule, own_mutants in _by_rule(mutants_of(plan, name, unusual, tier).each).items():
            if name in plan.index_names and rule != "index-off":
                continue  # the number of an object has no sign and no factor
            counts = [len(table.get(rule, ())) for table in tables]
            alike, later = (_same_of(counts[first:], len(own_mutants)) for first in (0, 1))
            for number, mutant in enumerate(own_mutants):
                if alike and name == same[-1]:
                    trees = {other: table[rule][number].trees[other] for other, table in zip(same, tables, strict=True)}
                    made = replace(mutant, trees=trees, rank=mutant.rank.made(before, one_round=False))
                    yield from (made for _ in range(not _is_circular(plan, trees)))
                elif later and name == same[-1]:
                    made = _from_second_on(mutant, same, [table[rule][number] for table in tables[1:]], before)
                    yield from (made for _ in range(not _is_circular(plan, made.trees)))
                rank = mutant.rank.made(before, one_round=len(same) > 1)
                yield mutant if rank == mutant.rank else replace(mutant, rank=rank)
    yield from _in_alike_steps(plan, [name for name in way if name != own], unusual, tier)


_MOST_ALIKE = 3


def _in_alike_steps(plan: Plan, way: list[str], unusual: Unusual, tier: str) -> Iterator[Mutant]:
    """The same slip in steps whose formulas differ in their names only: as one moment is corrected, so is the other."""
    groups: dict[tuple[Node, str], list[str]] = {}
    for name in way if tier != "far" else ():
        step = plan.step(name)
        if name not in plan.index_names and not isinstance(step.tree, LEAVES):
            groups.setdefault((skeleton(step.tree), name.partition("[")[2]), []).append(name)
    for alike in groups.values():
        if not 1 < len(alike) <= _MOST_ALIKE:
            continue
        tables = [_by_rule(mutants_of(plan, name, unusual, tier).each) for name in alike]
        for rule, mutants in tables[-1].items():
            if all(len(table.get(rule, ())) == len(mutants) for table in tables):
                for number, mutant in enumerate(mutants):
                    each = [table[rule][number] for table in tables]
                    trees = {name: other.trees[name] for name, other in zip(alike, each, strict=True)}
                    rank = mutant.rank.at_least(Level.KNOWN).made(before=True, one_round=False)
                    if not _is_circular(plan, trees):
                        yield replace(mutant, trees=trees, rank=rank, main=False)


def _is_circular(plan: Plan, trees: Mapping[str, Node]) -> bool:
    """Rounds done wrong that are computed from one another."""
    read = {name: frozenset(names(tree)) for name, tree in trees.items()}
    if all(read[name] <= plan.graph.reads[name] for name in read):
        return False
    graph = plan.graph.having(read)
    return any(graph.depends(name, {name}) for name in read)


def _same_of(counts: list[int], own: int) -> bool:
    """Several rounds have as many slips of a rule."""
    return len(counts) > 1 and set(counts) == {own}


def _from_second_on(mutant: Mutant, rounds: list[str], each: list[Mutant], before: bool) -> Mutant:
    """A slip in all rounds in which there can be one: before the first round there is no older value."""
    trees = {name: other.trees[name] for name, other in zip(rounds[1:], each, strict=True)}
    rank = mutant.rank.at_least(Level.KNOWN).made(before, one_round=False)
    return replace(mutant, trees=trees, rank=rank, main=False)


def _is_floor(plan: Plan, name: str) -> bool:
    tree = plan.step(name).tree
    return any(isinstance(part, Call) and part.op in ("floor", "ceil", "count_until") for part in walk(tree))


def _by_rule(mutants: Iterable[Mutant]) -> dict[str, list[Mutant]]:
    """The mutants of each rule; rounds of a loop have the same slips where they have as many of a rule."""
    table: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        table.setdefault(mutant.rule, []).append(mutant)
    return table
