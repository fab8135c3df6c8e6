"""The sheets of some students solved with the values and the formulas that stand on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from grader.arrays import Floats, Truths
from grader.blanks.kind import Scenario
from grader.errors import GraderError
from grader.language.nodes import Node
from grader.marking.column import WRONG, Column, function_of, half_units, own_values, step_of
from grader.plan.graph import nearest
from grader.plan.group import Group, Number, Written
from grader.plan.plan import Ask, Plan, sized
from grader.plan.solve import Values, altered, solve_sheet
from grader.plan.ways import ways_to

NOISE = 1e-11
"""A value so near to the right one was not rounded when it was written."""


class Units:
    """What may have been rounded away of the values on some sheets, by step; found where somebody asks for it."""

    def __init__(
        self, columns: Mapping[str, Column], members: Sequence[int], own: Mapping[str, Floats], group: Group
    ) -> None:
        self.columns, self.members, self.own, self.group = columns, members, own, group
        self.found: Values = {}

    def of(self, step: str) -> Floats:
        """Half a unit of the last digit written, (n, *shape); nothing where the right value stands to its end."""
        if step not in self.found:
            values, right = self.own[step], self.group.solution[step][list(self.members)]
            half = np.broadcast_to(_beside(half_units(self.columns[step], self.members), values), values.shape)
            with np.errstate(all="ignore"):
                self.found[step] = np.where(np.abs(values - right) <= NOISE * (half + np.abs(values)), 0.0, half)
        return self.found[step]


class Solved(msgspec.Struct, dict=True):
    """The sheets of some members solved with the values that stand on them.

    What is computed here has an axis of these members, in their order: `index` is a place on it. `own` are the values
    by step, NaN where there is none, `units` what was rounded away of them; `exact` says which are right and stand
    there unrounded, `is_typed` that all stand as they were typed. `formulas` are the functions of the student, where
    there is only one. `plan` may have other formulas than the group's: another way.
    """

    right: Group
    members: Sequence[int]
    plan: Plan
    own: Mapping[str, Floats]
    units: Units
    exact: Mapping[str, Truths]
    formulas: Mapping[str, Node]
    is_typed: bool
    functions: tuple[str, ...] = ()
    """Steps that are the student's own functions in the formulas of the plan already."""

    @cached_property
    def on_sheet(self) -> Plan:
        """The plan with the student's own functions."""
        return altered(self.plan, self.formulas) if self.formulas else self.plan

    @cached_property
    def solved(self) -> tuple[Values, Values]:
        """What follows from the values on the sheets, and what stands there; only where somebody needs it."""
        return solve_sheet(self.on_sheet, self.right.given, self.own)

    @property
    def following(self) -> Values:
        """What follows, by step."""
        return self.solved[0]

    @property
    def written(self) -> dict[str, Written]:
        """The values that are carried on as they were written."""
        return {
            step: Written(np.where(_beside(self.exact[step], values), np.nan, values), self.units.of(step))
            for step, values in self.own.items()
        }

    def plan_for(self, ask: Ask) -> Plan:
        """The plan that an ask is judged by: the asked function itself is what follows, not the student's own."""
        step = self.plan.asked_step(ask)
        formulas = {name: tree for name, tree in self.formulas.items() if name != step}
        return altered(self.plan, formulas) if formulas else self.plan

    def scenario_for(self, ask: Ask) -> Scenario:
        """The students with their own values everywhere but in the asked step, which has what follows from them."""
        step = self.plan.asked_step(ask)
        following, stands = self.solved
        solution = {**stands, step: following[step]} if step in following else stands
        right = self.right
        written = {name: each for name, each in self.written.items() if name != step}
        group = Group(self.plan_for(ask), right.positions, right.seeds, right.given, solution, right.picks, written)
        return Scenario(group, right)

    def read_steps(self, index: int) -> list[str]:
        """Steps for which this student's sheet has a value or a formula."""
        return [*self.formulas, *(step for step, values in self.own.items() if not np.isnan(values[index]).any())]

    def sources(self, ask: Ask, index: int) -> tuple[str, ...]:
        """The steps on this student's sheet that an ask is computed from, the nearest."""
        return (*self.functions, *nearest(self.plan_for(ask), ask.id, frozenset(self.read_steps(index))))

    def ways(self, ask: Ask) -> Iterator[Solved]:
        """The same sheets, other quantities on them read for an ask."""
        step = self.plan.asked_step(ask)
        if step is None:
            return
        plan = self.plan_for(ask)
        own = frozenset(self.formulas) - {step}
        try:
            ways = ways_to(plan, step)
        except GraderError:  # a function of the student's that only fits these numbers
            return
        for way in ways:
            read = dict.fromkeys((*nearest(plan, ask.id, own), *nearest(way, ask.id, own)))
            yield replace(self, plan=way, formulas={}, functions=tuple(read))

    def having(self, other: Solved) -> Solved:
        """The same way with the values on other sheets of these students."""
        return replace(self, own=other.own, units=other.units, exact=other.exact, is_typed=other.is_typed)

    def without(self, leaving: Mapping[int, str]) -> Solved:
        """The same sheets without what stands for one step on some of them, by index."""
        own = {step: values.copy() for step, values in self.own.items()}
        for index, step in leaving.items():
            if step in own:
                own[step][index] = np.nan
        formulas = {name: tree for name, tree in self.formulas.items() if name not in leaving.values()}
        return replace(self, own=own, formulas=formulas)


def _beside(each: NDArray[Number], values: Floats) -> NDArray[Number]:
    """What every member has (n,), beside values (n, *shape)."""
    return each.reshape((-1,) + (1,) * (values.ndim - 1))


def solved_sheets(group: Group, columns: Sequence[Column], members: Sequence[int], exact: bool) -> Solved:
    """The sheets as they are; `exact`: what was right stands there unrounded."""
    own = own_values(group, columns, members, exact)
    leading = {step: column for column in columns if (step := step_of(group, column)) in own}
    return Solved(
        group.taking(np.array(members)),
        members,
        group.plan,
        own,
        Units(leading, members, own, group),
        {step: np.array([exact and column.verdicts[m].status == "correct" for m in members])
         for step, column in leading.items()},
        own_formulas(group, columns, members[0]) if len(members) == 1 else {},
        not exact,
    )  # fmt: skip


def own_formulas(group: Group, columns: Sequence[Column], member: int) -> dict[str, Node]:
    """The wrong functions that a student wrote, by step."""
    formulas: dict[str, Node] = {}
    for column in columns:
        step, tree = function_of(group, column), column.formula(member)
        if step and column.verdicts[member].status in WRONG and tree is not None and _fits(column, group, step, tree):
            formulas[step] = sized(tree, group.plan.symbols)
    return formulas


def _fits(column: Column, group: Group, step: str, tree: Node) -> bool:
    """The formula is a number, a vector or a matrix as the right one is (a transposed one can be carried on)."""
    try:
        return column.kind.fits(tree, step, column.ask, group)
    except (GraderError, KeyError):  # an identity of no size is a name without a value
        return False
