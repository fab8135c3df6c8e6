"""Mutants of a plan: its formulas with one slip each, from the tables of slips and the author's list.

A mutant belongs to the step whose formula was done wrong. They depend on the plan alone, not on anybody's numbers, and
are made once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec

from grader.facts import fact
from grader.language.functions import inlined
from grader.language.nodes import Array, Call, Name, Node, Number, children, names, walk
from grader.language.primitives import CONSTANTS, SPECIAL_FORMS
from grader.plan.plan import STRUCTURE, Plan, Step
from grader.plan.sample import Unusual, exemplar
from grader.plan.solve import Values
from grader.slips.activations import ACTIVATIONS
from grader.slips.context import Context
from grader.slips.derivatives import Broken, broken_derivatives
from grader.slips.names import name_slips
from grader.slips.quantities import far_quantities, quantity_slips
from grader.slips.rank import AUTHORED, PAIR, USUAL, Level, Rank
from grader.slips.rules import alike_rewrites, rewrites, rules_of
from grader.slips.series import series_slips
from grader.slips.table import SLIP_KINDS, position
from grader.spec.problem import Texts
from grader.suspects.alike import Alike, formula_content
from grader.suspects.around import axes_of_parts, beside_of, iterates, names_around
from grader.suspects.wholes import (
    Made,
    calls_at,
    far_whole,
    one_by_one,
    one_step_on,
    other_calls,
    replaced,
    scaled_whole,
    sign_of_whole,
    undifferentiated,
    with_unasked,
)

TIERS = ("usual", "rare", "far")
LONGEST = 60
"""Nodes of a formula with others put in."""
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
    def hasty(self) -> bool:
        """Looked for two at a time: what is done wrong in a hurry, and all that the author has seen."""
        return self.rank == AUTHORED or (SLIP_KINDS[self.rule].hasty and self.rank.level != Level.RARE)


def rank(mutant: Mutant) -> tuple[Rank, int]:
    """Of two slips that are one formula the first is told: the simpler one, then the one higher in the table."""
    return mutant.rank, position(mutant.rule)


class Mutants(msgspec.Struct, frozen=True, eq=False):
    """The mutants of a formula, the more telling rules first, and all names and functions that they mention."""

    each: tuple[Mutant, ...]
    reads: frozenset[str]


@fact(needs=(*STRUCTURE, exemplar, iterates))
def mutants_of(plan: Plan, name: str, unusual: Unusual, tier: str) -> Mutants:
    """The mutants of one step in one look, each formula once; forms that say the step alike have them together."""
    step, values = plan.step(name), exemplar(plan, unusual)
    seldom: tuple[Made, ...] = ()
    if tier != "usual":
        seldom = (*one_by_one(plan, step, values), *undifferentiated(plan, step))
    content: tuple[Hashable, ...] = (tier, formula_content(plan, step, values, iterates(plan)))
    if tier != "usual":
        content += (seldom, *sorted(beside_of(plan, step).items()))
    if tier == "far":
        content += (*other_calls(plan, step), *one_step_on(plan, step), with_unasked(plan, step))
    return Alike(content, lambda: _mutants(plan, step, values, tier, seldom)).shared_by(plan)


def _mutants(plan: Plan, step: Step, values: Values, tier: str, seldom: Iterable[Made]) -> Mutants:
    each = tuple(_made(plan, step, values, tier, seldom))
    return Mutants(each, _mentioned([tree for mutant in each for tree in mutant.trees.values()]))


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


def _made(plan: Plan, step: Step, values: Values, tier: str, seldom: Iterable[Made]) -> Iterator[Mutant]:
    tree = inlined(step.tree, dict(plan.functions))
    seen = {tree}
    count = 0
    rows = [*sign_of_whole(tree), *_broken(plan, step, tree, tier), *_rewritten(plan, step, tree, values, tier)]
    if tier != "usual":
        rows += [*_second(plan, step, tree, values, tier), *seldom]
    if tier == "far":
        rows += far_whole(tree, values[step.name].ndim - 1 if step.name in values else 0)
        rows += other_calls(plan, step)
        rows += one_step_on(plan, step)
        rows += _across(plan, step, tree, values)
    for slip, other, part in sorted(rows, key=lambda made: made[0].rank):  # of the same formula the simplest
        if other in seen or count >= (MOST_FAR if tier == "far" else MOST):
            continue
        seen.add(other)
        if slip.rank.tier == tier:
            count += 1
            yield Mutant(slip.rule, step.name, {step.name: other}, slip.rank, slip.main, part)


def _across(plan: Plan, step: Step, tree: Node, values: Values) -> Iterator[Made]:
    """Slips in the formula with the unasked steps before it put in."""
    long = with_unasked(plan, step)
    if long != tree and sum(1 for _ in walk(long)) <= LONGEST:
        for slip, other, part in _rewritten(plan, step, long, values, "far"):
            yield slip._replace(rank=slip.rank.at_least(Level.FAR), main=False), other, part


def pairs_of(plan: Plan, name: str, unusual: Unusual) -> Iterator[Mutant]:
    """Two slips made in haste in one formula, each formula once."""
    step = plan.step(name)
    seen = {inlined(step.tree, dict(plan.functions))}
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


def _broken(plan: Plan, step: Step, tree: Node, tier: str) -> Iterator[Made]:
    """Derivatives with a rule broken, where the formula or its check is one."""
    for derivative in plan.derivatives:
        whole = derivative.path == (*step.path, "check") and step.check == derivative.result
        inside = derivative.path == step.path and derivative.result in set(walk(tree))
        if not (whole or inside):
            continue
        for broken in _broken_derivatives(derivative.what, derivative.by, tier != "usual"):
            other = broken.tree if whole else replaced(tree, derivative.result, broken.tree)
            yield broken.row, other, broken.part


@lru_cache(maxsize=1024)
def _broken_derivatives(what: Node, by: str, seldom: bool) -> tuple[Broken, ...]:
    """Forms of a problem share their derivatives."""
    return tuple(broken_derivatives(what, by, seldom))


def _rewritten(plan: Plan, step: Step, tree: Node, values: Values, tier: str) -> Iterator[Made]:
    """The rows of the tables applied to the formula, those of this look and of the looks before it."""
    context = Context(axes_of_parts(tree, values, step), lambda out: preactivation(out, plan))
    around = names_around(plan, step, values)
    yield from name_slips(tree, around)
    yield from quantity_slips(tree, around)
    yield from calls_at(plan, step)
    for made in rewrites(tree, rules_of(*TIERS[: TIERS.index(tier) + 1]), context):
        yield made.rule.row, made.tree, made.part
    yield from scaled_whole(tree)
    if tier == "far":
        yield from far_quantities(tree, around)
        yield from series_slips(tree, around)
        for made in alike_rewrites(tree, rules_of("usual", "rare", "far"), context):
            yield made.rule.row._replace(rank=made.rule.row.rank.at_least(Level.FAR), main=False), made.tree, made.part


_ARITHMETIC = {"add", "sub", "mul", "emul", "div", "neg", "pow"}
_ENTRIES = {"entry", "dot", "sum"}
_COMPACT = {"det", "inv", "tr", "norm", "softmax", "dot", "sum", "mean", "iterate", "count_until"}


def _second(plan: Plan, step: Step, tree: Node, values: Values, tier: str) -> Iterator[Made]:
    """Slips in the second formula of a step whose first one says in a word what is worked out entry by entry."""
    if step.check is None or step.symbolic or step.parameters:
        return
    check = inlined(step.check, dict(plan.functions))
    compact = (
        tier == "far"
        or any(isinstance(part, Call) and part.op in _COMPACT for part in walk(tree))
        or (len(axes_of_parts(tree, values, step)) and (_in_a_word(tree) or _by_entries(check)))
    )
    opaque = any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(check))
    known = {*names_around(plan, step, values).shapes, *CONSTANTS}
    if compact and not opaque and names(check) <= known:
        for slip, other, part in _rewritten(plan, step, check, values, tier):
            yield slip._replace(rank=slip.rank.at_least(Level.RARE), main=False), other, part


def _in_a_word(tree: Node) -> bool:
    """A function of something: sums and products of whole arrays are worked out as they stand."""
    return isinstance(tree, Call) and tree.op not in _ARITHMETIC


def _by_entries(tree: Node) -> bool:
    """Worked out entry by entry, as on paper."""
    return any(isinstance(part, Array) or (isinstance(part, Call) and part.op in _ENTRIES) for part in walk(tree))


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
    mistakes = []
    for mistake in plan.mistakes:
        step = next((step.name for step in plan.steps if step.name in mistake.steps), "")
        mistakes.append(Mutant(mistake.name, step, dict(mistake.steps), AUTHORED, True, None, mistake.say))
    return mistakes
