"""Steps are called as the sheet calls them."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

import pytest

import grader
from grader.plan.sheet_names import sheet_names

NAMES = [
    ("deriv-chain-three-layer", "outside", "dy/du"), ("deriv-chain-three-layer", "dy", "y′(x)"), ("deriv-chain-three-layer", "value", ""),
    ("backprop-scalar-chain", "d2", "∂L/∂h₂"), ("backprop-scalar-chain", "yhat", "ŷ"), ("backprop-scalar-chain", "wnew", ""),
    ("backprop-zero-init-two-steps", "yhat[2]", "ŷ₂"), ("adam-two-steps", "vhat[1]", "v̂₁"), ("relu-forward-picture", "h2", ""),
    ("chain-jacobian-mse-linear", "first", ""), ("grad-at-point", "f1", "∂f/∂x₁"), ("logreg-gd-step", "g", "L′(w₀)"),
    ("softmax-logloss", "P", ""), ("graph-path-sum", "c", "c"), ("matrix-add", "P", ""),
    ("gaussian-score", "B", ""), ("dropout-param-moments", "within", ""),
]  # fmt: skip


@pytest.mark.parametrize(("family", "step", "sign"), NAMES, ids=[f"{row[0]} {row[1]}" for row in NAMES])
def test_a_step_is_called_as_on_the_sheet(family: str, step: str, sign: str) -> None:
    called = sheet_names(grader.bank()[family].variant(1).group.plan)[step]
    assert called.sign.get("en", "") == sign
    assert sign or called.title
    assert "$" not in "".join(called.title.values())
