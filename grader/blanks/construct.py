"""Constructed answers: any values with the property, each condition earning its share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from grader.arrays import Floats, Shape
from grader.blanks.formulated import formulated, how_to, mentions, typed_as
from grader.blanks.kind import CORRECT, Answer, AnswerKind, Blank, Judgement, Sample, Typed, expected_value, one_text
from grader.blanks.numbers import read_number
from grader.blanks.violation import violation
from grader.errors import GraderError, Message, SyntaxFault, ValueFault
from grader.language.evaluate import evaluate
from grader.language.labels import assignments, equation, folded
from grader.language.reading import plain_value, read_array
from grader.language.tex import formulas_of
from grader.language.typeset import array_latex
from grader.language.unicode import name_unicode, number_unicode
from grader.plan.group import Group
from grader.plan.plan import Ask

_BRACES = re.compile(r"^\s*\{(.*)\}\s*$", re.DOTALL)
_COLON = re.compile(r"(?<=\w)\s*:")


class Reading(NamedTuple):
    """A number for every field, and whether it was a list in which commas can be misread."""

    values: Mapping[str, float]
    shown: bool = False


class ConstructKind(AnswerKind):
    """Numbers for the fields, as `{b: -1.5, w1: 1}`, `b = -1,5; w_1 = 1` or as a list in the order of the fields;
    as `2x1 + 3x2 > 4` where the blank says what they stand for.
    """

    def read(self, typed: Typed, blank: Blank) -> Reading:
        """The number of every field; raises StudentError naming the field."""
        texts = list(typed.items()) if isinstance(typed, Mapping) else named(typed)
        written = blank.ask.written
        by_name = any(field_of(label, blank.ask) for label, _ in texts)
        if written is not None and isinstance(typed, str) and mentions(typed, written) and not by_name:
            return Reading(formulated(typed, written), shown=True)
        return by_field(texts, blank.ask) if texts else listed(one_text(typed, blank.ask), blank.ask)

    def echo(self, answer: Reading, language: str) -> str:
        """The fields with their numbers, where a list could be misread."""
        separator = "; " if language == "ru" else ", "
        values = answer.values.items() if answer.shown else ()
        return separator.join(f"{name_unicode(name)} = {number_unicode(value, language)}" for name, value in values)

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """Each answer by its conditions."""
        return [self.judge(ask, group.at(member), answer) for member, answer in zip(members, answers, strict=True)]

    def judge(self, ask: Ask, group: Group, answer: Reading) -> Judgement:
        """The share of the conditions that hold; the first that fails is named."""
        failed = [violation(ask, condition, group, answer.values) for condition in ask.conditions]
        reasons = [reason for reason in failed if reason is not None]
        if not reasons:
            return CORRECT
        total = sum(condition.share for condition in ask.conditions)
        earned = sum(item.share for item, reason in zip(ask.conditions, failed, strict=True) if reason is None)
        share = earned / total
        return Judgement("partly" if share else "wrong", share, (reasons[0],))

    def explain(self, ask: Ask, group: Group) -> Floats | None:
        """An example that satisfies the conditions: the value of the ask's own formula, if it has one."""
        return None if ask.tree is None else expected_value(ask, group)[0]

    def latex(self, value: Answer, ask: Ask, language: str) -> str:
        """The values in the order of the fields."""
        del ask
        return array_latex(value, language)

    def export(self, ask: Ask, group: Group) -> dict[str, float] | None:
        """The example by field."""
        example = self.explain(ask, group)
        return None if example is None else dict(zip(ask.fields, np.ravel(example).tolist(), strict=True))

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """A line with the fields in order."""
        del group
        if ask.written is not None:
            return (), how_to(ask.fields, ask.written)
        return (), Message("answer-write-fields", {"fields": ask.fields})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The author's example, all zeros (which must not pass), and a missing field."""
        samples = [Sample(dict.fromkeys(ask.fields, "0"), "not correct"), Sample("1", "invalid")]
        if (example := self.explain(ask, group)) is not None:
            samples.append(Sample(str(example.tolist()), "correct"))
            if ask.written is not None:
                values = dict(zip(ask.fields, np.ravel(example).tolist(), strict=True))
                samples.append(Sample(typed_as(values, ask.written), "correct"))
        return samples


def field_of(label: str, ask: Ask) -> str | None:
    """The field that a label names, as the file or as the prompt writes it."""
    return _labels(ask).get(folded(label))


def _labels(ask: Ask) -> dict[str, str]:
    """The fields by the labels they go by; the prompt's where it has one for each, in their order."""
    labels = {folded(name): name for name in ask.fields}
    for prompt in ask.prompt.values():
        typeset = formulas_of(prompt)
        if len(typeset) == len(ask.fields):
            labels |= {folded(label): name for label, name in zip(typeset, ask.fields, strict=True)}
    return labels


def named(text: str) -> list[tuple[str, str]]:
    """`b = -0.5, w1 = 1` or `{b: -0,5; w1: 1}` as labels with their texts; empty for a text without labels."""
    bare = _BRACES.sub(r"\1", text)
    parts = equation(bare if "=" in bare else _COLON.sub(" =", bare))
    pairs = assignments(parts) if len(parts) > 1 else []
    texts = [(label.text.strip(), value.text.strip()) for label, value in pairs]
    return texts if all(label for label, _ in texts) else []


def by_field(texts: Sequence[tuple[str, str]], ask: Ask) -> Reading:
    """The numbers of texts by label; raises StudentError naming the field."""
    fields = {field_of(label, ask) or label: text for label, text in texts}
    missing = [name for name in ask.fields if not str(fields.get(name, "")).strip()]
    unknown = [name for name in fields if name not in ask.fields]
    if missing or unknown or len(fields) < len(texts):
        raise SyntaxFault(
            "answer-fields", fields=ask.fields, missing=tuple(missing) or ("–",), unknown=tuple(unknown) or ("–",)
        )
    values = {}
    for name in ask.fields:
        try:
            values[name] = read_number(fields[name])
        except GraderError as fault:
            raise SyntaxFault("answer-field", field=name, reason=fault.message) from fault
    return Reading(values)


def listed(text: str, ask: Ask) -> Reading:
    """The numbers of a list in the order of the fields, read like a vector; raises StudentError."""
    size = len(ask.fields)
    plain = plain_value(text.strip(), 1)
    value = plain if plain is not None else evaluate(read_array(text, (), (size,)), {})[0]
    if np.size(value) != size:
        raise SyntaxFault("answer-field-count", count=size, fields=ask.fields)
    if not np.isfinite(value).all():
        raise ValueFault("value-undefined")
    return Reading(dict(zip(ask.fields, np.ravel(value).tolist(), strict=True)), shown=plain is None)
