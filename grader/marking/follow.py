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
from grader.blanks.choices import ChoiceKind, options_if
from grader.blanks.expressions import reference_tree
from grader.blanks.kind import CORRECT, Judgement, expected_value
from grader.blanks.kinds import KINDS
from grader.blanks.rounding import WIDEST
from grader.equality.arrays import evaluate_sized, instances_of
from grader.errors import AuthorError, GraderError, Message, StudentError
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name, Node, Number, names, substitute
from grader.language.unicode import name_unicode
from grader.marking.column import NUMERIC, READ, WRONG, Column, function_of, half_units, nudged, own_values, step_of
from grader.marking.verdict import Verdict
from grader.plan.graph import nearest
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan
from grader.plan.solve import Values, altered, solve, solve_sheet
from grader.plan.symbols import sizes

MOST_ROUNDED = 0.1
"""What was rounded away is at most this part of a value."""


def follow(group: Group, columns: Sequence[Column], share: float = 1.0) -> None:
    """Judge what is not right again, with each student's own earlier values; `share` of the points is kept."""
    batch, alone = _members(group, columns)
    for rows in ([batch] if batch else []) + [[member] for member in alone]:
        for exact in (True, False):
            worlds = _Worlds(group, columns, rows, exact)
            for column in columns:
                worlds.judge(column, share)


def _members(group: Group, columns: Sequence[Column]) -> tuple[list[int], list[int]]:
    """Students with something left to judge and answers to judge it by; those with wrong functions apart."""
    leading = [column for column in columns if step_of(group, column) or function_of(group, column)]
    written = {member for column in leading for member in column.members(READ)}
    wrong = {member for column in columns for member in column.members(WRONG)}
    alone = {member for column in leading if function_of(group, column) for member in column.members(WRONG)}
    return sorted(written & wrong - alone), sorted(alone & wrong)


class _Worlds:
    """Some students' sheets solved with the values that stand on them."""

    def __init__(self, group: Group, columns: Sequence[Column], rows: list[int], exact: bool) -> None:
        self.group, self.columns, self.rows = group, columns, rows
        self.exact = exact
        self.formulas = own_formulas(group, columns, rows[0]) if len(rows) == 1 else {}
        self.plan = altered(group.plan, self.formulas) if self.formulas else group.plan
        self.own = own_values(group, columns, rows, exact)

    @cached_property
    def part(self) -> Group:
        """These students with the right values."""
        return self.group.taking(np.array(self.rows))

    @cached_property
    def solved(self) -> tuple[Values, Values]:
        """What follows from the values on the sheets, and what stands there; only where somebody needs it."""
        return solve_sheet(self.plan, self.part.given, self.own)

    @property
    def found(self) -> Values:
        """What follows, by step."""
        return self.solved[0]

    def group_for(self, ask: Ask) -> Group:
        """The students with their own values everywhere but in the asked step, which has what follows from them."""
        step = self.group.plan.asked_step(ask)
        found, stands = self.solved
        solution = {**stands, step: found[step]} if step in found else stands
        # The asked function itself is what follows from the others, not the student's own.
        formulas = {name: tree for name, tree in self.formulas.items() if name != step}
        plan = altered(self.group.plan, formulas) if formulas else self.group.plan
        return Group(plan, self.part.places, self.part.seeds, self.part.given, solution, self.part.picks)

    def judge(self, column: Column, share: float) -> None:
        """The answers of a column that are not right yet."""
        rows = [row for row, member in enumerate(self.rows) if column.verdicts[member].status in WRONG]
        if not rows:
            return
        every = frozenset({*self.own, *self.formulas})
        if not nearest(self.group.plan, column.ask.id, every):
            return
        if not self.exact and not (rows := self.close(column, rows)):
            return  # rounding does not explain what is far off
        world = self.group_for(column.ask)
        ask = world.plan.ask(column.ask.id)
        judgements = _judged(column, ask, self.group, world, [self.rows[row] for row in rows], rows)
        if column.kind in NUMERIC and not self.exact:
            judgements = self.forgiven(column, rows, judgements)
        expected = [_expected(ask, column.kind, group) for group in (world, self.part)]
        for row, judgement in zip(rows, judgements, strict=True):
            member = self.rows[row]
            wrong = self.wrong_steps(member)
            read = nearest(self.group.plan, ask.id, frozenset(self.read_steps(row)))
            sources = tuple(step for step in read if step in wrong)
            fault = self.guard(ask, row, expected) if sources else None
            column.verdicts[member] = better(column.verdicts[member], judgement, sources, fault, share)

    def close(self, column: Column, rows: list[int]) -> list[int]:
        """Answers of which some entry is so near to what follows that rounding may be all there is between them."""
        step = step_of(self.group, column)
        if step is None:
            return rows
        found = self.found[step][rows]
        answers = np.stack([column.shaped(self.rows[row], found.shape[1:]) for row in rows])
        with np.errstate(all="ignore"):
            near = np.abs(answers - found) <= WIDEST * column.ask.tolerance.allowance(found) + self.rounded(found)
        some: Any = np.asarray(near).reshape(len(rows), -1).any(axis=1)
        return [row for row, close in zip(rows, some, strict=True) if close]

    def rounded(self, found: Floats) -> Floats:
        """The most that can have been rounded away, for each answer (n, 1, ...)."""
        size = np.abs(found).reshape(len(found), -1).max(axis=1)
        return np.asarray(MOST_ROUNDED * size.reshape((-1,) + (1,) * (found.ndim - 1)))

    def forgiven(self, column: Column, rows: list[int], judgements: list[Judgement]) -> list[Judgement]:
        """Answers that follow from what was rounded away when the earlier ones were written down are right as well."""
        step = step_of(self.group, column)
        if step is None or all(judgement.share == 1 for judgement in judgements):
            return judgements
        found, tolerance = self.found[step][rows], column.ask.tolerance
        answers = np.stack([column.shaped(self.rows[row], found.shape[1:]) for row in rows])
        own = tolerance.allowance(found)
        with np.errstate(all="ignore"):
            gap = np.abs(answers - found)
            near = np.asarray((gap <= own + self.rounded(found)).reshape(len(rows), -1).all(axis=1))
        if not any(near[row] and judgement.share < 1 for row, judgement in enumerate(judgements)):
            return judgements
        with np.errstate(all="ignore"):
            margin = own + 1.05 * self.slack(step, [row for row, close in zip(rows, near, strict=True) if close])[rows]
        right = near & (gap <= margin).reshape(len(rows), -1).all(axis=1)
        return [CORRECT if right[row] else judgement for row, judgement in enumerate(judgements)]

    def slack(self, step: str, rows: list[int]) -> Floats:
        """How far the value of a step may move with what was rounded away in the answers it is computed from.

        Everybody's own last answers before it are moved: what others wrote down does not matter.
        """
        units = {
            name: half_units(column, self.rows) for column in self.columns if (name := step_of(self.group, column))
        }
        by_sources: dict[tuple[str, ...], list[int]] = {}
        for row in rows:
            written = frozenset(name for name, values in self.own.items() if not np.isnan(values[row]).any())
            by_sources.setdefault(nearest(self.group.plan, step, written - {step}), []).append(row)
        total = np.zeros(self.found[step].shape)
        for sources, some in by_sources.items():
            own = {name: values[some] for name, values in self.own.items()}
            given = {name: values[some] for name, values in self.part.given.items()}
            for moved in nudged({name: own[name] for name in sources}, {name: units[name][some] for name in sources}):
                found, _ = solve_sheet(self.plan, given, {**own, **moved})
                with np.errstate(all="ignore"):
                    total[some] += np.abs(found[step] - self.found[step][some])
        return np.nan_to_num(total, nan=0.0)

    def read_steps(self, row: int) -> list[str]:
        """Steps for which this student's sheet has a value or a formula."""
        return [*self.formulas, *(step for step, values in self.own.items() if not np.isnan(values[row]).any())]

    def wrong_steps(self, member: int) -> list[str]:
        """Steps with a wrong answer of this student."""
        found = []
        for column in self.columns:
            step = step_of(self.group, column) or function_of(self.group, column)
            if step and column.verdicts[member].status in WRONG | {"follows"}:
                found.append(step)
        return found

    def guard(self, ask: Ask, row: int, expected: list[Any]) -> str | None:
        """Why an answer that follows may not earn anything: what follows is undefined, trivial or constant."""
        value, right = (None if table is None else table[row] for table in expected)
        if value is None or right is None:
            return None
        if isinstance(value, frozenset):  # the variables of an expression
            return "follow-constant" if right and not value else None
        if not np.isfinite(value).all():
            return "follow-undefined"
        if not value.any() and right.any():
            return "follow-trivial"
        return "follow-trivial" if self.unchanged(ask, row) else None

    def unchanged(self, ask: Ask, row: int) -> bool:
        """A zero of the student's makes a step that moves something leave it where it was."""
        step = self.plan.by_name.get(ask.id)
        if step is None or step.name not in self.found:
            return False
        own, right = {**self.part.given, **self.solved[1], step.name: self.found[step.name]}, self.part.values
        base = step.name.partition("[")[0]
        read = [name for name in sorted(names(step.tree)) if name in own]
        starts = [name for name in read if name.partition("[")[0] == base]
        zeros = any(not own[name][row].any() and right[name][row].any() for name in read)

        def same(values: Mapping[str, Floats], name: str) -> bool:
            return np.array_equal(values[name][row], values[step.name][row])

        return zeros and any(same(own, name) and not same(right, name) for name in starts)


def better(now: Verdict, found: Judgement, sources: tuple[str, ...], fault: str | None, share: float) -> Verdict:
    """The better verdict of the one that stands and the one that follows from wrong values (`sources`)."""
    if fault == "follow-undefined" or (fault and found.share == 1):
        return _told(now, Message(fault, {"names": shown(sources)}), sources)
    if fault or found.share == 0:
        return now
    if not sources:  # right from the student's own rounded values
        return replace(now, status="correct", points=now.of, reasons=()) if found.status == "correct" else now
    points = now.of * found.share * share
    if points <= now.points:
        return now
    if found.status == "correct":
        return replace(now, status="follows", points=points, reasons=(_follows(sources),), follows=sources)
    return replace(now, status="partly", points=points, reasons=found.reasons, follows=sources)


def shown(names: Sequence[str]) -> tuple[str, ...]:
    """Steps by the names that stand on the sheet."""
    return tuple(map(name_unicode, names))


def _follows(sources: tuple[str, ...]) -> Message:
    return Message("follow-correct", {"names": shown(sources)})


def _told(verdict: Verdict, message: Message, sources: tuple[str, ...]) -> Verdict:
    """The verdict with a reason added once."""
    if any(reason.key == message.key for reason in verdict.reasons):
        return verdict
    return replace(verdict, reasons=(*verdict.reasons, message), follows=sources, guarded=True)


def own_formulas(group: Group, columns: Sequence[Column], member: int) -> dict[str, Node]:
    """The wrong functions that a student wrote, by step."""
    found: dict[str, Node] = {}
    for column in columns:
        step, tree = function_of(group, column), column.values[member]
        if step and column.verdicts[member].status in WRONG and tree is not None and _fits(column, group, step, tree):
            found[step] = with_sized_identity(tree, group.plan)
    return found


def _fits(column: Column, group: Group, step: str, tree: Node) -> bool:
    """The formula is a number, a vector or a matrix as the right one is (a transposed one can be carried on)."""
    try:
        if column.kind == "expression":
            return bool(evaluate(tree, dict.fromkeys(column.ask.variables, np.ones(1))).ndim == 1)
        found = solve(altered(group.plan, {step: with_sized_identity(tree, group.plan)}), group.at(0).given)
        if any(value.shape[1:] != group.solution[name].shape[1:] for name, value in found.items()):
            return False
        return all(
            evaluate_sized(tree, instances, None).ndim
            == evaluate_sized(reference_tree(column.ask, group, 0), instances, None).ndim
            for instances in map(instances_of, sizes(group.plan))
        )
    except (GraderError, KeyError):  # an identity of no size is a name without a value
        return False


def with_sized_identity(tree: Node, plan: Plan) -> Node:
    """`I` as the zeroth power of a named square matrix: it must have a size once numbers are put in."""
    square = next((name for name, shape in plan.symbols.items() if len(shape) == 2 and shape[0] == shape[1]), None)
    return substitute(tree, {"I": Call("pow", (Name(square), Number("0")))}) if square else tree


def _judged(
    column: Column, ask: Ask, group: Group, world: Group, members: list[int], rows: list[int]
) -> list[Judgement]:
    """The judgements of answers by what follows from the students' values; what has no value judges nothing right."""
    kind = KINDS[column.kind]
    values = [column.values[member] for member in members]
    try:
        if not isinstance(kind, ChoiceKind):
            return kind.compare(ask, world, rows, values)
        return [
            kind.judge(options_if(ask, group.at(member), world.at(row), 0), value)
            for member, row, value in zip(members, rows, values, strict=True)
        ]
    except (StudentError, AuthorError):
        if len(rows) == 1:
            return [Judgement("wrong", 0.0)]
        return [_judged(column, ask, group, world, [m], [r])[0] for m, r in zip(members, rows, strict=True)]


def _expected(ask: Ask, kind: str, group: Group) -> Any:
    """By member what an ask expects: values, or the variables that its expression depends on; None for other kinds."""
    size = len(group.places)
    if kind in NUMERIC:
        value = expected_value(ask, group)
        return np.broadcast_to(value, (size, *value.shape[1:]))
    if kind == "expression":
        return [frozenset(names(reference_tree(ask, group, row)) & set(ask.variables)) for row in range(size)]
    return None
