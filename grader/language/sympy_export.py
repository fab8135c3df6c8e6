"""Tree → SymPy, for an independent check of our derivatives. SymPy is imported on the first use.

Numbers become expressions with exact rationals, arrays become explicit matrices of symbols A_11, A_12, ...;
a vector is a column. What a function is, the column `sympy` of the table of primitives says: no text is
evaluated.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

from grader.arrays import Shape
from grader.errors import AuthorError
from grader.language.nodes import Array, Call, Name, Node, Number
from grader.language.primitives import CONSTANTS, PRIMITIVES, Primitive

Expression = Any
"""An expression or a Matrix of SymPy, which has no types."""
Operation = Callable[..., Expression]


def to_sympy(node: Node, positive: Collection[str] = (), shapes: Mapping[str, Shape] | None = None) -> Expression:
    """A SymPy expression, or a Matrix where the tree is an array.

    Symbols are real, those of `positive` names positive; names missing from `shapes` are numbers.
    Raises AuthorError `sympy-no-row` for what SymPy has no word for.
    """
    return _Export(frozenset(positive), shapes or {}).of(node)


@cache
def _sympy() -> Any:
    import sympy

    return sympy


def _entrywise(function: Operation, args: list[Expression]) -> Expression:
    """The function on every entry; numbers go with every entry of a matrix."""
    array = next((arg for arg in args if _is_matrix(arg)), None)
    if array is None:
        return function(*args)
    columns = [list(arg) if _is_matrix(arg) else [arg] * len(array) for arg in args]
    return _sympy().Matrix(*array.shape, [function(*entries) for entries in zip(*columns, strict=True)])


def _is_matrix(value: Expression) -> bool:
    return isinstance(value, _sympy().MatrixBase)


def _collapsed(value: Expression) -> Expression:
    """A 1 x 1 matrix is a number."""
    return value[0, 0] if _is_matrix(value) and value.shape == (1, 1) else value


def _power(base: Expression, exponent: Expression) -> Expression:
    whole = _is_matrix(base) and base.rows == base.cols
    return base**exponent if whole else _entrywise(operator.pow, [base, exponent])


_OPERATORS: dict[str, Operation] = {
    "add": lambda *args: _entrywise(operator.add, list(args)),
    "sub": lambda *args: _entrywise(operator.sub, list(args)),
    "emul": lambda *args: _entrywise(operator.mul, list(args)),
    "div": lambda *args: _entrywise(operator.truediv, list(args)),
    "ediv": lambda *args: _entrywise(operator.truediv, list(args)),
    "epow": lambda *args: _entrywise(operator.pow, list(args)),
    "mul": lambda left, right: _collapsed(left * right),
    "neg": operator.neg,
    "pow": _power,
    "transpose": lambda value: value.T if _is_matrix(value) else value,
}


class _Export:
    def __init__(self, positive: frozenset[str], shapes: Mapping[str, Shape]) -> None:
        self.positive, self.shapes, self.sympy = positive, shapes, _sympy()

    def of(self, node: Node) -> Expression:
        match node:
            case Number(text):
                return self.sympy.Rational(text)
            case Name(name):
                return self.name(name)
            case Array(items):
                rows = [list(row.items) if isinstance(row, Array) else [row] for row in items]
                return self.sympy.Matrix([[self.of(entry) for entry in row] for row in rows])
            case Call(op, args):
                return self.call(op, [self.of(arg) for arg in args])
        raise AuthorError("sympy-no-row", function=f"{node.base}[ ]")

    def name(self, name: str) -> Expression:
        shape = self.shapes.get(name, ())
        if name in CONSTANTS and name not in self.shapes:
            return {"pi": self.sympy.pi, "e": self.sympy.E}[name]
        if not shape:
            return self.symbol(name, name)
        if len(shape) == 1:
            return self.sympy.Matrix([self.symbol(name, f"{name}_{row + 1}") for row in range(shape[0])])
        entry = lambda row, column: self.symbol(name, f"{name}_{row + 1}{column + 1}")  # noqa: E731
        return self.sympy.Matrix(*shape, entry)

    def symbol(self, name: str, label: str) -> Expression:
        return self.sympy.Symbol(label, real=True, positive=True if name in self.positive else None)

    def call(self, op: str, args: list[Expression]) -> Expression:
        if op in _OPERATORS:
            return _OPERATORS[op](*args)
        row = PRIMITIVES.get(op)
        if row is None or not row.sympy:
            raise AuthorError("sympy-no-row", function=op)
        if row.entrywise:
            return _entrywise(self.function(row), args)
        matrices = [arg if _is_matrix(arg) else self.sympy.Matrix([arg]) for arg in args]
        return _collapsed(self.function(row)(*matrices))

    def function(self, row: Primitive) -> Operation:
        if isinstance(row.sympy, str):
            function: Operation = getattr(self.sympy, row.sympy)
            return function
        value = row.sympy
        return lambda *args: value(self.sympy, *args)
