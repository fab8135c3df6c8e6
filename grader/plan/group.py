"""Students of one plan with their numbers, as arrays; and the record that rebuilds a group without drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from grader.plan.plan import Plan
from grader.plan.solve import Values


class Group(msgspec.Struct, frozen=True, eq=False):
    """Students of one plan: places in the batch and seeds (n,), givens and solution with leading axis n.

    `picks` holds, for givens chosen from a list, which option was taken (n,).
    """

    plan: Plan
    places: NDArray[np.int64]
    seeds: NDArray[np.uint64]
    given: Values
    solution: Values
    picks: Mapping[str, NDArray[np.int64]]

    @property
    def values(self) -> Values:
        """Givens and steps together."""
        return {**self.given, **self.solution}

    def at(self, place: int) -> Group:
        """One student of the group, as a batch of one."""
        return self.taking(slice(place, place + 1))

    def taking(self, members: slice | Sequence[int] | NDArray[np.int64]) -> Group:
        """Some students of the group, in this order."""
        return Group(
            self.plan,
            self.places[members],
            self.seeds[members],
            {name: value[members] for name, value in self.given.items()},
            {name: value[members] for name, value in self.solution.items()},
            {name: pick[members] for name, pick in self.picks.items()},
        )


def merged(parts: list[Group]) -> list[Group]:
    """One group per plan, its members in the order of the batch."""
    by_plan: dict[int, list[Group]] = {}
    for part in parts:
        by_plan.setdefault(id(part.plan), []).append(part)
    return [_joined(found) for found in by_plan.values()]


def _joined(parts: list[Group]) -> Group:
    if len(parts) == 1:
        return parts[0]
    places = np.concatenate([part.places for part in parts])
    order = np.argsort(places, kind="stable")

    def join(tables: list[Mapping[str, Any]]) -> dict[str, Any]:
        return {name: np.concatenate([table[name] for table in tables])[order] for name in tables[0]}

    return Group(
        parts[0].plan,
        places[order],
        np.concatenate([part.seeds for part in parts])[order],
        join([part.given for part in parts]),
        join([part.solution for part in parts]),
        join([part.picks for part in parts]),
    )
