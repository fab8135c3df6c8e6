"""Another number in the place of one in a formula: any at all, found by what the formula needs there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from grader.arrays import Floats
from grader.blanks.expressions import written_out
from grader.errors import GraderError
from grader.language.evaluate import evaluate
from grader.language.nodes import Name, Node, Number, names, replaced, walk
from grader.marking.match import Match, of_mutant
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.slips.rank import FAR
from grader.slips.table import Family, row
from grader.suspects.mutants import Mutant

_OFF = row(Family.NODE, "number-off")
_CLOSE, _LARGEST, _DECIMALS = 1e-9, 1000, 2
_PROBE = 0.7310585


def another_number(group: Group, ask: Ask, points: Mapping[str, Floats], typed: Floats) -> list[Match]:
    """The places of a formula where another number gives what one student typed, the values at the points.

    `group` is that student alone. A formula that is linear in the number says which it is: a number as people write
    them, or none.
    """
    if ask.tree is None:
        return []
    tree, values = written_out(ask.tree, group.plan), {**group.values, **points}
    drawn = {given.name for given in group.plan.givens if given.draw and not np.ndim(given_value(group, given.name))}
    found = []
    for place, own in _places(tree, drawn - set(ask.variables), group):
        number = _number_at(tree, place, own, values, typed)
        if number is not None:
            step = group.plan.asked_step(ask) or ask.id
            wrong = replaced(tree, place, Number(f"{number:g}"))
            found.append(of_mutant(Mutant(_OFF.rule, step, {step: wrong}, FAR, part=place)))
    return found


def given_value(group: Group, name: str) -> Floats:
    """A given of one student."""
    value: Floats = group.given[name][0]
    return value


def _places(tree: Node, drawn: set[str], group: Group) -> Iterator[tuple[Node, float]]:
    """The drawn numbers of a formula by name, and those that stand in it, with what they are."""
    for name in sorted(names(tree) & drawn):
        yield Name(name), float(given_value(group, name))
    for part in dict.fromkeys(walk(tree)):
        if isinstance(part, Number):
            yield part, float(part.text)


def _number_at(tree: Node, place: Node, own: float, values: Mapping[str, Floats], typed: Floats) -> float | None:
    """The one number in this place with which the formula is what was typed."""
    spot = "·"

    def at(number: float) -> Floats:
        return evaluate(replaced(tree, place, Name(spot)), {**values, spot: np.array([number])})

    try:
        none, one, here, probe = (at(number) for number in (0.0, 1.0, own, _PROBE))
    except GraderError:
        return None
    with np.errstate(all="ignore"):
        slope = one - none
        straight = (
            np.abs(none + np.multiply.outer([own, _PROBE], slope) - [here, probe]) <= _CLOSE * np.abs(here) + 1e-12
        )
        number = (typed - none) / slope
    if not (straight.all() and np.isfinite(number).all() and np.ptp(number) <= _CLOSE * np.abs(number).max()):
        return None
    put = round(float(number[0]), _DECIMALS)
    plain = abs(put - float(number[0])) <= _CLOSE * max(1.0, abs(put)) and abs(put) <= _LARGEST
    return put if plain and put not in (0.0, own, -own) else None
