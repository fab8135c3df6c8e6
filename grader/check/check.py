"""The author's self-test of problems: draw hundreds of variants and look for everything that could go wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from grader.check.answers import answer_findings
from grader.check.confirm import confirm_findings
from grader.check.confusions import Measured
from grader.check.draws import draw_figures, draw_findings
from grader.check.figures import figure_findings
from grader.check.forms import form_findings
from grader.check.margins import Margin
from grader.check.mistakes import mistake_findings
from grader.check.report import Figures, Finding, Report, fault_finding, tidied
from grader.check.slips import measured, slip_findings
from grader.check.symbolic import symbolic_findings
from grader.check.texts import text_findings
from grader.check.tolerances import margins_of, tolerance_findings
from grader.check.typesetting import Fragment, fragments_of, typesetting_findings
from grader.check.values import value_findings
from grader.draws.draw import Tally, draw
from grader.errors import AuthorError
from grader.plan.group import Group
from grader.spec.problem import Problem

VARIANTS = 200
_PARTS = (
    form_findings,
    value_findings,
    mistake_findings,
    confirm_findings,
    symbolic_findings,
    answer_findings,
    text_findings,
    figure_findings,
)


def check_problem(problem: Problem, variants: int = VARIANTS, *, typeset: bool = True) -> Report:
    """The report of one problem over so many variants; without `typeset` their texts are only filled in."""
    return check_problems([problem], variants, typeset=typeset)[0]


def check_problems(problems: Sequence[Problem], variants: int = VARIANTS, *, typeset: bool = True) -> list[Report]:
    """The reports of many problems; their texts are typeset together."""
    checked = [_checked(problem, variants, typeset=typeset) for problem in problems]
    broken: dict[str, list[Finding]] = {}
    for finding in typesetting_findings([fragment for part in checked for fragment in part.fragments]):
        broken.setdefault(finding.file, []).append(finding)
    return [
        Report(problem.id, file, tidied([*part.findings, *broken.pop(file, ())]), part.figures)
        for problem, part in zip(problems, checked, strict=True)
        for file in (problem.source.file,)
    ]


class _Checked(NamedTuple):
    """A problem looked at, but for its typesetting."""

    findings: Sequence[Finding]
    figures: Figures | None = None
    fragments: Sequence[Fragment] = ()


def _checked(problem: Problem, variants: int, *, typeset: bool) -> _Checked:
    tally = Tally()
    try:
        groups = draw(problem, range(1, variants + 1), tally=tally)
    except AuthorError as fault:
        return _Checked([fault_finding(fault, problem.source.file)])
    margins, slips = _margins(groups), _slips(groups)
    findings = [
        *draw_findings(problem, groups, tally),
        *tolerance_findings(problem, margins),
        *slip_findings(problem, slips),
    ]
    for part in _PARTS:
        findings += _caught(part(problem, groups), problem)
    figures = replace(draw_figures(problem, groups, tally), margins=tuple(margins), slips=slips)
    return _Checked(findings, figures, tuple(fragments_of(problem, groups)) if typeset else ())


def _margins(groups: Sequence[Group]) -> list[Margin]:
    """What was measured of the tolerances; nothing where a formula has no value, which the other parts report."""
    try:
        return margins_of(groups)
    except AuthorError:
        return []


def _slips(groups: Sequence[Group]) -> Measured:
    """How well numbers tell the slips apart; nothing where a formula has no value, which the other parts report."""
    try:
        return measured(groups)
    except AuthorError:
        return Measured()


def _caught(findings: Iterator[Finding], problem: Problem) -> Iterator[Finding]:
    """The findings up to an error that is raised, and that error: the other parts are still checked."""
    try:
        yield from findings
    except AuthorError as fault:
        yield fault_finding(fault, problem.source.file)
