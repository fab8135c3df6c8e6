"""The course folder: `course.yaml`, `problems/`, `submissions/`. Files are the truth; nothing is ever half written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from grader.course.bank import Bank, default_bank
from grader.course.filenames import safe_filename
from grader.course.zones import zone_of
from grader.errors import InputError
from grader.messages import LANGUAGES
from grader.spec.source import Source
from grader.yamltext import read, read_file

COURSE = "course.yaml"


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


def find_course(start: Path) -> Course | None:
    """The course that a path lies in, if any; raises AuthorError for a broken course.yaml."""
    here = start.absolute()
    for folder in (here, *here.parents):
        if (folder / COURSE).is_file() and (folder / "submissions").is_dir():
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
    """The bank to use."""
    return course.bank if course else default_bank()


def student_folder(course: Course, student: str) -> Path:
    """Where a student's submissions are."""
    return course.root / "submissions" / safe_filename(student or "unnamed")


def is_kept(course: Course, path: Path) -> bool:
    """Whether a file is one of those the course keeps: handed in already, not being handed in."""
    return course.root / "submissions" in path.absolute().parents


def keep_submission(course: Course, student: str, answers: bytes, verdict: bytes, time: datetime | None = None) -> Path:
    """Keep a verbatim copy and its verdict under `submissions/<student>/`, named by time; the path of the copy."""
    folder = student_folder(course, student)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = (time or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%S")
    number, path = 1, folder / f"{stamp}.yaml"
    while not write_new(path, answers):
        number += 1
        path = folder / f"{stamp}-{number}.yaml"
    write_whole(path.with_suffix(".verdict.json"), verdict)
    return path


def write_new(path: Path, data: bytes) -> bool:
    """Write a file whole unless one of that name is there: of two at the same moment one wins, the other is told."""
    if path.exists():
        return False
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    write_whole(part, data)
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return True


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is either not there or complete: a temporary file, synced, renamed."""
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def make_course(root: Path, title: str, language: str) -> None:
    """A new course folder with a secret of its own and an example to begin with; files that are there stay.

    Raises InputError where a course is already.
    """
    from grader.course.secret import new_secret
    from grader.course.starter import starter_files

    if (root / COURSE).exists():
        raise InputError("course-exists", file=str(root / COURSE))
    for name in ("problems/assignments", "submissions", "templates"):
        (root / name).mkdir(parents=True, exist_ok=True)
    for name, text in starter_files(title, language).items():
        write_new(root / name, text.encode())
    settings = (
        f"title: {msgspec.json.encode(title).decode()}\nlanguage: {language}\n"
        f"secret: {new_secret()}   # keep it: variants are drawn with it\n"
        "# timezone: Europe/Moscow   # of due dates\n"
        "# roster: {student: SIS Login ID, name: Student}   # columns of a roster, where they are not clear\n"
    )
    write_whole(root / COURSE, settings.encode())
