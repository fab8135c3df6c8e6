"""Answer kinds: what is read, what is right, what earns a part, what is refused and why."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from msgspec.structs import replace

from grader.blanks import kind
from grader.blanks.choices import shown_options
from grader.blanks.expressions import reference_tree
from grader.blanks.kinds import CLASSES, KINDS, in_key, kind_of
from grader.blanks.written import fraction_latex
from grader.course.bank import default_bank
from grader.draws.draw import draw
from grader.language.parser import parse
from grader.language.typeset import to_text
from grader.marking.mark import mark_ask
from grader.messages import LANGUAGES, translate
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.spec.kinds import NAMES, following

SPEC = """\
id: s
title: {en: S, ru: С}
topic: t
text: {en: a, ru: а}
symbols: {A: n x m, x: m}
given: {a: {choose: [2]}, k: {ints: [1, 5]}}
steps:
  third: 1/3
  root: sqrt(2)
  count: 7
  zero: a - a
  v: "[1/2, -2, 10]"
  M: "[1, 2; 3, 4]"
  f(x): sin(a*x)^2
  G: A'*A*x
  H: G + G
ask:
  third: {decimals: 3}
  root: {relative: 0.01}
  count: {kind: integer, points: 2}
  zero: {absolute: 0.001}
  v: {points: 3, decimals: 1}
  M: {points: 4, exact: true}
  f: {domain: {x: [0.1, 3]}}
  G: 1
  H: 1
  one:
    choice:
      up: {when: a > 0, en: up, ru: вверх}
      down: {when: a < 0, en: down, ru: вниз}
      flat: {when: a = 0, en: level, ru: ровно}
  form(x): {is: f(x), domain: {x: [0.1, 3]}, choice: {a: {is: "1 - cos(2*x)^2"}, b: {is: sin(x)^2}, c: {is: sin(2*x)}}}
  all:
    points: 2
    choices:
      p: {when: a > 0, en: p, ru: п}
      q: {when: a > 1, en: q, ru: к}
      r: {when: a > 2, en: r, ru: р}
      s: {when: a > 3, en: s, ru: с}
  few:
    pick: 2
    choice:
      p: {when: a > 5, en: p, ru: п}
      q: {when: a > 6, en: q, ru: к}
      r: {when: a > 1, en: r, ru: р}
  line:
    points: 4
    is: "[1, 1]"
    fields: [b, w]
    such that:
      - {holds: "b + w*u > 0", for: "[u] in [1; 2]", name: {en: above zero, ru: выше нуля}, share: 3}
      - {holds: w = 1}
  near: {points: 2, decimals: 1, interval: "[1/3, a)"}
  some: {points: 3, decimals: 1, kind: set, is: v}
  both:
    rows:
      value: {is: third, decimals: 2}
      way: {points: 3, choice: {up: {when: a > 0, en: up, ru: да}, down: {when: a < 0, en: down, ru: нет}}}
"""

HOSTILE = [
    "__import__('os')",
    "1/0",
    "\\frac{",
    "9^9^9^9",
    "1e999",
    "nan",
    "0x10",
    "[[",
    "]" * 50,
    "(" * 3000,
    "\x00",
    "а + б",
    "1 2 x",
    "{{a}}",
    ",",
    "1" * 300 + "!",
    "1" * 6000,
    "sinsin(" * 60,
    "||||||(" * 8,
    ".5_2",
    r"\frac.5",
    "A^(1e400)",
]


@pytest.fixture(scope="module")
def group() -> Group:
    return draw(problem_from(SPEC.encode(), "s.yaml"), [1])[0]


def verdict(group: Group, name: str, text: Any) -> Any:
    ask = next(ask for ask in group.plan.asks if ask.id == name)
    return mark_ask(group, ask, [text])[0]


def number_of(group: Group, name: str, option: str) -> int:
    ask = next(ask for ask in group.plan.asks if ask.id == name)
    return [shown.name for shown, _ in shown_options(ask, group, 0)].index(option) + 1


ROWS = [
    ("third", "0.333", "correct", 1), ("third", "0,333", "correct", 1), ("third", "1/3", "correct", 1),
    ("third", "0.3333333", "correct", 1), ("third", ".333", "correct", 1), ("third", "3.33e-1", "correct", 1),
    ("third", "0.334", "wrong", 0), ("third", "0.3", "coarse", 0), ("third", "0,33", "coarse", 0),
    ("third", "0", "wrong", 0),
    ("third", "−0.333", "wrong", 0), ("third", "x", "invalid", 0), ("third", "[0.333, 1]", "invalid", 0),
    ("third", " ", "blank", 0),
    ("root", "1.41", "correct", 1), ("root", "√2", "correct", 1), ("root", "\\sqrt{2}", "correct", 1),
    ("root", "1.43", "wrong", 0),
    ("count", "7", "correct", 2), ("count", "7.0", "correct", 2), ("count", "14/2", "correct", 2),
    ("count", "8", "wrong", 0),
    ("count", "7.5", "invalid", 0), ("count", "seven", "invalid", 0),
    ("zero", "0", "correct", 1), ("zero", "-0", "correct", 1), ("zero", "0.0005", "correct", 1),
    ("zero", "0.01", "wrong", 0),
    ("v", "[0.5, -2, 10]", "correct", 3), ("v", "[0,5; -2; 10]", "correct", 3), ("v", "(0.5, -2, 10)", "correct", 3),
    ("v", "0.5, -2, 10", "correct", 3), ("v", "[1/2, -2, 10]", "correct", 3), ("v", "[0.5, 2, 10]", "partly", 2),
    ("v", "[5, 5, 5]", "wrong", 0), ("v", "[0.5, -2]", "wrong", 0), ("v", "[0.5, -2, 10", "invalid", 0),
    ("v", "[1/0, 1, 2]", "invalid", 0),
    ("M", "[[1, 2], [3, 4]]", "correct", 4), ("M", "[1, 2; 3, 4]", "correct", 4),
    ("M", "[[1; 2]; [3; 4]]", "correct", 4),
    ("M", "[[1,0; 2,0]; [3,0; 4,0]]", "correct", 4), ("M", "[1, 2; 3, 5]", "partly", 3),
    ("M", "[1, 2, 3, 4]", "invalid", 0),
    ("M", "[1, 2; 3]", "invalid", 0), ("M", "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "correct", 4),
    ("f", "sin(2x)^2", "correct", 1), ("f", "1 - cos(2*x)^2", "correct", 1), ("f", "(1 - cos(4x))/2", "correct", 1),
    ("f", "\\sin^2 2x", "correct", 1), ("f", "sin(2x^2)", "wrong", 0), ("f", "sin(2y)^2", "invalid", 0),
    ("f", "[x, x]", "wrong", 0),
    ("G", "A'*A*x", "correct", 1), ("G", "A^T A x", "correct", 1), ("G", "A'(A x)", "correct", 1),
    ("G", "x'*A'*A", "wrong", 0),
    ("G", "A*A'*x", "wrong", 0), ("G", "2*A'*A*x", "wrong", 0), ("G", "B*x", "invalid", 0),
    ("H", "2A'A x", "correct", 1), ("H", "A'A x", "wrong", 0),
    ("one", "77", "invalid", 0), ("one", "0", "invalid", 0), ("one", "up", "correct", 1),
    ("one", "sideways", "invalid", 0), ("one", "1, 2", "invalid", 0),
    ("all", "1 and 77", "invalid", 0),
    ("line", "[1, 1]", "correct", 4), ("line", {"b": "0,5", "w": "1"}, "correct", 4),
    ("line", "b = 0.5, w = 1", "correct", 4),
    ("line", "[1, 2]", "partly", 3), ("line", "[-5, 1]", "partly", 1), ("line", "[-5, 2]", "wrong", 0),
    ("line", {"b": "1"}, "invalid", 0), ("line", {"b": "1", "w": "x"}, "invalid", 0),
    ("line", {"b": "1", "w": "1", "q": "1"}, "invalid", 0),
    ("line", "[1, 1, 1]", "invalid", 0), ("third", {"b": "1"}, "invalid", 0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "status", "points"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_verdicts(group: Group, name: str, text: Any, status: str, points: float) -> None:
    found = verdict(group, name, text)
    assert (found.status, found.points) == (status, pytest.approx(points))
    if status not in ("correct", "blank"):
        assert found.reasons
        assert all(translate(reason, language) for reason in found.reasons for language in LANGUAGES)


NAMED = [
    # the name of the blank before its answer, in every kind
    ("third", "third = 0.333", "correct", 1), ("third", "third ≈ 0.333", "correct", 1),
    ("third", "third = 1/3 = 0.333", "correct", 1),
    ("third", "third = 0.3", "coarse", 0), ("third", "third = 1/3 = 0.3", "correct", 1),
    ("third", "third = 1/3 = 0.4", "invalid", 0),
    ("third", "root = 0.333", "invalid", 0), ("third", "a = 0.333", "invalid", 0),
    ("third", "2/6 = 0.333", "correct", 1), ("third", "2/6 = 0.4", "invalid", 0),
    ("third", "third = 0.333 = third", "invalid", 0), ("third", "third = ", "invalid", 0),
    ("third", "= 0.333", "correct", 1),
    ("third", "third <= 0.333", "invalid", 0), ("count", "count = 7", "correct", 2),
    ("count", "count = 3 + 4 = 7", "correct", 2),
    ("count", "count = 8", "wrong", 0), ("v", "v = [0.5, -2, 10]", "correct", 3), ("v", "v = 0.5 -2 10", "correct", 3),
    ("v", "v1 = 0.5; v2 = -2; v3 = 10", "correct", 3), ("v", "v_3 = 10, v_1 = 0,5, v_2 = -2", "correct", 3),
    ("v", "v[1] = 1/2\nv[2] = -2\nv[3] = 10", "correct", 3), ("v", "v1 = 0.5; v2 = 2; v3 = 10", "partly", 2),
    ("v", "v1 = 0.5; v2 = -2", "invalid", 0), ("v", "v1 = 0.5; v1 = 0.5; v2 = -2; v3 = 10", "invalid", 0),
    ("v", "v1 = 0.5; v2 = -2; v4 = 10", "invalid", 0), ("v", "v = [1/2, -2, 10] = [0.5, -2, 10]", "correct", 3),
    ("v", "v = [1/2, -2, 11] = [0.5, -2, 10]", "invalid", 0), ("v", "M = [0.5, -2, 10]", "invalid", 0),
    ("M", "M = [1, 2; 3, 4]", "correct", 4), ("M", "M11 = 1, M12 = 2, M21 = 3, M22 = 4", "correct", 4),
    ("M", "M_{1,1} = 1; M_{1,2} = 2; M_{2,1} = 3; M_{2,2} = 5", "partly", 3),
    ("f", "f(x) = sin(2x)^2", "correct", 1), ("f", "f = sin(2x)^2", "correct", 1),
    ("f", "f(x) = 2x = sin(2x)^2", "correct", 1),
    ("f", "f(x) = sin(2x)^2 = 2x", "wrong", 0), ("f", "x = sin(2x)^2", "invalid", 0),
    ("f", "H = sin(2x)^2", "invalid", 0),
    ("G", "G = A'A x", "correct", 1), ("G", "H = 2A'A x", "invalid", 0), ("H", "H = G + G = 2A'A x", "correct", 1),
    ("line", "line = [1, 1]", "correct", 4), ("line", "b = 0,5; w = 1", "correct", 4),
    ("line", "w=1, b=0,5", "correct", 4),
    ("line", "b: 0.5, w: 1", "correct", 4), ("line", "b = w = 1", "correct", 4), ("line", "0,5 1", "correct", 4),
    ("line", "0,5,1", "correct", 4),
    ("line", "b = 0.5; w = 1; w = 2", "invalid", 0), ("line", "b = 0.5; q = 1", "invalid", 0),
    ("line", "f = 1; w = 1", "invalid", 0),
    ("near", "near = [1/3, 2)", "correct", 2), ("near", "[1/3, 2).", "correct", 2),
    ("some", "some = {0.5, 10, -2}", "correct", 3),
    ("some", "x1 = 0.5; x2 = -2; x3 = 10", "correct", 3), ("some", "0.5 -2 10", "correct", 3),
    ("some", "{10 -2 1/2}", "correct", 3),
    ("both", "value = 0.33; way = up", "correct", 4),
    ("both", {"value": "value = 0.33", "way": "up"}, "correct", 4),
    ("both", {"value": "third = 0.33", "way": "up"}, "correct", 4),
    ("both", {"value": "root = 0.33", "way": "up"}, "partly", 3),
    ("one", "one = up", "correct", 1), ("one", "The answer is up", "invalid", 0),
    # arrays as laid out by hand
    ("v", "0.5 -2 10", "correct", 3), ("v", "[[0.5], [-2], [10]]", "correct", 3),
    ("v", "(1/2; -2; 10)^T", "correct", 3),
    ("v", "0,5 -2 10", "correct", 3), ("v", "0,5,-2,10", "correct", 3), ("v", "0.5\n-2\n10", "correct", 3),
    ("v", "[0.5 -2, 10]", "correct", 3), ("v", "[0.5 - 2, 10]", "wrong", 0), ("v", "0", "wrong", 0),
    ("v", "[3', 1, 2]", "invalid", 0),
    ("M", "1 2\n3 4", "correct", 4), ("M", "(1, 2; 3, 4)", "correct", 4), ("M", "[1 3; 2 4]'", "correct", 4),
    ("M", "1 2 3 4", "invalid", 0),
    ("M", "0", "wrong", 0), ("M", "1", "wrong", 0), ("M", "1, 2\n3, 5", "partly", 3),
    ("zero", "[0]", "correct", 1), ("third", "[0.333]", "correct", 1), ("third", "[[0.333]]", "correct", 1),
    ("third", "1 1/3", "wrong", 0), ("count", "6 2/2", "correct", 2), ("count", "7 widgets", "invalid", 0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "status", "points"), NAMED, ids=[f"{row[0]}-{row[1]}" for row in NAMED])
def test_names_and_layouts(group: Group, name: str, text: Any, status: str, points: float) -> None:
    found = verdict(group, name, text)
    assert (found.status, found.points) == (status, pytest.approx(points)), found.reasons
    assert all(translate(reason, language) for reason in found.reasons for language in LANGUAGES)


OPTIONS = [
    ("one", ["up"], "correct", 1), ("one", ["down"], "wrong", 0), ("form", ["a"], "correct", 1),
    ("form", ["c"], "wrong", 0),
    ("few", ["r"], "correct", 1),
    ("all", ["p", "q"], "correct", 2), ("all", ["q", "p"], "correct", 2), ("all", ["p"], "partly", 1),
    ("all", ["p", "q", "r"], "partly", 1), ("all", ["p", "r"], "wrong", 0), ("all", ["p", "q", "r", "s"], "wrong", 0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "options", "status", "points"), OPTIONS)
def test_options_by_number(group: Group, name: str, options: list[str], status: str, points: float) -> None:
    numbers = [str(number_of(group, name, option)) for option in options]
    for text in (
        ", ".join(numbers),
        f"[{', '.join(numbers)}]",
        " ".join(numbers),
        f"{' и '.join(numbers)}.".rstrip("."),
    ):
        found = verdict(group, name, text)
        assert (found.status, found.points) == (status, pytest.approx(points))


IN_WORDS = [  # N is the number of `up`, M that of another option
    ("option N", "correct"), ("№ N", "correct"), ("№N", "correct"), ("N)", "correct"), ("(N)", "correct"),
    ("вариант N", "correct"),
    ("Ответ: N", "correct"), ("No. N", "correct"), ("N) up", "correct"), ("N. up", "correct"), ("N up", "correct"),
    ("N — вверх", "correct"),
    ("up", "correct"), ("Up.", "correct"), ("«вверх»", "correct"), ("one = up", "correct"), ("M", "wrong"),
    ("down", "wrong"),
    ("option M", "wrong"), ("M) down", "wrong"), ("M) up", "invalid"), ("N or M", "invalid"), ("not N", "invalid"),
    ("не N", "invalid"),
    ("up or down", "invalid"), ("upwards", "invalid"), ("N M", "invalid"), ("N) sideways", "invalid"),
    ("option 77", "invalid"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status"), IN_WORDS, ids=[row[0] for row in IN_WORDS])
def test_an_option_in_words(group: Group, text: str, status: str) -> None:
    right, other = number_of(group, "one", "up"), number_of(group, "one", "down")
    typed = re.sub(r"\bN\b|(?<=№)N", str(right), re.sub(r"\bM\b", str(other), text))
    assert verdict(group, "one", typed).status == status


QUOTED = [
    ("p; q", "correct"), ("q\np", "correct"), ("p", "partly"), ("p; z", "invalid"),
    ("options 77 and 78", "invalid"), ("p, q", "invalid"),
    ("p; p", "partly"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status"), QUOTED, ids=[row[0] for row in QUOTED])
def test_several_options_in_their_words(group: Group, text: str, status: str) -> None:
    assert verdict(group, "all", text).status == status


FORMULAS = [
    ("1 - cos(2x)^2", "correct"),
    ("1-cos(2*x)^2", "correct"),
    ("sin(x)^2", "wrong"),
    ("sin(2x)^2", "invalid"),
    ("x", "invalid"),
]


@pytest.mark.parametrize(("text", "status"), FORMULAS, ids=[row[0] for row in FORMULAS])
def test_an_option_that_is_a_formula_is_quoted_as_it_stands(group: Group, text: str, status: str) -> None:
    """Equal to the right one is not enough: which option is meant has to be clear."""
    assert verdict(group, "form", text).status == status


PRINTED = [  # an option of the bank that is printed as a formula, as the answers file has it and as it is typed
    ("chain-shape-check", "which", "back", "W^T g", True), ("chain-shape-check", "which", "back", "W'g", True),
    ("chain-shape-check", "which", "back", "N) W^T g", True), ("chain-shape-check", "which", "same", "W*g", True),
    ("chain-shape-check", "which", "back", "N) W^T x", False), ("chain-shape-check", "which", "row", "g^T*x", True),
    ("chain-shape-check", "which", "back", "W^T", False), ("chain-shape-check", "which", "back", "M) W^T g", False),
    ("robbins-monro", "which", "harmonic", "N) 2/t", True), ("robbins-monro", "which", "root", "N) 1/√t", True),
    ("robbins-monro", "which", "root", "N) 1/sqrt(t)", True), ("robbins-monro", "which", "harmonic", "2/t", False),
    ("robbins-monro", "which", "constant", "N) 7 + x", False),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "name", "option", "text", "read"), PRINTED)
def test_an_option_copied_from_the_answers_file(problem: str, name: str, option: str, text: str, read: bool) -> None:
    for seed in range(40):
        group = draw(default_bank()[problem], [seed])[0]
        ask = group.plan.ask(name)
        shown = shown_options(ask, group, 0)
        number = next((place for place, (each, _) in enumerate(shown, 1) if each.name == option), 0)
        if number:
            break
    typed = text.replace("N", str(number)).replace("M", str(number % len(shown) + 1))
    said = mark_ask(group, ask, [typed])[0]
    assert (said.status != "invalid") is read, typed
    if read:
        assert said.status == mark_ask(group, ask, [str(number)])[0].status


def test_the_first_words_quote_an_option_where_no_other_begins_with_them() -> None:
    group = draw(default_bank()["lr-regime-choice"], [12])[0]
    ask = group.plan.ask("regime")
    unread = {
        "goes back and forth": False,
        "approaches the minimum": True,
        "approaches the minimum from": False,
        "goes": True,
    }
    for text, nothing in unread.items():
        assert (mark_ask(group, ask, [text])[0].status == "invalid") is nothing, text


def test_options_are_shuffled_per_student_and_stay_so() -> None:
    problem = problem_from(SPEC.encode(), "s.yaml")
    (many,) = draw(problem, range(300))
    ask = next(ask for ask in many.plan.asks if ask.id == "all")
    orders = [tuple(option.name for option, _ in shown_options(ask, many, place)) for place in range(300)]
    assert len(set(orders)) == 24
    (alone,) = draw(problem, [17])
    assert tuple(option.name for option, _ in shown_options(ask, alone, 0)) == orders[17]


def test_a_cut_choice_keeps_a_right_option() -> None:
    (many,) = draw(problem_from(SPEC.encode(), "s.yaml"), range(200))
    ask = next(ask for ask in many.plan.asks if ask.id == "few")
    shown = [shown_options(ask, many, place) for place in range(200)]
    assert all(len(options) == 2 and sum(right for _, right in options) == 1 for options in shown)
    assert {[right for _, right in options].index(True) for options in shown} == {0, 1}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["third", "count", "v", "M", "f", "G", "one", "all", "line", "near", "some", "both"])
def test_hostile_text_costs_its_own_answer(group: Group, name: str, text: str) -> None:
    found = verdict(group, name, text)
    assert found.status in ("invalid", "wrong")
    assert found.points == 0
    assert all(translate(reason, language) for reason in found.reasons for language in LANGUAGES)


def test_samples_get_their_verdicts(group: Group) -> None:
    for ask in group.plan.asks:
        for sample in kind_of(ask, group).samples(ask, group):
            status = verdict(group, ask.id, sample.text).status
            assert status == sample.status or (sample.status == "not correct" and status != "correct"), (ask.id, sample)


@pytest.mark.parametrize("language", LANGUAGES)
def test_blanks_and_keys_have_words(group: Group, language: str) -> None:
    for ask in group.plan.asks:
        kind = kind_of(ask, group)
        shape, hint = kind.blank(ask, group)
        assert translate(hint, language)
        assert len(shape) <= 2
        assert in_key(ask, group, language)
    third = next(ask for ask in group.plan.asks if ask.id == "third")
    assert in_key(third, group, language) == {"en": "$0.333$", "ru": "$0{,}333$"}[language]


def test_a_symbolic_step_may_use_another(group: Group) -> None:
    ask = next(ask for ask in group.plan.asks if ask.id == "H")
    assert to_text(reference_tree(ask, group, 0)) == "A'*A*x + A'*A*x"


def test_every_kind_is_in_the_sample_problem(group: Group) -> None:
    assert {type(kind_of(ask, group)) for ask in group.plan.asks} == {type(kind) for kind in KINDS.values()}


@pytest.mark.parametrize(
    ("value", "latex"),
    [(1 / 3, r"\tfrac{1}{3}"), (-2 / 7, r"-\tfrac{2}{7}"), (0.5, None), (2.0, None), (3.0000000000000004, None),
     (0.0, None), (math.pi, None), (0.000125, None), (1 / 8 + 1e-9, None)],
)  # fmt: skip
def test_short_fractions_are_printed_as_such(value: float, latex: str | None) -> None:
    assert fraction_latex(value) == latex


@pytest.mark.parametrize(
    ("name", "ask", "fixed", "text", "status"),
    [
        ("dense-param-count", "N", {"hidden": "1", "n[0]": "784", "n[1]": "1000", "n[2]": "10"}, "795,010", "correct"),
        ("dense-param-count", "N", {"hidden": "1", "n[0]": "784", "n[1]": "1000", "n[2]": "10"}, "795 010", "correct"),
        ("dense-param-count", "N", {"hidden": "1", "n[0]": "784", "n[1]": "1000", "n[2]": "10"}, "795,011", "wrong"),
        ("dense-param-count", "N", {"hidden": "1", "n[0]": "784", "n[1]": "1000", "n[2]": "10"}, "795,01", "invalid"),
        ("dense-param-count", "W", {"hidden": "1", "n[0]": "700", "n[1]": "100", "n[2]": "10"}, "71,000", "correct"),
        ("gd-1d-steps", "w[1]", {"w[0]": "5", "lambda": "0.1", "a": "1", "c": "0"}, "4,000", "correct"),
    ],
)
def test_a_number_is_right_in_either_honest_reading(
    name: str, ask: str, fixed: dict[str, str], text: str, status: str
) -> None:
    group = draw(default_bank()[name], [1], fixed)[0]
    found = next(item for item in group.plan.asks if item.id == ask)
    assert mark_ask(group, found, [text])[0].status == status


def test_every_kind_of_the_files_has_its_class_and_every_class_its_row() -> None:
    assert CLASSES.keys() == set(NAMES)
    assert {name: kind.name for name, kind in KINDS.items()} == {name: name for name in NAMES}


FOLLOWING = [
    (["choice"], "value", "choice"), (["choices"], "function", "choices"), (["fields"], "value", "construct"),
    (["rows"], "value", "table"), (["interval"], "value", "interval"), ([], "symbolic", "matrix expression"),
    ([], "function", "expression"), ([], "value", ""),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "step", "kind"), FOLLOWING)
def test_a_kind_follows_from_the_parts_and_the_step(parts: list[str], step: str, kind: str) -> None:
    assert following(parts, step) == kind


# ask: numbers, rounded, formula, diagnosed, options
CAN = [
    ("third", True, True, False, True, False), ("count", True, False, False, True, False),
    ("v", True, True, False, True, False), ("f", False, False, True, True, False),
    ("G", False, False, True, True, False),
    ("one", False, False, False, False, True), ("line", False, False, False, False, False),
    ("near", True, True, False, True, False), ("some", True, True, False, True, False),
    ("both", False, False, False, False, False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "numbers", "rounded", "formula", "diagnosed", "options"), CAN)
def test_a_kind_says_what_it_can_do(
    group: Group, name: str, numbers: bool, rounded: bool, formula: bool, diagnosed: bool, options: bool
) -> None:
    traits = kind_of(next(ask for ask in group.plan.asks if ask.id == name), group).traits
    assert (traits.numbers, traits.rounded, traits.formula) == (numbers, rounded, formula)
    assert (traits.diagnosed, traits.options) == (diagnosed, options)


EXPORTED = [
    ("count", 7), ("v", [0.5, -2.0, 10.0]), ("M", [[1.0, 2.0], [3.0, 4.0]]), ("f", "sin(2*x)^2"), ("G", "A'*A*x"),
    ("line", {"b": 1.0, "w": 1.0}), ("some", [0.5, -2.0, 10.0]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), EXPORTED)
def test_machines_get_the_right_answer_as_data(group: Group, name: str, value: Any) -> None:
    ask = next(ask for ask in group.plan.asks if ask.id == name)
    assert kind_of(ask, group).export(ask, group) == value


@pytest.mark.parametrize("size", [1, 40])
def test_the_shape_of_an_array_is_found_once_for_all_students(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The formula is evaluated for the blank and for what is right, however many answers there are."""
    group = draw(problem_from(SPEC.encode(), "s.yaml"), range(size))[0]
    counted: list[str] = []
    value_of = kind.value_of
    monkeypatch.setattr(kind, "value_of", lambda *args: counted.append("") or value_of(*args))
    ask = replace(next(ask for ask in group.plan.asks if ask.id == "v"), tree=parse("[1/2, -2, 10]"))
    assert {verdict.status for verdict in mark_ask(group, ask, ["[0.5, -2, 10]"] * size)} == {"correct"}
    assert len(counted) <= 3
