"""What is wrong with a student's own value from which a later line has no value: the bound it lies beyond.

Each logarithm and root on the way wants something of its argument. Where an argument is computed from one wrong answer,
and along a straight line, that says where the answer has to lie: ln(p) and ln(1 − p) put p between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from grader.arrays import Floats
from grader.errors import Message
from grader.language.evaluate import evaluate
from grader.language.functions import inlined
from grader.language.nodes import Call, walk
from grader.language.unicode import name_unicode
from grader.marking.solved import Solved
from grader.plan.graph import segment
from grader.plan.plan import Ask
from grader.plan.solve import scope_of, solve_sheet

_ABOVE = frozenset({"ln", "log2", "log10"})
_FROM = frozenset({"sqrt"})
_PROBES = (0.0, 1.0, 2.0)


class _Bound(NamedTuple):
    """One side of where a value has to lie: `kind` is how that is said."""

    kind: str
    at: float

    def holds(self, value: float) -> bool:
        """Whether a value is on the right side."""
        beyond = value - self.at if self.low else self.at - value
        return beyond > 0 or (beyond == 0 and self.kind in ("bound-from", "bound-to"))

    @property
    def low(self) -> bool:
        """It is the lower end."""
        return self.kind in ("bound-above", "bound-from")


def outside(sheets: Solved, ask: Ask, index: int, sources: Sequence[str]) -> Message | None:
    """What is said of the first of the wrong answers that lies where it cannot; None where none shows."""
    for source in sources:
        own = sheets.own.get(source)
        if own is not None and own[index].ndim == 0:
            value = float(own[index])
            bounds = list(_bounds(sheets, ask, index, source))
            if any(not bound.holds(value) for bound in bounds):
                said = {"name": name_unicode(source), "value": value, "bound": _in_words(bounds)}
                return Message("follow-outside", said)
    return None


def _bounds(sheets: Solved, ask: Ask, index: int, source: str) -> Iterator[_Bound]:
    """Where a source has to lie for an ask to have a value."""
    plan = sheets.plan_for(ask)
    read = frozenset(sheets.read_steps(index)) - {ask.id}
    given = {name: value[[index] * len(_PROBES)] for name, value in sheets.right.given.items()}
    own = {name: value[[index] * len(_PROBES)] for name, value in sheets.own.items() if name != ask.id}
    own[source] = np.array(_PROBES)
    _, stands = solve_sheet(plan, given, own)
    scope = scope_of(plan, {**given, **stands})
    for step in segment(plan, ask.id, read):
        tree = inlined(plan.step(step).tree, plan.functions)
        for part in walk(tree):
            if isinstance(part, Call) and part.op in _ABOVE | _FROM:
                bound = _bound(part.op, evaluate(part.args[0], scope))
                if bound is not None:
                    yield bound


def _bound(op: str, probes: Floats) -> _Bound | None:
    """The bound where the argument, with these values at the probes, is zero; None where it is on no straight line."""
    if probes.shape != (len(_PROBES),) or not np.isfinite(probes).all():
        return None
    slope, next_slope = np.diff(probes)
    if not slope or abs(slope - next_slope) > 1e-9 * max(1.0, np.abs(probes).max()):
        return None
    at = round(float(-probes[0] / slope), 12) + 0.0
    ends = ("bound-above", "bound-below") if op in _ABOVE else ("bound-from", "bound-to")
    return _Bound(ends[0] if slope > 0 else ends[1], at)


def _in_words(bounds: Sequence[_Bound]) -> Message:
    """Between two ends, or beyond the one there is."""
    low = max((bound for bound in bounds if bound.low), key=lambda bound: bound.at, default=None)
    high = min((bound for bound in bounds if not bound.low), key=lambda bound: bound.at, default=None)
    if low and high:
        return Message("bound-between", {"low": low.at, "high": high.at})
    (end,) = filter(None, (low, high))
    return Message(end.kind, {"at": end.at})
