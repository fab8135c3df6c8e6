"""Two steps of the optimisers by `torch.optim`, from the givens alone; epsilon is 0 where the families have none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch_nets import Given, Net, Values, leaf, tensor

Made = Callable[[Tensor, Given], torch.optim.Optimizer]


def two_steps(made: Made, given: Given) -> Values:
    """The weights after each step, on one object after the other or on both."""
    weight = leaf(given["w[0]"])
    optimiser, found = made(weight, given), {}
    for step in (1, 2):
        optimiser.zero_grad()
        _loss(weight, step, given).backward()
        optimiser.step()
        found[f"w[{step}]"] = weight.detach().clone()
    return found


def looking_ahead(given: Given) -> Values:
    """PyTorch keeps the point ahead and not the weight, which one plain step from there gives."""
    ahead = leaf(given["w[0]"])
    optimiser = torch.optim.SGD([ahead], lr=given["eta"], momentum=given["alpha"], nesterov=True)
    found: Values = {}
    for step in (1, 2):
        optimiser.zero_grad()
        _loss(ahead, step, given).backward()
        slope = ahead.grad.clone()
        found |= {f"p[{step}]": ahead.detach().clone(), f"g[{step}]": slope}
        found[f"w[{step}]"] = ahead.detach() - given["eta"] * slope
        optimiser.step()
    return found


def _loss(weight: Tensor, step: int, given: Given) -> Tensor:
    squares = (tensor(given["y"]) - weight * tensor(given["x"])) ** 2
    return squares[step - 1] if given["mode"] == "sgd" else squares.mean()


def _optimiser(name: str, **options: Any) -> Net:
    """An optimiser of PyTorch; an option in words is the given of this name."""

    def made(weight: Tensor, given: Given) -> torch.optim.Optimizer:
        put = {key: _put(value, given) for key, value in options.items()}
        return getattr(torch.optim, name)([weight], **put)

    return partial(two_steps, made)


def _put(value: Any, given: Given) -> Any:
    if isinstance(value, tuple):
        return tuple(_put(part, given) for part in value)
    return given[value] if isinstance(value, str) else value


OPTIMISERS: dict[str, Net] = {
    "adadelta-two-steps": _optimiser("Adadelta", lr=1.0, rho="rho", eps="eps"),
    "adagrad-two-steps": _optimiser("Adagrad", lr="eta", eps=0.0),
    "adam-two-steps": _optimiser("Adam", lr="eta", betas=("beta1", "beta2"), eps=0.0),
    "momentum-two-steps": _optimiser("SGD", lr="eta", momentum="alpha"),
    "nesterov-two-steps": looking_ahead,
    "rmsprop-two-steps": _optimiser("RMSprop", lr="eta", alpha="gamma", eps=0.0),
}
