"""Worked solutions of what was handed in, where the teacher allows them."""

from __future__ import annotations

from datetime import datetime

from grader.course.assignment import Assignment, Item, load_assignment
from grader.course.bank import Bank
from grader.course.policy import solutions_allowed
from grader.course.sheet_verdict import SheetVerdict
from grader.course.variants import Claim, Manifest, resolve
from grader.errors import AuthorError, Message
from grader.messages import translate
from grader.worksheet.solution import solution


def solutions_for(sheet: SheetVerdict, bank: Bank, manifest: Manifest, language: str, now: datetime) -> dict[str, str]:
    """The worked solution, in Markdown, of every problem of a sheet that was marked, by the problem's label.

    Where the policy holds it back, a line that says so.
    """
    assignment = _assignment(sheet.assignment, bank)
    worked: dict[str, str] = {}
    for index, verdict in enumerate(sheet.problems):
        if verdict.faults or not verdict.verdicts:
            continue
        used = sheet.standings[index].used if index < len(sheet.standings) else 0
        if not solutions_allowed(sheet.policy, used, now):
            worked[verdict.problem] = translate(Message("solutions-held"), language)
            continue
        item = (assignment.item(verdict.problem) if assignment else None) or Item(verdict.problem, verdict.problem)
        groups, _, _ = resolve(bank[item.problem], [Claim(sheet.student, item, verdict.variant)], manifest)
        worked[verdict.problem] = solution(groups[0].at(0), language)
    return worked


def _assignment(name: str, bank: Bank) -> Assignment | None:
    path = bank.assignment_path(name)
    try:
        return load_assignment(path) if path else None
    except AuthorError:  # remarked on where the sheet was marked
        return None
