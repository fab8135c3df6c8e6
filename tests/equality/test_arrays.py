"""Vectors, matrices and expressions in named arrays."""

from __future__ import annotations

import numpy as np
import pytest

from grader.equality.arrays import array_difference
from grader.equality.compare import compare
from grader.language.parser import parse
from grader.tolerance import Tolerance

SHAPES = {"A": [3, 3], "B": [3, 3], "C": [2, 3], "x": [3], "y": [3], "c": []}


@pytest.mark.parametrize(
    ("student", "reference", "verdict"),
    [
        ("(A + A^T)x", "(A + A')*x", "correct"), ("2Ax", "(A + A')*x", "wrong"), ("x'(A + A')", "(A + A')*x", "wrong"),
        ("x^TAx", "x'*A*x", "correct"), ("x'A'x", "x'*A*x", "correct"), ("x*A*x", "x'*A*x", "invalid"),
        ("tr(A)", "tr(A')", "correct"),
        ("tr(B A)", "tr(A*B)", "correct"), ("A B", "B*A", "wrong"), ("B^-1 A^-1", "(A*B)^-1", "correct"),
        ("A^-1 B^-1", "(A*B)^-1", "wrong"),
        ("A^-T", "(A')^-1", "correct"), ("I + A", "A + I", "correct"), ("A + 1", "A + I", "wrong"),
        ("I", "A*A^-1", "correct"),
        ("||x||^2", "x'*x", "correct"), ("⟨x, y⟩", "x'*y", "correct"), ("x .* y", "x'*y", "wrong"),
        ("x*y'", "x'*y", "wrong"),
        ("y x'", "x*y'", "wrong"), ("det(A B)", "det(A)*det(B)", "correct"), ("A .* B", "B .* A", "correct"),
        ("A .* B", "A*B", "wrong"),
        ("c x", "x*c", "correct"), ("2c x", "c*x", "wrong"), ("C*y", "C*y*(1 + 1e-6)", "wrong"),
        ("C'*C*x", "C'*(C*x)", "correct"),
        ("x*ln(c)", "ln(c)*x", "correct"), ("A*sqrt(c - 1)", "sqrt(c - 1)*A*(1 + 1e-7)", "wrong"),
        ("3 A A^-1", "3*I", "correct"), ("3 I", "3*I", "correct"), ("3 A^-1 B", "3*I", "wrong"), ("3", "3*I", "wrong"),
        ("A + C", "A", "invalid"), ("x'", "x", "wrong"), ("x/norm(x)", "x*(x'*x)^(-1/2)", "correct"),
    ],
)  # fmt: skip
def test_named_arrays(student, reference, verdict):
    assert compare(student, reference, options={"shapes": SHAPES}).verdict == verdict


@pytest.mark.parametrize(
    ("student", "reference", "verdict"),
    [
        ("1; 2", "[1, 2]", "correct"), ("(1, 2)", "[1, 2]", "correct"), ("0,5; 1,5", "[0.5, 1.5]", "correct"),
        ("[0,5, 1,5]", "[0.5, 1.5]", "correct"), ("1, 2", "[1, 2]", "correct"),
        ("[1/2, sqrt(4)]", "[0.5, 2]", "correct"),
        ("[1e-10, 1]", "[1e-9, 1]", "wrong"), ("[2, 1]", "[1, 2]", "wrong"), ("[1]", "[1, 2]", "wrong"),
        ("[[1], [2]]", "[[1], [2]]", "correct"),
        ("[1, 1/0]", "[1, 2]", "invalid"), ("[[1, 2], [3]]", "[1, 2; 3, 4]", "invalid"),
        ("[[1, 3], [2, 4]]", "[1, 2; 3, 4]", "wrong"),
    ],
)  # fmt: skip
def test_literal_arrays(student, reference, verdict):
    assert compare(student, reference, "matrix").verdict == verdict


def test_a_difference_names_its_entries():
    found = array_difference(parse("[1, 5; 3, 4]"), parse("[1, 2; 3, 4]"), {})
    assert found.wrong.tolist() == [[False, True], [False, False]]
    assert array_difference(parse("[1, 2.04]"), parse("[1, 2]"), {}, tolerance=Tolerance(relative=0.05)) is None


def test_a_counterexample_is_an_instance():
    found = compare("A*x", "A'*x", options={"shapes": {"A": [2, 2], "x": [2]}})
    matrix, vector = (np.array(found.counterexample[name]) for name in "Ax")
    assert np.abs(matrix @ vector - matrix.T @ vector).max() > 1e-6


@pytest.mark.parametrize(("student", "reference"), [("A*(1 + 1e-4)", "A"), ("A*x + 1e-5*x", "A*x")])
def test_a_clear_difference_costs_no_high_precision(monkeypatch, student, reference):
    monkeypatch.delattr("grader.equality.arrays.precise_value")
    assert compare(student, reference, options={"shapes": SHAPES}).verdict == "wrong"
