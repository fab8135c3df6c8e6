"""Which of many candidates give an answer, and where they lie so close that one of them is met by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from grader.arrays import Floats, Indices, Truths
from grader.marking.match import Match, of_mutant
from grader.plan.plan import Ask
from grader.slips.rank import AUTHORED, EVERYWHERE, Level, Rank
from grader.suspects.mutants import Mutant

CHANCE = {"usual": 0.3, "rare": 0.3, "far": 0.03}
"""Share of the numbers around an answer that candidates of a look may take up; with more, a match says nothing."""
CHANCE_OF_ENTRY = 0.02
"""The same where a slip of the whole gives the only wrong entry of an array."""
CHANCE_OF_PRODUCT, LEAST_OFF = 0.25, 5
"""Of the few slips with one product of a sum more may be met by chance; but what is off by 1 or 2, fewer than so many
half units, was perhaps added up wrongly."""
_OF_PRODUCT = frozenset({"sign", "term-dropped"})
MOST_UNITS, TELLING = 50.0, 1e-3
"""More than so many units of the last digit cannot have been rounded away, unless three digits are left that tell."""


def lonely(answers: Floats, table: Floats, right: Truths) -> tuple[Floats, Floats, Truths]:
    """The one wrong entry of each answer (n,), what candidates have there (M, n), and which answers have just one.

    `right` marks the entries that are right, (n, *shape). Entries with one wrong number in all of them are one.
    """
    size = len(answers)
    wrong = ~right.reshape(size, -1)
    rows, entry = np.arange(size), wrong.argmax(axis=1)
    flat = answers.reshape(size, -1)
    there = flat[rows, entry]
    one: Truths = (~wrong | (flat == there[:, None])).all(axis=1)
    return there, table.reshape(len(table), size, -1)[:, rows, entry], one


def of_one_product(mutant: Mutant) -> bool:
    """With one entry of a factor turned round or left out: in an entry of the product that is one term of its sum."""
    return mutant.rank.level == Level.UNLIKELY and mutant.rule in _OF_PRODUCT


def apart(answers: Floats, table: Floats, units: Floats) -> Floats:
    """Half the distance between different answers (n,): of whole numbers half of one, however they are written.

    Whole numbers are meant where most candidates give one; a half of the right value need not be.
    """
    with np.errstate(all="ignore"):
        whole = 2 * (np.abs(table - np.round(table)) < 1e-9).sum(axis=0) > len(table)
    return np.where(whole & (answers == np.round(answers)), np.maximum(units, 0.5), units)


def crowded(answers: Floats, table: Floats, units: Floats, most: float, right: Floats | None = None) -> Truths:
    """Members (n,) around whose answer candidates lie so close that one of them is met by chance.

    `units` are half units of the last digit written: with few digits there are few different answers. `most` is the
    share of them that candidates may take up; they are those as large as the answer, or the `right` one.
    """
    sizes = np.abs(answers) if right is None else np.maximum(np.abs(answers), np.abs(right))
    reach = np.maximum(sizes, 6 * units)
    with np.errstate(all="ignore"):
        near = np.where(np.abs(table - answers) <= reach, np.round(table / np.maximum(2 * units, 1e-12)), np.nan)
        near = np.sort(np.where(np.isfinite(near), near, np.nan), axis=0)  # what is not near comes last
        counts = (near[1:] > near[:-1]).sum(axis=0) + np.isfinite(near[:1]).sum(axis=0)
    by_chance: Truths = counts * units / np.maximum(reach, 1e-300) > most
    return by_chance


class Judged:
    """Which mutants give which answers: members (n), in the scenarios (w) of their sheets, mutants (M, w·n)."""

    def __init__(self, ask: Ask, answers: Floats, right: Floats, table: Floats, units: Floats) -> None:
        size = len(answers)
        shape = answers.shape[1:]
        self.axes = len(shape)
        scenarios = table.reshape(len(table), -1, size, *shape)
        reference = right.reshape(-1, size, *shape)
        unit = 1.02 * units.reshape((-1,) + (1,) * len(shape))
        with np.errstate(all="ignore"):
            allowed, off = ask.tolerance.allowance(answers), np.abs(answers - reference[:2])
            gaps = np.abs(scenarios[:, :2] - answers)
            tight = np.isfinite(gaps) & (gaps <= unit + 1e-9 * np.abs(scenarios[:, :2]))
            most = MOST_UNITS * allowed
            carried, slack = _carried(reference[None])[0], _carried(scenarios)
            honest = np.maximum(most, TELLING * np.abs(answers))
            follows = (carried <= honest) & (off[1] <= unit + 1.05 * carried + allowed)
            small = slack <= np.where(follows, honest, np.minimum(np.maximum(most, TELLING * off[0]), 0.1 * off[0]))
            near = small & (gaps[:, 1] <= unit + 1.05 * slack + allowed)
        strictly = ask.tolerance.accepts(answers, reference[0])
        some_follow = ~self.every(follows).reshape(-1, *(1,) * len(shape))
        entry_right = strictly | (follows & some_follow)
        idle = self.every(ask.tolerance.accepts(scenarios[:, :2], reference[:2]))  # it does not show here
        whole = np.asarray((self.every(tight) & ~idle).any(axis=1))
        loose = self.every(tight[:, 1] | near) & ~idle[:, 1]
        partly = self.every(tight | entry_right) & (self.count(tight & ~entry_right) > 0) & ~idle
        some = np.asarray(partly.any(axis=1))
        several = self.count(~entry_right) > 1  # one wrong entry is met by many a slip of the whole
        truths = np.isin(reference[0], (0.0, 1.0)).reshape(len(answers), -1).all(axis=1)
        several &= ~truths  # of noughts and ones any slip gives some
        self.entry_right, self.reference = entry_right, reference[0]
        self.whole, self.loose, self.some = whole, loose & ~whole, some & several & ~whole
        self.lone = some & ~several & ~whole

    def every(self, mask: Truths) -> Truths:
        """Where it holds of all entries of an answer."""
        return np.asarray(self.count(~mask) == 0)

    def count(self, mask: Truths) -> Indices:
        """Of how many entries of an answer it holds."""
        counts: Indices = mask.reshape(*mask.shape[: mask.ndim - self.axes], -1).sum(axis=-1)
        return counts

    def matches(
        self, index: int, mutants: Sequence[Mutant], telling: bool, product_tells: bool = False
    ) -> Iterator[Match]:
        """The candidates for one member, by its index among these; whether the only wrong entry of an array tells."""
        for mutant in _at(self.whole[:, index], mutants):
            yield of_mutant(mutant)
        for mutant in _at(self.loose[:, index], mutants):
            if mutant.rank.level < Level.UNLIKELY:  # what is far to seek fits to the digits or not at all
                yield of_mutant(mutant, mutant.rank.loosely())
        for mutant in _at(self.some[:, index], mutants):
            yield of_mutant(mutant, mutant.rank.partly())
        for mutant in _at(self.lone[:, index], mutants) if telling or product_tells else ():
            usual = mutant.say is None and AUTHORED < mutant.rank <= EVERYWHERE  # an author's words are about the whole
            if (telling and usual) or (product_tells and of_one_product(mutant)):
                yield of_mutant(mutant, Rank(Level.PARTLY, parts=(mutant.rank,)))


def _carried(scenarios: Floats) -> Floats:
    """How far values (M, w, n, *shape) move with what was rounded away from those as typed, the second of w."""
    return np.asarray(np.abs(scenarios[:, 2:] - scenarios[:, 1:2]).sum(axis=1))


def _at(mask: Truths, mutants: Sequence[Mutant]) -> list[Mutant]:
    return [mutants[int(index)] for index in np.flatnonzero(mask)]
