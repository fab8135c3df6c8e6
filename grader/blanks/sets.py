"""Finite sets of numbers or points: in any order, each element once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from grader.arrays import Floats, Shape, Truths
from grader.blanks.arrays import latex_array
from grader.blanks.kind import Answer, Blank, Judgement, Sample, Typed, expected_value, one_text
from grader.blanks.numbers import beyond, read_number
from grader.blanks.numeric import NumericKind, all_expected
from grader.blanks.numeric import typed as typed_number
from grader.blanks.rounding import accepts, refused_beyond
from grader.blanks.written import printed
from grader.errors import Message, ShapeFault, ValueFault
from grader.language.enclosed import Piece, element_readings, read_piece
from grader.language.evaluate import evaluate
from grader.language.layout import layouts, loose_entries
from grader.language.reading import read_array
from grader.language.shapes import in_words
from grader.language.unicode import number_unicode
from grader.plan.group import Group
from grader.plan.plan import Ask

ALIKE = 1e-9
"""Elements that differ by no more than this part of the largest are one."""


class Reading(NamedTuple):
    """The elements (k,) or (k, d), each once, and those that were written again."""

    value: Floats
    repeated: Floats


class SetKind(NumericKind):
    """A set. The right one is a vector of numbers or a matrix of points, a row each; equal ones are one element.

    The share of right elements is among those asked for, or among those written if they are more.
    """

    def read(self, typed: Typed, blank: Blank) -> Reading:
        """The elements, in the reading of commas, or of spaces, that has as many as are wanted."""
        wanted, size = blank.shape[0], blank.shape[1:]
        text = one_text(typed, blank.ask)
        readings = element_readings(text, points=bool(size))
        fitting = [pieces for pieces in readings if len(pieces) == wanted]
        if not fitting and not size:
            fitting = [list(row) for (row,) in islice(layouts(text, (wanted,)), 1) if loose_entries(text) == list(row)]
        pieces = [*fitting, *readings][0]
        elements = np.array([self.element(piece, size) for piece in pieces]).reshape(len(pieces), *size)
        first = first_of_equals(elements)
        own = first == np.arange(len(first))
        return Reading(elements[own], elements[~own])

    def element(self, piece: Piece, size: Shape) -> Any:
        """A number, or a point of this size."""
        if not size:
            return read_piece(piece, read_number)
        value = evaluate(read_piece(piece, lambda text: read_array(text, frozenset(), size)), {})[0]
        span = (piece.start, piece.start + len(piece.text))
        if value.shape != size:
            raise ShapeFault("answer-set-point", span=span, answer=in_words(value.shape), expected=in_words(size))
        if not np.isfinite(value).all():
            raise ValueFault("value-undefined", span=span)
        return value

    def aligned(self, answer: Answer, like: Floats) -> Floats:
        """The elements in the order of the values they are nearest to."""
        return beside(answer.value, like)

    def leaves_over(self, answer: Answer, like: Floats) -> bool:
        """More elements than there are."""
        return len(answer.value) > len(np.unique(first_of_equals(like)))

    def canonical(self, values: Floats, rank: int) -> Floats:
        """The elements in ascending order, points by their first coordinate first."""
        if rank == 1:
            return np.sort(values, axis=-1)
        for coordinate in reversed(range(values.shape[-1])):
            order = np.argsort(np.round(values[..., coordinate], 9), axis=-1, kind="stable")
            values = np.take_along_axis(values, order[..., None], axis=-2)
        return values

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """All answers at once, each in the order of what is nearest."""
        expected = all_expected(ask, group)[list(members)]
        values = [self.aligned(answer, value) for answer, value in zip(answers, expected, strict=True)]
        right = accepts(ask, group, members, np.stack(values))
        masks = np.asarray(right.reshape(*expected.shape[:2], -1).all(axis=-1))
        return [self.judge(answer, value, mask) for answer, value, mask in zip(answers, expected, masks, strict=True)]

    def judge(self, answer: Reading, expected: Floats, right: Truths) -> Judgement:
        """`right` (m,) says which elements of the reference were found."""
        first = first_of_equals(expected)
        own = first == np.arange(len(first))
        wanted, good, given = int(own.sum()), int((right & own).sum()), len(answer.value)
        reasons = []
        if good < wanted:
            reasons.append(Message("answer-set-missing", {"count": wanted - good}))
        if good < given:
            reasons.append(Message("answer-set-extra", {"count": given - good}))
        if len(answer.repeated):
            reasons.append(Message("answer-set-repeated", {"count": len(answer.repeated)}))
        if good == wanted == given:
            return Judgement("correct", 1.0, tuple(reasons))
        return Judgement("partly" if good else "wrong", good / max(wanted, given), tuple(reasons))

    def agrees(self, ask: Ask, group: Group, other_ask: Ask, other: Group) -> Truths:
        """In any order."""
        expected, answers = all_expected(ask, group), all_expected(other_ask, other)
        if expected.shape != answers.shape:
            return np.zeros(len(expected), bool)
        values = np.stack([beside(answer, value) for answer, value in zip(answers, expected, strict=True)])
        right = accepts(ask, group, np.arange(len(values)), values)
        return np.asarray(right.reshape(len(values), -1).all(axis=1))

    def echo(self, answer: Reading, language: str) -> str:
        """The elements as they were read."""
        separator = "; " if language == "ru" else ", "

        def shown(value: Any) -> str:
            if np.ndim(value):
                return f"({separator.join(number_unicode(float(entry), language) for entry in value)})"
            return number_unicode(float(value), language)

        return "{" + separator.join(map(shown, answer.value)) + "}" if len(answer.value) else "∅"

    def explain(self, ask: Ask, group: Group) -> Floats:
        """The elements, each once."""
        value = expected_value(ask, group)[0]
        return np.asarray(value[first_of_equals(value) == np.arange(len(value))])

    def latex(self, value: Answer, ask: Ask, language: str) -> str:
        """The elements rounded as asked, between braces."""

        def entry(number: Any) -> str:
            return printed(float(number), ask.tolerance, language)

        elements = [
            latex_array(np.array([entry(number) for number in element], dtype=object), language)
            if np.ndim(element)
            else entry(element)
            for element in value
        ]
        return r"\{" + (r";\ " if language == "ru" else r",\ ").join(elements) + r"\}"

    def export(self, ask: Ask, group: Group) -> object:
        """The elements, each once."""
        return self.explain(ask, group).tolist()

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """A line."""
        points = expected_value(ask, group).ndim > 2
        return (), Message("answer-write-points" if points else "answer-write-set", {"rule": ask.tolerance.rule()})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The set backwards, one element wrong, one too many, and an unclosed brace."""
        value = self.explain(ask, group)
        spoiled = value.copy()
        top = np.unravel_index(np.argmax(value), value.shape)
        margin = float(np.max(refused_beyond(ask, group)[0]))
        spoiled[top] = beyond(float(value[top]), ask.tolerance, margin)
        more = np.concatenate([value, [np.max(np.abs(value), axis=0) + 1.5 + margin]])
        return [
            Sample(set_text(value[::-1]), "correct"),
            Sample(set_text(spoiled), "partly" if len(value) > 1 else "wrong"),
            Sample(set_text(more), "partly"),
            Sample("{1, 2", "invalid"),
        ]

    def notations(self, ask: Ask, group: Group, most: int) -> Iterator[list[Typed]]:
        """With a decimal point, with a comma, and rounded as asked."""
        del most
        values = all_expected(ask, group)
        for comma in (False, True):
            yield [set_text(value, comma=comma) for value in values]
        yield [set_text(ask.tolerance.rounded(value)) for value in values]


def set_text(elements: Floats, *, comma: bool = False) -> str:
    """A set as typed."""
    separator = "; " if comma else ", "
    texts = [typed_number(element, comma=comma) for element in elements]
    return "{" + separator.join(f"({text[1:-1]})" if text.startswith("[") else text for text in texts) + "}"


def first_of_equals(elements: Floats) -> Any:
    """For each element (k,) or (k, d) the index of the first that is equal to it."""
    if not len(elements):
        return np.arange(0)
    flat = elements.reshape(len(elements), math.prod(elements.shape[1:]))
    gap = np.abs(flat[:, None] - flat[None]).max(axis=-1, initial=0.0)
    return (gap <= ALIKE * np.abs(flat).max(initial=0.0)).argmax(axis=1)


def beside(answer: Floats, like: Floats) -> Floats:
    """The elements of an answer in the order of the values they are nearest to; NaN where none is left.

    Equal values have the same element beside them.
    """
    result = np.full(like.shape, np.nan)
    if answer.shape[1:] != like.shape[1:] or not np.isfinite(like).all():
        return result
    first = first_of_equals(like)
    wanted = np.flatnonzero(first == np.arange(len(first)))
    gaps = np.abs(answer[:, None] - like[wanted][None])
    gaps = gaps.reshape(len(answer), len(wanted), math.prod(like.shape[1:])).sum(axis=-1)
    taken: set[int] = set()
    filled: set[int] = set()
    for pair in np.argsort(gaps, axis=None, kind="stable"):
        mine, other = divmod(int(pair), len(wanted))
        if mine not in taken and other not in filled:
            taken.add(mine)
            filled.add(other)
            result[first == wanted[other]] = answer[mine]
    return result
