"""Slips of the value, whatever the formula: which relation is named, up to which limit, and before which others."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from grader.draws.draw import draw
from grader.marking.generic import rounded
from grader.marking.mark import mark
from grader.marking.trees import agree, generic_functions
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.tolerance import Tolerance

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
SPECS = {
    # no slip in these formulas gives a relation to their value
    "number": "given: {a: 0.7, b: 0.4}\nsteps: {s: 'arctan(a^3 + sin(b))'}\nask: {s: {decimals: 6}}\n",
    "whole": "given: {n: 13}\nsteps: {s: 'n^2 - n + 1'}\nask: {s: {kind: integer}}\n",
    "vector": "given: {x: [0.5, 0.25, 4]}\nsteps: {s: 'exp(x) - sin(x)'}\nask: {s: {decimals: 6}}\n",
    "alike": "given: {x: [0.5, 0.5]}\nsteps: {s: 'exp(x) - sin(x)'}\nask: {s: {decimals: 6}}\n",
    "matrix": "given: {A: [0.2, 0.5; 1.1, 0.7]}\nsteps: {s: 'exp(A) - sin(A)'}\nask: {s: {decimals: 6}}\n",
    "wide": "given: {A: [0.2, 0.5, 0.9; 1.1, 0.7, 0.3]}\nsteps: {s: 'exp(A) - sin(A)'}\nask: {s: {decimals: 6}}\n",
    "row": "given: {A: [[0.2, 0.5, 0.9]]}\nsteps: {s: 'exp(A) - sin(A)'}\nask: {s: {decimals: 6}}\n",
    "zeros": "given: {a: 0.7}\nsteps: {s: 'exp(a) - sin(a)', z: 's - s', v: '[s, 1]'}\n"
    "ask: {s: {decimals: 6}, z: {decimals: 6}, v: {decimals: 6}}\n",
    "two": "given: {a: 0.7}\nsteps: {s: 'exp(a) - sin(a)', t: 'cos(a)^7'}\nask: {s: {decimals: 6}, t: {decimals: 6}}\n",
}


@cache
def group_of(name: str) -> Group:
    return draw(problem_from((HEAD + SPECS[name]).encode(), f"{name}.yaml"), [1])[0]


def slips(name: str, ask: str, typed: str) -> list[str]:
    group = group_of(name)
    verdict = next(verdict for verdict in mark(group, [{ask: typed}])[0] if verdict.ask == ask)
    return [slip.rule for slip in verdict.slips]


def swapped(value: Any) -> Any:
    return value[[1, 0, 2]]


@pytest.mark.parametrize(
    ("name", "wrong", "rule"),
    [
        ("number", lambda v: -v, "sign"), ("number", lambda v: 1 / v, "reciprocal"), ("number", lambda v: -1 / v, None),
        ("number", lambda v: np.degrees(v), "degrees"), ("number", lambda v: np.radians(v), "degrees"),
        ("number", lambda v: 10 * v, "power-of-ten"), ("number", lambda v: v / 10, "power-of-ten"),
        ("number", lambda v: 100 * v, "power-of-ten"), ("number", lambda v: v / 100, "power-of-ten"),
        ("number", lambda v: 1000 * v, "power-of-ten"), ("number", lambda v: v / 1000, "power-of-ten"),
        ("number", lambda v: 10_000 * v, None), ("number", lambda v: 11 * v, None),
        ("number", lambda v: v + 1e-6, "rounding"),
        ("number", lambda v: v * 1.0039, None), ("number", lambda v: v * 1.0042, None),
        ("whole", lambda v: -v, "sign"), ("whole", lambda v: 10 * v, "power-of-ten"),
        ("whole", lambda v: 2 * v + 1, None),
        ("vector", lambda v: -v, "sign"), ("vector", lambda v: v * np.array([1, -1, 1]), "sign"),
        ("vector", lambda v: v * [1, -1, 2], None),
        ("vector", lambda v: 1 / v, "reciprocal"), ("vector", lambda v: v[::-1], "permuted"),
        ("vector", swapped, "permuted"),
        ("vector", lambda v: v[[0, 0, 2]], "entry-repeated"), ("vector", lambda v: 10 * v, "power-of-ten"),
        ("vector", lambda v: v[:2], "line-missing"),
        ("vector", lambda v: v[None], None), ("vector", lambda v: v + 1e-6, "rounding"),
        ("vector", lambda v: v + np.array([0, 0, 1]), "one-digit"),
        ("vector", lambda v: v + np.array([0, 0, 11.1]), None),
        ("alike", lambda v: -v, "sign"), ("alike", lambda v: v * [1, 3], None),
        ("matrix", lambda v: v.T, "rows-for-columns"), ("matrix", lambda v: v[::-1], "permuted"),
        ("matrix", lambda v: v[:, ::-1], "permuted"),
        ("matrix", lambda v: -v, "sign"), ("matrix", lambda v: -v.T, None), ("matrix", lambda v: v[0], None),
        ("wide", lambda v: v.T, "transposed"), ("wide", lambda v: -v.T, None), ("wide", lambda v: v[::-1], "permuted"),
        ("wide", lambda v: v.ravel(), None), ("wide", lambda v: v[:, :2].T, None),
        ("wide", lambda v: v[:, 1:], "line-missing"),
        ("row", lambda v: v[:, [0, 1, 0]], "entry-repeated"), ("row", lambda v: v[:, ::-1], "permuted"),
    ],
)  # fmt: skip
def test_a_relation_to_the_right_value(name: str, wrong: Callable[[Any], Any], rule: str | None) -> None:
    value = group_of(name).solution["s"][0]
    typed = str(np.round(wrong(value), 6).tolist())
    assert slips(name, "s", typed) == ([] if rule is None else [rule])


@pytest.mark.parametrize(
    ("name", "ask", "of", "rule"),
    [("two", "s", "t", "other-blank"), ("two", "t", "s", "other-blank"), ("zeros", "s", "z", None),
    ("zeros", "s", "v", None)],
)  # fmt: skip
def test_the_answer_of_another_blank(name: str, ask: str, of: str, rule: str | None) -> None:
    value = group_of(name).solution[of][0]
    named = slips(name, ask, str(np.round(value, 6).tolist()))
    assert (named == ["other-blank"]) is (rule is not None)


UNITS, DIGITS = Tolerance(decimals=2), Tolerance(significant=3)


@pytest.mark.parametrize(
    ("answer", "right", "tolerance", "is_rounding"),
    [
        # one unit of the last digit from the value or from what it is rounded to, and never more than a fiftieth of it
        (5.01, 5, UNITS, True), (4.99, 5, UNITS, True), (5.02, 5, UNITS, False), (10.039, 10, UNITS, False),
        (10.01, 10.0049, UNITS, True), (10.01, 9.996, UNITS, True), (10.02, 10.0049, UNITS, False),
        (-10.01, -10, UNITS, True), (10.01, -10, UNITS, False), (1.01, 1, UNITS, True), (1.021, 1, UNITS, False),
        (0.99, 1, UNITS, True),
        (0.505, 0.5, UNITS, True), (0.52, 0.5, UNITS, False), (0, 0, UNITS, True), (1e-9, 0, UNITS, False),
        (1e-16, 0, UNITS, True),
        (5.01, 5, DIGITS, True), (5.02, 5, DIGITS, False), (501, 500, DIGITS, True), (502, 500, DIGITS, False),
        (0.00501, 0.005, DIGITS, True),
        (5.01, 5, Tolerance(relative=0.001), False), (5.01, 5, Tolerance(absolute=0.001), False),
        (5.01, 5, Tolerance(), False),
        ([5.01, 9.99], [5, 10], UNITS, True), ([5.01, 9], [5, 10], UNITS, False), ([5, 10.05], [5, 10], UNITS, False),
    ],
)  # fmt: skip
def test_cut_or_rounded_too_early(answer: Any, right: Any, tolerance: Tolerance, is_rounding: bool) -> None:
    assert rounded(np.array(answer, dtype=float), np.array(right, dtype=float), tolerance) is is_rounding


def tabled(*missing: int, of: int = 12, typed: float = 1.0, entry: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    values = np.full((1, of), float(entry))
    values[0, list(missing)] = np.nan
    return np.full(of, float(typed)), values


@pytest.mark.parametrize(
    ("typed_and_table", "right", "agreeing"),
    [
        # at ten points, but for two where only one of them has a value
        (tabled(), 2.0, True), (tabled(0), 2.0, True), (tabled(0, 1), 2.0, True), (tabled(0, 1, 2), 2.0, False),
        (tabled(of=10), 2.0, True),
        (tabled(of=9), 2.0, False), (tabled(0, of=10), 2.0, False), (tabled(0, 1, 2, of=20), 2.0, False),
        (tabled(0, 1, of=20), 2.0, True),
        # to a billionth of the larger one
        (tabled(entry=1 + 0.9e-9), 2.0, True), (tabled(entry=1 + 1.1e-9), 2.0, False),
        (tabled(entry=1 - 1.1e-9), 2.0, False),
        (tabled(typed=1000, entry=1000 + 0.9e-6), 2.0, True), (tabled(typed=1000, entry=1000 + 1.1e-6), 2.0, False),
        (tabled(typed=-1, entry=-1), 2.0, True), (tabled(typed=-1, entry=1), 2.0, False),
        (tabled(typed=0, entry=0), 2.0, True),
        (tabled(typed=0, entry=1e-9), 2.0, False), (tabled(typed=np.nan), 2.0, False),
        (tabled(typed=np.inf, entry=np.inf), 2.0, False),
        # and what is the right function as well explains nothing
        (tabled(), 1.0, False), (tabled(), 1 + 0.9e-9, False), (tabled(), 1 + 1.1e-9, True), (tabled(), -1.0, True),
    ],
)  # fmt: skip
def test_the_same_wrong_function(typed_and_table: Any, right: float, agreeing: bool) -> None:
    typed, table = typed_and_table
    assert agree(typed, table, np.full(typed.shape, right)).tolist() == [agreeing]


POINTS = np.linspace(0.5, 2.5, 12)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        (1 / POINTS, "reciprocal"), (-POINTS, "sign"), (5 * POINTS, "constant-factor"),
        (-5 * POINTS, "constant-factor"),
        (POINTS + 7, "constant-term"), (POINTS - 7, "constant-term"), (POINTS**2, None), (-1 / POINTS, None),
        (7 - POINTS, None),
        (5 * POINTS + 1e-4, None), (5 * POINTS * (1 + 4e-10 * POINTS / 2.5), "constant-factor"),
        (5 * POINTS * (1 + 4e-9 * POINTS), None),
        (1 / POINTS + 1e-8, None), (-POINTS * (1 + 0.4e-9), "sign"), (-POINTS * (1 + 1e-8 * POINTS), None),
        (np.where(POINTS < 1, np.nan, -POINTS), None), (np.where(POINTS < 1, np.inf, 5 * POINTS), None),
    ],
)  # fmt: skip
def test_a_constant_or_the_reciprocal(typed: Any, rule: str | None) -> None:
    assert [match.rule for match in generic_functions(typed, POINTS)] == ([] if rule is None else [rule])
    assert {match.step for match in generic_functions(typed, POINTS)} <= {""}
