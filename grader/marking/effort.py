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

MOST = 400
"""For one sheet: the dearest line of the bank takes 369 where the lines before it are written, most less than 50."""
_PAIRS = 5
"""Two slips at once are looked for from each step on the way, of a fifth of the kinds."""


class Effort:
    """What is left of it for each of some sheets, by member."""

    def __init__(self) -> None:
        self._spent: defaultdict[int, int] = defaultdict(int)

    def afforded(self, members: Sequence[int], price: int) -> list[int]:
        """The members whose sheets have so much left; they have spent it then."""
        able = [member for member in members if self._spent[member] + price <= MOST]
        for member in able:
            self._spent[member] += price
        return able


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
