"""What values of a text can do: print, count, be compared. A value of another kind is the author's fault, and said."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from grader.errors import AuthorError
from grader.worksheet.shown import Formula, Shown

LARGEST = 10**15
"""Whole numbers up to here are exact whatever is done with them."""
_SIGNS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
_ORDER: Mapping[str, Callable[[float, float], bool]] = {
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}


def known(value: object) -> object:
    """A literal; raises AuthorError for a number beyond what is counted with."""
    return bounded(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def bounded(value: float) -> float:
    """A number that was computed; raises AuthorError for one that is none, or too large."""
    if not -LARGEST <= value <= LARGEST:
        raise AuthorError("text-number", most=LARGEST)
    return value


def number(value: object) -> float:
    """A number, whole ones as int; raises AuthorError for anything else."""
    if isinstance(value, Shown) and value.number is not None:
        value = value.number
        return int(value) if value.is_integer() else value
    if isinstance(value, int | float):
        return value
    raise AuthorError("text-not-number")


def whole(value: object) -> int:
    """A whole number; raises AuthorError for anything else."""
    found = number(value)
    if not float(found).is_integer():
        raise AuthorError("text-not-number")
    return int(found)


def arithmetic(sign: str, left: object, right: object) -> object:
    """Numbers by an operator; `+` joins strings too. Nothing is repeated, formatted or raised to a power."""
    if sign == "+" and isinstance(left, str) and isinstance(right, str):
        return left + right
    one, other = number(left), number(right)
    if sign in ("/", "//", "%") and other == 0:
        raise AuthorError("text-zero")
    return bounded(_SIGNS[sign](one, other))


def printed(value: object) -> str:
    """How a value stands in the text; raises AuthorError for what has no way to."""
    match value:
        case str():
            return value
        case Shown():
            return value.print()
        case Formula():
            return value.latex
        case bool() | int() | float():
            return str(value)
    raise AuthorError("text-not-printed")


def truth(value: object) -> bool:
    """Whether a condition holds: true, not zero, not empty."""
    if isinstance(value, Shown):
        return value.number is None or value.number != 0
    return bool(value)


def iterated(value: object) -> tuple[object, ...]:
    """What a `for` goes through: a list, the entries of an array, the indices of a family."""
    if isinstance(value, Shown) and value.number is None:
        return value.entries
    if isinstance(value, tuple):
        return value
    if isinstance(value, dict):
        return tuple(value)
    raise AuthorError("text-not-list")


def entry(value: object, index: object) -> object:
    """`x[1]` is the first entry of an array, `w[0]` the member of a family, `(a, b)[0]` the first of a list."""
    if isinstance(value, dict):
        key = ",".join(str(whole(part)) for part in index) if isinstance(index, tuple) else _key(index)
        if key in value:
            return value[key]
        raise AuthorError("text-entry", index=str(key))
    items, first = iterated(value), int(isinstance(value, Shown))
    place = whole(index)
    if not first <= place < len(items) + first:
        raise AuthorError("text-entry", index=place)
    return items[place - first]


def _key(index: object) -> object:
    return index if isinstance(index, str) else whole(index)


def same(left: object, right: object, spend: Callable[[], None]) -> bool:
    """Whether two values are equal; numbers of any kind are numbers, and each number compared is a step."""
    spend()
    if isinstance(left, str) or isinstance(right, str):
        return left == right
    if isinstance(left, Shown) and isinstance(right, Shown) and left.number is None:
        return left.numbers == right.numbers
    if _is_number(left) and _is_number(right):
        return number(left) == number(right)
    if isinstance(left, tuple | Shown) and isinstance(right, tuple | Shown):
        one, other = (() if _is_number(value) else iterated(value) for value in (left, right))
        return len(one) == len(other) and all(same(a, b, spend) for a, b in zip(one, other, strict=True))
    return left is right


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, Shown) and value.number is not None)


def compared(sign: str, left: object, right: object, spend: Callable[[], None]) -> bool:
    """Two values by a relation."""
    if sign in ("eq", "ne"):
        return same(left, right, spend) is (sign == "eq")
    return _ORDER[sign](number(left), number(right))


def contains(whole_: object, part: object, spend: Callable[[], None]) -> bool:
    """Whether a list, a family or a string has that in it."""
    if isinstance(whole_, str) and isinstance(part, str):
        return part in whole_
    return any(same(item, part, spend) for item in iterated(whole_))
