"""Differentials, gradients, Jacobians and Hessians by a column, in PyTorch: rows of `tests/torch_formulas.py`.

What is differentiated is written down anew, as the statements print it. A differential is a derivative along the
change.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch_formulas import Arrays, Formula, Given, gradient, hessian, jacobian


def along(of: Callable[[Tensor], Tensor], at: Tensor, change: Tensor) -> Tensor:
    """The differential of a function that belongs to a change of its argument."""
    return torch.autograd.functional.jvp(of, at, change)[1]


def square(v: Tensor) -> Tensor:
    return (v * v).sum()


def linear_form(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    a, b, c, k = arrays["a"], arrays["b"], given["c"], given["k"]
    of = {
        "row": lambda x: c * (a @ x), "turned": lambda x: c * (x @ a), "added": lambda x: c * (a @ x) + k * (x @ b),
        "shifted": lambda x: c * (a @ (x - b)),
    }[given["kind"]]  # fmt: skip
    return {"d": along(of, arrays["x"], arrays["dx"]), "g": gradient(of, arrays["x"])}


def linear_map(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A, B, b, u, c, k = (*(arrays[name] for name in ("A", "B", "b", "u")), given["c"], given["k"])
    of = {
        "plain": lambda x: c * (A @ x), "shifted": lambda x: c * (A @ x) + b, "turned": lambda x: c * (B.T @ x),
        "both": lambda x: c * (A @ x) + k * (B.T @ x),
    }[given["kind"]]  # fmt: skip
    J = jacobian(of, arrays["x"])
    return {
        "d": along(of, arrays["x"], arrays["dx"]), "J": J, "G": J.T,
        "v": gradient(lambda x: u @ of(x), arrays["x"]),
    }  # fmt: skip


def squared_norm(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    a, b, c = arrays["a"], arrays["b"], given["c"]
    of = {
        "origin": lambda x: c * square(x), "shifted": lambda x: c * square(x - b),
        "pair": lambda x: c * (square(x - a) + square(x - b)),
        "difference": lambda x: c * (square(x - a) - square(x - b)),
    }[given["kind"]]  # fmt: skip
    return {"d": along(of, arrays["x"], arrays["dx"]), "g": gradient(of, arrays["x"])}


def exponential(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    a, s, c, k = arrays["a"], given["s"], given["c"], given["k"]
    of = {
        "square": lambda x: s * torch.exp(c * square(x)), "line": lambda x: s * torch.exp(c * (a @ x)),
        "logarithm": lambda x: s * torch.log(k + c * square(x)),
    }[given["kind"]]  # fmt: skip
    return {"d": along(of, arrays["x"], arrays["dx"]), "g": gradient(of, arrays["x"])}


def second_order(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A, B, b, c = arrays["A"], arrays["B"], arrays["b"], given["c"]
    of = {
        "plain": lambda x: c * (x @ A @ x), "turned": lambda x: c * (x @ A.T @ x),
        "linear": lambda x: c * (x @ A @ x) + b @ x, "gram": lambda x: c * square(B @ x),
    }[given["kind"]]  # fmt: skip
    return {"g": gradient(of, arrays["x"]), "H": hessian(of, arrays["x"])}


def log_quadratic(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A, c, k = arrays["A"], given["c"], given["k"]

    def form(x: Tensor) -> Tensor:
        return x @ A @ x

    of = {
        "logarithm": lambda x: c * torch.log(torch.abs(form(x))),
        "raised": lambda x: c * torch.log(torch.abs(k + form(x))), "square": lambda x: c * form(x) ** 2,
    }[given["kind"]]  # fmt: skip
    return {"d": along(form, arrays["x"], arrays["dx"]), "g": gradient(of, arrays["x"])}


def scaled_column(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A, p = arrays["A"], given["p"]
    of = {
        "cube": lambda x: p * (x @ x) * x, "mapped": lambda x: p * (x @ x) * (A @ x),
        "unit": lambda x: p * x / torch.sqrt(x @ x),
    }[given["kind"]]  # fmt: skip
    return {"d": along(of, arrays["x"], arrays["dx"]), "J": jacobian(of, arrays["x"])}


def products(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A, c, kind = arrays["A"], given["c"], given["kind"]
    of = {
        "square": lambda M: c * (M @ M), "gram": lambda M: c * (M.T @ M), "outer": lambda M: c * (M @ M.T),
        "middle": lambda M: c * (M @ A @ M),
    }[kind]  # fmt: skip
    name = "W" if kind in ("gram", "outer") else "X"
    return {"D": along(of, arrays[name], arrays[f"d{name}"])}


VECTORS: dict[str, Formula] = {
    "md-linear-form": linear_form,
    "md-linear-map": linear_map,
    "md-squared-norm": squared_norm,
    "md-exp-norm": exponential,
    "md-quadratic-hessian": second_order,
    "md-log-quadratic": log_quadratic,
    "md-xxx": scaled_column,
    "md-differential-rules": products,
}
