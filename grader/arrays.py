"""The types of arrays that pass between modules; values of the core have a leading batch axis."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Indices = NDArray[np.int64]
Seeds = NDArray[np.uint64]
Shape = tuple[int, ...]
"""Sizes without the batch axis: () is a number."""
