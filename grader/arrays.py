"""The types of arrays that pass between modules; values of the core have a leading batch axis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Indices = NDArray[np.int64]
Seeds = NDArray[np.uint64]
Shape = tuple[int, ...]
"""Sizes without the batch axis: () is a number."""


class Numeric(Protocol):
    """NumPy, or autograd's NumPy whose boxes stand for arrays: functions of arrays by name."""

    linalg: Numeric
    pi: float
    nan: float

    def __getattr__(self, name: str) -> Callable[..., Floats]: ...

    def __hash__(self) -> int: ...


NUMPY = cast("Numeric", np)
