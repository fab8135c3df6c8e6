"""The author's self-test of problems: draw hundreds of variants and look for everything that could go wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from grader.check.answers import answer_findings
from grader.check.confirm import confirm_findings
from grader.check.draws import draw_figures, draw_findings
from grader.check.forms import form_findings
from grader.check.mistakes import mistake_findings
from grader.check.report import Finding, Report, fault_finding, tidied
from grader.check.slips import Measured, measured, slip_findings
from grader.check.symbolic import symbolic_findings
from grader.check.texts import text_findings
from grader.check.tolerances import Row, tolerance_findings, tolerance_rows
from grader.check.typesetting import Fragment, fragments_of, typesetting_findings
from grader.check.values import value_findings
from grader.draws.draw import Tally, draw
from grader.errors import AuthorError
from grader.plan.group import Group
from grader.plan.load import load_problem
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
)


def check_problem(problem: Problem, variants: int = VARIANTS, *, typeset: bool = True) -> Report:
    """The report of one problem over so many variants; without `typeset` their texts are only filled in."""
    return check_problems([problem], variants, typeset=typeset)[0]


def check_problems(problems: Sequence[Problem], variants: int = VARIANTS, *, typeset: bool = True) -> list[Report]:
    """The reports of many problems; their texts are typeset together."""
    found: list[list[Finding]] = []
    figures: list[dict[str, Any]] = []
    fragments: list[Fragment] = []
    for problem in problems:
        tally = Tally()
        groups, findings = _sample(problem, variants, tally)
        found.append(findings)
        figures.append(draw_figures(problem, groups, tally) if groups else {})
        if groups:
            findings += draw_findings(problem, groups, tally)
            rows = _tolerances(groups)
            figures[-1]["tolerances"] = [row.as_dict() for row in rows]
            findings += tolerance_findings(problem, rows)
            slips = _slips(groups)
            figures[-1]["slips"] = slips.as_dict()
            findings += slip_findings(problem, slips)
            for part in _PARTS:
                findings += _caught(part(problem, groups), problem)
            fragments += fragments_of(problem, groups) if typeset else ()
    for finding in typesetting_findings(fragments):
        place = next(number for number, problem in enumerate(problems) if problem.source.file == finding.file)
        found[place].append(finding)
    return [
        Report(problem.id, problem.source.file, tidied(findings), measured)
        for problem, findings, measured in zip(problems, found, figures, strict=True)
    ]


def check_paths(paths: Sequence[Path], variants: int = VARIANTS, *, typeset: bool = True) -> list[Report]:
    """The reports of problem files, in their order; of a folder, all its problems.

    A file that cannot be loaded has its error as the only finding.
    """
    loaded: list[Problem | Report] = []
    for path in chain.from_iterable(map(_files, paths)):
        try:
            loaded.append(load_problem(path))
        except AuthorError as fault:
            loaded.append(Report(path.stem, str(path), (fault_finding(fault, str(path)),)))
    checked = iter(check_problems([item for item in loaded if isinstance(item, Problem)], variants, typeset=typeset))
    return [item if isinstance(item, Report) else next(checked) for item in loaded]


def _files(path: Path) -> list[Path]:
    """The file, or the problems of a folder (its assignments are none)."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*.yaml") if file.parent.name != "assignments")


def _sample(problem: Problem, variants: int, tally: Tally) -> tuple[list[Group], list[Finding]]:
    try:
        return draw(problem, range(1, variants + 1), tally=tally), []
    except AuthorError as fault:
        return [], [fault_finding(fault, problem.source.file)]


def _tolerances(groups: Sequence[Group]) -> list[Row]:
    """What was measured of the tolerances; nothing where a formula has no value, which the other parts report."""
    try:
        return tolerance_rows(groups)
    except AuthorError:
        return []


def _slips(groups: Sequence[Group]) -> Measured:
    """How well the slips are told apart; nothing where a formula has no value, which the other parts report."""
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
