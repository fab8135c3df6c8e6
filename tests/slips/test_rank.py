"""The order of explanations, line by line: what stands in one line is equally simple, and told as a tie."""

from __future__ import annotations

from itertools import pairwise

import pytest

from grader.slips.rank import AUTHORED, EVERYWHERE, GENERIC, PAIR, PATTERN, RARE, UNLIKELY, USUAL, Level, Rank, both


def before(rank: Rank) -> Rank:
    return rank.made(before=True, one_round=False)


def in_one_round(rank: Rank) -> Rank:
    return rank.made(before=False, one_round=True)


def in_one_round_before(rank: Rank) -> Rank:
    return rank.made(before=True, one_round=True)


LOOKED_FOR_FIRST: list[list[Rank]] = [
    [AUTHORED],
    [AUTHORED.loosely()],
    [AUTHORED.partly()],
    [PATTERN],
    [USUAL],
    [USUAL.loosely()],
    [before(PATTERN)],
    [before(USUAL)],
    [before(USUAL).loosely()],
    [in_one_round(PATTERN)],
    [in_one_round(USUAL)],
    [in_one_round_before(PATTERN)],
    [EVERYWHERE, in_one_round_before(USUAL)],
    [EVERYWHERE.loosely()],
    [before(EVERYWHERE)],
    [before(EVERYWHERE).loosely()],
]
THEN: list[list[Rank]] = [
    [GENERIC],
    [in_one_round(EVERYWHERE)],
    [in_one_round_before(EVERYWHERE)],
    [RARE],
    [RARE.loosely()],
    [before(RARE)],
    [PATTERN.partly()],
    [UNLIKELY, USUAL.partly()],
    [before(UNLIKELY), before(USUAL).partly(), in_one_round(RARE)],
    [in_one_round(UNLIKELY), in_one_round(USUAL).partly(), in_one_round_before(RARE)],
    [in_one_round_before(UNLIKELY)],
    [EVERYWHERE.partly()],
    [RARE.partly()],
    [UNLIKELY.partly()],
    [PAIR],
    [both(AUTHORED, UNLIKELY), both(UNLIKELY, AUTHORED)],
    [both(PATTERN, PATTERN)],
    [both(USUAL, PATTERN), both(PATTERN, USUAL)],
    [both(USUAL, USUAL)],
    [both(USUAL, before(USUAL)), both(before(USUAL), USUAL)],
]
ORDER = [*LOOKED_FOR_FIRST, *THEN]


@pytest.mark.parametrize(("line", "following"), list(pairwise(ORDER)))
def test_the_order(line: list[Rank], following: list[Rank]) -> None:
    assert all(rank == line[0] for rank in line)
    assert all(rank < other for rank in line for other in following)


def test_which_are_looked_for_first() -> None:
    assert [all(rank.is_usual for rank in line) for line in LOOKED_FOR_FIRST] == [True] * len(LOOKED_FOR_FIRST)
    assert not any(rank.is_usual for line in THEN for rank in line)


def test_which_stand_out_where_candidates_lie_close_together() -> None:
    assert [rank for line in ORDER for rank in line if rank.stands_out] == [rank for (rank,) in ORDER[:4]]


@pytest.mark.parametrize(
    ("rank", "level", "expected"),
    [(USUAL, Level.RARE, RARE), (PATTERN, Level.RARE, RARE), (UNLIKELY, Level.RARE, UNLIKELY)],
)
def test_a_slip_in_the_second_formula_is_no_simpler_than_a_rare_one(rank: Rank, level: Level, expected: Rank) -> None:
    assert rank.at_least(level) == expected
