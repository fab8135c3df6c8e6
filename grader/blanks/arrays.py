"""Vectors and matrices, with credit by entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.arrays import Floats
from grader.blanks.kind import CORRECT, Judgement, Sample, Typed, expected_value, one_text
from grader.blanks.numbers import beyond, printed
from grader.blanks.rounding import accepts, margin_of
from grader.equality.compare import plain_value, read_array
from grader.errors import Message, ValueFault
from grader.language.evaluate import evaluate
from grader.language.shapes import in_words
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.tolerance import Tolerance

NAMES: frozenset[str] = frozenset()


class ArrayKind:
    """A vector or a matrix; every entry is judged under the ask's tolerance, and by honest rounding on the way."""

    def read(self, typed: Typed, ask: Ask, group: Group, member: int) -> Any:
        """The array, in the reading of commas and semicolons that has the wanted shape."""
        text = one_text(typed, ask)
        wanted = expected_value(ask, group).shape[1:]
        quick = plain_value(text.strip(), len(wanted))
        if quick is not None and quick.shape == wanted:
            value = quick
        else:
            value = evaluate(read_array(text, NAMES, wanted), {})[0]
        if not np.isfinite(value).all():
            raise ValueFault("value-undefined")
        del member
        return value

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Any]) -> list[Judgement]:
        """All answers of the right shape at once; another shape is wrong, with both named."""
        shape = expected_value(ask, group).shape[1:]
        fitting = [place for place, answer in enumerate(answers) if np.shape(answer) == shape]
        judgements = [self.misshapen(np.shape(answer), shape) for answer in answers]
        if fitting:
            values = np.stack([answers[place] for place in fitting])
            masks = accepts(ask, group, [members[place] for place in fitting], values)
            for place, mask in zip(fitting, masks, strict=True):
                judgements[place] = judge_entries(mask)
        return judgements

    def misshapen(self, answer: tuple[int, ...], expected: tuple[int, ...]) -> Judgement:
        """The refusal of another shape."""
        shapes = {"answer": in_words(answer), "expected": in_words(expected)}
        return Judgement("wrong", 0.0, (Message("shape-answer", shapes),))

    def explain(self, ask: Ask, group: Group, language: str) -> str:
        """The array, its entries rounded as asked."""
        return f"${printed_array(expected_value(ask, group)[0], ask.tolerance, language)}$"

    def blank(self, ask: Ask, group: Group) -> tuple[tuple[int, ...], Message]:
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


def judge_entries(mask: Any) -> Judgement:
    """Credit by entry, and which entries are wrong."""
    if mask.all():
        return CORRECT
    places = [", ".join(str(index + 1) for index in place) for place in np.argwhere(~mask)]
    named = tuple(f"({place})" if mask.ndim > 1 else place for place in places[:9])
    reason = Message("answer-entries", {"count": len(places), "places": named})
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
