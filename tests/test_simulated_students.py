"""The simulated students of the benchmarks: right ones are right, slips show, what is said of them is told apart."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from random import Random

import families
import pytest
from families import SHORT, VARIANTS, deep_among

import grader
from benchmarks import students
from benchmarks.__main__ import main
from benchmarks.diagnosis import Course, digits_of, measured
from benchmarks.diagnosis_table import lines_of, summary
from benchmarks.said import Known, is_at, said_of, tells
from benchmarks.students import FAMILIES
from benchmarks.students.sheet import RULES, Slip, pen, slip
from benchmarks.students.simulate import STYLES, Case, right_case, slipping_case
from benchmarks.students.texts import Digits, put, same_formula, typed, worth
from grader.errors import Message
from grader.marking.verdict import Slip as Said
from grader.marking.verdict import Verdict

SIGN = Message("slip-sign")
SOURCES = sorted(Path(students.__file__).parent.glob("*.py"))
every_family = pytest.mark.parametrize("name", deep_among(FAMILIES.keys() & set(families.FAMILIES)))


MANY, SHOWING = max(6, VARIANTS // 10), max(24, VARIANTS)
ROWS = 10
"""So many slips of a family are looked at in a short run, other ones of each family."""


def slips_of(name: str) -> list[tuple[int, Slip]]:
    """The slips that are looked at, with their numbers."""
    rows = list(enumerate(FAMILIES[name].slips))
    return sorted(Random(name).sample(rows, min(ROWS, len(rows))), key=lambda row: row[0]) if SHORT else rows


@cache
def course(name: str, count: int = MANY) -> Course:
    return Course(FAMILIES[name], count)


# ----- The simulator ---------------------------------------------------------------------------------------------


@every_family
@pytest.mark.parametrize("style", ["full", "rounded", "fractions"])
def test_right_students_get_full_marks_and_no_diagnosis(name: str, style: str) -> None:
    cases = course(name).right(style)
    for case, marks in zip(cases, course(name).marked(cases)[0], strict=True):
        wrong = {
            ask: (case.answers.get(ask), mark) for ask, mark in marks.items() if mark.points < mark.of or mark.slips
        }
        assert not wrong


@every_family
def test_slips_show_in_the_answers(name: str) -> None:
    for _, row in slips_of(name):
        cases = course(name, SHOWING).slipping([row], 0)
        placed = sum(case != "absent" for case in cases)
        assert not placed or sum(isinstance(case, Case) for case in cases) > 0.15 * placed, row.name


@every_family
def test_marking_finds_the_wrong_answers_and_leaves_the_others(name: str) -> None:
    variants = course(name)
    rights = variants.right("full")
    for shift, row in slips_of(name):
        cases = variants.slipping([row], shift)
        sheets = [case if isinstance(case, Case) else right for case, right in zip(cases, rights, strict=True)]
        for case, marks in zip(sheets, variants.marked(sheets)[0], strict=True):
            for ask, mark in marks.items():
                if ask in case.wrong:
                    near = variants.digits[case.position][ask].near(case.own[ask], case.exact[ask])
                    assert near or mark.status != "correct", (row.name, case.position, ask)
                    assert not tells(variants.known[case.position], mark), (row.name, case.position, ask, mark)
                elif ask not in case.follows:
                    assert mark.points == mark.of, (row.name, case.position, ask)


@every_family
def test_rules_are_known_and_every_authored_mistake_has_a_row(name: str) -> None:
    family, authored = FAMILIES[name], set(grader.bank()[name].spec.mistakes)
    rules = frozenset[str]().union(*(row.rules for row in family.slips))
    assert rules <= RULES | authored
    assert authored <= rules
    names = [row.name for row in family.slips]
    assert len(set(names)) == len(names)
    assert {part for pair in family.pairs for part in pair} <= set(names)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nothing_is_shared_with_marking(path: Path) -> None:
    assert not re.search(r"^\s*(?:from|import) grader", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_slip_of_the_formulas_has_a_row(path: Path) -> None:
    rows = {row.name for family in FAMILIES.values() for row in family.slips}
    if path.stem != "sheet":
        assert set(re.findall(r'sheet\(\s*"([^"]+)"', path.read_text(encoding="utf-8"))) <= rows


def test_what_follows_is_worked_out_from_the_students_own_values() -> None:
    family = FAMILIES["momentum-two-steps"]
    uphill = next(row for row in family.slips if row.name == "uphill")
    students = course(family.problem).students
    for place, wrong, follows in ((0, ("w[1]",), ("g[2]", "v[2]", "w[2]")), (1, ("w[2]",), ())):
        found = slipping_case(family, students[place].given, digits_of(students[place]), place, [uphill], "rounded")
        assert isinstance(found, Case)
        assert (found.wrong, found.follows) == (wrong, follows)


def test_a_slip_that_changes_nothing_is_hidden_and_one_of_another_form_absent() -> None:
    family = FAMILIES["product-rule"]
    student = grader.bank()["product-rule"].variant(7)
    rows = {row.name: row for row in family.slips}
    given = {**student.given, "f": "a*x + b", "g": "sin(x)", "a": 1.0}

    def made(name: str) -> Case | str:
        return slipping_case(family, given, digits_of(student), 0, [rows[name]], "full")

    assert made("exponent kept in the first factor") == "absent"
    assert isinstance(made("minus between"), Case)
    parabola = FAMILIES["gd-1d-steps"]
    lost = next(row for row in parabola.slips if row.name == "a lost")
    other = grader.bank()["gd-1d-steps"].variant(7)
    assert slipping_case(parabola, {**other.given, "a": 1.0}, digits_of(other), 0, [lost], "full") == "hidden"


@pytest.mark.parametrize(
    ("value", "style", "digits", "text"),
    [
        (2.3456, "rounded", Digits(decimals=2), "2.35"),
        (-0.125, "rounded", Digits(decimals=2), "-0.13"),
        (1234.56, "rounded", Digits(significant=3), "1230"),
        (0.1 + 0.2, "full", Digits(), "0.30000000000000004"),
        (1 / 3, "fractions", Digits(), "1/3"),
        (2**0.5, "fractions", Digits(decimals=3), "1.414"),
        ([0.5, -2.0], "rounded", Digits(), "[0.5, -2]"),
        (float("nan"), "full", Digits(), ""),
        ("2*x", "rounded", Digits(), "2*x"),
    ],
)
def test_answers_are_typed(value: object, style: str, digits: Digits, text: str) -> None:
    assert typed(value, style, digits) == text


def test_formulas_are_put_together_and_worth_something() -> None:
    assert put("a*x + b", a=2, b=-1) == "2*x + (-1)"
    assert worth("2*x^2 + (-1)", x=3) == 17
    assert same_formula("x*(x + 1)", "x^2 + x")
    assert not same_formula("A*B", "B*A")
    assert same_formula("(A*B)'", "B'*A'")


# ----- What was said ---------------------------------------------------------------------------------------------


def verdict(*said: tuple[str, str], status: str = "wrong") -> Verdict:
    slips = tuple(Said(rule, step, SIGN, SIGN) for rule, step in said)
    return Verdict("w[2]", "number", status, 0.0, 1.0, "1", slips=slips)


@pytest.mark.parametrize(
    ("verdicts", "word"),
    [
        (verdict(("sign", "w[2]")), "alone"),
        (verdict(("ascent", "anywhere")), "alone"),
        (verdict(("term-dropped", "v[1]"), ("sign", "w[t]")), "tie"),
        (verdict(("sign", "g[1]")), "step"),
        (verdict(("root-missing", "w[2]")), "wrong"),
        (verdict(), "nothing"),
        (verdict(status="correct"), "missed"),
    ],
)
def test_what_was_said_is_told_apart(verdicts: Verdict, word: str) -> None:
    family = FAMILIES["momentum-two-steps"]
    student = course(family.problem).students[1]
    digits = digits_of(student)
    uphill = slip("uphill", "ascent sign", "w")
    right = right_case(family, student.given, digits, 1, "full")
    own = {**right.own, "w[2]": right.own["w[2]"] + 1.23456}
    case = Case(1, (uphill,), "full", right.answers, own, right.own, ("w[2]",))
    known = Known(family, student.given, digits, grader.bank()[family.problem].spec.mistakes, student)
    assert said_of(known, case, verdicts) == word


def test_the_name_of_a_slip_with_the_same_answer_is_a_twin() -> None:
    family = FAMILIES["momentum-two-steps"]
    place = next(i for i, student in enumerate(course(family.problem).students) if student.given["mode"] == "full")
    student = course(family.problem).students[place]
    row = next(row for row in family.slips if row.name == "sum for the mean")
    found = slipping_case(family, student.given, digits_of(student), place, [row], "full")
    assert isinstance(found, Case)
    renamed = Case(place, (slip("as named", "sum-for-mean"),), *(getattr(found, name) for name in
                   ("style", "answers", "own", "exact", "wrong", "follows")))  # fmt: skip
    known = Known(family, student.given, digits_of(student), (), student)
    said = Verdict(found.wrong[0], "number", "wrong", 0.0, 1.0, slips=(Said("factor-two", "g", SIGN, SIGN),))
    assert said_of(known, renamed, said) == "twin"


@pytest.mark.parametrize(
    ("step", "row", "right"),
    [
        ("g[1]", slip("s", "sign", "g"), True),
        ("g[t]", slip("s", "sign", "g"), True),
        ("dy(x)", slip("s", "sign", "dy"), True),
        ("", slip("s", "sign", "g"), True),
        ("w[2]", slip("s", "sign", "g"), True),
        ("m[1]", slip("s", "sign", "g"), False),
        ("anything", pen("whole-sign", ""), True),
    ],
)
def test_the_step_is_where_it_was_made_or_the_blank(step: str, row: Slip, right: bool) -> None:
    assert is_at(step, row, "w[2]") is right


# ----- The table -------------------------------------------------------------------------------------------------


def test_the_table_of_one_family() -> None:
    kept: list = []
    result = measured(FAMILIES["dense-param-count"], 6)
    lines = list(lines_of([result], kept, 3))
    assert lines[2].startswith("dense-param-count")
    assert any(line.startswith("Named (alone") for line in lines)
    assert summary(kept)["pairs"] == sum(row.pairs for row in result.rows) > 50
    assert result.right["lost"] == result.right["diagnosed"] == summary(kept)["revealed"] == 0
    assert "revealed" in lines[0]
    assert {f"untouched {style}" for style in STYLES} <= set(result.follow)


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnosis", "--variants", "3", "--families", "matrix-mul", "--json"]) in (0, 1)
    found = json.loads(capsys.readouterr().out)
    assert [family["family"] for family in found["families"]] == ["matrix-mul"]
    assert found["totals"]["right answers"] == 9
