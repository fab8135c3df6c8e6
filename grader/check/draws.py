"""The sample of variants: how many drafts are rejected, and how many different variants there are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from grader.check.forms import count_forms, forms
from grader.check.report import Figures, Finding, error, warning
from grader.draws.draw import Tally, condition_of
from grader.errors import AuthorError
from grader.plan.group import Group
from grader.plan.planner import plan_of
from grader.spec.problem import Problem

REJECTIONS_WARN, REJECTIONS_MOST = 0.80, 0.95
VARIANTS_LEAST, VARIANTS_WARN = 20, 200


def draw_findings(problem: Problem, groups: Sequence[Group], tally: Tally) -> Iterator[Finding]:
    """Too many rejections, too few variants."""
    rate = tally.rate - tally.telling_rate
    if rate > REJECTIONS_WARN:
        where, condition = condition_of(problem, tally.worst_condition)
        report = error if rate > REJECTIONS_MOST else warning
        yield report(problem, "check-rejections", where, percent=round(100 * rate), condition=condition)
    path = ("given",) if "given" in problem.source.root else ()
    possible = possible_variants(problem, 1 - tally.rate)
    drawn, different = sum(len(group.positions) for group in groups), different_variants(groups)
    if min(possible, different if drawn > VARIANTS_LEAST else possible) < VARIANTS_LEAST:
        yield error(problem, "check-variants-few", path, count=min(possible, different), least=VARIANTS_LEAST)
    elif possible < VARIANTS_WARN:
        yield warning(problem, "check-variants", path, count=possible, least=VARIANTS_WARN)
    elif different < drawn / 2:
        yield warning(problem, "check-sample-variants", path, count=different, drawn=drawn)


COUNTED = 10**100
"""Variants above are not counted: a large array has more than a float can hold."""


def possible_variants(problem: Problem, accepted: float) -> int:
    """About how many variants there are, of which the share `accepted` meets the conditions."""
    looked_at, total = 0, 0
    for form in forms(problem, 100):
        try:
            plan = plan_of(problem, form)
        except AuthorError:
            continue
        looked_at += 1
        total += math.prod(given.draw.possibilities() for given in plan.givens if given.draw is not None)
    return int(min(total * count_forms(problem), COUNTED) * accepted / max(1, looked_at))


def different_variants(groups: Sequence[Group]) -> int:
    """How many variants of the sample differ in form or givens."""
    different: set[tuple[object, ...]] = set()
    for group in groups:
        form = tuple(sorted(group.plan.form.items()))
        different |= {
            (form, *(value[member].tobytes() for value in group.given.values()))
            for member in range(len(group.positions))
        }
    return len(different)


def draw_figures(problem: Problem, groups: Sequence[Group], tally: Tally) -> Figures:
    """What was measured of the draws."""
    return Figures(
        sum(len(group.positions) for group in groups),
        different_variants(groups),
        possible_variants(problem, 1 - tally.rate),
        count_forms(problem),
        tally.rate,
        tally.telling_rate,
    )
