"""The variant code on a worksheet, `7K3M-Q2XA-9FT4E`: enough to redraw the variant, and safe to copy by hand.

13 digits of Crockford's base 32 (no I, L, O, U): 8 for the seed, 3 for the digest of the spec, 2 to check.
As with an IBAN, the whole code read as a number leaves the remainder 1, here when divided by the prime 1021.
The powers of 32 in question differ modulo 1021, so one wrong digit or two swapped ones never pass; garbage
does once in 1024.
"""

from __future__ import annotations

import unicodedata

from grader.chance.streams import SEED_BITS
from grader.errors import StudentError

DIGEST_BITS, CHECK_BITS = 15, 10
LENGTH = (SEED_BITS + DIGEST_BITS + CHECK_BITS) // 5

_PRIME = 1021
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = {"O": "0", "I": "1", "L": "1"} | dict(zip("АВСЕНКМОРТУХ", "ABCEHKM0PTYX", strict=True))
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_VALUES |= {letter: _VALUES[digit] for letter, digit in _LOOKALIKES.items()}


def encode(seed: int, digest: int) -> str:
    """The code of a seed (40 bits) and a spec digest (15 bits)."""
    if not (0 <= seed < 1 << SEED_BITS and 0 <= digest < 1 << DIGEST_BITS):
        raise ValueError(f"seed {seed} or digest {digest} does not fit a code")
    number = (seed << DIGEST_BITS | digest) << CHECK_BITS
    number += (1 - number) % _PRIME
    code = "".join(_DIGITS[number >> 5 * digit & 31] for digit in reversed(range(LENGTH)))
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def decode(text: str) -> tuple[int, int]:
    """Seed and spec digest of a code as typed; look-alike letters, case, gaps and dashes do not matter.

    Raises StudentError: `code-letter` (span: the first impossible character), `code-length`, `code-mistyped`.
    """
    number = count = 0
    for index, letter in enumerate(text):
        if _is_gap(letter):
            continue
        value = _VALUES.get(unicodedata.normalize("NFKC", letter).upper())
        if value is None:
            shown = letter if letter.isprintable() else f"U+{ord(letter):04X}"
            raise StudentError("code-letter", span=(index, index + 1), letter=shown, place=index + 1)
        count += 1
        if count <= LENGTH:
            number = number << 5 | value
    if count != LENGTH:
        raise StudentError("code-length", count=count, length=LENGTH)
    payload, check = divmod(number, 1 << CHECK_BITS)
    if number % _PRIME != 1 or check >= _PRIME:
        raise StudentError("code-mistyped")
    return payload >> DIGEST_BITS, payload & (1 << DIGEST_BITS) - 1


def _is_gap(letter: str) -> bool:
    """Spaces of every kind, dashes of every kind, the minus sign, and invisible marks that copying leaves."""
    return letter.isspace() or letter == "−" or unicodedata.category(letter) in {"Pd", "Cf"}
