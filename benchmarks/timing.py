"""Rounds: in each, ours and then every peer do their share of the work, so that a slow moment meets them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who does the work. `round(number)` gives seconds per item of a round; None: it is not installed.

    `right` is the share of its verdicts that were what they had to be, once it ran.
    """

    name: str
    round: Callable[[int], float] | None
    right: Callable[[], float] = lambda: 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `target` is in seconds an item; with `times_peer` it is a multiple of the first peer's."""

    work: str
    unit: str
    ours: Entrant
    peers: tuple[Entrant, ...] = ()
    target: float | None = None
    times_peer: bool = False
    rounds: int | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds an item, one number per round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle round."""
        return median(self.seconds)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The spread: the middle half of the rounds lies between."""
        if len(self.seconds) < 2:
            return self.seconds[0], self.seconds[0]
        low, _, high = quantiles(self.seconds, n=4, method="inclusive")
        return low, high


@dataclass(frozen=True, slots=True)
class Result:
    """A row with its times; a peer without any is not installed."""

    row: Row
    ours: Timing
    peers: tuple[Timing | None, ...]

    @property
    def target(self) -> float | None:
        """The time to reach, in seconds an item."""
        first = self.peers[0] if self.peers else None
        if self.row.target is None or not self.row.times_peer:
            return self.row.target
        return self.row.target * first.median if first else None

    @property
    def met(self) -> bool | None:
        """Whether it was reached; None where there is nothing to reach."""
        return None if self.target is None else self.ours.median <= self.target


def run(row: Row, rounds: int) -> Result:
    """All rounds of a row; a first one, which pays for imports and caches, is not counted."""
    entrants = (row.ours, *row.peers)
    times: list[list[float]] = [[] for _ in entrants]
    for number in range(-1, row.rounds or rounds):
        for entrant, seconds in zip(entrants, times, strict=True):
            if entrant.round is not None:
                taken = entrant.round(number)
                if number >= 0:
                    seconds.append(taken)
    ours, *peers = (Timing(tuple(seconds)) if seconds else None for seconds in times)
    if ours is None:
        raise ValueError(row.work)
    return Result(row, ours, tuple(peers))


def looped(name: str, items: Callable[[int], Sequence[Any]], work: Callable[[Any], Any], wanted: Any = None) -> Entrant:
    """An entrant that does `work` on each item; the items are made outside the time. `wanted` is the right verdict."""
    verdicts: list[bool] = []

    def one_round(number: int) -> float:
        todo = items(number)
        start = perf_counter()
        results = [work(item) for item in todo]
        taken = (perf_counter() - start) / len(todo)
        verdicts.extend(verdict == wanted for verdict in results if wanted is not None)
        return taken

    return Entrant(name, one_round, lambda: sum(verdicts) / len(verdicts) if verdicts else 1.0)


def batched(name: str, items: Callable[[int], Any], work: Callable[[Any], Any], size: int) -> Entrant:
    """An entrant that does a whole batch of `size` at once; seconds are per member."""

    def one_round(number: int) -> float:
        todo = items(number)
        start = perf_counter()
        work(todo)
        return (perf_counter() - start) / size

    return Entrant(name, one_round)
