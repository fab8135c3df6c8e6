"""Which assignment a file belongs to: what it says, held against what its variants were printed for.

A due date must not depend on how a name is spelled. Where the variants are on record, or the bank is that of a course,
a file that names another assignment, or one that is not there, is refused with the name that was meant. At a student's
home neither is known: there a file is just marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from grader.chance.streams import seed_in, seed_of
from grader.course.answers_file import AnswersFile
from grader.course.assignment import PRACTICE, Assignment, Item, load_assignment
from grader.course.bank import Bank
from grader.course.policy import NO_POLICY
from grader.course.variants import Holder, Manifest, code_of, normal_code
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
    name = sheet.assignment or _unsaid(printed.values(), bank)
    if (refused := _refusal(name, sheet, printed, bank, named)) is not None:
        return Assigned(name, refused=InputError(refused.key, file=file, **refused.values))
    assignment, notes = named(name)
    if name and not sheet.assignment:
        notes = (*notes, Message("assignment-from-variants", {"name": name}))
    nowhere = assignment is None and not notes and name not in ("", PRACTICE)
    others = {
        label: Message("variant-other-assignment", {"problem": label, "names": sorted(names)})
        for label, names in printed.items()
        if name not in names
    }
    return Assigned(
        name,
        assignment,
        notes,
        (Message("assignment-no-file", {"name": name}),) if nowhere else (),
        _not_in(assignment, sheet) | others,
    )


def _refusal(
    name: str, sheet: AnswersFile, printed: Mapping[str, set[str]], bank: Bank, named: Named
) -> Message | None:
    """Why a file cannot be marked under the name it gives."""
    known = set().union(*printed.values())
    if not name:
        missing = known or bank.of_course
        return _told("assignment-missing", "", known or set(_fitting(sheet, bank, named))) if missing else None
    if known:
        common = set.intersection(*printed.values()) or known
        return None if name in common else _told("assignment-differs", name, common)
    assignment, notes = named(name)
    if assignment is not None:
        better = _better(assignment, sheet, bank, named)
        wrong = better or len(_not_in(assignment, sheet)) == len(sheet.problems)
        return _told("assignment-not-of-these", name, better) if wrong else None
    if name == PRACTICE:
        ruled = _ruled(sheet, bank, named)
        return _told("assignment-differs", name, ruled) if ruled else None
    if bank.of_course and not notes:
        near = {meant} if (meant := _near(name, bank.assignments)) else set(_fitting(sheet, bank, named))
        return _told("assignment-unknown", name, near)
    return None


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


def _fitting(sheet: AnswersFile, bank: Bank, named: Named) -> dict[str, set[str]]:
    """The assignments that have every problem of a file, with all of theirs."""
    labels = {problem.problem for problem in sheet.problems}
    found = {name: {item.label for item in each.items} for name in bank.assignments if (each := named(name)[0])}
    return {name: own for name, own in found.items() if labels <= own}


def _better(assignment: Assignment, sheet: AnswersFile, bank: Bank, named: Named) -> set[str]:
    """The assignments that a file fits where it does not fit its own: one with all its problems where that has not all,
    or, where the own has no policy, one with a policy whose problems they are exactly.
    """
    labels = {problem.problem for problem in sheet.problems}
    own = {item.label for item in assignment.items}
    if labels == own:
        return set()
    fitting = _fitting(sheet, bank, named)
    if not labels <= own:
        return set(fitting)
    free = not _has_rules(assignment)
    return {name for name, theirs in fitting.items() if free and labels == theirs and _has_rules(named(name)[0])}


def _has_rules(assignment: Assignment | None) -> bool:
    return assignment is not None and assignment.policy not in (None, NO_POLICY)


def _ruled(sheet: AnswersFile, bank: Bank, named: Named) -> set[str]:
    """The assignments with a policy for which the course draws the very variants of a file.

    Practice with other numbers is free; with these it would be a look at the answers before the due date.
    """
    codes = {problem.problem: normal_code(problem.variant) for problem in sheet.problems}
    found = set()
    for name in bank.assignments if bank.secret else ():
        assignment, _ = named(name)
        for item in assignment.items if assignment and _has_rules(assignment) else ():
            known = item.label in codes and item.problem in bank.paths
            if known and assignment and codes[item.label] in _codes_of(sheet.student, assignment, item, bank):
                found.add(name)
    return found


def _codes_of(student: str, assignment: Assignment, item: Item, bank: Bank) -> set[str]:
    """The codes under which a student may have the numbers of an item, sealed or not, from a sheet of any age.

    Of a problem that is broken nobody knows any.
    """
    own, earlier = seed_in(bank.secret, student, assignment.name, item.label), seed_of(bank.secret, student, item.label)
    try:
        problem = bank[item.problem]
    except AuthorError:
        return set()
    return {code_of(seed, item, problem, seal) for seed in (own, earlier) for seal in ("", bank.secret)}


def _near(word: str, names: Iterable[str]) -> str | None:
    return nearest(word.removesuffix(".yaml").removesuffix(".yml"), list(names))


def _meant(word: str, names: Iterable[str]) -> Message | str:
    meant = _near(word, names)
    return Message("syntax-did-you-mean", {"word": meant}) if meant else ""


def _told(key: str, name: str, names: set[str]) -> Message:
    """A refusal with the name that was meant, or those it may be."""
    hint = _meant(name, names) if name else ""
    hint = hint or (Message("assignment-write", {"names": sorted(names)}) if names else Message("assignment-ask"))
    return Message(key, {"name": shorten(name), "hint": hint})
