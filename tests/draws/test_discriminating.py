"""Telling numbers: a draft that hides a slip is drawn again, whoever else is in the batch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.draws.discriminating import discriminating, watchlist
from grader.draws.draw import Tally, draw
from grader.draws.tries import MAX_TRIES, PATIENCE
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.plan import Plan
from grader.plan.sample import sample_of
from grader.spec.problem import Problem

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
SQUARE = "given: {x: {ints: [1, 3]}, k: {ints: [2, 9]}}\nsteps: {s: k*x^2}\nask: {s: {decimals: 3}}\n"
RATES = (
    "given: {beta1: {choose: [0.9, 0.8, 0.5]}, beta2: {choose: [0.9, 0.8, 0.5]}, m: {ints: [2, 9]}, "
    "g: {ints: [11, 19]}}\n"
    "steps: {s: beta1*m + (1 - beta2)*g}\nask: {s: {decimals: 3}}\n"
)
FORMS = "form: {n: [1, 2, 3]}\n" + SQUARE.replace("k*x^2", "k*x^2 + n")
CURVE = "given: {a: {ints: [1, 3]}}\nsteps: {'f(x)': x^a}\nask: {f: {domain: {x: [1.5, 2.5]}}}\n"


def problem(spec: str) -> Problem:
    return problem_from((HEAD + spec).encode(), "s.yaml")


def watches_of(plan: Plan) -> Any:
    return watchlist(plan).watches


def numbers(groups: list[Group]) -> dict[int, Any]:
    return {
        int(seed): (dict(group.plan.form), {name: value[place].tolist() for name, value in group.given.items()})
        for group in groups
        for place, seed in enumerate(group.seeds)
    }


# ----- What is drawn again ---------------------------------------------------------------------------------------


def test_a_number_that_hides_a_slip_is_not_drawn() -> None:
    """1 squared is 1: a forgotten square would not show."""
    tally = Tally()
    (group,) = draw(problem(SQUARE), range(300), tally=tally)
    assert set(group.given["x"]) == {2.0, 3.0}
    assert tally.rejected is not None
    assert tally.rejected["telling"] > 50


def test_equal_rates_hide_a_swap() -> None:
    (group,) = draw(problem(RATES), range(300))
    assert (group.given["beta1"] != group.given["beta2"]).all()


def test_a_curve_is_looked_at_in_its_domain() -> None:
    (group,) = draw(problem(CURVE), range(200))
    assert set(group.given["a"]) == {2.0, 3.0}  # x^1: a lost exponent does not show


def test_two_slips_that_give_the_same_are_drawn_again() -> None:
    spec = SQUARE.replace("x: {ints: [1, 3]}", "x: {ints: [2, 5]}") + (
        "mistakes: {doubled: {steps: {s: 2*k*x}, say: {en: d, ru: д}}, "
        "cubed: {steps: {s: k*x^3}, say: {en: c, ru: к}}}\n"
    )
    (group,) = draw(problem(spec), range(200))
    assert 2.0 not in set(group.given["x"])  # 2·k·x is k·x² there


# ----- What cannot be helped -------------------------------------------------------------------------------------


def test_what_no_numbers_tell_apart_is_left_alone() -> None:
    spec = "given: {x: {choose: [1, 1, 1, 2]}, k: {ints: [2, 9]}}\nsteps: {s: k*x^2}\nask: {s: {decimals: 3}}\n"
    (group,) = draw(problem(spec), range(400))
    assert 1.0 in set(group.given["x"])  # three of four drafts: too many to throw away


def test_a_spec_whose_slips_are_always_hidden_is_drawn_at_once() -> None:
    tally = Tally()
    draw(problem("given: {k: {ints: [2, 9]}, w: 0}\nsteps: {s: k + 3*w}\nask: {s: 1}\n"), range(100), tally=tally)
    assert (tally.rejected or {}).get("telling", 0) < 50


def test_patience_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many tries a draft is taken as it is, long before the draw gives up."""
    monkeypatch.setattr("grader.draws.tries.discriminating", lambda group: np.zeros(len(group.positions), bool))
    tally = Tally()
    (group,) = draw(problem(SQUARE), range(30), tally=tally)
    assert len(group.positions) == 30
    assert tally.rejected is not None
    assert tally.rejected["telling"] == 30 * PATIENCE
    assert PATIENCE < MAX_TRIES


def test_a_plan_without_candidates_has_an_empty_list() -> None:
    """Nothing can be asked of numbers that no sample meets."""
    (group,) = draw(problem(SQUARE + "require: [x > 5]\n"), [1], {"x": "7", "k": "2"})
    assert len(sample_of(group.plan).positions) == 0
    assert watches_of(group.plan) == ()
    assert discriminating(group).all()


# ----- Nobody's numbers depend on the others ---------------------------------------------------------------------


@pytest.mark.parametrize("spec", [SQUARE, RATES, FORMS, CURVE], ids=["square", "rates", "forms", "curve"])
def test_a_student_is_drawn_the_same_alone_and_among_others(spec: str) -> None:
    together = numbers(draw(problem(spec), range(60)))
    backwards = numbers(draw(problem(spec), list(range(60))[::-1]))
    assert together == backwards
    for seed in (0, 17, 59):
        assert numbers(draw(problem(spec), [seed]))[seed] == together[seed]
    some = numbers(draw(problem(spec), range(30, 60)))
    assert some == {seed: together[seed] for seed in range(30, 60)}


def test_forms_keep_their_shares() -> None:
    """Even where one form hides slips more often than the others."""
    spec = (
        "form: {n: [1, 2]}\ngiven: {x: {ints: [1, 4]}, k: {ints: [2, 9]}}\nsteps: {s: k*x^n}\nask: {s: {decimals: 3}}\n"
    )
    shares = {group.plan.form["n"]: len(group.positions) / 4000 for group in draw(problem(spec), range(4000))}
    assert shares == {"1": pytest.approx(0.5, abs=0.03), "2": pytest.approx(0.5, abs=0.03)}


@pytest.mark.parametrize("fixed", [{"x": "1"}, {"x": "1", "k": "2"}])
def test_numbers_set_by_hand_are_taken_as_they_are(fixed: dict[str, str]) -> None:
    tally = Tally()
    (group,) = draw(problem(SQUARE), range(20), fixed, tally)
    assert set(group.given["x"]) == {1.0}
    assert not (tally.rejected or {}).get("telling")


def test_what_has_no_numbers_is_not_looked_at() -> None:
    (group,) = draw(problem("steps: {s: 2 + 3}\nask: {s: 1}\n"), range(3))
    assert watches_of(group.plan) == ()
