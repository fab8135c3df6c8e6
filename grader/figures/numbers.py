"""One student's numbers and words for a figure: formulas with values, labels filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

import numpy as np

from grader.arrays import Floats
from grader.errors import AuthorError
from grader.figures.lettering import SIZE, lettered
from grader.figures.reading import Formula, Words
from grader.figures.scene import Words as Lettered
from grader.language.numerals import number_latex
from grader.messages import Message, translate
from grader.plan.group import Group
from grader.plan.solve import value_of
from grader.spec.source import Path

Fill = Callable[[str, Path, Mapping[str, int]], str]
"""How a text with numbers in it is filled in: its template, its place in the file, the loops around it."""


FRAME = 250.0
"""Points: how wide the frame of a plot is that stands alone."""


class Numbers:
    """A group of one, a language, how its texts are filled in, and how wide the frame of a plot may be."""

    def __init__(self, group: Group, language: str, fill: Fill, frame: float = FRAME) -> None:
        self.group, self.language, self._fill = group, language, fill
        self.frame = frame
        self.values = group.values
        self._computed: dict[int, Floats] = {}  # by the formula itself: whoever draws it also tells it

    def fail(self, key: str, path: Path, /, **values: object) -> NoReturn:
        """Raise an AuthorError at a place of the file."""
        self.group.plan.problem.source.fail(key, path, **values)

    # ----- Values --------------------------------------------------------------------------------------------------

    def array(self, formula: Formula) -> Floats:
        """The value of a formula; raises AuthorError where it has none."""
        known = self._computed.get(id(formula))
        if known is not None:
            return known
        value: Floats = value_of(self.group.plan, formula.tree, self.values, formula.path)[0]
        if not np.isfinite(value).all():
            self.fail("figure-not-finite", formula.path)
        self._computed[id(formula)] = value
        return value

    def number(self, formula: Formula) -> float:
        """A number."""
        value = self.array(formula)
        if value.size != 1:
            self.fail("figure-number", formula.path)
        return float(value.ravel()[0])

    def pair(self, formula: Formula) -> tuple[float, float]:
        """Two numbers: a point, or the ends of an interval."""
        value = self.array(formula).ravel()
        if value.size != 2:
            self.fail("figure-pair", formula.path)
        return float(value[0]), float(value[1])

    def interval(self, formula: Formula) -> tuple[float, float]:
        """Two numbers, the smaller first."""
        low, high = self.pair(formula)
        if not low < high:
            self.fail("figure-reversed", formula.path, low=low, high=high)
        return low, high

    def curve(self, formula: Formula, points: Mapping[str, Floats]) -> Floats:
        """The values of a function at points, NaN where it has none."""
        size = len(next(iter(points.values())))
        plan = self.group.plan
        read = plan.names_read((formula.tree,))
        values = {name: np.repeat(self.values[name], size, axis=0) for name in read if name in self.values}
        found = value_of(plan, formula.tree, {**values, **points}, formula.path)
        if found.ndim != 1:
            self.fail("figure-number", formula.path)
        found = np.broadcast_to(found, (size,))
        return np.where(np.isfinite(found), found, np.nan)

    def holds(self, formula: Formula | None) -> bool:
        """Whether a part is drawn for this student."""
        return formula is None or bool(self.array(formula).ravel()[0] > 0.5)

    # ----- Words ---------------------------------------------------------------------------------------------------

    def text(self, words: Words) -> str:
        """A text of the file, as Markdown with maths."""
        return self._fill(words.texts[self.language], words.path, words.rounds)

    def label(self, words: Words | None) -> str:
        """A text of the file that can be set in one line, as Markdown; nothing where there is none."""
        if words is None:
            return ""
        text = self.text(words).strip()
        try:
            lettered(text)
        except AuthorError as fault:
            self.fail(fault.message.key, words.path, **fault.message.values)
        return text

    def letters(self, words: Words | None, size: float = SIZE) -> Lettered:
        """The same typeset."""
        return lettered(self.label(words), size)

    def figure(self, value: float) -> str:
        """A number as maths."""
        return f"${number_latex(value, self.language)}$"

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the catalogue."""
        return translate(Message(key, values), self.language)
