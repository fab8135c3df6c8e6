"""Problem files checked, some of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from grader.check.check import VARIANTS, check_problems
from grader.check.report import Report, error, fault_finding, tidied
from grader.errors import AuthorError
from grader.plan.load import load_problem
from grader.spec.problem import Problem
from grader.textfile import refuse_outside

SHARE = 4
"""Files that a process takes at a time, whose texts are typeset together."""
_ID = re.compile("[a-z0-9-]+")


def check_paths(
    paths: Sequence[Path], variants: int = VARIANTS, *, typeset: bool = True, jobs: int = 1
) -> list[Report]:
    """The reports of problem files, in their order; of a folder, all its problems.

    A file that cannot be loaded has its error as the only finding.
    """
    return list(reports_of(files_of(paths), variants, typeset=typeset, jobs=jobs))


def files_of(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Each file to check with the path it was named by: the file, or a folder with it."""
    return [(given, path) for given in paths for path in _files(given)]


def reports_of(files: Sequence[tuple[Path, Path]], variants: int, *, typeset: bool, jobs: int = 1) -> Iterator[Report]:
    """The reports one after the other, made in so many processes at once."""
    shares = [files[start : start + SHARE] for start in range(0, len(files), SHARE)]
    checked = partial(_checked, variants=variants, typeset=typeset)
    if jobs < 2 or len(shares) < 2:
        for share in shares:
            yield from checked(share)
        return
    # a fork of a process with threads, as BLAS has, may wait for a lock that nobody holds any more
    with ProcessPoolExecutor(min(jobs, len(shares)), get_context("spawn")) as pool:
        for reports in pool.map(checked, shares):
            yield from reports


def _checked(files: Sequence[tuple[Path, Path]], variants: int, *, typeset: bool) -> list[Report]:
    loaded: list[Problem | Report] = []
    for root, path in files:
        try:
            if root.is_dir():
                refuse_outside(path, root)
            loaded.append(load_problem(path))
        except AuthorError as fault:
            loaded.append(Report(path.stem, str(path), (fault_finding(fault, str(path)),)))
    checked = iter(check_problems([item for item in loaded if isinstance(item, Problem)], variants, typeset=typeset))
    return [item if isinstance(item, Report) else _with_id(item, next(checked)) for item in loaded]


def _with_id(problem: Problem, report: Report) -> Report:
    """The report, and whether the id is what the bank calls the problem: its file's name."""
    name = Path(problem.source.file).stem
    if problem.id == name and _ID.fullmatch(name):
        return report
    finding = error(problem, "check-id", ("id",), id=problem.id, file=name)
    return replace(report, findings=tidied([finding, *report.findings]))


def _files(path: Path) -> list[Path]:
    """The file, or the problems of a folder (its assignments are none)."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*.yaml") if file.parent.name != "assignments")
