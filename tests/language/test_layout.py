"""The map of the package: what is named first is imported by what comes after it, never the other way."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import grader.language

FOLDER = Path(grader.language.__file__).parent
ORDER = [word for word in re.findall(r"\w+", grader.language.__doc__) if (FOLDER / f"{word}.py").exists()]


def imported(module: str) -> set[str]:
    """The modules of the package that a module imports anywhere in its text."""
    tree = ast.parse((FOLDER / f"{module}.py").read_text("utf-8"))
    lines = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    inside = {line.module.split(".")[-1] for line in lines if (line.module or "").startswith("grader.language.")}
    return inside | {name.name for line in lines if line.module == "grader.language" for name in line.names}


@pytest.mark.parametrize("module", ORDER)
def test_imports_point_back(module: str) -> None:
    assert imported(module) & set(ORDER[ORDER.index(module) :]) == set()


def test_the_map_names_every_module_once() -> None:
    assert sorted(ORDER) == sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
