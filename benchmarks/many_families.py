"""What the suite costs with a larger bank: a copy of the project in which every family stands several times.

`python -m benchmarks.many_families [--families 300] [pytest arguments]` copies the problems and their verdicts under
new ids, records their draws and runs pytest there. Students are simulated only of the families that have a simulator.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

ROOT = Path(__file__).parent.parent
COPIED = ("grader", "problems", "templates", "submissions", "tests", "benchmarks", "docs", ".ci", "pyproject.toml",
          "README.md", "CHANGELOG.md", "course.yaml")  # fmt: skip


def copy(folder: Path, families: int) -> None:
    """The project with so many families: copies under new ids, in turns."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    files = sorted(path for path in (folder / "problems").rglob("*.yaml") if path.parent.name != "assignments")
    places = ((path, number) for number in count(2) for path in files)
    for _, (path, number) in zip(range(families - len(files)), places, strict=False):
        name = f"{path.stem}-{number}"
        text = re.sub(rf"^id: {path.stem}$", f"id: {name}", path.read_text("utf-8"), count=1, flags=re.MULTILINE)
        path.with_stem(name).write_text(text, "utf-8")
        verdicts = folder / "tests" / "golden" / "verdicts" / f"{path.stem}.json"
        shutil.copy(
            verdicts, verdicts.with_stem(name)
        )  # a draw does not know the id: the same numbers, the same verdicts


def run(folder: Path, *command: str) -> tuple[float, float, int]:
    """Seconds by the clock and of all cores, and the exit code."""
    began, before = perf_counter(), getrusage(RUSAGE_CHILDREN)
    settings = os.environ | {"PYTHONPATH": str(folder)}
    code = subprocess.run([sys.executable, *command], cwd=folder, env=settings, check=False).returncode
    after = getrusage(RUSAGE_CHILDREN)
    return perf_counter() - began, sum(after[:2]) - sum(before[:2]), code


def main(argv: Sequence[str] | None = None) -> int:
    """Copy, record, run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many_families", description=__doc__)
    parser.add_argument("--families", type=int, default=300, help="how many families the bank shall have")
    options, rest = parser.parse_known_args(argv)
    with tempfile.TemporaryDirectory(prefix="grader-families-") as name:
        folder = Path(name)
        copy(folder, options.families)
        run(folder, "tests/record_draws.py")
        seconds, of_cores, code = run(folder, "-m", "pytest", "-p", "no:cacheprovider", *rest)
    print(f"{options.families} families: {seconds:.0f} s by the clock, {of_cores:.0f} s of all cores")
    return code


if __name__ == "__main__":
    sys.exit(main())
