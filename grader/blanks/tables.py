"""Tables: labelled rows, each a blank of its own kind, answered and marked together.

Where the rows have to be told apart (follow-through, diagnosis) they are asks like any other: of the `unfolded` group.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from grader.arrays import Shape, Truths
from grader.blanks.kind import Answer, AnswerKind, Blank, Judgement, Sample, Typed
from grader.errors import Message, StudentError, SyntaxFault
from grader.facts import fact
from grader.language.labels import folded
from grader.patterns import pattern
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan
from grader.spec.kinds import Traits

_LABEL = r"\s*([^\W\d]\w*(?:\[[\d,]+\])?)\s*[=:]"
_AFTER_SEMICOLON = pattern(rf"(?:^|(?<=[;\n])){_LABEL}")
_AFTER_COMMA = pattern(rf"(?:^|(?<=[,;\n])){_LABEL}")
_BRACES = pattern(r"\s*\{(.*)\}\s*", re.DOTALL)


class Row(NamedTuple):
    """What stands in a row: its text, and what was read or why nothing was; neither where it is empty."""

    text: str
    answer: Answer = None
    fault: StudentError | None = None


class TableKind(AnswerKind):
    """Rows as `{point: "[1, 2]", type: 1}` or as `point = [1, 2]; type = 1`; each earns its points."""

    def __init__(self, traits: Traits, kind_of: Callable[[Ask, Group], AnswerKind]) -> None:
        super().__init__(traits)
        self.kind_of = kind_of

    def read(self, typed: Typed, blank: Blank) -> tuple[Row, ...]:
        """Every row that is filled in; raises StudentError for rows that are not there, and where no row was read."""
        names = tuple(row_name(part.ask) for part in blank.parts)
        folded_names = {folded(name): name for name in names}
        labels = typed if isinstance(typed, Mapping) else labelled(typed)
        texts = {folded_names.get(folded(label), label): text for label, text in labels.items()}
        unknown = [name for name in texts if name not in names]
        if unknown or not texts:
            raise SyntaxFault("answer-rows", rows=names, unknown=tuple(unknown) or ("–",))
        rows = tuple(_read_row(str(texts.get(name, "")), part) for name, part in zip(names, blank.parts, strict=True))
        faults = [(name, row.fault) for name, row in zip(names, rows, strict=True) if row.fault is not None]
        if faults and not any(row.answer is not None for row in rows):
            name, fault = faults[0]
            raise SyntaxFault("answer-field", field=name, reason=fault.message) from fault
        return rows

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """Row by row, then together."""
        whole = unfolded(group)
        columns = [
            judged_rows(self.kind_of(row, whole), row, whole, members, [answer[index] for answer in answers])
            for index, row in enumerate(ask.rows)
        ]
        return [together(ask, judgements) for judgements in zip(*columns, strict=True)]

    def explain(self, ask: Ask, group: Group) -> tuple[tuple[AnswerKind, Answer], ...]:
        """The kind and the right answer of every row."""
        kinds = [(row, self.kind_of(row, group)) for row in ask.rows]
        return tuple((kind, kind.explain(row, group)) for row, kind in kinds)

    def latex(self, value: Answer, ask: Ask, language: str) -> str:
        """The rows one after the other."""
        rows = zip(ask.rows, value, strict=True)
        return r",\quad ".join(
            rf"\text{{{row_name(row)}}}: {kind.latex(part, row, language)}" for row, (kind, part) in rows
        )

    def markdown(self, value: Answer, ask: Ask, language: str) -> str:
        """The rows with their names."""
        rows = zip(ask.rows, value, strict=True)
        return "; ".join(f"{row_name(row)}: {kind.markdown(part, row, language)}" for row, (kind, part) in rows)

    def export(self, ask: Ask, group: Group) -> object:
        """The right answers by row."""
        return {row_name(row): self.kind_of(row, group).export(row, group) for row in ask.rows}

    def agrees(self, ask: Ask, group: Group, other_ask: Ask, other: Group) -> Truths:
        """In every row."""
        right = np.ones(len(group.positions), bool)
        for row, same in zip(ask.rows, other_ask.rows, strict=True):
            right &= self.kind_of(row, group).agrees(row, unfolded(group), same, unfolded(other))
        return right

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """A line for every row, with the way to write it."""
        rows = tuple(
            Message("answer-field", {"field": row_name(row), "reason": self.kind_of(row, group).blank(row, group)[1]})
            for row in ask.rows
        )
        return (), Message("answer-write-rows", {"rows": rows})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The right rows, the same with one of them wrong, and a row that is not there."""
        whole = unfolded(group)
        rows = {row_name(row): self.kind_of(row, group).samples(row, whole) for row in ask.rows}
        right = {name: text for name, texts_of in rows.items() for text in _first(texts_of, "correct")}
        samples = [Sample({**right, "qwerty": "1"}, "invalid")]
        if len(right) == len(rows):
            samples.append(Sample(right, "correct"))
            spoiled = [{**right, name: text} for name, texts_of in rows.items() for text in _first(texts_of, "wrong")]
            samples += [Sample(texts, "partly" if len(rows) > 1 else "wrong") for texts in spoiled]
        return samples

    def notations(self, ask: Ask, group: Group, most: int) -> Iterator[list[Typed]]:
        """Every row in the first of its notations."""
        count = min(most, len(group.positions))
        part = unfolded(group).taking(slice(count))
        texts = {row_name(row): next(self.kind_of(row, part).notations(row, part, most), None) for row in ask.rows}
        if all(column is not None for column in texts.values()):
            yield [{name: str(column[member]) for name, column in texts.items() if column} for member in range(count)]


def judged_rows(
    kind: AnswerKind, row: Ask, group: Group, members: Sequence[int], answers: Sequence[Row]
) -> list[Judgement]:
    """The judgements of one row of every answer; `group` is unfolded."""
    judgements = [_unread(answer) for answer in answers]
    read = [index for index, answer in enumerate(answers) if answer.answer is not None]
    if read:
        values = [answers[index].answer for index in read]
        compared = kind.compare(row, group, [members[index] for index in read], values)
        for index, judgement in zip(read, compared, strict=True):
            judgements[index] = judgement
    return judgements


def _first(samples: Sequence[Sample], status: str) -> list[str]:
    """The text of the first sample of this status that is one text, if there is one."""
    return [sample.text for sample in samples if sample.status == status and isinstance(sample.text, str)][:1]


def _read_row(text: str, part: Blank) -> Row:
    if not text.strip():
        return Row(text)
    try:
        return Row(text, part.read(text))
    except StudentError as fault:
        return Row(text, fault=fault)


def _unread(row: Row) -> Judgement:
    """The judgement of a row in which nothing was read."""
    if row.fault is not None:
        return Judgement("invalid", 0.0, (row.fault.message,))
    return Judgement("blank", 0.0, (Message("answer-row-empty"),))


def together(ask: Ask, rows: Sequence[Judgement]) -> Judgement:
    """The judgement of a table from those of its rows: each earns its points, and what is wrong is said by its name."""
    reasons = tuple(
        Message("answer-field", {"field": row_name(row), "reason": reason})
        for row, judgement in zip(ask.rows, rows, strict=True)
        for reason in judgement.reasons
    )
    points = sum(row.points for row in ask.rows)
    share = sum(row.points * judgement.share for row, judgement in zip(ask.rows, rows, strict=True)) / points
    statuses = {judgement.status for judgement in rows}
    if statuses <= {"correct"}:
        return Judgement("correct", 1.0, reasons)
    if statuses <= {"correct", "follows"}:
        return Judgement("follows", share, reasons)
    return Judgement("partly" if share else "coarse" if statuses == {"coarse"} else "wrong", share, reasons)


def row_name(row: Ask) -> str:
    """The name of a row in its table: that of the step it asks for, or its own."""
    return row.id.rpartition(".")[2]


def labelled(text: str) -> dict[str, str]:
    """`point = [1, 2]; type = 1` or `{point: (1, 2], type: 1}` by name; empty where anything stands without a name."""
    braces = _BRACES.fullmatch(text)
    text, label = (braces[1], _AFTER_COMMA) if braces else (text, _AFTER_SEMICOLON)
    labels = list(label.finditer(text))
    bounds = [*(match.start() for match in labels), len(text)]
    if text[: bounds[0]].strip():
        return {}
    return {
        match[1]: text[match.end() : end].strip().rstrip(",;") for match, end in zip(labels, bounds[1:], strict=True)
    }


def unfolded(group: Group) -> Group:
    """The group with the rows of its tables as asks of their own; the group itself where it has no tables."""
    plan = unfolded_plan(group.plan)
    return group if plan is group.plan else replace(group, plan=plan)


@fact()
def unfolded_plan(plan: Plan) -> Plan:
    """The plan with rows in the place of their tables, so that each is computed, followed and diagnosed by itself."""
    if not any(ask.rows for ask in plan.asks):
        return plan
    return replace(plan, asks=tuple(row for ask in plan.asks for row in ask.rows or (ask,)))
