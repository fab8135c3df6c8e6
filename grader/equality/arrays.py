"""Vectors, matrices and expressions in named arrays: the same value, entry by entry, on sampled instances.

Named arrays are sampled without symmetry, unless it is declared, at the declared shapes and, where a shape is a letter
(`n x m`), at a second size. `I` is the identity of whatever size fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product

import msgspec
import numpy as np

from grader.arrays import Floats, Shape, Truths
from grader.equality import sampling
from grader.equality.expressions import EQUAL
from grader.equality.precise import TooLarge, Undefined, precise_value
from grader.equality.sampling import Domain
from grader.errors import ShapeFault, Undecided, ValueFault, WrongShape
from grader.language.evaluate import evaluate
from grader.language.nodes import Name, Node, names, substitute, transform
from grader.language.shapes import finite, in_words
from grader.tolerance import Tolerance

INSTANCES = 5
_CLEAR = 1e-6
"""A difference beside the size of the array that no noise of doubles makes: high precision is not asked."""
MATRIX_EQUAL = Tolerance(relative=1e-9)
"""Default for expressions in named arrays: sums and inverses lose a little more than scalars do."""


class ArrayDifference(msgspec.Struct, frozen=True):
    """Where two arrays differ: `wrong` marks the entries (shape of the reference) on the instance shown."""

    instance: dict[str, Floats]
    answer: Floats
    expected: Floats
    wrong: Truths


def array_difference(
    answer: Node,
    reference: Node,
    shapes: Mapping[str, Shape],
    domain: Mapping[str, Domain] | None = None,
    tolerance: Tolerance | None = None,
) -> ArrayDifference | None:
    """None where the two agree on every instance. `shapes` declares every name; () is a number.

    Raises ShapeFault where the answer's parts do not fit, WrongShape where its shape is not the reference's, Undecided
    where the reference has no values.
    """
    if answer == reference:
        return None
    frozen = tuple(shapes.items()), tuple(sorted((domain or {}).items()))
    sampled = _reference(reference, *frozen)
    value = evaluate_sized(answer, sampled.instances, sampled.expected.shape[1:])
    return _judge(answer, reference, value, sampled, tolerance)


class _SampledReference(msgspec.Struct, frozen=True):
    instances: dict[str, Floats]
    expected: Floats


@lru_cache(maxsize=512)
def _reference(
    reference: Node, shapes: tuple[tuple[str, Shape], ...], domain: tuple[tuple[str, Domain], ...]
) -> _SampledReference:
    """Instances on which every entry of the reference has a value."""
    if not shapes:
        expected = evaluate(reference, {})
        if not np.isfinite(expected).all():
            raise Undecided("compare-undefined")
        return _SampledReference({}, expected)
    instances = _instances(dict(shapes), dict(domain))
    expected = evaluate_sized(reference, instances, None)
    if len(expected) == 1:  # it reads no array, as a multiple of the identity
        expected = np.repeat(expected, len(next(iter(instances.values()))), axis=0)
    usable = finite(expected)
    if usable.sum() < min(INSTANCES, len(expected)):
        raise Undecided("compare-undefined")
    if len(expected) > 1:
        instances = {name: value[usable][:16] for name, value in instances.items()}
        expected = expected[usable][:16]
    return _SampledReference(instances, expected)


def instances_of(shapes: Mapping[str, Shape], domain: Mapping[str, Domain] | None = None) -> dict[str, Floats]:
    """The instances on which expressions in arrays of these shapes are compared."""
    return _instances(dict(shapes), dict(domain or {}))


def _instances(shapes: dict[str, Shape], domain: dict[str, Domain]) -> dict[str, Floats]:
    scalars = tuple(name for name, shape in shapes.items() if not shape)
    count = 4 * INSTANCES if scalars else INSTANCES
    values = sampling.matrices({name: shape for name, shape in shapes.items() if shape}, count)
    values |= {name: _having(domain[name], array) for name, array in values.items() if name in domain}
    for k, name in enumerate(scalars):
        if name in domain:
            values[name] = sampling.domain_points(domain[name], k, count)
        else:
            values[name] = sampling.POOLS[0](sampling.uniforms(k, count))
    return values


def _having(declared: Domain, array: Floats) -> Floats:
    """The instance as one that is what its matrix is declared to be."""
    return sampling.DECLARED[declared](array) if declared in sampling.DECLARED else array


def evaluate_sized(node: Node, instances: Mapping[str, Floats], wanted: Shape | None) -> Floats:
    """The value, with every `I` given the size that fits (and gives the wanted shape, if one is wanted)."""
    if "I" not in names(node) or "I" in instances:
        return evaluate(node, instances)
    fault: ShapeFault | None = None
    for tree, identities in _sized(node, instances):
        try:
            value = evaluate(tree, {**instances, **identities})
        except ShapeFault as error:
            fault = fault or error
            continue
        if wanted is None or value.shape[1:] == wanted:
            return value
    raise fault or ShapeFault("shape-identity")


def _sized(node: Node, instances: Mapping[str, Floats]) -> Iterator[tuple[Node, dict[str, Floats]]]:
    """The tree with each `I` of each size among the declared ones, all alike first."""
    sizes = sorted({size for value in instances.values() for size in value.shape[1:]}, reverse=True) or [2]
    identities = {f"I#{size}": np.eye(size)[None] for size in sizes}
    labels: list[str] = []

    def label(part: Node) -> Node:
        if isinstance(part, Name) and part.name == "I":
            labels.append(f"I@{len(labels)}")
            return Name(labels[-1], part.span)
        return part

    labelled = transform(node, label)
    choices = sorted(product(sizes, repeat=min(len(labels), 3)), key=lambda choice: len(set(choice)))
    for choice in choices:
        picked = zip(labels, (*choice, *[choice[-1]] * len(labels)), strict=False)
        table = {label: Name(f"I#{size}") for label, size in picked}
        yield substitute(labelled, table), identities


def _judge(
    answer: Node, reference: Node, value: Floats, sampled: _SampledReference, tolerance: Tolerance | None
) -> ArrayDifference | None:
    expected = sampled.expected
    if value.shape[1:] != expected.shape[1:]:
        raise WrongShape("shape-answer", answer=in_words(value.shape[1:]), expected=in_words(expected.shape[1:]))
    if not np.isfinite(value).all() and not sampled.instances:
        raise ValueFault("value-undefined")
    value = value if len(value) == len(expected) else np.broadcast_to(value, expected.shape)
    rule = tolerance or (MATRIX_EQUAL if sampled.instances else EQUAL)
    scale = np.abs(expected).reshape(len(expected), -1).max(axis=1).reshape((-1,) + (1,) * (expected.ndim - 1))
    # A named matrix is judged against its own size; a literal one entry by entry.
    margin = scale if sampled.instances and tolerance is None else None
    if margin is not None:
        right = np.abs(value - expected) <= (rule.relative or 0) * margin
    else:
        right = rule.accepts(value, expected, scale)
    if right.all():
        return None
    for member in np.flatnonzero(~right.reshape(len(right), -1).all(axis=1))[:3]:
        instance = {name: array[member] for name, array in sampled.instances.items()}
        with np.errstate(over="ignore"):
            gap = np.abs(value[member] - expected[member]).max() / (scale.ravel()[member] or 1.0)
        if gap > _CLEAR or not _equal_precisely(answer, reference, instance, rule):
            return ArrayDifference(instance, value[member], expected[member], ~right[member])
    return None


def _equal_precisely(answer: Node, reference: Node, instance: Mapping[str, Floats], rule: Tolerance) -> bool:
    """Agreement on one instance in high precision, for the doubtful zone between noise and difference."""
    if "I" in names(answer) | names(reference):
        return False
    try:
        expected = np.asarray(precise_value(reference, instance), dtype=object)
        gap = np.asarray(np.abs(precise_value(answer, instance) - expected), dtype=object)
        size = np.max(np.abs(expected))
    except (Undefined, TooLarge):
        return False
    return bool((gap <= max(rule.relative or 0, 1e-25) * size + (rule.absolute or 0)).all())
