"""Diagnosis of expressions: the student's formula and every wrong one as values at the same points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np

from grader.arrays import Floats, Truths
from grader.blanks.expressions import reference_tree
from grader.equality.arrays import evaluate_sized
from grader.equality.expressions import reference_sample
from grader.errors import GraderError
from grader.language.evaluate import evaluate
from grader.language.natural import Formula
from grader.language.nodes import Call, Node, transform, walk
from grader.marking.column import Column
from grader.marking.echo import echo_of
from grader.marking.match import Match, is_far_fetched, of_mutant, of_row
from grader.marking.other_number import another_number
from grader.plan.group import Group
from grader.plan.symbols import square_values, symbol_instances, symbol_values
from grader.slips.table import Family, row
from grader.suspects.looks import program_for, program_like, slot

ENOUGH = 10
"""Points at which a wrong formula must have a value and agree."""
CLOSE = 1e-9
LOOKS = ("usual", "rare")
_TRANSPOSED, _RECIPROCAL, _SIGN, _FACTOR, _TERM, _OTHER_BLANK = (
    row(Family.FUNCTION, rule)
    for rule in ("transposed", "reciprocal", "sign", "constant-factor", "constant-term", "other-blank")
)

_REVERSED = row(Family.NODE, "product-reversed")


def tree_matches(group: Group, column: Column, member: int) -> list[Match]:
    """The candidates that are the same function as what a student wrote."""
    answer = column.formula(member)
    if answer is None:
        return []
    matching = _symbolic if column.kind.traits.arrays else _scalar
    matches = matching(group, column, member, answer)
    return matches or _in_another_reading(group, column, member, matching)


def _in_another_reading(
    group: Group, column: Column, member: int, matching: Callable[[Group, Column, int, Node], list[Match]]
) -> list[Match]:
    """What explains an answer that is wrong in every reading, and as it is read at first unexplained."""
    answer = column.values[member]
    for other in answer.others() if isinstance(answer, Formula) else ():
        matches = matching(group, column, member, other.tree)
        if matches:
            column.read_as(member, other, echo_of(column.kind, other))
            return matches
    return []


def _scalar(group: Group, column: Column, member: int, answer: Node) -> list[Match]:
    ask = column.ask
    sampled = reference_sample(reference_tree(ask, group, member), ask.variables, tuple(sorted(ask.domain.items())))
    if sampled is None or not ask.variables:
        return []
    count = len(sampled.values)
    one = group.at(member)
    values = dict(one.values) | {slot(name): sampled.points[name] for name in ask.variables}
    try:
        typed = evaluate(answer, sampled.points)
    except GraderError:
        return []
    if typed.ndim > 1:
        return []
    typed = np.broadcast_to(typed, (count,))
    stop = frozenset(_functions_asked(group, ask.id))

    def looked(which: str) -> tuple[Floats, list[Match]]:
        program = program_like(group, ask, stop, which, values, typed)
        right, table = program.run(values, count)
        return right, [of_mutant(program.mutants[int(index)]) for index in np.flatnonzero(agree(typed, table, right))]

    for which in LOOKS:
        right, matches = looked(which)
        if matches:
            alike = is_far_fetched(matches)  # a number for another is any number
            return [*matches, *another_number(one, ask, sampled.points, typed)] if alike else matches
    generic = generic_functions(typed, right, _other_blanks(group, column, member, sampled.points))
    return generic or looked("far")[1] or another_number(one, ask, sampled.points, typed)


def _other_blanks(group: Group, column: Column, member: int, points: Mapping[str, Floats]) -> Iterator[Floats]:
    """What is right in the other blanks for a formula in the same variables."""
    for ask in group.plan.asks:
        if ask.id != column.ask.id and ask.variables == column.ask.variables and ask.traits.formula:
            try:
                yield evaluate(reference_tree(ask, group, member), points)
            except GraderError:
                continue


def _functions_asked(group: Group, own: str) -> list[str]:
    """Functions that are asked for themselves: a slip in one of them is found there."""
    asked = {ask.id for ask in group.plan.asks}
    return [step.name for step in group.plan.steps if step.parameters and step.name in asked and step.name != own]


def agree(typed: Floats, table: Floats, right: Floats) -> Truths:
    """Which rows (M,) of the table (M, P) are the same as the typed values wherever both have one."""
    with np.errstate(all="ignore"):
        both = np.isfinite(typed) & np.isfinite(table)
        gap = np.abs(typed - table) <= CLOSE * np.maximum(np.abs(typed), np.abs(table)) + 1e-300
        holes = np.isfinite(typed) != np.isfinite(table)
        same = np.where(both, gap, True).all(axis=1) & (both.sum(axis=1) >= ENOUGH) & (holes.sum(axis=1) <= 2)
        idle = (np.abs(table - right) <= CLOSE * np.abs(right)).all(axis=1)
    agreeing: Truths = same & ~idle
    return agreeing


def generic_functions(typed: Floats, right: Floats, others: Iterable[Floats] = ()) -> list[Match]:
    """The formula of another blank, a constant factor or term, the reciprocal."""
    with np.errstate(all="ignore"):
        for other in others:
            if agree(typed, np.broadcast_to(other, (1, *typed.shape)), right).any():
                return [of_row(_OTHER_BLANK)]
        ratio, gap = typed / right, typed - right
        for generic, value in ((_RECIPROCAL, typed * right - 1.0), (_SIGN, ratio + 1.0)):
            if np.isfinite(value).all() and np.abs(value).max() < CLOSE:
                return [of_row(generic)]
        for generic, value in ((_FACTOR, ratio), (_TERM, gap)):
            if np.isfinite(value).all() and np.ptp(value) <= CLOSE * np.abs(value).max():
                return [of_row(generic)]
    return []


def _symbolic(group: Group, column: Column, member: int, answer: Node) -> list[Match]:
    instances = symbol_instances(group.plan)[0]
    values = {**group.at(member).values, **symbol_values(group.plan), **instances}
    count = len(next(iter(instances.values())))
    try:
        typed = evaluate_sized(answer, instances, None)
    except GraderError:
        return _turned_round(group, column, values, count, answer) or _where_all_are_square(
            group, column, member, answer
        )
    typed = np.broadcast_to(typed, (count, *typed.shape[1:]))
    for which in (*LOOKS, "far"):
        program = program_for(group, column.ask, frozenset(), which)
        right, table = program.run(values, count)
        matches = [of_mutant(program.mutants[int(index)]) for index in np.flatnonzero(_alike(typed, table, right))]
        if matches:
            return matches
    turned = np.swapaxes(typed, 1, -1) if typed.ndim == 3 else typed
    if turned.ndim == 3 and turned.shape[2] == 1:
        turned = turned[:, :, 0]  # a row for a column
    if turned.shape == right.shape and np.abs(turned - right).max() <= 10 * CLOSE * np.abs(right).max():
        return [of_row(_TRANSPOSED)]
    if typed.shape == right.shape:
        matches = _multiple(typed, right)
    else:
        matches = _misshapen(group, column, values, typed) or _where_all_are_square(group, column, member, answer)
    return matches or _of_another_blank(group, column, member, instances, typed)


def _of_another_blank(
    group: Group, column: Column, member: int, instances: Mapping[str, Floats], typed: Floats
) -> list[Match]:
    """The right formula of another blank."""
    others = (ask for ask in group.plan.asks if ask.id != column.ask.id and ask.kind == column.ask.kind)
    values = (evaluate_sized(reference_tree(ask, group, member), instances, None) for ask in others)
    near = 10 * CLOSE * np.abs(typed).max()
    same = any(value.shape[1:] == typed.shape[1:] and np.abs(value - typed).max() <= near < np.inf for value in values)
    return [of_row(_OTHER_BLANK)] if same else []


def _turned_round(group: Group, column: Column, values: Mapping[str, Floats], count: int, answer: Node) -> list[Match]:
    """The right formula but for two factors that do not fit in this order."""
    right = program_for(group, column.ask, frozenset(), "usual").run(values, count)[0]
    for part in dict.fromkeys(walk(answer)):
        if isinstance(part, Call) and part.op == "mul":
            turned = Call("mul", (part.args[1], part.args[0]))
            other = transform(answer, lambda node, was=part, put=turned: put if node == was else node)  # type: ignore[misc]
            try:
                value = evaluate(other, values)
            except GraderError:
                continue
            if value.shape[1:] == right.shape[1:] and np.abs(value - right).max() <= 10 * CLOSE * np.abs(right).max():
                return [of_row(_REVERSED)]
    return []


def _misshapen(group: Group, column: Column, values: Mapping[str, Floats], typed: Floats) -> list[Match]:
    """The candidates that have the shape of what was typed, which is not the right one."""
    program = program_for(group, column.ask, frozenset(), "misshapen")
    found = []
    for mutant, value in zip(program.mutants, program.values(values), strict=True):
        value = np.broadcast_to(value, (len(typed), *value.shape[1:]))
        if value.shape == typed.shape and np.abs(value - typed).max() <= 10 * CLOSE * np.abs(typed).max():
            found.append(of_mutant(mutant))
    return found


def _where_all_are_square(group: Group, column: Column, member: int, answer: Node) -> list[Match]:
    """The candidates that are the same where all sizes are: whoever mixes up factors does not mind the shapes."""
    instances = {name: value for name, value in square_values(group.plan).items() if name != "I"}
    count = len(next(iter(instances.values())))
    try:
        typed = evaluate_sized(answer, instances, None)
    except GraderError:
        return []
    typed = np.broadcast_to(typed, (count, *typed.shape[1:]))
    program = program_for(group, column.ask, frozenset(), "square")
    right, table = program.run({**group.at(member).values, **square_values(group.plan)}, count)
    return [of_mutant(program.mutants[int(index)]) for index in np.flatnonzero(_alike(typed, table, right))]


def _alike(typed: Floats, table: Floats, right: Floats) -> Truths:
    """Which mutants (M,) of the table (M, instances, *shape) are what was typed on every instance."""
    if typed.shape != right.shape or not np.isfinite(typed).all():
        return np.zeros(len(table), bool)
    flat = (len(table), len(typed), typed[0].size)  # a look may have no mutant: no size is left to be found out
    with np.errstate(all="ignore"):  # a mutant may have no value
        gaps = np.abs(table - typed).reshape(flat).max(axis=2)
        idle = np.abs(table - right).reshape(flat).max(axis=2) <= CLOSE
    scale = np.abs(typed).reshape(flat[1:]).max(axis=1)
    alike: Truths = (gaps <= 10 * CLOSE * scale).all(axis=1) & ~idle.all(axis=1)
    return alike


def _multiple(typed: Floats, right: Floats) -> list[Match]:
    with np.errstate(all="ignore"):
        ratio = typed / right
    if not np.isfinite(ratio).all() or np.ptp(ratio) > 1e-8 * np.abs(ratio).max():
        return []
    return [of_row(_SIGN if abs(ratio.flat[0] + 1) < 1e-8 else _FACTOR)]
