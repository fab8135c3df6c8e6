"""What a course folder remembers of a student: submissions with their verdicts, and the hints taken.

    submissions/ivanova/20261130T184512.yaml             the file as handed in, named by its time (UTC)
                        20261130T184512.verdict.json     what `grade submit --json` says, with nothing left out
                        hints.jsonl                      a line per hint

A file that is none of these, or broken, is skipped with a note.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

import msgspec

from grader.blanks.kind import Typed
from grader.course.attempts import Try, answers_key, try_of, unread_of
from grader.course.disk import make_folder, told, write_whole
from grader.course.sheet_verdict import SheetVerdict
from grader.course.stamps import COPY, VERDICT, copies_in
from grader.course.stamps import stamp_of as stamp_of
from grader.errors import Message

HINTS = "hints.jsonl"


class _Ask(msgspec.Struct):
    id: str
    status: str
    typed: Typed = ""


class _Problem(msgspec.Struct):
    problem: str
    points: float
    variant: str = ""
    asks: list[_Ask] = []


class _Verdict(msgspec.Struct):
    """The part of a kept verdict that attempts are counted from."""

    student: str
    assignment: str
    problems: list[_Problem]


class Hint(msgspec.Struct, frozen=True):
    """A hint that was taken: its rung of the ladder, and its price in points."""

    time: datetime
    student: str
    assignment: str
    problem: str
    ask: str
    rung: str
    price: float = 0.0


class History(msgspec.Struct, frozen=True):
    """Earlier tries by problem, in their order, the hints taken, and what was skipped."""

    tries: dict[str, list[Try]] = {}
    hints: tuple[Hint, ...] = ()
    notes: tuple[Message, ...] = ()


Again = Callable[[Path, datetime], SheetVerdict | None]
"""Marks a kept file anew, as of its time; None where it can no longer be read."""


def read_history(folder: Path, student: str, assignment: str, again: Again | None = None) -> History:
    """What a student's folder holds of an assignment; a folder that is not there holds nothing.

    A file that was handed in counts, whatever became of its verdict: one that was lost is made `again`. A verdict
    without its file counts nothing. `grade batch` goes by the files as well. Raises NotWritten where the folder cannot
    be read.
    """
    with told(folder):
        copies, names = copies_in(folder), sorted(os.listdir(folder) if folder.exists() else ())
    notes = [Message("history-foreign", {"file": f"{folder.name}/{name}"}) for name in names if not _known(name, names)]
    tries: dict[str, list[Try]] = {}
    for path in copies:
        stamp = stamp_of(path.name)
        assert stamp is not None  # noqa: S101 - that is what makes it a copy
        found, lost = _tries_of(path, stamp[0], student, assignment, again)
        notes += [Message(lost, {"file": f"{folder.name}/{path.name}"})] if lost else []
        for problem, item in found:
            tries.setdefault(problem, []).append(item)
    hints, broken = read_hints(folder)
    own = tuple(hint for hint in hints if (hint.student, hint.assignment) == (student, assignment))
    return History(tries, own, (*notes, *broken))


def _known(name: str, names: Collection[str]) -> bool:
    """A copy, its verdict, the hints, or a hidden file."""
    if name.endswith(VERDICT):
        return stamp_of(name) is not None and name.removesuffix(VERDICT) + COPY in names
    return name == HINTS or name.startswith(".") or (name.endswith(COPY) and stamp_of(name) is not None)


def _tries_of(
    path: Path, time: datetime, student: str, assignment: str, again: Again | None
) -> tuple[list[tuple[str, Try]], str]:
    """The tries at the problems of a kept file, and what is to be said of it."""
    verdict = _read(path.with_suffix(VERDICT))
    if verdict is not None:
        own = (verdict.student, verdict.assignment) == (student, assignment)
        return [(problem.problem, _try(problem, time)) for problem in verdict.problems] if own else [], ""
    sheet = again(path, time) if again else None
    if sheet is None:
        return [], "history-broken"
    own = (sheet.student, sheet.assignment) == (student, assignment)
    return [(problem.problem, try_of(problem, time)) for problem in sheet.problems] if own else [], "history-again"


def _try(problem: _Problem, time: datetime) -> Try:
    key = answers_key(problem.variant, ((ask.id, ask.status, ask.typed) for ask in problem.asks))
    return Try(time, problem.points, key, unread_of((ask.id, ask.status) for ask in problem.asks))


def _read(path: Path) -> _Verdict | None:
    try:
        return None if path.is_symlink() else msgspec.json.decode(path.read_bytes(), type=_Verdict)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


# ----- Hints ------------------------------------------------------------------------------------------------------


def read_hints(folder: Path) -> tuple[tuple[Hint, ...], tuple[Message, ...]]:
    """All hints recorded in a folder, and a note for every line that is none."""
    path = folder / HINTS
    try:
        lines = path.read_bytes().splitlines() if path.is_file() else []
    except OSError:
        return (), (Message("history-broken", {"file": f"{folder.name}/{HINTS}"}),)
    hints, notes = [], []
    for number, line in enumerate(lines, 1):
        try:
            hint = msgspec.json.decode(line, type=Hint) if line.strip() else None
        except (msgspec.DecodeError, UnicodeDecodeError):
            hint = None
        if hint is not None and hint.time.tzinfo is not None and hint.price >= 0:
            hints.append(hint)
        elif line.strip():
            notes.append(Message("history-hint-broken", {"file": f"{folder.name}/{HINTS}", "line": number}))
    return tuple(hints), tuple(notes)


def record_hint(folder: Path, hint: Hint) -> None:
    """Add a hint to the record; the file is written whole, with the lines that were there as they were.

    Raises NotWritten. Of two at once, whoever does not hold the folder loses its line.
    """
    make_folder(folder, private=True)
    path = folder / HINTS
    with told(path):
        before = path.read_bytes() if path.is_file() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_whole(path, before + msgspec.json.encode(hint) + b"\n", private=True)
