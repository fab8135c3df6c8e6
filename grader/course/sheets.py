"""Marking answer files: variants found, every problem marked once for all students along the batch axis.

One bad file, one bad code, one broken problem costs only what belongs to it, and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from grader.course.answers_file import AnswersFile, ProblemAnswers, parse_answers
from grader.course.assigned import Assigned, Named, assigned, assignment_named
from grader.course.bank import Bank
from grader.course.claims import claim_of
from grader.course.manifests import folders_of, manifest_for, wanted_by
from grader.course.one_problem import Work, mark_problem
from grader.course.policy import NO_POLICY
from grader.course.rights import Claim, Rights
from grader.course.sheet_verdict import Note, SheetVerdict
from grader.course.spelling import words
from grader.course.variants import Manifest, normal_code
from grader.course.whose import identified, student_said
from grader.errors import InputError, Message
from grader.internal import Internal, contained
from grader.marking.verdict import Shares
from grader.textfile import read_file, shorten

People = Mapping[str, Collection[str]]
NOBODY_KNOWN: People = {}
MOST_STRANGERS = 8
"""Problems of a file that are told one by one where nobody has set them."""


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
    recorded: Sequence[Path] = (),
) -> list[SheetVerdict]:
    """A verdict per file, in order; unreadable files are refused one by one. `names` are what the files are called.

    What was printed is in the manifest, or else in those of the folder of the course and in the files `recorded`.
    `people` are the ids that a roster has under the words of a name.
    """
    names = names or [path.name for path in paths]
    read = [contained(partial(_readable, path)) for path in paths]
    readable = [(name, item) for name, item in zip(names, read, strict=True) if isinstance(item, AnswersFile)]
    if manifest is None:
        wanted = wanted_by(sheet for _, sheet in readable)
        manifest = manifest_for(folders_of(paths, course), course, recorded, wanted)
    sheets, called = [sheet for _, sheet in readable], [name for name, _ in readable]
    verdicts = iter(mark_sheets(sheets, called, bank, manifest, people))
    return [
        next(verdicts) if isinstance(item, AnswersFile) else _unread(path, name, item, manifest)
        for path, name, item in zip(paths, names, read, strict=True)
    ]


def _readable(path: Path) -> AnswersFile | InputError:
    try:
        return read_sheet(path)
    except InputError as error:
        return error


def _unread(path: Path, name: str, why: InputError | Internal, manifest: Manifest) -> SheetVerdict:
    """A file that was refused, or at which the program failed; the student as its text has it."""
    said = contained(partial(student_said, path, manifest))
    student = "" if isinstance(said, Internal) else said
    return _failed(name, why, student) if isinstance(why, Internal) else SheetVerdict(name, student, refused=why)


def _failed(name: str, failure: Internal, student: str = "", assignment: str = "", language: str = "") -> SheetVerdict:
    """A file at which the program failed."""
    refused = InputError("internal-file", file=name, reason=failure.said or "")
    return SheetVerdict(name, student, assignment, language, refused=refused, internal=(failure,))


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
    found: list[Placed | SheetVerdict] = []
    for sheet, file in zip(sheets, names, strict=True):
        place = contained(partial(_placed, sheet, file, bank, manifest, named, people))
        if isinstance(place, Internal):
            found.append(_failed(file, place, sheet.student, sheet.assignment, sheet.language))
        else:
            found.append(place)
    marked = iter(mark_placed([place for place in found if isinstance(place, Placed)], bank, manifest))
    return [next(marked) if isinstance(place, Placed) else place for place in found]


def _placed(given: AnswersFile, file: str, bank: Bank, manifest: Manifest, named: Named, people: People) -> Placed:
    sheet = identified(given, file, bank, manifest)
    place = assigned(sheet, file, bank, manifest, named)
    return Placed(sheet, file, place, tuple(people.get(words(sheet.student), ())))


def mark_placed(placed: Sequence[Placed], bank: Bank, manifest: Manifest) -> list[SheetVerdict]:
    """Verdicts: one pass per problem over all students."""
    on_record = {holder.assignment for holders in manifest.holders.values() for holder in holders}
    verdicts: list[SheetVerdict] = []
    works: list[Work] = []
    rights = Rights(manifest, bank)
    for number, item in enumerate(placed):
        begun = contained(partial(_begun, number, item, bank, manifest, on_record))
        if isinstance(begun, Internal):
            begun = _failed(item.file, begun, item.sheet.student, item.place.name, item.sheet.language), []
        verdicts.append(begun[0])
        works += begun[1]
    by_problem: dict[tuple[str, Shares, str], list[Work]] = {}
    for work in works:
        policy = work.policy
        by_problem.setdefault((work.claim.item.problem, policy.shares, policy.readings), []).append(work)
    for (problem, *_), alike in by_problem.items():
        mark_problem(problem, alike, bank, rights)
    return _scattered(verdicts, works)


def _begun(
    number: int, placed: Placed, bank: Bank, manifest: Manifest, on_record: Collection[str]
) -> tuple[SheetVerdict, list[Work]]:
    """What is known of a file before anything in it is marked, and what there is to mark."""
    sheet, file, place, known_as = placed
    verdict = replace(_opened(sheet, file, place), remarks=place.remarks)
    if place.refused is not None:
        return verdict, []
    works = _works(number, sheet, place, manifest, known_as)
    strangers = [work for work in works if not work.missing and _is_stranger(work, bank)]
    left = {work.answers.problem for work in strangers[MOST_STRANGERS:]}
    if left:
        more = Message("problems-unknown-more", {"count": len(left), "names": tuple(map(shorten, sorted(left)[:3]))})
        line = strangers[MOST_STRANGERS].answers.line
        verdict = replace(verdict, faults=(*verdict.faults, Note(more, line)))
    told = [answers for answers in sheet.problems if answers.problem not in left]
    remarks = _not_on_record(told, manifest) if place.name in on_record else []
    verdict = replace(verdict, remarks=(*verdict.remarks, *remarks))
    return verdict, [work for work in works if work.answers.problem not in left]


def _is_stranger(work: Work, bank: Bank) -> bool:
    """A problem that is none, or none of this assignment."""
    return work.refused is not None or work.claim.item.problem not in bank.paths


def _works(
    number: int, sheet: AnswersFile, place: Assigned, manifest: Manifest, known_as: tuple[str, ...]
) -> list[Work]:
    """The problems of a file, and those of its assignment that are not in it."""
    works = []
    assignment = place.assignment
    policy = (assignment.policy if assignment else None) or NO_POLICY
    for answers in sheet.problems:
        label, code = answers.problem, answers.variant
        claim = claim_of(assignment, place.name, sheet.student, label, code, manifest, known_as)
        refused = place.elsewhere.get(answers.problem)
        works.append(Work(number, answers, claim, policy, refused=refused))
    there = {answers.problem for answers in sheet.problems}
    for item in assignment.items if assignment else ():
        if item.label not in there:
            missing = ProblemAnswers(item.label, "", {}, 0)
            works.append(Work(number, missing, Claim(sheet.student, item, ""), policy, missing=True))
    return works


def _scattered(verdicts: list[SheetVerdict], works: list[Work]) -> list[SheetVerdict]:
    by_sheet: dict[int, list[Work]] = {}
    for work in works:
        by_sheet.setdefault(work.sheet, []).append(work)
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


def _not_on_record(problems: Sequence[ProblemAnswers], manifest: Manifest) -> list[Message]:
    """Variants of a file that were never printed."""
    unknown = [item for item in problems if item.variant and normal_code(item.variant) not in manifest.by_code]
    said = [{"problem": item.problem, "code": shorten(item.variant)} for item in unknown]
    return [Message("variant-not-on-record", values) for values in said]


def _gathered(verdict: SheetVerdict, works: list[Work]) -> SheetVerdict:
    return replace(
        verdict,
        problems=tuple(work.verdict for work in works if work.verdict),
        faults=(*verdict.faults, *(fault for work in works for fault in work.faults)),
        notes=(*verdict.notes, *(note for work in works for note in work.notes)),
        owners=tuple(dict.fromkeys(owner for work in works for owner in work.owners)),
        remarks=(*verdict.remarks, *(remark for work in works for remark in work.remarks)),
    )
