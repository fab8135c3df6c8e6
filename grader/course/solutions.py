"""Worked solutions of what was handed in, where the teacher allows them."""

from __future__ import annotations

from grader.course.assignment import Assignment, Item, load_assignment
from grader.course.bank import Bank
from grader.course.sheets import SheetVerdict
from grader.course.variants import Claim, Manifest, resolve
from grader.errors import AuthorError
from grader.worksheet.solution import solution


def solutions_allowed(assignment: Assignment | None) -> bool:
    """May a student see worked solutions: yes, unless the problems belong to an assignment that forbids it."""
    del assignment  # the policy of an assignment decides here
    return True


def solutions_for(sheet: SheetVerdict, bank: Bank, manifest: Manifest, language: str) -> dict[str, str]:
    """The worked solution, in Markdown, of every problem of a sheet that was marked, by the problem's label."""
    assignment = _assignment(sheet.assignment, bank)
    if not solutions_allowed(assignment):
        return {}
    worked: dict[str, str] = {}
    for verdict in sheet.problems:
        if verdict.faults or not verdict.verdicts:
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
