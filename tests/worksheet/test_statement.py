"""What a statement says beside the author's words, and in which words the bank says what is not drawn."""

from __future__ import annotations

import re

import pytest
from families import groups_of, in_depth

import grader
from grader.course.printing import blank_of
from grader.draws.draw import draw
from grader.language.plain import plain
from grader.messages import LANGUAGES
from grader.plan.load import problem_from
from grader.worksheet.statement import by_calculator, drawing_of, prompt, statement

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\n"
TEXT = 'text: {en: "Find it.", ru: "Найдите."}\n'

CALCULATOR = [  # the functions behind what is to be rounded
    ("given: {a: 2}\nsteps: {b: exp(a)}\nask: {b: {decimals: 3}}\n", {"exp"}),
    ("given: {a: 2}\nsteps: {b: exp(a)}\nask: {b: {exact: true}}\n", set()),
    ("given: {a: 2}\nsteps: {b: a/7}\nask: {b: {decimals: 3}}\n", set()),
    ("given: {a: 2}\nsteps: {b: relu(a) + abs(a) + floor(a/3)}\nask: {b: {decimals: 3}}\n", set()),
    ("given: {a: 2}\nsteps: {b: sqrt(a), c: 2*b}\nask: {c: {significant: 4}}\n", {"sqrt"}),
    ("given: {a: 2}\nsteps: {b: sqrt(a), c: 2*a}\nask: {c: {significant: 4}}\n", set()),
    ("given: {a: 2}\nwhere: {f(x): sin(x)}\nsteps: {b: f(a)}\nask: {b: {decimals: 2}}\n", {"sin"}),
    ("given: {a: 2}\nwhere: {f(x): ln(x)^2}\nsteps: {b: 'grad(f, a)'}\nask: {b: {decimals: 2}}\n", {"ln"}),
    ("given: {a: 2}\nsteps: {b(x): 'x*exp(x)', c: b(a)}\nask: {c: {decimals: 2}}\n", {"exp"}),
    ("given: {a: 2}\nsteps: {b(x): 'x*exp(x)', c: 3*a}\nask: {b: 1, c: {decimals: 2}}\n", set()),
    ("given: {v: '[1, 2]'}\nsteps: {b: softmax(v)}\nask: {b: {decimals: 2}}\n", {"softmax"}),
    ("given: {v: '[1, 2]'}\nsteps: {b: norm(v)}\nask: {b: {decimals: 2}}\n", {"norm"}),
    ("given: {a: 2}\nsteps: {b: floor(ln(a))}\nask: {b: {kind: integer}}\n", {"ln"}),
    ("given: {a: 2}\nsteps: {b: tanh(a)}\nrounding: {decimals: 3}\nask: {b: 1}\n", {"tanh"}),
]


@pytest.mark.parametrize(("spec", "functions"), CALCULATOR)
def test_a_calculator_is_named_where_one_is_needed(spec: str, functions: set[str]) -> None:
    (group,) = draw(problem_from((HEAD + spec + TEXT).encode(), "s.yaml"), [1])
    assert by_calculator(group.plan) == functions
    for language, word in (("en", "calculator"), ("ru", "калькулятор")):
        text = statement(group.at(0), language)
        assert (word in text) is bool(functions)
        assert ("e^{-t}" in text) is ("tanh" in functions)


PICTURES = re.compile(r"drawn|picture|(?<!significant )figure|drawing|рисун|нарисован|изображ|на схеме", re.IGNORECASE)


@in_depth
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_promises_a_picture_that_is_not_there(family: str, language: str) -> None:
    for group in groups_of(family):
        one = group.at(0)
        if drawing_of(one, language) is not None:
            continue
        prompts = [prompt(ask, one, language) for ask in one.plan.asks]
        for text in (one.plan.problem.title[language], statement(one, language), *prompts):
            assert not PICTURES.search(text), text


SAID = [  # family, seed or what is set, language, in the statement, prompts by blank
    ("matrix-add", {"alpha": "5", "beta": "-4"}, "en", "linear combination 5A - 4B;", {"P": "5A =", "C": "5A - 4B ="}),
    ("matrix-add", {"alpha": "0.5"}, "ru", "попутно", {"P": "0,5A ="}),
    ("gd-nd-steps", {"n": "2"}, "en", "x^(0)", {"g[1]": "g_1 =", "x[1]": "x^(1) =", "x[2]": "x^(2) ="}),
    ("md-lndet", {"inside": "plain"}, "en", "ln(det X)", {"D": "for the matrix above: det X ="}),
    ("md-lndet", {"inside": "left"}, "ru", "ln(det(A X))", {"D": "для этой матрицы: det X ="}),
    ("chain-jacobian-mse-linear", {"outputs": "2"}, "ru", "", {"first": "∂ℓ/∂x_1 через y_1, y_2:"}),
    ("backprop-zero-init-two-steps", {}, "ru", "Ответы дайте точные.", {}),
    ("backprop-scalar-chain", {"act": "logsig"}, "en", "f(h) = 1/(1 + e^-h)", {}),
    ("backprop-scalar-chain", {"act": "tansig"}, "ru", "если на нём нет th", {}),
    ("graph-path-sum", {}, "en", "Edges lead from x to a, b, c", {}),
]


@pytest.mark.parametrize(("family", "fixed", "language", "words", "prompts"), SAID)
def test_what_the_bank_says(
    family: str, fixed: dict[str, str], language: str, words: str, prompts: dict[str, str]
) -> None:
    variant = grader.bank()[family].variant(3, fixed)
    assert words in " ".join(plain(variant.statement(language)).split())
    said = {blank.id: plain(blank.prompt) for blank in variant.blanks(language)}
    assert {ask: said[ask] for ask in prompts} == prompts


NAMES = [
    ("md-lndet", {"inside": "plain"}, "G", ["X"]),
    ("md-lndet", {"inside": "gram"}, "G", ["X"]),
    ("md-lndet", {"inside": "right"}, "G", ["A", "X"]),
    ("chain-jacobian-mse-linear", {"outputs": "2"}, "first", ["y1", "y2"]),
    ("chain-jacobian-mse-linear", {"outputs": "3"}, "first", ["y1", "y2", "y3"]),
    ("grad-at-point", {}, "f1", ["x1", "x2"]),
    ("product-rule", {}, "df", ["x"]),
]


@pytest.mark.parametrize(("family", "fixed", "ask", "names"), NAMES)
def test_a_blank_names_what_its_form_has(family: str, fixed: dict[str, str], ask: str, names: list[str]) -> None:
    group = grader.bank()[family].variant(4, fixed).group
    hint = blank_of(group.plan.ask(ask), group, "en").hint
    assert hint.partition(" in ")[2].partition(";")[0] == ", ".join(names)


def test_a_name_that_the_form_does_not_have_is_not_known() -> None:
    variant = grader.bank()["md-lndet"].variant(4, {"inside": "plain"})
    (verdict, *_) = variant.mark({"G": "A^-T"})
    assert verdict.status == "invalid"


def test_a_worked_solution_writes_rounds_where_the_questions_do() -> None:
    lines = plain(grader.bank()["gd-nd-steps"].variant(3, {"n": "2"}).worked("en"))
    assert "Step: x^(1) = x^(0) - η g_1 = " in lines
    assert "Step: x^(2) = x^(1) - η g_2 = " in lines
    assert "f_1(x^(1)_1, x^(1)_2)" in lines
    assert not re.search(r"x_[01]\b(?! =)[^,]* - η", lines)


ENTRIES = """\
id: s
title: {en: S, ru: С}
topic: t
given: {a: 3, n: [2, 5], "w[0]": 7}
steps: {beta: 2*n, "w[1]": "w[0] + 1", q: a}
ask: {q: 1}
text: {en: "TEXT", ru: а}
"""


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("tex('n[1]*x1 + n[2]*x2', 'x1', 'x2')", "2x_1 + 5x_2"),
        ("tex('beta[2]*k', 'k')", "10k"),
        ("tex('n[1]*a')", "6"),
        ("tex('n[1]*k', 'k', 'n')", "n_1k"),
    ],
)
def test_entries_of_arrays_are_put_in(formula: str, shown: str) -> None:
    text = ENTRIES.replace("TEXT", f"${{{{ {formula} }}}}$")
    assert statement(draw(problem_from(text.encode(), "s.yaml"), [1])[0].at(0), "en").strip() == f"${shown}$"
