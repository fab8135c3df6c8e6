"""Numbers and whole numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from grader.arrays import Shape
from grader.blanks.coarse import too_few
from grader.blanks.kind import CORRECT, Answer, Blank, Judgement, Sample, Typed, expected_value, one_text, wrong
from grader.blanks.numeric import NumericKind
from grader.blanks.rounding import accepts, margin_of
from grader.errors import Message, ShapeFault, ValueFault
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Node, Number
from grader.language.parser import parse
from grader.language.reading import is_numeral, plain_number, second_reading
from grader.language.shapes import in_words, shape_of
from grader.language.typeset import number_latex
from grader.language.unicode import number_unicode, to_unicode
from grader.messages import translate
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.tolerance import Tolerance, too_coarse, too_few_digits

LONGEST_DENOMINATOR = 200
SHORT_DECIMALS = 6
ECHO_DIGITS = 6


class Reading(NamedTuple):
    """A number with the text it was read from; the tree where it is more than a plain decimal; its second reading."""

    text: str
    value: float
    tree: Node | None = None
    second: Reading | None = None


def read_number(text: str) -> float:
    """The number a text means: a decimal, or an expression of numbers. Raises StudentError."""
    return _first_reading(text, parsed=False).value


def reading_of(text: str) -> Reading:
    """The number a text means, and what else it may honestly mean. Raises StudentError."""
    second = second_reading(text)
    reading = _first_reading(text, parsed=second is not None)
    return reading if second is None else reading._replace(second=_first_reading(second, parsed=True))


def _first_reading(text: str, *, parsed: bool) -> Reading:
    """With the tree where there is no way round it, or where it is wanted (`parsed`)."""
    quick = plain_number(text)
    if quick is not None and not parsed:
        return Reading(text, quick)
    tree = parse(text)
    if quick is not None:
        return Reading(text, quick, tree)
    result = evaluate(tree, {})
    if result.ndim > 1:
        raise ShapeFault("answer-number-wanted", shape=in_words(shape_of(result)))
    if not math.isfinite(value := float(result[0])):
        raise ValueFault("value-undefined")
    plain = is_numeral(text) and not parsed  # 1e-400 goes through the parser, but there is nothing to show of it
    return Reading(text, value, None if plain else tree)


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


class NumberKind(NumericKind):
    """A number under the ask's tolerance."""

    def read(self, typed: Typed, blank: Blank) -> Reading:
        """The number with its text."""
        return reading_of(one_text(typed, blank.ask))

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """All students at once; a rounding that is only too coarse is told apart.

        Honest rounding on the way is looked at last; it does not make up for digits that are not written.
        """
        expected = expected_value(ask, group)
        wanted = np.broadcast_to(expected, (len(group.positions),))[list(members)]
        given = np.array([answer.value for answer in answers])
        if len(given) == 1:
            right = [ask.tolerance.accepts_number(float(given[0]), float(wanted[0]))]
        else:
            right = ask.tolerance.accepts(given, wanted).tolist()
        judgements = [
            CORRECT if ok else self.refused(ask, answer, float(value))
            for ok, answer, value in zip(right, answers, wanted, strict=True)
        ]
        wrong_ones = [number for number, judgement in enumerate(judgements) if judgement.status == "wrong"]
        if wrong_ones:
            honest = accepts(ask, group, [members[number] for number in wrong_ones], given[wrong_ones])
            for number in np.array(wrong_ones)[honest].tolist():
                short = too_few_digits(answers[number].text, ask.tolerance)
                judgements[number] = coarse(ask) if short else CORRECT
        return judgements

    def refused(self, ask: Ask, answer: Reading, expected: float) -> Judgement:
        """Right in another honest reading, right with too few digits, or wrong."""
        if answer.second is not None and ask.tolerance.accepts_number(answer.second.value, expected):
            return CORRECT
        if too_coarse(answer.text, answer.value, expected, ask.tolerance):
            return coarse(ask)
        return wrong("answer-wrong")

    def echo(self, answer: Reading, language: str) -> str:
        """The formula with its value; both readings where there are two; nothing for a plain number."""
        if answer.tree is None:
            return ""
        return either([self.shown(reading, language) for reading in _readings(answer)], language)

    def shown(self, answer: Reading, language: str) -> str:
        """`1/3 ≈ 0.333333`."""
        return computed(answer, language)

    def latex(self, value: Answer, ask: Ask, language: str) -> str:
        """Rounded as asked."""
        return printed(float(value), ask.tolerance, language)

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
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
    return Judgement("coarse", 0.0, (too_few(ask.tolerance),))


def beyond(value: float, tolerance: Tolerance, margin: float) -> float:
    """A number just outside the tolerance and what honest rounding allows."""
    if tolerance.digits:
        return float(tolerance.rounded(np.asarray(value))) + 1.1 * float(tolerance.unit(np.asarray(value))) + margin
    return value + 1.1 * (margin or 1e-9 * abs(value) or 0.1)


class IntegerKind(NumberKind):
    """A whole number, exact."""

    def read(self, typed: Typed, blank: Blank) -> Reading:
        """The number; a fraction is refused with what was understood."""
        answer = super().read(typed, blank)
        if answer.second is not None and answer.value != round(answer.value):  # 84,301 with the comma of thousands
            answer = answer.second._replace(text=answer.text, second=None)
        if not _is_whole(answer):
            raise ValueFault("answer-whole-wanted", value=answer.value)
        return answer._replace(value=float(round(answer.value)))

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """Equal or not; `84,000` may be 84000 as well."""
        wanted = np.broadcast_to(expected_value(ask, group), (len(group.positions),))[list(members)]
        return [
            CORRECT
            if np.isfinite(value) and round(float(value)) in [reading.value for reading in _readings(answer)]
            else wrong("answer-wrong")
            for answer, value in zip(answers, wanted, strict=True)
        ]

    def shown(self, answer: Reading, language: str) -> str:
        """A whole number alone: `84,000` is 84 or 84000."""
        alone = answer.tree is None or isinstance(answer.tree, Number)
        return number_unicode(round(answer.value), language) if alone else computed(answer, language)

    def echo(self, answer: Reading, language: str) -> str:
        """A reading that is no whole number is none."""
        if answer.second is not None and not _is_whole(answer.second):
            answer = answer._replace(second=None)
        return super().echo(answer, language)

    def export(self, ask: Ask, group: Group) -> int:
        """The whole number."""
        return round(float(expected_value(ask, group)[0]))

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """A line."""
        del ask, group
        return (), Message("answer-write-integer")

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The value, the next one, and a fraction."""
        value = round(float(expected_value(ask, group)[0]))
        return [Sample(str(value), "correct"), Sample(str(value + 1), "wrong"), Sample("2.5", "invalid")]


def _readings(answer: Reading) -> list[Reading]:
    """What an answer may mean."""
    return [answer] if answer.second is None else [answer, answer.second]


def _is_whole(answer: Reading) -> bool:
    return abs(answer.value - round(answer.value)) <= 1e-9


def either(texts: Sequence[str], language: str) -> str:
    """One reading, or two that are both accepted."""
    if len(texts) == 1:
        return texts[0]
    return translate(Message("echo-either", {"first": texts[0], "second": texts[1]}), language)


def computed(answer: Reading, language: str) -> str:
    """`1/3 ≈ 0.333333`; a number alone as it is."""
    tree, value = answer.tree, answer.value
    if tree is None:
        return ""
    text = to_unicode(tree, language)
    if isinstance(tree, Number) or (isinstance(tree, Call) and tree.op == "neg" and isinstance(tree.args[0], Number)):
        return text
    rounded = float(f"{value:.{ECHO_DIGITS}g}")
    sign = "=" if abs(rounded - value) <= 1e-12 * abs(value) else "≈"
    return f"{text} {sign} {number_unicode(rounded, language)}"
