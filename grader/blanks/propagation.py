"""What the rounding of each line adds to the error of an asked value.

Each line is moved by half a unit of its last digit, both ways, and the plan is solved again: what that changes in the
asked value is the line's part, with all its curvature. A line whose exact value has no more digits than it may keep
is not rounded, and adds nothing until what it inherits reaches half a unit itself. A line with a value of a student's
own adds what was rounded away of that value, and passes nothing on of the lines before it: it was carried on as it
stands. All moves of all lines, for all students, are one batch and one solve.
"""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from grader.arrays import Floats, Truths
from grader.blanks.digits import digits_of, is_long, is_rounded, lines_of, needed_for, repeated
from grader.blanks.repetition import spread_by_hand
from grader.facts import fact
from grader.language.nodes import Call, Name
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Ask, Plan
from grader.plan.solve import altered, solve, solve_sheet, value_of

_ROWS = 500_000


def expected_values(ask: Ask, group: Group) -> Floats:
    """The exact values of an ask, (N, *shape)."""
    if ask.tree is None:
        raise KeyError(ask.id)
    value = value_of(group.plan, ask.tree, group.values, ask.path)
    return np.broadcast_to(value, (len(group.positions), *value.shape[1:]))


def propagated_to(ask: Ask, group: Group) -> dict[str, Floats]:
    """What the rounding of each earlier line may add to the error of an ask, (N, *shape), by line.

    Under the ask's own name stands what the rounds of a repetition add before its last one.
    """
    lines = lines_of(group.plan).get(ask.id, ())
    parts = _by_lines(ask, group, lines) if lines else {}
    own = ask.tree.name if isinstance(ask.tree, Name) else ""
    if own in repeated(group.plan):
        parts[own] = _by_hand(own, group)
    return parts


def _by_lines(ask: Ask, group: Group, lines: tuple[str, ...]) -> dict[str, Floats]:
    rules, values = digits_of(group.plan), group.values
    rounded = {
        name: _where_written(group, name, is_rounded(rules[name], values[name], 0.0) & is_long(name, group))
        for name in lines
    }
    first = next((place for place, name in enumerate(lines) if rounded[name].any()), None)
    if first is None:
        return {}
    lines = lines[first:]
    rows = 2 * sum(_entries(values[name]) for name in lines)
    size = len(group.positions)
    if rows * size > _ROWS and size > 1:  # in two halves, for the memory's sake
        halves = [_by_lines(ask, group.taking(part), lines) for part in (slice(size // 2), slice(size // 2, size))]
        expected = expected_values(ask, group)
        zeros = [np.zeros((count, *expected.shape[1:])) for count in (size // 2, size - size // 2)]
        found = [name for name in lines if any(name in half for half in halves)]
        return {
            name: np.concatenate([half.get(name, zero) for half, zero in zip(halves, zeros, strict=True)])
            for name in found
        }
    return _summed(lines, rounded, group, _moves(ask, group, lines, rows))


def _summed(
    lines: tuple[str, ...], rounded: dict[str, Truths], group: Group, moved: dict[str, Floats]
) -> dict[str, Floats]:
    """The parts of the lines in the ask's error (under "" in `moved`), each line rounded only where it has to be."""
    rules, values = digits_of(group.plan), group.values
    inherited = {name: np.zeros(values[name].shape) for name in lines}
    parts: dict[str, Floats] = {}
    row = 0
    for place, name in enumerate(lines):
        count = _entries(values[name])
        long = is_long(name, group) & is_rounded(rules[name], values[name], inherited[name])
        heir = _where_written(group, name, long)
        mask = (rounded[name] | heir).reshape(len(group.positions), count).T
        if mask.any():
            for later in (*lines[place + 1 :], ""):
                change = moved[later][row : row + count]
                part = np.where(mask.reshape(mask.shape + (1,) * (change.ndim - 2)), change, 0).sum(axis=0)
                if later:
                    inherited[later] = inherited[later] + part
                else:
                    parts[name] = part
        row += count
    return parts


def _moves(ask: Ask, group: Group, lines: tuple[str, ...], rows: int) -> dict[str, Floats]:
    """How far each line and the ask (under "") move when one entry of a line is half a unit off, (entries, N, *shape).

    The larger of the two directions counts, or the one in which everything has a value.
    """
    size, values = len(group.positions), group.values
    offsets, own = _offsets(group, lines, rows), _own_deviations(group)
    plan = _moved_plan(group.plan, ask.id, (*lines, *(name for name in own if name not in lines)))

    def spread(value: Floats) -> Floats:
        return np.broadcast_to(value, (rows, *value.shape)).reshape(rows * size, *value.shape[1:])

    given: dict[str, Floats] = {name: spread(value) + offsets.get(name, 0) for name, value in group.given.items()}
    shifts = dict(offsets)
    for name, deviation in own.items():
        shifts[name] = spread(deviation) + offsets.get(name, 0)
    given |= {_offset(name): shift for name, shift in shifts.items() if name not in given}
    steps = [step.name for step in plan.steps]
    fixed = steps[: next((place for place, name in enumerate(steps) if name in lines), len(steps))]
    changed = bool(group.given.keys() & offsets.keys())
    instead = {} if changed else {name: spread(group.solution[name]) for name in fixed}
    instead |= {name: spread(each.values) + offsets.get(name, 0) for name, each in group.written.items()}
    solution = solve(plan, given, instead)
    table = {**given, **solution}
    found = {name: (table[name], values[name]) for name in lines}
    assert ask.tree is not None  # noqa: S101 - `is_number`
    found[""] = value_of(plan, ask.tree, table, ask.path), expected_values(ask, group)
    moves = {}
    for name, (value, exact) in found.items():
        moved = np.broadcast_to(value, (rows * size, *exact.shape[1:])).reshape(rows, *exact.shape)
        with np.errstate(all="ignore"):
            gaps = np.abs(moved - exact)
        moves[name] = np.fmax(gaps[0::2], gaps[1::2])
    return moves


def _where_written(group: Group, name: str, rounded: Truths) -> Truths:
    """Where a line is rounded: one that stands on the sheet where something was rounded away when it was written."""
    if name not in group.written:
        return rounded
    values, units = group.written[name]
    result: Truths = np.where(np.isnan(values), rounded, units > 0)
    return result


def _own_deviations(group: Group) -> dict[str, Floats]:
    """How far the values of a student's own, where they stand in for steps, are from what the formulas give."""
    found, stands = solve_sheet(group.plan, group.given, group.solution)
    with np.errstate(all="ignore"):
        return {name: stands[name] - value for name, value in found.items() if not np.array_equal(value, stands[name])}


def _offsets(group: Group, lines: tuple[str, ...], rows: int) -> dict[str, Floats]:
    """Half a unit up and half a unit down for one entry after the other, (rows * N, *shape) per line."""
    rules, values, size = digits_of(group.plan), group.values, len(group.positions)
    offsets, row = {}, 0
    for name in lines:
        half = rules[name].allowance(values[name])
        if name in repeated(group.plan):
            half = half + _by_hand(name, group)
        if name in group.written:
            values_written, units = group.written[name]
            half = np.where(np.isnan(values_written), half, units)
        half = half.reshape(size, -1)
        offset = np.zeros((rows, *half.shape))
        for entry in range(half.shape[1]):
            offset[row, :, entry], offset[row + 1, :, entry] = half[:, entry], -half[:, entry]
            row += 2
        offsets[name] = offset.reshape(rows * size, *values[name].shape[1:])
    return offsets


@fact(needs=(*STRUCTURE,))
def _moved_plan(plan: Plan, ask: str, lines: tuple[str, ...]) -> Plan:
    """The steps that an ask needs, each line with an offset added; derivatives through the steps see it too."""
    needed = needed_for(plan.ask(ask), plan)
    formulas = {
        step.name: Call("add", (step.tree, Name(_offset(step.name)))) for step in plan.steps if step.name in lines
    }
    return altered(replace(plan, steps=tuple(step for step in plan.steps if step.name in needed)), formulas)


def _by_hand(name: str, group: Group) -> Floats:
    step = group.plan.step(name)
    return spread_by_hand(step, group, digits_of(group.plan)[name])


def _offset(name: str) -> str:
    return f"{name} rounded"  # no name of a file has a space


def _entries(value: Floats) -> int:
    return int(np.prod(value.shape[1:]))
