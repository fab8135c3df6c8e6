"""Follow-through: an answer that is right for the student's own earlier values earns its points, and says so.

Nothing is authored for it: the steps are computed again with the student's values in place of their own. The original
reference comes first, the better of the two is kept. A value that leaves nothing to compute earns nothing, and that is
said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from msgspec.structs import replace

from grader.arrays import Floats
from grader.blanks.expressions import with_sized_identity
from grader.blanks.kind import CORRECT, Judgement, Scenario
from grader.blanks.rounding import WIDEST
from grader.errors import AuthorError, GraderError, Message, StudentError
from grader.language.nodes import Node, names
from grader.language.unicode import name_unicode
from grader.marking.column import READ, WRONG, Column, function_of, half_units, nudged, own_values, step_of
from grader.marking.echo import echo_of
from grader.marking.verdict import Verdict
from grader.plan.graph import nearest
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.solve import Values, altered, solve_sheet

MOST_ROUNDED = 0.1
"""What was rounded away is at most this part of a value."""
TOGETHER = 1.05
"""Values are moved one at a time; where the formulas are curved, all together may do a little more than their sum."""


def follow(group: Group, columns: Sequence[Column], share: float = 1.0) -> None:
    """Judge what is not right again, with each student's own earlier values; `share` of the points is kept."""
    batch, alone = _members(group, columns)
    for members in ([batch] if batch else []) + [[member] for member in alone]:
        for exact in (True, False):
            sheets = _SolvedSheets(group, columns, members, exact)
            for column in columns:
                sheets.judge(column, share)


def _members(group: Group, columns: Sequence[Column]) -> tuple[list[int], list[int]]:
    """Students with something left to judge and answers to judge it by; those with wrong functions apart."""
    leading = [column for column in columns if step_of(group, column) or function_of(group, column)]
    written = {member for column in leading for member in column.members(READ)}
    wrong = {member for column in columns for member in column.members(WRONG)}
    alone = {member for column in leading if function_of(group, column) for member in column.members(WRONG)}
    return sorted(written & wrong - alone), sorted(alone & wrong)


class _SolvedSheets:
    """The sheets of some members solved with the values that stand on them.

    What is computed here has an axis of these members, in their order: `index` is a place on it.
    """

    def __init__(self, group: Group, columns: Sequence[Column], members: list[int], exact: bool) -> None:
        self.group, self.columns, self.members = group, columns, members
        self.exact = exact
        self.formulas = own_formulas(group, columns, members[0]) if len(members) == 1 else {}
        self.plan = altered(group.plan, self.formulas) if self.formulas else group.plan
        self.own = own_values(group, columns, members, exact)

    @cached_property
    def right(self) -> Group:
        """These students with the right values."""
        return self.group.taking(np.array(self.members))

    @cached_property
    def solved(self) -> tuple[Values, Values]:
        """What follows from the values on the sheets, and what stands there; only where somebody needs it."""
        return solve_sheet(self.plan, self.right.given, self.own)

    @property
    def following(self) -> Values:
        """What follows, by step."""
        return self.solved[0]

    def scenario_for(self, ask: Ask) -> Scenario:
        """The students with their own values everywhere but in the asked step, which has what follows from them."""
        step = self.group.plan.asked_step(ask)
        following, stands = self.solved
        solution = {**stands, step: following[step]} if step in following else stands
        # The asked function itself is what follows from the others, not the student's own.
        formulas = {name: tree for name, tree in self.formulas.items() if name != step}
        plan = altered(self.group.plan, formulas) if formulas else self.group.plan
        right = self.right
        return Scenario(Group(plan, right.positions, right.seeds, right.given, solution, right.picks), right)

    def judge(self, column: Column, share: float) -> None:
        """The answers of a column that are not right yet."""
        some = [index for index, member in enumerate(self.members) if column.verdicts[member].status in WRONG]
        if not some:
            return
        every = frozenset({*self.own, *self.formulas})
        if not nearest(self.group.plan, column.ask.id, every):
            return
        if not self.exact and not (some := self.close(column, some)):
            return  # rounding does not explain what is far off
        scenario = self.scenario_for(column.ask)
        ask = scenario.group.plan.ask(column.ask.id)
        judgements = _judged(column, ask, scenario, [self.members[index] for index in some], some)
        if not self.exact:
            judgements = self.forgiven(column, some, judgements)
        required = [column.kind.requirement(ask, group) for group in (scenario.group, self.right)]
        for index, judgement in zip(some, judgements, strict=True):
            member = self.members[index]
            wrong = self.wrong_steps(member)
            read = nearest(self.group.plan, ask.id, frozenset(self.read_steps(index)))
            sources = tuple(step for step in read if step in wrong)
            fault = self.guard(ask, index, required) if sources else None
            column.verdicts[member] = better(column.verdicts[member], judgement, sources, fault, share)
            if judgement.read_as is not None and column.verdicts[member].status in ("correct", "follows"):
                column.read_as(member, judgement.read_as, echo_of(column.kind, judgement.read_as))

    def close(self, column: Column, some: list[int]) -> list[int]:
        """Answers of which some entry is so near to what follows that rounding may be all there is between them."""
        step = step_of(self.group, column)
        if step is None:
            return some
        follows, answers = self.beside(column, step, some)
        with np.errstate(all="ignore"):
            near = np.abs(answers - follows) <= WIDEST * column.ask.tolerance.allowance(follows) + rounded_off(follows)
        anything = np.asarray(near.reshape(len(some), -1).any(axis=1))
        return [index for index, close in zip(some, anything, strict=True) if close]

    def beside(self, column: Column, step: str, some: list[int]) -> tuple[Floats, Floats]:
        """What follows and what was answered, (len(some), *shape) both, entry beside entry."""
        follows = self.following[step][some]
        answers = [column.aligned(self.members[index], value) for index, value in zip(some, follows, strict=True)]
        return follows, np.stack(answers)

    def forgiven(self, column: Column, some: list[int], judgements: list[Judgement]) -> list[Judgement]:
        """Answers that follow from what was rounded away when the earlier ones were written down are right as well."""
        step = step_of(self.group, column)
        if step is None or all(judgement.share == 1 for judgement in judgements):
            return judgements
        follows, answers = self.beside(column, step, some)
        own = column.ask.tolerance.allowance(follows)
        with np.errstate(all="ignore"):
            gap = np.abs(answers - follows)
            near = np.asarray((gap <= own + rounded_off(follows)).reshape(len(some), -1).all(axis=1))
        if not any(close and judgement.share < 1 for close, judgement in zip(near, judgements, strict=True)):
            return judgements
        moved = self.slack(step, [index for index, close in zip(some, near, strict=True) if close])[some]
        with np.errstate(all="ignore"):
            right = near & (gap <= own + TOGETHER * moved).reshape(len(some), -1).all(axis=1)
        return [CORRECT if good else judgement for good, judgement in zip(right, judgements, strict=True)]

    def slack(self, step: str, some: list[int]) -> Floats:
        """How far the value of a step may move with what was rounded away in the answers it is computed from.

        Everybody's own last answers before it are moved: what others wrote down does not matter.
        """
        units = {
            name: half_units(column, self.members) for column in self.columns if (name := step_of(self.group, column))
        }
        by_sources: dict[tuple[str, ...], list[int]] = {}
        for index in some:
            written = frozenset(name for name, values in self.own.items() if not np.isnan(values[index]).any())
            by_sources.setdefault(nearest(self.group.plan, step, written - {step}), []).append(index)
        total = np.zeros(self.following[step].shape)
        for sources, alike in by_sources.items():
            own = {name: values[alike] for name, values in self.own.items()}
            given = {name: values[alike] for name, values in self.right.given.items()}
            for moved in nudged({name: own[name] for name in sources}, {name: units[name][alike] for name in sources}):
                following, _ = solve_sheet(self.plan, given, {**own, **moved})
                with np.errstate(all="ignore"):
                    total[alike] += np.abs(following[step] - self.following[step][alike])
        return np.nan_to_num(total, nan=0.0)

    def read_steps(self, index: int) -> list[str]:
        """Steps for which this student's sheet has a value or a formula."""
        return [*self.formulas, *(step for step, values in self.own.items() if not np.isnan(values[index]).any())]

    def wrong_steps(self, member: int) -> list[str]:
        """Steps with a wrong answer of this student."""
        wrong = []
        for column in self.columns:
            step = step_of(self.group, column) or function_of(self.group, column)
            if step and column.verdicts[member].status in WRONG | {"follows"}:
                wrong.append(step)
        return wrong

    def guard(self, ask: Ask, index: int, required: Sequence[Sequence[Any] | Floats | None]) -> str | None:
        """Why an answer that follows may not earn anything: what follows is undefined, trivial or constant."""
        follows, right = (None if values is None else values[index] for values in required)
        if follows is None or right is None:
            return None
        if isinstance(follows, frozenset):  # the variables of an expression
            return "follow-constant" if right and not follows else None
        if not np.isfinite(follows).all():
            return "follow-undefined"
        if not follows.any() and right.any():
            return "follow-trivial"
        return "follow-trivial" if self.unchanged(ask, index) else None

    def unchanged(self, ask: Ask, index: int) -> bool:
        """A zero of the student's makes a step that moves something leave it where it was."""
        step = self.plan.by_name.get(ask.id)
        if step is None or step.name not in self.following:
            return False
        own, right = {**self.right.given, **self.solved[1], step.name: self.following[step.name]}, self.right.values
        base = step.name.partition("[")[0]
        read = [name for name in sorted(names(step.tree)) if name in own]
        starts = [name for name in read if name.partition("[")[0] == base]
        zeros = any(not own[name][index].any() and right[name][index].any() for name in read)

        def same(values: Mapping[str, Floats], name: str) -> bool:
            return np.array_equal(values[name][index], values[step.name][index])

        return zeros and any(same(own, name) and not same(right, name) for name in starts)


def rounded_off(values: Floats) -> Floats:
    """The most that can have been rounded away of values (n, *shape), for each of them (n, 1, ...)."""
    size = np.abs(values).reshape(len(values), -1).max(axis=1)
    return np.asarray(MOST_ROUNDED * size.reshape((-1,) + (1,) * (values.ndim - 1)))


def better(now: Verdict, following: Judgement, sources: tuple[str, ...], fault: str | None, share: float) -> Verdict:
    """The better verdict of the one that stands and the one that follows from wrong values (`sources`)."""
    if fault == "follow-undefined" or (fault and following.share == 1):
        return _with_reason(now, Message(fault, {"names": shown(sources)}), sources)
    if fault or following.share == 0:
        return now
    if not sources:  # right from the student's own rounded values
        right = following.status == "correct"
        return replace(now, status="correct", points=now.of, reasons=following.reasons) if right else now
    points = now.of * following.share * share
    if points <= now.points:
        return now
    if following.status == "correct":
        reasons = (_follows(sources), *following.reasons)
        return replace(now, status="follows", points=points, reasons=reasons, follows=sources)
    return replace(now, status="partly", points=points, reasons=following.reasons, follows=sources)


def shown(names: Sequence[str]) -> tuple[str, ...]:
    """Steps by the names that stand on the sheet."""
    return tuple(map(name_unicode, names))


def _follows(sources: tuple[str, ...]) -> Message:
    return Message("follow-correct", {"names": shown(sources)})


def _with_reason(verdict: Verdict, message: Message, sources: tuple[str, ...]) -> Verdict:
    """The verdict with a reason added once."""
    if any(reason.key == message.key for reason in verdict.reasons):
        return verdict
    return replace(verdict, reasons=(*verdict.reasons, message), follows=sources, guarded=True)


def own_formulas(group: Group, columns: Sequence[Column], member: int) -> dict[str, Node]:
    """The wrong functions that a student wrote, by step."""
    formulas: dict[str, Node] = {}
    for column in columns:
        step, tree = function_of(group, column), column.formula(member)
        if step and column.verdicts[member].status in WRONG and tree is not None and _fits(column, group, step, tree):
            formulas[step] = with_sized_identity(tree, group.plan)
    return formulas


def _fits(column: Column, group: Group, step: str, tree: Node) -> bool:
    """The formula is a number, a vector or a matrix as the right one is (a transposed one can be carried on)."""
    try:
        return column.kind.fits(tree, step, column.ask, group)
    except (GraderError, KeyError):  # an identity of no size is a name without a value
        return False


def _judged(column: Column, ask: Ask, scenario: Scenario, members: list[int], rows: list[int]) -> list[Judgement]:
    """The judgements of answers by what follows from the students' values; what has no value judges nothing right."""
    answers = [column.values[member] for member in members]
    try:
        return column.kind.compare_in(scenario, ask, rows, answers)
    except (StudentError, AuthorError):
        if len(rows) == 1:
            return [Judgement("wrong", 0.0)]
        return [_judged(column, ask, scenario, [m], [r])[0] for m, r in zip(members, rows, strict=True)]
