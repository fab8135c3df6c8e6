"""Sizes of named arrays are said in the letters of the statement."""

from __future__ import annotations

import pytest

from grader.language.shapes import in_words
from grader.messages import Message, translate
from grader.plan.load import problem_from
from grader.plan.planner import first_form, plan_of
from grader.plan.symbols import sizes, with_letters

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\n"
SPEC = f"""{HEAD}symbols: {{A: n x m, B: m x n, x: n, c: number%s}}
steps: {{G: "c*A*B*x"}}
ask: {{G: 1}}
text: {{en: "$A$, $B$, $x$, $c$", ru: "$A$, $B$, $x$, $c$"}}
"""


def said(names: str, more: str = "", language: str = "en") -> list[str]:
    """The shapes of the arrays named, at every assignment of sizes."""
    problem = problem_from((SPEC % more).encode(), "s.yaml")
    plan = plan_of(problem, first_form(problem))
    return [
        translate(with_letters(Message("shape-answer", {
            "answer": in_words(shapes[names[0]]), "expected": in_words(shapes[names[1]])}), plan, place), language)
        for place, shapes in enumerate(sizes(plan))
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "The answer is a matrix of size n×m, but expected is a vector with n entries."),
    ("ru", "В ответе матрица n×m, а ожидается вектор длины n."),
])  # fmt: skip
def test_every_assignment_is_said_alike(language: str, sentence: str) -> None:
    assert said("Ax", language=language) == [sentence, sentence]


def test_a_size_that_is_a_number_on_the_sheet_stays_one() -> None:
    """Where a letter happens to be that number, the message has the number, too."""
    rest = "but expected is a vector with 3 entries."
    assert said("Ad", ", d: 3") == [f"The answer is a matrix of size {size}, {rest}" for size in ("n×3", "n×m")]
