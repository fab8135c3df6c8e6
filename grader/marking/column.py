"""The answers of all students of a group to one ask, on their way through marking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.language.evaluate import Floats
from grader.marking.verdict import Verdict
from grader.problem.group import Group
from grader.problem.kinds.numbers import Reading
from grader.problem.problem import Ask
from grader.problem.reading import asked_step

NUMERIC = frozenset({"number", "integer", "vector", "matrix"})
WRONG = frozenset({"wrong", "partly", "coarse"})
READ = WRONG | {"correct", "follows"}
"""Statuses of answers that were read and are not all right, and of all that were read."""


@dataclass
class Column:
    """One ask: its kind, what was read of each answer (None where nothing was) and the verdicts so far."""

    ask: Ask
    kind: str
    values: list[Any]
    verdicts: list[Verdict]

    def members(self, statuses: frozenset[str]) -> list[int]:
        """Students whose verdict is one of these."""
        return [member for member, verdict in enumerate(self.verdicts) if verdict.status in statuses]

    def number(self, member: int) -> Any:
        """The number or array that was read."""
        value = self.values[member]
        return value.value if isinstance(value, Reading) else value


def step_of(group: Group, column: Column) -> str | None:
    """The step with a value that a column of numbers asks for."""
    step = asked_step(group.plan, column.ask)
    return step if column.kind in NUMERIC and step in group.solution else None


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
        for row, member in enumerate(members):
            if column.verdicts[member].status == "correct" and exact:
                table[row] = right[member]
            elif column.verdicts[member].status in READ:
                value = np.asarray(column.number(member), dtype=float)
                if value.shape == right.shape[1:]:
                    table[row] = value
        if not np.isnan(table).all():
            own[step] = table
    return own
