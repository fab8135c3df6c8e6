"""No message and no hint tells the right answer: neither its value nor a formula that is equal to it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from families import SHORT, has_numbers, in_depth
from msgspec.structs import replace

import grader
from benchmarks.revealing import messages_of, revealed, reveals
from grader.blanks.expressions import reference_tree, shown_reference
from grader.blanks.kinds import kind_of
from grader.course.ladder import ladder
from grader.errors import Message
from grader.language.tex import formulas_of
from grader.language.typeset import to_text
from grader.language.unicode import to_unicode
from grader.marking.mark import mark
from grader.marking.verdict import Verdict
from grader.messages import LANGUAGES, translate
from grader.plan.graph import nearest
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.solve import altered
from grader.suspects.looks import program_for

# ----- The right answer is not told ------------------------------------------------------------------------------


def simulated(group: Group, ask: Ask, most: int) -> Iterator[tuple[str, Any]]:
    """Wrong answers: those of every usual mutant with all other answers right, as typed."""
    asked = {step for other in group.plan.asks if (step := group.plan.asked_step(other))}
    stop = frozenset(nearest(group.plan, ask.id, frozenset(asked - {ask.id})))
    program = program_for(group, ask, stop)
    chosen = range(len(program.mutants))
    if len(chosen) > most:
        chosen = sorted(random.Random(ask.id).sample(chosen, most))
    if kind_of(ask, group).traits.numbers:
        right, table = program.run(group.values, 1)
        for index in chosen:
            value = table[index][0]
            if np.isfinite(value).all():
                decimals = ask.tolerance.decimals if ask.tolerance.decimals is not None else 9
                yield str(np.round(value, decimals).tolist()), right[0]
        if right[0].ndim == 2:
            yield str(right[0].T.tolist()), right[0]
        if right[0].all():
            yield str((1 / right[0]).tolist()), right[0]
        return
    for index in chosen:
        scenario = replace(group, plan=altered(group.plan, program.mutants[index].trees))
        own = next(other for other in scenario.plan.asks if other.id == ask.id)
        yield to_text(reference_tree(own, scenario, 0)), None
    reference = to_text(reference_tree(ask, group, 0))
    generic = ("-({})", "2*({})", "({})'" if ask.traits.arrays else "1/({})")
    yield from ((wrong.format(reference), None) for wrong in generic)


def numbers_in(text: str) -> list[float]:
    return [float(number.replace(",", ".")) for number in re.findall(r"\d+(?:[.,]\d+)?", text)]


def tells(text: str, right: Any, ask: Ask) -> bool:
    """Does a number in the text have the right value; short ones are there by chance."""
    for value in np.abs(np.ravel(right)):
        if len(f"{value:.4g}".replace(".", "").strip("0")) >= 3:
            margin = max(float(ask.tolerance.allowance(value)), 1e-9 * value)
            if any(abs(number - value) <= margin for number in numbers_in(text)):
                return True
    return False


@cache
def right_answers(name: str, seed: int) -> dict[str, str]:
    variant = grader.bank()[name].variant(seed)
    return {ask: variant.right_answer(ask) for ask in variant.asks}


SEEDS, MOST = ((3,), 8) if SHORT else ((3, 4), 15)


def wrong_sheets(family: str, seed: int) -> Iterator[tuple[Group, Ask, str, Any, list[Verdict]]]:
    """One wrong answer among right ones, and the verdicts on the sheet."""
    group = grader.bank()[family].variant(seed).group
    for ask in group.plan.asks:
        if not kind_of(ask, group).traits.diagnosed:
            continue
        cases = list(simulated(group, ask, MOST))
        everybody = group.taking([0] * len(cases))
        rows = mark(everybody, [{**right_answers(family, seed), ask.id: text} for text, _ in cases]) if cases else []
        for (typed, right), row in zip(cases, rows, strict=True):
            yield group, ask, typed, right, row


@in_depth
def test_no_message_tells_the_answer(family: str) -> None:
    told = 0
    for seed in SEEDS:
        for group, ask, typed, right, row in wrong_sheets(family, seed):
            verdict = next(found for found in row if found.ask == ask.id)
            if verdict.status == "correct":
                continue
            assert not revealed(verdict, group, 0, ask), (typed, messages_of(verdict))
            for message in messages_of(verdict):
                told += message.key.startswith("slip-")
                for language in LANGUAGES:
                    text = translate(message, language)
                    assert not re.search(r"\bslip-|\{\w+\}", text), text
                    assert right is None or not tells(text, right, ask), (typed, text)
                    formula = (
                        to_unicode(shown_reference(ask, group), language).replace(" ", "") if right is None else ""
                    )
                    whole = rf"(?<!\w){re.escape(formula)}"  # tg x is not in ctg x
                    assert len(formula) < 6 or not re.search(whole, text.replace(" ", "")), (typed, text)
    assert told or not has_numbers(family)


@in_depth
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_hint_tells_the_answer(family: str, language: str) -> None:
    variant = grader.bank()[family].variant(SEEDS[0])
    group = variant.group
    for ask in group.plan.asks:
        if not kind_of(ask, group).traits.diagnosed:
            continue
        for others in ({}, right_answers(family, SEEDS[0])):
            for rung in ladder(group, ask, variant.mark({**others, ask.id: ""}), language):
                for formula in (part for latex in formulas_of(rung.text) for part in latex.split("=")):
                    said = Message("slip-factor-dropped-part", {"part": formula, "where": ""})
                    assert not reveals(said, group, 0, ask), rung.text


REVEALED = [
    ("jacobian-at-point", "d11", "The factor {} is missing", True),
    ("md-lndet", "G", "The factor {} is missing", True),
    ("adam-two-steps", "w[2]", "The factor {} is missing", True),
    ("jacobian-at-point", "d11", "The factor 7 is missing", False),
]


@pytest.mark.parametrize(("family", "blank", "text", "told"), REVEALED)
def test_what_reveals_an_answer(family: str, blank: str, text: str, told: bool) -> None:
    variant = grader.bank()[family].variant(3)
    part = variant.right_answer(blank) if "{}" in text else "7"
    said = Message("slip-factor-dropped-part", {"part": {"en": part, "ru": part}, "where": ""})
    assert reveals(said, variant.group, 0, variant.group.plan.ask(blank)) is told
    quiet = Message("slip-factor-dropped", {"part": part, "where": ""})  # its text has no place for the part
    assert not reveals(quiet, variant.group, 0, variant.group.plan.ask(blank))
