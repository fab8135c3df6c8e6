"""Convolution and pooling in PyTorch: values and gradients by its autograd, from the givens alone.

A row of WINDOWS is one as in `torch_nets.NETS`. What is not shaped as a batch of images with channels is made so here.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional
from torch_nets import Given, Net, Values, leaf, tensor


def image(values: Tensor) -> Tensor:
    """A batch of one image of one channel."""
    return values[None, None]


def convolution(given: Given) -> Values:
    inputs, kernel = image(tensor(given["X"])), image(tensor(given["K"]))
    plain, strided = (functional.conv2d(inputs, kernel, stride=stride)[0, 0] for stride in (1, 2))
    padded = functional.conv2d(inputs, kernel, padding=1)[0, 0]
    return {"Y": plain, "Y2": strided, "U": padded, "P": padded[0]}


def convolution_back(given: Given) -> Values:
    inputs, kernel, bias = leaf(given["X"]), leaf(given["K"]), leaf(0.0)
    out = functional.conv2d(image(inputs), image(kernel), bias[None])[0, 0]
    by_kernel, by_inputs, by_bias = torch.autograd.grad(out, (kernel, inputs, bias), tensor(given["G"]))
    return {"dK": by_kernel, "dX": by_inputs, "db": by_bias}


def pooling(given: Given) -> Values:
    inputs = image(tensor(given["X"]))
    return {
        "M": functional.max_pool2d(inputs, 2)[0, 0],
        "A": functional.avg_pool2d(inputs, 2)[0, 0],
        "O": functional.max_pool2d(inputs, 3, stride=2)[0, 0],
        "m": functional.adaptive_avg_pool2d(inputs, 1)[0, 0, 0, 0],
    }


def pooling_back(given: Given) -> Values:
    large, small, sent = leaf(given["X"]), leaf(given["Z"]), tensor(given["G"])

    def back(inputs: Tensor, layer: Callable[[Tensor], Tensor]) -> tuple[Tensor, Tensor]:
        out = layer(image(inputs))[0, 0]
        return out, torch.autograd.grad(out, inputs, sent)[0]

    largest, by_largest = back(large, lambda x: functional.max_pool2d(x, 2))
    _, by_mean = back(large, lambda x: functional.avg_pool2d(x, 2))
    overlapping, by_overlapping = back(small, lambda x: functional.max_pool2d(x, 2, stride=1))
    return {"P": largest, "dX": by_largest, "dA": by_mean, "Q": overlapping, "dZ": by_overlapping}


def moving_average(given: Given) -> Values:
    series, width = tensor(given["x"]), int(given["w"])
    kernel = torch.full((1, 1, width), 1 / width, dtype=torch.float64)
    means = functional.conv1d(functional.pad(series, (width - 1, 0))[None, None], kernel)[0, 0]
    return {"A": means[width - 1 :], "P": means[: width - 1]}


def as_matrix(given: Given) -> Values:
    kernel = image(tensor(given["K"]))
    pixels = torch.eye(9, dtype=torch.float64).reshape(9, 1, 3, 3)
    return {"W": functional.conv2d(pixels, kernel).reshape(9, 4)}


def detector(given: Given) -> Values:
    kernel = image(tensor(given["D"]))
    responses = [functional.conv2d(image(tensor(given[f"S[{number}]"])), kernel)[0, 0] for number in range(1, 7)]
    return {"V[1]": responses[0], "R": torch.stack([each.max() for each in responses])}


WINDOWS: dict[str, Net] = {
    "conv-as-matrix": as_matrix,
    "conv-backward": convolution_back,
    "conv2d-by-hand": convolution,
    "cross-or-nought": detector,
    "maxpool-backward": pooling_back,
    "moving-average-conv": moving_average,
    "pooling-by-hand": pooling,
}
