"""What a course folder remembers of a student: submissions with their verdicts, and the hints taken.

    submissions/ivanova/20261130T184512.yaml             the file as handed in, named by its time (UTC)
                        20261130T184512.verdict.json     what `grade submit --json` says, with nothing left out
                        hints.jsonl                      a line per hint

A file that is none of these, or broken, is skipped with a note.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from grader.blanks.kind import Typed
from grader.course.attempts import Try, answers_key, unread_of
from grader.course.folder import write_whole
from grader.errors import Message

HINTS = "hints.jsonl"
VERDICT = ".verdict.json"
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:-([1-9]\d{0,5}))?")


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


def stamp_of(name: str) -> tuple[datetime, int] | None:
    """When a submission came, from its file name, and its number within that second; None for another name."""
    stamp = _STAMP.fullmatch(name.partition(".")[0])  # by hand: strptime takes 5 ms to load
    if stamp is None:
        return None
    try:
        return datetime(*map(int, stamp.groups()[:6]), tzinfo=UTC), int(stamp[7] or 1)  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def read_history(folder: Path, student: str, assignment: str) -> History:
    """What a student's folder holds of an assignment; a folder that is not there holds nothing."""
    notes: list[Message] = []
    submissions: list[tuple[tuple[datetime, int], _Verdict]] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        stamp = stamp_of(path.name)
        if path.name.endswith(VERDICT):
            verdict = _read(path) if stamp is not None else None
            if stamp is None or verdict is None:
                notes.append(Message("history-broken", {"file": f"{folder.name}/{path.name}"}))
            elif (verdict.student, verdict.assignment) == (student, assignment):
                submissions.append((stamp, verdict))
        elif not _known(path):
            notes.append(Message("history-foreign", {"file": f"{folder.name}/{path.name}"}))
    tries: dict[str, list[Try]] = {}
    for (time, _), verdict in sorted(submissions, key=lambda item: item[0]):
        for problem in verdict.problems:
            key = answers_key(problem.variant, ((ask.id, ask.status, ask.typed) for ask in problem.asks))
            unread = unread_of((ask.id, ask.status) for ask in problem.asks)
            tries.setdefault(problem.problem, []).append(Try(time, problem.points, key, unread))
    hints, broken = read_hints(folder)
    own = tuple(hint for hint in hints if (hint.student, hint.assignment) == (student, assignment))
    return History(tries, own, (*notes, *broken))


def _known(path: Path) -> bool:
    """A copy with its verdict beside it, the hints, or a hidden file."""
    if path.suffix == ".yaml" and stamp_of(path.name) is not None:
        return path.with_suffix(VERDICT).exists()
    return path.name == HINTS or path.name.startswith(".")


def _read(path: Path) -> _Verdict | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Verdict)
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
    """Add a hint to the record; the file is written whole, with the lines that were there as they were."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / HINTS
    before = path.read_bytes() if path.is_file() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_whole(path, before + msgspec.json.encode(hint) + b"\n")
