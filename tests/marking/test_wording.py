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
from benchmarks.diagnosis import digits_of
from benchmarks.revealing import messages_of, revealed, reveals
from benchmarks.students import FAMILIES
from benchmarks.students.simulate import Case, slipping_case
from grader.blanks.expressions import reference_tree, shown_reference
from grader.blanks.kinds import kind_of
from grader.chance.codes import decode
from grader.course.ladder import ladder
from grader.draws.draw import draw
from grader.errors import Message
from grader.language.nodes import Name, substitute
from grader.language.parser import parse
from grader.language.tex import formulas_of
from grader.language.typeset import to_text
from grader.language.unicode import to_unicode
from grader.marking.mark import mark
from grader.marking.match import Match
from grader.marking.verdict import Verdict
from grader.marking.wording import LONGEST_FORMULAS, Words, slip_words
from grader.messages import LANGUAGES, catalogue, translate
from grader.plan.graph import nearest
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.plan import Ask
from grader.plan.seen import unmentioned
from grader.plan.sheet_names import sheet_names
from grader.plan.solve import altered
from grader.slips.rank import GENERIC, USUAL, both
from grader.slips.table import SLIPS, SlipKind
from grader.suspects.looks import program_for
from grader.suspects.mutants import Mutant

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\n"


TEXTS = [
    (kind, key, language)
    for kind in SLIPS
    for key in (kind.key, *([kind.key_with_part] if kind.names_part else []))
    for language in LANGUAGES
]


@pytest.mark.parametrize(("kind", "key", "language"), TEXTS, ids=[f"{key} {language}" for _, key, language in TEXTS])
def test_every_slip_has_its_texts(kind: SlipKind, key: str, language: str) -> None:
    text = str(catalogue(language)[key])
    assert ("{part}" in text) == (key == kind.key_with_part)
    assert len(text) <= 110
    before, where, after = text.partition("{where}")
    assert not where or (re.search(r"[\w})]$", before) and after[0] in ".:")  # the place comes last, and may be nothing


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


@each_family
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
                    assert len(formula) < 6 or formula not in text.replace(" ", ""), (typed, text)
    assert told or not has_numbers(family)


@each_family
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


# ----- Words -----------------------------------------------------------------------------------------------------

SPEC = HEAD + (
    "text: {en: 'With $\\eta$ and $g_1$ find $w$.', ru: а}\n"
    "given: {eta: 0.125, secret: 7, 'g[1]': 3, M: [1, 2; 3, 4]}\n"
    "steps:\n"
    "  u: {is: 'eta + secret', title: {en: the start, ru: начало}}\n"
    "  w: {is: 'eta*g[1] + u', title: {en: the step, ru: шаг}}\n"
    "  v: secret*2 + 1\n"
    "  c: 'if(eta > 1, eta, w) + eta'\n"
    "  s: 'eta*w'\n"
    "  m: 'M*[eta, eta]'\n"
    "ask:\n"
    "  w: {decimals: 4}\n"
    "  v: 1\n"
    "  c: 1\n"
    "  s: {prompt: {en: '$s\\prime(x) =$', ru: '$s\\prime(x) =$'}}\n"
    "  m: 1\n"
)


@cache
def group_of() -> Group:
    return draw(problem_from(SPEC.encode(), "words.yaml"), [1])[0]


def read(text: str) -> Any:
    known = frozenset({"eta", "secret", "w", "u", "M"})
    return substitute(parse(text.replace("g[1]", "G"), known | {"G"}, spec=True), {"G": Name("g[1]")})


def words(step: str, rule: str, formula: str, part: str | None = None, say: Any = None, ask: str = "") -> Words:
    group = group_of()
    mutant = Mutant(rule, step, {step: read(formula)}, part=read(part) if part else None, say=say)
    return slip_words(group, 0, group.plan.ask(ask or step), Match(rule, step, USUAL, mutant))


WORDS = [
    # its own blank, and the formula behind it: by its name on the sheet or by its title
    (("w", "factor-two", "2*eta*g[1] + u"), "A factor 2 or 1/2 was lost or added.", "Потерян или лишний множитель 2 или 1/2."),
    (("u", "factor-two", "2*(eta + secret)", None, None, "w"), "A factor 2 or 1/2 was lost or added (step: the start).", "Потерян или лишний множитель 2 или 1/2 (шаг «начало»)."),
    (("w", "factor-two", "2*eta*g[1] + u", None, None, "c"), "A factor 2 or 1/2 was lost or added in the formula for w.", "Потерян или лишний множитель 2 или 1/2 в формуле для w."),
    # the part, where it can be read: a name of the sheet, the number for a name that is not on it
    (("w", "term-dropped", "u", "eta*g[1]"), "ηg₁ was left out.", "Потеряно ηg₁."),
    (("u", "term-dropped", "eta", "secret", None, "w"), "7 was left out (step: the start).", "Потеряно 7 (шаг «начало»)."),
    (("w", "term-dropped", "eta*g[1]", "u"), "A term is missing.", "Потеряно слагаемое."),
    (("c", "term-dropped", "eta", "if(eta > 1, eta, w)"), "A bar or another negation was overlooked or read twice.", "Черта или другое отрицание пропущены или учтены дважды."),
    (("w", "term-dropped", "eta", "+".join(["eta*g[1]"] * 9)), "A term is missing.", "Потеряно слагаемое."),
    (("m", "factor-dropped", "[eta, eta]", "M*[1, 2]"), "A factor is missing.", "Потерян множитель."),
    (("w", "sign", "eta*g[1] - u", "eta"), "The sign of η is wrong.", "Неверный знак у η."),
    (("w", "sign", "-(eta*g[1] + u)"), "The sign of the whole is wrong.", "Неверный знак у всего результата."),
    (("m", "sign", "(M.*[-1, 1; 1, 1])*[eta, eta]"), "One entry went wrong: a sign, or it was left out.", "Ошибка в одном элементе: неверный знак, или элемент потерян."),
    (("v", "factor-dropped", "secret*2", "15"), "A factor is missing.", "Потерян множитель."),  # it is the answer
    (("v", "factor-dropped", "secret*2", "14"), "The factor 14 is missing.", "Потерян множитель 14."),
    # the formulas, where they stand on the sheet and fit
    (("s", "names-swapped", "eta*g[1]"), "Two quantities are mixed up.", "Перепутаны две величины."),
    (("w", "own", "eta", None, {"en": "Mind the sign.", "ru": "Следите за знаком."}), "Mind the sign.", "Следите за знаком."),
]  # fmt: skip


@pytest.mark.parametrize(("slip", "en", "ru"), WORDS, ids=[f"{row[0][:2]} {row[1]}" for row in WORDS])
def test_the_words_of_a_slip(slip: tuple[Any, ...], en: str, ru: str) -> None:
    found = words(*slip)
    assert (translate(found.message, "en"), translate(found.message, "ru")) == (en, ru)


def test_the_class_is_told_where() -> None:
    found = words("w", "factor-two", "2*eta*g[1] + u")
    assert translate(found.general, "en") == "A factor 2 or 1/2 was lost or added in the formula for w."


ON_SHEET = HEAD + (
    "text: {en: '$w_1 = w_0 - \\eta g_1$', ru: '$w_1 = w_0 - \\eta g_1$'}\n"
    "given: {eta: 0.125, 'w[0]': 3, 'g[1]': 5}\n"
    "steps: {'w[1]': 'w[0] - eta*g[1]'}\n"
    "ask: {'w[1]': {decimals: 4}}\n"
)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ("w - eta*w", "Two quantities are mixed up. It is w₁ = w₀ − ηg₁, not w₀ − ηw₀."),
        ("+".join(["w"] * LONGEST_FORMULAS), "Two quantities are mixed up."),
        ("if(w > 1, w, eta)", "Two quantities are mixed up."),
        ("sum([w, eta])", "Two quantities are mixed up."),
    ],
    ids=["short", "long", "cases", "machine"],
)
def test_both_formulas_stand_on_one_line_or_nowhere(wrong: str, text: str) -> None:
    group = draw(problem_from(ON_SHEET.encode(), "sheet.yaml"), [1])[0]
    tree = substitute(parse(wrong, {"eta", "w"}, spec=True), {"w": Name("w[0]")})
    match = Match("names-swapped", "w[1]", USUAL, Mutant("names-swapped", "w[1]", {"w[1]": tree}))
    assert translate(slip_words(group, 0, group.plan.ask("w[1]"), match).message, "en") == text


def test_names_that_the_sheet_does_not_mention_are_numbers() -> None:
    assert "secret" in unmentioned(group_of().plan)
    assert not {"eta", "g[1]"} & unmentioned(group_of().plan)


def test_two_slips_in_words() -> None:
    group = group_of()
    ask = group.plan.ask("w")
    one, two = (Mutant(rule, "w", {"w": Name("eta")}) for rule in ("sign", "root-missing"))
    found = slip_words(group, 0, ask, Match("sign+root-missing", "w", both(USUAL, USUAL), one, two))
    assert translate(found.message, "en") == "Two slips at once. A sign is wrong. The root was not taken."
    assert "in the formula for w" in translate(found.general, "en")
    same = slip_words(group, 0, ask, Match("sign+sign", "w", both(USUAL, USUAL), one, one))
    assert translate(same.message, "en") == "The same slip twice. A sign is wrong."


def test_a_slip_without_a_formula() -> None:
    group = group_of()
    for rule, text in (
        ("power-of-ten", "The decimal point is in the wrong place."),
        ("sign", "The sign of the whole is wrong."),
    ):
        found = slip_words(group, 0, group.plan.ask("w"), Match(rule, "", GENERIC)).message
        assert translate(found, "en") == text


# ----- Names of steps on the sheet -------------------------------------------------------------------------------

NAMES = [
    ("deriv-chain-three-layer", "outside", "dy/du"), ("deriv-chain-three-layer", "dy", "y′(x)"), ("deriv-chain-three-layer", "value", ""),
    ("backprop-scalar-chain", "d2", "∂L/∂h₂"), ("backprop-scalar-chain", "yhat", "ŷ"), ("backprop-scalar-chain", "wnew", ""),
    ("backprop-zero-init-two-steps", "yhat[2]", "ŷ₂"), ("adam-two-steps", "vhat[1]", "v̂₁"), ("relu-forward-picture", "h2", ""),
    ("chain-jacobian-mse-linear", "first", ""), ("grad-at-point", "f1", "∂f/∂x₁"), ("logreg-gd-step", "g", "L′(w₀)"),
    ("softmax-logloss", "P", ""), ("graph-path-sum", "c", "c"), ("matrix-add", "P", ""),
]  # fmt: skip


@pytest.mark.parametrize(("family", "step", "sign"), NAMES, ids=[f"{row[0]} {row[1]}" for row in NAMES])
def test_a_step_is_called_as_on_the_sheet(family: str, step: str, sign: str) -> None:
    called = sheet_names(grader.bank()[family].variant(1).group.plan)[step]
    assert called.sign.get("en", "") == sign
    assert sign or called.title


FOLLOWING = [
    ("deriv-chain-three-layer", "middle derivative lost", "dy", "Right for your own dy/du; the slip lies there.", "Верно для ваших значений: dy/du; ошибка сделана там."),
    ("backprop-scalar-chain", "two kept", "d2", "Right for your own ∂L/∂ŷ; the slip lies there.", "Верно для ваших значений: ∂L/∂ŷ; ошибка сделана там."),
    ("chain-jacobian-mse-linear", "two lost", "g", "Right for your own derivatives of the loss by y; the slip lies there.", "Верно для ваших значений: производные ошибки по y; ошибка сделана там."),
]  # fmt: skip


@pytest.mark.parametrize(("family", "slip", "blank", "en", "ru"), FOLLOWING, ids=[row[0] for row in FOLLOWING])
def test_what_follows_is_told_in_the_names_of_the_sheet(family: str, slip: str, blank: str, en: str, ru: str) -> None:
    variant = grader.bank()[family].variant(3)
    row = next(row for row in FAMILIES[family].slips if row.name == slip)
    case = slipping_case(FAMILIES[family], variant.given, digits_of(variant), 0, [row], "full")
    assert isinstance(case, Case)
    found = next(verdict for verdict in variant.mark(case.answers) if verdict.ask == blank)
    assert [translate(found.reasons[0], language) for language in LANGUAGES] == [en, ru]


TRIED = [
    ("sigmoid-derivative-form", "ZM5E-9Q56-26Q56", "through", "5s(1-s)", "The sign is wrong: the sigmoid itself grows, and the slope inside comes in as a factor with its own sign."),
    ("grad-at-point", "JBVC-RVQX-HDHGJ", "f2", "-4x2/(x1^2+3x2^2)", "The factor 3 is missing."),
    ("matrix-add", "QHVF-204K-MHA5F", "C", "[-33, 3; -27, -19; -8, -5]", "One entry went wrong: a sign, or it was left out."),
    ("adam-two-steps", "Z5RV-P9GH-XZFQF", "w[1]", "-0.5", "The sign of the whole is wrong."),
    ("md-quadratic-form", "JK9P-7W72-2SA1Q", "g", "-4Ax", "A was taken for symmetric."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("family", "code", "blank", "typed", "text"), TRIED, ids=[f"{row[0]} {row[3]}" for row in TRIED]
)
def test_what_was_unreadable_once(family: str, code: str, blank: str, typed: str, text: str) -> None:
    variant = grader.bank()[family].variant(decode(code)[0])
    answers = {ask: variant.right_answer(ask) for ask in variant.asks}
    found = next(verdict for verdict in variant.mark({**answers, blank: typed}) if verdict.ask == blank)
    assert [translate(slip.message, "en") for slip in found.slips] == [text]
