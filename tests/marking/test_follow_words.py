"""What is said of answers that follow, and of some that were told badly once, on sheets of the bank."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

import pytest

import grader
from benchmarks.diagnosis import digits_of
from benchmarks.students import FAMILIES
from benchmarks.students.simulate import Case, slipping_case
from grader.chance.codes import decode
from grader.messages import LANGUAGES, translate

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
    ("matrix-add", "QHVF-204K-MHA5F", "C", "[-33, 3; -27, -19; -8, -5]", "One of the numbers in the calculation has a wrong sign, or was left out."),
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
    assert text in [translate(slip.message, "en") for slip in found.slips]
