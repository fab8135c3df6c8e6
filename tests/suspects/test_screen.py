"""The screen lets through whatever the precise comparison would match: it only saves work."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from families import SHORT, groups_of
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from grader.draws.draw import draw
from grader.language.nodes import Call, Node, Number
from grader.language.primitives import PRIMITIVES, bound_primitives
from grader.marking.trees import LOOKS, agree
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.plan import Ask
from grader.plan.solve import altered
from grader.suspects.looks import program_for, program_like, slot
from grader.suspects.screen import plain_operations

FAMILIES = ("quotient-rule", "deriv-chain-three-layer", "product-rule", "grad-at-point")
HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"


@pytest.mark.parametrize("name", sorted(plain_operations()))
@given(st.lists(st.floats(-3.0, 3.0), min_size=2, max_size=2))
def test_a_plain_operation_is_the_one_of_arrays(name: str, numbers: list[float]) -> None:
    numbers = numbers[: PRIMITIVES[name].arity[0]]
    with np.errstate(all="ignore"):
        expected = float(bound_primitives(np)[name](*[np.array([number]) for number in numbers])[0])
    try:
        value = plain_operations()[name](*numbers)
    except (ArithmeticError, ValueError):
        return
    assert math.isclose(value, expected, rel_tol=1e-12) or not math.isfinite(expected)


def test_nearly_all_operations_on_numbers_are_plain() -> None:
    entrywise = {name for name, row in PRIMITIVES.items() if row.entrywise}
    assert entrywise - plain_operations().keys() <= {"cbrt"}


def of_own(group: Group) -> Group:
    """One student, whose functions are all a little wrong."""
    steps = [ask.id for ask in group.plan.asks if ask.variables and group.plan.asked_step(ask)]
    wrong: dict[str, Node] = {
        step: Call("add", (group.plan.step(step).tree, Number("1.37"))) for step in steps[: max(1, len(steps) - 1)]
    }
    one = group.at(0)
    return replace(one, plan=altered(one.plan, wrong))


def points_of(group: Group, ask: Ask) -> dict[str, Any]:
    low, high = 0.31, 2.17
    return dict(group.values) | {slot(name): np.linspace(low, high, 24) + n for n, name in enumerate(ask.variables)}


@pytest.mark.parametrize("family", FAMILIES)
def test_what_a_whole_program_matches_the_screened_one_does(family: str) -> None:
    """Every suspect typed as an answer: the same explanations in the same order."""
    matched = 0
    for group in groups_of(family)[:1] if SHORT else groups_of(family)[:3]:
        own = of_own(group)
        for ask in own.plan.asks:
            if not ask.variables or not ask.traits.formula:
                continue
            values = points_of(own, ask)
            for which in (*LOOKS, "far"):
                program = program_for(own, ask, frozenset(), which)
                right, table = program.run(values, 24)
                for typed in table[:: 29 if SHORT else 7] * (1 + 1e-11):  # said in other words, the last bits differ
                    like = program_like(own, ask, frozenset(), which, values, typed)
                    _, few = like.run(values, 24)
                    expected = [
                        (program.mutants[i].rule, program.mutants[i].step, program.mutants[i].trees)
                        for i in np.flatnonzero(agree(typed, table, right))
                    ]
                    assert expected == [
                        (like.mutants[i].rule, like.mutants[i].step, like.mutants[i].trees)
                        for i in np.flatnonzero(agree(typed, few, right))
                    ]
                    matched += bool(expected)
    assert matched > 10


def test_what_has_no_plain_value_is_let_through() -> None:
    group = draw(
        problem_from(
            (
                HEAD + "given: {a: {ints: [2, 9]}, v: [3, 5]}\n"
                "steps: {'f(x)': 'a*x + v[2]', 'g(x)': 'f(x)*sum(v)'}\n"
                "ask: {f: {domain: {x: [1, 2]}}, g: {domain: {x: [1, 2]}}}\n"
            ).encode(),
            "s.yaml",
        ),
        [1],
    )[0]
    own = replace(group, plan=altered(group.plan, {"f": Call("mul", (group.plan.step("f").tree, Number("2")))}))
    ask = own.plan.ask("g")
    values = points_of(own, ask)
    program = program_for(own, ask, frozenset(), "usual")
    _, table = program.run(values, 24)
    assert len(program.mutants) > 3
    for mutant, typed in zip(program.mutants, table, strict=True):
        like = program_like(own, ask, frozenset(), "usual", values, typed)
        assert any(other.trees == mutant.trees for other in like.mutants)
