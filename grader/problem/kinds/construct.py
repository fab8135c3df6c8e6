"""Constructed answers: any values with the property, each condition earning its share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.errors import GraderError, Message, SyntaxFault
from grader.language.evaluate import Scope, evaluate
from grader.language.parser import parse
from grader.messages import number_in_words
from grader.problem.group import Group
from grader.problem.kinds.kind import CORRECT, Judgement, Sample, Typed
from grader.problem.kinds.numbers import read_number
from grader.problem.problem import Ask, Condition
from grader.problem.solve import value_of


class ConstructKind:
    """Numbers for the fields, as `{b: -1.5, w1: 1}` or as a list in the order of the fields."""

    def read(self, typed: Typed, ask: Ask, group: Group, member: int) -> Any:
        """The number of every field; raises StudentError naming the field."""
        del group, member
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

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Any]) -> list[Judgement]:
        """Each answer by its conditions."""
        return [self.judge(ask, group.at(member), answer) for member, answer in zip(members, answers, strict=True)]

    def judge(self, ask: Ask, group: Group, answer: Mapping[str, float]) -> Judgement:
        """The share of the conditions that hold; the first row that fails is shown."""
        total = sum(condition.share for condition in ask.conditions)
        earned, reasons = 0.0, []
        for condition in ask.conditions:
            failure = self.failure(ask, condition, group, answer)
            if failure is None:
                earned += condition.share
            else:
                reasons.append(failure)
        if not reasons:
            return CORRECT
        share = earned / total
        return Judgement("partly" if share else "wrong", share, tuple(reasons))

    def failure(self, ask: Ask, condition: Condition, group: Group, answer: Mapping[str, float]) -> Message | None:
        """None where the condition holds, otherwise the first row that breaks it, in words."""
        values: dict[str, Any] = {**group.values, **{name: np.array([number]) for name, number in answer.items()}}
        rows = None
        if condition.rows is not None:
            rows = value_of(group.plan, condition.rows, values, ask.path)[0]
            rows = rows.reshape(len(rows), -1)
            values |= {name: rows[:, column] for column, name in enumerate(condition.row_names)}
        truth = np.ravel(evaluate(condition.holds, Scope(values, group.plan.functions)) > 0.5)
        if truth.all():
            return None
        text: Any = condition.text or Message("answer-condition")
        if rows is None:
            return Message("answer-condition-fails", {"condition": text})
        row = rows[int(np.argmin(truth))]
        shown = ", ".join(
            f"{name} = {number_in_words(float(value), 'en')}"
            for name, value in zip(condition.row_names, row, strict=True)
        )
        return Message("answer-row-fails", {"condition": text, "row": shown})

    def explain(self, ask: Ask, group: Group, language: str) -> str:
        """An example that satisfies the conditions: the value of the ask's own formula, if it has one."""
        from grader.language.typeset import array_latex

        if ask.tree is None:
            return ""
        value = value_of(group.plan, ask.tree, group.values, ask.path)[0]
        return f"${array_latex(value, language)}$"

    def blank(self, ask: Ask, group: Group) -> tuple[tuple[int, ...], Message]:
        """A line with the fields in order."""
        del group
        return (), Message("answer-write-fields", {"fields": ask.fields})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The author's example, all zeros (which must not pass), and a missing field."""
        samples = [Sample(dict.fromkeys(ask.fields, "0"), "not correct"), Sample("1", "invalid")]
        if ask.tree is not None:
            value = value_of(group.plan, ask.tree, group.values, ask.path)[0]
            samples.append(Sample(str(value.tolist()), "correct"))
        return samples
