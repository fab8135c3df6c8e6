"""A folder for oneself: what is read, counted and written in it happens before or after what others do there.

The lock is the system's, on a file that stays: it ends with the process that holds it, however that ends, and holds
over NFS. Where a file system has no locks, nothing is held.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.course.disk import told
from grader.errors import NotWritten

LOCK = ".lock"
PATIENCE = 30.0
"""Seconds to wait for the other; marking a file anew takes a few."""
_PAUSE = 0.02
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}


@contextmanager
def held(folder: Path, patience: float | None = None) -> Iterator[None]:
    """The folder for this process alone; raises NotWritten after so many seconds, or where it may not be written."""
    with told(folder):
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(folder / LOCK, flags, 0o600)
    try:
        _wait(handle, folder, PATIENCE if patience is None else patience)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, folder: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while not _locked(handle, folder):
        if time.monotonic() > until:
            raise NotWritten("disk-busy", file=str(folder), count=round(patience))
        time.sleep(_PAUSE)


def _locked(handle: int, folder: Path) -> bool:
    """Whether it is ours now."""
    try:
        _lock(handle)
    except (BlockingIOError, PermissionError):  # the second is what Windows says
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            with told(folder):
                raise
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
