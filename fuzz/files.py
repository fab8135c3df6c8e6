"""Targets of files: answers, rosters, assignments, courses, what a course remembers, records, codes, names of files."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from fuzz.changes import BREAKERS, as_bytes, changed, changed_lines
from fuzz.file_grammar import GROWN, HINT, RECORD, VERDICT
from fuzz.language import in_words
from fuzz.outcome import Broken, Target
from grader.chance.codes import decode, encode
from grader.course.answers_file import parse_answers
from grader.course.assignment import load_assignment
from grader.course.attempts import standings
from grader.course.bank import default_bank
from grader.course.filenames import safe_filename
from grader.course.folder import find_course
from grader.course.history import read_history, stamp_of
from grader.course.policy import Policy, lateness, revealed_level
from grader.course.roster import roster_of
from grader.course.variants import normal_code, read_manifest
from grader.errors import GraderError, InputError, StudentError
from grader.messages import translate

_NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@cache
def _folder() -> Path:
    """A folder of this process, in memory where there is such."""
    memory = Path("/dev/shm")
    place = tempfile.TemporaryDirectory(prefix="grader-fuzz-", dir=memory if memory.is_dir() else None)
    _KEPT.append(place)
    return Path(place.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def _put(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def file_of(rule: str, *known: str, budget: int = 60) -> Callable[[Random], bytes]:
    """Files of a rule, or known ones, changed or not, in any encoding."""

    def make(random: Random) -> bytes:
        if known and random.random() < 0.4:
            text = random.choice(known)
        else:
            text = GROWN.grow(rule, random, 5 + int(random.random() * budget))
        return as_bytes(changed_lines(text, random) if random.random() < 0.6 else text, random)

    return make


def _answers(data: bytes) -> Hashable:
    try:
        sheet = parse_answers(data, "answers.yaml")
    except InputError as fault:
        return in_words(fault)
    for fault in (*sheet.faults, *sheet.notes):
        for language in ("en", "ru"):
            translate(fault.message, language)
        if fault.line < 0:
            raise Broken(f"no such line | {fault.line}")
    return repr(sheet)


def _roster(data: bytes) -> Hashable:
    try:
        roster = roster_of(data, "roster.csv")
    except InputError as fault:
        return in_words(fault)
    names = [student.id.casefold() for student in roster.students]
    if len(set(names)) < len(names):
        raise Broken("a student stands twice")
    for student in roster.students:
        _named(student.id)
    return roster


def _named(text: str) -> Hashable:
    """The file name of any id: one name, no path, printable, and of different ids different ones."""
    name = safe_filename(text)
    if name in ("", ".", "..") or re.search(r'[/\\\x00-\x1f:*?"<>|]', name) or len(os.fsencode(name)) > 240:
        raise Broken(f"not a file name | {name!r}")
    return name


def _two_names(given: tuple[str, str]) -> Hashable:
    one, other = map(_named, given)
    apart = len({unicodedata.normalize("NFC", text).casefold() for text in given}) == 2  # as a roster tells them apart
    if apart and str(one).casefold() == str(other).casefold():
        raise Broken(f"two students, one file | {given!r}: {one!r}")
    return one, other


def _name_pair(random: Random) -> tuple[str, str]:
    text = GROWN.grow("word", random, 8)
    return text, changed(text, random) if random.random() < 0.7 else GROWN.grow("word", random, 8)


def _assignment(data: bytes) -> Hashable:
    """An assignment with its policy, and what the policy says of a day."""
    try:
        assignment = load_assignment(_put("week.yaml", data), "Europe/Moscow")
    except GraderError as fault:
        return in_words(fault)
    policy = assignment.policy or Policy()
    late = lateness(policy, _NOW)
    if late is not None and not 0 <= late.share <= 1:
        raise Broken(f"no such share | {late.share}")
    if assignment.items and assignment.items[0].problem in default_bank().paths:
        assignment.items[0].digest(default_bank()[assignment.items[0].problem])
    return (
        assignment.title["en"],
        [item.label for item in assignment.items],
        repr(late),
        revealed_level(policy, 1, _NOW),
    )


def _course(data: bytes) -> Hashable:
    (_folder() / "submissions").mkdir(exist_ok=True)
    path = _put("course.yaml", data)
    try:
        course = find_course(path.parent)
    except GraderError as fault:
        return in_words(fault)
    finally:
        path.unlink()
    return None if course is None else (course.title, course.language, course.timezone, tuple(course.roster.items()))


def _remembered(given: tuple[str, bytes, bytes]) -> Hashable:
    """What a student's folder holds; whatever lies there is skipped with a note."""
    stamp, verdict, hints = given
    folder = _folder() / "ivanova"
    folder.mkdir(exist_ok=True)
    names = (f"{safe_filename(stamp)}.verdict.json", f"{safe_filename(stamp)}.yaml", "hints.jsonl")
    try:
        for name, data in zip(names, (verdict, b"", hints), strict=True):
            (folder / name).write_bytes(data)
        history = read_history(folder, "ivanova", "week-1")
    finally:
        for path in folder.iterdir():
            path.unlink()
    for note in history.notes:
        translate(note, "ru")
    counted = [standings(Policy(attempts=2), tries) for tries in history.tries.values()]
    return stamp_of(stamp), repr(history), repr(counted)


def _remembered_make(random: Random) -> tuple[str, bytes, bytes]:
    def text(known: str) -> bytes:
        some = changed(known, random) if random.random() < 0.7 else _jsonlike(known, random)
        return as_bytes(some, random) if random.random() < 0.3 else some.encode("utf-8", "replace")

    return GROWN.grow("stamp", random, 6), text(VERDICT), text(f"{HINT}\n{HINT}\n")


def _jsonlike(known: str, random: Random) -> str:
    """A record one value of which became another."""
    values = list(re.finditer(r'(?<=: )("[^"]*"|[\d.]+|\[|\{)|(?<=":)("[^"]*"|[\d.]+)', known))
    if not values:
        return known
    at = random.choice(values)
    return known[: at.start()] + GROWN.grow("json", random, 12) + known[at.end() :]


def _manifest(data: bytes) -> Hashable:
    try:
        manifest = read_manifest(_put("manifest.jsonl", data))
    except GraderError as fault:
        return in_words(fault)
    return repr((sorted(map(repr, manifest.by_code)), manifest.holders))


def _records(random: Random) -> bytes:
    lines = [
        RECORD if random.random() < 0.4 else _jsonlike(RECORD, random) for _ in range(1 + int(random.random() * 3))
    ]
    text = "\n".join(lines)
    return (changed(text, random) if random.random() < 0.5 else text).encode("utf-8", "replace")


def _code(text: str) -> Hashable:
    """A code as typed: what can be read is that code again."""
    normal = normal_code(text)
    try:
        seed, digest = decode(text)
    except StudentError as fault:
        return in_words(fault)
    if encode(seed, digest) != normal or decode(normal) != (seed, digest):
        raise Broken(f"another code | {text!r}: {normal!r}")
    return seed, digest


def _code_make(random: Random) -> str:
    if random.random() < 0.1:
        return GROWN.grow("code", random, 8)
    code = encode(random.getrandbits(40), random.getrandbits(15))
    return code if random.random() < 0.2 else changed(code, random, _CODE_PIECES)


_CODE_PIECES = (*"0123456789ABCDEFGHJKMNPQRSTVWXYZILOU", "-", " ", "–", "\u00ad", "О", "х", *BREAKERS[:20])

TARGETS: tuple[Target, ...] = (
    Target("answers file", file_of("answers file"), _answers, 3.0),
    Target("roster", file_of("roster", "student,name,language\nivanova,Анна Иванова,ru\nsmith,Bob,en\n"), _roster, 2.5),
    Target("file names", _name_pair, _two_names, 1.5),
    Target("assignment and policy", file_of("assignment"), _assignment, 2.0),
    Target("course.yaml", file_of("course"), _course, 1.0),
    Target("history", _remembered_make, _remembered, 1.5),
    Target("manifest", _records, _manifest, 1.0),
    Target("codes", _code_make, _code, 2.0),
)
