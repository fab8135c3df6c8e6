"""Intervals, sets and tables: what is read, what earns a part, what follows, what slips are named, what is printed."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from grader.blanks.kinds import in_key, in_latex, kind_of
from grader.blanks.sets import beside, first_of_equals
from grader.course.printing import blank_of, comment_of
from grader.draws.draw import draw
from grader.errors import AuthorError
from grader.marking.mark import mark, mark_ask
from grader.marking.verdict import Verdict
from grader.messages import LANGUAGES, translate
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.worksheet.solution import solution

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
SPEC = f"""{HEAD}
given: {{k: 4, c: 2}}
steps:
  b: c/k
  r: k - c/k
  x0: k + c
  f0: x0^2 - k
  roots: "[-b, k]"
  double: "[c, k, c]"
  P: "[0, c; k, 1]"
ask:
  b: {{decimals: 2}}
  r: {{decimals: 2}}
  D: {{interval: "[-b, r)", decimals: 2, points: 4}}
  H: {{interval: "(b, inf)", decimals: 2, points: 4}}
  L: {{interval: "(-inf, b]", decimals: 2, points: 4}}
  roots: {{kind: set, decimals: 2, points: 4}}
  double: {{kind: set, points: 2}}
  P: {{kind: set, points: 4}}
  T:
    prompt: {{en: "The minimum:", ru: "Минимум:"}}
    rows:
      x0: {{decimals: 1, prompt: {{en: the point, ru: точка}}}}
      type:
        points: 2
        choice:
          min: {{when: k > 0, en: a minimum, ru: минимум}}
          max: {{when: k < 0, en: a maximum, ru: максимум}}
      f0: {{decimals: 1}}
      where: {{interval: "(c, x0]", points: 4}}
"""


@cache
def group() -> Group:
    return draw(problem_from(SPEC.encode(), "s.yaml"), [1])[0]


def marked(**answers: Any) -> dict[str, Verdict]:
    return {verdict.ask: verdict for verdict in mark(group(), [answers])[0]}


def option(name: str) -> str:
    from grader.blanks.choices import shown_options

    row = next(row for ask in group().plan.asks for row in ask.rows if row.options)
    return str(1 + [shown.name for shown, _ in shown_options(row, group(), 0)].index(name))


MIN, MAX = option("min"), option("max")
RIGHT = {"x0": "6", "type": MIN, "f0": "32", "where": "(2, 6]"}
ROWS: list[tuple[str, Any, str, float, tuple[str, ...]]] = [
    ("D", "[-0.5, 3.5)", "correct", 4, ()), ("D", "[-1/2; 7/2)", "correct", 4, ()),
    ("D", "[-0,50; 3,50[", "correct", 4, ()), ("D", r"$\left[-\tfrac12,\ 3.5\right)$", "correct", 4, ()),
    ("D", "(-0.5, 3.5)", "partly", 3, ("answer-interval-bracket-left",)),
    ("D", "[-0.5, 3.5]", "partly", 3, ("answer-interval-bracket-right",)),
    ("D", "[-0.6, 3.5)", "partly", 2, ("answer-interval-left",)),
    ("D", "(-0.6, 3.5)", "partly", 2, ("answer-interval-left",)),
    ("D", "[-0.5, inf)", "partly", 2, ("answer-interval-right",)),
    ("D", "(-1, 1]", "wrong", 0, ("answer-interval-left", "answer-interval-right")),
    ("D", "[1; 1]", "wrong", 0, ("answer-interval-left", "answer-interval-right")),
    ("D", "ℝ", "wrong", 0, ("answer-interval-left", "answer-interval-right")),
    ("D", "[3.5, -0.5)", "invalid", 0, ("syntax-interval-order",)),
    ("D", "-0.5, 3.5", "invalid", 0, ("syntax-interval",)), ("D", "[x, 3.5)", "invalid", 0, ("syntax-unknown-name",)),
    ("H", "(0.5, inf)", "correct", 4, ()), ("H", "]1/2; +∞[", "correct", 4, ()),
    ("H", "[0.5, inf)", "partly", 3, ("answer-interval-bracket-left",)),
    ("H", "(0.5, 9)", "partly", 2, ("answer-interval-right",)),
    ("H", "(-inf, inf)", "partly", 2, ("answer-interval-left",)),
    ("H", "(-inf, 0.5)", "wrong", 0, ("answer-interval-left", "answer-interval-right")),
    ("H", "(0.5, inf]", "invalid", 0, ("syntax-interval-infinity",)),
    ("L", "(-∞; 0,5]", "correct", 4, ()), ("L", "(-inf, 0.5)", "partly", 3, ("answer-interval-bracket-right",)),
    ("roots", "{-0.5, 4}", "correct", 4, ()), ("roots", "4; -0,5", "correct", 4, ()),
    ("roots", r"\{4,\ -\frac{1}{2}\}", "correct", 4, ()), ("roots", "x1 = 4 and x2 = -1/2", "correct", 4, ()),
    ("roots", "{4, -0.5, 4}", "correct", 4, ("answer-set-repeated",)), ("roots", "-0,5,4,0", "correct", 4, ()),
    ("roots", "{4}", "partly", 2, ("answer-set-missing",)),
    ("roots", "{4, 0.5}", "partly", 2, ("answer-set-missing", "answer-set-extra")),
    ("roots", "{4, -0.5, 1, 2}", "partly", 2, ("answer-set-extra",)),
    ("roots", "∅", "wrong", 0, ("answer-set-missing",)),
    ("roots", "±4", "partly", 2, ("answer-set-missing", "answer-set-extra")),
    ("roots", "{4, -0.5", "invalid", 0, ("syntax-unclosed",)),
    ("roots", "{4, (1, 2)}", "invalid", 0, ("answer-number-wanted",)),
    ("double", "{2, 4}", "correct", 2, ()), ("double", "{4; 2; 2}", "correct", 2, ("answer-set-repeated",)),
    ("double", "{2}", "partly", 1, ("answer-set-missing",)),
    ("P", "{(0, 2), (4, 1)}", "correct", 4, ()), ("P", "(4; 1); (0; 2)", "correct", 4, ()),
    ("P", "[4, 1], [0, 2]", "correct", 4, ()), ("P", "(0, 2)", "partly", 2, ("answer-set-missing",)),
    ("P", "{(0, 2), (1, 4)}", "partly", 2, ("answer-set-missing", "answer-set-extra")),
    ("P", "{(0, 2, 1), (1, 4)}", "invalid", 0, ("answer-set-point",)),
    ("P", "{1, 2}", "invalid", 0, ("answer-set-point",)),
    ("T", RIGHT, "correct", 8, ()), ("T", f"x0 = 6; type = {MIN}; f0 = 32; where = (2; 6]", "correct", 8, ()),
    ("T", f"x0: 6\ntype: {MIN}\nf0: 32\nwhere: (2, 6]", "correct", 8, ()),
    ("T", f"{{x0: 6, type: {MIN}, f0: 32,0, where: (2, 6]}}", "correct", 8, ()),
    ("T", {**RIGHT, "type": MAX}, "partly", 6, ("answer-field",)),
    ("T", {**RIGHT, "where": "(2, 6)"}, "partly", 7, ("answer-field",)),
    ("T", {**RIGHT, "f0": "1..2"}, "partly", 7, ("answer-field",)),
    ("T", {"x0": "6"}, "partly", 1, ("answer-field",) * 3),
    ("T", {**RIGHT, "y": "1"}, "invalid", 0, ("answer-rows",)), ("T", "6", "invalid", 0, ("answer-rows",)),
    ("T", f"6; type = {MIN}", "invalid", 0, ("answer-rows",)), ("T", {"x0": "1..2"}, "invalid", 0, ("answer-field",)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "status", "points", "reasons"), ROWS, ids=[f"{r[0]}-{r[1]}" for r in ROWS])
def test_verdicts(name: str, text: Any, status: str, points: float, reasons: tuple[str, ...]) -> None:
    ask = next(ask for ask in group().plan.asks if ask.id == name)
    (found,) = mark_ask(group(), ask, [text])
    assert (found.status, found.points) == (status, pytest.approx(points))
    assert tuple(reason.key for reason in found.reasons) == reasons
    assert all(translate(reason, language) for reason in found.reasons for language in LANGUAGES)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [("D", "[0.1, 2..5)", "2."), ("roots", "{1, 2..5}", "2."), ("P", "{(0, 2), (1, 2, 3)}", "(1, 2, 3)"),
     ("D", "[2, 1]", "[2, 1]")],
)  # fmt: skip
def test_a_fault_is_shown_where_it_is(name: str, text: str, place: str) -> None:
    span = marked(**{name: text})[name].span
    assert span is not None
    assert place in text[span[0] : span[1]]


@pytest.mark.parametrize(
    ("name", "text", "english", "russian"),
    [("D", "]1/2;3[", "(1/2, 3)", "(1/2; 3)"), ("L", "(-inf, 0,5]", "(−∞, 0.5]", "(−∞; 0,5]"),
     ("roots", "1/2; 1,5", "{0.5, 1.5}", "{0,5; 1,5}"), ("P", "(0; 2)", "{(0, 2)}", "{(0; 2)}"),
     ("roots", "∅", "∅", "∅")],
)  # fmt: skip
def test_the_echo_shows_what_was_read(name: str, text: str, english: str, russian: str) -> None:
    assert marked(**{name: text})[name].echo == {"en": english, "ru": russian}


FOLLOWING: list[tuple[dict[str, Any], str, str, float, tuple[str, ...]]] = [
    ({"b": "0.3", "D": "[-0.3, 3.5)"}, "D", "follows", 4, ("b",)),
    ({"b": "0.3", "D": "(-0.3, 3.5)"}, "D", "partly", 3, ()),
    ({"b": "0.3", "r": "3", "D": "[-0.3, 3)"}, "D", "follows", 4, ("b", "r")),
    ({"b": "0.3", "H": "(0.3; ∞)"}, "H", "follows", 4, ("b",)),
    ({"b": "0.3", "roots": "{4, -0.3}"}, "roots", "follows", 4, ("b",)),
    ({"b": "0.3", "roots": "{-0.3}"}, "roots", "partly", 2, ("b",)),
    ({"T": {**RIGHT, "x0": "5", "f0": "21", "where": "(2, 5]"}}, "T", "partly", 7, ("x0",)),
    ({"T": {**RIGHT, "x0": "5", "f0": "22"}}, "T", "partly", 6, ()),
]


@pytest.mark.parametrize(("answers", "name", "status", "points", "sources"), FOLLOWING)
def test_what_follows_from_own_answers_earns_its_points(
    answers: dict[str, Any], name: str, status: str, points: float, sources: tuple[str, ...]
) -> None:
    found = marked(**answers)[name]
    assert (found.status, found.points) == (status, pytest.approx(points))
    if sources:
        assert found.follows == sources


SLIPS = [
    ("D", "[0.5, 3.5)", "whole-sign", "b"),
    ("D", "[-2, 3.5)", "reciprocal", "b"),
    ("H", "(2, inf)", "reciprocal", "b"),
    ("roots", "{4, -2}", "reciprocal", "b"),
    ("roots", "{0.5, -4}", "whole-sign", "roots"),
    ("P", "{(2, 0), (1, 4)}", "permuted", ""),
]


@pytest.mark.parametrize(("name", "text", "rule", "step"), SLIPS)
def test_slips_in_ends_and_elements_are_named(name: str, text: str, rule: str, step: str) -> None:
    slips = marked(**{name: text})[name].slips
    assert [slip.step for slip in slips][:1] == [step], slips
    assert all(translate(slip.message, language) for slip in slips for language in LANGUAGES)


def test_a_slip_in_a_row_is_named_under_the_name_of_the_row() -> None:
    (slip,) = marked(T={**RIGHT, "f0": "40"})["T"].slips
    assert slip.step == "f0"
    assert translate(slip.message, "en") == "f0: The sign of 4 is wrong."


def test_what_is_said_of_a_row_is_said_under_its_name_of_one_student_and_of_the_class() -> None:
    """The reasons of all rows, and of a slip also its words without this student's formulas."""
    said = [translate(reason, "en") for reason in marked(T={**RIGHT, "x0": "5", "f0": "-32"})["T"].reasons]
    assert [words.partition(":")[0] for words in said] == ["x0", "f0"]
    (slip,) = marked(T={**RIGHT, "f0": "40"})["T"].slips
    assert translate(slip.general, "en") == "f0: A sign is wrong in the formula for f₀."


def test_a_batch_is_marked_like_its_students_one_by_one() -> None:
    texts = [{"b": "0.5", "D": "[-0.5, 3.5)", "T": RIGHT}, {"D": "[", "T": "6"}, {},
             {"b": "0.3", "D": "[-0.3, 3.5)", "roots": "{4}", "T": {**RIGHT, "x0": "5"}}]  # fmt: skip
    many = group().taking([0] * len(texts))
    assert mark(many, texts) == [mark(group(), [sheet])[0] for sheet in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_key_prints_is_right(language: str) -> None:
    for ask in group().plan.asks:
        if not ask.rows:
            assert mark_ask(group(), ask, [in_latex(ask, group(), language)])[0].status == "correct", ask.id
    table = group().plan.asks[-1]
    assert in_key(table, group(), "en") == f"x0: $6.0$; type: {MIN}; f0: $32.0$; where: $(2,\\ 6]$"


def test_samples_and_notations_get_their_verdicts() -> None:
    for ask in group().plan.asks:
        kind = kind_of(ask, group())
        for sample in kind.samples(ask, group()):
            assert mark_ask(group(), ask, [sample.text])[0].status == sample.status, (ask.id, sample)
        for texts in kind.notations(ask, group(), 1):
            assert mark_ask(group(), ask, texts)[0].status == "correct", (ask.id, texts)


@pytest.mark.parametrize(
    ("name", "value"),
    [("D", {"ends": [-0.5, 3.5], "closed": [True, False]}), ("H", {"ends": [0.5, None], "closed": [False, False]}),
     ("roots", [-0.5, 4.0]), ("double", [2.0, 4.0]), ("P", [[0.0, 2.0], [4.0, 1.0]]),
     ("T", {"x0": 6.0, "type": [int(MIN)], "f0": 32.0, "where": {"ends": [2.0, 6.0], "closed": [False, True]}})],
)  # fmt: skip
def test_machines_get_the_answer_as_data(name: str, value: Any) -> None:
    ask = next(ask for ask in group().plan.asks if ask.id == name)
    assert kind_of(ask, group()).export(ask, group()) == value


@pytest.mark.parametrize(("language", "point", "least"), [("en", "the point", "a minimum"), ("ru", "точка", "минимум")])
def test_a_table_is_printed_with_its_rows(language: str, point: str, least: str) -> None:
    blank = blank_of(group().plan.asks[-1], group(), language, key=True)
    assert f"- **x0**: {point}\n" in blank.prompt
    assert f"{MIN}) {least}" in blank.prompt
    assert "- **f0**\n" in blank.prompt
    assert all(name in comment_of(blank) for name in RIGHT)


def test_the_worked_solution_ends_with_the_answer() -> None:
    text = solution(group(), "en")
    for ask in group().plan.asks:
        if kind_of(ask, group()).traits.enclosed:
            assert f" {in_latex(ask, group(), 'en')}$" in text, ask.id
    assert f"{MIN}) a minimum" in text


@pytest.mark.parametrize(
    ("ask", "key"),
    [("I: {interval: '[a, b'}", "spec-expression"), ("I: {interval: '(-inf, inf)'}", "spec-interval"),
     ("I: {interval: '[q, 1]'}", "spec-unknown-name"), ("I: {rows: {J: {rows: {b: 1}}}}", "spec-rows-nested"),
     ("I: {rows: {b: 1}}\n  b: 1", "spec-ask-twice"), ("I: {rows: {q: 1}}", "spec-ask-unknown")],
)  # fmt: skip
def test_what_an_author_may_not_write(ask: str, key: str) -> None:
    with pytest.raises(AuthorError) as fault:
        draw(problem_from(f"{HEAD}given: {{a: 1}}\nsteps: {{b: 2*a}}\nask:\n  {ask}\n".encode(), "s.yaml"), [1])
    assert fault.value.message.key == key


@pytest.mark.parametrize(
    ("answer", "like", "aligned"),
    [([2.0, 1.0], [1.0, 2.0], [1.0, 2.0]), ([2.1], [1.0, 2.0], [None, 2.1]), ([], [1.0], [None]),
     ([5.0, 1.2, 2.0], [1.0, 2.0], [1.2, 2.0]), ([3.0, 2.0], [2.0, 3.0, 2.0], [2.0, 3.0, 2.0]),
     ([-1.0, -2.0], [1.0, 2.0], [-1.0, -2.0])],
)  # fmt: skip
def test_elements_stand_beside_what_they_are_nearest_to(
    answer: list[float], like: list[float], aligned: list[Any]
) -> None:
    found = beside(np.array(answer), np.array(like))
    assert [None if np.isnan(value) else value for value in found.tolist()] == aligned


def test_equal_elements_are_one() -> None:
    assert first_of_equals(np.array([1.0, 2.0, 1.0 + 1e-12, 2.1])).tolist() == [0, 1, 0, 3]
    assert first_of_equals(np.array([[1.0, 2.0], [1.0, 3.0], [1.0, 2.0]])).tolist() == [0, 1, 0]


def test_numbers_are_drawn_so_that_slips_in_the_rows_of_a_table_show() -> None:
    spec = f"{HEAD}given: {{a: {{ints: [0, 3]}}, b: {{ints: [0, 3]}}}}\nsteps: {{s: a*b}}\n"
    spec += "ask: {T: {rows: {s: 1}}}\n"
    group = draw(problem_from(spec.encode(), "s.yaml"), range(40))[0]
    plain = draw(problem_from(spec.replace("{T: {rows: {s: 1}}}", "{s: 1}").encode(), "s.yaml"), range(40))[0]
    assert (plain.solution["s"] != 0).all()
    assert (group.solution["s"] != 0).all()
