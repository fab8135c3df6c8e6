"""Vectors and matrices, with credit by entry."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from grader.arrays import Floats, Shape, Truths
from grader.blanks.kind import CORRECT, Answer, Blank, Judgement, Sample, Typed, expected_value, one_text
from grader.blanks.labels import named_entries
from grader.blanks.numbers import beyond
from grader.blanks.numeric import NumericKind
from grader.blanks.rounding import accepts, refused_beyond
from grader.blanks.written import printed
from grader.errors import Message, StudentError, SyntaxFault, ValueFault
from grader.language.enclosed import Piece, read_piece
from grader.language.evaluate import evaluate, literal_array
from grader.language.layout import loose_entries, spaced_table
from grader.language.natural import refuse_transposed_numbers, transposes_in
from grader.language.nodes import Array, Node
from grader.language.parser import parse
from grader.language.reading import array_readings, is_numeral, plain_value
from grader.language.shapes import in_words
from grader.language.unicode import to_unicode
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.tolerance import Tolerance

_LIKE = {1: "answer-like-vector", 2: "answer-like-matrix"}
"""How an array is written, by its rank."""


MOST_NAMED = 9
"""Wrong entries that are named; of more than these only the first."""


class Reading(NamedTuple):
    """An array, its tree where it is more than a list of plain decimals, and its second reading.

    `zero` where the number 0 was written for an array of zeros.
    """

    value: Floats
    tree: Node | None = None
    second: Reading | None = None
    zero: bool = False


_BITS = re.compile(r"\s*([01]+)\s*")
"""A column of a truth table as it is noted down, `0110`: one number is never a vector."""


_TRUTHS = {"t": "1", "true": "1", "и": "1", "истина": "1", "f": "0", "false": "0", "л": "0", "ложь": "0"}
_WORD, _LISTED = re.compile(r"[^\W\d_]+"), re.compile(r"(?:[^\W\d_]|[\s,;()\[\]])+")


class ArrayKind(NumericKind):
    """A vector or a matrix; every entry is judged under the ask's tolerance, and by honest rounding on the way."""

    def read(self, typed: Typed, blank: Blank) -> Reading:
        """The array, in the readings of its layout, commas and semicolons that have the wanted shape."""
        text = in_digits(one_text(typed, blank.ask))
        quick = plain_value(text.strip(), len(blank.shape))
        if isinstance(quick, np.ndarray) and quick.shape == blank.shape:
            return finite(Reading(quick))
        if len(blank.shape) == 1 and (bits := _BITS.fullmatch(text)) and len(bits[1]) == blank.shape[0] > 1:
            return Reading(np.array([float(bit) for bit in bits[1]]))
        entries = named_entries(text, blank.ask, blank.plan, blank.shape) if "=" in text else None
        if entries is not None:
            return from_entries(entries, blank.shape)
        readings = readings_in(trees_of(text, blank.shape), blank.shape)
        if quick is not None:
            readings = [reading._replace(tree=None) for reading in readings]
        if blank.strict:
            return readings[0]
        return reduce(lambda second, first: first._replace(second=second), reversed(readings))

    def echo(self, answer: Reading, language: str) -> str:
        """The array as it was understood; nothing for a list of decimals."""
        return "" if answer.tree is None else to_unicode(answer.tree, language)

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """All answers of the right shape at once; another shape is wrong, with both named.

        Where the first reading of an answer is not right, the next one is looked at.
        """
        judgements = self.judged(ask, group, members, answers)
        again = [n for n, judgement in enumerate(judgements) if judgement != CORRECT and answers[n].second is not None]
        if again:
            seconds = self.compare(ask, group, [members[n] for n in again], [answers[n].second for n in again])
            for number, judgement in zip(again, seconds, strict=True):
                if judgement.status == "correct":
                    counted = judgement.read_as or answers[number].second
                    judgements[number] = Judgement("correct", 1.0, (Message("reading-list"),), counted)
        return judgements

    def judged(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """The judgements of the first readings."""
        shape = expected_value(ask, group).shape[1:]
        fitting = [number for number, answer in enumerate(answers) if np.shape(answer.value) == shape]
        judgements = [self.misshapen(np.shape(answer.value), shape) for answer in answers]
        if fitting:
            values = np.stack([answers[number].value for number in fitting])
            masks = accepts(ask, group, [members[number] for number in fitting], values)
            for number, mask in zip(fitting, masks, strict=True):
                zero = answers[number].zero and not mask.all()
                judgements[number] = not_zero(shape) if zero else judge_entries(mask)
        return judgements

    def transposed(self, answer: Reading) -> Reading | None:
        """A matrix with rows and columns exchanged; a vector is right in any layout."""
        return Reading(answer.value.T) if np.ndim(answer.value) == 2 else None

    def misshapen(self, answer: Shape, expected: Shape) -> Judgement:
        """The refusal of another shape."""
        shapes = {"answer": in_words(answer), "expected": in_words(expected)}
        return Judgement("wrong", 0.0, (Message("shape-answer", shapes), written_like(expected)))

    def latex(self, value: Answer, ask: Ask, language: str) -> str:
        """The entries rounded as asked."""
        return printed_array(value, ask.tolerance, language)

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """An empty grid."""
        shape = expected_value(ask, group).shape[1:]
        key = (
            "answer-write-vector" if len(shape) == 1 else "answer-write-row" if shape[0] == 1 else "answer-write-matrix"
        )
        return shape, Message(key, {"rule": ask.tolerance.rule()})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The array, one entry wrong, another shape, and an unclosed bracket."""
        value = expected_value(ask, group)[0]
        spoiled = value.copy()
        spoiled.flat[0] = beyond(float(value.flat[0]), ask.tolerance, float(refused_beyond(ask, group).flat[0]))
        status = "partly" if value.size > 1 else "wrong"
        return [
            Sample(str(value.tolist()), "correct"),
            Sample(str(spoiled.tolist()), status),
            Sample(str([*np.ravel(value).tolist(), 1.0]), "wrong"),
            Sample("[1, 2", "invalid"),
        ]


def in_digits(text: str) -> str:
    """Truths in words or letters, `T F F T`, as noughts and ones of the same places; every other text as it is."""
    words = [word.lower() for word in _WORD.findall(text)] if _LISTED.fullmatch(text) else []
    if not words or not all(word in _TRUTHS for word in words):
        return text
    return _WORD.sub(lambda word: _TRUTHS[word[0].lower()].ljust(len(word[0])), text)


def trees_of(text: str, shape: Shape) -> Sequence[Node]:
    """The readings of a text; where nothing but numbers was written that fit in no way, how many and how to write them.

    A row of a matrix is read like a vector. Raises StudentError.
    """
    try:
        return array_readings(text, frozenset(), _without_ones(shape) or (1,))
    except SyntaxFault as fault:
        entries = [] if spaced_table(text) else loose_entries(text)
        by_space = len(entries) > 1 + text.count(",") + text.count(";")
        closed = sum(map(text.count, "([{")) == sum(map(text.count, ")]}"))
        if by_space and closed and all(is_numeral(entry.text) for entry in entries):
            if _is_flat((len(entries),), shape):
                raise _flat(shape) from fault
            said: dict[str, Any] = {"count": len(entries), "expected": in_words(shape), "form": written_like(shape)}
            raise SyntaxFault("answer-array-numbers", span=fault.span, **said) from fault
        raise


def readings_in(trees: Sequence[Node], shape: Shape) -> list[Reading]:
    """The readings of the wanted shape; the first one where none has it. Raises StudentError where none has a value."""
    readings: list[Reading] = []
    faults: list[StudentError] = []
    for tree in trees:
        try:
            readings.append(reading_of(tree, shape))
        except StudentError as fault:
            faults.append(fault)
    if not readings:
        raise faults[0]
    fitting = [reading for reading in readings if np.shape(reading.value) == shape]
    if not fitting and _is_flat(np.shape(readings[0].value), shape):
        raise _flat(shape)
    return fitting or readings[:1]


def _is_flat(written: Shape, wanted: Shape) -> bool:
    """Whether all entries of a matrix stand in one row or column, which may be row by row or column by column."""
    return len(_without_ones(wanted)) > 1 == len(_without_ones(written)) and math.prod(written) == math.prod(wanted)


def _flat(shape: Shape) -> SyntaxFault:
    return SyntaxFault("answer-matrix-flat", expected=in_words(shape), form=written_like(shape))


def from_entries(entries: Sequence[Piece], shape: Shape) -> Reading:
    """The array of entries that were written one by one, in their order; raises StudentError."""
    trees = [read_piece(entry, parse) for entry in entries]
    columns = shape[-1]
    rows = [Array(tuple(trees[start : start + columns])) for start in range(0, len(trees), columns)]
    return reading_of(rows[0] if len(shape) == 1 else Array(tuple(rows)), shape)


def reading_of(tree: Node, shape: Shape) -> Reading:
    """What a tree means where this shape is wanted: a row or a column is the vector, 0 an array of zeros."""
    literal = literal_array(tree) if isinstance(tree, Array) else None
    if literal is None:
        refuse_transposed_numbers(transposes_in(tree), {})
    value = (evaluate(tree, {}) if literal is None else literal)[0]
    if value.shape != shape and _without_ones(value.shape) == _without_ones(shape):
        value = np.reshape(value, shape)
    zero = np.ndim(value) == 0 and len(shape) > 0 and float(value) == 0
    return finite(Reading(np.zeros(shape) if zero else value, tree, zero=zero))


def finite(reading: Reading) -> Reading:
    """The reading itself; raises ValueFault where an entry has no value."""
    if not np.isfinite(reading.value).all():
        raise ValueFault("value-undefined")
    return reading


def _without_ones(shape: Shape) -> Shape:
    return tuple(size for size in shape if size != 1)


def written_like(shape: Shape) -> Message:
    """How a vector or a matrix is written."""
    return Message(_LIKE[1 if shape[0] == 1 else len(shape)])


def not_zero(shape: Shape) -> Judgement:
    """0 where the array is another than that of zeros."""
    return Judgement("wrong", 0.0, (Message("answer-not-zero", {"expected": in_words(shape)}), written_like(shape)))


def judge_entries(mask: Truths) -> Judgement:
    """Credit by entry, and which entries are wrong."""
    if mask.all():
        return CORRECT
    entries = [", ".join(str(index + 1) for index in entry) for entry in np.argwhere(~mask)]
    named = tuple(f"({entry})" if mask.ndim > 1 else entry for entry in entries[:MOST_NAMED])
    named += ("…",) if len(entries) > MOST_NAMED else ()
    reason = Message("answer-entries", {"count": len(entries), "places": named})
    return Judgement("partly" if mask.any() else "wrong", float(mask.mean()), (reason,))


def printed_array(value: Floats, tolerance: Tolerance, language: str) -> str:
    """The array in LaTeX with its entries as an answer is written."""
    value = np.where(np.abs(value) < 1e-12 * np.abs(value).max(), 0.0, value)  # the noise of a zero
    entries = np.vectorize(lambda entry: printed(float(entry), tolerance, language), otypes=[object])(value)
    return latex_array(entries, language)


def latex_array(entries: Any, language: str) -> str:
    """Typeset entries (an array of texts) as a vector between brackets or as a matrix."""
    if entries.ndim == 1:
        return "(" + (r";\ " if language == "ru" else r",\ ").join(entries) + ")"
    return r"\begin{pmatrix}" + r" \\ ".join(" & ".join(row) for row in entries) + r"\end{pmatrix}"
