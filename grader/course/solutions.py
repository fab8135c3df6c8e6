"""Worked solutions of what was handed in, where the teacher allows them."""

from __future__ import annotations

from datetime import datetime

from grader.course.assigned import assignment_named
from grader.course.bank import Bank
from grader.course.claims import claim_of, resolve
from grader.course.policy import solutions_allowed
from grader.course.rights import Rights
from grader.course.sheet_verdict import SheetVerdict
from grader.course.variants import Manifest
from grader.errors import Message
from grader.messages import translate
from grader.worksheet.solution import solution


def solutions_for(sheet: SheetVerdict, bank: Bank, manifest: Manifest, language: str, now: datetime) -> dict[str, str]:
    """The worked solution, in Markdown, of every problem of a sheet that was marked, by the problem's label.

    Where the policy holds it back, a line that says so.
    """
    assignment, _ = assignment_named(sheet.assignment, bank)
    worked: dict[str, str] = {}
    rights = Rights(manifest, bank)
    for index, verdict in enumerate(sheet.problems):
        if verdict.faults or not verdict.verdicts:
            continue
        used = sheet.standings[index].used if index < len(sheet.standings) else 0
        if not solutions_allowed(sheet.policy, used, now):
            worked[verdict.problem] = translate(Message("solutions-held"), language)
            continue
        claim = claim_of(assignment, sheet.assignment, sheet.student, verdict.problem, verdict.variant, manifest)
        resolved = resolve(bank[claim.item.problem], [claim], rights)
        worked[verdict.problem] = solution(resolved.groups[0].at(0), language)
    return worked
