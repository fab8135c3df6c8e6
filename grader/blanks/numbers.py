"""Numbers and whole numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

import numpy as np

from grader.arrays import Shape
from grader.blanks.coarse import too_few
from grader.blanks.kind import CORRECT, Answer, Blank, Judgement, Sample, Typed, expected_value, one_text, wrong
from grader.blanks.numeric import NumericKind
from grader.blanks.rounding import accepts, refused_beyond
from grader.blanks.written import printed
from grader.errors import Message, ShapeFault, StudentError, SyntaxFault, ValueFault
from grader.language.evaluate import evaluate
from grader.language.natural import advice, other_readings, refuse_transposed_numbers, ungrouped
from grader.language.nodes import Call, Node, Number
from grader.language.parser import parse, parse_noting
from grader.language.reading import is_numeral, plain_number, second_reading
from grader.language.shapes import in_words, shape_of
from grader.language.unicode import number_unicode, to_unicode
from grader.messages import translate
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.tolerance import Tolerance, too_coarse, too_few_digits

ECHO_DIGITS = 6
_ALONE = re.compile(r"\s*([\[({]+)\s*([-+−]?[0-9]+,[0-9]+)\s*([\])}]+)\s*")
"""One number in brackets; a comma in it would part entries."""


class Reading(NamedTuple):
    """A number with the text it was read from; the tree where it is more than a plain decimal.

    `doubts` are those of the tree, `settled` those that were settled in another way than at first. `alone`: no other
    reading counts. `words`: there were words beside it, which were left out. `before`: what it was said to be equal to,
    in `1/7 = 0.14`, which may be more exact.
    """

    text: str
    value: float
    tree: Node | None = None
    doubts: Set[str] = frozenset()
    settled: Set[str] = frozenset()
    alone: bool = False
    words: bool = False
    before: tuple[Reading, ...] = ()

    def others(self) -> Iterator[Reading]:
        """What else the text may honestly mean: thousands, a mixed number, the other natural readings of a formula."""
        yield from self.before
        if self.alone or self.settled:
            return
        second = _second(self.text)
        if second is not None:
            yield second
        for tree, settled in other_readings(self.text, (), self.tree, self.doubts) if self.tree is not None else ():
            try:
                yield _evaluated(self.text, tree, settled=settled)
            except StudentError:
                continue


def read_number(text: str) -> float:
    """The number a text means: a decimal, or an expression of numbers. Raises StudentError."""
    return reading_of(text).value


def reading_of(text: str) -> Reading:
    """The number a text means at first. Raises StudentError."""
    alone = _ALONE.fullmatch(text)
    if alone and len(alone[1]) == len(alone[3]):
        text = alone[2]
    quick = plain_number(text)
    if quick is not None:
        return Reading(text, quick)
    try:
        parsed = parse_noting(text)
    except SyntaxFault:
        second = _second(text)
        if second is None:
            raise
        return second
    if parsed.transposes:
        refuse_transposed_numbers(parsed.transposes, {})
    reading = _evaluated(text, ungrouped(parsed.tree), doubts=parsed.doubts)
    return reading._replace(tree=None) if is_numeral(text) else reading  # 1e-400: there is nothing to show of it


def _second(text: str) -> Reading | None:
    """The second reading of a whole text, with its doubt settled."""
    second = second_reading(text)
    if second is None:
        return None
    settled = frozenset(("thousands" if is_numeral(second) else "mixed",))
    return _evaluated(text, parse(second), settled=settled)


def _evaluated(text: str, tree: Node, *, doubts: Set[str] = frozenset(), settled: Set[str] = frozenset()) -> Reading:
    """The reading of a tree of numbers; raises StudentError where it has no value."""
    result = evaluate(tree, {})
    if result.ndim > 1:
        raise ShapeFault("answer-number-wanted", shape=in_words(shape_of(result)))
    if not math.isfinite(value := float(result[0])):
        raise ValueFault("value-undefined")
    return Reading(text, value, tree, doubts, settled)


class NumberKind(NumericKind):
    """A number under the ask's tolerance."""

    def read(self, typed: Typed, blank: Blank) -> Reading:
        """The number with its text."""
        reading = reading_of(one_text(typed, blank.ask))
        return reading._replace(alone=True) if blank.strict else reading

    def after(self, answer: Reading, before: Sequence[Reading]) -> Reading:
        """Kept for what the last part was rounded from."""
        return answer._replace(before=tuple(before))

    def with_echo(self, answer: Reading) -> Reading:
        """With its tree, and with the word that something was left out."""
        return answer._replace(tree=answer.tree or parse(answer.text), words=True)

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
            accepted(answer) if ok else self.refused(ask, answer, float(value))
            for ok, answer, value in zip(right, answers, wanted, strict=True)
        ]
        wrong_ones = [number for number, judgement in enumerate(judgements) if judgement.status == "wrong"]
        if wrong_ones:
            honest = accepts(ask, group, [members[number] for number in wrong_ones], given[wrong_ones])
            for number in np.array(wrong_ones)[honest].tolist():
                short = too_few_digits(answers[number].text, ask.tolerance)
                judgements[number] = coarse(ask) if short else accepted(answers[number])
        return judgements

    def refused(self, ask: Ask, answer: Reading, expected: float) -> Judgement:
        """Right in another honest reading, right with too few digits, or wrong."""
        for other in answer.others():
            if ask.tolerance.accepts_number(other.value, expected):
                return accepted(other)
        if too_coarse(answer.text, answer.value, expected, ask.tolerance):
            return coarse(ask)
        return wrong("answer-wrong")

    def echo(self, answer: Reading, language: str) -> str:
        """The formula with its value; both readings where there are two; nothing for a plain number."""
        plain = answer.tree is None and "," not in answer.text  # a numeral means something else by its comma alone
        second = None if plain or answer.alone or answer.settled else _second(answer.text)
        if second is None or not self.takes(second):
            return self.shown(answer, language)
        first = answer if answer.tree is not None else answer._replace(tree=parse(answer.text))
        return either([self.shown(reading, language) for reading in (first, second)], language)

    def takes(self, answer: Reading) -> bool:
        """Is a second reading worth a word where none is right: not that of `4,047` as thousands."""
        return not is_numeral(answer.text)

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
            Sample(repr(beyond(value, ask.tolerance, float(refused_beyond(ask, group)[0]))), "wrong"),
            Sample("1..2", "invalid"),
        ]


def accepted(answer: Reading) -> Judgement:
    """Right in this reading: what else the text may mean does not matter any more."""
    if answer.settled or answer.words:
        left_out = (Message("reading-words"),) if answer.words else ()
        return Judgement("correct", 1.0, (*advice(answer.settled), *left_out), answer)
    if "," in answer.text and not answer.alone:
        return Judgement("correct", 1.0, (), answer._replace(alone=True))
    return CORRECT


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
        if not _is_whole(answer):
            other = next(filter(_is_whole, answer.others()), None)  # 84,301 with the comma of thousands
            if other is None:
                raise ValueFault("answer-whole-wanted", value=answer.value)
            answer = other
        return answer._replace(value=float(round(answer.value)))

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """Equal or not; `84,000` may be 84000 as well."""
        wanted = np.broadcast_to(expected_value(ask, group), (len(group.positions),))[list(members)]
        return [self.judge(answer, float(value)) for answer, value in zip(answers, wanted, strict=True)]

    def judge(self, answer: Reading, wanted: float) -> Judgement:
        """Equal to the wanted number or not, in some reading."""
        if not math.isfinite(wanted):
            return wrong("answer-wrong")
        if answer.value == round(wanted):
            return accepted(answer)
        right = (other for other in answer.others() if _is_whole(other) and round(other.value) == round(wanted))
        other = next(right, None)
        return accepted(other) if other is not None else wrong("answer-wrong")

    def takes(self, answer: Reading) -> bool:
        """A reading that is no whole number is none."""
        return _is_whole(answer)

    def shown(self, answer: Reading, language: str) -> str:
        """A whole number alone: `84,000` is 84 or 84000."""
        if answer.tree is None:
            return ""
        alone = isinstance(answer.tree, Number)
        return number_unicode(round(answer.value), language) if alone else computed(answer, language)

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
    shown = number_unicode(rounded, language)
    return text if text == shown else f"{text} {sign} {shown}"  # 1.33·10⁻⁸ is a formula and its own value
