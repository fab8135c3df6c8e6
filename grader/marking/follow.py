"""Follow-through: an answer that is right for the student's own earlier values earns its points, and says so.

Nothing is authored for it: the steps are computed again with the student's values in place of their own. The original
reference comes first, the better of the two is kept. What is still wrong is looked at another way: computed from other
quantities on the sheet (`grader/plan/ways.py`), or past a line that is wrong of itself. A value that leaves nothing to
compute earns nothing, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from grader.arrays import Floats
from grader.blanks.kind import CORRECT, Judgement, Scenario
from grader.blanks.rounding import WIDEST
from grader.errors import AuthorError, Message, StudentError
from grader.internal import looking_at
from grader.language.unicode import name_unicode
from grader.marking.column import READ, WRONG, Column, function_of, nudged, step_of
from grader.marking.echo import echo_of
from grader.marking.guards import Guards
from grader.marking.solved import Solved, solved_sheets
from grader.marking.verdict import Verdict
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.solve import solve_sheet
from grader.plan.ways import asked_before

MOST_ROUNDED = 0.1
"""What was rounded away is at most this part of a value."""
NEAR = 0.2
"""A wrong number that differs by no more than this part of the largest entry was computed, not made up."""
TOGETHER = 1.05
"""Values are moved one at a time; where the formulas are curved, all together may do a little more than their sum."""
MOST_PASSED = 2
"""Wrong lines that are passed by in turn."""


def follow(group: Group, columns: Sequence[Column], share: float = 1.0) -> None:
    """Judge what is not right again, with each student's own earlier values; `share` of the points is kept."""
    batch, alone = _members(group, columns)
    for members in ([batch] if batch else []) + [[member] for member in alone]:
        following = _Following(group, columns, members, share)
        for sheets in (following.exact, following.typed):
            for column in columns:
                with looking_at(column.ask.id):
                    following.judge(sheets, column, following.wrong(column))
        for column in columns:
            with looking_at(column.ask.id):
                following.look_further(column)
        if any(column.before for column in columns):
            following.find_near()


def _members(group: Group, columns: Sequence[Column]) -> tuple[list[int], list[int]]:
    """Students with something left to judge and answers to judge it by; those with wrong functions apart."""
    leading = [column for column in columns if step_of(group, column) or function_of(group, column)]
    written = {member for column in leading for member in column.members(READ)}
    wrong = {member for column in columns for member in column.members(WRONG)}
    alone = {member for column in leading if function_of(group, column) for member in column.members(WRONG)}
    return sorted(written & wrong - alone), sorted(alone & wrong)


class _Following:
    """The sheets of some members, with what was right `exact`, and with all as it was `typed`."""

    def __init__(self, group: Group, columns: Sequence[Column], members: list[int], share: float) -> None:
        self.group, self.columns, self.members, self.share = group, columns, members, share
        self.exact, self.typed = (solved_sheets(group, columns, members, exact) for exact in (True, False))

    def wrong(self, column: Column) -> list[int]:
        """By index the members whose answer is not right yet."""
        return [i for i, member in enumerate(self.members) if column.verdicts[member].status in WRONG]

    def judge(self, sheets: Solved, column: Column, some: list[int], only_gains: bool = False) -> None:
        """The answers of a column that are not right yet, by what follows on these sheets."""
        if not only_gains and not any(sheets.sources(column.ask, index) for index in some):
            return
        if sheets.is_typed and not (some := self.close(sheets, column, some)):
            return  # rounding does not explain what is far off
        scenario = sheets.scenario_for(column.ask)
        ask = scenario.group.plan.ask(column.ask.id)
        judgements = _judged(column, ask, scenario, [sheets.members[index] for index in some], some)
        if sheets.is_typed:
            judgements = self.forgiven(sheets, column, some, judgements)
        guards = Guards(sheets, scenario, column.kind, ask)
        for index, judgement in zip(some, judgements, strict=True):
            self.weigh(column, sheets, guards, index, judgement, only_gains)

    def weigh(
        self, column: Column, sheets: Solved, guards: Guards, index: int, judgement: Judgement, only_gains: bool
    ) -> None:
        """Keep the better verdict for one member; `only_gains`: nothing is said of what earns nothing."""
        member = self.members[index]
        wrong = self.wrong_steps(member)
        sources = tuple(step for step in sheets.sources(guards.ask, index) if step in wrong)
        fault = guards.fault(index, sources) if sources else None
        rounded = sources or step_of(self.group, column)  # from no wrong answer only rounding makes it right
        if only_gains and (fault or not rounded):
            return
        why = None
        if fault == "follow-undefined":
            column.undefined.add(member)
            why = guards.cause(index, sources)
        now = column.verdicts[member]
        after = column.verdicts[member] = better(now, judgement, sources, fault, self.share, why)
        if sources and after.points > now.points:
            column.before.setdefault(member, now)
        if judgement.read_as is not None and after.status in ("correct", "follows"):
            echo = echo_of(column.kind, judgement.read_as) if column.told else {}
            column.read_as(member, judgement.read_as, echo)

    def look_further(self, column: Column) -> None:
        """What is not right for the nearest answers may be for others that it can be computed from."""
        step, hopeful = step_of(self.group, column), self.hopeful(column)
        for exact, typed in self.others(column, hopeful) if hopeful else ():
            wrong = self.wrong(column)
            some = near = [index for index in hopeful if index in wrong]
            if some and step is not None:  # only what is rounded on the way may differ
                now, other = (sheets.following[step] for sheets in (self.exact, exact))
                near = self.close(exact, column, some)
                some = [i for i in some if i in near or not np.array_equal(now[i], other[i], equal_nan=True)]
            if some:
                self.judge(exact, column, some, only_gains=True)
            if step is not None and (near := [index for index in near if index in self.wrong(column)]):
                self.judge(typed, column, near, only_gains=True)

    def hopeful(self, column: Column) -> list[int]:
        """Wrong answers of those with a wrong one before it, and such that rounding may be all there is to them."""
        wrong, plan, own = self.wrong(column), self.group.plan, column.ask.id
        before = {step.name for step in (asked_before(plan, own) if own in plan.by_name else plan.steps)}
        late = [index for index in wrong if before.isdisjoint(self.wrong_steps(self.members[index]))]
        near = self.close(self.exact, column, late) if late and step_of(self.group, column) else []
        return [index for index in wrong if index not in late or index in near]

    def others(self, column: Column, some: list[int]) -> Iterator[tuple[Solved, Solved]]:
        """The sheets read in other ways, and without the lines that are wrong of themselves; exact and typed."""
        ways = list(self.exact.ways(column.ask))
        for way in ways:
            yield way, way.having(self.typed)
        first = ways[0] if ways else self.exact
        for place in range(MOST_PASSED):
            leaving = {}
            for index in some:
                wrong = self.wrong_steps(self.members[index], WRONG)
                own = [step for step in self.exact.sources(column.ask, index) if step in wrong]
                if len(own) > place and column.verdicts[self.members[index]].status in WRONG:
                    leaving[index] = own[place]
            if leaving:
                yield first.without(leaving), first.having(self.typed).without(leaving)

    def find_near(self) -> None:
        """Wrong numbers that are not far from what follows: somebody has computed them."""
        for column in self.columns:
            step, some = step_of(self.group, column), self.wrong(column)
            if step is not None and some:
                follows, answers = self.beside(self.exact, column, step, some)
                with np.errstate(all="ignore"):
                    near = np.abs(answers - follows) <= NEAR / MOST_ROUNDED * rounded_off(follows)
                all_near = np.asarray(near.reshape(len(some), -1).all(axis=1))
                column.near.update(self.members[index] for index in np.array(some)[all_near])

    def close(self, sheets: Solved, column: Column, some: list[int]) -> list[int]:
        """Answers of which some entry is so near to what follows that rounding may be all there is between them."""
        step = step_of(self.group, column)
        if step is None:
            return some
        follows, answers = self.beside(sheets, column, step, some)
        with np.errstate(all="ignore"):
            near = np.abs(answers - follows) <= WIDEST * column.ask.tolerance.allowance(follows) + rounded_off(follows)
        anything = np.asarray(near.reshape(len(some), -1).any(axis=1))
        return [index for index, close in zip(some, anything, strict=True) if close]

    def beside(self, sheets: Solved, column: Column, step: str, some: list[int]) -> tuple[Floats, Floats]:
        """What follows and what was answered, (len(some), *shape) both, entry beside entry."""
        follows = sheets.following[step][some]
        with looking_at(column.ask.id):
            answers = [column.aligned(sheets.members[index], value) for index, value in zip(some, follows, strict=True)]
        return follows, np.stack(answers)

    def forgiven(self, sheets: Solved, column: Column, some: list[int], judgements: list[Judgement]) -> list[Judgement]:
        """Answers that follow from what was rounded away when the earlier ones were written down are right as well."""
        step = step_of(self.group, column)
        if step is None or all(judgement.share == 1 for judgement in judgements):
            return judgements
        follows, answers = self.beside(sheets, column, step, some)
        own = column.ask.tolerance.allowance(follows)
        with np.errstate(all="ignore"):
            gap = np.abs(answers - follows)
            near = np.asarray((gap <= own + rounded_off(follows)).reshape(len(some), -1).all(axis=1))
        members = [sheets.members[index] for index in some]
        near &= [not column.leaves_over(member, value) for member, value in zip(members, follows, strict=True)]
        if not any(close and judgement.share < 1 for close, judgement in zip(near, judgements, strict=True)):
            return judgements
        moved = slack(sheets, column.ask, [index for index, close in zip(some, near, strict=True) if close])[some]
        with np.errstate(all="ignore"):
            right = near & (gap <= own + TOGETHER * moved).reshape(len(some), -1).all(axis=1)
        return [CORRECT if good else judgement for good, judgement in zip(right, judgements, strict=True)]

    def wrong_steps(self, member: int, statuses: frozenset[str] = WRONG | {"follows"}) -> list[str]:
        """Steps with a wrong answer of this student."""
        wrong = []
        for column in self.columns:
            step = step_of(self.group, column) or function_of(self.group, column)
            if step and column.verdicts[member].status in statuses:
                wrong.append(step)
        return wrong


def slack(sheets: Solved, ask: Ask, some: list[int]) -> Floats:
    """How far the value of a step may move with what was rounded away in the answers it is computed from.

    Everybody's own last answers before it are moved: what others wrote down does not matter.
    """
    step = ask.id
    by_sources: dict[tuple[str, ...], list[int]] = {}
    for index in some:
        read = tuple(name for name in sheets.sources(ask, index) if name in sheets.own and name != step)
        by_sources.setdefault(read, []).append(index)
    total = np.zeros(sheets.following[step].shape)
    for sources, alike in by_sources.items():
        own = {name: values[alike] for name, values in sheets.own.items()}
        given = {name: values[alike] for name, values in sheets.right.given.items()}
        units = {name: sheets.units.of(name)[alike] for name in sources}
        for moved in nudged({name: own[name] for name in sources}, units):
            following, _ = solve_sheet(sheets.on_sheet, given, {**own, **moved})
            with np.errstate(all="ignore"):
                total[alike] += np.abs(following[step] - sheets.following[step][alike])
    return np.nan_to_num(total, nan=0.0)


def rounded_off(values: Floats) -> Floats:
    """The most that can have been rounded away of values (n, *shape), for each of them (n, 1, ...)."""
    size = np.abs(values).reshape(len(values), -1).max(axis=1)
    return np.asarray(MOST_ROUNDED * size.reshape((-1,) + (1,) * (values.ndim - 1)))


def better(
    now: Verdict,
    following: Judgement,
    sources: tuple[str, ...],
    fault: str | None,
    share: float,
    why: Message | None = None,
) -> Verdict:
    """The better verdict of the one that stands and the one that follows from wrong values (`sources`).

    `why` says more of a fault than its own text.
    """
    if fault == "follow-undefined" or (fault and following.share == 1):
        return _with_reason(now, why or Message(fault, {"names": shown(sources)}), sources)
    if not fault and sources and following.status == "coarse" and now.status == "wrong" and not now.points:
        return replace(
            now, status="coarse", reasons=(Message("follow-coarse", {"names": shown(sources)}), *following.reasons)
        )
    if fault or following.share == 0:
        return now
    if not sources:  # right from the student's own rounded values
        right = following.status == "correct"
        return replace(now, status="correct", points=now.of, reasons=following.reasons) if right else now
    points = now.of * following.share * share
    if points <= now.points:
        return now
    now = replace(now, points=points, follows=sources, guarded=False)
    if following.status == "correct":
        reasons = (Message("follow-correct", {"names": shown(sources)}), *following.reasons)
        return replace(now, status="follows", reasons=reasons)
    return replace(now, status="partly", reasons=following.reasons)


def shown(names: Sequence[str]) -> tuple[str, ...]:
    """Steps by the names that stand on the sheet."""
    return tuple(map(name_unicode, names))


def _with_reason(verdict: Verdict, message: Message, sources: tuple[str, ...]) -> Verdict:
    """The verdict with a reason added once."""
    if any(reason.key == message.key for reason in verdict.reasons):
        return verdict
    return replace(verdict, reasons=(*verdict.reasons, message), follows=sources, guarded=True)


def _judged(column: Column, ask: Ask, scenario: Scenario, members: list[int], rows: list[int]) -> list[Judgement]:
    """The judgements of answers by what follows from the students' values; what has no value judges nothing right."""
    answers = [column.values[member] for member in members]
    try:
        return column.kind.compare_in(scenario, ask, rows, answers)
    except (StudentError, AuthorError):
        if len(rows) == 1:
            return [Judgement("wrong", 0.0)]
        return [_judged(column, ask, scenario, [m], [r])[0] for m, r in zip(members, rows, strict=True)]
