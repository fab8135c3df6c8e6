"""Marking answer files: variants found, every problem marked once for all students along the batch axis.

One bad file, one bad code, one broken problem costs only what belongs to it, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from grader.blanks.kind import Typed
from grader.course.answers_file import AnswersFile, ProblemAnswers, parse_answers
from grader.course.ask_names import by_spelling, normal_form, unknown_ask
from grader.course.assignment import Assignment, item_of, load_assignment
from grader.course.bank import Bank
from grader.course.policy import NO_POLICY, Policy
from grader.course.sheet_verdict import Note, SheetVerdict
from grader.course.variants import MANIFEST, Claim, Manifest, Record, read_manifest, resolve
from grader.errors import AuthorError, GraderError, InputError, Message
from grader.marking.mark import first_slip, mark
from grader.marking.verdict import ProblemVerdict
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.planner import first_form, plan_of
from grader.spec.problem import Problem
from grader.textfile import read_file


@dataclass
class _Entry:
    """One problem of one file on its way through marking."""

    sheet: int
    answers: ProblemAnswers
    claim: Claim
    policy: Policy = NO_POLICY
    missing: bool = False
    verdict: ProblemVerdict | None = None
    faults: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_sheet(path: Path) -> AnswersFile:
    """The answers in a file; raises InputError for a file that cannot be used."""
    return parse_answers(read_file(path), path.name)


def mark_files(paths: Sequence[Path], bank: Bank, manifest: Manifest | None = None) -> list[SheetVerdict]:
    """A verdict per file, in order; unreadable files are refused one by one."""
    read: list[AnswersFile | GraderError] = []
    for path in paths:
        try:
            read.append(read_sheet(path))
        except InputError as error:
            read.append(error)
    readable = [(path.name, item) for path, item in zip(paths, read, strict=True) if isinstance(item, AnswersFile)]
    manifest = manifest if manifest is not None else nearby_manifest(paths)
    verdicts = iter(mark_sheets([sheet for _, sheet in readable], [name for name, _ in readable], bank, manifest))
    return [
        next(verdicts) if isinstance(item, AnswersFile) else SheetVerdict(path.name, refused=item)
        for path, item in zip(paths, read, strict=True)
    ]


def nearby_manifest(paths: Sequence[Path]) -> Manifest:
    """The manifests that lie beside the files or one folder up."""
    folders = {folder for path in paths for folder in (path.absolute().parent, path.absolute().parent.parent)}
    records: dict[str, Record] = {}
    for folder in sorted(folders):
        if (folder / MANIFEST).is_file():
            records.update(read_manifest(folder / MANIFEST).by_code)
    return Manifest(records)


def mark_sheets(
    sheets: Sequence[AnswersFile], names: Sequence[str], bank: Bank, manifest: Manifest
) -> list[SheetVerdict]:
    """Verdicts on parsed files: one pass per problem over all students."""
    verdicts = [_opened(sheet, name) for sheet, name in zip(sheets, names, strict=True)]
    assignments = {name: assignment_named(name, bank) for name in {sheet.assignment for sheet in sheets}}
    entries: list[_Entry] = []
    for number, sheet in enumerate(sheets):
        assignment, remark = assignments[sheet.assignment]
        policy = assignment.policy if assignment else None
        notes = (*verdicts[number].notes, *((remark,) if remark else ()))
        verdicts[number] = replace(verdicts[number], notes=notes, policy=policy)
        entries += _entries(number, sheet, assignment)
    by_problem: dict[tuple[str, float, float], list[_Entry]] = {}
    for entry in entries:
        shares = entry.policy.follow, entry.policy.unexplained
        by_problem.setdefault((entry.claim.item.problem, *shares), []).append(entry)
    for (problem, *_), group in by_problem.items():
        _mark_problem(problem, group, bank, manifest)
    return _scattered(verdicts, entries)


def _entries(number: int, sheet: AnswersFile, assignment: Assignment | None) -> list[_Entry]:
    """The problems of a file, and those of its assignment that are not in it."""
    entries = []
    policy = (assignment and assignment.policy) or NO_POLICY
    for answers in sheet.problems:
        item = item_of(assignment, answers.problem)
        entries.append(_Entry(number, answers, Claim(sheet.student, item, answers.variant), policy))
    there = {answers.problem for answers in sheet.problems}
    for item in assignment.items if assignment else ():
        if item.label not in there:
            missing = ProblemAnswers(item.label, "", {}, 0)
            entries.append(_Entry(number, missing, Claim(sheet.student, item, ""), policy, missing=True))
    return entries


def _scattered(verdicts: list[SheetVerdict], entries: list[_Entry]) -> list[SheetVerdict]:
    by_sheet: dict[int, list[_Entry]] = {}
    for entry in entries:
        by_sheet.setdefault(entry.sheet, []).append(entry)
    return [_gathered(verdict, by_sheet.get(number, [])) for number, verdict in enumerate(verdicts)]


def _opened(sheet: AnswersFile, name: str) -> SheetVerdict:
    faults = tuple(Note(fault.message, fault.line) for fault in sheet.faults)
    notes = tuple(Note(fault.message, fault.line) for fault in sheet.notes)
    return SheetVerdict(name, sheet.student, sheet.assignment, sheet.language, (), faults, notes)


def _gathered(verdict: SheetVerdict, entries: list[_Entry]) -> SheetVerdict:
    return replace(
        verdict,
        problems=tuple(entry.verdict for entry in entries if entry.verdict),
        faults=(*verdict.faults, *(fault for entry in entries for fault in entry.faults)),
        notes=(*verdict.notes, *(note for entry in entries for note in entry.notes)),
    )


def assignment_named(name: str, bank: Bank) -> tuple[Assignment | None, Note | None]:
    """The assignment of a name, if there is one; a broken one is only a remark, its problems may be in the bank."""
    path = bank.assignment_path(name)
    if path is None:
        return None, None
    try:
        return load_assignment(path, bank.timezone), None
    except AuthorError as error:
        return None, Note(Message("assignment-broken", {"name": name, "reason": error.message}))


def _mark_problem(name: str, entries: list[_Entry], bank: Bank, manifest: Manifest) -> None:
    """Fill in the verdicts of all entries of one problem."""
    if name not in bank.paths:
        _refuse(entries, Message("bank-unknown", {"problem": name, "hint": bank.near(name)}))
        return
    try:
        problem = bank[name]
    except AuthorError as error:
        _refuse(entries, _broken(name, error))
        return
    _refuse([entry for entry in entries if entry.missing], Message("problem-missing"), problem)
    entries = [entry for entry in entries if not entry.missing]
    try:
        groups, faults, notes = resolve(problem, [entry.claim for entry in entries], manifest)
    except AuthorError as error:
        _refuse(entries, _broken(name, error), problem)
        return
    for position, message in faults.items():
        _refuse([entries[position]], message, problem)
    for position, message in notes.items():
        entries[position].notes.append(Note(message, entries[position].answers.line))
    for group in groups:
        members = [entries[position] for position in group.positions]
        try:
            _mark_group(group, members)
        except AuthorError as error:
            _refuse(members, _broken(name, error), problem)


def _refuse(entries: list[_Entry], message: Message, problem: Problem | None = None) -> None:
    """These entries earn nothing of the problem's points, and why."""
    if not entries:
        return
    of, title = _worth(problem), problem.title if problem else {}
    for entry in entries:
        label, code = entry.claim.item.label, entry.claim.code
        entry.verdict = ProblemVerdict(label, code, (), of, (message,), title)


def _worth(problem: Problem | None) -> float:
    """The points of a problem (they are the same for every form); 0 where it cannot be read."""
    try:
        return plan_of(problem, first_form(problem)).points if problem else 0.0
    except AuthorError:
        return 0.0


def _broken(name: str, error: AuthorError) -> Message:
    return Message("problem-broken", {"problem": name, "reason": error.message})


def _mark_group(group: Group, entries: list[_Entry]) -> None:
    """Entries of one plan and the same shares for what follows."""
    asks = by_spelling(group.plan.asks)
    typed = [_matched(entry, asks) for entry in entries]
    policy = entries[0].policy
    marked = mark(group, typed, policy.follow, policy.unexplained)
    for entry, verdicts in zip(entries, marked, strict=True):
        entry.verdict = ProblemVerdict(
            entry.claim.item.label,
            entry.claim.code,
            tuple(verdicts),
            group.plan.points,
            title=group.plan.problem.title,
            first_wrong=first_slip(group.plan, verdicts),
        )


def _matched(entry: _Entry, asks: Mapping[str, Ask]) -> dict[str, Typed]:
    """Answers by the ask's own id; an answer to an ask that is not there is a fault."""
    typed: dict[str, Typed] = {}
    for name, answer in entry.answers.answers.items():
        ask = asks.get(normal_form(name))
        if ask is not None:
            typed[ask.id] = answer.text
        else:
            fault = unknown_ask(entry.answers.problem, name, asks.values())
            entry.faults.append(Note(fault, answer.line))
    return typed
