"""Which suspects may be what a student wrote, by their values at a point or two in plain numbers.

Of the hundreds of wrong formulas nearly none is the student's, and one point tells most of them from it: a tree is
walked once, parts that it shares with the others are known already, and nothing is compiled. What has no plain value
here (an array, a derivative, a root of a negative number) is let through: the precise comparison decides.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import SimpleNamespace

import numpy as np

from grader.arrays import Floats
from grader.language.lexer import canonical_name
from grader.language.nodes import Call, Name, Node, Number
from grader.language.primitives import CONSTANTS, PRIMITIVES
from grader.plan.plan import Plan

NEAR = 1e-6
"""Farther apart, relatively, two values are different formulas; the precise comparison goes by less than this."""
MOST_POINTS = 3

Operation = Callable[..., float]


class _NoNumber(ArithmeticError):
    """There is no plain number here; why does not matter."""


def _power(base: float, exponent: float) -> float:
    value = base**exponent
    if isinstance(value, complex):
        raise _NoNumber
    return value  # type: ignore[no-any-return]


_MATHS = SimpleNamespace(
    **{name: function for name, function in vars(math).items() if not name.startswith("_")},
    cot=lambda a: 1.0 / math.tan(a),
    sec=lambda a: 1.0 / math.cos(a),
    csc=lambda a: 1.0 / math.sin(a),
    coth=lambda a: 1.0 / math.tanh(a),
    sign=lambda a: math.copysign(1.0, a) if a else 0.0,
    mpf=float,
)
"""What the column `mp` of the table of primitives asks for, on doubles."""
_OPERATORS: dict[str, Operation] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "emul": operator.mul, "neg": operator.neg,
    "div": operator.truediv, "ediv": operator.truediv, "pow": _power, "epow": _power,
}  # fmt: skip


@cache
def plain_operations() -> Mapping[str, Operation]:
    """Primitives that act on every entry by itself, as functions of plain numbers."""
    operations = dict(_OPERATORS)
    for name, row in PRIMITIVES.items():
        if not row.entrywise or row.operator:
            continue
        if not isinstance(row.mp, str):
            operations[name] = partial(row.mp, _MATHS)
        elif hasattr(_MATHS, row.mp):
            operations[name] = getattr(_MATHS, row.mp)
    return operations


class Frame:
    """What names mean in a formula: parameters of the function around; `known` are parts that no slip reaches."""

    __slots__ = ("known", "local")

    def __init__(self, local: Mapping[str, float], known: dict[int, tuple[float, Node]] | None) -> None:
        self.local, self.known = local, known


class Spot:
    """A point at which a target is computed with some formulas of a plan done wrong; parts in common once."""

    def __init__(self, plan: Plan, target: Node, inputs: frozenset[str], values: Mapping[str, float]) -> None:
        self.plan, self.target, self.inputs, self.values = plan, target, inputs, values
        self.formulas = {step.name: step.tree for step in plan.steps}
        self.operations = plain_operations()
        self.settled: dict[tuple[tuple[str, float], ...], dict[int, tuple[float, Node]]] = {}
        self.steps: dict[str, float] = {}
        self.wrong: Mapping[str, Node] = {}
        self.affected: frozenset[str] = frozenset()
        self.after: dict[tuple[str, ...], frozenset[str]] = {}
        self.own: dict[str, float] = {}
        self.read: dict[str, frozenset[str]] = {}
        self.reached = 0  # how often a slip was met on the way to a value

    def value(self, wrong: Mapping[str, Node]) -> float | None:
        """The target with these formulas; None where it is no plain number."""
        steps = tuple(wrong)
        if steps not in self.after:
            self.after[steps] = self.plan.graph.after(steps, self.inputs)
        self.wrong, self.affected, self.own = wrong, self.after[steps], {}
        try:
            value = self.at(self.target, Frame({}, None))
        except (ArithmeticError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return value if math.isfinite(value) else None

    def at(self, node: Node, frame: Frame) -> float:
        """The value of a part."""
        if isinstance(node, Call):
            known = frame.known
            if known is None:
                return self.calculated(node, frame)
            kept = known.get(id(node))
            if kept is not None:
                return kept[0]
            before = self.reached
            value = self.calculated(node, frame)
            if self.reached == before:
                known[id(node)] = value, node  # a part that is kept is no other's id
            return value
        if isinstance(node, Name):
            argument = frame.local.get(node.name)
            return self.named(node.name) if argument is None else argument
        if isinstance(node, Number):
            return float(node.text)
        raise _NoNumber

    def calculated(self, node: Call, frame: Frame) -> float:
        """What a call makes of its parts."""
        args = node.args
        operation = self.operations.get(node.op)
        if operation is None:
            return self.called(node, frame)
        if len(args) == 2:
            return operation(self.at(args[0], frame), self.at(args[1], frame))
        return operation(*[self.at(part, frame) for part in args])

    def called(self, node: Call, frame: Frame) -> float:
        """A function of the file; one that is a step is its formula, wrong if that is."""
        function, step = self.plan.functions[node.op], canonical_name(node.op)
        arguments = [self.at(part, frame) for part in node.args]
        inside = self.inside(step, dict(zip(function.parameters, arguments, strict=True)), frame)
        return self.at(self.wrong.get(step, function.body), inside)

    def inside(self, formula: str, local: dict[str, float], around: Frame | None = None) -> Frame:
        """What names mean in a formula; what is known there holds for every slip that does not reach it."""
        if formula in self.formulas:
            settled = formula not in self.affected or (formula in self.wrong and len(self.wrong) == 1)
        else:
            settled = around is not None and (around.known is not None or self.is_clean(formula))
        if not settled:
            return Frame(local, None)
        return Frame(local, self.settled.setdefault(tuple(local.items()), {}))

    def is_clean(self, function: str) -> bool:
        """A function of the file that no slip at hand reaches."""
        if function not in self.read:
            self.read[function] = self.plan.names_read(
                [made.body for name, made in self.plan.functions.items() if canonical_name(name) == function]
            )
        return self.affected.isdisjoint(self.read[function])

    def named(self, name: str) -> float:
        """The value of a name that is no parameter."""
        if name in self.inputs or name not in self.formulas:
            return CONSTANTS[name] if name in CONSTANTS and name not in self.inputs else self.values[name]
        reached = name in self.affected
        self.reached += reached
        values = self.own if reached else self.steps
        if name not in values:
            values[name] = self.at(self.wrong.get(name, self.formulas[name]), self.inside(name, {}))
        return values[name]


class Screen:
    """What a student wrote, at a few points where it has a value."""

    def __init__(
        self, plan: Plan, target: Node, inputs: frozenset[str], values: Mapping[str, Floats], typed: Floats
    ) -> None:
        there = np.flatnonzero(np.isfinite(typed))
        chosen = there[:: max(1, len(there) // MOST_POINTS)][:MOST_POINTS]
        self.typed = [float(typed[index]) for index in chosen]
        self.spots = [Spot(plan, target, inputs, _at_point(values, int(index))) for index in chosen]

    def lets_through(self, wrong: Mapping[str, Node]) -> bool:
        """May these formulas give what was typed."""
        for spot, typed in zip(self.spots, self.typed, strict=True):
            value = spot.value(wrong)
            if value is not None:
                return abs(value - typed) <= NEAR * max(abs(value), abs(typed), NEAR)
        return bool(self.spots)


def _at_point(values: Mapping[str, Floats], index: int) -> dict[str, float]:
    return {
        name: float(value[index if len(value) > 1 else 0])
        for name, value in values.items()
        if value.ndim == 1 and len(value)
    }
