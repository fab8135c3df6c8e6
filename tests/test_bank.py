"""The bank proves itself: a new file under problems/ needs no new test."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.blanks.kinds import kind_name, kind_of
from grader.check import check_problem
from grader.check.answers import answer_findings
from grader.check.confirm import DERIVATIVES
from grader.check.report import Finding
from grader.check.typesetting import fragments_of, typesetting_findings
from grader.draws.draw import draw
from grader.errors import GraderError
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, walk
from grader.language.parser import parse
from grader.language.shapes import finite
from grader.marking.mark import mark, mark_ask
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.plan.load import load_problem
from grader.spec.problem import Problem
from grader.worksheet.solution import parts
from grader.worksheet.statement import prompt, statement

BANK = Path(__file__).parents[1] / "problems"
FILES = sorted(path for path in BANK.rglob("*.yaml") if "assignments" not in path.parts)
VARIANTS = 200

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def problem_of(path: Path) -> Problem:
    return load_problem(path)


def words(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return [f"{found['file']}:{found['line']} {found['message']}" for found in (item.as_dict() for item in findings)]


@cache
def groups_of(path: Path) -> list[Group]:
    return draw(problem_of(path), range(VARIANTS))


def test_there_is_a_bank() -> None:
    assert len(FILES) >= 29


@each_file
def test_id_is_the_file_name(path: Path) -> None:
    assert problem_of(path).id == path.stem


@each_file
def test_self_test_finds_no_errors(path: Path) -> None:
    report = check_problem(problem_of(path), VARIANTS, typeset=False)
    assert words(report.errors) == []
    assert report.figures["variants"] == VARIANTS


@each_file
def test_every_step_has_a_value(path: Path) -> None:
    groups = groups_of(path)
    assert sum(len(group.places) for group in groups) == VARIANTS
    for group in groups:
        for name, value in group.solution.items():
            assert finite(value).all(), name


@each_file
def test_references_and_samples_get_their_verdicts(path: Path) -> None:
    """Right answers as decimals with a point, with a comma and rounded; near misses and unreadable texts."""
    assert words(list(answer_findings(problem_of(path), groups_of(path)))) == []


@each_file
def test_an_empty_sheet_earns_nothing_and_a_spoiled_one_stops_nothing(path: Path) -> None:
    group = groups_of(path)[0].at(0)
    for text, status in (("", {"blank"}), ("@@ \\frac{", {"invalid"}), ("(" * 5000, {"invalid"})):
        verdicts = mark(group, [{ask.id: text for ask in group.plan.asks}])[0]
        assert {verdict.status for verdict in verdicts} == status
        assert sum(verdict.points for verdict in verdicts) == 0


@each_file
@pytest.mark.parametrize("language", LANGUAGES)
def test_statements(path: Path, language: str) -> None:
    """Every statement has words of its language, and nothing of the template is left in it."""
    letters = "абвгдежзиклмнопрстуя" if language == "ru" else "etaoinsrhl"
    for group in groups_of(path)[:20]:
        one = group.at(0)
        text = statement(one, language)
        assert sum(text.lower().count(letter) for letter in letters) > 20
        printed = [text, *(prompt(ask, one, language) for ask in one.plan.asks)]
        assert not any(re.search(r"\{%|\b(?:Undefined|nan|inf|None)\b", piece) for piece in printed)


@each_file
def test_kinds_are_settled(path: Path) -> None:
    for group in groups_of(path)[:20]:
        assert all(kind_name(ask, group) for ask in group.plan.asks)


def test_the_whole_bank_typesets() -> None:
    problems = [problem_of(path) for path in FILES]
    fragments = [fragment for problem in problems for fragment in fragments_of(problem, draw(problem, range(20)))]
    assert len(fragments) > 4 * len(FILES)
    assert words(list(typesetting_findings(fragments))) == []


@each_file
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_key_prints_is_right(path: Path, language: str) -> None:
    """A student who copies the key's LaTeX, decimal comma and tg included, is marked correct."""
    for group in groups_of(path):
        one = group.at(0)
        for ask in group.plan.asks:
            if kind_name(ask, one) in ("choice", "choices", "construct"):
                continue
            text = kind_of(ask, one).explain(ask, one, language).strip("$")
            assert mark_ask(one, ask, [text])[0].status == "correct", (ask.id, text)


def some_students(path: Path, most: int = 12) -> list[Group]:
    """Groups of one, from as many forms as there are."""
    groups = groups_of(path)
    members = [group.at(member) for member in range(most) for group in groups if member < len(group.places)]
    return members[:most]


def equations(text: str) -> list[str]:
    """The formulas of a solution, aligned ones as one line."""
    marks = re.compile(r"\\(?:begin|end)\{aligned\}|&(?=[=\\])|\\\\ (?=&)|\\quad")
    found = re.findall(r"\$\$(.+?)\$\$|\$(.+?)\$", text, re.DOTALL)
    return [marks.sub("", one or other).strip() for one, other in found]


@each_file
@pytest.mark.parametrize("language", LANGUAGES)
def test_worked_solutions_end_with_what_the_key_prints(path: Path, language: str) -> None:
    for one in some_students(path):
        paragraphs = list(parts(one, language))
        assert not any(re.search(r"\{%|\{\{|\{entry\}|\b(?:Undefined|nan|None)\b|@", text) for _, text in paragraphs)
        steps = {step.name: step for step in one.plan.steps}
        for ask in one.plan.asks:
            if kind_name(ask, one) in ("choice", "choices"):
                assert any(place == ask.path for place, _ in paragraphs), ask.id
            elif kind_name(ask, one) != "construct":
                explained = kind_of(ask, one).explain(ask, one, language).strip("$")
                lines = [line for place, text in paragraphs if place == steps[ask.id].path for line in equations(text)]
                assert any(line.endswith(f" {explained}") for line in lines), (ask.id, explained, lines)


@each_file
def test_numbers_put_in_come_to_the_value(path: Path) -> None:
    """What a solution prints between its signs is read back: `=` only where it is equal, `≈` where it is near."""
    read = 0
    for one in some_students(path):
        for _, text in parts(one, "en"):
            for line in equations(text):
                values, exact = values_of(line)
                read += len(values) > 1
                for value in values[:-1]:
                    margin, unit = (1e-9, 1e-9) if exact else (2e-3, 5.1e-3)  # half a unit of two decimals
                    assert value == pytest.approx(values[-1], rel=margin, abs=unit), line
    assert read or path.stem == "sigmoid-derivative-form"  # formulas only


def values_of(line: str) -> tuple[list[Any], bool]:
    """The parts of `head = formula = numbers = value` that are numbers, and whether all signs between them are `=`."""
    values: list[Any] = []
    exact = True
    for sign, piece in re.findall(r" (=|\\approx) (.+?)(?= = | \\approx |$)", line):
        try:
            value = np.squeeze(evaluate(parse(piece, frozenset(), lists=True), {}))
        except GraderError:  # names: a formula
            continue
        if values and value.shape != values[-1].shape:  # a row printed for a product of columns
            continue
        exact = exact and (sign == "=" or not values)
        values.append(value)
    return values, exact


@each_file
def test_every_asked_value_is_confirmed_by_a_second_computation(path: Path) -> None:
    """Each asked step has a `check`, or is a derivative that central differences or SymPy confirm."""
    for plan in {id(group.plan): group.plan for group in groups_of(path)}.values():
        derived = {derivative.path for derivative in plan.derivatives}
        steps = {step.name: step for step in plan.steps}
        for ask in plan.asks:
            if ask.kind in ("choice", "choices", "construct"):
                continue
            step = steps[ask.id]
            forms = [part for part in walk(step.tree) if isinstance(part, Call) and part.op in DERIVATIVES]
            assert step.check is not None or step.path in derived or forms, ask.id
