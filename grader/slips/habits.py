"""Slips of habit: a function or a convention that is right elsewhere, put where another one belongs."""

from __future__ import annotations

from collections.abc import Iterator

from grader.language.nodes import Call, Name, Node, Number, walk
from grader.slips.activations import logistic, slope_of
from grader.slips.context import Context, Rewrites

_PRODUCTS = ("mul", "emul")
_ONE, _TWO = Number("1"), Number("2")
_OTHERS: dict[str, tuple[str, ...]] = {
    "sigmoid": ("tanh",), "tanh": ("sigmoid",), "relu": ("sigmoid", "tanh"), "softmax": ("sigmoid",),
    "sin": ("cos",), "cos": ("sin",), "tan": ("cot",), "cot": ("tan",), "sinh": ("cosh",), "cosh": ("sinh",),
    "max": ("min",), "min": ("max",), "det": ("tr",),
}  # fmt: skip
"""Functions that are taken one for another."""


def other_function(node: Node, context: Context) -> Rewrites:
    """A function taken for the one it is learnt with, and the derivative of one for that of the other."""
    if isinstance(node, Call) and len(node.args) == 1:
        for other in _OTHERS.get(node.op, ()):
            put = Call(other, node.args)
            yield put, put
    inner = logistic(node)
    if inner is not None:
        put = Call("tanh", (inner,))
        yield put, put
    slope = slope_of(node)
    if slope is not None:
        out, build = slope
        for tanh in _as_tanh(out, context):
            put = Call("sub", (_ONE, Call("epow", (tanh, _TWO))))
            yield build(put), put
    match node:
        case Call("sub", (Number("1"), Call("pow" | "epow", (out, Number("2"))))) if context.preactivation(out):
            put = Call("emul", (out, Call("sub", (_ONE, out))))
            yield put, put
            before = context.preactivation(out)
            if before and before[0] == "tanh":
                sigmoid = Call("sigmoid", (before[1],))
                put = Call("emul", (sigmoid, Call("sub", (_ONE, sigmoid))))
                yield put, put


def _as_tanh(out: Node, context: Context) -> Iterator[Node]:
    """The output itself, and the tanh of the sum before it."""
    yield out
    before = context.preactivation(out)
    if before:
        yield Call("tanh", (before[1],))


def other_loss(node: Node, context: Context) -> Rewrites:
    """The squared error for the logarithmic loss, and the distance for its square."""
    gap = _gap(node)
    if gap is not None:
        square = Call("epow" if context.axes_of(node) else "pow", (gap, _TWO))
        yield square, square
        yield Call("div", (square, _TWO)), square
    match node:
        case Call("pow" | "epow", (Call("sub", _) as inner, Number("2"))):
            put = Call("abs", (inner,))
            yield put, put


def _gap(node: Node) -> Node | None:
    """What the squared error would square: 1 - q of -ln(q), y - p of -y ln(p) - (1 - y) ln(1 - p)."""
    match node:
        case Call("neg", (Call("ln", (inner,)),)):
            return Call("sub", (_ONE, inner))
        case Call("sub", (first, Call("mul", (rest, Call("ln", _))))):
            match first:
                case Call("neg", (Call("mul", (label, Call("ln", (inner,)))),)):
                    pass
                case Call("mul", (Call("neg", (label,)), Call("ln", (inner,)))):
                    pass
                case _:
                    return None
            return Call("sub", (label, inner)) if rest == Call("sub", (_ONE, label)) else None
    return None


def averaged(node: Node, context: Context) -> Rewrites:
    """b·m + (1 - b)·g, as in a moving average, for b·m + g or b·m + c·g."""
    del context
    match node:
        case Call("add", (Call(op, (Name() as share, _)) as kept, new)) if op in _PRODUCTS:
            rest = Call("sub", (_ONE, share))
            if rest not in walk(new):
                for term in (new, *_factors(new)):
                    yield Call("add", (kept, Call("mul", (rest, term)))), rest


def _factors(node: Node) -> tuple[Node, ...]:
    return node.args if isinstance(node, Call) and node.op in _PRODUCTS else ()


def two_doubled(node: Node, context: Context) -> Rewrites:
    """A factor 4 for 2, and a half for it."""
    del context
    match node:
        case Call(op, (Number("2") as two, other)) if op in _PRODUCTS:
            for put in (Number("4"), Call("div", (_ONE, two))):
                yield Call(op, (put, other)), None
        case Call(op, (Call("neg", (Number("2") as two,)), other)) if op in _PRODUCTS:
            for put in (Number("4"), Call("div", (_ONE, two))):
                yield Call(op, (Call("neg", (put,)), other)), None


def threshold_missing(node: Node, context: Context) -> Rewrites:
    """What is compared with a threshold, for whether it reaches it."""
    del context
    match node:
        case Call("if", (Call("gt" | "ge", (Call() as compared, _)), Number("1"), Number("0"))):
            yield compared, None


def shares_swapped(node: Node, context: Context) -> Rewrites:
    """(1 - b)·m + b·g for b·m + (1 - b)·g."""
    del context
    match node:
        case Call("add", (Call(one, (kept, old)), Call(other, (rest, new)))) if one in _PRODUCTS and other in _PRODUCTS:
            if rest == Call("sub", (_ONE, kept)) or kept == Call("sub", (_ONE, rest)):
                yield Call("add", (Call(one, (rest, old)), Call(other, (kept, new)))), None


def power_doubled(node: Node, context: Context) -> Rewrites:
    """2a for a², and a² for 2a."""
    match node:
        case Call("pow" | "epow", (base, Number("2"))) if base != _TWO:
            yield Call("mul", (_TWO, base)), base
        case Call("mul", (Number("2"), inner)) if not context.axes_of(inner) and inner != _TWO:
            yield Call("pow", (inner, _TWO)), inner
