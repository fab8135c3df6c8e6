"""Equality of real functions: rows of tables/equal.yaml and properties."""

from __future__ import annotations

from pathlib import Path

import mpmath
import pytest
import yaml
from counted import calls
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.equality.compare import compare
from grader.equality.expressions import difference
from grader.equality.precise import Undefined, precise_value
from grader.errors import AuthorError
from grader.language.nodes import Call, Name, Number
from grader.language.parser import parse

TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables" / "equal.yaml").read_text(encoding="utf-8"))
ROWS = [row for rows in TABLE.values() for row in rows]


@pytest.mark.parametrize(("student", "reference", "verdict", "why"), ROWS, ids=[f"{row[0]} | {row[1]}" for row in ROWS])
def test_rows(student, reference, verdict, why):
    matrix = not isinstance(parse(reference, "xyan"), Call | Number | Name)
    options = {"kind": "matrix"} if matrix else {"variables": ["x", "y", "a", "n"]}
    assert compare(student, reference, **options).verdict == verdict, why
    assert calls(lambda: compare(student, reference, **options)) < 50_000


@pytest.mark.parametrize(
    ("student", "reference", "domain", "verdict"),
    [
        ("x", "sqrt(x^2)", {"x": "positive"}, "correct"),
        ("2 ln x", "ln(x^2)", {"x": "positive"}, "correct"),
        ("arctan(x) + arctan(1/x)", "pi/2", {"x": "positive"}, "correct"),
        ("arctan(x) + arctan(1/x)", "-pi/2", {"x": [-9, -1]}, "correct"),
        ("arcsin(sin(x))", "x", {"x": [-1.5, 1.5]}, "correct"),
        ("arcsin(sin(x))", "x", {"x": [-1.5, 2]}, "wrong"),
        ("ln(-x)", "ln(-x)+1", {"x": "positive"}, "invalid"),
    ],
)
def test_a_declared_domain_limits_the_points(student, reference, domain, verdict):
    assert compare(student, reference, variables=["x"], options={"domain": domain}).verdict == verdict


SMOOTH = st.recursive(
    st.sampled_from([Name("x"), Name("y"), Number("2"), Number("3"), Number("0.5"), Name("pi")]),
    lambda inner: st.one_of(
        st.builds(lambda op, a, b: Call(op, (a, b)), st.sampled_from(["add", "sub", "mul"]), inner, inner),
        st.builds(lambda op, a: Call(op, (a,)), st.sampled_from(["sin", "cos", "tanh", "sigmoid", "arctan"]), inner),
    ),
    max_leaves=8,
)
XY = ("x", "y")


@settings(max_examples=60, deadline=None)
@given(SMOOTH)
def test_identities_are_seen(f):
    double = Call("add", (f, f))
    assert difference(f, f, XY) is None
    assert difference(Call("div", (double, Number("2"))), f, XY) is None
    assert difference(Call("neg", (Call("neg", (f,)),)), f, XY) is None
    square = Call("pow", (Call("add", (f, Number("1"))), Number("2")))
    expanded = Call("add", (Call("add", (Call("pow", (f, Number("2"))), double)), Number("1")))
    assert difference(expanded, square, XY) is None


@settings(max_examples=60, deadline=None)
@given(SMOOTH, st.sampled_from(["1e-3", "1e-6", "1e-8"]))
def test_a_small_difference_is_found_and_its_point_is_one(f, epsilon):
    moved = Call("add", (f, Call("mul", (Number(epsilon), Call("add", (Number("1"), f))))))
    try:
        found = difference(moved, f, XY)
    except AuthorError:
        return
    if found is None:  # f is -1 everywhere, or so large that the constant is nothing beside it
        for x in (0.3, -1.1, 2.6):
            point = {"x": x, "y": 0.7}
            assert abs(precise_value(moved, point) - precise_value(f, point)) < mpmath.mpf("1e-30")
        return
    answer, expected = precise_value(moved, found.point), precise_value(f, found.point)
    assert abs(answer - expected) > mpmath.mpf("1e-12") * abs(expected)


@pytest.mark.parametrize(("student", "reference"), [(row[0], row[1]) for row in ROWS if row[2] == "wrong"])
def test_a_counterexample_is_one(student, reference):
    found = compare(student, reference, variables=["x", "y", "a", "n"])
    if not found.counterexample or "[" in reference:
        return
    expected = precise_value(parse(reference, "xyan"), found.counterexample)
    try:
        assert precise_value(parse(student, "xyan"), found.counterexample) != expected
    except Undefined:
        assert found.message.key == "compare-undefined-at"
