"""Tree → numbers, for a whole batch at once: NumPy, or autograd's NumPy when a derivative is taken.

Values carry a leading batch axis (see `shapes`). Undefined results are NaN or infinite, never an exception: what they
mean is decided where they are used. Errors about shapes carry the span of the part they arose in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from grader.arrays import Floats
from grader.errors import ShapeFault
from grader.language import shapes
from grader.language.nodes import Array, Call, Name, Node, Number
from grader.language.primitives import CONSTANTS, PRIMITIVES, SPECIAL_FORMS

Values = Mapping[str, Any]


class Function(msgspec.Struct, frozen=True):
    """A function of the spec, `L(w): mean((y - w*x)^2)`."""

    parameters: tuple[str, ...]
    body: Node


class Scope(msgspec.Struct, frozen=True):
    """What names mean: batched `values`, `functions`, and `definitions` (steps in order) to differentiate through.

    `kept` names steps whose value stands even where their formula gives another (a student's own).
    """

    values: Values
    functions: Mapping[str, Function] = msgspec.field(default_factory=dict)
    definitions: Mapping[str, Node] = msgspec.field(default_factory=dict)
    xp: Any = np
    kept: frozenset[str] = frozenset()

    def having(self, values: Values, xp: Any | None = None) -> Scope:
        """The scope with other values on top."""
        return replace(self, values={**self.values, **values}, xp=xp or self.xp)


@cache
def bound_primitives(xp: Any) -> dict[str, Callable[..., Any]]:
    """Row name → function of the arrays, bound to one NumPy."""
    table: dict[str, Callable[..., Any]] = {}
    for name, row in PRIMITIVES.items():
        if isinstance(row.value, str):
            table[name] = getattr(xp, row.value)
        else:
            table[name] = partial(row.value, xp)
    return table


_CONSTANTS = {name: np.array([value]) for name, value in CONSTANTS.items()}


def evaluate(node: Node, scope: Scope | Values) -> Any:
    """The batched value of a tree, shape (N or 1, ...). Raises ShapeFault with its place, KeyError for a name."""
    if not isinstance(scope, Scope):
        scope = Scope(scope)
    with np.errstate(all="ignore"):
        return _value(node, scope, bound_primitives(scope.xp))


def _value(node: Node, scope: Scope, table: dict[str, Callable[..., Any]]) -> Any:
    if isinstance(node, Call):
        op = node.op
        function = table.get(op)
        if function is None:
            return _special(node, scope, table)
        args = node.args
        try:
            if len(args) == 2:
                return function(_value(args[0], scope, table), _value(args[1], scope, table))
            if len(args) == 1:
                return function(_value(args[0], scope, table))
            return function(*[_value(arg, scope, table) for arg in args])
        except ShapeFault as fault:
            if fault.span is None:
                fault.span = node.span
            raise
    if isinstance(node, Number):
        return np.array((float(node.text),))
    if isinstance(node, Name):
        value = scope.values.get(node.name)
        return _CONSTANTS[node.name] if value is None else value
    if isinstance(node, Array):
        return _array(node, scope, table)
    raise KeyError(node.base)


def _array(node: Array, scope: Scope, table: dict[str, Callable[..., Any]]) -> Any:
    literal = literal_array(node)
    if literal is not None:
        return literal
    try:
        return shapes.stack(scope.xp, [_value(item, scope, table) for item in node.items])
    except ShapeFault as fault:
        if fault.span is None:
            fault.span = node.span
        raise


def literal_array(node: Array) -> Floats | None:
    """The array at once where every entry is a literal, perhaps with a minus; None otherwise or when ragged."""
    numbers: list[Any] = []
    for item in node.items:
        if isinstance(item, Array):
            row = literal_array(item)
            if row is None:
                return None
            numbers.append(row[0])
        elif isinstance(item, Number):
            numbers.append(float(item.text))
        elif isinstance(item, Call) and item.op == "neg" and isinstance(item.args[0], Number):
            numbers.append(-float(item.args[0].text))
        else:
            return None
    try:
        return np.array((numbers,), dtype=float)
    except ValueError:  # ragged: the slow way names the row
        return None


def _special(node: Call, scope: Scope, table: dict[str, Callable[..., Any]]) -> Any:
    """User functions and the special forms (derivatives, repetition)."""
    from grader.language import calculus

    if node.op in SPECIAL_FORMS:
        return calculus.special_form(node, scope)
    function = scope.functions[node.op]
    arguments = [_value(arg, scope, table) for arg in node.args]
    inner = scope.having(dict(zip(function.parameters, arguments, strict=True)))
    return _value(function.body, inner, table)


def finite(value: Floats) -> NDArray[np.bool_]:
    """Which members of the batch are defined throughout, shape (N,)."""
    return np.asarray(np.isfinite(value).reshape(value.shape[0], -1).all(axis=1))
