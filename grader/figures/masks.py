"""What is switched off in a net: the neurons and edges whose entry in a mask is 0."""

from __future__ import annotations

from grader.figures.numbers import Numbers
from grader.figures.reading import Formula, Part


def switched_off(part: Part, mask: Formula | None, count: int, numbers: Numbers) -> list[bool]:
    """Of each of `count` neurons, or edges row by row, whether the mask has 0 there; without a mask nothing is off."""
    if mask is None:
        return [False] * count
    entries = numbers.array(mask).ravel()
    if len(entries) != count:
        part.fail("figure-mask", count=len(entries), wanted=count)
    return [not entry for entry in entries]
