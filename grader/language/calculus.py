"""Calculus of functions of one batched array: gradients by backward passes, repetition of a step.

A gradient has the shape of its argument; members of the batch are independent, so one backward pass gives all of
theirs. autograd is imported only on the first use.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from grader.arrays import Floats, Truths
from grader.errors import AuthorError, ShapeFault
from grader.language import shapes

ArrayFunction = Callable[[Floats], Floats]

MAX_REPETITIONS = 20_000
TRIAL_REPETITIONS = 1000
"""Of a formula that is not the author's."""
TRIAL_ROUNDS = 200
"""So many are counted until one stops: further than anybody follows a slip by hand."""


def gradient(function: ArrayFunction, point: Floats) -> Floats:
    """Of a function with one number per member, in the shape of the point."""
    from autograd import make_vjp

    backward, value = make_vjp(function)(point)
    if value.ndim != 1:
        raise ShapeFault("shape-gradient", shape=shapes.in_words(shapes.shape_of(value)))
    result: Floats = backward(np.ones(value.shape))
    return result


def jacobian(function: ArrayFunction, point: Floats) -> Floats:
    """(N, m, n): one backward pass per output; a number counts as one output or one input."""
    import autograd.numpy as anp
    from autograd import make_vjp

    backward, value = make_vjp(function)(point)
    size = value.shape[0]
    outputs = int(np.prod(value.shape[1:]))
    shapes.bounded(outputs, int(np.prod(point.shape[1:])))
    rows = []
    for output in range(outputs):
        seed = np.zeros((size, outputs))
        seed[:, output] = 1.0
        rows.append(anp.reshape(backward(seed.reshape(value.shape)), (size, -1)))
    return shapes.collapse(anp.stack(rows, axis=1))


def hessian(function: ArrayFunction, point: Floats) -> Floats:
    """(N, n, n), of a function with one number per member."""
    return jacobian(lambda z: gradient(function, z), point)


class _Repetitions(threading.local):
    """Rounds made since the outermost repetition began, and how many repetitions are within each other just now."""

    made = depth = 0

    def count(self) -> None:
        """One more round; raises AuthorError where repetitions within each other come to too many."""
        self.made += 1
        if self.depth > 1 and self.made > MAX_REPETITIONS:
            raise AuthorError("spec-repetition-long", limit=MAX_REPETITIONS)


_repetitions = _Repetitions()


def repeated(
    step: ArrayFunction,
    point: Floats,
    times: Floats,
    stops: Callable[[Floats, Floats], Truths] | None = None,
    most: int = MAX_REPETITIONS,
) -> tuple[Floats, Floats]:
    """The point after `times` steps, and the steps made; each member of the batch at its own pace.

    A member is done as well where `stops(before, after)`; one that is not after `most` steps has neither (NaN).
    """
    if not _repetitions.depth:
        _repetitions.made = 0
    _repetitions.depth += 1
    try:
        return _repeated(step, point, times, stops, most)
    finally:
        _repetitions.depth -= 1


def _repeated(
    step: ArrayFunction, point: Floats, times: Floats, stops: Callable[[Floats, Floats], Truths] | None, most: int
) -> tuple[Floats, Floats]:
    made, earlier = np.zeros(point.shape[0]), point
    for _ in range(most):
        _repetitions.count()
        running = (made < times) & shapes.finite(point)
        if not running.any():
            break
        after = step(point)
        made = made + running
        if stops is not None:
            times = np.where(running & stops(point, after), made, times)
            if any(np.array_equal(after[running], known[running]) for known in (point, earlier)):
                break  # it stands still or goes to and fro, and what has not stopped never will
        earlier = point
        point = np.where(shapes.along(running, point), after, point)
    endless = ~(made >= times)  # a number of steps that is none leads nowhere either
    return np.where(shapes.along(endless, point), np.nan, point), np.where(endless, np.nan, made)
