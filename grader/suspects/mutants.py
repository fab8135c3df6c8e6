"""Mutants of a plan: its formulas with one slip each, from the tables of slips and the author's list.

A mutant belongs to the step whose formula was done wrong. They depend on the plan alone, not on anybody's numbers, and
are made once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from operator import itemgetter

import msgspec

from grader.facts import fact
from grader.language.functions import inlined
from grader.language.lexer import canonical_name
from grader.language.nodes import Call, Name, Node, Number, children, names, substitute
from grader.plan.plan import STRUCTURE, Plan, Step
from grader.plan.sample import Unusual, exemplar
from grader.slips.context import Context
from grader.slips.rank import AUTHORED, PAIR, USUAL, Level, Rank
from grader.slips.rules import rewrites, rules_of
from grader.slips.table import SLIP_KINDS, Row, position
from grader.spec.problem import Texts
from grader.suspects.alike import Alike, formula_content, is_own, own_steps
from grader.suspects.around import beside_of, farther_of, iterates, untold
from grader.suspects.places import TIERS, Placed, added_by
from grader.suspects.slopes import slope_slips
from grader.suspects.wholes import (
    Made,
    one_by_one,
    one_step_on,
    other_calls,
    undifferentiated,
    with_unasked,
)

MOST, MOST_FAR = 160, 600
"""Mutants of one formula in one look; longer formulas lose the rarer ones."""
MOST_PAIRS = 300


class Mutant(msgspec.Struct, frozen=True, eq=False):
    """Formulas done wrong: `trees` by step. `part` is what the slip is about, `say` the author's words for it.

    `pair` are the two slips of one made twice.
    """

    rule: str
    step: str
    trees: Mapping[str, Node]
    rank: Rank = USUAL
    main: bool = False
    part: Node | None = None
    say: Texts | None = None
    pair: tuple[Mutant, ...] = ()

    @property
    def only_told(self) -> bool:
        """The author has words for it, but numbers are not drawn for it."""
        return self.say is not None and not self.main

    @property
    def hasty(self) -> bool:
        """Looked for two at a time: what is done wrong in a hurry, and all that the author has seen."""
        if self.say is not None:
            return self.rank == AUTHORED
        return SLIP_KINDS[self.rule].hasty and self.rank.level != Level.RARE


def rank(mutant: Mutant) -> tuple[Rank, int]:
    """Of two slips that are one formula the first is told: the simpler one, then the one higher in the table."""
    return mutant.rank, position(mutant.rule)


class Mutants(msgspec.Struct, frozen=True, eq=False, dict=True):
    """The mutants of a formula in one look, the more telling rules first.

    `seen` are all formulas of this look and of those before it, `later` the slips made already that the next ones have.
    """

    each: tuple[Mutant, ...]
    seen: frozenset[Node] = frozenset()
    later: tuple[Placed, ...] = ()

    @cached_property
    def reads(self) -> frozenset[str]:
        """All names and functions that they mention."""
        return _mentioned([tree for mutant in self.each for tree in mutant.trees.values()])


@fact(needs=(*STRUCTURE, exemplar, iterates, own_steps, untold))
def mutants_of(plan: Plan, name: str, unusual: Unusual, tier: str) -> Mutants:
    """The mutants of one step in one look, each formula once; forms that say the step alike have them together."""
    step, values = plan.step(name), exemplar(plan, unusual)
    before = TIERS[: TIERS.index(tier)]
    seldom = tuple(_worked_anew(plan, step, unusual, before))
    if tier == "rare":
        from_others = (one_by_one(plan, step, values), undifferentiated(plan, step), slope_slips(plan, step, values))
        seldom += tuple(made for made in chain(*from_others) if not _leads_to_itself(plan, step, made[1]))

    def made() -> Mutants:
        known = mutants_of(plan, name, unusual, before[-1]) if before else None
        return _mutants(plan, step, tier, known, added_by(plan, step, values, tier, seldom))

    if is_own(plan, (name,)):
        return made()
    content: tuple[Hashable, ...] = (tier, untold(plan), formula_content(plan, step, values, iterates(plan)))
    if before:
        content += (
            seldom,
            *sorted(beside_of(plan, step).items()),
            *sorted(farther_of(plan, step).items()),
        )
    if tier == "far":
        content += (mutants_of(plan, name, unusual, "rare"), with_unasked(plan, step))
        content += (*other_calls(plan, step), *one_step_on(plan, step))
    return Alike(content, made).shared_by(plan)


def _leads_to_itself(plan: Plan, step: Step, tree: Node) -> bool:
    """Whether a formula with others put in reads what is computed from its own step: the squares of the gradient."""
    return any(name == step.name or plan.graph.depends(name, {step.name}) for name in names(tree))


def _worked_anew(plan: Plan, step: Step, unusual: Unusual, before: tuple[str, ...]) -> Iterator[Made]:
    """Of a function of the sheet at a point the slips in the function, as the look before this one has them.

    It may be right on the sheet: who puts numbers into the rule, and not into what was found by it, makes those of the
    rule.
    """
    match step.tree:
        case Call(op, points) if before and op in plan.functions:
            function = plan.by_name.get(canonical_name(op))
            if function is None or len(function.parameters) != len(points):
                return
            put_in = dict(zip(function.parameters, points, strict=True))
            level = Level.RARE if before[-1] == "usual" else Level.FAR
            for mutant in mutants_of(plan, function.name, unusual, before[-1]).each:
                part = substitute(mutant.part, put_in) if mutant.part is not None else None
                tree = substitute(mutant.trees[function.name], put_in)
                yield Row(mutant.rule, mutant.rank.at_least(level), False), tree, part


def _mutants(plan: Plan, step: Step, tier: str, before: Mutants | None, added: Iterable[Placed]) -> Mutants:
    """Of the same formula the simplest slip counts, of equally simple ones that which is looked for first."""
    seen = set(before.seen) if before else {inlined(step.tree, plan.functions)}
    by_rank: dict[Rank, list[Placed]] = {}
    for placed in (*(before.later if before else ()), *added):
        by_rank.setdefault(placed[1].rank, []).append(placed)
    each: list[Mutant] = []
    later: list[Placed] = []
    for rank_ in sorted(by_rank):
        if TIERS.index(rank_.tier) > TIERS.index(tier):
            later += by_rank[rank_]
            continue
        belongs = rank_.tier == tier
        for _, slip, other, part in sorted(by_rank[rank_], key=itemgetter(0)):
            if other not in seen:
                seen.add(other)
                if belongs and len(each) < (MOST_FAR if tier == "far" else MOST):
                    each.append(Mutant(slip.rule, step.name, {step.name: other}, slip.rank, slip.main, part))
    return Mutants(tuple(each)) if tier == "far" else Mutants(tuple(each), frozenset(seen), tuple(later))


def _mentioned(trees: list[Node]) -> frozenset[str]:
    """Names and functions in trees that have most of their parts in common."""
    seen, mentioned, todo = set[int](), set[str](), list(trees)
    while todo:
        part = todo.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, Name):
            mentioned.add(part.name)
        elif not isinstance(part, Number):
            todo += children(part)
            if isinstance(part, Call):
                mentioned.add(part.op)
    return frozenset(mentioned)


def pairs_of(plan: Plan, name: str, unusual: Unusual) -> Iterator[Mutant]:
    """Two slips made in haste in one formula, each formula once."""
    step = plan.step(name)
    seen = {inlined(step.tree, plan.functions)}
    single = [
        mutant for mutant in mutants_of(plan, name, unusual, "usual").each if mutant.hasty and mutant.rank == USUAL
    ]
    seen |= {mutant.trees[name] for mutant in single}
    context = Context({}, lambda out: None)
    hasty = [rule for rule in rules_of("usual") if SLIP_KINDS[rule.row.rule].hasty]
    for first in single:
        for made in rewrites(first.trees[name], hasty, context):
            if len(seen) >= MOST_PAIRS:
                return
            if made.tree not in seen:
                seen.add(made.tree)
                slip, trees = made.rule.row, {name: made.tree}
                second = Mutant(slip.rule, name, trees, slip.rank, part=made.part)
                yield Mutant(f"{first.rule}+{second.rule}", name, trees, PAIR, pair=(first, second))


def authored(plan: Plan) -> list[Mutant]:
    """The author's mistakes; each is told in its own words."""
    mistakes = []
    for mistake in plan.mistakes:
        step = next((step.name for step in plan.steps if step.name in mistake.steps), "")
        rank = AUTHORED if mistake.drawn else USUAL
        mistakes.append(Mutant(mistake.name, step, dict(mistake.steps), rank, mistake.drawn, None, mistake.say))
    return mistakes
