"""Slips with activations and their derivatives: one for the other, taken at the wrong point, or left out."""

from __future__ import annotations

from collections.abc import Callable

from grader.language.nodes import Call, Name, Node, Number
from grader.slips.context import Context, Rewrites

ACTIVATIONS = frozenset({"sigmoid", "tanh", "relu", "softmax", "softplus"})
_PRODUCTS = ("mul", "emul")
_ONE, _TWO = Number("1"), Number("2")


def slope_of(node: Node) -> tuple[Node, Callable[[Node], Node]] | None:
    """The output X in `X(1 - X)`, and how the node is built with something else for `X(1 - X)`."""
    match node:
        case Call(op, (left, Call("sub", (Number("1"), out)))) if op in _PRODUCTS:
            if left == out:
                return out, lambda other: other
            match left:
                case Call(inner, (rest, last)) if inner in _PRODUCTS and last == out:
                    return out, lambda other: Call(inner, (rest, other))
    return None


def _sigmoid_slope(out: Node, op: str) -> Node:
    return Call(op, (out, Call("sub", (_ONE, out))))


def logistic(node: Node) -> Node | None:
    """z where the node is 1/(1 + exp(-z)), written out."""
    match node:
        case Call("div", (Number("1"), Call("add", (Number("1"), Call("exp", (Call("neg", (inner,)),)))))):
            return inner
    return None


def activation_for_derivative(node: Node, context: Context) -> Rewrites:
    """The activation where its derivative belongs, and [h > 0] for ReLU."""
    slope = slope_of(node)
    if slope is not None:
        out, build = slope
        yield build(out), out
    match node:
        case Call("sub", (Number("1"), Call("pow" | "epow", (out, Number("2"))))) if context.preactivation(out):
            yield out, out
        case Call("step", (inner,)):
            yield Call("relu", (inner,)), Call("relu", (inner,))
        case Call("relu", (inner,)):
            yield Call("step", (inner,)), node


def derivative_for_activation(node: Node, context: Context) -> Rewrites:
    """The derivative of a sigmoid for the sigmoid: at 0 it is half of it, or its square, as well."""
    del context
    if logistic(node) is not None or (isinstance(node, Call) and node.op == "sigmoid"):
        yield _sigmoid_slope(node, "emul"), node


def derivative_at_output(node: Node, context: Context) -> Rewrites:
    """σ′ taken at the output instead of the sum before it, or the sum put into the formula for the output."""
    slope = slope_of(node)
    if slope is not None and isinstance(node, Call):
        out, build = slope
        before = context.preactivation(out)
        yield build(_sigmoid_slope(Call("sigmoid", (out,)), node.op)), out
        if before:
            yield build(_sigmoid_slope(before[1], node.op)), before[1]
    match node:
        case Call("sub", (Number("1"), Call("pow" | "epow" as op, (out, Number("2"))))):
            before = context.preactivation(out)
            if before:
                yield Call("sub", (_ONE, Call(op, (before[1], _TWO)))), before[1]
                yield Call("sub", (_ONE, Call(op, (Call(before[0], (out,)), _TWO)))), out


def activation_missing(node: Node, context: Context) -> Rewrites:
    """The function left out: its argument goes on."""
    inner = logistic(node)
    if inner is not None:
        yield inner, node
    match node:
        case Call(op, (argument,)) if op in ACTIVATIONS:
            yield argument, node
        case Name():
            before = context.preactivation(node)
            if before:
                yield before[1], node


def function_missing(node: Node, context: Context) -> Rewrites:
    """An exponential or a logarithm left out."""
    del context
    match node:
        case Call("exp" | "ln" | "log2" | "log10", (argument, *_)):
            yield argument, node


def logarithm_missing(node: Node, context: Context) -> Rewrites:
    """What is left to one, for the logarithmic loss."""
    del context
    match node:
        case Call("neg", (Call("ln", (inner,)),)):
            yield Call("sub", (Number("1"), inner)), node
