"""What the terminal prints: one explanation once, and values that may be typed back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from families import groups_of, in_depth

import grader
from grader.cli import main
from grader.cli.terminal import show_problem
from grader.course.answers_file import parse_answers
from grader.course.blank_answers import blank_answers
from grader.course.printing import blank_of, comment_of
from grader.language.plain import plain
from grader.marking.mark import mark
from grader.marking.verdict import ProblemVerdict
from grader.messages import LANGUAGES
from grader.plan.group import Group

# ----- One explanation once --------------------------------------------------------------------------------------


def said(problem: str, seed: int, answers: dict[str, str], language: str, capsys: pytest.CaptureFixture[str]) -> str:
    variant = grader.bank()[problem].variant(seed)
    verdicts = tuple(variant.mark(answers))
    show_problem(ProblemVerdict(problem, variant.code, verdicts, 8.0), language)
    return capsys.readouterr().out


ONCE = [
    ("sgd-linreg-steps", 5, {"g[1]": "12", "w[1]": "-0.6", "g[2]": "-14.4", "w[2]": "0.12"}, "The same holds for g₂."),
    ("matrix-add", 1, {"C": "1"}, ""),
]


@pytest.mark.parametrize(("problem", "seed", "answers", "line"), ONCE)
def test_slips_that_explain_several_lines_are_told_once(
    problem: str, seed: int, answers: dict[str, str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [text.strip() for text in said(problem, seed, answers, "en", capsys).splitlines()]
    told = [text for text in lines if text and not text.startswith(("✓", "✗", "·", "Right for"))]
    assert len(told) == len(set(told))
    assert [text for text in told if text.startswith("The same holds")] == [line] * bool(line)


def test_russian_says_the_same_once(capsys: pytest.CaptureFixture[str]) -> None:
    answers = {"g[1]": "12", "w[1]": "-0,6", "g[2]": "-14,4", "w[2]": "0,12"}
    text = said("sgd-linreg-steps", 5, answers, "ru", capsys)
    assert text.count("Такой ответ получается при разных ошибках") == 1
    assert "То же относится к g₂." in text


# ----- Typed back ------------------------------------------------------------------------------------------------


def typed(group: Group, language: str, answers: dict[str, str]) -> dict[str, str | dict[str, str]]:
    """What the answers file reads where these texts stand behind the blanks; nothing is said of them."""
    blanks = [(ask.id, comment_of(blank_of(ask, group, language))) for ask in group.plan.asks]
    lines = blank_answers("ann", "week-1", language, [("a-problem", "CODE", "Title", blanks)]).splitlines()
    keys = [line.strip().removesuffix(":").strip("'") for line in lines]
    filled = [f"{line} {answers[key]}" if key in answers else line for key, line in zip(keys, lines, strict=True)]
    file = parse_answers("\n".join(filled).encode(), "answers-ann.yaml")
    assert (file.faults, file.notes) == ((), ())
    return {ask: answer.text for ask, answer in file.problems[0].answers.items()}


@in_depth
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_key_says_in_the_terminal_is_right(family: str, language: str) -> None:
    """Typed into the answers file, beside the blanks' own comments."""
    for group in groups_of(family):
        one = group.at(0)
        key = {ask.id: plain(blank_of(ask, one, language, key=True).answer) for ask in one.plan.asks}
        verdicts = mark(one, [typed(one, language, key)])[0]
        assert {verdict.ask: verdict.status for verdict in verdicts} == dict.fromkeys(key, "correct"), key


@in_depth
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_that_a_blank_shows_is_read(family: str, language: str) -> None:
    """`like [[1, 2], [3, 4]]`: wrong perhaps, but no remark and nothing unread."""
    for group in groups_of(family)[:1]:
        one = group.at(0)
        shown = {ask.id: example(blank_of(ask, one, language).hint) for ask in one.plan.asks}
        answers = {ask: text for ask, text in shown.items() if text}
        read = typed(one, language, answers)
        assert read == {ask.id: answers.get(ask.id, "") for ask in one.plan.asks}
        for verdict in mark(one, [read])[0]:
            assert verdict.status != "invalid", (verdict.ask, verdict.typed)


def example(hint: str) -> str:
    """What stands behind “like”."""
    _, found, rest = hint.partition(" like ")
    if not found:
        _, found, rest = hint.partition(" например ")
    rest = rest.split(" or ")[0].split(" или ")[0]
    return re.split("; (?:exactly|round|within|точно|окр|с точностью|ч)", rest)[0]


def test_no_markdown_is_left_in_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answers = "student: a\nassignment: practice\nlanguage: ru\nanswers:\n  backprop-scalar-chain:\n    variant: {}\n"
    code = grader.bank()["backprop-scalar-chain"].variant(12).code
    (tmp_path / "answers-a.yaml").write_text(answers.format(code) + "    o1: 1\n", "utf-8")
    for command in (
        ["submit", "answers-a.yaml", "--solutions"],
        ["show", "backprop-scalar-chain", "--seed", "12", "--key", "-l", "ru"],
    ):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0
        assert "*" not in result.output
        assert "$" not in result.output
