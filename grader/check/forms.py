"""Every structure a problem can take: each form is planned, and each that the sample missed is drawn once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from grader.check.report import Finding, error, fault_finding, warning
from grader.draws.by_hand import Refused
from grader.draws.draw import AllRejected, draw
from grader.errors import AuthorError
from grader.plan.group import Group
from grader.plan.planner import composed, plan_of
from grader.spec.problem import Form, FormChoice, Problem

MOST_FORMS = 400
"""Forms looked at; of more, so many evenly spread ones."""


def count_forms(problem: Problem) -> int:
    """How many forms there are."""
    return math.prod(math.prod(_sizes(choice)) for choice in problem.form)


def forms(problem: Problem, most: int = MOST_FORMS) -> Iterator[Form]:
    """The forms in order; at most `most` of them, evenly spread."""
    sizes = [size for choice in problem.form for size in _sizes(choice)]
    total = count_forms(problem)
    for number in np.unique(np.linspace(0, total - 1, min(total, most)).astype(int)):
        digits = [int(digit) for digit in np.unravel_index(number, sizes)] if sizes else []
        yield {choice.name: _text(problem, choice, digits) for choice in problem.form}


def _sizes(choice: FormChoice) -> list[int]:
    return [len(choice.options)] if choice.options else [len(slot) for slot in choice.slots]


def _text(problem: Problem, choice: FormChoice, digits: list[int]) -> str:
    """The text of a choice; takes its digits off the front."""
    mine = [digits.pop(0) for _ in _sizes(choice)]
    return choice.options[mine[0]] if choice.options else composed(problem, choice.name, mine)


def form_findings(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    """Forms that cannot be planned or solved, or earn other points; words of a form that never survive."""
    total = count_forms(problem)
    if total > MOST_FORMS:
        yield warning(problem, "check-forms", ("form",), count=total, limit=MOST_FORMS)
    drawn = {tuple(sorted(group.plan.form.items())) for group in groups}
    points = sorted({round(group.plan.points, 6) for group in groups})
    if len(points) > 1:
        yield error(problem, "check-points-differ", ("ask",), least=points[0], most=points[-1])
    for form in forms(problem):
        if tuple(sorted(form.items())) in drawn:
            continue
        try:
            plan_of(problem, form)
            draw(problem, [1], form)
        except (
            AllRejected,
            Refused,
        ):  # a function that never fits is redrawn like any number; a word that never does: below
            continue
        except AuthorError as fault:
            yield fault_finding(fault, problem.source.file)
    yield from _never_drawn(problem, groups)


def _never_drawn(problem: Problem, groups: Sequence[Group]) -> Iterator[Finding]:
    size = sum(len(group.positions) for group in groups)
    for choice in problem.form:
        seen = {group.plan.form[choice.name] for group in groups}
        for option in choice.options:
            if option not in seen and size >= 20 * len(choice.options):
                yield warning(problem, "check-form-never", ("form", choice.name), name=choice.name, option=option)
