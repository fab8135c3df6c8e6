"""The answers of all students of a group to one ask, on their way through marking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from grader.arrays import Floats, Shape
from grader.blanks.kind import AnswerKind
from grader.internal import looking_at
from grader.language.natural import Formula, formula_of
from grader.language.nodes import Node
from grader.marking.verdict import Verdict
from grader.plan.group import Group
from grader.plan.plan import Ask

WRONG = frozenset({"wrong", "partly", "coarse"})
READ = WRONG | {"correct", "follows"}
"""Statuses of answers that were read and are not all right, and of all that were read."""


MOST_ENTRIES = 6
"""Larger arrays are moved as a whole."""
WHOLE, ENOUGH = 0.5, 1e-3
"""Half a unit of a whole number, which nobody has rounded; of a number, half a unit where three digits are written."""


class Column(msgspec.Struct):
    """One ask: its kind, what was read of each answer (None where nothing was) and the verdicts so far.

    `before` has by member what the answer was by the reference alone, where it earns more because it follows;
    `undefined` are those whose own values leave it without a value, so that whatever they wrote is none; `near` those
    whose wrong answer is not far from what follows. Not `told`: no slip is named, nor how an answer was read.
    """

    ask: Ask
    kind: AnswerKind
    values: list[Any]
    verdicts: list[Verdict]
    before: dict[int, Verdict] = msgspec.field(default_factory=dict)
    undefined: set[int] = msgspec.field(default_factory=set)
    near: set[int] = msgspec.field(default_factory=set)
    told: bool = True

    def members(self, statuses: frozenset[str]) -> list[int]:
        """Students whose verdict is one of these."""
        return [member for member, verdict in enumerate(self.verdicts) if verdict.status in statuses]

    def number(self, member: int) -> Any:
        """The number or array that was read."""
        answer = self.values[member]
        return None if answer is None else self.kind.number(answer)

    def formula(self, member: int) -> Node | None:
        """The formula that was read, in its first reading or in the one that counted."""
        answer = self.values[member]
        return formula_of(answer) if isinstance(answer, Node | Formula) else None

    def read_as(self, member: int, answer: Any, echo: Mapping[str, str]) -> None:
        """Another reading of an answer counted."""
        self.values[member] = answer
        self.verdicts[member] = replace(self.verdicts[member], echo=echo)

    def aligned(self, member: int, like: Floats) -> Floats:
        """The entries of the answer in the order of the values `like`, NaN where nothing fits."""
        answer = self.values[member]
        return np.full(like.shape, np.nan) if answer is None else self.kind.aligned(answer, like)

    def leaves_over(self, member: int, like: Floats) -> bool:
        """Whether the answer has entries that stand beside none of `like`."""
        answer = self.values[member]
        return answer is not None and self.kind.leaves_over(answer, like)


def step_of(group: Group, column: Column) -> str | None:
    """The step with a value that a column of numbers asks for."""
    step = group.plan.asked_step(column.ask)
    return step if column.kind.traits.numbers and step in group.solution else None


def function_of(group: Group, column: Column) -> str | None:
    """The step that is a function or a formula in named arrays, where a column asks for one."""
    step = group.plan.asked_step(column.ask)
    return step if column.kind.traits.formula and step in group.plan.functions else None


def own_values(group: Group, columns: Sequence[Column], members: Sequence[int], exact: bool) -> dict[str, Floats]:
    """By step the values (members, *shape) that stand on the sheets, NaN where nothing was read.

    `exact`: what was right stands there unrounded.
    """
    own: dict[str, Floats] = {}
    for column in columns:
        step = step_of(group, column)
        if step is None:
            continue
        right = group.solution[step]
        table = np.full((len(members), *right.shape[1:]), np.nan)
        with looking_at(column.ask.id):
            for index, member in enumerate(members):
                if column.verdicts[member].status == "correct" and exact:
                    table[index] = right[member]
                elif column.verdicts[member].status in READ:
                    table[index] = column.aligned(member, right[member])
        if not np.isnan(table).all():
            own[step] = table
    return own


_NUMERAL = re.compile(r"\d+(?:[.,](\d+))?")
_NUMERALS = re.compile(r"(?:[\s\d.,;()\[\]{}⟨⟩−+-]|∞|\\infty|inf)*(?:\^?T|'|ᵀ)?\s*")
_NAME = re.compile(r"(?:^|(?<=[,;\s]))[^=≈,;\s\d][^=≈,;\n]*[=≈]")
_WORDS = re.compile(r"(?<=\d)\s+[^\W\d_]{4,}(?:\s+[^\W\d_]+)*\.?\s*$")


def half_unit(typed: Any) -> float:
    """Half a unit of the last digit of the most exact numeral in a text; 0 for a fraction or a formula.

    The name of a blank before a number and words behind it are no part of it.
    """
    return _half_unit(typed) if isinstance(typed, str) else 0.0


@lru_cache(maxsize=4096)
def _half_unit(typed: str) -> float:
    text = re.split("[=≈]", _NAME.sub("", _WORDS.sub("", typed)))[-1]
    if not text or not _NUMERALS.fullmatch(text):
        return 0.0
    decimals = [len(numeral[1] or "") for numeral in _NUMERAL.finditer(text.replace(", ", "; "))]
    return 0.5 * 10.0 ** -max(decimals, default=0)


def half_units(
    column: Column, members: Sequence[int], units: float | Floats = 1.0, *, digits_tell: bool = False
) -> Floats:
    """What each student may have rounded away, (n,): half a unit of the last digit written, within the rule of the ask.

    `units` widen the rule, for all or for each (n,). Where an exact value was wanted nothing is rounded away; with
    `digits_tell` decimals with enough digits count as rounded to them: 4.4045 is √19.4.
    """
    rule = column.ask.tolerance
    values = [column.number(member) for member in members]
    halves = np.array([half_unit(column.verdicts[member].typed) for member in members])
    allowed = np.zeros(len(values))
    by_shape: dict[Shape | None, list[int]] = {}
    for index, value in enumerate(values):
        by_shape.setdefault(None if value is None else np.shape(value), []).append(index)
    for shape, some in by_shape.items():
        if shape is not None:
            alike = rule.allowance(np.array([values[index] for index in some], dtype=float)).reshape(len(some), -1)
            allowed[some] = alike.max(axis=1, initial=0.0)
    least: Floats = np.minimum(halves, units * allowed)
    if digits_tell and rule.is_exact:
        sizes = np.array([0.0 if value is None else np.max(np.abs(value), initial=0.0) for value in values])
        least = np.where((halves < WHOLE) & (halves <= ENOUGH * sizes), halves, least)
    return least


def nudged(values: Mapping[str, Floats], units: Mapping[str, Floats]) -> Iterator[dict[str, Floats]]:
    """The values with one entry moved by half a unit of the last digit written: what may have been rounded away.

    Units are (n,), or as many as there are entries.
    """
    for step, table in values.items():
        unit = units[step]
        unit = np.broadcast_to(unit.reshape(unit.shape + (1,) * (table.ndim - unit.ndim)), table.shape)
        if not unit.any():
            continue
        for entry in np.ndindex(table.shape[1:]) if table[0].size <= MOST_ENTRIES else [()]:
            moved, where = table.copy(), (slice(None), *entry)
            moved[where] += unit[where]
            if not np.array_equal(moved, table, equal_nan=True):
                yield {**values, step: moved}
