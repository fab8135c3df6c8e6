"""High-precision evaluation at one point, to settle what doubles cannot: cancellation, overflow, hidden constants.

The same rows of the table as everywhere (column `mp`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, reduce
from math import prod
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.arrays import Floats
from grader.language.nodes import Array, Call, Name, Node, Number
from grader.language.primitives import PRIMITIVES

Real = Any
"""A number of mpmath, which has no types."""
Entries = NDArray[np.object_]
"""An array of such numbers, without a batch axis."""
Value = Real | Entries
Operation = Callable[..., Value]

DIGITS = 50
LARGEST_EXPONENT = 2**40
LARGEST_ANGLE_BITS = 2_000
LARGEST_POWER = 64  # of a matrix
OPERATIONS = 30_000
"""With numbers, in one value: some 0.3 s."""


class Undefined(ArithmeticError):
    """The expression has no real value at the point."""


class TooLarge(ArithmeticError):
    """The value exists but is beyond anything we compute with: a tower of powers, a primitive with no precise form."""


def precise_value(node: Node, point: Mapping[str, float | Floats], digits: int = DIGITS) -> Value:
    """The value at a point (doubles are taken exactly); raises Undefined or TooLarge."""
    import mpmath

    with mpmath.workdps(digits):
        values = {name: _exact(value, mpmath) for name, value in point.items()}
        return _Precise(mpmath, values, digits).value(node)


def _exact(value: float | Floats, mpmath: ModuleType) -> Value:
    array = np.asarray(value, dtype=float)
    return mpmath.mpf(float(array)) if array.ndim == 0 else np.vectorize(mpmath.mpf, otypes=[object])(array)


def vanishes(node: Node, point: Mapping[str, float | Floats], value: Real) -> bool:
    """Is this a true zero: the value shrinks as the precision grows (`sin(pi)` does, 1e-99 does not)."""
    if value == 0:
        return True
    if abs(value) > 1e-25:
        return False
    finer = precise_value(node, point, 8 * DIGITS)
    return bool(abs(finer) <= abs(value) * 1e-20)


class _Precise:
    def __init__(self, mp: ModuleType, values: Mapping[str, Value], digits: int) -> None:
        self.mp, self.values, self.left = mp, values, OPERATIONS
        self.zero = mp.mpf(10) ** (-(digits * 4) // 5)

    def value(self, node: Node) -> Value:
        if isinstance(node, Number):
            return self.mp.mpf(node.text)
        if isinstance(node, Name):
            return self.values[node.name] if node.name in self.values else getattr(self.mp, node.name) + 0
        if isinstance(node, Array):
            return np.array([self.value(item) for item in node.items], dtype=object)
        if not isinstance(node, Call):
            raise KeyError(node.base)
        arguments = [self.value(part) for part in node.args]
        self.spend(node.op, arguments)
        operation = _ARRAY_OPERATIONS.get(node.op)
        if operation is not None and (node.op not in _ALSO_SCALAR or any(isinstance(a, np.ndarray) for a in arguments)):
            return operation(self, *arguments)
        return self.entrywise(node.op, arguments)

    def spend(self, op: str, arguments: list[Value]) -> None:
        """Count the operations of one call; raises TooLarge where they are more than anybody waits for."""
        arrays = [argument for argument in arguments if isinstance(argument, np.ndarray)]
        work = max((array.size for array in arrays), default=1)
        if op == "kron":
            work = prod(array.size for array in arrays)
        elif op in _CUBIC:  # as many as a product has
            work *= max(max(array.shape) for array in arrays) if arrays else 1
            work *= int(min(abs(arguments[1]), LARGEST_POWER)) + 1 if op == "pow" and len(arrays) == 1 else 1
        self.left -= work
        if self.left < 0:
            raise TooLarge

    def entrywise(self, op: str, arguments: list[Value]) -> Value:
        function = self.scalar(op)
        if any(isinstance(argument, np.ndarray) for argument in arguments):
            return np.frompyfunc(function, len(arguments), 1)(*arguments)
        return function(*arguments)

    def scalar(self, op: str) -> Operation:
        """The guarded operation on mpmath numbers."""
        guarded = getattr(self, f"_{op}", None)
        if guarded is not None:
            return guarded  # type: ignore[no-any-return]
        simple = _SIMPLE.get(op)
        if simple is not None:
            return simple
        column = PRIMITIVES[op].mp
        if not column:
            raise TooLarge
        function = getattr(self.mp, column) if isinstance(column, str) else lambda *a: column(self.mp, *a)

        def safe(*numbers: Real) -> Real:
            if any(number != 0 and self.mp.mag(number) > LARGEST_ANGLE_BITS for number in numbers):
                raise TooLarge
            try:
                result = function(*numbers)
            except (ValueError, ZeroDivisionError) as error:
                raise Undefined from error
            if isinstance(result, self.mp.mpc) or not self.mp.isfinite(result):
                raise Undefined
            return result

        return safe

    def _div(self, a: Real, b: Real) -> Real:
        if abs(b) < self.zero and (b == 0 or abs(a) > abs(b) / self.zero):
            raise Undefined
        return a / b

    _ediv = _div

    def _inv(self, a: Real) -> Real:
        return self._div(self.mp.mpf(1), a)

    def _exp(self, a: Real) -> Real:
        if abs(a) > LARGEST_EXPONENT:
            raise TooLarge
        return self.mp.exp(a)

    def _sinh(self, a: Real) -> Real:
        return (self._exp(a) - self._exp(-a)) / 2 if abs(a) > 1 else self.mp.sinh(a)

    def _cosh(self, a: Real) -> Real:
        return (self._exp(a) + self._exp(-a)) / 2

    def _tanh(self, a: Real) -> Real:
        return self.mp.tanh(a) if abs(a) < 1000 else self.mp.sign(a)

    def _sigmoid(self, a: Real) -> Real:
        return 1 / (1 + self._exp(-a))

    def _ln(self, a: Real, base: Real = None) -> Real:
        if a <= 0 or (base is not None and (base <= 0 or base == 1)):
            raise Undefined
        return self.mp.log(a) if base is None else self.mp.log(a) / self.mp.log(base)

    def _pow(self, a: Real, b: Real) -> Real:
        """A real power: a negative base needs a whole exponent."""
        whole = self.mp.nint(b) if abs(b) < 1e30 else b
        if abs(b - whole) < self.zero:
            b = whole
        if a == 0:
            if b < 0:
                raise Undefined
            return self.mp.mpf(1 if b == 0 else 0)
        if a < 0 and b != whole:
            raise Undefined
        if abs(b) * (abs(self.mp.mag(a)) + 1) > LARGEST_EXPONENT:
            raise TooLarge
        return a ** (int(b) if b == whole else b)

    _epow = _pow


_SIMPLE: dict[str, Operation] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "emul": lambda a, b: a * b,
    "neg": lambda a: -a,
}  # fmt: skip


# ----- Arrays ----------------------------------------------------------------------------------------------------


def _rows(array: Entries) -> Entries:
    return array if array.ndim == 2 else array[:, None]


def _product(run: _Precise, a: Value, b: Value) -> Value:
    del run
    if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray):
        return a * b
    return _collapsed(_rows(a) @ _rows(b))


def _collapsed(product: Entries) -> Value:
    """A product of one column is a vector, of one entry a number."""
    if product.shape[1] > 1:
        return product
    return product[0, 0] if product.shape[0] == 1 else product[:, 0]


def _matrix(run: _Precise, array: Entries) -> Any:
    return run.mp.matrix(array.tolist())


def _inverse(run: _Precise, array: Entries) -> Entries:
    try:
        result = _matrix(run, array) ** -1
    except ZeroDivisionError as error:
        raise Undefined from error
    return np.array(result.tolist(), dtype=object)


def _matrix_power(run: _Precise, base: Entries, exponent: Value) -> Value:
    if base.ndim == 1:
        return np.frompyfunc(run.scalar("pow"), 2, 1)(base, exponent)
    times = int(exponent)
    base = _inverse(run, base) if times < 0 else base
    result = np.array(np.eye(base.shape[0], dtype=int).astype(object) * run.mp.mpf(1))
    for _ in range(abs(times)):
        result = result @ base
    return result


def _transpose(run: _Precise, a: Entries) -> Entries:
    del run
    return a[None, :] if a.ndim == 1 else a[0] if a.shape[0] == 1 else a.T


def _diagonal(run: _Precise, a: Entries) -> Entries:
    if np.ndim(a) == 2:
        return np.diagonal(a)
    entries, zero = np.ravel(a), run.mp.mpf(0)
    rows = [[entry if i == j else zero for j in range(len(entries))] for i, entry in enumerate(entries)]
    return np.array(rows if np.ndim(a) else rows[0], dtype=object)


def _kronecker(run: _Precise, a: Value, b: Value) -> Value:
    if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray):
        return a * b
    del run
    return _collapsed(np.kron(_rows(a), _rows(b)))


def _softmax(run: _Precise, a: Entries) -> Entries:
    powers = np.frompyfunc(run.scalar("exp"), 1, 1)(a)
    shares: Entries = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _alone(operation: Operation) -> Operation:
    """An operation that needs no precision of its own."""
    return lambda _, *arrays: operation(*arrays)


def _extreme(choose: Operation, *parts: Value) -> Value:
    """The largest or smallest entry of one array; of several, entry by entry."""
    return choose(np.ravel(parts[0])) if len(parts) == 1 else reduce(np.frompyfunc(choose, 2, 1), parts)


_ARRAY_OPERATIONS: dict[str, Operation] = {
    "mul": _product, "transpose": _transpose, "inv": _inverse, "pow": _matrix_power, "diag": _diagonal,
    "softmax": _softmax, "det": lambda run, a: run.mp.det(_matrix(run, a)),
    **dict.fromkeys(("norm", "norm2"), lambda run, a: run.mp.sqrt((a * a).sum())),
    "vec": _alone(lambda a: a.T.ravel()), "kron": _kronecker,
    "tr": _alone(np.trace), "sum": _alone(np.sum), "mean": _alone(lambda a: a.sum() / a.size),
    "dot": _alone(lambda a, b: np.sum(a * b)),
    "max": _alone(partial(_extreme, max)), "min": _alone(partial(_extreme, min)),
}  # fmt: skip
_CUBIC = {"mul", "pow", "inv", "det"}
_ALSO_SCALAR = {"mul", "pow", "transpose", "inv", "sum", "mean", "norm", "norm2", "tr", "det", "vec", "kron"}
_SIMPLE |= dict.fromkeys(("transpose", "sum", "mean", "tr", "det", "vec"), lambda a: a)
_SIMPLE |= {"norm": abs, "norm2": abs, "kron": _SIMPLE["mul"]}
