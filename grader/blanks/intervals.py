"""Intervals: two ends that may belong to it or not, or lie at infinity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from grader.arrays import Floats, Shape, Truths
from grader.blanks.kind import CORRECT, Answer, Blank, Judgement, Sample, Typed, expected_value, one_text
from grader.blanks.numbers import Reading, beyond, reading_of
from grader.blanks.numeric import NumericKind, all_expected
from grader.blanks.numeric import typed as typed_number
from grader.blanks.rounding import accepts, refused_beyond
from grader.blanks.written import printed
from grader.errors import Message, SyntaxFault
from grader.language.enclosed import CLOSED, INFINITE, interval_text, read_piece
from grader.language.nodes import Node
from grader.language.unicode import number_unicode, to_unicode
from grader.plan.group import Group
from grader.plan.plan import Ask

LEFT, RIGHT = 0, 1
_WRONG = (Message("answer-interval-left"), Message("answer-interval-right"))
_OTHER_BRACKET = (Message("answer-interval-bracket-left"), Message("answer-interval-bracket-right"))
_INFINITE_ENDS = (Reading("", -np.inf), Reading("", np.inf))


class Interval(NamedTuple):
    """The ends, infinite ones as such; what each is (closed, open, infinite); and the trees of those typed."""

    ends: tuple[float, float]
    sides: tuple[str, ...]
    trees: tuple[Node | None, Node | None] = (None, None)


class IntervalKind(NumericKind):
    """An interval. Its numbers are the finite ends of the right one, (1,) or (2,); `ask.sides` say what each end is.

    Each end earns half: half of that for the number, half for the bracket at a right number.
    """

    def read(self, typed: Typed, blank: Blank) -> Interval:
        """The interval; ends in the wrong order are refused."""
        text = one_text(typed, blank.ask)
        parts = interval_text(text)
        low, high = (
            infinite if side == INFINITE else read_piece(piece, reading_of)
            for piece, side, infinite in zip(parts.ends, parts.sides, _INFINITE_ENDS, strict=True)
        )
        if low.value > high.value:
            raise SyntaxFault("syntax-interval-order", span=(0, len(text)))
        return Interval((low.value, high.value), parts.sides, (low.tree, high.tree))

    def number(self, answer: Answer) -> Floats:
        """The finite ends."""
        return np.array([end for end in answer.ends if np.isfinite(end)])

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """The finite ends of all answers at once, then end by end."""
        finite = finite_ends(ask)
        values = np.array([answer.ends for answer in answers])[:, finite]
        right = np.zeros((len(answers), 2), bool)
        right[:, finite] = accepts(ask, group, members, values)
        return [self.judge(ask, answer, mask) for answer, mask in zip(answers, right, strict=True)]

    def judge(self, ask: Ask, answer: Interval, right: Truths) -> Judgement:
        """The share that the ends earn, and what is wrong with them; `right` (2,) is for the finite ones."""
        share, reasons = 0.0, []
        for index, (wanted, given) in enumerate(zip(ask.sides, answer.sides, strict=True)):
            if (wanted != given) if INFINITE in (wanted, given) else not right[index]:
                reasons.append(_WRONG[index])
            elif wanted != given:
                share += 0.25
                reasons.append(_OTHER_BRACKET[index])
            else:
                share += 0.5
        return Judgement("partly" if share else "wrong", share, tuple(reasons)) if reasons else CORRECT

    def echo(self, answer: Interval, language: str) -> str:
        """The interval in the notation of the language, with the formulas of its ends."""
        ends = [self.end(end, tree, language) for end, tree in zip(answer.ends, answer.trees, strict=True)]
        return enclosed(ends, answer.sides, "; " if language == "ru" else ", ")

    def end(self, value: float, tree: Node | None, language: str) -> str:
        """A formula as it was understood, a number, or a sign of infinity."""
        if not np.isfinite(value):
            return "∞" if value > 0 else "−∞"
        return number_unicode(value, language) if tree is None else to_unicode(tree, language)

    def explain(self, ask: Ask, group: Group) -> Interval:
        """The right interval of a group of one."""
        return interval_of(ask, expected_value(ask, group)[0])

    def latex(self, value: Answer, ask: Ask, language: str) -> str:
        """The ends rounded as asked."""
        ends = [
            printed(end, ask.tolerance, language) if np.isfinite(end) else r"\infty" if end > 0 else r"-\infty"
            for end in value.ends
        ]
        return enclosed(ends, value.sides, r";\ " if language == "ru" else r",\ ")

    def export(self, ask: Ask, group: Group) -> object:
        """The ends, null at infinity, and whether each belongs to the interval."""
        interval = self.explain(ask, group)
        return {
            "ends": [end if np.isfinite(end) else None for end in interval.ends],
            "closed": [side == CLOSED for side in interval.sides],
        }

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """A line, with the rule of rounding."""
        del group
        return (), Message("answer-write-interval", {"rule": ask.tolerance.rule()})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The interval, the other bracket, another end, and an unclosed bracket."""
        value = expected_value(ask, group)[0]
        away = value.copy()
        index = -1 if ask.sides[RIGHT] != INFINITE else 0  # outwards, so that the ends keep their order
        margin = float(refused_beyond(ask, group)[0][index])
        away[index] = (
            beyond(float(value[index]), ask.tolerance, margin)
            if index
            else -beyond(-float(value[index]), ask.tolerance, margin)
        )
        other = tuple({"open": CLOSED, CLOSED: "open"}.get(side, side) for side in ask.sides)
        return [
            Sample(text_of(interval_of(ask, value)), "correct"),
            Sample(text_of(interval_of(ask, value)._replace(sides=other)), "partly"),
            Sample(text_of(interval_of(ask, away)), "partly"),
            Sample("[1, 2", "invalid"),
        ]

    def notations(self, ask: Ask, group: Group, most: int) -> Iterator[list[Typed]]:
        """With a decimal point, with a comma, and rounded as asked."""
        del most
        values = all_expected(ask, group)
        for comma in (False, True):
            yield [text_of(interval_of(ask, value), comma=comma) for value in values]
        yield [text_of(interval_of(ask, ask.tolerance.rounded(value))) for value in values]


def finite_ends(ask: Ask) -> list[int]:
    """Which ends are numbers."""
    return [index for index, side in enumerate(ask.sides) if side != INFINITE]


def interval_of(ask: Ask, value: Floats) -> Interval:
    """The interval that an ask's values (1 or 2,) make."""
    ends = [-np.inf, np.inf]
    for index, end in zip(finite_ends(ask), value, strict=True):
        ends[index] = float(end)
    return Interval((ends[LEFT], ends[RIGHT]), ask.sides)


def enclosed(ends: Sequence[str], sides: Sequence[str], separator: str) -> str:
    """`[1, 2)`: typeset ends between the brackets of their sides."""
    left, right = ("[" if sides[LEFT] == CLOSED else "("), ("]" if sides[RIGHT] == CLOSED else ")")
    return f"{left}{separator.join(ends)}{right}"


def text_of(interval: Interval, *, comma: bool = False) -> str:
    """The interval as typed."""
    ends = [
        typed_number(np.asarray(end), comma=comma) if np.isfinite(end) else "inf" if end > 0 else "-inf"
        for end in interval.ends
    ]
    return enclosed(ends, interval.sides, "; " if comma else ", ")
