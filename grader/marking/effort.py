"""What is far to seek is looked for as long as it is worth the effort: every sheet has as much of it as any other.

Effort is counted in parts of formulas, not in seconds: a verdict depends on no machine, nor on what is known already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from grader.facts import fact
from grader.language.functions import inlined
from grader.language.nodes import walk
from grader.plan.graph import segment
from grader.plan.plan import STRUCTURE, Plan

MOST = 200
"""For one sheet: most lines take less than 50 where the lines before them are written."""
MOST_OF_FIRST = 400
"""The first line of a sheet may take so much, alone: the dearest of the bank takes 369."""
_PAIRS = 5
"""Two slips at once are looked for from each step on the way, of a fifth of the kinds."""


class Effort:
    """What is left of it for each of some sheets, by member."""

    def __init__(self) -> None:
        self._spent: defaultdict[int, int] = defaultdict(int)
        self._first: dict[int, str] = {}

    def afforded(self, line: str, members: Sequence[int], price: int) -> list[int]:
        """The members whose sheets have so much left for a line; they have spent it then."""
        able = [member for member in members if self._spent[member] + price <= self._most(line, member)]
        for member in able:
            self._spent[member] += price
            self._first.setdefault(member, line)
        return able

    def _most(self, line: str, member: int) -> int:
        return MOST_OF_FIRST if self._first.get(member, line) == line else MOST


@fact(needs=(*STRUCTURE, segment))
def price_of_far(plan: Plan, ask: str, stop: frozenset[str]) -> int:
    """Every part of every formula on the way may be wrong, and is then computed on to the answer."""
    way = segment(plan, ask, stop)
    functions = dict(plan.functions)
    sizes = [sum(1 for _ in walk(inlined(plan.step(name).tree, functions))) for name in way]
    return sum(size * (len(way) - index) for index, size in enumerate(sizes))


@fact(needs=(*STRUCTURE, segment, price_of_far))
def price_of_pairs(plan: Plan, ask: str, stop: frozenset[str]) -> int:
    """The same from each step on the way."""
    return price_of_far(plan, ask, stop) * len(segment(plan, ask, stop)) // _PAIRS
