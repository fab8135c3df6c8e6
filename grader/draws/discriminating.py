"""Discriminating numbers: candidates in which a slip gives the right answer, or two slips the same, are drawn again.

What a candidate must keep apart is fixed per plan on a sample of its own: no authored mistake may give the right
answer, and of all pairs of slips (authored mistakes and main mutants, the right answer among them) only so few may
coincide as leaves enough slips told apart. What numbers cannot keep apart (a start at 0 hides a factor whatever is
drawn) is left alone, and enough candidates are left. A variant depends on nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
import numpy as np

from grader.arrays import Floats, Indices, Truths
from grader.blanks.tables import unfolded, unfolded_plan
from grader.equality.sampling import domain_points
from grader.facts import fact
from grader.language.shapes import in_words
from grader.plan.graph import nearest
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Ask, Plan
from grader.plan.sample import exemplar, sample_of
from grader.slips.rank import AUTHORED
from grader.suspects.looks import program_for, program_of, slot
from grader.suspects.mutants import Mutant
from grader.suspects.program import Program
from grader.tolerance import Tolerance

MUST_KEEP, LEAST_KEPT = 0.4, 0.2
"""Share of the sample that must be left by what is refused outright, and by the whole list."""
GOAL = 0.99
"""Share of the slips to tell; no more candidates are refused than it takes."""
HOPELESS = 0.5
"""What more candidates than this confuse is not refused outright."""
POINTS = 5
APART_FROM_RIGHT, APART = 7.0123, 2.0123
"""In half units of the last digit: a slip is told from honest rounding, two slips from each other.

Not whole, so that no difference of short decimals is decided by the last bit of a double.
"""

Pair = tuple[int, int]
RIGHT = -1


class Watch(msgspec.Struct, frozen=True, eq=False):
    """What is looked at in one ask: pairs of variants of a program, RIGHT being the right answer, as two columns.

    The first `refused` of them must never be confused.
    """

    ask: Ask
    program: Program
    first: Indices
    second: Indices
    refused: int


class Watchlist(msgspec.Struct, frozen=True, eq=False):
    """What the numbers of a plan must keep apart; a candidate may confuse at most `most` pairs."""

    watches: tuple[Watch, ...] = ()
    most: int = 0


def discriminating(group: Group) -> Truths:
    """Members (n,) whose numbers keep apart what the plan's list names."""
    listed = watchlist(group.plan)
    good, count = np.ones(len(group.positions), bool), np.zeros(len(group.positions), int)
    for watch in listed.watches:
        if not good.any():
            break
        right, table = answers_of(watch.program, watch.ask, group)
        confused = _confused(watch.ask.tolerance, right, table, watch.first, watch.second)
        count += confused.sum(axis=0)
        good &= ~confused[: watch.refused].any(axis=0) & (count <= listed.most)
    return good


@fact(needs=(*STRUCTURE, sample_of, nearest, program_of, exemplar, unfolded_plan))
def watchlist(plan: Plan) -> Watchlist:
    """The list of a plan, made on a sample of its candidates."""
    sample = sample_of(plan)
    if not len(sample.positions) or not any(given.draw for given in plan.givens):
        return Watchlist()
    tally = _Tally(len(sample.positions))
    watches = tuple(watch for ask, program in asked_programs(sample) if (watch := tally.watch(ask, program, sample)))
    return Watchlist(watches, tally.most())


class _Tally:
    """Over the candidates (n,) of a sample: `good` ones, pairs confused and slips lost in each; how many slips."""

    def __init__(self, size: int) -> None:
        self.good, self.slips = np.ones(size, bool), 0
        self.count, self.lost = np.zeros(size, int), np.zeros(size, int)

    def watch(self, ask: Ask, program: Program, sample: Group) -> Watch | None:
        """What is looked at in an ask; None where nothing was confused."""
        right, table = answers_of(program, ask, sample)
        refused: list[Pair] = []
        counted: list[Pair] = []
        bad = np.zeros((len(program.mutants), len(self.good)), bool)
        for pair, confused in _pairs(ask, program, right, table):
            self.count += confused
            bad[[number for number in pair if number != RIGHT]] |= confused
            hides = RIGHT in pair and program.mutants[pair[0]].rank == AUTHORED
            must = hides and confused.mean() <= HOPELESS and (self.good & ~confused).mean() >= MUST_KEEP
            if must:
                self.good &= ~confused
            (refused if must else counted).append(pair)
        self.lost += bad.sum(axis=0)
        self.slips += len(watched(program))
        return _watch(ask, program, refused, counted) if refused or counted else None

    def most(self) -> int:
        """How many pairs a candidate may confuse: no fewer than needed to tell enough slips, nor than leave enough."""
        order = np.flatnonzero(self.good)[np.argsort(self.count[self.good], kind="stable")]
        count, lost = self.count[order], self.lost[order] / max(1, self.slips)
        mean = np.cumsum(lost) / np.arange(1, len(order) + 1)
        last = np.flatnonzero(np.append(count[1:] != count[:-1], True))  # where a number of pairs ends
        enough = last[mean[last] <= 1 - GOAL].max(initial=0)
        left = last[np.argmax(last + 1 >= min(LEAST_KEPT * len(self.good), len(order)))]
        return int(count[max(enough, left)])


def asked_programs(group: Group) -> Iterator[tuple[Ask, Program]]:
    """A program for every ask that has one, for a sheet on which all other asked steps are filled in."""
    group = unfolded(group)
    plan = group.plan
    if plan.givens and not len(group.positions):
        return
    asked = {step for ask in plan.asks if (step := plan.asked_step(ask))}
    for ask in plan.asks:
        if ask.tree is not None and (ask.traits.numbers or ask.traits.variables):
            yield ask, program_for(group, ask, nearest_asked(plan, ask, asked))


def nearest_asked(plan: Plan, ask: Ask, asked: set[str]) -> frozenset[str]:
    """The asked steps that an ask is computed from, functions among them."""
    return frozenset(nearest(plan, ask.id, frozenset(asked - {ask.id})))


def answers_of(program: Program, ask: Ask, group: Group) -> tuple[Floats, Floats]:
    """The right answer (n, entries) and those of the mutants (mutants, n, entries); an expression at a few points."""
    size = len(group.positions)
    values: Mapping[str, Floats] = group.values
    if not ask.variables:
        right, table = program.run(values, size)
        right = right.reshape(size, -1)
        return right, table.reshape(len(table), *right.shape)
    points = _points(ask)
    spread = {name: np.repeat(value, POINTS, axis=0) for name, value in values.items()}
    spread |= {slot(name): np.tile(points[name], size) for name in ask.variables}
    right, table = program.run(spread, size * POINTS)
    if right.ndim > 1:
        shape = in_words(right.shape[1:])
        group.plan.problem.source.fail("spec-function-array", ask.path, ask=ask.id, shape=shape)
    return right.reshape(size, POINTS), table.reshape(len(table), size, POINTS)


def _points(ask: Ask) -> dict[str, Floats]:
    return {name: domain_points(ask.domain.get(name, (0.3, 2.7)), k, POINTS) for k, name in enumerate(ask.variables)}


def _pairs(ask: Ask, program: Program, right: Floats, table: Floats) -> Iterator[tuple[Pair, Truths]]:
    """What numbers decide, the most important first, with the candidates that confuse it (n,): some, but not all."""
    slips = watched(program)
    pairs = [(slip, RIGHT) for slip in slips]
    pairs += [
        (one, other)
        for number, one in enumerate(slips)
        for other in slips[number + 1 :]
        if are_rivals(program.mutants[one], program.mutants[other])
    ]
    if pairs:
        first, second = (np.array(side, int) for side in zip(*pairs, strict=True))
        confused = _confused(ask.tolerance, right, table, first, second)
        for number in np.flatnonzero(confused.any(axis=1) & ~confused.all(axis=1)):
            yield pairs[number], confused[number]


def watched(program: Program) -> list[int]:
    """The numbers of the slips that a variant should tell: the author's and the main ones, the simplest first."""
    main = [number for number, mutant in enumerate(program.mutants) if mutant.main]
    return sorted(main, key=lambda number: program.mutants[number].rank)


def are_rivals(one: Mutant, other: Mutant) -> bool:
    """Two slips of which the simpler would not be named anyway."""
    if AUTHORED in (one.rank, other.rank):
        return True
    return one.rank == other.rank and (one.rule, one.step) != (other.rule, other.step)


def _confused(tolerance: Tolerance, right: Floats, table: Floats, first: Indices, second: Indices) -> Truths:
    """Pairs and candidates (pairs, n) with every entry of both the same; one without a value is never confused."""
    with np.errstate(all="ignore"):
        unit, noise = tolerance.allowance(right), 1e-9 * np.abs(right)
        same = np.empty((len(first), len(right)), bool)
        for rows, factor in ((second == RIGHT, APART_FROM_RIGHT), (second != RIGHT, APART)):
            other = right if factor == APART_FROM_RIGHT else table[second[rows]]
            gap = table[first[rows]] - other
            same[rows] = (np.abs(gap, out=gap) <= np.maximum(factor * unit, noise)).all(axis=2)
        return same


def _watch(ask: Ask, program: Program, refused: list[Pair], counted: list[Pair]) -> Watch:
    """The pairs with a program of its own that computes nothing else."""
    pairs = [*refused, *counted]
    needed = sorted({number for pair in pairs for number in pair if number != RIGHT})
    renumbered = {number: position for position, number in enumerate(needed)} | {RIGHT: RIGHT}
    first, second = (np.array([renumbered[pair[side]] for pair in pairs], int) for side in (0, 1))
    return Watch(ask, program.only(needed), first, second, len(refused))
