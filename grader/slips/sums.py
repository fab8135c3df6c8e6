"""Slips in sums over entries: one entry lost, alone or with the other sign, a sum of products as a product of sums."""

from __future__ import annotations

from grader.language.nodes import Call, Node, Number
from grader.slips.context import Context, Rewrites

_TWO = Number("2")
_MOST_ENTRIES = 4


def part_of_sum(node: Node, context: Context) -> Rewrites:
    """One entry for the sum or the mean, the product of the entries, and the entries but for one."""
    match node:
        case Call("sum" | "mean" as op, (inner,)) if context.axes_of(inner) == 1:
            for number in range(1, _MOST_ENTRIES + 1):
                entry = Call("entry", (inner, Number(str(number))))
                yield entry, node
                yield Call("sub", (Call("sum", (inner,)), entry)), node
                if op == "mean":
                    yield Call("mul", (node, Call("div", (entry, Call("sum", (inner,)))))), node


def sign_in_sum(node: Node, context: Context) -> Rewrites:
    """One entry with the other sign in a sum over entries, or all but the first."""
    match node:
        case Call("sum", (inner,)) if context.axes_of(inner) == 1:
            yield Call("sub", (Call("mul", (_TWO, Call("entry", (inner, Number("1"))))), node)), None
            for number in range(1, _MOST_ENTRIES + 1):
                yield Call("sub", (node, Call("mul", (_TWO, Call("entry", (inner, Number(str(number)))))))), None


def sums_multiplied(node: Node, context: Context) -> Rewrites:
    """The product of the sums, or of the means, for that of the products."""
    match node:
        case Call("sum" | "mean" as outer, (Call("emul", (left, right)),)):
            if context.axes_of(left) == context.axes_of(right) == 1:
                yield Call("mul", (Call(outer, (left,)), Call(outer, (right,)))), node


def lines_added(node: Node, context: Context) -> Rewrites:
    """The sums of the rows times the sum of the column, for a matrix times a column."""
    match node:
        case Call("mul", (left, right)) if context.axes_of(left) == 2 and context.axes_of(right) == 1:
            rows = Call("mul", (left, Call("epow", (right, Number("0")))))
            yield Call("mul", (Call("sum", (right,)), rows)), node
