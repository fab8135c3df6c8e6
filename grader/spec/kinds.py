"""Answer kinds as a file names them, and what is known of a kind before anybody's numbers are: a row each.

The classes that read and judge stand in `grader/blanks/kinds.py`, one for each row.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec


class Traits(msgspec.Struct, frozen=True):
    """What a kind can do, and from what it follows where the file does not name it.

    part       a part of the ask that makes it this kind (`choice: ...`)
    step       what the asked step is: a `function`, a `symbolic` formula in named arrays, or a `value`
    rank       the number of axes of the value, where nothing but the value tells
    numbers    what is asked for are numbers, the entries of an array of solved values
    whole      they are whole and exact
    rounded    it takes the rule of rounding of the sheet, and what honest rounding on the way adds to it
    variables  what is asked for is a formula in the variables of the ask
    arrays     what is asked for is a formula in the named arrays of the problem
    options    options are printed and answered by number
    several    any number of them may be right
    enclosed   its numbers stand in brackets that say more than an array's
    unordered  its numbers may be given in any order
    """

    name: str
    part: str = ""
    step: str = ""
    rank: int | None = None
    numbers: bool = False
    whole: bool = False
    rounded: bool = False
    variables: bool = False
    arrays: bool = False
    options: bool = False
    several: bool = False
    enclosed: bool = False
    unordered: bool = False

    @property
    def single(self) -> bool:
        """The answer is one number, for which a short line is enough."""
        return self.whole or self.rank == 0

    @property
    def formula(self) -> bool:
        """The answer is a formula."""
        return self.variables or self.arrays

    @property
    def diagnosed(self) -> bool:
        """The answers that slips give can be computed and held against a student's."""
        return self.numbers or self.formula


ROWS = (
    Traits("choice", part="choice", options=True),
    Traits("choices", part="choices", options=True, several=True),
    Traits("construct", part="fields"),
    Traits("interval", part="interval", numbers=True, rounded=True, enclosed=True),
    Traits("table", part="rows"),
    Traits("matrix expression", step="symbolic", arrays=True),
    Traits("expression", step="function", variables=True),
    Traits("", step="value", numbers=True, rounded=True),  # one of the next three, told by the shape of the value
    Traits("number", rank=0, numbers=True, rounded=True),
    Traits("vector", rank=1, numbers=True, rounded=True),
    Traits("matrix", rank=2, numbers=True, rounded=True),
    Traits("integer", numbers=True, whole=True),
    Traits("set", numbers=True, rounded=True, enclosed=True, unordered=True),
)
"""In the order in which they are tried where a kind follows."""

TRAITS = {row.name: row for row in ROWS}
NAMES = tuple(name for name in TRAITS if name)
BY_RANK = {row.rank: row.name for row in ROWS if row.rank is not None}


def following(parts: Collection[str], step: str) -> str:
    """The kind that follows from the parts an ask has and from what its step is."""
    return next(row.name for row in ROWS if row.part in parts or (row.step and row.step == step))
