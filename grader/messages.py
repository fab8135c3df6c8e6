"""Texts for people: a catalogue per language under `locale/`, with plurals.

A text is a string with `{name}` slots, or a mapping of plural forms (`one`, `few`, `many`, `other`)
chosen by the value of `count`. Every key exists in every language; a test holds the catalogues together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from grader.printable import printable

LANGUAGES = ("en", "ru")
_FOLDER = Path(__file__).parent / "locale"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ENTRY = re.compile(r"^([a-z0-9-]+):", re.MULTILINE)
"""Where an entry of a catalogue begins; whatever belongs to it is indented."""


class Message(msgspec.Struct, frozen=True):
    """A text of the catalogue by its key, with what to put in; `translate` turns it into words."""

    key: str
    values: dict[str, Any] = msgspec.field(default_factory=dict)


class Figure(msgspec.Struct, frozen=True):
    """A number to be said with so many significant digits."""

    value: float
    digits: int


def distinguishable(one: float, other: float) -> tuple[Figure, Figure]:
    """Two different numbers with as many digits as it takes to see that they differ."""
    digits = next((n for n in (6, 9, 12, 15) if f"{one:.{n}g}" != f"{other:.{n}g}"), 17)
    return Figure(one, digits), Figure(other, digits)


class Catalogue(Mapping[str, str | dict[str, str]]):
    """Texts by key; one that depends on a count has a text for each plural form.

    A text is parsed when it is first asked for: a verdict says twenty of some eight hundred.
    """

    def __init__(self, source: str) -> None:
        starts = [(entry[1], entry.start()) for entry in _ENTRY.finditer(source)]
        ends = [start for _, start in starts[1:]] + [len(source)]
        self._sources = {key: source[start:end] for (key, start), end in zip(starts, ends, strict=True)}
        self._texts: dict[str, str | dict[str, str]] = {}

    def __getitem__(self, key: str) -> str | dict[str, str]:
        if key not in self._texts:
            self._texts |= yaml.load(self._sources[key], Loader=_LOADER)  # noqa: S506 - a safe one
        return self._texts[key]

    def __contains__(self, key: object) -> bool:
        return key in self._sources

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


@cache
def catalogue(language: str) -> Catalogue:
    """All texts of a language by key."""
    return Catalogue((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))


def plural_form(count: float, language: str) -> str:
    """CLDR plural category of a number, for the languages we have."""
    if count != int(count):
        return "few" if language == "ru" else "other"  # 1,5 балла; 1.5 points
    number = abs(int(count))
    if language == "ru":
        if number % 10 == 1 and number % 100 != 11:
            return "one"
        return "few" if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else "many"
    return "one" if number == 1 else "other"


def translate(message: Message, language: str) -> str:
    """The message in words. A value that is itself a Message is translated; floats follow the language."""
    text = catalogue(language)[message.key]
    if isinstance(text, dict):
        form = plural_form(message.values["count"], language)
        text = text.get(form) or text["other"]
    values = {name: _in_words(value, language) for name, value in message.values.items()}
    return str(text).format_map(values)


def _in_words(value: object, language: str) -> str:
    if isinstance(value, Message):
        return translate(value, language)
    if isinstance(value, dict):  # a text given by an author in each language
        return str(value[language])
    if isinstance(value, Figure):
        return number_in_words(value.value, language, value.digits)
    if isinstance(value, float):
        return number_in_words(value, language)
    if isinstance(value, tuple | list):
        return ", ".join(_in_words(item, language) for item in value)
    return printable(str(value))  # somebody's text has no say in how ours looks


def number_in_words(value: float, language: str, digits: int = 6) -> str:
    """A number for a sentence: at most `digits` significant digits, decimal comma in Russian, a true minus sign."""
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}·10^{int(exponent)}"
    text = text.replace("-", "−")
    return text.replace(".", ",") if language == "ru" else text
