"""One blank of one answers file: the student's variant of its problem, and the verdicts on what stands there now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from grader.course.answers_file import AnswersFile
from grader.course.ask_names import by_spelling, normal_form, unknown_ask
from grader.course.assigned import assigned, assignment_named
from grader.course.bank import Bank
from grader.course.claims import claim_of, resolve
from grader.course.manifests import folders_of, manifest_for, wanted_by
from grader.course.policy import Policy
from grader.course.rights import Rights
from grader.course.sheets import Placed, mark_placed, read_sheet
from grader.course.whose import identified
from grader.errors import InputError
from grader.marking.verdict import ProblemVerdict, Verdict
from grader.plan.group import Group
from grader.plan.plan import Ask


class Asked(msgspec.Struct, frozen=True):
    """A blank with everything around it."""

    sheet: AnswersFile
    label: str
    ask: Ask
    group: Group
    problem: ProblemVerdict
    policy: Policy | None

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """The verdicts on the problem."""
        return self.problem.verdicts


def asked(path: Path, label: str, ask: str, bank: Bank, course: Path | None = None) -> Asked:
    """The blank of a file; raises InputError where the file, the problem or the blank cannot be used."""
    sheet = read_sheet(path)
    manifest = manifest_for(folders_of([path], course), course, wanted=wanted_by([sheet]))
    sheet = identified(sheet, path.name, bank, manifest) if sheet.student else sheet
    place = assigned(sheet, path.name, bank, manifest, partial(assignment_named, bank=bank))
    if place.refused is not None:
        raise place.refused
    sheet = replace(sheet, assignment=place.name)
    answers = next((item for item in sheet.problems if item.problem == label), None)
    if answers is None:
        known = tuple(item.problem for item in sheet.problems)
        raise InputError("hint-no-problem", file=path.name, problem=label, known=known)
    if label in place.elsewhere:
        raise InputError(place.elsewhere[label].key, file=path.name, line=answers.line, **place.elsewhere[label].values)
    claim = claim_of(place.assignment, place.name, sheet.student, label, answers.variant, manifest)
    groups, faults, *_ = resolve(bank.find(claim.item.problem), [claim], Rights(manifest, bank))
    for fault in faults.values():
        raise InputError(fault.key, file=path.name, line=answers.line, **fault.values)
    group = groups[0].at(0)
    alone = mark_placed([Placed(replace(sheet, problems=(answers,)), path.name, place)], bank, manifest)[0]
    if alone.refused is not None:
        raise alone.refused
    verdict = next(problem for problem in alone.problems if problem.problem == label)
    policy = place.assignment.policy if place.assignment else None
    return Asked(sheet, label, _ask(group, label, ask, path), group, verdict, policy)


def _ask(group: Group, label: str, name: str, path: Path) -> Ask:
    ask = by_spelling(group.plan.asks).get(normal_form(name))
    if ask is None:
        fault = unknown_ask(label, name, group.plan.asks)
        raise InputError(fault.key, file=path.name, **fault.values)
    return ask
