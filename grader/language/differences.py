"""Derivative forms by central differences: the check of gradients and Jacobians that is independent of autograd."""

from __future__ import annotations

import numpy as np

from grader.arrays import Floats
from grader.language import shapes
from grader.language.calculus import ArrayFunction
from grader.language.evaluate import as_function
from grader.language.nodes import Call
from grader.language.scope import Scope


def finite_difference(function: ArrayFunction, point: Floats, step: float = 1e-5) -> Floats:
    """Central differences, (N, outputs, inputs)."""
    size, inputs = point.shape[0], int(np.prod(point.shape[1:]))
    columns = []
    for entry in range(inputs):
        shift = np.zeros((size, inputs))
        shift[:, entry] = step
        moved = shift.reshape(point.shape)
        change = (function(point + moved) - function(point - moved)) / (2 * step)
        columns.append(np.broadcast_to(change, (size, *change.shape[1:])).reshape(size, -1))
    return np.stack(columns, axis=-1)


def check_derivative(node: Call, scope: Scope) -> Floats:
    """A derivative form, in the shape the form has."""
    function, point = as_function(node, scope)
    point = np.asarray(point, dtype=float)
    if node.op == "hessian":
        return finite_difference(lambda z: finite_difference(function, z, 1e-4)[:, 0], point, 1e-4)
    table = finite_difference(function, point)
    if node.op in ("grad", "diff"):
        return table[:, 0].reshape(point.shape)
    return np.asarray(shapes.collapse(table))
