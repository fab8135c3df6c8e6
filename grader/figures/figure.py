"""The figure of a problem: read once for a plan, drawn for a student; the scene and the same in words."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from grader.facts import fact
from grader.figures.kinds import KINDS, Picture
from grader.figures.numbers import Fill, Numbers
from grader.figures.reading import Formula, Reader
from grader.figures.scene import Scene
from grader.figures.svg import svg
from grader.language.plain import plain
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Plan

WIDEST = 470.0
"""Points: the column of text of an A4 sheet with our margins."""


class Figure(NamedTuple):
    """A figure as the file has it, its kind, and for which students it is drawn."""

    kind: str
    picture: Picture
    when: Formula | None


class Drawing(msgspec.Struct, frozen=True):
    """A student's figure; `told` says in Markdown all that the picture says."""

    kind: str
    scene: Scene
    title: str
    told: str

    @property
    def alternative(self) -> str:
        """The same as plain text."""
        return plain(self.told)

    def svg(self, name: str = "figure") -> str:
        """The picture; `name` is what its parts are called by in a page that has several."""
        return svg(self.scene, self.title, self.alternative, name)


@fact(needs=(*STRUCTURE,))
def figure_of(plan: Plan) -> Figure | None:
    """The figure of a plan; raises AuthorError with file, line and cure."""
    if "figure" not in plan.problem.source.root:
        return None
    part = Reader(plan).part()
    part.has(of=("when", *KINDS))
    kinds = [kind for kind in KINDS if part[kind] is not None]
    if len(kinds) != 1:
        part.fail("figure-kind", kinds=tuple(KINDS))
    return Figure(kinds[0], KINDS[kinds[0]].read(part.below(kinds[0])), part.formula_of("when"))


def drawing(group: Group, language: str, fill: Fill) -> Drawing | None:
    """The figure of a group of one; None where it has none. Raises AuthorError with line and cure."""
    figure = figure_of(group.plan)
    if figure is None:
        return None
    numbers = Numbers(group, language, fill)
    if not numbers.holds(figure.when):
        return None
    scene, sentences = figure.picture.drawn(numbers)
    if scene.width > WIDEST:
        numbers.fail("figure-wide", ("figure", figure.kind), width=round(scene.width), most=round(WIDEST))
    return Drawing(figure.kind, scene, numbers.say(KINDS[figure.kind].title), " ".join(sentences))
