"""Natural readings in marking: the reading that counted is shown, carried on and advised on; a strict exam takes the first."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import grader
from grader.chance.codes import decode
from grader.course.bank import Bank
from grader.course.reveal import revealed_problem
from grader.course.sheets import mark_files
from grader.draws.draw import draw
from grader.marking.mark import mark, read_column
from grader.marking.rows import Unfolded
from grader.marking.verdict import ProblemVerdict, Verdict
from grader.messages import LANGUAGES, translate
from grader.plan.group import Group
from grader.plan.load import problem_from

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
SPEC = """\
given: {a: 3, x0: 2}
steps: {'df(x)': 'a*e^(2*x)', 'dy(x)': 'df(x)/(2*x)', q: 1234, i: 84301, r: 'a/2'}
ask:
  df: {domain: {x: [1, 2]}}
  dy: {points: 2, domain: {x: [1, 2]}}
  q: {decimals: 3}
  i: {kind: integer}
  r: {exact: true}
"""


@cache
def group_of(spec: str = SPEC) -> Group:
    return draw(problem_from((HEAD + spec).encode(), "s.yaml"), [1])[0]


def marked(answers: dict[str, str], *, strict: bool = False) -> dict[str, Verdict]:
    return {verdict.ask: verdict for verdict in mark(group_of(), [answers], strict=strict)[0]}


# Ask, what is typed, status, what it is shown as read as, the advice.
ROWS = [
    ("df", "3*e^(2x)", "correct", "3e²ˣ", ()),
    ("df", "3e^2x", "correct", "3e²ˣ", ("reading-exponent",)),
    ("df", "3 e^2 x", "wrong", "3e²x", None),
    ("dy", "3e^(2x)/(2x)", "correct", "3e²ˣ/(2x)", ()),
    ("dy", "3e^2x/2x", "correct", "3e²ˣ/(2x)", ("reading-denominator", "reading-exponent")),
    ("dy", "3e^(2x)/2x", "correct", "3e²ˣ/(2x)", ("reading-denominator",)),
    ("dy", "5e^2x/2x", "wrong", None, None),
    ("df", "(3e^(2x))'", "invalid", None, ("syntax-transpose-number",)),
    ("df", "[3e^(2x)]", "correct", "3e²ˣ", ()),
    ("q", "1234", "correct", None, ()),
    ("q", "1,234", "correct", "1234", ("reading-thousands",)),
    ("q", "1,235", "wrong", None, None),
    ("q", "1234'", "invalid", None, ("syntax-transpose-number",)),
    ("q", "[1234]", "correct", "1234", ()),
    ("i", "84,301", "correct", "84301", ("reading-thousands",)),
    ("i", "84301", "correct", None, ()),
    ("r", "1\\frac12", "correct", "1 + 1/2 = 1.5", ("reading-mixed",)),
    ("r", "1,5", "correct", None, ()),
    ("r", "3/2", "correct", "3/2 = 1.5", ()),
    ("r", "9^1/2/2", "correct", "9^(1/2)/2 = 1.5", ("reading-exponent",)),
]


@pytest.mark.parametrize(("ask", "typed", "status", "echo", "advice"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_rows(ask: str, typed: str, status: str, echo: str | None, advice: tuple[str, ...] | None) -> None:
    verdict = marked({ask: typed})[ask]
    assert verdict.status == status
    if echo is not None:
        assert verdict.echo["en"] == echo
    elif status != "wrong":
        assert verdict.echo == {}
    if advice is not None:
        assert tuple(reason.key for reason in verdict.reasons) == advice
    for reason in verdict.reasons:
        assert all(translate(reason, language) for language in LANGUAGES)


STRICT = [("df", "3*e^(2x)", "correct"), ("df", "3e^2x", "wrong"), ("dy", "3e^(2x)/2x", "wrong"), ("q", "1,234", "wrong"),
          ("i", "84,301", "invalid"), ("r", "1\\frac12", "wrong"), ("r", "9^1/2/2", "wrong"), ("r", "1,5", "correct")]  # fmt: skip


@pytest.mark.parametrize(("ask", "typed", "status"), STRICT)
def test_strictly_the_first_reading_counts(ask: str, typed: str, status: str) -> None:
    assert marked({ask: typed}, strict=True)[ask].status == status


def test_another_reading_follows_from_an_own_value_too() -> None:
    verdicts = marked({"df": "5*e^(2x)", "dy": "5e^2x/2x"})
    assert (verdicts["df"].status, verdicts["dy"].status) == ("wrong", "follows")
    assert [reason.key for reason in verdicts["dy"].reasons] == [
        "follow-correct",
        "reading-denominator",
        "reading-exponent",
    ]
    assert verdicts["dy"].echo["en"] == "5e²ˣ/(2x)"
    assert marked({"df": "5*e^(2x)", "dy": "5e^2x/2x"}, strict=True)["dy"].status == "wrong"


TABLE = """\
given: {a: 1234}
steps: {q: a, r: q/2}
ask: {T: {rows: {q: {decimals: 3}, r: {decimals: 3}}}}
"""


def test_the_row_of_a_table_has_the_reading_that_counted() -> None:
    """The next row follows from 1234, not from 1.234."""
    (verdict,) = mark(group_of(TABLE), [{"T": {"q": "1,234", "r": "617"}}])[0]
    assert verdict.status == "correct"
    column = read_column(group_of(TABLE), group_of(TABLE).plan.asks[0], [{"q": "1,234", "r": "617"}])
    q, _ = Unfolded(group_of(TABLE), [column]).columns
    assert (q.number(0), q.verdicts[0].status) == (1234, "correct")
    (wrong,) = mark(group_of(TABLE), [{"T": {"q": "1,234", "r": "0.617"}}], strict=False)[0]
    assert (wrong.status, wrong.points) == ("partly", 1.0)


def test_a_slip_is_found_in_the_reading_that_has_one() -> None:
    verdict = marked({"df": "-3e^2x"})["df"]
    assert verdict.status == "wrong"
    assert verdict.slips
    assert verdict.echo["en"] == "−3e²ˣ"


def test_the_advice_tells_nothing_of_right_and_wrong() -> None:
    problem = ProblemVerdict("s", "", (marked({"df": "3e^2x"})["df"],), 1.0)
    for level, keys in (("slips", ["reading-exponent"]), ("verdicts", ["reading-exponent"]), ("points", [])):
        assert [reason.key for reason in revealed_problem(problem, level).verdicts[0].reasons] == keys


# ----- The bank's own problems: what students typed ----------------------------------------------------------------

TYPED = [
    ("deriv-chain-two-layer", "0000-0001-6ES8T", "dy",
     ["cosx e^sinx", "cos x e^(sin x)", r"\cos x e^{\sin x}", r"\cos x \, e^{\sin x}", "cosxe^sinx", "e^sinx cosx"],
     ["cosx + e^sinx", "cos(x e^sinx)'", "sinx e^sinx"]),
    ("product-rule", "0000-0001-68YTB", "dy",
     ["e^x cos x - sin x e^x", r"\cos x e^x-\sin x e^x", "e^xcosx-sinxe^x"], ["e^x cos x + sin x e^x", "cos x e^x"]),
    ("product-rule", "0000-0003-68Y8B", "dy",
     ["x^4 + 5 ln x x^4", "x^4+5x^4lnx", "x^4 + 5 lnx x^4"], ["x^4 + 5 ln x", "x^4 + 5 ln(x x^4)"]),
    ("deriv-chain-three-layer", "0000-0001-QS156", "outside", ["-sinu e^cosu", "-e^cosu sinu"], ["sinu e^cosu"]),
    ("deriv-chain-three-layer", "0000-0003-QS1K3", "dh",
     ["cos 4√x * 2/√x", "2cos4√x/√x", r"\frac{2\cos4\sqrt{x}}{\sqrt{x}}"], ["cos 4√x/√x", "2cos4 x/√x"]),
    ("quotient-rule", "4T86-EEVX-9W5D5", "dy", ["[e^x(5x+7)-5e^x]/(5x+7)^2"], ["[e^x(5x+7)+5e^x]/(5x+7)^2"]),
    ("table-derivative", "0000-0001-9GD33", "df",
     ["-1/2√x", "-1/2 x^-1/2", "-1/2x^-1/2", "-½x^(-½)"], ["-1/2*√x", "-1/2 x^1/2", "-(1/2)√x"]),
    ("table-derivative", "0000-0003-9GDH0", "df", ["-3x^1/2", "-3√x"], ["-3x^1", "-3/2 x^1/2"]),
    ("md-lndet", "seed 7", "G", ["0.5*X^(-1)'", "½X⁻¹ᵀ", "1/2 X^-1'", "1/2(X^-1)'", "½𝑋⁻ᵀ"], ["1/2 X^-1", "½X⁻¹"]),
    ("md-quadratic-form", "seed 7", "g",
     ["-2[(A+A^T)x]", "−2(𝐴 + 𝐴⊤)𝑥", "-2(A+transpose(A))x"], ["-2[(A-A^T)x]", "-2(A+A)x"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("family", "code", "ask", "right", "wrong"), TYPED, ids=[f"{row[0]} {row[2]}" for row in TYPED]
)
def test_what_students_typed(family: str, code: str, ask: str, right: list[str], wrong: list[str]) -> None:
    seed = int(code.removeprefix("seed ")) if code.startswith("seed") else decode(code)[0]
    variant = grader.bank()[family].variant(seed=seed)
    for typed in right:
        assert {verdict.ask: verdict.status for verdict in variant.mark({ask: typed})}[ask] == "correct", typed
    for typed in wrong:
        found = {verdict.ask: verdict.status for verdict in variant.mark({ask: typed})}[ask]
        assert found in ("wrong", "invalid"), typed


# ----- The policy --------------------------------------------------------------------------------------------------

PROBLEM = HEAD.replace("id: s", "id: own") + SPEC
ANSWERS = "student: ann\nassignment: {name}\nanswers:\n  own:\n    variant: {code}\n    df: 3e^2x\n"


@pytest.mark.parametrize(("line", "points"), [("readings: all", 1.0), ("readings: first", 0.0), ("follow: 1", 1.0)])
def test_a_line_of_the_policy_makes_an_exam_strict(line: str, points: float, tmp_path: Path) -> None:
    folder = tmp_path / "problems"
    (folder / "assignments").mkdir(parents=True)
    (folder / "own.yaml").write_text(PROBLEM, "utf-8")
    (folder / "assignments" / "exam.yaml").write_text(
        f"title: {{en: E, ru: Э}}\nproblems: [own]\npolicy:\n  {line}\n", "utf-8"
    )
    bank = Bank(folder)
    code = grader.bank(folder)["own"].variant(seed=1).code
    (tmp_path / "a.yaml").write_text(ANSWERS.format(name="exam", code=code), "utf-8")
    (sheet,) = mark_files([tmp_path / "a.yaml"], bank)
    assert sheet.problems[0].points == points
