"""What a reader has seen in a text: the names that stand in its maths, and the functions written as `f(x)`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import msgspec

from grader.facts import fact
from grader.language.boxes import Accent, Box, Fence, Row, Script, Sign, inside
from grader.language.numerals import name_latex
from grader.language.tex import boxes, formulas_of
from grader.plan.plan import Plan

_INSERTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


class Seen(msgspec.Struct, frozen=True):
    """The boxes of the maths of some texts, and those of them that stand before a bracket."""

    written: frozenset[Box]
    called: frozenset[Box]

    @property
    def letters(self) -> set[str]:
        """Letters that mean something to the reader already."""
        return {box.text for box in self.written if isinstance(box, Sign) and box.text.isascii() and box.text.isalpha()}

    def has(self, name: str) -> bool:
        """Has the reader met the name; `w[1]` under the name w."""
        return _box_of(name.partition("[")[0]) in self.written

    def accents(self, name: str) -> bool:
        """Is the name one that the reader has met, with a sign above it: m̂ where m was met."""
        box = _box_of(name.partition("[")[0])
        return isinstance(box, Accent) and set(box.body.boxes) <= self.written

    def suggests(self, name: str) -> bool:
        """Has the reader met the letter of the name, whatever its index: x where the name is x_0."""
        return _letter(_box_of(name.partition("[")[0])) in self.written

    def calls(self, function: str) -> bool:
        """Has the reader met the function with its arguments."""
        return _box_of(function) in self.called


def seen_in(texts: Iterable[str]) -> Seen:
    """What stands in the maths of Markdown texts."""
    written = {box for text in texts for latex in formulas_of(text) for box in inside(boxes(latex))}
    pairs = {pair for box in written if isinstance(box, Row) for pair in pairwise(box.boxes)}
    return Seen(frozenset(written), frozenset(name for name, after in pairs if _opens(after)))


@fact()
def met(plan: Plan) -> Seen:
    """What stands in the maths of the statement and of the questions of a problem."""
    texts = [plan.problem.text["en"], *(ask.prompt["en"] for ask in plan.asks if ask.prompt)]
    return seen_in([_INSERTED.sub(" ", text) for text in texts])


@lru_cache(maxsize=1024)
def unmentioned(plan: Plan) -> frozenset[str]:
    """Givens that the statement shows only as numbers: their names mean nothing to a student."""
    statement = seen_in([_INSERTED.sub(" ", plan.problem.text["en"])])
    return frozenset(given.name for given in plan.givens if not statement.suggests(given.name))


def _box_of(name: str) -> Box:
    formula = boxes(name_latex(name))
    return formula.boxes[0] if len(formula.boxes) == 1 else formula


def _letter(box: Box) -> Box:
    return _letter(box.base) if isinstance(box, Script) else box


def _opens(box: Box) -> bool:
    brackets = _letter(box)
    return isinstance(brackets, Fence) and brackets.left == "("
