"""Slips in multiplying out: the square of a bracket with a term lost or not multiplied."""

from __future__ import annotations

from grader.language.nodes import Call, Node, Number, summands
from grader.slips.context import Context, Rewrites

_PRODUCTS, _SUMS, _POWERS = ("mul", "emul"), ("add", "sub"), ("pow", "epow")
_TWO = Number("2")


def square_expanded(node: Node, context: Context) -> Rewrites:
    """The square of a sum without the two, or with another sign of the last term; a factor that misses a term."""
    del context
    match node:
        case Call(power, (Call(op, (left, right)), Number("2"))) if power in _POWERS and op in _SUMS:
            first, last = (Call(power, (part, _TWO)) for part in (left, right))
            middle = Call("mul", (left, right))
            yield Call("add", (Call(op, (first, middle)), last)), node
            yield Call("sub", (Call(op, (first, Call("mul", (_TWO, middle)))), last)), node
            if op == "sub":
                yield Call("add", (first, last)), node
        case Call(product, (factor, Call(power, (Call(op, (left, right)), Number("2"))))) if (
            product in _PRODUCTS and power in _POWERS and op in _SUMS
        ):
            first, last = (Call(power, (part, _TWO)) for part in (left, right))
            middle = Call("mul", (_TWO, Call("mul", (left, right))))
            times = [Call(product, (factor, term)) for term in (first, middle)]
            yield Call("add", (Call(op, (times[0], times[1])), last)), node
            yield Call("add", (Call(op, (times[0], middle)), last)), node


def first_term_alone(node: Node, context: Context) -> Rewrites:
    """a·b + c + d for a·(b + c + d)."""
    del context
    match node:
        case Call(product, (factor, Call("add" | "sub") as bracket)) if product in _PRODUCTS:
            first, *rest = summands(bracket)
            if len(rest) > 1:
                put: Node = Call(product, (factor, first))
                for term in rest:
                    put = Call("add", (put, term))
                yield put, node
