"""Property tests draw the same examples every time; HYPOTHESIS_PROFILE=explore looks for new ones.

The tests of a family meet in one process, where what is drawn and planned for one of them is there for the others.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy; a process of the suite has one core

import pytest
from families import FAMILIES
from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def family_of(item: pytest.Item) -> str | None:
    """The family a test was given, as an id or as a file."""
    callspec = getattr(item, "callspec", None)
    given = callspec.params.values() if callspec else ()
    names = (getattr(value, "stem", value) for value in given)
    return next((name for name in names if isinstance(name, str) and name in FAMILIES), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if family := family_of(item):
            item.add_marker(pytest.mark.xdist_group(family))
