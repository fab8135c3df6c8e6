"""The filters and tests of an author's texts: those here and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.errors import AuthorError
from grader.worksheet.operations import arithmetic, bounded, iterated, number, printed, whole

Arguments = tuple[object, ...]

DIGITS = 15
"""Decimals that `round` may keep."""


def _none(name: str, arguments: Arguments, most: int = 0) -> None:
    if len(arguments) > most:
        raise AuthorError("text-arguments", name=name)


def _of_text(name: str, change: Callable[[str], str]) -> Callable[[object, Arguments], object]:
    def filter_(value: object, arguments: Arguments) -> object:
        _none(name, arguments)
        return change(printed(value))

    return filter_


def _abs(value: object, arguments: Arguments) -> object:
    _none("abs", arguments)
    return abs(number(value))


def _round(value: object, arguments: Arguments) -> object:
    _none("round", arguments, 1)
    digits = whole(arguments[0]) if arguments else 0
    if not 0 <= digits <= DIGITS:
        raise AuthorError("text-arguments", name="round")
    return bounded(round(number(value), digits))


def _length(value: object, arguments: Arguments) -> object:
    _none("length", arguments)
    return len(value) if isinstance(value, str) else len(iterated(value))


def _at(name: str, place: int) -> Callable[[object, Arguments], object]:
    def filter_(value: object, arguments: Arguments) -> object:
        _none(name, arguments)
        items = iterated(value)
        if not items:
            raise AuthorError("text-entry", index=1)
        return items[place]

    return filter_


def _join(value: object, arguments: Arguments) -> object:
    _none("join", arguments, 1)
    return (printed(arguments[0]) if arguments else "").join(map(printed, iterated(value)))


FILTERS: Mapping[str, Callable[[object, Arguments], object]] = {
    "abs": _abs,
    "capitalize": _of_text("capitalize", str.capitalize),
    "first": _at("first", 0),
    "join": _join,
    "last": _at("last", -1),
    "length": _length,
    "lower": _of_text("lower", str.lower),
    "round": _round,
    "trim": _of_text("trim", str.strip),
    "upper": _of_text("upper", str.upper),
}


def _remainder(value: object, by: object) -> int:
    return whole(arithmetic("%", whole(value), whole(by)))


def _divisible(value: object, arguments: Arguments) -> bool:
    if len(arguments) != 1:
        raise AuthorError("text-arguments", name="divisibleby")
    return _remainder(value, arguments[0]) == 0


def _even(value: object, arguments: Arguments) -> bool:
    _none("even", arguments)
    return _remainder(value, 2) == 0


def _odd(value: object, arguments: Arguments) -> bool:
    _none("odd", arguments)
    return _remainder(value, 2) == 1


TESTS: Mapping[str, Callable[[object, Arguments], bool]] = {"divisibleby": _divisible, "even": _even, "odd": _odd}
