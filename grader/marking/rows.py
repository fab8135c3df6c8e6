"""Tables on their way through marking: their rows are columns of their own, and become one verdict again."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from grader.blanks.kind import Judgement
from grader.blanks.kinds import blank_of
from grader.blanks.tables import judged_rows, row_name, together, unfolded
from grader.errors import Message
from grader.marking.column import Column
from grader.marking.verdict import Slip, Verdict
from grader.plan.group import Group
from grader.plan.plan import Ask


class Unfolded:
    """The columns of a sheet with every row of a table as a column, and the group in which these are asks.

    `weights` say which part of a line of work a row is.
    """

    def __init__(self, group: Group, columns: Sequence[Column]) -> None:
        self.group = unfolded(group)
        self.tables = [(column, row_columns(self.group, column)) for column in columns if column.ask.rows]
        rows = {column.ask.id: parts for column, parts in self.tables}
        self.columns = [part for column in columns for part in rows.get(column.ask.id, [column])]
        self.weights = {row.ask.id: 1 / len(parts) for _, parts in self.tables for row in parts}

    def fold(self) -> None:
        """Put what was found of the rows into the verdicts of their tables."""
        for table, rows in self.tables:
            for member, answer in enumerate(table.values):
                if answer is not None:
                    verdicts = [row.verdicts[member] for row in rows]
                    table.verdicts[member] = folded(table.ask, table.verdicts[member], verdicts)


def row_columns(group: Group, table: Column) -> list[Column]:
    """The rows of a table as columns, judged by the reference; all blank where the table could not be read."""
    members = [member for member, answer in enumerate(table.values) if answer is not None]
    columns = []
    for index, row in enumerate(table.ask.rows):
        kind = blank_of(row, group).kind
        answers = [table.values[member][index] for member in members]
        verdicts = [Verdict(row.id, kind.name, "blank", 0.0, row.points) for _ in table.values]
        values = [None if answer is None else answer[index].answer for answer in table.values]
        judgements = judged_rows(kind, row, group, members, answers)
        for member, answer, judgement in zip(members, answers, judgements, strict=True):
            points = row.points * judgement.share
            if judgement.read_as is not None:
                values[member] = judgement.read_as
            verdicts[member] = replace(
                verdicts[member], status=judgement.status, points=points, typed=answer.text, reasons=judgement.reasons
            )
        columns.append(Column(row, kind, values, verdicts, told=table.told))
    return columns


def folded(table: Ask, verdict: Verdict, rows: Sequence[Verdict]) -> Verdict:
    """The verdict of a table from those of its rows: their points, and what was said of each under its name."""
    judgement = together(table, [Judgement(row.status, row.points / (row.of or 1), row.reasons) for row in rows])
    slips = [
        Slip(slip.rule, slip.step, _of_row(ask, slip.message), _of_row(ask, slip.general))
        for ask, row in zip(table.rows, rows, strict=True)
        for slip in row.slips
    ]
    follows = dict.fromkeys(source for row in rows for source in row.follows)
    return replace(
        verdict,
        status=judgement.status,
        points=table.points * judgement.share,
        reasons=judgement.reasons,
        slips=tuple(slips),
        follows=tuple(follows),
    )


def _of_row(row: Ask, said: Message) -> Message:
    return Message("answer-field", {"field": row_name(row), "reason": said})
