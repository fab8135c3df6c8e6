"""The kinds of draws, a small class each; `GIVENS` maps the word of a spec to its class.

Parameters are numbers and tuples: the loader has computed the author's expressions. Each class offers
    draw(stream, n)    values (n, *shape), and a mask (n,) of the students whose values are as asked, or None
                       where all are by construction; the caller draws the others again with a retry
    possibilities()    the number of different outcomes (before a mask)
Parameters that cannot be drawn from raise AuthorError with a key `given-...`; the caller adds file and line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import AuthorError
from grader.problem.streams import Stream

Array = NDArray[Any]
Drawn = tuple[Array, NDArray[np.bool_] | None]

MOST_VALUES = 1_000_000
MOST_NODES = 7
"""Graphs are drawn from the list of all of them, and one more node would make it millions long."""

_ROW_TRIES = 16
_MARGIN = 1e-9 / math.pi
"""What counts as zero next to 1; irrational, so that no determinant of decimals lies right on it."""


class _FromPool:
    """Entries drawn from a pool of values, all alike; `distinct` ones differ within a student's array."""

    shape: tuple[int, ...]
    distinct: bool

    @cached_property
    def pool(self) -> Array:
        """The values that an entry can take."""
        return self._values()

    def _values(self) -> Array:
        raise NotImplementedError

    def __post_init__(self) -> None:
        for size in self.shape:
            _whole("shape", size, least=1)
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
        return _grid(_whole("low", self.low), _whole("high", self.high), 1, self.exclude)


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
        return _grid(self.low, self.high, self.step, self.exclude)


@dataclass(frozen=True)
class Choose(_FromPool):
    """Places 0..count-1 in a list of options (numbers, expressions, words), which the caller looks up."""

    count: int
    shape: tuple[int, ...] = ()
    distinct: bool = False

    def _values(self) -> Array:
        return np.arange(_whole("count", self.count, least=1))


@dataclass(frozen=True)
class Function:
    """A composition: for each slot (outer, inner, ...) the place 0..options-1 in its list of options."""

    slots: tuple[int, ...]

    def __post_init__(self) -> None:
        for options in self.slots or (0,):
            _whole("slots", options, least=1)

    def draw(self, stream: Stream, n: int) -> Drawn:
        """Places (n, slots), int64; always valid."""
        ranks = np.floor(stream.uniforms(len(self.slots)) * np.array(self.slots)).astype(np.int64)
        return ranks.reshape((n, len(self.slots))), None

    def possibilities(self) -> int:
        """Number of different compositions."""
        return math.prod(self.slots)


@dataclass(frozen=True)
class Permutation:
    """The numbers 1..size in random order."""

    size: int

    def __post_init__(self) -> None:
        _whole("size", self.size, least=1)

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
        _whole("nodes", self.nodes, least=2)
        _whole("edges", self.edges)
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
def _graphs(nodes: int, edges: int) -> Array:
    """Adjacency matrices of all graphs with this many edges, in the order of `itertools.combinations`."""
    pairs = np.array(list(combinations(range(nodes), 2)))
    chosen = pairs[np.array(list(combinations(range(len(pairs)), edges)))]
    graphs = np.zeros((len(chosen), nodes, nodes), np.int8)
    graphs[np.arange(len(chosen))[:, None], chosen[:, :, 0], chosen[:, :, 1]] = 1
    entered, left = graphs[:, :, 1:].any(axis=1), graphs[:, :-1].any(axis=2)
    valid: Array = graphs[np.all(entered, axis=1) & np.all(left, axis=1)]
    return valid


PROPERTIES = ("invertible", "symmetric", "positive definite", "diagonal", "non-symmetric", "no zeros")


@dataclass(frozen=True)
class Matrix:
    """A matrix on the grid low, low + step, ..., high; positive definite includes symmetric.

    Zeros off the diagonal of a diagonal matrix stand outside the grid and outside "no zeros".
    """

    shape: tuple[int, int]
    low: float
    high: float
    step: float = 1
    properties: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if len(self.shape) != 2:
            raise AuthorError("given-matrix-shape", count=len(self.shape))
        for size in self.shape:
            _whole("shape", size, least=1)
        rows, columns = self.shape
        for name in sorted(self.properties):
            if name not in PROPERTIES:
                raise AuthorError("given-matrix-property", name=name, known=PROPERTIES)
            if rows != columns and name != "no zeros":
                raise AuthorError("given-matrix-square", name=name, rows=rows, columns=columns)
            if name in PROPERTIES[1:4] and self._asks("non-symmetric"):
                raise AuthorError("given-matrix-clash", one=name, other="non-symmetric")
        if self.pool[-1] <= 0 and self._asks("positive definite"):
            raise AuthorError("given-matrix-positive", high=self.high)

    @cached_property
    def pool(self) -> Array:
        """The values that an entry can take, float64, increasing."""
        zero_counts = self._asks("no zeros") and self.low <= 0 <= self.high
        pool = _grid(self.low, self.high, self.step, ())
        return _without(pool, (0.0,), self.step) if zero_counts else pool

    def draw(self, stream: Stream, n: int) -> Drawn:
        """Matrices (n, rows, columns), and which are as asked (invertible, positive definite, ...)."""
        rows, columns = self.shape
        if self._asks("positive definite"):
            values, ok = _positive_definite(stream, self.pool, rows)
        else:
            values = self.pool[stream.integers(len(self.pool), rows * columns)].reshape((n, rows, columns))
            ok = np.ones(n, np.bool_)
        if self._asks("symmetric"):
            values = np.where(np.tri(rows) == 1, values, np.swapaxes(values, 1, 2))
        if self._asks("diagonal"):
            values = np.where(np.eye(rows) == 1, values, 0.0)
        if self._asks("invertible"):
            ok &= np.abs(np.linalg.det(values)) > _MARGIN * np.abs(self.pool).max() ** rows
        if self._asks("non-symmetric"):
            ok &= (values != np.swapaxes(values, 1, 2)).any(axis=(1, 2))
        return values, ok

    def possibilities(self) -> int:
        """Number of different matrices before those not as asked are sorted out."""
        rows, columns = self.shape
        definite = self._asks("positive definite")
        free = math.comb(rows, 2) if definite or self._asks("symmetric") else rows * columns - rows
        on_diagonal = int(np.sum(self.pool > 0)) if definite else len(self.pool)
        off_diagonal = 1 if self._asks("diagonal") else math.prod([len(self.pool)] * free)
        return off_diagonal * math.prod([on_diagonal] * rows)

    def _asks(self, name: str) -> bool:
        return name in self.properties


def _positive_definite(stream: Stream, pool: Array, size: int) -> tuple[Array, NDArray[np.bool_]]:
    """Grown by a row at a time: with the block A and the new row b, the new corner must exceed b' A^-1 b.

    Of several rows b the first that leaves room for a corner is taken, so all entries stay on the grid.
    """
    positive, margin = pool[pool > 0], _MARGIN * np.abs(pool).max()
    uniforms = stream.uniforms(size + _ROW_TRIES * math.comb(size, 2))
    n, used = len(uniforms), size
    values, ok, students = np.zeros((n, size, size)), np.ones(n, np.bool_), np.arange(n)
    for k in range(size):
        ranks = np.floor(uniforms[:, used : used + _ROW_TRIES * k] * len(pool)).astype(np.int64)
        used += _ROW_TRIES * k
        rows = pool[ranks].reshape((n, _ROW_TRIES, k))
        block = np.where(ok[:, None, None], values[:, :k, :k], np.eye(k))
        bounds = ((rows @ np.linalg.inv(block)) * rows).sum(axis=2) + margin
        fits = bounds < positive[-1]
        first = fits.argmax(axis=1)
        ok &= fits.any(axis=1)
        values[:, k, :k] = values[:, :k, k] = rows[students, first]
        least = np.searchsorted(positive, np.where(ok, bounds[students, first], 0.0), side="right")
        corner = least + np.floor(uniforms[:, k] * (len(positive) - least)).astype(np.int64)
        values[:, k, k] = positive[corner]
    return values, ok


Given = Integers | Reals | Choose | Matrix | Permutation | Graph | Function

GIVENS: dict[str, type[Given]] = {
    "ints": Integers,
    "reals": Reals,
    "choose": Choose,
    "matrix": Matrix,
    "permutation": Permutation,
    "graph": Graph,
    "function": Function,
}


def _whole(name: str, value: float, least: int | None = None) -> int:
    """The parameter as an int; raises AuthorError unless it is a whole number, not below `least`."""
    if not math.isfinite(value) or value != int(value):
        raise AuthorError("given-whole", name=name, value=float(value))
    if least is not None and value < least:
        raise AuthorError("given-least", name=name, value=int(value), least=least)
    return int(value)


def _grid(low: float, high: float, step: float, exclude: tuple[float, ...]) -> Array:
    """The numbers low + k*step up to high, correctly rounded where low and step are decimals or fractions."""
    for name, value in (("low", low), ("high", high), ("step", step)):
        if not math.isfinite(value):
            raise AuthorError("given-finite", name=name)
    if step <= 0:
        raise AuthorError("given-step", step=float(step))
    if low > high:
        raise AuthorError("given-range", low=float(low), high=float(high))
    count = (high - low) / step + 1 + 1e-9
    if count >= MOST_VALUES + 1:
        raise AuthorError("given-many", most=MOST_VALUES)
    k = np.arange(int(count))
    start, width = (Fraction(float(number)).limit_denominator(10**6) for number in (low, step))
    whole = math.lcm(start.denominator, width.denominator)
    biggest = max(abs(start), abs(start + width * int(count))) * whole
    if float(start) == low and float(width) == step and biggest < 2**53:
        # A quotient of two whole numbers below 2^53 is rounded once, so 3 steps of 0.1 are the double 0.3.
        return _without((k * int(width * whole) + int(start * whole)) / whole, exclude, step)
    return _without(low + k * float(step), exclude, step)


def _without(values: Array, exclude: tuple[float, ...], step: float) -> Array:
    """The values without the excluded ones; one between two of them is an author's slip."""
    keep = np.ones(len(values), np.bool_)
    for number in exclude:
        near = np.abs(values - number) < 1e-6 * step
        if values[0] < number < values[-1] and not near.any():
            raise AuthorError("given-exclude", value=float(number), step=float(step))
        keep &= ~near
    if not keep.any():
        raise AuthorError("given-empty")
    return values[keep]
