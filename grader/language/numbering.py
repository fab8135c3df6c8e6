"""Which parts of formulas are the same quantity, whatever names they go through: every quantity has a number.

    h: w*x    o: sigmoid(h)    d: e*sigmoid(w*x)*(1 - sigmoid(h))

Here `o`, `sigmoid(h)` and `sigmoid(w*x)` have one number. Names that have a formula count as that formula, functions
are written out, and a few ways to write the same thing (`1/(1 + exp(-a))`, `A^-1`) are one.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from functools import cache

import msgspec

from grader.language.exact import ONE
from grader.language.functions import Function, inlined
from grader.language.nodes import Array, Call, Name, Node, Number, names
from grader.language.parser import parse
from grader.language.primitives import SPECIAL_FORMS

_COMMUTE = frozenset({"add", "emul", "dot"})
_ARITHMETIC: dict[str, Callable[..., float]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "neg": operator.neg
}  # fmt: skip
_BIND_NOTHING: Mapping[str, int] = {}


class Identity(msgspec.Struct, frozen=True):
    """Where `of(a)` is known to be u, `part` can be computed from it, as `instead`."""

    of: str
    part: str
    instead: str


IDENTITIES = (
    Identity("sigmoid", "sigmoid(-a)", "1 - u"),
    Identity("sigmoid", "1 + exp(-a)", "1/u"),
    Identity("sigmoid", "exp(-a)", "1/u - 1"),
    Identity("tanh", "cosh(a)^2", "1/(1 - u^2)"),
    Identity("tan", "cos(a)^2", "1/(1 + u^2)"),
    Identity("relu", "step(a)", "step(u)"),
    Identity("softplus", "sigmoid(a)", "1 - exp(-u)"),
    Identity("exp", "exp(-a)", "1/u"),
    Identity("sqrt", "a", "u^2"),
    Identity("det", "inv(a)", "inv(a)*det(a)/u"),
    Identity("sum", "mean(a)", "u/sum(0*a + 1)"),
    Identity("mean", "sum(a)", "u*sum(0*a + 1)"),
)
"""What a derivative, an inverse or a mean is taken from in a notebook: o(1 - o), the determinant, the sum.

The derivatives of sigmoid, tanh, exp and sqrt have the function itself in them and need no row.
"""


@cache
def pattern(text: str) -> Node:
    """The tree of a formula in a (the argument) and u (what is known)."""
    return parse(text, frozenset({"a", "u"}))


class Numbering:
    """The numbers of quantities, given out as formulas are met; `definitions` are the formulas of names."""

    def __init__(self, definitions: Mapping[str, Node], functions: Mapping[str, Function]) -> None:
        self.definitions, self.functions = definitions, functions
        self.numbers: dict[Hashable, int] = {}
        self.trees: list[Node] = []  # by number, each as it was met first
        self.keys: list[tuple[Hashable, ...]] = []
        self.known: dict[Node, int] = {}

    def of(self, tree: Node, bound: Mapping[str, int] = _BIND_NOTHING) -> int:
        """The number of a quantity; names in `bound` have that number."""
        if bound and not names(tree).isdisjoint(bound):
            return self._of(tree, bound)
        number = self.known.get(tree)
        if number is None:
            number = self.known[tree] = self._of(tree, _BIND_NOTHING)
        return number

    def argument(self, number: int, function: str) -> int | None:
        """The number of a where the quantity is function(a)."""
        op, *arguments = self.keys[number]
        return arguments[0] if op == function and len(arguments) == 1 else None  # type: ignore[return-value]

    def constant(self, number: int) -> float | None:
        """The value of a quantity that is a number of the formula itself."""
        op, *arguments = self.keys[number]
        return arguments[0] if op == "number" else None  # type: ignore[return-value]

    def parameters(self, names_of: tuple[str, ...]) -> dict[str, int]:
        """Numbers for the parameters of a function, which are nobody's quantities outside it."""
        return {name: self._numbered(("parameter", name), Name(name)) for name in names_of}

    def _of(self, tree: Node, bound: Mapping[str, int]) -> int:
        if isinstance(tree, Name):
            if tree.name in bound:
                return bound[tree.name]
            formula = self.definitions.get(tree.name)
            return self._numbered(("name", tree.name), tree) if formula is None else self.of(formula)
        if isinstance(tree, Number):
            return self._numbered(("number", tree.value), tree)
        if isinstance(tree, Array):
            return self._numbered(("array", *(self.of(item, bound) for item in tree.items)), tree)
        if not isinstance(tree, Call) or tree.op in SPECIAL_FORMS:
            return self._numbered(("as written", tree), tree)
        if tree.op in self.functions:
            return self.of(inlined(tree, self.functions), bound)
        return self._of_call(tree.op, [self.of(arg, bound) for arg in tree.args], tree)

    def _of_call(self, op: str, arguments: list[int], tree: Node) -> int:
        values = [self.constant(number) for number in arguments]
        if op in _ARITHMETIC and None not in values:
            with suppress(ArithmeticError):
                return self._numbered(("number", _ARITHMETIC[op](*values)), tree)
        if op == "pow" and values[1] == 1:
            return arguments[0]
        if op == "pow" and values[1] == -1:
            return self._numbered(("inv", arguments[0]), tree)
        number = self._numbered((op, *(sorted(arguments) if op in _COMMUTE else arguments)), tree)
        inner = self.argument(arguments[0], "neg") if op == "exp" else None
        if inner is not None:
            self._sigmoid_too(number, inner)
        return number

    def _sigmoid_too(self, exponential: int, inner: int) -> None:
        """1/(1 + exp(-a)) is sigmoid(a)."""
        one = self._numbered(("number", 1.0), ONE)
        below = self._numbered(("add", *sorted((one, exponential))), Call("add", (ONE, self.trees[exponential])))
        sigmoid = self._numbered(("sigmoid", inner), Call("sigmoid", (self.trees[inner],)))
        self.numbers.setdefault(("div", one, below), sigmoid)

    def _numbered(self, key: tuple[Hashable, ...], tree: Node) -> int:
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.trees)
            self.trees.append(tree)
            self.keys.append(key)
        return number
