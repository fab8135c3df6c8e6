"""Exact numbers: the short literals of a tree as fractions, and back.

A number written with a decimal point stays a decimal: 0.1 * 3 is 0.3, while 1/10 * 3 is 3/10.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import msgspec

from grader.language.nodes import Call, Node, Number

_ONE = Number("1")
ZERO: Node = Number("0")
ONE: Node = _ONE

_LARGEST = 10**12
_PLAIN = re.compile(r"(?=\.?\d)\d{0,12}\.?\d{0,12}(?:[eE][-+]?\d)?")


class Exact(msgspec.Struct, frozen=True):
    """A number known exactly, and whether it was written with a decimal point (then it stays so).

    Whole numbers, nearly all there are, stay int: arithmetic with fractions is ten times as slow.
    """

    value: int | Fraction
    decimal: bool = False

    def __add__(self, other: Exact) -> Exact:
        return Exact(self.value + other.value, self.decimal or other.decimal)

    def __mul__(self, other: Exact) -> Exact:
        return Exact(self.value * other.value, self.decimal or other.decimal)

    def __truediv__(self, other: Exact) -> Exact:
        decimal = self.decimal or other.decimal
        return Exact(self.value if other.value == 1 else _whole(Fraction(self.value, other.value)), decimal)

    def __neg__(self) -> Exact:
        return Exact(-self.value, self.decimal)

    def __abs__(self) -> Exact:
        return -self if self.value < 0 else self

    @property
    def small(self) -> bool:
        """Short enough to be written out."""
        return abs(self.value.numerator) <= _LARGEST and self.value.denominator <= _LARGEST


UNIT, NOTHING = Exact(1), Exact(0)


def exact(node: Node) -> Exact | None:
    """The value of a short literal, signed or a fraction (`-3`, `0.1`, `1/2`); None for everything else."""
    if isinstance(node, Number):
        return _read(node.text)
    match node:
        case Call("neg", (inner,)):
            value = exact(inner)
            return value and -value
        case Call("div", (Number() as left, Number() as right)):
            upper, lower = exact(left), exact(right)
            return upper / lower if upper and lower and lower.value else None
    return None


@lru_cache(maxsize=4096)
def _read(text: str) -> Exact | None:
    return Exact(_whole(Fraction(text)), not text.isdigit()) if _PLAIN.fullmatch(text) else None


def _whole(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def literal(number: Exact) -> Node:
    """The tree of an exact number: `3`, `0.5`, `1/2`, `-1/2`."""
    if number.value < 0:
        return Call("neg", (literal(-number),))
    upper, lower = parts(number)
    return upper if lower == ONE else Call("div", (upper, lower))


def parts(number: Exact) -> tuple[Number, Number]:
    """Numerator and denominator of a number that is not negative; a terminating decimal has denominator 1."""
    upper, lower = number.value.numerator, number.value.denominator
    if number.decimal and lower != 1:
        decimal = Decimal(upper) / Decimal(lower)
        if Fraction(decimal) == number.value and len(text := format(decimal.normalize(), "f")) <= 12:
            return Number(text), _ONE
    return Number(str(upper)), Number(str(lower))
