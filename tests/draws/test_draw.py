"""Draws: the same for one as for a thousand, split by form, set by hand, rebuilt from a record."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from grader.draws.draw import Tally, draw
from grader.errors import AuthorError
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.record import from_record, record_of
from grader.spec.problem import Problem

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"

PROBLEMS = {
    "numbers": "given: {a: {ints: [1, 9]}, v: {reals: [0, 1], step: 0.1, shape: 3}}\n"
    "require: [a != 5, sum(v) > 1]\nsteps: {b: a*v}\nask: {b: 1}\n",
    "forms": "form: {n: [1, 2, 3], mode: [up, down]}\ngiven: {v: {ints: [1, 9], shape: n, distinct: true}}\n"
    "steps: {b: 'if(mode = up, sum(v), -sum(v))'}\nask: {b: 1}\n",
    "functions": "given: {'f(x)': {function: {outer: [exp, ln], inner: [u^2, 'k*u']}}, "
    "k: {choose: [2, 1/3, ln(2)]}, x0: {ints: [1, 4]}}\nrequire: [abs(s) < 1000]\n"
    "steps: {'d(x)': 'diff(f(x), x)', s: d(x0)}\nask: {s: 1, d: {domain: {x: positive}}}\n",
    "arrays": "given: {A: {matrix: 2x2, entries: [-3, 3], properties: [invertible]}, "
    "p: {permutation: 3}, G: {graph: {nodes: 4, edges: 5}}}\nsteps: {b: A*A, q: 'p[1]', e: sum(G)}\nask: {b: 1}\n",
    "nothing": "form: {gate: [1, 2]}\nsteps: {b: gate + 1}\nask: {b: 1}\n",
}
each = pytest.mark.parametrize("name", PROBLEMS)


def problem(name: str) -> Problem:
    return problem_from((HEAD + PROBLEMS[name]).encode(), "s.yaml")


def flat(group: Group, place: int) -> dict[str, Any]:
    return {"form": dict(group.plan.form), **{name: value[place].tolist() for name, value in group.values.items()}}


def by_seed(groups: list[Group]) -> dict[int, Any]:
    return {int(seed): flat(group, place) for group in groups for place, seed in enumerate(group.seeds)}


@each
def test_one_is_drawn_as_in_a_batch(name: str) -> None:
    seeds = list(range(1000, 1060))
    together = by_seed(draw(problem(name), seeds))
    assert together == by_seed(draw(problem(name), seeds))
    for seed in seeds[::7]:
        assert by_seed(draw(problem(name), [seed])) == {seed: together[seed]}


@each
def test_groups_are_forms_and_hold_everybody(name: str) -> None:
    groups = draw(problem(name), range(100))
    assert len({tuple(sorted(group.plan.form.items())) for group in groups}) == len(groups)
    assert sorted(np.concatenate([group.positions for group in groups]).tolist()) == list(range(100))
    for group in groups:
        assert (group.seeds == group.positions).all()
        assert all(len(value) == len(group.positions) for value in group.values.values())


@each
def test_a_record_rebuilds_the_group(name: str) -> None:
    for group in draw(problem(name), range(20)):
        one = group.at(0)
        record = json.loads(json.dumps(record_of(one)))
        again = from_record(problem(name), record, int(one.seeds[0]))
        assert flat(again, 0) == flat(one, 0)
        assert {key: pick.tolist() for key, pick in again.picks.items()} == {
            key: pick.tolist() for key, pick in one.picks.items()
        }


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"form": {}, "given": {"a": 1}}, "v"),
        ({"given": {}}, "form"),
        ({"form": {}, "given": {"a": "x", "v": [1]}}, "x"),
        ({"form": 3}, "items"),
    ],
)
def test_a_record_that_does_not_fit(record: dict[str, Any], name: str) -> None:
    with pytest.raises(AuthorError) as caught:
        from_record(problem("numbers"), record)
    assert caught.value.message.key == "record-unfit"
    assert name in caught.value.message.values["name"]


def test_requirements_hold_and_are_counted() -> None:
    tally = Tally()
    for group in draw(problem("numbers"), range(200), tally=tally):
        assert (group.given["a"] != 5).all()
        assert (group.given["v"].sum(axis=1) > 1).all()
    assert tally.drawn > 200
    assert tally.rejected is not None
    assert tally.rejected["0"] > 0 < tally.rejected["1"]
    assert tally.rate == pytest.approx((tally.drawn - 200) / tally.drawn)


SETS = [
    ("numbers", {"a": "1/2"}, "a", 0.5),
    ("numbers", {"v": "[1, 1, 1]"}, "v", [1.0, 1.0, 1.0]),
    ("forms", {"n": "2", "mode": "down", "v": "[4, 5]"}, "b", -9.0),
    ("functions", {"f": "x^3", "x0": "2"}, "s", 12.0),
    ("functions", {"k": "ln(2)"}, "k", float(np.log(2))),
    ("nothing", {"gate": "2"}, "b", 3.0),
]


@pytest.mark.parametrize(("name", "fixed", "value", "expected"), SETS)
def test_values_set_by_hand(name: str, fixed: dict[str, str], value: str, expected: Any) -> None:
    group = draw(problem(name), [7], fixed)[0]
    assert np.allclose(group.values[value][0], expected, rtol=1e-15)


@pytest.mark.parametrize(
    ("fixed", "key"),
    [
        ({"q": "1"}, "spec-set-unknown"),
        ({"a": "1 +"}, "spec-set-value"),
        ({"a": "z"}, "spec-set-value"),
        ({"a": "[1, 2]"}, "spec-set-shape"),
        ({"v": "3"}, "spec-set-shape"),
        ({"v": "[1, 2; 3, 4]"}, "spec-set-shape"),
    ],
)
def test_values_that_cannot_be_set(fixed: dict[str, str], key: str) -> None:
    with pytest.raises(AuthorError) as caught:
        draw(problem("numbers"), [7], fixed)
    assert caught.value.message.key == key


def test_a_function_that_is_set_gives_a_number() -> None:
    with pytest.raises(AuthorError) as caught:
        draw(problem("functions"), [7], {"f": "[x, 2]"})
    assert caught.value.message.key == "spec-set-shape"


def test_a_word_of_a_form_is_one_of_those_listed() -> None:
    with pytest.raises(AuthorError) as caught:
        draw(problem("forms"), [7], {"mode": "sideways"})
    assert caught.value.message.values["known"] == ("up", "down")
    assert caught.value.path == "form.mode"


@pytest.mark.parametrize(
    ("size", "key"),
    [("1/0", "spec-shape"), ("sqrt(-1)", "spec-shape"), ("2.5", "spec-shape"), ("0", "spec-shape"),
     ("101", "spec-large"), ("10^12", "spec-large")],
)  # fmt: skip
def test_a_form_that_is_no_size(size: str, key: str) -> None:
    with pytest.raises(AuthorError) as caught:
        draw(problem("forms"), [7], {"n": size})
    assert caught.value.message.key == key


def test_a_recorded_option_that_is_another_now_is_dropped() -> None:
    spec = """
id: options
title: {en: A, ru: А}
topic: t
given: {a: {choose: [1/3, 1/2]}}
steps: {s: {is: 2*a, check: a + a}}
ask: {s: 1}
text: {en: "${{ a }}$", ru: "${{ a }}$"}
"""
    before = problem_from(spec.encode(), "before.yaml")
    after = problem_from(spec.replace("[1/3, 1/2]", "[1/5, 1/3, 1/2]").encode(), "after.yaml")
    record = record_of(draw(before, [1], {})[0])
    assert from_record(before, record).picks.keys() == {"a"}
    kept = from_record(after, record)
    assert not kept.picks
    assert kept.given["a"].tolist() == [record["given"]["a"]]
