"""Slips of the pen: what stands on the paper is right, what is written into the blank is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.students.sheet import Sheet, Slip
from benchmarks.students.texts import Digits, Value, typed

READABLE = 4
"""A slip in a number without end falls on one of its first digits."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """The written value, the blank it is written into, what the blank wants, and which of many slips is made."""

    value: Value
    ask: str
    sheet: Sheet

    @property
    def digits(self) -> Digits:
        """What the blank wants."""
        return self.sheet.digits[self.ask]

    @property
    def place(self) -> int:
        """The number of the variant, which tells where the slip falls."""
        return self.sheet.position


def spoiled(row: Slip, ask: str, sheet: Sheet) -> Value | None:
    """The value as it is written down; None where the slip cannot be made."""
    stroke = Stroke(sheet.values[ask], ask, sheet)
    kinds = IN_FORMULAS if isinstance(stroke.value, str) else IN_NUMBERS
    return kinds[row.pen](stroke) if row.pen in kinds else None


def _turned(stroke: Stroke) -> Value | None:
    if np.ndim(stroke.value) != 2 or len(set(np.shape(stroke.value))) > 1:
        return None
    return stroke.value.T


def _other_blank(stroke: Stroke) -> Value | None:
    value, values = stroke.value, stroke.sheet.values.values()
    others = [
        other
        for other in values
        if not isinstance(other, str) and np.shape(other) == np.shape(value) and not stroke.digits.accepts(other, value)
    ]
    return others[stroke.place % len(others)] if others else None


# ----- In the digits ---------------------------------------------------------------------------------------------


def _in_one_entry(change: Callable[[Stroke, str], str | None]) -> Callable[[Stroke], Value | None]:
    """The slip falls on a number, or on one of the entries of an array."""

    def made(stroke: Stroke) -> Value | None:
        entries = np.ravel(np.asarray(stroke.value, float))
        for step in range(len(entries)):
            place = (stroke.place + step) % len(entries)
            text = change(stroke, typed(float(entries[place]), "rounded", stroke.digits))
            if text:
                written = entries.copy()
                written[place] = float(text)
                return written.reshape(np.shape(stroke.value)) if np.ndim(stroke.value) else float(text)
        return None

    return made


def _told(stroke: Stroke, text: str) -> list[int]:
    """Where the digits stand in a written number, without leading zeros; the last rounded one is not among them."""
    first = re.search(r"[1-9]", text)
    places = [place for place in range(first.start(), len(text)) if text[place].isdigit()] if first else []
    rounded = stroke.digits.decimals is not None or stroke.digits.significant is not None
    return (places[:-1] if rounded and len(places) > 1 else places)[:READABLE]


def _other_digit(stroke: Stroke, text: str) -> str | None:
    places = _told(stroke, text)
    if not places:
        return None
    place = places[stroke.place % len(places)]
    others = [digit for digit in "123456789" if digit != text[place]]
    return f"{text[:place]}{others[stroke.place // 2 % len(others)]}{text[place + 1 :]}"


def _two_swapped(stroke: Stroke, text: str) -> str | None:
    found = [match.start() for match in re.finditer(r"(?=(\d)(?!\1)\d)(?!(?<![\d.])\d0)", text)]
    if not found:
        return None
    place = found[stroke.place % len(found)]
    return f"{text[:place]}{text[place + 1]}{text[place]}{text[place + 2 :]}"


def _one_missed(stroke: Stroke, text: str) -> str | None:
    places = _told(stroke, text)
    if len(places) < 2:
        return None
    place = places[stroke.place % len(places)]
    return f"{text[:place]}{text[place + 1 :]}" if re.search(r"\d", text[:place] + text[place + 1 :]) else None


def _sign_of_entry(stroke: Stroke) -> Value | None:
    entries = np.array(stroke.value, float)
    there = np.argwhere(entries) if entries.ndim and entries.size > 1 else []
    if len(there) < 2:
        return None
    place = tuple(there[stroke.place % len(there)])
    entries[place] = -entries[place]
    return entries


def _point_of_entry(stroke: Stroke) -> Value | None:
    if not np.ndim(stroke.value):
        return None
    return _in_one_entry(lambda _, text: text.replace(".", "") if "." in text else None)(stroke)


def _number_in_formula(stroke: Stroke) -> Value | None:
    found = list(re.finditer(r"(?<![\w.])\d+(\.\d+)?", stroke.value))
    if not found:
        return None
    match = found[stroke.place % len(found)]
    other = _other_digit(stroke, match[0])
    return f"{stroke.value[: match.start()]}{other}{stroke.value[match.end() :]}" if other else None


IN_NUMBERS: dict[str, Callable[[Stroke], Value | None]] = {
    "whole-sign": lambda stroke: -stroke.value,
    "power-of-ten": lambda stroke: stroke.value * 10 if stroke.place % 2 else stroke.value / 10,
    "reciprocal": lambda stroke: 1 / stroke.value if np.all(stroke.value) else None,
    "permuted": lambda stroke: np.roll(stroke.value, 1, axis=0) if np.ndim(stroke.value) else None,
    "transposed": _turned,
    "rounding": lambda stroke: stroke.digits.rounded(stroke.value, cut=True),
    "other-blank": _other_blank,
    "digit": _in_one_entry(_other_digit),
    "digits": _in_one_entry(_two_swapped),
    "missed": _in_one_entry(_one_missed),
    "entry-sign": _sign_of_entry,
    "entry-point": _point_of_entry,
}
IN_FORMULAS: dict[str, Callable[[Stroke], Value | None]] = {
    "whole-sign": lambda stroke: f"-({stroke.value})",
    "reciprocal": lambda stroke: f"1/({stroke.value})",
    "digit": _number_in_formula,
}
