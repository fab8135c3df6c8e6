"""Slips in words: every rule has its texts, the step is named as on the sheet, the right answer is never told."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from families import SHORT, each_family, has_numbers
from msgspec.structs import replace

import grader
from grader.blanks.expressions import reference_tree, shown_reference
from grader.blanks.kinds import kind_of
from grader.draws.draw import draw
from grader.errors import Message
from grader.language.nodes import Name
from grader.language.parser import parse
from grader.language.typeset import to_text
from grader.language.unicode import name_unicode, to_unicode
from grader.marking.mark import mark
from grader.marking.match import Match
from grader.marking.wording import LONGEST_FORMULA, slip_words
from grader.messages import LANGUAGES, catalogue, translate
from grader.plan.graph import nearest
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.plan import Ask
from grader.plan.seen import unmentioned
from grader.plan.solve import altered
from grader.slips.rank import GENERIC, USUAL, both
from grader.slips.table import SLIPS, SlipKind
from grader.suspects.looks import program_for
from grader.suspects.mutants import Mutant

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SLIPS, ids=lambda kind: kind.id)
def test_every_slip_has_its_texts(kind: SlipKind, language: str) -> None:
    assert kind.key in catalogue(language)
    if kind.names_part:
        assert "{part}" in catalogue(language)[kind.key_with_part]


# ----- The right answer is not told ------------------------------------------------------------------------------


def simulated(group: Group, ask: Ask, most: int) -> Iterator[tuple[str, Any]]:
    """Wrong answers: those of every usual mutant with all other answers right, as typed."""
    asked = {step for other in group.plan.asks if (step := group.plan.asked_step(other))}
    stop = frozenset(nearest(group.plan, ask.id, frozenset(asked - {ask.id})))
    program = program_for(group, ask, stop)
    places = range(len(program.mutants))
    if len(places) > most:
        places = sorted(random.Random(ask.id).sample(places, most))
    if kind_of(ask, group).traits.numbers:
        right, table = program.run(group.values, 1)
        for place in places:
            value = table[place][0]
            if np.isfinite(value).all():
                decimals = ask.tolerance.decimals if ask.tolerance.decimals is not None else 9
                yield str(np.round(value, decimals).tolist()), right[0]
        return
    for place in places:
        world = replace(group, plan=altered(group.plan, program.mutants[place].trees))
        own = next(other for other in world.plan.asks if other.id == ask.id)
        yield to_text(reference_tree(own, world, 0)), None


def numbers_in(text: str) -> list[float]:
    return [float(found.replace(",", ".")) for found in re.findall(r"\d+(?:[.,]\d+)?", text)]


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


@each_family
def test_no_message_tells_the_answer(family: str) -> None:
    told = 0
    for seed in SEEDS:
        group = grader.bank()[family].variant(seed).group
        for ask in group.plan.asks:
            if not kind_of(ask, group).traits.diagnosed:
                continue
            cases = list(simulated(group, ask, MOST))
            if not cases:
                continue
            everybody = group.taking([0] * len(cases))
            rows = mark(everybody, [{**right_answers(family, seed), ask.id: text} for text, _ in cases])
            for (typed, right), row in zip(cases, rows, strict=True):
                verdict = next(found for found in row if found.ask == ask.id)
                for slip in verdict.slips:
                    told += 1
                    for language in LANGUAGES:
                        text = translate(slip.message, language)
                        assert not re.search(r"\bslip-|\{\w+\}", text), text
                        if right is not None:
                            assert not tells(text, right, ask), (typed, text)
                        else:
                            formula = to_unicode(shown_reference(ask, group), language).replace(" ", "")
                            assert len(formula) < 6 or formula not in text.replace(" ", ""), (typed, text)
                    if slip.step and "{where}" in str(catalogue("en")[slip.message.key]):
                        assert name_unicode(slip.step) in translate(slip.message, "en")
    assert told or not has_numbers(family)


# ----- Words -----------------------------------------------------------------------------------------------------

SPEC = HEAD + (
    "text: {en: 'With $\\eta$ and $g_1$ find $w$.', ru: а}\n"
    "given: {eta: 0.125, secret: 7, 'g[1]': 3, M: [1, 2; 3, 4]}\n"
    "steps:\n"
    "  w: {is: 'eta*g[1] + secret', title: {en: the step, ru: шаг}}\n"
    "  v: secret*2 + 1\n"
    "  c: 'if(eta > 1, eta, w) + eta'\n"
    "ask: {w: {decimals: 4}, v: 1, c: 1}\n"
)


@cache
def group_of() -> Group:
    return draw(problem_from(SPEC.encode(), "words.yaml"), [1])[0]


def message(step: str, rule: str, formula: str, part: str | None = None, say: Any = None) -> Message:
    group = group_of()
    ask = next(ask for ask in group.plan.asks if ask.id == step)
    known = frozenset({"eta", "secret", "w"})

    def read(text: str) -> Any:
        return parse(text.replace("g[1]", "G"), known | {"G"}, spec=True)

    from grader.language.nodes import substitute

    trees = {step: substitute(read(formula), {"G": Name("g[1]")})}
    mutant = Mutant(rule, step, trees, part=substitute(read(part), {"G": Name("g[1]")}) if part else None, say=say)
    return slip_words(group, 0, ask, Match(rule, step, USUAL, mutant)).message


def test_the_step_is_named_with_its_title_and_formula() -> None:
    found = message("w", "sign", "eta*g[1] - secret")
    assert translate(found, "en") == (
        "A sign is wrong in the formula for w (the step). You seem to have computed w = ηg₁ − 7; the step is w = ηg₁ + 7."
    )
    assert "(шаг)" in translate(found, "ru")


def test_names_that_the_sheet_does_not_mention_are_numbers() -> None:
    assert "secret" in unmentioned(group_of().plan)
    assert not {"eta", "g[1]"} & unmentioned(group_of().plan)
    assert "7" in translate(message("w", "term-dropped", "eta*g[1]", "secret"), "en")


def test_a_step_of_nothing_but_numbers_is_not_shown() -> None:
    assert translate(message("v", "sign", "secret*2 - 1"), "en") == "A sign is wrong in the formula for v."


@pytest.mark.parametrize("part", ["if(eta > 1, eta, w)", "+".join(["eta*g[1]"] * 20)], ids=["cases", "long"])
def test_a_part_that_nobody_can_read_is_not_shown(part: str) -> None:
    text = translate(message("w", "term-dropped", "eta", part), "en")
    assert text.startswith("A term is missing in the formula for w (the step).")


def test_formulas_that_are_too_long_are_not_shown() -> None:
    assert translate(message("w", "sign", "+".join(["eta*g[1]"] * LONGEST_FORMULA)), "en").endswith("(the step).")
    assert translate(message("c", "sign", "eta - w"), "en").endswith("formula for c.")


def test_the_authors_words() -> None:
    found = message("w", "own", "eta", say={"en": "Mind the sign.", "ru": "Следите за знаком."})
    assert [translate(found, language) for language in LANGUAGES] == ["Mind the sign.", "Следите за знаком."]


def test_two_slips_in_words() -> None:
    group = group_of()
    ask = group.plan.asks[0]
    one, two = (Mutant(rule, "w", {"w": Name("eta")}) for rule in ("sign", "root-missing"))
    words = slip_words(group, 0, ask, Match("sign+root-missing", "w", both(USUAL, USUAL), one, two))
    text = translate(words.message, "en")
    assert text.startswith("Two slips at once. A sign is wrong")
    assert "root was not taken" in text
    assert "You seem to have computed" in text
    assert "You seem" not in translate(words.general, "en")


def test_a_slip_without_a_formula() -> None:
    group = group_of()
    found = slip_words(group, 0, group.plan.asks[0], Match("power-of-ten", "", GENERIC)).message
    assert translate(found, "en") == "The decimal point is in the wrong place."
    assert kind_of(group.plan.asks[0], group) is not None
