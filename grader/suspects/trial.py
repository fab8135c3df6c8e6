"""Numbers that nobody draws, to find out which formulas are one function of their inputs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from zlib import crc32

import numpy as np

from grader.arrays import Floats

_LOW = (0.02, 0.6, -0.4, -1.6)
"""Where the numbers of a scenario begin: rates are between 0 and 1; relu is told from abs by the others."""


def scenarios(values: Mapping[str, Floats], indices: Collection[str], compares: bool = False) -> dict[str, Floats]:
    """Numbers in the shapes of the values (1, *shape), several times; `indices` stay as they are.

    Where something `compares` them the values themselves come last: only whole numbers meet.
    """
    return {
        name: np.concatenate(
            [value if name in indices else scattered(name, value, low) for low in _LOW] + [value] * compares
        )
        for name, value in values.items()
    }


def different(right: Floats, candidates: Mapping[int, Floats], compares: bool = False) -> list[int]:
    """Of values in all scenarios, the simpler first, those that no simpler one has; none that are the right ones."""
    seen: dict[bytes, int] = {}
    of_right = fingerprint(right, compares)
    for number, values in candidates.items():
        print_ = fingerprint(values, compares)
        if print_ is None or (print_ != of_right and seen.setdefault(print_, number) == number):
            seen.setdefault(str(number).encode(), number)
    return sorted(set(seen.values()))


def scattered(name: str, value: Floats, low: float) -> Floats:
    """Numbers that nobody draws, in the shape of the value: what agrees on them is the same formula."""
    own = 1 + crc32(name.encode()) / 2**32  # names with the same letters are different names
    numbers = (
        low + np.modf(own * np.sqrt(2.0) * np.arange(1, value.size + 1) ** 2)[0]
    )  # squares: no row is another's shift
    return np.reshape(numbers, value.shape)


def fingerprint(value: Floats, compares: bool = False) -> bytes | None:
    """Values in every scenario to ten digits; None where the first has none."""
    if not value.size or not np.isfinite(value[0]).all():
        return None
    spread = value if len(value) > 1 else np.broadcast_to(value, (len(_LOW) + compares, *value.shape[1:]))
    return np.char.mod("%.10g", spread + 0.0).tobytes()
