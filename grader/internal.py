"""Faults of ours: they crash loudly; where a class is marked they cost what they struck, and all is kept to mend them.

GRADER_CRASH in the environment, as in the tests, lets them crash there, too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import msgspec

from grader.errors import AuthorError, Message

CRASH = "GRADER_CRASH"
"""Set to anything but 0: nothing is contained."""
LONGEST = 20_000
"""Letters of a traceback that are kept, half from its beginning and half from its end."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class Internal(msgspec.Struct, frozen=True):
    """What failed, as `ValueError: ...`, and where; `said` is what to say of it where the author's file is at fault.

    `asks` are those that were looked at, the innermost first.
    """

    error: str
    traceback: str
    version: str
    said: Message | None = None
    asks: tuple[str, ...] = ()


class _Ask(str):
    """A note on an error: the id of the ask that was looked at."""

    __slots__ = ()


class looking_at:  # noqa: N801 - it is said as `with looking_at(ask.id):`
    """Notes on whatever fails inside which ask was looked at."""

    __slots__ = ("ask",)

    def __init__(self, ask: str) -> None:
        self.ask = ask

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception):
            error.add_note(_Ask(self.ask))


def crashes() -> bool:
    """Whether nothing is contained."""
    return os.environ.get(CRASH, "0") not in ("", "0")


def contained(work: Callable[[], Result]) -> Result | Internal:
    """What comes of the work, or what failed in it; an interrupt is neither."""
    try:
        return work()
    except Exception as error:
        if crashes() and not isinstance(error, AuthorError):
            raise
        return _internal(error)


def apart(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Result]
) -> Iterator[tuple[Sequence[Item], Result | Internal]]:
    """The work on all items at once; where that fails on each half, and so on: a fault strikes its own item alone.

    The work must come to the same for an item whatever stands beside it.
    """
    done = contained(lambda: work(items))
    if isinstance(done, Internal) and len(items) > 1:
        middle = len(items) // 2
        yield from apart(items[:middle], work)
        yield from apart(items[middle:], work)
    else:
        yield items, done


def _internal(error: Exception) -> Internal:
    import traceback  # nobody pays for it where nothing fails

    told = traceback.TracebackException.from_exception(error)
    told.__notes__ = None  # said beside it
    text = "".join(told.format())
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}\n  ...\n{text[-LONGEST // 2 :]}"
    said = error.message if isinstance(error, AuthorError) else None
    asks = tuple(str(note) for note in getattr(error, "__notes__", ()) if isinstance(note, _Ask))
    return Internal("".join(told.format_exception_only()).strip()[:500], text, _version(), said, asks)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("grader")
    except PackageNotFoundError:  # from a folder of sources
        return "unknown"
