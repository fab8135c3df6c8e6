"""Shapes of values and the array operations that check them.

Every value carries a leading batch axis: a number is (N,), a vector (N, n), a matrix (N, m, n); a leading 1 is shared
by the whole batch. A vector is a column. A column times a row gives a matrix, a row times a column a number; a product
of one row and one column is a number, an m x 1 matrix is a vector. Numbers act on every entry of an array.
"""

from __future__ import annotations

from math import prod

import numpy as np

from grader.arrays import Floats, Numeric, Shape, Truths
from grader.errors import Message, ShapeFault

MAX_ENTRIES = 10_000
"""Of an array that is larger than what it is computed from: a column times a row, `kron`, `diag`."""
SQUARED = 8
"""Higher powers of a matrix are made by squaring."""


def shape_of(array: Floats) -> Shape:
    """The shape without the batch axis."""
    return tuple(array.shape[1:])


def finite(value: Floats) -> Truths:
    """Which members of the batch are defined throughout, shape (N,)."""
    return np.asarray(np.isfinite(value).reshape(value.shape[0], -1).all(axis=1))


def along(flags: Truths, array: Floats) -> Truths:
    """A flag per member, ready to choose between arrays of this rank."""
    return flags.reshape((-1,) + (1,) * (array.ndim - 1))


def in_words(shape: Shape) -> Message:
    """The shape for a sentence."""
    if not shape:
        return Message("shape-number")
    if len(shape) == 1:
        return Message("shape-vector", {"count": shape[0]})
    return Message("shape-matrix", {"rows": shape[0], "columns": shape[1]})


def align(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Both arrays ready for an entry-by-entry operation; raises ShapeFault unless equal or one is a number."""
    if left.ndim == right.ndim:
        if left.ndim > 1 and left.shape[1:] != right.shape[1:]:
            raise mismatch("shape-entrywise", left, right)
        return left, right
    if left.ndim == 1:
        return left.reshape(left.shape + (1,) * (right.ndim - 1)), right
    if right.ndim == 1:
        return left, right.reshape(right.shape + (1,) * (left.ndim - 1))
    raise mismatch("shape-entrywise", left, right)


def mismatch(key: str, left: Floats, right: Floats) -> ShapeFault:
    """The error that names both shapes."""
    return ShapeFault(key, left=in_words(shape_of(left)), right=in_words(shape_of(right)))


def square(array: Floats, function: str) -> Floats:
    """The array itself if it is a square matrix (a number counts as 1 x 1); raises ShapeFault otherwise."""
    if array.ndim == 1:
        return array.reshape((*array.shape, 1, 1))
    if array.ndim != 3 or array.shape[1] != array.shape[2]:
        raise ShapeFault("shape-square", function=function, shape=in_words(shape_of(array)))
    return array


def bounded(*sizes: int) -> None:
    """Refuse an array of these sizes that would be built from smaller ones, where it is too large: ShapeFault."""
    if prod(sizes) > MAX_ENTRIES:
        raise ShapeFault("shape-large", limit=MAX_ENTRIES)


def collapse(array: Floats) -> Floats:
    """A 1 x 1 product is a number, an m x 1 matrix a vector."""
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
        return array[:, 0] if array.shape[1] == 1 else array
    return array


def product(xp: Numeric, left: Floats, right: Floats) -> Floats:
    """The mathematical product `*`; raises ShapeFault where the inner sizes differ."""
    if left.ndim == 1 or right.ndim == 1:
        left, right = align(left, right)
        return left * right
    rows = left if left.ndim == 3 else left[:, :, None]
    columns = right if right.ndim == 3 else right[:, :, None]
    if rows.shape[2] != columns.shape[1]:
        key = "shape-two-vectors" if left.ndim == right.ndim == 2 else "shape-product"
        raise mismatch(key, left, right)
    if rows.shape[1] > rows.shape[2] < columns.shape[2]:
        bounded(rows.shape[1], columns.shape[2])
    if right.ndim == 2 and left.ndim == 3 and left.shape[1] > 1:
        return xp.matmul(rows, columns)[:, :, 0]
    return collapse(xp.matmul(rows, columns))


def quotient(xp: Numeric, left: Floats, right: Floats) -> Floats:
    """`/`: division by a number, or by an array entry by entry of the same shape (vectors only)."""
    del xp
    if right.ndim == 3:
        raise ShapeFault("shape-divide-matrix", left=in_words(shape_of(left)), right=in_words(shape_of(right)))
    left, right = align(left, right)
    return left / right


def power(xp: Numeric, base: Floats, exponent: Floats) -> Floats:
    """`^`: of numbers and vectors entry by entry; of a square matrix with a whole exponent the matrix power."""
    if base.ndim == 3:
        return matrix_power(xp, base, exponent)
    if exponent.ndim > 1 and base.ndim == 1:
        raise ShapeFault("shape-exponent", shape=in_words(shape_of(exponent)))
    base, exponent = align(base, exponent)
    return base**exponent


def matrix_power(xp: Numeric, base: Floats, exponent: Floats) -> Floats:
    """Whole powers of a square matrix, negative ones through the inverse."""
    base = square(base, "^")
    times = float(exponent.ravel()[0]) if exponent.ndim == 1 and exponent.shape[0] == 1 else float("nan")
    if not times.is_integer() or abs(times) > 64:
        raise ShapeFault("shape-matrix-power", shape=in_words(shape_of(base)))
    if times < 0:
        base = inverse(xp, base)
    return _multiplied(xp, base, abs(int(times)))


def _multiplied(xp: Numeric, base: Floats, times: int) -> Floats:
    """A matrix multiplied with itself."""
    if times == 0:
        return xp.zeros(base.shape) + xp.eye(base.shape[1])
    if times > SQUARED:
        half = _multiplied(xp, base, times // 2)
        whole = xp.matmul(half, half)
        return xp.matmul(whole, base) if times % 2 else whole
    result = base
    for _ in range(times - 1):
        result = xp.matmul(result, base)
    return result


def transpose(xp: Numeric, array: Floats) -> Floats:
    """`'`: a vector becomes a row, a row a vector; a number stays."""
    if array.ndim == 1:
        return array
    if array.ndim == 2:
        return array[:, None, :]
    if array.shape[1] == 1:
        return array[:, 0, :]
    return xp.swapaxes(array, 1, 2)


def inverse(xp: Numeric, array: Floats) -> Floats:
    """Inverse of a square matrix; NaN for a singular member of the batch, 1/x for a number."""
    if array.ndim == 1:
        return 1.0 / array
    array = square(array, "inv")
    singular = xp.linalg.det(array) == 0
    if singular.any():
        holes = xp.where(singular, float("nan"), 0.0)[:, None, None]
        array = xp.where(singular[:, None, None], xp.eye(array.shape[1]), array)
        return xp.linalg.inv(array) + holes
    return xp.linalg.inv(array)


def determinant(xp: Numeric, array: Floats) -> Floats:
    """Determinant of a square matrix."""
    return xp.linalg.det(square(array, "det"))


def identity(xp: Numeric, array: Floats) -> Floats:
    """The identity of the size of a square matrix."""
    size = square(array, "identity").shape[1]
    return xp.ones((len(array), 1, 1)) * xp.eye(size)


def trace(xp: Numeric, array: Floats) -> Floats:
    """Trace of a square matrix, as a masked sum (autograd differentiates that)."""
    array = square(array, "tr")
    return xp.sum(array * xp.eye(array.shape[1]), axis=(1, 2))


def diagonal(xp: Numeric, array: Floats) -> Floats:
    """`diag`: of a vector the diagonal matrix, of a square matrix its diagonal."""
    if array.ndim == 2:
        bounded(array.shape[1], array.shape[1])
        return array[:, :, None] * xp.eye(array.shape[1])
    array = square(array, "diag")
    return xp.sum(array * xp.eye(array.shape[1]), axis=2)


def reduce_sum(xp: Numeric, array: Floats) -> Floats:
    """Sum of all entries."""
    return array if array.ndim == 1 else xp.sum(array, axis=tuple(range(1, array.ndim)))


def reduce_mean(xp: Numeric, array: Floats) -> Floats:
    """Mean of all entries."""
    return array if array.ndim == 1 else xp.mean(array, axis=tuple(range(1, array.ndim)))


def norm(xp: Numeric, array: Floats) -> Floats:
    """Euclidean (Frobenius) norm; |x| of a number."""
    return xp.abs(array) if array.ndim == 1 else xp.sqrt(reduce_sum(xp, array**2))


def vector_norm(xp: Numeric, array: Floats) -> Floats:
    """Euclidean norm of a vector or a row, |x| of a number; `‖A‖_2` of a matrix is the spectral norm, which is none."""
    if array.ndim == 3 and array.shape[1] > 1:
        raise ShapeFault("shape-norm2", shape=in_words(shape_of(array)))
    return norm(xp, array)


def vec(xp: Numeric, array: Floats) -> Floats:
    """The columns of a matrix below each other."""
    return xp.swapaxes(array, 1, 2).reshape(array.shape[0], -1) if array.ndim == 3 else array


def kronecker(xp: Numeric, left: Floats, right: Floats) -> Floats:
    """`⊗`: every entry of the left array times the right one; vectors are columns."""
    if left.ndim == 1 or right.ndim == 1:
        return product(xp, left, right)
    left, right = (array if array.ndim == 3 else array[:, :, None] for array in (left, right))
    bounded(*left.shape[1:], *right.shape[1:])
    blocks = left[:, :, None, :, None] * right[:, None, :, None, :]
    return collapse(blocks.reshape(blocks.shape[0], left.shape[1] * right.shape[1], -1))


def softmax(xp: Numeric, array: Floats) -> Floats:
    """Softmax of a vector, or of every row of a matrix."""
    if array.ndim == 1:
        raise ShapeFault("shape-softmax", shape=in_words(()))
    powers = xp.exp(array - xp.max(array, axis=-1, keepdims=True))
    return powers / xp.sum(powers, axis=-1, keepdims=True)


def extreme(xp: Numeric, name: str, arrays: tuple[Floats, ...]) -> Floats:
    """`max` and `min`: of several numbers or equal shapes entry by entry, of one array over its entries."""
    if len(arrays) == 1:
        array = arrays[0]
        over = tuple(range(1, array.ndim))
        return array if array.ndim == 1 else (xp.max if name == "max" else xp.min)(array, axis=over)
    choose = xp.maximum if name == "max" else xp.minimum
    result = arrays[0]
    for other in arrays[1:]:
        result = choose(*align(result, other))
    return result


def stack(xp: Numeric, items: list[Floats]) -> Floats:
    """A literal: numbers make a vector, rows a matrix; raises ShapeFault for ragged rows."""
    first = items[0]
    for number, item in enumerate(items[1:], 2):
        if item.shape[1:] != first.shape[1:]:
            raise ShapeFault(
                "shape-ragged",
                number=number, first=in_words(shape_of(first)), other=in_words(shape_of(item)),
            )  # fmt: skip
    if first.ndim > 2:
        raise ShapeFault("shape-deep")
    if first.ndim > 1:
        bounded(len(items), first.shape[1])
    size = max(item.shape[0] for item in items)
    return xp.stack([item if item.shape[0] == size else item + xp.zeros((size,) + (1,) * (item.ndim - 1))
                     for item in items], axis=1)  # fmt: skip
