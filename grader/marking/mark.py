"""Marking: read, compare, score, for all students of a group at once.

The original reference comes first; follow-through and the diagnosis of slips look at the answers that are still wrong,
and what follows from wrong ones is paid when it is known which of these are explained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.blanks.coarse import coarse_array, too_coarse_entries, too_few
from grader.blanks.flattened import lost_in_copying
from grader.blanks.kind import Blank, Judgement, Typed, expected_value
from grader.blanks.kinds import blank_of
from grader.errors import StudentError
from grader.internal import looking_at
from grader.marking.aside import NOTHING, Aside
from grader.marking.column import WRONG, Column, half_unit
from grader.marking.echo import echo_of
from grader.marking.rows import Unfolded
from grader.marking.verdict import Shares, Verdict
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan

Answers = Mapping[str, Typed]
"""What one student typed, by ask id."""
FULL = Shares()
"""What holds where an assignment says nothing."""


def mark(
    group: Group,
    answers: Sequence[Answers],
    shares: Shares = FULL,
    *,
    strict: bool = False,
    aside: Aside = NOTHING,
) -> list[list[Verdict]]:
    """For each student of the group a verdict per ask, in the order of the file. A bad answer costs only itself.

    `strict`: of an answer with several readings only the first counts. A fault of ours is raised: `mark_class` puts
    what it struck `aside`.
    """
    columns = [
        read_column(
            group, ask, [sheet.get(ask.id, "") for sheet in answers], strict=strict, echoed=ask.id not in aside.untold
        )
        for ask in group.plan.asks
        if ask.id not in aside.unmarked
    ]
    if any(verdict.status in WRONG for column in columns for verdict in column.verdicts):
        from grader.marking.follow import follow  # right sheets do not pay for it
        from grader.marking.follow_words import in_sheet_names
        from grader.marking.settle import settle

        sheet = Unfolded(group, columns)
        follow(sheet.group, sheet.columns, shares.follow)
        if any(column.ask.layout for column in sheet.columns):
            from grader.marking.layout import take_other_layouts

            take_other_layouts(sheet.group, sheet.columns, shares)
        if any(verdict.status in WRONG for column in sheet.columns for verdict in column.verdicts):
            from grader.marking.diagnose import name_slips

            name_slips(sheet.group, sheet.columns)
        settle(sheet.group, sheet.columns, sheet.weights, shares)
        in_sheet_names(sheet.group, sheet.columns)
        sheet.fold()
    return (
        [list(row) for row in zip(*(column.verdicts for column in columns), strict=True)]
        if columns
        else [[] for _ in answers]
    )


def mark_ask(group: Group, ask: Ask, texts: Sequence[Typed]) -> list[Verdict]:
    """The verdicts of one ask alone: one text per student of the group, in its order."""
    return read_column(group, ask, texts).verdicts


def read_column(group: Group, ask: Ask, texts: Sequence[Typed], *, strict: bool = False, echoed: bool = True) -> Column:
    """The answers to one ask, read and compared with the reference; `echoed`: they have how they were read."""
    with looking_at(ask.id):
        return _column(group, ask, texts, strict, echoed)


def _column(group: Group, ask: Ask, texts: Sequence[Typed], strict: bool, echoed: bool) -> Column:
    blank = blank_of(ask, group, strict=strict)
    kind = blank.kind
    verdicts: list[Verdict | None] = [None] * len(texts)
    members: list[int] = []
    answers: list[Any] = [None] * len(texts)
    for member, text in enumerate(texts):
        if is_blank(text):
            verdicts[member] = Verdict(ask.id, kind.name, "blank", 0.0, ask.points)
            continue
        try:
            answers[member] = blank.read(text)
        except StudentError as fault:
            verdicts[member] = unread(ask, kind.name, text, fault)
            continue
        members.append(member)
    if members:
        judgements = judged(group, blank, members, [answers[member] for member in members])
        for member, judgement in zip(members, judgements, strict=True):
            if judgement.read_as is not None:
                answers[member] = judgement.read_as
            if blank.shape and judgement.status in ("wrong", "partly"):
                judgement = _with_coarse_entries(group, blank, member, answers[member], texts[member], judgement)
            echo = echo_of(kind, answers[member]) if echoed and judgement.status != "invalid" else {}
            verdicts[member] = scored(ask, kind.name, texts[member], judgement, echo)
    return Column(ask, kind, answers, [verdict for verdict in verdicts if verdict is not None], told=echoed)


def _with_coarse_entries(
    group: Group, blank: Blank, member: int, answer: Any, text: Typed, judgement: Judgement
) -> Judgement:
    """An array that is right but for its digits is told so, as a number is."""
    if not blank.kind.traits.numbers:
        return judgement
    expected = expected_value(blank.ask, group)
    value = np.asarray(blank.kind.number(answer), dtype=float)
    right = expected[member if len(expected) > 1 else 0]
    if too_coarse_entries(value, right, 2 * half_unit(text), blank.ask.tolerance):
        return coarse_array(judgement, too_few(blank.ask.tolerance))
    return judgement


def judged(group: Group, blank: Blank, members: list[int], answers: list[Any]) -> list[Judgement]:
    """Compare a column; where one answer cannot be compared, only that one is refused."""
    try:
        return blank.kind.compare(blank.ask, group, members, answers)
    except StudentError:
        return [_judged_alone(group, blank, member, answer) for member, answer in zip(members, answers, strict=True)]


def _judged_alone(group: Group, blank: Blank, member: int, answer: Any) -> Judgement:
    try:
        return blank.kind.compare(blank.ask, group, [member], [answer])[0]
    except StudentError as fault:
        return Judgement("invalid", 0.0, (fault.message,))


def is_blank(text: Typed) -> bool:
    """Nothing was filled in."""
    if isinstance(text, Mapping):
        return not any(str(value).strip() for value in text.values())
    return not text.strip()


def unread(ask: Ask, kind: str, text: Typed, fault: StudentError) -> Verdict:
    """The verdict on an answer that could not be read: where, and what to write."""
    reasons = (fault.message, *lost_in_copying(text, ask))
    return Verdict(ask.id, kind, "invalid", 0.0, ask.points, text, reasons, fault.span)


def scored(ask: Ask, kind: str, text: Typed, judgement: Judgement, echo: Mapping[str, str]) -> Verdict:
    """Points for a judgement."""
    points = ask.points * judgement.share
    lost = lost_in_copying(text, ask) if judgement.status == "wrong" else ()
    return Verdict(ask.id, kind, judgement.status, points, ask.points, text, (*judgement.reasons, *lost), echo=echo)


LONG = 3
"""From so many lines on it is worth saying where the first wrong one is."""


def first_slip(plan: Plan, verdicts: Sequence[Verdict]) -> str:
    """The ask of the first wrong line in the order of the steps; "" where none is, or nothing comes after it."""
    order = {step.name: index for index, step in enumerate(plan.steps)}
    lines = sorted(((order[v.ask], v) for v in verdicts if v.ask in order), key=lambda line: line[0])
    if len(lines) < LONG:
        return ""
    wrong = [index for index, (_, verdict) in enumerate(lines) if verdict.status in WRONG - {"coarse"}]
    later = wrong and any(verdict.status in WRONG | {"follows"} for _, verdict in lines[wrong[0] + 1 :])
    return lines[wrong[0]][1].ask if later else ""
