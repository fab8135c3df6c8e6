"""Slips at one node of a formula: numbers, signs, terms, factors, powers and matrices done wrong.

Each function sees one node and yields what may stand there instead, with the part the slip is about; the table of slips
says what each is called.
"""

from __future__ import annotations

from grader.language.nodes import Call, Name, Node, Number
from grader.slips.context import Context, Rewrites

_PRODUCTS = ("mul", "emul")
_ONE, _TWO = Number("1"), Number("2")
_MOST_ENTRIES = 4
"""Entries that are tried for an index that is computed."""


# ----- Numbers ---------------------------------------------------------------------------------------------------


def _two(node: Node) -> Node | None:
    """What is left of a literal 2, -2 or 1/2 when the two is lost."""
    match node:
        case Number("2") | Number("0.5") | Call("div", (Number("1"), Number("2"))):
            return _ONE
        case Call("neg", (inner,)):
            rest = _two(inner)
            return Call("neg", (rest,)) if rest else None
    return None


def factor_two(node: Node, context: Context) -> Rewrites:
    """A factor 2 or 1/2 is lost."""
    del context
    match node:
        case Call(op, (left, right)) if op in _PRODUCTS:
            if (rest := _two(left)) is not None:
                yield (right if rest == _ONE else Call("neg", (right,))), left
            if (rest := _two(right)) is not None:
                yield (left if rest == _ONE else Call("neg", (left,))), right
        case Call("div", (left, right)):
            if right == _TWO and left != _ONE:
                yield left, right
            if (rest := _two(left)) is not None and isinstance(right, Call):
                yield Call("div", (rest, right)), left


def sum_for_mean(node: Node, context: Context) -> Rewrites:
    """The one for the other."""
    match node:
        case Call("mean", args):
            yield Call("sum", args), node
        case Call("sum", (inner,)) if context.axes_of(inner):
            yield Call("mean", args=(inner,)), node


# ----- Signs, terms, factors -------------------------------------------------------------------------------------


def sign(node: Node, context: Context) -> Rewrites:
    """A sign wrong in a sum, before a number or an argument; |x| for relu(x)."""
    del context
    match node:
        case Call("add", (left, right)):
            yield Call("sub", (left, right)), right
            yield Call("sub", (right, left)), left
        case Call("sub", (left, right)):
            yield Call("add", (left, right)), right
            yield Call("sub", (right, left)), node
        case Call("neg", (inner,)):
            yield inner, inner
        case Call("relu", (inner,)):
            yield Call("abs", (inner,)), node
        case Call("exp" | "sigmoid" as op, (inner,)) if not (isinstance(inner, Call) and inner.op == "neg"):
            yield Call(op, (Call("neg", (inner,)),)), inner


def term_dropped(node: Node, context: Context) -> Rewrites:
    """One side of a sum or a difference lost."""
    del context
    match node:
        case Call("add", (left, right)):
            yield left, right
            yield right, left
        case Call("sub", (left, right)):
            yield left, right
            yield Call("neg", (right,)), left


def complement(node: Node, context: Context) -> Rewrites:
    """β instead of 1 − β."""
    del context
    match node:
        case Call("sub", (Number("1"), inner)):
            yield inner, inner


def factor_dropped(node: Node, context: Context) -> Rewrites:
    """One side of a product lost, unless it is a number 2."""
    del context
    match node:
        case Call(op, (left, right)) if op in _PRODUCTS:
            if _two(right) is None:
                yield left, right
            if _two(left) is None:
                yield right, left


def divisor_dropped(node: Node, context: Context) -> Rewrites:
    """The numerator alone, unless it was halved."""
    del context
    match node:
        case Call("div" | "ediv", (left, right)) if not isinstance(left, Number) or not isinstance(right, Number):
            if right != _TWO:
                yield left, right


def inverted(node: Node, context: Context) -> Rewrites:
    """A quotient upside down, or a product in its place."""
    match node:
        case Call("div", (left, right)) if not (context.axes_of(left) or context.axes_of(right)):
            if not isinstance(left, Number) or not isinstance(right, Number):
                yield Call("div", (right, left)), node
                if left != _ONE:
                    yield Call("mul", (left, right)), right


# ----- Powers, roots, logarithms ---------------------------------------------------------------------------------


def power_dropped(node: Node, context: Context) -> Rewrites:
    """The base alone."""
    del context
    match node:
        case Call("pow" | "epow", (base, exponent)) if exponent not in (_ONE, Call("neg", (_ONE,))):
            yield base, exponent


def exponent_off(node: Node, context: Context) -> Rewrites:
    """An exponent one too large or too small."""
    del context
    match node:
        case Call("pow" | "epow" as op, (base, Number(text))) if text.isdigit():
            yield Call(op, (base, Number(str(int(text) + 1)))), Number(text)
            if int(text) > 2:
                yield Call(op, (base, Number(str(int(text) - 1)))), Number(text)
        case Call("pow" | "epow" as op, (base, Name() as exponent)):
            yield Call(op, (base, Call("add", (exponent, _ONE)))), exponent
            yield Call(op, (base, Call("sub", (exponent, _ONE)))), exponent
        case Call("pow" | "epow" as op, (base, Call("sub" | "add" as sign, (exponent, Number("1"))))):
            yield Call(op, (base, exponent)), exponent
            yield Call(op, (base, Call(sign, (exponent, _TWO)))), exponent


def root_missing(node: Node, context: Context) -> Rewrites:
    """The square for the root, or for the norm."""
    del context
    match node:
        case Call("sqrt" | "norm", (inner,)):
            yield inner if node.op == "sqrt" else Call("pow", (node, _TWO)), node


def log_base(node: Node, context: Context) -> Rewrites:
    """Another base of a logarithm."""
    del context
    match node:
        case Call("ln", (inner,)):
            yield Call("log2", (inner,)), Number("2")
            yield Call("log10", (inner,)), Number("10")
        case Call("ln", (inner, base)):
            yield Call("ln", (inner,)), base


def inverse_missing(node: Node, context: Context) -> Rewrites:
    """The matrix, or the number, for its inverse."""
    del context
    match node:
        case Call("inv", (inner,)) | Call("pow", (inner, Call("neg", (Number("1"),)))):
            yield inner, inner


# ----- Matrices --------------------------------------------------------------------------------------------------


def transpose_missing(node: Node, context: Context) -> Rewrites:
    """The matrix for its transpose."""
    match node:
        case Call("transpose", (inner,)) if context.axes_of(inner):
            yield inner, inner


def transpose_extra(node: Node, context: Context) -> Rewrites:
    """One factor of a matrix product transposed."""
    match node:
        case Call("mul", (left, right)) if context.axes_of(left) and context.axes_of(right):
            for part, build in ((left, lambda new: (new, right)), (right, lambda new: (left, new))):
                if context.axes_of(part) == 2 and not (isinstance(part, Call) and part.op in ("transpose", "mul")):
                    yield Call("mul", build(Call("transpose", (part,)))), part


def product_reversed(node: Node, context: Context) -> Rewrites:
    """BA for AB."""
    match node:
        case Call("mul", (left, right)) if context.axes_of(left) and context.axes_of(right):
            yield Call("mul", (right, left)), node


def elementwise(node: Node, context: Context) -> Rewrites:
    """An elementwise product for that of matrices, or the reverse."""
    match node:
        case Call("mul", (left, right)) if context.axes_of(left) and context.axes_of(right):
            yield Call("emul", (left, right)), node
        case Call("emul", (left, right)) if context.axes_of(left) and context.axes_of(right):
            yield Call("mul", (left, right)), node


def weights_dropped(node: Node, context: Context) -> Rewrites:
    """The bare sum of one factor of an inner product."""
    match node:
        case Call("mul", (left, right)) if all(map(context.axes_of, (left, right))) and not context.axes_of(node):
            yield Call("sum", (left,)), right
            yield Call("sum", (right,)), left


def one_more(node: Node, context: Context) -> Rewrites:
    """n + 2 for n + 1."""
    del context
    match node:
        case Call("add" | "sub" as op, (left, Number("1"))):
            yield Call(op, (left, _TWO)), None
        case Call("add", (Number("1"), right)):
            yield Call("add", (_TWO, right)), None


def power_extra(node: Node, context: Context) -> Rewrites:
    """x² for x in a product."""
    match node:
        case Call("mul" | "emul" as op, (left, right)):
            if _is_quantity(right) and not context.axes_of(right):
                yield Call(op, (left, Call("pow", (right, _TWO)))), right
            if _is_quantity(left) and not context.axes_of(left):
                yield Call(op, (Call("pow", (left, _TWO)), right)), left


def _is_quantity(node: Node) -> bool:
    """A name, or an entry of an array."""
    return isinstance(node, Name) or (isinstance(node, Call) and node.op == "entry")


def index_off(node: Node, context: Context) -> Rewrites:
    """A neighbouring entry of an array."""
    del context
    match node:
        case Call("entry", (array, *indices)):
            for number, index in enumerate(indices):
                if isinstance(index, Number) and index.text.isdigit():
                    beside = [int(index.text) + 1, int(index.text) - 1]
                    others = [other for other in beside if other > 0]
                else:
                    others = list(range(1, _MOST_ENTRIES + 1)) if len(indices) == 1 else []
                for other in others:
                    put = Call("entry", (array, *indices[:number], Number(str(other)), *indices[number + 1 :]))
                    yield put, put
