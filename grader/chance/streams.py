"""Random numbers that are the same on every machine and every NumPy: a hash, not a generator with a state.

    seed    = BLAKE2b-40 over secret, student, assignment, problem: each NFC, UTF-8, after its length in bytes (8 bytes)
    name    = BLAKE2b-64 over the name of the draw, NFC, UTF-8
    next(s) = SplitMix64: z = s + 0x9E3779B97F4A7C15
                          z = (z xor z >> 30) * 0xBF58476D1CE4E5B9
                          z = (z xor z >> 27) * 0x94D049BB133111EB
                          z xor z >> 31
    key     = next(next(next(seed) xor name) xor retry)
    u[k]    = next(key + k * 0x9E3779B97F4A7C15)      k = 0, 1, ...: the SplitMix64 sequence of the seed `key`

All arithmetic is modulo 2^64, bytes are big-endian. A uniform is (u >> 11) / 2^53, an integer below `size` is
floor(uniform * size). Every named draw has a key of its own, so adding a draw does not move the others, and a
retry is a fresh stream. docs/draws.md has the test vectors.
"""

from __future__ import annotations

import unicodedata
from hashlib import blake2b

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from grader.arrays import Floats, Indices, Seeds

SEED_BITS = 40
"""A seed fits the variant code printed on a worksheet."""

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def seed_of(secret: str, student: str, problem: str) -> int:
    """The seed (40 bits) of a student's variant, the same in every assignment; all had it once, some ask for it."""
    return _hash(secret, student, problem)


def seed_in(secret: str, student: str, assignment: str, problem: str) -> int:
    """The seed (40 bits) of a student's variant in an assignment; without the course secret it cannot be guessed."""
    return _hash(secret, student, assignment, problem)


def _hash(*texts: str) -> int:
    digest = blake2b(digest_size=SEED_BITS // 8)
    for text in texts:
        data = _bytes(text)
        digest.update(len(data).to_bytes(8, "big") + data)
    return int.from_bytes(digest.digest(), "big")


def stream(seeds: ArrayLike, draw: str, retry: ArrayLike = 0) -> Stream:
    """The stream of the draw named `draw` for each of the seeds (N,); `retry` is a number or one per seed."""
    name = np.frombuffer(blake2b(_bytes(draw), digest_size=8).digest(), ">u8").astype(np.uint64)
    state = _next(np.atleast_1d(np.asarray(seeds, np.uint64)))
    return Stream(_next(_next(state ^ name) ^ np.asarray(retry, np.uint64)))


class Stream(msgspec.Struct, frozen=True, eq=False):
    """One named draw of N members. Every method starts at the first number: asking twice gives the same."""

    keys: Seeds

    def bits(self, count: int) -> Seeds:
        """The first `count` numbers of 64 bits of each member, (N, count)."""
        return _next(self.keys[:, None] + _GAMMA * np.arange(count, dtype=np.uint64))

    def uniforms(self, count: int) -> Floats:
        """Numbers in [0, 1) with 53 random bits, (N, count)."""
        return (self.bits(count) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def integers(self, size: int, count: int) -> Indices:
        """Whole numbers 0..size-1, (N, count); for a size far below 2^53, where the bias is nil."""
        return np.floor(self.uniforms(count) * size).astype(np.int64)

    def distinct_integers(self, size: int, count: int) -> Indices:
        """Whole numbers 0..size-1, (N, count), no two of a member equal; count <= size."""
        drawn = np.floor(self.uniforms(count) * (size - np.arange(count))).astype(np.int64)
        for column in range(1, count):  # the rank among those still free, moved past the taken ones in order
            for taken in np.sort(drawn[:, :column], axis=1).T:
                drawn[:, column] += drawn[:, column] >= taken
        return drawn

    def permutations(self, size: int) -> Indices:
        """The numbers 0..size-1 in random order, (N, size)."""
        return np.argsort(self.uniforms(size), axis=1, kind="stable").astype(np.int64)


def _bytes(text: str) -> bytes:
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")


def _next(state: Seeds) -> Seeds:
    """SplitMix64 on arrays, which wrap around without a warning (NumPy scalars would warn)."""
    z = state + _GAMMA
    z = (z ^ (z >> np.uint64(30))) * _FIRST
    z = (z ^ (z >> np.uint64(27))) * _SECOND
    return z ^ (z >> np.uint64(31))
