"""Answers whose verdict is known: the samples of each kind, and the reference in the notations people use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from grader.arrays import Floats
from grader.blanks.choices import shown_options
from grader.blanks.expressions import reference_tree
from grader.blanks.kind import Typed, expected_value
from grader.blanks.kinds import kind_name, kind_of
from grader.check.report import Finding, error
from grader.check.values import NUMERIC
from grader.language.typeset import to_text
from grader.marking.mark import mark_ask
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.spec.problem import Problem

SAMPLED_GROUPS, SAMPLED_MEMBERS = 12, 2
TREES = 20
"""Expressions and options are judged one by one: so many per group."""


def answer_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """Samples and references with another verdict than theirs."""
    step = max(1, len(groups) // SAMPLED_GROUPS)
    for group in groups[::step]:
        for member in range(min(SAMPLED_MEMBERS, len(group.places))):
            yield from _samples(problem, group.at(member))
    for group in groups:
        for ask in group.plan.asks:
            for texts in reference_texts(ask, group):
                yield from _references(problem, group, ask, texts)


def _samples(problem: Problem, group: Group) -> Iterator[Finding]:
    for ask in group.plan.asks:
        for sample in kind_of(ask, group).samples(ask, group):
            status = mark_ask(group, ask, [sample.text])[0].status
            if status != sample.status and not (sample.status == "not correct" and status != "correct"):
                yield error(
                    problem,
                    "check-sample",
                    ask.path,
                    ask=ask.id,
                    text=str(sample.text),
                    status=status,
                    expected=sample.status,
                )


def _references(problem: Problem, group: Group, ask: Ask, texts: Sequence[Typed]) -> Iterator[Finding]:
    part = group if len(texts) == len(group.places) else group.taking(slice(len(texts)))
    for text, verdict in zip(texts, mark_ask(part, ask, texts), strict=True):
        if verdict.points < ask.points:
            yield error(problem, "check-reference", ask.path, ask=ask.id, text=str(text), status=verdict.status)


def reference_texts(ask: Ask, group: Group) -> Iterator[list[Typed]]:
    """The right answers of the members as they may be typed, one list per notation; constructed ones are samples."""
    kind, size = kind_name(ask, group), len(group.places)
    if kind in NUMERIC:
        values = np.broadcast_to(expected := expected_value(ask, group), (size, *expected.shape[1:]))
        yield [typed(value, comma=False) for value in values]
        yield [typed(value, comma=True) for value in values]
        yield [typed(ask.tolerance.rounded(value), comma=False) for value in values]
    elif kind in ("expression", "matrix expression"):
        yield [to_text(reference_tree(ask, group, member)) for member in range(min(TREES, size))]
    elif kind in ("choice", "choices"):
        yield [_right_options(ask, kind, group, member) for member in range(min(TREES, size))]


def typed(value: Floats, *, comma: bool) -> str:
    """A number or an array as typed: `[0.5, 1]`, or with decimal commas `[0,5; 1]`."""
    if value.ndim:
        separator = "; " if comma else ", "
        return f"[{separator.join(typed(entry, comma=comma) for entry in value)}]"
    text = repr(float(value)).removesuffix(".0")
    return text.replace(".", ",") if comma else text


def _right_options(ask: Ask, kind: str, group: Group, member: int) -> str:
    right = [str(number) for number, (_, truth) in enumerate(shown_options(ask, group, member), 1) if truth]
    return ", ".join(right if kind == "choices" else right[:1])
