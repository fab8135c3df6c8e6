"""Numbers that nobody draws, to find out which formulas are one function of their inputs."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from zlib import crc32

import numpy as np

from grader.arrays import Floats
from grader.language.primitives import REPETITIONS

_LOW = (0.02, 0.6, -0.4, -1.6)
"""Where the numbers of a scenario begin: rates are between 0 and 1; relu is told from abs by the others."""

_SIGNED = (2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0)
"""Roots that decide the signs in further scenarios, entry by entry: a weighted sum is below 0 in some of them.

So many, because with three of them one sum of two products in thirty has one sign throughout, by the names in it.
"""
_CORNERS = frozenset({"max", "min", "relu", "abs"})
_COMPARISONS = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
_AROUND = (1.0, 0.8, 1.3)
"""Rounds are only counted where a repetition ends; and by chance two of them end in the same round for one student."""


def drawn_scenarios(keys: Iterable[Hashable]) -> int:
    """How often values like the drawn ones are tried, for a program with these operations: only whole numbers meet."""
    kinds = {key[1].op if key[0] == "special" else key[0] for key in keys if isinstance(key, tuple)}
    return len(_AROUND) if kinds & REPETITIONS else int(bool(kinds & _COMPARISONS))


def signed_scenarios(keys: Iterable[Hashable]) -> int:
    """How often numbers of either sign are tried: for a formula with corners, which one side of them does not show."""
    return len(_SIGNED) if {key[0] for key in keys if isinstance(key, tuple)} & _CORNERS else 0


def scenarios(
    values: Mapping[str, Floats], indices: Collection[str], drawn: int = 0, signed: int = 0
) -> dict[str, Floats]:
    """Numbers in the shapes of the values (1, *shape), several times; `indices` stay as they are.

    Then come so many `drawn` ones, the values themselves and others near them, and `signed` ones, of either sign.
    """
    return {
        name: np.concatenate(
            [value if name in indices else scattered(name, value, low) for low in _LOW]
            + [value if name in indices else _near(name, value, around) for around in _AROUND[:drawn]]
            + [value if name in indices else _signed(name, value, root) for root in _SIGNED[:signed]]
        )
        for name, value in values.items()
    }


def _signed(name: str, value: Floats, root: float) -> Floats:
    own = 1 + crc32(name.encode()) / 2**32
    turns = np.modf(own * np.sqrt(root) * np.arange(3, value.size + 3) ** 2)[0]
    sizes = scattered(name, value, _LOW[1])
    return np.where(np.reshape(turns, value.shape) < 0.5, -sizes, sizes)


def _near(name: str, value: Floats, around: float) -> Floats:
    near: Floats = value * around ** (crc32(name.encode()) / 2**32)
    return near


def different(right: Floats, candidates: Mapping[int, Floats], further: int = 0) -> list[int]:
    """Of values in all scenarios, `further` ones besides those of `_LOW`, the simpler first, those that no simpler one
    has; none that are the right ones.

    One without a value in the first scenario is nobody's double.
    """
    of_right, *prints = fingerprints([right, *candidates.values()], further)
    seen = {of_right}
    kept: list[int] = []
    for number, print_ in zip(candidates, prints, strict=True):
        if print_ is None or print_ not in seen:
            kept.append(number)
            seen.add(print_)
    return sorted(kept)


def scattered(name: str, value: Floats, low: float) -> Floats:
    """Numbers that nobody draws, in the shape of the value: what agrees on them is the same formula."""
    own = 1 + crc32(name.encode()) / 2**32  # names with the same letters are different names
    numbers = (
        low + np.modf(own * np.sqrt(2.0) * np.arange(1, value.size + 1) ** 2)[0]
    )  # squares: no row is another's shift
    return np.reshape(numbers, value.shape)


def fingerprints(values: Sequence[Floats], further: int = 0) -> list[bytes | None]:
    """Of each of some values what it is in every scenario to ten digits; None where it is nothing in the first."""
    times = len(_LOW) + further
    flat = [
        np.broadcast_to(value[:times], (times, *value.shape[1:])).ravel() if value.size else value for value in values
    ]
    digits = ten_digits(np.concatenate(flat))
    sizes, told = [part.size * digits[:1].nbytes for part in flat], digits.tobytes()
    return [
        told[end - size : end] if value.size and np.isfinite(value[0]).all() else None
        for value, size, end in zip(values, sizes, np.cumsum(sizes), strict=True)
    ]


def ten_digits(values: Floats) -> Floats:
    """The first ten digits of numbers (n,) as a whole number and the power of ten of the first, (n, 2)."""
    with np.errstate(all="ignore"):
        power = np.floor(np.log10(np.abs(values)))
        power[~np.isfinite(power)] = 0.0
        digits = np.rint(values * 10.0**-power * 1e9) + 0.0
        carried = np.abs(digits) >= 1e10
    digits[carried] /= 10.0
    power[carried] += 1.0
    digits[np.isnan(digits)] = np.nan  # of one sign
    return np.stack([digits, power], axis=1)
