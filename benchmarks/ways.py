"""Other quantities that an answer can be computed from: found by moving one answer of a sheet alone.

`python -m benchmarks ways [--students 60] [--families ID ...] [--json]`. Of every form that so many students meet, each
asked number in turn is moved on a sheet that is right besides, and every asked number after it is computed by its own
formula and by each of the other ways that follow-through knows. A line stands for a pair that a way connects and the
formula does not, or with another value.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np

import grader
from grader.language.unicode import to_unicode
from grader.plan.group import Group
from grader.plan.plan import Plan
from grader.plan.solve import solve_sheet
from grader.plan.ways import ways_to


@dataclass(frozen=True, slots=True)
class Pair:
    """An asked number that another one can be computed from; `formula` is the way, `also` whether its own reads it."""

    family: str
    answer: str
    source: str
    also: bool
    formula: str


def pairs_of(family: str, students: int) -> tuple[list[Pair], Counter[str]]:
    """The pairs of a family that ways connect, and how many pairs of asked numbers there are by what connects them."""
    found: dict[Pair, None] = {}
    counts: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for group in grader.bank()[family].variants(range(students)).groups:
        steps = [name for ask in group.plan.asks if (name := group.plan.asked_step(ask)) and ask.traits.numbers]
        numbers = [step.name for step in group.plan.steps if step.name in steps]
        for place, answer in enumerate(numbers):
            for source in numbers[:place]:
                met = list(_connecting(group, answer, source))
                if (answer, source) not in seen:
                    seen.add((answer, source))
                    counts["a way" if met else "the formula" if _reads(group, group.plan, answer, source) else ""] += 1
                also = _reads(group, group.plan, answer, source)
                for way in met:
                    found[Pair(family, answer, source, also, to_unicode(way.step(answer).tree, "en"))] = None
    return list(found), counts


def _connecting(group: Group, answer: str, source: str) -> Iterator[Plan]:
    """The ways by which an answer moves with a source otherwise than by its own formula."""
    own = _moved(group, group.plan, answer, source)
    for way in ways_to(group.plan, answer):
        value = _moved(group, way, answer, source)
        right = group.solution[answer]
        if not np.allclose(value, own, equal_nan=True) and not np.allclose(value, right, equal_nan=True):
            yield way


def _reads(group: Group, plan: Plan, answer: str, source: str) -> bool:
    return not np.allclose(_moved(group, plan, answer, source), group.solution[answer], equal_nan=True)


def _moved(group: Group, plan: Plan, answer: str, source: str) -> np.ndarray:
    """An answer where a source is wrong and all others are right."""
    asked = [name for ask in group.plan.asks if (name := group.plan.asked_step(ask)) in group.solution]
    own = {name: group.solution[name] for name in asked if name != answer}
    own[source] = own[source] * 1.37 + 0.211
    return solve_sheet(plan, group.given, own)[0][answer]


def main(argv: Sequence[str]) -> int:
    """Print a line per pair and the sums."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks ways", description=__doc__)
    parser.add_argument("--students", type=int, default=60, help="whose forms are looked at")
    parser.add_argument("--families", nargs="+", metavar="ID", default=sorted(grader.bank()))
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(argv)
    rows: list[Pair] = []
    counts: Counter[str] = Counter()
    for family in options.families:
        pairs, some = pairs_of(family, options.students)
        rows += pairs
        counts += some
    if options.json:
        json.dump({"students": options.students, "pairs": [asdict(row) for row in rows]}, sys.stdout, indent=2)
        return 0
    for row in rows:
        print(f"{row.family:30} {row.answer:7} from {row.source:7} {'too ' if row.also else 'only'} by {row.formula}")
    print(
        f"{counts['a way']} pairs by another way, {counts['the formula']} by the formula alone, {counts['']} not at all"
    )
    return 0
