"""How simple an explanation of an answer is. Of all that fit the simplest is told; what is equally simple is a tie."""

from __future__ import annotations

from enum import IntEnum, auto

import msgspec
from msgspec.structs import replace


class Level(IntEnum):
    """How near at hand a slip is, the nearest first."""

    AUTHORED = auto()
    """The author has seen students do it, and has words for it."""
    USUAL = auto()
    """One thing done wrong at one spot of a formula, or a name taken for one that looks like it."""
    EVERYWHERE = auto()
    """One name done wrong throughout, or a factor on the whole: it takes more than one stroke of the pen."""
    KNOWN = auto()
    """Students do it, but numbers are not drawn for it: a usual slip is believed first."""
    GENERIC = auto()
    """A relation to the right value whatever the formula: it says less than a slip in the formula does."""
    IN_ONE_ROUND = auto()
    """A name done wrong throughout, in one round of a loop only: who takes a name wrong does it in every round."""
    RARE = auto()
    """Looked for where nothing usual fits: there are many of these, and few students make them."""
    UNLIKELY = auto()
    """A name for one that looks otherwise, one entry wrong, a usual slip in some entries only: many fit by chance."""
    PARTLY = auto()
    """A slip that is not usual, in some entries only, or a usual one of the whole in a single entry."""
    FAR = auto()
    """Any other operation, bracket, number or quantity: looked for where nothing simpler fits."""
    PAIR = auto()
    """Two slips at once in one formula: pairs fit nearly anything, so only where one alone explains nothing."""
    PAIR_APART = auto()
    """Two slips at once in different steps: there are more of these still."""
    ACCIDENT = auto()
    """Of the pen: it fits many a wrong number, so it is told where no reason was found."""


class Detour(IntEnum):
    """How far from the asked step the slip was made."""

    NONE = 0
    """In the asked step itself, and in every round of a loop: the student looked at just this."""
    BEFORE = 1
    """In a step before it that was not asked for."""
    ONE_ROUND = 2
    """In one round of a loop only: who takes a formula to be so does it in all of them."""
    ONE_ROUND_BEFORE = 3
    """In one round, in a step before the asked one."""


class Fit(IntEnum):
    """How well it gives the answer."""

    TIGHT = 0
    """To the digits written."""
    LOOSE = 1
    """Only with what may have been rounded away on the way."""
    PARTLY = 2
    """In the entries that are wrong."""


class Rank(msgspec.Struct, frozen=True, order=True):
    """Where an explanation stands among the others: its fields are compared in order, the smallest is the simplest.

    `plain` is false for a pattern of its own, which says more than the lost factor that gives the same formula, and for
    a pair with a mistake of the author's. `parts` are the ranks of what was done: the slip that explains in part, or
    the two at once, the less simple one first.
    """

    level: Level
    detour: Detour = Detour.NONE
    fit: Fit = Fit.TIGHT
    plain: bool = True
    parts: tuple[Rank, ...] = ()

    @property
    def is_usual(self) -> bool:
        """Looked for first: where one of these fits, the rest need not be looked for."""
        return self.level <= Level.EVERYWHERE

    @property
    def stands_out(self) -> bool:
        """Told even of an answer that many a slip gives by chance: the author's, or a pattern of its own."""
        return self < USUAL

    @property
    def tier(self) -> str:
        """Which look it belongs to: what is usual first, then what is rare, then what is far to seek."""
        return "usual" if self.is_usual else "far" if self.level == Level.FAR else "rare"

    def made(self, before: bool, one_round: bool) -> Rank:
        """Of the same slip in a step before the asked one, or in one round only."""
        detour = Detour(before + 2 * one_round)
        level, detour = _FARTHER.get((self.level, detour), (self.level, detour))
        return replace(self, level=level, detour=detour)

    def loosely(self) -> Rank:
        """Of a match only with what may have been rounded away."""
        return replace(self, fit=Fit.LOOSE)

    def partly(self) -> Rank:
        """Of a match in the wrong entries only; the author's mistakes stay the author's."""
        match self.level:
            case Level.AUTHORED:
                return replace(self, fit=Fit.PARTLY)
            case Level.USUAL:
                return replace(self, level=Level.UNLIKELY)
        return Rank(Level.PARTLY, parts=(self,))

    def at_least(self, level: Level) -> Rank:
        """Of a slip that is no simpler than this level."""
        return self if self.level >= level else Rank(level)


_FARTHER = {
    (Level.USUAL, Detour.ONE_ROUND_BEFORE): (Level.EVERYWHERE, Detour.NONE),
    (Level.EVERYWHERE, Detour.ONE_ROUND): (Level.IN_ONE_ROUND, Detour.NONE),
    (Level.EVERYWHERE, Detour.ONE_ROUND_BEFORE): (Level.IN_ONE_ROUND, Detour.BEFORE),
    (Level.RARE, Detour.ONE_ROUND): (Level.UNLIKELY, Detour.BEFORE),
    (Level.RARE, Detour.ONE_ROUND_BEFORE): (Level.UNLIKELY, Detour.ONE_ROUND),
}
"""Two detours at once, and one round of a slip that is not usual, are as far-fetched as another level."""

AUTHORED, USUAL, EVERYWHERE, KNOWN = map(Rank, (Level.AUTHORED, Level.USUAL, Level.EVERYWHERE, Level.KNOWN))
GENERIC, RARE, UNLIKELY = map(Rank, (Level.GENERIC, Level.RARE, Level.UNLIKELY))
FAR, PAIR, ACCIDENT = map(Rank, (Level.FAR, Level.PAIR, Level.ACCIDENT))
PATTERN = Rank(Level.USUAL, plain=False)


def both(one: Rank, other: Rank) -> Rank:
    """Two slips in different steps: first those with a mistake of the author's, then by the less simple one."""
    return Rank(Level.PAIR_APART, plain=AUTHORED not in (one, other), parts=(max(one, other), min(one, other)))
