"""What CI installs is of this pyproject: the locked releases and the lowest ones, one of each dependency."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
NAME = re.compile(r"([A-Za-z\d_-]+)(?:\[.*?\])?(?:>=([\d.]+))?")


def pins(name: str) -> dict[str, str]:
    """The release of every package of a list; of two for different Pythons, the older."""
    rows = re.findall(r"^([a-z\d-]+)==([\d.]+)", (ROOT / ".ci" / name).read_text("utf-8"), re.MULTILINE)
    return dict(reversed(rows))


def bounds(requirements: list[str]) -> list[tuple[str, str]]:
    """Name and lowest release of what is needed on every system."""
    parsed = (NAME.match(line) for line in requirements if "sys_platform" not in line)
    return [(match[1].lower().replace("_", "-"), match[2] or "0") for match in parsed if match]


def release(text: str) -> tuple[int, ...]:
    numbers = [int(part) for part in text.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


@pytest.mark.parametrize(("name", "lowest"), bounds([*PROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["lint"]]))
def test_every_dependency_is_locked(name: str, lowest: str) -> None:
    assert release(pins("locked.txt")[name]) >= release(lowest)


@pytest.mark.parametrize(("name", "lowest"), bounds([*PROJECT["dependencies"], *EXTRAS["test"]]))
def test_the_lowest_release_is_the_one_that_pyproject_allows(name: str, lowest: str) -> None:
    assert release(pins("lowest.txt")[name]) == release(lowest)
