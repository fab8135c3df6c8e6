"""Numbers that nobody draws: what agrees on them is the same formula."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from grader.arrays import Floats

LOW = (0.02, 0.6, -0.4, -1.6)
"""Where the numbers of a scenario begin: rates are between 0 and 1; relu is told from abs by the others."""

NOTHING: Floats = np.empty(0)
"""What stands in a register whose value could not be computed."""


def scattered(name: str, value: Floats, low: float) -> Floats:
    """Numbers that nobody draws, in the shape of the value: what agrees on them is the same formula."""
    own = 1 + crc32(name.encode()) / 2**32  # names with the same letters are different names
    numbers = (
        low + np.modf(own * np.sqrt(2.0) * np.arange(1, value.size + 1) ** 2)[0]
    )  # squares: no row is another's shift
    scattered: Floats = numbers.reshape(value.shape)
    return scattered


def fingerprint(value: Floats, scenarios: int) -> bytes | None:
    """Values in every scenario to ten digits; None where the first has none. A constant has one for all of them."""
    if value is NOTHING or not np.isfinite(value[0]).all():
        return None
    spread = value if len(value) > 1 else np.broadcast_to(value, (scenarios, *value.shape[1:]))
    return np.char.mod("%.10g", spread + 0.0).tobytes()
