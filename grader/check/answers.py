"""Answers whose verdict is known: the samples of each kind, and the reference in the notations people use."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from grader.blanks.kind import Typed
from grader.blanks.kinds import kind_of
from grader.check.report import Finding, error
from grader.marking.mark import read_column
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.spec.problem import Problem

SAMPLED_GROUPS, SAMPLED_MEMBERS = 12, 2
TREES = 20
"""Expressions and options are judged one by one: so many per group."""


def answer_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """Samples and references with another verdict than theirs."""
    for group in groups[:: math.ceil(len(groups) / SAMPLED_GROUPS) or 1]:
        for member in range(min(SAMPLED_MEMBERS, len(group.positions))):
            yield from _samples(problem, group.at(member))
    for group in groups:
        for ask in group.plan.asks:
            for texts in kind_of(ask, group).notations(ask, group, TREES):
                yield from _references(problem, group, ask, texts)


def _samples(problem: Problem, group: Group) -> Iterator[Finding]:
    for ask in group.plan.asks:
        for sample in kind_of(ask, group).samples(ask, group):
            status = read_column(group, ask, [sample.text], echoed=False).verdicts[0].status
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
    part = group if len(texts) == len(group.positions) else group.taking(slice(len(texts)))
    for text, verdict in zip(texts, read_column(part, ask, texts, echoed=False).verdicts, strict=True):
        if verdict.points < ask.points:
            yield error(problem, "check-reference", ask.path, ask=ask.id, text=str(text), status=verdict.status)
