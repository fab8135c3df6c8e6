"""What all kinds of numbers share: the value, what is right in another group, the notations people use."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from grader.arrays import Floats, Truths
from grader.blanks.kind import Answer, AnswerKind, Blank, Typed, expected_value
from grader.blanks.rounding import accepts
from grader.errors import StudentError, SyntaxFault
from grader.language.evaluate import evaluate
from grader.language.nodes import Node, Number, transform, walk
from grader.language.reading import is_numeral
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.spec.source import number_node

MOST_DECIMALS = 20
"""Of a formula with more nobody asks how far they lead."""


class NumericKind(AnswerKind):
    """A kind whose answers are numbers, the entries of an array of solved values."""

    def number(self, answer: Answer) -> Any:
        """The number or the array in an answer."""
        return answer.value

    def read_chain(self, texts: Sequence[str], blank: Blank) -> Answer:
        """The last part, or the last one that is a number written out; the others must be equal to it.

        Where they differ by no more than what is rounded in the numbers as they are written, the formula is not what
        the value was rounded from: `-ln(0.23) = 1.464`.
        """
        if not is_numeral(texts[-1]):
            self.read(texts[-1], blank)
            texts = _number_last(texts)
        answer, before = self.read(texts[-1], blank), []
        unit = _half_unit(texts[-1])
        for text in texts[:-1]:
            with suppress(StudentError):
                part = self.read(text, blank)
                first, last = self.number(part), self.number(answer)
                if _alike(first, last, _half_unit(text) + unit):
                    before.append(part)
                elif not _alike(first, last, _slack(part.tree) + unit):
                    break
        else:
            return self.after(answer, before)
        raise SyntaxFault("answer-chain", span=(0, len(texts[-1])), first=text.strip(), last=texts[-1].strip())

    def after(self, answer: Answer, before: Sequence[Answer]) -> Answer:
        """An answer with the parts of its chain that are equal to it."""
        del before
        return answer

    def explain(self, ask: Ask, group: Group) -> Answer:
        """The value: a number, or an array."""
        return expected_value(ask, group)[0]

    def export(self, ask: Ask, group: Group) -> object:
        """The number, or the entries as lists."""
        return expected_value(ask, group)[0].tolist()

    def requirement(self, ask: Ask, group: Group) -> Floats:
        """The values, (n, *shape)."""
        return all_expected(ask, group)

    def agrees(self, ask: Ask, group: Group, other_ask: Ask, other: Group) -> Truths:
        """By the tolerance, and within what honest rounding allows."""
        size = len(group.positions)
        expected, answer = expected_value(ask, group), expected_value(other_ask, other)
        if expected.shape[1:] != answer.shape[1:]:
            return np.zeros(size, bool)
        answer = np.broadcast_to(answer, (size, *answer.shape[1:]))
        return np.asarray(accepts(ask, group, np.arange(size), answer).reshape(size, -1).all(axis=1))

    def notations(self, ask: Ask, group: Group, most: int) -> Iterator[list[Typed]]:
        """With a decimal point, with a comma, and rounded as asked."""
        del most
        values = all_expected(ask, group)
        yield [typed(value, comma=False) for value in values]
        yield [typed(value, comma=True) for value in values]
        yield [typed(ask.tolerance.rounded(value), comma=False) for value in values]


def _alike(first: Any, last: Any, margin: float) -> bool:
    """Whether two numbers or arrays are the same, up to what was rounded away."""
    same = np.shape(first) == np.shape(last)
    return same and bool(np.allclose(first, last, rtol=1e-9, atol=margin * (1 + 1e-9)))


def _number_last(texts: Sequence[str]) -> Sequence[str]:
    """The parts of a chain with a number at the end, where there is one: `1.46 = -ln(0.23)`."""
    numerals = [place for place, text in enumerate(texts) if is_numeral(text)]
    if not numerals:
        return texts
    return [*texts[: numerals[-1]], *texts[numerals[-1] + 1 :], texts[numerals[-1]]]


def _slack(tree: Node | None) -> float:
    """How far the value of a formula moves when each of its decimals moves by half a unit; whole numbers are exact."""
    if tree is None:
        return 0.0
    decimals = {part.text for part in walk(tree) if isinstance(part, Number) and "." in part.text}
    if len(decimals) > MOST_DECIMALS:
        return 0.0
    value, total = evaluate(tree, {}), 0.0
    for text in decimals:
        apart = evaluate(_with_number(tree, text, float(text) + _half_unit(text)), {})
        total += float(np.nanmax(np.abs(apart - value), initial=0.0)) if apart.shape == value.shape else 0.0
    return total if math.isfinite(total) else 0.0


def _with_number(tree: Node, text: str, value: float) -> Node:
    """A formula with another number wherever this one is written."""
    return transform(tree, lambda part: number_node(value) if part == Number(text) else part)


def _half_unit(text: str) -> float:
    """Half a unit of the last decimal of a number as written; 0 for a formula."""
    return 0.5 * 10.0 ** -len(re.split("[.,]", f"{text.strip()}.")[1]) if is_numeral(text) else 0.0


def all_expected(ask: Ask, group: Group) -> Floats:
    """The reference values of an ask by member, (n, *shape)."""
    value = expected_value(ask, group)
    return np.broadcast_to(value, (len(group.positions), *value.shape[1:]))


def typed(value: Floats, *, comma: bool) -> str:
    """A number or an array as typed: `[0.5, 1]`, or with decimal commas `[0,5; 1]`."""
    if value.ndim:
        separator = "; " if comma else ", "
        return f"[{separator.join(typed(entry, comma=comma) for entry in value)}]"
    text = repr(float(value)).removesuffix(".0")
    return text.replace(".", ",") if comma else text
