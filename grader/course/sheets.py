"""Marking answer files: variants found, every problem marked once for all students along the batch axis.

One bad file, one bad code, one broken problem costs only what belongs to it, and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from grader.blanks.kind import Typed
from grader.course.answers_file import AnswersFile, ProblemAnswers, parse_answers
from grader.course.ask_names import by_spelling, normal_form, unknown_ask
from grader.course.assigned import Assigned, assigned, assignment_named
from grader.course.bank import Bank
from grader.course.claims import claim_of, resolve
from grader.course.manifests import folders_of, manifest_for, wanted_by
from grader.course.policy import NO_POLICY, Policy
from grader.course.rights import Claim, Rights
from grader.course.sheet_verdict import Note, SheetVerdict
from grader.course.variants import Manifest, normal_code
from grader.course.whose import identified, student_said, words
from grader.errors import AuthorError, GraderError, InputError, Message
from grader.marking.mark import first_slip, mark
from grader.marking.verdict import ProblemVerdict
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.planner import first_form, plan_of
from grader.spec.problem import Problem
from grader.textfile import read_file

People = Mapping[str, Collection[str]]
NOBODY_KNOWN: People = {}


@dataclass
class _Entry:
    """One problem of one file on its way through marking."""

    sheet: int
    answers: ProblemAnswers
    claim: Claim
    policy: Policy = NO_POLICY
    missing: bool = False
    refused: Message | None = None
    verdict: ProblemVerdict | None = None
    owners: tuple[str, ...] = ()
    remarks: list[Message] = field(default_factory=list)
    faults: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_sheet(path: Path) -> AnswersFile:
    """The answers in a file; raises InputError for a file that cannot be used."""
    return parse_answers(read_file(path), path.name)


def mark_files(
    paths: Sequence[Path],
    bank: Bank,
    manifest: Manifest | None = None,
    names: Sequence[str] = (),
    course: Path | None = None,
    people: People = NOBODY_KNOWN,
) -> list[SheetVerdict]:
    """A verdict per file, in order; unreadable files are refused one by one. `names` are what the files are called.

    What was printed is in the manifest, or else in those of the folder of the course. `people` are the ids that a
    roster has under the words of a name.
    """
    names = names or [path.name for path in paths]
    read: list[AnswersFile | GraderError] = []
    for path in paths:
        try:
            read.append(read_sheet(path))
        except InputError as error:
            read.append(error)
    readable = [(name, item) for name, item in zip(names, read, strict=True) if isinstance(item, AnswersFile)]
    if manifest is None:
        wanted = wanted_by(sheet for _, sheet in readable)
        manifest = manifest_for(folders_of(paths, course), course, wanted=wanted)
    sheets, called = [sheet for _, sheet in readable], [name for name, _ in readable]
    verdicts = iter(mark_sheets(sheets, called, bank, manifest, people))
    return [
        next(verdicts)
        if isinstance(item, AnswersFile)
        else SheetVerdict(name, student_said(path, manifest), refused=item)
        for path, name, item in zip(paths, names, read, strict=True)
    ]


class Placed(NamedTuple):
    """A file that has been read, its name, the assignment it belongs to, and whom the roster has under its student."""

    sheet: AnswersFile
    file: str
    place: Assigned
    known_as: tuple[str, ...] = ()


def mark_sheets(
    sheets: Sequence[AnswersFile], names: Sequence[str], bank: Bank, manifest: Manifest, people: People = NOBODY_KNOWN
) -> list[SheetVerdict]:
    """Verdicts on parsed files, each under the assignment it belongs to."""
    named = cache(partial(assignment_named, bank=bank))
    placed = []
    for given, file in zip(sheets, names, strict=True):
        sheet = identified(given, file, bank, manifest)
        place = assigned(sheet, file, bank, manifest, named)
        placed.append(Placed(sheet, file, place, tuple(people.get(words(sheet.student), ()))))
    return mark_placed(placed, bank, manifest)


def mark_placed(placed: Sequence[Placed], bank: Bank, manifest: Manifest) -> list[SheetVerdict]:
    """Verdicts: one pass per problem over all students."""
    on_record = {holder.assignment for holders in manifest.holders.values() for holder in holders}
    verdicts: list[SheetVerdict] = []
    entries: list[_Entry] = []
    rights = Rights(manifest, bank)
    for number, (sheet, file, place, known_as) in enumerate(placed):
        remarks = _not_on_record(sheet, manifest) if place.name in on_record else []
        verdicts.append(replace(_opened(sheet, file, place), remarks=(*place.remarks, *remarks)))
        entries += _entries(number, sheet, place, manifest, known_as) if place.refused is None else []
    by_problem: dict[tuple[str, float, float, str], list[_Entry]] = {}
    for entry in entries:
        policy = entry.policy
        rules = policy.follow, policy.unexplained, policy.readings
        by_problem.setdefault((entry.claim.item.problem, *rules), []).append(entry)
    for (problem, *_), group in by_problem.items():
        _mark_problem(problem, group, bank, rights)
    return _scattered(verdicts, entries)


def _entries(
    number: int, sheet: AnswersFile, place: Assigned, manifest: Manifest, known_as: tuple[str, ...]
) -> list[_Entry]:
    """The problems of a file, and those of its assignment that are not in it."""
    entries = []
    assignment = place.assignment
    policy = (assignment.policy if assignment else None) or NO_POLICY
    for answers in sheet.problems:
        label, code = answers.problem, answers.variant
        claim = claim_of(assignment, place.name, sheet.student, label, code, manifest, known_as)
        refused = place.elsewhere.get(answers.problem)
        entries.append(_Entry(number, answers, claim, policy, refused=refused))
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


def _opened(sheet: AnswersFile, name: str, place: Assigned) -> SheetVerdict:
    """What is known of a file before anything in it is marked."""
    notes = [Note(note.message, note.line) for note in sheet.notes]
    return SheetVerdict(
        name,
        sheet.student,
        place.name,
        sheet.language,
        faults=tuple(Note(fault.message, fault.line, fault.problem, fault.ask) for fault in sheet.faults),
        notes=(*notes, *map(Note, place.notes)),
        refused=place.refused,
        policy=place.assignment.policy if place.assignment else None,
    )


def _not_on_record(sheet: AnswersFile, manifest: Manifest) -> list[Message]:
    """Variants of a file that were never printed."""
    unknown = [item for item in sheet.problems if item.variant and normal_code(item.variant) not in manifest.by_code]
    return [Message("variant-not-on-record", {"problem": item.problem, "code": item.variant}) for item in unknown]


def _gathered(verdict: SheetVerdict, entries: list[_Entry]) -> SheetVerdict:
    return replace(
        verdict,
        problems=tuple(entry.verdict for entry in entries if entry.verdict),
        faults=(*verdict.faults, *(fault for entry in entries for fault in entry.faults)),
        notes=(*verdict.notes, *(note for entry in entries for note in entry.notes)),
        owners=tuple(dict.fromkeys(owner for entry in entries for owner in entry.owners)),
        remarks=(*verdict.remarks, *(remark for entry in entries for remark in entry.remarks)),
    )


def _mark_problem(name: str, entries: list[_Entry], bank: Bank, rights: Rights) -> None:
    """Fill in the verdicts of all entries of one problem."""
    for entry in entries:
        if entry.refused is not None:
            _refuse([entry], entry.refused)
    entries = [entry for entry in entries if entry.refused is None]
    if not entries:
        return
    if name not in bank.paths:
        _refuse(entries, Message("bank-unknown", {"problem": name, "hint": bank.near(name)}))
        return
    try:
        problem = bank[name]
    except AuthorError as error:
        _refuse(entries, _broken(name, error))
        return
    _refuse([entry for entry in entries if entry.missing], Message("problem-missing"), problem)
    _mark_drawn(problem, [entry for entry in entries if not entry.missing], rights)


def _mark_drawn(problem: Problem, entries: list[_Entry], rights: Rights) -> None:
    """Entries whose numbers are on record or are drawn again, marked together as far as their forms go."""
    try:
        groups, faults, notes, remarks, owners = resolve(problem, [entry.claim for entry in entries], rights)
    except AuthorError as error:
        _refuse(entries, _broken(problem.id, error), problem)
        return
    for position, message in faults.items():
        _refuse([entries[position]], message, problem)
    for position, message in notes.items():
        entries[position].notes.append(Note(message, entries[position].answers.line))
    for position, told in remarks.items():
        entries[position].remarks += told
    for position, students in owners.items():
        entry = entries[position]
        entry.owners = students
        if position in faults:
            continue
        message = Message("variant-of-another", {"problem": entry.claim.item.label, "code": entry.claim.code})
        entry.notes.append(Note(message, entry.answers.line, harmless=True))  # the teacher is told whose
    for group in groups:
        members = [entries[position] for position in group.positions]
        try:
            _mark_group(group, members)
        except AuthorError as error:
            _refuse(members, _broken(problem.id, error), problem)


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
    """Entries of one plan, the same shares for what follows and one way to read."""
    asks = by_spelling(group.plan.asks)
    typed = [_matched(entry, asks) for entry in entries]
    policy = entries[0].policy
    marked = mark(group, typed, policy.follow, policy.unexplained, strict=policy.readings == "first")
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
            entry.faults.append(Note(fault, answer.line, entry.answers.problem, name))
    return typed
