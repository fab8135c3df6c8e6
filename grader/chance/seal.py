"""Sealed codes: a seed enciphered so that only the secret of the course tells it, for sheets of exams.

The 40 bits of the seed go through a balanced Feistel network of 12 rounds with a keyed hash as its round function and
the digest of the spec as its tweak:

    key      = BLAKE2b-256 over the secret (NFC, UTF-8), personalised "grader sealing"
    F(i, R)  = the last 20 bits of BLAKE2b-32, keyed, personalised "round", over i (1 byte), digest (2), R (3)
    L, R    <- R, L xor F(i, R)        i = 0 ... 11, from L, R = the upper and lower 20 bits
    tag      = the last 15 bits of BLAKE2b-16, keyed, personalised "tag", over L R (5 bytes), digest (2)

A Feistel network of keyed pseudo-random functions is a pseudo-random permutation (Luby and Rackoff, SIAM J. Computing
17, 1988) of any domain (Black and Rogaway, Ciphers with Arbitrary Finite Domains, CT-RSA 2002); tweak and at least ten
rounds are those of FF1 (NIST SP 800-38G). The tag tells another secret with an error of 2^-15. docs/draws.md has test
vectors.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from hashlib import blake2b

from grader.chance.codes import TAG_BITS, Code
from grader.chance.streams import SEED_BITS

ROUNDS = 12
_HALF = SEED_BITS // 2
_MASK = (1 << _HALF) - 1


def sealed(secret: str, seed: int, digest: int) -> Code:
    """The sealed code of a seed (40 bits) and a spec digest (15 bits) under a secret."""
    key = _key(secret)
    left, right = seed >> _HALF, seed & _MASK
    for number in range(ROUNDS):
        left, right = right, left ^ _round(key, number, digest, right)
    hidden = left << _HALF | right
    return Code(hidden, digest, _tag(key, hidden, digest))


def unsealed(secret: str, code: Code) -> int | None:
    """The seed of a sealed code; None where it was sealed under another secret."""
    key = _key(secret)
    if code.tag != _tag(key, code.seed, code.digest):
        return None
    left, right = code.seed >> _HALF, code.seed & _MASK
    for number in reversed(range(ROUNDS)):
        left, right = right ^ _round(key, number, code.digest, left), left
    return left << _HALF | right


@lru_cache(maxsize=16)
def _key(secret: str) -> bytes:
    data = unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=32, person=b"grader sealing").digest()


def _round(key: bytes, number: int, digest: int, half: int) -> int:
    data = bytes([number]) + digest.to_bytes(2, "big") + half.to_bytes(3, "big")
    return int.from_bytes(blake2b(data, digest_size=4, key=key, person=b"round").digest(), "big") & _MASK


def _tag(key: bytes, hidden: int, digest: int) -> int:
    data = hidden.to_bytes(5, "big") + digest.to_bytes(2, "big")
    return int.from_bytes(blake2b(data, digest_size=2, key=key, person=b"tag").digest(), "big") & (1 << TAG_BITS) - 1
