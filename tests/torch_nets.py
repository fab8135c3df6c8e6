"""The nets of the backward families in PyTorch: values and gradients by its autograd, from the givens alone.

A row of NETS is a family and a function of one variant's givens (numbers, arrays as tensors, choices of the form as
words) to the values of the steps it speaks for. Nothing here is shared with the formulas of the bank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

Given = Mapping[str, Any]
Values = dict[str, Any]
Net = Callable[[Given], Values]
ACTIVATIONS = {"logsig": torch.sigmoid, "tansig": torch.tanh, "rect": torch.relu}


def leaf(value: Any) -> Tensor:
    """A number or an array that is differentiated by."""
    return torch.as_tensor(value, dtype=torch.float64).clone().requires_grad_(True)


def tensor(value: Any) -> Tensor:
    return torch.as_tensor(value, dtype=torch.float64)


def grads(of: Tensor, *by: Tensor) -> tuple[Tensor, ...]:
    return torch.autograd.grad(of, by, retain_graph=True)


def linear_layer(given: Given) -> Values:
    inputs, weights, bias = leaf(given["X"]), leaf(given["W"]), leaf(given["b"])
    out = functional.linear(inputs, weights.T, bias)
    by_inputs, by_weights, by_bias = torch.autograd.grad(out, (inputs, weights, bias), tensor(given["G"]))
    return {"Z": out, "dX": by_inputs, "dW": by_weights, "db": by_bias}


def activation(given: Given) -> Values:
    sums = given["R"] if given["act"] == "rect" else [[given["h[1]"], given["h[2]"]], [given["h[3]"], given["h[4]"]]]
    sums = leaf(sums)
    out = ACTIVATIONS[given["act"]](sums)
    (slopes,) = grads(out.sum(), sums)
    (back,) = torch.autograd.grad(out, sums, tensor(given["G"]))
    return {"O": out, "D": slopes, "dH": back}


def relu_net(given: Given) -> Values:
    first, second = leaf(given["W1"]), leaf(given["W2"])
    sums = tensor(given["X"]) @ first
    out = torch.relu(sums)
    forecast = out @ second
    loss = functional.mse_loss(forecast, tensor(given["y"])) / 2
    error, by_out, by_sums, by_first, by_second = grads(loss, forecast, out, sums, first, second)
    with torch.no_grad():
        new = [weights - given["eta"] * by for weights, by in ((first, by_first), (second, by_second))]
    return {
        "H": sums, "O": out, "yhat": forecast, "L": loss, "d": error, "dO": by_out, "dH": by_sums,
        "dW1": by_first, "dW2": by_second, "V1": new[0], "V2": new[1],
    }  # fmt: skip


def logistic_head(given: Given) -> Values:
    out, weights = leaf(given["O"]), leaf(given["w"])
    sums = out @ weights
    reduction = "mean" if given["loss"] == "average" else "sum"
    loss = functional.binary_cross_entropy_with_logits(sums, tensor(given["y"]), reduction=reduction)
    by_sums, by_weights, by_out = grads(loss, sums, weights, out)
    new = weights - given["eta"] * by_weights
    return {
        "p": torch.sigmoid(sums), "L": loss, "d": by_sums, "dw": by_weights, "dO": by_out, "v": new,
    }  # fmt: skip


def sigmoid_net(given: Given) -> Values:
    first, second = leaf(given["W1"]), leaf(given["w2"])
    sums = tensor(given["x"]) @ first
    out = torch.sigmoid(sums)
    forecast = out @ second + given["b2"]
    loss = functional.mse_loss(forecast, tensor(given["y"])) / 2
    error, by_second, by_sums, by_first = grads(loss, forecast, second, sums, first)
    return {"o": out, "yhat": forecast, "d": error, "dw2": by_second, "dh": by_sums, "dW1": by_first}


def layer_in_numbers(given: Given) -> Values:
    """The derivative of the activation at the sums whose outputs are given."""
    out, weights = tensor(given["S"]), tensor(given["v"])
    sums = leaf(torch.logit(out) if given["act"] == "logsig" else torch.atanh(out))
    forecasts = ACTIVATIONS[given["act"]](sums) @ weights
    return {"B": torch.autograd.grad(forecasts, sums, tensor(given["g"]))[0]}


def squared_neuron(given: Given) -> Values:
    weights = [leaf(given[name]) for name in ("w", "b", "v")]
    forecast = weights[2] * (weights[0] * given["x"] + weights[1]) ** 2
    return {"gw": grads((forecast - given["y"]) ** 2 / 2, *weights)[0]}


def scalar_chain(given: Given) -> Values:
    weights = [leaf(given[f"w[{number}]"]) for number in (1, 2, 3)]
    act = ACTIVATIONS[given["act"]]
    below = weights[0] * given["x"]
    first = act(below)
    above = weights[1] * first
    second = act(above)
    forecast = weights[2] * second
    loss = (forecast - given["y"]) ** 2 / 2
    error, by_above, by_below, *by_weights = grads(loss, forecast, above, below, *weights)
    new = [float(weight.detach() - given["eta"] * by) for weight, by in zip(weights, by_weights, strict=True)]
    return {
        "o1": first, "o2": second, "yhat": forecast, "L": loss, "d3": error, "d2": by_above, "d1": by_below,
        "g": [float(by) for by in by_weights], "wnew": new,
    }  # fmt: skip


def from_zero(given: Given) -> Values:
    weights = [leaf(torch.zeros(2, 2)), leaf(torch.zeros(2, 2)), leaf(torch.zeros(2))]
    optimiser = torch.optim.SGD(weights, lr=given["eta"])
    found: Values = {}
    for step, number in enumerate(given["order"], 1):
        hidden = torch.sigmoid(tensor(given["X"][int(number) - 1]) @ weights[0])
        forecast = torch.sigmoid(hidden @ weights[1]) @ weights[2]
        loss = (forecast - given["y"][int(number) - 1]) ** 2 / 2
        (error,) = grads(loss, forecast)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        found |= {f"yhat[{step}]": forecast, f"d[{step}]": error}
        found |= {f"W{number}[{step}]": each.detach().clone() for number, each in enumerate(weights, 1)}
    return found


def paths(given: Given) -> Values:
    x, y = leaf(given["x0"]), leaf(given["y0"])
    a, b, c = given["p"] * x**2, given["q"] * x * y, given["r"] * x + given["s"] * y
    e = c ** int(float(given["m"]))
    total = a + b + e
    (steep,) = grads(e, c)
    (ax,), (bx, by), (cx, cy) = grads(a, x), grads(b, x, y), grads(c, x, y)
    whole = grads(total, x, y)
    return {
        "F": total, "de": steep, "px": [float(ax), float(bx), float(cx * steep)], "py": [float(by), float(cy * steep)],
        "dfdx": whole[0], "dfdy": whole[1],
    }  # fmt: skip


def softmax(given: Given) -> Values:
    logits = leaf(given["z"])
    loss = functional.cross_entropy(logits[None], torch.tensor([int(given["c"]) - 1]))
    return {"p": torch.softmax(logits, 0), "g": grads(loss, logits)[0]}


def softmax_loss(given: Given) -> Values:
    logits, true = tensor(given["Z"]), torch.tensor([int(number) - 1 for number in given["c"]])
    each = functional.cross_entropy(logits, true, reduction="none")
    loss = each.mean() if given["reduction"] == "average" else each.sum()
    return {"loss": loss, "l[1]": each[0], "l[2]": each[1]}


def logistic_step(given: Given) -> Values:
    weight = leaf(given["w0"])
    logit = weight * given["x"]
    loss = functional.binary_cross_entropy_with_logits(logit, tensor(float(given["y"])))
    (by,) = grads(loss, weight)
    return {"p": torch.sigmoid(logit), "l": loss, "g": by, "w1": weight - given["gamma"] * by}


def logistic_points(given: Given) -> Values:
    weights = leaf([given["b0"], given["b1"]])
    logits = weights[0] + weights[1] * tensor(given["x"])
    reduction = "mean" if given["reduction"] == "average" else "sum"
    loss = functional.binary_cross_entropy_with_logits(logits, tensor(given["y"]), reduction=reduction)
    return {"p": torch.sigmoid(logits), "L": loss, "G": grads(loss, weights)[0]}


def logistic_penalty(given: Given) -> Values:
    weights = leaf(given["w"])
    margins = tensor(given["y"]) * (tensor(given["X"]) @ weights)
    loss = functional.softplus(-margins).sum() + given["lambda"] * (weights**2).sum()
    (by,) = grads(loss, weights)
    return {"L": loss, "g": by, "u": weights - given["gamma"] * by}


def rectified(given: Given) -> Values:
    inputs, slope, back = leaf(given["z"]), leaf([given["alpha"]]), tensor(given["g"])
    plain, bent = torch.relu(inputs), functional.prelu(inputs[None], slope)[0]
    by_plain = torch.autograd.grad(plain, inputs, back)[0]
    by_bent, by_slope = torch.autograd.grad(bent, (inputs, slope), back)
    return {"y0": plain, "r0": by_plain, "y": bent, "r": by_bent, "dalpha": by_slope[0]}


def hyperbolic(given: Given) -> Values:
    """The layer at the inputs whose outputs are given; the single value at ln k/(2a)."""
    point, layer = (
        leaf(torch.log(tensor(given["k"])) / (2 * given["a"])),
        leaf(torch.atanh(tensor(given["h"])) / given["a"]),
    )
    value, out = torch.tanh(given["a"] * point), torch.tanh(given["a"] * layer)
    back = torch.autograd.grad(out, layer, tensor(given["g"]))[0]
    return {"y0": value, "d0": grads(value, point)[0], "r": back}


def steep_sigmoid(given: Given) -> Values:
    """The layer at the inputs whose outputs are given."""
    layer = leaf(torch.logit(tensor(given["S"])) / given["a"])
    out = torch.sigmoid(given["a"] * layer)
    return {"r": torch.autograd.grad(out, layer, tensor(given["G"]))[0]}


def counts(given: Given) -> Values:
    weight = leaf(given["w"])
    log_rate = weight * given["x"] + given["b"]
    rest = torch.lgamma(tensor(given["y"]) + 1)
    loss = functional.poisson_nll_loss(log_rate, tensor(given["y"]), log_input=True) + rest
    by_sum, by_weight = grads(loss, log_rate, weight)
    return {"lambda": torch.exp(log_rate), "l": loss, "d": by_sum, "g": by_weight}


def labels(given: Given) -> Values:
    logits = leaf(torch.logit(tensor(given["p"])))
    each = functional.binary_cross_entropy_with_logits(logits, tensor(given["y"]), reduction="none")
    return {"l": each, "L": each.sum(), "g": grads(each.sum(), logits)[0]}


def hinge_step(given: Given) -> Values:
    weights = leaf([*given["w"], given["b"]])
    margins = tensor(given["y"]) * (tensor(given["X"]) @ weights[:2] + weights[2])
    mean = torch.relu(1 - margins).mean()
    objective = mean + given["lambda"] * (weights**2).sum()
    (by_mean,), (by,) = grads(mean, weights), grads(objective, weights)
    return {"m": margins, "d": by_mean, "g": by, "t": weights - given["alpha"] * by}


def scaled_sigmoid(given: Given) -> Values:
    logit = leaf(given["z"])
    out = given["lo"] + (given["hi"] - given["lo"]) * torch.sigmoid(logit)
    (slope,) = grads(out, logit)
    return {"h": out, "d": slope, "g": grads((out - given["y"]) ** 2, logit)[0]}


def batchnorm(given: Given) -> Values:
    batch, scale, shift = leaf(given["x"]), leaf([given["gamma"]]), leaf([given["beta"]])
    out = functional.batch_norm(batch[:, None], None, None, scale, shift, training=True, eps=1e-300)[:, 0]
    by_batch, by_scale, by_shift = torch.autograd.grad(out, (batch, scale, shift), tensor(given["g"]))
    return {"dx": by_batch, "dgamma": by_scale[0], "dbeta": by_shift[0]}


def dropout(given: Given) -> Values:
    """With the mask that was drawn, as PyTorch's own dropout scales: by 1/(1 - p)."""
    inputs = leaf(given["h"])
    out = inputs * tensor(given["m"]) / (1 - given["p"])
    return {"y": out, "r": torch.autograd.grad(out, inputs, tensor(given["g"]))[0]}


def vector_step(given: Given) -> Values:
    weights = leaf(given["w"])
    (by,) = grads(((tensor(given["y"]) - tensor(given["X"]) @ weights) ** 2).sum(), weights)
    return {"g": by, "u": weights - given["gamma"] * by}


NETS: dict[str, Net] = {
    "activation-layer-backward": activation,
    "backprop-layer-formulas": layer_in_numbers,
    "backprop-relu-two-layer": relu_net,
    "backprop-scalar-chain": scalar_chain,
    "backprop-sigmoid-logloss": logistic_head,
    "backprop-two-layer-sigmoid": sigmoid_net,
    "backprop-zero-init-two-steps": from_zero,
    "batchnorm-backward": batchnorm,
    "gradient-check": squared_neuron,
    "graph-path-sum": paths,
    "hinge-svm-step": hinge_step,
    "inverted-dropout": dropout,
    "linear-layer-backward": linear_layer,
    "linreg-gd-vector-step": vector_step,
    "logloss-three-points": logistic_points,
    "logreg-gd-step": logistic_step,
    "logreg-l2-gradient": logistic_penalty,
    "multilabel-bce": labels,
    "poisson-loss": counts,
    "relu-forward-backward": rectified,
    "scaled-sigmoid-output": scaled_sigmoid,
    "sigmoid-layer-formulas": steep_sigmoid,
    "softmax-gradient": softmax,
    "softmax-logloss": softmax_loss,
    "tanh-derivative": hyperbolic,
}
