"""Which assignment a file belongs to: what it says, held against what its variants were printed for.

A due date must not depend on how a name is spelled. Where the variants are on record, or the bank is that of a course,
a file that names another assignment, or one that is not there, is refused with the name that was meant. At a student's
home neither is known: there a file is just marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from grader.course.answers_file import AnswersFile
from grader.course.assignment import PRACTICE, Assignment, load_assignment
from grader.course.bank import Bank
from grader.course.variants import Holder, Manifest
from grader.errors import AuthorError, InputError, Message
from grader.language.suggestions import nearest
from grader.textfile import shorten


class Assigned(msgspec.Struct, frozen=True):
    """The name of the assignment that counts and, where it has a file, the assignment.

    `notes` are for the student too, `remarks` for the teacher; `elsewhere` are problems that were printed for other
    assignments, with why; `refused` says why nothing can be marked.
    """

    name: str
    assignment: Assignment | None = None
    notes: tuple[Message, ...] = ()
    remarks: tuple[Message, ...] = ()
    elsewhere: Mapping[str, Message] = msgspec.field(default_factory=dict)
    refused: InputError | None = None


Named = Callable[[str], tuple[Assignment | None, tuple[Message, ...]]]
"""The assignment of a name, with remarks."""


def assigned(sheet: AnswersFile, file: str, bank: Bank, manifest: Manifest, named: Named) -> Assigned:
    """The assignment of a file, or why it has none."""
    printed = _printed_for(sheet, manifest)
    known = set().union(*printed.values())
    name = sheet.assignment or _unsaid(printed.values(), bank)
    if not name and (known or bank.of_course):
        return Assigned("", refused=_told("assignment-missing", file, "", known or _with_all(sheet, bank, named)))
    if name and known and name not in known:
        return Assigned(name, refused=_told("assignment-differs", file, name, known))
    assignment, notes = named(name)
    foreign = _not_in(assignment, sheet)
    if foreign and len(foreign) == len(sheet.problems):
        return Assigned(name, refused=_told("assignment-not-of-these", file, name, _with_all(sheet, bank, named)))
    remarks: tuple[Message, ...] = ()
    if assignment is None and not notes and name not in ("", PRACTICE):
        if bank.of_course and not known:
            return Assigned(name, refused=_unknown(file, name, sheet, bank, named))
        remarks = (Message("assignment-no-file", {"name": name}),)
    if name and not sheet.assignment:
        notes = (*notes, Message("assignment-from-variants", {"name": name}))
    others = {
        label: Message("variant-other-assignment", {"problem": label, "names": sorted(names)})
        for label, names in printed.items()
        if name not in names
    }
    return Assigned(name, assignment, notes, remarks, foreign | others)


def assignment_named(name: str, bank: Bank) -> tuple[Assignment | None, tuple[Message, ...]]:
    """The assignment of a name, if there is one; a broken one is only a remark, its problems may be in the bank."""
    path = bank.assignment_path(name)
    if path is None:
        return None, ()
    try:
        return load_assignment(path, bank.timezone), ()
    except AuthorError as error:
        return None, (Message("assignment-broken", {"name": name, "reason": error.message}),)


def _printed_for(sheet: AnswersFile, manifest: Manifest) -> dict[str, set[str]]:
    """The assignments that each problem of a file was printed for, where that is on record."""
    printed: dict[str, set[str]] = {}
    for problem in sheet.problems:
        holders: Iterable[Holder] = manifest.holders_of(problem.variant, sheet.student, problem.problem)
        if names := {holder.assignment for holder in holders} - {""}:
            printed[problem.problem] = names
    return printed


def _unsaid(printed: Iterable[set[str]], bank: Bank) -> str:
    """The one assignment that all problems on record were printed for; one with a policy before practice."""
    names = set.intersection(*printed) if printed else set()
    ruled = names & bank.assignments.keys() or names
    return ruled.pop() if len(ruled) == 1 else ""


def _not_in(assignment: Assignment | None, sheet: AnswersFile) -> dict[str, Message]:
    """The problems of a file that its assignment does not have."""
    if assignment is None:
        return {}
    labels = [item.label for item in assignment.items]
    return {
        problem.problem: Message(
            "problem-not-in-assignment",
            {"problem": problem.problem, "name": assignment.name, "hint": _meant(problem.problem, labels)},
        )
        for problem in sheet.problems
        if problem.problem not in labels
    }


def _with_all(sheet: AnswersFile, bank: Bank, named: Named) -> set[str]:
    """The assignments that have every problem of a file."""
    labels = {problem.problem for problem in sheet.problems}
    found = set()
    for name in bank.assignments:
        assignment, _ = named(name)
        if assignment is not None and labels <= {item.label for item in assignment.items}:
            found.add(name)
    return found


def _meant(word: str, names: Iterable[str]) -> Message | str:
    meant = nearest(word.removesuffix(".yaml").removesuffix(".yml"), list(names))
    return Message("syntax-did-you-mean", {"word": meant}) if meant else ""


def _unknown(file: str, name: str, sheet: AnswersFile, bank: Bank, named: Named) -> InputError:
    """No assignment of that name: a close spelling, or one that has these problems."""
    if hint := _meant(name, bank.assignments):
        return InputError("assignment-unknown", file=file, name=shorten(name), hint=hint)
    return _told("assignment-unknown", file, name, _with_all(sheet, bank, named))


def _told(key: str, file: str, name: str, names: set[str]) -> InputError:
    hint = Message("assignment-write", {"names": sorted(names)}) if names else Message("assignment-ask")
    return InputError(key, file=file, name=shorten(name), hint=hint)
