"""The bank proves itself: a new file under problems/ needs no new test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from families import (
    FAMILIES,
    FORMS,
    IN_DEPTH,
    SHORT,
    TURN,
    VARIANTS,
    drawn_of,
    each_family,
    groups_of,
    has_numbers,
    in_depth,
    problem_of,
    turned,
    unproved,
    variants_of,
)

from grader.blanks.kinds import in_latex, kind_of
from grader.blanks.labels import labels_of
from grader.check import check_problem
from grader.check.answers import answer_findings
from grader.check.confirm import DERIVATIVES
from grader.check.report import Finding
from grader.check.typesetting import fragments_of
from grader.course.bank import default_bank
from grader.errors import GraderError
from grader.language.evaluate import evaluate
from grader.language.labels import folded
from grader.language.nodes import Call, names, walk
from grader.language.parser import parse
from grader.language.plain import plain_maths
from grader.language.shapes import finite
from grader.language.tex import formulas_of
from grader.marking.mark import mark, mark_ask
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.plan.load import load_problem
from grader.plan.plan import Ask
from grader.spec.kinds import TRAITS
from grader.worksheet.solution import parts
from grader.worksheet.statement import prompt, statement


def right_text(ask: Ask, group: Group) -> str:
    """A text that is right for a group of one."""
    samples = kind_of(ask, group).samples(ask, group)
    return next(str(sample.text) for sample in samples if sample.status == "correct")


def words(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return [f"{found['file']}:{found['line']} {found['message']}" for found in (item.as_dict() for item in findings)]


def test_there_is_a_bank() -> None:
    assert len(default_bank()) >= 29


@each_family
def test_the_id_is_the_file_name_and_every_part_is_read(family: str) -> None:
    path = default_bank().paths[family]
    assert load_problem(path, complete=True).id == path.stem == family


@each_family
def test_it_says_how_long_it_takes_by_hand(family: str) -> None:
    assert 1 <= problem_of(family).minutes <= 25


AFRESH = turned(FAMILIES, 3, f"proofs {TURN}")
"""A record is of a file, not of the code that proved it: these are proved again, other ones with other code."""


@each_family
def test_self_test_finds_no_errors_and_everything_typesets(family: str) -> None:
    """On record for the file as it stands, or found out now."""
    if SHORT and family not in AFRESH and family not in unproved():
        return
    report = check_problem(problem_of(family))
    assert words(report.errors) == []
    assert report.figures["variants"] == 200
    assert len(list(fragments_of(problem_of(family), groups_of(family)[:1]))) > 4


@each_family
def test_every_step_has_a_value_and_every_blank_a_kind(family: str) -> None:
    groups = drawn_of(family)
    assert sum(len(group.positions) for group in groups) == variants_of(family)
    for group in groups:
        for name, value in group.solution.items():
            assert finite(value).all(), name
        assert all(kind_of(ask, group).name for ask in group.plan.asks)


@each_family
def test_references_and_samples_get_their_verdicts(family: str) -> None:
    """Right answers as decimals with a point, with a comma and rounded; near misses and unreadable texts."""
    assert words(list(answer_findings(problem_of(family), groups_of(family)))) == []


@in_depth
def test_an_empty_sheet_earns_nothing_and_a_spoiled_one_stops_nothing(family: str) -> None:
    group = groups_of(family)[0].at(0)
    for text, status in (("", {"blank"}), ("@@ \\frac{", {"invalid"}), ("(" * 5000, {"invalid"})):
        verdicts = mark(group, [{ask.id: text for ask in group.plan.asks}])[0]
        assert {verdict.status for verdict in verdicts} == status
        assert sum(verdict.points for verdict in verdicts) == 0


@each_family
def test_statements(family: str) -> None:
    """Every statement has words of its language, and nothing of the template is left in it."""
    for group, language in product(groups_of(family)[:20], LANGUAGES):
        letters = "абвгдежзиклмнопрстуя" if language == "ru" else "etaoinsrhl"
        one = group.at(0)
        text = statement(one, language)
        assert sum(text.lower().count(letter) for letter in letters) > 20
        printed = [text, *(prompt(ask, one, language) for ask in one.plan.asks)]
        assert not any(re.search(r"\{%|\b(?:Undefined|nan|inf|None)\b", piece) for piece in printed)


@each_family
def test_what_the_key_prints_is_right(family: str) -> None:
    """A student who copies the key's LaTeX, decimal comma and tg included, is marked correct."""
    for group, language in product(groups_of(family), LANGUAGES):
        one = group.at(0)
        for ask in group.plan.asks:
            if not kind_of(ask, one).traits.diagnosed:
                continue
            text = in_latex(ask, one, language)
            assert mark_ask(one, ask, [text])[0].status == "correct", (ask.id, language, text)


def printed_labels(ask: Ask, group: Group, language: str) -> Iterator[str]:
    """What the sheet prints before the `=` of a blank, in LaTeX and as the terminal and the answers file have it."""
    for formula in formulas_of(prompt(ask, group, language)):
        *labels, value = formula.split("=")
        if not value.strip() and r"\begin" not in formula:  # a matrix is no name
            yield from (text for label in labels for text in (label, plain_maths(label), f"${label}"))


@in_depth
def test_what_the_sheet_prints_before_an_answer_may_be_repeated(family: str) -> None:
    for group, language in product(groups_of(family)[:FORMS], LANGUAGES):
        one = group.at(0)
        for ask in group.plan.asks:
            right = right_text(ask, one)
            for label in (ask.id, *printed_labels(ask, one, language)):
                text = f"{label} = {right}"
                assert mark_ask(one, ask, [text])[0].status == "correct", (ask.id, text)


@in_depth
def test_the_name_of_another_blank_is_told_as_such(family: str) -> None:
    group = groups_of(family)[0].at(0)
    for ask, other in permutations(group.plan.asks, 2):
        if labels_of(group.plan)[ask.id].has(folded(other.id)) or ask.fields or ask.rows or ask.traits.unordered:
            continue
        found = mark_ask(group, ask, [f"{other.id} = {right_text(ask, group)}"])[0]
        assert (found.status, found.reasons[0].key) == ("invalid", "answer-other-blank"), (ask.id, other.id)


LAYOUTS = [  # of vectors and of matrices: around all, between rows, between entries
    ("[{}]", None, ", "), ("({})^T", None, "; "), ("[[{}]]", None, "], ["), ("{}", None, " "), ("{}", None, "\n"),
    ("[{}]'", None, " "),
    ("[[{}]]", "], [", ", "), ("[{}]", "; ", " "), ("({})", "; ", ", "), ("{}", "\n", " "), ("{}", "\n", ", "),
    ("[[{}]]", "]\n [", "  "),
    ("[[{}]]", "]; [", "; "), ("{}", "; ", ", "),
]  # fmt: skip


@in_depth
def test_arrays_are_right_however_they_are_laid_out(family: str) -> None:
    for group, layout in product(groups_of(family)[:FORMS], LAYOUTS):
        one, (around, rows, entries) = group.at(0), layout
        for ask in one.plan.asks:
            kind = kind_of(ask, one)
            if kind.traits.rank != (1 if rows is None else 2):
                continue
            value = np.asarray(kind.export(ask, one))
            lines = [entries.join(map(repr, line.tolist())) for line in np.atleast_2d(value)]
            text = around.format((rows or "").join(lines))
            assert mark_ask(one, ask, [text])[0].status == "correct", (ask.id, text)


@cache
def some_students(family: str) -> list[Group]:
    """Groups of one, from as many forms as there are."""
    groups, most = groups_of(family), max(2, VARIANTS // 16) if family in IN_DEPTH else 1
    members = [group.at(member) for member in range(most) for group in groups if member < len(group.positions)]
    return members[:most]


@cache
def told(family: str, language: str) -> list[list[tuple[Any, str]]]:
    """The paragraphs of their worked solutions."""
    return [list(parts(one, language)) for one in some_students(family)]


def equations(text: str) -> list[str]:
    """The formulas of a solution, aligned ones as one line."""
    marks = re.compile(r"\\(?:begin|end)\{aligned\}|&(?=[=\\])|\\\\ (?=&)|\\quad")
    found = re.findall(r"\$\$(.+?)\$\$|\$(.+?)\$", text, re.DOTALL)
    return [marks.sub("", one or other).strip() for one, other in found]


@each_family
def test_worked_solutions_end_with_what_the_key_prints(family: str) -> None:
    for language in LANGUAGES:
        solutions_end_with_the_key(family, language)


def solutions_end_with_the_key(family: str, language: str) -> None:
    for one, paragraphs in zip(some_students(family), told(family, language), strict=True):
        assert not any(re.search(r"\{%|\{\{|\{entry\}|\b(?:Undefined|nan|None)\b|@", text) for _, text in paragraphs)
        steps = {step.name: step for step in one.plan.steps}
        for ask in one.plan.asks:
            if kind_of(ask, one).traits.options:
                assert any(place == ask.path for place, _ in paragraphs), ask.id
            elif kind_of(ask, one).traits.diagnosed:
                explained = in_latex(ask, one, language).replace(r"\tfrac", r"\frac")  # as large as the line allows
                path = steps[ask.id].path if ask.id in steps else ask.path
                said = [text.replace(r"\tfrac", r"\frac") for place, text in paragraphs if place == path]
                lines = [line for text in said for line in equations(text)]
                assert any(line.endswith(f" {explained}") for line in lines), (ask.id, explained, lines)


@each_family
def test_numbers_put_in_come_to_the_value(family: str) -> None:
    """What a solution prints between its signs is read back: `=` only where it is equal, `≈` where it is near."""
    read = 0
    for paragraphs in told(family, "en"):
        for _, text in paragraphs:
            for line in equations(text):
                values, exact = values_of(line)
                read += len(values) > 1
                for value in values[:-1]:
                    margin, unit = (1e-9, 1e-9) if exact else (2e-3, 5.1e-3)  # half a unit of two decimals
                    assert value == pytest.approx(values[-1], rel=margin, abs=unit), line
    assert read or not has_numbers(family)  # formulas only


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


@each_family
def test_every_asked_value_is_confirmed_by_a_second_computation(family: str) -> None:
    """Each asked step has a `check`, or is a derivative that central differences or SymPy confirm; the ends of an
    interval are steps.
    """
    for plan in {id(group.plan): group.plan for group in groups_of(family)}.values():
        derived = {derivative.path for derivative in plan.derivatives}
        steps = {step.name: step for step in plan.steps}
        for ask in plan.asks:
            if not TRAITS[ask.kind].diagnosed:
                continue
            for name in [ask.id] if ask.id in steps else sorted(names(ask.tree) & steps.keys()):
                step = steps[name]
                forms = [part for part in walk(step.tree) if isinstance(part, Call) and part.op in DERIVATIVES]
                assert step.check is not None or step.path in derived or forms, (ask.id, name)
