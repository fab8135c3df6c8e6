"""Tolerances explained: the rule of each ask of numbers, who gave it, how much honest rounding adds, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from grader.arrays import Floats, Truths
from grader.blanks.kinds import kind_of
from grader.blanks.propagation import expected_values, propagated_to
from grader.blanks.rounding import margin_of
from grader.blanks.written import fraction_latex
from grader.check.margins import Margin
from grader.check.report import Finding, warning
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.spec.problem import Problem
from grader.tolerance import Tolerance

WIDE = 10.0
"""Units of the last digit: a margin of a whole digit means that one digit less would say the same."""
LONG_SHARE = 0.05
_SHORT = Tolerance(significant=8)


def margins_of(groups: Sequence[Group]) -> list[Margin]:
    """The margin of every ask of numbers or arrays, in the order of the file."""
    margins: dict[str, Margin] = {}
    for group in groups:
        for ask in group.plan.asks:
            if kind_of(ask, group).traits.rounded:
                _measure(margins.setdefault(ask.id, Margin(ask)), ask, group)
    return list(margins.values())


def _measure(measured: Margin, ask: Ask, group: Group) -> None:
    expected = expected_values(ask, group)
    size = len(expected)
    if not ask.tolerance.is_exact:
        unit = 2 * ask.tolerance.allowance(expected)
        parts = {name: _in_units(part, unit) for name, part in propagated_to(ask, group).items()}
        margin = _in_units(margin_of(ask, group), unit) if parts else np.full(expected.shape, 0.5)
        measured.undefined += int(np.isnan(margin).reshape(size, -1).any(axis=1).sum())
        measured.widest = max(measured.widest, float(np.nanmax(margin, initial=0.5)))
        mean = float(np.nanmean(margin)) if np.isfinite(margin).any() else 0.5
        measured.mean = (measured.mean * measured.variants + mean * size) / (measured.variants + size)
        for name, part in parts.items():
            if (most := float(np.nanmax(part, initial=0))) > 0:
                measured.parts[name] = max(measured.parts.get(name, 0.0), most)
    if ask.rule_from == "nobody":
        measured.long += int((_is_long(expected)).reshape(size, -1).any(axis=1).sum())
    measured.variants += size


def _in_units(value: Floats, unit: Floats) -> Floats:
    result: Floats = np.divide(value, unit, out=np.zeros(value.shape), where=unit > 0)
    return result


def _is_long(value: Floats) -> Truths:
    """Neither a short decimal nor a short fraction."""
    long: Truths = np.abs(_SHORT.rounded(value) - value) > 1e-12 * np.abs(value)
    for entry in map(tuple, np.argwhere(long)):
        long[entry] = fraction_latex(float(value[entry])) is None
    return long


def tolerance_findings(problem: Problem, margins: Sequence[Margin]) -> Iterator[Finding]:
    """Asks that no digits are left of, and asks that nobody told how to round."""
    for margin in margins:
        ask, units = margin.ask.id, round(margin.widest, 1)
        if margin.undefined:
            percent = max(1, round(100 * margin.undefined / margin.variants))
            yield warning(problem, "check-margin-undefined", margin.ask.path, ask=ask, percent=percent)
        elif margin.widest > WIDE:
            yield warning(problem, "check-margin-wide", margin.ask.path, ask=ask, units=units, step=margin.step)
        if margin.long > LONG_SHARE * margin.variants:
            percent = round(100 * margin.long / margin.variants)
            yield warning(problem, "check-rule-missing", margin.ask.path, ask=ask, percent=percent)
