"""What it takes to answer: a value behind every blank; among options a right one, and no two the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from grader.arrays import Floats, Truths
from grader.blanks.kind import expected_value, with_numbers
from grader.equality.sampling import domain_points
from grader.facts import fact
from grader.language.construct import tidied
from grader.language.functions import inlined
from grader.language.nodes import Call, Name, Node, substitute, transform
from grader.language.parser import parse
from grader.language.primitives import PRIMITIVES
from grader.language.shapes import finite
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan
from grader.plan.solve import value_of

POINTS = 5
SAME, RIGHT = 1e-9, 1e-7
"""How far apart two options may be that are one value, and an option and the reference that it equals; relative."""


def answerable(group: Group) -> Truths:
    """Members (n,) for whom every number that is asked for has a value: those of the steps are known to have one."""
    good = np.ones(len(group.positions), bool)
    for ask in group.plan.asks:
        for part in (ask, *ask.rows):
            if part.traits.numbers and part.tree is not None and not isinstance(part.tree, Name):
                good &= finite(expected_value(part, group))
    return good


def unclear(group: Group) -> Mapping[str, Truths]:
    """By blank the members (n,) with no right option, or with two that are the same; blanks of which all are clear
    are left out.
    """
    masks = {}
    for ask in with_options(group.plan):
        mask = np.logical_or.reduce([none_right(ask, group), *alike(ask, group).values()])
        if mask.any():
            masks[ask.id] = mask
    return masks


def with_options(plan: Plan) -> Iterator[Ask]:
    """The blanks of a plan that print options, rows of tables among them."""
    for ask in plan.asks:
        yield from (part for part in (ask, *ask.rows) if part.options)


def none_right(ask: Ask, group: Group) -> Truths:
    """Members (n,) for whom no option is right; a formula without a value at our points is given its chance."""
    right, at = np.zeros(len(group.positions), bool), _Points(ask, group)
    reference = at.values(ask.tree) if ask.tree is not None and any(option.tree for option in ask.options) else None
    if reference is not None:
        right |= ~np.isfinite(reference).any(axis=1)
    for option in ask.options:
        if right.all():
            break
        if option.when is not None:
            right |= value_of(group.plan, option.when, group.values, ask.path).reshape(-1) > 0.5
        elif option.tree is not None and reference is not None:
            value = at.values(option.tree)
            right |= _agree(value, reference, RIGHT) if value.shape == reference.shape else False
    return ~right


def alike(ask: Ask, group: Group) -> dict[tuple[str, str], Truths]:
    """Members (n,) for whom two options, by their names, are the same.

    They are where they print the same; where one option is asked for, where they have the same value too.
    """
    at = _Points(ask, group)
    values = {name: at.values(tree) for name, tree in _compared(group.plan, ask.id).items()}
    found: dict[tuple[str, str], Truths] = {}
    for name, value in values.items():
        others = [other for other in values if other > name and values[other].shape == value.shape]
        if others:
            same = _agree(np.array([values[other] for other in others]), value, SAME)
            found |= {(name, others[row]): same[row] for row in np.flatnonzero(same.any(axis=1))}
    if ask.traits.several:
        prints = {name: _prints(ask, name, group) for name in dict.fromkeys(name for pair in found for name in pair)}
        found = {pair: same & (prints[pair[0]] == prints[pair[1]]) for pair, same in found.items()}
    return {pair: same for pair, same in found.items() if same.any()}


@fact()
def _compared(plan: Plan, name: str) -> Mapping[str, Node]:
    """The formulas of the options; where several may be right, formulas of one value are told apart as they stand."""
    ask = next(ask for ask in with_options(plan) if ask.id == name)
    trees = {option.name: option.tree for option in ask.options if option.tree is not None}
    if not ask.traits.several:
        return trees
    return {option: lawless(inlined(tree, dict(plan.functions))) for option, tree in trees.items()}


def lawless(tree: Node) -> Node:
    """The formula with other functions in place of its own, which have none of their laws: what still has one value
    is one formula by arithmetic, and nothing else can print the same.
    """

    def rule(part: Node) -> Node:
        row = PRIMITIVES.get(part.op) if isinstance(part, Call) and len(part.args) == 1 else None
        if row is None or row.operator or not row.entrywise or not isinstance(part, Call):
            return part
        return substitute(_KNOWN.get(row.name) or _curve(ORDER[row.name]), {"u": part.args[0]})

    return transform(tree, rule)


def _curve(number: int) -> Node:
    return parse(f"{0.31 + 0.017 * number:.3f}*u + {0.23 + 0.013 * number:.3f}*u^2", ("u",))


_KNOWN = {
    "exp": parse("1 + 0.37*u + 0.11*u^2", ("u",)),
    "ln": parse("(u - 1)*(1/(e - 1) + 0.13*(u - e))", ("u",)),
}
"""Functions of which tidying knows a value: exp 0, ln 1 and ln e."""
ORDER = {name: number for number, name in enumerate(PRIMITIVES)}


def _prints(ask: Ask, name: str, group: Group) -> NDArray[np.object_]:
    """What an option prints (n,): its formula with numbers; its own words are like nothing else."""
    option = next(option for option in ask.options if option.name == name)
    prints = np.empty(len(group.positions), object)
    prints[:] = name
    if option.tree is None or option.text:
        return prints
    read = group.plan.names_read((option.tree,))
    numbers = [value.reshape(len(value), -1) for key, value in group.values.items() if key in read]
    known: dict[bytes, Node] = {}
    for member in range(len(prints)):
        key = b"".join(value[member if len(value) > 1 else 0].tobytes() for value in numbers)
        if key not in known:
            known[key] = _printed(ask, option.tree, group, member)
        prints[member] = known[key]
    return prints


def _printed(ask: Ask, tree: Node, group: Group, member: int) -> Node:
    """The formula of an option as the sheet prints it."""
    return tidied(with_numbers(inlined(tree, dict(group.plan.functions)), group, member, ask.variables))


class _Points:
    """A few points of each member's variables, where formulas of a blank are compared."""

    def __init__(self, ask: Ask, group: Group) -> None:
        self.ask, self.group, self.count = ask, group, POINTS if ask.variables else 1
        size = len(group.positions)
        self.known = {
            name: np.repeat(np.resize(value, (size, *value.shape[1:])), self.count, axis=0)
            for name, value in group.values.items()
        }
        for number, name in enumerate(ask.variables):
            self.known[name] = np.tile(domain_points(ask.domain.get(name, (0.3, 2.7)), number, self.count), size)

    def values(self, tree: Node) -> Floats:
        """The values of a formula, the points and entries of each member in a row: (n, points * entries)."""
        value = value_of(self.group.plan, tree, self.known, self.ask.path)
        size = len(self.group.positions)
        whole = (
            value if len(value) == size * self.count else np.broadcast_to(value, (size * self.count, *value.shape[1:]))
        )
        return whole.reshape(size, -1)


def _agree(one: Floats, other: Floats, relative: float) -> Truths:
    """Members (..., n) for whom two values (..., n, points) are the same wherever they have one; without any never."""
    there = np.isfinite(one)
    with np.errstate(all="ignore"):
        near = np.abs(one - other) <= relative * np.maximum(np.abs(one), np.abs(other)) + 1e-15
    same = near | (~there & ~np.isfinite(other))
    agree: Truths = np.all(same, axis=-1) & np.any(there, axis=-1)
    return agree
