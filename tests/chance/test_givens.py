"""The kinds of draws: what they promise holds for every student, and evenly."""

import math
import re
from fractions import Fraction
from itertools import product
from typing import get_args

import numpy as np
import pytest
from counted import calls

from grader.chance.givens import Choose, Given, Graph, Integers, Matrix, Permutation, Reals
from grader.chance.matrices import PROPERTIES
from grader.chance.streams import stream
from grader.errors import AuthorError

N = 10_000
STREAM = stream(np.arange(N), "x")

ALL = [
    Integers(-2, 3),
    Integers(-2, 3, (2,), exclude=(0, 1), distinct=True),
    Integers(1, 1_000_000, (3,), distinct=True),
    Reals(0, 1, 0.1, (2, 2)),
    Reals(-1, 1, 0.25, (3,), exclude=(0,), distinct=True),
    Choose(4),
    Choose(3, (3,), distinct=True),
    Permutation(4),
    Graph(2, 1),
    Graph(5, 6),
    Graph(7, 10),
    Matrix((2, 3), -3, 3),
    Matrix((3, 3), -3, 3, 0.5, frozenset({"symmetric", "no zeros", "invertible"})),
    Matrix((2, 2), -1, 1, 1, frozenset({"non-symmetric"})),
    Matrix((3, 3), -2, 5, 1, frozenset({"positive definite"})),
    Matrix((2, 2), -2, 2, 1, frozenset({"positive definite", "diagonal", "no zeros"})),
]


def named(part):
    """A name for pytest that is the same in every process; a set's own text is not."""
    return re.sub(r"frozenset\(\{(.*?)\}\)", lambda match: " ".join(sorted(match[1].split(", "))), str(part))


def drawn(kind, n=N):
    """Values of the students who got valid ones."""
    values, ok = kind.draw(stream(np.arange(n), "x"), n)
    return values if ok is None else values[ok]


def counts(values):
    return np.unique(values.reshape(len(values), -1), axis=0, return_counts=True)[1]


def uniform(tally):
    """Chi-square, below what chance exceeds once in 1,000 (Wilson and Hilferty)."""
    expected, freedom = tally.sum() / len(tally), len(tally) - 1
    square = ((tally - expected) ** 2 / expected).sum()
    return square < freedom * (1 - 2 / (9 * freedom) + 3.09 * math.sqrt(2 / (9 * freedom))) ** 3


@pytest.mark.parametrize("kind", ALL, ids=named)
def test_a_larger_batch_takes_as_many_calls(kind):
    """Nothing is done member by member."""
    streams = [stream(np.arange(size), "x") for size in (N // 8, N)]
    kind.draw(streams[1], N)  # fills the caches
    few, many = (calls(lambda ids=ids: kind.draw(ids, len(ids.keys))) for ids in streams)
    assert many <= few + 50


@pytest.mark.parametrize("kind", ALL, ids=named)
def test_values_have_their_shape_and_type(kind):
    values, ok = kind.draw(STREAM, N)
    assert values.shape[0] == N
    assert values.dtype == (np.int64 if isinstance(kind, Choose) else np.float64)
    assert np.isfinite(values).all()
    assert not np.signbit(values[values == 0]).any(), "a worksheet would print -0"
    assert ok is None or (ok.shape == (N,) and ok.mean() > 0.5)


@pytest.mark.parametrize("kind", ALL, ids=named)
def test_a_batch_is_its_members_one_by_one(kind):
    values, ok = kind.draw(STREAM, N)
    for student in (0, 1, 4321):
        alone, valid = kind.draw(stream([student], "x"), 1)
        assert (alone[0] == values[student]).all()
        assert ok is None or valid[0] == ok[student]


@pytest.mark.parametrize("kind", ALL, ids=named)
def test_possibilities_bound_what_is_drawn(kind):
    different = len(counts(drawn(kind)))
    assert different <= kind.possibilities()
    complete = not isinstance(kind, Matrix) and kind.possibilities() <= 500
    assert different == kind.possibilities() or not complete


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Integers(-2, 3, exclude=(0, 9)), [-2, -1, 1, 2, 3]),
        (Integers(4, 4), [4]),
        (Reals(0, 0.7, 0.1), [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]),
        (Reals(-0.3, 0.3, 0.1), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]),
        (Reals(0, 1, 0.3, exclude=(0.6,)), [0, 0.3, 0.9]),
        (Reals(1 / 3, 2, 1 / 3), [float(Fraction(k, 3)) for k in range(1, 7)]),
        (Reals(0.001, 0.003, 0.001), [0.001, 0.002, 0.003]),
        (Reals(0, math.pi, math.pi / 2), [0, math.pi / 2, math.pi]),
        (Choose(3), [0, 1, 2]),
    ],
    ids=named,
)
def test_values_are_exact_complete_and_even(kind, values):
    outcome, tally = np.unique(drawn(kind), return_counts=True)
    assert outcome.tolist() == values
    assert kind.possibilities() == len(values)
    assert len(values) == 1 or uniform(tally)


@pytest.mark.parametrize(
    "kind",
    [
        Integers(1, 4, (2,), distinct=True),
        Choose(3, (3,), distinct=True),
        Permutation(4),
        Graph(4, 4),
        Graph(5, 6),
        Matrix((2, 2), 0, 2, 1, frozenset({"symmetric"})),
    ],
    ids=named,
)
def test_outcomes_are_all_there_and_even(kind):
    tally = counts(drawn(kind))
    assert len(tally) == kind.possibilities()
    assert uniform(tally)


@pytest.mark.parametrize("kind", [kind for kind in ALL if getattr(kind, "distinct", False)], ids=named)
def test_distinct_entries_differ(kind):
    ordered = np.sort(drawn(kind), axis=1)
    assert (np.diff(ordered, axis=1) > 0).all()


def test_permutations_count_from_one():
    assert (np.sort(drawn(Permutation(5)), axis=1) == np.arange(1, 6)).all()


@pytest.mark.parametrize(
    ("nodes", "edges", "graphs"),
    [(2, 1, 1), (3, 2, 1), (3, 3, 1), (4, 3, 1), (4, 4, 4), (4, 6, 1), (5, 4, 1), (6, 15, 1), (7, 10, None)],
)
def test_graphs(nodes, edges, graphs):
    kind = Graph(nodes, edges)
    values = drawn(kind)
    assert graphs in (None, kind.possibilities())
    assert np.isin(values, (0, 1)).all()
    assert (values == np.triu(values, 1)).all()
    assert (values.sum(axis=(1, 2)) == edges).all()
    assert (values.sum(axis=1)[:, 1:] > 0).all(), "only node 1 is a source"
    assert (values.sum(axis=2)[:, :-1] > 0).all(), "only the last node is a sink"


@pytest.mark.parametrize("size", [1, 2, 3, 4])
@pytest.mark.parametrize(("low", "high", "step"), [(-3, 3, 1), (1, 5, 1), (-1, 1, 0.5), (-2, 2, 1)])
def test_positive_definite(size, low, high, step):
    values, ok = Matrix((size, size), low, high, step, frozenset({"positive definite"})).draw(STREAM, N)
    values = values[ok]
    assert ok.mean() > 0.25
    assert (values == np.swapaxes(values, 1, 2)).all()
    assert ((values >= low) & (values <= high)).all()
    assert ((values - low) / step % 1 == 0).all()
    assert np.linalg.eigvalsh(values).min() > 1e-4


def test_positive_definite_is_not_only_a_dominant_diagonal():
    values = drawn(Matrix((2, 2), 1, 5, 1, frozenset({"positive definite"})))
    assert len(counts(values)) == sum(a * d > b * b for a, b, d in product(range(1, 6), repeat=3))


def test_invertible_is_decided_as_by_exact_arithmetic():
    values, ok = Matrix((3, 3), -1, 1, 0.1, frozenset({"invertible"})).draw(STREAM, N)
    tenths = np.rint(values * 10).astype(np.int64)
    exact = (np.cross(tenths[:, 0], tenths[:, 1]) * tenths[:, 2]).sum(axis=1)
    assert (ok == (exact != 0)).all()
    _, ok = Matrix((2, 2), 0, 1, 1, frozenset({"invertible"})).draw(STREAM, N)
    assert 0.3 < ok.mean() < 0.45  # 6 of 16


def test_other_properties():
    diagonal = drawn(Matrix((3, 3), -2, 2, 1, frozenset({"diagonal", "no zeros"})))
    assert (diagonal == diagonal * np.eye(3)).all()
    assert (np.diagonal(diagonal, axis1=1, axis2=2) != 0).all()
    asymmetric = drawn(Matrix((2, 2), 0, 1, 1, frozenset({"non-symmetric"})))
    assert (asymmetric[:, 0, 1] != asymmetric[:, 1, 0]).all()
    assert (drawn(Matrix((2, 3), -1, 1, 1, frozenset({"no zeros"}))) != 0).all()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Integers(-9, 9, (4,)), [-1, -2, -8, 8]),
        (Reals(0, 1, 0.1, (2,), distinct=True), [0.4, 0.3]),
        (Choose(5, (3,)), [2, 1, 0]),
        (Permutation(6), [3, 2, 1, 5, 4, 6]),
        (Graph(4, 4), [[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]]),
        (Matrix((2, 2), -3, 3, 1, frozenset({"positive definite"})), [[2, 2], [2, 3]]),
        (Matrix((2, 2), -3, 3, 1, frozenset({"symmetric"})), [[0, -3], [-3, 3]]),
    ],
    ids=named,
)
def test_draws_are_frozen(kind, expected):
    assert kind.draw(stream([7], "x"), 1)[0][0].tolist() == expected


PD = frozenset({"positive definite"})


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda: Integers(1.5, 3), "given-whole"),
        (lambda: Integers(1, math.inf), "given-whole"),
        (lambda: Integers(3, 1), "given-range"),
        (lambda: Integers(0, 10**7), "given-many"),
        (lambda: Integers(1, 3, (0,)), "given-least"),
        (lambda: Integers(1, 3, (1.5,)), "given-whole"),
        (lambda: Integers(1, 3, exclude=(1, 2, 3)), "given-empty"),
        (lambda: Integers(1, 3, exclude=(1.5,)), "given-exclude"),
        (lambda: Integers(1, 3, (2, 2), distinct=True), "given-distinct"),
        (lambda: Reals(0, 1, 0), "given-step"),
        (lambda: Reals(0, math.nan, 0.1), "given-finite"),
        (lambda: Reals(-1e308, 1e308, 1e-300), "given-many"),
        (lambda: Reals(0, 1, 0.1, exclude=(0.25,)), "given-exclude"),
        (lambda: Choose(0), "given-least"),
        (lambda: Permutation(0), "given-least"),
        (lambda: Graph(1, 0), "given-least"),
        (lambda: Graph(8, 9), "given-graph-nodes"),
        (lambda: Graph(5, 3), "given-graph-edges"),
        (lambda: Graph(5, 11), "given-graph-edges"),
        (lambda: Matrix((2,), 0, 1), "given-matrix-shape"),
        (lambda: Matrix((2, 0), 0, 1), "given-least"),
        (lambda: Matrix((2, 2), 2, 1), "given-range"),
        (lambda: Matrix((2, 2), 0, 0, 1, frozenset({"no zeros"})), "given-empty"),
        (lambda: Matrix((2, 2), 0, 1, 1, frozenset({"pretty"})), "given-matrix-property"),
        (lambda: Matrix((2, 3), 0, 1, 1, frozenset({"invertible"})), "given-matrix-square"),
        (lambda: Matrix((2, 2), -3, 0, 1, PD), "given-matrix-positive"),
        *[
            (lambda pair=pair: Matrix((2, 2), 0, 1, 1, frozenset(pair)), "given-matrix-clash")
            for pair in product(("symmetric", "diagonal", "positive definite"), ("non-symmetric",))
        ],
    ],
)
def test_impossible_parameters_are_refused(make, key):
    with pytest.raises(AuthorError) as caught:
        make()
    assert caught.value.message.key == key


def test_registry_and_properties_are_complete():
    assert {type(kind) for kind in ALL} == set(get_args(Given))
    assert all(Matrix((2, 2), -1, 1, 1, frozenset({name})) for name in PROPERTIES)
