"""Students of one plan with their numbers, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from grader.arrays import Floats, Indices, Seeds
from grader.plan.plan import Plan
from grader.plan.solve import Values

Number = TypeVar("Number", bound=np.generic)


class Written(NamedTuple):
    """What stands on the sheets for a step, (n, *shape), NaN where nothing does; and what was rounded away of it."""

    values: Floats
    units: Floats

    def taking(self, members: slice | Sequence[int] | Indices) -> Written:
        """For some students."""
        return Written(self.values[members], self.units[members])


class Group(msgspec.Struct, frozen=True, eq=False):
    """Students of one plan: positions in the batch and seeds (n,), givens and solution with leading axis n.

    `picks` holds, for givens chosen from a list, which option was taken (n,). `written` are values of a student's own
    by step: whatever was rounded before them, these are what was carried on.
    """

    plan: Plan
    positions: Indices
    seeds: Seeds
    given: Values
    solution: Values
    picks: Mapping[str, Indices]
    written: Mapping[str, Written] = msgspec.field(default_factory=dict)

    @property
    def values(self) -> Values:
        """Givens and steps together."""
        return {**self.given, **self.solution}

    def at(self, member: int) -> Group:
        """One student of the group, as a batch of one."""
        return self.taking(slice(member, member + 1))

    def taking(self, members: slice | Sequence[int] | Indices) -> Group:
        """Some students of the group, in this order."""
        return Group(
            self.plan,
            self.positions[members],
            self.seeds[members],
            {name: value[members] for name, value in self.given.items()},
            {name: value[members] for name, value in self.solution.items()},
            {name: pick[members] for name, pick in self.picks.items()},
            {name: each.taking(members) for name, each in self.written.items()},
        )


def merged(parts: list[Group]) -> list[Group]:
    """One group per plan, its members in the order of the batch."""
    by_plan: dict[Plan, list[Group]] = {}
    for part in parts:
        by_plan.setdefault(part.plan, []).append(part)
    return [_joined(together) for together in by_plan.values()]


def _joined(parts: list[Group]) -> Group:
    if len(parts) == 1:
        return parts[0]
    positions = np.concatenate([part.positions for part in parts])
    order = np.argsort(positions, kind="stable")

    def join(tables: list[Mapping[str, NDArray[Number]]]) -> dict[str, NDArray[Number]]:
        return {name: np.concatenate([table[name] for table in tables])[order] for name in tables[0]}

    return Group(
        parts[0].plan,
        positions[order],
        np.concatenate([part.seeds for part in parts])[order],
        join([part.given for part in parts]),
        join([part.solution for part in parts]),
        join([part.picks for part in parts]),
    )
