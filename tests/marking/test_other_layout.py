"""Derivatives in the other layout: known in every kind of answer, told as such, and worth what the policy says."""

from __future__ import annotations

from functools import cache

import pytest

from grader.draws.draw import draw
from grader.errors import AuthorError
from grader.marking.mark import FULL, mark
from grader.marking.verdict import Shares, Verdict
from grader.plan.group import Group
from grader.plan.load import problem_from

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: s, ru: с}\n"
SPECS = {
    "trace": (
        "given: {A0: [1, 2, 0; 3, 4, 5], B0: [1, 0; 2, 7; 1, 1]}\nsymbols: {A: p x m, X: m x n, B: n x p}\n"
        "steps: {G: {is: \"A'*B'\", check: 'grad(tr(A*X*B), X)'}, N: \"A0'*A0*B0\", M: N + B0}\n"
        "ask: {G: {points: 2, layout: gradient}, N: {points: 4, layout: gradient}, M: {points: 2, layout: jacobian}}\n"
    ),
    "square": (
        'given: {A0: [1, 2; 3, 4]}\nsymbols: {A: n x n, x: n}\nsteps: {J: A, g: "(A + A\')*x", N: A0*A0}\n'
        "ask: {J: {points: 1, layout: jacobian}, g: {points: 1, layout: gradient}, N: {points: 4, layout: jacobian}}\n"
    ),
    "plain": "given: {A0: [1, 2; 3, 4]}\nsteps: {N: A0*A0}\nask: {N: 4}\n",
}
N = "[53, 113; 74, 160; 80, 165]"


@cache
def group_of(name: str) -> Group:
    return draw(problem_from((HEAD + SPECS[name]).encode(), f"{name}.yaml"), [1])[0]


def marked(name: str, answers: dict[str, str], shares: Shares = FULL) -> dict[str, Verdict]:
    return {verdict.ask: verdict for verdict in mark(group_of(name), [answers], shares)[0]}


ROWS = [
    # problem, ask, answer, status, points by layouts of none, half, all
    ("trace", "G", "A'B'", ("correct", "correct", "correct"), (2, 2, 2)),
    ("trace", "G", "BA", ("wrong", "partly", "correct"), (0, 1, 2)),
    ("trace", "G", "(A'B')'", ("wrong", "partly", "correct"), (0, 1, 2)),
    ("trace", "G", "AB", ("wrong", "wrong", "wrong"), (0, 0, 0)),
    ("square", "J", "A'", ("wrong", "partly", "correct"), (0, 0.5, 1)),
    ("square", "g", "x'(A + A')", ("wrong", "partly", "correct"), (0, 0.5, 1)),
    ("square", "g", "x'A", ("wrong", "wrong", "wrong"), (0, 0, 0)),
    ("square", "N", "[7, 15; 10, 22]", ("partly", "partly", "correct"), (2, 2, 4)),  # its diagonal is right
]


@pytest.mark.parametrize(("problem", "ask", "answer", "statuses", "points"), ROWS)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_other_layout(
    problem: str, ask: str, answer: str, statuses: tuple[str, ...], points: tuple[float, ...], share: float
) -> None:
    verdict = marked(problem, {ask: answer}, Shares(layout=share))[ask]
    place = int(2 * share)
    assert (verdict.status, verdict.points) == (statuses[place], points[place])
    known = statuses[2] == "correct" != statuses[0]
    if verdict.status in ("wrong", "partly"):
        assert ([slip.rule for slip in verdict.slips] == ["layout"]) is known
    else:
        assert any(reason.key.startswith("layout-") for reason in verdict.reasons) is known


def test_a_matrix_of_numbers_on_its_side() -> None:
    verdict = marked("trace", {"N": "[53, 74, 80; 113, 160, 165]"})["N"]
    assert (verdict.status, verdict.reasons) == ("wrong", ())
    assert [slip.message.key for slip in verdict.slips] == ["layout-gradient"]


def test_what_follows_is_taken_in_the_other_layout_too() -> None:
    """N is wrong in one entry, M follows from it and is transposed."""
    answers = {"N": N.replace("113", "112"), "M": "[54, 76, 81; 112, 167, 166]"}
    verdict = marked("trace", answers, Shares(follow=0.5, layout=0.5))["M"]
    assert (verdict.status, verdict.points, verdict.follows) == ("partly", 2 * 0.5 * 0.5, ("N",))
    assert [slip.message.key for slip in verdict.slips] == ["layout-jacobian"]
    whole = marked("trace", answers, Shares(layout=1.0))["M"]
    assert (whole.status, whole.points) == ("follows", 2)


def test_only_where_the_blank_says_so() -> None:
    assert [slip.rule for slip in marked("plain", {"N": "[7, 15; 10, 22]"})["N"].slips] == ["rows-for-columns"]


def test_it_changes_no_digest() -> None:
    said = problem_from((HEAD + SPECS["square"]).encode(), "square.yaml")
    unsaid = (HEAD + SPECS["square"]).replace(", layout: jacobian", "").replace(", layout: gradient", "")
    assert said.digest == problem_from(unsaid.encode(), "square.yaml").digest


@pytest.mark.parametrize(
    ("ask", "key"),
    [
        ("{s: {points: 1, layout: rows}}", "spec-unknown-key"),
        ("{s: {kind: integer, layout: gradient}}", "spec-layout"),
        ("{f: {points: 1, layout: gradient}}", "spec-layout"),
    ],
)
def test_what_cannot_have_another_layout_is_refused(ask: str, key: str) -> None:
    text = f"{HEAD}given: {{a: 3}}\nsteps: {{s: a, f(x): a*x}}\nask: {ask}\n"
    with pytest.raises(AuthorError) as fault:
        draw(problem_from(text.encode(), "s.yaml"), [1])
    assert fault.value.message.key == key
