"""What marking leaves out where it failed (`grader/marking/contain.py`)."""

from __future__ import annotations

import msgspec


class Aside(msgspec.Struct, frozen=True):
    """Asks that are not marked at all, and those that are but of which nothing more is told: no slip, no echo."""

    unmarked: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()


NOTHING = Aside()
