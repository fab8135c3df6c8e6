"""The functions of families with named matrices in PyTorch: gradients, Jacobians and Hessians by its autograd.

A row of FORMULAS is a family and a function of a variant's givens and of arrays for its names to the values of the
blanks it speaks for. What is differentiated is written down here anew, as a statement prints it: nothing is shared with
the formulas of the bank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

Given = Mapping[str, Any]
Arrays = Mapping[str, Tensor]
Formula = Callable[[Given, Arrays], dict[str, Tensor]]


def gradient(of: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    """Of the shape of the argument."""
    point = at.clone().requires_grad_(True)
    return torch.autograd.grad(of(point), point)[0]


def jacobian(of: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    """A row for each output."""
    return torch.autograd.functional.jacobian(of, at)


def hessian(of: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    return torch.autograd.functional.hessian(of, at)


def quadratic_form(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A = arrays["A"].T if given["flip"] == "transposed" else arrays["A"]
    return {"g": gradient(lambda x: given["c"] * (x @ A @ x), arrays["x"])}


def trace(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A, B, order = arrays["A"], arrays["B"], given["order"]

    def function(X: Tensor) -> Tensor:
        product = {
            "plain": lambda: A @ X @ B, "shifted": lambda: X @ B @ A, "last": lambda: B @ A @ X,
            "flipped": lambda: B.T @ X.T @ A.T,
        }[order]()  # fmt: skip
        return given["c"] * torch.trace(product)

    return {"G": gradient(function, arrays["X"])}


def log_determinant(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A = arrays["A"]

    def function(X: Tensor) -> Tensor:
        inside = {"plain": lambda: X, "left": lambda: A @ X, "right": lambda: X @ A, "gram": lambda: X.T @ X}
        return given["c"] * torch.linalg.slogdet(inside[given["inside"]]()).logabsdet

    return {"G": gradient(function, arrays["X"])}


FORMULAS: dict[str, Formula] = {
    "md-quadratic-form": quadratic_form,
    "md-tr-axb": trace,
    "md-lndet": log_determinant,
}
