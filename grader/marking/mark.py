"""Marking: read, compare, score, for all students of a group at once.

The original reference comes first. Follow-through (`solve(plan, given, instead=...)`) and the diagnosis of slips
(`solve(plan, given, formulas=...)`) join after `compare`, on the answers that are still wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.errors import Message, StudentError
from grader.marking.verdict import Verdict
from grader.problem.group import Group
from grader.problem.kinds import KINDS, kind_name
from grader.problem.kinds.kind import Judgement, Typed
from grader.problem.problem import Ask

Answers = Mapping[str, Typed]
"""What one student typed, by ask id."""


def mark(group: Group, answers: Sequence[Answers], follow_share: float = 1.0) -> list[list[Verdict]]:
    """For each student of the group a verdict per ask, in the order of the file. A bad answer costs only itself.

    `follow_share` is the part of its points that an answer earns which follows from an earlier slip.
    """
    del follow_share
    columns = [mark_ask(group, ask, [sheet.get(ask.id, "") for sheet in answers]) for ask in group.plan.asks]
    return [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in answers]


def mark_ask(group: Group, ask: Ask, texts: Sequence[Typed]) -> list[Verdict]:
    """The column of one ask: one text per student of the group, in its order."""
    name = kind_name(ask, group)
    kind = KINDS[name]
    verdicts: list[Verdict | None] = [None] * len(texts)
    members: list[int] = []
    values: list[Any] = []
    for member, text in enumerate(texts):
        if is_blank(text):
            verdicts[member] = Verdict(ask.id, name, "blank", 0.0, ask.points)
            continue
        try:
            value = kind.read(text, ask, group, member)
        except StudentError as fault:
            verdicts[member] = unread(ask, name, text, fault)
            continue
        members.append(member)
        values.append(value)
    if members:
        for member, judgement in zip(members, judged(group, ask, members, values), strict=True):
            verdicts[member] = scored(ask, name, texts[member], judgement)
    return [verdict for verdict in verdicts if verdict is not None]


def judged(group: Group, ask: Ask, members: list[int], values: list[Any]) -> list[Judgement]:
    """Compare a column; where one answer cannot be compared, only that one is refused."""
    kind = KINDS[kind_name(ask, group)]
    try:
        return kind.compare(ask, group, members, values)
    except StudentError:
        return [_judged_alone(group, ask, member, value) for member, value in zip(members, values, strict=True)]


def _judged_alone(group: Group, ask: Ask, member: int, value: Any) -> Judgement:
    kind = KINDS[kind_name(ask, group)]
    try:
        return kind.compare(ask, group, [member], [value])[0]
    except StudentError as fault:
        return Judgement("invalid", 0.0, (fault.message,))


def is_blank(text: Typed) -> bool:
    """Nothing was filled in."""
    if isinstance(text, Mapping):
        return not any(str(value).strip() for value in text.values())
    return not text.strip()


def unread(ask: Ask, kind: str, text: Typed, fault: StudentError) -> Verdict:
    """The verdict on an answer that could not be read: where, and what to write."""
    return Verdict(ask.id, kind, "invalid", 0.0, ask.points, text, (fault.message,), fault.span)


def scored(ask: Ask, kind: str, text: Typed, judgement: Judgement) -> Verdict:
    """Points for a judgement."""
    reasons: tuple[Message, ...] = judgement.reasons
    return Verdict(ask.id, kind, judgement.status, ask.points * judgement.share, ask.points, text, reasons)
