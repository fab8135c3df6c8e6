"""Values typed as the formula they stand in: what a file may declare, and that every way of writing is read exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.api import Problem
from grader.blanks.formulated import form_of, formulated
from grader.blanks.kinds import kind_of
from grader.draws.draw import draw
from grader.errors import AuthorError, StudentError
from grader.messages import translate
from grader.plan.load import problem_from
from grader.plan.plan import Ask

FAMILY = """\
id: formulated
title: {{en: A line, ru: Прямая}}
topic: networks
given:
  X: [[0, 1], [2, 5], [4, 9]]
steps: {{s: 1}}
ask:
  line:
    points: 2
    is: "[2, 1]"
    fields: [k, m]
    such that:
      - {{holds: "k*x + m = y", for: "[x, y] in X"}}
{written}text: {{en: Find the line., ru: Найдите прямую.}}
"""


def problem(form: str, fields: str = "[k, m]") -> Problem:
    written = f'    written as: "{form}"\n' if form else ""
    text = FAMILY.format(written=written).replace("fields: [k, m]", f"fields: {fields}")
    return Problem(problem_from(text.encode(), "formulated.yaml"))


def ask(form: str) -> Ask:
    return problem(form).variant(1).group.plan.asks[0]


REFUSED = [
    "k", "x + y", "k*x", "k*x + m + 1", "k*x + m*x", "k*m + x", "k*x^2 + m", "k*x*y + m", "k*x + m + k", "k + m",
    "k*x + m = y", "k*x + m > 1", "k*x + m^2", "k*x + m + y", "sin(k*x) + m", "k*(x + y) + m",
]  # fmt: skip


@pytest.mark.parametrize("form", REFUSED)
def test_a_formula_has_every_field_once(form: str) -> None:
    with pytest.raises(AuthorError) as refused:
        problem(form)
    assert (refused.value.message.key, refused.value.line) == ("spec-written", 14)


def test_the_declaration_stands_beside_fields() -> None:
    text = FAMILY.format(written='    written as: "k*x + m"\n').replace("    fields: [k, m]\n", "")
    text = text.replace("    such that:\n", "").replace('      - {holds: "k*x + m = y", for: "[x, y] in X"}\n', "")
    with pytest.raises(AuthorError) as refused:
        problem_from(text.encode(), "formulated.yaml")
    assert refused.value.message.key == "spec-written"


# form, text, k and m or the key of what is said
READ: list[tuple[str, str, Any]] = [
    ("k*x + m", "2x + 1", (2, 1)), ("k*x + m", "1 - x", (-1, 1)), ("k*x + m", "y = 2x + 1", (2, 1)),
    ("k*x + m", "f(x) = x/2", (0.5, 0)), ("k*x + m", "2x + 1 > 0", "answer-written-sign"),
    ("k*x + m", "x^2", "answer-written-linear"), ("k*x + m", "step(x)", "answer-written-linear"),
    ("m - k*x > 0", "x < 3", (1, 3)), ("m - k*x > 0", "3 - 2x", (2, 3)), ("k*x < m", "2x < 3", (2, 3)),
    ("k*x < m", "2x - 3", "answer-written-signs"),
    ("k*x < m", "2x <= 3", "answer-written-strict"), ("k*x >= m", "2x > 3", "answer-written-loose"),
    ("k*x >= m", "3 ≤ 2x", (2, 3)), ("k*x >= m", "step(2x - 3)", (2, 3)), ("k*x > m", "sign(2x - 3)", (2, 3)),
    ("k*x > m", "step(2x - 3) > 0.5", "answer-written-linear"),
    ("k*x >= m", "x = 3", "answer-written-sign"),
    ("k*x = m", "2x = 3", (2, 3)), ("k*x = m", "3 = 2x", (-2, -3)),
    ("k*x = m", "2x - 3", "answer-written-equation"), ("k*x = m", "2x > 3", "answer-written-sign"),
    ("k*x + m*y = 0", "y = 2x", (-2, 1)), ("k*x + m*y = 0", "0 = x_1", "name-unknown"),
    ("2*k*x - 3*m", "8x + 12", (4, -4)), ("k*x + m", "10^400 x", "answer-written-linear"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "text", "found"), READ)
def test_what_is_read(form: str, text: str, found: Any) -> None:
    written = ask(form).written[""]
    if not isinstance(found, str):
        assert tuple(formulated(text, written)[name] for name in ("k", "m")) == found
        return
    with pytest.raises(StudentError) as refused:
        formulated(text, written)
    if found.startswith("answer-"):
        assert refused.value.message.key == found
    assert all(translate(refused.value.message, language) for language in ("en", "ru"))


def test_lists_and_names_of_fields_are_read_as_before() -> None:
    variant = problem("k*x + m").variant(1)
    for text in ("2, 1", "[2, 1]", "k = 2, m = 1", "{k: 2, m: 1}", "m = 1; k = 2", "2x + 1", "y = 2x + 1", "1 + 2*x"):
        assert variant.mark({"line": text})[0].status == "correct", text
    for text in ("2, x", "k = x; m = 1", "2x + y"):
        assert variant.mark({"line": text})[0].status == "invalid", text


def test_without_a_declaration_a_formula_is_refused() -> None:
    assert problem("").variant(1).mark({"line": "2x + 1"})[0].status == "invalid"


def test_it_changes_nobodys_numbers_and_the_blank_says_it() -> None:
    with_it, without = problem("k*x + m"), problem("")
    assert with_it.spec.digest == without.spec.digest
    group = with_it.variant(1).group
    asked = group.plan.asks[0]
    for language in ("en", "ru"):
        assert form_of(asked.written[""]) in translate(kind_of(asked, group).blank(asked, group)[1], language)


def test_the_self_test_types_the_formula() -> None:
    spec = problem("m - k*x > 0").spec
    group = draw(spec, [1])[0]
    asked = group.plan.asks[0]
    kind = kind_of(asked, group)
    samples = [sample.text for sample in kind.samples(asked, group) if sample.status == "correct"]
    assert any("x" in str(text) for text in samples)
    for text in samples:
        assert problem("m - k*x > 0").variant(1).mark({"line": text})[0].status == "correct"


QUARTERS = st.integers(-40, 40).map(lambda number: Fraction(number, 4))


@given(QUARTERS, QUARTERS, QUARTERS, QUARTERS, st.sampled_from("<>"), st.booleans())
@settings(max_examples=60, deadline=None)
def test_terms_on_both_sides_are_gathered_exactly(
    a: Fraction, b: Fraction, c: Fraction, d: Fraction, sign: str, comma: bool
) -> None:
    written = ask("k*x + m > 0").written[""]
    text = f"({float(a)})x + ({float(b)}) {sign} ({float(c)})*x - ({float(d)})"
    turned = 1 if sign == ">" else -1
    read = formulated(text.replace(".", ",") if comma else text, written)
    assert read == {"k": float(turned * (a - c)), "m": float(turned * (b + d))}
