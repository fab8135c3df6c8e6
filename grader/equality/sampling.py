"""Points at which two expressions are compared: fixed, irrational, of both signs and several sizes, never symmetric.

Point j of variable k is the fractional part of (j + 1/2)·√p_k for the k-th prime: the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from grader.arrays import Floats, Shape

Domain = tuple[float, float] | str
"""An open interval, or "positive"; of a named array a word of `DECLARED`."""

POINTS = 48
ENOUGH = 16
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97)


def uniforms(variable: int, count: int = POINTS, start: int = 0) -> Floats:
    """Numbers in (0, 1) for one variable."""
    prime = _PRIMES[variable % len(_PRIMES)]
    steps = np.arange(start, start + count) + 0.5
    result: Floats = np.mod(steps * np.sqrt(prime) + 0.137 * (variable // len(_PRIMES)), 1.0)
    return result


def _everywhere(u: Floats) -> Floats:
    """Small and larger numbers of both signs, in turn."""
    reach = np.resize(np.array([[-1.3, 1.7], [-2.9, 3.7], [-11.3, 13.1]]), (len(u), 2))
    result: Floats = reach[:, 0] + u * (reach[:, 1] - reach[:, 0])
    return result


POOLS: tuple[Callable[[Floats], Floats], ...] = (
    _everywhere,
    lambda u: 0.05 * 400.0**u,  # positive, 0.05 to 20
    lambda u: 0.01 + 0.98 * u,  # between 0 and 1
    lambda u: -0.05 * 400.0**u,
    lambda u: 1.05 + 30 * u**2,
    lambda u: np.floor(-7 + 16 * u),  # whole numbers: (-2)^n has no other points
)


def domain_points(domain: Domain, variable: int, count: int = POINTS) -> Floats:
    """Points of a declared domain."""
    u = uniforms(variable, count)
    if domain == "positive":
        return POOLS[1](u)
    low, high = float(domain[0]), float(domain[1])
    return low + u * (high - low)


def pools(variables: tuple[str, ...], domain: Mapping[str, Domain]) -> int:
    """How many pools there are to try."""
    return 1 if all(name in domain for name in variables) else len(POOLS)


@lru_cache(maxsize=512)
def points(variables: tuple[str, ...], domain: tuple[tuple[str, Domain], ...], pool: int) -> dict[str, Floats]:
    """One pool of points, each variable (POINTS,); a single point where there is no variable."""
    declared = dict(domain)
    return {
        name: domain_points(declared[name], k) if name in declared else POOLS[pool](uniforms(k))
        for k, name in enumerate(variables)
    }


def matrices(shapes: Mapping[str, Shape], count: int, start: int = 0) -> dict[str, Floats]:
    """Instances for named arrays, (count, *shape): entries of both signs, nothing symmetric, no common zeros.

    Square ones are kept well conditioned with a positive determinant where the size allows (R + 2I).
    """
    values: dict[str, Floats] = {}
    for k, (name, shape) in enumerate(shapes.items()):
        size = int(np.prod(shape))
        u = uniforms(k, count * max(size, 1), start + 17)
        array = (2.4 * u - 1.1).reshape((count, *shape))
        if len(shape) == 2 and shape[0] == shape[1]:
            array = 0.6 * array + 2 * np.eye(shape[0])
        values[name] = array
    return values


SIGNS = "signs"
DECLARED: dict[str, Callable[[Floats], Floats]] = {
    "symmetric": lambda array: (array + array.swapaxes(-1, -2)) / 2,
    "positive definite": lambda array: array @ array.swapaxes(-1, -2) / 2,
    SIGNS: lambda array: np.where(array > 0, 1.0, -1.0),
}
"""What a named array may be declared to be (a vector: of signs), and how an instance becomes one that is."""
