"""What comes out where every value on the way is rounded as it is written down, those within a formula as well.

The sheet asks to round intermediate results, and whoever works by hand writes down more of them than the reference has
steps: every power, every quotient, every product. What has to be exact stays exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np

from grader.arrays import Floats
from grader.blanks.digits import digits_of, is_long, needed_for
from grader.language import shapes
from grader.language.functions import inlined
from grader.language.nodes import Array, Call, Name, Node, Number
from grader.language.primitives import CONSTANTS, PRIMITIVES, bound_primitives
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.solve import value_of
from grader.tolerance import Tolerance

_TABLE = bound_primitives(np)


def _looked_up(op: str) -> bool:
    """A value that a calculator gives, or a quotient; sums and products are carried on as they are."""
    return PRIMITIVES[op].by_calculator or op in ("div", "ediv")


def _every(op: str) -> bool:
    return op != "neg"


def obedient_values(ask: Ask, group: Group) -> Iterator[Floats]:
    """Values of an ask (n, *shape) where all is rounded on the way, and where only some of it is; none where the sheet
    asks for nothing of the kind.
    """
    sheet = group.plan.problem.rounding
    if (
        sheet is None
        or not ask.tolerance.digits
        or not isinstance(ask.tree, Name)
        or ask.tree.name not in group.plan.by_name
    ):
        return
    with np.errstate(all="ignore"):
        for rounds in (_every, _looked_up):
            yield _solved(ask.tree.name, ask, group, partial(_written_down, sheet, rounds))


def _written_down(sheet: Tolerance, rounds: Callable[[str], bool], op: str, value: Floats) -> Floats:
    return sheet.rounded(value) if rounds(op) else value


def _solved(name: str, ask: Ask, group: Group, written_down: Callable[[str, Floats], Floats]) -> Floats:
    plan, rules = group.plan, digits_of(group.plan)
    values = {given: _of_given(given, value, rules.get(given), group) for given, value in group.given.items()}
    needed = frozenset(needed_for(ask, plan)) | {name}
    for step in plan.steps:
        if step.name not in needed or not step.has_value:
            continue
        rule = rules.get(step.name)
        try:
            tree = inlined(step.tree, plan.functions)
            value = _value(tree, values, written_down) if rule else value_of(plan, step.tree, values, step.path)
        except LookupError:  # a derivative, a repetition
            value = value_of(plan, step.tree, values, step.path)
        value = rule.rounded(value) if rule else value
        values[step.name] = _as_written(step.name, np.broadcast_to(value, group.solution[step.name].shape), group)
        if step.name == name:
            return value
    raise KeyError(name)


def _of_given(name: str, value: Floats, rule: Tolerance | None, group: Group) -> Floats:
    return value if rule is None else np.where(is_long(name, group), rule.rounded(value), value)


def _as_written(name: str, value: Floats, group: Group) -> Floats:
    """What stands on the sheet; what would have stood there where nothing does."""
    if name not in group.written:
        return value
    return np.where(np.isnan(group.written[name].values), value, group.written[name].values)


def _value(node: Node, values: Mapping[str, Floats], written_down: Callable[[str, Floats], Floats]) -> Floats:
    """The value with the parts written down, itself not: that is the line's own matter. Raises LookupError where there
    is something else than operations in it.
    """
    match node:
        case Number():
            return np.array((node.value,))
        case Name(name):
            return values[name] if name in values else np.array((CONSTANTS[name],))
        case Array(items):
            return shapes.stack(np, [_value(item, values, written_down) for item in items])
        case Call(op, args):
            parts = [_value(arg, values, written_down) for arg in args]
            noted = [
                written_down(arg.op, part) if isinstance(arg, Call) else part
                for arg, part in zip(args, parts, strict=True)
            ]
            return np.asarray(_TABLE[op](*noted), dtype=float)
    raise LookupError(node)
