"""What is far to seek is looked for as long as it is worth the effort: every sheet has as much of it as any other.

Effort is counted in parts of formulas, not in seconds: a verdict depends on no machine, nor on what is known already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from grader.facts import fact
from grader.language.functions import Function, inlined
from grader.language.nodes import Call, Name, Node, walk
from grader.language.primitives import REPETITIONS
from grader.plan.graph import segment
from grader.plan.plan import STRUCTURE, Plan, Step

MOST = 120
"""For one sheet: most lines take less than 50 where the lines before them are written."""
MOST_OF_FIRST = 400
"""The first line of a sheet may take so much, alone: the dearest of the bank takes 369."""
ROUNDS = 5
"""What is wrong before a loop is gone through with all else; what is wrong within is gone through alone."""
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
    sizes = [_larger(plan.step(name), plan.functions) for name in way]
    return sum(size * (len(way) - index) for index, size in enumerate(sizes))


@fact(needs=(*STRUCTURE, segment, price_of_far))
def price_of_pairs(plan: Plan, ask: str, stop: frozenset[str]) -> int:
    """The same from each step on the way."""
    return price_of_far(plan, ask, stop) * len(segment(plan, ask, stop)) // _PAIRS


def _larger(step: Step, functions: Mapping[str, Function]) -> int:
    """The parts of the formula or of what confirms it, which students may have used: slips are made in either."""
    return max(_size(tree, functions) for tree in (step.tree, step.check) if tree is not None)


def _size(tree: Node, functions: Mapping[str, Function]) -> int:
    """The parts of a formula; those that are gone through again and again count ROUNDS times."""
    whole = list(walk(inlined(tree, functions)))
    loops = (part for part in whole if isinstance(part, Call) and part.op in REPETITIONS)
    repeated = (arg.name for loop in loops for arg in loop.args if isinstance(arg, Name) and arg.name in functions)
    return len(whole) + ROUNDS * sum(_size(functions[name].body, functions) for name in repeated)
