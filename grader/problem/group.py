"""Students of one plan with their numbers, as arrays; and the record that rebuilds a group without drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from grader.errors import AuthorError
from grader.problem.plan import plan_of
from grader.problem.problem import Plan, Problem
from grader.problem.solve import Values, solve, value_of


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


# ----- The record ------------------------------------------------------------------------------------------------


def record_of(group: Group) -> dict[str, Any]:
    """The numbers of a group of one, as JSON: enough to rebuild it without drawing."""
    picked = {name: int(pick[0]) for name, pick in group.picks.items()}
    return {
        "form": dict(group.plan.form),
        "given": {name: value[0].tolist() for name, value in group.given.items()},
        **({"picks": picked} if picked else {}),
    }


def from_record(problem: Problem, record: Mapping[str, Any], seed: int = 0) -> Group:
    """The group of one that a record holds. Raises AuthorError when it does not fit the problem any more."""
    try:
        plan = plan_of(problem, {str(name): str(text) for name, text in record["form"].items()})
        given = {given.name: np.asarray([record["given"][given.name]], dtype=float) for given in plan.givens}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise AuthorError("record-unfit", file=problem.source.file, name=str(error)) from error
    picks = {
        name: np.asarray([pick]) for name, pick in record.get("picks", {}).items() if _fits(plan, given, name, pick)
    }
    return Group(plan, np.zeros(1, np.int64), np.asarray([seed], np.uint64), given, solve(plan, given), picks)


def _fits(plan: Plan, given: Values, name: str, pick: Any) -> bool:
    """Does the recorded option still give the recorded number: the list may have been changed since."""
    options = next((item.options for item in plan.givens if item.name == name), ())
    if not isinstance(pick, int) or not 0 <= pick < len(options):
        return False
    return np.array_equal(value_of(plan, options[pick], given, ("given", name)), given[name])
