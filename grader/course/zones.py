"""Time zones by name: `Europe/Moscow`, `UTC`, `+03:00`."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?")


def zone_of(name: str) -> tzinfo | None:
    """The zone of a name or an offset; None where there is none of that name."""
    if name in ("UTC", "Z", "GMT"):
        return UTC
    if (offset := _OFFSET.fullmatch(name.replace("−", "-"))) is not None:
        away = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-away if offset[1] == "-" else away) if away < timedelta(hours=24) else None
    from zoneinfo import ZoneInfo  # imported here: most courses are marked without it

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not known, a path, or a folder of zones
        return None
