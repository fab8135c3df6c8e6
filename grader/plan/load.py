"""A problem from its file, proved readable: its first form is planned at once."""

from __future__ import annotations

from pathlib import Path

from grader.plan.planner import first_form, plan_of
from grader.spec.problem import Problem
from grader.spec.reading import read_problem
from grader.yamltext import read_file


def load_problem(path: Path, *, complete: bool = True) -> Problem:
    """The problem in a file. Raises InputError for the file, AuthorError with line and cure for its content."""
    return problem_from(read_file(path), str(path), complete=complete)


def problem_from(data: bytes, name: str, *, complete: bool = True) -> Problem:
    """The problem in the bytes of a file called `name`.

    Its formulas are read with the first form, to find faults at once; without `complete` when a form is planned.
    """
    problem = read_problem(data, name)
    if complete:
        plan_of(problem, first_form(problem))
    return problem
