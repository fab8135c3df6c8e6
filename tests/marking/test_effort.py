"""What is far to seek is looked for while a sheet has effort left: it is bounded, and the same in any company."""

from __future__ import annotations

from pathlib import Path

import pytest

import grader
from grader.language import calculus
from grader.marking.effort import MOST, MOST_OF_FIRST, Effort, price_of_far, price_of_pairs
from grader.suspects.looks import program_of
from grader.suspects.program import Program

FILE = Path(__file__).parents[2] / "problems/backprop/backprop-zero-init-two-steps.yaml"
LAST = "W2[2]"
WRONG = "[[0.0488, 0.048], [0.048, 0.048]]"


def variant(seed: int = 3) -> grader.api.Variant:
    """Of a problem that nobody else has looked at."""
    return grader.load(FILE).variant(seed)


def looks(variant: grader.api.Variant) -> dict[str, int]:
    """How many suspects each look at a sheet had."""
    counts: dict[str, int] = {}
    for (fact, key), value in variant.group.plan.facts.complete.items():  # type: ignore[misc]
        if fact is program_of and isinstance(value, Program):
            counts[key[3]] = counts.get(key[3], 0) + len(value.mutants)
    return counts


@pytest.mark.parametrize(("prices", "bought"), [
    ([("a", MOST_OF_FIRST)], 1), ([("a", MOST_OF_FIRST + 1)], 0), ([("a", MOST_OF_FIRST - 1), ("a", 1), ("a", 1)], 2),
    ([("a", MOST), ("b", 0), ("b", 1)], 2), ([("a", MOST - 1), ("b", 1), ("a", 1)], 3), ([("a", 1), ("b", MOST)], 1),
    ([("a", MOST_OF_FIRST), ("b", 0)], 1), ([("a", MOST_OF_FIRST + 1), ("b", MOST_OF_FIRST)], 1),
])  # fmt: skip
def test_a_sheet_pays_while_it_has_something_left(prices: list[tuple[str, int]], bought: int) -> None:
    effort = Effort()
    effort.afforded("b", [1], MOST)  # what others have spent is theirs
    assert sum(len(effort.afforded(line, [0], price)) for line, price in prices) == bought


def test_a_line_whose_neighbours_are_written_is_looked_at_closely() -> None:
    one = variant()
    one.mark({**{ask: one.right_answer(ask) for ask in one.asks}, LAST: WRONG})
    assert {"far", "hasty"} <= looks(one).keys()


def test_the_end_of_a_long_way_is_not_looked_for_far_away() -> None:
    """Alone on the sheet it has twenty formulas before it: 12,000 suspects and six seconds once."""
    one = variant()
    one.mark({LAST: WRONG})
    seen = looks(one)
    assert "usual" in seen
    assert "rare" in seen
    assert not {"far", "hasty", "pairs"} & seen.keys()
    assert sum(seen.values()) < 1500


def test_a_sheet_that_is_wrong_throughout_is_bounded() -> None:
    one = variant()
    plan, stop = one.group.plan, frozenset[str]()
    one.mark({ask: one.right_answer(ask).replace("0", "7").replace("1", "4") for ask in one.asks})
    spent = looks(one)
    assert spent["far"] + spent["hasty"] < 1500
    assert price_of_far(plan, LAST, stop) > MOST_OF_FIRST
    assert price_of_pairs(plan, LAST, stop) > MOST_OF_FIRST


def test_company_changes_nothing() -> None:
    """One student's sheet, empty but for the end, beside others of whom most have nothing wrong."""
    many = grader.load(FILE).variants(range(6))
    sheets = [{ask: one.right_answer(ask) for ask in one.asks} for one in many]
    sheets[1][LAST] = sheets[4][LAST] = WRONG
    sheets[2] = {LAST: WRONG}
    sheets[5] = dict.fromkeys(sheets[5], WRONG)
    together = many.mark(sheets)
    assert [many[position].mark(sheet) for position, sheet in enumerate(sheets)] == together


@pytest.mark.parametrize(
    ("name", "seed", "answers"),
    [("gd-1d-run-to-convergence", 2, {"lim": "6"}), ("gd-loop-condition", 1062855862025, {"xN": "-4.836"})],
)
def test_a_loop_is_not_gone_through_for_every_suspect(
    monkeypatch: pytest.MonkeyPatch, name: str, seed: int, answers: dict[str, str]
) -> None:
    """Alone at the end of a way with loops: 450,000 and 830,000 rounds once, twelve and six seconds."""
    rounds, count = [0], calculus._Repetitions.count

    def counted(repetitions: calculus._Repetitions) -> None:
        rounds[0] += 1
        count(repetitions)

    monkeypatch.setattr(calculus._Repetitions, "count", counted)
    grader.load(FILE.parents[1] / "gradient-descent" / f"{name}.yaml").variant(seed).mark(answers)
    assert 0 < rounds[0] < 30_000
