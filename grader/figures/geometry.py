"""How much of a line runs through a box, and how much two boxes have in common: arrays in, arrays out."""

from __future__ import annotations

import numpy as np

from grader.arrays import Floats


def lengths_inside(boxes: Floats, segments: Floats) -> Floats:
    """How long each segment (s, 4: from x, y to x, y) runs inside each box (b, 4), as (b, s).

    Liang and Barsky's clipping.
    """
    start, along = segments[:, :2], segments[:, 2:] - segments[:, :2]
    still = along == 0
    step = np.where(still, 1.0, along)
    low, high = boxes[:, None, :2] - start, boxes[:, None, 2:] - start  # (b, s, 2)
    first, last = low / step, high / step
    enters, leaves = np.minimum(first, last), np.maximum(first, last)
    outside = still & ((low > 0) | (high < 0))
    enters = np.where(still, np.where(outside, np.inf, -np.inf), enters)
    leaves = np.where(still, np.where(outside, -np.inf, np.inf), leaves)
    begin = np.maximum(enters.max(axis=2), 0.0)
    end = np.minimum(leaves.min(axis=2), 1.0)
    share: Floats = np.maximum(end - begin, 0.0)
    lengths: Floats = share * np.hypot(along[:, 0], along[:, 1])
    return lengths


def shared_areas(boxes: Floats, others: Floats) -> Floats:
    """The area that each box (b, 4) shares with each of the others (o, 4), as (b, o)."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    sides = np.maximum(high - low, 0.0)
    areas: Floats = sides[..., 0] * sides[..., 1]
    return areas
