"""Matrices with properties, on a grid of entries."""

from __future__ import annotations

import math
from functools import cached_property

import msgspec
import numpy as np

from grader.arrays import Floats, Truths
from grader.chance.grids import Drawn, grid, whole, without
from grader.chance.streams import Stream
from grader.errors import AuthorError

_ROW_TRIES = 16
_MARGIN = 1e-9 / math.pi
"""What counts as zero next to 1; irrational, so that no determinant of decimals lies right on it."""

PROPERTIES = ("invertible", "symmetric", "positive definite", "diagonal", "non-symmetric", "no zeros")


class Matrix(msgspec.Struct, frozen=True, dict=True):
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
            whole("shape", size, least=1)
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
    def pool(self) -> Floats:
        """The values that an entry can take, float64, increasing."""
        zero_counts = self._asks("no zeros") and self.low <= 0 <= self.high
        pool = grid(self.low, self.high, self.step, ())
        return without(pool, (0.0,), self.step) if zero_counts else pool

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


def _positive_definite(stream: Stream, pool: Floats, size: int) -> tuple[Floats, Truths]:
    """Grown by a row at a time: with the block A and the new row b, the new corner must exceed b' A^-1 b.

    Of several rows b the first that leaves room for a corner is taken, so all entries stay on the grid.
    """
    positive, margin = pool[pool > 0], _MARGIN * np.abs(pool).max()
    uniforms = stream.uniforms(size + _ROW_TRIES * math.comb(size, 2))
    n, used = len(uniforms), size
    values, ok, members = np.zeros((n, size, size)), np.ones(n, np.bool_), np.arange(n)
    for k in range(size):
        ranks = np.floor(uniforms[:, used : used + _ROW_TRIES * k] * len(pool)).astype(np.int64)
        used += _ROW_TRIES * k
        rows = pool[ranks].reshape((n, _ROW_TRIES, k))
        block = np.where(ok[:, None, None], values[:, :k, :k], np.eye(k))
        bounds = ((rows @ np.linalg.inv(block)) * rows).sum(axis=2) + margin
        fits = bounds < positive[-1]
        first = fits.argmax(axis=1)
        ok &= fits.any(axis=1)
        values[:, k, :k] = values[:, :k, k] = rows[members, first]
        least = np.searchsorted(positive, np.where(ok, bounds[members, first], 0.0), side="right")
        corner = least + np.floor(uniforms[:, k] * (len(positive) - least)).astype(np.int64)
        values[:, k, k] = positive[corner]
    return values, ok
