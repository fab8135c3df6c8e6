"""The whole bank: one accident costs its own line, wherever it happens; what follows from guesses earns little."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache

import families
import numpy as np
import pytest

import grader
from benchmarks.diagnosis import digits_of
from benchmarks.students import FAMILIES
from benchmarks.students.sheet import Sheet
from benchmarks.students.simulate import STYLES, worked
from benchmarks.students.texts import Digits, Value, typed
from grader.marking.mark import mark
from grader.marking.verdict import Shares

every_family = pytest.mark.parametrize("name", families.deep_among(FAMILIES.keys() & set(families.FAMILIES)))
GUARDS = frozenset({"follow-undefined", "follow-outside", "follow-trivial", "follow-constant"})
STUDENTS = 4


@cache
def room(name: str) -> grader.Variants:
    return grader.bank()[name].variants(range(700, 700 + STUDENTS))


def sheet_from(name: str, variant: grader.Variant, own: Mapping[str, Value], style: str) -> dict[str, str]:
    """The sheet of a student with some values of the student's own, and the rest worked out from them."""
    digits = digits_of(variant)
    paper = Sheet(digits, carry_typed=style == "typed", own=own)
    values = {**worked(FAMILIES[name], variant.given, paper).values, **own}
    return {ask: typed(values[ask], "full" if ask in own else style, rule) for ask, rule in digits.items()}


def right_values(name: str, variant: grader.Variant) -> Mapping[str, Value]:
    return worked(FAMILIES[name], variant.given, Sheet(digits_of(variant))).values


# ----- One accident ----------------------------------------------------------------------------------------------


def accident(value: Value, place: int, rule: Digits) -> Value:
    """A value that no slip gives, with as many digits as the right one may have."""
    if isinstance(value, str):
        return f"1.7*({value})"
    right = np.asarray(value, dtype=float)
    away = right * (1.31 + 0.07 * (place % 5)) + (0.613 if place % 2 else -0.613) * max(1.0, float(np.abs(right).max()))
    if rule.decimals is None and rule.significant is None and np.all(right == np.round(right)):
        return np.round(away) + (np.round(away) == right)
    return rule.rounded(away)


@every_family
def test_an_accident_costs_its_own_line(name: str) -> None:
    """Every line in turn, however the others are written and carried on."""
    variants = room(name)
    for number, ask in enumerate(dict.fromkeys(ask for variant in variants for ask in variant.asks)):
        sheets = []
        for place, variant in enumerate(variants):
            rules = digits_of(variant)
            spoiled = {ask: accident(right_values(name, variant)[ask], place, rules[ask])} if ask in rules else {}
            sheets.append(sheet_from(name, variant, spoiled, STYLES[(number + place) % len(STYLES)]))
        for variant, sheet, marks in zip(variants, sheets, variants.mark(sheets), strict=True):
            for verdict in marks:
                if (
                    verdict.ask != ask
                    and sheet.get(verdict.ask)
                    and not GUARDS & {said.key for said in verdict.reasons}
                ):
                    lost = variant.seed, ask, sheet.get(ask), verdict.ask, sheet[verdict.ask], verdict.status
                    assert verdict.points == pytest.approx(verdict.of), lost
                assert not (verdict.status in ("correct", "follows") and verdict.slips)


# ----- Nothing but guesses ---------------------------------------------------------------------------------------


def guess(value: Value, rule: Digits, numbers: list[float]) -> Value:
    """An easy number that was not guessed yet, or a formula that is none; far from the right one."""
    if isinstance(value, str):
        return f"{numbers.pop():g}"
    right = np.asarray(value, dtype=float)
    while True:
        drawn = np.full(right.shape, numbers.pop())
        if np.all(np.abs(drawn - right) > 0.3 * np.abs(right)) and not rule.accepts(drawn, right):
            return drawn


def guessed_sheet(name: str, variant: grader.Variant, rnd: random.Random) -> dict[str, str]:
    """More than half of the lines are guessed, the first ones or any; the rest follows."""
    rules, right, asks = digits_of(variant), right_values(name, variant), list(digits_of(variant))
    numbers = [1.0, 2.0, -1.0, 40.0, 300.0, -7000.0, 0.5, 20000.0, -6e5, 3e6, 5e7, -4e8, 2e9]
    rnd.shuffle(numbers)
    count = len(asks) // 2 + 1
    guessed = asks[:count] if rnd.random() < 0.5 else rnd.sample(asks, count)
    try:
        return sheet_from(name, variant, {ask: guess(right[ask], rules[ask], numbers) for ask in guessed}, "rounded")
    except (NameError, SyntaxError, ValueError):  # the student cannot go on from such a formula
        return {}


@every_family
def test_guesses_earn_little(name: str) -> None:
    """What follows adds no more than a third of all points to what is right by itself."""
    rnd = random.Random(name)
    for variant in room(name):
        sheet = guessed_sheet(name, variant, rnd)
        followed, alone = (
            sum(verdict.points for verdict in mark(variant.group, [sheet], Shares(share))[0]) for share in (1.0, 0.0)
        )
        assert followed - alone <= variant.group.plan.points / 3 + 1e-9, sheet


def test_most_of_the_bank_is_looked_at() -> None:
    assert len(FAMILIES.keys() & set(grader.bank())) > 20
