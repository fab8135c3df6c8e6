"""Where slips are looked for: in the names, at every node, in the derivative, in the formula as a whole.

Each look adds to what those before it have found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum, auto
from functools import lru_cache
from operator import itemgetter

from grader.language.functions import inlined
from grader.language.nodes import Array, Call, Name, Node, Number, names, replaced, walk
from grader.language.primitives import CONSTANTS, SPECIAL_FORMS
from grader.plan.plan import Plan, Step
from grader.plan.solve import Values
from grader.slips.activations import ACTIVATIONS
from grader.slips.context import Context
from grader.slips.derivatives import Broken, broken_derivatives, broken_seldom
from grader.slips.names import name_slips
from grader.slips.quantities import far_quantities, quantity_slips
from grader.slips.rank import Level
from grader.slips.removes import removed_slips
from grader.slips.rules import alike_rewrites, rewrites, rules_of
from grader.slips.series import series_slips
from grader.slips.table import Family, Row, row
from grader.suspects.around import axes_of_parts, names_around
from grader.suspects.wholes import (
    Made,
    calls_at,
    far_whole,
    one_step_on,
    other_calls,
    scaled_whole,
    sign_of_whole,
    with_unasked,
)

TIERS = ("usual", "rare", "far")
"""The looks, in order."""
_COUNTED = row(Family.NODE, "one-off", "factor")
LONGEST = 60
"""Nodes of a formula with others put in."""


class Place(IntEnum):
    """Where slips are looked for, in this order: of equally simple ones that make the same formula the first counts."""

    SIGN = auto()
    DERIVATIVE = auto()
    NAMES = auto()
    QUANTITIES = auto()
    AT_X = auto()
    RULES = auto()
    SCALED = auto()
    FAR_QUANTITIES = auto()
    SERIES = auto()
    ALIKE = auto()
    SECOND = auto()
    SELDOM = auto()
    WHOLE = auto()
    CALLS = auto()
    ONWARD = auto()
    ACROSS = auto()


Placed = tuple[Place, Row, Node, Node | None]
"""A slip with where it was found: its row, the formula done wrong, and the part that it is about."""


def added_by(plan: Plan, step: Step, values: Values, tier: str, seldom: Iterable[Made]) -> Iterator[Placed]:
    """The slips that a look makes beside those of the looks before it."""
    tree = inlined(step.tree, plan.functions)
    if tier == "usual":
        yield from _placed(Place.SIGN, sign_of_whole(tree))
    if tier != "far":
        yield from _placed(Place.DERIVATIVE, _broken(plan, step, tree, tier))
    yield from _rewritten(plan, step, tree, values, (tier,))
    yield from _placed(Place.SECOND, _second(plan, step, values, tier))
    yield from _placed(Place.SELDOM, seldom)
    if tier == "far":
        yield from _placed(Place.WHOLE, far_whole(tree, values[step.name].ndim - 1 if step.name in values else 0))
        yield from _placed(Place.CALLS, other_calls(plan, step))
        yield from _placed(Place.ONWARD, one_step_on(plan, step))
        yield from _placed(Place.ACROSS, _across(plan, step, tree, values))


def _placed(place: Place, each: Iterable[Made]) -> Iterator[Placed]:
    return ((place, *made) for made in each)


def _across(plan: Plan, step: Step, tree: Node, values: Values) -> Iterator[Made]:
    """Slips in the formula with the unasked steps before it put in."""
    long = with_unasked(plan, step)
    if long != tree and sum(1 for _ in walk(long)) <= LONGEST:
        for _, slip, other, part in _in_order(_rewritten(plan, step, long, values, TIERS)):
            yield slip._replace(rank=slip.rank.at_least(Level.FAR), main=False), other, part


def _in_order(each: Iterable[Placed]) -> list[Placed]:
    return sorted(each, key=itemgetter(0))


def _broken(plan: Plan, step: Step, tree: Node, tier: str) -> Iterator[Made]:
    """Derivatives with a rule broken, where the formula or its check is one."""
    for derivative in plan.derivatives:
        whole = derivative.path == (*step.path, "check") and step.check == derivative.result
        inside = derivative.path == step.path and derivative.result in set(walk(tree))
        if not (whole or inside):
            continue
        for broken in _broken_derivatives(derivative.what, derivative.by, tier):
            other = broken.tree if whole else replaced(tree, derivative.result, broken.tree)
            yield broken.row, other, broken.part


@lru_cache(maxsize=1024)
def _broken_derivatives(what: Node, by: str, tier: str) -> tuple[Broken, ...]:
    """Forms of a problem share their derivatives."""
    return tuple(broken_derivatives(what, by, seldom=False) if tier == "usual" else broken_seldom(what, by))


def _rewritten(plan: Plan, step: Step, tree: Node, values: Values, tiers: tuple[str, ...]) -> Iterator[Placed]:
    """The rows of the tables applied to the formula: what each of these looks adds to those before it."""
    context = Context(axes_of_parts(tree, values, step), lambda out: preactivation(out, plan))
    around = names_around(plan, step, values)
    if "usual" in tiers:
        yield from _placed(Place.NAMES, name_slips(tree, around))
        yield from _placed(Place.QUANTITIES, quantity_slips(tree, around))
        yield from _placed(Place.AT_X, calls_at(plan, step))
        yield from _placed(Place.SCALED, scaled_whole(tree))
    if "rare" in tiers:
        yield from _placed(Place.QUANTITIES, removed_slips(tree, around))
    for made in rewrites(tree, rules_of(*tiers), context):
        if not (step.parameters and made.rule.row == _COUNTED):  # a formula in variables counts nothing
            yield Place.RULES, made.rule.row, made.tree, made.part
    if "far" in tiers:
        yield from _placed(Place.FAR_QUANTITIES, far_quantities(tree, around))
        yield from _placed(Place.SERIES, series_slips(tree, around))
        for made in alike_rewrites(tree, rules_of(*TIERS), context):
            far = made.rule.row._replace(rank=made.rule.row.rank.at_least(Level.FAR), main=False)
            yield Place.ALIKE, far, made.tree, made.part


_ARITHMETIC = {"add", "sub", "mul", "emul", "div", "neg", "pow"}
_ENTRIES = {"entry", "dot", "sum"}
_COMPACT = {"det", "inv", "tr", "norm", "softmax", "dot", "sum", "mean", "iterate", "count_until"}


def _second(plan: Plan, step: Step, values: Values, tier: str) -> Iterator[Made]:
    """Slips in the second formula of a step whose first one says in a word what is worked out entry by entry.

    Where the first one does not, it is looked at when all else is far to seek.
    """
    if tier == "usual" or step.check is None or step.symbolic or step.parameters:
        return
    tree, check = (inlined(formula, plan.functions) for formula in (step.tree, step.check))
    compact = any(isinstance(part, Call) and part.op in _COMPACT for part in walk(tree)) or (
        bool(axes_of_parts(tree, values, step)) and (_in_a_word(tree) or _by_entries(check))
    )
    if not compact and tier == "rare":
        return
    opaque = any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(check))
    known = {*names_around(plan, step, values).shapes, *CONSTANTS}
    if opaque or not names(check) <= known:
        return
    tiers = TIERS if not compact else ("far",) if tier == "far" else ("usual", "rare")
    axes = axes_of_parts(check, values, step)
    for _, slip, other, part in _in_order(_rewritten(plan, step, check, values, tiers)):
        if slip.rule == "factor-dropped" and axes.get(id(part)):
            continue  # a row or a column that is lost in one of many sums: numbers are lost one by one
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
        out = inlined(step.tree, plan.functions)
    match out:
        case Call(op, (inner,)) if op in ACTIVATIONS:
            return op, inner
        case Call("div", (Number("1"), Call("add", (Number("1"), Call("exp", (Call("neg", (inner,)),)))))):
            return "sigmoid", inner
    return None
