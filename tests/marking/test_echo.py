"""The echo: how an answer was read, and when it is worth showing."""

from __future__ import annotations

import pytest
from counted import calls
from families import groups_of, in_depth

from grader.blanks.fields import Reading as Fields
from grader.blanks.kinds import KINDS, kind_of
from grader.cli.terminal import show_verdict
from grader.course.results import as_dict
from grader.course.sheet_verdict import SheetVerdict
from grader.draws.draw import draw
from grader.language.nodes import walk
from grader.language.parser import parse
from grader.marking.echo import LONGEST, echo_of, tells_more
from grader.marking.mark import mark_ask
from grader.marking.verdict import ProblemVerdict, Verdict
from grader.plan.group import Group
from grader.plan.load import problem_from

SPEC = """\
id: s
title: {en: S, ru: С}
topic: t
text: {en: a, ru: а}
given: {a: {ints: [1, 9]}, v: {ints: [-5, 5], shape: 2}, A: {ints: [-5, 5], shape: 2x2}}
steps: {n: a/7, i: 2*a + 1, w: a*v, M: a*A + A', "f(x)": a*x + sum(v)}
ask:
  n: {}
  i: {kind: integer}
  w: {}
  M: {}
  f: {domain: {x: [1, 2]}}
"""
VARIABLES = ("x", "y", "x1", "x2", "u", "A", "X")


def group() -> Group:
    (found,) = draw(problem_from(SPEC.encode(), "s.yaml"), range(1))
    return found


def marked(ask: str, typed: str) -> Verdict:
    part = group()
    return mark_ask(part, next(found for found in part.plan.asks if found.id == ask), [typed])[0]


@pytest.mark.parametrize(
    ("ask", "typed", "english", "russian"),
    [
        ("f", "2x sin(x^2)", "2x·sin(x²)", "2x·sin(x²)"),
        ("f", "1/2x", "(1/2)x", "(1/2)x"),
        ("f", "2x", "2x", "2x"),
        ("f", r"\frac{2,5x}{\tan^2 x}", "2.5x/tan(x)²", "2,5x/tg(x)²"),
        ("f", "x +", None, None),
        ("n", "1/3", "1/3 ≈ 0.333333", "1/3 ≈ 0,333333"),
        ("n", "1.33*10^-8", "1.33·10⁻⁸", "1,33·10⁻⁸"),
        ("n", r"\frac{1}{2}", "1/2 = 0.5", "1/2 = 0,5"),
        ("n", "(1 - 0.9)*(-4)", "(1 − 0.9)·(−4) = −0.4", "(1 − 0,9)·(−4) = −0,4"),
        ("n", "1,234", None, None),  # neither is right: nothing to say
        ("n", "-66,480", None, None),
        ("n", "4.047", None, None),
        ("n", r"1\frac{1}{2}", "1·(1/2) = 0.5 or 1 + 1/2 = 1.5", "1·(1/2) = 0,5 или 1 + 1/2 = 1,5"),
        ("n", "1 000", "1000", "1000"),
        ("n", "0,5", None, None),
        ("n", "1e-3", None, None),
        ("n", "−3", None, None),
        ("n", "1/0", None, None),
        ("n", "", None, None),
        ("i", "84,301", "84301", "84301"),
        ("i", "84,000", "84 or 84000", "84 или 84000"),
        ("i", "16/2", "16/2 = 8", "16/2 = 8"),
        ("i", "2.5", None, None),
        ("w", "[1;2]", "[1, 2]", "[1; 2]"),
        ("w", "0,5; 1,5", "[0.5, 1.5]", "[0,5; 1,5]"),
        ("w", "[1, 2]", None, None),
        ("w", "[1, 2", None, None),
        ("M", "[1, 2; 3, 4/5]", "[1, 2; 3, 4/5]", "[[1; 2]; [3; 4/5]]"),
        ("M", "[[1, 2], [3, 4]]", None, None),
    ],
)
def test_what_was_read(ask: str, typed: str, english: str | None, russian: str | None) -> None:
    expected = {} if english is None else {"en": english, "ru": russian}
    assert marked(ask, typed).echo == expected


def test_matrix_expressions_and_answers_of_several_fields() -> None:
    tree = parse("(A+A')x", VARIABLES)
    assert echo_of(KINDS["matrix expression"], tree) == {"en": "(A + Aᵀ)x", "ru": "(A + Aᵀ)x"}
    assert echo_of(KINDS["construct"], Fields({"b": 1.0, "w1": 0.5})) == {}
    shown = {"en": "b = 1, w₁ = 0.5", "ru": "b = 1; w₁ = 0,5"}
    assert echo_of(KINDS["construct"], Fields({"b": 1.0, "w1": 0.5}, shown=True)) == shown
    assert echo_of(KINDS["choice"], 1) == {}


@pytest.mark.parametrize(
    "typed",
    ["2*x", "2 x", "x**2 - 3", "x^{-1}", "x^-1", "10x_1", "10 x₁", "A'x", "A^T x", "2·x − 1", "e^(2x)", "x^10",
     "x*(y+1)", "0,5x", "2*(x+1)", "A .* X", "x1^2*x2"],
)  # fmt: skip
def test_other_ways_to_type_the_same_signs_are_not_repeated(typed: str) -> None:
    echo = echo_of(KINDS["expression"], parse(typed, VARIABLES))
    assert not tells_more(typed, echo["en"])


@pytest.mark.parametrize(
    "typed",
    [
        "1/2x",
        "x(y+1)",
        "sin x cos x",
        "e^-x^2",
        "cos^2 x",
        "log x",
        r"\frac{x}{2}",
        "y/2x",
        "sin 2x",
        "||x|-1|",
        "sqrt(2)x",
    ],
)
def test_what_could_be_misread_is_shown(typed: str) -> None:
    echo = echo_of(KINDS["expression"], parse(typed, VARIABLES))
    assert tells_more(typed, echo["en"])


@pytest.mark.parametrize(("language", "line"), [("en", "read as (1/2)x"), ("ru", "прочитано как (1/2)x")])
def test_the_terminal_and_the_json_show_it(language: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    verdict = marked("f", "1/2x")
    show_verdict(verdict, language, ())
    assert capsys.readouterr().out.splitlines()[1].strip() == line
    sheet = SheetVerdict("a.yaml", problems=(ProblemVerdict("s", "", (verdict, marked("f", "x +")), 2.0),))
    read, unread = as_dict(sheet, language)["problems"][0]["asks"]
    assert read["read_as"] == "(1/2)x"
    assert "read_as" not in unread


def test_the_terminal_is_silent_where_nothing_is_to_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    show_verdict(marked("f", "2 * x"), "en", ())
    assert "read as" not in capsys.readouterr().out


HOSTILE = [
    "|" * 9000, "[" * 5000, "(" * 9000, "x+" * 290 + "x", "x*" * 290 + "x", "-" * 90 + "x", "x^" * 90 + "x",
    "sin(" * 90 + "x" + ")" * 90, "1" * 9000, "x\x1b[2J", "x\u202e+1", "[" + "1," * 2900 + "1]", "x'" * 250,
    "√" * 90 + "x", "1" + "+1" * 290, "\\frac" * 1500,
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=[text[:6] + str(len(text)) for text in HOSTILE])
@pytest.mark.parametrize("ask", ["n", "i", "w", "M", "f"])
def test_hostile_texts(ask: str, typed: str) -> None:
    verdict = marked(ask, typed)
    for text in verdict.echo.values():
        assert len(text) <= LONGEST
        assert text.isprintable()
    assert verdict.status != "invalid" or verdict.echo == {}


def test_it_costs_little() -> None:
    """A walk or two over the tree and a look at the text: nothing is worked out and nothing compared."""
    typed = "-tan(sin(sqrt x)) cos(sqrt x) / (2 sqrt(x))"
    tree = parse(typed, VARIABLES)
    nodes = sum(1 for _ in walk(tree))
    assert calls(lambda: echo_of(KINDS["expression"], tree)) < 100 * nodes


@in_depth
def test_the_echo_of_a_right_answer_is_a_right_answer(family: str) -> None:
    """Right expressions, as the bank's self-test types them, have an echo that is right when it is typed."""
    one = groups_of(family)[0].at(0)
    for ask in one.plan.asks:
        for sample in kind_of(ask, one).samples(ask, one):
            verdict = mark_ask(one, ask, [sample.text])[0]
            if verdict.status == "correct" and kind_of(ask, one).traits.formula:
                assert mark_ask(one, ask, [verdict.echo["en"]])[0].status == "correct", verdict.echo["en"]
