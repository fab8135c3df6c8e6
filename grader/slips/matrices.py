"""Slips with matrices: determinants and inverses by a wrong rule, a product taken by entries, transposes lost."""

from __future__ import annotations

from grader.language.nodes import Call, Node, Number
from grader.slips.context import Context, Rewrites

_ONE, _TWO = Number("1"), Number("2")


# ----- Determinants and inverses ---------------------------------------------------------------------------------


def diagonals_added(node: Node, context: Context) -> Rewrites:
    """The determinant of a 2 × 2 matrix as ad + bc, which is 2ad less the determinant."""
    del context
    match node:
        case Call("det", (inner,)):
            first, last = (Call("entry", (inner, at, at)) for at in (_ONE, _TWO))
            yield Call("sub", (Call("mul", (Call("mul", (_TWO, first)), last)), node)), None


def main_diagonal(node: Node, context: Context) -> Rewrites:
    """The determinant of a 2 × 2 matrix as the product of its main diagonal."""
    del context
    match node:
        case Call("det", (inner,)):
            first, last = (Call("entry", (inner, at, at)) for at in (_ONE, _TWO))
            yield Call("mul", (first, last)), None


def not_divided(node: Node, context: Context) -> Rewrites:
    """The adjugate for the inverse."""
    del context
    match node:
        case Call("inv", (inner,)):
            det = Call("det", (inner,))
            yield Call("mul", (det, node)), det


def multiplied(node: Node, context: Context) -> Rewrites:
    """The adjugate times the determinant."""
    del context
    match node:
        case Call("inv", (inner,)):
            yield Call("mul", (Call("pow", (Call("det", (inner,)), _TWO)), node)), node


def determinant_extra(node: Node, context: Context) -> Rewrites:
    """The inverse divided by the determinant, or with the logarithm of it as a factor or below."""
    del context
    match node:
        case Call("inv", (inner,)):
            det = Call("det", (inner,))
            log = Call("ln", (det,))
            for factor in (Call("div", (_ONE, det)), log, Call("div", (_ONE, log))):
                yield Call("mul", (factor, node)), factor


def over_determinant(node: Node, context: Context) -> Rewrites:
    """The matrix itself divided by its determinant."""
    match node:
        case Call("inv", (inner,)) if context.axes_of(inner) == 2:
            yield Call("div", (inner, Call("det", (inner,)))), node


def inverse_by_entries(node: Node, context: Context) -> Rewrites:
    """One over every entry, transposed or not."""
    match node:
        case Call("transpose", (Call("inv", (inner,)),)) if context.axes_of(inner) == 2:
            yield Call("ediv", (_ONE, inner)), node
        case Call("inv", (inner,)) if context.axes_of(inner) == 2:
            yield Call("ediv", (_ONE, inner)), node


def inverse_squared(node: Node, context: Context) -> Rewrites:
    """The inverse times itself."""
    match node:
        case Call("inv", (inner,)) if context.axes_of(inner) == 2:
            yield Call("mul", (node, node)), node


def inverse_and_transpose(node: Node, context: Context) -> Rewrites:
    """The matrix for the transpose of its inverse."""
    del context
    match node:
        case Call("transpose", (Call("inv", (inner,)),)) | Call("inv", (Call("transpose", (inner,)),)):
            yield inner, inner


# ----- Products --------------------------------------------------------------------------------------------------


def matrix_operation(node: Node, context: Context) -> Rewrites:
    """A product of matrices for their sum, an inverse for a transpose."""
    match node:
        case Call("add" | "sub", (left, right)) if context.axes_of(left) == context.axes_of(right) == 2:
            yield Call("mul", (left, right)), node
            yield Call("mul", (right, left)), node
        case Call("transpose", (inner,)) if context.axes_of(inner) == 2:
            yield Call("inv", (inner,)), node


def by_sums(node: Node, context: Context) -> Rewrites:
    """Of a matrix times a column, the sums of the rows or of the columns, each times an entry of the column."""
    match node:
        case Call("mul", (left, right)) if context.axes_of(left) == 2 and context.axes_of(right) == 1:
            ones = Call("epow", (right, Number("0")))
            for matrix in (left, Call("transpose", (left,))):
                yield Call("emul", (right, Call("mul", (matrix, ones)))), node


def transposes_missing(node: Node, context: Context) -> Rewrites:
    """All transposes of a product lost at once."""
    match node:
        case Call("mul", (left, right)) if context.axes_of(left) and context.axes_of(right):
            bare, lost = _bare(node)
            if lost > 1:
                yield bare, node


def _bare(node: Node) -> tuple[Node, int]:
    """A product without the transposes of its factors, and how many they were."""
    match node:
        case Call("mul", (left, right)):
            (one, lost), (other, more) = _bare(left), _bare(right)
            return Call("mul", (one, other)), lost + more
        case Call("transpose", (inner,)):
            return inner, 1
    return node, 0
