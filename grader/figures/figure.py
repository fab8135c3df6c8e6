"""The figure of a problem: read once for a plan, drawn for a student; the scene and the same in words."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from grader.errors import AuthorError
from grader.facts import fact
from grader.figures.kinds import KINDS, Picture
from grader.figures.numbers import Fill, Numbers
from grader.figures.reading import Formula, Part, Reader, Words
from grader.figures.rows import Standing, in_rows, with_caption
from grader.figures.scene import Scene
from grader.figures.svg import svg
from grader.language.plain import plain
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Plan

MOST_PICTURES = 6
WIDEST = 470.0
"""Points: the column of text of an A4 sheet with our margins."""
SIGN = 14.0
"""The type size of a sign between two pictures."""
BESIDE = 158.0
"""How wide the frame of a plot is that stands beside another: with the numbers at its axis two fit into the column."""


class Undrawable(AuthorError):
    """A figure that cannot be drawn with one student's numbers."""

    @staticmethod
    def of(fault: AuthorError) -> Undrawable:
        """The same fault as one of the numbers."""
        where = {"file": fault.file, "line": fault.line, "path": fault.path}
        return Undrawable(fault.message.key, **{**fault.message.values, **where})


class Figure(NamedTuple):
    """One picture as the file has it: its place, its kind, for whom it is drawn, what stands below and behind."""

    part: Part
    kind: str
    picture: Picture
    when: Formula | None
    caption: Words | None
    sign: Words | None


class Drawing(msgspec.Struct, frozen=True):
    """A student's pictures in one scene; `told` says in Markdown all that they say."""

    kinds: tuple[str, ...]
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
def figures_of(plan: Plan) -> tuple[Figure, ...]:
    """The pictures of a plan; raises AuthorError with file, line and cure."""
    if "figure" not in plan.problem.source.root:
        return ()
    part = Reader(plan).part()
    parts = part.items() if part.is_list() else [part]
    if not 1 <= len(parts) <= MOST_PICTURES:
        part.fail("figure-pictures", count=len(parts), most=MOST_PICTURES)
    return tuple(_figure(each) for each in parts)


def _figure(part: Part) -> Figure:
    part.has(of=("when", "caption", "sign", *KINDS))
    kinds = [kind for kind in KINDS if part[kind] is not None]
    if len(kinds) != 1:
        part.fail("figure-kind", kinds=tuple(KINDS))
    (kind,) = kinds
    picture = KINDS[kind].read(part.below(kind))
    return Figure(part, kind, picture, part.formula_of("when"), part.words_of("caption"), part.words_of("sign"))


def drawing(group: Group, language: str, fill: Fill) -> Drawing | None:
    """The pictures of a group of one; None where it has none. Raises Undrawable where numbers do not allow it."""
    figures = figures_of(group.plan)
    if not figures:
        return None
    try:
        return _drawing(figures, group, language, fill)
    except AuthorError as fault:
        raise Undrawable.of(fault) from fault


def _drawing(figures: tuple[Figure, ...], group: Group, language: str, fill: Fill) -> Drawing | None:
    numbers = Numbers(group, language, fill)
    figures = tuple(figure for figure in figures if numbers.holds(figure.when))
    if len(figures) > 1:
        numbers = Numbers(group, language, fill, BESIDE)
    drawn = [_drawn(figure, numbers) for figure in figures]
    if not drawn:
        return None
    titles = [numbers.say(KINDS[figure.kind].title) for figure in figures]
    told = [text for _, text in drawn]
    if len(drawn) > 1:
        told = [numbers.say("figure-part", number=number, text=text) for number, text in enumerate(told, 1)]
    scene = in_rows([standing for standing, _ in drawn], WIDEST)
    return Drawing(tuple(figure.kind for figure in figures), scene, ", ".join(titles), " ".join(told))


def _drawn(figure: Figure, numbers: Numbers) -> tuple[Standing, str]:
    """One picture with what stands below it and behind it, and all in words."""
    scene, sentences = figure.picture.drawn(numbers)
    middle = scene.height / 2
    if figure.caption:
        scene = with_caption(scene, numbers.letters(figure.caption))
        sentences = [numbers.say("figure-caption", text=numbers.text(figure.caption)), *sentences]
    if scene.width > WIDEST:
        figure.part.below(figure.kind).fail("figure-wide", width=round(scene.width), most=round(WIDEST))
    if figure.sign:
        sentences.append(numbers.say("figure-sign", text=numbers.text(figure.sign)))
    return Standing(scene, middle, numbers.letters(figure.sign, SIGN)), " ".join(sentences)
