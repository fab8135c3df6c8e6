"""Which parts of formulas are the same quantity, whatever names they go through: every quantity has a number.

    h: w*x    o: sigmoid(h)    d: e*sigmoid(w*x)*(1 - sigmoid(h))

Here `o`, `sigmoid(h)` and `sigmoid(w*x)` have one number. Names that have a formula count as that formula, functions
are written out, and a few ways to write the same thing (`1/(1 + exp(-a))`, `A^-1`) are one.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Hashable, Mapping
from contextlib import suppress
from functools import cache
from typing import NamedTuple

import msgspec

from grader.language.functions import Function, inlined
from grader.language.nodes import Array, Call, Name, Node, Number, names
from grader.language.parser import parse
from grader.language.primitives import PRIMITIVES, SPECIAL_FORMS

_COMMUTE = frozenset({"add", "emul", "dot"})
_FACTORS = frozenset({"mul", "div", "emul", "ediv"})
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


class Quantity(NamedTuple):
    """What is computed from which quantities, by their numbers; of a name, a number or a special form its `value`."""

    op: str
    parts: tuple[int, ...] = ()
    value: Hashable = None


class Numbering:
    """The numbers of quantities, given out as formulas are met; `definitions` are the formulas of names."""

    def __init__(self, definitions: Mapping[str, Node], functions: Mapping[str, Function]) -> None:
        self.definitions, self.functions = definitions, functions
        self.numbers: dict[Quantity, int] = {}
        self.quantities: list[Quantity] = []
        self.trees: list[Node] = []
        self.known: dict[Node, int] = {}

    def of(self, tree: Node, bound: Mapping[str, int] = _BIND_NOTHING) -> int:
        """The number of a quantity; names in `bound` have that number."""
        if bound and not names(tree).isdisjoint(bound):
            return self._of(tree, bound)
        number = self.known.get(tree)
        if number is None:
            number = self.known[tree] = self._of(tree, _BIND_NOTHING)
        return number

    def tree(self, number: int) -> Node:
        """The quantity as a formula of what has none."""
        return self.trees[number]

    def argument(self, number: int, function: str) -> int | None:
        """The number of a where the quantity is function(a)."""
        op, parts, _ = self.quantities[number]
        return parts[0] if op == function and len(parts) == 1 else None

    def parameters(self, names_of: tuple[str, ...]) -> dict[str, int]:
        """Numbers for the parameters of a function, which are nobody's quantities outside it."""
        return {name: self._numbered(Quantity("parameter", (), name), Name(name)) for name in names_of}

    def is_printed(self, number: int, printed: Collection[int]) -> bool:
        """Whether a quantity is among those `printed`, an entry of one, or a number of the formula itself."""
        op, parts, _ = self.quantities[number]
        return number in printed or op == "number" or (op == "entry" and parts[0] in printed)

    def _of(self, tree: Node, bound: Mapping[str, int]) -> int:
        if isinstance(tree, Name):
            if tree.name in bound:
                return bound[tree.name]
            formula = self.definitions.get(tree.name)
            return self._numbered(Quantity("name", (), tree.name), tree) if formula is None else self.of(formula)
        if isinstance(tree, Number):
            return self._number(tree.value)
        if isinstance(tree, Array):
            items = tuple(self.of(item, bound) for item in tree.items)
            return self._numbered(Quantity("array", items), Array(tuple(self.trees[item] for item in items)))
        if not isinstance(tree, Call) or tree.op in SPECIAL_FORMS:
            return self._numbered(Quantity("as written", (), tree), tree)
        if tree.op in self.functions:
            return self.of(inlined(tree, self.functions), bound)
        return self._called(tree.op, tuple(self.of(arg, bound) for arg in tree.args))

    def _called(self, op: str, parts: tuple[int, ...]) -> int:
        values = [self._constant(part) for part in parts]
        if op in _ARITHMETIC and None not in values:
            with suppress(ArithmeticError):
                return self._number(_ARITHMETIC[op](*values))
        if op in _FACTORS and any(self._opposite(part) is not None for part in parts):
            return self._negative(op, parts)
        if op == "pow" and values[1] == 1:
            return parts[0]
        if op == "neg" and (twice := self.argument(parts[0], "neg")) is not None:
            return twice
        if op == "pow" and values[1] == -1:
            return self._called("inv", parts[:1])
        if op == "entry" and (entry := self._entry(parts, values[1])) is not None:
            return entry
        parts = tuple(sorted(parts)) if op in _COMMUTE else parts
        number = self._numbered(Quantity(op, parts), Call(op, tuple(self.trees[part] for part in parts)))
        inner = self.argument(parts[0], "neg") if op == "exp" else None
        if inner is not None:  # 1/(1 + exp(-a)) is sigmoid(a)
            one = self._number(1.0)
            below = self._called("add", (one, number))
            self.numbers.setdefault(Quantity("div", (one, below)), self._called("sigmoid", (inner,)))
        return number

    def _negative(self, op: str, parts: tuple[int, ...]) -> int:
        """A product or a quotient with its signs in front."""
        opposites = [self._opposite(part) for part in parts]
        plain = (part if other is None else other for part, other in zip(parts, opposites, strict=True))
        number = self._called(op, tuple(plain))
        return number if None not in opposites else self._called("neg", (number,))

    def _opposite(self, number: int) -> int | None:
        """Of a quantity with a minus in front the one without."""
        value = self._constant(number)
        return self._number(-value) if value is not None and value < 0 else self.argument(number, "neg")

    def _entry(self, parts: tuple[int, ...], index: float | None) -> int | None:
        """The entry of an array that is written out, or of a function entry by entry, by itself."""
        op, inside, _ = self.quantities[parts[0]]
        if op == "array" and index is not None and 1 <= index <= len(inside):
            item = inside[int(index) - 1]
            return self._called("entry", (item, *parts[2:])) if parts[2:] else item
        if op in PRIMITIVES and PRIMITIVES[op].entrywise and len(inside) == 1:
            return self._called(op, (self._called("entry", (*inside, *parts[1:])),))
        return None

    def _constant(self, number: int) -> float | None:
        op, _, value = self.quantities[number]
        return value if op == "number" and isinstance(value, float) else None

    def _number(self, value: float) -> int:
        return self._numbered(Quantity("number", (), value), literal(value))

    def _numbered(self, quantity: Quantity, tree: Node) -> int:
        number = self.numbers.get(quantity)
        if number is None:
            number = self.numbers[quantity] = len(self.trees)
            self.trees.append(tree)
            self.quantities.append(quantity)
        return number


def literal(value: float) -> Node:
    """A number of a formula."""
    return Call("neg", (Number(repr(-value)),)) if value < 0 else Number(repr(value))
