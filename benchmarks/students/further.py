"""Further slips of a family: each spoils one blank of a sheet that is worked rightly before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, Slip, slip

Own = dict[str, Any]
"""What the student goes on with, by blank."""
Wrong = Callable[[Given, Own], Any]
"""What is written; None where the slip cannot be made."""


@dataclass
class Spoiling:
    """A sheet on which the slips of the table are made in writing a blank."""

    sheet: Sheet
    given: Given
    table: dict[str, list[tuple[str, Wrong]]]
    own: Own = field(default_factory=dict)

    def __call__(self, name: str, number: int = 1, of: int = 1) -> bool:
        """Whether one of the slips that the family knows already is made here."""
        return self.sheet(name, number, of)

    @property
    def digits(self) -> Any:
        return self.sheet.digits

    @property
    def made(self) -> Sequence[Slip]:
        """All slips of the student: a family that is further already may get more."""
        return self.sheet.made

    def write(self, ask: str, value: Any) -> Any:
        made = {row.name for row in self.sheet.made}
        for name, wrong in self.table.get(ask, ()):
            put_in = wrong(self.given, {**self.own, "now": value}) if name in made else None
            if put_in is not None and self.sheet(name):
                value = put_in
        self.own[ask] = self.sheet.write(ask, value)
        return self.own[ask]


def further(family: Family, *rows: tuple[str, str, str, Wrong]) -> Family:
    """The family with these slips: words, names for it, the blank and the steps it is made in, what is written."""
    table: dict[str, list[tuple[str, Wrong]]] = {}
    for name, _, at, wrong in rows:
        table.setdefault(at.split()[0], []).append((name, wrong))

    def work(given: Given, sheet: Sheet) -> None:
        family.work(given, Spoiling(sheet, given, table))  # type: ignore[arg-type]

    return Family(
        family.problem, work, family.slips + tuple(slip(name, rules, at) for name, rules, at, _ in rows), family.pairs
    )


def array(given: Given, name: str) -> np.ndarray:
    """A given vector or matrix."""
    return np.array(given[name], float)
