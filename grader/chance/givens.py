"""The kinds of draws, a small class each.

Parameters are numbers and tuples: the loader has computed the author's expressions. Each class offers
    draw(stream, n)    values (n, *shape), and a mask (n,) of the members whose values are as asked, or None
                       where all are by construction; the caller draws the others again with a retry
    possibilities()    the number of different outcomes (before a mask)
Parameters that cannot be drawn from raise AuthorError with a key `given-...`; the caller adds file and line.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations

import numpy as np

from grader.arrays import Truths
from grader.chance.grids import Array, Drawn, grid, whole
from grader.chance.matrices import Matrix
from grader.chance.streams import Stream
from grader.errors import AuthorError

MOST_NODES = 7
"""Graphs are drawn from the list of all of them, and one more node would make it millions long."""


class _FromPool(ABC):
    """Entries drawn from a pool of values, all alike; `distinct` ones differ within a member's array."""

    shape: tuple[int, ...]
    distinct: bool

    @cached_property
    def pool(self) -> Array:
        """The values that an entry can take."""
        return self._values()

    @abstractmethod
    def _values(self) -> Array:
        """The pool, worked out once."""

    def __post_init__(self) -> None:
        for size in self.shape:
            whole("shape", size, least=1)
        count, available = math.prod(self.shape), len(self.pool)
        if self.distinct and count > available:
            raise AuthorError("given-distinct", count=count, available=available)

    def draw(self, stream: Stream, n: int) -> Drawn:
        """Values (n, *shape); always valid."""
        size, count = len(self.pool), math.prod(self.shape)
        ranks = stream.distinct_integers(size, count) if self.distinct else stream.integers(size, count)
        return self.pool[ranks].reshape((n, *self.shape)), None

    def possibilities(self) -> int:
        """Number of different outcomes."""
        size, count = len(self.pool), math.prod(self.shape)
        return math.perm(size, count) if self.distinct else size**count


@dataclass(frozen=True)
class Integers(_FromPool):
    """Whole numbers low..high, both included, without the excluded ones."""

    low: int
    high: int
    shape: tuple[int, ...] = ()
    exclude: tuple[float, ...] = ()
    distinct: bool = False

    def _values(self) -> Array:
        return grid(whole("low", self.low), whole("high", self.high), 1, self.exclude)


@dataclass(frozen=True)
class Reals(_FromPool):
    """Numbers low, low + step, ... up to high, without the excluded ones; 0.1 and 0.2 are followed by 0.3."""

    low: float
    high: float
    step: float
    shape: tuple[int, ...] = ()
    exclude: tuple[float, ...] = ()
    distinct: bool = False

    def _values(self) -> Array:
        return grid(self.low, self.high, self.step, self.exclude)


@dataclass(frozen=True)
class Choose(_FromPool):
    """Indices 0..count-1 into a list of options (numbers, expressions, words), which the caller looks up."""

    count: int
    shape: tuple[int, ...] = ()
    distinct: bool = False

    def _values(self) -> Array:
        return np.arange(whole("count", self.count, least=1))


@dataclass(frozen=True)
class Permutation:
    """The numbers 1..size in random order."""

    size: int

    def __post_init__(self) -> None:
        whole("size", self.size, least=1)

    def draw(self, stream: Stream, n: int) -> Drawn:
        """Vectors (n, size), float64; always valid."""
        return (stream.permutations(self.size) + 1.0).reshape((n, self.size)), None

    def possibilities(self) -> int:
        """Number of orders."""
        return math.factorial(self.size)


@dataclass(frozen=True)
class Graph:
    """A graph whose edges lead to higher numbers; node 1 is the only source, the last the only sink."""

    nodes: int
    edges: int

    def __post_init__(self) -> None:
        whole("nodes", self.nodes, least=2)
        whole("edges", self.edges)
        if self.nodes > MOST_NODES:
            raise AuthorError("given-graph-nodes", nodes=self.nodes, most=MOST_NODES)
        least, most = self.nodes - 1, math.comb(self.nodes, 2)
        if not least <= self.edges <= most:
            raise AuthorError("given-graph-edges", nodes=self.nodes, edges=self.edges, least=least, most=most)

    def draw(self, stream: Stream, n: int) -> Drawn:
        """Adjacency matrices (n, nodes, nodes), row: from, column: to; all graphs equally likely."""
        graphs = _graphs(self.nodes, self.edges)
        ranks = stream.integers(len(graphs), 1).reshape(n)
        return graphs[ranks].astype(np.float64), None

    def possibilities(self) -> int:
        """Number of different graphs."""
        return len(_graphs(self.nodes, self.edges))


@cache
def _graphs(nodes: int, edges: int) -> Truths:
    """Adjacency matrices of all graphs with this many edges, in the order of `itertools.combinations`."""
    pairs = np.array(list(combinations(range(nodes), 2)))
    chosen = pairs[np.array(list(combinations(range(len(pairs)), edges)))]
    graphs = np.zeros((len(chosen), nodes, nodes), np.bool_)
    graphs[np.arange(len(chosen))[:, None], chosen[:, :, 0], chosen[:, :, 1]] = True
    entered, left = graphs[:, :, 1:].any(axis=1), graphs[:, :-1].any(axis=2)
    valid: Truths = graphs[np.all(entered, axis=1) & np.all(left, axis=1)]
    return valid


Given = Integers | Reals | Choose | Matrix | Permutation | Graph
