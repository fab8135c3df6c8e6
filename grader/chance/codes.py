"""The variant code on a worksheet, `7K3M-Q2XA-9FT4E`: enough to redraw the variant, and safe to copy by hand.

13 digits of Crockford's base 32 (no I, L, O, U): 8 for the seed, 3 for the digest of the spec, 2 to check.
As with an IBAN, the whole code read as a number leaves the remainder 1, here when divided by the prime 1021.
The powers of 32 in question differ modulo 1021, so one wrong digit or two swapped ones never pass; garbage
does once in 1024.

A sealed code, `7K3M-Q2XA-9FT4-E2B7`, is three digits longer, which no slip with one digit or two can make of the other:
its seed is enciphered (`seal`), a tag says under which secret, and the remainder is 2.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from grader.chance.streams import SEED_BITS
from grader.errors import StudentError

DIGEST_BITS, TAG_BITS, CHECK_BITS = 15, 15, 10
LENGTH = (SEED_BITS + DIGEST_BITS + CHECK_BITS) // 5
SEALED_LENGTH = LENGTH + TAG_BITS // 5

SEALED = "code-sealed"
"""What is said of a code whose seed only the secret of its course tells."""

_PRIME = 1021
_REMAINDERS = {LENGTH: 1, SEALED_LENGTH: 2}
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = {"O": "0", "I": "1", "L": "1"} | dict(zip("АВСЕНКМОРТУХ", "ABCEHKM0PTYX", strict=True))
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_VALUES |= {letter: _VALUES[digit] for letter, digit in _LOOKALIKES.items()}


class Code(NamedTuple):
    """What stands in a code; the seed of one with a `tag` is sealed."""

    seed: int
    digest: int
    tag: int | None = None


def encode(seed: int, digest: int) -> str:
    """The code of a seed (40 bits) and a spec digest (15 bits)."""
    return written(Code(seed, digest))


def written(code: Code) -> str:
    """A code as it is printed; its seed has 40 bits, digest and tag 15."""
    seed, digest, tag = code
    if not (0 <= seed < 1 << SEED_BITS and 0 <= digest < 1 << DIGEST_BITS and 0 <= (tag or 0) < 1 << TAG_BITS):
        raise ValueError(f"seed {seed}, digest {digest} or tag {tag} does not fit a code")
    number, length = seed << DIGEST_BITS | digest, LENGTH
    if tag is not None:
        number, length = number << TAG_BITS | tag, SEALED_LENGTH
    number <<= CHECK_BITS
    number += (_REMAINDERS[length] - number) % _PRIME
    text = "".join(_DIGITS[number >> 5 * digit & 31] for digit in reversed(range(length)))
    groups = (text[:4], text[4:8], text[8:]) if tag is None else (text[:4], text[4:8], text[8:12], text[12:])
    return "-".join(groups)


def decode(text: str) -> tuple[int, int]:
    """Seed and spec digest of a code as typed; look-alike letters, case, gaps and dashes do not matter.

    Raises StudentError: `code-letter` (span: the first impossible character), `code-length`, `code-mistyped`, and
    `code-sealed` for one whose seed only the secret of its course tells.
    """
    code = read_code(text)
    if code.tag is not None:
        raise StudentError(SEALED)
    return code.seed, code.digest


def read_code(text: str) -> Code:
    """What stands in a code as typed, sealed or not; raises StudentError as `decode`."""
    digits = _digits(text)
    if len(digits) not in _REMAINDERS:
        slipped = abs(len(digits) - SEALED_LENGTH) == 1  # a digit of a sealed code was lost or typed twice
        raise StudentError("code-length", count=len(digits), length=SEALED_LENGTH if slipped else LENGTH)
    number = 0
    for digit in digits:
        number = number << 5 | digit
    payload, check = divmod(number, 1 << CHECK_BITS)
    if number % _PRIME != _REMAINDERS[len(digits)] or check >= _PRIME:
        raise StudentError("code-mistyped")
    tag = None
    if len(digits) == SEALED_LENGTH:
        payload, tag = divmod(payload, 1 << TAG_BITS)
    return Code(payload >> DIGEST_BITS, payload & (1 << DIGEST_BITS) - 1, tag)


def _digits(text: str) -> list[int]:
    """The values of the digits in a text."""
    digits = []
    for index, letter in enumerate(text):
        if _is_gap(letter):
            continue
        value = _VALUES.get(unicodedata.normalize("NFKC", letter).upper())
        if value is None:
            shown = letter if letter.isprintable() else f"U+{ord(letter):04X}"
            raise StudentError("code-letter", span=(index, index + 1), letter=shown, place=index + 1)
        digits.append(value)
    return digits


def _is_gap(letter: str) -> bool:
    """Spaces of every kind, dashes of every kind, the minus sign, and invisible marks that copying leaves."""
    return letter.isspace() or letter == "−" or unicodedata.category(letter) in {"Pd", "Cf"}
