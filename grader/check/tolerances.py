"""Tolerances explained: the rule of each ask of numbers, who gave it, how much honest rounding adds, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.arrays import Floats
from grader.blanks.carried import carried_by, expected_values
from grader.blanks.kinds import kind_of
from grader.blanks.numbers import fraction_latex
from grader.blanks.rounding import margin_of
from grader.check.report import Finding, warning
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.spec.problem import Problem
from grader.tolerance import Tolerance

WIDE = 10.0
"""Units of the last digit: a margin of a whole digit means that one digit less would say the same."""
LONG_SHARE = 0.05
_SHORT = Tolerance(significant=8)


@dataclass
class Row:
    """One ask over all its variants; margins in units of its last digit (for other rules: in twice what they allow)."""

    ask: Ask
    margin: float = 0.5
    mean: float = 0.5
    parts: dict[str, float] = field(default_factory=dict)
    variants: int = 0
    undefined: int = 0
    long: int = 0

    @property
    def step(self) -> str:
        """The line whose rounding adds most; "" where nothing does."""
        return max(self.parts, key=lambda name: self.parts[name], default="")

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        names = {"decimals", "significant", "relative", "absolute"}
        rule = {name: value for name in sorted(names) if (value := getattr(self.ask.tolerance, name)) is not None}
        parts = {name: round(part, 3) for name, part in sorted(self.parts.items(), key=lambda item: -item[1])}
        measured = self.ask.tolerance.digits or self.parts  # a rule without digits has no last one
        return {
            "ask": self.ask.id,
            "rule": rule,
            "from": self.ask.rule_from,
            "margin": round(self.margin, 3) if measured else None,
            "mean": round(self.mean, 3) if measured else None,
            "step": self.step,
            "parts": parts,
        }


def tolerance_rows(groups: Sequence[Group]) -> list[Row]:
    """A row for every ask of numbers or arrays, in the order of the file."""
    rows: dict[str, Row] = {}
    for group in groups:
        for ask in group.plan.asks:
            if kind_of(ask, group).traits.rounded:
                _measure(rows.setdefault(ask.id, Row(ask)), ask, group)
    return list(rows.values())


def _measure(row: Row, ask: Ask, group: Group) -> None:
    expected = expected_values(ask, group)
    size = len(expected)
    if not ask.tolerance.is_exact:
        unit = 2 * ask.tolerance.allowance(expected)
        parts = {name: _in_units(part, unit) for name, part in carried_by(ask, group).items()}
        margin = _in_units(margin_of(ask, group), unit) if parts else np.full(expected.shape, 0.5)
        row.undefined += int(np.isnan(margin).reshape(size, -1).any(axis=1).sum())
        row.margin = max(row.margin, float(np.nanmax(margin, initial=0.5)))
        mean = float(np.nanmean(margin)) if np.isfinite(margin).any() else 0.5
        row.mean = (row.mean * row.variants + mean * size) / (row.variants + size)
        for name, part in parts.items():
            if (most := float(np.nanmax(part, initial=0))) > 0:
                row.parts[name] = max(row.parts.get(name, 0.0), most)
    if ask.rule_from == "nobody":
        row.long += int((_is_long(expected)).reshape(size, -1).any(axis=1).sum())
    row.variants += size


def _in_units(value: Floats, unit: Floats) -> Floats:
    result: Floats = np.divide(value, unit, out=np.zeros(value.shape), where=unit > 0)
    return result


def _is_long(value: Floats) -> Any:
    """Neither a short decimal nor a short fraction."""
    long = np.abs(_SHORT.rounded(value) - value) > 1e-12 * np.abs(value)
    for place in np.argwhere(long):
        long[tuple(place)] = fraction_latex(float(value[tuple(place)])) is None
    return long


def tolerance_findings(problem: Problem, rows: Sequence[Row]) -> Iterator[Finding]:
    """Asks that no digits are left of, and asks that nobody told how to round."""
    for row in rows:
        ask, units = row.ask.id, round(row.margin, 1)
        if row.undefined:
            percent = max(1, round(100 * row.undefined / row.variants))
            yield warning(problem, "check-margin-undefined", row.ask.path, ask=ask, percent=percent)
        elif row.margin > WIDE:
            yield warning(problem, "check-margin-wide", row.ask.path, ask=ask, units=units, step=row.step)
        if row.long > LONG_SHARE * row.variants:
            percent = round(100 * row.long / row.variants)
            yield warning(problem, "check-rule-missing", row.ask.path, ask=ask, percent=percent)
