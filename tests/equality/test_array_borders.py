"""Arrays at the border of equality: sizes of the identity, small entries, domains of numbers, told differences."""

from __future__ import annotations

import numpy as np
import pytest

from grader.equality.arrays import array_difference, evaluate_sized, instances_of
from grader.equality.compare import compare
from grader.errors import AuthorError, ShapeFault, ValueFault
from grader.language.evaluate import evaluate
from grader.language.parser import parse
from grader.tolerance import Tolerance

SHAPES = {"A": (3, 3), "B": (3, 3), "C": (2, 3), "x": (3,), "y": (2,), "c": (), "k": ()}
NAMES = (*SHAPES, "I")


def found(answer, reference, tolerance=None, domain=None, shapes=SHAPES):
    return array_difference(parse(answer, NAMES), parse(reference, NAMES), shapes, domain, tolerance)


@pytest.mark.parametrize(
    ("answer", "reference", "same"),
    [
        # an identity has the size that fits, each its own
        ("I*C*I", "C", True), ("I*C + C*I", "2*C", True), ("C*I*C' + I", "C*C' + I", True), ("I*I*I*I*A*I", "A", True),
        ("I*I*I*I*C", "C", True), ("C'*I*C + I", "C'*C + I", True), ("I*y", "y", True), ("I*x + x", "2*x", True),
        ("I", "A*A^-1", True), ("I*A - I", "A - A*A^-1", True), ("I*C", "C*(1 + 1e-6)", False), ("2*I", "A", False),
        # a billionth of the largest entry is noise, more of it is not
        ("C*x*(1 + 9e-10)", "C*x", True), ("C*x*(1 + 1.1e-9)", "C*x", False), ("C*x*(1 - 1.1e-9)", "C*x", False),
        ("A .* I + 1e-10*A", "A .* I", True), ("A .* I + 1e-8*A", "A .* I", False), ("A*1e-12", "A - A", False),
        ("A - A", "B - B", True), ("x - x", "x - x + 1e-3*x", False), ("[c, 1e-12*c]", "[c, 0]", True),
        # numbers are sampled with both signs, and in the domain where there is one
        ("c*x", "sqrt(c^2)*x", False), ("abs(c)*x", "sqrt(c^2)*x", True), ("k*c*x", "c*k*x", True),
        ("k*x", "c*x", False),
        ("c + k", "k + c", True), ("sqrt(c)*sqrt(c)*x", "c*x", False), ("c*x", "sqrt(c)*sqrt(c)*x", True),
    ],
)  # fmt: skip
def test_the_same_on_every_instance(answer, reference, same):
    assert (found(answer, reference) is None) is same


@pytest.mark.parametrize(
    ("answer", "reference", "domain", "same"),
    [
        ("c*x", "sqrt(c^2)*x", {"c": "positive"}, True), ("c*x", "sqrt(c^2)*x", {"c": (-2.0, -1.0)}, False),
        ("-c*x", "sqrt(c^2)*x", {"c": (-2.0, -1.0)}, True), ("c*x", "sqrt(c^2)*x", {"k": "positive"}, False),
        ("max(c, 5)*x", "5*x", {"c": (0.0, 5.0)}, True), ("max(c, 4.5)*x", "4.5*x", {"c": (0.0, 5.0)}, False),
        ("sqrt(c^2)*sqrt(k^2)*x", "c*k*x", {"c": "positive", "k": "positive"}, True),
        ("(sqrt(c^2) + sqrt(k^2))*x", "(c + k)*x", {"c": "positive", "k": (-1.0, 2.0)}, False),
    ],
)  # fmt: skip
def test_numbers_beside_arrays_have_domains(answer, reference, domain, same):
    assert (found(answer, reference, domain=domain) is None) is same


@pytest.mark.parametrize(
    ("answer", "reference", "tolerance", "wrong"),
    [
        ("[1, 2.04; 3, 4]", "[1, 2; 3, 4]", Tolerance(relative=0.05), None),
        ("[1, 2.2; 3.3, 4]", "[1, 2; 3, 4]", Tolerance(relative=0.05), [[0, 1], [1, 0]]),
        ("[1.01, 2.02]", "[1, 2]", Tolerance(decimals=1), None),
        ("[1.06, 2.02]", "[1, 2]", Tolerance(decimals=1), [1, 0]),
        ("[1, 2 + 1e-10]", "[1, 2]", None, [0, 1]), ("[1, 2 + 1e-12]", "[1, 2]", None, None),
        # beside large entries the zeros of a list may be noise
        ("[1e6, 5e-10]", "[1e6, 0]", None, None), ("[1e6, 9e-6]", "[1e6, 0]", None, None),
        ("[1e6, 1.1e-5]", "[1e6, 0]", None, [0, 1]), ("[5e-10]", "[0]", None, [1]),
        ("[1e-10, 1]", "[1e-9, 1]", None, [1, 0]), ("[0, 0]", "[0, 0]", None, None),
        ("[0, 1e-20]", "[0, 0]", None, [0, 1]),
        ("[sin(pi), 1]", "[0, 1]", None, None), ("[0, 1e-5]", "[0, 0]", Tolerance(absolute=1e-4), None),
        ("[0, 1e-3]", "[0, 0]", Tolerance(absolute=1e-4), [0, 1]),
    ],
)  # fmt: skip
def test_literal_lists_entry_by_entry(answer, reference, tolerance, wrong):
    difference = found(answer, reference, tolerance, shapes={})
    if wrong is None:
        assert difference is None
        return
    assert difference.wrong.tolist() == (np.array(wrong) == 1).tolist()
    assert difference.instance == {}
    np.testing.assert_allclose(difference.answer, evaluate(parse(answer), {})[0])
    np.testing.assert_allclose(difference.expected, evaluate(parse(reference), {})[0])


@pytest.mark.parametrize(
    ("answer", "reference", "tolerance"),
    [("2*C", "C", None), ("A*x + x", "A*x", None), ("c*x", "k*x", Tolerance(relative=0.1)), ("A*B", "B*A", None)],
)
def test_a_difference_is_an_instance_with_both_values(answer, reference, tolerance):
    difference = found(answer, reference, tolerance)
    alone = {name: np.asarray(value)[None] for name, value in difference.instance.items()}
    assert {name: value.shape[1:] for name, value in alone.items()} == SHAPES
    np.testing.assert_allclose(difference.answer, evaluate(parse(answer, NAMES), alone)[0])
    np.testing.assert_allclose(difference.expected, evaluate(parse(reference, NAMES), alone)[0])
    assert difference.wrong.shape == difference.expected.shape
    assert difference.wrong.any()


@pytest.mark.parametrize(
    ("answer", "reference", "shapes", "fault", "key"),
    [
        ("x'", "x", SHAPES, ShapeFault, "shape-answer"), ("A + C", "A", SHAPES, ShapeFault, "shape-entrywise"),
        ("[1, 2, 3]", "[1, 2]", {}, ShapeFault, "shape-answer"),
        ("[1, 1/0]", "[1, 2]", {}, ValueFault, "value-undefined"),
        ("[1, 2]", "[1, 1/0]", {}, AuthorError, "compare-undefined"),
        ("x", "ln(-norm(x))*x", SHAPES, AuthorError, "compare-undefined"), ("I*y + I*x", "x", SHAPES, ShapeFault, None),
    ],
)  # fmt: skip
def test_what_cannot_be_compared(answer, reference, shapes, fault, key):
    with pytest.raises(fault) as caught:
        found(answer, reference, shapes=shapes)
    assert key is None or caught.value.message.key == key


@pytest.mark.parametrize(
    ("answer", "reference", "told"),
    [("x", "C", [{"count": 3}, {"rows": 2, "columns": 3}]), ("C", "x", [{"rows": 2, "columns": 3}, {"count": 3}]),
     ("c", "y", [{}, {"count": 2}]), ("C", "c", [{"rows": 2, "columns": 3}, {}])],
)  # fmt: skip
def test_both_shapes_are_told(answer, reference, told):
    with pytest.raises(ShapeFault) as caught:
        found(answer, reference)
    assert [caught.value.message.values[name].values for name in ("answer", "expected")] == told


def test_an_answer_without_names_is_one_value_on_every_instance():
    assert found("[0, 0, 0]", "x - x") is None
    difference = found("[1, 1, 1]", "x")
    assert difference.wrong.all()
    assert difference.answer.tolist() == [1, 1, 1]


def test_instances():
    instances = instances_of({"A": (2, 2), "x": (2,)})
    assert {name: value.shape for name, value in instances.items()} == {"A": (5, 2, 2), "x": (5, 2)}
    both = instances_of({"A": (2, 2), "c": ()})
    assert {name: value.shape for name, value in both.items()} == {"A": (20, 2, 2), "c": (20,)}
    assert both["c"].min() < 0 < both["c"].max()


def test_an_identity_that_is_wanted_in_a_shape():
    instances = instances_of({"C": (2, 3)})
    assert evaluate_sized(parse("I", ["I"]), instances, (2, 2)).shape[1:] == (2, 2)
    assert evaluate_sized(parse("I", ["I"]), instances, (3, 3)).shape[1:] == (3, 3)
    assert evaluate_sized(parse("I", ["I"]), {}, None)[0].tolist() == [[1, 0], [0, 1]]
    # sizes that are all alike are tried first, the largest of them before the others
    free = evaluate_sized(parse("tr(I)*(I*C)", ["C", "I"]), instances, None)
    np.testing.assert_allclose(free, 2 * instances["C"])
    assert evaluate_sized(parse("tr(I)*tr(I)", ["I"]), instances, None).tolist() == [9]
    named = {"I": np.array([[5.0, 6]])}
    assert evaluate_sized(parse("2*I", ["I"]), named, None).tolist() == [[10, 12]]
    with pytest.raises(ShapeFault):
        evaluate_sized(parse("I", ["I"]), instances, (4, 4))


@pytest.mark.parametrize(
    ("student", "reference", "verdict"),
    [("A*(1 + 3e-7)", "A", "wrong"), ("exp(ln(c))*x", "c*x", "wrong"), ("c*x", "exp(ln(c))*x", "correct"),
     ("(A + 1e8*B) - 1e8*B", "A", "correct"), ("x*1e-30", "x*1e-30", "correct"), ("x*1e-30", "x*2e-30", "wrong")],
)  # fmt: skip
def test_doubt_is_settled_in_high_precision(student, reference, verdict):
    assert compare(student, reference, options={"shapes": SHAPES}).verdict == verdict
