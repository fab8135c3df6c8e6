"""Slips in slopes: rules of differentiation broken where a formula is checked by a derivative, a link of a chain lost,
the slope where the value itself belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from grader.errors import AuthorError, ShapeFault
from grader.language import construct
from grader.language.differentiate import differentiate
from grader.language.exact import ONE
from grader.language.functions import inlined
from grader.language.nodes import Call, Name, Node, Number, names, substitute, transform, walk
from grader.plan.plan import Plan, Step
from grader.plan.solve import Values
from grader.slips.derivatives import broken_derivatives
from grader.slips.rank import Level
from grader.slips.table import Family, Row, row
from grader.suspects.wholes import Made, moves

_INNER_LOST, _OUTER_LOST, _DERIVATIVE = (
    row(Family.SLOPE, rule) for rule in ("inner-lost", "factor-dropped", "derivative-for-function")
)
_AHEAD, _LATER = row(Family.SLOPE, "wrong-point", "ahead"), row(Family.SLOPE, "other-quantity", "later")
_REDUCED = ("sum", "mean")
_BY_ENTRIES = {"mul": "emul", "pow": "epow", "div": "ediv"}
_AS_NUMBERS = {each: op for op, each in _BY_ENTRIES.items()}
_LONGEST = 5
"""Links of a chain."""


def slope_slips(plan: Plan, step: Step, values: Values) -> Iterator[Made]:
    """Every formula with one slip in its slope."""
    if step.parameters:
        return
    yield from _broken_check(plan, step, values)
    yield from _link_lost(plan, step, values)
    yield from _slope_for_value(plan, step, values)
    yield from _looked_ahead(plan, step)
    yield from _later_value(plan, step, values)


def _looked_ahead(plan: Plan, step: Step) -> Iterator[Made]:
    """The slope at the point to which the step leads without it, as in Nesterov's momentum."""
    for moved, old in moves(plan):
        between = plan.graph.reads[moved.name] & plan.by_name.keys()
        links = [name for name in sorted(between) if step.name in plan.graph.reads[name]]
        if step.name in between or len(links) != 1 or old not in names(step.tree):
            continue
        on = substitute(plan.step(links[0]).tree, {step.name: Number("0")})
        if isinstance(on, Name | Number) or not names(on) & plan.by_name.keys() | {old} or old in names(on):
            continue
        ahead = substitute(moved.tree, {links[0]: on})
        yield _AHEAD, inlined(substitute(step.tree, {old: ahead}), dict(plan.functions)), None


def _later_value(plan: Plan, step: Step, values: Values) -> Iterator[Made]:
    """What is computed from the quantity next, where nobody asks for that; a formula in named arrays is no quantity."""
    if not step.has_value:
        return
    asked = {name for ask in plan.asks if (name := plan.asked_step(ask))}
    for name in sorted((plan.graph.read_by(step.name) & plan.by_name.keys()) - asked):
        later = plan.step(name)
        others = plan.graph.reads[name] - {step.name}
        if later.parameters or name not in values or values[name].shape != values[step.name].shape:
            continue
        if not any(plan.graph.depends(other, {step.name}) for other in others & plan.by_name.keys()):
            yield _LATER, inlined(substitute(later.tree, {step.name: step.tree}), dict(plan.functions)), None


def _broken_check(plan: Plan, step: Step, values: Values) -> Iterator[Made]:
    """The derivative of a formula by a number that a check asks for, with one rule broken."""
    if isinstance(step.tree, Call) and step.tree.op in plan.functions:
        return  # a derivative that stands elsewhere is only taken at a point here
    match step.check:
        case Call("grad", (Call() as what, Name(by))) if _is_number(by, values):
            inner, back = _as_numbers(inlined(what, dict(plan.functions)), values)
            for slip, tree, part in _broken(inner, by) if inner is not None else ():
                rank = slip.rank.at_least(Level.KNOWN if slip.main else Level.UNLIKELY)
                yield slip._replace(rank=rank, main=False), back(tree), back(part) if part is not None else None


@lru_cache(maxsize=512)
def _broken(what: Node, by: str) -> tuple[tuple[Row, Node, Node | None], ...]:
    """Forms and rounds share their formulas."""
    try:
        return tuple((made.row, made.tree, made.part) for made in broken_derivatives(what, by))
    except (AuthorError, ShapeFault):
        return ()


def _link_lost(plan: Plan, step: Step, values: Values) -> Iterator[Made]:
    """The derivative through several steps without that of one of them."""
    match step.check:
        case Call("grad", (Name(top), Name(by))) if _is_number(by, values):
            links = _chain(plan, top, by, values)
            slopes = [_slope(plan, name, inner, values) for name, inner in links]
            for lost, (name, _) in enumerate(links) if len(links) > 1 and all(slopes) else ():
                rest = [slope for number, slope in enumerate(slopes) if number != lost and slope is not None]
                tree = rest[0]
                for slope in rest[1:]:
                    tree = construct.mul(tree, slope)
                if slopes[lost] != ONE:
                    yield (_INNER_LOST, tree, Name(name)) if lost else (_OUTER_LOST, tree, None)


def _chain(plan: Plan, top: str, by: str, values: Values) -> list[tuple[str, str]]:
    """The steps from a number down to another, each with the only one it reads on the way; empty where they fork."""
    links: list[tuple[str, str]] = []
    while top != by:
        if top not in plan.by_name or not _is_number(top, values) or len(links) == _LONGEST:
            return []
        inner = [name for name in plan.graph.reads[top] if name == by or plan.graph.depends(name, {by})]
        if len(inner) != 1:
            return []
        links.append((top, inner[0]))
        top = inner[0]
    return links


def _slope_for_value(plan: Plan, step: Step, values: Values) -> Iterator[Made]:
    """The derivative of the formula by a step that it reads, unless that is a constant."""
    for name in sorted(plan.graph.reads[step.name] & plan.by_name.keys() - plan.index_names):
        slope = _slope(plan, step.name, name, values)
        if slope is not None and name in names(slope):
            yield _DERIVATIVE, slope, None


def _slope(plan: Plan, name: str, by: str, values: Values) -> Node | None:
    """The derivative of a step by a name in its formula; none where arrays stand in it."""
    step = plan.step(name)
    if step.parameters or not (_is_number(name, values) and _is_number(by, values)):
        return None
    tree, back = _as_numbers(inlined(step.tree, dict(plan.functions)), values)
    try:
        return back(_differentiated(tree, by)) if tree is not None else None
    except (AuthorError, ShapeFault):
        return None


@lru_cache(maxsize=512)
def _differentiated(tree: Node, by: str) -> Node:
    return differentiate(tree, by)


def _is_number(name: str, values: Values) -> bool:
    return name in values and values[name].ndim == 1


def _as_numbers(tree: Node, values: Values) -> tuple[Node | None, Callable[[Node], Node]]:
    """The formula with names for entries of arrays, or the inside of a sum over entries; and the way back from it."""
    match tree:
        case Call(reduced, (inside,)) if reduced in _REDUCED and _by_entries(inside, values):
            plain = transform(inside, lambda part: _with_op(part, _AS_NUMBERS))
            return plain, lambda node: Call(reduced, (transform(node, lambda part: _with_op(part, _BY_ENTRIES)),))
    entries = [part for part in dict.fromkeys(walk(tree)) if isinstance(part, Call) and part.op == "entry"]
    known: dict[Node, Node] = {part: Name(f"·{number}") for number, part in enumerate(entries)}
    plain = transform(tree, lambda part: known.get(part, part))
    back = {f"·{number}": part for number, part in enumerate(entries)}
    arrays = [name for name in names(plain) if name in values and values[name].ndim > 1]
    return (None if arrays else plain), lambda node: substitute(node, back)


_ENTRYWISE = frozenset(("add", "sub", "neg", "mul", "div", "pow", "emul", "ediv", "epow"))


def _by_entries(tree: Node, values: Values) -> bool:
    """A formula of vectors of one length that is worked out entry by entry."""
    parts = list(walk(tree))
    sizes = {values[part.name].shape[1:] for part in parts if isinstance(part, Name) and part.name in values} - {()}
    return (
        len(sizes) == 1
        and len(next(iter(sizes))) == 1
        and all(isinstance(part, Name | Number) or (isinstance(part, Call) and part.op in _ENTRYWISE) for part in parts)
    )


def _with_op(part: Node, ops: dict[str, str]) -> Node:
    return Call(ops.get(part.op, part.op), part.args) if isinstance(part, Call) else part
