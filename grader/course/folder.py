"""The course folder: `course.yaml`, `problems/`, `submissions/`. Files are the truth; nothing is ever half written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from grader.course.bank import Bank, default_bank
from grader.course.disk import make_folder, sweep, told, write_new, write_whole, write_with
from grader.course.filenames import safe_filename
from grader.course.stamps import COPY, VERDICT, copies_in, free_names
from grader.course.zones import zone_of
from grader.errors import InputError, NotWritten
from grader.messages import LANGUAGES
from grader.spec.source import Source
from grader.yamltext import read, read_file

COURSE, SUBMISSIONS = "course.yaml", "submissions"


class _CourseFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    title: str = ""
    language: str = ""
    secret: str = ""
    timezone: str = ""
    roster: dict[str, str] = {}
    earlier: list[str] = msgspec.field(name="earlier secrets", default_factory=list)


class Course(msgspec.Struct, frozen=True):
    """A folder with its settings; `secret` makes variants unguessable, due dates are in `timezone`.

    `roster` says which columns of a roster are which, where their headers do not. `earlier` are secrets that sheets
    were printed with before.
    """

    root: Path
    title: str
    language: str
    secret: str
    timezone: str = ""
    roster: Mapping[str, str] = msgspec.field(default_factory=dict)
    earlier: tuple[str, ...] = ()

    @property
    def bank(self) -> Bank:
        """The course's own problems over the packaged ones."""
        return Bank(self.root / "problems", timezone=self.timezone, secret=self.secret, earlier=self.earlier)


def course_of_cwd() -> Course | None:
    """The course that the working folder lies in, if any; raises InputError where that was taken away meanwhile."""
    try:
        here = Path.cwd()
    except OSError as error:
        raise InputError("folder-gone") from error
    return find_course(here)


def find_course(start: Path) -> Course | None:
    """The course that a path lies in, if any; raises AuthorError for a broken course.yaml."""
    here = start.absolute()
    for folder in (here, *here.parents):
        if (folder / COURSE).is_file() and (folder / SUBMISSIONS).is_dir():
            path = folder / COURSE
            source = Source(str(path), read(read_file(path), str(path)))
            model = source.model(source.root, _CourseFile, ())
            if model.language and model.language not in LANGUAGES:
                source.fail("course-language", ("language",), language=model.language, known=LANGUAGES)
            if model.timezone and zone_of(model.timezone) is None:
                source.fail("policy-zone", ("timezone",), zone=model.timezone)
            settings = model.title, model.language, model.secret, model.timezone, model.roster
            return Course(folder, *settings, tuple(model.earlier))
    return None


def bank_for(course: Course | None) -> Bank:
    """The bank to use; raises InputError where a course's may not be read, before anything is marked by other rules."""
    return course.bank.listed() if course else default_bank()


def student_folder(course: Course, student: str) -> Path:
    """Where a student's submissions are; raises NotWritten for a link, which leads who knows where."""
    folder = course.root / SUBMISSIONS / safe_filename(student or "unnamed")
    if folder.is_symlink():
        raise NotWritten("folder-link", file=str(folder))
    return folder


def is_kept(course: Course, path: Path) -> bool:
    """Whether a file is one of those the course keeps: handed in already, not being handed in."""
    return course.root / SUBMISSIONS in path.absolute().parents


def keep_submission(course: Course, student: str, answers: bytes, verdict: bytes, time: datetime | None = None) -> Path:
    """Keep a verbatim copy and its verdict under `submissions/<student>/`, named by time; the path of the copy.

    The copy is what counts: there is one as soon as it is there, and none before. Raises NotWritten, and then nothing
    is kept.
    """
    folder = student_folder(course, student)
    make_folder(folder, private=True)
    with told(folder):
        last = next(reversed(copies_in(folder)), None)
    for name in free_names(last, time or datetime.now(UTC)):
        path = folder / f"{name}{COPY}"
        if write_with(path, answers, path.with_suffix(VERDICT), verdict):
            return path
    raise AssertionError  # names do not end


def make_course(root: Path, title: str, language: str) -> None:
    """A new course folder with a secret of its own and an example to begin with; files that are there stay.

    Raises InputError where a course is already.
    """
    from grader.course.secret import new_secret
    from grader.course.starter import PRIVATE, starter_files

    if (root / COURSE).exists():
        raise InputError("course-exists", file=str(root / COURSE))
    for name in ("problems/assignments", SUBMISSIONS, "templates"):
        make_folder(root / name, private=name == SUBMISSIONS)
    sweep([root, root / "problems" / "assignments"])
    for name, text in starter_files(title, language).items():
        write_new(root / name, text.encode(), private=name in PRIVATE)
    settings = (
        f"title: {msgspec.json.encode(title).decode()}\nlanguage: {language}\n"
        f"secret: {new_secret()}   # keep it: variants are drawn with it\n"
        "# timezone: Europe/Moscow   # of due dates\n"
        "# roster: {student: SIS Login ID, name: Student}   # columns of a roster, where they are not clear\n"
    )
    write_whole(root / COURSE, settings.encode(), private=True)
