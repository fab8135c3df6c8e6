"""Curves, lines and points between two axes. Ranges that the file leaves out fit what is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from grader.figures.axes import MOST_TICKS, Axes, Range, fitted, label_axes
from grader.figures.canvas import Canvas
from grader.figures.elements import Element, Trace, reading
from grader.figures.lettering import lettered
from grader.figures.lines import Curve, Straight
from grader.figures.numbers import Numbers
from grader.figures.reading import Formula, Part, Words
from grader.figures.scene import Point, Scene
from grader.figures.scene import Words as Lettered
from grader.figures.spots import Broken, Shaded, Spot
from grader.language.numerals import name_latex
from grader.spec import pictures

ELEMENTS: dict[str, Callable[[Part], Element]] = {
    "shaded": Shaded.read, "curves": Curve.read, "lines": Straight.read, "tangents": Straight.tangent,
    "secants": Straight.secant, "polylines": Broken.read, "series": Broken.series, "points": Spot.read,
}  # fmt: skip
"""What may be drawn by its key, in the order of drawing."""
MOST_ELEMENTS = 60
OUTLIERS = 0.03
"""The share of a curve's values that its range may leave out at each end."""


class Frame(msgspec.Struct, frozen=True):
    """What a file says of the axes."""

    ranges: tuple[Formula | None, Formula | None]
    steps: tuple[Formula | None, Formula | None]
    names: tuple[Words, ...]
    lattice: bool
    square: bool
    variables: tuple[str, str]

    @staticmethod
    def read(part: Part, *, lattice: bool, square: bool, variables: tuple[str, str] = ("x", "y")) -> Frame:
        """The axes of a part; `lattice` and `square` are what it has where the file does not say."""
        ticks = part["ticks"]
        if ticks:
            ticks.like(pictures.Ticks)
        names = tuple(item.words() for item in part.listed("axes"))
        if len(names) not in (0, 2):
            part.below("axes").fail("figure-axes")
        return Frame(
            (part.formula_of("x"), part.formula_of("y")),
            (ticks.formula_of("x"), ticks.formula_of("y")) if ticks else (None, None),
            names,
            part.flag_of("lattice", default=lattice),
            part.flag_of("square", default=square),
            variables,
        )

    def axes(self, x: Range, y: Range, numbers: Numbers) -> Axes:
        """The axes over two ranges."""
        steps = [self._step(formula, span, numbers) for formula, span in zip(self.steps, (x, y), strict=True)]
        return Axes.over(x, y, (steps[0], steps[1]), numbers.frame, square=self.square)

    def _step(self, formula: Formula | None, span: Range, numbers: Numbers) -> float | None:
        step = numbers.number(formula) if formula else None
        if formula and step is not None and not (span[1] - span[0]) / MOST_TICKS <= step:
            numbers.fail("figure-ticks", formula.path, step=step, most=MOST_TICKS)
        return step

    def letters(self, numbers: Numbers) -> tuple[Lettered, Lettered]:
        """The names of the axes."""
        if not self.names:
            return lettered(f"${name_latex(self.variables[0])}$"), lettered(f"${name_latex(self.variables[1])}$")
        return numbers.letters(self.names[0]), numbers.letters(self.names[1])

    def told(self, axes: Axes, numbers: Numbers) -> str:
        """The axes in words."""
        names = [numbers.text(name) for name in self.names] or [f"${name_latex(name)}$" for name in self.variables]
        ends = [reading(end, span, numbers) for span in (axes.x, axes.y) for end in span]
        return numbers.say(
            "figure-axes-said", x=names[0], y=names[1], left=ends[0], right=ends[1], low=ends[2], high=ends[3]
        )


def elements_of(part: Part, keys: Sequence[str]) -> tuple[Element, ...]:
    """The elements of a part, in the order of drawing."""
    elements = tuple(ELEMENTS[key](item) for key in keys for item in part.listed(key))
    if len(elements) > MOST_ELEMENTS:
        part.fail("figure-elements", count=len(elements), most=MOST_ELEMENTS)
    return elements


class Plot(msgspec.Struct, frozen=True):
    """A plot as the file has it."""

    part: Part
    frame: Frame
    elements: tuple[Element, ...]

    @staticmethod
    def read(part: Part) -> Plot:
        """The plot of a file."""
        part.like(pictures.Plot)
        frame = Frame.read(part, lattice=True, square=False)
        elements = elements_of(part, tuple(ELEMENTS))
        if not elements:
            part.fail("figure-empty", known=tuple(ELEMENTS))
        return Plot(part, frame, elements)

    def drawn(self, numbers: Numbers) -> tuple[Scene, list[str]]:
        """A student's plot, and what is to be said of it."""
        elements = [element for element in self.elements if numbers.holds(element.when)]
        corners = [corner for element in elements for corner in element.corners(numbers)]
        x = self._range(0, [point[0] for point in corners], numbers)
        traces = [element.trace(numbers, x) for element in elements]
        y = self._range(1, _heights(corners, elements, traces), numbers)
        axes = self.frame.axes(x, y, numbers)
        canvas = Canvas()
        canvas.frame = (0.0, 0.0, axes.width, axes.height)
        label_axes(canvas, axes, numbers, self.frame.letters(numbers), lattice=self.frame.lattice)
        for element, trace in zip(elements, traces, strict=True):
            element.draw(canvas, axes, trace, numbers)
        told = [element.told(axes, trace, numbers) for element, trace in zip(elements, traces, strict=True)]
        return canvas.finished(), [self.frame.told(axes, numbers), *told]

    def _range(self, side: int, values: Sequence[float], numbers: Numbers) -> Range:
        given = self.frame.ranges[side]
        return numbers.interval(given) if given else fitted(values)


def _heights(corners: Sequence[Point], elements: Sequence[Element], traces: Sequence[Trace]) -> list[float]:
    """What the range of y has to hold: points, and of curves all but a few values far out."""
    heights = [y for _, y in corners]
    for element, trace in zip(elements, traces, strict=True):
        if isinstance(element, Curve):
            ys = trace.ys[~np.isnan(trace.ys)]
            low, high = np.quantile(ys, (OUTLIERS, 1 - OUTLIERS))
            middle = (high - low) * 0.5
            heights += [float(y) for y in (ys.min(), ys.max()) if low - middle <= y <= high + middle]
            heights += [float(low), float(high)]
    return [height for height in heights if not math.isnan(height)]
