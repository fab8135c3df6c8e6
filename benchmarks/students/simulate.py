"""From a family to filled-in sheets: right students, students with one slip or two, and what each answer deserves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.students.pens import spoiled
from benchmarks.students.sheet import OF_DIGITS, PENS, Family, Given, Sheet, Slip, pen
from benchmarks.students.texts import Digits, Value, typed

STYLES = ("full", "rounded", "typed")
"""All digits are written; written rounded and carried on unrounded; rounded, and the rounded value carried on."""


@dataclass(frozen=True, slots=True)
class Case:
    """A filled-in sheet. `wrong` answers are wrong of themselves, `follows` right for the student's own earlier values.

    The others are right, as `exact` is throughout. `degenerate` ones came out as zeros, without a value or unmoved:
    what they earn is not measured. Of two slips, `blame` tells which makes an answer wrong.
    """

    position: int
    slips: tuple[Slip, ...]
    style: str
    answers: Mapping[str, str]
    own: Mapping[str, Value]
    exact: Mapping[str, Value]
    wrong: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    degenerate: tuple[str, ...] = ()
    blame: Mapping[str, tuple[Slip, ...]] = field(default_factory=dict)


def worked(family: Family, given: Given, sheet: Sheet) -> Sheet:
    """The sheet filled in; where a slip leads nowhere, the rest stays blank."""
    try:
        with np.errstate(all="ignore"):
            family.work({name: _number(value) for name, value in given.items()}, sheet)
    except (ZeroDivisionError, ValueError, OverflowError):
        for ask in sheet.digits:
            sheet.values.setdefault(ask, np.nan)
    return sheet


def _number(value: Value) -> Value:
    """A choice of the form that is a number, as one."""
    return float(value) if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) else value


def right_case(family: Family, given: Given, digits: Mapping[str, Digits], position: int, style: str) -> Case:
    """A student without a slip; `fractions` is a further style."""
    sheet = worked(family, given, Sheet(digits, carry_typed=style == "typed"))
    answers = {ask: typed(sheet.values[ask], style, digits[ask]) for ask in digits}
    return Case(position, (), style, answers, sheet.values, sheet.values)


def slipping_case(
    family: Family, given: Given, digits: Mapping[str, Digits], position: int, slips: Sequence[Slip], style: str
) -> Case | str:
    """A student with slips; "absent" where one cannot be made in this variant, "hidden" where the answers are right."""
    exact = worked(family, given, Sheet(digits))
    carry = style == "typed"
    sheet = worked(family, given, Sheet(digits, [row for row in slips if not row.pen], position, carry))
    if len(sheet.met) < sum(not row.pen for row in slips):
        return "absent"
    for row in slips:
        if row.pen and not _miswritten(row, sheet, exact.values):
            return "absent"
    # What the student's own values lead to, if everything after them is done right.
    again = worked(family, given, Sheet(digits, own={**sheet.carried}))
    wrong, follows, degenerate = [], [], []
    for ask, rule in digits.items():
        value = sheet.values[ask]
        if _right(rule, value, exact.values[ask]):
            continue
        if _empty(value) or _unmoved(ask, {**given, **sheet.values}):
            degenerate.append(ask)
        if _right(rule, value, again.values[ask]):
            follows.append(ask)
        else:
            wrong.append(ask)
    if wrong and _blank(sheet.values[wrong[0]]):
        return "absent"
    if not wrong:
        return "hidden"
    texts = {ask: typed(sheet.values[ask], "rounded" if _cut(slips, ask) else style, digits[ask]) for ask in digits}
    blame = {ask: _to_blame(family, given, sheet, ask, slips) for ask in wrong} if len(slips) > 1 else {}
    found = (tuple(wrong), tuple(follows), tuple(degenerate))
    return Case(position, tuple(slips), style, texts, sheet.values, exact.values, *found, blame)


def _to_blame(family: Family, given: Given, sheet: Sheet, ask: str, slips: Sequence[Slip]) -> tuple[Slip, ...]:
    """The slips that alone, from the student's own values, lead to this answer."""
    alone = (
        (row, worked(family, given, Sheet(sheet.digits, [row], sheet.position, own=sheet.carried))) for row in slips
    )
    return tuple(row for row, other in alone if _right(sheet.digits[ask], sheet.values[ask], other.values[ask]))


def twin_rules(family: Family, given: Given, digits: Mapping[str, Digits], case: Case, ask: str) -> frozenset[str]:
    """Names of the other slips that give the very same answer from this student's values.

    Those of the table, a factor of two, and those of the pen but for single digits, which could explain anything.
    """
    rule = digits[ask]
    answer = rule.rounded(case.own[ask])
    rules: set[str] = set()
    for row in family.slips:
        for position in range(4 if not row.pen else 0):
            sheet = worked(family, given, Sheet(digits, [row], position, own=case.own))
            rules |= row.rules if rule.accepts(answer, sheet.values[ask]) else set()
    right = worked(family, given, Sheet(digits, own=case.own)).values
    for kind, (_, names) in PENS.items():
        for position in range(6 if kind not in OF_DIGITS else 0):
            value = spoiled(pen(kind, ask), ask, Sheet(digits, position=position, values=dict(right)))
            rules |= set(names.split()) if value is not None and rule.accepts(answer, value) else set()
    if not isinstance(right[ask], str) and any(rule.accepts(answer, right[ask] * factor) for factor in (2, 0.5)):
        rules.add("factor-two")
    return frozenset(rules)


# ----- Slips of the pen ------------------------------------------------------------------------------------------


def _miswritten(row: Slip, sheet: Sheet, right: Mapping[str, Value]) -> bool:
    """Write one of the blanks down wrongly, another one in every variant; False where nothing came of it."""
    lines = [ask for ask in row.at if ask in sheet.values]
    start = sheet.position % max(1, len(lines))
    for ask in lines[start:] + lines[:start]:
        value = spoiled(row, ask, sheet)
        if value is not None and not _right(sheet.digits[ask], value, right[ask]):
            sheet.values[ask] = value
            return True
    return False


def _cut(slips: Sequence[Slip], ask: str) -> bool:
    """The value is already as it is to be written."""
    return any(row.pen == "rounding" and ask in row.at for row in slips)


# ----- Right, blank, empty ---------------------------------------------------------------------------------------


def _right(rule: Digits, value: Value, expected: Value) -> bool:
    """Written as the blank wants it, the value is as good as the expected one."""
    if _blank(value) or _blank(expected):
        return _blank(value) and _blank(expected)
    return rule.accepts(rule.rounded(value), expected)


def _blank(value: Value) -> bool:
    return not isinstance(value, str) and not np.all(np.isfinite(value))


def _unmoved(ask: str, values: Mapping[str, Value]) -> bool:
    """The same as a round before: the step came to nothing."""
    name, _, number = ask.rstrip("]").partition("[")
    before = values.get(f"{name}[{int(number) - 1}]") if number else None
    return before is not None and not isinstance(before, str) and np.array_equal(before, values[ask])


def _empty(value: Value) -> bool:
    """Zeros throughout, but for the noise of doubles, or nothing."""
    return not isinstance(value, str) and (_blank(value) or not np.any(np.abs(value) > 1e-9))
