"""Vectors and matrices, with credit by entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.arrays import Floats, Shape, Truths
from grader.blanks.kind import CORRECT, Answer, Blank, Judgement, Sample, Typed, expected_value, one_text
from grader.blanks.numbers import beyond, printed
from grader.blanks.numeric import NumericKind
from grader.blanks.rounding import accepts, margin_of
from grader.errors import Message, ValueFault
from grader.language.evaluate import evaluate
from grader.language.nodes import Node
from grader.language.reading import plain_value, read_array
from grader.language.shapes import in_words
from grader.language.unicode import to_unicode
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.tolerance import Tolerance


class Reading(NamedTuple):
    """An array, and its tree where it is more than a list of plain decimals."""

    value: Floats
    tree: Node | None = None


class ArrayKind(NumericKind):
    """A vector or a matrix; every entry is judged under the ask's tolerance, and by honest rounding on the way."""

    def read(self, typed: Typed, blank: Blank) -> Reading:
        """The array, in the reading of commas and semicolons that has the wanted shape."""
        text = one_text(typed, blank.ask)
        quick = plain_value(text.strip(), len(blank.shape))
        if isinstance(quick, np.ndarray) and quick.shape == blank.shape:
            reading = Reading(quick)
        else:
            tree = read_array(text, frozenset(), blank.shape)
            reading = Reading(evaluate(tree, {})[0], tree if quick is None else None)
        if not np.isfinite(reading.value).all():
            raise ValueFault("value-undefined")
        return reading

    def echo(self, answer: Reading, language: str) -> str:
        """The array as it was understood; nothing for a list of decimals."""
        return "" if answer.tree is None else to_unicode(answer.tree, language)

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """All answers of the right shape at once; another shape is wrong, with both named."""
        shape = expected_value(ask, group).shape[1:]
        fitting = [number for number, answer in enumerate(answers) if np.shape(answer.value) == shape]
        judgements = [self.misshapen(np.shape(answer.value), shape) for answer in answers]
        if fitting:
            values = np.stack([answers[number].value for number in fitting])
            masks = accepts(ask, group, [members[number] for number in fitting], values)
            for number, mask in zip(fitting, masks, strict=True):
                judgements[number] = judge_entries(mask)
        return judgements

    def misshapen(self, answer: Shape, expected: Shape) -> Judgement:
        """The refusal of another shape."""
        shapes = {"answer": in_words(answer), "expected": in_words(expected)}
        return Judgement("wrong", 0.0, (Message("shape-answer", shapes),))

    def latex(self, value: Answer, ask: Ask, language: str) -> str:
        """The entries rounded as asked."""
        return printed_array(value, ask.tolerance, language)

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """An empty grid."""
        shape = expected_value(ask, group).shape[1:]
        key = "answer-write-vector" if len(shape) == 1 else "answer-write-matrix"
        return shape, Message(key, {"rule": ask.tolerance.rule()})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The array, one entry wrong, another shape, and an unclosed bracket."""
        value = expected_value(ask, group)[0]
        spoiled = value.copy()
        spoiled.flat[0] = beyond(float(value.flat[0]), ask.tolerance, float(margin_of(ask, group).flat[0]))
        status = "partly" if value.size > 1 else "wrong"
        return [
            Sample(str(value.tolist()), "correct"),
            Sample(str(spoiled.tolist()), status),
            Sample(str([*np.ravel(value).tolist(), 1.0]), "wrong"),
            Sample("[1, 2", "invalid"),
        ]


def judge_entries(mask: Truths) -> Judgement:
    """Credit by entry, and which entries are wrong."""
    if mask.all():
        return CORRECT
    entries = [", ".join(str(index + 1) for index in entry) for entry in np.argwhere(~mask)]
    named = tuple(f"({entry})" if mask.ndim > 1 else entry for entry in entries[:9])
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
