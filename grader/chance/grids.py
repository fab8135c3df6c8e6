"""Grids of numbers that draws pick from, exact where decimals and fractions are."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.arrays import Floats, Truths
from grader.errors import AuthorError

Array = NDArray[Any]
"""Numbers, or indices into a list of options."""
Drawn = tuple[Array, Truths | None]
"""Values (n, *shape), and which members' are as asked (None: all)."""

MOST_VALUES = 1_000_000


def whole(name: str, value: float, least: int | None = None) -> int:
    """The parameter as an int; raises AuthorError unless it is a whole number, not below `least`."""
    if not math.isfinite(value) or value != int(value):
        raise AuthorError("given-whole", name=name, value=float(value))
    if least is not None and value < least:
        raise AuthorError("given-least", name=name, value=int(value), least=least)
    return int(value)


def grid(low: float, high: float, step: float, exclude: tuple[float, ...]) -> Floats:
    """The numbers low + k*step up to high, correctly rounded where low and step are decimals or fractions."""
    for name, value in (("low", low), ("high", high), ("step", step)):
        if not math.isfinite(value):
            raise AuthorError("given-finite", name=name)
    if step <= 0:
        raise AuthorError("given-step", step=float(step))
    if low > high:
        raise AuthorError("given-range", low=float(low), high=float(high))
    count = (high - low) / step + 1 + 1e-9
    if count >= MOST_VALUES + 1:
        raise AuthorError("given-many", most=MOST_VALUES)
    k = np.arange(int(count))
    start, width = (Fraction(float(number)).limit_denominator(10**6) for number in (low, step))
    whole = math.lcm(start.denominator, width.denominator)
    biggest = max(abs(start), abs(start + width * int(count))) * whole
    if float(start) == low and float(width) == step and biggest < 2**53:
        # A quotient of two whole numbers below 2^53 is rounded once, so 3 steps of 0.1 are the double 0.3.
        exact: Floats = (k * int(width * whole) + int(start * whole)) / whole
        return without(exact, exclude, step)
    return without(np.asarray(low + k * float(step), dtype=float), exclude, step)


def without(values: Floats, exclude: tuple[float, ...], step: float) -> Floats:
    """The values without the excluded ones; one between two of them is an author's slip."""
    keep = np.ones(len(values), np.bool_)
    for number in exclude:
        near = np.abs(values - number) < 1e-6 * step
        if values[0] < number < values[-1] and not near.any():
            raise AuthorError("given-exclude", value=float(number), step=float(step))
        keep &= ~near
    if not keep.any():
        raise AuthorError("given-empty")
    return values[keep]
