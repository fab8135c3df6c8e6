"""Sliding windows over matrices: convolution and pooling, written so that autograd can follow them."""

from __future__ import annotations

from grader.arrays import Floats, Numeric
from grader.errors import ShapeFault
from grader.language.shapes import in_words, shape_of


def conv2d(xp: Numeric, image: Floats, kernel: Floats, stride: Floats | None = None) -> Floats:
    """Cross-correlation, no padding, no kernel flip: (N, h, w) and (N, k, l) give (N, h-k+1, w-l+1) at stride 1."""
    _matrices("conv2d", image, kernel)
    step = _whole("conv2d", stride)
    rows, columns = kernel.shape[1:]
    high, wide = ((size - side) // step + 1 for size, side in zip(image.shape[1:], (rows, columns), strict=True))
    if high < 1 or wide < 1:
        raise ShapeFault("shape-window", image=in_words(shape_of(image)), window=in_words(shape_of(kernel)))
    total = xp.zeros((1, 1, 1))
    for i in range(rows):
        for j in range(columns):
            part = image[:, i : i + step * high : step, j : j + step * wide : step]
            total = total + kernel[:, i : i + 1, j : j + 1] * part[:, :high, :wide]
    return total


def pool(xp: Numeric, name: str, image: Floats, size: Floats, stride: Floats | None = None) -> Floats:
    """The largest (`maxpool`) or the mean (`avgpool`) of every size x size window; a rest that fills none is cut.

    Windows stand side by side unless there is a stride.
    """
    _matrices(name, image)
    side = _whole(name, size)
    step = side if stride is None else _whole(name, stride)
    high, wide = ((length - side) // step + 1 for length in image.shape[1:])
    if high < 1 or wide < 1:
        raise ShapeFault("shape-window", image=in_words(shape_of(image)), window=in_words((side, side)))
    if step == side:
        blocks = xp.reshape(image[:, : high * side, : wide * side], (-1, high, side, wide, side))
        return xp.max(blocks, axis=(2, 4)) if name == "maxpool" else xp.mean(blocks, axis=(2, 4))
    parts = [
        image[:, i : i + step * high : step, j : j + step * wide : step][:, :high, :wide]
        for i in range(side)
        for j in range(side)
    ]
    windows = xp.stack(parts, axis=-1)
    return xp.max(windows, axis=-1) if name == "maxpool" else xp.mean(windows, axis=-1)


def pad(xp: Numeric, image: Floats, width: Floats) -> Floats:
    """A frame of zeros around every matrix: (N, h, w) gives (N, h + 2 width, w + 2 width)."""
    _matrices("pad", image)
    frame = _whole("pad", width)
    high, wide = image.shape[1:]
    return _shifted(xp, high, frame) @ image @ xp.swapaxes(_shifted(xp, wide, frame), 1, 2)


def _shifted(xp: Numeric, size: int, frame: int) -> Floats:
    """The matrix (1, size + 2 frame, size) that writes `size` rows between rows of zeros."""
    return xp.eye(size + 2 * frame)[None, :, frame : frame + size]


def _matrices(function: str, *arrays: Floats) -> None:
    for array in arrays:
        if array.ndim != 3:
            raise ShapeFault("shape-matrix-wanted", function=function, shape=in_words(shape_of(array)))


def _whole(function: str, number: Floats | None) -> int:
    """A stride or a size: a positive whole number, the same for the whole batch."""
    if number is None:
        return 1
    value = float(number.ravel()[0]) if number.ndim == 1 and (number == number[0]).all() else 0.0
    if value < 1 or not value.is_integer():
        raise ShapeFault("shape-window-size", function=function)
    return int(value)
