"""Constructed answers: any values with the property, each condition earning its share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from grader.arrays import Floats, Shape
from grader.blanks.fields import Reading, by_field, field_of, listed, named
from grader.blanks.formulated import formulated, how_to, mentions
from grader.blanks.kind import CORRECT, Answer, AnswerKind, Blank, Judgement, Sample, Typed, expected_value, one_text
from grader.blanks.neurons import how_to_neurons, neurons, typed_formulas
from grader.blanks.violation import violation
from grader.errors import Message
from grader.language.typeset import array_latex
from grader.language.unicode import name_unicode, number_unicode
from grader.plan.group import Group
from grader.plan.plan import Ask


class ConstructKind(AnswerKind):
    """Numbers for the fields, as `{b: -1.5, w1: 1}`, `b = -1,5; w_1 = 1` or as a list in the order of the fields;
    as `2x1 + 3x2 > 4` where the blank says what they stand for; neuron by neuron where it says it of several.
    """

    def read(self, typed: Typed, blank: Blank) -> Reading:
        """The number of every field; raises StudentError naming the field."""
        texts = list(typed.items()) if isinstance(typed, Mapping) else named(typed)
        ask = blank.ask
        by_name = any(field_of(label, ask) for label, _ in texts)
        if len(ask.written) > 1 and not by_name:
            return Reading(neurons(typed, ask), shown=True)
        written = ask.written.get("")
        if written is not None and isinstance(typed, str) and mentions(typed, written) and not by_name:
            return Reading(formulated(typed, written), shown=True)
        return by_field(texts, ask) if texts else listed(one_text(typed, ask), ask.fields)

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
        if len(ask.written) > 1:
            return (), how_to_neurons(ask)
        if ask.written:
            return (), how_to(ask.fields, ask.written[""])
        return (), Message("answer-write-fields", {"fields": ask.fields})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The author's example, all zeros (which must not pass), and a missing field."""
        samples = [Sample(dict.fromkeys(ask.fields, "0"), "not correct"), Sample("1", "invalid")]
        if (example := self.explain(ask, group)) is not None:
            samples.append(Sample(str(example.tolist()), "correct"))
            values = dict(zip(ask.fields, np.ravel(example).tolist(), strict=True))
            samples += [Sample(text, "correct") for text in typed_formulas(values, ask)]
        return samples
