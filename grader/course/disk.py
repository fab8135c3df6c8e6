"""Writing: whole or not at all, with the rights that the content asks for, and a clear word where it fails.

What holds secrets or a student's work is `private`: for the owner alone. Everything else has the rights that the
system gives to new files, and a file that is replaced keeps those that it had.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.errors import NotWritten

_WHY = {
    errno.ENOSPC: "disk-full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "disk-full",
    errno.EFBIG: "disk-full",
    errno.EACCES: "disk-denied",
    errno.EPERM: "disk-denied",
    errno.EROFS: "disk-denied",
    errno.ENOTDIR: "disk-in-the-way",
    errno.EEXIST: "disk-in-the-way",
    errno.EISDIR: "disk-folder",
    errno.ENAMETOOLONG: "disk-name",
}
_PART = re.compile(r"\.(?:grader-[0-9a-f]{16}|[a-z0-9_]{8}|.+\.\d+)\.part")  # ours, and those of earlier releases
LITTER_SECONDS = 3600


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the system refuses, as NotWritten with the place and the cure."""
    try:
        yield
    except OSError as error:
        key = _WHY.get(error.errno or 0, "disk-failed")
        raise NotWritten(key, file=str(path), reason=error.strerror or str(error)) from error
    except UnicodeEncodeError as error:  # a system whose names have no letters beyond ASCII
        raise NotWritten("disk-name", file=str(path)) from error


def make_folder(path: Path, *, private: bool = False) -> None:
    """A folder with those above it; one that is there stays as it is. Raises NotWritten."""
    with told(path):
        missing = [folder for folder in (path, *path.parents) if not folder.is_dir()]
        for folder in reversed(missing):
            try:
                os.mkdir(folder, 0o700 if private else 0o777)
            except FileExistsError:
                if not folder.is_dir():
                    raise NotWritten("disk-in-the-way", file=str(folder)) from None


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that it is either as it was or complete: a temporary file, synced, renamed; raises NotWritten."""
    write_together({path: data}, private=private)


def write_together(files: Mapping[Path, bytes], *, private: bool = False) -> None:
    """Several files of one run: where one of them has no room, all stay as they were. Raises NotWritten."""
    parts: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            parts.append((_part(path, data, private), path))
        for part, path in parts:
            with told(path):
                os.replace(part, path)
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)


def write_new(path: Path, data: bytes, *, private: bool = False) -> bool:
    """Write a file whole unless one of that name is there: of two at the same moment one wins, the other is told."""
    if os.path.lexists(path):
        return False
    part = _part(path, data, private)
    try:
        with told(path):
            return _linked(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_with(path: Path, data: bytes, beside: Path, more: bytes) -> bool:
    """A private file that is new, as `write_new`, and another beside it; the first is there only if both have room."""
    if os.path.lexists(path):
        return False
    other = _part(beside, more, private=True)
    try:
        if not write_new(path, data, private=True):
            return False
        with suppress(OSError):  # the first is there and counts; the other can be made again
            os.replace(other, beside)
        return True
    finally:
        other.unlink(missing_ok=True)


def _linked(part: Path, path: Path) -> bool:
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        os.replace(part, path)
    return True


def _part(path: Path, data: bytes, private: bool) -> Path:
    """The content beside its place, under a name of its own, safe on the disk."""
    part = path.with_name(f".grader-{os.urandom(8).hex()}.part")
    with told(path):
        if path.is_dir():
            raise NotWritten("disk-folder", file=str(path))
        mode = _mode_of(path)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                os.chmod(part, mode)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return part


def _mode_of(path: Path) -> int | None:
    """The rights of an ordinary file that is there."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return stat.S_IMODE(status.st_mode) if stat.S_ISREG(status.st_mode) else None


def sweep(folders: Iterable[Path]) -> None:
    """Take away what runs that were killed have left half written, once it is old enough to be nobody's work."""
    before = time.time() - LITTER_SECONDS
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                old = [entry.path for entry in entries if _is_litter(entry, before)]
            for path in old:
                os.unlink(path)
        except OSError:  # what cannot be swept is in nobody's way
            continue


def _is_litter(entry: os.DirEntry[str], before: float) -> bool:
    return (
        _PART.fullmatch(entry.name) is not None
        and entry.is_file(follow_symlinks=False)
        and entry.stat(follow_symlinks=False).st_mtime < before
    )
