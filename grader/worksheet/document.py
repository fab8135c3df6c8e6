"""A worksheet before it has a format.

Fields marked Markdown are an author's text with maths in `$..$` and `$$..$$`; every other text is plain and
is escaped by the format, the student's name first of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.figures.figure import Drawing
from grader.spec.kinds import TRAITS

MOST_ROWS, MOST_COLUMNS = 9, 8
"""Of a grid that is drawn for an answer."""


@dataclass(frozen=True, slots=True)
class Blank:
    """One thing to fill in. `shape` draws an empty vector (n,) or matrix (m, n)."""

    id: str
    prompt: str  # Markdown
    kind: str  # a name of `grader.spec.kinds`
    points: float
    hint: str  # how to write the answer, in the sheet's language
    options: tuple[str, ...] = ()  # Markdown, numbered from 1
    shape: tuple[int, ...] = ()
    answer: str = ""  # Markdown, printed on the key only

    @property
    def short(self) -> bool:
        """Whether a short line is enough."""
        return TRAITS[self.kind].single

    @property
    def cells(self) -> tuple[int, int] | None:
        """Rows and columns of the empty grid, a vector being a column; None where a ruled line is better."""
        if not self.shape or len(self.shape) > 2:
            return None
        rows, columns = self.shape if len(self.shape) == 2 else (self.shape[0], 1)
        return (rows, columns) if rows <= MOST_ROWS and columns <= MOST_COLUMNS else None


@dataclass(frozen=True, slots=True)
class Exercise:
    """A problem with a student's own numbers."""

    number: int
    title: str
    points: float
    variant: str
    statement: str  # Markdown: paragraphs, lists, pipe tables
    blanks: tuple[Blank, ...]
    solution: str = ""  # Markdown, printed on the key only
    figure: Drawing | None = None  # after the statement
    rest: str = ""  # Markdown after the figure


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one student gets; with `key`, what the teacher keeps."""

    student: str
    assignment: str
    language: str  # en, ru
    exercises: tuple[Exercise, ...]
    key: bool = False

    @property
    def points(self) -> float:
        """The most that can be earned."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def drawn(self) -> bool:
        """Whether there is a figure on it."""
        return any(exercise.figure for exercise in self.exercises)


def fragments(sheet: Sheet) -> Iterator[str]:
    """Every piece of Markdown that will be printed on the sheet."""
    for exercise in sheet.exercises:
        yield from (exercise.statement, exercise.rest)
        for blank in exercise.blanks:
            yield from (blank.prompt, *blank.options)
            if sheet.key:
                yield blank.answer
        if sheet.key:
            yield exercise.solution
