"""Are two expressions the same real function? By value at sample points, settled in high precision where doubles doubt.

The reference decides which points count: where it has no value a point is replaced; where it has one and the answer has
none, the answer is wrong. A rejection names a point. Too few usable points are an error of the task, never an equality.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import msgspec
import numpy as np

from grader.arrays import Floats, Truths
from grader.equality import sampling
from grader.equality.precise import DIGITS, Real, TooLarge, Undefined, precise_value, vanishes
from grader.equality.sampling import Domain
from grader.errors import NotScalar, Undecided
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name, Node, Number
from grader.language.primitives import CONSTANTS, bound_primitives
from grader.tolerance import Tolerance

UNDECIDED = 6e-15
"""Assumed relative error of an evaluation in doubles, against its largest intermediate value."""
_CLEAR = 1e4
_SETTLED = 8
_CONFIRMED = 3

_TINY = 1e-290
_CAN_VANISH = {"mul", "div", "pow", "exp", "emul", "ediv", "epow", "sigmoid"}
"""Operations whose result may have sunk below the smallest doubles: such a point is left to high precision."""

EQUAL = Tolerance(relative=1e-11)
"""Default equality of expressions: relative to the local scale, no floor."""


class Difference(msgspec.Struct, frozen=True):
    """A point where two expressions differ; `answer` is None where the answer has no value."""

    point: dict[str, float]
    answer: float | None
    expected: float


class Sampled(msgspec.Struct, frozen=True):
    """An expression at points: values and the largest intermediate magnitude, (P,) each."""

    points: Mapping[str, Floats]
    values: Floats
    peaks: Floats

    @property
    def doubt(self) -> Floats:
        """Bound on the rounding error, per point."""
        return UNDECIDED * self.peaks


def sample(node: Node, points: Mapping[str, Floats]) -> Sampled:
    """Evaluate scalar expressions at points, watching intermediate magnitudes."""
    count = len(next(iter(points.values()))) if points else 1
    trail: list[_Part] = []
    with np.errstate(all="ignore"):
        value = _watched(node, points, bound_primitives(np), trail)
        peaks = _peaks(trail, value, count)
    if value.ndim > 1:
        raise NotScalar("compare-not-scalar")
    return Sampled(points, value if len(value) == count else np.resize(value, count), peaks)


_LITERALS: dict[str, Floats] = {name: np.array([value]) for name, value in CONSTANTS.items()}
_Part = tuple[str, Floats, list[Floats]]
"""A primitive, its value and its arguments; names and literals are parts without arguments."""


def _watched(
    node: Node, points: Mapping[str, Floats], table: Mapping[str, Callable[..., Floats]], trail: list[_Part]
) -> Floats:
    if isinstance(node, Call):
        arguments = [_watched(part, points, table, trail) for part in node.args]
        value = table[node.op](*arguments)
        if value.ndim == 1:
            trail.append((node.op, value, [_size(part) for part in arguments] if node.op in _CAN_VANISH else []))
        return value
    if isinstance(node, Number):
        value = np.array((float(node.text),))
        trail.append(("" if node.text.strip("0.") else "0", value, []))
        return value
    if isinstance(node, Name):
        value = points[node.name] if node.name in points else _LITERALS[node.name]
        trail.append(("0", value, []))
        return value
    return evaluate(node, points)


def _size(argument: Floats) -> Floats:
    """A number as it is; of an array, which is not kept, how many entries are not zero."""
    return argument if argument.ndim == 1 else np.count_nonzero(argument.reshape(len(argument), -1), axis=1)


def _peaks(trail: list[_Part], value: Floats, count: int) -> Floats:
    """The largest magnitude on the way, per point; infinite where a part sank below the smallest doubles."""
    wide = [part for _, part, _ in trail if part.ndim == 1 and len(part) == count]
    narrow = [abs(float(part[0])) for _, part, _ in trail if part.ndim == 1 and len(part) < count]
    sizes = np.abs(np.array(wide or [np.resize(value, count)]))
    peaks: Floats = np.fmax.reduce(sizes)
    peaks = np.fmax(peaks, max(narrow, default=0.0))
    if sizes.min() < _TINY or min(narrow, default=1.0) < _TINY:
        for op, part, arguments in trail:
            peaks = np.where(_sunk(op, part, arguments), np.inf, peaks)
    return peaks


def _sunk(op: str, value: Floats, arguments: list[Floats]) -> Truths:
    """Where a result is below the smallest doubles though no argument is zero."""
    if not (op in _CAN_VANISH or op == ""):
        return np.zeros(1, bool)
    sunk = np.abs(value) < _TINY
    for argument in arguments:
        sunk = sunk & (argument != 0)
    return sunk


@lru_cache(maxsize=1024)
def reference_sample(node: Node, variables: tuple[str, ...], domain: tuple[tuple[str, Domain], ...]) -> Sampled | None:
    """The reference where it has values: at least 16 points from as few pools as needed; None if there are too few."""
    kept: list[Sampled] = []
    total = 0
    needed = sampling.ENOUGH if variables else 1
    for pool in range(sampling.pools(variables, dict(domain))):
        sampled = sample(node, sampling.points(variables, domain, pool))
        usable = np.isfinite(sampled.values)
        count = int(usable.sum())
        if count:
            kept.append(_select(sampled, usable))
            total += count
        if total >= needed:
            return _join(kept)
    return None


def _select(sampled: Sampled, mask: Truths) -> Sampled:
    return Sampled({name: x[mask] for name, x in sampled.points.items()}, sampled.values[mask], sampled.peaks[mask])


def _join(parts: list[Sampled]) -> Sampled:
    if len(parts) == 1:
        return parts[0]
    names = parts[0].points
    return Sampled(
        {name: np.concatenate([part.points[name] for part in parts]) for name in names},
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.peaks for part in parts]),
    )


def difference(
    answer: Node,
    reference: Node,
    variables: tuple[str, ...],
    domain: Mapping[str, Domain] | None = None,
    tolerance: Tolerance = EQUAL,
) -> Difference | None:
    """None where the two agree, otherwise a point of difference.

    Raises NotScalar for an array, Undecided when the reference has too few values in the domain or is beyond computing.
    """
    if answer == reference:
        return None
    frozen = tuple(sorted((domain or {}).items()))
    expected = reference_sample(reference, variables, frozen)
    if expected is None:
        sample(answer, sampling.points(variables, frozen, 0))  # refuses an array
        return _settle_nowhere(answer, reference, variables, frozen, tolerance)
    return _judge(answer, reference, sample(answer, expected.points), expected, tolerance)


def _judge(answer: Node, reference: Node, typed: Sampled, expected: Sampled, tolerance: Tolerance) -> Difference | None:
    with np.errstate(all="ignore"):
        gap = np.abs(typed.values - expected.values)
        doubt = typed.doubt + expected.doubt
        agree = tolerance.accepts(typed.values, expected.values)
        margin = np.abs(expected.values) * (tolerance.relative or EQUAL.relative or 0)
        if agree.all() and (doubt <= margin).all():
            return None
        sure = np.where(agree, doubt <= margin, gap > _CLEAR * doubt + margin) & np.isfinite(doubt)
        clearness = gap / (doubt + margin + 1e-300)
    wrong = ~agree & sure & np.isfinite(typed.values)
    if wrong.any():
        return _at(typed, expected, int(np.argmax(np.where(wrong, clearness, -1))))
    if agree.all() and sure.sum() >= min(sampling.ENOUGH, len(sure)):
        return None
    order = np.argsort(np.where(agree, 2, 0) + sure, kind="stable")  # disagreements first, then doubtful agreements
    for index in order[: _SETTLED if not agree.all() else _CONFIRMED]:
        point = {name: float(x[index]) for name, x in expected.points.items()}
        if not _equal_at(answer, reference, point, tolerance):
            return _at(typed, expected, int(index))
    return None


def _at(typed: Sampled, expected: Sampled, index: int) -> Difference:
    value = float(typed.values[index])
    point = {name: float(x[index]) for name, x in expected.points.items()}
    return Difference(point, value if np.isfinite(value) else None, float(expected.values[index]))


def _equal_at(answer: Node, reference: Node, point: dict[str, float], tolerance: Tolerance) -> bool:
    """Agreement at one point in high precision; a point where the reference turns out undefined says nothing.

    A difference must stand at four times the digits: 50 of them may have been eaten by cancellation.
    """
    for digits in (DIGITS, 4 * DIGITS):
        try:
            expected = precise_value(reference, point, digits)
        except Undefined:
            return True
        except TooLarge as error:
            raise Undecided("compare-too-large") from error
        try:
            value = precise_value(answer, point, digits)
        except (Undefined, TooLarge):
            return False
        if _within(value, expected, tolerance):
            return True
    return vanishes(Call("sub", (answer, reference)), point, abs(value - expected))


def _within(value: Real, expected: Real, tolerance: Tolerance) -> bool:
    """The tolerance on numbers of high precision."""
    if tolerance.decimals is not None or tolerance.significant is not None:
        return bool(tolerance.accepts(float(value), float(expected)))
    margin = max((tolerance.relative or 0) * abs(expected) * (1 + 1e-9), (tolerance.absolute or 0) * (1 + 1e-9))
    return bool(abs(value - expected) <= margin)


def _settle_nowhere(
    answer: Node,
    reference: Node,
    variables: tuple[str, ...],
    domain: tuple[tuple[str, Domain], ...],
    tolerance: Tolerance,
) -> Difference | None:
    """Doubles see too few values of the reference (it overflows everywhere, say): look in high precision, or refuse."""
    decided = 0
    needed = 4 if variables else 1
    for index in range(sampling.POINTS // 2):
        point = {name: float(x[index]) for name, x in sampling.points(variables, domain, 0).items()}
        try:
            expected = precise_value(reference, point)
        except (Undefined, TooLarge):
            continue
        if not _equal_at(answer, reference, point, tolerance):
            return Difference(point, None, float(expected))
        decided += 1
        if decided >= needed:
            return None
    raise Undecided("compare-undefined")
