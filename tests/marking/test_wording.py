"""Slips in words: every rule has its texts, what is named is named as on the sheet."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from grader.draws.draw import draw
from grader.language.nodes import Name, substitute
from grader.language.parser import parse
from grader.marking.mark import mark
from grader.marking.match import Match
from grader.marking.wording import LONGEST_FORMULAS, Words, slip_words
from grader.messages import LANGUAGES, catalogue, translate
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.seen import unmentioned
from grader.slips.rank import GENERIC, USUAL, both
from grader.slips.table import SLIPS, SlipKind
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
    (("m", "sign", "-(M*[eta, eta])"), "A sign is wrong.", "Неверный знак."),  # perhaps in some entries only
    (("m", "sign", "(M.*[-1, 1; 1, 1])*[eta, eta]"), "One of the numbers in the calculation has a wrong sign, or was left out.", "У одного из чисел в вычислении неверный знак, или оно потеряно."),
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
    own, common = words("u", "term-dropped", "eta", "secret", ask="w"), words("w", "term-dropped", "u", "eta*g[1]")
    assert translate(own.general, "en") == "A term is missing (step: the start)."  # 7 is one student's
    assert translate(common.general, "en") == "ηg₁ was left out in the formula for w."


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


def test_a_given_may_be_called_like_a_constant() -> None:
    spec = (
        "given: {e: [3, 5], k: 2}\n"
        "steps: {n: 'k*e[1]^2 + e[2]'}\n"
        "ask: {n: {exact: true}}\n"
        "text: {en: '$e = {{ e }}$, $k = {{ k }}$', ru: а}\n"
    )
    group = draw(problem_from(f"{HEAD}{spec}".encode(), "s.yaml"), [1])[0]
    for typed in ("18", "9", "23.5", "11", "-23", "6", "41"):
        assert mark(group, [{"n": typed}])[0][0].status == "wrong"
