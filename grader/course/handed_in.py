"""What lies in a folder of handed-in work: every entry is an answers file, is refused with the cure, or ignored."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from grader.course.filenames import answers_name
from grader.course.history import HINTS
from grader.course.stamps import VERDICT
from grader.course.variants import MANIFEST
from grader.errors import InputError, Message
from grader.textfile import decode_any, kind_of_file, read_file
from grader.worksheet.formats import FORMATS

RESULTS, GRADEBOOK = "results.jsonl", "gradebook.csv"
"""What `grade batch` writes."""

_OURS = {MANIFEST, HINTS, RESULTS, GRADEBOOK}
_SYSTEM = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin"}


class HandedIn(msgspec.Struct, frozen=True):
    """The entries below a folder, by their names from there: answers files, what is none, what nobody handed in."""

    files: dict[str, Path]
    refused: dict[str, InputError]
    ignored: tuple[str, ...]


def handed_in(folder: Path, spare: Collection[Path] = ()) -> HandedIn:
    """Every entry below a folder; raises InputError for what is no folder, or has nothing in it.

    `spare` are files that the command was given for something else, a roster perhaps.
    """
    if not folder.exists():
        raise InputError("batch-missing", file=str(folder))
    if not folder.is_dir():
        archive = kind_of_file(folder.name) == "file-kind-archive"
        raise InputError("batch-archive" if archive else "batch-not-folder", file=str(folder))
    found = HandedIn({}, {}, ())
    spared = {path.resolve() for path in spare}
    ignored = [name for name in _sort(folder, "", found) if name]
    for name in [name for name in (*found.files, *found.refused) if (folder / name).resolve() in spared]:
        ignored.append(name)
        found.files.pop(name, None)
        found.refused.pop(name, None)
    if not found.files and not found.refused:
        raise InputError("batch-empty" if ignored else "batch-nothing", file=str(folder), names=sorted(ignored)[:5])
    return HandedIn(found.files, found.refused, tuple(sorted(ignored)))


def _sort(folder: Path, above: str, found: HandedIn) -> Iterator[str]:
    """Sort the entries of a folder into `found`; the names of those that are ignored."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        key = "file-permission" if isinstance(error, PermissionError) else "file-unreadable"
        found.refused[above] = InputError(key, file=above, reason=error.strerror)
        return
    names = {entry.name for entry in entries}
    if not entries and above:
        yield above
    for entry in entries:
        name = f"{above}{_legible(entry.name)}"
        if entry.is_dir():
            if _of_a_system(entry.name):
                yield f"{name}/"
            elif entry.is_symlink():  # it may lead out of the folder, or round in circles
                found.refused[f"{name}/"] = InputError("batch-link", file=name)
            else:
                yield from _sort(Path(entry.path), f"{name}/", found)
        elif _of_a_system(entry.name) or _ours(entry.name, names) or _said_of(Path(entry.path), names):
            yield name
        elif kind := kind_of_file(entry.name):
            found.refused[name] = InputError("file-kind", file=name, kind=Message(kind))
        else:
            found.files[name] = Path(entry.path)


def _legible(name: str) -> str:
    r"""A name in another encoding as it can be written down: the bytes that are no text as `\xff`."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _said_of(path: Path, beside: Collection[str]) -> bool:
    """What somebody kept of `grade submit` beside the file it was said of: a text of that name without answers."""
    if path.suffix != ".txt" or f"{path.stem}.yaml" not in beside:
        return False
    try:
        text, _ = decode_any(read_file(path), path.name)
    except InputError:
        return False
    return re.search(r"(?im)^\W*answers\W*:", text) is None


def _of_a_system(name: str) -> bool:
    """What systems and editors leave behind."""
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM


def _ours(name: str, beside: Collection[str]) -> bool:
    """What the commands write: records, results, and sheets that lie with their manifest and answers files."""
    if name in _OURS or name.endswith(VERDICT):
        return True
    stem, suffix = os.path.splitext(name)
    if MANIFEST not in beside or suffix not in {row.suffix for row in FORMATS.values()}:
        return False
    return any(answers_name(sheet) in beside for sheet in (stem, stem.removeprefix("key-")))
