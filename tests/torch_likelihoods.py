"""Losses and likelihoods with named matrices in PyTorch: rows of `tests/torch_formulas.py`.

What is differentiated is written down anew, as the statements print it. Where a minimum is asked for, it is one Newton
step from the point that happens to be put in, which is exact for a quadratic.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log, pi

import torch
from torch import Tensor
from torch_formulas import Arrays, Formula, Given, gradient, hessian
from torch_vectors import along


def newton(of: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    """Where a quadratic function has its stationary point."""
    return at - torch.linalg.solve(hessian(of, at), gradient(of, at))


def quadratic(of: Callable[[Tensor], Tensor], at: Tensor) -> dict[str, Tensor]:
    return {"G": gradient(of, at), "H": hessian(of, at), "W": newton(of, at)}


def least_squares(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    X, y, V, c = arrays["X"], arrays["y"], arrays["V"], given["c"]
    if given["sum"] == "plain":
        return quadratic(lambda w: c * ((y - X @ w) ** 2).sum(), arrays["w"])
    return quadratic(lambda w: c * ((y - X @ w) @ V @ (y - X @ w)), arrays["w"])


def descent_step(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    X, y, c, rate, weight = arrays["X"], arrays["y"], given["c"], arrays["gamma"], arrays["lambda"]

    def loss(w: Tensor) -> Tensor:
        penalty = weight * (w**2).sum() if given["loss"] == "ridge" else 0.0
        return c * ((y - X @ w) ** 2).sum() + penalty

    def step(w: Tensor) -> Tensor:
        return w - rate * torch.autograd.functional.vjp(loss, w, create_graph=True)[1]

    w = arrays["w"]
    T = torch.autograd.functional.jacobian(step, w)
    return {"G": gradient(loss, w), "U": step(w), "T": T, "s": step(torch.zeros_like(w))}


def ridge(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    X, y, a, c, weight = arrays["X"], arrays["y"], arrays["a"], given["c"], arrays["lambda"]
    to = a if given["toward"] == "point" else torch.zeros_like(a)
    return quadratic(lambda w: c * ((y - X @ w) ** 2).sum() + weight * ((w - to) ** 2).sum(), arrays["w"])


def logistic(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    X, y, c, weight = arrays["X"], arrays["y"], given["c"], arrays["lambda"]

    def loss(w: Tensor) -> Tensor:
        return c * torch.nn.functional.softplus(-y * (X @ w)).sum() + weight * (w**2).sum()

    return {"G": gradient(loss, arrays["w"]), "H": hessian(loss, arrays["w"])}


def normal(x: Tensor, mean: Tensor, matrix: Tensor, known: str) -> Tensor:
    """The logarithm of the density, by the covariance or by its inverse."""
    inverse = torch.linalg.inv(matrix) if known == "covariance" else matrix
    half = torch.linalg.slogdet(inverse).logabsdet / 2
    return half - len(x) / 2 * log(2 * pi) - (x - mean) @ inverse @ (x - mean) / 2


def mean_likelihood(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    known, n = given["known"], arrays["n"]
    matrix = arrays["Sigma"] if known == "covariance" else arrays["K"]
    # the sum over a sample with the mean a: what depends on mu is n times the logarithm at a

    def sample(mean: Tensor) -> Tensor:
        return n * normal(arrays["a"], mean, matrix, known)

    return {
        "g": gradient(lambda mean: normal(arrays["x"], mean, matrix, known), arrays["mu"]),
        "D": along(sample, arrays["mu"], arrays["h"]), "G": gradient(sample, arrays["mu"]),
        "Q": hessian(sample, arrays["mu"]),
    }  # fmt: skip


def covariance_likelihood(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    S, n, by = arrays["S"], arrays["n"], given["by"]

    def covariance(Sigma: Tensor) -> Tensor:
        return -n / 2 * torch.logdet(Sigma) - torch.trace(S @ torch.linalg.inv(Sigma)) / 2

    def precision(K: Tensor) -> Tensor:
        return n / 2 * torch.logdet(K) - torch.trace(S @ K) / 2

    of, at = (covariance, arrays["Sigma"]) if by == "covariance" else (precision, arrays["K"])
    return {"D": along(of, at, arrays["H"]), "G": gradient(of, at)}


def lagrangian(given: Given, arrays: Arrays) -> dict[str, Tensor]:
    A, L, u, s, r, c = (*(arrays[name] for name in ("A", "Lambda", "u", "s", "r")), given["c"])

    def of(X: Tensor) -> Tensor:
        condition = {
            "symmetric": lambda: (L * (X - X.T)).sum(), "antisymmetric": lambda: (L * (X + X.T)).sum(),
            "secant": lambda: u @ (X @ s - r),
        }[given["condition"]]()  # fmt: skip
        return c * ((X - A) ** 2).sum() + condition

    X = arrays["X"]
    stationary = A - gradient(of, A) / (2 * c)  # of a quadratic with the second derivative 2c in every entry
    return {"D": along(of, X, arrays["H"]), "G": gradient(of, X), "S": stationary}


LIKELIHOODS: dict[str, Formula] = {
    "md-ols-gradient": least_squares,
    "md-gd-step-matrix": descent_step,
    "md-ridge-gradient": ridge,
    "md-logreg-l2": logistic,
    "md-gaussian-mle-mu": mean_likelihood,
    "md-gaussian-mle-sigma": covariance_likelihood,
    "md-lagrangian-step": lagrangian,
}
