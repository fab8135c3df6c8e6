"""The points of comparison: the same on every machine, of every size and sign, nothing symmetric."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grader.equality import sampling


@pytest.mark.parametrize(
    ("variable", "prime", "shift"), [(0, 2, 0), (1, 3, 0), (24, 97, 0), (25, 2, 0.137), (27, 5, 0.137), (50, 2, 0.274)]
)
@pytest.mark.parametrize("start", [0, 5])
def test_points_are_parts_of_multiples_of_a_root(variable, prime, shift, start):
    expected = [((j + 0.5) * math.sqrt(prime) + shift) % 1.0 for j in range(start, start + 7)]
    np.testing.assert_allclose(sampling.uniforms(variable, 7, start), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("pool", "first", "middle", "last"),
    [
        (0, [-1.3, -2.9, -11.3, -1.3], [0.2, 0.4, 0.9, 0.2], [1.7, 3.7, 13.1, 1.7]), (1, 0.05, 1, 20),
        (2, 0.01, 0.5, 0.99), (3, -0.05, -1, -20), (4, 1.05, 8.55, 31.05), (5, -7, 1, 9),
    ],
)  # fmt: skip
def test_the_reach_of_every_pool(pool, first, middle, last):
    for part, values in ((0.0, first), (0.5, middle), (1.0, last)):
        reached = sampling.POOLS[pool](np.full(4, part))
        np.testing.assert_allclose(reached, np.broadcast_to(values, 4), rtol=1e-12)


def test_each_variable_has_points_of_its_own():
    points = sampling.points(("x", "y"), (), 0)
    assert [len(values) for values in points.values()] == [sampling.POINTS] * 2
    for number, name in enumerate("xy"):
        np.testing.assert_array_equal(points[name], sampling.POOLS[0](sampling.uniforms(number)))
    np.testing.assert_array_equal(sampling.points(("x", "y"), (), 4)["y"], sampling.POOLS[4](sampling.uniforms(1)))


def test_a_declared_domain_has_the_same_points_in_every_pool():
    declared = (("y", (2.0, 5.0)),)
    for pool in (0, 3):
        points = sampling.points(("x", "y"), declared, pool)
        np.testing.assert_allclose(points["y"], 2 + 3 * sampling.uniforms(1))
        np.testing.assert_array_equal(points["x"], sampling.POOLS[pool](sampling.uniforms(0)))
    np.testing.assert_array_equal(sampling.domain_points("positive", 2, 9), 0.05 * 400 ** sampling.uniforms(2, 9))
    np.testing.assert_allclose(sampling.domain_points((-1, 4), 3, 9), -1 + 5 * sampling.uniforms(3, 9))


@pytest.mark.parametrize(
    ("variables", "domain", "pools"),
    [((), {}, 1), (("x",), {}, 6), (("x",), {"x": "positive"}, 1), (("x", "y"), {"x": "positive"}, 6)],
)
def test_other_pools_are_for_variables_without_a_domain(variables, domain, pools):
    assert sampling.pools(variables, domain) == pools


def test_instances_of_named_arrays():
    shapes = {"A": (3, 3), "B": (2, 3), "x": (3,), "C": (1, 1)}
    values = sampling.matrices(shapes, 4)
    assert [value.shape for value in values.values()] == [(4, *shape) for shape in shapes.values()]
    for number, name in ((1, "B"), (2, "x")):
        size = math.prod(shapes[name])
        plain = (2.4 * sampling.uniforms(number, 4 * size, 17) - 1.1).reshape(4, *shapes[name])
        np.testing.assert_allclose(values[name], plain)
    moved = 2 * np.eye(3) + 0.6 * (2.4 * sampling.uniforms(0, 36, 17) - 1.1).reshape(4, 3, 3)
    np.testing.assert_allclose(values["A"], moved)
    np.testing.assert_allclose(values["C"], 2 + 0.6 * (2.4 * sampling.uniforms(3, 4, 17) - 1.1).reshape(4, 1, 1))
    later = sampling.matrices({"B": (2, 3)}, 2, start=6)
    np.testing.assert_allclose(later["B"].ravel(), 2.4 * sampling.uniforms(0, 12, 23) - 1.1)
