"""Submissions by their time: `20261130T184512.yaml`, and `20261130T184512-2.yaml` is the next of that second (UTC)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

COPY, VERDICT = ".yaml", ".verdict.json"
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:-([1-9]\d{0,5}))?")
_OVERTAKEN = timedelta(minutes=5)
"""By so much may one that waited be overtaken; more is a clock that was set."""


def stamp_of(name: str) -> tuple[datetime, int] | None:
    """When a submission came, from its file name, and its number within that second; None for another name."""
    stamp = _STAMP.fullmatch(name.partition(".")[0])  # by hand: strptime takes 5 ms to load
    if stamp is None:
        return None
    try:
        return datetime(*map(int, stamp.groups()[:6]), tzinfo=UTC), int(stamp[7] or 1)  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def copies_in(folder: Path) -> list[Path]:
    """The submissions in a folder, in the order they came; raises OSError for a folder that cannot be read."""
    paths = folder.iterdir() if folder.exists() else ()
    stamped = [(stamp, path) for path in paths if path.suffix == COPY and (stamp := stamp_of(path.name)) is not None]
    return [path for _, path in sorted(stamped)]


def time_behind(last: Path | None, now: datetime) -> datetime:
    """The time of a submission: now, or that of a later one that was faster, so that they stay in their order."""
    stamp = stamp_of(last.name) if last is not None else None
    return stamp[0] if stamp is not None and now < stamp[0] <= now + _OVERTAKEN else now


def free_names(last: Path | None, time: datetime) -> Iterator[str]:
    """Names for a submission of that time, behind the last one of the same second."""
    name = time.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
    stamp = stamp_of(last.name) if last is not None else None
    first = stamp[1] + 1 if stamp is not None and stamp[0] == time.replace(microsecond=0) else 1
    yield from (f"{name}-{number}" if number > 1 else name for number in count(first))
