"""Where problems and assignments are: the course folder's own first, then the bank that comes with the package.

A problem is found by its file name (`<id>.yaml`), so that marking one answer file does not read the whole bank.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cache, cached_property
from pathlib import Path

from grader.errors import InputError, Message
from grader.language.suggestions import nearest
from grader.plan.load import load_problem
from grader.spec.problem import Problem
from grader.textfile import refuse_outside

ASSIGNMENTS = "assignments"


def packaged_bank() -> Path:
    """The bank of the installed package, or of the project this file lies in."""
    package = Path(__file__).parent.parent
    installed = package / "_bank"
    return installed if installed.is_dir() else package.parent / "problems"


def files_below(folder: Path) -> list[Path]:
    """The YAML files below a folder, sorted; raises InputError for one that may not be read, which would be missed."""

    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):  # it is gone meanwhile, or was never there
            raise InputError("bank-folder", file=str(error.filename), reason=error.strerror or str(error))

    walked = os.walk(folder, onerror=refuse)
    return sorted(Path(root, name) for root, _, names in walked for name in names if name.endswith(".yaml"))


class Bank(Mapping[str, Problem]):
    """Problems by id, read when they are asked for; folders that come first win.

    A bank with folders of its own is that of a course, and knows all its assignments. `timezone` is that of their due
    dates, `secret` what the course draws its students' variants with, `earlier` are secrets of sheets that were printed
    before. One that `opens` sealed codes is for marking a whole folder: nobody else is told what is in them.
    """

    def __init__(self, *folders: Path, timezone: str = "", secret: str = "", earlier: Iterable[str] = ()) -> None:
        self.timezone = timezone
        self.secret = secret
        self.secrets = (secret, *earlier)
        self.opens = False
        self.of_course = bool(folders)
        self.folders = tuple(folder for folder in (*folders, packaged_bank()) if folder.is_dir())
        self._problems: dict[str, Problem] = {}

    def opening(self) -> Bank:
        """The same bank, which opens sealed codes."""
        bank = copy(self)
        bank.opens = True
        return bank

    def listed(self) -> Bank:
        """The bank itself, its folders read."""
        _ = self.assignments, self.paths
        return self

    @cached_property
    def paths(self) -> dict[str, Path]:
        """File of every problem, by id."""
        return {path.stem: path for folder in reversed(self.folders) for path in self._files(folder)}

    def _files(self, folder: Path) -> Iterator[Path]:
        return (path for path in files_below(folder) if ASSIGNMENTS not in path.relative_to(folder).parts)

    def __getitem__(self, problem: str) -> Problem:
        if problem not in self._problems:
            if problem not in self.paths:
                raise KeyError(problem)
            path = self.paths[problem]
            refuse_outside(path, next(folder for folder in self.folders if path.is_relative_to(folder)))
            self._problems[problem] = load_problem(path, complete=False)
        return self._problems[problem]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.paths))

    def __len__(self) -> int:
        return len(self.paths)

    def find(self, problem: str) -> Problem:
        """The problem of an id; raises InputError with the nearest id there is."""
        if problem not in self.paths:
            raise InputError("bank-unknown", problem=problem, hint=self.near(problem))
        return self[problem]

    def near(self, problem: str) -> Message | str:
        """Did you mean."""
        meant = nearest(problem, self.paths)
        return Message("syntax-did-you-mean", {"word": meant}) if meant else ""

    @cached_property
    def assignments(self) -> dict[str, Path]:
        """File of every assignment, by its name; exactly, also where the disk takes HW for hw."""
        folders = [folder / ASSIGNMENTS for folder in reversed(self.folders)]
        return {path.stem: path for folder in folders for path in files_below(folder) if path.parent == folder}

    def assignment_path(self, name: str) -> Path | None:
        """The file of an assignment of that name, if there is one."""
        return self.assignments.get(name)


@cache
def default_bank() -> Bank:
    """The bank of the package, shared."""
    return Bank()
