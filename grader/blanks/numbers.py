"""Numbers and whole numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from grader.blanks.kind import CORRECT, Judgement, Sample, Typed, expected_value, one_text, wrong
from grader.blanks.rounding import accepts, margin_of
from grader.equality.compare import plain_value
from grader.equality.readings import second_reading
from grader.errors import Message, ShapeFault, ValueFault
from grader.language.evaluate import evaluate
from grader.language.parser import parse
from grader.language.shapes import in_words, shape_of
from grader.language.typeset import number_latex
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.tolerance import Tolerance, too_coarse, too_few_digits

LONGEST_DENOMINATOR = 200
SHORT_DECIMALS = 6


class Reading(NamedTuple):
    """A number with the digits that were written."""

    text: str
    value: float


def read_number(text: str) -> float:
    """The number a text means: a decimal, or an expression of numbers. Raises StudentError."""
    quick = plain_value(text, 0)
    if quick is not None:
        value = float(quick)
    else:
        result = evaluate(parse(text), {})
        if result.ndim > 1:
            raise ShapeFault("answer-number-wanted", shape=in_words(shape_of(result)))
        value = float(result[0])
    if not math.isfinite(value):
        raise ValueFault("value-undefined")
    return value


def printed(value: float, tolerance: Tolerance, language: str) -> str:
    """The number as an answer is written: rounded as asked, LaTeX."""
    if tolerance.decimals is not None:
        text = f"{float(tolerance.rounded(np.asarray(value))) + 0.0:.{tolerance.decimals}f}"
        return text.replace(".", "{,}") if language == "ru" else text
    rounded = float(tolerance.rounded(np.asarray(value)))
    return (fraction_latex(rounded) if tolerance.significant is None else None) or number_latex(rounded, language)


def short_fraction(value: float) -> Fraction | None:
    """A value that is a short fraction but no short decimal, as the fraction; None for others."""
    fraction = Fraction(value).limit_denominator(LONGEST_DENOMINATOR)
    noise = 1e-12 * abs(value)
    if abs(float(fraction) - value) > noise or abs(round(value, SHORT_DECIMALS) - value) <= noise:
        return None
    return fraction


def fraction_latex(value: float) -> str | None:
    """A short fraction in LaTeX; None for a value that is none."""
    fraction = short_fraction(value)
    if fraction is None:
        return None
    sign = "-" if value < 0 else ""
    return rf"{sign}\tfrac{{{abs(fraction.numerator)}}}{{{fraction.denominator}}}"


class NumberKind:
    """A number under the ask's tolerance."""

    def read(self, typed: Typed, ask: Ask, group: Group, member: int) -> Any:
        """The number with its text."""
        del group, member
        text = one_text(typed, ask)
        return Reading(text, read_number(text))

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Any]) -> list[Judgement]:
        """All students at once; a rounding that is only too coarse is told apart.

        Honest rounding on the way is looked at last; it does not make up for digits that are not written.
        """
        expected = expected_value(ask, group)
        wanted = np.broadcast_to(expected, (len(group.places),))[list(members)]
        given = np.array([answer.value for answer in answers])
        if len(given) == 1:
            right = [ask.tolerance.accepts_number(float(given[0]), float(wanted[0]))]
        else:
            right = ask.tolerance.accepts(given, wanted).tolist()
        judgements = [
            CORRECT if ok else self.refused(ask, answer, float(value))
            for ok, answer, value in zip(right, answers, wanted, strict=True)
        ]
        wrong_ones = [place for place, judgement in enumerate(judgements) if judgement.status == "wrong"]
        if wrong_ones:
            honest = accepts(ask, group, [members[place] for place in wrong_ones], given[wrong_ones])
            for place in np.array(wrong_ones)[honest].tolist():
                short = too_few_digits(answers[place].text, ask.tolerance)
                judgements[place] = coarse(ask) if short else CORRECT
        return judgements

    def refused(self, ask: Ask, answer: Reading, expected: float) -> Judgement:
        """Right in another honest reading, right with too few digits, or wrong."""
        second = second_reading(answer.text)
        if second is not None and ask.tolerance.accepts_number(read_number(second), expected):
            return CORRECT
        if too_coarse(answer.text, answer.value, expected, ask.tolerance):
            return coarse(ask)
        return wrong("answer-wrong")

    def explain(self, ask: Ask, group: Group, language: str) -> str:
        """The value, rounded as asked."""
        return f"${printed(float(expected_value(ask, group)[0]), ask.tolerance, language)}$"

    def blank(self, ask: Ask, group: Group) -> tuple[tuple[int, ...], Message]:
        """A line, with the rule of rounding."""
        del group
        return (), ask.tolerance.rule()

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The value, its neighbour outside the tolerance, and a text that is no number."""
        value = float(expected_value(ask, group)[0])
        return [
            Sample(repr(value), "correct"),
            Sample(repr(beyond(value, ask.tolerance, float(margin_of(ask, group)[0]))), "wrong"),
            Sample("1..2", "invalid"),
        ]


def coarse(ask: Ask) -> Judgement:
    """Right as far as it goes, but with too few digits written."""
    return Judgement("coarse", 0.0, (Message("answer-coarse", {"rule": ask.tolerance.rule()}),))


def beyond(value: float, tolerance: Tolerance, margin: float) -> float:
    """A number just outside the tolerance and what honest rounding allows."""
    if tolerance.digits:
        return float(tolerance.rounded(np.asarray(value))) + 1.1 * float(tolerance.unit(np.asarray(value))) + margin
    return value + 1.1 * (margin or 1e-9 * abs(value) or 0.1)


class IntegerKind(NumberKind):
    """A whole number, exact."""

    def read(self, typed: Typed, ask: Ask, group: Group, member: int) -> Any:
        """The number; a fraction is refused with what was understood."""
        answer = super().read(typed, ask, group, member)
        second = second_reading(answer.text)
        if second is not None and answer.value != round(answer.value):  # 84,301 with the comma of thousands
            answer = answer._replace(value=read_number(second))
        if abs(answer.value - round(answer.value)) > 1e-9:
            raise ValueFault("answer-whole-wanted", value=answer.value)
        return answer._replace(value=float(round(answer.value)))

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Any]) -> list[Judgement]:
        """Equal or not; `84,000` may be 84000 as well."""
        wanted = np.broadcast_to(expected_value(ask, group), (len(group.places),))[list(members)]
        return [
            CORRECT if np.isfinite(value) and round(float(value)) in _wholes(answer) else wrong("answer-wrong")
            for answer, value in zip(answers, wanted, strict=True)
        ]

    def blank(self, ask: Ask, group: Group) -> tuple[tuple[int, ...], Message]:
        """A line."""
        del ask, group
        return (), Message("answer-write-integer")

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The value, the next one, and a fraction."""
        value = round(float(expected_value(ask, group)[0]))
        return [Sample(str(value), "correct"), Sample(str(value + 1), "wrong"), Sample("2.5", "invalid")]


def _wholes(answer: Reading) -> tuple[float, ...]:
    """The numbers that a whole answer may mean."""
    second = second_reading(answer.text)
    return (answer.value,) if second is None else (answer.value, read_number(second))
