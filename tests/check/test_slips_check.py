"""How well numbers tell slips apart: figures known by hand, the refusal, and that a draw depends on nobody else's."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from families import SHORT, drawn_of, in_depth
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.check import check_problem
from grader.check.report import Report
from grader.check.slips import measured
from grader.cli import main
from grader.draws.draw import Tally, draw
from grader.plan.load import load_problem, problem_from
from grader.spec.problem import Problem

BANK = Path(__file__).parents[2] / "problems"
HEAD = 'id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: "${{ a }}, {{ x0 }}$", ru: "${{ a }}, {{ x0 }}$"}\n'
SAY = "say: {en: a, ru: а}"

GOOD = f"""{HEAD}
given: {{a: {{ints: [3, 40]}}, x0: {{ints: [5, 60]}}}}
steps: {{y: {{is: a*x0, check: x0*a}}}}
ask: {{y: {{exact: true}}}}
mistakes:
  x-lost: {{steps: {{y: a}}, {SAY}}}
"""
HALF = GOOD.replace("x0: {ints: [5, 60]}", "x0: {choose: [1, 7]}")
ALWAYS_ONE = GOOD.replace("x0: {ints: [5, 60]}", "x0: 1")
NEARLY_ONE = GOOD.replace("x0: {ints: [5, 60]}", "x0: {choose: [1, 1, 1, 1, 7]}").replace(
    "ints: [3, 40]", "ints: [3, 400]"
)
TWINS = f"""{HEAD}
given: {{a: {{ints: [3, 40]}}, x0: {{choose: [1, 1]}}, b: 0}}
steps: {{y: {{is: a^2 + 3 + b, check: a*a + 3 + b}}}}
ask: {{y: {{exact: true}}}}
mistakes:
  plus-b: {{steps: {{y: a + b}}, {SAY}}}
  minus-b: {{steps: {{y: a - b}}, {SAY}}}
"""
CLOSE = GOOD.replace("x0: {ints: [5, 60]}", "x0: {reals: [1, 1.0004], step: 0.0001}").replace(
    "exact: true", "decimals: 1"
)


BY_NOUGHT = GOOD.replace("x0: {ints: [5, 60]}", "x0: {choose: [5, 7, 13]}") + (
    f"  nought: {{steps: {{y: a*x0/(x0 - 7)}}, {SAY}}}\n"
)


def problem(text: str) -> Problem:
    return problem_from(text.encode(), "s.yaml")


def report(text: str) -> Report:
    return check_problem(problem(text), 200, typeset=False)


def untold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws as they would be if nobody looked at the slips."""
    monkeypatch.setattr("grader.draws.tries.PATIENCE", 0)


def test_a_slip_that_divides_by_nought_for_some_hides_no_other() -> None:
    assert report(BY_NOUGHT).figures["slips"]["share"] > 0.99


def test_good_numbers_tell_everything_apart() -> None:
    slips = report(GOOD).figures["slips"]
    assert slips["share"] == 1
    assert slips["slips"] >= 2
    assert not slips["structural"]


def test_a_one_that_hides_a_factor_half_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    found = measured(draw(problem(HALF), range(200)))
    assert found.share == 1
    assert not found.confused
    untold(monkeypatch)
    groups = draw(problem(HALF), range(200))
    ones = sum(int((group.given["x0"] == 1).sum()) for group in groups)
    found = measured(groups)
    hidden = {pair.slip[0]: count for pair, count in found.confused.items() if pair.other is None}
    assert 60 < ones < 140
    assert hidden["x-lost"] == ones


def test_only_the_useful_half_is_drawn() -> None:
    tally = Tally()
    groups = draw(problem(HALF), range(400), tally=tally)
    assert all((group.given["x0"] == 7).all() for group in groups)
    assert 0.4 < tally.telling_rate == tally.rate < 0.6
    assert tally.worst_condition == ""


def test_a_formula_without_slips_is_no_fault() -> None:
    """Nothing is looked for in a single named array."""
    text = HEAD + "given: {b: {ints: [2, 9]}}\nsymbols: {A: n x n}\nsteps: {g: A}\nask: {g: 1}\n"
    assert measured(draw(problem(text), range(3))).share is None


def test_what_is_the_same_whatever_is_drawn_is_told_apart_from_what_only_happens_to_be() -> None:
    slips = report(TWINS).figures["slips"]
    assert {"ask": "y", "slip": "minus-b @ y", "other": "plus-b @ y"} in slips["structural"]
    assert slips["share"] > 0.95
    slips = report(ALWAYS_ONE).figures["slips"]
    assert {"ask": "y", "slip": "x-lost @ y", "other": "right"} in slips["structural"]
    assert slips["hidden"] >= 1


def test_the_tolerance_itself_must_separate_them() -> None:
    """1.0004 is not 1, but to one decimal 40 and 40.016 are the same."""
    slips = report(CLOSE).figures["slips"]
    assert slips["share"] < 0.95
    assert ("x-lost @ y", "right") in {(row["slip"], row["other"]) for row in slips["pairs"]}


@pytest.mark.parametrize(("text", "refused"), [(GOOD, False), (HALF, False), (CLOSE, True), (NEARLY_ONE, False)])
def test_a_family_below_the_least_share_is_refused(text: str, refused: bool) -> None:
    found = [finding for finding in report(text).findings if finding.message.key == "check-slips"]
    assert bool(found) is refused
    for finding in found:
        assert (finding.severity, finding.path, finding.line) == ("error", "ask.y", 8)
        said = finding.as_dict("ru")["message"]
        assert "ошибка x-lost" in said
        assert "exclude" in said


@pytest.mark.parametrize(("language", "words"), [("en", "the right answer"), ("ru", "верный ответ")])
def test_the_command_shows_the_pairs_and_fails(tmp_path: Path, language: str, words: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(CLOSE, "utf-8")
    told = CliRunner().invoke(main, ["check", "--fast", "--slips", "--language", language, str(path)])
    assert told.exit_code == 1
    assert words in told.output
    figures = json.loads(CliRunner().invoke(main, ["check", "--fast", "--json", str(path)]).output)[0]["figures"]
    assert figures["slips"]["pairs"][0]["ask"] == "y"
    assert figures["rejection_telling"] <= figures["rejection_rate"]


# ----- The draws of the bank -------------------------------------------------------------------------------------

FAMILIES = ["optimisers/adam-two-steps", "calculus/table-derivative", "gradient-descent/gd-nd-steps",
            "losses/logreg-gd-step", "backprop/graph-path-sum", "networks/logic-gates"]  # fmt: skip


@pytest.mark.parametrize("name", FAMILIES)
def test_a_variant_does_not_depend_on_who_else_is_drawn(name: str) -> None:
    family = load_problem(BANK / f"{name}.yaml")
    alone = [draw(family, [seed])[0] for seed in (3, 141, 499)]
    members = {int(seed): (group, m) for group in draw(family, range(500)) for m, seed in enumerate(group.seeds)}
    for one in alone:
        group, member = members[int(one.seeds[0])]
        assert group.plan is one.plan
        for given_name, value in one.given.items():
            assert (group.given[given_name][member] == value[0]).all()


@settings(max_examples=20, deadline=None)
@given(st.sets(st.integers(0, 2**40 - 1), min_size=1, max_size=40))
def test_a_variant_does_not_depend_on_the_batch(seeds: set[int]) -> None:
    family = problem(HALF.replace("choose: [1, 7]", "ints: [0, 5]"))
    together = {int(seed): (group.given["a"][member], group.given["x0"][member])
                for group in draw(family, sorted(seeds)) for member, seed in enumerate(group.seeds)}  # fmt: skip
    for seed in list(seeds)[:5]:
        (one,) = draw(family, [seed])
        assert together[seed] == (one.given["a"][0], one.given["x0"][0])


@pytest.mark.parametrize(("name", "kinds"), [("calculus/table-derivative", 10), ("gradient-descent/grad-at-point", 16)])
def test_all_forms_stay_likely(name: str, kinds: int) -> None:
    groups = draw(load_problem(BANK / f"{name}.yaml"), range(400))
    assert len(groups) == kinds
    sizes = [len(group.positions) for group in groups]
    assert min(sizes) > 400 / kinds / 4
    assert max(sizes) < 400 / kinds * 2


@in_depth
def test_no_given_of_the_bank_is_stuck(family: str) -> None:
    """Few variants tell of a given only that it never changes."""
    most = 0.95 if SHORT else 0.9
    seen: dict[str, Counter[str]] = {}
    for group in drawn_of(family):
        for drawn in group.plan.givens:
            if drawn.draw is not None and drawn.draw.possibilities() > 1:
                seen.setdefault(drawn.name, Counter()).update(str(row) for row in group.given[drawn.name].tolist())
    stuck = {
        name: counts.most_common(2)
        for name, counts in seen.items()
        if counts.most_common(1)[0][1] > most * counts.total()
    }
    assert not stuck
