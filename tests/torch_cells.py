"""The gated cells in PyTorch: its own LSTMCell and GRUCell with the weights of a variant, from the givens alone.

A row of CELLS is a family and a function of one variant's givens to the values of the steps it speaks for.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch_nets import Given, Net, Values, tensor


def filled(cell: nn.RNNCellBase, given: Given, gates: str, signs: tuple[float, ...] = ()) -> None:
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
    """The gates are read off the cell: with the other gates shut or open by force nothing else moves it."""
    cell = nn.LSTMCell(1, 1, dtype=torch.float64)
    filled(cell, given, "ifgo")
    x, h, c = row(given["x"]), row(given["h0"]), row(given["c0"])
    new_h, new_c = cell(x, (h, c))
    at_zero = cell(x, (h, row(0.0)))[1]  # i g
    forget = (new_c - at_zero) / c
    out = new_h / torch.tanh(new_c)
    return {"f": forget.squeeze(), "o": out.squeeze(), "c": new_c.squeeze(), "h": new_h.squeeze()}


def gru(given: Given) -> Values:
    """PyTorch keeps the share z of the old state; where z is the share of the candidate, its gate is turned round."""
    cell = nn.GRUCell(1, 1, dtype=torch.float64)
    filled(cell, given, "rzn", (1.0, 1.0 if given["mix"] == "keep" else -1.0, 1.0))
    return {"h": cell(row(given["x"]), row(given["h0"])).squeeze()}


CELLS: dict[str, Net] = {"gru-cell-step": gru, "lstm-cell-step": lstm}
