"""What stands at the steps of a recurrent net, as a picture: a column a step, inputs below, outputs and losses above.

Of two rows of states the first stands a little to the left and the second, which runs backwards, to the right, so that
arrows from inputs pass the first and arrows to outputs pass the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from grader.figures.canvas import Canvas
from grader.figures.lettering import lettered
from grader.figures.ovals import Oval
from grader.figures.scene import DASHES, USUAL, Line, Point, Scene
from grader.figures.scene import Words as Lettered

HIGH, PADDING = 24.0, 6.0
"""A state, and around its label."""
BARE, MARKED = 24.0, 37.0
"""Between two rows, without anything on the arrows and with it."""
SHAFT, HEAD = 13.0, 6.0
"""Of an arrow from state to state, on both sides of what stands on it; and its head."""
AIR, BETWEEN = 3.0, 12.0
"""Around a text that an arrow begins or ends at, and between two texts of a row."""
CLEAR = 5.0
"""Between an arrow or a label and what it passes."""


NEAR = tuple((MARKED / 2 - deep) / (MARKED + HIGH / 2) for deep in (0.0, 8.0))
"""Of the way from a text to a state: the middle of a label on it, and its edge on the side of the text."""


class Chain(NamedTuple):
    """A row of states by step with the one that it begins with, or nothing, and what stands on the arrows: between
    them from left to right, from inputs and to outputs by step.
    """

    states: list[str]
    initial: str
    between: list[str]
    into: list[str]
    out: list[str]


class Timeline(NamedTuple):
    """A student's net: one row of states, or two of which the second runs backwards; what is not there is empty."""

    chains: list[Chain]
    inputs: list[str]
    outputs: list[str]
    losses: list[str]
    to_losses: list[str]

    @property
    def direct(self) -> list[str]:
        """What stands on the arrows that lead to losses past outputs that are not there."""
        outputs = self.outputs or [""] * len(self.losses)
        rows = zip(self.losses, outputs, self.to_losses, strict=False)
        return [mark for loss, output, mark in rows if loss and not output]

    @property
    def out(self) -> list[list[str]]:
        """What stands on the arrows that lead up from each chain."""
        return [[*chain.out, *self.direct] for chain in self.chains]


class Shape(Protocol):
    """What an arrow leads to or from."""

    @property
    def middle(self) -> Point:
        """Its middle."""

    def rim(self, towards: Point) -> Point:
        """Where a line leaves it."""


class Bare(NamedTuple):
    """A text without an outline, which arrows meet from above or below, `reach` from its middle."""

    words: Lettered
    x: float
    y: float
    reach: float

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.x, self.y

    def rim(self, towards: Point) -> Point:
        """Above or below it."""
        return self.x, self.y + (self.reach if towards[1] > self.y else -self.reach)


class Arrow(NamedTuple):
    """From what to what, with what on it, which stands where the arrow is at a given x or y; else halfway."""

    start: Shape
    end: Shape
    text: str
    x: float | None = None
    y: float | None = None

    def line(self) -> tuple[Line, float]:
        """From rim to rim, and the share of it at which its text stands."""
        start = self.start.rim(self.end.middle)
        end = self.end.rim(start)
        start = self.start.rim(end)
        share = 0.5
        for at, a, b in ((self.x, start[0], end[0]), (self.y, start[1], end[1])):
            share = share if at is None or a == b else (at - a) / (b - a)
        return Line((start, end), USUAL, arrow=True), share


class Layout(NamedTuple):
    """Where everything goes: the chains' heights, those of inputs, outputs and losses with how far arrows stay away
    from their middles, half of a state's width, how far two chains stand aside, and from column to column.
    """

    chains: list[float]
    texts: list[tuple[float, float]]
    half: float
    aside: float
    apart: float

    def passing(self, row: int, to: int) -> float:
        """Where arrows from or `to` a row of texts pass a chain: how far from the middle, as a share of `aside`."""
        end = self.texts[to][0] + self.texts[to][1] * (1 if to else -1)
        return (end - self.chains[row]) / (end - self.chains[1 - row])

    def passed(self, line: Timeline) -> list[list[float]]:
        """For both chains where they are passed, on all kinds of ways."""
        heads = [*([1] if any(line.outputs) else []), *([2] if line.direct else [])]
        return [[self.passing(0, 0)] if any(line.inputs) else [], [self.passing(1, head) for head in heads]]


def scene(line: Timeline) -> Scene:
    """The picture of a net."""
    canvas = Canvas()
    layout = _layout(line)
    chains = [_states(line, row, layout) for row in range(len(line.chains))]
    texts = [
        {step: Bare(lettered(text), step * layout.apart, *where) for step, text in enumerate(row, 1) if text}
        for row, where in zip((line.inputs, line.outputs, line.losses), layout.texts, strict=True)
    ]
    for arrow in (*_between(line, chains, texts, layout), *_upwards(line, chains, texts, layout)):
        shaft, share = arrow.line()
        canvas.gap(shaft, lettered(arrow.text), share)
    for chain, states in zip(line.chains, chains, strict=True):
        for step, oval in states.items():
            known = 1 <= step <= len(chain.states)
            canvas.draw(Line(oval.outline(), USUAL, () if known else DASHES))
            canvas.write(lettered(chain.states[step - 1] if known else chain.initial), *oval.middle)
    for words, x, y, _ in (bare for row in texts for bare in row.values()):
        canvas.write(words, x, y)
    return canvas.finished()


def _states(line: Timeline, row: int, layout: Layout) -> dict[int, Oval]:
    """The states of a chain by step from left to right; the initial one is before the first or after the last."""
    chain = line.chains[row]
    count = len(chain.states)
    first, last = int(not (chain.initial and row == 0)), count + int(bool(chain.initial) and row == 1)
    side = (-layout.aside, layout.aside)[row]
    return {
        step: Oval(step * layout.apart + side, layout.chains[row], layout.half, HIGH / 2)
        for step in range(first, last + 1)
    }


# ----- How far apart -----------------------------------------------------------------------------------------------


def _layout(line: Timeline) -> Layout:
    states = [lettered(text) for chain in line.chains for text in (*chain.states, chain.initial)]
    half = max(max(HIGH / 2, each.width / 2 + PADDING) for each in states)
    texts = [[lettered(text) for text in row] for row in (line.inputs, line.outputs, line.losses)]
    chains, heights = _heights(line, texts)
    layout = Layout(chains, heights, half, 0.0, 0.0)
    layout = layout._replace(aside=_aside(line, layout))
    widest = _widest(text for chain in line.chains for text in chain.between)
    shaft = widest + 2 * SHAFT if widest else BARE
    shares = max(share for row in layout.passed(line) for share in row) if layout.aside else 0.0
    passed = max(2 * half, half + layout.aside * (1 + shares))
    across = max((each.width for row in texts for each in row), default=0.0)
    return layout._replace(apart=max(passed + shaft, across + BETWEEN))


def _heights(line: Timeline, texts: Sequence[Sequence[Lettered]]) -> tuple[list[float], list[tuple[float, float]]]:
    """How high the chains are, and inputs, outputs and losses; the first chain is at 0."""
    below, above, top = (max((each.up + each.down for each in row), default=0.0) / 2 + AIR for row in texts)
    chains = [0.0]
    if len(line.chains) > 1:
        chains.append(-HIGH - _room(line.out[0], line.chains[1].into))
    inputs = HIGH / 2 + _room(*(chain.into for chain in line.chains)) + below
    outputs = chains[-1] - HIGH / 2 - _room(*line.out) - above
    reached = outputs - above if line.outputs else chains[-1] - HIGH / 2
    losses = reached - _room(line.to_losses) - top
    rows = [(inputs, below), (outputs, above), (losses, top)]
    return chains, rows if line.outputs else [rows[0], rows[2], rows[2]]


def _room(*marks: Sequence[str]) -> float:
    return MARKED if any(text for each in marks for text in each) else BARE


def _aside(line: Timeline, layout: Layout) -> float:
    """How far two chains stand aside, so that arrows pass states and labels; 0 where none has to pass."""
    if len(line.chains) == 1 or not (any(line.inputs) or any(line.outputs) or any(line.losses)):
        return 0.0
    below, above = layout.passed(line)
    low, high = min(below, default=1.0), min(above, default=1.0)
    return max(
        (layout.half + CLEAR) / (1 + min(low, high)),
        # between the two chains, where an arrow is halfway from the share to the whole of it
        ((_widest(line.out[0]) + _widest(line.chains[1].into)) / 2 + CLEAR) / (1 + (low + high) / 2),
        # and in the middle of the room before a chain, beside the arrow that passes it
        (_widest(line.chains[0].into) / 2 + AIR) / (NEAR[0] + NEAR[1] * low),
        (_widest(line.out[1]) / 2 + AIR) / (NEAR[0] + NEAR[1] * high),
    )


def _widest(texts: Iterator[str] | Sequence[str]) -> float:
    return max((lettered(text).width for text in texts), default=0.0)


# ----- Arrows ------------------------------------------------------------------------------------------------------


def _between(
    line: Timeline, chains: Sequence[dict[int, Oval]], texts: Sequence[dict[int, Bare]], layout: Layout
) -> Iterator[Arrow]:
    """From state to state; what stands there is beyond the arrow that passes, if one does."""
    for row, (chain, states) in enumerate(zip(line.chains, chains, strict=True)):
        passes = dict.fromkeys(texts[0], 0) if row == 0 else dict.fromkeys(texts[2], 2) | dict.fromkeys(texts[1], 1)
        for (left, right), text in zip(pairwise(states), chain.between, strict=True):
            start, end = (right, left) if row else (left, right)
            x = None
            if layout.aside and start in passes:
                way = -1 if row else 1
                crossing = start * layout.apart + way * layout.aside * layout.passing(row, passes[start])
                x = (crossing + states[end].x - way * (layout.half + HEAD)) / 2
            yield Arrow(states[start], states[end], text, x=x)


def _upwards(
    line: Timeline, chains: Sequence[dict[int, Oval]], texts: Sequence[dict[int, Bare]], layout: Layout
) -> Iterator[Arrow]:
    """From inputs to states, from states to outputs, from there to losses; of those that pass a chain what is on them
    stands between the two.
    """
    inputs, outputs, losses = texts
    halfway = sum(layout.chains) / 2
    for row, (chain, states) in enumerate(zip(line.chains, chains, strict=True)):
        below = halfway if row == 1 else layout.chains[0] + HIGH / 2 + _room(*(each.into for each in line.chains)) / 2
        above = halfway if row < len(chains) - 1 else layout.chains[-1] - HIGH / 2 - _room(*line.out) / 2
        for step, bare in inputs.items():
            yield Arrow(bare, states[step], chain.into[step - 1], y=below)
        for step, bare in outputs.items():
            yield Arrow(states[step], bare, chain.out[step - 1], y=above)
        for step in losses.keys() - outputs.keys():
            yield Arrow(states[step], losses[step], line.to_losses[step - 1], y=above)
    for step in losses.keys() & outputs.keys():
        yield Arrow(outputs[step], losses[step], line.to_losses[step - 1])
