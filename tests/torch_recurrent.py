"""Recurrent nets in PyTorch: its own layer and cells, and the way back through time by its autograd.

A row of RECURRENT is a family and a function of one variant's givens to the values of the steps it speaks for.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import RNN, GRUCell, LSTMCell, RNNCellBase, functional
from torch_nets import Given, Net, Values, grads, leaf, tensor


def through_time(given: Given) -> Values:
    """A leaky cell over three times, its forecasts and their mean squared error."""
    read_out, inward, around = (leaf(given[name]) for name in "uvw")
    states, forecasts = [leaf(given["h[0]"])], []
    for time in (1, 2, 3):
        states.append(functional.leaky_relu(inward * given[f"x[{time}]"] + around * states[-1], given["c"]))
        forecasts.append(read_out * states[-1])
    made = torch.stack(forecasts)
    loss = functional.mse_loss(made, tensor([given[f"y[{time}]"] for time in (1, 2, 3)]))
    by_made, second, first, *by = grads(loss, made, states[2], states[1], read_out, inward, around)
    weights = (read_out, inward, around)
    new = [float(weight.detach() - given["eta"] * slope) for weight, slope in zip(weights, by, strict=True)]
    return {"d": by_made, "q2": second, "q1": first, "du": by[0], "dv": by[1], "dw": by[2], "new": new}


def two_cells(given: Given) -> Values:
    """`torch.nn.RNN` with ReLU; its second bias is 0."""
    layer = RNN(2, 2, nonlinearity="relu").double()
    with torch.no_grad():
        for part, name in (("weight_ih_l0", "V"), ("weight_hh_l0", "W"), ("bias_ih_l0", "b")):
            getattr(layer, part).copy_(tensor(given[name]))
        layer.bias_hh_l0.zero_()
        states, _ = layer(tensor([given["x[1]"], given["x[2]"]]), tensor(given["h[0]"])[None])
        out = states @ tensor(given["U"]).T + tensor(given["c"])
    return {"h[1]": states[0], "h[2]": states[1], "y[1]": out[0], "y[2]": out[1]}


def filled(cell: RNNCellBase, given: Given, gates: str, signs: tuple[float, ...] = ()) -> None:
    """Put the weights of the gates in PyTorch's order; it has a second bias, which stays 0."""
    by_sign = zip(gates, signs or (1.0,) * len(gates), strict=True)
    rows = [[float(given[f"{letter}{gate}"]) * sign for letter in "WVb"] for gate, sign in by_sign]
    inputs, state, bias = tensor(rows).T
    with torch.no_grad():
        cell.weight_ih.copy_(inputs[:, None])
        cell.weight_hh.copy_(state[:, None])
        cell.bias_ih.copy_(bias)
        cell.bias_hh.zero_()


def row(value: object) -> Tensor:
    return tensor(value).reshape(1, 1)


def lstm(given: Given) -> Values:
    """PyTorch shows no gates; those of the old state and of the output follow from what comes out."""
    cell = LSTMCell(1, 1, dtype=torch.float64)
    filled(cell, given, "ifgo")
    x, h, c = row(given["x"]), row(given["h0"]), row(given["c0"])
    new_h, new_c = cell(x, (h, c))
    at_zero = cell(x, (h, row(0.0)))[1]  # i g
    forget = (new_c - at_zero) / c
    out = new_h / torch.tanh(new_c)
    return {"f": forget.squeeze(), "o": out.squeeze(), "c": new_c.squeeze(), "h": new_h.squeeze()}


def gru(given: Given) -> Values:
    """PyTorch keeps the share z of the old state; where z is the share of the candidate, its gate is turned round."""
    cell = GRUCell(1, 1, dtype=torch.float64)
    filled(cell, given, "rzn", (1.0, 1.0 if given["mix"] == "keep" else -1.0, 1.0))
    return {"h": cell(row(given["x"]), row(given["h0"])).squeeze()}


RECURRENT: dict[str, Net] = {
    "gru-cell-step": gru,
    "lstm-cell-step": lstm,
    "rnn-bptt": through_time,
    "rnn-equations-forward": two_cells,
}
