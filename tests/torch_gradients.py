"""Gradients by matrices and by their vectors, and a differential, in PyTorch: rows of `tests/torch_formulas.py`.

What is differentiated is written down anew, as the statements print it.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch_formulas import Arrays, Formula, Given, gradient


def two_places(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    a, A = arrays["a"], arrays["A"]

    def function(X: Tensor) -> Tensor:
        inside = {"plain": lambda: X @ A @ X, "first": lambda: X.T @ A @ X, "last": lambda: X @ A @ X.T}
        return given["c"] * (a @ inside[given["order"]]() @ a)

    return {"G": gradient(function, arrays["X"])}


def inverse(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    def of(X: Tensor) -> Tensor:
        found = given["c"] * torch.linalg.inv(X)
        return found.T if given["of"] == "flipped" else found

    _, change = torch.autograd.functional.jvp(of, arrays["X"], arrays["dX"])
    return {"D": change, "G": gradient(lambda X: torch.trace(arrays["A"] @ of(X)), arrays["X"])}


def determinant(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    power = {"one": 1, "two": 2}[given["power"]]
    return {"G": gradient(lambda X: given["c"] * torch.linalg.det(X) ** power, arrays["X"])}


def simple_traces(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    X, B = arrays["X"], arrays["B"]
    of = {"square": lambda M: M @ M, "cube": lambda M: M @ M @ M, "gram": lambda M: M.T @ M}[given["power"]]
    return {
        "F": gradient(lambda M: torch.trace(given["k"] * M + B), X),
        "G": gradient(lambda M: given["c"] * torch.trace(of(M)), X),
    }


def gram_traces(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A, B = arrays["A"], arrays["B"]

    def function(X: Tensor) -> Tensor:
        under = {"first": lambda: A @ X.T @ X, "middle": lambda: X @ A @ X.T, "flipped": lambda: X.T @ X @ A.T}
        return given["c"] * torch.trace(under[given["order"]]())

    return {
        "G": gradient(function, arrays["X"]),
        "K": gradient(lambda X: given["k"] * torch.trace(X.T @ B @ X), arrays["X"]),
    }


def long_trace(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A, B, X = arrays["A"], arrays["B"], arrays["X"]

    def function(first: Tensor, second: Tensor, third: Tensor) -> Tensor:
        last = torch.linalg.inv(third)
        return given["c"] * torch.trace(A @ first.T @ second @ B @ (last.T if given["last"] == "flipped" else last))

    return {
        "G1": gradient(lambda M: function(M, X, X), X),
        "G2": gradient(lambda M: function(X, M, X), X),
        "G3": gradient(lambda M: function(X, X, M), X),
    }


def quadratic_determinant(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A = arrays["A"].T if given["flip"] == "transposed" else arrays["A"]
    return {"G": gradient(lambda X: given["c"] * torch.linalg.det(X.T @ A @ X), arrays["X"])}


def bilinear(given: Given, x: Tensor, A: Tensor, b: Tensor) -> Tensor:
    return given["c"] * (x @ A @ b) ** (2 if given["of"] == "square" else 1)


def bilinear_by_vectors(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    x, A, b = arrays["x"], arrays["A"], arrays["b"]
    return {
        "g": gradient(lambda by: bilinear(given, by, A, b), x),
        "h": gradient(lambda by: bilinear(given, x, A, by), b),
    }


def bilinear_by_matrix(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    x, A, b = arrays["x"], arrays["A"], arrays["b"]
    return {"G": gradient(lambda by: bilinear(given, x, by, b), A)}


GRADIENTS: dict[str, Formula] = {
    "md-axaxa": two_places,
    "md-inverse-differential": inverse,
    "md-det": determinant,
    "md-trace": simple_traces,
    "md-tr-axtx": gram_traces,
    "md-tr-long": long_trace,
    "md-det-quadratic": quadratic_determinant,
    "md-bilinear-x": bilinear_by_vectors,
    "md-bilinear-a": bilinear_by_matrix,
}
