"""Constructed answers: any values with the property, each condition earning its share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from grader.arrays import Floats, Shape
from grader.blanks.kind import CORRECT, Answer, AnswerKind, Blank, Judgement, Sample, Typed, expected_value
from grader.blanks.numbers import read_number
from grader.blanks.violation import violation
from grader.errors import GraderError, Message, SyntaxFault
from grader.language.evaluate import evaluate
from grader.language.parser import parse
from grader.language.typeset import array_latex
from grader.plan.group import Group
from grader.plan.plan import Ask


class ConstructKind(AnswerKind):
    """Numbers for the fields, as `{b: -1.5, w1: 1}` or as a list in the order of the fields."""

    def read(self, typed: Typed, blank: Blank) -> dict[str, float]:
        """The number of every field; raises StudentError naming the field."""
        ask = blank.ask
        texts = typed if isinstance(typed, Mapping) else self.listed(typed, ask)
        missing = [name for name in ask.fields if not str(texts.get(name, "")).strip()]
        unknown = [name for name in texts if name not in ask.fields]
        if missing or unknown:
            raise SyntaxFault(
                "answer-fields", fields=ask.fields, missing=tuple(missing) or ("–",), unknown=tuple(unknown) or ("–",)
            )
        values = {}
        for name in ask.fields:
            try:
                values[name] = read_number(texts[name])
            except GraderError as fault:
                raise SyntaxFault("answer-field", field=name, reason=fault.message) from fault
        return values

    def listed(self, text: str, ask: Ask) -> dict[str, str]:
        """A list of as many numbers as there are fields, or `b = -1.5, w1 = 1`."""
        named = dict(re.findall(r"([^\W\d]\w*)\s*[=:]\s*([^,;={}]+)", text))
        if named:
            return {name: value.strip() for name, value in named.items()}
        tree = parse(text, lists=True)
        value = evaluate(tree, {})[0]
        if value.shape != (len(ask.fields),):
            raise SyntaxFault("answer-field-count", count=len(ask.fields), fields=ask.fields)
        return {name: repr(float(number)) for name, number in zip(ask.fields, value, strict=True)}

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """Each answer by its conditions."""
        return [self.judge(ask, group.at(member), answer) for member, answer in zip(members, answers, strict=True)]

    def judge(self, ask: Ask, group: Group, answer: Mapping[str, float]) -> Judgement:
        """The share of the conditions that hold; the first that fails is named."""
        failed = [violation(ask, condition, group, answer) for condition in ask.conditions]
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
        return (), Message("answer-write-fields", {"fields": ask.fields})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The author's example, all zeros (which must not pass), and a missing field."""
        samples = [Sample(dict.fromkeys(ask.fields, "0"), "not correct"), Sample("1", "invalid")]
        if (example := self.explain(ask, group)) is not None:
            samples.append(Sample(str(example.tolist()), "correct"))
        return samples
