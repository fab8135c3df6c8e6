"""Which manifests are read: those of the teacher, never one that lies in what is handed in.

The teacher's are in the course folder and in the folders directly in it, or are named by hand. What is being marked,
all below it and `submissions/` belong to students: whoever can hand in a file could hand in a manifest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from grader.course.answers_file import AnswersFile
from grader.course.folder import SUBMISSIONS
from grader.course.variants import MANIFEST, Manifest, Wanted, normal_code, read_manifest, together
from grader.errors import InputError, Message


def wanted_by(sheets: Iterable[AnswersFile]) -> Wanted:
    """The records that some files may have a right to."""
    sheets = list(sheets)
    codes = {normal_code(problem.variant) for sheet in sheets for problem in sheet.problems if problem.variant}
    return Wanted(codes, {sheet.student for sheet in sheets if sheet.student})


def folders_of(files: Iterable[Path], course: Path | None) -> list[Path]:
    """The folders that files to be marked lie in; the course folder itself stays the teacher's."""
    folders = dict.fromkeys(file.absolute().parent for file in files)
    return [folder for folder in folders if course is None or folder.resolve() != course.resolve()]


def manifest_for(
    marked: Sequence[Path], course: Path | None, named: Sequence[Path] = (), wanted: Wanted | None = None
) -> Manifest:
    """The teacher's manifests where the folders `marked` hold what is marked; one that cannot be read is only remarked.

    Raises InputError for a manifest that was `named`.
    """
    trusted = [read_manifest(file, wanted) for file in named]
    files = _of_course(course, marked) if course is not None else []
    by_hand = {file.resolve() for file in named}
    trusted += [_read(file, wanted) for file in files if file.resolve() not in by_hand]
    found = together(trusted)
    return replace(found, remarks=(*found.remarks, *passed_over(marked, course, named)))


def passed_over(marked: Sequence[Path], course: Path | None, named: Sequence[Path] = ()) -> list[Message]:
    """The manifests in what is marked, or beside it, that were not read."""
    files = _of_course(course, marked) if course is not None else []
    known = {file.resolve() for file in (*named, *files)}
    nearby = dict.fromkeys(near / MANIFEST for folder in marked for near in (folder, folder.absolute().parent))
    foreign = [file for file in nearby if file.is_file() and file.resolve() not in known]
    return [Message("manifest-not-read", {"file": str(file)}) for file in foreign]


def _of_course(course: Path, marked: Sequence[Path]) -> list[Path]:
    """The manifests that lie where the teacher prints."""
    root = course.resolve()
    closed = {folder.resolve() for folder in marked} | {root / SUBMISSIONS}
    above = {folder for each in marked for folder in each.resolve().parents if root in folder.parents}
    files = [root / MANIFEST, *sorted(root.glob(f"*/{MANIFEST}"))]
    return [
        file
        for file in files
        if file.is_file() and closed.isdisjoint(file.resolve().parents) and file.resolve().parent not in above
    ]


def _read(file: Path, wanted: Wanted | None) -> Manifest:
    try:
        return read_manifest(file, wanted)
    except InputError as error:
        return Manifest(remarks=(Message("manifest-unreadable", {"file": str(file), "reason": error.message}),))
