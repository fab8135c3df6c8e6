"""What it takes to answer: a value behind every blank; among options a right one, and no two the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from grader.arrays import Floats, Truths
from grader.blanks.kind import expected_value, with_numbers
from grader.equality.sampling import domain_points
from grader.language.construct import tidied
from grader.language.functions import inlined
from grader.language.nodes import Name, Node
from grader.language.shapes import finite
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan
from grader.plan.solve import value_of

POINTS = 5
REFERENCE = ""
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
    right = np.zeros(len(group.positions), bool)
    values = _values(ask, group)
    for option in ask.options:
        if option.when is not None:
            right |= value_of(group.plan, option.when, group.values, ask.path).reshape(-1) > 0.5
        elif option.name in values and REFERENCE in values:
            right |= _agree(values[option.name], values[REFERENCE], RIGHT)
    if REFERENCE in values:
        right |= ~np.isfinite(values[REFERENCE]).any(axis=1)
    return ~right


def alike(ask: Ask, group: Group) -> dict[tuple[str, str], Truths]:
    """Members (n,) for whom two options, by their names, are the same.

    They are where they print the same; where one option is asked for, where they have the same value too.
    """
    values = _values(ask, group)
    names = [name for name in values if name != REFERENCE]
    found = {pair: _agree(values[pair[0]], values[pair[1]], SAME) for pair in combinations(names, 2)}
    found = {pair: same for pair, same in found.items() if same.any()}
    if ask.traits.several:  # formulas of one value may be told apart as they stand
        prints = {name: _prints(ask, name, group) for name in dict.fromkeys(name for pair in found for name in pair)}
        found = {pair: same & (prints[pair[0]] == prints[pair[1]]) for pair, same in found.items()}
    return {pair: same for pair, same in found.items() if same.any()}


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


def _values(ask: Ask, group: Group) -> Mapping[str, Floats]:
    """The values of the options that are formulas, and of the reference, at a few points: (n, POINTS * size)."""
    trees: dict[str, Node] = {option.name: option.tree for option in ask.options if option.tree is not None}
    if trees and ask.tree is not None:
        trees[REFERENCE] = ask.tree
    size, count = len(group.positions), POINTS if ask.variables else 1
    values = {name: np.repeat(np.resize(value, (size, *value.shape[1:])), count, axis=0)
              for name, value in group.values.items()}  # fmt: skip
    for number, name in enumerate(ask.variables):
        values[name] = np.tile(domain_points(ask.domain.get(name, (0.3, 2.7)), number, count), size)
    return {name: _spread(value_of(group.plan, tree, values, ask.path), size, count) for name, tree in trees.items()}


def _spread(value: Floats, size: int, count: int) -> Floats:
    """A value for each member, its points and entries in a row."""
    whole = value if len(value) == size * count else np.broadcast_to(value, (size * count, *value.shape[1:]))
    return whole.reshape(size, -1)


def _agree(one: Floats, other: Floats, relative: float) -> Truths:
    """Members (n,) for whom two values are the same wherever they have one; without any they are not."""
    if one.shape != other.shape:
        return np.zeros(len(one), bool)
    there = np.isfinite(one)
    with np.errstate(all="ignore"):
        near = np.abs(one - other) <= relative * np.maximum(np.abs(one), np.abs(other)) + 1e-15
    same = near | (~there & ~np.isfinite(other))
    agree: Truths = np.all(same, axis=1) & np.any(there, axis=1)
    return agree
